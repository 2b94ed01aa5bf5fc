//! The small table of channels by stages in the panel of insights.

use egui::{Align2, FontId, Id, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use super::editor::Editor;
use super::ink::Ink;
use super::look;
use super::shapes::color32;
use crate::insight::Coverage;
use crate::model::Element;
use crate::text::{Align, Measure, TextStyle};
use crate::theme::Color;

/// The height of a row.
const ROW: f32 = 26.0;
/// The room for the channels' names.
const NAMES: f32 = 70.0;
/// The least and greatest width of a stage.
const STAGE: (f32, f32) = (38.0, 72.0);
/// More channels than this are left to the report.
const MOST: usize = 40;
/// The text of names.
const SMALL: TextStyle = TextStyle::new(12.0, 16.0);

/// Shows how many touchpoints each channel has in each stage; returns those of a cell that was clicked.
pub fn show(ui: &mut Ui, coverage: &Coverage, editor: &Editor, ink: &mut Ink) -> Option<Vec<Element>> {
    if coverage.channels.is_empty() || coverage.stages == 0 {
        return None;
    }
    ui.add_space(6.0);
    let width = ((ui.available_width() - NAMES) / coverage.stages as f32).clamp(STAGE.0, STAGE.1);
    let rows = coverage.channels.len().min(MOST);
    let size = vec2(NAMES + width * coverage.stages as f32, ROW * (rows + 1) as f32);
    let mut chosen = None;
    ScrollArea::horizontal().id_salt("coverage").show(ui, |ui| {
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let grid = Grid { rect, width, rtl: editor.layout().rtl };
        let colors = look::colors(ui.ctx());
        for (stage, name) in editor.document.map().stages.iter().map(|s| &s.name).enumerate() {
            words(ui, name, grid.cell(stage, 0), Align::Center, colors.ink_soft, ink);
        }
        for (row, name) in coverage.channels.iter().take(rows).enumerate() {
            let align = if grid.rtl { Align::Right } else { Align::Left };
            words(ui, name, grid.name(row + 1).shrink2(vec2(4.0, 0.0)), align, colors.ink, ink);
            for stage in 0..coverage.stages {
                let ids = &coverage.cells[row][stage];
                let cell = grid.cell(stage, row + 1).shrink(1.0);
                if number(ui, cell, (row, stage), ids.len()) {
                    chosen = Some(ids.iter().cloned().map(Element::Touchpoint).collect());
                }
            }
        }
    });
    chosen
}

/// Where the parts of the table are.
struct Grid {
    rect: Rect,
    width: f32,
    rtl: bool,
}

impl Grid {
    fn cell(&self, stage: usize, row: usize) -> Rect {
        let along = NAMES + self.width * stage as f32;
        let x = if self.rtl { self.rect.right() - along - self.width } else { self.rect.left() + along };
        Rect::from_min_size(pos2(x, self.rect.top() + ROW * row as f32), vec2(self.width, ROW))
    }

    fn name(&self, row: usize) -> Rect {
        let x = if self.rtl { self.rect.right() - NAMES } else { self.rect.left() };
        Rect::from_min_size(pos2(x, self.rect.top() + ROW * row as f32), vec2(NAMES, ROW))
    }
}

fn words(ui: &Ui, text: &str, rect: Rect, align: Align, color: Color, ink: &mut Ink) {
    let measure = Measure { width: Some(rect.width()), max_lines: Some(1), align, ..Measure::default() };
    let block = ink.text.block(text.split('\n').next().unwrap_or_default(), SMALL, measure);
    ink.paint(ui, &block, pos2(rect.left(), rect.center().y - block.height / 2.0), color);
}

/// A cell with its number, or a dash where there is nothing; says whether it was clicked.
fn number(ui: &Ui, rect: Rect, place: (usize, usize), count: usize) -> bool {
    let colors = look::colors(ui.ctx());
    let sense = if count > 0 { Sense::click() } else { Sense::hover() };
    let response = ui.interact(rect, Id::unique(("coverage", place)), sense);
    let fill = match (count, response.hovered()) {
        (0, _) => colors.panel,
        (_, true) => colors.pressed,
        (_, false) => colors.field,
    };
    ui.painter().rect_filled(rect, 4.0, color32(fill));
    let (text, ink) = if count > 0 { (count.to_string(), colors.ink) } else { ("\u{2013}".into(), colors.ink_soft) };
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, text, FontId::proportional(12.5), color32(ink));
    response.clicked()
}
