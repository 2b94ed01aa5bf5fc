//! The window, driven as a person drives it: by what stands there, with pointer and keys.

use std::path::{Path, PathBuf};

use egui::accesskit::{Role, Toggled};
use egui::{Event, Key, Modifiers, PointerButton, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rihla::file::to_ron;
use rihla::model::{Element, Emotion, TouchpointId};

use super::driver::{Window, example};

/// A copy of the example in a folder of its own.
fn copy() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.ron");
    std::fs::copy(example(), &path).unwrap();
    (folder, path)
}

/// Some touchpoint of the example's first lane, and the lane and step of a free cell elsewhere.
fn first_and_free(window: &Window) -> (String, String, String) {
    let map = window.map();
    let lanes: Vec<_> = map.lanes.iter().filter(|l| !l.touchpoints.is_empty()).collect();
    let first = lanes[0].touchpoints[0].id.to_string();
    let free = map.steps().skip(1).find(|(_, s)| lanes[1].cell(&s.id).next().is_none()).expect("a free cell");
    (first, lanes[1].id.to_string(), free.1.id.to_string())
}

#[test]
fn a_touchpoint_is_dragged_to_another_stage_and_lane_and_back() {
    let mut window = Window::open(Some(&example()));
    let (id, lane, step) = first_and_free(&window);
    let home = window.place(&id);
    window.drag_and_drop(window.touchpoint(&id), window.cell(&lane, &step));
    assert_eq!(window.place(&id), (lane, step, 0));
    window.command(Key::Z);
    assert_eq!(window.place(&id), home);
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    window.rest();
    assert_ne!(window.place(&id), home);
}

#[test]
fn the_map_makes_room_while_a_touchpoint_is_carried_and_escape_puts_it_back() {
    let mut window = Window::open(Some(&example()));
    let (id, lane, step) = first_and_free(&window);
    let home = window.place(&id);
    window.drag(window.touchpoint(&id), window.cell(&lane, &step), Modifiers::NONE);
    assert_eq!(window.place(&id).0, lane, "the map shows it in its new place already");
    window.key(Key::Escape);
    assert_eq!(window.place(&id), home);
    assert!(!window.harness.state().editor().unwrap().document.is_dirty());
}

#[test]
fn ctrl_drag_copies() {
    let mut window = Window::open(Some(&example()));
    let (id, lane, step) = first_and_free(&window);
    let (home, count) = (window.place(&id), window.map().touchpoints().count());
    let to = window.cell(&lane, &step);
    window.drag(window.touchpoint(&id), to, Modifiers::COMMAND);
    window.drop(to, Modifiers::COMMAND);
    assert_eq!(window.place(&id), home);
    assert_eq!(window.map().touchpoints().count(), count + 1);
}

#[test]
fn the_emotion_is_pulled_down_on_the_curve() {
    let mut window = Window::open(Some(&example()));
    let emotion = |window: &Window, id: &TouchpointId| window.map().touchpoint(id).unwrap().1.emotion.unwrap().get();
    let (id, before) = window
        .map()
        .touchpoints()
        .find_map(|(_, t)| t.emotion.filter(|e| e.get() > 0).map(|e| (t.id.clone(), e.get())))
        .unwrap();
    let from = window.at(&Element::EmotionPoint(id.clone()));
    window.drag_and_drop(from, from + vec2(0.0, 60.0));
    let after = emotion(&window, &id);
    assert!(after < before, "{after} and {before}");
    window.command(Key::Z);
    assert_eq!(emotion(&window, &id), before);
    // Keys change the point that is selected; they never start a touchpoint.
    let count = window.map().touchpoints().count();
    window.click(window.at(&Element::EmotionPoint(id.clone())));
    window.write("1");
    assert_eq!(emotion(&window, &id), -5);
    window.key_and_text(Key::Plus, "+");
    assert_eq!(emotion(&window, &id), -4);
    window.key_and_text(Key::Minus, "-");
    assert_eq!(emotion(&window, &id), -5);
    window.key_and_text(Key::Equals, "=");
    assert_eq!((emotion(&window, &id), window.map().touchpoints().count()), (-4, count));
}

#[test]
fn panel_keys_and_curve_change_the_emotion_of_the_persona_that_is_shown() {
    let mut window = Window::open(Some(&example().with_file_name("hotel-stay.ron")));
    let persona = window.map().personas[0].clone();
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    window.rest();
    let emotion = |window: &Window| {
        let map = window.map();
        let touchpoint = &map.touchpoint(&"friends-story".into()).unwrap().1;
        (touchpoint.emotion.map(Emotion::get), touchpoint.emotions.get(&persona.id).copied().map(Emotion::get))
    };
    let (everybody, hers) = emotion(&window);
    window.click(window.touchpoint("friends-story"));
    let said = |value: &str| format!("Emotion shown, of {} {value}", persona.name);
    window.wait();
    window.harness.get_by_role_and_label(Role::RadioButton, &said("\u{2212}4")).click();
    window.rest();
    assert_eq!(emotion(&window), (everybody, Some(-4)), "{hers:?} before");
    window.key_and_text(Key::Plus, "+");
    assert_eq!(emotion(&window), (everybody, Some(-3)));
    let label = said("\u{2212}3");
    let chosen = window.harness.get_by_role_and_label(Role::RadioButton, &label);
    assert_eq!(chosen.accesskit_node().toggled(), Some(Toggled::True));
}

#[test]
fn a_point_that_only_the_persona_shown_has_is_chosen_pulled_and_taken_away_as_hers() {
    let mut window = Window::open(Some(&example().with_file_name("hotel-stay.ron")));
    let persona = window.map().personas[0].id.clone();
    let id: TouchpointId = "friends-story".into();
    let point = Element::EmotionPoint(id.clone());
    // Only one persona has an emotion here.
    let document = &mut window.harness.state_mut().editor_mut().unwrap().document;
    let only_hers = |t: &mut rihla::model::Touchpoint| {
        (t.emotion, t.emotions) = (None, [(persona.clone(), Emotion::clamped(2))].into());
    };
    document.edit("emotion", |map| rihla::edit::update_touchpoint(map, &id, only_hers)).unwrap();
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    window.rest();
    let emotions = |window: &Window| {
        let touchpoint = window.map().touchpoint(&id).unwrap().1.clone();
        (touchpoint.emotion, touchpoint.emotions.get(&persona).copied().map(Emotion::get))
    };
    window.click(window.at(&point));
    assert!(window.harness.state().editor().unwrap().document.selection().contains(&point));
    window.key_and_text(Key::Plus, "+");
    assert_eq!(emotions(&window), (None, Some(3)));
    window.wait();
    let from = window.at(&point);
    window.drag_and_drop(from, from + vec2(0.0, 60.0));
    let pulled = emotions(&window);
    assert!(pulled.0.is_none() && pulled.1 < Some(3), "{pulled:?}");
    // From the neighbour the arrow comes back to it.
    window.key(Key::ArrowRight);
    assert!(!window.harness.state().editor().unwrap().document.selection().contains(&point));
    window.key(Key::ArrowLeft);
    assert!(window.harness.state().editor().unwrap().document.selection().contains(&point));
    window.key(Key::Delete);
    assert_eq!(emotions(&window), (None, None));
}

#[test]
fn a_pain_point_is_added_in_its_lane_by_double_click_and_typing() {
    let mut window = Window::open(Some(&example()));
    let pains = window.map().counts().1;
    let map = window.map();
    let lane = map.lanes.iter().find(|l| l.kind == rihla::model::LaneKind::PainPoints).unwrap().id.to_string();
    let step = map.steps().next().unwrap().1.id.to_string();
    window.double_click(window.cell(&lane, &step));
    window.write("Nobody ");
    window.write("answers");
    window.key(Key::Escape);
    assert_eq!(window.map().counts().1, pains + 1, "Escape keeps the words");
    window.command(Key::Z);
    window.double_click(window.cell(&lane, &step));
    window.key(Key::Escape);
    assert_eq!(window.map().counts().1, pains, "an empty one leaves nothing behind");
    window.double_click(window.cell(&lane, &step));
    window.write("Nobody answers");
    window.click(window.cell(&lane, &map_last_step(&window)));
    assert_eq!(window.map().counts().1, pains + 1);
    window.command(Key::Z);
    assert_eq!(window.map().counts().1, pains);
}

fn map_last_step(window: &Window) -> String {
    window.map().steps().last().unwrap().1.id.to_string()
}

#[test]
fn touchpoints_are_typed_one_after_the_other_without_the_mouse() {
    let mut window = Window::open(None);
    window.harness.get_by_label("Template: Empty map").click();
    window.rest();
    window.write("S");
    window.write("ees an advert");
    window.key(Key::Enter);
    window.write("Asks a friend");
    window.key(Key::Tab);
    window.write("Price is hidden");
    window.key(Key::Escape);
    window.write("after all");
    let map = window.map();
    let titles: Vec<&str> = map.touchpoints().map(|(_, t)| t.title.as_str()).collect();
    assert_eq!(titles[..2], ["Sees an advert", "Asks a friend"]);
    let steps: Vec<_> = map.touchpoints().map(|(_, t)| t.step.clone()).collect();
    assert_ne!(steps[0], steps[1], "Enter goes on in the next step");
    assert_eq!(map.touchpoints().next().unwrap().1.id, "sees-an-advert".into());
    assert_eq!(map.problems(), []);
}

#[test]
fn keys_that_come_in_one_frame_are_neither_lost_nor_doubled() {
    let mut window = Window::open(None);
    window.harness.get_by_label("Template: Empty map").click();
    window.rest();
    let enter = |pressed| Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    let text = |c: &str| Event::Text(c.into());
    let events =
        [text("O"), text("n"), text("e"), enter(true), enter(false), text("T"), text("w"), text("o"), enter(true)];
    window.harness.input_mut().events.extend(events);
    window.rest();
    let titles: Vec<String> =
        window.map().touchpoints().map(|(_, t)| t.title.clone()).filter(|t| !t.is_empty()).collect();
    assert_eq!(titles, ["One", "Two"]);
}

#[test]
fn keys_of_the_frame_behind_enter_are_not_lost() {
    for frames in 0..4 {
        let mut window = Window::open(None);
        window.key(Key::Enter);
        window.write("One");
        let enter = |pressed| Event::Key {
            key: Key::Enter,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        window.harness.input_mut().events.extend([enter(true), enter(false)]);
        window.harness.run_steps(frames);
        for letter in ["h", "a", "l", "f"] {
            window.harness.input_mut().events.push(Event::Text(letter.into()));
            window.harness.step();
        }
        window.rest();
        let titles: Vec<&str> = window.map().touchpoints().map(|(_, t)| t.title.as_str()).collect();
        assert_eq!(titles, ["One", "half"], "{frames} frames behind");
    }
}

#[test]
fn fast_drags_take_what_was_under_the_press() {
    let mut window = Window::open(Some(&example()));
    let ids: Vec<String> = window.map().lanes[0].touchpoints.iter().take(5).map(|t| t.id.to_string()).collect();
    for round in 0..6 {
        for id in &ids {
            let home = window.place(id);
            let (from, by) = (window.touchpoint(id), vec2(if round % 2 == 0 { 190.0 } else { -190.0 }, 4.0));
            let to = from + by;
            let button = |pos, pressed| Event::PointerButton {
                pos,
                button: PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            };
            window.harness.input_mut().events.extend([
                Event::PointerMoved(from),
                button(from, true),
                Event::PointerMoved(to),
                button(to, false),
            ]);
            window.rest();
            let moved: Vec<Element> =
                window.harness.state().editor().unwrap().document.selection().iter().cloned().collect();
            assert_eq!(
                moved,
                [Element::Touchpoint(id.as_str().into())],
                "the card under the press is the one that moves"
            );
            window.command(Key::Z);
            assert_eq!(window.place(id), home);
        }
    }
}

#[test]
fn a_persian_title_is_edited_in_place() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hotel-stay-fa.ron");
    let mut window = Window::open(Some(&path));
    let id = window.map().lanes[0].touchpoints[0].id.to_string();
    let before = window.map().touchpoint(&id.as_str().into()).unwrap().1.title.clone();
    window.double_click(window.touchpoint(&id));
    window.key(Key::End);
    window.write(" با CRM");
    window.key(Key::Enter);
    assert_eq!(window.map().touchpoint(&id.as_str().into()).unwrap().1.title, format!("{before} با CRM"));
    window.command(Key::Z);
    assert_eq!(window.map().touchpoint(&id.as_str().into()).unwrap().1.title, before);
}

#[test]
fn the_map_is_saved_and_opened_again() {
    let (_folder, path) = copy();
    let mut window = Window::open(Some(&path));
    let (id, lane, step) = first_and_free(&window);
    window.drag_and_drop(window.touchpoint(&id), window.cell(&lane, &step));
    assert!(window.harness.state().editor().unwrap().document.is_dirty());
    window.command(Key::S);
    assert!(!window.harness.state().editor().unwrap().document.is_dirty());
    let again = Window::open(Some(&path));
    assert_eq!(to_ron(again.map()), to_ron(window.map()));
    assert_eq!(again.place(&id), (lane, step, 0));
}

#[test]
fn closing_with_changes_asks_first() {
    let (_folder, path) = copy();
    let mut window = Window::open(Some(&path));
    let (id, lane, step) = first_and_free(&window);
    window.drag_and_drop(window.touchpoint(&id), window.cell(&lane, &step));
    window.command(Key::Q);
    window.harness.get_by_label("Cancel").click();
    window.rest();
    assert!(window.harness.state().editor().unwrap().document.is_dirty());
    window.command(Key::Q);
    window.answer("Save");
    assert!(!window.harness.state().editor().unwrap().document.is_dirty());
    assert_eq!(to_ron(&rihla::file::load(&path).unwrap()), to_ron(window.map()));
}

#[test]
fn a_folder_that_is_not_there_is_told_and_the_path_kept() {
    let (folder, path) = copy();
    let mut window = Window::open(Some(&path));
    window.command(Key::E);
    window.harness.get_by_label("Export PNG…").click();
    window.rest();
    window.command(Key::A);
    let picture = folder.path().join("slides/map.png");
    window.write(&picture.to_string_lossy());
    window.key(Key::Enter);
    assert!(window.tells("There is no folder") && window.tells("make it first"));
    let field = window.harness.get_by_role_and_label(Role::TextInput, "Path of the file");
    assert_eq!(field.accesskit_node().value().unwrap(), picture.to_string_lossy());
    std::fs::create_dir(folder.path().join("slides")).unwrap();
    window.key(Key::Enter);
    assert!(window.wait_for(|_| picture.exists()));
}

#[test]
fn the_place_of_a_mistake_in_a_file_is_marked_in_its_line() {
    let (_folder, path) = copy();
    let text = std::fs::read_to_string(&path).unwrap().replacen("stages: [", "stages: {", 1);
    std::fs::write(&path, text).unwrap();
    let window = Window::open(Some(&path));
    assert!(window.tells("The map could not be opened"));
    assert!(window.tells("stages: {"));
    assert!(window.harness.query_all_by_label_contains("^").next().is_none(), "no caret in letters of any width");
}

#[test]
fn a_picture_is_exported_from_the_window() {
    let (folder, path) = copy();
    let mut window = Window::open(Some(&path));
    window.command(Key::E);
    window.harness.get_by_label("1×").click();
    window.rest();
    window.harness.get_by_label("Export PNG…").click();
    window.rest();
    window.answer("Save");
    let picture = folder.path().join("map.png");
    assert!(window.wait_for(|_| picture.exists()));
    let size = image::image_dimensions(&picture).unwrap();
    let scene = window.harness.state().editor().unwrap().whole_scene().size;
    assert_eq!(size, (scene.width.round() as u32, scene.height.round() as u32));
}

#[test]
fn a_page_is_exported_from_the_window() {
    let (folder, path) = copy();
    let mut window = Window::open(Some(&path));
    window.command(Key::E);
    window.harness.get_by_label("PDF").click();
    window.rest();
    assert!(window.harness.query_by_label("1×").is_none(), "pages have no pixels");
    window.harness.get_by_label("Export PDF…").click();
    window.rest();
    window.answer("Save");
    let page = folder.path().join("map.pdf");
    assert!(window.wait_for(|_| page.exists()));
    assert!(std::fs::read(page).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn stages_and_lanes_are_added_renamed_moved_and_deleted() {
    let mut window = Window::open(Some(&example()));
    let stages = |window: &Window| window.map().stages.iter().map(|s| s.name.clone()).collect::<Vec<_>>();
    let before = stages(&window);
    let first = window.map().stages[0].id.clone();
    window.click(window.at(&Element::Stage(first.clone())));
    window.command(Key::Enter);
    window.write("Dream");
    window.key(Key::Enter);
    assert_eq!(stages(&window)[1], "Dream");
    let new = window.map().stages[1].id.clone();
    let end = window.at(&Element::Stage(window.map().stages.last().unwrap().id.clone()));
    window.drag_and_drop(window.at(&Element::Stage(new.clone())), end + vec2(20.0, 0.0));
    assert_eq!(stages(&window).last().unwrap(), "Dream");
    window.key(Key::Delete);
    assert_eq!(stages(&window), before);
    for _ in 0..4 {
        window.command(Key::Z);
    }
    assert_eq!(stages(&window), before);
    let lane = window.map().lanes[0].id.clone();
    window.command(Key::Num1);
    window.wait();
    window.click(window.at(&Element::Lane(lane.clone())));
    window.harness.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    window.rest();
    assert_eq!(window.map().lanes[1].id, lane);
}

#[test]
fn the_wheel_zooms_at_the_pointer_and_space_drag_pans() {
    let mut window = Window::open(Some(&example()));
    let camera = |window: &Window| window.harness.state().editor().unwrap().camera();
    let (id, _, _) = first_and_free(&window);
    let pos = window.touchpoint(&id);
    let (before, under) = (camera(&window), camera(&window).to_map(pos));
    window.harness.hover_at(pos);
    window.harness.event(Event::Zoom(1.5));
    window.rest();
    assert!(camera(&window).scale > before.scale * 1.4);
    assert!((camera(&window).to_map(pos) - under).hypot() < 1.0);
    let corner = camera(&window).corner;
    window.harness.key_down(Key::Space);
    window.drag(pos, pos + vec2(60.0, 40.0), Modifiers::NONE);
    window.drop(pos + vec2(60.0, 40.0), Modifiers::NONE);
    window.harness.key_up(Key::Space);
    window.rest();
    let moved: Vec2 = camera(&window).corner - corner;
    assert!((moved - vec2(60.0, 40.0)).length() < 2.0, "{moved:?}");
    window.command(Key::Num0);
    window.harness.run_steps(60);
    assert!((camera(&window).scale - 1.0).abs() < 0.01);
}

#[test]
fn everything_in_sight_has_a_name_and_can_be_chosen_through_it() {
    let mut window = Window::open(Some(&example()));
    let map = window.map().clone();
    for stage in &map.stages {
        window.harness.get_by_label(&format!("Stage: {}", stage.name));
    }
    for lane in &map.lanes {
        window.harness.get_by_label(&format!("Lane: {}", lane.name));
    }
    let titles: Vec<String> = map.lanes[0].touchpoints.iter().map(|t| t.title.clone()).collect();
    for title in &titles {
        window.harness.get_by_label(&format!("Touchpoint: {title}"));
    }
    window.harness.get_by_label(&format!("Touchpoint: {}", titles[1])).click_accesskit();
    window.wait();
    let id = map.lanes[0].touchpoints[1].id.clone();
    assert!(window.harness.state().editor().unwrap().document.selection().contains(&Element::Touchpoint(id)));
    assert!(window.harness.query_by_role_and_label(Role::TextInput, "Title").is_some());
}

#[test]
fn the_inspector_changes_what_is_selected_in_one_step_each() {
    let mut window = Window::open(Some(&example()));
    let id = window.map().lanes[0].touchpoints[0].id.clone();
    window.click(window.at(&Element::Touchpoint(id.clone())));
    window.wait();
    window.harness.get_by_label("Channels, owner, tags").click();
    window.rest();
    window.harness.get_by_role_and_label(Role::TextInput, "Owner").click();
    window.rest();
    window.command(Key::A);
    window.write("Sales");
    window.write(" team");
    window.key(Key::Enter);
    assert_eq!(window.map().touchpoint(&id).unwrap().1.owner, "Sales team");
    window.harness.get_by_label("Emotion \u{2212}5").click();
    window.rest();
    assert_eq!(window.map().touchpoint(&id).unwrap().1.emotion.unwrap().get(), -5);
    window.command(Key::Z);
    window.command(Key::Z);
    assert_ne!(window.map().touchpoint(&id).unwrap().1.owner, "Sales team");
}

#[test]
fn escape_in_the_inspector_keeps_the_words() {
    let mut window = Window::open(Some(&example()));
    let id = window.map().lanes[0].touchpoints[0].id.clone();
    window.click(window.at(&Element::Touchpoint(id.clone())));
    window.wait();
    window.harness.get_by_label("Channels, owner, tags").click();
    window.rest();
    window.harness.get_by_role_and_label(Role::TextInput, "Owner").click();
    window.rest();
    window.command(Key::A);
    window.write("Sales");
    window.key(Key::Escape);
    assert_eq!(window.map().touchpoint(&id).unwrap().1.owner, "Sales");
    window.command(Key::Z);
    assert_ne!(window.map().touchpoint(&id).unwrap().1.owner, "Sales");
}

#[test]
fn a_file_that_is_no_map_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.ron");
    std::fs::write(&path, "(format: 1, titel: \"x\")").unwrap();
    let window = Window::open(Some(&path));
    assert!(window.harness.query_by_label_contains("did you mean `title`?").is_some());
}

#[test]
fn a_command_is_found_by_typing() {
    let mut window = Window::open(Some(&example()));
    window.command(Key::K);
    window.write("select all");
    window.key(Key::Enter);
    let count = window.map().touchpoints().count();
    assert_eq!(window.harness.state().editor().unwrap().document.selection().len(), count);
}

#[test]
fn marks_typed_into_a_title_become_data() {
    let mut window = Window::open(None);
    window.key(Key::Enter);
    window.write("Calls support :-4 @phone #Care !waits 40 minutes");
    window.key(Key::Enter);
    let map = window.map();
    let (_, touchpoint) = map.touchpoint(&"calls-support".into()).expect("named after its title");
    assert_eq!(touchpoint.title, "Calls support");
    assert_eq!(touchpoint.emotion.map(Emotion::get), Some(-4));
    assert_eq!((touchpoint.channels[0].as_str(), touchpoint.owner.as_str()), ("phone", "Care"));
    assert_eq!(touchpoint.annotations[0].text, "waits 40 minutes");
    window.write("Is called back @p");
    window.key(Key::Tab);
    window.key(Key::Enter);
    let (_, touchpoint) = window.map().touchpoint(&"is-called-back".into()).expect("the known channel was completed");
    assert_eq!(touchpoint.channels, ["phone"]);
    window.key(Key::Escape);
    for _ in 0..2 {
        window.command(Key::Z);
    }
    assert_eq!(window.map().touchpoints().count(), 0);
}

#[test]
fn a_title_with_marks_in_it_is_left_alone_by_editing() {
    let mut window = Window::open(Some(&example()));
    let id = window.map().lanes[0].touchpoints[0].id.clone();
    window.double_click(window.at(&Element::Touchpoint(id.clone())));
    window.command(Key::A);
    window.write("Reads \\!important and \\@home");
    window.key(Key::Enter);
    assert_eq!(window.map().touchpoint(&id).unwrap().1.title, "Reads !important and @home");
    window.double_click(window.at(&Element::Touchpoint(id.clone())));
    window.key(Key::End);
    window.write(" twice");
    window.key(Key::Enter);
    let touchpoint = &window.map().touchpoint(&id).unwrap().1;
    assert_eq!(touchpoint.title, "Reads !important and @home twice");
}

#[test]
fn a_step_is_made_wider_by_its_edge_and_by_double_click_as_its_content_asks() {
    let mut window = Window::open(Some(&example()));
    let step = window.map().stages[0].steps[0].id.clone();
    let width = |window: &Window| {
        let layout = window.harness.state().editor().unwrap().layout().clone();
        layout.columns[layout.column_of(&step).unwrap()].width
    };
    let edge = |window: &Window| {
        let editor = window.harness.state().editor().unwrap();
        let layout = editor.layout();
        let column = &layout.columns[layout.column_of(&step).unwrap()];
        editor.camera().to_screen(kurbo::Point::new(column.x + column.width, layout.stages[0].header.y1 - 4.0))
    };
    let before = width(&window);
    window.drag_and_drop(edge(&window), edge(&window) + vec2(60.0, 0.0));
    assert!(width(&window) > before + 80.0, "{} after {before}", width(&window));
    window.wait();
    window.double_click(edge(&window));
    assert_eq!(width(&window), before);
    window.command(Key::Z);
    window.command(Key::Z);
    assert_eq!(window.map().step(&step).unwrap().width, None);
}

#[test]
fn phases_are_named_over_the_stages_that_share_them() {
    let mut window = Window::open(Some(&example()));
    let first = window.map().stages[0].id.clone();
    assert_eq!(window.map().phases().len(), 3);
    window.double_click(window.at(&Element::Phase(first.clone())));
    window.command(Key::A);
    window.write("Before the purchase");
    window.key(Key::Enter);
    assert_eq!(window.map().phases()[0], (0..2, "Before the purchase"));
    window.command(Key::Z);
    assert_eq!(window.map().phases()[0], (0..2, "Before"));
    window.click(window.at(&Element::Stage(first)));
    window.wait();
    window.harness.get_by_role_and_label(Role::TextInput, "Phase").click();
    window.rest();
    window.command(Key::A);
    window.key(Key::Delete);
    window.key(Key::Enter);
    assert_eq!(window.map().phases()[0], (1..2, "Before"));
}

#[test]
fn typing_with_a_stage_or_nothing_selected_goes_into_a_free_cell() {
    let mut window = Window::open(None);
    window.key(Key::Enter);
    let stage = window.map().stages[1].id.clone();
    window.click(window.at(&Element::Stage(stage)));
    window.write("In the second stage");
    window.key(Key::Escape);
    window.key(Key::Escape);
    window.write("In the first free cell");
    window.key(Key::Escape);
    let steps: Vec<String> = window.map().touchpoints().map(|(_, t)| t.step.to_string()).collect();
    let all: Vec<String> = window.map().steps().map(|(_, s)| s.id.to_string()).collect();
    assert_eq!(steps, [all[1].clone(), all[0].clone()]);
}

#[test]
fn enter_in_a_dialog_belongs_to_the_button_that_has_the_keyboard() {
    let (_folder, path) = copy();
    let before = std::fs::read(&path).unwrap();
    let mut window = Window::open(Some(&path));
    let (id, lane, step) = first_and_free(&window);
    window.drag_and_drop(window.touchpoint(&id), window.cell(&lane, &step));
    window.command(Key::Q);
    window.harness.get_by_label("Cancel").focus();
    window.rest();
    window.key(Key::Enter);
    assert!(window.harness.state().editor().unwrap().document.is_dirty());
    assert_eq!(std::fs::read(&path).unwrap(), before, "nothing was saved");
}
