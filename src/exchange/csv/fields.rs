//! What the columns of the long form hold.

use super::cells::Table;
use crate::exchange::draft::folded;
use crate::exchange::field::Field;
use crate::file::FileProblem;

/// What the columns of a table hold.
#[derive(Debug)]
pub(super) struct Headings {
    fields: Vec<Option<Field>>,
    /// Which column each field stands in.
    column_of: Vec<Option<usize>>,
}

impl Headings {
    /// What the first row says; `columns` are fields with the headings that stand for them.
    pub fn of(table: &Table<'_>, columns: &[(String, String)]) -> Result<Self, FileProblem> {
        let Some(head) = table.rows.first() else { return Ok(Self { fields: Vec::new(), column_of: Vec::new() }) };
        let mut fields: Vec<Option<Field>> = head.cells.iter().map(|cell| Field::called(&cell.text)).collect();
        for (name, heading) in columns {
            let Some(field) = Field::called(name) else {
                let known: Vec<&str> = Field::ALL.iter().map(|field| field.heading()).collect();
                return Err(FileProblem::whole(
                    format!("{name:?} is no field of a touchpoint"),
                    format!("fields are {}", known.join(", ")),
                ));
            };
            let Some(at) = head.cells.iter().position(|cell| folded(&cell.text) == folded(heading)) else {
                let known: Vec<&str> = head.cells.iter().map(|cell| cell.text.as_str()).collect();
                let help = format!("its columns are {}", known.join(", "));
                return Err(table.problem(head, 0, format!("the table has no column {heading:?}"), &help));
            };
            fields.iter_mut().filter(|own| **own == Some(field)).for_each(|own| *own = None);
            fields[at] = Some(field);
        }
        // Where phases stand and no stages, they are the stages.
        let has = |fields: &[Option<Field>], field| fields.contains(&Some(field));
        if !has(&fields, Field::Stage) {
            fields.iter_mut().filter(|own| **own == Some(Field::Phase)).for_each(|own| *own = Some(Field::Stage));
        }
        let column_of = Field::ALL.iter().map(|field| fields.iter().position(|own| *own == Some(*field))).collect();
        Ok(Self { fields, column_of })
    }

    /// Whether these are the headings of a long form: places and titles.
    pub fn are_long(&self) -> bool {
        let place = [Field::Stage, Field::Step].into_iter().any(|field| self.column(field).is_some());
        let text = [Field::Title, Field::Notes].into_iter().any(|field| self.column(field).is_some());
        place && text
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
