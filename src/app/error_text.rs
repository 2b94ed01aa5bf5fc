//! What was wrong with a file, in a dialog: lines with the user's words, and the place of a mistake marked.

use std::ops::Range;

use egui::{FontId, Rect, Sense, Ui, vec2};

use super::dialogs::{height, tall_scroll};
use super::editor::{Shown, mark};
use super::ink::Ink;
use super::look::{self, BODY};
use super::shapes::color32;
use crate::text::Measure;

/// The room of a line's number.
const GUTTER: f32 = 52.0;
/// Around a line of a file.
const PAD: f32 = 8.0;
/// Lines are no longer.
const WIDEST: f32 = 540.0;

/// Lines that may hold the user's words.
///
/// A line of a file with a caret below it is meant for letters of one width, which the window has not: the place
/// is marked in the line itself.
pub(super) fn show(ui: &mut Ui, text: &str, ink: &mut Ink) {
    show_within(ui, text, height(ui, 320.0), ink);
}

/// The same in this height at most.
pub(super) fn show_within(ui: &mut Ui, text: &str, most: f32, ink: &mut Ink) {
    tall_scroll("error", most).show(ui, |ui| {
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            match lines.peek().and_then(|below| excerpt(line, below)) {
                Some(found) => {
                    lines.next();
                    show_excerpt(ui, &found, ink);
                }
                None => words(ui, line.trim_start(), ink),
            }
        }
    });
}

/// A line of a file, its number, and the bytes of the mistake.
#[derive(Debug, PartialEq, Eq)]
struct Excerpt<'t> {
    number: &'t str,
    text: &'t str,
    place: Range<usize>,
}

/// Takes ` 12 | text` with `    |   ^` below it apart.
fn excerpt<'t>(line: &'t str, below: &str) -> Option<Excerpt<'t>> {
    let (number, text) = line.split_once(" | ")?;
    let (gutter, caret) = below.split_once(" | ")?;
    let number_alone = number.trim();
    let fits = gutter.len() == number.len() && gutter.trim().is_empty() && caret.trim_start() == "^";
    if !fits || number_alone.is_empty() || !number_alone.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let start = text.char_indices().nth(caret.len() - 1).map_or(text.len(), |(at, _)| at);
    let end = text[start..].chars().next().map_or(start, |c| start + c.len_utf8());
    Some(Excerpt { number: number_alone, text, place: start..end })
}

fn words(ui: &mut Ui, line: &str, ink: &mut Ink) {
    let colors = look::colors(ui.ctx());
    let width = ui.available_width().min(WIDEST);
    let block = ink.text.block(line, BODY, Measure { width: Some(width), ..Measure::default() });
    let (rect, response) = ui.allocate_exact_size(vec2(width, block.height), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, line));
    ink.paint(ui, &block, rect.min, colors.ink);
}

fn show_excerpt(ui: &mut Ui, found: &Excerpt<'_>, ink: &mut Ink) {
    let colors = look::colors(ui.ctx());
    let width = ui.available_width().min(WIDEST);
    // Behind the last letter there is nothing to mark.
    let shown = if found.place.is_empty() { format!("{}\u{a0}", found.text) } else { found.text.to_owned() };
    let place = found.place.start..found.place.end.max(found.place.start + if found.place.is_empty() { 2 } else { 0 });
    let measure = Measure { width: Some(width - GUTTER - PAD), ..Measure::default() };
    let block = ink.text.block(&shown, BODY, measure);
    let (rect, response) = ui.allocate_exact_size(vec2(width, block.height + 2.0 * PAD), Sense::hover());
    let label = format!("{} | {}", found.number, found.text);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &label));
    ui.painter().rect_filled(rect, 7.0, color32(colors.hover));
    let number = Rect::from_min_size(rect.min + vec2(0.0, PAD), vec2(GUTTER - 2.0 * PAD, BODY.line_height));
    let font = FontId::proportional(12.0);
    let right = number.right_center();
    ui.painter().text(right, egui::Align2::RIGHT_CENTER, found.number, font, color32(colors.ink_soft));
    let corner = rect.min + vec2(GUTTER, PAD);
    ink.paint(ui, &block, corner, colors.ink);
    let view = ink.view(ui);
    let mut mesh = ink.painter.mesh();
    let marks = (colors.mark_now, colors.on_mark);
    mark(&mut mesh, Shown { block: &block, corner, scale: 1.0 }, &place, marks, &view, ink);
    ui.painter().add(mesh);
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn a_line_with_a_caret_is_taken_apart() {
        let found = excerpt(" 12 |   نام: x", "    |    ^").unwrap();
        assert_eq!((found.number, found.text), ("12", "  نام: x"));
        assert_eq!(&found.text[found.place], "ا");
        let end = excerpt(" 3 | ab", "   |   ^").unwrap();
        assert_eq!(end.place, 2..2);
        assert_eq!(excerpt("a | b", "  | ^"), None, "no number");
        assert_eq!(excerpt(" 12 | ab", "  help: x"), None);
    }
}
