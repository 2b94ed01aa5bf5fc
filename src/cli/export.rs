//! `rihla export`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use super::{ExportArgs, ThemeName};
use crate::export::{About, ExportOptions, Format, PdfOptions, PngOptions, PngSize, SvgOptions, write};
use crate::file::{self, write_atomically};
use crate::layout::LayoutEngine;
use crate::model::{JourneyMap, PersonaId};
use crate::scene;
use crate::theme::Theme;

pub(super) fn run(args: &ExportArgs) -> ExitCode {
    let mut engine = LayoutEngine::default();
    let mut failed = false;
    for map in &args.maps {
        match export(map, args, &mut engine) {
            Ok(line) => println!("{line}"),
            Err(message) => {
                eprintln!("{message}");
                failed = true;
            }
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn export(path: &Path, args: &ExportArgs, engine: &mut LayoutEngine) -> Result<String, String> {
    let output = output_for(path, args)?;
    let options = options(&output, args).map_err(|why| format!("rihla: {}: {why}", output.display()))?;
    let map = Arc::new(file::load(path).map_err(|err| err.to_string())?);
    let theme = match args.theme {
        ThemeName::Light => Theme::light(),
        ThemeName::Dark => Theme::dark(),
    };
    engine.round(args.wheel);
    engine.focus(args.persona.as_deref().map(|name| persona(&map, name, path)).transpose()?);
    let scene = scene::build(&engine.layout(&map, &theme, false));
    let about = About { title: map.title.clone(), description: map.subtitle.clone() };
    let mut bytes = Vec::new();
    let size = write(&scene, &about, options, &mut bytes).map_err(|err| format!("rihla: {}: {err}", path.display()))?;
    write_atomically(&output, &bytes).map_err(|err| format!("rihla: {err}"))?;
    Ok(format!("{} ({size})", output.display()))
}

/// The persona called `name`.
fn persona(map: &JourneyMap, name: &str, path: &Path) -> Result<PersonaId, String> {
    let found = map.personas.iter().find(|p| p.id.as_str() == name || p.name == name);
    found.map(|p| p.id.clone()).ok_or_else(|| {
        let names: Vec<&str> = map.personas.iter().map(|p| p.name.as_str()).collect();
        let known = if names.is_empty() { "it has none".to_owned() } else { format!("it has {}", names.join(", ")) };
        format!("rihla: {}: the map has no persona {name:?}; {known}", path.display())
    })
}

/// What the arguments mean for the format of `output`; an error for those that mean nothing for it.
fn options(output: &Path, args: &ExportArgs) -> Result<ExportOptions, String> {
    let format = Format::of(output).ok_or("pictures are written as .png, .svg or .pdf")?;
    let asked = [("--scale", args.scale.is_some()), ("--width", args.width.is_some()), ("--text", args.text)];
    let fits: &[&str] = match format {
        Format::Png => &["--scale", "--width"],
        Format::Svg => &["--text"],
        Format::Pdf => &[],
    };
    if let Some((name, _)) = asked.iter().find(|(name, asked)| *asked && !fits.contains(name)) {
        return Err(format!("{name} means nothing for {}", format.name()));
    }
    let transparent = args.transparent;
    Ok(match format {
        Format::Png => {
            let size = args.width.map_or(PngSize::Scale(args.scale.unwrap_or(2.0)), PngSize::Width);
            ExportOptions::Png(PngOptions { size, transparent })
        }
        Format::Svg => ExportOptions::Svg(SvgOptions { transparent, text: args.text }),
        Format::Pdf => ExportOptions::Pdf(PdfOptions { transparent }),
    })
}

/// The file to write for the map at `path`.
fn output_for(path: &Path, args: &ExportArgs) -> Result<PathBuf, String> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let output = args.output.to_string_lossy();
    if output.contains("{name}") {
        Ok(PathBuf::from(output.replace("{name}", &name)))
    } else if args.output.is_dir() {
        Ok(args.output.join(format!("{name}.png")))
    } else if args.maps.len() > 1 {
        Err(format!("rihla: several maps cannot all be written to {output}; write a folder, or {{name}}.png"))
    } else {
        Ok(args.output.clone())
    }
}
