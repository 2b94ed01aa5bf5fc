//! Saving from the window: on a thread, over nothing that was not seen, and what is done after it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use egui::{Context, ViewportCommand};

use super::dialogs::{After, Dialog};
use super::files::Purpose;
use super::moving;
use super::questions::Parted;
use super::shell::App;
use crate::edit::EditResult;
use crate::file::{self, Expect, Fingerprint, Lost, Outcome, SaveError};
use crate::model::JourneyMap;
use crate::picture;

/// Saves under way and those that wait for them.
#[derive(Debug, Default)]
pub(super) struct Saver {
    running: Option<Running>,
    queued: Option<(PathBuf, bool)>,
    failed: bool,
    /// Saves that nobody waits for any more, as their drive does not answer.
    given_up: Vec<Running>,
}

/// A drive that has not answered for so long may never do.
const SLOW: Duration = Duration::from_secs(8);

/// How a save ended, and the file that the map had before, where that is in another folder.
type Answer = (Outcome, Option<PathBuf>);

/// A save on its thread.
#[derive(Debug)]
struct Running {
    map: Arc<JourneyMap>,
    path: PathBuf,
    /// Which of the maps opened one after the other it saves.
    serial: u64,
    answer: Receiver<Answer>,
    since: Instant,
    /// Whether a person was told that it takes long.
    told: bool,
}

impl Running {
    /// How it ended, if it did.
    fn outcome(&self) -> Option<Answer> {
        match self.answer.try_recv() {
            Err(TryRecvError::Empty) => None,
            Ok(answer) => Some(answer),
            Err(TryRecvError::Disconnected) => {
                let err = std::io::Error::other("the saving stopped in the middle");
                Some((Outcome::Failed(SaveError::Other(self.path.clone(), err)), None))
            }
        }
    }
}

impl Saver {
    /// Whether a save is under way.
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Stops waiting for the save under way; the drive may answer yet.
    pub fn give_up(&mut self) {
        self.given_up.extend(self.running.take());
        self.queued = None;
        self.failed = true;
    }

    /// What the status line says about the map on disk.
    pub fn words(&self, is_dirty: bool, has_path: bool) -> &'static str {
        match (self.is_running(), is_dirty) {
            (true, _) => "Saving…",
            (_, true) if self.failed => "Could not save",
            (_, true) => "Unsaved changes",
            (_, false) if has_path => "Saved",
            (_, false) => "Not saved yet",
        }
    }
}

impl App {
    /// Whether a save is under way.
    pub fn is_saving(&self) -> bool {
        self.saver.is_running()
    }

    /// Whether there are changes whose loss would be one.
    pub(super) fn is_dirty(&self) -> bool {
        self.editor.as_ref().is_some_and(|editor| editor.document.is_dirty())
    }

    /// Asks about unsaved changes, then goes on.
    pub(super) fn ask_unsaved(&mut self, after: After, ctx: &Context) {
        self.finish_typing();
        if self.saver.is_running() {
            self.after = Some(after);
            return;
        }
        match &self.editor {
            Some(editor) if editor.document.is_dirty() => self.dialog = Dialog::Unsaved(after, editor.name()),
            _ => self.go_on(after, ctx),
        }
    }

    /// Does what waited for the changes to be dealt with.
    pub(super) fn go_on(&mut self, after: After, ctx: &Context) {
        match after {
            After::Map(map) => self.start_with(*map, ctx),
            After::PasteList => {
                self.replace(None, ctx);
                self.close_views();
                self.ask_for_list(ctx);
            }
            After::OpenPath(path) => self.open_path(&path, ctx),
            After::Recovered(compare) => self.open_recovered(compare, ctx),
            After::Quit => {
                self.keep_session();
                self.let_go();
                self.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }

    /// Saves the map where it belongs, or asks where.
    pub(super) fn save(&mut self, ctx: &Context) {
        let Some(editor) = &self.editor else { return };
        let origin = editor.origin.as_ref().map(|(path, _)| path.clone());
        match editor.path.clone().or(origin) {
            Some(_) if editor.remarks > 0 => self.dialog = Dialog::Remarks(editor.remarks),
            Some(path) => self.save_to(&path, false, ctx),
            None => self.pick(Purpose::Save, ctx),
        }
    }

    /// Saves the map at `path`, with `force` whatever stands there; after the save that is under way.
    pub(super) fn save_to(&mut self, path: &Path, force: bool, ctx: &Context) {
        let Some(editor) = &self.editor else { return };
        if self.saver.is_running() {
            self.saver.queued = Some((path.to_owned(), force));
            return;
        }
        let expect = if force { Expect::Anything } else { Expect::Seen(editor.seen_at(path)) };
        let (map, store) = (Arc::clone(editor.document.map()), self.safety.store.clone());
        let from = editor.path.clone();
        let (send, answer) = channel();
        let messages = self.exports.0.clone();
        let (here, target, ctx) = (Arc::clone(&map), path.to_owned(), ctx.clone());
        let work = move || {
            // What stands outside of the folder is named from the new one in the file; in the window, once it is saved.
            let from = from.filter(|from| moving::is_elsewhere(from, &target));
            let saved = from.as_ref().map_or_else(|| Arc::clone(&here), |from| moving::moved(&here, from, &target));
            let outcome = file::save_expecting(&saved, &target, expect, store.as_ref());
            if let (Some(from), Outcome::Saved(..)) = (&from, &outcome) {
                for left in picture::carry(&saved, from, &target) {
                    let _ = messages.send(format!("The map is saved, but {left}"));
                }
            }
            // The window may be gone by now.
            let _ = send.send((outcome, from));
            ctx.request_repaint();
        };
        self.safety.forget();
        let since = Instant::now();
        let running = Running { map, path: path.to_owned(), serial: self.serial, answer, since, told: false };
        match std::thread::Builder::new().name("save".into()).spawn(work) {
            Ok(_) => self.saver.running = Some(running),
            Err(err) => self.save_failed(&SaveError::Other(path.to_owned(), err)),
        }
    }

    /// Takes the answer of the save under way.
    pub(super) fn take_saved(&mut self, ctx: &Context) {
        self.take_late_answers(ctx);
        let Some(running) = &mut self.saver.running else { return };
        let Some((outcome, from)) = running.outcome() else {
            let waited = running.since.elapsed();
            if waited < SLOW {
                // If nothing comes, that is looked at too.
                ctx.request_repaint_after(SLOW - waited);
            } else if !running.told && !self.dialog.is_open() {
                running.told = true;
                self.dialog = Dialog::SlowSave(running.path.clone());
            }
            return;
        };
        if matches!(self.dialog, Dialog::SlowSave(_)) {
            self.dialog = Dialog::None;
        }
        let Some(running) = self.saver.running.take() else { return };
        let is_here = running.serial == self.serial;
        match outcome {
            Outcome::Saved(print, lost) if is_here => self.saved(&running, from.as_deref(), (print, &lost), ctx),
            Outcome::Changed if is_here => self.ask_changed(running.path, ctx),
            Outcome::Saved(..) | Outcome::Changed => {}
            Outcome::Unconfirmed(print, err) => {
                if is_here {
                    self.take_names_along(&running, from.as_deref());
                }
                if let Some(editor) = self.editor.as_mut().filter(|_| is_here) {
                    editor.belongs_to(&running.path, Some(print));
                    self.settings.remember(&running.path);
                }
                self.save_failed(&err);
            }
            Outcome::Failed(err) => self.save_failed(&err),
        }
        self.attend(ctx);
        self.safety.forget();
        if let Some((path, force)) = self.saver.queued.take() {
            self.save_to(&path, force, ctx);
        } else if !self.dialog.is_open()
            && self.picker.is_none()
            && let Some(after) = self.after.take()
        {
            self.ask_unsaved(after, ctx);
        }
    }

    /// Takes the answers of saves that nobody waited for any more.
    fn take_late_answers(&mut self, ctx: &Context) {
        for running in std::mem::take(&mut self.saver.given_up) {
            match running.outcome().map(|(outcome, _)| outcome) {
                None => self.saver.given_up.push(running),
                Some(Outcome::Saved(print, _) | Outcome::Unconfirmed(print, _)) => {
                    let editor = self.editor.as_mut().filter(|_| running.serial == self.serial);
                    if let Some(editor) = editor.filter(|editor| editor.path.as_ref() == Some(&running.path)) {
                        editor.seen = Some(print);
                    }
                    let text = "The drive answered: the map as it was then is saved in";
                    self.toasts.add(format!("{text} {}", running.path.display()), ctx);
                }
                Some(Outcome::Changed | Outcome::Failed(_)) => {}
            }
        }
    }

    /// Stops waiting for the save under way, and goes on with what waited for it.
    pub(super) fn give_up_save(&mut self, ctx: &Context) {
        self.saver.give_up();
        if let Some(after) = self.after.take() {
            self.ask_unsaved(after, ctx);
        }
    }

    /// Lets the window's map name what stands outside of its folder as the file that was written does; gives the map of
    /// the window that says what was saved. What is being typed goes on.
    fn take_names_along(&mut self, running: &Running, from: Option<&Path>) -> Arc<JourneyMap> {
        let saved = Arc::clone(&running.map);
        let (Some(editor), Some(from)) = (&mut self.editor, from) else { return saved };
        let here = editor.document.base();
        if Arc::ptr_eq(&moving::moved(here, from, &running.path), here) {
            return saved;
        }
        let is_as_saved = Arc::ptr_eq(here, &saved);
        let put = |map: &mut JourneyMap| -> EditResult {
            moving::rename(map, from, &running.path);
            Ok(())
        };
        // Names of files cannot make a map unsound.
        let _ = editor.document.edit_below("names of files beside the map", put);
        if is_as_saved { Arc::clone(editor.document.base()) } else { saved }
    }

    fn saved(&mut self, running: &Running, from: Option<&Path>, (print, lost): (Fingerprint, &[Lost]), ctx: &Context) {
        let saved = self.take_names_along(running, from);
        let Some(editor) = &mut self.editor else { return };
        editor.document.mark_saved(&saved);
        editor.belongs_to(&running.path, Some(print));
        self.saver.failed = false;
        let but: String = lost.iter().map(|lost| format!("; {lost}")).collect();
        self.toasts.add(format!("Saved {}{but}", editor.name()), ctx);
    }

    /// Writes the map into another file on a thread of its own, and goes on with this one.
    pub(super) fn save_copy(&self, path: &Path, ctx: &Context) {
        let Some(editor) = &self.editor else { return };
        let (from, here) = (editor.path.clone(), Arc::clone(editor.document.map()));
        let (path, send, ctx) = (path.to_owned(), self.exports.0.clone(), ctx.clone());
        std::thread::spawn(move || {
            let from = from.filter(|from| moving::is_elsewhere(from, &path));
            let map = from.as_ref().map_or_else(|| Arc::clone(&here), |from| moving::moved(&here, from, &path));
            let message = match file::save(&map, &path) {
                Ok(()) => {
                    let left = from.map(|from| picture::carry(&map, &from, &path)).unwrap_or_default();
                    let but: String = left.iter().map(|left| format!("; {left}")).collect();
                    format!("Saved a copy as {}{but}", path.display())
                }
                Err(err) => format!("The copy was not saved: {err}"),
            };
            // The window may be gone by now.
            let _ = send.send(message);
            ctx.request_repaint();
        });
    }

    fn save_failed(&mut self, err: &SaveError) {
        self.after = None;
        self.saver.queued = None;
        self.saver.failed = true;
        self.dialog = Dialog::SaveFailed(err.to_string());
    }

    /// Something not seen stands at `path`: asks what is to become of it.
    fn ask_changed(&mut self, path: PathBuf, ctx: &Context) {
        let Some(editor) = &self.editor else { return };
        self.saver.queued = None;
        if editor.path.is_none() && editor.origin.as_ref().is_some_and(|(origin, _)| *origin == path) {
            // Recovered work, and the file went on without it.
            self.pick(Purpose::Save, ctx);
            return;
        }
        let parted = if editor.path.as_ref() == Some(&path) { Parted::Saving(path) } else { Parted::Exists(path) };
        self.dialog = Dialog::Parted(parted);
    }

    /// Puts what stands at `path` in the place of the map, as one step that undo takes back.
    pub(super) fn load_theirs(&mut self, path: &Path, ctx: &Context) {
        self.after = None;
        let read = |bytes: Vec<u8>| {
            Ok((file::parse_bytes(path, &bytes)?, Fingerprint::of(&bytes), super::importing::remarks_in(&bytes)))
        };
        match file::load_bytes(path).and_then(read) {
            Ok((map, print, remarks)) => {
                self.take_theirs(map, print, ctx);
                self.note_remarks(remarks);
            }
            Err(err) => {
                let title = "The file on disk could not be loaded".into();
                self.dialog = Dialog::Problem { title, text: err.to_string() };
            }
        }
    }

    /// Notes how many comments there are in the file that was just loaded.
    pub(super) fn note_remarks(&mut self, remarks: usize) {
        if let Some(editor) = &mut self.editor {
            editor.remarks = remarks;
        }
    }

    /// Puts `map`, the content of the file, in the place of the map.
    pub(super) fn take_theirs(&mut self, map: JourneyMap, print: Fingerprint, ctx: &Context) {
        self.finish_typing();
        let Some(editor) = &mut self.editor else { return };
        let load = |here: &mut JourneyMap| -> EditResult {
            *here = map;
            Ok(())
        };
        if let Err(err) = editor.document.edit("loading of the file from disk", load) {
            self.toasts.add(err.to_string(), ctx);
            return;
        }
        let map = Arc::clone(editor.document.map());
        editor.document.mark_saved(&map);
        editor.seen = Some(print);
        self.toasts.add(
            format!("{} was changed on disk and is loaded again; undo brings back what was here", editor.name()),
            ctx,
        );
    }
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;

    use super::*;
    use crate::model::{Element, generate};

    #[test]
    fn what_is_typed_while_a_save_answers_is_not_lost() {
        let mut map = generate(2, 1, 1);
        map.counterpart = "future.ron".into();
        let mut window = Harness::builder().build_eframe(move |cc| App::new(&cc.egui_ctx, None).with_map(map));
        let (send, answer) = channel();
        let (from, path) = (PathBuf::from("/old/m.ron"), PathBuf::from("/new/m.ron"));
        let app = window.state_mut();
        let editor = app.editor.as_mut().unwrap();
        editor.path = Some(from.clone());
        let saved = Arc::clone(editor.document.map());
        editor.edit_in_place(Element::Title, &mut app.ink);
        window.run_steps(2);
        window.event(egui::Event::Text("typed".into()));
        window.run_steps(2);
        let app = window.state_mut();
        app.saver.running =
            Some(Running { map: saved, path, serial: app.serial, answer, since: Instant::now(), told: false });
        send.send((Outcome::Saved(Fingerprint::of(b""), Vec::new()), Some(from))).unwrap();
        window.run_steps(2);
        window.event(egui::Event::Text(" on".into()));
        window.run_steps(2);
        window.key_press(egui::Key::Enter);
        window.run_steps(2);
        let document = &mut window.state_mut().editor.as_mut().unwrap().document;
        assert!(document.map().title.contains("typed on"), "{}", document.map().title);
        assert!(document.map().counterpart.ends_with("old/future.ron"), "{}", document.map().counterpart);
        assert!(document.is_dirty(), "what was typed is not in the file");
        document.undo();
        assert!(!document.is_dirty(), "and what was there before is");
    }
}
