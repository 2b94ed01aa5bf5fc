//! Questions about files: which of two versions, what was left behind, what did not save.

use std::path::{Path, PathBuf};

use egui::{RichText, Sense, Ui, vec2};

use super::commands::Command;
use super::dialogs::{After, Reply, Turn, buttons, main_button, plain_button, tall_scroll, title};
use super::files::Purpose;
use super::ink::Ink;
use super::look::{self, BODY, HEADING};
use crate::file::{Fingerprint, Leftover, Standing};
use crate::model::counted;
use crate::text::Measure;

/// Why the window and the file are two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parted {
    /// A save found the file changed by somebody else.
    Saving(PathBuf),
    /// A save under a new name found a file.
    Exists(PathBuf),
    /// Somebody else changed the file while there are changes here.
    Noticed(PathBuf, Fingerprint),
}

/// A line about work that was left behind.
#[derive(Clone, Debug)]
pub struct LeftoverRow {
    name: String,
    about: String,
    /// Whether there is a file to compare it with.
    has_file: bool,
}

impl LeftoverRow {
    /// What there is to say about `leftover`.
    pub fn new(leftover: &Leftover) -> Self {
        let name = leftover.meta.path.as_ref().and_then(|path| path.file_name());
        let name = match name {
            Some(name) => name.to_string_lossy().into_owned(),
            None => leftover.map().ok().map(|map| map.title).filter(|t| !t.is_empty()).unwrap_or("Untitled".into()),
        };
        let standing = match leftover.standing {
            Standing::NeverSaved => "never saved",
            Standing::Newer => "newer than the file",
            Standing::Parted => "newer than the file, which was changed elsewhere too",
            Standing::Older => "older than the file, which was changed since",
            Standing::FileGone => "its file is not there any more",
        };
        let has_file = !matches!(leftover.standing, Standing::NeverSaved | Standing::FileGone);
        Self { name, about: format!("{} · {standing}", ago(leftover.age().as_secs())), has_file }
    }
}

/// How long ago, in words.
fn ago(seconds: u64) -> String {
    let (count, unit) = match seconds {
        0..60 => return "less than a minute ago".into(),
        60..3600 => (seconds / 60, "minute"),
        3600..86_400 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{} ago", counted(count, unit))
}

/// The user's words on a line.
fn words(ui: &mut Ui, text: &str, width: f32, ink: &mut Ink) {
    let color = look::colors(ui.ctx()).ink;
    ink.label(ui, text, BODY, width, color);
}

/// A paragraph of ours.
fn says(ui: &mut Ui, text: &str) {
    ui.add(egui::Label::new(text).wrap());
}

/// Asks whether the changes of the map called `name` are to be saved.
pub(super) fn unsaved(ui: &mut Ui, after: &After, name: &str, ink: &mut Ink) -> Turn {
    ui.set_width(super::dialogs::width(ui, 440.0));
    let measure = Measure { width: Some(ui.available_width()), max_lines: Some(3), ..Measure::default() };
    // The name keeps its own direction between our words.
    let question = format!("Save the changes to \u{2068}{name}\u{2069}?");
    let block = ink.text.block(&question, HEADING, measure);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), block.height), Sense::hover());
    let label = format!("Save the changes to {name}?");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &label));
    ink.paint(ui, &block, rect.min, look::colors(ui.ctx()).ink);
    says(ui, "Without saving they are lost.");
    buttons(ui, |ui| {
        if main_button(ui, "Save", true) {
            return Turn::Reply(Reply::SaveFirst(after.clone()));
        }
        if plain_button(ui, "Cancel") {
            return Turn::Close;
        }
        if plain_button(ui, "Don't save") {
            return Turn::Reply(Reply::Discard(after.clone()));
        }
        Turn::Stay
    })
}

/// Asks which of two versions is to stay.
pub(super) fn parted(ui: &mut Ui, parted: &Parted, ink: &mut Ink) -> Turn {
    ui.set_width(super::dialogs::width(ui, 560.0));
    let (heading, about, path) = match parted {
        Parted::Saving(path) => (
            "The file was changed by someone else",
            "It is not what this window loaded or saved last. Nothing has been overwritten.",
            path,
        ),
        Parted::Exists(path) => {
            ("There is a file of this name", "Nothing has been overwritten. Overwriting loses what is in it.", path)
        }
        Parted::Noticed(path, _) => (
            "The file was changed by someone else",
            "There are changes in this window that are not saved. Nothing has been overwritten.",
            path,
        ),
    };
    title(ui, heading);
    words(ui, &path.to_string_lossy(), 540.0, ink);
    says(ui, about);
    if !matches!(parted, Parted::Exists(_)) {
        says(ui, "Loading theirs is one step: undo brings back what is here now.");
    }
    buttons(ui, |ui| {
        if main_button(ui, "Save as…", true) {
            return Turn::Reply(Reply::SaveAs);
        }
        if !matches!(parted, Parted::Exists(_)) && plain_button(ui, "Compare") {
            return Turn::Reply(Reply::CompareParted(parted.clone()));
        }
        for (label, reply) in parted.ways_out() {
            if plain_button(ui, label) {
                return Turn::Reply(reply);
            }
        }
        if plain_button(ui, "Cancel") { Turn::Close } else { Turn::Stay }
    })
}

impl Parted {
    /// The file.
    pub fn path(&self) -> &Path {
        match self {
            Self::Saving(path) | Self::Exists(path) | Self::Noticed(path, _) => path,
        }
    }

    /// The answers that end it, and what they are called.
    pub fn ways_out(&self) -> Vec<(&'static str, Reply)> {
        let theirs = ("Load theirs", Reply::LoadTheirs(self.path().to_owned()));
        let overwrite = |path: &Path| ("Overwrite", Reply::Overwrite(path.to_owned()));
        match self {
            Self::Exists(path) => vec![overwrite(path)],
            Self::Saving(path) => vec![theirs, overwrite(path)],
            Self::Noticed(_, print) => vec![theirs, ("Keep mine", Reply::KeepMine(*print))],
        }
    }
}

/// Offers what was left behind.
pub(super) fn leftovers(ui: &mut Ui, rows: &[LeftoverRow], ink: &mut Ink) -> Turn {
    ui.set_width(super::dialogs::width(ui, 680.0));
    title(ui, "Work that was not saved");
    says(
        ui,
        "The program ended before this was saved. Each opens as a copy; its file is untouched until you save. \
         What you do not answer is asked about again.",
    );
    let mut turn = Turn::Stay;
    tall_scroll("recovered", super::dialogs::height(ui, 320.0)).show(ui, |ui| {
        for (at, row) in rows.iter().enumerate() {
            ui.push_id(at, |ui| {
                ui.horizontal(|ui| {
                    // The buttons of all rows stand at one place.
                    let room = ui.available_width() - if row.has_file { 324.0 } else { 220.0 };
                    ui.vertical(|ui| {
                        ui.set_width(room);
                        words(ui, &row.name, room, ink);
                        ui.add(egui::Label::new(RichText::new(&row.about).small().weak()).wrap());
                    });
                    if plain_button(ui, "Open") {
                        turn = Turn::Reply(Reply::OpenLeftover(at, false));
                    }
                    if row.has_file && plain_button(ui, "Compare") {
                        turn = Turn::Reply(Reply::OpenLeftover(at, true));
                    }
                    if plain_button(ui, "Discard") {
                        turn = Turn::Reply(Reply::DiscardLeftover(at));
                    }
                });
            });
        }
    });
    let later = buttons(ui, |ui| main_button(ui, "Later", true));
    if later { Turn::Close } else { turn }
}

/// Tells why a save failed and how to go on.
pub(super) fn save_failed(ui: &mut Ui, text: &str, ink: &mut Ink) -> Turn {
    ui.set_width(super::dialogs::width(ui, 560.0));
    title(ui, "The map was not saved");
    super::error_text::show(ui, text, ink);
    buttons(ui, |ui| {
        if main_button(ui, "Save as…", true) {
            return Turn::Reply(Reply::SaveAs);
        }
        if plain_button(ui, "Save a copy…") {
            return Turn::Reply(Reply::Run(Command::SaveCopy));
        }
        if plain_button(ui, "Close") { Turn::Close } else { Turn::Stay }
    })
}

/// Tells that a save takes so long that it may never end.
pub(super) fn slow_save(ui: &mut Ui, path: &Path, ink: &mut Ink) -> Turn {
    ui.set_width(super::dialogs::width(ui, 560.0));
    title(ui, "The drive does not answer");
    words(ui, &path.to_string_lossy(), 540.0, ink);
    says(
        ui,
        "The map is not saved there yet. Check the drive or the network, or save on another drive. Until it is saved, \
         your work is kept for the next start too.",
    );
    buttons(ui, |ui| {
        if main_button(ui, "Save as…", true) {
            return Turn::Reply(Reply::SaveElsewhere);
        }
        if plain_button(ui, "Stop waiting") {
            return Turn::Reply(Reply::GiveUpSave);
        }
        if plain_button(ui, "Wait") { Turn::Close } else { Turn::Stay }
    })
}

/// Tells that the system's dialog is open, and how to do without it.
pub(super) fn choosing(ui: &mut Ui, purpose: Purpose) -> Turn {
    ui.set_width(super::dialogs::width(ui, 440.0));
    title(ui, purpose.title());
    says(ui, "Choose the file in the system's own window. If none has come up, type the path here.");
    buttons(ui, |ui| {
        if main_button(ui, "Type the path…", true) {
            return Turn::Reply(Reply::TypePath(purpose));
        }
        if plain_button(ui, "Cancel") { Turn::Close } else { Turn::Stay }
    })
}

/// Tells that another window has the file open.
pub(super) fn open_elsewhere(ui: &mut Ui) -> Turn {
    ui.set_width(super::dialogs::width(ui, 480.0));
    title(ui, "The map is open in another window");
    says(ui, "What is saved there is loaded here. Where both have changes, you are asked.");
    buttons(ui, |ui| if main_button(ui, "Close", true) { Turn::Close } else { Turn::Stay })
}

/// Whether a file is to be opened that is larger than any map.
pub(super) fn large(ui: &mut Ui, path: &Path, size: u64, ink: &mut Ink) -> Turn {
    ui.set_width(super::dialogs::width(ui, 480.0));
    title(ui, "Open such a large file?");
    words(ui, &path.to_string_lossy(), 460.0, ink);
    says(ui, &format!("It has {} MB; a map seldom has one. Opening it takes time and memory.", size >> 20));
    buttons(ui, |ui| {
        if plain_button(ui, "Open anyway") {
            return Turn::Reply(Reply::OpenLarge(path.to_owned()));
        }
        if main_button(ui, "Cancel", true) { Turn::Close } else { Turn::Stay }
    })
}

/// Whether the file's comments may be lost.
pub(super) fn remarks(ui: &mut Ui, count: usize) -> Turn {
    ui.set_width(super::dialogs::width(ui, 520.0));
    title(ui, "Saving loses comments in the file");
    let what = if count == 1 { "a comment that stands".into() } else { format!("{count} comments that stand") };
    says(ui, &format!("Somebody wrote {what} between the fields of the file. Only those above the map are kept."));
    says(ui, "Saved under another name, the file stays as it is.");
    buttons(ui, |ui| {
        if main_button(ui, "Save as…", true) {
            return Turn::Reply(Reply::SaveAs);
        }
        if plain_button(ui, "Save without them") {
            return Turn::Reply(Reply::DropRemarks);
        }
        if plain_button(ui, "Cancel") { Turn::Close } else { Turn::Stay }
    })
}

/// Whether something may be written over a file that is there.
pub(super) fn replace(ui: &mut Ui, purpose: Purpose, path: &Path, ink: &mut Ink) -> Turn {
    ui.set_width(super::dialogs::width(ui, 440.0));
    title(ui, "Replace the file?");
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    words(ui, &name, 400.0, ink);
    says(ui, "A file of this name is there already. What it holds would be lost.");
    buttons(ui, |ui| {
        if main_button(ui, "Replace", true) {
            return Turn::Reply(Reply::Replace(purpose, path.to_owned()));
        }
        if plain_button(ui, "Cancel") {
            return Turn::Close;
        }
        Turn::Stay
    })
}

#[cfg(test)]
mod tests {
    use super::ago;

    #[test]
    fn times_are_told_in_words() {
        assert_eq!(ago(3), "less than a minute ago");
        assert_eq!(ago(61), "1 minute ago");
        assert_eq!(ago(7200), "2 hours ago");
        assert_eq!(ago(200_000), "2 days ago");
    }
}
