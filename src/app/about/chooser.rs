//! A drop-down whose entries are words of the user; long lists can be filtered.

use egui::{Align2, FontId, Id, Key, Modifiers, Popup, PopupCloseBehavior, Rect, Response, ScrollArea, Sense, Stroke};
use egui::{StrokeKind, Ui, pos2, vec2};

use super::parts::SMALL;
use crate::app::field::Field;
use crate::app::find_bar;
use crate::app::ink::Ink;
use crate::app::look::{self, BODY};
use crate::app::shapes::color32;
use crate::text::{Align, icons};

/// The drop-down that is open.
#[derive(Debug, Default)]
pub struct Chooser {
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    id: Id,
    filter: Field,
    /// The entry that Enter takes, among those that the filter leaves; at first the one chosen before.
    at: Option<usize>,
}

/// Something to choose.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it says.
    pub text: String,
    /// What it is: a stage, a touchpoint.
    pub hint: &'static str,
}

/// A drop-down.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// Unique in the window.
    pub id: Id,
    /// What screen readers call it.
    pub name: &'a str,
    /// What is chosen now.
    pub now: &'a str,
}

/// The height of an entry.
const ROW: f32 = 32.0;
/// Lists with more entries have a filter.
const SHORT: usize = 9;

impl Chooser {
    /// Whether the filter has the keyboard.
    pub fn is_typing(&self, ctx: &egui::Context) -> bool {
        self.open.as_ref().is_some_and(|open| ctx.memory(egui::Memory::focused) == Some(open.filter.id()))
    }

    /// Shows the drop-down; returns the place of what was chosen among `entries`, which are asked for when it is open.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        ask: &Ask<'_>,
        ink: &mut Ink,
        entries: impl FnOnce() -> Vec<Entry>,
    ) -> Option<usize> {
        let popup = ask.id.with("popup");
        let was_open = Popup::is_id_open(ui.ctx(), popup);
        // Before the button, which would take Enter for a click.
        let keys = if was_open { take_keys(ui) } else { Keys::default() };
        let response = button(ui, ask, was_open, ink);
        if response.clicked() && !was_open {
            let filter = Field::new(ask.id.with("filter"), "", BODY, None, Align::Left, ink).one_line();
            self.open = Some(Open { id: ask.id, filter, at: None });
            Popup::open_id(ui.ctx(), popup);
        }
        if !Popup::is_id_open(ui.ctx(), popup) {
            self.open.take_if(|open| open.id == ask.id);
            return None;
        }
        let open = self.open.as_mut().filter(|open| open.id == ask.id)?;
        let entries = entries();
        let margin = egui::Frame::popup(ui.style()).total_margin().sum().x;
        let width = response.rect.width().max(240.0) - margin;
        let shown = Popup::from_response(&response)
            .id(popup)
            .open_memory(None)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .gap(4.0)
            .width(width)
            .show(|ui| {
                ui.set_width(width);
                list(ui, open, &entries, keys, ask.now, ink)
            });
        let chosen = shown.and_then(|shown| shown.inner);
        if chosen.is_some() {
            Popup::close_id(ui.ctx(), popup);
            self.open = None;
            response.request_focus();
        }
        chosen
    }
}

/// The keys of the list.
#[derive(Clone, Copy, Debug, Default)]
struct Keys {
    by: isize,
    enter: bool,
}

fn take_keys(ui: &Ui) -> Keys {
    ui.input_mut(|input| {
        let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
        let by = isize::from(pressed(Key::ArrowDown)) - isize::from(pressed(Key::ArrowUp));
        Keys { by, enter: pressed(Key::Enter) }
    })
}

/// What is chosen, in a frame with an arrow.
fn button(ui: &mut Ui, ask: &Ask<'_>, is_open: bool, ink: &mut Ink) -> Response {
    let colors = look::colors(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let response = ui.interact(rect, ask.id, Sense::click());
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::Role::ComboBox, true, ask.name);
        info.current_text_value = Some(ask.now.to_owned());
        info
    });
    let border = if is_open || response.has_focus() {
        Stroke::new(2.0, color32(colors.accent))
    } else {
        Stroke::new(1.0, color32(colors.line))
    };
    let fill = if response.hovered() { colors.hover } else { colors.field };
    ui.painter().rect(rect, 7.0, color32(fill), border, StrokeKind::Inside);
    let inner = rect.shrink2(vec2(10.0, 0.0));
    let words = Rect::from_min_max(inner.min, inner.max - vec2(20.0, 0.0));
    ink.in_rect(ui, ask.now, BODY, words, colors.ink);
    let font = FontId::new(14.0, look::icons());
    ui.painter().text(inner.right_center(), Align2::RIGHT_CENTER, icons::CARET_DOWN, font, color32(colors.ink_soft));
    response
}

fn list(ui: &mut Ui, open: &mut Open, entries: &[Entry], keys: Keys, now: &str, ink: &mut Ink) -> Option<usize> {
    let colors = look::colors(ui.ctx());
    let mut left: Vec<usize> = (0..entries.len()).collect();
    if entries.len() > SHORT {
        let events = find_bar::input(ui, ui.available_width(), &mut open.filter, "Filter", ink);
        if events.changed {
            open.at = Some(0);
        }
        if let Some((Key::Escape, _)) = events.key {
            ui.close();
        }
        let wanted = open.filter.text().trim().to_lowercase();
        left.retain(|at| entries[*at].text.to_lowercase().contains(&wanted));
        ui.add_space(4.0);
    }
    let is_first = open.at.is_none();
    let at = open.at.or_else(|| entries.iter().position(|entry| entry.text == now)).unwrap_or_default();
    let at = at.saturating_add_signed(keys.by).min(left.len().saturating_sub(1));
    open.at = Some(at);
    if keys.enter {
        return left.get(at).copied();
    }
    if left.is_empty() {
        ui.weak("Nothing holds these words");
    }
    let mut chosen = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical().max_height(320.0).id_salt(open.id);
    if keys.by != 0 || is_first {
        area = area.vertical_scroll_offset((at as f32 * ROW - 140.0).max(0.0));
    }
    area.show_rows(ui, ROW, left.len(), |ui, range| {
        for place in range {
            let entry = &entries[left[place]];
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
            let label =
                if entry.hint.is_empty() { entry.text.clone() } else { format!("{}, {}", entry.text, entry.hint) };
            let is_now = entry.text == now;
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, is_now, &label));
            if place == at || response.hovered() {
                let fill = if place == at { colors.pressed } else { colors.hover };
                ui.painter().rect_filled(rect, 6.0, color32(fill));
            }
            let inner = rect.shrink2(vec2(8.0, 0.0));
            let hint = ink.text.block(entry.hint, SMALL, crate::text::Measure::default());
            let words = Rect::from_min_max(inner.min, inner.max - vec2(hint.width + 8.0, 0.0));
            ink.in_rect(ui, &entry.text, BODY, words, colors.ink);
            ink.paint(
                ui,
                &hint,
                pos2(inner.right() - hint.width, inner.center().y - hint.height / 2.0),
                colors.ink_soft,
            );
            if response.clicked() {
                chosen = Some(left[place]);
            }
        }
    });
    chosen
}
