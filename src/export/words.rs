//! What each glyph says, for files whose readers put the text together from the glyphs.

use std::ops::Range;

use crate::text::{GlyphRun, TextBlock};

/// What the glyphs of a run say: a text, and for each glyph its part of it.
///
/// Readers of PDF take the glyphs from left to right and turn the letters of right-to-left words around, one
/// by one. The letters of a ligature are therefore given in the order in which they are seen.
pub(super) fn run_words(block: &TextBlock, run: &GlyphRun) -> (String, Vec<Range<usize>>) {
    let starts = starts(block, run.line);
    let end = block.lines.get(run.line).map_or(block.text.len(), |line| line.range.end);
    let (mut words, mut ranges) = (String::new(), Vec::with_capacity(run.glyphs.len()));
    for glyphs in run.glyphs.chunk_by(|a, b| a.cluster == b.cluster) {
        let start = glyphs[0].cluster as usize;
        let next = starts.get(starts.partition_point(|known| *known <= start)).copied();
        let said = said(block.text.get(start..next.unwrap_or(end)).unwrap_or_default());
        let from = words.len();
        if run.rtl {
            words.extend(said.chars().rev());
        } else {
            words.push_str(said);
        }
        if run.rtl && glyphs.len() == said.chars().count() {
            let places = words[from..].char_indices().map(|(at, c)| from + at..from + at + c.len_utf8());
            ranges.extend(places);
        } else {
            ranges.extend(std::iter::repeat_n(from..words.len(), glyphs.len()));
        }
    }
    (words, ranges)
}

/// The first bytes of the clusters of a line, in the order of the text.
fn starts(block: &TextBlock, line: usize) -> Vec<usize> {
    let runs = block.runs.iter().filter(|run| run.line == line);
    let mut starts: Vec<usize> = runs.flat_map(|run| &run.glyphs).map(|glyph| glyph.cluster as usize).collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// The text of a cluster without the white space at the end of a line, which has no glyphs.
fn said(text: &str) -> &str {
    match text.trim_end() {
        "" => text,
        trimmed => trimmed,
    }
}

#[cfg(test)]
mod tests {
    use super::run_words;
    use crate::text::{Measure, TextEngine, TextStyle};

    fn said(text: &str, width: f32) -> Vec<String> {
        let style = TextStyle::new(14.0, 18.0);
        let block = TextEngine::default().block(text, style, Measure { width: Some(width), ..Measure::default() });
        let words = |run| {
            let (words, ranges) = run_words(&block, run);
            assert_eq!(ranges.len(), run.glyphs.len());
            assert!(ranges.iter().all(|range| words.get(range.clone()).is_some()));
            words
        };
        block.runs.iter().map(words).collect()
    }

    #[test]
    fn left_to_right_words_stay_as_they_are_and_lines_end_with_their_last_letter() {
        assert_eq!(said("one two", 300.0).concat(), "one two");
        assert_eq!(said("one two", 30.0), ["one", "two"]);
    }

    #[test]
    fn right_to_left_words_come_as_they_are_seen_letter_by_letter() {
        for word in ["سلام", "الله", "می‌کند", "الأسعار"] {
            let seen: String = word.chars().rev().collect();
            assert_eq!(said(word, 300.0).concat(), seen);
        }
    }
}
