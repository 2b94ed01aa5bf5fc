//! What a map knows beside its grid, as the end of the report: personas, goals, metrics, SWOT, competitors.

use std::fmt::Write as _;

use super::report::plain;
use super::signed;
use crate::model::{Emotion, Goal, GoalId, JourneyMap, Metric, Persona};

/// Adds a heading for each thing of which the map knows something.
pub(super) fn add(text: &mut String, map: &JourneyMap) {
    personas(text, &map.personas);
    goals(text, map);
    metrics(text, map);
    swot(text, map);
    competitors(text, map);
}

fn personas(text: &mut String, list: &[std::sync::Arc<Persona>]) {
    if list.is_empty() {
        return;
    }
    text.push_str("\n## Persona profiles\n");
    for persona in list {
        let _ = write!(text, "\n### {}\n\n", plain(&persona.name));
        let one = |words: &str| if words.is_empty() { Vec::new() } else { vec![words.to_owned()] };
        for (name, words) in [
            ("Segment", one(&persona.segment)),
            ("Quote", one(&persona.quote)),
            ("Goals", persona.goals.clone()),
            ("Behaviours", persona.behaviours.clone()),
            ("Interests", persona.interests.clone()),
            ("Channels", persona.channels.clone()),
            ("Contact", one(&persona.contact)),
            ("Best time", one(&persona.best_time)),
        ] {
            if !words.is_empty() {
                let words: Vec<String> = words.iter().map(|w| plain(w)).collect();
                let _ = writeln!(text, "- {name}: {}", words.join("; "));
            }
        }
    }
}

/// The goals as a tree: each below the one that it serves.
fn goals(text: &mut String, map: &JourneyMap) {
    if map.goals.is_empty() {
        return;
    }
    text.push_str("\n## Goal tree\n\n");
    branch(text, map, None, 0);
}

fn branch(text: &mut String, map: &JourneyMap, parent: Option<&GoalId>, depth: usize) {
    for goal in map.goals.iter().filter(|goal| goal.parent.as_ref() == parent) {
        let _ = writeln!(text, "{}- {}{}", "  ".repeat(depth), plain(&goal.title), smart(map, goal));
        branch(text, map, Some(&goal.id), depth + 1);
    }
}

/// What is said of a goal, in brackets.
fn smart(map: &JourneyMap, goal: &Goal) -> String {
    let metrics = map.metrics.iter().filter(|metric| goal.metrics.contains(&metric.id));
    let metrics: Vec<String> = metrics.map(|metric| named(map, metric)).collect();
    let said = [
        ("specific", plain(&goal.specific)),
        ("measurable", plain(&goal.measurable)),
        ("achievable", plain(&goal.achievable)),
        ("relevant", plain(&goal.relevant)),
        ("time-bound", plain(&goal.time_bound)),
        ("metrics", metrics.join(", ")),
    ];
    let said = said.iter().filter(|(_, words)| !words.is_empty()).map(|(name, words)| format!("{name}: {words}"));
    let said: Vec<String> = said.collect();
    if said.is_empty() { String::new() } else { format!(" ({})", said.join("; ")) }
}

fn named(map: &JourneyMap, metric: &Metric) -> String {
    plain(&format!("{}, {}", metric.shown_name(), map.host_name(&metric.host)))
}

fn metrics(text: &mut String, map: &JourneyMap) {
    if map.metrics.is_empty() {
        return;
    }
    text.push_str(
        "\n## All metrics\n\n| metric | date | value | interval | n | target |\n|---|---|---:|---|---:|---:|\n",
    );
    for metric in &map.metrics {
        let unit = metric.unit.trim();
        let name =
            if unit.is_empty() { named(map, metric) } else { format!("{} ({})", named(map, metric), plain(unit)) };
        let minus = |figure: crate::model::Figure| figure.to_string().replace('-', "\u{2212}");
        let target = metric.target.map_or(String::new(), minus);
        for value in &metric.values {
            let ends = value.low.zip(value.high);
            let interval = ends.map_or(String::new(), |(low, high)| format!("{} to {}", minus(low), minus(high)));
            let sample = value.sample.map_or(String::new(), |n| n.to_string());
            let _ = writeln!(
                text,
                "| {name} | {} | {} | {interval} | {sample} | {target} |",
                value.date,
                minus(value.value)
            );
        }
        if metric.values.is_empty() {
            let _ = writeln!(text, "| {name} |  |  |  |  | {target} |");
        }
    }
}

fn swot(text: &mut String, map: &JourneyMap) {
    let swot = &map.swot;
    let boxes = [
        ("Strengths", &swot.strengths),
        ("Weaknesses", &swot.weaknesses),
        ("Opportunities", &swot.opportunities),
        ("Threats", &swot.threats),
    ];
    if boxes.iter().all(|(_, items)| items.is_empty()) {
        return;
    }
    text.push_str("\n## SWOT\n");
    for (name, items) in boxes.iter().filter(|(_, items)| !items.is_empty()) {
        let _ = write!(text, "\n### {name}\n\n");
        for item in *items {
            let _ = writeln!(text, "- {}", plain(item));
        }
    }
}

/// How each competitor does on average over the steps of which it is known.
fn competitors(text: &mut String, map: &JourneyMap) {
    if map.competitors.is_empty() {
        return;
    }
    text.push_str("\n## Competitor means\n\n| competitor | mean emotion | steps |\n|---|---:|---:|\n");
    for rival in &map.competitors {
        let known: Vec<&Emotion> = rival.emotions.values().collect();
        let sum: f64 = known.iter().map(|emotion| f64::from(emotion.get())).sum();
        let mean = if known.is_empty() { "\u{2013}".into() } else { signed(sum / known.len() as f64) };
        let _ = writeln!(text, "| {} | {mean} | {} |", plain(&rival.name), known.len());
    }
}

#[cfg(test)]
mod tests {
    use super::super::{markdown, samples::full_shop};
    use crate::model::JourneyMap;
    use std::sync::Arc;

    #[test]
    fn the_report_ends_with_what_stands_beside_the_grid() {
        let mut map = full_shop();
        let swot = Arc::make_mut(&mut map.swot);
        swot.threats = vec!["rain | snow".into()];
        let text = markdown(&map);
        let mut last = 0;
        for wanted in [
            "## Persona profiles\n\n### Ann\n",
            "## Goal tree\n\n- Fewer drop-outs (",
            "## All metrics\n\n| metric | date | value | interval | n | target |\n",
            "## SWOT\n",
            "### Threats\n\n- rain \\| snow\n",
            "## Competitor means\n\n| competitor | mean emotion | steps |\n|---|---:|---:|\n| Rival | ",
        ] {
            let at = text.find(wanted).unwrap_or_else(|| panic!("{wanted} is not in\n{text}"));
            assert!(at > last, "{wanted} comes later in\n{text}");
            last = at;
        }
        for metric in &map.metrics {
            assert!(metric.values.iter().all(|value| text.contains(&format!("| {} |", value.date))));
        }
        assert!(!markdown(&JourneyMap::default()).contains("## "));
    }
}
