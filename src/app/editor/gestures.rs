//! What the pointer is doing: one state for each phase of a gesture, with its data inside.

use egui::{CursorIcon, Modifiers, Pos2};
use kurbo::{Point, Vec2};

use super::Editor;
use super::plus::Handle;
use crate::edit::{
    self, EditResult, Selection, duplicate_touchpoints, move_lane, move_stage, move_step, move_touchpoints,
    update_touchpoint,
};
use crate::layout::DropMark;
use crate::model::{AnnotationRef, Element, Host, LaneId, StageId, StepId, TouchpointId};

/// How near to the line between two columns a drop makes a new step, in screen points.
const BETWEEN: f64 = 7.0;
/// How near to a step's edge the pointer takes hold of it, in screen points.
const EDGE_REACH: f64 = 5.0;

/// What the pointer is doing.
#[derive(Clone, Debug, Default)]
pub enum Tool {
    /// Nothing.
    #[default]
    Idle,
    /// It is down on something and has not moved yet.
    Pointing(Pointing),
    /// It is down on a plus or an arrow beside the map.
    Pressing(Handle),
    /// It pulls a link out of a card.
    Linking {
        /// Where the link begins.
        from: TouchpointId,
        /// Where the pointer is, on the map.
        at: Point,
    },
    /// It moves the map.
    Panning,
    /// It draws a selection box.
    Brushing {
        /// Where it began, on the map.
        from: Point,
        /// Where it is.
        to: Point,
        /// What was selected before and stays so.
        kept: Selection,
    },
    /// It carries touchpoints.
    Moving(Moving),
    /// It pulls a point of the emotion curve.
    Pulling(TouchpointId),
    /// It carries an annotation to another touchpoint or step.
    Hanging {
        /// Where it hung.
        at: AnnotationRef,
        /// Where it hangs now.
        now: AnnotationRef,
    },
    /// It carries a stage, a step or a lane.
    Carrying(Carried),
    /// It pulls the end edge of a step.
    Resizing {
        /// Which step.
        step: StepId,
        /// From the pointer to the edge, on the map.
        off: f64,
        /// Where it took hold; nothing changes until it has moved.
        start: f64,
    },
}

/// The pointer is down.
#[derive(Clone, Debug)]
pub struct Pointing {
    /// Where, on the screen.
    pub pos: Pos2,
    /// Where, on the map.
    pub at: Point,
    /// On what.
    pub element: Option<Element>,
    /// With which keys.
    pub modifiers: Modifiers,
}

/// Touchpoints on the move.
#[derive(Clone, Debug)]
pub struct Moving {
    /// The one under the pointer.
    pub grabbed: TouchpointId,
    /// All that go along.
    pub ids: Vec<TouchpointId>,
    /// From the card's corner to the pointer, on the map.
    pub hold: Vec2,
    /// Where the card was.
    pub ghost: kurbo::Rect,
    /// Where the pointer is, on the map.
    pub at: Point,
    /// Where a release would drop them.
    pub mark: Option<DropMark>,
    /// The cell in which the map shows them now; nothing where they were.
    pub shown: Option<edit::Drop>,
    /// Whether copies are dropped and the originals stay.
    pub copy: bool,
}

/// A part of the structure on the move.
#[derive(Clone, Debug)]
pub enum Carried {
    /// A stage, to another place among the stages.
    Stage(StageId),
    /// A step, to another place or stage.
    Step(StepId),
    /// A lane, to another place among the lanes.
    Lane(LaneId),
}

impl Tool {
    /// Whether rows and columns must not shrink.
    pub fn holds(&self) -> bool {
        matches!(self, Self::Moving(_) | Self::Pulling(_) | Self::Hanging { .. })
    }

    /// Whether a gesture is under way that Escape cancels.
    pub fn is_busy(&self) -> bool {
        !matches!(self, Self::Idle | Self::Pointing(_) | Self::Pressing(_))
    }

    /// What the hand can do now, for the status line.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Idle | Self::Pointing(_) | Self::Pressing(_) => "",
            Self::Panning => "Release to stop moving the map",
            Self::Brushing { .. } => "Release to select what the box touches · Escape to cancel",
            Self::Moving(_) => {
                "Release to drop · between two columns to make a step · Ctrl or Alt to copy · Escape to cancel"
            }
            Self::Linking { .. } => "Release on the touchpoint to which the link leads · Escape to cancel",
            Self::Hanging { .. } => "Release on a touchpoint or in another step · Escape to cancel",
            Self::Pulling(_) => "Up is better, down is worse · Escape to cancel",
            Self::Resizing { .. } => "Release to keep this width · double click on the edge for the width by content",
            Self::Carrying(_) => "Release to leave it here · Escape to cancel",
        }
    }

    /// The pointer's shape, if the tool has one.
    pub fn cursor(&self) -> Option<CursorIcon> {
        match self {
            Self::Idle | Self::Pointing(_) | Self::Pressing(_) => None,
            Self::Brushing { .. } | Self::Linking { .. } => Some(CursorIcon::Crosshair),
            Self::Pulling(_) => Some(CursorIcon::ResizeVertical),
            Self::Resizing { .. } => Some(CursorIcon::ResizeHorizontal),
            Self::Panning | Self::Moving(_) | Self::Carrying(_) | Self::Hanging { .. } => Some(CursorIcon::Grabbing),
        }
    }
}

impl Editor {
    /// Starts the gesture that a press on `pointing.element` becomes when the pointer moves.
    pub(super) fn begin_drag(&mut self, pointing: &Pointing) {
        let from = pointing.at;
        self.tool = match &pointing.element {
            Some(Element::Touchpoint(id)) => self.begin_moving(id, from),
            Some(Element::EmotionPoint(id)) => {
                self.document.select([Element::EmotionPoint(id.clone())]);
                self.document.begin();
                Tool::Pulling(id.clone())
            }
            Some(Element::Annotation(at)) => {
                self.document.select([Element::Annotation(at.clone())]);
                self.document.begin();
                Tool::Hanging { at: at.clone(), now: at.clone() }
            }
            Some(Element::Stage(id)) => self.begin_carrying(Element::Stage(id.clone()), Carried::Stage(id.clone())),
            Some(Element::Step(id)) => self.begin_carrying(Element::Step(id.clone()), Carried::Step(id.clone())),
            Some(Element::Lane(id) | Element::LaneHint(id)) => {
                self.begin_carrying(Element::Lane(id.clone()), Carried::Lane(id.clone()))
            }
            _ => {
                let keep = pointing.modifiers.shift || pointing.modifiers.command;
                let kept = if keep { self.document.selection().clone() } else { Selection::new() };
                Tool::Brushing { from, to: from, kept }
            }
        };
    }

    fn begin_moving(&mut self, grabbed: &TouchpointId, from: Point) -> Tool {
        let element = Element::Touchpoint(grabbed.clone());
        if !self.document.selection().contains(&element) {
            self.document.select([element.clone()]);
        }
        let Some(ghost) = self.layout.rect_of(&element) else { return Tool::Idle };
        self.document.begin();
        Tool::Moving(Moving {
            grabbed: grabbed.clone(),
            ids: self.selected_touchpoints(),
            hold: if ghost.contains(from) { from - ghost.origin() } else { ghost.size().to_vec2() / 2.0 },
            ghost,
            at: from,
            mark: None,
            shown: None,
            copy: false,
        })
    }

    fn begin_carrying(&mut self, element: Element, carried: Carried) -> Tool {
        self.document.select([element]);
        if self.document.map().locked {
            self.notice = Some(edit::EditError::Locked.to_string());
            return Tool::Idle;
        }
        self.document.begin();
        Tool::Carrying(carried)
    }

    /// The selected touchpoints, in journey order.
    pub fn selected_touchpoints(&self) -> Vec<TouchpointId> {
        let selected = self.document.selection();
        let is_selected = |id: &TouchpointId| selected.contains(&Element::Touchpoint(id.clone()));
        self.document.map().touchpoints().map(|(_, t)| t.id.clone()).filter(is_selected).collect()
    }

    /// Carries the gesture on to where the pointer is.
    pub(super) fn drag_to(&mut self, at: Point, modifiers: Modifiers) {
        let mut tool = std::mem::take(&mut self.tool);
        // An edit that is refused leaves the map as it was at the start of the gesture.
        let result = match &mut tool {
            Tool::Brushing { from, to, kept } => {
                *to = at;
                let touched = self.touched_by(*from, at);
                let selection: Vec<Element> = kept.iter().cloned().chain(touched).collect();
                self.document.select(selection);
                Ok(())
            }
            Tool::Moving(moving) => {
                moving.at = at;
                moving.copy = modifiers.command || modifiers.alt;
                self.move_to(moving)
            }
            Tool::Pulling(id) => match self.layout.emotion_at(at) {
                Some(emotion) => {
                    let focus = self.focus.as_ref();
                    self.document.preview(|map| update_touchpoint(map, id, |t| t.set_emotion_of(focus, Some(emotion))))
                }
                None => Ok(()),
            },
            Tool::Hanging { at: from, now } => self.hang_at(from, now, at),
            Tool::Linking { at: end, .. } => {
                *end = at;
                Ok(())
            }
            Tool::Carrying(carried) => self.carry_to(carried, at),
            Tool::Resizing { start, .. } if (at.x - *start).abs() < 3.0 => Ok(()),
            Tool::Resizing { step, off, .. } => self.resize_to(step, at.x + *off),
            Tool::Idle | Tool::Pointing(_) | Tool::Pressing(_) | Tool::Panning => Ok(()),
        };
        self.tool = tool;
        if let Err(err) = result {
            self.notice = Some(err.to_string());
        }
    }

    fn move_to(&mut self, moving: &mut Moving) -> EditResult {
        // The same on the screen at every scale, but never most of a column.
        let reach = (BETWEEN / self.camera.scale).min(24.0);
        moving.mark = self.layout.drop_at(moving.at, if moving.copy { &[] } else { &moving.ids }, reach);
        // Copies and new steps are made on release; the map stays calm until then.
        let in_cell = |drop: &edit::Drop| matches!(drop, edit::Drop::Cell { .. }) && !moving.copy;
        let drop = moving.mark.as_ref().map(|mark| mark.drop.clone()).filter(in_cell);
        if drop == moving.shown {
            return Ok(());
        }
        moving.shown.clone_from(&drop);
        match drop {
            Some(drop) => self.document.preview(|map| move_touchpoints(map, &moving.grabbed, &moving.ids, &drop)),
            None => self.document.preview(|_| Ok(())),
        }
    }

    /// Hangs an annotation on the touchpoint at `point`, or on what stands in the step there.
    fn hang_at(&mut self, from: &AnnotationRef, now: &mut AnnotationRef, point: Point) -> EditResult {
        let host = match self.layout.hit(point) {
            Some(Element::Touchpoint(id)) => Host::Touchpoint(id),
            _ => {
                let Some(column) = self.layout.column_at(point.x) else { return Ok(()) };
                let step = &self.layout.columns[column].step.id;
                // In its own step it stays where it hung.
                let own = self.step_of(&Element::Annotation(from.clone()));
                if own.as_ref() == Some(step) { from.host.clone() } else { edit::host_in(self.document.base(), step) }
            }
        };
        *now = self.document.preview(|map| edit::move_annotation(map, from, &host))?;
        self.document.select([Element::Annotation(now.clone())]);
        Ok(())
    }

    /// The touchpoints and annotations that a box between two corners touches.
    fn touched_by(&self, a: Point, b: Point) -> Vec<Element> {
        let area = kurbo::Rect::from_points(a, b);
        crate::scene::build_visible(&self.layout, area)
            .groups
            .into_iter()
            .filter(|group| group.bounds.overlaps(area))
            .filter_map(|group| group.element)
            .filter(|element| matches!(element, Element::Touchpoint(_) | Element::Annotation(_)))
            .collect()
    }

    fn carry_to(&mut self, carried: &Carried, at: Point) -> EditResult {
        match carried {
            Carried::Stage(id) => {
                let to = self.stage_place(id, at);
                self.document.preview(|map| move_stage(map, id, to))
            }
            Carried::Step(id) => match self.step_place(id, at) {
                Some((stage, to)) => self.document.preview(|map| move_step(map, id, &stage, to)),
                None => Ok(()),
            },
            Carried::Lane(id) => {
                let to = self.lane_place(id, at);
                self.document.preview(|map| move_lane(map, id, to))
            }
        }
    }

    /// Starts to pull the end edge of a step, if one is at `at`.
    pub(super) fn begin_resizing(&mut self, at: Point) -> bool {
        let reach = EDGE_REACH / self.camera.scale;
        let Some(step) = self.layout.edge_at(at, reach).filter(|_| !self.document.map().locked) else { return false };
        let Some(column) = self.layout.column_of(&step).map(|i| &self.layout.columns[i]) else { return false };
        let edge = if self.layout.rtl { column.x } else { column.x + column.width };
        self.document.begin();
        self.tool = Tool::Resizing { step, off: edge - at.x, start: at.x };
        true
    }

    /// Whether the pointer at `at` would pull an edge.
    pub(super) fn is_on_edge(&self, at: Point) -> bool {
        !self.document.map().locked && self.layout.edge_at(at, EDGE_REACH / self.camera.scale).is_some()
    }

    fn resize_to(&mut self, step: &StepId, edge: f64) -> EditResult {
        let Some(column) = self.layout.column_of(step).map(|i| &self.layout.columns[i]) else { return Ok(()) };
        let width = if self.layout.rtl { column.x + column.width - edge } else { edge - column.x };
        // Within what the layout takes; on its grid.
        let width = ((width / 4.0).round() * 4.0).clamp(96.0, 640.0) as u16;
        self.document.preview(|map| edit::update_step(map, step, |s| s.width = Some(width)))
    }

    /// Lets the content say how wide the step is whose edge is at `at`.
    pub(super) fn reset_width(&mut self, at: Point) {
        if let Some(step) = self.layout.edge_at(at, EDGE_REACH / self.camera.scale) {
            let result = self.document.edit("width of step", |map| edit::update_step(map, &step, |s| s.width = None));
            self.report(result);
        }
    }

    /// The place among the other stages where a stage carried to `at` belongs.
    fn stage_place(&self, id: &StageId, at: Point) -> usize {
        let before = |rect: kurbo::Rect| if self.layout.rtl { rect.center().x > at.x } else { rect.center().x < at.x };
        self.layout.stages.iter().filter(|s| s.id != *id && before(s.header)).count()
    }

    /// The stage, and the place among its other steps, where a step carried to `at` belongs.
    fn step_place(&self, id: &StepId, at: Point) -> Option<(StageId, usize)> {
        let column = self.layout.column_at(at.x)?;
        let stage = self.layout.columns[column].stage;
        let before = |c: &crate::layout::Column| {
            let center = c.x + c.width / 2.0;
            if self.layout.rtl { center > at.x } else { center < at.x }
        };
        let others = self.layout.columns.iter().filter(|c| c.stage == stage && c.step.id != *id);
        Some((self.layout.stages[stage].id.clone(), others.filter(|c| before(c)).count()))
    }

    /// The place among the other lanes where a lane carried to `at` belongs; hidden lanes keep theirs.
    fn lane_place(&self, id: &LaneId, at: Point) -> usize {
        let mut above = self.layout.rows.iter().filter(|r| r.lane != *id && r.y + r.height / 2.0 < at.y);
        let last_above = above.next_back().map(|r| &r.lane);
        let others = self.document.map().lanes.iter().filter(|l| l.id != *id);
        last_above.map_or(0, |lane| others.map(|l| &l.id).position(|l| l == lane).map_or(0, |at| at + 1))
    }

    /// Ends the gesture where the pointer was released.
    pub(super) fn end_drag(&mut self) {
        match std::mem::take(&mut self.tool) {
            Tool::Moving(moving) => self.drop_touchpoints(&moving),
            Tool::Pulling(_) => self.document.commit("change of emotion"),
            Tool::Hanging { now, .. } => {
                self.document.commit("move of annotation");
                self.document.select([Element::Annotation(now)]);
            }
            Tool::Linking { from, at } => {
                if let Some(to) = self.card_at(self.camera.to_screen(at)) {
                    self.finish_link(&from, &to);
                }
            }
            Tool::Resizing { .. } => self.document.commit("width of step"),
            Tool::Carrying(Carried::Stage(_)) => self.document.commit("move of stage"),
            Tool::Carrying(Carried::Step(_)) => self.document.commit("move of step"),
            Tool::Carrying(Carried::Lane(_)) => self.document.commit("move of lane"),
            Tool::Idle | Tool::Pointing(_) | Tool::Pressing(_) | Tool::Panning | Tool::Brushing { .. } => {}
        }
    }

    fn drop_touchpoints(&mut self, moving: &Moving) {
        let Some(mark) = &moving.mark else {
            self.document.cancel();
            return;
        };
        let mut copies = Vec::new();
        let result = self.document.preview(|map| {
            let mut ids = moving.ids.clone();
            let mut grabbed = moving.grabbed.clone();
            if moving.copy {
                copies = duplicate_touchpoints(map, &ids)?;
                if let Some(place) = ids.iter().position(|id| *id == grabbed) {
                    grabbed = copies[place].clone();
                }
                ids.clone_from(&copies);
            }
            move_touchpoints(map, &grabbed, &ids, &mark.drop)
        });
        match result {
            Ok(()) => {
                let what = if moving.copy { "copy" } else { "move" };
                self.document.commit(format!("{what} of {}", count(moving.ids.len())));
                if moving.copy {
                    self.document.select(copies.into_iter().map(Element::Touchpoint));
                }
            }
            Err(err) => {
                self.document.cancel();
                self.notice = Some(err.to_string());
            }
        }
    }

    /// Gives up the gesture under way.
    pub fn cancel_gesture(&mut self) {
        if !matches!(
            self.tool,
            Tool::Idle | Tool::Pointing(_) | Tool::Pressing(_) | Tool::Panning | Tool::Brushing { .. }
        ) {
            self.document.cancel();
        }
        self.tool = Tool::Idle;
    }
}

/// `touchpoint` or `3 touchpoints`.
pub(super) fn count(n: usize) -> String {
    if n == 1 { "touchpoint".into() } else { format!("{n} touchpoints") }
}
