//! The window without a map: templates, and a way to open one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Align, Button, FontId, Key, Layout, Rect, Response, RichText, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::commands::Command;
use super::dialogs::{self, Reply, Turn};
use super::ink::Ink;
use super::look::{self, BODY};
use super::painter::View;
use super::shapes::color32;
use super::{bars, focus, languages};
use crate::layout::LayoutEngine;
use crate::model::{JourneyMap, Language, counted};
use crate::scene::{self, Scene};
use crate::template::{Own, Shelf, TEMPLATES};
use crate::text::{Align as TextAlign, Measure, TextStyle, icons};
use crate::theme::Theme;

/// The templates with their pictures, made once.
#[derive(Default)]
pub struct Start {
    /// Whether the page is shown over an open map, to which one can go back.
    pub over: bool,
    /// Whether a menu was open in the last frame.
    popup_open: bool,
    engine: LayoutEngine,
    /// Those of the program, in the language they were last shown in.
    pictures: Vec<Picture>,
    language: Language,
    /// One's own, with the pictures of those that were in sight; nothing before they were read.
    own: Option<Vec<(Own, Option<Picture>)>>,
}

impl std::fmt::Debug for Start {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let own = self.own.as_ref().map(Vec::len);
        f.debug_struct("Start").field("pictures", &self.pictures.len()).field("own", &own).finish()
    }
}

/// What was chosen.
#[derive(Clone, Debug)]
pub enum Choice {
    /// Start with this map.
    Map(Box<JourneyMap>),
    /// Show templates in this language.
    Language(Language),
    /// Delete the template of one's own that is called so.
    Delete(String),
    /// A command.
    Run(Command),
    /// A map that was open lately.
    Recent(PathBuf),
    /// The map that is open.
    Back,
}

/// What a template looks like.
struct Picture {
    scene: Scene,
    /// Whether it starts on the right.
    rtl: bool,
}

/// A template as it is shown.
struct Card<'a> {
    title: &'a str,
    about: &'a str,
    picture: &'a Picture,
    /// Whether something stands at the end of the title.
    has_button: bool,
}

/// The size of a template's card.
const CARD: egui::Vec2 = vec2(252.0, 196.0);
/// The height of its picture.
const PICTURE: f32 = 118.0;
/// The text styles of a card.
const TITLE: TextStyle = TextStyle { bold: true, ..BODY };
const ABOUT: TextStyle = TextStyle::new(12.0, 16.0);

/// How cards stand on the page.
#[derive(Clone, Copy)]
struct Columns {
    across: usize,
    margin: f32,
    width: f32,
}

impl Start {
    /// Reads one's own templates anew when they are shown next.
    pub fn forget(&mut self) {
        self.own = None;
    }

    /// Reads one's own templates unless that was done; tells what cannot be read.
    pub fn read(&mut self, shelf: Option<&Shelf>) -> Vec<String> {
        if self.own.is_some() {
            return Vec::new();
        }
        let (own, wrong) = shelf.map(Shelf::all).unwrap_or_default();
        self.own = Some(own.into_iter().map(|own| (own, None)).collect());
        let told = wrong.iter().filter_map(|err| {
            let problem = err.problems.first()?;
            let line = problem.place.map_or(String::new(), |(line, _)| format!(", line {line}"));
            let path = err.path.display();
            Some(format!("A template is left out: {path}{line}: {}; repair the file, or take it away", problem.message))
        });
        told.collect()
    }

    fn picture(engine: &mut LayoutEngine, map: JourneyMap) -> Picture {
        let layout = engine.layout(&Arc::new(map), &Theme::light(), false);
        Picture { scene: scene::build(&layout), rtl: layout.rtl }
    }

    /// Shows the page; returns what was chosen.
    pub fn show(&mut self, ui: &mut Ui, recent: &[PathBuf], language: Language, ink: &mut Ink) -> Option<Choice> {
        if self.pictures.is_empty() || self.language != language {
            let maps = TEMPLATES.iter().map(|template| template.map_in(language));
            self.pictures = maps.map(|map| Self::picture(&mut self.engine, map)).collect();
            self.language = language;
        }
        let colors = look::colors(ui.ctx());
        ui.painter().rect_filled(ui.available_rect_before_wrap(), 0.0, color32(colors.canvas));
        let page = ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let across = (((ui.available_width() - 40.0) / (CARD.x + 16.0)).floor()).clamp(1.0, 4.0);
            let width = across * (CARD.x + 16.0) - 16.0;
            let margin = ((ui.available_width() - width) / 2.0).max(0.0);
            let columns = Columns { across: across as usize, margin, width };
            ui.add_space((ui.available_height() * 0.06).max(16.0));
            ui.spacing_mut().item_spacing.x = 0.0;
            let mut choice = head(ui, columns, self.over);
            ui.add_space(4.0);
            choice = choice.or(languages_row(ui, language, columns, ink));
            ui.add_space(8.0);
            choice = choice.or(self.templates(ui, columns, ink));
            choice = choice.or(self.own(ui, columns, ink));
            choice.or(recent_files(ui, recent, columns, ink))
        });
        // The key that closes a menu is the menu's.
        let popup_was_open = std::mem::replace(&mut self.popup_open, egui::Popup::is_any_open(ui.ctx()));
        let is_covered = popup_was_open || self.popup_open || ui.memory(|m| m.top_modal_layer().is_some());
        let escape = self.over && !is_covered && ui.input(|i| i.key_pressed(Key::Escape));
        page.inner.or(escape.then_some(Choice::Back))
    }

    /// The templates of the program.
    fn templates(&self, ui: &mut Ui, columns: Columns, ink: &mut Ink) -> Option<Choice> {
        let mut choice = None;
        for row in TEMPLATES.iter().zip(&self.pictures).collect::<Vec<_>>().chunks(columns.across) {
            ui.horizontal(|ui| {
                ui.add_space(columns.margin);
                for (template, picture) in row {
                    let (title, about) = (template.title(self.language), template.about(self.language));
                    let response = card(ui, &Card { title, about, picture, has_button: false }, ink);
                    // The first template has the keyboard when nothing else has: Enter starts a map.
                    let is_free = ui.memory(|m| m.focused().is_none() && m.top_modal_layer().is_none());
                    if template.name == TEMPLATES[0].name && is_free {
                        response.request_focus();
                    }
                    if response.clicked() {
                        choice = Some(Choice::Map(Box::new(template.map_in(self.language))));
                    }
                    ui.add_space(16.0);
                }
            });
            ui.add_space(8.0);
        }
        choice
    }

    /// One's own templates, if there are any.
    fn own(&mut self, ui: &mut Ui, columns: Columns, ink: &mut Ink) -> Option<Choice> {
        let mut choice = None;
        let own = self.own.as_mut().filter(|own| !own.is_empty())?;
        heading(ui, "Your templates", columns);
        for row in own.chunks_mut(columns.across) {
            ui.horizontal(|ui| {
                ui.add_space(columns.margin);
                for (own, picture) in row {
                    let rect = Rect::from_min_size(ui.cursor().min, CARD);
                    if !ui.is_rect_visible(rect) {
                        // Its picture is made when it comes into sight.
                        ui.allocate_exact_size(CARD, Sense::hover());
                        ui.add_space(16.0);
                        continue;
                    }
                    let picture = picture.get_or_insert_with(|| Self::picture(&mut self.engine, own.map.clone()));
                    let about = if own.map.title == own.name { counts(&own.map) } else { own.map.title.clone() };
                    let shown = Card { title: &own.name, about: &about, picture, has_button: true };
                    if card(ui, &shown, ink).clicked() {
                        choice = Some(Choice::Map(Box::new(own.map.clone())));
                    }
                    if delete_button(ui, rect, &own.name) {
                        choice = Some(Choice::Delete(own.name.clone()));
                    }
                    ui.add_space(16.0);
                }
            });
            ui.add_space(8.0);
        }
        choice
    }
}

/// How large a map is, in words.
fn counts(map: &JourneyMap) -> String {
    let (touchpoints, _) = map.counts();
    let counts = [(map.stages.len(), "stage"), (map.lanes.len(), "lane"), (touchpoints, "touchpoint")];
    counts.map(|(n, what)| counted(n, what)).join(" · ")
}

/// The page's title and its commands, beside it where there is room.
fn head(ui: &mut Ui, columns: Columns, over: bool) -> Option<Choice> {
    let mut choice = None;
    let is_narrow = columns.across < 3;
    ui.horizontal(|ui| {
        ui.add_space(columns.margin);
        ui.label(RichText::new("Start a journey map").font(FontId::new(26.0, look::bold())));
        if !is_narrow {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(columns.margin);
                choice = button(ui, Command::Open, "Open a map…");
                ui.add_space(8.0);
                choice = choice.take().or(button(ui, Command::PasteList, "Paste a list…"));
                if over {
                    ui.add_space(8.0);
                    choice = choice.take().or(back(ui));
                }
            });
        }
    });
    ui.horizontal(|ui| {
        ui.add_space(columns.margin);
        let text = "Choose a template, paste a list or a block from a spreadsheet, or drop a file on the window.";
        ui.allocate_ui(vec2(columns.width, 0.0), |ui| ui.add(egui::Label::new(RichText::new(text).weak()).wrap()));
    });
    if is_narrow {
        ui.horizontal(|ui| {
            ui.add_space(columns.margin);
            choice = button(ui, Command::PasteList, "Paste a list…");
            ui.add_space(8.0);
            choice = choice.take().or(button(ui, Command::Open, "Open a map…"));
            if over {
                ui.add_space(8.0);
                choice = choice.take().or(back(ui));
            }
        });
    }
    choice
}

/// The way back to the map over which the page is shown.
fn back(ui: &mut Ui) -> Option<Choice> {
    let button = Button::new("Back to the map").min_size(vec2(140.0, 36.0));
    let response = ui.add(button).on_hover_text("The open map is as it was  (Escape)");
    response.clicked().then_some(Choice::Back)
}

/// The languages of the templates.
fn languages_row(ui: &mut Ui, language: Language, columns: Columns, ink: &mut Ink) -> Option<Choice> {
    ui.horizontal(|ui| {
        ui.add_space(columns.margin);
        ui.label(RichText::new("Templates in").small().weak());
        ui.add_space(8.0);
        ui.spacing_mut().item_spacing.x = 2.0;
        languages::choice(ui, language, ink).map(Choice::Language)
    })
    .inner
}

fn heading(ui: &mut Ui, text: &str, columns: Columns) {
    ui.add_space(16.0);
    ui.horizontal(|ui| {
        ui.add_space(columns.margin);
        ui.label(RichText::new(text).font(FontId::new(17.0, look::bold())));
    });
    ui.add_space(4.0);
}

/// The maps that were open lately.
fn recent_files(ui: &mut Ui, recent: &[PathBuf], columns: Columns, ink: &mut Ink) -> Option<Choice> {
    let mut choice = None;
    if recent.is_empty() {
        ui.add_space(24.0);
        return choice;
    }
    heading(ui, "Open again", columns);
    for path in recent {
        ui.horizontal(|ui| {
            ui.add_space(columns.margin);
            if recent_row(ui, path, columns.width, ink) {
                choice = Some(Choice::Recent(path.clone()));
            }
        });
    }
    ui.add_space(24.0);
    choice
}

/// A dialog with the maps that were open lately.
pub(super) fn recent_dialog(ui: &mut Ui, paths: &[PathBuf], ink: &mut Ink) -> Turn {
    ui.set_width(dialogs::width(ui, 620.0));
    dialogs::title(ui, "Open recent");
    let mut chosen = None;
    dialogs::tall_scroll("recent", dialogs::height(ui, 430.0)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if paths.is_empty() {
            ui.label(RichText::new("No map was open lately").weak());
        }
        for path in paths {
            if recent_row(ui, path, ui.available_width() - 12.0, ink) {
                chosen = Some(path.clone());
            }
        }
    });
    let cancelled = dialogs::buttons(ui, |ui| dialogs::plain_button(ui, "Cancel"));
    match chosen {
        Some(path) => Turn::Reply(Reply::OpenRecent(path)),
        None if cancelled => Turn::Close,
        None => Turn::Stay,
    }
}

/// A map that was open lately: its name and its folder; says whether it was clicked.
fn recent_row(ui: &mut Ui, path: &Path, width: f32, ink: &mut Ink) -> bool {
    let colors = look::colors(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(width, 34.0), Sense::click());
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let folder = path.parent().unwrap_or(path).to_string_lossy().into_owned();
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Open {name} again")));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 8.0, color32(colors.pressed));
    }
    let inner = rect.shrink2(vec2(10.0, 0.0));
    let split = inner.left() + (inner.width() * 0.34).max(180.0);
    let (left, right) = (inner.with_max_x(split - 8.0), inner.with_min_x(split));
    ink.in_rect(ui, &name, BODY, left, colors.ink);
    ink.in_rect(ui, &folder, BODY, right, colors.ink_soft);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

fn button(ui: &mut Ui, command: Command, text: &str) -> Option<Choice> {
    let icon = RichText::new(command.info().icon).font(FontId::new(18.0, look::icons()));
    let button = Button::new((icon, text)).min_size(vec2(140.0, 36.0));
    let response = ui.add(button).on_hover_text(command.info().help);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, text));
    response.clicked().then_some(Choice::Run(command))
}

/// A template: its picture, its name, what it is for.
fn card(ui: &mut Ui, shown: &Card<'_>, ink: &mut Ink) -> Response {
    let colors = look::colors(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(CARD, Sense::click());
    let label = format!("Template: {}", shown.title);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, label.clone()));
    if focus::arrived(&response) {
        response.scroll_to_me(None);
    }
    let active = response.hovered() || response.has_focus();
    let border =
        egui::Stroke::new(if active { 2.0 } else { 1.0 }, color32(if active { colors.accent } else { colors.line }));
    ui.painter().rect(rect, 12.0, color32(colors.panel), border, egui::StrokeKind::Inside);
    let top = Rect::from_min_size(rect.min + vec2(2.0, 2.0), vec2(CARD.x - 4.0, PICTURE));
    let picture = &shown.picture.scene;
    ui.painter().rect_filled(top, egui::CornerRadius { nw: 10, ne: 10, sw: 0, se: 0 }, color32(picture.ground));
    // From the map's own corner, as large as its width asks for.
    let scale = f64::from(top.width()) / picture.size.width.min(1500.0);
    let beyond = (picture.size.width * scale) as f32 - top.width();
    let corner = if shown.picture.rtl { top.min - vec2(beyond, 0.0) } else { top.min };
    let camera = super::camera::Camera { scale, corner };
    let clip = top.intersect(ui.clip_rect());
    let view = View { camera, clip, pixels_per_point: ui.ctx().pixels_per_point(), at_rest: true, without_text: None };
    ink.painter.scene(picture, &view).paint(&ui.painter().with_clip_rect(clip));
    let text = Rect::from_min_max(rect.min + vec2(14.0, PICTURE + 10.0), rect.max - vec2(14.0, 8.0));
    let room = text.width() - if shown.has_button { 28.0 } else { 0.0 };
    let lines = |width, max| Measure {
        width: Some(width),
        max_lines: Some(max),
        align: TextAlign::Start,
        ..Measure::default()
    };
    let title = ink.text.block(shown.title, TITLE, lines(room, 1));
    ink.paint(ui, &title, text.min, colors.ink);
    let about = ink.text.block(shown.about, ABOUT, lines(text.width(), 2));
    ink.paint(ui, &about, text.min + vec2(0.0, title.height + 3.0), colors.ink_soft);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// The button at the end of the title of one's own template; says whether it was clicked.
fn delete_button(ui: &mut Ui, card: Rect, name: &str) -> bool {
    let rect = Rect::from_center_size(card.right_top() + vec2(-24.0, PICTURE + 20.0), vec2(32.0, 32.0));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Center)));
    let label = format!("Delete template {name}");
    bars::icon_button(&mut inner, icons::TRASH, &label, "Delete this template…", true).clicked()
}
