//! Metrics that miss their targets.

use std::sync::Arc;

use super::{Finding, Group};
use crate::model::{Element, Figure, JourneyMap, Metric, MetricHost, Value};

/// A metric whose newest value is not where it was meant to be.
#[derive(Clone, Debug)]
pub struct Miss {
    /// Which.
    pub metric: Arc<Metric>,
    /// The newest value.
    pub latest: Value,
    /// What it was meant to come to.
    pub target: Figure,
    /// Whether the target lies in the interval of the value, so that it may be met after all.
    pub in_doubt: bool,
}

/// The metrics of `map` whose newest value misses the target: below it, or above it where less is better.
pub fn misses(map: &JourneyMap) -> Vec<Miss> {
    let miss = |metric: &Arc<Metric>| {
        let (latest, target) = (*metric.latest()?, metric.target?);
        let is_missed = metric.is_met() == Some(false);
        let in_doubt = latest.low.zip(latest.high).is_some_and(|(low, high)| low <= target && target <= high);
        is_missed.then(|| Miss { metric: Arc::clone(metric), latest, target, in_doubt })
    };
    map.metrics.iter().filter_map(miss).collect()
}

/// The element that a metric stands on; the map is none.
pub(super) fn place(host: &MetricHost) -> Option<Element> {
    match host {
        MetricHost::Map => None,
        MetricHost::Stage(id) => Some(Element::Stage(id.clone())),
        MetricHost::Touchpoint(id) => Some(Element::Touchpoint(id.clone())),
    }
}

/// The misses, in the order of the metrics.
pub(super) fn told(map: &JourneyMap) -> Vec<Finding> {
    let finding = |miss: Miss| {
        let doubt = if miss.in_doubt { ", within the interval" } else { "" };
        let note = format!("target {}{doubt}", with_minus(miss.target));
        Finding::new(Group::Metrics, "Missed", with_minus(miss.latest.value), RULE)
            .note(note)
            .words([name(&miss.metric)])
            .about(place(&miss.metric.host))
    };
    misses(map).into_iter().map(finding).collect()
}

const RULE: &str = "Metrics whose newest value is below the target, or above it where less is better.";

/// The name, with the unit that the figure is in.
fn name(metric: &Metric) -> String {
    let name = metric.shown_name();
    if metric.unit.trim().is_empty() { name.to_owned() } else { format!("{name} ({})", metric.unit.trim()) }
}

/// A figure with a real minus sign.
fn with_minus(figure: Figure) -> String {
    figure.to_string().replace('-', "\u{2212}")
}

#[cfg(test)]
mod tests {
    use super::super::samples::full_shop;
    use super::*;

    #[test]
    fn metrics_below_their_target_are_told_and_times_above_it() {
        // NPS −12 of 40, its interval reaching only to −2. Response time 6 of 4 hours, less being better.
        // CSAT 85 of 80 is met; effort has no target; returns in % 7 of 8, interval 5 to 9, could be met.
        let list = told(&full_shop());
        let rows: Vec<(&str, &str, &str)> =
            list.iter().map(|f| (f.words[0].as_str(), f.figure.as_str(), f.note.as_str())).collect();
        let wanted = [
            ("NPS", "\u{2212}12", "target 40"),
            ("Answers", "6", "target 4"),
            ("Kept (%)", "7", "target 8, within the interval"),
        ];
        assert_eq!(rows, wanted);
        assert_eq!(list[0].about, [Element::Stage("buy".into())]);
        assert_eq!(list[2].about, [], "it is measured on the whole map");
    }

    #[test]
    fn the_newest_value_counts_and_one_that_reaches_the_target_meets_it() {
        let mut map = full_shop();
        let nps = Arc::make_mut(&mut map.metrics[0]);
        let met = Value { value: Figure::whole(40), ..nps.values[0] };
        nps.values.push(met);
        assert_eq!(misses(&map).len(), 2);
    }
}
