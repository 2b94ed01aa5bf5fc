//! Copying, cutting and pasting on the open map.

use super::Editor;
use super::gestures::count;
use crate::edit::{Selection, delete_elements};
use crate::exchange::{self, Anchor, Clip, Plan};
use crate::model::{Element, LaneId, TouchpointId};

impl Editor {
    /// Where what is pasted starts: the first column and the first row of what is selected.
    pub fn anchor(&self) -> Anchor {
        let map = self.document.map();
        let selected = self.document.selection();
        let steps = selected.iter().filter_map(|element| match element {
            Element::Stage(id) => map.stage(id).and_then(|stage| stage.steps.first()).map(|step| step.id.clone()),
            other => self.step_of(other),
        });
        let lanes = selected.iter().filter_map(|element| self.lane_of(element));
        let column = |step: &_| map.steps().position(|(_, s)| s.id == *step);
        let row = |lane: &_| map.lanes.iter().position(|l| l.id == *lane);
        Anchor { step: steps.min_by_key(column), lane: lanes.min_by_key(row) }
    }

    /// Whether a cell or a touchpoint is selected, which takes a line of text without a question.
    pub fn has_place(&self) -> bool {
        let is_place = |e: &Element| matches!(e, Element::Cell { .. } | Element::Touchpoint(_));
        self.document.selection().iter().any(is_place)
    }

    fn lane_of(&self, element: &Element) -> Option<LaneId> {
        let map = self.document.map();
        match element {
            Element::Cell { lane, .. } | Element::Lane(lane) | Element::LaneHint(lane) => Some(lane.clone()),
            Element::Touchpoint(id) | Element::EmotionPoint(id) => map.touchpoint(id).map(|(lane, _)| lane.id.clone()),
            Element::Annotation(at) => {
                let kind = map.annotation(at)?.kind;
                map.lanes.iter().find(|lane| lane.kind.annotation() == Some(kind)).map(|lane| lane.id.clone())
            }
            _ => None,
        }
    }

    /// The text that stands for the selection on the clipboard: touchpoints whole, of anything else the words.
    /// With `cut` the touchpoints leave the map.
    pub fn copy(&mut self, cut: bool) -> Option<String> {
        let ids = self.selected_touchpoints();
        let Some(clip) = Clip::take(self.document.map(), &ids) else {
            let map = self.document.map();
            let words: Vec<&str> = self.document.selection().iter().filter_map(|e| map.text_of(e)).collect();
            return (!cut && !words.is_empty()).then(|| words.join("\n"));
        };
        if cut {
            let doomed: Selection = ids.iter().cloned().map(Element::Touchpoint).collect();
            let anchor = self.anchor();
            let result =
                self.document.edit(format!("cut of {}", count(ids.len())), |map| delete_elements(map, &doomed));
            self.report(result)?;
            // So that pasting at once puts them back.
            self.document.select(anchor.step.zip(anchor.lane).map(|(step, lane)| Element::Cell { step, lane }));
        }
        self.notice = Some(format!("{} {}", if cut { "Cut" } else { "Copied" }, count(ids.len())));
        Some(clip.to_text())
    }

    /// Pastes copied touchpoints.
    pub fn paste_clip(&mut self, clip: &Clip) {
        let anchor = self.anchor();
        let result = self.document.edit(format!("paste of {}", count(clip.len())), |map| clip.paste(map, &anchor));
        if let Some(ids) = self.report(result) {
            self.show_pasted(ids.into_iter().map(Element::Touchpoint).collect());
        }
    }

    /// Pastes what was planned for this map.
    pub fn paste_plan(&mut self, plan: &Plan) {
        let (texts, lost) = plan.counts();
        let what = if texts == 1 { "text".into() } else { format!("{texts} texts") };
        let result = self.document.edit(format!("paste of {what}"), |map| exchange::apply(map, plan));
        if let Some(made) = self.report(result) {
            if lost > 0 {
                self.notice = Some(format!("{lost} could not be placed and were left out"));
            }
            self.show_pasted(made);
        }
    }

    /// Selects the touchpoints of a map that was put onto this one.
    pub fn show_joined(&mut self, ids: Vec<TouchpointId>) {
        self.show_pasted(ids.into_iter().map(Element::Touchpoint).collect());
    }

    /// Selects what was pasted and brings its beginning into sight.
    fn show_pasted(&mut self, made: Vec<Element>) {
        let first = made.first().cloned();
        self.document.select(made);
        if let Some(first) = first {
            self.reveal(&first);
        }
    }
}
