//! Pain points, delights, opportunities and questions in the panel.

use egui::{Button, DragValue, FontId, Id, RichText, Sense, Ui};

use super::Inspector;
use super::controls::{choice, levels};
use crate::app::bars::icon_button;
use crate::app::editor::Editor;
use crate::app::ink::Ink;
use crate::app::look::{self, BODY};
use crate::app::shapes::color32;
use crate::app::text_rows::{Change, TextRow, caption};
use crate::edit::{Selection, add_annotation, delete_elements, update_annotation};
use crate::model::{Annotation, AnnotationKind, AnnotationRef, Element, Host, Score, Status};
use crate::scene::annotation_icon;
use crate::text::icons;

impl Inspector {
    /// The annotations of a host, and buttons that add one.
    pub(super) fn annotations(
        &mut self,
        ui: &mut Ui,
        host: &Host,
        list: &[Annotation],
        editor: &mut Editor,
        ink: &mut Ink,
    ) {
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
            if let Some(level) = levels(ui, "Severity", Some(annotation.severity), tint) {
                let result = editor.document.edit("severity", |map| update_annotation(map, at, |a| a.severity = level));
                editor.report(result);
            }
            if let Some(level) = levels(ui, "Frequency", Some(annotation.frequency), tint) {
                let result =
                    editor.document.edit("frequency", |map| update_annotation(map, at, |a| a.frequency = level));
                editor.report(result);
            }
            let label = format!("Delete {}", name.to_lowercase());
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if icon_button(ui, icons::TRASH, &label, &label, true).clicked() {
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

    pub(super) fn annotation(&mut self, ui: &mut Ui, at: &AnnotationRef, editor: &mut Editor, ink: &mut Ink) {
        let map = std::sync::Arc::clone(editor.document.map());
        let Some(annotation) = map.annotation(at) else { return };
        self.annotation_row(ui, at, annotation, editor, ink);
        self.work(ui, at, annotation, editor, ink);
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

    /// Who sees to it, how far it is, how many voted for it, what it would change and cost.
    fn work(&mut self, ui: &mut Ui, at: &AnnotationRef, annotation: &Annotation, editor: &mut Editor, ink: &mut Ink) {
        let id = Id::unique(("inspector", at, "owner"));
        let row = TextRow { id, name: "Owner", value: &annotation.owner, multiline: false, label: "owner" };
        let change: Change = {
            let at = at.clone();
            Box::new(move |map, text| update_annotation(map, &at, |a| a.owner = text))
        };
        self.rows.text(ui, &row, editor, ink, change);
        caption(ui, "Status");
        if let Some(Some(status)) = choice(ui, Some(annotation.status), Status::ALL, Status::name) {
            let result = editor.document.edit("status", |map| update_annotation(map, at, |a| a.status = status));
            editor.report(result);
        }
        ui.add_space(6.0);
        let mut votes = annotation.votes;
        ui.horizontal(|ui| {
            let label = ui.label(RichText::new("Votes").small().weak()).id;
            ui.add(DragValue::new(&mut votes).range(0..=9999)).labelled_by(label);
        });
        if votes != annotation.votes {
            let result = editor.document.edit("votes", |map| update_annotation(map, at, |a| a.votes = votes));
            editor.report(result);
        }
        if annotation.kind == AnnotationKind::Opportunity {
            score(ui, "Impact", annotation.impact, at, editor, |a, score| a.impact = score);
            score(ui, "Effort", annotation.effort, at, editor, |a, score| a.effort = score);
        }
    }
}

/// A number from 0 to 10, or none yet.
fn score(
    ui: &mut Ui,
    name: &str,
    now: Option<Score>,
    at: &AnnotationRef,
    editor: &mut Editor,
    set: fn(&mut Annotation, Option<Score>),
) {
    let mut value = now.map_or(5, |score| i64::from(score.get()));
    let mut weighed = now.is_some();
    ui.horizontal(|ui| {
        ui.checkbox(&mut weighed, name);
        if weighed {
            let slider = ui.add(egui::Slider::new(&mut value, 0..=10));
            slider.widget_info(|| egui::WidgetInfo::slider(true, value as f64, name));
        }
    });
    let next = weighed.then(|| Score::clamped(value));
    if next != now {
        let result = editor.document.edit(name.to_lowercase(), |map| update_annotation(map, at, |a| set(a, next)));
        editor.report(result);
    }
}
