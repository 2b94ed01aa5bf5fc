//! What `rihla export` is asked for.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::deck::{Aspect, Presets, Request, Size, What};
use crate::export::{Format, MOST_SIDE, PaperSize};
use crate::film::FilmFormat;

/// Write maps as pictures or slides: PNG, SVG, PDF or PowerPoint, by the ending of the output.
///
/// With one map, OUT is the file to write. With several, OUT holds `{name}`, which stands for each map's name, or is a
/// folder, which gets a picture of each. `{stage}` in OUT makes a picture of each stage; it stands for the stage's id,
/// `{number}` for its place.
///
/// Stages, lanes and personas are named by their ids or names; several are parted by commas.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  rihla export map.ron -o map.png --scale 2\n  \
    rihla export *.ron -o out/{name}.png --preset deck --logo us.png\n  \
    rihla export map.ron -o out/{number}-{stage}.png --preset deck --no-title\n  \
    rihla export map.ron -o strip.svg --what emotions --stage search,book --transparent\n  \
    rihla export map.ron -o wall.pdf --paper a3 --sheets 3\n  \
    rihla export --list-presets")]
pub(super) struct ExportArgs {
    /// The maps.
    #[arg(value_name = "MAP.ron", required_unless_present = "list_presets")]
    pub maps: Vec<PathBuf>,
    /// The file to write, such as `map.png`, `map.svg`, `map.pdf` or `map.pptx`, or a folder.
    #[arg(short, long, value_name = "OUT", required_unless_present = "list_presets")]
    pub output: Option<PathBuf>,
    /// Begin with the options of this preset; what is said beside it goes before.
    #[arg(long, value_name = "NAME")]
    pub preset: Option<String>,
    /// List the presets, those you kept too.
    #[arg(long)]
    pub list_presets: bool,
    /// The look of the picture: light, dark, high-contrast, print, one of your own by its name, or a file, as brand.ron;
    /// light if neither this nor the preset says anything.
    #[arg(long, value_name = "THEME")]
    pub theme: Option<String>,
    #[command(flatten)]
    content: ContentArgs,
    #[command(flatten)]
    size: SizeArgs,
    #[command(flatten)]
    file: FileArgs,
}

/// What is drawn.
#[derive(Debug, Args)]
#[command(next_help_heading = "What is drawn")]
struct ContentArgs {
    /// The map, its emotion curve alone, a page of figures, or the map as a wheel.
    #[arg(long, value_enum)]
    what: Option<WhatName>,
    /// The same as `--what wheel`.
    #[arg(long, conflicts_with = "what")]
    wheel: bool,
    /// Only these stages.
    #[arg(long, value_name = "STAGE", value_delimiter = ',')]
    stage: Vec<String>,
    /// Only these lanes, also where the map hides them.
    #[arg(long, value_name = "LANE", value_delimiter = ',')]
    lanes: Vec<String>,
    /// Only the curves of these personas beside the main one; `none` for no other.
    #[arg(long, value_name = "PERSONA", value_delimiter = ',')]
    personas: Vec<String>,
    /// Draw the curve of this persona as the main one.
    #[arg(long, value_name = "PERSONA")]
    persona: Option<String>,
    /// Leave title and subtitle out.
    #[arg(long, conflicts_with = "title")]
    no_title: bool,
    /// Show title and subtitle, where a preset leaves them out.
    #[arg(long)]
    title: bool,
    /// Leave the legend out.
    #[arg(long)]
    no_legend: bool,
    /// A PNG or JPEG file for the upper corner.
    #[arg(long, value_name = "FILE")]
    logo: Option<PathBuf>,
    /// Leave the ground out.
    #[arg(long)]
    transparent: bool,
    /// A thin line around the picture.
    #[arg(long)]
    border: bool,
    /// Points between the map and the edge of the picture.
    #[arg(long, value_name = "POINTS", value_parser = parse_margin)]
    margin: Option<f64>,
    /// The shape of the picture: ground is added where the map has another.
    #[arg(long, value_enum)]
    aspect: Option<AspectName>,
    /// With `--aspect`: cut off what is too much instead of adding ground.
    #[arg(long)]
    crop: bool,
}

/// How large a PNG is.
#[derive(Debug, Args)]
#[command(next_help_heading = "PNG")]
struct SizeArgs {
    /// Pixels for each point of the map, 0.1 to 8; 2 if nothing is said.
    #[arg(long, value_name = "N", conflicts_with_all = ["width", "height", "inches"], value_parser = parse_scale)]
    scale: Option<f64>,
    /// The exact width in pixels; with `--height` the picture gets exactly this size, and ground where it is wider.
    #[arg(long, value_name = "PX", value_parser = parse_pixels)]
    width: Option<u32>,
    /// The exact height in pixels.
    #[arg(long, value_name = "PX", value_parser = parse_pixels)]
    height: Option<u32>,
    /// The width in inches.
    #[arg(long, value_name = "IN", conflicts_with_all = ["width", "height"], value_parser = parse_inches)]
    inches: Option<f64>,
    /// Pixels an inch, 10 to 2400; for `--inches` 300 if nothing is said.
    #[arg(long, value_name = "DPI", value_parser = parse_dpi)]
    dpi: Option<f64>,
}

/// What only some formats have.
#[derive(Debug, Args)]
#[command(next_help_heading = "SVG and PDF")]
struct FileArgs {
    /// SVG: keep texts as texts that can be edited, in fonts that the reader must have.
    #[arg(long)]
    text: bool,
    /// PDF: print on this paper instead of a page as large as the picture.
    #[arg(long, value_enum)]
    paper: Option<PaperName>,
    /// PDF: so many sheets beside each other, 1 to 20; on one the whole picture finds room.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=20))]
    sheets: Option<u32>,
    /// PDF: who made it.
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum WhatName {
    /// The map.
    Map,
    /// The emotion curve below the stages.
    Emotions,
    /// What the map comes to in figures, on a page.
    Scorecard,
    /// The map as a wheel: stages around, lanes as rings.
    Wheel,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum AspectName {
    #[value(name = "16:9")]
    Wide,
    #[value(name = "4:3")]
    Classic,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum PaperName {
    A4,
    A3,
    Letter,
}

fn parse_number(text: &str, range: std::ops::RangeInclusive<f64>, what: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| format!("{what} is a number from {} to {}", range.start(), range.end()))
}

fn parse_pixels(text: &str) -> Result<u32, String> {
    let pixels = text.parse().ok().filter(|pixels| (1..=MOST_SIDE).contains(pixels));
    pixels.ok_or_else(|| format!("a picture has from 1 to {MOST_SIDE} pixels a side"))
}

fn parse_scale(text: &str) -> Result<f64, String> {
    parse_number(text, 0.1..=8.0, "a scale")
}

fn parse_margin(text: &str) -> Result<f64, String> {
    parse_number(text, 0.0..=1000.0, "a margin")
}

fn parse_inches(text: &str) -> Result<f64, String> {
    parse_number(text, 0.1..=500.0, "a width in inches")
}

fn parse_dpi(text: &str) -> Result<f64, String> {
    parse_number(text, 10.0..=2400.0, "a number of dots an inch")
}

impl ExportArgs {
    /// What the arguments and their preset ask for; the format is that of `output`, or where it is a folder that of
    /// the preset.
    ///
    /// # Errors
    /// When the preset is not there, or arguments mean nothing for the format.
    pub fn request(&self, output: &Path, presets: &Presets) -> Result<Request, String> {
        let mut request = match &self.preset {
            Some(name) => presets.find(name).map_err(|err| err.to_string())?.request,
            None => Request::default(),
        };
        if !output.is_dir() {
            let unknown = || {
                let ending = output.extension().unwrap_or_default().to_string_lossy().to_lowercase();
                let film = if FilmFormat::ALL.iter().any(|format| format.ending() == ending) {
                    "; a film, as .gif or .apng, is made by `rihla film`"
                } else {
                    ""
                };
                format!("{}: maps are written as .png, .svg, .pdf or .pptx{film}", output.display())
            };
            request.format = Format::of(output).ok_or_else(unknown)?;
        }
        self.check(request.format).map_err(|why| format!("{}: {why}", output.display()))?;
        self.content.apply(&mut request);
        self.size.apply(&mut request);
        self.file.apply(&mut request);
        Ok(request)
    }

    /// An error for arguments that mean nothing for the format.
    fn check(&self, format: Format) -> Result<(), String> {
        let (size, file) = (&self.size, &self.file);
        let asked = [
            ("--scale", size.scale.is_some(), Format::Png),
            ("--width", size.width.is_some(), Format::Png),
            ("--height", size.height.is_some(), Format::Png),
            ("--inches", size.inches.is_some(), Format::Png),
            ("--dpi", size.dpi.is_some(), Format::Png),
            ("--text", file.text, Format::Svg),
            ("--paper", file.paper.is_some(), Format::Pdf),
            ("--sheets", file.sheets.is_some(), Format::Pdf),
            ("--author", file.author.is_some(), Format::Pdf),
        ];
        // Slides have titles and a shape of their own.
        let content = &self.content;
        let of_pictures = [
            ("--title", content.title),
            ("--no-title", content.no_title),
            ("--border", content.border),
            ("--margin", content.margin.is_some()),
            ("--aspect", content.aspect.is_some()),
            ("--crop", content.crop),
        ];
        let in_vain = asked.into_iter().find(|(_, asked, of)| *asked && *of != format).map(|(name, ..)| name);
        let on_slides = of_pictures.into_iter().find(|(_, asked)| *asked && format == Format::Pptx);
        match in_vain.or(on_slides.map(|(name, _)| name)) {
            Some(name) => Err(format!("{name} means nothing for {}", format.name())),
            None => Ok(()),
        }
    }
}

impl ContentArgs {
    fn apply(&self, request: &mut Request) {
        let what = if self.wheel { Some(WhatName::Wheel) } else { self.what };
        if let Some(what) = what {
            request.what = match what {
                WhatName::Map => What::Map,
                WhatName::Emotions => What::Emotions,
                WhatName::Scorecard => What::Scorecard,
                WhatName::Wheel => What::Wheel,
            };
        }
        if !self.stage.is_empty() {
            request.stages.clone_from(&self.stage);
        }
        if !self.lanes.is_empty() {
            request.lanes.clone_from(&self.lanes);
        }
        if !self.personas.is_empty() {
            let none = self.personas.len() == 1 && self.personas[0] == "none";
            request.personas = Some(if none { Vec::new() } else { self.personas.clone() });
        }
        if self.persona.is_some() {
            request.persona.clone_from(&self.persona);
        }
        if self.title || self.no_title {
            request.title = self.title;
        }
        request.legend &= !self.no_legend;
        if self.logo.is_some() {
            request.logo.clone_from(&self.logo);
        }
        request.transparent |= self.transparent;
        request.border |= self.border;
        request.crop |= self.crop;
        request.margin = self.margin.or(request.margin);
        let aspect = self.aspect.map(|aspect| match aspect {
            AspectName::Wide => Aspect::Wide,
            AspectName::Classic => Aspect::Classic,
        });
        request.aspect = aspect.or(request.aspect);
    }
}

impl SizeArgs {
    fn apply(&self, request: &mut Request) {
        let size = match (self.scale, self.inches, self.width, self.height) {
            (Some(scale), ..) => Some(Size::Scale(scale)),
            (_, Some(inches), ..) => Some(Size::Inches(inches)),
            (.., Some(width), Some(height)) => Some(Size::Both(width, height)),
            (.., Some(width), None) => Some(Size::Width(width)),
            (.., None, Some(height)) => Some(Size::Height(height)),
            _ => None,
        };
        request.size = size.unwrap_or(request.size);
        request.dpi = self.dpi.or(request.dpi);
    }
}

impl FileArgs {
    fn apply(&self, request: &mut Request) {
        request.text |= self.text;
        let paper = self.paper.map(|paper| match paper {
            PaperName::A4 => PaperSize::A4,
            PaperName::A3 => PaperSize::A3,
            PaperName::Letter => PaperSize::Letter,
        });
        request.paper = paper.or(request.paper);
        if let Some(sheets) = self.sheets {
            request.sheets = sheets;
            // Sheets without a size are of the paper that most have.
            request.paper = request.paper.or(Some(PaperSize::A4));
        }
        if let Some(author) = &self.author {
            request.author.clone_from(author);
        }
    }
}
