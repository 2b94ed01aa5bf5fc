//! A part of a map, as a map of its own.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::{DeckError, Request, What};
use crate::model::{
    Direction, Element, Host, JourneyMap, Lane, LaneId, LaneKind, Language, PersonaId, StageId, StepId, Touchpoint,
    TouchpointId, fresh_id,
};

/// Which steps, lanes and touchpoints are drawn; all where nothing is said.
#[derive(Debug, Default)]
struct Kept {
    steps: Option<HashSet<StepId>>,
    lanes: Option<HashSet<LaneId>>,
}

/// The part of `map` that `request` asks for; the map itself where it asks for all of it.
pub(super) fn excerpt(
    map: &Arc<JourneyMap>,
    request: &Request,
    selection: &BTreeSet<Element>,
) -> Result<Arc<JourneyMap>, DeckError> {
    let mut kept = Kept { steps: steps(map, request)?, lanes: lanes(map, request)? };
    if request.what == What::Selection {
        kept.narrow(&selected(map, selection)?);
    }
    let personas = request.personas.as_ref().map(|names| personas(map, names)).transpose()?;
    let is_strip = request.what == What::Emotions;
    if kept.steps.is_none() && kept.lanes.is_none() && personas.is_none() && !is_strip {
        return Ok(Arc::clone(map));
    }
    let mut part = JourneyMap::clone(map);
    // A part reads as the whole does.
    part.direction = if map.is_rtl() { Direction::RightToLeft } else { Direction::LeftToRight };
    if let Some(steps) = &kept.steps {
        keep_steps(&mut part, map, steps);
    }
    if is_strip {
        kept.lanes = Some(strip(&mut part, map.language()));
    }
    if let Some(lanes) = &kept.lanes {
        keep_lanes(&mut part, lanes);
    }
    if let Some(personas) = personas {
        keep_personas(&mut part, &personas);
    }
    part.drop_lost_references();
    Ok(Arc::new(part))
}

impl Kept {
    /// Keeps only what `other` keeps too.
    fn narrow(&mut self, other: &Self) {
        fn both<T: Clone + Eq + std::hash::Hash>(a: &mut Option<HashSet<T>>, b: Option<&HashSet<T>>) {
            match (&mut *a, b) {
                (Some(a), Some(b)) => a.retain(|id| b.contains(id)),
                (None, Some(b)) => *a = Some(b.clone()),
                (_, None) => {}
            }
        }
        both(&mut self.steps, other.steps.as_ref());
        both(&mut self.lanes, other.lanes.as_ref());
    }
}

/// The index of the one called `name` among those with these ids and names: by id, then by name in any case.
fn find<'a>(
    what: &'static str,
    name: &str,
    all: impl Iterator<Item = (&'a str, &'a str)> + Clone,
) -> Result<usize, DeckError> {
    let folded = name.trim().to_lowercase();
    let by_id = all.clone().position(|(id, _)| id == name.trim());
    let found = by_id.or_else(|| all.clone().position(|(_, known)| known.trim().to_lowercase() == folded));
    found.ok_or_else(|| {
        let has = all.map(|(id, known)| if known.trim().is_empty() { id } else { known }.replace('\n', " "));
        DeckError::Unknown { what, name: name.trim().to_owned(), has: has.collect() }
    })
}

/// The places of the stages called so, by id or name; each once, in the order of the map.
///
/// # Errors
/// When the map has none that one of the names stands for.
pub fn stages_called(map: &JourneyMap, names: &[String]) -> Result<BTreeSet<usize>, DeckError> {
    let all = map.stages.iter().map(|stage| (stage.id.as_str(), stage.name.as_str()));
    names.iter().map(|name| find("stage", name, all.clone())).collect()
}

/// The places of the lanes called so, by id or name.
///
/// # Errors
/// When the map has none that one of the names stands for.
pub fn lanes_called(map: &JourneyMap, names: &[String]) -> Result<BTreeSet<usize>, DeckError> {
    let all = map.lanes.iter().map(|lane| (lane.id.as_str(), lane.name.as_str()));
    names.iter().map(|name| find("lane", name, all.clone())).collect()
}

/// The places of the personas called so, by id or name.
///
/// # Errors
/// When the map has none that one of the names stands for.
pub fn personas_called(map: &JourneyMap, names: &[String]) -> Result<BTreeSet<usize>, DeckError> {
    let all = map.personas.iter().map(|persona| (persona.id.as_str(), persona.name.as_str()));
    names.iter().map(|name| find("persona", name, all.clone())).collect()
}

/// The steps of the stages that are asked for.
fn steps(map: &JourneyMap, request: &Request) -> Result<Option<HashSet<StepId>>, DeckError> {
    if request.stages.is_empty() {
        return Ok(None);
    }
    let stages = stages_called(map, &request.stages)?;
    Ok(Some(stages.into_iter().flat_map(|at| map.stages[at].steps.iter().map(|step| step.id.clone())).collect()))
}

fn lanes(map: &JourneyMap, request: &Request) -> Result<Option<HashSet<LaneId>>, DeckError> {
    if request.lanes.is_empty() {
        return Ok(None);
    }
    Ok(Some(lanes_called(map, &request.lanes)?.into_iter().map(|at| map.lanes[at].id.clone()).collect()))
}

fn personas(map: &JourneyMap, names: &[String]) -> Result<HashSet<PersonaId>, DeckError> {
    Ok(personas_called(map, names)?.into_iter().map(|at| map.personas[at].id.clone()).collect())
}

/// The persona called `name`.
pub(super) fn persona(map: &JourneyMap, name: &str) -> Result<PersonaId, DeckError> {
    let at = find("persona", name, map.personas.iter().map(|p| (p.id.as_str(), p.name.as_str())))?;
    Ok(map.personas[at].id.clone())
}

/// The rows and columns of what is selected: stages and steps with all that is in them, lanes whole, and of single
/// things their row and column.
fn selected(map: &JourneyMap, selection: &BTreeSet<Element>) -> Result<Kept, DeckError> {
    let (mut steps, mut lanes) = (HashSet::new(), HashSet::new());
    let mut stage = |id: &StageId| {
        steps.extend(map.stage(id).iter().flat_map(|stage| stage.steps.iter().map(|step| step.id.clone())));
    };
    for element in selection {
        if let Element::Stage(id) | Element::Phase(id) = element {
            stage(id);
        }
    }
    for element in selection {
        match element {
            Element::Step(id) => drop(steps.insert(id.clone())),
            Element::Lane(id) | Element::LaneHint(id) => drop(lanes.insert(id.clone())),
            Element::Cell { step, lane } => {
                steps.insert(step.clone());
                lanes.insert(lane.clone());
            }
            _ => {
                if let Some((lane, touchpoint)) = host(element).and_then(|id| map.touchpoint(id)) {
                    steps.insert(touchpoint.step.clone());
                    lanes.insert(lane.id.clone());
                }
            }
        }
    }
    if steps.is_empty() && lanes.is_empty() {
        return Err(DeckError::NothingSelected);
    }
    let some = |is_empty: bool| !is_empty;
    Ok(Kept { steps: some(steps.is_empty()).then_some(steps), lanes: some(lanes.is_empty()).then_some(lanes) })
}

/// The touchpoint that an element belongs to.
fn host(element: &Element) -> Option<&TouchpointId> {
    match element {
        Element::Touchpoint(id) | Element::EmotionPoint(id) => Some(id),
        Element::Annotation(at) => match &at.host {
            Host::Touchpoint(id) => Some(id),
            Host::Step(_) => None,
        },
        _ => None,
    }
}

fn keep_steps(part: &mut JourneyMap, map: &JourneyMap, steps: &HashSet<StepId>) {
    let is_kept = |step: &StepId| steps.contains(step);
    let mut stages = Vec::new();
    for (index, stage) in map.stages.iter().enumerate() {
        let mut stage = crate::model::Stage::clone(stage);
        stage.steps.retain(|step| is_kept(&step.id));
        // The colour is by the place on the whole map.
        stage.accent = Some(map.accent(index));
        if !stage.steps.is_empty() {
            stages.push(Arc::new(stage));
        }
    }
    part.stages = stages;
    for lane in &mut part.lanes {
        if lane.touchpoints.iter().any(|t| !is_kept(&t.step)) {
            Arc::make_mut(lane).touchpoints.retain(|t| is_kept(&t.step));
        }
    }
}

/// Hides all other lanes, whose emotions stay on the curve, and shows these whatever the map does with them.
fn keep_lanes(part: &mut JourneyMap, lanes: &HashSet<LaneId>) {
    for lane in &mut part.lanes {
        let hidden = !lanes.contains(&lane.id);
        if lane.hidden != hidden || (lane.collapsed && !hidden) {
            let lane = Arc::make_mut(lane);
            lane.hidden = hidden;
            lane.collapsed &= hidden;
        }
    }
    let shown = part.lanes.iter().filter(|lane| !lane.hidden && !lane.collapsed);
    let shown: HashSet<TouchpointId> = shown.flat_map(|l| l.touchpoints.iter().map(|t| t.id.clone())).collect();
    // Links need room above the lanes, also those that are not drawn.
    part.links.retain(|link| shown.contains(&link.from) && shown.contains(&link.to));
}

/// The lanes of an emotion strip; a map without a curve gets one.
fn strip(part: &mut JourneyMap, language: Language) -> HashSet<LaneId> {
    let of_map: HashSet<LaneId> =
        part.lanes.iter().filter(|lane| lane.kind == LaneKind::Emotion).map(|lane| lane.id.clone()).collect();
    if !of_map.is_empty() {
        return of_map;
    }
    let id = fresh_id("emotion", "emotion", |id| part.lanes.iter().any(|lane| lane.id.as_str() == id));
    let lane = Lane::new(id, super::words::emotion(language), LaneKind::Emotion);
    let ids = [lane.id.clone()].into();
    part.lanes.push(Arc::new(lane));
    ids
}

/// Takes the curves of the other personas away. The personas stay: their colours go by their places.
fn keep_personas(part: &mut JourneyMap, personas: &HashSet<PersonaId>) {
    let names_other = |t: &Touchpoint| t.emotions.keys().any(|id| !personas.contains(id));
    for lane in &mut part.lanes {
        if lane.touchpoints.iter().any(|t| names_other(t)) {
            for touchpoint in Arc::make_mut(lane).touchpoints.iter_mut().filter(|t| names_other(t)) {
                Arc::make_mut(touchpoint).emotions.retain(|id, _| personas.contains(id));
            }
        }
    }
}
