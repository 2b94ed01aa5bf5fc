//! A first look at a table: how it is cut, what its columns are called and read as, its first rows.

use std::collections::HashSet;

use super::cells::{Row, Table};
use super::fields::Headings;
use crate::exchange::field::{Field, emotion};
use crate::exchange::format::{MapFormat, Reading};
use crate::file::FileProblem;
use crate::measure::{Delimiter, Encoding};
use crate::model::Emotion;

/// What a table looks like before a map is made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableLook {
    /// [`MapFormat::Long`] or [`MapFormat::Matrix`].
    pub form: MapFormat,
    /// How it writes its letters.
    pub encoding: Encoding,
    /// What parts its cells.
    pub delimiter: Delimiter,
    /// The first cells of its first row: the columns that are shown.
    pub headings: Vec<String>,
    /// What each column, also of those that are not shown, is read as in long form; nothing where it is not read.
    pub fields: Vec<Option<Field>>,
    /// The first rows below the headings.
    pub rows: Vec<Vec<String>>,
    /// How many rows there are below the headings.
    pub count: usize,
    /// Whether nothing of this was a guess: the headings name fields, or the first cell what stands across or down.
    pub is_plain: bool,
}

/// How many rows are shown.
const SHOWN: usize = 8;
/// No more columns are shown than make sense in long form; a matrix may be wider.
const MOST_COLUMNS: usize = 60;

/// Looks at a table that was written in this encoding.
///
/// # Errors
/// When the text is no table, or has no such columns as `reading` names.
pub(in crate::exchange) fn look(text: &str, reading: &Reading, encoding: Encoding) -> Result<TableLook, FileProblem> {
    let table = Table::read(text, reading.delimiter)?;
    let headings = Headings::of(&table, &reading.columns)?;
    let form = super::form(&headings, reading);
    let texts = |row: &Row| row.cells.iter().take(MOST_COLUMNS).map(|cell| cell.text.clone()).collect::<Vec<_>>();
    let first = table.rows[0].text(0);
    let names_sides = matches!(Field::called(first), Some(Field::Stage | Field::Lane | Field::Phase));
    Ok(TableLook {
        form,
        encoding,
        delimiter: table.delimiter,
        headings: texts(&table.rows[0]),
        fields: headings.fields(),
        rows: table.rows.iter().skip(1).take(SHOWN).map(texts).collect(),
        count: table.rows.len() - 1,
        is_plain: form == MapFormat::Long || first.is_empty() || names_sides,
    })
}

impl TableLook {
    /// What the columns are likely to hold where no heading says so and the first one names things again and again, as
    /// stages before touchpoints are: for somebody to look at.
    pub fn suggestion(&self) -> Option<Vec<Option<Field>>> {
        let first: Vec<&str> = self.column(0).filter(|text| !text.is_empty()).collect();
        let distinct: HashSet<&str> = first.iter().copied().collect();
        if self.is_plain || self.headings.len() < 2 || distinct.len() == first.len() {
            return None;
        }
        let mut fields = self.fields.clone();
        fields[0] = Some(Field::Stage);
        for at in 1..fields.len() {
            if let Some(field) = self.scale(at).filter(|field| !fields.contains(&Some(*field))) {
                fields[at] = Some(field);
            }
        }
        if !fields.contains(&Some(Field::Title)) {
            let letters = |at: &usize| self.column(*at).map(|text| text.chars().count()).sum::<usize>();
            let longest = (1..fields.len()).rev().filter(|at| fields[*at].is_none()).max_by_key(letters)?;
            fields[longest] = Some(Field::Title);
        }
        Some(fields)
    }

    /// The cells of a column that are shown.
    fn column(&self, at: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().filter_map(move |row| row.get(at)).map(String::as_str)
    }

    /// How emotions are counted in a column of small numbers.
    fn scale(&self, at: usize) -> Option<Field> {
        let cells = || self.column(at).filter(|text| !text.is_empty());
        let numbers: Vec<i8> = cells().filter_map(emotion).map(Emotion::get).collect();
        match numbers.iter().min()? {
            _ if numbers.len() < cells().count() => None,
            1.. => Some(Field::Mark),
            _ => Some(Field::Emotion),
        }
    }
}

/// How many headings of the text name a field: a sign that it is read in the right encoding.
pub(in crate::exchange) fn known_headings(text: &str) -> usize {
    let head = text.lines().next().unwrap_or_default();
    let Ok(table) = Table::read(head, None) else { return 0 };
    table.rows[0].cells.iter().filter(|cell| Field::called(&cell.text).is_some()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_are_not_shown_are_read_all_the_same() {
        let mut headings: Vec<String> = (0..MOST_COLUMNS + 10).map(|at| format!("c{at}")).collect();
        (headings[0], headings[MOST_COLUMNS + 5]) = ("stage".into(), "title".into());
        let found = look(&headings.join(","), &Reading::default(), Encoding::Utf8).unwrap();
        assert_eq!((found.headings.len(), found.fields.len()), (MOST_COLUMNS, MOST_COLUMNS + 10));
        assert_eq!(found.fields[MOST_COLUMNS + 5], Some(Field::Title));
    }
}
