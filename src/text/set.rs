//! Shaped paragraphs to the lines and glyphs of a block.

use std::ops::Range;

use parley::{Layout, Run};

use super::block::{Glyph, GlyphRun, Line, TextBlock};
use super::engine::{Align, Measure, TextStyle};
use super::words::{Plain, WordGlyph};

/// The place of the baseline below the top of a line, from Inter's metrics (ascent 0.969 em, descent
/// 0.241 em): the same for every script, so that mixed lines stand on one grid.
pub(super) fn baseline(style: TextStyle) -> f32 {
    (style.line_height - 1.21 * style.size) / 2.0 + 0.969 * style.size
}

/// Adds a paragraph of plain text to `block`; says no where it does not fit as it is.
pub(super) fn set_plain(
    block: &mut TextBlock,
    (text, plain): (&str, &Plain),
    style: TextStyle,
    measure: Measure,
    allowed: usize,
) -> bool {
    let Some(lines) = plain.lines(measure.width.unwrap_or(f32::INFINITY)).filter(|lines| lines.len() <= allowed) else {
        return false;
    };
    let Some(font) = plain.font() else { return false };
    let mut start = block.text.len();
    block.text.push_str(text);
    for set in lines {
        let line = block.lines.len();
        let baseline = line as f32 * style.line_height + baseline(style);
        let mut x = 0f32;
        let place = |(word, glyph): (usize, WordGlyph)| {
            let at = (x + glyph.offset.0, baseline + glyph.offset.1);
            x += glyph.advance;
            Glyph { id: glyph.id, x: at.0, y: at.1, cluster: (start + word) as u32 + glyph.at }
        };
        let glyphs = plain.glyphs(set).map(place).collect();
        block.runs.push(GlyphRun { font: font.clone(), size: style.size, rtl: false, line, glyphs });
        block.width = block.width.max(set.width);
        let end = start + plain.bytes(set);
        block.lines.push(Line { x: 0.0, baseline, width: set.width, range: start..end, rtl: false });
        start = end;
    }
    block.height = block.lines.len() as f32 * style.line_height;
    true
}

/// Adds one line to `block`.
///
/// White space at the end of the line is left out wherever bidi put it: the layout library keeps it
/// inside the run of the other direction, where it would show as a gap (rule L1 of UAX #9). With
/// `hanging` it keeps its room, as in an editor.
pub(super) fn flatten<'l>(
    block: &mut TextBlock,
    runs: impl Iterator<Item = Run<'l, ()>>,
    text: &str,
    range: Range<usize>,
    top: f32,
    style: TextStyle,
    (offset, rtl, hanging): (usize, bool, bool),
) {
    let end = range.start + text.get(range.clone()).unwrap_or_default().trim_end().len();
    let y = top + baseline(style);
    let line = block.lines.len();
    let mut x = 0f32;
    for run in runs {
        let mut glyphs = Vec::new();
        for cluster in run.visual_clusters() {
            let at = cluster.text_range().start;
            if at >= end {
                // An editor's caret counts it.
                x += if hanging { cluster.advance() } else { 0.0 };
                continue;
            }
            for glyph in cluster.glyphs() {
                let cluster = (offset + at) as u32;
                glyphs.push(Glyph { id: glyph.id, x: x + glyph.x, y: y + glyph.y, cluster });
                x += glyph.advance;
            }
        }
        if !glyphs.is_empty() {
            let (font, size, rtl) = (run.font().clone(), run.font_size(), run.is_rtl());
            block.runs.push(GlyphRun { font, size, rtl, line, glyphs });
        }
    }
    block.width = block.width.max(x);
    block.lines.push(Line { x: 0.0, baseline: y, width: x, range: offset + range.start..offset + range.end, rtl });
}

/// The glyphs of an editor's layout, lines where the editor has them.
pub(super) fn flatten_lines(layout: &Layout<()>, text: &str, style: TextStyle, rtl: bool) -> TextBlock {
    let mut block = TextBlock { size: style.size, ..TextBlock::default() };
    for line in layout.lines() {
        let top = block.lines.len() as f32 * style.line_height;
        let first = block.runs.len();
        let range = line.text_range();
        flatten(&mut block, line.runs(), text, range, top, style, (0, rtl, true));
        let shift = line.metrics().offset;
        if let Some(line) = block.lines.last_mut() {
            line.x = shift;
        }
        for glyph in block.runs[first..].iter_mut().flat_map(|run| &mut run.glyphs) {
            glyph.x += shift;
        }
    }
    block.height = block.lines.len() as f32 * style.line_height;
    block
}

/// Moves each line to its side of the box.
pub(super) fn align(block: &mut TextBlock, measure: Measure) {
    let width = measure.width.unwrap_or(block.width);
    for line in &mut block.lines {
        let free = width - line.width;
        line.x = match measure.align {
            Align::Start if line.rtl => free,
            Align::Start | Align::Left => 0.0,
            Align::Center => free / 2.0,
            Align::Right => free,
        };
    }
    for run in &mut block.runs {
        let shift = block.lines[run.line].x;
        for glyph in &mut run.glyphs {
            glyph.x += shift;
        }
    }
}
