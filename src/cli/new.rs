//! `rihla new`.

use std::process::ExitCode;

use super::{NewArgs, told};
use crate::model::{JourneyMap, Language};
use crate::template::{Shelf, TEMPLATES, Template};
use crate::{file, model};

pub(super) fn run(args: &NewArgs) -> ExitCode {
    let shelf = Shelf::of_account();
    if args.list {
        list(args.language.unwrap_or_default(), shelf.as_ref());
        return ExitCode::SUCCESS;
    }
    told(write(args, shelf.as_ref()).map_err(|message| format!("rihla: {message}")))
}

/// Prints the templates of the program, then one's own, then the languages.
fn list(language: Language, shelf: Option<&Shelf>) {
    for template in &TEMPLATES {
        println!("{:20} {}", template.name, template.about(language));
    }
    if let Some(shelf) = shelf {
        let (own, wrong) = shelf.all();
        if !own.is_empty() {
            println!("\nYour own, in {}:", shelf.folder().display());
        }
        for own in &own {
            println!("{:20} {}", own.name, own.map.title);
        }
        for err in wrong {
            eprintln!("{err}");
        }
    }
    let languages: Vec<String> = Language::ALL.iter().map(|it| format!("{} {}", it.code(), it.name())).collect();
    println!("\nThose of Rihla come in several languages, with --language: {}", languages.join(", "));
}

fn write(args: &NewArgs, shelf: Option<&Shelf>) -> Result<String, String> {
    let map = match &args.generate {
        Some(grid) => model::generate(grid.stages, grid.steps, grid.lanes),
        None => template(&args.template, args.language, shelf)?,
    };
    // clap asks for it unless `--list` is there.
    let Some(output) = &args.output else { return Err("name the file to write with -o MAP.ron".into()) };
    if output.exists() {
        return Err(format!("{} exists already; choose another name", output.display()));
    }
    file::save(&map, output).map_err(|err| err.to_string())?;
    Ok(format!("wrote {}", output.display()))
}

/// The map of the template called `name`, of the program or one's own.
fn template(name: &str, language: Option<Language>, shelf: Option<&Shelf>) -> Result<JourneyMap, String> {
    if let Some(template) = Template::find(name) {
        return Ok(template.map_in(language.unwrap_or_default()));
    }
    match shelf.filter(|shelf| shelf.has(name)) {
        Some(_) if language.is_some() => Err(format!(
            "the template {name:?} is your own and in the language it was written in; leave --language out"
        )),
        Some(shelf) => shelf.load(name).map_err(|err| err.to_string()),
        None => {
            let own = shelf.map(|shelf| shelf.all().0).unwrap_or_default();
            let own = own.iter().map(|own| own.name.as_str());
            let names: Vec<&str> = TEMPLATES.iter().map(|t| t.name).chain(own).collect();
            Err(format!("there is no template {name:?}; there are {}", names.join(", ")))
        }
    }
}
