//! The long form to a map.

use std::collections::HashMap;

use super::cells::{Row, Table};
use super::fields::Headings;
use crate::exchange::draft::{Draft, folded, kind_called};
use crate::exchange::field::Field;
use crate::exchange::format::Import;
use crate::exchange::loss::{Loss, Part, Place};
use crate::file::FileProblem;
use crate::model::{Annotation, AnnotationKind, LaneKind, StepId, Touchpoint};

/// More problems are not told.
const MOST_PROBLEMS: usize = 20;

/// Reads the rows below the headings.
pub(super) fn read(table: &Table<'_>, headings: &Headings) -> Result<Import, Vec<FileProblem>> {
    let mut reader = Reader {
        table,
        headings,
        draft: Draft::default(),
        losses: Vec::new(),
        problems: Vec::new(),
        stage_of: HashMap::new(),
        step_of: HashMap::new(),
        last_stage: None,
    };
    for column in headings.unknown() {
        let heading = table.rows[0].text(column);
        let is_used = table.rows[1..].iter().any(|row| !row.text(column).is_empty());
        if is_used {
            let place =
                Place::Named("column", if heading.is_empty() { (column + 1).to_string() } else { heading.into() });
            reader.losses.push(Loss::dropped(Part::Foreign("columns that a map does not know".into()), place));
        }
    }
    for row in &table.rows[1..] {
        reader.row(row);
    }
    if reader.problems.is_empty() {
        Ok(Import { map: reader.draft.finish(), losses: reader.losses })
    } else {
        Err(reader.problems)
    }
}

struct Reader<'t> {
    table: &'t Table<'t>,
    headings: &'t Headings,
    draft: Draft,
    losses: Vec<Loss>,
    problems: Vec<FileProblem>,
    stage_of: HashMap<String, usize>,
    step_of: HashMap<(usize, String), StepId>,
    last_stage: Option<usize>,
}

impl<'t> Reader<'t> {
    fn get(&self, row: &'t Row, field: Field) -> &'t str {
        self.headings.column(field).map_or("", |column| row.text(column))
    }

    fn wrong(&mut self, row: &Row, field: Field, message: String, help: &str) {
        self.wrong_at(row, self.headings.column(field).unwrap_or(0), message, help);
    }

    fn wrong_at(&mut self, row: &Row, column: usize, message: String, help: &str) {
        // Each is looked up in the text from its start, which would take hours for all rows of a large file.
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(self.table.problem(row, column, message, help));
        }
    }

    fn row(&mut self, row: &'t Row) {
        if row.cells.len() > self.headings.len() && row.cells[self.headings.len()..].iter().any(|c| !c.text.is_empty())
        {
            let help = "put a cell that holds the delimiter in quotes, or give the column a heading";
            self.wrong_at(row, self.headings.len(), "this row has more cells than there are headings".into(), help);
            return;
        }
        let lane = self.get(row, Field::Lane);
        let places = [Field::Stage, Field::Step, Field::Column];
        let is_placed = places.into_iter().any(|field| !self.get(row, field).is_empty()) || self.last_stage.is_some();
        let title = self.get(row, Field::Title);
        let is_in_a_column = places.into_iter().any(|field| !self.get(row, field).is_empty());
        if !lane.is_empty() && !is_in_a_column && self.is_bare(row) {
            self.draft.lane(lane, LaneKind::Touchpoints);
            return;
        }
        if !is_placed {
            self.wrong(row, Field::Stage, "the first row names no stage".into(), "name the stage of each row");
            return;
        }
        let (stage, step) = self.place(row);
        if let Some(kind) = kind_called(lane).annotation().filter(|_| !title.is_empty()) {
            self.hang(stage, &step, kind, title);
            return;
        }
        let touchpoint = self.touchpoint(row, &step);
        let annotations = self.annotations(row);
        match touchpoint {
            Some(mut touchpoint) => {
                touchpoint.annotations = annotations;
                let lane = if lane.is_empty() {
                    self.draft.plain_lane()
                } else {
                    self.draft.lane(lane, LaneKind::Touchpoints)
                };
                self.draft.touchpoint(lane, touchpoint);
            }
            None => {
                if let Some(step) = self.draft.step_mut(stage, &step) {
                    step.annotations.extend(annotations);
                }
                if !lane.is_empty() {
                    self.draft.lane(lane, LaneKind::Touchpoints);
                }
            }
        }
    }

    /// Whether nothing but places stands in the row.
    fn is_bare(&self, row: &'t Row) -> bool {
        Field::ALL.iter().all(|field| field.is_place() || self.get(row, *field).is_empty())
    }

    fn hang(&mut self, stage: usize, step: &StepId, kind: AnnotationKind, text: &str) {
        if let Some(step) = self.draft.step_mut(stage, step) {
            step.annotations.push(Annotation::new(kind, text));
        }
    }

    /// Stage and step of a row; an empty stage is that of the row above, as in merged cells.
    fn place(&mut self, row: &'t Row) -> (usize, StepId) {
        let name = self.get(row, Field::Stage);
        let known = self.stage_of.get(&folded(name)).copied();
        let stage = match (known, self.last_stage) {
            (_, Some(last)) if name.is_empty() => last,
            (Some(known), _) => known,
            _ => {
                let stage = self.draft.stage(name);
                self.stage_of.insert(folded(name), stage);
                stage
            }
        };
        self.last_stage = Some(stage);
        let (phase, words) = (self.get(row, Field::Phase), self.get(row, Field::StageWords));
        for (text, of) in [(phase, true), (words, false)] {
            let stage = self.draft.stage_mut(stage);
            let kept = if of { &mut stage.phase } else { &mut stage.words };
            if kept.is_empty() {
                text.clone_into(kept);
            }
        }
        let (number, step) = (self.get(row, Field::Column), self.get(row, Field::Step));
        let key = if number.is_empty() { folded(step) } else { format!("\n{number}") };
        let id = match self.step_of.get(&(stage, key.clone())) {
            Some(id) => id.clone(),
            None => {
                let id = self.draft.step(stage, step);
                self.step_of.insert((stage, key), id.clone());
                id
            }
        };
        (stage, id)
    }

    /// The touchpoint of a row, if it says anything of one.
    fn touchpoint(&mut self, row: &'t Row, step: &StepId) -> Option<Touchpoint> {
        let of_touchpoint = |field: &&Field| !field.is_place() && field.annotation().is_none();
        let says = |field: &&Field| of_touchpoint(field) && !self.get(row, **field).is_empty();
        Field::ALL.iter().find(says)?;
        let mut touchpoint = Touchpoint::new("", step.clone(), "");
        for field in Field::ALL.iter().filter(of_touchpoint) {
            let text = self.get(row, *field);
            if let Err(help) = field.put(&mut touchpoint, text) {
                let shown: String = text.chars().take(30).map(|c| if c.is_control() { ' ' } else { c }).collect();
                let message = format!("{shown:?} does not belong into the column {:?}", field.heading());
                self.wrong(row, *field, message, help);
            }
        }
        Some(touchpoint)
    }

    fn annotations(&self, row: &'t Row) -> Vec<Annotation> {
        Field::ALL.iter().flat_map(|field| field.annotations(self.get(row, *field))).collect()
    }
}
