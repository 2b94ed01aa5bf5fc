//! The legend below the grid: whose lines the thinner curves are, and what kinds of links there are.

use std::sync::Arc;

use kurbo::{Point, Rect};

use super::header::Blocks;
use super::wheel_ring::nearest;
use super::{Layout, RowContent, Wheel, Whose};
use crate::model::LinkKind;
use crate::text::{Measure, TextBlock, TextEngine};

/// A sample with its words.
#[derive(Clone, Debug)]
pub struct LegendItem {
    /// What is shown.
    pub sample: Sample,
    /// The place of the sample.
    pub rect: Rect,
    /// The corner of the words.
    pub at: Point,
    /// What it means.
    pub words: Arc<TextBlock>,
}

/// A sample of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// The main curve.
    Main,
    /// A line beside it.
    Other(Whose),
    /// A link.
    Link(LinkKind),
}

/// The size of a sample, from there to its words, and from those to the next sample.
const SAMPLE: (f64, f64) = (30.0, 16.0);
const TO_WORDS: f64 = 8.0;
const BETWEEN: f64 = 24.0;
/// From the grid to the legend.
const ABOVE: f64 = 14.0;

/// Adds the legend to a layout whose rows are all there; the picture grows by its height.
pub(super) fn add(layout: &mut Layout, blocks: &mut Blocks, engine: &mut TextEngine) {
    let samples = samples(layout);
    if samples.is_empty() {
        return;
    }
    let (from, to) = (layout.columns_range().0, layout.columns_range().1.max(layout.grid.x0 + 200.0));
    let (mut along, mut y) = (0.0, layout.size.height - layout.theme.sizes.margin + ABOVE);
    for (sample, words) in samples {
        let measure = Measure { width: Some(240.0), max_lines: Some(1), ..Measure::default() };
        let style = layout.theme.text.small.into();
        let natural = blocks.widths(&words, style, engine).1.ceil() + 0.5;
        let block = blocks.block(&words, style, Measure { width: Some(natural.min(240.0)), ..measure }, engine);
        let width = SAMPLE.0 + TO_WORDS + f64::from(block.width).ceil();
        if along > 0.0 && along + width > to - from {
            (along, y) = (0.0, y + SAMPLE.1 + 6.0);
        }
        let left = if layout.rtl { to - along - width } else { from + along };
        let words_width = width - SAMPLE.0 - TO_WORDS;
        let (sample_x, words_x) =
            if layout.rtl { (left + words_width + TO_WORDS, left) } else { (left, left + SAMPLE.0 + TO_WORDS) };
        let rect = Rect::from_origin_size((sample_x, y), SAMPLE);
        let at = Point::new(words_x, y + (SAMPLE.1 - f64::from(block.height)) / 2.0);
        layout.legend.push(LegendItem { sample, rect, at, words: block });
        along += width + BETWEEN;
    }
    layout.size.height = (y + SAMPLE.1 + layout.theme.sizes.margin).ceil();
}

/// Moves the legend into the lower corner of a wheel's picture, where its lines begin; the picture grows where the
/// wheel leaves no room there.
pub(super) fn beside_wheel(layout: &mut Layout, wheel: &Wheel) {
    if layout.legend.is_empty() {
        return;
    }
    let margin = layout.theme.sizes.margin;
    let line = SAMPLE.1 + 6.0;
    let width = layout.legend.iter().map(|item| f64::from(item.words.width)).fold(0.0, f64::max);
    let size = (SAMPLE.0 + TO_WORDS + width, layout.legend.len() as f64 * line);
    let left = if layout.rtl { layout.size.width - margin - size.0 } else { margin };
    let place = |bottom: f64| Rect::from_origin_size((left, bottom - margin - size.1), size);
    let is_free = |room: Rect| {
        let clear = room.inflate(12.0, 12.0);
        nearest(clear - wheel.center.to_vec2()) > wheel.radius
            && wheel.sectors.iter().all(|sector| !sector.pill.overlaps(clear))
    };
    let mut room = place(layout.size.height);
    // At most the height of the legend, below which nothing stands.
    while !is_free(room) && room.y0 < layout.size.height {
        room = room + kurbo::Vec2::new(0.0, line);
    }
    layout.size.height = layout.size.height.max((room.y1 + margin).ceil());
    for (index, item) in layout.legend.iter_mut().enumerate() {
        let y = room.y0 + index as f64 * line;
        let x = if layout.rtl { room.x1 - SAMPLE.0 } else { room.x0 };
        item.rect = Rect::from_origin_size((x, y), SAMPLE);
        let words = f64::from(item.words.width);
        let at = if layout.rtl { x - TO_WORDS - words } else { x + SAMPLE.0 + TO_WORDS };
        item.at = Point::new(at, y + (SAMPLE.1 - f64::from(item.words.height)) / 2.0);
    }
}

/// What needs to be told: nothing on a map with one curve and plain arrows.
fn samples(layout: &Layout) -> Vec<(Sample, String)> {
    let (map, words) = (&layout.map, layout.words);
    let mut samples = Vec::new();
    let curves = layout.rows.iter().find_map(|row| match &row.content {
        RowContent::Curve(curve) => Some(curve),
        _ => None,
    });
    if let Some(curve) = curves.filter(|curve| !curve.others.is_empty() || layout.focus.is_some()) {
        // A map that tells only of personas or competitors has no main curve.
        if !curve.points.is_empty() {
            let whose = layout.focus.as_ref().and_then(|id| map.persona(id)).map(|p| p.name.clone());
            samples.push((Sample::Main, whose.unwrap_or_else(|| words.everybody().to_owned())));
        }
        for other in &curve.others {
            let name = match other.whose {
                Whose::Persona(index) => &map.personas[index].name,
                Whose::Competitor(index) => &map.competitors[index].name,
            };
            samples.push((Sample::Other(other.whose), name.clone()));
        }
    }
    let kinds = LinkKind::ALL.iter().filter(|kind| layout.map.links.iter().any(|l| l.kind == **kind));
    let kinds: Vec<LinkKind> = kinds.copied().collect();
    if kinds.iter().any(|kind| *kind != LinkKind::Next) {
        samples.extend(kinds.into_iter().map(|kind| (Sample::Link(kind), words.link(kind).to_owned())));
    }
    samples
}

impl Layout {
    /// Where the columns begin and end.
    pub(super) fn columns_range(&self) -> (f64, f64) {
        let all = self.columns.iter().fold((f64::MAX, f64::MIN), |r, c| (r.0.min(c.x), r.1.max(c.x + c.width)));
        if self.columns.is_empty() { (self.grid.x0, self.grid.x1) } else { all }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Sample;
    use crate::layout::{LayoutEngine, Whose};
    use crate::model::{Emotion, Persona, generate};
    use crate::theme::Theme;

    #[test]
    fn everybody_stands_in_the_legend_only_where_everybody_has_a_curve() {
        let mut map = generate(2, 2, 1);
        map.personas = vec![Arc::new(Persona::new("ann", "Ann"))];
        let samples = |map: &crate::model::JourneyMap| {
            let layout = LayoutEngine::default().layout(&Arc::new(map.clone()), &Theme::light(), false);
            layout.legend.iter().map(|item| item.sample).collect::<Vec<_>>()
        };
        for touchpoint in map.lanes.iter_mut().flat_map(|lane| &mut Arc::make_mut(lane).touchpoints) {
            let touchpoint = Arc::make_mut(touchpoint);
            touchpoint.emotion = Some(Emotion::MIN);
            touchpoint.emotions = [("ann".into(), Emotion::MAX)].into();
        }
        let ann = Sample::Other(Whose::Persona(0));
        assert_eq!(samples(&map), [Sample::Main, ann]);
        for touchpoint in map.lanes.iter_mut().flat_map(|lane| &mut Arc::make_mut(lane).touchpoints) {
            Arc::make_mut(touchpoint).emotion = None;
        }
        assert_eq!(samples(&map), [ann]);
    }
}
