//! What survey answers come to, as a table: place, period, figure, interval, number of answers.

use egui::{Align2, FontId, Pos2, Rect, RichText, ScrollArea, Sense, Stroke, Ui, pos2, vec2};

use super::ink::Ink;
use super::look::{self, BODY};
use super::shapes::color32;
use crate::measure::{AnswersError, Measured, Period, known, words};
use crate::model::{JourneyMap, MetricKind, Value, counted};
use crate::text::Measure;

/// What stands in the place of the table.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shown<'a> {
    /// Nothing yet, after so many rows.
    Reading(u64),
    /// What is wrong.
    Problem(&'a AnswersError),
    /// The metrics, by this period.
    Metrics(&'a [Measured], Period),
}

/// The height of a row.
const ROW: f32 = 26.0;
/// The room at both ends of a row.
const PAD: f32 = 12.0;

/// Shows it in a frame of this height.
pub(super) fn show(ui: &mut Ui, shown: &Shown<'_>, map: &JourneyMap, height: f32, ink: &mut Ink) {
    let colors = look::colors(ui.ctx());
    let frame = egui::Frame::new().fill(color32(colors.field)).corner_radius(8).inner_margin(0);
    let width = ui.available_width();
    frame.show(ui, |ui| {
        ui.set_width(width);
        ui.set_height(height);
        match shown {
            Shown::Reading(rows) => {
                let text =
                    if *rows == 0 { "Reading…".into() } else { format!("Reading… {}", counted(*rows, "row")) };
                let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &text));
                let (font, color) = (FontId::proportional(BODY.size), color32(colors.ink_soft));
                ui.painter().text(rect.center(), Align2::CENTER_CENTER, &text, font, color);
            }
            Shown::Problem(err) => problem(ui, err, ink),
            Shown::Metrics(metrics, period) => table(ui, (metrics, *period), map, height, ink),
        }
    });
    let count = match shown {
        Shown::Metrics(metrics, _) => metrics.iter().filter(|metric| known(map, metric).is_some()).count(),
        _ => 0,
    };
    // The line stands there always, so that nothing moves when it has something to say.
    let text = match count {
        0 => String::new(),
        1 => "One of them is on the map already: it keeps its values of other dates".into(),
        n => format!("{n} of them are on the map already: they keep their values of other dates"),
    };
    ui.label(RichText::new(text).small().weak());
}

/// What is wrong and what to do, in the user's words too.
fn problem(ui: &mut Ui, err: &AnswersError, ink: &mut Ink) {
    let colors = look::colors(ui.ctx());
    let (what, help) = err.sentences();
    let width = ui.available_width() - 2.0 * PAD;
    ui.add_space(PAD);
    for (text, color) in [(what, colors.danger), (help, colors.ink)] {
        if text.is_empty() {
            continue;
        }
        let block = ink.text.block(&text, BODY, Measure { width: Some(width), ..Measure::default() });
        let (rect, response) = ui.allocate_exact_size(vec2(width + PAD, block.height), Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &text));
        ink.paint(ui, &block, rect.min + vec2(PAD, 0.0), color);
        ui.add_space(2.0);
    }
}

/// Where the columns of the table stand.
#[derive(Clone, Copy)]
struct Columns {
    left: f32,
    period: f32,
    /// The right ends of figure, interval and number of answers.
    ends: [f32; 3],
}

impl Columns {
    fn of(rect: Rect) -> Self {
        let right = rect.right() - PAD;
        let ends = [right - 240.0, right - 84.0, right];
        Self { left: rect.left() + PAD, period: ends[0] - 170.0, ends }
    }
}

fn table(ui: &mut Ui, (metrics, period): (&[Measured], Period), map: &JourneyMap, height: f32, ink: &mut Ink) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let colors = look::colors(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW + 2.0), Sense::hover());
    let columns = Columns::of(rect);
    let first = metrics.first();
    let name = first.map_or("", |metric| if metric.name.is_empty() { metric.kind.name() } else { &metric.name });
    let small = FontId::proportional(12.0);
    let y = rect.center().y;
    let says = |at: Pos2, align: Align2, text: &str| {
        ui.painter().text(at, align, text, small.clone(), color32(colors.ink_soft));
    };
    says(pos2(columns.left, y), Align2::LEFT_CENTER, "Where");
    says(pos2(columns.period, y), Align2::LEFT_CENTER, "Period");
    for (end, text) in columns.ends.into_iter().zip(["", "95 % interval", "Answers"]) {
        says(pos2(end, y), Align2::RIGHT_CENTER, text);
    }
    // The name may be the user's.
    let style = crate::text::TextStyle { size: 12.0, ..BODY };
    let room = columns.ends[0] - columns.period - 72.0;
    let measure = Measure { width: Some(room), max_lines: Some(1), ..Measure::default() };
    let width = ink.text.block(name, style, Measure { width: None, ..measure }).width.min(room).ceil() + 1.0;
    let place =
        Rect::from_min_max(pos2(columns.ends[0] - width, rect.top() + 1.0), pos2(columns.ends[0], rect.bottom() + 1.0));
    ink.in_rect(ui, name, style, place, colors.ink_soft);
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, color32(colors.line)));
    let rows: Vec<(usize, &Measured, &Value)> =
        metrics.iter().flat_map(|m| m.values.iter().enumerate().map(move |(at, value)| (at, m, value))).collect();
    ScrollArea::vertical().max_height(height - ROW - 2.0).auto_shrink(false).show_rows(
        ui,
        ROW,
        rows.len(),
        |ui, range| {
            let top = range.start;
            for (at, metric, value) in &rows[range] {
                // A place is named once, and again where its first row is out of sight.
                let named = *at == 0 || std::ptr::eq(*value, rows[top].2);
                let host = named.then(|| map.host_name(&metric.host));
                row(ui, (metric, value, period), columns, host.as_deref(), ink);
            }
        },
    );
}

fn row(
    ui: &mut Ui,
    (metric, value, period): (&Measured, &Value, Period),
    columns: Columns,
    host: Option<&str>,
    ink: &mut Ink,
) {
    let colors = look::colors(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let (figure, interval) = words(metric.kind, value);
    let unit = match metric.kind {
        MetricKind::Csat => " %",
        MetricKind::ResponseTime => " h",
        MetricKind::Nps | MetricKind::Ces | MetricKind::Own => "",
    };
    let sample = value.sample.unwrap_or_default().to_string();
    let label = period.label(value.date);
    response.widget_info(|| {
        let host = host.unwrap_or_default();
        let text = format!(
            "{host} {label}: {figure}{unit}, {interval}, {}",
            counted(sample.parse::<u64>().unwrap_or(0), "answer")
        );
        egui::WidgetInfo::labeled(egui::Role::Row, true, text.trim())
    });
    if let Some(host) = host {
        let place = Rect::from_min_max(pos2(columns.left, rect.top()), pos2(columns.period - PAD, rect.bottom()));
        ink.in_rect(ui, host, BODY, place, colors.ink);
    }
    let y = rect.center().y;
    let body = |bold: bool| FontId::new(BODY.size, if bold { look::bold() } else { egui::FontFamily::Proportional });
    let soft = color32(colors.ink_soft);
    ui.painter().text(pos2(columns.period, y), Align2::LEFT_CENTER, label, body(false), soft);
    let figure = format!("{figure}{unit}");
    for (end, text, is_main) in
        [(columns.ends[0], &figure, true), (columns.ends[1], &interval, false), (columns.ends[2], &sample, false)]
    {
        let color = if is_main { color32(colors.ink) } else { soft };
        ui.painter().text(pos2(end, y), Align2::RIGHT_CENTER, text, body(is_main), color);
    }
}
