//! Unsaved work in the account's state folder: snapshots, what was left behind, the previous save.
//!
//! A snapshot is three files under `recovery/`: `ID.ron` is the map, `ID.meta` says where it belongs,
//! and `ID.lock` is locked by the running program that writes it. A snapshot whose lock nobody holds
//! was left behind.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::fingerprint::{Fingerprint, bytes_at};
use super::save::{sweep_folder, write_atomically};
use super::save_error::SaveError;
use crate::model::JourneyMap;

/// How long discarded work is kept.
const KEPT: Duration = Duration::from_secs(7 * 24 * 3600);

/// After this time a lock file without a snapshot is nobody's.
const STALE: Duration = Duration::from_secs(24 * 3600);

/// The folder in which unsaved work is kept.
#[derive(Clone, Debug)]
pub struct Store {
    state: PathBuf,
}

/// Where a snapshot belongs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// The file that was being edited; nothing for a map never saved.
    pub path: Option<PathBuf>,
    /// The content of that file which the work began from.
    pub base: Option<Fingerprint>,
    /// Seconds since 1970.
    pub time: u64,
    /// The process that wrote it.
    pub pid: u32,
}

/// How a snapshot stands to the file it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It never had a file.
    NeverSaved,
    /// The file is as it was when the work began.
    Newer,
    /// The file was changed before the snapshot was made.
    Parted,
    /// The file was changed after the snapshot was made.
    Older,
    /// The file is not there any more.
    FileGone,
}

/// Work that a program left behind; nobody else takes it while the value lives.
#[derive(Debug)]
pub struct Leftover {
    /// Where it belongs.
    pub meta: Meta,
    /// How it stands to its file.
    pub standing: Standing,
    slot: Slot,
}

/// The place of one window's snapshots, with its lock.
#[derive(Debug)]
pub struct Slot {
    folder: PathBuf,
    id: String,
    lock: File,
}

/// Says to other windows that a file is open here, for as long as it lives.
#[derive(Debug)]
pub struct Hold(File);

impl Store {
    /// The store of this account: `$XDG_STATE_HOME/rihla` or what the system has in its place.
    pub fn of_account() -> Option<Self> {
        let dirs = directories::ProjectDirs::from("", "", "rihla")?;
        Some(Self::at(dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir())))
    }

    /// A store in the folder `state`, which is made when it is needed.
    pub fn at(state: &Path) -> Self {
        Self { state: state.to_owned() }
    }

    /// The folder of the snapshots.
    pub fn recovery(&self) -> PathBuf {
        self.state.join("recovery")
    }

    /// A new place for snapshots.
    ///
    /// # Errors
    /// When the folder cannot be made or written.
    pub fn begin(&self) -> io::Result<Slot> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let folder = self.recovery();
        private_folder(&folder)?;
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let id = format!("{:x}-{:x}-{count:x}", now(), std::process::id());
            let file = match OpenOptions::new().write(true).create_new(true).open(folder.join(format!("{id}.lock"))) {
                Err(err) if err.kind() == io::ErrorKind::AlreadyExists => continue,
                file => file?,
            };
            if file.try_lock().is_ok() {
                return Ok(Slot { folder, id, lock: file });
            }
        }
    }

    /// What was left behind, newest first. What a running program holds is not among it, nor what stands in its file
    /// letter by letter: a program that ended right behind a save had no time to clear it away.
    pub fn leftovers(&self) -> Vec<Leftover> {
        let folder = self.recovery();
        let claimed = files_in(&folder, "ron").into_iter().filter_map(|path| Leftover::claim(&folder, &path));
        let mut found: Vec<Leftover> = claimed.filter(|leftover| !leftover.is_saved()).collect();
        found.sort_by_key(|leftover| std::cmp::Reverse(leftover.meta.time));
        found
    }

    /// Removes what was discarded more than a week ago, and locks of nobody.
    pub fn clean(&self) {
        let folder = self.recovery();
        let is_past = |path: &Path, age| age_of(path).is_some_and(|a| a > age);
        let discarded = ["ron", "meta"].into_iter().flat_map(|ending| files_in(&folder.join("old"), ending));
        for path in discarded.filter(|path| is_past(path, KEPT)) {
            // Another window may have been faster.
            let _ = fs::remove_file(path);
        }
        for path in files_in(&folder, "lock").into_iter().filter(|path| is_past(path, STALE)) {
            let is_free = File::open(&path).is_ok_and(|file| file.try_lock().is_ok());
            if is_free && !path.with_extension("ron").exists() {
                let _ = fs::remove_file(&path);
                let _ = fs::remove_file(path.with_extension("meta"));
            }
        }
        for folder in [folder, self.state.join("backup")] {
            sweep_folder(&folder);
        }
    }

    /// Where the previous save of `path` is kept.
    pub fn backup_of(&self, path: &Path) -> PathBuf {
        self.state.join("backup").join(format!("{}.ron", name_of(path)))
    }

    /// Keeps `bytes` as the previous save of `path`.
    ///
    /// # Errors
    /// When the folder cannot be made or written.
    pub fn keep_backup(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        private_folder(&self.state.join("backup"))?;
        write_atomically(&self.backup_of(path), bytes).map_err(io::Error::other)
    }

    /// Says that `path` is open here; nothing if it is open in another window already.
    ///
    /// # Errors
    /// When the folder cannot be made or written.
    pub fn hold(&self, path: &Path) -> io::Result<Option<Hold>> {
        let folder = self.state.join("open");
        private_folder(&folder)?;
        // Never removed: whoever has an unlinked file locked would be alone with it.
        let name = folder.join(format!("{}.lock", name_of(path)));
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(name)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Hold(file))),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(err)) => Err(err),
        }
    }
}

impl Slot {
    fn file(&self, ending: &str) -> PathBuf {
        self.folder.join(format!("{}.{ending}", self.id))
    }

    /// Writes a snapshot over the last one.
    ///
    /// # Errors
    /// When it did not reach the disk; the last one is then still there.
    pub fn write(&self, map: &JourneyMap, meta: &Meta) -> Result<(), SaveError> {
        // The map second: without it the meta means nothing, without the meta the map has lost its name.
        let meta = Meta { path: meta.path.clone().filter(|path| path.to_str().is_some()), ..meta.clone() };
        let meta = ron::to_string(&meta).map_err(|err| SaveError::Other(self.file("meta"), io::Error::other(err)))?;
        write_atomically(&self.file("meta"), meta.as_bytes())?;
        write_atomically(&self.file("ron"), super::to_ron(map).as_bytes())
    }

    /// Removes the snapshot: its content is saved elsewhere.
    pub fn clear(&self) {
        // The map first; what is not there need not be removed.
        let _ = fs::remove_file(self.file("ron"));
        let _ = fs::remove_file(self.file("meta"));
    }

    /// Puts the snapshot away, as somebody chose not to keep it; it is kept for a week.
    ///
    /// # Errors
    /// When it cannot be moved; it then stays where it is.
    pub fn discard(&self) -> io::Result<()> {
        let old = self.folder.join("old");
        private_folder(&old)?;
        let mut name = format!("{}-{:x}", self.id, now());
        while old.join(format!("{name}.ron")).exists() {
            name.push('+');
        }
        for ending in ["ron", "meta"] {
            match fs::rename(self.file(ending), old.join(format!("{name}.{ending}"))) {
                Err(err) if err.kind() != io::ErrorKind::NotFound => return Err(err),
                _ => {}
            }
        }
        // From now on the week counts.
        if let Ok(file) = OpenOptions::new().append(true).open(old.join(format!("{name}.ron"))) {
            let _ = file.set_modified(SystemTime::now());
        }
        Ok(())
    }
}

impl Drop for Slot {
    /// Takes the lock away, unless a snapshot stays.
    fn drop(&mut self) {
        if !self.file("ron").exists() {
            let _ = fs::remove_file(self.file("lock"));
        }
        let_go(&self.lock);
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let_go(&self.0);
    }
}

/// Unlocks `file` now. Closing it is not enough: a process that was just started holds a copy of it, and with
/// it the lock, until it runs its own program.
fn let_go(file: &File) {
    // There is nothing to be done about a lock that cannot be taken away; it ends with the program.
    let _ = file.unlock();
}

impl Leftover {
    /// Takes the snapshot at `path`, unless a running program has it.
    fn claim(folder: &Path, path: &Path) -> Option<Self> {
        let id = path.file_stem()?.to_str()?.to_owned();
        let lock = path.with_extension("lock");
        let lock = OpenOptions::new().write(true).create(true).truncate(false).open(lock).ok()?;
        lock.try_lock().ok()?;
        let slot = Slot { folder: folder.to_owned(), id, lock };
        // Its owner may have removed it since the folder was read.
        let age = age_of(path)?;
        let meta = fs::read_to_string(slot.file("meta")).ok().and_then(|text| ron::from_str(&text).ok());
        let meta = meta.unwrap_or_else(|| Meta { time: now().saturating_sub(age.as_secs()), ..Meta::default() });
        Some(Self { standing: Standing::of(&meta), meta, slot })
    }

    /// Whether its file holds the same, so that there is nothing to recover; the snapshot is cleared away then.
    fn is_saved(&self) -> bool {
        let in_file = self.meta.path.as_deref().and_then(|path| bytes_at(path).ok().flatten());
        let is_saved = in_file.is_some() && in_file == bytes_at(&self.slot.file("ron")).ok().flatten();
        if is_saved {
            self.slot.clear();
        }
        is_saved
    }

    /// The map.
    ///
    /// # Errors
    /// When the snapshot cannot be read.
    pub fn map(&self) -> Result<JourneyMap, super::LoadError> {
        super::load(&self.slot.file("ron"))
    }

    /// Puts it away for good; kept for a week.
    ///
    /// # Errors
    /// As [`Slot::discard`].
    pub fn discard(&self) -> io::Result<()> {
        self.slot.discard()
    }

    /// Goes on with it: the snapshot stays as it is until the next one is written.
    pub fn adopt(self) -> Slot {
        self.slot
    }

    /// How long ago it was made.
    pub fn age(&self) -> Duration {
        Duration::from_secs(now().saturating_sub(self.meta.time))
    }
}

impl Standing {
    fn of(meta: &Meta) -> Self {
        let Some(path) = &meta.path else { return Self::NeverSaved };
        match bytes_at(path) {
            Ok(None) => Self::FileGone,
            Ok(Some(bytes)) if Some(Fingerprint::of(&bytes)) == meta.base => Self::Newer,
            _ => {
                let changed = fs::metadata(path).and_then(|meta| meta.modified()).ok();
                let changed = changed.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map_or(0, |d| d.as_secs());
                if changed >= meta.time { Self::Older } else { Self::Parted }
            }
        }
    }
}

impl Meta {
    /// That of a snapshot made now.
    pub fn now(path: Option<PathBuf>, base: Option<Fingerprint>) -> Self {
        // The next start may be in another folder.
        let path = path.map(|path| std::path::absolute(&path).unwrap_or(path));
        Self { path, base, time: now(), pid: std::process::id() }
    }
}

/// Seconds since 1970.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// A name for the file at `path`, whichever way leads to it.
fn name_of(path: &Path) -> String {
    let path = fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned());
    Fingerprint::of(path.as_os_str().as_encoded_bytes()).hex()
}

fn age_of(path: &Path) -> Option<Duration> {
    let changed = fs::metadata(path).and_then(|meta| meta.modified()).ok()?;
    Some(SystemTime::now().duration_since(changed).unwrap_or_default())
}

/// The files in `folder` with this ending.
fn files_in(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.filter(|path| path.extension().is_some_and(|e| e == ending)).collect()
}

/// Makes a folder that only this account may look into.
fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::generate;

    #[test]
    fn locks_end_with_their_value_even_while_a_started_process_has_a_copy() {
        let state = tempfile::tempdir().unwrap();
        let store = Store::at(state.path());
        let slot = store.begin().unwrap();
        slot.write(&generate(1, 1, 1), &Meta::now(None, None)).unwrap();
        let hold = store.hold(state.path()).unwrap().unwrap();
        let _copies = (slot.lock.try_clone().unwrap(), hold.0.try_clone().unwrap());
        drop((slot, hold));
        assert_eq!(store.leftovers().len(), 1);
        assert!(store.hold(state.path()).unwrap().is_some());
    }
}
