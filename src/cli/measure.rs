//! `rihla measure`.

use std::process::ExitCode;

use super::{MeasureArgs, MetricName, PeriodName};
use crate::file::{self, Expect, Fingerprint, Outcome, save_expecting};
use crate::measure::{self, Encoding, Look, Mapping, Period, Progress, Reading, Report, measure_file, summary, words};
use crate::model::{JourneyMap, MetricHost, MetricKind};

pub(super) fn run(args: &MeasureArgs) -> ExitCode {
    match put_on(args) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn put_on(args: &MeasureArgs) -> Result<String, String> {
    let read = file::load_bytes(&args.map).and_then(|bytes| Ok((file::parse_bytes(&args.map, &bytes)?, bytes)));
    let (mut map, bytes) = read.map_err(|err| err.to_string())?;
    let told = |err: measure::AnswersError| {
        let more =
            if err.is_encoding && args.encoding.is_none() { " (--encoding windows-1252, 1256 or 1257)" } else { "" };
        format!("rihla: {}: {err}{more}", args.csv.display())
    };
    let encoding = args.encoding.map(Encoding::from);
    let look = Look::of_file(&args.csv, Reading { encoding, delimiter: None }).map_err(told)?;
    let mapping = Mapping { host: host(args, &map)?, ..mapping(args, &look)? };
    let report = measure_file(&args.csv, &look, &mapping, &map, &Progress::default()).map_err(told)?;
    if args.output.is_none() {
        super::fmt::keep_comments(&args.map, &bytes)
            .map_err(|err| err.replace("say --drop-comments", "write another file with -o"))?;
    }
    let applied = measure::apply(&mut map, &report.metrics).map_err(|err| format!("rihla: {err}"))?;
    // Someone may have saved the map while the answers were read.
    let (output, expect) = match &args.output {
        Some(output) => (output, Expect::Anything),
        None => (&args.map, Expect::Seen(Some(Fingerprint::of(&bytes)))),
    };
    match save_expecting(&map, output, expect, None) {
        Outcome::Saved(..) => {}
        Outcome::Changed => {
            return Err(format!("rihla: {} was changed meanwhile and is left alone; run this again", output.display()));
        }
        Outcome::Unconfirmed(_, err) | Outcome::Failed(err) => return Err(format!("rihla: {err}")),
    }
    Ok(format!("{}{}: {}\n", table(args, &look, &report, &map), output.display(), summary(&applied)))
}

fn mapping(args: &MeasureArgs, look: &Look) -> Result<Mapping, String> {
    let column = |name: &Option<String>| match name {
        None => Ok(None),
        Some(name) => look.column(name).map(Some).map_err(|err| format!("rihla: {}: {err}", args.csv.display())),
    };
    let kind = match args.kind {
        MetricName::Nps => MetricKind::Nps,
        MetricName::Csat => MetricKind::Csat,
        MetricName::Ces => MetricKind::Ces,
        MetricName::ResponseTime => MetricKind::ResponseTime,
        MetricName::Own => MetricKind::Own,
    };
    let period = match args.period {
        None if args.date.is_some() => Period::Month,
        None | Some(PeriodName::All) => Period::All,
        Some(PeriodName::Month) => Period::Month,
        Some(PeriodName::Quarter) => Period::Quarter,
        Some(PeriodName::Year) => Period::Year,
    };
    Ok(Mapping {
        kind,
        name: args.name.clone().unwrap_or_default(),
        unit: args.unit.clone().unwrap_or_default(),
        answer: column(&Some(args.answer.clone()))?,
        date: column(&args.date)?,
        at: column(&args.at)?,
        host: MetricHost::Map,
        period,
        today: measure::today(),
    })
}

/// What all answers are about, where somebody says so.
fn host(args: &MeasureArgs, map: &JourneyMap) -> Result<MetricHost, String> {
    let found = match (&args.stage, &args.touchpoint) {
        (Some(stage), _) => measure::stage_called(map, stage),
        (None, Some(touchpoint)) => measure::touchpoint_called(map, touchpoint),
        (None, None) => Ok(MetricHost::Map),
    };
    found.map_err(|err| format!("rihla: {}: {err}", args.map.display()))
}

/// What was found, a line for each value.
fn table(args: &MeasureArgs, look: &Look, report: &Report, map: &JourneyMap) -> String {
    let first = report.metrics.first();
    let name = first.map_or("", |m| if m.name.is_empty() { m.kind.name() } else { &m.name });
    let mut rows = vec![["", "period", name, "95 % interval", "answers"].map(str::to_owned)];
    for metric in &report.metrics {
        let mut host = map.host_name(&metric.host);
        for value in &metric.values {
            let (figure, interval) = words(metric.kind, value);
            let sample = value.sample.map(|n| n.to_string()).unwrap_or_default();
            // A place is named once.
            rows.push([std::mem::take(&mut host), report.period.label(value.date), figure, interval, sample]);
        }
    }
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or_default();
    let widths: [usize; 5] = std::array::from_fn(width);
    let empty = match report.empty {
        0 => String::new(),
        n => format!(", {n} without an answer"),
    };
    let (encoding, sign) = (look.encoding.name(), look.delimiter.name().to_lowercase());
    let mut text = format!("{}: {} rows{empty} ({encoding}, {sign})\n", args.csv.display(), report.rows);
    for row in rows {
        let [host, period, figure, interval, sample] = &row;
        let [w0, w1, w2, w3, w4] = widths;
        let line = format!("  {host:w0$}  {period:w1$}  {figure:>w2$}  {interval:>w3$}  {sample:>w4$}");
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
