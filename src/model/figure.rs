//! Numbers and dates as people write them: exact, comparable, the same on every machine.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserializer, Error as _, Unexpected, Visitor};
use serde::{Deserialize, Serialize, Serializer};

/// A decimal number with up to three places.
///
/// It is kept as thousandths, so that maps can be compared for equality and a file is written as it was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Figure(i64);

/// The largest figure, in thousandths.
const LARGEST: f64 = 1e15;

impl Figure {
    /// The figure nearest to `value`; `None` for one that is no number or too large.
    pub fn new(value: f64) -> Option<Self> {
        let thousandths = (value * 1000.0).round();
        // In range, so the cast keeps it.
        (thousandths.abs() <= LARGEST).then_some(Self(thousandths as i64))
    }

    /// A whole number.
    pub fn whole(value: i32) -> Self {
        Self(i64::from(value) * 1000)
    }

    /// The number.
    pub fn get(self) -> f64 {
        // Below 2^53 by construction.
        self.0 as f64 / 1000.0
    }

    /// Hours as people say them: below one in minutes, below one of these in seconds.
    pub fn hours(self) -> String {
        let hours = self.get();
        let (number, unit) = match hours.abs() {
            n if n >= 1.0 || n == 0.0 => return format!("{self} h"),
            n if n * 60.0 >= 0.95 => (hours * 60.0, "min"),
            _ => (hours * 3600.0, "s"),
        };
        let number = format!("{number:.1}");
        format!("{} {unit}", number.strip_suffix(".0").unwrap_or(&number))
    }
}

impl fmt::Display for Figure {
    /// Without zeros that say nothing: `36`, `30.4`, `-0.125`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0.abs() / 1000, self.0.abs() % 1000);
        write!(f, "{}{whole}", if self.0 < 0 { "-" } else { "" })?;
        if part > 0 {
            write!(f, ".{}", format!("{part:03}").trim_end_matches('0'))?;
        }
        Ok(())
    }
}

/// A text that is not a number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a number; write it as `42` or `3.5`")]
pub struct NoFigure(String);

impl FromStr for Figure {
    type Err = NoFigure;

    /// Reads a number with a point or a comma, also with a real minus sign.
    fn from_str(text: &str) -> Result<Self, NoFigure> {
        let plain = text.trim().replace(',', ".").replace('\u{2212}', "-");
        plain.parse().ok().and_then(Self::new).ok_or_else(|| NoFigure(text.to_owned()))
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.get())
    }
}

impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;
        impl Visitor<'_> for Number {
            type Value = Figure;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Figure, E> {
                Figure::new(value).ok_or_else(|| E::invalid_value(Unexpected::Float(value), &self))
            }

            fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Figure, E> {
                // Larger ones are refused by the figure itself.
                self.visit_f64(value as f64)
            }

            fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Figure, E> {
                self.visit_f64(value as f64)
            }
        }
        deserializer.deserialize_f64(Number)
    }
}

/// A day, a month or a year: `2026-03-01`, `2026-03`, `2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    /// 1 to 12, or 0 for the whole year.
    month: u8,
    /// 1 to 31, or 0 for the whole month.
    day: u8,
}

/// A text that is not a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a date; write it as `2026-03-01`, `2026-03` or `2026`")]
pub struct NoDate(String);

impl Date {
    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The days since the first of January of the year 0, of its first day; for axes of time.
    pub fn days(self) -> f64 {
        let month = f64::from(self.month.max(1) - 1);
        f64::from(self.year) * 365.2425 + month * 30.436_875 + f64::from(self.day.max(1) - 1)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

impl FromStr for Date {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, NoDate> {
        let wrong = || NoDate(text.to_owned());
        let parts: Vec<&str> = text.trim().split('-').collect();
        let number = |at: usize, most: u16| -> Result<u16, NoDate> {
            let Some(part) = parts.get(at) else { return Ok(0) };
            let is_plain = part.chars().all(|c| c.is_ascii_digit()) && !part.is_empty();
            let value: u16 = part.parse().map_err(|_| wrong())?;
            if is_plain && (1..=most).contains(&value) { Ok(value) } else { Err(wrong()) }
        };
        let (year, month, day) = (number(0, 9999)?, number(1, 12)?, number(2, 31)?);
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if parts.len() > 3 || parts[0].len() != 4 || day > days {
            return Err(wrong());
        }
        // Checked to be small above.
        Ok(Self { year, month: month as u8, day: day as u8 })
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_exact_and_written_short() {
        for (text, shown) in [("36", "36"), ("30,40", "30.4"), ("\u{2212}0.125", "-0.125"), ("1e3", "1000")] {
            assert_eq!(text.parse::<Figure>().unwrap().to_string(), shown);
        }
        for wrong in ["", "many", "NaN", "inf", "1e30", "1.2.3"] {
            assert!(wrong.parse::<Figure>().is_err(), "{wrong}");
        }
        assert_eq!(Figure::new(0.1 + 0.2), Figure::new(0.3));
    }

    #[test]
    fn dates_are_days_months_or_years_that_exist() {
        for text in ["2026", "2026-03", "2026-02-28", "2024-02-29"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
        for wrong in ["", "26", "2026-13", "2026-02-29", "2026-1-1-1", "1.3.2026", "2026-00", "+2026"] {
            assert!(wrong.parse::<Date>().is_err(), "{wrong}");
        }
        let date = |text: &str| text.parse::<Date>().unwrap();
        assert!(date("2025-12-31") < date("2026"));
        assert!(date("2026-01-02").days() > date("2026-01").days());
    }

    #[test]
    fn times_below_an_hour_are_told_in_minutes_and_seconds() {
        let told = [0.017, 0.5, 1.0, 36.5, 0.0, 0.01, 0.002].map(|n| Figure::new(n).unwrap().hours());
        assert_eq!(told, ["1 min", "30 min", "1 h", "36.5 h", "0 h", "36 s", "7.2 s"]);
    }
}
