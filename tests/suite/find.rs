//! Finding and replacing, as a person does it: with keys, in three languages.

use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use proptest::prelude::*;
use rihla::find::{Query, find};
use rihla::model::{Element, JourneyMap};

use super::driver::{Window, example};

fn open(name: &str) -> Window {
    Window::open(Some(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)))
}

impl Window {
    fn find(&mut self, words: &str) {
        self.command(Key::F);
        self.write(words);
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.rest();
    }

    /// What the bar says: `3 of 12`.
    fn says(&self, text: &str) -> bool {
        self.harness.query_by_label(text).is_some()
    }

    /// The text of what is selected; one thing has to be.
    fn selected_text(&self) -> String {
        let element = self.found();
        self.map().text_of(&element).unwrap_or_default().to_owned()
    }

    fn found(&self) -> Element {
        let selection = self.harness.state().editor().unwrap().document.selection();
        assert_eq!(selection.len(), 1, "{selection:?}");
        selection.first().unwrap().clone()
    }

    fn field(&self, name: &str) -> String {
        self.harness.get_by_role_and_label(Role::TextInput, name).accesskit_node().value().unwrap_or_default()
    }

    /// Whether the middle of what is selected is in sight.
    fn sees_selected(&self) -> bool {
        let pos = self.at(&self.found());
        egui::Rect::from_min_max(egui::pos2(0.0, 44.0), egui::pos2(1600.0, 972.0)).contains(pos)
    }
}

/// All that the map says.
fn all(map: &JourneyMap) -> String {
    rihla::file::to_ron(map)
}

#[test]
fn persian_is_found_with_an_arabic_keyboard_and_without_joiners() {
    let mut window = open("hotel-stay-fa.ron");
    window.find("مي");
    window.write("فرستد");
    assert!(window.says("1 of 1"), "the joiner of می‌فرستد and the Arabic ي do not count");
    assert!(window.selected_text().contains("می‌فرستد"));
    window.command(Key::A);
    window.write("504");
    assert!(window.says("1 of 1"));
    window.command(Key::A);
    window.write("۵۰۴");
    assert!(window.says("1 of 1"), "digits are digits");
    assert!(window.selected_text().contains("504"));
}

#[test]
fn arabic_is_found_without_its_signs() {
    let mut window = open("hotel-stay-fa.ron");
    let id = window.map().lanes[0].touchpoints[0].id.clone();
    window.double_click(window.at(&Element::Touchpoint(id)));
    window.command(Key::A);
    window.write("يُقارِنُ الأَسْعارَ في المدرســة");
    window.key(Key::Enter);
    for query in ["يقارن الاسعار", "الأسعار", "المدرسه"] {
        window.find(query);
        assert!(window.says("1 of 1"), "{query}");
        assert!(window.selected_text().starts_with("يُقارِنُ"));
    }
}

#[test]
fn one_walks_through_lithuanian_matches_and_comes_round() {
    let mut window = open("groceries-lt.ron");
    window.find("SARAS");
    window.wait();
    let count = all(window.map()).to_lowercase().matches("sąraš").count();
    assert!(count > 2);
    assert!(window.says(&format!("1 of {count}")));
    assert_eq!(window.selected_text(), "Sąrašas", "the step comes before its touchpoints");
    let mut seen = vec![window.found()];
    for n in 2..=count {
        window.key(if n % 2 == 0 { Key::Enter } else { Key::F3 });
        window.wait();
        assert!(window.says(&format!("{n} of {count}")));
        assert!(window.sees_selected());
        seen.push(window.found());
    }
    window.key(Key::Enter);
    assert!(window.says(&format!("1 of {count}")));
    window.press(Modifiers::SHIFT, Key::Enter);
    assert!(window.says(&format!("{count} of {count}")));
    window.press(Modifiers::SHIFT, Key::F3);
    assert_eq!(window.found(), seen[count - 2]);
}

#[test]
fn one_looks_on_from_what_is_selected() {
    let mut window = Window::open(Some(&example()));
    let last = window.map().lanes.iter().rev().find_map(|l| l.touchpoints.last()).unwrap().clone();
    window.click(window.at(&Element::Touchpoint(last.id.clone())));
    window.find(&last.title.to_uppercase());
    assert_eq!(window.found(), Element::Touchpoint(last.id.clone()));
    window.key(Key::Escape);
    assert!(window.harness.query_by_role_and_label(Role::TextInput, "Find").is_none());
    assert_eq!(window.found(), Element::Touchpoint(last.id.clone()), "what was found stays selected");
    window.key(Key::F3);
    assert!(window.says("1 of 1"), "the bar comes back with the last words");
}

#[test]
fn notes_are_found_and_the_inspector_shows_them() {
    let mut window = open("groceries-lt.ron");
    window.find("popierini sarasa");
    window.wait();
    assert!(window.says("1 of 1"));
    assert!(window.field("Notes").starts_with("Popierinį sąrašą"));
    window.command(Key::A);
    window.write("zzz");
    assert!(window.says("No match"));
}

#[test]
fn one_is_replaced_after_the_other_and_taken_back() {
    let mut window = open("hotel-stay-fa.ron");
    let before = all(window.map());
    let count = before.matches("هتل").count();
    window.command(Key::H);
    window.write("هتل");
    assert!(window.says(&format!("1 of {count}")));
    window.key(Key::Tab);
    window.write("هتل‌آپارتمان");
    window.key(Key::Enter);
    assert!(window.map().title.contains("هتل‌آپارتمان"));
    assert!(window.says(&format!("2 of {count}")), "what was put there is not the next match");
    window.key(Key::Enter);
    assert_eq!(all(window.map()).matches("هتل‌آپارتمان").count(), 2);
    window.command(Key::Z);
    assert_eq!(all(window.map()).matches("هتل‌آپارتمان").count(), 1);
    window.command(Key::Z);
    assert_eq!(all(window.map()), before);
}

#[test]
fn all_are_replaced_in_one_step() {
    let mut window = open("groceries-lt.ron");
    let before = all(window.map());
    window.command(Key::H);
    window.write("telefon");
    window.key(Key::Tab);
    window.write("$1 \\n");
    window.press(Modifiers::COMMAND, Key::Enter);
    assert!(!all(window.map()).to_lowercase().contains("telefon"));
    assert!(window.map().touchpoints().any(|(_, t)| t.title.contains("$1 \\n")), "it is put as it stands");
    assert!(window.says("No match"));
    window.command(Key::Z);
    assert_eq!(all(window.map()), before);
    assert_eq!(window.field("Find"), "telefon", "the field was left alone");
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert!(!all(window.map()).to_lowercase().contains("telefon"));
}

#[test]
fn names_of_a_locked_structure_stay() {
    let mut window = open("groceries-lt.ron");
    window.command(Key::K);
    window.write("lock structure");
    window.key(Key::Enter);
    assert!(window.map().locked);
    window.command(Key::H);
    window.write("sąraš");
    window.key(Key::Tab);
    window.write("X");
    window.press(Modifiers::COMMAND, Key::Enter);
    assert!(window.says("1 of 1"), "the name of the step");
    assert!(window.harness.query_by_label_contains("1 place in the locked structure left").is_some());
}

#[test]
fn keys_in_the_bar_are_not_for_the_map() {
    let mut window = open("groceries-lt.ron");
    let before = all(window.map());
    window.find("pienas 5 + !");
    window.key(Key::Backspace);
    window.key(Key::Delete);
    window.key(Key::ArrowLeft);
    assert_eq!(all(window.map()), before);
    assert_eq!(window.field("Find"), "pienas 5 + ");
    window.key(Key::Escape);
    window.write("x");
    window.key(Key::Escape);
    assert_ne!(all(window.map()), before, "without the bar they are");
}

#[test]
fn the_bar_is_used_with_tab_and_space_too() {
    let mut window = open("groceries-lt.ron");
    window.find("telefon");
    let count = all(window.map()).to_lowercase().matches("telefon").count();
    window.key(Key::Tab);
    window.key(Key::Tab);
    window.key(Key::Space);
    assert!(window.says(&format!("2 of {count}")), "the second button is the next match");
    window.press(Modifiers::SHIFT, Key::Tab);
    window.key(Key::Space);
    assert!(window.says(&format!("1 of {count}")));
    window.key(Key::Escape);
    assert!(window.harness.query_by_role_and_label(Role::TextInput, "Find").is_none());
}

/// Texts of letters that fold, join, combine and change their length.
fn tricky() -> impl Strategy<Value = String> {
    let parts = [
        "a",
        "A",
        "ą",
        "a\u{328}",
        "ß",
        "ss",
        "İ",
        "ﬁ",
        "ي",
        "ی",
        "ك",
        "أ",
        "ا",
        "ة",
        "ه",
        "ۀ",
        "ـ",
        "\u{200C}",
        "\u{200D}",
        "\u{64E}",
        "۱",
        "١",
        "1",
        "👩",
        "👩‍👧",
        "한",
        "が",
        " ",
        "\n",
        "\u{A0}",
        "…",
        "\u{FEFB}",
        "\u{301}",
    ];
    proptest::collection::vec(proptest::sample::select(parts.to_vec()), 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn matches_are_whole_letters_that_read_like_the_query(text in tricky(), query in tricky()) {
        let wanted = Query::new(&query);
        let mut end = 0;
        for range in wanted.ranges(&text) {
            prop_assert!(range.start >= end && range.start < range.end);
            let found = text.get(range.clone());
            prop_assert!(found.is_some(), "{text:?} is cut at {range:?}");
            prop_assert_eq!(Query::new(found.unwrap_or_default()), wanted.clone());
            end = range.end;
        }
    }

    #[test]
    fn every_text_finds_itself_and_goes_away(text in tricky()) {
        let query = Query::new(&text);
        let mut map = rihla::model::generate(1, 1, 1);
        map.title.clone_from(&text);
        let found = find(&map, &query);
        let own: Vec<_> =
            found.matches().iter().filter(|m| m.at.element == Element::Title).map(|m| (m.at.clone(), m.range.clone())).collect();
        prop_assert_eq!(own.is_empty(), query.is_empty());
        rihla::edit::replace_in_texts(&mut map, &own, "").unwrap();
        prop_assert!(query.ranges(&map.title).is_empty());
    }
}

#[test]
fn words_of_personas_and_goals_are_found_and_shown_where_they_stand() {
    let mut window = open("hotel-stay.ron");
    let goal = window.map().goals[0].title.clone();
    window.find(&goal);
    assert!(window.says("No match"), "the grid does not say {goal:?}");
    window.harness.get_by_role_and_label(Role::Button, "Goals: 1").click();
    window.rest();
    assert!(window.harness.query_all_by_value(&goal).next().is_some() || window.says(&goal), "the goal is shown");
    assert!(window.harness.query_by_role_and_label(Role::Button, "Close find").is_none());
}
