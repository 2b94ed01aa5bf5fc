//! The choice of the language of templates: a quiet row of words.

use egui::{Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::ink::Ink;
use super::look::{self, BODY};
use super::shapes::color32;
use crate::model::Language;

/// The height of a word's ground.
const HEIGHT: f32 = 28.0;

/// Shows the languages with `chosen` standing out; gives the one that was clicked.
pub fn choice(ui: &mut Ui, chosen: Language, ink: &mut Ink) -> Option<Language> {
    let colors = look::colors(ui.ctx());
    let mut clicked = None;
    for language in Language::ALL.iter().copied() {
        let name = language.own_name();
        let natural = ink.natural_width(name);
        let (rect, response) = ui.allocate_exact_size(vec2(natural + 20.0, HEIGHT), Sense::click());
        let is_chosen = language == chosen;
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, spoken(language)));
        let ground = match (is_chosen, response.hovered()) {
            (true, _) => Some(colors.accent_soft),
            (false, true) => Some(colors.pressed),
            (false, false) => None,
        };
        if let Some(ground) = ground {
            ui.painter().rect_filled(rect, 7.0, color32(ground));
        }
        if response.has_focus() {
            ui.painter().rect_stroke(rect, 7.0, Stroke::new(2.0, color32(colors.accent)), StrokeKind::Inside);
        }
        let color = if is_chosen || response.hovered() { colors.ink } else { colors.ink_soft };
        ink.in_rect(ui, name, BODY, rect.shrink2(vec2(10.0, 0.0)), color);
        if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() && !is_chosen {
            clicked = Some(language);
        }
    }
    clicked
}

/// The name for those who hear it: English, as the window is, with what is seen.
fn spoken(language: Language) -> String {
    match language {
        Language::English => "Templates in English".into(),
        _ => format!("Templates in {} ({})", language.name(), language.own_name()),
    }
}
