//! Pictures as decks and reports want them: which part of a map, what stands around it, how large.
//!
//! A [`Request`] says so once for the window, the command line and presets; [`compose`] makes the scene of it. Parts of
//! a map are maps themselves, so that layout and scene know nothing of them; what stands around a picture is put
//! around its finished scene.

mod aims;
mod compose;
mod excerpt;
mod frame;
mod preset;
mod request;
mod scorecard;
mod words;

pub use compose::{Composed, Source, WriteError, compose, logo_of, on_slide, theme_of};
pub use excerpt::{lanes_called, personas_called, stages_called};
pub use preset::{Preset, PresetError, Presets};
pub use request::{Aspect, Request, Size, What};

use std::path::PathBuf;

use crate::picture::Trouble;

/// Why there is no picture of what was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeckError {
    /// The map has no stage.
    #[error("the map is empty: it has no stage to draw; add one, or start from a template")]
    Empty,
    /// The map has no such stage, lane or persona; and those that it has.
    #[error("the map has no {what} {name:?}; it has {}", known(.has))]
    Unknown {
        /// Stage, lane or persona.
        what: &'static str,
        /// What was asked for.
        name: String,
        /// The names of those there are.
        has: Vec<String>,
    },
    /// Nothing is selected.
    #[error("nothing is selected that could be drawn alone; select touchpoints, stages or lanes first")]
    NothingSelected,
    /// There are no touchpoints.
    #[error("there are no figures yet: no touchpoint stands in the stages of this picture")]
    NoFigures,
    /// There is no such theme, or its file cannot be read.
    #[error("{0}")]
    Theme(String),
    /// The logo could not be read.
    #[error("the logo {} {}", .0.display(), of_logo(.1))]
    Logo(PathBuf, Trouble),
}

/// What is wrong with a logo; what to do about a map's picture is not always what to do about this.
fn of_logo(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Missing => "is not there: check its name and folder".to_owned(),
        other => format!("cannot be used: {other}"),
    }
}

fn known(names: &[String]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
