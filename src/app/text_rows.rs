//! Labelled texts of panels: shown as text until a click or the Tab key opens the one text field.

use egui::{Id, Rect, RichText, Sense, Stroke, Ui, vec2};

use super::editor::{Editor, Shown, mark};
use super::field::{Field, FieldLook};
use super::ink::Ink;
use super::look::{self, BODY};
use super::shapes::color32;
use crate::edit::EditResult;
use crate::model::JourneyMap;
use crate::text::{Align, Measure, TextBlock, TextStyle};

/// The texts of a panel, of which at most one has the keyboard.
#[derive(Debug, Default)]
pub struct TextRows {
    active: Option<Active>,
    /// What the field that was left last could not take, and why not.
    refused: Option<(Id, String)>,
    /// The text to be opened when it is shown next.
    wanted: Option<Id>,
    /// The text from which the keyboard goes back to what stands before it; egui has to be told before that text is
    /// shown again.
    back: Option<Id>,
}

struct Active {
    id: Id,
    label: String,
    field: Field,
    /// What is done with the text when the field is left; texts that are kept at once have nothing to do.
    reading: Option<Result<Edit, String>>,
    /// Whether it has to be brought into sight.
    reveal: bool,
}

impl std::fmt::Debug for Active {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Active").field("id", &self.id).field("label", &self.label).finish_non_exhaustive()
    }
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
/// Changes a map.
pub type Edit = Box<dyn FnOnce(&mut JourneyMap) -> EditResult>;
/// Makes a change out of a text, or says what is wrong with it.
pub type Reading = Box<dyn FnOnce(&str) -> Result<Edit, String>>;

/// What a text does to the map.
enum Keep {
    /// Each letter counts.
    AtOnce(Change),
    /// The text counts when the field is left, if it can be read.
    WhenLeft(Reading),
}

/// How a text of a panel looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Dress {
    /// The least height of its frame.
    pub least: f32,
    /// Whether each paragraph is an item of a list, with a dot before it.
    pub items: bool,
    /// Whether it stands out: a name on a card.
    pub strong: bool,
}

impl Dress {
    fn style(self) -> TextStyle {
        TextStyle { bold: self.strong, ..BODY }
    }

    /// From the frame to the text, on each side.
    fn inset(self) -> f32 {
        if self.items { 22.0 } else { PAD }
    }
}

/// From the frame of a text to the text.
const PAD: f32 = 10.0;

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
        let Some(active) = self.active.take() else { return };
        self.refused = None;
        match active.reading {
            Some(Ok(edit)) => {
                let result = editor.document.preview(edit);
                editor.report(result);
            }
            Some(Err(message)) => self.refused = Some((active.id, message)),
            None => {}
        }
        editor.document.commit(active.label);
    }

    /// Keeps what was typed and forgets what was not taken: something else is looked at.
    pub fn leave(&mut self, editor: &mut Editor) {
        self.finish(editor);
        self.refused = None;
        self.wanted = None;
    }

    /// Why the text with this id did not take what was typed last.
    pub fn refusal(&self, id: Id) -> Option<&str> {
        self.refused.as_ref().filter(|(refused, _)| *refused == id).map(|(_, message)| message.as_str())
    }

    /// Opens the text with this id, whose value is `value`, before it is shown next.
    pub fn open(&mut self, ui: &Ui, (id, value, label): (Id, &str, &str), editor: &mut Editor, ink: &mut Ink) {
        self.finish(editor);
        editor.document.begin();
        let field = Field::new(id, value, BODY, None, Align::Start, ink);
        self.active = Some(Active { id, label: label.to_owned(), field, reading: None, reveal: true });
        ui.ctx().request_repaint();
    }

    /// Opens the text with this id when it is shown next, with all of it selected.
    pub fn want(&mut self, id: Id) {
        self.wanted = Some(id);
    }

    /// A labelled text; a click or the Tab key opens it.
    pub fn text(&mut self, ui: &mut Ui, row: &TextRow<'_>, editor: &mut Editor, ink: &mut Ink, change: Change) {
        caption(ui, row.name);
        self.bare(ui, (row, Dress::default()), editor, ink, change);
    }

    /// A text without its label above it.
    pub fn bare(
        &mut self,
        ui: &mut Ui,
        row: (&TextRow<'_>, Dress),
        editor: &mut Editor,
        ink: &mut Ink,
        change: Change,
    ) {
        self.show(ui, row, editor, ink, Keep::AtOnce(change));
    }

    /// A number, a date or another text that has to be read: it counts when the field is left. One that cannot be
    /// read leaves the old value where it is; [`refusal`](Self::refusal) says why.
    pub fn read(&mut self, ui: &mut Ui, row: &TextRow<'_>, editor: &mut Editor, ink: &mut Ink, reading: Reading) {
        self.show(ui, (row, Dress::default()), editor, ink, Keep::WhenLeft(reading));
    }

    fn show(
        &mut self,
        ui: &mut Ui,
        (row, dress): (&TextRow<'_>, Dress),
        editor: &mut Editor,
        ink: &mut Ink,
        keep: Keep,
    ) {
        let width = ui.available_width();
        let inner = width - 2.0 * dress.inset();
        let is_active = self.active.as_ref().is_some_and(|active| active.id == row.id);
        let measure = Measure { width: Some(inner), ..Measure::default() };
        let block = ink.text.block(row.value, dress.style(), measure);
        let height = match self.active.as_mut().filter(|_| is_active) {
            Some(active) => active.field.height(ink),
            None => block.height,
        };
        let least = if row.multiline && dress.least == 0.0 { 3.0 * BODY.line_height } else { BODY.line_height };
        let height = (height.max(least) + 14.0).max(dress.least);
        let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        let colors = look::colors(ui.ctx());
        let corner = rect.min + vec2(dress.inset(), 7.0);
        let refused = self.refusal(row.id).is_some();
        let border = match (is_active, refused) {
            (true, _) => Stroke::new(2.0, color32(colors.accent)),
            (_, true) => Stroke::new(1.5, color32(colors.danger)),
            _ => Stroke::new(1.0, color32(colors.line)),
        };
        ui.painter().rect(rect, 7.0, color32(colors.field), border, egui::StrokeKind::Inside);
        if is_active {
            self.active_text(ui, (row, dress), rect, (editor, ink), keep);
            return;
        }
        if dress.items {
            dots(ui, &block, corner);
        }
        ink.paint(ui, &block, corner, colors.ink);
        show_found(ui, row.value, Shown { block: &block, corner, scale: 1.0 }, rect, editor, ink);
        if self.back.take_if(|id| *id == row.id).is_some() {
            ui.memory_mut(|m| m.move_focus(egui::FocusDirection::Previous));
        }
        let response = ui.interact(rect, row.id, Sense::click());
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::labeled(egui::Role::TextInput, true, row.name);
            info.current_text_value = Some(row.value.to_owned());
            info
        });
        if response.hovered() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Text);
        }
        let wanted = self.wanted.take_if(|id| *id == row.id).is_some();
        if wanted || response.clicked() || response.gained_focus() {
            self.finish(editor);
            editor.finish_typing(ink);
            editor.document.begin();
            let field = Field::new(row.id, row.value, dress.style(), Some(inner), Align::Start, ink);
            let mut field = if row.multiline { field.multiline() } else { field };
            if wanted {
                field.select_all(ink);
            }
            self.active = Some(Active { id: row.id, label: row.label.to_owned(), field, reading: None, reveal: true });
            ui.ctx().request_repaint();
        }
    }

    fn active_text(
        &mut self,
        ui: &mut Ui,
        (row, dress): (&TextRow<'_>, Dress),
        rect: Rect,
        (editor, ink): (&mut Editor, &mut Ink),
        keep: Keep,
    ) {
        let colors = look::colors(ui.ctx());
        let Some(active) = &mut self.active else { return };
        if std::mem::take(&mut active.reveal) {
            ui.scroll_to_rect(rect.expand(8.0), None);
        }
        active.field.editor().set_width(Some(rect.width() - 2.0 * dress.inset()));
        let field_look = FieldLook {
            corner: rect.min + vec2(dress.inset(), 7.0),
            scale: 1.0,
            rect,
            ink: colors.ink,
            selection: colors.accent_soft,
            name: row.name,
        };
        if dress.items {
            let block = active.field.editor().block(&mut ink.text);
            dots(ui, &block, field_look.corner);
        }
        let events = active.field.show(ui, &field_look, ink);
        if events.changed {
            let text = active.field.text();
            match keep {
                Keep::AtOnce(change) => {
                    let result = editor.document.preview(|map| change(map, text));
                    editor.report(result);
                }
                Keep::WhenLeft(reading) => active.reading = Some(reading(&text)),
            }
        }
        match events.key {
            // Escape keeps the words too, as on the map; undo takes them back.
            Some((key, modifiers)) => {
                self.finish(editor);
                // The filter kept Tab from egui; the focus moves by hand.
                if key == egui::Key::Tab && modifiers.shift {
                    self.back = Some(row.id);
                    ui.ctx().request_repaint();
                    return;
                }
                ui.memory_mut(|m| {
                    m.surrender_focus(row.id);
                    if key == egui::Key::Tab {
                        m.move_focus(egui::FocusDirection::Next);
                    }
                });
            }
            None if events.lost_focus => self.finish(editor),
            None => {}
        }
    }
}

/// A dot before each item of a list, on the side where it begins.
fn dots(ui: &Ui, block: &TextBlock, corner: egui::Pos2) {
    let color = color32(look::colors(ui.ctx()).ink_soft);
    for line in &block.lines {
        let begins = line.range.start == 0 || block.text.as_bytes().get(line.range.start - 1) == Some(&b'\n');
        let says = block.text.get(line.range.clone()).is_some_and(|text| !text.trim().is_empty());
        if begins && says {
            let x = if line.rtl { line.x + line.width + 9.0 } else { line.x - 9.0 };
            ui.painter().circle_filled(corner + vec2(x, line.baseline - 4.5), 2.0, color);
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
