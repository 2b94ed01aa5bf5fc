//! The small controls of panels: dots, faces, words to choose from, folded sections.

use egui::{Align2, Button, FontId, Rect, Response, RichText, Sense, Stroke, Ui, vec2};

use crate::app::look;
use crate::app::shapes::color32;
use crate::model::{Emotion, Level};
use crate::text::icons;
use crate::theme::{Color, Theme};

/// Three dots to choose a level with; returns the one clicked.
pub fn levels(ui: &mut Ui, name: &str, now: Option<Level>, color: Color) -> Option<Level> {
    ui.label(RichText::new(name).small().weak());
    dots(ui, name, now, color)
}

/// The dots of [`levels`], for a name that stands elsewhere.
pub fn dots(ui: &mut Ui, name: &str, now: Option<Level>, color: Color) -> Option<Level> {
    ui.spacing_mut().item_spacing.x = 1.0;
    let mut chosen = None;
    for level in Level::ALL {
        let (rect, response) = ui.allocate_exact_size(vec2(18.0, 22.0), Sense::click());
        let label = format!("{name} {}", level.get());
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, now == Some(level), &label));
        let full = now.is_some_and(|now| now >= level);
        let fill = if full { color } else { color.faded(0.22) };
        let radius = if response.hovered() { 6.0 } else { 5.0 };
        ui.painter().circle_filled(rect.center(), radius, color32(fill));
        if response.has_focus() {
            ui.painter().circle_stroke(rect.center(), 8.0, Stroke::new(1.5, color32(color)));
        }
        if response.clicked() {
            chosen = Some(level);
        }
    }
    ui.add_space(8.0);
    chosen
}

/// Eleven discs from −5 to +5; returns what a click makes of `now`: the chosen one takes the emotion away.
pub fn emotions(ui: &mut Ui, name: &str, now: Option<Emotion>, theme: &Theme) -> Option<Option<Emotion>> {
    let colors = look::colors(ui.ctx());
    let mut chosen = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let side = ((ui.available_width() - 20.0) / 11.0).min(26.0);
        for value in -5..=5 {
            let emotion = Emotion::clamped(value);
            let is_now = now == Some(emotion);
            let (rect, response) = ui.allocate_exact_size(vec2(side, 30.0), Sense::click());
            let label = format!("{name} {emotion}");
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, is_now, &label));
            let disc = Rect::from_center_size(rect.center(), vec2(side, side));
            let fill = if is_now { theme.emotion(emotion) } else { colors.field };
            let fill = if response.hovered() && !is_now { theme.emotion(emotion).faded(0.35) } else { fill };
            ui.painter().circle_filled(disc.center(), side / 2.0, color32(fill));
            let ink = color32(if is_now { theme.colors.on_accent } else { colors.ink_soft });
            let font = FontId::proportional(11.0);
            ui.painter().text(disc.center(), Align2::CENTER_CENTER, emotion.to_string(), font, ink);
            if response.has_focus() {
                ui.painter().circle_stroke(disc.center(), side / 2.0, Stroke::new(2.0, color32(colors.accent)));
            }
            if response.clicked() {
                chosen = Some((!is_now).then_some(emotion));
            }
        }
    });
    chosen
}

/// Words of which at most one is chosen; returns what a click makes of `now`: the chosen one is let go.
pub fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    now: Option<T>,
    all: &[T],
    name: fn(T) -> &'static str,
) -> Option<Option<T>> {
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for value in all {
            let is_now = now == Some(*value);
            if chip(ui, name(*value), is_now, None).clicked() {
                chosen = Some((!is_now).then_some(*value));
            }
        }
    });
    chosen
}

/// A word that can be chosen, with an icon before it.
pub fn chip(ui: &mut Ui, name: &str, chosen: bool, icon: Option<(char, Color)>) -> Response {
    let colors = look::colors(ui.ctx());
    let ink = color32(if chosen { colors.accent } else { colors.ink });
    let text = RichText::new(name).size(13.0).color(ink);
    let button = match icon {
        Some((icon, color)) => {
            let icon = RichText::new(icon).font(FontId::new(14.0, look::filled_icons())).color(color32(color));
            Button::new((icon, text))
        }
        None => Button::new(text),
    };
    let fill = if chosen { colors.accent_soft } else { colors.field };
    let edge = if chosen { colors.accent } else { colors.line };
    let response = ui.add(button.fill(color32(fill)).stroke(Stroke::new(1.0, color32(edge))).min_size(vec2(0.0, 26.0)));
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, chosen, name));
    if response.has_focus() {
        let stroke = Stroke::new(2.0, color32(colors.accent));
        ui.painter().rect_stroke(response.rect.expand(2.0), 8.0, stroke, egui::StrokeKind::Inside);
    }
    response
}

/// The head of a part of the panel that folds: returns whether a click asks to fold or unfold it.
pub fn section(ui: &mut Ui, name: &str, note: &str, open: bool) -> bool {
    ui.add_space(6.0);
    let colors = look::colors(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, open, name));
    let painter = ui.painter();
    painter.hline(rect.x_range(), rect.top(), Stroke::new(1.0, color32(colors.line)));
    let ink = color32(if response.hovered() { colors.ink } else { colors.ink_soft });
    let caret = if open { icons::CARET_DOWN } else { icons::CARET_RIGHT };
    let middle = rect.left_center() + vec2(0.0, 2.0);
    painter.text(middle, Align2::LEFT_CENTER, caret, FontId::new(13.0, look::icons()), ink);
    let place = middle + vec2(20.0, 0.0);
    painter.text(place, Align2::LEFT_CENTER, name, FontId::new(13.0, look::bold()), color32(colors.ink));
    let right = rect.right_center() + vec2(0.0, 2.0);
    painter.text(right, Align2::RIGHT_CENTER, note, FontId::proportional(12.0), color32(colors.ink_soft));
    if response.has_focus() {
        let stroke = Stroke::new(2.0, color32(colors.accent));
        painter.rect_stroke(rect, 6.0, stroke, egui::StrokeKind::Inside);
    }
    response.clicked()
}

/// A line that says what is wrong with what was typed.
pub fn trouble(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).small().color(ui.visuals().error_fg_color));
}

/// A square in a stage's colour.
pub fn swatch(ui: &mut Ui, color: Color, name: &str, chosen: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(26.0, 26.0), Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, chosen, name));
    ui.painter().rect_filled(rect.shrink(2.0), 6.0, color32(color));
    if chosen || response.has_focus() {
        let accent = color32(look::colors(ui.ctx()).ink);
        ui.painter().rect_stroke(rect, 8.0, Stroke::new(2.0, accent), egui::StrokeKind::Inside);
    }
    response.on_hover_text(name)
}
