//! What can be chosen of a picture.

use egui::{DragValue, RichText, Ui};

use super::choose::{Thing, choose};
use super::{ExportBox, Ink};
use crate::app::dialogs::line;
use crate::app::drop_down::drop_down;
use crate::deck::{Aspect, Request, Size, What, lanes_called, personas_called, stages_called};
use crate::export::{Format, MOST_SIDE, PaperSize};
use crate::theme::Bundled;

/// A heading over some choices.
fn heading(ui: &mut Ui, text: &str) {
    ui.add_space(4.0);
    ui.label(RichText::new(text).small().weak());
}

impl ExportBox {
    /// All of it, from what is drawn to what only some files have.
    pub(super) fn options(&mut self, ui: &mut Ui, ink: &mut Ink) {
        ui.spacing_mut().item_spacing.y = 6.0;
        heading(ui, "Format");
        ui.horizontal(|ui| {
            narrow(ui);
            for format in Format::ALL {
                ui.selectable_value(&mut self.request.format, format, format.name());
            }
            // A film has choices of its own, but who looks for a GIF looks here.
            let film = ui.selectable_label(false, "GIF\u{2026}");
            let told = "A film: a walk from stage to stage as GIF, APNG or numbered pictures";
            self.wants_film |= film.on_hover_text(told).clicked();
        });
        self.what(ui, ink);
        self.look(ui, ink);
        match self.request.format {
            Format::Png => self.size_of_png(ui),
            Format::Svg => {
                heading(ui, "Texts");
                ui.checkbox(&mut self.request.text, "Stay texts, in fonts that the reader must have");
            }
            Format::Pdf => self.paper(ui, ink),
            Format::Pptx => {}
        }
        if self.request.format != Format::Pptx {
            self.shape(ui);
        }
        self.around(ui, ink);
    }

    /// The theme: that of the canvas, one of the program's, or one of one's own.
    fn look(&mut self, ui: &mut Ui, ink: &mut Ink) {
        heading(ui, "Theme");
        // In a dark window a map without a theme of its own is dark, but its picture is light.
        let differs = ui.ctx().theme() == egui::Theme::Dark && !self.is_chosen;
        let mut names = vec![if differs { "Light, as usual" } else { "As on the map" }.to_owned()];
        names.extend(Bundled::ALL.map(|theme| theme.name().to_owned()));
        names.extend(self.themes.clone());
        // One that is named by its file, as by a preset.
        names.extend(self.request.theme.clone().filter(|name| !names.contains(name)));
        let chosen = match &self.request.theme {
            None => Some(0),
            Some(name) => names.iter().position(|known| known == name),
        };
        let shown: Vec<&str> = names.iter().map(String::as_str).collect();
        let width = ui.available_width();
        if let Some(at) = drop_down(ui, "Theme", (&shown, chosen, ""), width, ink) {
            self.request.theme = (at > 0).then(|| names[at].clone());
            self.trouble = None;
            self.read_theme();
            self.read_logo();
        }
    }

    fn what(&mut self, ui: &mut Ui, ink: &mut Ink) {
        heading(ui, "What");
        let has_selection = !self.selection.is_empty();
        let all: Vec<What> = What::ALL.into_iter().filter(|what| *what != What::Selection || has_selection).collect();
        let names: Vec<&str> = all.iter().map(|what| what.name()).collect();
        let chosen = all.iter().position(|what| *what == self.request.what);
        let width = ui.available_width();
        if let Some(at) = drop_down(ui, "What is drawn", (&names, chosen, ""), width, ink) {
            self.request.what = all[at];
        }
        if self.request.what == What::Selection {
            return;
        }
        self.stages(ui, ink);
        if matches!(self.request.what, What::Map | What::Wheel) {
            self.lanes(ui, ink);
        }
        if self.request.what != What::Scorecard && !self.map.personas.is_empty() {
            self.personas(ui, ink);
        }
    }

    fn stages(&mut self, ui: &mut Ui, ink: &mut Ink) {
        let stages = self.map.stages.clone();
        let (all, wanted) = (stages.len(), &self.request.stages);
        // What the map has not was left out before.
        let called = stages_called(&self.map, wanted).unwrap_or_default();
        let chosen = |at: usize| wanted.is_empty() || called.contains(&at);
        let things: Vec<Thing<'_>> = stages
            .iter()
            .enumerate()
            .map(|(at, s)| Thing { id: s.id.as_str(), name: &s.name, chosen: chosen(at) })
            .collect();
        let words = words_of(&things, "stages", wanted.is_empty());
        if let Some(chosen) = choose(ui, "Stages", &words, &things, ink).and_then(|at| toggled(&things, at)) {
            self.request.stages = if chosen.len() == all { Vec::new() } else { chosen };
        }
    }

    fn lanes(&mut self, ui: &mut Ui, ink: &mut Ink) {
        let lanes = self.map.lanes.clone();
        let wanted = &self.request.lanes;
        let called = lanes_called(&self.map, wanted).unwrap_or_default();
        let chosen = |at: usize| if wanted.is_empty() { !lanes[at].hidden } else { called.contains(&at) };
        let things: Vec<Thing<'_>> = lanes
            .iter()
            .enumerate()
            .map(|(at, l)| Thing { id: l.id.as_str(), name: &l.name, chosen: chosen(at) })
            .collect();
        let words = words_of(&things, "lanes", wanted.is_empty());
        if let Some(chosen) = choose(ui, "Lanes", &words, &things, ink).and_then(|at| toggled(&things, at)) {
            let shown: Vec<&str> = lanes.iter().filter(|lane| !lane.hidden).map(|lane| lane.id.as_str()).collect();
            self.request.lanes = if chosen == shown { Vec::new() } else { chosen };
        }
    }

    fn personas(&mut self, ui: &mut Ui, ink: &mut Ink) {
        let personas = self.map.personas.clone();
        let wanted = self.request.personas.as_ref();
        let called = wanted.map(|names| personas_called(&self.map, names).unwrap_or_default());
        let chosen = |at: usize| called.as_ref().is_none_or(|called| called.contains(&at));
        let things: Vec<Thing<'_>> = personas
            .iter()
            .enumerate()
            .map(|(at, p)| Thing { id: p.id.as_str(), name: &p.name, chosen: chosen(at) })
            .collect();
        let words = words_of(&things, "personas", wanted.is_none());
        if let Some(at) = choose(ui, "Personas", &words, &things, ink) {
            let chosen = flipped(&things, at);
            self.request.personas = (chosen.len() < personas.len()).then_some(chosen);
        }
    }

    fn size_of_png(&mut self, ui: &mut Ui) {
        heading(ui, "Size");
        let request = &mut self.request;
        let size = request.size;
        ui.horizontal_wrapped(|ui| {
            narrow(ui);
            // The numbers that one way of saying it begins with.
            let kinds = [
                ("Scale", matches!(size, Size::Scale(_)), Size::Scale(2.0)),
                ("Width", matches!(size, Size::Width(_)), Size::Width(1920)),
                ("Height", matches!(size, Size::Height(_)), Size::Height(1080)),
                ("Both", matches!(size, Size::Both(..)), Size::Both(1920, 1080)),
                ("Inches", matches!(size, Size::Inches(_)), Size::Inches(10.0)),
            ];
            for (name, is_chosen, first) in kinds {
                if ui.selectable_label(is_chosen, name).clicked() && !is_chosen {
                    request.size = first;
                }
            }
        });
        ui.horizontal_wrapped(|ui| {
            narrow(ui);
            numbers(ui, request);
        });
    }

    fn paper(&mut self, ui: &mut Ui, ink: &mut Ink) {
        heading(ui, "Paper");
        let request = &mut self.request;
        ui.horizontal_wrapped(|ui| {
            narrow(ui);
            ui.selectable_value(&mut request.paper, None, "As the picture");
            for paper in PaperSize::ALL {
                ui.selectable_value(&mut request.paper, Some(paper), paper.name());
            }
        });
        if request.paper.is_some() {
            ui.horizontal(|ui| {
                ui.add(DragValue::new(&mut request.sheets).range(1..=20));
                ui.label(if request.sheets == 1 { "sheet for all of it" } else { "sheets beside each other" });
            });
        }
        heading(ui, "Author");
        line(ui, &mut self.author, "Author", ink);
    }

    fn shape(&mut self, ui: &mut Ui) {
        heading(ui, "Shape");
        let request = &mut self.request;
        let is_given = request.format == Format::Png && matches!(request.size, Size::Both(..));
        ui.add_enabled_ui(!is_given, |ui| {
            ui.horizontal(|ui| {
                ui.selectable_value(&mut request.aspect, None, "As it is");
                for aspect in [Aspect::Wide, Aspect::Classic] {
                    ui.selectable_value(&mut request.aspect, Some(aspect), aspect.name());
                }
            });
        });
        if is_given || request.aspect.is_some() {
            ui.checkbox(&mut request.crop, "Cut off what is too much");
        }
    }

    /// What stands around the map.
    fn around(&mut self, ui: &mut Ui, ink: &mut Ink) {
        heading(ui, "Around the map");
        let own = self.theme.sizes.margin;
        let request = &mut self.request;
        // Slides have titles and a shape of their own, and a page of figures has no lines to explain.
        let (is_slides, has_legend) = (request.format == Format::Pptx, request.what != What::Scorecard);
        ui.horizontal_wrapped(|ui| {
            if !is_slides {
                ui.checkbox(&mut request.title, "Title");
            }
            if has_legend {
                ui.checkbox(&mut request.legend, "Legend");
            }
            if !is_slides {
                ui.checkbox(&mut request.border, "Border");
            }
        });
        ui.checkbox(&mut request.transparent, "Transparent ground");
        if !is_slides {
            ui.horizontal(|ui| {
                ui.label("Margin");
                let mut margin = request.margin.unwrap_or(own);
                if ui.add(DragValue::new(&mut margin).range(0.0..=400.0).speed(1.0).suffix(" pt")).changed() {
                    request.margin = (margin != own).then_some(margin);
                }
            });
        }
        self.logo(ui, ink);
    }

    fn logo(&mut self, ui: &mut Ui, ink: &mut Ink) {
        if let Some(field) = &mut self.logo_path {
            let events = line(ui, field, "Path of the logo", ink);
            match events.key.map(|(key, _)| key) {
                Some(egui::Key::Enter) => {
                    let path = std::path::PathBuf::from(field.text().trim());
                    self.logo_path = None;
                    self.take_logo(&path);
                }
                Some(egui::Key::Escape) => self.logo_path = None,
                _ => {}
            }
            return;
        }
        let mut is_gone = false;
        ui.horizontal(|ui| {
            ui.label("Logo");
            match &self.request.logo {
                None => self.wants_logo |= ui.button("Choose…").clicked(),
                Some(path) => {
                    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    let color = crate::app::look::colors(ui.ctx()).ink;
                    ink.label(ui, &name, crate::app::look::BODY, 130.0, color);
                    is_gone = ui.button("Remove").clicked();
                }
            }
        });
        if is_gone {
            self.request.logo = None;
            self.read_logo();
        }
    }
}

/// Lets more words stand beside each other.
fn narrow(ui: &mut Ui) {
    ui.spacing_mut().button_padding.x = 7.0;
    ui.spacing_mut().item_spacing.x = 4.0;
}

/// The numbers of a size.
fn numbers(ui: &mut Ui, request: &mut Request) {
    let pixels = 16..=MOST_SIDE;
    match &mut request.size {
        Size::Scale(scale) => {
            for offered in [1.0, 2.0, 3.0, 4.0, 6.0, 8.0] {
                ui.selectable_value(scale, offered, format!("{offered}×"));
            }
        }
        Size::Width(side) | Size::Height(side) => drop(ui.add(DragValue::new(side).range(pixels).suffix(" px"))),
        Size::Both(width, height) => {
            ui.add(DragValue::new(width).range(pixels.clone()).suffix(" px"));
            ui.label("×");
            ui.add(DragValue::new(height).range(pixels).suffix(" px"));
        }
        Size::Inches(inches) => {
            ui.add(DragValue::new(inches).range(0.5..=200.0).speed(0.1).max_decimals(2).suffix(" in"));
            let mut dpi = request.dpi.unwrap_or(300.0);
            ui.label("at");
            if ui.add(DragValue::new(&mut dpi).range(10.0..=2400.0).suffix(" dots an inch")).changed() {
                request.dpi = Some(dpi);
            }
        }
    }
}

/// What the button of a menu says.
fn words_of(things: &[Thing<'_>], plural: &str, is_usual: bool) -> String {
    let chosen = things.iter().filter(|thing| thing.chosen).count();
    match (is_usual, chosen) {
        (true, all) if all == things.len() => format!("All {plural}"),
        (_, 0) => format!("No {plural}"),
        _ => format!("{chosen} of {} {plural}", things.len()),
    }
}

/// The ids of what is chosen after the thing at `at` was clicked.
fn flipped(things: &[Thing<'_>], at: usize) -> Vec<String> {
    let is_chosen = |(index, thing): &(usize, &Thing<'_>)| thing.chosen != (*index == at);
    things.iter().enumerate().filter(is_chosen).map(|(_, thing)| thing.id.to_owned()).collect()
}

/// The same, where at least one has to be chosen.
fn toggled(things: &[Thing<'_>], at: usize) -> Option<Vec<String>> {
    Some(flipped(things, at)).filter(|chosen| !chosen.is_empty())
}
