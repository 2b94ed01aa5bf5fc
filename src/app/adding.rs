//! Pictures for touchpoints: dropped on the window or chosen, copied beside the map on a thread, added in one step.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

use egui::Context;

use super::dialogs::{After, Dialog};
use super::editor::Editor;
use super::files::Purpose;
use super::shell::App;
use crate::edit::update_touchpoint;
use crate::layout::RowContent;
use crate::model::{Element, LaneKind, TouchpointId};
use crate::picture::adopt;

/// Pictures on their way to their touchpoints.
#[derive(Debug)]
pub(super) struct Adding {
    /// Whose picture is being chosen.
    chosen_for: Option<TouchpointId>,
    /// Pictures that wait until the map has a file.
    waiting: Option<(TouchpointId, Vec<PathBuf>)>,
    copied: (Sender<Copied>, Receiver<Copied>),
    /// Copies under way.
    open: usize,
}

/// What became of the pictures for a touchpoint.
#[derive(Debug)]
struct Copied {
    /// Which of the maps opened one after the other it is about.
    serial: u64,
    touchpoint: TouchpointId,
    paths: Vec<String>,
    troubles: Vec<String>,
}

impl Default for Adding {
    fn default() -> Self {
        Self { chosen_for: None, waiting: None, copied: channel(), open: 0 }
    }
}

impl App {
    /// Whether pictures are on their way.
    pub fn is_adding(&self) -> bool {
        self.adding.open > 0
    }

    /// Takes dropped files: pictures for a touchpoint, or a map to open.
    pub(super) fn take_dropped(&mut self, ctx: &Context) {
        let dropped: Vec<PathBuf> =
            ctx.input(|i| i.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        let Some(first) = dropped.first() else { return };
        let pictures: Vec<PathBuf> = dropped.iter().filter(|path| is_picture(path)).cloned().collect();
        if pictures.is_empty() {
            self.ask_unsaved(After::OpenPath(first.clone()), ctx);
            return;
        }
        if self.dialog.is_open() {
            return;
        }
        let pointer = ctx.input(|i| i.pointer.latest_pos()).filter(|_| self.inventory.is_none());
        match self.editor.as_ref().and_then(|editor| host_of(editor, pointer)) {
            Some(touchpoint) => self.add_pictures(touchpoint, pictures, ctx),
            None if self.editor.is_some() => self
                .toasts
                .add("Whose picture is it? Select one touchpoint, or drop the picture on its card".into(), ctx),
            None => self.toasts.add("A picture belongs to a touchpoint: open a map first".into(), ctx),
        }
    }

    /// Asks for a picture for the selected touchpoint.
    pub(super) fn choose_picture(&mut self, ctx: &Context) {
        let touchpoint = self.editor.as_ref().and_then(|editor| host_of(editor, None));
        if touchpoint.is_some() {
            self.adding.chosen_for = touchpoint;
            self.pick(Purpose::Picture, ctx);
        }
    }

    /// Adds the picture that was chosen.
    pub(super) fn add_chosen(&mut self, path: &Path, ctx: &Context) {
        if let Some(touchpoint) = self.adding.chosen_for.take() {
            self.add_pictures(touchpoint, vec![path.to_owned()], ctx);
        }
    }

    /// Copies `pictures` beside the map and adds them to `touchpoint`; a map without a file is saved first.
    fn add_pictures(&mut self, touchpoint: TouchpointId, pictures: Vec<PathBuf>, ctx: &Context) {
        self.finish_typing();
        let Some(editor) = &self.editor else { return };
        let Some(file) = editor.path.clone() else {
            self.adding.waiting = Some((touchpoint, pictures));
            self.toasts.add("Pictures are kept beside the map: save it first, then the picture is added".into(), ctx);
            self.pick(Purpose::Save, ctx);
            return;
        };
        self.adding.open += 1;
        let (serial, send, ctx) = (self.serial, self.adding.copied.0.clone(), ctx.clone());
        std::thread::spawn(move || {
            let mut copied = Copied { serial, touchpoint, paths: Vec::new(), troubles: Vec::new() };
            for picture in pictures {
                match adopt(&picture, &file) {
                    Ok(path) => copied.paths.push(path),
                    Err(trouble) => copied.troubles.push(trouble),
                }
            }
            // The window may be gone by now.
            let _ = send.send(copied);
            ctx.request_repaint();
        });
    }

    /// Takes the pictures that were copied, and goes on with those that waited for a save.
    pub(super) fn take_added(&mut self, ctx: &Context) {
        while let Ok(copied) = self.adding.copied.1.try_recv() {
            self.adding.open = self.adding.open.saturating_sub(1);
            self.take_copied(copied);
        }
        let is_settled = !self.saver.is_running() && self.picker.is_none() && !self.dialog.is_open();
        if is_settled && let Some((touchpoint, pictures)) = self.adding.waiting.take() {
            // Without a file the save was called off, and with it the picture.
            if self.editor.as_ref().is_some_and(|editor| editor.path.is_some()) {
                self.add_pictures(touchpoint, pictures, ctx);
            }
        }
    }

    fn take_copied(&mut self, copied: Copied) {
        if !copied.troubles.is_empty() {
            let title = "Not every picture was added".into();
            self.dialog = Dialog::Problem { title, text: copied.troubles.join("\n\n") };
        }
        let Some(editor) = self.editor.as_mut().filter(|_| copied.serial == self.serial) else { return };
        if copied.paths.is_empty() {
            return;
        }
        let label = if copied.paths.len() == 1 { "new picture" } else { "new pictures" };
        let result = editor.document.edit(label, |map| {
            update_touchpoint(map, &copied.touchpoint, |t| {
                for path in copied.paths {
                    if !t.pictures.contains(&path) {
                        t.pictures.push(path);
                    }
                }
            })
        });
        editor.report(result);
    }
}

fn is_picture(path: &Path) -> bool {
    let is = |ending: &str| path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending));
    is("png") || is("jpg") || is("jpeg")
}

/// The touchpoint that a picture is meant for: that under the pointer, the first of the step under the pointer in the
/// storyboard, or the one that is selected.
fn host_of(editor: &Editor, pointer: Option<egui::Pos2>) -> Option<TouchpointId> {
    let layout = editor.layout();
    let under = pointer.filter(|pos| editor.is_in_sight(*pos)).and_then(|pos| layout.hit(editor.camera().to_map(pos)));
    match under {
        Some(Element::Touchpoint(id) | Element::EmotionPoint(id)) => return Some(id),
        Some(Element::Cell { step, lane }) => {
            let is_storyboard = layout.row_of(&lane).is_some_and(|row| row.kind == LaneKind::Pictures);
            let column = layout.column_of(&step).filter(|_| is_storyboard);
            let first = column.and_then(|column| {
                layout.rows.iter().find_map(|row| match &row.content {
                    RowContent::Cards(cards) => cards.column(column).first(),
                    _ => None,
                })
            });
            if let Some(first) = first {
                return Some(first.card.touchpoint.id.clone());
            }
        }
        _ => {}
    }
    match editor.document.selection().iter().collect::<Vec<_>>().as_slice() {
        [Element::Touchpoint(id) | Element::EmotionPoint(id)] => Some(id.clone()),
        _ => None,
    }
}
