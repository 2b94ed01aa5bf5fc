//! What can be read of a file with mistakes in it: each item of a list by itself, without the fields that are wrong.
//!
//! The parser stops at the first mistake. Here the text is cut at its brackets and each item parsed alone, so that one
//! mistake costs one field or one item, and all of them are told at once.

use std::ops::Range;

use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use super::build::{Builder, Kept};
use super::error::FileProblem;
use super::explain::{Subject, found};
use super::locate::{Entry, enclosing, entries, next_token, unclosed};
use super::v1;
use crate::model::JourneyMap;

/// So often a field is taken out of an item before the item is given up.
const MOST_TRIES: usize = 24;
/// More mistakes are not looked for.
const MOST_PROBLEMS: usize = 60;

/// What could be read of a file, and what could not.
#[derive(Clone, Debug)]
pub struct Salvage {
    /// The map, sound, without what could not be read.
    pub map: JourneyMap,
    /// Everything that was wrong; never empty.
    pub problems: Vec<FileProblem>,
}

/// Reads what can be read of `text`, which [`parse`](super::parse) refuses; `None` where that is nothing.
pub fn salvage(text: &str) -> Option<Salvage> {
    let mut reader = Reader { text, problems: Vec::new() };
    let (file, kept) = reader.file()?;
    let anything = !file.stages.is_empty() || !file.touchpoints.is_empty() || !file.lanes.is_empty();
    if !anything {
        return None;
    }
    let (map, more) = Builder::forgiving(text, kept).build_anyhow(file);
    reader.problems.extend(more);
    // A map that is not sound would be worse than none.
    (!reader.problems.is_empty() && map.problems().is_empty()).then_some(Salvage { map, problems: reader.problems })
}

/// The mistakes in the items of `text` besides the `first`, where its brackets can be trusted.
pub(super) fn other_mistakes(text: &str, first: &FileProblem) -> Vec<FileProblem> {
    if unclosed(text).is_some() {
        return Vec::new();
    }
    let mut reader = Reader { text, problems: Vec::new() };
    if reader.file().is_none() {
        return Vec::new();
    }
    let line = |problem: &FileProblem| problem.place.map(|(line, _)| line);
    let mut seen = vec![line(first)];
    // Two in one line are likely one mistake.
    reader.problems.retain(|problem| {
        let is_new = !seen.contains(&line(problem));
        seen.push(line(problem));
        is_new
    });
    reader.problems
}

struct Reader<'t> {
    text: &'t str,
    problems: Vec<FileProblem>,
}

impl<'t> Reader<'t> {
    /// The whole file, field by field; which items of its lists are left.
    fn file(&mut self) -> Option<(v1::JourneyMap, Kept)> {
        let root = next_token(self.text, 0);
        if !self.text[root..].starts_with('(') {
            return None;
        }
        let mut file = v1::JourneyMap::default();
        let mut kept = Kept::default();
        for field in entries(self.text, root) {
            let Some((name_at, name)) = field.name else { continue };
            let value = field.value.clone();
            match name {
                "format" => {}
                "title" => self.one(&value, &mut file.title),
                "subtitle" => self.one(&value, &mut file.subtitle),
                "direction" => self.one(&value, &mut file.direction),
                "locked" => self.one(&value, &mut file.locked),
                "state" => self.one(&value, &mut file.state),
                "counterpart" => self.one(&value, &mut file.counterpart),
                "scale" => self.one(&value, &mut file.scale),
                "swot" => self.one(&value, &mut file.swot),
                "weights" => self.one(&value, &mut file.weights),
                "personas" => self.list(&value, "personas", &mut file.personas, &mut kept),
                "stages" => self.list(&value, "stages", &mut file.stages, &mut kept),
                "lanes" => self.list(&value, "lanes", &mut file.lanes, &mut kept),
                "touchpoints" => self.list(&value, "touchpoints", &mut file.touchpoints, &mut kept),
                "links" => self.list(&value, "links", &mut file.links, &mut kept),
                "metrics" => self.list(&value, "metrics", &mut file.metrics, &mut kept),
                "goals" => self.list(&value, "goals", &mut file.goals, &mut kept),
                "competitors" => self.list(&value, "competitors", &mut file.competitors, &mut kept),
                "views" => self.list(&value, "views", &mut file.views, &mut kept),
                other => {
                    let help = super::explain::suggest(other, &FIELDS);
                    let message = format!("there is no field `{other}` here");
                    self.tell(FileProblem::at_offset(self.text, name_at, message, Some(help)));
                }
            }
        }
        Some((file, kept))
    }

    fn tell(&mut self, problem: FileProblem) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// Reads a value; one that cannot be read stays as it is.
    fn one<T: DeserializeOwned>(&mut self, range: &Range<usize>, target: &mut T) {
        if let Some(value) = self.item(range) {
            *target = value;
        }
    }

    /// Reads the items of a list that can be read, and notes which they were.
    fn list<T: DeserializeOwned>(
        &mut self,
        range: &Range<usize>,
        name: &'static str,
        all: &mut Vec<T>,
        kept: &mut Kept,
    ) {
        let at = next_token(self.text, range.start);
        if !self.text[at..].starts_with('[') {
            let help = Some("write it in square brackets, with commas between".into());
            self.tell(FileProblem::at_offset(self.text, at, "a list in [ ] is expected", help));
            return;
        }
        let mut numbers = Vec::new();
        for (number, Entry { value, .. }) in entries(self.text, at).into_iter().enumerate() {
            if let Some(item) = self.item(&value) {
                all.push(item);
                numbers.push(number);
            }
        }
        kept.insert(name, numbers);
    }

    /// Reads what stands in `range`, without the fields in it that cannot be read.
    fn item<T: DeserializeOwned>(&mut self, range: &Range<usize>) -> Option<T> {
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let whole = &self.text[range.clone()];
        let mut text = whole.to_owned();
        let mut last = None;
        for _ in 0..MOST_TRIES {
            let err = match options.from_str(&text) {
                Ok(item) => return Some(item),
                Err(err) => err,
            };
            let found = found(&text, &err, false, &Subject::MAP);
            // The first one at a place is the mistake; the others come of taking things out.
            if last != Some(found.at) {
                let place = range.start + found.at;
                self.tell(FileProblem::at_offset(self.text, place, found.message, found.help));
            }
            let around = enclosing(&text, found.at);
            // Where taking out the innermost did not help, what is around it goes.
            let doomed =
                around.iter().rev().find(|part| text[(*part).clone()].bytes().any(|b| !b.is_ascii_whitespace()));
            let doomed = doomed.cloned()?;
            last = Some(found.at);
            blank(&mut text, doomed);
        }
        None
    }
}

/// Puts spaces in the place of `range`, so that all else stays where it is.
fn blank(text: &mut String, range: Range<usize>) {
    let spaces: String = text[range.clone()].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
    text.replace_range(range, &spaces);
}

/// The fields of a map.
const FIELDS: [&str; 20] = [
    "format",
    "title",
    "subtitle",
    "direction",
    "locked",
    "state",
    "counterpart",
    "scale",
    "personas",
    "stages",
    "lanes",
    "touchpoints",
    "links",
    "metrics",
    "goals",
    "swot",
    "competitors",
    "weights",
    "views",
    "id",
];
