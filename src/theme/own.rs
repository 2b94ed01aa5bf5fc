//! Themes of one's own: a file that gives what differs from a theme of the program.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ron::extensions::Extensions;
use serde::Deserialize;

use super::check::Token;
use super::tokens::{ColorsPart, Put as _, SizesPart, TextPart};
use super::{Bundled, Logo, Theme, findings};
use crate::file::{self, FileProblem, Key, LoadError, Subject};
use crate::picture::{self, Trouble};
use crate::text::Typeface;

/// How messages speak of such a file.
const SUBJECT: Subject = Subject {
    name: "theme",
    start: "a theme starts with `(base: \"light\", colors: (…`; is it the right file?",
    fields: "write them as `(size: 15, line: 20)`, and two numbers as `(96, 148)`",
    own: "base",
    others: &[("format", "map"), ("title", "map"), ("stages", "map")],
};

/// Fonts above this size are not read: Chinese ones come near it.
const MOST_FONT_BYTES: u64 = 32 << 20;
/// Logos are kept with sides of at most so many pixels.
const LOGO_SIDE: u32 = 2048;

/// What a file of one's own may hold; all of it may be left out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ThemeFile {
    base: String,
    colors: ColorsPart,
    text: TextPart,
    sizes: SizesPart,
    font: String,
    font_bold: String,
    logo: String,
}

/// A theme that was read.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The theme.
    pub theme: Arc<Theme>,
    /// What some people will not see in it, with its places in the file.
    pub warnings: Vec<FileProblem>,
}

/// Reads the theme in the file at `path`.
///
/// # Errors
/// When the file cannot be read, or something in it means nothing; the error lists the places.
pub fn load(path: &Path) -> Result<Loaded, LoadError> {
    let text = file::load_text(path)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let theme = read(&text, Some(folder), None).map_err(|problems| LoadError { path: path.to_owned(), problems })?;
    let warnings = findings(&theme).into_iter().map(|finding| {
        let places = finding.tokens.iter().filter_map(|token| place(&text, token));
        match places.min_by_key(|(depth_missing, _)| *depth_missing) {
            Some((_, at)) => FileProblem::at_offset(&text, at, finding.message, Some(finding.help)),
            None => FileProblem::whole(finding.message, finding.help),
        }
    });
    Ok(Loaded { warnings: warnings.collect(), theme: Arc::new(theme) })
}

/// Reads a theme of the program, over `start` or over its base.
pub(super) fn bundled(text: &str, start: Option<Theme>) -> Result<Theme, Vec<FileProblem>> {
    read(text, None, start)
}

/// Where a token stands in `text`, and how many steps of the way to it are missing there; nothing if the file does
/// not come near it.
fn place(text: &str, token: &[Token]) -> Option<(usize, usize)> {
    let step = |token: &Token| match token {
        Token::Field(name) => Key::Field(name),
        Token::Item(index) => Key::Item(*index),
    };
    let path: Vec<Key<'_>> = std::iter::once(Key::Field("colors")).chain(token.iter().map(step)).collect();
    // The place of what is missing is that of what would hold it.
    let places: Vec<Option<usize>> = (0..=path.len()).map(|length| file::locate(text, &path[..length])).collect();
    let there = places.windows(2).take_while(|pair| pair[0] != pair[1]).count();
    let at = places.get(there).copied().flatten()?;
    // `colors` alone says nothing of a token.
    (there >= 2).then_some((path.len() - there, at))
}

/// Reads a theme over `start`, or else over its base; its files are in `folder`.
fn read(text: &str, folder: Option<&Path>, start: Option<Theme>) -> Result<Theme, Vec<FileProblem>> {
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let given: ThemeFile = options.from_str(text).map_err(|err| vec![file::explain(text, &err, &SUBJECT)])?;
    let mut reader = Reader { text, folder, problems: Vec::new() };
    let mut theme = start.unwrap_or_else(|| Theme::clone(&reader.base(&given.base).theme()));
    given.colors.put(&mut theme.colors);
    given.text.put(&mut theme.text);
    given.sizes.put(&mut theme.sizes);
    reader.sizes(&theme);
    let typeface = reader.typeface(said(&given.font), said(&given.font_bold));
    for style in theme.text.all_mut() {
        style.typeface = typeface;
    }
    theme.logo = said(&given.logo).and_then(|logo| reader.logo(logo));
    if reader.problems.is_empty() { Ok(theme) } else { Err(reader.problems) }
}

/// A text, if there is one.
fn said(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// What is looked at after parsing; problems are gathered.
struct Reader<'a> {
    text: &'a str,
    folder: Option<&'a Path>,
    problems: Vec<FileProblem>,
}

impl Reader<'_> {
    fn problem(&mut self, path: &[&str], message: impl Into<String>, help: impl Into<String>) {
        let path: Vec<Key<'_>> = path.iter().map(|name| Key::Field(name)).collect();
        let at = file::locate(self.text, &path).unwrap_or(0);
        self.problems.push(FileProblem::at_offset(self.text, at, message, Some(help.into())));
    }

    fn base(&mut self, name: &str) -> Bundled {
        if name.is_empty() {
            return Bundled::Light;
        }
        Bundled::find(name).unwrap_or_else(|| {
            let known = Bundled::ALL.map(Bundled::name);
            let message = format!("there is no theme {name:?} to start from");
            self.problem(&["base"], message, file::suggest(name, &known));
            Bundled::Light
        })
    }

    /// Lengths that only make sense together.
    fn sizes(&mut self, theme: &Theme) {
        let sizes = &theme.sizes;
        if sizes.column_min > sizes.column_max {
            let message =
                format!("columns cannot be {} points at least and {} at most", sizes.column_min, sizes.column_max);
            self.problem(&["sizes", "column_min"], message, "make `column_max` the larger one");
        }
        if sizes.column_min < 96.0 {
            let help = "a card needs 96 points for a word and its chips";
            self.problem(&["sizes", "column_min"], "columns would be too narrow for any text", help);
        }
        if sizes.lane_names.0 > sizes.lane_names.1 {
            let message = "the least width of the lane names is above the greatest";
            self.problem(&["sizes", "lane_names"], message, "write the smaller number first");
        }
        if sizes.emotion < 2.0 * sizes.emotion_pad + 40.0 {
            let help = "`emotion` needs twice `emotion_pad` and 40 points more";
            self.problem(&["sizes", "emotion"], "the emotion lane has no room for its curve", help);
        }
        if sizes.column_min < 2.0 * (sizes.card_pad + sizes.column_pad) + 48.0 {
            let help = "make `card_pad` or `column_pad` smaller";
            self.problem(&["sizes", "card_pad"], "cards have no room for their text", help);
        }
    }

    fn typeface(&mut self, regular: Option<&str>, bold: Option<&str>) -> Typeface {
        let bundled = |name: &str| Typeface::BUNDLED.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        let Some(name) = regular else {
            if bold.is_some() {
                let help = "name the regular font too, as `font: \"brand.ttf\"`";
                self.problem(&["font_bold"], "a bold font needs a regular one", help);
            }
            return Typeface::INTER;
        };
        if let Some((own, typeface)) = bundled(name) {
            if bold.is_some() {
                self.problem(&["font_bold"], format!("{own} has a bold face already"), "leave `font_bold` out");
            }
            return *typeface;
        }
        let regular = self.font("font", name);
        let bold = bold.map(|name| self.font("font_bold", name));
        let (Some(regular), None | Some(Some(_))) = (regular, &bold) else { return Typeface::INTER };
        Typeface::load(regular, bold.flatten()).unwrap_or_else(|err| {
            // Each was read alone already; this is about both.
            self.problem(&["font"], err.to_string(), "name a .ttf or .otf file");
            Typeface::INTER
        })
    }

    /// The bytes of a font's file.
    fn font(&mut self, field: &str, name: &str) -> Option<Vec<u8>> {
        let known: Vec<&str> = Typeface::BUNDLED.iter().map(|(name, _)| *name).collect();
        let ending = Path::new(name).extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if !["ttf", "otf"].contains(&ending.as_str()) {
            let message = format!("{name:?} is neither a font file nor a font of Rihla's");
            let help = format!("name a .ttf or .otf file beside the theme, or one of {}", known.join(", "));
            self.problem(&[field], message, help);
            return None;
        }
        let path = self.beside(field, name)?;
        let bytes = match std::fs::metadata(&path) {
            Ok(meta) if meta.len() > MOST_FONT_BYTES => {
                let message = format!("the font has more than {} MB", MOST_FONT_BYTES >> 20);
                self.problem(&[field], message, "name a smaller one, with the letters that you need");
                return None;
            }
            Ok(_) => std::fs::read(&path),
            Err(err) => Err(err),
        };
        match bytes {
            Ok(bytes) => match Typeface::load(bytes.clone(), None) {
                Ok(_) => return Some(bytes),
                Err(err) => self.problem(&[field], err.to_string(), "name a .ttf or .otf file"),
            },
            Err(err) => {
                let message = format!("the font {} cannot be read ({err})", path.display());
                self.problem(&[field], message, "put the file beside the theme, or correct its name");
            }
        }
        None
    }

    fn logo(&mut self, name: &str) -> Option<Logo> {
        let path = self.beside("logo", name)?;
        match picture::read(&path, LOGO_SIDE, true) {
            Ok(picture) => Some(Logo(Arc::new(picture))),
            Err(trouble) => {
                let message = format!("the logo {} cannot be shown", path.display());
                let help = match trouble {
                    Trouble::Missing => "there is no such file: put it beside the theme, or correct its name".into(),
                    other => other.to_string(),
                };
                self.problem(&["logo"], message, help);
                None
            }
        }
    }

    /// The path of a file that the theme names.
    fn beside(&mut self, field: &str, name: &str) -> Option<PathBuf> {
        let Some(folder) = self.folder else {
            self.problem(&[field], "a theme of the program has no files beside it", "leave it out");
            return None;
        };
        Some(folder.join(name))
    }
}
