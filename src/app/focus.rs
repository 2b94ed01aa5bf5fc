//! Noticing where the keyboard goes.

use egui::{Id, Key, Memory, Modifiers, Response, Ui};

/// Whether the keyboard came to this widget since one was asked last, also by the arrows.
///
/// What egui tells as gained is only what a widget takes while it is shown; the arrows choose between frames.
pub fn arrived(response: &Response) -> bool {
    if !response.has_focus() {
        return false;
    }
    let place = Id::unique("focus seen last");
    let before = response.ctx.data_mut(|data| {
        let before = data.get_temp::<Id>(place);
        data.insert_temp(place, response.id);
        before
    });
    before != Some(response.id)
}

/// Shows a part of the window that stands beside the canvas. Enter and Escape that leave a field in it are not the
/// canvas's, which is shown later in the same frame: it would open what is selected, or let it go.
pub fn with_own_keys(ui: &mut Ui, show: impl FnOnce(&mut Ui)) {
    let focused = |ui: &Ui| ui.memory(Memory::focused);
    let before = focused(ui);
    show(ui);
    if before.is_some() && focused(ui).is_none() {
        ui.input_mut(|input| {
            for key in [Key::Enter, Key::Escape] {
                input.consume_key(Modifiers::NONE, key);
            }
        });
    }
}
