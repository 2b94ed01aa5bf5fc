//! Maps as tables: in long form, a row for each touchpoint, or as a matrix, stages across and lanes down.
//!
//! No other program documents the columns of its tables, so the long form is read by its headings, which may be called
//! in many ways; a table without such headings is a matrix.

mod cells;
mod fields;
mod long;
mod look;
mod matrix;
mod write_long;
mod write_matrix;

use super::format::{Columns, Import, MapFormat, Reading};
use crate::file::FileProblem;

pub use look::TableLook;
pub(super) use look::{known_headings, look};
pub(super) use write_long::write as write_long;
pub(super) use write_matrix::write as write_matrix;

/// Reads a table, as `reading` says or as its headings do; gives the form in which it was.
///
/// # Errors
/// When it is no table, or a cell is not what its column is said to hold.
pub(super) fn read(text: &str, reading: &Reading) -> Result<(MapFormat, Import), Vec<FileProblem>> {
    let table = cells::Table::read(text, reading.delimiter).map_err(|problem| vec![problem])?;
    let headings = fields::Headings::of(&table, &reading.columns).map_err(|problem| vec![problem])?;
    match form(&headings, reading) {
        MapFormat::Matrix => Ok((MapFormat::Matrix, matrix::read(&table).map_err(|problem| vec![problem])?)),
        form => match headings.missing() {
            Some(problem) => Err(vec![problem]),
            None => Ok((form, long::read(&table, &headings)?)),
        },
    }
}

/// The form that is asked for, or that the headings speak for.
fn form(headings: &fields::Headings, reading: &Reading) -> MapFormat {
    match reading.format {
        Some(form @ (MapFormat::Long | MapFormat::Matrix)) => form,
        _ if reading.columns != Columns::Guessed || headings.missing().is_none() => MapFormat::Long,
        _ => MapFormat::Matrix,
    }
}

/// Where the lines of a cell stand apart, each without blanks around it.
fn lines(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('\n').map(str::trim)
}
