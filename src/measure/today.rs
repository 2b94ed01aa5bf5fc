//! The day it is, for answers whose file says none.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::model::Date;

/// Today, in Greenwich; `None` where the clock stands before 1970.
pub fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    day(seconds / 86_400)
}

/// The day that is so many days after the first of January 1970.
fn day(mut days: u64) -> Option<Date> {
    let is_leap = |year: u64| (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    let mut year = 1970;
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
        if year > 9999 {
            return None;
        }
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
    format!("{year}-{month:02}-{:02}", days + 1).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_leap_years() {
        // As `date -u -d @$((n * 86400))` says.
        for (days, text) in [(0, "1970-01-01"), (11_016, "2000-02-29"), (20_512, "2026-02-28"), (20_513, "2026-03-01")]
        {
            assert_eq!(day(days).unwrap().to_string(), text);
        }
        assert_eq!(day(u64::MAX), None);
        assert!(today().is_some());
    }
}
