//! Labelled texts of panels: shown as text until a click or the Tab key opens the one text field.

use egui::{Id, Rect, RichText, Sense, Stroke, Ui, vec2};

use super::editor::{Editor, Shown, mark};
use super::field::{Field, FieldLook};
use super::ink::Ink;
use super::look::{self, BODY};
use super::shapes::color32;
use crate::edit::EditResult;
use crate::model::JourneyMap;
use crate::text::{Align, Measure};

/// The texts of a panel, of which at most one has the keyboard.
#[derive(Debug, Default)]
pub struct TextRows {
    active: Option<Active>,
}

#[derive(Debug)]
struct Active {
    id: Id,
    label: String,
    field: Field,
}

/// A text of a panel.
#[derive(Clone, Copy, Debug)]
pub struct TextRow<'a> {
    /// Unique in the window.
    pub id: Id,
    /// What stands above it, and what screen readers call it.
    pub name: &'a str,
    /// What it says now.
    pub value: &'a str,
    /// Whether Enter breaks the line.
    pub multiline: bool,
    /// The label of its entry in the history.
    pub label: &'a str,
}

/// Changes a map so that it holds a new text.
pub type Change = Box<dyn FnOnce(&mut JourneyMap, String) -> EditResult>;

impl TextRows {
    /// Whether one of them has the keyboard.
    pub fn is_typing(&self) -> bool {
        self.active.is_some()
    }

    /// What is typed in the text with this id, if that has the keyboard.
    pub fn typed(&self, id: Id) -> Option<String> {
        self.active.as_ref().filter(|active| active.id == id).map(|active| active.field.text())
    }

    /// Keeps what was typed and closes the field.
    pub fn finish(&mut self, editor: &mut Editor) {
        if let Some(active) = self.active.take() {
            editor.document.commit(active.label);
        }
    }

    /// Opens the text with this id, whose value is `value`, before it is shown next.
    pub fn open(&mut self, ui: &Ui, (id, value, label): (Id, &str, &str), editor: &mut Editor, ink: &mut Ink) {
        self.finish(editor);
        editor.document.begin();
        let field = Field::new(id, value, BODY, None, Align::Start, ink);
        self.active = Some(Active { id, label: label.to_owned(), field });
        ui.ctx().request_repaint();
    }

    /// A labelled text; a click or the Tab key opens it.
    pub fn text(&mut self, ui: &mut Ui, row: &TextRow<'_>, editor: &mut Editor, ink: &mut Ink, change: Change) {
        caption(ui, row.name);
        let width = ui.available_width();
        let inner = width - 20.0;
        let is_active = self.active.as_ref().is_some_and(|active| active.id == row.id);
        let measure = Measure { width: Some(inner), ..Measure::default() };
        let block = ink.text.block(row.value, BODY, measure);
        let height = match self.active.as_mut().filter(|_| is_active) {
            Some(active) => active.field.height(ink),
            None => block.height,
        };
        let least = if row.multiline { 3.0 * BODY.line_height } else { BODY.line_height };
        let (rect, _) = ui.allocate_exact_size(vec2(width, height.max(least) + 14.0), Sense::hover());
        let colors = look::colors(ui.ctx());
        let corner = rect.min + vec2(10.0, 7.0);
        let border =
            if is_active { Stroke::new(2.0, color32(colors.accent)) } else { Stroke::new(1.0, color32(colors.line)) };
        ui.painter().rect(rect, 7.0, color32(colors.field), border, egui::StrokeKind::Inside);
        if is_active {
            self.active_text(ui, row, rect, editor, ink, change);
            return;
        }
        ink.paint(ui, &block, corner, colors.ink);
        show_found(ui, row.value, Shown { block: &block, corner, scale: 1.0 }, rect, editor, ink);
        let response = ui.interact(rect, row.id, Sense::click());
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::labeled(egui::Role::TextInput, true, row.name);
            info.current_text_value = Some(row.value.to_owned());
            info
        });
        if response.hovered() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Text);
        }
        if response.clicked() || response.gained_focus() {
            self.finish(editor);
            editor.finish_typing(ink);
            editor.document.begin();
            let field = Field::new(row.id, row.value, BODY, Some(inner), Align::Start, ink);
            let field = if row.multiline { field.multiline() } else { field };
            self.active = Some(Active { id: row.id, label: row.label.to_owned(), field });
            ui.ctx().request_repaint();
        }
    }

    fn active_text(
        &mut self,
        ui: &mut Ui,
        row: &TextRow<'_>,
        rect: Rect,
        editor: &mut Editor,
        ink: &mut Ink,
        change: Change,
    ) {
        let colors = look::colors(ui.ctx());
        let Some(active) = &mut self.active else { return };
        active.field.editor().set_width(Some(rect.width() - 20.0));
        let field_look = FieldLook {
            corner: rect.min + vec2(10.0, 7.0),
            scale: 1.0,
            rect,
            ink: colors.ink,
            selection: colors.accent_soft,
            name: row.name,
        };
        let events = active.field.show(ui, &field_look, ink);
        if events.changed {
            let text = active.field.text();
            let result = editor.document.preview(|map| change(map, text));
            editor.report(result);
        }
        match events.key {
            // Escape keeps the words too, as on the map; undo takes them back.
            Some((key, modifiers)) => {
                self.finish(editor);
                ui.memory_mut(|m| {
                    m.surrender_focus(row.id);
                    if key == egui::Key::Tab {
                        // The filter kept Tab from egui; the focus moves on by hand.
                        m.move_focus(if modifiers.shift {
                            egui::FocusDirection::Previous
                        } else {
                            egui::FocusDirection::Next
                        });
                    }
                });
            }
            None if events.lost_focus => self.finish(editor),
            None => {}
        }
    }
}

/// Marks the words looked for in a text of the panel.
fn show_found(ui: &Ui, text: &str, shown: Shown<'_>, rect: Rect, editor: &mut Editor, ink: &mut Ink) {
    let ranges = editor.marks_in(text);
    if ranges.is_empty() {
        return;
    }
    let colors = look::colors(ui.ctx());
    let view = ink.view(ui);
    let mut mesh = ink.painter.mesh();
    for range in &ranges {
        mark(&mut mesh, shown, range, (colors.mark, colors.on_mark), &view, ink);
    }
    ui.painter().add(mesh);
    if editor.wants_in_sight(text) {
        ui.scroll_to_rect(rect, None);
    }
}

/// A small line above a control.
pub fn caption(ui: &mut Ui, text: &str) {
    ui.add_space(6.0);
    ui.label(RichText::new(text).small().weak());
}
