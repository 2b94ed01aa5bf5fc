//! Noticing where the keyboard goes.

use egui::{Id, Response};

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
