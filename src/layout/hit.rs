//! What stands at a point of the map, where a drop would land, and where a text is edited.

use std::ops::Range;

use kurbo::{Point, Rect};

use super::curve::emotion_at;
use super::links::WORDS;
use super::note::{NOTE_PAD, NOTE_TOP};
use super::{Card, Layout, Placed, Row, RowContent};
use crate::edit::Drop;
use crate::model::{Element, Emotion, LaneKind, StepId, TouchpointId};
use crate::text::{Align, TextStyle};

/// Where a drop would land, and how to show it.
#[derive(Clone, Debug, PartialEq)]
pub struct DropMark {
    /// The place.
    pub drop: Drop,
    /// The line or box to show, on the map.
    pub rect: Rect,
}

/// Where and how the text of an element stands, for editing in place.
#[derive(Clone, Debug, PartialEq)]
pub struct TextPlace {
    /// The top left corner of the text.
    pub at: Point,
    /// The width at which lines break.
    pub width: f64,
    /// How it looks.
    pub style: TextStyle,
    /// On which side it stands.
    pub align: Align,
}

/// How far from its centre a point of the curve is hit.
const POINT_REACH: f64 = 16.0;

/// How far from its line a link is hit.
const LINK_REACH: f64 = 5.0;

impl Layout {
    /// The topmost element at `point`; `None` on the ground.
    pub fn hit(&self, point: Point) -> Option<Element> {
        if let Some(wheel) = &self.wheel {
            return wheel.hit(self, point);
        }
        if let Some(row) = self.row_at(point.y) {
            if row.header.contains(point) {
                let lane = row.lane.clone();
                let on_hint = !row.hint.block.text.is_empty() && placed_rect(&row.hint).contains(point);
                return Some(if on_hint { Element::LaneHint(lane) } else { Element::Lane(lane) });
            }
            return self.hit_in_row(row, point);
        }
        if let Some(phase) = self.phases.iter().find(|phase| phase.rect.contains(point)) {
            return Some(Element::Phase(phase.first.clone()));
        }
        if let Some(stage) = self.stages.iter().find(|s| s.header.contains(point)) {
            return Some(Element::Stage(stage.id.clone()));
        }
        let in_name = |c: &&super::Column| c.name.as_ref().is_some_and(|(rect, _)| rect.contains(point));
        if let Some(column) = self.columns.iter().find(in_name) {
            return Some(Element::Step(column.step.id.clone()));
        }
        if placed_rect(&self.title).contains(point) {
            return Some(Element::Title);
        }
        (!self.map.subtitle.is_empty() && placed_rect(&self.subtitle).contains(point)).then_some(Element::Subtitle)
    }

    fn hit_in_row(&self, row: &Row, point: Point) -> Option<Element> {
        if let RowContent::Curve(curve) = &row.content {
            let near = |p: &&super::CurvePoint| (p.at - Point::new(point.x, point.y - row.y)).hypot() <= POINT_REACH;
            if let Some(touchpoint) = curve.points.iter().rev().find(near).and_then(|p| p.touchpoint.as_ref()) {
                return Some(Element::EmotionPoint(touchpoint.id.clone()));
            }
        }
        let link = || self.link_at(point, LINK_REACH).map(Element::Link);
        let Some(column) = self.column_at(point.x) else { return link() };
        match &row.content {
            RowContent::Cards(cards) => {
                let hit = cards.column(column).iter().find(|p| self.card_rect(row, cards, p).contains(point));
                if let Some(placed) = hit {
                    return Some(Element::Touchpoint(placed.card.touchpoint.id.clone()));
                }
            }
            RowContent::Notes(notes) => {
                let hit = notes.column(column).iter().find(|p| self.note_rect(row, notes, p).contains(point));
                if let Some(placed) = hit {
                    return Some(Element::Annotation(placed.note.at.clone()));
                }
            }
            RowContent::Metrics(metrics) => {
                let at = Point::new(point.x, point.y - row.y);
                let hit = metrics.tiles.iter().find(|tile| tile.rect.contains(at));
                // What was measured, or is in the picture, may stand in a lane that is hidden: then it is the cell.
                if let Some(element) = hit.and_then(|tile| tile.element.clone()).filter(|e| self.rect_of(e).is_some()) {
                    return Some(element);
                }
            }
            RowContent::Pictures(pictures) => {
                let at = Point::new(point.x, point.y - row.y);
                let hit = pictures.column(column).iter().find(|p| p.rect.contains(at));
                let element = hit.map(|placed| Element::Touchpoint(placed.touchpoint.id.clone()));
                if let Some(element) = element.filter(|e| self.rect_of(e).is_some()) {
                    return Some(element);
                }
            }
            RowContent::Curve(_) | RowContent::Channels(_) | RowContent::Collapsed => {}
        }
        link().or_else(|| Some(Element::Cell { step: self.columns[column].step.id.clone(), lane: row.lane.clone() }))
    }

    /// The row at height `y`.
    pub fn row_at(&self, y: f64) -> Option<&Row> {
        let index = self.rows.partition_point(|row| row.y + row.height <= y);
        self.rows.get(index).filter(|row| row.y <= y)
    }

    /// The column at `x`.
    pub fn column_at(&self, x: f64) -> Option<usize> {
        let index = if self.rtl {
            self.columns.partition_point(|c| c.x > x)
        } else {
            self.columns.partition_point(|c| c.x + c.width <= x)
        };
        self.columns.get(index).filter(|c| c.x <= x && x < c.x + c.width).map(|_| index)
    }

    /// Where touchpoints dropped at `point` would land; those in `moving` count as taken out.
    ///
    /// Within `reach` points of the line between two columns a drop makes a new step.
    pub fn drop_at(&self, point: Point, moving: &[TouchpointId], reach: f64) -> Option<DropMark> {
        if let Some(wheel) = &self.wheel {
            return wheel.drop_at(self, point, moving);
        }
        let row = self.row_at(point.y).filter(|row| row.kind == LaneKind::Touchpoints)?;
        if let Some(mark) = self.drop_between(point, row, reach) {
            return Some(mark);
        }
        // Between two stages the nearer column is meant.
        let column = self.column_at(point.x).or_else(|| self.nearest_column(point.x))?;
        let RowContent::Cards(cards) = &row.content else { return None };
        let others = cards.column(column).iter().filter(|p| !moving.contains(&p.card.touchpoint.id));
        let index = others.filter(|p| self.card_rect(row, cards, p).center().y < point.y).count();
        let step = self.columns[column].step.id.clone();
        let drop = Drop::Cell { lane: row.lane.clone(), step, index };
        Some(DropMark { drop, rect: self.cell_rect(row, column) })
    }

    /// A new step, where `point` is on the line between two columns of a stage or at a stage's edge.
    fn drop_between(&self, point: Point, row: &Row, reach: f64) -> Option<DropMark> {
        if self.map.locked {
            return None;
        }
        let column = self.column_at(point.x)?;
        let here = &self.columns[column];
        let (at_left, at_right) = (point.x - here.x < reach, here.x + here.width - point.x < reach);
        let before = if self.rtl { at_right } else { at_left };
        let after = if self.rtl { at_left } else { at_right };
        if !before && !after {
            return None;
        }
        let first = self.columns.iter().position(|c| c.stage == here.stage)?;
        let at = column - first + usize::from(after);
        let x = if at_left { here.x } else { here.x + here.width };
        let rect = Rect::new(x - 2.0, row.y + 6.0, x + 2.0, row.y + row.height - 6.0);
        let stage = self.stages[here.stage].id.clone();
        Some(DropMark { drop: Drop::NewStep { lane: row.lane.clone(), stage, at }, rect })
    }

    /// The column whose middle is nearest to `x`, if `x` is between the first and the last.
    fn nearest_column(&self, x: f64) -> Option<usize> {
        if x < self.grid.x0 || x > self.grid.x1 {
            return None;
        }
        let distance = |c: &super::Column| (c.x + c.width / 2.0 - x).abs();
        let nearest = self.columns.iter().enumerate().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)))?;
        self.column_at(x).or((distance(nearest.1) < nearest.1.width).then_some(nearest.0))
    }

    /// The step whose end edge, in the headers, is within `reach` points of `point`.
    pub fn edge_at(&self, point: Point, reach: f64) -> Option<StepId> {
        if self.wheel.is_some() {
            return None;
        }
        /// How much of a header, at its bottom, belongs to the edges of its steps: the rest is the stage's own.
        const BAND: f64 = 10.0;
        let header = self.stages.first()?.header;
        if point.y < header.y0 || point.y > self.grid.y0 {
            return None;
        }
        let end = |c: &super::Column| if self.rtl { c.x } else { c.x + c.width };
        let at = self.columns.iter().position(|c| (end(c) - point.x).abs() <= reach)?;
        let near = &self.columns[at];
        let is_inner = self.columns.get(at + 1).is_some_and(|next| next.stage == near.stage);
        if is_inner && point.y < header.y1 - BAND {
            return None;
        }
        Some(near.step.id.clone())
    }

    /// The emotion that a pulled point would have at `point`.
    pub fn emotion_at(&self, point: Point) -> Option<Emotion> {
        if let Some(wheel) = &self.wheel {
            return wheel.emotion_at(point);
        }
        let row = self.rows.iter().find(|row| matches!(row.content, RowContent::Curve(_)))?;
        Some(emotion_at(point.y - row.y, &self.theme))
    }

    /// The place of `element` on the map; `None` if it is not shown.
    pub fn rect_of(&self, element: &Element) -> Option<Rect> {
        if let Some(wheel) = &self.wheel {
            return wheel.rect_of(self, element);
        }
        match element {
            Element::Title => Some(placed_rect(&self.title)),
            Element::Subtitle => Some(placed_rect(&self.subtitle)),
            Element::Phase(id) => Some(self.phases.iter().find(|p| p.first == *id)?.rect),
            Element::Stage(id) => Some(self.stages.iter().find(|s| s.id == *id)?.header),
            Element::Step(id) => {
                let column = &self.columns[self.column_of(id)?];
                let header = self.stages[column.stage].header;
                let plain = Rect::new(column.x, header.y1, column.x + column.width, header.y1 + 8.0);
                Some(column.name.as_ref().map_or(plain, |(rect, _)| *rect))
            }
            Element::Lane(id) => Some(self.row_of(id)?.header),
            Element::LaneHint(id) => Some(placed_rect(&self.row_of(id)?.hint)),
            Element::Cell { step, lane } => Some(self.cell_rect(self.row_of(lane)?, self.column_of(step)?)),
            Element::Touchpoint(id) => self.card_of(id).map(|(rect, _)| rect).or_else(|| self.pictures_of(id).next()),
            Element::EmotionPoint(id) => self.rows.iter().find_map(|row| {
                let RowContent::Curve(curve) = &row.content else { return None };
                let is_it = |p: &&super::CurvePoint| p.touchpoint.as_ref().is_some_and(|t| t.id == *id);
                let at = curve.points.iter().find(is_it)?.at;
                let reach = self.theme.sizes.face;
                Some(Rect::from_center_size((at.x, at.y + row.y), (2.0 * reach, 2.0 * reach)))
            }),
            Element::Link(index) => Some(self.links.iter().find(|l| l.index == *index)?.bounds),
            Element::Annotation(at) => self.rows.iter().find_map(|row| {
                let RowContent::Notes(notes) = &row.content else { return None };
                let placed = notes.notes.iter().find(|p| p.note.at == *at)?;
                Some(self.note_rect(row, notes, placed))
            }),
        }
    }

    /// The card of a touchpoint and its place on the map.
    fn card_of(&self, id: &TouchpointId) -> Option<(Rect, &Card)> {
        self.rows.iter().find_map(|row| {
            let RowContent::Cards(cards) = &row.content else { return None };
            let placed = cards.card_of(id)?;
            Some((self.card_rect(row, cards, placed), &*placed.card))
        })
    }

    /// The places of a touchpoint's pictures in the storyboard, on the map.
    fn pictures_of<'l>(&'l self, id: &'l TouchpointId) -> impl Iterator<Item = Rect> + 'l {
        self.rows.iter().flat_map(move |row| {
            let pictures = match &row.content {
                RowContent::Pictures(pictures) => pictures.pictures.as_slice(),
                _ => &[],
            };
            let own = pictures.iter().filter(move |placed| placed.touchpoint.id == *id);
            own.map(|placed| placed.rect + kurbo::Vec2::new(0.0, row.y))
        })
    }

    /// The place of `element`, or only of a range of its text where it is as wide as the map: the titles.
    pub fn words_rect(&self, element: &Element, range: Range<usize>) -> Option<Rect> {
        let placed = match element {
            Element::Title => &self.title,
            Element::Subtitle => &self.subtitle,
            Element::Phase(id) => &self.phases.iter().find(|p| p.first == *id)?.name,
            _ => return self.rect_of(element),
        };
        let boxes = placed.block.boxes(range).into_iter().reduce(|a, b| a.union(b));
        Some(boxes.map_or_else(|| placed_rect(placed), |all| all + placed.at.to_vec2()))
    }

    /// Where the text of `element` stands, if it has one that is edited in place.
    pub fn text_place(&self, element: &Element) -> Option<TextPlace> {
        if let Some(wheel) = &self.wheel {
            return wheel.text_place(self, element);
        }
        let text = &self.theme.text;
        let side = if self.rtl { Align::Right } else { Align::Left };
        let of = |placed: &Placed, style: crate::theme::Style, align: Align| TextPlace {
            at: placed.at,
            width: placed.width,
            style: style.into(),
            align,
        };
        match element {
            Element::Title => Some(of(&self.title, text.title, side)),
            Element::Subtitle => Some(of(&self.subtitle, text.body, side)),
            Element::Phase(id) => {
                let phase = self.phases.iter().find(|p| p.first == *id)?;
                Some(of(&phase.name, text.small, Align::Center))
            }
            Element::Stage(id) => Some(of(&self.stages.iter().find(|s| s.id == *id)?.name, text.heading, side)),
            Element::Step(id) => {
                let column = &self.columns[self.column_of(id)?];
                match &column.name {
                    Some((_, placed)) => Some(of(placed, text.small, Align::Center)),
                    None => {
                        let at = Point::new(column.x + 8.0, self.stages[column.stage].header.y1 + 2.0);
                        let style = text.small.into();
                        Some(TextPlace { at, width: column.width - 16.0, style, align: Align::Center })
                    }
                }
            }
            Element::Lane(id) => Some(of(&self.row_of(id)?.name, text.strong, side)),
            Element::LaneHint(id) => Some(of(&self.row_of(id)?.hint, text.small, side)),
            Element::Touchpoint(id) => {
                let (rect, card) = self.card_of(id)?;
                let pad = self.theme.sizes.card_pad;
                let at = Point::new(rect.x0 + pad, rect.y0 + card.picture_height() + pad);
                Some(TextPlace { at, width: rect.width() - 2.0 * pad, style: text.body.into(), align: Align::Start })
            }
            Element::Annotation(_) => {
                let rect = self.rect_of(element)?;
                let at = Point::new(rect.x0 + NOTE_PAD, rect.y0 + NOTE_PAD + NOTE_TOP + 2.0);
                let width = rect.width() - 2.0 * NOTE_PAD;
                Some(TextPlace { at, width, style: text.body.into(), align: Align::Start })
            }
            Element::Link(_) => self.link_text_place(element),
            Element::Cell { .. } | Element::EmotionPoint(_) => None,
        }
    }
}

impl Layout {
    /// Where the words of a link stand, or would.
    pub(super) fn link_text_place(&self, element: &Element) -> Option<TextPlace> {
        let Element::Link(index) = element else { return None };
        let middle = self.links.iter().find(|l| l.index == *index)?.middle;
        let (style, width) = (self.theme.text.small, f64::from(WORDS));
        let at = Point::new(middle.x - width / 2.0, middle.y - f64::from(style.line) / 2.0);
        Some(TextPlace { at, width, style: style.into(), align: Align::Center })
    }
}

pub(super) fn placed_rect(placed: &Placed) -> Rect {
    let height = f64::from(placed.block.height);
    Rect::new(placed.at.x, placed.at.y, placed.at.x + placed.width, placed.at.y + height)
}
