//! What is another in one map than in the other: added, removed, moved, changed, field by field.
//!
//! Things are the same when their ids are; what has no id is matched by what it says, then by its place.

mod annotations;
mod beside;
mod fields;
mod grid;
mod map;
mod order;
mod report;
mod touchpoints;

use crate::model::{Element, JourneyMap};

pub use report::listing;

/// What became of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// Only the second map has it.
    Added,
    /// Only the first map has it.
    Removed,
    /// It stands elsewhere.
    Moved,
    /// It says something else.
    Changed,
}

impl Change {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Added, Self::Removed, Self::Moved, Self::Changed];

    /// The English word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Removed => "Removed",
            Self::Moved => "Moved",
            Self::Changed => "Changed",
        }
    }
}

/// A value as it is told: short, on one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Said {
    /// There is none.
    #[default]
    Nothing,
    /// A word or number of ours.
    Plain(String),
    /// Words of the user.
    Text(String),
}

impl Said {
    /// The words, `nothing` for none.
    pub fn words(&self) -> &str {
        match self {
            Self::Nothing => "nothing",
            Self::Plain(text) | Self::Text(text) => text,
        }
    }
}

/// One thing in which two maps differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What became of it.
    pub change: Change,
    /// What it is, as the window calls it: `Touchpoint`.
    pub subject: &'static str,
    /// What the user calls it; empty for what has no name.
    pub name: String,
    /// Which of its fields changed, or in what respect it moved; empty for what was added or removed.
    pub field: &'static str,
    /// The field in the first map, or where the thing stood there.
    pub before: Said,
    /// The field in the second map, or where the thing stands there.
    pub after: Said,
    /// Where it is on the first map.
    pub in_a: Option<Element>,
    /// Where it is on the second map.
    pub in_b: Option<Element>,
}

impl Difference {
    /// Whether it is about its element itself, and not about something that only belongs there, such as a link.
    pub fn is_about_element(&self) -> bool {
        ![beside::LINK, beside::METRIC].contains(&self.subject)
    }

    /// Whether it only says that each of two maps is the counterpart of the other.
    pub fn is_pairing(&self) -> bool {
        self.subject == map::SUBJECT && [map::STATE, map::COUNTERPART].contains(&self.field)
    }
}

/// All differences on the way from map `a` to map `b`.
///
/// First the map's own texts and its structure, then touchpoints along the journey, then what the map knows
/// beside its grid. The order of links, and of touchpoints in different cells, makes no difference.
pub fn compare(a: &JourneyMap, b: &JourneyMap) -> Vec<Difference> {
    let mut found = Vec::new();
    if a == b {
        return found;
    }
    map::texts(&mut found, a, b);
    grid::stages(&mut found, a, b);
    grid::steps(&mut found, a, b);
    grid::lanes(&mut found, a, b);
    touchpoints::touchpoints(&mut found, a, b);
    beside::personas(&mut found, a, b);
    beside::links(&mut found, a, b);
    beside::metrics(&mut found, a, b);
    beside::goals(&mut found, a, b);
    beside::competitors(&mut found, a, b);
    map::swot_and_weights(&mut found, a, b);
    beside::views(&mut found, a, b);
    found
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{
        Annotation, AnnotationKind, Competitor, Emotion, Evidence, Goal, Lane, LaneKind, Link, LinkKind, Metric,
        MetricHost, MetricKind, Persona, State, Swot, Touchpoint, TouchpointId, generate,
    };

    /// The differences that `change` makes in a map of three stages of two steps and two lanes.
    fn told(change: impl FnOnce(&mut JourneyMap)) -> Vec<String> {
        let a = generate(3, 2, 3);
        let mut b = a.clone();
        change(&mut b);
        let found = compare(&a, &b);
        for difference in &found {
            assert!(difference.in_a.as_ref().is_none_or(|element| a.contains(element)), "{difference:?}");
            assert!(difference.in_b.as_ref().is_none_or(|element| b.contains(element)), "{difference:?}");
        }
        found.iter().map(|d| format!("{:?} {d}", d.change)).collect()
    }

    fn touchpoint<'m>(map: &'m mut JourneyMap, id: &str) -> &'m mut Touchpoint {
        let lane =
            map.lanes.iter_mut().find(|l| l.touchpoints.iter().any(|t| t.id.as_str() == id)).expect("it is there");
        let found = Arc::make_mut(lane).touchpoints.iter_mut().find(|t| t.id.as_str() == id);
        Arc::make_mut(found.expect("it is there"))
    }

    fn add(map: &mut JourneyMap, lane: usize, touchpoint: Touchpoint) {
        Arc::make_mut(&mut map.lanes[lane]).touchpoints.push(Arc::new(touchpoint));
    }

    #[test]
    fn a_map_does_not_differ_from_itself() {
        let map = generate(3, 2, 3);
        assert_eq!(compare(&map, &map), []);
        assert!(told(|_| {}).is_empty());
    }

    #[test]
    fn a_stage_that_moved_is_one_difference() {
        assert_eq!(told(|map| map.stages.rotate_left(1)), ["Moved Stage “Stage 1”: Place 1 → 3"]);
        let first_to_last = |map: &mut JourneyMap| {
            let lane = map.lanes.remove(0);
            map.lanes.push(lane);
        };
        assert_eq!(told(first_to_last), ["Moved Lane “Lane 1”: Place 1 → 5"]);
    }

    #[test]
    fn steps_move_within_and_between_stages() {
        let swap = |map: &mut JourneyMap| Arc::make_mut(&mut map.stages[0]).steps.swap(0, 1);
        assert_eq!(told(swap), ["Moved Step “Stage 1 (1)”: Place 2 → 1"]);
        let carry = |map: &mut JourneyMap| {
            let step = Arc::make_mut(&mut map.stages[0]).steps.remove(0);
            Arc::make_mut(&mut map.stages[2]).steps.push(step);
        };
        assert_eq!(told(carry), ["Moved Step “Stage 3 (3)”: Stage “Stage 1” → “Stage 3”"]);
    }

    #[test]
    fn a_stage_comes_and_goes_with_its_steps_but_not_its_touchpoints() {
        let take = |map: &mut JourneyMap| {
            let gone = map.stages.remove(1);
            for lane in &mut map.lanes {
                Arc::make_mut(lane).touchpoints.retain(|t| gone.steps.iter().all(|s| s.id != t.step));
            }
        };
        let found = told(take);
        assert_eq!(found.len(), 1 + 6, "{found:?}");
        assert_eq!(found[0], "Removed Stage “Stage 2”");
        assert_eq!(
            found[1],
            "Removed Touchpoint “Asks a friend who bought the same one 734” in “Lane 1 · Stage 2 (1)”"
        );
        let map = generate(3, 2, 3);
        let mut less = map.clone();
        take(&mut less);
        let found: Vec<String> = compare(&less, &map).iter().map(|d| format!("{:?} {d}", d.change)).collect();
        assert_eq!((found.len(), found[0].as_str()), (7, "Added Stage “Stage 2”"));
    }

    #[test]
    fn touchpoints_move_to_other_cells_and_in_their_stack() {
        let step = |map: &mut JourneyMap| touchpoint(map, "t-1-1").step = "step-3-2".into();
        assert_eq!(
            told(step),
            ["Moved Touchpoint “Opens the parcel and checks the receipt 991”: Step “Stage 1 (1)” → “Stage 3 (2)”"]
        );
        let lane = |map: &mut JourneyMap| {
            let moved = Arc::make_mut(&mut map.lanes[0]).touchpoints.remove(1);
            Arc::make_mut(&mut map.lanes[3]).touchpoints.push(moved);
        };
        assert_eq!(
            told(lane),
            ["Moved Touchpoint “Tells the family group what it was like 398”: Lane “Lane 1” → “Lane 2”"]
        );
        let mut a = generate(1, 1, 1);
        for id in ["p", "q", "r"] {
            add(&mut a, 0, Touchpoint::new(id, "step-1-1", id));
        }
        let mut b = a.clone();
        Arc::make_mut(&mut b.lanes[0]).touchpoints[1..].rotate_left(1);
        let found: Vec<String> = compare(&a, &b).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["Touchpoint “p”: Place in the stack 2 → 4"]);
    }

    #[test]
    fn fields_are_told_with_before_and_after() {
        let found = told(|map| {
            map.personas.push(Arc::new(Persona::new("lina", "Lina")));
            let t = touchpoint(map, "t-1-3");
            t.title = "سعر".into();
            t.emotion = Some(Emotion::clamped(-4));
            t.owner = "Sales".into();
            t.moment_of_joy = true;
            t.channels = vec!["web".into()];
            t.emotions.insert("lina".into(), Emotion::clamped(2));
            t.evidence.push(Evidence { source: "Survey 7".into(), sample: Some(40), ..Evidence::default() });
        });
        let has = |end: &str| assert!(found.iter().any(|line| line.ends_with(end)), "{end} in {found:#?}");
        has("“\u{2068}سعر\u{2069}”: Title “Asks a friend who bought the same one 734” → “\u{2068}سعر\u{2069}”");
        has(" → \u{2212}4");
        has(": Emotion by persona nothing → “Lina: +2”");
        has(": Moment of joy no → yes");
        has(": Evidence nothing → “Interview, Survey 7, 40 asked, partly backed”");
        has("Added Persona “Lina”");
        assert!(found[0].contains("Touchpoint") && found.last().is_some_and(|l| l.contains("Persona")), "{found:#?}");
    }

    #[test]
    fn annotations_are_matched_by_what_they_say_then_by_place() {
        let pain = |text: &str| Annotation::new(AnnotationKind::PainPoint, text);
        let (mut a, mut b) = (generate(1, 1, 1), generate(1, 1, 1));
        touchpoint(&mut a, "t-1-1").annotations = vec![pain("slow"), pain("dear"), pain("far")];
        let mut dear = pain("dear");
        dear.votes = 3;
        let delight = Annotation::new(AnnotationKind::Delight, "kind staff");
        touchpoint(&mut b, "t-1-1").annotations = vec![dear, pain("slow"), pain("far away"), delight];
        let found: Vec<String> = compare(&a, &b).iter().map(ToString::to_string).collect();
        let title = &b.touchpoint(&TouchpointId::from("t-1-1")).expect("it is there").1.title;
        assert_eq!(
            found,
            [
                format!("Delight “kind staff” in “{title}”"),
                "Pain point “dear”: Place 2 → 1".into(),
                "Pain point “dear”: Votes 0 → 3".into(),
                "Pain point “far away”: Text “far” → “far away”".into(),
            ]
        );
    }

    #[test]
    fn the_map_and_what_stands_beside_its_grid_are_compared() {
        let found = told(|map| {
            map.title = "Other".into();
            map.state = Some(State::Future);
            Arc::make_mut(&mut map.lanes[0]).kind = LaneKind::Emotion;
            Arc::make_mut(&mut map.lanes[0]).touchpoints.clear();
            map.lanes.push(Arc::new(Lane::new("new", "New", LaneKind::Touchpoints)));
            map.links.push(Arc::new(Link {
                from: "t-2-1".into(),
                to: "t-2-2".into(),
                kind: LinkKind::Skip,
                label: String::new(),
                trigger: String::new(),
            }));
            map.metrics.push(Arc::new(Metric {
                id: "nps".into(),
                name: String::new(),
                kind: MetricKind::Nps,
                host: MetricHost::Stage("stage-1".into()),
                unit: String::new(),
                target: None,
                values: Vec::new(),
            }));
            map.goals.push(Arc::new(Goal::new("g", "Fewer returns")));
            map.competitors.push(Arc::new(Competitor { name: "Rival".into(), ..Competitor::default() }));
            map.swot = Arc::new(Swot { threats: vec!["rain".into()], ..Swot::default() });
            map.weights.price = crate::model::Figure::whole(20);
        });
        let has = |line: &str| assert!(found.iter().any(|l| l.starts_with(line)), "{line} in {found:#?}");
        has("Changed Map: Title “");
        has("Changed Map: State nothing → Future state");
        has("Changed Lane “Lane 1”: Shows Touchpoints → Emotion");
        has("Added Lane “New”");
        has("Added Link “");
        has("Added Metric “NPS, ");
        has("Added Goal “Fewer returns”");
        has("Added Competitor “Rival”");
        has("Changed SWOT: Threats nothing → “rain”");
        has("Changed Weights of loyalty: Price 13 → 20");
        let (a, mut b) = (generate(1, 1, 1), generate(1, 1, 1));
        b.counterpart = "a.ron".into();
        assert!(compare(&a, &b).iter().all(Difference::is_pairing));
    }
}
