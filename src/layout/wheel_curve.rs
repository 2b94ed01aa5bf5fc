//! The emotion curve of a wheel: the same points as on the grid, around the middle.

use std::f64::consts::TAU;
use std::sync::Arc;

use kurbo::{BezPath, ParamCurve, Point, Rect};

use super::curve::{CurveLabel, OtherCurve, Whose, spans, told};
use super::hit::placed_rect;
use super::wheel::{Source, polar, spot};
use super::{Layout, Placed};
use crate::model::{Emotion, PersonaId, Touchpoint};
use crate::text::Measure;
use crate::theme::{Color, Theme};

/// The curves of a wheel; coordinates are points from the picture's top left corner.
#[derive(Debug)]
pub struct WheelCurve {
    /// The radii between which it runs.
    pub range: (f64, f64),
    /// The points of the main line.
    pub points: Vec<WheelPoint>,
    /// The main line in short strokes with their colours, the last of them back to the first point.
    pub strokes: Vec<(Arc<BezPath>, Color, bool)>,
    /// Thinner lines: personas who feel otherwise, and competitors.
    pub others: Vec<OtherCurve>,
    /// The words at peak, low and end.
    pub labels: Vec<CurveLabel>,
}

/// A point of the curve of a wheel.
#[derive(Clone, Debug)]
pub struct WheelPoint {
    /// The column.
    pub column: usize,
    /// Its place.
    pub at: Point,
    /// The emotion.
    pub emotion: Emotion,
    /// The touchpoint whose emotion it is.
    pub touchpoint: Arc<Touchpoint>,
}

/// From the edges of the ring to the worst and the best emotion.
const PAD: f64 = 16.0;
/// The angle of one stroke of the curve, in radians: so small that it looks round.
const STROKE: f64 = 0.035;
/// The part of a step's sector in which its points stand.
const PART: f64 = 0.8;

/// The ring of a curve.
#[derive(Clone, Copy)]
struct Track {
    center: Point,
    range: (f64, f64),
    rtl: bool,
}

/// A point by its angle along the journey and its distance from the middle.
type Polar = Point;

impl Track {
    /// The place of an emotion at an angle.
    fn at(self, angle: f64, emotion: Emotion) -> Point {
        self.center + spot(angle, radius_of(f64::from(emotion.get()), self.range))
    }

    fn polar(self, at: Point) -> Polar {
        let (angle, radius) = polar(at - self.center);
        Point::new((self.turn() * angle).rem_euclid(TAU), radius)
    }

    fn place(self, polar: Polar) -> Point {
        self.center + spot(self.turn() * polar.x, polar.y)
    }

    fn turn(self) -> f64 {
        if self.rtl { -1.0 } else { 1.0 }
    }

    /// The smooth line from each point to the next, in pieces of so many points that they look round.
    fn pieces(self, points: &[Polar]) -> Vec<Vec<[Polar; 5]>> {
        let mut lines = Vec::new();
        for (i, span) in spans(points).iter().enumerate() {
            let Some(segment) = span.segments().next() else { continue };
            // At most some hundred, as the whole circle is little more than six radians.
            let count = (((points[i + 1].x - points[i].x).abs() / STROKE).ceil() as usize).max(4);
            let piece =
                |n: usize| [0.0, 0.25, 0.5, 0.75, 1.0].map(|part| segment.eval((n as f64 + part) / count as f64));
            lines.push((0..count).map(piece).collect());
        }
        lines
    }

    fn path<'a>(self, polar: impl IntoIterator<Item = &'a Polar>) -> BezPath {
        let mut path = BezPath::new();
        for (i, polar) in polar.into_iter().enumerate() {
            let at = self.place(*polar);
            if i == 0 { path.move_to(at) } else { path.line_to(at) }
        }
        path
    }
}

/// The radius of an emotion on its ring; the inverse of [`emotion_at`].
fn radius_of(value: f64, (low, high): (f64, f64)) -> f64 {
    low + PAD + (value + 5.0) / 10.0 * (high - low - 2.0 * PAD)
}

/// The emotion at a distance from the middle.
pub(super) fn emotion_at(radius: f64, (low, high): (f64, f64)) -> Emotion {
    // Rounded and clamped.
    Emotion::clamped(((radius - low - PAD) / (high - low - 2.0 * PAD) * 10.0 - 5.0).round() as i64)
}

/// The circles of −5, 0 and +5.
pub(crate) fn circles(range: (f64, f64)) -> [f64; 3] {
    [-5.0, 0.0, 5.0].map(|value| radius_of(value, range))
}

/// The curves on the ring between the radii of `range`; `names` are texts that pills must not cover.
pub(super) fn curve(
    source: &mut Source<'_>,
    spokes: &[f64],
    (center, range): (Point, (f64, f64)),
    names: &[Placed],
) -> WheelCurve {
    let layout = source.layout;
    let track = Track { center, range, rtl: layout.rtl };
    let points = points(source, spokes, track, layout.focus.as_ref());
    let mut others = competitors(layout, spokes, track);
    if layout.focus.is_none() {
        others.extend(personas(source, spokes, track, &points));
    }
    let labels = labels(source, &points, center, names);
    WheelCurve { range, strokes: strokes(&points, track, &layout.theme), points, others, labels }
}

fn points(source: &Source<'_>, spokes: &[f64], track: Track, focus: Option<&PersonaId>) -> Vec<WheelPoint> {
    let each = TAU / spokes.len().max(1) as f64 * PART;
    let mut points = Vec::new();
    for (column, spoke) in spokes.iter().enumerate() {
        let told: Vec<(&Arc<Touchpoint>, Option<Emotion>)> = source
            .digests
            .iter()
            .flat_map(|digest| digest.column(column))
            .filter(|t| t.emotion.is_some() || !t.emotions.is_empty())
            .map(|t| (t, t.emotion_of(focus)))
            .collect();
        // Those of one step fan out around its direction, each persona's at the same angles.
        for (i, (touchpoint, emotion)) in told.iter().enumerate() {
            let Some(emotion) = *emotion else { continue };
            let off = (i as f64 + 0.5) / told.len() as f64 - 0.5;
            let at = track.at(spoke + track.turn() * off * each, emotion);
            points.push(WheelPoint { column, at, emotion, touchpoint: Arc::clone(touchpoint) });
        }
    }
    points
}

/// The smooth line through the points, in strokes; the last ones lead from the end back to the beginning.
fn strokes(points: &[WheelPoint], track: Track, theme: &Theme) -> Vec<(Arc<BezPath>, Color, bool)> {
    if points.len() < 2 {
        return Vec::new();
    }
    let mut flat: Vec<Polar> = points.iter().map(|p| track.polar(p.at)).collect();
    let first = flat[0];
    flat.push(Point::new(first.x + TAU, first.y));
    let last = flat.len() - 2;
    let mut strokes = Vec::new();
    for (i, pieces) in track.pieces(&flat).iter().enumerate() {
        for (n, piece) in pieces.iter().enumerate() {
            let back = i == last;
            // The way back to the beginning is dotted.
            if !back || n / 2 % 2 == 0 {
                let color = color_at(f64::midpoint(piece[0].y, piece[4].y), track.range, theme);
                strokes.push((Arc::new(track.path(piece)), color, back));
            }
        }
    }
    strokes
}

/// Each span of a line that has one colour.
fn plain(points: &[Point], track: Track) -> Vec<Arc<BezPath>> {
    let flat: Vec<Polar> = points.iter().map(|at| track.polar(*at)).collect();
    track.pieces(&flat).iter().map(|pieces| Arc::new(track.path(pieces.iter().flatten()))).collect()
}

/// The lines of the personas who somewhere feel otherwise than everybody.
fn personas(source: &Source<'_>, spokes: &[f64], track: Track, main: &[WheelPoint]) -> Vec<OtherCurve> {
    let map = &source.layout.map;
    let mut curves = Vec::new();
    for (index, persona) in map.personas.iter().enumerate() {
        if !map.touchpoints().any(|(_, t)| t.emotions.contains_key(&persona.id)) {
            continue;
        }
        let places: Vec<Point> = points(source, spokes, track, Some(&persona.id)).iter().map(|p| p.at).collect();
        let marks = places.iter().copied().filter(|at| main.iter().all(|p| p.at != *at)).collect();
        curves.push(OtherCurve { whose: Whose::Persona(index), spans: plain(&places, track), marks });
    }
    curves
}

/// The lines of the competitors, through the middles of the steps.
fn competitors(layout: &Layout, spokes: &[f64], track: Track) -> Vec<OtherCurve> {
    let mut curves = Vec::new();
    for (index, competitor) in layout.map.competitors.iter().enumerate().filter(|(_, c)| !c.emotions.is_empty()) {
        let told = layout.columns.iter().zip(spokes);
        let places: Vec<Point> = told
            .filter_map(|(column, spoke)| Some(track.at(*spoke, *competitor.emotions.get(&column.step.id)?)))
            .collect();
        curves.push(OtherCurve { whose: Whose::Competitor(index), spans: plain(&places, track), marks: Vec::new() });
    }
    curves
}

/// The pills at peak, low and end, each beside its point where it covers neither faces nor names.
fn labels(source: &mut Source<'_>, points: &[WheelPoint], center: Point, names: &[Placed]) -> Vec<CurveLabel> {
    let (theme, words) = (&source.layout.theme, source.layout.words);
    let emotions: Vec<Emotion> = points.iter().map(|p| p.emotion).collect();
    let mut taken: Vec<Rect> = names.iter().map(placed_rect).collect();
    let face = 2.0 * theme.sizes.face;
    taken.extend(points.iter().map(|p| Rect::from_center_size(p.at, (face, face))));
    let mut labels = Vec::new();
    for (index, word, above) in told(&emotions, words) {
        let block = Arc::new(source.text.block(&word, theme.text.label.into(), Measure::default()));
        let size = kurbo::Size::new(f64::from(block.width).ceil() + 20.0, 22.0);
        let at = points[index].at;
        let out = (at - center).normalize() * if above { 1.0 } else { -1.0 };
        let gap = theme.sizes.face + 5.0;
        let away = |turn: f64| {
            let (sin, cos) = turn.sin_cos();
            let towards = kurbo::Vec2::new(out.x * cos - out.y * sin, out.x * sin + out.y * cos);
            let reach = gap + towards.x.abs() * size.width / 2.0 + towards.y.abs() * size.height / 2.0;
            Rect::from_center_size(at + towards * reach, size)
        };
        let turns = [0.0, 0.5, -0.5, 1.0, -1.0, 1.6, -1.6, 2.4, -2.4, 3.1];
        let free = turns.iter().map(|turn| away(*turn)).find(|rect| taken.iter().all(|other| !other.overlaps(*rect)));
        if let Some(rect) = free {
            taken.push(rect);
            labels.push(CurveLabel { point: index, rect, text: block });
        }
    }
    labels
}

fn color_at(radius: f64, (low, high): (f64, f64), theme: &Theme) -> Color {
    let value = ((radius - low - PAD) / (high - low - 2.0 * PAD) * 4.0).clamp(0.0, 4.0) as f32;
    let below = (value.floor() as usize).min(3);
    theme.colors.emotion[below].mix(theme.colors.emotion[below + 1], value - below as f32)
}
