//! The way of a connector as one of the connectors that the format knows.

use kurbo::{Point, Rect};

/// A bent or straight connector: its frame, how the frame is turned, and where it bends.
pub(super) struct Way {
    pub preset: &'static str,
    /// The frame before it is turned.
    pub rect: Rect,
    /// The attributes that turn the frame.
    pub turns: Vec<(&'static str, i64)>,
    /// Where it bends, in 1/100,000 of the frame's side, one value a bend.
    pub bends: Vec<i64>,
}

/// The sides of the frame are at least this long: bends are shares of them.
const THIN: f64 = 1.0;

impl Way {
    /// The connector whose line has these corners; a straight one where there is none of this shape.
    pub fn new(corners: &[Point]) -> Self {
        let level = |i: usize| (corners[i].y - corners[i + 1].y).abs() < 0.01;
        match corners.len() {
            4 if level(0) => Self::bent("bentConnector3", corners, &[corners[1].x]),
            6 if level(0) => Self::bent("bentConnector5", corners, &[corners[1].x, corners[2].y, corners[3].x]),
            4 => Self::upright(corners),
            _ => Self::bent("straightConnector1", corners, &[]),
        }
    }

    /// A way that begins level. `bends` are across, down, across.
    fn bent(preset: &'static str, corners: &[Point], bends: &[f64]) -> Self {
        let (Some(a), Some(b)) = (corners.first(), corners.last()) else {
            return Self { preset, rect: Rect::ZERO, turns: Vec::new(), bends: Vec::new() };
        };
        let (across, down) = (b.x - a.x, b.y - a.y);
        let least = if bends.is_empty() { 0.0 } else { THIN };
        let size = (across.abs().max(least), down.abs().max(if bends.len() > 1 { THIN } else { 0.0 }));
        let corner = (if across < 0.0 { a.x - size.0 } else { a.x }, if down < 0.0 { a.y - size.1 } else { a.y });
        let share = |(i, bend): (usize, &f64)| {
            let (from, length) = if i == 1 { (a.y, size.1.copysign(down)) } else { (a.x, size.0.copysign(across)) };
            ((bend - from) / length * 100_000.0).round() as i64
        };
        let bends = bends.iter().enumerate().map(share).collect();
        let flips = [("flipH", across < 0.0), ("flipV", down < 0.0)];
        Self { preset, rect: Rect::from_origin_size(corner, size), turns: flips_of(flips, None), bends }
    }

    /// A way of three parts that begins upright: the one that begins level, turned by a right angle.
    ///
    /// Turned clockwise around its middle, the frame's first corner comes to the upper right, its last to the lower
    /// left; flips come before the turn.
    fn upright(corners: &[Point]) -> Self {
        let (a, b) = (corners[0], corners[3]);
        let (across, down) = (b.x - a.x, b.y - a.y);
        let length = down.abs().max(THIN).copysign(down);
        let bend = ((corners[1].y - a.y) / length * 100_000.0).round() as i64;
        let rect = Rect::from_center_size(a.midpoint(b), (length.abs(), across.abs()));
        let flips = [("flipH", down < 0.0), ("flipV", across > 0.0)];
        Self { preset: "bentConnector3", rect, turns: flips_of(flips, Some(5_400_000)), bends: vec![bend] }
    }
}

/// The attributes of a frame: its turn first.
fn flips_of(flips: [(&'static str, bool); 2], turn: Option<i64>) -> Vec<(&'static str, i64)> {
    let flips = flips.into_iter().filter(|(_, is_so)| *is_so).map(|(name, _)| (name, 1));
    turn.map(|angle| ("rot", angle)).into_iter().chain(flips).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The corners that a viewer draws, by the definition of the presets.
    fn drawn(way: &Way) -> Vec<Point> {
        let (w, h) = (way.rect.width(), way.rect.height());
        let part = |i: usize, length: f64| way.bends[i] as f64 / 100_000.0 * length;
        let local = match way.preset {
            "bentConnector3" => vec![(0.0, 0.0), (part(0, w), 0.0), (part(0, w), h), (w, h)],
            "bentConnector5" => {
                let (x1, y, x2) = (part(0, w), part(1, h), part(2, w));
                vec![(0.0, 0.0), (x1, 0.0), (x1, y), (x2, y), (x2, h), (w, h)]
            }
            _ => vec![(0.0, 0.0), (w, h)],
        };
        let has = |name: &str| way.turns.iter().any(|(turn, _)| *turn == name);
        let center = way.rect.center();
        let place = |(x, y): (f64, f64)| {
            let (x, y) = (if has("flipH") { w - x } else { x }, if has("flipV") { h - y } else { y });
            let (x, y) = (x - w / 2.0, y - h / 2.0);
            let (x, y) = if has("rot") { (-y, x) } else { (x, y) };
            Point::new(center.x + x, center.y + y)
        };
        local.into_iter().map(place).collect()
    }

    #[test]
    fn connectors_are_drawn_where_the_way_leads() {
        let ways: [&[(f64, f64)]; 8] = [
            &[(10.0, 10.0), (60.0, 40.0)],
            &[(10.0, 10.0), (30.0, 10.0), (30.0, 50.0), (60.0, 50.0)],
            &[(60.0, 50.0), (40.0, 50.0), (40.0, 10.0), (10.0, 10.0)],
            &[(60.0, 10.0), (80.0, 10.0), (80.0, 50.0), (40.0, 50.0)],
            &[(10.0, 10.0), (10.0, 4.0), (60.0, 4.0), (60.0, 30.0)],
            &[(60.0, 30.0), (60.0, 90.0), (10.0, 90.0), (10.0, 50.0)],
            &[(60.0, 30.0), (60.0, 4.0), (10.0, 4.0), (10.0, 10.0)],
            &[(10.0, 10.0), (15.0, 10.0), (15.0, 40.0), (90.0, 40.0), (90.0, 80.0), (95.0, 80.0)],
        ];
        for way in ways {
            let corners: Vec<Point> = way.iter().map(|p| Point::new(p.0, p.1)).collect();
            let drawn = drawn(&Way::new(&corners));
            assert_eq!(drawn.len(), corners.len());
            for (a, b) in drawn.iter().zip(&corners) {
                assert!(a.distance(*b) < 0.01, "{drawn:?} is not {corners:?}");
            }
        }
    }

    #[test]
    fn ends_below_each_other_make_a_thin_frame() {
        let corners = [(60.0, 10.0), (80.0, 10.0), (80.0, 50.0), (60.0, 50.0)].map(|p| Point::new(p.0, p.1));
        let way = Way::new(&corners);
        assert_eq!((way.rect.width(), way.bends.as_slice()), (1.0, &[2_000_000][..]));
        assert!(drawn(&way).iter().zip(&corners).all(|(a, b)| a.distance(*b) <= 1.01));
    }
}
