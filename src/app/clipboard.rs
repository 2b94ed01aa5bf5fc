//! Asking for the text on the clipboard where no key brought it.
//!
//! The text is read by egui's own clipboard, as for Ctrl+V, and comes as an event with one of the next frames:
//! a second reader beside it would not see the clipboard on every Wayland desktop.

use egui::{Context, Event, ViewportCommand};

/// What is to be done with the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Paste it.
    Paste,
    /// Show first where it lands.
    Preview,
}

/// What was asked for and has not come yet.
#[derive(Debug, Default)]
pub struct Clipboard {
    asked: Option<(Wish, f64)>,
}

/// How long the text is waited for, in seconds.
const WAITS: f64 = 0.5;

impl Clipboard {
    /// Asks for the text.
    pub fn ask(&mut self, wish: Wish, ctx: &Context) {
        self.asked = Some((wish, ctx.input(|i| i.time) + WAITS));
        ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
        ctx.request_repaint();
    }

    /// The text that was asked for, or why there is none; with `takes_any` also one that a key brought.
    pub fn poll(&mut self, ctx: &Context, takes_any: bool) -> Option<(Wish, Result<String, &'static str>)> {
        let asked = self.asked.or(takes_any.then_some((Wish::Preview, f64::INFINITY)));
        let (wish, until) = asked?;
        let came = ctx.input_mut(|input| {
            let at = input.events.iter().position(|event| matches!(event, Event::Paste(_) | Event::PasteImage(_)))?;
            Some(input.events.remove(at))
        });
        let answer = match came {
            Some(Event::Paste(text)) => Ok(text),
            Some(_) => Err("The clipboard holds a picture, not text"),
            None if ctx.input(|i| i.time) > until => Err("There is no text on the clipboard, or it cannot be read"),
            None => {
                if self.asked.is_some() {
                    ctx.request_repaint();
                }
                return None;
            }
        };
        self.asked = None;
        Some((wish, answer))
    }
}
