//! What lands where when text of another program is pasted.

use super::planner::Planner;
use super::table::{Split, Table};
use crate::model::{AnnotationKind, Emotion, JourneyMap, LaneId, LaneKind, StageId, StepId};

/// The most texts that are pasted at once.
const MOST_TEXTS: usize = 10_000;
/// The most columns and the most rows that are pasted at once.
pub(super) const MOST_ACROSS: usize = 500;
/// The longest text that is looked at, in bytes.
const MOST_BYTES: usize = 16 << 20;

/// Where the selection stands: what is pasted starts there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// The column; the first one where nothing is selected.
    pub step: Option<StepId>,
    /// The row; the first one that holds touchpoints where nothing is selected.
    pub lane: Option<LaneId>,
}

/// Where a list goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListInto {
    /// One text a step.
    Steps,
    /// All into one cell.
    Stack,
}

/// What happens where the map ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overflow {
    /// Steps are added.
    NewSteps,
    /// The rest stacks in the last step.
    Stack,
}

/// Which columns take what is pasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Those from the selected cell onward; named ones go into the stages of their name.
    Here,
    /// New ones behind all others.
    NewStages,
    /// New ones instead of all others, on a map in which nothing stands yet.
    Replace,
}

/// How a text is read, and where it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// What stands between cells.
    pub split: Split,
    /// Whether the first row names stages.
    pub first_row: bool,
    /// Whether the first column names lanes.
    pub first_column: bool,
    /// Where a list goes.
    pub list: ListInto,
    /// What happens where the map ends.
    pub overflow: Overflow,
    /// Which columns take it.
    pub place: Place,
}

/// What would land where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The names of stages to be made.
    pub stages: Vec<String>,
    /// Names and kinds of lanes to be made.
    pub lanes: Vec<(String, LaneKind)>,
    /// The columns that take something, in the order of the map.
    pub columns: Vec<Column>,
    /// The rows that take something.
    pub rows: Vec<Row>,
    /// Each text with its place.
    pub planned: Vec<Planned>,
    /// Whether the stages that are there go away.
    pub drop_stages: bool,
    /// Lanes that go away.
    pub drop_lanes: Vec<LaneId>,
}

/// A column that takes something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The stage it belongs to.
    pub stage: StagePlace,
    /// The step; a new one where there is none.
    pub step: Option<StepId>,
}

/// The stage of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StagePlace {
    /// One of the map.
    Existing(StageId),
    /// One of [`Plan::stages`].
    New(usize),
}

/// A row that takes something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// One of the map.
    Existing(LaneId),
    /// One of [`Plan::lanes`].
    New(usize),
}

/// A text with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The text.
    pub text: String,
    /// Its place in [`Plan::columns`].
    pub column: usize,
    /// Its place in [`Plan::rows`].
    pub row: usize,
    /// What it becomes.
    pub thing: Thing,
}

/// What a text becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A touchpoint.
    Touchpoint,
    /// An annotation on the first touchpoint of its step, or on the step.
    Annotation(AnnotationKind),
    /// The emotion of the first touchpoint of its step.
    Emotion(Emotion),
    /// Channels of the first touchpoint of its step, separated by commas.
    Channels,
    /// Nothing: the emotion curve takes numbers from −5 to 5, and like the
    /// channels only in steps that hold a touchpoint.
    Nothing,
}

/// Why nothing can be pasted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// There is no text.
    #[error("there is no text to paste")]
    Empty,
    /// There is too much.
    #[error("this is too much for one paste: at most {MOST_TEXTS} texts in {MOST_ACROSS} columns and rows")]
    TooMuch,
    /// No step or lane takes it, and none can be made.
    #[error("the structure is locked and has no place for this; unlock it first")]
    Locked,
}

/// Whether nothing stands on the map yet but its stages and lanes.
pub fn is_blank(map: &JourneyMap) -> bool {
    map.touchpoints().next().is_none() && map.steps().all(|(_, step)| step.annotations.is_empty())
}

impl Options {
    /// The most likely reading of `text`, for `map`.
    pub fn guess(text: &str, map: &JourneyMap) -> Self {
        Self::with_split(text, map, Table::detect(text))
    }

    /// The most likely reading of `text` when it is cut at `split`.
    pub fn with_split(text: &str, map: &JourneyMap, split: Split) -> Self {
        let (first_row, first_column) = match split {
            Split::Lines => (false, false),
            _ => Table::parse(text, split).headings(),
        };
        let replaces = first_row && is_blank(map) && !map.locked;
        Self {
            split,
            first_row,
            first_column,
            list: ListInto::Steps,
            overflow: if map.locked { Overflow::Stack } else { Overflow::NewSteps },
            place: if replaces { Place::Replace } else { Place::Here },
        }
    }
}

impl Plan {
    /// Plans where each piece of `text` lands on `map`.
    ///
    /// # Errors
    /// When there is nothing to paste, too much of it, or no place for it.
    pub fn new(text: &str, map: &JourneyMap, anchor: &Anchor, options: Options) -> Result<Self, PlanError> {
        if text.len() > MOST_BYTES {
            return Err(PlanError::TooMuch);
        }
        let table = Table::parse(text, options.split);
        let texts = table.rows.iter().flatten().filter(|cell| !cell.is_empty()).count();
        let is_list = options.split == Split::Lines;
        if texts > MOST_TEXTS || table.width() > MOST_ACROSS || (!is_list && table.rows.len() > MOST_ACROSS) {
            return Err(PlanError::TooMuch);
        }
        let plan = Planner::new(map, anchor, options).plan(&table)?;
        if plan.planned.is_empty() { Err(PlanError::Empty) } else { Ok(plan) }
    }

    /// How many texts become something, and how many do not.
    pub fn counts(&self) -> (usize, usize) {
        let lost = self.planned.iter().filter(|p| p.thing == Thing::Nothing).count();
        (self.planned.len() - lost, lost)
    }
}

impl Options {
    /// What of these is possible on `map`.
    pub(super) fn allowed(mut self, map: &JourneyMap) -> Self {
        if map.locked {
            self.overflow = Overflow::Stack;
            self.place = Place::Here;
        }
        if self.place == Place::Replace && !is_blank(map) {
            self.place = Place::NewStages;
        }
        self
    }
}
