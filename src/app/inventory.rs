//! All touchpoints as a table instead of the canvas: sorted, filtered, titles, channels, owners, tags and emotions edited
//! in place.
//!
//! Only the rows in sight are laid out, and their texts are kept until the rows change.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{Align2, Event, FontId, Id, Key, Modifiers, Pos2, Rect, Response, RichText, ScrollArea, Sense, Stroke, Ui};
use egui::{Button, StrokeKind, pos2, vec2};

use super::commands::Command;
use super::editor::Editor;
use super::field::{Field, FieldLook};
use super::find_bar;
use super::ink::Ink;
use super::inventory_columns::{PAD, Table, emotion, headings, number};
use super::inventory_rows::{Column, Sort, pains, rows, words};
use super::look::{self, BODY};
use super::shapes::color32;
use crate::edit::update_touchpoint;
use crate::insight::Stop;
use crate::model::{Element, JourneyMap, PersonaId, TouchpointId, View, counted};
use crate::text::{Align, Measure, TextBlock};

/// The table.
#[derive(Debug)]
pub struct Inventory {
    filter: Field,
    sort: Sort,
    known: Option<Known>,
    /// The texts of rows that were in sight, by row and column.
    blocks: HashMap<(usize, Column), TextBlock>,
    /// The widths that they were made for.
    width: f32,
    editing: Option<(TouchpointId, Column, Field)>,
    /// Whether the selected row has to be brought into sight.
    reveal: bool,
    /// The touchpoint that was selected in the last frame.
    last: Option<TouchpointId>,
    /// How far it is scrolled, and how much of it is seen.
    seen: (f32, f32),
    /// Whether a menu was open in the last frame.
    popup_open: bool,
}

/// The rows, and what they were made from.
#[derive(Debug)]
struct Known {
    map: Arc<JourneyMap>,
    filter: String,
    shown: View,
    sort: Sort,
    focus: Option<PersonaId>,
    rows: Vec<Stop>,
}

/// The height of a row.
pub(super) const ROW: f32 = 32.0;
/// Kept texts at most.
const KEPT: usize = 4000;

/// What the status line says of the table.
pub const HINT: &str = "Enter or double click: edit, Tab: next column · 1 to 5, +, −: emotion · click a heading: sort · Ctrl+F: filter · Escape: back";

impl Inventory {
    /// The table, in the order of the journey.
    pub fn new(ink: &mut Ink) -> Self {
        let filter = Field::new(Id::unique("inventory filter"), "", BODY, None, Align::Left, ink);
        Self {
            filter: filter.one_line().without_focus(),
            sort: Sort { column: Column::Step, reversed: false },
            known: None,
            blocks: HashMap::new(),
            width: 0.0,
            editing: None,
            reveal: true,
            last: None,
            seen: (0.0, 0.0),
            popup_open: false,
        }
    }

    /// Whether a field of the table has the keyboard.
    pub fn is_typing(&self, ctx: &egui::Context) -> bool {
        self.editing.is_some() || self.is_filtering(ctx)
    }

    fn is_filtering(&self, ctx: &egui::Context) -> bool {
        ctx.memory(egui::Memory::focused) == Some(self.filter.id())
    }

    /// Gives the keyboard to the filter.
    pub fn focus_filter(&mut self, ink: &mut Ink) {
        self.filter.focus();
        self.filter.select_all(ink);
    }

    /// Keeps what was typed, as one step.
    pub fn finish(&mut self, editor: &mut Editor) {
        let Some((id, column, field)) = self.editing.take() else { return };
        let text = field.text();
        if editor.document.map().touchpoint(&id).is_some_and(|(_, t)| column.typed(t) != text) {
            let change = |map: &mut JourneyMap| update_touchpoint(map, &id, |t| column.keep(t, text));
            let result = editor.document.edit("edit of touchpoint", change);
            editor.report(result);
        }
    }

    /// Opens the title of the selected touchpoint.
    pub fn edit_selected(&mut self, editor: &mut Editor, ink: &mut Ink) {
        self.edit_cell(Column::Title, editor, ink);
    }

    /// Opens a column of the selected touchpoint.
    fn edit_cell(&mut self, column: Column, editor: &mut Editor, ink: &mut Ink) {
        self.finish(editor);
        let Some(id) = selected(editor) else { return };
        let Some((_, touchpoint)) = editor.document.map().touchpoint(&id) else { return };
        let place = Id::unique(("inventory cell", &id, column));
        let field = Field::new(place, &column.typed(touchpoint), BODY, None, Align::Start, ink);
        self.editing = Some((id, column, if column == Column::Title { field } else { field.one_line() }));
        self.reveal = true;
    }

    /// Shows the table in `ui`'s free room; says whether one goes back to the map.
    pub fn show(&mut self, ui: &mut Ui, editor: &mut Editor, ink: &mut Ink) -> bool {
        let colors = look::colors(ui.ctx());
        let area = ui.available_rect_before_wrap();
        ui.painter().rect_filled(area, 0.0, color32(colors.panel));
        let mut back = self.take_keys(ui, editor, ink);
        ui.spacing_mut().item_spacing = vec2(8.0, 0.0);
        ui.add_space(8.0);
        back |= self.top(ui, editor, ink);
        self.refresh(editor);
        ui.add_space(6.0);
        let table = Table::new(area, editor.layout().rtl);
        if self.width != area.width() {
            self.width = area.width();
            self.blocks.clear();
        }
        if let Some(column) = headings(ui, &table, self.sort) {
            self.finish(editor);
            self.sort = self.sort.clicked(column);
            self.reveal = true;
        }
        self.table(ui, &table, editor, ink);
        back
    }

    /// The keys of the table, while no field has them; says whether one goes back to the map.
    fn take_keys(&mut self, ui: &Ui, editor: &mut Editor, ink: &mut Ink) -> bool {
        // The key that closes a menu is the menu's.
        let popup_was_open = std::mem::replace(&mut self.popup_open, egui::Popup::is_any_open(ui.ctx()));
        let over = popup_was_open || self.popup_open || ui.memory(|m| m.top_modal_layer().is_some());
        if over || self.is_typing(ui.ctx()) || editor.is_in_filter_bar(ui.ctx()) {
            return false;
        }
        let page = ((self.seen.1 / ROW) as isize - 1).max(1);
        for event in ui.input(|i| i.events.clone()) {
            match event {
                Event::Copy => editor.asked.push(Command::Copy),
                Event::Cut => editor.asked.push(Command::Cut),
                Event::Text(text) => {
                    editor.feel_by_key(&text);
                }
                Event::Key { key, pressed: true, modifiers: Modifiers::NONE, .. } => match key {
                    Key::Escape => return true,
                    Key::Enter => {
                        self.edit_selected(editor, ink);
                        return false;
                    }
                    Key::ArrowUp => self.walk(-1, editor),
                    Key::ArrowDown => self.walk(1, editor),
                    Key::PageUp => self.walk(-page, editor),
                    Key::PageDown => self.walk(page, editor),
                    Key::Home => self.walk(isize::MIN / 2, editor),
                    Key::End => self.walk(isize::MAX / 2, editor),
                    _ => {}
                },
                _ => {}
            }
        }
        false
    }

    /// Selects the row `by` rows further on.
    fn walk(&mut self, by: isize, editor: &mut Editor) {
        let Some(known) = &self.known else { return };
        let Some(last) = known.rows.len().checked_sub(1) else { return };
        let now = selected(editor).and_then(|id| known.rows.iter().position(|s| s.touchpoint.id == id));
        let to = now.map_or(0, |now| now.saturating_add_signed(by).min(last));
        editor.document.select([Element::Touchpoint(known.rows[to].touchpoint.id.clone())]);
        self.reveal = true;
    }

    /// The filter, the number of rows and the way back.
    fn top(&mut self, ui: &mut Ui, editor: &mut Editor, ink: &mut Ink) -> bool {
        let mut back = false;
        ui.horizontal(|ui| {
            ui.add_space(PAD);
            let events = find_bar::input(ui, 280.0, &mut self.filter, "Filter", ink);
            match events.key {
                Some((Key::Escape, _)) if self.filter.text().is_empty() => back = true,
                Some((Key::Escape, _)) => {
                    let id = self.filter.id();
                    self.filter = Field::new(id, "", BODY, None, Align::Left, ink).one_line();
                }
                Some(_) => ui.memory_mut(|m| m.surrender_focus(self.filter.id())),
                None => {}
            }
            if let Some(known) = &self.known {
                let all: usize = known.map.lanes.iter().map(|lane| lane.touchpoints.len()).sum();
                let is_whole = known.filter.trim().is_empty() && known.shown.is_open();
                let text = match is_whole {
                    true => counted(all, "touchpoint"),
                    false => format!("{} of {}", known.rows.len(), counted(all, "touchpoint")),
                };
                ui.label(RichText::new(text).weak());
                let select = ui.add_enabled(!known.rows.is_empty(), Button::new("Select what is shown"));
                if select.on_hover_text("Select the touchpoints of all rows").clicked() {
                    let rows = known.rows.iter().map(|stop| Element::Touchpoint(stop.touchpoint.id.clone()));
                    editor.document.select(rows.collect::<Vec<_>>());
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(PAD);
                back |= ui.button("Back to the map").on_hover_text("Escape or Ctrl+J").clicked();
            });
        });
        back
    }

    /// Makes the rows anew if map, filter or sort are others.
    fn refresh(&mut self, editor: &Editor) {
        let map = editor.document.map();
        let filter = self.filter.text();
        let (shown, sort, focus) = (editor.filter(), self.sort, editor.focus());
        let of_same = |known: &Known| {
            known.filter == filter && known.shown == *shown && known.sort == sort && known.focus.as_ref() == focus
        };
        if !self.known.as_ref().is_some_and(|known| Arc::ptr_eq(&known.map, map) && of_same(known)) {
            let mut rows = rows(map, &filter, sort, focus);
            rows.retain(|stop| shown.shows(&stop.touchpoint));
            let (shown, focus) = (shown.clone(), focus.cloned());
            self.known = Some(Known { map: Arc::clone(map), filter, shown, sort, focus, rows });
            self.blocks.clear();
        }
    }

    fn table(&mut self, ui: &mut Ui, table: &Table, editor: &mut Editor, ink: &mut Ink) {
        // A row may be filtered out by what was typed in it.
        let is_there = |known: &Known, id: &TouchpointId| known.rows.iter().any(|stop| stop.touchpoint.id == *id);
        if let (Some((id, ..)), Some(known)) = (&self.editing, &self.known)
            && !is_there(known, id)
        {
            self.finish(editor);
            self.refresh(editor);
        }
        let Some(known) = self.known.take() else { return };
        let now = selected(editor);
        let chosen = now.as_ref().and_then(|id| known.rows.iter().position(|s| s.touchpoint.id == *id));
        // Selected elsewhere, as in the panel of insights.
        let reveal = std::mem::take(&mut self.reveal) || now != self.last;
        self.last = now;
        let mut area = ScrollArea::vertical().id_salt("inventory").auto_shrink(false);
        if let Some(row) = chosen.filter(|_| reveal) {
            let top = row as f32 * ROW;
            let least = (top + ROW - ui.available_height()).max(0.0);
            area = area.vertical_scroll_offset(self.seen.0.clamp(least, top.max(least)));
        }
        let (mut open, mut place) = (None, None);
        let shown = area.show_rows(ui, ROW, known.rows.len(), |ui, range| {
            for at in range {
                let stop = &known.rows[at];
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
                let response = self.row(ui, rect, (at, &known), table, editor, ink);
                open = open.or_else(|| take_click(&response, stop, editor).then(|| column_at(ui, table)));
                if response.clicked() {
                    self.last = selected(editor);
                }
                if self.editing.as_ref().is_some_and(|(id, ..)| *id == stop.touchpoint.id) {
                    place = Some(rect);
                }
            }
            if let Some(rect) = place {
                self.cell_field(ui, rect, table, editor, ink);
            }
        });
        self.seen = (shown.state.clamped_offset().y, shown.inner_rect.height());
        if known.rows.is_empty() {
            let (text, color) = (nothing(&known), look::colors(ui.ctx()).ink_soft);
            let middle = shown.inner_rect.center_top() + vec2(0.0, 40.0);
            ui.painter().text(middle, Align2::CENTER_CENTER, text, FontId::proportional(13.5), color32(color));
        }
        self.known = Some(known);
        if let Some(column) = open {
            self.edit_cell(column, editor, ink);
            ui.ctx().request_repaint();
        }
    }

    /// One row; its texts come from those kept.
    fn row(
        &mut self,
        ui: &Ui,
        rect: Rect,
        (at, known): (usize, &Known),
        table: &Table,
        editor: &Editor,
        ink: &mut Ink,
    ) -> Response {
        let colors = look::colors(ui.ctx());
        let stop = &known.rows[at];
        let id = &stop.touchpoint.id;
        let response = ui.interact(rect, Id::unique(("inventory row", id)), Sense::click());
        let is_chosen = editor.document.selection().contains(&Element::Touchpoint(id.clone()));
        let label = format!("Touchpoint: {}", stop.touchpoint.title);
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Row, true, is_chosen, &label));
        if is_chosen || response.hovered() {
            let fill = if is_chosen { colors.accent_soft } else { colors.hover };
            ui.painter().rect_filled(rect, 0.0, color32(fill));
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, color32(colors.line)));
        if self.blocks.len() > KEPT {
            self.blocks.clear();
        }
        for (column, x) in &table.places {
            let cell = Rect::from_x_y_ranges(*x, rect.y_range()).shrink2(vec2(PAD, 0.0));
            match column {
                Column::Emotion => emotion(ui, cell, stop.touchpoint.emotion_of(editor.focus())),
                Column::Pains => number(ui, cell, pains(&stop.touchpoint)),
                Column::Evidence => number(ui, cell, stop.touchpoint.evidence.len()),
                _ => {
                    let block = self.blocks.entry((at, *column)).or_insert_with(|| {
                        let align = if table.rtl { Align::Right } else { Align::Left };
                        let width = Some(cell.width());
                        let measure = Measure { width, max_lines: Some(1), align, ..Measure::default() };
                        ink.text.block(&words(&known.map, stop, *column).replace('\n', " "), BODY, measure)
                    });
                    let color = if *column == Column::Title { colors.ink } else { colors.ink_soft };
                    ink.paint(ui, block, pos2(cell.left(), cell.center().y - block.height / 2.0), color);
                }
            }
        }
        response
    }

    /// The cell being edited, over its row and as high as it needs.
    fn cell_field(&mut self, ui: &mut Ui, row: Rect, table: &Table, editor: &mut Editor, ink: &mut Ink) {
        /// Below this a list could not be read while it is typed.
        const LEAST: f32 = 180.0;
        let Some((_, column, field)) = &mut self.editing else { return };
        let column = *column;
        let Some((_, x)) = table.places.iter().find(|(known, _)| *known == column) else { return };
        let colors = look::colors(ui.ctx());
        let width = x.span().max(LEAST);
        let left = if table.rtl { x.max - width } else { x.min };
        field.editor().set_width(Some(width - 2.0 * PAD));
        let height = field.height(ink).max(BODY.line_height) + ROW - BODY.line_height;
        let rect = Rect::from_min_size(pos2(left, row.top()), vec2(width, height));
        let border = Stroke::new(2.0, color32(colors.accent));
        ui.painter().rect(rect, 5.0, color32(colors.panel), border, StrokeKind::Inside);
        let corner: Pos2 = rect.min + vec2(PAD, (ROW - BODY.line_height) / 2.0);
        let (ink_color, selection) = (colors.ink, colors.accent_soft);
        let look = FieldLook { corner, scale: 1.0, rect, ink: ink_color, selection, name: column.name() };
        let events = field.show(ui, &look, ink);
        let id = field.id();
        match events.key {
            Some((Key::Escape, _)) => self.editing = None,
            Some((key, modifiers)) => {
                self.finish(editor);
                if let Some(next) = column.beside(modifiers.shift).filter(|_| key == Key::Tab) {
                    self.edit_cell(next, editor, ink);
                    if let Some((.., field)) = &mut self.editing {
                        field.queue_for_next_frame(events.rest);
                    }
                }
            }
            None if events.lost_focus => self.finish(editor),
            None => return,
        }
        ui.memory_mut(|m| m.surrender_focus(id));
        ui.ctx().request_repaint();
    }
}

/// The column under the pointer that is typed into; the title where another is.
fn column_at(ui: &Ui, table: &Table) -> Column {
    let at = ui.ctx().pointer_interact_pos();
    let hit = |column: &Column| table.places.iter().any(|(c, x)| c == column && at.is_some_and(|at| x.contains(at.x)));
    Column::TYPED.into_iter().find(hit).unwrap_or(Column::Title)
}

/// Why the table has no rows.
fn nothing(known: &Known) -> &'static str {
    match (known.filter.trim().is_empty(), known.shown.is_open()) {
        (true, true) => "There are no touchpoints yet",
        (true, false) => "The filter shows no touchpoint",
        (false, true) => "No touchpoint holds these words",
        (false, false) => "No touchpoint that is shown holds these words",
    }
}

/// Whether what a command does is seen, or goes on, on the canvas.
pub fn needs_canvas(command: Command) -> bool {
    use Command::{
        AddLane, AddLink, AddStage, AddStep, AddTouchpoint, Annotate, FindNext, FindPrevious, Fit, Replace, Zoom100,
        ZoomIn, ZoomOut, ZoomSelection,
    };
    let adds = matches!(command, AddLane | AddLink | AddStage | AddStep | AddTouchpoint | Annotate(_));
    let zooms = matches!(command, Fit | Zoom100 | ZoomIn | ZoomOut | ZoomSelection);
    adds || zooms || matches!(command, Replace | FindNext | FindPrevious)
}

/// Selects what was clicked; says whether it was a double click.
fn take_click(response: &Response, stop: &Stop, editor: &mut Editor) -> bool {
    if response.clicked() {
        let element = Element::Touchpoint(stop.touchpoint.id.clone());
        if response.ctx.input(|i| i.modifiers.command) {
            editor.document.toggle(element);
        } else {
            editor.document.select([element]);
        }
    }
    response.double_clicked()
}

/// The first selected touchpoint.
fn selected(editor: &Editor) -> Option<TouchpointId> {
    editor.document.selection().iter().find_map(|element| match element {
        Element::Touchpoint(id) => Some(id.clone()),
        _ => None,
    })
}
