//! Looks whether somebody else changes the file of the open map.
//!
//! The folder is watched, not the file: a save puts another file under the name. Events and times are
//! only hints to read the file again; its bytes decide.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, SystemTime};

use egui::Context;
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::file::{Fingerprint, bytes_at, sweep};

/// How often the file is looked at where the system tells nothing.
const POLL: Duration = Duration::from_secs(2);
/// How long nothing may happen before the file is read: a write in place comes in pieces.
const SETTLE: Duration = Duration::from_millis(80);
/// How long a file may be away while it is replaced.
const AWAY: Duration = Duration::from_millis(400);

/// A thread that reads the file when it may have changed.
#[derive(Debug)]
pub struct Watch {
    hint: Sender<()>,
    news: Receiver<News>,
    epoch: Arc<AtomicU64>,
    _watcher: Option<RecommendedWatcher>,
}

/// What stands in the file.
#[derive(Clone, Debug)]
pub struct News {
    epoch: u64,
    /// Its content; nothing if it is gone.
    pub bytes: Option<Vec<u8>>,
}

impl News {
    /// What the content is known by.
    pub fn print(&self) -> Option<Fingerprint> {
        self.bytes.as_deref().map(Fingerprint::of)
    }
}

impl Watch {
    /// Watches the file at `path`.
    pub fn new(path: &Path, ctx: &Context) -> Self {
        let (hint, hints) = channel();
        let (send, news) = channel();
        let epoch = Arc::new(AtomicU64::new(0));
        let eye = Eye { path: path.to_owned(), epoch: Arc::clone(&epoch), news: send, ctx: ctx.clone() };
        // Without a thread nothing is noticed before the next save, which looks for itself.
        let _ = std::thread::Builder::new().name("watch".into()).spawn(move || eye.run(&hints));
        let watcher = watcher(path, hint.clone());
        Self { hint, news, epoch, _watcher: watcher }
    }

    /// Looks at the file soon.
    pub fn look(&self) {
        // The thread may be missing.
        let _ = self.hint.send(());
    }

    /// Forgets what was read before now: a save begins or ends.
    pub fn forget(&self) {
        self.epoch.fetch_add(1, Ordering::SeqCst);
        self.look();
    }

    /// The newest content, if it was read since the last save.
    pub fn poll(&self) -> Option<News> {
        self.news.try_iter().filter(|news| self.is_current(news)).last()
    }

    /// Whether `news` was read since the last save.
    pub fn is_current(&self, news: &News) -> bool {
        news.epoch == self.epoch.load(Ordering::SeqCst)
    }
}

/// The system's watch on the folder of `path`; there are disks and systems without.
fn watcher(path: &Path, hint: Sender<()>) -> Option<RecommendedWatcher> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name()?.to_owned();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let is_ours = event.map_or(true, |event| {
            let is_reading = matches!(event.kind, EventKind::Access(kind)
                if kind != AccessKind::Close(AccessMode::Write));
            !is_reading && event.paths.iter().any(|path| path.file_name() == Some(&name))
        });
        if is_ours {
            // The thread may have ended.
            let _ = hint.send(());
        }
    })
    .ok()?;
    watcher.watch(folder, RecursiveMode::NonRecursive).ok()?;
    Some(watcher)
}

/// The side of the thread.
struct Eye {
    path: PathBuf,
    epoch: Arc<AtomicU64>,
    news: Sender<News>,
    ctx: Context,
}

impl Eye {
    fn run(&self, hints: &Receiver<()>) {
        // Here nobody waits for it.
        sweep(&self.path);
        let (mut told, mut stamp) = (None, None);
        loop {
            match hints.recv_timeout(POLL) {
                Ok(()) => while hints.recv_timeout(SETTLE).is_ok() {},
                Err(RecvTimeoutError::Timeout) if told.is_some() && self.stamp() == stamp => continue,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            stamp = self.stamp();
            let epoch = self.epoch.load(Ordering::SeqCst);
            let Some(bytes) = self.read() else { continue };
            let news = News { epoch, bytes };
            let print = (epoch, news.print());
            if told != Some(print) {
                told = Some(print);
                if self.news.send(news).is_err() {
                    return;
                }
                self.ctx.request_repaint();
            }
        }
    }

    /// What is there now; nothing where that cannot be said.
    fn read(&self) -> Option<Option<Vec<u8>>> {
        match bytes_at(&self.path).ok()? {
            Some(bytes) => Some(Some(bytes)),
            None => {
                std::thread::sleep(AWAY);
                bytes_at(&self.path).ok()
            }
        }
    }

    fn stamp(&self) -> Option<(u64, SystemTime)> {
        let meta = std::fs::metadata(&self.path).ok()?;
        Some((meta.len(), meta.modified().ok()?))
    }
}
