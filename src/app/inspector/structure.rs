//! Stages, steps, lanes and the map itself in the panel.

use egui::{Button, Id, Ui, vec2};

use super::Inspector;
use super::controls::{choice, swatch};
use crate::app::commands::Command;
use crate::app::editor::Editor;
use crate::app::ink::Ink;
use crate::app::look::{self, BODY};
use crate::app::text_rows::{Change, TextRow, caption};
use crate::edit::{self, update_lane, update_stage, update_step};
use crate::model::{Accent, Direction, Element, Host, JourneyMap, Lane, LaneId, Scale, StageId, State, StepId};

/// Sets a text of a lane.
type SetLane = fn(&mut Lane, String);

impl Inspector {
    pub(super) fn phase(&mut self, ui: &mut Ui, first: &StageId, editor: &mut Editor, ink: &mut Ink) {
        let map = std::sync::Arc::clone(editor.document.map());
        let Some(stage) = map.stages.iter().find(|stage| stage.id == *first) else { return };
        let row = TextRow {
            id: Id::unique(("inspector", first, "name of phase")),
            name: "Name",
            value: &stage.phase,
            multiline: false,
            label: "edit of phase",
        };
        let first = first.clone();
        self.rows.text(ui, &row, editor, ink, Box::new(move |map, text| edit::set_phase(map, &first, &text)));
        ui.add_space(4.0);
        let words = "Neighbouring stages with the same phase share it; a stage names its own in its panel.";
        ui.add(egui::Label::new(egui::RichText::new(words).weak()).wrap());
    }

    pub(super) fn stage(&mut self, ui: &mut Ui, id: &StageId, editor: &mut Editor, ink: &mut Ink) {
        let map = std::sync::Arc::clone(editor.document.map());
        let Some(index) = map.stages.iter().position(|s| s.id == *id) else { return };
        let name = &map.stages[index].name;
        let row = TextRow {
            id: Id::unique(("inspector", id)),
            name: "Name",
            value: name,
            multiline: false,
            label: "edit of stage",
        };
        let change: Change = {
            let id = id.clone();
            Box::new(move |map, text| update_stage(map, &id, |s| s.name = text))
        };
        self.rows.text(ui, &row, editor, ink, change);
        let row = TextRow {
            id: Id::unique(("inspector", id, "words")),
            name: "In the customer's words",
            value: &map.stages[index].words,
            multiline: false,
            label: "words of stage",
        };
        let change: Change = {
            let id = id.clone();
            Box::new(move |map, text| update_stage(map, &id, |s| s.words = text))
        };
        self.rows.text(ui, &row, editor, ink, change);
        let row = TextRow {
            id: Id::unique(("inspector", id, "phase")),
            name: "Phase",
            value: &map.stages[index].phase,
            multiline: false,
            label: "phase of stage",
        };
        let change: Change = {
            let id = id.clone();
            Box::new(move |map, text| update_stage(map, &id, |s| s.phase = text))
        };
        self.rows.text(ui, &row, editor, ink, change);
        caption(ui, "Colour");
        let now = map.accent(index);
        ui.horizontal(|ui| {
            for accent in Accent::ALL {
                let color = editor.layout().theme.accent(accent);
                if swatch(ui, color, accent.name(), now == accent).clicked() {
                    let result = editor
                        .document
                        .edit("colour of stage", |map| update_stage(map, id, |s| s.accent = Some(accent)));
                    editor.report(result);
                }
            }
        });
    }

    pub(super) fn step(&mut self, ui: &mut Ui, id: &StepId, editor: &mut Editor, ink: &mut Ink) {
        let map = std::sync::Arc::clone(editor.document.map());
        let Some(step) = map.step(id) else { return };
        let row = TextRow {
            id: Id::unique(("inspector", id)),
            name: "Name",
            value: &step.name,
            multiline: false,
            label: "edit of step",
        };
        let change: Change = {
            let id = id.clone();
            Box::new(move |map, text| update_step(map, &id, |s| s.name = text))
        };
        self.rows.text(ui, &row, editor, ink, change);
        self.annotations(ui, &Host::Step(id.clone()), &step.annotations, editor, ink);
    }

    pub(super) fn lane(&mut self, ui: &mut Ui, id: &LaneId, editor: &mut Editor, ink: &mut Ink) {
        let map = std::sync::Arc::clone(editor.document.map());
        let Some(lane) = map.lane(id) else { return };
        let rows: [(&str, &str, SetLane); 2] =
            [("Name", &lane.name, |l, text| l.name = text), ("Hint", &lane.hint, |l, text| l.hint = text)];
        for (name, value, set) in rows {
            let row = TextRow {
                id: Id::unique(("inspector", id, name)),
                name,
                value,
                multiline: false,
                label: "edit of lane",
            };
            let id = id.clone();
            self.rows.text(ui, &row, editor, ink, Box::new(move |map, text| update_lane(map, &id, |l| set(l, text))));
        }
        caption(ui, "Shows");
        ui.label(lane.kind.name());
        let (mut collapsed, mut hidden, mut backstage) = (lane.collapsed, lane.hidden, lane.backstage);
        let changed = ui.checkbox(&mut collapsed, "Collapsed").changed()
            | ui.checkbox(&mut hidden, "Hidden (also in pictures)").changed()
            | ui.checkbox(&mut backstage, "Backstage (the customer does not see it)").changed();
        if changed {
            let result = editor.document.edit("view of lane", |map| {
                update_lane(map, id, |l| {
                    l.collapsed = collapsed;
                    l.hidden = hidden;
                    l.backstage = backstage;
                })
            });
            editor.report(result);
        }
    }

    /// Title, subtitle, direction, and the lanes that are hidden.
    pub(super) fn map(&mut self, ui: &mut Ui, editor: &mut Editor, ink: &mut Ink) {
        let map = std::sync::Arc::clone(editor.document.map());
        let rows: [(&str, &str, Element); 2] =
            [("Title", &map.title, Element::Title), ("Subtitle", &map.subtitle, Element::Subtitle)];
        for (name, value, element) in rows {
            let row =
                TextRow { id: Id::unique(("inspector", name)), name, value, multiline: false, label: "edit of title" };
            self.rows.text(ui, &row, editor, ink, Box::new(move |map, text| edit::set_text(map, &element, &text)));
        }
        caption(ui, "Direction");
        if let Some(Some(direction)) = choice(ui, Some(map.direction), Direction::ALL, Direction::name) {
            let result = editor.document.edit("direction of map", |map| {
                map.direction = direction;
                Ok(())
            });
            editor.report(result);
        }
        caption(ui, "Emotions shown as");
        if let Some(Some(scale)) = choice(ui, Some(map.scale), Scale::ALL, Scale::name) {
            let result = editor.document.edit("scale of emotions", |map| {
                map.scale = scale;
                Ok(())
            });
            editor.report(result);
        }
        self.counterpart(ui, &map, editor, ink);
        let hidden: Vec<&LaneId> = map.lanes.iter().filter(|l| l.hidden).map(|l| &l.id).collect();
        if !hidden.is_empty() {
            caption(ui, "Hidden lanes");
            for id in hidden {
                let colors = look::colors(ui.ctx());
                let Some(lane) = map.lane(id) else { continue };
                ui.horizontal(|ui| {
                    let width = ui.available_width() - 70.0;
                    ink.label(ui, &lane.name, BODY, width, colors.ink);
                    if ui.button("Show").clicked() {
                        let result =
                            editor.document.edit("view of lane", |map| update_lane(map, id, |l| l.hidden = false));
                        editor.report(result);
                    }
                });
            }
        }
    }

    /// Which state the map shows, and where the map of the other state is.
    fn counterpart(&mut self, ui: &mut Ui, map: &JourneyMap, editor: &mut Editor, ink: &mut Ink) {
        caption(ui, "State");
        // The state that is chosen again is not said any more.
        if let Some(state) = choice(ui, map.state, State::ALL, State::name) {
            let result = editor.document.edit("state of map", |map| {
                map.state = state;
                Ok(())
            });
            editor.report(result);
        }
        let row = TextRow {
            id: Id::unique(("inspector", "counterpart")),
            name: "Counterpart",
            value: &map.counterpart,
            multiline: false,
            label: "counterpart",
        };
        let change: Change = Box::new(|map, text| {
            text.trim().clone_into(&mut map.counterpart);
            Ok(())
        });
        self.rows.text(ui, &row, editor, ink, change);
        ui.add_space(4.0);
        let word = if map.counterpart.is_empty() { "Compare with…" } else { "Compare" };
        let help = Command::Compare.info().help;
        if ui.add(Button::new(word).min_size(vec2(0.0, 30.0))).on_hover_text(help).clicked() {
            editor.asked.push(Command::Compare);
        }
    }
}
