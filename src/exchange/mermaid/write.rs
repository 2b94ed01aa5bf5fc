//! Map to Mermaid.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::KEYWORDS;
use crate::exchange::draft::{mark_of_emotion, persona_names};
use crate::exchange::format::Written;
use crate::exchange::holdings::{comes_back, is_plain_lane, lost};
use crate::exchange::loss::{Loss, Part, Place};
use crate::model::{JourneyMap, LaneKind, Level, Persona, PersonaId, Step, Touchpoint};

/// Writes `map` as a journey.
pub fn write(map: &JourneyMap) -> Written {
    let mut text = String::from("journey\n");
    if !map.title.trim().is_empty() {
        let _ = writeln!(text, "  title {}", safe(&map.title, ""));
    }
    if !map.subtitle.trim().is_empty() {
        let _ = writeln!(text, "  accDescr: {}", safe(&map.subtitle, ""));
    }
    let is_actor = |id: &PersonaId| map.touchpoints().any(|(_, t)| t.names(id));
    let clean = |name: &str| Some(safe(name, ":,")).filter(|name| name != BLANK).unwrap_or_default();
    let mut changed = Vec::new();
    let actors = persona_names(map, clean, is_actor, &mut changed);
    let holds = |part: &Part, place: &Place| match part {
        // What is written of the last three is told below.
        Part::Title
        | Part::Subtitle
        | Part::Stages
        | Part::Touchpoints
        | Part::Emotions
        | Part::Importance
        | Part::Personas => true,
        Part::Lanes => is_plain_lane(map, place),
        Part::Views => comes_back(place, |kind| kind == LaneKind::Emotion),
        _ => false,
    };
    let mut losses = lost(map, holds);
    losses.append(&mut changed);
    for persona in map.personas.iter().filter(|persona| !actors.contains_key(&persona.id)) {
        losses.push(Loss::dropped(Part::Personas, Place::Named("persona", persona.name.clone())));
    }
    for stage in &map.stages {
        let _ = writeln!(text, "  section {}", safe(&stage.name, ":"));
        for step in &stage.steps {
            let touchpoints: Vec<&Touchpoint> =
                map.lanes.iter().flat_map(|lane| lane.cell(&step.id)).map(|t| &**t).collect();
            told_of_step(step, touchpoints.len(), &mut losses);
            for touchpoint in touchpoints {
                task(map, &actors, touchpoint, &mut text, &mut losses);
            }
        }
    }
    Written { text, losses }
}

/// A step becomes one task; what else it was is told.
fn told_of_step(step: &Step, touchpoints: usize, losses: &mut Vec<Loss>) {
    let name = if step.name.trim().is_empty() { step.id.to_string() } else { step.name.clone() };
    let place = Place::Named("step", name);
    match touchpoints {
        0 => losses.push(Loss::dropped(Part::Steps, place)),
        1 => {}
        _ => losses.push(Loss::changed(Part::Steps, "each touchpoint becomes a step of its own", place)),
    }
}

fn task(
    map: &JourneyMap,
    actors: &HashMap<PersonaId, String>,
    touchpoint: &Touchpoint,
    text: &mut String,
    losses: &mut Vec<Loss>,
) {
    let place = || Place::touchpoint(&touchpoint.title);
    let personas: Vec<&Persona> = map.personas.iter().filter(|p| touchpoint.names(&p.id)).map(|p| &**p).collect();
    let emotion = touchpoint.emotion.or_else(|| personas.iter().find_map(|p| touchpoint.emotion_of(Some(&p.id))));
    let mark = emotion.map(mark_of_emotion);
    match mark {
        None => losses.push(Loss::changed(Part::Emotions, "none is written as 3, the middle", place())),
        Some((_, false)) => losses.push(Loss::changed(Part::Emotions, "rounded to a score from 1 to 5", place())),
        Some((_, true)) => {}
    }
    if touchpoint.emotion.is_none() && mark.is_some() {
        losses.push(Loss::changed(Part::Emotions, "that of one persona is written for all", place()));
    }
    if touchpoint.importance.values().any(|level| *level != Level::MEDIUM) {
        losses.push(Loss::changed(Part::Importance, "says only for whom", place()));
    }
    let mut name = safe(&touchpoint.title, ":");
    let word = name.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
    if KEYWORDS.iter().any(|keyword| word.eq_ignore_ascii_case(keyword)) {
        // Its first letter is ASCII.
        name = format!("#{};{}", name.as_bytes()[0], &name[1..]);
    }
    let _ = write!(text, "    {name}: {}", mark.map_or(3, |(mark, _)| mark));
    let actors: Vec<&str> = personas.iter().filter_map(|p| Some(actors.get(&p.id)?.as_str())).collect();
    if !actors.is_empty() {
        let _ = write!(text, ": {}", actors.join(", "));
    }
    text.push('\n');
}

/// `text` on one line as Mermaid reads it back: what it takes for something else, and what is in `more`, by number.
fn safe(text: &str, more: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.trim().chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' => out.push_str("<br>"),
            // A tag or a comment anywhere in the text would be taken as such.
            '#' | ';' | '<' => number(&mut out, c),
            '%' if out.is_empty() || chars.peek() == Some(&'%') || out.ends_with("#37;") => number(&mut out, c),
            '`' if out.is_empty() => number(&mut out, c),
            c if more.contains(c) => number(&mut out, c),
            '\t' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            c if c.is_control() || c == '\u{FEFF}' => {}
            c => out.push(c),
        }
    }
    let trimmed = out.trim();
    if trimmed.is_empty() { BLANK.to_owned() } else { trimmed.to_owned() }
}

/// Mermaid wants a character where there is none: a space that it does not skip, and that readers trim.
const BLANK: &str = "#160;";

fn number(out: &mut String, c: char) {
    let _ = write!(out, "#{};", u32::from(c));
}
