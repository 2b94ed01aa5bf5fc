//! What a map knows beside its grid, read and written as a person does it.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rihla::model::{Emotion, Figure, MetricHost, StepId, TouchpointId};

use super::driver::{Window, example};

/// The panel on the example, at a tab.
fn open(tab: &str) -> Window {
    let mut window = Window::open(Some(&example()));
    about(&mut window);
    window.harness.get_by_role_and_label(Role::Tab, tab).click();
    window.rest();
    window
}

/// Asks for the panel, or for the map again.
fn about(window: &mut Window) {
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    window.rest();
}

fn press(window: &mut Window, button: &str) {
    window.harness.get_by_role_and_label(Role::Button, button).click();
    window.rest();
}

/// Opens a text by its name, and writes over what it says.
fn fill(window: &mut Window, name: &str, text: &str) {
    window.harness.get_by_role_and_label(Role::TextInput, name).click();
    window.rest();
    over(window, text);
}

/// Writes over what the open text says, and leaves it.
fn over(window: &mut Window, text: &str) {
    window.command(Key::A);
    window.write(text);
    window.key(Key::Escape);
}

fn undo(window: &mut Window) -> String {
    let label = window.harness.state().editor().unwrap().document.undo_label().unwrap_or_default().to_owned();
    window.command(Key::Z);
    label
}

/// What a control with this name says.
fn says(window: &Window, role: Role, name: &str) -> String {
    let node = window.harness.get_by_role_and_label(role, name);
    node.accesskit_node().value().unwrap_or_default()
}

#[test]
fn a_persona_is_added_and_named_and_has_her_lists() {
    let mut window = open("Personas");
    press(&mut window, "Add persona");
    // The name is open at once.
    window.write("Marta ");
    window.write("Ilves");
    window.key(Key::Tab);
    window.write("Beginners");
    window.key(Key::Escape);
    fill(&mut window, "Goals of persona 1", "Fits at once\n\n Runs without pain ");
    let persona = &window.map().personas[0];
    assert_eq!((persona.id.as_str(), persona.name.as_str()), ("marta-ilves", "Marta Ilves"));
    assert_eq!((persona.segment.as_str(), persona.goals.len()), ("Beginners", 2));
    assert_eq!(persona.goals[1], "Runs without pain");
    press(&mut window, "Add persona");
    over(&mut window, "Tomas");
    press(&mut window, "Move persona 2 to the left");
    assert_eq!(window.map().personas[0].name, "Tomas");
    press(&mut window, "Delete persona 1");
    assert_eq!(window.map().personas.len(), 1);
    let undone: Vec<String> = (0..7).map(|_| undo(&mut window)).collect();
    assert_eq!(
        undone,
        [
            "deletion of persona",
            "move of persona",
            "name of persona",
            "new persona",
            "edit of persona",
            "edit of persona",
            "name of persona"
        ]
    );
    assert_eq!(undo(&mut window), "new persona");
    assert!(window.map().personas.is_empty() && !window.is_dirty());
    assert!(window.tells("Who makes the journey"), "an empty tab says what belongs there");
}

#[test]
fn the_tab_key_goes_from_text_to_text_and_back() {
    let mut window = open("Personas");
    press(&mut window, "Add persona");
    window.key(Key::Tab);
    window.write("segment");
    window.key(Key::Tab);
    window.write("quote");
    for _ in 0..2 {
        window.harness.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
        window.rest();
    }
    window.write("name");
    window.key(Key::Escape);
    let persona = &window.map().personas[0];
    let texts = [persona.name.as_str(), &persona.segment, &persona.quote];
    assert_eq!(texts, ["name", "segment", "quote"]);
}

#[test]
fn what_touchpoints_say_of_a_persona_goes_with_her() {
    let mut window = open("Personas");
    press(&mut window, "Add persona");
    over(&mut window, "Marta");
    let id = window.map().personas[0].id.clone();
    let document = &mut window.harness.state_mut().editor_mut().unwrap().document;
    document
        .edit("emotion", |map| {
            rihla::edit::update_touchpoint(map, &"ask-group".into(), |t| {
                t.emotions.insert(id, Emotion::MAX);
            })
        })
        .unwrap();
    window.rest();
    let said = |window: &Window| window.map().touchpoint(&TouchpointId::from("ask-group")).unwrap().1.emotions.len();
    press(&mut window, "Delete persona 1");
    assert_eq!(said(&window), 0);
    undo(&mut window);
    assert_eq!(said(&window), 1);
}

#[test]
fn a_goal_below_another_says_what_it_lacks() {
    let mut window = open("Goals");
    press(&mut window, "Add goal");
    over(&mut window, "Fewer returns");
    press(&mut window, "Add goal below");
    over(&mut window, "Size advice");
    fill(&mut window, "Specific", "Half of all orders use it");
    let goals = &window.map().goals;
    assert_eq!(goals[1].parent.as_ref(), Some(&goals[0].id));
    assert_eq!(goals[1].id.as_str(), "size-advice");
    assert!(window.tells("Not SMART yet; missing: Measurable, Achievable, Relevant, Time-bound"));
    assert!(window.tells("Goal: Size advice, SMART 1 of 5"));
    // The parent is another, by the keyboard; nothing but the top is left for the first.
    window.harness.get_by_role_and_label(Role::ComboBox, "Serves the goal").click();
    window.rest();
    window.key(Key::ArrowUp);
    window.key(Key::Enter);
    assert_eq!(window.map().goals[1].parent, None);
    assert_eq!(undo(&mut window), "parent of goal");
    window.harness.get_by_label_contains("Goal: Fewer returns").click();
    window.rest();
    press(&mut window, "Delete goal");
    let goals = &window.map().goals;
    assert_eq!((goals.len(), goals[0].title.as_str(), &goals[0].parent), (1, "Size advice", &None));
    for _ in 0..6 {
        undo(&mut window);
    }
    assert!(window.map().goals.is_empty() && !window.is_dirty());
}

#[test]
fn a_metric_takes_values_and_refuses_a_bad_date() {
    let mut window = open("Measures");
    press(&mut window, "Add metric");
    press(&mut window, "CES");
    press(&mut window, "Add value");
    over(&mut window, "2,5");
    fill(&mut window, "Date of value 1", "2026-02");
    press(&mut window, "Add value");
    over(&mut window, "3");
    fill(&mut window, "Date of value 2", "2026-01");
    let values = |window: &Window| -> Vec<String> {
        window.map().metrics[0].values.iter().map(|v| format!("{} {}", v.date, v.value)).collect()
    };
    assert_eq!(values(&window), ["2026-01 3", "2026-02 2.5"], "in the order of the dates");
    let before = window.map().clone();
    fill(&mut window, "Date of value 1", "soon");
    assert!(window.tells("\"soon\" is not a date; write it as 2026-03-01"), "a message says what to do");
    assert_eq!(*window.map(), before, "the old value stays");
    assert_eq!(says(&window, Role::TextInput, "Date of value 1"), "2026-01");
    fill(&mut window, "Value of value 1", "8");
    assert!(window.tells("CES goes from 1 to 7") && !window.tells("is not a date"), "one message at a time");
    fill(&mut window, "Target", "2");
    assert_eq!(window.map().metrics[0].target, Some(Figure::whole(2)));
    assert!(!window.tells("the old value stays"));
    press(&mut window, "Delete value 1");
    assert_eq!(values(&window), ["2026-02 2.5"]);
    undo(&mut window);
    assert_eq!(undo(&mut window), "target of metric");
    assert_eq!(undo(&mut window), "edit of value");
    assert_eq!(window.map().metrics[0].values.len(), 2);
}

#[test]
fn a_metric_is_measured_on_what_the_filter_finds() {
    let mut window = open("Measures");
    press(&mut window, "Add metric");
    press(&mut window, "One of your own");
    over(&mut window, "Returned pairs");
    assert_eq!(window.map().metrics[0].id.as_str(), "returned-pairs");
    window.harness.get_by_role_and_label(Role::ComboBox, "Measured on").click();
    window.rest();
    window.write("bank app");
    window.rest();
    window.key(Key::Enter);
    assert_eq!(window.map().metrics[0].host, MetricHost::Touchpoint("bank-times-out".into()));
    window.harness.get_by_role_and_label(Role::Tab, "Goals").click();
    window.rest();
    press(&mut window, "Add goal");
    over(&mut window, "Fewer of them");
    let metric = format!("Returned pairs, {}", window.map().host_name(&window.map().metrics[0].host));
    window.harness.get_by_role_and_label(Role::CheckBox, &metric).click();
    window.rest();
    assert_eq!(window.map().goals[0].metrics.len(), 1);
    assert_eq!(undo(&mut window), "metrics of goal");
    assert!(window.map().goals[0].metrics.is_empty());
}

#[test]
fn swot_has_one_line_an_item() {
    let mut window = open("SWOT");
    window.harness.get_by_role_and_label(Role::TextInput, "Threats").click();
    window.rest();
    window.write("Brands sell direct");
    window.key(Key::Enter);
    window.write("Parcels get dearer");
    window.key(Key::Escape);
    assert_eq!(window.map().swot.threats, ["Brands sell direct", "Parcels get dearer"]);
    assert_eq!(undo(&mut window), "edit of SWOT");
    assert!(window.map().swot.threats.is_empty() && !window.is_dirty());
}

#[test]
fn a_competitor_has_feelings_at_steps() {
    let mut window = open("Competitors");
    press(&mut window, "Add competitor");
    over(&mut window, "Shoe Palace");
    let cell = "Emotion of competitor 1 at Buy, Payment";
    let at = window.harness.get_by_role_and_label(Role::SpinButton, cell).rect();
    let emotion = |window: &Window| window.map().competitors[0].emotions.get(&StepId::from("payment")).map(|e| e.get());
    window.click(at.right_center() - egui::vec2(8.0, 0.0));
    assert_eq!(emotion(&window), Some(1));
    // The stepper has the keyboard now.
    window.key(Key::ArrowUp);
    window.key(Key::Plus);
    assert_eq!((emotion(&window), says(&window, Role::SpinButton, cell)), (Some(3), "+3".into()));
    window.key(Key::ArrowDown);
    window.key(Key::Delete);
    assert_eq!(emotion(&window), None);
    assert_eq!(undo(&mut window), "emotion of competitor");
    assert_eq!(emotion(&window), Some(2));
    press(&mut window, "Delete competitor 1");
    undo(&mut window);
    assert_eq!(window.map().competitors[0].name, "Shoe Palace");
}

#[test]
fn weights_have_a_sum_and_defaults() {
    let mut window = open("Loyalty weights");
    assert!(window.tells("99.8 %"));
    fill(&mut window, "Price", "20");
    assert!(window.tells("106.8 %"));
    fill(&mut window, "Brand", "a lot");
    assert!(window.tells("\"a lot\" is not a number"));
    press(&mut window, "Defaults");
    assert!(window.tells("99.8 %") && window.map().weights == Default::default());
    assert_eq!(undo(&mut window), "loyalty weights");
    assert_eq!(window.map().weights.price, Figure::whole(20));
}

#[test]
fn the_panel_takes_the_canvas_place_and_gives_it_back() {
    let mut window = Window::open(Some(&example()));
    window.click(window.touchpoint("ask-group"));
    about(&mut window);
    // Keys of the canvas do nothing to what is not seen.
    window.key(Key::Delete);
    window.key(Key::Plus);
    assert!(!window.is_dirty());
    assert!(window.tells("Back to the map"));
    window.key(Key::Escape);
    assert!(!window.tells("Back to the map"));
    about(&mut window);
    about(&mut window);
    assert!(!window.tells("Back to the map"), "the command closes it too");
    about(&mut window);
    window.command(Key::F);
    assert!(!window.tells("Back to the map"), "what is found is shown on the map");
}

#[test]
fn what_is_typed_counts_when_the_map_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.ron");
    std::fs::copy(example(), &path).unwrap();
    let mut window = Window::open(Some(&path));
    about(&mut window);
    window.harness.get_by_role_and_label(Role::Tab, "Loyalty weights").click();
    window.rest();
    window.harness.get_by_role_and_label(Role::TextInput, "Product").click();
    window.rest();
    window.command(Key::A);
    window.write("40");
    window.command(Key::S);
    window.rest();
    let saved = rihla::file::load(&path).unwrap();
    assert_eq!(saved.weights.product, Figure::whole(40));
}
