//! Saving over a file only when it is the one that was seen.

use std::path::Path;

use super::fingerprint::{Fingerprint, bytes_at};
use super::recovery::Store;
use super::save::{SaveError, write_atomically};
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
    /// File and folder have reached the disk, with this content.
    Saved(Fingerprint),
    /// Something stands there that was not expected; it is untouched.
    Changed,
    /// The content is in place, but the system did not confirm that it reached the disk.
    Unconfirmed(Fingerprint, SaveError),
    /// The file is as it was.
    Failed(SaveError),
}

/// Saves `map` at `path` if what stands there is expected, and keeps that in `store` as the previous save.
pub fn save_expecting(map: &JourneyMap, path: &Path, expect: Expect, store: Option<&Store>) -> Outcome {
    let bytes = super::to_ron(map).into_bytes();
    let print = Fingerprint::of(&bytes);
    match bytes_at(path) {
        Ok(Some(there)) => {
            let now = Fingerprint::of(&there);
            let is_fine = expect == Expect::Anything || expect == Expect::Seen(Some(now)) || now == print;
            if !is_fine {
                return Outcome::Changed;
            }
            if now != print
                && let Some(store) = store
            {
                // A help more; without it the save is as good.
                let _ = store.keep_backup(path, &there);
            }
        }
        Ok(None) => {}
        Err(_) if expect == Expect::Anything => {}
        Err(err) => return Outcome::Failed(SaveError::Other(path.to_owned(), err)),
    }
    match write_atomically(path, &bytes) {
        Ok(()) => Outcome::Saved(print),
        Err(err @ SaveError::Unconfirmed(..)) => Outcome::Unconfirmed(print, err),
        Err(err) => Outcome::Failed(err),
    }
}
