//! The dialog that asks how a picture will be exported: a preview that is the picture, and beside it what can be chosen.

mod choose;
mod options;
mod preview;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use egui::{Layout, RichText, ScrollArea, Ui, vec2};

use super::commands::Command;
use super::dialogs::{Reply, Turn, buttons, height, line, main_button, plain_button, title, width};
use super::drop_down::drop_down;
use super::editor::Editor;
use super::field::Field;
use super::ink::Ink;
use super::look::{self, BODY};
use super::shapes::color32;
use crate::deck::{
    Composed, DeckError, Preset, Presets, Request, Size, Source, What, compose, lanes_called, logo_of, on_slide,
    personas_called, stages_called, theme_of,
};
use crate::edit::Selection;
use crate::export::{Format, NO_MAP, Sheets};
use crate::layout::LayoutEngine;
use crate::model::{JourneyMap, capitalized};
use crate::picture::{Picture, Pictures};
use crate::text::{Align, icons};
use crate::theme::{Theme, ThemeShelf};

/// How a picture will be exported.
#[derive(Debug)]
pub struct ExportBox {
    map: Arc<JourneyMap>,
    selection: Selection,
    pictures: Pictures,
    /// That of pictures where nothing else is said, and whether it was chosen for the map.
    canvas_theme: Arc<Theme>,
    is_chosen: bool,
    /// That of the picture.
    theme: Arc<Theme>,
    /// The names of one's own themes.
    themes: Vec<String>,
    request: Request,
    presets: Presets,
    /// Those there are; empty where the file of one's own cannot be read.
    known: Vec<Preset>,
    /// The name under which what is chosen will be kept, while it is typed, and what is wrong with it.
    naming: Option<Field>,
    trouble: Option<String>,
    author: Field,
    /// The path of a logo, where the system has no dialogs.
    logo_path: Option<Field>,
    wants_logo: bool,
    wants_film: bool,
    logo: Option<Arc<Picture>>,
    engine: LayoutEngine,
    /// The picture, and of which request.
    made: Option<(Request, Result<Composed, DeckError>)>,
}

/// How the things of one kind are found by their names.
type Called = fn(&JourneyMap, &[String]) -> Result<BTreeSet<usize>, DeckError>;

/// The width of what can be chosen, and from there to the preview.
const SIDE: f32 = 292.0;
const GAP: f32 = 20.0;
/// Smaller texts cannot be read on a slide, in points.
const LEGIBLE: f64 = 9.0;

impl ExportBox {
    /// Options for a picture of what `editor` shows, beginning with `request`.
    pub fn new(editor: &Editor, request: Request, presets: Presets, ink: &mut Ink) -> Self {
        let (known, trouble) = match presets.all() {
            Ok(known) => (known, None),
            Err(err) => (Vec::new(), Some(err.to_string())),
        };
        let id = egui::Id::unique("author");
        let author = Field::new(id, &request.author, BODY, None, Align::Start, ink).one_line().without_focus();
        let mut this = Self {
            map: Arc::clone(editor.document.map()),
            selection: editor.document.selection().clone(),
            pictures: editor.pictures().clone(),
            canvas_theme: editor.picture_theme(),
            is_chosen: editor.has_theme(),
            theme: editor.picture_theme(),
            themes: ThemeShelf::of_account().own(),
            request: Request::default(),
            presets,
            known,
            naming: None,
            trouble,
            author,
            logo_path: None,
            wants_logo: false,
            wants_film: false,
            logo: None,
            engine: LayoutEngine::default(),
            made: None,
        };
        // It was chosen for another map maybe.
        let _ = this.ask(request);
        this
    }

    /// Begins with what `request` asks for, where this map has it; gives what of it the map has not.
    fn ask(&mut self, request: Request) -> Option<DeckError> {
        self.request = request;
        let (map, mut unknown) = (Arc::clone(&self.map), None);
        let mut keep = |names: &mut Vec<String>, called: Called| {
            names.retain(|name| match called(&map, std::slice::from_ref(name)) {
                Ok(_) => true,
                Err(err) => {
                    unknown.get_or_insert(err);
                    false
                }
            });
        };
        keep(&mut self.request.stages, stages_called);
        keep(&mut self.request.lanes, lanes_called);
        if let Some(personas) = &mut self.request.personas {
            keep(personas, personas_called);
        }
        if self.request.what == What::Selection && self.selection.is_empty() {
            self.request.what = What::Map;
        }
        self.read_theme();
        self.read_logo();
        unknown
    }

    /// Takes the look that is asked for; one that cannot be read is told, and that of the canvas stays.
    fn read_theme(&mut self) {
        match theme_of(&self.request, &self.canvas_theme) {
            Ok(theme) => self.theme = theme,
            Err(err) => {
                self.trouble = Some(err.to_string());
                self.request.theme = None;
                self.theme = Arc::clone(&self.canvas_theme);
            }
        }
        self.made = None;
    }

    /// Reads the logo anew; one that cannot be read is told and left out.
    fn read_logo(&mut self) {
        match logo_of(&self.request, &self.theme) {
            Ok(logo) => self.logo = logo,
            Err(err) => {
                self.trouble = Some(err.to_string());
                self.request.logo = None;
                self.logo = None;
            }
        }
        self.made = None;
    }

    /// Takes the picture at `path` for a logo.
    pub fn take_logo(&mut self, path: &Path) {
        self.request.logo = Some(path.to_owned());
        self.trouble = None;
        self.read_logo();
    }

    /// Whether a logo is to be chosen, once.
    pub fn takes_logo_wish(&mut self) -> bool {
        std::mem::take(&mut self.wants_logo)
    }

    /// Lets the path of a logo be typed.
    pub fn type_logo(&mut self, ink: &mut Ink) {
        self.logo_path = Some(Field::new(egui::Id::unique("logo"), "", BODY, None, Align::Start, ink).one_line());
    }

    /// Makes the picture, if it is another than the last.
    fn make(&mut self) {
        let wanted = Request {
            // What only the file knows changes nothing of what is drawn.
            format: if matches!(self.request.size, Size::Both(..)) { self.request.format } else { Format::Svg },
            size: match self.request.size {
                Size::Both(..) => self.request.size,
                _ => Size::Scale(1.0),
            },
            transparent: false,
            dpi: None,
            text: false,
            paper: None,
            sheets: 1,
            author: String::new(),
            ..self.request.clone()
        };
        if self.made.as_ref().is_some_and(|(of, _)| *of == wanted) {
            return;
        }
        let (pictures, logo) = (self.pictures.clone(), self.logo.clone());
        let source = Source { map: &self.map, pictures, selection: &self.selection, logo };
        let made = compose(&source, &wanted, &self.theme, &mut self.engine);
        self.made = Some((wanted, made));
    }

    /// The picture, or why there is none.
    fn composed(&self) -> Result<&Composed, String> {
        match &self.made {
            Some((_, Ok(composed))) => Ok(composed),
            Some((_, Err(err))) => Err(err.to_string()),
            None => Err(String::new()),
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, ink: &mut Ink) -> Turn {
        let wide = width(ui, 1120.0);
        ui.set_width(wide);
        self.make();
        self.head(ui, ink);
        let tall = height(ui, 640.0);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            let preview = vec2((wide - SIDE - GAP).max(120.0), tall);
            preview::show(ui, self.composed(), &self.request, preview, ink);
            ui.allocate_ui_with_layout(vec2(SIDE, tall), Layout::top_down(egui::Align::Min), |ui| {
                // Seen also while nothing moves, as in a low window there is more below.
                ui.spacing_mut().scroll = egui::style::ScrollStyle {
                    foreground_color: true,
                    dormant_handle_opacity: 0.45,
                    ..egui::style::ScrollStyle::thin()
                };
                ScrollArea::vertical().id_salt("export").max_height(tall).min_scrolled_height(tall).show(ui, |ui| {
                    ui.set_width(SIDE - 14.0);
                    self.options(ui, ink);
                });
            });
        });
        if std::mem::take(&mut self.wants_film) {
            return Turn::Reply(Reply::Run(Command::ExportFilm));
        }
        self.foot(ui)
    }

    /// The title, and beside it the presets.
    fn head(&mut self, ui: &mut Ui, ink: &mut Ink) {
        ui.horizontal(|ui| {
            title(ui, "Export");
            ui.add_space(24.0);
            if let Some(naming) = &mut self.naming {
                let events = ui.allocate_ui(vec2(260.0, 36.0), |ui| line(ui, naming, "Name of the preset", ink)).inner;
                let key = events.key.map(|(key, _)| key);
                if ui.button("Keep").clicked() || key == Some(egui::Key::Enter) {
                    self.keep();
                } else if ui.button("Back").clicked() || key == Some(egui::Key::Escape) {
                    self.naming = None;
                }
                return;
            }
            let names: Vec<&str> = self.known.iter().map(|preset| preset.name.as_str()).collect();
            let chosen = self.known.iter().position(|preset| self.is_as(preset));
            if let Some(at) = drop_down(ui, "Preset", (&names, chosen, "Preset…"), 200.0, ink) {
                let request = self.known[at].request.clone();
                // Whose curve it is belongs to the map, and the author to the person.
                let (persona, author) = (self.request.persona.clone(), std::mem::take(&mut self.request.author));
                let author = if request.author.is_empty() { author } else { request.author.clone() };
                self.trouble = None;
                if let Some(unknown) = self.ask(Request { persona, author, ..request }) {
                    self.trouble = Some(format!("{unknown}; this is left out"));
                }
            }
            match chosen.map(|at| &self.known[at]) {
                None => {
                    if ui.button("Keep as preset…").clicked() {
                        let id = egui::Id::unique("preset");
                        self.naming = Some(Field::new(id, "", BODY, None, Align::Start, ink).one_line());
                    }
                }
                Some(preset) if preset.about.is_empty() => {
                    let name = preset.name.clone();
                    if ui.button("Delete preset").clicked() {
                        self.trouble = self.presets.drop(&name).err().map(|err| err.to_string());
                        self.known.retain(|preset| preset.name != name);
                    }
                }
                Some(preset) => drop(ui.label(RichText::new(preset.about).small().weak())),
            }
        });
    }

    /// Whether what is chosen is this preset.
    fn is_as(&self, preset: &Preset) -> bool {
        let (persona, author) = (self.request.persona.clone(), self.request.author.clone());
        Request { persona, author, ..preset.request.clone() } == self.request
    }

    /// Keeps what is chosen under the name that was typed.
    fn keep(&mut self) {
        let Some(name) = self.naming.as_ref().map(Field::text) else { return };
        let request = Request { persona: None, ..self.request.clone() };
        match self.presets.keep(&name, &request) {
            Ok(()) => {
                (self.naming, self.trouble) = (None, None);
                self.known = self.presets.all().unwrap_or_default();
            }
            Err(err) => self.trouble = Some(err.to_string()),
        }
    }

    /// What will be written, what speaks against it, and the buttons.
    fn foot(&mut self, ui: &mut Ui) -> Turn {
        let size = self.size();
        let (fits, words) = match size {
            Ok(words) => (true, words),
            Err(why) => (false, why),
        };
        let colors = look::colors(ui.ctx());
        ui.horizontal_wrapped(|ui| {
            let text = RichText::new(capitalized(&words));
            ui.label(if fits { text.weak() } else { text.color(color32(colors.danger)) });
            for warning in self.warning().into_iter().chain(self.trouble.clone()) {
                let icon = RichText::new(icons::WARNING).font(egui::FontId::new(15.0, look::filled_icons()));
                ui.label(icon.color(color32(colors.changed)));
                ui.label(RichText::new(capitalized(&warning)).color(color32(colors.changed)));
            }
        });
        let mut request = self.request.clone();
        request.author = self.author.text().trim().to_owned();
        buttons(ui, |ui| {
            if main_button(ui, &format!("Export {}…", request.format.name()), fits) {
                return Turn::Reply(Reply::Export(Box::new(request)));
            }
            let copies = ui.add_enabled(self.composed().is_ok(), egui::Button::new("Copy").min_size(vec2(96.0, 34.0)));
            if copies.on_hover_text("Put this picture on the clipboard").clicked() {
                return Turn::Reply(Reply::CopyPicture(Box::new(request)));
            }
            if plain_button(ui, "Cancel") { Turn::Close } else { Turn::Stay }
        })
    }

    /// What will be written, in words; an error says why it cannot be.
    fn size(&self) -> Result<String, String> {
        let scene = &self.composed()?.scene;
        let size = scene.size;
        match self.request.format {
            Format::Png => {
                let options = self.request.png();
                let (_, info) = options.pixels(scene).map_err(|err| err.to_string())?;
                let inches = options.dpi.map(|dpi| {
                    let inch = |pixels: u32| f64::from(pixels) / dpi;
                    format!(", {:.2} × {:.2} inches at {dpi} dots an inch", inch(info.width), inch(info.height))
                });
                Ok(format!("{} × {} pixels{}", info.width, info.height, inches.unwrap_or_default()))
            }
            Format::Svg => Ok(format!("Shapes that stay sharp at any size, {:.0} × {:.0}", size.width, size.height)),
            Format::Pptx if self.composed()?.layout.is_none() => Err(NO_MAP.into()),
            Format::Pptx => Ok("A slide of all of it and slides of each stage; each card is one shape to edit".into()),
            Format::Pdf => Ok(match self.request.paper {
                None => "One page whose texts can be searched and copied".into(),
                Some(paper) => {
                    let sheets = Sheets { paper, across: self.request.sheets };
                    match sheets.parts(size, self.map.is_rtl()).len() {
                        1 => format!("One page {}", paper.name()),
                        pages => format!("{pages} pages {}, to be glued together", paper.name()),
                    }
                }
            }),
        }
    }

    /// That texts would be too small on a slide.
    fn warning(&self) -> Option<String> {
        let is_for_slides = !matches!(self.request.format, Format::Pdf | Format::Pptx);
        let points =
            on_slide(&self.composed().ok()?.scene).filter(|points| is_for_slides && *points < LEGIBLE - 0.05)?;
        Some(format!("On a slide its smallest text would have {points:.1} pt, less than 9: fewer stages or lanes help"))
    }
}
