//! Gives every press and release of the pointer a frame of its own, and lets text wait for what a shortcut opens.
//!
//! egui tests what is hit at the newest place of the pointer in a frame. When a press and a move land
//! in one frame, it takes hold of what the pointer is over after the move. Held back, the rest of the
//! events comes in the next frame.
//!
//! What is typed right behind a shortcut, such as words behind Ctrl+F, is meant for the field that it opens. A field
//! takes the keyboard in its second frame, as the first one only measures; on a slow machine the letters are there
//! before, and would be lost.

use std::collections::VecDeque;

use egui::{Context, Event, Plugin, RawInput};

/// The plugin that splits.
#[derive(Debug, Default)]
pub struct Splitter {
    waiting: VecDeque<Event>,
    /// For how many frames text still waits.
    opening: u8,
}

/// How many frames behind the one with a shortcut what it opens has the keyboard.
const OPENS_IN: u8 = 2;

impl Plugin for Splitter {
    fn debug_name(&self) -> &'static str {
        "one button event a frame"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        self.waiting.extend(input.events.drain(..));
        let text_waits = self.opening > 0;
        self.opening = self.opening.saturating_sub(1);
        while let Some(event) = self.waiting.pop_front() {
            let is_text = matches!(event, Event::Text(_) | Event::Paste(_));
            let is_opening = self.opening == OPENS_IN;
            if is_text && (text_waits || is_opening) {
                self.waiting.push_front(event);
                break;
            }
            // With Alt it may be a letter of its own, as on many keyboards.
            if matches!(event, Event::Key { pressed: true, modifiers, .. } if modifiers.command && !modifiers.alt) {
                self.opening = OPENS_IN;
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Key, Modifiers};

    /// The texts that each of some frames sees, when all events come in the first one.
    fn frames(events: Vec<Event>) -> Vec<String> {
        let (mut splitter, ctx) = (Splitter::default(), Context::default());
        let mut first = Some(events);
        let mut seen = Vec::new();
        for _ in 0..4 {
            let mut input = RawInput { events: first.take().unwrap_or_default(), ..RawInput::default() };
            splitter.input_hook(&ctx, &mut input);
            let text = |event: &Event| match event {
                Event::Text(text) => Some(text.clone()),
                _ => None,
            };
            seen.push(input.events.iter().filter_map(text).collect());
        }
        seen
    }

    fn key(key: Key, modifiers: Modifiers) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
    }

    #[test]
    fn words_behind_a_shortcut_wait_for_what_it_opens() {
        let words = [Event::Text("f".into()), Event::Text("a".into())];
        let events = [vec![key(Key::F, Modifiers::COMMAND)], words.to_vec()].concat();
        assert_eq!(frames(events), ["", "", "", "fa"]);
        let events = [vec![key(Key::F, Modifiers::NONE)], words.to_vec()].concat();
        assert_eq!(frames(events), ["fa", "", "", ""]);
    }

    #[test]
    fn a_shortcut_that_repeats_does_not_wait() {
        let (mut splitter, ctx) = (Splitter::default(), Context::default());
        for _ in 0..5 {
            let events = vec![key(Key::Z, Modifiers::COMMAND)];
            let mut input = RawInput { events, ..RawInput::default() };
            splitter.input_hook(&ctx, &mut input);
            assert_eq!(input.events.len(), 1);
        }
    }
}
