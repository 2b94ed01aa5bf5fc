//! The counterpart beside the open map: only to be looked at, from the same place, with its own marks of what differs.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{CursorIcon, PointerButton, Pos2, Rect, Sense, Ui, Vec2};
use kurbo::{Point, Size};

use super::beside::Beside;
use super::kept::Kept;
use super::sight::InSight;
use super::{Editor, Ink};
use crate::app::camera::Camera;
use crate::app::look;
use crate::app::painter::View;
use crate::app::shapes::{Brush, color32};
use crate::layout::{Layout, LayoutEngine};
use crate::model::{Element, JourneyMap};
use crate::picture::Album;

/// Another map in sight beside the open one.
#[derive(Debug)]
pub struct Facing {
    map: Arc<JourneyMap>,
    file: PathBuf,
    beside: Beside,
    engine: LayoutEngine,
    album: Album,
    layout: Option<Arc<Layout>>,
    scene: InSight,
    kept: Kept,
    /// Whether it was not shown yet.
    is_new: bool,
}

impl Facing {
    /// Shows `map`, whose file is `file`, with the marks of `beside`.
    pub fn new(map: Arc<JourneyMap>, file: PathBuf, beside: Beside) -> Self {
        Self {
            map,
            file,
            beside,
            engine: LayoutEngine::default(),
            album: Album::default(),
            layout: None,
            scene: InSight::default(),
            kept: Kept::default(),
            is_new: true,
        }
    }

    /// Shows `map` from now on, the same journey as it is now, or with other marks.
    pub fn take(&mut self, map: Arc<JourneyMap>, file: PathBuf, beside: Beside) {
        (self.map, self.file, self.beside) = (map, file, beside);
    }

    /// Whether the two maps stand one above the other in `room`, and not next to each other: they are larger so.
    pub fn is_stacked(&mut self, editor: &Editor, room: Vec2) -> bool {
        let size = larger(editor.layout.size, self.lay_out(editor).size);
        let scale = |width: f32, height: f32| (f64::from(width) / size.width).min(f64::from(height) / size.height);
        scale(room.x, room.y / 2.0) >= scale(room.x / 2.0, room.y)
    }

    /// A frame of it in `view`; hands that move it move the open map too, which was shown before.
    pub fn show(&mut self, ui: &Ui, view: Rect, name: &str, editor: &mut Editor, ink: &mut Ink) {
        let ctx = ui.ctx().clone();
        self.album.look(&self.map, Some(&self.file), move || ctx.request_repaint());
        let layout = self.lay_out(editor);
        let Some(own) = editor.view else { return };
        if std::mem::take(&mut self.is_new) {
            editor.go_to(Camera::fit(larger(editor.layout.size, layout.size), own));
            editor.touched = true;
        }
        let camera = camera_beside(editor, own, (&layout, view));
        self.take_pointer(ui, view, (camera, own), name, editor);
        self.paint(ui, view, camera, editor, ink);
    }

    /// The layout, as the open map has its own: in its theme, its shape, for its persona.
    fn lay_out(&mut self, editor: &Editor) -> Arc<Layout> {
        let focus = editor.focus.clone().filter(|id| self.map.persona(id).is_some());
        let serves = |layout: &Arc<Layout>| {
            Arc::ptr_eq(&layout.map, &self.map)
                && Arc::ptr_eq(&layout.theme, &editor.theme)
                && layout.focus == focus
                && layout.wheel.is_some() == editor.round
                && layout.pictures.is(self.album.pictures())
        };
        if let Some(layout) = self.layout.as_ref().filter(|layout| serves(layout)) {
            return Arc::clone(layout);
        }
        self.engine.focus(focus);
        self.engine.round(editor.round);
        self.engine.show_pictures(self.album.pictures().clone());
        let layout = self.engine.layout(&self.map, &editor.theme, false);
        self.layout = Some(Arc::clone(&layout));
        layout
    }

    /// Pans and zooms both maps; a click chooses the same thing on the open one.
    fn take_pointer(&self, ui: &Ui, view: Rect, (camera, own): (Camera, Rect), name: &str, editor: &mut Editor) {
        let response = ui.interact(view, egui::Id::unique("facing"), Sense::click_and_drag());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, name));
        if response.dragged_by(PointerButton::Primary) || response.dragged_by(PointerButton::Middle) {
            editor.target = None;
            editor.camera.pan(response.drag_delta());
            ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        }
        let Some(pos) = response.hover_pos() else { return };
        let (zoom, scroll) = ui.input(|i| (i.zoom_delta(), i.smooth_scroll_delta()));
        if (zoom - 1.0).abs() > 1e-4 {
            editor.target = None;
            editor.camera.zoom_at(pos - view.center().to_vec2() + own.center().to_vec2(), f64::from(zoom));
            editor.scaled_at = ui.input(|i| i.time);
        } else if scroll != Vec2::ZERO {
            editor.target = None;
            editor.camera.pan(scroll);
        }
        if response.clicked() {
            self.choose(camera, pos, editor);
        }
    }

    /// Selects on the open map what is at `pos` on this one.
    fn choose(&self, camera: Camera, pos: Pos2, editor: &mut Editor) {
        let Some(element) = self.layout.as_ref().and_then(|layout| layout.hit(camera.to_map(pos))) else {
            editor.document.select([]);
            return;
        };
        if editor.document.map().contains(&element) {
            editor.choose(&[element]);
        } else {
            editor.document.select([]);
            editor.notice = Some("This is only on the other map".into());
        }
    }

    fn paint(&mut self, ui: &Ui, view: Rect, camera: Camera, editor: &Editor, ink: &mut Ink) {
        let Some(layout) = &self.layout else { return };
        let painter = ui.painter_at(view);
        painter.rect_filled(view, 0.0, color32(layout.theme.colors.ground));
        let pixels_per_point = ui.ctx().pixels_per_point();
        let at_rest = editor.is_at_rest(ui.input(|i| i.time));
        let look = View { camera, clip: view, pixels_per_point, at_rest, without_text: None };
        let clears = ink.painter.clears();
        self.kept.paint(layout, &look, &mut ink.painter, &painter);
        if clears != ink.painter.clears() {
            // The open map's glyphs of this frame are gone.
            ui.ctx().request_repaint();
        }
        let colors = look::colors_over(&layout.theme);
        let mut mesh = ink.painter.mesh();
        let mut brush = Brush { mesh: &mut mesh, white: ink.painter.white(), feather: 1.0 / pixels_per_point };
        for element in editor.document.selection().iter().filter(|element| is_outlined(element)) {
            let Some(rect) = layout.rect_of(element).map(|rect| camera.rect_to_screen(rect)) else { continue };
            let (radius, off) = editor.outline_of(element);
            brush.border(rect.expand(off + 1.0), (radius + 1.0, radius + 1.0), 2.0, color32(colors.accent));
        }
        painter.add(mesh);
        self.scene.look(layout, camera.rect_to_map(view));
        if let Some(scene) = self.scene.scene() {
            self.beside.paint_marks(&painter, &look, (layout, scene), colors);
        }
    }
}

/// Whether the same thing on the other map is outlined: links are numbers, not names.
fn is_outlined(element: &Element) -> bool {
    !matches!(element, Element::Link(_))
}

fn larger(a: Size, b: Size) -> Size {
    Size::new(a.width.max(b.width), a.height.max(b.height))
}

/// The camera of the other map in `view` that shows in the middle what the open map shows in the middle of `own`.
fn camera_beside(editor: &Editor, own: Rect, (layout, view): (&Layout, Rect)) -> Camera {
    let scale = editor.camera.scale;
    let middle = same_place(editor.camera.to_map(own.center()), &editor.layout, layout).to_vec2() * scale;
    Camera { scale, corner: view.center() - Vec2::new(middle.x as f32, middle.y as f32) }
}

/// The place of layout `to` that says what `point` says in `from`: in the same step and lane, if both have them.
fn same_place(point: Point, from: &Layout, to: &Layout) -> Point {
    if from.wheel.is_some() || from.rtl != to.rtl {
        let middle = |layout: &Layout| (layout.size.to_vec2() / 2.0).to_point();
        return middle(to) + (point - middle(from));
    }
    let steps = from.columns.iter().filter_map(|column| {
        let other = &to.columns[to.column_of(&column.step.id)?];
        Some((Stretch(column.x, column.x + column.width), Stretch(other.x, other.x + other.width)))
    });
    let lanes = from.rows.iter().filter_map(|row| {
        let other = to.row_of(&row.lane)?;
        Some((Stretch(row.y, row.y + row.height), Stretch(other.y, other.y + other.height)))
    });
    Point::new(
        along(point.x, steps.collect(), (from.size.width, to.size.width)),
        along(point.y, lanes.collect(), (from.size.height, to.size.height)),
    )
}

/// From where to where a step or lane goes.
#[derive(Clone, Copy)]
struct Stretch(f64, f64);

impl Stretch {
    /// Where `at` is in `other`, in proportion.
    fn carry(self, at: f64, other: Self) -> f64 {
        other.0 + (at - self.0) / (self.1 - self.0).max(1e-9) * (other.1 - other.0)
    }
}

/// Where `at` is on another map, given which stretches of the two are the same, and the ends of both.
///
/// Between two of them places are in proportion too, unless what follows there stands before it here.
fn along(at: f64, mut pairs: Vec<(Stretch, Stretch)>, ends: (f64, f64)) -> f64 {
    pairs.sort_by(|a, b| a.0.0.total_cmp(&b.0.0));
    let (mut before, mut after) = ((0.0, 0.0), ends);
    for (here, there) in pairs {
        if at < here.0 {
            after = (here.0, there.0);
            break;
        }
        if at <= here.1 {
            return here.carry(at, there);
        }
        before = (here.1, there.1);
    }
    if at < before.0 || at > after.0 || after.1 < before.1 {
        return before.1 + at - before.0;
    }
    Stretch(before.0, after.0).carry(at, Stretch(before.1, after.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(pairs: &[(Stretch, Stretch)], expected: &[(f64, f64)]) {
        for (from, to) in expected {
            let found = along(*from, pairs.to_vec(), (400.0, 450.0));
            assert!((found - to).abs() < 1e-9, "{from}: {found} is not {to}");
        }
    }

    #[test]
    fn places_are_in_the_same_stretch_in_proportion() {
        let pairs = [(Stretch(100.0, 200.0), Stretch(100.0, 300.0)), (Stretch(300.0, 350.0), Stretch(340.0, 390.0))];
        let inside = [(150.0, 200.0), (300.0, 340.0), (325.0, 365.0)];
        let between = [(-30.0, -30.0), (50.0, 50.0), (250.0, 320.0), (375.0, 420.0), (500.0, 540.0)];
        all(&pairs, &inside);
        all(&pairs, &between);
    }

    #[test]
    fn what_stands_in_another_order_is_where_it_stands_there() {
        let pairs = [(Stretch(100.0, 200.0), Stretch(250.0, 350.0)), (Stretch(200.0, 300.0), Stretch(100.0, 200.0))];
        all(&pairs, &[(150.0, 300.0), (250.0, 150.0), (350.0, 325.0)]);
    }
}
