//! What stands around the grid of a picture: the head above it, the legend below it.

use kurbo::{Point, Rect, Size};

use crate::model::Language;

/// What stands around the grid; by default what the window shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Around {
    /// Whether title and subtitle are shown.
    pub title: bool,
    /// Whether lines and links are explained.
    pub legend: bool,
    /// Whether peak, low and end of the curve are named; in a part of a map they would be others.
    pub extremes: bool,
    /// The size of a logo at the end of the head, in points; words keep clear of it.
    pub logo: Option<Size>,
    /// The language of the picture's own words, where the headings of a part of a map would not tell.
    pub language: Option<Language>,
}

impl Default for Around {
    fn default() -> Self {
        Self { title: true, legend: true, extremes: true, logo: None, language: None }
    }
}

/// Between the words of the head and the logo.
pub(super) const BESIDE: f64 = 24.0;

impl Around {
    /// The place of the logo in a picture of this width: in the corner where the lines of the head end.
    pub(super) fn logo_rect(&self, width: f64, margin: f64, rtl: bool) -> Option<Rect> {
        let size = self.logo?;
        let x = if rtl { margin } else { width - margin - size.width };
        Some(Rect::from_origin_size(Point::new(x, margin), size))
    }
}
