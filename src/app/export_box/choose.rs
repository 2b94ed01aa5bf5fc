//! A menu in which several of the map's things are chosen.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{
    Align2, Button, FontId, PopupCloseBehavior, Rect, RichText, ScrollArea, Sense, Stroke, Ui, WidgetInfo, vec2,
};

use crate::app::ink::Ink;
use crate::app::look::{self, BODY};
use crate::app::shapes::color32;
use crate::text::icons;

/// The height of a row, and the most of the open menu that is seen at once.
const ROW: f32 = 30.0;
const TALL: f32 = 300.0;

/// One thing: its id, its name, and whether it is chosen.
pub(super) struct Thing<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub chosen: bool,
}

/// A button with `words` that opens the menu called `label`; gives the place of the thing that was clicked.
pub(super) fn choose(ui: &mut Ui, label: &str, words: &str, things: &[Thing<'_>], ink: &mut Ink) -> Option<usize> {
    let caret = RichText::new(icons::CARET_DOWN).font(FontId::new(12.0, look::icons())).weak();
    let colors = look::colors(ui.ctx());
    let edge = Stroke::new(1.0, color32(colors.line));
    let button = Button::new((words, egui::Atom::grow(), caret)).fill(color32(colors.field)).stroke(edge);
    let button = button.corner_radius(8.0).min_size(vec2(ui.available_width(), ROW + 2.0));
    let stays_open = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let mut clicked = None;
    let (response, _) = MenuButton::from_button(button).config(stays_open).ui(ui, |ui| {
        ui.set_width(250.0);
        ui.spacing_mut().item_spacing.y = 1.0;
        ScrollArea::vertical().max_height(TALL).show(ui, |ui| {
            for (at, thing) in things.iter().enumerate() {
                if row(ui, thing, ink) {
                    clicked = Some(at);
                }
            }
        });
    });
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("{label}: {words}")));
    clicked
}

fn row(ui: &mut Ui, thing: &Thing<'_>, ink: &mut Ink) -> bool {
    let colors = look::colors(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let name = if thing.name.trim().is_empty() { thing.id } else { thing.name };
    response.widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, true, thing.chosen, name));
    if thing.chosen || response.hovered() || response.has_focus() {
        let fill = if thing.chosen { colors.accent_soft } else { colors.hover };
        ui.painter().rect_filled(rect, 6.0, color32(fill));
    }
    if thing.chosen {
        let at = rect.left_center() + vec2(9.0, 0.0);
        let font = FontId::new(15.0, look::icons());
        ui.painter().text(at, Align2::LEFT_CENTER, icons::CHECK, font, color32(colors.accent));
    }
    let words = Rect::from_min_max(rect.min + vec2(34.0, 0.0), rect.max - vec2(8.0, 0.0));
    ink.in_rect(ui, name, BODY, words, colors.ink);
    response.clicked()
}
