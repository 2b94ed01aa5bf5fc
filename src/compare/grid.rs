//! Stages, steps and lanes.

use std::collections::HashMap;
use std::sync::Arc;

use super::annotations::annotations;
use super::fields::{Fields, Thing, place, text};
use super::order::{Pairs, moved, pair};
use super::{Difference, Said};
use crate::model::{Accent, Element, Host, JourneyMap, Lane, LaneKind, Stage, Step, StepId};

/// What a step is called: by its name, or else by its stage and its number there.
pub(super) fn step_label(stage: &Stage, index: usize) -> String {
    match stage.steps.get(index) {
        Some(step) if !step.name.is_empty() => step.name.clone(),
        _ if stage.steps.len() == 1 => stage.name.clone(),
        _ => format!("{} ({})", stage.name, index + 1),
    }
}

/// Stages that came, went, moved or changed; what belongs to their steps is told of these.
pub(super) fn stages(found: &mut Vec<Difference>, a: &JourneyMap, b: &JourneyMap) {
    let thing = |stage: &Stage| Thing::at("Stage", &stage.name, Element::Stage(stage.id.clone()));
    let pairs = pair(a.stages.iter().map(|s| &s.id), b.stages.iter().map(|s| &s.id));
    let moves = moved(&pairs.both);
    ends(found, &pairs, |i| thing(&a.stages[i]), |i| thing(&b.stages[i]));
    for (i, j) in &pairs.both {
        let (old, new) = (&a.stages[*i], &b.stages[*j]);
        if let Some(m) = moves.iter().find(|m| m.pair == (*i, *j)) {
            found.push(thing(new).moved("Place", place(m.before), place(m.after)));
        }
        let mut fields = Fields { thing: thing(new), found };
        fields.text("Name", &old.name, &new.name);
        fields.text("In customers' words", &old.words, &new.words);
        fields.text("Phase", &old.phase, &new.phase);
        fields.plain("Colour", old.accent, new.accent, Accent::name);
    }
}

/// Those that only one of the maps has: first the new ones, then those that are gone.
pub(super) fn ends(
    found: &mut Vec<Difference>,
    pairs: &Pairs,
    in_a: impl Fn(usize) -> Thing,
    in_b: impl Fn(usize) -> Thing,
) {
    found.extend(pairs.only_b.iter().map(|i| in_b(*i).added(Said::Nothing)));
    found.extend(pairs.only_a.iter().map(|i| in_a(*i).removed(Said::Nothing)));
}

/// A step with its stage and its number there.
struct Placed<'m> {
    stage: &'m Stage,
    index: usize,
    step: &'m Arc<Step>,
}

impl Placed<'_> {
    fn thing(&self) -> Thing {
        Thing::at("Step", &step_label(self.stage, self.index), Element::Step(self.step.id.clone()))
    }
}

fn placed(map: &JourneyMap) -> impl Iterator<Item = Placed<'_>> {
    map.stages
        .iter()
        .flat_map(|stage| stage.steps.iter().enumerate().map(move |(index, step)| Placed { stage, index, step }))
}

/// Steps, stage by stage; those of a stage that came or went with it are not told.
pub(super) fn steps(found: &mut Vec<Difference>, a: &JourneyMap, b: &JourneyMap) {
    let before: HashMap<&StepId, Placed<'_>> = placed(a).map(|p| (&p.step.id, p)).collect();
    let after: HashMap<&StepId, Placed<'_>> = placed(b).map(|p| (&p.step.id, p)).collect();
    for stage in &b.stages {
        let old_stage = a.stage(&stage.id);
        let ids = |stage: &'_ Stage| stage.steps.iter().map(|s| s.id.clone()).collect::<Vec<_>>();
        let pairs = pair(old_stage.map(|s| ids(s)).unwrap_or_default(), ids(stage));
        let moves = moved(&pairs.both);
        for (index, step) in stage.steps.iter().enumerate() {
            let here = Placed { stage, index, step };
            match before.get(&step.id) {
                None if old_stage.is_some() => found.push(here.thing().added(text(&stage.name))),
                None => {}
                Some(old) => {
                    if old.stage.id != stage.id {
                        found.push(here.thing().moved("Stage", text(&old.stage.name), text(&stage.name)));
                    } else if let Some(m) = moves.iter().find(|m| m.pair.1 == index) {
                        found.push(here.thing().moved("Place", place(m.before), place(m.after)));
                    }
                    fields_of_step(found, &here, old.step);
                }
            }
        }
    }
    let gone = placed(a).filter(|p| !after.contains_key(&p.step.id) && b.stage(&p.stage.id).is_some());
    found.extend(gone.map(|p| p.thing().removed(text(&p.stage.name))));
}

fn fields_of_step(found: &mut Vec<Difference>, new: &Placed<'_>, old: &Step) {
    let mut fields = Fields { thing: new.thing(), found };
    fields.text("Name", &old.name, &new.step.name);
    fields.plain("Width", old.width, new.step.width, |width| width);
    let label = step_label(new.stage, new.index);
    annotations(found, (&Host::Step(old.id.clone()), &label), &old.annotations, &new.step.annotations);
}

/// Lanes that came, went, moved or changed.
pub(super) fn lanes(found: &mut Vec<Difference>, a: &JourneyMap, b: &JourneyMap) {
    let thing = |lane: &Lane| Thing::at("Lane", &lane.name, Element::Lane(lane.id.clone()));
    let pairs = pair(a.lanes.iter().map(|l| &l.id), b.lanes.iter().map(|l| &l.id));
    let moves = moved(&pairs.both);
    ends(found, &pairs, |i| thing(&a.lanes[i]), |i| thing(&b.lanes[i]));
    for (i, j) in &pairs.both {
        let (old, new) = (&a.lanes[*i], &b.lanes[*j]);
        if let Some(m) = moves.iter().find(|m| m.pair == (*i, *j)) {
            found.push(thing(new).moved("Place", place(m.before), place(m.after)));
        }
        let mut fields = Fields { thing: thing(new), found };
        fields.text("Name", &old.name, &new.name);
        fields.text("Hint", &old.hint, &new.hint);
        fields.plain("Shows", Some(old.kind), Some(new.kind), LaneKind::name);
        fields.flag("Collapsed", old.collapsed, new.collapsed);
        fields.flag("Hidden", old.hidden, new.hidden);
        fields.flag("Backstage", old.backstage, new.backstage);
    }
}
