//! Noticing where the keyboard goes.

use egui::{Event, Id, Key, Memory, Response, Ui};

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

/// Shows a part of the window that stands beside the canvas, which is shown later in the same frame and would take up
/// what is typed. Where Enter or Escape leaves a field in it, these keys and all that was typed before them in the frame
/// are the field's; what was typed behind them is the canvas's.
pub fn with_own_keys(ui: &mut Ui, show: impl FnOnce(&mut Ui)) {
    let focused = |ui: &Ui| ui.memory(Memory::focused);
    let before = focused(ui);
    show(ui);
    if before.is_some() && focused(ui).is_none() {
        ui.input_mut(|input| {
            let leaves =
                |event: &Event| matches!(event, Event::Key { key: Key::Enter | Key::Escape, pressed: true, .. });
            if let Some(at) = input.events.iter().position(leaves) {
                let behind = input.events.split_off(at + 1);
                input.events.retain(|event| !is_typing(event));
                input.events.extend(behind);
            }
        });
    }
}

/// Whether an event comes from the keyboard or the clipboard.
fn is_typing(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Ime(_) | Event::Paste(_) | Event::Copy | Event::Cut)
}
