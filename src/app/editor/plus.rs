//! The plus between stages, steps and lanes, and the arrow that folds a lane, where the pointer is.

use egui::{Pos2, Rect, vec2};

use super::{Editor, Ink};
use crate::app::commands::Command;
use crate::app::look::WindowColors;
use crate::app::painter::View;
use crate::app::shapes::{Brush, color32};
use crate::edit::{StageDraft, add_stage, add_step, update_lane};
use crate::layout::{Gap, RowContent};
use crate::model::{Element, LaneId, TouchpointId};
use crate::text::{Face, icon_block, icons};

/// How near to a line the pointer brings out its plus, in screen points.
const REACH: f64 = 12.0;
/// The radius of a plus, in screen points.
const RADIUS: f32 = 10.0;

/// What a click at the pointer does to the structure.
#[derive(Clone, Debug, PartialEq)]
pub enum Handle {
    /// Puts one more there.
    Plus(Gap),
    /// Folds a lane or opens it.
    Fold(LaneId),
    /// Leads from a card to another.
    Link(TouchpointId),
}

impl Editor {
    /// The handle that the pointer at `pos` brings out, and its middle on the screen.
    pub(super) fn handle_near(&self, pos: Pos2) -> Option<(Handle, Pos2)> {
        let at = self.camera.to_map(pos);
        if let Some(id) = self.card_with_handle(pos) {
            let middle = self.link_handle_of(&id)?;
            return Some((Handle::Link(id), middle));
        }
        let fold = self.fold_near(at);
        if let Some((_, middle)) = &fold
            && (pos - *middle).length() <= RADIUS
        {
            return fold;
        }
        if let Some((gap, middle)) = self.layout.gap_at(at, REACH / self.camera.scale) {
            let header = self.layout.stages.first().map_or(0.0, |stage| stage.header.height());
            let in_header = !matches!(gap, Gap::Lane { .. });
            if !in_header || header * self.camera.scale >= f64::from(2.0 * RADIUS) {
                return Some((Handle::Plus(gap), self.camera.to_screen(middle)));
            }
        }
        fold
    }

    /// The arrow of the lane whose name is at `at`.
    fn fold_near(&self, at: kurbo::Point) -> Option<(Handle, Pos2)> {
        if self.document.map().locked || self.layout.wheel.is_some() {
            return None;
        }
        let row = self.layout.row_at(at.y).filter(|row| row.header.contains(at))?;
        let beside = if self.layout.rtl { row.header.x0 + 12.0 } else { row.header.x1 - 12.0 };
        let middle = kurbo::Point::new(beside, row.name.at.y + f64::from(row.name.block.height) / 2.0);
        Some((Handle::Fold(row.lane.clone()), self.camera.to_screen(middle)))
    }

    /// The card whose link handle the pointer brings out: the one below it, or whose handle reaches out to it.
    fn card_with_handle(&self, pos: Pos2) -> Option<TouchpointId> {
        /// Below this scale handles would cover the cards.
        const LEAST: f64 = 0.35;
        if self.camera.scale < LEAST {
            return None;
        }
        let inward = vec2(if self.layout.rtl { RADIUS } else { -RADIUS }, 0.0);
        self.card_at(pos).or_else(|| self.card_at(pos + inward))
    }

    /// The handle that a press at `pos` would use.
    pub(super) fn handle_at(&self, pos: Pos2) -> Option<Handle> {
        self.handle_near(pos).filter(|(_, middle)| (pos - *middle).length() <= RADIUS).map(|(handle, _)| handle)
    }

    /// Does what a click on `handle` means.
    pub(super) fn use_handle(&mut self, handle: Handle, ink: &mut Ink) {
        match handle {
            Handle::Plus(Gap::Stage { at }) => {
                let draft = StageDraft { name: "New stage".into(), steps: 1 };
                let result = self.document.edit("new stage", |map| add_stage(map, at, &draft));
                if let Some(id) = self.report(result) {
                    self.edit_new(Element::Stage(id), ink);
                }
            }
            Handle::Plus(Gap::Step { stage, at }) => {
                let result = self.document.edit("new step", |map| add_step(map, &stage, at, "New step"));
                if let Some(id) = self.report(result) {
                    self.edit_new(Element::Step(id), ink);
                }
            }
            Handle::Plus(Gap::Lane { below }) => {
                self.document.select([Element::Lane(below)]);
                self.asked.push(Command::AddLane);
            }
            Handle::Fold(lane) => self.fold_lane(&lane),
            Handle::Link(id) => {
                self.document.select([Element::Touchpoint(id)]);
                self.begin_link();
            }
        }
    }

    /// Folds a lane to its header, or opens it again.
    pub(super) fn fold_lane(&mut self, lane: &LaneId) {
        let result = self.document.edit("view of lane", |map| update_lane(map, lane, |l| l.collapsed = !l.collapsed));
        self.report(result);
    }

    pub(super) fn paint_handle(
        &self,
        mesh: &mut egui::Mesh,
        pos: Pos2,
        view: &View<'_>,
        ink: &mut Ink,
        colors: &WindowColors,
    ) {
        let Some((handle, middle)) = self.handle_near(pos) else { return };
        let is_hot = (pos - middle).length() <= RADIUS;
        let disc = Rect::from_center_size(middle, vec2(2.0 * RADIUS, 2.0 * RADIUS));
        let plus = !matches!(handle, Handle::Fold(_));
        let (fill, front) = match (plus, is_hot) {
            (true, true) => (colors.accent, colors.on_accent),
            (true, false) => (colors.panel, colors.accent),
            (false, true) => (colors.pressed, colors.ink),
            (false, false) => (colors.panel.faded(0.0), colors.ink_soft),
        };
        let white = ink.painter.white();
        let mut brush = Brush { mesh, white, feather: 1.0 / view.pixels_per_point };
        brush.rect(disc, (RADIUS, RADIUS), &[], |_| color32(fill));
        if plus {
            brush.border(disc, (RADIUS, RADIUS), 1.5, color32(colors.accent));
        }
        let icon = match &handle {
            Handle::Plus(_) => icons::PLUS,
            Handle::Link(_) if self.layout.rtl => icons::ARROW_LEFT,
            Handle::Link(_) => icons::ARROW_RIGHT,
            Handle::Fold(lane) => {
                let row = self.layout.row_of(lane);
                let folded = row.is_some_and(|row| matches!(row.content, RowContent::Collapsed));
                match (folded, self.layout.rtl) {
                    (false, _) => icons::CARET_DOWN,
                    (true, false) => icons::CARET_RIGHT,
                    (true, true) => icons::CARET_LEFT,
                }
            }
        };
        let size = 14.0f32;
        let block = icon_block(Face::IconLine, icon, size);
        let corner = middle - vec2(size / 2.0, size / 2.0);
        ink.painter.block(mesh, &block, corner, 1.0, front, &View { at_rest: true, ..*view });
    }
}
