//! Stages, steps and lanes: adding, moving, changing, deleting.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::touchpoints::fresh_touchpoint_id;
use super::{EditError, EditResult, Selection};
use crate::model::{
    Accent, AnnotationRef, Element, Host, JourneyMap, Lane, LaneId, LaneKind, Stage, StageId, Step, StepId, fresh_id,
};

/// What a new stage is called and how many steps it has.
#[derive(Clone, Debug)]
pub struct StageDraft {
    /// The header; may be empty.
    pub name: String,
    /// At least 1.
    pub steps: usize,
}

/// Adds a stage before the `at`-th; returns its id.
///
/// # Errors
/// When the structure is locked.
pub fn add_stage(map: &mut JourneyMap, at: usize, draft: &StageDraft) -> EditResult<StageId> {
    unlocked(map)?;
    let id: StageId = fresh_id(&draft.name, "stage", |id| map.stage(&id.into()).is_some()).into();
    // A stage inside a phase belongs to it.
    let at = at.min(map.stages.len());
    let phase = match (at.checked_sub(1).and_then(|i| map.stages.get(i)), map.stages.get(at)) {
        (Some(before), Some(after)) if before.phase == after.phase => before.phase.clone(),
        _ => String::new(),
    };
    let accent = accent_between(map, at);
    let (name, words) = (draft.name.clone(), String::new());
    let stage = Stage { id: id.clone(), name, words, phase, accent, steps: Vec::new() };
    keep_accents(map, |map| map.stages.insert(at, Arc::new(stage)));
    for n in 0..draft.steps.max(1) {
        insert_step(map, &id, n, "")?;
    }
    Ok(id)
}

/// Changes the stages; those that have their accent by their place keep it where they land.
fn keep_accents(map: &mut JourneyMap, change: impl FnOnce(&mut JourneyMap)) {
    let before: HashMap<StageId, Accent> =
        map.stages.iter().enumerate().map(|(at, stage)| (stage.id.clone(), map.accent(at))).collect();
    change(map);
    for at in 0..map.stages.len() {
        let now = map.accent(at);
        if let Some(accent) = before.get(&map.stages[at].id).filter(|accent| **accent != now) {
            Arc::make_mut(&mut map.stages[at]).accent = Some(*accent);
        }
    }
}

/// The accent of a new `at`-th stage, unlike those beside it; at the end that of its place, if it is.
fn accent_between(map: &JourneyMap, at: usize) -> Option<Accent> {
    let last = map.stages.len();
    let beside: Vec<Accent> =
        at.checked_sub(1).into_iter().chain([at]).filter(|at| *at < last).map(|at| map.accent(at)).collect();
    let accent = (last..last + Accent::ALL.len()).map(Accent::nth).find(|accent| !beside.contains(accent))?;
    (at < last || accent != Accent::nth(at)).then_some(accent)
}

/// Adds a step to a stage, before its `at`-th; returns its id.
///
/// # Errors
/// When the stage is gone or the structure is locked.
pub fn add_step(map: &mut JourneyMap, stage: &StageId, at: usize, name: &str) -> EditResult<StepId> {
    insert_step(map, stage, at, name)
}

pub(super) fn insert_step(map: &mut JourneyMap, stage: &StageId, at: usize, name: &str) -> EditResult<StepId> {
    unlocked(map)?;
    let owner = map.stage(stage).ok_or(EditError::Gone)?;
    let base = if name.is_empty() { owner.id.as_str() } else { name };
    let id: StepId = fresh_id(base, "step", |id| map.step(&id.into()).is_some()).into();
    let step = Step { id: id.clone(), name: name.to_owned(), width: None, annotations: Vec::new() };
    let stage = stage_mut(map, stage)?;
    let at = at.min(stage.steps.len());
    stage.steps.insert(at, Arc::new(step));
    Ok(id)
}

/// Adds a lane before the `at`-th; returns its id.
///
/// # Errors
/// When the structure is locked.
pub fn add_lane(map: &mut JourneyMap, at: usize, name: &str, kind: LaneKind) -> EditResult<LaneId> {
    unlocked(map)?;
    let id = fresh_id(name, "lane", |id| map.lane(&id.into()).is_some());
    let at = at.min(map.lanes.len());
    map.lanes.insert(at, Arc::new(Lane::new(id.clone(), name, kind)));
    Ok(id.into())
}

/// Moves a stage so that it becomes the `to`-th.
///
/// # Errors
/// When it is gone or the structure is locked.
pub fn move_stage(map: &mut JourneyMap, id: &StageId, to: usize) -> EditResult {
    unlocked(map)?;
    let from = map.stages.iter().position(|s| s.id == *id).ok_or(EditError::Gone)?;
    let to = to.min(map.stages.len() - 1);
    keep_accents(map, |map| {
        let stage = map.stages.remove(from);
        map.stages.insert(to, stage);
    });
    Ok(())
}

/// Moves a step to the `at`-th place of `stage`; a stage that loses its last step goes away.
///
/// # Errors
/// When either is gone or the structure is locked.
pub fn move_step(map: &mut JourneyMap, id: &StepId, stage: &StageId, at: usize) -> EditResult {
    unlocked(map)?;
    map.stage(stage).ok_or(EditError::Gone)?;
    let (owner, step) =
        map.steps().find(|(_, s)| s.id == *id).map(|(i, s)| (i, Arc::clone(s))).ok_or(EditError::Gone)?;
    Arc::make_mut(&mut map.stages[owner]).steps.retain(|s| s.id != *id);
    let target = stage_mut(map, stage)?;
    let at = at.min(target.steps.len());
    target.steps.insert(at, step);
    keep_accents(map, |map| map.stages.retain(|s| !s.steps.is_empty()));
    map.drop_lost_references();
    Ok(())
}

/// Moves a lane so that it becomes the `to`-th.
///
/// # Errors
/// When it is gone or the structure is locked.
pub fn move_lane(map: &mut JourneyMap, id: &LaneId, to: usize) -> EditResult {
    unlocked(map)?;
    let from = map.lanes.iter().position(|l| l.id == *id).ok_or(EditError::Gone)?;
    let lane = map.lanes.remove(from);
    let to = to.min(map.lanes.len());
    map.lanes.insert(to, lane);
    Ok(())
}

/// Changes name, accent or steps of a stage.
///
/// # Errors
/// When it is gone or the structure is locked.
pub fn update_stage(map: &mut JourneyMap, id: &StageId, change: impl FnOnce(&mut Stage)) -> EditResult {
    unlocked(map)?;
    change(stage_mut(map, id)?);
    Ok(())
}

/// Renames the phase that begins with the stage `first`, for all neighbours that share it; an empty name
/// takes it away.
///
/// # Errors
/// When the stage is gone or the structure is locked.
pub fn set_phase(map: &mut JourneyMap, first: &StageId, name: &str) -> EditResult {
    unlocked(map)?;
    let at = map.stages.iter().position(|s| s.id == *first).ok_or(EditError::Gone)?;
    let old = map.stages[at].phase.clone();
    let shared = if old.is_empty() { 1 } else { map.stages[at..].iter().take_while(|s| s.phase == old).count() };
    for stage in &mut map.stages[at..at + shared] {
        Arc::make_mut(stage).phase = name.to_owned();
    }
    Ok(())
}

/// Changes name or width of a step.
///
/// # Errors
/// When it is gone or the structure is locked.
pub fn update_step(map: &mut JourneyMap, id: &StepId, change: impl FnOnce(&mut Step)) -> EditResult {
    unlocked(map)?;
    change(step_mut(map, id)?);
    Ok(())
}

/// Changes a lane's name, hint or how it is shown.
///
/// # Errors
/// When it is gone or the structure is locked.
pub fn update_lane(map: &mut JourneyMap, id: &LaneId, change: impl FnOnce(&mut Lane)) -> EditResult {
    unlocked(map)?;
    let lane = map.lanes.iter_mut().find(|l| l.id == *id).ok_or(EditError::Gone)?;
    change(Arc::make_mut(lane));
    Ok(())
}

/// Copies a stage with its steps and touchpoints, behind the original; returns the copy's id.
///
/// # Errors
/// When it is gone or the structure is locked.
pub fn duplicate_stage(map: &mut JourneyMap, id: &StageId) -> EditResult<StageId> {
    let at = map.stages.iter().position(|s| s.id == *id).ok_or(EditError::Gone)?;
    let original = Arc::clone(&map.stages[at]);
    let copy = add_stage(map, at + 1, &StageDraft { name: original.name.clone(), steps: original.steps.len() })?;
    let new_steps: Vec<StepId> = map.stages[at + 1].steps.iter().map(|s| s.id.clone()).collect();
    for (old, new) in original.steps.iter().zip(&new_steps) {
        let step = step_mut(map, new)?;
        step.name.clone_from(&old.name);
        step.width = old.width;
        step.annotations.clone_from(&old.annotations);
        for lane in 0..map.lanes.len() {
            let copies: Vec<_> = map.lanes[lane].cell(&old.id).map(|t| (**t).clone()).collect();
            for mut touchpoint in copies {
                touchpoint.id = fresh_touchpoint_id(map, &touchpoint.title);
                touchpoint.step = new.clone();
                Arc::make_mut(&mut map.lanes[lane]).touchpoints.push(Arc::new(touchpoint));
            }
        }
    }
    Ok(copy)
}

/// Deletes what is selected: touchpoints, annotations, emotions, stages, steps and lanes with all they hold.
///
/// A stage goes with its last step; texts and cells among the elements are passed over.
///
/// # Errors
/// When stages, steps or lanes are among them and the structure is locked, or when no stage or no lane
/// would be left.
pub fn delete_elements(map: &mut JourneyMap, elements: &Selection) -> EditResult {
    let is_structure = |e: &Element| matches!(e, Element::Stage(_) | Element::Step(_) | Element::Lane(_));
    if elements.iter().any(is_structure) {
        unlocked(map)?;
    }
    delete_annotations(map, elements)?;
    let mut index = 0;
    map.links.retain(|_| {
        index += 1;
        !elements.contains(&Element::Link(index - 1))
    });
    for lane in &mut map.lanes {
        let doomed = |t: &crate::model::Touchpoint| elements.contains(&Element::Touchpoint(t.id.clone()));
        if lane.touchpoints.iter().any(|t| doomed(t)) {
            Arc::make_mut(lane).touchpoints.retain(|t| !doomed(t));
        }
    }
    for element in elements {
        if let Element::EmotionPoint(id) = element {
            // Gone if its touchpoint was deleted above.
            let _ = super::update_touchpoint(map, id, |t| t.emotion = None);
        }
    }
    if elements.iter().any(is_structure) {
        delete_structure(map, elements)?;
    }
    map.drop_lost_references();
    Ok(())
}

fn delete_annotations(map: &mut JourneyMap, elements: &Selection) -> EditResult {
    // From the last to the first of each host, so that the indices stay right.
    for element in elements.iter().rev() {
        let Element::Annotation(AnnotationRef { host, index }) = element else { continue };
        match host {
            Host::Touchpoint(id) => super::update_touchpoint(map, id, |t| {
                if *index < t.annotations.len() {
                    t.annotations.remove(*index);
                }
            })?,
            Host::Step(id) => {
                let step = step_mut(map, id)?;
                if *index < step.annotations.len() {
                    step.annotations.remove(*index);
                }
            }
        }
    }
    Ok(())
}

fn delete_structure(map: &mut JourneyMap, elements: &Selection) -> EditResult {
    let doomed_stage = |s: &Stage| elements.contains(&Element::Stage(s.id.clone()));
    let doomed_step = |s: &Step| elements.contains(&Element::Step(s.id.clone()));
    for stage in &mut map.stages {
        if stage.steps.iter().any(|s| doomed_step(s)) {
            Arc::make_mut(stage).steps.retain(|s| !doomed_step(s));
        }
    }
    keep_accents(map, |map| map.stages.retain(|s| !doomed_stage(s) && !s.steps.is_empty()));
    map.lanes.retain(|l| !elements.contains(&Element::Lane(l.id.clone())));
    if map.stages.is_empty() {
        return Err(EditError::LastOne("stage"));
    }
    if map.lanes.is_empty() {
        return Err(EditError::LastOne("lane"));
    }
    let left: HashSet<StepId> = map.steps().map(|(_, s)| s.id.clone()).collect();
    for lane in &mut map.lanes {
        if lane.touchpoints.iter().any(|t| !left.contains(&t.step)) {
            Arc::make_mut(lane).touchpoints.retain(|t| left.contains(&t.step));
        }
    }
    Ok(())
}

fn unlocked(map: &JourneyMap) -> EditResult {
    if map.locked { Err(EditError::Locked) } else { Ok(()) }
}

fn stage_mut<'a>(map: &'a mut JourneyMap, id: &StageId) -> EditResult<&'a mut Stage> {
    map.stages.iter_mut().find(|s| s.id == *id).map(Arc::make_mut).ok_or(EditError::Gone)
}

pub(super) fn step_mut<'a>(map: &'a mut JourneyMap, id: &StepId) -> EditResult<&'a mut Step> {
    let (stage, step) = map
        .stages
        .iter()
        .enumerate()
        .find_map(|(i, stage)| stage.steps.iter().position(|s| s.id == *id).map(|j| (i, j)))
        .ok_or(EditError::Gone)?;
    Ok(Arc::make_mut(&mut Arc::make_mut(&mut map.stages[stage]).steps[step]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::generate;

    #[test]
    fn deleting_a_stage_takes_its_touchpoints_along() {
        let mut map = generate(3, 2, 2);
        delete_elements(&mut map, &Selection::from([Element::Stage("stage-2".into())])).unwrap();
        assert_eq!(map.touchpoints().count(), 8);
        assert_eq!(map.problems(), []);
    }

    #[test]
    fn the_last_stage_stays() {
        let mut map = generate(1, 1, 1);
        let all = Selection::from([Element::Stage("stage-1".into())]);
        assert_eq!(delete_elements(&mut map, &all), Err(EditError::LastOne("stage")));
    }

    #[test]
    fn a_stage_keeps_its_colour_when_it_moves() {
        let mut map = generate(3, 1, 1);
        let before = map.accent(0);
        move_stage(&mut map, &"stage-1".into(), 2).unwrap();
        assert_eq!(map.stages[2].id, "stage-1".into());
        assert_eq!(map.accent(2), before);
    }

    #[test]
    fn stages_keep_their_colours_when_one_comes_or_goes() {
        let mut map = generate(4, 1, 1);
        let colours = |map: &JourneyMap| (0..map.stages.len()).map(|at| map.accent(at)).collect::<Vec<_>>();
        let before = colours(&map);
        let draft = StageDraft { name: "New".into(), steps: 1 };
        let new = add_stage(&mut map, 1, &draft).unwrap();
        let after = colours(&map);
        assert_eq!([&after[..1], &after[2..]].concat(), before);
        assert!(!before[..2].contains(&after[1]), "the new one is unlike its neighbours");
        delete_elements(&mut map, &Selection::from([Element::Stage(new)])).unwrap();
        assert_eq!(colours(&map), before);
        delete_elements(&mut map, &Selection::from([Element::Step("step-1-1".into())])).unwrap();
        assert_eq!(colours(&map), before[1..]);
        add_stage(&mut map, 3, &draft).unwrap();
        assert_ne!(map.accent(3), map.accent(2));
        assert_eq!(map.stages[1].id, "stage-3".into());
    }

    #[test]
    fn a_stage_at_the_end_has_the_colour_of_its_place() {
        let mut map = generate(2, 1, 1);
        add_stage(&mut map, 2, &StageDraft { name: "New".into(), steps: 1 }).unwrap();
        assert_eq!(map.stages.iter().map(|s| s.accent).collect::<Vec<_>>(), [None; 3]);
    }

    #[test]
    fn a_stage_goes_with_its_last_step() {
        let mut map = generate(2, 1, 1);
        move_step(&mut map, &"step-1-1".into(), &"stage-2".into(), 0).unwrap();
        assert_eq!(map.stages.len(), 1);
        assert_eq!(map.steps().map(|(_, s)| s.id.to_string()).collect::<Vec<_>>(), ["step-1-1", "step-2-1"]);
        assert_eq!(map.problems(), []);
    }

    #[test]
    fn a_copied_stage_has_everything_under_new_ids() {
        let mut map = generate(2, 2, 2);
        duplicate_stage(&mut map, &"stage-1".into()).unwrap();
        assert_eq!(map.touchpoints().count(), 12);
        assert_eq!(map.problems(), []);
    }

    #[test]
    fn a_locked_structure_lets_touchpoints_go_but_not_lanes() {
        let mut map = generate(2, 1, 1);
        map.locked = true;
        assert_eq!(move_lane(&mut map, &"emotion".into(), 0), Err(EditError::Locked));
        delete_elements(&mut map, &Selection::from([Element::Touchpoint("t-1-1".into())])).unwrap();
        assert_eq!(map.touchpoints().count(), 1);
    }
}
