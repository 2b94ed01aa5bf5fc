//! A matrix to a map: stages across, lanes down, each line of a cell a touchpoint.

use super::cells::{Row, Table};
use super::lines;
use crate::exchange::draft::{Draft, folded, kind_called};
use crate::exchange::field::{emotion, names};
use crate::exchange::format::Import;
use crate::exchange::loss::{Loss, Part};
use crate::file::FileProblem;
use crate::model::{Annotation, AnnotationKind, Emotion, LaneKind, StepId, Touchpoint};

/// What the first cell of a row of steps may say.
pub(super) const STEP_ROW: [&str; 7] = ["step", "steps", "substage", "žingsnis", "گام", "الخطوة", "خطوة"];
/// More columns are refused: each row is looked at in each.
const MOST_COLUMNS: usize = 2000;

/// Reads the rows: the first names stages, a second one may name steps, the others are lanes.
pub(super) fn read(table: &Table<'_>) -> Result<Import, FileProblem> {
    let head = &table.rows[0];
    let width = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    if width < 2 && folded(head.text(0)) != "stage" {
        let help = "a matrix has stages in the first row and lanes in the first column; a table in long form has \
                    columns called stage and title";
        return Err(table.problem(head, 0, "this table has one column only".into(), help));
    }
    if width > MOST_COLUMNS {
        let help = "no map is that wide; is it the right file?";
        return Err(table.problem(head, 0, format!("this table has more than {MOST_COLUMNS} columns"), help));
    }
    let steps = table.rows.get(1).filter(|row| STEP_ROW.contains(&folded(row.text(0)).as_str()));
    let mut reader = Reader { draft: Draft::default(), columns: Vec::new(), losses: Vec::new() };
    reader.columns(head, steps, width);
    let below = 1 + usize::from(steps.is_some());
    for row in &table.rows[below..] {
        reader.lane(row);
    }
    Ok(reader.finish())
}

/// A column: its step and what lands in it.
struct Column {
    stage: usize,
    step: StepId,
    /// Lane by lane, from top to bottom.
    touchpoints: Vec<(usize, Touchpoint)>,
    /// Emotion and channels of the touchpoints, in the same order, with the line of the file.
    emotions: Vec<(Option<Emotion>, usize)>,
    channels: Vec<(Vec<String>, usize)>,
    annotations: Vec<Annotation>,
}

struct Reader {
    draft: Draft,
    columns: Vec<Column>,
    losses: Vec<Loss>,
}

impl Reader {
    fn columns(&mut self, head: &Row, steps: Option<&Row>, width: usize) {
        let mut stage = None;
        for column in 1..width {
            let (name, step) = (head.text(column), steps.map_or("", |row| row.text(column)));
            // An empty heading goes on with the stage before it, as in merged cells.
            let at = match stage {
                Some(stage) if name.is_empty() => stage,
                _ => self.draft.stage(name),
            };
            stage = Some(at);
            let step = self.draft.step(at, step);
            self.columns.push(Column {
                stage: at,
                step,
                touchpoints: Vec::new(),
                emotions: Vec::new(),
                channels: Vec::new(),
                annotations: Vec::new(),
            });
        }
    }

    fn lane(&mut self, row: &Row) {
        let name = row.text(0);
        let kind = kind_called(name);
        let name = if name.is_empty() { kind.name() } else { name };
        let lane = self.draft.lane(name, kind);
        for at in 0..self.columns.len() {
            let cell = row.text(at + 1);
            if cell.is_empty() {
                continue;
            }
            match (kind, kind.annotation()) {
                (_, Some(kind)) => self.annotations(at, cell, kind),
                (LaneKind::Emotion, _) => self.emotions(at, cell, row.line),
                (LaneKind::Channels, _) => {
                    let all = lines(cell).map(|line| (names(line).map(str::to_owned).collect(), row.line));
                    self.columns[at].channels.extend(all);
                }
                (LaneKind::Touchpoints, _) => self.touchpoints(at, cell, lane),
                _ => self.losses.push(Loss::foreign("cells of pictures and metrics", row.line)),
            }
        }
    }

    fn touchpoints(&mut self, at: usize, cell: &str, lane: usize) {
        let column = &mut self.columns[at];
        let texts = lines(cell).filter(|text| !text.is_empty());
        column.touchpoints.extend(texts.map(|text| (lane, Touchpoint::new("", column.step.clone(), text))));
    }

    fn annotations(&mut self, at: usize, cell: &str, kind: AnnotationKind) {
        let texts = lines(cell).filter(|text| !text.is_empty());
        self.columns[at].annotations.extend(texts.map(|text| Annotation::new(kind, text)));
    }

    fn emotions(&mut self, at: usize, cell: &str, line: usize) {
        for text in lines(cell) {
            let found = emotion(text);
            if found.is_none() && !matches!(text, "" | "–" | "-") {
                self.losses.push(Loss::foreign("emotions that are no number from -5 to 5", line));
            }
            self.columns[at].emotions.push((found, line));
        }
    }

    /// Gives emotions and channels to the touchpoints of their column, in order.
    fn finish(mut self) -> Import {
        for mut column in self.columns {
            for (at, (found, line)) in column.emotions.into_iter().enumerate() {
                match column.touchpoints.get_mut(at) {
                    Some((_, touchpoint)) => touchpoint.emotion = found,
                    None if found.is_some() => {
                        self.losses.push(Loss::foreign("emotions in columns without that many touchpoints", line));
                    }
                    None => {}
                }
            }
            for (at, (found, line)) in column.channels.into_iter().enumerate() {
                match column.touchpoints.get_mut(at) {
                    Some((_, touchpoint)) => touchpoint.channels = found,
                    None if !found.is_empty() => {
                        self.losses.push(Loss::foreign("channels in columns without that many touchpoints", line));
                    }
                    None => {}
                }
            }
            match column.touchpoints.first_mut() {
                Some((_, touchpoint)) => touchpoint.annotations = column.annotations,
                None => {
                    if let Some(step) = self.draft.step_mut(column.stage, &column.step) {
                        step.annotations = column.annotations;
                    }
                }
            }
            for (lane, touchpoint) in column.touchpoints {
                self.draft.touchpoint(lane, touchpoint);
            }
        }
        debug_assert!(self.losses.iter().all(|loss| matches!(loss.part, Part::Foreign(_))));
        Import { map: self.draft.finish(), losses: self.losses }
    }
}
