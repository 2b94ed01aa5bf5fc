//! `rihla check`.

use std::process::ExitCode;

use super::CheckArgs;
use super::load::load;
use crate::model::counted;

pub(super) fn run(args: &CheckArgs) -> ExitCode {
    let mut all_sound = true;
    for path in &args.maps {
        match load(path) {
            Ok(map) => {
                let (touchpoints, _) = map.counts();
                let counts = [(map.stages.len(), "stage"), (map.lanes.len(), "lane"), (touchpoints, "touchpoint")];
                let counts = counts.map(|(n, what)| counted(n, what));
                println!("{}: sound ({})", path.display(), counts.join(", "));
            }
            Err(err) => {
                all_sound = false;
                eprintln!("{err}");
            }
        }
    }
    if all_sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
