//! A path of a file, typed or found in a list: the way to files where the system has no dialogs.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::{Align2, Button, Context, FontId, Id, Key, Rect, RichText, Sense, Ui, vec2};

use super::dialogs::{Reply, Turn, buttons, height, line, main_button, plain_button, tall_scroll, title, width};
use super::field::Field;
use super::files::Purpose;
use super::ink::Ink;
use super::look::{self, BODY};
use super::shapes::color32;
use crate::text::{Align as TextAlign, Measure, icons};

/// The box.
#[derive(Debug)]
pub struct PathBox {
    purpose: Purpose,
    field: Field,
    /// Folders to go to at once, with what their buttons say.
    places: Vec<(String, PathBuf)>,
    listing: Option<Listing>,
    /// What the names in the list begin with, as it was typed.
    beginning: String,
    /// What is wrong with the path, as it was typed before.
    trouble: Option<String>,
}

/// What a folder holds, once a thread has read it: a drive that does not answer must not stop the window.
#[derive(Debug)]
struct Listing {
    folder: PathBuf,
    answer: Receiver<Option<Vec<Entry>>>,
    /// Nothing while it is read; nothing inside if it cannot be.
    entries: Option<Option<Vec<Entry>>>,
}

/// A file or folder.
#[derive(Clone, Debug)]
struct Entry {
    name: String,
    is_folder: bool,
}

/// No more of a folder are listed.
const MOST: usize = 1000;
/// The height of a row.
const ROW: f32 = 28.0;

impl PathBox {
    /// A box for a path, with `start` in it.
    pub fn new(purpose: Purpose, start: &Path, ink: &mut Ink) -> Self {
        let mut field = field(&start.to_string_lossy(), ink);
        field.select_all(ink);
        Self { purpose, field, places: Vec::new(), listing: None, beginning: String::new(), trouble: None }
    }

    /// Says what is wrong with the path in it.
    pub fn with_trouble(mut self, trouble: String) -> Self {
        self.trouble = Some(trouble);
        self
    }

    /// Offers the home folder and those of `recent` files.
    pub fn with_places(mut self, recent: &[PathBuf]) -> Self {
        let home = std::env::home_dir().map(|home| ("Home".to_owned(), home));
        self.places.extend(home);
        for folder in recent.iter().filter_map(|path| path.parent()) {
            if self.places.len() < 5 && self.places.iter().all(|(_, known)| known != folder) {
                let name = folder.file_name().unwrap_or(folder.as_os_str());
                self.places.push((name.to_string_lossy().into_owned(), folder.to_owned()));
            }
        }
        self
    }

    /// Shows the box.
    pub(super) fn ui(&mut self, ui: &mut Ui, ink: &mut Ink) -> Turn {
        ui.set_width(width(ui, 560.0));
        title(ui, self.purpose.title());
        ui.label(RichText::new("Path of the file").small().weak());
        let events = line(ui, &mut self.field, "Path of the file", ink);
        if events.changed {
            self.trouble = None;
            self.beginning = split(&self.field.text()).1;
        }
        let [enter, escape, tab] =
            [Key::Enter, Key::Escape, Key::Tab].map(|key| events.key.is_some_and(|(pressed, _)| pressed == key));
        if let Some(trouble) = &self.trouble {
            tell(ui, trouble, ink);
        }
        self.show_places(ui, ink);
        let opened = self.list(ui, tab, ink);
        let text = self.field.text();
        let has_name = !split(&text).1.is_empty();
        buttons(ui, |ui| {
            if (main_button(ui, self.purpose.verb(), has_name) || enter || opened) && has_name {
                return Turn::Reply(Reply::Path(self.purpose, self.purpose.complete(typed(text.trim()))));
            }
            if plain_button(ui, "Cancel") || escape {
                return Turn::Close;
            }
            Turn::Stay
        })
    }

    fn show_places(&mut self, ui: &mut Ui, ink: &mut Ink) {
        let mut chosen = None;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
            for (name, folder) in &self.places {
                let button = Button::new(RichText::new(name).small()).min_size(vec2(0.0, 26.0));
                if ui.add(button).on_hover_text(folder.to_string_lossy()).clicked() {
                    chosen = Some(folder.clone());
                }
            }
        });
        if let Some(folder) = chosen {
            // The name that a file is to get stays.
            let name = if self.purpose.is_there() { String::new() } else { split(&self.field.text()).1 };
            self.put(&format!("{}{MAIN_SEPARATOR}{name}", folder.to_string_lossy()), ink);
        }
    }

    /// What stands in the folder of the path, as far as it begins as typed; `complete` takes the first. Says whether
    /// a file was opened by a double click.
    fn list(&mut self, ui: &mut Ui, complete: bool, ink: &mut Ink) -> bool {
        let folder = folder_of(&self.field.text());
        if self.listing.as_ref().is_none_or(|listing| listing.folder != folder) {
            self.listing = Some(Listing::read(folder, self.purpose, ui.ctx()));
        }
        let Some(listing) = &mut self.listing else { return false };
        let words = match listing.poll() {
            None => "Reading the folder…",
            Some(None) => "There is no such folder, or it cannot be read",
            Some(Some(_)) => "No folder and no file of this kind begins like this",
        };
        let entries: Vec<Entry> = listing.poll().into_iter().flatten().flatten().cloned().collect();
        let beginning = self.beginning.to_lowercase();
        let fits = |entry: &&Entry| {
            entry.name.to_lowercase().starts_with(&beginning)
                && (!entry.name.starts_with('.') || beginning.starts_with('.'))
        };
        let found: Vec<&Entry> = entries.iter().filter(fits).collect();
        let mut chosen = found.first().filter(|_| complete).map(|entry| (*entry).clone());
        let mut opened = false;
        let chosen_before = split(&self.field.text()).1;
        let room = height(ui, 220.0);
        tall_scroll("folder", room).show(ui, |ui| {
            ui.set_min_size(vec2(ui.available_width(), room));
            ui.spacing_mut().item_spacing.y = 0.0;
            if found.is_empty() {
                ui.label(RichText::new(words).weak());
            }
            for entry in found {
                let (clicked, twice) = row(ui, entry, ink);
                if clicked {
                    chosen = Some(entry.clone());
                }
                // The first of the two clicks may have been on the row that stood here before.
                opened |= twice && !entry.is_folder && entry.name == chosen_before;
            }
        });
        if let Some(entry) = chosen {
            let (folder, _) = split(&self.field.text());
            let end = if entry.is_folder { MAIN_SEPARATOR.to_string() } else { String::new() };
            let beginning = self.beginning.clone();
            self.put(&format!("{folder}{}{end}", entry.name), ink);
            if !entry.is_folder {
                // The list stays as it is under the pointer.
                self.beginning = beginning;
            }
        }
        opened
    }

    /// Puts another path into the field.
    fn put(&mut self, text: &str, ink: &mut Ink) {
        self.field = field(text, ink);
        self.beginning = if self.purpose.is_there() { split(text).1 } else { String::new() };
        self.trouble = None;
    }
}

fn field(text: &str, ink: &mut Ink) -> Field {
    Field::new(Id::unique("path"), text, BODY, None, TextAlign::Left, ink)
}

/// What is wrong.
fn tell(ui: &mut Ui, trouble: &str, ink: &mut Ink) {
    let measure = Measure { width: Some(ui.available_width()), ..Measure::default() };
    let block = ink.text.block(trouble, BODY, measure);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), block.height), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, trouble));
    ink.paint(ui, &block, rect.min, look::colors(ui.ctx()).danger);
}

/// A file or folder of the list; says whether it was clicked, and whether twice.
fn row(ui: &mut Ui, entry: &Entry, ink: &mut Ink) -> (bool, bool) {
    let colors = look::colors(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let kind = if entry.is_folder { "Folder" } else { "File" };
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{kind} {}", entry.name)));
    if !ui.is_rect_visible(rect) {
        return (false, false);
    }
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 6.0, color32(colors.hover));
    }
    let icon = if entry.is_folder { icons::FOLDER_OPEN } else { icons::FILE };
    let middle = rect.left_center() + vec2(16.0, 0.0);
    let font = FontId::new(17.0, look::icons());
    ui.painter().text(middle, Align2::CENTER_CENTER, icon, font, color32(colors.ink_soft));
    let words = Rect::from_min_max(rect.min + vec2(32.0, 0.0), rect.max - vec2(8.0, 0.0));
    ink.in_rect(ui, &entry.name, BODY, words, colors.ink);
    (response.clicked(), response.double_clicked())
}

impl Listing {
    /// Reads `folder` on a thread: its folders, and the files that `purpose` may mean.
    fn read(folder: PathBuf, purpose: Purpose, ctx: &Context) -> Self {
        let (send, answer) = channel();
        let (path, ctx) = (folder.clone(), ctx.clone());
        std::thread::spawn(move || {
            // The box may be gone by now.
            let _ = send.send(entries(&path, purpose));
            ctx.request_repaint();
        });
        Self { folder, answer, entries: None }
    }

    /// What was read so far.
    fn poll(&mut self) -> Option<Option<&Vec<Entry>>> {
        if self.entries.is_none() {
            self.entries = match self.answer.try_recv() {
                Ok(entries) => Some(entries),
                Err(TryRecvError::Empty) => None,
                Err(TryRecvError::Disconnected) => Some(None),
            };
        }
        self.entries.as_ref().map(Option::as_ref)
    }
}

/// Folders first, then files, each by name.
fn entries(folder: &Path, purpose: Purpose) -> Option<Vec<Entry>> {
    let mut found: Vec<Entry> = std::fs::read_dir(folder)
        .ok()?
        .flatten()
        .filter_map(|entry| {
            let (path, name) = (entry.path(), entry.file_name().into_string().ok()?);
            let is_folder = path.is_dir();
            (is_folder || purpose.fits(&path)).then_some(Entry { name, is_folder })
        })
        .take(MOST)
        .collect();
    found.sort_by_cached_key(|entry| (!entry.is_folder, entry.name.to_lowercase()));
    Some(found)
}

/// A typed path in its folder, with the separator, and its last name.
fn split(text: &str) -> (String, String) {
    let at = text.rfind(std::path::is_separator).map_or(0, |at| at + 1);
    (text[..at].to_owned(), text[at..].to_owned())
}

/// The folder of a typed path.
fn folder_of(text: &str) -> PathBuf {
    let (folder, _) = split(text);
    if folder.is_empty() { PathBuf::from(".") } else { typed(&folder) }
}

/// A typed path; `~` is the home folder.
fn typed(text: &str) -> PathBuf {
    match (text.strip_prefix('~'), std::env::home_dir()) {
        (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with(std::path::is_separator) => {
            home.join(rest.trim_start_matches(std::path::is_separator))
        }
        _ => PathBuf::from(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_come_first_and_only_files_of_the_kind_are_listed() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.ron", "A.RON", "notes.txt", "answers.csv"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        std::fs::create_dir(folder.path().join("z")).unwrap();
        let names = |purpose| -> Vec<String> {
            entries(folder.path(), purpose).unwrap().into_iter().map(|entry| entry.name).collect()
        };
        assert_eq!(names(Purpose::Compare), ["z", "A.RON", "b.ron"]);
        assert_eq!(names(Purpose::Answers), ["z", "answers.csv", "notes.txt"]);
        assert!(entries(&folder.path().join("no"), Purpose::Open).is_none());
    }

    #[test]
    fn a_typed_path_is_cut_at_its_last_separator() {
        assert_eq!(split("/maps/a.ro"), ("/maps/".into(), "a.ro".into()));
        assert_eq!(split("a"), (String::new(), "a".into()));
        assert_eq!(folder_of("a"), Path::new("."));
        assert_eq!(typed("~x/a"), Path::new("~x/a"), "a file of this name");
        if let Some(home) = std::env::home_dir() {
            assert_eq!(typed("~/a.ron"), home.join("a.ron"));
        }
    }
}
