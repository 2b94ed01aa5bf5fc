//! Choosing the theme of the map: all there are, each as a picture of the open map.

use std::sync::Arc;

use egui::{Context, Rect, Response, RichText, Sense, Ui, vec2};

use super::camera::Camera;
use super::commands::Command;
use super::dialogs::{Dialog, Reply, Turn, buttons, height, plain_button, tall_scroll, title, width};
use super::editor::Editor;
use super::film_box::FilmOrder;
use super::filming::Filming;
use super::focus;
use super::ink::Ink;
use super::look::{self, BODY};
use super::painter::View;
use super::shapes::color32;
use super::shell::App;
use crate::file::{EXTENSION, FileProblem};
use crate::layout::LayoutEngine;
use crate::model::JourneyMap;
use crate::scene::{self, Scene};
use crate::template::TEMPLATES;
use crate::text::{Measure, TextStyle};
use crate::theme::{Bundled, Loaded, Theme, ThemeShelf};

/// How the map looks, and the films that are made of it.
#[derive(Debug, Default)]
pub struct Looks {
    /// The theme that the map wears; without one it follows the window.
    pub theme: Option<Arc<Theme>>,
    /// The film that waits for a path.
    pub film: Option<FilmOrder>,
    /// The film that is being made.
    pub filming: Option<Filming>,
}

/// The themes to choose from.
#[derive(Debug)]
pub struct ThemeBox {
    tiles: Vec<Tile>,
    /// The name of the one that is worn.
    chosen: String,
    /// Where one's own themes go.
    folder: String,
}

/// A theme as it is shown.
#[derive(Debug)]
struct Tile {
    /// What the settings call it; nothing for the one that follows the window.
    name: String,
    title: String,
    about: String,
    /// A picture, or why there is none.
    scene: Result<Scene, String>,
    /// What can hardly be seen in it, told when the pointer rests on it.
    warnings: String,
}

/// The size of a tile, and of the picture on it.
const TILE: egui::Vec2 = vec2(244.0, 190.0);
const PICTURE: f32 = 112.0;
/// How many stand side by side, and the room between them.
const ACROSS: usize = 3;
const GAP: f32 = 12.0;
const TITLE: TextStyle = BODY.bold();
const ABOUT: TextStyle = TextStyle::new(12.0, 16.0);
/// Larger maps are shown by a small one: five pictures of them would take seconds.
const MOST_TOUCHPOINTS: usize = 600;

impl ThemeBox {
    /// The themes of the program and of `shelf`, shown on `map`.
    fn new(map: &Arc<JourneyMap>, shelf: &ThemeShelf, chosen: &str, window: &Arc<Theme>) -> Self {
        let map = if map.counts().0 > MOST_TOUCHPOINTS {
            Arc::new(TEMPLATES[TEMPLATES.len() - 1].map_in(map.language()))
        } else {
            Arc::clone(map)
        };
        let mut engine = LayoutEngine::default();
        let mut draw = |theme: &Arc<Theme>| scene::build(&engine.layout(&map, theme, false));
        let mut tiles = vec![Tile {
            name: String::new(),
            title: "Like the window".into(),
            about: "Light or dark as the window is; pictures are light".into(),
            scene: Ok(draw(window)),
            warnings: String::new(),
        }];
        tiles.extend(Bundled::ALL.map(|bundled| {
            let (title, about) = bundled.words();
            let scene = Ok(draw(&bundled.theme()));
            let (name, warnings) = (bundled.name().to_owned(), String::new());
            Tile { name, title: title.into(), about: about.into(), scene, warnings }
        }));
        for name in shelf.own() {
            let loaded = shelf.load(&name);
            let about = match &loaded {
                Ok(loaded) => weak(&loaded.warnings).unwrap_or_else(|| "Your own".into()),
                Err(_) => "It cannot be read; click it to see why".into(),
            };
            let warnings = loaded.as_ref().map(|loaded| list(&loaded.warnings)).unwrap_or_default();
            let scene = loaded.map(|loaded| draw(&loaded.theme));
            tiles.push(Tile { title: name.clone(), name, about, scene, warnings });
        }
        let folder = shelf.folder().map(|folder| folder.display().to_string()).unwrap_or_default();
        Self { tiles, chosen: chosen.to_owned(), folder }
    }

    /// Shows them; a click chooses.
    pub(super) fn ui(&mut self, ui: &mut Ui, ink: &mut Ink) -> Turn {
        let full = ACROSS as f32 * (TILE.x + GAP) - GAP;
        let room = width(ui, full + 12.0);
        ui.set_width(room);
        title(ui, "Theme of the map");
        let across = (((room + GAP) / (TILE.x + GAP)).floor() as usize).clamp(1, ACROSS);
        let mut turn = Turn::Stay;
        tall_scroll("themes", height(ui, 620.0)).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(GAP, GAP);
            for row in self.tiles.chunks(across) {
                ui.horizontal(|ui| {
                    for tile in row {
                        if tile.ui(ui, tile.name == self.chosen, ink).clicked() {
                            turn = Turn::Reply(Reply::Theme(tile.name.clone()));
                        }
                    }
                });
            }
        });
        let words = "Pictures have the theme that is chosen here, unless their export names another.";
        ui.add(egui::Label::new(RichText::new(words).small().weak()).wrap());
        if !self.folder.is_empty() {
            let words = format!("Your own themes go into {}, as .{EXTENSION} files", self.folder);
            let measure = Measure { width: Some(ui.available_width()), ..Measure::default() };
            let block = ink.text.block(&words, ABOUT, measure);
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), block.height), Sense::hover());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
            ink.paint(ui, &block, rect.min, look::colors(ui.ctx()).ink_soft);
        }
        let cancelled = buttons(ui, |ui| plain_button(ui, "Cancel"));
        match turn {
            Turn::Stay if cancelled => Turn::Close,
            turn => turn,
        }
    }
}

/// In how many things a theme is weak, in words; nothing for one that is not.
fn weak(warnings: &[FileProblem]) -> Option<String> {
    let name = match warnings.len() {
        0 => return None,
        1 => "1 thing".to_owned(),
        n => format!("{n} things"),
    };
    Some(format!("Your own; {name} in it can hardly be seen"))
}

/// What is weak, a line each, with the lines of the file.
fn list(warnings: &[FileProblem]) -> String {
    let line = |problem: &FileProblem| {
        let place = problem.place.map_or(String::new(), |(line, _)| format!("Line {line}: "));
        let help = problem.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
        format!("{place}{}{help}", problem.message)
    };
    warnings.iter().take(6).map(line).collect::<Vec<_>>().join("\n")
}

impl Tile {
    fn ui(&self, ui: &mut Ui, chosen: bool, ink: &mut Ink) -> Response {
        let colors = look::colors(ui.ctx());
        let (rect, response) = ui.allocate_exact_size(TILE, Sense::click());
        let label = format!("Theme: {}", self.title);
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, chosen, label.clone()));
        if focus::arrived(&response) {
            response.scroll_to_me(None);
        }
        let active = response.hovered() || response.has_focus();
        let color = if chosen || active { colors.accent } else { colors.line };
        let border = egui::Stroke::new(if chosen { 3.0 } else { 1.0 + f32::from(u8::from(active)) }, color32(color));
        ui.painter().rect(rect, 12.0, color32(colors.panel), border, egui::StrokeKind::Inside);
        let top = Rect::from_min_size(rect.min + vec2(3.0, 3.0), vec2(TILE.x - 6.0, PICTURE));
        if let Ok(picture) = &self.scene {
            let round = egui::CornerRadius { nw: 9, ne: 9, sw: 0, se: 0 };
            ui.painter().rect_filled(top, round, color32(picture.ground));
            // From the map's own corner, large enough for its colours and letters.
            let scale = f64::from(top.width()) / picture.size.width.min(900.0);
            let camera = Camera { scale, corner: top.min };
            let clip = top.intersect(ui.clip_rect());
            let pixels_per_point = ui.ctx().pixels_per_point();
            let view = View { camera, clip, pixels_per_point, at_rest: true, without_text: None };
            ink.painter.scene(picture, &view).paint(&ui.painter().with_clip_rect(clip));
        }
        let text = Rect::from_min_max(rect.min + vec2(14.0, PICTURE + 11.0), rect.max - vec2(14.0, 6.0));
        let lines = |max| Measure { width: Some(text.width()), max_lines: Some(max), ..Measure::default() };
        let title = ink.text.block(&self.title, TITLE, lines(1));
        ink.paint(ui, &title, text.min, colors.ink);
        let about = ink.text.block(&self.about, ABOUT, lines(2));
        let below = if self.scene.is_err() { colors.danger } else { colors.ink_soft };
        ink.paint(ui, &about, text.min + vec2(0.0, title.height + 2.0), below);
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        if self.warnings.is_empty() { response } else { response.on_hover_text(&self.warnings) }
    }
}

impl App {
    /// Runs a command about themes or films; says whether it was one.
    pub(super) fn run_for_looks(&mut self, command: Command, ctx: &Context) -> bool {
        match command {
            Command::Theme => self.ask_theme(ctx),
            Command::ExportFilm => self.ask_film(ctx),
            _ => return false,
        }
        true
    }

    /// Shows the themes to choose from.
    fn ask_theme(&mut self, ctx: &Context) {
        let Some(editor) = &self.editor else { return };
        let (map, window) = (editor.document.map(), look::picture_theme(ctx));
        let themes = ThemeBox::new(map, &self.settings.themes(), &self.settings.theme, &window);
        self.dialog = Dialog::Theme(Box::new(themes));
    }

    /// Lets the map wear the theme called `name`, or with an empty name follow the window.
    pub(super) fn choose_theme(&mut self, name: &str, ctx: &Context) {
        match self.load_theme(name) {
            Ok(Some(loaded)) if !loaded.warnings.is_empty() => {
                let more = loaded.warnings.len() - 1;
                let more = if more == 0 { String::new() } else { format!("; and {more} more") };
                self.toasts.add(format!("{name}: {}{more}", list(&loaded.warnings[..1])), ctx);
            }
            Ok(_) => {}
            Err(text) => {
                self.dialog = Dialog::Problem { title: "The theme could not be read".into(), text };
                return;
            }
        }
        self.settings.theme = name.to_owned();
        self.settings.save();
    }

    /// Lets the map wear the theme of the settings, as the window opens.
    pub(super) fn wear_theme_of_settings(&mut self, ctx: &Context) {
        let name = self.settings.theme.clone();
        if let Err(text) = self.load_theme(&name) {
            let first = text.lines().next().unwrap_or_default();
            self.toasts.add(format!("The theme {name} is not used: {first}"), ctx);
        }
    }

    fn load_theme(&mut self, name: &str) -> Result<Option<Loaded>, String> {
        let loaded = if name.is_empty() { None } else { Some(self.settings.themes().load(name)?) };
        self.looks.theme = loaded.as_ref().map(|loaded| Arc::clone(&loaded.theme));
        if let Some(editor) = &mut self.editor {
            editor.wear(self.looks.theme.clone());
        }
        Ok(loaded)
    }
}

impl Editor {
    /// Shows the map in this theme, or with `None` in that of the window.
    pub fn wear(&mut self, theme: Option<Arc<Theme>>) {
        self.chosen_theme = theme;
    }

    /// The theme of exported pictures.
    pub fn picture_theme(&self) -> Arc<Theme> {
        self.chosen_theme.clone().unwrap_or_else(Theme::light)
    }

    /// Whether a theme was chosen; else the map is as light or as dark as the window.
    pub fn has_theme(&self) -> bool {
        self.chosen_theme.is_some()
    }
}
