//! What a map says that nobody wrote down: figures of the curve, ranks, coverage, hand-offs, loyalty, time,
//! targets, doubts and gaps.
//!
//! Pure functions from map to findings. Everything follows the *path*: step by step, in each step lane by
//! lane from top to bottom, in each cell from top to bottom.

mod board;
mod coverage;
mod curve;
mod evidence;
mod finding;
mod findings;
mod goals;
mod loyalty;
mod metrics;
mod path;
mod personas;
mod rank;
mod repeats;
mod report;
mod report_about;
mod report_touchpoints;
mod rivals;
mod silos;
mod time;

#[cfg(test)]
mod samples;

pub use board::{Idea, Quadrant, board};
pub use coverage::{Coverage, HandOff, channel_changes, hand_offs};
pub use curve::{Curve, Drop, Point};
pub use evidence::{Doubt, doubts};
pub use finding::{Finding, Group};
pub use findings::{findings, findings_of};
pub use loyalty::{DriverMean, Loyalty};
pub use metrics::{Miss, misses};
pub use path::{Stop, path, ways};
pub use personas::{Difference, differences};
pub use rank::{Ranked, rank};
pub use repeats::{asked_again, remembered};
pub use report::markdown;
pub use rivals::{Lead, leads};
pub use silos::{Border, Share, borders, shares};
pub use time::{Kind, Times};

/// A mean or score with its sign and one digit: `+1.5`, `0.0`, `−0.8`, with a real minus sign.
pub fn signed(value: f64) -> String {
    // What rounds to nothing has no sign.
    let rounded = (value * 10.0).round() / 10.0;
    match rounded {
        r if r > 0.0 => format!("+{r:.1}"),
        r if r < 0.0 => format!("\u{2212}{:.1}", -r),
        _ => "0.0".into(),
    }
}

/// How a name of a channel or an owner is compared: without spaces around it and whatever its case.
fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::signed;

    #[test]
    fn scores_show_their_sign() {
        assert_eq!(signed(1.25), "+1.3");
        assert_eq!(signed(-0.75), "\u{2212}0.8");
        assert_eq!(signed(-0.04), "0.0");
    }
}
