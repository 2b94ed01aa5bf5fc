//! What a map says that nobody wrote down: figures of the curve, ranks, coverage, hand-offs and gaps.
//!
//! Pure functions from map to findings. Everything follows the *path*: step by step, in each step lane by
//! lane from top to bottom, in each cell from top to bottom.

mod coverage;
mod curve;
mod findings;
mod path;
mod rank;
mod report;

#[cfg(test)]
mod samples;

pub use coverage::{Coverage, HandOff, channel_changes, hand_offs};
pub use curve::{Curve, Drop, Point};
pub use findings::{Finding, Group, findings};
pub use path::{Stop, path};
pub use rank::{Ranked, rank};
pub use report::markdown;

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
