//! All findings of a map as a list to read: what, how much, about which elements, by which rule.

use super::{Coverage, Curve, Point, Ranked, Stop, channel_changes, hand_offs, path, rank, signed};
use crate::model::{AnnotationKind, AnnotationRef, Element, Host, JourneyMap, Touchpoint};

/// What findings are about, in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// The emotion curve.
    Emotion,
    /// Pain points by weight.
    Pains,
    /// Opportunities by weight.
    Opportunities,
    /// Channels along the path.
    Channels,
    /// Owners along the path.
    HandOffs,
    /// Moments of truth.
    Moments,
    /// Open questions.
    Questions,
    /// What the map does not say yet.
    Gaps,
}

impl Group {
    /// All groups, in order.
    pub const ALL: [Self; 8] = [
        Self::Emotion,
        Self::Pains,
        Self::Opportunities,
        Self::Channels,
        Self::HandOffs,
        Self::Moments,
        Self::Questions,
        Self::Gaps,
    ];

    /// The heading.
    pub fn name(self) -> &'static str {
        match self {
            Self::Emotion => "Emotion",
            Self::Pains => "Pain points",
            Self::Opportunities => "Opportunities",
            Self::Channels => "Channels",
            Self::HandOffs => "Hand-offs",
            Self::Moments => "Moments of truth",
            Self::Questions => "Open questions",
            Self::Gaps => "Gaps",
        }
    }
}

/// Something worked out from a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub group: Group,
    /// What it is, in our words.
    pub name: &'static str,
    /// How much; never words of the user.
    pub figure: String,
    /// The user's words for it: titles, names, what an annotation says. May be empty.
    pub words: Vec<String>,
    /// The elements it is about, in path order.
    pub about: Vec<Element>,
    /// The rule that it follows, in one sentence.
    pub rule: &'static str,
}

/// All findings of `map`, group by group.
pub fn findings(map: &JourneyMap) -> Vec<Finding> {
    let path = path(map);
    let mut all = emotion(&path);
    all.extend(ranked(map, &path, AnnotationKind::PainPoint));
    all.extend(ranked(map, &path, AnnotationKind::Opportunity));
    all.extend(channels(map, &path));
    all.extend(owners(&path));
    all.extend(moments(&path));
    all.extend(ranked(map, &path, AnnotationKind::Question));
    all.extend(gaps(map, &path));
    all
}

fn card(touchpoint: &Touchpoint) -> Element {
    Element::Touchpoint(touchpoint.id.clone())
}

fn host(at: &AnnotationRef) -> Element {
    match &at.host {
        Host::Touchpoint(id) => Element::Touchpoint(id.clone()),
        Host::Step(id) => Element::Step(id.clone()),
    }
}

fn emotion(path: &[Stop]) -> Vec<Finding> {
    let Some(curve) = Curve::of(path) else { return Vec::new() };
    let point = |name, point: &Point, rule| Finding {
        group: Group::Emotion,
        name,
        figure: point.emotion.to_string(),
        words: vec![point.touchpoint.title.clone()],
        about: vec![card(&point.touchpoint)],
        rule,
    };
    let score =
        |name, figure, about, rule| Finding { group: Group::Emotion, name, figure, words: Vec::new(), about, rule };
    let ends = vec![card(&curve.strongest.touchpoint), card(&curve.end.touchpoint)];
    let felt = path.iter().filter(|s| s.touchpoint.emotion.is_some()).map(|s| card(&s.touchpoint)).collect();
    let mut list = vec![
        score("Peak\u{2013}end", signed(curve.peak_end()), ends, PEAK_END),
        score("Mean", signed(curve.mean), felt, "The mean of the emotions of all touchpoints that have one."),
        point("Peak", &curve.peak, "The touchpoint with the highest emotion, the first of equal ones."),
        point("Low", &curve.low, "The touchpoint with the lowest emotion, the first of equal ones."),
        point("End", &curve.end, "The last touchpoint on the path that has an emotion."),
    ];
    list.extend(curve.drop.map(|drop| Finding {
        group: Group::Emotion,
        name: "Steepest drop",
        figure: format!("\u{2212}{}", drop.by),
        words: vec![drop.from.touchpoint.title.clone(), drop.to.touchpoint.title.clone()],
        about: vec![card(&drop.from.touchpoint), card(&drop.to.touchpoint)],
        rule: "The largest fall from one touchpoint with an emotion to the next one.",
    }));
    list
}

const PEAK_END: &str =
    "The mean of the strongest emotion, happy or not, and the last one: what stays in memory (Kahneman).";

fn ranked(map: &JourneyMap, path: &[Stop], kind: AnnotationKind) -> Vec<Finding> {
    let (group, rule) = match kind {
        AnnotationKind::PainPoint => (Group::Pains, "Pain points by severity × frequency, 1 to 9."),
        AnnotationKind::Opportunity => (Group::Opportunities, "Opportunities by severity × frequency, 1 to 9."),
        _ => (Group::Questions, "What the team does not know yet, by severity × frequency, 1 to 9."),
    };
    let finding = |ranked: Ranked| Finding {
        group,
        name: kind.name(),
        figure: ranked.weight.to_string(),
        words: vec![ranked.annotation.text.clone()],
        about: vec![host(&ranked.at)],
        rule,
    };
    rank(map, path, kind).into_iter().map(finding).collect()
}

fn channels(map: &JourneyMap, path: &[Stop]) -> Vec<Finding> {
    let coverage = Coverage::of(path, map.stages.len());
    if coverage.channels.is_empty() {
        return Vec::new();
    }
    let changes = channel_changes(path);
    let mut about: Vec<Element> = Vec::new();
    for element in changes.iter().flat_map(|(from, to)| [card(from), card(to)]) {
        // The end of one change is often the beginning of the next.
        if about.last() != Some(&element) {
            about.push(element);
        }
    }
    let finding =
        |name, figure, words, about, rule| Finding { group: Group::Channels, name, figure, words, about, rule };
    let mut list = vec![finding("Changes of channel", changes.len().to_string(), Vec::new(), about, CHANGES)];
    let empty = format!("{} of {}", coverage.empty_cells(), coverage.all_cells());
    let rule = "The pairs of channel and stage without a touchpoint.";
    list.push(finding("Empty cells", empty, Vec::new(), Vec::new(), rule));
    list.extend(coverage.single_channel_stages().into_iter().map(|(stage, channel)| {
        let words = vec![map.stages[stage].name.clone(), coverage.channels[channel].clone()];
        let about = vec![Element::Stage(map.stages[stage].id.clone())];
        finding("Single-channel stage", "1".into(), words, about, "A stage that one channel alone serves.")
    }));
    list
}

const CHANGES: &str = "Touchpoints along the path that share no channel with the last one before them that names any.";

fn owners(path: &[Stop]) -> Vec<Finding> {
    let offs = hand_offs(path).into_iter().enumerate().map(|(at, off)| Finding {
        group: Group::HandOffs,
        name: "Hand-off",
        figure: (at + 1).to_string(),
        words: vec![off.from.owner.trim().to_owned(), off.to.owner.trim().to_owned()],
        about: vec![card(&off.from), card(&off.to)],
        rule: "Where the next touchpoint on the path that has an owner has another one.",
    });
    offs.collect()
}

fn moments(path: &[Stop]) -> Vec<Finding> {
    let marked = path.iter().filter(|stop| stop.touchpoint.moment_of_truth);
    let finding = |stop: &Stop| Finding {
        group: Group::Moments,
        name: "Moment of truth",
        figure: stop.touchpoint.emotion.map_or_else(|| "\u{2013}".into(), |e| e.to_string()),
        words: vec![stop.touchpoint.title.clone()],
        about: vec![card(&stop.touchpoint)],
        rule: "Touchpoints marked as moments of truth, with their emotions.",
    };
    marked.map(finding).collect()
}

fn gaps(map: &JourneyMap, path: &[Stop]) -> Vec<Finding> {
    let gap = |name, words: Vec<String>, about: Vec<Element>, rule| Finding {
        group: Group::Gaps,
        name,
        figure: about.len().to_string(),
        words,
        about,
        rule,
    };
    let mut list = Vec::new();
    let bare: Vec<&Stop> = path.iter().filter(|s| s.touchpoint.emotion.is_none()).collect();
    if !bare.is_empty() {
        let about = bare.iter().map(|s| card(&s.touchpoint)).collect();
        list.push(gap(
            "Touchpoints without emotion",
            Vec::new(),
            about,
            "Touchpoints of which nobody said how they feel.",
        ));
    }
    let used: std::collections::HashSet<usize> = path.iter().map(|s| s.step).collect();
    let empty: Vec<_> = map.steps().enumerate().filter(|(at, _)| !used.contains(at)).map(|(_, s)| s).collect();
    if !empty.is_empty() {
        // A step without a name goes by that of its stage.
        let name = |(stage, step): &(usize, &std::sync::Arc<crate::model::Step>)| {
            if step.name.is_empty() { map.stages[*stage].name.clone() } else { step.name.clone() }
        };
        let about = empty.iter().map(|(_, s)| Element::Step(s.id.clone())).collect();
        let words = empty.iter().map(name).collect();
        list.push(gap("Steps without touchpoint", words, about, "Steps in which nothing stands, in any lane."));
    }
    list
}

#[cfg(test)]
mod tests {
    use super::super::samples::shop;
    use super::*;

    fn rows(group: Group) -> Vec<(String, String)> {
        let all = findings(&shop()).into_iter().filter(|f| f.group == group);
        all.map(|f| (f.name.to_owned(), f.figure)).collect()
    }

    fn pair(name: &str, figure: &str) -> (String, String) {
        (name.into(), figure.into())
    }

    #[test]
    fn the_curve_is_told_with_scores_first() {
        let wanted = [
            pair("Peak\u{2013}end", "\u{2212}0.5"),
            pair("Mean", "+0.2"),
            pair("Peak", "+3"),
            pair("Low", "\u{2212}4"),
            pair("End", "+3"),
            pair("Steepest drop", "\u{2212}5"),
        ];
        assert_eq!(rows(Group::Emotion), wanted);
    }

    #[test]
    fn channels_gaps_moments_and_questions_are_told() {
        assert_eq!(rows(Group::Channels), [pair("Changes of channel", "3"), pair("Empty cells", "3 of 8")]);
        let gaps = [pair("Touchpoints without emotion", "2"), pair("Steps without touchpoint", "1")];
        assert_eq!(rows(Group::Gaps), gaps);
        assert_eq!(rows(Group::Moments), [pair("Moment of truth", "\u{2212}4")]);
        assert_eq!(rows(Group::Questions), [pair("Question", "4")]);
        assert_eq!(rows(Group::HandOffs).len(), 3);
    }

    #[test]
    fn every_finding_is_about_something_on_the_map_and_says_its_rule() {
        let map = shop();
        for finding in findings(&map) {
            assert!(finding.about.iter().all(|element| map.contains(element)), "{finding:?}");
            assert!(finding.rule.ends_with('.') && finding.rule.matches(". ").count() == 0, "{finding:?}");
        }
        let empty = findings(&JourneyMap::default());
        assert_eq!(empty, []);
    }
}
