//! Map to OpenJourney.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use crate::exchange::draft::lane_names;
use crate::exchange::format::Written;
use crate::exchange::holdings::{comes_back, is_plain, lost, part_of, says};
use crate::exchange::loss::{Loss, Part, Place};
use crate::model::{Annotation, AnnotationKind, JourneyMap, LaneKind, Level, Touchpoint};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Root {
    version: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    persona: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    point_of_view: String,
    stages: Vec<Named>,
    swimlanes: Vec<Named>,
    nodes: Vec<Node>,
}

#[derive(Serialize)]
struct Named {
    id: String,
    name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    stage_id: String,
    swimlane_id: String,
    title: String,
    description: String,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<i8>,
    #[serde(skip_serializing_if = "String::is_empty")]
    sentiment: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_moment_of_truth: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
}

/// Writes `map` in the shape of the specification.
pub fn write(map: &JourneyMap) -> Written {
    let persona = map.personas.iter().map(|p| p.name.trim()).find(|name| says(name)).unwrap_or_default();
    let mut is_first = true;
    let first = map.personas.iter().position(|p| p.name.trim() == persona && !persona.is_empty());
    let shown = first.map(|at| map.personas[at].name.clone());
    let annotated = [Part::PainPoints, Part::Delights, Part::Opportunities, Part::Questions];
    let holds = |part: &Part, place: &Place| match part {
        // What is kept of the last is told below.
        Part::Subtitle
        | Part::Stages
        | Part::Lanes
        | Part::Touchpoints
        | Part::Notes
        | Part::Feeling
        | Part::Emotions
        | Part::MomentsOfTruth
        | Part::Tags
        | Part::AnnotationDetails => true,
        Part::Views => comes_back(place, |kind| kind == LaneKind::Emotion || kind.annotation().is_some()),
        part => annotated.contains(part),
    };
    let mut losses = lost(map, holds);
    // The first persona is the one that the journey is of.
    losses.retain(|loss| {
        let is_shown =
            loss.part == Part::Personas && matches!(&loss.place, Place::Named(_, name) if Some(name) == shown.as_ref());
        !(is_shown && std::mem::take(&mut is_first))
    });
    let mut writer = Writer { map, nodes: Vec::new(), losses };
    let (stages, swimlanes) = writer.cells();
    let root = Root {
        version: "1.0",
        persona: persona.to_owned(),
        point_of_view: map.subtitle.trim().to_owned(),
        stages,
        swimlanes,
        nodes: writer.nodes,
    };
    // Plain texts and numbers always become JSON.
    let text = serde_json::to_string_pretty(&root).unwrap_or_default() + "\n";
    Written { text, losses: writer.losses }
}

struct Writer<'m> {
    map: &'m JourneyMap,
    nodes: Vec<Node>,
    losses: Vec<Loss>,
}

impl Writer<'_> {
    /// Makes the nodes; gives stages and swimlanes.
    fn cells(&mut self) -> (Vec<Named>, Vec<Named>) {
        let map = self.map;
        let names = lane_names(map, &[], &mut self.losses);
        let mut lanes: Vec<Named> = Vec::new();
        let mut known: HashSet<String> = HashSet::new();
        for lane in map.lanes.iter().filter(|lane| lane.kind == LaneKind::Touchpoints) {
            known.insert(lane.id.to_string());
            lanes.push(Named { id: lane.id.to_string(), name: names[&lane.id].clone() });
        }
        let mut lane_of: HashMap<AnnotationKind, String> = HashMap::new();
        for stage in &map.stages {
            if stage.steps.len() > 1 {
                let place = Place::Named("stage", stage.name.clone());
                self.losses.push(Loss::changed(Part::Steps, "those of a stage become one", place));
            }
            for step in &stage.steps {
                for lane in &map.lanes {
                    for touchpoint in lane.cell(&step.id) {
                        self.nodes.push(node(touchpoint, stage.id.as_str(), lane.id.as_str()));
                    }
                }
                let touchpoints = map.lanes.iter().flat_map(|lane| lane.cell(&step.id));
                let on_touchpoints = touchpoints.flat_map(|t| t.annotations.iter().map(move |a| (a, Some(&t.title))));
                let all: Vec<(&Annotation, Option<&String>)> =
                    step.annotations.iter().map(|annotation| (annotation, None)).chain(on_touchpoints).collect();
                for (annotation, host) in all {
                    let lane = lane_of.entry(annotation.kind).or_insert_with(|| {
                        let (id, name) = lane_for(annotation.kind, &known);
                        known.insert(id.clone());
                        lanes.push(Named { id: id.clone(), name });
                        id
                    });
                    self.nodes.push(node_of_annotation(annotation, stage.id.as_str(), lane));
                    self.told(annotation, host.map_or(step.name.as_str(), String::as_str), host.is_some());
                }
            }
        }
        let stages = map.stages.iter().map(|s| Named { id: s.id.to_string(), name: s.name.trim().to_owned() });
        (stages.collect(), lanes)
    }

    fn told(&mut self, annotation: &Annotation, host: &str, on_touchpoint: bool) {
        let place = || Place::Named(if on_touchpoint { "touchpoint" } else { "step" }, host.to_owned());
        if on_touchpoint {
            let how = "hung on the stage instead of a touchpoint";
            self.losses.push(Loss::changed(part_of(annotation.kind), how, place()));
        }
        if !is_plain(annotation) {
            self.losses.push(Loss::changed(Part::AnnotationDetails, "severity alone is kept", place()));
        }
    }
}

/// Id and name of the swimlane for annotations.
fn lane_for(kind: AnnotationKind, known: &HashSet<String>) -> (String, String) {
    let shows = LaneKind::ALL.into_iter().find(|lane| lane.annotation() == Some(kind)).unwrap_or_default();
    (crate::model::fresh_id(shows.name(), "lane", |id| known.contains(id)), shows.name().to_owned())
}

fn word(level: Level) -> &'static str {
    match level.get() {
        1 => "low",
        2 => "medium",
        _ => "high",
    }
}

fn node(t: &Touchpoint, stage: &str, lane: &str) -> Node {
    let pains = t.annotations.iter().filter(|a| a.kind == AnnotationKind::PainPoint).map(|a| a.severity);
    Node {
        stage_id: stage.to_owned(),
        swimlane_id: lane.to_owned(),
        title: t.title.trim().to_owned(),
        description: t.notes.trim().to_owned(),
        severity: word(pains.max().unwrap_or(Level::LOW)),
        score: t.emotion.map(crate::model::Emotion::get),
        sentiment: t.feeling.trim().to_owned(),
        is_moment_of_truth: t.moment_of_truth,
        tags: t.tags.clone(),
    }
}

fn node_of_annotation(annotation: &Annotation, stage: &str, lane: &str) -> Node {
    Node {
        stage_id: stage.to_owned(),
        swimlane_id: lane.to_owned(),
        title: annotation.text.trim().to_owned(),
        description: String::new(),
        severity: word(annotation.severity),
        score: None,
        sentiment: String::new(),
        is_moment_of_truth: false,
        tags: Vec::new(),
    }
}
