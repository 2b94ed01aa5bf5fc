//! Outlines of glyphs, for files that hold shapes.

use kurbo::{BezPath, Point};
use swash::FontRef;
use swash::scale::ScaleContext;
use swash::scale::outline::Layer;
use swash::zeno::{Command, PathData as _, Vector};

use crate::text::FontData;
use crate::theme::Color;

/// One shape of a glyph; most glyphs have one, emoji several over each other.
pub(super) struct GlyphLayer {
    /// The shape in points, down is down, the pen at the origin.
    pub path: BezPath,
    /// Its colour, if it has one of its own.
    pub color: Option<Color>,
}

/// Reads outlines from fonts.
pub(super) struct GlyphReader {
    context: ScaleContext,
}

impl GlyphReader {
    pub fn new() -> Self {
        Self { context: ScaleContext::new() }
    }

    /// The shapes of a glyph at `size` points per em, from the back to the front; none for a space.
    pub fn layers(&mut self, font: &FontData, glyph: u32, size: f32) -> Vec<GlyphLayer> {
        let Some(font_ref) = FontRef::from_index(font.data.data(), font.index as usize) else { return Vec::new() };
        let Ok(id) = u16::try_from(glyph) else { return Vec::new() };
        let key = [font.data.id(), u64::from(font.index)];
        let mut scaler = self.context.builder_with_id(font_ref, key).size(size).hint(false).build();
        let Some(outline) = scaler.scale_color_outline(id).or_else(|| scaler.scale_outline(id)) else {
            return Vec::new();
        };
        let palette = font_ref.color_palettes().next();
        let color = |layer: &Layer<'_>| {
            let [r, g, b, a] = palette?.get(layer.color_index()?);
            Some(Color { r, g, b, a })
        };
        let layers = (0..outline.len()).filter_map(|index| outline.get(index));
        let layers = layers.map(|layer| GlyphLayer { path: path(&layer), color: color(&layer) });
        layers.filter(|layer| !layer.path.is_empty()).collect()
    }
}

/// A shape with its y axis turned: in fonts, up is up.
fn path(layer: &Layer<'_>) -> BezPath {
    let at = |v: Vector| Point::new(f64::from(v.x), -f64::from(v.y));
    let mut path = BezPath::new();
    for command in layer.path().commands() {
        match command {
            Command::MoveTo(to) => path.move_to(at(to)),
            Command::LineTo(to) => path.line_to(at(to)),
            Command::QuadTo(by, to) => path.quad_to(at(by), at(to)),
            Command::CurveTo(by, and, to) => path.curve_to(at(by), at(and), at(to)),
            Command::Close => path.close_path(),
        }
    }
    path
}
