//! Glyphs as pictures in one texture.

use egui::epaint::{ColorImage, ImageData, ImageDelta, TextureId};
use egui::{Color32, Context, Pos2, Rect, TextureOptions, Vec2, pos2, vec2};
use etagere::{BucketedAtlasAllocator, size2};
use foldhash::HashMap;
use swash::scale::image::Content;
use swash::scale::{Render, ScaleContext, Source};
use swash::zeno::{Format, Vector};

use crate::text::FontData;

/// The side of the texture in texels: it holds about ten sizes of a rich map's glyphs.
const SIDE: usize = 2048;
/// Around each picture, so that neighbours do not bleed in.
const PAD: i32 = 1;

/// A texture with every glyph that was drawn lately, and a white spot for plain shapes.
pub struct Atlas {
    texture: TextureId,
    allocator: BucketedAtlasAllocator,
    pixels: Vec<Color32>,
    /// The parts that the graphics card does not have yet.
    dirty: Vec<[usize; 4]>,
    white: Pos2,
    glyphs: HashMap<GlyphKey, Option<Sprite>>,
    scaler: ScaleContext,
    rasters: usize,
    clears: usize,
}

impl std::fmt::Debug for Atlas {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Atlas").field("glyphs", &self.glyphs.len()).finish_non_exhaustive()
    }
}

/// One glyph at one size.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct GlyphKey {
    font: u64,
    index: u32,
    glyph: u32,
    /// Quarters of a pixel per em.
    size: u32,
    /// Quarters of a pixel to the right.
    shift: u8,
}

/// A glyph's picture in the texture.
#[derive(Clone, Copy, Debug)]
pub struct Sprite {
    /// Its place in the texture, 0 to 1.
    pub uv: Rect,
    /// From the pen to its top left corner, in pixels of its size.
    pub offset: Vec2,
    /// Its size in pixels.
    pub size: Vec2,
    /// Whether it has colours of its own.
    pub colored: bool,
}

/// The texture has no room left; it was cleared, and the frame has to be made anew.
#[derive(Debug)]
pub struct Full;

impl Atlas {
    /// An empty atlas with a texture of its own.
    pub fn new(ctx: &Context) -> Self {
        let image = ColorImage::filled([SIDE, SIDE], Color32::TRANSPARENT);
        let texture =
            ctx.tex_manager().write().alloc("glyphs".into(), ImageData::Color(image.into()), TextureOptions::LINEAR);
        let mut atlas = Self {
            texture,
            allocator: BucketedAtlasAllocator::new(size2(SIDE as i32, SIDE as i32)),
            pixels: vec![Color32::TRANSPARENT; SIDE * SIDE],
            dirty: Vec::new(),
            white: Pos2::ZERO,
            glyphs: HashMap::default(),
            scaler: ScaleContext::new(),
            rasters: 0,
            clears: 0,
        };
        atlas.clear();
        atlas
    }

    /// The texture.
    pub fn texture(&self) -> TextureId {
        self.texture
    }

    /// The middle of the white spot.
    pub fn white(&self) -> Pos2 {
        self.white
    }

    /// How many glyphs were drawn into the texture so far.
    pub fn rasters(&self) -> usize {
        self.rasters
    }

    /// How often it was cleared because it was full.
    pub fn clears(&self) -> usize {
        self.clears
    }

    /// The picture of a glyph at `size` pixels per em, moved right by `shift` quarters of a pixel;
    /// `None` for a glyph without a picture, such as a space.
    pub fn glyph(&mut self, font: &FontData, glyph: u32, size: f32, shift: u8) -> Result<Option<Sprite>, Full> {
        // Sizes are positive and small.
        let size = (size * 4.0).round().max(1.0) as u32;
        let key = GlyphKey { font: font.data.id(), index: font.index, glyph, size, shift };
        if let Some(known) = self.glyphs.get(&key) {
            return Ok(*known);
        }
        let sprite = self.raster(font, key)?;
        self.glyphs.insert(key, sprite);
        Ok(sprite)
    }

    fn raster(&mut self, font: &FontData, key: GlyphKey) -> Result<Option<Sprite>, Full> {
        let Some(font_ref) = swash::FontRef::from_index(font.data.data(), font.index as usize) else { return Ok(None) };
        self.rasters += 1;
        let mut scaler = self
            .scaler
            .builder_with_id(font_ref, [key.font, u64::from(key.index)])
            .size(key.size as f32 / 4.0)
            .hint(false)
            .build();
        let image = Render::new(&[Source::ColorOutline(0), Source::Outline])
            .format(Format::Alpha)
            .offset(Vector::new(f32::from(key.shift) / 4.0, 0.0))
            .render(&mut scaler, key.glyph as u16);
        let Some(image) = image.filter(|i| i.placement.width > 0 && i.placement.height > 0) else { return Ok(None) };
        let (width, height) = (image.placement.width as usize, image.placement.height as usize);
        let wanted = size2(width as i32 + 2 * PAD, height as i32 + 2 * PAD);
        let Some(place) = self.allocator.allocate(wanted) else {
            self.clear();
            return Err(Full);
        };
        let (x, y) = ((place.rectangle.min.x + PAD) as usize, (place.rectangle.min.y + PAD) as usize);
        let colored = image.content == Content::Color;
        for row in 0..height {
            let line = &mut self.pixels[(y + row) * SIDE + x..][..width];
            if colored {
                let from = image.data[row * width * 4..][..width * 4].chunks_exact(4);
                for (to, c) in line.iter_mut().zip(from) {
                    *to = Color32::from_rgba_premultiplied(c[0], c[1], c[2], c[3]);
                }
            } else {
                for (to, alpha) in line.iter_mut().zip(&image.data[row * width..][..width]) {
                    *to = Color32::from_white_alpha(*alpha);
                }
            }
        }
        self.dirty.push([x, y, x + width, y + height]);
        let side = SIDE as f32;
        let uv = Rect::from_min_size(pos2(x as f32 / side, y as f32 / side), vec2(width as f32, height as f32) / side);
        let offset = vec2(image.placement.left as f32, -image.placement.top as f32);
        Ok(Some(Sprite { uv, offset, size: vec2(width as f32, height as f32), colored }))
    }

    /// Sends what is new to the graphics card: a few glyphs one by one, many with all that is between them.
    pub fn upload(&mut self, ctx: &Context) {
        const FEW: usize = 12;
        let mut dirty = std::mem::take(&mut self.dirty);
        if dirty.len() > FEW {
            let all = |a: [usize; 4], b: [usize; 4]| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])];
            dirty = dirty.into_iter().reduce(all).into_iter().collect();
        }
        for [x0, y0, x1, y1] in dirty {
            let mut patch = Vec::with_capacity((x1 - x0) * (y1 - y0));
            for y in y0..y1 {
                patch.extend_from_slice(&self.pixels[y * SIDE + x0..y * SIDE + x1]);
            }
            let image = ColorImage::new([x1 - x0, y1 - y0], patch);
            let delta = ImageDelta::partial([x0, y0], ImageData::Color(image.into()), TextureOptions::LINEAR);
            ctx.tex_manager().write().set(self.texture, delta);
        }
    }

    fn clear(&mut self) {
        self.clears += 1;
        self.allocator.clear();
        self.glyphs.clear();
        self.pixels.fill(Color32::TRANSPARENT);
        // An empty atlas has room for the white spot.
        if let Some(place) = self.allocator.allocate(size2(4, 4)) {
            let (x, y) = (place.rectangle.min.x as usize, place.rectangle.min.y as usize);
            for row in y..y + 4 {
                self.pixels[row * SIDE + x..row * SIDE + x + 4].fill(Color32::WHITE);
            }
            self.white = pos2((x as f32 + 2.0) / SIDE as f32, (y as f32 + 2.0) / SIDE as f32);
        }
        self.dirty = vec![[0, 0, SIDE, SIDE]];
    }
}
