//! Makes a plan come true, as one edit.

use super::paste::{Plan, Planned, Row, StagePlace, Thing};
use crate::edit::{self, EditError, EditResult, Selection, StageDraft};
use crate::model::{Annotation, Element, Host, JourneyMap, LaneId, StageId, StepId, Touchpoint, TouchpointId};

/// Puts everything of `plan` on the map for which it was made; returns what came to be, in that order.
///
/// # Errors
/// When the map is another by now and a place of the plan is gone or locked.
pub fn apply(map: &mut JourneyMap, plan: &Plan) -> EditResult<Vec<Element>> {
    let old_stages: Vec<StageId> = map.stages.iter().map(|stage| stage.id.clone()).collect();
    let steps = make_columns(map, plan)?;
    let lanes = make_rows(map, plan)?;
    let cards = add_touchpoints(map, plan, &steps, &lanes)?;
    let annotations = hang_on(map, plan, &steps, &cards)?;
    let mut made: Vec<Element> = cards.into_iter().map(|(_, id)| Element::Touchpoint(id)).collect();
    made.extend(annotations);
    let mut spare: Selection = plan.drop_lanes.iter().cloned().map(Element::Lane).collect();
    if plan.drop_stages {
        spare.extend(old_stages.into_iter().map(Element::Stage));
    }
    if !spare.is_empty() {
        edit::delete_elements(map, &spare)?;
    }
    Ok(made)
}

/// The step of each column.
fn make_columns(map: &mut JourneyMap, plan: &Plan) -> EditResult<Vec<StepId>> {
    let mut new_steps = Vec::new();
    for (at, name) in plan.stages.iter().enumerate() {
        let steps = plan.columns.iter().filter(|c| c.stage == StagePlace::New(at)).count();
        let draft = StageDraft { name: name.clone(), steps };
        let id = edit::add_stage(map, map.stages.len(), &draft)?;
        let stage = map.stage(&id).ok_or(EditError::Gone)?;
        new_steps.push(stage.steps.iter().map(|step| step.id.clone()).collect::<Vec<_>>().into_iter());
    }
    let mut steps = Vec::with_capacity(plan.columns.len());
    for column in &plan.columns {
        steps.push(match (&column.stage, &column.step) {
            (_, Some(step)) => map.step(step).ok_or(EditError::Gone)?.id.clone(),
            (StagePlace::New(at), None) => new_steps.get_mut(*at).and_then(Iterator::next).ok_or(EditError::Gone)?,
            (StagePlace::Existing(stage), None) => edit::add_step(map, stage, usize::MAX, "")?,
        });
    }
    Ok(steps)
}

/// The lane of each row; new ones come last, as the preview shows them.
fn make_rows(map: &mut JourneyMap, plan: &Plan) -> EditResult<Vec<LaneId>> {
    let below = map.lanes.len();
    let mut new_lanes = Vec::new();
    for (at, (name, kind)) in plan.lanes.iter().enumerate() {
        new_lanes.push(edit::add_lane(map, below + at, name, *kind)?);
    }
    let lane = |row: &Row| match row {
        Row::Existing(id) => map.lane(id).map(|lane| lane.id.clone()),
        Row::New(at) => new_lanes.get(*at).cloned(),
    };
    plan.rows.iter().map(|row| lane(row).ok_or(EditError::Gone)).collect()
}

/// The touchpoints that came to be, with their columns.
fn add_touchpoints(
    map: &mut JourneyMap,
    plan: &Plan,
    steps: &[StepId],
    lanes: &[LaneId],
) -> EditResult<Vec<(usize, TouchpointId)>> {
    let planned: Vec<&Planned> = plan.planned.iter().filter(|p| p.thing == Thing::Touchpoint).collect();
    let touchpoint = |p: &&Planned| Touchpoint::new("", steps[p.column].clone(), p.text.as_str());
    let ids = edit::add_touchpoints(map, planned.iter().map(|p| (lanes[p.row].clone(), touchpoint(p))))?;
    Ok(planned.iter().map(|p| p.column).zip(ids).collect())
}

/// Hangs annotations, emotions and channels on the first pasted touchpoint of their step, or else on what is there.
fn hang_on(
    map: &mut JourneyMap,
    plan: &Plan,
    steps: &[StepId],
    cards: &[(usize, TouchpointId)],
) -> EditResult<Vec<Element>> {
    let mut made = Vec::new();
    for planned in &plan.planned {
        let step = &steps[planned.column];
        let pasted = cards.iter().find(|(column, _)| *column == planned.column).map(|(_, id)| id.clone());
        match planned.thing {
            Thing::Annotation(kind) => made.push(Element::Annotation(match pasted {
                Some(id) => {
                    let annotation = Annotation::new(kind, planned.text.as_str());
                    edit::add_annotation(map, &Host::Touchpoint(id), annotation)?
                }
                None => edit::hang_annotation(map, step, kind, &planned.text)?,
            })),
            Thing::Emotion(emotion) => {
                let first = || map.lanes.iter().find_map(|lane| lane.cell(step).next()).map(|t| t.id.clone());
                let id = pasted.or_else(first).ok_or(EditError::Gone)?;
                edit::update_touchpoint(map, &id, |t| t.emotion = Some(emotion))?;
            }
            Thing::Channels => {
                let first = || map.lanes.iter().find_map(|lane| lane.cell(step).next()).map(|t| t.id.clone());
                let id = pasted.or_else(first).ok_or(EditError::Gone)?;
                let names = planned.text.split([',', '،', ';', '\n']).map(str::trim).filter(|name| !name.is_empty());
                edit::update_touchpoint(map, &id, |t| {
                    for name in names {
                        if t.channels.iter().all(|known| known != name) {
                            t.channels.push(name.to_owned());
                        }
                    }
                })?;
            }
            Thing::Touchpoint | Thing::Nothing => {}
        }
    }
    Ok(made)
}
