//! The round marks of what was added, removed, moved or changed: a sign and a colour for each.

use egui::{Align2, FontId, Painter, Pos2};

use super::look::{self, WindowColors};
use super::shapes::color32;
use crate::compare::Change;
use crate::text::icons;
use crate::theme::Color;

/// The colour of a mark.
pub fn color(change: Change, colors: &WindowColors) -> Color {
    match change {
        Change::Added => colors.added,
        Change::Removed => colors.removed,
        Change::Moved => colors.moved,
        Change::Changed => colors.changed,
    }
}

/// The sign on a mark; what moves goes the way of the map.
fn sign(change: Change, rtl: bool) -> char {
    match change {
        Change::Added => icons::PLUS,
        Change::Removed => icons::MINUS,
        Change::Moved if rtl => icons::ARROW_LEFT,
        Change::Moved => icons::ARROW_RIGHT,
        Change::Changed => icons::PENCIL_SIMPLE,
    }
}

/// Paints a mark, on a ring that sets it off from what is below.
pub fn paint(
    painter: &Painter,
    change: Change,
    (at, radius): (Pos2, f32),
    (ring, rtl): (Color, bool),
    ui: &WindowColors,
) {
    painter.circle_filled(at, radius + 1.5, color32(ring));
    painter.circle_filled(at, radius, color32(color(change, ui)));
    let font = FontId::new(radius * 1.45, look::icons());
    painter.text(at, Align2::CENTER_CENTER, sign(change, rtl), font, color32(ui.on_change));
}
