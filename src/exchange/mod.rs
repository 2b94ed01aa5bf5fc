//! Maps and parts of maps in the words of other programs: what is copied, and what is pasted.

mod apply;
mod clip;
mod paste;
mod planner;
mod table;

pub use apply::apply;
pub use clip::{Clip, ClipError, plain_words};
pub use paste::{
    Anchor, Column, ListInto, Options, Overflow, Place, Plan, PlanError, Planned, Row, StagePlace, Thing, is_blank,
};
pub use table::{Split, Table};
