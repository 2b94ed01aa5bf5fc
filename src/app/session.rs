//! What the window takes up again at the next start: its place, and the last map if that is wanted.

use std::path::{Path, PathBuf};

use egui::{Context, Pos2, Rect, Vec2, ViewportBuilder, ViewportCommand, pos2, vec2};
use serde::{Deserialize, Serialize};

use super::dialogs::Dialog;
use super::editor::Sight;
use super::shell::App;

/// The place of a window, in points of the system.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WindowPlace {
    /// The corner with its frame; nothing where the system does not tell.
    corner: Option<(f32, f32)>,
    /// The size without its frame.
    size: (f32, f32),
    /// Whether it fills the screen.
    maximized: bool,
}

/// The map that was open last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Last {
    /// Its file.
    pub path: PathBuf,
    /// How it was looked at.
    pub sight: Option<Sight>,
}

/// The least and the largest window that is believed.
const SIZES: (f32, f32) = (320.0, 20_000.0);
/// As much of the window has to be on a screen, so that a hand can get hold of it.
const GRIP: Vec2 = vec2(120.0, 30.0);

impl WindowPlace {
    /// The place of the window as it is now; `before` is its place when it did not fill the screen.
    fn of(ctx: &Context, before: Option<Self>) -> Option<Self> {
        let zoom = ctx.zoom_factor();
        ctx.input(|i| {
            let viewport = i.viewport();
            let maximized = viewport.maximized.unwrap_or(false);
            let fills = maximized || viewport.fullscreen.unwrap_or(false) || viewport.minimized.unwrap_or(false);
            if fills {
                return before.map(|before| Self { maximized, ..before });
            }
            let size = viewport.inner_rect?.size() * zoom;
            let corner = viewport.outer_rect.map(|rect| (rect.min.x * zoom, rect.min.y * zoom));
            Some(Self { corner, size: (size.x, size.y), maximized })
        })
    }

    /// Whether it is a place that a window can have.
    fn is_sound(&self) -> bool {
        let corner = self.corner.unwrap_or_default();
        let is_near = |n: f32| n.is_finite() && n.abs() < SIZES.1;
        [self.size.0, self.size.1].iter().all(|n| (SIZES.0..SIZES.1).contains(n))
            && is_near(corner.0)
            && is_near(corner.1)
    }

    /// Makes the window come up here.
    pub fn prepare(&self, builder: ViewportBuilder) -> ViewportBuilder {
        if !self.is_sound() {
            return builder;
        }
        let builder = builder.with_inner_size(Vec2::from(self.size)).with_maximized(self.maximized);
        match self.corner {
            Some((x, y)) => builder.with_position(pos2(x, y)),
            None => builder,
        }
    }

    /// Where the window goes instead if no hand could get hold of it on these `screens`: the screen may be gone.
    fn corner_on(&self, screens: &[Rect]) -> Option<Pos2> {
        let corner = Pos2::from(self.corner?);
        let bar = Rect::from_min_size(corner, vec2(self.size.0, GRIP.y));
        let is_seen = |screen: &Rect| {
            let seen = screen.intersect(bar);
            seen.width() >= GRIP.x && seen.height() >= GRIP.y / 2.0
        };
        let first = screens.first()?;
        (!screens.iter().any(is_seen)).then(|| first.min + vec2(40.0, 40.0))
    }

    /// Brings the window onto one of the `screens` if it would come up beside all of them.
    pub fn bring_back(&self, screens: &[Rect], ctx: &Context) {
        if let Some(corner) = self.corner_on(screens).filter(|_| self.is_sound()) {
            ctx.send_viewport_cmd(ViewportCommand::OuterPosition(corner));
        }
    }
}

impl App {
    /// Notes where the window is.
    pub(super) fn note_place(&mut self, ctx: &Context) {
        if let Some(place) = WindowPlace::of(ctx, self.settings.window) {
            self.settings.window = Some(place);
        }
    }

    /// Keeps what the next start takes up again.
    pub(super) fn keep_session(&mut self) {
        if let Some(editor) = &self.editor
            && let Some(path) = &editor.path
        {
            let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            self.settings.last = Some(Last { path, sight: editor.sight() });
        }
        self.settings.save();
    }

    /// Opens the map that was open last, as it was looked at, if that is wanted and nothing else was asked for.
    pub(super) fn take_up(&mut self, ctx: &Context) {
        let Some(last) = self.settings.last.clone().filter(|_| self.settings.reopen) else { return };
        if self.editor.is_some() || self.dialog.is_open() {
            return;
        }
        if !last.path.exists() {
            self.toasts.add(format!("{}, the last map, is not there any more", name_of(&last.path)), ctx);
            return;
        }
        self.open_path(&last.path, ctx);
        self.is_taken_up = self.editor.is_some();
        if let (Some(editor), Some(sight)) = (&mut self.editor, last.sight) {
            editor.look_at(sight);
        }
    }

    /// Lets go of a map that was only taken up again while another window has it.
    pub(super) fn leave_to_other(&mut self, ctx: &Context) {
        if std::mem::take(&mut self.is_taken_up) && matches!(self.dialog, Dialog::OpenElsewhere) {
            self.dialog = Dialog::None;
            self.replace(None, ctx);
        }
    }

    /// Turns the opening of the last map at start on or off.
    pub(super) fn toggle_reopen(&mut self, ctx: &Context) {
        self.settings.reopen = !self.settings.reopen;
        self.keep_session();
        let text = if self.settings.reopen {
            "The next start opens the map that was open last"
        } else {
            "The next start shows the templates"
        };
        self.toasts.add(text.into(), ctx);
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_beside_all_screens_is_brought_back() {
        let screens = [[0.0, 0.0, 1920.0, 1080.0], [1920.0, 0.0, 1280.0, 1024.0]]
            .map(|[x, y, width, height]| Rect::from_min_size(pos2(x, y), vec2(width, height)));
        let at = |x, y| WindowPlace { corner: Some((x, y)), size: (800.0, 600.0), maximized: false };
        for (x, y) in [(0.0, 0.0), (-600.0, 10.0), (1900.0, 500.0), (3000.0, 900.0)] {
            assert_eq!(at(x, y).corner_on(&screens), None, "{x} {y}");
        }
        assert_eq!(at(1930.0, 20.0).corner_on(&screens[..1]), Some(pos2(40.0, 40.0)), "the second screen is gone");
        assert_eq!(at(100.0, 1079.0).corner_on(&screens), Some(pos2(40.0, 40.0)));
        assert_eq!(at(5000.0, 0.0).corner_on(&[]), None, "nobody knows");
    }

    #[test]
    fn nonsense_in_the_settings_is_no_place() {
        let place = WindowPlace { corner: None, size: (1000.0, 700.0), maximized: true };
        assert!(place.is_sound());
        assert!(!WindowPlace { size: (f32::NAN, 700.0), ..place }.is_sound());
        assert!(!WindowPlace { size: (3.0, 700.0), ..place }.is_sound());
        assert!(!WindowPlace { corner: Some((f32::INFINITY, 0.0)), ..place }.is_sound());
    }
}
