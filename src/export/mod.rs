//! Scenes to files.

mod canvas;
mod glyphs;
mod pdf;
mod png;
mod raster;
mod svg;
mod words;

use std::io::Write;
use std::path::Path;

use crate::scene::Scene;

pub use self::pdf::{PdfOptions, write_pdf};
pub use self::png::{PngInfo, PngOptions, PngSize, write_png};
pub use raster::{Pixels, rasterize};
pub use svg::{SvgOptions, write_svg};

/// Why a picture was not made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The picture would have sides that no PNG reader takes.
    #[error("the picture would be {0} × {1} pixels; pictures have sides of 1 to 262,144: choose a smaller scale")]
    Size(u64, u64),
    /// The file could not be written.
    #[error("the picture could not be written: {0}")]
    Io(#[from] std::io::Error),
    /// The page could not be put together.
    #[error("the PDF could not be made: {0}")]
    Pdf(String),
}

/// The kinds of files that pictures are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Pixels.
    Png,
    /// Shapes, for the web and for drawing programs.
    Svg,
    /// One page, for print and for mail.
    Pdf,
}

impl Format {
    /// All, the most common first.
    pub const ALL: [Self; 3] = [Self::Png, Self::Svg, Self::Pdf];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Svg => "SVG",
            Self::Pdf => "PDF",
        }
    }

    /// How its files end, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
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
}

impl ExportOptions {
    /// The format.
    pub fn format(&self) -> Format {
        match self {
            Self::Png(_) => Format::Png,
            Self::Svg(_) => Format::Svg,
            Self::Pdf(_) => Format::Pdf,
        }
    }
}

/// Writes a picture of `scene`; the same scene and options give the same bytes. Tells its size in words.
///
/// # Errors
/// When the picture would be too large, or `out` refuses bytes.
pub fn write(scene: &Scene, about: &About, options: ExportOptions, out: impl Write) -> Result<String, ExportError> {
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
            let size = write_pdf(scene, about, options, out)?;
            Ok(format!("{:.0} × {:.0} points", size.width, size.height))
        }
    }
}
