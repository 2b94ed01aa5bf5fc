//! The parser's errors in words for a person.

use ron::error::SpannedError;

use super::error::FileProblem;
use super::locate::{after_value, is_blank, next_token, unclosed};

/// How messages speak of a kind of file.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// What it is: "map".
    pub name: &'static str,
    /// How such a file starts, in a sentence.
    pub start: &'static str,
    /// How fields in brackets are written, in a sentence.
    pub fields: &'static str,
    /// A field that such a file alone may begin with.
    pub own: &'static str,
    /// Fields that other kinds of files begin with, and what those are.
    pub others: &'static [(&'static str, &'static str)],
}

impl Subject {
    /// A map.
    pub const MAP: Self = Self {
        name: "map",
        start: "a map starts with `(format: 1, title: …`; is it the right file?",
        fields: "write them as `(name: value, name: value)`",
        own: "format",
        others: &[("base", "theme"), ("colors", "theme"), ("sizes", "theme")],
    };
}

/// How many names a message lists at most.
const MOST_NAMES: usize = 12;

/// What to say about `err`, and where in `text`.
pub fn explain(text: &str, err: &SpannedError, subject: &Subject) -> FileProblem {
    let found = found(text, err, true, subject);
    FileProblem::at_offset(text, found.at, found.message, found.help)
}

/// A mistake in words.
#[derive(Debug)]
pub(super) struct Found {
    /// Where, in bytes.
    pub at: usize,
    /// What.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// What `err` says about `text`, which is a whole map or a part of one.
pub(super) fn found(text: &str, err: &SpannedError, is_whole: bool, subject: &Subject) -> Found {
    use ron::Error as E;
    if is_whole && is_blank(text) && err.code != E::UnclosedBlockComment {
        return Found { at: 0, message: "the file is empty".into(), help: Some(subject.start.into()) };
    }
    let start = err.span.start;
    let at = match &err.code {
        E::TrailingCharacters => after_value(text),
        E::Message(_) => {
            // The parser points behind the sign of a number.
            let at = offset_of(text, start.line, start.col);
            text[..at].trim_end_matches(['-', '+']).len()
        }
        // The parser points at the blanks or the colon before what it stumbled over.
        _ => {
            let at = next_token(text, offset_of(text, start.line, start.col));
            if text[at..].starts_with(':') { next_token(text, at + 1) } else { at }
        }
    };
    if is_whole && ends_early(text, at, &err.code) {
        let help = match unclosed(text) {
            Some(open) => {
                let line = text[..open].matches('\n').count() + 1;
                format!("the `{}` in line {line} is not closed; is the file complete?", &text[open..=open])
            }
            None => "is the file complete?".into(),
        };
        return Found { at: text.trim_end().len(), message: "the file ends too early".into(), help: Some(help) };
    }
    let (message, help) =
        structure(text, at, &err.code, (is_whole, subject)).or_else(|| value(&err.code)).unwrap_or_else(|| {
            let message = err.code.to_string();
            (message, None)
        });
    Found { at, message, help }
}

/// The byte offset of a place that is given as the parser does, from 1 and in characters.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[before..];
    before + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}

/// Whether the text just stops at `at`, or behind the word there.
fn ends_early(text: &str, at: usize, code: &ron::Error) -> bool {
    use ron::Error as E;
    match code {
        E::TrailingCharacters | E::ExpectedStringEnd | E::UnclosedBlockComment | E::Message(_) => false,
        E::NoSuchStructField { found, .. } | E::NoSuchEnumVariant { found, .. } => {
            text.get(at + found.len()..).is_some_and(is_blank)
        }
        E::Eof => true,
        // The parser points at the value behind which there is nothing more.
        E::ExpectedComma | E::ExpectedArrayEnd | E::ExpectedStructLikeEnd => is_blank(&text[behind_word(text, at)..]),
        _ => at == text.len(),
    }
}

/// The end of the text in quotes, the number or the word that stands at `at`.
fn behind_word(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let Some(quoted) = rest.strip_prefix('"') else {
        let ends = |c: char| c.is_whitespace() || "(),:[]{}\"".contains(c);
        return rest.find(ends).map_or(text.len(), |end| at + end);
    };
    let mut is_escaped = false;
    let end = quoted.find(|c: char| {
        let is_end = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    });
    end.map_or(text.len(), |end| at + end + 2)
}

/// A message and what to do.
type Words = (String, Option<String>);

fn words(message: &str, help: &str) -> Option<Words> {
    Some((message.to_owned(), Some(help.to_owned())))
}

/// Mistakes in names, brackets and commas.
fn structure(text: &str, at: usize, code: &ron::Error, (is_whole, subject): (bool, &Subject)) -> Option<Words> {
    use ron::Error as E;
    let here = text[at..].chars().next();
    let is_root = is_whole && next_token(text, 0) == at;
    match code {
        E::NoSuchStructField { expected, found, .. } => {
            let other = subject.others.iter().find(|(field, _)| field == found);
            if let Some((_, other)) = other.filter(|_| expected.contains(&subject.own)) {
                return words(&format!("this is a {other}, not a {}", subject.name), subject.start);
            }
            Some((format!("there is no field `{found}` here"), Some(suggest(found, expected))))
        }
        E::NoSuchEnumVariant { expected, found, .. } => {
            Some((format!("`{found}` is not a value for this field"), Some(suggest(found, expected))))
        }
        E::DuplicateStructField { field, .. } => {
            Some((format!("the field `{field}` stands here twice"), Some("keep one of the two".into())))
        }
        E::MissingStructField { field, .. } => {
            Some((format!("the field `{field}` is missing"), Some(format!("add `{field}: …`"))))
        }
        E::ExpectedStructLike
        | E::ExpectedNamedStructLike(_)
        | E::ExpectedDifferentStructName { .. }
        | E::ExpectedUnit
            if is_root =>
        {
            words(&format!("this is not a Rihla {}", subject.name), subject.start)
        }
        E::ExpectedStructLike | E::ExpectedNamedStructLike(_) | E::ExpectedUnit => {
            words("fields in ( ) are expected", subject.fields)
        }
        E::ExpectedIdentifier if here == Some('"') => {
            words("a name without quotes is expected", "leave the quotes out")
        }
        E::ExpectedIdentifier => words("the name of a field is expected", "write fields as `name: value`"),
        E::ExpectedMapColon => words("a colon is expected", "write fields as `name: value`"),
        E::ExpectedComma if here == Some('.') => words("a whole number is expected", "leave the decimals out"),
        E::ExpectedComma if text[..at].ends_with('"') => {
            words("a comma is expected", "or did a text above lose its closing quote?")
        }
        E::ExpectedComma => words("a comma is expected", "fields and items are separated by commas"),
        E::TrailingCharacters => {
            words(&format!("the {} has ended before this", subject.name), "is there a bracket too many?")
        }
        E::ExceededRecursionLimit => {
            words(&format!("brackets are nested too deeply for a {}", subject.name), "is it the right file?")
        }
        E::UnclosedBlockComment => words("this comment has no end", "add the missing `*/`"),
        _ => None,
    }
}

/// Mistakes in values.
fn value(code: &ron::Error) -> Option<Words> {
    use ron::Error as E;
    match code {
        E::ExpectedStringEnd => words("this text has no closing quote", "add the missing `\"`; is the file complete?"),
        E::ExpectedString => words("a text in quotes is expected", "write it as \"…\", with straight quotes"),
        E::ExpectedInteger => words("a whole number is expected", "write it without quotes and decimals"),
        E::ExpectedFloat => words("a number is expected", "write it without quotes"),
        E::ExpectedBoolean => words("`true` or `false` is expected", "write it without quotes"),
        E::ExpectedArray => words("a list in [ ] is expected", "write it in square brackets, with commas between"),
        E::ExpectedArrayEnd => words("this list has no end here", "is a comma or a `]` missing?"),
        E::ExpectedStructLikeEnd => words("these fields have no end here", "is a comma or a `)` missing?"),
        E::IntegerOutOfBounds => words("the number is out of range", "is there a digit too many?"),
        E::InvalidEscape(_) => {
            let help = "write two backslashes for one, or r\"…\" for a text that is taken as it is";
            words("this text holds a backslash that means nothing", help)
        }
        E::Message(message) => Some((message.clone(), None)),
        E::InvalidValueForType { expected, found } => Some((format!("{expected} is expected, not {found}"), None)),
        _ => None,
    }
}

/// "did you mean …", or the list of what is allowed.
pub fn suggest(found: &str, expected: &[&str]) -> String {
    let near = expected
        .iter()
        .filter(|name| !name.starts_with('_'))
        .map(|name| (strsim::damerau_levenshtein(&found.to_lowercase(), &name.to_lowercase()), name))
        .min()
        .filter(|(distance, name)| {
            let length = name.chars().count();
            *distance <= 1 + length / 4 && *distance < length
        });
    if let Some((_, name)) = near {
        return format!("did you mean `{name}`?");
    }
    let names: Vec<String> = expected.iter().take(MOST_NAMES).map(|n| format!("`{n}`")).collect();
    let more = expected.len().saturating_sub(MOST_NAMES);
    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("known here: {}{tail}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_are_near_or_a_list() {
        assert_eq!(suggest("titel", &["title", "subtitle"]), "did you mean `title`?");
        assert_eq!(suggest("c", &["a", "b"]), "known here: `a`, `b`");
        let many: Vec<String> = (0..40).map(|n| format!("step-number-{n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(suggest("x", &many).ends_with("`step-number-11` and 28 more"));
    }

    #[test]
    fn a_file_that_stops_behind_a_value_ends_too_early() {
        for (text, at) in [("(a: 15", 4), ("(a: -15.5 ", 4), (r#"(a: ["x", "y\"z" // end"#, 10), ("(a: yes\n", 4)] {
            assert!(is_blank(&text[behind_word(text, at)..]), "{text}");
        }
        let text = "(a: 15 b: 3)";
        assert!(!is_blank(&text[behind_word(text, 4)..]));
    }

    #[test]
    fn places_count_characters() {
        let text = "ąč\n日本x";
        assert_eq!(&text[offset_of(text, 2, 3)..], "x");
        assert_eq!(offset_of(text, 9, 9), text.len());
    }
}
