//! Short messages that go away by themselves.

use egui::{Align2, Area, Context, Id, Order, Sense, vec2};

use super::ink::Ink;
use super::look::{self, BODY};
use super::shapes::color32;
use crate::text::Measure;

/// Messages on show.
#[derive(Debug, Default)]
pub struct Toasts {
    shown: Vec<(String, f64)>,
}

/// How long a message stays, in seconds.
const STAYS: f64 = 3.5;

impl Toasts {
    /// Shows `text` for a while; the newest stands lowest.
    pub fn add(&mut self, text: String, ctx: &Context) {
        let until = ctx.input(|i| i.time) + STAYS;
        self.shown.retain(|(old, _)| *old != text);
        self.shown.push((text, until));
        if self.shown.len() > 3 {
            self.shown.remove(0);
        }
    }

    /// Paints the messages whose time is not over.
    pub fn show(&mut self, ctx: &Context, ink: &mut Ink) {
        let now = ctx.input(|i| i.time);
        self.shown.retain(|(_, until)| *until > now);
        let Some(next) = self.shown.iter().map(|(_, until)| until - now).reduce(f64::min) else { return };
        ctx.request_repaint_after(std::time::Duration::from_secs_f64(next.max(0.01)));
        let colors = look::colors(ctx);
        let area = Area::new(Id::unique("messages")).order(Order::Foreground).interactable(false);
        area.anchor(Align2::CENTER_BOTTOM, vec2(0.0, -48.0)).show(ctx, |ui| {
            for (text, _) in &self.shown {
                let measure = Measure { width: Some(620.0), max_lines: Some(3), ..Measure::default() };
                let natural = ink.text.block(text, BODY, measure).width.ceil() + 1.0;
                let block = ink.text.block(text, BODY, Measure { width: Some(natural), ..measure });
                let size = vec2(natural + 32.0, block.height + 18.0);
                let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
                ui.painter().rect_filled(rect, 9.0, color32(colors.toast));
                ink.paint(ui, &block, rect.min + vec2(16.0, 9.0), colors.on_toast);
            }
        });
    }
}
