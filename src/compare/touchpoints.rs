//! Touchpoints, along the journey.

use std::collections::HashMap;
use std::sync::Arc;

use super::annotations::annotations;
use super::fields::{Fields, Thing, joined, place, text};
use super::grid::step_label;
use super::order::moved;
use super::{Difference, Said};
use crate::model::{
    Automation, Confidence, Driver, Element, Emotion, Evidence, EvidenceKind, Host, JourneyMap, Lane, Level, PersonaId,
    Place, StepId, Touchpoint, TouchpointId,
};

/// A touchpoint where it stands.
#[derive(Clone, Copy)]
struct Card<'m> {
    /// Step, lane, and place in the stack: the order of the journey.
    order: (usize, usize, usize),
    lane: &'m Lane,
    touchpoint: &'m Arc<Touchpoint>,
}

/// One of the two maps, with what is looked up again and again.
struct Side<'m> {
    map: &'m JourneyMap,
    steps: HashMap<&'m StepId, (usize, String)>,
    cards: HashMap<&'m TouchpointId, Card<'m>>,
}

impl<'m> Side<'m> {
    fn new(map: &'m JourneyMap) -> Self {
        let all = map.stages.iter().flat_map(|stage| stage.steps.iter().enumerate().map(move |(i, s)| (stage, i, s)));
        let steps: HashMap<_, _> =
            all.enumerate().map(|(rank, (stage, i, step))| (&step.id, (rank, step_label(stage, i)))).collect();
        let mut cards = HashMap::new();
        for (row, lane) in map.lanes.iter().enumerate() {
            let mut heights: HashMap<usize, usize> = HashMap::new();
            for touchpoint in &lane.touchpoints {
                let column = steps.get(&touchpoint.step).map_or(usize::MAX, |(rank, _)| *rank);
                let height = heights.entry(column).or_default();
                cards.insert(&touchpoint.id, Card { order: (column, row, *height), lane, touchpoint });
                *height += 1;
            }
        }
        Self { map, steps, cards }
    }

    fn in_order(&self) -> Vec<Card<'m>> {
        let mut cards: Vec<Card<'m>> = self.cards.values().copied().collect();
        cards.sort_unstable_by_key(|card| card.order);
        cards
    }

    fn step(&self, card: &Card<'_>) -> &str {
        self.steps.get(&card.touchpoint.step).map_or("", |(_, label)| label.as_str())
    }

    /// Lane and step.
    fn place(&self, card: &Card<'_>) -> Said {
        joined([card.lane.name.as_str(), self.step(card)].into_iter().filter(|name| !name.is_empty()))
    }

    fn persona(&self, id: &PersonaId) -> String {
        self.map.persona(id).map_or_else(|| id.to_string(), |persona| persona.name.clone())
    }
}

fn thing(touchpoint: &Touchpoint) -> Thing {
    Thing::at("Touchpoint", &touchpoint.title, Element::Touchpoint(touchpoint.id.clone()))
}

/// Touchpoints that came, moved or changed in the order of the second map, then those that are gone.
pub(super) fn touchpoints(found: &mut Vec<Difference>, a: &JourneyMap, b: &JourneyMap) {
    let (before, after) = (Side::new(a), Side::new(b));
    let here = |card: &Card<'_>, other: &Card<'_>| {
        card.lane.id == other.lane.id && card.touchpoint.step == other.touchpoint.step
    };
    for cell in after.in_order().chunk_by(here) {
        // Their order in the stack, as far as they stood in it before.
        let old = |card: &Card<'_>| before.cards.get(&card.touchpoint.id).filter(|old| here(old, card));
        let both: Vec<(usize, usize)> =
            cell.iter().enumerate().filter_map(|(i, card)| Some((old(card)?.order.2, i))).collect();
        let moves = moved(&both);
        for (index, card) in cell.iter().enumerate() {
            let Some(old) = before.cards.get(&card.touchpoint.id) else {
                found.push(thing(card.touchpoint).added(after.place(card)));
                continue;
            };
            if !here(old, card) {
                found.push(carried((&before, old), (&after, card)));
            } else if let Some(m) = moves.iter().find(|m| m.pair.1 == index) {
                found.push(thing(card.touchpoint).moved("Place in the stack", place(m.before), place(m.after)));
            }
            if !Arc::ptr_eq(old.touchpoint, card.touchpoint) && old.touchpoint != card.touchpoint {
                fields(found, (&before, old.touchpoint), (&after, card.touchpoint));
            }
        }
    }
    let gone = before.in_order().into_iter().filter(|card| !after.cards.contains_key(&card.touchpoint.id));
    found.extend(gone.map(|card| thing(card.touchpoint).removed(before.place(&card))));
}

/// A touchpoint that went to another cell.
fn carried((before, old): (&Side<'_>, &Card<'_>), (after, new): (&Side<'_>, &Card<'_>)) -> Difference {
    let thing = thing(new.touchpoint);
    if old.lane.id == new.lane.id {
        thing.moved("Step", text(before.step(old)), text(after.step(new)))
    } else if old.touchpoint.step == new.touchpoint.step {
        thing.moved("Lane", text(&old.lane.name), text(&new.lane.name))
    } else {
        thing.moved("Lane and step", before.place(old), after.place(new))
    }
}

fn fields(found: &mut Vec<Difference>, (before, a): (&Side<'_>, &Touchpoint), (after, b): (&Side<'_>, &Touchpoint)) {
    let mut fields = Fields { thing: thing(b), found };
    fields.text("Title", &a.title, &b.title);
    fields.plain("Emotion", a.emotion, b.emotion, |emotion| emotion);
    let emotions = |side: &Side<'_>, t: &Touchpoint| -> Vec<String> {
        t.emotions.iter().map(|(id, emotion): (_, &Emotion)| of(&side.persona(id), emotion)).collect()
    };
    let importance = |side: &Side<'_>, t: &Touchpoint| -> Vec<String> {
        t.importance.iter().map(|(id, level): (_, &Level)| of(&side.persona(id), level.get())).collect()
    };
    // What a persona is called is told of the persona.
    if a.emotions != b.emotions {
        fields.lists("Emotion by persona", &emotions(before, a), &emotions(after, b));
    }
    if a.importance != b.importance {
        fields.lists("Importance by persona", &importance(before, a), &importance(after, b));
    }
    fields.text("Doing", &a.doing, &b.doing);
    fields.text("Thinking", &a.thinking, &b.thinking);
    fields.text("Feeling", &a.feeling, &b.feeling);
    fields.text("Notes", &a.notes, &b.notes);
    fields.flag("Moment of truth", a.moment_of_truth, b.moment_of_truth);
    fields.flag("Moment of joy", a.moment_of_joy, b.moment_of_joy);
    fields.flag("Key moment", a.key_moment, b.key_moment);
    fields.flag("Entry point", a.entry, b.entry);
    fields.flag("Asks again", a.repeats, b.repeats);
    fields.flag("Remembers", a.remembers, b.remembers);
    fields.list("Channels", &a.channels, &b.channels);
    fields.text("Owner", &a.owner, &b.owner);
    fields.list("Tags", &a.tags, &b.tags);
    fields.plain("Duration", a.duration, b.duration, |span| span);
    fields.plain("Waiting time", a.waiting, b.waiting, |span| span);
    fields.plain("Automation", a.automation, b.automation, Automation::name);
    fields.plain("Online or physical", a.place, b.place, Place::name);
    fields.plain("Loyalty driver", a.driver, b.driver, Driver::name);
    if a.evidence != b.evidence {
        let told = |t: &Touchpoint| t.evidence.iter().map(evidence).collect::<Vec<_>>();
        fields.lists("Evidence", &told(a), &told(b));
    }
    fields.list("Pictures", &a.pictures, &b.pictures);
    annotations(found, (&Host::Touchpoint(b.id.clone()), &b.title), &a.annotations, &b.annotations);
}

/// `name: value`.
pub(super) fn of(name: &str, value: impl std::fmt::Display) -> String {
    format!("{name}: {value}")
}

/// All of a piece of evidence, in one line.
fn evidence(evidence: &Evidence) -> String {
    let Evidence { kind, source, date, sample, quote, confidence } = evidence;
    let (kind, confidence): (EvidenceKind, Confidence) = (*kind, *confidence);
    let mut parts = vec![kind.name().to_owned(), source.clone()];
    parts.extend(date.map(|date| date.to_string()));
    parts.extend(sample.map(|sample| format!("{sample} asked")));
    parts.push(if quote.is_empty() { String::new() } else { format!("“{quote}”") });
    parts.push(confidence.name().to_lowercase());
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}
