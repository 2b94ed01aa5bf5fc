//! What of a map is in sight: its scene, and the place kept from one time to the next.

use std::cell::OnceCell;
use std::sync::Arc;

use kurbo::Point;
use serde::{Deserialize, Serialize};

use super::Editor;
use crate::app::camera::Camera;
use crate::layout::Layout;
use crate::scene::{self, Scene};

/// The part of a layout that is in sight and a little around it, and its scene once somebody asked for it.
#[derive(Debug, Default)]
pub struct InSight(Option<(Arc<Layout>, kurbo::Rect, OnceCell<Scene>)>);

impl InSight {
    /// Notes that `seen` of `layout` is in sight.
    pub fn look(&mut self, layout: &Arc<Layout>, seen: kurbo::Rect) {
        let serves = self.0.as_ref().is_some_and(|(of, part, _)| {
            Arc::ptr_eq(of, layout) && part.contains_rect(seen) && part.width() < 2.5 * seen.width()
        });
        if !serves {
            let part = seen.inflate(seen.width() * 0.25, seen.height() * 0.25);
            self.0 = Some((Arc::clone(layout), part, OnceCell::new()));
        }
    }

    /// The scene of it; nothing before anything was in sight.
    pub fn scene(&self) -> Option<&Scene> {
        let (layout, part, scene) = self.0.as_ref()?;
        Some(scene.get_or_init(|| scene::build_visible(layout, *part)))
    }
}

/// How a map was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sight {
    /// Screen points for a point of the map.
    scale: f64,
    /// The place of the map at the top left corner of the canvas, in points of the map.
    corner: (f64, f64),
    /// Whether the map is shown as a wheel.
    round: bool,
}

impl Editor {
    /// How the map is looked at; nothing before it was shown.
    pub fn sight(&self) -> Option<Sight> {
        let corner = self.camera.to_map(self.view?.min);
        Some(Sight { scale: self.camera.scale, corner: (corner.x, corner.y), round: self.round })
    }

    /// Looks at the map as it was looked at before; nonsense is passed over.
    pub fn look_at(&mut self, sight: Sight) {
        let numbers = [sight.scale, sight.corner.0, sight.corner.1];
        if numbers.iter().all(|n| n.is_finite() && n.abs() < 1e7) && (0.01..=100.0).contains(&sight.scale) {
            if sight.round != self.round {
                self.toggle_wheel();
            }
            self.wanted = Some(sight);
            self.touched = true;
        }
    }

    /// The camera that shows what was in sight before, on a canvas that begins at `corner`.
    pub(super) fn camera_of(sight: Sight, corner: egui::Pos2) -> Camera {
        let mut camera = Camera { scale: sight.scale, corner: egui::Pos2::ZERO };
        let at = camera.to_screen(Point::new(sight.corner.0, sight.corner.1));
        camera.corner = corner - at.to_vec2();
        camera
    }
}
