//! What is asked for.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::export::{
    ExportOptions, Format, PaperSize, PdfOptions, PngOptions, PngSize, PptxOptions, Sheets, SvgOptions,
};

/// What of a map is drawn, how, and into what kind of file.
///
/// Every field has a default; in files only what differs needs to stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Request {
    /// The kind of file.
    pub format: Format,
    /// What is drawn.
    pub what: What,
    /// The look, by the name or the file of a theme; where nothing is said, that of whoever asks.
    pub theme: Option<String>,
    /// The stages to draw, by id or name; all where there are none.
    pub stages: Vec<String>,
    /// The lanes to draw, by id or name; where there are none, those that the map shows.
    pub lanes: Vec<String>,
    /// The personas whose curves stand beside the main one, by id or name; all where nothing is said.
    pub personas: Option<Vec<String>>,
    /// The persona whose curve is the main one, by id or name; without one it is everybody's.
    pub persona: Option<String>,
    /// Whether title and subtitle are shown.
    pub title: bool,
    /// Whether lines and links are explained.
    pub legend: bool,
    /// A picture for the corner where the lines of the title end: a PNG or JPEG file.
    pub logo: Option<PathBuf>,
    /// Whether the ground is left out.
    pub transparent: bool,
    /// Whether a thin line goes around the picture.
    pub border: bool,
    /// Points between the map and the edge of the picture; as the theme says where nothing is said.
    pub margin: Option<f64>,
    /// The shape of the picture; that of the map where nothing is said.
    pub aspect: Option<Aspect>,
    /// Whether what does not fit the shape is cut off, instead of ground being added.
    pub crop: bool,
    /// How large a PNG is.
    pub size: Size,
    /// Pixels an inch that a PNG says it has.
    pub dpi: Option<f64>,
    /// Whether the texts of an SVG stay texts.
    pub text: bool,
    /// The paper of a PDF; without it the page is as large as the picture.
    pub paper: Option<PaperSize>,
    /// How many sheets of paper lie beside each other, 1 to 20; on one the whole picture finds room.
    pub sheets: u32,
    /// Who a PDF says has made it.
    pub author: String,
}

/// What is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// The map.
    #[default]
    Map,
    /// The map as a wheel.
    Wheel,
    /// The emotion curve below the stages.
    Emotions,
    /// What the map comes to in figures, on a page.
    Scorecard,
    /// What is selected in the window.
    Selection,
}

impl What {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Map, Self::Selection, Self::Emotions, Self::Scorecard, Self::Wheel];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Map => "Whole map",
            Self::Wheel => "Wheel",
            Self::Emotions => "Emotion strip",
            Self::Scorecard => "Scorecard",
            Self::Selection => "Selection",
        }
    }
}

/// The shape of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Aspect {
    /// 16:9, as slides are today.
    Wide,
    /// 4:3, as slides were.
    Classic,
}

impl Aspect {
    /// Its width for a height of 1.
    pub fn ratio(self) -> f64 {
        match self {
            Self::Wide => 16.0 / 9.0,
            Self::Classic => 4.0 / 3.0,
        }
    }

    /// As people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wide => "16:9",
            Self::Classic => "4:3",
        }
    }
}

/// How large a PNG is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Size {
    /// Pixels a point.
    Scale(f64),
    /// Pixels across.
    Width(u32),
    /// Pixels down.
    Height(u32),
    /// Pixels across and down; ground is added where the shape is another.
    Both(u32, u32),
    /// Inches across, at the request's dots an inch.
    Inches(f64),
}

/// Dots an inch where nobody says how many: those of print.
const DPI: f64 = 300.0;

impl Default for Request {
    fn default() -> Self {
        Self {
            theme: None,
            format: Format::Png,
            what: What::Map,
            stages: Vec::new(),
            lanes: Vec::new(),
            personas: None,
            persona: None,
            title: true,
            legend: true,
            logo: None,
            transparent: false,
            border: false,
            margin: None,
            aspect: None,
            crop: false,
            size: Size::Scale(2.0),
            dpi: None,
            text: false,
            paper: None,
            sheets: 1,
            author: String::new(),
        }
    }
}

impl Request {
    /// The options of the file.
    pub fn options(&self) -> ExportOptions {
        let transparent = self.transparent;
        match self.format {
            Format::Png => ExportOptions::Png(self.png()),
            Format::Svg => ExportOptions::Svg(SvgOptions { transparent, text: self.text }),
            Format::Pdf => {
                let sheets = self.paper.map(|paper| Sheets { paper, across: self.sheets });
                ExportOptions::Pdf(PdfOptions { transparent, sheets })
            }
            Format::Pptx => ExportOptions::Pptx(PptxOptions { transparent }),
        }
    }

    /// Those of a PNG, whatever the format is.
    pub fn png(&self) -> PngOptions {
        let (size, dpi) = match self.size {
            Size::Scale(scale) => (PngSize::Scale(scale), self.dpi),
            Size::Width(width) => (PngSize::Width(width), self.dpi),
            Size::Height(height) => (PngSize::Height(height), self.dpi),
            Size::Both(width, height) => (PngSize::Both(width, height), self.dpi),
            Size::Inches(inches) => {
                let dpi = self.dpi.unwrap_or(DPI);
                // Too many for a number are too many for a picture, which says so.
                (PngSize::Width((inches * dpi).round() as u32), Some(dpi))
            }
        };
        PngOptions { size, transparent: self.transparent, dpi }
    }

    /// Width by height that the picture has to have.
    pub(super) fn ratio(&self) -> Option<f64> {
        match (self.format, self.size) {
            (Format::Png, Size::Both(width, height)) => Some(f64::from(width.max(1)) / f64::from(height.max(1))),
            _ => self.aspect.map(Aspect::ratio),
        }
    }
}
