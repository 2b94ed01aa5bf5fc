//! The dated values of a metric as a table, edited in place.

use std::time::{SystemTime, UNIX_EPOCH};

use egui::{Align2, FontId, Id, Sense, Ui, vec2};

use super::measures::One;
use super::parts::{Desk, add_button};
use crate::app::bars::icon_button;
use crate::app::look;
use crate::app::shapes::color32;
use crate::app::text_rows::{Edit, Reading, TextRow};
use crate::edit::{add_value, delete_value, update_value};
use crate::model::{Date, Figure, MetricId, MetricKind, Value};
use crate::text::icons;

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Date,
    Value,
    Sample,
    Low,
    High,
}

/// Between columns.
const GAP: f32 = 6.0;
/// The room for a date.
const DATE: f32 = 112.0;
/// The room for the button behind each row.
const BUTTON: f32 = 34.0;

impl Column {
    const ALL: [Self; 5] = [Self::Date, Self::Value, Self::Sample, Self::Low, Self::High];

    fn name(self) -> &'static str {
        match self {
            Self::Date => "Date",
            Self::Value => "Value",
            Self::Sample => "Sample",
            Self::Low => "Low",
            Self::High => "High",
        }
    }

    /// Its width, where that of the others is `others`.
    fn width(self, others: f32) -> f32 {
        if self == Self::Date { DATE } else { others }
    }

    fn text(self, value: &Value) -> String {
        let optional = |figure: Option<Figure>| figure.map(|f| f.to_string()).unwrap_or_default();
        match self {
            Self::Date => value.date.to_string(),
            Self::Value => value.value.to_string(),
            Self::Sample => value.sample.map(|n| n.to_string()).unwrap_or_default(),
            Self::Low => optional(value.low),
            Self::High => optional(value.high),
        }
    }

    /// The value with `text` in this column, or what is wrong with it.
    fn read(self, mut value: Value, text: &str, kind: MetricKind) -> Result<Value, String> {
        let stays = |err: &dyn std::fmt::Display| format!("{err}; the old value stays");
        let figure = |text: &str| -> Result<Figure, String> {
            let figure = text.parse::<Figure>().map_err(|err| stays(&err))?;
            on_scale(figure, kind)
        };
        let optional = |text: &str| if text.trim().is_empty() { Ok(None) } else { figure(text).map(Some) };
        match self {
            Self::Date => value.date = text.parse::<Date>().map_err(|err| stays(&err))?,
            Self::Value => value.value = figure(text)?,
            Self::Sample if text.trim().is_empty() => value.sample = None,
            Self::Sample => {
                let wrong = |_| stays(&format!("{text:?} is not a number of answers; write it as `250`"));
                value.sample = Some(text.trim().parse().map_err(wrong)?);
            }
            Self::Low => value.low = optional(text)?,
            Self::High => value.high = optional(text)?,
        }
        match (value.low, value.high) {
            (Some(low), Some(high)) if low > high => Err(stays(&format!("low ({low}) is above high ({high})"))),
            _ => Ok(value),
        }
    }
}

/// The figure, if a metric of `kind` can come to it.
pub fn on_scale(figure: Figure, kind: MetricKind) -> Result<Figure, String> {
    let (low, high) = match kind {
        MetricKind::Nps => (-100.0, 100.0),
        MetricKind::Csat => (0.0, 100.0),
        MetricKind::Ces => (1.0, 7.0),
        MetricKind::ResponseTime => (0.0, f64::MAX),
        MetricKind::Own => return Ok(figure),
    };
    if (low..=high).contains(&figure.get()) {
        return Ok(figure);
    }
    let goes = if high == f64::MAX { "starts at 0".into() } else { format!("goes from {low} to {high}") };
    Err(format!("{} {goes}, and {figure} is not on it; the old value stays", kind.name()))
}

/// Today, as UTC has it.
fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    date_of(seconds / 86_400)
}

/// The date so many days after the first of January of 1970.
fn date_of(mut days: u64) -> Date {
    let is_leap = |year: u64| (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    let mut year = 1970;
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let mut month = 1;
    for length in [31, 28 + u64::from(is_leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    let text = format!("{year:04}-{month:02}-{:02}", days + 1);
    // Written in the form that is read, so this cannot fail before the year 10000.
    text.parse().expect("a date")
}

fn place(metric: usize, at: usize, column: Column) -> Id {
    Id::unique(("value", metric, at, column.name()))
}

/// Shows the table.
pub fn rows(ui: &mut Ui, one: One<'_>, desk: &mut Desk<'_>) {
    let metric = one.metric;
    ui.spacing_mut().item_spacing.y = 4.0;
    let others = (Column::ALL.len() - 1) as f32;
    let width = ((ui.available_width() - BUTTON - DATE - GAP) / others - GAP).min(DATE);
    if !metric.values.is_empty() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            for column in Column::ALL {
                let (rect, _) = ui.allocate_exact_size(vec2(column.width(width), 18.0), Sense::hover());
                let soft = color32(look::colors(ui.ctx()).ink_soft);
                let font = FontId::proportional(12.0);
                ui.painter().text(rect.left_center(), Align2::LEFT_CENTER, column.name(), font, soft);
            }
        });
    }
    for (at, value) in metric.values.iter().enumerate() {
        row(ui, one, (at, value), width, desk);
    }
}

/// The button that adds a value.
pub fn add(ui: &mut Ui, One { at: place_of, id, metric }: One<'_>, desk: &mut Desk<'_>) {
    if add_button(ui, "Add value").clicked() {
        let value = metric.latest().map(|last| last.value).unwrap_or_else(|| first_figure(metric.kind));
        let value = Value { date: today(), value, sample: None, low: None, high: None };
        if let Some(at) = desk.edit("new value", |map| add_value(map, id, value)) {
            desk.rows.want(place(place_of, at, Column::Value));
        }
    }
}

/// A figure on the scale of `kind`, to be typed over.
fn first_figure(kind: MetricKind) -> Figure {
    if kind == MetricKind::Ces { Figure::whole(1) } else { Figure::default() }
}

fn row(ui: &mut Ui, one: One<'_>, (at, value): (usize, &Value), width: f32, desk: &mut Desk<'_>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        for column in Column::ALL {
            let width = column.width(width);
            ui.allocate_ui(vec2(width, 32.0), |ui| {
                ui.set_width(width);
                let (name, text) = (format!("{} of value {}", column.name(), at + 1), column.text(value));
                let row = TextRow {
                    id: place(one.at, at, column),
                    name: &name,
                    value: &text,
                    multiline: false,
                    label: "edit of value",
                };
                desk.read(ui, &row, reading(one.id.clone(), one.metric.kind, at, *value, column));
            });
        }
        let name = format!("Delete value {}", at + 1);
        if icon_button(ui, icons::TRASH, &name, "Delete this value", true).clicked() {
            desk.edit("deletion of value", |map| delete_value(map, one.id, at));
        }
    });
    for column in Column::ALL {
        desk.refusal(ui, place(one.at, at, column));
    }
}

fn reading(id: MetricId, kind: MetricKind, at: usize, old: Value, column: Column) -> Reading {
    Box::new(move |text| {
        let new = column.read(old, text, kind)?;
        let edit: Edit = Box::new(move |map| update_value(map, &id, at, |value| *value = new));
        Ok(edit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        for (days, date) in [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_514, "2026-03-02")] {
            assert_eq!(date_of(days).to_string(), date);
        }
    }

    #[test]
    fn what_cannot_be_is_refused_with_words() {
        let value = Value {
            date: "2026".parse().unwrap(),
            value: Figure::whole(5),
            sample: None,
            low: Some(Figure::whole(3)),
            high: None,
        };
        let read = |column: Column, text: &str| column.read(value, text, MetricKind::Ces);
        assert_eq!(read(Column::Value, "6,5").unwrap().value, Figure::new(6.5).unwrap());
        assert_eq!(read(Column::Sample, " 250 ").unwrap().sample, Some(250));
        assert_eq!(read(Column::Low, "").unwrap().low, None);
        for (column, text, part) in [
            (Column::Date, "soon", "2026-03-01"),
            (Column::Value, "", "is not a number"),
            (Column::Value, "8", "CES goes from 1 to 7"),
            (Column::Sample, "-3", "number of answers"),
            (Column::High, "2", "low (3) is above high (2)"),
        ] {
            let message = read(column, text).unwrap_err();
            assert!(message.contains(part) && message.contains("the old value stays"), "{message}");
        }
        assert!(on_scale(Figure::whole(-1), MetricKind::ResponseTime).unwrap_err().contains("starts at 0"));
    }
}
