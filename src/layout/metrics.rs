//! The metrics lane: what was measured on each stage and touchpoint, with its way through time.

use std::sync::Arc;

use kurbo::{BezPath, Point, Rect};

use super::header::Blocks;
use super::{Layout, Words};
use crate::model::{Element, Figure, Metric, MetricHost, MetricKind};
use crate::text::{Measure, TextBlock, TextDirection, TextEngine};

/// The metrics of all steps; heights are from the row's top, x on the map.
#[derive(Debug)]
pub struct MetricRow {
    /// The height of the whole row.
    pub height: f64,
    /// Tiles, by the order of the metrics.
    pub tiles: Vec<MetricTile>,
}

/// A metric in its cell.
#[derive(Debug)]
pub struct MetricTile {
    /// The column.
    pub column: usize,
    /// What it was measured on.
    pub element: Option<Element>,
    /// The tile.
    pub rect: Rect,
    /// What is measured.
    pub name: Arc<TextBlock>,
    /// What it came to last.
    pub figure: Arc<TextBlock>,
    /// Sample size, interval and target.
    pub note: Arc<TextBlock>,
    /// The values through time, where there are several.
    pub spark: Option<Arc<BezPath>>,
    /// The last value and the target on its scale, 0 to 1.
    pub gauge: (Option<f64>, Option<f64>),
    /// Whether the target is met; nothing without one.
    pub is_met: Option<bool>,
}

/// The height of a tile, and between two.
const TILE: (f64, f64) = (82.0, 8.0);
/// From the edges of a tile to what stands on it.
pub(crate) const TILE_PAD: f64 = 10.0;
/// The size of the line through time.
const SPARK: (f64, f64) = (56.0, 22.0);

impl MetricRow {
    pub(super) fn new(layout: &Layout, blocks: &mut Blocks, engine: &mut TextEngine) -> Self {
        let pad = layout.theme.sizes.lane_pad;
        let mut used = vec![0usize; layout.columns.len()];
        let mut tiles = Vec::new();
        for metric in &layout.map.metrics {
            let Some((column, element)) = place(metric, layout, &used) else { continue };
            let width = layout.columns[column].width - 2.0 * layout.theme.sizes.column_pad;
            let x = layout.columns[column].x + layout.theme.sizes.column_pad;
            let y = pad + used[column] as f64 * (TILE.0 + TILE.1);
            let rect = Rect::from_origin_size((x, y), (width, TILE.0));
            used[column] += 1;
            tiles.push(tile(metric, (column, element, rect), layout, (blocks, engine)));
        }
        let most = used.iter().copied().max().unwrap_or(0).max(1) as f64;
        Self { height: 2.0 * pad + most * (TILE.0 + TILE.1) - TILE.1, tiles }
    }
}

/// The column of a metric: that of its touchpoint, or the emptiest one of its stage.
fn place(metric: &Metric, layout: &Layout, used: &[usize]) -> Option<(usize, Option<Element>)> {
    match &metric.host {
        MetricHost::Map => None,
        MetricHost::Stage(id) => {
            let stage = layout.stages.iter().position(|s| s.id == *id)?;
            let own = (0..layout.columns.len()).filter(|i| layout.columns[*i].stage == stage);
            Some((own.min_by_key(|i| used[*i])?, Some(Element::Stage(id.clone()))))
        }
        MetricHost::Touchpoint(id) => {
            let (_, touchpoint) = layout.map.touchpoint(id)?;
            Some((layout.column_of(&touchpoint.step)?, Some(Element::Touchpoint(id.clone()))))
        }
    }
}

fn tile(
    metric: &Metric,
    (column, element, rect): (usize, Option<Element>, Rect),
    layout: &Layout,
    (blocks, engine): (&mut Blocks, &mut TextEngine),
) -> MetricTile {
    let inner = rect.width() - 2.0 * TILE_PAD;
    let text = &layout.theme.text;
    let mut block = |words: &str, style: crate::theme::Style, width: f64, direction| {
        let measure = Measure { width: Some(width as f32), max_lines: Some(1), direction, align: align(layout.rtl) };
        // Blocks are kept by text and measure; the direction follows from the text there.
        match direction {
            TextDirection::Auto => blocks.block(words, style.into(), measure, engine),
            _ => Arc::new(engine.block(words, style.into(), measure)),
        }
    };
    let name = block(metric.shown_name(), text.small, inner, TextDirection::Auto);
    let room = inner - if metric.values.len() > 1 { SPARK.0 + 6.0 } else { 0.0 };
    let mut figure = block(&figure(metric, layout.words, true), text.heading, room, TextDirection::LeftToRight);
    if figure.truncated {
        // The number counts; a long unit is told by the name.
        figure = block(&self::figure(metric, layout.words, false), text.heading, room, TextDirection::LeftToRight);
    }
    let note = block(&note(metric, layout.words), text.small, inner, TextDirection::Auto);
    let (low, high) = metric.scale();
    let along = |value: f64| ((value - low) / (high - low)).clamp(0.0, 1.0);
    let value = metric.latest().map(|v| v.value.get());
    let target = metric.target.map(Figure::get);
    let spark = spark(metric, rect, layout.rtl).map(Arc::new);
    MetricTile {
        column,
        element,
        rect,
        name,
        figure,
        note,
        spark,
        gauge: (value.map(along), target.map(along)),
        is_met: metric.is_met(),
    }
}

fn align(rtl: bool) -> crate::text::Align {
    if rtl { crate::text::Align::Right } else { crate::text::Align::Left }
}

/// The last value as people say it.
pub(crate) fn figure(metric: &Metric, words: Words, with_unit: bool) -> String {
    words.number(&metric.latest().map_or_else(|| "\u{2013}".into(), |value| metric.say(value.value, with_unit)))
}

/// `n 212 · 25 … 37 · target 40`.
fn note(metric: &Metric, words: Words) -> String {
    let mut parts = Vec::new();
    if let Some(value) = metric.latest() {
        parts.extend(value.sample.map(|n| format!("n {n}")));
        let interval = value.low.zip(value.high);
        parts.extend(interval.map(|(low, high)| format!("{low} … {high}")));
    }
    parts.extend(target(metric, words).map(|target| format!("{} {target}", words.target())));
    words.number(&parts.join(" · ").replace('-', "\u{2212}"))
}

/// The target as people say it, if there is one: `40`, `4 h`.
pub(crate) fn target(metric: &Metric, words: Words) -> Option<String> {
    let target = metric.target?;
    let told = if metric.kind == MetricKind::ResponseTime { metric.say(target, true) } else { target.to_string() };
    Some(words.number(&told.replace('-', "\u{2212}")))
}

/// The line through the values, in the upper corner of the tile where the figure ends.
fn spark(metric: &Metric, rect: Rect, rtl: bool) -> Option<BezPath> {
    let values = &metric.values;
    let (first, last) = (values.first()?.date.days(), values.last()?.date.days());
    if values.len() < 2 {
        return None;
    }
    let range = values.iter().fold((f64::MAX, f64::MIN), |r, v| (r.0.min(v.value.get()), r.1.max(v.value.get())));
    let x0 = if rtl { rect.x0 + TILE_PAD } else { rect.x1 - TILE_PAD - SPARK.0 };
    let y0 = rect.y0 + 27.0;
    let mut path = BezPath::new();
    for (i, value) in values.iter().enumerate() {
        let even = i as f64 / (values.len() - 1) as f64;
        let along = if last > first { (value.date.days() - first) / (last - first) } else { even };
        let along = if rtl { 1.0 - along } else { along };
        let up = if range.1 > range.0 { (value.value.get() - range.0) / (range.1 - range.0) } else { 0.5 };
        let point = Point::new(x0 + along * SPARK.0, y0 + (1.0 - up) * SPARK.1);
        if i == 0 { path.move_to(point) } else { path.line_to(point) }
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{LayoutEngine, RowContent};
    use crate::model::{Figure, Lane, LaneKind, Value, generate};
    use crate::theme::Theme;

    fn metric(id: &str, kind: MetricKind, host: MetricHost, values: &[(&str, f64)]) -> Arc<Metric> {
        let value = |(date, value): &(&str, f64)| Value {
            date: date.parse().unwrap(),
            value: Figure::new(*value).unwrap(),
            sample: Some(40),
            low: None,
            high: None,
        };
        let target = Some(Figure::whole(40));
        let (name, unit) = (String::new(), String::new());
        let values = values.iter().map(value).collect();
        Arc::new(Metric { id: id.into(), name, kind, host, unit, target, values })
    }

    #[test]
    fn a_metric_of_a_touchpoint_out_of_sight_is_hit_as_its_cell() {
        let mut map = generate(1, 1, 1);
        map.lanes.push(Arc::new(Lane::new("metrics", "Metrics", LaneKind::Metrics)));
        let host = MetricHost::Touchpoint("t-1-1".into());
        map.metrics = vec![metric("a", MetricKind::Nps, host, &[("2026-01", 20.0)])];
        for hidden in [false, true] {
            Arc::make_mut(&mut map.lanes[0]).hidden = hidden;
            let layout = LayoutEngine::default().layout(&Arc::new(map.clone()), &Theme::light(), false);
            let row = layout.rows.iter().find(|row| row.kind == LaneKind::Metrics).unwrap();
            let RowContent::Metrics(metrics) = &row.content else { panic!("a row of metrics") };
            let at = metrics.tiles[0].rect.center() + kurbo::Vec2::new(0.0, row.y);
            let hit = layout.hit(at).unwrap();
            assert_eq!(matches!(hit, Element::Cell { .. }), hidden, "{hit:?}");
            assert!(layout.rect_of(&hit).is_some());
        }
    }

    #[test]
    fn metrics_stand_with_their_stage_or_touchpoint_and_say_where_they_are() {
        let mut map = generate(2, 2, 1);
        map.lanes.push(Arc::new(Lane::new("metrics", "Metrics", LaneKind::Metrics)));
        let stage = || MetricHost::Stage("stage-2".into());
        map.metrics = vec![
            metric("a", MetricKind::Nps, stage(), &[("2026-01", 20.0), ("2026-03", 45.0)]),
            metric("b", MetricKind::Csat, stage(), &[("2026-01", 82.5)]),
            metric("c", MetricKind::ResponseTime, MetricHost::Touchpoint("t-1-1".into()), &[("2026-01", 6.0)]),
            metric("d", MetricKind::Nps, MetricHost::Map, &[]),
        ];
        let layout = LayoutEngine::default().layout(&Arc::new(map), &Theme::light(), false);
        let content = &layout.row_of(&"metrics".into()).unwrap().content;
        let RowContent::Metrics(row) = content else { panic!("a row of metrics") };
        let told: Vec<(usize, &str, Option<bool>)> =
            row.tiles.iter().map(|t| (t.column, t.figure.text.as_str(), t.is_met)).collect();
        // The two of the stage stand beside each other; six hours are less than the target of forty.
        assert_eq!(told, [(2, "+45", Some(true)), (3, "82.5 %", Some(true)), (0, "6 h", Some(true))]);
        assert_eq!(row.tiles[0].note.text, "n 40 · target 40");
        assert_eq!(row.tiles[0].gauge, (Some(0.725), Some(0.7)));
        assert!(row.tiles[0].spark.is_some() && row.tiles[1].spark.is_none());
    }
}
