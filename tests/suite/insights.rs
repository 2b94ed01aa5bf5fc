//! Insights and inventory, as a person uses them; the report as from a shell.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rihla::model::{Driver, Element, Emotion, Persona, TouchpointId, generate};

use super::driver::{Window, example};
use super::program::{examples, rihla};

fn selected(window: &Window) -> Vec<Element> {
    window.harness.state().editor().unwrap().document.selection().iter().cloned().collect()
}

/// The places on the screen of the rows in sight, from top to bottom, by their titles.
fn rows(window: &Window) -> Vec<String> {
    let rows = window.harness.query_all_by_role(Role::Row);
    let mut rows: Vec<(f32, String)> = rows
        .map(|row| (row.rect().top(), row.accesskit_node().label().unwrap_or_default().replace("Touchpoint: ", "")))
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, title)| title).collect()
}

fn click_button(window: &mut Window, part: &str) {
    window.harness.get_by_label_contains(part).scroll_to_me();
    window.rest();
    window.harness.get_by_label_contains(part).click();
    window.wait();
}

fn heading(window: &mut Window, name: &str) {
    window.harness.get_by_role_and_label(Role::ColumnHeader, name).click();
    window.rest();
}

#[test]
fn a_click_on_the_low_selects_and_shows_the_touchpoint() {
    let mut window = Window::open(Some(&example()));
    window.command(Key::I);
    click_button(&mut window, "Low \u{2212}4");
    let low = Element::Touchpoint(TouchpointId::from("bank-times-out"));
    assert_eq!(selected(&window), std::slice::from_ref(&low));
    let rect = window.harness.state().editor().unwrap().screen_rect(&low).expect("it is on the map");
    assert!(rect.left() > 0.0 && rect.right() < 1260.0, "{rect:?} is not hidden by the panel");
    click_button(&mut window, "Steepest drop");
    assert_eq!(selected(&window).len(), 2);
    window.command(Key::I);
    window.wait();
    assert!(window.harness.query_by_label_contains("Steepest drop").is_none(), "the panel is closed");
}

#[test]
fn the_curve_told_is_that_of_the_persona_shown() {
    let mut window = Window::open(Some(&example()));
    let (first, rest): (TouchpointId, Vec<TouchpointId>) = {
        let mut ids = window.map().touchpoints().map(|(_, t)| t.id.clone());
        (ids.next().unwrap(), ids.collect())
    };
    let document = &mut window.harness.state_mut().editor_mut().unwrap().document;
    // Ann +4 and Ben −1 in one place, nothing anywhere else: (4 − 1) / 2 = 1.5, so +2 for all.
    let told = document.edit("emotions of personas", |map| {
        map.personas = [("ann", "Ann"), ("ben", "Ben")].map(|(id, n)| std::sync::Arc::new(Persona::new(id, n))).into();
        for id in &rest {
            rihla::edit::update_touchpoint(map, id, |t| t.emotion = None)?;
        }
        let emotions = [("ann", 4), ("ben", -1)].map(|(id, e)| (id.into(), Emotion::clamped(e)));
        rihla::edit::update_touchpoint(map, &first, |t| (t.emotion, t.emotions) = (None, emotions.into()))
    });
    told.unwrap();
    window.command(Key::I);
    window.wait();
    window.harness.get_by_label("Peak\u{2013}end +2.0");
    for end in ["Peak\u{2013}end +4.0", "Peak\u{2013}end \u{2212}1.0", "Peak\u{2013}end +2.0"] {
        window.harness.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, Key::P);
        window.rest();
        window.harness.get_by_label(end);
    }
}

#[test]
fn the_figures_follow_the_map() {
    let mut window = Window::open(Some(&example()));
    window.command(Key::I);
    // The strongest is the first run, +5, the end the return, −1.
    window.harness.get_by_label("Peak\u{2013}end +2.0");
    click_button(&mut window, "Low \u{2212}4");
    window.harness.event(egui::Event::Text("5".into()));
    window.wait();
    assert!(window.harness.query_by_label_contains("Low \u{2212}3").is_some(), "the next one is the low now");
    window.command(Key::Z);
    assert!(window.harness.query_by_label_contains("Low \u{2212}4").is_some());
}

#[test]
fn groups_open_by_their_headings_and_their_findings_lead_to_the_map() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("loyalty.ron");
    let mut map = rihla::file::load(&example()).unwrap();
    for id in ["bank-times-out", "sunday-10-km"] {
        rihla::edit::update_touchpoint(&mut map, &id.into(), |t| t.driver = Some(Driver::Product)).unwrap();
    }
    rihla::file::save(&map, &path).unwrap();
    let mut window = Window::open(Some(&path));
    window.command(Key::I);
    assert!(!window.tells("Loyalty score"), "the group is closed at first");
    click_button(&mut window, "Loyalty, 2");
    // −4 and +5: 1 / 2 = 0.5, and 36 of 99.8 is 36 %.
    window.harness.get_by_label("Loyalty score +0.5, from 36 % of the weight");
    click_button(&mut window, "Product +0.5, weighs 36, 2 touchpoints");
    let ids = ["bank-times-out", "sunday-10-km"].map(|id| Element::Touchpoint(id.into()));
    assert_eq!(selected(&window), ids);
    click_button(&mut window, "Loyalty, 2");
    assert!(!window.tells("Loyalty score"));
}

#[test]
fn the_inventory_is_sorted_and_a_title_edited_in_one_step() {
    let mut window = Window::open(Some(&example()));
    window.command(Key::J);
    assert!(rows(&window)[0].starts_with("Knee aches"), "{:?}", rows(&window));
    heading(&mut window, "Emotion");
    assert!(rows(&window)[0].starts_with("The bank app"));
    heading(&mut window, "Emotion");
    let before = rows(&window)[0].clone();
    assert!(before.starts_with("Runs 10 km"));
    let at = window.harness.get_by_role_and_label(Role::Row, &format!("Touchpoint: {before}")).rect().center();
    // Clicks in a row count up, wherever they are.
    window.wait();
    window.double_click(at);
    window.command(Key::A);
    window.write("Runs ");
    window.write("far");
    window.key(Key::Enter);
    let title = |window: &Window| window.map().touchpoint(&"sunday-10-km".into()).unwrap().1.title.clone();
    assert_eq!((title(&window).as_str(), rows(&window)[0].as_str()), ("Runs far", "Runs far"));
    window.command(Key::Z);
    assert_eq!(title(&window), before);
    window.key(Key::Escape);
    window.wait();
    assert!(rows(&window).is_empty(), "the map is back");
    assert_eq!(selected(&window), [Element::Touchpoint("sunday-10-km".into())]);
}

#[test]
fn the_inventory_takes_lists_owners_and_emotions_too() {
    let mut window = Window::open(Some(&example()));
    window.command(Key::J);
    window.key(Key::ArrowDown);
    let [Element::Touchpoint(id)] = &selected(&window)[..] else { panic!("a row is selected") };
    let of = |window: &Window| window.map().touchpoint(id).unwrap().1.clone();
    let before = of(&window);
    window.key(Key::Enter);
    window.key(Key::Tab);
    window.command(Key::A);
    window.write("phone, کانال تازه ,");
    window.key(Key::Tab);
    window.command(Key::A);
    window.write(" Front desk");
    window.key(Key::Tab);
    window.write(", žyma");
    window.key(Key::Enter);
    let after = of(&window);
    assert_eq!(after.title, before.title);
    assert_eq!(after.channels, ["phone", "کانال تازه"]);
    assert_eq!(after.owner, "Front desk");
    assert_eq!(after.tags.last().map(String::as_str), Some("žyma"));
    window.write("1");
    assert_eq!(of(&window).emotion.map(Emotion::get), Some(-5));
    window.key(Key::Plus);
    assert_eq!(of(&window).emotion.map(Emotion::get), Some(-4));
    for _ in 0..5 {
        window.command(Key::Z);
    }
    assert_eq!(of(&window), before);
}

#[test]
fn a_row_that_is_filtered_out_while_it_is_edited_gives_the_keyboard_back() {
    let mut window = Window::open(Some(&example()));
    window.command(Key::J);
    window.command(Key::F);
    window.write("Knee");
    window.key(Key::Enter);
    window.key(Key::ArrowDown);
    let count = rows(&window).len();
    window.key(Key::Enter);
    window.command(Key::A);
    window.write("Other words");
    window.key(Key::Tab);
    window.wait();
    assert_eq!(rows(&window).len(), count - 1);
    window.key(Key::Escape);
    window.wait();
    assert!(rows(&window).is_empty(), "Escape goes back to the map");
}

#[test]
fn escape_leaves_a_title_as_it_was_and_keys_walk_over_the_rows() {
    let mut window = Window::open(Some(&example()));
    window.command(Key::J);
    window.key(Key::ArrowDown);
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    window.write("nothing of this stays");
    window.key(Key::Escape);
    assert!(!window.harness.state().editor().unwrap().document.is_dirty());
    assert!(!rows(&window).is_empty(), "Escape only left the title");
    window.key(Key::End);
    assert_eq!(selected(&window), [Element::Touchpoint("checked-by-hand".into())]);
}

#[test]
fn the_filter_keeps_rows_with_its_words() {
    let mut window = Window::open(Some(&example()));
    window.command(Key::J);
    let all = rows(&window).len();
    window.command(Key::F);
    window.write("logistics");
    window.rest();
    assert_eq!(rows(&window).len(), 2, "two touchpoints of that owner");
    window.key(Key::Escape);
    assert_eq!(rows(&window).len(), all, "Escape empties the filter first");
    window.key(Key::Escape);
    assert!(rows(&window).is_empty(), "then it goes back to the map");
}

#[test]
fn only_rows_in_sight_are_laid_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.ron");
    rihla::file::save(&generate(10, 10, 20), &path).unwrap();
    let mut window = Window::open(Some(&path));
    window.command(Key::J);
    assert!((20..40).contains(&rows(&window).len()), "{} of 2,000", rows(&window).len());
    window.key(Key::ArrowDown);
    window.key(Key::End);
    let Some(Element::Touchpoint(id)) = selected(&window).pop() else { panic!("the last row") };
    let title = window.map().touchpoint(&id).unwrap().1.title.clone();
    assert_eq!(rows(&window).last(), Some(&title), "the last row is in sight");
    window.command(Key::J);
    window.command(Key::J);
    assert_eq!(rows(&window).last(), Some(&title), "as it is when one comes back");
    window.command(Key::I);
    click_button(&mut window, "Low ");
    let Some(Element::Touchpoint(id)) = selected(&window).pop() else { panic!("the low") };
    let title = window.map().touchpoint(&id).unwrap().1.title.clone();
    assert!(rows(&window).contains(&title), "what is chosen in the panel is shown in the table");
}

#[test]
fn reports_are_printed_and_written() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("report.md");
    for map in examples() {
        let printed = rihla(["report".as_ref(), map.as_os_str()]);
        assert_eq!((printed.code, printed.err.as_str()), (Some(0), ""));
        let written = rihla(["report".as_ref(), map.as_os_str(), "-o".as_ref(), out.as_os_str()]);
        assert_eq!(written.code, Some(0));
        assert_eq!(std::fs::read_to_string(&out).unwrap(), printed.out);
        assert!(printed.out.starts_with("# ") && printed.out.contains("## Emotion"), "{}", printed.out);
    }
    let missing = rihla(["report", "nowhere.ron"]);
    assert_eq!(missing.code, Some(1));
    assert!(missing.err.contains("nowhere.ron"), "{}", missing.err);
}
