//! Where one looks on the map: the first look, the way to another place, and what is brought into sight.

use egui::{Pos2, Rect, Ui};

use super::Editor;
use crate::app::camera::Camera;
use crate::model::Element;

impl Editor {
    /// Shows a new map, and shows it anew when the window gets its size, until a hand has touched it.
    pub(super) fn place_camera(&mut self, view: Rect) {
        if let Some(sight) = self.wanted.take() {
            // On its way elsewhere, the camera would not stay there.
            self.target = None;
            self.camera = Self::camera_of(sight, view.min);
        } else if self.view.is_none_or(|old| old != view && !self.touched) {
            self.camera = self.first_look(view);
        } else if let Some(old) = self.view.filter(|old| *old != view) {
            // Where all of the map was in sight it stays so. The panel of what is selected only covers a part: the map
            // would change its size with each click.
            if self.is_whole_in(old) && self.had_inspector == self.inspector_open {
                self.go_to(Camera::fit(self.layout.size, view));
            } else {
                self.stay_below(old, view);
            }
        }
        self.had_inspector = self.inspector_open;
        self.view = Some(view);
        self.camera.keep_in(self.layout.size, view);
    }

    /// Whether the map is, or is going to be, shown as [`Editor::fit`] shows it in `view`.
    fn is_whole_in(&self, view: Rect) -> bool {
        let (seen, fit) = (self.target.unwrap_or(self.camera), Camera::fit(self.layout.size, view));
        (seen.scale / fit.scale - 1.0).abs() < 0.01 && (seen.corner - fit.corner).length() < 4.0
    }

    /// Keeps what was seen in place: a bar over the canvas came or went.
    fn stay_below(&mut self, old: Rect, view: Rect) {
        let by = egui::vec2(0.0, view.top() - old.top());
        self.camera.corner += by;
        if let Some(target) = &mut self.target {
            target.corner += by;
        }
    }

    /// The whole map, unless cards could not be read then; in that case from the start of the map.
    pub(super) fn first_look(&self, view: Rect) -> Camera {
        const READABLE: f64 = 0.6;
        if let Some(scale) = self.first_scale {
            return self.middle(scale, view);
        }
        let mut camera = Camera::fit(self.layout.size, view);
        if camera.scale < READABLE {
            camera.scale = READABLE;
            let width = (self.layout.size.width * READABLE) as f32;
            let x = if self.layout.rtl { view.right() - width } else { view.left() };
            camera.corner = Pos2::new(x, view.top());
        }
        camera
    }

    /// Moves the camera a little nearer to where it is going.
    pub(super) fn animate(&mut self, ui: &Ui) {
        let Some(target) = self.target else { return };
        let dt = f64::from(ui.input(|i| i.stable_dt.min(0.05)));
        let part = 1.0 - (-dt * 18.0).exp();
        let scale = self.camera.scale * (target.scale / self.camera.scale).powf(part);
        let corner = self.camera.corner + (target.corner - self.camera.corner) * part as f32;
        let near = (target.scale / scale).ln().abs() < 0.002 && (target.corner - corner).length() < 0.5;
        self.camera = if near { target } else { Camera { scale, corner } };
        self.target = (!near).then_some(target);
        self.scaled_at = ui.input(|i| i.time);
        ui.ctx().request_repaint();
    }

    /// Sends the camera on its way to `target`.
    pub(super) fn go_to(&mut self, target: Camera) {
        self.target = Some(target);
    }

    /// Shows the middle of the map at `scale` at once, or when it is shown for the first time.
    pub fn look_at_middle(&mut self, scale: f64) {
        self.touched = true;
        self.target = None;
        match self.view {
            Some(view) => self.camera = self.middle(scale, view),
            None => self.first_scale = Some(scale),
        }
    }

    pub(super) fn middle(&self, scale: f64, view: Rect) -> Camera {
        let middle = (self.layout.size.to_vec2() / 2.0 * scale).to_point();
        Camera { scale, corner: view.center() - egui::vec2(middle.x as f32, middle.y as f32) }
    }

    /// Shows the whole map.
    pub fn fit(&mut self) {
        if let Some(view) = self.view {
            self.go_to(Camera::fit(self.layout.size, view));
        }
    }

    /// Selects `elements` and brings them into sight, or the first of them where there is no room for all.
    pub fn choose(&mut self, elements: &[Element]) {
        self.document.select(elements.iter().filter(|e| self.document.map().contains(e)).cloned().collect::<Vec<_>>());
        self.relayout();
        let mut areas = elements.iter().filter_map(|element| self.layout.rect_of(element));
        let Some(first) = areas.next() else { return };
        let all = areas.fold(first, |all, area| all.union(area));
        let room = self.view.map_or(kurbo::Rect::ZERO, |view| self.camera.rect_to_map(view));
        let fits = all.width() < room.width() && all.height() < room.height();
        self.reveal_area(if fits { all } else { first });
    }

    /// Brings what is selected into sight in the next frame of the canvas.
    pub fn reveal_selected(&mut self) {
        self.reveal_selection = true;
    }

    /// Brings `element` into sight with the least movement.
    pub(super) fn reveal(&mut self, element: &Element) {
        self.relayout();
        if let Some(rect) = self.layout.rect_of(element) {
            self.reveal_area(rect);
        }
    }

    /// Brings a part of the map into sight with the least movement, and out from below the find bar.
    pub(super) fn reveal_area(&mut self, area: kurbo::Rect) {
        let Some(view) = self.view else { return };
        let mut camera = self.target.unwrap_or(self.camera);
        camera.reveal(area, view, 24.0);
        if let Some(bar) = self.finder().map(|finder| finder.rect)
            && bar.intersects(camera.rect_to_screen(area))
        {
            camera.reveal(area, view.with_min_y(bar.bottom()), 16.0);
        }
        if camera != self.target.unwrap_or(self.camera) {
            self.go_to(camera);
        }
    }
}
