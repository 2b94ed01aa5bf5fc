//! Markdown outlines: headings are stages and steps, list items are touchpoints, items below them say more.
//!
//! ```text
//! # Title
//!
//! ## Stage
//!
//! - Touchpoint
//!   - Emotion: -2
//!   - Pain point: waits
//! ```
//!
//! Items right below a stage get a step each; below the heading of a step they stand in it together. Without headings
//! the first level of a nested list are stages. The names of the items that say more are those of the columns of a
//! table.

mod read;
mod write;

pub(super) use read::read;
pub(super) use write::write;

use super::field::Field;

/// The field that an item `Name: text` speaks of, and its text.
fn said(text: &str) -> Option<(Field, &str)> {
    let (name, rest) = match text.split_once(':') {
        Some((name, rest)) => (name, rest.trim()),
        None => (text, ""),
    };
    let field = Field::called(name.trim())?;
    let is_flag = matches!(
        field,
        Field::MomentOfTruth | Field::MomentOfJoy | Field::KeyMoment | Field::Entry | Field::Repeats | Field::Remembers
    );
    // A mark needs no more than its name; other words alone are words.
    match (text.contains(':'), is_flag) {
        (true, _) => Some((field, rest)),
        (false, true) => Some((field, "yes")),
        (false, false) => None,
    }
}
