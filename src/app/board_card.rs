//! One opportunity on the board: its card, its dot, and what it says to those who do not see it.

use egui::{Pos2, Rect, Response, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use super::board_plot::Plot;
use super::ink::Ink;
use super::look;
use super::shapes::color32;
use crate::insight::Idea;
use crate::model::{AnnotationKind, Status};
use crate::text::{Align, Measure, TextBlock, TextStyle, icons};

/// The size of a card: three lines.
pub const CARD: Vec2 = vec2(168.0, 62.0);
/// The text of cards.
const TEXT: TextStyle = TextStyle::new(12.5, 16.0);
/// Around the text.
const PAD: Vec2 = vec2(11.0, 7.0);
/// How many lines a card has, and one that shows all it says.
const LINES: (usize, usize) = (3, 8);
/// The corners of a card.
const RADIUS: f32 = 8.0;

/// How a card is shown.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a state of its own, and any of them go together")]
pub struct Face {
    /// Whether it is selected.
    pub chosen: bool,
    /// Whether it has the keyboard.
    pub in_focus: bool,
    /// Whether the pointer is over it.
    pub hovered: bool,
    /// Whether it is in the hand.
    pub lifted: bool,
    /// Whether it shows all its words.
    pub whole: bool,
}

fn block(idea: &Idea, width: f32, whole: bool, rtl: bool, ink: &mut Ink) -> TextBlock {
    let align = if rtl { Align::Right } else { Align::Left };
    let lines = if whole { LINES.1 } else { LINES.0 };
    let measure = Measure { width: Some(width - 2.0 * PAD.x), max_lines: Some(lines), align, ..Measure::default() };
    ink.text.block(&idea.annotation.text.replace('\n', " "), TEXT, measure)
}

/// The room of a card that wants to be at `rect`: higher where it shows all its words, and inside the plot.
pub fn place(rect: Rect, idea: &Idea, face: Face, plot: &Plot, ink: &mut Ink) -> Rect {
    let words = block(idea, rect.width(), face.whole, plot.rtl, ink);
    let height = (words.height + 2.0 * PAD.y).max(rect.height());
    plot.keep_in(Rect::from_min_size(rect.min, vec2(rect.width(), height)))
}

/// Paints a card.
pub fn paint(ui: &Ui, rect: Rect, idea: &Idea, face: Face, rtl: bool, ink: &mut Ink) {
    let (colors, theme) = (look::colors(ui.ctx()), look::picture_theme(ui.ctx()));
    let tint = theme.annotation(AnnotationKind::Opportunity);
    let is_done = idea.annotation.status == Status::Done;
    let drop = if face.lifted { 5.0 } else { 1.5 };
    ui.painter().rect_filled(rect.translate(vec2(0.0, drop)), RADIUS, color32(theme.colors.shadow));
    let border = match (face.chosen || face.in_focus, face.hovered) {
        (true, _) => Stroke::new(2.0, color32(colors.accent)),
        (false, true) => Stroke::new(1.0, color32(tint.ink)),
        (false, false) => Stroke::new(1.0, color32(tint.border)),
    };
    ui.painter().rect(rect, RADIUS, color32(theme.colors.card), border, StrokeKind::Inside);
    let words = block(idea, rect.width(), face.whole, rtl, ink);
    let color = if is_done { theme.colors.ink_soft } else { theme.colors.ink };
    ink.paint(ui, &words, pos2(rect.left() + PAD.x, rect.center().y - words.height / 2.0), color);
    if is_done {
        let corner = if rtl { rect.left_top() } else { rect.right_top() };
        ui.painter().circle_filled(corner, 9.0, color32(colors.panel));
        let font = egui::FontId::new(17.0, look::filled_icons());
        ui.painter().text(corner, egui::Align2::CENTER_CENTER, icons::CHECK_CIRCLE, font, color32(tint.ink));
    }
}

/// The outline of where a card was.
pub fn ghost(ui: &Ui, rect: Rect) {
    let line = Stroke::new(1.5, color32(look::colors(ui.ctx()).ghost));
    ui.painter().rect_stroke(rect, RADIUS, line, StrokeKind::Inside);
}

/// The point of an opportunity whose card is elsewhere or has no room, with a line to it.
pub fn dot(ui: &Ui, point: Pos2, card: Option<Rect>, faded: bool) {
    let tint = look::picture_theme(ui.ctx()).annotation(AnnotationKind::Opportunity);
    let color = color32(if faded { tint.ink.faded(0.3) } else { tint.ink });
    if let Some(card) = card {
        ui.painter().line_segment([point, card.center()], Stroke::new(1.0, color));
    }
    ui.painter().circle_filled(point, 4.0, color);
}

/// Says what an opportunity is to those who do not see it.
pub fn tell(response: &Response, idea: &Idea, chosen: bool) {
    response.widget_info(|| {
        let place = match idea.place {
            Some((impact, effort)) => format!("impact {}, effort {}", impact.get(), effort.get()),
            None => "not weighed yet".into(),
        };
        let label = format!("{}: {place}", idea.annotation.text);
        egui::WidgetInfo::selected(egui::Role::Button, true, chosen, label)
    });
}
