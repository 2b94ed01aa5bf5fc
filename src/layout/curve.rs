//! The emotion curve: points in step order and a smooth line that does not overshoot them.

use std::sync::Arc;

use kurbo::{BezPath, Point, Rect};

use super::{Column, Layout, Words};
use crate::model::{Emotion, JourneyMap, PersonaId, Touchpoint};
use crate::text::{Measure, TextBlock, TextDirection, TextEngine};
use crate::theme::Theme;

/// The emotion curve; heights are from the row's top, x on the map.
#[derive(Debug)]
pub struct Curve {
    /// Points in reading order.
    pub points: Vec<CurvePoint>,
    /// The line from each point to the next.
    pub spans: Vec<Arc<BezPath>>,
    /// Thinner lines: personas who feel otherwise, and competitors.
    pub others: Vec<OtherCurve>,
    /// The words at peak, low and end.
    pub labels: Vec<CurveLabel>,
    /// The numbers on the axis with their heights.
    pub axis: Vec<(f64, Arc<TextBlock>)>,
    /// The height of the row.
    pub height: f64,
}

/// A point of the curve.
#[derive(Clone, Debug)]
pub struct CurvePoint {
    /// The column it stands in.
    pub column: usize,
    /// Its place.
    pub at: Point,
    /// The emotion; the rounded mean where the point stands for several touchpoints.
    pub emotion: Emotion,
    /// The touchpoint whose emotion it is; `None` where a step has too many to show each.
    pub touchpoint: Option<Arc<Touchpoint>>,
}

/// A line beside the main one.
#[derive(Clone, Debug)]
pub struct OtherCurve {
    /// Whose it is.
    pub whose: Whose,
    /// The line from each point to the next.
    pub spans: Vec<Arc<BezPath>>,
    /// The places where it is not on the main line.
    pub marks: Vec<Point>,
}

/// Whose line it is, by the place in the map's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A persona's.
    Persona(usize),
    /// A competitor's.
    Competitor(usize),
}

/// A label on a pill.
#[derive(Clone, Debug)]
pub struct CurveLabel {
    /// The place in [`Curve::points`] of the point that it is about.
    pub point: usize,
    /// The pill.
    pub rect: Rect,
    /// The words.
    pub text: Arc<TextBlock>,
}

/// The emotions of one column, in lane order.
#[derive(Clone, Debug)]
pub(super) enum ColumnEmotions {
    /// Each on its own: the touchpoints of which anyone said how they feel.
    Each(Vec<Arc<Touchpoint>>),
    /// So many that only their mean is shown.
    Mean(Emotion),
}

impl ColumnEmotions {
    /// Whether it says the same as `other`, of the very same touchpoints.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Mean(a), Self::Mean(b)) => a == b,
            (Self::Each(a), Self::Each(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Arc::ptr_eq(a, b)),
            _ => false,
        }
    }
}

/// What a curve is drawn with.
#[derive(Clone, Copy)]
pub(super) struct CurveLook<'a> {
    pub theme: &'a Theme,
    pub words: Words,
    pub rtl: bool,
    /// The persona whose curve is the main one; without one it is everybody's.
    pub focus: Option<&'a PersonaId>,
    /// Whether peak, low and end are named.
    pub extremes: bool,
}

/// The height of emotion `value`, from the row's top; the inverse of [`emotion_at`].
pub(super) fn height_of(value: f64, theme: &Theme) -> f64 {
    let (pad, height) = (theme.sizes.emotion_pad, theme.sizes.emotion);
    pad + (5.0 - value) / 10.0 * (height - 2.0 * pad)
}

/// The emotion at a height from the row's top.
pub(super) fn emotion_at(y: f64, theme: &Theme) -> Emotion {
    let (pad, height) = (theme.sizes.emotion_pad, theme.sizes.emotion);
    let value = 5.0 - (y - pad) / (height - 2.0 * pad) * 10.0;
    // Rounded and clamped.
    Emotion::clamped(value.round() as i64)
}

/// How many points a column of `width` can show side by side.
pub(super) fn points_that_fit(width: f64, theme: &Theme) -> usize {
    // At least one; a column is some hundred points wide.
    ((width / (2.0 * theme.sizes.face + 4.0)) as usize).max(1)
}

/// The place of the `i`-th of `of` emotions of a column, from the row's top.
fn place(column: &Column, (i, of): (usize, usize), emotion: Emotion, (theme, rtl): (&Theme, bool)) -> Point {
    let along = (i as f64 + 0.5) / of as f64;
    let x = column.x + column.width * if rtl { 1.0 - along } else { along };
    Point::new(x, height_of(f64::from(emotion.get()), theme))
}

impl Layout {
    /// The line through other emotions than those of the map, from the top of an emotion row: such as another map's.
    ///
    /// `emotions` has those of each column, in order; it runs as the map's own curve would.
    pub fn line_through(&self, emotions: &[Vec<Emotion>]) -> Vec<Arc<BezPath>> {
        let look = (&*self.theme, self.rtl);
        let mut points = Vec::new();
        for (column, emotions) in self.columns.iter().zip(emotions) {
            let of = emotions.len();
            if of > points_that_fit(column.width, &self.theme) {
                let sum: i64 = emotions.iter().map(|e| i64::from(e.get())).sum();
                let mean = Emotion::clamped((sum as f64 / of as f64).round() as i64);
                points.push(place(column, (0, 1), mean, look));
            } else {
                points.extend(emotions.iter().enumerate().map(|(i, e)| place(column, (i, of), *e, look)));
            }
        }
        spans(&points)
    }
}

impl Curve {
    pub(super) fn new(
        map: &JourneyMap,
        emotions: &[ColumnEmotions],
        columns: &[Column],
        look: CurveLook<'_>,
        engine: &mut TextEngine,
    ) -> Self {
        let (theme, words) = (look.theme, look.words);
        let points = points_of(emotions, columns, look);
        let places: Vec<Point> = points.iter().map(|p| p.at).collect();
        let range = columns.iter().fold((f64::MAX, f64::MIN), |r, c| (r.0.min(c.x), r.1.max(c.x + c.width)));
        let labels = if look.extremes { labels(&points, range, (theme, words), engine) } else { Vec::new() };
        let axis = [5, 0, -5].map(|n| {
            let text = words.emotion(Emotion::clamped(n));
            let measure = Measure { direction: TextDirection::LeftToRight, ..Measure::default() };
            (height_of(n as f64, theme), Arc::new(engine.block(&text, theme.text.small.into(), measure)))
        });
        let mut others = competitors(map, columns, theme);
        if look.focus.is_none() {
            others.extend(personas(map, emotions, columns, (look, &places)));
        }
        Self { points, spans: spans(&places), others, labels, axis: axis.into(), height: theme.sizes.emotion }
    }
}

/// The points of everybody, or of the persona in focus.
fn points_of(emotions: &[ColumnEmotions], columns: &[Column], look: CurveLook<'_>) -> Vec<CurvePoint> {
    let mut points = Vec::new();
    for (index, (column, emotions)) in columns.iter().zip(emotions).enumerate() {
        let place = |i: usize, of: usize, emotion: Emotion, touchpoint| {
            let at = place(column, (i, of), emotion, (look.theme, look.rtl));
            CurvePoint { column: index, at, emotion, touchpoint }
        };
        match emotions {
            ColumnEmotions::Mean(mean) => points.push(place(0, 1, *mean, None)),
            ColumnEmotions::Each(list) => points.extend(list.iter().enumerate().filter_map(|(i, touchpoint)| {
                Some(place(i, list.len(), touchpoint.emotion_of(look.focus)?, Some(Arc::clone(touchpoint))))
            })),
        }
    }
    points
}

/// The lines of the personas who somewhere feel otherwise than everybody.
fn personas(
    map: &JourneyMap,
    emotions: &[ColumnEmotions],
    columns: &[Column],
    (look, main): (CurveLook<'_>, &[Point]),
) -> Vec<OtherCurve> {
    let mut curves = Vec::new();
    for (index, persona) in map.personas.iter().enumerate() {
        let differs = |emotions: &ColumnEmotions| match emotions {
            ColumnEmotions::Each(list) => list.iter().any(|t| t.emotions.contains_key(&persona.id)),
            ColumnEmotions::Mean(_) => false,
        };
        if !emotions.iter().any(differs) {
            continue;
        }
        let points = points_of(emotions, columns, CurveLook { focus: Some(&persona.id), ..look });
        let places: Vec<Point> = points.iter().map(|p| p.at).collect();
        let marks = places.iter().copied().filter(|at| !main.contains(at)).collect();
        curves.push(OtherCurve { whose: Whose::Persona(index), spans: spans(&places), marks });
    }
    curves
}

/// The lines of the competitors, through the middles of the steps.
fn competitors(map: &JourneyMap, columns: &[Column], theme: &Theme) -> Vec<OtherCurve> {
    let curve = |(index, competitor): (usize, &Arc<crate::model::Competitor>)| {
        let place = |column: &Column| {
            let emotion = competitor.emotions.get(&column.step.id)?;
            Some(Point::new(column.x + column.width / 2.0, height_of(f64::from(emotion.get()), theme)))
        };
        let places: Vec<Point> = columns.iter().filter_map(place).collect();
        OtherCurve { whose: Whose::Competitor(index), spans: spans(&places), marks: Vec::new() }
    };
    map.competitors.iter().enumerate().filter(|(_, c)| !c.emotions.is_empty()).map(curve).collect()
}

/// The line between each two neighbours: a cubic that is monotone wherever the points are.
///
/// Tangents after Fritsch and Carlson, "Monotone piecewise cubic interpolation", SIAM J. Numer.
/// Anal. 17 (1980), in the harmonic-mean form of Fritsch and Butland (1984); flat at turning points,
/// so that a peak of the line is a peak of the data. Points must be monotone in x.
pub fn spans(points: &[Point]) -> Vec<Arc<BezPath>> {
    let slopes: Vec<f64> = points.windows(2).map(|w| (w[1].y - w[0].y) / (w[1].x - w[0].x)).collect();
    let widths: Vec<f64> = points.windows(2).map(|w| (w[1].x - w[0].x).abs()).collect();
    let tangent = |i: usize| -> f64 {
        match (i.checked_sub(1).map(|j| slopes[j]), slopes.get(i)) {
            (Some(a), Some(b)) if a * b > 0.0 => {
                let (before, after) = (widths[i - 1], widths[i]);
                let (w1, w2) = (2.0 * after + before, after + 2.0 * before);
                (w1 + w2) / (w1 / a + w2 / b)
            }
            _ => 0.0,
        }
    };
    (0..slopes.len())
        .map(|i| {
            let (a, b) = (points[i], points[i + 1]);
            let third = (b.x - a.x) / 3.0;
            let mut path = BezPath::new();
            path.move_to(a);
            path.curve_to(
                (a.x + third, a.y + tangent(i) * third),
                (b.x - third, b.y - tangent(i + 1) * third),
                (b.x, b.y),
            );
            Arc::new(path)
        })
        .collect()
}

/// What peak, low and end say: the place of each in the list, its words, and whether they stand above it.
///
/// The first of several equal ones counts; a curve without ups and downs, or with fewer than three points, says nothing.
pub(super) fn told(emotions: &[Emotion], words: Words) -> Vec<(usize, String, bool)> {
    let place = |emotion: Option<&Emotion>| emotions.iter().position(|e| Some(e) == emotion);
    let (Some(peak), Some(low)) = (place(emotions.iter().max()), place(emotions.iter().min())) else {
        return Vec::new();
    };
    if emotions.len() < 3 || emotions[peak] == emotions[low] {
        return Vec::new();
    }
    let say = |index: usize, word: &str, above: bool| {
        // Isolates keep the sign on the left of its number in right-to-left words.
        let figure = words.emotion(emotions[index]);
        let text = if figure.is_empty() { word.to_owned() } else { format!("{word} \u{2066}{figure}\u{2069}") };
        (index, text, above)
    };
    let last = emotions.len() - 1;
    let mut told = vec![say(peak, words.peak(), true), say(low, words.low(), false)];
    if last != peak && last != low {
        told.push(say(last, words.end(), emotions[last].get() > 0));
    }
    told
}

/// The pills at peak, low and end: above a point for the peak and a good end, below it otherwise.
fn labels(
    points: &[CurvePoint],
    range: (f64, f64),
    (theme, words): (&Theme, Words),
    engine: &mut TextEngine,
) -> Vec<CurveLabel> {
    let emotions: Vec<Emotion> = points.iter().map(|p| p.emotion).collect();
    let mut labels: Vec<CurveLabel> = Vec::new();
    for (index, text, above) in told(&emotions, words) {
        let at = points[index].at;
        let block = engine.block(&text, theme.text.label.into(), Measure::default());
        let (width, height) = (f64::from(block.width).ceil() + 20.0, 22.0);
        let x = (at.x - width / 2.0).clamp(range.0, (range.1 - width).max(range.0));
        let gap = theme.sizes.face + 5.0;
        let y = if above { at.y - gap - height } else { at.y + gap };
        let rect = Rect::new(x, y, x + width, y + height);
        if labels.iter().all(|l| l.rect.intersect(rect).is_zero_area()) {
            labels.push(CurveLabel { point: index, rect, text: Arc::new(block) });
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;
    use kurbo::{ParamCurve, PathSeg};

    #[test]
    fn the_line_stays_between_its_points() {
        let points: Vec<Point> = [(0.0, 5.0), (10.0, 5.0), (20.0, 90.0), (25.0, 80.0), (60.0, 80.0), (61.0, 0.0)]
            .iter()
            .map(|p| Point::new(p.0, p.1))
            .collect();
        for mirrored in [false, true] {
            let points: Vec<Point> = points.iter().map(|p| if mirrored { Point::new(-p.x, p.y) } else { *p }).collect();
            for (i, span) in spans(&points).iter().enumerate() {
                let (low, high) = (points[i].y.min(points[i + 1].y), points[i].y.max(points[i + 1].y));
                let Some(PathSeg::Cubic(cubic)) = span.segments().next() else { panic!("a cubic") };
                for t in 0..=50 {
                    let y = cubic.eval(f64::from(t) / 50.0).y;
                    assert!((low - 1e-9..=high + 1e-9).contains(&y), "span {i}: {y} not in {low}..{high}");
                }
            }
        }
    }

    #[test]
    fn the_line_of_the_same_emotions_is_the_curve() {
        use crate::layout::{LayoutEngine, RowContent};
        let map = Arc::new(crate::model::generate(3, 3, 2));
        let layout = LayoutEngine::default().layout(&map, &Theme::light(), false);
        let of = |step: &crate::model::StepId| {
            let cells = map.lanes.iter().flat_map(|lane| lane.cell(step));
            cells.filter_map(|t| t.emotion).collect::<Vec<_>>()
        };
        let emotions: Vec<_> = layout.columns.iter().map(|column| of(&column.step.id)).collect();
        let own = layout.rows.iter().find_map(|row| match &row.content {
            RowContent::Curve(curve) => Some(&curve.spans),
            _ => None,
        });
        let (line, own) = (layout.line_through(&emotions), own.expect("an emotion lane"));
        assert!(!own.is_empty());
        assert_eq!(
            line.iter().map(|s| s.to_svg()).collect::<Vec<_>>(),
            own.iter().map(|s| s.to_svg()).collect::<Vec<_>>()
        );
    }

    #[test]
    fn heights_and_emotions_are_inverse() {
        let theme = Theme::light();
        for n in -5..=5 {
            let emotion = Emotion::clamped(n);
            assert_eq!(emotion_at(height_of(n as f64, &theme), &theme), emotion);
        }
        assert_eq!(emotion_at(-1000.0, &theme), Emotion::MAX);
    }
}
