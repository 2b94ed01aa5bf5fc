//! The user's words in panels: measured and painted as on the map, never by egui's own labels.

use egui::{Align2, Rect, Response, Sense, Ui, Vec2, vec2};

use super::camera::Camera;
use super::look::BODY;
use super::painter::{Painter, View};
use crate::picture::Picture;
use crate::text::{Align, Measure, TextBlock, TextEngine, TextStyle};
use crate::theme::Color;

/// What texts in panels need: fonts and the painter's glyphs.
#[derive(Debug)]
pub struct Ink {
    /// Measures.
    pub text: TextEngine,
    /// Paints.
    pub painter: Painter,
}

impl Ink {
    /// A view in which a point of the map is a point of the screen.
    pub fn view(&self, ui: &Ui) -> View<'static> {
        View {
            camera: Camera { scale: 1.0, corner: egui::Pos2::ZERO },
            clip: ui.clip_rect(),
            pixels_per_point: ui.ctx().pixels_per_point(),
            at_rest: true,
            without_text: None,
        }
    }

    /// Paints a block with its corner at `corner`.
    pub fn paint(&mut self, ui: &Ui, block: &TextBlock, corner: egui::Pos2, color: Color) {
        let view = self.view(ui);
        let mut mesh = self.painter.mesh();
        self.painter.block(&mut mesh, block, corner, 1.0, color, &view);
        ui.painter().add(mesh);
    }

    /// Paints `picture` so that it covers `rect`, whose corners are round.
    pub fn picture(&mut self, ui: &Ui, picture: &Picture, rect: Rect, radius: f32) {
        let feather = 1.0 / ui.ctx().pixels_per_point();
        self.painter.print(picture, rect, (radius, radius), feather).paint(ui.painter());
    }

    /// The width that a label in the usual size needs for `text` on one line; a line is not broken for a rounding.
    pub fn natural_width(&mut self, text: &str) -> f32 {
        self.text.block(text, BODY, Measure::default()).width.ceil() + 1.0
    }

    /// A label with words of the user, on one line, cut with an ellipsis at `width`.
    pub fn label(&mut self, ui: &mut Ui, text: &str, style: TextStyle, width: f32, color: Color) -> Response {
        let measure = Measure { width: Some(width), max_lines: Some(1), align: Align::Start, ..Measure::default() };
        let first_line = text.split('\n').next().unwrap_or_default();
        let block = self.text.block(first_line, style, measure);
        let (rect, response) = ui.allocate_exact_size(vec2(width, block.height), Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
        self.paint(ui, &block, rect.min, color);
        response
    }

    /// Paints words of the user on one line inside `rect`, in the middle of its height.
    pub fn in_rect(&mut self, ui: &Ui, text: &str, style: TextStyle, rect: Rect, color: Color) {
        let measure =
            Measure { width: Some(rect.width()), max_lines: Some(1), align: Align::Start, ..Measure::default() };
        let block = self.text.block(text.split('\n').next().unwrap_or_default(), style, measure);
        let size: Vec2 = vec2(rect.width(), block.height);
        let place = Align2::LEFT_CENTER.align_size_within_rect(size, rect);
        self.paint(ui, &block, place.min, color);
    }
}
