//! Map to outline.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::said;
use crate::exchange::draft::{folded, lane_names};
use crate::exchange::field::{Field, stay_apart};
use crate::exchange::format::Written;
use crate::exchange::holdings::{comes_back, lost, part_of, says};
use crate::exchange::loss::{Loss, Part, Place};
use crate::model::{Annotation, JourneyMap, LaneId, LaneKind, Stage, Step, Touchpoint};

/// The fields that stand elsewhere: in headings, or as the item itself.
const ELSEWHERE: [Field; 7] =
    [Field::Phase, Field::Stage, Field::StageWords, Field::Column, Field::Step, Field::Title, Field::Id];

/// Writes `map` as an outline.
pub fn write(map: &JourneyMap) -> Written {
    let holds = |part: &Part, place: &Place| match part {
        // Lanes that are empty are told below.
        Part::Title | Part::Subtitle | Part::Stages | Part::StepNames | Part::Touchpoints | Part::Lanes => true,
        Part::Views => comes_back(place, |_| true),
        part => Field::ALL.iter().any(|f| !ELSEWHERE.contains(f) && f.part().as_ref() == Some(part)),
    };
    let mut losses = lost(map, holds);
    for lane in map.lanes.iter().filter(|l| l.kind == LaneKind::Touchpoints && l.touchpoints.is_empty()) {
        losses.push(Loss::dropped(Part::Lanes, Place::Named("lane", lane.name.clone())));
    }
    let lanes = lane_names(map, &[], &mut losses);
    let mut writer = Writer { map, lanes, text: String::new(), losses };
    if says(&map.title) || map.stages.is_empty() {
        // An outline has a heading, if only an empty one; without any it would be a plain list.
        let heading = format!("# {}", plain(&map.title));
        let _ = writeln!(writer.text, "{}", heading.trim_end());
    }
    if says(&map.subtitle) {
        let _ = writeln!(writer.text, "\n{}", plain(&map.subtitle));
    }
    for stage in &map.stages {
        writer.stage(stage);
    }
    Written { text: writer.text.trim_start().to_owned(), losses: writer.losses }
}

struct Writer<'m> {
    map: &'m JourneyMap,
    lanes: HashMap<LaneId, String>,
    text: String,
    losses: Vec<Loss>,
}

impl Writer<'_> {
    fn stage(&mut self, stage: &Stage) {
        let heading = format!("\n## {}", plain(&stage.name));
        let _ = writeln!(self.text, "{}\n", heading.trim_end());
        let stands = |step: &Step| self.map.lanes.iter().map(|lane| lane.cell(&step.id).count()).sum::<usize>();
        let alone = |step: &Step| stands(step) == 1 && step.name.trim().is_empty() && step.annotations.is_empty();
        // A stage with nothing in it has a step without a heading too.
        let is_empty = matches!(stage.steps.as_slice(), [only] if stands(only) == 0 && only.name.trim().is_empty()
            && only.annotations.is_empty());
        let headings = !is_empty && !stage.steps.iter().all(|step| alone(step));
        for step in &stage.steps {
            if headings {
                let heading = format!("### {}", plain(&step.name));
                let gap = if self.text.ends_with("\n\n") { "" } else { "\n" };
                let _ = writeln!(self.text, "{gap}{}\n", heading.trim_end());
            }
            self.annotations(&step.annotations, "", &Place::Named("step", step.name.clone()));
            for lane in &self.map.lanes {
                for touchpoint in lane.cell(&step.id) {
                    self.touchpoint(touchpoint, &self.lanes[&lane.id].clone());
                }
            }
        }
    }

    fn touchpoint(&mut self, t: &Touchpoint, lane: &str) {
        let place = Place::touchpoint(&t.title);
        let mut title = plain(&t.title);
        // An item of such a name is an annotation of the step.
        if said(&title).is_some_and(|(field, _)| field.annotation().is_some()) {
            title = title.replacen(':', "\\:", 1);
        }
        if title.is_empty() {
            let how = "written as …, as they are empty";
            self.losses.push(Loss::changed(Part::TouchpointTitles, how, Place::touchpoint(t.id.as_str())));
            title.push('…');
        }
        let _ = writeln!(self.text, "- {title}");
        if folded(lane) != folded(LaneKind::Touchpoints.name()) {
            self.line("  ", Field::Lane, lane);
        }
        for (names, part) in [(&t.channels, Part::Channels), (&t.tags, Part::Tags)] {
            if !stay_apart(names) {
                let how = "those with a comma or semicolon become several";
                self.losses.push(Loss::changed(part, how, place.clone()));
            }
        }
        let own = Field::ALL.iter().filter(|f| !ELSEWHERE.contains(f) && !f.is_place() && f.annotation().is_none());
        for field in own {
            let text = field.of(t);
            if !text.trim().is_empty() {
                self.line("  ", *field, &text);
            }
        }
        self.annotations(&t.annotations, "  ", &place);
    }

    fn annotations(&mut self, annotations: &[Annotation], indent: &str, place: &Place) {
        for annotation in annotations {
            if annotation.text.trim().is_empty() {
                self.losses.push(Loss::dropped(part_of(annotation.kind), place.clone()));
                continue;
            }
            let _ = writeln!(self.text, "{indent}- {}: {}", annotation.kind.name(), value(&annotation.text));
        }
    }

    fn line(&mut self, indent: &str, field: Field, text: &str) {
        let name = field.heading();
        let (first, rest) = name.split_at(1);
        let _ = writeln!(self.text, "{indent}- {}{rest}: {}", first.to_uppercase(), value(text));
    }
}

/// `text` on one line as a whole item or heading, what Markdown would take for something else behind a backslash.
fn plain(text: &str) -> String {
    hidden(text, true)
}

/// The same of a text behind a name.
fn value(text: &str) -> String {
    hidden(text, false)
}

fn hidden(text: &str, is_start: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let text = text.trim();
    // A number with a sign behind it starts a list: the sign is hidden.
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_numeric()).len();
    for (at, c) in text.char_indices() {
        match c {
            '\n' => out.push_str("<br>"),
            '\\' | '*' | '_' | '`' | '<' | '[' | ']' | '#' => out.extend(['\\', c]),
            // At the start these are bullets, quotes, rules.
            c if is_start && at == 0 && (c.is_ascii_punctuation() || BULLETS.contains(c)) => out.extend(['\\', c]),
            '.' | ')' | '-' if is_start && digits > 0 && at == digits => out.extend(['\\', c]),
            '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.trim_end().to_owned()
}

/// Signs that start a list item, beside those of ASCII.
pub(super) const BULLETS: &str = "•◦▪▫‣●○■□⁃∙\u{f0b7}☐☑☒–—·→✓✔";
