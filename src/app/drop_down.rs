//! A list to choose one of the user's words from, shown as what is chosen.

use egui::{Align2, FontId, Popup, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::ink::Ink;
use super::look::{self, BODY};
use super::shapes::color32;
use crate::text::icons;

/// The height of the closed list and of a row of the open one.
pub const HEIGHT: f32 = 32.0;
/// The most of the open list that is seen at once.
const MOST: f32 = 10.0 * HEIGHT;
/// The room before the words and behind them.
const PAD: f32 = 10.0;
/// The room for the arrow.
const ARROW: f32 = 18.0;

/// A list of `options`, of which the one at `chosen` is shown; gives the one that a person chooses.
///
/// Where none is chosen it shows `empty`, the window's own words.
pub fn drop_down(
    ui: &mut Ui,
    name: &str,
    (options, chosen, empty): (&[&str], Option<usize>, &str),
    width: f32,
    ink: &mut Ink,
) -> Option<usize> {
    let colors = look::colors(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::click());
    let shown = chosen.and_then(|at| options.get(at)).copied();
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(egui::Role::ComboBox, true, name);
        info.current_text_value = Some(shown.unwrap_or(empty).to_owned());
        info
    });
    let is_open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response));
    let fill = if response.hovered() || is_open { colors.hover } else { colors.field };
    let edge = if response.has_focus() || is_open { (2.0, colors.accent) } else { (1.0, colors.line) };
    let edge = Stroke::new(edge.0, color32(edge.1));
    ui.painter().rect(rect, 8.0, color32(fill), edge, StrokeKind::Inside);
    let inner = Rect::from_min_max(rect.min + vec2(PAD, 0.0), rect.max - vec2(PAD + ARROW, 0.0));
    let color = if shown.is_some() { colors.ink } else { colors.ink_soft };
    ink.in_rect(ui, shown.unwrap_or(empty), BODY, inner, color);
    let arrow = egui::pos2(rect.max.x - PAD, rect.center().y);
    let font = FontId::new(14.0, look::icons());
    ui.painter().text(arrow, Align2::RIGHT_CENTER, icons::CARET_DOWN, font, color32(colors.ink_soft));
    let list = Popup::menu(&response).width(width - 12.0).show(|ui| {
        ui.set_width(width - 12.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        let rows = |ui: &mut Ui| rows(ui, options, chosen, ink);
        ScrollArea::vertical().max_height(MOST).show(ui, rows).inner
    });
    list.and_then(|list| list.inner)
}

/// The rows of the open list; gives the one that is clicked.
fn rows(ui: &mut Ui, options: &[&str], chosen: Option<usize>, ink: &mut Ink) -> Option<usize> {
    let colors = look::colors(ui.ctx());
    let mut clicked = None;
    for (at, option) in options.iter().enumerate() {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click());
        let is_chosen = chosen == Some(at);
        response.widget_info(|| WidgetInfo::selected(egui::Role::ListBoxOption, true, is_chosen, *option));
        let fill = if response.hovered() || response.has_focus() {
            Some(colors.hover)
        } else {
            is_chosen.then_some(colors.accent_soft)
        };
        if let Some(fill) = fill {
            ui.painter().rect_filled(rect, 6.0, color32(fill));
        }
        ink.in_rect(ui, option, BODY, rect.shrink2(vec2(PAD - 2.0, 0.0)), colors.ink);
        if response.clicked() {
            clicked = Some(at);
        }
    }
    clicked
}
