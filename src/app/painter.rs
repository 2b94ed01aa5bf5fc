//! Scenes and texts to meshes for the screen: one, and where there are pictures, some between them.

use egui::epaint::Mesh;
use egui::{Color32, Context, Pos2, Rect, pos2, vec2};
use kurbo::Point;

use super::atlas::{Atlas, Full};
use super::camera::Camera;
use super::prints::{Prints, Sheets};
use super::shapes::{Brush, color32, stops_of};
use crate::model::Element;
use crate::picture::Picture;
use crate::scene::{Item, Line, Oval, PictureBox, RoundRect, Scene, Text};
use crate::text::TextBlock;
use crate::theme::Color;

/// Draws scenes. It keeps the glyphs that it rasterised, and the pictures that it showed.
#[derive(Debug)]
pub struct Painter {
    atlas: Atlas,
    prints: Prints,
    counts: PaintCounts,
    scene_counts: PaintCounts,
}

/// How much the last frame drew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaintCounts {
    /// Groups of the scene.
    pub groups: usize,
    /// Glyphs.
    pub glyphs: usize,
    /// Corners of triangles.
    pub vertices: usize,
}

/// How a scene is looked at.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// Where the map is.
    pub camera: Camera,
    /// What is in sight, on the screen.
    pub clip: Rect,
    /// Pixels a point.
    pub pixels_per_point: f32,
    /// Whether the scale is at rest: glyphs are then drawn at their exact size, on whole pixels.
    pub at_rest: bool,
    /// The element whose text is not drawn, because an editor stands there.
    pub without_text: Option<&'a Element>,
}

/// Rectangles below this size in pixels are drawn without round corners, border and soft edges.
const TINY: f32 = 16.0;
/// Shadows that are softer than this, in pixels, are not seen.
const FAINT_BLUR: f32 = 1.0;
/// Lines below this width in pixels are not drawn.
const FAINT: f32 = 0.25;
/// Texts below this height in pixels are drawn as bars.
const LEGIBLE: f32 = 4.0;

impl Painter {
    /// A painter with an empty atlas.
    pub fn new(ctx: &Context) -> Self {
        let counts = PaintCounts::default();
        Self { atlas: Atlas::new(ctx), prints: Prints::new(ctx), counts, scene_counts: counts }
    }

    /// How much the scenes took that were made into meshes in this frame; nothing if kept ones served.
    pub fn scene_counts(&self) -> PaintCounts {
        self.scene_counts
    }

    /// Whether the last scene had letters that can be read.
    pub fn has_drawn_glyphs(&self) -> bool {
        self.counts.glyphs > 0
    }

    /// How many glyphs were rasterised so far.
    pub fn rasters(&self) -> usize {
        self.atlas.rasters()
    }

    /// Begins to count anew.
    pub fn begin_frame(&mut self) {
        self.scene_counts = PaintCounts::default();
    }

    /// How often the atlas was cleared; meshes made before a clear are void.
    pub fn clears(&self) -> usize {
        self.atlas.clears()
    }

    /// Sends new glyphs to the graphics card; once a frame, after everything is drawn.
    pub fn upload(&mut self, ctx: &Context) {
        self.atlas.upload(ctx);
    }

    /// The scene as meshes.
    pub fn scene(&mut self, scene: &Scene, view: &View<'_>) -> Sheets {
        self.prints.begin();
        // A full atlas is cleared; the second try has all of it.
        self.try_scene(scene, view).or_else(|Full| self.try_scene(scene, view)).unwrap_or_default()
    }

    fn try_scene(&mut self, scene: &Scene, view: &View<'_>) -> Result<Sheets, Full> {
        let mut sheets = Sheets::default();
        let mut mesh = Mesh::with_texture(self.atlas.texture());
        self.counts = PaintCounts::default();
        for group in &scene.groups {
            self.counts.groups += 1;
            let without_text = view.without_text.is_some() && group.element.as_ref() == view.without_text;
            let mut first_text = true;
            for item in group.items.iter() {
                match item {
                    Item::Rect(rect) => self.rect(&mut mesh, rect, group.origin, view),
                    Item::Oval(oval) => self.oval(&mut mesh, oval, group.origin, view),
                    Item::Line(line) => self.line(&mut mesh, line, group.origin, view),
                    Item::Picture(picture) => self.picture((&mut mesh, &mut sheets), picture, group.origin, view),
                    Item::Text(text) => {
                        // The element's own text is the one that is not an icon.
                        let hidden = without_text && first_text && !text.block.text.is_empty();
                        if hidden {
                            first_text = false;
                        } else {
                            self.text(&mut mesh, text, group.origin, view)?;
                        }
                    }
                }
            }
        }
        sheets.push(mesh);
        self.counts.vertices = sheets.vertices();
        self.scene_counts.groups += self.counts.groups;
        self.scene_counts.glyphs += self.counts.glyphs;
        self.scene_counts.vertices += self.counts.vertices;
        Ok(sheets)
    }

    fn rect(&self, mesh: &mut Mesh, item: &RoundRect, origin: Point, view: &View<'_>) {
        let rect = view.camera.rect_to_screen(item.rect + origin.to_vec2());
        if !rect.expand(24.0).intersects(view.clip) {
            return;
        }
        let scale = view.camera.scale as f32;
        let radii = (item.radii[0] as f32 * scale, item.radii[3] as f32 * scale);
        let pixels = rect.width().min(rect.height()) * view.pixels_per_point;
        // Pills, dots and faces are round; they stay so for longer than cards.
        let tiny = if item.radii[0] * 2.0 >= item.rect.height() { TINY / 4.0 } else { TINY };
        if pixels < tiny {
            if pixels > 0.8 {
                let middle = origin.y + item.rect.center().y;
                let uv = Rect::from_min_max(self.atlas.white(), self.atlas.white());
                let fill = item.fill.at(middle - origin.y);
                // The border's part of what the eye sees of so small a thing.
                let fill = item.border.map_or(fill, |(_, border)| fill.mix(border, 0.6));
                mesh.add_rect_with_uv(rect, uv, color32(fill));
            }
            return;
        }
        let mut brush = Brush { mesh, white: self.atlas.white(), feather: 1.0 / view.pixels_per_point };
        if let Some(shadow) = item.shadow
            && shadow.blur as f32 * scale * view.pixels_per_point > FAINT_BLUR
        {
            let below = rect.translate(vec2(0.0, shadow.down as f32 * scale));
            brush.shadow(below, radii.0, shadow.blur as f32 * scale, color32(shadow.color));
        }
        let height_at = |y: f64| view.camera.to_screen(Point::new(0.0, origin.y + y)).y;
        let stops = stops_of(&item.fill, height_at);
        let map_y = |y: f32| view.camera.to_map(pos2(0.0, y)).y - origin.y;
        brush.rect(rect, radii, &stops, |y| color32(item.fill.at(map_y(y))));
        if let Some((width, color)) = item.border {
            brush.border(rect, radii, width as f32 * scale, color32(color));
        }
    }

    fn oval(&self, mesh: &mut Mesh, item: &Oval, origin: Point, view: &View<'_>) {
        let rect = view.camera.rect_to_screen(item.rect + origin.to_vec2());
        let mut brush = Brush { mesh, white: self.atlas.white(), feather: 1.0 / view.pixels_per_point };
        brush.oval(rect, color32(item.fill));
    }

    /// A picture as a mesh of its own, over what was drawn so far.
    fn picture(&mut self, (mesh, sheets): (&mut Mesh, &mut Sheets), item: &PictureBox, origin: Point, view: &View<'_>) {
        let rect = view.camera.rect_to_screen(item.rect + origin.to_vec2());
        if !rect.intersects(view.clip) {
            return;
        }
        sheets.push(std::mem::replace(mesh, Mesh::with_texture(self.atlas.texture())));
        let scale = view.camera.scale as f32;
        let radii = (item.radii[0] as f32 * scale, item.radii[3] as f32 * scale);
        sheets.extend(self.print(&item.picture, rect, radii, 1.0 / view.pixels_per_point));
    }

    /// A picture that covers `rect` of the screen, with round corners above and below.
    pub fn print(&mut self, picture: &Picture, rect: Rect, radii: (f32, f32), feather: f32) -> Sheets {
        let texture = self.prints.texture(picture);
        let mut shown = Mesh::with_texture(texture.id());
        Brush { mesh: &mut shown, white: Pos2::ZERO, feather }.rect(rect, radii, &[], |_| Color32::WHITE);
        let all = picture.cover(kurbo::Rect::new(
            f64::from(rect.left()),
            f64::from(rect.top()),
            f64::from(rect.right()),
            f64::from(rect.bottom()),
        ));
        let (corner, size) = (pos2(all.x0 as f32, all.y0 as f32), vec2(all.width() as f32, all.height() as f32));
        for vertex in &mut shown.vertices {
            vertex.uv = ((vertex.pos - corner) / size).clamp(egui::Vec2::ZERO, egui::Vec2::splat(1.0)).to_pos2();
        }
        Sheets::of_picture(shown, texture)
    }

    fn line(&self, mesh: &mut Mesh, line: &Line, origin: Point, view: &View<'_>) {
        let scale = view.camera.scale;
        let tolerance = 0.2 / (scale * f64::from(view.pixels_per_point));
        let width = (line.width * scale) as f32;
        if width * view.pixels_per_point < FAINT {
            return;
        }
        let mut brush = Brush { mesh, white: self.atlas.white(), feather: 1.0 / view.pixels_per_point };
        let color_at = |y: f32| color32(line.paint.at(view.camera.to_map(pos2(0.0, y)).y - origin.y));
        let mut points: Vec<Pos2> = Vec::with_capacity(16);
        let mut draw = |points: &mut Vec<Pos2>| {
            match line.dash {
                Some(dash) => {
                    dashes(points, dash, scale as f32, view.clip, |a, b| brush.line(&[a, b], width, color_at));
                }
                None => brush.line(points, width, color_at),
            }
            points.clear();
        };
        kurbo::flatten(line.path.iter(), tolerance, |element| match element {
            kurbo::PathEl::MoveTo(p) => {
                draw(&mut points);
                points.push(view.camera.to_screen(p + origin.to_vec2()));
            }
            kurbo::PathEl::LineTo(p) => points.push(view.camera.to_screen(p + origin.to_vec2())),
            _ => {}
        });
        draw(&mut points);
    }

    fn text(&mut self, mesh: &mut Mesh, text: &Text, origin: Point, view: &View<'_>) -> Result<(), Full> {
        let corner = view.camera.to_screen(text.at + origin.to_vec2());
        self.try_block(mesh, &text.block, corner, view.camera.scale as f32, text.color, view)
    }

    /// A laid-out text with its corner at `corner` of the screen, `scale` points for one of its own.
    pub fn block(
        &mut self,
        mesh: &mut Mesh,
        block: &TextBlock,
        corner: Pos2,
        scale: f32,
        color: Color,
        view: &View<'_>,
    ) {
        let before = (mesh.vertices.len(), mesh.indices.len());
        if self.try_block(mesh, block, corner, scale, color, view).is_err() {
            mesh.vertices.truncate(before.0);
            mesh.indices.truncate(before.1);
            // The atlas is empty now; one text fits.
            let _ = self.try_block(mesh, block, corner, scale, color, view);
        }
    }

    /// The middle of a white spot in the mesh's texture.
    pub fn white(&self) -> Pos2 {
        self.atlas.white()
    }

    /// An empty mesh that texts can be drawn on.
    pub fn mesh(&self) -> Mesh {
        Mesh::with_texture(self.atlas.texture())
    }

    fn try_block(
        &mut self,
        mesh: &mut Mesh,
        block: &TextBlock,
        corner: Pos2,
        scale: f32,
        color: Color,
        view: &View<'_>,
    ) -> Result<(), Full> {
        let bounds = Rect::from_min_size(corner, vec2(block.width.max(1.0) + 4000.0, block.height) * scale);
        if bounds.bottom() < view.clip.top() || bounds.top() > view.clip.bottom() {
            return Ok(());
        }
        let tint = color32(color);
        let ppp = view.pixels_per_point;
        let pixels = block.size * scale * ppp;
        if pixels < LEGIBLE {
            // A text of half a pixel is not seen at all.
            if pixels > 0.6 {
                self.bars(mesh, block, corner, scale, tint);
            }
            return Ok(());
        }
        for run in &block.runs {
            let pixels = run.size * scale * ppp;
            let (raster, snap) =
                if view.at_rest { ((pixels * 4.0).round() / 4.0, true) } else { (step_above(pixels), false) };
            let shrink = if view.at_rest { 1.0 } else { pixels / raster } / ppp;
            for glyph in &run.glyphs {
                self.counts.glyphs += 1;
                let x = (corner.x + glyph.x * scale) * ppp;
                let y = (corner.y + glyph.y * scale) * ppp;
                // A quarter of a pixel is below what the eye sees.
                let (pen_x, shift) = if snap { ((x * 4.0).round() / 4.0, true) } else { (x, false) };
                let whole = if shift { pen_x.floor() } else { pen_x };
                let quarter = if shift { ((pen_x - whole) * 4.0) as u8 } else { 0 };
                let pen_y = if snap { y.round() } else { y };
                let Some(sprite) = self.atlas.glyph(&run.font, glyph.id, raster, quarter)? else { continue };
                let min = pos2(whole / ppp, pen_y / ppp) + sprite.offset * shrink;
                let rect = Rect::from_min_size(min, sprite.size * shrink);
                if rect.intersects(view.clip) {
                    let tint = if sprite.colored { Color32::WHITE } else { tint };
                    mesh.add_rect_with_uv(rect, sprite.uv, tint);
                }
            }
        }
        Ok(())
    }

    /// A text too small to read: pale bars where its lines are.
    fn bars(&self, mesh: &mut Mesh, block: &TextBlock, corner: Pos2, scale: f32, tint: Color32) {
        let height = (block.size * 0.55 * scale).max(0.7);
        let uv = Rect::from_min_max(self.atlas.white(), self.atlas.white());
        let tint = tint.gamma_multiply(0.35);
        for line in block.lines.iter().filter(|line| line.width > 0.0) {
            let base = corner + vec2(line.x, line.baseline) * scale;
            let rect = Rect::from_min_max(base - vec2(0.0, height), base + vec2(line.width * scale, 0.0));
            mesh.add_rect_with_uv(rect, uv, tint);
        }
    }
}

/// The first of the sizes 2^(n/4) that is at least `pixels`.
fn step_above(pixels: f32) -> f32 {
    ((pixels.log2() * 4.0).ceil() / 4.0).exp2()
}

/// The dashes of a line, those in sight only; a line whose dashes are too small to see is drawn whole.
fn dashes(points: &[Pos2], (dash, gap): (f64, f64), scale: f32, clip: Rect, mut draw: impl FnMut(Pos2, Pos2)) {
    let (dash, gap) = (dash as f32 * scale, gap as f32 * scale);
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let length = (b - a).length();
        let direction = (b - a).normalized();
        if dash + gap < 2.0 {
            draw(a, b);
            continue;
        }
        let horizontal = direction.y.abs() < 0.01 && direction.x > 0.0;
        let start = if horizontal { ((clip.left() - a.x) / (dash + gap)).floor().max(0.0) * (dash + gap) } else { 0.0 };
        let end = if horizontal { length.min(clip.right() - a.x) } else { length };
        let mut at = start;
        while at < end {
            draw(a + direction * at, a + direction * (at + dash).min(length));
            at += dash + gap;
        }
    }
}
