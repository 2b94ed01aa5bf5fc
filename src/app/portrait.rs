//! The portraits of personas in panels: a disc with the picture, or with a figure where there is none.

use egui::{Rect, Sense, Ui, vec2};

use super::editor::Editor;
use super::ink::Ink;
use super::look;
use super::shapes::color32;
use crate::model::Persona;
use crate::picture::Shot;
use crate::text::{Face, icon_block, icons};

/// Shows the portrait of `persona` as a disc of this width.
pub fn portrait(ui: &mut Ui, persona: &Persona, width: f32, editor: &Editor, ink: &mut Ink) {
    let (rect, response) = ui.allocate_exact_size(vec2(width, width), Sense::hover());
    let name = format!("Portrait of {}", persona.name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, name.clone()));
    paint(ui, rect, &editor.pictures().get(&persona.portrait), ink);
}

/// Paints `shot` as a disc that fills `rect`.
pub fn paint(ui: &Ui, rect: Rect, shot: &Shot, ink: &mut Ink) {
    /// Of the disc's width.
    const FIGURE: f32 = 0.58;
    if let Shot::Ready(picture) = shot {
        ink.picture(ui, picture, rect, rect.width() / 2.0);
        return;
    }
    let colors = look::colors(ui.ctx());
    ui.painter().circle_filled(rect.center(), rect.width() / 2.0, color32(colors.pressed));
    let side = (rect.width() * FIGURE).round();
    let icon = icon_block(Face::IconLine, icons::USER, side);
    ink.paint(ui, &icon, rect.center() - vec2(side, side) / 2.0, colors.ink_soft);
}
