//! Metrics from survey answers: figures worked out by hand, files with every kind of mistake, large files.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use rihla::measure::{
    AnswersError, Delimiter, Encoding, Look, Mapping, Period, Progress, Reading, Report, guess, guess_answer, measure,
};
use rihla::model::{JourneyMap, MetricHost, MetricKind, Value, generate};

/// A map with the stages Search and Stay and one touchpoint, "Breakfast".
fn map() -> JourneyMap {
    let mut map = generate(2, 1, 1);
    for (stage, name) in map.stages.iter_mut().zip(["Search", "Stay"]) {
        Arc::make_mut(stage).name = name.into();
    }
    let lane = Arc::make_mut(&mut map.lanes[0]);
    Arc::make_mut(&mut lane.touchpoints[0]).title = "Breakfast".into();
    map
}

/// The columns are found by their names: `date`, `at` and `score`.
fn mapping(look: &Look, kind: MetricKind, period: Period) -> Mapping {
    let column = |name: &str| look.column(name).ok();
    Mapping {
        host: MetricHost::Map,
        kind,
        name: if kind == MetricKind::Own { "Nights".into() } else { String::new() },
        unit: String::new(),
        answer: column("score"),
        date: column("date"),
        at: column("at"),
        period,
        today: "2026-06-30".parse().unwrap(),
    }
}

fn told(bytes: impl AsRef<[u8]>, kind: MetricKind, period: Period, reading: Reading) -> Result<Report, AnswersError> {
    let bytes = bytes.as_ref();
    let look = Look::of(bytes, reading)?;
    measure(bytes, &look, &mapping(&look, kind, period), &map(), &Progress::default())
}

fn by(text: impl AsRef<[u8]>, kind: MetricKind, period: Period) -> Report {
    told(text, kind, period, Reading::default()).unwrap()
}

/// Asserts what the message about a file of NPS answers by month says.
#[track_caller]
fn wrong(text: impl AsRef<[u8]>, words: &[&str]) {
    let err = told(text, MetricKind::Nps, Period::Month, Reading::default()).unwrap_err().to_string();
    for word in words {
        assert!(err.contains(word), "{word:?} in {err:?}");
    }
}

/// Date, figure, sample and the ends of the interval.
fn line(value: &Value) -> String {
    let end = |figure: Option<rihla::model::Figure>| figure.map_or("-".into(), |f| f.to_string());
    let sample = value.sample.unwrap_or_default();
    format!("{} {} {sample} {} {}", value.date, value.value, end(value.low), end(value.high))
}

fn lines(report: &Report) -> Vec<String> {
    report.metrics.iter().flat_map(|metric| metric.values.iter().map(line)).collect()
}

#[test]
fn net_promoter_scores_by_stage_and_month() {
    let text = "date,at,score\n\
        2026-01-05,Search,10\n2026-01-06,search,9\n2026-01-07,Search,8\n2026-01-08,SEARCH,3\n2026-02-01,Search,0\n\
        2026-01-31,Stay,7\n2026-01-30,Stay,\n2026-02-02,Breakfast,9\n";
    let report = by(text, MetricKind::Nps, Period::Month);
    // Search in January: 2 of 4 promoters, 1 detractor, 50 − 25 = 25; variance 0.75 − 0.0625 = 0.6875, the error
    // √(0.6875 ÷ 4) = 0.414578, times 1.96 = 0.812573: −56.3 to 106.3, cut off at 100.
    let expected = ["2026-01 25 4 -56.3 100", "2026-02 -100 1 - -", "2026-01 0 1 - -", "2026-02 100 1 - -"];
    assert_eq!(lines(&report), expected);
    let map = map();
    let hosts: Vec<&MetricHost> = report.metrics.iter().map(|m| &m.host).collect();
    let breakfast = map.lanes[0].touchpoints[0].id.clone();
    let stage = |at: usize| MetricHost::Stage(map.stages[at].id.clone());
    assert_eq!(hosts, [&stage(0), &stage(1), &MetricHost::Touchpoint(breakfast)]);
    assert_eq!((report.rows, report.empty), (8, 1));
}

#[test]
fn periods() {
    let text = "date,score\n2025-12-31,10\n2026-01-01,10\n2026-03-31 23:59,0\n2026-04-01T08:00:00Z,7\n";
    // 100; 50 − 50 = 0 with variance 1 and error √(1 ÷ 2), beyond both ends; one passive.
    let quarters = ["2025-10 100 1 - -", "2026-01 0 2 -100 100", "2026-04 0 1 - -"];
    assert_eq!(lines(&by(text, MetricKind::Nps, Period::Quarter)), quarters);
    // 2026: one of three each way, 0; variance 2 ÷ 3, error √(2 ÷ 9) = 0.471405, times 1.96 = 0.923953.
    assert_eq!(lines(&by(text, MetricKind::Nps, Period::Year)), ["2025 100 1 - -", "2026 0 3 -92.4 92.4"]);
    // All: 2 of 4 and 1 of 4 as above, dated by the newest.
    assert_eq!(lines(&by(text, MetricKind::Nps, Period::All)), ["2026-04-01 25 4 -56.3 100"]);
    let undated = "score\n10\n8\n";
    // 50; variance 0.5 − 0.25, error √(0.25 ÷ 2) = 0.353553, times 1.96 = 0.692965.
    assert_eq!(lines(&by(undated, MetricKind::Nps, Period::All)), ["2026-06-30 50 2 -19.3 100"]);
    let quarter = "2026-04".parse().unwrap();
    assert_eq!(Period::Quarter.label(quarter), "2026 Q2");
    assert_eq!(Period::Month.label(quarter), "2026-04");
}

#[test]
fn satisfaction_effort_and_hours() {
    // 3 of 5 answers are 6 or 7: 60 %. Wilson: (0.6 + 3.8416 ÷ 10) ÷ (1 + 3.8416 ÷ 5) = 0.984160 ÷ 1.768320
    // = 0.556551; half of it 1.96 · √(0.24 ÷ 5 + 3.8416 ÷ 100) ÷ 1.768320 = 0.325838.
    let expected = ["2026-06-30 60 5 23.1 88.2"];
    assert_eq!(lines(&by("score\n7\n6\n6\n5\n1\n", MetricKind::Csat, Period::All)), expected);
    assert_eq!(lines(&by("score\nyes\nNo\nYES\nn\ntrue\n", MetricKind::Csat, Period::All)), expected);
    // 1, 2 and 6: 3; the squares 4 + 1 + 9 = 14, s² = 7, error √(7 ÷ 3) = 1.527525, times 1.96 = 2.993949.
    assert_eq!(lines(&by("score\n1\n2\n6\n", MetricKind::Ces, Period::All)), ["2026-06-30 3 3 1 5.99"]);
    // 0.5, 1.5 and 4: 2; 2.25 + 0.25 + 4 = 6.5, s² = 3.25, error √(3.25 ÷ 3) = 1.040833, times 1.96 = 2.040033.
    let hours = by("score\n\"0,5\"\n1.5\n4\n", MetricKind::ResponseTime, Period::All);
    assert_eq!(lines(&hours), ["2026-06-30 2 3 0 4.04"]);
    // −1 and 2: 0.5; 2.25 + 2.25 = 4.5, error √(4.5 ÷ 2) = 1.5, times 1.96 = 2.94.
    let own = by("score\n-1\n2\n", MetricKind::Own, Period::All);
    assert_eq!(lines(&own), ["2026-06-30 0.5 2 -2.44 3.44"]);
    assert_eq!(own.metrics[0].name, "Nights");
}

#[test]
fn cells_that_are_wrong_are_told_with_row_and_column() {
    let row = |row: &str| format!("date,at,score\n2026-01-05,Search,10\n{row}\n");
    let expected = "; a whole number from 0 to 10 is expected; correct it, empty the cell, or choose another column";
    wrong(row("2026-01-05,Search,ten"), &["row 3, column \"score\": \"ten\" is not a number", expected]);
    wrong(row("2026-01-05,Search,11"), &["row 3, column \"score\": \"11\" is outside the scale"]);
    wrong(row("2026-01-05,Search,-1"), &["\"-1\" is outside the scale"]);
    wrong(row("2026-01-05,Search,9.5"), &["\"9.5\" is not a whole number"]);
    wrong(row("soon,Search,9"), &["row 3, column \"date\": \"soon\" is not a date; write dates as 2026-03-01"]);
    wrong(row("2026-02-30,Search,9"), &["\"2026-02-30\" is a day that does not exist"]);
    wrong(row("02/03/2026,Search,9"), &["\"02/03/2026\" may be two different days"]);
    wrong(row("2026,Search,9"), &["\"2026\" names no month; write dates as 2026-03-01, or choose a longer period"]);
    wrong(row(",Search,9"), &["row 3, column \"date\": the cell is empty, but there is an answer"]);
    wrong(row("2026-01-05,,9"), &["row 3, column \"at\": the cell is empty, but there is an answer"]);
    let words = ["row 3, column \"at\": the map has no stage or touchpoint \"Saerch\"; did you mean \"Search\"?"];
    wrong(row("2026-01-05,Saerch,9"), &words);
    wrong(row("2026-01-05,Lunch,9"), &["name one by its id or its name; the stages are \"Search\", \"Stay\""]);
    let mixed = told("score\n7\n\nyes\n", MetricKind::Csat, Period::All, Reading::default()).unwrap_err();
    assert!(mixed.to_string().starts_with("row 4, column \"score\": \"yes\" is yes or no, but row 2 has a number"));
}

#[test]
fn rows_that_are_wrong_are_told() {
    let words =
        "row 3: the row has 4 cells, but the first row names 3 columns; a text with a comma has to stand in quotes";
    wrong("date,at,score\n2026-01-05,Search,10\n2026-01-05,Search,9,late\n", &[words]);
    let words = "row 3: the row has 1 cell, but the first row names 3 columns; correct the row";
    wrong("date,at,score\n2026-01-05,Search,10\nSearch\n2026-01-05,Search,9\n", &[words]);
    wrong(
        "date,at,score\n2026-01-05,Search,\"9\n2026-01-05,Search,9\n",
        &["row 2: a quote that begins in this row is never closed"],
    );
    wrong("score,said\n9,\"so\" he said\n", &["row 2: words stand behind a closing quote"]);
    // A line break in a cell does not count as a row, an empty row does.
    wrong("score,said\n9,\"a\nb\"\n\n,\n9\n", &["row 5: the row has 1 cell"]);
}

#[test]
fn columns_that_are_wrong_are_told() {
    wrong(
        "date,at,points\n2026-01-05,Search,10\n",
        &["no column is chosen for the answers; choose the one that holds them"],
    );
    wrong("date,at,score\n", &["column \"score\": there are no rows below the headings"]);
    wrong(
        "date,at,score\n2026-01-05,Search,\n2026-01-05,Search,\n",
        &["none of its 2 rows has an answer; choose another column"],
    );
    wrong("", &["the file is empty"]);
    wrong("2026-01-05,9\n2026-01-06,8\n", &["row 1: there are values where the names of the columns are expected"]);
    let look = Look::of(&b"date,at,score\n2026-01-05,Search,10\n"[..], Reading::default()).unwrap();
    let twice = Mapping { at: look.column("score").ok(), ..mapping(&look, MetricKind::Nps, Period::Month) };
    let err = measure(&b""[..], &look, &twice, &map(), &Progress::default()).unwrap_err();
    assert!(err.to_string().starts_with("column \"score\" is chosen twice"), "{err}");
    let nameless = Mapping { name: " ".into(), ..mapping(&look, MetricKind::Own, Period::Month) };
    let err = measure(&b""[..], &look, &nameless, &map(), &Progress::default()).unwrap_err();
    assert!(err.to_string().starts_with("a metric of your own needs a name"), "{err}");
}

#[test]
fn encodings_marks_and_line_ends_make_no_difference() {
    let text = "date;at;score;said\n2026-01-05;Search;10;naïve, so\n2026-01-06;Search;7;\"a;\"\"b\"\"\nc\"\n";
    let plain = by(text, MetricKind::Nps, Period::Month);
    assert_eq!(lines(&plain), ["2026-01 50 2 -19.3 100"]);
    let wide = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(bytes).collect()
    };
    for bytes in [
        text.replace('\n', "\r\n").into_bytes(),
        text.replace('\n', "\r").into_bytes(),
        format!("\u{FEFF}{text}").into_bytes(),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
        text.replace(';', "\t").into_bytes(),
        text.trim_end().as_bytes().to_vec(),
    ] {
        assert_eq!(by(bytes, MetricKind::Nps, Period::Month), plain);
    }
    let western: Vec<u8> = text.chars().map(|c| u8::try_from(c as u32).unwrap()).collect();
    let err = told(&western, MetricKind::Nps, Period::Month, Reading::default()).unwrap_err();
    let words = "row 2: byte 43 (0xEF) is no UTF-8 text; save the file as \"CSV UTF-8\", or read it as Windows-1252";
    assert!(err.is_encoding && err.to_string().starts_with(words), "{err}");
    let reading = Reading { encoding: Some(Encoding::Windows1252), delimiter: Some(Delimiter::Semicolon) };
    assert_eq!(told(&western, MetricKind::Nps, Period::Month, reading), Ok(plain));
}

/// Rows without end, made as they are read.
struct Endless {
    made: u64,
    rows: u64,
    /// The row whose answer is wrong.
    bad: u64,
    left: Vec<u8>,
    at: usize,
}

impl Endless {
    fn new(rows: u64, bad: u64) -> Self {
        Self { made: 0, rows, bad, left: b"date,at,score\n".to_vec(), at: 0 }
    }
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.left.len() {
            self.left.clear();
            self.at = 0;
            while self.left.len() < buffer.len() && self.made < self.rows {
                self.made += 1;
                let answer =
                    if self.made + 1 == self.bad { "x" } else { ["9", "3", "8", "10"][self.made as usize % 4] };
                self.left.extend_from_slice(b"2026-01-05,Search,");
                self.left.extend_from_slice(answer.as_bytes());
                self.left.push(b'\n');
            }
        }
        let some = (self.left.len() - self.at).min(buffer.len());
        buffer[..some].copy_from_slice(&self.left[self.at..self.at + some]);
        self.at += some;
        Ok(some)
    }
}

#[test]
fn a_million_rows_go_by_without_being_kept() {
    // Where nothing is optimised, a fifth of them will do.
    let rows = if cfg!(debug_assertions) { 200_000 } else { 1_000_000 };
    let look = Look::of(Endless::new(rows, 0), Reading::default()).unwrap();
    let mapping = mapping(&look, MetricKind::Nps, Period::Month);
    let progress = Progress::default();
    let start = std::time::Instant::now();
    let report = measure(Endless::new(rows, 0), &look, &mapping, &map(), &progress).unwrap();
    assert!(start.elapsed() < std::time::Duration::from_secs(20), "{:?}", start.elapsed());
    assert_eq!(report.rows, rows);
    let value = report.metrics[0].values[0];
    assert_eq!((value.value.get(), value.sample), (25.0, Some(rows as u32)));
    assert!(progress.rows.load(Ordering::Relaxed) > rows - 4096);
    // The last row is wrong, and nothing is imported.
    let err = measure(Endless::new(rows, rows + 1), &look, &mapping, &map(), &Progress::default()).unwrap_err();
    assert!(
        err.to_string().starts_with(&format!("row {}, column \"score\": \"x\" is not a number", rows + 1)),
        "{err}"
    );
    let stopped = Progress::default();
    stopped.stop.store(true, Ordering::Relaxed);
    let err = measure(Endless::new(rows, 0), &look, &mapping, &map(), &stopped).unwrap_err();
    assert_eq!(err.message, "the reading was stopped");
}

#[test]
fn the_example_is_guessed_and_measured() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hotel-answers.csv");
    let look = Look::of_file(&path, Reading::default()).unwrap();
    let mut hotel = generate(5, 1, 1);
    for (stage, name) in hotel.stages.iter_mut().zip(["Search", "Book", "Arrive", "Stay", "Leave"]) {
        Arc::make_mut(stage).name = name.into();
    }
    let mut mapping = guess(&look, &hotel, "2026-06-30".parse().unwrap());
    assert_eq!((mapping.date, mapping.at, mapping.answer), (Some(0), Some(1), Some(2)));
    // By month, with the figures worked out apart from this code, with 40 digits:
    // 32 promoters and 4 detractors of 41: 68.293, 48.653 to 87.932; 17 of 32 satisfied: 53.125, 36.449 to 69.131;
    // 30 answers that come to 162: 5.4, 4.915 to 5.885; 12 that come to 160 hours: 13.333, 7.633 to 19.034.
    for (kind, column, stage, month, expected) in [
        (MetricKind::Nps, 2, 3, 2, "2026-03 68.3 41 48.7 87.9"),
        (MetricKind::Csat, 3, 1, 1, "2026-02 53.1 32 36.4 69.1"),
        (MetricKind::Ces, 4, 2, 3, "2026-04 5.4 30 4.92 5.88"),
        (MetricKind::ResponseTime, 5, 4, 1, "2026-02 13.33 12 7.63 19.03"),
    ] {
        mapping.kind = kind;
        mapping.answer = guess_answer(&look, kind, mapping.date, mapping.at);
        assert_eq!(mapping.answer, Some(column), "{kind:?}");
        let report = rihla::measure::measure_file(&path, &look, &mapping, &hotel, &Progress::default()).unwrap();
        assert_eq!(report.rows, 500);
        assert_eq!(report.metrics.len(), 5, "{kind:?}");
        assert!(report.metrics.iter().all(|metric| metric.values.len() == 4), "{kind:?}");
        assert_eq!(line(&report.metrics[stage].values[month]), expected, "{kind:?}");
    }
}
