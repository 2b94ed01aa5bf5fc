//! Stages, steps and lanes under the pointer: the plus between them, folding and hiding.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rihla::file::to_ron;
use rihla::layout::LayoutEngine;
use rihla::model::{Element, JourneyMap, LaneKind, StepId, Touchpoint};
use rihla::scene::{self, Item};
use rihla::theme::Theme;

use super::driver::{Window, example};

/// The upper right corner of an element on the screen.
fn end_of(window: &Window, element: &Element) -> Pos2 {
    let editor = window.harness.state().editor().unwrap();
    editor.screen_rect(element).expect("it is shown").right_top()
}

#[test]
fn a_click_on_the_plus_between_stages_or_steps_puts_one_there_and_opens_its_name() {
    let mut window = Window::open(Some(&example()));
    let scale = window.harness.state().editor().unwrap().camera().scale as f32;
    let between = end_of(&window, &Element::Stage("research".into())) + vec2(6.0 * scale, 0.0);
    window.click(between);
    window.write("Ask around");
    window.key(Key::Enter);
    let names: Vec<String> = window.map().stages.iter().map(|s| s.name.clone()).collect();
    assert_eq!(names, ["Research", "Ask around", "Compare", "Buy", "Use"]);
    window.command(Key::Z);
    window.command(Key::Z);
    assert_eq!(window.map().stages.len(), 4, "the stage and its name are undone");
    let header = window.harness.state().editor().unwrap().screen_rect(&Element::Stage("compare".into())).unwrap();
    window.click(header.center());
    assert!(!window.is_dirty(), "the middle of a header is the stage's own");
    let step_end = end_of(&window, &Element::Step("shortlist".into()));
    window.click(Pos2::new(step_end.x, header.top()));
    window.write("Try");
    window.key(Key::Enter);
    let steps: Vec<String> = window.map().stages[1].steps.iter().map(|s| s.name.clone()).collect();
    assert_eq!(steps, ["Shortlist", "Try", "Size"]);
}

#[test]
fn the_plus_below_a_lane_asks_for_a_kind_and_puts_the_lane_there() {
    let mut window = Window::open(Some(&example()));
    let editor = window.harness.state().editor().unwrap();
    let rect = editor.screen_rect(&Element::Lane("doing".into())).unwrap();
    let scale = editor.camera().scale as f32;
    window.click(rect.right_bottom() - vec2(14.0 * scale, 0.0));
    window.harness.query_all_by_label_contains("open questions").next().expect("a button").click();
    window.rest();
    window.key(Key::Enter);
    assert_eq!(window.map().lanes[1].kind, LaneKind::Questions);
}

#[test]
fn a_lane_is_folded_by_its_arrow_and_hidden_and_shown_by_commands() {
    let mut window = Window::open(Some(&example()));
    let lane = Element::Lane("thinking".into());
    let height = |window: &Window| {
        let editor = window.harness.state().editor().unwrap();
        editor.layout().row_of(&"thinking".into()).map(|row| row.height)
    };
    let open = height(&window).unwrap();
    let editor = window.harness.state().editor().unwrap();
    let row = editor.layout().row_of(&"thinking".into()).unwrap();
    let arrow = kurbo::Point::new(row.header.x1 - 12.0, row.name.at.y + f64::from(row.name.block.height) / 2.0);
    let arrow = editor.camera().to_screen(arrow);
    window.click(arrow);
    assert!(height(&window).unwrap() < open);
    window.click(window.at(&lane));
    window.command(Key::G);
    assert_eq!(height(&window), Some(open), "the key opens it again");
    window.command(Key::K);
    window.write("hide lane");
    window.key(Key::Enter);
    assert_eq!(height(&window), None);
    window.command(Key::K);
    window.write("show hidden");
    window.key(Key::Enter);
    assert_eq!(height(&window), Some(open));
}

#[test]
fn a_pain_point_is_dragged_to_another_step_and_moved_back_with_keys() {
    use rihla::model::{AnnotationRef, Host, TouchpointId};
    let mut window = Window::open(Some(&example()));
    let host = |id: &str| Host::Touchpoint(TouchpointId::from(id));
    let at = AnnotationRef { host: host("search-phone"), index: 0 };
    let from = window.at(&Element::Annotation(at));
    let to = Pos2::new(window.touchpoint("eleven-tabs").x, from.y + 60.0);
    window.drag_and_drop(from, to);
    let pains =
        |window: &Window, id: &str| window.map().touchpoint(&TouchpointId::from(id)).unwrap().1.annotations.len();
    assert_eq!((pains(&window, "search-phone"), pains(&window, "eleven-tabs")), (0, 3));
    window.harness.key_press_modifiers(Modifiers::ALT, Key::ArrowLeft);
    window.rest();
    assert_eq!((pains(&window, "search-phone"), pains(&window, "eleven-tabs")), (1, 2));
    window.command(Key::Z);
    window.command(Key::Z);
    assert_eq!(pains(&window, "search-phone"), 1);
    assert!(!window.is_dirty());
}

/// The titles in the cells of a step, lane by lane.
fn titles(map: &JourneyMap, step: &StepId) -> Vec<String> {
    map.lanes.iter().flat_map(|lane| lane.cell(step)).map(|t| t.title.clone()).collect()
}

#[test]
fn a_stage_is_copied_behind_itself_with_all_it_holds_in_one_step() {
    let mut window = Window::open(Some(&example()));
    let before = to_ron(window.map());
    window.click(window.at(&Element::Stage("compare".into())));
    window.command(Key::D);
    // The name of the copy is open, to be written over.
    window.key(Key::Escape);
    let map = window.map();
    let names: Vec<&str> = map.stages.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["Research", "Compare", "Compare", "Buy", "Use"]);
    let (original, copy) = (&map.stages[1], &map.stages[2]);
    assert_eq!((original.steps.len(), copy.steps.len()), (2, 2));
    for (old, new) in original.steps.iter().zip(&copy.steps) {
        assert_eq!(old.name, new.name);
        assert_eq!(titles(map, &old.id), titles(map, &new.id));
        assert!(!titles(map, &new.id).is_empty(), "{} holds something", old.name);
    }
    assert_eq!(map.problems(), []);
    window.command(Key::Z);
    assert_eq!(to_ron(window.map()), before);
    assert!(!window.is_dirty());
}

#[test]
fn two_cards_are_copied_below_themselves_in_one_step() {
    let mut window = Window::open(Some(&example()));
    let before = to_ron(window.map());
    window.click(window.touchpoint("ask-group"));
    let second = window.touchpoint("bank-times-out");
    window.harness.hover_at(second);
    for pressed in [true, false] {
        window.button(second, pressed, Modifiers::COMMAND);
    }
    window.rest();
    let selected = |window: &Window| window.harness.state().editor().unwrap().document.selection().clone();
    let originals = selected(&window);
    assert_eq!(originals.len(), 2);
    window.command(Key::D);
    let copies = selected(&window);
    assert!(copies.len() == 2 && copies.is_disjoint(&originals), "the copies are selected: {copies:?}");
    let map = window.map();
    for id in ["ask-group", "bank-times-out"] {
        let (lane, original) = map.touchpoint(&id.into()).unwrap();
        let cell: Vec<_> = lane.cell(&original.step).collect();
        let at = cell.iter().position(|t| t.id == original.id).unwrap();
        let copy = cell[at + 1];
        assert!(copies.contains(&Element::Touchpoint(copy.id.clone())), "{id}");
        let mut same = Touchpoint::clone(copy);
        same.id = original.id.clone();
        assert_eq!(same, **original, "the copy holds all that {id} does");
    }
    window.command(Key::Z);
    assert_eq!(to_ron(window.map()), before);
    assert!(!window.is_dirty());
}

#[test]
fn the_arrows_show_the_lane_that_they_come_to() {
    let mut window = Window::open(Some(&example()));
    window.command(Key::L);
    window.wait();
    for _ in 0..13 {
        window.key(Key::ArrowDown);
        window.wait();
    }
    let rect = |label: &str| window.harness.query_all_by_role(Role::Button).find(|b| says(b, label)).unwrap().rect();
    let (last, cancel) = (rect("Metrics"), rect("Cancel"));
    assert!(last.bottom() < cancel.top(), "{last:?} is above {cancel:?}");
    window.key(Key::Enter);
    let map = window.map();
    assert_eq!(map.lanes.last().map(|lane| lane.kind), Some(LaneKind::Metrics));
}

fn says(node: &egui_kittest::Node<'_>, label: &str) -> bool {
    node.accesskit_node().label().is_some_and(|own| own.contains(label))
}

#[test]
fn the_line_of_visibility_is_drawn_once() {
    let text = r#"(
      stages: [(id: "a", name: "A")],
      lanes: [
        (id: "doing", name: "Doing"),
        (id: "pains", name: "Pain points", kind: PainPoints),
        (id: "staff", name: "Backstage", backstage: true),
        (id: "metrics", name: "Metrics", kind: Metrics),
        (id: "systems", name: "Systems", backstage: true),
      ],
    )"#;
    let map = Arc::new(rihla::file::parse(text).unwrap());
    let layout = LayoutEngine::default().layout(&map, &Theme::light(), false);
    let scene = scene::build(&layout);
    let lines = scene.groups.iter().filter(|group| {
        let is_it = |item: &Item| matches!(item, Item::Line(line) if line.width == 2.0 && line.dash.is_some());
        group.items.iter().any(is_it)
    });
    let tops: Vec<f64> = lines.map(|group| group.bounds.y0).collect();
    assert_eq!(tops, [layout.rows[2].y]);
}
