//! Files of other formats in the window: opened, pasted, and written as copies.

use std::fs;
use std::path::Path;

use egui::accesskit::Role;
use egui::{Event, Key};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rihla::exchange::{MapFormat, read_text};
use rihla::file;

use super::driver::{Window, example};

const JOURNEY: &str = "journey\n  title Day\n  section Morning\n    Wakes: 2: Me\n    Eats: 5: Me, Cat\n  section Evening\n    \
                       Sleeps: 4\n";

fn written(folder: &Path, name: &str, text: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

/// The path that the box suggests.
fn suggested(window: &Window) -> String {
    let field = window.harness.get_by_role_and_label(Role::TextInput, "Path of the file");
    field.accesskit_node().value().unwrap_or_default()
}

fn press(window: &mut Window, menu: &str, row: &str) {
    window.harness.query_all_by_label(menu).next().expect("a menu").click();
    window.rest();
    window.harness.get_by_label_contains(row).click();
    window.rest();
}

#[test]
fn a_file_of_another_format_becomes_a_new_map_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "day.mmd", JOURNEY);
    let mut window = Window::open(Some(&path));
    assert_eq!((window.map().title.as_str(), window.map().stages.len()), ("Day", 2));
    assert!(window.is_dirty() && !window.tells("Not everything is on the map"));
    window.command(Key::S);
    assert_eq!(suggested(&window), folder.path().join("day.ron").to_string_lossy());
    window.answer("Save");
    assert_eq!(fs::read_to_string(&path).unwrap(), JOURNEY);
    assert_eq!(file::load(&folder.path().join("day.ron")).unwrap(), *window.map());
    assert!(!window.is_dirty());
}

#[test]
fn what_does_not_fit_on_a_map_is_shown_and_an_older_map_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "day.csv", "stage,title,mood\nMorning,Wakes,grim\n");
    written(folder.path(), "day.ron", "mine");
    let mut window = Window::open(Some(&path));
    assert!(window.tells("Columns of the table") && window.tells("Columns that a map does not know (1)"));
    window.answer("Open map");
    window.command(Key::S);
    window.answer("Save");
    assert!(window.tells("There is a file of this name"));
    assert_eq!(fs::read_to_string(folder.path().join("day.ron")).unwrap(), "mine");
}

/// What the list that is called `list` shows.
fn chosen(window: &Window, list: &str) -> String {
    let node = window.harness.get_by_role_and_label(Role::ComboBox, list);
    node.accesskit_node().value().unwrap_or_default()
}

/// Chooses `option` in the list that is called `list`.
fn choose(window: &mut Window, list: &str, option: &str) {
    window.harness.get_by_role_and_label(Role::ComboBox, list).click();
    window.rest();
    window.harness.get_by_role_and_label(Role::ListBoxOption, option).scroll_to_me();
    window.rest();
    window.harness.get_by_role_and_label(Role::ListBoxOption, option).click();
    window.rest();
}

#[test]
fn columns_of_a_table_are_chosen_with_the_outcome_in_sight() {
    let folder = tempfile::tempdir().unwrap();
    let table = b"Etappe;Was;Note;Wo\nKauf;Zahlt bar;2;Gesch\xE4ft\nKauf;\xDCberlegt;5;\n";
    let path = folder.path().join("day.csv");
    fs::write(&path, table).unwrap();
    let mut window = Window::open(Some(&path));
    assert!(window.tells("day.csv · 2 rows below the headings") && window.tells("Windows-1252"));
    // The first column says the same twice, so it is likely to hold stages.
    assert_eq!(chosen(&window, "Column Etappe"), "Stage");
    assert_eq!(chosen(&window, "Column Note"), "Emotion, 1 to 5");
    assert!(window.tells("Kauf, Zahlt bar, 2, Geschäft") && window.tells("Columns that a map does not know (1)"));
    choose(&mut window, "Column Etappe", "Not read");
    assert!(window.tells("no column is read as stage"));
    let open = window.harness.get_by_role_and_label(Role::Button, "Open map");
    assert!(open.accesskit_node().is_disabled(), "there is nothing to open");
    choose(&mut window, "Column Etappe", "Stage");
    assert!(window.tells("1 stage · 1 step · 1 lane · 2 touchpoints"));
    choose(&mut window, "Column Note", "Emotion");
    choose(&mut window, "Column Wo", "Notes");
    assert!(!window.tells("Columns that a map does not know"));
    choose(&mut window, "Column Wo", "Emotion");
    assert_eq!(chosen(&window, "Column Note"), "Not read", "one column holds the emotion");
    assert!(window.tells("\"Geschäft\" does not belong into the column"));
    choose(&mut window, "Column Wo", "Channels");
    choose(&mut window, "Column Note", "Emotion, 1 to 5");
    window.answer("Open map");
    let map = window.map();
    let told: Vec<_> =
        map.touchpoints().map(|(_, t)| (t.title.as_str(), t.emotion.map(rihla::model::Emotion::get))).collect();
    assert_eq!(told, [("Zahlt bar", Some(-3)), ("Überlegt", Some(5))]);
    assert_eq!(map.touchpoints().next().unwrap().1.channels, ["Geschäft"]);
    // Again, as somebody sees on the map what is wrong.
    press(&mut window, "File", "Columns…");
    assert_eq!(chosen(&window, "Column Note"), "Emotion, 1 to 5");
    choose(&mut window, "Column Note", "Tags");
    window.answer("Read again");
    assert_eq!(window.map().touchpoints().next().unwrap().1.tags, ["2"]);
    window.command(Key::Z);
    assert!(window.map().touchpoints().next().unwrap().1.tags.is_empty());
}

#[test]
fn columns_of_an_arabic_table_run_from_the_right() {
    let folder = tempfile::tempdir().unwrap();
    let table = "المرحلة,العنوان,الشعور,القناة,المزاج,الوقت,السبب\nالبحث,تقارن الأسعار,2,web,جيد,1,2\n";
    let path = written(folder.path(), "day.csv", table);
    let mut window = Window::open(Some(&path));
    let place = |list: &str| window.harness.get_by_role_and_label(Role::ComboBox, list).rect();
    assert!(place("Column المرحلة").left() > place("Column العنوان").right());
    assert!(place("Column المرحلة").right() <= 1290.0 && place("Column السبب").left() < place("Column الوقت").left());
    window.answer("Open map");
    assert!(window.map().is_rtl());
}

#[test]
fn a_plain_table_opens_at_once_and_is_pasted_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "day.csv", "stage,title,emotion\nMorning,Wakes,-2\n");
    let mut window = Window::open(Some(&path));
    assert_eq!(window.map().touchpoints().next().unwrap().1.title, "Wakes");
    assert!(!window.tells("Columns of the table") && window.is_dirty());
    window.harness.event(Event::Paste("stage\ttitle\nEvening\tEats\nEvening\tSleeps\n".into()));
    window.rest();
    let names = |window: &Window| window.map().stages.iter().map(|s| s.name.clone()).collect::<Vec<_>>();
    assert_eq!((names(&window).join(" "), window.map().touchpoints().count()), ("Morning Evening".into(), 3));
    assert!(window.tells("Pasted 2 touchpoints of a table: 1 new stage"));
    window.harness.event(Event::Paste("stage\ttitle\n evening\tReads\n".into()));
    window.rest();
    assert_eq!((names(&window).join(" "), window.map().touchpoints().count()), ("Morning Evening".into(), 4));
    window.command(Key::Z);
    window.harness.event(Event::Paste("stage,title,mood\nNight,Dreams,odd\nMORNING,Yawns,grim\n".into()));
    window.rest();
    assert!(window.tells("Paste a table") && window.tells("Columns that a map does not know (1)"));
    assert!(window.tells("1 new stage; the rest into 1 stage of the same name"));
    choose(&mut window, "Column mood", "Notes");
    window.answer("Paste");
    let notes = |title: &str| window.map().touchpoints().find(|(_, t)| t.title == title).unwrap().1.notes.clone();
    assert_eq!([notes("Dreams"), notes("Yawns")], ["odd", "grim"]);
    // Headings that nobody knows are a block of cells first, and a table where somebody says so.
    window.harness.event(Event::Paste("Where,What\nMidnight,Wakes up again because of the noise\n".into()));
    window.rest();
    assert!(window.tells("Cut at"));
    window.answer("Columns…");
    choose(&mut window, "Column Where", "Stage");
    choose(&mut window, "Column What", "Title");
    window.answer("Paste");
    assert_eq!(names(&window).last().map(String::as_str), Some("Midnight"));
}

#[test]
fn a_broken_file_is_told_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "day.ojf", "{\n \"stages\": [1\n}");
    let window = Window::open(Some(&path));
    assert!(window.tells("The map could not be opened") && window.tells("day.ojf:3:1:"));
}

#[test]
fn a_pasted_journey_comes_behind_the_stages_in_one_step() {
    let mut window = Window::open(Some(&example()));
    let (before, stages) = (window.map().clone(), window.map().stages.len());
    window.harness.event(Event::Paste(JOURNEY.into()));
    window.rest();
    let map = window.map().clone();
    assert_eq!(map.stages.len(), stages + 2);
    assert_eq!(map.stages[stages].name, "Morning");
    assert_eq!(map.touchpoints().count(), before.touchpoints().count() + 3);
    assert!(map.personas.iter().any(|p| p.name == "Cat"));
    assert_eq!(map.problems(), []);
    window.command(Key::Z);
    assert_eq!(*window.map(), before);
    window.harness.event(Event::Paste("Journey\nof a list".into()));
    window.rest();
    assert!(window.tells("Cut at"), "a list that starts so is still a list");
}

#[test]
fn a_journey_pasted_into_an_empty_window_is_a_map() {
    let mut window = Window::open(None);
    window.harness.event(Event::Paste(format!("```mermaid\n{JOURNEY}```\n")));
    window.rest();
    let names: Vec<&str> = window.map().stages.iter().map(|s| s.name.as_str()).collect();
    assert_eq!((window.map().title.as_str(), names.as_slice()), ("Day", ["Morning", "Evening"].as_slice()));
}

#[test]
fn a_copy_is_saved_after_a_look_at_what_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shoes.ron");
    fs::copy(example(), &path).unwrap();
    let mut window = Window::open(Some(&path));
    press(&mut window, "File", "Save in another format…");
    assert!(window.tells("This will not be in the copy") && window.tells("Names of steps ("));
    window.answer("CSV, a row for each touchpoint");
    assert!(!window.tells("Names of steps (") && window.tells("Evidence") || window.tells("Hints, folded"));
    window.answer("Save copy…");
    assert_eq!(suggested(&window), folder.path().join("shoes.csv").to_string_lossy());
    window.answer("Save");
    let copy = folder.path().join("shoes.csv");
    assert!(window.wait_for(|w| w.tells("Wrote ")));
    let again = read_text(MapFormat::Long, &fs::read_to_string(&copy).unwrap()).unwrap().map;
    assert_eq!(again.touchpoints().count(), window.map().touchpoints().count());
    assert!(!window.is_dirty(), "the map still belongs to its own file");
    fs::write(&copy, "somebody's").unwrap();
    press(&mut window, "File", "Save in another format…");
    window.answer("CSV, a row for each touchpoint");
    window.answer("Semicolon");
    window.answer("Save copy…");
    window.answer("Save");
    assert!(window.tells("Replace the file?"));
    window.answer("Cancel");
    assert_eq!(fs::read_to_string(&copy).unwrap(), "somebody's");
    fs::remove_file(&copy).unwrap();
    press(&mut window, "File", "Save in another format…");
    window.answer("CSV, stages by lanes");
    window.answer("Semicolon");
    window.answer("Save copy…");
    window.answer("Save");
    assert!(window.wait_for(|_| fs::read_to_string(&copy).is_ok_and(|text| text.starts_with("\u{FEFF}Stage;"))));
}
