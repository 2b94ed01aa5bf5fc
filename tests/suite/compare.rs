//! Two maps compared: any maps, as from a shell, and in the window.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use proptest::prelude::*;
use rihla::compare::{Change, compare, listing};
use rihla::file;
use rihla::model::{Element, JourneyMap, State, TouchpointId};

use super::driver::Window;
use super::program::{Run, examples, rihla};
use super::strategies;

/// The map with everything in one order whose order makes no difference.
fn settled(map: &JourneyMap) -> JourneyMap {
    let mut map = map.clone();
    let steps: Vec<_> = map.steps().map(|(_, step)| step.id.clone()).collect();
    for lane in &mut map.lanes {
        Arc::make_mut(lane).touchpoints.sort_by_key(|t| steps.iter().position(|id| *id == t.step));
    }
    map.links.sort_by_key(|link| format!("{link:?}"));
    map
}

/// `a` with some pieces of `b` in the places of its own.
fn crossed(a: &JourneyMap, b: &JourneyMap, takes: &[bool]) -> JourneyMap {
    let mut map = a.clone();
    let mut takes = takes.iter().copied().cycle();
    let mut take = || takes.next().unwrap_or_default();
    for (here, there) in map.stages.iter_mut().zip(&b.stages).filter(|_| take()) {
        let mut stage = (**there).clone();
        (stage.id, stage.steps) = (here.id.clone(), here.steps.clone());
        *here = Arc::new(stage);
    }
    let all: Vec<_> = b.touchpoints().map(|(_, t)| Arc::clone(t)).collect();
    for lane in &mut map.lanes {
        for (here, there) in Arc::make_mut(lane).touchpoints.iter_mut().zip(&all).filter(|_| take()) {
            let mut touchpoint = (**there).clone();
            (touchpoint.id, touchpoint.step) = (here.id.clone(), here.step.clone());
            *here = Arc::new(touchpoint);
        }
    }
    if take() {
        map.stages.reverse();
        map.swot = Arc::clone(&b.swot);
    }
    map
}

proptest! {
    #[test]
    fn a_map_does_not_differ_from_itself(map in strategies::map()) {
        prop_assert_eq!(compare(&map, &map.clone()), []);
        prop_assert_eq!(compare(&map, &settled(&map)), []);
    }

    #[test]
    fn maps_that_differ_have_differences_that_point_at_them(
        a in strategies::map(),
        b in strategies::map(),
        takes in prop::collection::vec(any::<bool>(), 1..40),
    ) {
        for (a, b) in [(&a, &crossed(&a, &b, &takes)), (&a, &b)] {
            let found = compare(a, b);
            prop_assert_eq!(found.is_empty(), settled(a) == settled(b));
            for difference in &found {
                prop_assert!(difference.in_a.as_ref().is_none_or(|element| a.contains(element)), "{difference:?}");
                prop_assert!(difference.in_b.as_ref().is_none_or(|element| b.contains(element)), "{difference:?}");
            }
            let count = |found: &[rihla::compare::Difference], change| found.iter().filter(|d| d.change == change).count();
            let back = compare(b, a);
            prop_assert_eq!(count(&found, Change::Added), count(&back, Change::Removed));
            prop_assert_eq!(count(&found, Change::Removed), count(&back, Change::Added));
            // A line each, whatever the texts hold.
            let lines = listing(&found);
            prop_assert_eq!(lines.lines().filter(|line| line.starts_with("  ")).count(), found.len(), "{}", lines);
            prop_assert!(lines.chars().all(|c| c == '\n' || !c.is_control()));
        }
    }
}

fn diff(args: &[&Path]) -> Run {
    rihla(std::iter::once("diff".as_ref()).chain(args.iter().map(|path| path.as_os_str())))
}

/// The shoes of the examples and, beside them, how they are to be bought one day.
fn pair(folder: &Path) -> (PathBuf, PathBuf) {
    let (now, then) = (folder.join("now.ron"), folder.join("then.ron"));
    let map = file::load(&super::driver::example()).unwrap();
    let mut other = map.clone();
    let lane = Arc::make_mut(&mut other.lanes[0]);
    lane.touchpoints.retain(|t| t.id.as_str() != "film-stride");
    let touchpoint = Arc::make_mut(&mut lane.touchpoints[0]);
    touchpoint.title = "A watch tells that the soles are worn".into();
    touchpoint.owner = "Apps".into();
    other.stages.rotate_left(1);
    file::save(&map, &now).unwrap();
    file::save(&other, &then).unwrap();
    (now, then)
}

#[test]
fn diff_prints_a_line_for_each_difference() {
    let folder = tempfile::tempdir().unwrap();
    let (now, then) = pair(folder.path());
    let run = diff(&[&now, &then]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
    let lines: Vec<&str> = run.out.lines().collect();
    assert!(lines[0].ends_with("then.ron: 4 differences"), "{}", run.out);
    let expected = [
        "Removed (1)",
        "  Touchpoint “Lets a friend film her stride in the park” in “Doing · Advice”",
        "",
        "Moved (1)",
        "  Stage “Research”: Place 1 → 4",
        "",
        "Changed (2)",
        "  Touchpoint “A watch tells that the soles are worn”: Title “Knee aches after 8 km; the old soles are worn \
            smooth” → “A watch tells that the soles are worn”",
        "  Touchpoint “A watch tells that the soles are worn”: Owner nothing → “Apps”",
    ];
    assert_eq!(lines[2..], expected);
}

#[test]
fn diff_says_with_its_status_whether_maps_are_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (now, then) = pair(folder.path());
    for map in examples() {
        let run = diff(&[&map, &map]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert!(run.out.ends_with("no differences\n"), "{}", run.out);
    }
    let quiet = diff(&["-q".as_ref(), &now, &then]);
    assert_eq!((quiet.code, quiet.out.as_str()), (Some(1), ""));
    let missing = folder.path().join("missing.ron");
    let run = diff(&[&now, &missing]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(run.err.contains("missing.ron: there is no such file"), "{}", run.err);
    std::fs::write(&missing, "(format: 1, titel: \"x\")").unwrap();
    let run = diff(&[&missing, &then]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("missing.ron:1:"), "{}", run.err);
}

#[test]
fn diff_knows_the_counterpart_of_a_map() {
    let folder = tempfile::tempdir().unwrap();
    let (now, then) = pair(folder.path());
    let run = diff(&[&now]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("names no counterpart"), "{}", run.err);
    let mut map = file::load(&now).unwrap();
    map.counterpart = file::name_of_counterpart(&now, &then);
    assert_eq!(map.counterpart, "then.ron");
    file::save(&map, &now).unwrap();
    let run = diff(&[&now]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
    assert!(run.out.contains("Map: Counterpart “then.ron” → nothing"), "{}", run.out);
}

#[test]
fn right_to_left_texts_stand_by_themselves_in_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let map = examples().into_iter().find(|path| path.ends_with("hotel-stay-fa.ron")).unwrap();
    let mut other = file::load(&map).unwrap();
    let stage = Arc::make_mut(&mut other.stages[0]);
    let old = std::mem::replace(&mut stage.name, "دیدن".into());
    let path = folder.path().join("other.ron");
    file::save(&other, &path).unwrap();
    let run = diff(&[&map, &path]);
    let line = format!("Name “\u{2068}{old}\u{2069}” → “\u{2068}دیدن\u{2069}”");
    assert!(run.out.contains(&line), "{}", run.out);
}

/// The pair, each the counterpart of the other.
fn states(folder: &Path) -> (PathBuf, PathBuf) {
    let (now, then) = pair(folder);
    for (path, state, other) in [(&now, State::Current, "then.ron"), (&then, State::Future, "now.ron")] {
        let mut map = file::load(path).unwrap();
        (map.state, map.counterpart) = (Some(state), other.into());
        file::save(&map, path).unwrap();
    }
    (now, then)
}

fn compare_command(window: &mut Window) {
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::D);
    window.rest();
}

fn click(window: &mut Window, label: &str) {
    window.harness.get_by_label_contains(label).click();
    window.wait();
}

fn selected(window: &Window) -> Vec<Element> {
    window.harness.state().editor().unwrap().document.selection().iter().cloned().collect()
}

#[test]
fn a_click_on_a_difference_shows_it_on_the_map() {
    let folder = tempfile::tempdir().unwrap();
    let (now, _) = states(folder.path());
    let mut window = Window::open(Some(&now));
    compare_command(&mut window);
    assert!(window.tells("Future state") && window.tells("Current state"));
    assert!(!window.tells("Counterpart"), "that each names the other is no news");
    click(&mut window, "Removed: Touchpoint “Lets a friend film");
    assert_eq!(selected(&window), [Element::Touchpoint("film-stride".into())]);
    click(&mut window, "Changed: Touchpoint “A watch tells");
    assert_eq!(selected(&window), [Element::Touchpoint("knee-aches".into())]);
    click(&mut window, "Moved: Stage “Research”: Place 1 → 4");
    assert_eq!(selected(&window), [Element::Stage("research".into())]);
    let editor = window.harness.state().editor().unwrap();
    assert!(editor.beside.is_some() && !editor.document.is_dirty());
    compare_command(&mut window);
    assert!(!window.tells("Removed: "), "the panel is closed");
    assert!(window.harness.state().editor().unwrap().beside.is_none(), "and its marks are gone");
}

#[test]
fn the_comparison_follows_the_map() {
    let folder = tempfile::tempdir().unwrap();
    let (now, _) = states(folder.path());
    let mut window = Window::open(Some(&now));
    compare_command(&mut window);
    click(&mut window, "Removed: Touchpoint “Lets a friend film");
    window.key(Key::Delete);
    window.wait();
    assert!(!window.tells("Removed: "), "neither map has it now");
    window.command(Key::Z);
    assert!(window.tells("Removed: "));
}

#[test]
fn a_map_without_a_counterpart_asks_for_one_and_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let (now, then) = pair(folder.path());
    let mut window = Window::open(Some(&now));
    compare_command(&mut window);
    window.command(Key::A);
    window.write(now.to_str().unwrap());
    window.key(Key::Enter);
    assert!(window.tells("This is the file of the open map"));
    window.answer("Close");
    // Both maps are asked for, and then no map is chosen: nothing of it stays.
    both_command(&mut window);
    window.answer("Cancel");
    compare_command(&mut window);
    window.command(Key::A);
    window.write(then.to_str().unwrap());
    window.key(Key::Enter);
    assert!(window.tells("Removed: ") && window.tells("Neither map says which state"));
    assert!(!window.tells("Before · "), "one map, as before");
    assert_eq!(window.map().counterpart, "then.ron");
    window.command(Key::Z);
    assert_eq!(window.map().counterpart, "", "one step of undo");
    assert!(window.tells("Removed: "), "what is compared stays");
    compare_command(&mut window);
    both_command(&mut window);
    window.command(Key::A);
    window.write(then.to_str().unwrap());
    window.key(Key::Enter);
    assert!(window.tells("Before · now.ron"), "what was asked for holds once a map is chosen");
}

#[test]
fn a_counterpart_that_cannot_be_read_is_told_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let (now, then) = states(folder.path());
    std::fs::remove_file(&then).unwrap();
    let mut window = Window::open(Some(&now));
    compare_command(&mut window);
    assert!(window.tells("The counterpart could not be read") && window.tells("there is no such file"));
    // It is there again when one comes back to the window.
    std::fs::copy(&now, &then).unwrap();
    window.harness.event(egui::Event::WindowFocused(true));
    window.rest();
    assert!(window.tells("The maps say the same"));
    assert!(window.tells("Both say that they are the same state"));
}

#[test]
fn the_counterpart_opens_in_the_place_of_the_map() {
    let folder = tempfile::tempdir().unwrap();
    let (now, then) = states(folder.path());
    let mut window = Window::open(Some(&now));
    compare_command(&mut window);
    window.retitle("Something to lose");
    click(&mut window, "Open the counterpart");
    assert!(window.tells("Save the changes to"));
    window.answer("Don't save");
    window.wait();
    assert_eq!(window.harness.state().editor().unwrap().path.as_ref(), Some(&then));
    // The way still goes from what is to what is meant to be.
    assert!(window.tells("Removed: Touchpoint “Lets a friend film"));
    click(&mut window, "Removed: Touchpoint “Lets a friend film");
    assert_eq!(selected(&window), [Element::Cell { step: "advice".into(), lane: "doing".into() }]);
    assert!(window.map().touchpoint(&TouchpointId::from("film-stride")).is_none());
}

/// The middle of the counterpart beside the map.
fn middle_of(window: &Window, name: &str) -> egui::Pos2 {
    window.harness.get_by_role_and_label(egui::accesskit::Role::Image, name).rect().center()
}

fn both_command(window: &mut Window) {
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::B);
    window.rest();
}

#[test]
fn both_states_stand_side_by_side_at_the_same_place() {
    let folder = tempfile::tempdir().unwrap();
    let (now, then) = states(folder.path());
    let mut window = Window::open(Some(&now));
    let before = window.harness.state().editor().unwrap().sight();
    both_command(&mut window);
    let name = "After · then.ron · Future state";
    assert!(window.tells("Before · now.ron · Current state") && window.tells(name));
    // What stands in the middle of the one stands in the middle of the other, though its stage is elsewhere there.
    for id in ["knee-aches", "sunday-10-km"].map(TouchpointId::from) {
        let card = Element::Touchpoint(id);
        window.harness.state_mut().editor_mut().unwrap().choose(std::slice::from_ref(&card));
        window.command(Key::Num2);
        window.rest();
        window.key(Key::Escape);
        assert!(selected(&window).is_empty());
        let middle = middle_of(&window, name);
        window.click(middle);
        window.rest();
        assert_eq!(selected(&window), [card]);
    }
    // A hand on the counterpart moves the map.
    let camera = |window: &Window| window.harness.state().editor().unwrap().camera();
    let (old, middle) = (camera(&window), middle_of(&window, name));
    window.drag_and_drop(middle, middle + egui::vec2(40.0, 30.0));
    let by = camera(&window).corner - old.corner;
    assert!((by - egui::vec2(40.0, 30.0)).length() < 8.0, "{by:?}");
    assert!(!window.is_dirty());
    // While the counterpart cannot be read, and alone again, the map is seen as it was.
    let file = std::fs::read(&then).unwrap();
    std::fs::write(&then, "broken").unwrap();
    window.harness.event(egui::Event::WindowFocused(true));
    window.rest();
    assert!(window.tells("The counterpart could not be read") && !window.tells(name));
    assert_eq!(window.harness.state().editor().unwrap().sight(), before);
    std::fs::write(&then, file).unwrap();
    window.harness.event(egui::Event::WindowFocused(true));
    window.rest();
    assert!(window.tells(name), "both again");
    both_command(&mut window);
    assert!(window.tells("Comparison") && !window.tells(name));
    assert_eq!(window.harness.state().editor().unwrap().sight(), before);
}
