//! Links between touchpoints: pulled out of a card, made with keys, changed and deleted.

use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable as _;
use rihla::model::{Element, LinkKind};

use super::driver::{Window, example};

/// The ends and kinds of all links.
fn links(window: &Window) -> Vec<(String, String, LinkKind)> {
    window.map().links.iter().map(|l| (l.from.to_string(), l.to.to_string(), l.kind)).collect()
}

#[test]
fn a_link_is_pulled_from_a_card_to_another_and_undone() {
    let mut window = Window::open(Some(&example()));
    let card = Element::Touchpoint("knee-aches".into());
    let handle = window.harness.state().editor().unwrap().screen_rect(&card).unwrap().right_center();
    window.harness.hover_at(handle);
    window.rest();
    let to = window.touchpoint("ask-group");
    window.drag_and_drop(handle, to);
    assert_eq!(links(&window), [("knee-aches".into(), "ask-group".into(), LinkKind::Next)]);
    assert_eq!(window.place("knee-aches").1, "trigger", "the card itself stays");
    window.command(Key::Z);
    assert!(window.map().links.is_empty());
    window.drag_and_drop(handle, handle + vec2(0.0, 400.0));
    assert!(window.map().links.is_empty(), "a link to nowhere is none");
}

#[test]
fn a_link_is_made_and_named_with_keys_alone() {
    let mut window = Window::open(Some(&example()));
    window.click(window.touchpoint("eleven-tabs"));
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    window.rest();
    assert!(window.tells("choose where the link leads"));
    window.key(Key::ArrowLeft);
    window.key(Key::Enter);
    assert_eq!(links(&window), [("eleven-tabs".into(), "search-phone".into(), LinkKind::LoopBack)]);
    window.key(Key::F2);
    window.write("again");
    window.key(Key::Enter);
    assert_eq!(window.map().links[0].label, "again");
    window.wait();
    assert!(window.tells("Loop back link: Opens eleven tabs"), "it has a node");
    window.harness.get_by_label("Escalation").click();
    window.rest();
    assert_eq!(window.map().links[0].kind, LinkKind::Escalation);
    window.key(Key::Delete);
    assert!(window.map().links.is_empty());
}

#[test]
fn links_stay_with_cards_that_move_and_go_with_cards_that_go() {
    let mut window = Window::open(Some(&example()));
    window.click(window.touchpoint("knee-aches"));
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    window.click(window.touchpoint("search-phone"));
    assert_eq!(window.map().links.len(), 1);
    window.click(window.touchpoint("search-phone"));
    window.harness.key_press_modifiers(Modifiers::ALT, Key::ArrowRight);
    window.rest();
    assert_eq!(window.map().links.len(), 1);
    window.click(window.touchpoint("search-phone"));
    window.key(Key::Delete);
    assert!(window.map().links.is_empty());
    window.command(Key::Z);
    assert_eq!(window.map().links.len(), 1);
}
