//! A finished text: glyphs at their places.

use std::ops::Range;

use kurbo::Rect;
use parley::FontData;

/// A text laid out in a box, in points, the origin at the box's top left.
#[derive(Clone, Debug, Default)]
pub struct TextBlock {
    /// The text, as shown: with the ellipsis where it was cut.
    pub text: String,
    /// Glyphs by font, from line to line and from left to right.
    pub runs: Vec<GlyphRun>,
    /// Lines from top to bottom.
    pub lines: Vec<Line>,
    /// The width of the widest line.
    pub width: f32,
    /// Lines × line height.
    pub height: f32,
    /// Points per em.
    pub size: f32,
    /// Whether text was left out because it did not fit the lines allowed.
    pub truncated: bool,
}

/// One line of a block.
#[derive(Clone, Debug)]
pub struct Line {
    /// The left end of its glyphs.
    pub x: f32,
    /// The baseline.
    pub baseline: f32,
    /// The width of its glyphs without trailing white space.
    pub width: f32,
    /// The bytes of [`TextBlock::text`] in it.
    pub range: Range<usize>,
    /// Whether its paragraph reads from right to left.
    pub rtl: bool,
}

/// Glyphs of one font in one direction on one line.
#[derive(Clone, Debug)]
pub struct GlyphRun {
    /// The font's bytes and the index in a collection; `font.data.id()` tells fonts apart.
    pub font: FontData,
    /// Points per em.
    pub size: f32,
    /// Whether the glyphs stand in reverse order of their characters.
    pub rtl: bool,
    /// The line it belongs to.
    pub line: usize,
    /// Glyphs from left to right.
    pub glyphs: Vec<Glyph>,
}

/// One glyph.
#[derive(Clone, Copy, Debug)]
pub struct Glyph {
    /// The number in the font.
    pub id: u32,
    /// The pen's place, from the block's left.
    pub x: f32,
    /// The baseline's place, from the block's top.
    pub y: f32,
    /// The first byte of the characters it stands for, in [`TextBlock::text`].
    pub cluster: u32,
}

/// Glyphs of one line that stand for the same characters.
struct Cluster {
    left: f32,
    right: f32,
    bytes: Range<usize>,
    rtl: bool,
}

impl TextBlock {
    /// The boxes, as high as their lines, of the glyphs that stand for `range` of the text.
    ///
    /// A line has several where it mixes directions.
    pub fn boxes(&self, range: Range<usize>) -> Vec<Rect> {
        let height = f64::from(self.height) / self.lines.len().max(1) as f64;
        let mut boxes: Vec<Rect> = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            if line.range.end <= range.start || line.range.start >= range.end {
                continue;
            }
            let first = boxes.len();
            for cluster in self.clusters(index) {
                let Some((left, right)) = self.part_of(&cluster, &range) else { continue };
                let top = index as f64 * height;
                let next = Rect::new(f64::from(left), top, f64::from(right), top + height);
                match boxes[first..].last_mut() {
                    Some(last) if next.x0 - last.x1 < 0.5 => last.x1 = last.x1.max(next.x1),
                    _ => boxes.push(next),
                }
            }
        }
        boxes
    }

    /// The glyphs that stand for `range` of the text, alone at their places.
    pub fn part(&self, range: &Range<usize>) -> Self {
        let all = self.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.cluster as usize);
        // A ligature that begins before the range reaches into it.
        let start = all.filter(|start| *start <= range.start).max().unwrap_or(range.start);
        let mut runs = Vec::new();
        for run in &self.runs {
            let inside = |glyph: &&Glyph| (start..range.end).contains(&(glyph.cluster as usize));
            let glyphs: Vec<Glyph> = run.glyphs.iter().filter(inside).copied().collect();
            if !glyphs.is_empty() {
                runs.push(GlyphRun { glyphs, font: run.font.clone(), ..*run });
            }
        }
        let mut lines = self.lines.clone();
        for (index, line) in lines.iter_mut().enumerate() {
            let own = runs.iter().filter(|run| run.line == index).flat_map(|run| &run.glyphs);
            let (left, right) = own.fold((f32::MAX, f32::MIN), |(l, r), glyph| (l.min(glyph.x), r.max(glyph.x)));
            line.x = left.min(right);
            // Half an em for the last letter.
            line.width = if right < left { 0.0 } else { right - left + self.size / 2.0 };
        }
        Self { runs, lines, text: self.text.clone(), ..*self }
    }

    /// The clusters of a line from left to right.
    fn clusters(&self, index: usize) -> Vec<Cluster> {
        let line = &self.lines[index];
        let mut clusters: Vec<Cluster> = Vec::new();
        for run in self.runs.iter().filter(|run| run.line == index) {
            for glyph in &run.glyphs {
                let start = glyph.cluster as usize;
                match clusters.last_mut() {
                    // A sign above or below its letter.
                    Some(last) if last.bytes.start == start => {}
                    last => {
                        if let Some(last) = last {
                            last.right = glyph.x.max(last.left);
                        }
                        let end = line.x + line.width;
                        clusters.push(Cluster { left: glyph.x, right: end, bytes: start..start, rtl: run.rtl });
                    }
                }
            }
        }
        let mut starts: Vec<usize> = clusters.iter().map(|cluster| cluster.bytes.start).collect();
        starts.sort_unstable();
        for cluster in &mut clusters {
            let next = starts.partition_point(|start| *start <= cluster.bytes.start);
            cluster.bytes.end = starts.get(next).copied().unwrap_or(line.range.end);
        }
        clusters
    }

    /// The left and right end of what `range` takes of a cluster: a part, where it is a ligature of several.
    fn part_of(&self, cluster: &Cluster, range: &Range<usize>) -> Option<(f32, f32)> {
        let (start, end) = (range.start.max(cluster.bytes.start), range.end.min(cluster.bytes.end));
        let count = |range: Range<usize>| self.text.get(range).map_or(0, |text| text.chars().count()) as f32;
        let all = count(cluster.bytes.clone());
        if start >= end || all == 0.0 {
            return None;
        }
        let width = cluster.right - cluster.left;
        let (from, to) = (count(cluster.bytes.start..start) / all, count(cluster.bytes.start..end) / all);
        Some(if cluster.rtl {
            (cluster.right - to * width, cluster.right - from * width)
        } else {
            (cluster.left + from * width, cluster.left + to * width)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{Measure, TextBlock, TextEngine, TextStyle};

    fn block(text: &str, width: f32) -> TextBlock {
        let style = TextStyle::new(14.0, 18.0);
        TextEngine::default().block(text, style, Measure { width: Some(width), ..Measure::default() })
    }

    #[test]
    fn words_have_boxes_in_their_line() {
        let block = block("one two\nthree", 300.0);
        let two = block.boxes(4..7);
        assert_eq!(two.len(), 1);
        assert!(two[0].x0 > 20.0 && two[0].y1 == 18.0, "{two:?}");
        assert!((two[0].x1 - f64::from(block.lines[0].width)).abs() < 0.01);
        assert_eq!(block.boxes(0..13).len(), 2, "one a line");
        assert_eq!(block.boxes(8..13)[0].y0, 18.0);
        assert_eq!(block.boxes(3..3), []);
    }

    #[test]
    fn right_to_left_words_stand_where_their_letters_do() {
        let text = "سلام دنیا";
        let block = block(text, 300.0);
        let (hello, world) = (block.boxes(0..8), block.boxes(9..text.len()));
        assert!((hello[0].x1 - 300.0).abs() < 0.01);
        assert!(world[0].x1 <= hello[0].x0);
        assert!((world[0].x0 - f64::from(block.lines[0].x)).abs() < 0.01);
    }

    #[test]
    fn mixed_directions_make_several_boxes() {
        let text = "about مشتری CRM";
        let block = block(text, 300.0);
        let across = text.find("ری").unwrap();
        assert_eq!(block.boxes(across..text.len()).len(), 2, "{:?}", block.boxes(across..text.len()));
        let part = block.part(&(across..text.len()));
        let glyphs: usize = part.runs.iter().map(|run| run.glyphs.len()).sum();
        assert_eq!(glyphs, 6, "two letters, a space, three letters: {:?}", part.runs);
    }

    #[test]
    fn a_part_of_a_ligature_is_a_part_of_its_box() {
        let block = block("سلام", 300.0);
        let lam = block.boxes(2..4);
        let both = block.boxes(2..6);
        assert!(lam[0].width() > 0.5 && lam[0].width() < both[0].width());
        assert!((lam[0].x1 - both[0].x1).abs() < 0.01, "the first letter is the right one");
    }
}
