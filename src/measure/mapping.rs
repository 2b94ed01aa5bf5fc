//! What is asked of a file of answers, and what it comes to.

use std::sync::atomic::{AtomicBool, AtomicU64};

use super::cells::Day;
use crate::model::{Date, MetricHost, MetricKind, Value};

/// Over what time answers are put together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// Each month.
    #[default]
    Month,
    /// Each quarter, dated by its first month.
    Quarter,
    /// Each year.
    Year,
    /// All together, dated by the newest answer.
    All,
}

impl Period {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Month, Self::Quarter, Self::Year, Self::All];

    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Month => "Month",
            Self::Quarter => "Quarter",
            Self::Year => "Year",
            Self::All => "All",
        }
    }

    /// The date of the period that a day belongs to; `None` where it names no month and the period asks for one.
    pub(super) fn date(self, day: Day) -> Option<Date> {
        let Day { year, month, day } = day;
        let text = match self {
            Self::Month | Self::Quarter if month == 0 => return None,
            Self::Month => format!("{year}-{month:02}"),
            Self::Quarter => format!("{year}-{:02}", (month - 1) / 3 * 3 + 1),
            Self::All if day > 0 => format!("{year}-{month:02}-{day:02}"),
            Self::All if month > 0 => format!("{year}-{month:02}"),
            Self::Year | Self::All => format!("{year}"),
        };
        text.parse().ok()
    }

    /// A date of this period in words: `2026-03`, `2026 Q1`, `2026`.
    pub fn label(self, date: Date) -> String {
        let text = date.to_string();
        match (self, text.get(5..7).and_then(|month| month.parse::<u8>().ok())) {
            (Self::Quarter, Some(month)) => format!("{} Q{}", &text[..4], (month - 1) / 3 + 1),
            _ => text,
        }
    }
}

/// Which column holds what, and what is made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// What is measured.
    pub kind: MetricKind,
    /// What the metric is called; empty for the name of its kind.
    pub name: String,
    /// The unit of a metric of one's own.
    pub unit: String,
    /// The column with the answers.
    pub answer: Option<usize>,
    /// The column with their dates.
    pub date: Option<usize>,
    /// The column that names a stage or touchpoint.
    pub at: Option<usize>,
    /// What all answers are about where no column says so.
    pub host: MetricHost,
    /// Over what time answers are put together.
    pub period: Period,
    /// The date of answers whose file has none.
    pub today: Date,
}

/// How far the reading is, told to and by another thread.
#[derive(Debug, Default)]
pub struct Progress {
    /// Rows that were read.
    pub rows: AtomicU64,
    /// Whether to stop.
    pub stop: AtomicBool,
}

/// A metric worked out from answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Where.
    pub host: MetricHost,
    /// What.
    pub kind: MetricKind,
    /// What it is called; empty for the name of its kind.
    pub name: String,
    /// The unit of a metric of one's own.
    pub unit: String,
    /// In the order of the dates.
    pub values: Vec<Value>,
}

/// What a file of answers came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// In the order of the places on the map.
    pub metrics: Vec<Measured>,
    /// Rows with something in them, without the headings.
    pub rows: u64,
    /// Rows whose answer is empty.
    pub empty: u64,
    /// Over what time answers were put together.
    pub period: Period,
}
