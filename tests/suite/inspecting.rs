//! The panel beside the map, field by field: what a hand fills in is one step of undo each and stands in the file;
//! what cannot be read is told and changes nothing.

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rihla::file::{load, to_ron};
use rihla::model::{
    AnnotationKind, AnnotationRef, Confidence, Element, Emotion, EvidenceKind, Host, JourneyMap, LinkKind, Score, Span,
    Status, Touchpoint,
};

use super::driver::Window;

const MAP: &str = r#"(
  format: 1,
  title: "Hotel",
  personas: [(id: "amara", name: "Amara"), (id: "david", name: "David")],
  stages: [
    (id: "arrive", name: "Arrive", steps: [(id: "desk", name: "Desk")]),
    (id: "stay", name: "Stay", steps: [(id: "night", name: "Night")]),
  ],
  lanes: [(id: "doing", name: "Doing"), (id: "ideas", name: "Ideas", kind: Opportunities)],
  touchpoints: [
    (id: "queue", step: "desk", lane: "doing", title: "Queues"),
    (id: "cot", step: "night", lane: "doing", title: "Finds no cot"),
  ],
  links: [(from: "queue", to: "cot")],
)"#;

/// A window on the map in a folder of its own, and the map's file.
fn open() -> (tempfile::TempDir, PathBuf, Window) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.ron");
    std::fs::write(&path, MAP).unwrap();
    let window = Window::open(Some(&path));
    (folder, path, window)
}

/// What a hand does to a control of the panel.
#[derive(Clone, Copy)]
enum Hand {
    /// Fills the text of this name.
    Types(&'static str),
    /// Fills the text of this name, in which Enter breaks the line.
    Lines(&'static str),
    /// Presses what has this role.
    Presses(Role),
}
use Hand::{Lines, Presses, Types};

/// Reads a field of a touchpoint.
type Says = fn(&Touchpoint) -> String;
/// The name of a control, what a hand does to it, the field behind it and what it says afterwards.
type Row = (&'static str, Hand, Says, &'static str);

const CHIP: Hand = Presses(Role::CheckBox);
const DISC: Hand = Presses(Role::RadioButton);

/// The sections of the panel of a touchpoint, the first without a head, and what is filled in there.
const SECTIONS: [(&str, &[Row]); 5] = [
    (
        "",
        &[
            ("Title", Types("Queues at the desk"), |t| t.title.clone(), "Queues at the desk"),
            ("Emotion \u{2212}3", DISC, |t| format!("{:?}", t.emotion.map(Emotion::get)), "Some(-3)"),
            ("Moment of truth", CHIP, |t| t.moment_of_truth.to_string(), "true"),
            ("Moment of joy", CHIP, |t| t.moment_of_joy.to_string(), "true"),
            ("Key moment", CHIP, |t| t.key_moment.to_string(), "true"),
            ("Entry point", CHIP, |t| t.entry.to_string(), "true"),
            ("Notes", Lines("One desk\nof two"), |t| t.notes.clone(), "One desk\nof two"),
        ],
    ),
    (
        "Doing, thinking, feeling",
        &[
            ("Doing", Lines("Waits\nin line"), |t| t.doing.clone(), "Waits\nin line"),
            ("Thinking", Lines("“Why here?”"), |t| t.thinking.clone(), "“Why here?”"),
            ("Feeling", Lines("Tired, خسته"), |t| t.feeling.clone(), "Tired, خسته"),
        ],
    ),
    (
        "Channels, owner, tags",
        &[
            ("Channels", Types("desk, , phone ,"), |t| t.channels.join("|"), "desk|phone"),
            ("Owner", Types("پذیرش"), |t| t.owner.clone(), "پذیرش"),
            ("Tags", Types("شلوغ، family"), |t| t.tags.join("|"), "شلوغ|family"),
            ("Physical", CHIP, |t| format!("{:?}", t.place), "Some(Physical)"),
            ("Semi-personal", CHIP, |t| format!("{:?}", t.automation), "Some(SemiPersonal)"),
        ],
    ),
    (
        "Time and loyalty",
        &[
            ("Duration", Types("1.5h"), |t| told(t.duration), "1 h 30 min"),
            ("Waiting time", Types("25"), |t| told(t.waiting), "25 min"),
            ("Interaction", CHIP, |t| format!("{:?}", t.driver), "Some(Interaction)"),
            ("Asks again", CHIP, |t| t.repeats.to_string(), "true"),
            ("Remembers", CHIP, |t| t.remembers.to_string(), "true"),
        ],
    ),
    (
        "Personas",
        &[
            ("Importance for David 3", DISC, |t| format!("{:?}", of(&t.importance, "david")), "Some(Level(3))"),
            ("Emotion of Amara +2", DISC, |t| format!("{:?}", of(&t.emotions, "amara")), "Some(Emotion(2))"),
        ],
    ),
];

fn told(span: Option<Span>) -> String {
    span.map(|span| span.to_string()).unwrap_or_default()
}

fn of<T: Copy>(all: &std::collections::BTreeMap<rihla::model::PersonaId, T>, persona: &str) -> Option<T> {
    all.get(persona).copied()
}

fn queue(map: &JourneyMap) -> &Touchpoint {
    map.touchpoint(&"queue".into()).unwrap().1
}

/// The control of this role and name; the last of them, where each record of a list has one.
fn control<'w>(window: &'w Window, role: Role, name: &'w str) -> Node<'w> {
    let last = window.harness.query_all_by_role_and_label(role, name).last();
    last.unwrap_or_else(|| panic!("no {role:?} is called {name:?}"))
}

fn press(window: &mut Window, role: Role, name: &str) {
    control(window, role, name).scroll_to_me();
    window.wait();
    control(window, role, name).click();
    window.rest();
}

/// Opens the text of this name and writes over what stands there.
fn over(window: &mut Window, name: &str, text: &str) {
    press(window, Role::TextInput, name);
    window.command(Key::A);
    window.write(text);
}

fn fill(window: &mut Window, name: &str, text: &str) {
    over(window, name, text);
    window.key(Key::Enter);
}

/// What cannot be read is told below the text while it is typed, and never comes onto the map.
fn refuses(window: &mut Window, name: &str, wrong: &str, error: &str) {
    let before = to_ron(window.map());
    over(window, name, wrong);
    let error = format!("{wrong:?} {error}");
    assert!(window.tells(&error), "{name}: {error}");
    assert_eq!(to_ron(window.map()), before, "{name} while it is typed");
    window.key(Key::Enter);
    assert_eq!(to_ron(window.map()), before, "{name} when it is left");
}

/// Does one thing, and looks that it is one step, which can be taken back and made again.
fn one_step(window: &mut Window, name: &str, deed: impl FnOnce(&mut Window)) {
    let before = to_ron(window.map());
    deed(window);
    let document = &window.harness.state().editor().unwrap().document;
    assert!(!document.in_gesture(), "{name}: nothing else was opened");
    assert_eq!(document.selection().len(), 1, "{name}: what is selected stays so");
    let after = to_ron(window.map());
    assert_ne!(after, before, "{name} changes something");
    window.command(Key::Z);
    assert_eq!(to_ron(window.map()), before, "{name} is one step");
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    window.rest();
    assert_eq!(to_ron(window.map()), after, "{name} made again");
}

fn fill_sections(window: &mut Window) {
    for (section, rows) in SECTIONS {
        if !section.is_empty() {
            press(window, Role::Button, section);
        }
        for &(name, hand, says, expected) in rows {
            if matches!(name, "Duration" | "Waiting time") {
                refuses(window, name, "soon", "is not a length of time");
            }
            one_step(window, name, |window| match hand {
                Types(text) => fill(window, name, text),
                Lines(text) => {
                    over(window, name, text);
                    window.key(Key::Escape);
                }
                Presses(role) => press(window, role, name),
            });
            assert_eq!(says(queue(window.map())), expected, "{name}");
        }
    }
    // What was right before stays too.
    refuses(window, "Duration", "2 parsecs", "is not a length of time");
}

fn fill_evidence(window: &mut Window) {
    press(window, Role::Button, "Evidence");
    one_step(window, "Add evidence", |window| press(window, Role::Button, "Add evidence"));
    for (name, text) in [("Source", "Guest survey"), ("Quote", "“Nobody came”"), ("Sample size", "412")] {
        one_step(window, name, |window| fill(window, name, text));
    }
    refuses(window, "Date", "1.3.2026", "is not a date");
    one_step(window, "Date", |window| fill(window, "Date", "2026-03"));
    refuses(window, "Date", "2026-02-30", "is not a date");
    one_step(window, "Confidence", |window| press(window, Role::CheckBox, "Researched"));
    press(window, Role::Button, "Add evidence");
    fill(window, "Source", "Hearsay");
    assert_eq!(queue(window.map()).evidence[1].source, "Hearsay");
    one_step(window, "Delete evidence", |window| press(window, Role::Button, "Delete evidence"));
    assert_eq!(queue(window.map()).evidence.len(), 1);
}

/// Adds an opportunity to the touchpoint and says in its own panel what becomes of it.
fn fill_opportunity(window: &mut Window) {
    let is_it = |node: &Node<'_>| node.accesskit_node().label().is_some_and(|label| label.ends_with("Opportunity"));
    let button = |window: &Window| window.harness.query_all_by_role(Role::Button).find(is_it).expect("a button").rect();
    // Its place is above what was filled in last.
    control(window, Role::TextInput, "Notes").scroll_to_me();
    window.wait();
    window.click(button(window).center());
    window.write("A second desk on Fridays");
    window.key(Key::Enter);
    one_step(window, "Severity", |window| press(window, Role::RadioButton, "Severity 3"));
    one_step(window, "Frequency", |window| press(window, Role::RadioButton, "Frequency 1"));
    let at = AnnotationRef { host: Host::Touchpoint("queue".into()), index: 0 };
    window.click(window.at(&Element::Annotation(at)));
    window.wait();
    one_step(window, "Owner", |window| fill(window, "Owner", "Front desk"));
    one_step(window, "Status", |window| press(window, Role::CheckBox, "In progress"));
    one_step(window, "Votes", |window| {
        press(window, Role::SpinButton, "Votes");
        window.write("12");
        window.key(Key::Enter);
    });
    for (score, key) in [("Impact", Key::ArrowRight), ("Effort", Key::ArrowLeft)] {
        one_step(window, score, |window| press(window, Role::CheckBox, score));
        control(window, Role::Slider, score).focus();
        window.rest();
        for _ in 0..3 {
            one_step(window, score, |window| {
                control(window, Role::Slider, score).focus();
                window.rest();
                window.key(key);
            });
        }
    }
}

fn fill_link_and_stage(window: &mut Window) {
    window.click(window.touchpoint("queue"));
    window.wait();
    press(window, Role::Label, "Finds no cot");
    window.wait();
    for (name, text) in [("Label", "To the room"), ("When", "After ten at night")] {
        one_step(window, name, |window| fill(window, name, text));
    }
    one_step(window, "Kind", |window| press(window, Role::CheckBox, "Escalation"));
    window.click(window.at(&Element::Stage("stay".into())));
    window.wait();
    let name = "In the customer's words";
    one_step(window, name, |window| fill(window, name, "آیا بچه‌ها می‌خوابند؟"));
}

#[test]
fn everything_filled_in_is_one_step_each_and_stands_in_the_file() {
    let (_folder, path, mut window) = open();
    window.click(window.touchpoint("queue"));
    window.wait();
    fill_sections(&mut window);
    fill_evidence(&mut window);
    fill_opportunity(&mut window);
    fill_link_and_stage(&mut window);
    window.command(Key::S);
    assert!(!window.is_dirty());
    let map = load(&path).unwrap();
    assert_eq!(to_ron(&map), to_ron(window.map()));
    let touchpoint = queue(&map);
    for &(name, _, says, expected) in SECTIONS.iter().flat_map(|(_, rows)| *rows) {
        assert_eq!(says(touchpoint), expected, "{name} in the file");
    }
    let [evidence] = &touchpoint.evidence[..] else { panic!("{:?}", touchpoint.evidence) };
    assert_eq!((evidence.source.as_str(), evidence.quote.as_str()), ("Guest survey", "“Nobody came”"));
    assert_eq!((evidence.kind, evidence.confidence), (EvidenceKind::Interview, Confidence::Researched));
    assert_eq!((evidence.date, evidence.sample), (Some("2026-03".parse().unwrap()), Some(412)));
    let [idea] = &touchpoint.annotations[..] else { panic!("{:?}", touchpoint.annotations) };
    assert_eq!((idea.kind, idea.text.as_str()), (AnnotationKind::Opportunity, "A second desk on Fridays"));
    assert_eq!((idea.severity.get(), idea.frequency.get()), (3, 1));
    assert_eq!((idea.owner.as_str(), idea.status, idea.votes), ("Front desk", Status::InProgress, 12));
    assert_eq!((idea.impact.map(Score::get), idea.effort.map(Score::get)), (Some(8), Some(2)));
    let link = &map.links[0];
    assert_eq!((link.kind, link.label.as_str()), (LinkKind::Escalation, "To the room"));
    assert_eq!(link.trigger, "After ten at night");
    assert_eq!(map.stages[1].words, "آیا بچه‌ها می‌خوابند؟");
}

#[test]
fn what_is_pressed_again_is_said_no_more() {
    let (_folder, _path, mut window) = open();
    window.click(window.touchpoint("queue"));
    window.wait();
    let before = to_ron(window.map());
    for (section, names) in [
        ("", &[("Emotion +1", Role::RadioButton), ("Key moment", Role::CheckBox)][..]),
        ("Channels, owner, tags", &[("Online", Role::CheckBox), ("Human", Role::CheckBox)]),
        ("Time and loyalty", &[("Price", Role::CheckBox), ("Remembers", Role::CheckBox)]),
        ("Personas", &[("Importance for Amara 2", Role::RadioButton), ("Emotion of David 0", Role::RadioButton)]),
    ] {
        if !section.is_empty() {
            press(&mut window, Role::Button, section);
        }
        for (name, role) in names {
            press(&mut window, *role, name);
            assert_ne!(to_ron(window.map()), before, "{name}");
            press(&mut window, *role, name);
            assert_eq!(to_ron(window.map()), before, "{name}");
        }
    }
    // An emptied length of time is none.
    fill(&mut window, "Duration", "2 d");
    assert_eq!(queue(window.map()).duration, Some(Span::minutes(2 * 24 * 60)));
    press(&mut window, Role::TextInput, "Duration");
    window.command(Key::A);
    window.key(Key::Delete);
    window.key(Key::Enter);
    assert_eq!(to_ron(window.map()), before);
}

#[test]
fn words_and_enter_that_come_in_one_frame_are_the_fields_alone() {
    let (_folder, _path, mut window) = open();
    window.click(window.touchpoint("queue"));
    window.wait();
    press(&mut window, Role::TextInput, "Title");
    window.command(Key::A);
    let enter =
        Event::Key { key: Key::Enter, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    let text = |words: &str| Event::Text(words.into());
    window.harness.input_mut().events.extend([text("Waits"), text(" long"), enter.clone()]);
    window.rest();
    let titles =
        |window: &Window| -> Vec<String> { window.map().touchpoints().map(|(_, t)| t.title.clone()).collect() };
    assert_eq!(titles(&window), ["Waits long", "Finds no cot"]);
    // What comes behind them begins a touchpoint, as it does on the canvas.
    press(&mut window, Role::TextInput, "Title");
    window.command(Key::A);
    window.harness.input_mut().events.extend([text("Queues"), enter.clone(), text("N"), text("ew"), enter]);
    window.rest();
    let mut found = titles(&window);
    // Enter opened the next one.
    found.retain(|title| !title.is_empty());
    found.sort();
    assert_eq!(found, ["Finds no cot", "New", "Queues"]);
}
