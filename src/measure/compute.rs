//! All rows of a file, once through: sums for each place and period, then figures.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::sync::atomic::Ordering;

use super::cells::{self, Answer};
use super::decode::{MAX_BYTES, Text, too_large};
use super::error::{AnswersError, quoted};
use super::figures::{Estimate, Running, mean, nps, share};
use super::look::Look;
use super::mapping::{Mapping, Measured, Period, Progress, Report};
use super::places::Places;
use super::rows::{Record, Rows};
use crate::model::{Date, Figure, JourneyMap, MetricKind, Value, counted};

/// Works metrics for `map` out of all rows of a file of which `look` is the start.
///
/// It keeps sums, not rows: the memory that it takes depends on the stages and periods, not on the file.
///
/// # Errors
/// When anything in the file is not what the mapping says; or it has no answers.
pub fn measure(
    source: impl Read,
    look: &Look,
    mapping: &Mapping,
    map: &JourneyMap,
    progress: &Progress,
) -> Result<Report, AnswersError> {
    let mut work = Work::new(look, mapping, map)?;
    let mut rows = Rows::new(Text::new(source, Some(look.encoding))?, look.delimiter.byte());
    let mut record = Record::default();
    while rows.next(&mut record)? {
        if record.row.is_multiple_of(4096) {
            progress.rows.store(record.row, Ordering::Relaxed);
            if progress.stop.load(Ordering::Relaxed) {
                return Err(AnswersError::whole("the reading was stopped", ""));
            }
        }
        // A row of nothing but delimiters is how spreadsheets write an empty one.
        if record.is_blank() {
            continue;
        }
        if record.len() != look.headings.len() {
            return Err(ragged(&record, look));
        }
        if record.row > 1 {
            work.take(&record)?;
        }
    }
    work.report()
}

/// As [`measure`], from the file at `path`.
///
/// # Errors
/// As there; and when the file cannot be opened or is too large.
pub fn measure_file(
    path: &Path,
    look: &Look,
    mapping: &Mapping,
    map: &JourneyMap,
    progress: &Progress,
) -> Result<Report, AnswersError> {
    measure(open(path)?, look, mapping, map, progress)
}

impl Look {
    /// Looks at the start of the file at `path`.
    ///
    /// # Errors
    /// As [`of`](Self::of); and when the file cannot be opened or is too large.
    pub fn of_file(path: &Path, reading: super::Reading) -> Result<Self, AnswersError> {
        Self::of(open(path)?, reading)
    }
}

fn open(path: &Path) -> Result<File, AnswersError> {
    let opened = fs::metadata(path).and_then(|meta| {
        if meta.is_dir() { Err(std::io::ErrorKind::IsADirectory.into()) } else { Ok((File::open(path)?, meta.len())) }
    });
    match opened {
        Ok((_, length)) if length > MAX_BYTES => Err(too_large()),
        Ok((file, _)) => Ok(file),
        Err(err) => Err(AnswersError::whole(format!("the file cannot be read ({err})"), "choose another file")),
    }
}

fn ragged(record: &Record, look: &Look) -> AnswersError {
    let cells = counted(record.len(), "cell");
    let message = format!("the row has {cells}, but the first row names {} columns", look.headings.len());
    let sign = look.delimiter.name().to_lowercase();
    let help = match look.delimiter {
        super::Delimiter::Comma if record.len() > look.headings.len() => {
            "a text with a comma has to stand in quotes".into()
        }
        _ => format!("correct the row, or see whether its cells are parted by a {sign}"),
    };
    AnswersError::at(record.row, message, help)
}

/// The sums of one metric in one period.
#[derive(Debug, Default)]
struct Group {
    running: Running,
    /// Promoters, or the satisfied.
    good: u32,
    /// Detractors.
    bad: u32,
    newest: Option<Date>,
}

impl Group {
    fn add(&mut self, kind: MetricKind, answer: Answer) {
        let value = match answer {
            Answer::Number(value) => value,
            Answer::Word(yes) => f64::from(u8::from(yes)) * 7.0,
        };
        self.running.add(value);
        let (good, bad) = match kind {
            MetricKind::Nps => (value >= 9.0, value <= 6.0),
            // The two highest of seven ("top two boxes").
            MetricKind::Csat => (value >= 6.0, false),
            MetricKind::Ces | MetricKind::ResponseTime | MetricKind::Own => (false, false),
        };
        self.good += u32::from(good);
        self.bad += u32::from(bad);
    }

    fn estimate(&self, kind: MetricKind) -> Option<Estimate> {
        let Running { count, mean: middle, squares } = self.running;
        match kind {
            MetricKind::Nps => nps(self.good, count - self.good - self.bad, self.bad),
            MetricKind::Csat => share(self.good, count),
            MetricKind::Ces | MetricKind::ResponseTime | MetricKind::Own => {
                let (least, most, _) = cells::scale(kind);
                mean(count, middle, squares, (least, most))
            }
        }
    }

    /// The figures, rounded.
    fn value(&self, kind: MetricKind, date: Date) -> Option<Value> {
        let parts = if places(kind) == 1 { 10.0 } else { 100.0 };
        let round = |value: f64| Figure::new((value * parts).round() / parts);
        let estimate = self.estimate(kind)?;
        let (low, high) = estimate.interval.unzip();
        let (low, high) = (low.and_then(round), high.and_then(round));
        Some(Value { date, value: round(estimate.value)?, sample: Some(estimate.sample), low, high })
    }
}

/// What is known while rows go by.
struct Work<'a> {
    look: &'a Look,
    mapping: &'a Mapping,
    answer: usize,
    places: Places,
    /// The place of all answers where no column names one.
    place: usize,
    groups: BTreeMap<(usize, Option<Date>), Group>,
    /// The last date that stood in a cell: most stand many times in a row.
    last: Option<(String, Date)>,
    /// Whether satisfaction is told in words, and the row that said so first.
    words: Option<(bool, u64)>,
    rows: u64,
    empty: u64,
}

impl<'a> Work<'a> {
    fn new(look: &'a Look, mapping: &'a Mapping, map: &JourneyMap) -> Result<Self, AnswersError> {
        let columns = [mapping.answer, mapping.date, mapping.at];
        let Some(answer) = mapping.answer else {
            return Err(AnswersError::whole("no column is chosen for the answers", "choose the one that holds them"));
        };
        for (at, column) in columns.iter().enumerate().filter(|(_, column)| column.is_some()) {
            if *column >= Some(look.headings.len()) {
                return Err(AnswersError::whole("the file has no such column", "choose another one"));
            }
            if columns[..at].contains(column) {
                let name = column.and_then(|at| look.headings.get(at)).map_or("", String::as_str);
                let message = format!("column {} is chosen twice", quoted(name));
                return Err(AnswersError::whole(message, "choose another one for one of the two"));
            }
        }
        if mapping.kind == MetricKind::Own && mapping.name.trim().is_empty() {
            return Err(AnswersError::whole("a metric of your own needs a name", "write what it is called"));
        }
        let places = Places::of(map);
        let place = places.hosts.iter().position(|host| *host == mapping.host);
        let Some(place) = place.or(mapping.at.map(|_| 0)) else {
            return Err(AnswersError::whole("the map has no such stage or touchpoint any more", "choose another one"));
        };
        let (groups, last, words) = (BTreeMap::new(), None, None);
        Ok(Self { look, mapping, answer, places, place, groups, last, words, rows: 0, empty: 0 })
    }

    /// An error about a cell.
    fn wrong(&self, record: &Record, column: usize, message: String, help: impl Into<String>) -> AnswersError {
        AnswersError::at(record.row, message, help).in_column(&self.look.headings[column])
    }

    fn take(&mut self, record: &Record) -> Result<(), AnswersError> {
        self.rows += 1;
        let text = record.cell(self.answer);
        if text.is_empty() {
            self.empty += 1;
            return Ok(());
        }
        let kind = self.mapping.kind;
        let answer = cells::answer(kind, text).map_err(|why| {
            let help =
                format!("{} is expected; correct it, empty the cell, or choose another column", cells::expected(kind));
            self.wrong(record, self.answer, format!("{} {why}", quoted(text)), help)
        })?;
        self.check_words(record, answer)?;
        let place = self.place(record)?;
        let date = self.date(record)?;
        let key = if self.mapping.period == Period::All { None } else { Some(date) };
        let group = self.groups.entry((place, key)).or_default();
        group.newest = group.newest.max(Some(date));
        group.add(kind, answer);
        Ok(())
    }

    /// Satisfaction is told in numbers or in words, not in both.
    fn check_words(&mut self, record: &Record, answer: Answer) -> Result<(), AnswersError> {
        let is_word = matches!(answer, Answer::Word(_));
        let (was_word, first) = *self.words.get_or_insert((is_word, record.row));
        if is_word == was_word {
            return Ok(());
        }
        let (was, is) = if was_word { ("yes or no", "a number") } else { ("a number", "yes or no") };
        let message = format!("{} is {is}, but row {first} has {was}", quoted(record.cell(self.answer)));
        Err(self.wrong(record, self.answer, message, "use one of the two in the whole column"))
    }

    fn place(&mut self, record: &Record) -> Result<usize, AnswersError> {
        let Some(column) = self.mapping.at else { return Ok(self.place) };
        let cell = record.cell(column);
        if cell.is_empty() {
            let help = "name a stage or touchpoint, or take the answer away";
            return Err(self.wrong(record, column, "the cell is empty, but there is an answer".into(), help));
        }
        self.places.find(cell).map_err(|(message, help)| self.wrong(record, column, message, help))
    }

    fn date(&mut self, record: &Record) -> Result<Date, AnswersError> {
        let Some(column) = self.mapping.date else { return Ok(self.mapping.today) };
        let cell = record.cell(column);
        if let Some((text, date)) = &self.last
            && text == cell
        {
            return Ok(*date);
        }
        if cell.is_empty() {
            let help = "write a date, or take the answer away";
            return Err(self.wrong(record, column, "the cell is empty, but there is an answer".into(), help));
        }
        let day = cells::day(cell)
            .map_err(|(why, help)| self.wrong(record, column, format!("{} {why}", quoted(cell)), help))?;
        let Some(date) = self.mapping.period.date(day) else {
            let help = "write dates as 2026-03-01, or choose a longer period";
            return Err(self.wrong(record, column, format!("{} names no month", quoted(cell)), help));
        };
        self.last = Some((cell.to_owned(), date));
        Ok(date)
    }

    fn report(self) -> Result<Report, AnswersError> {
        let mapping = self.mapping;
        if self.groups.is_empty() {
            let column = self.look.headings[self.answer].as_str();
            let (message, help) = match self.rows {
                0 => ("there are no rows below the headings".into(), "choose another file"),
                1 => ("its only row has no answer".into(), "choose another column"),
                rows => (format!("none of its {rows} rows has an answer"), "choose another column"),
            };
            return Err(AnswersError::whole(message, help).in_column(column));
        }
        let mut metrics: Vec<Measured> = Vec::new();
        for ((place, key), group) in &self.groups {
            let host = &self.places.hosts[*place];
            let date = key.or(group.newest).unwrap_or(mapping.today);
            let value = group.value(mapping.kind, date);
            match metrics.last_mut().filter(|last| last.host == *host) {
                Some(last) => last.values.extend(value),
                None => metrics.push(Measured {
                    host: host.clone(),
                    kind: mapping.kind,
                    name: mapping.name.trim().to_owned(),
                    unit: mapping.unit.trim().to_owned(),
                    values: value.into_iter().collect(),
                }),
            }
        }
        Ok(Report { metrics, rows: self.rows, empty: self.empty, period: mapping.period })
    }
}

/// How many places figures of a kind are rounded to: shares and scores to a tenth, means to a hundredth.
fn places(kind: MetricKind) -> usize {
    if matches!(kind, MetricKind::Nps | MetricKind::Csat) { 1 } else { 2 }
}

/// A value and its interval in words, all with as many places; the interval is a dash where there is none.
pub fn words(kind: MetricKind, value: &Value) -> (String, String) {
    let signed = |figure: Figure| format!("{:.*}", places(kind), figure.get()).replace('-', "\u{2212}");
    let interval = match (value.low, value.high) {
        (Some(low), Some(high)) => format!("{} to {}", signed(low), signed(high)),
        _ => "–".into(),
    };
    (signed(value.value), interval)
}
