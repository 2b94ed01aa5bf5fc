//! A whole map put onto another one: what pasting a journey does.

use std::collections::HashMap;
use std::sync::Arc;

use super::draft::folded;
use super::paste::is_blank;
use super::{Anchor, MapFormat};
use crate::edit::{self, EditError, EditResult, Selection, StageDraft};
use crate::model::{
    Element, Host, JourneyMap, Lane, LaneId, LaneKind, Language, Persona, PersonaId, ReadyLane, Stage, StageId, StepId,
    Touchpoint, TouchpointId, fresh_id,
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

/// What came of a map that was put onto another one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    /// The touchpoints that were put there.
    pub touchpoints: Vec<TouchpointId>,
    /// How many stages are new.
    pub stages: usize,
    /// How many steps are new in stages that were there.
    pub steps: usize,
    /// Into how many stages that were there something was put.
    pub into: usize,
    /// How many lanes are new.
    pub lanes: usize,
    /// How many stages that were there keep a phase or words of customers unlike those that were put onto them.
    pub kept: usize,
}

/// Puts all that stands in `other` onto `map`: into its stages, steps and lanes of the same name, and behind its stages
/// what it has not; or in the place of the stages of a map in which nothing stands.
///
/// # Errors
/// When something is new and the structure is locked.
pub fn join(map: &mut JourneyMap, other: &JourneyMap, anchor: &Anchor) -> EditResult<Joined> {
    let old: Selection = match is_blank(map) {
        true => map.stages.iter().map(|stage| Element::Stage(stage.id.clone())).collect(),
        false => Selection::default(),
    };
    if !old.is_empty() && !other.title.is_empty() {
        map.title.clone_from(&other.title);
        map.subtitle.clone_from(&other.subtitle);
    }
    let personas = personas(map, other);
    let mut joined = Joined::default();
    let steps = stages(map, other, &mut joined)?;
    let before = map.lanes.len();
    let mut lanes: HashMap<LaneId, LaneId> = HashMap::new();
    for lane in other.lanes.iter().filter(|lane| lane.kind == LaneKind::Touchpoints) {
        lanes.insert(lane.id.clone(), lane_for(map, lane, anchor)?);
    }
    joined.lanes = map.lanes.len() - before;
    let mut new = Vec::new();
    for (lane, touchpoint) in other.touchpoints() {
        let target = lanes.get(&lane.id).ok_or(EditError::Gone)?.clone();
        let step = steps.get(&touchpoint.step).ok_or(EditError::Gone)?.clone();
        let of = |id: &PersonaId| personas.get(id).cloned().unwrap_or_else(|| id.clone());
        let emotions = touchpoint.emotions.iter().map(|(id, emotion)| (of(id), *emotion)).collect();
        let importance = touchpoint.importance.iter().map(|(id, level)| (of(id), *level)).collect();
        new.push((target, Touchpoint { step, emotions, importance, ..(**touchpoint).clone() }));
    }
    joined.touchpoints = edit::add_touchpoints(map, new)?;
    if !old.is_empty() {
        edit::delete_elements(map, &old)?;
    }
    Ok(joined)
}

/// Whether two names are the same but for case and blanks around them.
fn same(a: &str, b: &str) -> bool {
    folded(a) == folded(b)
}

/// The persona of the map for each of the other's, by name; one that is not there comes along.
fn personas(map: &mut JourneyMap, other: &JourneyMap) -> HashMap<PersonaId, PersonaId> {
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

/// Finds or makes the stages; gives the step of the map for each of the other's. Of several of one name each stands for
/// one of the other's, in their order.
fn stages(map: &mut JourneyMap, other: &JourneyMap, joined: &mut Joined) -> EditResult<HashMap<StepId, StepId>> {
    // In a map in which nothing stands, new stages take the place of the old ones.
    let mut free: Vec<StageId> = match is_blank(map) {
        true => Vec::new(),
        false => map.stages.iter().map(|stage| stage.id.clone()).collect(),
    };
    let mut steps = HashMap::new();
    for stage in &other.stages {
        let is_same = |id: &StageId| map.stage(id).is_some_and(|own| same(&own.name, &stage.name));
        let known = free.iter().position(is_same).filter(|_| !stage.name.trim().is_empty());
        match known.map(|at| free.remove(at)) {
            Some(id) => {
                steps_into(map, &id, stage, &mut steps, joined)?;
                joined.into += 1;
            }
            None => {
                steps_of_new(map, stage, &mut steps)?;
                joined.stages += 1;
            }
        }
    }
    Ok(steps)
}

/// Makes a stage with its steps behind all others.
fn steps_of_new(map: &mut JourneyMap, stage: &Stage, steps: &mut HashMap<StepId, StepId>) -> EditResult {
    let draft = StageDraft { name: stage.name.clone(), steps: stage.steps.len() };
    let id = edit::add_stage(map, map.stages.len(), &draft)?;
    edit::update_stage(map, &id, |own| {
        own.phase.clone_from(&stage.phase);
        own.words.clone_from(&stage.words);
    })?;
    let made: Vec<StepId> = map.stage(&id).ok_or(EditError::Gone)?.steps.iter().map(|step| step.id.clone()).collect();
    for (step, made) in stage.steps.iter().zip(made) {
        edit::update_step(map, &made, |own| {
            own.name.clone_from(&step.name);
            own.annotations.clone_from(&step.annotations);
        })?;
        steps.insert(step.id.clone(), made);
    }
    Ok(())
}

/// Finds the steps of a stage in the stage `id`, and makes those that it has not at its end; what it says itself stays.
/// What stands in a stage without named steps goes into the last one.
fn steps_into(
    map: &mut JourneyMap,
    id: &StageId,
    stage: &Stage,
    steps: &mut HashMap<StepId, StepId>,
    joined: &mut Joined,
) -> EditResult {
    let own = map.stage(id).ok_or(EditError::Gone)?;
    let texts = [(&own.phase, &stage.phase), (&own.words, &stage.words)];
    joined.kept += usize::from(texts.iter().any(|(own, new)| !own.trim().is_empty() && !new.is_empty() && own != new));
    if texts.iter().any(|(own, new)| own.trim().is_empty() && !new.is_empty()) {
        edit::update_stage(map, id, |own| {
            for (own, new) in [(&mut own.phase, &stage.phase), (&mut own.words, &stage.words)] {
                if own.trim().is_empty() {
                    own.clone_from(new);
                }
            }
        })?;
    }
    let own = map.stage(id).ok_or(EditError::Gone)?;
    let mut free: Vec<(StepId, String)> = own.steps.iter().map(|step| (step.id.clone(), step.name.clone())).collect();
    for step in &stage.steps {
        // What names no steps at all does not ask for one more.
        let is_unsaid = stage.steps.len() == 1 && step.name.trim().is_empty();
        // Steps without names are not the same because of that.
        let known = free.iter().position(|(_, name)| !name.trim().is_empty() && same(name, &step.name));
        let target = match known.or(free.len().checked_sub(1).filter(|_| is_unsaid)) {
            Some(at) => free.remove(at).0,
            None => {
                joined.steps += 1;
                edit::add_step(map, id, usize::MAX, &step.name)?
            }
        };
        for annotation in &step.annotations {
            edit::add_annotation(map, &Host::Step(target.clone()), annotation.clone())?;
        }
        steps.insert(step.id.clone(), target);
    }
    Ok(())
}

/// The lane of the map that takes what stands in `lane`. One that is called as lanes of touchpoints are called where
/// nobody named them goes into the selected lane, or else that of its name, or else the first; any other into that of
/// its name alone. Where there is none, it is made.
fn lane_for(map: &mut JourneyMap, lane: &Lane, anchor: &Anchor) -> EditResult<LaneId> {
    let mut open = map.lanes.iter().filter(|own| own.kind == LaneKind::Touchpoints);
    let named = open.clone().find(|own| same(&own.name, &lane.name));
    let is_plain = Language::ALL.iter().any(|language| same(&lane.name, ReadyLane::Touchpoints.name(*language)));
    let selected = open.clone().find(|own| Some(&own.id) == anchor.lane.as_ref()).filter(|_| is_plain);
    let first = open.next().filter(|_| is_plain);
    match selected.or(named).or(first) {
        Some(own) => Ok(own.id.clone()),
        None => edit::add_lane(map, map.lanes.len(), &lane.name, LaneKind::Touchpoints),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::read_text;

    fn table(text: &str) -> JourneyMap {
        read_text(MapFormat::Long, text).unwrap().map
    }

    #[test]
    fn what_has_the_same_name_is_not_there_twice_and_nothing_is_lost() {
        let mut map = table("stage,step,title\nŽiūri,Web,Looks\nBuy,,Pays\n");
        let other = table(
            "phase,stage,stage in customers' words,step,lane,title\nBefore, žIŪRI ,I look,WEB,touchpoints,Reads\n\
             Before,žiūri,I look,Shop,Touchpoints,Asks\nAfter,Leave,Bye,,Staff,Goes\n",
        );
        let joined = join(&mut map, &other, &Anchor::default()).unwrap();
        assert_eq!((joined.touchpoints.len(), joined.stages, joined.steps, joined.lanes, joined.kept), (3, 1, 1, 1, 0));
        let stages: Vec<_> = map.stages.iter().map(|s| (s.name.as_str(), s.phase.as_str(), s.words.as_str())).collect();
        assert_eq!(stages, [("Žiūri", "Before", "I look"), ("Buy", "", ""), ("Leave", "After", "Bye")]);
        let steps: Vec<_> = map.stages[0].steps.iter().map(|step| step.name.as_str()).collect();
        assert_eq!(steps, ["Web", "Shop"]);
        let web = &map.stages[0].steps[0].id;
        assert_eq!(map.lanes[0].cell(web).map(|t| t.title.as_str()).collect::<Vec<_>>(), ["Looks", "Reads"]);
        assert_eq!(map.problems(), []);
        // Who names no step does not ask for one more.
        let joined = join(&mut map, &table("stage,title\nžiūri,Leaves\n"), &Anchor::default()).unwrap();
        let shop = &map.stages[0].steps[1].id;
        assert_eq!((joined.into, joined.steps, map.lanes[0].cell(shop).count()), (1, 0, 2));
        // What the map says itself stays, and that is told.
        let again = table("phase,stage,step,title\nLater,Žiūri,web,Reads\n");
        let joined = join(&mut map, &again, &Anchor::default()).unwrap();
        assert_eq!((joined.stages, joined.steps, joined.kept, map.stages[0].phase.as_str()), (0, 0, 1, "Before"));
    }

    #[test]
    fn steps_without_names_are_not_the_same_because_of_that() {
        let journey = |text: &str| read_text(MapFormat::Mermaid, text).unwrap().map;
        let mut map = journey("journey\n  section Buy\n    A: 3\n    B: 3\n");
        let joined =
            join(&mut map, &journey("journey\n  section Buy\n    C: 3\n    D: 3\n"), &Anchor::default()).unwrap();
        assert_eq!((joined.stages, joined.steps), (0, 2));
        let told: Vec<Vec<String>> = (map.stages[0].steps.iter())
            .map(|step| map.lanes[0].cell(&step.id).map(|t| t.title.clone()).collect())
            .collect();
        assert_eq!(told, [["A"], ["B"], ["C"], ["D"]]);
    }

    #[test]
    fn a_locked_map_takes_what_needs_nothing_new() {
        let mut map = table("stage,step,title\nBuy,,Pays\n");
        map.locked = true;
        assert!(join(&mut map.clone(), &table("stage,title\nbuy,Waits\n"), &Anchor::default()).is_ok());
        let new = join(&mut map, &table("stage,title\nLeave,Goes\n"), &Anchor::default());
        assert_eq!(new, Err(EditError::Locked));
    }
}
