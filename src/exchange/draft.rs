//! A map in the making: what readers of other formats put their stages, steps and touchpoints into.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::loss::{Loss, Part, Place};
use crate::model::{
    AnnotationKind, Emotion, IdMaker, JourneyMap, Lane, LaneId, LaneKind, Language, Persona, PersonaId, ReadyLane,
    Stage, Step, StepId, Touchpoint,
};

/// Ids of one kind of thing.
#[derive(Debug, Default)]
struct Ids {
    taken: HashSet<String>,
    maker: IdMaker,
}

impl Ids {
    /// `wanted` where it is a word and free, or else one made of `text`.
    fn take(&mut self, wanted: &str, text: &str, fallback: &str) -> String {
        let taken = &self.taken;
        let id = if !wanted.is_empty() && !taken.contains(wanted) {
            wanted.to_owned()
        } else {
            self.maker.make(text, fallback, |id| taken.contains(id))
        };
        self.taken.insert(id.clone());
        id
    }
}

/// A map in the making.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// What is not put in by the functions below.
    pub map: JourneyMap,
    stages: Vec<Stage>,
    lanes: Vec<Lane>,
    lane_of: HashMap<(String, LaneKind), usize>,
    /// Lanes that nothing named.
    unnamed: Vec<usize>,
    persona_of: HashMap<String, PersonaId>,
    stage_ids: Ids,
    step_ids: Ids,
    lane_ids: Ids,
    touchpoint_ids: Ids,
    persona_ids: Ids,
}

/// How names are compared.
pub(super) fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The kind of a lane that is called `name`.
pub(super) fn kind_called(name: &str) -> LaneKind {
    let name = folded(name);
    let own = LaneKind::ALL.into_iter().find(|kind| folded(kind.name()) == name);
    // A lane may be called as Rihla calls it in another language.
    let ready =
        || ReadyLane::ALL.into_iter().find(|ready| Language::ALL.iter().any(|l| folded(ready.name(*l)) == name));
    own.or_else(|| ready().map(ReadyLane::kind)).unwrap_or(match name.as_str() {
        "emotions" | "emotion curve" | "emotional journey" | "feelings" | "experience" => LaneKind::Emotion,
        "pain point" | "pains" | "pain" => LaneKind::PainPoints,
        "delight" | "gains" | "joys" => LaneKind::Delights,
        "opportunity" | "ideas" => LaneKind::Opportunities,
        "question" | "open questions" => LaneKind::Questions,
        "channel" => LaneKind::Channels,
        _ => LaneKind::Touchpoints,
    })
}

/// The names by which lanes of touchpoints are found again, on one line each; what is lost of them is told. `others`
/// are names that would be taken for something else.
pub(super) fn lane_names(map: &JourneyMap, others: &[&str], losses: &mut Vec<Loss>) -> HashMap<LaneId, String> {
    let mut seen = HashSet::new();
    let mut names = HashMap::new();
    for lane in map.lanes.iter().filter(|lane| lane.kind == LaneKind::Touchpoints) {
        // What nobody sees does not tell names apart, and not every format keeps it.
        let seen_letters = lane.name.replace(|c: char| c.is_control() && !c.is_whitespace(), "");
        let mut name = seen_letters.split_whitespace().collect::<Vec<_>>().join(" ");
        let place = Place::Named("lane", if name.is_empty() { lane.id.to_string() } else { name.clone() });
        let mut tell = |how| losses.push(Loss::changed(Part::Lanes, how, place.clone()));
        if name.is_empty() {
            tell("named \"Touchpoints\", as they have no name");
            LaneKind::Touchpoints.name().clone_into(&mut name);
        }
        if kind_called(&name) != LaneKind::Touchpoints || others.contains(&folded(&name).as_str()) {
            tell("their name is that of something else, and they may become that");
        }
        if !seen.insert(folded(&name)) {
            tell("those of one name become one");
        }
        names.insert(lane.id.clone(), name);
    }
    names
}

/// The names by which personas are found again, after `clean`; what is lost of those that `are_told` is told.
pub(super) fn persona_names(
    map: &JourneyMap,
    clean: impl Fn(&str) -> String,
    are_told: impl Fn(&PersonaId) -> bool,
    losses: &mut Vec<Loss>,
) -> HashMap<PersonaId, String> {
    let mut seen = HashSet::new();
    let mut names = HashMap::new();
    for (at, persona) in map.personas.iter().enumerate().filter(|(_, persona)| are_told(&persona.id)) {
        let mut name = clean(&persona.name);
        let place = || Place::Named("persona", persona.name.clone());
        if name.is_empty() {
            name = format!("Persona {}", at + 1);
            losses.push(Loss::changed(Part::Personas, "named by their number, as they have no name", place()));
        }
        if !seen.insert(folded(&name)) {
            losses.push(Loss::changed(Part::Personas, "those of one name become one", place()));
        }
        names.insert(persona.id.clone(), name);
    }
    names
}

/// The emotion that stands for a mark from 1 (worst) to 5 (best).
pub(super) fn emotion_of_mark(mark: f64) -> Emotion {
    // In range by the clamp.
    Emotion::clamped(((mark.clamp(1.0, 5.0) - 3.0) * 2.5).round() as i64)
}

/// The nearest mark from 1 to 5, and whether it says exactly the same.
pub(super) fn mark_of_emotion(emotion: Emotion) -> (u8, bool) {
    // From 1 to 5.
    let mark = (3.0 + f64::from(emotion.get()) * 0.4).round() as u8;
    (mark, emotion_of_mark(f64::from(mark)) == emotion)
}

impl Draft {
    /// A stage behind all others, without steps so far; gives its number.
    pub fn stage(&mut self, name: &str) -> usize {
        let id = self.stage_ids.take("", name, "stage");
        self.stages.push(Stage {
            id: id.into(),
            name: name.trim().to_owned(),
            words: String::new(),
            phase: String::new(),
            accent: None,
            steps: Vec::new(),
        });
        self.stages.len() - 1
    }

    /// A stage, to say more of it.
    pub fn stage_mut(&mut self, stage: usize) -> &mut Stage {
        &mut self.stages[stage]
    }

    /// A step at the end of a stage.
    pub fn step(&mut self, stage: usize, name: &str) -> StepId {
        let text = if name.trim().is_empty() { self.stages[stage].name.clone() } else { name.to_owned() };
        let id = StepId::from(self.step_ids.take("", &text, "step"));
        let step = Step { id: id.clone(), name: name.trim().to_owned(), width: None, annotations: Vec::new() };
        self.stages[stage].steps.push(Arc::new(step));
        id
    }

    /// The last step of a stage, which gets one where it has none.
    pub fn last_step(&mut self, stage: usize) -> StepId {
        match self.stages[stage].steps.last() {
            Some(step) => step.id.clone(),
            None => self.step(stage, ""),
        }
    }

    /// A step, to say more of it.
    pub fn step_mut(&mut self, stage: usize, id: &StepId) -> Option<&mut Step> {
        self.stages[stage].steps.iter_mut().find(|step| step.id == *id).map(Arc::make_mut)
    }

    /// The lane of this name and kind, which is made where there is none; gives its number.
    pub fn lane(&mut self, name: &str, kind: LaneKind) -> usize {
        let key = (folded(name), kind);
        if let Some(at) = self.lane_of.get(&key) {
            return *at;
        }
        let id = self.lane_ids.take("", name, "lane");
        self.lanes.push(Lane::new(id, name.trim(), kind));
        self.lane_of.insert(key, self.lanes.len() - 1);
        self.lanes.len() - 1
    }

    /// What a lane shows.
    pub fn kind_of(&self, lane: usize) -> LaneKind {
        self.lanes[lane].kind
    }

    /// The lane that takes touchpoints of which nothing is said.
    pub fn plain_lane(&mut self) -> usize {
        self.own_lane(LaneKind::Touchpoints)
    }

    /// A lane of this kind that gets the usual name in the language of the map.
    fn own_lane(&mut self, kind: LaneKind) -> usize {
        let before = self.lanes.len();
        let lane = self.lane(kind.name(), kind);
        if lane == before {
            self.unnamed.push(lane);
        }
        lane
    }

    /// Names lanes that nothing named as people who speak the language of the others do.
    fn name_lanes(&mut self) {
        for lane in &self.unnamed {
            self.lanes[*lane].name.clear();
        }
        self.map.stages = std::mem::take(&mut self.stages).into_iter().map(Arc::new).collect();
        self.map.lanes = std::mem::take(&mut self.lanes).into_iter().map(Arc::new).collect();
        let language = self.map.language();
        for lane in &self.unnamed {
            let lane = Arc::make_mut(&mut self.map.lanes[*lane]);
            let ready = ReadyLane::ALL.into_iter().find(|ready| ready.kind() == lane.kind);
            lane.name = ready.map_or(lane.kind.name(), |ready| ready.name(language)).to_owned();
        }
    }

    /// Puts a touchpoint at the end of a lane; its id is kept where it has one that is free.
    pub fn touchpoint(&mut self, lane: usize, mut touchpoint: Touchpoint) {
        let id = self.touchpoint_ids.take(touchpoint.id.as_str(), &touchpoint.title, "touchpoint");
        touchpoint.id = id.into();
        self.lanes[lane].touchpoints.push(Arc::new(touchpoint));
    }

    /// The persona called `name`, who is made where there is none.
    pub fn persona(&mut self, name: &str) -> PersonaId {
        if let Some(id) = self.persona_of.get(&folded(name)) {
            return id.clone();
        }
        let id = PersonaId::from(self.persona_ids.take("", name, "persona"));
        self.map.personas.push(Arc::new(Persona::new(id.clone(), name.trim())));
        self.persona_of.insert(folded(name), id.clone());
        id
    }

    /// The map: each stage has a step, and what hangs on touchpoints has a lane that shows it.
    pub fn finish(mut self) -> JourneyMap {
        for stage in 0..self.stages.len() {
            self.last_step(stage);
        }
        if !self.lanes.iter().any(|lane| lane.kind == LaneKind::Touchpoints) {
            self.plain_lane();
        }
        for kind in LaneKind::ALL {
            let is_shown = self.lanes.iter().any(|lane| lane.kind == kind);
            if !is_shown && self.has_for(kind) {
                self.own_lane(kind);
            }
        }
        self.name_lanes();
        self.map
    }

    /// Whether there is anything that a lane of this kind would show.
    fn has_for(&self, kind: LaneKind) -> bool {
        let mut touchpoints = self.lanes.iter().flat_map(|lane| &lane.touchpoints);
        match (kind, kind.annotation()) {
            (_, Some(kind)) => self.has_annotation(kind),
            (LaneKind::Emotion, _) => touchpoints.any(|t| t.emotion.is_some()),
            (LaneKind::Channels, _) => touchpoints.any(|t| !t.channels.is_empty()),
            _ => false,
        }
    }

    fn has_annotation(&self, kind: AnnotationKind) -> bool {
        let on_touchpoints = self.lanes.iter().flat_map(|lane| &lane.touchpoints).flat_map(|t| &t.annotations);
        let on_steps = self.stages.iter().flat_map(|stage| &stage.steps).flat_map(|step| &step.annotations);
        on_touchpoints.chain(on_steps).any(|annotation| annotation.kind == kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_emotions_meet_at_the_five_keys() {
        let emotions = [1.0, 2.0, 3.0, 4.0, 5.0].map(|mark| emotion_of_mark(mark).get());
        assert_eq!(emotions, [-5, -3, 0, 3, 5]);
        let marks = Emotion::ALL.map(|emotion| mark_of_emotion(emotion).0);
        assert_eq!(marks, [1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 5]);
        assert_eq!(Emotion::ALL.iter().filter(|e| mark_of_emotion(**e).1).count(), 5);
    }

    #[test]
    fn a_draft_becomes_a_sound_map_with_lanes_for_what_it_holds() {
        let mut draft = Draft::default();
        let (buy, again) = (draft.stage("Buy"), draft.stage("Buy"));
        let step = draft.step(buy, "");
        let lane = draft.plain_lane();
        let twin = || Touchpoint { emotion: Some(Emotion::MAX), ..Touchpoint::new("", step.clone(), "Pays") };
        draft.touchpoint(lane, twin());
        draft.touchpoint(lane, twin());
        assert_eq!(draft.persona(" Amara"), draft.persona("amara"));
        assert_ne!(buy, again);
        let map = draft.finish();
        assert_eq!(map.problems(), []);
        let kinds: Vec<LaneKind> = map.lanes.iter().map(|lane| lane.kind).collect();
        assert_eq!(kinds, [LaneKind::Touchpoints, LaneKind::Emotion]);
        assert_eq!(Draft::default().finish().problems(), []);
    }
}
