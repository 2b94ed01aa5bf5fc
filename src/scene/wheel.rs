//! A wheel as a scene.

use std::sync::Arc;

use kurbo::{Point, Rect};

use super::face::face;
use super::parts::{card, text};
use super::{Group, Item, Line, Oval, Paint, RoundRect, Scene, links, parts};
use crate::layout::{Layout, OtherCurve, Placed, Wheel, arc, circles};
use crate::model::Element;
use crate::theme::Color;

/// The part of a wheel that touches `view`.
pub(super) fn build(layout: &Layout, wheel: &Wheel, view: Rect) -> Scene {
    let mut builder = Builder { layout, wheel, view, groups: Vec::new() };
    builder.ground();
    builder.stages();
    builder.headings();
    builder.curve();
    // Between cards there is no room for them: lines run below cards, words stand above.
    links::push_lines(&mut builder.groups, layout, view);
    builder.cards();
    links::push_words(&mut builder.groups, layout, view);
    parts::push_legend(&mut builder.groups, layout, view);
    Scene { size: layout.size, ground: layout.theme.colors.ground, groups: builder.groups }
}

struct Builder<'l> {
    layout: &'l Layout,
    wheel: &'l Wheel,
    view: Rect,
    groups: Vec<Group>,
}

impl Builder<'_> {
    fn add(&mut self, element: Option<Element>, bounds: Rect, items: impl Into<Arc<[Item]>>) {
        if bounds.overlaps(self.view) {
            self.groups.push(Group { element, origin: Point::ORIGIN, bounds, items: items.into() });
        }
    }

    fn line(path: kurbo::BezPath, width: f64, color: Color, dash: Option<(f64, f64)>) -> Item {
        Item::Line(Line { path: Arc::new(path), width, paint: Paint::Solid(color), dash })
    }

    /// The pale disc behind everything, the circles between the lanes and those of the emotions.
    fn ground(&mut self) {
        let (wheel, theme) = (self.wheel, &self.layout.theme);
        let disc = |radius: f64, fill: Color| Item::Oval(Oval { rect: wheel.disc(radius), fill });
        let mut items = vec![disc(wheel.radius, theme.colors.stage_body)];
        if let Some(range @ (low, high)) = wheel.curve.as_ref().map(|curve| curve.range) {
            let [worst, _, calm, _, best] = theme.colors.emotion;
            items.push(disc(high, best.faded(0.08)));
            items.push(disc(low, theme.colors.ground));
            items.push(disc(low, worst.faded(0.05)));
            for (i, radius) in circles(range).into_iter().enumerate() {
                let dash = (i != 1).then_some((3.0, 5.0));
                items.push(Self::line(circle(wheel, radius), 1.0, calm.faded(0.45), dash));
            }
        }
        for ring in wheel.rings.iter().skip(1) {
            items.push(Self::line(circle(wheel, ring.range.0 - 7.0), theme.sizes.line, theme.colors.line, None));
        }
        self.add(None, wheel.disc(wheel.radius), items);
    }

    fn stages(&mut self) {
        let (layout, wheel, theme) = (self.layout, self.wheel, &self.layout.theme);
        for (index, sector) in wheel.sectors.iter().enumerate() {
            let color = theme.accent(layout.stages[index].accent);
            let bounds = kurbo::Shape::bounding_box(&*sector.arc).inflate(5.0, 5.0);
            let stroke = Line { path: Arc::clone(&sector.arc), width: 8.0, paint: Paint::Solid(color), dash: None };
            self.add(None, bounds, vec![Item::Line(stroke)]);
            let outer = arc(wheel.center, wheel.radius + 4.0, sector.range);
            let bounds = kurbo::Shape::bounding_box(&outer).inflate(5.0, 5.0);
            self.add(None, bounds, vec![Self::line(outer, 4.0, color, None)]);
            let pill = RoundRect::plain(sector.pill, sector.pill.height() / 2.0, color);
            let (name_at, caption_at) = sector.places();
            let mut items = vec![Item::Rect(pill), text(name_at, &sector.name, theme.colors.on_accent)];
            items.extend(sector.caption.iter().map(|caption| text(caption_at, caption, theme.colors.on_accent)));
            self.add(Some(Element::Stage(layout.stages[index].id.clone())), sector.pill, items);
        }
    }

    fn headings(&mut self) {
        let (layout, wheel, colors) = (self.layout, self.wheel, &self.layout.theme.colors);
        self.heading(Element::Title, &layout.title, colors.ink);
        self.heading(Element::Subtitle, &layout.subtitle, colors.ink_soft);
        for (column, name) in layout.columns.iter().zip(&wheel.step_names) {
            self.heading(Element::Step(column.step.id.clone()), name, colors.ink_soft);
        }
        for ring in &wheel.rings {
            self.heading(Element::Lane(ring.lane.clone()), &ring.name, colors.ink);
        }
    }

    fn heading(&mut self, element: Element, name: &Placed, color: Color) {
        if !name.block.text.is_empty() {
            let bounds = Rect::from_origin_size(name.at, (name.width, f64::from(name.block.height)));
            self.add(Some(element), bounds, vec![text(name.at, &name.block, color)]);
        }
    }

    fn curve(&mut self) {
        let Some(curve) = &self.wheel.curve else { return };
        let theme = &self.layout.theme;
        for other in &curve.others {
            self.other_curve(other);
        }
        for (path, color, back) in &curve.strokes {
            let width = if *back { theme.sizes.curve / 2.0 } else { theme.sizes.curve };
            let bounds = kurbo::Shape::bounding_box(&**path).inflate(width, width);
            let line = Line { path: Arc::clone(path), width, paint: Paint::Solid(*color), dash: None };
            self.add(None, bounds, vec![Item::Line(line)]);
        }
        for point in &curve.points {
            let reach = 2.0 * theme.sizes.face;
            let mut items = Vec::with_capacity(5);
            face(&mut items, point.at, theme.sizes.face, point.emotion, theme.colors.card, theme);
            let element = Some(Element::EmotionPoint(point.touchpoint.id.clone()));
            self.add(element, Rect::from_center_size(point.at, (reach, reach)), items);
        }
        for label in &curve.labels {
            self.add(None, label.rect, parts::pill(label, theme));
        }
    }

    /// The line of a persona or a competitor.
    fn other_curve(&mut self, other: &OtherCurve) {
        let theme = &self.layout.theme;
        let stroke = parts::stroke_of(other.whose, theme);
        for span in &other.spans {
            let bounds = kurbo::Shape::bounding_box(&**span).inflate(stroke.width, stroke.width);
            self.add(None, bounds, vec![Item::Line(Line { path: Arc::clone(span), ..stroke.clone() })]);
        }
        for at in &other.marks {
            self.add(None, Rect::from_center_size(*at, (11.0, 11.0)), parts::mark(*at, &stroke, theme));
        }
    }

    fn cards(&mut self) {
        let theme = &self.layout.theme;
        for placed in self.wheel.cards.iter().filter(|placed| placed.rect.overlaps(self.view)) {
            self.groups.push(Group {
                element: Some(Element::Touchpoint(placed.card.touchpoint.id.clone())),
                origin: placed.rect.origin(),
                bounds: placed.rect,
                items: card(&placed.card, placed.rect.height(), theme),
            });
        }
    }
}

fn circle(wheel: &Wheel, radius: f64) -> kurbo::BezPath {
    arc(wheel.center, radius, (0.0, std::f64::consts::TAU))
}
