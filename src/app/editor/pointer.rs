//! The pointer on the canvas: presses, moves, wheel, pinch, autoscroll.

use egui::{CursorIcon, PointerButton, Pos2, Rect, Sense, Ui, Vec2, vec2};

use super::gestures::{Pointing, Tool};
use super::plus::Handle;
use super::{Editor, Ink};
use crate::model::Element;

/// How far the pointer moves before a press becomes a drag, in screen points.
const DRAG_FROM: f32 = 4.0;
/// Two clicks within this time, in seconds, and place, in points, are a double click.
const DOUBLE_CLICK: (f64, f32) = (0.4, 6.0);
/// A drag this near to the edge scrolls the map, in points.
const EDGE: f32 = 36.0;

/// The pointer during a frame.
struct Hand {
    pos: Option<Pos2>,
    delta: Vec2,
    pressed: bool,
    released: bool,
    middle_pressed: bool,
    middle_down: bool,
    down: bool,
    secondary: bool,
    space: bool,
    modifiers: egui::Modifiers,
    time: f64,
}

impl Editor {
    pub(super) fn take_pointer(&mut self, ui: &mut Ui, view: Rect, ink: &mut Ink) {
        let canvas = ui.interact(view, super::canvas_id(), Sense::click_and_drag());
        canvas.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, "Journey map"));
        let in_text = self.typing.is_some();
        // A finger that rests is the other button.
        let long_touched = canvas.long_touched();
        if long_touched {
            self.cancel_gesture();
        }
        let hand = ui.input(|i| Hand {
            pos: i.pointer.latest_pos(),
            delta: i.pointer.delta(),
            pressed: i.pointer.primary_pressed(),
            released: i.pointer.primary_released(),
            middle_pressed: i.pointer.button_pressed(PointerButton::Middle),
            middle_down: i.pointer.middle_down(),
            down: i.pointer.primary_down(),
            secondary: i.pointer.secondary_pressed() || long_touched,
            space: i.key_down(egui::Key::Space) && !in_text,
            modifiers: i.modifiers,
            time: i.time,
        });
        let over = hand.pos.filter(|pos| view.contains(*pos) && ui.ctx().layer_id_at(*pos) == Some(ui.layer_id()));
        let used = hand.pressed || hand.middle_pressed || hand.secondary;
        self.touched |=
            over.is_some() && (used || ui.input(|i| i.zoom_delta() != 1.0 || i.smooth_scroll_delta() != Vec2::ZERO));
        self.zoom_and_scroll(ui, over, hand.time);
        let Some(pos) = hand.pos else {
            (self.hover, self.handle_pos) = (None, None);
            return;
        };
        self.press(ui, &hand, over, ink);
        self.carry_on(ui, &hand, pos, view);
        self.release(&hand, pos, ink);
        // While the map moves below the pointer nothing pops up.
        let is_moving = ui.input(|i| i.zoom_delta() != 1.0 || i.smooth_scroll_delta() != Vec2::ZERO);
        self.handle_pos = over.filter(|_| !is_moving);
        self.hover = over.filter(|_| !self.tool.is_busy()).and_then(|pos| self.layout.hit(self.camera.to_map(pos)));
        canvas.context_menu(|ui| self.asked.extend(super::super::bars::context_menu(ui, self)));
        let on_handle = over.is_some_and(|pos| self.handle_at(pos).is_some());
        let on_edge = !on_handle && over.is_some_and(|pos| self.is_on_edge(self.camera.to_map(pos)));
        if on_handle && !self.tool.is_busy() {
            ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
            return;
        }
        if let Some(cursor) = self.cursor(over.is_some(), on_edge, hand.space) {
            ui.ctx().set_cursor_icon(cursor);
        }
    }

    fn cursor(&self, over: bool, on_edge: bool, space: bool) -> Option<CursorIcon> {
        if let Some(cursor) = self.tool.cursor() {
            return Some(cursor);
        }
        if !over {
            return None;
        }
        if space {
            return Some(CursorIcon::Grab);
        }
        if on_edge {
            return Some(CursorIcon::ResizeHorizontal);
        }
        match &self.hover {
            Some(Element::EmotionPoint(_)) => Some(CursorIcon::ResizeVertical),
            Some(
                Element::Touchpoint(_) | Element::Stage(_) | Element::Step(_) | Element::Lane(_) | Element::LaneHint(_),
            ) => Some(CursorIcon::Grab),
            Some(Element::Title | Element::Subtitle | Element::Phase(_)) => Some(CursorIcon::Text),
            _ => None,
        }
    }

    fn zoom_and_scroll(&mut self, ui: &Ui, over: Option<Pos2>, time: f64) {
        let Some(pos) = over else { return };
        let (zoom, scroll) = ui.input(|i| (i.zoom_delta(), i.smooth_scroll_delta()));
        if (zoom - 1.0).abs() > 1e-4 {
            self.target = None;
            self.camera.zoom_at(pos, f64::from(zoom));
            self.scaled_at = time;
        } else if scroll != Vec2::ZERO {
            self.target = None;
            self.camera.pan(scroll);
        }
        if let Some(touch) = ui.input(egui::InputState::multi_touch) {
            self.cancel_gesture();
            self.camera.zoom_at(touch.center_pos, f64::from(touch.zoom_delta));
            self.camera.pan(touch.translation_delta);
            self.scaled_at = time;
        }
    }

    fn press(&mut self, ui: &Ui, hand: &Hand, over: Option<Pos2>, ink: &mut Ink) {
        let Some(pos) = over else { return };
        if hand.middle_pressed || (hand.pressed && hand.space) {
            self.tool = Tool::Panning;
            return;
        }
        if !hand.pressed && !hand.secondary {
            return;
        }
        if let Some(typing) = &self.typing
            && typing.rect().contains(pos)
        {
            return;
        }
        self.finish_typing(ink);
        self.relayout();
        let at = self.camera.to_map(pos);
        let element = self.layout.hit(at);
        ui.memory_mut(|memory| memory.request_focus(super::canvas_id()));
        if hand.secondary {
            // The menu is about what is below the pointer.
            if let Some(element) = element
                && !self.document.selection().contains(&element)
            {
                self.document.select([element]);
            }
            return;
        }
        if let Some(handle) = self.handle_at(pos) {
            self.tool = Tool::Pressing(handle);
            return;
        }
        if self.is_on_edge(at) {
            let again = self.last_click.as_ref().is_some_and(|(then, there, _)| {
                hand.time - then < DOUBLE_CLICK.0 && (pos - *there).length() < DOUBLE_CLICK.1
            });
            self.last_click = Some((hand.time, pos, None));
            if again {
                self.reset_width(at);
            } else {
                self.begin_resizing(at);
            }
            return;
        }
        self.tool = Tool::Pointing(Pointing { pos, at, element, modifiers: hand.modifiers });
    }

    fn carry_on(&mut self, ui: &Ui, hand: &Hand, pos: Pos2, view: Rect) {
        match &self.tool {
            Tool::Idle => {}
            Tool::Pressing(handle) => {
                // A link is pulled out; the others are only clicked.
                if let Handle::Link(from) = handle
                    && self.handle_at(pos).is_none()
                {
                    self.tool = Tool::Linking { from: from.clone(), at: self.camera.to_map(pos) };
                }
            }
            Tool::Panning => {
                if hand.middle_down || hand.down {
                    self.target = None;
                    self.camera.pan(hand.delta);
                } else {
                    self.tool = Tool::Idle;
                }
            }
            Tool::Pointing(pointing) => {
                if (pos - pointing.pos).length() >= DRAG_FROM {
                    let pointing = pointing.clone();
                    self.begin_drag(&pointing);
                    self.drag_to(self.camera.to_map(pos), hand.modifiers);
                }
            }
            _ => {
                self.autoscroll(ui, pos, view);
                self.drag_to(self.camera.to_map(pos), hand.modifiers);
            }
        }
    }

    /// Scrolls while something is dragged near the edge of the view, faster the nearer.
    fn autoscroll(&mut self, ui: &Ui, pos: Pos2, view: Rect) {
        let push = |at: f32, low: f32, high: f32| {
            let inside_low = (low + EDGE - at).clamp(0.0, EDGE);
            let inside_high = (at - high + EDGE).clamp(0.0, EDGE);
            (inside_low - inside_high) / EDGE
        };
        let speed = vec2(push(pos.x, view.left(), view.right()), push(pos.y, view.top(), view.bottom()));
        if speed != Vec2::ZERO {
            let dt = ui.input(|i| i.stable_dt.min(0.05));
            self.camera.pan(speed * 900.0 * dt);
            self.camera.keep_in(self.layout.size, view);
            ui.ctx().request_repaint();
        }
    }

    fn release(&mut self, hand: &Hand, pos: Pos2, ink: &mut Ink) {
        if !hand.released {
            return;
        }
        if let Tool::Pointing(pointing) = &self.tool {
            let pointing = pointing.clone();
            self.tool = Tool::Idle;
            self.click(&pointing, pos, hand.time, ink);
        } else if let Tool::Pressing(handle) = &self.tool {
            let handle = handle.clone();
            self.tool = Tool::Idle;
            if self.handle_at(pos).as_ref() == Some(&handle) {
                self.use_handle(handle, ink);
            }
        } else if self.tool.is_busy() && !hand.middle_down {
            self.end_drag();
        }
    }

    fn click(&mut self, pointing: &Pointing, pos: Pos2, time: f64, ink: &mut Ink) {
        let double = self.last_click.as_ref().is_some_and(|(then, there, on)| {
            time - then < DOUBLE_CLICK.0 && (pos - *there).length() < DOUBLE_CLICK.1 && *on == pointing.element
        });
        self.last_click = (!double).then(|| (time, pos, pointing.element.clone()));
        if let (Some(Element::Touchpoint(id)), true) = (&pointing.element, self.link_from.is_some()) {
            self.link_to(&id.clone());
            return;
        }
        self.cancel_link();
        let adds = pointing.modifiers.shift || pointing.modifiers.command;
        match &pointing.element {
            Some(element) if double => self.open(&element.clone(), ink),
            Some(element) if adds => self.document.toggle(element.clone()),
            Some(element) => self.document.select([element.clone()]),
            None if adds => {}
            None => self.document.select([]),
        }
    }
}
