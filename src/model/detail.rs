//! What else is known of a touchpoint: how long it takes, who does it, why it matters, how we know.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Date;

/// A length of time in whole minutes; in files and fields as `2 d 4 h 30 min`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span(u32);

/// Minutes of an hour and of a day.
const HOUR: u32 = 60;
const DAY: u32 = 24 * HOUR;
/// The longest span, ten years.
const LONGEST: u32 = 3660 * DAY;

impl Span {
    /// A span of so many minutes, at most ten years.
    pub fn minutes(minutes: u32) -> Self {
        Self(minutes.min(LONGEST))
    }

    /// The length in minutes.
    pub fn as_minutes(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [(self.0 / DAY, "d"), (self.0 % DAY / HOUR, "h"), (self.0 % HOUR, "min")];
        let told: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, unit)| format!("{n} {unit}")).collect();
        f.write_str(if told.is_empty() { "0 min" } else { "" })?;
        f.write_str(&told.join(" "))
    }
}

/// A text that is not a length of time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a length of time; write it as `20 min`, `3 h` or `2 d 4 h`")]
pub struct NoSpan(String);

impl FromStr for Span {
    type Err = NoSpan;

    /// Reads numbers with `min`, `h`, `d` or `w` behind them, with or without spaces; a number alone is minutes.
    fn from_str(text: &str) -> Result<Self, NoSpan> {
        let wrong = || NoSpan(text.to_owned());
        let (mut total, mut rest) = (0.0f64, text.trim());
        if rest.is_empty() {
            return Err(wrong());
        }
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            let number: f64 = rest[..digits].parse().map_err(|_| wrong())?;
            rest = rest[digits..].trim_start();
            let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            let unit = match rest[..letters].to_lowercase().as_str() {
                "" | "m" | "min" | "mins" | "minute" | "minutes" => 1,
                "h" | "hr" | "hour" | "hours" => HOUR,
                "d" | "day" | "days" => DAY,
                "w" | "week" | "weeks" => 7 * DAY,
                _ => return Err(wrong()),
            };
            total += number * f64::from(unit);
            rest = rest[letters..].trim_start_matches([' ', ',']);
        }
        // Checked: neither negative nor above the limit.
        if total > f64::from(LONGEST) { Err(wrong()) } else { Ok(Self(total.round() as u32)) }
    }
}

impl TryFrom<String> for Span {
    type Error = NoSpan;

    fn try_from(text: String) -> Result<Self, NoSpan> {
        text.parse()
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        span.to_string()
    }
}

/// Declares an enum of plain words with their English names.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident => $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The English name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }
    };
}
pub(super) use words;

words!(
    /// Who does the work of a touchpoint.
    Automation {
        /// A machine alone.
        Automated => "Automated",
        /// A person with a machine's help.
        SemiPersonal => "Semi-personal",
        /// A person.
        Human => "Human",
    }
);

words!(
    /// Where a touchpoint happens.
    Place {
        /// On a screen.
        Online => "Online",
        /// In the world of things.
        Physical => "Physical",
    }
);

words!(
    /// What of an offer makes customers stay.
    Driver {
        /// The thing itself.
        Product => "Product",
        /// Dealing with the company.
        Interaction => "Interaction",
        /// What the company stands for.
        Brand => "Brand",
        /// What it costs.
        Price => "Price",
    }
);

words!(
    /// How far something was worked on.
    Status {
        /// Not yet.
        Open => "Open",
        /// Somebody is at it.
        InProgress => "In progress",
        /// It is settled.
        Done => "Done",
    }
);

words!(
    /// Where a piece of evidence comes from.
    EvidenceKind {
        /// Many were asked.
        Survey => "Survey",
        /// Somebody watched.
        Observation => "Observation",
        /// A customer was asked.
        Interview => "Interview",
        /// An employee said so.
        Employee => "Employee",
        /// A customer wrote it.
        Review => "Review",
        /// Data of a process show it.
        Process => "Process",
    }
);

words!(
    /// How sure it is.
    Confidence {
        /// Somebody thinks so.
        Assumption => "Assumption",
        /// Something speaks for it.
        PartlyBacked => "Partly backed",
        /// It was looked into.
        Researched => "Researched",
    }
);

/// What speaks for what a touchpoint says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Evidence {
    /// Where it comes from.
    pub kind: EvidenceKind,
    /// The study, file or person.
    pub source: String,
    /// When it was gathered.
    pub date: Option<Date>,
    /// How many were asked or counted.
    pub sample: Option<u32>,
    /// What somebody said.
    pub quote: String,
    /// How sure it makes.
    pub confidence: Confidence,
}

impl Default for Evidence {
    fn default() -> Self {
        Self {
            kind: EvidenceKind::Interview,
            source: String::new(),
            date: None,
            sample: None,
            quote: String::new(),
            confidence: Confidence::PartlyBacked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_as_people_write_them_and_written_one_way() {
        let minutes = |text: &str| text.parse::<Span>().map(Span::as_minutes);
        assert_eq!(minutes("20"), Ok(20));
        assert_eq!(minutes("1.5h"), Ok(90));
        assert_eq!(minutes("2 days, 4 hours"), Ok(2 * 1440 + 240));
        assert_eq!(Span::minutes(2 * 1440 + 270).to_string(), "2 d 4 h 30 min");
        assert_eq!(Span::minutes(0).to_string(), "0 min");
        for wrong in ["", "soon", "-3 h", "3 parsecs", "99999999 d", "..h"] {
            assert!(minutes(wrong).is_err(), "{wrong}");
        }
        for n in [0, 1, 59, 60, 61, 1440, 10_000, LONGEST] {
            assert_eq!(minutes(&Span::minutes(n).to_string()), Ok(n));
        }
    }
}
