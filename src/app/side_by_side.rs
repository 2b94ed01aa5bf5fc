//! The open map and its counterpart in one window: before first, after second.

use std::path::Path;
use std::sync::Arc;

use egui::{Rect, Ui, UiBuilder, pos2, vec2};

use super::comparison::Comparison;
use super::editor::{Beside, Editor, Facing, Sight};
use super::ink::Ink;
use super::look::{self, BODY};
use super::shapes::color32;
use crate::model::{JourneyMap, State};

/// The counterpart in sight, and how the open map was looked at alone.
#[derive(Debug, Default)]
pub(super) struct SideBySide {
    /// Whether both maps are to be shown.
    pub is_wanted: bool,
    facing: Option<Facing>,
    /// Whether they stand one above the other; worked out when they are shown first.
    is_stacked: Option<bool>,
    alone: Option<Sight>,
}

/// The height of the strip with a map's name above it.
const STRIP: f32 = 26.0;
/// The line between the two maps.
const SEAM: f32 = 3.0;

impl SideBySide {
    /// Takes what is shown of the counterpart.
    pub fn take(&mut self, map: &Arc<JourneyMap>, file: &Path, beside: Beside) {
        if !self.is_wanted {
            return;
        }
        match &mut self.facing {
            Some(facing) => facing.take(Arc::clone(map), file.to_owned(), beside),
            None => self.facing = Some(Facing::new(Arc::clone(map), file.to_owned(), beside)),
        }
    }

    /// Shows both maps from the next frame on, or the open one alone as it was seen before.
    pub fn toggle(&mut self, editor: &mut Editor) {
        if self.is_wanted { self.end(editor) } else { self.is_wanted = true }
    }

    /// Shows the open map alone, as it was seen before, while there is nothing to show beside it.
    pub fn pause(&mut self, editor: &mut Editor) {
        if let Some(sight) = self.alone.take() {
            editor.look_at(sight);
        }
        self.begin_anew();
    }

    /// Forgets what was shown: another map is open.
    pub fn begin_anew(&mut self) {
        *self = Self { is_wanted: self.is_wanted, ..Self::default() };
    }

    /// Shows the open map alone.
    pub fn end(&mut self, editor: &mut Editor) {
        if let Some(sight) = self.alone.take() {
            editor.look_at(sight);
        }
        *self = Self::default();
    }
}

impl Comparison {
    /// The canvas of the open map, and the counterpart beside it if that is wanted.
    pub fn show_maps(&mut self, ui: &mut Ui, editor: &mut Editor, ink: &mut Ink) {
        let names = self.names(editor);
        let is_second = self.is_second();
        let both = &mut self.side_by_side;
        let (Some(facing), Some(is_second), Some([own_name, other_name])) = (&mut both.facing, is_second, names) else {
            editor.show(ui, ink);
            return;
        };
        if both.is_stacked.is_none() {
            both.alone = editor.sight();
        }
        let room = ui.available_rect_before_wrap();
        let is_stacked = *both.is_stacked.get_or_insert_with(|| facing.is_stacked(editor, room.size()));
        // Before stands where reading begins.
        let is_own_first = if is_stacked { !is_second } else { is_second == editor.layout().rtl };
        let (first, second) = halves(room, is_stacked);
        let (own, other) = if is_own_first { (first, second) } else { (second, first) };
        let view = below_strip(ui, own, &own_name, editor, ink);
        let mut canvas = ui.new_child(UiBuilder::new().max_rect(view).id_salt("map"));
        canvas.shrink_clip_rect(view);
        editor.show(&mut canvas, ink);
        let view = below_strip(ui, other, &other_name, editor, ink);
        facing.show(ui, view, &other_name, editor, ink);
        let line = color32(look::colors(ui.ctx()).line);
        ui.painter().rect_filled(seam(room, is_stacked), 0.0, line);
    }

    /// What stands above the open map and above the counterpart.
    fn names(&self, editor: &Editor) -> Option<[String; 2]> {
        let other = self.other()?;
        let map = other.map.as_ref().ok()?;
        let words = |word: &str, name: &str, state: Option<State>| match state {
            Some(state) if !other.is_own_file => format!("{word} · {name} · {}", state.name()),
            _ => format!("{word} · {name}"),
        };
        let [own, counterpart] = if self.is_second()? { ["After", "Before"] } else { ["Before", "After"] };
        let here = editor.document.map().state;
        Some([words(own, &editor.name(), here), words(counterpart, &other.name(), map.state)])
    }
}

/// The two halves of `room`, without the line between them.
fn halves(room: Rect, is_stacked: bool) -> (Rect, Rect) {
    let seam = seam(room, is_stacked);
    if is_stacked {
        (room.with_max_y(seam.top()), room.with_min_y(seam.bottom()))
    } else {
        (room.with_max_x(seam.left()), room.with_min_x(seam.right()))
    }
}

/// The line between the two maps.
fn seam(room: Rect, is_stacked: bool) -> Rect {
    let middle = room.center().round();
    if is_stacked {
        Rect::from_min_size(pos2(room.left(), middle.y), vec2(room.width(), SEAM))
    } else {
        Rect::from_min_size(pos2(middle.x, room.top()), vec2(SEAM, room.height()))
    }
}

/// Shows the strip with a map's name at the top of `room`, and returns what is left below.
fn below_strip(ui: &mut Ui, room: Rect, name: &str, editor: &Editor, ink: &mut Ink) -> Rect {
    let strip = room.with_max_y(room.top() + STRIP);
    let colors = look::colors(ui.ctx());
    ui.painter().rect_filled(strip, 0.0, color32(colors.panel));
    ui.painter().hline(strip.x_range(), strip.bottom(), egui::Stroke::new(1.0, color32(colors.line)));
    let natural = ink.natural_width(name);
    let width = natural.min(strip.width() - 32.0);
    let left = if editor.layout().rtl { strip.right() - 16.0 - width } else { strip.left() + 16.0 };
    let place = Rect::from_min_size(pos2(left, strip.top()), vec2(width, STRIP));
    let mut label = ui.new_child(
        UiBuilder::new().max_rect(place).layout(egui::Layout::left_to_right(egui::Align::Center)).id_salt(name),
    );
    ink.label(&mut label, name, BODY, width, colors.ink);
    room.with_min_y(strip.bottom() + 1.0)
}
