//! Films to files, whole or not at all.

use std::path::{Path, PathBuf};

use super::{Film, FilmError, FilmFormat, Progress};
use crate::export::ExportError;
use crate::file::{write_atomically, write_atomically_with};

/// Writes `film` at `path`, as an animated PNG or else as a GIF; tells what it wrote.
///
/// # Errors
/// When the file cannot be written or `progress` says no; then what stood there is untouched.
pub fn write_file(film: &Film, format: FilmFormat, path: &Path, progress: Progress<'_>) -> Result<String, FilmError> {
    let (mut failed, mut words) = (None, String::new());
    let written = write_atomically_with(path, |out| {
        let told =
            if format == FilmFormat::Apng { film.write_apng(out, progress) } else { film.write_gif(out, progress) };
        match told {
            Ok(told) => words = told,
            Err(FilmError::Export(ExportError::Io(err))) => return Err(err),
            Err(err) => {
                let message = err.to_string();
                failed = Some(err);
                return Err(std::io::Error::other(message));
            }
        }
        Ok(())
    });
    match (failed, written) {
        (Some(err), _) => Err(err),
        (None, Err(why)) => Err(FilmError::NotSaved { why, written: None }),
        (None, Ok(())) => {
            let size = std::fs::metadata(path).map_or(0, |meta| meta.len());
            Ok(format!("{} ({words}, {})", path.display(), in_words(size)))
        }
    }
}

/// Writes a picture of each stop of `film`, at the path that `name` makes of its number; tells what it wrote.
///
/// # Errors
/// When a file cannot be written or `progress` says no; pictures that are there already stay.
pub fn write_numbered(
    film: &Film,
    progress: Progress<'_>,
    name: impl Fn(&str) -> PathBuf,
) -> Result<String, FilmError> {
    let digits = film.stops().to_string().len().max(2);
    let number = |number: usize| format!("{number:0digits$}");
    let mut failed = None;
    let made = film.write_stills(progress, |index, bytes| {
        write_atomically(&name(&number(index)), &bytes).map_err(|why| {
            failed = Some(FilmError::NotSaved { why, written: Some((index - 1, film.stops())) });
            std::io::Error::other("it was not saved")
        })
    });
    if let Some(err) = failed {
        return Err(err);
    }
    made?;
    let (first, last) = (name(&number(1)), name(&number(film.stops())));
    Ok(format!("{} to {}", first.display(), last.file_name().unwrap_or_default().to_string_lossy()))
}

/// A number of bytes as people say it.
fn in_words(bytes: u64) -> String {
    if bytes < 1_000_000 { format!("{} KB", bytes.div_ceil(1000)) } else { format!("{:.1} MB", bytes as f64 / 1e6) }
}
