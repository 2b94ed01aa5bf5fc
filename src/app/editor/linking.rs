//! Drawing a link: pulled from a card's handle to another card, or chosen with keys.

use egui::{Pos2, vec2};

use super::{Editor, Tool};
use crate::app::look::WindowColors;
use crate::app::shapes::{Brush, color32};
use crate::edit::{add_link, likely_kind};
use crate::model::{Element, TouchpointId};

impl Editor {
    /// Whether a link waits for where it leads.
    pub fn is_linking(&self) -> bool {
        self.link_from.is_some() || matches!(self.tool, Tool::Linking { .. })
    }

    /// Links the two selected touchpoints, or asks where the selected one leads.
    pub(super) fn begin_link(&mut self) {
        match self.selected_touchpoints().as_slice() {
            [from, to] => self.finish_link(&from.clone(), &to.clone()),
            [from] => self.link_from = Some(from.clone()),
            _ => self.notice = Some("Select the touchpoint from which the link leads".into()),
        }
    }

    /// Gives up the link that waits for its end; says whether there was one.
    pub(super) fn cancel_link(&mut self) -> bool {
        self.link_from.take().is_some()
    }

    /// Leads the waiting link to `to`.
    pub(super) fn link_to(&mut self, to: &TouchpointId) {
        if let Some(from) = self.link_from.take() {
            self.finish_link(&from, to);
        }
    }

    /// Adds the link and selects it, so that its words can be typed.
    pub(super) fn finish_link(&mut self, from: &TouchpointId, to: &TouchpointId) {
        let result = self.document.edit("new link", |map| {
            let kind = likely_kind(map, from, to);
            add_link(map, from, to, kind)
        });
        if let Some(index) = self.report(result) {
            self.document.select([Element::Link(index)]);
        }
    }

    /// The card below a place of the screen.
    pub(super) fn card_at(&self, pos: Pos2) -> Option<TouchpointId> {
        match self.layout.hit(self.camera.to_map(pos)) {
            Some(Element::Touchpoint(id)) => Some(id),
            _ => None,
        }
    }

    /// The middle of the side of a card where the journey goes on, on the screen.
    pub(super) fn link_handle_of(&self, id: &TouchpointId) -> Option<Pos2> {
        let rect = self.screen_rect(&Element::Touchpoint(id.clone()))?;
        Some(if self.layout.rtl { rect.left_center() } else { rect.right_center() })
    }

    /// A line to where the link would lead, and a frame around that card.
    pub(super) fn paint_linking(&self, brush: &mut Brush<'_>, colors: &WindowColors) {
        let color = color32(colors.accent);
        let (from, end, target) = match (&self.tool, &self.link_from) {
            (Tool::Linking { from, at }, _) => {
                let pos = self.camera.to_screen(*at);
                (from, pos, self.card_at(pos))
            }
            (_, Some(from)) => {
                let chosen = self.selected_touchpoints().into_iter().find(|id| id != from);
                let Some(end) = chosen.as_ref().and_then(|id| self.screen_rect(&Element::Touchpoint(id.clone())))
                else {
                    return;
                };
                let side = if self.layout.rtl { end.right_center() } else { end.left_center() };
                (from, side, chosen)
            }
            _ => return,
        };
        let Some(start) = self.link_handle_of(from) else { return };
        brush.line(&[start, end], 2.0, |_| color);
        brush.rect(egui::Rect::from_center_size(end, vec2(9.0, 9.0)), (4.5, 4.5), &[], |_| color);
        if let Some(rect) = target.filter(|id| id != from).and_then(|id| self.screen_rect(&Element::Touchpoint(id))) {
            let radius = (self.layout.theme.sizes.card_radius * self.camera.scale) as f32;
            brush.border(rect.expand(3.0), (radius + 3.0, radius + 3.0), 2.5, color);
        }
    }
}
