//! The map that the open one is compared with: found, read, read again, opened.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use egui::Context;

use super::comparison::Ask;
use super::dialogs::{After, Dialog};
use super::editor::Editor;
use super::files::Purpose;
use super::questions::Parted;
use super::shell::App;
use crate::edit::EditResult;
use crate::file::{self, Fingerprint};
use crate::model::JourneyMap;

/// A map beside the open one.
#[derive(Clone, Debug)]
pub struct Counterpart {
    /// Its file.
    pub path: PathBuf,
    /// What stands in it, or why that could not be read.
    pub map: Result<Arc<JourneyMap>, String>,
    /// Whether it is the file of the open map itself, as somebody else left it.
    pub is_own_file: bool,
    print: Option<Fingerprint>,
    stamp: Option<Stamp>,
}

/// The size and the time of a file. Where they are as before and the file was not new when they were taken, nobody has
/// written it since.
type Stamp = (u64, SystemTime);

fn stamp(path: &Path) -> Option<Stamp> {
    /// The coarsest clock of a file system, that of FAT.
    const TICK: Duration = Duration::from_secs(2);
    let meta = std::fs::metadata(path).ok()?;
    let time = meta.modified().ok()?;
    // A file that was written just now can be written again in the same tick.
    time.elapsed().is_ok_and(|age| age > TICK).then_some((meta.len(), time))
}

impl Counterpart {
    /// Reads the map at `path`.
    fn read(path: &Path) -> Self {
        // Before it is read: a change in between is found by it then.
        let stamp = stamp(path);
        let read = file::load_bytes(path);
        let print = read.as_ref().ok().map(|bytes| Fingerprint::of(bytes));
        let map = read.and_then(|bytes| file::parse_bytes(path, &bytes));
        let map = map.map(Arc::new).map_err(|err| err.to_string());
        Self { path: path.to_owned(), map, is_own_file: false, print, stamp }
    }

    /// A counterpart of which nobody can say where it is.
    fn lost(named: &str) -> Self {
        let why = format!(
            "{named}: this path goes from the map's file, and the map has none yet\n  help: save the map first"
        );
        Self { path: PathBuf::from(named), map: Err(why), is_own_file: false, print: None, stamp: None }
    }

    /// Whether something else stands in its file now.
    fn is_outdated(&self) -> bool {
        let now = stamp(&self.path);
        if now.is_some() && now == self.stamp {
            return false;
        }
        file::load_bytes(&self.path).ok().map(|bytes| Fingerprint::of(&bytes)) != self.print
    }

    /// What it is called: its file's name, unless that is the open map's too.
    pub fn name(&self) -> String {
        if self.is_own_file {
            return "The file on disk".into();
        }
        self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }

    /// The counterpart that the open map names.
    pub fn of(editor: &Editor) -> Option<Self> {
        let map = editor.document.map();
        if map.counterpart.is_empty() {
            return None;
        }
        let from = editor.path.as_ref().or(editor.origin.as_ref().map(|(path, _)| path));
        Some(match from {
            Some(from) => Self::read(&file::counterpart_of(from, map)),
            None if Path::new(&map.counterpart).is_absolute() => Self::read(Path::new(&map.counterpart)),
            None => Self::lost(&map.counterpart),
        })
    }
}

impl App {
    /// Shows the comparison, asking for a map where none is named, or closes it.
    pub(super) fn toggle_comparison(&mut self, ctx: &Context) {
        if self.comparison.open {
            self.close_comparison();
            return;
        }
        self.open_comparison(false, ctx);
    }

    /// Shows the comparison, with `both` maps side by side, asking for a map where none is named.
    fn open_comparison(&mut self, both: bool, ctx: &Context) {
        let Some(editor) = &self.editor else { return };
        if editor.document.map().counterpart.is_empty() {
            // What is asked for holds for this choice; without one, nothing has changed.
            self.comparison.wants_both = both;
            self.pick(Purpose::Compare, ctx);
        } else {
            self.comparison.open = true;
            self.insights.open = false;
            if both {
                self.show_both();
            }
        }
    }

    /// Shows both maps from the next frame on.
    fn show_both(&mut self) {
        self.comparison.side_by_side.is_wanted = true;
        self.comparison.forget();
        self.close_views();
    }

    /// Shows the counterpart beside the map, comparing them first if need be, or the map alone again.
    pub(super) fn toggle_side_by_side(&mut self, ctx: &Context) {
        if !self.comparison.open {
            self.open_comparison(true, ctx);
        } else if let Some(editor) = &mut self.editor {
            self.comparison.side_by_side.toggle(editor);
            self.comparison.forget();
            self.close_views();
        }
    }

    /// Shows in what the window and the file, which somebody else changed, differ.
    pub(super) fn compare_parted(&mut self, parted: Parted) {
        let path = parted.path().to_owned();
        self.compare_with_disk(&path, Some(parted));
    }

    /// Compares the open map with what stands in its own file at `path`; the map names no other counterpart for it.
    pub(super) fn compare_with_disk(&mut self, path: &Path, parted: Option<Parted>) {
        let Some(editor) = &self.editor else { return };
        let named = editor.document.map().counterpart.clone();
        let other = Counterpart { is_own_file: true, ..Counterpart::read(path) };
        self.comparison.take(self.serial, named, Some(other));
        self.comparison.parted = parted;
        self.comparison.open = true;
        self.insights.open = false;
    }

    /// Closes the comparison; nothing of it stays on the map.
    pub(super) fn close_comparison(&mut self) {
        if let Some(editor) = &mut self.editor {
            editor.beside = None;
            self.comparison.side_by_side.end(editor);
        }
        self.comparison.close();
    }

    /// Compares with the map at `path`, which is the counterpart from now on.
    pub(super) fn compare_with(&mut self, path: &Path) {
        let Some(editor) = &mut self.editor else { return };
        let is_same = |here: &PathBuf| same_file(here, path);
        let other = Counterpart::read(path);
        let refused = match &other.map {
            _ if editor.path.as_ref().is_some_and(is_same) => Some(
                "This is the file of the open map. Choose the map of the other state, or save a copy of this one \
                     under another name and change that."
                    .to_owned(),
            ),
            Err(why) => Some(why.clone()),
            Ok(_) => None,
        };
        if let Some(text) = refused {
            self.dialog = Dialog::Problem { title: "The maps could not be compared".into(), text };
            return;
        }
        let named = match &editor.path {
            Some(here) => file::name_of_counterpart(here, path),
            None => std::path::absolute(path).unwrap_or(path.to_owned()).to_string_lossy().into_owned(),
        };
        if editor.document.map().counterpart != named {
            let set = |map: &mut JourneyMap| -> EditResult {
                map.counterpart.clone_from(&named);
                Ok(())
            };
            let result = editor.document.edit("counterpart", set);
            editor.report(result);
        }
        self.comparison.take(self.serial, named, Some(other));
        self.comparison.open = true;
        self.insights.open = false;
        if std::mem::take(&mut self.comparison.wants_both) {
            self.show_both();
        }
    }

    /// Keeps the comparison to the map that is open and to its counterpart as it is on disk, and does what was
    /// asked for in the panel.
    pub(super) fn tend_comparison(&mut self, ctx: &Context) {
        match self.comparison.asked.take() {
            Some(Ask::Close) => {
                // What was not answered is asked again.
                if let Some(parted) = self.comparison.parted.take() {
                    self.dialog = Dialog::Parted(parted);
                }
                self.close_comparison();
            }
            Some(Ask::Answer(reply)) => {
                self.close_comparison();
                self.answer(*reply, ctx);
            }
            Some(Ask::SideBySide) => self.toggle_side_by_side(ctx),
            Some(Ask::Choose) => {
                self.comparison.wants_both = false;
                self.pick(Purpose::Compare, ctx);
            }
            Some(Ask::Open(path)) => {
                let here = self.editor.as_ref().and_then(|editor| editor.path.clone());
                self.comparison.came_from = here.map(|here| (here, path.clone()));
                self.ask_unsaved(After::OpenPath(path), ctx);
            }
            None => {}
        }
        if !self.comparison.open {
            return;
        }
        let Some(editor) = &self.editor else {
            self.close_comparison();
            return;
        };
        let named = &editor.document.map().counterpart;
        let is_here = self.comparison.is_of(self.serial, named);
        // A path is read when it is typed to its end.
        if !is_here && !editor.document.in_gesture() {
            let came = self.comparison.came_from.take_if(|(_, to)| editor.path.as_ref() == Some(to));
            let other = Counterpart::of(editor).or_else(|| came.map(|(from, _)| Counterpart::read(&from)));
            let named = named.clone();
            if other.is_none() {
                self.close_comparison();
            } else {
                self.comparison.take(self.serial, named, other);
            }
        } else if ctx.input(|i| i.events.contains(&egui::Event::WindowFocused(true)))
            && let Some(other) = self.comparison.other().filter(|other| other.is_outdated())
        {
            let other = Counterpart { is_own_file: other.is_own_file, ..Counterpart::read(&other.path) };
            let parted = self.comparison.parted.take();
            self.comparison.take(self.serial, named.clone(), Some(other));
            self.comparison.parted = parted;
        }
    }
}

/// Whether two paths lead to one file.
fn same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}
