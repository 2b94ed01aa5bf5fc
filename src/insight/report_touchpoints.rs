//! Every touchpoint with what is known of it, stage by stage, and every link, as a part of the report.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::path;
use super::report::plain;
use crate::model::{Evidence, JourneyMap, Step, Touchpoint};

/// Adds a heading for each stage that has touchpoints, and below it a line for each of them, in the order of the path;
/// then the links.
///
/// Only what was said of a touchpoint is told.
pub(super) fn add(text: &mut String, map: &JourneyMap) {
    let path = path(map);
    if path.is_empty() {
        return;
    }
    text.push_str("\n## Touchpoints\n");
    let mut stage = None;
    let steps: Vec<_> = map.steps().map(|(_, step)| step).collect();
    for stop in &path {
        if stage != Some(stop.stage) {
            stage = Some(stop.stage);
            let _ = write!(text, "\n### {}\n\n", plain(&map.stages[stop.stage].name));
        }
        touchpoint(text, map, steps.get(stop.step).copied(), &stop.touchpoint);
    }
    links(text, map);
}

/// Where each link leads and when it is taken, which is too long to stand on its arrow.
fn links(text: &mut String, map: &JourneyMap) {
    if map.links.is_empty() {
        return;
    }
    text.push_str("\n## Links\n\n");
    let titles: HashMap<_, _> = map.touchpoints().map(|(_, t)| (&t.id, plain(&t.title))).collect();
    let title = |id| titles.get(id).map_or("", String::as_str);
    for link in &map.links {
        let (kind, label) = (link.kind.name().to_lowercase(), plain(&link.label));
        let label = if label.is_empty() { kind } else { format!("{kind}: {label}") };
        let when = plain(&link.trigger);
        let when = if when.is_empty() { when } else { format!("; when: {when}") };
        let _ = writeln!(text, "- {} → {} ({label}{when})", title(&link.from), title(&link.to));
    }
}

fn touchpoint(text: &mut String, map: &JourneyMap, step: Option<&Arc<Step>>, t: &Touchpoint) {
    let facts: Vec<String> = facts(map, step, t)
        .into_iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(name, words)| if name.is_empty() { words } else { format!("{name} {words}") })
        .collect();
    let facts = if facts.is_empty() { String::new() } else { format!(" ({})", facts.join("; ")) };
    let _ = writeln!(text, "- **{}**{facts}", plain(&t.title));
    for (name, words) in [("doing", &t.doing), ("thinking", &t.thinking), ("feeling", &t.feeling), ("notes", &t.notes)]
    {
        if !words.trim().is_empty() {
            let _ = writeln!(text, "  - {name}: {}", plain(words));
        }
    }
    for evidence in &t.evidence {
        let _ = writeln!(text, "  - {}", said(evidence));
    }
}

/// What is known in a word or a figure, each with the name that it needs.
fn facts(map: &JourneyMap, step: Option<&Arc<Step>>, t: &Touchpoint) -> [(&'static str, String); 13] {
    let list = |words: &[String]| words.iter().map(|word| plain(word)).collect::<Vec<_>>().join(", ");
    let flags = [
        (t.moment_of_truth, "moment of truth"),
        (t.moment_of_joy, "moment of joy"),
        (t.key_moment, "key moment"),
        (t.entry, "entry point"),
        (t.repeats, "asks again"),
        (t.remembers, "remembers"),
    ];
    let flags: Vec<&str> = flags.into_iter().filter(|(is_so, _)| *is_so).map(|(_, name)| name).collect();
    let person = |id| map.persona(id).map_or_else(String::new, |persona| plain(&persona.name));
    let emotions = t.emotions.iter().map(|(id, emotion)| format!("{} {emotion}", person(id)));
    let matters = t.importance.iter().map(|(id, level)| format!("{} ({} of 3)", person(id), level.get()));
    [
        ("", step.map_or_else(String::new, |step| plain(&step.name))),
        ("", flags.join(", ")),
        ("emotion", t.emotion.map_or_else(String::new, |emotion| emotion.to_string())),
        ("", emotions.collect::<Vec<_>>().join(", ")),
        ("matters to", matters.collect::<Vec<_>>().join(", ")),
        ("through", list(&t.channels)),
        ("", t.place.map_or("", |place| place.name()).to_lowercase()),
        ("", t.automation.map_or("", |automation| automation.name()).to_lowercase()),
        ("by", plain(&t.owner)),
        ("takes", t.duration.map_or_else(String::new, |span| span.to_string())),
        ("waiting", t.waiting.map_or_else(String::new, |span| span.to_string())),
        ("driver", t.driver.map_or("", |driver| driver.name()).to_lowercase()),
        ("tags", list(&t.tags)),
    ]
}

/// One piece of evidence on a line.
fn said(evidence: &Evidence) -> String {
    let mut parts = vec![plain(&evidence.source)];
    parts.push(evidence.date.map_or_else(String::new, |date| date.to_string()));
    parts.push(evidence.sample.map_or_else(String::new, |n| format!("n = {n}")));
    parts.push(evidence.confidence.name().to_lowercase());
    parts.retain(|part| !part.is_empty());
    let quote =
        if evidence.quote.trim().is_empty() { String::new() } else { format!(": “{}”", plain(&evidence.quote)) };
    format!("{}, {}{quote}", evidence.kind.name(), parts.join(", "))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{markdown, samples::shop};
    use crate::model::{Automation, Driver, Evidence, JourneyMap, Link, LinkKind, Persona, Place};

    #[test]
    fn every_field_that_was_filled_in_is_told() {
        let mut map = shop();
        map.personas = vec![Arc::new(Persona::new("ann", "Ann"))];
        let first = &mut Arc::make_mut(&mut map.lanes[0]).touchpoints[0];
        let t = Arc::make_mut(first);
        {
            t.thinking = "What *does* it cost?".into();
            t.doing = "asks".into();
            t.place = Some(Place::Physical);
            t.automation = Some(Automation::SemiPersonal);
            t.driver = Some(Driver::Price);
            t.tags = vec!["price".into(), "shop".into()];
            t.duration = "10 min".parse().ok();
            t.importance.insert("ann".into(), crate::model::Level::HIGH);
            let (date, source) = ("2026-03-01".parse().ok(), "Visits".to_owned());
            t.evidence = vec![Evidence { date, source, sample: Some(12), quote: "dear".into(), ..Evidence::default() }];
        }
        let link = |trigger: &str, label: &str| Link {
            from: "ad".into(),
            to: "pay".into(),
            kind: LinkKind::Skip,
            label: label.into(),
            trigger: trigger.into(),
        };
        map.links = vec![Arc::new(link("in a hurry", "at once")), Arc::new(link("", ""))];
        let text = markdown(&map);
        for wanted in [
            "\n## Touchpoints\n\n### FIND\n\n- **",
            "matters to Ann (3 of 3); ",
            "; physical; semi-personal",
            "; takes 10 min",
            "; driver price; tags price, shop)",
            "\n  - doing: asks\n  - thinking: What \\*does\\* it cost?\n",
            "\n  - Interview, Visits, 2026-03-01, n = 12, partly backed: “dear”\n",
            "\n## Links\n\n- T ad → T pay (skip: at once; when: in a hurry)\n- T ad → T pay (skip)\n",
        ] {
            assert!(text.contains(wanted), "{wanted} is not in\n{text}");
        }
        assert!(!markdown(&JourneyMap::default()).contains("Touchpoints"));
    }
}
