//! Outline to map.

use super::said;
use super::write::BULLETS;
use crate::exchange::draft::Draft;
use crate::exchange::field::Field;
use crate::exchange::format::Import;
use crate::exchange::loss::Loss;
use crate::exchange::table::without_bullet;
use crate::file::FileProblem;
use crate::model::{Annotation, LaneKind, StepId, Touchpoint};

/// A line of an outline.
#[derive(Clone, Copy, Debug)]
enum Line<'t> {
    /// `## Name`, with its level.
    Heading(usize, &'t str),
    /// `- text`, with how far it is indented.
    Item(usize, &'t str),
    /// Other words.
    Text(&'t str),
}

/// Reads an outline.
///
/// # Errors
/// When there is nothing in it.
pub fn read(text: &str) -> Result<Import, Vec<FileProblem>> {
    let mut losses = Vec::new();
    let mut lines = cut(text, &mut losses);
    if lines.is_empty() {
        let help = "an outline has a heading `## Stage` for each stage and a line `- …` for each touchpoint";
        return Err(vec![FileProblem::at(text, 1, 1, "there is nothing in this outline", Some(help.into()))]);
    }
    if lines.iter().all(|(_, line)| matches!(line, Line::Text(_))) {
        // A plain list, indented perhaps.
        for (_, line) in &mut lines {
            if let Line::Text(text) = *line {
                *line = Line::Item(indent(text), text.trim());
            }
        }
    }
    let levels: Vec<usize> =
        lines.iter().filter_map(|(_, l)| if let Line::Heading(n, _) = l { Some(*n) } else { None }).collect();
    let has_title = levels.first() == Some(&1) && levels.iter().filter(|level| **level == 1).count() == 1;
    let stage_level = levels.iter().skip(usize::from(has_title)).min().copied();
    let depths = depths(&lines);
    let nested = stage_level.is_none()
        && depths
            .iter()
            .zip(&lines)
            .any(|(depth, (_, line))| *depth == 1 && matches!(line, Line::Item(_, text) if said(text).is_none()));
    let mut reader = Reader {
        draft: Draft::default(),
        losses,
        shape: Shape { has_title, stage_level, nested },
        stage: None,
        step: None,
        open: None,
    };
    for ((at, line), depth) in lines.iter().zip(depths) {
        reader.line(*at, *line, depth);
    }
    reader.close();
    Ok(Import { map: reader.draft.finish(), losses: reader.losses })
}

/// The lines that say something, with their numbers; blank ones part paragraphs.
fn cut<'t>(text: &'t str, losses: &mut Vec<Loss>) -> Vec<(usize, Line<'t>)> {
    let mut lines = Vec::new();
    let mut all = text.trim_start_matches('\u{FEFF}').lines().enumerate().map(|(at, line)| (at + 1, line)).peekable();
    if all.next_if(|(_, line)| line.trim_end() == "---").is_some() {
        while all.next().is_some_and(|(_, line)| line.trim_end() != "---") {}
    }
    while let Some((at, line)) = all.next() {
        let text = line.trim();
        let is_rule = text.len() >= 3 && text.chars().all(|c| matches!(c, '-' | '=' | '*' | '_'));
        if text.is_empty() || is_rule || (text.starts_with("<!--") && text.ends_with("-->")) {
            continue;
        }
        if text.starts_with("```") {
            losses.push(Loss::foreign("code blocks", at));
            while all.next().is_some_and(|(_, line)| !line.trim().starts_with("```")) {}
            continue;
        }
        let level = text.len() - text.trim_start_matches('#').len();
        let rest = &text[level..];
        let line = if (1..=6).contains(&level) && (rest.is_empty() || rest.starts_with([' ', '\t'])) {
            Line::Heading(level, rest.trim().trim_end_matches('#').trim_end())
        } else {
            match without_bullet(text) {
                Some(item) => Line::Item(indent(line), item),
                None if matches!(text, "-" | "*" | "+") => Line::Item(indent(line), ""),
                None => Line::Text(line),
            }
        };
        lines.push((at, line));
    }
    lines
}

/// How far a line is indented; a tab counts as four spaces.
fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// How deep each item is in its list.
fn depths(lines: &[(usize, Line<'_>)]) -> Vec<usize> {
    let mut open: Vec<usize> = Vec::new();
    let of = |(_, line): &(usize, Line<'_>)| match line {
        Line::Item(indent, _) => {
            while open.last().is_some_and(|above| above >= indent) {
                open.pop();
            }
            open.push(*indent);
            open.len() - 1
        }
        Line::Heading(..) => {
            open.clear();
            0
        }
        Line::Text(_) => 0,
    };
    lines.iter().map(of).collect()
}

/// How an outline is made.
struct Shape {
    has_title: bool,
    /// The level of the headings of stages, if there are any.
    stage_level: Option<usize>,
    /// Whether the first level of the list are stages.
    nested: bool,
}

/// A touchpoint that more may be said of.
struct Open {
    touchpoint: Touchpoint,
    lane: String,
}

struct Reader {
    draft: Draft,
    losses: Vec<Loss>,
    shape: Shape,
    stage: Option<usize>,
    /// The step whose heading was the last.
    step: Option<StepId>,
    open: Option<Open>,
}

impl Reader {
    fn line(&mut self, at: usize, line: Line<'_>, depth: usize) {
        match line {
            Line::Heading(level, text) => self.heading(level, &decoded(text)),
            Line::Item(_, text) => match depth.checked_sub(usize::from(self.shape.nested)) {
                None => self.start_stage(&decoded(text)),
                Some(0) => self.item(text),
                Some(_) => self.detail(at, text),
            },
            Line::Text(text) => self.text(at, &decoded(text)),
        }
    }

    fn heading(&mut self, level: usize, text: &str) {
        self.close();
        match self.shape.stage_level {
            _ if self.shape.has_title && level == 1 => text.clone_into(&mut self.draft.map.title),
            Some(stage) if level > stage => {
                let stage = self.stage.unwrap_or_else(|| self.draft.stage(""));
                self.stage = Some(stage);
                self.step = Some(self.draft.step(stage, text));
            }
            _ => self.start_stage(text),
        }
    }

    fn start_stage(&mut self, text: &str) {
        self.close();
        self.stage = Some(self.draft.stage(text));
        self.step = None;
    }

    /// A touchpoint, or an annotation of the step.
    fn item(&mut self, text: &str) {
        self.close();
        let stage = self.stage.unwrap_or_else(|| self.draft.stage(""));
        self.stage = Some(stage);
        if let Some((kind, text)) = said(text).and_then(|(field, text)| Some((field.annotation()?, text))) {
            let id = self.step.clone().unwrap_or_else(|| self.draft.last_step(stage));
            if let Some(step) = self.draft.step_mut(stage, &id) {
                step.annotations.push(Annotation::new(kind, decoded(text)));
            }
            return;
        }
        let step = self.step.clone().unwrap_or_else(|| self.draft.step(stage, ""));
        let touchpoint = Touchpoint::new("", step, decoded(text));
        self.open = Some(Open { touchpoint, lane: LaneKind::Touchpoints.name().to_owned() });
    }

    /// Something more of the touchpoint above.
    fn detail(&mut self, at: usize, text: &str) {
        let Some(open) = &mut self.open else {
            self.losses.push(Loss::foreign("items below no touchpoint", at));
            return;
        };
        let t = &mut open.touchpoint;
        match said(text) {
            Some((Field::Lane, text)) => open.lane = decoded(text),
            Some((field, text)) if !field.is_place() => {
                let text = decoded(text);
                if let Some(kind) = field.annotation() {
                    t.annotations.push(Annotation::new(kind, text));
                } else if field.put(t, &text).is_err() {
                    self.losses.push(Loss::foreign("lines that do not say what their name promises", at));
                }
            }
            _ => add(&mut t.notes, &decoded(text)),
        }
    }

    /// A paragraph: notes of what it stands below.
    fn text(&mut self, at: usize, text: &str) {
        match &mut self.open {
            Some(open) => add(&mut open.touchpoint.notes, text),
            None if self.stage.is_none() => add(&mut self.draft.map.subtitle, text),
            None => self.losses.push(Loss::foreign("paragraphs", at)),
        }
    }

    /// Nothing more is said of the open touchpoint.
    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            let lane = self.draft.lane(&open.lane, LaneKind::Touchpoints);
            self.draft.touchpoint(lane, open.touchpoint);
        }
    }
}

/// Puts a line below what is there.
fn add(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

/// `text` as people read it: without backslashes before signs and marks of bold letters, `<br>` as a line break.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim();
    while let Some(at) = rest.find(['\\', '<', '*']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let next = rest[1..].chars().next();
        match next {
            Some(c) if rest.starts_with('\\') && (c.is_ascii_punctuation() || BULLETS.contains(c)) => {
                out.push(c);
                rest = &rest[1 + c.len_utf8()..];
            }
            _ if rest.starts_with("**") => rest = &rest[2..],
            _ => match ["<br>", "<br/>", "<br />"].iter().find(|tag| rest.starts_with(**tag)) {
                Some(tag) => {
                    out.push('\n');
                    rest = &rest[tag.len()..];
                }
                None => {
                    out.push_str(&rest[..1]);
                    rest = &rest[1..];
                }
            },
        }
    }
    out.push_str(rest);
    out.trim().to_owned()
}
