//! What was asked of the pictures of each map the last time, kept beside the settings.

use std::path::{Path, PathBuf};

use ron::extensions::Extensions;

use crate::deck::Request;
use crate::file::write_atomically;

/// How many maps are remembered.
const MOST: usize = 60;

/// The last request for each map, the newest first.
#[derive(Debug, Default)]
pub struct Remembered {
    /// Where they are kept; nowhere in tests.
    file: Option<PathBuf>,
    /// Read when it is first needed.
    requests: Option<Vec<(PathBuf, Request)>>,
}

impl Remembered {
    /// What is kept in `file`.
    pub fn kept_in(file: Option<PathBuf>) -> Self {
        Self { file, requests: None }
    }

    /// What was asked for the map at `map`.
    pub fn of(&mut self, map: &Path) -> Option<Request> {
        self.read().iter().find(|(known, _)| known == map).map(|(_, request)| request.clone())
    }

    /// Remembers `request` for the map at `map`.
    pub fn remember(&mut self, map: &Path, request: &Request) {
        let requests = self.read();
        requests.retain(|(known, _)| known != map);
        requests.insert(0, (map.to_owned(), request.clone()));
        requests.truncate(MOST);
        self.write();
    }

    /// A file that is missing or broken remembers nothing.
    fn read(&mut self) -> &mut Vec<(PathBuf, Request)> {
        let file = self.file.as_ref();
        self.requests.get_or_insert_with(|| {
            let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
            let text = file.and_then(|file| std::fs::read_to_string(file).ok());
            text.and_then(|text| options.from_str(&text).ok()).unwrap_or_default()
        })
    }

    /// That it cannot be written is no reason to disturb a person.
    fn write(&self) {
        let (Some(file), Some(requests)) = (&self.file, &self.requests) else { return };
        let look = ron::ser::PrettyConfig::new().new_line("\n");
        let Ok(text) = ron::ser::to_string_pretty(requests, look) else { return };
        if let Some(folder) = file.parent() {
            let _ = std::fs::create_dir_all(folder);
        }
        let _ = write_atomically(file, text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::{Size, What};

    #[test]
    fn each_map_gets_its_own_back_and_old_ones_are_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let kept = || Remembered::kept_in(Some(folder.path().join("deep/pictures.ron")));
        let strip = Request { what: What::Emotions, personas: Some(Vec::new()), ..Request::default() };
        let wide = Request { size: Size::Both(10, 20), logo: Some("/logo.png".into()), ..Request::default() };
        kept().remember(Path::new("/a.ron"), &strip);
        kept().remember(Path::new("/b.ron"), &wide);
        assert_eq!(kept().of(Path::new("/a.ron")), Some(strip));
        assert_eq!(kept().of(Path::new("/b.ron")), Some(wide.clone()));
        assert_eq!(kept().of(Path::new("/c.ron")), None);
        let mut many = kept();
        for n in 0..MOST {
            many.remember(Path::new(&format!("/{n}.ron")), &wide);
        }
        assert_eq!(kept().of(Path::new("/a.ron")), None);
        std::fs::write(folder.path().join("deep/pictures.ron"), "[broken").unwrap();
        assert_eq!(kept().of(Path::new("/1.ron")), None);
    }
}
