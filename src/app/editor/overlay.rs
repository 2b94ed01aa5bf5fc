//! What is painted over the map and never exported: selection, ghost, drop marks, hints of what a click does.

use egui::{Pos2, Rect, pos2, vec2};
use kurbo::Point;

use super::gestures::{Moving, Tool};
use super::{Editor, Ink};
use crate::app::camera::Camera;
use crate::app::look::{self, WindowColors};
use crate::app::painter::View;
use crate::app::shapes::{Brush, color32};
use crate::edit::Drop;
use crate::layout::RowContent;
use crate::model::Element;
use crate::scene::Scene;
use crate::text::{Face, icon_block, icons};

impl Editor {
    pub(super) fn paint_overlay(&mut self, painter: &egui::Painter, view: &View<'_>, ink: &mut Ink) {
        let colors = look::colors_over(&self.layout.theme);
        let mut mesh = ink.painter.mesh();
        let white = ink.painter.white();
        let feather = 1.0 / view.pixels_per_point;
        self.refresh_filter();
        self.paint_veils(&mut Brush { mesh: &mut mesh, white, feather });
        if !mesh.is_empty() {
            painter.add(std::mem::replace(&mut mesh, ink.painter.mesh()));
        }
        self.paint_beside(painter, view, ink, colors);
        self.paint_found(painter, view, ink, colors);
        {
            let mut brush = Brush { mesh: &mut mesh, white, feather };
            self.paint_selection(&mut brush, view, colors);
            self.paint_hover(&mut brush, view, colors);
            self.paint_linking(&mut brush, colors);
            if let Tool::Brushing { from, to, .. } = &self.tool {
                let area = self.camera.rect_to_screen(kurbo::Rect::from_points(*from, *to));
                brush.rect(area, (2.0, 2.0), &[], |_| color32(colors.accent_soft));
                brush.border(area, (2.0, 2.0), 1.0, color32(colors.accent));
            }
        }
        if let Some(Element::Cell { step, lane }) = &self.hover
            && matches!(self.tool, Tool::Idle)
            && self.layout.wheel.is_none()
        {
            self.paint_plus(&mut mesh, step, lane, view, ink, colors);
        }
        if let Some(pos) = self.handle_pos.filter(|_| matches!(self.tool, Tool::Idle) && self.typing.is_none()) {
            self.paint_handle(&mut mesh, pos, view, ink, colors);
        }
        painter.add(mesh);
        self.paint_marks(painter, view, colors);
        if let Tool::Moving(moving) = &self.tool {
            self.paint_moving(painter, &moving.clone(), view, ink, colors);
        }
    }

    /// The radius of an element's outline on the screen, and how far it stands off.
    pub(super) fn outline_of(&self, element: &Element) -> (f32, f32) {
        let scale = self.camera.scale as f32;
        match element {
            Element::Link(_) => (4.0, 2.0),
            Element::Touchpoint(_) | Element::Annotation(_) => {
                (self.layout.theme.sizes.card_radius as f32 * scale, 0.0)
            }
            Element::EmotionPoint(_) => (40.0, 4.0),
            Element::Cell { .. } => (6.0, -3.0),
            Element::Stage(_) => (self.layout.theme.sizes.stage_radius as f32 * scale, 2.0),
            _ => (5.0, 3.0),
        }
    }

    fn paint_selection(&self, brush: &mut Brush<'_>, view: &View<'_>, colors: &WindowColors) {
        let selected = self.document.selection();
        // Many selected cards are found through what is in sight; a few by themselves.
        let elements: Vec<&Element> = if selected.len() > 64 {
            let in_sight = self.scene_in_sight().into_iter().flat_map(|scene| &scene.groups);
            in_sight.filter_map(|group| group.element.as_ref()).filter(|e| selected.contains(*e)).collect()
        } else {
            selected.iter().collect()
        };
        for element in elements {
            if self.typing.as_ref().is_some_and(|typing| typing.element() == *element) {
                continue;
            }
            if let Element::Link(index) = element {
                self.trace_link(brush, *index, 5.0, color32(colors.accent.faded(0.55)));
                continue;
            }
            let Some(rect) = self.screen_rect(element) else { continue };
            let (radius, off) = self.outline_of(element);
            let rect = rect.expand(off);
            if rect.intersects(view.clip) {
                if matches!(element, Element::Cell { .. }) {
                    brush.rect(rect, (radius, radius), &[], |_| color32(colors.accent_soft.faded(0.5)));
                }
                brush.border(rect.expand(1.0), (radius + 1.0, radius + 1.0), 2.0, color32(colors.accent));
            }
        }
    }

    /// A broad line along a link.
    fn trace_link(&self, brush: &mut Brush<'_>, index: usize, width: f32, color: egui::Color32) {
        let Some(link) = self.layout.links.iter().find(|link| link.index == index) else { return };
        let mut points = Vec::new();
        kurbo::flatten(link.path.iter(), 0.3, |step| {
            if let kurbo::PathEl::MoveTo(p) | kurbo::PathEl::LineTo(p) = step {
                points.push(self.camera.to_screen(p));
            }
        });
        brush.line(&points, width, |_| color);
        if let Some((pill, _)) = &link.label {
            let rect = self.camera.rect_to_screen(*pill).expand(1.5);
            brush.border(rect, (rect.height() / 2.0, rect.height() / 2.0), 2.0, color);
        }
    }

    fn paint_hover(&self, brush: &mut Brush<'_>, view: &View<'_>, colors: &WindowColors) {
        let Some(element) = &self.hover else { return };
        let plain = matches!(element, Element::Cell { .. });
        if plain || self.document.selection().contains(element) || !matches!(self.tool, Tool::Idle) {
            return;
        }
        if let Element::Link(index) = element {
            self.trace_link(brush, *index, 5.0, color32(colors.accent.faded(0.25)));
            return;
        }
        let Some(rect) = self.screen_rect(element).filter(|r| r.intersects(view.clip)) else { return };
        let (radius, off) = self.outline_of(element);
        brush.border(rect.expand(off), (radius, radius), 1.5, color32(colors.accent.faded(0.45)));
    }

    /// A plus in the free room of a cell below the pointer, where a double click or typing adds something.
    fn paint_plus(
        &self,
        mesh: &mut egui::Mesh,
        step: &crate::model::StepId,
        lane: &crate::model::LaneId,
        view: &View<'_>,
        ink: &mut Ink,
        colors: &WindowColors,
    ) {
        let (Some(row), Some(column)) = (self.layout.row_of(lane), self.layout.column_of(step)) else { return };
        if !row.kind.takes_words() || matches!(row.content, RowContent::Collapsed) {
            return;
        }
        let cell = self.layout.cell_rect(row, column);
        let used = match &row.content {
            RowContent::Cards(cards) => cards.column(column).len().checked_sub(1).map(|slot| cards.slots[slot]),
            RowContent::Notes(notes) => notes.column(column).len().checked_sub(1).map(|slot| notes.slots[slot]),
            _ => None,
        };
        let top = used.map_or(cell.y0, |slot| cell.y0 + slot.y + slot.height);
        if cell.y1 - top < 24.0 {
            return;
        }
        let size = 18.0f32;
        let center = self.camera.to_screen(Point::new(cell.center().x, (top + cell.y1) / 2.0));
        let block = icon_block(Face::IconLine, icons::PLUS, size);
        let corner = center - vec2(size / 2.0, size / 2.0);
        ink.painter.block(mesh, &block, corner, 1.0, colors.ink_soft, &View { at_rest: true, ..*view });
    }

    /// The old place, the place of the drop, and the cards below the pointer.
    fn paint_moving(
        &self,
        painter: &egui::Painter,
        moving: &Moving,
        view: &View<'_>,
        ink: &mut Ink,
        colors: &WindowColors,
    ) {
        let radius = (self.layout.theme.sizes.card_radius * self.camera.scale) as f32;
        let mut mesh = ink.painter.mesh();
        let white = ink.painter.white();
        let mut brush = Brush { mesh: &mut mesh, white, feather: 1.0 / view.pixels_per_point };
        let ghost = self.camera.rect_to_screen(moving.ghost);
        dashed(&mut brush, ghost.shrink(1.0), color32(colors.ghost));
        let landed = Element::Touchpoint(moving.grabbed.clone());
        match moving.mark.as_ref().map(|mark| (&mark.drop, mark.rect)) {
            Some((Drop::NewStep { .. }, rect)) => {
                brush.rect(self.camera.rect_to_screen(rect).expand(1.0), (3.0, 3.0), &[], |_| color32(colors.accent));
            }
            Some((Drop::Cell { .. }, rect)) if moving.copy => {
                brush.border(self.camera.rect_to_screen(rect).shrink(3.0), (6.0, 6.0), 2.0, color32(colors.accent));
            }
            Some(_) => {
                // The card that made room for itself is shown pale: the real one is in the hand.
                for id in &moving.ids {
                    if let Some(rect) = self.screen_rect(&Element::Touchpoint(id.clone())) {
                        brush
                            .rect(rect, (radius, radius), &[], |_| color32(self.layout.theme.colors.ground.faded(0.6)));
                        brush.border(rect, (radius, radius), 2.0, color32(colors.accent));
                    }
                }
            }
            None => {}
        }
        painter.add(mesh);
        let Some(place) = self.layout.rect_of(&landed) else { return };
        let groups = crate::scene::build_visible(&self.layout, place).groups;
        let Some(mut lifted) = groups.into_iter().find(|group| group.element.as_ref() == Some(&landed)) else { return };
        let corner = moving.at - moving.hold;
        lifted.bounds = lifted.bounds - lifted.origin.to_vec2() + corner.to_vec2();
        lifted.origin = corner;
        let rect = self.camera.rect_to_screen(lifted.bounds);
        self.paint_lifted(
            painter,
            &Scene { groups: vec![lifted], ..empty(self.layout.theme.colors.ground) },
            rect,
            view,
            ink,
        );
        if moving.ids.len() > 1 {
            self.paint_badge(painter, moving.ids.len(), rect.right_top(), ink, colors, view);
        }
    }

    fn paint_lifted(&self, painter: &egui::Painter, scene: &Scene, rect: Rect, view: &View<'_>, ink: &mut Ink) {
        let mut mesh = ink.painter.mesh();
        let white = ink.painter.white();
        let radius = (self.layout.theme.sizes.card_radius * self.camera.scale) as f32;
        let shadow = self.layout.theme.colors.ink.faded(0.28);
        Brush { mesh: &mut mesh, white, feather: 1.0 }.shadow(
            rect.translate(vec2(0.0, 6.0)),
            radius,
            9.0,
            color32(shadow),
        );
        painter.add(mesh);
        ink.painter.scene(scene, view).paint(painter);
    }

    fn paint_badge(
        &self,
        painter: &egui::Painter,
        count: usize,
        at: Pos2,
        ink: &mut Ink,
        colors: &WindowColors,
        view: &View<'_>,
    ) {
        let rect = Rect::from_center_size(at, vec2(26.0, 22.0));
        let mut mesh = ink.painter.mesh();
        let white = ink.painter.white();
        Brush { mesh: &mut mesh, white, feather: 1.0 / view.pixels_per_point }
            .rect(rect, (11.0, 11.0), &[], |_| color32(colors.accent));
        painter.add(mesh);
        painter.text(
            rect.center(),
            egui::Align2::CENTER_CENTER,
            count.to_string(),
            egui::FontId::new(12.0, look::bold()),
            color32(colors.on_accent),
        );
    }
}

/// The outline of a rectangle in dashes.
fn dashed(brush: &mut Brush<'_>, rect: Rect, color: egui::Color32) {
    const DASH: f32 = 6.0;
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    for pair in corners.windows(2) {
        let along = (pair[1] - pair[0]).normalized();
        let length = (pair[1] - pair[0]).length();
        let mut at = 0.0;
        while at < length {
            brush.line(&[pair[0] + along * at, pair[0] + along * (at + DASH).min(length)], 1.5, |_| color);
            at += 2.0 * DASH;
        }
    }
}

fn empty(ground: crate::theme::Color) -> Scene {
    Scene { size: kurbo::Size::ZERO, ground, groups: Vec::new() }
}

/// The camera that shows a picture of `size` inside `rect` of the screen.
pub fn thumbnail_camera(size: kurbo::Size, rect: Rect) -> Camera {
    let scale = f64::from(rect.width() / size.width as f32).min(f64::from(rect.height() / size.height as f32));
    let shown = vec2((size.width * scale) as f32, (size.height * scale) as f32);
    let corner = rect.center() - shown / 2.0;
    Camera { scale, corner: pos2(corner.x, corner.y) }
}
