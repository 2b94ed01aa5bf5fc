//! Requests under names: some of the program, and those of a person in a file that can be edited by hand.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ron::extensions::Extensions;

use super::{Aspect, Request, Size};
use crate::export::{Format, PaperSize};
use crate::file::{SaveError, write_atomically};

/// A request under a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Preset {
    /// What it is called, `deck`.
    pub name: String,
    /// What it is for, in a few words; empty for one's own.
    pub about: &'static str,
    /// What it asks for.
    pub request: Request,
}

/// Why there is no preset.
#[derive(Debug, thiserror::Error)]
pub enum PresetError {
    /// There is none of this name.
    #[error("there is no preset {name:?}; there are {}", known.join(", "))]
    Unknown {
        /// The name.
        name: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// The file of one's own presets cannot be read.
    #[error("{}{message}; mend the file or delete it", .path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column before it.
        message: String,
    },
    /// A preset cannot be called so.
    #[error("{0}")]
    Name(&'static str),
    /// The file could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// The presets of the program and of a person.
#[derive(Clone, Debug, Default)]
pub struct Presets {
    file: Option<PathBuf>,
}

/// The presets of the program.
fn built_in() -> [Preset; 4] {
    let preset = |name: &str, about, request| Preset { name: name.to_owned(), about, request };
    let plain = Request::default;
    [
        preset(
            "deck",
            "a slide: PNG, 16:9, 3840 pixels wide",
            Request { aspect: Some(Aspect::Wide), size: Size::Width(3840), ..plain() },
        ),
        preset(
            "print",
            "PDF on one sheet of A3, in greys",
            Request { format: Format::Pdf, paper: Some(PaperSize::A3), theme: Some("print".into()), ..plain() },
        ),
        preset(
            "web",
            "PNG, 1600 pixels wide, with a border",
            Request { size: Size::Width(1600), border: true, ..plain() },
        ),
        preset(
            "report",
            "PNG for a page of text: 6.5 inches wide at 300 dots an inch, without a ground",
            Request { size: Size::Inches(6.5), dpi: Some(300.0), transparent: true, margin: Some(8.0), ..plain() },
        ),
    ]
}

impl Presets {
    /// Those of this account: `presets.ron` beside the settings.
    pub fn of_account() -> Self {
        let folders = directories::ProjectDirs::from("", "", "rihla");
        Self { file: folders.map(|folders| folders.config_dir().join("presets.ron")) }
    }

    /// Those in `file`, which is made when it is needed.
    pub fn at(file: &Path) -> Self {
        Self { file: Some(file.to_owned()) }
    }

    /// The file of one's own presets; nothing for an account without a home.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// All: those of the program, then one's own. One's own of the same name stands for that of the program.
    ///
    /// # Errors
    /// When the file of one's own is broken.
    pub fn all(&self) -> Result<Vec<Preset>, PresetError> {
        let own = self.own()?;
        let mut all: Vec<Preset> = built_in().into_iter().filter(|preset| !own.contains_key(&preset.name)).collect();
        all.extend(own.into_iter().map(|(name, request)| Preset { name, about: "", request }));
        Ok(all)
    }

    /// The preset called `name`.
    ///
    /// # Errors
    /// When there is none, or the file of one's own is broken.
    pub fn find(&self, name: &str) -> Result<Preset, PresetError> {
        let all = self.all()?;
        let known = || all.iter().map(|preset| preset.name.clone()).collect();
        all.iter()
            .find(|preset| preset.name == name)
            .cloned()
            .ok_or_else(|| PresetError::Unknown { name: name.to_owned(), known: known() })
    }

    /// Keeps `request` under `name`; one of this name that is there already is replaced.
    ///
    /// # Errors
    /// When it cannot be called so, or the file cannot be read or written.
    pub fn keep(&self, name: &str, request: &Request) -> Result<(), PresetError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(PresetError::Name("a preset needs a name"));
        }
        if built_in().iter().any(|preset| preset.name == name) {
            return Err(PresetError::Name("a preset of Rihla has this name; choose another"));
        }
        let mut own = self.own()?;
        own.insert(name.to_owned(), request.clone());
        self.write(&own)
    }

    /// Takes the preset called `name` of one's own away.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn drop(&self, name: &str) -> Result<(), PresetError> {
        let mut own = self.own()?;
        own.remove(name);
        self.write(&own)
    }

    fn own(&self) -> Result<BTreeMap<String, Request>, PresetError> {
        let Some(path) = &self.file else { return Ok(BTreeMap::new()) };
        let broken = |message: String| PresetError::Broken { path: path.clone(), message };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(err) if err.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(err) => return Err(broken(format!(": {err}"))),
        };
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let mut own: BTreeMap<String, Request> = options
            .from_str(&text)
            .map_err(|err| broken(format!(":{}:{}: {}", err.span.start.line, err.span.start.col, err.code)))?;
        // A logo lies beside the file that names it.
        let folder = path.parent().unwrap_or(Path::new(""));
        for request in own.values_mut() {
            request.logo = request.logo.take().map(|logo| folder.join(logo));
        }
        Ok(own)
    }

    fn write(&self, own: &BTreeMap<String, Request>) -> Result<(), PresetError> {
        let Some(path) = &self.file else { return Err(PresetError::Name("this account has no folder for settings")) };
        let mut text = String::from("// Presets for pictures; only what differs from the defaults stands here.\n{\n");
        for (name, request) in own {
            text.push_str(&format!("  {name:?}: (\n"));
            for line in differences(request) {
                text.push_str(&format!("    {line}\n"));
            }
            text.push_str("  ),\n");
        }
        text.push_str("}\n");
        if let Some(folder) = path.parent() {
            // Without a folder the writing fails, and says so.
            let _ = std::fs::create_dir_all(folder);
        }
        Ok(write_atomically(path, text.as_bytes())?)
    }
}

/// The fields of `request` that are not as by default, one a line.
fn differences(request: &Request) -> Vec<String> {
    let fields = |request: &Request| {
        let look = ron::ser::PrettyConfig::new().new_line("\n").compact_arrays(true).indentor("");
        // Plain data: it cannot fail.
        let text = ron::ser::to_string_pretty(request, look).unwrap_or_default();
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let usual = fields(&Request::default());
    fields(request).into_iter().filter(|line| !usual.contains(line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::What;

    #[test]
    fn ones_own_presets_come_back_and_stand_short_in_their_file() {
        let folder = tempfile::tempdir().unwrap();
        let presets = Presets::at(&folder.path().join("deep/presets.ron"));
        let names = |presets: &Presets| presets.all().unwrap().into_iter().map(|p| p.name).collect::<Vec<_>>();
        assert_eq!(names(&presets), ["deck", "print", "web", "report"]);
        let request = Request {
            what: What::Emotions,
            stages: vec!["a \"b\", c".into(), "d".into()],
            personas: Some(vec!["x".into()]),
            size: Size::Both(1920, 1080),
            ..Request::default()
        };
        presets.keep(" board ", &request).unwrap();
        assert_eq!(presets.find("board").unwrap().request, request);
        let text = std::fs::read_to_string(presets.file().unwrap()).unwrap();
        assert!(text.lines().count() == 9 && text.contains("    what: Emotions,\n"), "{text}");
        assert!(presets.keep("deck", &request).is_err() && presets.keep(" ", &request).is_err());
        presets.drop("board").unwrap();
        assert_eq!(names(&presets).len(), 4);
    }

    #[test]
    fn what_is_written_by_hand_is_read_and_mistakes_are_placed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("presets.ron");
        let presets = Presets::at(&file);
        std::fs::write(&file, "{ \"deck\": (logo: \"us.png\", aspect: Classic, title: false) }").unwrap();
        let own = presets.find("deck").unwrap();
        assert_eq!(own.request.logo, Some(folder.path().join("us.png")));
        assert_eq!((own.request.aspect, own.request.title), (Some(Aspect::Classic), false));
        assert_eq!(presets.all().unwrap().len(), 4, "it stands for that of the program");
        let unknown = presets.find("dek").unwrap_err().to_string();
        assert_eq!(unknown, "there is no preset \"dek\"; there are print, web, report, deck");
        std::fs::write(&file, "{ \"deck\": (tilte: false) }").unwrap();
        let broken = presets.find("deck").unwrap_err().to_string();
        assert!(broken.contains("presets.ron:1:12: ") && broken.contains("tilte"), "{broken}");
    }
}
