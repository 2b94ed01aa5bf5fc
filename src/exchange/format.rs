//! The formats of whole maps, and the way in and out of each.

use std::path::Path;

use super::csv::TableLook;
use super::field::Field;
use super::loss::{Loss, Part, Place};
use super::{cjml, csv, mermaid, ojf, outline};
use crate::file::{self, FileProblem, LoadError};
use crate::measure::{self, Delimiter, Encoding};
use crate::model::JourneyMap;

/// A format that a whole map can be read from and written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MapFormat {
    /// Rihla's own.
    Rihla,
    /// A `journey` of Mermaid.
    Mermaid,
    /// A table with a row for each touchpoint.
    Long,
    /// A table with stages across and lanes down.
    Matrix,
    /// An outline in Markdown, or a plain list.
    Outline,
    /// OpenJourney.
    Ojf,
    /// The Customer Journey Modelling Language.
    Cjml,
}

/// How a file is to be read, where somebody says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What it is; what its name and content speak for where nothing is said.
    pub format: Option<MapFormat>,
    /// How it writes its letters, where no mark at its start tells.
    pub encoding: Option<Encoding>,
    /// Of a table: what parts its cells.
    pub delimiter: Option<Delimiter>,
    /// Of a table in long form: what its columns hold.
    pub columns: Columns,
}

/// What the columns of a table hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Columns {
    /// What their headings say.
    #[default]
    Guessed,
    /// The same, but for these fields with the headings that stand for them.
    Named(Vec<(String, String)>),
    /// These, from the first column on; nothing for one that is not read.
    Chosen(Vec<Option<Field>>),
}

/// A map that was read, and what of its file is not on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The map.
    pub map: JourneyMap,
    /// What the map cannot hold.
    pub losses: Vec<Loss>,
}

/// A map as text, and what of it is not in that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The text of the file.
    pub text: String,
    /// What the format cannot hold.
    pub losses: Vec<Loss>,
}

/// More touchpoints or columns are refused: nothing shows them.
const MOST: usize = 100_000;

impl MapFormat {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Rihla, Self::Mermaid, Self::Long, Self::Matrix, Self::Outline, Self::Ojf, Self::Cjml];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rihla => "Rihla map",
            Self::Mermaid => "Mermaid journey",
            Self::Long => "CSV, a row for each touchpoint",
            Self::Matrix => "CSV, stages by lanes",
            Self::Outline => "Markdown outline",
            Self::Ojf => "OpenJourney",
            Self::Cjml => "CJML 2.0",
        }
    }

    /// The word for it on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rihla => "ron",
            Self::Mermaid => "mermaid",
            Self::Long => "csv",
            Self::Matrix => "matrix",
            Self::Outline => "outline",
            Self::Ojf => "ojf",
            Self::Cjml => "cjml",
        }
    }

    /// The endings of its files, without the dot; the first is the usual one.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Rihla => &[file::EXTENSION],
            Self::Mermaid => &["mmd", "mermaid"],
            Self::Long | Self::Matrix => &["csv", "tsv"],
            Self::Outline => &["md", "markdown", "txt"],
            Self::Ojf => &["ojf", "json"],
            Self::Cjml => &["cjml", "xml"],
        }
    }

    /// The format that a file is written in that is called so.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        Self::ALL.into_iter().find(|format| format.endings().iter().any(|own| ending.eq_ignore_ascii_case(own)))
    }

    /// The format of a file that is called so and holds this text.
    fn guess(path: &Path, text: &str) -> Self {
        match (Self::of(path), text.trim_start().chars().next()) {
            // A text, or a document with a journey in it.
            (None | Some(Self::Outline), _) if mermaid::is_journey(text) => Self::Mermaid,
            (Some(format), _) => format,
            (None, Some('{')) => Self::Ojf,
            (None, Some('<')) => Self::Cjml,
            (None, _) => Self::Rihla,
        }
    }

    /// Whether it is a table.
    pub fn is_table(self) -> bool {
        matches!(self, Self::Long | Self::Matrix)
    }

    /// Writes `map`; a table with commas.
    pub fn write(self, map: &JourneyMap) -> Written {
        self.write_with(map, Delimiter::Comma)
    }

    /// Writes `map`, a table with `delimiter` between its cells.
    pub fn write_with(self, map: &JourneyMap, delimiter: Delimiter) -> Written {
        match self {
            Self::Rihla => Written { text: file::to_ron(map), losses: Vec::new() },
            Self::Mermaid => mermaid::write(map),
            Self::Long => csv::write_long(map, delimiter),
            Self::Matrix => csv::write_matrix(map, delimiter),
            Self::Outline => outline::write(map),
            Self::Ojf => ojf::write(map),
            Self::Cjml => cjml::write(map),
        }
    }
}

/// Reads the map in `bytes`, which are the content of the file at `path`; says which format that was.
///
/// # Errors
/// When they hold no such map; with the places.
pub fn read_map(path: &Path, bytes: &[u8], reading: &Reading) -> Result<(MapFormat, Import), LoadError> {
    let named = reading.format.or_else(|| MapFormat::of(path).filter(|format| *format != MapFormat::Outline));
    if named == Some(MapFormat::Rihla) {
        return Ok((MapFormat::Rihla, Import { map: file::parse_bytes(path, bytes)?, losses: Vec::new() }));
    }
    let fail = |problems| LoadError { path: path.to_owned(), problems };
    let (text, note) =
        decoded(bytes, reading, named.is_some_and(MapFormat::is_table)).map_err(|problem| fail(vec![problem]))?;
    let format = named.unwrap_or_else(|| MapFormat::guess(path, &text));
    let read = match format.is_table() {
        true => read_table(&text, reading),
        false => read_text(format, &text).map(|import| (format, import)),
    };
    let (format, mut import) = read.map_err(fail)?;
    import.losses.extend(note);
    if format != MapFormat::Rihla {
        name_after(&mut import.map, path);
    }
    Ok((format, import))
}

/// Gives a map without a title the name of its file.
fn name_after(map: &mut JourneyMap, path: &Path) {
    if map.title.is_empty() {
        map.title = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    }
}

/// The import, unless it is larger than any map.
fn of_any_size(import: Import) -> Result<Import, Vec<FileProblem>> {
    let (touchpoints, _) = import.map.counts();
    if touchpoints.max(import.map.steps().count()) > MOST {
        let message = format!("there are more than {MOST} touchpoints or steps");
        return Err(vec![FileProblem::whole(message, "no map is that large; is it the right file?")]);
    }
    debug_assert_eq!(import.map.problems(), []);
    Ok(import)
}

/// Reads a map from a table, in the form that `reading` names or else in the one its headings speak for, which is told.
///
/// # Errors
/// The problems in the text; never empty.
pub fn read_table(text: &str, reading: &Reading) -> Result<(MapFormat, Import), Vec<FileProblem>> {
    let (form, import) = csv::read(&plain(text), reading)?;
    Ok((form, of_any_size(import)?))
}

/// Looks at the head of the table in `bytes`, to show what its columns are read as.
///
/// # Errors
/// When they are no table.
pub fn look_at_table(bytes: &[u8], reading: &Reading) -> Result<TableLook, FileProblem> {
    let (text, encoding, _) = decoded_as(bytes, reading, true)?;
    csv::look(&plain(&text), reading, encoding)
}

/// A look at the head of the table in `bytes`, and the map that is read from it in the form that was seen; the file at
/// `path` names it, if there is one. The bytes are made letters of once.
pub fn look_and_read(
    bytes: &[u8],
    path: Option<&Path>,
    reading: &Reading,
) -> (Result<TableLook, FileProblem>, Result<Import, Vec<FileProblem>>) {
    let (text, encoding, is_guess) = match decoded_as(bytes, reading, true) {
        Ok(decoded) => decoded,
        Err(problem) => return (Err(problem.clone()), Err(vec![problem])),
    };
    let text = plain(&text);
    let look = csv::look(&text, reading, encoding);
    let form = look.as_ref().map_or(MapFormat::Long, |look| look.form);
    let said = Reading { format: reading.format.or(Some(form)), ..reading.clone() };
    let read = csv::read(&text, &said).and_then(|(_, import)| of_any_size(import));
    let read = read.map(|mut import| {
        import.losses.extend(is_guess.then(|| guessed(encoding)));
        if let Some(path) = path {
            name_after(&mut import.map, path);
        }
        import
    });
    (look, read)
}

/// A text without a mark at its start, with one kind of line ends.
fn plain(text: &str) -> String {
    text.strip_prefix('\u{FEFF}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n")
}

/// Reads a map from text in this format.
///
/// # Errors
/// The problems in the text; never empty.
pub fn read_text(format: MapFormat, text: &str) -> Result<Import, Vec<FileProblem>> {
    let text = &plain(text);
    of_any_size(match format {
        MapFormat::Rihla => Import { map: file::parse(text)?, losses: Vec::new() },
        MapFormat::Mermaid => mermaid::read(text)?,
        MapFormat::Long | MapFormat::Matrix => {
            csv::read(text, &Reading { format: Some(format), ..Reading::default() })?.1
        }
        MapFormat::Outline => outline::read(text)?,
        MapFormat::Ojf => ojf::read(text)?,
        MapFormat::Cjml => cjml::read(text)?,
    })
}

/// The text that `bytes` are: UTF-8, UTF-16 with a mark, what is asked for, or else an older encoding, which is told.
fn decoded(bytes: &[u8], reading: &Reading, table: bool) -> Result<(String, Option<Loss>), FileProblem> {
    let (text, encoding, is_guess) = decoded_as(bytes, reading, table)?;
    Ok((text, is_guess.then(|| guessed(encoding))))
}

/// That the encoding of a text was guessed.
fn guessed(encoding: Encoding) -> Loss {
    let how = match encoding {
        Encoding::Windows1256 => "no UTF-8; read as Windows-1256, look whether they are right",
        Encoding::Windows1257 => "no UTF-8; read as Windows-1257, look whether they are right",
        _ => "no UTF-8; read as Windows-1252, look whether they are right",
    };
    Loss::changed(Part::Foreign("letters".into()), how, Place::Map)
}

/// The text, its encoding, and whether that was a guess.
fn decoded_as(bytes: &[u8], reading: &Reading, table: bool) -> Result<(String, Encoding, bool), FileProblem> {
    let whole = |err: measure::AnswersError| {
        // Only tables are saved as CSV.
        let help = if table { err.help } else { err.help.replace("\"CSV UTF-8\"", "UTF-8") };
        FileProblem::whole(err.message, help)
    };
    match measure::decode(bytes, reading.encoding) {
        Ok((text, encoding)) => Ok((text, encoding, false)),
        Err(err) if err.is_encoding && reading.encoding.is_none() => {
            let read = |encoding| Some((measure::decode(bytes, Some(encoding)).ok()?.0, encoding));
            let found = Encoding::WINDOWS.into_iter().filter_map(read);
            // The headings tell in which of them they are written; western European is the likeliest.
            let known = |(text, _): &(String, Encoding)| if table { csv::known_headings(text) } else { 0 };
            let better = |one: (String, Encoding), other| if known(&other) > known(&one) { other } else { one };
            let (text, encoding) = found.reduce(better).ok_or_else(|| whole(err))?;
            Ok((text, encoding, true))
        }
        Err(err) => Err(whole(err)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_larger_than_any_map_is_refused_however_it_comes() {
        let text = format!("stage,title\nBuy,Pays\n{}", ",x\n".repeat(MOST));
        let refused =
            |problems: Vec<FileProblem>| assert!(problems[0].message.contains("more than 100000 touchpoints"));
        refused(read_table(&text, &Reading::default()).unwrap_err());
        refused(look_and_read(text.as_bytes(), None, &Reading::default()).1.unwrap_err());
    }
}
