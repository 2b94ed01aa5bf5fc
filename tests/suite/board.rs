//! The board of impact and effort, as a person uses it with pointer and keys.

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers, Pos2, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rihla::insight::{Idea, Quadrant, board};
use rihla::model::Element;

use super::driver::{Window, example};
use super::program::examples;

/// The opportunity whose text begins so.
fn idea(window: &Window, text: &str) -> Idea {
    board(window.map()).into_iter().find(|idea| idea.annotation.text.starts_with(text)).expect("an opportunity")
}

/// Its impact and effort.
fn place(window: &Window, text: &str) -> Option<(u8, u8)> {
    idea(window, text).place.map(|(impact, effort)| (impact.get(), effort.get()))
}

/// The middle of its card.
fn card(window: &Window, text: &str) -> Pos2 {
    window.harness.get_by_label_contains(text).rect().center()
}

fn selected(window: &Window) -> Vec<Element> {
    window.harness.state().editor().unwrap().document.selection().iter().cloned().collect()
}

fn is_open(window: &Window) -> bool {
    window.harness.query_by_label("Back to the map").is_some()
}

const BASKET: &str = "Keep the basket";
/// A place in the upper quarter where the map begins, and one across from it.
const WIN: Pos2 = pos2(300.0, 300.0);
const LATER: Pos2 = pos2(1100.0, 800.0);

#[test]
fn a_drag_weighs_an_opportunity_in_one_step_and_a_drag_back_takes_the_weights_away() {
    let mut window = Window::open(Some(&example()));
    window.command(Key::B);
    assert_eq!(place(&window, BASKET), None);
    let tray = card(&window, BASKET);
    window.drag_and_drop(tray, WIN);
    assert_eq!(idea(&window, BASKET).quadrant(), Some(Quadrant::QuickWins));
    let (impact, effort) = place(&window, BASKET).unwrap();
    window.harness.get_by_label_contains(&format!("impact {impact}, effort {effort}"));
    window.drag_and_drop(card(&window, BASKET), LATER);
    assert_eq!(idea(&window, BASKET).quadrant(), Some(Quadrant::Later));
    window.command(Key::Z);
    assert_eq!(place(&window, BASKET), Some((impact, effort)), "one drag is one step");
    window.drag_and_drop(card(&window, BASKET), tray);
    assert_eq!(place(&window, BASKET), None);
    window.command(Key::Z);
    window.command(Key::Z);
    assert!(!window.is_dirty());
}

#[test]
fn escape_takes_back_a_drag_and_then_goes_back_to_the_map() {
    let mut window = Window::open(Some(&example()));
    window.command(Key::B);
    window.drag(card(&window, BASKET), WIN, Modifiers::NONE);
    assert!(place(&window, BASKET).is_some(), "the map follows the hand");
    window.key(Key::Escape);
    window.drop(WIN, Modifiers::NONE);
    assert!(place(&window, BASKET).is_none() && !window.is_dirty() && is_open(&window));
    window.key(Key::Escape);
    assert!(!is_open(&window), "the map is back");
}

#[test]
fn a_click_selects_the_annotation_on_the_map() {
    let mut window = Window::open(Some(&example()));
    window.command(Key::B);
    window.click(card(&window, BASKET));
    assert_eq!(selected(&window), [Element::Annotation(idea(&window, BASKET).at)]);
    window.command(Key::B);
    window.wait();
    let rect = window.at(&selected(&window)[0]);
    assert!((0.0..1600.0).contains(&rect.x) && (44.0..972.0).contains(&rect.y), "{rect:?} is in sight");
}

#[test]
fn the_keyboard_alone_weighs_an_opportunity() {
    let mut window = Window::open(Some(&example()));
    window.command(Key::B);
    let wanted = [Element::Annotation(idea(&window, BASKET).at)];
    let presses = (0..60).take_while(|_| {
        window.key(Key::Tab);
        selected(&window) != wanted
    });
    assert!(presses.count() < 60, "Tab reaches the card");
    for key in [Key::ArrowUp, Key::ArrowUp, Key::ArrowLeft, Key::ArrowLeft, Key::ArrowLeft, Key::ArrowDown] {
        window.key(key);
    }
    // The first arrow puts it in the middle, at 5 and 5.
    assert_eq!(place(&window, BASKET), Some((5, 2)));
    window.command(Key::Z);
    assert_eq!(place(&window, BASKET), Some((6, 2)), "each arrow is a step");
    window.key(Key::Enter);
    window.wait();
    assert!(!is_open(&window), "its text is edited on the map");
    window.write("!");
    window.key(Key::Enter);
    assert!(idea(&window, "").annotation.text.len() > 1 && window.is_dirty());
}

#[test]
fn effort_grows_to_the_left_on_a_map_from_right_to_left() {
    let persian = examples().into_iter().find(|path| path.to_string_lossy().contains("-fa")).unwrap();
    let mut window = Window::open(Some(&persian));
    window.command(Key::B);
    let first = board(window.map())[0].clone();
    let text = first.annotation.text.clone();
    let tray = card(&window, &text);
    assert!(tray.x < 300.0, "the tray is where the map ends");
    window.drag_and_drop(tray, pos2(1400.0, 300.0));
    assert_eq!(idea(&window, &text).quadrant(), Some(Quadrant::QuickWins));
    let before = place(&window, &text).unwrap();
    window.key(Key::ArrowLeft);
    assert_eq!(place(&window, &text), Some((before.0, before.1 + 1)));
}

#[test]
fn cards_say_that_they_are_selected_and_a_map_without_opportunities_what_to_do() {
    let mut window = Window::open(Some(&example()));
    window.command(Key::B);
    window.click(card(&window, BASKET));
    let node = window.harness.get_by_label_contains(BASKET);
    assert_eq!((node.accesskit_node().role(), node.accesskit_node().toggled()), (Role::Button, Some(Toggled::True)));
    let mut empty = Window::open(None);
    empty.harness.get_by_label("Template: Empty map").click();
    empty.wait();
    empty.command(Key::B);
    assert!(empty.tells("No opportunities yet"));
}
