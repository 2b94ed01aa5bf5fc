//! The metrics as a list, and beside it everything about the one that is chosen.

use std::sync::Arc;

use egui::{Align2, FontId, Id, Popup, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use super::chooser::{Ask, Entry};
use super::parts::{Desk, MARGIN, Pick, SMALL, STRONG, add_button, below_list, beside, card, list_row};
use super::spark::{self, Spark};
use super::values::{self, on_scale};
use crate::app::bars::icon_button;
use crate::app::look;
use crate::app::shapes::color32;
use crate::app::text_rows::{Dress, TextRow, caption};
use crate::edit::{add_metric, delete_metric, name_metric, update_metric};
use crate::model::{Figure, JourneyMap, Metric, MetricHost, MetricId, MetricKind};
use crate::text::icons;

/// The height of a row of the list.
const ROW: f32 = 52.0;
/// The room for the line in it.
const SPARK: f32 = 72.0;
/// The room for the newest value.
const LATEST: f32 = 60.0;
/// What is measured where nothing smaller is named.
const WHOLE: &str = "Whole journey";

/// Shows the list and the metric that is chosen.
pub fn show(ui: &mut Ui, pick: &mut Pick<MetricId>, desk: &mut Desk<'_>) {
    let map = Arc::clone(desk.editor.document.map());
    // A name being typed may change the id; edits start from the map as it was before.
    let ids: Vec<MetricId> = desk.editor.document.base().metrics.iter().map(|m| m.id.clone()).collect();
    let Some(chosen) = pick.place(&ids) else {
        nothing(ui, pick, desk);
        return;
    };
    let (list, detail) = beside(ui, desk.rtl());
    ui.scope_builder(UiBuilder::new().max_rect(list), |ui| {
        ScrollArea::vertical().id_salt("metrics").auto_shrink(false).show(ui, |ui| {
            ui.add_space(16.0);
            ui.spacing_mut().item_spacing.y = 2.0;
            for (at, metric) in map.metrics.iter().enumerate() {
                if row(ui, metric, &map, at == chosen, desk) {
                    desk.rows.leave(desk.editor);
                    pick.choose(ids[at].clone());
                }
            }
            below_list(ui, desk.rtl(), |ui| add(ui, pick, desk));
        });
    });
    ui.scope_builder(UiBuilder::new().max_rect(detail), |ui| {
        ScrollArea::vertical().id_salt("metric").auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - 10.0);
            ui.add_space(16.0);
            let metric = One { at: chosen, id: &ids[chosen], metric: &map.metrics[chosen] };
            card(ui, 820.0, desk.rtl(), |ui| one(ui, metric, &map, desk));
            ui.add_space(MARGIN);
        });
    });
}

/// What belongs here, in the middle, and the button that begins.
fn nothing(ui: &mut Ui, pick: &mut Pick<MetricId>, desk: &mut Desk<'_>) {
    let colors = look::colors(ui.ctx());
    ui.vertical_centered(|ui| {
        ui.add_space(104.0);
        let icon = RichText::new(icons::GAUGE).font(FontId::new(40.0, look::icons()));
        ui.label(icon.color(color32(colors.ink_soft.faded(0.6))));
        ui.add_space(8.0);
        ui.label(RichText::new("What is measured again and again: NPS, effort, time to an answer …").weak());
        ui.add_space(12.0);
        add(ui, pick, desk);
    });
}

/// The button that asks for the kind of a new metric.
fn add(ui: &mut Ui, pick: &mut Pick<MetricId>, desk: &mut Desk<'_>) {
    let response = add_button(ui, "Add metric");
    let chosen = Popup::menu(&response).show(|ui| {
        ui.set_width(190.0);
        ui.spacing_mut().item_spacing.y = 1.0;
        let mut chosen = None;
        for kind in MetricKind::ALL {
            let button = egui::Button::new(kind_name(*kind)).frame_when_inactive(false);
            if ui.add(button.min_size(vec2(ui.available_width(), 30.0))).clicked() {
                chosen = Some(*kind);
                ui.close();
            }
        }
        chosen
    });
    if let Some(kind) = chosen.and_then(|shown| shown.inner)
        && let Some(id) = desk.edit("new metric", |map| add_metric(map, kind))
    {
        if kind == MetricKind::Own {
            desk.rows.want(place(desk.editor.document.map().metrics.len() - 1, "Name"));
        }
        pick.choose(id);
    }
}

fn kind_name(kind: MetricKind) -> &'static str {
    if kind == MetricKind::Own { "One of your own" } else { kind.name() }
}

/// The metric that is chosen.
#[derive(Clone, Copy)]
pub struct One<'a> {
    /// Its place among the metrics.
    pub at: usize,
    /// Its id at the start of what is being typed.
    pub id: &'a MetricId,
    /// The metric.
    pub metric: &'a Metric,
}

/// The id of a text in the window: by the place, as a name may change the metric's id.
fn place(at: usize, name: &str) -> Id {
    Id::unique(("metric", at, name))
}

/// The metric's name, or that of its kind.
fn name_of(metric: &Metric) -> &str {
    if metric.kind == MetricKind::Own && metric.name.is_empty() { "Untitled metric" } else { metric.shown_name() }
}

/// A figure for the narrow room of the list: a long unit is told beside it.
fn short(metric: &Metric, figure: Figure) -> String {
    const LONGEST: usize = 7;
    let text = metric.say(figure, true);
    if text.chars().count() > LONGEST { metric.say(figure, false) } else { text }
}

/// A row of the list; says whether it was clicked.
fn row(ui: &mut Ui, metric: &Metric, map: &JourneyMap, is_chosen: bool, desk: &mut Desk<'_>) -> bool {
    let rtl = desk.rtl();
    let colors = look::colors(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width() - 6.0, ROW), Sense::click());
    let latest = metric.latest().map_or_else(|| "\u{2013}".into(), |value| short(metric, value.value));
    let label = format!("Metric: {} {latest}", name_of(metric));
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, is_chosen, &label));
    list_row(ui, rect, &response, is_chosen);
    let inner = rect.shrink2(vec2(12.0, 8.0));
    // From the side where the map begins: names, line, newest value.
    let part = |from: f32, to: f32| {
        let (from, to) =
            if rtl { (inner.right() - to, inner.right() - from) } else { (inner.left() + from, inner.left() + to) };
        Rect::from_x_y_ranges(from..=to, inner.y_range())
    };
    // A narrow list has no room for the line.
    let line = if inner.width() < 250.0 { 0.0 } else { SPARK };
    let names = inner.width() - line - LATEST - 8.0;
    let (name, host) = part(0.0, names).split_top_bottom_at_fraction(0.55);
    desk.ink.in_rect(ui, name_of(metric), STRONG, name, colors.ink);
    desk.ink.in_rect(ui, &map.host_name(&metric.host), SMALL, host, colors.ink_soft);
    if line > 0.0 {
        spark::paint(ui, part(names + 8.0, names + 8.0 + line), metric, Spark { full: false, rtl });
    }
    let place = part(names + line + 12.0, inner.width());
    let (anchor, x) = if rtl { (Align2::LEFT_CENTER, place.left()) } else { (Align2::RIGHT_CENTER, place.right()) };
    let font = FontId::new(15.0, look::bold());
    ui.painter().text(pos2(x, place.center().y), anchor, latest, font, color32(colors.ink));
    response.clicked()
}

/// Everything about one metric.
fn one(ui: &mut Ui, one: One<'_>, map: &JourneyMap, desk: &mut Desk<'_>) {
    let One { at, id, metric } = one;
    if metric.name.is_empty() && metric.kind != MetricKind::Own {
        caption(ui, &format!("Name; while empty: {}", metric.kind.name()));
    } else {
        caption(ui, "Name");
    }
    let row =
        TextRow { id: place(at, "Name"), name: "Name", value: &metric.name, multiline: false, label: "name of metric" };
    let named = id.clone();
    let dress = Dress { strong: true, ..Dress::default() };
    desk.text(ui, &row, dress, Box::new(move |map, text| name_metric(map, &named, &text)));
    ui.columns(2, |columns| {
        kind(&mut columns[0], one, desk);
        host(&mut columns[1], one, map, desk);
    });
    ui.columns(2, |columns| {
        target(&mut columns[0], one, desk);
        unit(&mut columns[1], one, desk);
    });
    desk.refusal(ui, place(at, "Target"));
    ui.add_space(14.0);
    if !metric.values.is_empty() {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 150.0), Sense::hover());
        let label = format!("Line of {} over time", name_of(metric));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &label));
        ui.painter().rect_filled(rect, 8.0, color32(look::colors(ui.ctx()).field));
        spark::paint(ui, rect, metric, Spark { full: true, rtl: desk.rtl() });
        ui.add_space(10.0);
    }
    values::rows(ui, one, desk);
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        values::add(ui, one, desk);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let help = "Delete this metric and its values; goals forget it";
            if icon_button(ui, icons::TRASH, "Delete metric", help, true).clicked() {
                desk.edit("deletion of metric", |map| delete_metric(map, id));
            }
        });
    });
}

fn kind(ui: &mut Ui, one: One<'_>, desk: &mut Desk<'_>) {
    let One { at, id, metric } = one;
    caption(ui, "Kind");
    let ask = Ask { id: place(at, "kind"), name: "Kind", now: kind_name(metric.kind) };
    let entries = || MetricKind::ALL.iter().map(|kind| Entry { text: kind_name(*kind).into(), hint: "" }).collect();
    if let Some(kind) = desk.chooser.show(ui, &ask, desk.ink, entries) {
        desk.edit("kind of metric", |map| update_metric(map, id, |metric| metric.kind = MetricKind::ALL[kind]));
    }
}

fn host(ui: &mut Ui, one: One<'_>, map: &JourneyMap, desk: &mut Desk<'_>) {
    let One { at, id, metric } = one;
    caption(ui, "Measured on");
    let ask = Ask { id: place(at, "host"), name: "Measured on", now: &map.host_name(&metric.host) };
    let entry = |text: &str, hint| Entry { text: text.replace('\n', " "), hint };
    let entries = || {
        let stages = map.stages.iter().map(|stage| entry(&stage.name, "stage"));
        let touchpoints = map.touchpoints().map(|(_, touchpoint)| entry(&touchpoint.title, "touchpoint"));
        std::iter::once(entry(WHOLE, "")).chain(stages).chain(touchpoints).collect()
    };
    let Some(at) = desk.chooser.show(ui, &ask, desk.ink, entries) else { return };
    // In the order of the entries.
    let host = match at.checked_sub(1) {
        None => Some(MetricHost::Map),
        Some(at) if at < map.stages.len() => Some(MetricHost::Stage(map.stages[at].id.clone())),
        Some(at) => map.touchpoints().nth(at - map.stages.len()).map(|(_, t)| MetricHost::Touchpoint(t.id.clone())),
    };
    if let Some(host) = host {
        desk.edit("place of metric", |map| update_metric(map, id, |metric| metric.host = host));
    }
}

fn target(ui: &mut Ui, one: One<'_>, desk: &mut Desk<'_>) {
    let One { at, id, metric } = one;
    caption(ui, "Target");
    let value = metric.target.map(|target| target.to_string()).unwrap_or_default();
    let row =
        TextRow { id: place(at, "Target"), name: "Target", value: &value, multiline: false, label: "target of metric" };
    let (id, kind) = (id.clone(), metric.kind);
    desk.read(
        ui,
        &row,
        Box::new(move |text| {
            let target = match text.trim() {
                "" => None,
                text => {
                    let figure = text.parse::<Figure>().map_err(|err| format!("{err}; the old value stays"))?;
                    Some(on_scale(figure, kind)?)
                }
            };
            Ok(Box::new(move |map| update_metric(map, &id, |metric| metric.target = target)))
        }),
    );
}

fn unit(ui: &mut Ui, one: One<'_>, desk: &mut Desk<'_>) {
    let One { at, id, metric } = one;
    caption(ui, "Unit");
    let of_kind = match metric.kind {
        MetricKind::Nps => "points, from \u{2212}100 to 100",
        MetricKind::Csat => "percent of satisfied answers",
        MetricKind::Ces => "the mean of answers from 1 to 7",
        MetricKind::ResponseTime => "hours; less is better",
        MetricKind::Own => {
            let row = TextRow {
                id: place(at, "Unit"),
                name: "Unit",
                value: &metric.unit,
                multiline: false,
                label: "unit of metric",
            };
            let id = id.clone();
            let change = move |map: &mut JourneyMap, text| update_metric(map, &id, |metric| metric.unit = text);
            desk.text(ui, &row, Dress::default(), Box::new(change));
            return;
        }
    };
    ui.add_space(6.0);
    ui.add(egui::Label::new(RichText::new(of_kind).weak()).truncate());
}
