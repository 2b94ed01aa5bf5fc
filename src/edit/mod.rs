//! Every change a person can make to a map, and the history of them.
//!
//! A change is a function that takes the map to its next state and either succeeds or leaves
//! an [`EditError`]; [`Document`] runs it on a snapshot, checks the invariants, and keeps the way back.

mod about;
mod annotations;
mod document;
mod goals;
mod links;
mod marks;
mod structure;
mod text;
mod touchpoints;
mod views;

pub use about::{
    add_competitor, add_persona, delete_competitor, delete_persona, move_persona, name_competitor, name_persona,
    set_competitor_emotion, update_persona, update_swot, update_weights,
};
pub use annotations::{add_annotation, hang_annotation, host_in, move_annotation, update_annotation};
pub use document::{Document, Selection};
pub use goals::{
    add_goal, add_metric, add_value, delete_goal, delete_metric, delete_value, name_goal, name_metric, serves,
    set_goal_parent, update_goal, update_metric, update_value,
};
pub use links::{add_link, likely_kind, update_link};
pub use marks::{Marked, escape_marks};
pub use structure::{
    StageDraft, add_lane, add_stage, add_step, delete_elements, duplicate_stage, move_lane, move_stage, move_step,
    set_phase, update_lane, update_stage, update_step,
};
pub use text::{replace_in_texts, set_text};
pub use touchpoints::{
    Drop, PENDING_ID, add_touchpoint, add_touchpoints, duplicate_touchpoints, move_touchpoints, name_pending,
    update_touchpoint,
};
pub use views::{delete_view, save_view};

/// Why a change was not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The thing to change is gone.
    #[error("this is no longer on the map")]
    Gone,
    /// Stages, steps and lanes are locked.
    #[error("the structure is locked; unlock it to change stages, steps and lanes")]
    Locked,
    /// The map has no lane that could hold a touchpoint.
    #[error("this lane shows what hangs on touchpoints; drop into a lane of touchpoints")]
    NotATouchpointLane,
    /// A link would lead to where it began.
    #[error("a link leads from one touchpoint to another")]
    LinkToItself,
    /// There is such a link.
    #[error("these two are linked in this way already")]
    LinkThere,
    /// The last stage or lane would go.
    #[error("a map keeps at least one {0}")]
    LastOne(&'static str),
    /// Something would have no name by which it could be found again.
    #[error("a {0} needs a name")]
    Nameless(&'static str),
    /// A goal would stand above itself.
    #[error("a goal cannot serve itself or a goal below it; choose another one")]
    InCircle,
    /// The result would not be sound; a mistake of the program, not of the person.
    #[error("the change was undone because the map would not be sound: {0}")]
    Unsound(String),
}

/// What an edit gives back.
pub type EditResult<T = ()> = Result<T, EditError>;
