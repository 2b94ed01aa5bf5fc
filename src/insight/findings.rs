//! All findings of a map as a list to read: what, how much, about which elements, by which rule.

use std::collections::HashSet;
use std::sync::Arc;

use super::finding::{card, counted};
use super::{
    Coverage, Curve, Finding, Group, Point, Ranked, Stop, board, channel_changes, evidence, goals, hand_offs, loyalty,
    metrics, path, personas, rank, repeats, rivals, signed, silos, time,
};
use crate::model::{AnnotationKind, AnnotationRef, Element, Host, JourneyMap, PersonaId, Status, Step, Touchpoint};

/// All findings of `map`, group by group.
pub fn findings(map: &JourneyMap) -> Vec<Finding> {
    findings_of(map, None)
}

/// The same with the emotion curve of `persona` for that of all.
pub fn findings_of(map: &JourneyMap, persona: Option<&PersonaId>) -> Vec<Finding> {
    let path = path(map);
    let told = |group: &Group| match group {
        Group::Emotion => emotion(&path, persona),
        Group::Pains => ranked(map, &path, AnnotationKind::PainPoint),
        Group::Opportunities => ranked(map, &path, AnnotationKind::Opportunity),
        Group::Delights => ranked(map, &path, AnnotationKind::Delight),
        Group::QuickWins => board::told(map, &path),
        Group::Loyalty => loyalty::told(map, &path),
        Group::Personas => personas::told(map, &path),
        Group::Competitors => rivals::told(map, &path),
        Group::Channels => channels(map, &path),
        Group::HandOffs => owners(&path),
        Group::Silos => silos::told(&path),
        Group::Repeats => repeats::told(&path),
        Group::Time => time::told(map, &path),
        Group::Metrics => metrics::told(map),
        Group::Goals => goals::told(map),
        Group::Moments => moments(&path),
        Group::Questions => ranked(map, &path, AnnotationKind::Question),
        Group::Assumptions => evidence::told(&path),
        Group::Gaps => gaps(map, &path),
    };
    Group::ALL.iter().flat_map(told).collect()
}

/// The element that an annotation hangs on.
pub(super) fn host(at: &AnnotationRef) -> Element {
    match &at.host {
        Host::Touchpoint(id) => Element::Touchpoint(id.clone()),
        Host::Step(id) => Element::Step(id.clone()),
    }
}

/// The name of a step; one without goes by that of its stage.
pub(super) fn step_name(map: &JourneyMap, (stage, step): (usize, &Step)) -> String {
    if step.name.is_empty() { map.stages[stage].name.clone() } else { step.name.clone() }
}

/// The figures of the curve of `persona`, or without one of all.
fn emotion(path: &[Stop], persona: Option<&PersonaId>) -> Vec<Finding> {
    let Some(curve) = Curve::of(path, persona) else { return Vec::new() };
    let felt = path.iter().filter(|s| s.felt_by(persona).is_some()).map(|s| card(&s.touchpoint));
    let rule = if persona.is_some() { MEAN_OF_ONE } else { MEAN };
    let mut list = vec![peak_end(Group::Emotion, &curve)];
    list.push(Finding::new(Group::Emotion, "Mean", signed(curve.mean), rule).about(felt));
    list.extend(points(Group::Emotion, &curve));
    list
}

/// What of a curve stays in memory.
pub(super) fn peak_end(group: Group, curve: &Curve) -> Finding {
    let ends = [card(&curve.strongest.touchpoint), card(&curve.end.touchpoint)];
    Finding::new(group, "Peak\u{2013}end", signed(curve.peak_end()), PEAK_END).about(ends)
}

/// Peak, low, end and steepest drop of a curve.
pub(super) fn points(group: Group, curve: &Curve) -> Vec<Finding> {
    let point = |name, point: &Point, rule| {
        let (title, about) = (point.touchpoint.title.clone(), card(&point.touchpoint));
        Finding::new(group, name, point.emotion.to_string(), rule).words([title]).about([about])
    };
    let mut list = vec![
        point("Peak", &curve.peak, "The touchpoint with the highest emotion, the first of equal ones."),
        point("Low", &curve.low, "The touchpoint with the lowest emotion, the first of equal ones."),
        point("End", &curve.end, "The last touchpoint on the path that has an emotion."),
    ];
    list.extend(curve.drop.as_ref().map(|drop| {
        let ends = [&drop.from.touchpoint, &drop.to.touchpoint];
        Finding::new(group, "Steepest drop", format!("\u{2212}{}", drop.by), DROP)
            .words(ends.map(|t| t.title.clone()))
            .about(ends.map(|t| card(t)))
    }));
    list
}

const MEAN: &str = "The mean of the emotions of all touchpoints that have one; on a map that tells only of personas, their means count.";
const MEAN_OF_ONE: &str = "The mean of the emotions of this persona, its own or else everybody's.";
const PEAK_END: &str =
    "The mean of the strongest emotion, happy or not, and the last one: what stays in memory (Kahneman).";
const DROP: &str = "The largest fall from one touchpoint with an emotion to the next one.";

fn ranked(map: &JourneyMap, path: &[Stop], kind: AnnotationKind) -> Vec<Finding> {
    let (group, rule) = match kind {
        AnnotationKind::PainPoint => (
            Group::Pains,
            "Pain points by severity × frequency × votes; no votes count as one, and what is done comes last.",
        ),
        AnnotationKind::Opportunity => (
            Group::Opportunities,
            "Opportunities by severity × frequency × votes; no votes count as one, and what is done comes last.",
        ),
        AnnotationKind::Delight => (
            Group::Delights,
            "Delights by severity × frequency × votes; no votes count as one, and what is done comes last.",
        ),
        AnnotationKind::Question => (
            Group::Questions,
            "What the team does not know yet, by severity × frequency × votes, none counting as one; what is done comes last.",
        ),
    };
    let finding = |ranked: Ranked| {
        let annotation = &ranked.annotation;
        let is_done = annotation.status == Status::Done;
        let figure = if is_done { "Done".into() } else { ranked.weight.to_string() };
        let votes = (annotation.votes > 0).then(|| {
            let votes = counted(annotation.votes, "vote");
            format!("{} × {} × {votes}", annotation.severity.get(), annotation.frequency.get())
        });
        let status = (annotation.status == Status::InProgress).then(|| "in progress".to_owned());
        let note = votes.into_iter().chain(status).collect::<Vec<_>>().join(", ");
        let owner = Some(annotation.owner.trim()).filter(|owner| !owner.is_empty());
        let words = std::iter::once(annotation.text.as_str()).chain(owner);
        Finding::new(group, kind.name(), figure, rule).note(note).words(words).about([host(&ranked.at)])
    };
    rank(map, path, kind).into_iter().map(finding).collect()
}

fn channels(map: &JourneyMap, path: &[Stop]) -> Vec<Finding> {
    let coverage = Coverage::of(path, map.stages.len());
    if coverage.channels.is_empty() {
        return Vec::new();
    }
    let finding = |name, figure, rule| Finding::new(Group::Channels, name, figure, rule);
    let changes = channel_changes(path);
    let ends = changes.iter().flat_map(|(from, to)| [card(from), card(to)]);
    let empty = format!("{} of {}", coverage.empty_cells(), coverage.all_cells());
    let mut list = vec![
        finding("Changes of channel", changes.len().to_string(), CHANGES).about(ends),
        finding("Empty cells", empty, "The pairs of channel and stage without a touchpoint."),
    ];
    list.extend(coverage.single_channel_stages().into_iter().map(|(stage, channel)| {
        finding("Single-channel stage", "1".into(), "A stage that one channel alone serves.")
            .words([&map.stages[stage].name, &coverage.channels[channel]])
            .about([Element::Stage(map.stages[stage].id.clone())])
    }));
    list
}

const CHANGES: &str = "Touchpoints along the path that share no channel with the last one before them that names any; \
     links are followed, and what happens backstage is passed over.";

fn owners(path: &[Stop]) -> Vec<Finding> {
    let rule = "Where the next touchpoint on the path that has an owner has another one.";
    let offs = hand_offs(path).into_iter().enumerate().map(|(at, off)| {
        Finding::new(Group::HandOffs, "Hand-off", (at + 1).to_string(), rule)
            .words([off.from.owner.trim(), off.to.owner.trim()])
            .about([card(&off.from), card(&off.to)])
    });
    offs.collect()
}

fn moments(path: &[Stop]) -> Vec<Finding> {
    type Marked = fn(&Touchpoint) -> bool;
    let kinds: [(&str, Marked, &str); 4] = [
        ("Moment of truth", |t| t.moment_of_truth, "Touchpoints marked as moments of truth, with their emotions."),
        ("Moment of joy", |t| t.moment_of_joy, "Touchpoints marked as moments of joy, with their emotions."),
        ("Key moment", |t| t.key_moment, "Touchpoints marked as key moments, with their emotions."),
        ("Entry point", |t| t.entry, "Touchpoints where customers come into the journey, with their emotions."),
    ];
    let mut list = Vec::new();
    for (name, is_marked, rule) in kinds {
        for stop in path.iter().filter(|stop| is_marked(&stop.touchpoint)) {
            let finding = Finding::new(Group::Moments, name, felt(&stop.touchpoint), rule);
            list.push(finding.words([&stop.touchpoint.title]).about([card(&stop.touchpoint)]));
        }
    }
    list
}

/// How a touchpoint feels to everybody, or else from the worst to the best of its personas; a dash where nobody said.
fn felt(touchpoint: &Touchpoint) -> String {
    let of_personas = || touchpoint.emotions.values().copied();
    match (touchpoint.emotion, of_personas().min(), of_personas().max()) {
        (Some(emotion), ..) => emotion.to_string(),
        (None, Some(low), Some(high)) if low != high => format!("{low} to {high}"),
        (None, Some(one), _) => one.to_string(),
        _ => "\u{2013}".into(),
    }
}

fn gaps(map: &JourneyMap, path: &[Stop]) -> Vec<Finding> {
    let gap =
        |name, about: Vec<Element>, rule| Finding::new(Group::Gaps, name, about.len().to_string(), rule).about(about);
    let mut list = Vec::new();
    let bare: Vec<Element> = path.iter().filter(|s| !s.touchpoint.is_felt()).map(|s| card(&s.touchpoint)).collect();
    if !bare.is_empty() {
        list.push(gap("Touchpoints without emotion", bare, "Touchpoints of which nobody said how they feel."));
    }
    let used: HashSet<usize> = path.iter().map(|s| s.step).collect();
    let empty: Vec<(usize, &Arc<Step>)> =
        map.steps().enumerate().filter(|(at, _)| !used.contains(at)).map(|(_, s)| s).collect();
    if !empty.is_empty() {
        let about = empty.iter().map(|(_, s)| Element::Step(s.id.clone())).collect();
        let words = empty.iter().map(|(stage, step)| step_name(map, (*stage, step)));
        list.push(gap("Steps without touchpoint", about, "Steps in which nothing stands, in any lane.").words(words));
    }
    list
}

#[cfg(test)]
mod tests {
    use super::super::samples::{full_shop, shop, told_by_personas};
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
    fn the_curve_of_a_persona_stands_for_that_of_all() {
        let map = told_by_personas();
        let rows = |persona: Option<&PersonaId>| {
            let all = findings_of(&map, persona).into_iter().filter(|f| f.group == Group::Emotion);
            all.map(|f| (f.name, f.figure, f.words.join(" > "))).collect::<Vec<_>>()
        };
        let row = |name, figure: &str, words: &str| (name, figure.to_owned(), words.to_owned());
        // The arithmetic is in curve.rs.
        let ann = [
            row("Peak\u{2013}end", "\u{2212}2.0", ""),
            row("Mean", "\u{2212}0.5", ""),
            row("Peak", "+4", "T ad"),
            row("Low", "\u{2212}5", "T pay"),
            row("End", "+1", "T parcel"),
            row("Steepest drop", "\u{2212}6", "T ad > T site"),
        ];
        assert_eq!(rows(Some(&"ann".into())), ann);
        assert_eq!(rows(None)[..2], [row("Peak\u{2013}end", "\u{2212}1.5", ""), row("Mean", "+0.3", "")]);
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
        for map in [shop(), full_shop()] {
            for finding in findings(&map) {
                assert!(finding.about.iter().all(|element| map.contains(element)), "{finding:?}");
                assert!(finding.rule.ends_with('.') && finding.rule.matches(". ").count() == 0, "{finding:?}");
            }
        }
        let empty = findings(&JourneyMap::default());
        assert_eq!(empty, []);
    }

    #[test]
    fn a_map_with_everything_has_something_in_every_group_in_their_order() {
        let mut groups: Vec<Group> = findings(&full_shop()).iter().map(|f| f.group).collect();
        groups.dedup();
        assert_eq!(groups, Group::ALL);
    }

    #[test]
    fn delights_are_told_and_so_are_owner_and_what_is_being_done() {
        let mut map = shop();
        super::super::samples::change(&mut map, "ad", |t| {
            let delight = super::super::samples::note(AnnotationKind::Delight, "made me laugh", 2, 3);
            t.annotations =
                vec![crate::model::Annotation { owner: " Brand team ".into(), status: Status::InProgress, ..delight }];
        });
        let delight = findings(&map).into_iter().find(|f| f.group == Group::Delights).unwrap();
        assert_eq!((delight.figure.as_str(), delight.note.as_str()), ("6", "in progress"));
        assert_eq!(delight.words, ["made me laugh", "Brand team"]);
        let report = super::super::markdown(&map);
        assert!(report.contains("## Delights\n"), "{report}");
        assert!(report.contains("| 6 | made me laugh, Brand team (in progress) | FIND / LOOK |"), "{report}");
    }

    #[test]
    fn votes_are_told_and_what_is_done_says_so() {
        let list: Vec<Finding> =
            findings(&full_shop()).into_iter().filter(|f| f.group == Group::Opportunities).collect();
        let (last, first) = (&list[list.len() - 1], &list[0]);
        assert_eq!((last.figure.as_str(), last.words[0].as_str(), first.note.as_str()), ("Done", "sample", ""));
        let mut map = shop();
        super::super::samples::change(&mut map, "pay", |t| t.annotations[0].votes = 4);
        let pains = findings(&map).into_iter().find(|f| f.group == Group::Pains).unwrap();
        assert_eq!((pains.figure.as_str(), pains.note.as_str()), ("24", "3 × 2 × 4 votes"));
    }
}
