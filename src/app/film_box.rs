//! The dialog that asks how a film will be made, with a look at each of its stops.

use std::sync::Arc;

use egui::{ColorImage, RichText, Sense, TextureHandle, Ui, vec2};

use super::counterpart::Counterpart;
use super::dialogs::{Reply, Turn, buttons, height, main_button, plain_button, title, width};
use super::editor::Editor;
use super::filming::in_order;
use super::ink::Ink;
use super::look::{self, BODY};
use super::shapes::color32;
use crate::film::{Film, FilmFormat, FilmOptions, Pace};
use crate::layout::{Layout, LayoutEngine};
use crate::model::JourneyMap;
use crate::picture::Pictures;
use crate::text::Measure;
use crate::theme::Theme;

/// How a film will be made.
pub struct FilmBox {
    map: Arc<JourneyMap>,
    theme: Arc<Theme>,
    pictures: Pictures,
    /// The map's counterpart, if it names one that can be read: its name and its map.
    counterpart: Option<(String, Arc<JourneyMap>)>,
    order: FilmOrder,
    /// The film as it will be, small; why there is none.
    film: Result<Film, String>,
    /// The stop that is looked at, from 1, and its picture.
    stop: usize,
    shown: Option<(usize, TextureHandle)>,
}

/// A film that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilmOrder {
    /// The kind of file.
    pub format: FilmFormat,
    /// Size and rate.
    pub options: FilmOptions,
    /// Whether the counterpart is walked through beside the map.
    pub both: bool,
}

impl std::fmt::Debug for FilmBox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FilmBox").field("order", &self.order).field("stop", &self.stop).finish_non_exhaustive()
    }
}

/// The size in which the dialog looks at stops.
const SMALL: (u16, u16) = (640, 360);

impl FilmBox {
    /// A film of the map in `editor`.
    pub fn new(editor: &Editor) -> Self {
        let map = Arc::clone(editor.document.map());
        let counterpart = Counterpart::of(editor);
        let counterpart = counterpart.and_then(|other| Some((other.name(), other.map.ok()?)));
        let order = FilmOrder { format: FilmFormat::Gif, options: FilmOptions::default(), both: counterpart.is_some() };
        let (theme, pictures) = (editor.picture_theme(), editor.pictures().clone());
        let film = Err(String::new());
        let mut film = Self { map, theme, pictures, counterpart, order, film, stop: 1, shown: None };
        film.plan();
        film
    }

    /// Plans the film anew.
    fn plan(&mut self) {
        let own = self.layout(&self.map);
        let layouts = match self.counterpart.as_ref().filter(|_| self.order.both) {
            Some((_, other)) => in_order((own, self.map.state), (self.layout(other), other.state)),
            None => vec![own],
        };
        let options = FilmOptions { size: SMALL, ..self.order.options };
        self.film = Film::new(layouts, options).map_err(|err| err.to_string());
        self.shown = None;
        self.stop = self.stop.clamp(1, self.stops().max(1));
    }

    fn layout(&self, map: &Arc<JourneyMap>) -> Arc<Layout> {
        let mut engine = LayoutEngine::default();
        engine.show_pictures(self.pictures.clone());
        engine.layout(map, &self.theme, false)
    }

    fn stops(&self) -> usize {
        self.film.as_ref().map_or(0, Film::stops)
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, ink: &mut Ink) -> Turn {
        let room = width(ui, 660.0);
        ui.set_width(room);
        title(ui, "Film of the journey");
        let words = "The camera walks from stage to stage and stays where there is something to read.";
        ui.add(egui::Label::new(RichText::new(words).weak()).wrap());
        ui.horizontal(|ui| {
            ui.label("Format");
            for format in FilmFormat::ALL {
                ui.selectable_value(&mut self.order.format, format, format.name());
            }
        });
        self.preview(ui, room);
        let before = self.order;
        self.choices(ui, ink);
        let same_length = |order: FilmOrder| (order.both, order.options.rate, order.options.pace);
        if same_length(self.order) != same_length(before) {
            self.plan();
        }
        let (told, fits) = match &self.film {
            Ok(film) if self.order.format == FilmFormat::Stills => (format!("{} pictures", film.stops()), true),
            Ok(film) => (format!("{} stops, {}", film.stops(), film.length()), true),
            Err(why) => (why.clone(), false),
        };
        ui.label(RichText::new(told).weak());
        buttons(ui, |ui| {
            if main_button(ui, &format!("Make {}…", self.order.format.name()), fits) {
                return Turn::Reply(Reply::Film(self.order));
            }
            if plain_button(ui, "Cancel") { Turn::Close } else { Turn::Stay }
        })
    }

    fn choices(&mut self, ui: &mut Ui, ink: &mut Ink) {
        let options = &mut self.order.options;
        ui.horizontal(|ui| {
            ui.label("Size");
            for size in FilmOptions::SIZES {
                ui.selectable_value(&mut options.size, size, format!("{} × {}", size.0, size.1));
            }
        });
        // Pictures of the stops stand still.
        let moves = self.order.format != FilmFormat::Stills;
        ui.add_enabled_ui(moves, |ui| {
            ui.horizontal(|ui| {
                ui.label("Pace");
                for pace in Pace::ALL {
                    ui.selectable_value(&mut options.pace, pace, pace.name());
                }
                ui.add_space(12.0);
                let label = ui.label("Pictures a second while it moves");
                let value = egui::DragValue::new(&mut options.rate).range(FilmOptions::RATES);
                ui.add(value).labelled_by(label.id);
            });
        });
        if let Some((name, _)) = &self.counterpart {
            let words = format!("Each stage also as it is in \u{2068}{name}\u{2069}");
            ui.horizontal(|ui| {
                let response = ui.checkbox(&mut self.order.both, "");
                response
                    .widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, self.order.both, &words));
                let block = ink.text.block(&words, BODY, Measure { max_lines: Some(1), ..Measure::default() });
                let (rect, label) =
                    ui.allocate_exact_size(vec2(block.width.ceil() + 1.0, block.height), Sense::click());
                ink.paint(ui, &block, rect.min, look::colors(ui.ctx()).ink);
                if label.clicked() {
                    self.order.both = !self.order.both;
                }
            });
        }
    }

    /// The stop that is chosen, as it will be.
    fn preview(&mut self, ui: &mut Ui, room: f32) {
        let down = height(ui, room * 9.0 / 16.0 + 150.0) - 150.0;
        let size = vec2((down * 16.0 / 9.0).min(room), down.min(room * 9.0 / 16.0));
        let (rect, _) = ui.allocate_exact_size(vec2(room, size.y), Sense::hover());
        let rect = egui::Rect::from_center_size(rect.center(), size);
        let stops = self.stops();
        if let Ok(film) = &self.film {
            if self.shown.as_ref().is_none_or(|(stop, _)| *stop != self.stop)
                && let Some(pixels) = film.still(self.stop - 1)
            {
                let size = [pixels.width as usize, pixels.height as usize];
                let image = ColorImage::from_rgba_premultiplied(size, &pixels.rgba);
                let texture = ui.ctx().load_texture("film", image, egui::TextureOptions::LINEAR);
                self.shown = Some((self.stop, texture));
            }
            if let Some((_, texture)) = &self.shown {
                let whole = egui::Rect::from_min_max(egui::Pos2::ZERO, egui::pos2(1.0, 1.0));
                ui.painter().image(texture.id(), rect, whole, egui::Color32::WHITE);
            }
        }
        let line = egui::Stroke::new(1.0, color32(look::colors(ui.ctx()).line));
        ui.painter().rect_stroke(rect, 2.0, line, egui::StrokeKind::Outside);
        if stops > 1 {
            ui.horizontal(|ui| {
                ui.label(format!("Stop {} of {stops}", self.stop));
                ui.spacing_mut().slider_width = (ui.available_width() - 8.0).max(80.0);
                let slider = egui::Slider::new(&mut self.stop, 1..=stops).show_value(false);
                let response = ui.add(slider);
                response.widget_info(|| egui::WidgetInfo::slider(true, self.stop as f64, "Stop"));
            });
        }
    }
}
