//! The first rows of a table, with what each column is read as above it.

use egui::{Pos2, Rect, ScrollArea, Sense, Stroke, Ui, UiBuilder, pos2, vec2};

use super::drop_down::{self, drop_down};
use super::ink::Ink;
use super::look;
use super::shapes::color32;
use crate::exchange::{MapFormat, TableField, TableLook};
use crate::model::{capitalized, is_rtl_letter};
use crate::text::TextStyle;

/// The height of a row.
const ROW: f32 = 24.0;
/// The room around cells.
const PAD: f32 = 8.0;
/// The least and the greatest width of a column.
const WIDTHS: (f32, f32) = (156.0, 280.0);
/// The height of the rows that are shown at least, beside the headings.
const LEAST: usize = 3;
/// What a column is read as that is not.
const NOT_READ: &str = "Not read";
/// The words of cells.
const CELL: TextStyle = TextStyle::new(13.0, 18.0);

/// Shows the table; gives what its columns are read as where somebody changes that. A `new` table is shown from its
/// first column.
pub(super) fn show(ui: &mut Ui, table: &TableLook, new: bool, ink: &mut Ink) -> Option<Vec<Option<TableField>>> {
    let columns = table.headings.len().max(table.rows.iter().map(Vec::len).max().unwrap_or(0)).max(1);
    let is_long = table.form == MapFormat::Long;
    let width = (ui.available_width() / columns as f32).clamp(WIDTHS.0, WIDTHS.1).floor();
    let head = if is_long { drop_down::HEIGHT + PAD + ROW } else { ROW };
    let room = super::dialogs::height(ui, 620.0) - 400.0;
    let rows = ((room / ROW) as usize).clamp(LEAST, 8);
    let size = vec2(width * columns as f32, head + rows as f32 * ROW + PAD);
    let letters = || table.headings.iter().flat_map(|heading| heading.chars()).filter(|c| c.is_alphabetic());
    let is_rtl = letters().filter(|c| is_rtl_letter(*c)).count() * 2 > letters().count();
    let mut area = ScrollArea::horizontal().id_salt("table").auto_shrink([false, true]);
    if new {
        let beyond = (size.x - ui.available_width()).max(0.0);
        area = area.horizontal_scroll_offset(if is_rtl { beyond } else { 0.0 });
    }
    let frame = egui::Frame::new().fill(color32(look::colors(ui.ctx()).field)).corner_radius(8);
    let shown = frame.show(ui, |ui| {
        area.show(ui, |ui| {
            let (rect, _) = ui.allocate_exact_size(size.max(vec2(ui.available_width(), 0.0)), Sense::hover());
            let place = Place { rect, width, is_rtl };
            let chosen = if is_long { fields(ui, table, place, ink) } else { None };
            cells(ui, (table, rows), place, rect.top() + head - ROW, ink);
            chosen
        })
        .inner
    });
    shown.inner
}

/// Where columns stand; the first is on the right where the headings are read from there.
#[derive(Clone, Copy)]
struct Place {
    rect: Rect,
    width: f32,
    is_rtl: bool,
}

impl Place {
    /// The cell of a column whose top is at `top`.
    fn cell(&self, column: usize, top: f32, height: f32) -> Rect {
        let before = self.width * column as f32;
        let left = if self.is_rtl { self.rect.right() - before - self.width } else { self.rect.left() + before };
        Rect::from_min_size(Pos2::new(left, top), vec2(self.width, height))
    }
}

/// The lists above the columns; gives what is read as what where one is changed.
fn fields(ui: &mut Ui, table: &TableLook, place: Place, ink: &mut Ink) -> Option<Vec<Option<TableField>>> {
    let names: Vec<String> = TableField::ALL.iter().map(|field| label(*field)).collect();
    let options: Vec<&str> = std::iter::once(NOT_READ).chain(names.iter().map(String::as_str)).collect();
    let mut changed = None;
    for (column, heading) in table.headings.iter().enumerate() {
        let own = table.fields.get(column).copied().flatten();
        let chosen = own.and_then(|own| TableField::ALL.iter().position(|field| *field == own)).map_or(0, |at| at + 1);
        let cell = place.cell(column, place.rect.top() + PAD / 2.0, drop_down::HEIGHT).shrink2(vec2(PAD / 2.0, 0.0));
        let name = if heading.is_empty() { format!("Column {}", column + 1) } else { format!("Column {heading}") };
        let mut list = ui.new_child(UiBuilder::new().max_rect(cell).id_salt(("column", column)));
        let asked = drop_down(&mut list, &name, (&options, Some(chosen), NOT_READ), cell.width(), ink);
        if let Some(at) = asked {
            let field = at.checked_sub(1).and_then(|at| TableField::ALL.get(at)).copied();
            let mut all = table.fields.clone();
            // What another column held it holds no more.
            all.iter_mut().filter(|other| field.is_some() && **other == field).for_each(|other| *other = None);
            if let Some(own) = all.get_mut(column) {
                *own = field;
            }
            changed = Some(all);
        }
    }
    changed
}

/// Headings and rows; columns that are not read are paler.
fn cells(ui: &mut Ui, (table, most): (&TableLook, usize), place: Place, top: f32, ink: &mut Ink) {
    let colors = look::colors(ui.ctx());
    let line = Stroke::new(1.0, color32(colors.line));
    let is_read = |column| table.form == MapFormat::Matrix || table.fields.get(column).copied().flatten().is_some();
    let bold = TextStyle { bold: true, ..CELL };
    let rows = std::iter::once((&table.headings, bold)).chain(table.rows.iter().take(most).map(|row| (row, CELL)));
    for (at, (row, style)) in rows.enumerate() {
        let y = top + at as f32 * ROW;
        let strip = Rect::from_min_size(pos2(place.rect.left(), y), vec2(place.rect.width(), ROW));
        let response = ui.interact(strip, ui.scope_id().with(("row", at)), Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Row, true, row.join(", ")));
        for (column, text) in row.iter().enumerate() {
            let color = if is_read(column) { colors.ink } else { colors.ink_soft };
            let cell = place.cell(column, y, ROW).shrink2(vec2(PAD, 0.0));
            if ui.is_rect_visible(cell) {
                ink.in_rect(ui, text, style, cell, color);
            }
        }
        if at == 0 {
            ui.painter().hline(strip.x_range(), strip.bottom(), line);
        }
    }
    let columns = table.headings.len();
    for column in 1..columns {
        let cell = place.cell(column, top, ROW);
        let x = if place.is_rtl { cell.right() } else { cell.left() };
        ui.painter().vline(x, top..=place.rect.bottom(), line);
    }
}

/// What a field is called in a list of them.
fn label(field: TableField) -> String {
    let text = match field {
        TableField::Column => "step number",
        TableField::StageWords => "customers' words",
        TableField::Mark => "emotion, 1 to 5",
        field => field.heading(),
    };
    capitalized(text)
}
