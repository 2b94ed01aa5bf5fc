//! The one text field of the program: in place on the map and in every panel.

use std::time::Duration;

use egui::{Event, EventFilter, Id, ImeEvent, Key, Modifiers, Pos2, Rect, Response, Sense, Ui, pos2, vec2};
use kurbo::Point;

use super::ink::Ink;
use super::shapes::{Brush, color32};
use crate::exchange::plain_words;
use crate::text::{Align, EditAction, Motion, Press, TextEditor, TextStyle};
use crate::theme::Color;

/// A text under the hands, and where it stands.
#[derive(Debug)]
pub struct Field {
    editor: TextEditor,
    id: Id,
    /// Whether Enter breaks the line; otherwise it is left to the caller.
    multiline: bool,
    /// Whether nothing breaks the line.
    one_line: bool,
    asked_for_focus: bool,
    /// What was typed in the frame in which the field came to be, behind what made it come.
    waiting: Vec<Event>,
    /// Whether the events of the first frame are for the field: it was made in the frame before.
    takes_first: bool,
    /// When the caret was last moved, for its blinking.
    moved_at: f64,
}

/// How a field looks and where it is.
#[derive(Clone, Copy, Debug)]
pub struct FieldLook<'a> {
    /// The top left corner of the text on the screen.
    pub corner: Pos2,
    /// Screen points for a point of the text.
    pub scale: f32,
    /// The place that reacts to the pointer.
    pub rect: Rect,
    /// The colour of the text.
    pub ink: Color,
    /// The colour behind selected text.
    pub selection: Color,
    /// What the field holds, for those who do not see it.
    pub name: &'a str,
}

/// What happened in a field during a frame.
#[derive(Clone, Debug, Default)]
pub struct FieldEvents {
    /// The text is another.
    pub changed: bool,
    /// A key that the field leaves to its owner: Enter, Tab, Escape.
    pub key: Option<(Key, Modifiers)>,
    /// The keyboard went elsewhere.
    pub lost_focus: bool,
    /// What was typed in the same frame behind `key`; it belongs to whatever is opened next.
    pub rest: Vec<Event>,
}

/// How long the caret shows and hides, in seconds.
const BLINK: f64 = 0.6;

impl Field {
    /// A field on `text`; it takes the keyboard when it is first shown.
    pub fn new(id: Id, text: &str, style: TextStyle, width: Option<f32>, align: Align, ink: &mut Ink) -> Self {
        let editor = TextEditor::new(text, style, width, align, &mut ink.text);
        Self {
            editor,
            id,
            multiline: false,
            one_line: false,
            asked_for_focus: false,
            waiting: Vec::new(),
            takes_first: false,
            moved_at: 0.0,
        }
    }

    /// Makes Enter break the line.
    pub fn multiline(mut self) -> Self {
        self.multiline = true;
        self
    }

    /// Leaves Shift+Enter to the caller too, and makes spaces of line breaks that are pasted.
    pub fn one_line(mut self) -> Self {
        self.one_line = true;
        self
    }

    /// Lets the keyboard be where it is when the field is first shown.
    pub fn without_focus(mut self) -> Self {
        self.asked_for_focus = true;
        self
    }

    /// Takes the keyboard when the field is shown next.
    pub fn focus(&mut self) {
        self.asked_for_focus = false;
    }

    /// Takes [`focus`](Self::focus) back.
    pub fn leave(&mut self) {
        self.asked_for_focus = true;
    }

    /// The text.
    pub fn text(&self) -> String {
        self.editor.text()
    }

    /// The field's widget id.
    pub fn id(&self) -> Id {
        self.id
    }

    /// The editor behind the field.
    pub fn editor(&mut self) -> &mut TextEditor {
        &mut self.editor
    }

    /// Selects everything.
    pub fn select_all(&mut self, ink: &mut Ink) {
        self.editor.apply(EditAction::SelectAll, &mut ink.text);
    }

    /// The height of the text, in its own points.
    pub fn height(&mut self, ink: &mut Ink) -> f32 {
        self.editor.block(&mut ink.text).height
    }

    /// Keeps events for the first frame in which the field is shown.
    pub fn queue(&mut self, events: Vec<Event>) {
        self.waiting = events;
    }

    /// Keeps events for the first frame in which the field is shown, which is the next one.
    pub fn queue_for_next_frame(&mut self, events: Vec<Event>) {
        self.waiting = events;
        self.takes_first = true;
    }

    /// Shows the field, takes what was typed and pressed, and says what came of it.
    pub fn show(&mut self, ui: &mut Ui, look: &FieldLook<'_>, ink: &mut Ink) -> FieldEvents {
        let response = ui.interact(look.rect, self.id, Sense::click_and_drag());
        let is_first = !self.asked_for_focus;
        if is_first {
            self.asked_for_focus = true;
            response.request_focus();
        }
        let mut events = FieldEvents::default();
        let focused = response.has_focus();
        if focused {
            let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(self.id, filter));
            // The events of the frame in which the field was made were for what made it come.
            let mut typed = std::mem::take(&mut self.waiting);
            if !is_first || std::mem::take(&mut self.takes_first) {
                typed.extend(ui.input(|input| input.filtered_events(&filter)));
            }
            for event in typed {
                if events.key.is_some() {
                    events.rest.push(event);
                } else {
                    self.handle(ui, event, &mut events, ink);
                }
            }
        } else if response.lost_focus() {
            events.lost_focus = true;
        }
        self.pointer(ui, &response, look, ink);
        if events.changed {
            self.moved_at = ui.input(|i| i.time);
        }
        self.tell(ui, &response, look);
        self.paint(ui, look, focused, ink);
        events
    }

    fn handle(&mut self, ui: &Ui, event: Event, events: &mut FieldEvents, ink: &mut Ink) {
        let action = match event {
            Event::Text(text) => Some(EditAction::Insert(text)),
            Event::Paste(text) if self.multiline => Some(EditAction::Insert(plain_words(&text).to_owned())),
            Event::Paste(text) if self.one_line => {
                Some(EditAction::Insert(plain_words(&text).trim_end_matches('\n').replace('\n', " ")))
            }
            Event::Paste(text) => {
                Some(EditAction::Insert(plain_words(&text).trim_end_matches('\n').replace("\r\n", "\n")))
            }
            Event::Copy | Event::Cut => {
                if let Some(text) = self.editor.selected_text() {
                    ui.ctx().copy_text(text.to_owned());
                }
                (event == Event::Cut && self.editor.selected_text().is_some()).then_some(EditAction::Delete)
            }
            Event::Ime(ImeEvent::Commit(text)) if !text.is_empty() => Some(EditAction::Insert(text)),
            Event::Ime(ImeEvent::Preedit { text, active_range_chars }) => {
                let cursor = active_range_chars.map(|range| {
                    let byte = |chars: usize| text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
                    (byte(range.start), byte(range.end))
                });
                (!text.is_empty() || self.editor.is_composing()).then_some(EditAction::Compose(text, cursor))
            }
            Event::Key { key, pressed: true, modifiers, .. } => self.key(key, modifiers, events),
            _ => None,
        };
        if let Some(action) = action {
            self.moved_at = ui.input(|i| i.time);
            events.changed |= self.editor.apply(action, &mut ink.text);
        }
    }

    fn key(&self, key: Key, modifiers: Modifiers, events: &mut FieldEvents) -> Option<EditAction> {
        let word = if cfg!(target_os = "macos") { modifiers.alt } else { modifiers.ctrl };
        let go = |motion| Some(EditAction::Move(motion, modifiers.shift));
        match key {
            Key::Enter
                if (modifiers.shift && !modifiers.command && !self.one_line)
                    || (self.multiline && !modifiers.command) =>
            {
                Some(EditAction::Insert("\n".into()))
            }
            Key::Enter | Key::Tab | Key::Escape => {
                // What an input method has so far belongs to it: its keys are not ours.
                if !self.editor.is_composing() {
                    events.key = Some((key, modifiers));
                }
                None
            }
            Key::ArrowLeft if modifiers.mac_cmd => go(Motion::LineStart),
            Key::ArrowRight if modifiers.mac_cmd => go(Motion::LineEnd),
            Key::ArrowLeft if word => go(Motion::WordLeft),
            Key::ArrowRight if word => go(Motion::WordRight),
            Key::ArrowLeft => go(Motion::Left),
            Key::ArrowRight => go(Motion::Right),
            Key::ArrowUp => go(Motion::Up),
            Key::ArrowDown => go(Motion::Down),
            Key::Home if modifiers.command => go(Motion::TextStart),
            Key::End if modifiers.command => go(Motion::TextEnd),
            Key::Home => go(Motion::LineStart),
            Key::End => go(Motion::LineEnd),
            Key::Backspace if word => Some(EditAction::BackspaceWord),
            Key::Delete if word => Some(EditAction::DeleteWord),
            Key::Backspace => Some(EditAction::Backspace),
            Key::Delete => Some(EditAction::Delete),
            Key::A if modifiers.command => Some(EditAction::SelectAll),
            Key::Z if modifiers.command && modifiers.shift => Some(EditAction::Redo),
            Key::Z if modifiers.command => Some(EditAction::Undo),
            Key::Y if modifiers.command => Some(EditAction::Redo),
            Key::X if modifiers.command && modifiers.shift => Some(EditAction::FlipDirection),
            _ => None,
        }
    }

    fn pointer(&mut self, ui: &Ui, response: &Response, look: &FieldLook<'_>, ink: &mut Ink) {
        let Some(pos) = response.interact_pointer_pos() else { return };
        let at = (pos - look.corner) / look.scale;
        let at = Point::new(f64::from(at.x), f64::from(at.y));
        let pressed = ui.input(|i| i.pointer.primary_pressed());
        let press = if response.triple_clicked() {
            Press::Line
        } else if response.double_clicked() {
            Press::Word
        } else if pressed && ui.input(|i| i.modifiers.shift) {
            Press::Extend
        } else if pressed {
            Press::Caret
        } else if response.dragged() {
            Press::Extend
        } else {
            return;
        };
        response.request_focus();
        self.moved_at = ui.input(|i| i.time);
        self.editor.press(at, press, &mut ink.text);
    }

    /// Says name and value to screen readers.
    fn tell(&self, ui: &Ui, response: &Response, look: &FieldLook<'_>) {
        let text = self.text();
        let name = look.name;
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::labeled(egui::Role::TextInput, true, name);
            info.current_text_value = Some(text.clone());
            info
        });
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(text.clone()));
    }

    fn paint(&mut self, ui: &Ui, look: &FieldLook<'_>, focused: bool, ink: &mut Ink) {
        let block = self.editor.block(&mut ink.text);
        let view = ink.view(ui);
        let mut mesh = ink.painter.mesh();
        let to_screen = |rect: kurbo::Rect| {
            let corner = |x: f64, y: f64| look.corner + vec2(x as f32, y as f32) * look.scale;
            Rect::from_min_max(corner(rect.x0, rect.y0), corner(rect.x1, rect.y1))
        };
        let white = ink.painter.white();
        let feather = 1.0 / view.pixels_per_point;
        let mut brush = Brush { mesh: &mut mesh, white, feather };
        if focused {
            for rect in self.editor.selection() {
                brush.rect(to_screen(rect), (2.0, 2.0), &[], |_| color32(look.selection));
            }
        }
        ink.painter.block(&mut mesh, &block, look.corner, look.scale, look.ink, &view);
        let time = ui.input(|i| i.time);
        if focused && let Some(caret) = self.editor.caret() {
            let mut rect = to_screen(caret);
            rect.max.x = rect.min.x + 1.5_f32.max(1.5 * look.scale);
            let shown = ((time - self.moved_at) / BLINK) as i64 % 2 == 0;
            if shown {
                Brush { mesh: &mut mesh, white, feather }.rect(rect, (0.5, 0.5), &[], |_| color32(look.ink));
            }
            let next = BLINK - (time - self.moved_at).rem_euclid(BLINK);
            ui.ctx().request_repaint_after(Duration::from_secs_f64(next));
            self.input_method(ui, look, &to_screen);
        }
        ui.painter().add(mesh);
    }

    /// Tells the input method where the text is.
    fn input_method(&self, ui: &Ui, look: &FieldLook<'_>, to_screen: &impl Fn(kurbo::Rect) -> Rect) {
        let cursor = to_screen(self.editor.input_method_area());
        let cursor = Rect::from_min_max(cursor.min, pos2(cursor.min.x + 1.0, cursor.max.y));
        ui.output_mut(|output| {
            output.ime = Some(egui::output::IMEOutput {
                purpose: egui::IMEPurpose::Normal,
                rect: look.rect,
                cursor_rect: cursor,
                should_interrupt_composition: false,
            });
        });
    }
}
