//! `rihla fmt`.

use std::path::Path;
use std::process::ExitCode;

use super::FmtArgs;
use crate::file::{self, Expect, Fingerprint, Outcome, comments, save_expecting, to_ron};

pub(super) fn run(args: &FmtArgs) -> ExitCode {
    let mut all_well = true;
    for path in &args.maps {
        match format(path, args) {
            Ok(None) => {}
            Ok(Some(line)) => {
                println!("{line}");
                all_well &= !args.check;
            }
            Err(message) => {
                eprintln!("{message}");
                all_well = false;
            }
        }
    }
    if all_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Brings one file into canonical form; gives its name where it was not.
fn format(path: &Path, args: &FmtArgs) -> Result<Option<String>, String> {
    let bytes = file::load_bytes(path).map_err(|err| err.to_string())?;
    let map = file::parse_bytes(path, &bytes).map_err(|err| err.to_string())?;
    if to_ron(&map).as_bytes() == bytes {
        return Ok(None);
    }
    if args.check {
        return Ok(Some(path.display().to_string()));
    }
    if !args.drop_comments {
        keep_comments(path, &bytes)?;
    }
    // Someone may have saved the map meanwhile.
    match save_expecting(&map, path, Expect::Seen(Some(Fingerprint::of(&bytes))), None) {
        Outcome::Saved(..) => Ok(Some(path.display().to_string())),
        Outcome::Changed => {
            Err(format!("rihla: {} was changed meanwhile and is left alone; run this again", path.display()))
        }
        Outcome::Unconfirmed(_, err) | Outcome::Failed(err) => Err(format!("rihla: {err}")),
    }
}

/// An error where the file holds comments that are lost when it is written.
pub(super) fn keep_comments(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<String> =
        comments(&text).elsewhere.iter().map(|at| (text[..*at].matches('\n').count() + 1).to_string()).collect();
    let (what, where_) = match lines.as_slice() {
        [] => return Ok(()),
        [line] => ("a comment".to_owned(), format!("line {line}")),
        lines => {
            let more = if lines.len() > 8 { " …" } else { "" };
            (format!("{} comments", lines.len()), format!("lines {}{more}", lines[..lines.len().min(8)].join(", ")))
        }
    };
    Err(format!(
        "rihla: {}: {what} would be lost ({where_}); only what stands above the map is kept. Move it there or into notes, \
         or say --drop-comments",
        path.display()
    ))
}
