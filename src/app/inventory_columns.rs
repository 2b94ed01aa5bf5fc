//! The columns of the inventory: their places, their headings, and cells with numbers.

use egui::{Align2, FontId, Id, Rangef, Rect, Sense, Stroke, Ui, vec2};

use super::inventory::ROW;
use super::inventory_rows::{Column, Sort};
use super::look::{self, BODY};
use super::shapes::color32;
use crate::model::Emotion;
use crate::text::icons;

/// The room on both sides of a cell's text.
pub const PAD: f32 = 10.0;
/// The least width of the titles.
const TITLE: f32 = 220.0;

/// Where the columns are, and which way they run.
pub struct Table {
    /// From side to side of each column, in reading order.
    pub places: Vec<(Column, Rangef)>,
    /// Whether they run from the right.
    pub rtl: bool,
}

impl Table {
    /// The columns across `area`.
    pub fn new(area: Rect, rtl: bool) -> Self {
        Self { places: places(area, rtl), rtl }
    }
}

/// The columns across `area`: the titles take what the others leave.
fn places(area: Rect, rtl: bool) -> Vec<(Column, Rangef)> {
    let wish = |column: &Column| match column {
        Column::Stage | Column::Step | Column::Owner => 124.0,
        Column::Lane | Column::Channels => 140.0,
        Column::Emotion | Column::Evidence => 92.0,
        Column::Pains => 76.0,
        Column::Tags => 110.0,
        Column::Time => 158.0,
        Column::Title => 0.0,
    };
    let all: f32 = Column::ALL.iter().map(wish).sum();
    let scale = ((area.width() - TITLE) / all).clamp(0.3, 1.0);
    let title = (area.width() - all * scale).max(TITLE);
    let mut along = 0.0;
    let place = |column: Column| {
        let width = if column == Column::Title { title } else { wish(&column) * scale };
        let start = along;
        along += width;
        let x = if rtl { area.right() - start - width } else { area.left() + start };
        (column, Rangef::new(x, x + width))
    };
    Column::ALL.into_iter().map(place).collect()
}

/// The headings; returns the one clicked.
pub fn headings(ui: &mut Ui, table: &Table, sort: Sort) -> Option<Column> {
    let colors = look::colors(ui.ctx());
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let mut clicked = None;
    for (column, x) in &table.places {
        let rect = Rect::from_x_y_ranges(*x, row.y_range());
        let response = ui.interact(rect, Id::unique(("inventory heading", column)), Sense::click());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ColumnHeader, true, column.name()));
        if response.hovered() {
            ui.painter().rect_filled(rect.shrink(2.0), 6.0, color32(colors.hover));
        }
        let is_sorted = sort.column == *column;
        let color = color32(if is_sorted { colors.ink } else { colors.ink_soft });
        let inner = rect.shrink2(vec2(PAD, 0.0));
        let (anchor, at) = if table.rtl {
            (Align2::RIGHT_CENTER, inner.right_center())
        } else {
            (Align2::LEFT_CENTER, inner.left_center())
        };
        let text = ui.painter().text(at, anchor, column.name(), FontId::new(12.5, look::bold()), color);
        if is_sorted {
            let icon = if sort.reversed { icons::ARROW_DOWN } else { icons::ARROW_UP };
            let at =
                if table.rtl { text.left_center() - vec2(10.0, 0.0) } else { text.right_center() + vec2(10.0, 0.0) };
            ui.painter().text(at, Align2::CENTER_CENTER, icon, FontId::new(13.0, look::icons()), color);
        }
        if response.on_hover_text(format!("Sort by {}", column.name().to_lowercase())).clicked() {
            clicked = Some(*column);
        }
    }
    ui.painter().hline(row.x_range(), row.bottom(), Stroke::new(1.0, color32(colors.line)));
    clicked
}

/// A dot in the colour of the emotion, and its number.
pub fn emotion(ui: &Ui, cell: Rect, emotion: Option<Emotion>) {
    let Some(emotion) = emotion else { return };
    let middle = cell.center();
    let color = look::picture_theme(ui.ctx()).emotion(emotion);
    ui.painter().circle_filled(middle - vec2(14.0, 0.0), 5.0, color32(color));
    let ink = color32(look::colors(ui.ctx()).ink);
    let font = FontId::proportional(BODY.size);
    ui.painter().text(middle, Align2::LEFT_CENTER, emotion.to_string(), font, ink);
}

/// A number that is not 0.
pub fn number(ui: &Ui, cell: Rect, number: usize) {
    if number > 0 {
        let ink = color32(look::colors(ui.ctx()).ink);
        let font = FontId::proportional(BODY.size);
        ui.painter().text(cell.center(), Align2::CENTER_CENTER, number.to_string(), font, ink);
    }
}
