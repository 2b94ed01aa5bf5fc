//! Pixels, and the few ways in which pictures of maps put colour on them.
//!
//! Flat pictures are for the most part whole pixels of one colour: those are filled, and coverage is worked out only
//! along edges. Areas along straight sides are exact; round corners go by the distance of a pixel's middle.

use crate::theme::Color;

/// A rectangle of pixels: red, green, blue, opacity, premultiplied, as the bytes of a number.
pub(super) struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<u32>,
}

/// A colour as it stands in a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ink(u32);

/// A rectangle with round corners, in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub x0: f32,
    pub y0: f32,
    pub x1: f32,
    pub y1: f32,
    /// Top left, top right, bottom right, bottom left.
    pub radii: [f32; 4],
}

/// How much of each pixel is covered: `width` bytes a row, the first at `left`, `top`.
pub(super) struct Stencil<'a> {
    pub left: i32,
    pub top: i32,
    pub width: usize,
    pub cover: &'a [u8],
}

impl From<Color> for Ink {
    fn from(color: Color) -> Self {
        let solid = u32::from_le_bytes([color.r, color.g, color.b, 255]);
        Self(scaled(solid, u32::from(color.a)))
    }
}

impl Ink {
    /// The colour of a premultiplied pixel.
    pub fn of_pixel(rgba: [u8; 4]) -> Self {
        Self(u32::from_le_bytes(rgba))
    }

    fn is_opaque(self) -> bool {
        self.0 >> 24 == 255
    }
}

/// All four bytes of a pixel times `part` of 255, rounded.
fn scaled(pixel: u32, part: u32) -> u32 {
    const EVEN: u32 = 0x00FF_00FF;
    let half = |two: u32| {
        let product = two * part + 0x0080_0080;
        (product + ((product >> 8) & EVEN)) >> 8 & EVEN
    };
    half(pixel & EVEN) | half(pixel >> 8 & EVEN) << 8
}

/// `ink` over `below`, where it covers `cover` of 255.
fn over(below: u32, ink: Ink, cover: u32) -> u32 {
    let above = scaled(ink.0, cover);
    above + scaled(below, 255 - (above >> 24))
}

/// A number from 0 to 1 as one from 0 to 255.
fn byte(part: f32) -> u32 {
    (part.clamp(0.0, 1.0) * 255.0 + 0.5) as u32
}

/// How much of the pixel at `at` lies between `from` and `to`.
fn overlap(at: usize, from: f32, to: f32) -> f32 {
    let at = at as f32;
    (to.min(at + 1.0) - from.max(at)).clamp(0.0, 1.0)
}

/// The whole pixels from the one that `from` is in to the one that `to` is in, of `most`.
fn pixels(from: f32, to: f32, most: usize) -> std::ops::Range<usize> {
    // Below zero becomes zero.
    let (first, end) = (from.floor() as usize, to.ceil() as usize);
    first.min(most)..end.min(most)
}

/// The length of a way; pixels are neither so few nor so many that the squares would not do.
fn length(across: f32, down: f32) -> f32 {
    (across * across + down * down).sqrt()
}

impl Shape {
    /// Moved in by `by` on all sides.
    pub fn inset(self, by: f32) -> Self {
        let radii = self.radii.map(|radius| (radius - by).max(0.0));
        Self { x0: self.x0 + by, y0: self.y0 + by, x1: self.x1 - by, y1: self.y1 - by, radii }
    }

    /// The radii of the corners that a row of pixels meets, left and right.
    fn radii_at(&self, y: f32) -> (f32, f32) {
        let [top_left, top_right, bottom_right, bottom_left] = self.radii;
        let of = |top: f32, bottom: f32| {
            if y < self.y0 + top {
                top
            } else if y > self.y1 - bottom {
                bottom
            } else {
                0.0
            }
        };
        (of(top_left, bottom_left), of(top_right, bottom_right))
    }

    /// How much of a pixel is covered, of which `down` lies between top and bottom.
    fn cover(&self, x: usize, y: usize, down: f32) -> f32 {
        let whole = overlap(x, self.x0, self.x1) * down;
        let (px, py) = (x as f32 + 0.5, y as f32 + 0.5);
        let (left, right) = self.radii_at(py);
        let (radius, across) = if px < self.x0 + left {
            (left, self.x0 + left - px)
        } else if px > self.x1 - right {
            (right, px - (self.x1 - right))
        } else {
            return whole;
        };
        let along = if py < (self.y0 + self.y1) / 2.0 { self.y0 + radius - py } else { py - (self.y1 - radius) };
        let distance = length(across, along.max(0.0)) - radius;
        whole.min((0.5 - distance).clamp(0.0, 1.0))
    }
}

impl Canvas {
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![0; width * height] }
    }

    pub fn size(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    /// The bytes of the rows from the top.
    pub fn rows(&self) -> impl Iterator<Item = &[u32]> {
        self.pixels.chunks_exact(self.width.max(1))
    }

    /// Makes all pixels `ink`.
    pub fn clear(&mut self, ink: Ink) {
        self.pixels.fill(ink.0);
    }

    fn span(&mut self, y: usize, across: std::ops::Range<usize>, ink: Ink, cover: f32) {
        if across.is_empty() {
            return;
        }
        let row = &mut self.pixels[y * self.width..][across];
        match byte(cover) {
            0 => {}
            255 if ink.is_opaque() => row.fill(ink.0),
            cover => {
                let above = scaled(ink.0, cover);
                let rest = 255 - (above >> 24);
                for pixel in row {
                    *pixel = above + scaled(*pixel, rest);
                }
            }
        }
    }

    fn dot(&mut self, x: usize, y: usize, ink: Ink, cover: f32) {
        let cover = byte(cover);
        if cover > 0 {
            let pixel = &mut self.pixels[y * self.width + x];
            *pixel = over(*pixel, ink, cover);
        }
    }

    /// Fills `shape`; `ink_at` gives the colour of a row.
    pub fn fill(&mut self, shape: Shape, ink_at: impl Fn(usize) -> Ink) {
        self.draw(shape, None, ink_at);
    }

    /// Draws the inner edge of `shape`, `width` broad.
    pub fn border(&mut self, shape: Shape, width: f32, ink: Ink) {
        self.draw(shape, Some((shape.inset(width), width)), |_| ink);
    }

    /// Fills `outer` without the inside of `inner`.
    fn draw(&mut self, outer: Shape, inner: Option<(Shape, f32)>, ink_at: impl Fn(usize) -> Ink) {
        for y in pixels(outer.y0, outer.y1, self.height) {
            let down = overlap(y, outer.y0, outer.y1);
            let hole = inner.map(|(inner, width)| (inner, width, overlap(y, inner.y0, inner.y1)));
            // Rows whose middle is in no corner may still touch one with their edge.
            let (mid, ink) = (y as f32 + 0.5, ink_at(y));
            let reach = |at: f32| outer.radii_at(at);
            let (a, b) = (reach(mid - 0.5), reach(mid + 0.5));
            let edge = hole.map_or(0.0, |(_, width, _)| width) + 1.0;
            let left = pixels(outer.x0, (outer.x0 + a.0.max(b.0) + edge).min(outer.x1), self.width);
            let right = pixels((outer.x1 - a.1.max(b.1) - edge).max(outer.x0), outer.x1, self.width);
            let cover = |x: usize| {
                let inside = hole.map_or(0.0, |(inner, _, down)| inner.cover(x, y, down));
                outer.cover(x, y, down) - inside
            };
            let middle = left.end..right.start.max(left.end);
            for x in left.chain(right.start.max(middle.start)..right.end) {
                self.dot(x, y, ink, cover(x));
            }
            self.span(y, middle, ink, down - hole.map_or(0.0, |(_, _, down)| down));
        }
    }

    /// The part of a soft shadow of `shape` that is not below `hole`; `blur` is the standard deviation of its edge.
    pub fn shadow(&mut self, shape: Shape, blur: f32, ink: Ink, hole: Shape) {
        let reach = 3.0 * blur;
        let radius = shape.radii[0].max(blur);
        let inner = (shape.x0 + radius, shape.y0 + radius, shape.x1 - radius, shape.y1 - radius);
        let depth = |along: f32, from: f32, to: f32| (from - along).max(along - to);
        for y in pixels(shape.y0 - reach, shape.y1 + reach, self.height) {
            let py = y as f32 + 0.5;
            let dy = depth(py, inner.1, inner.3);
            // What is below the shape itself is not seen.
            let hidden = if py > hole.y0 + 0.5 && py < hole.y1 - 0.5 {
                let (left, right) = hole.radii_at(py);
                pixels(hole.x0 + left + 1.0, hole.x1 - right - 1.0, self.width)
            } else {
                0..0
            };
            // Between the corners a row has one depth.
            let straight = pixels(inner.0, inner.2, self.width);
            let flat = normal(-(dy - radius) / blur);
            let all = pixels(shape.x0 - reach, shape.x1 + reach, self.width);
            let mut x = all.start;
            while x < all.end {
                if hidden.contains(&x) {
                    x = hidden.end;
                    continue;
                }
                let px = x as f32 + 0.5;
                let dx = depth(px, inner.0, inner.2);
                if dx <= 0.0 && dy > 0.0 {
                    let end = straight.end.min(if x < hidden.start { hidden.start } else { all.end }).max(x + 1);
                    self.span(y, x..end, ink, flat);
                    x = end;
                    continue;
                }
                let distance = if dx > 0.0 && dy > 0.0 { length(dx, dy) } else { dx.max(dy) } - radius;
                self.dot(x, y, ink, normal(-distance / blur));
                x += 1;
            }
        }
    }

    /// Puts colour through a stencil.
    pub fn stencil(&mut self, stencil: &Stencil<'_>, ink_at: impl Fn(usize) -> Ink) {
        self.through(stencil, |y| {
            let ink = ink_at(y);
            move |_, cover| (ink, cover)
        });
    }

    /// Puts the pixels of a small picture, premultiplied, where a stencil of its size would stand.
    pub fn stamp(&mut self, stencil: &Stencil<'_>, rgba: &[u8]) {
        self.through(stencil, |_| {
            move |at, _| (Ink::of_pixel([0, 1, 2, 3].map(|channel: usize| rgba[4 * at + channel])), 255)
        });
    }

    /// Puts ink through a stencil: for each of its rows that is on the canvas, `ink_in` tells how ink and coverage follow
    /// from a pixel's place in the stencil and its coverage there.
    fn through<F: Fn(usize, u32) -> (Ink, u32)>(&mut self, stencil: &Stencil<'_>, ink_in: impl Fn(usize) -> F) {
        let Stencil { left, top, width, cover } = *stencil;
        let first = (-left).max(0) as usize;
        let end = (self.width as i64 - i64::from(left)).clamp(0, width as i64) as usize;
        for (row, line) in cover.chunks_exact(width.max(1)).enumerate() {
            let y = i64::from(top) + row as i64;
            if y < 0 || y >= self.height as i64 || first >= end {
                continue;
            }
            let (y, ink_of) = (y as usize, ink_in(y as usize));
            let start = y * self.width + (left + first as i32) as usize;
            let pixels = &mut self.pixels[start..start + end - first];
            for (at, (pixel, cover)) in pixels.iter_mut().zip(&line[first..end]).enumerate() {
                if *cover > 0 {
                    let (ink, cover) = ink_of(row * width + first + at, u32::from(*cover));
                    *pixel = over(*pixel, ink, cover);
                }
            }
        }
    }

    /// Covers `shape` with what `ink_of` says of each pixel.
    pub fn cover(&mut self, shape: Shape, ink_of: impl Fn(usize, usize) -> Ink) {
        for y in pixels(shape.y0, shape.y1, self.height) {
            let down = overlap(y, shape.y0, shape.y1);
            for x in pixels(shape.x0, shape.x1, self.width) {
                self.dot(x, y, ink_of(x, y), shape.cover(x, y, down));
            }
        }
    }
}

/// The part of a normal distribution below `at` deviations; to within a hundredth, by the logistic curve.
fn normal(at: f32) -> f32 {
    1.0 / (1.0 + (-1.702 * at).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLACK: Color = Color { r: 0, g: 0, b: 0, a: 255 };
    const WHITE: Color = Color { r: 255, g: 255, b: 255, a: 255 };

    /// The area that is drawn in black on a white canvas, in pixels.
    fn area(draw: impl FnOnce(&mut Canvas)) -> f32 {
        let mut canvas = Canvas::new(60, 40);
        canvas.clear(WHITE.into());
        draw(&mut canvas);
        canvas.pixels.iter().map(|pixel| f32::from(255 - pixel.to_le_bytes()[0]) / 255.0).sum()
    }

    fn shape(x0: f32, y0: f32, x1: f32, y1: f32, radius: f32) -> Shape {
        Shape { x0, y0, x1, y1, radii: [radius; 4] }
    }

    #[test]
    fn shapes_cover_their_area_wherever_they_stand() {
        for by in [0.0, 0.25, 0.5, 0.9] {
            let plain =
                area(|canvas| canvas.fill(shape(5.0 + by, 6.0 + by, 35.0 + by, 26.5 + by, 0.0), |_| BLACK.into()));
            assert!((plain - 30.0 * 20.5).abs() < 1.0, "{plain} at {by}");
            let round =
                area(|canvas| canvas.fill(shape(5.0 + by, 6.0 + by, 35.0 + by, 26.0 + by, 8.0), |_| BLACK.into()));
            let expected = 600.0 - (4.0 - std::f32::consts::PI) * 64.0;
            assert!((round - expected).abs() < 3.0, "{round} and {expected} at {by}");
            let disc = area(|canvas| canvas.fill(shape(5.0 + by, 6.0, 17.0 + by, 18.0, 6.0), |_| BLACK.into()));
            assert!((disc - std::f32::consts::PI * 36.0).abs() < 1.5, "{disc}");
            let border =
                area(|canvas| canvas.border(shape(5.0 + by, 6.0 + by, 35.0 + by, 26.0 + by, 0.0), 2.0, BLACK.into()));
            assert!((border - (600.0 - 26.0 * 16.0)).abs() < 1.5, "{border} at {by}");
        }
        assert!(
            (area(|canvas| canvas.fill(shape(-10.0, -10.0, 90.0, 90.0, 4.0), |_| BLACK.into())) - 2400.0).abs() < 0.1
        );
        assert_eq!(area(|canvas| canvas.fill(shape(70.0, 50.0, 90.0, 90.0, 4.0), |_| BLACK.into())), 0.0);
    }

    #[test]
    fn a_shadow_is_dark_below_and_fades_away() {
        let mut canvas = Canvas::new(60, 40);
        canvas.clear(WHITE.into());
        let box_ = shape(15.0, 10.0, 45.0, 25.0, 4.0);
        canvas.shadow(box_, 2.0, BLACK.into(), shape(100.0, 100.0, 101.0, 101.0, 0.0));
        let at = |x: usize, y: usize| canvas.pixels[y * 60 + x].to_le_bytes()[0];
        assert!(at(30, 17) < 20 && at(30, 38) == 255 && at(2, 2) == 255);
        assert!((120..136).contains(&at(30, 24).midpoint(at(30, 25))), "half at the edge");
        assert!(at(30, 27) < at(30, 29) && at(14, 17) < at(12, 17));
    }

    #[test]
    fn stencils_are_cut_at_the_edges() {
        let cover = [255u8; 100];
        let drawn = |left, top| {
            area(|canvas| canvas.stencil(&Stencil { left, top, width: 10, cover: &cover }, |_| BLACK.into()))
        };
        assert_eq!(
            [drawn(5, 5), drawn(-4, -3), drawn(55, 36), drawn(80, 5), drawn(5, -20)],
            [100.0, 42.0, 20.0, 0.0, 0.0]
        );
    }
}
