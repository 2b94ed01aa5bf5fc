//! `rihla convert`.

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::Arc;

use super::{ConvertArgs, told};
use crate::deck::{Request, Source, WriteError, compose};
use crate::exchange::{Columns, Import, Loss, MapFormat, Reading, listing, read_map};
use crate::export::Format;
use crate::file::{self, write_atomically};
use crate::layout::LayoutEngine;
use crate::measure::{Delimiter, Encoding};
use crate::model::JourneyMap;
use crate::picture::Pictures;
use crate::theme::Theme;

/// How many places of a loss are told unless all are asked for.
const PLACES: usize = 4;

pub(super) fn run(args: &ConvertArgs) -> ExitCode {
    told(convert(args))
}

fn convert(args: &ConvertArgs) -> Result<String, String> {
    let picture = Format::of(&args.output).filter(|_| args.to.is_none());
    let to = args.to.or_else(|| MapFormat::of(&args.output));
    if picture.is_none() && to.is_none() {
        let words = MapFormat::ALL.map(MapFormat::word).join(", ");
        return Err(format!(
            "rihla: {}: this ending says nothing of a format; name one with --to: {words}",
            args.output.display()
        ));
    }
    refuse(args, to)?;
    let reading = reading(args);
    let bytes = file::load_bytes(&args.input).map_err(|err| err.to_string())?;
    let (_, Import { map, losses }) = read_map(&args.input, &bytes, &reading).map_err(|err| err.to_string())?;
    tell(args, &format!("{}: not on the map", args.input.display()), &losses);
    match (to, picture) {
        (Some(to), _) => {
            let asked = args.out_delimiter.map(Delimiter::from).or(Delimiter::of(&args.output));
            let written = to.write_with(&map, asked.unwrap_or_default());
            tell(args, &format!("{}: not in the {}", args.output.display(), to.name()), &written.losses);
            write_atomically(&args.output, written.text.as_bytes()).map_err(|err| format!("rihla: {err}"))?;
            Ok(args.output.display().to_string())
        }
        (None, format) => draw(&Arc::new(map), args, format),
    }
}

/// How IN is to be read.
fn reading(args: &ConvertArgs) -> Reading {
    let columns = if args.column.is_empty() { Columns::Guessed } else { Columns::Named(args.column.clone()) };
    let encoding = args.encoding.map(Encoding::from);
    Reading { format: args.from, encoding, delimiter: args.delimiter.map(Delimiter::from), columns }
}

/// Writes the map as a picture; says what was written.
fn draw(map: &Arc<JourneyMap>, args: &ConvertArgs, format: Option<Format>) -> Result<String, String> {
    let failed = |err: &dyn std::fmt::Display| format!("rihla: {}: {err}", args.input.display());
    let request = Request { format: format.unwrap_or(Format::Png), ..Request::default() };
    let pictures = Pictures::load(map, Some(&args.input));
    let source = Source { map, pictures, selection: &BTreeSet::new(), logo: None };
    let composed =
        compose(&source, &request, &Theme::light(), &mut LayoutEngine::default()).map_err(|err| failed(&err))?;
    let size = composed.write_to(&request, &args.output).map_err(|err| match err {
        WriteError::Picture(err) => failed(&err),
        WriteError::File(err) => format!("rihla: {err}"),
    })?;
    Ok(format!("{} ({size})", args.output.display()))
}

/// Whether OUT may be written: never over IN, and over another map only where somebody says so.
fn refuse(args: &ConvertArgs, to: Option<MapFormat>) -> Result<(), String> {
    let output = args.output.display();
    let whole = |path: &std::path::Path| path.canonicalize().ok();
    if whole(&args.output).is_some_and(|output| whole(&args.input) == Some(output)) {
        return Err(format!("rihla: {output} is the file that is read; write another one"));
    }
    if to == Some(MapFormat::Rihla) && args.output.exists() && !args.force {
        return Err(format!("rihla: {output} exists already; choose another name, or overwrite it with --force"));
    }
    Ok(())
}

/// Prints what is lost, if anything is.
fn tell(args: &ConvertArgs, heading: &str, losses: &[Loss]) {
    if !losses.is_empty() {
        let most = if args.losses { usize::MAX } else { PLACES };
        eprint!("{heading}:\n{}", listing(losses, most));
    }
}
