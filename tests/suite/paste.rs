//! Copying and pasting: plans for any text, and the window as a person uses it.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, OutputCommand};
use egui_kittest::kittest::Queryable as _;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rihla::edit::Document;
use rihla::exchange::{Anchor, Clip, ListInto, Options, Overflow, Place, Plan, Split, Table, Thing, apply};
use rihla::model::{Element, JourneyMap, TouchpointId, generate};

use super::documents::cases;
use super::driver::{Window, example};
use super::strategies::{map, text};

/// Six columns and eight rows, as a spreadsheet copies them: quotes and line breaks inside cells.
fn block() -> String {
    let mut rows = vec!["\tAware\tConsider\tBuy\tReceive\tUse".to_owned()];
    for row in 1..8 {
        let cells = (1..6).map(|column| match (row, column) {
            (2, 3) => "\"Says \"\"never again\"\"\r\nand closes the tab\"".to_owned(),
            (4, 1) => "\"first\nsecond\tthird\"".to_owned(),
            (5, 2) => String::new(),
            _ => format!("Row {row}, column {column}"),
        });
        rows.push(format!("Lane {row}\t{}", cells.collect::<Vec<_>>().join("\t")));
    }
    rows.join("\r\n") + "\r\n"
}

fn pasted(map: &JourneyMap, text: &str, anchor: &Anchor) -> JourneyMap {
    let mut map = map.clone();
    let plan = Plan::new(text, &map, anchor, Options::guess(text, &map)).unwrap();
    apply(&mut map, &plan).unwrap();
    assert_eq!(map.problems(), []);
    map
}

fn titles(map: &JourneyMap, lane: &str, step: &str) -> Vec<String> {
    map.lane(&lane.into()).unwrap().cell(&step.into()).map(|t| t.title.clone()).collect()
}

#[test]
fn a_block_brings_its_stages_and_lanes() {
    let map = pasted(&generate(1, 1, 1), &block(), &Anchor::default());
    let stages: Vec<&str> = map.stages.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(stages[1..], ["Aware", "Consider", "Buy", "Receive", "Use"]);
    // The map had the first three; new lanes come last, in the order in which the preview lists them.
    let lanes: Vec<&str> = map.lanes.iter().map(|l| l.name.as_str()).collect();
    assert_eq!(lanes[..3], ["Lane 1", "Emotion", "Pain points"]);
    assert_eq!(lanes[3..], ["Lane 2", "Lane 3", "Lane 4", "Lane 5", "Lane 6", "Lane 7"]);
    assert_eq!(titles(&map, &lane_called(&map, "Lane 2"), "buy"), ["Says \"never again\"\nand closes the tab"]);
    assert_eq!(titles(&map, &lane_called(&map, "Lane 4"), "aware"), ["first\nsecond\tthird"]);
    assert_eq!(map.touchpoints().count(), 1 + 34);
}

fn lane_called(map: &JourneyMap, name: &str) -> String {
    map.lanes.iter().find(|l| l.name == name).unwrap().id.to_string()
}

#[test]
fn names_that_the_map_has_are_used() {
    let mut start = generate(2, 2, 1);
    std::sync::Arc::make_mut(&mut start.stages[1]).name = "خرید".into();
    let lane = start.lanes[0].id.to_string();
    std::sync::Arc::make_mut(&mut start.lanes[0]).name = "Doing".into();
    let text = ",خرید,,پس از خرید\ndoing,می‌پردازد,\"منتظر، در صف\",نظر می‌دهد\nPain points,گران,,";
    let map = pasted(&start, text, &Anchor::default());
    assert_eq!(map.stages.len(), 3, "one stage is new");
    assert_eq!(titles(&map, &lane, "step-2-1").last().unwrap(), "می‌پردازد");
    assert_eq!(titles(&map, &lane, "step-2-2").last().unwrap(), "منتظر، در صف");
    let pain = map.touchpoints().find(|(_, t)| t.title == "می‌پردازد").unwrap().1.annotations[0].text.clone();
    assert_eq!(pain, "گران", "what hangs on a step hangs on what was pasted with it");
}

#[test]
fn a_ragged_block_without_headings_starts_at_the_selected_cell() {
    let text = "a;b;c\nd;e\n;;f;g";
    let start = generate(1, 3, 2);
    let anchor = Anchor { step: Some("step-1-2".into()), lane: Some("lane-1".into()) };
    let options =
        Options { split: Split::Semicolon, first_row: false, first_column: false, ..Options::guess(text, &start) };
    let plan = Plan::new(text, &start, &anchor, options).unwrap();
    let mut map = start.clone();
    apply(&mut map, &plan).unwrap();
    assert_eq!(titles(&map, "lane-1", "step-1-2").last().unwrap(), "a");
    assert_eq!(titles(&map, "lane-2", "step-1-3").last().unwrap(), "e");
    assert_eq!(map.steps().count(), 5, "two steps are new");
    let options = Options { overflow: Overflow::Stack, ..options };
    let plan = Plan::new(text, &start, &anchor, options).unwrap();
    let mut map = start;
    apply(&mut map, &plan).unwrap();
    assert_eq!(map.steps().count(), 3);
    assert_eq!(titles(&map, "lane-2", "step-1-3")[1..], ["e", "f", "g"]);
}

#[test]
fn a_list_goes_into_steps_or_into_one_cell() {
    let text = "- one\n- two\n- three";
    let start = generate(1, 2, 1);
    let options = Options::guess(text, &start);
    assert_eq!((options.split, options.list, options.place), (Split::Lines, ListInto::Steps, Place::Here));
    let map = pasted(&start, text, &Anchor::default());
    assert_eq!(map.steps().count(), 3);
    let plan = Plan::new(text, &start, &Anchor::default(), Options { list: ListInto::Stack, ..options }).unwrap();
    assert!(plan.planned.iter().all(|p| p.column == 0));
    let plan = Plan::new(text, &start, &Anchor::default(), Options { place: Place::NewStages, ..options }).unwrap();
    assert_eq!((plan.stages.len(), plan.columns.len()), (1, 3));
}

#[test]
fn an_emotion_needs_a_number_and_a_touchpoint() {
    let start = generate(1, 1, 1);
    let text = "\tNew\tNewer\tNewest\nDoing\ta\tb\t\nEmotion\t\u{2212}4\tfine\t3";
    let plan = Plan::new(text, &start, &Anchor::default(), Options::guess(text, &start)).unwrap();
    let lost: Vec<&str> = plan.planned.iter().filter(|p| p.thing == Thing::Nothing).map(|p| p.text.as_str()).collect();
    assert_eq!((lost, plan.counts()), (vec!["fine", "3"], (3, 2)));
    let mut map = start;
    apply(&mut map, &plan).unwrap();
    let a = map.touchpoints().find(|(_, t)| t.title == "a").unwrap().1.clone();
    assert_eq!(a.emotion.unwrap().get(), -4);
}

#[test]
fn a_locked_structure_stays_as_it_is() {
    let mut start = generate(2, 1, 1);
    start.locked = true;
    let map = pasted(&start, &block(), &Anchor::default());
    assert_eq!((map.stages.len(), map.lanes.len()), (2, start.lanes.len()));
    assert_eq!(map.touchpoints().count(), 2 + 34);
}

#[test]
fn a_block_replaces_the_empty_stages_of_a_new_map() {
    let start = rihla::template::TEMPLATES[0].map();
    let map = pasted(&start, &block(), &Anchor::default());
    let stages: Vec<&str> = map.stages.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(stages, ["Aware", "Consider", "Buy", "Receive", "Use"]);
    assert!(map.lanes.iter().all(|lane| lane.name != "Doing"));
    assert!(map.lanes.iter().any(|lane| lane.name == "Emotion"));
}

fn anchors() -> impl Strategy<Value = (Option<Index>, Option<Index>)> {
    (proptest::option::of(any::<Index>()), proptest::option::of(any::<Index>()))
}

fn anchor_on(map: &JourneyMap, (step, lane): (Option<Index>, Option<Index>)) -> Anchor {
    let steps: Vec<_> = map.steps().map(|(_, s)| s.id.clone()).collect();
    let pick = |at: Option<Index>, len: usize| at.filter(|_| len > 0).map(|at| at.index(len));
    Anchor {
        step: pick(step, steps.len()).map(|at| steps[at].clone()),
        lane: pick(lane, map.lanes.len()).map(|at| map.lanes[at].id.clone()),
    }
}

fn options() -> impl Strategy<Value = Options> {
    let choices = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let places = select(&[Place::Here, Place::NewStages, Place::Replace][..]);
    (select(&Split::ALL[..]), places, choices).prop_map(|(split, place, (first_row, first_column, steps, stack))| {
        Options {
            split,
            first_row,
            first_column,
            list: if steps { ListInto::Steps } else { ListInto::Stack },
            overflow: if stack { Overflow::Stack } else { Overflow::NewSteps },
            place,
        }
    })
}

/// Texts that look like tables, and any others.
fn foreign() -> impl Strategy<Value = String> {
    let cell = prop_oneof![3 => text(), 1 => text().prop_map(|t| format!("\"{}\"", t.replace('"', "\"\"")))];
    let delimiter = select(&["\t", ",", ";", "\n", "\r\n"][..]);
    prop_oneof![
        text(),
        proptest::collection::vec((cell, delimiter), 0..24)
            .prop_map(|cells| cells.into_iter().map(|(cell, delimiter)| cell + delimiter).collect()),
    ]
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn any_text_lands_as_planned_or_not_at_all(
        start in map(),
        foreign in foreign(),
        options in options(),
        guess in any::<bool>(),
        anchor in anchors(),
    ) {
        let anchor = anchor_on(&start, anchor);
        let options = if guess { Options::guess(&foreign, &start) } else { options };
        let Ok(plan) = Plan::new(&foreign, &start, &anchor, options) else { return Ok(()) };
        for planned in &plan.planned {
            prop_assert!(planned.column < plan.columns.len() && planned.row < plan.rows.len());
            prop_assert!(!planned.text.is_empty());
        }
        let mut document = Document::new(start.clone());
        let made = document.edit("paste", |map| apply(map, &plan));
        prop_assert!(made.is_ok(), "{:?}", made);
        let of = |thing: fn(&Thing) -> bool| plan.planned.iter().filter(|p| thing(&p.thing)).count();
        let touchpoints = of(|thing| *thing == Thing::Touchpoint);
        prop_assert_eq!(document.map().touchpoints().count(), start.touchpoints().count() + touchpoints);
        prop_assert_eq!(document.map().problems(), []);
        document.undo();
        prop_assert_eq!(&**document.map(), &start);
    }

    #[test]
    fn what_is_copied_comes_back_whole(
        start in map(),
        other in map(),
        picks in proptest::collection::vec(any::<Index>(), 1..6),
        anchor in anchors(),
    ) {
        let all: Vec<TouchpointId> = start.touchpoints().map(|(_, t)| t.id.clone()).collect();
        if all.is_empty() {
            return Ok(());
        }
        let ids: Vec<TouchpointId> = picks.iter().map(|at| at.get(&all).clone()).collect();
        let clip = Clip::take(&start, &ids).expect("touchpoints");
        let read = Clip::read(&clip.to_text());
        prop_assert!(matches!(read, Some(Ok(_))), "{:?}", read);
        let Some(Ok(read)) = read else { return Ok(()) };
        let anchor = anchor_on(&other, anchor);
        let mut document = Document::new(other.clone());
        let pasted = document.edit("paste", |map| read.paste(map, &anchor));
        let Ok(pasted) = pasted else {
            prop_assert!(other.locked);
            return Ok(());
        };
        prop_assert_eq!(pasted.len(), clip.len());
        for id in &pasted {
            prop_assert!(document.map().touchpoint(id).is_some());
        }
    }

    #[test]
    fn cutting_text_into_cells_never_panics_and_keeps_every_word(foreign in foreign()) {
        for split in Split::ALL {
            let table = Table::parse(&foreign, split);
            let _ = (Table::detect(&foreign), table.headings());
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
            let kept: usize = table.rows.iter().flatten().map(|cell| letters(cell)).sum();
            // Only a tick in a box is a letter that goes.
            prop_assert!(kept + 24 >= letters(&foreign) && kept <= letters(&foreign));
        }
    }
}

impl Window {
    /// Pastes as the system does it: the keys never come, the text does.
    fn paste(&mut self, text: &str) {
        self.harness.event(Event::Paste(text.into()));
        self.rest();
    }

    /// Copies or cuts, and gives what went to the clipboard.
    fn clipped(&mut self, event: Event) -> String {
        self.harness.event(event);
        for _ in 0..8 {
            self.harness.step();
            let copied = self.harness.output().platform_output.commands.iter().find_map(|command| match command {
                OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            });
            if let Some(text) = copied {
                self.rest();
                return text;
            }
        }
        panic!("nothing was copied");
    }

    fn selected(&self) -> Vec<Element> {
        self.harness.state().editor().unwrap().document.selection().iter().cloned().collect()
    }
}

/// Two touchpoints of the first lane, in neighbouring steps, and the lane and step of a free cell.
fn two_and_free(window: &Window) -> ([TouchpointId; 2], (String, String)) {
    let map = window.map();
    let lane = &map.lanes[0].touchpoints;
    let steps: Vec<_> = map.steps().map(|(_, s)| s.id.clone()).collect();
    let of = |step: usize| lane.iter().find(|t| t.step == steps[step]).unwrap().id.clone();
    let thinking = map.lanes.iter().find(|l| l.id == "thinking".into()).unwrap();
    let free = steps.iter().skip(1).find(|s| thinking.cell(s).next().is_none()).unwrap();
    ([of(0), of(1)], (thinking.id.to_string(), free.to_string()))
}

#[test]
fn two_cards_are_copied_and_pasted_elsewhere_and_taken_back() {
    let mut window = Window::open(Some(&example()));
    let ([first, second], (lane, step)) = two_and_free(&window);
    let before = window.map().clone();
    window.click(window.touchpoint(first.as_str()));
    let pos = window.touchpoint(second.as_str());
    window.harness.hover_at(pos);
    window.button(pos, true, Modifiers::SHIFT);
    window.button(pos, false, Modifiers::SHIFT);
    window.rest();
    let text = window.clipped(Event::Copy);
    let originals = [&first, &second].map(|id| (**before.touchpoint(id).unwrap().1).clone());
    assert!(text.starts_with(&originals[0].title.replace('\n', " ")), "titles come first: {text}");
    window.click(window.cell(&lane, &step));
    window.paste(&text);
    let copies = window.selected();
    assert_eq!(copies.len(), 2, "the copies are selected");
    let steps: Vec<_> = before.steps().map(|(_, s)| s.id.clone()).collect();
    let start = steps.iter().position(|s| s.as_str() == step).unwrap();
    for (n, original) in originals.iter().enumerate() {
        let copy = window.map().lane(&lane.as_str().into()).unwrap().cell(&steps[start + n]).last().unwrap();
        assert!(copies.contains(&Element::Touchpoint(copy.id.clone())));
        let as_was =
            rihla::model::Touchpoint { id: original.id.clone(), step: original.step.clone(), ..(**copy).clone() };
        assert_eq!(as_was, *original, "everything it held came along");
    }
    window.command(Key::Z);
    assert_eq!(*window.map(), before);
}

#[test]
fn cutting_is_one_step_and_pasting_at_once_puts_things_back() {
    let mut window = Window::open(Some(&example()));
    let ([first, _], _) = two_and_free(&window);
    let before = window.map().clone();
    window.click(window.touchpoint(first.as_str()));
    let text = window.clipped(Event::Cut);
    assert!(window.map().touchpoint(&first).is_none());
    window.paste(&text);
    assert_eq!(window.map().touchpoint(&first).unwrap().1, before.touchpoint(&first).unwrap().1);
    window.command(Key::Z);
    window.command(Key::Z);
    assert_eq!(*window.map(), before);
}

#[test]
fn a_block_lands_where_the_preview_said_and_goes_with_one_undo() {
    let mut window = Window::open(Some(&example()));
    let before = window.map().clone();
    window.paste(&block());
    window.harness.get_by_label("Buy, Lane 1: Row 1, column 3");
    window.harness.get_by_label("Aware, Lane 7: Row 7, column 1");
    window.key(Key::Enter);
    let map = window.map();
    let lane = lane_called(map, "Lane 1");
    let buy = map.stages.iter().find(|s| s.name == "Buy").unwrap().steps[0].id.to_string();
    assert_eq!(titles(map, &lane, &buy), ["Row 1, column 3"]);
    assert_eq!(map.touchpoints().count(), before.touchpoints().count() + 34);
    assert_eq!(window.selected().len(), 34);
    window.command(Key::Z);
    assert_eq!(*window.map(), before);
}

#[test]
fn the_preview_is_put_right_before_pasting() {
    let mut window = Window::open(Some(&example()));
    let before = window.map().clone();
    let (_, (lane, step)) = two_and_free(&window);
    window.click(window.cell(&lane, &step));
    window.paste("- One\n- Two\n- Three");
    window.answer("All in one cell");
    window.answer("Paste");
    assert_eq!(titles(window.map(), &lane, &step), ["One", "Two", "Three"]);
    window.command(Key::Z);
    assert_eq!(*window.map(), before);
    window.paste("\tA\tB\nDoing\tx\ty");
    window.answer("Cancel");
    window.paste("\tA\tB\nDoing\tx\ty");
    window.key(Key::Escape);
    assert_eq!(*window.map(), before);
    window.paste("\tA\tB\nDoing\tx\ty");
    window.harness.get_by_role_and_label(Role::CheckBox, "First row is stages").click();
    window.rest();
    assert!(window.harness.query_by_label_contains("2 new stages").is_none());
    window.key(Key::Enter);
    assert_eq!(window.map().stages.len(), before.stages.len());
    assert_eq!(window.map().touchpoints().count(), before.touchpoints().count() + 4);
}

#[test]
fn a_line_becomes_a_touchpoint_at_once_and_goes_into_a_text_that_is_open() {
    let mut window = Window::open(Some(&example()));
    let ([first, _], (lane, step)) = two_and_free(&window);
    window.click(window.cell(&lane, &step));
    window.paste("“Who packed this?”\n");
    assert_eq!(titles(window.map(), &lane, &step), ["“Who packed this?”"]);
    window.click(window.touchpoint(first.as_str()));
    let copied = window.clipped(Event::Copy);
    let title = window.map().touchpoint(&first).unwrap().1.title.clone();
    window.double_click(window.touchpoint(first.as_str()));
    window.paste(&copied);
    window.key(Key::Enter);
    assert_eq!(window.map().touchpoint(&first).unwrap().1.title, title, "a text takes the titles alone");
}

#[test]
fn the_menu_asks_the_system_and_says_when_nothing_comes() {
    let mut window = Window::open(Some(&example()));
    let before = window.map().touchpoints().count();
    let (_, (lane, step)) = two_and_free(&window);
    window.click(window.cell(&lane, &step));
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::V);
    window.rest();
    window.paste("One line");
    window.harness.get_by_label_contains(": One line");
    window.answer("Paste");
    assert_eq!(window.map().touchpoints().count(), before + 1);
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::V);
    window.wait();
    window.harness.get_by_label("There is no text on the clipboard, or it cannot be read");
}

#[test]
fn a_list_pasted_on_the_start_page_makes_a_map() {
    let mut window = Window::open(None);
    window.paste("1. Sees an advert\n2. Asks her sister\n3. Pays\n4. Waits");
    assert!(window.harness.state().editor().is_none());
    window.answer("Cancel");
    assert!(window.harness.state().editor().is_none(), "nothing is opened for nothing");
    window.harness.get_by_role_and_label(Role::Button, "Paste a list…").click();
    window.rest();
    window.paste("1. Sees an advert\n2. Asks her sister\n3. Pays\n4. Waits");
    window.key(Key::Enter);
    let map = window.map();
    assert_eq!(map.touchpoints().map(|(_, t)| t.title.as_str()).collect::<Vec<_>>()[3], "Waits");
    assert_eq!(map.steps().count(), 4);
}

#[test]
fn a_large_preview_stays_inside_the_window() {
    let mut window = Window::open(Some(&example()));
    let row: Vec<String> = (0..60).map(|n| format!("Stage {n}")).collect();
    let rows: Vec<String> = (0..40).map(|n| format!("Lane {n}\t{}", vec!["x"; 60].join("\t"))).collect();
    window.paste(&format!("\t{}\n{}", row.join("\t"), rows.join("\n")));
    let button = window.harness.get_by_role_and_label(Role::Button, "Paste").rect();
    assert!(button.max.x < 1600.0 && button.max.y < 1000.0, "{button:?}");
}
