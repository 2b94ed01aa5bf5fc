//! Text to rows of cells with their places, and back.
//!
//! As strict as the reader of survey answers: a quote that is never closed would swallow the rows below it, and
//! nobody would be told.

use crate::file::FileProblem;
use crate::measure::Delimiter;

/// A cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    /// What it holds, without blanks around it.
    pub text: String,
    /// Where it starts in the text of the file, in bytes.
    pub at: usize,
}

/// A row that is not empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// The line in which it starts, from 1.
    pub line: usize,
}

impl Row {
    /// A cell's text; empty where the row is shorter.
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| &cell.text)
    }
}

/// Rows of cells, none of them empty.
#[derive(Debug)]
pub(super) struct Table<'t> {
    source: &'t str,
    /// What parts the cells.
    pub delimiter: Delimiter,
    pub rows: Vec<Row>,
}

/// How many rows are looked at to find the delimiter.
const SAMPLE: usize = 20;
/// A longer cell is one whose quote is not closed.
const MOST_BYTES: usize = 1 << 20;

impl<'t> Table<'t> {
    /// Cuts `source` at the delimiter that is `asked` for, or else at that which fits best.
    pub fn read(source: &'t str, asked: Option<Delimiter>) -> Result<Self, FileProblem> {
        let delimiter = asked.unwrap_or_else(|| delimiter_of(source));
        let mut rows = Vec::new();
        let mut cutter = Cutter::new(source, delimiter);
        while let Some(row) = cutter.row()? {
            if row.cells.iter().any(|cell| !cell.text.is_empty()) {
                rows.push(row);
            }
        }
        if rows.is_empty() {
            let help = "a table has headings in its first row and a touchpoint or a lane in each row below";
            return Err(FileProblem::at(source, 1, 1, "there is nothing in this table", Some(help.into())));
        }
        Ok(Self { source, delimiter, rows })
    }

    /// A problem with a cell.
    pub fn problem(&self, row: &Row, column: usize, message: String, help: &str) -> FileProblem {
        let at = row.cells.get(column).or(row.cells.last()).map_or(0, |cell| cell.at);
        FileProblem::at_offset(self.source, at, message, Some(help.into()))
    }
}

/// The delimiter with which the first rows have the most cells and all as many; before all others one that cuts through
/// no quotes.
fn delimiter_of(source: &str) -> Delimiter {
    let score = |delimiter: Delimiter| {
        let mut cutter = Cutter::new(source, delimiter);
        let (mut widths, mut is_clean) = (Vec::new(), true);
        loop {
            let row = match cutter.row() {
                Ok(Some(row)) => row,
                end => {
                    is_clean &= end.is_ok();
                    break;
                }
            };
            is_clean &= !row.cells.iter().any(|cell| !source[cell.at..].starts_with('"') && is_cut(&cell.text));
            if row.cells.iter().any(|cell| !cell.text.is_empty()) {
                widths.push(row.cells.len());
            }
            if widths.len() == SAMPLE {
                break;
            }
        }
        let width = widths.first().copied().unwrap_or(0);
        let same = widths.iter().filter(|w| **w == width).count();
        // A sign that stands in the first row alone parts words, not cells.
        let score = if width < 2 || same * 2 < widths.len() { 0 } else { width * same };
        (is_clean && score > 0, score)
    };
    // The first of equals, as that is likelier.
    Delimiter::ALL.into_iter().rev().max_by_key(|delimiter| score(*delimiter)).unwrap_or_default()
}

/// Whether the text of a cell holds the beginning of a quoted one behind another delimiter.
fn is_cut(text: &str) -> bool {
    Delimiter::ALL
        .iter()
        .any(|other| text.contains([char::from(other.byte()), '"'].iter().collect::<String>().as_str()))
}

struct Cutter<'t> {
    source: &'t str,
    delimiter: char,
    at: usize,
    line: usize,
}

impl<'t> Cutter<'t> {
    fn new(source: &'t str, delimiter: Delimiter) -> Self {
        Self { source, delimiter: char::from(delimiter.byte()), at: 0, line: 1 }
    }

    fn rest(&self) -> &'t str {
        &self.source[self.at..]
    }

    /// The next row; nothing at the end.
    fn row(&mut self) -> Result<Option<Row>, FileProblem> {
        if self.at == self.source.len() {
            return Ok(None);
        }
        let mut row = Row { cells: Vec::new(), line: self.line };
        loop {
            let cell = if self.rest().starts_with('"') { self.quoted()? } else { self.plain() };
            row.cells.push(cell);
            match self.rest().chars().next() {
                None => return Ok(Some(row)),
                Some('\n') => {
                    self.at += 1;
                    self.line += 1;
                    return Ok(Some(row));
                }
                Some(delimiter) => self.at += delimiter.len_utf8(),
            }
        }
    }

    fn plain(&mut self) -> Cell {
        let (rest, at) = (self.rest(), self.at);
        let end = rest.find([self.delimiter, '\n']).unwrap_or(rest.len());
        self.at += end;
        Cell { text: rest[..end].trim().to_owned(), at }
    }

    fn quoted(&mut self) -> Result<Cell, FileProblem> {
        let (start, mut text) = (self.at, String::new());
        self.at += 1;
        loop {
            let rest = self.rest();
            let Some(end) = rest.find('"').filter(|_| text.len() < MOST_BYTES) else {
                let help = "add the closing quote, or take the opening one away";
                let message = "the quote that begins here is never closed";
                return Err(FileProblem::at_offset(self.source, start, message, Some(help.into())));
            };
            text.push_str(&rest[..end]);
            self.line += rest[..end].matches('\n').count();
            self.at += end + 1;
            if !self.rest().starts_with('"') {
                break;
            }
            text.push('"');
            self.at += 1;
        }
        let rest = self.rest();
        let end = rest.find([self.delimiter, '\n']).unwrap_or(rest.len());
        if rest[..end].trim().is_empty() {
            self.at += end;
            return Ok(Cell { text: text.trim().to_owned(), at: start });
        }
        let help = "write a quote inside a quoted cell twice (\"\")";
        Err(FileProblem::at_offset(self.source, self.at, "words stand behind a closing quote", Some(help.into())))
    }
}

/// Rows as text: a mark at the start, without which spreadsheets take UTF-8 for something else, and the line ends of
/// RFC 4180.
pub(super) fn written(rows: &[Vec<String>], delimiter: Delimiter) -> String {
    let mut text = String::from('\u{FEFF}');
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                text.push(char::from(delimiter.byte()));
            }
            let cell = cell.trim();
            if cell.contains([',', ';', '\t', '|', '"', '\n', '\r']) {
                text.push('"');
                text.push_str(&cell.replace('"', "\"\""));
                text.push('"');
            } else {
                text.push_str(cell);
            }
        }
        text.push_str("\r\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Result<Vec<(usize, Vec<String>)>, String> {
        let table = Table::read(text, None).map_err(|problem| problem.to_string())?;
        let cells = |row: &Row| row.cells.iter().map(|cell| cell.text.clone()).collect();
        Ok(table.rows.iter().map(|row| (row.line, cells(row))).collect())
    }

    #[test]
    fn rows_keep_their_lines_and_what_was_written_is_read() {
        let cells = vec![vec!["stage".to_owned(), "title".into()], vec!["Buy; \"now\"".into(), "a\nb, c".into()]];
        let text = written(&cells, Delimiter::Comma).replace("\r\n", "\n");
        let read = rows(&format!("{}\n\nlast,one", text.trim_start_matches('\u{FEFF}'))).unwrap();
        assert_eq!(read[..2], [(1, cells[0].clone()), (2, cells[1].clone())]);
        assert_eq!(read[2], (6, vec!["last".to_owned(), "one".into()]));
    }

    #[test]
    fn the_delimiter_is_found() {
        for delimiter in Delimiter::ALL.map(|delimiter| char::from(delimiter.byte())) {
            let text = format!("stage{delimiter}title\n\"1,5; a\tb | c\"{delimiter}Pays, then waits\nx{delimiter}y");
            assert_eq!(rows(&text).unwrap()[0].1, ["stage", "title"], "{delimiter:?}");
        }
        assert_eq!(rows("one\ntwo").unwrap().len(), 2);
        // Found by the fuzzer in what was written for a matrix with such names of stages.
        for text in [
            "Stage,\"Stage;A;;B\",\"Styxp;;;e\"\nTouchpoints,,\"st\"\";\"\"i\"\n",
            "Stage,\"a;b;c;d\"\nDoing,\"e;f;g;h\"\n",
        ] {
            assert_eq!(rows(text).unwrap()[0].1[0], "Stage", "{text}");
        }
        let err = rows("stage,title\nBuy,\"Pays; waits\n").unwrap_err();
        assert!(err.contains("never closed"), "{err}");
    }

    #[test]
    fn quotes_that_do_not_close_are_told_with_their_place() {
        let err = rows("a,b\nc,\"d\ne,f\n").unwrap_err();
        assert!(err.starts_with("the quote that begins here is never closed\n 2 | c,\"d\n   |   ^"), "{err}");
        let err = rows("a,b\n\"c\"d,e\n").unwrap_err();
        assert!(err.starts_with("words stand behind a closing quote\n 2 | \"c\"d,e\n   |    ^"), "{err}");
        assert!(rows(" \n,,\n").unwrap_err().contains("nothing in this table"));
    }
}
