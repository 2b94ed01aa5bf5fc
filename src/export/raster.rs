//! Scenes to pixels. Letters are drawn once for each size and eighth of a pixel, and then put where they stand.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use image::RgbaImage;
use kurbo::{Affine, BezPath, PathEl, Point, Rect, RoundedRect, RoundedRectRadii, Shape as _};
use swash::FontRef;
use swash::scale::image::Content;
use swash::scale::{Render, ScaleContext, Source};
use swash::zeno::{Cap, Command, Fill, Format, Join, Mask, Stroke, Style, Vector};

use super::canvas::{Canvas, Ink, Shape, Stencil};
use crate::scene::{Item, Line, Oval, Paint, PictureBox, RoundRect, Scene, Text};
use crate::text::FontData;
use crate::theme::Color;

/// A picture in memory: rows from top to bottom, red, green, blue, alpha, premultiplied.
#[derive(Clone, Debug)]
pub struct Pixels {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Four bytes a pixel.
    pub rgba: Vec<u8>,
}

impl Pixels {
    /// The same with straight alpha, as clipboards and files want it.
    pub fn into_straight(mut self) -> Self {
        for pixel in self.rgba.chunks_exact_mut(4) {
            let alpha = u32::from(pixel[3]);
            if (1..255).contains(&alpha) {
                for channel in &mut pixel[..3] {
                    // At most 255.
                    *channel = ((u32::from(*channel) * 255 + alpha / 2) / alpha).min(255) as u8;
                }
            }
        }
        self
    }
}

/// Draws part of a scene: `width` × `height` pixels whose top left corner is at `corner`, a pixel of
/// the scene at `scale` pixels a point.
pub fn rasterize(
    scene: &Scene,
    scale: f64,
    corner: (f64, f64),
    (width, height): (u32, u32),
    transparent: bool,
) -> Pixels {
    let mut raster = Raster::new(width, height, Arc::default());
    raster.draw(scene, scale, corner, transparent);
    raster.pixels()
}

/// Pictures in the sizes in which they are drawn, for all bands; by their numbers and pixels across and down.
pub(crate) type Prints = Mutex<HashMap<(u64, u32, u32), Arc<RgbaImage>>>;

/// A canvas that can be drawn on again and again.
pub(crate) struct Raster {
    canvas: Canvas,
    glyphs: Glyphs,
    prints: Arc<Prints>,
    /// From the coordinates of a group to those of pixels: scale, and where its origin is.
    scale: f64,
    origin: Point,
}

impl Raster {
    pub fn new(width: u32, height: u32, prints: Arc<Prints>) -> Self {
        Self {
            canvas: Canvas::new(width as usize, height as usize),
            glyphs: Glyphs::default(),
            prints,
            scale: 1.0,
            origin: Point::ORIGIN,
        }
    }

    /// As [`rasterize`]; the pixels are there until the next call.
    pub(super) fn draw(&mut self, scene: &Scene, scale: f64, corner: (f64, f64), transparent: bool) -> &Canvas {
        self.begin((!transparent).then_some(scene.ground));
        self.put(scene, scale, corner);
        &self.canvas
    }

    /// Begins a picture on `ground`, or on nothing.
    pub fn begin(&mut self, ground: Option<Color>) {
        self.canvas.clear(ground.map_or(Ink::of_pixel([0; 4]), Ink::from));
    }

    /// The picture so far.
    pub fn pixels(&self) -> Pixels {
        let (width, height) = self.canvas.size();
        let rgba = self.canvas.rows().flatten().flat_map(|pixel| pixel.to_le_bytes()).collect();
        // They were 32 bits when the canvas was made.
        Pixels { width: width as u32, height: height as u32, rgba }
    }

    /// Draws a scene over what is there, without its ground.
    pub fn put(&mut self, scene: &Scene, scale: f64, corner: (f64, f64)) {
        /// Shadows and the ends of lines reach this far out of their groups, in points.
        const REACH: f64 = 16.0;
        self.scale = scale;
        let (width, height) = self.canvas.size();
        let view = Rect::from_origin_size(corner, (width as f64, height as f64)).scale_from_origin(1.0 / scale);
        for group in scene.groups.iter().filter(|g| g.bounds.inset(REACH).overlaps(view)) {
            self.origin = Point::new(group.origin.x * scale - corner.0, group.origin.y * scale - corner.1);
            for item in group.items.iter() {
                match item {
                    Item::Rect(rect) => self.rect(rect),
                    Item::Oval(oval) => self.oval(oval),
                    Item::Line(line) => self.line(line),
                    Item::Text(text) => self.text(text),
                    Item::Picture(picture) => self.picture(picture),
                }
            }
        }
    }

    fn shape(&self, rect: Rect, radii: [f64; 4]) -> Shape {
        let most = rect.width().min(rect.height()) / 2.0;
        let x = |x: f64| (self.origin.x + x * self.scale) as f32;
        let y = |y: f64| (self.origin.y + y * self.scale) as f32;
        let radii = radii.map(|radius| (radius.min(most) * self.scale) as f32);
        Shape { x0: x(rect.x0), y0: y(rect.y0), x1: x(rect.x1), y1: y(rect.y1), radii }
    }

    /// Whether nothing within `reach` pixels of a shape is on the canvas.
    fn is_out(&self, shape: &Shape, reach: f32) -> bool {
        let (width, height) = self.canvas.size();
        shape.y1 + reach < 0.0
            || shape.y0 - reach > height as f32
            || shape.x1 + reach < 0.0
            || shape.x0 - reach > width as f32
    }

    fn rect(&mut self, item: &RoundRect) {
        let shape = self.shape(item.rect, item.radii);
        if let Some(shadow) = item.shadow {
            let blur = (shadow.blur * self.scale) as f32;
            let below = self.shape(item.rect + kurbo::Vec2::new(0.0, shadow.down), item.radii);
            if !self.is_out(&below, 3.0 * blur) {
                self.canvas.shadow(below, blur, shadow.color.into(), shape);
            }
        }
        if self.is_out(&shape, 0.0) {
            return;
        }
        let (scale, origin) = (self.scale, self.origin.y);
        self.canvas.fill(shape, |row| ink_of(&item.fill, row, scale, origin));
        if let Some((width, color)) = item.border {
            self.canvas.border(shape, (width * scale) as f32, color.into());
        }
    }

    fn oval(&mut self, item: &Oval) {
        let path = item.shape().to_path(0.1 / self.scale);
        self.path(&path, Style::Fill(Fill::NonZero), 0.0, &Paint::Solid(item.fill));
    }

    fn line(&mut self, line: &Line) {
        let width = (line.width * self.scale) as f32;
        if let (Some(rect), None) = (straight(&line.path, line.width), line.dash) {
            let shape = self.shape(rect, [line.width / 2.0; 4]);
            let (scale, origin) = (self.scale, self.origin.y);
            if !self.is_out(&shape, 0.0) {
                self.canvas.fill(shape, |row| ink_of(&line.paint, row, scale, origin));
            }
            return;
        }
        if let Some(dash) = line.dash
            && self.dashes(line, dash)
        {
            return;
        }
        let mut stroke = Stroke::new(width);
        stroke.join(Join::Round).cap(Cap::Round);
        let dashes = line.dash.map(|(dash, gap)| [dash * self.scale, gap * self.scale].map(|length| length as f32));
        if let Some(dashes) = &dashes {
            stroke.cap(Cap::Butt).dash(dashes, 0.0);
        }
        self.path(&line.path, Style::Stroke(stroke), width, &line.paint);
    }

    /// Draws the dashes of a line that runs level or upright, one by one: as a path, thousands of them in a row of pixels
    /// would be sorted into each other. Says no to any other line.
    fn dashes(&mut self, line: &Line, (dash, gap): (f64, f64)) -> bool {
        let [PathEl::MoveTo(a), PathEl::LineTo(b)] = line.path.elements() else { return false };
        let along = *b - *a;
        let length = along.hypot();
        if (along.x != 0.0 && along.y != 0.0) || length == 0.0 || dash <= 0.0 || gap < 0.0 {
            return false;
        }
        let (way, half) = (along / length, line.width / 2.0);
        let across = kurbo::Vec2::new(way.y.abs(), way.x.abs()) * half;
        let (scale, origin) = (self.scale, self.origin.y);
        for n in 0..(length / (dash + gap)).ceil() as usize {
            let from = n as f64 * (dash + gap);
            let (from, to) = (*a + way * from, *a + way * (from + dash).min(length));
            let shape = self.shape(Rect::from_points(from - across, to + across), [0.0; 4]);
            if !self.is_out(&shape, 0.0) {
                self.canvas.fill(shape, |row| ink_of(&line.paint, row, scale, origin));
            }
        }
        true
    }

    /// Draws a path that reaches `reach` pixels out of its control points; only what is on the canvas is worked out.
    fn path(&mut self, path: &BezPath, style: Style<'_>, reach: f32, paint: &Paint) {
        let to_pixels = Affine::translate(self.origin.to_vec2()) * Affine::scale(self.scale);
        let (width, height) = self.canvas.size();
        let all = Rect::new(0.0, 0.0, width as f64, height as f64);
        let bounds = (to_pixels * path.clone()).control_box().inset(f64::from(reach) + 1.0).expand();
        let seen = bounds.intersect(all);
        if seen.is_zero_area() || seen.width() < 1.0 || seen.height() < 1.0 {
            return;
        }
        let to_seen = Affine::translate(-seen.origin().to_vec2()) * to_pixels;
        let commands: Vec<Command> = path.iter().map(|element| command(to_seen * element)).collect();
        let (across, down) = (seen.width() as u32, seen.height() as u32);
        let (cover, _) = Mask::new(&commands[..]).style(style).size(across, down).render();
        let (scale, origin) = (self.scale, self.origin.y);
        let stencil = Stencil { left: seen.x0 as i32, top: seen.y0 as i32, width: across as usize, cover: &cover };
        self.canvas.stencil(&stencil, |row| ink_of(paint, row, scale, origin));
    }

    fn text(&mut self, text: &Text) {
        let (width, height) = self.canvas.size();
        let corner = self.origin + text.at.to_vec2() * self.scale;
        let ink: Ink = text.color.into();
        for run in &text.block.runs {
            let size = (f64::from(run.size) * self.scale) as f32;
            for glyph in &run.glyphs {
                let x = corner.x + f64::from(glyph.x) * self.scale;
                let y = corner.y + f64::from(glyph.y) * self.scale;
                let reach = f64::from(size) * 2.0;
                if x < -reach || y < -reach || x > width as f64 + reach || y > height as f64 + reach {
                    continue;
                }
                let (left, shift_x) = place(x);
                let (base, shift_y) = place(y);
                let Some(sprite) = self.glyphs.get(&run.font, glyph.id, size, (shift_x, shift_y)) else { continue };
                let (left, top) = (left + sprite.left, base - sprite.top);
                let stencil = Stencil { left, top, width: sprite.width, cover: &sprite.cover };
                if sprite.rgba.is_empty() {
                    self.canvas.stencil(&stencil, |_| ink);
                } else {
                    self.canvas.stamp(&stencil, &sprite.rgba);
                }
            }
        }
    }

    /// A picture, made as small first as it will be: taking one pixel of many would make it rough.
    fn picture(&mut self, item: &PictureBox) {
        let shape = self.shape(item.rect, item.radii);
        if self.is_out(&shape, 0.0) {
            return;
        }
        let (width, height) = (item.rect.width() * self.scale, item.rect.height() * self.scale);
        let key = (item.picture.id(), width.ceil() as u32, height.ceil() as u32);
        let mut prints = self.prints.lock().unwrap_or_else(PoisonError::into_inner);
        let print = Arc::clone(prints.entry(key).or_insert_with(|| Arc::new(item.picture.covering(width, height))));
        drop(prints);
        let (across, down) = (print.width(), print.height());
        let step = (across as f32 / (shape.x1 - shape.x0), down as f32 / (shape.y1 - shape.y0));
        self.canvas.cover(shape, |x, y| {
            let at = |pixel: usize, from: f32, step: f32, most: u32| {
                (((pixel as f32 + 0.5 - from) * step).max(0.0) as u32).min(most - 1)
            };
            let pixel = print.get_pixel(at(x, shape.x0, step.0, across), at(y, shape.y0, step.1, down));
            Ink::of_pixel(pixel.0)
        });
    }
}

/// The colour of a paint in a row of pixels.
fn ink_of(paint: &Paint, row: usize, scale: f64, origin: f64) -> Ink {
    match paint {
        Paint::Solid(color) => (*color).into(),
        Paint::Vertical(_) => paint.at((row as f64 + 0.5 - origin) / scale).into(),
    }
}

/// Into how many places a pixel is divided for letters, each way.
const PLACES: f64 = 8.0;

/// The whole pixels, and the place within the next.
fn place(at: f64) -> (i32, u8) {
    let places = (at * PLACES).round();
    let whole = (places / PLACES).floor();
    (whole as i32, (places - PLACES * whole) as u8)
}

/// What a line covers that runs level or upright from one point to another.
fn straight(path: &BezPath, width: f64) -> Option<Rect> {
    let [PathEl::MoveTo(a), PathEl::LineTo(b)] = path.elements() else { return None };
    (a.x == b.x || a.y == b.y).then(|| Rect::from_points(*a, *b).inset(width / 2.0))
}

fn command(element: PathEl) -> Command {
    let at = |p: Point| Vector::new(p.x as f32, p.y as f32);
    match element {
        PathEl::MoveTo(p) => Command::MoveTo(at(p)),
        PathEl::LineTo(p) => Command::LineTo(at(p)),
        PathEl::QuadTo(a, p) => Command::QuadTo(at(a), at(p)),
        PathEl::CurveTo(a, b, p) => Command::CurveTo(at(a), at(b), at(p)),
        PathEl::ClosePath => Command::Close,
    }
}

/// A glyph at one size and place within a pixel.
struct Sprite {
    left: i32,
    top: i32,
    width: usize,
    cover: Vec<u8>,
    /// Pixels of its own, premultiplied; nothing for plain letters.
    rgba: Vec<u8>,
}

/// The glyphs that were drawn so far.
#[derive(Default)]
struct Glyphs {
    known: foldhash::HashMap<GlyphKey, Option<Sprite>>,
    context: ScaleContext,
}

/// Font, index in its file, glyph, bits of its size, places within a pixel to the right and down.
type GlyphKey = (u64, u32, u32, u32, (u8, u8));

impl Glyphs {
    fn get(&mut self, font: &FontData, glyph: u32, size: f32, shift: (u8, u8)) -> Option<&Sprite> {
        let key = (font.data.id(), font.index, glyph, size.to_bits(), shift);
        let context = &mut self.context;
        self.known.entry(key).or_insert_with(|| sprite(context, font, glyph, size, shift)).as_ref()
    }
}

fn sprite(context: &mut ScaleContext, font: &FontData, glyph: u32, size: f32, shift: (u8, u8)) -> Option<Sprite> {
    let font_ref = FontRef::from_index(font.data.data(), font.index as usize)?;
    let id = u16::try_from(glyph).ok()?;
    let key = [font.data.id(), u64::from(font.index)];
    let mut scaler = context.builder_with_id(font_ref, key).size(size).hint(false).build();
    // Fonts count upwards.
    let part = |places: u8| f32::from(places) / PLACES as f32;
    let shift = Vector::new(part(shift.0), -part(shift.1));
    let image = Render::new(&[Source::ColorOutline(0), Source::Outline])
        .format(Format::Alpha)
        .offset(shift)
        .render(&mut scaler, id)?;
    let (left, top, width) = (image.placement.left, image.placement.top, image.placement.width as usize);
    Some(match image.content {
        Content::Color => {
            let cover = image.data.chunks_exact(4).map(|pixel| pixel[3]).collect();
            Sprite { left, top, width, cover, rgba: image.data }
        }
        _ => Sprite { left, top, width, cover: image.data, rgba: Vec::new() },
    })
}

/// `rect` with its sides moved in by `by`.
pub(super) fn rounded(rect: Rect, [tl, tr, br, bl]: [f64; 4], by: f64) -> RoundedRect {
    let r = |radius: f64| (radius - by).max(0.0);
    RoundedRect::from_rect(rect.inset(-by), RoundedRectRadii::new(r(tl), r(tr), r(br), r(bl)))
}
