//! Scenes and layouts to files.

mod canvas;
mod escaped;
mod glyphs;
mod moving;
mod paper;
mod pdf;
mod png;
mod pptx;
mod raster;
mod svg;
mod tags;
mod words;

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::layout::Layout;
use crate::model::Element;
use crate::picture::Picture;
use crate::scene::Scene;

pub use self::moving::{ApngWriter, Census, GifWriter, Palette, write_still};
pub use self::paper::{PaperSize, Sheets};
pub use self::pdf::{PdfInfo, PdfOptions, write_pdf};
pub use self::png::{MOST_SIDE, PngInfo, PngOptions, PngSize, write_png};
pub use pptx::{Deck, PptxOptions, write_pptx};
pub(crate) use raster::Raster;
pub use raster::{Pixels, rasterize};
pub use svg::{SvgOptions, write_svg};

/// Why a picture was not made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The picture would have sides that no PNG reader takes.
    #[error("the picture would be {width} × {height} pixels, and its sides may have 1 to {MOST_SIDE}: {}", largest(.most))]
    Size {
        /// Pixels across.
        width: u64,
        /// Pixels down.
        height: u64,
        /// The scale of the largest picture that there can be, and its pixels across and down.
        most: (f64, u32, u32),
    },
    /// The file could not be written.
    #[error("the picture could not be written: {0}")]
    Io(#[from] std::io::Error),
    /// The page could not be put together.
    #[error("the PDF could not be made: {0}")]
    Pdf(String),
    /// The slides could not be put together.
    #[error("the slides could not be made: {0}")]
    Pptx(String),
}

fn largest((scale, width, height): &(f64, u32, u32)) -> String {
    // Rounded down, so that it fits.
    let scale = (scale * 100.0).floor() / 100.0;
    format!("the largest of this map is {width} × {height}, at a scale of {scale}")
}

/// The kinds of files that pictures are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// Pixels.
    Png,
    /// Shapes, for the web and for drawing programs.
    Svg,
    /// One page, for print and for mail.
    Pdf,
    /// Slides with shapes that people go on with.
    Pptx,
}

impl Format {
    /// All, the most common first.
    pub const ALL: [Self; 4] = [Self::Png, Self::Svg, Self::Pdf, Self::Pptx];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Svg => "SVG",
            Self::Pdf => "PDF",
            Self::Pptx => "PowerPoint",
        }
    }

    /// How its files end, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Pptx => "pptx",
        }
    }

    /// The format that the ending of `path` stands for.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_string_lossy().to_lowercase();
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }
}

/// What a file tells about the map beside its picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The map's name.
    pub title: String,
    /// A line about it; may be empty.
    pub description: String,
    /// Who made it; may be empty.
    pub author: String,
    /// The code of the language of its headings (ISO 639); empty if unknown.
    pub language: &'static str,
    /// Whether it reads from right to left.
    pub rtl: bool,
    /// What is drawn in the order in which it is read; drawing order is another. May be empty.
    pub order: Vec<Mark>,
}

/// What a drawn element is to somebody who has it read aloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What was drawn for this.
    pub element: Element,
    /// What it is.
    pub role: Role,
    /// What it says where it has no text of its own.
    pub words: String,
}

/// The parts of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A heading, by its level from 1 on.
    Heading(u16),
    /// A paragraph.
    Text,
    /// A drawing.
    Figure,
}

/// A format with its options.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ExportOptions {
    /// Pixels.
    Png(PngOptions),
    /// Shapes.
    Svg(SvgOptions),
    /// A page.
    Pdf(PdfOptions),
    /// Slides.
    Pptx(PptxOptions),
}

impl ExportOptions {
    /// The format.
    pub fn format(&self) -> Format {
        match self {
            Self::Png(_) => Format::Png,
            Self::Svg(_) => Format::Svg,
            Self::Pdf(_) => Format::Pdf,
            Self::Pptx(_) => Format::Pptx,
        }
    }
}

/// Why there are no slides of a page of figures or of single cards.
pub const NO_MAP: &str = "slides show a map or stages of it, no scorecard and no selection; choose another format";

/// What is exported: pictures are made of a scene, slides of the layout behind it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The layout, where it is a map that is drawn.
    pub layout: Option<&'a Layout>,
    /// The picture of it.
    pub scene: &'a Scene,
    /// The logo on the picture.
    pub logo: Option<&'a Arc<Picture>>,
}

/// Writes a file of `source`; the same source and options give the same bytes. Tells its size in words.
///
/// # Errors
/// When the picture would be too large, or `out` refuses bytes.
pub fn write(
    source: Source<'_>,
    about: &About,
    options: ExportOptions,
    out: impl Write,
) -> Result<String, ExportError> {
    let scene = source.scene;
    match options {
        ExportOptions::Png(options) => {
            let info = write_png(scene, options, out)?;
            Ok(format!("{} × {} pixels", info.width, info.height))
        }
        ExportOptions::Svg(options) => {
            write_svg(scene, about, options, out)?;
            Ok(format!("{:.0} × {:.0} units", scene.size.width, scene.size.height))
        }
        ExportOptions::Pdf(options) => {
            let info = write_pdf(scene, about, options, out)?;
            Ok(info.to_string())
        }
        ExportOptions::Pptx(options) => {
            let layout = source.layout.ok_or_else(|| ExportError::Pptx(NO_MAP.into()))?;
            Ok(write_pptx(layout, source.logo, about, options, out)?.to_string())
        }
    }
}
