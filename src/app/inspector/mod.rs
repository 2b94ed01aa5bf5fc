//! The panel beside the map: everything about what is selected.

mod annotations;
pub mod controls;
mod records;
mod structure;
mod touchpoint;

use std::collections::HashMap;
pub(super) use touchpoint::split_list;

use egui::{RichText, Ui, vec2};

use super::editor::Editor;
use super::ink::Ink;
use super::text_rows::TextRows;
use crate::model::Element;

/// The panel for what is selected.
#[derive(Debug, Default)]
pub struct Inspector {
    rows: TextRows,
    /// The sections that a hand folded or opened.
    folds: HashMap<Section, bool>,
}

/// A part of the panel that folds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Section {
    Mind,
    Whereabouts,
    Time,
    Personas,
    Evidence,
    Pictures,
    Links,
}

impl Section {
    /// What stands on it.
    fn name(self) -> &'static str {
        match self {
            Self::Mind => "Doing, thinking, feeling",
            Self::Whereabouts => "Channels, owner, tags",
            Self::Time => "Time and loyalty",
            Self::Personas => "Personas",
            Self::Evidence => "Evidence",
            Self::Pictures => "Pictures",
            Self::Links => "Links",
        }
    }
}

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
            self.many(ui, editor, ink);
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
            Element::Link(index) => self.link(ui, *index, editor, ink),
            Element::Stage(id) => self.stage(ui, id, editor, ink),
            Element::Step(id) => self.step(ui, id, editor, ink),
            Element::Lane(id) | Element::LaneHint(id) => self.lane(ui, id, editor, ink),
            Element::Title | Element::Subtitle => self.map(ui, editor, ink),
            Element::Phase(first) => self.phase(ui, first, editor, ink),
            Element::Cell { .. } => {
                ui.label(RichText::new("Type to add something here.").weak());
            }
        }
    }
}

fn heading(ui: &mut Ui, text: &str) {
    ui.add_space(2.0);
    ui.label(RichText::new(text).heading());
}
