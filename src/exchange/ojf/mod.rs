//! OpenJourney (`.ojf`), the JSON of the open editor Ptolemy: stages by swimlanes with nodes in the cells.
//!
//! Two shapes are in use: that of its specification, and that of its own samples, which put title and persona into
//! `metadata`. Both are read, the first is written.

mod read;
mod write;

pub(super) use read::read;
pub(super) use write::write;
