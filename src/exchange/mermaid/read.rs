//! Mermaid to map.

use std::collections::BTreeMap;

use super::KEYWORDS;
use crate::exchange::draft::{Draft, emotion_of_mark};
use crate::exchange::format::Import;
use crate::exchange::loss::{Loss, Part, Place};
use crate::file::FileProblem;
use crate::model::{Emotion, Level, Touchpoint};

/// Whether `text` is a Mermaid journey, alone or in a fence of Markdown.
pub fn is_journey(text: &str) -> bool {
    let mut lines = Lines::of(text);
    lines.front_matter();
    lines.next().is_some_and(|(_, line)| is_start(line))
}

/// Whether a line starts a journey: the word alone, or with a statement behind it.
fn is_start(line: &str) -> bool {
    let Some("journey") = keyword(line) else { return false };
    let rest = line["journey".len()..].trim();
    rest.is_empty() || rest.starts_with(['%', ';']) || keyword(rest).is_some()
}

/// The keyword that `line` starts with, as a whole word and in any case.
fn keyword(line: &str) -> Option<&'static str> {
    let end = line.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(line.len());
    // A letter of another script right behind it makes it another word.
    let goes_on = line[end..].chars().next().is_some_and(char::is_alphanumeric);
    KEYWORDS.into_iter().find(|word| !goes_on && line[..end].eq_ignore_ascii_case(word))
}

/// Reads a journey.
///
/// # Errors
/// When it is none.
pub fn read(text: &str) -> Result<Import, Vec<FileProblem>> {
    let mut lines = Lines::of(text);
    let mut reader = Reader { draft: Draft::default(), losses: Vec::new(), stage: None, description: String::new() };
    if let Some(title) = lines.front_matter() {
        reader.draft.map.title = title;
    }
    let Some((at, first)) = lines.next() else {
        let help = "a journey starts with a line `journey`";
        return Err(vec![FileProblem::at(text, 1, 1, "there is no journey here", Some(help.into()))]);
    };
    if !is_start(first) {
        return Err(vec![no_journey(text, at, first)]);
    }
    reader.statement(at, first["journey".len()..].trim(), &mut lines);
    while let Some((at, line)) = lines.next() {
        reader.statement(at, line, &mut lines);
    }
    if reader.draft.map.subtitle.is_empty() {
        reader.draft.map.subtitle = std::mem::take(&mut reader.description);
    }
    Ok(Import { map: reader.draft.finish(), losses: reader.losses })
}

fn no_journey(text: &str, at: usize, line: &str) -> FileProblem {
    let word: String = line.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let known = ["flowchart", "graph", "sequenceDiagram", "classDiagram", "stateDiagram", "erDiagram", "gantt", "pie"];
    let more = ["mindmap", "timeline", "quadrantChart", "gitGraph", "requirementDiagram", "kanban", "sankey-beta"];
    let message = match known.iter().chain(&more).find(|known| word.starts_with(**known)) {
        Some(other) => format!("this is a Mermaid {other}, not a journey"),
        None => "this is not a Mermaid journey".to_owned(),
    };
    let help = "a journey starts with a line `journey`; other diagrams cannot become maps";
    FileProblem::at(text, at, 1, message, Some(help.into()))
}

/// The lines of a diagram, trimmed, without comments and directives; numbered from 1.
struct Lines<'t> {
    lines: std::iter::Peekable<std::iter::Enumerate<std::str::Lines<'t>>>,
    /// Whether a line ``` ends it.
    fenced: bool,
}

impl<'t> Lines<'t> {
    /// The lines of `text`, or those of the first fence in it that holds a journey.
    fn of(text: &'t str) -> Self {
        let mut lines = Self { lines: text.lines().enumerate().peekable(), fenced: false };
        let mut search = text.lines().enumerate().peekable();
        while let Some((at, line)) = search.next() {
            let mut inside = search.clone().map(|(_, line)| line.trim()).filter(|line| !line.is_empty());
            if line.trim_start().starts_with("```") && inside.next().is_some_and(is_start) {
                while lines.lines.next_if(|(n, _)| *n <= at).is_some() {}
                lines.fenced = true;
                break;
            }
        }
        lines
    }

    /// Skips what stands between two lines `---` at the start; gives the title that it names.
    fn front_matter(&mut self) -> Option<String> {
        while self.lines.next_if(|(_, line)| line.trim().is_empty()).is_some() {}
        self.lines.next_if(|(_, line)| line.trim() == "---")?;
        let mut title = None;
        for (_, line) in self.lines.by_ref() {
            if line.trim() == "---" {
                break;
            }
            if let Some(text) = line.strip_prefix("title:") {
                let text = text.trim();
                let quoted = ['"', '\''].iter().find_map(|q| text.strip_prefix(*q)?.strip_suffix(*q));
                title = Some(quoted.unwrap_or(text).to_owned());
            }
        }
        title.filter(|title| !title.is_empty())
    }

    /// The next line as it is.
    fn raw(&mut self) -> Option<(usize, &'t str)> {
        let (at, line) = self.lines.next()?;
        if self.fenced && line.trim_start().starts_with("```") {
            self.lines = "".lines().enumerate().peekable();
            return None;
        }
        Some((at + 1, line))
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (at, line) = self.raw()?;
            let mut line = line.trim();
            if let Some(directive) = line.strip_prefix("%%{") {
                let mut rest = directive;
                while !rest.contains("}%%") {
                    rest = self.raw()?.1;
                }
                line = rest.split_once("}%%").map_or("", |(_, rest)| rest).trim();
            }
            let is_comment = line.starts_with("%%") || (line.starts_with('#') && entity(line).is_none());
            if !line.is_empty() && !is_comment {
                return Some((at, line));
            }
        }
    }
}

struct Reader {
    draft: Draft,
    losses: Vec<Loss>,
    stage: Option<usize>,
    /// What the accessible description says.
    description: String,
}

impl Reader {
    fn statement(&mut self, at: usize, line: &str, lines: &mut Lines<'_>) {
        let line = self.without_remark(at, line);
        if line.is_empty() {
            return;
        }
        let word = keyword(line);
        let rest = word.map_or("", |word| &line[word.len()..]);
        let is_said = rest.starts_with(char::is_whitespace) || rest.is_empty();
        match word {
            Some("title") if is_said => {
                if !rest.trim().is_empty() {
                    self.draft.map.title = decoded(rest);
                }
            }
            Some("section") if is_said && Task::of(line).is_none_or(|task| task.mark.is_none()) => {
                self.stage = Some(self.draft.stage(&decoded(rest)));
            }
            Some("acctitle") if rest.trim_start().starts_with(':') => {
                let title = decoded(rest.trim_start().trim_start_matches(':'));
                if self.draft.map.title.is_empty() {
                    self.draft.map.title = title;
                } else if self.draft.map.title != title {
                    self.losses.push(Loss::foreign("title for screen readers", at));
                }
            }
            Some("accdescr") if rest.trim_start().starts_with([':', '{']) => {
                self.description = description(rest.trim_start(), lines);
            }
            // A second one, or one with words behind it that Mermaid would not take.
            Some("journey") if rest.is_empty() => {}
            _ => self.task(at, line),
        }
    }

    /// `line` without the remark behind it, which is told, and without a semicolon at the end.
    fn without_remark<'l>(&mut self, at: usize, line: &'l str) -> &'l str {
        let is_remark = |found: &usize| {
            let rest = &line[*found..];
            let is_apart = line[..*found].ends_with(char::is_whitespace);
            is_apart && (rest.starts_with("%% ") || (rest.starts_with("# ") && line[..*found].contains(':')))
        };
        let cut = line.match_indices(['%', '#']).map(|(found, _)| found).find(is_remark);
        if cut.is_some() {
            self.losses.push(Loss::foreign("remarks", at));
        }
        let line = line[..cut.unwrap_or(line.len())].trim();
        let ends_in_entity =
            line.rfind('#').is_some_and(|hash| entity(&line[hash..]).is_some_and(|(_, end)| hash + end == line.len()));
        if ends_in_entity { line } else { line.trim_end_matches(';').trim_end() }
    }

    fn task(&mut self, at: usize, line: &str) {
        let task = Task::of(line).unwrap_or(Task { name: line, ..Task::default() });
        let name = decoded(task.name);
        let emotion = self.emotion(at, &task);
        let mut actors = BTreeMap::new();
        for actor in task.actors.split([',', '،']).map(decoded).filter(|actor| !actor.is_empty()) {
            actors.insert(self.draft.persona(&actor), Level::MEDIUM);
        }
        if !task.rest.trim().is_empty() {
            self.losses.push(Loss::foreign("words behind the actors", at));
        }
        let stage = self.stage.unwrap_or_else(|| self.draft.stage(""));
        self.stage = Some(stage);
        let step = self.draft.step(stage, "");
        let lane = self.draft.plain_lane();
        self.draft.touchpoint(lane, Touchpoint { emotion, importance: actors, ..Touchpoint::new("", step, name) });
    }

    fn emotion(&mut self, at: usize, task: &Task<'_>) -> Option<Emotion> {
        if task.score.trim().is_empty() {
            return None;
        }
        let Some(mark) = task.mark else {
            self.losses.push(Loss::changed(Part::Emotions, "the score is no number", Place::Line(at)));
            return None;
        };
        if !(1.0..=5.0).contains(&mark) {
            let how = "scores outside of 1 to 5 become the nearest";
            self.losses.push(Loss::changed(Part::Emotions, how, Place::Line(at)));
        }
        Some(emotion_of_mark(mark))
    }
}

/// A task taken apart.
#[derive(Clone, Copy, Debug, Default)]
struct Task<'l> {
    name: &'l str,
    score: &'l str,
    mark: Option<f64>,
    actors: &'l str,
    /// What Mermaid drops.
    rest: &'l str,
}

impl<'l> Task<'l> {
    /// The task in `line`; `None` where there is no colon.
    ///
    /// A name may hold colons, which Mermaid does not allow: the score is the first number from 1 to 5 between two
    /// colons, or else the first number, or else what follows the first colon.
    fn of(line: &'l str) -> Option<Self> {
        let colons: Vec<usize> = line.match_indices(':').map(|(at, _)| at).take(MOST_COLONS).collect();
        let part = |n: usize| {
            let end = colons.get(n + 1).copied().unwrap_or(line.len());
            &line[colons[n] + 1..end]
        };
        let marks: Vec<Option<f64>> = (0..colons.len()).map(|n| number(part(n))).collect();
        let is_mark = |mark: &Option<f64>| mark.is_some_and(|mark| (1.0..=5.0).contains(&mark));
        let at = marks.iter().position(is_mark).or_else(|| marks.iter().position(Option::is_some)).unwrap_or(0);
        let colon = *colons.get(at)?;
        let behind = colons.get(at + 1).map_or("", |next| &line[next + 1..]);
        let (actors, rest) = behind.split_once(':').unwrap_or((behind, ""));
        Some(Self { name: &line[..colon], score: part(at), mark: marks[at], actors, rest })
    }
}

/// Behind so many colons nobody looks for a score.
const MOST_COLONS: usize = 64;

/// A number in any digits, with a point or a comma.
fn number(text: &str) -> Option<f64> {
    let plain: String = text
        .trim()
        .chars()
        .map(|c| match c {
            // In range: a digit.
            '\u{660}'..='\u{669}' => char::from(b'0' + (c as u32 - 0x660) as u8),
            '\u{6F0}'..='\u{6F9}' => char::from(b'0' + (c as u32 - 0x6F0) as u8),
            '\u{66B}' | ',' => '.',
            '\u{2212}' => '-',
            c => c,
        })
        .collect();
    let is_number = plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
    plain.parse().ok().filter(|n: &f64| is_number && n.is_finite())
}

/// The words of an accessible description: the rest of the line, or what stands in braces.
fn description(rest: &str, lines: &mut Lines<'_>) -> String {
    let Some(first) = rest.strip_prefix('{') else { return decoded(rest.trim_start_matches(':')) };
    let mut words = Vec::new();
    let mut line = first;
    loop {
        if let Some((last, _)) = line.split_once('}') {
            words.push(last.trim());
            break;
        }
        words.push(line.trim());
        match lines.raw() {
            Some((_, next)) => line = next,
            None => break,
        }
    }
    decoded(&words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("\n"))
}

/// The character of an entity such as `#35;` or `#amp;` that `text` starts with, and where it ends.
fn entity(text: &str) -> Option<(char, usize)> {
    let body = text.strip_prefix('#')?;
    let end = body.find(';').filter(|end| (1..=8).contains(end))?;
    let name = &body[..end];
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "colon" => ':',
        "semi" => ';',
        "comma" => ',',
        "num" => '#',
        _ => {
            let hex = name.strip_prefix(['x', 'X']).map(|hex| u32::from_str_radix(hex, 16));
            hex.unwrap_or_else(|| name.parse()).ok().and_then(char::from_u32)?
        }
    };
    Some((c, end + 2))
}

/// `text` as people read it: entities are characters, `<br>` is a line break.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim();
    while let Some(at) = rest.find(['#', '<']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((c, end)) = entity(rest) {
            out.push(c);
            rest = &rest[end..];
        } else if let Some(end) = line_break(rest) {
            out.push('\n');
            rest = &rest[end..];
        } else {
            out.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// Where a `<br>` ends that `text` starts with.
fn line_break(text: &str) -> Option<usize> {
    let end = text.find('>').filter(|end| *end <= 8)?;
    let tag = text[1..end].trim_end_matches('/').trim_end();
    tag.eq_ignore_ascii_case("br").then_some(end + 1)
}
