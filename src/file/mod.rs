//! Maps as RON files: reading with errors that help, writing that keeps diffs small, saving that loses nothing.

mod build;
mod counterpart;
mod error;
mod explain;
mod fields;
mod fingerprint;
mod guard;
mod keeper;
mod keeping;
mod locate;
mod read;
mod read_about;
mod recovery;
mod salvage;
mod save;
mod save_error;
mod v1;
mod write;
mod write_about;

pub use counterpart::{counterpart_of, name_of_counterpart};
pub use error::{FileProblem, LoadError};
pub use explain::{Subject, explain, suggest};
pub use fingerprint::{Fingerprint, bytes_at};
pub use guard::{Expect, Outcome, save_expecting};
pub use keeper::Keeper;
pub use keeping::Lost;
pub use locate::{Comments, Key, comments, locate};
pub use read::{
    MAX_BYTES, MOST_BYTES, load, load_bytes, load_bytes_up_to, load_text, parse, parse_bytes, parse_what_goes,
};
pub use recovery::{Hold, Leftover, Meta, Slot, Standing, Store};
pub use salvage::{Salvage, salvage};
pub use save::{save, sweep, write_atomically, write_atomically_with};
pub use save_error::SaveError;
pub use write::to_ron;

/// The newest format this program reads, and the one it writes.
pub const FORMAT: u32 = 1;

/// The ending of a map's file name, without the dot.
pub const EXTENSION: &str = "ron";
