//! The first slide of a wheel: the wheel, as it is laid out, of shapes that people go on with.
//!
//! Discs and circles are ellipses, stages are freeforms, cards are what they are on a grid. Lines that the layout has as
//! many short strokes become few curves. Links are straight: no connector of the format has the shape of their bows.

use std::ops::RangeInclusive;

use kurbo::{BezPath, CubicBez, ParamCurve as _, PathEl, Point, Rect, Size};

use super::curve;
use super::links::{self, Cards};
use super::look::{LEAST, name_of};
use super::overview::{Overview, subtitle_style};
use super::pages::full_name;
use super::pieces;
use super::shape::{Body, BoxShape, Fill, Freeform, Geometry, Role, Shape, Side, Stroke};
use crate::layout::{Layout, Wheel, WheelCurve, arc, circles};
use crate::model::Emotion;
use crate::theme::Color;

/// From the outermost ring to the middle of the lines around it, in points of the map.
const RIM: f64 = 4.0;
/// From a lane's ring to the circle before it, in points of the map.
const LANE_LINE: f64 = 7.0;
/// The dots of the way back to the beginning, and what is between them, in points of the map.
const DOTS: (f64, f64) = (18.0, 18.0);

/// What of the layout the slide shows: all but the margin.
pub(super) fn content(layout: &Layout, wheel: &Wheel) -> Rect {
    let pills = wheel.sectors.iter().map(|sector| sector.pill);
    let legend = layout.legend.iter().map(|item| {
        let words = Size::new(f64::from(item.words.width), f64::from(item.words.height));
        item.rect.union(Rect::from_origin_size(item.at, words))
    });
    pills.chain(legend).fold(wheel.disc(wheel.radius + 2.0 * RIM), |all, part| all.union(part))
}

/// The size of a text in the middle, on a slide with so many points for one of the map.
pub(super) fn hub(layout: &Layout, wheel: &Wheel, unit: f64) -> Size {
    let radius = wheel.curve.as_ref().map_or(layout.title.width / 3.0, |curve| curve.range.0);
    // The largest rectangle in an oval has this share of its sides; a little is left free around it.
    wheel.disc(radius).size() * (unit * std::f64::consts::FRAC_1_SQRT_2 * 0.95)
}

/// A place of a wheel by its distance from the middle, in the radii of a round one.
fn radius_of(wheel: &Wheel, at: Point) -> f64 {
    let unit = wheel.disc(0.5).size();
    let from = at - wheel.center;
    (from.x / unit.width).hypot(from.y / unit.height)
}

impl Overview<'_> {
    /// Draws the wheel; with the subtitle in its middle, if it fits there.
    pub(super) fn wheel(&mut self, wheel: &Wheel, has_subtitle: bool) {
        // What is over the disc hides it, so that there is no second shade.
        self.oval("Wheel", wheel.disc(wheel.radius), Fill::Solid(self.paper()), None);
        for index in 0..wheel.sectors.len() {
            self.sector(wheel, index);
        }
        self.rings(wheel);
        if has_subtitle {
            self.middle(wheel);
        }
        for (column, name) in self.layout.columns.iter().zip(&wheel.step_names) {
            if !column.step.name.is_empty() {
                self.label("Step", name, Side::Middle, false);
                // Between cards, where there is no second line.
                if let Some(Shape::Box(BoxShape { text: Some(body), .. })) = self.slide.shapes.last_mut() {
                    body.wraps = false;
                }
            }
        }
        for ring in &wheel.rings {
            self.label("Lane", &ring.name, Side::Middle, true);
        }
        if let Some(curve) = &wheel.curve {
            self.wheel_curve(wheel, curve);
        }
        self.cards_and_links(wheel);
    }

    fn oval(&mut self, name: &str, rect: Rect, fill: Fill, line: Option<Stroke>) {
        let rect = self.rect(rect);
        let (name, role, geometry) = (name.to_owned(), Role::Shape, Geometry::Ellipse);
        self.add(BoxShape { name, role, rect, geometry, fill, line, shadow: None, text: None });
    }

    fn free(&mut self, name: String, path: &BezPath, fill: Fill, line: Option<Stroke>) {
        self.slide.shapes.push(Shape::Free(Freeform { name, path: self.place * path, fill, line }));
    }

    fn stroke(&self, width: f64, color: Color, dash: Option<(f64, f64)>) -> Stroke {
        let unit = self.look.unit;
        Stroke { dash: dash.map(|(a, b)| (a * unit, b * unit)), ..Stroke::solid((width * unit).max(0.25), color) }
    }

    /// The colour of the rings, with nothing behind them.
    fn paper(&self) -> Color {
        let colors = &self.look.theme.colors;
        let body = colors.stage_body;
        colors.ground.mix(Color { a: 255, ..body }, f32::from(body.a) / 255.0)
    }

    /// The ring of the emotions with its circles, and the circles between the lanes.
    fn rings(&mut self, wheel: &Wheel) {
        let (colors, line) = (self.look.theme.colors.clone(), self.layout.theme.sizes.line);
        if let Some(range @ (low, high)) = wheel.curve.as_ref().map(|curve| curve.range) {
            let [worst, _, calm, _, best] = colors.emotion;
            self.oval("Emotions", wheel.disc(high), Fill::Solid(self.paper().mix(best, 0.08)), None);
            self.oval("Middle", wheel.disc(low), Fill::Solid(colors.ground.mix(worst, 0.05)), None);
            for (index, radius) in circles(range).into_iter().enumerate() {
                let stroke = self.stroke(1.0, calm.faded(0.45), (index != 1).then_some((3.0, 5.0)));
                self.oval("Line", wheel.disc(radius), Fill::None, Some(stroke));
            }
        }
        for ring in wheel.rings.iter().skip(1) {
            let stroke = self.stroke(line, colors.line, None);
            self.oval("Line", wheel.disc(ring.range.0 - LANE_LINE), Fill::None, Some(stroke));
        }
    }

    /// A stage: its part of the rings, the arcs on both sides of that, and its name.
    fn sector(&mut self, wheel: &Wheel, index: usize) {
        let sector = &wheel.sectors[index];
        let stage = &self.layout.stages[index];
        let color = self.look.theme.accent(stage.accent);
        let name = full_name(self.layout, stage);
        let Some(PathEl::MoveTo(start)) = sector.arc.elements().first().copied() else { return };
        let inner = radius_of(wheel, start);
        let outer = arc(wheel.center, wheel.radius + RIM, sector.range);
        let paper = Fill::Solid(self.paper());
        let body = between(wheel, (inner, wheel.radius), sector.range);
        self.free(name_of("Stage body", &name), &body, paper, None);
        for (path, width) in [(&*sector.arc, 8.0), (&outer, 4.0)] {
            let line = self.stroke(width, color, None);
            self.free(name_of("Arc", &name), path, Fill::None, Some(line));
        }
        let (look, rect) = (&self.look, self.rect(sector.pill));
        let ink = look.theme.colors.on_accent;
        let run = look.run(name.replace('\n', " "), look.theme.text.heading, ink);
        let mut paragraphs = vec![look.paragraph(vec![run], Some(Side::Middle))];
        paragraphs.extend(sector.caption.iter().map(|caption| {
            let run = look.run(caption.text.clone(), look.theme.text.small, ink);
            look.paragraph(vec![run], Some(Side::Middle))
        }));
        let text = Body { insets: [0.0; 4], in_middle: true, shrinks: true, wraps: true, paragraphs };
        self.add(BoxShape {
            name: name_of("Stage", &name),
            role: Role::Shape,
            rect,
            geometry: Geometry::Round(rect.height() / 2.0),
            fill: Fill::Solid(color),
            line: None,
            shadow: None,
            text: Some(text),
        });
    }

    /// The subtitle.
    fn middle(&mut self, wheel: &Wheel) {
        let (look, subtitle) = (&self.look, &self.layout.map.subtitle);
        let size = hub(self.layout, wheel, look.unit);
        let style = subtitle_style(self.layout, LEAST.max(look.theme.text.body.size));
        let words = look.paragraphs(subtitle, style, look.theme.colors.ink_soft, Some(Side::Middle));
        let rect = Rect::from_center_size(self.place * wheel.center, size);
        let label = look.label("Subtitle", rect, words, true);
        self.add(label);
    }

    fn wheel_curve(&mut self, wheel: &Wheel, curve: &WheelCurve) {
        for other in &curve.others {
            let path = self.place * &smooth(other.spans.iter().map(|span| &**span));
            let marks: Vec<Point> = other.marks.iter().map(|at| self.place * *at).collect();
            self.slide.shapes.extend(curve::other(other.whose, &path, &marks, &self.look));
        }
        self.main_curve(wheel, curve);
        for point in &curve.points {
            self.slide.shapes.push(curve::face(self.place * point.at, point.emotion, &self.look));
        }
        for label in &curve.labels {
            self.slide.shapes.push(curve::pill(self.rect(label.rect), &label.text.text, &self.look));
        }
    }

    /// The main line: a curve for each stretch of a colour, and the way back to the beginning.
    fn main_curve(&mut self, wheel: &Wheel, curve: &WheelCurve) {
        let [_, calm, best] = circles(curve.range);
        let feels = |path: &BezPath| match path.elements().get(path.elements().len() / 2) {
            Some(PathEl::LineTo(at)) => ((radius_of(wheel, *at) - calm) / (best - calm) * 5.0).round() as i64,
            _ => 0,
        };
        let strokes: Vec<(&BezPath, Option<i64>)> =
            curve.strokes.iter().map(|(path, _, is_back)| (&**path, (!is_back).then(|| feels(path)))).collect();
        let mut pieces = Vec::new();
        for run in strokes.chunk_by(|a, b| a.1 == b.1) {
            let width = self.layout.theme.sizes.curve;
            let (name, line) = match run[0].1 {
                Some(emotion) => {
                    let color = self.look.theme.emotion(Emotion::clamped(emotion));
                    ("Emotion curve", self.stroke(width, color, None))
                }
                None => {
                    let color = curve.strokes.last().map_or(self.look.theme.colors.ink_soft, |last| last.1);
                    ("Way back", self.stroke(width / 2.0, color, Some(DOTS)))
                }
            };
            let path = self.place * &smooth(run.iter().map(|(path, _)| *path));
            pieces.push(Shape::Free(Freeform { name: name.to_owned(), path, fill: Fill::None, line: Some(line) }));
        }
        if !pieces.is_empty() {
            self.slide.shapes.push(Shape::Group("Emotion curve".to_owned(), pieces));
        }
    }

    /// Lines run below cards, their words stand above.
    fn cards_and_links(&mut self, wheel: &Wheel) {
        let layout = self.layout;
        let (mut shapes, mut at) = (Vec::new(), Cards::new());
        for placed in &wheel.cards {
            at.insert(placed.card.touchpoint.id.clone(), shapes.len());
            let rect = self.rect(placed.rect);
            shapes.extend(pieces::card(&placed.card, rect, &self.look, self.engine));
        }
        let shown = layout.links.iter().filter_map(|placed| {
            let link = layout.map.links.get(placed.index)?;
            Some((placed, link, *at.get(&link.from)?, *at.get(&link.to)?))
        });
        let shown: Vec<_> = shown.collect();
        let cards_from = self.slide.shapes.len() + shown.len();
        let mut pills = Vec::new();
        for (placed, link, from, to) in shown {
            let (Some(a), Some(b)) = (shapes[from].rect(), shapes[to].rect()) else { continue };
            let corners = nearest_sites(a, b).to_vec();
            let ends = (cards_from + from, cards_from + to);
            self.slide.shapes.push(links::connector(link, corners, ends, &self.look));
            if let Some((rect, _)) = &placed.label {
                pills.push(links::pill(link, self.rect(*rect), &self.look));
            }
        }
        self.slide.shapes.extend(shapes);
        self.slide.shapes.extend(pills);
    }
}

/// The part of the wheel between two distances from the middle and two directions.
fn between(wheel: &Wheel, (inner, outer): (f64, f64), (from, to): (f64, f64)) -> BezPath {
    let mut path = arc(wheel.center, outer, (from, to));
    for element in arc(wheel.center, inner, (to, from)).elements() {
        match element {
            PathEl::MoveTo(at) => path.line_to(*at),
            other => path.push(*other),
        }
    }
    path.close_path();
    path
}

/// Strokes one behind the other as few curves.
fn smooth<'a>(strokes: impl Iterator<Item = &'a BezPath>) -> BezPath {
    let mut points: Vec<Point> = strokes.flat_map(BezPath::elements).filter_map(PathEl::end_point).collect();
    points.dedup_by(|a, b| a.distance(*b) < 1e-6);
    let mut path = BezPath::new();
    if let [first, .., _] = points[..] {
        path.move_to(first);
        push_curves(&points, 0..=points.len() - 1, &mut path);
    }
    path
}

/// Adds a curve through these points; where it would be off, two, each through a half of them.
fn push_curves(points: &[Point], range: RangeInclusive<usize>, path: &mut BezPath) {
    /// How far a curve may be from a point, in points of the map.
    const OFF: f64 = 0.4;
    let (from, to) = (*range.start(), *range.end());
    let length: f64 = points[range.clone()].windows(2).map(|two| two[0].distance(two[1])).sum();
    // Towards the next point as seen from the one before, so that curves go on as they came.
    let way = |at: usize| {
        let (before, behind) = (points[at.saturating_sub(1)], points[(at + 1).min(points.len() - 1)]);
        (behind - before).normalize() * length / 3.0
    };
    let (start, end) = (points[from], points[to]);
    let cubic = CubicBez::new(start, start + way(from), end - way(to), end);
    let mut along = 0.0;
    let is_off = (from + 1..to).any(|at| {
        along += points[at - 1].distance(points[at]);
        cubic.eval(along / length).distance(points[at]) > OFF
    });
    if is_off {
        let middle = usize::midpoint(from, to);
        push_curves(points, from..=middle, path);
        push_curves(points, middle..=to, path);
    } else {
        path.curve_to(cubic.p1, cubic.p2, cubic.p3);
    }
}

/// The middles of the sides at which two boxes are nearest to each other.
fn nearest_sites(a: Rect, b: Rect) -> [Point; 2] {
    let sites = |rect: Rect| {
        let (middle, half) = (rect.center(), rect.size() / 2.0);
        [(half.width, 0.0), (-half.width, 0.0), (0.0, half.height), (0.0, -half.height)].map(|by| middle + by)
    };
    let pairs = sites(a).into_iter().flat_map(|from| sites(b).map(|to| [from, to]));
    let nearest = pairs.min_by(|one, other| one[0].distance(one[1]).total_cmp(&other[0].distance(other[1])));
    nearest.unwrap_or([a.center(), b.center()])
}
