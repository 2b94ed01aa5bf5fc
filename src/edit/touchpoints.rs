//! Adding, moving, copying and changing touchpoints.

use std::collections::HashSet;
use std::sync::Arc;

use super::structure::insert_step;
use super::{EditError, EditResult};
use crate::model::{JourneyMap, LaneId, LaneKind, StageId, StepId, Touchpoint, TouchpointId, fresh_id};

/// The id of a touchpoint that is being typed for the first time; [`name_pending`] gives it a real one.
pub const PENDING_ID: &str = "\u{2026}";

/// Where touchpoints are dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drop {
    /// Into a cell, before its `index`-th touchpoint (those that are moved not counted).
    Cell {
        /// The row; must hold touchpoints.
        lane: LaneId,
        /// The column.
        step: StepId,
        /// The place in the stack.
        index: usize,
    },
    /// Between two columns: a new step is made there.
    NewStep {
        /// The row; must hold touchpoints.
        lane: LaneId,
        /// The stage that gets the step.
        stage: StageId,
        /// The new step's place in the stage.
        at: usize,
    },
}

/// Puts `touchpoint` into `lane`, before the `index`-th of its cell.
///
/// # Errors
/// When the lane is gone or does not hold touchpoints.
pub fn add_touchpoint(map: &mut JourneyMap, lane: &LaneId, index: usize, touchpoint: Touchpoint) -> EditResult {
    insert(map, lane, index, Arc::new(touchpoint))
}

/// Puts each touchpoint at the bottom of its cell; one whose id is empty or taken gets another. Returns the ids.
///
/// # Errors
/// When a lane is gone or does not hold touchpoints.
pub fn add_touchpoints(
    map: &mut JourneyMap,
    touchpoints: impl IntoIterator<Item = (LaneId, Touchpoint)>,
) -> EditResult<Vec<TouchpointId>> {
    let mut taken: HashSet<TouchpointId> = map.touchpoints().map(|(_, t)| t.id.clone()).collect();
    let mut ids = Vec::new();
    for (lane, mut touchpoint) in touchpoints {
        if touchpoint.id.as_str().is_empty() || taken.contains(&touchpoint.id) {
            touchpoint.id = fresh_id(&touchpoint.title, "touchpoint", |id| taken.contains(id)).into();
        }
        map.step(&touchpoint.step).ok_or(EditError::Gone)?;
        taken.insert(touchpoint.id.clone());
        ids.push(touchpoint.id.clone());
        insert(map, &lane, usize::MAX, Arc::new(touchpoint))?;
    }
    Ok(ids)
}

/// Gives the touchpoint that was just typed an id made from its title, or removes it if it says nothing.
///
/// Returns the id; `None` if there was no such touchpoint or it was empty.
pub fn name_pending(map: &mut JourneyMap) -> Option<TouchpointId> {
    let pending = TouchpointId::from(PENDING_ID);
    let title = map.touchpoint(&pending)?.1.title.clone();
    if title.trim().is_empty() {
        take(map, std::slice::from_ref(&pending));
        return None;
    }
    let id = fresh_touchpoint_id(map, &title);
    // The look-up above found it.
    update_touchpoint(map, &pending, |t| t.id = id.clone()).ok()?;
    Some(id)
}

/// Changes one touchpoint.
///
/// # Errors
/// When it is gone.
pub fn update_touchpoint(map: &mut JourneyMap, id: &TouchpointId, change: impl FnOnce(&mut Touchpoint)) -> EditResult {
    for lane in &mut map.lanes {
        if let Some(place) = lane.touchpoints.iter().position(|t| t.id == *id) {
            change(Arc::make_mut(&mut Arc::make_mut(lane).touchpoints[place]));
            return Ok(());
        }
    }
    Err(EditError::Gone)
}

/// Moves `ids` so that `grabbed`, one of them, lands at `target`; the others keep their distance to it
/// in columns and touchpoint lanes, as far as the map goes.
///
/// Touchpoints that come from the cell of `grabbed` stay together with it, in their order.
///
/// # Errors
/// When `grabbed`, the lane or the column is gone, when the lane does not hold touchpoints, or when a
/// step would have to be made in a locked structure.
pub fn move_touchpoints(
    map: &mut JourneyMap,
    grabbed: &TouchpointId,
    ids: &[TouchpointId],
    target: &Drop,
) -> EditResult {
    let (from_lane, from) = map.touchpoint(grabbed).ok_or(EditError::Gone)?;
    let home = (from_lane.id.clone(), from.step.clone());
    let (lane, step, index) = resolve(map, target)?;
    let grid = Grid::of(map);
    let shift = grid.shift((&home.0, &home.1), (&lane, &step)).ok_or(EditError::NotATouchpointLane)?;
    let taken = take(map, ids);
    let mut next_index = index;
    for (from_lane, touchpoint) in taken {
        let mut moved = touchpoint;
        if (&from_lane, &moved.step) == (&home.0, &home.1) {
            Arc::make_mut(&mut moved).step = step.clone();
            insert(map, &lane, next_index, moved)?;
            next_index = next_index.saturating_add(1);
        } else {
            let (to_lane, to_step) = grid.shifted(&from_lane, &moved.step, shift).ok_or(EditError::Gone)?;
            if moved.step != to_step {
                Arc::make_mut(&mut moved).step = to_step;
            }
            insert(map, &to_lane, usize::MAX, moved)?;
        }
    }
    Ok(())
}

/// Copies `ids`, each below its original; returns the ids of the copies.
///
/// # Errors
/// When none of them is on the map.
pub fn duplicate_touchpoints(map: &mut JourneyMap, ids: &[TouchpointId]) -> EditResult<Vec<TouchpointId>> {
    let mut copies = Vec::new();
    for id in ids {
        let Some((lane, original)) = map.touchpoint(id) else { continue };
        let lane = lane.id.clone();
        let mut copy = (**original).clone();
        copy.id = fresh_touchpoint_id(map, &copy.title);
        copies.push(copy.id.clone());
        let place = map.lane(&lane).and_then(|l| l.cell(&copy.step).position(|t| t.id == *id)).unwrap_or(0);
        insert(map, &lane, place + 1, Arc::new(copy))?;
    }
    if copies.is_empty() { Err(EditError::Gone) } else { Ok(copies) }
}

/// An id for a touchpoint called `title` that the map does not know.
pub(super) fn fresh_touchpoint_id(map: &JourneyMap, title: &str) -> TouchpointId {
    let taken: HashSet<&str> = map.touchpoints().map(|(_, t)| t.id.as_str()).collect();
    fresh_id(title, "touchpoint", |id| taken.contains(id)).into()
}

/// Lane, column and place in the stack of `target`; makes the step where it asks for one.
fn resolve(map: &mut JourneyMap, target: &Drop) -> EditResult<(LaneId, StepId, usize)> {
    match target {
        Drop::Cell { lane, step, index } => {
            map.step(step).ok_or(EditError::Gone)?;
            Ok((lane.clone(), step.clone(), *index))
        }
        Drop::NewStep { lane, stage, at } => Ok((lane.clone(), insert_step(map, stage, *at, "")?, 0)),
    }
}

/// Takes `ids` out of the map, in journey order, with the lanes they were in.
fn take(map: &mut JourneyMap, ids: &[TouchpointId]) -> Vec<(LaneId, Arc<Touchpoint>)> {
    // Sorted, not hashed: a drag of one card asks this of every touchpoint of the map in each frame.
    let mut ids: Vec<&TouchpointId> = ids.iter().collect();
    ids.sort_unstable();
    ids.dedup();
    let is_wanted = |touchpoint: &Arc<Touchpoint>| ids.binary_search(&&touchpoint.id).is_ok();
    let mut taken = Vec::with_capacity(ids.len());
    for lane in &mut map.lanes {
        if taken.len() == ids.len() {
            break;
        }
        let Some(first) = lane.touchpoints.iter().position(is_wanted) else { continue };
        let lane = Arc::make_mut(lane);
        let id = &lane.id;
        taken.extend(lane.touchpoints.extract_if(first.., |t| is_wanted(t)).map(|t| (id.clone(), t)));
    }
    taken
}

fn insert(map: &mut JourneyMap, lane: &LaneId, index: usize, touchpoint: Arc<Touchpoint>) -> EditResult {
    let lane = map.lanes.iter_mut().find(|l| l.id == *lane).ok_or(EditError::Gone)?;
    if lane.kind != LaneKind::Touchpoints {
        return Err(EditError::NotATouchpointLane);
    }
    let lane = Arc::make_mut(lane);
    let mut of_cell = lane.touchpoints.iter().enumerate().filter(|(_, t)| t.step == touchpoint.step).map(|(i, _)| i);
    let place = of_cell.nth(index).unwrap_or(lane.touchpoints.len());
    lane.touchpoints.insert(place, touchpoint);
    Ok(())
}

/// The columns and touchpoint lanes of a map, by number.
struct Grid {
    steps: Vec<StepId>,
    lanes: Vec<LaneId>,
}

impl Grid {
    fn of(map: &JourneyMap) -> Self {
        Self {
            steps: map.steps().map(|(_, step)| step.id.clone()).collect(),
            lanes: map.lanes.iter().filter(|l| l.kind == LaneKind::Touchpoints).map(|l| l.id.clone()).collect(),
        }
    }

    fn place(&self, lane: &LaneId, step: &StepId) -> Option<(isize, isize)> {
        let column = self.steps.iter().position(|s| s == step)?;
        let row = self.lanes.iter().position(|l| l == lane)?;
        Some((column as isize, row as isize))
    }

    fn shift(&self, from: (&LaneId, &StepId), to: (&LaneId, &StepId)) -> Option<(isize, isize)> {
        let (a, b) = (self.place(from.0, from.1)?, self.place(to.0, to.1)?);
        Some((b.0 - a.0, b.1 - a.1))
    }

    fn shifted(&self, lane: &LaneId, step: &StepId, by: (isize, isize)) -> Option<(LaneId, StepId)> {
        let (column, row) = self.place(lane, step)?;
        let clamp = |n: isize, len: usize| n.clamp(0, len as isize - 1) as usize;
        Some((
            self.lanes[clamp(row + by.1, self.lanes.len())].clone(),
            self.steps[clamp(column + by.0, self.steps.len())].clone(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::generate;

    fn cell(map: &JourneyMap, lane: &str, step: &str) -> Vec<String> {
        let lane = map.lane(&lane.into()).unwrap();
        lane.cell(&step.into()).map(|t| t.id.to_string()).collect()
    }

    #[test]
    fn a_touchpoint_moves_to_its_place_in_another_cell() {
        let mut map = generate(2, 2, 2);
        let id: TouchpointId = "t-1-1".into();
        let target = Drop::Cell { lane: "lane-2".into(), step: "step-2-1".into(), index: 1 };
        move_touchpoints(&mut map, &id, std::slice::from_ref(&id), &target).unwrap();
        assert_eq!(cell(&map, "lane-2", "step-2-1"), ["t-2-3", "t-1-1"]);
        assert!(cell(&map, "lane-1", "step-1-1").is_empty());
        let target = Drop::Cell { lane: "lane-2".into(), step: "step-2-1".into(), index: 0 };
        move_touchpoints(&mut map, &id, std::slice::from_ref(&id), &target).unwrap();
        assert_eq!(cell(&map, "lane-2", "step-2-1"), ["t-1-1", "t-2-3"]);
    }

    #[test]
    fn several_keep_their_distance() {
        let mut map = generate(2, 2, 2);
        let ids = ["t-1-1".into(), "t-1-2".into()];
        let target = Drop::Cell { lane: "lane-2".into(), step: "step-1-2".into(), index: 0 };
        move_touchpoints(&mut map, &ids[0], &ids, &target).unwrap();
        assert_eq!(cell(&map, "lane-2", "step-1-2"), ["t-1-1", "t-2-2"]);
        assert_eq!(cell(&map, "lane-2", "step-2-1"), ["t-2-3", "t-1-2"]);
    }

    #[test]
    fn a_drop_between_columns_makes_a_step() {
        let mut map = generate(2, 1, 1);
        let id: TouchpointId = "t-1-2".into();
        let target = Drop::NewStep { lane: "lane-1".into(), stage: "stage-1".into(), at: 1 };
        move_touchpoints(&mut map, &id, std::slice::from_ref(&id), &target).unwrap();
        let step = map.stages[0].steps[1].id.clone();
        assert_eq!(cell(&map, "lane-1", step.as_str()), ["t-1-2"]);
        assert_eq!(map.problems(), []);
    }

    #[test]
    fn a_lane_that_only_shows_things_takes_no_touchpoint() {
        let mut map = generate(1, 1, 1);
        let id: TouchpointId = "t-1-1".into();
        let target = Drop::Cell { lane: "emotion".into(), step: "step-1-1".into(), index: 0 };
        let result = move_touchpoints(&mut map, &id, std::slice::from_ref(&id), &target);
        assert_eq!(result, Err(EditError::NotATouchpointLane));
    }

    #[test]
    fn a_pending_touchpoint_gets_its_id_from_its_title() {
        let mut map = generate(1, 1, 1);
        let new = Touchpoint::new(PENDING_ID, "step-1-1", "Pays by card");
        add_touchpoint(&mut map, &"lane-1".into(), 0, new).unwrap();
        assert_eq!(name_pending(&mut map), Some("pays-by-card".into()));
        let empty = Touchpoint::new(PENDING_ID, "step-1-1", " ");
        add_touchpoint(&mut map, &"lane-1".into(), 0, empty).unwrap();
        assert_eq!(name_pending(&mut map), None);
        assert_eq!(map.touchpoints().count(), 2);
    }
}
