//! Scenes to PDF, with `krilla`: one page or sheets of paper, texts as texts in fonts that the file carries, and what
//! is decoration and what is text in which order, for screen readers.

use std::collections::HashMap;
use std::io::Write;

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Size as PdfSize, Transform};
use krilla::image::Image;
use krilla::metadata::{Metadata, TextDirection};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{
    Fill, FillRule, LineCap, LineJoin, LinearGradient, Paint as PdfPaint, SpreadMethod, Stop, Stroke, StrokeDash,
};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use kurbo::{BezPath, PathEl, Rect, Shape as _, Size};

use super::paper::Tiling;
use super::raster::rounded;
use super::tags::{Drawn, decoration};
use super::words::run_words;
use super::{About, ExportError, PaperSize, Sheets};
use crate::picture::{Kind, Picture};
use crate::scene::{Item, Line, Paint, PictureBox, RoundRect, Scene, Shadow, Text};
use crate::text::{FontData, GlyphRun, Measure, TextBlock, TextEngine, TextStyle};
use crate::theme::Color;

/// How a PDF is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PdfOptions {
    /// Whether the ground is left out.
    pub transparent: bool,
    /// The paper that it is printed on; without it there is one page as large as the picture.
    pub sheets: Option<Sheets>,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PdfInfo {
    /// The size of a page, in points.
    pub page: Size,
    /// The paper, and how many sheets lie across and down.
    pub sheets: Option<(PaperSize, usize, usize)>,
}

impl std::fmt::Display for PdfInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.sheets {
            None => write!(f, "{:.0} × {:.0} points", self.page.width, self.page.height),
            Some((paper, 1, 1)) => write!(f, "one page {}", paper.name()),
            Some((paper, across, down)) => {
                write!(f, "{} pages {}, {across} across and {down} down", across * down, paper.name())
            }
        }
    }
}

/// How far curves may be from circles, in points.
const TOLERANCE: f64 = 0.01;

/// Writes a picture of `scene`, as a page of its size or on sheets of paper; the same scene and options give the
/// same bytes.
///
/// # Errors
/// When `out` refuses bytes, or a page cannot be put together.
pub fn write_pdf(
    scene: &Scene,
    about: &About,
    options: PdfOptions,
    mut out: impl Write,
) -> Result<PdfInfo, ExportError> {
    let mut document = Document::new();
    document.set_metadata(metadata(about));
    let mut store = Store { fonts: HashMap::new(), images: HashMap::new(), drawn: Drawn::new(about) };
    let info = match options.sheets {
        None => whole(&mut document, scene, options, &mut store)?,
        Some(sheets) => tiled(&mut document, scene, about, (sheets, options), &mut store)?,
    };
    if !about.order.is_empty() {
        document.set_tag_tree(store.drawn.tree(about));
    }
    let bytes = document.finish().map_err(|err| ExportError::Pdf(format!("{err:?}")))?;
    out.write_all(&bytes)?;
    Ok(info)
}

/// What the file tells about itself; without dates, so that the same map gives the same bytes.
fn metadata(about: &About) -> Metadata {
    let direction = if about.rtl { TextDirection::RightToLeft } else { TextDirection::LeftToRight };
    let mut metadata = Metadata::new().title(about.title.clone()).creator("Rihla".into()).text_direction(direction);
    if !about.description.is_empty() {
        metadata = metadata.description(about.description.clone());
    }
    if !about.author.is_empty() {
        metadata = metadata.authors(vec![about.author.clone()]);
    }
    if !about.language.is_empty() {
        metadata = metadata.language(about.language.to_owned());
    }
    metadata
}

fn page(size: Size) -> Result<PageSettings, ExportError> {
    let settings = PageSettings::from_wh(size.width as f32, size.height as f32);
    settings.ok_or_else(|| ExportError::Pdf("the picture has no size".into()))
}

/// One page as large as the picture.
fn whole(
    document: &mut Document,
    scene: &Scene,
    options: PdfOptions,
    store: &mut Store,
) -> Result<PdfInfo, ExportError> {
    /// Readers refuse pages with longer sides; a larger map is made smaller.
    const LONGEST: f64 = 14_400.0;
    let scale = (LONGEST / scene.size.width.max(scene.size.height)).min(1.0);
    let size = scene.size * scale;
    let mut page = document.start_page_with(page(size)?);
    let mut pdf = Pdf { surface: page.surface(), store };
    pdf.surface.push_transform(&Transform::from_scale(scale as f32, scale as f32));
    pdf.scene(scene, options.transparent, Rect::from_origin_size(kurbo::Point::ORIGIN, scene.size));
    pdf.surface.pop();
    drop(pdf);
    page.finish();
    Ok(PdfInfo { page: size, sheets: None })
}

/// Sheet by sheet, each with marks where it is cut and its number.
fn tiled(
    document: &mut Document,
    scene: &Scene,
    about: &About,
    (sheets, options): (Sheets, PdfOptions),
    store: &mut Store,
) -> Result<PdfInfo, ExportError> {
    let tiling = sheets.tile(scene.size, about.rtl);
    let (scale, mut text) = (tiling.scale as f32, TextEngine::default());
    for (number, (part, corner)) in tiling.tiles.iter().enumerate() {
        let mut page = document.start_page_with(page(tiling.page)?);
        let mut pdf = Pdf { surface: page.surface(), store };
        let clip = path(&tiling.inner.to_path(TOLERANCE));
        if let Some(clip) = &clip {
            pdf.surface.push_clip_path(clip, &FillRule::NonZero);
        }
        let (x, y) = (corner.x - part.x0 * tiling.scale, corner.y - part.y0 * tiling.scale);
        pdf.surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, x as f32, y as f32));
        pdf.scene(scene, options.transparent, *part);
        pdf.surface.pop();
        if clip.is_some() {
            pdf.surface.pop();
        }
        if tiling.tiles.len() > 1 {
            pdf.marks(&tiling, number, &mut text);
        }
        drop(pdf);
        page.finish();
    }
    Ok(PdfInfo { page: tiling.page, sheets: Some((sheets.paper, tiling.grid.0, tiling.grid.1)) })
}

/// What all pages share.
struct Store {
    /// By the font's number and its index in a collection; none for those that cannot be read.
    fonts: HashMap<(u64, u32), Option<Font>>,
    /// By the picture's number; none for those that cannot be read.
    images: HashMap<u64, Option<Image>>,
    drawn: Drawn,
}

/// A page as it is drawn; the surface is finished when it is dropped.
struct Pdf<'s, 'd> {
    surface: Surface<'s>,
    store: &'d mut Store,
}

impl Pdf<'_, '_> {
    /// The part of the scene that touches `view`.
    fn scene(&mut self, scene: &Scene, transparent: bool, view: Rect) {
        /// Shadows and the ends of lines reach this far out of their groups, in points.
        const REACH: f64 = 16.0;
        if !transparent {
            let ground = Rect::from_origin_size(kurbo::Point::ORIGIN, scene.size);
            decoration(&mut self.surface);
            self.fill(&ground.to_path(TOLERANCE), fill(&Paint::Solid(scene.ground)));
            self.surface.end_tagged();
        }
        for group in scene.groups.iter().filter(|group| group.bounds.inflate(REACH, REACH).overlaps(view)) {
            let origin = group.origin;
            self.store.drawn.start(group, &mut self.surface);
            self.surface.push_transform(&Transform::from_translate(origin.x as f32, origin.y as f32));
            for item in group.items.iter() {
                match item {
                    Item::Rect(rect) => self.rect(rect),
                    Item::Oval(oval) => self.fill(&oval.shape().to_path(TOLERANCE), Some(solid_fill(oval.fill))),
                    Item::Line(line) => self.line(line),
                    Item::Text(text) => self.text(text),
                    Item::Picture(picture) => self.picture(picture),
                }
            }
            self.surface.pop();
            self.surface.end_tagged();
        }
    }

    /// Strokes where a sheet is cut, and which of the sheets it is.
    fn marks(&mut self, tiling: &Tiling, number: usize, text: &mut TextEngine) {
        const LENGTH: f64 = 10.0;
        const GREY: Color = Color { r: 110, g: 110, b: 110, a: 255 };
        let inner = tiling.inner;
        decoration(&mut self.surface);
        let corners = [(inner.x0, inner.y0), (inner.x1, inner.y0), (inner.x0, inner.y1), (inner.x1, inner.y1)];
        for (x, y) in corners {
            let out = |at: f64, middle: f64| if at < middle { -1.0 } else { 1.0 };
            let (dx, dy) = (out(x, inner.center().x), out(y, inner.center().y));
            let mut strokes = BezPath::new();
            strokes.move_to((x + 4.0 * dx, y));
            strokes.line_to((x + (4.0 + LENGTH) * dx, y));
            strokes.move_to((x, y + 4.0 * dy));
            strokes.line_to((x, y + (4.0 + LENGTH) * dy));
            self.stroke(&strokes, stroke(&Paint::Solid(GREY), 0.5));
        }
        let (row, column) = (number / tiling.grid.0 + 1, number % tiling.grid.0 + 1);
        let style = TextStyle::new(8.0, 10.0);
        let words = format!("{} / {}   ({row}.{column})", number + 1, tiling.tiles.len());
        let block = text.block(&words, style, Measure::default());
        let x = inner.center().x - f64::from(block.width) / 2.0;
        let at = kurbo::Point::new(x, inner.y1 + 8.0);
        self.text(&Text { at, block: std::sync::Arc::new(block), color: GREY });
        self.surface.end_tagged();
    }

    fn fill(&mut self, shape: &BezPath, fill: Option<Fill>) {
        if let (Some(shape), Some(fill)) = (path(shape), fill) {
            self.surface.set_stroke(None);
            self.surface.set_fill(Some(fill));
            self.surface.draw_path(&shape);
        }
    }

    fn stroke(&mut self, shape: &BezPath, stroke: Option<Stroke>) {
        if let (Some(shape), Some(stroke)) = (path(shape), stroke) {
            self.surface.set_fill(None);
            self.surface.set_stroke(Some(stroke));
            self.surface.draw_path(&shape);
        }
    }

    fn rect(&mut self, item: &RoundRect) {
        if let Some(shadow) = item.shadow {
            self.shadow(item, shadow);
        }
        self.fill(&rounded(item.rect, item.radii, 0.0).to_path(TOLERANCE), fill(&item.fill));
        if let Some((width, color)) = item.border {
            let inside = rounded(item.rect, item.radii, width / 2.0);
            self.stroke(&inside.to_path(TOLERANCE), stroke(&Paint::Solid(color), width));
        }
    }

    /// PDF knows no blur: a few rectangles over each other, from the widest to the narrowest, each as
    /// strong as the blur is where it ends.
    fn shadow(&mut self, item: &RoundRect, shadow: Shadow) {
        /// How far out each ends, in standard deviations, and how full a blurred edge is half a step
        /// further in: Φ(−1.5), Φ(−0.9) …
        const STEPS: [(f64, f32); 6] =
            [(1.8, 0.067), (1.2, 0.184), (0.6, 0.382), (0.0, 0.618), (-0.6, 0.816), (-1.2, 0.933)];
        let full = f32::from(shadow.color.a) / 255.0;
        let below = item.rect + kurbo::Vec2::new(0.0, shadow.down);
        let mut before = 0.0;
        for (out, share) in STEPS {
            let wanted = full * share;
            let alpha = 1.0 - (1.0 - wanted) / (1.0 - before);
            before = wanted;
            let out = out * shadow.blur;
            // The corners of a blur are rounder than those of its rectangle.
            let shape = rounded(below, [item.radii[0] + shadow.blur / 2.0; 4], -out);
            let paint = Some(Fill { opacity: opacity(alpha), ..solid_fill(shadow.color) });
            self.fill(&shape.to_path(TOLERANCE), paint);
        }
    }

    /// A picture in full, behind a frame through which its middle is seen.
    fn picture(&mut self, item: &PictureBox) {
        let image = self.store.images.entry(item.picture.id()).or_insert_with(|| image(&item.picture)).clone();
        let all = item.picture.cover(item.rect);
        let size = PdfSize::from_wh(all.width() as f32, all.height() as f32);
        let frame = path(&rounded(item.rect, item.radii, 0.0).to_path(TOLERANCE));
        let (Some(image), Some(size), Some(frame)) = (image, size, frame) else { return };
        self.surface.push_clip_path(&frame, &FillRule::NonZero);
        self.surface.push_transform(&Transform::from_translate(all.x0 as f32, all.y0 as f32));
        self.surface.draw_image(image, size);
        self.surface.pop();
        self.surface.pop();
    }

    fn line(&mut self, line: &Line) {
        let Some(mut stroke) = stroke(&line.paint, line.width) else { return };
        stroke.line_join = LineJoin::Round;
        match line.dash {
            Some((dash, gap)) => {
                stroke.dash = Some(StrokeDash { array: vec![dash as f32, gap as f32], offset: 0.0 });
            }
            None => stroke.line_cap = LineCap::Round,
        }
        self.stroke(&line.path, Some(stroke));
    }

    fn text(&mut self, text: &Text) {
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(solid_fill(text.color)));
        for run in &text.block.runs {
            if let Some(font) = self.font(&run.font) {
                self.run(text, &text.block, run, font);
            }
        }
    }

    fn run(&mut self, text: &Text, block: &TextBlock, run: &GlyphRun, font: Font) {
        let Some(first) = run.glyphs.first() else { return };
        let (words, ranges) = run_words(block, run);
        let next = run.glyphs.iter().skip(1).map(|glyph| glyph.x).chain([run.glyphs[run.glyphs.len() - 1].x]);
        let glyphs: Vec<KrillaGlyph> = run
            .glyphs
            .iter()
            .zip(next)
            .zip(ranges)
            .map(|((glyph, next), range)| {
                let (advance, up) = ((next - glyph.x) / run.size, (first.y - glyph.y) / run.size);
                KrillaGlyph::new(GlyphId::new(glyph.id), advance, 0.0, up, 0.0, range, None)
            })
            .collect();
        let start = Point::from_xy(text.at.x as f32 + first.x, text.at.y as f32 + first.y);
        // Icons are no text.
        let outlined = block.text.is_empty();
        self.surface.draw_glyphs(start, &glyphs, font, &words, run.size, outlined);
    }

    fn font(&mut self, font: &FontData) -> Option<Font> {
        let known = self.store.fonts.entry((font.data.id(), font.index));
        known.or_insert_with(|| Font::new(font.data.clone().into_raw_parts().0.into(), font.index)).clone()
    }
}

/// `None` for a path without length.
fn path(path: &BezPath) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for element in path.elements() {
        let xy = |p: &kurbo::Point| (p.x as f32, p.y as f32);
        match element {
            PathEl::MoveTo(to) => builder.move_to(xy(to).0, xy(to).1),
            PathEl::LineTo(to) => builder.line_to(xy(to).0, xy(to).1),
            PathEl::QuadTo(by, to) => builder.quad_to(xy(by).0, xy(by).1, xy(to).0, xy(to).1),
            PathEl::CurveTo(by, and, to) => {
                builder.cubic_to(xy(by).0, xy(by).1, xy(and).0, xy(and).1, xy(to).0, xy(to).1);
            }
            PathEl::ClosePath => builder.close(),
        }
    }
    builder.finish()
}

fn image(picture: &Picture) -> Option<Image> {
    let (kind, bytes) = picture.encoded();
    let bytes = bytes.into_owned().into();
    // Smooth where it is larger than its pixels.
    match kind {
        Kind::Png => Image::from_png(bytes, true),
        Kind::Jpeg => Image::from_jpeg(bytes, true),
    }
    .ok()
}

fn opacity(share: f32) -> NormalizedF32 {
    NormalizedF32::new(share.clamp(0.0, 1.0)).unwrap_or(NormalizedF32::ONE)
}

fn opacity_of(color: Color) -> NormalizedF32 {
    opacity(f32::from(color.a) / 255.0)
}

fn rgb(color: Color) -> rgb::Color {
    rgb::Color::new(color.r, color.g, color.b)
}

fn solid_fill(color: Color) -> Fill {
    Fill { paint: rgb(color).into(), opacity: opacity_of(color), ..Fill::default() }
}

/// The inside of a shape; `None` for a gradient without colours.
fn fill(paint: &Paint) -> Option<Fill> {
    let (paint, opacity) = pdf_paint(paint)?;
    Some(Fill { paint, opacity, ..Fill::default() })
}

fn stroke(paint: &Paint, width: f64) -> Option<Stroke> {
    let (paint, opacity) = pdf_paint(paint)?;
    Some(Stroke { paint, opacity, width: width as f32, ..Stroke::default() })
}

fn pdf_paint(paint: &Paint) -> Option<(PdfPaint, NormalizedF32)> {
    let stops = match paint {
        Paint::Solid(color) => return Some((rgb(*color).into(), opacity_of(*color))),
        Paint::Vertical(stops) => stops,
    };
    let (first, last) = (stops.first()?, stops.last()?);
    let length = (last.0 - first.0).max(f64::EPSILON);
    let stop = |(y, color): &(f64, Color)| Stop {
        offset: opacity(((y - first.0) / length) as f32),
        color: rgb(*color).into(),
        opacity: opacity_of(*color),
    };
    let gradient = LinearGradient {
        x1: 0.0,
        y1: first.0 as f32,
        x2: 0.0,
        y2: last.0 as f32,
        transform: Transform::identity(),
        spread_method: SpreadMethod::Pad,
        stops: stops.iter().map(stop).collect(),
        anti_alias: false,
    };
    Some((gradient.into(), NormalizedF32::ONE))
}
