//! Finds the place of each text of a table.

use std::collections::VecDeque;

use super::paste::{
    Anchor, Column, ListInto, MOST_ACROSS, Options, Overflow, Place, Plan, PlanError, Planned, Row, StagePlace, Thing,
};
use super::table::{Split, Table};
use crate::model::{Emotion, JourneyMap, Lane, LaneKind};

/// A plan in the making.
pub struct Planner<'a> {
    map: &'a JourneyMap,
    anchor: &'a Anchor,
    options: Options,
    plan: Plan,
}

impl<'a> Planner<'a> {
    /// A planner that has nothing yet; what is not possible on `map` is left out of `options`.
    pub fn new(map: &'a JourneyMap, anchor: &'a Anchor, options: Options) -> Self {
        Self { map, anchor, options: options.allowed(map), plan: Plan::default() }
    }

    /// Finds the place of each text.
    pub fn plan(mut self, table: &Table) -> Result<Plan, PlanError> {
        if self.options.split == Split::Lines {
            self.list(table)?;
        } else {
            self.table(table)?;
        }
        self.finish();
        Ok(self.plan)
    }

    fn list(&mut self, table: &Table) -> Result<(), PlanError> {
        let row = self.anchor_row()?;
        let texts: Vec<&String> = table.rows.iter().flatten().filter(|text| !text.is_empty()).collect();
        let wanted = if self.options.list == ListInto::Stack { 1 } else { texts.len() };
        let columns = self.unnamed_columns(wanted.min(MOST_ACROSS))?;
        for (at, text) in texts.into_iter().enumerate() {
            let column = columns[at.min(columns.len() - 1)];
            self.put(text, column, row);
        }
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), PlanError> {
        let (top, left) = (usize::from(self.options.first_row), usize::from(self.options.first_column));
        let (width, height) = (table.width(), table.rows.len());
        if width <= left || height <= top {
            return Err(PlanError::Empty);
        }
        let columns = if self.options.first_row {
            let names: Vec<&str> = (left..width).map(|column| table.cell(0, column)).collect();
            self.named_columns(&names)?
        } else {
            self.unnamed_columns(width - left)?
        };
        let rows = if self.options.first_column {
            let names: Vec<&str> = (top..height).map(|row| table.cell(row, 0)).collect();
            self.named_rows(&names)?
        } else {
            self.unnamed_rows(height - top)?
        };
        for row in top..height {
            for column in left..width {
                self.put(table.cell(row, column), columns[column - left], rows[row - top]);
            }
        }
        Ok(())
    }

    fn put(&mut self, text: &str, column: usize, row: usize) {
        if text.is_empty() {
            return;
        }
        let kind = self.kind_of(row);
        let thing = match (kind, kind.annotation()) {
            (_, Some(kind)) => Thing::Annotation(kind),
            (LaneKind::Emotion, _) => emotion(text).map_or(Thing::Nothing, Thing::Emotion),
            (LaneKind::Channels, _) => Thing::Channels,
            (LaneKind::Pictures | LaneKind::Metrics, _) => Thing::Nothing,
            _ => Thing::Touchpoint,
        };
        self.plan.planned.push(Planned { text: text.to_owned(), column, row, thing });
    }

    fn kind_of(&self, row: usize) -> LaneKind {
        match &self.plan.rows[row] {
            Row::Existing(id) => self.map.lane(id).map_or(LaneKind::Touchpoints, |lane| lane.kind),
            Row::New(at) => self.plan.lanes[*at].1,
        }
    }

    /// The number of `column` in the plan, which gets it if it has it not.
    fn column(&mut self, column: Column) -> usize {
        let known = column.step.is_some().then(|| self.plan.columns.iter().position(|c| *c == column)).flatten();
        known.unwrap_or_else(|| {
            self.plan.columns.push(column);
            self.plan.columns.len() - 1
        })
    }

    /// The number of `row` in the plan, which gets it if it has it not.
    fn row(&mut self, row: Row) -> usize {
        self.plan.rows.iter().position(|r| *r == row).unwrap_or_else(|| {
            self.plan.rows.push(row);
            self.plan.rows.len() - 1
        })
    }

    fn new_stage(&mut self, name: &str) -> StagePlace {
        self.plan.stages.push(name.to_owned());
        StagePlace::New(self.plan.stages.len() - 1)
    }

    /// A new step in `stage`.
    fn new_step(&mut self, stage: &StagePlace) -> usize {
        self.column(Column { stage: stage.clone(), step: None })
    }

    /// The map's columns.
    fn existing(&self) -> Vec<Column> {
        let column = |(stage, step): (usize, &std::sync::Arc<crate::model::Step>)| Column {
            stage: StagePlace::Existing(self.map.stages[stage].id.clone()),
            step: Some(step.id.clone()),
        };
        self.map.steps().map(column).collect()
    }

    /// `count` columns from the selected one onward, or of one new stage.
    fn unnamed_columns(&mut self, count: usize) -> Result<Vec<usize>, PlanError> {
        let existing = self.existing();
        if existing.is_empty() || self.options.place != Place::Here {
            if self.map.locked {
                return Err(PlanError::Locked);
            }
            let stage = self.new_stage("New stage");
            return Ok((0..count).map(|_| self.new_step(&stage)).collect());
        }
        let start = existing.iter().position(|c| c.step == self.anchor.step).unwrap_or(0);
        let last = existing[existing.len() - 1].clone();
        let columns = (start..start + count).map(|at| match existing.get(at) {
            Some(column) => self.column(column.clone()),
            None if self.options.overflow == Overflow::NewSteps => self.new_step(&last.stage),
            None => self.column(last.clone()),
        });
        Ok(columns.collect())
    }

    /// A column for each of `names`; an empty name, or the same again, belongs to the stage before it.
    fn named_columns(&mut self, names: &[&str]) -> Result<Vec<usize>, PlanError> {
        let mut columns = Vec::with_capacity(names.len());
        let mut stage: Option<(StagePlace, VecDeque<Column>)> = None;
        let mut last = "";
        for name in names {
            let goes_on = name.is_empty() || same(name, last);
            let (place, mut free) = match stage.take() {
                Some(stage) if goes_on => stage,
                _ => self.stage_called(name)?,
            };
            last = if name.is_empty() { last } else { name };
            let stays = self.map.locked && free.len() == 1;
            let next = if stays { free.front().cloned() } else { free.pop_front() };
            columns.push(match next {
                Some(column) => self.column(column),
                None => self.new_step(&place),
            });
            stage = Some((place, free));
        }
        Ok(columns)
    }

    /// The stage called `name` with its columns, or a new one.
    fn stage_called(&mut self, name: &str) -> Result<(StagePlace, VecDeque<Column>), PlanError> {
        let existing = self.existing();
        let named = self.map.stages.iter().find(|s| same(&s.name, name) && self.options.place == Place::Here);
        if let Some(stage) = named {
            let place = StagePlace::Existing(stage.id.clone());
            let columns = existing.into_iter().filter(|c| c.stage == place).collect();
            return Ok((place, columns));
        }
        if self.map.locked {
            let last = existing.last().ok_or(PlanError::Locked)?;
            return Ok((last.stage.clone(), VecDeque::from([last.clone()])));
        }
        Ok((self.new_stage(name), VecDeque::new()))
    }

    /// The row of the selected lane, or of the first one that holds touchpoints.
    fn anchor_row(&mut self) -> Result<usize, PlanError> {
        let takes = |lane: &&Lane| lane.kind.takes_words();
        let selected = self.anchor.lane.as_ref().and_then(|id| self.map.lane(id)).map(|l| &**l).filter(takes);
        let first = || self.map.lanes.iter().map(|l| &**l).find(|l| l.kind == LaneKind::Touchpoints);
        match selected.or_else(first) {
            Some(lane) => Ok(self.row(Row::Existing(lane.id.clone()))),
            None => self.new_lane(LaneKind::Touchpoints.name()),
        }
    }

    fn new_lane(&mut self, name: &str) -> Result<usize, PlanError> {
        if self.map.locked {
            return Err(PlanError::Locked);
        }
        let kind = LaneKind::ALL.into_iter().find(|kind| same(kind.name(), name)).unwrap_or_default();
        self.plan.lanes.push((name.to_owned(), kind));
        Ok(self.row(Row::New(self.plan.lanes.len() - 1)))
    }

    /// `count` rows from the selected one downward; where touchpoint lanes run out, the rest goes into the last.
    fn unnamed_rows(&mut self, count: usize) -> Result<Vec<usize>, PlanError> {
        let first = self.anchor_row()?;
        let below = match &self.plan.rows[first] {
            Row::Existing(id) if self.kind_of(first) == LaneKind::Touchpoints => {
                let from = self.map.lanes.iter().skip_while(|lane| lane.id != *id);
                from.filter(|lane| lane.kind == LaneKind::Touchpoints).map(|lane| lane.id.clone()).collect()
            }
            _ => Vec::new(),
        };
        let at = |at: usize| below.get(at.min(below.len().saturating_sub(1))).cloned();
        Ok((0..count).map(|n| at(n).map_or(first, |id| self.row(Row::Existing(id)))).collect())
    }

    /// A row for each of `names`; an empty name belongs to the lane above it.
    fn named_rows(&mut self, names: &[&str]) -> Result<Vec<usize>, PlanError> {
        let mut rows: Vec<usize> = Vec::with_capacity(names.len());
        for name in names {
            let new = self.plan.lanes.iter().position(|(new, _)| same(new, name));
            let row = match (self.map.lanes.iter().find(|lane| same(&lane.name, name)), new, rows.last()) {
                (_, _, above) if name.is_empty() => above.map_or_else(|| self.anchor_row(), |row| Ok(*row))?,
                (Some(lane), _, _) => self.row(Row::Existing(lane.id.clone())),
                (_, Some(new), _) => self.row(Row::New(new)),
                _ if self.map.locked => self.anchor_row()?,
                _ => self.new_lane(name)?,
            };
            rows.push(row);
        }
        Ok(rows)
    }

    /// Puts columns and rows in the order of the map, and says which emotions have nothing to hang on.
    fn finish(&mut self) {
        self.plan.drop_stages = self.options.place == Place::Replace;
        if self.plan.drop_stages && self.options.first_column {
            let stays = |lane: &Lane| self.plan.rows.contains(&Row::Existing(lane.id.clone()));
            let spare = self.map.lanes.iter().filter(|l| l.kind == LaneKind::Touchpoints && !stays(l));
            self.plan.drop_lanes = spare.map(|lane| lane.id.clone()).collect();
        }
        self.drop_empty();
        let columns = sorted(&self.plan.columns, |column| self.column_order(column));
        let rows = sorted(&self.plan.rows, |row| match row {
            Row::Existing(id) => self.map.lanes.iter().position(|l| l.id == *id).unwrap_or(0),
            Row::New(at) => self.map.lanes.len() + at,
        });
        self.plan.columns = columns.iter().map(|at| self.plan.columns[*at].clone()).collect();
        self.plan.rows = rows.iter().map(|at| self.plan.rows[*at].clone()).collect();
        let place = |order: &[usize], old: usize| order.iter().position(|at| *at == old).unwrap_or(0);
        for planned in &mut self.plan.planned {
            planned.column = place(&columns, planned.column);
            planned.row = place(&rows, planned.row);
        }
        self.check_emotions();
    }

    /// Leaves out lanes of the map in which nothing lands; new ones are made even when empty.
    fn drop_empty(&mut self) {
        let plan = &mut self.plan;
        let taken = |row: usize| plan.planned.iter().any(|p| p.row == row);
        let keep: Vec<usize> =
            (0..plan.rows.len()).filter(|row| matches!(plan.rows[*row], Row::New(_)) || taken(*row)).collect();
        plan.rows = keep.iter().map(|at| plan.rows[*at].clone()).collect();
        for planned in &mut plan.planned {
            planned.row = keep.iter().position(|at| *at == planned.row).unwrap_or(0);
        }
    }

    fn column_order(&self, column: &Column) -> (usize, usize) {
        let stage = match &column.stage {
            StagePlace::Existing(id) => self.map.stages.iter().position(|s| s.id == *id).unwrap_or(0),
            StagePlace::New(at) => self.map.stages.len() + at,
        };
        let step = self.map.steps().position(|(_, step)| Some(&step.id) == column.step.as_ref());
        (stage, step.unwrap_or(usize::MAX))
    }

    fn check_emotions(&mut self) {
        let mut holds: Vec<bool> = self.plan.columns.iter().map(|column| self.holds_touchpoint(column)).collect();
        for planned in self.plan.planned.iter().filter(|p| p.thing == Thing::Touchpoint) {
            holds[planned.column] = true;
        }
        for planned in &mut self.plan.planned {
            if matches!(planned.thing, Thing::Emotion(_) | Thing::Channels) && !holds[planned.column] {
                planned.thing = Thing::Nothing;
            }
        }
    }

    fn holds_touchpoint(&self, column: &Column) -> bool {
        let Some(step) = &column.step else { return false };
        self.map.lanes.iter().any(|lane| lane.cell(step).next().is_some())
    }
}

/// The places of `items` in the order of `key`; equal ones stay as they are.
fn sorted<T, K: Ord>(items: &[T], key: impl Fn(&T) -> K) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|at| key(&items[*at]));
    order
}

/// Whether two names are the same for a person.
fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// A number from −5 to 5, with any minus sign.
fn emotion(text: &str) -> Option<Emotion> {
    let plain = text.trim().replace(['\u{2212}', '\u{2013}'], "-");
    plain.parse::<i64>().ok().and_then(|number| Emotion::try_from(number).ok())
}
