//! Format 1, as it stands in a file. Frozen once released: a later format gets a module of its own
//! and a conversion from this one.
//!
//! Every field has a default and may be left out. Ids that are left out are made from the names;
//! a stage without steps has one step with the id of the stage.

use serde::Deserialize;

use crate::model::{Accent, AnnotationKind, Direction, Emotion, LaneKind, Level};

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
    pub stages: Vec<Stage>,
    pub lanes: Vec<Lane>,
    pub touchpoints: Vec<Touchpoint>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Stage {
    pub id: Option<String>,
    pub name: String,
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
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Touchpoint {
    pub id: Option<String>,
    pub step: Option<String>,
    pub lane: Option<String>,
    pub title: String,
    pub notes: String,
    pub emotion: Option<Emotion>,
    pub moment_of_truth: bool,
    pub channels: Vec<String>,
    pub owner: String,
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
}
