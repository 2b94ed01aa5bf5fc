//! Commands on the open map.

use super::gestures::count;
use super::{Editor, Ink};
use crate::app::camera::Camera;
use crate::app::commands::Command;
use crate::edit::{
    self, EditResult, StageDraft, add_lane, add_stage, add_step, delete_elements, duplicate_touchpoints,
};
use crate::model::{
    Element, Emotion, JourneyMap, LaneId, LaneKind, PersonaId, ReadyLane, StageId, StepId, capitalized,
};

impl Editor {
    /// Shows an error as a notice; gives back what went well.
    pub fn report<T>(&mut self, result: EditResult<T>) -> Option<T> {
        result.map_err(|err| self.notice = Some(capitalized(&err.to_string()))).ok()
    }

    /// Whether `command` can do something now.
    pub fn is_enabled(&self, command: Command) -> bool {
        let selected = self.document.selection();
        let is_structure = |e: &Element| {
            matches!(
                e,
                Element::Stage(_) | Element::Step(_) | Element::Lane(_) | Element::LaneHint(_) | Element::Phase(_)
            )
        };
        let changes_it = matches!(
            command,
            Command::Delete
                | Command::Duplicate
                | Command::EditText
                | Command::MoveDown
                | Command::MoveLeft
                | Command::MoveRight
                | Command::MoveUp
        );
        if changes_it && self.document.map().locked && selected.iter().any(is_structure) {
            return false;
        }
        match command {
            Command::Undo => self.document.undo_label().is_some(),
            Command::Redo => self.document.redo_label().is_some(),
            Command::Delete | Command::EditText | Command::ZoomSelection => !selected.is_empty(),
            Command::AddLink => selected.iter().any(|e| matches!(e, Element::Touchpoint(_))),
            Command::AddPicture => {
                selected.len() == 1
                    && selected.iter().all(|e| matches!(e, Element::Touchpoint(_) | Element::EmotionPoint(_)))
            }
            Command::Columns => self.table.is_some(),
            Command::NextPersona => !self.document.map().personas.is_empty(),
            Command::Cut => selected.iter().any(|e| matches!(e, Element::Touchpoint(_))),
            Command::Copy => selected.iter().any(|e| self.document.map().text_of(e).is_some()),
            Command::Duplicate => selected.iter().any(|e| matches!(e, Element::Touchpoint(_) | Element::Stage(_))),
            Command::MomentOfTruth | Command::HappierBy1 | Command::SadderBy1 => {
                selected.iter().any(|e| matches!(e, Element::Touchpoint(_) | Element::EmotionPoint(_)))
            }
            Command::AddStage | Command::AddStep | Command::AddLane => !self.document.map().locked,
            Command::FoldLane | Command::HideLane => !self.document.map().locked && self.selected_lane().is_some(),
            Command::ShowLanes => self.document.map().lanes.iter().any(|lane| lane.hidden),
            _ => true,
        }
    }

    /// Runs a command that concerns the open map; says whether it was one.
    pub fn run(&mut self, command: Command, ink: &mut Ink) -> bool {
        self.touched = true;
        match command {
            Command::Undo => self.undo(ink),
            Command::Redo => self.redo(ink),
            Command::EditText => {
                if let Some(element) = self.document.selection().iter().next().cloned() {
                    self.open(&element, ink);
                }
            }
            Command::Duplicate => self.duplicate(ink),
            Command::Delete => self.delete(),
            Command::SelectAll => {
                let all: Vec<Element> =
                    self.document.map().touchpoints().map(|(_, t)| Element::Touchpoint(t.id.clone())).collect();
                self.document.select(all);
            }
            Command::Find => self.open_find(false, ink),
            Command::Replace => self.open_find(true, ink),
            Command::FindNext => self.walk_found(super::Walk::Next, ink),
            Command::FindPrevious => self.walk_found(super::Walk::Previous, ink),
            Command::Filter => self.toggle_filter_bar(),
            Command::AddTouchpoint => self.add_touchpoint_here(ink),
            Command::Wheel => self.toggle_wheel(),
            Command::NextPersona => self.next_persona(),
            Command::AddLink => self.begin_link(),
            Command::AddStage => self.add_stage_behind(ink),
            Command::AddStep => self.add_step_behind(ink),
            Command::Annotate(kind) => self.annotate(kind, ink),
            Command::MomentOfTruth => self.toggle_moment_of_truth(),
            Command::HappierBy1 => {
                self.change_emotions("change of emotion", |e| Emotion::clamped(by(e) + 1));
            }
            Command::SadderBy1 => {
                self.change_emotions("change of emotion", |e| Emotion::clamped(by(e) - 1));
            }
            Command::MoveLeft => self.nudge(if self.layout.rtl { 1 } else { -1 }, 0),
            Command::MoveRight => self.nudge(if self.layout.rtl { -1 } else { 1 }, 0),
            Command::MoveUp => self.nudge(0, -1),
            Command::MoveDown => self.nudge(0, 1),
            Command::FoldLane => {
                if let Some(lane) = self.selected_lane() {
                    self.fold_lane(&lane);
                }
            }
            Command::HideLane => self.hide_lane(),
            Command::ShowLanes => self.show_lanes(),
            Command::Lock => {
                let result = self.document.edit("structure lock", |map| {
                    map.locked = !map.locked;
                    Ok(())
                });
                self.report(result);
            }
            Command::ZoomIn => self.zoom_by(1.25),
            Command::ZoomOut => self.zoom_by(0.8),
            Command::Zoom100 => self.zoom_by(1.0 / self.camera.scale),
            Command::Fit => self.fit(),
            Command::ZoomSelection => self.zoom_to_selection(),
            _ => return false,
        }
        true
    }

    fn undo(&mut self, ink: &mut Ink) {
        self.cancel_gesture();
        self.finish_typing(ink);
        if let Some(what) = self.document.undo() {
            self.notice = Some(format!("Undid {what}"));
        }
    }

    fn redo(&mut self, ink: &mut Ink) {
        self.cancel_gesture();
        self.finish_typing(ink);
        if let Some(what) = self.document.redo() {
            self.notice = Some(format!("Did {what} again"));
        }
    }

    fn delete(&mut self) {
        let selection = self.document.selection().clone();
        let label = match selection.iter().next() {
            Some(Element::Touchpoint(_)) => format!("deletion of {}", count(selection.len())),
            Some(element) => format!("deletion of {}", self.describe_kind(element)),
            None => return,
        };
        // After the deletion the hand is where the first deleted card was.
        let cell = selection.iter().find_map(|element| match element {
            Element::Touchpoint(id) => {
                let (lane, t) = self.document.map().touchpoint(id)?;
                Some(Element::Cell { step: t.step.clone(), lane: lane.id.clone() })
            }
            _ => None,
        });
        let focus = self.focus.as_ref();
        let result = self.document.edit(label, |map| {
            let mut doomed = selection.clone();
            doomed.retain(|element| !focus.is_some_and(|persona| take_own_emotion(map, element, persona)));
            delete_elements(map, &doomed)
        });
        if self.report(result).is_some() {
            self.document.select(cell);
        }
    }

    fn duplicate(&mut self, ink: &mut Ink) {
        let stage = self.document.selection().iter().find_map(|e| match e {
            Element::Stage(id) => Some(id.clone()),
            _ => None,
        });
        if let Some(stage) = stage {
            let result = self.document.edit("copy of stage", |map| edit::duplicate_stage(map, &stage));
            if let Some(copy) = self.report(result) {
                self.edit_new(Element::Stage(copy), ink);
            }
            return;
        }
        let ids = self.selected_touchpoints();
        let result =
            self.document.edit(format!("copy of {}", count(ids.len())), |map| duplicate_touchpoints(map, &ids));
        if let Some(copies) = self.report(result) {
            self.document.select(copies.into_iter().map(Element::Touchpoint));
        }
    }

    fn toggle_moment_of_truth(&mut self) {
        let mut ids = self.selected_touchpoints();
        ids.extend(self.document.selection().iter().filter_map(|e| match e {
            Element::EmotionPoint(id) => Some(id.clone()),
            _ => None,
        }));
        let map = self.document.map();
        let all = ids.iter().all(|id| map.touchpoint(id).is_some_and(|(_, t)| t.moment_of_truth));
        let result = self.document.edit("moment of truth", |map| {
            for id in &ids {
                edit::update_touchpoint(map, id, |t| t.moment_of_truth = !all)?;
            }
            Ok(())
        });
        self.report(result);
    }

    /// The stage of what is selected.
    fn selected_stage(&self) -> Option<StageId> {
        let map = self.document.map();
        let step = self.document.selection().iter().find_map(|e| match e {
            Element::Stage(id) => map.stage(id).and_then(|s| s.steps.last()).map(|s| s.id.clone()),
            other => self.step_of(other),
        })?;
        map.stages.iter().find(|s| s.steps.iter().any(|st| st.id == step)).map(|s| s.id.clone())
    }

    /// The step of an element.
    pub(super) fn step_of(&self, element: &Element) -> Option<StepId> {
        let map = self.document.map();
        match element {
            Element::Step(id) => Some(id.clone()),
            Element::Cell { step, .. } => Some(step.clone()),
            Element::Touchpoint(id) | Element::EmotionPoint(id) => map.touchpoint(id).map(|(_, t)| t.step.clone()),
            Element::Annotation(at) => match &at.host {
                crate::model::Host::Step(id) => Some(id.clone()),
                crate::model::Host::Touchpoint(id) => map.touchpoint(id).map(|(_, t)| t.step.clone()),
            },
            _ => None,
        }
    }

    /// Adds a stage behind the selected one and opens its name.
    pub(super) fn add_stage_behind(&mut self, ink: &mut Ink) {
        let map = self.document.map();
        let at = self.selected_stage().and_then(|id| map.stages.iter().position(|s| s.id == id));
        let at = at.map_or(map.stages.len(), |at| at + 1);
        let draft = StageDraft { name: "New stage".into(), steps: 1 };
        let result = self.document.edit("new stage", |map| add_stage(map, at, &draft));
        if let Some(id) = self.report(result) {
            self.edit_new(Element::Stage(id), ink);
        }
    }

    pub(super) fn add_step_behind(&mut self, ink: &mut Ink) {
        let map = self.document.map();
        let Some(stage) = self.selected_stage().or_else(|| map.stages.last().map(|s| s.id.clone())) else { return };
        let step = self.document.selection().iter().find_map(|e| self.step_of(e));
        let steps = map.stage(&stage).map(|s| s.steps.clone()).unwrap_or_default();
        let at = step.and_then(|id| steps.iter().position(|s| s.id == id)).map_or(steps.len(), |at| at + 1);
        let result = self.document.edit("new step", |map| add_step(map, &stage, at, "New step"));
        if let Some(id) = self.report(result) {
            self.edit_new(Element::Step(id), ink);
        }
    }

    /// The lane of what is selected.
    fn selected_lane(&self) -> Option<LaneId> {
        let map = self.document.map();
        self.document.selection().iter().find_map(|e| match e {
            Element::Lane(id) | Element::LaneHint(id) | Element::Cell { lane: id, .. } => Some(id.clone()),
            Element::Touchpoint(id) => map.touchpoint(id).map(|(l, _)| l.id.clone()),
            _ => None,
        })
    }

    fn hide_lane(&mut self) {
        let Some(lane) = self.selected_lane() else { return };
        let result = self.document.edit("view of lane", |map| edit::update_lane(map, &lane, |l| l.hidden = true));
        if self.report(result).is_some() {
            let name = self.document.map().lane(&lane).map(|l| l.name.clone()).unwrap_or_default();
            self.notice =
                Some(format!("{name} is hidden; \u{201c}Show hidden lanes\u{201d} in the Edit menu brings it back"));
            self.document.select([]);
        }
    }

    fn show_lanes(&mut self) {
        let result = self.document.edit("view of lanes", |map| {
            let hidden: Vec<LaneId> = map.lanes.iter().filter(|l| l.hidden).map(|l| l.id.clone()).collect();
            hidden.iter().try_for_each(|id| edit::update_lane(map, id, |l| l.hidden = false))
        });
        self.report(result);
    }

    /// Adds a lane of `kind` below the selected one and opens its name.
    pub fn add_lane_below(&mut self, ready: ReadyLane, ink: &mut Ink) {
        let map = self.document.map();
        let at = self
            .selected_lane()
            .and_then(|id| map.lanes.iter().position(|l| l.id == id))
            .map_or(map.lanes.len(), |at| at + 1);
        let result = self.document.edit("new lane", |map| {
            let id = add_lane(map, at, ready.name(map.language()), ready.kind())?;
            edit::update_lane(map, &id, |lane| lane.backstage = ready.is_backstage())?;
            Ok(id)
        });
        if let Some(id) = self.report(result) {
            self.edit_new(Element::Lane(id), ink);
        }
    }

    /// Shows and opens the name of something new.
    pub(super) fn edit_new(&mut self, element: Element, ink: &mut Ink) {
        self.relayout();
        self.reveal(&element);
        self.edit_fresh(element, ink);
    }

    /// Moves what is selected by steps and lanes, stages among stages, lanes among lanes.
    fn nudge(&mut self, columns: isize, rows: isize) {
        let Some(element) = self.document.selection().iter().next().cloned() else { return };
        let map = std::sync::Arc::clone(self.document.map());
        let shift = |at: Option<usize>, by: isize| at.and_then(|at| at.checked_add_signed(by));
        let result = match &element {
            Element::Stage(id) => {
                let Some(to) = shift(map.stages.iter().position(|s| s.id == *id), columns) else { return };
                self.document.edit("move of stage", |map| edit::move_stage(map, id, to))
            }
            Element::Step(id) => {
                let Some(stage) = map.stages.iter().find(|s| s.steps.iter().any(|st| st.id == *id)) else { return };
                let Some(to) = shift(stage.steps.iter().position(|s| s.id == *id), columns) else { return };
                self.document.edit("move of step", |map| edit::move_step(map, id, &stage.id, to))
            }
            Element::Lane(id) | Element::LaneHint(id) => {
                let Some(to) = shift(map.lanes.iter().position(|l| l.id == *id), rows) else { return };
                self.document.edit("move of lane", |map| edit::move_lane(map, id, to))
            }
            Element::Touchpoint(id) => self.nudge_touchpoints(id, columns, rows),
            Element::Annotation(at) if columns != 0 => self.nudge_annotation(at, columns),
            Element::EmotionPoint(_) if rows != 0 => {
                self.change_emotions("change of emotion", |e| Emotion::clamped(by(e) - rows as i64));
                Ok(())
            }
            _ => Ok(()),
        };
        self.report(result);
        self.relayout();
        self.reveal(&element);
    }

    /// Hangs an annotation on what stands in a step further on or back.
    fn nudge_annotation(&mut self, at: &crate::model::AnnotationRef, columns: isize) -> EditResult {
        let map = std::sync::Arc::clone(self.document.map());
        let steps: Vec<&StepId> = map.steps().map(|(_, s)| &s.id).collect();
        let here = self.step_of(&Element::Annotation(at.clone()));
        let place = steps.iter().position(|s| Some(*s) == here.as_ref());
        let Some(step) = place.and_then(|p| p.checked_add_signed(columns)).and_then(|p| steps.get(p)) else {
            return Ok(());
        };
        let host = edit::host_in(&map, step);
        let now = self.document.edit("move of annotation", |map| edit::move_annotation(map, at, &host))?;
        let element = Element::Annotation(now);
        self.document.select([element.clone()]);
        self.relayout();
        self.reveal(&element);
        Ok(())
    }

    fn nudge_touchpoints(&mut self, id: &crate::model::TouchpointId, columns: isize, rows: isize) -> EditResult {
        let ids = self.selected_touchpoints();
        let map = std::sync::Arc::clone(self.document.map());
        let Some((lane, touchpoint)) = map.touchpoint(id) else { return Err(edit::EditError::Gone) };
        let steps: Vec<&StepId> = map.steps().map(|(_, s)| &s.id).collect();
        let lanes: Vec<&LaneId> = map.lanes.iter().filter(|l| l.kind == LaneKind::Touchpoints).map(|l| &l.id).collect();
        let column = steps.iter().position(|s| **s == touchpoint.step).and_then(|at| at.checked_add_signed(columns));
        let row = lanes.iter().position(|l| **l == lane.id);
        let index = lane.cell(&touchpoint.step).position(|t| t.id == *id).unwrap_or(0);
        let stack = lane.cell(&touchpoint.step).count();
        let within = index.checked_add_signed(rows).filter(|to| *to < stack && rows != 0 && ids.len() == 1);
        let (row, index) = match within {
            Some(to) => (row, to),
            None => (row.and_then(|at| at.checked_add_signed(rows)), if rows < 0 { usize::MAX } else { 0 }),
        };
        let (Some(step), Some(lane)) = (column.and_then(|c| steps.get(c)), row.and_then(|r| lanes.get(r))) else {
            return Ok(());
        };
        let index = if columns != 0 { usize::MAX } else { index };
        let target = edit::Drop::Cell { lane: (*lane).clone(), step: (*step).clone(), index };
        self.document
            .edit(format!("move of {}", count(ids.len())), |map| edit::move_touchpoints(map, id, &ids, &target))
    }

    fn zoom_by(&mut self, factor: f64) {
        let Some(view) = self.view else { return };
        let mut camera = self.target.unwrap_or(self.camera);
        camera.zoom_at(view.center(), factor);
        camera.keep_in(self.layout.size, view);
        self.go_to(camera);
    }

    fn zoom_to_selection(&mut self) {
        let rects = self.document.selection().iter().filter_map(|e| self.layout.rect_of(e));
        let all = rects.reduce(|a, b| a.union(b));
        if let (Some(all), Some(view)) = (all, self.view) {
            self.go_to(Camera::around(all.inflate(40.0, 40.0), view, 2.5));
        }
    }
}

/// The number of an emotion; 0 where there is none.
fn by(emotion: Option<Emotion>) -> i64 {
    emotion.map_or(0, |e| i64::from(e.get()))
}

/// Takes away what was said of `persona` alone at a point of the curve; says whether there was something.
fn take_own_emotion(map: &mut JourneyMap, element: &Element, persona: &PersonaId) -> bool {
    let Element::EmotionPoint(id) = element else { return false };
    let is_own = map.touchpoint(id).is_some_and(|(_, t)| t.emotions.contains_key(persona));
    is_own && edit::update_touchpoint(map, id, |t| t.set_emotion_of(Some(persona), None)).is_ok()
}
