//! Gives every press and release of the pointer a frame of its own.
//!
//! egui tests what is hit at the newest place of the pointer in a frame. When a press and a move land
//! in one frame, it takes hold of what the pointer is over after the move. Held back, the rest of the
//! events comes in the next frame.

use std::collections::VecDeque;

use egui::{Context, Event, Plugin, RawInput};

/// The plugin that splits.
#[derive(Debug, Default)]
pub struct Splitter {
    waiting: VecDeque<Event>,
}

impl Plugin for Splitter {
    fn debug_name(&self) -> &'static str {
        "one button event a frame"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        self.waiting.extend(input.events.drain(..));
        while let Some(event) = self.waiting.pop_front() {
            let is_button = matches!(event, Event::PointerButton { .. });
            input.events.push(event);
            if is_button {
                break;
            }
        }
        if !self.waiting.is_empty() {
            ctx.request_repaint();
        }
    }
}
