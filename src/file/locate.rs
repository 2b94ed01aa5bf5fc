//! Finds where in a RON text a value stands, for problems that only show after parsing.

/// One step on the way to a value.
#[derive(Clone, Copy, Debug)]
pub enum Key<'a> {
    /// A field of a struct.
    Field(&'a str),
    /// An item of a list.
    Item(usize),
}

/// The byte offset of the value at `path`, or of the nearest enclosing value that exists.
///
/// `text` must be RON that parses; other text gives some offset or `None`, never a panic.
pub fn locate(text: &str, path: &[Key<'_>]) -> Option<usize> {
    (0..=path.len()).rev().find_map(|n| Scanner { text, at: 0 }.find(&path[..n]))
}

/// Whether `text` is nothing but white space and comments.
pub fn is_blank(text: &str) -> bool {
    next_token(text, 0) == text.len()
}

/// The first byte offset from `at` on that is neither white space nor part of a comment.
pub fn next_token(text: &str, at: usize) -> usize {
    let mut scanner = Scanner { text, at };
    scanner.skip_blank();
    scanner.at
}

/// The byte offset of what follows the first value of `text`.
pub fn after_value(text: &str) -> usize {
    let mut scanner = Scanner { text, at: 0 };
    scanner.skip_blank();
    scanner.skip_word();
    scanner.skip_blank();
    if matches!(scanner.peek(), Some('(' | '[' | '{')) {
        scanner.skip_brackets(&mut Vec::new());
    }
    scanner.skip_blank();
    scanner.at
}

/// The byte offset of the innermost bracket that is never closed.
pub fn unclosed(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    Scanner { text, at: 0 }.skip_brackets(&mut open);
    open.pop()
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn find(&mut self, path: &[Key<'_>]) -> Option<usize> {
        self.skip_blank();
        let Some((key, rest)) = path.split_first() else { return Some(self.at) };
        self.skip_word();
        self.skip_blank();
        self.bump().filter(|c| matches!(c, '(' | '['))?;
        for index in 0.. {
            self.skip_blank();
            if matches!(self.peek(), None | Some(')' | ']')) {
                return None;
            }
            let found = match key {
                Key::Item(n) => index == *n,
                Key::Field(name) => {
                    let start = self.at;
                    self.skip_word();
                    let found = &self.text[start..self.at] == *name;
                    self.skip_blank();
                    self.bump().filter(|c| *c == ':')?;
                    found
                }
            };
            if found {
                return self.find(rest);
            }
            self.skip_value();
            if self.peek() == Some(',') {
                self.bump();
            }
        }
        None
    }

    fn skip_word(&mut self) {
        while self.peek().is_some_and(|c| c.is_alphanumeric() || c == '_') {
            self.bump();
        }
    }

    /// Skips white space, comments and `#![…]` attributes.
    fn skip_blank(&mut self) {
        loop {
            let rest = self.rest();
            if rest.starts_with("//") || rest.starts_with("#!") {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                self.skip_block_comment();
            } else if rest.starts_with(char::is_whitespace) {
                self.bump();
            } else {
                return;
            }
        }
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0usize;
        loop {
            if self.rest().starts_with("/*") {
                depth += 1;
                self.at += 2;
            } else if self.rest().starts_with("*/") {
                depth -= 1;
                self.at += 2;
            } else if self.bump().is_none() {
                return;
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Skips to the comma or bracket that ends the value here.
    fn skip_value(&mut self) {
        loop {
            self.skip_blank();
            match self.peek() {
                None | Some(',' | ')' | ']' | '}') => return,
                Some(_) => self.skip_brackets(&mut Vec::new()),
            }
        }
    }

    /// Skips one token, or a bracket with all that it holds; `open` are the brackets left open.
    fn skip_brackets(&mut self, open: &mut Vec<usize>) {
        loop {
            self.skip_blank();
            match self.peek() {
                None => return,
                Some('"') => self.skip_string(),
                Some('r') if self.rest()[1..].starts_with(['"', '#']) => self.skip_raw_string(),
                Some(c) if c.is_alphanumeric() || c == '_' => self.skip_word(),
                Some(c) => {
                    match c {
                        '(' | '[' | '{' => open.push(self.at),
                        ')' | ']' | '}' => drop(open.pop()),
                        _ => {}
                    }
                    self.bump();
                }
            }
            if open.is_empty() {
                return;
            }
        }
    }

    fn skip_string(&mut self) {
        self.bump();
        while let Some(c) = self.bump() {
            match c {
                '\\' => drop(self.bump()),
                '"' => return,
                _ => {}
            }
        }
    }

    fn skip_raw_string(&mut self) {
        self.bump();
        let hashes = self.rest().chars().take_while(|c| *c == '#').count();
        let end = format!("\"{}", "#".repeat(hashes));
        let body = self.at + hashes + 1;
        let rest = self.text.get(body..).unwrap_or_default();
        self.at = rest.find(&end).map_or(self.text.len(), |found| body + found + end.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_behind_comments_strings_and_brackets() {
        let text = "// head\n(a: [1, (x: \")],\", y: r#\"]\"]\"#), /* , */ (x: \"here\")], b: 2)";
        let at = locate(text, &[Key::Field("a"), Key::Item(2), Key::Field("x")]).unwrap();
        assert!(text[at..].starts_with("\"here\""));
        let at = locate(text, &[Key::Field("b")]).unwrap();
        assert!(text[at..].starts_with('2'));
    }

    #[test]
    fn brackets_are_matched_outside_of_texts_and_comments() {
        assert_eq!(unclosed("(a: [1, \")\", // ]\n (b: r\"]\")"), Some(4));
        assert_eq!(unclosed("(a: [1])"), None);
        let text = "// one\n(a: \")\") // two\n rest";
        assert_eq!(&text[after_value(text)..], "rest");
        assert!(is_blank(" // one\n/* two /* three */ */\n"));
    }

    #[test]
    fn a_missing_field_gives_its_parent() {
        let text = "(a: [(x: 1)])";
        assert_eq!(locate(text, &[Key::Field("a"), Key::Item(0), Key::Field("z")]), Some(5));
    }
}
