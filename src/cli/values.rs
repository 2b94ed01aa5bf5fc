//! What stands behind options: words, sizes and pairs, read or refused with how they are written.

use crate::exchange::MapFormat;
use crate::film::Pace;
use crate::measure::{Delimiter, Encoding};
use crate::model::{Language, counted};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum MetricName {
    /// Net promoter score, from answers of 0 to 10.
    Nps,
    /// Satisfaction, from answers of 1 to 7 or yes and no.
    Csat,
    /// Effort, from answers of 1 to 7.
    Ces,
    /// Hours to an answer.
    ResponseTime,
    /// The mean of any numbers.
    Own,
}

/// Over what time answers are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum PeriodName {
    /// Each month.
    Month,
    /// Each quarter.
    Quarter,
    /// Each year.
    Year,
    /// All together, dated by the newest answer.
    All,
}

/// Encodings that nothing in a file tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum EncodingName {
    /// Western European Windows.
    #[value(name = "windows-1252")]
    Windows1252,
    /// Arabic and Persian Windows.
    #[value(name = "windows-1256")]
    Windows1256,
    /// Lithuanian, Latvian and Estonian Windows.
    #[value(name = "windows-1257")]
    Windows1257,
}

impl From<EncodingName> for Encoding {
    fn from(name: EncodingName) -> Self {
        match name {
            EncodingName::Windows1252 => Self::Windows1252,
            EncodingName::Windows1256 => Self::Windows1256,
            EncodingName::Windows1257 => Self::Windows1257,
        }
    }
}

/// What parts cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum DelimiterName {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Bar,
}

impl From<DelimiterName> for Delimiter {
    fn from(name: DelimiterName) -> Self {
        match name {
            DelimiterName::Comma => Self::Comma,
            DelimiterName::Semicolon => Self::Semicolon,
            DelimiterName::Tab => Self::Tab,
            DelimiterName::Bar => Self::Bar,
        }
    }
}

/// No more touchpoints are generated than are read of other formats.
const MOST_GENERATED: usize = 100_000;

/// The size of a generated map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    /// Its stages.
    pub stages: usize,
    /// The steps in each.
    pub steps: usize,
    /// Its lanes.
    pub lanes: usize,
}

pub(super) fn parse_size(text: &str) -> Result<(u16, u16), String> {
    let sides = text.split_once(['x', '×']).and_then(|(x, y)| Some((x.trim().parse().ok()?, y.trim().parse().ok()?)));
    sides.ok_or_else(|| "write it as 1280x720: pixels across and down".into())
}

pub(super) fn parse_pace(text: &str) -> Result<Pace, String> {
    let found = Pace::ALL.into_iter().find(|pace| pace.name().eq_ignore_ascii_case(text));
    found.ok_or_else(|| "a pace is slow, normal or quick".into())
}

pub(super) fn parse_language(text: &str) -> Result<Language, String> {
    let found = Language::ALL.iter().find(|language| language.code().eq_ignore_ascii_case(text));
    found.copied().ok_or_else(|| {
        let known: Vec<String> = Language::ALL.iter().map(|it| format!("{} ({})", it.code(), it.name())).collect();
        format!("templates come in {}", known.join(", "))
    })
}

pub(super) fn parse_format(text: &str) -> Result<MapFormat, String> {
    let found = MapFormat::ALL.into_iter().find(|format| format.word().eq_ignore_ascii_case(text));
    found.ok_or_else(|| format!("formats are {}", MapFormat::ALL.map(MapFormat::word).join(", ")))
}

pub(super) fn parse_column(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').map(|(field, heading)| (field.trim().to_owned(), heading.trim().to_owned()));
    pair.ok_or_else(|| "write it as title=Activity: the field, then the heading of its column".into())
}

pub(super) fn parse_grid(text: &str) -> Result<Grid, String> {
    let numbers: Option<Vec<usize>> = text.split('x').map(|n| n.trim().parse().ok()).collect();
    match numbers.as_deref() {
        Some([stages, steps, lanes]) if [stages, steps, lanes].iter().all(|n| (1..=1000).contains(*n)) => {
            let touchpoints = stages * steps * lanes;
            if touchpoints > MOST_GENERATED {
                let (wanted, most) = (counted(touchpoints, "touchpoint"), counted(MOST_GENERATED, "touchpoint"));
                return Err(format!("{text} are {wanted}, and a map has {most} at most"));
            }
            Ok(Grid { stages: *stages, steps: *steps, lanes: *lanes })
        }
        _ => Err("write it as 40x10x25: stages, steps in each, lanes, each from 1 to 1000".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_is_three_numbers_and_no_more_than_can_be_made() {
        assert!(parse_grid("40x10x25").is_ok() && parse_grid("1000x100x1").is_ok());
        for wrong in ["40xfoox10x25", "40x10", "0x1x1", "1001x1x1", "x1x1x1"] {
            assert!(parse_grid(wrong).unwrap_err().starts_with("write it as"), "{wrong}");
        }
        let refused = parse_grid("1000x1000x1000").unwrap_err();
        assert!(refused.contains("1,000,000,000 touchpoints") && refused.contains("100,000"), "{refused}");
    }
}
