//! The findings, and what stands beside the grid, as a document in Markdown.

use std::fmt::Write as _;

use super::{Coverage, Finding, Group, findings, path, report_about, report_touchpoints};
use crate::model::{Element, JourneyMap};

/// The report of `map`: a heading for each group, its rules, and its findings as a table; then the touchpoints, and
/// personas, goals, metrics, SWOT and competitors as they are.
pub fn markdown(map: &JourneyMap) -> String {
    let all = findings(map);
    let mut text = format!("# {}\n", plain(&map.title));
    if !map.subtitle.is_empty() {
        let _ = write!(text, "\n{}\n", plain(&map.subtitle));
    }
    let (touchpoints, pains) = map.counts();
    let counts = [(map.stages.len(), "stages"), (map.steps().count(), "steps"), (touchpoints, "touchpoints")];
    let counts = counts.map(|(n, what)| format!("{n} {what}"));
    let _ = write!(text, "\n{}, {pains} pain points.\n", counts.join(", "));
    for &group in Group::ALL {
        let of_group: Vec<&Finding> = all.iter().filter(|f| f.group == group).collect();
        if of_group.is_empty() {
            continue;
        }
        let _ = write!(text, "\n## {}\n\n", group.name());
        table(&mut text, map, &of_group);
        if group == Group::Channels {
            coverage(&mut text, map);
        }
        rules(&mut text, &of_group);
    }
    report_touchpoints::add(&mut text, map);
    report_about::add(&mut text, map);
    text
}

fn table(text: &mut String, map: &JourneyMap, list: &[&Finding]) {
    text.push_str("| | what | where |\n|---:|---|---|\n");
    for finding in list {
        let words: Vec<String> = finding.words.iter().map(|w| plain(w)).collect();
        let name = if finding.group.is_of_one_kind() { "" } else { finding.name };
        let words = words.join(if finding.is_way() { " → " } else { ", " });
        let parts = [name.to_owned(), words].into_iter().filter(|part| !part.is_empty());
        let mut what = parts.collect::<Vec<_>>().join(": ");
        if !finding.note.is_empty() {
            let _ = write!(what, " ({})", finding.note);
        }
        let _ = writeln!(text, "| {} | {} | {} |", finding.figure, what.trim_start(), places(map, finding));
    }
}

/// The stages and steps of up to two elements; for more it would be most of the map.
fn places(map: &JourneyMap, finding: &Finding) -> String {
    if finding.about.len() > 2 {
        return String::new();
    }
    let mut names: Vec<String> = Vec::new();
    for name in finding.about.iter().filter_map(|element| place(map, element)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(" → ")
}

fn place(map: &JourneyMap, element: &Element) -> Option<String> {
    let step = match element {
        Element::Touchpoint(id) => &map.touchpoint(id)?.1.step,
        Element::Step(id) => id,
        Element::Stage(id) => return Some(plain(&map.stage(id)?.name)),
        _ => return None,
    };
    let (stage, step) = map.steps().find(|(_, s)| s.id == *step)?;
    let stage = plain(&map.stages[stage].name);
    Some(if step.name.is_empty() { stage } else { format!("{stage} / {}", plain(&step.name)) })
}

fn coverage(text: &mut String, map: &JourneyMap) {
    let coverage = Coverage::of(&path(map), map.stages.len());
    text.push_str("\n| channel |");
    for stage in &map.stages {
        let _ = write!(text, " {} |", plain(&stage.name));
    }
    let _ = write!(text, "\n|---|{}\n", "---:|".repeat(coverage.stages));
    for (channel, cells) in coverage.channels.iter().zip(&coverage.cells) {
        let _ = write!(text, "| {} |", plain(channel));
        for cell in cells {
            let count = if cell.is_empty() { "\u{2013}".into() } else { cell.len().to_string() };
            let _ = write!(text, " {count} |");
        }
        text.push('\n');
    }
}

/// The rules of the findings, each once.
fn rules(text: &mut String, list: &[&Finding]) {
    let mut seen: Vec<&str> = Vec::new();
    text.push('\n');
    for finding in list {
        if !seen.contains(&finding.rule) {
            seen.push(finding.rule);
            let name = if finding.group.is_of_one_kind() { String::new() } else { format!("{}: ", finding.name) };
            let _ = writeln!(text, "- *{name}{}*", finding.rule);
        }
    }
}

/// Words of the user on one line, with what Markdown would take for its own escaped.
pub(super) fn plain(words: &str) -> String {
    let mut text = String::new();
    for c in words.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(c, '\\' | '|' | '*' | '_' | '`' | '<' | '>' | '[' | ']' | '#' | '~') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::samples::{full_shop, shop};
    use super::*;

    #[test]
    fn the_report_tells_figures_words_places_and_rules() {
        let text = markdown(&shop());
        for wanted in [
            "# Shop\n",
            "2 stages, 5 steps, 7 touchpoints, 4 pain points.",
            "| \u{2212}0.5 | Peak\u{2013}end | BUY / PAY → BUY / GET |",
            "| \u{2212}4 | Low: T pay | BUY / PAY |",
            "| 9 | no word | BUY / WAIT |",
            "| web | 2 | 1 |\n| shop | 1 | \u{2013} |",
            "| 1 | sales → Payments | FIND / WEIGH → BUY / PAY |",
            "- *Pain points by severity × frequency × votes; no votes count as one, and what is done comes last.*",
            "| 1 | Steps without touchpoint: WAIT | BUY / WAIT |",
        ] {
            assert!(text.contains(wanted), "{wanted} is not in\n{text}");
        }
    }

    #[test]
    fn the_report_has_all_groups_with_their_notes() {
        let text = markdown(&full_shop());
        for group in Group::ALL {
            assert!(text.contains(&format!("## {}\n", group.name())), "{group:?} is not in\n{text}");
        }
        for wanted in [
            "| +0.4 | Loyalty score (from 87 % of the weight) |  |",
            "| +6 | keep the basket (impact 8, effort 2) | BUY / PAY |",
            "| +2.5 | Ahead: Rival, LOOK (+3 against +0.5) | FIND / LOOK |",
            "| 1 | Remembered: T bank → T parcel | BUY / PAY → BUY / GET |",
            "| 2 of 5 | Not SMART: Fewer drop-outs (lacks achievable, relevant, time-bound) | BUY → BUY / PAY |",
            "| 6 | Apart: T pay, Ann, Ben (\u{2212}5 to +1) | BUY / PAY |",
        ] {
            assert!(text.contains(wanted), "{wanted} is not in\n{text}");
        }
    }

    #[test]
    fn words_of_the_user_do_not_become_marks() {
        assert_eq!(plain("a | b\n*c* <d>"), "a \\| b \\*c\\* \\<d\\>");
        let mut map = shop();
        map.title = "A #1".into();
        assert!(markdown(&map).starts_with("# A \\#1\n"));
        assert_eq!(markdown(&JourneyMap::default()), "# \n\n0 stages, 0 steps, 0 touchpoints, 0 pain points.\n");
    }
}
