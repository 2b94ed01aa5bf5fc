//! Pictures: the lane that shows them step by step, a storyboard, and the one on top of a card.

use std::sync::Arc;

use kurbo::Rect;

use super::Layout;
use super::digest::Digest;
use super::row::slots;
use crate::model::Touchpoint;
use crate::picture::Shot;
use crate::text::{Align, Measure, TextBlock, TextEngine};
use crate::theme::Theme;

/// The storyboard: heights are from the row's top, x on the map.
#[derive(Debug)]
pub struct PictureRow {
    /// The height of the whole row.
    pub height: f64,
    /// Pictures from column to column and from top to bottom.
    pub pictures: Vec<PlacedPicture>,
    /// Where the pictures of each column begin in `pictures`; one more at the end.
    pub starts: Vec<usize>,
}

/// A picture in its cell.
#[derive(Debug)]
pub struct PlacedPicture {
    /// The column.
    pub column: usize,
    /// Whose picture it is.
    pub touchpoint: Arc<Touchpoint>,
    /// What is shown.
    pub slide: Slide,
    /// Its place.
    pub rect: Rect,
}

/// A picture, or what stands in for it.
#[derive(Clone, Debug)]
pub struct Slide {
    /// The picture, if there is one.
    pub shot: Shot,
    /// The name of its file, in the middle of its width.
    pub name: Arc<TextBlock>,
    /// The width in which the name stands.
    pub name_width: f64,
}

/// Height by width of a picture in the storyboard and on a card.
const FRAME: f64 = 2.0 / 3.0;
pub(super) const ON_CARD: f64 = 9.0 / 16.0;
/// Between the sides of a placeholder and the name on it.
const NAME_PAD: f64 = 8.0;

impl Slide {
    /// The picture called `path` where it has `width`.
    pub(super) fn new(path: &str, shot: Shot, width: f64, theme: &Theme, engine: &mut TextEngine) -> Self {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let name_width = (width - 2.0 * NAME_PAD).max(8.0);
        let measure =
            Measure { width: Some(name_width as f32), max_lines: Some(1), align: Align::Center, ..Measure::default() };
        Self { shot, name: Arc::new(engine.block(name, theme.text.small.into(), measure)), name_width }
    }
}

impl PictureRow {
    pub(super) fn new(digests: &[Arc<Digest>], layout: &Layout, engine: &mut TextEngine) -> Self {
        let sizes = &layout.theme.sizes;
        let mut pictures = Vec::new();
        let mut starts = Vec::with_capacity(layout.columns.len() + 1);
        for (column, place) in layout.columns.iter().enumerate() {
            starts.push(pictures.len());
            for touchpoint in digests.iter().flat_map(|digest| digest.column(column)) {
                for path in &touchpoint.pictures {
                    let width = place.width - 2.0 * sizes.column_pad;
                    let slide = Slide::new(path, layout.pictures.get(path), width, &layout.theme, engine);
                    let rect = Rect::new(0.0, 0.0, width, (width * FRAME).round());
                    pictures.push(PlacedPicture { column, touchpoint: Arc::clone(touchpoint), slide, rect });
                }
            }
        }
        starts.push(pictures.len());
        let heights = pictures.iter().enumerate().map(|(i, p)| (i - starts[p.column], p.rect.height()));
        // Those of all columns begin at the same heights.
        let (slots, height) = slots(heights, &[], sizes.lane_pad, sizes.card_gap);
        for (i, picture) in pictures.iter_mut().enumerate() {
            let x = layout.columns[picture.column].x + sizes.column_pad;
            picture.rect = picture.rect + kurbo::Vec2::new(x, slots[i - starts[picture.column]].y);
        }
        Self { height, pictures, starts }
    }

    /// The pictures of a column, from top to bottom.
    pub fn column(&self, column: usize) -> &[PlacedPicture] {
        &self.pictures[self.starts[column]..self.starts[column + 1]]
    }
}
