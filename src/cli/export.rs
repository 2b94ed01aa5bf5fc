//! `rihla export`: many pictures at once, told in the order in which they were asked for.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, mpsc};

use super::export_args::ExportArgs;
use super::load::load;
use crate::deck::{DeckError, Presets, Request, Source, WriteError, compose, logo_of, on_slide, stages_called};
use crate::layout::LayoutEngine;
use crate::model::JourneyMap;
use crate::picture::{Picture, Pictures};
use crate::theme::{Theme, ThemeShelf};

pub(super) fn run(args: &ExportArgs) -> ExitCode {
    let presets = Presets::of_account();
    if args.list_presets {
        return list(&presets);
    }
    // clap asks for it unless the presets are listed.
    let Some(output) = &args.output else { return ExitCode::FAILURE };
    let common = match common(args, output, &presets) {
        Ok(common) => common,
        Err(message) => {
            eprintln!("rihla: {message}");
            return ExitCode::FAILURE;
        }
    };
    let tasks = tasks(args, output, &common.request);
    if write_all(&tasks, &common) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn list(presets: &Presets) -> ExitCode {
    match presets.all() {
        Ok(all) => {
            for preset in all {
                let about = if preset.about.is_empty() { "one of your own" } else { preset.about };
                println!("{:12} {about}", preset.name);
            }
            if let Some(file) = presets.file() {
                println!("\nYour own are kept in {}", file.display());
            }
            ExitCode::SUCCESS
        }
        Err(err) => {
            eprintln!("rihla: {err}");
            ExitCode::FAILURE
        }
    }
}

/// What all pictures share.
struct Common {
    request: Request,
    theme: Arc<Theme>,
    logo: Option<Arc<Picture>>,
}

fn common(args: &ExportArgs, output: &Path, presets: &Presets) -> Result<Common, String> {
    let shown = output.display();
    let request = args.request(output, presets)?;
    let pattern = output.to_string_lossy();
    if args.maps.len() > 1 && !pattern.contains("{name}") && !output.is_dir() {
        return Err(format!("several maps cannot all be written to {shown}; write a folder, or {{name}}.png"));
    }
    let name = args.theme.as_deref().or(request.theme.as_deref()).unwrap_or("light");
    let loaded = ThemeShelf::of_account().load(name)?;
    // The pictures are made all the same: a brand's colours are not always one's own to change.
    super::theme::warn(name, &loaded.warnings);
    let theme = loaded.theme;
    let logo = logo_of(&request, &theme).map_err(|err| err.to_string())?;
    Ok(Common { request, theme, logo })
}

/// A map with what its pictures share.
struct Opened {
    path: PathBuf,
    map: Arc<JourneyMap>,
    pictures: OnceLock<Pictures>,
}

/// A picture to be written, or why there will be none.
type Task = Result<(Arc<Opened>, Request, PathBuf), String>;

/// The pictures of all maps, in order; two never go into one file.
fn tasks(args: &ExportArgs, output: &Path, request: &Request) -> Vec<Task> {
    let mut tasks = Vec::new();
    let mut taken = HashSet::new();
    for path in &args.maps {
        let opened = match load(path) {
            Ok(map) => Arc::new(Opened { path: path.clone(), map: Arc::new(map), pictures: OnceLock::new() }),
            Err(err) => {
                tasks.push(Err(err));
                continue;
            }
        };
        let pictures = match pictures_of(&opened, output, request) {
            Ok(pictures) => pictures,
            Err(err) => {
                tasks.push(Err(format!("rihla: {}: {err}", path.display())));
                continue;
            }
        };
        for (place, request) in pictures {
            tasks.push(if taken.insert(place.clone()) {
                Ok((Arc::clone(&opened), request, place))
            } else {
                let (place, path) = (place.display(), path.display());
                Err(format!("rihla: {path}: {place} is written for another map already; give the files other names"))
            });
        }
    }
    tasks
}

/// The files to write for a map, each with what it shows.
fn pictures_of(opened: &Opened, output: &Path, request: &Request) -> Result<Vec<(PathBuf, Request)>, DeckError> {
    let name = opened.path.file_stem().unwrap_or_default().to_string_lossy();
    if output.is_dir() {
        return Ok(vec![(output.join(format!("{name}.{}", request.format.ending())), request.clone())]);
    }
    let pattern = output.to_string_lossy();
    let named = pattern.replace("{name}", &name);
    if !pattern.contains("{stage}") && !pattern.contains("{number}") {
        // A name that is no text is left as it is.
        let place = if pattern.contains("{name}") { PathBuf::from(named) } else { output.to_owned() };
        return Ok(vec![(place, request.clone())]);
    }
    let stages = &opened.map.stages;
    if stages.is_empty() {
        // The map says itself what is wrong with it.
        return Ok(vec![(PathBuf::from(named), request.clone())]);
    }
    let wanted = match request.stages.is_empty() {
        true => (0..stages.len()).collect(),
        false => stages_called(&opened.map, &request.stages)?,
    };
    let picture = |at: usize| {
        let id = stages[at].id.as_str();
        let place = named.replace("{stage}", &file_name(id)).replace("{number}", &format!("{:02}", at + 1));
        (PathBuf::from(place), Request { stages: vec![id.to_owned()], ..request.clone() })
    };
    Ok(wanted.into_iter().map(picture).collect())
}

/// An id as a part of a file's name, on every system.
fn file_name(id: &str) -> String {
    id.chars().map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '-' } else { c }).collect()
}

/// Writes the pictures, several at a time; says whether all are there.
fn write_all(tasks: &[Task], common: &Common) -> bool {
    let shows_progress = tasks.len() > 1 && std::io::stderr().is_terminal();
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(tasks.len());
    let (send, receive) = mpsc::channel();
    let mut failed = false;
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (send, next) = (send.clone(), &next);
            scope.spawn(move || {
                let mut engine = LayoutEngine::default();
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(task) = tasks.get(at) else { return };
                    let result = match task {
                        Ok((opened, request, place)) => write_one(opened, request, place, common, &mut engine),
                        Err(message) => Err(message.clone()),
                    };
                    // The receiver waits for all.
                    let _ = send.send((at, result));
                }
            });
        }
        drop(send);
        let (mut waiting, mut told) = (BTreeMap::new(), 0);
        for (done, (at, result)) in receive.into_iter().enumerate() {
            waiting.insert(at, result);
            while let Some(result) = waiting.remove(&told) {
                told += 1;
                clear_progress(shows_progress);
                match result {
                    Ok(line) => println!("{line}"),
                    Err(message) => {
                        eprintln!("{message}");
                        failed = true;
                    }
                }
            }
            if shows_progress && done + 1 < tasks.len() {
                eprint!("\r{} of {} pictures …", done + 1, tasks.len());
                let _ = std::io::stderr().flush();
            }
        }
        clear_progress(shows_progress);
    });
    !failed
}

/// Takes the line of progress away, so that lines can follow.
fn clear_progress(is_shown: bool) {
    if is_shown {
        eprint!("\r\u{1b}[K");
        let _ = std::io::stderr().flush();
    }
}

fn write_one(
    opened: &Opened,
    request: &Request,
    place: &Path,
    common: &Common,
    engine: &mut LayoutEngine,
) -> Result<String, String> {
    let failed = |err: &dyn std::fmt::Display| format!("rihla: {}: {err}", opened.path.display());
    let pictures = opened.pictures.get_or_init(|| Pictures::load(&opened.map, Some(&opened.path))).clone();
    let source = Source { map: &opened.map, pictures, selection: &BTreeSet::new(), logo: common.logo.clone() };
    let composed = compose(&source, request, &common.theme, engine).map_err(|err| failed(&err))?;
    let size = composed.write_to(request, place).map_err(|err| match err {
        WriteError::Picture(err) => failed(&err),
        WriteError::File(err) => format!("rihla: {err}"),
    })?;
    let text = on_slide(&composed.scene).filter(|_| request.aspect.is_some());
    let text = text.map(|points| format!("; on a slide its smallest text has {points:.1} pt")).unwrap_or_default();
    Ok(format!("{} ({size}{text})", place.display()))
}
