//! The dialog that makes a map of a table: which column is read as what, and what comes of that.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, RichText, Ui, vec2};

use super::choices::{encodings, labelled};
use super::dialogs::{Dialog, Reply, Turn, buttons, height, main_button, plain_button, title, width};
use super::ink::Ink;
use super::look::{self, BODY};
use super::shapes::color32;
use super::shell::App;
use super::{error_text, importing, table_rows};
use crate::edit::{EditError, EditResult};
use crate::exchange::{Anchor, Columns, Import, Joined, Loss, MapFormat, Reading, TableLook, join, look_and_read};
use crate::file::FileProblem;
use crate::measure::Delimiter;
use crate::model::{JourneyMap, LaneKind, capitalized, counted};

/// Where a table comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// This file, which is being opened.
    File(PathBuf),
    /// This file, of which the open map was made.
    Again(PathBuf),
    /// The clipboard.
    Pasted,
}

/// What was made of a table, and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableTaken {
    /// Where it comes from.
    pub origin: Origin,
    /// How it was read.
    pub reading: Reading,
    /// The map.
    pub map: JourneyMap,
}

/// A table on its way to a map.
#[derive(Debug)]
pub struct TableBox {
    origin: Origin,
    bytes: Vec<u8>,
    reading: Reading,
    look: Result<TableLook, FileProblem>,
    /// What comes of it; the message where nothing does.
    found: Result<Import, String>,
    /// The map onto which it is pasted, and where what stands there.
    onto: Option<(Arc<JourneyMap>, Anchor)>,
    /// What comes of it there.
    joined: Option<Result<Joined, EditError>>,
    /// Whether the rows have not been shown yet.
    is_new: bool,
}

/// The height of what tells what comes of the table.
const OUTCOME: f32 = 200.0;

impl TableBox {
    /// Reads the table in `bytes`, which is pasted `onto` a map if any.
    pub fn new(origin: Origin, bytes: Vec<u8>, reading: Reading, onto: Option<(Arc<JourneyMap>, Anchor)>) -> Self {
        let (look, found) = read(&origin, &bytes, &reading);
        let mut this = Self { origin, bytes, reading, look, found, onto, joined: None, is_new: true };
        let suggestion = this.look.as_ref().ok().and_then(TableLook::suggestion);
        if let Some(fields) = suggestion.filter(|_| this.reading == Reading::default()) {
            this.reading.columns = Columns::Chosen(fields);
            (this.look, this.found) = read(&this.origin, &this.bytes, &this.reading);
        }
        this.try_join();
        this
    }

    fn read(&mut self) {
        (self.look, self.found) = read(&self.origin, &self.bytes, &self.reading);
        self.try_join();
    }

    /// Looks what comes of the table on the map.
    fn try_join(&mut self) {
        let (Some((map, anchor)), Ok(import)) = (&self.onto, &self.found) else {
            self.joined = None;
            return;
        };
        self.joined = Some(join(&mut JourneyMap::clone(map), &import.map, anchor));
    }

    /// What comes of the table where nobody has to look at it first: all of it is plain and nothing gets lost.
    ///
    /// # Errors
    /// The box itself where somebody has to.
    pub fn plain(self) -> Result<TableTaken, Box<Self>> {
        let is_plain = self.look.as_ref().is_ok_and(|look| look.is_plain) && self.reading == Reading::default();
        match self.found {
            Ok(import) if is_plain && import.losses.is_empty() => {
                Ok(TableTaken { origin: self.origin, reading: self.reading, map: import.map })
            }
            _ => Err(Box::new(self)),
        }
    }

    /// A frame of the dialog.
    pub(super) fn ui(&mut self, ui: &mut Ui, ink: &mut Ink) -> Turn {
        // Enter in an open list is the list's.
        let in_list = egui::Popup::is_any_open(ui.ctx());
        ui.set_width(width(ui, 980.0));
        title(ui, if self.origin == Origin::Pasted { "Paste a table" } else { "Columns of the table" });
        self.about(ui, ink);
        let before = self.reading.clone();
        self.choices(ui);
        if let Ok(look) = &self.look {
            let chosen = table_rows::show(ui, look, std::mem::take(&mut self.is_new), ink);
            if let Some(fields) = chosen {
                self.reading.columns = Columns::Chosen(fields);
            }
        }
        self.outcome(ui, ink);
        if self.reading != before {
            self.read();
        }
        let is_refused = self.joined.as_ref().is_some_and(Result::is_err);
        let is_ready = self.found.as_ref().is_ok_and(|import| !import.map.stages.is_empty()) && !is_refused && !in_list;
        let word = match self.origin {
            Origin::File(_) => "Open map",
            Origin::Again(_) => "Read again",
            Origin::Pasted => "Paste",
        };
        buttons(ui, |ui| {
            if main_button(ui, word, is_ready)
                && let Ok(import) = &self.found
            {
                let (origin, reading) = (self.origin.clone(), self.reading.clone());
                return Turn::Reply(Reply::Table(Box::new(TableTaken { origin, reading, map: import.map.clone() })));
            }
            if plain_button(ui, "Cancel") {
                return Turn::Close;
            }
            if matches!(self.origin, Origin::Again(_)) {
                ui.label(RichText::new("What was changed since it was opened is replaced; undo brings it back").weak());
            }
            Turn::Stay
        })
    }

    /// The file, in a line.
    fn about(&self, ui: &mut Ui, ink: &mut Ink) {
        let mut text = match &self.origin {
            Origin::File(path) | Origin::Again(path) => {
                path.file_name().unwrap_or_default().to_string_lossy().into_owned()
            }
            Origin::Pasted => "Clipboard".into(),
        };
        if let Ok(look) = &self.look {
            text += &format!(" · {} below the headings", counted(look.count, "row"));
        }
        let room = ui.available_width();
        ink.label(ui, &text, BODY, room, look::colors(ui.ctx()).ink_soft);
    }

    /// The form of the table and how its file is written.
    fn choices(&mut self, ui: &mut Ui) {
        let look = self.look.as_ref().ok();
        let form = self.reading.format.or(look.map(|look| look.form));
        let (delimiter, encoding) = (look.map(|look| look.delimiter), look.map(|look| look.encoding));
        let mut anew = self.reading.clone();
        labelled(ui, "Form", |ui| {
            for (own, word) in
                [(MapFormat::Long, "A row for each touchpoint"), (MapFormat::Matrix, "Stages across, lanes down")]
            {
                if ui.selectable_label(form == Some(own), word).clicked() {
                    anew.format = Some(own);
                }
            }
        });
        labelled(ui, "Cells", |ui| {
            let shown = self.reading.delimiter.or(delimiter);
            for own in Delimiter::ALL {
                if ui.selectable_label(shown == Some(own), own.name()).clicked() {
                    anew.delimiter = Some(own);
                }
            }
            if self.origin == Origin::Pasted {
                return;
            }
            ui.add_space(16.0);
            let shown = self.reading.encoding.or(encoding).unwrap_or_default();
            anew.encoding = encodings(ui, shown).or(anew.encoding);
        });
        if anew != self.reading {
            // Other cells have other headings.
            self.reading = Reading { columns: Columns::Guessed, ..anew };
        }
    }

    /// What comes of the table, or what is wrong with it.
    fn outcome(&self, ui: &mut Ui, ink: &mut Ink) {
        let room = vec2(ui.available_width(), OUTCOME.min(height(ui, 620.0) - 330.0).max(84.0));
        let top_down = egui::Layout::top_down(egui::Align::LEFT);
        ui.allocate_ui_with_layout(room, top_down, |ui| {
            ui.set_min_height(room.y);
            ui.spacing_mut().item_spacing.y = 4.0;
            match &self.found {
                Ok(Import { map, losses }) => comes_of(ui, map, losses, (room.y, self.joined.as_ref()), ink),
                Err(message) => error_text::show_within(ui, message, room.y, ink),
            }
        });
    }
}

/// Looks at the table and makes a map of it.
fn read(origin: &Origin, bytes: &[u8], reading: &Reading) -> (Result<TableLook, FileProblem>, Result<Import, String>) {
    let path = match origin {
        Origin::File(path) | Origin::Again(path) => Some(path.as_path()),
        Origin::Pasted => None,
    };
    let (look, found) = look_and_read(bytes, path, reading);
    // The name of the file stands above.
    let told = |problems: Vec<FileProblem>| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    (look, found.map_err(told))
}

/// Counts, names of stages and lanes, and what is lost.
fn comes_of(
    ui: &mut Ui,
    map: &JourneyMap,
    losses: &[Loss],
    (room, joined): (f32, Option<&Result<Joined, EditError>>),
    ink: &mut Ink,
) {
    let colors = look::colors(ui.ctx());
    let width = ui.available_width();
    let lanes: Vec<&str> = map.lanes.iter().map(|lane| lane.name.as_str()).collect();
    let counts = [
        (map.stages.len(), "stage"),
        (map.steps().count(), "step"),
        (map.lanes.iter().filter(|lane| lane.kind == LaneKind::Touchpoints).count(), "lane"),
        (map.touchpoints().count(), "touchpoint"),
    ];
    let told: Vec<String> = counts.iter().map(|(n, what)| counted(*n, what)).collect();
    ui.label(RichText::new(told.join(" · ")).family(look::bold()));
    let stages: Vec<&str> = map.stages.iter().map(|stage| stage.name.as_str()).collect();
    for (word, names) in [("Stages", stages), ("Lanes", lanes)] {
        labelled(ui, word, |ui| {
            let (names, room) = (names.join(" · "), width - ui.cursor().left() + ui.max_rect().left());
            // Names that are read from the right stand beside the word too.
            let natural = ink.natural_width(&names);
            ink.label(ui, &names, BODY, natural.min(room), colors.ink);
        });
    }
    match joined {
        Some(Ok(joined)) => drop(ui.label(capitalized(&new_of(joined)))),
        Some(Err(err)) => drop(ui.label(RichText::new(capitalized(&err.to_string())).color(color32(colors.danger)))),
        None => {}
    }
    if losses.is_empty() {
        ui.label(RichText::new("All of the table is on the map.").weak());
    } else {
        ui.label(RichText::new("Not on the map, or not as it is:").weak());
        let used = if joined.is_some() { 142.0 } else { 118.0 };
        importing::losses(ui, losses, room - used, ink);
    }
}

/// What is new on a map by what was put onto it, and what is not.
fn new_of(joined: &Joined) -> String {
    let counts = [(joined.stages, "new stage"), (joined.steps, "new step"), (joined.lanes, "new lane")];
    let new: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| counted(*n, what)).collect();
    let into = format!("into {} of the same name", counted(joined.into, "stage"));
    let mut text = match (new.is_empty(), joined.into) {
        (true, _) => into,
        (false, 0) => new.join(", "),
        (false, _) => format!("{}; the rest {into}", new.join(", ")),
    };
    if joined.kept > 0 {
        text += &format!("; phase and words of {} stay as they were", counted(joined.kept, "stage"));
    }
    text
}

impl App {
    /// Shows again how the table was read of which the open map was made.
    pub(super) fn ask_columns(&mut self) {
        let Some((path, reading)) = self.editor.as_ref().and_then(|editor| editor.table.clone()) else { return };
        match crate::file::load_bytes(&path) {
            Ok(bytes) => {
                self.dialog = Dialog::Table(Box::new(TableBox::new(Origin::Again(path), bytes, reading, None)));
            }
            Err(err) => {
                let title = "The table could not be read".into();
                self.dialog = Dialog::Problem { title, text: err.to_string() };
            }
        }
    }

    /// Shows what a pasted table is read as.
    pub(super) fn ask_table(&mut self, text: &str) {
        let reading = Reading { format: Some(MapFormat::Long), ..Reading::default() };
        self.dialog = Dialog::Table(Box::new(self.pasted_table(text, reading)));
    }

    /// A table that is pasted onto the open map, if any.
    pub(super) fn pasted_table(&self, text: &str, reading: Reading) -> TableBox {
        let onto = self.editor.as_ref().map(|editor| (Arc::clone(editor.document.map()), editor.anchor()));
        TableBox::new(Origin::Pasted, text.into(), reading, onto)
    }

    /// Puts what was made of a table where it belongs.
    pub(super) fn take_table(&mut self, taken: TableTaken, ctx: &Context) {
        match taken.origin {
            Origin::File(path) => self.open_table(&path, taken.map, taken.reading, ctx),
            Origin::Again(path) => self.replace_by_table(&path, taken.map, taken.reading, ctx),
            Origin::Pasted => self.paste_joined(&taken.map, "table", ctx),
        }
    }

    /// Puts the map in the place of the one that was made of the same table.
    fn replace_by_table(&mut self, path: &Path, map: JourneyMap, reading: Reading, ctx: &Context) {
        let Some(editor) = &mut self.editor else { return };
        let put = |own: &mut JourneyMap| -> EditResult {
            *own = map;
            Ok(())
        };
        let done = editor.document.edit("reading of the table", put);
        if editor.report(done).is_some() {
            editor.table = Some((path.to_owned(), reading));
            self.toasts.add("The table is read again; undo brings back what was here".into(), ctx);
        }
    }

    /// Puts what stands on `map`, which is a `what` from the clipboard, onto the open map, or a new one.
    pub(super) fn paste_joined(&mut self, map: &JourneyMap, what: &str, ctx: &Context) {
        let editor = self.editor_or_new();
        let anchor = editor.anchor();
        let done = editor.document.edit(format!("paste of a {what}"), |own| join(own, map, &anchor));
        let Some(joined) = editor.report(done) else { return };
        self.close_views();
        let count = counted(joined.touchpoints.len(), "touchpoint");
        self.toasts.add(format!("Pasted {count} of a {what}: {}", new_of(&joined)), ctx);
        if let Some(editor) = &mut self.editor {
            editor.show_joined(joined.touchpoints);
        }
    }
}
