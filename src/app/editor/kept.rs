//! The meshes of the last frame, moved instead of made anew for as long as only the map's place changes.

use std::sync::Arc;

use egui::{Vec2, vec2};

use crate::app::camera::Camera;
use crate::app::prints::Sheets;
use crate::model::Element;
use crate::scene::Scene;

/// Meshes and what they were made for.
#[derive(Debug)]
pub struct KeptMesh {
    scene: Arc<Scene>,
    camera: Camera,
    pixels_per_point: f32,
    at_rest: bool,
    without_text: Option<Element>,
    /// The atlas's count of clears: a cleared atlas has other places for its glyphs.
    atlas: usize,
    sheets: Sheets,
    /// Whether they hold all of the scene; otherwise only the scale is remembered.
    whole: bool,
}

/// What a mesh is made for.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// What is drawn.
    pub scene: &'a Arc<Scene>,
    /// Where the map is.
    pub camera: Camera,
    /// Pixels a point.
    pub pixels_per_point: f32,
    /// Whether glyphs stand on whole pixels.
    pub at_rest: bool,
    /// The element whose text is left out.
    pub without_text: Option<&'a Element>,
    /// How often the atlas was cleared.
    pub atlas: usize,
}

impl KeptMesh {
    /// Keeps `sheets`, which were made for `wanted`; they serve again only if they are of the `whole` scene.
    pub fn new(wanted: &Wanted<'_>, sheets: Sheets, whole: bool) -> Self {
        Self {
            scene: Arc::clone(wanted.scene),
            camera: wanted.camera,
            pixels_per_point: wanted.pixels_per_point,
            at_rest: wanted.at_rest,
            without_text: wanted.without_text.cloned(),
            atlas: wanted.atlas,
            sheets,
            whole,
        }
    }

    /// The meshes for `wanted`, if they differ by no more than the map's place.
    pub fn serve(&mut self, wanted: &Wanted<'_>) -> Option<Sheets> {
        let same = self.whole
            && Arc::ptr_eq(&self.scene, wanted.scene)
            && self.camera.scale.to_bits() == wanted.camera.scale.to_bits()
            && self.pixels_per_point.to_bits() == wanted.pixels_per_point.to_bits()
            && (self.at_rest || !wanted.at_rest)
            && self.without_text.as_ref() == wanted.without_text
            && self.atlas == wanted.atlas;
        if !same {
            return None;
        }
        let by = self.whole_pixels(wanted.camera.corner - self.camera.corner);
        if by != Vec2::ZERO {
            self.sheets.move_by(by);
            self.camera.corner += by;
        }
        Some(self.sheets.clone())
    }

    /// Where its glyphs stand, which is up to half a pixel from the map's place, and whether on whole pixels.
    pub fn place(&self) -> (Camera, bool) {
        (self.camera, self.at_rest)
    }

    /// Whether it was made for this scale.
    pub fn has_scale(&self, scale: f64) -> bool {
        self.camera.scale.to_bits() == scale.to_bits()
    }

    /// Glyphs stand on whole pixels and have to stay there.
    fn whole_pixels(&self, by: Vec2) -> Vec2 {
        let ppp = self.pixels_per_point;
        vec2((by.x * ppp).round() / ppp, (by.y * ppp).round() / ppp)
    }
}
