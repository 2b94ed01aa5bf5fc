//! The map itself: stages and steps across, lanes down.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    Annotation, AnnotationKind, Competitor, Direction, Emotion, Goal, LaneId, Link, Metric, MetricHost, Persona,
    PersonaId, Scale, StageId, State, StepId, Swot, Touchpoint, TouchpointId, View, Weights,
};

/// A customer-journey map: stages (columns, divided into steps) by lanes (rows).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JourneyMap {
    /// The map's name, set large above it.
    pub title: String,
    /// A line below the title: persona, state, goal.
    pub subtitle: String,
    /// Which way the map is read.
    pub direction: Direction,
    /// Whether stages, steps and lanes are protected from changes (touchpoints are not).
    pub locked: bool,
    /// Whether it shows what is or what is meant to be; nothing where nobody said.
    pub state: Option<State>,
    /// The file of the map of the other state, by its path from this map's file; empty for none.
    pub counterpart: String,
    /// How emotions are shown.
    pub scale: Scale,
    /// Those who make the journey.
    pub personas: Vec<Arc<Persona>>,
    /// What somebody wrote above the map in its file, line by line.
    pub remark: String,
    /// Columns, in reading order.
    pub stages: Vec<Arc<Stage>>,
    /// Rows, from top to bottom.
    pub lanes: Vec<Arc<Lane>>,
    /// Ways from touchpoint to touchpoint.
    pub links: Vec<Arc<Link>>,
    /// What is measured.
    pub metrics: Vec<Arc<Metric>>,
    /// What the journey is meant to bring about.
    pub goals: Vec<Arc<Goal>>,
    /// Where one stands.
    pub swot: Arc<Swot>,
    /// With whom the journey is compared.
    pub competitors: Vec<Arc<Competitor>>,
    /// How much each driver counts for loyalty.
    pub weights: Weights,
    /// Views that were saved.
    pub views: Vec<Arc<View>>,
}

/// A group of columns: research, compare, buy, use …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Unique among stages.
    pub id: StageId,
    /// What stands in the header.
    pub name: String,
    /// What customers call it; empty if the name is theirs.
    pub words: String,
    /// The phase above it: before, during, after …; neighbours of one phase share a bracket. Empty for none.
    pub phase: String,
    /// The header's colour; by its place among the stages where not set.
    pub accent: Option<Accent>,
    /// Columns, in reading order; never empty.
    pub steps: Vec<Arc<Step>>,
}

/// One column inside a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Unique in the map.
    pub id: StepId,
    /// What stands above the column; may be empty.
    pub name: String,
    /// The column's width in points where a person set it.
    pub width: Option<u16>,
    /// What hangs on the step itself, not on one of its touchpoints.
    pub annotations: Vec<Annotation>,
}

/// The colour of a stage, by its name in the theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the variants are colour names")]
pub enum Accent {
    Indigo,
    Teal,
    Amber,
    Rose,
    Green,
    Blue,
    Plum,
    Slate,
}

impl Accent {
    /// All accents, in the order in which stages without one take them.
    pub const ALL: [Self; 8] =
        [Self::Indigo, Self::Teal, Self::Amber, Self::Rose, Self::Green, Self::Blue, Self::Plum, Self::Slate];

    /// The accent of the `index`-th stage when none is set.
    pub fn nth(index: usize) -> Self {
        Self::ALL[index % Self::ALL.len()]
    }

    /// The English name, as in a file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Indigo => "Indigo",
            Self::Teal => "Teal",
            Self::Amber => "Amber",
            Self::Rose => "Rose",
            Self::Green => "Green",
            Self::Blue => "Blue",
            Self::Plum => "Plum",
            Self::Slate => "Slate",
        }
    }
}

/// A row of the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Unique among lanes.
    pub id: LaneId,
    /// What stands beside the row.
    pub name: String,
    /// A smaller line below the name.
    pub hint: String,
    /// What the row shows.
    pub kind: LaneKind,
    /// Whether only its header is drawn.
    pub collapsed: bool,
    /// Whether it is left out of the picture.
    pub hidden: bool,
    /// Whether it lies below the line of visibility: the customer sees nothing of what stands there.
    pub backstage: bool,
    /// Its touchpoints; those of one step stack in this order. Empty unless `kind` is `Touchpoints`.
    pub touchpoints: Vec<Arc<Touchpoint>>,
}

fn pains(annotations: &[Annotation]) -> usize {
    annotations.iter().filter(|a| a.kind == AnnotationKind::PainPoint).count()
}

impl Lane {
    /// An empty lane.
    pub fn new(id: impl Into<LaneId>, name: impl Into<String>, kind: LaneKind) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            hint: String::new(),
            kind,
            collapsed: false,
            hidden: false,
            backstage: false,
            touchpoints: Vec::new(),
        }
    }

    /// The number of touchpoints and of their pain points.
    pub fn counts(&self) -> (usize, usize) {
        (self.touchpoints.len(), self.touchpoints.iter().map(|t| pains(&t.annotations)).sum())
    }

    /// The touchpoints of one cell, from top to bottom.
    pub fn cell<'a>(&'a self, step: &'a StepId) -> impl Iterator<Item = &'a Arc<Touchpoint>> + 'a {
        self.touchpoints.iter().filter(move |t| t.step == *step)
    }
}

/// What a lane shows: touchpoints of its own, or what hangs on those of the other lanes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LaneKind {
    /// Holds touchpoints.
    #[default]
    Touchpoints,
    /// The emotion curve.
    Emotion,
    /// Pain points of each step.
    PainPoints,
    /// Delights of each step.
    Delights,
    /// Opportunities of each step.
    Opportunities,
    /// Open questions of each step.
    Questions,
    /// Where each step happens: the channels of its touchpoints.
    Channels,
    /// The pictures of each step's touchpoints: a storyboard.
    Pictures,
    /// What was measured on each stage or touchpoint.
    Metrics,
}

impl LaneKind {
    /// All kinds, those that most maps have first.
    pub const ALL: [Self; 9] = [
        Self::Touchpoints,
        Self::Emotion,
        Self::Channels,
        Self::PainPoints,
        Self::Delights,
        Self::Opportunities,
        Self::Questions,
        Self::Pictures,
        Self::Metrics,
    ];

    /// The kind of annotation such a lane shows, if it shows one.
    pub fn annotation(self) -> Option<AnnotationKind> {
        match self {
            Self::Touchpoints | Self::Emotion | Self::Channels | Self::Pictures | Self::Metrics => None,
            Self::PainPoints => Some(AnnotationKind::PainPoint),
            Self::Delights => Some(AnnotationKind::Delight),
            Self::Opportunities => Some(AnnotationKind::Opportunity),
            Self::Questions => Some(AnnotationKind::Question),
        }
    }

    /// Whether what is typed into a cell of such a lane stands there: as a touchpoint or an annotation.
    pub fn takes_words(self) -> bool {
        self == Self::Touchpoints || self.annotation().is_some()
    }

    /// What people call it in English; new lanes are called as [`ReadyLane::name`](super::ReadyLane::name) says.
    pub fn name(self) -> &'static str {
        match self {
            Self::Touchpoints => "Touchpoints",
            Self::Emotion => "Emotion",
            Self::PainPoints => "Pain points",
            Self::Delights => "Delights",
            Self::Opportunities => "Opportunities",
            Self::Questions => "Questions",
            Self::Channels => "Channels",
            Self::Pictures => "Pictures",
            Self::Metrics => "Metrics",
        }
    }
}

impl JourneyMap {
    /// The phases above the stages: the indices of the stages that share each, and its name.
    pub fn phases(&self) -> Vec<(std::ops::Range<usize>, &str)> {
        let mut phases: Vec<(std::ops::Range<usize>, &str)> = Vec::new();
        for (index, stage) in self.stages.iter().enumerate().filter(|(_, stage)| !stage.phase.is_empty()) {
            match phases.last_mut() {
                Some((range, name)) if range.end == index && *name == stage.phase => range.end = index + 1,
                _ => phases.push((index..index + 1, &stage.phase)),
            }
        }
        phases
    }

    /// All steps with the index of their stage, in reading order.
    pub fn steps(&self) -> impl Iterator<Item = (usize, &Arc<Step>)> {
        self.stages.iter().enumerate().flat_map(|(i, stage)| stage.steps.iter().map(move |step| (i, step)))
    }

    /// The step with this id.
    pub fn step(&self, id: &StepId) -> Option<&Arc<Step>> {
        self.steps().map(|(_, step)| step).find(|step| step.id == *id)
    }

    /// The stage with this id.
    pub fn stage(&self, id: &StageId) -> Option<&Arc<Stage>> {
        self.stages.iter().find(|stage| stage.id == *id)
    }

    /// What a metric was measured on, in words: the name of the stage or touchpoint, or its id where it has none.
    pub fn host_name(&self, host: &MetricHost) -> String {
        let (name, id) = match host {
            MetricHost::Map => return "Whole journey".into(),
            MetricHost::Stage(id) => (self.stage(id).map(|stage| stage.name.as_str()), id.as_str()),
            MetricHost::Touchpoint(id) => (self.touchpoint(id).map(|(_, t)| t.title.as_str()), id.as_str()),
        };
        name.filter(|name| !name.trim().is_empty()).unwrap_or(id).replace('\n', " ")
    }

    /// The lane with this id.
    pub fn lane(&self, id: &LaneId) -> Option<&Arc<Lane>> {
        self.lanes.iter().find(|lane| lane.id == *id)
    }

    /// The persona with this id.
    pub fn persona(&self, id: &PersonaId) -> Option<&Arc<Persona>> {
        self.personas.iter().find(|persona| persona.id == *id)
    }

    /// All touchpoints with their lanes, lane by lane.
    pub fn touchpoints(&self) -> impl Iterator<Item = (&Arc<Lane>, &Arc<Touchpoint>)> {
        self.lanes.iter().flat_map(|lane| lane.touchpoints.iter().map(move |t| (lane, t)))
    }

    /// How touchpoints feel to all: as was said of everybody; only where that was said of none, the mean of personas.
    ///
    /// So the figures of a map are those of the curve in its picture, if it has one.
    pub fn felt(&self) -> impl Fn(&Touchpoint) -> Option<Emotion> + use<> {
        let is_told = self.touchpoints().any(|(_, t)| t.emotion.is_some());
        move |touchpoint| if is_told { touchpoint.emotion } else { touchpoint.felt() }
    }

    /// The touchpoint with this id, and its lane.
    pub fn touchpoint(&self, id: &TouchpointId) -> Option<(&Arc<Lane>, &Arc<Touchpoint>)> {
        self.touchpoints().find(|(_, t)| t.id == *id)
    }

    /// The accent of the `index`-th stage, set or by its place.
    pub fn accent(&self, index: usize) -> Accent {
        self.stages.get(index).and_then(|s| s.accent).unwrap_or(Accent::nth(index))
    }

    /// The number of touchpoints and of pain points.
    pub fn counts(&self) -> (usize, usize) {
        let on_steps = (0, self.pains_on_steps());
        self.lanes
            .iter()
            .map(|lane| lane.counts())
            .fold(on_steps, |all, of_lane| (all.0 + of_lane.0, all.1 + of_lane.1))
    }

    /// The number of pain points that hang on steps.
    pub fn pains_on_steps(&self) -> usize {
        self.steps().map(|(_, step)| pains(&step.annotations)).sum()
    }
}
