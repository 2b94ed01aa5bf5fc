//! The rows of the inventory: which touchpoints pass the filter, and in which order.

use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

use super::inspector::split_list;
use crate::find::Query;
use crate::insight::{Stop, path};
use crate::model::{AnnotationKind, JourneyMap, PersonaId, Span, Touchpoint};

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
    /// What it is marked with.
    Tags,
    /// How long it takes, and how long the customer waits.
    Time,
    /// How many records of evidence it has.
    Evidence,
}

impl Column {
    /// All columns, in reading order.
    pub const ALL: [Self; 11] = [
        Self::Stage,
        Self::Step,
        Self::Lane,
        Self::Title,
        Self::Emotion,
        Self::Channels,
        Self::Owner,
        Self::Tags,
        Self::Time,
        Self::Pains,
        Self::Evidence,
    ];

    /// Those that are typed into, in reading order.
    pub const TYPED: [Self; 4] = [Self::Title, Self::Channels, Self::Owner, Self::Tags];

    /// The next column that is typed into, or the one before; nothing at the ends.
    pub fn beside(self, back: bool) -> Option<Self> {
        let at = Self::TYPED.iter().position(|column| *column == self)?;
        Self::TYPED.get(if back { at.checked_sub(1)? } else { at + 1 }).copied()
    }

    /// What stands in this column of a touchpoint, where it is typed into; the parts of a list between commas.
    pub fn typed(self, touchpoint: &Touchpoint) -> String {
        match self {
            Self::Title => touchpoint.title.clone(),
            Self::Channels => touchpoint.channels.join(", "),
            Self::Owner => touchpoint.owner.clone(),
            Self::Tags => touchpoint.tags.join(", "),
            _ => String::new(),
        }
    }

    /// Keeps what was typed in this column.
    pub fn keep(self, touchpoint: &mut Touchpoint, text: String) {
        match self {
            Self::Title => touchpoint.title = text,
            Self::Channels => touchpoint.channels = split_list(&text),
            Self::Owner => touchpoint.owner = text.trim().to_owned(),
            Self::Tags => touchpoint.tags = split_list(&text),
            _ => {}
        }
    }

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
            Self::Tags => "Tags",
            Self::Time => "Time",
            Self::Evidence => "Evidence",
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
        // Of pain points, evidence and time, most first is what one looks for.
        let first = matches!(column, Column::Pains | Column::Evidence | Column::Time);
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
        Column::Title | Column::Channels | Column::Owner | Column::Tags => column.typed(&stop.touchpoint),
        Column::Time => {
            let told = |span: Option<Span>, mark: &str| span.map(|span| format!("{span}{mark}"));
            let times = [told(stop.touchpoint.duration, ""), told(stop.touchpoint.waiting, " wait")];
            times.into_iter().flatten().collect::<Vec<_>>().join(" + ")
        }
        Column::Emotion | Column::Pains | Column::Evidence => String::new(),
    }
}

/// The touchpoints of `map` in which `filter` stands, sorted; equal ones stay in path order.
///
/// Emotions are those of `focus`, or without one of everybody.
pub fn rows(map: &Arc<JourneyMap>, filter: &str, sort: Sort, focus: Option<&PersonaId>) -> Vec<Stop> {
    let mut stops = path(map);
    let query = Query::new(filter);
    if !query.is_empty() {
        let stands = |text: &str| !query.ranges(text).is_empty();
        let names: Vec<bool> = map.stages.iter().map(|s| stands(&s.name)).collect();
        let steps: Vec<bool> = map.steps().map(|(_, s)| stands(&s.name)).collect();
        let lanes: Vec<bool> = map.lanes.iter().map(|l| stands(&l.name)).collect();
        stops.retain(|stop| {
            let t = &stop.touchpoint;
            names[stop.stage] || steps[stop.step] || lanes[stop.row] || texts_of(t).any(stands)
        });
    }
    sort_stops(&mut stops, sort, focus);
    stops
}

/// All texts of a touchpoint, as find sees them too.
fn texts_of(t: &Touchpoint) -> impl Iterator<Item = &str> {
    let own = [&t.title, &t.owner, &t.notes, &t.doing, &t.thinking, &t.feeling];
    let evidence = t.evidence.iter().flat_map(|e| [&e.source, &e.quote]);
    let annotations = t.annotations.iter().flat_map(|a| [&a.text, &a.owner]);
    own.into_iter().chain(&t.channels).chain(&t.tags).chain(evidence).chain(annotations).map(String::as_str)
}

fn sort_stops(stops: &mut [Stop], sort: Sort, focus: Option<&PersonaId>) {
    match sort.column {
        Column::Stage => by(stops, sort, |s| Some(s.stage)),
        Column::Step => by(stops, sort, |s| Some(s.step)),
        Column::Lane => by(stops, sort, |s| Some(s.row)),
        Column::Title => by(stops, sort, |s| text(&s.touchpoint.title)),
        Column::Emotion => by(stops, sort, |s| s.touchpoint.emotion_of(focus)),
        Column::Channels => by(stops, sort, |s| text(&s.touchpoint.channels.join(", "))),
        Column::Owner => by(stops, sort, |s| text(&s.touchpoint.owner)),
        Column::Pains => by(stops, sort, |s| Some(pains(&s.touchpoint))),
        Column::Tags => by(stops, sort, |s| text(&s.touchpoint.tags.join(", "))),
        Column::Time => by(stops, sort, |s| s.touchpoint.duration.max(s.touchpoint.waiting)),
        Column::Evidence => by(stops, sort, |s| Some(s.touchpoint.evidence.len())),
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
            touchpoint.annotations =
                vec![Annotation { owner: "Finance".into(), ..Annotation::new(AnnotationKind::PainPoint, "Čakka") }];
        }
        map.lanes.truncate(1);
        Arc::new(map)
    }

    fn titles(filter: &str, column: Column, reversed: bool) -> Vec<String> {
        rows(&map(), filter, Sort { column, reversed }, None).iter().map(|s| s.touchpoint.title.clone()).collect()
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
        assert_eq!(titles("finance", Column::Step, false).len(), 2, "who sees to an annotation");
        assert_eq!(titles("nowhere", Column::Step, false).len(), 0);
    }

    #[test]
    fn times_are_told_and_the_longest_comes_first_after_a_click() {
        let mut map = JourneyMap::clone(&map());
        let lane = Arc::make_mut(&mut map.lanes[0]);
        for (touchpoint, minutes) in lane.touchpoints.iter_mut().zip([20, 90]) {
            let touchpoint = Arc::make_mut(touchpoint);
            touchpoint.waiting = Some(Span::minutes(minutes));
            touchpoint.duration = (minutes == 20).then(|| Span::minutes(5));
            touchpoint.tags = vec![format!("tag {minutes}")];
        }
        let map = Arc::new(map);
        let sort = Sort { column: Column::Stage, reversed: false }.clicked(Column::Time);
        let rows = rows(&map, "", sort, None);
        let told: Vec<String> = rows.iter().map(|stop| words(&map, stop, Column::Time)).collect();
        assert_eq!(told, ["1 h 30 min wait", "5 min + 20 min wait"]);
        assert_eq!(super::rows(&map, "tag 20", sort, None).len(), 1);
    }

    #[test]
    fn a_second_click_turns_the_order_round() {
        let sort = Sort { column: Column::Stage, reversed: false };
        assert_eq!(sort.clicked(Column::Title), Sort { column: Column::Title, reversed: false });
        assert!(sort.clicked(Column::Stage).reversed);
        assert!(sort.clicked(Column::Pains).reversed);
    }
}
