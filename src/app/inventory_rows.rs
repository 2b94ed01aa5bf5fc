//! The rows of the inventory: which touchpoints pass the filter, and in which order.

use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

use crate::find::Query;
use crate::insight::{Stop, path};
use crate::model::{AnnotationKind, JourneyMap, Touchpoint};

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// The stage that it stands in.
    Stage,
    /// The step that it stands in.
    Step,
    /// Its lane.
    Lane,
    /// What happens.
    Title,
    /// How it feels.
    Emotion,
    /// Where it happens.
    Channels,
    /// Who answers for it.
    Owner,
    /// How many pain points hang on it.
    Pains,
}

impl Column {
    /// All columns, in reading order.
    pub const ALL: [Self; 8] =
        [Self::Stage, Self::Step, Self::Lane, Self::Title, Self::Emotion, Self::Channels, Self::Owner, Self::Pains];

    /// The heading.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stage => "Stage",
            Self::Step => "Step",
            Self::Lane => "Lane",
            Self::Title => "Title",
            Self::Emotion => "Emotion",
            Self::Channels => "Channels",
            Self::Owner => "Owner",
            Self::Pains => "Pains",
        }
    }
}

/// The column that rows are sorted by, and whether from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Which.
    pub column: Column,
    /// Whether the last comes first.
    pub reversed: bool,
}

impl Sort {
    /// The sort after a click on the heading of `column`: the other way round, if it is this one.
    pub fn clicked(self, column: Column) -> Self {
        // Of pain points, most first is what one looks for.
        let first = column == Column::Pains;
        Self { column, reversed: if self.column == column { !self.reversed } else { first } }
    }
}

/// The number of pain points on a touchpoint.
pub fn pains(touchpoint: &Touchpoint) -> usize {
    touchpoint.annotations.iter().filter(|a| a.kind == AnnotationKind::PainPoint).count()
}

/// The words of a column for a stop; empty for numbers.
pub fn words(map: &JourneyMap, stop: &Stop, column: Column) -> String {
    match column {
        Column::Stage => map.stages.get(stop.stage).map(|s| s.name.clone()).unwrap_or_default(),
        Column::Step => map.step(&stop.touchpoint.step).map(|s| s.name.clone()).unwrap_or_default(),
        Column::Lane => stop.lane.name.clone(),
        Column::Title => stop.touchpoint.title.clone(),
        Column::Channels => stop.touchpoint.channels.join(", "),
        Column::Owner => stop.touchpoint.owner.clone(),
        Column::Emotion | Column::Pains => String::new(),
    }
}

/// The touchpoints of `map` in which `filter` stands, sorted; equal ones stay in path order.
pub fn rows(map: &Arc<JourneyMap>, filter: &str, sort: Sort) -> Vec<Stop> {
    let mut stops = path(map);
    let query = Query::new(filter);
    if !query.is_empty() {
        let stands = |text: &str| !query.ranges(text).is_empty();
        let names: Vec<bool> = map.stages.iter().map(|s| stands(&s.name)).collect();
        let steps: Vec<bool> = map.steps().map(|(_, s)| stands(&s.name)).collect();
        let lanes: Vec<bool> = map.lanes.iter().map(|l| stands(&l.name)).collect();
        stops.retain(|stop| {
            let t = &stop.touchpoint;
            names[stop.stage]
                || steps[stop.step]
                || lanes[stop.row]
                || [&t.title, &t.owner, &t.notes].into_iter().chain(&t.channels).any(|text| stands(text))
                || t.annotations.iter().any(|a| stands(&a.text))
        });
    }
    sort_stops(&mut stops, sort);
    stops
}

fn sort_stops(stops: &mut [Stop], sort: Sort) {
    match sort.column {
        Column::Stage => by(stops, sort, |s| Some(s.stage)),
        Column::Step => by(stops, sort, |s| Some(s.step)),
        Column::Lane => by(stops, sort, |s| Some(s.row)),
        Column::Title => by(stops, sort, |s| text(&s.touchpoint.title)),
        Column::Emotion => by(stops, sort, |s| s.touchpoint.emotion),
        Column::Channels => by(stops, sort, |s| text(&s.touchpoint.channels.join(", "))),
        Column::Owner => by(stops, sort, |s| text(&s.touchpoint.owner)),
        Column::Pains => by(stops, sort, |s| Some(pains(&s.touchpoint))),
    }
}

fn text(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    (!text.is_empty()).then_some(text)
}

/// Sorts by a key; what has none comes last, either way round.
fn by<K: Ord>(stops: &mut [Stop], sort: Sort, key: impl Fn(&Stop) -> Option<K>) {
    stops.sort_by_cached_key(|stop| {
        let key = key(stop);
        (key.is_none(), Turned { key, reversed: sort.reversed })
    });
}

/// A key that compares the other way round when it is reversed.
#[derive(PartialEq, Eq)]
struct Turned<K> {
    key: Option<K>,
    reversed: bool,
}

impl<K: Ord> Ord for Turned<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.reversed { Reverse(&self.key).cmp(&Reverse(&other.key)) } else { self.key.cmp(&other.key) }
    }
}

impl<K: Ord> PartialOrd for Turned<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Annotation, Emotion, generate};

    fn map() -> Arc<JourneyMap> {
        let mut map = generate(2, 1, 2);
        let lane = Arc::make_mut(&mut map.lanes[0]);
        for (touchpoint, (title, emotion)) in lane.touchpoints.iter_mut().zip([("Pays", Some(-4)), ("asks", None)]) {
            let touchpoint = Arc::make_mut(touchpoint);
            touchpoint.title = title.into();
            touchpoint.emotion = emotion.map(Emotion::clamped);
            touchpoint.annotations = vec![Annotation::new(AnnotationKind::PainPoint, "Čakka")];
        }
        map.lanes.truncate(1);
        Arc::new(map)
    }

    fn titles(filter: &str, column: Column, reversed: bool) -> Vec<String> {
        rows(&map(), filter, Sort { column, reversed }).iter().map(|s| s.touchpoint.title.clone()).collect()
    }

    #[test]
    fn rows_are_sorted_whatever_the_case_and_what_has_no_value_comes_last() {
        assert_eq!(titles("", Column::Step, false), ["Pays", "asks"]);
        assert_eq!(titles("", Column::Title, false), ["asks", "Pays"]);
        assert_eq!(titles("", Column::Title, true), ["Pays", "asks"]);
        assert_eq!(titles("", Column::Emotion, false), ["Pays", "asks"]);
        assert_eq!(titles("", Column::Emotion, true), ["Pays", "asks"]);
    }

    #[test]
    fn the_filter_looks_at_all_texts_as_people_read_them() {
        assert_eq!(titles("ASK", Column::Step, false), ["asks"]);
        assert_eq!(titles("cakka", Column::Step, false).len(), 2);
        assert_eq!(titles("nowhere", Column::Step, false).len(), 0);
    }

    #[test]
    fn a_second_click_turns_the_order_round() {
        let sort = Sort { column: Column::Stage, reversed: false };
        assert_eq!(sort.clicked(Column::Title), Sort { column: Column::Title, reversed: false });
        assert!(sort.clicked(Column::Stage).reversed);
        assert!(sort.clicked(Column::Pains).reversed);
    }
}
