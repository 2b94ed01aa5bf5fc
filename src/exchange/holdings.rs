//! All that a map holds, part by part: what a format cannot hold of it is what is lost.

use super::draft::kind_called;
use super::loss::{Loss, Part, Place};
use crate::model::{
    Annotation, AnnotationKind, Direction, JourneyMap, LaneKind, Level, Persona, Scale, Stage, Status, Swot,
    Touchpoint, Weights,
};

/// What of `map` a format loses that holds only what `holds` says.
pub(super) fn lost(map: &JourneyMap, holds: impl Fn(&Part, &Place) -> bool) -> Vec<Loss> {
    let mut losses = Vec::new();
    holdings(map, &mut |part, place| {
        if !holds(&part, &place) {
            losses.push(Loss::dropped(part, place));
        }
    });
    losses
}

/// Tells each part that `map` holds, in the order of the map, and where.
pub fn holdings(map: &JourneyMap, tell: &mut dyn FnMut(Part, Place)) {
    let whole = [
        (says(&map.title), Part::Title),
        (says(&map.subtitle), Part::Subtitle),
        (map.direction != Direction::Auto, Part::Direction),
        (map.locked, Part::Locked),
        (map.state.is_some(), Part::State),
        (says(&map.counterpart), Part::Counterpart),
        (map.scale != Scale::default(), Part::Scale),
    ];
    for (_, part) in whole.into_iter().filter(|(is_there, _)| *is_there) {
        tell(part, Place::Map);
    }
    for persona in &map.personas {
        let place = || Place::Named("persona", named(&persona.name, persona.id.as_str()));
        tell(Part::Personas, place());
        if has_details(persona) {
            tell(Part::PersonaDetails, place());
        }
    }
    for stage in &map.stages {
        of_stage(stage, tell);
    }
    for lane in &map.lanes {
        let place = || Place::Named("lane", named(&lane.name, lane.id.as_str()));
        tell(if lane.kind == LaneKind::Touchpoints { Part::Lanes } else { Part::Views }, place());
        if !lane.hint.is_empty() || lane.collapsed || lane.hidden || lane.backstage {
            tell(Part::LaneLooks, place());
        }
    }
    for (_, touchpoint) in map.touchpoints() {
        of_touchpoint(touchpoint, tell);
    }
    beside(map, tell);
}

/// Whether there is anything in a text that somebody could see.
pub(super) fn says(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'))
}

/// The name, or the id where there is none.
fn named(name: &str, id: &str) -> String {
    if says(name) { name.to_owned() } else { id.to_owned() }
}

fn has_details(persona: &Persona) -> bool {
    let texts = [&persona.segment, &persona.portrait, &persona.quote, &persona.contact, &persona.best_time];
    let lists = [&persona.goals, &persona.behaviours, &persona.interests, &persona.channels];
    texts.iter().any(|text| !text.is_empty()) || lists.iter().any(|list| !list.is_empty())
}

fn of_stage(stage: &Stage, tell: &mut dyn FnMut(Part, Place)) {
    let place = || Place::Named("stage", named(&stage.name, stage.id.as_str()));
    tell(Part::Stages, place());
    let parts = [
        (says(&stage.words), Part::StageWords),
        (says(&stage.phase), Part::Phases),
        (stage.accent.is_some(), Part::Accents),
    ];
    for (_, part) in parts.into_iter().filter(|(is_there, _)| *is_there) {
        tell(part, place());
    }
    for step in &stage.steps {
        let place = || Place::Named("step", named(&step.name, step.id.as_str()));
        if says(&step.name) {
            tell(Part::StepNames, place());
        }
        if step.width.is_some() {
            tell(Part::StepWidths, place());
        }
        of_annotations(&step.annotations, &place, tell);
    }
}

fn of_touchpoint(t: &Touchpoint, tell: &mut dyn FnMut(Part, Place)) {
    let place = || Place::touchpoint(&named(&t.title, t.id.as_str()));
    let parts = [
        (true, Part::Touchpoints),
        (says(&t.notes), Part::Notes),
        (says(&t.doing), Part::Doing),
        (says(&t.thinking), Part::Thinking),
        (says(&t.feeling), Part::Feeling),
        (t.emotion.is_some(), Part::Emotions),
        (!t.emotions.is_empty(), Part::PersonaEmotions),
        (!t.importance.is_empty(), Part::Importance),
        (t.moment_of_truth, Part::MomentsOfTruth),
        (t.moment_of_joy, Part::MomentsOfJoy),
        (t.key_moment, Part::KeyMoments),
        (t.entry, Part::Entries),
        (t.repeats, Part::Repeats),
        (t.remembers, Part::Remembers),
        (t.channels.iter().any(|name| says(name)), Part::Channels),
        (says(&t.owner), Part::Owners),
        (t.tags.iter().any(|name| says(name)), Part::Tags),
        (t.duration.is_some(), Part::Durations),
        (t.waiting.is_some(), Part::Waiting),
        (t.automation.is_some(), Part::Automation),
        (t.place.is_some(), Part::Places),
        (t.driver.is_some(), Part::Drivers),
        (!t.evidence.is_empty(), Part::Evidence),
        (!t.pictures.is_empty(), Part::Pictures),
    ];
    for (_, part) in parts.into_iter().filter(|(is_there, _)| *is_there) {
        tell(part, place());
    }
    of_annotations(&t.annotations, &place, tell);
}

fn of_annotations(annotations: &[Annotation], place: &dyn Fn() -> Place, tell: &mut dyn FnMut(Part, Place)) {
    for annotation in annotations {
        tell(part_of(annotation.kind), place());
        if !is_plain(annotation) {
            tell(Part::AnnotationDetails, place());
        }
    }
}

/// The part that annotations of a kind are.
pub(super) fn part_of(kind: AnnotationKind) -> Part {
    match kind {
        AnnotationKind::PainPoint => Part::PainPoints,
        AnnotationKind::Delight => Part::Delights,
        AnnotationKind::Opportunity => Part::Opportunities,
        AnnotationKind::Question => Part::Questions,
    }
}

/// Whether the lane at `place` is the only one and called as readers call it that know no lanes.
pub(super) fn is_plain_lane(map: &JourneyMap, place: &Place) -> bool {
    let lanes = map.lanes.iter().filter(|lane| lane.kind == LaneKind::Touchpoints);
    let name = LaneKind::Touchpoints.name();
    lanes.count() == 1 && matches!(place, Place::Named(_, own) if own.trim().eq_ignore_ascii_case(name))
}

/// Whether a lane that only shows comes back by itself when what it shows is read, which `is_held` says of its kind.
pub(super) fn comes_back(place: &Place, is_held: impl Fn(LaneKind) -> bool) -> bool {
    let Place::Named(_, name) = place else { return false };
    let kind = kind_called(name);
    !matches!(kind, LaneKind::Touchpoints | LaneKind::Pictures | LaneKind::Metrics) && is_held(kind)
}

/// Whether an annotation says nothing but its text.
pub(super) fn is_plain(annotation: &Annotation) -> bool {
    annotation.severity == Level::default()
        && annotation.frequency == Level::default()
        && annotation.owner.is_empty()
        && annotation.status == Status::Open
        && annotation.votes == 0
        && annotation.impact.is_none()
        && annotation.effort.is_none()
}

fn beside(map: &JourneyMap, tell: &mut dyn FnMut(Part, Place)) {
    for link in &map.links {
        let title = map.touchpoint(&link.from).map_or("", |(_, t)| t.title.as_str());
        tell(Part::Links, Place::touchpoint(&named(title, link.from.as_str())));
    }
    for metric in &map.metrics {
        tell(Part::Metrics, Place::Named("metric", metric.shown_name().to_owned()));
    }
    for goal in &map.goals {
        tell(Part::Goals, Place::Named("goal", named(&goal.title, goal.id.as_str())));
    }
    if *map.swot != Swot::default() {
        tell(Part::Swot, Place::Map);
    }
    for competitor in &map.competitors {
        tell(Part::Competitors, Place::Named("competitor", competitor.name.clone()));
    }
    if map.weights != Weights::default() {
        tell(Part::Weights, Place::Map);
    }
    for view in &map.views {
        tell(Part::SavedViews, Place::Named("view", view.name.clone()));
    }
}
