//! A thread that writes snapshots of unsaved work, soon after an edit and again and again during many.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::recovery::{Meta, Slot, Store};
use crate::model::JourneyMap;

/// A snapshot is written when nothing changed for so long.
const QUIET: Duration = Duration::from_millis(700);
/// Or when this has passed since the first change: two seconds are promised, and a busy machine needs the rest of them
/// for the frame that brought the change and for the writing.
const AT_MOST: Duration = Duration::from_millis(1300);

/// Writes snapshots of what it is shown. It never waits for the disk, except at the end.
#[derive(Debug)]
pub struct Keeper {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    /// The map that was shown last.
    shown: Option<Arc<JourneyMap>>,
}

#[derive(Debug)]
struct Shared {
    store: Store,
    state: Mutex<State>,
    wake: Condvar,
    /// Held while files are written.
    slot: Mutex<Option<Slot>>,
}

#[derive(Debug, Default)]
struct State {
    /// The work that is not saved.
    work: Option<(Arc<JourneyMap>, Meta)>,
    /// When it changed first and last since the last snapshot.
    changed: Option<(Instant, Instant)>,
    /// What is to be done with the snapshot before anything else.
    endings: VecDeque<Ending>,
    stop: bool,
    /// Why the last snapshot could not be written.
    trouble: Option<String>,
}

#[derive(Debug)]
enum Ending {
    Saved,
    Discarded,
    Adopted(Slot),
}

impl Keeper {
    /// A keeper that writes into `store`.
    pub fn new(store: Store) -> Self {
        let shared = Shared { store, state: Mutex::default(), wake: Condvar::new(), slot: Mutex::new(None) };
        let shared = Arc::new(shared);
        let worker = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("recovery".into()).spawn(move || worker.run()).ok();
        Self { shared, thread, shown: None }
    }

    /// Shows it the unsaved work as it is now; cheap when that has not changed.
    pub fn keep(&mut self, map: &Arc<JourneyMap>, meta: impl FnOnce() -> Meta) {
        if self.shown.as_ref().is_some_and(|shown| Arc::ptr_eq(shown, map)) {
            return;
        }
        self.shown = Some(Arc::clone(map));
        let mut state = self.shared.state();
        let now = Instant::now();
        state.work = Some((Arc::clone(map), meta()));
        state.changed = Some((state.changed.map_or(now, |(first, _)| first), now));
        self.shared.wake.notify_one();
    }

    /// Says that there is nothing unsaved: all is in the file.
    pub fn is_saved(&mut self) {
        if self.shown.take().is_some() {
            self.end(Ending::Saved);
        }
    }

    /// Says that somebody chose to lose the work.
    pub fn discard(&mut self) {
        if self.shown.take().is_some() {
            self.end(Ending::Discarded);
        }
    }

    /// Goes on with the snapshot of a leftover.
    pub fn adopt(&mut self, slot: Slot) {
        self.shown = None;
        self.end(Ending::Adopted(slot));
    }

    fn end(&self, ending: Ending) {
        let mut state = self.shared.state();
        state.work = None;
        state.changed = None;
        state.endings.push_back(ending);
        self.shared.wake.notify_one();
    }

    /// Why the last snapshot could not be written; told once.
    pub fn trouble(&self) -> Option<String> {
        self.shared.state().trouble.take()
    }

    /// From now on a panic anywhere in the program writes a last snapshot.
    pub fn write_on_panic(&self) {
        let shared = Arc::downgrade(&self.shared);
        let next = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if let Some(shared) = shared.upgrade() {
                shared.write_last();
            }
            next(info);
        }));
    }
}

impl Drop for Keeper {
    /// Waits until the thread has done what it was told.
    fn drop(&mut self) {
        self.shared.state().stop = true;
        self.shared.wake.notify_one();
        if let Some(thread) = self.thread.take() {
            // It has nothing to say.
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self) {
        let mut state = self.state();
        let mut written = None;
        loop {
            if let Some(ending) = state.endings.pop_front() {
                drop(state);
                written = None;
                self.finish(ending);
                state = self.state();
                continue;
            }
            let due = state.changed.map(|(first, last)| (first + AT_MOST).min(last + QUIET));
            let wait = due.map(|due| due.saturating_duration_since(Instant::now()));
            if wait == Some(Duration::ZERO) || (state.stop && due.is_some()) {
                state.changed = None;
                let work = state.work.clone();
                drop(state);
                // Typing shows the same map again and again.
                let work = work.filter(|(map, _)| written.as_ref() != Some(map));
                let trouble = work.and_then(|(map, meta)| {
                    let trouble = self.write(&map, meta).err();
                    written = trouble.is_none().then_some(map);
                    trouble
                });
                state = self.state();
                state.trouble = trouble.or(state.trouble.take());
            } else if state.stop {
                return;
            } else {
                let wait = wait.unwrap_or(Duration::from_secs(3600));
                state = self.wake.wait_timeout(state, wait).unwrap_or_else(PoisonError::into_inner).0;
            }
        }
    }

    fn write(&self, map: &JourneyMap, meta: Meta) -> Result<(), String> {
        let mut slot = self.slot.lock().unwrap_or_else(PoisonError::into_inner);
        let meta = Meta { time: Meta::now(None, None).time, ..meta };
        let slot = match &mut *slot {
            Some(slot) => slot,
            none => none.insert(self.store.begin().map_err(|err| err.to_string())?),
        };
        slot.write(map, &meta).map_err(|err| err.to_string())
    }

    fn finish(&self, ending: Ending) {
        let mut slot = self.slot.lock().unwrap_or_else(PoisonError::into_inner);
        match (ending, &*slot) {
            (Ending::Adopted(adopted), _) => *slot = Some(adopted),
            (Ending::Saved, Some(slot)) => slot.clear(),
            (Ending::Discarded, Some(slot)) => {
                if let Err(err) = slot.discard() {
                    self.state().trouble = Some(err.to_string());
                }
            }
            (_, None) => {}
        }
    }

    /// Writes what was shown last, from a thread that may hold any lock: without waiting long for one.
    fn write_last(&self) {
        for _ in 0..50 {
            if let (Ok(mut state), Ok(slot)) = (self.state.try_lock(), self.slot.try_lock()) {
                drop(slot);
                let work = state.work.clone();
                state.changed = None;
                drop(state);
                if let Some((map, meta)) = work {
                    // There is nobody left to tell.
                    let _ = self.write(&map, meta);
                }
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}
