//! Importing survey answers in the window, by what stands there.

use std::fs;
use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rihla::model::{Element, MetricHost, MetricKind};

use super::driver::Window;

const MAP: &str = r#"(
  format: 1,
  title: "Hotel",
  stages: [
    (id: "search", name: "Search"),
    (id: "book", name: "Book"),
    (id: "arrive", name: "Arrive"),
    (id: "stay", name: "Stay"),
    (id: "leave", name: "Leave"),
  ],
  lanes: [
    (id: "doing", name: "Doing"),
  ],
)
"#;

/// A window on a map of a hotel; the folder goes with it.
struct Desk {
    window: Window,
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hotel.ron");
        fs::write(&path, MAP).unwrap();
        Self { window: Window::open(Some(&path)), folder }
    }

    fn file(&self, answers: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join("answers.csv");
        fs::write(&path, answers).unwrap();
        path
    }

    /// Chooses the command in the menu, types the path, and waits until the file is read.
    fn import(&mut self, path: &Path) {
        self.press("File");
        // An icon stands before the words of a menu.
        self.window.harness.get_by_label_contains("Import survey answers…").click();
        self.window.rest();
        // The path beside the map is suggested and selected; what is typed takes its place.
        self.window.write(&path.to_string_lossy());
        self.window.answer("Open");
        self.settle();
    }

    fn press(&mut self, label: &str) {
        self.window.harness.query_all_by_label(label).next().unwrap_or_else(|| panic!("no {label}")).click();
        self.window.rest();
    }

    fn settle(&mut self) {
        assert!(self.window.wait_for(|window| !window.tells("Reading…")), "the file is read");
        self.window.harness.run_steps(8);
    }

    /// Chooses `option` in the list that is called `list`.
    fn choose(&mut self, list: &str, option: &str) {
        self.window.harness.get_by_role_and_label(Role::ComboBox, list).click();
        self.window.rest();
        self.window.harness.get_by_role_and_label(Role::ListBoxOption, option).click();
        self.window.rest();
        self.settle();
        assert_eq!(self.chosen(list), option);
    }

    /// What the list that is called `list` shows.
    fn chosen(&self, list: &str) -> String {
        let node = self.window.harness.get_by_role_and_label(Role::ComboBox, list);
        node.accesskit_node().value().unwrap_or_default()
    }
}

#[test]
fn answers_become_metrics_in_one_step() {
    let mut desk = Desk::new();
    desk.import(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hotel-answers.csv"));
    assert!(desk.window.tells("hotel-answers.csv · 500 rows"));
    assert_eq!(desk.chosen("Column of answers"), "nps");
    assert_eq!(desk.chosen("Column of stages or touchpoints"), "stage");
    assert_eq!(desk.chosen("Column of dates"), "date");
    // 13 promoters and 2 detractors of 24: 54.17 − 8.33 = 45.83; variance 0.625 − 0.2101 = 0.4149, the error 0.1315.
    assert!(desk.window.wait_for(|window| window.tells("2026-03: 45.8, 20.1 to 71.6, 24 answers")));
    assert!(!desk.window.is_dirty(), "nothing is on the map yet");
    desk.window.answer("Import 5 metrics");
    assert!(desk.window.tells("5 metrics added; a lane of metrics shows them on the map"));
    let map = desk.window.map();
    assert_eq!((map.metrics.len(), map.metrics[3].kind), (5, MetricKind::Nps));
    assert_eq!(map.metrics[3].host, MetricHost::Stage("stay".into()));
    desk.window.command(egui::Key::Z);
    assert!(desk.window.map().metrics.is_empty() && !desk.window.is_dirty());
    desk.window.harness.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::Z);
    desk.window.rest();
    // Again, as another kind by quarter: that is another metric.
    desk.import(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hotel-answers.csv"));
    assert!(desk.window.tells("5 of them are on the map already"));
    desk.press("CSAT");
    desk.settle();
    assert_eq!(desk.chosen("Column of answers"), "satisfaction");
    desk.press("Quarter");
    desk.settle();
    assert!(desk.window.tells("2026 Q2: ") && !desk.window.tells("are on the map already"));
    desk.window.answer("Import 5 metrics");
    assert_eq!(desk.window.map().metrics.len(), 10);
}

#[test]
fn mistakes_are_told_in_place_and_can_be_corrected() {
    let mut desk = Desk::new();
    let file = desk.file("nps;nights;where\n9;1,5;Search\nten;2;Stay\n");
    desk.import(&file);
    assert!(desk.window.tells("Row 3, column \"nps\": \"ten\" is not a number"));
    let import = |desk: &Desk| {
        let button = desk.window.harness.get_by_role_and_label(Role::Button, "Import");
        button.accesskit_node().is_disabled()
    };
    assert!(import(&desk), "nothing to import");
    desk.press("Own");
    desk.choose("Column of answers", "nights");
    assert!(desk.window.tells("Whole journey") || desk.window.tells("Search"));
    assert!(desk.window.tells("A metric of your own needs a name"));
    desk.window.harness.get_by_role_and_label(Role::TextInput, "Name").click();
    desk.window.rest();
    desk.window.write("Nights");
    desk.choose("Column of stages or touchpoints", "The whole journey");
    assert!(desk.window.tells("1.75, 1.26 to 2.24, 2 answers"));
    desk.window.answer("Import 1 metric");
    let metric = &desk.window.map().metrics[0];
    assert_eq!((metric.name.as_str(), metric.kind, &metric.host), ("Nights", MetricKind::Own, &MetricHost::Map));
}

#[test]
fn another_encoding_and_delimiter_are_a_click() {
    let mut desk = Desk::new();
    let file = desk.file(b"said,score\ncaf\xE9,9\nno,7\n");
    desk.import(&file);
    assert!(desk.window.tells("Row 2: byte 15 (0xE9) is no UTF-8 text"));
    desk.press("Windows-1252");
    desk.settle();
    assert!(desk.window.wait_for(|window| window.tells("50.0, \u{2212}19.3 to 100.0, 2 answers")));
    desk.press("Semicolon");
    desk.settle();
    assert!(desk.window.wait_for(|window| window.tells("No column is chosen")));
    desk.press("Comma");
    desk.settle();
    assert!(desk.window.wait_for(|window| window.tells("50.0, \u{2212}19.3 to 100.0, 2 answers")));
    desk.window.answer("Cancel");
    assert!(desk.window.map().metrics.is_empty());
}

#[test]
fn a_file_that_is_none_is_told() {
    let mut desk = Desk::new();
    let path = desk.folder.path().join("nowhere.csv");
    desk.import(&path);
    assert!(desk.window.wait_for(|window| window.tells("The file cannot be read")));
    desk.window.answer("Cancel");
    assert!(!desk.window.tells("Import survey answers"));
}

#[test]
fn answers_go_onto_the_stage_that_is_selected() {
    let mut desk = Desk::new();
    let file = desk.file("nps,said\n9,fine\n10,good\n2,bad\n");
    let stage = desk.window.at(&Element::Stage("stay".into()));
    desk.window.click(stage);
    desk.import(&file);
    assert_eq!(desk.chosen("Column of stages or touchpoints"), "The whole journey");
    desk.choose("Column of stages or touchpoints", "Stage \u{2068}Stay\u{2069}");
    assert!(desk.window.wait_for(|window| window.tells("Stay ") && window.tells("33.3")));
    desk.window.answer("Import 1 metric");
    assert_eq!(desk.window.map().metrics[0].host, MetricHost::Stage("stay".into()));
}
