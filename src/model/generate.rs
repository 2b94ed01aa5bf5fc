//! Maps of any size for benches and tests, the same bytes each time.

use std::sync::Arc;

use super::{
    Annotation, AnnotationKind, Emotion, JourneyMap, Lane, LaneKind, Stage, Step, StepId, Touchpoint, TouchpointId,
};

const ENGLISH: [&str; 6] = [
    "Reads three reviews and compares prices",
    "Asks a friend who bought the same one",
    "Waits for the confirmation to come in",
    "Calls support because the page is slow",
    "Opens the parcel and checks the receipt",
    "Tells the family group what it was like",
];
const ARABIC: [&str; 2] = ["يقارن الأسعار بين ثلاثة متاجر على الهاتف", "ينتظر رسالة التأكيد من البنك CRM 2026"];

/// A map with every cell of `stages` × `steps` × `lanes` filled with one touchpoint, and an emotion
/// lane and a pain-point lane below the first lane.
///
/// Titles have 36 to 44 characters, one in ten is Arabic; every touchpoint has an emotion.
pub fn generate(stages: usize, steps: usize, lanes: usize) -> JourneyMap {
    let mut noise = Noise(0x5eed);
    let mut map = JourneyMap { title: format!("Generated map {stages}x{steps}x{lanes}"), ..JourneyMap::default() };
    map.stages = (0..stages).map(|s| Arc::new(stage(s, steps))).collect();
    let ids: Vec<StepId> = map.steps().map(|(_, step)| step.id.clone()).collect();
    for l in 0..lanes {
        let mut lane = Lane::new(format!("lane-{}", l + 1), format!("Lane {}", l + 1), LaneKind::Touchpoints);
        lane.touchpoints =
            ids.iter().enumerate().map(|(s, step)| Arc::new(touchpoint(l, s, step, &mut noise))).collect();
        map.lanes.push(Arc::new(lane));
        if l == 0 {
            map.lanes.push(Arc::new(Lane::new("emotion", "Emotion", LaneKind::Emotion)));
            map.lanes.push(Arc::new(Lane::new("pain-points", "Pain points", LaneKind::PainPoints)));
        }
    }
    map
}

fn stage(index: usize, steps: usize) -> Stage {
    let step = |s: usize| Step {
        id: format!("step-{}-{}", index + 1, s + 1).into(),
        name: String::new(),
        width: None,
        annotations: Vec::new(),
    };
    Stage {
        id: format!("stage-{}", index + 1).into(),
        name: format!("Stage {}", index + 1),
        words: String::new(),
        phase: String::new(),
        accent: None,
        steps: (0..steps).map(|s| Arc::new(step(s))).collect(),
    }
}

fn touchpoint(lane: usize, index: usize, step: &StepId, noise: &mut Noise) -> Touchpoint {
    let number = lane * 1000 + index;
    let text = if number % 10 == 9 {
        ARABIC[noise.below(ARABIC.len())].to_owned()
    } else {
        format!("{} {}", ENGLISH[noise.below(ENGLISH.len())], noise.below(900) + 100)
    };
    let mut touchpoint =
        Touchpoint::new(TouchpointId::from(format!("t-{}-{}", lane + 1, index + 1)), step.clone(), text);
    touchpoint.emotion = Some(Emotion::clamped(noise.below(11) as i64 - 5));
    touchpoint.moment_of_truth = noise.below(20) == 0;
    if noise.below(15) == 0 {
        touchpoint.annotations.push(Annotation::new(AnnotationKind::PainPoint, "Takes far longer than promised"));
    }
    touchpoint
}

/// A small linear congruential generator (Knuth's MMIX constants): the same numbers on every machine.
struct Noise(u64);

impl Noise {
    /// A number below `bound`.
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }
}
