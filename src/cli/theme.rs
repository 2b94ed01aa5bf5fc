//! `rihla theme`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{ThemeArgs, told};
use crate::file::{FileProblem, LoadError, write_atomically};
use crate::theme::{Bundled, ThemeShelf};

/// What is said of a theme in which something can hardly be seen.
const WEAK: u8 = 2;

pub(super) fn run(args: &ThemeArgs) -> ExitCode {
    let shelf = ThemeShelf::of_account();
    if let Some(output) = &args.output {
        return told(start(&args.themes, &shelf, output).map_err(|message| format!("rihla: {message}")));
    }
    if args.themes.is_empty() {
        list(&shelf);
        return ExitCode::SUCCESS;
    }
    let (mut failed, mut weak) = (false, false);
    for name in &args.themes {
        match shelf.load(name) {
            Ok(loaded) if loaded.warnings.is_empty() => println!("{name}: everything can be read and told apart"),
            Ok(loaded) => {
                weak = true;
                warn(name, &loaded.warnings);
            }
            Err(message) => {
                failed = true;
                eprintln!("{message}");
            }
        }
    }
    match (failed, weak) {
        (true, _) => ExitCode::FAILURE,
        (false, true) => ExitCode::from(WEAK),
        (false, false) => ExitCode::SUCCESS,
    }
}

/// Prints what can hardly be seen in the theme called `name`, each with its place.
pub(super) fn warn(name: &str, warnings: &[FileProblem]) {
    if !warnings.is_empty() {
        eprintln!("{}", LoadError { path: PathBuf::from(name), problems: warnings.to_vec() });
    }
}

/// Prints the themes of the program, then one's own, then where those are.
fn list(shelf: &ThemeShelf) {
    for bundled in Bundled::ALL {
        println!("{:14} {}", bundled.name(), bundled.words().1);
    }
    let own = shelf.own();
    for name in &own {
        println!("{name}");
    }
    if let Some(folder) = shelf.folder() {
        let whose = if own.is_empty() { "Your own themes go into" } else { "Your own are in" };
        println!("\n{whose} {}", folder.display());
    }
}

/// Writes the file of a theme, to be changed.
fn start(themes: &[String], shelf: &ThemeShelf, output: &Path) -> Result<String, String> {
    let [name] = themes else { return Err("name one theme to start from".into()) };
    let text = match (Bundled::find(name), shelf.path_of(name).filter(|path| path.is_file())) {
        (Some(bundled), _) => bundled.text().to_owned(),
        (None, Some(path)) => std::fs::read_to_string(&path).map_err(|err| format!("{}: {err}", path.display()))?,
        (None, None) => return Err(format!("there is no theme {name:?}; `rihla theme` lists them")),
    };
    if output.exists() {
        return Err(format!("{} exists already; choose another name", output.display()));
    }
    write_atomically(output, text.as_bytes()).map_err(|err| err.to_string())?;
    Ok(format!("wrote {}; the pictures of a map look so with --theme {}", output.display(), output.display()))
}
