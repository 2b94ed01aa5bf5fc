//! The way of the customer over the map.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::model::{Emotion, JourneyMap, Lane, LinkKind, PersonaId, StepId, Touchpoint, TouchpointId};

/// A touchpoint on the path, and where it stands.
#[derive(Clone, Debug)]
pub struct Stop {
    /// The index of its stage.
    pub stage: usize,
    /// The index of its step among all steps.
    pub step: usize,
    /// Its lane.
    pub lane: Arc<Lane>,
    /// The index of that lane.
    pub row: usize,
    /// The touchpoint.
    pub touchpoint: Arc<Touchpoint>,
    /// How it feels to all, as [`JourneyMap::felt`] has it.
    pub felt: Option<Emotion>,
    /// Where links lead from here.
    pub links: Vec<(LinkKind, TouchpointId)>,
}

impl Stop {
    /// Whether the customer sees it.
    pub fn is_seen(&self) -> bool {
        !self.lane.backstage
    }

    /// How it feels to `persona`, as was said of it or else of everybody; without one, to all.
    pub fn felt_by(&self, persona: Option<&PersonaId>) -> Option<Emotion> {
        if persona.is_some() { self.touchpoint.emotion_of(persona) } else { self.felt }
    }
}

/// All touchpoints in the order of the journey: step by step, lane by lane, from top to bottom.
pub fn path(map: &JourneyMap) -> Vec<Stop> {
    let steps: HashMap<&StepId, (usize, usize)> =
        map.steps().enumerate().map(|(step, (stage, s))| (&s.id, (stage, step))).collect();
    let mut links: HashMap<&TouchpointId, Vec<(LinkKind, TouchpointId)>> = HashMap::new();
    for link in &map.links {
        links.entry(&link.from).or_default().push((link.kind, link.to.clone()));
    }
    let felt = map.felt();
    let mut stops: Vec<Stop> = Vec::new();
    for (row, lane) in map.lanes.iter().enumerate() {
        stops.extend(lane.touchpoints.iter().filter_map(|touchpoint| {
            let (stage, step) = *steps.get(&touchpoint.step)?;
            let links = links.get(&touchpoint.id).cloned().unwrap_or_default();
            let (lane, touchpoint, felt) = (Arc::clone(lane), Arc::clone(touchpoint), felt(touchpoint));
            Some(Stop { stage, step, lane, row, touchpoint, felt, links })
        }));
    }
    // Stable: the order of lanes and stacks stays within a step.
    stops.sort_by_key(|stop| stop.step);
    stops
}

/// The ways from each stop for which `counts` to the next ones for which it does, as indices of `path`.
///
/// A stop leads to where its links of the kinds next and branch lead, without one to the stop behind it; links of
/// other kinds lead on besides. What does not count is passed over.
pub fn ways(path: &[Stop], counts: impl Fn(&Stop) -> bool) -> Vec<(usize, usize)> {
    let places: HashMap<&TouchpointId, usize> =
        path.iter().enumerate().map(|(i, stop)| (&stop.touchpoint.id, i)).collect();
    let onwards = |at: usize| {
        let stop = &path[at];
        let is_way = |kind: LinkKind| matches!(kind, LinkKind::Next | LinkKind::Branch);
        let follows = !stop.links.iter().any(|(kind, _)| is_way(*kind)) && at + 1 < path.len();
        let linked = stop.links.iter().filter_map(|(_, to)| places.get(to).copied());
        follows.then_some(at + 1).into_iter().chain(linked).collect::<Vec<_>>()
    };
    let mut ways = Vec::new();
    for from in (0..path.len()).filter(|at| counts(&path[*at])) {
        let (mut open, mut seen) = (onwards(from), HashSet::from([from]));
        while let Some(at) = open.pop() {
            if !seen.insert(at) {
            } else if counts(&path[at]) {
                ways.push((from, at));
            } else {
                open.extend(onwards(at));
            }
        }
    }
    ways.sort_unstable();
    ways
}

#[cfg(test)]
mod tests {
    use super::super::samples::shop;
    use super::*;

    #[test]
    fn the_path_goes_step_by_step_and_lane_by_lane() {
        let ids: Vec<String> = path(&shop()).iter().map(|s| s.touchpoint.id.to_string()).collect();
        assert_eq!(ids, ["ad", "site", "compare", "talk", "pay", "bank", "parcel"]);
    }

    #[test]
    fn links_lead_the_way_and_what_does_not_count_is_passed_over() {
        let mut map = shop();
        // site branches to compare and talk; talk goes back to the ad besides going on.
        for (from, to, kind) in [
            ("site", "compare", LinkKind::Branch),
            ("site", "pay", LinkKind::Branch),
            ("talk", "ad", LinkKind::LoopBack),
        ] {
            crate::edit::add_link(&mut map, &from.into(), &to.into(), kind).unwrap();
        }
        let path = path(&map);
        let told = |counts: &dyn Fn(&Stop) -> bool| -> Vec<(String, String)> {
            let name = |at: usize| path[at].touchpoint.id.to_string();
            ways(&path, counts).into_iter().map(|(from, to)| (name(from), name(to))).collect()
        };
        let all = told(&|_| true);
        let wanted = [
            ("ad", "site"),
            ("site", "compare"),
            ("site", "pay"),
            ("compare", "talk"),
            ("talk", "ad"),
            ("talk", "pay"),
            ("pay", "bank"),
            ("bank", "parcel"),
        ];
        assert_eq!(all, wanted.map(|(a, b)| (a.to_owned(), b.to_owned())));
        // Without site and compare: from the ad through site to pay, and through compare to talk.
        let some = told(&|stop| !["site", "compare"].contains(&stop.touchpoint.id.as_str()));
        assert_eq!(some[..2], [("ad", "talk"), ("ad", "pay")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn what_happens_backstage_is_no_waiting_and_no_change_of_channel() {
        let mut map = super::super::samples::full_shop();
        let lane = path(&map).iter().find(|s| s.touchpoint.id == "parcel".into()).unwrap().row;
        Arc::make_mut(&mut map.lanes[lane]).backstage = true;
        let path = path(&map);
        assert!(path.iter().any(|stop| !stop.is_seen()));
        let waits = super::super::Times::of(&path, super::super::time::Kind::Waiting);
        let seen: u64 = path
            .iter()
            .filter(|s| s.is_seen())
            .filter_map(|s| s.touchpoint.waiting)
            .map(|span| u64::from(span.as_minutes()))
            .sum();
        assert_eq!(waits.map_or(0, |times| times.total), seen);
        let changes = super::super::channel_changes(&path);
        assert!(changes.iter().all(|(_, to)| to.id != "parcel".into()));
    }
}
