//! Where the camera looks, and how it gets from one place to the next.

use kurbo::{Point, Rect, Size, Vec2};

/// A part of a map that fills a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct View {
    /// What is in the middle, on the map.
    pub center: Point,
    /// How many points of the map are across.
    pub width: f64,
}

impl View {
    /// The view in which `part` of a map fills `room` of a frame that is `frame` pixels large.
    pub fn onto(part: Rect, room: Rect, frame: Size) -> Self {
        let scale = (room.width() / part.width()).min(room.height() / part.height());
        Self::at(part.center(), room.center(), scale, frame)
    }

    /// The view at `scale` pixels a point in which `place` of the map is at `pixel` of the frame.
    pub fn at(place: Point, pixel: Point, scale: f64, frame: Size) -> Self {
        let off = (frame.to_rect().center() - pixel) / scale;
        Self { center: place + off, width: frame.width / scale }
    }

    /// Pixels a point.
    pub fn scale(self, frame: Size) -> f64 {
        frame.width / self.width
    }

    /// The pixel, from the map's corner, at which the frame begins.
    pub fn corner(self, frame: Size) -> Point {
        (self.center.to_vec2() * self.scale(frame) - frame.to_vec2() / 2.0).to_point()
    }

    /// `rect` of the map in pixels of the frame.
    pub fn to_frame(self, rect: Rect, frame: Size) -> Rect {
        let (scale, corner) = (self.scale(frame), self.corner(frame).to_vec2());
        rect.scale_from_origin(scale) - corner
    }
}

/// The way from one view to another: it draws back and comes closer again so that what passes by is never too fast.
///
/// Van Wijk and Nuij, "Smooth and efficient zooming and panning", IEEE InfoVis (2003), with their ρ = √2.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    from: View,
    to: View,
    /// How far it is between the centers, and the direction.
    distance: f64,
    direction: Vec2,
    /// Where on the curve it begins, and how long it is.
    start: f64,
    length: f64,
}

/// How much the camera rather draws back than moves aside.
const RHO: f64 = std::f64::consts::SQRT_2;

impl Way {
    pub fn new(from: View, to: View) -> Self {
        let between = to.center - from.center;
        let distance = between.hypot();
        let way = Self { from, to, distance, direction: Vec2::ZERO, start: 0.0, length: 0.0 };
        if distance < 1e-3 * from.width {
            let length = (to.width / from.width).ln().abs() / RHO;
            return Self { distance: 0.0, length, ..way };
        }
        let (rho2, rho4) = (RHO * RHO, RHO.powi(4));
        let (w0, w1) = (from.width, to.width);
        let b = |width: f64, sign: f64| {
            (w1 * w1 - w0 * w0 + sign * rho4 * distance * distance) / (2.0 * width * rho2 * distance)
        };
        let r = |b: f64| (-b).asinh();
        let (start, end) = (r(b(w0, 1.0)), r(b(w1, -1.0)));
        Self { direction: between / distance, start, length: (end - start) / RHO, ..way }
    }

    /// How long it is: 1 is about the way across one view.
    pub fn length(&self) -> f64 {
        self.length
    }

    /// The view at `t` of the way, from 0 to 1.
    pub fn at(&self, t: f64) -> View {
        if t <= 0.0 {
            return self.from;
        }
        if t >= 1.0 {
            return self.to;
        }
        if self.distance == 0.0 {
            let width = self.from.width * (self.to.width / self.from.width).powf(t);
            return View { center: self.from.center.lerp(self.to.center, t), width };
        }
        let s = self.length * t;
        let (w0, turned) = (self.from.width, RHO * s + self.start);
        let along = w0 / (RHO * RHO) * (self.start.cosh() * turned.tanh() - self.start.sinh());
        let width = w0 * self.start.cosh() / turned.cosh();
        View { center: self.from.center + self.direction * along, width }
    }
}

/// `t` with a soft start and a soft end: the smoothest polynomial step of fifth degree.
pub(super) fn eased(t: f64) -> f64 {
    t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_begins_and_ends_where_it_should_and_draws_back_between() {
        let from = View { center: Point::new(100.0, 100.0), width: 300.0 };
        let to = View { center: Point::new(2100.0, 400.0), width: 320.0 };
        let way = Way::new(from, to);
        assert_eq!((way.at(0.0), way.at(1.0)), (from, to));
        let near = way.at(0.999_999);
        assert!((near.center - to.center).hypot() < 1.0 && (near.width - to.width).abs() < 1.0, "{near:?}");
        assert!(way.at(0.5).width > 1000.0, "it draws back");
        let mut last = 0.0;
        for step in 0..=100 {
            let along = (way.at(f64::from(step) / 100.0).center - from.center).hypot();
            assert!(along >= last - 1e-6, "it never turns around");
            last = along;
        }
        let closer = Way::new(from, View { width: 30.0, ..from });
        assert!((closer.at(0.5).width - 94.87).abs() < 0.1, "in equal steps of scale");
    }

    #[test]
    fn a_part_fills_its_room() {
        let frame = Size::new(1280.0, 720.0);
        let (part, room) = (Rect::new(500.0, 300.0, 900.0, 500.0), Rect::new(180.0, 80.0, 1260.0, 700.0));
        let view = View::onto(part, room, frame);
        let shown = view.to_frame(part, frame);
        assert!((shown.x0 - room.x0).abs() < 1e-6 && (shown.x1 - room.x1).abs() < 1e-6);
        assert!((shown.center().y - room.center().y).abs() < 1e-6);
    }
}
