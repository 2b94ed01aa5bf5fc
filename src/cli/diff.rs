//! `rihla diff`.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use super::DiffArgs;
use super::load::load;
use crate::compare::{compare, listing};
use crate::file;
use crate::model::JourneyMap;

/// What is said of maps that could not be compared; 1 says that they differ.
const TROUBLE: u8 = 2;

pub(super) fn run(args: &DiffArgs) -> ExitCode {
    match diff(args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(TROUBLE)
        }
    }
}

/// Prints the differences; says whether there are none.
fn diff(args: &DiffArgs) -> Result<bool, String> {
    let a = load(&args.before)?;
    let after = match &args.after {
        Some(path) => path.clone(),
        None if a.counterpart.is_empty() => {
            let here = args.before.display();
            return Err(format!("rihla: {here} names no counterpart; name the other map too: rihla diff {here} B.ron"));
        }
        None => file::counterpart_of(&args.before, &a),
    };
    let b = load(&after)?;
    let differences = compare(&a, &b);
    if !args.quiet {
        let count = match differences.len() {
            0 => "no differences".to_owned(),
            1 => "1 difference".to_owned(),
            n => format!("{n} differences"),
        };
        let head = format!("{} → {}: {count}\n", about(&args.before, &a), about(&after, &b));
        // A reader that closes the pipe early has what it wanted.
        drop(std::io::stdout().write_all((head + &listing(&differences)).as_bytes()));
    }
    Ok(differences.is_empty())
}

/// The file, and which state its map shows.
fn about(path: &Path, map: &JourneyMap) -> String {
    let state = map.state.map(|state| format!(" ({})", state.name().to_lowercase()));
    format!("{}{}", path.display(), state.unwrap_or_default())
}
