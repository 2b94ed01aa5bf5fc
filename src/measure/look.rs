//! A first look at a file: how it is written, what its columns are called, what stands in the first rows.

use std::io::Read;

use super::decode::{CHUNK, Encoding, Text};
use super::error::AnswersError;
use super::rows::{Record, Rows};

/// What parts the cells of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Delimiter {
    /// `,`
    #[default]
    Comma,
    /// `;`, where the comma belongs to numbers.
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Bar,
}

impl Delimiter {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Bar];

    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Comma => "Comma",
            Self::Semicolon => "Semicolon",
            Self::Tab => "Tab",
            Self::Bar => "Bar",
        }
    }

    /// What the ending of a file says parts its cells.
    pub fn of(path: &std::path::Path) -> Option<Self> {
        path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("tsv")).then_some(Self::Tab)
    }

    /// The sign, which is of one byte.
    pub(crate) fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Bar => b'|',
        }
    }
}

/// How a file is to be read, where somebody says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// How it writes its characters; a mark at its start counts more.
    pub encoding: Option<Encoding>,
    /// What parts its cells; what fits its first rows best where nothing is said.
    pub delimiter: Option<Delimiter>,
}

/// What a first look at a file shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// How it writes its characters.
    pub encoding: Encoding,
    /// What parts its cells.
    pub delimiter: Delimiter,
    /// What its columns are called; those without a name by their number.
    pub headings: Vec<String>,
    /// The cells of the first rows below, to guess from.
    pub sample: Vec<Vec<String>>,
}

/// How many rows are guessed from.
const SAMPLE: usize = 200;

impl Look {
    /// Looks at the start of a file.
    ///
    /// # Errors
    /// When it is empty, no text, or its first row does not name columns.
    pub fn of(source: impl Read, reading: Reading) -> Result<Self, AnswersError> {
        let mut text = Text::new(source, reading.encoding)?;
        let (mut start, mut piece, mut trouble) = (String::new(), String::new(), None);
        while start.len() < CHUNK {
            match text.fill(&mut piece) {
                Ok(true) => start.push_str(&piece),
                Ok(false) => break,
                Err(err) => {
                    trouble = Some(err);
                    break;
                }
            }
        }
        let cut = |delimiter: Delimiter| (delimiter, cut(&start, delimiter));
        let (delimiter, rows) = match reading.delimiter {
            Some(delimiter) => cut(delimiter),
            None => Delimiter::ALL.map(cut).into_iter().reduce(better).unwrap_or_default(),
        };
        if let Some(err) = trouble {
            return Err(AnswersError { row: Some(row_at_end(&start, delimiter)), ..err });
        }
        let mut rows = rows.into_iter();
        let headings = rows.next().unwrap_or_default();
        check_headings(&headings)?;
        let named = |(at, name): (usize, String)| if name.is_empty() { format!("Column {}", at + 1) } else { name };
        let headings = headings.into_iter().enumerate().map(named).collect();
        Ok(Self { encoding: text.encoding(), delimiter, headings, sample: rows.collect() })
    }

    /// The column that is called `name`, whatever the case.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn column(&self, name: &str) -> Result<usize, AnswersError> {
        let same = |heading: &&String| heading.trim().to_lowercase() == name.trim().to_lowercase();
        let mut found = self.headings.iter().enumerate().filter(|(_, heading)| same(heading)).map(|(at, _)| at);
        match (found.next(), found.next()) {
            (Some(at), None) => Ok(at),
            (Some(first), Some(second)) => Err(AnswersError::whole(
                format!("columns {} and {} are both called {}", first + 1, second + 1, super::error::quoted(name)),
                "give one of them another name",
            )),
            (None, _) => {
                let known: Vec<String> = self.headings.iter().map(|name| super::error::quoted(name)).collect();
                Err(AnswersError::whole(
                    format!("the file has no column {}", super::error::quoted(name)),
                    format!("its columns are {}", known.join(", ")),
                ))
            }
        }
    }
}

type Cut = (Delimiter, Vec<Vec<String>>);

/// The first rows of `start`; a quote that the end of the look cuts off ends them.
fn cut(start: &str, delimiter: Delimiter) -> Vec<Vec<String>> {
    let Ok(text) = Text::new(start.as_bytes(), None) else { return Vec::new() };
    let (mut rows, mut record, mut all) = (Rows::new(text, delimiter.byte()), Record::default(), Vec::new());
    while all.len() <= SAMPLE && matches!(rows.next(&mut record), Ok(true)) {
        all.push((0..record.len()).map(|at| record.cell(at).to_owned()).collect());
    }
    // The end of the look may cut the last row.
    if start.len() >= CHUNK && all.len() > 1 {
        all.pop();
    }
    all
}

/// The row in which what follows `start` stands.
fn row_at_end(start: &str, delimiter: Delimiter) -> u64 {
    // The letter stands for what follows.
    let start = format!("{start}x");
    let Ok(text) = Text::new(start.as_bytes(), None) else { return 1 };
    let (mut rows, mut record) = (Rows::new(text, delimiter.byte()), Record::default());
    let mut row = 1;
    while let Ok(more) = rows.next(&mut record) {
        if !more {
            return row;
        }
        row = record.row;
    }
    // A quote that what follows would have closed.
    record.row
}

/// Of two ways of cutting the one that gives more rows as long as the first, and of these the one with more cells.
fn better(one: Cut, other: Cut) -> Cut {
    let worth = |(_, rows): &Cut| {
        let width = rows.first().map_or(0, Vec::len);
        let even = rows.iter().filter(|row| row.len() == width).count();
        // Rows of one cell are even whatever does not part them.
        (width > 1, even * 1000 / rows.len().max(1), width)
    };
    if worth(&other) > worth(&one) { other } else { one }
}

fn check_headings(headings: &[String]) -> Result<(), AnswersError> {
    let help = "the first row has to name the columns, such as date,stage,score";
    if headings.iter().all(String::is_empty) {
        let what = if headings.len() > 1 { "the first row is empty" } else { "the file is empty, or its first row is" };
        return Err(AnswersError::at(1, what, help));
    }
    let is_value = |text: &String| text.is_empty() || text.parse::<f64>().is_ok() || super::cells::day(text).is_ok();
    if headings.iter().all(is_value) {
        return Err(AnswersError::at(1, "there are values where the names of the columns are expected", help));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(text: &str) -> Look {
        Look::of(text.as_bytes(), Reading::default()).unwrap()
    }

    #[test]
    fn the_delimiter_is_what_fits_the_first_rows() {
        for (text, delimiter, columns) in [
            ("date,score\n2026-01-01,9\n", Delimiter::Comma, 2),
            ("date;score\r\n2026-01-01;8,5\r\n2026-01-01;9,5", Delimiter::Semicolon, 2),
            ("date\tscore\tsaid\n2026-01-01\t9\ta, b; c", Delimiter::Tab, 3),
            ("what, in a word\tscore\nfine\t9\nbad\t1", Delimiter::Tab, 2),
            ("score\n9\n10\n", Delimiter::Comma, 1),
            ("score,said\n9,\"a;b;c\nd;e;f\"\n", Delimiter::Comma, 2),
        ] {
            let look = look(text);
            assert_eq!((look.delimiter, look.headings.len()), (delimiter, columns), "{text:?}");
        }
    }

    #[test]
    fn columns_are_found_by_name() {
        let look = look("Date,Score,,score\n2026-01-01,9,x,8");
        assert_eq!(look.headings, ["Date", "Score", "Column 3", "score"]);
        assert_eq!(look.column("date "), Ok(0));
        assert_eq!(
            look.column("score").unwrap_err().to_string(),
            "columns 2 and 4 are both called \"score\"; give one of them another name"
        );
        let err = look.column("stage").unwrap_err().to_string();
        assert!(err.starts_with("the file has no column \"stage\"; its columns are \"Date\", \"Score\""), "{err}");
    }

    #[test]
    fn a_file_without_headings_is_refused() {
        for (text, words) in [
            ("", "the file is empty"),
            ("\n\n", "the file is empty"),
            (",,\n1,2,3", "the first row is empty"),
            ("2026-01-01,9\n2026-01-02,8", "there are values where the names"),
        ] {
            let err = Look::of(text.as_bytes(), Reading::default()).unwrap_err();
            assert!(err.to_string().starts_with(&format!("row 1: {words}")), "{err}");
        }
        let err = Look::of(&b"sc\xF6re,date\n"[..], Reading::default()).unwrap_err();
        assert!(err.is_encoding && err.to_string().starts_with("row 1: byte 3 (0xF6)"), "{err}");
        for (text, row) in
            [(&b"a,b\n1,\xF6"[..], 2), (b"a,b\n\xF6", 2), (b"a,b\n1,\"x\n\xF6\"\n", 2), (b"a,b\n\n1,\xF6", 3)]
        {
            assert_eq!(Look::of(text, Reading::default()).unwrap_err().row, Some(row), "{text:?}");
        }
    }
}
