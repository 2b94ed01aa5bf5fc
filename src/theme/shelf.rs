//! The themes that can be chosen by name: those of the program, and one's own in a folder of the account.

use std::path::{Path, PathBuf};

use super::{Bundled, Loaded, load};
use crate::file::{self, EXTENSION};

/// The folder with the themes of a person; without one there are those of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeShelf {
    folder: Option<PathBuf>,
}

impl ThemeShelf {
    /// The themes of this account.
    pub fn of_account() -> Self {
        let folders = directories::ProjectDirs::from("", "", "rihla");
        Self { folder: folders.map(|folders| folders.config_dir().join("themes")) }
    }

    /// The themes in `folder`, which need not be there.
    pub fn at(folder: &Path) -> Self {
        Self { folder: Some(folder.to_owned()) }
    }

    /// Where one's own themes are looked for.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The names of one's own themes, sorted; each is that of its file.
    pub fn own(&self) -> Vec<String> {
        let entries = self.folder.as_ref().and_then(|folder| std::fs::read_dir(folder).ok());
        let paths = entries.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
        let paths = paths.filter(|path| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(EXTENSION)));
        let mut names: Vec<String> = paths.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
        // A name of the program's means that one.
        names.retain(|name| Bundled::find(name).is_none());
        names.sort_by_key(|name| name.to_lowercase());
        names
    }

    /// The file of one's own theme called `name`.
    pub fn path_of(&self, name: &str) -> Option<PathBuf> {
        let path = self.folder.as_ref()?.join(name);
        // Not with_extension: a name may hold a dot.
        Some(PathBuf::from(format!("{}.{EXTENSION}", path.display())))
    }

    /// The theme called `name`, or that in the file of this path, which ends with `.ron`.
    ///
    /// # Errors
    /// What is wrong with the name or the file, with what to do.
    pub fn load(&self, name: &str) -> Result<Loaded, String> {
        if let Some(bundled) = Bundled::find(name) {
            return Ok(Loaded { theme: bundled.theme(), warnings: Vec::new() });
        }
        let own = self.own();
        let is_path = Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case(EXTENSION));
        let path = if own.iter().any(|own| own == name) { self.path_of(name) } else { is_path.then(|| name.into()) };
        let Some(path) = path else {
            let known: Vec<&str> =
                Bundled::ALL.iter().map(|b| b.name()).chain(own.iter().map(String::as_str)).collect();
            let hint = file::suggest(name, &known);
            return Err(format!("there is no theme {name:?}; {hint}; a file's name ends with .{EXTENSION}"));
        };
        load(&path).map_err(|err| err.to_string())
    }
}
