//! Templates of one's own: maps in a folder of the account, each under its name.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::TEMPLATES;
use crate::file::{self, EXTENSION, LoadError};
use crate::model::JourneyMap;

/// The folder with the templates of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    folder: PathBuf,
}

/// A template of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// Its name, which is that of its file.
    pub name: String,
    /// The map that it starts with.
    pub map: JourneyMap,
}

/// Why a text cannot be the name of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameProblem {
    /// Nothing was written.
    #[error("A template needs a name")]
    Empty,
    /// It has more than a file name holds.
    #[error("The name is too long; keep it below {MOST_BYTES} bytes")]
    Long,
    /// It holds a sign that file names cannot hold everywhere.
    #[error("A name cannot hold {0:?}; leave it out")]
    Sign(char),
    /// It begins or ends with a dot.
    #[error("A name cannot begin or end with a dot")]
    Dot,
    /// A template of the program has it, or the system keeps it for itself.
    #[error("This name is taken; choose another")]
    Taken,
}

/// Below what every file system takes, with room for the ending and for temporary names.
const MOST_BYTES: usize = 160;

/// Names that Windows keeps for devices, whatever the ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// `text` as the name of a template, trimmed.
///
/// # Errors
/// What speaks against it.
pub fn check_name(text: &str) -> Result<&str, NameProblem> {
    let name = text.trim();
    if name.is_empty() {
        return Err(NameProblem::Empty);
    }
    if name.len() > MOST_BYTES {
        return Err(NameProblem::Long);
    }
    let is_wrong = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    if let Some(sign) = name.chars().find(|c| is_wrong(*c)) {
        return Err(NameProblem::Sign(sign));
    }
    if name.starts_with('.') || name.ends_with('.') {
        return Err(NameProblem::Dot);
    }
    let small = name.to_lowercase();
    let stem = small.split('.').next().unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_digit());
    if TEMPLATES.iter().any(|template| template.name == small) || DEVICES.contains(&stem) {
        return Err(NameProblem::Taken);
    }
    Ok(name)
}

impl Shelf {
    /// The templates of this account; nothing for one without a home.
    pub fn of_account() -> Option<Self> {
        let folders = directories::ProjectDirs::from("", "", "rihla")?;
        Some(Self::at(&folders.config_dir().join("templates")))
    }

    /// The templates in `folder`, which is made when it is needed.
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The folder of the templates.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file of the template called `name`.
    pub fn path_of(&self, name: &str) -> PathBuf {
        let mut file = name.to_owned();
        file.push('.');
        file.push_str(EXTENSION);
        self.folder.join(file)
    }

    /// All templates by their names, and what is wrong with those that cannot be read.
    pub fn all(&self) -> (Vec<Own>, Vec<LoadError>) {
        let (mut found, mut wrong) = (Vec::new(), Vec::new());
        // Without the folder there are none.
        let Ok(entries) = std::fs::read_dir(&self.folder) else { return (found, wrong) };
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        for path in paths.iter().filter(|path| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(EXTENSION))) {
            let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
            match file::load(path) {
                Ok(map) => found.push(Own { name: name.to_owned(), map }),
                Err(err) => wrong.push(err),
            }
        }
        found.sort_by_key(|own| own.name.to_lowercase());
        (found, wrong)
    }

    /// Whether there is a template called `name`.
    pub fn has(&self, name: &str) -> bool {
        check_name(name).is_ok_and(|name| self.path_of(name).exists())
    }

    /// The map of the template called `name`.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    pub fn load(&self, name: &str) -> Result<JourneyMap, LoadError> {
        file::load(&self.path_of(name))
    }

    /// Keeps `map` as the template called `name`, in place of one of that name.
    ///
    /// The map of the other state, pictures and portraits are not kept: they belong to this journey, and their files
    /// do not come along.
    ///
    /// # Errors
    /// In a few words, with what to do.
    pub fn save(&self, name: &str, map: &JourneyMap) -> Result<(), String> {
        let name = check_name(name).map_err(|problem| problem.to_string())?;
        let folder = self.folder.display();
        std::fs::create_dir_all(&self.folder)
            .map_err(|err| format!("the folder {folder} cannot be made ({err}); check who may write there"))?;
        let mut map = JourneyMap { counterpart: String::new(), ..map.clone() };
        for touchpoint in map.lanes.iter_mut().flat_map(|lane| &mut Arc::make_mut(lane).touchpoints) {
            if !touchpoint.pictures.is_empty() {
                Arc::make_mut(touchpoint).pictures.clear();
            }
        }
        for persona in &mut map.personas {
            Arc::make_mut(persona).portrait.clear();
        }
        file::save(&map, &self.path_of(name)).map_err(|err| err.to_string())
    }

    /// Deletes the template called `name`.
    ///
    /// # Errors
    /// In a few words, when its file cannot be deleted.
    pub fn delete(&self, name: &str) -> Result<(), String> {
        let path = self.path_of(name);
        std::fs::remove_file(&path).map_err(|err| format!("{} cannot be deleted ({err})", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_of_ones_own_comes_back_and_goes() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::at(&folder.path().join("deep/templates"));
        assert_eq!(shelf.all(), (Vec::new(), Vec::new()));
        let map = TEMPLATES[6].map();
        let mut with_other = JourneyMap { counterpart: "future.ron".into(), ..map.clone() };
        let lane = with_other.lanes.iter_mut().find(|lane| !lane.touchpoints.is_empty()).expect("touchpoints");
        Arc::make_mut(&mut Arc::make_mut(lane).touchpoints[0]).pictures.push("a.assets/photo.png".into());
        shelf.save(" Our hotel ", &with_other).unwrap();
        shelf.save("سفر مهمان", &map).unwrap();
        assert!(shelf.has("Our hotel") && !shelf.has("Another"));
        assert_eq!(shelf.load("Our hotel").unwrap(), map, "without the other state and its pictures");
        let names: Vec<String> = shelf.all().0.into_iter().map(|own| own.name).collect();
        assert_eq!(names, ["Our hotel", "سفر مهمان"]);
        shelf.delete("Our hotel").unwrap();
        assert_eq!(shelf.all().0.len(), 1);
        assert!(shelf.delete("Our hotel").is_err());
    }

    #[test]
    fn a_broken_template_is_told_and_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::at(folder.path());
        shelf.save("Good", &TEMPLATES[0].map()).unwrap();
        std::fs::write(shelf.path_of("Broken"), "(title: \"x\",\n  stages: [(id: 3)])").unwrap();
        std::fs::write(folder.path().join("notes.txt"), "no map").unwrap();
        let (found, wrong) = shelf.all();
        assert_eq!(found.len(), 1);
        assert_eq!(wrong.len(), 1);
        assert_eq!(wrong[0].problems[0].place.map(|(line, _)| line), Some(2));
    }

    #[test]
    fn names_are_names_of_files_everywhere() {
        assert_eq!(check_name("  Our hotel 2026 "), Ok("Our hotel 2026"));
        assert_eq!(check_name("سفر مهمان"), Ok("سفر مهمان"));
        assert_eq!(check_name(" "), Err(NameProblem::Empty));
        assert_eq!(check_name("../up"), Err(NameProblem::Sign('/')));
        assert_eq!(check_name("a:b"), Err(NameProblem::Sign(':')));
        assert_eq!(check_name(".hidden"), Err(NameProblem::Dot));
        assert_eq!(check_name("Hotel"), Err(NameProblem::Taken));
        assert_eq!(check_name("com1"), Err(NameProblem::Taken));
        assert_eq!(check_name(&"ش".repeat(100)), Err(NameProblem::Long));
    }
}
