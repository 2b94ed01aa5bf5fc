//! Nothing is lost: snapshots of unsaved work, what was left behind, and others at the same file.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use egui::Context;

use super::dialogs::{After, Dialog};
use super::editor::Editor;
use super::questions::{LeftoverRow, Parted};
use super::shell::App;
use super::watch::{News, Watch};
use crate::file::{self, Fingerprint, Hold, Keeper, Leftover, Meta, Store};

/// What guards the open map; nothing of it works before [`App::guarded`].
#[derive(Debug, Default)]
pub(super) struct Safety {
    pub store: Option<Store>,
    keeper: Option<Keeper>,
    /// Whether files are watched.
    watches: bool,
    watch: Option<Watch>,
    hold: Option<Hold>,
    /// The file that is watched and held.
    attended: Option<PathBuf>,
    /// What was read from the file and not yet dealt with.
    news: Option<News>,
    /// The content on disk that was asked or told about.
    told: Option<Option<Fingerprint>>,
    finding: Option<Receiver<Vec<Leftover>>>,
    leftovers: Vec<Leftover>,
    chosen: Option<Leftover>,
}

impl Safety {
    /// What was read from the file before now does not count.
    pub fn forget(&mut self) {
        self.news = None;
        if let Some(watch) = &self.watch {
            watch.forget();
        }
    }
}

impl App {
    /// Keeps unsaved work in `store`, if there is one, offers what is left there, and watches the file.
    pub fn guarded(mut self, store: Option<Store>, ctx: &Context) -> Self {
        self.safety.watches = true;
        if let Some(store) = &store {
            let (send, found) = channel();
            let (store, ctx) = (store.clone(), ctx.clone());
            self.safety.keeper = Some(Keeper::new(store.clone()));
            self.safety.finding = Some(found);
            // A drive that does not answer must not keep the window from opening.
            std::thread::spawn(move || {
                store.clean();
                // The window may be gone by now.
                let _ = send.send(store.leftovers());
                ctx.request_repaint();
            });
        }
        self.safety.store = store;
        self.attend(ctx);
        self.leave_to_other(ctx);
        self
    }

    /// Lets a panic write a last snapshot.
    pub fn kept_on_panic(self) -> Self {
        if let Some(keeper) = &self.safety.keeper {
            keeper.write_on_panic();
        }
        self
    }

    /// Opens `editor` in place of the map that is open, whose changes were saved or given up.
    pub(super) fn replace(&mut self, editor: Option<Editor>, ctx: &Context) {
        self.let_go();
        self.serial += 1;
        self.editor = editor;
        self.start.over = false;
        self.attend(ctx);
    }

    /// Ends the keeping of the open map's work: it is saved, or somebody chose to lose it.
    pub(super) fn let_go(&mut self) {
        let is_lost = self.is_dirty();
        match &mut self.safety.keeper {
            Some(keeper) if is_lost => keeper.discard(),
            Some(keeper) => keeper.is_saved(),
            None => {}
        }
    }

    /// Watches and holds the file of the open map.
    pub(super) fn attend(&mut self, ctx: &Context) {
        let path = self.editor.as_ref().and_then(|editor| editor.path.clone());
        if !self.safety.watches || path == self.safety.attended {
            return;
        }
        (self.safety.news, self.safety.told, self.safety.hold) = (None, None, None);
        self.safety.watch = path.as_deref().map(|path| Watch::new(path, ctx));
        if let (Some(path), Some(store)) = (&path, &self.safety.store) {
            match store.hold(path) {
                Ok(Some(hold)) => self.safety.hold = Some(hold),
                Ok(None) if !self.dialog.is_open() => self.dialog = Dialog::OpenElsewhere,
                // Without the lock the content of the file decides, as it does in any case.
                Ok(None) | Err(_) => {}
            }
        }
        self.safety.attended = path;
    }

    /// Keeps the work as it is now, and takes what was found and what changed on disk.
    pub(super) fn guard(&mut self, ctx: &Context) {
        self.keep_work(ctx);
        self.offer_leftovers();
        if ctx.input(|i| i.events.contains(&egui::Event::WindowFocused(true)))
            && let Some(watch) = &self.safety.watch
        {
            watch.look();
        }
        self.take_news_of_file(ctx);
    }

    fn keep_work(&mut self, ctx: &Context) {
        let is_dirty = self.is_dirty();
        let (Some(keeper), false) = (&mut self.safety.keeper, self.may_close) else { return };
        if let Some(trouble) = keeper.trouble() {
            self.toasts.add(format!("Unsaved work cannot be kept safe: {trouble}. Save often."), ctx);
        }
        let Some(editor) = &self.editor else { return };
        if is_dirty {
            keeper.keep(editor.document.map(), || match (&editor.path, &editor.origin) {
                (None, Some((path, base))) => Meta::now(Some(path.clone()), *base),
                (path, _) => Meta::now(path.clone(), editor.seen),
            });
        } else {
            keeper.is_saved();
        }
    }

    /// Shows what was left behind, once no other dialog is open.
    fn offer_leftovers(&mut self) {
        if let Some(found) = self.safety.finding.as_ref().and_then(|finding| finding.try_recv().ok()) {
            self.safety.leftovers = found;
            self.safety.finding = None;
        } else if self.safety.finding.is_none() && !self.dialog.is_open() {
            // Later: the next start asks again.
            self.safety.leftovers.clear();
        }
        if !self.safety.leftovers.is_empty() && !self.dialog.is_open() {
            self.dialog = Dialog::Leftovers(self.safety.leftovers.iter().map(LeftoverRow::new).collect());
        }
    }

    /// Goes on with what was left behind, after a question about the map that is open.
    pub(super) fn choose_leftover(&mut self, at: usize, compare: bool, ctx: &Context) {
        if at < self.safety.leftovers.len() {
            self.safety.chosen = Some(self.safety.leftovers.remove(at));
            self.ask_unsaved(After::Recovered(compare), ctx);
        }
    }

    /// Puts away what was left behind and shows what remains.
    pub(super) fn discard_leftover(&mut self, at: usize, ctx: &Context) {
        if at < self.safety.leftovers.len()
            && let Err(err) = self.safety.leftovers.remove(at).discard()
        {
            self.toasts.add(format!("It could not be put away: {err}"), ctx);
        }
        if !self.safety.leftovers.is_empty() {
            self.dialog = Dialog::Leftovers(self.safety.leftovers.iter().map(LeftoverRow::new).collect());
        }
    }

    /// Opens what was chosen as a map that is not saved; its file is only a suggestion, with which it is compared if
    /// that is asked for.
    pub(super) fn open_recovered(&mut self, compare: bool, ctx: &Context) {
        let Some(leftover) = self.safety.chosen.take() else { return };
        match leftover.map() {
            Ok(map) => {
                let mut editor = Editor::new(map, None);
                editor.document.mark_unsaved();
                let file = leftover.meta.path.clone();
                editor.origin = leftover.meta.path.clone().map(|path| (path, leftover.meta.base));
                self.replace(Some(editor), ctx);
                if let Some(keeper) = &mut self.safety.keeper {
                    keeper.adopt(leftover.adopt());
                }
                self.close_views();
                if let Some(file) = file.filter(|_| compare) {
                    self.compare_with_disk(&file, None);
                }
            }
            Err(err) => {
                let title = "The unsaved work could not be read".into();
                self.dialog = Dialog::Problem { title, text: err.to_string() };
            }
        }
    }

    /// Looks at what was read from the file, when nothing else is going on.
    fn take_news_of_file(&mut self, ctx: &Context) {
        let Some(watch) = &self.safety.watch else { return };
        self.safety.news = watch.poll().or(self.safety.news.take()).filter(|news| watch.is_current(news));
        let is_busy = self.saver.is_running() || self.dialog.is_open() || self.picker.is_some();
        let Some(editor) = &mut self.editor else { return };
        if is_busy || editor.document.in_gesture() {
            return;
        }
        let Some(news) = self.safety.news.take() else { return };
        let print = news.print();
        let is_known = print == editor.seen;
        if is_known || self.safety.told == Some(print) {
            // What comes back after this is news again.
            self.safety.told = self.safety.told.filter(|_| !is_known);
            return;
        }
        self.safety.told = Some(print);
        match (news.bytes, editor.path.clone()) {
            (Some(bytes), Some(path)) => self.file_changed(&path, &bytes, ctx),
            _ => {
                editor.seen = None;
                editor.document.mark_unsaved();
                let text =
                    format!("{} is not there any more; what is here is kept, save it to have it back", editor.name());
                self.toasts.add(text, ctx);
            }
        }
    }

    /// Somebody else has put `bytes` into the file.
    fn file_changed(&mut self, path: &std::path::Path, bytes: &[u8], ctx: &Context) {
        let is_dirty = self.is_dirty();
        let Some(editor) = &mut self.editor else { return };
        let print = Fingerprint::of(bytes);
        match file::parse_bytes(path, bytes) {
            Ok(map) if map == **editor.document.map() => {
                let map = Arc::clone(editor.document.map());
                editor.document.mark_saved(&map);
                editor.seen = Some(print);
            }
            Ok(_) if is_dirty => self.dialog = Dialog::Parted(Parted::Noticed(path.to_owned(), print)),
            Ok(map) => {
                self.take_theirs(map, print, ctx);
                self.note_remarks(super::importing::remarks_in(bytes));
            }
            Err(_) => {
                let text =
                    format!("{} was changed on disk and is no map now; what is here is untouched", editor.name());
                self.toasts.add(text, ctx);
            }
        }
    }

    /// Goes on with what is in the window; the file's content `print` may be saved over.
    pub(super) fn keep_mine(&mut self, print: Fingerprint) {
        if let Some(editor) = &mut self.editor {
            editor.seen = Some(print);
        }
    }
}
