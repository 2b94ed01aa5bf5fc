//! Bytes to disk, whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;

use super::keeping::{Lost, take_over};
use super::save_error::SaveError;
use crate::model::JourneyMap;

/// How the temporary files of a save are called; what is called so and old was left by a crash.
const TEMP: (&str, &str) = (".rihla-", ".tmp");

/// After this time nobody writes a temporary file any more.
const STALE: Duration = Duration::from_secs(24 * 3600);

/// Saves `map` at `path`.
///
/// # Errors
/// As [`write_atomically`].
pub fn save(map: &JourneyMap, path: &Path) -> Result<(), SaveError> {
    write_atomically(path, super::to_ron(map).as_bytes())
}

/// Puts `bytes` at `path`: a temporary file in the same folder, flushed to disk, renamed over the
/// old one, and the folder flushed. Symbolic links are followed, the old file's mode is kept, and its
/// owner, group and access list as far as the system lets us.
///
/// # Errors
/// On any error but [`SaveError::Unconfirmed`] the old file is as it was.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    Ready::write(path, bytes)?.put(false)
}

/// As [`write_atomically`], of what `write` writes piece by piece.
///
/// # Errors
/// As [`write_atomically`], and the error of `write`.
pub fn write_atomically_with(
    path: &Path,
    write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> Result<(), SaveError> {
    Ready::write_with(path, write)?.put(false)
}

/// A new content that has reached the disk beside the file that it is to replace.
#[derive(Debug)]
pub(super) struct Ready<'a> {
    path: &'a Path,
    target: PathBuf,
    folder: PathBuf,
    temp: NamedTempFile,
    /// What could not be taken over from the old file.
    pub lost: Vec<Lost>,
}

impl<'a> Ready<'a> {
    /// Writes `bytes` beside the file that `path` means.
    ///
    /// # Errors
    /// When they did not reach the disk; nothing has happened then.
    pub fn write(path: &'a Path, bytes: &[u8]) -> Result<Self, SaveError> {
        Self::write_with(path, |out| out.write_all(bytes))
    }

    /// Writes what `write` writes beside the file that `path` means.
    ///
    /// # Errors
    /// When it did not reach the disk, or `write` fails; nothing has happened then.
    fn write_with(path: &'a Path, write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Result<Self, SaveError> {
        let fail = |err| SaveError::of(path, err);
        let target = resolve(path).map_err(fail)?;
        let folder = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let old = old_file(path, &target)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(TEMP.0).suffix(TEMP.1);
        // Nobody else reads what replaces a private file before it is private too.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(if old.is_some() { 0o600 } else { 0o666 }));
        let mut temp = builder.tempfile_in(&folder).map_err(|err| SaveError::of_folder(path, &folder, err))?;
        let mut out = io::BufWriter::new(&mut temp);
        write(&mut out).and_then(|()| out.flush()).map_err(fail)?;
        drop(out);
        let lost = match &old {
            Some((file, meta)) => take_over(temp.as_file(), file, meta).map_err(fail)?,
            None => Vec::new(),
        };
        temp.as_file().sync_all().map_err(fail)?;
        Ok(Self { path, target, folder, temp, lost })
    }

    /// Puts it in its place; `alone` only where there is still no file.
    ///
    /// # Errors
    /// On any error but [`SaveError::Unconfirmed`] the old file is as it was. A file that came in between is
    /// [`io::ErrorKind::AlreadyExists`] in [`SaveError::Other`].
    pub fn put(self, alone: bool) -> Result<(), SaveError> {
        let Self { path, target, folder, temp, .. } = self;
        let put = if alone { put_alone(temp, &target) } else { put_over(temp, &target) };
        put.map_err(|err| SaveError::of(path, err))?;
        sync_folder(&folder).map_err(|err| SaveError::Unconfirmed(path.to_owned(), err))
    }
}

/// The file that is to be replaced, if there is one and it may be.
fn old_file(path: &Path, target: &Path) -> Result<Option<(File, fs::Metadata)>, SaveError> {
    let meta = match fs::metadata(target) {
        Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(None),
        meta => meta.map_err(|err| SaveError::of(path, err))?,
    };
    if !meta.is_file() {
        return Err(SaveError::NoFile(path.to_owned()));
    }
    if meta.permissions().readonly() || !may_write(target) {
        return Err(SaveError::ReadOnly(path.to_owned()));
    }
    let file = File::open(target).map_err(|err| SaveError::of(path, err))?;
    Ok(Some((file, meta)))
}

/// Whether this account may write the file at `target`. A rename asks only the folder, so that without this a file
/// of somebody else would be replaced in a folder that is shared.
#[cfg(unix)]
fn may_write(target: &Path) -> bool {
    use rustix::fs::{Access, AtFlags, CWD, accessat};
    let asked = accessat(CWD, target, Access::WRITE_OK, AtFlags::EACCESS);
    !matches!(asked, Err(rustix::io::Errno::ACCESS | rustix::io::Errno::PERM))
}

#[cfg(not(unix))]
fn may_write(_target: &Path) -> bool {
    true
}

fn put_over(temp: NamedTempFile, target: &Path) -> io::Result<()> {
    temp.persist(target).map(drop).map_err(|err| err.error)
}

/// Puts `temp` where there is no file; in one step where the file system can do that.
fn put_alone(temp: NamedTempFile, target: &Path) -> io::Result<()> {
    let Err(refused) = temp.persist_noclobber(target) else { return Ok(()) };
    let cannot = [io::ErrorKind::Unsupported, io::ErrorKind::InvalidInput, io::ErrorKind::PermissionDenied];
    if !cannot.contains(&refused.error.kind()) {
        return Err(refused.error);
    }
    if fs::symlink_metadata(target).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    put_over(refused.file, target)
}

/// Removes temporary files of saves that a crash left in the folder of `path` long ago.
pub fn sweep(path: &Path) {
    let Ok(target) = resolve(path) else { return };
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    sweep_folder(folder);
}

/// Removes temporary files that a crash left in `folder` long ago.
pub(super) fn sweep_folder(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_ours = |name: &std::ffi::OsStr| name.to_str().is_some_and(|n| n.starts_with(TEMP.0) && n.ends_with(TEMP.1));
    for entry in entries.filter(|entry| is_ours(&entry.file_name())) {
        let age = entry.metadata().and_then(|meta| meta.modified()).ok().and_then(|time| time.elapsed().ok());
        if age.is_some_and(|age| age > STALE) {
            // Another window may have been faster.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The file that `path` means: the end of a chain of links, also where that end does not exist yet.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..40 {
        match fs::read_link(&target) {
            Ok(next) => target = target.parent().map(|p| p.join(&next)).unwrap_or(next),
            // What is no link, or is not there.
            Err(err) if matches!(err.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::NotFound) => {
                return Ok(target);
            }
            // A file in the place of a folder: making the temporary file tells it better.
            Err(err) if err.kind() == io::ErrorKind::NotADirectory => return Ok(target),
            Err(err) => return Err(err),
        }
    }
    Err(io::Error::other("its links lead in a circle"))
}

/// Flushes the names in `folder`.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    use rustix::io::Errno;
    match File::open(folder)?.sync_all() {
        // A file system that has no such thing; what it does with names is its own.
        Err(err) if [Errno::INVAL, Errno::NOTSUP].iter().any(|no| err.raw_os_error() == Some(no.raw_os_error())) => {
            Ok(())
        }
        synced => synced,
    }
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_came_in_between_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.ron");
        let ready = Ready::write(&path, b"mine").unwrap();
        fs::write(&path, "theirs").unwrap();
        let err = ready.put(true).unwrap_err();
        assert!(matches!(&err, SaveError::Other(_, err) if err.kind() == io::ErrorKind::AlreadyExists), "{err:?}");
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
        fs::remove_file(&path).unwrap();
        Ready::write(&path, b"mine").unwrap().put(true).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"mine");
    }

    #[test]
    fn only_old_temporary_files_of_ours_are_swept_away() {
        let folder = tempfile::tempdir().unwrap();
        let old = [".rihla-old.tmp", "other.tmp", ".rihla-map.ron"];
        for name in old.iter().chain(&[".rihla-new.tmp"]) {
            fs::write(folder.path().join(name), "").unwrap();
        }
        for name in old {
            let file = fs::OpenOptions::new().append(true).open(folder.path().join(name)).unwrap();
            file.set_modified(std::time::SystemTime::now() - 2 * STALE).unwrap();
        }
        sweep(&folder.path().join("map.ron"));
        let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, [".rihla-map.ron", ".rihla-new.tmp", "other.tmp"]);
    }
}
