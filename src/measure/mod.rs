//! Metrics worked out from survey answers in a CSV file.
//!
//! [`Look`] reads the head of a file and guesses what its columns hold; [`measure`] goes through all rows once,
//! keeping only sums, and gives dated values with their intervals; [`apply`] puts these onto a map. What is wrong
//! with a file is one [`AnswersError`] that names row, column and cell; nothing of such a file is used.

mod apply;
mod cells;
mod codepage;
mod compute;
mod decode;
mod error;
mod figures;
mod guess;
mod look;
mod mapping;
mod places;
mod rows;
mod today;

pub use apply::{Applied, apply, known, summary};
pub use compute::{measure, measure_file, words};
pub use decode::{Encoding, MAX_BYTES, decode};
pub use error::AnswersError;
pub use figures::{Estimate, Z, mean, nps, share};
pub use guess::{guess, guess_answer};
pub use look::{Delimiter, Look, Reading};
pub use mapping::{Mapping, Measured, Period, Progress, Report};
pub use places::{stage_called, touchpoint_called};
pub use rows::MAX_ROWS;
pub use today::today;
