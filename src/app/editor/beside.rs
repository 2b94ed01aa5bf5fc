//! Another map laid over this one: marks on what differs, and its emotion curve.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use egui::{Pos2, pos2};
use kurbo::{Affine, BezPath, PathEl, Point, Shape as _};

use super::{Editor, Ink};
use crate::app::change_mark;
use crate::app::look::WindowColors;
use crate::app::painter::View;
use crate::app::shapes::{Brush, color32};
use crate::compare::{Change, Difference};
use crate::layout::{Column, Curve, Layout, RowContent};
use crate::model::{AnnotationRef, Element, Emotion, Host, JourneyMap, StepId};
use crate::scene::Scene;

/// What is shown of another map over the open one.
#[derive(Debug, Default)]
pub struct Beside {
    marks: HashMap<Element, BTreeSet<Change>>,
    /// Annotations that differ, by what they hang on: it is marked where they have no place of their own.
    hanging: HashMap<Element, Vec<AnnotationRef>>,
    emotions: HashMap<StepId, Vec<Emotion>>,
    /// The other curve in the layout it was made for.
    line: Option<(Arc<Layout>, Vec<Arc<BezPath>>)>,
}

/// The width of the other curve, and its dashes and gaps.
pub const LINE: f32 = 1.75;
/// See [`LINE`].
pub const DASH: [f64; 2] = [6.0, 5.0];
/// The smallest and the largest radius of a mark, and its growth with the map.
const RADIUS: (f32, f32, f32) = (5.0, 10.0, 13.0);

impl Beside {
    /// What `differences` have to say about a map, which is the second of the two with `is_second`.
    pub fn new<'d>(differences: impl IntoIterator<Item = &'d Difference>, is_second: bool) -> Self {
        let mut beside = Self::default();
        for difference in differences {
            let element = if is_second { &difference.in_b } else { &difference.in_a };
            let Some(element) = element.clone() else { continue };
            if let Element::Annotation(at) = &element {
                let host = match &at.host {
                    Host::Touchpoint(id) => Element::Touchpoint(id.clone()),
                    Host::Step(id) => Element::Step(id.clone()),
                };
                beside.hanging.entry(host).or_default().push(at.clone());
            }
            let change = if difference.is_about_element() { difference.change } else { Change::Changed };
            beside.marks.entry(element).or_default().insert(change);
        }
        beside
    }

    /// Has the emotion curve of the `other` map too.
    pub fn with_curve_of(mut self, other: &JourneyMap) -> Self {
        for (_, touchpoint) in other.touchpoints() {
            let list = self.emotions.entry(touchpoint.step.clone()).or_default();
            list.extend(touchpoint.emotion);
        }
        self
    }

    /// The marks of `element`.
    fn of(&self, element: &Element, layout: &Layout) -> BTreeSet<Change> {
        let mut marks = self.marks.get(element).cloned().unwrap_or_default();
        let hanging = self.hanging.get(element).into_iter().flatten();
        if hanging.cloned().any(|at| layout.rect_of(&Element::Annotation(at)).is_none()) {
            marks.insert(Change::Changed);
        }
        marks
    }

    /// Paints the marks on what is in `scene`.
    pub(super) fn paint_marks(
        &self,
        painter: &egui::Painter,
        view: &View<'_>,
        (layout, scene): (&Layout, &Scene),
        colors: &WindowColors,
    ) {
        let rtl = layout.rtl;
        // Whole points, so that the signs come in few sizes.
        let radius = (RADIUS.2 * view.camera.scale as f32).clamp(RADIUS.0, RADIUS.1).round();
        for group in &scene.groups {
            let marks = group.element.as_ref().map(|element| self.of(element, layout)).unwrap_or_default();
            let rect = view.camera.rect_to_screen(group.bounds);
            if marks.is_empty() || !rect.expand(radius).intersects(view.clip) {
                continue;
            }
            let (from, step) = if rtl { (rect.left(), 1.0) } else { (rect.right(), -1.0) };
            for (at, change) in marks.into_iter().enumerate() {
                let x = from + step * (2.3 * at as f32 - 0.1) * radius;
                let place = (pos2(x, rect.top()), radius);
                change_mark::paint(painter, change, place, (layout.theme.colors.ground, rtl), colors);
            }
        }
    }
}

impl Editor {
    /// Paints the emotion curve of another map, if there is one.
    pub(super) fn paint_beside(&mut self, painter: &egui::Painter, view: &View<'_>, ink: &Ink, colors: &WindowColors) {
        let Some(mut beside) = self.beside.take() else { return };
        let mut mesh = ink.painter.mesh();
        let mut brush = Brush { mesh: &mut mesh, white: ink.painter.white(), feather: 1.0 / view.pixels_per_point };
        self.paint_other_curve(&mut beside, view, &mut brush, colors);
        painter.add(mesh);
        self.beside = Some(beside);
    }

    /// The other curve, thin and in dashes.
    fn paint_other_curve(&self, beside: &mut Beside, view: &View<'_>, brush: &mut Brush<'_>, colors: &WindowColors) {
        let layout = &self.layout;
        for row in &layout.rows {
            let RowContent::Curve(curve) = &row.content else { continue };
            let spans = match &beside.line {
                Some((of, spans)) if Arc::ptr_eq(of, layout) => spans,
                _ => {
                    let of = |column: &Column| beside.emotions.get(&column.step.id).cloned().unwrap_or_default();
                    let emotions: Vec<Vec<Emotion>> = layout.columns.iter().map(of).collect();
                    &beside.line.insert((Arc::clone(layout), layout.line_through(&emotions))).1
                }
            };
            let corner = view.camera.to_screen(Point::new(0.0, row.y));
            let (scale, x, y) = (view.camera.scale, f64::from(corner.x), f64::from(corner.y));
            let to_screen = Affine::new([scale, 0.0, 0.0, scale, x, y]);
            let faces = Faces::new(curve, to_screen, layout.theme.sizes.face * scale, view);
            for span in spans {
                let path = to_screen * &**span;
                let bounds = view.camera.rect_to_screen(span.bounding_box() + kurbo::Vec2::new(0.0, row.y));
                if bounds.intersects(view.clip) {
                    dashes(&path, |points| {
                        if !points.iter().any(|at| faces.cover(*at)) {
                            brush.line(points, LINE, |_| color32(colors.ink.faded(0.75)));
                        }
                    });
                }
            }
        }
    }

    /// Paints the marks of what is in sight and differs from another map.
    pub(super) fn paint_marks(&self, painter: &egui::Painter, view: &View<'_>, colors: &WindowColors) {
        if let Some(beside) = &self.beside
            && let Some(scene) = self.scene_in_sight()
        {
            beside.paint_marks(painter, view, (&self.layout, scene), colors);
        }
    }
}

/// The faces of the map's own curve that are in sight, which nothing may cross.
struct Faces {
    /// Their middles, from left to right.
    middles: Vec<Pos2>,
    radius: f32,
}

impl Faces {
    fn new(curve: &Curve, to_screen: Affine, radius: f64, view: &View<'_>) -> Self {
        let middle = |at: Point| {
            let at = to_screen * at;
            pos2(at.x as f32, at.y as f32)
        };
        let radius = radius as f32;
        let seen = view.clip.expand(radius);
        let mut middles: Vec<Pos2> =
            curve.points.iter().map(|p| middle(p.at)).filter(|at| seen.contains(*at)).collect();
        middles.sort_by(|a, b| a.x.total_cmp(&b.x));
        Self { middles, radius }
    }

    fn cover(&self, at: Pos2) -> bool {
        let first = self.middles.partition_point(|middle| middle.x < at.x - self.radius);
        let near = self.middles[first..].iter().take_while(|middle| middle.x <= at.x + self.radius);
        near.into_iter().any(|middle| middle.distance(at) < self.radius)
    }
}

/// The dashes of a path, in points of the screen.
fn dashes(path: &BezPath, mut draw: impl FnMut(&[Pos2])) {
    let mut points: Vec<Pos2> = Vec::new();
    let dashed = kurbo::dash(path.iter(), 0.0, &DASH);
    kurbo::flatten(dashed, 0.2, |element| match element {
        PathEl::MoveTo(p) => {
            draw(&points);
            points.clear();
            points.push(pos2(p.x as f32, p.y as f32));
        }
        PathEl::LineTo(p) => points.push(pos2(p.x as f32, p.y as f32)),
        _ => {}
    });
    draw(&points);
}
