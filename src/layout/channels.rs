//! The channels lane: where each step happens, and where that changes.

use std::sync::Arc;

use kurbo::Rect;

use super::digest::Digest;
use super::header::Blocks;
use super::{Column, Layout};
use crate::text::{Measure, TextBlock, TextEngine};

/// The channels of all steps; heights are from the row's top, x on the map.
#[derive(Debug)]
pub struct ChannelRow {
    /// The height of the whole row.
    pub height: f64,
    /// Channels from column to column and from top to bottom.
    pub channels: Vec<PlacedChannel>,
    /// The middles of the gaps between neighbours with other channels.
    pub changes: Vec<kurbo::Point>,
}

/// A channel in its cell.
#[derive(Debug)]
pub struct PlacedChannel {
    /// The column.
    pub column: usize,
    /// Its name.
    pub name: String,
    /// The name as glyphs.
    pub label: Arc<TextBlock>,
    /// The chip around it.
    pub rect: Rect,
}

/// Inside a chip: from its end to the icon, the icon, from there to the name.
pub(crate) const CHANNEL_PAD: f64 = 10.0;
/// The side of a channel's icon.
pub(crate) const CHANNEL_ICON: f64 = 15.0;
/// The height of a chip, and between two.
const CHIP: (f64, f64) = (26.0, 6.0);

/// The channels of one column, each once, in lane order.
fn of_column(digests: &[Arc<Digest>], column: usize) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for touchpoint in digests.iter().flat_map(|digest| digest.column(column)) {
        for channel in &touchpoint.channels {
            if !names.contains(&channel.as_str()) {
                names.push(channel);
            }
        }
    }
    names
}

impl ChannelRow {
    pub(super) fn new(digests: &[Arc<Digest>], layout: &Layout, blocks: &mut Blocks, engine: &mut TextEngine) -> Self {
        let pad = layout.theme.sizes.lane_pad;
        let columns: Vec<Vec<&str>> = (0..layout.columns.len()).map(|i| of_column(digests, i)).collect();
        let most = columns.iter().map(Vec::len).max().unwrap_or(0).max(1) as f64;
        let height = 2.0 * pad + most * CHIP.0 + (most - 1.0) * CHIP.1;
        let mut channels = Vec::new();
        for (index, (column, names)) in layout.columns.iter().zip(&columns).enumerate() {
            let stack = names.len() as f64 * (CHIP.0 + CHIP.1) - CHIP.1;
            let mut y = (height - stack) / 2.0;
            for name in names {
                let label = label(name, column, layout, blocks, engine);
                let width = 2.0 * CHANNEL_PAD + CHANNEL_ICON + 5.0 + f64::from(label.width).ceil();
                let x = column.x + (column.width - width) / 2.0;
                let rect = Rect::new(x, y, x + width, y + CHIP.0);
                channels.push(PlacedChannel { column: index, name: (*name).to_owned(), label, rect });
                y += CHIP.0 + CHIP.1;
            }
        }
        Self { height, channels, changes: changes(&columns, &layout.columns, height / 2.0) }
    }
}

fn label(name: &str, column: &Column, layout: &Layout, blocks: &mut Blocks, engine: &mut TextEngine) -> Arc<TextBlock> {
    let style = layout.theme.text.small.into();
    let most = (column.width - 2.0 * CHANNEL_PAD - CHANNEL_ICON - 29.0) as f32;
    let natural = blocks.widths(name, style, engine).1.ceil() + 0.5;
    let measure = Measure { width: Some(natural.min(most)), max_lines: Some(1), ..Measure::default() };
    blocks.block(name, style, measure, engine)
}

/// Where the first channel of a step is another than that of the step before.
fn changes(names: &[Vec<&str>], columns: &[Column], y: f64) -> Vec<kurbo::Point> {
    let pairs = names.windows(2).zip(columns.windows(2));
    let differ = pairs.filter(|(n, _)| !n[0].is_empty() && !n[1].is_empty() && n[0][0] != n[1][0]);
    let middle = |c: &[Column]| {
        let (a, b) = if c[0].x < c[1].x { (&c[0], &c[1]) } else { (&c[1], &c[0]) };
        kurbo::Point::new((a.x + a.width + b.x) / 2.0, y)
    };
    differ.map(|(_, c)| middle(c)).collect()
}
