//! What stands in the cells of a stage, set for a slide: side by side where a column is wide, in lines that line up
//! across the columns.

use std::ops::Range;

use super::look::{Look, height_of};
use super::pieces;
use crate::layout::{Card, Curve, Layout, MetricTile, Note, PlacedChannel, PlacedPicture, Row, RowContent};
use crate::text::TextEngine;

/// A thing in a cell.
#[derive(Clone, Copy)]
pub(super) enum Thing<'l> {
    Card(&'l Card),
    Note(&'l Note),
    Channel(&'l PlacedChannel),
    Metric(&'l MetricTile),
    Picture(&'l PlacedPicture),
}

/// Things beside each other, in all columns.
pub(super) struct Line<'l> {
    pub height: f64,
    /// By column.
    pub things: Vec<Vec<Thing<'l>>>,
}

/// A lane of a stage.
pub(super) struct Band<'l> {
    pub row: &'l Row,
    pub curve: Option<&'l Curve>,
    pub lines: Vec<Line<'l>>,
    /// How many things stand side by side in a cell.
    pub across: usize,
    /// The height of its names.
    pub names: f64,
}

/// Heights and widths in points of the map.
const CHANNEL: f64 = 26.0;
const METRIC: f64 = 82.0;
const PICTURE: f64 = 104.0;
/// The least height of the curve.
pub(super) const CURVE: f64 = 150.0;

impl Thing<'_> {
    /// The least width that does not break words, in points of the map.
    fn least_width(self) -> f64 {
        match self {
            Self::Card(_) | Self::Note(_) => 168.0,
            Self::Channel(_) => 112.0,
            Self::Metric(_) | Self::Picture(_) => 152.0,
        }
    }

    fn height(self, width: f64, look: &Look, engine: &mut TextEngine) -> f64 {
        match self {
            Self::Card(card) => pieces::card_height(card, width, look, engine),
            Self::Note(note) => pieces::note_height(note, width, look, engine),
            Self::Channel(_) => CHANNEL * look.unit,
            Self::Metric(_) => METRIC * look.unit,
            Self::Picture(_) => (width * 2.0 / 3.0).min(PICTURE * look.unit),
        }
    }
}

impl<'l> Band<'l> {
    /// The lane of `row` in these columns, each `width` wide.
    pub fn new(
        row: &'l Row,
        columns: Range<usize>,
        (width, names): (f64, f64),
        look: &Look,
        engine: &mut TextEngine,
    ) -> Self {
        let cells: Vec<Vec<Thing<'l>>> = columns.map(|column| things(&row.content, column)).collect();
        let inner = width - 2.0 * look.theme.sizes.column_pad;
        let gap = look.theme.sizes.card_gap;
        let most = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let least = cells.iter().flatten().map(|thing| thing.least_width()).fold(0.0, f64::max) * look.unit;
        // At least one: widths are positive.
        let across = (((inner + gap) / (least + gap)) as usize).clamp(1, most);
        let thing_width = (inner - gap * (across as f64 - 1.0)) / across as f64;
        let count = most.div_ceil(across);
        let line = |index: usize| {
            let things: Vec<Vec<Thing<'l>>> =
                cells.iter().map(|cell| cell.chunks(across).nth(index).unwrap_or_default().to_vec()).collect();
            let heights = things.iter().flatten().map(|thing| thing.height(thing_width, look, engine));
            Line { height: heights.fold(0.0, f64::max), things }
        };
        let curve = match &row.content {
            RowContent::Curve(curve) => Some(&**curve),
            _ => None,
        };
        let lines = (0..count).map(line).collect();
        let axis = if curve.is_some() { AXIS * look.unit } else { 0.0 };
        let names = names_height(row, names - axis, look, engine);
        Self { row, curve, lines, across, names }
    }

    /// The height of some of its lines with the room around them.
    pub fn height(&self, lines: &Range<usize>, look: &Look) -> f64 {
        let sizes = &look.theme.sizes;
        let names = self.names + 2.0 * sizes.lane_pad;
        if is_folded(self.row) {
            return sizes.collapsed.max(names - 4.0 * look.unit);
        }
        if self.curve.is_some() {
            return (CURVE * look.unit).max(names);
        }
        let all: f64 = self.lines[lines.clone()].iter().map(|line| line.height + sizes.card_gap).sum();
        (all - sizes.card_gap + 2.0 * sizes.lane_pad).max(names)
    }
}

/// Lane names of the curve leave room for the numbers of its axis, in points of the map.
pub(super) const AXIS: f64 = 30.0;

fn names_height(row: &Row, width: f64, look: &Look, engine: &mut TextEngine) -> f64 {
    let text = &look.theme.text;
    let name = height_of(&row.name.block.text, text.strong, width, engine);
    let hint = hint_of(row);
    name + if hint.is_empty() { 0.0 } else { height_of(hint, text.small, width, engine) }
}

/// Whether only the name of the lane is shown.
pub(super) fn is_folded(row: &Row) -> bool {
    matches!(row.content, RowContent::Collapsed)
}

/// What stands below the name of a lane.
pub(super) fn hint_of(row: &Row) -> &str {
    if is_folded(row) { "" } else { &row.hint.block.text }
}

/// What stands in the cell of a column.
fn things(content: &RowContent, column: usize) -> Vec<Thing<'_>> {
    match content {
        RowContent::Cards(row) => row.column(column).iter().map(|placed| Thing::Card(&placed.card)).collect(),
        RowContent::Notes(row) => row.column(column).iter().map(|placed| Thing::Note(&placed.note)).collect(),
        RowContent::Channels(row) => {
            row.channels.iter().filter(|channel| channel.column == column).map(Thing::Channel).collect()
        }
        RowContent::Metrics(row) => row.tiles.iter().filter(|tile| tile.column == column).map(Thing::Metric).collect(),
        RowContent::Pictures(row) => row.column(column).iter().map(Thing::Picture).collect(),
        RowContent::Curve(_) | RowContent::Collapsed => Vec::new(),
    }
}

/// The lanes of a stage in these columns.
pub(super) fn bands<'l>(
    layout: &'l Layout,
    columns: &Range<usize>,
    widths: (f64, f64),
    look: &Look,
    engine: &mut TextEngine,
) -> Vec<Band<'l>> {
    layout.rows.iter().map(|row| Band::new(row, columns.clone(), widths, look, engine)).collect()
}
