//! Layouts to PPTX: slides whose shapes people go on with.
//!
//! A scene is a picture; on a slide, one card is one shape that holds its text. So this is made from the layout: the
//! first slide is the layout itself, made smaller ([`overview`], [`wheel`]). On the slides of the stages, texts have the sizes of
//! slides and columns the width of slides, so that what the layout holds in each cell is set anew ([`cells`],
//! [`pages`], [`stage`]). Both draw with the same [`pieces`].

mod cells;
mod curve;
mod draw;
mod fixed;
mod fonts;
mod links;
mod look;
mod overview;
mod package;
mod pages;
mod pieces;
mod scale;
mod shape;
mod stage;
mod way;
mod wheel;
mod xml;

use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;

use kurbo::{Rect, Size};

use self::draw::{Drawing, write_paragraph};
use self::fixed::{SLIDE, document, open_tree};
use self::fonts::Fonts;
use self::look::Look;
use self::package::{Package, Relation};
use self::pages::{MARGIN, Plan};
use self::shape::{BoxShape, Paragraph, PictureShape, Role, Run, Shape, Slide};
use self::xml::Xml;
use super::glyphs::GlyphReader;
use super::{About, ExportError};
use crate::layout::{Layout, LayoutEngine};
use crate::picture::{Kind, Picture};
use crate::text::TextEngine;

/// How slides are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PptxOptions {
    /// Whether the ground is left out.
    pub transparent: bool,
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deck {
    /// How many slides there are.
    pub slides: usize,
    /// Stages that go over to more slides, with how many they take: they would not be legible on one.
    pub continued: Vec<(String, usize)>,
}

impl std::fmt::Display for Deck {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let slides = if self.slides == 1 { "slide" } else { "slides" };
        write!(f, "{} {slides}", self.slides)?;
        for (index, (stage, slides)) in self.continued.iter().enumerate() {
            let before = if index == 0 { "; to stay legible, " } else { ", " };
            // Isolated, as it may be read from right to left.
            write!(f, "{before}\u{2068}{stage}\u{2069} takes {slides}")?;
        }
        Ok(())
    }
}

/// Writes `layout` as slides: one of the whole map, and at least one a stage. The same layout and options give the same
/// bytes. `logo` stands on each of them, where the title ends. Of a wheel, the first slide is the wheel; stages are as on the grid that it is laid out from.
///
/// # Errors
/// When `out` refuses bytes, or the package becomes too large.
pub fn write_pptx(
    layout: &Layout,
    logo: Option<&Arc<Picture>>,
    about: &About,
    options: PptxOptions,
    mut out: impl Write,
) -> Result<Deck, ExportError> {
    let grid = layout.wheel.as_ref().map(|_| grid_of(layout));
    let (mut slides, deck) = slides(layout, grid.as_deref().unwrap_or(layout));
    if let Some(logo) = logo {
        add_logo(&mut slides, logo, layout.rtl);
    }
    let bytes = file(&slides, layout, about, options)?;
    out.write_all(&bytes)?;
    Ok(deck)
}

/// The layout of the same map that is no wheel.
fn grid_of(layout: &Layout) -> Arc<Layout> {
    let mut engine = LayoutEngine::default();
    engine.focus(layout.focus.clone());
    engine.show_pictures(layout.pictures.clone());
    engine.layout(&layout.map, &layout.theme, false)
}

/// Draws all slides: the first of `whole`, those of the stages of `layout`.
fn slides(whole: &Layout, layout: &Layout) -> (Vec<Slide>, Deck) {
    let (mut engine, mut glyphs) = (TextEngine::default(), GlyphReader::new());
    let mut slides = vec![overview::slide(whole, &mut engine, &mut glyphs)];
    let mut deck = Deck::default();
    let plan = Plan::new(layout, &mut engine);
    for sheets in plan.sheets.chunk_by(|a, b| a.stage == b.stage) {
        let of: usize = sheets.iter().map(|sheet| sheet.pages.len()).sum();
        let pages = sheets.iter().flat_map(|sheet| sheet.pages.iter().map(move |page| (sheet, page)));
        let mut pen = stage::Pen { layout, plan: &plan, engine: &mut engine, glyphs: &mut glyphs };
        for (index, (sheet, page)) in pages.enumerate() {
            slides.push(pen.slide(sheet, page, (of > 1).then_some((index + 1, of))));
        }
        if of > 1 {
            let stage = &layout.stages[sheets[0].stage];
            deck.continued.push((pages::full_name(layout, stage), of));
        }
    }
    deck.slides = slides.len();
    (slides, deck)
}

/// The title of a slide: the placeholder by which programs know what the slide is called.
fn title_box(look: &Look, runs: Vec<Run>, height: f64) -> BoxShape {
    let rect = Rect::new(MARGIN.0, MARGIN.1, SLIDE.width - MARGIN.0, MARGIN.1 + height);
    let paragraph = look.paragraph(runs, Some(look.start()));
    let mut shape = look.label("Title", rect, vec![paragraph], false);
    shape.role = Role::Title;
    if let Some(body) = &mut shape.text {
        body.shrinks = true;
    }
    shape
}

/// Puts a logo where the title of each slide ends; the title makes room.
fn add_logo(slides: &mut [Slide], logo: &Arc<Picture>, rtl: bool) {
    /// Its greatest width and height, and from there to the title.
    const MOST: Size = Size::new(150.0, 30.0);
    const BESIDE: f64 = 16.0;
    let (width, height) = (f64::from(logo.size().0), f64::from(logo.size().1));
    let size = Size::new(width, height) * (MOST.width / width).min(MOST.height / height);
    let x = if rtl { MARGIN.0 } else { SLIDE.width - MARGIN.0 - size.width };
    let rect = Rect::from_origin_size((x, MARGIN.1 + (MOST.height - size.height) / 2.0), size);
    for slide in slides {
        for shape in &mut slide.shapes {
            if let Shape::Box(BoxShape { role: Role::Title, rect: title, .. }) = shape {
                *title =
                    if rtl { Rect { x0: rect.x1 + BESIDE, ..*title } } else { Rect { x1: rect.x0 - BESIDE, ..*title } };
            }
        }
        let (name, picture) = ("Logo".to_owned(), Arc::clone(logo));
        slide.shapes.push(Shape::Picture(PictureShape { name, rect, radius: 0.0, picture }));
    }
}

/// Pictures in the package, each once.
#[derive(Default)]
struct Media {
    /// By the picture's number.
    paths: HashMap<u64, String>,
    files: Vec<(String, Vec<u8>)>,
}

impl Media {
    fn path(&mut self, shape: &PictureShape) -> String {
        let next = self.files.len() + 1;
        let files = &mut self.files;
        let path = self.paths.entry(shape.picture.id()).or_insert_with(|| {
            let (kind, bytes) = shape.picture.encoded();
            let ending = if kind == Kind::Png { "png" } else { "jpeg" };
            let path = format!("ppt/media/image{next}.{ending}");
            files.push((path.clone(), bytes.into_owned()));
            path
        });
        path.clone()
    }
}

/// The bytes of the file.
fn file(slides: &[Slide], layout: &Layout, about: &About, options: PptxOptions) -> Result<Vec<u8>, ExportError> {
    let mut package = Package::new();
    let fonts = Fonts::of(&layout.theme);
    let has_notes = slides.iter().any(|slide| !slide.notes.is_empty());
    let mut relations = vec![Relation::new("slideMaster", "ppt/slideMasters/slideMaster1.xml")];
    if has_notes {
        relations.push(Relation::new("notesMaster", "ppt/notesMasters/notesMaster1.xml"));
    }
    relations.extend((1..=slides.len()).map(|n| Relation::new("slide", slide_path(n))));
    relations.push(Relation::new("theme", "ppt/theme/theme1.xml"));
    let presentation = fixed::presentation(slides.len(), has_notes, &fonts, layout.rtl);
    package.add("ppt/presentation.xml", "presentationml.presentation.main+xml", presentation, &relations);
    let mut media = Media::default();
    for (index, slide) in slides.iter().enumerate() {
        add_slide(&mut package, &mut media, index + 1, slide);
    }
    add_masters(&mut package, (layout, &fonts), has_notes, options);
    for (path, bytes) in media.files {
        package.add_media(path, bytes);
    }
    package.add("docProps/core.xml", "core-properties", fixed::core_properties(about), &[]);
    package.add("docProps/app.xml", "extended-properties+xml", fixed::app_properties(), &[]);
    package.finish(&[
        Relation::new("officeDocument", "ppt/presentation.xml"),
        Relation::new("core-properties", "docProps/core.xml"),
        Relation::new("extended-properties", "docProps/app.xml"),
    ])
}

fn slide_path(number: usize) -> String {
    format!("ppt/slides/slide{number}.xml")
}

fn add_masters(package: &mut Package, (layout, fonts): (&Layout, &Fonts), has_notes: bool, options: PptxOptions) {
    let master = fixed::master(&layout.theme, fonts, layout.rtl, options.transparent);
    let relations = [
        Relation::new("slideLayout", "ppt/slideLayouts/slideLayout1.xml"),
        Relation::new("theme", "ppt/theme/theme1.xml"),
    ];
    package.add("ppt/slideMasters/slideMaster1.xml", "presentationml.slideMaster+xml", master, &relations);
    let relations = [Relation::new("slideMaster", "ppt/slideMasters/slideMaster1.xml")];
    package.add("ppt/slideLayouts/slideLayout1.xml", "presentationml.slideLayout+xml", fixed::layout(), &relations);
    package.add("ppt/theme/theme1.xml", "theme+xml", fixed::theme(&layout.theme, fonts), &[]);
    if has_notes {
        let relations = [Relation::new("theme", "ppt/theme/theme2.xml")];
        let path = "ppt/notesMasters/notesMaster1.xml";
        package.add(path, "presentationml.notesMaster+xml", fixed::notes_master(layout.rtl), &relations);
        // Pages of notes are printed on white.
        let theme = crate::theme::Theme::light();
        package.add("ppt/theme/theme2.xml", "theme+xml", fixed::theme(&theme, &Fonts::common()), &[]);
    }
}

fn add_slide(package: &mut Package, media: &mut Media, number: usize, slide: &Slide) {
    let mut relations = vec![Relation::new("slideLayout", "ppt/slideLayouts/slideLayout1.xml")];
    let mut xml = document("p:sld");
    xml.open("p:cSld");
    open_tree(&mut xml);
    let mut picture = |shape: &PictureShape| {
        let path = media.path(shape);
        let known = relations.iter().position(|relation| relation.target == path);
        known.unwrap_or_else(|| {
            relations.push(Relation::new("image", path));
            relations.len() - 1
        })
    };
    Drawing::new(&mut xml, &mut picture).slide(slide);
    xml.close().close();
    fixed::master_colors(&mut xml);
    if !slide.notes.is_empty() {
        let path = format!("ppt/notesSlides/notesSlide{number}.xml");
        relations.push(Relation::new("notesSlide", path.clone()));
        let back = [
            Relation::new("notesMaster", "ppt/notesMasters/notesMaster1.xml"),
            Relation::new("slide", slide_path(number)),
        ];
        package.add(&path, "presentationml.notesSlide+xml", notes(&slide.notes), &back);
    }
    package.add(&slide_path(number), "presentationml.slide+xml", xml, &relations);
}

/// A page of notes.
fn notes(paragraphs: &[Paragraph]) -> Xml {
    let mut xml = document("p:notes");
    xml.open("p:cSld");
    open_tree(&mut xml);
    for (id, name, kind) in [(2, "Slide", "sldImg"), (3, "Notes", "body")] {
        xml.open("p:sp").open("p:nvSpPr").empty("p:cNvPr", &[("id", &id), ("name", &name)]);
        xml.open("p:cNvSpPr").open("a:spLocks").attr("noGrp", 1);
        if kind == "sldImg" {
            xml.attr("noRot", 1).attr("noChangeAspect", 1);
        }
        xml.close().close().open("p:nvPr").open("p:ph").attr("type", kind);
        if kind == "body" {
            xml.attr("idx", 1);
        }
        xml.close().close().close().empty("p:spPr", &[]);
        if kind == "body" {
            xml.open("p:txBody").empty("a:bodyPr", &[]).empty("a:lstStyle", &[]);
            for paragraph in paragraphs {
                write_paragraph(&mut xml, paragraph);
            }
            xml.close();
        }
        xml.close();
    }
    xml.close().close();
    fixed::master_colors(&mut xml);
    xml
}
