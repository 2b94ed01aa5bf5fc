//! Small maps whose figures can be worked out by hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{
    Annotation, AnnotationKind, Competitor, Confidence, Driver, Emotion, Evidence, Figure, Goal, JourneyMap, Lane,
    LaneKind, Level, Metric, MetricHost, MetricKind, Persona, PersonaId, Score, Span, Stage, Status, Step, Touchpoint,
    Value,
};

/// A step.
fn step(id: &str) -> Arc<Step> {
    Arc::new(Step { id: id.into(), name: id.to_uppercase(), width: None, annotations: Vec::new() })
}

/// A stage with its steps.
fn stage(id: &str, steps: &[&str]) -> Arc<Stage> {
    let steps = steps.iter().map(|id| step(id)).collect();
    let (words, phase) = (String::new(), String::new());
    Arc::new(Stage { id: id.into(), name: id.to_uppercase(), words, phase, accent: None, steps })
}

/// A touchpoint with emotion, channels and owner.
fn touchpoint(id: &str, step: &str, emotion: Option<i64>, channels: &[&str], owner: &str) -> Touchpoint {
    Touchpoint {
        emotion: emotion.map(Emotion::clamped),
        channels: channels.iter().map(|c| (*c).to_owned()).collect(),
        owner: owner.into(),
        ..Touchpoint::new(id, step, format!("T {id}"))
    }
}

/// An annotation with severity and frequency.
pub fn note(kind: AnnotationKind, text: &str, severity: i64, frequency: i64) -> Annotation {
    let level = |n: i64| Level::try_from(n).unwrap();
    Annotation { severity: level(severity), frequency: level(frequency), ..Annotation::new(kind, text) }
}

/// Emotions along the path: +2, −1, none, +1, −4, none, +3; step `wait` has no touchpoint.
pub fn shop() -> JourneyMap {
    let mut front = Lane::new("front", "Front", LaneKind::Touchpoints);
    let mut pay = touchpoint("pay", "pay", Some(-4), &["web", "app"], "Payments");
    pay.moment_of_truth = true;
    pay.annotations = vec![
        note(AnnotationKind::PainPoint, "times out", 3, 2),
        note(AnnotationKind::Opportunity, "keep the basket", 3, 3),
        note(AnnotationKind::Question, "how often?", 2, 2),
    ];
    let mut site = touchpoint("site", "look", Some(-1), &["Web"], "Sales");
    site.annotations = vec![note(AnnotationKind::PainPoint, "slow", 2, 3)];
    let mut compare = touchpoint("compare", "weigh", None, &[], "");
    compare.annotations = vec![note(AnnotationKind::PainPoint, "too many", 1, 2)];
    let parcel = touchpoint("parcel", "get", Some(3), &["post"], "Logistics");
    let ad = touchpoint("ad", "look", Some(2), &["web"], "");
    front.touchpoints = [pay, ad, site, compare, parcel].map(Arc::new).into();
    let mut back = Lane::new("back", "Back", LaneKind::Touchpoints);
    let talk = touchpoint("talk", "weigh", Some(1), &["shop"], "sales ");
    let bank = touchpoint("bank", "pay", None, &["app"], "Bank");
    back.touchpoints = [talk, bank].map(Arc::new).into();
    let mut wait = (*step("wait")).clone();
    wait.annotations = vec![note(AnnotationKind::PainPoint, "no word", 3, 3)];
    let mut buy = (*stage("buy", &["pay", "get"])).clone();
    buy.steps.insert(1, Arc::new(wait));
    JourneyMap {
        title: "Shop".into(),
        stages: vec![stage("find", &["look", "weigh"]), Arc::new(buy)],
        lanes: vec![Arc::new(front), Arc::new(back)],
        ..JourneyMap::default()
    }
}

/// Changes one touchpoint.
pub fn change(map: &mut JourneyMap, id: &str, change: impl FnOnce(&mut Touchpoint)) {
    let mut touchpoints = map.lanes.iter_mut().flat_map(|lane| &mut Arc::make_mut(lane).touchpoints);
    change(Arc::make_mut(touchpoints.find(|t| t.id == id.into()).expect("a touchpoint of the shop")));
}

/// An opportunity with its impact and effort.
fn idea(text: &str, (severity, frequency): (i64, i64), impact: Option<i64>, effort: Option<i64>) -> Annotation {
    let score = |n: Option<i64>| n.map(Score::clamped);
    let (impact, effort) = (score(impact), score(effort));
    Annotation { impact, effort, ..note(AnnotationKind::Opportunity, text, severity, frequency) }
}

/// The shop with all that can be known of it: drivers, times, evidence, personas, metrics, goals, a competitor.
///
/// Emotions of everybody, channels, owners and pain points are those of [`shop`].
pub fn full_shop() -> JourneyMap {
    let mut map = shop();
    let drivers = [("ad", Driver::Brand), ("site", Driver::Product), ("compare", Driver::Product)];
    let more = [("talk", Driver::Interaction), ("pay", Driver::Interaction), ("parcel", Driver::Product)];
    for (id, driver) in drivers.into_iter().chain(more) {
        change(&mut map, id, |t| t.driver = Some(driver));
    }
    let times = [("talk", 20, 30), ("pay", 10, 5), ("parcel", 2880, 0), ("bank", 0, 5)];
    let span = |minutes: u32| (minutes > 0).then(|| Span::minutes(minutes));
    for (id, waiting, duration) in times {
        change(&mut map, id, |t| (t.waiting, t.duration) = (span(waiting), span(duration)));
    }
    let backed = |confidence| Evidence { confidence, ..Evidence::default() };
    change(&mut map, "site", |t| t.evidence = vec![backed(Confidence::Assumption)]);
    change(&mut map, "ad", |t| t.emotions = feelings(&[("ann", 4)]));
    change(&mut map, "pay", |t| {
        t.repeats = true;
        t.emotions = feelings(&[("ann", -5), ("ben", 1)]);
        t.evidence = vec![backed(Confidence::Researched)];
        let basket = t.annotations.iter_mut().find(|a| a.kind == AnnotationKind::Opportunity);
        *basket.expect("one of the shop") = idea("keep the basket", (3, 3), Some(8), Some(2));
        t.annotations.push(idea("later", (1, 2), Some(3), None));
    });
    change(&mut map, "talk", |t| t.annotations = vec![idea("call", (2, 1), Some(6), Some(4))]);
    change(&mut map, "parcel", |t| {
        t.remembers = true;
        t.emotions = feelings(&[("ben", 2)]);
        t.evidence = vec![backed(Confidence::Assumption), backed(Confidence::PartlyBacked)];
        t.annotations = vec![idea("text before", (2, 2), Some(7), Some(5)), idea("sample", (1, 1), Some(9), Some(1))];
        t.annotations[1].status = Status::Done;
    });
    let find = Arc::make_mut(&mut map.stages[0]);
    Arc::make_mut(&mut find.steps[0]).annotations = vec![note(AnnotationKind::Delight, "made me laugh", 2, 3)];
    map.personas = vec![Arc::new(Persona::new("ann", "Ann")), Arc::new(Persona::new("ben", "Ben"))];
    let steps = [("look", 3), ("pay", -2), ("wait", 5), ("get", 4)];
    let emotions = steps.into_iter().map(|(step, n)| (step.into(), Emotion::clamped(n))).collect();
    map.competitors = vec![Arc::new(Competitor { name: "Rival".into(), emotions })];
    add_aims(&mut map);
    map
}

/// The shop with two personas and no emotion of everybody.
pub fn told_by_personas() -> JourneyMap {
    let mut map = JourneyMap { personas: full_shop().personas, ..shop() };
    for id in ["ad", "site", "compare", "talk", "pay", "bank", "parcel"] {
        change(&mut map, id, |t| t.emotion = None);
    }
    let told: [(&str, &[(&str, i64)]); 4] = [
        ("ad", &[("ann", 4), ("ben", 1)]),
        ("site", &[("ann", -2), ("ben", 3)]),
        ("pay", &[("ann", -5), ("ben", -2)]),
        ("parcel", &[("ann", 1)]),
    ];
    for (id, of) in told {
        change(&mut map, id, |t| t.emotions = feelings(of));
    }
    map
}

/// Emotions of personas.
fn feelings(of: &[(&str, i64)]) -> BTreeMap<PersonaId, Emotion> {
    of.iter().map(|(id, n)| ((*id).into(), Emotion::clamped(*n))).collect()
}

/// Metrics and goals.
fn add_aims(map: &mut JourneyMap) {
    let metric = |id: &str, name: &str, kind, host, target: Option<i32>, value: i32| Metric {
        id: id.into(),
        name: name.into(),
        kind,
        host,
        unit: String::new(),
        target: target.map(Figure::whole),
        values: vec![Value {
            date: "2026-03-01".parse().expect("a date"),
            value: Figure::whole(value),
            sample: Some(100),
            low: Some(Figure::whole(value - 10)),
            high: Some(Figure::whole(value + 10)),
        }],
    };
    let (buy, pay) = (MetricHost::Stage("buy".into()), MetricHost::Touchpoint("pay".into()));
    let mut kept = metric("kept", "Kept", MetricKind::Own, MetricHost::Map, Some(8), 7);
    kept.unit = "%".into();
    let mut answers = metric("answers", "Answers", MetricKind::ResponseTime, pay.clone(), Some(4), 6);
    (answers.values[0].low, answers.values[0].high) = (None, None);
    map.metrics = [
        metric("nps", "", MetricKind::Nps, buy, Some(40), -12),
        answers,
        metric("csat", "", MetricKind::Csat, pay, Some(80), 85),
        metric("effort", "", MetricKind::Ces, MetricHost::Map, None, 3),
        kept,
    ]
    .map(Arc::new)
    .into();
    let mut fewer = Goal::new("fewer", "Fewer drop-outs");
    fewer.specific = "Drop-outs at the till fall by a fifth".into();
    fewer.metrics = vec!["nps".into(), "answers".into(), "csat".into()];
    map.goals = vec![Arc::new(fewer), Arc::new(Goal::new("happier", "Happier"))];
}
