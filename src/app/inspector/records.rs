//! What a touchpoint holds in lists of its own: evidence, pictures, links.

use egui::{ComboBox, Id, Ui};

use super::controls::{choice, trouble};
use super::touchpoint::change;
use super::{Inspector, Section};
use crate::app::bars::icon_button;
use crate::app::editor::Editor;
use crate::app::ink::Ink;
use crate::app::look::{self, BODY};
use crate::app::text_rows::{Change, TextRow, caption};
use crate::edit::{self, update_touchpoint};
use crate::model::{Confidence, Date, Element, Evidence, EvidenceKind, JourneyMap, LinkKind, Touchpoint, TouchpointId};
use crate::text::icons;

/// Changes a piece of evidence so that it holds a new text.
type SetEvidence = fn(&mut Evidence, &str);

/// Sets a text of a link.
type SetLink = fn(&mut crate::model::Link, String);

impl Inspector {
    pub(super) fn evidence(&mut self, ui: &mut Ui, t: &Touchpoint, editor: &mut Editor, ink: &mut Ink) {
        if !self.section(ui, Section::Evidence, t.evidence.len()) {
            return;
        }
        for (index, evidence) in t.evidence.iter().enumerate() {
            ui.push_id(("evidence", index), |ui| self.piece(ui, t, (index, evidence), editor, ink));
            ui.add_space(6.0);
        }
        if ui.button("Add evidence").clicked() {
            self.finish(editor);
            change(editor, t, "new evidence", |t| t.evidence.push(Evidence::default()));
        }
    }

    fn piece(&mut self, ui: &mut Ui, t: &Touchpoint, at: (usize, &Evidence), editor: &mut Editor, ink: &mut Ink) {
        let (index, evidence) = at;
        let set = |t: &mut Touchpoint, set: &dyn Fn(&mut Evidence)| t.evidence.get_mut(index).into_iter().for_each(set);
        let mut kind = evidence.kind;
        let delete = ui
            .horizontal(|ui| {
                let combo = ComboBox::from_id_salt("kind").selected_text(kind.name()).width(140.0);
                combo.show_ui(ui, |ui| {
                    for one in EvidenceKind::ALL {
                        ui.selectable_value(&mut kind, *one, one.name());
                    }
                });
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    icon_button(ui, icons::TRASH, "Delete evidence", "Delete evidence", true).clicked()
                })
                .inner
            })
            .inner;
        if kind != evidence.kind {
            change(editor, t, "kind of evidence", |t| set(t, &|e| e.kind = kind));
        }
        self.evidence_text(
            ui,
            t,
            ("Source", index, &evidence.source, |e, text| e.source = text.to_owned()),
            editor,
            ink,
        );
        self.evidence_text(ui, t, ("Quote", index, &evidence.quote, |e, text| e.quote = text.to_owned()), editor, ink);
        let date = evidence.date.map(|date| date.to_string()).unwrap_or_default();
        let set_date: SetEvidence = |e, text| match (text.trim().is_empty(), text.parse()) {
            (true, _) => e.date = None,
            (false, Ok(date)) => e.date = Some(date),
            (false, Err(_)) => {}
        };
        let place = self.evidence_text(ui, t, ("Date", index, &date, set_date), editor, ink);
        if let Some(Err(err)) = self.rows.typed(place).filter(|s| !s.trim().is_empty()).map(|s| s.parse::<Date>()) {
            trouble(ui, &err.to_string());
        }
        let sample = evidence.sample.map(|n| n.to_string()).unwrap_or_default();
        let set_sample: SetEvidence = |e, text| match (text.trim().is_empty(), text.trim().parse()) {
            (true, _) => e.sample = None,
            (false, Ok(n)) => e.sample = Some(n),
            (false, Err(_)) => {}
        };
        let place = self.evidence_text(ui, t, ("Sample size", index, &sample, set_sample), editor, ink);
        let typed = self.rows.typed(place).filter(|text| !text.trim().is_empty());
        if typed.is_some_and(|text| text.trim().parse::<u32>().is_err()) {
            trouble(ui, "A sample size is a whole number");
        }
        caption(ui, "Confidence");
        if let Some(Some(confidence)) = choice(ui, Some(evidence.confidence), Confidence::ALL, Confidence::name) {
            change(editor, t, "confidence", |t| set(t, &|e| e.confidence = confidence));
        }
        if delete {
            self.finish(editor);
            change(editor, t, "deletion of evidence", |t| {
                if index < t.evidence.len() {
                    t.evidence.remove(index);
                }
            });
        }
    }

    /// A text of a piece of evidence; gives its id.
    fn evidence_text(
        &mut self,
        ui: &mut Ui,
        t: &Touchpoint,
        (name, index, value, set): (&'static str, usize, &str, SetEvidence),
        editor: &mut Editor,
        ink: &mut Ink,
    ) -> Id {
        let place = Id::unique(("inspector", &t.id, "evidence", index, name));
        let row = TextRow { id: place, name, value, multiline: false, label: "evidence" };
        let id = t.id.clone();
        let change: Change = Box::new(move |map, text| {
            update_touchpoint(map, &id, |t| t.evidence.get_mut(index).into_iter().for_each(|e| set(e, &text)))
        });
        self.rows.text(ui, &row, editor, ink, change);
        place
    }

    pub(super) fn pictures(&mut self, ui: &mut Ui, t: &Touchpoint, editor: &mut Editor, ink: &mut Ink) {
        if !self.section(ui, Section::Pictures, t.pictures.len()) {
            return;
        }
        let list = t.pictures.join("\n");
        let lines = |text: &str| text.lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect();
        let words = ("Files beside the map, one a line", list.as_str(), true);
        let place = Id::unique(("inspector", &t.id, "pictures"));
        let row = TextRow { id: place, name: words.0, value: words.1, multiline: words.2, label: "pictures" };
        let id = t.id.clone();
        let change: Change = Box::new(move |map, text| update_touchpoint(map, &id, |t| t.pictures = lines(&text)));
        self.rows.text(ui, &row, editor, ink, change);
    }

    pub(super) fn links(&mut self, ui: &mut Ui, map: &JourneyMap, t: &Touchpoint, editor: &mut Editor, ink: &mut Ink) {
        let own: Vec<usize> =
            (0..map.links.len()).filter(|i| map.links[*i].from == t.id || map.links[*i].to == t.id).collect();
        if !self.section(ui, Section::Links, own.len()) {
            return;
        }
        for index in own {
            let link = &map.links[index];
            let (arrow, other) = if link.from == t.id { ("To", &link.to) } else { ("From", &link.from) };
            let title = title_of(map, other);
            let clicked = ui
                .horizontal(|ui| {
                    ui.label(egui::RichText::new(format!("{arrow} · {}", link.kind.name())).small().weak());
                    let accent = look::colors(ui.ctx()).accent;
                    let width = ui.available_width();
                    let label = ink.label(ui, &title, BODY, width, accent).interact(egui::Sense::click());
                    label.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
                })
                .inner;
            if clicked {
                editor.document.select([Element::Link(index)]);
            }
        }
        if ui.button("Add link…").clicked() {
            editor.asked.push(crate::app::commands::Command::AddLink);
        }
    }

    /// A link: its kind, its words, when it is taken.
    pub(super) fn link(&mut self, ui: &mut Ui, index: usize, editor: &mut Editor, ink: &mut Ink) {
        let map = std::sync::Arc::clone(editor.document.map());
        let Some(link) = map.links.get(index) else { return };
        for (name, id) in [("From", &link.from), ("To", &link.to)] {
            caption(ui, name);
            let accent = look::colors(ui.ctx()).accent;
            let width = ui.available_width();
            let label = ink.label(ui, &title_of(&map, id), BODY, width, accent).interact(egui::Sense::click());
            if label.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
                editor.choose(&[Element::Touchpoint(id.clone())]);
            }
        }
        caption(ui, "Kind");
        if let Some(Some(kind)) = choice(ui, Some(link.kind), LinkKind::ALL, LinkKind::name) {
            let result = editor.document.edit("kind of link", |map| edit::update_link(map, index, |l| l.kind = kind));
            editor.report(result);
        }
        let rows: [(&str, &str, SetLink); 2] =
            [("Label", &link.label, |l, text| l.label = text), ("When", &link.trigger, |l, text| l.trigger = text)];
        for (name, value, set) in rows {
            let id = Id::unique(("inspector", "link", index, name));
            let row = TextRow { id, name, value, multiline: false, label: "edit of link" };
            let change: Change = Box::new(move |map, text| edit::update_link(map, index, |l| set(l, text)));
            self.rows.text(ui, &row, editor, ink, change);
        }
    }
}

fn title_of(map: &JourneyMap, id: &TouchpointId) -> String {
    map.touchpoint(id).map(|(_, t)| t.title.replace('\n', " ")).unwrap_or_default()
}
