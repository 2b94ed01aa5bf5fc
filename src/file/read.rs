//! Text to map, with errors that name the line and what to do.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use ron::extensions::Extensions;

use super::build::Builder;
use super::error::{FileProblem, LoadError};
use super::explain::{Subject, explain};
use super::locate::{Key, is_blank, locate};
use super::salvage::other_mistakes;
use super::{FORMAT, v1};
use crate::model::JourneyMap;

/// Files above this size are not read: no map comes near it.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Files above this size are not read even where somebody insists.
pub const MOST_BYTES: u64 = 1024 * 1024 * 1024;

/// What a line starts with that a merge left behind; the writer never starts a line so.
pub(super) const CONFLICT_MARKS: [&str; 2] = ["<<<<<<< ", ">>>>>>> "];

/// Opens the map in the file at `path`.
///
/// # Errors
/// When the file cannot be read, is not a map, or is a map that is not sound; the error lists the
/// places.
pub fn load(path: &Path) -> Result<JourneyMap, LoadError> {
    parse_bytes(path, &load_bytes(path)?)
}

/// Reads the file at `path` as it is.
///
/// # Errors
/// When it cannot be read, or is larger than any map.
pub fn load_bytes(path: &Path) -> Result<Vec<u8>, LoadError> {
    load_bytes_up_to(path, MAX_BYTES)
}

/// Reads the file at `path` as it is, if it has at most so many bytes.
///
/// # Errors
/// When it cannot be read, or is larger.
pub fn load_bytes_up_to(path: &Path, most: u64) -> Result<Vec<u8>, LoadError> {
    let fail = |message: String, help: &str| LoadError::whole(path, message, help);
    let io = |err: std::io::Error| match err.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => {
            fail("there is no such file".into(), "check the name and the folder")
        }
        std::io::ErrorKind::PermissionDenied => {
            fail("this account may not read the file".into(), "ask for permission, or open a copy")
        }
        _ => fail(format!("the file cannot be read ({err})"), "check that the drive is still there"),
    };
    let meta = std::fs::metadata(path).map_err(io)?;
    if meta.is_dir() {
        return Err(fail("this is a folder, not a map".into(), "name a .ron file in it"));
    }
    let mut bytes = Vec::new();
    // A device or a pipe does not tell its length.
    File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes)).map_err(io)?;
    if bytes.len() as u64 > most {
        return Err(fail(
            format!("the file has more than {} MB", most >> 20),
            "no map is that large; is it the right file?",
        ));
    }
    Ok(bytes)
}

/// Reads the text in the file at `path`.
///
/// # Errors
/// When it cannot be read, is larger than any map, or is no text.
pub fn load_text(path: &Path) -> Result<String, LoadError> {
    let bytes = load_bytes(path)?;
    let text = decode(&bytes).map(str::to_owned);
    text.map_err(|problem| LoadError { path: path.to_owned(), problems: vec![problem] })
}

/// The map in `bytes`, which were read from `path`.
///
/// # Errors
/// When they are not a map, or one that is not sound.
pub fn parse_bytes(path: &Path, bytes: &[u8]) -> Result<JourneyMap, LoadError> {
    let text = decode(bytes).map_err(|problem| LoadError { path: path.to_owned(), problems: vec![problem] })?;
    parse(text).map_err(|problems| LoadError { path: path.to_owned(), problems })
}

/// What can be read of a map with mistakes in it, in `bytes`; nothing where they are no text or hold nothing of a map.
pub fn parse_what_goes(bytes: &[u8]) -> Option<super::Salvage> {
    super::salvage(decode(bytes).ok()?)
}

/// Checks that `bytes` are UTF-8 text and strips a byte-order mark.
fn decode(bytes: &[u8]) -> Result<&str, FileProblem> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(FileProblem::whole(
            "the file is UTF-16 text; a map is UTF-8",
            "save it as UTF-8 in the text editor",
        ));
    }
    if let Some(offset) = bytes.iter().position(|byte| *byte == 0) {
        return Err(not_text(bytes, offset, "this is not a text file".into(), "is it the right file?"));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text)),
        Err(err) => {
            let offset = err.valid_up_to();
            let message = format!("the byte {:02X} here is not UTF-8 text", bytes[offset]);
            Err(not_text(bytes, offset, message, "save it as UTF-8 in the text editor; or is it the wrong file?"))
        }
    }
}

/// A problem at a byte offset of a file that is not text, or not all of it.
fn not_text(bytes: &[u8], offset: usize, message: String, help: &str) -> FileProblem {
    let text = String::from_utf8_lossy(bytes);
    let before = String::from_utf8_lossy(&bytes[..offset]).len();
    FileProblem::at_offset(&text, before, message, Some(help.into()))
}

/// Reads a map from `text`.
///
/// # Errors
/// The problems in the text; never empty. Mistakes in the syntax are told together as far as the brackets can be
/// trusted, mistakes in the content all together once the syntax is right.
pub fn parse(text: &str) -> Result<JourneyMap, Vec<FileProblem>> {
    first_look(text).map_err(|problem| vec![problem])?;
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let file: v1::JourneyMap = options.from_str(text).map_err(|err| {
        let first = explain(text, &err, &Subject::MAP);
        let others = other_mistakes(text, &first);
        std::iter::once(first).chain(others).collect::<Vec<_>>()
    })?;
    Builder::new(text).build(file)
}

/// What is better said before the parser speaks: empty text, conflict marks, a newer format.
fn first_look(text: &str) -> Result<(), FileProblem> {
    if is_blank(text) && !text.contains("/*") {
        let help = "`rihla new -o MAP.ron` makes a map".into();
        return Err(FileProblem::at(text, 1, 1, "the file is empty", Some(help)));
    }
    for (i, line) in text.lines().enumerate() {
        if CONFLICT_MARKS.iter().any(|mark| line.starts_with(mark)) {
            let help = "choose one side of the merge, delete the marks, and open it again".into();
            return Err(FileProblem::at(text, i + 1, 1, "a merge left its conflict marks here", Some(help)));
        }
    }
    let path = [Key::Field("format")];
    let Some(offset) = locate(text, &path).filter(|at| locate(text, &[]) != Some(*at)) else { return Ok(()) };
    let digits: String = text[offset..].chars().take_while(char::is_ascii_digit).collect();
    match digits.parse::<u32>() {
        Ok(format) if format > FORMAT => {
            let message = format!("this map has format {format}; this Rihla reads up to format {FORMAT}");
            Err(FileProblem::at_offset(text, offset, message, Some("open it with a newer Rihla".into())))
        }
        Ok(0) => Err(FileProblem::at_offset(text, offset, "there is no format 0", Some("write `format: 1`".into()))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_nobody_wrote_do_not_clash() {
        let map = parse("(stages: [(name: \"A\", steps: [(name: \"Buy\")]), (name: \"Buy\")])").unwrap();
        let steps: Vec<&str> = map.steps().map(|(_, step)| step.id.as_str()).collect();
        assert_eq!(steps, ["buy", "buy-2"]);
        let map = parse("(stages: [(id: \"a\", steps: [(id: \"b\")]), (id: \"b\")])").unwrap();
        assert_eq!(map.problems(), []);
    }

    #[test]
    fn every_text_keeps_only_line_feeds() {
        let text = "(title: \"a\r\nb\", stages: [(id: \"s\")], lanes: [(id: \"l\")], touchpoints: [\r\n\
                    (id: \"t\", step: \"s\", lane: \"l\", owner: \"c\r\nd\", channels: [\"e\rf\"])])";
        let map = parse(text).unwrap();
        let touchpoint = map.touchpoint(&"t".into()).unwrap().1;
        assert_eq!((map.title.as_str(), touchpoint.owner.as_str()), ("a\nb", "c\nd"));
        assert_eq!(touchpoint.channels, ["e\nf"]);
    }

    #[test]
    fn a_text_that_looks_like_a_conflict_is_read_again() {
        let map = JourneyMap { title: "a\n<<<<<<< HEAD\n>>>>>>> b".into(), ..JourneyMap::default() };
        assert_eq!(parse(&super::super::to_ron(&map)).unwrap(), map);
        let map = JourneyMap { subtitle: "a\nformat: 9,".into(), ..JourneyMap::default() };
        assert_eq!(parse(&super::super::to_ron(&map).replace("format: 1,", "")).unwrap(), map);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_without_an_end_is_refused() {
        let err = load(Path::new("/dev/zero")).unwrap_err();
        assert!(err.to_string().contains("more than 64 MB"), "{err}");
    }
}
