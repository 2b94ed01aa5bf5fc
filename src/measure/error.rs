//! What is wrong with survey answers: where, what, and what to do next.

use std::fmt;

use crate::model::capitalized;

/// Why survey answers cannot be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswersError {
    /// The row of the file, from 1, as a spreadsheet counts it: the headings are row 1.
    pub row: Option<u64>,
    /// The heading of the column.
    pub column: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Whether another encoding may be the answer.
    pub is_encoding: bool,
}

impl AnswersError {
    /// An error of the file as a whole.
    pub fn whole(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into(), ..Self::default() }
    }

    /// An error in a row.
    pub fn at(row: u64, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { row: Some(row), ..Self::whole(message, help) }
    }

    /// The same, in this column.
    pub(super) fn in_column(mut self, heading: &str) -> Self {
        self.column = Some(heading.to_owned());
        self
    }

    /// The same, with what to do begun by a capital letter: for a window.
    pub fn sentences(&self) -> (String, String) {
        (capitalized(&format!("{}{}", self.place(), self.message)), capitalized(&self.help))
    }

    fn place(&self) -> String {
        match (self.row, &self.column) {
            (Some(row), Some(column)) => format!("row {row}, column {}: ", quoted(column)),
            (Some(row), None) => format!("row {row}: "),
            (None, Some(column)) => format!("column {}: ", quoted(column)),
            (None, None) => String::new(),
        }
    }
}

impl fmt::Display for AnswersError {
    /// `row 17, column "score": what is wrong; what to do`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.place(), self.message)?;
        if !self.help.is_empty() {
            write!(f, "; {}", self.help)?;
        }
        Ok(())
    }
}

impl std::error::Error for AnswersError {}

/// How many characters of a cell a message shows.
const SHOWN: usize = 40;

/// `text` in quotes, shortened, without characters that would disturb a line.
pub(super) fn quoted(text: &str) -> String {
    let disturbs = |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let shown: String = text.trim().chars().take(SHOWN).map(|c| if disturbs(c) { ' ' } else { c }).collect();
    let more = if text.trim().chars().nth(SHOWN).is_some() { "…" } else { "" };
    format!("\"{shown}{more}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_say_where_what_and_what_to_do() {
        let err = AnswersError::at(17, "\"x\" is not a number", "correct it").in_column("score");
        assert_eq!(err.to_string(), "row 17, column \"score\": \"x\" is not a number; correct it");
        let (what, help) = err.sentences();
        assert_eq!(what, "Row 17, column \"score\": \"x\" is not a number");
        assert_eq!(help, "Correct it");
    }

    #[test]
    fn cells_are_shown_short_and_on_one_line() {
        assert_eq!(quoted(" a\nb\u{202E} "), "\"a b \"");
        assert_eq!(quoted(&"ü".repeat(41)).chars().count(), 43);
    }
}
