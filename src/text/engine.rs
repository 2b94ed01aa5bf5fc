//! Texts to blocks.

use std::borrow::Cow;
use std::ops::Range;

use parley::{
    BaseDirection, FontContext, FontFamily, FontWeight, Layout, LayoutContext, LineHeight, OverflowWrap, RangedBuilder,
    StyleProperty,
};

use super::block::{Line, TextBlock};
use super::fallback::Asked;
use super::fonts::{self, EMOJI};
use super::set::{align, baseline, flatten, set_plain};
use super::typeface::Typeface;
use super::words::{Plain, Word, WordGlyph, Words};
use crate::model::first_strong_is_rtl;

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// Points per em.
    pub size: f32,
    /// Points from baseline to baseline.
    pub line_height: f32,
    /// Bold or regular; there are no other weights.
    pub bold: bool,
    /// The fonts.
    pub typeface: Typeface,
}

impl TextStyle {
    /// Regular text in the bundled fonts.
    pub const fn new(size: f32, line_height: f32) -> Self {
        Self { size, line_height, bold: false, typeface: Typeface::INTER }
    }

    /// The same in bold.
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }
}

/// On which side of its box a line stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Where its paragraph starts: left, or right for right-to-left text.
    #[default]
    Start,
    /// Left, whatever the text.
    Left,
    /// In the middle.
    Center,
    /// Right, whatever the text.
    Right,
}

/// The base direction of paragraphs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextDirection {
    /// Each paragraph by its first letter; left to right without one.
    #[default]
    Auto,
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

/// The box that a text is laid out in.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measure {
    /// The width in points; lines break there. Without it only at line breaks in the text.
    pub width: Option<f32>,
    /// How many lines are shown at most; the last one then ends with an ellipsis.
    pub max_lines: Option<usize>,
    /// On which side lines stand; without a width the block is as wide as its widest line.
    pub align: Align,
    /// The base direction.
    pub direction: TextDirection,
}

/// Shapes and breaks text. One for each thread that lays out.
pub struct TextEngine {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    /// For which scripts the system was asked for a font.
    asked: Asked,
    /// The fonts of one's own that the context knows.
    known: Vec<Typeface>,
    words: Words,
    shaped: usize,
}

impl Default for TextEngine {
    fn default() -> Self {
        let (layouts, asked) = (LayoutContext::new(), Asked::default());
        Self { fonts: fonts::context(), layouts, asked, known: Vec::new(), words: Words::default(), shaped: 0 }
    }
}

impl std::fmt::Debug for TextEngine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TextEngine").field("shaped", &self.shaped).finish_non_exhaustive()
    }
}

/// A text that was shaped, but not broken into lines.
pub struct Shaped {
    paragraphs: Vec<Paragraph>,
    style: TextStyle,
}

/// A paragraph that was shaped.
enum Paragraph {
    /// Plain text, of words that were shaped before.
    Plain(Plain),
    /// Any text.
    Any(Layout<()>),
    /// None, which is laid out as a space.
    Empty(Layout<()>),
}

impl Paragraph {
    /// The width of the longest word and of all, in points.
    fn widths(&self) -> (f32, f32) {
        match self {
            Self::Plain(plain) => plain.widths(),
            Self::Any(layout) => {
                let widths = layout.calculate_content_widths();
                (widths.min, widths.max)
            }
            Self::Empty(_) => (0.0, 0.0),
        }
    }
}

impl std::fmt::Debug for Shaped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shaped").field("paragraphs", &self.paragraphs.len()).finish_non_exhaustive()
    }
}

impl Shaped {
    /// The width of the longest word and of the longest paragraph, in points.
    pub fn widths(&self) -> (f32, f32) {
        let widths = self.paragraphs.iter().map(Paragraph::widths);
        widths.fold((0f32, 0f32), |all, one| (all.0.max(one.0), all.1.max(one.1)))
    }
}

impl TextEngine {
    /// How many paragraphs and words were shaped since the engine was made: the count of its real work.
    pub fn shapings(&self) -> usize {
        self.shaped
    }

    /// Lays `text` out in the box that `measure` describes.
    pub fn block(&mut self, text: &str, style: TextStyle, measure: Measure) -> TextBlock {
        self.lay_out(text, style, measure, Vec::new())
    }

    /// As [`block`](Self::block), as the layout library sets every text.
    #[cfg(test)]
    pub(super) fn block_without_words(&mut self, text: &str, style: TextStyle, measure: Measure) -> TextBlock {
        let shaped = text.split('\n').map(|text| Paragraph::Any(self.shape(text, style, measure.direction))).collect();
        self.lay_out(text, style, measure, shaped)
    }

    /// Shapes `text`, for a block whose width is to follow from its own.
    pub fn shaped(&mut self, text: &str, style: TextStyle) -> Shaped {
        let paragraphs = text.split('\n').map(|text| self.shaped_paragraph(text, style, TextDirection::Auto)).collect();
        Shaped { paragraphs, style }
    }

    /// As [`block`](Self::block), of a `text` that was shaped already; each paragraph runs by its first letter.
    pub fn block_of(&mut self, text: &str, shaped: Shaped, measure: Measure) -> TextBlock {
        let measure = Measure { direction: TextDirection::Auto, ..measure };
        self.lay_out(text, shaped.style, measure, shaped.paragraphs)
    }

    fn lay_out(&mut self, text: &str, style: TextStyle, measure: Measure, shaped: Vec<Paragraph>) -> TextBlock {
        let mut shaped = shaped.into_iter();
        let mut block = TextBlock { size: style.size, ..TextBlock::default() };
        let max_lines = measure.max_lines.unwrap_or(usize::MAX);
        let mut start = 0;
        for paragraph in text.split('\n') {
            if block.lines.len() >= max_lines {
                block.truncated = true;
                break;
            }
            let known = shaped.next().unwrap_or_else(|| self.shaped_paragraph(paragraph, style, measure.direction));
            self.paragraph(&mut block, (paragraph, known), style, measure, max_lines);
            start += paragraph.len() + 1;
            if start <= text.len() {
                block.text.push('\n');
            }
        }
        align(&mut block, measure);
        block
    }

    /// The width of the longest word and of the longest paragraph of `text`, in points.
    pub fn widths(&mut self, text: &str, style: TextStyle) -> (f32, f32) {
        self.shaped(text, style).widths()
    }

    /// The two halves that an editor of the layout library needs.
    pub fn contexts(&mut self) -> (&mut FontContext, &mut LayoutContext<()>) {
        (&mut self.fonts, &mut self.layouts)
    }

    /// The style properties of `style`, with the order of families for text that reads as `rtl`.
    pub fn properties(style: TextStyle, rtl: bool) -> [StyleProperty<'static, ()>; 5] {
        [
            StyleProperty::FontFamily(FontFamily::Source(style.typeface.families(rtl))),
            StyleProperty::FontSize(style.size),
            StyleProperty::FontWeight(if style.bold { FontWeight::BOLD } else { FontWeight::NORMAL }),
            StyleProperty::LineHeight(LineHeight::Absolute(style.line_height)),
            StyleProperty::OverflowWrap(OverflowWrap::Anywhere),
        ]
    }

    /// Loads the fonts of `style`, and those of the system for the scripts of `text` that no bundled font has.
    pub fn prepare(&mut self, text: &str, style: TextStyle) {
        style.typeface.register(&mut self.fonts, &mut self.known);
        self.asked.prepare(text, &mut self.fonts);
    }

    fn shaped_paragraph(&mut self, paragraph: &str, style: TextStyle, direction: TextDirection) -> Paragraph {
        if paragraph.is_empty() {
            return Paragraph::Empty(self.shape(paragraph, style, direction));
        }
        self.plain(paragraph, style, direction)
            .map_or_else(|| Paragraph::Any(self.shape(paragraph, style, direction)), Paragraph::Plain)
    }

    /// The words of `paragraph`, if it is plain text.
    fn plain(&mut self, paragraph: &str, style: TextStyle, direction: TextDirection) -> Option<Plain> {
        // Fonts of one's own may join words.
        let is_bundled = Typeface::BUNDLED.iter().any(|(_, typeface)| *typeface == style.typeface);
        if direction == TextDirection::RightToLeft || !is_bundled {
            return None;
        }
        let mut words = std::mem::take(&mut self.words);
        let plain = words.of(paragraph, style, |word| self.word(word, style));
        self.words = words;
        plain
    }

    /// The glyphs of a word that has the spaces beside it, if one font has them all.
    fn word(&mut self, spaced: &str, style: TextStyle) -> Option<Word> {
        let mut layout = self.shape(spaced, style, TextDirection::LeftToRight);
        layout.break_all_lines(None);
        let line = layout.get(0)?;
        let font = line.runs().next()?.font().clone();
        let before = spaced.len() - spaced.trim_start().len();
        let bytes = spaced.trim().len();
        let (mut space, mut glyphs) = (None, Vec::new());
        for run in line.runs() {
            if *run.font() != font {
                return None;
            }
            for cluster in run.visual_clusters() {
                let at = cluster.text_range().start;
                for g in cluster.glyphs() {
                    let at_word = at.saturating_sub(before) as u32;
                    let glyph = WordGlyph { id: g.id, offset: (g.x, g.y), advance: g.advance, at: at_word };
                    if at < before {
                        space = Some(glyph);
                    } else if at_word < bytes as u32 {
                        glyphs.push(glyph);
                    }
                }
            }
        }
        glyphs.iter().all(|glyph| glyph.id != 0).then_some(Word { font, space, glyphs, bytes })
    }

    fn shape(&mut self, paragraph: &str, style: TextStyle, direction: TextDirection) -> Layout<()> {
        self.prepare(paragraph, style);
        self.shaped += 1;
        let rtl = is_rtl(paragraph, direction);
        let mut builder: RangedBuilder<'_, ()> = self.layouts.ranged_builder(&mut self.fonts, paragraph, 1.0, false);
        for property in Self::properties(style, rtl) {
            builder.push_default(property);
        }
        for range in emoji_ranges(paragraph) {
            builder.push(StyleProperty::FontFamily(FontFamily::Source(Cow::Borrowed(EMOJI))), range);
        }
        builder.set_base_direction(if rtl { BaseDirection::Rtl } else { BaseDirection::Ltr });
        builder.build(paragraph)
    }

    fn paragraph(
        &mut self,
        block: &mut TextBlock,
        (text, shaped): (&str, Paragraph),
        style: TextStyle,
        measure: Measure,
        max_lines: usize,
    ) {
        let allowed = max_lines - block.lines.len();
        let mut layout = match shaped {
            Paragraph::Plain(plain) => {
                if set_plain(block, (text, &plain), style, measure, allowed) {
                    return;
                }
                // A word has to be broken, or the text to be cut.
                self.shape(text, style, measure.direction)
            }
            Paragraph::Any(layout) | Paragraph::Empty(layout) => layout,
        };
        let mut shown = Cow::Borrowed(text);
        layout.break_all_lines(measure.width);
        if layout.len() > allowed {
            block.truncated = true;
            let direction =
                if is_rtl(text, measure.direction) { TextDirection::RightToLeft } else { TextDirection::LeftToRight };
            (layout, shown) = self.clamp(text, &layout, allowed, style, measure.width, direction);
        }
        let rtl = is_rtl(text, measure.direction);
        let offset = block.text.len();
        block.text.push_str(&shown);
        for line in layout.lines().take(allowed) {
            let top = block.lines.len() as f32 * style.line_height;
            let range = line.text_range();
            flatten(block, line.runs(), &shown, range, top, style, (offset, rtl, false));
        }
        if layout.is_empty() || layout.lines().next().is_none() {
            let baseline = block.lines.len() as f32 * style.line_height + baseline(style);
            block.lines.push(Line { x: 0.0, baseline, width: 0.0, range: offset..offset, rtl });
        }
        block.height = block.lines.len() as f32 * style.line_height;
    }

    /// Cuts `text` so that it fits `lines` lines with an ellipsis at its end.
    fn clamp<'t>(
        &mut self,
        text: &str,
        layout: &Layout<()>,
        lines: usize,
        style: TextStyle,
        width: Option<f32>,
        direction: TextDirection,
    ) -> (Layout<()>, Cow<'t, str>) {
        let Some(last) = layout.get(lines - 1) else { return (self.shape("", style, direction), Cow::Borrowed("")) };
        let mut cuts: Vec<usize> = last
            .runs()
            .flat_map(|run| run.clusters().map(|c| c.text_range().end).collect::<Vec<_>>())
            .filter(|end| *end <= text.len())
            .collect();
        cuts.sort_unstable();
        loop {
            let end = cuts.pop().unwrap_or(last.text_range().start);
            let cut = format!("{}…", text[..end].trim_end());
            let mut short = self.shape(&cut, style, direction);
            short.break_all_lines(width);
            if short.len() <= lines || cuts.is_empty() {
                return (short, Cow::Owned(cut));
            }
        }
    }
}

fn is_rtl(paragraph: &str, direction: TextDirection) -> bool {
    match direction {
        TextDirection::Auto => first_strong_is_rtl(paragraph).unwrap_or(false),
        TextDirection::LeftToRight => false,
        TextDirection::RightToLeft => true,
    }
}

/// The ranges that ask for an emoji by a variation selector and would come black from a text font.
fn emoji_ranges(text: &str) -> Vec<Range<usize>> {
    const ASK_FOR_EMOJI: char = '\u{FE0F}';
    if !text.contains(ASK_FOR_EMOJI) {
        return Vec::new();
    }
    let mut ranges = Vec::new();
    let mut previous = 0;
    for (at, c) in text.char_indices() {
        if c == ASK_FOR_EMOJI {
            ranges.push(previous..at + c.len_utf8());
        }
        previous = at;
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: TextStyle = TextStyle::new(14.0, 18.0);

    fn wrapped(text: &str, width: f32) -> TextBlock {
        TextEngine::default().block(text, STYLE, Measure { width: Some(width), ..Measure::default() })
    }

    #[test]
    fn nothing_is_missing_in_any_script() {
        let text = "Kąčė žvyruoja CRM 2026 · سلام می‌کند ؟ ۱۲۳ مرحبا ١٢٣ «ب» 🙂👩‍👩‍👧 ❤️";
        let block = TextEngine::default().block(text, STYLE, Measure::default());
        let missing: usize = block.runs.iter().flat_map(|r| &r.glyphs).filter(|g| g.id == 0).count();
        assert_eq!(missing, 0);
        assert!(block.runs.len() > 4);
    }

    #[test]
    fn right_to_left_lines_stand_on_the_right() {
        let block = wrapped("قیمت‌ها را مقایسه می‌کند", 300.0);
        assert!(block.lines[0].rtl);
        assert!((block.lines[0].x + block.lines[0].width - 300.0).abs() < 0.01);
        let first_char = block.runs.iter().flat_map(|r| &r.glyphs).find(|g| g.cluster == 0).unwrap();
        assert!(first_char.x > block.lines[0].x + block.lines[0].width * 0.8, "the first letter is at the right");
    }

    #[test]
    fn paragraphs_have_their_own_direction() {
        let block = wrapped("English\nعربي", 200.0);
        assert_eq!(block.lines.iter().map(|l| l.rtl).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn a_wrapped_mixed_line_has_no_gap_of_trailing_space() {
        let block = wrapped("about مشتری about مشتری about مشتری", 90.0);
        assert!(block.lines.len() > 1);
        for (i, line) in block.lines.iter().enumerate() {
            let mut ends: Vec<f32> = block.runs.iter().filter(|r| r.line == i).map(|r| r.glyphs[0].x).collect();
            ends.sort_by(f32::total_cmp);
            assert!((ends[0] - line.x).abs() < 1.0, "line {i} starts with a glyph, not with a space");
            assert!(!block.text[line.range.clone()].trim().is_empty());
        }
    }

    #[test]
    fn too_much_text_ends_with_an_ellipsis_on_the_right_side() {
        let measure = Measure { width: Some(80.0), max_lines: Some(2), ..Measure::default() };
        for text in ["one two three four five six seven eight", "یک دو سه چهار پنج شش هفت هشت نه ده یازده"]
        {
            let block = TextEngine::default().block(text, STYLE, measure);
            assert!(block.truncated);
            assert_eq!(block.lines.len(), 2);
            assert!(block.text.ends_with('…'));
            assert!(block.width <= 80.0);
        }
    }

    #[test]
    fn long_words_break_anywhere() {
        let block = wrapped("Donaudampfschifffahrtsgesellschaft", 60.0);
        assert!(block.lines.len() > 2);
        assert!(block.width <= 60.0);
    }

    #[test]
    fn empty_lines_count() {
        let block = wrapped("a\n\nb", 100.0);
        assert_eq!(block.lines.len(), 3);
        assert!((block.height - 54.0).abs() < 0.01);
        assert_eq!(wrapped("", 100.0).lines.len(), 1);
    }
}
