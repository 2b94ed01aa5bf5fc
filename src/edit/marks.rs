//! Marks typed into a title: `:-3` or `:)` emotion, `!` pain point, `+` delight, `?` question, `*` moment
//! of truth, `@phone` channel, `#sales` owner.
//!
//! A mark counts at the start of a word only; a backslash before it makes it text. The words behind
//! `!`, `+` and `?`, up to the next mark, are what the annotation says; without any it says what the
//! title says. Marks become data and leave the title.

use crate::model::{Annotation, AnnotationKind, Emotion, Level, Touchpoint};

/// A typed text, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// The words that are no mark.
    pub title: String,
    /// The last emotion marked.
    pub emotion: Option<Emotion>,
    /// Whether there is a `*`.
    pub moment_of_truth: bool,
    /// All channels marked.
    pub channels: Vec<String>,
    /// The last owner marked.
    pub owner: Option<String>,
    /// All annotations marked.
    pub annotations: Vec<Annotation>,
}

/// What a word says when it is a mark.
enum Mark<'t> {
    Emotion(Emotion),
    Moment(&'t str),
    Channel(String),
    Owner(String),
    Annotation(AnnotationKind, Level, &'t str),
}

/// Smileys and their emotions.
const SMILEYS: [(&str, i64); 8] =
    [(":)", 3), (":-)", 3), (":D", 5), (":(", -3), (":-(", -3), (":'(", -5), (":|", 0), (":-|", 0)];

impl Marked {
    /// Takes `text` apart.
    pub fn parse(text: &str) -> Self {
        let mut marked = Self::default();
        // Where words go: into the title, or into the annotation that was begun last.
        let mut in_annotation = false;
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 && !in_annotation {
                marked.title.push('\n');
            }
            for word in line.split_whitespace() {
                let (word, mark) = match word.strip_prefix('\\') {
                    Some(literal) if is_mark_behind_backslashes(literal) => (literal, None),
                    _ => (word, mark_of(word)),
                };
                match mark {
                    None => marked.push(word, in_annotation),
                    Some(Mark::Emotion(emotion)) => marked.emotion = Some(emotion),
                    Some(Mark::Channel(channel)) if marked.channels.contains(&channel) => {}
                    Some(Mark::Channel(channel)) => marked.channels.push(channel),
                    Some(Mark::Owner(owner)) => marked.owner = Some(owner),
                    Some(Mark::Moment(rest)) => {
                        marked.moment_of_truth = true;
                        marked.push(rest, in_annotation);
                    }
                    Some(Mark::Annotation(kind, severity, rest)) => {
                        in_annotation = true;
                        marked.annotations.push(Annotation { severity, ..Annotation::new(kind, "") });
                        marked.push(rest, in_annotation);
                    }
                }
            }
        }
        marked.title = marked.title.trim().to_owned();
        for annotation in marked.annotations.iter_mut().filter(|a| a.text.is_empty()) {
            annotation.text.clone_from(&marked.title);
        }
        marked
    }

    /// Adds a word to the title, or to the annotation begun last.
    fn push(&mut self, word: &str, in_annotation: bool) {
        let to = match self.annotations.last_mut().filter(|_| in_annotation) {
            Some(annotation) => &mut annotation.text,
            None => &mut self.title,
        };
        if !word.is_empty() {
            if !to.is_empty() && !to.ends_with('\n') {
                to.push(' ');
            }
            to.push_str(word);
        }
    }

    /// Gives `touchpoint` what the marks say; its title is left alone.
    pub fn mark(&self, touchpoint: &mut Touchpoint) {
        touchpoint.emotion = self.emotion.or(touchpoint.emotion);
        touchpoint.moment_of_truth |= self.moment_of_truth;
        for channel in &self.channels {
            if !touchpoint.channels.contains(channel) {
                touchpoint.channels.push(channel.clone());
            }
        }
        if let Some(owner) = &self.owner {
            touchpoint.owner.clone_from(owner);
        }
        touchpoint.annotations.extend(self.annotations.iter().cloned());
    }
}

/// A text that [`Marked::parse`] reads back as `title`, without any mark.
pub fn escape_marks(title: &str) -> String {
    let mut escaped = String::with_capacity(title.len());
    let mut at_word_start = true;
    for (at, c) in title.char_indices() {
        if at_word_start && !c.is_whitespace() {
            let word = title[at..].split_whitespace().next().unwrap_or_default();
            if is_mark_behind_backslashes(word) {
                escaped.push('\\');
            }
        }
        at_word_start = c.is_whitespace();
        escaped.push(c);
    }
    escaped
}

/// Whether `word` would be a mark without the backslashes it begins with.
fn is_mark_behind_backslashes(word: &str) -> bool {
    mark_of(word.trim_start_matches('\\')).is_some()
}

/// What `word` says if it is a mark.
fn mark_of(word: &str) -> Option<Mark<'_>> {
    if let Some((_, value)) = SMILEYS.iter().find(|(smiley, _)| *smiley == word) {
        return Some(Mark::Emotion(Emotion::clamped(*value)));
    }
    let mut chars = word.chars();
    let first = chars.next()?;
    let rest = chars.as_str();
    let starts_with_letter = rest.starts_with(char::is_alphabetic);
    match first {
        ':' => number(rest).and_then(|n| Emotion::try_from(n).ok()).map(Mark::Emotion),
        '*' if rest.is_empty() || starts_with_letter => Some(Mark::Moment(rest)),
        '@' if starts_with_letter => Some(Mark::Channel(name(rest))),
        '#' if starts_with_letter => Some(Mark::Owner(name(rest))),
        '!' => {
            let text = rest.trim_start_matches('!');
            let severity = if text.len() < rest.len() { Level::HIGH } else { Level::MEDIUM };
            annotation(AnnotationKind::PainPoint, severity, text)
        }
        '+' => annotation(AnnotationKind::Delight, Level::MEDIUM, rest),
        '?' | '؟' => annotation(AnnotationKind::Question, Level::MEDIUM, rest),
        _ => None,
    }
}

/// An annotation mark, unless something else than a word follows: `+370`, `?!`.
fn annotation(kind: AnnotationKind, severity: Level, rest: &str) -> Option<Mark<'_>> {
    (rest.is_empty() || rest.starts_with(char::is_alphabetic)).then_some(Mark::Annotation(kind, severity, rest))
}

/// A signed number of one digit, in the digits of any of our scripts.
fn number(text: &str) -> Option<i64> {
    let (sign, digit) = match text.chars().next()? {
        '-' | '\u{2212}' => (-1, text.chars().nth(1)?),
        '+' => (1, text.chars().nth(1)?),
        digit => (1, digit),
    };
    let expected = if text.starts_with(['-', '\u{2212}', '+']) { 2 } else { 1 };
    let value = match digit {
        '\u{06F0}'..='\u{06F9}' => digit as i64 - 0x06F0,
        '\u{0660}'..='\u{0669}' => digit as i64 - 0x0660,
        _ => i64::from(digit.to_digit(10)?),
    };
    (text.chars().count() == expected).then_some(sign * value)
}

/// The name in a mark: underscores are spaces, punctuation at the end belongs to the sentence.
fn name(text: &str) -> String {
    text.trim_end_matches(['.', ',', ';', ':', '!', '?', '،', '؛', '؟']).replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_become_data_and_leave_the_title() {
        let marked = Marked::parse("Calls support :-3 @phone, #Customer_care * !waits 40 minutes ?why so long");
        assert_eq!(marked.title, "Calls support");
        assert_eq!(marked.emotion.map(Emotion::get), Some(-3));
        assert_eq!(marked.channels, ["phone"]);
        assert_eq!(marked.owner.as_deref(), Some("Customer care"));
        assert!(marked.moment_of_truth);
        let said: Vec<_> = marked.annotations.iter().map(|a| (a.kind, a.text.as_str())).collect();
        assert_eq!(said, [(AnnotationKind::PainPoint, "waits 40 minutes"), (AnnotationKind::Question, "why so long")]);
    }

    #[test]
    fn marks_inside_words_and_behind_a_backslash_are_text() {
        for text in ["Is it 24/7? Yes!", "Mail to a@b.com", "Dial +370 612", "C# and 5:3", "1+1", "#1 in town", ":9"] {
            assert_eq!(Marked::parse(text), Marked { title: text.into(), ..Marked::default() }, "{text}");
        }
        assert_eq!(Marked::parse("\\!important \\@home").title, "!important @home");
    }

    #[test]
    fn an_annotation_without_words_says_what_the_title_says() {
        let marked = Marked::parse("Waits on the line !!");
        assert_eq!(marked.annotations[0].text, "Waits on the line");
        assert_eq!(marked.annotations[0].severity, Level::HIGH);
    }

    #[test]
    fn marks_work_in_persian_and_with_its_digits() {
        let marked = Marked::parse("با هتل تماس می‌گیرد :-۴ @تلفن #پذیرش");
        assert_eq!(marked.title, "با هتل تماس می‌گیرد");
        assert_eq!(marked.emotion.map(Emotion::get), Some(-4));
        assert_eq!((marked.channels[0].as_str(), marked.owner.as_deref()), ("تلفن", Some("پذیرش")));
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(Marked::parse("one :3\ntwo").title, "one\ntwo");
    }

    proptest! {
        #[test]
        fn escaped_titles_come_back(words in proptest::collection::vec("[\\\\!+?*@#:a-c1-9)(-]{1,4}", 0..5)) {
            let title = words.join(" ");
            let marked = Marked::parse(&escape_marks(&title));
            prop_assert_eq!(&marked, &Marked { title: title.clone(), ..Marked::default() });
        }
    }
}
