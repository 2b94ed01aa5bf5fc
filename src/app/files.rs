//! Choosing files without freezing the window: the system's dialog apart from it, or a path box of our own.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use egui::Context;

use super::chooser::{self, Choice};
use super::dialogs::{After, Dialog};
use super::filming;
use super::path_box::PathBox;
use super::shell::App;
use crate::exchange::MapFormat;
use crate::export::Format;
use crate::file::EXTENSION;
use crate::film::FilmFormat;
use crate::model::fresh_id;

/// What a chosen path is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A map to open.
    Open,
    /// A map to compare with.
    Compare,
    /// Where the map is saved.
    Save,
    /// Where a copy of the map is saved.
    Copy,
    /// Survey answers to make metrics of.
    Answers,
    /// A picture for a touchpoint.
    Picture,
    /// A logo for exported pictures.
    Logo,
    /// Where the picture is written, in this format.
    Export(Format),
    /// Where a copy of the map is written, in this format.
    Convert(MapFormat),
    /// Where a film is written, in this format.
    Film(FilmFormat),
}

impl Purpose {
    /// The dialog's title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "Open map",
            Self::Compare => "Compare with map",
            Self::Save => "Save map as",
            Self::Answers => "Choose survey answers",
            Self::Picture => "Add picture",
            Self::Logo => "Choose a logo",
            Self::Export(_) => "Export picture as",
            Self::Copy | Self::Convert(_) => "Save a copy as",
            Self::Film(_) => "Make film as",
        }
    }

    /// What the button says that takes the path.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Open | Self::Answers => "Open",
            Self::Logo => "Choose",
            Self::Compare => "Compare",
            Self::Picture => "Add",
            Self::Save | Self::Copy | Self::Export(_) | Self::Convert(_) | Self::Film(_) => "Save",
        }
    }

    /// Whether the file is there already and will be read.
    pub fn is_there(self) -> bool {
        matches!(self, Self::Open | Self::Compare | Self::Answers | Self::Picture | Self::Logo)
    }

    /// The ending that the file has.
    pub fn ending(self) -> &'static str {
        self.endings()[0]
    }

    /// The kind of file, for the system's dialog.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Open => "Maps",
            Self::Compare | Self::Save | Self::Copy => "Rihla map",
            Self::Convert(format) => format.name(),
            Self::Answers => "Survey answers",
            Self::Export(Format::Pptx) => "Slides",
            Self::Picture | Self::Logo | Self::Export(_) => "Picture",
            Self::Film(_) => "Film",
        }
    }

    /// A word for it, as it is handed to the process with the dialog.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Compare => "compare",
            Self::Save => "save",
            Self::Copy => "copy",
            Self::Answers => "answers",
            Self::Picture => "picture",
            Self::Logo => "logo",
            Self::Export(format) => format.ending(),
            Self::Convert(format) => format.word(),
            Self::Film(FilmFormat::Gif) => "gif",
            Self::Film(FilmFormat::Apng) => "apng",
            Self::Film(FilmFormat::Stills) => "stills",
        }
    }

    /// What `word` stands for.
    pub fn of_word(word: &str) -> Option<Self> {
        let plain = [Self::Open, Self::Compare, Self::Save, Self::Copy, Self::Answers, Self::Picture, Self::Logo];
        let pictures = Format::ALL.map(Self::Export);
        let films = FilmFormat::ALL.map(Self::Film);
        let copies = MapFormat::ALL.map(Self::Convert);
        plain.into_iter().chain(pictures).chain(films).chain(copies).find(|purpose| purpose.word() == word)
    }

    /// Whether the file at `path` has an ending that it may have.
    pub fn fits(self, path: &Path) -> bool {
        self.endings().iter().any(|own| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(own)))
    }

    /// The endings that the file may have.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Compare | Self::Save | Self::Copy => &[EXTENSION],
            Self::Open => &OPENED,
            Self::Convert(format) => format.endings(),
            Self::Answers => &["csv", "tsv", "txt"],
            Self::Picture | Self::Logo => &["png", "jpg", "jpeg"],
            Self::Film(FilmFormat::Gif) => &["gif"],
            // What knows no animation opens it as a plain one.
            Self::Film(FilmFormat::Apng) => &["apng", "png"],
            Self::Export(Format::Png) | Self::Film(FilmFormat::Stills) => &["png"],
            Self::Export(Format::Svg) => &["svg"],
            Self::Export(Format::Pdf) => &["pdf"],
            Self::Export(Format::Pptx) => &["pptx"],
        }
    }

    /// `path` with the ending, if it has none; a picture of another format than its name says gets it too.
    pub fn complete(self, path: PathBuf) -> PathBuf {
        if self.fits(&path) || matches!(self, Self::Picture | Self::Logo) || (self.is_there() && path.exists()) {
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

/// The endings of files that can be opened: those of all formats of maps.
const OPENED: [&str; 12] =
    [EXTENSION, "mmd", "mermaid", "csv", "tsv", "md", "markdown", "txt", "ojf", "json", "cjml", "xml"];

/// A system dialog that is open; it ends with the value.
#[derive(Debug)]
pub struct Picker {
    /// What the path is for.
    pub purpose: Purpose,
    answer: Receiver<Choice>,
    since: Instant,
    /// Whether the window says that it waits.
    told: bool,
    #[cfg(unix)]
    _apart: Option<chooser::Apart>,
}

/// After this time the window says that it waits for a dialog, which may not have come up.
const PATIENCE: Duration = Duration::from_millis(600);

impl Picker {
    /// Opens the system's dialog, starting at `start`, and waits for it on a thread.
    pub fn open(purpose: Purpose, start: &Path, ctx: &Context) -> Self {
        let (send, answer) = channel();
        let repaint = ctx.clone();
        let wait = move |ask: Box<dyn FnOnce() -> Choice + Send>| {
            std::thread::spawn(move || {
                // The window may be gone by now.
                let _ = send.send(ask());
                repaint.request_repaint();
            });
        };
        #[cfg(unix)]
        let _apart = if cfg!(target_os = "macos") {
            let start = start.to_owned();
            wait(Box::new(move || chooser::ask_here(purpose, &start)));
            None
        } else {
            match chooser::Apart::start(purpose, start) {
                Ok((apart, ask)) => {
                    wait(Box::new(ask));
                    Some(apart)
                }
                Err(_) => {
                    wait(Box::new(|| Choice::NoDialog));
                    None
                }
            }
        };
        #[cfg(not(unix))]
        {
            let start = start.to_owned();
            wait(Box::new(move || chooser::ask_here(purpose, &start)));
        }
        Self {
            purpose,
            answer,
            since: Instant::now(),
            told: false,
            #[cfg(unix)]
            _apart,
        }
    }

    /// What came of it, if something did.
    fn poll(&self) -> Option<Choice> {
        match self.answer.try_recv() {
            Ok(choice) => Some(choice),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Choice::NoDialog),
        }
    }
}

impl App {
    /// Takes what was chosen in the system's dialog; says that the window waits for it, and lets a path be typed
    /// where there is none.
    pub(super) fn take_choice(&mut self, ctx: &Context) {
        let Some(picker) = &mut self.picker else { return };
        let (purpose, is_shown) = (picker.purpose, matches!(self.dialog, Dialog::Choosing(_)));
        let Some(choice) = picker.poll() else {
            let waited = picker.since.elapsed();
            if picker.told && !self.dialog.is_open() {
                // The question was closed.
                self.cancel_choice();
            } else if waited < PATIENCE {
                ctx.request_repaint_after(PATIENCE - waited);
            } else if !picker.told && !self.dialog.is_open() {
                picker.told = true;
                self.dialog = Dialog::Choosing(purpose);
            }
            return;
        };
        self.picker = None;
        if is_shown {
            self.dialog = Dialog::None;
        }
        match choice {
            Choice::Path(chosen) => {
                let path = purpose.complete(chosen.clone());
                // The system's dialog has asked about a file that is there, if it knew its name.
                self.use_path(purpose, &path, path == chosen, ctx);
            }
            Choice::Cancelled => self.cancel_choice(),
            Choice::NoDialog if purpose == Purpose::Logo => self.type_logo(),
            Choice::NoDialog => self.type_path(purpose),
        }
    }

    /// Does without a path.
    fn cancel_choice(&mut self) {
        self.picker = None;
        self.after = None;
    }

    /// Where a dialog for `purpose` starts.
    pub(super) fn start_of(&self, purpose: Purpose) -> PathBuf {
        let editor = self.editor.as_ref();
        let path = editor.and_then(|e| {
            let origin = || e.origin.as_ref().map(|(path, _)| path.clone());
            e.path.clone().or_else(origin).or_else(|| e.suggested.clone())
        });
        match (purpose, path) {
            (Purpose::Export(format), Some(path)) => path.with_extension(format.ending()),
            (Purpose::Convert(format), Some(path)) => path.with_extension(format.endings()[0]),
            (Purpose::Film(format), Some(path)) => path.with_extension(format.ending()),
            (Purpose::Answers, Some(path)) => path.with_extension(purpose.ending()),
            // Its folder.
            (Purpose::Picture | Purpose::Logo, Some(path)) => path.with_file_name(""),
            (Purpose::Copy, Some(path)) => {
                let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                path.with_file_name(format!("{name} copy.{}", purpose.ending()))
            }
            (_, Some(path)) => path,
            (Purpose::Open | Purpose::Compare | Purpose::Answers | Purpose::Picture | Purpose::Logo, None) => {
                PathBuf::new()
            }
            (_, None) => {
                let title = editor.map(|editor| editor.document.map().title.clone()).unwrap_or_default();
                let name = fresh_id(&title, "map", |_| false);
                PathBuf::from(name).with_extension(purpose.ending())
            }
        }
    }

    /// Asks for a path.
    pub(super) fn pick(&mut self, purpose: Purpose, ctx: &Context) {
        if self.system_dialogs {
            self.picker = Some(Picker::open(purpose, &self.start_of(purpose), ctx));
        } else {
            self.type_path(purpose);
        }
    }

    /// Asks for a path in a box of our own.
    pub(super) fn type_path(&mut self, purpose: Purpose) {
        let mut start = self.start_of(purpose);
        if start.parent().is_none_or(|folder| folder.as_os_str().is_empty()) {
            // Where the last map was, or at home: nobody knows where the program was started.
            let last = self.settings.recent.first().and_then(|path| path.parent()).map(Path::to_owned);
            let folder = last.or_else(std::env::home_dir).unwrap_or_default();
            // With a separator behind a folder.
            start = folder.join(start);
        }
        let typed = PathBox::new(purpose, &start, &mut self.ink);
        self.dialog = Dialog::Path(typed.with_places(&self.settings.recent));
    }

    /// Does what the path was asked for; `agreed` if the system has asked about the file that is there.
    pub(super) fn use_path(&mut self, purpose: Purpose, path: &Path, agreed: bool, ctx: &Context) {
        if let Some(trouble) = missing_folder(purpose, path) {
            let typed = PathBox::new(purpose, path, &mut self.ink);
            self.dialog = Dialog::Path(typed.with_places(&self.settings.recent).with_trouble(trouble));
            return;
        }
        let is_here = self.editor.as_ref().is_some_and(|editor| editor.path.as_deref() == Some(path));
        match purpose {
            Purpose::Open => self.ask_unsaved(After::OpenPath(path.to_owned()), ctx),
            Purpose::Compare => self.compare_with(path),
            Purpose::Picture => self.add_chosen(path, ctx),
            Purpose::Logo => self.take_logo(path),
            Purpose::Save => self.save_to(path, agreed && !is_here, ctx),
            Purpose::Copy if is_here => self.save_to(path, false, ctx),
            // The system's dialogs have asked.
            Purpose::Export(_) | Purpose::Copy | Purpose::Convert(_) if path.exists() && !agreed => {
                self.dialog = Dialog::Replace(purpose, path.to_owned());
            }
            // The system asks about one file, and numbered pictures are others.
            Purpose::Film(format) if (format == FilmFormat::Stills || !agreed) && filming::is_there(format, path) => {
                self.dialog = Dialog::Replace(purpose, path.to_owned());
            }
            Purpose::Film(_) => self.film_to(path, ctx),
            Purpose::Copy => self.save_copy(path, ctx),
            Purpose::Convert(format) => self.convert_to(format, path, ctx),
            Purpose::Answers => self.open_answers(path, ctx),
            Purpose::Export(_) => self.export_to(path, ctx),
        }
    }
}

/// What to say where the folder of a file to be written is not there.
fn missing_folder(purpose: Purpose, path: &Path) -> Option<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !purpose.is_there())?;
    let name = folder.display();
    if folder.is_dir() {
        None
    } else if folder.exists() {
        Some(format!("\u{2068}{name}\u{2069} is a file and no folder; type another path"))
    } else {
        Some(format!("There is no folder \u{2068}{name}\u{2069}; make it first, or type another path"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_can_be_opened_by_its_ending() {
        let known: Vec<&str> = MapFormat::ALL.iter().flat_map(|format| format.endings()).copied().collect();
        assert!(known.iter().all(|ending| OPENED.contains(ending)) && OPENED.iter().all(|e| known.contains(e)));
        assert_eq!(Purpose::Open.ending(), EXTENSION);
    }

    #[test]
    fn purposes_go_to_another_process_and_come_back() {
        for word in ["open", "compare", "save", "copy", "answers", "picture", "logo", "png", "svg", "pdf", "matrix"] {
            assert_eq!(Purpose::of_word(word).unwrap().word(), word);
        }
        assert_eq!(Purpose::of_word("paint"), None);
    }
}
