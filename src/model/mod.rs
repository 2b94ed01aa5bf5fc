//! The document: a journey map as plain data, with its invariants.
//!
//! No I/O and no window here. Stages, lanes and touchpoints stand behind [`Arc`]s, so that a clone
//! of a map is a snapshot that shares everything that did not change: undo keeps such clones, and
//! the layout's caches compare the pointers.

mod about;
mod check;
mod detail;
mod direction;
mod element;
mod figure;
mod generate;
mod id;
mod map;
mod ready_lane;
mod references;
mod touchpoint;
mod view;
mod words;

pub use about::{
    Competitor, Goal, Link, LinkKind, Metric, MetricHost, MetricKind, Persona, Scale, State, Swot, Value, Weights,
};
pub use check::Problem;
pub use detail::{Automation, Confidence, Driver, Evidence, EvidenceKind, Place, Span, Status};
pub use direction::{Direction, Language, first_strong_is_rtl, flipped, is_rtl_letter};
pub use element::{AnnotationRef, Element, Host, TextPart, TextRef};
pub use figure::{Date, Figure};
pub use generate::generate;
pub use id::{GoalId, IdMaker, LaneId, MetricId, PersonaId, StageId, StepId, TouchpointId, fresh_id};
pub use map::{Accent, JourneyMap, Lane, LaneKind, Stage, Step};
pub use ready_lane::ReadyLane;
pub use touchpoint::{Annotation, AnnotationKind, Emotion, Level, OutOfRange, Score, Touchpoint};
pub use view::View;
pub use words::{capitalized, counted};

#[cfg(doc)]
use std::sync::Arc;
