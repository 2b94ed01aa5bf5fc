//! Maps as tables: in long form, a row for each touchpoint, or as a matrix, stages across and lanes down.
//!
//! No other program documents the columns of its tables, so the long form is read by its headings, which may be called
//! in many ways; a table without such headings is a matrix.

mod cells;
mod fields;
mod long;
mod matrix;
mod write_long;
mod write_matrix;

use super::format::Import;
use crate::file::FileProblem;

pub(super) use write_long::write as write_long;
pub(super) use write_matrix::write as write_matrix;

/// Reads a table; `columns` are fields with the headings that stand for them, where the usual ones do not.
///
/// # Errors
/// When it is no table, or a cell is not what its column is said to hold.
pub(super) fn read(text: &str, columns: &[(String, String)]) -> Result<Import, Vec<FileProblem>> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let table = cells::Table::read(text).map_err(|problem| vec![problem])?;
    let headings = fields::Headings::of(&table, columns).map_err(|problem| vec![problem])?;
    if headings.are_long() { long::read(&table, &headings) } else { matrix::read(&table).map_err(|p| vec![p]) }
}

/// Where the lines of a cell stand apart, each without blanks around it.
fn lines(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('\n').map(str::trim)
}
