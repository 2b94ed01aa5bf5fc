//! Format 1, as it stands in a file. Frozen once released: a later format gets a module of its own
//! and a conversion from this one.
//!
//! Every field has a default and may be left out. Ids that are left out are made from the names;
//! a stage without steps has one step with the id of the stage.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::{
    Accent, AnnotationKind, Automation, Direction, Driver, Emotion, Evidence, Figure, LaneKind, Level, LinkKind,
    MetricKind, Place, Scale, Score, Span, State, Status, Swot, Value, View, Weights,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct JourneyMap {
    /// Read from the text before parsing; here so that the field is known.
    #[serde(rename = "format")]
    pub _format: u32,
    pub title: String,
    pub subtitle: String,
    pub direction: Direction,
    pub locked: bool,
    pub state: Option<State>,
    pub counterpart: String,
    pub scale: Scale,
    pub personas: Vec<Persona>,
    pub stages: Vec<Stage>,
    pub lanes: Vec<Lane>,
    pub touchpoints: Vec<Touchpoint>,
    pub links: Vec<Link>,
    pub metrics: Vec<Metric>,
    pub goals: Vec<Goal>,
    pub swot: Swot,
    pub competitors: Vec<Competitor>,
    pub weights: Weights,
    pub views: Vec<View>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Persona {
    pub id: Option<String>,
    pub name: String,
    pub segment: String,
    pub portrait: String,
    pub quote: String,
    pub goals: Vec<String>,
    pub behaviours: Vec<String>,
    pub interests: Vec<String>,
    pub channels: Vec<String>,
    pub contact: String,
    pub best_time: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub from: String,
    pub to: String,
    #[serde(default = "next")]
    pub kind: LinkKind,
    #[serde(default)]
    pub label: String,
    #[serde(default)]
    pub trigger: String,
}

fn next() -> LinkKind {
    LinkKind::Next
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metric {
    #[serde(default)]
    pub id: Option<String>,
    #[serde(default)]
    pub name: String,
    #[serde(default = "own")]
    pub kind: MetricKind,
    #[serde(default)]
    pub stage: Option<String>,
    #[serde(default)]
    pub touchpoint: Option<String>,
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub target: Option<Figure>,
    #[serde(default)]
    pub values: Vec<Value>,
}

fn own() -> MetricKind {
    MetricKind::Own
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Goal {
    pub id: Option<String>,
    pub title: String,
    pub parent: Option<String>,
    pub specific: String,
    pub measurable: String,
    pub achievable: String,
    pub relevant: String,
    pub time_bound: String,
    pub metrics: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Competitor {
    pub name: String,
    pub emotions: BTreeMap<String, Emotion>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Stage {
    pub id: Option<String>,
    pub name: String,
    pub words: String,
    pub phase: String,
    pub accent: Option<Accent>,
    pub steps: Vec<Step>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Step {
    pub id: Option<String>,
    pub name: String,
    pub width: Option<u16>,
    pub annotations: Vec<Annotation>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lane {
    pub id: Option<String>,
    pub name: String,
    pub hint: String,
    pub kind: LaneKind,
    pub collapsed: bool,
    pub hidden: bool,
    pub backstage: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Touchpoint {
    pub id: Option<String>,
    pub step: Option<String>,
    pub lane: Option<String>,
    pub title: String,
    pub notes: String,
    pub doing: String,
    pub thinking: String,
    pub feeling: String,
    pub emotion: Option<Emotion>,
    pub emotions: BTreeMap<String, Emotion>,
    pub importance: BTreeMap<String, Level>,
    pub moment_of_truth: bool,
    pub moment_of_joy: bool,
    pub key_moment: bool,
    pub entry: bool,
    pub repeats: bool,
    pub remembers: bool,
    pub channels: Vec<String>,
    pub owner: String,
    pub tags: Vec<String>,
    pub duration: Option<Span>,
    pub waiting: Option<Span>,
    pub automation: Option<Automation>,
    pub place: Option<Place>,
    pub driver: Option<Driver>,
    pub evidence: Vec<Evidence>,
    pub pictures: Vec<String>,
    pub annotations: Vec<Annotation>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Annotation {
    pub kind: AnnotationKind,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub severity: Level,
    #[serde(default)]
    pub frequency: Level,
    #[serde(default)]
    pub owner: String,
    #[serde(default = "open")]
    pub status: Status,
    #[serde(default)]
    pub votes: u16,
    #[serde(default)]
    pub impact: Option<Score>,
    #[serde(default)]
    pub effort: Option<Score>,
}

fn open() -> Status {
    Status::Open
}
