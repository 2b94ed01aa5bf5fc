//! Words of sentences about maps that many parts put together.

use std::fmt::Display;

/// A whole number of things in words: `1 row`, `41,000 rows`.
pub fn counted(n: impl Display, what: &str) -> String {
    let mut digits = n.to_string();
    let end = if digits == "1" { "" } else { "s" };
    for at in (1..digits.len()).rev().filter(|at| (digits.len() - at).is_multiple_of(3)).collect::<Vec<_>>() {
        digits.insert(at, ',');
    }
    format!("{digits} {what}{end}")
}

/// The same words, begun by a capital letter.
pub fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_can_be_read() {
        assert_eq!(counted(1, "row"), "1 row");
        assert_eq!(counted(999, "row"), "999 rows");
        assert_eq!(counted(41_000, "row"), "41,000 rows");
        assert_eq!(counted(5_000_000_u64, "row"), "5,000,000 rows");
    }

    #[test]
    fn a_capital_letter_may_be_two() {
        assert_eq!(capitalized("žiūri"), "Žiūri");
        assert_eq!(capitalized("ßa"), "SSa");
        assert_eq!(capitalized(""), "");
    }
}
