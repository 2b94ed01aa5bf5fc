//! What a metric came to over time, as a line with its target.

use egui::{Align2, FontId, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::app::look;
use crate::app::shapes::color32;
use crate::model::{Figure, Metric};

/// How a line is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Spark {
    /// With points, intervals, dates and figures.
    pub full: bool,
    /// Whether time goes to the left, as on the map.
    pub rtl: bool,
}

/// A figure as it is shown: with a real minus sign.
pub fn shown(figure: Figure) -> String {
    figure.to_string().replace('-', "\u{2212}")
}

/// Paints the values of `metric` in `rect`.
pub fn paint(ui: &Ui, rect: Rect, metric: &Metric, spark: Spark) {
    let colors = look::colors(ui.ctx());
    let (accent, soft) = (color32(colors.accent), color32(colors.ink_soft));
    let room = if spark.full {
        Rect::from_min_max(rect.min + vec2(16.0, 28.0), rect.max - vec2(16.0, 26.0))
    } else {
        rect.shrink2(vec2(3.0, 4.0))
    };
    let place = places(metric, room, spark.rtl);
    if let Some(target) = metric.target {
        let y = place(0.0, target.get()).y;
        let ends = [pos2(room.left(), y), pos2(room.right(), y)];
        ui.painter().extend(Shape::dashed_line(&ends, Stroke::new(1.0, soft), 4.0, 3.0));
        if spark.full {
            let (anchor, x) =
                if spark.rtl { (Align2::RIGHT_BOTTOM, room.right()) } else { (Align2::LEFT_BOTTOM, room.left()) };
            let text = format!("Target {}", shown(target));
            ui.painter().text(pos2(x, y - 2.0), anchor, text, FontId::proportional(12.0), soft);
        }
    }
    let points: Vec<Pos2> = metric.values.iter().map(|value| place(value.date.days(), value.value.get())).collect();
    if spark.full {
        for value in &metric.values {
            if let (Some(low), Some(high)) = (value.low, value.high) {
                let (a, b) = (place(value.date.days(), low.get()), place(value.date.days(), high.get()));
                ui.painter().line_segment([a, b], Stroke::new(4.0, accent.gamma_multiply(0.3)));
            }
        }
    }
    ui.painter().add(Shape::line(points.clone(), Stroke::new(2.0, accent)));
    let Some(last) = points.last() else { return };
    ui.painter().circle_filled(*last, if spark.full { 4.0 } else { 3.0 }, accent);
    if !spark.full {
        return;
    }
    for point in &points {
        ui.painter().circle_filled(*point, 3.0, accent);
    }
    let date = |at: usize| metric.values.get(at).map(|value| value.date.to_string());
    let ends = if points.len() > 1 { vec![0, points.len() - 1] } else { vec![0] };
    for at in ends {
        let Some(text) = date(at) else { continue };
        let x = points[at].x;
        let anchor = if (x - room.left()).abs() < 1.0 && points.len() > 1 {
            Align2::LEFT_BOTTOM
        } else if (x - room.right()).abs() < 1.0 && points.len() > 1 {
            Align2::RIGHT_BOTTOM
        } else {
            Align2::CENTER_BOTTOM
        };
        ui.painter().text(pos2(x, rect.bottom() - 4.0), anchor, text, FontId::proportional(12.0), soft);
    }
    if let Some(value) = metric.latest() {
        let ink = color32(colors.ink);
        let font = FontId::new(13.5, look::bold());
        let top = value.high.map_or(last.y, |high| place(value.date.days(), high.get()).y.min(last.y));
        // At the end of the line it stays inside.
        let (anchor, x) = match (points.len(), spark.rtl) {
            (1, _) => (Align2::CENTER_BOTTOM, last.x),
            (_, true) => (Align2::LEFT_BOTTOM, last.x - 6.0),
            (_, false) => (Align2::RIGHT_BOTTOM, last.x + 6.0),
        };
        let words = ui.painter().layout_no_wrap(shown(value.value), font, ink);
        let place = anchor.anchor_size(pos2(x, top - 6.0), words.size());
        // The line of the target does not go through it.
        ui.painter().rect_filled(place.expand2(vec2(3.0, 0.0)), 4.0, color32(colors.field));
        ui.painter().galley(place.min, words, ink);
    }
}

/// From days and figures to places in `room`.
fn places(metric: &Metric, room: Rect, rtl: bool) -> impl Fn(f64, f64) -> Pos2 {
    let values = metric.values.iter();
    let figures = values.flat_map(|v| [Some(v.value), v.low, v.high]).chain([metric.target]).flatten().map(Figure::get);
    let (mut low, mut high) = figures.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
    if low >= high {
        (low, high) = (low - 1.0, high + 1.0);
    }
    let days = || metric.values.iter().map(|value| value.date.days());
    let (first, last) = (days().fold(f64::MAX, f64::min), days().fold(f64::MIN, f64::max));
    move |day, figure| {
        // Alone in the middle.
        let x = if last > first { (day - first) / (last - first) } else { 0.5 };
        let x = if rtl { 1.0 - x } else { x } as f32;
        let y = ((figure - low) / (high - low)) as f32;
        pos2(room.left() + x * room.width(), room.bottom() - y * room.height())
    }
}
