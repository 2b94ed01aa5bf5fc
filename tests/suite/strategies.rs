//! Random texts and maps that favour what goes wrong: empty, quoted, right-to-left, unseen, repeated.

use std::collections::HashSet;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rihla::model::{
    Accent, Annotation, AnnotationKind, Automation, Competitor, Confidence, Date, Direction, Driver, Emotion, Evidence,
    EvidenceKind, Figure, Goal, JourneyMap, Lane, LaneKind, Level, Link, LinkKind, Metric, MetricHost, MetricKind,
    Persona, Place, Scale, Score, Span, Stage, State, Status, Step, Swot, Touchpoint, Value, View,
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

/// Any text that reading a file leaves as it is.
fn plain() -> impl Strategy<Value = String> {
    text().prop_map(|text| clean(&text))
}

/// An annotation.
pub fn annotation() -> impl Strategy<Value = Annotation> {
    let levels = (select(&Level::ALL[..]), select(&Level::ALL[..]));
    let score = || option::weighted(0.2, (0i64..=10).prop_map(Score::clamped));
    let more = (prop_oneof![3 => Just(String::new()), 1 => plain()], select(Status::ALL), score(), score());
    let votes = prop_oneof![Just(0u16), any::<u16>()];
    (select(&AnnotationKind::ALL[..]), text(), levels, more, votes).prop_map(
        |(kind, text, (severity, frequency), (owner, status, impact, effort), votes)| Annotation {
            kind,
            text,
            severity,
            frequency,
            owner,
            status,
            votes,
            impact,
            effort,
        },
    )
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
    let names = (text(), prop_oneof![3 => Just(String::new()), 1 => plain()]);
    (id(), names, phase, accent, vec(step(), 1..4)).prop_map(|(id, (name, words), phase, accent, steps)| Stage {
        id: id.into(),
        name,
        words,
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

fn evidence() -> impl Strategy<Value = Evidence> {
    let kind = (select(EvidenceKind::ALL), select(Confidence::ALL));
    (kind, plain(), plain(), option::of(date()), option::of(any::<u32>())).prop_map(
        |((kind, confidence), source, quote, date, sample)| Evidence { kind, source, date, sample, quote, confidence },
    )
}

fn date() -> impl Strategy<Value = Date> {
    select(&["2026", "2025-12", "2024-02-29", "0001-01-01"][..]).prop_map(|text| text.parse().expect("a date"))
}

fn figure() -> impl Strategy<Value = Figure> {
    (-1e6..1e6).prop_map(|value| Figure::new(value).expect("it is small"))
}

fn span() -> impl Strategy<Value = Option<Span>> {
    option::weighted(0.2, any::<u32>().prop_map(Span::minutes))
}

/// What of a touchpoint is rarely filled in.
fn rare() -> impl Strategy<Value = Touchpoint> {
    let flag = || proptest::bool::weighted(0.2);
    let flags = (flag(), flag(), flag(), flag(), flag());
    let words = (plain(), plain(), plain(), vec(plain(), 0..3), vec(plain(), 0..2));
    let kinds = (option::of(select(Automation::ALL)), option::of(select(Place::ALL)), option::of(select(Driver::ALL)));
    (flags, words, kinds, span(), span(), vec(evidence(), 0..2)).prop_map(
        |(flags, words, (automation, place, driver), duration, waiting, evidence)| Touchpoint {
            moment_of_joy: flags.0,
            key_moment: flags.1,
            entry: flags.2,
            repeats: flags.3,
            remembers: flags.4,
            doing: words.0,
            thinking: words.1,
            feeling: words.2,
            tags: words.3,
            pictures: words.4,
            automation,
            place,
            driver,
            duration,
            waiting,
            evidence,
            ..Touchpoint::new("", "", "")
        },
    )
}

fn touchpoint() -> impl Strategy<Value = Touchpoint> {
    let more = (vec(text(), 0..3), text(), vec(annotation(), 0..3));
    let rare = prop_oneof![1 => Just(Touchpoint::new("", "", "")), 1 => rare()];
    (id(), text(), text(), emotion(), any::<bool>(), more, rare).prop_map(
        |(id, title, notes, emotion, moment_of_truth, (channels, owner, annotations), rare)| Touchpoint {
            id: id.into(),
            title,
            notes,
            emotion,
            moment_of_truth,
            channels,
            owner,
            annotations,
            ..rare
        },
    )
}

/// Personas, links, metrics, goals, rivals and views for a map, chosen by `picks`.
fn beside(map: &mut JourneyMap, picks: &[(Index, Index, String, Figure, Date)]) {
    let ids: Vec<_> = map.touchpoints().map(|(_, t)| t.id.clone()).collect();
    let steps: Vec<_> = map.steps().map(|(_, s)| s.id.clone()).collect();
    for (n, (a, b, text, figure, date)) in picks.iter().enumerate() {
        let mut persona = Persona::new(format!("persona-{n}"), text.clone());
        persona.goals = vec![text.clone()];
        persona.quote.clone_from(text);
        map.personas.push(Arc::new(persona));
        let value = Value { date: *date, value: *figure, sample: Some(n as u32), low: None, high: Some(*figure) };
        let host = match ids.get(a.index(ids.len() + 1)) {
            Some(id) => MetricHost::Touchpoint(id.clone()),
            None => map.stages.first().map_or(MetricHost::Map, |s| MetricHost::Stage(s.id.clone())),
        };
        map.metrics.push(Arc::new(Metric {
            id: format!("metric-{n}").into(),
            name: text.clone(),
            kind: MetricKind::ALL[b.index(MetricKind::ALL.len())],
            host,
            unit: String::new(),
            target: Some(*figure),
            values: vec![value],
        }));
        let parent = n.checked_sub(1).map(|n| format!("goal-{n}").into());
        let metrics = vec![format!("metric-{n}").into()];
        let specific = text.clone();
        map.goals.push(Arc::new(Goal { parent, metrics, specific, ..Goal::new(format!("goal-{n}"), text.clone()) }));
        if !steps.is_empty() {
            let emotions = [(a.get(&steps).clone(), Emotion::clamped(a.index(11) as i64 - 5))].into();
            map.competitors.push(Arc::new(Competitor { name: text.clone(), emotions }));
        }
        let personas = vec![format!("persona-{n}").into()];
        let kinds = vec![AnnotationKind::ALL[b.index(4)]];
        map.views.push(Arc::new(View { name: text.clone(), personas, kinds, ..View::default() }));
        if ids.len() > 1 && a.get(&ids) != b.get(&ids) {
            map.links.push(Arc::new(Link {
                from: a.get(&ids).clone(),
                to: b.get(&ids).clone(),
                kind: LinkKind::ALL[a.index(LinkKind::ALL.len())],
                label: text.clone(),
                trigger: String::new(),
            }));
        }
        map.swot = Arc::new(Swot { threats: vec![text.clone()], ..Swot::default() });
        map.weights.price = *figure;
        map.state = Some(State::ALL[b.index(2)]);
        map.scale = Scale::ALL[a.index(Scale::ALL.len())];
        map.counterpart.clone_from(text);
        let named = format!("persona-{n}");
        if let Some(lane) = map.lanes.iter_mut().find(|l| !l.touchpoints.is_empty()) {
            let touchpoint = Arc::make_mut(&mut Arc::make_mut(lane).touchpoints[0]);
            touchpoint.emotions.insert(named.clone().into(), Emotion::clamped(b.index(11) as i64 - 5));
            touchpoint.importance.insert(named.into(), Level::HIGH);
        }
    }
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
    let picks = vec((any::<Index>(), any::<Index>(), plain(), figure(), date()), 0..3);
    (head, stages, vec(lane(), 0..6), touchpoints, picks).prop_map(
        |((title, subtitle, direction, locked), stages, lanes, all, picks)| {
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
            beside(&mut map, &picks);
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
