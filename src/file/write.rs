//! Map to text: the canonical form, made to be read, edited by hand and compared line by line.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::FORMAT;
use super::read::CONFLICT_MARKS;
use crate::model::{Annotation, Direction, JourneyMap, Lane, LaneKind, Level, Stage, Step, Touchpoint};

/// The map as RON text: one block a touchpoint, fields that have their default left out, LF line ends.
///
/// The same map always gives the same bytes. Touchpoints stand in journey order: step by step, and
/// within a step lane by lane, from top to bottom.
pub fn to_ron(map: &JourneyMap) -> String {
    let mut out = String::with_capacity(512 + map.touchpoints().count() * 160);
    let _ = writeln!(out, "// Rihla journey map, format {FORMAT}\n(\n  format: {FORMAT},");
    text_field(&mut out, "  ", "title", &map.title);
    text_field(&mut out, "  ", "subtitle", &map.subtitle);
    if map.direction != Direction::Auto {
        let _ = writeln!(out, "  direction: {:?},", map.direction);
    }
    if map.locked {
        out.push_str("  locked: true,\n");
    }
    list(&mut out, "stages", &map.stages, |out, s| stage(out, s));
    list(&mut out, "lanes", &map.lanes, |out, l| lane(out, l));
    list(&mut out, "touchpoints", &in_journey_order(map), |out, (l, t)| touchpoint(out, l, t));
    out.push_str(")\n");
    out
}

/// Touchpoints with their lanes, step by step and within a step lane by lane.
fn in_journey_order(map: &JourneyMap) -> Vec<(&Lane, &Touchpoint)> {
    let column: HashMap<&str, usize> = map.steps().enumerate().map(|(i, (_, s))| (s.id.as_str(), i)).collect();
    let mut all: Vec<(&Lane, &Touchpoint)> = map.touchpoints().map(|(l, t)| (&**l, &**t)).collect();
    // Stable: lanes and stacks keep their order.
    all.sort_by_key(|(_, t)| column.get(t.step.as_str()).copied().unwrap_or(usize::MAX));
    all
}

fn list<T>(out: &mut String, name: &str, items: &[T], item: impl Fn(&mut String, &T)) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "  {name}: [");
    for it in items {
        item(out, it);
    }
    out.push_str("  ],\n");
}

fn stage(out: &mut String, stage: &Stage) {
    out.push_str("    (id: ");
    quote(out, stage.id.as_str());
    out.push_str(", name: ");
    quote(out, &stage.name);
    if !stage.phase.is_empty() {
        out.push_str(", phase: ");
        quote(out, &stage.phase);
    }
    if let Some(accent) = stage.accent {
        let _ = write!(out, ", accent: {accent:?}");
    }
    let plain = |s: &Step| s.name.is_empty() && s.width.is_none() && s.annotations.is_empty();
    if let [only] = stage.steps.as_slice()
        && only.id.as_str() == stage.id.as_str()
        && plain(only)
    {
        out.push_str("),\n");
        return;
    }
    out.push_str(", steps: [\n");
    for step in &stage.steps {
        out.push_str("      (id: ");
        quote(out, step.id.as_str());
        if !step.name.is_empty() {
            out.push_str(", name: ");
            quote(out, &step.name);
        }
        if let Some(width) = step.width {
            let _ = write!(out, ", width: {width}");
        }
        if step.annotations.is_empty() {
            out.push_str("),\n");
        } else {
            out.push_str(", annotations: [\n");
            annotations(out, "        ", &step.annotations);
            out.push_str("      ]),\n");
        }
    }
    out.push_str("    ]),\n");
}

fn lane(out: &mut String, lane: &Lane) {
    out.push_str("    (id: ");
    quote(out, lane.id.as_str());
    out.push_str(", name: ");
    quote(out, &lane.name);
    if !lane.hint.is_empty() {
        out.push_str(", hint: ");
        quote(out, &lane.hint);
    }
    if lane.kind != LaneKind::Touchpoints {
        let _ = write!(out, ", kind: {:?}", lane.kind);
    }
    if lane.collapsed {
        out.push_str(", collapsed: true");
    }
    if lane.hidden {
        out.push_str(", hidden: true");
    }
    out.push_str("),\n");
}

fn touchpoint(out: &mut String, lane: &Lane, touchpoint: &Touchpoint) {
    const INDENT: &str = "      ";
    out.push_str("    (\n");
    text_field(out, INDENT, "id", touchpoint.id.as_str());
    text_field(out, INDENT, "step", touchpoint.step.as_str());
    text_field(out, INDENT, "lane", lane.id.as_str());
    text_field(out, INDENT, "title", &touchpoint.title);
    text_field(out, INDENT, "notes", &touchpoint.notes);
    if let Some(emotion) = touchpoint.emotion {
        let _ = writeln!(out, "{INDENT}emotion: {},", emotion.get());
    }
    if touchpoint.moment_of_truth {
        let _ = writeln!(out, "{INDENT}moment_of_truth: true,");
    }
    if !touchpoint.channels.is_empty() {
        let _ = write!(out, "{INDENT}channels: [");
        for (i, channel) in touchpoint.channels.iter().enumerate() {
            out.push_str(if i > 0 { ", " } else { "" });
            quote(out, channel);
        }
        out.push_str("],\n");
    }
    text_field(out, INDENT, "owner", &touchpoint.owner);
    if !touchpoint.annotations.is_empty() {
        let _ = writeln!(out, "{INDENT}annotations: [");
        annotations(out, "        ", &touchpoint.annotations);
        let _ = writeln!(out, "{INDENT}],");
    }
    out.push_str("    ),\n");
}

fn annotations(out: &mut String, indent: &str, annotations: &[Annotation]) {
    for annotation in annotations {
        let _ = write!(out, "{indent}(kind: {:?}, text: ", annotation.kind);
        quote(out, &annotation.text);
        if annotation.severity != Level::default() {
            let _ = write!(out, ", severity: {}", annotation.severity.get());
        }
        if annotation.frequency != Level::default() {
            let _ = write!(out, ", frequency: {}", annotation.frequency.get());
        }
        out.push_str("),\n");
    }
}

/// `name: "text",` on a line of its own, unless the text is empty.
fn text_field(out: &mut String, indent: &str, name: &str, text: &str) {
    if !text.is_empty() {
        let _ = write!(out, "{indent}{name}: ");
        quote(out, text);
        out.push_str(",\n");
    }
}

/// A RON string: as it is where possible, raw where it holds quotes or backslashes, escaped where it
/// holds characters that nobody sees or a line that looks like the mark of a merge conflict.
fn quote(out: &mut String, text: &str) {
    let is_unseen = |c: char| {
        (c.is_control() && c != '\n') || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    if text.contains(is_unseen) || has_conflict_mark(text) {
        out.push('"');
        for (i, line) in text.split('\n').enumerate() {
            out.push_str(if i > 0 { "\n" } else { "" });
            let is_mark = i > 0 && has_conflict_mark(line);
            for (j, c) in line.chars().enumerate() {
                match c {
                    '"' | '\\' => out.extend(['\\', c]),
                    c if is_unseen(c) || (is_mark && j == 0) => {
                        let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
                    }
                    c => out.push(c),
                }
            }
        }
        out.push('"');
    } else if text.contains(['"', '\\']) {
        let mut hashes = 1;
        while text.contains(&format!("\"{}", "#".repeat(hashes))) {
            hashes += 1;
        }
        let fence = "#".repeat(hashes);
        let _ = write!(out, "r{fence}\"{text}\"{fence}");
    } else {
        let _ = write!(out, "\"{text}\"");
    }
}

/// Whether a line of `text` would be taken for the mark of a merge conflict.
fn has_conflict_mark(text: &str) -> bool {
    text.lines().any(|line| CONFLICT_MARKS.iter().any(|mark| line.starts_with(mark)))
}
