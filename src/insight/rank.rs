//! Pain points and opportunities by how much they weigh.

use std::cmp::Reverse;

use super::Stop;
use crate::model::{Annotation, AnnotationKind, AnnotationRef, Host, JourneyMap, Status};

/// An annotation and its weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Where it is.
    pub at: AnnotationRef,
    /// What it says.
    pub annotation: Annotation,
    /// Severity × frequency × votes; no votes count as one, so that a room that did not vote has a ranking too.
    pub weight: u32,
}

/// The annotations of `kind` on touchpoints and steps, the heaviest first; equal ones in path order.
///
/// What is done is not left out, as the list then would not be all there is, but it comes last.
pub fn rank(map: &JourneyMap, path: &[Stop], kind: AnnotationKind) -> Vec<Ranked> {
    let mut found: Vec<(usize, Ranked)> = Vec::new();
    let mut add = |step: usize, host: &Host, list: &[Annotation]| {
        let of_kind = list.iter().enumerate().filter(|(_, a)| a.kind == kind);
        found.extend(of_kind.map(|(index, annotation)| {
            let levels = u32::from(annotation.severity.get()) * u32::from(annotation.frequency.get());
            let weight = levels * u32::from(annotation.votes.max(1));
            let at = AnnotationRef { host: host.clone(), index };
            (step, Ranked { at, annotation: annotation.clone(), weight })
        }));
    };
    // What hangs on a step comes before what hangs on its touchpoints.
    for (step, (_, s)) in map.steps().enumerate() {
        add(step, &Host::Step(s.id.clone()), &s.annotations);
    }
    for stop in path {
        add(stop.step, &Host::Touchpoint(stop.touchpoint.id.clone()), &stop.touchpoint.annotations);
    }
    found.sort_by_key(|(step, ranked)| (ranked.annotation.status == Status::Done, Reverse(ranked.weight), *step));
    found.into_iter().map(|(_, ranked)| ranked).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{path, samples::change, samples::shop};
    use super::*;

    #[test]
    fn pains_are_ranked_by_severity_times_frequency() {
        let map = shop();
        let ranked = rank(&map, &path(&map), AnnotationKind::PainPoint);
        let rows: Vec<(&str, u32)> = ranked.iter().map(|r| (r.annotation.text.as_str(), r.weight)).collect();
        // "slow" and "times out" weigh the same; "slow" comes earlier.
        assert_eq!(rows, [("no word", 9), ("slow", 6), ("times out", 6), ("too many", 2)]);
        assert_eq!(ranked[0].at.host, Host::Step("wait".into()));
        assert_eq!(rank(&map, &path(&map), AnnotationKind::Opportunity)[0].weight, 9);
    }

    #[test]
    fn votes_multiply_none_count_as_one_and_what_is_done_comes_last() {
        // no word 3×3×(0 → 1) = 9, slow 2×3×2 = 12, times out 3×2×4 = 24 but done, too many 1×2×1 = 2.
        let mut map = shop();
        vote(&mut map, "site", 2, Status::Open);
        vote(&mut map, "pay", 4, Status::Done);
        vote(&mut map, "compare", 1, Status::InProgress);
        let ranked = rank(&map, &path(&map), AnnotationKind::PainPoint);
        let rows: Vec<(&str, u32)> = ranked.iter().map(|r| (r.annotation.text.as_str(), r.weight)).collect();
        assert_eq!(rows, [("slow", 12), ("no word", 9), ("too many", 2), ("times out", 24)]);
    }

    /// Gives the first annotation of a touchpoint votes and a status.
    fn vote(map: &mut JourneyMap, id: &str, votes: u16, status: Status) {
        change(map, id, |t| (t.annotations[0].votes, t.annotations[0].status) = (votes, status));
    }
}
