//! Waiting along the path, and how long things take.

use super::finding::{card, counted};
use super::{Finding, Group, Stop};
use crate::model::{Element, JourneyMap, Span, Touchpoint};

/// Which time of touchpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// How long the customer waits.
    Waiting,
    /// How long it takes.
    Duration,
}

impl Kind {
    fn of(self, touchpoint: &Touchpoint) -> Option<Span> {
        match self {
            Self::Waiting => touchpoint.waiting,
            Self::Duration => touchpoint.duration,
        }
    }
}

/// The times of one kind along a path, in minutes.
#[derive(Clone, Debug)]
pub struct Times {
    /// All together.
    pub total: u64,
    /// The longest one, the first of equal ones.
    pub longest: (Stop, Span),
    /// The stages that have any, by their indices.
    pub stages: Vec<(usize, u64)>,
    /// The touchpoints that have one.
    pub touchpoints: Vec<Element>,
}

impl Times {
    /// The times of `kind` along `path`, without what the customer does not see; `None` where no touchpoint has one.
    pub fn of(path: &[Stop], kind: Kind) -> Option<Self> {
        let seen = path.iter().filter(|stop| stop.is_seen());
        let times: Vec<(&Stop, Span)> = seen.filter_map(|s| Some((s, kind.of(&s.touchpoint)?))).collect();
        // `min_by_key` gives the first of equals.
        let (stop, span) = times.iter().min_by_key(|(_, span)| std::cmp::Reverse(*span))?;
        let mut stages: Vec<(usize, u64)> = Vec::new();
        for (stop, span) in &times {
            let minutes = u64::from(span.as_minutes());
            match stages.last_mut() {
                Some((stage, sum)) if *stage == stop.stage => *sum += minutes,
                _ => stages.push((stop.stage, minutes)),
            }
        }
        Some(Self {
            total: stages.iter().map(|(_, sum)| sum).sum(),
            longest: ((*stop).clone(), *span),
            stages,
            touchpoints: times.iter().map(|(s, _)| card(&s.touchpoint)).collect(),
        })
    }
}

/// Waiting first, then how long things take.
pub(super) fn told(map: &JourneyMap, path: &[Stop]) -> Vec<Finding> {
    let mut list = Vec::new();
    if let Some(times) = Times::of(path, Kind::Waiting) {
        list.extend(told_of(map, &times, ["Waiting", "Longest wait", "Waiting by stage"], WAITS));
    }
    if let Some(times) = Times::of(path, Kind::Duration) {
        list.extend(told_of(map, &times, ["Duration", "Longest duration", "Duration by stage"], DURATIONS));
    }
    list
}

const WAITS: [&str; 3] = [
    "How long the customer waits at all touchpoints together; what happens backstage is not counted.",
    "The touchpoint with the longest wait, the first of equal ones.",
    "How long the customer waits in a stage.",
];
const DURATIONS: [&str; 3] = [
    "How long all touchpoints take together; what happens backstage is not counted.",
    "The touchpoint that takes longest, the first of equal ones.",
    "How long the touchpoints of a stage take together.",
];

fn told_of(map: &JourneyMap, times: &Times, names: [&'static str; 3], rules: [&'static str; 3]) -> Vec<Finding> {
    let finding = |at: usize, minutes: u64| {
        let (figure, exact) = (short(minutes), exact(minutes));
        let note = if figure == exact { String::new() } else { exact };
        Finding::new(Group::Time, names[at], figure, rules[at]).note(note)
    };
    let total = finding(0, times.total);
    let touchpoints = counted(times.touchpoints.len(), "touchpoint");
    let note = if total.note.is_empty() { touchpoints } else { format!("{}, {touchpoints}", total.note) };
    let (longest, span) = &times.longest;
    let mut list = vec![
        total.note(note).about(times.touchpoints.clone()),
        finding(1, span.as_minutes().into()).words([&longest.touchpoint.title]).about([card(&longest.touchpoint)]),
    ];
    list.extend(times.stages.iter().map(|(stage, minutes)| {
        let stage = &map.stages[*stage];
        finding(2, *minutes).words([&stage.name]).about([Element::Stage(stage.id.clone())])
    }));
    list
}

/// A time in one unit, to be seen at a glance: `90 min`, `26.5 h`, `2.2 d`.
fn short(minutes: u64) -> String {
    // Sums of spans are far below what a float counts exactly.
    let of = |unit: f64, name: &str| {
        let number = format!("{:.1}", minutes as f64 / unit);
        format!("{} {name}", number.strip_suffix(".0").unwrap_or(&number))
    };
    match minutes {
        0..120 => of(1.0, "min"),
        120..2880 => of(60.0, "h"),
        _ => of(1440.0, "d"),
    }
}

/// A time to the minute: `2 d 4 h 30 min`; sums are not held to the longest span.
fn exact(minutes: u64) -> String {
    let days = match minutes / 1440 {
        0 => String::new(),
        days => format!("{days} d"),
    };
    // Less than a day fits.
    let rest = Span::minutes((minutes % 1440) as u32);
    match (days.is_empty(), rest.as_minutes()) {
        (true, _) => rest.to_string(),
        (false, 0) => days,
        (false, _) => format!("{days} {rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{path, samples::full_shop, samples::shop};
    use super::*;

    #[test]
    fn waiting_is_summed_by_stage_and_the_longest_found() {
        // FIND: talk 20 min. BUY: pay 10 min, parcel 2 d = 2880 min. 20 + 10 + 2880 = 2910 min = 2 d 30 min.
        let times = Times::of(&path(&full_shop()), Kind::Waiting).unwrap();
        assert_eq!((times.total, times.stages.as_slice()), (2910, [(0, 20), (1, 2890)].as_slice()));
        assert_eq!((times.longest.0.touchpoint.id.as_str(), times.longest.1), ("parcel", Span::minutes(2880)));
        // Durations: talk 30, pay 5, bank 5.
        let times = Times::of(&path(&full_shop()), Kind::Duration).unwrap();
        assert_eq!((times.total, times.stages.as_slice()), (40, [(0, 30), (1, 10)].as_slice()));
        assert!(Times::of(&path(&shop()), Kind::Waiting).is_none());
    }

    #[test]
    fn figures_are_short_and_notes_exact() {
        let list = told(&full_shop(), &path(&full_shop()));
        let rows: Vec<(&str, &str, &str)> = list.iter().map(|f| (f.name, f.figure.as_str(), f.note.as_str())).collect();
        // 2910 / 1440 = 2.02…, 2890 / 1440 = 2.006…
        let wanted = [
            ("Waiting", "2 d", "2 d 30 min, 3 touchpoints"),
            ("Longest wait", "2 d", ""),
            ("Waiting by stage", "20 min", ""),
            ("Waiting by stage", "2 d", "2 d 10 min"),
            ("Duration", "40 min", "3 touchpoints"),
            ("Longest duration", "30 min", ""),
            ("Duration by stage", "30 min", ""),
            ("Duration by stage", "10 min", ""),
        ];
        assert_eq!(rows, wanted);
        assert_eq!([short(119), short(120), short(150), short(3150)], ["119 min", "2 h", "2.5 h", "2.2 d"]);
        assert_eq!(exact(7 * 3660 * 1440 + 61), "25620 d 1 h 1 min");
    }
}
