//! A whole map put onto another one: what pasting a journey does.

use std::collections::HashMap;
use std::sync::Arc;

use super::paste::is_blank;
use super::{Anchor, MapFormat};
use crate::edit::{self, EditError, EditResult, Selection, StageDraft};
use crate::model::{
    Element, JourneyMap, Lane, LaneId, LaneKind, Language, Persona, PersonaId, ReadyLane, StepId, Touchpoint,
    TouchpointId, fresh_id,
};

/// The format of a whole map that a pasted text is, where nothing else would be made of it.
pub fn pasted_format(text: &str) -> Option<MapFormat> {
    if super::mermaid::is_journey(text) {
        return Some(MapFormat::Mermaid);
    }
    if super::Clip::read(text).is_some() {
        return None;
    }
    // Headings alone are words like others.
    let look = super::look_at_table(text.as_bytes(), &super::Reading::default()).ok()?;
    (look.form == MapFormat::Long && look.count > 0 && look.headings.len() > 1).then_some(MapFormat::Long)
}

/// Puts the stages of `other` with all that stands in them behind those of `map`, or in the place of those of a map in
/// which nothing stands; gives the touchpoints.
///
/// # Errors
/// When the structure is locked.
pub fn join(map: &mut JourneyMap, other: &JourneyMap, anchor: &Anchor) -> EditResult<Vec<TouchpointId>> {
    let old: Selection = match is_blank(map) {
        true => map.stages.iter().map(|stage| Element::Stage(stage.id.clone())).collect(),
        false => Selection::default(),
    };
    if !old.is_empty() && !other.title.is_empty() {
        map.title.clone_from(&other.title);
        map.subtitle.clone_from(&other.subtitle);
    }
    let personas = personas(map, other);
    let steps = stages(map, other)?;
    let mut lanes: HashMap<LaneId, LaneId> = HashMap::new();
    let mut new = Vec::new();
    for (lane, touchpoint) in other.touchpoints() {
        let target = match lanes.get(&lane.id) {
            Some(target) => target.clone(),
            None => {
                let target = lane_for(map, lane, anchor)?;
                lanes.insert(lane.id.clone(), target.clone());
                target
            }
        };
        let step = steps.get(&touchpoint.step).ok_or(EditError::Gone)?.clone();
        let of = |id: &PersonaId| personas.get(id).cloned().unwrap_or_else(|| id.clone());
        let emotions = touchpoint.emotions.iter().map(|(id, emotion)| (of(id), *emotion)).collect();
        let importance = touchpoint.importance.iter().map(|(id, level)| (of(id), *level)).collect();
        new.push((target, Touchpoint { step, emotions, importance, ..(**touchpoint).clone() }));
    }
    let ids = edit::add_touchpoints(map, new)?;
    if !old.is_empty() {
        edit::delete_elements(map, &old)?;
    }
    Ok(ids)
}

/// The persona of the map for each of the other's, by name; one that is not there comes along.
fn personas(map: &mut JourneyMap, other: &JourneyMap) -> HashMap<PersonaId, PersonaId> {
    let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
    let mut found = HashMap::new();
    for persona in &other.personas {
        let known = map.personas.iter().find(|own| same(&own.name, &persona.name)).map(|own| own.id.clone());
        let id = known.unwrap_or_else(|| {
            let taken = |id: &str| map.personas.iter().any(|own| own.id.as_str() == id);
            let id = PersonaId::from(fresh_id(&persona.name, "persona", taken));
            map.personas.push(Arc::new(Persona { id: id.clone(), ..(**persona).clone() }));
            id
        });
        found.insert(persona.id.clone(), id);
    }
    found
}

/// Makes the stages; gives the step of the map for each of the other's.
fn stages(map: &mut JourneyMap, other: &JourneyMap) -> EditResult<HashMap<StepId, StepId>> {
    let mut steps = HashMap::new();
    for stage in &other.stages {
        let draft = StageDraft { name: stage.name.clone(), steps: stage.steps.len() };
        let id = edit::add_stage(map, map.stages.len(), &draft)?;
        let made: Vec<StepId> =
            map.stage(&id).ok_or(EditError::Gone)?.steps.iter().map(|step| step.id.clone()).collect();
        for (step, made) in stage.steps.iter().zip(made) {
            edit::update_step(map, &made, |own| {
                own.name.clone_from(&step.name);
                own.annotations.clone_from(&step.annotations);
            })?;
            steps.insert(step.id.clone(), made);
        }
    }
    Ok(steps)
}

/// The lane of the map that takes what stands in `lane`: the one of its name, or else the selected one, or else the
/// first.
fn lane_for(map: &mut JourneyMap, lane: &Lane, anchor: &Anchor) -> EditResult<LaneId> {
    let mut open = map.lanes.iter().filter(|own| own.kind == LaneKind::Touchpoints);
    let named = open.clone().find(|own| own.name.trim() == lane.name.trim());
    let is_plain = Language::ALL.iter().any(|language| lane.name == ReadyLane::Touchpoints.name(*language));
    let selected = open.clone().find(|own| Some(&own.id) == anchor.lane.as_ref()).filter(|_| is_plain);
    let first = open.next().filter(|_| is_plain);
    match selected.or(named).or(first) {
        Some(own) => Ok(own.id.clone()),
        None => edit::add_lane(map, map.lanes.len(), &lane.name, LaneKind::Touchpoints),
    }
}
