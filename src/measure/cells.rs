//! What a cell says: a number, yes or no, a day.

use crate::model::MetricKind;

/// The largest number that is taken.
const LARGEST: f64 = 1e9;

/// A day as it stands in a file; day and month are 0 where it names only a month or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

/// `text` with the digits that Arabic and Persian write as those that numbers are read from.
fn plain(text: &str) -> String {
    let digit = |c: char| match c {
        '\u{0660}'..='\u{0669}' => char::from_digit(c as u32 - 0x0660, 10),
        '\u{06F0}'..='\u{06F9}' => char::from_digit(c as u32 - 0x06F0, 10),
        '\u{066B}' => Some('.'),
        '\u{2212}' => Some('-'),
        _ => None,
    };
    text.trim().chars().map(|c| digit(c).unwrap_or(c)).collect()
}

/// A number with a point or a comma.
pub(super) fn number(text: &str) -> Option<f64> {
    let is_plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-');
    let value = if text.chars().all(is_plain) {
        text.parse().ok()?
    } else {
        let text = plain(text).replacen(',', ".", 1);
        if !text.chars().all(is_plain) {
            return None;
        }
        text.parse::<f64>().ok()?
    };
    (value.abs() <= LARGEST).then_some(value)
}

/// Whether a cell says yes or no, in the languages of the templates.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "taip" | "بله" | "بلی" | "آری" | "نعم" => Some(true),
        "no" | "n" | "false" | "ne" | "خیر" | "نه" | "لا" => Some(false),
        _ => None,
    }
}

/// What an answer counts as.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Answer {
    /// A number.
    Number(f64),
    /// Yes or no.
    Word(bool),
}

/// The ends of the scale on which answers of a kind are given, and whether they are whole numbers.
pub(super) fn scale(kind: MetricKind) -> (f64, f64, bool) {
    match kind {
        MetricKind::Nps => (0.0, 10.0, true),
        MetricKind::Csat | MetricKind::Ces => (1.0, 7.0, true),
        MetricKind::ResponseTime => (0.0, LARGEST, false),
        MetricKind::Own => (-LARGEST, LARGEST, false),
    }
}

/// What answers of a kind look like, in words.
pub(super) fn expected(kind: MetricKind) -> &'static str {
    match kind {
        MetricKind::Nps => "a whole number from 0 to 10",
        MetricKind::Csat => "a whole number from 1 to 7, or yes or no",
        MetricKind::Ces => "a whole number from 1 to 7",
        MetricKind::ResponseTime => "a number of hours, 0 or more",
        MetricKind::Own => "a number",
    }
}

/// Reads an answer; an error says in what it is wrong.
pub(super) fn answer(kind: MetricKind, text: &str) -> Result<Answer, &'static str> {
    if kind == MetricKind::Csat
        && let Some(word) = yes_or_no(text)
    {
        return Ok(Answer::Word(word));
    }
    let (least, most, whole) = scale(kind);
    match number(text) {
        None => Err("is not a number"),
        Some(value) if !(least..=most).contains(&value) => Err("is outside the scale"),
        Some(value) if whole && value.fract() != 0.0 => Err("is not a whole number"),
        Some(value) => Ok(Answer::Number(value)),
    }
}

/// What is wrong with a date, and what to do.
pub(super) type DateTrouble = (&'static str, &'static str);

const HOW: &str = "write dates as 2026-03-01";

/// Reads a day: `2026-03-01`, also with slashes, with a time behind it, or without the day; and `1.3.2026`.
pub(super) fn day(text: &str) -> Result<Day, DateTrouble> {
    const NONE: DateTrouble = ("is not a date", HOW);
    let text = plain(text);
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((&text, "00:00"));
    if !time.trim_start().starts_with(|c: char| c.is_ascii_digit()) || !time.contains(':') {
        return Err(NONE);
    }
    let parts: Vec<&str> = date.split(['-', '/', '.']).collect();
    let is_number = |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !parts.iter().all(is_number) {
        return Err(NONE);
    }
    let (year, month, day) = match (parts.as_slice(), parts.first().is_some_and(|first| first.len() == 4)) {
        ([year], true) => (*year, "0", "0"),
        ([year, month], true) => (*year, *month, "0"),
        ([year, month, day], true) => (*year, *month, *day),
        ([day, month, year], false) if date.contains('.') && year.len() == 4 => (*year, *month, *day),
        ([_, _, _], false) if !date.contains('.') => {
            return Err(("may be two different days", "write dates with the year first, as 2026-03-01"));
        }
        _ => return Err(NONE),
    };
    // At most four digits, as was checked.
    let value = |part: &str| part.parse::<u16>().unwrap_or_default();
    let (year, month, day) = (value(year), value(month), value(day));
    if !(1900..=2100).contains(&year) {
        return Err(("is not between 1900 and 2100", "write dates in the Gregorian calendar, as 2026-03-01"));
    }
    let named = if parts.len() == 1 { format!("{year}") } else { format!("{year}-{month:02}") };
    let named = if parts.len() == 3 { format!("{named}-{day:02}") } else { named };
    if named.parse::<crate::model::Date>().is_err() {
        return Err(("is a day that does not exist", HOW));
    }
    // In range, as the date exists.
    Ok(Day { year, month: month as u8, day: day as u8 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for (text, value) in [("9", 9.0), ("8,5", 8.5), ("۹", 9.0), ("٧٫٥", 7.5), ("\u{2212}3", -3.0), ("0.25", 0.25)]
        {
            assert_eq!(number(text), Some(value), "{text}");
        }
        for wrong in ["", "nine", "9/10", "1e3", "inf", "NaN", "1,2,3", "1.234,5", "9 %", "99999999999"] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn answers_are_on_their_scale() {
        use Answer::{Number, Word};
        assert_eq!(answer(MetricKind::Nps, "10"), Ok(Number(10.0)));
        assert_eq!(answer(MetricKind::Nps, "11"), Err("is outside the scale"));
        assert_eq!(answer(MetricKind::Nps, "9.5"), Err("is not a whole number"));
        assert_eq!(answer(MetricKind::Nps, "yes"), Err("is not a number"));
        assert_eq!(answer(MetricKind::Csat, "Yes"), Ok(Word(true)));
        assert_eq!(answer(MetricKind::Csat, "خیر"), Ok(Word(false)));
        assert_eq!(answer(MetricKind::Csat, "0"), Err("is outside the scale"));
        assert_eq!(answer(MetricKind::Ces, "7.0"), Ok(Number(7.0)));
        assert_eq!(answer(MetricKind::ResponseTime, "-1"), Err("is outside the scale"));
        assert_eq!(answer(MetricKind::Own, "-1,5"), Ok(Number(-1.5)));
    }

    #[test]
    fn days_as_programs_write_them() {
        let is = |year, month, day| Ok(Day { year, month, day });
        for text in ["2026-03-01", "2026/3/1", "1.3.2026", "2026-03-01T10:00:00Z", "2026-03-01 9:05", "۲۰۲۶-۰۳-۰۱"]
        {
            assert_eq!(day(text), is(2026, 3, 1), "{text}");
        }
        assert_eq!(day("2026-03"), is(2026, 3, 0));
        assert_eq!(day("2026"), is(2026, 0, 0));
        for (wrong, why) in [
            ("", "is not a date"),
            ("yesterday", "is not a date"),
            ("2026-03-01 early", "is not a date"),
            ("2026-03-01-02", "is not a date"),
            ("01.03.26", "is not a date"),
            ("03/01/2026", "may be two different days"),
            ("2026-02-29", "is a day that does not exist"),
            ("2026-00-01", "is a day that does not exist"),
            ("2026-03-00", "is a day that does not exist"),
            ("1405-01-01", "is not between 1900 and 2100"),
        ] {
            assert_eq!(day(wrong).unwrap_err().0, why, "{wrong}");
        }
    }
}
