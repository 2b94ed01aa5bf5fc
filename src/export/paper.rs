//! Pictures on sheets of paper: on one, or cut into tiles that are glued together.

use kurbo::{Point, Rect, Size};
use serde::{Deserialize, Serialize};

/// A size of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PaperSize {
    /// 210 × 297 mm.
    A4,
    /// 297 × 420 mm.
    A3,
    /// 8.5 × 11 inches.
    Letter,
}

impl PaperSize {
    /// All, the most common first.
    pub const ALL: [Self; 3] = [Self::A4, Self::A3, Self::Letter];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::A3 => "A3",
            Self::Letter => "Letter",
        }
    }

    /// Upright, in points (ISO 216; ANSI/ASME Y14.1).
    fn size(self) -> Size {
        match self {
            Self::A4 => Size::new(595.276, 841.890),
            Self::A3 => Size::new(841.890, 1190.551),
            Self::Letter => Size::new(612.0, 792.0),
        }
    }
}

/// The sheets that a picture is printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheets {
    /// Their size.
    pub paper: PaperSize,
    /// How many lie beside each other; on one the whole picture finds room.
    pub across: u32,
}

/// What stays white around a sheet, as printers need it: 10 mm.
const EDGE: f64 = 28.346;
/// What neighbours share, to be glued: 5 mm.
const SHARED: f64 = 14.173;
/// Small pictures are not blown up further.
const LARGEST: f64 = 1.5;
/// More sheets beside each other are nobody's wish.
const MOST_ACROSS: u32 = 20;

/// How a picture lies on its sheets.
#[derive(Debug)]
pub(super) struct Tiling {
    /// The size of a sheet.
    pub page: Size,
    /// What is printed of it.
    pub inner: Rect,
    /// Points of paper a point of the picture.
    pub scale: f64,
    /// The parts of the picture, in its own points, row by row in reading direction, with the corners at which they lie.
    pub tiles: Vec<(Rect, Point)>,
    /// Sheets across and down.
    pub grid: (usize, usize),
}

impl Sheets {
    /// The parts of a picture of `size` that its sheets show, in its own points.
    pub fn parts(self, size: Size, rtl: bool) -> Vec<Rect> {
        self.tile(size, rtl).tiles.into_iter().map(|(part, _)| part).collect()
    }

    /// How a picture of `size` lies on them.
    pub(super) fn tile(self, size: Size, rtl: bool) -> Tiling {
        let upright = self.paper.size();
        let lying = Size::new(upright.height, upright.width);
        let across = self.across.clamp(1, MOST_ACROSS);
        let fit = |page: Size| inside(page).width() / size.width.max(1.0);
        let fit = |page: Size| fit(page).min(inside(page).height() / size.height.max(1.0)).min(LARGEST);
        if across == 1 {
            let page = if fit(lying) > fit(upright) { lying } else { upright };
            let (inner, scale) = (inside(page), fit(page));
            let corner = inner.center() - (size * scale / 2.0).to_vec2();
            let tiles = vec![(Rect::from_origin_size((0.0, 0.0), size), corner)];
            return Tiling { page, inner, scale, tiles, grid: (1, 1) };
        }
        let page = if size.width >= size.height { lying } else { upright };
        let inner = inside(page);
        let (step_x, step_y) = (inner.width() - SHARED, inner.height() - SHARED);
        let scale = ((f64::from(across) * step_x + SHARED) / size.width.max(1.0)).min(LARGEST);
        // Rounding must not ask for a sheet with nothing on it.
        let count = |length: f64, step: f64| (((length * scale - SHARED) / step - 1e-6).ceil() as usize).max(1);
        let grid = (count(size.width, step_x), count(size.height, step_y));
        let mut tiles = Vec::with_capacity(grid.0 * grid.1);
        for row in 0..grid.1 {
            for column in 0..grid.0 {
                let x0 = if rtl {
                    size.width - (column as f64 * step_x + inner.width()) / scale
                } else {
                    column as f64 * step_x / scale
                };
                let corner = Point::new(x0, row as f64 * step_y / scale);
                tiles.push((Rect::from_origin_size(corner, inner.size() / scale), inner.origin()));
            }
        }
        Tiling { page, inner, scale, tiles, grid }
    }
}

fn inside(page: Size) -> Rect {
    Rect::from_origin_size((0.0, 0.0), page).inset(-EDGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sheet_holds_all_and_lies_as_it_fits_best() {
        let tiling = Sheets { paper: PaperSize::A4, across: 1 }.tile(Size::new(3000.0, 1000.0), false);
        assert!(tiling.page.width > tiling.page.height);
        assert_eq!(tiling.tiles.len(), 1);
        let (part, corner) = tiling.tiles[0];
        let end = corner + (part.size() * tiling.scale).to_vec2();
        assert!(corner.x >= EDGE - 0.01 && end.x <= tiling.page.width - EDGE + 0.01);
        assert!(corner.y >= EDGE - 0.01 && end.y <= tiling.page.height - EDGE + 0.01);
        let tall = Sheets { paper: PaperSize::Letter, across: 1 }.tile(Size::new(500.0, 1000.0), false);
        assert!(tall.page.width < tall.page.height);
    }

    #[test]
    fn tiles_cover_the_picture_and_share_their_edges() {
        let size = Size::new(3000.0, 1500.0);
        for rtl in [false, true] {
            let tiling = Sheets { paper: PaperSize::A4, across: 3 }.tile(size, rtl);
            assert_eq!(tiling.grid.0, 3);
            assert_eq!(tiling.tiles.len(), tiling.grid.0 * tiling.grid.1);
            let all = tiling.tiles.iter().map(|t| t.0).reduce(|a, b| a.union(b)).unwrap();
            assert!(all.x0 <= 0.01 && all.x1 >= size.width - 0.01 && all.y1 >= size.height - 0.01, "{all:?}");
            let shared = tiling.tiles[0].0.intersect(tiling.tiles[1].0);
            assert!((shared.width() * tiling.scale - SHARED).abs() < 0.01, "{shared:?}");
            assert_eq!(tiling.tiles[0].0.x0 > tiling.tiles[1].0.x0, rtl, "the first sheet is where reading begins");
        }
    }
}
