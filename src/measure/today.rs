//! The day it is, for answers whose file says none.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::model::Date;

/// Today, in Greenwich; the first of January 1970 where the clock stands before that.
///
/// # Panics
/// Never: the day is counted from a calendar.
pub fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    day(seconds / 86_400)
}

/// The last of December 9999, beyond which dates have no name.
const LAST: u64 = 2_932_896;

/// The day that is so many days after the first of January 1970.
fn day(days: u64) -> Date {
    let mut days = days.min(LAST);
    let is_leap = |year: u64| (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    let mut year = 1970;
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + u64::from(is_leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", days + 1).parse().expect("a day of the calendar")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_leap_years() {
        // As `date -u -d @$((n * 86400))` says.
        for (days, text) in [(0, "1970-01-01"), (11_016, "2000-02-29"), (20_512, "2026-02-28"), (20_513, "2026-03-01")]
        {
            assert_eq!(day(days).to_string(), text);
        }
        assert_eq!(day(u64::MAX).to_string(), "9999-12-31");
        assert!(today() > "2025".parse().unwrap());
    }
}
