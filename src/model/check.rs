//! The invariants of a map.

use std::sync::Arc;

use foldhash::{HashSet, HashSetExt as _};

use super::{JourneyMap, Lane, LaneId, LaneKind, StageId, StepId, TouchpointId};

/// A way in which a map is not sound.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say what the fields are")]
pub enum Problem {
    #[error("two stages have the id \"{0}\"")]
    DuplicateStage(StageId),
    #[error("two steps have the id \"{0}\"")]
    DuplicateStep(StepId),
    #[error("two lanes have the id \"{0}\"")]
    DuplicateLane(LaneId),
    #[error("two touchpoints have the id \"{0}\"")]
    DuplicateTouchpoint(TouchpointId),
    #[error("stage \"{0}\" has no step")]
    StageWithoutStep(StageId),
    #[error("touchpoint \"{touchpoint}\" names the step \"{step}\", which is not on the map")]
    UnknownStep { touchpoint: TouchpointId, step: StepId },
    #[error("lane \"{0}\" holds touchpoints but is not a lane of touchpoints")]
    NotATouchpointLane(LaneId),
    #[error("two {0} have the id {1:?}")]
    Duplicate(&'static str, String),
    #[error("{who} names the {what} {id:?}, which is not on the map")]
    Unknown { who: String, what: &'static str, id: String },
    #[error("a link leads from touchpoint {0:?} to itself")]
    LinkToItself(String),
    #[error("goal {0:?} serves itself, by way of its parents")]
    GoalInCircle(String),
}

impl JourneyMap {
    /// Everything that is not sound about the map; empty for a good one.
    ///
    /// That emotions and levels are in range is the business of their types.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = self.stage_problems();
        self.push_lane_problems(&mut found);
        let steps: HashSet<&StepId> = self.steps().map(|(_, step)| &step.id).collect();
        let mut seen = HashSet::new();
        for lane in &self.lanes {
            lane_problems(lane, &steps, &mut seen, &mut found);
        }
        found.extend(self.reference_problems(&self.lanes.iter().collect::<Vec<_>>()));
        found
    }

    /// Like [`problems`](Self::problems), but looks only at lanes that `before` did not share.
    ///
    /// Its work depends on what an edit touched; `before` must have been sound.
    pub fn problems_since(&self, before: &Self) -> Vec<Problem> {
        let same_steps = self.stages.len() == before.stages.len()
            && self.stages.iter().zip(&before.stages).all(|(a, b)| Arc::ptr_eq(a, b));
        let mut found = if same_steps { Vec::new() } else { self.stage_problems() };
        self.push_lane_problems(&mut found);
        let steps: HashSet<&StepId> = self.steps().map(|(_, step)| &step.id).collect();
        let mut seen = HashSet::new();
        let is_new = |lane: &&Arc<Lane>| !before.lanes.iter().any(|old| Arc::ptr_eq(old, lane));
        for lane in self.lanes.iter().filter(|lane| !same_steps || is_new(lane)) {
            lane_problems(lane, &steps, &mut seen, &mut found);
        }
        let same_personas = self.personas == before.personas;
        let changed: Vec<&Arc<Lane>> = self.lanes.iter().filter(|lane| !same_personas || is_new(lane)).collect();
        found.extend(self.reference_problems(&changed));
        found
    }

    fn stage_problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        let (mut stages, mut steps) = (HashSet::new(), HashSet::new());
        for stage in &self.stages {
            if !stages.insert(&stage.id) {
                found.push(Problem::DuplicateStage(stage.id.clone()));
            }
            if stage.steps.is_empty() {
                found.push(Problem::StageWithoutStep(stage.id.clone()));
            }
        }
        for (_, step) in self.steps() {
            if !steps.insert(&step.id) {
                found.push(Problem::DuplicateStep(step.id.clone()));
            }
        }
        found
    }

    fn push_lane_problems(&self, found: &mut Vec<Problem>) {
        let mut lanes = HashSet::new();
        for lane in &self.lanes {
            if !lanes.insert(&lane.id) {
                found.push(Problem::DuplicateLane(lane.id.clone()));
            }
        }
    }
}

fn lane_problems<'a>(
    lane: &'a Lane,
    steps: &HashSet<&StepId>,
    seen: &mut HashSet<&'a TouchpointId>,
    found: &mut Vec<Problem>,
) {
    if lane.kind != LaneKind::Touchpoints && !lane.touchpoints.is_empty() {
        found.push(Problem::NotATouchpointLane(lane.id.clone()));
    }
    for touchpoint in &lane.touchpoints {
        if !seen.insert(&touchpoint.id) {
            found.push(Problem::DuplicateTouchpoint(touchpoint.id.clone()));
        }
        if !steps.contains(&touchpoint.step) {
            found.push(Problem::UnknownStep { touchpoint: touchpoint.id.clone(), step: touchpoint.step.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::generate;
    use super::*;

    #[test]
    fn a_generated_map_is_sound() {
        assert_eq!(generate(4, 2, 3).problems(), []);
    }

    #[test]
    fn every_kind_of_problem_is_found() {
        let mut map = generate(2, 1, 2);
        let lane = Arc::make_mut(&mut map.lanes[0]);
        let mut twin = (*lane.touchpoints[0]).clone();
        lane.touchpoints.push(Arc::new(twin.clone()));
        twin.id = "lost".into();
        twin.step = "nowhere".into();
        lane.touchpoints.push(Arc::new(twin));
        Arc::make_mut(&mut map.stages[0]).steps.clear();
        let id = map.stages[1].id.clone();
        Arc::make_mut(&mut map.stages[0]).id = id.clone();
        let found = map.problems();
        assert!(found.contains(&Problem::DuplicateStage(id.clone())));
        assert!(found.contains(&Problem::StageWithoutStep(id)));
        assert!(found.iter().any(|p| matches!(p, Problem::DuplicateTouchpoint(_))));
        assert!(found.iter().any(|p| matches!(p, Problem::UnknownStep { .. })));
    }
}
