//! Saving over a file only when it is the one that was seen.

use std::io;
use std::path::Path;

use super::fingerprint::{Fingerprint, bytes_at};
use super::keeping::Lost;
use super::recovery::Store;
use super::save::Ready;
use super::save_error::SaveError;
use crate::model::JourneyMap;

/// What may stand at the path of a save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// Anything: somebody has agreed to lose it.
    Anything,
    /// This content, or no file.
    Seen(Option<Fingerprint>),
}

/// What became of a save.
#[derive(Debug)]
pub enum Outcome {
    /// File and folder have reached the disk, with this content; some things of the old file may be lost.
    Saved(Fingerprint, Vec<Lost>),
    /// Something stands there that was not expected; it is untouched.
    Changed,
    /// The content is in place, but the system did not confirm that it reached the disk.
    Unconfirmed(Fingerprint, SaveError),
    /// The file is as it was.
    Failed(SaveError),
}

/// Saves `map` at `path` if what stands there is expected, and keeps that in `store` as the previous save.
pub fn save_expecting(map: &JourneyMap, path: &Path, expect: Expect, store: Option<&Store>) -> Outcome {
    save_bytes(super::to_ron(map).as_bytes(), path, expect, store, || {})
}

/// As [`save_expecting`]; calls `meanwhile` between the writing of the new content and the look before it is put in
/// place.
fn save_bytes(bytes: &[u8], path: &Path, expect: Expect, store: Option<&Store>, meanwhile: impl FnOnce()) -> Outcome {
    let print = Fingerprint::of(bytes);
    let there = match bytes_at(path) {
        Err(_) if expect == Expect::Anything => None,
        Err(err) => return Outcome::Failed(SaveError::of(path, err)),
        Ok(there) => there,
    };
    let seen = there.as_deref().map(Fingerprint::of);
    let is_fine = |now: Option<Fingerprint>| match (expect, now) {
        (Expect::Anything, _) | (_, None) => true,
        (Expect::Seen(expected), Some(_)) => now == expected || now == Some(print),
    };
    if !is_fine(seen) {
        return Outcome::Changed;
    }
    if let (Some(there), Some(store)) = (&there, store.filter(|_| seen != Some(print))) {
        // A help more; without it the save is as good.
        let _ = store.keep_backup(path, there);
    }
    let ready = match Ready::write(path, bytes) {
        Ok(ready) => ready,
        Err(err) => return Outcome::Failed(err),
    };
    meanwhile();
    // Writing and flushing took a while, in which somebody else may have saved.
    if expect != Expect::Anything {
        match bytes_at(path) {
            Err(err) => return Outcome::Failed(SaveError::of(path, err)),
            Ok(now) if !is_fine(now.as_deref().map(Fingerprint::of)) => return Outcome::Changed,
            Ok(_) => {}
        }
    }
    let lost = ready.lost.clone();
    match ready.put(expect != Expect::Anything && seen.is_none()) {
        Ok(()) => Outcome::Saved(print, lost),
        Err(SaveError::Other(_, err)) if err.kind() == io::ErrorKind::AlreadyExists => Outcome::Changed,
        Err(err @ SaveError::Unconfirmed(..)) => Outcome::Unconfirmed(print, err),
        Err(err) => Outcome::Failed(err),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_by_others_while_the_new_content_is_written_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.ron");
        let theirs = || std::fs::write(&path, "theirs").unwrap();
        assert!(matches!(save_bytes(b"mine", &path, Expect::Seen(None), None, theirs), Outcome::Changed));
        assert_eq!(std::fs::read(&path).unwrap(), b"theirs");
        std::fs::write(&path, "seen").unwrap();
        let seen = Expect::Seen(Some(Fingerprint::of(b"seen")));
        assert!(matches!(save_bytes(b"mine", &path, seen, None, theirs), Outcome::Changed));
        assert_eq!(std::fs::read(&path).unwrap(), b"theirs");
        assert!(matches!(save_bytes(b"mine", &path, Expect::Anything, None, theirs), Outcome::Saved(..)));
        assert_eq!(std::fs::read(&path).unwrap(), b"mine");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file stays");
    }
}
