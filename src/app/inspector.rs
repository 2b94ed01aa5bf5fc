//! The panel beside the map: everything about what is selected.

use egui::{Button, FontId, Id, Rect, Response, RichText, Sense, Stroke, Ui, vec2};

use super::commands::Command;
use super::editor::Editor;
use super::ink::Ink;
use super::look::{self, BODY};
use super::shapes::color32;
use super::text_rows::{Change, TextRow, TextRows, caption};
use crate::edit::{
    self, Selection, add_annotation, delete_elements, update_annotation, update_lane, update_stage, update_step,
    update_touchpoint,
};
use crate::model::{
    Accent, Annotation, AnnotationKind, AnnotationRef, Element, Emotion, Host, JourneyMap, LaneId, Level, StageId,
    State, StepId, TouchpointId,
};
use crate::scene::annotation_icon;
use crate::text::icons;

/// The panel for what is selected.
#[derive(Debug, Default)]
pub struct Inspector {
    rows: TextRows,
}

/// Sets a text of a lane.
type SetLane = fn(&mut crate::model::Lane, String);

impl Inspector {
    /// Whether a field of the panel has the keyboard.
    pub fn is_typing(&self) -> bool {
        self.rows.is_typing()
    }

    /// Keeps what was typed and closes the field.
    pub fn finish(&mut self, editor: &mut Editor) {
        self.rows.finish(editor);
    }

    /// Shows the panel for what is selected; nothing without a selection.
    pub fn show(&mut self, ui: &mut Ui, editor: &mut Editor, ink: &mut Ink) {
        let selected = editor.document.selection().clone();
        let Some(first) = selected.iter().next() else { return };
        ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
        if selected.len() > 1 {
            heading(ui, &format!("{} selected", selected.len()));
            return;
        }
        let mut title = editor.describe_kind(first);
        if let Some(first) = title.get(..1).map(str::to_uppercase) {
            title.replace_range(..1, &first);
        }
        heading(ui, &title);
        match first {
            Element::Touchpoint(id) | Element::EmotionPoint(id) => self.touchpoint(ui, id, editor, ink),
            Element::Annotation(at) => self.annotation(ui, at, editor, ink),
            Element::Stage(id) => self.stage(ui, id, editor, ink),
            Element::Step(id) => self.step(ui, id, editor, ink),
            Element::Lane(id) | Element::LaneHint(id) => self.lane(ui, id, editor, ink),
            Element::Title | Element::Subtitle => self.map(ui, editor, ink),
            Element::Phase(_) => {
                ui.label(
                    RichText::new(
                        "Enter edits the name; stages that stand beside each other and have the same phase share it.",
                    )
                    .weak(),
                );
            }
            Element::Cell { .. } => {
                ui.label(RichText::new("Type to add something here.").weak());
            }
        }
    }

    fn touchpoint(&mut self, ui: &mut Ui, id: &TouchpointId, editor: &mut Editor, ink: &mut Ink) {
        let map = std::sync::Arc::clone(editor.document.map());
        let Some((_, touchpoint)) = map.touchpoint(id) else { return };
        let place = |name: &'static str| Id::unique(("inspector", id, name));
        let field =
            |name: &'static str, value, multiline, label| TextRow { id: place(name), name, value, multiline, label };
        let of = |set: fn(&mut crate::model::Touchpoint, String)| -> Change {
            let id = id.clone();
            Box::new(move |map, text| update_touchpoint(map, &id, |t| set(t, text)))
        };
        self.rows.text(
            ui,
            &field("Title", &touchpoint.title, false, "edit of touchpoint"),
            editor,
            ink,
            of(|t, text| t.title = text),
        );
        caption(ui, "Emotion");
        self.emotion(ui, touchpoint.emotion, id, editor);
        let mut moment = touchpoint.moment_of_truth;
        if ui.checkbox(&mut moment, "Moment of truth").changed() {
            let result = editor
                .document
                .edit("moment of truth", |map| update_touchpoint(map, id, |t| t.moment_of_truth = moment));
            editor.report(result);
        }
        let channels = touchpoint.channels.join(", ");
        self.rows.text(
            ui,
            &field("Channels", &channels, false, "channels"),
            editor,
            ink,
            of(|t, text| {
                t.channels = text.split([',', '،']).map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).collect();
            }),
        );
        self.rows.text(
            ui,
            &field("Owner", &touchpoint.owner, false, "owner"),
            editor,
            ink,
            of(|t, text| t.owner = text),
        );
        self.rows.text(
            ui,
            &field("Notes", &touchpoint.notes, true, "notes"),
            editor,
            ink,
            of(|t, text| t.notes = text),
        );
        self.annotations(ui, &Host::Touchpoint(id.clone()), &touchpoint.annotations, editor, ink);
    }

    /// Eleven faces from −5 to +5; a click on the chosen one takes the emotion away.
    fn emotion(&mut self, ui: &mut Ui, now: Option<Emotion>, id: &TouchpointId, editor: &mut Editor) {
        let theme = std::sync::Arc::clone(&editor.layout().theme);
        let colors = look::colors(ui.ctx());
        let mut chosen = None;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let side = ((ui.available_width() - 20.0) / 11.0).min(26.0);
            for value in -5..=5 {
                let emotion = Emotion::clamped(value);
                let is_now = now == Some(emotion);
                let (rect, response) = ui.allocate_exact_size(vec2(side, 30.0), Sense::click());
                let name = format!("Emotion {emotion}");
                response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, is_now, &name));
                let disc = Rect::from_center_size(rect.center(), vec2(side, side));
                let fill = if is_now { theme.emotion(emotion) } else { colors.field };
                let fill = if response.hovered() && !is_now { theme.emotion(emotion).faded(0.35) } else { fill };
                ui.painter().circle_filled(disc.center(), side / 2.0, color32(fill));
                let ink = if is_now { theme.colors.on_accent } else { colors.ink_soft };
                let text = emotion.to_string();
                ui.painter().text(
                    disc.center(),
                    egui::Align2::CENTER_CENTER,
                    text,
                    FontId::proportional(11.0),
                    color32(ink),
                );
                if response.has_focus() {
                    ui.painter().circle_stroke(disc.center(), side / 2.0, Stroke::new(2.0, color32(colors.accent)));
                }
                if response.clicked() {
                    chosen = Some((!is_now).then_some(emotion));
                }
            }
        });
        ui.horizontal(|ui| {
            ui.label(RichText::new("worst").small().weak());
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(RichText::new("best").small().weak());
            });
        });
        if let Some(emotion) = chosen {
            let result =
                editor.document.edit("change of emotion", |map| update_touchpoint(map, id, |t| t.emotion = emotion));
            editor.report(result);
        }
    }

    /// The annotations of a host, and buttons that add one.
    fn annotations(&mut self, ui: &mut Ui, host: &Host, list: &[Annotation], editor: &mut Editor, ink: &mut Ink) {
        for (index, annotation) in list.iter().enumerate() {
            ui.add_space(4.0);
            let at = AnnotationRef { host: host.clone(), index };
            self.annotation_row(ui, &at, annotation, editor, ink);
        }
        ui.add_space(4.0);
        caption(ui, "Add");
        ui.horizontal_wrapped(|ui| {
            for kind in AnnotationKind::ALL {
                let tint = look::picture_theme(ui.ctx()).annotation(kind);
                let icon = RichText::new(annotation_icon(kind)).font(FontId::new(15.0, look::filled_icons()));
                let text = (icon.color(color32(tint.ink)), kind.name());
                if ui.add(Button::new(text)).clicked() {
                    self.finish(editor);
                    let label = format!("new {}", kind.name().to_lowercase());
                    let result =
                        editor.document.edit(label, |map| add_annotation(map, host, Annotation::new(kind, "")));
                    if let Some(at) = editor.report(result) {
                        self.open(ui, &at, editor, ink);
                    }
                }
            }
        });
    }

    /// Opens the text of an annotation.
    fn open(&mut self, ui: &Ui, at: &AnnotationRef, editor: &mut Editor, ink: &mut Ink) {
        self.rows.open(ui, (Id::unique(("inspector", at)), "", "edit of annotation"), editor, ink);
    }

    fn annotation_row(
        &mut self,
        ui: &mut Ui,
        at: &AnnotationRef,
        annotation: &Annotation,
        editor: &mut Editor,
        ink: &mut Ink,
    ) {
        let name = annotation.kind.name();
        let row = TextRow {
            id: Id::unique(("inspector", at)),
            name,
            value: &annotation.text,
            multiline: false,
            label: "edit of annotation",
        };
        let change: Change = {
            let at = at.clone();
            Box::new(move |map, text| update_annotation(map, &at, |a| a.text = text))
        };
        self.rows.text(ui, &row, editor, ink, change);
        ui.horizontal(|ui| {
            let tint = look::picture_theme(ui.ctx()).annotation(annotation.kind).ink;
            if let Some(level) = levels(ui, "Severity", annotation.severity, tint) {
                let result = editor.document.edit("severity", |map| update_annotation(map, at, |a| a.severity = level));
                editor.report(result);
            }
            if let Some(level) = levels(ui, "Frequency", annotation.frequency, tint) {
                let result =
                    editor.document.edit("frequency", |map| update_annotation(map, at, |a| a.frequency = level));
                editor.report(result);
            }
            let label = format!("Delete {}", name.to_lowercase());
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if super::bars::icon_button(ui, icons::TRASH, &label, &label, true).clicked() {
                    self.finish(editor);
                    let doomed = Selection::from([Element::Annotation(at.clone())]);
                    let result = editor
                        .document
                        .edit(format!("deletion of {}", name.to_lowercase()), |map| delete_elements(map, &doomed));
                    editor.report(result);
                }
            });
        });
    }

    fn annotation(&mut self, ui: &mut Ui, at: &AnnotationRef, editor: &mut Editor, ink: &mut Ink) {
        let map = std::sync::Arc::clone(editor.document.map());
        let Some(annotation) = map.annotation(at) else { return };
        self.annotation_row(ui, at, annotation, editor, ink);
        if let Host::Touchpoint(id) = &at.host
            && let Some((_, touchpoint)) = map.touchpoint(id)
        {
            caption(ui, "On touchpoint");
            let colors = look::colors(ui.ctx());
            let width = ui.available_width();
            let label = ink.label(ui, &touchpoint.title, BODY, width, colors.accent).interact(Sense::click());
            if label.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
                editor.document.select([Element::Touchpoint(id.clone())]);
            }
        }
    }

    fn stage(&mut self, ui: &mut Ui, id: &StageId, editor: &mut Editor, ink: &mut Ink) {
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

    fn step(&mut self, ui: &mut Ui, id: &StepId, editor: &mut Editor, ink: &mut Ink) {
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

    fn lane(&mut self, ui: &mut Ui, id: &LaneId, editor: &mut Editor, ink: &mut Ink) {
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
        let (mut collapsed, mut hidden) = (lane.collapsed, lane.hidden);
        let changed = ui.checkbox(&mut collapsed, "Collapsed").changed()
            | ui.checkbox(&mut hidden, "Hidden (also in pictures)").changed();
        if changed {
            let result = editor.document.edit("view of lane", |map| {
                update_lane(map, id, |l| {
                    l.collapsed = collapsed;
                    l.hidden = hidden;
                })
            });
            editor.report(result);
        }
    }

    /// Title, subtitle, direction, and the lanes that are hidden.
    fn map(&mut self, ui: &mut Ui, editor: &mut Editor, ink: &mut Ink) {
        let map = std::sync::Arc::clone(editor.document.map());
        let rows: [(&str, &str, Element); 2] =
            [("Title", &map.title, Element::Title), ("Subtitle", &map.subtitle, Element::Subtitle)];
        for (name, value, element) in rows {
            let row =
                TextRow { id: Id::unique(("inspector", name)), name, value, multiline: false, label: "edit of title" };
            self.rows.text(ui, &row, editor, ink, Box::new(move |map, text| edit::set_text(map, &element, &text)));
        }
        caption(ui, "Direction");
        use crate::model::Direction::{Auto, LeftToRight, RightToLeft};
        let mut direction = map.direction;
        for (value, name) in [(Auto, "By its texts"), (LeftToRight, "Left to right"), (RightToLeft, "Right to left")] {
            ui.radio_value(&mut direction, value, name);
        }
        if direction != map.direction {
            let result = editor.document.edit("direction of map", |map| {
                map.direction = direction;
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
}

impl Inspector {
    /// Which state the map shows, and where the map of the other state is.
    fn counterpart(&mut self, ui: &mut Ui, map: &JourneyMap, editor: &mut Editor, ink: &mut Ink) {
        caption(ui, "State");
        let mut state = map.state;
        for value in [None, Some(State::Current), Some(State::Future)] {
            ui.radio_value(&mut state, value, value.map_or("Not said", State::name));
        }
        if state != map.state {
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
        if ui.add(Button::new(word).min_size(vec2(96.0, 30.0))).on_hover_text(help).clicked() {
            editor.asked.push(Command::Compare);
        }
    }
}

fn heading(ui: &mut Ui, text: &str) {
    ui.add_space(2.0);
    ui.label(RichText::new(text).heading());
}

/// Three dots to choose a level with; returns the one clicked.
fn levels(ui: &mut Ui, name: &str, now: Level, color: crate::theme::Color) -> Option<Level> {
    ui.label(RichText::new(name).small().weak());
    ui.spacing_mut().item_spacing.x = 1.0;
    let mut chosen = None;
    for level in Level::ALL {
        let (rect, response) = ui.allocate_exact_size(vec2(18.0, 22.0), Sense::click());
        let label = format!("{name} {}", level.get());
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, now == level, &label));
        let full = now >= level;
        let fill = if full { color } else { color.faded(0.22) };
        let radius = if response.hovered() { 6.0 } else { 5.0 };
        ui.painter().circle_filled(rect.center(), radius, color32(fill));
        if response.has_focus() {
            ui.painter().circle_stroke(rect.center(), 8.0, Stroke::new(1.5, color32(color)));
        }
        if response.clicked() {
            chosen = Some(level);
        }
    }
    ui.add_space(8.0);
    chosen
}

fn swatch(ui: &mut Ui, color: crate::theme::Color, name: &str, chosen: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(26.0, 26.0), Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, chosen, name));
    ui.painter().rect_filled(rect.shrink(2.0), 6.0, color32(color));
    if chosen || response.has_focus() {
        let accent = color32(look::colors(ui.ctx()).ink);
        ui.painter().rect_stroke(rect, 8.0, Stroke::new(2.0, accent), egui::StrokeKind::Inside);
    }
    response.on_hover_text(name)
}
