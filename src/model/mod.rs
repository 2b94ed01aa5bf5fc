//! The document: a journey map as plain data, with its invariants.
//!
//! No I/O and no window here. Stages, lanes and touchpoints stand behind [`Arc`]s, so that a clone
//! of a map is a snapshot that shares everything that did not change: undo keeps such clones, and
//! the layout's caches compare the pointers.

mod check;
mod direction;
mod element;
mod generate;
mod id;
mod map;
mod touchpoint;

pub use check::Problem;
pub use direction::{Direction, Language, first_strong_is_rtl, is_rtl_letter};
pub use element::{AnnotationRef, Element, Host, TextPart, TextRef};
pub use generate::generate;
pub use id::{LaneId, StageId, StepId, TouchpointId, fresh_id};
pub use map::{Accent, JourneyMap, Lane, LaneKind, Stage, Step};
pub use touchpoint::{Annotation, AnnotationKind, Emotion, Level, OutOfRange, Touchpoint};

#[cfg(doc)]
use std::sync::Arc;
