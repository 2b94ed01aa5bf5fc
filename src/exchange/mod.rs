//! Maps and parts of maps in the words of other programs: what is copied, what is pasted, and whole maps in other
//! formats.
//!
//! Each format has a reader and a writer, and both tell what is lost. [`MapFormat`] lists the formats, [`read_map`] is
//! the way in. What a map holds is told part by part in one place, and a writer only says which parts its format
//! holds, so that none can be lost in silence; a test reads back what was written and counts.

mod apply;
mod cjml;
mod clip;
mod csv;
mod draft;
mod field;
mod format;
mod holdings;
mod join;
mod loss;
mod mermaid;
mod ojf;
mod outline;
mod paste;
mod planner;
mod table;

pub use apply::apply;
pub use clip::{Clip, ClipError, plain_words};
pub use csv::TableLook;
pub use field::Field as TableField;
pub use format::{
    Columns, Import, MapFormat, Reading, Written, look_and_read, look_at_table, read_map, read_table, read_text,
};
pub use holdings::holdings;
pub use join::{Joined, join, pasted_format};
pub use loss::{Group, Loss, Part, Place as LossPlace, grouped, listing};
pub use paste::{
    Anchor, Column, ListInto, Options, Overflow, Place, Plan, PlanError, Planned, Row, StagePlace, Thing, is_blank,
};
pub use table::{Split, Table};
