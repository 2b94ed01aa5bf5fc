//! Titles, stage names, step names and lane names.

use std::sync::Arc;

use foldhash::HashMap;
use kurbo::{Point, Rect};

use super::around::BESIDE;
use super::{Around, Column, Layout, PhaseBox, Placed, Row, RowContent, StageBox};
use crate::model::{JourneyMap, Lane};
use crate::text::{Align, Measure, TextBlock, TextEngine, TextStyle};
use crate::theme::Theme;

/// Blocks of headings that were laid out before.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    blocks: HashMap<Key, Arc<TextBlock>>,
    widths: HashMap<(String, u32, bool), (f32, f32)>,
}

/// What a block depends on; lengths as bits, so that they can be hashed.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    text: String,
    size: u32,
    bold: bool,
    width: u32,
    lines: usize,
    align: u8,
}

/// Above this number of kept blocks all are dropped: typing makes a new one at every key.
const MOST_BLOCKS: usize = 4096;

impl Blocks {
    pub fn clear(&mut self) {
        self.blocks.clear();
        self.widths.clear();
    }

    pub fn block(&mut self, text: &str, style: TextStyle, measure: Measure, engine: &mut TextEngine) -> Arc<TextBlock> {
        if self.blocks.len() > MOST_BLOCKS {
            self.blocks.clear();
        }
        let key = Key {
            text: text.to_owned(),
            size: style.size.to_bits(),
            bold: style.bold,
            width: measure.width.unwrap_or(-1.0).to_bits(),
            lines: measure.max_lines.unwrap_or(0),
            align: measure.align as u8,
        };
        Arc::clone(self.blocks.entry(key).or_insert_with(|| Arc::new(engine.block(text, style, measure))))
    }

    /// As [`TextEngine::widths`].
    pub fn widths(&mut self, text: &str, style: TextStyle, engine: &mut TextEngine) -> (f32, f32) {
        if self.widths.len() > MOST_BLOCKS {
            self.widths.clear();
        }
        let key = (text.to_owned(), style.size.to_bits(), style.bold);
        *self.widths.entry(key).or_insert_with(|| engine.widths(text, style))
    }
}

/// Title and subtitle, and where they end.
pub(super) struct Head {
    pub title: Placed,
    pub subtitle: Placed,
    pub bottom: f64,
}

/// The side on which headings stand.
fn side(rtl: bool) -> Align {
    if rtl { Align::Right } else { Align::Left }
}

pub(super) fn head(
    map: &JourneyMap,
    theme: &Theme,
    rtl: bool,
    (x, width): (f64, f64),
    around: &Around,
    blocks: &mut Blocks,
    engine: &mut TextEngine,
) -> Head {
    let top = theme.sizes.margin;
    let beside = around.logo.map_or(0.0, |logo| logo.width + BESIDE);
    let words = (width - beside).max(width / 3.0);
    let x = if rtl { x + width - words } else { x };
    let measure = Measure { width: Some(words as f32), align: side(rtl), ..Measure::default() };
    let (title, subtitle) = if around.title { (map.title.as_str(), map.subtitle.as_str()) } else { ("", "") };
    let has_subtitle = !subtitle.is_empty();
    let title = blocks.block(title, theme.text.title.into(), measure, engine);
    let subtitle = blocks.block(subtitle, theme.text.body.into(), measure, engine);
    let title = Placed { at: Point::new(x, top), block: title, width: words };
    let below = top + f64::from(title.block.height) + 4.0;
    let subtitle_height = if has_subtitle { f64::from(subtitle.height) } else { 0.0 };
    let subtitle = Placed { at: Point::new(x, below), block: subtitle, width: words };
    let of_words = if around.title { below + subtitle_height } else { top };
    let bottom = around.logo.map_or(of_words, |logo| of_words.max(top + logo.height));
    // A picture without a head begins with its stages.
    let gap = if bottom > top { theme.sizes.header_gap } else { 0.0 };
    Head { title, subtitle, bottom: bottom + gap }
}

/// The height that the phases take above the stages: none without a phase.
pub(super) fn phases_height(map: &JourneyMap, theme: &Theme) -> f64 {
    let any = map.stages.iter().any(|stage| !stage.phase.is_empty());
    if any { f64::from(theme.text.small.line) + 12.0 } else { 0.0 }
}

/// The phases over the stages that share them; names stand in the middle.
pub(super) fn phases(
    map: &JourneyMap,
    stages: &[StageBox],
    top: f64,
    theme: &Theme,
    blocks: &mut Blocks,
    engine: &mut TextEngine,
) -> Vec<PhaseBox> {
    let place = |(range, name): (std::ops::Range<usize>, &str)| {
        let (first, last) = (&stages[range.start], &stages[range.end - 1]);
        let (x0, x1) = (first.header.x0.min(last.header.x0), first.header.x1.max(last.header.x1));
        // The bracket needs some of its width to be seen beside the name.
        let width = (x1 - x0 - 48.0).max(24.0);
        let measure =
            Measure { width: Some(width as f32), max_lines: Some(1), align: Align::Center, ..Measure::default() };
        let block = blocks.block(name, theme.text.small.into(), measure, engine);
        let rect = Rect::new(x0, top, x1, top + phases_height(map, theme));
        let at = Point::new((x0 + x1 - width) / 2.0, top);
        PhaseBox { first: first.id.clone(), rect, name: Placed { at, block, width } }
    };
    map.phases().into_iter().map(place).collect()
}

/// The name of a stage, in at most two lines.
pub(super) fn stage_name(
    name: &str,
    width: f64,
    theme: &Theme,
    rtl: bool,
    blocks: &mut Blocks,
    engine: &mut TextEngine,
) -> Arc<TextBlock> {
    let measure = Measure { width: Some(width as f32), max_lines: Some(2), align: side(rtl), ..Measure::default() };
    blocks.block(name, theme.text.heading.into(), measure, engine)
}

/// Makes all headers as high as the tallest names ask for, and sets these in their middles; returns the height.
pub(super) fn settle(stages: &mut [StageBox], top: f64, theme: &Theme) -> f64 {
    let of_words = |s: &StageBox| s.words.as_ref().map_or(0.0, |w| f64::from(w.block.height));
    let tallest = stages.iter().map(|s| f64::from(s.name.block.height) + of_words(s)).fold(0.0, f64::max);
    let height = (tallest + 20.0).max(theme.sizes.stage_header);
    for stage in stages {
        stage.header.y1 = top + height;
        stage.body.y1 = stage.header.y1;
        let name_height = f64::from(stage.name.block.height);
        stage.name.at.y = top + (height - name_height - of_words(stage)) / 2.0;
        let below = stage.name.at.y + name_height;
        if let Some(words) = &mut stage.words {
            words.at.y = below;
        }
    }
    height
}

/// What customers call a stage, on one line; its height is set with that of the header.
pub(super) fn stage_words(
    stage: &crate::model::Stage,
    (x, width): (f64, f64),
    theme: &Theme,
    rtl: bool,
    blocks: &mut Blocks,
    engine: &mut TextEngine,
) -> Option<Placed> {
    if stage.words.is_empty() {
        return None;
    }
    let measure = Measure { width: Some(width as f32), max_lines: Some(1), align: side(rtl), ..Measure::default() };
    let block = blocks.block(&stage.words, theme.text.small.into(), measure, engine);
    Some(Placed { at: Point::new(x, 0.0), block, width })
}

/// Puts the names above the columns, if any step has one; returns the height that they take. Names that stand in the
/// `last` layout are not looked for again.
pub(super) fn step_names(
    columns: &mut [Column],
    map: &JourneyMap,
    top: f64,
    theme: &Arc<Theme>,
    last: Option<&Layout>,
    (blocks, engine): (&mut Blocks, &mut TextEngine),
) -> f64 {
    if map.steps().all(|(_, step)| step.name.is_empty()) {
        return 0.0;
    }
    let pad = theme.sizes.column_pad + 4.0;
    let mut tallest = f64::from(theme.text.small.line);
    let last = last.filter(|last| Arc::ptr_eq(&last.theme, theme)).map_or(&[][..], |last| &last.columns);
    for (index, column) in columns.iter_mut().enumerate() {
        let width = column.width - 2.0 * pad;
        let before = last.get(index).filter(|last| Arc::ptr_eq(&last.step, &column.step) && last.width == column.width);
        let block = match before.and_then(|last| last.name.as_ref()) {
            Some((_, name)) => Arc::clone(&name.block),
            None => {
                let measure = Measure {
                    width: Some(width as f32),
                    max_lines: Some(2),
                    align: Align::Center,
                    ..Measure::default()
                };
                blocks.block(&column.step.name, theme.text.small.into(), measure, engine)
            }
        };
        tallest = tallest.max(f64::from(block.height));
        let at = Point::new(column.x + pad, top + 8.0);
        column.name = Some((Rect::ZERO, Placed { at, block, width }));
    }
    let height = tallest + 12.0;
    for column in columns {
        if let Some((rect, _)) = &mut column.name {
            *rect = Rect::new(column.x, top, column.x + column.width, top + height);
        }
    }
    height
}

/// Between the lane names and the first stage.
const NAMES_GAP: f64 = 20.0;
/// The lane names of an emotion lane leave room for the numbers of the axis.
const AXIS_ROOM: f64 = 28.0;

/// The width of the column of lane names: what the longest asks for, within the theme's bounds.
pub(super) fn lane_names_width(map: &JourneyMap, theme: &Theme, blocks: &mut Blocks, engine: &mut TextEngine) -> f64 {
    let (least, most) = theme.sizes.lane_names;
    let mut width = least;
    for lane in map.lanes.iter().filter(|lane| !lane.hidden) {
        let name = blocks.widths(&lane.name, theme.text.strong.into(), engine);
        let hint = blocks.widths(&lane.hint, theme.text.small.into(), engine);
        let axis = if lane.kind == crate::model::LaneKind::Emotion { AXIS_ROOM } else { 0.0 };
        width = width.max(f64::from(name.1.max(hint.1)) + axis);
    }
    (width.min(most) + NAMES_GAP).ceil()
}

/// A row with its names and no content yet; as high as the names need.
pub(super) fn row(lane: &Lane, layout: &Layout, y: f64, blocks: &mut Blocks, engine: &mut TextEngine) -> Row {
    let theme = &layout.theme;
    let first = layout.stages.first().map_or(layout.grid, |s| s.header);
    let (x0, x1) = if layout.rtl { (first.x1.max(layout.grid.x0), layout.grid.x1) } else { (layout.grid.x0, first.x0) };
    let axis = if lane.kind == crate::model::LaneKind::Emotion { AXIS_ROOM } else { 0.0 };
    let width = (x1 - x0 - NAMES_GAP - axis).max(24.0);
    let measure = Measure { width: Some(width as f32), align: side(layout.rtl), ..Measure::default() };
    let name = blocks.block(&lane.name, theme.text.strong.into(), measure, engine);
    let hint = blocks.block(&lane.hint, theme.text.small.into(), measure, engine);
    let x = if layout.rtl { x1 - width } else { x0 };
    let pad = theme.sizes.lane_pad + if lane.collapsed { -2.0 } else { 2.0 };
    let name_height = f64::from(name.height);
    let hint_height = if lane.hint.is_empty() || lane.collapsed { 0.0 } else { f64::from(hint.height) + 2.0 };
    let at = Point::new(x, y + pad);
    Row {
        lane: lane.id.clone(),
        kind: lane.kind,
        y,
        height: 2.0 * pad + name_height + hint_height,
        header: Rect::new(x0, y, x1, y),
        name: Placed { at, block: name, width },
        hint: Placed { at: Point::new(x, at.y + name_height + 2.0), block: hint, width },
        content: RowContent::Collapsed,
    }
}
