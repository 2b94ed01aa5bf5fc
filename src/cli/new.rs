//! `rihla new`.

use std::process::ExitCode;

use super::NewArgs;
use crate::template::{TEMPLATES, Template};
use crate::{file, model};

pub(super) fn run(args: &NewArgs) -> ExitCode {
    if args.list {
        for template in &TEMPLATES {
            println!("{:20} {}", template.name, template.about);
        }
        return ExitCode::SUCCESS;
    }
    match write(args) {
        Ok(message) => {
            println!("{message}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("rihla: {message}");
            ExitCode::FAILURE
        }
    }
}

fn write(args: &NewArgs) -> Result<String, String> {
    let map = match (&args.generate, Template::find(&args.template)) {
        (Some(grid), _) => model::generate(grid.stages, grid.steps, grid.lanes),
        (None, Some(template)) => template.map(),
        (None, None) => {
            let names: Vec<&str> = TEMPLATES.iter().map(|t| t.name).collect();
            return Err(format!("there is no template {:?}; there are {}", args.template, names.join(", ")));
        }
    };
    // clap asks for it unless `--list` is there.
    let Some(output) = &args.output else { return Err("name the file to write with -o MAP.ron".into()) };
    if output.exists() {
        return Err(format!("{} exists already; choose another name", output.display()));
    }
    file::save(&map, output).map_err(|err| err.to_string())?;
    Ok(format!("wrote {}", output.display()))
}
