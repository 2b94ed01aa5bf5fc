//! Rectangles and lines as triangles with soft edges, for the one mesh that a frame draws.

use egui::epaint::{Mesh, Vertex};
use egui::{Color32, Pos2, Rect, Vec2, pos2, vec2};

use crate::scene::Paint;
use crate::theme::Color;

/// A brush on a mesh: where the white of its texture is, and how wide a soft edge is.
#[derive(Debug)]
pub struct Brush<'m> {
    /// What is drawn on.
    pub mesh: &'m mut Mesh,
    /// A white place in the mesh's texture.
    pub white: Pos2,
    /// The width of a soft edge: one pixel, in points.
    pub feather: f32,
}

/// A colour for the graphics card.
pub fn color32(color: Color) -> Color32 {
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}

/// One height of a rectangle: y, and how far its corners cut in from the sides there.
#[derive(Clone, Copy)]
struct Level {
    y: f32,
    cut: f32,
    /// The outward direction on the right side; mirrored on the left.
    normal: Vec2,
}

impl Brush<'_> {
    /// An ellipse that touches the sides of `rect`.
    pub fn oval(&mut self, rect: Rect, color: Color32) {
        let (center, half) = (rect.center(), rect.size() / 2.0);
        if half.x < 0.5 || half.y < 0.5 {
            return;
        }
        // So many sides that none bends away from the ellipse by more than a fifth of a point: r (1 − cos(π/n)).
        let sides = (half.max_elem() * 25.0).sqrt().ceil().clamp(16.0, 512.0) as u32;
        let first = self.mesh.vertices.len() as u32;
        self.vertex(center, color);
        for n in 0..sides {
            let (sin, cos) = (n as f32 / sides as f32 * std::f32::consts::TAU).sin_cos();
            let at = center + vec2(cos * half.x, sin * half.y);
            // The gradient of x²/a² + y²/b².
            let soft = vec2(cos / half.x, sin / half.y).normalized() * self.feather / 2.0;
            self.vertex(at - soft, color);
            self.vertex(at + soft, Color32::TRANSPARENT);
        }
        for n in 0..sides {
            let (a, b) = (first + 1 + 2 * n, first + 1 + 2 * ((n + 1) % sides));
            self.mesh.add_triangle(first, a, b);
            self.mesh.add_triangle(a, a + 1, b);
            self.mesh.add_triangle(a + 1, b + 1, b);
        }
    }

    /// A rectangle with its top and bottom corners rounded; `color_at` gives the colour at a height.
    ///
    /// `stops` are heights between which the colour runs evenly, besides top and bottom.
    pub fn rect(&mut self, rect: Rect, radii: (f32, f32), stops: &[f32], color_at: impl Fn(f32) -> Color32) {
        let half = self.feather / 2.0;
        let levels = levels(rect, radii, stops);
        let first = self.mesh.vertices.len() as u32;
        for level in &levels {
            let color = color_at(level.y);
            let inward = level.normal * half;
            let right = pos2(rect.right() - level.cut, level.y);
            let left = pos2(rect.left() + level.cut, level.y);
            self.vertex(left + vec2(-inward.x, inward.y), Color32::TRANSPARENT);
            self.vertex(left - vec2(-inward.x, inward.y), color);
            self.vertex(right - inward, color);
            self.vertex(right + inward, Color32::TRANSPARENT);
        }
        self.strips(first, levels.len() as u32, 4);
        // The soft edges of top and bottom.
        for (row, down) in [(0, -1.0), (levels.len() as u32 - 1, 1.0)] {
            let at = first + 4 * row;
            let edge = self.mesh.vertices.len() as u32;
            for corner in [at, at + 3] {
                let mut pos = self.mesh.vertices[corner as usize].pos;
                let inner = self.mesh.vertices[if corner == at { at + 1 } else { at + 2 } as usize].pos;
                pos.y = inner.y + down * self.feather;
                pos.x = inner.x;
                self.vertex(pos, Color32::TRANSPARENT);
            }
            self.mesh.add_triangle(at + 1, at + 2, edge);
            self.mesh.add_triangle(at + 2, edge, edge + 1);
        }
    }

    /// The border of a rectangle, inside its sides.
    pub fn border(&mut self, rect: Rect, radii: (f32, f32), width: f32, color: Color32) {
        let half = self.feather / 2.0;
        // A line thinner than a pixel is a pixel wide and paler.
        let (width, color) = if width < self.feather {
            (self.feather, color.gamma_multiply(width / self.feather))
        } else {
            (width, color)
        };
        let first = self.mesh.vertices.len() as u32;
        let outline = outline(rect, radii);
        // The two inner edges of a line of one pixel are one.
        let is_fine = width == self.feather;
        for (pos, normal) in &outline {
            self.vertex(*pos + *normal * half, Color32::TRANSPARENT);
            self.vertex(*pos - *normal * half, color);
            if !is_fine {
                self.vertex(*pos - *normal * (width - half), color);
            }
            self.vertex(*pos - *normal * (width + half), Color32::TRANSPARENT);
        }
        self.closed_strips(first, outline.len() as u32, if is_fine { 3 } else { 4 });
    }

    /// The part of a soft shadow that looks out from below a rectangle.
    pub fn shadow(&mut self, rect: Rect, radius: f32, blur: f32, color: Color32) {
        let first = self.mesh.vertices.len() as u32;
        let outline = outline(rect, (radius, radius));
        // A Gaussian edge: half of the colour at the side, next to nothing two deviations out.
        for (pos, normal) in &outline {
            self.vertex(*pos - *normal * blur, color.gamma_multiply(0.84));
            self.vertex(*pos, color.gamma_multiply(0.5));
            self.vertex(*pos + *normal * blur, color.gamma_multiply(0.16));
            self.vertex(*pos + *normal * (2.0 * blur), Color32::TRANSPARENT);
        }
        self.closed_strips(first, outline.len() as u32, 4);
    }

    /// A line through `points` with round ends; `color_at` gives the colour at a height.
    pub fn line(&mut self, points: &[Pos2], width: f32, color_at: impl Fn(f32) -> Color32) {
        let [start, .., end] = points else { return };
        let thin = (width / self.feather).min(1.0);
        let half = width.max(self.feather) / 2.0;
        let soft = self.feather / 2.0;
        let first = self.mesh.vertices.len() as u32;
        let mut rows = 0;
        let mut row = |brush: &mut Self, at: Pos2, normal: Vec2, half: f32| {
            let color = color_at(at.y).gamma_multiply(thin);
            brush.vertex(at + normal * (half + soft), Color32::TRANSPARENT);
            brush.vertex(at + normal * (half - soft).max(0.0), color);
            brush.vertex(at - normal * (half - soft).max(0.0), color);
            brush.vertex(at - normal * (half + soft), Color32::TRANSPARENT);
            rows += 1;
        };
        let along = |i: usize| {
            let before = if i > 0 { (points[i] - points[i - 1]).normalized() } else { Vec2::ZERO };
            let after = points.get(i + 1).map_or(Vec2::ZERO, |next| (*next - points[i]).normalized());
            (before + after).normalized()
        };
        /// Along a round end: how far out, and how wide it is there, of the half width.
        const CAP: [(f32, f32); 4] = [(1.0, 0.0), (0.87, 0.5), (0.5, 0.87), (0.2, 0.98)];
        let (out_start, out_end) = (along(0), along(points.len() - 1));
        for (out, wide) in CAP {
            row(self, *start - out_start * (half * out), out_start.rot90(), half * wide);
        }
        for (i, point) in points.iter().enumerate() {
            row(self, *point, along(i).rot90(), half);
        }
        for (out, wide) in CAP.iter().rev() {
            row(self, *end + out_end * (half * *out), out_end.rot90(), half * *wide);
        }
        self.strips(first, rows, 4);
    }

    fn vertex(&mut self, pos: Pos2, color: Color32) {
        self.mesh.vertices.push(Vertex { pos, uv: self.white, color });
    }

    /// Triangles between `rows` rows of `columns` vertices each.
    fn strips(&mut self, first: u32, rows: u32, columns: u32) {
        for row in 0..rows.saturating_sub(1) {
            self.strip(first + row * columns, first + (row + 1) * columns, columns);
        }
    }

    fn closed_strips(&mut self, first: u32, rows: u32, columns: u32) {
        self.strips(first, rows, columns);
        self.strip(first + (rows - 1) * columns, first, columns);
    }

    fn strip(&mut self, a: u32, b: u32, columns: u32) {
        for i in 0..columns - 1 {
            self.mesh.add_triangle(a + i, a + i + 1, b + i);
            self.mesh.add_triangle(a + i + 1, b + i + 1, b + i);
        }
    }
}

/// How many pieces a quarter of a circle of `radius` points has.
fn pieces(radius: f32) -> usize {
    // Small and positive.
    ((radius.max(0.0).sqrt() * 1.6).ceil() as usize).clamp(1, 16)
}

/// The heights of a rectangle at which its outline bends or its colour changes course.
fn levels(rect: Rect, radii: (f32, f32), stops: &[f32]) -> Vec<Level> {
    let most = rect.width().min(rect.height()) / 2.0;
    let (top, bottom) = (radii.0.min(most), radii.1.min(most));
    let mut levels = Vec::with_capacity(8);
    let corner = |radius: f32, turn: f32| {
        let (sin, cos) = (turn * std::f32::consts::FRAC_PI_2).sin_cos();
        (radius * (1.0 - sin), radius * (1.0 - cos), sin, cos)
    };
    for i in 0..=pieces(top) {
        let (cut, down, sin, cos) = corner(top, i as f32 / pieces(top) as f32);
        let normal = if top < 0.5 { vec2(1.0, 0.0) } else { vec2(sin, -cos) };
        levels.push(Level { y: rect.top() + down, cut, normal });
        if top < 0.5 {
            break;
        }
    }
    let inside = |y: &&f32| **y > rect.top() + top && **y < rect.bottom() - bottom;
    levels.extend(stops.iter().filter(inside).map(|y| Level { y: *y, cut: 0.0, normal: vec2(1.0, 0.0) }));
    for i in (0..=pieces(bottom)).rev() {
        let (cut, up, sin, cos) = corner(bottom, i as f32 / pieces(bottom) as f32);
        let normal = if bottom < 0.5 { vec2(1.0, 0.0) } else { vec2(sin, cos) };
        if bottom < 0.5 {
            levels.push(Level { y: rect.bottom(), cut: 0.0, normal });
            break;
        }
        levels.push(Level { y: rect.bottom() - up, cut, normal });
    }
    levels
}

/// The outline of a rectangle, clockwise, with outward directions.
fn outline(rect: Rect, radii: (f32, f32)) -> Vec<(Pos2, Vec2)> {
    let most = rect.width().min(rect.height()) / 2.0;
    let (top, bottom) = (radii.0.min(most), radii.1.min(most));
    let corners = [
        (pos2(rect.right() - top, rect.top() + top), top, -1.0),
        (pos2(rect.right() - bottom, rect.bottom() - bottom), bottom, 0.0),
        (pos2(rect.left() + bottom, rect.bottom() - bottom), bottom, 1.0),
        (pos2(rect.left() + top, rect.top() + top), top, 2.0),
    ];
    let mut outline = Vec::with_capacity(24);
    for (center, radius, quarter) in corners {
        if radius < 0.5 {
            // A sharp corner: one point, moved along both sides at once.
            let middle = Vec2::angled((quarter + 0.5) * std::f32::consts::FRAC_PI_2);
            outline.push((center, middle * std::f32::consts::SQRT_2));
            continue;
        }
        let pieces = pieces(radius);
        for i in 0..=pieces {
            let angle = (quarter + i as f32 / pieces as f32) * std::f32::consts::FRAC_PI_2;
            let normal = Vec2::angled(angle);
            outline.push((center + normal * radius, normal));
        }
    }
    outline
}

/// The heights of a paint's stops, and its colour at a height, both as `to_screen` maps heights.
pub fn stops_of(paint: &Paint, to_screen: impl Fn(f64) -> f32) -> Vec<f32> {
    match paint {
        Paint::Solid(_) => Vec::new(),
        Paint::Vertical(stops) => stops.iter().map(|(y, _)| to_screen(*y)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(draw: impl FnOnce(&mut Brush<'_>)) -> Mesh {
        let mut mesh = Mesh::default();
        draw(&mut Brush { mesh: &mut mesh, white: Pos2::ZERO, feather: 1.0 });
        assert!(mesh.is_valid());
        mesh
    }

    /// The area of a mesh, opaque parts counted full and soft ones by their mean opacity.
    fn area(mesh: &Mesh) -> f32 {
        mesh.triangles()
            .map(|t| {
                let [a, b, c] = t.map(|i| mesh.vertices[i as usize]);
                let alpha = [a, b, c].iter().map(|v| f32::from(v.color.a()) / 255.0).sum::<f32>() / 3.0;
                let (ab, ac) = (b.pos - a.pos, c.pos - a.pos);
                (ab.x * ac.y - ab.y * ac.x).abs() / 2.0 * alpha
            })
            .sum()
    }

    #[test]
    fn rectangles_cover_their_area() {
        let rect = Rect::from_min_size(pos2(10.0, 10.0), vec2(200.0, 100.0));
        let plain = area(&drawn(|b| b.rect(rect, (0.0, 0.0), &[], |_| Color32::WHITE)));
        assert!((plain - 20_000.0).abs() < 200.0, "{plain}");
        let round = area(&drawn(|b| b.rect(rect, (20.0, 20.0), &[60.0], |_| Color32::WHITE)));
        let expected = 20_000.0 - (4.0 - std::f32::consts::PI) * 400.0;
        assert!((round - expected).abs() < 200.0, "{round} and {expected}");
    }

    #[test]
    fn borders_and_lines_cover_theirs() {
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(200.0, 100.0));
        let border = area(&drawn(|b| b.border(rect, (0.0, 0.0), 4.0, Color32::WHITE)));
        assert!((border - 2336.0).abs() < 60.0, "{border}");
        let line = area(&drawn(|b| b.line(&[pos2(0.0, 0.0), pos2(100.0, 0.0)], 4.0, |_| Color32::WHITE)));
        assert!((line - 412.0).abs() < 20.0, "{line}");
    }
}
