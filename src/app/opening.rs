//! A map that is read and laid out while the window comes up: both take a while, and neither needs the other.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use egui::Context;

use super::dialogs::Dialog;
use super::editor::Editor;
use super::shell::App;
use crate::file::{self, Fingerprint, LoadError};
use crate::theme::Theme;

/// A map on its way from its file.
#[derive(Debug)]
pub struct Opening {
    path: PathBuf,
    reading: JoinHandle<Result<Box<Editor>, LoadError>>,
}

impl Opening {
    /// Begins to read the map at `path`, and to lay it out for a light or a dark window.
    pub fn begin(path: &Path, dark: bool) -> Self {
        let (path, place) = (path.to_owned(), path.to_owned());
        let theme = if dark { Theme::dark() } else { Theme::light() };
        let reading = std::thread::spawn(move || read(&place, theme).map(Box::new));
        Self { path, reading }
    }
}

/// The map at `path`, laid out.
fn read(path: &Path, theme: Arc<Theme>) -> Result<Editor, LoadError> {
    let bytes = file::load_bytes(path)?;
    let mut editor = Editor::with_theme(file::parse_bytes(path, &bytes)?, Some(path.to_owned()), theme);
    editor.seen = Some(Fingerprint::of(&bytes));
    Ok(editor)
}

impl App {
    /// Opens the map that was on its way when the window came up.
    pub fn with_opening(mut self, opening: Opening, ctx: &Context) -> Self {
        let read = opening.reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        self.take_read(&opening.path, read.map(|editor| *editor), ctx);
        self
    }

    /// Opens the map at `path` in place of the one that is open.
    pub(super) fn open_path(&mut self, path: &Path, ctx: &Context) {
        self.take_read(path, read(path, super::look::picture_theme(ctx)), ctx);
    }

    fn take_read(&mut self, path: &Path, read: Result<Editor, LoadError>, ctx: &Context) {
        match read {
            Ok(editor) => {
                self.replace(Some(editor), ctx);
                self.close_views();
                self.settings.remember(path);
            }
            Err(err) => {
                if !path.exists() {
                    self.settings.forget(path);
                }
                self.dialog = Dialog::Problem { title: "The map could not be opened".into(), text: err.to_string() };
            }
        }
    }
}
