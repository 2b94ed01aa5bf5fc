//! Rows of choices that the dialogs of tables share.

use egui::{Align, Layout, RichText, Ui, vec2};

use super::drop_down::HEIGHT;
use super::look;
use super::shapes::color32;
use crate::measure::Encoding;

/// The words before the choices; the choices stand below one another.
pub(super) const LABEL: f32 = 84.0;

/// A row of choices behind its word.
pub(super) fn labelled(ui: &mut Ui, word: &str, choices: impl FnOnce(&mut Ui)) {
    let height = if word.is_empty() { 16.0 } else { HEIGHT };
    if word.is_empty() {
        // It belongs to the row above.
        ui.add_space(2.0 - ui.spacing().item_spacing.y);
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = height;
        let size = vec2(LABEL, height);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(LABEL);
            ui.label(RichText::new(word).color(color32(look::colors(ui.ctx()).ink_soft)));
        });
        choices(ui);
    });
}

/// The encodings, of which one is `shown` as that of a file; gives the one that is clicked.
pub(super) fn encodings(ui: &mut Ui, shown: Encoding) -> Option<Encoding> {
    // A mark at the start of a file says more than anybody else.
    let unicode = if Encoding::WINDOWS.contains(&shown) { Encoding::Utf8 } else { shown };
    let all = std::iter::once(unicode).chain(Encoding::WINDOWS);
    let is_clicked =
        |own: &Encoding| ui.selectable_label(shown == *own, own.name()).on_hover_text(own.whose()).clicked();
    all.filter(is_clicked).last()
}
