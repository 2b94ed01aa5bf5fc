//! Map to text: the canonical form, made to be read, edited by hand and compared line by line.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::FORMAT;
use super::fields::Fields;
use super::write_about as about;
use crate::model::{
    Annotation, Confidence, Direction, Emotion, Evidence, JourneyMap, Lane, LaneKind, Level, Scale, Score, Stage,
    Status, Step, Touchpoint,
};

/// How the first line of a file starts.
pub(super) const HEAD: &str = "Rihla journey map, format ";

/// The map as RON text: one block a touchpoint, fields that have their default left out, LF line ends.
///
/// The same map always gives the same bytes. Touchpoints stand in journey order: step by step, and
/// within a step lane by lane, from top to bottom.
pub fn to_ron(map: &JourneyMap) -> String {
    let mut out = String::with_capacity(512 + map.touchpoints().count() * 160);
    let _ = writeln!(out, "// {HEAD}{FORMAT}");
    for line in map.remark.lines() {
        out.push_str(format!("// {line}").trim_end());
        out.push('\n');
    }
    let _ = writeln!(out, "(\n  format: {FORMAT},");
    let direction = (map.direction != Direction::Auto).then_some(map.direction);
    let mut fields = Fields::lines(&mut out, "  ");
    fields.text("title", &map.title).text("subtitle", &map.subtitle);
    fields.plain("direction", direction.map(word)).flag("locked", map.locked);
    fields.plain("state", map.state.map(word)).text("counterpart", &map.counterpart);
    fields.plain("scale", (map.scale != Scale::default()).then(|| word(map.scale)));
    fields.list("personas", "    ", &map.personas, |out, it| about::persona(out, it));
    fields.list("stages", "    ", &map.stages, |out, it| stage(out, it));
    fields.list("lanes", "    ", &map.lanes, |out, it| lane(out, it));
    fields.list("touchpoints", "    ", &in_journey_order(map), |out, (l, t)| touchpoint(out, l, t));
    fields.list("links", "    ", &map.links, |out, it| about::link(out, it));
    fields.list("metrics", "    ", &map.metrics, |out, it| about::metric(out, it));
    fields.list("goals", "    ", &map.goals, |out, it| about::goal(out, it));
    about::rest(&mut fields, map);
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

/// A value as it is spelled in the program, which is how it stands in a file.
pub(super) fn word(value: impl std::fmt::Debug) -> String {
    format!("{value:?}")
}

fn stage(out: &mut String, stage: &Stage) {
    let mut fields = Fields::inline(out);
    fields.id("id", stage.id.as_str()).id("name", &stage.name).text("words", &stage.words);
    fields.text("phase", &stage.phase).plain("accent", stage.accent.map(word));
    let plain = |s: &Step| s.name.is_empty() && s.width.is_none() && s.annotations.is_empty();
    match stage.steps.as_slice() {
        [only] if only.id.as_str() == stage.id.as_str() && plain(only) => {}
        steps => {
            fields.list("steps", "      ", steps, |out, s| step(out, s));
        }
    }
    fields.close();
}

fn step(out: &mut String, step: &Step) {
    let mut fields = Fields::inline(out);
    fields.id("id", step.id.as_str()).text("name", &step.name).plain("width", step.width);
    fields.list("annotations", "        ", &step.annotations, annotation);
    fields.close();
}

fn lane(out: &mut String, lane: &Lane) {
    let mut fields = Fields::inline(out);
    fields.id("id", lane.id.as_str()).id("name", &lane.name).text("hint", &lane.hint);
    fields.plain("kind", (lane.kind != LaneKind::Touchpoints).then(|| word(lane.kind)));
    fields.flag("collapsed", lane.collapsed).flag("hidden", lane.hidden).flag("backstage", lane.backstage);
    fields.close();
}

fn touchpoint(out: &mut String, lane: &Lane, t: &Touchpoint) {
    out.push_str("(\n");
    let mut fields = Fields::lines(out, "      ");
    fields.text("id", t.id.as_str()).text("step", t.step.as_str()).text("lane", lane.id.as_str());
    fields.text("title", &t.title).text("notes", &t.notes);
    fields.text("doing", &t.doing).text("thinking", &t.thinking).text("feeling", &t.feeling);
    fields.plain("emotion", t.emotion.map(Emotion::get));
    fields.numbers("emotions", t.emotions.iter().map(|(id, e)| (id.as_str(), i64::from(e.get()))));
    fields.numbers("importance", t.importance.iter().map(|(id, level)| (id.as_str(), i64::from(level.get()))));
    fields.flag("moment_of_truth", t.moment_of_truth).flag("moment_of_joy", t.moment_of_joy);
    fields.flag("key_moment", t.key_moment).flag("entry", t.entry);
    fields.flag("repeats", t.repeats).flag("remembers", t.remembers);
    fields.texts("channels", t.channels.iter().map(String::as_str)).text("owner", &t.owner);
    fields.texts("tags", t.tags.iter().map(String::as_str));
    fields.quoted("duration", t.duration).quoted("waiting", t.waiting);
    fields.plain("automation", t.automation.map(word)).plain("place", t.place.map(word));
    fields.plain("driver", t.driver.map(word));
    fields.list("evidence", "        ", &t.evidence, evidence);
    fields.texts("pictures", t.pictures.iter().map(String::as_str));
    fields.list("annotations", "        ", &t.annotations, annotation);
    out.push_str("    )");
}

fn evidence(out: &mut String, evidence: &Evidence) {
    let mut fields = Fields::inline(out);
    fields.plain("kind", Some(word(evidence.kind))).text("source", &evidence.source);
    fields.quoted("date", evidence.date).plain("sample", evidence.sample).text("quote", &evidence.quote);
    let usual = evidence.confidence == Confidence::PartlyBacked;
    fields.plain("confidence", (!usual).then(|| word(evidence.confidence)));
    fields.close();
}

fn annotation(out: &mut String, a: &Annotation) {
    let mut fields = Fields::inline(out);
    let level = |level: Level| (level != Level::default()).then_some(level.get());
    fields.plain("kind", Some(word(a.kind))).id("text", &a.text);
    fields.plain("severity", level(a.severity)).plain("frequency", level(a.frequency)).text("owner", &a.owner);
    fields.plain("status", (a.status != Status::Open).then(|| word(a.status)));
    fields.plain("votes", (a.votes > 0).then_some(a.votes));
    fields.plain("impact", a.impact.map(Score::get)).plain("effort", a.effort.map(Score::get));
    fields.close();
}
