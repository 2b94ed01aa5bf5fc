//! What the columns of the long form hold.

use super::cells::{Row, Table};
use crate::exchange::draft::folded;
use crate::exchange::field::Field;
use crate::exchange::format::Columns;
use crate::file::FileProblem;

/// What the columns of a table hold.
#[derive(Debug)]
pub(super) struct Headings {
    fields: Vec<Option<Field>>,
    /// Which column each field stands in.
    column_of: Vec<Option<usize>>,
}

impl Headings {
    /// What the first row says, or what somebody says of it.
    pub fn of(table: &Table<'_>, columns: &Columns) -> Result<Self, FileProblem> {
        let Some(head) = table.rows.first() else { return Ok(Self { fields: Vec::new(), column_of: Vec::new() }) };
        let mut fields: Vec<Option<Field>> = head.cells.iter().map(|cell| Field::called(&cell.text)).collect();
        match columns {
            Columns::Guessed => {}
            Columns::Named(named) => {
                for (name, heading) in named {
                    name_column(table, head, &mut fields, (name, heading))?;
                }
            }
            Columns::Chosen(chosen) => {
                let of = |at| chosen.get(at).copied().flatten();
                return Ok(Self::with((0..head.cells.len()).map(of).collect()));
            }
        }
        // Where phases stand and no stages, they are the stages.
        let has = |fields: &[Option<Field>], field| fields.contains(&Some(field));
        if !has(&fields, Field::Stage) {
            fields.iter_mut().filter(|own| **own == Some(Field::Phase)).for_each(|own| *own = Some(Field::Stage));
        }
        Ok(Self::with(fields))
    }

    fn with(fields: Vec<Option<Field>>) -> Self {
        let column_of = Field::ALL.iter().map(|field| fields.iter().position(|own| *own == Some(*field))).collect();
        Self { fields, column_of }
    }

    /// What each column is read as; nothing where an earlier one is read as the same.
    pub fn fields(&self) -> Vec<Option<Field>> {
        let first = |(at, field): (usize, &Option<Field>)| field.filter(|field| self.column(*field) == Some(at));
        self.fields.iter().enumerate().map(first).collect()
    }

    /// What is missing for a table in long form.
    pub fn missing(&self) -> Option<FileProblem> {
        let has = |fields: [Field; 2]| fields.into_iter().any(|field| self.column(field).is_some());
        let (what, help) = match (has([Field::Stage, Field::Step]), has([Field::Title, Field::Notes])) {
            (true, true) => return None,
            (false, _) => ("no column is read as stage", "say which column holds the stage of a touchpoint"),
            (true, false) => (
                "no column is read as title",
                "say which column holds the title of a touchpoint; answers to a survey become metrics by `Import survey answers…` or `rihla measure`",
            ),
        };
        Some(FileProblem::whole(what, help))
    }

    /// The column of a field.
    pub fn column(&self, field: Field) -> Option<usize> {
        let at = Field::ALL.iter().position(|own| *own == field)?;
        self.column_of.get(at).copied().flatten()
    }

    /// The number of columns.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// The columns that hold nothing that a map knows, or something that an earlier column holds.
    pub fn unknown(&self) -> impl Iterator<Item = usize> + '_ {
        let is_unknown = |at: &usize| self.fields[*at].is_none_or(|field| self.column(field) != Some(*at));
        (0..self.fields.len()).filter(is_unknown)
    }
}

/// What is said instead of a field where a column is not to be read.
const IGNORE: &str = "ignore";

/// Lets the column with this heading, or this number behind a `#`, hold the field of this name.
fn name_column(
    table: &Table<'_>,
    head: &Row,
    fields: &mut [Option<Field>],
    (name, heading): (&str, &str),
) -> Result<(), FileProblem> {
    let field = Field::called(name);
    if field.is_none() && folded(name) != IGNORE {
        let known: Vec<&str> = Field::ALL.iter().map(|field| field.heading()).collect();
        return Err(FileProblem::whole(
            format!("{name:?} is no field of a touchpoint"),
            format!("fields are {}; {IGNORE} leaves a column out", known.join(", ")),
        ));
    }
    let called = head.cells.iter().position(|cell| folded(&cell.text) == folded(heading));
    let numbered = || heading.strip_prefix('#')?.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < fields.len());
    let Some(at) = called.or_else(numbered) else {
        let known: Vec<&str> = head.cells.iter().map(|cell| cell.text.as_str()).collect();
        let help = format!("its columns are {}; one without a name is #1, #2 …", known.join(", "));
        return Err(table.problem(head, 0, format!("the table has no column {heading:?}"), &help));
    };
    if field.is_some() {
        fields.iter_mut().filter(|own| **own == field).for_each(|own| *own = None);
    }
    fields[at] = field;
    Ok(())
}
