//! The fields of a struct as they stand in a file: on one line or each on its own, defaults left out.

use std::fmt::{Display, Write as _};

use super::read::CONFLICT_MARKS;

/// Writes the fields of one struct.
pub(super) struct Fields<'o> {
    out: &'o mut String,
    /// The indent of fields that stand on lines of their own; without one all stand on one line.
    indent: Option<&'static str>,
    is_first: bool,
}

impl<'o> Fields<'o> {
    /// Fields on one line, behind an opened bracket.
    pub fn inline(out: &'o mut String) -> Self {
        out.push('(');
        Self { out, indent: None, is_first: true }
    }

    /// Fields on lines of their own.
    pub fn lines(out: &'o mut String, indent: &'static str) -> Self {
        Self { out, indent: Some(indent), is_first: true }
    }

    /// Closes the bracket of fields on one line.
    pub fn close(self) {
        self.out.push(')');
    }

    /// A field with whatever `value` writes.
    pub fn with(&mut self, name: &str, value: impl FnOnce(&mut String)) -> &mut Self {
        match self.indent {
            Some(indent) => self.out.push_str(indent),
            None if self.is_first => {}
            None => self.out.push_str(", "),
        }
        self.is_first = false;
        self.out.push_str(name);
        self.out.push_str(": ");
        value(self.out);
        if self.indent.is_some() {
            self.out.push_str(",\n");
        }
        self
    }

    /// A text, whatever it says.
    pub fn id(&mut self, name: &str, text: &str) -> &mut Self {
        self.with(name, |out| quote(out, text))
    }

    /// A text, unless it is empty.
    pub fn text(&mut self, name: &str, text: &str) -> &mut Self {
        if text.is_empty() { self } else { self.id(name, text) }
    }

    /// `name: true`, if it is.
    pub fn flag(&mut self, name: &str, is_so: bool) -> &mut Self {
        if is_so { self.plain(name, Some(true)) } else { self }
    }

    /// A number or a word without quotes, if there is one.
    pub fn plain(&mut self, name: &str, value: Option<impl Display>) -> &mut Self {
        match value {
            Some(value) => self.with(name, |out| {
                // Writing to a string does not fail.
                let _ = write!(out, "{value}");
            }),
            None => self,
        }
    }

    /// Something in quotes, if there is one.
    pub fn quoted(&mut self, name: &str, value: Option<impl Display>) -> &mut Self {
        match value {
            Some(value) => self.id(name, &value.to_string()),
            None => self,
        }
    }

    /// A list of texts on one line, unless it is empty.
    pub fn texts<'t>(&mut self, name: &str, texts: impl IntoIterator<Item = &'t str>) -> &mut Self {
        let mut texts = texts.into_iter().peekable();
        if texts.peek().is_none() {
            return self;
        }
        self.with(name, |out| {
            for (i, text) in texts.enumerate() {
                out.push_str(if i > 0 { ", " } else { "[" });
                quote(out, text);
            }
            out.push(']');
        })
    }

    /// Texts with a number each, on one line, unless there are none.
    pub fn numbers<'t>(&mut self, name: &str, pairs: impl IntoIterator<Item = (&'t str, i64)>) -> &mut Self {
        let mut pairs = pairs.into_iter().peekable();
        if pairs.peek().is_none() {
            return self;
        }
        self.with(name, |out| {
            for (i, (text, number)) in pairs.enumerate() {
                out.push_str(if i > 0 { ", " } else { "{" });
                quote(out, text);
                let _ = write!(out, ": {number}");
            }
            out.push('}');
        })
    }

    /// A list with an item on each line, deeper by `indent`; unless it is empty.
    pub fn list<T>(&mut self, name: &str, indent: &str, items: &[T], item: impl Fn(&mut String, &T)) -> &mut Self {
        if items.is_empty() {
            return self;
        }
        self.with(name, |out| {
            out.push_str("[\n");
            for it in items {
                out.push_str(indent);
                item(out, it);
                out.push_str(",\n");
            }
            // The closing bracket stands where the field does.
            out.push_str(&indent[2..]);
            out.push(']');
        })
    }
}

/// A RON string: as it is where possible, raw where it holds quotes or backslashes, escaped where it
/// holds characters that nobody sees or a line that looks like the mark of a merge conflict.
pub(super) fn quote(out: &mut String, text: &str) {
    let is_unseen = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    if text.contains(is_unseen) || has_conflict_mark(text) {
        out.push('"');
        for (i, line) in text.split('\n').enumerate() {
            out.push_str(if i > 0 { "\n" } else { "" });
            let is_mark = i > 0 && has_conflict_mark(line);
            for (j, c) in line.chars().enumerate() {
                match c {
                    '"' | '\\' => out.extend(['\\', c]),
                    c if is_unseen(c) || (is_mark && j == 0) => {
                        let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
                    }
                    c => out.push(c),
                }
            }
        }
        out.push('"');
    } else if text.contains(['"', '\\']) {
        let mut hashes = 1;
        while text.contains(&format!("\"{}", "#".repeat(hashes))) {
            hashes += 1;
        }
        let fence = "#".repeat(hashes);
        let _ = write!(out, "r{fence}\"{text}\"{fence}");
    } else {
        let _ = write!(out, "\"{text}\"");
    }
}

/// Whether a line of `text` would be taken for the mark of a merge conflict.
fn has_conflict_mark(text: &str) -> bool {
    text.lines().any(|line| CONFLICT_MARKS.iter().any(|mark| line.starts_with(mark)))
}
