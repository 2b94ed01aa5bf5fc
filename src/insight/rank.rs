//! Pain points and opportunities by how much they weigh.

use std::cmp::Reverse;

use super::Stop;
use crate::model::{Annotation, AnnotationKind, AnnotationRef, Host, JourneyMap};

/// An annotation and its weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Where it is.
    pub at: AnnotationRef,
    /// What it says.
    pub annotation: Annotation,
    /// Severity × frequency, 1 to 9.
    pub weight: u8,
}

/// The annotations of `kind` on touchpoints and steps, the heaviest first; equal ones in path order.
pub fn rank(map: &JourneyMap, path: &[Stop], kind: AnnotationKind) -> Vec<Ranked> {
    let mut found: Vec<(usize, Ranked)> = Vec::new();
    let mut add = |step: usize, host: &Host, list: &[Annotation]| {
        let of_kind = list.iter().enumerate().filter(|(_, a)| a.kind == kind);
        found.extend(of_kind.map(|(index, annotation)| {
            let weight = annotation.severity.get() * annotation.frequency.get();
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
    found.sort_by_key(|(step, ranked)| (Reverse(ranked.weight), *step));
    found.into_iter().map(|(_, ranked)| ranked).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{path, samples::shop};
    use super::*;

    #[test]
    fn pains_are_ranked_by_severity_times_frequency() {
        let map = shop();
        let ranked = rank(&map, &path(&map), AnnotationKind::PainPoint);
        let rows: Vec<(&str, u8)> = ranked.iter().map(|r| (r.annotation.text.as_str(), r.weight)).collect();
        // "slow" and "times out" weigh the same; "slow" comes earlier.
        assert_eq!(rows, [("no word", 9), ("slow", 6), ("times out", 6), ("too many", 2)]);
        assert_eq!(ranked[0].at.host, Host::Step("wait".into()));
        assert_eq!(rank(&map, &path(&map), AnnotationKind::Opportunity)[0].weight, 9);
    }
}
