//! Differences as lines for a terminal.

use std::fmt::{self, Write as _};

use super::fields::{cut, isolate};
use super::{Change, Difference, Said};

impl fmt::Display for Said {
    /// Words of the user in quotes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing | Self::Plain(_) => f.write_str(self.words()),
            Self::Text(text) => write!(f, "“{text}”"),
        }
    }
}

impl fmt::Display for Difference {
    /// One line without its end: `Touchpoint “Pays”: Emotion −2 → +3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.subject)?;
        if !self.name.is_empty() {
            write!(f, " “{}”", cut(&isolate(&self.name)))?;
        }
        match (self.change, &self.before, &self.after) {
            (Change::Added | Change::Removed, Said::Nothing, Said::Nothing) => Ok(()),
            (Change::Added, _, place) | (Change::Removed, place, _) => write!(f, " in {place}"),
            (_, before, after) => write!(f, ": {} {before} → {after}", self.field),
        }
    }
}

/// All differences, grouped by what became of things, a line each.
pub fn listing(differences: &[Difference]) -> String {
    let mut text = String::new();
    for change in Change::ALL {
        let list: Vec<&Difference> = differences.iter().filter(|d| d.change == change).collect();
        if list.is_empty() {
            continue;
        }
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\n{} ({})", change.name(), list.len());
        for difference in list {
            let _ = writeln!(text, "  {difference}");
        }
    }
    text
}
