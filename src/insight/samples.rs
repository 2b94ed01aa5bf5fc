//! A small map whose figures can be worked out by hand.

use std::sync::Arc;

use crate::model::{Annotation, AnnotationKind, Emotion, JourneyMap, Lane, LaneKind, Level, Stage, Step, Touchpoint};

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
