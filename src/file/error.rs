//! What is wrong with a file: where, what, and what to do next.

use std::fmt;
use std::path::{Path, PathBuf};

/// One problem in the text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileProblem {
    /// What is wrong.
    pub message: String,
    /// What to do about it, where that is known.
    pub help: Option<String>,
    /// Line and column, from 1; columns count characters.
    pub place: Option<(usize, usize)>,
    /// The text of that line, shortened and made safe to print.
    pub line_text: String,
    /// The column of the first character of `line_text`, from 1.
    line_start: usize,
}

/// How many characters of a line are shown around the problem.
const SHOWN: usize = 96;

impl FileProblem {
    /// A problem of the file as a whole.
    pub fn whole(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: Some(help.into()), place: None, line_text: String::new(), line_start: 1 }
    }

    /// A problem at `line` and `column` (from 1) of `source`.
    pub fn at(source: &str, line: usize, column: usize, message: impl Into<String>, help: Option<String>) -> Self {
        let full = source.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        let skipped = column.saturating_sub(SHOWN / 2 + 1);
        let skipped = if full.chars().count() <= SHOWN { 0 } else { skipped };
        let line_text = full.chars().skip(skipped).take(SHOWN).map(printable).collect();
        Self { message: message.into(), help, place: Some((line, column)), line_text, line_start: skipped + 1 }
    }

    /// A problem at a byte offset of `source`.
    pub fn at_offset(source: &str, offset: usize, message: impl Into<String>, help: Option<String>) -> Self {
        let before = &source[..offset.min(source.len())];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self::at(source, line, column, message, help)
    }
}

/// `c`, or a space for a tab, or a mark for a character that would disturb a terminal.
fn printable(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    }
}

impl fmt::Display for FileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        if let Some((line, column)) = self.place {
            let number = line.to_string();
            let gutter = " ".repeat(number.len());
            let caret = " ".repeat(column.saturating_sub(self.line_start));
            write!(f, "\n {number} | {}\n {gutter} | {caret}^", self.line_text)?;
        }
        if let Some(help) = &self.help {
            write!(f, "\n  help: {help}")?;
        }
        Ok(())
    }
}

/// Why a file could not be opened as a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// The file.
    pub path: PathBuf,
    /// Everything that was found wrong; never empty.
    pub problems: Vec<FileProblem>,
}

impl LoadError {
    /// An error with one problem of the whole file.
    pub fn whole(path: &Path, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { path: path.to_owned(), problems: vec![FileProblem::whole(message, help)] }
    }
}

impl fmt::Display for LoadError {
    /// One paragraph a problem: `file:line:column: message`, the line with a caret, help.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.problems.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{}:", self.path.display())?;
            if let Some((line, column)) = problem.place {
                write!(f, "{line}:{column}:")?;
            }
            write!(f, " {problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for LoadError {}
