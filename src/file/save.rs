//! Bytes to disk, whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::model::JourneyMap;

/// Why a file was not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The file is marked read-only.
    #[error("{0} is read-only; save under another name, or allow writing")]
    ReadOnly(PathBuf),
    /// The folder is missing or not writable.
    #[error("cannot write into {0} ({1}); save in another folder")]
    Folder(PathBuf, io::Error),
    /// The disk is full.
    #[error("the disk that holds {0} is full; make room, or save on another disk")]
    Full(PathBuf),
    /// Anything else; the old file is untouched.
    #[error("{0} was not saved ({1}); the old file is untouched")]
    Other(PathBuf, io::Error),
    /// The new content is in place, but the system did not confirm that it reached the disk.
    #[error("{0} is saved, but the system could not confirm that it reached the disk ({1})")]
    Unconfirmed(PathBuf, io::Error),
}

/// Saves `map` at `path`.
///
/// # Errors
/// As [`write_atomically`].
pub fn save(map: &JourneyMap, path: &Path) -> Result<(), SaveError> {
    write_atomically(path, super::to_ron(map).as_bytes())
}

/// Puts `bytes` at `path`: a temporary file in the same folder, flushed to disk, renamed over the
/// old one, and the folder flushed. Symbolic links are followed, the old file's mode is kept.
///
/// # Errors
/// On any error but [`SaveError::Unconfirmed`] the old file is as it was.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let target = resolve(path);
    let folder = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let old = fs::metadata(&target).ok();
    if old.as_ref().is_some_and(|meta| meta.permissions().readonly()) {
        return Err(SaveError::ReadOnly(path.to_owned()));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".~").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut temp = builder.tempfile_in(&folder).map_err(|err| match err.kind() {
        io::ErrorKind::StorageFull => SaveError::Full(path.to_owned()),
        _ => SaveError::Folder(folder.clone(), err),
    })?;
    let fail = |err: io::Error| match err.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => SaveError::Full(path.to_owned()),
        _ => SaveError::Other(path.to_owned(), err),
    };
    temp.write_all(bytes).map_err(fail)?;
    if let Some(meta) = &old {
        temp.as_file().set_permissions(meta.permissions()).map_err(fail)?;
        keep_owner(temp.as_file(), meta);
    }
    temp.as_file().sync_all().map_err(fail)?;
    temp.persist(&target).map_err(|err| fail(err.error))?;
    sync_folder(&folder).map_err(|err| SaveError::Unconfirmed(path.to_owned(), err))
}

/// The file that `path` means: the end of a chain of links, also where that end does not exist yet.
fn resolve(path: &Path) -> PathBuf {
    let mut target = path.to_owned();
    for _ in 0..40 {
        let Ok(next) = fs::read_link(&target) else { break };
        target = target.parent().map(|p| p.join(&next)).unwrap_or(next);
    }
    target
}

/// Gives `file` the owner and group of the file it replaces, as far as the system lets us.
#[cfg(unix)]
fn keep_owner(file: &File, meta: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    // Only root may give files away; a refusal leaves the file with its writer, as any editor does.
    let _ = fchown(file, Some(meta.uid()), Some(meta.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_file: &File, _meta: &fs::Metadata) {}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
