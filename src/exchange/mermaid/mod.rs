//! Mermaid's `journey`: sections are stages, tasks are touchpoints in a step of their own, scores are emotions, actors
//! are personas.
//!
//! Both ways after the grammar of mermaid 11.14. The reader takes what Mermaid takes, and what people write that
//! Mermaid refuses; the writer writes only what Mermaid takes.

mod read;
mod write;

pub(super) use read::{is_journey, read};
pub(super) use write::write;

/// The words with which a line says something else than a task.
const KEYWORDS: [&str; 5] = ["journey", "title", "section", "acctitle", "accdescr"];
