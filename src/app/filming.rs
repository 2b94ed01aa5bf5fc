//! A film under way: made on a thread, with its progress and a way to stop it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;

use egui::{Align2, Area, Context, Id, Order, ProgressBar};

use super::comparison::is_second;
use super::counterpart::Counterpart;
use super::dialogs::Dialog;
use super::files::Purpose;
use super::film_box::{FilmBox, FilmOrder};
use super::look;
use super::shapes::color32;
use super::shell::App;
use crate::film::{Film, FilmError, FilmFormat, write_file, write_numbered};
use crate::layout::LayoutEngine;
use crate::model::{JourneyMap, State as MapState};
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

impl Filming {
    /// Whether it has told how it ended, or died without telling.
    fn is_over(&self) -> bool {
        self.state.finished.load(Ordering::Relaxed) || self.thread.as_ref().is_some_and(JoinHandle::is_finished)
    }
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

/// Whether something stands where the film would go: of pictures one with any number, as how many digits numbers have is
/// known only once the film is planned.
pub(super) fn is_there(format: FilmFormat, path: &Path) -> bool {
    if format != FilmFormat::Stills {
        return path.exists();
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (begin, end) = (format!("{}-", path.file_stem().unwrap_or_default().to_string_lossy()), ".png");
    let is_one = |name: &str| {
        let number = name.strip_prefix(&begin).and_then(|rest| rest.strip_suffix(end));
        number.is_some_and(|number| number.len() > 1 && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    std::fs::read_dir(folder).is_ok_and(|names| names.flatten().any(|it| is_one(&it.file_name().to_string_lossy())))
}

/// The open map and its counterpart, each with the state it says it is, in the order in which they are walked through.
pub(super) fn in_order<T>(open: (T, Option<MapState>), other: (T, Option<MapState>)) -> Vec<T> {
    if is_second(open.1, other.1) { vec![other.0, open.0] } else { vec![open.0, other.0] }
}

/// What is told of a film that was cancelled when `done` of `all` frames were written.
fn cancelled(format: FilmFormat, done: usize, all: usize) -> String {
    match (format, done) {
        (FilmFormat::Stills, 1..) => {
            format!("The film was cancelled; {done} of its {all} pictures are written and stay")
        }
        _ => "The film was cancelled; nothing was written".into(),
    }
}

impl App {
    /// Asks where the film that was chosen goes.
    pub(super) fn choose_film(&mut self, order: FilmOrder, ctx: &Context) {
        self.looks.film = Some(order);
        self.pick(Purpose::Film(order.format), ctx);
    }

    /// Asks how a film will be made.
    pub(super) fn ask_film(&mut self, ctx: &Context) {
        if self.is_filming(ctx) {
            return;
        }
        if let Some(editor) = &self.editor {
            self.dialog = Dialog::Film(Box::new(FilmBox::new(editor)));
        }
    }

    /// Whether a film is being made, which another one would end; then that is told.
    fn is_filming(&mut self, ctx: &Context) -> bool {
        let running = self.looks.filming.as_ref().filter(|filming| !filming.is_over());
        let Some(filming) = running else { return false };
        let text = format!("\u{2068}{}\u{2069} is being made: wait for it, or cancel it first", filming.name);
        self.toasts.add(text, ctx);
        true
    }

    /// Makes the film that was asked for, at `path`, on a thread of its own.
    pub(super) fn film_to(&mut self, path: &Path, ctx: &Context) {
        if self.is_filming(ctx) {
            return;
        }
        let (Some(editor), Some(order)) = (&self.editor, self.looks.film.take()) else { return };
        let home = editor.path.clone().or_else(|| editor.origin.as_ref().map(|(path, _)| path.clone()));
        let map = Arc::clone(editor.document.map());
        let (state, own) = (map.state, (map, home));
        let maps = match Counterpart::of(editor).filter(|_| order.both).map(|other| (other.map, other.path)) {
            None => vec![own],
            Some((Ok(map), path)) => in_order((own, state), ((Arc::clone(&map), Some(path)), map.state)),
            Some((Err(text), _)) => {
                self.dialog = Dialog::Problem { title: "The counterpart could not be read".into(), text };
                return;
            }
        };
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
                Err(FilmError::Cancelled) => {
                    let [done, all] = [&shared.done, &shared.all].map(|count| count.load(Ordering::Relaxed));
                    cancelled(order.format, done, all)
                }
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
        if filming.is_over() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_is_walked_through_before_the_future_whichever_is_open() {
        let (today, future) = (Some(MapState::Current), Some(MapState::Future));
        assert_eq!(in_order(("open", today), ("other", future)), ["open", "other"]);
        assert_eq!(in_order(("open", future), ("other", today)), ["other", "open"]);
        assert_eq!(in_order(("open", None), ("other", None)), ["open", "other"]);
    }

    #[test]
    fn pictures_with_numbers_of_any_length_are_not_overwritten_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("walk.png");
        for (name, is_one) in
            [("walk-by.png", false), ("walk-7.png", false), ("talk-01.png", false), ("walk-001.png", true)]
        {
            std::fs::write(folder.path().join(name), "").unwrap();
            assert_eq!(is_there(FilmFormat::Stills, &path), is_one, "{name}");
        }
        assert!(!is_there(FilmFormat::Gif, &folder.path().join("walk.gif")));
    }

    #[test]
    fn what_stays_of_a_cancelled_film_is_told() {
        assert!(cancelled(FilmFormat::Stills, 4, 30).contains("4 of its 30 pictures are written"));
        assert!(cancelled(FilmFormat::Stills, 0, 30).contains("nothing was written"));
        assert!(cancelled(FilmFormat::Gif, 4, 30).contains("nothing was written"));
    }
}
