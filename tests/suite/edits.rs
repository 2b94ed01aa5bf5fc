//! Random edits: each function of `rihla::edit`, on things that the map has.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use rihla::edit::{self, Drop, EditResult, PENDING_ID, Selection, StageDraft};
use rihla::model::{
    Accent, Annotation, AnnotationKind, AnnotationRef, Element, Emotion, Host, JourneyMap, LaneId, LaneKind, StageId,
    StepId, Touchpoint, TouchpointId,
};

use super::strategies::{annotation, emotion, text};

/// Which edit; what it works on is chosen by [`Edit::picks`].
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    AddAnnotation,
    HangAnnotation,
    UpdateAnnotation,
    AddLane,
    AddStage,
    AddStep,
    Delete,
    DuplicateStage,
    DuplicateTouchpoints,
    MoveLane,
    MoveStage,
    MoveStep,
    MoveToCell,
    MoveToNewStep,
    UpdateLane,
    UpdateStage,
    UpdateStep,
    UpdateTouchpoint,
    SetText,
    AddTouchpoint,
    NamePending,
    Lock,
}

const KINDS: [(u32, Kind); 22] = [
    (3, Kind::AddAnnotation),
    (3, Kind::HangAnnotation),
    (2, Kind::UpdateAnnotation),
    (2, Kind::AddLane),
    (2, Kind::AddStage),
    (3, Kind::AddStep),
    (3, Kind::Delete),
    (1, Kind::DuplicateStage),
    (2, Kind::DuplicateTouchpoints),
    (2, Kind::MoveLane),
    (2, Kind::MoveStage),
    (3, Kind::MoveStep),
    (8, Kind::MoveToCell),
    (3, Kind::MoveToNewStep),
    (2, Kind::UpdateLane),
    (2, Kind::UpdateStage),
    (2, Kind::UpdateStep),
    (4, Kind::UpdateTouchpoint),
    (6, Kind::SetText),
    (8, Kind::AddTouchpoint),
    (1, Kind::NamePending),
    (1, Kind::Lock),
];

/// One edit, to be done to whatever map comes.
#[derive(Clone, Debug)]
pub struct Edit {
    kind: Kind,
    picks: [Index; 4],
    several: Vec<Index>,
    text: String,
    annotation: Annotation,
    emotion: Option<Emotion>,
}

/// Any edit.
pub fn edit() -> impl Strategy<Value = Edit> {
    let kind = proptest::strategy::Union::new_weighted(KINDS.map(|(weight, kind)| (weight, Just(kind))).to_vec());
    (kind, any::<[Index; 4]>(), vec(any::<Index>(), 0..4), text(), annotation(), emotion()).prop_map(
        |(kind, picks, several, text, annotation, emotion)| Edit { kind, picks, several, text, annotation, emotion },
    )
}

/// Any element of `map`, the annotations of its touchpoints among them.
pub fn elements(map: &JourneyMap) -> Vec<Element> {
    let mut all = vec![Element::Title, Element::Subtitle];
    let on = |host: Host, count: usize| {
        (0..count).map(move |index| Element::Annotation(AnnotationRef { host: host.clone(), index }))
    };
    all.extend(map.stages.iter().map(|s| Element::Stage(s.id.clone())));
    for (_, step) in map.steps() {
        all.push(Element::Step(step.id.clone()));
        all.extend(on(Host::Step(step.id.clone()), step.annotations.len()));
        all.extend(map.lanes.iter().map(|l| Element::Cell { step: step.id.clone(), lane: l.id.clone() }));
    }
    all.extend(map.lanes.iter().flat_map(|l| [Element::Lane(l.id.clone()), Element::LaneHint(l.id.clone())]));
    for (_, touchpoint) in map.touchpoints() {
        all.push(Element::Touchpoint(touchpoint.id.clone()));
        all.extend(touchpoint.emotion.map(|_| Element::EmotionPoint(touchpoint.id.clone())));
        all.extend(on(Host::Touchpoint(touchpoint.id.clone()), touchpoint.annotations.len()));
    }
    all
}

fn pick<T>(mut from: Vec<T>, by: &Index) -> Option<T> {
    if from.is_empty() { None } else { Some(from.swap_remove(by.index(from.len()))) }
}

fn stage(map: &JourneyMap, by: &Index) -> StageId {
    pick(map.stages.iter().map(|s| s.id.clone()).collect(), by).unwrap_or_else(|| "gone".into())
}

fn step(map: &JourneyMap, by: &Index) -> StepId {
    pick(map.steps().map(|(_, s)| s.id.clone()).collect(), by).unwrap_or_else(|| "gone".into())
}

fn lane(map: &JourneyMap, by: &Index) -> LaneId {
    pick(map.lanes.iter().map(|l| l.id.clone()).collect(), by).unwrap_or_else(|| "gone".into())
}

fn touchpoint(map: &JourneyMap, by: &Index) -> TouchpointId {
    pick(map.touchpoints().map(|(_, t)| t.id.clone()).collect(), by).unwrap_or_else(|| "gone".into())
}

fn host(map: &JourneyMap, by: &Index, which: bool) -> Host {
    if which { Host::Touchpoint(touchpoint(map, by)) } else { Host::Step(step(map, by)) }
}

impl Edit {
    /// Does the edit; things that the map has none of are named by an id that it does not know.
    pub fn apply(&self, map: &mut JourneyMap) -> EditResult {
        match self.kind {
            Kind::AddAnnotation | Kind::HangAnnotation | Kind::UpdateAnnotation => self.annotate(map),
            Kind::AddTouchpoint
            | Kind::NamePending
            | Kind::MoveToCell
            | Kind::MoveToNewStep
            | Kind::DuplicateTouchpoints
            | Kind::UpdateTouchpoint => self.touchpoints(map),
            Kind::MoveLane | Kind::MoveStage | Kind::MoveStep => self.rearrange(map),
            Kind::UpdateLane | Kind::UpdateStage | Kind::UpdateStep => self.update(map),
            Kind::AddLane => {
                let kind = self.picks[0].get(&LaneKind::ALL);
                edit::add_lane(map, self.place(8), &self.text, *kind).map(drop)
            }
            Kind::AddStage => {
                let draft = StageDraft { name: self.text.clone(), steps: self.picks[0].index(4) };
                edit::add_stage(map, self.place(6), &draft).map(drop)
            }
            Kind::AddStep => {
                let stage = stage(map, &self.picks[0]);
                edit::add_step(map, &stage, self.place(5), &self.text).map(drop)
            }
            Kind::DuplicateStage => {
                let stage = stage(map, &self.picks[0]);
                edit::duplicate_stage(map, &stage).map(drop)
            }
            Kind::Delete => edit::delete_elements(map, &self.selection(map)),
            Kind::SetText => match pick(elements(map), &self.picks[0]) {
                Some(element) => edit::set_text(map, &element, &self.text),
                None => Ok(()),
            },
            Kind::Lock => {
                map.locked = !map.locked;
                Ok(())
            }
        }
    }

    /// Some elements of `map`.
    pub fn selection(&self, map: &JourneyMap) -> Selection {
        self.several.iter().filter_map(|by| pick(elements(map), by)).collect()
    }

    /// A place in a list, now and then behind its end.
    fn place(&self, below: usize) -> usize {
        self.picks[3].index(below)
    }

    fn annotate(&self, map: &mut JourneyMap) -> EditResult {
        let host = host(map, &self.picks[0], self.emotion.is_some());
        match self.kind {
            Kind::AddAnnotation => edit::add_annotation(map, &host, self.annotation.clone()).map(drop),
            Kind::HangAnnotation => {
                let (step, kind) = (step(map, &self.picks[0]), *self.picks[1].get(&AnnotationKind::ALL));
                edit::hang_annotation(map, &step, kind, &self.text).map(drop)
            }
            _ => {
                let at = AnnotationRef { host, index: self.place(3) };
                edit::update_annotation(map, &at, |annotation| *annotation = self.annotation.clone())
            }
        }
    }

    fn touchpoints(&self, map: &mut JourneyMap) -> EditResult {
        let (lane, step) = (lane(map, &self.picks[1]), step(map, &self.picks[2]));
        match self.kind {
            Kind::AddTouchpoint if map.step(&step).is_none() => Ok(()),
            Kind::AddTouchpoint if map.touchpoint(&PENDING_ID.into()).is_some() => Ok(()),
            Kind::AddTouchpoint => {
                let new = Touchpoint::new(PENDING_ID, step, self.text.clone());
                edit::add_touchpoint(map, &lane, self.place(3), new)?;
                if self.emotion.is_some() {
                    edit::name_pending(map);
                }
                Ok(())
            }
            Kind::NamePending => {
                edit::name_pending(map);
                Ok(())
            }
            Kind::DuplicateTouchpoints => edit::duplicate_touchpoints(map, &self.ids(map)).map(drop),
            Kind::UpdateTouchpoint => {
                let id = touchpoint(map, &self.picks[0]);
                edit::update_touchpoint(map, &id, |t| {
                    t.emotion = self.emotion;
                    t.channels.push(self.text.clone());
                    t.moment_of_truth = !t.moment_of_truth;
                })
            }
            kind => {
                let ids = self.ids(map);
                let target = match kind {
                    Kind::MoveToCell => Drop::Cell { lane, step, index: self.place(4) },
                    _ => Drop::NewStep { lane, stage: stage(map, &self.picks[2]), at: self.place(4) },
                };
                edit::move_touchpoints(map, &ids[0], &ids, &target)
            }
        }
    }

    /// One touchpoint or more, each once; the first is the one that is grabbed.
    fn ids(&self, map: &JourneyMap) -> Vec<TouchpointId> {
        let mut ids = vec![touchpoint(map, &self.picks[0])];
        for by in &self.several {
            let id = touchpoint(map, by);
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    fn rearrange(&self, map: &mut JourneyMap) -> EditResult {
        let to = self.place(6);
        match self.kind {
            Kind::MoveLane => {
                let lane = lane(map, &self.picks[0]);
                edit::move_lane(map, &lane, to)
            }
            Kind::MoveStage => {
                let stage = stage(map, &self.picks[0]);
                edit::move_stage(map, &stage, to)
            }
            _ => {
                let (step, stage) = (step(map, &self.picks[0]), stage(map, &self.picks[1]));
                edit::move_step(map, &step, &stage, to)
            }
        }
    }

    fn update(&self, map: &mut JourneyMap) -> EditResult {
        match self.kind {
            Kind::UpdateLane => {
                let lane = lane(map, &self.picks[0]);
                edit::update_lane(map, &lane, |lane| match self.place(3) {
                    0 => lane.collapsed = !lane.collapsed,
                    1 => lane.hidden = !lane.hidden,
                    _ => lane.hint.clone_from(&self.text),
                })
            }
            Kind::UpdateStage => {
                let stage = stage(map, &self.picks[0]);
                edit::update_stage(map, &stage, |stage| stage.accent = Some(*self.picks[1].get(&Accent::ALL)))
            }
            _ => {
                let step = step(map, &self.picks[0]);
                let width = self.emotion.map(|_| u16::try_from(self.picks[1].index(900)).unwrap());
                edit::update_step(map, &step, |step| step.width = width)
            }
        }
    }
}
