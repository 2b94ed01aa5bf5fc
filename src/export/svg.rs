//! Scenes to SVG: shapes at their exact places, texts as outlines of their glyphs.
//!
//! Outlines look the same everywhere, whatever fonts there are. So that the file can be searched and read
//! aloud, each group has a title, and each line of text stands once more over its glyphs, unseen.

use std::collections::HashMap;
use std::fmt::{Arguments, Write as _};
use std::io::Write;

use kurbo::{BezPath, PathEl, Point, Shape as _};

use super::escaped::Escaped;
use super::glyphs::GlyphReader;
use super::raster::rounded;
use super::{About, ExportError};
use crate::scene::{Group, Item, Line, Oval, Paint, PictureBox, RoundRect, Scene, Text};
use crate::text::{FontData, TextBlock};
use crate::theme::Color;

/// How an SVG is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SvgOptions {
    /// Whether the ground is left out.
    pub transparent: bool,
    /// Whether texts stay texts, in fonts that the reader must have, instead of outlines.
    pub text: bool,
}

/// Writes a picture of `scene` as SVG; the same scene and options give the same bytes.
///
/// # Errors
/// When `out` refuses bytes.
pub fn write_svg(scene: &Scene, about: &About, options: SvgOptions, mut out: impl Write) -> Result<(), ExportError> {
    let (width, height) = (Number(scene.size.width), Number(scene.size.height));
    let mut svg = Svg::new(options.text);
    if !options.transparent {
        let fill = Solid("fill", scene.ground);
        svg.put(format_args!("<rect width=\"{width}\" height=\"{height}\"{fill}/>\n"));
    }
    for group in &scene.groups {
        svg.group(group);
    }
    write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\">\n<title>{}</title>\n",
        Escaped(&about.title)
    )?;
    if !about.description.is_empty() {
        writeln!(out, "<desc>{}</desc>", Escaped(&about.description))?;
    }
    write!(out, "<defs>\n{}</defs>\n{}</svg>\n", svg.defs, svg.body)?;
    Ok(())
}

/// A glyph in the file: the font, its index in a collection, the glyph, and the bits of its size.
type GlyphKey = (u64, u32, u32, u32);

/// A file as it grows.
struct Svg {
    /// What is used several times.
    defs: String,
    body: String,
    /// The numbers of the glyphs in `defs`; none for those without a shape.
    glyphs: HashMap<GlyphKey, Option<usize>>,
    /// The gradients and blurs in `defs`.
    paints: Vec<Paint>,
    blurs: Vec<f64>,
    /// The numbers of the pictures in `defs`, and how many there are of their frames.
    pictures: HashMap<u64, usize>,
    frames: usize,
    reader: GlyphReader,
    text: bool,
}

impl Svg {
    fn new(text: bool) -> Self {
        Self {
            defs: String::new(),
            body: String::new(),
            glyphs: HashMap::new(),
            paints: Vec::new(),
            blurs: Vec::new(),
            pictures: HashMap::new(),
            frames: 0,
            reader: GlyphReader::new(),
            text,
        }
    }

    fn put(&mut self, text: Arguments<'_>) {
        // A string takes everything.
        let _ = self.body.write_fmt(text);
    }

    fn define(&mut self, text: Arguments<'_>) {
        // As above.
        let _ = self.defs.write_fmt(text);
    }

    fn group(&mut self, group: &Group) {
        self.put(format_args!("<g"));
        if group.origin != Point::ORIGIN {
            let (x, y) = (Number(group.origin.x), Number(group.origin.y));
            self.put(format_args!(" transform=\"translate({x} {y})\""));
        }
        self.put(format_args!(">"));
        let words = if group.element.is_some() { words(&group.items) } else { String::new() };
        if !words.is_empty() {
            self.put(format_args!("<title>{}</title>", Escaped(&words)));
        }
        self.put(format_args!("\n"));
        for item in group.items.iter() {
            match item {
                Item::Rect(rect) => self.rect(rect),
                Item::Oval(oval) => self.oval(oval),
                Item::Line(line) => self.line(line),
                Item::Text(text) => self.text(text),
                Item::Picture(picture) => self.picture(picture),
            }
        }
        self.put(format_args!("</g>\n"));
    }

    fn rect(&mut self, item: &RoundRect) {
        if let Some(shadow) = item.shadow {
            let blur = self.blur(shadow.blur);
            let below = item.rect + kurbo::Vec2::new(0.0, shadow.down);
            self.rounded(below, [item.radii[0]; 4], 0.0);
            self.put(format_args!("{} filter=\"url(#b{blur})\"/>\n", Solid("fill", shadow.color)));
        }
        self.rounded(item.rect, item.radii, 0.0);
        self.paint("fill", &item.fill);
        self.put(format_args!("/>\n"));
        if let Some((width, color)) = item.border {
            self.rounded(item.rect, item.radii, width / 2.0);
            let color = Solid("stroke", color);
            self.put(format_args!(" fill=\"none\"{color} stroke-width=\"{}\"/>\n", Number(width)));
        }
    }

    fn oval(&mut self, item: &Oval) {
        let (center, half) = (item.rect.center(), item.rect.size() / 2.0);
        let (x, y, rx, ry) = (Number(center.x), Number(center.y), Number(half.width), Number(half.height));
        let color = Solid("fill", item.fill);
        self.put(format_args!("<ellipse cx=\"{x}\" cy=\"{y}\" rx=\"{rx}\" ry=\"{ry}\"{color}/>\n"));
    }

    /// The start of a rectangle whose sides are moved in by `by`.
    fn rounded(&mut self, rect: kurbo::Rect, radii: [f64; 4], by: f64) {
        /// How far the curves of the corners may be from circles, in points.
        const TOLERANCE: f64 = 0.01;
        if radii != [radii[0]; 4] {
            let path = rounded(rect, radii, by).to_path(TOLERANCE);
            self.put(format_args!("<path d=\"{}\"", Path(&path)));
            return;
        }
        let inside = rect.inset(-by);
        let (x, y) = (Number(inside.x0), Number(inside.y0));
        let (width, height) = (Number(inside.width()), Number(inside.height()));
        self.put(format_args!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\""));
        let radius = (radii[0] - by).min(inside.width() / 2.0).min(inside.height() / 2.0);
        if radius > 0.0 {
            self.put(format_args!(" rx=\"{}\"", Number(radius)));
        }
    }

    /// A picture: its file stands once in the definitions, whole, and is seen through a frame.
    fn picture(&mut self, item: &PictureBox) {
        let picture = &item.picture;
        let (width, height) = picture.size();
        let known = self.pictures.get(&picture.id()).copied();
        let number = known.unwrap_or(self.pictures.len());
        if known.is_none() {
            self.pictures.insert(picture.id(), number);
            let (kind, bytes) = picture.encoded();
            let data = Base64(&bytes);
            self.define(format_args!(
                "<image id=\"i{number}\" width=\"{width}\" height=\"{height}\" href=\"data:{};base64,{data}\"/>\n",
                kind.mime()
            ));
        }
        let frame = self.frames;
        self.frames += 1;
        let body = std::mem::take(&mut self.body);
        self.rounded(item.rect, item.radii, 0.0);
        let shape = std::mem::replace(&mut self.body, body);
        self.define(format_args!("<clipPath id=\"f{frame}\">{shape}/></clipPath>\n"));
        let all = picture.cover(item.rect);
        let (x, y) = (Number(all.x0), Number(all.y0));
        let scale = all.width() / f64::from(width);
        self.put(format_args!(
            "<g clip-path=\"url(#f{frame})\"><use href=\"#i{number}\" transform=\"translate({x} {y}) scale({scale:.6})\"/></g>\n"
        ));
    }

    fn line(&mut self, line: &Line) {
        self.put(format_args!("<path d=\"{}\" fill=\"none\"", Path(&line.path)));
        self.paint("stroke", &line.paint);
        self.put(format_args!(" stroke-width=\"{}\" stroke-linejoin=\"round\"", Number(line.width)));
        match line.dash {
            Some((dash, gap)) => {
                self.put(format_args!(" stroke-dasharray=\"{} {}\"/>\n", Number(dash), Number(gap)));
            }
            None => self.put(format_args!(" stroke-linecap=\"round\"/>\n")),
        }
    }

    fn text(&mut self, text: &Text) {
        let has_text = !text.block.text.trim().is_empty();
        // Icons have no text to show instead.
        if !(self.text && has_text) {
            self.outlines(text);
        }
        if has_text {
            self.lines(text);
        }
    }

    /// The glyphs of a text as shapes.
    fn outlines(&mut self, text: &Text) {
        self.put(format_args!("<g{}>", Solid("fill", text.color)));
        for run in &text.block.runs {
            for glyph in &run.glyphs {
                let Some(number) = self.glyph(&run.font, glyph.id, run.size) else { continue };
                let x = Number(text.at.x + f64::from(glyph.x));
                let y = Number(text.at.y + f64::from(glyph.y));
                self.put(format_args!("<use href=\"#g{number}\" x=\"{x}\" y=\"{y}\"/>"));
            }
        }
        self.put(format_args!("</g>\n"));
    }

    /// The lines of a text as text, unseen unless texts stay texts.
    fn lines(&mut self, text: &Text) {
        let Some(run) = text.block.runs.first() else { return };
        let weight = if is_bold(&run.font) { " font-weight=\"700\"" } else { "" };
        let size = Number(f64::from(run.size));
        self.put(format_args!("<g font-family=\"Inter,Vazirmatn,sans-serif\" font-size=\"{size}\"{weight}"));
        if self.text {
            self.put(format_args!("{}>", Solid("fill", text.color)));
        } else {
            self.put(format_args!(" fill-opacity=\"0\" aria-hidden=\"true\">"));
        }
        for line in &text.block.lines {
            let words = text.block.text.get(line.range.clone()).unwrap_or_default().trim();
            if words.is_empty() {
                continue;
            }
            let start = if line.rtl { line.x + line.width } else { line.x };
            let x = Number(text.at.x + f64::from(start));
            let y = Number(text.at.y + f64::from(line.baseline));
            let length = Number(f64::from(line.width));
            let direction = if line.rtl { " direction=\"rtl\" unicode-bidi=\"embed\"" } else { "" };
            self.put(format_args!(
                "<text x=\"{x}\" y=\"{y}\" textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\"{direction}>{}</text>",
                Escaped(words)
            ));
        }
        self.put(format_args!("</g>\n"));
    }

    /// The number of a glyph in the definitions.
    fn glyph(&mut self, font: &FontData, glyph: u32, size: f32) -> Option<usize> {
        let key = (font.data.id(), font.index, glyph, size.to_bits());
        if let Some(known) = self.glyphs.get(&key) {
            return *known;
        }
        let layers = self.reader.layers(font, glyph, size);
        let number = (!layers.is_empty()).then_some(self.glyphs.len());
        if let Some(number) = number {
            self.define(format_args!("<g id=\"g{number}\">"));
            for layer in &layers {
                self.define(format_args!("<path d=\"{}\"", Path(&layer.path)));
                if let Some(color) = layer.color {
                    self.define(format_args!("{}", Solid("fill", color)));
                }
                self.define(format_args!("/>"));
            }
            self.define(format_args!("</g>\n"));
        }
        self.glyphs.insert(key, number);
        number
    }

    /// `paint` as the attribute `name`.
    fn paint(&mut self, name: &'static str, paint: &Paint) {
        let stops = match paint {
            Paint::Solid(color) => return self.put(format_args!("{}", Solid(name, *color))),
            Paint::Vertical(stops) => stops,
        };
        let (Some(first), Some(last)) = (stops.first(), stops.last()) else { return };
        let known = self.paints.iter().position(|known| known == paint);
        let number = known.unwrap_or_else(|| {
            let number = self.paints.len();
            self.paints.push(paint.clone());
            let (top, bottom) = (Number(first.0), Number(last.0));
            self.define(format_args!(
                "<linearGradient id=\"p{number}\" gradientUnits=\"userSpaceOnUse\" x1=\"0\" y1=\"{top}\" x2=\"0\" \
                 y2=\"{bottom}\">"
            ));
            let length = (last.0 - first.0).max(f64::EPSILON);
            for (y, color) in stops.iter() {
                let offset = ((y - first.0) / length * 1000.0).round() / 1000.0;
                self.define(format_args!("<stop offset=\"{offset}\"{}/>", Solid("stop-color", *color)));
            }
            self.define(format_args!("</linearGradient>\n"));
            number
        });
        self.put(format_args!(" {name}=\"url(#p{number})\""));
    }

    /// The number of a blur in the definitions.
    fn blur(&mut self, blur: f64) -> usize {
        self.blurs.iter().position(|known| *known == blur).unwrap_or_else(|| {
            let number = self.blurs.len();
            self.blurs.push(blur);
            self.define(format_args!(
                "<filter id=\"b{number}\" x=\"-30%\" y=\"-30%\" width=\"160%\" height=\"160%\" \
                 color-interpolation-filters=\"sRGB\"><feGaussianBlur stdDeviation=\"{}\"/></filter>\n",
                Number(blur)
            ));
            number
        })
    }
}

/// The texts of a group, in the order in which they are read.
pub(super) fn words(items: &[Item]) -> String {
    let blocks = items.iter().filter_map(|item| match item {
        Item::Text(text) => Some(&text.block),
        Item::Rect(_) | Item::Oval(_) | Item::Line(_) | Item::Picture(_) => None,
    });
    let texts = blocks.map(|block: &std::sync::Arc<TextBlock>| block.text.trim()).filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join(" · ")
}

fn is_bold(font: &FontData) -> bool {
    let font = swash::FontRef::from_index(font.data.data(), font.index as usize);
    font.is_some_and(|font| font.attributes().weight() >= swash::Weight::SEMI_BOLD)
}

/// A length with at most two digits behind the point.
struct Number(f64);

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Adding zero makes −0 to 0.
        let rounded = (self.0 * 100.0).round() / 100.0 + 0.0;
        write!(f, "{rounded}")
    }
}

/// A colour as the attribute of this name, with one for its opacity where it is not full.
struct Solid(&'static str, Color);

impl std::fmt::Display for Solid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(name, Color { r, g, b, a }) = self;
        write!(f, " {name}=\"#{r:02x}{g:02x}{b:02x}\"")?;
        if *a < 255 {
            let opacity = (f64::from(*a) / 255.0 * 1000.0).round() / 1000.0;
            let name = name.trim_end_matches("-color");
            write!(f, " {name}-opacity=\"{opacity}\"")?;
        }
        Ok(())
    }
}

/// Bytes as letters, three as four (RFC 4648).
struct Base64<'a>(&'a [u8]);

impl std::fmt::Display for Base64<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for three in self.0.chunks(3) {
            let byte = |i: usize| u32::from(three.get(i).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            for (i, shift) in [18, 12, 6, 0].into_iter().enumerate() {
                let letter = if i <= three.len() { LETTERS[(bits >> shift & 63) as usize] } else { b'=' };
                f.write_char(char::from(letter))?;
            }
        }
        Ok(())
    }
}

/// A path as the commands of SVG.
struct Path<'a>(&'a BezPath);

impl std::fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let at = |p: Point| format!("{} {}", Number(p.x), Number(p.y));
        for element in self.0.elements() {
            match element {
                PathEl::MoveTo(to) => write!(f, "M{}", at(*to))?,
                PathEl::LineTo(to) => write!(f, "L{}", at(*to))?,
                PathEl::QuadTo(by, to) => write!(f, "Q{} {}", at(*by), at(*to))?,
                PathEl::CurveTo(by, and, to) => write!(f, "C{} {} {}", at(*by), at(*and), at(*to))?,
                PathEl::ClosePath => f.write_str("Z")?,
            }
        }
        Ok(())
    }
}
