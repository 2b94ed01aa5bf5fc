//! From the map to the screen and back.

use egui::{Pos2, Rect, Vec2, pos2, vec2};
use kurbo::{Point, Size};

/// How much of the map is in sight: a scale and where the map's corner is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// Screen points for a point of the map.
    pub scale: f64,
    /// The map's top left corner on the screen.
    pub corner: Pos2,
}

/// The least and greatest scale.
const SCALES: (f64, f64) = (0.05, 6.0);
/// How much of the map stays in sight however far one pans, in screen points.
const STAYS: f32 = 80.0;

impl Camera {
    /// A camera that shows all of a map of `size` in the middle of `view`, at most at its own size.
    pub fn fit(size: Size, view: Rect) -> Self {
        Self::around(kurbo::Rect::from_origin_size(Point::ORIGIN, size), view, 1.0)
    }

    /// A camera that shows `area` of the map in the middle of `view`, with scale `most` at most.
    pub fn around(area: kurbo::Rect, view: Rect, most: f64) -> Self {
        let across = f64::from(view.width()) / area.width().max(1.0);
        let down = f64::from(view.height()) / area.height().max(1.0);
        let scale = (across.min(down) * 0.97).clamp(SCALES.0, most.max(SCALES.0));
        let center = area.center().to_vec2() * scale;
        Self { scale, corner: view.center() - vec2(center.x as f32, center.y as f32) }
    }

    /// A place of the map on the screen.
    pub fn to_screen(self, point: Point) -> Pos2 {
        pos2(
            (f64::from(self.corner.x) + point.x * self.scale) as f32,
            (f64::from(self.corner.y) + point.y * self.scale) as f32,
        )
    }

    /// A place of the screen on the map.
    pub fn to_map(self, pos: Pos2) -> Point {
        let by = pos - self.corner;
        Point::new(f64::from(by.x) / self.scale, f64::from(by.y) / self.scale)
    }

    /// A rectangle of the map on the screen.
    pub fn rect_to_screen(self, rect: kurbo::Rect) -> Rect {
        Rect::from_min_max(self.to_screen(rect.origin()), self.to_screen(Point::new(rect.x1, rect.y1)))
    }

    /// A rectangle of the screen on the map.
    pub fn rect_to_map(self, rect: Rect) -> kurbo::Rect {
        let (min, max) = (self.to_map(rect.min), self.to_map(rect.max));
        kurbo::Rect::new(min.x, min.y, max.x, max.y)
    }

    /// Scales by `factor` so that what is at `pos` stays there.
    pub fn zoom_at(&mut self, pos: Pos2, factor: f64) {
        let fixed = self.to_map(pos);
        self.scale = (self.scale * factor).clamp(SCALES.0, SCALES.1);
        self.corner += pos - self.to_screen(fixed);
    }

    /// Moves the map by `delta` on the screen.
    pub fn pan(&mut self, delta: Vec2) {
        self.corner += delta;
    }

    /// Brings part of a map of `size` back into `view`, if it was moved out altogether.
    pub fn keep_in(&mut self, size: Size, view: Rect) {
        let (width, height) = ((size.width * self.scale) as f32, (size.height * self.scale) as f32);
        self.corner.x = self.corner.x.clamp(view.left() + STAYS - width, view.right() - STAYS);
        self.corner.y = self.corner.y.clamp(view.top() + STAYS - height, view.bottom() - STAYS);
    }

    /// Pans as little as needed to bring `area` of the map into `view`, with `margin` around it.
    pub fn reveal(&mut self, area: kurbo::Rect, view: Rect, margin: f32) {
        let rect = self.rect_to_screen(area).expand(margin);
        let by = |low: f32, high: f32, from: f32, to: f32| {
            // What is larger than the view shows its start.
            if low < from || high - low > to - from {
                from - low
            } else if high > to {
                to - high
            } else {
                0.0
            }
        };
        let x = by(rect.left(), rect.right(), view.left(), view.right());
        let y = by(rect.top(), rect.bottom(), view.top(), view.bottom());
        self.pan(vec2(x, y));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zooming_keeps_what_is_under_the_pointer() {
        let mut camera = Camera { scale: 1.0, corner: pos2(30.0, -20.0) };
        let pos = pos2(210.0, 90.0);
        let before = camera.to_map(pos);
        for factor in [1.3, 0.2, 7.0] {
            camera.zoom_at(pos, factor);
            assert!((camera.to_map(pos) - before).hypot() < 0.01);
        }
    }

    #[test]
    fn fitting_shows_everything() {
        let view = Rect::from_min_size(pos2(10.0, 40.0), vec2(800.0, 500.0));
        let camera = Camera::fit(Size::new(4000.0, 900.0), view);
        let shown = camera.rect_to_screen(kurbo::Rect::new(0.0, 0.0, 4000.0, 900.0));
        assert!(view.contains_rect(shown));
        assert!(shown.width() > 0.95 * view.width());
    }

    #[test]
    fn revealing_moves_no_more_than_needed() {
        let view = Rect::from_min_size(pos2(0.0, 0.0), vec2(100.0, 100.0));
        let mut camera = Camera { scale: 1.0, corner: pos2(0.0, 0.0) };
        camera.reveal(kurbo::Rect::new(40.0, 40.0, 60.0, 60.0), view, 5.0);
        assert_eq!(camera.corner, pos2(0.0, 0.0));
        camera.reveal(kurbo::Rect::new(140.0, 40.0, 160.0, 60.0), view, 5.0);
        assert_eq!(camera.corner, pos2(-65.0, 0.0));
    }
}
