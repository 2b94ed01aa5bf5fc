//! Scenes to pixels, with `vello_cpu`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kurbo::{Affine, Rect, RoundedRect, RoundedRectRadii, Shape as _};
use vello_cpu::peniko::{ColorStop, Gradient, ImageAlphaType};
use vello_cpu::{Glyph, Image, ImageSource, PixelMetadata, Pixmap, RenderContext, RenderSettings, Resources};

use crate::scene::{Item, Line, Oval, Paint, PictureBox, RoundRect, Scene, Text};
use crate::theme::Color;

/// A picture in memory: rows from top to bottom, red, green, blue, alpha, premultiplied.
#[derive(Clone, Debug)]
pub struct Pixels {
    /// Pixels across.
    pub width: u16,
    /// Pixels down.
    pub height: u16,
    /// Four bytes a pixel.
    pub rgba: Vec<u8>,
}

/// How far curves may be from their polygons, in pixels.
const TOLERANCE: f64 = 0.1;

/// Draws part of a scene: `width` × `height` pixels whose top left corner is at `corner`, a pixel of
/// the scene at `scale` pixels a point.
pub fn rasterize(
    scene: &Scene,
    scale: f64,
    corner: (f64, f64),
    (width, height): (u16, u16),
    transparent: bool,
) -> Pixels {
    let mut raster = Raster::new(width, height, Arc::default());
    let rgba = raster.draw(scene, scale, corner, transparent);
    Pixels { width, height, rgba: rgba.to_vec() }
}

/// Pictures in the sizes in which they are drawn, for all bands; by their numbers and pixels across and down.
pub(super) type Prints = Mutex<HashMap<(u64, u32, u32), Arc<Pixmap>>>;

/// A canvas that can be drawn on again and again.
pub(super) struct Raster {
    context: RenderContext,
    resources: Resources,
    pixmap: Pixmap,
    scale: f64,
    prints: Arc<Prints>,
}

impl Raster {
    pub fn new(width: u16, height: u16, prints: Arc<Prints>) -> Self {
        let settings = RenderSettings { num_threads: 0, ..RenderSettings::default() };
        Self {
            context: RenderContext::new_with(width, height, settings),
            resources: Resources::new(),
            pixmap: Pixmap::new(width, height),
            scale: 1.0,
            prints,
        }
    }

    /// As [`rasterize`]; the bytes are there until the next call.
    pub fn draw(&mut self, scene: &Scene, scale: f64, corner: (f64, f64), transparent: bool) -> &[u8] {
        self.scale = scale;
        self.context.reset();
        let (width, height) = (f64::from(self.pixmap.width()), f64::from(self.pixmap.height()));
        let view = Rect::new(corner.0, corner.1, corner.0 + width, corner.1 + height).scale_from_origin(1.0 / scale);
        let to_pixels = Affine::translate((-corner.0, -corner.1)) * Affine::scale(scale);
        if !transparent {
            self.context.set_transform(Affine::IDENTITY);
            self.context.set_paint(paint_color(scene.ground));
            self.context.fill_rect(&Rect::new(0.0, 0.0, width, height));
        }
        /// Shadows and the ends of lines reach this far out of their groups, in points.
        const REACH: f64 = 16.0;
        for group in scene.groups.iter().filter(|g| g.bounds.inset(REACH).overlaps(view)) {
            self.context.set_transform(to_pixels * Affine::translate(group.origin.to_vec2()));
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
        self.context.flush();
        self.context.render(&mut self.pixmap, &mut self.resources);
        self.pixmap.data_as_u8_slice()
    }

    fn set_paint(&mut self, paint: &Paint) {
        match paint {
            Paint::Solid(color) => self.context.set_paint(paint_color(*color)),
            Paint::Vertical(stops) => {
                let (Some(first), Some(last)) = (stops.first(), stops.last()) else { return };
                let length = (last.0 - first.0).max(f64::EPSILON);
                let stops: Vec<ColorStop> = stops
                    .iter()
                    .map(|(y, color)| ColorStop::from((((y - first.0) / length) as f32, paint_color(*color))))
                    .collect();
                let gradient = Gradient::new_linear((0.0, first.0), (0.0, last.0)).with_stops(stops.as_slice());
                self.context.set_paint(gradient);
            }
        }
    }

    fn rect(&mut self, item: &RoundRect) {
        let tolerance = TOLERANCE / self.scale;
        if let Some(shadow) = item.shadow {
            self.context.set_paint(paint_color(shadow.color));
            let below = item.rect + kurbo::Vec2::new(0.0, shadow.down);
            self.context.fill_blurred_rounded_rect(&below, item.radii[0] as f32, shadow.blur as f32, false);
        }
        self.set_paint(&item.fill);
        if item.radii == [0.0; 4] {
            self.context.fill_rect(&item.rect);
        } else {
            self.context.fill_path(&rounded(item.rect, item.radii, 0.0).to_path(tolerance));
        }
        if let Some((width, color)) = item.border {
            self.context.set_paint(paint_color(color));
            self.context.set_stroke(kurbo::Stroke::new(width));
            let inside = rounded(item.rect, item.radii, width / 2.0);
            self.context.stroke_path(&inside.to_path(tolerance));
        }
    }

    fn oval(&mut self, item: &Oval) {
        self.context.set_paint(paint_color(item.fill));
        self.context.fill_path(&item.shape().to_path(TOLERANCE / self.scale));
    }

    /// A picture, made as small first as it will be: taking one pixel of many would make it rough.
    fn picture(&mut self, item: &PictureBox) {
        let (width, height) = (item.rect.width() * self.scale, item.rect.height() * self.scale);
        let key = (item.picture.id(), width.ceil() as u32, height.ceil() as u32);
        let mut prints = self.prints.lock().unwrap_or_else(PoisonError::into_inner);
        let print = Arc::clone(prints.entry(key).or_insert_with(|| {
            let pixels = item.picture.covering(width, height);
            let metadata = PixelMetadata::new(ImageAlphaType::AlphaPremultiplied, true);
            // No longer than the sides of pictures that are read.
            let (across, down) = (pixels.width() as u16, pixels.height() as u16);
            Arc::new(Pixmap::from_parts(pixels.into_raw(), across, down, metadata))
        }));
        drop(prints);
        let (across, down) = (f64::from(print.width()), f64::from(print.height()));
        let scale = Affine::scale_non_uniform(item.rect.width() / across, item.rect.height() / down);
        self.context.set_paint(Image { image: ImageSource::Pixmap(print), sampler: Default::default() });
        self.context.set_paint_transform(Affine::translate(item.rect.origin().to_vec2()) * scale);
        self.context.fill_path(&rounded(item.rect, item.radii, 0.0).to_path(TOLERANCE / self.scale));
        self.context.reset_paint_transform();
    }

    fn line(&mut self, line: &Line) {
        let mut stroke = kurbo::Stroke::new(line.width).with_caps(kurbo::Cap::Round).with_join(kurbo::Join::Round);
        if let Some((dash, gap)) = line.dash {
            stroke = stroke.with_caps(kurbo::Cap::Butt).with_dashes(0.0, [dash, gap]);
        }
        self.set_paint(&line.paint);
        self.context.set_stroke(stroke);
        self.context.stroke_path(&line.path);
    }

    fn text(&mut self, text: &Text) {
        self.context.set_paint(paint_color(text.color));
        for run in &text.block.runs {
            let glyphs = run.glyphs.iter().map(|glyph| Glyph {
                id: glyph.id,
                x: glyph.x + text.at.x as f32,
                y: glyph.y + text.at.y as f32,
            });
            let builder = self.context.glyph_run(&mut self.resources, &run.font).font_size(run.size).hint(false);
            // A glyph that its own font cannot draw leaves its place empty, as on the screen.
            let _ = builder.fill_glyphs(glyphs);
        }
    }
}

/// `rect` with its sides moved in by `by`.
pub(super) fn rounded(rect: Rect, [tl, tr, br, bl]: [f64; 4], by: f64) -> RoundedRect {
    let r = |radius: f64| (radius - by).max(0.0);
    RoundedRect::from_rect(rect.inset(-by), RoundedRectRadii::new(r(tl), r(tr), r(br), r(bl)))
}

fn paint_color(color: Color) -> vello_cpu::color::AlphaColor<vello_cpu::color::Srgb> {
    vello_cpu::color::AlphaColor::from_rgba8(color.r, color.g, color.b, color.a)
}
