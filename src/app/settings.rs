//! What the window remembers from one time to the next: recent files, theme, size of the interface, its place.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::picture::Copies;
use super::session::{Last, WindowPlace};
use crate::deck::Presets;
use crate::file::write_atomically;
use crate::model::Language;
use crate::template::Shelf;
use crate::theme::ThemeShelf;

/// How many files are remembered.
const MOST_RECENT: usize = 12;

/// What is remembered.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Maps opened or saved lately, the newest first.
    pub recent: Vec<PathBuf>,
    /// Whether the window is dark.
    pub dark: bool,
    /// The size of the interface, 1 to 2.
    pub interface: f32,
    /// The theme of the map, by its name; nothing to follow the window.
    pub theme: String,
    /// The language of the templates.
    pub language: Language,
    /// Where the window was.
    pub window: Option<WindowPlace>,
    /// The map that was open last.
    pub last: Option<Last>,
    /// Whether the next start opens it again.
    pub reopen: bool,
    /// Where settings that could not be read are kept, once they were put away.
    #[serde(skip)]
    pub broken: Option<PathBuf>,
    /// How pictures are copied.
    pub copies: Copies,
    /// Where this is kept; nowhere in tests.
    #[serde(skip)]
    file: Option<PathBuf>,
    #[serde(skip)]
    pen: Pen,
}

/// A thread that writes settings, so that a slow disk does not stop the window. The newest text is the one that
/// counts; the end of the value waits for it a little while.
#[derive(Debug, Default)]
struct Pen(Option<(Sender<String>, Receiver<()>)>);

/// A disk that has not written a small file by then may never do.
const PATIENCE: Duration = Duration::from_secs(2);

impl Pen {
    fn write(&mut self, file: &Path, text: String) {
        let (texts, _) = self.0.get_or_insert_with(|| {
            let (send, texts) = channel::<String>();
            let (done, ended) = channel();
            let file = file.to_owned();
            // Without a thread nothing is remembered, which is no reason to disturb a person.
            let _ = std::thread::Builder::new().name("settings".into()).spawn(move || {
                while let Ok(text) = texts.recv() {
                    let text = texts.try_iter().last().unwrap_or(text);
                    if let Some(folder) = file.parent() {
                        let _ = std::fs::create_dir_all(folder);
                    }
                    let _ = write_atomically(&file, text.as_bytes());
                }
                let _ = done.send(());
            });
            (send, ended)
        });
        let _ = texts.send(text);
    }

    /// Waits until all is written, if that does not take long.
    fn finish(&mut self) {
        if let Some((texts, ended)) = self.0.take() {
            drop(texts);
            let _ = ended.recv_timeout(PATIENCE);
        }
    }
}

impl Drop for Pen {
    fn drop(&mut self) {
        self.finish();
    }
}

impl PartialEq for Pen {
    /// How settings are written says nothing about what they are.
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            recent: Vec::new(),
            dark: false,
            interface: 1.0,
            theme: String::new(),
            language: Language::default(),
            window: None,
            last: None,
            reopen: false,
            broken: None,
            copies: Copies::default(),
            file: None,
            pen: Pen::default(),
        }
    }
}

impl Settings {
    /// The settings of this account; a file that is missing or broken gives the defaults.
    pub fn of_this_account() -> Self {
        let Some(folders) = directories::ProjectDirs::from("", "", "rihla") else { return Self::default() };
        Self::kept_in(&folders.config_dir().join("settings.ron"))
    }

    /// The settings kept in `file`; those that cannot be read are put away and begin anew.
    pub fn kept_in(file: &Path) -> Self {
        let mut settings = Self::read(file).unwrap_or_else(|| {
            let away = file.with_extension("broken.ron");
            let is_put_away = std::fs::rename(file, &away).is_ok();
            Self { broken: is_put_away.then_some(away), ..Self::default() }
        });
        settings.interface = if settings.interface.is_finite() { settings.interface.clamp(1.0, 2.0) } else { 1.0 };
        settings.recent.truncate(MOST_RECENT);
        settings.file = Some(file.to_owned());
        settings
    }

    /// What stands in `file`; nothing where that are no settings.
    fn read(file: &Path) -> Option<Self> {
        std::fs::read_to_string(file).ok().and_then(|text| ron::from_str(&text).ok())
    }

    /// One's own templates, which are kept beside the settings.
    pub fn shelf(&self) -> Option<Shelf> {
        Some(Shelf::at(&self.file.as_ref()?.parent()?.join("templates")))
    }

    /// Presets for pictures; one's own are kept beside the settings.
    pub fn presets(&self) -> Presets {
        self.beside("presets.ron").map_or_else(Presets::default, |file| Presets::at(&file))
    }

    /// A file beside the settings.
    pub fn beside(&self, name: &str) -> Option<PathBuf> {
        Some(self.file.as_ref()?.with_file_name(name))
    }

    /// The themes to choose from; one's own are kept beside the settings.
    pub fn themes(&self) -> ThemeShelf {
        self.beside("themes").map_or_else(ThemeShelf::default, |folder| ThemeShelf::at(&folder))
    }

    /// Puts `path` at the head of the recent files.
    pub fn remember(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.take_recent();
        self.recent.retain(|old| *old != path);
        self.recent.insert(0, path.clone());
        self.recent.truncate(MOST_RECENT);
        self.last = Some(Last { path, sight: None });
        self.save();
    }

    /// Takes `path` off the recent files: it is not there any more.
    pub fn forget(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.take_recent();
        self.recent.retain(|old| *old != path);
        self.save();
    }

    /// Takes over what other windows have opened since.
    fn take_recent(&mut self) {
        self.finish();
        if let Some(kept) = self.file.as_deref().and_then(Self::read) {
            self.recent = kept.recent;
        }
    }

    /// Writes the settings, if they are kept. That they cannot be written is no reason to disturb a person.
    pub fn save(&mut self) {
        let Some(file) = &self.file else { return };
        if let Ok(text) = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::new().new_line("\n")) {
            self.pen.write(&file.clone(), text);
        }
    }

    /// Waits until the settings are written, if that does not take long.
    pub fn finish(&mut self) {
        self.pen.finish();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_and_broken_ones_are_survived() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep/settings.ron");
        let mut settings = Settings::kept_in(&file);
        assert_eq!(settings.interface, 1.0);
        settings.dark = true;
        settings.theme = "print".into();
        settings.language = Language::Persian;
        settings.remember(Path::new("/maps/a.ron"));
        settings.remember(Path::new("/maps/b.ron"));
        settings.remember(Path::new("/maps/a.ron"));
        settings.finish();
        assert_eq!(Settings::kept_in(&file), settings);
        assert_eq!(settings.recent, [PathBuf::from("/maps/a.ron"), PathBuf::from("/maps/b.ron")]);
        std::fs::write(&file, "(recent: [,").unwrap();
        let broken = Settings::kept_in(&file);
        assert!(broken.recent.is_empty());
        assert_eq!(std::fs::read_to_string(broken.broken.as_ref().unwrap()).unwrap(), "(recent: [,", "it is not lost");
        assert_eq!(Settings::kept_in(&folder.path().join("none.ron")).broken, None, "no file is no broken one");
        // What a newer version wrote beside what is known.
        std::fs::write(&file, "(dark: true, colours: [1, 2])").unwrap();
        assert!(Settings::kept_in(&file).dark);
    }

    #[test]
    fn two_windows_share_the_recent_files() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.ron");
        let (mut one, mut two) = (Settings::kept_in(&file), Settings::kept_in(&file));
        one.remember(Path::new("/maps/one.ron"));
        one.finish();
        two.remember(Path::new("/maps/two.ron"));
        two.finish();
        one.remember(Path::new("/maps/three.ron"));
        one.finish();
        let names = ["/maps/three.ron", "/maps/two.ron", "/maps/one.ron"].map(PathBuf::from);
        assert_eq!(Settings::kept_in(&file).recent, names);
        two.forget(Path::new("/maps/one.ron"));
        two.finish();
        assert_eq!(Settings::kept_in(&file).recent, names[..2]);
    }
}
