//! `rihla measure`: from a map and answers to a map with metrics, or one message and nothing written.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use rihla::file;
use rihla::model::{Metric, MetricHost, MetricKind};

use super::program::{Run, rihla};

const MAP: &str = r#"(
  format: 1,
  title: "Hotel",
  stages: [
    (id: "search", name: "Search"),
    (id: "stay", name: "Stay"),
  ],
  lanes: [
    (id: "doing", name: "Doing"),
  ],
)
"#;

/// A folder with a map and answers.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new(answers: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("map.ron"), MAP).unwrap();
        fs::write(folder.path().join("answers.csv"), answers).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the command with the map, the answers and `args`, words parted by blanks.
    fn measure(&self, args: &str) -> Run {
        let start: [OsString; 4] =
            ["measure".into(), self.path("map.ron").into(), "--csv".into(), self.path("answers.csv").into()];
        rihla(start.into_iter().chain(args.split(' ').map(OsString::from)))
    }

    /// Asserts that the command fails with these words and leaves the map alone.
    #[track_caller]
    fn refuses(&self, args: &str, words: &[&str]) {
        let run = self.measure(args);
        assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{}", run.err);
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
        for word in words {
            assert!(run.err.contains(word), "{word:?} in {}", run.err);
        }
        assert_eq!(fs::read_to_string(self.path("map.ron")).unwrap(), MAP);
    }
}

const ANSWERS: &str = "date,stage,score\n2026-01-02,Search,10\n2026-01-09,search,8\n2026-02-01,Search,3\n2026-02-03,stay,\n\
    2026-02-03,Stay,9\n";

#[test]
fn metrics_come_onto_the_map() {
    let desk = Desk::new(ANSWERS);
    let run = desk.measure("--kind nps --answer SCORE --date date --at stage");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let lines: Vec<&str> = run.out.lines().collect();
    assert!(lines[0].ends_with("answers.csv: 5 rows, 1 without an answer (UTF-8, comma)"), "{}", lines[0]);
    // 50 with √((0.5 − 0.25) ÷ 2) · 196 = 69.3 to each side, cut off at 100.
    let table = [
        "          period      NPS   95 % interval  answers",
        "  Search  2026-01    50.0  \u{2212}19.3 to 100.0        2",
        "          2026-02  \u{2212}100.0               –        1",
        "  Stay    2026-02   100.0               –        1",
    ];
    assert_eq!(lines[1..5], table, "{}", run.out);
    assert!(lines[5].ends_with("map.ron: 2 metrics added"), "{}", run.out);
    let map = file::load(&desk.path("map.ron")).unwrap();
    assert_eq!(map.metrics.len(), 2);
    assert_eq!((map.metrics[0].id.as_str(), map.metrics[0].kind), ("nps-search", MetricKind::Nps));
    assert_eq!(map.metrics[0].host, MetricHost::Stage("search".into()));
    // Again: the same metrics, with one more date.
    let run = desk.measure("--kind nps --answer score --date date --at stage --period all");
    assert!(run.out.ends_with("map.ron: 2 metrics updated\n"), "{}", run.out);
    let map = file::load(&desk.path("map.ron")).unwrap();
    let values: Vec<String> = map.metrics[0].values.iter().map(|v| format!("{} {}", v.date, v.value)).collect();
    assert_eq!(values, ["2026-01 50", "2026-02 -100", "2026-02-01 0"]);
}

#[test]
fn the_figures_of_the_example_are_those_of_its_answers() {
    let example = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    let hotel = file::load(&example("hotel-stay.ron")).unwrap();
    let is_measured = |metric: &Metric| metric.id.as_str().starts_with("nps-");
    assert_eq!(hotel.metrics.iter().filter(|metric| is_measured(metric)).count(), hotel.stages.len());
    // Without them, the answers bring them back, figure by figure.
    let mut bare = hotel.clone();
    bare.metrics.retain(|metric| !is_measured(metric));
    let desk = Desk::new(fs::read(example("hotel-answers.csv")).unwrap());
    fs::write(desk.path("map.ron"), file::to_ron(&bare)).unwrap();
    let run = desk.measure("--kind nps --answer nps --date date --at stage");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.ends_with("map.ron: 5 metrics added\n"), "{}", run.out);
    let map = file::load(&desk.path("map.ron")).unwrap();
    assert_eq!(map.metrics, hotel.metrics);
}

#[test]
fn a_metric_of_ones_own_has_a_name_and_a_unit() {
    let desk = Desk::new("nights;said\n2,5;a\n3;b\n");
    let out = desk.path("out.ron");
    let args = format!("--kind own --name Nights --unit nights --answer nights -o {}", out.display());
    let run = desk.measure(&args);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(fs::read_to_string(desk.path("map.ron")).unwrap(), MAP, "the map itself stays");
    let map = file::load(&out).unwrap();
    let metric = &map.metrics[0];
    assert_eq!((metric.name.as_str(), metric.unit.as_str(), &metric.host), ("Nights", "nights", &MetricHost::Map));
    // 2.75; the squares 0.0625 + 0.0625, s² = 0.125, √(0.125 ÷ 2) = 0.25, times 1.96 = 0.49.
    let value = metric.values[0];
    assert_eq!((value.value.get(), value.low.unwrap().get(), value.high.unwrap().get()), (2.75, 2.26, 3.24));
    assert_eq!(value.date, rihla::measure::today());
}

#[test]
fn mistakes_are_one_message_and_nothing_is_written() {
    let all = "--kind nps --answer score --date date --at stage";
    let desk = Desk::new(ANSWERS);
    desk.refuses(
        "--kind nps --answer points",
        &["the file has no column \"points\"; its columns are \"date\", \"stage\""],
    );
    desk.refuses("--kind ces --answer score", &["row 2, column \"score\": \"10\" is outside the scale"]);
    desk.refuses("--kind nps --answer stage", &["row 2, column \"stage\": \"Search\" is not a number"]);
    desk.refuses("--kind nps --answer score --date date --at score", &["column \"score\" is chosen twice"]);
    let broken = |from: &str, to: &str| Desk::new(ANSWERS.replace(from, to));
    broken("Search,3", "Serch,3").refuses(all, &["row 4, column \"stage\"", "did you mean \"Search\"?"]);
    broken("Stay,9", "Stay,9,x").refuses(all, &["row 6: the row has 4 cells"]);
    broken("Stay,9", "Stay,\"9").refuses(all, &["row 6: a quote that begins in this row is never closed"]);
    Desk::new(b"score,said\n9,caf\xE9\n")
        .refuses("--kind nps --answer score", &["row 2: byte 17 (0xE9)", "(--encoding windows-1252, 1256 or 1257)"]);
    Desk::new("").refuses(all, &["answers.csv: row 1: the file is empty"]);
    let desk = Desk::new("x");
    fs::remove_file(desk.path("answers.csv")).unwrap();
    desk.refuses(all, &["answers.csv: the file cannot be read"]);
    // What the command line itself knows to be wrong.
    let run = desk.measure("--kind own --answer score");
    assert!(run.code == Some(2) && run.err.contains("--name"), "{}", run.err);
    let run = desk.measure("--kind nps --answer score --period year");
    assert!(run.code == Some(2) && run.err.contains("--date"), "{}", run.err);
}

#[test]
fn another_encoding_is_read_where_it_is_named() {
    let desk = Desk::new(b"score,said\n9,caf\xE9\n7,\n");
    let run = desk.measure("--kind nps --answer score --encoding windows-1252");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("2 rows (Windows-1252, comma)"), "{}", run.out);
}

#[test]
fn answers_without_a_column_of_places_go_where_somebody_says() {
    let desk = Desk::new("score\n9\n10\n");
    desk.refuses("--kind nps --answer score --stage Sty", &["the map has no stage \"Sty\"", "did you mean \"Stay\"?"]);
    desk.refuses("--kind nps --answer score --touchpoint Stay", &["the map has no touchpoint \"Stay\""]);
    let run = desk.measure("--kind nps --answer score --stage stay");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("  Stay "), "{}", run.out);
    let map = file::load(&desk.path("map.ron")).unwrap();
    assert_eq!(map.metrics[0].host, MetricHost::Stage("stay".into()));
    let run = desk.measure("--kind nps --answer score --stage stay --at score");
    assert_eq!(run.code, Some(2), "one of the two");
}
