//! A map that a command is told to work on.

use std::path::Path;

use crate::exchange::{MapFormat, Reading, read_map};
use crate::file;
use crate::model::JourneyMap;

/// The map at `path`; of a file of another format that can be read the message says how it becomes a map.
pub(super) fn load(path: &Path) -> Result<JourneyMap, String> {
    file::load(path).map_err(|err| {
        let hint = other_format(path).map(|format| {
            let (from, to) = (quoted(path), quoted(&path.with_extension(file::EXTENSION)));
            let (shown, name) = (path.display(), format.name());
            format!(
                "rihla: {shown}: this is no Rihla map yet ({name}); make one of it with `rihla convert {from} -o {to}`"
            )
        });
        hint.unwrap_or_else(|| err.to_string())
    })
}

/// The format of the file, where it is none of ours: its ending says so, or, where many things end so, its content.
fn other_format(path: &Path) -> Option<MapFormat> {
    let named = MapFormat::of(path);
    if named == Some(MapFormat::Rihla) {
        return None;
    }
    let bytes = file::load_bytes(path).ok()?;
    let sure = ["mmd", "mermaid", "csv", "tsv", "ojf", "cjml"];
    let is_sure = path.extension().is_some_and(|own| sure.iter().any(|ending| own.eq_ignore_ascii_case(ending)));
    match read_map(path, &bytes, &Reading::default()) {
        Ok((format, _)) => Some(format).filter(|format| *format != MapFormat::Rihla),
        Err(_) => named.filter(|_| is_sure),
    }
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let shown = path.display().to_string();
    let is_plain = shown.chars().all(|c| c.is_alphanumeric() || "._-/\\:".contains(c));
    if is_plain { shown } else { format!("'{}'", shown.replace('\'', "'\\''")) }
}
