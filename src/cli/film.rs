//! `rihla film`.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use super::load::load;
use super::{FilmArgs, told};
use crate::film::{Film, FilmError, FilmFormat, FilmOptions, write_file, write_numbered};
use crate::layout::{Layout, LayoutEngine};
use crate::picture::Pictures;
use crate::theme::{Theme, ThemeShelf};

pub(super) fn run(args: &FilmArgs) -> ExitCode {
    told(make(args))
}

fn make(args: &FilmArgs) -> Result<String, String> {
    let loaded = ThemeShelf::of_account().load(&args.theme).map_err(|message| format!("rihla: {message}"))?;
    super::theme::warn(&args.theme, &loaded.warnings);
    let name = args.maps[0].file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let output = args.output.to_string_lossy().replace("{name}", &name);
    let ending = Path::new(&output).extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_numbered = output.contains("{number}");
    match (ending.as_str(), is_numbered) {
        ("gif" | "apng", false) | ("png", true) => {}
        ("png", false) => {
            return Err(format!(
                "rihla: {output}: pictures of the stops need a number in their names, as in walk-{{number}}.png; \
                 an animated PNG is written as .apng"
            ));
        }
        _ => return Err(format!("rihla: {output}: films are written as .gif, .apng or -{{number}}.png")),
    }
    let layouts = args.maps.iter().map(|map| layout(map, &loaded.theme)).collect::<Result<Vec<_>, _>>()?;
    let options = FilmOptions { size: args.size, rate: args.rate, pace: args.pace };
    let failed = |err: FilmError| match err {
        // It names its file.
        FilmError::NotSaved { .. } => format!("rihla: {err}"),
        err => format!("rihla: {output}: {err}"),
    };
    let film = Film::new(layouts, options).map_err(failed)?;
    let shows = std::io::stderr().is_terminal();
    let mut progress = |done: usize, all: usize| {
        if shows {
            eprint!("\r{:3} %", 100 * done / all.max(1));
            // Nobody minds a missing figure.
            let _ = std::io::stderr().flush();
        }
        true
    };
    let told = if is_numbered {
        write_numbered(&film, &mut progress, |number| PathBuf::from(output.replace("{number}", number)))
    } else {
        let format = if ending == "apng" { FilmFormat::Apng } else { FilmFormat::Gif };
        write_file(&film, format, Path::new(&output), &mut progress)
    };
    if shows {
        eprint!("\r     \r");
    }
    told.map_err(failed)
}

/// A map laid out with its pictures.
fn layout(path: &Path, theme: &Arc<Theme>) -> Result<Arc<Layout>, String> {
    let map = Arc::new(load(path)?);
    if map.stages.is_empty() {
        return Err(format!("rihla: {}: {}", path.display(), FilmError::NoStages));
    }
    let mut engine = LayoutEngine::default();
    engine.show_pictures(Pictures::load(&map, Some(path)));
    Ok(engine.layout(&map, theme, false))
}
