//! A film under way: made on a thread, with its progress and a way to stop it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;

use egui::{Align2, Area, Context, Id, Order, ProgressBar};

use super::counterpart::Counterpart;
use super::dialogs::Dialog;
use super::files::Purpose;
use super::film_box::{FilmBox, FilmOrder};
use super::look;
use super::shapes::color32;
use super::shell::App;
use crate::film::{Film, FilmError, FilmFormat, write_file, write_numbered};
use crate::layout::LayoutEngine;
use crate::model::JourneyMap;
use crate::picture::Pictures;

/// A film that is being made.
#[derive(Debug)]
pub struct Filming {
    name: String,
    state: Arc<State>,
    thread: Option<JoinHandle<()>>,
}

/// What the thread and the window tell each other.
#[derive(Debug, Default)]
struct State {
    done: AtomicUsize,
    all: AtomicUsize,
    cancelled: AtomicBool,
    finished: AtomicBool,
}

impl Drop for Filming {
    /// A window that closes waits for the frame that is being drawn, so that no half file stays.
    fn drop(&mut self) {
        self.state.cancelled.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // It has told what went wrong.
            let _ = thread.join();
        }
    }
}

/// The name of the picture of a stop beside `path`: its number behind the name.
pub(super) fn numbered(path: &Path, number: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}-{number}.{}", FilmFormat::Stills.ending()))
}

/// Whether something stands where the film would go.
pub(super) fn is_there(format: FilmFormat, path: &Path) -> bool {
    if format == FilmFormat::Stills { numbered(path, "01").exists() } else { path.exists() }
}

impl App {
    /// Asks where the film that was chosen goes.
    pub(super) fn choose_film(&mut self, order: FilmOrder, ctx: &Context) {
        self.looks.film = Some(order);
        self.pick(Purpose::Film(order.format), ctx);
    }

    /// Asks how a film will be made.
    pub(super) fn ask_film(&mut self) {
        if let Some(editor) = &self.editor {
            self.dialog = Dialog::Film(Box::new(FilmBox::new(editor)));
        }
    }

    /// Makes the film that was asked for, at `path`, on a thread of its own.
    pub(super) fn film_to(&mut self, path: &Path, ctx: &Context) {
        let (Some(editor), Some(order)) = (&self.editor, self.looks.film.take()) else { return };
        let home = editor.path.clone().or_else(|| editor.origin.as_ref().map(|(path, _)| path.clone()));
        let mut maps = vec![(Arc::clone(editor.document.map()), home)];
        if let Some(other) = Counterpart::of(editor).filter(|_| order.both) {
            match other.map {
                Ok(map) => maps.push((map, Some(other.path))),
                Err(text) => {
                    self.dialog = Dialog::Problem { title: "The counterpart could not be read".into(), text };
                    return;
                }
            }
        }
        let theme = editor.picture_theme();
        let state = Arc::new(State::default());
        let (shared, send, wake, target) = (Arc::clone(&state), self.exports.0.clone(), ctx.clone(), path.to_owned());
        let work = move || {
            let layout = |(map, home): (Arc<JourneyMap>, Option<PathBuf>)| {
                let mut engine = LayoutEngine::default();
                engine.show_pictures(Pictures::load(&map, home.as_deref()));
                engine.layout(&map, &theme, false)
            };
            let film = Film::new(maps.into_iter().map(layout).collect(), order.options);
            let result = film.and_then(|film| make(&film, order, &target, &shared, &wake));
            let message = match result {
                Ok(told) => format!("Wrote {told}"),
                Err(FilmError::Cancelled) => "The film was cancelled; nothing was written".into(),
                Err(err) => format!("The film was not written: {err}"),
            };
            shared.finished.store(true, Ordering::Relaxed);
            // The window may be gone by now.
            let _ = send.send(message);
            wake.request_repaint();
        };
        match std::thread::Builder::new().name("film".into()).spawn(work) {
            Ok(thread) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                self.looks.filming = Some(Filming { name, state, thread: Some(thread) });
            }
            Err(err) => self.toasts.add(format!("The film was not written: {err}"), ctx),
        }
    }

    /// Shows how far the film is.
    pub(super) fn show_filming(&mut self, ctx: &Context) {
        let Some(filming) = &self.looks.filming else { return };
        let state = Arc::clone(&filming.state);
        if state.finished.load(Ordering::Relaxed) {
            self.looks.filming = None;
            return;
        }
        let (done, all) = (state.done.load(Ordering::Relaxed), state.all.load(Ordering::Relaxed));
        let part = if all == 0 { 0.0 } else { done as f32 / all as f32 };
        let colors = look::colors(ctx);
        let area = Area::new(Id::unique("filming")).order(Order::Foreground);
        area.anchor(Align2::RIGHT_BOTTOM, egui::vec2(-16.0, -44.0)).show(ctx, |ui| {
            let frame = egui::Frame::popup(ui.style()).fill(color32(colors.panel)).inner_margin(12);
            frame.show(ui, |ui| {
                ui.set_width(260.0);
                ui.label(format!("Making \u{2068}{}\u{2069}…", filming.name));
                ui.horizontal(|ui| {
                    ui.add(ProgressBar::new(part).desired_width(170.0).show_percentage());
                    if ui.button("Cancel").clicked() {
                        state.cancelled.store(true, Ordering::Relaxed);
                    }
                });
            });
        });
    }
}

fn make(film: &Film, order: FilmOrder, path: &Path, state: &State, ctx: &Context) -> Result<String, FilmError> {
    let mut progress = |done: usize, all: usize| {
        state.done.store(done, Ordering::Relaxed);
        state.all.store(all, Ordering::Relaxed);
        ctx.request_repaint();
        !state.cancelled.load(Ordering::Relaxed)
    };
    match order.format {
        FilmFormat::Gif | FilmFormat::Apng => write_file(film, order.format, path, &mut progress),
        FilmFormat::Stills => write_numbered(film, &mut progress, |number| numbered(path, number)),
    }
}
