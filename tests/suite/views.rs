//! The filter on the map and in the table, and views that are saved.

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rihla::model::{Element, View};

use super::driver::{Window, example};

fn press(window: &mut Window, label: &str) {
    window.harness.query_all_by_label(label).next().unwrap_or_else(|| panic!("{label} is not there")).click();
    window.rest();
}

fn choose(window: &mut Window, menu: &str, rows: &[&str]) {
    press(window, menu);
    for row in rows {
        press(window, row);
    }
    window.key(Key::Escape);
}

fn open_filter(window: &mut Window) {
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    window.rest();
}

/// How many touchpoints of the map `view` shows, and how many there are.
fn counts(window: &Window, view: &View) -> (usize, usize) {
    let shown = window.map().touchpoints().filter(|(_, t)| view.shows(t)).count();
    (shown, window.map().touchpoints().count())
}

fn filter(window: &Window) -> View {
    window.harness.state().editor().unwrap().filter().clone()
}

/// The filter without the name of the view that it came from.
fn nameless(window: &Window) -> View {
    View { name: String::new(), ..filter(window) }
}

fn rows(window: &Window) -> usize {
    window.harness.query_all_by_role(Role::Row).count()
}

/// Some channel of the example.
fn channel(window: &Window) -> String {
    window.map().touchpoints().find_map(|(_, t)| t.channels.first().cloned()).unwrap()
}

#[test]
fn what_the_filter_does_not_show_steps_back_but_stays() {
    let mut window = Window::open(Some(&example()));
    let channel = channel(&window);
    open_filter(&mut window);
    choose(&mut window, "Filter by channels", &[&format!("Show channel {channel}")]);
    let view = View { channels: vec![channel], ..View::default() };
    assert_eq!(nameless(&window), view);
    let (shown, all) = counts(&window, &view);
    assert!(shown > 0 && shown < all);
    assert!(window.tells(&format!("{shown} of {all} touchpoints")));
    assert!(window.tells(&format!("Filtered: {shown} of {all} touchpoints")), "the status line says so");
    let back = window.map().touchpoints().find(|(_, t)| !view.shows(t)).map(|(_, t)| (t.id.clone(), t.title.clone()));
    let (id, title) = back.unwrap();
    let label = format!("Touchpoint: {title}");
    let node = window.harness.get_by_label(&label);
    assert_eq!(node.accesskit_node().description().as_deref(), Some("filtered out"));
    window.key(Key::Escape);
    assert!(!window.tells("Filter by channels"), "Escape closes the bar");
    assert_eq!(nameless(&window), view, "and leaves the filter on");
    window.click(window.touchpoint(id.as_str()));
    let selection = window.harness.state().editor().unwrap().document.selection();
    assert!(selection.contains(&Element::Touchpoint(id)), "what steps back can be clicked");
    assert!(!window.is_dirty(), "a filter changes nothing");
}

#[test]
fn a_view_is_saved_applied_and_deleted_each_in_one_step() {
    let mut window = Window::open(Some(&example()));
    open_filter(&mut window);
    choose(&mut window, "Filter by annotations", &["Show annotation Pain point", "Show annotation Opportunity"]);
    let asked = nameless(&window);
    assert_eq!(asked.kinds.len(), 2);
    press(&mut window, "Save view…");
    window.write("What to mend");
    window.key(Key::Enter);
    assert_eq!(window.map().views[0].name, "What to mend");
    assert!(window.is_dirty());
    press(&mut window, "Clear");
    assert!(filter(&window).is_open());
    press(&mut window, "Saved views");
    press(&mut window, "View What to mend");
    assert_eq!(nameless(&window), asked);
    window.command(Key::Z);
    assert!(window.map().views.is_empty(), "saving is one step");
    assert_eq!(nameless(&window), asked, "the filter is not in the history");
    window.command(Key::Y);
    choose(&mut window, "Saved views", &["Delete view What to mend"]);
    assert!(window.map().views.is_empty());
    window.command(Key::Z);
    assert_eq!(window.map().views.len(), 1);
}

#[test]
fn the_name_of_a_view_is_typed_and_not_put_on_the_map() {
    let mut window = Window::open(Some(&example()));
    let touchpoints = window.map().touchpoints().count();
    open_filter(&mut window);
    choose(&mut window, "Filter by annotations", &["Show annotation Pain point"]);
    press(&mut window, "Save view…");
    window.write("+3");
    window.key(Key::Escape);
    assert!(window.tells("Save view…"), "Escape leaves the name first");
    assert!(window.map().views.is_empty());
    assert_eq!(window.map().touchpoints().count(), touchpoints);
    assert!(!window.is_dirty());
}

#[test]
fn the_table_has_the_rows_that_the_filter_shows() {
    let mut window = Window::open(Some(&example()));
    window.command(Key::J);
    let all = rows(&window);
    open_filter(&mut window);
    choose(&mut window, "Filter by annotations", &["Show annotation Pain point"]);
    let (shown, _) = counts(&window, &filter(&window));
    assert!(shown < all);
    assert_eq!(rows(&window), shown);
    press(&mut window, "Select what is shown");
    let selection = window.harness.state().editor().unwrap().document.selection().clone();
    assert_eq!(selection.len(), shown);
    window.key(Key::Escape);
    assert_eq!(rows(&window), shown, "Escape closes the bar before the table");
    window.key(Key::Escape);
    assert_eq!(rows(&window), 0);
}

#[test]
fn pictures_know_nothing_of_the_filter() {
    let mut window = Window::open(Some(&example()));
    let png = |window: &Window| {
        let layout = window.harness.state().editor().unwrap().whole_layout();
        let source = rihla::export::Source { layout: Some(&layout), scene: &rihla::scene::build(&layout), logo: None };
        let mut bytes = Vec::new();
        let about = rihla::export::About::default();
        let options = rihla::export::ExportOptions::Svg(rihla::export::SvgOptions::default());
        rihla::export::write(source, &about, options, &mut bytes).unwrap();
        bytes
    };
    let before = png(&window);
    open_filter(&mut window);
    choose(&mut window, "Filter by annotations", &["Show annotation Delight"]);
    assert!(!filter(&window).is_open());
    assert!(before == png(&window));
}

#[test]
fn saved_views_of_a_file_are_there_and_a_lost_persona_leaves_the_filter() {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hotel-stay.ron");
    let mut window = Window::open(Some(&path));
    let view = window.map().views.iter().find(|view| !view.is_open()).cloned();
    let persona = window.map().personas[0].id.clone();
    if let Some(view) = view {
        open_filter(&mut window);
        press(&mut window, "Saved views");
        press(&mut window, &format!("View {}", view.name));
        assert_eq!(filter(&window), *view);
    }
    let editor = window.harness.state_mut().editor_mut().unwrap();
    editor.set_filter(View { personas: vec![persona.clone()], ..View::default() });
    editor
        .document
        .edit("deletion of persona", |map| {
            map.personas.retain(|p| p.id != persona);
            map.drop_lost_references();
            Ok(())
        })
        .unwrap();
    window.rest();
    assert!(filter(&window).is_open());
}
