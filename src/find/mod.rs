//! Finding words in all texts of a map.
//!
//! Texts are compared as people read them, not as they are coded: see [`Query`]. A match names the text
//! and its bytes there, so that it can be shown, walked to and replaced.

mod beside;
mod fold;
mod texts;

use std::collections::HashMap;
use std::ops::Range;

use crate::model::{Element, JourneyMap, TextRef};

pub use beside::{Section, beside};
pub use fold::Query;
pub use texts::{Text, texts};

/// A place where the query stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// In which text.
    pub at: TextRef,
    /// The bytes of that text.
    pub range: Range<usize>,
    /// The place of the text among all texts of the map.
    order: usize,
}

/// All places where a query stands, in reading order.
#[derive(Clone, Debug, Default)]
pub struct Found {
    matches: Vec<Match>,
    by_element: HashMap<Element, Range<usize>>,
}

/// A place in the texts of a map from which one looks on: the number of a text and a byte in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    order: usize,
    byte: usize,
}

/// Looks for `query` in all texts of `map`.
pub fn find(map: &JourneyMap, query: &Query) -> Found {
    let mut found = Found::default();
    if query.is_empty() {
        return found;
    }
    for (order, text) in texts(map).into_iter().enumerate() {
        for range in query.ranges(text.text) {
            found.push(Match { at: text.at.clone(), range, order });
        }
    }
    found
}

/// Where the texts of `element` begin; for a cell, the first text in it or behind it.
pub fn position_of(map: &JourneyMap, element: &Element) -> Position {
    let all = texts(map);
    let order = match element {
        Element::Cell { step, lane } => {
            let row = map.lanes.iter().position(|l| l.id == *lane);
            let column = map.steps().position(|(_, s)| s.id == *step);
            let from = row.zip(column);
            all.iter().position(|text| text.cell.is_some() && text.cell >= from)
        }
        Element::EmotionPoint(id) => all.iter().position(|text| text.at.element == Element::Touchpoint(id.clone())),
        _ => all.iter().position(|text| text.at.element == *element),
    };
    Position { order: order.unwrap_or(0), byte: 0 }
}

impl Match {
    /// Where it begins.
    pub fn position(&self) -> Position {
        Position { order: self.order, byte: self.range.start }
    }

    /// The place behind it once `length` bytes stand there instead.
    pub fn behind(&self, length: usize) -> Position {
        Position { order: self.order, byte: self.range.start + length }
    }
}

impl Found {
    fn push(&mut self, found: Match) {
        let at = self.matches.len();
        // The texts of one element follow each other.
        self.by_element.entry(found.at.element.clone()).or_insert(at..at).end = at + 1;
        self.matches.push(found);
    }

    /// The matches, in reading order.
    pub fn matches(&self) -> &[Match] {
        &self.matches
    }

    /// The numbers of the matches in the texts of `element`.
    pub fn of(&self, element: &Element) -> Range<usize> {
        self.by_element.get(element).cloned().unwrap_or(0..0)
    }

    /// The elements with a match.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.by_element.keys()
    }

    /// The number of the first match at `from` or behind it; behind the last one it is the first of all.
    pub fn first_from(&self, from: Position) -> Option<usize> {
        let at = self.matches.partition_point(|m| m.position() < from);
        (!self.matches.is_empty()).then_some(if at < self.matches.len() { at } else { 0 })
    }

    /// The number of the last match before `from`; before the first one it is the last of all.
    pub fn last_before(&self, from: Position) -> Option<usize> {
        let at = self.matches.partition_point(|m| m.position() < from);
        at.checked_sub(1).or(self.matches.len().checked_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Annotation, AnnotationKind, Host, LaneKind, TextPart, generate};

    /// The words that hold the query, each with the text it stands in.
    fn words(map: &JourneyMap, query: &str) -> Vec<String> {
        let found = find(map, &Query::new(query));
        found.matches().iter().map(|m| map.text_at(&m.at).unwrap()[m.range.clone()].to_owned()).collect()
    }

    fn map() -> JourneyMap {
        let mut map = generate(1, 2, 1);
        map.title = "x1".into();
        map.subtitle = "x2".into();
        let stage = Arc::make_mut(&mut map.stages[0]);
        stage.name = "x3".into();
        for (step, name) in stage.steps.iter_mut().zip(["x4", "x6"]) {
            let step = Arc::make_mut(step);
            step.name = name.into();
            step.annotations.clear();
        }
        Arc::make_mut(&mut stage.steps[0]).annotations.push(Annotation::new(AnnotationKind::Question, "x5"));
        map.lanes.retain(|lane| lane.kind == LaneKind::Touchpoints);
        let mut pains = crate::model::Lane::new("pains", "x14", LaneKind::PainPoints);
        pains.hint = "x15".into();
        map.lanes.push(Arc::new(pains));
        let lane = Arc::make_mut(&mut map.lanes[0]);
        (lane.name, lane.hint) = ("x7".into(), "x8".into());
        for touchpoint in &mut lane.touchpoints {
            let touchpoint = Arc::make_mut(touchpoint);
            touchpoint.title.clear();
            touchpoint.channels.clear();
            touchpoint.annotations.clear();
            touchpoint.owner.clear();
        }
        lane.touchpoints.reverse();
        let touchpoint = Arc::make_mut(&mut lane.touchpoints[1]);
        touchpoint.title = "x9".into();
        touchpoint.channels = vec!["none".into(), "x10".into()];
        (touchpoint.owner, touchpoint.notes) = ("x11".into(), "x12".into());
        let mut pain = Annotation::new(AnnotationKind::PainPoint, "x16");
        pain.owner = "x17".into();
        touchpoint.annotations.push(pain);
        Arc::make_mut(&mut lane.touchpoints[0]).title = "x13".into();
        map
    }

    #[test]
    fn all_texts_are_found_in_reading_order() {
        let map = map();
        let found = find(&map, &Query::new("x"));
        let texts: Vec<&str> = found.matches().iter().map(|m| map.text_at(&m.at).unwrap()).collect();
        let expected: Vec<String> = (1..=17).map(|n| format!("x{n}")).collect();
        assert_eq!(texts, expected);
        assert_eq!(found.matches()[9].at.part, TextPart::Channel(1));
        let of_card = found.of(&found.matches()[8].at.element);
        assert_eq!(of_card, 8..12);
        assert_eq!(find(&map, &Query::new("")).matches(), []);
    }

    #[test]
    fn one_looks_on_from_any_element_and_comes_round() {
        let map = map();
        let found = find(&map, &Query::new("x"));
        let from = |element: &Element| found.first_from(position_of(&map, element)).unwrap();
        assert_eq!(from(&Element::Title), 0);
        assert_eq!(from(&Element::Lane("pains".into())), 13);
        let step = map.stages[0].steps[1].id.clone();
        assert_eq!(from(&Element::Cell { step, lane: map.lanes[0].id.clone() }), 12);
        let last = &found.matches()[16];
        assert!(matches!(&last.at.element, Element::Annotation(at) if matches!(at.host, Host::Touchpoint(_))));
        assert_eq!(found.first_from(last.behind(1)), Some(0));
        assert_eq!(found.last_before(Position::default()), Some(16));
        assert_eq!(found.last_before(last.position()), Some(15));
    }

    #[test]
    fn a_word_is_found_in_every_spelling_of_the_map() {
        let mut map = map();
        map.title = "Kąsdien KASDIEN kasdien".into();
        assert_eq!(words(&map, "kasdien"), ["Kąsdien", "KASDIEN", "kasdien"]);
    }
}
