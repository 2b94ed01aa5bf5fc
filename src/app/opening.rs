//! A map that is read and laid out while the window comes up: both take a while, and neither needs the other.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use egui::Context;

use super::dialogs::Dialog;
use super::editor::Editor;
use super::importing::{Unreadable, remarks_in};
use super::shell::App;
use super::table_box::{Origin, TableBox};
use crate::exchange::{Import, Loss, MapFormat, Reading, read_map};
use crate::file::{self, Fingerprint, LoadError, Salvage};
use crate::model::JourneyMap;
use crate::theme::Theme;

/// A map on its way from its file.
#[derive(Debug)]
pub struct Opening {
    path: PathBuf,
    reading: JoinHandle<Read>,
}

impl Opening {
    /// Begins to read the map at `path`, and to lay it out for a light or a dark window.
    pub fn begin(path: &Path, dark: bool) -> Self {
        let (path, place) = (path.to_owned(), path.to_owned());
        let theme = if dark { Theme::dark() } else { Theme::light() };
        let reading = std::thread::spawn(move || read(&place, theme, file::MAX_BYTES));
        Self { path, reading }
    }
}

/// What came of reading a file.
#[derive(Debug)]
enum Read {
    /// A map, laid out, and what of the file is not on it.
    Map(Box<Editor>, Vec<Loss>),
    /// A table that somebody has to look at first.
    Table(Box<TableBox>),
    /// Nothing yet: the file has so many bytes, more than any map.
    Large(u64),
    /// No map, and what can be read all the same.
    Failed(LoadError, Option<Box<Salvage>>),
}

/// Reads the map at `path`, if it has at most so many bytes, and lays it out.
fn read(path: &Path, theme: Arc<Theme>, most: u64) -> Read {
    match std::fs::metadata(path) {
        Ok(meta) if meta.len() > most && meta.len() <= file::MOST_BYTES => return Read::Large(meta.len()),
        _ => {}
    }
    let bytes = match file::load_bytes_up_to(path, most) {
        Ok(bytes) => bytes,
        Err(err) => return Read::Failed(err, None),
    };
    if MapFormat::of(path) == Some(MapFormat::Long) {
        return match TableBox::new(Origin::File(path.to_owned()), bytes, Reading::default(), None).plain() {
            Ok(taken) => Read::Map(Box::new(table_editor(path, taken.map, taken.reading, theme)), Vec::new()),
            Err(table) => Read::Table(table),
        };
    }
    match read_map(path, &bytes, &Reading::default()) {
        Ok((format, Import { map, losses })) => Read::Map(Box::new(editor(path, &bytes, map, format, theme)), losses),
        Err(err) => {
            let is_own = MapFormat::of(path).is_none_or(|format| format == MapFormat::Rihla);
            Read::Failed(err, file::parse_what_goes(&bytes).filter(|_| is_own).map(Box::new))
        }
    }
}

/// The window's part on a map of the file at `path`. Only a file of Rihla's own is one to be saved over; of others the
/// map is new, with a name beside theirs.
fn editor(path: &Path, bytes: &[u8], map: JourneyMap, format: MapFormat, theme: Arc<Theme>) -> Editor {
    if format == MapFormat::Rihla {
        let mut editor = Editor::with_theme(map, Some(path.to_owned()), theme);
        editor.seen = Some(Fingerprint::of(bytes));
        editor.remarks = remarks_in(bytes);
        return editor;
    }
    let mut editor = Editor::with_theme(map, None, theme);
    editor.document.mark_unsaved();
    editor.suggested = Some(path.with_extension(file::EXTENSION));
    editor
}

/// The window's part on a map that was made of the table at `path`.
fn table_editor(path: &Path, map: JourneyMap, reading: Reading, theme: Arc<Theme>) -> Editor {
    let mut editor = editor(path, &[], map, MapFormat::Long, theme);
    editor.table = Some((path.to_owned(), reading));
    editor
}

impl App {
    /// Opens the map that was made of the table at `path`.
    pub(super) fn open_table(&mut self, path: &Path, map: JourneyMap, reading: Reading, ctx: &Context) {
        let editor = table_editor(path, map, reading, super::look::picture_theme(ctx));
        self.take_read(path, Read::Map(Box::new(editor), Vec::new()), ctx);
    }

    /// Opens the map that was on its way when the window came up.
    pub fn with_opening(mut self, opening: Opening, ctx: &Context) -> Self {
        let read = opening.reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        self.take_read(&opening.path, read, ctx);
        self
    }

    /// Opens the map at `path` in place of the one that is open; asks first where the file is larger than any map.
    pub(super) fn open_path(&mut self, path: &Path, ctx: &Context) {
        self.take_read(path, read(path, super::look::picture_theme(ctx), file::MAX_BYTES), ctx);
    }

    /// Opens the map at `path` though it is large.
    pub(super) fn open_anyway(&mut self, path: &Path, ctx: &Context) {
        self.take_read(path, read(path, super::look::picture_theme(ctx), file::MOST_BYTES), ctx);
    }

    fn take_read(&mut self, path: &Path, read: Read, ctx: &Context) {
        match read {
            Read::Map(editor, losses) => {
                let is_table = editor.table.is_some();
                self.replace(Some(*editor), ctx);
                self.close_views();
                self.settings.remember(path);
                if is_table {
                    let help = "Read as a table; File > Columns shows and changes which column is what";
                    self.toasts.add(help.into(), ctx);
                }
                if !losses.is_empty() {
                    self.dialog = Dialog::Losses(losses);
                }
            }
            Read::Table(table) => self.dialog = Dialog::Table(table),
            Read::Large(size) => self.dialog = Dialog::Large(path.to_owned(), size),
            Read::Failed(err, rest) => {
                if !path.exists() {
                    self.settings.forget(path);
                }
                self.dialog = Dialog::Unreadable(Box::new(Unreadable::new(path, &err, rest)));
            }
        }
    }
}
