//! What names something else on the map: whether all of it is there, and dropping what names nothing.

use std::sync::Arc;

use foldhash::{HashSet, HashSetExt as _};

use super::{Goal, GoalId, JourneyMap, Lane, MetricHost, MetricId, PersonaId, Problem, StageId, StepId, TouchpointId};

/// The ids that others may name.
struct Known<'m> {
    personas: HashSet<&'m PersonaId>,
    stages: HashSet<&'m StageId>,
    steps: HashSet<&'m StepId>,
    metrics: HashSet<&'m MetricId>,
    goals: HashSet<&'m GoalId>,
    /// Filled only where something names a touchpoint: there are many.
    touchpoints: HashSet<&'m TouchpointId>,
}

impl JourneyMap {
    fn known(&self) -> Known<'_> {
        let names_touchpoints =
            !self.links.is_empty() || self.metrics.iter().any(|m| matches!(m.host, MetricHost::Touchpoint(_)));
        let touchpoints = self.touchpoints().filter(|_| names_touchpoints).map(|(_, t)| &t.id);
        Known {
            personas: self.personas.iter().map(|p| &p.id).collect(),
            stages: self.stages.iter().map(|s| &s.id).collect(),
            steps: self.steps().map(|(_, s)| &s.id).collect(),
            metrics: self.metrics.iter().map(|m| &m.id).collect(),
            goals: self.goals.iter().map(|g| &g.id).collect(),
            touchpoints: touchpoints.collect(),
        }
    }

    /// Personas, metrics and goals that share an id, and whatever names something that is not there: of
    /// touchpoints only those in `lanes`.
    pub(super) fn reference_problems(&self, lanes: &[&Arc<Lane>]) -> Vec<Problem> {
        let known = self.known();
        let mut found = Vec::new();
        let mut unknown = |who: String, what: &'static str, id: &str| {
            found.push(Problem::Unknown { who, what, id: id.to_owned() });
        };
        for link in &self.links {
            for id in [&link.from, &link.to].into_iter().filter(|id| !known.touchpoints.contains(id)) {
                unknown("a link".into(), "touchpoint", id.as_str());
            }
        }
        for metric in &self.metrics {
            let who = || format!("metric {:?}", metric.id.as_str());
            match &metric.host {
                MetricHost::Stage(id) if !known.stages.contains(id) => unknown(who(), "stage", id.as_str()),
                MetricHost::Touchpoint(id) if !known.touchpoints.contains(id) => {
                    unknown(who(), "touchpoint", id.as_str());
                }
                _ => {}
            }
        }
        for goal in &self.goals {
            let who = || format!("goal {:?}", goal.id.as_str());
            for id in goal.parent.iter().filter(|id| !known.goals.contains(id)) {
                unknown(who(), "goal", id.as_str());
            }
            for id in goal.metrics.iter().filter(|id| !known.metrics.contains(id)) {
                unknown(who(), "metric", id.as_str());
            }
        }
        for competitor in &self.competitors {
            for id in competitor.emotions.keys().filter(|id| !known.steps.contains(id)) {
                unknown(format!("competitor {:?}", competitor.name), "step", id.as_str());
            }
        }
        for view in &self.views {
            for id in view.personas.iter().filter(|id| !known.personas.contains(id)) {
                unknown(format!("view {:?}", view.name), "persona", id.as_str());
            }
        }
        for touchpoint in lanes.iter().flat_map(|lane| &lane.touchpoints) {
            for id in touchpoint.emotions.keys().chain(touchpoint.importance.keys()) {
                if !known.personas.contains(id) {
                    unknown(format!("touchpoint {:?}", touchpoint.id.as_str()), "persona", id.as_str());
                }
            }
        }
        found.extend(self.links.iter().filter(|l| l.from == l.to).map(|l| Problem::LinkToItself(l.from.to_string())));
        found.extend(twice("personas", self.personas.iter().map(|p| p.id.as_str())));
        found.extend(twice("metrics", self.metrics.iter().map(|m| m.id.as_str())));
        found.extend(twice("goals", self.goals.iter().map(|g| g.id.as_str())));
        let circles = self.goals.iter().filter(|goal| self.is_in_circle(goal));
        found.extend(circles.map(|goal| Problem::GoalInCircle(goal.id.to_string())));
        found
    }

    /// Whether a goal is above itself.
    fn is_in_circle(&self, goal: &Goal) -> bool {
        let mut above = goal.parent.as_ref();
        // A chain without a circle is no longer than the list.
        for _ in 0..self.goals.len() {
            match above {
                None => return false,
                Some(id) if *id == goal.id => return true,
                Some(id) => above = self.goals.iter().find(|g| g.id == *id).and_then(|g| g.parent.as_ref()),
            }
        }
        false
    }

    /// Drops links, metrics and other names of things that are not on the map any more.
    pub fn drop_lost_references(&mut self) {
        if self.reference_problems(&self.lanes.iter().collect::<Vec<_>>()).is_empty() {
            return;
        }
        let copy = self.clone();
        let known = copy.known();
        self.links.retain(|l| known.touchpoints.contains(&l.from) && known.touchpoints.contains(&l.to));
        self.metrics.retain(|metric| match &metric.host {
            MetricHost::Map => true,
            MetricHost::Stage(id) => known.stages.contains(id),
            MetricHost::Touchpoint(id) => known.touchpoints.contains(id),
        });
        let metrics: HashSet<MetricId> = self.metrics.iter().map(|m| m.id.clone()).collect();
        for goal in &mut self.goals {
            let goal = Arc::make_mut(goal);
            goal.metrics.retain(|id| metrics.contains(id));
            goal.parent = goal.parent.take().filter(|id| known.goals.contains(id));
        }
        for competitor in &mut self.competitors {
            Arc::make_mut(competitor).emotions.retain(|id, _| known.steps.contains(id));
        }
        for view in &mut self.views {
            Arc::make_mut(view).personas.retain(|id| known.personas.contains(id));
        }
        for lane in &mut self.lanes {
            let lost = |id: &PersonaId| !known.personas.contains(id);
            let names_lost = |t: &super::Touchpoint| t.emotions.keys().chain(t.importance.keys()).any(lost);
            if lane.touchpoints.iter().any(|t| names_lost(t)) {
                for touchpoint in Arc::make_mut(lane).touchpoints.iter_mut().filter(|t| names_lost(t)) {
                    let touchpoint = Arc::make_mut(touchpoint);
                    touchpoint.emotions.retain(|id, _| !lost(id));
                    touchpoint.importance.retain(|id, _| !lost(id));
                }
            }
        }
    }
}

/// Ids that stand in a list more than once.
fn twice<'a>(what: &'static str, ids: impl Iterator<Item = &'a str>) -> Vec<Problem> {
    let mut seen = HashSet::new();
    ids.filter(|id| !seen.insert(*id)).map(|id| Problem::Duplicate(what, id.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Competitor, Emotion, Level, Link, LinkKind, Metric, MetricKind, Persona, View, generate};

    fn link(from: &str, to: &str) -> Arc<Link> {
        let (label, trigger) = (String::new(), String::new());
        Arc::new(Link { from: from.into(), to: to.into(), kind: LinkKind::Next, label, trigger })
    }

    fn metric(id: &str, host: MetricHost) -> Arc<Metric> {
        let (name, unit) = (String::new(), String::new());
        Arc::new(Metric { id: id.into(), name, kind: MetricKind::Nps, host, unit, target: None, values: Vec::new() })
    }

    #[test]
    fn names_of_what_is_not_there_are_found_and_dropped() {
        let mut map = generate(2, 1, 1);
        map.personas.push(Arc::new(Persona::new("marta", "Marta")));
        map.links = vec![link("t-1-1", "t-1-2"), link("t-1-1", "gone")];
        map.metrics = vec![metric("a", MetricHost::Stage("gone".into())), metric("b", MetricHost::Map)];
        map.goals = vec![Arc::new(Goal { metrics: vec!["a".into(), "b".into()], ..Goal::new("g", "G") })];
        let emotions = [("gone".into(), Emotion::MAX), ("step-1-1".into(), Emotion::MIN)].into();
        map.competitors.push(Arc::new(Competitor { name: "Other".into(), emotions }));
        let personas = vec!["marta".into(), "gone".into()];
        map.views.push(Arc::new(View { personas, ..View::default() }));
        let touchpoint = Arc::make_mut(&mut Arc::make_mut(&mut map.lanes[0]).touchpoints[0]);
        touchpoint.importance.insert("gone".into(), Level::HIGH);
        assert_eq!(map.problems().len(), 5, "{:?}", map.problems());
        map.drop_lost_references();
        assert_eq!(map.problems(), []);
        assert_eq!((map.links.len(), map.metrics.len(), map.goals[0].metrics.len()), (1, 1, 1));
    }

    #[test]
    fn links_to_themselves_twins_and_circles_are_found() {
        let mut map = generate(1, 1, 1);
        map.links = vec![link("t-1-1", "t-1-1")];
        map.metrics = vec![metric("a", MetricHost::Map), metric("a", MetricHost::Map)];
        let goal = |id: &str, parent: &str| Arc::new(Goal { parent: Some(parent.into()), ..Goal::new(id, "") });
        map.goals = vec![goal("x", "y"), goal("y", "x"), goal("z", "x")];
        let found = map.problems();
        assert!(found.contains(&Problem::LinkToItself("t-1-1".into())));
        assert!(found.contains(&Problem::Duplicate("metrics", "a".into())));
        let circles = found.iter().filter(|p| matches!(p, Problem::GoalInCircle(_))).count();
        assert_eq!(circles, 2, "{found:?}");
    }
}
