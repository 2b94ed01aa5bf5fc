//! Text as rows of cells, one row at a time.
//!
//! The rules are those of RFC 4180, strictly: a quote that is never closed, or words behind a closing quote, are an
//! error with its row. Forgiving readers let such a quote swallow the rows below it, and then answers are missing
//! and nobody is told.

use std::io::Read;

use super::decode::Text;
use super::error::AnswersError;

/// More rows are refused.
pub const MAX_ROWS: u64 = 5_000_000;

/// A longer row is one whose quote is not closed.
const MAX_ROW_BYTES: usize = 1 << 20;

/// The cells of a row; kept and filled again, so that a million rows need no more room than one.
#[derive(Debug, Default)]
pub(super) struct Record {
    text: String,
    /// Where each cell ends in `text`.
    ends: Vec<usize>,
    /// The row of the file, from 1.
    pub row: u64,
}

impl Record {
    /// The number of cells.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// A cell, without blanks around it; empty where there is none.
    pub fn cell(&self, at: usize) -> &str {
        let start = if at == 0 { 0 } else { self.ends.get(at - 1).copied().unwrap_or_default() };
        self.ends.get(at).map_or("", |end| self.text[start..*end].trim())
    }

    /// Whether nothing stands in any cell.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    fn end_cell(&mut self) {
        self.ends.push(self.text.len());
    }
}

/// Where the reader is in a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Before its first character.
    Start,
    /// In one without quotes.
    Plain,
    /// Between quotes.
    Quoted,
    /// Behind a quote that closes the cell, unless another follows.
    Closing,
}

/// Rows of a stream of text.
#[derive(Debug)]
pub(super) struct Rows<R> {
    text: Text<R>,
    delimiter: u8,
    piece: String,
    /// How much of the piece is used.
    at: usize,
    row: u64,
    /// Whether the last row ended with a carriage return, to which a line feed belongs.
    after_return: bool,
}

impl<R: Read> Rows<R> {
    /// Rows of `text`, whose cells `delimiter` parts.
    pub fn new(text: Text<R>, delimiter: u8) -> Self {
        Self { text, delimiter, piece: String::new(), at: 0, row: 0, after_return: false }
    }

    /// Reads the next row into `record`; false at the end.
    pub fn next(&mut self, record: &mut Record) -> Result<bool, AnswersError> {
        record.text.clear();
        record.ends.clear();
        self.row += 1;
        record.row = self.row;
        let mut inside = Inside::Start;
        loop {
            if self.at == self.piece.len() {
                self.at = 0;
                if !self.text.fill(&mut self.piece).map_err(|err| AnswersError { row: Some(self.row), ..err })? {
                    return self.end(inside, record);
                }
            }
            if std::mem::take(&mut self.after_return) && self.piece.as_bytes()[self.at] == b'\n' {
                self.at += 1;
                continue;
            }
            if self.step(&mut inside, record)? {
                return if self.row > MAX_ROWS { Err(too_many()) } else { Ok(true) };
            }
        }
    }

    /// Takes a run of characters; says whether the row is over.
    fn step(&mut self, inside: &mut Inside, record: &mut Record) -> Result<bool, AnswersError> {
        let bytes = &self.piece.as_bytes()[self.at..];
        match *inside {
            Inside::Start if bytes[0] == b'"' => {
                *inside = Inside::Quoted;
                self.at += 1;
            }
            Inside::Quoted => {
                let run = bytes.iter().position(|byte| *byte == b'"');
                self.take(run.unwrap_or(bytes.len()), record)?;
                if run.is_some() {
                    *inside = Inside::Closing;
                    self.at += 1;
                }
            }
            Inside::Closing if bytes[0] == b'"' => {
                record.text.push('"');
                *inside = Inside::Quoted;
                self.at += 1;
            }
            Inside::Start | Inside::Plain | Inside::Closing => {
                let run = bytes.iter().position(|byte| *byte == self.delimiter || matches!(byte, b'\n' | b'\r'));
                let length = run.unwrap_or(bytes.len());
                if *inside == Inside::Closing && bytes[..length].iter().any(|byte| *byte != b' ') {
                    let help = "write a quote inside a quoted cell twice (\"\")";
                    return Err(AnswersError::at(self.row, "words stand behind a closing quote", help));
                }
                if *inside == Inside::Closing {
                    self.at += length;
                } else {
                    self.take(length, record)?;
                    *inside = Inside::Plain;
                }
                if let Some(end) = run.map(|_| self.piece.as_bytes()[self.at]) {
                    self.at += 1;
                    record.end_cell();
                    *inside = Inside::Start;
                    self.after_return = end == b'\r';
                    return Ok(end != self.delimiter);
                }
            }
        }
        Ok(false)
    }

    /// Takes `length` bytes of the piece, which end between characters, into the cell.
    fn take(&mut self, length: usize, record: &mut Record) -> Result<(), AnswersError> {
        record.text.push_str(&self.piece[self.at..self.at + length]);
        self.at += length;
        if record.text.len() > MAX_ROW_BYTES {
            return Err(AnswersError::at(
                self.row,
                "the row is longer than 1 MB",
                "see whether a quote in it is never closed",
            ));
        }
        Ok(())
    }

    /// What the end of the text means for a row.
    fn end(&mut self, inside: Inside, record: &mut Record) -> Result<bool, AnswersError> {
        match inside {
            Inside::Quoted => {
                let help = "add the closing quote, or take the opening one away";
                Err(AnswersError::at(self.row, "a quote that begins in this row is never closed", help))
            }
            Inside::Start if record.ends.is_empty() => Ok(false),
            _ => {
                record.end_cell();
                Ok(true)
            }
        }
    }
}

fn too_many() -> AnswersError {
    AnswersError::whole("the file has more than 5,000,000 rows", "cut it into parts, by year for example")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Result<Vec<(u64, Vec<String>)>, String> {
        let told = |err: AnswersError| err.to_string();
        let mut rows = Rows::new(Text::new(text.as_bytes(), None).map_err(told)?, b',');
        let (mut record, mut all) = (Record::default(), Vec::new());
        while rows.next(&mut record).map_err(told)? {
            all.push((record.row, (0..record.len()).map(|at| record.cell(at).to_owned()).collect()));
        }
        Ok(all)
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        rows(text).unwrap().into_iter().map(|(_, cells)| cells).collect()
    }

    #[test]
    fn cells_may_hold_delimiters_quotes_and_line_breaks() {
        let text = "a,\"b, \"\"c\"\"\nd\" ,e\r\n1,,\"\"\n\"x\"";
        assert_eq!(cells(text), [vec!["a", "b, \"c\"\nd", "e"], vec!["1", "", ""], vec!["x"]]);
        // A quote inside a cell that does not start with one is a letter like any other.
        assert_eq!(cells("5\" screen,ok"), [["5\" screen", "ok"]]);
    }

    #[test]
    fn every_kind_of_line_end_ends_a_row_and_blank_ones_count() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a", "", "b", ""].join(end);
            let found = rows(&text).unwrap();
            assert_eq!(found.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [1, 2, 3], "{end:?}");
            assert_eq!(found[2].1, ["b"]);
        }
        assert_eq!(cells(""), Vec::<Vec<String>>::new());
        assert_eq!(cells("a,"), [["a", ""]]);
    }

    #[test]
    fn quotes_that_do_not_close_are_told() {
        assert_eq!(
            rows("a,b\n1,2\n3,\"open\n4,5\n").unwrap_err(),
            "row 3: a quote that begins in this row is never closed; add the closing quote, or take the opening one away"
        );
        assert!(rows("a\n\"b\"c\n").unwrap_err().starts_with("row 2: words stand behind a closing quote"));
        let long = format!("a\n\"{}", "x\n".repeat(1 << 20));
        assert!(rows(&long).unwrap_err().starts_with("row 2: the row is longer than 1 MB"));
    }

    #[test]
    fn a_wrong_byte_is_told_with_its_row() {
        let mut rows = Rows::new(Text::new(&b"a\nb\nc\xFF\n"[..], None).unwrap(), b',');
        let mut record = Record::default();
        assert!(rows.next(&mut record).unwrap() && rows.next(&mut record).unwrap());
        assert!(rows.next(&mut record).unwrap_err().to_string().starts_with("row 3: byte 6 (0xFF)"));
    }
}
