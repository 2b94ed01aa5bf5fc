//! The picture of a plan: the columns and rows that take something, with each text in its cell.

use egui::{Align2, FontId, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::app::ink::Ink;
use crate::app::look::{self, BODY};
use crate::app::shapes::color32;
use crate::exchange::{Plan, Planned, Row, StagePlace, Thing};
use crate::model::{AnnotationKind, JourneyMap};
use crate::text::{Align, Measure, TextStyle, icons};
use crate::theme::Color;

/// Widths of the lane names and of a column, heights of a heading and of a text, the gap between.
const NAME: f32 = 132.0;
const COLUMN: f32 = 158.0;
const HEAD: f32 = 28.0;
const CARD: f32 = 48.0;
const GAP: f32 = 5.0;
/// Small words.
const SMALL: TextStyle = TextStyle::new(12.0, 16.0);

/// A plan and the map for which it was made.
pub struct Grid<'a> {
    plan: &'a Plan,
    map: &'a JourneyMap,
    /// What was planned, cell by cell.
    cells: Vec<&'a Planned>,
}

/// Where things stand on the screen.
struct Places {
    area: Rect,
    /// The top of each row, and the bottom of the last.
    tops: Vec<f32>,
    /// Whether columns run from right to left.
    rtl: bool,
}

impl Places {
    /// The part from `x` on of that width and height, mirrored where the map is.
    fn rect(&self, x: f32, y: f32, width: f32, height: f32) -> Rect {
        let x = if self.rtl { self.area.width() - x - width } else { x };
        Rect::from_min_size(self.area.min + vec2(x, y), vec2(width, height))
    }
}

impl<'a> Grid<'a> {
    /// A grid of `plan`, which was made for `map`.
    pub fn new(plan: &'a Plan, map: &'a JourneyMap) -> Self {
        let mut cells: Vec<&Planned> = plan.planned.iter().collect();
        cells.sort_by_key(|p| (p.row, p.column));
        Self { plan, map, cells }
    }

    /// Shows the grid, at most `height` high; `from_start` scrolls to its first column.
    pub fn show(&self, ui: &mut Ui, ink: &mut Ink, height: f32, from_start: bool) {
        let rtl = self.map.is_rtl();
        let mut scroll = ScrollArea::both().max_height(height).min_scrolled_height(height).auto_shrink([false, true]);
        if from_start && rtl {
            scroll = scroll.horizontal_scroll_offset(NAME + COLUMN * self.plan.columns.len() as f32);
        }
        scroll.show(ui, |ui| {
            let head = if self.has_step_names() { 2.0 } else { 1.0 } * HEAD + GAP;
            let mut tops = vec![head];
            for row in 0..self.plan.rows.len() {
                let most = (0..self.plan.columns.len()).map(|c| self.cell(row, c).len()).max().unwrap_or(0).max(1);
                tops.push(tops[row] + most as f32 * (CARD + GAP) + GAP);
            }
            let size = vec2(NAME + COLUMN * self.plan.columns.len() as f32, tops[self.plan.rows.len()]);
            let room = vec2(size.x.max(ui.available_width()), size.y);
            let (area, _) = ui.allocate_exact_size(room, Sense::hover());
            let places = Places { area, tops, rtl };
            self.headings(ui, ink, &places);
            self.rows(ui, ink, &places);
        });
    }

    fn cell(&self, row: usize, column: usize) -> &[&'a Planned] {
        let start = self.cells.partition_point(|p| (p.row, p.column) < (row, column));
        let rest = &self.cells[start..];
        &rest[..rest.partition_point(|p| (p.row, p.column) == (row, column))]
    }

    fn has_step_names(&self) -> bool {
        (0..self.plan.columns.len()).any(|column| self.is_new_step(column) || !self.step_name(column).is_empty())
    }

    /// Whether a column is a new step in a stage that is there.
    fn is_new_step(&self, column: usize) -> bool {
        let column = &self.plan.columns[column];
        column.step.is_none() && matches!(column.stage, StagePlace::Existing(_))
    }

    /// The stage of a column and whether it is new.
    fn stage(&self, column: usize) -> (&str, bool) {
        match &self.plan.columns[column].stage {
            StagePlace::Existing(id) => (self.map.stage(id).map_or("", |stage| stage.name.as_str()), false),
            StagePlace::New(at) => (self.plan.stages[*at].as_str(), true),
        }
    }

    fn step_name(&self, column: usize) -> &str {
        let step = self.plan.columns[column].step.as_ref().and_then(|id| self.map.step(id));
        step.map_or("", |step| step.name.as_str())
    }

    /// The lane of a row and whether it is new.
    fn lane(&self, row: usize) -> (&str, bool) {
        match &self.plan.rows[row] {
            Row::Existing(id) => (self.map.lane(id).map_or("", |lane| lane.name.as_str()), false),
            Row::New(at) => (self.plan.lanes[*at].0.as_str(), true),
        }
    }

    fn headings(&self, ui: &Ui, ink: &mut Ink, places: &Places) {
        let colors = look::colors(ui.ctx());
        let columns = &self.plan.columns;
        let mut from = 0;
        while from < columns.len() {
            let len = columns[from..].iter().take_while(|c| c.stage == columns[from].stage).count();
            let x = NAME + from as f32 * COLUMN;
            let rect = places.rect(x, 0.0, len as f32 * COLUMN - GAP, HEAD - 2.0);
            let (name, is_new) = self.stage(from);
            head(ui, ink, rect, name, is_new);
            from += len;
        }
        for at in (0..columns.len()).filter(|_| self.has_step_names()) {
            let rect = places.rect(NAME + at as f32 * COLUMN, HEAD, COLUMN - GAP, HEAD - 2.0);
            let (name, color) =
                if self.is_new_step(at) { ("New step", colors.accent) } else { (self.step_name(at), colors.ink_soft) };
            words(ui, ink, name, SMALL, rect.shrink2(vec2(8.0, 2.0)), 1, color);
        }
    }

    fn rows(&self, ui: &mut Ui, ink: &mut Ink, places: &Places) {
        for row in 0..self.plan.rows.len() {
            let (top, bottom) = (places.tops[row], places.tops[row + 1]);
            let (name, is_new) = self.lane(row);
            head(ui, ink, places.rect(0.0, top, NAME - GAP, bottom - top - 2.0 * GAP), name, is_new);
            for column in 0..self.plan.columns.len() {
                let x = NAME + column as f32 * COLUMN;
                for (at, planned) in self.cell(row, column).iter().enumerate() {
                    let rect = places.rect(x, top + at as f32 * (CARD + GAP), COLUMN - GAP, CARD);
                    if ui.is_rect_visible(rect) {
                        self.card(ui, ink, rect, (planned, at));
                    }
                }
            }
        }
    }

    fn card(&self, ui: &mut Ui, ink: &mut Ink, rect: Rect, (planned, at): (&Planned, usize)) {
        let colors = look::colors(ui.ctx());
        let name = format!("{}, {}: {}", self.stage(planned.column).0, self.lane(planned.row).0, planned.text);
        let id = ui.scope_id().with((planned.row, planned.column, at));
        let response = ui.interact(rect, id, Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &name));
        let is_lost = planned.thing == Thing::Nothing;
        let line = Stroke::new(1.0, color32(colors.line));
        ui.painter().rect(rect, 7.0, color32(colors.panel), line, StrokeKind::Inside);
        let mut inner = rect.shrink2(vec2(9.0, 5.0));
        let text = planned.text.replace('\n', " ");
        let from_right = crate::model::first_strong_is_rtl(&text).unwrap_or(false);
        if let Thing::Annotation(kind) = planned.thing {
            let x = if from_right { inner.right() - 7.0 } else { inner.left() + 7.0 };
            let font = FontId::new(15.0, look::icons());
            let (place, color) = (pos2(x, rect.center().y), color32(colors.ink_soft));
            ui.painter().text(place, Align2::CENTER_CENTER, icon(kind), font, color);
            if from_right { inner.max.x -= 20.0 } else { inner.min.x += 20.0 }
        }
        let color = if is_lost { colors.ink_soft } else { colors.ink };
        let lines = if is_lost { 1 } else { 2 };
        let width = words(ui, ink, &text, SMALL, inner, lines, color);
        if is_lost {
            let start = if from_right { inner.right() - width } else { inner.left() };
            let y = rect.center().y;
            ui.painter()
                .line_segment([pos2(start, y), pos2(start + width, y)], Stroke::new(1.5, color32(colors.danger)));
        }
    }
}

/// The heading of a stage or lane; new ones stand out.
fn head(ui: &Ui, ink: &mut Ink, rect: Rect, name: &str, is_new: bool) {
    let colors = look::colors(ui.ctx());
    let (fill, color) = if is_new { (colors.accent_soft, colors.accent) } else { (colors.hover, colors.ink) };
    ui.painter().rect_filled(rect, 6.0, color32(fill));
    let inner = rect.shrink2(vec2(8.0, 3.0));
    let lines = (inner.height() / BODY.line_height).floor().clamp(1.0, 3.0) as usize;
    words(ui, ink, name, TextStyle { bold: true, ..BODY }, inner, lines, color);
}

/// Words of a person in the middle of the height of `rect`, cut with an ellipsis; returns their width.
fn words(ui: &Ui, ink: &mut Ink, text: &str, style: TextStyle, rect: Rect, lines: usize, color: Color) -> f32 {
    if !ui.is_rect_visible(rect) {
        return 0.0;
    }
    let measure =
        Measure { width: Some(rect.width()), max_lines: Some(lines), align: Align::Start, ..Measure::default() };
    let block = ink.text.block(text, style, measure);
    let place = Align2::LEFT_CENTER.align_size_within_rect(vec2(rect.width(), block.height), rect);
    ink.paint(ui, &block, place.min, color);
    block.width
}

fn icon(kind: AnnotationKind) -> char {
    match kind {
        AnnotationKind::PainPoint => icons::WARNING,
        AnnotationKind::Delight => icons::HEART,
        AnnotationKind::Opportunity => icons::PLUS_CIRCLE,
        AnnotationKind::Question => icons::QUESTION,
    }
}
