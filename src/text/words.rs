//! Plain texts put together of words that were shaped before.
//!
//! Shaping takes nearly all of the time that a text takes, and the words of a map come again and again. In plain Latin
//! text words change each other only by the spaces between them, and lines break at spaces alone; so each word is shaped
//! once, with the spaces that it has beside it. Whatever else a text has, such as other scripts, hyphens or brackets,
//! makes it a matter for the layout library.

use std::sync::Arc;

use foldhash::HashMap;
use parley::FontData;

use super::engine::TextStyle;

/// A word at one style, and the space before it unless it is the first of its paragraph.
#[derive(Debug)]
pub struct Word {
    /// The font that has all of its letters.
    pub font: FontData,
    /// The space before it, if there is one.
    pub space: Option<WordGlyph>,
    /// From left to right.
    pub glyphs: Vec<WordGlyph>,
    /// How many bytes of text it is, without spaces.
    pub bytes: usize,
}

/// A glyph of a word.
#[derive(Clone, Copy, Debug)]
pub struct WordGlyph {
    /// The number in the font.
    pub id: u32,
    /// From the pen to the glyph, in points.
    pub offset: (f32, f32),
    /// How far the pen goes on, in points.
    pub advance: f32,
    /// The first byte of the characters it stands for, in the word.
    pub at: u32,
}

/// The words that were shaped lately; `None` for what is set in several fonts.
#[derive(Debug, Default)]
pub struct Words(HashMap<StyleKey, HashMap<Box<str>, Option<Arc<Word>>>>);

/// What of a style words depend on.
type StyleKey = (u32, bool, super::typeface::Typeface);

/// Above this number of words of a style they are forgotten.
const MOST: usize = 20_000;
/// A longer text without a space is no word.
const LONGEST: usize = 64;

/// A paragraph of plain text.
#[derive(Debug)]
pub struct Plain(Vec<Arc<Word>>);

impl Words {
    /// The words of `paragraph` if it is plain text; `shape` shapes those that are new, with the spaces beside them.
    pub fn of(
        &mut self,
        paragraph: &str,
        style: TextStyle,
        mut shape: impl FnMut(&str) -> Option<Word>,
    ) -> Option<Plain> {
        if !paragraph.split(' ').all(is_plain) {
            return None;
        }
        let known = self.0.entry((style.size.to_bits(), style.bold, style.typeface)).or_default();
        if known.len() > MOST {
            known.clear();
        }
        let mut start = 0;
        let mut words: Vec<Arc<Word>> = Vec::new();
        for word in paragraph.split(' ') {
            let end = start + word.len();
            let spaced = &paragraph[start.saturating_sub(1)..(end + 1).min(paragraph.len())];
            start = end + 1;
            let word = match known.get(spaced) {
                Some(word) => word.clone(),
                None => known.entry(spaced.into()).or_insert(shape(spaced).map(Arc::new)).clone(),
            };
            words.push(word?);
        }
        let one_font = words.windows(2).all(|pair| pair[0].font == pair[1].font);
        one_font.then_some(Plain(words))
    }
}

/// Whether nothing before or behind this word changes it, and no line breaks in it: letters and digits, with dots, commas
/// and apostrophes among them, and a mark at the end.
fn is_plain(word: &str) -> bool {
    let body = word.strip_suffix(['.', ',', ';', '!', '?']).unwrap_or(word);
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ž');
    let is_inner = |c: char| is_letter(c) || matches!(c, '.' | ',' | '\'' | '\u{2019}');
    // A single x between numbers is a sign in some fonts.
    word.len() <= LONGEST
        && !matches!(body, "x" | "X")
        && body.starts_with(is_letter)
        && body.ends_with(is_letter)
        && body.chars().all(is_inner)
}

/// A line of plain text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlainLine {
    /// Its words, as a range of those of the paragraph.
    pub words: (usize, usize),
    /// How wide they are, with the spaces among them, in points.
    pub width: f32,
}

impl Plain {
    /// The widths of the longest word and of all, in points.
    pub fn widths(&self) -> (f32, f32) {
        let longest = self.0.iter().map(|word| advanced(0.0, &word.glyphs)).fold(0.0, f32::max);
        (longest, self.lines(f32::INFINITY).map_or(0.0, |lines| lines.first().map_or(0.0, |line| line.width)))
    }

    /// The lines at `width`; `None` if a word is longer.
    pub fn lines(&self, width: f32) -> Option<Vec<PlainLine>> {
        let mut lines: Vec<PlainLine> = Vec::new();
        for (at, word) in self.0.iter().enumerate() {
            if let Some(line) = lines.last_mut() {
                let end = advanced(advanced(line.width, &word.space), &word.glyphs);
                if end <= width {
                    *line = PlainLine { words: (line.words.0, at + 1), width: end };
                    continue;
                }
            }
            let end = advanced(0.0, &word.glyphs);
            if end > width {
                return None;
            }
            lines.push(PlainLine { words: (at, at + 1), width: end });
        }
        Some(lines)
    }

    /// The font of all words.
    pub fn font(&self) -> Option<&FontData> {
        self.0.first().map(|word| &word.font)
    }

    /// The glyphs of `line`, each with the byte of the line at which its word, or the space before it, begins.
    pub fn glyphs(&self, line: PlainLine) -> impl Iterator<Item = (usize, WordGlyph)> {
        let mut start = 0;
        self.0[line.words.0..line.words.1].iter().enumerate().flat_map(move |(at, word)| {
            let space = word.space.filter(|_| at > 0).map(|space| (start, space));
            let begin = start + usize::from(space.is_some());
            start = begin + word.bytes;
            space.into_iter().chain(word.glyphs.iter().map(move |glyph| (begin, *glyph)))
        })
    }

    /// The bytes of `line`, with the space behind it at which it was broken.
    pub fn bytes(&self, line: PlainLine) -> usize {
        let words = &self.0[line.words.0..line.words.1];
        let among = words.len() - 1;
        let behind = usize::from(line.words.1 < self.0.len());
        words.iter().map(|word| word.bytes).sum::<usize>() + among + behind
    }
}

/// Where the pen is behind `glyphs`: added one by one, as lines are laid out, so that sums agree to the last bit.
fn advanced<'g>(from: f32, glyphs: impl IntoIterator<Item = &'g WordGlyph>) -> f32 {
    glyphs.into_iter().fold(from, |x, glyph| x + glyph.advance)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::text::{Measure, TextBlock, TextEngine, TextStyle};

    /// Where everything stands: lines as ranges with their widths, glyphs with their places.
    type Placed = (u32, f32, f32, u32, usize);

    fn told(block: &TextBlock) -> (Vec<String>, Vec<Placed>) {
        let lines = block.lines.iter().map(|l| format!("{:?} {:.2} {:.2}", l.range, l.width, l.baseline)).collect();
        let glyphs = block.runs.iter().flat_map(|r| r.glyphs.iter().map(|g| (g.id, g.x, g.y, g.cluster, r.line)));
        (lines, glyphs.collect())
    }

    fn word() -> impl Strategy<Value = String> {
        prop_oneof![
            "[A-Z]?[a-wyz][a-z]{0,8}[.,;!?]?",
            "[0-9]{1,4}",
            "[A-Z]{2,5}",
            "[a-zėąžšéüñ]{2,8}",
            "AVA",
            "To",
            "don't",
            "8[.]5"
        ]
    }

    proptest! {
        #[test]
        fn words_stand_as_the_layout_library_sets_them(
            words in prop::collection::vec(word(), 1..12),
            width in prop::option::of(130.0f32..400.0),
            bold in any::<bool>(),
        ) {
            let text = words.join(" ");
            let style = TextStyle { bold, ..TextStyle::new(14.0, 19.0) };
            let measure = Measure { width, ..Measure::default() };
            let mut engine = TextEngine::default();
            engine.block(&text, style, measure);
            let before = engine.shapings();
            let ours = engine.block(&text, style, measure);
            prop_assert_eq!(engine.shapings(), before, "every word is known");
            let theirs = engine.block_without_words(&text, style, measure);
            let ((lines, glyphs), (other_lines, other_glyphs)) = (told(&ours), told(&theirs));
            prop_assert_eq!(lines, other_lines);
            prop_assert_eq!(glyphs.len(), other_glyphs.len());
            for (a, b) in glyphs.iter().zip(&other_glyphs) {
                prop_assert_eq!((a.0, a.3, a.4), (b.0, b.3, b.4));
                prop_assert!((a.1 - b.1).abs() < 0.01 && (a.2 - b.2).abs() < 0.01, "{:?} {:?}", a, b);
            }
        }
    }
}
