//! What stands at a point of a wheel, and where its elements are.

use std::f64::consts::TAU;

use kurbo::{Point, Rect};

use super::hit::{DropMark, TextPlace, placed_rect};
use super::wheel::{polar, spot};
use super::wheel_curve::emotion_at;
use super::{Layout, Placed, Wheel, WheelCard, WheelPoint};
use crate::edit::Drop;
use crate::model::{Element, Emotion, TouchpointId};
use crate::text::Align;

/// How far from its centre a point of the curve is hit.
const POINT_REACH: f64 = 16.0;
/// How far from its line a link is hit.
const LINK_REACH: f64 = 5.0;
/// The size of the place in which a cell is shown as selected.
const CELL: (f64, f64) = (120.0, 56.0);

impl Wheel {
    pub(super) fn hit(&self, layout: &Layout, point: Point) -> Option<Element> {
        if let Some(card) = self.cards.iter().find(|card| card.rect.contains(point)) {
            return Some(Element::Touchpoint(card.card.touchpoint.id.clone()));
        }
        let near = |p: &&WheelPoint| (p.at - point).hypot() <= POINT_REACH;
        if let Some(found) = self.points().iter().rev().find(near) {
            return Some(Element::EmotionPoint(found.touchpoint.id.clone()));
        }
        if let Some(index) = self.sectors.iter().position(|sector| sector.pill.contains(point)) {
            return Some(Element::Stage(layout.stages[index].id.clone()));
        }
        let in_block = |placed: &Placed| placed_rect(placed).contains(point);
        if let Some(ring) = self.rings.iter().find(|ring| in_block(&ring.name)) {
            return Some(Element::Lane(ring.lane.clone()));
        }
        if let Some(column) = self.step_names.iter().position(|name| !name.block.text.is_empty() && in_block(name)) {
            return Some(Element::Step(layout.columns[column].step.id.clone()));
        }
        if in_block(&layout.title) {
            return Some(Element::Title);
        }
        if !layout.map.subtitle.is_empty() && in_block(&layout.subtitle) {
            return Some(Element::Subtitle);
        }
        if let Some(index) = layout.link_at(point, LINK_REACH) {
            return Some(Element::Link(index));
        }
        let (ring, column) = self.cell_at(point)?;
        let (step, lane) = (layout.columns[column].step.id.clone(), self.rings[ring].lane.clone());
        Some(Element::Cell { step, lane })
    }

    /// The ring and the column at a point.
    fn cell_at(&self, point: Point) -> Option<(usize, usize)> {
        let radius = polar(point - self.center).1;
        let ring = self.rings.iter().position(|ring| (ring.range.0..=ring.range.1).contains(&radius))?;
        Some((ring, self.column_at(point)?))
    }

    /// The column whose direction is nearest to that of a point.
    fn column_at(&self, point: Point) -> Option<usize> {
        let angle = polar(point - self.center).0;
        let apart = |spoke: f64| {
            let by = (spoke - angle).rem_euclid(TAU);
            by.min(TAU - by)
        };
        let nearest = (0..self.spokes.len()).min_by(|a, b| apart(self.spokes[*a]).total_cmp(&apart(self.spokes[*b])));
        // Where the journey begins no step is meant.
        nearest.filter(|column| apart(self.spokes[*column]) < TAU / self.spokes.len() as f64)
    }

    pub(super) fn drop_at(&self, layout: &Layout, point: Point, moving: &[TouchpointId]) -> Option<DropMark> {
        let (ring, column) = self.cell_at(point)?;
        let others = self.cards.iter().filter(|card| card.ring == ring && card.column == column);
        let others: Vec<&WheelCard> = others.filter(|card| !moving.contains(&card.card.touchpoint.id)).collect();
        let index = self.index_among(&others, layout.rtl, point);
        let (lane, step) = (self.rings[ring].lane.clone(), layout.columns[column].step.id.clone());
        Some(DropMark { drop: Drop::Cell { lane, step, index }, rect: self.cell_rect(ring, column) })
    }

    /// The place of a point among the cards of a cell: before or behind the nearest one, whichever way they stand.
    fn index_among(&self, cards: &[&WheelCard], rtl: bool, point: Point) -> usize {
        let away = |card: &WheelCard| (card.rect.center() - point).hypot2();
        let Some(nearest) = (0..cards.len()).min_by(|a, b| away(cards[*a]).total_cmp(&away(cards[*b]))) else {
            return 0;
        };
        let center = cards[nearest].rect.center();
        let out = (center - self.center).normalize();
        let along = kurbo::Vec2::new(-out.y, out.x) * if rtl { -1.0 } else { 1.0 };
        let (outwards, onwards) = ((point - center).dot(out), (point - center).dot(along));
        let way = if outwards.abs() >= onwards.abs() { outwards } else { onwards };
        nearest + usize::from(way > 0.0)
    }

    /// The points of the curve.
    fn points(&self) -> &[WheelPoint] {
        self.curve.as_ref().map_or(&[], |curve| &curve.points)
    }

    /// A place in a cell that can be shown: in the middle of its ring.
    fn cell_rect(&self, ring: usize, column: usize) -> Rect {
        let (low, high) = self.rings[ring].range;
        let (radius, angle) = (f64::midpoint(low, high), self.spokes[column]);
        Rect::from_center_size(self.center + spot(angle, radius), CELL)
    }

    pub(super) fn emotion_at(&self, point: Point) -> Option<Emotion> {
        Some(emotion_at(polar(point - self.center).1, self.curve.as_ref()?.range))
    }

    pub(super) fn rect_of(&self, layout: &Layout, element: &Element) -> Option<Rect> {
        match element {
            Element::Title => Some(placed_rect(&layout.title)),
            Element::Subtitle => Some(placed_rect(&layout.subtitle)),
            Element::Stage(id) => {
                let index = layout.stages.iter().position(|s| s.id == *id)?;
                Some(self.sectors[index].pill)
            }
            Element::Step(id) => Some(placed_rect(&self.step_names[layout.column_of(id)?])),
            Element::Lane(id) => Some(placed_rect(&self.rings.iter().find(|ring| ring.lane == *id)?.name)),
            Element::Cell { step, lane } => {
                let ring = self.rings.iter().position(|ring| ring.lane == *lane)?;
                Some(self.cell_rect(ring, layout.column_of(step)?))
            }
            Element::Touchpoint(id) => Some(self.cards.iter().find(|card| card.card.touchpoint.id == *id)?.rect),
            Element::EmotionPoint(id) => {
                let at = self.points().iter().find(|p| p.touchpoint.id == *id)?.at;
                let reach = 2.0 * layout.theme.sizes.face;
                Some(Rect::from_center_size(at, (reach, reach)))
            }
            Element::Link(index) => Some(layout.links.iter().find(|l| l.index == *index)?.bounds),
            Element::Phase(_) | Element::LaneHint(_) | Element::Annotation(_) => None,
        }
    }

    pub(super) fn text_place(&self, layout: &Layout, element: &Element) -> Option<TextPlace> {
        let text = &layout.theme.text;
        let of = |placed: &Placed, style: crate::theme::Style| TextPlace {
            at: placed.at,
            width: placed.width,
            style: style.into(),
            align: Align::Center,
        };
        match element {
            Element::Title => Some(of(&layout.title, text.title)),
            Element::Subtitle => Some(of(&layout.subtitle, text.body)),
            Element::Stage(id) => {
                let index = layout.stages.iter().position(|s| s.id == *id)?;
                let pill = self.sectors[index].pill;
                let at = Point::new(pill.x0 + 12.0, self.sectors[index].places().0.y);
                Some(TextPlace { at, width: pill.width() - 24.0, style: text.heading.into(), align: Align::Center })
            }
            Element::Step(id) => Some(of(&self.step_names[layout.column_of(id)?], text.small)),
            Element::Lane(id) => Some(of(&self.rings.iter().find(|ring| ring.lane == *id)?.name, text.strong)),
            Element::Touchpoint(_) => {
                let rect = self.rect_of(layout, element)?;
                let pad = layout.theme.sizes.card_pad;
                let at = Point::new(rect.x0 + pad, rect.y0 + pad);
                Some(TextPlace { at, width: rect.width() - 2.0 * pad, style: text.body.into(), align: Align::Start })
            }
            Element::Link(_) => layout.link_text_place(element),
            _ => None,
        }
    }
}
