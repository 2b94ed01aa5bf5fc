//! The emotion curve: the line as one freeform, faces whose mouths can be bent, pills at peak, low and end.

use kurbo::{BezPath, CubicBez, ParamCurve as _, PathEl, Point, Rect, Shape as _};

use super::look::{Look, height_of, with_marks};
use super::shape::{Body, BoxShape, Connector, Fill, Freeform, Geometry, Role, Shape, Side, Stroke};
use crate::layout::{Curve, Whose, curve_through};
use crate::model::Emotion;
use crate::scene::stroke_of;
use crate::text::{Measure, TextEngine};
use crate::theme::{Color, Theme};

/// The curve where it stands on a slide.
pub(super) struct Plot {
    /// The band behind it.
    pub band: Rect,
    /// The height of +5 and of −5.
    pub range: (f64, f64),
    /// The main line.
    pub line: BezPath,
    pub faces: Vec<(Point, Emotion)>,
    /// Thinner lines with the places where they leave the main one.
    pub others: Vec<(Whose, BezPath, Vec<Point>)>,
    /// The words on pills, the points that they are about, and whether they stand above.
    pub pills: Vec<(Point, bool, String)>,
}

/// Lines from point to point, joined; cut off at `clip` where that is given.
pub(super) fn joined(points: &[Point], clip: Option<(f64, f64)>) -> BezPath {
    let mut path = BezPath::new();
    for span in curve_through(points) {
        let (Some(PathEl::MoveTo(a)), Some(PathEl::CurveTo(b, c, d))) =
            (span.elements().first(), span.elements().get(1))
        else {
            continue;
        };
        let mut cubic = CubicBez::new(*a, *b, *c, *d);
        if let Some((x0, x1)) = clip {
            // Control points stand at thirds, so that x grows evenly with the parameter.
            let at = |x: f64| ((x - a.x) / (d.x - a.x)).clamp(0.0, 1.0);
            let (from, to) = (at(x0).min(at(x1)), at(x0).max(at(x1)));
            if to - from < 1e-6 {
                continue;
            }
            cubic = cubic.subsegment(from..to);
        }
        if path.is_empty() {
            path.move_to(cubic.p0);
        }
        path.curve_to(cubic.p1, cubic.p2, cubic.p3);
    }
    path
}

/// The points of a line that is there as its spans.
pub(super) fn points_of(spans: &[std::sync::Arc<BezPath>]) -> Vec<Point> {
    let ends = spans.iter().filter_map(|span| match span.elements() {
        [PathEl::MoveTo(from), .., PathEl::CurveTo(_, _, to)] => Some((*from, *to)),
        _ => None,
    });
    let mut points = Vec::with_capacity(spans.len() + 1);
    for (from, to) in ends {
        if points.is_empty() {
            points.push(from);
        }
        points.push(to);
    }
    points
}

/// The emotion at a height of the layout, and not only a whole one.
pub(super) fn value_at(y: f64, theme: &Theme) -> f64 {
    let (pad, height) = (theme.sizes.emotion_pad, theme.sizes.emotion);
    5.0 - (y - pad) / (height - 2.0 * pad) * 10.0
}

/// Whether the pill of a label stands above its point.
pub(super) fn is_above(curve: &Curve, label: &crate::layout::CurveLabel) -> bool {
    curve.points.get(label.point).is_some_and(|point| label.rect.y1 < point.at.y)
}

impl Plot {
    /// The height of an emotion.
    pub fn height_of(&self, value: f64) -> f64 {
        self.range.0 + (5.0 - value) / 10.0 * (self.range.1 - self.range.0)
    }

    /// Everything but the numbers of the axis.
    pub fn shapes(&self, look: &Look, engine: &mut TextEngine) -> Vec<Shape> {
        let mut shapes = self.ground(look);
        for (whose, path, marks) in &self.others {
            shapes.extend(other(*whose, path, marks, look));
        }
        let theme = &look.theme;
        if !self.line.is_empty() {
            let line = Stroke { width: theme.sizes.curve, paint: self.paint(theme), dash: None };
            let (name, path) = ("Emotion curve".into(), self.line.clone());
            shapes.push(Shape::Free(Freeform { name, path, fill: Fill::None, line: Some(line) }));
        }
        shapes.extend(self.faces.iter().map(|(at, emotion)| face(*at, *emotion, look)));
        for (at, above, words) in &self.pills {
            shapes.push(self.pill(*at, *above, words, look, engine));
        }
        shapes
    }

    /// The band and the lines of +5, 0 and −5.
    fn ground(&self, look: &Look) -> Vec<Shape> {
        let [worst, bad, calm, good, best] = look.theme.colors.emotion;
        let (happy, sad) = (best.mix(good, 0.7).faded(0.15), worst.mix(bad, 0.8).faded(0.17));
        let (band, middle, radius) = (self.band, self.band.center().y, 10.0 * look.unit);
        // Not every program knows gradients of three colours that can be seen through.
        let halves = [
            (Rect { y1: middle, ..band }, Geometry::RoundTop(radius), [happy, calm.faded(0.02)]),
            (Rect { y0: middle, ..band }, Geometry::RoundBottom(radius), [calm.faded(0.02), sad]),
        ];
        let half = |(rect, geometry, [top, bottom]): (Rect, Geometry, [Color; 2])| {
            Shape::Box(BoxShape {
                name: "Emotion band".into(),
                role: Role::Shape,
                rect,
                geometry,
                fill: Fill::Vertical(vec![(0.0, top), (1.0, bottom)]),
                line: None,
                shadow: None,
                text: None,
            })
        };
        let mut shapes: Vec<Shape> = halves.into_iter().map(half).collect();
        for value in [5.0, 0.0, -5.0] {
            let y = self.height_of(value);
            let dash = (value != 0.0).then_some((3.0 * look.unit, 5.0 * look.unit));
            let color = calm.faded(if value == 0.0 { 0.45 } else { 0.3 });
            let line = Stroke { dash, ..Stroke::solid(look.unit.max(0.25), color) };
            shapes.push(rule("Line", (self.band.x0, self.band.x1), y, line));
        }
        shapes
    }

    /// The colours of emotions along the height that the line covers.
    fn paint(&self, theme: &Theme) -> Fill {
        let bounds = self.line.bounding_box();
        let color = |y: f64| {
            let value = 5.0 - (y - self.range.0) / (self.range.1 - self.range.0) * 10.0;
            color_of(value, theme)
        };
        if bounds.height() < 0.5 {
            return Fill::Solid(color(bounds.center().y));
        }
        let inside = [2.5, 0.0, -2.5].map(|value| self.height_of(value));
        let inside = inside.into_iter().filter(|y| (bounds.y0 + 0.01..bounds.y1 - 0.01).contains(y));
        let heights = std::iter::once(bounds.y0).chain(inside).chain([bounds.y1]);
        Fill::Vertical(heights.map(|y| ((y - bounds.y0) / bounds.height(), color(y))).collect())
    }

    fn pill(&self, at: Point, above: bool, words: &str, look: &Look, engine: &mut TextEngine) -> Shape {
        let (theme, unit) = (&look.theme, look.unit);
        let style = theme.text.label;
        let natural = f64::from(engine.block(words, style.into(), Measure::default()).width).ceil();
        let (width, height) = (natural + 20.0 * unit, (22.0 * unit).max(f64::from(style.line) + 2.0 * unit));
        let left = (at.x - width / 2.0).clamp(self.band.x0, (self.band.x1 - width).max(self.band.x0));
        let gap = theme.sizes.face + 5.0 * unit;
        let top = if above { at.y - gap - height } else { at.y + gap };
        pill(Rect::from_origin_size((left, top), (width, height)), words, look)
    }
}

/// A line of somebody else, with the places where it leaves the main one.
pub(super) fn other(whose: Whose, path: &BezPath, marks: &[Point], look: &Look) -> Vec<Shape> {
    let drawn = stroke_of(whose, &look.theme);
    let color = drawn.paint.at(0.0);
    let dash = drawn.dash.map(|(a, b)| (a * look.unit, b * look.unit));
    let line = Stroke { dash, ..Stroke::solid(drawn.width * look.unit, color) };
    let name = match whose {
        Whose::Persona(_) => "Curve of a persona",
        Whose::Competitor(_) => "Curve of a competitor",
    };
    let mut shapes = Vec::new();
    if !path.is_empty() {
        let (name, path) = (name.into(), path.clone());
        shapes.push(Shape::Free(Freeform { name, path, fill: Fill::None, line: Some(line) }));
    }
    let side = 9.0 * look.unit;
    shapes.extend(marks.iter().map(|at| {
        Shape::Box(BoxShape {
            name: "Point".into(),
            role: Role::Shape,
            rect: Rect::from_center_size(*at, (side, side)),
            geometry: Geometry::Round(side / 2.0),
            fill: Fill::Solid(color),
            line: Some(Stroke::solid(1.5 * look.unit, look.theme.colors.card)),
            shadow: None,
            text: None,
        })
    }));
    shapes
}

/// The words at peak, low and end.
pub(super) fn pill(rect: Rect, words: &str, look: &Look) -> Shape {
    let colors = &look.theme.colors;
    let run = look.run(with_marks(words), look.theme.text.label, colors.on_pill);
    let paragraphs = vec![look.paragraph(vec![run], Some(Side::Middle))];
    let text = Body { insets: [0.0; 4], in_middle: true, shrinks: false, wraps: false, paragraphs };
    Shape::Box(BoxShape {
        name: "Label".into(),
        role: Role::Shape,
        rect,
        geometry: Geometry::Round(rect.height() / 2.0),
        fill: Fill::Solid(colors.pill),
        line: None,
        shadow: None,
        text: Some(text),
    })
}

/// The numbers of the axis, before the band.
pub(super) fn axis(curve: &Curve, plot: &Plot, look: &Look, engine: &mut TextEngine) -> Vec<Shape> {
    let style = look.theme.text.small;
    let gap = 7.0 * look.unit;
    let labels = curve.axis.iter().zip([5.0, 0.0, -5.0]).filter(|((_, block), _)| !block.text.is_empty());
    let labels = labels.map(|((_, block), value)| {
        let height = height_of(&block.text, style, 500.0, engine);
        let width = f64::from(engine.widths(&block.text, style.into()).1).ceil() + 4.0 * look.unit;
        let x = if look.rtl { plot.band.x1 + gap } else { plot.band.x0 - gap - width };
        let rect = Rect::from_origin_size((x, plot.height_of(value) - height / 2.0), (width, height));
        let side = if look.rtl { Side::Left } else { Side::Right };
        let mut paragraph = look.paragraph(vec![look.run(&block.text, style, look.theme.colors.ink_soft)], Some(side));
        paragraph.rtl = false;
        let mut label = look.label("Axis", rect, vec![paragraph], true);
        if let Some(body) = &mut label.text {
            body.wraps = false;
        }
        Shape::Box(label)
    });
    labels.collect()
}

/// A level line.
pub(super) fn rule(name: &str, (x0, x1): (f64, f64), y: f64, line: Stroke) -> Shape {
    let corners = vec![Point::new(x0, y), Point::new(x1, y)];
    Shape::Connector(Connector {
        name: name.to_owned(),
        corners,
        ends: None,
        line,
        arrow: false,
        dot: false,
        small: true,
    })
}

/// A face whose mouth can be bent by its handle.
pub(super) fn face(at: Point, emotion: Emotion, look: &Look) -> Shape {
    let theme = &look.theme;
    let side = 2.0 * theme.sizes.face;
    // The mouth of the format bends less than that of the map; small bends are made larger.
    let bend = f64::from(emotion.get()) / 5.0;
    Shape::Box(BoxShape {
        name: format!("Emotion {emotion}"),
        role: Role::Shape,
        rect: Rect::from_center_size(at, (side, side)),
        geometry: Geometry::Face(bend.signum() * bend.abs().sqrt()),
        fill: Fill::Solid(theme.emotion(emotion)),
        line: Some(Stroke::solid(1.6 * look.unit, theme.colors.on_emotion)),
        shadow: None,
        text: None,
    })
}

/// The colour of an emotion between whole ones.
fn color_of(value: f64, theme: &Theme) -> Color {
    let place = ((value + 5.0) / 2.5).clamp(0.0, 4.0);
    let low = (place.floor() as usize).min(3);
    theme.colors.emotion[low].mix(theme.colors.emotion[low + 1], (place - low as f64) as f32)
}
