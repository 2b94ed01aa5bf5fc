//! Pasting text of other programs: at once where its place is plain, or after a look at what lands where.

mod grid;

use std::sync::Arc;

use egui::{RichText, Ui, vec2};

use super::dialogs::{Reply, Turn, buttons, main_button, plain_button, title};
use super::ink::Ink;
use super::look;
use super::shapes::color32;
use crate::exchange::{
    Anchor, Clip, ListInto, Options, Overflow, Place, Plan, PlanError, Row, Split, StagePlace, Thing, is_blank,
};
use crate::model::{JourneyMap, capitalized, counted};

/// What to do with a pasted text.
#[derive(Debug)]
pub enum Way {
    /// These are touchpoints copied from a map.
    Clip(Clip),
    /// This goes in as it is.
    Plan(Plan),
    /// The person has to see it first.
    Ask,
    /// Nothing, for this reason.
    Refuse(String),
}

impl Way {
    /// The way of `text`; with `at_once` a single line is not asked about.
    pub fn of(text: &str, map: &JourneyMap, anchor: &Anchor, at_once: bool) -> Self {
        match Clip::read(text) {
            Some(Ok(clip)) => return Self::Clip(clip),
            Some(Err(err)) => return Self::Refuse(err.to_string()),
            None => {}
        }
        let is_line = !text.trim().contains(['\n', '\r', '\t']);
        let options = if is_line {
            Options { list: ListInto::Stack, ..Options::with_split(text, map, Split::Lines) }
        } else {
            Options::guess(text, map)
        };
        match Plan::new(text, map, anchor, options) {
            Err(err @ (PlanError::Empty | PlanError::TooMuch)) => Self::Refuse(capitalized(&err.to_string())),
            Ok(plan) if is_line && at_once => Self::Plan(plan),
            Ok(_) | Err(_) => Self::Ask,
        }
    }
}

/// The preview.
#[derive(Debug)]
pub struct PasteBox {
    text: String,
    map: Arc<JourneyMap>,
    anchor: Anchor,
    options: Options,
    plan: Result<Plan, PlanError>,
    /// Whether the grid has not been shown yet.
    is_new: bool,
}

impl PasteBox {
    /// A preview of `text` on `map`, starting at `anchor`, read in the most likely way.
    pub fn new(text: &str, map: Arc<JourneyMap>, anchor: Anchor) -> Self {
        let options = Options::guess(text, &map);
        let plan = Plan::new(text, &map, &anchor, options);
        Self { text: text.to_owned(), map, anchor, options, plan, is_new: true }
    }

    /// A frame of the dialog.
    pub fn ui(&mut self, ui: &mut Ui, ink: &mut Ink) -> Turn {
        let room = ui.ctx().content_rect().size();
        ui.set_width((room.x - 120.0).clamp(480.0, 960.0));
        title(ui, "Paste");
        ui.label(RichText::new(self.summary()).color(color32(look::colors(ui.ctx()).ink_soft)));
        let before = self.options;
        self.reading(ui);
        self.places(ui);
        if self.options != before {
            self.replan(before);
        }
        let height = (room.y - 340.0).clamp(120.0, 460.0);
        if let Ok(plan) = &self.plan {
            grid::Grid::new(plan, &self.map).show(ui, ink, height, std::mem::take(&mut self.is_new));
        }
        buttons(ui, |ui| {
            if main_button(ui, "Paste", self.plan.is_ok())
                && let Ok(plan) = &self.plan
            {
                return Turn::Reply(Reply::Paste(Box::new(plan.clone())));
            }
            if plain_button(ui, "Cancel") {
                return Turn::Close;
            }
            // A table may have a row for each touchpoint, under headings of its own.
            if self.options.split != Split::Lines && plain_button(ui, "Columns…") {
                return Turn::Reply(Reply::PasteTable(self.text.clone()));
            }
            Turn::Stay
        })
    }

    fn replan(&mut self, before: Options) {
        if self.options.split != before.split {
            self.options = Options::with_split(&self.text, &self.map, self.options.split);
        }
        self.plan = Plan::new(&self.text, &self.map, &self.anchor, self.options);
    }

    /// How the text is cut.
    fn reading(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            heading(ui, "Cut at");
            for split in Split::ALL {
                ui.selectable_value(&mut self.options.split, split, split.name());
            }
            if self.options.split != Split::Lines {
                ui.add_space(16.0);
                let row = ui.checkbox(&mut self.options.first_row, "First row is stages");
                if row.changed() && !self.options.first_row {
                    self.options.place = Place::Here;
                }
                ui.checkbox(&mut self.options.first_column, "First column is lanes");
            }
        });
    }

    /// Where it goes.
    fn places(&mut self, ui: &mut Ui) {
        let (is_list, locked) = (self.options.split == Split::Lines, self.map.locked);
        let named = !is_list && self.options.first_row;
        ui.horizontal(|ui| {
            heading(ui, "Into");
            let here = if named { "Stages of the same name" } else { "From the selected cell" };
            ui.selectable_value(&mut self.options.place, Place::Here, here);
            ui.add_enabled_ui(!locked, |ui| {
                ui.selectable_value(&mut self.options.place, Place::NewStages, "New stages at the end");
                if is_blank(&self.map) {
                    ui.selectable_value(
                        &mut self.options.place,
                        Place::Replace,
                        "New stages instead of the empty ones",
                    );
                }
            });
        });
        if named {
            return;
        }
        ui.horizontal(|ui| {
            heading(ui, "");
            if is_list {
                ui.selectable_value(&mut self.options.list, ListInto::Steps, "One a step");
                ui.selectable_value(&mut self.options.list, ListInto::Stack, "All in one cell");
                ui.add_space(16.0);
            }
            if self.options.place == Place::Here && !(is_list && self.options.list == ListInto::Stack) {
                ui.label("Behind the last step");
                ui.add_enabled_ui(!locked, |ui| {
                    ui.selectable_value(&mut self.options.overflow, Overflow::NewSteps, "Add steps");
                });
                ui.selectable_value(&mut self.options.overflow, Overflow::Stack, "Stack in the last");
            }
        });
    }

    /// What would come to be, in a sentence.
    fn summary(&self) -> String {
        let plan = match &self.plan {
            Ok(plan) => plan,
            Err(err) => return capitalized(&err.to_string()),
        };
        let of = |is: fn(Thing) -> bool| plan.planned.iter().filter(|p| is(p.thing)).count();
        let is_new = |c: &&crate::exchange::Column| c.step.is_none() && matches!(c.stage, StagePlace::Existing(_));
        let is_new_row = |row: &&Row| matches!(row, Row::New(_));
        let made = [
            (of(|t| t == Thing::Touchpoint), "touchpoint"),
            (of(|t| matches!(t, Thing::Annotation(_))), "annotation"),
            (of(|t| matches!(t, Thing::Emotion(_))), "emotion"),
            (of(|t| t == Thing::Channels), "channel"),
            (plan.stages.len(), "new stage"),
            (plan.columns.iter().filter(is_new).count(), "new step"),
            (plan.rows.iter().filter(is_new_row).count(), "new lane"),
        ];
        let words = made.into_iter().filter(|(n, _)| *n > 0);
        let mut text = words.map(|(n, what)| counted(n, what)).collect::<Vec<_>>().join(" · ");
        let lost = plan.counts().1;
        if lost > 0 {
            text += &format!(" · {lost} left out: an emotion is a number from −5 to 5 in a step with a touchpoint");
        }
        text
    }
}

/// The word in front of a row of choices; rows stand below one another.
fn heading(ui: &mut Ui, text: &str) {
    let label = egui::Label::new(RichText::new(text).color(color32(look::colors(ui.ctx()).ink_soft)));
    ui.allocate_ui_with_layout(vec2(48.0, 30.0), egui::Layout::left_to_right(egui::Align::Center), |ui| {
        ui.set_min_width(48.0);
        if !text.is_empty() {
            ui.add(label);
        }
    });
}
