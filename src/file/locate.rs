//! Finds where in a RON text a value stands, for problems that only show after parsing.

use std::ops::Range;

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
    scanner.skip_head();
    if matches!(scanner.peek(), Some('(' | '[' | '{')) {
        scanner.skip_brackets(&mut Vec::new());
    }
    scanner.skip_blank();
    scanner.at
}

/// An item of a list, or a field of a struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'t> {
    /// The name of a field, and where it stands.
    pub name: Option<(usize, &'t str)>,
    /// The value.
    pub value: Range<usize>,
    /// All of it, with the comma behind it.
    pub whole: Range<usize>,
}

/// What stands between the brackets of the value at `at`, whether it parses or not.
pub fn entries(text: &str, at: usize) -> Vec<Entry<'_>> {
    let mut scanner = Scanner { text, at };
    scanner.skip_head();
    if !matches!(scanner.bump(), Some('(' | '[' | '{')) {
        return Vec::new();
    }
    let mut all = Vec::new();
    loop {
        scanner.skip_blank();
        let start = scanner.at;
        if matches!(scanner.peek(), None | Some(')' | ']' | '}')) {
            return all;
        }
        scanner.skip_word();
        let word = &text[start..scanner.at];
        scanner.skip_blank();
        let name = (!word.is_empty() && scanner.peek() == Some(':')).then_some((start, word));
        if name.is_some() {
            scanner.bump();
            scanner.skip_blank();
        } else {
            scanner.at = start;
        }
        let from = scanner.at;
        scanner.skip_value();
        let value = from..scanner.at;
        if scanner.peek() == Some(',') {
            scanner.bump();
        }
        all.push(Entry { name, value, whole: start..scanner.at });
    }
}

/// Deeper brackets are not looked into.
const DEEPEST: usize = 16;

/// The entries around `at` of the value that `text` is, from the outermost to the innermost.
pub fn enclosing(text: &str, at: usize) -> Vec<Range<usize>> {
    let (mut around, mut open) = (Vec::new(), 0);
    for _ in 0..DEEPEST {
        let Some(entry) = entries(text, open).into_iter().find(|entry| entry.whole.contains(&at)) else { break };
        around.push(entry.whole);
        open = entry.value.start;
    }
    around
}

/// The comments of a map's file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comments {
    /// What those above the map say, line by line.
    pub head: Vec<String>,
    /// Where the others start, in bytes.
    pub elsewhere: Vec<usize>,
}

/// Finds the comments of `text`.
pub fn comments(text: &str) -> Comments {
    let (mut scanner, mut found, mut is_head) = (Scanner { text, at: 0 }, Comments::default(), true);
    while let Some(c) = scanner.peek() {
        let (start, rest) = (scanner.at, scanner.rest());
        if rest.starts_with("//") {
            scanner.at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            scanner.skip_block_comment();
        } else if rest.starts_with("#!") {
            scanner.at += rest.find('\n').unwrap_or(rest.len());
            continue;
        } else {
            is_head &= c.is_whitespace();
            match c {
                '"' => scanner.skip_string(),
                'r' if rest[1..].starts_with(['"', '#']) => scanner.skip_raw_string(),
                c if c.is_alphanumeric() || c == '_' => scanner.skip_word(),
                c if c.is_whitespace() => scanner.skip_to(|c| !c.is_whitespace()),
                _ => drop(scanner.bump()),
            }
            continue;
        }
        if is_head {
            found.head.extend(words_of(&text[start..scanner.at]));
        } else {
            found.elsewhere.push(start);
        }
    }
    found
}

/// What a comment says, line by line, without its signs.
fn words_of(comment: &str) -> Vec<String> {
    if let Some(line) = comment.strip_prefix("//") {
        return vec![line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned()];
    }
    let inner = comment.strip_prefix("/*").unwrap_or(comment);
    let inner = inner.strip_suffix("*/").unwrap_or(inner);
    inner.trim().lines().map(|line| line.trim().trim_start_matches("* ").to_owned()).collect()
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

    /// Goes on to the first character of which `is_it` is true, or to the end.
    fn skip_to(&mut self, is_it: impl Fn(char) -> bool) {
        self.at += self.rest().find(is_it).unwrap_or(self.text.len() - self.at);
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

    /// Skips blanks and the name in front of a bracket.
    fn skip_head(&mut self) {
        self.skip_blank();
        self.skip_word();
        self.skip_blank();
    }

    fn skip_word(&mut self) {
        self.skip_to(|c| !c.is_alphanumeric() && c != '_');
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
                self.skip_to(|c| !c.is_whitespace());
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
        loop {
            self.skip_to(|c| matches!(c, '"' | '\\'));
            if self.bump() != Some('\\') {
                return;
            }
            self.bump();
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
    fn entries_are_found_though_something_in_them_is_wrong() {
        let text = "(a: [1, (x: 2, y: \"),\")], b c, , d: {\"k\": 3})";
        let found = entries(text, 0);
        let values: Vec<&str> = found.iter().map(|entry| text[entry.value.clone()].trim()).collect();
        assert_eq!(values, ["[1, (x: 2, y: \"),\")]", "b c", "", "{\"k\": 3}"]);
        let around = enclosing(text, text.find("2,").unwrap());
        let around: Vec<&str> = around.into_iter().map(|part| &text[part]).collect();
        assert_eq!(around[1..], ["(x: 2, y: \"),\")", "x: 2,"]);
        // Never without an end.
        for text in ["(((((", "(a: )]", "[,,,]", "(\"", "(a:: b)", "(}"] {
            entries(text, 0);
            enclosing(text, 1);
        }
    }

    #[test]
    fn comments_are_those_above_the_map_and_others() {
        let text = "// one\n//two \n\n/* three\n * four */\n(a: \"// no\", /* b */ c: r#\"// no\"#) // d\n";
        let found = comments(text);
        assert_eq!(found.head, ["one", "two", "three", "four"]);
        let others: Vec<&str> = found.elsewhere.iter().map(|at| &text[*at..*at + 4]).collect();
        assert_eq!(others, ["/* b", "// d"]);
    }

    #[test]
    fn a_missing_field_gives_its_parent() {
        let text = "(a: [(x: 1)])";
        assert_eq!(locate(text, &[Key::Field("a"), Key::Item(0), Key::Field("z")]), Some(5));
    }
}
