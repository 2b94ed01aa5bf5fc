//! Unsupported assumptions: what is said of a touchpoint with nothing to speak for it.

use std::cmp::Reverse;
use std::sync::Arc;

use super::finding::{card, counted};
use super::{Finding, Group, Stop};
use crate::model::{AnnotationKind, Confidence, Touchpoint};

/// A touchpoint that says something which nothing speaks for.
#[derive(Clone, Debug)]
pub struct Doubt {
    /// Which.
    pub touchpoint: Arc<Touchpoint>,
    /// How much it says: emotions, pain points and delights.
    pub claims: usize,
    /// Whether there is evidence, though all of it is assumed; otherwise there is none.
    pub assumed: bool,
}

/// How many emotions, pain points and delights a touchpoint has: what evidence would have to speak for.
fn claims(touchpoint: &Touchpoint) -> usize {
    let is_claim = |kind| matches!(kind, AnnotationKind::PainPoint | AnnotationKind::Delight);
    let annotations = touchpoint.annotations.iter().filter(|a| is_claim(a.kind)).count();
    usize::from(touchpoint.emotion.is_some()) + touchpoint.emotions.len() + annotations
}

/// The touchpoints that say something with no evidence but assumptions, those that say most first.
///
/// With them comes how many touchpoints say anything.
pub fn doubts(path: &[Stop]) -> (Vec<Doubt>, usize) {
    let saying: Vec<(&Arc<Touchpoint>, usize)> =
        path.iter().map(|s| (&s.touchpoint, claims(&s.touchpoint))).filter(|(_, claims)| *claims > 0).collect();
    let unsupported = saying.iter().filter(|(t, _)| t.evidence.iter().all(|e| e.confidence == Confidence::Assumption));
    let mut list: Vec<Doubt> = unsupported
        .map(|(t, claims)| Doubt { touchpoint: Arc::clone(t), claims: *claims, assumed: !t.evidence.is_empty() })
        .collect();
    list.sort_by_key(|doubt| Reverse(doubt.claims));
    (list, saying.len())
}

/// How many there are, then each.
pub(super) fn told(path: &[Stop]) -> Vec<Finding> {
    let (doubts, saying) = doubts(path);
    if doubts.is_empty() {
        return Vec::new();
    }
    let figure = format!("{} of {saying}", doubts.len());
    let about = doubts.iter().map(|doubt| card(&doubt.touchpoint));
    let mut list = vec![Finding::new(Group::Assumptions, "Unsupported touchpoints", figure, ALL).about(about)];
    list.extend(doubts.iter().map(|doubt| {
        let (name, rule) = if doubt.assumed { ("Only assumed", ASSUMED) } else { ("No evidence", NONE) };
        Finding::new(Group::Assumptions, name, doubt.claims.to_string(), rule)
            .note(counted(doubt.claims, "statement"))
            .words([&doubt.touchpoint.title])
            .about([card(&doubt.touchpoint)])
    }));
    list
}

const ALL: &str =
    "Touchpoints with an emotion, pain point or delight but no evidence, or only evidence that is assumed.";
const NONE: &str = "A touchpoint with emotions, pain points or delights, counted here, and no evidence for them.";
const ASSUMED: &str = "A touchpoint with emotions, pain points or delights, counted here, all evidence being assumed.";

#[cfg(test)]
mod tests {
    use super::super::{path, samples::full_shop};
    use super::*;

    #[test]
    fn what_nothing_speaks_for_is_told_with_most_statements_first() {
        // ad: emotion. site: emotion, pain point, assumed. compare: pain point. talk: emotion.
        // pay: three emotions, pain point, researched. bank: nothing said. parcel: two emotions, partly backed beside assumed.
        let (list, saying) = doubts(&path(&full_shop()));
        let rows: Vec<(&str, usize, bool)> =
            list.iter().map(|d| (d.touchpoint.id.as_str(), d.claims, d.assumed)).collect();
        // ad has an emotion of Ann's too.
        assert_eq!(rows, [("ad", 2, false), ("site", 2, true), ("compare", 1, false), ("talk", 1, false)]);
        assert_eq!(saying, 6);
        let told = told(&path(&full_shop()));
        assert_eq!((told[0].figure.as_str(), told[0].about.len(), told.len()), ("4 of 6", 4, 5));
        assert_eq!((told[2].name, told[2].note.as_str()), ("Only assumed", "2 statements"));
    }
}
