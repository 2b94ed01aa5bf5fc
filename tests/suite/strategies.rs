//! Random texts and maps that favour what goes wrong: empty, quoted, right-to-left, unseen, repeated.

use std::collections::HashSet;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rihla::model::{
    Accent, Annotation, AnnotationKind, Direction, Emotion, JourneyMap, Lane, LaneKind, Level, Stage, Step, Touchpoint,
};

/// Texts that have broken something somewhere.
const EDGES: [&str; 32] = [
    " ",
    "\n",
    "\n\n a \n",
    "\t",
    "\"",
    "\\",
    "\\n",
    "\"#",
    "r#\"raw\"##",
    "say \"#hi\"## \\o/",
    "// no remark",
    "/* no */ remark",
    "), (id: \"x\"",
    "a\r\nb\rc",
    "\u{0}",
    "\u{7}\u{1b}[31m",
    "\u{feff}mark",
    "\u{202e}overridden\u{202c}",
    "\u{2066}isolated",
    "zero\u{200b}width\u{200d}\u{200c}",
    "line\u{2028}paragraph\u{2029}next\u{85}",
    "a\n<<<<<<< HEAD\nb\n>>>>>>> theirs",
    "<<<<<<< HEAD",
    "👩‍👩‍👧 ❤️ 🇱🇹",
    "رحلة العميل CRM 2026",
    "می‌خواهد ۱۲۳ ؟",
    "mixed رحلة and עברית (1)",
    "ąčęėįšųūž Ž",
    "日本語と한국어",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
    "e\u{301}\u{301}\u{301}\u{301}",
    "…",
];

/// Any text of a map.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        4 => select(&EDGES[..]).prop_map(str::to_owned),
        4 => "[a-zA-Z0-9 ,.]{1,40}",
        1 => "[a-z\"#\\\\\n\r]{1,12}",
        1 => vec(any::<char>(), 0..12).prop_map(String::from_iter),
        1 => (select(&EDGES[..]), select(&EDGES[..])).prop_map(|(a, b)| format!("{a}{b}")),
    ]
}

/// Text as it is after reading a file: with LF line ends only.
pub fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// An annotation.
pub fn annotation() -> impl Strategy<Value = Annotation> {
    let levels = (select(&Level::ALL[..]), select(&Level::ALL[..]));
    (select(&AnnotationKind::ALL[..]), text(), levels).prop_map(|(kind, text, (severity, frequency))| Annotation {
        kind,
        text,
        severity,
        frequency,
    })
}

/// An emotion, or none.
pub fn emotion() -> impl Strategy<Value = Option<Emotion>> {
    option::of((-5i64..=5).prop_map(Emotion::clamped))
}

fn step() -> impl Strategy<Value = Step> {
    let name = prop_oneof![Just(String::new()), text()];
    (id(), name, option::weighted(0.2, any::<u16>()), vec(annotation(), 0..3))
        .prop_map(|(id, name, width, annotations)| Step { id: id.into(), name, width, annotations })
}

fn stage() -> impl Strategy<Value = Stage> {
    let accent = option::weighted(0.3, select(&Accent::ALL[..]));
    let phase = prop_oneof![3 => Just(String::new()), 1 => text(), 1 => Just("During".to_owned())];
    (id(), text(), phase, accent, vec(step(), 1..4)).prop_map(|(id, name, phase, accent, steps)| Stage {
        id: id.into(),
        name,
        phase,
        accent,
        steps: steps.into_iter().map(Arc::new).collect(),
    })
}

fn lane() -> impl Strategy<Value = Lane> {
    let kind = prop_oneof![3 => Just(LaneKind::Touchpoints), 2 => select(&LaneKind::ALL[..])];
    let shown = (proptest::bool::weighted(0.15), proptest::bool::weighted(0.15));
    (id(), text(), text(), kind, shown).prop_map(|(id, name, hint, kind, (collapsed, hidden))| Lane {
        hint,
        collapsed,
        hidden,
        ..Lane::new(id, name, kind)
    })
}

fn touchpoint() -> impl Strategy<Value = Touchpoint> {
    let more = (vec(text(), 0..3), text(), vec(annotation(), 0..3));
    (id(), text(), text(), emotion(), any::<bool>(), more).prop_map(
        |(id, title, notes, emotion, moment_of_truth, (channels, owner, annotations))| Touchpoint {
            notes,
            emotion,
            moment_of_truth,
            channels,
            owner,
            annotations,
            ..Touchpoint::new(id, "", title)
        },
    )
}

/// Few different ids, so that they often clash; [`unique`] sets them apart.
fn id() -> impl Strategy<Value = String> {
    prop_oneof![3 => select(&["a", "b", "buy", "stage", "قیمت", "x \"y\" \\z"][..]).prop_map(str::to_owned), 1 => text()]
}

/// `id`, or something like it where `taken` has it.
fn unique(id: &str, taken: &mut HashSet<String>) -> String {
    let base = if id.is_empty() { "empty" } else { id };
    let free = (1..).map(|n| if n == 1 { base.to_owned() } else { format!("{base}-{n}") });
    let id = free.into_iter().find(|id| !taken.contains(id)).expect("numbers do not end");
    taken.insert(id.clone());
    id
}

/// Any sound map.
pub fn map() -> impl Strategy<Value = JourneyMap> {
    let direction = select(&[Direction::Auto, Direction::LeftToRight, Direction::RightToLeft][..]);
    let head = (text(), text(), direction, proptest::bool::weighted(0.1));
    let stages = prop_oneof![1 => vec(stage(), 0..1), 9 => vec(stage(), 1..4)];
    let touchpoints = vec((any::<Index>(), any::<Index>(), touchpoint()), 0..16);
    (head, stages, vec(lane(), 0..6), touchpoints).prop_map(
        |((title, subtitle, direction, locked), stages, lanes, all)| {
            let mut map = JourneyMap { title, subtitle, direction, locked, ..JourneyMap::default() };
            let (mut stage_ids, mut step_ids, mut lane_ids) = <(HashSet<_>, HashSet<_>, HashSet<_>)>::default();
            for mut stage in stages {
                stage.id = unique(stage.id.as_str(), &mut stage_ids).into();
                for step in &mut stage.steps {
                    let step = Arc::make_mut(step);
                    step.id = unique(step.id.as_str(), &mut step_ids).into();
                }
                map.stages.push(Arc::new(stage));
            }
            for mut lane in lanes {
                lane.id = unique(lane.id.as_str(), &mut lane_ids).into();
                map.lanes.push(Arc::new(lane));
            }
            fill(&mut map, all);
            map
        },
    )
}

/// Puts each touchpoint into the lane and step that its indices choose.
fn fill(map: &mut JourneyMap, touchpoints: Vec<(Index, Index, Touchpoint)>) {
    let steps: Vec<_> = map.steps().map(|(_, step)| step.id.clone()).collect();
    let is_open = |lane: &&mut Arc<Lane>| lane.kind == LaneKind::Touchpoints;
    let mut lanes: Vec<&mut Arc<Lane>> = map.lanes.iter_mut().filter(is_open).collect();
    if steps.is_empty() || lanes.is_empty() {
        return;
    }
    let mut ids = HashSet::new();
    for (lane, step, mut touchpoint) in touchpoints {
        touchpoint.id = unique(touchpoint.id.as_str(), &mut ids).into();
        touchpoint.step = step.get(&steps).clone();
        let lane = lane.index(lanes.len());
        Arc::make_mut(lanes[lane]).touchpoints.push(Arc::new(touchpoint));
    }
}
