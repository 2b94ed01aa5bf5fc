//! Maps from other formats in the window, copies in other formats, and what is lost either way.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, RichText, Ui};

use super::choices::labelled;
use super::commands::Command;
use super::dialogs::{Dialog, Reply, Turn, buttons, height, main_button, plain_button, tall_scroll, title, width};
use super::editor::Editor;
use super::files::Purpose;
use super::ink::Ink;
use super::look::{self, BODY};
use super::shell::App;
use crate::exchange::{Import, Loss, MapFormat, Reading, grouped, read_text};
use crate::file::{self, LoadError, Salvage};
use crate::measure::Delimiter;
use crate::model::{JourneyMap, capitalized, counted};

/// How many places of a loss are told in a line.
const PLACES: usize = 4;

/// How many comments stand in a map's file that saving would lose.
pub(super) fn remarks_in(bytes: &[u8]) -> usize {
    file::comments(&String::from_utf8_lossy(bytes)).elsewhere.len()
}

/// Why a file could not be opened.
#[derive(Debug)]
pub struct Unreadable {
    path: PathBuf,
    text: String,
    /// What can be read of it.
    rest: Option<Box<JourneyMap>>,
}

impl Unreadable {
    /// What is to be told of the file at `path`: `err`, or what was found while the `rest` was read.
    pub fn new(path: &Path, err: &LoadError, rest: Option<Box<Salvage>>) -> Self {
        let (text, rest) = match rest {
            Some(salvage) => {
                let Salvage { map, problems } = *salvage;
                (LoadError { path: path.to_owned(), problems }.to_string(), Some(Box::new(map)))
            }
            None => (err.to_string(), None),
        };
        Self { path: path.to_owned(), text, rest }
    }

    /// A frame of the dialog.
    pub(super) fn ui(&mut self, ui: &mut Ui, ink: &mut Ink) -> Turn {
        ui.set_width(width(ui, 560.0));
        title(ui, "The map could not be opened");
        super::error_text::show(ui, &self.text, ink);
        if let Some(rest) = &self.rest {
            let (touchpoints, _) = rest.counts();
            let counts = [(rest.stages.len(), "stage"), (rest.lanes.len(), "lane"), (touchpoints, "touchpoint")];
            let told = counts.map(|(n, what)| counted(n, what)).join(", ");
            let words = format!("{told} can be read. They become a new map, and the file stays as it is.");
            ui.add(egui::Label::new(words).wrap());
        }
        buttons(ui, |ui| {
            let close = match &self.rest {
                Some(rest) if main_button(ui, "Open what can be read", true) => {
                    return Turn::Reply(Reply::OpenRest(rest.clone(), self.path.clone()));
                }
                Some(_) => plain_button(ui, "Close"),
                None => main_button(ui, "Close", true),
            };
            if close { Turn::Close } else { Turn::Stay }
        })
    }
}

/// Asks for the format of a copy and shows what it would lose.
#[derive(Debug)]
pub struct CopyBox {
    map: Arc<JourneyMap>,
    format: MapFormat,
    /// What parts the cells of a table.
    delimiter: Delimiter,
    losses: Vec<Loss>,
}

impl CopyBox {
    /// A box for a copy of `map`.
    pub fn new(map: Arc<JourneyMap>) -> Self {
        let (format, delimiter) = (MapFormat::Mermaid, Delimiter::default());
        let mut this = Self { map, format, delimiter, losses: Vec::new() };
        this.losses = this.format.write(&this.map).losses;
        this
    }

    /// A frame of the dialog.
    pub(super) fn ui(&mut self, ui: &mut Ui, ink: &mut Ink) -> Turn {
        ui.set_width(width(ui, 620.0));
        title(ui, "Save in another format");
        let before = self.format;
        ui.horizontal_wrapped(|ui| {
            for format in MapFormat::ALL.into_iter().filter(|format| *format != MapFormat::Rihla) {
                ui.selectable_value(&mut self.format, format, format.name());
            }
        });
        if self.format.is_table() {
            labelled(ui, "Cells", |ui| {
                for delimiter in Delimiter::ALL {
                    ui.selectable_value(&mut self.delimiter, delimiter, delimiter.name());
                }
                ui.label(RichText::new("Semicolon if commas are in numbers").small().weak());
            });
        }
        if self.format != before {
            self.losses = self.format.write(&self.map).losses;
        }
        ui.add_space(4.0);
        if self.losses.is_empty() {
            ui.label("Everything on the map is in the copy.");
        } else {
            ui.label("This will not be in the copy, or not as it is:");
        }
        // The dialog keeps its height.
        losses(ui, &self.losses, if self.format.is_table() { 258.0 } else { 300.0 }, ink);
        buttons(ui, |ui| {
            if main_button(ui, "Save copy…", true) {
                return Turn::Reply(Reply::SaveIn(self.format, self.delimiter));
            }
            if plain_button(ui, "Cancel") { Turn::Close } else { Turn::Stay }
        })
    }
}

/// Tells what of a file is not on the map.
pub(super) fn told(ui: &mut Ui, lost: &[Loss], ink: &mut Ink) -> Turn {
    ui.set_width(width(ui, 620.0));
    title(ui, "Not everything is on the map");
    ui.add(egui::Label::new("The file holds more than a map can. The file itself is untouched.").wrap());
    losses(ui, lost, 320.0, ink);
    buttons(ui, |ui| if main_button(ui, "Close", true) { Turn::Close } else { Turn::Stay })
}

/// Losses, a row for each kind: what, and below it where.
pub(super) fn losses(ui: &mut Ui, losses: &[Loss], most: f32, ink: &mut Ink) {
    let colors = look::colors(ui.ctx());
    // As high for every format, so that the buttons stay where they are.
    let room = height(ui, most);
    tall_scroll("losses", room).auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 10.0;
        for group in grouped(losses) {
            let room = ui.available_width();
            ink.label(ui, &capitalized(&group.what()), BODY, room, colors.ink);
            let places = group.whereabouts(PLACES);
            if !places.is_empty() {
                ui.add_space(-8.0);
                let small = crate::text::TextStyle::new(12.0, 16.0);
                ink.label(ui, &places, small, room, colors.ink_soft);
            }
        }
        if losses.is_empty() {
            ui.label(RichText::new(" ").weak());
        }
    });
}

impl App {
    /// Opens what could be read of the file at `path` as a new map.
    pub(super) fn open_rest(&mut self, map: JourneyMap, path: &Path, ctx: &Context) {
        let mut editor = Editor::with_theme(map, None, look::picture_theme(ctx));
        editor.document.mark_unsaved();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        editor.suggested = Some(path.with_file_name(format!("{name} repaired.{}", file::EXTENSION)));
        self.replace(Some(editor), ctx);
        self.close_views();
    }

    /// Saves though comments in the file are lost by it.
    pub(super) fn save_without_remarks(&mut self, ctx: &Context) {
        if let Some(editor) = &mut self.editor {
            editor.remarks = 0;
        }
        self.save(ctx);
    }

    /// Puts a pasted text that is a whole map of another format onto the open map, or a new one; says whether it was
    /// one. A table is shown first where not all of it is plain, or where somebody `asks` to see it.
    pub(super) fn paste_map(&mut self, text: &str, asks: bool, ctx: &Context) -> bool {
        let Some(format) = crate::exchange::pasted_format(text) else { return false };
        if format == MapFormat::Long {
            let table = self.pasted_table(text, Reading::default());
            match table.plain() {
                Ok(taken) if !asks => self.take_table(taken, ctx),
                Ok(_) => self.ask_table(text),
                Err(table) => self.dialog = Dialog::Table(table),
            }
            return true;
        }
        let Ok(Import { map, losses }) = read_text(format, text) else { return false };
        // A list may begin with such a word too.
        if map.touchpoints().all(|(_, touchpoint)| touchpoint.emotion.is_none()) {
            return false;
        }
        self.paste_joined(&map, format.name(), ctx);
        if !losses.is_empty() && !self.dialog.is_open() {
            self.dialog = Dialog::Losses(losses);
        }
        true
    }

    /// Asks where a copy is to be saved, or first in which other format.
    pub(super) fn ask_copy(&mut self, command: Command, ctx: &Context) {
        if command == Command::SaveCopy {
            self.pick(Purpose::Copy, ctx);
        } else if let Some(editor) = &self.editor {
            self.dialog = Dialog::Copy(Box::new(CopyBox::new(Arc::clone(editor.document.map()))));
        }
    }

    /// Writes a copy on a thread of its own and says when it is there.
    pub(super) fn convert_to(&mut self, format: MapFormat, path: &Path, ctx: &Context) {
        let Some(editor) = &self.editor else { return };
        let delimiter = self.delimiter;
        let (map, path, send, ctx) =
            (Arc::clone(editor.document.map()), path.to_owned(), self.exports.0.clone(), ctx.clone());
        std::thread::spawn(move || {
            let text = format.write_with(&map, Delimiter::of(&path).unwrap_or(delimiter)).text;
            let message = match file::write_atomically(&path, text.as_bytes()) {
                Ok(()) => format!("Wrote {}", path.display()),
                Err(err) => format!("The copy was not written: {err}"),
            };
            // The window may be gone by now.
            let _ = send.send(message);
            ctx.request_repaint();
        });
    }
}
