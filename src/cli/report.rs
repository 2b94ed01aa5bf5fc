//! `rihla report`.

use std::io::Write as _;
use std::process::ExitCode;

use super::ReportArgs;
use super::load::load;
use crate::file::write_atomically;
use crate::insight;

pub(super) fn run(args: &ReportArgs) -> ExitCode {
    match report(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn report(args: &ReportArgs) -> Result<(), String> {
    let map = load(&args.map)?;
    let text = insight::markdown(&map);
    match &args.output {
        // A reader that closes the pipe early has what it wanted.
        None => drop(std::io::stdout().write_all(text.as_bytes())),
        Some(path) => {
            write_atomically(path, text.as_bytes()).map_err(|err| format!("rihla: {err}"))?;
            println!("{}", path.display());
        }
    }
    Ok(())
}
