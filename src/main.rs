//! The `rihla` program; all of it is in the library.

use std::process::ExitCode;

use rihla::cli::{self, Outcome};

fn main() -> ExitCode {
    match cli::run() {
        Outcome::Exit(code) => code,
        Outcome::ChooseFile(purpose, start) => rihla::app::choose(&purpose, &start),
        Outcome::OpenWindow(map) => match rihla::app::run(map.as_deref()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(message) => {
                eprintln!("rihla: {message}");
                ExitCode::FAILURE
            }
        },
    }
}
