//! Pictures on the graphics card, and what a scene becomes there: meshes in their order.

use std::collections::HashMap;
use std::sync::Arc;

use egui::epaint::Mesh;
use egui::{ColorImage, Context, Pos2, TextureFilter, TextureHandle, TextureOptions};

use crate::picture::Picture;

/// A painted scene: meshes from the back to the front. Everything but pictures shares the texture of the glyphs; each
/// picture is a mesh of its own between them.
#[derive(Clone, Default)]
pub struct Sheets {
    meshes: Vec<Arc<Mesh>>,
    /// The textures live for as long as the meshes that show them.
    textures: Vec<TextureHandle>,
}

impl std::fmt::Debug for Sheets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sheets").field("meshes", &self.meshes.len()).finish_non_exhaustive()
    }
}

impl Sheets {
    /// Puts `mesh` over the others.
    pub fn push(&mut self, mesh: Mesh) {
        if !mesh.is_empty() {
            self.meshes.push(Arc::new(mesh));
        }
    }

    /// `mesh` alone, which shows `texture`.
    pub fn of_picture(mesh: Mesh, texture: TextureHandle) -> Self {
        Self { meshes: vec![Arc::new(mesh)], textures: vec![texture] }
    }

    /// Puts `others` over these.
    pub fn extend(&mut self, others: Self) {
        self.meshes.extend(others.meshes);
        self.textures.extend(others.textures);
    }

    /// Corners of triangles.
    pub fn vertices(&self) -> usize {
        self.meshes.iter().map(|mesh| mesh.vertices.len()).sum()
    }

    /// Moves all so that what they have at `from` comes to `to`, scaled by `factor`.
    pub fn shift(&mut self, factor: f32, from: Pos2, to: Pos2) {
        for mesh in &mut self.meshes {
            // The screen has let go of the last frame's, so this copies nothing.
            let mesh = Arc::make_mut(mesh);
            if factor == 1.0 {
                let by = to - from;
                mesh.vertices.iter_mut().for_each(|vertex| vertex.pos += by);
            } else {
                mesh.vertices.iter_mut().for_each(|vertex| vertex.pos = to + (vertex.pos - from) * factor);
            }
        }
    }

    /// The meshes, from the back to the front.
    pub fn meshes(&self) -> &[Arc<Mesh>] {
        &self.meshes
    }

    /// Paints all.
    pub fn paint(self, painter: &egui::Painter) {
        for mesh in self.meshes {
            painter.add(mesh);
        }
    }
}

/// Above this number of textures those that were not used lately are let go.
const MOST: usize = 96;
/// Sides of textures that every graphics card takes, in pixels.
const MOST_SIDE: f64 = 2048.0;

/// The textures of pictures.
pub struct Prints {
    ctx: Context,
    /// By the picture's number, with the turn in which it was used last.
    textures: HashMap<u64, (TextureHandle, u64)>,
    turn: u64,
}

impl std::fmt::Debug for Prints {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prints").field("textures", &self.textures.len()).finish_non_exhaustive()
    }
}

impl Prints {
    /// No textures yet.
    pub fn new(ctx: &Context) -> Self {
        Self { ctx: ctx.clone(), textures: HashMap::new(), turn: 0 }
    }

    /// Begins a scene.
    pub fn begin(&mut self) {
        self.turn += 1;
        if self.textures.len() > MOST {
            let mut turns: Vec<u64> = self.textures.values().map(|(_, turn)| *turn).collect();
            turns.sort_unstable();
            let oldest = turns[turns.len() - MOST / 2];
            self.textures.retain(|_, (_, turn)| *turn >= oldest);
        }
    }

    /// The texture of `picture`.
    pub fn texture(&mut self, picture: &Picture) -> TextureHandle {
        let entry = self.textures.entry(picture.id()).or_insert_with(|| {
            let (width, height) = picture.size();
            let size = [width as usize, height as usize];
            let longest = f64::from(width.max(height));
            let image = if longest > MOST_SIDE {
                let scale = MOST_SIDE / longest;
                let small = picture.covering(f64::from(width) * scale, f64::from(height) * scale);
                let size = [small.width() as usize, small.height() as usize];
                ColorImage::from_rgba_premultiplied(size, small.as_raw())
            } else {
                ColorImage::from_rgba_premultiplied(size, picture.rgba())
            };
            // A picture of many pixels on a small card: without smaller copies it would glitter while it moves.
            let options = TextureOptions::LINEAR.with_mipmap_mode(Some(TextureFilter::Linear));
            (self.ctx.load_texture("picture", image, options), 0)
        });
        entry.1 = self.turn;
        entry.0.clone()
    }
}
