//! Goals that do not say enough, or that nothing measures.

use super::metrics::place;
use super::{Finding, Group};
use crate::model::{Goal, JourneyMap};

/// Goals that are not SMART, then those without a metric.
pub(super) fn told(map: &JourneyMap) -> Vec<Finding> {
    let finding = |goal: &Goal, name, figure, rule| {
        let metrics = map.metrics.iter().filter(|metric| goal.metrics.contains(&metric.id));
        Finding::new(Group::Goals, name, figure, rule)
            .words([&goal.title])
            .about(metrics.filter_map(|m| place(&m.host)))
    };
    let vague = map.goals.iter().filter_map(|goal| {
        let missing = goal.missing();
        let figure = format!("{} of 5", 5 - missing.len());
        let note = format!("lacks {}", missing.join(", ").to_lowercase());
        (!missing.is_empty()).then(|| finding(goal, "Not SMART", figure, SMART).note(note))
    });
    let unmeasured = map.goals.iter().filter(|goal| goal.metrics.is_empty());
    let unmeasured = unmeasured.map(|goal| finding(goal, "No metric", "0".into(), METRIC));
    vague.chain(unmeasured).collect()
}

const SMART: &str =
    "Goals of which not all is said: specific, measurable (a metric counts too), achievable, relevant, time-bound.";
const METRIC: &str = "Goals that no metric shows the way to.";

#[cfg(test)]
mod tests {
    use super::super::samples::full_shop;
    use super::*;
    use crate::model::Element;

    #[test]
    fn goals_tell_what_they_lack_and_stand_where_their_metrics_are() {
        let list = told(&full_shop());
        let rows: Vec<(&str, &str, &str, &str)> =
            list.iter().map(|f| (f.name, f.words[0].as_str(), f.figure.as_str(), f.note.as_str())).collect();
        // The first says what it wants and has a metric: 2 of 5. The second says nothing.
        let wanted = [
            ("Not SMART", "Fewer drop-outs", "2 of 5", "lacks achievable, relevant, time-bound"),
            ("Not SMART", "Happier", "0 of 5", "lacks specific, measurable, achievable, relevant, time-bound"),
            ("No metric", "Happier", "0", ""),
        ];
        assert_eq!(rows, wanted);
        assert_eq!(list[0].about, [Element::Stage("buy".into()), Element::Touchpoint("pay".into())]);
        assert_eq!(list[1].about, []);
    }
}
