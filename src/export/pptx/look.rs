//! The look of the map in the units of a slide, and texts as paragraphs.

use super::scale::{scaled, styles};
use super::shape::{Body, BoxShape, Fill, Geometry, Paragraph, Role, Run, Side};
use crate::layout::{Layout, Words};
use crate::model::{Language, first_strong_is_rtl};
use crate::text::{Measure, TextEngine};
use crate::theme::{Color, Style, Theme};
use kurbo::Rect;

/// The least size of a text that people read, in points.
pub(super) const LEAST: f32 = 9.0;

/// What everything on a slide is drawn with.
pub(super) struct Look {
    /// Lengths and sizes are points of the slide.
    pub theme: Theme,
    /// Points of the slide for one of the map.
    pub unit: f64,
    pub rtl: bool,
    pub words: Words,
}

impl Look {
    /// The look of a picture of the whole map, however small its texts become.
    pub fn overview(layout: &Layout, unit: f64) -> Self {
        let mut theme = scaled(&layout.theme, unit);
        for style in styles(&mut theme.text) {
            // Sizes are hundredths of a point, and none is less than one.
            style.size = ((style.size * 100.0).floor() / 100.0).max(1.0);
        }
        Self { theme, unit, rtl: layout.rtl, words: layout.words }
    }

    /// The look of a slide that is read: no text is smaller than [`LEAST`].
    pub fn readable(layout: &Layout, unit: f64) -> Self {
        let mut theme = scaled(&layout.theme, unit);
        for style in styles(&mut theme.text) {
            let leading = style.line / style.size;
            // People choose sizes in halves of a point.
            style.size = ((style.size * 2.0).round() / 2.0).max(LEAST);
            style.line = style.size * leading;
        }
        Self { theme, unit, rtl: layout.rtl, words: layout.words }
    }

    /// The side on which headings begin.
    pub fn start(&self) -> Side {
        if self.rtl { Side::Right } else { Side::Left }
    }

    /// A run of text.
    pub fn run(&self, text: impl Into<String>, style: Style, color: Color) -> Run {
        let text = text.into();
        let is_rtl = first_strong_is_rtl(&text);
        let language = match (is_rtl, self.words.language) {
            (Some(true), Language::Persian) => Some("fa-IR"),
            (Some(true), _) => Some("ar-SA"),
            (Some(false), Language::Lithuanian) => Some("lt-LT"),
            _ => None,
        };
        Run { text, size: style.size, bold: style.bold, color, language }
    }

    /// A paragraph of runs; it reads as its first letter does. Without `side` it begins where its words do.
    pub fn paragraph(&self, runs: Vec<Run>, side: Option<Side>) -> Paragraph {
        let strong = runs.iter().find_map(|run| first_strong_is_rtl(&run.text));
        let rtl = strong.unwrap_or(self.rtl);
        let side = side.unwrap_or(if rtl { Side::Right } else { Side::Left });
        Paragraph { rtl, side, above: 0.0, indent: 0.0, mark: None, runs }
    }

    /// The paragraphs of a text, one a line of it.
    pub fn paragraphs(&self, text: &str, style: Style, color: Color, side: Option<Side>) -> Vec<Paragraph> {
        text.split('\n').map(|line| self.paragraph(vec![self.run(line, style, color)], side)).collect()
    }

    /// A text that stands on the ground.
    pub fn label(&self, name: &str, rect: Rect, paragraphs: Vec<Paragraph>, in_middle: bool) -> BoxShape {
        let body = Body { insets: [0.0; 4], in_middle, shrinks: false, wraps: true, paragraphs };
        BoxShape {
            name: name.to_owned(),
            role: Role::Text,
            rect,
            geometry: Geometry::Rect,
            fill: Fill::None,
            line: None,
            shadow: None,
            text: Some(body),
        }
    }
}

/// The height that `text` needs where it has `width`.
pub(super) fn height_of(text: &str, style: Style, width: f64, engine: &mut TextEngine) -> f64 {
    let measure = Measure { width: Some(width.max(1.0) as f32), ..Measure::default() };
    f64::from(engine.block(text, style.into(), measure).height)
}

/// A text of the layout for a program that knows no isolates: marks keep the sign on the left of its number.
pub(super) fn with_marks(text: &str) -> String {
    text.replace(['\u{2066}', '\u{2069}'], "\u{200E}")
}

/// The first words of a text, for the name of a shape.
pub(super) fn name_of(kind: &str, text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = line.char_indices().nth(LONGEST).map(|(at, _)| at);
    match end {
        Some(at) => format!("{kind}: {}…", line[..at].trim_end()),
        None => format!("{kind}: {line}"),
    }
}
