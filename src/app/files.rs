//! Choosing files without freezing the window: the system's dialog on a thread, or a path box of our own.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use egui::Context;

use crate::export::Format;
use crate::file::EXTENSION;

/// What a chosen path is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A map to open.
    Open,
    /// A map to compare with.
    Compare,
    /// Where the map is saved.
    Save,
    /// Survey answers to make metrics of.
    Answers,
    /// Where the picture is written, in this format.
    Export(Format),
}

impl Purpose {
    /// The dialog's title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "Open map",
            Self::Compare => "Compare with map",
            Self::Save => "Save map as",
            Self::Answers => "Choose survey answers",
            Self::Export(_) => "Export picture as",
        }
    }

    /// Whether the file is there already and will be read.
    pub fn is_there(self) -> bool {
        matches!(self, Self::Open | Self::Compare | Self::Answers)
    }

    /// The ending that the file has.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Open | Self::Compare | Self::Save => EXTENSION,
            Self::Answers => "csv",
            Self::Export(format) => format.ending(),
        }
    }

    /// `path` with the ending, if it has none; a picture of another format than its name says gets it too.
    pub fn complete(self, path: PathBuf) -> PathBuf {
        let has_ending = path.extension().is_some_and(|e| e.eq_ignore_ascii_case(self.ending()));
        if has_ending || (self.is_there() && path.exists()) {
            return path;
        }
        if matches!(self, Self::Export(_)) && Format::of(&path).is_some() {
            return path.with_extension(self.ending());
        }
        // Behind the whole name: what looks like an ending may be a version.
        let mut name = path.into_os_string();
        name.push(".");
        name.push(self.ending());
        PathBuf::from(name)
    }
}

/// A system dialog that is open.
#[derive(Debug)]
pub struct Picker {
    /// What the path is for.
    pub purpose: Purpose,
    answer: Receiver<Option<PathBuf>>,
    since: Instant,
}

/// What became of a dialog.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is still open.
    Waiting,
    /// A file was chosen.
    Path {
        /// Where.
        path: PathBuf,
        /// Whether the system has asked about a file that is there.
        agreed: bool,
    },
    /// It was closed.
    Cancelled,
    /// The system has no dialogs, or they do not answer.
    NoDialog,
}

/// A dialog that says "nothing chosen" this fast was never shown.
const TOO_FAST: Duration = Duration::from_millis(300);

impl Picker {
    /// Opens the system's dialog, starting at `start`, on a thread of its own.
    pub fn open(purpose: Purpose, start: &Path, ctx: &Context) -> Self {
        let (send, answer) = channel();
        let (start, ctx) = (start.to_owned(), ctx.clone());
        std::thread::spawn(move || {
            let (name, endings): (_, &[&str]) = match purpose {
                Purpose::Open | Purpose::Compare | Purpose::Save => ("Rihla map", &[EXTENSION]),
                Purpose::Answers => ("Survey answers", &["csv", "tsv", "txt"]),
                Purpose::Export(_) => ("Picture", &[purpose.ending()]),
            };
            let mut dialog = rfd::FileDialog::new().set_title(purpose.title()).add_filter(name, endings);
            if let Some(folder) = start.parent().filter(|folder| folder.is_dir()) {
                dialog = dialog.set_directory(folder);
            }
            if let Some(name) = start.file_name() {
                dialog = dialog.set_file_name(name.to_string_lossy());
            }
            let path = if purpose.is_there() { dialog.pick_file() } else { dialog.save_file() };
            // The window may be gone by now.
            let _ = send.send(path);
            ctx.request_repaint();
        });
        Self { purpose, answer, since: Instant::now() }
    }

    /// What became of it so far.
    pub fn poll(&self) -> Answer {
        match self.answer.try_recv() {
            Ok(Some(chosen)) => {
                let path = self.purpose.complete(chosen.clone());
                Answer::Path { agreed: path == chosen, path }
            }
            Ok(None) if self.since.elapsed() < TOO_FAST => Answer::NoDialog,
            Ok(None) => Answer::Cancelled,
            Err(TryRecvError::Empty) => Answer::Waiting,
            Err(TryRecvError::Disconnected) => Answer::NoDialog,
        }
    }
}
