//! The wheel: the same map as a ring, under the same hands.

use egui::{Key, Modifiers, vec2};
use rihla::model::{Element, TouchpointId};

use super::driver::{Window, example};

fn wheel() -> Window {
    let mut window = Window::open(Some(&example()));
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::W);
    window.rest();
    assert!(window.harness.state().editor().unwrap().layout().wheel.is_some());
    window
}

#[test]
fn a_card_is_dragged_to_another_step_on_the_wheel_and_undone() {
    let mut window = wheel();
    let before = window.place("knee-aches");
    let (from, to) = (window.touchpoint("knee-aches"), window.touchpoint("ask-group"));
    window.drag_and_drop(from, to);
    assert_eq!(window.place("knee-aches").1, "advice");
    window.command(Key::Z);
    assert_eq!(window.place("knee-aches"), before);
}

#[test]
fn an_emotion_is_pulled_outwards_and_a_title_is_edited_in_place() {
    let mut window = wheel();
    let id = TouchpointId::from("eleven-tabs");
    let point = window.at(&Element::EmotionPoint(id.clone()));
    let center = window.at(&Element::Title);
    let outwards = (point - center).normalized() * 40.0;
    let emotion = |window: &Window| window.map().touchpoint(&id).unwrap().1.emotion.unwrap().get();
    let before = emotion(&window);
    window.drag_and_drop(point, point + outwards);
    assert!(emotion(&window) > before);
    window.double_click(window.touchpoint("eleven-tabs"));
    window.command(Key::A);
    window.write("Opens twelve tabs");
    window.key(Key::Enter);
    assert_eq!(window.map().touchpoint(&id).unwrap().1.title, "Opens twelve tabs");
}

#[test]
fn arrows_walk_around_the_wheel_and_the_key_leads_back_to_the_grid() {
    let mut window = wheel();
    window.click(window.touchpoint("knee-aches"));
    window.key(Key::ArrowRight);
    let selected = |window: &Window| window.harness.state().editor().unwrap().document.selection().clone();
    assert!(selected(&window).contains(&Element::Touchpoint("ask-group".into())));
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::W);
    window.rest();
    assert!(window.harness.state().editor().unwrap().layout().wheel.is_none());
    window.harness.hover_at(window.touchpoint("ask-group") + vec2(2.0, 2.0));
    window.rest();
    assert!(selected(&window).contains(&Element::Touchpoint("ask-group".into())), "the selection stays");
}
