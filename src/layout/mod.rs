//! Map and theme to boxes: where every column, row, card, curve point and text stands, in points.
//!
//! [`LayoutEngine`] keeps what it measured and lays out only what an edit touched: pieces of the map
//! that are pointer-equal to those of the last layout keep their boxes.

mod around;
mod card;
mod channels;
mod contents;
mod crew;
mod curve;
mod digest;
mod engine;
mod gaps;
mod header;
mod hit;
mod legend;
mod links;
mod metrics;
mod note;
mod pictures;
mod row;
mod wheel;
mod wheel_curve;
mod wheel_hit;
mod wheel_links;
mod wheel_ring;
mod words;

use std::sync::Arc;

use foldhash::HashMap;
use kurbo::{Point, Rect, Size};

use crate::model::{Accent, JourneyMap, LaneId, LaneKind, PersonaId, StageId, Step, StepId};
use crate::picture::Pictures;
use crate::text::TextBlock;
use crate::theme::Theme;

pub use around::Around;
pub use card::{Card, Chip, ChipKind, Mark};
pub(crate) use channels::{CHANNEL_ICON, CHANNEL_PAD};
pub use channels::{ChannelRow, PlacedChannel};
pub use curve::{Curve, CurveLabel, CurvePoint, OtherCurve, Whose, spans as curve_through};
pub use engine::{LayoutCounts, LayoutEngine};
pub use gaps::Gap;
pub use hit::{DropMark, TextPlace};
pub use legend::{LegendItem, Sample};
pub use links::PlacedLink;
pub use metrics::{MetricRow, MetricTile};
pub(crate) use metrics::{TILE_PAD, figure as metric_figure, target as metric_target};
pub use note::Note;
pub(crate) use note::{NOTE_PAD, NOTE_TOP};
pub use pictures::{PictureRow, PlacedPicture, Slide};
pub use row::{CardRow, CardRun, NoteRow, PlacedCard, PlacedNote, Slot};
pub(crate) use wheel::arc;
pub use wheel::{Ring, Sector, Wheel, WheelCard};
pub(crate) use wheel_curve::circles;
pub use wheel_curve::{WheelCurve, WheelPoint};
pub use words::Words;

/// A laid-out map. Coordinates are points from the picture's top left corner; right-to-left maps
/// are mirrored already.
#[derive(Debug)]
pub struct Layout {
    /// What was laid out.
    pub map: Arc<JourneyMap>,
    /// With which tokens.
    pub theme: Arc<Theme>,
    /// Whether the map runs from right to left.
    pub rtl: bool,
    /// The words that the picture adds, in the map's language.
    pub words: Words,
    /// The pictures that the map names, as far as they are known.
    pub pictures: Pictures,
    /// The persona whose curve is the main one; without one it is everybody's.
    pub focus: Option<PersonaId>,
    /// What lines and marks mean, below the grid; nothing where they speak for themselves.
    pub legend: Vec<LegendItem>,
    /// The size of the picture.
    pub size: Size,
    /// What stands around the grid.
    pub around: Around,
    /// The place for the logo, if there is one.
    pub logo: Option<Rect>,
    /// The title.
    pub title: Placed,
    /// The line below it; without text it takes no room.
    pub subtitle: Placed,
    /// Phases above the stages, in reading order.
    pub phases: Vec<PhaseBox>,
    /// Stages, in reading order.
    pub stages: Vec<StageBox>,
    /// Columns, in reading order.
    pub columns: Vec<Column>,
    /// Left edge and width of each column; the very list of the layout before if no column moved.
    pub across: Arc<[(f64, f64)]>,
    /// Lanes that are shown, from top to bottom.
    pub rows: Vec<Row>,
    /// Arrows between cards, in the order of the map's links.
    pub links: Vec<PlacedLink>,
    /// From the outer edge of the lane names to the end of the stages.
    pub grid: Rect,
    /// The same as a ring, if it is shown so: then this says where everything stands.
    pub wheel: Option<Arc<Wheel>>,
    /// Column by step.
    column_of: Arc<HashMap<StepId, usize>>,
}

/// A text at its place.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The block's top left corner.
    pub at: Point,
    /// The text.
    pub block: Arc<TextBlock>,
    /// The width it was broken at.
    pub width: f64,
}

/// A phase: a bracket over the stages that share it, with its name in the middle.
#[derive(Clone, Debug)]
pub struct PhaseBox {
    /// The first of its stages.
    pub first: StageId,
    /// The room above the stages.
    pub rect: Rect,
    /// The name.
    pub name: Placed,
}

/// A stage: its header and the body behind its columns.
#[derive(Clone, Debug)]
pub struct StageBox {
    /// Which stage.
    pub id: StageId,
    /// The coloured header.
    pub header: Rect,
    /// Header and everything below.
    pub body: Rect,
    /// The header's colour.
    pub accent: Accent,
    /// The name in the header.
    pub name: Placed,
    /// What customers call it, below the name.
    pub words: Option<Placed>,
}

/// A column: one step.
#[derive(Clone, Debug)]
pub struct Column {
    /// Which step.
    pub step: Arc<Step>,
    /// The index of its stage.
    pub stage: usize,
    /// Left edge.
    pub x: f64,
    /// Width.
    pub width: f64,
    /// The name above the column, and the room it has there; none if no step of the map has a name.
    pub name: Option<(Rect, Placed)>,
}

/// A row: one lane.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which lane.
    pub lane: LaneId,
    /// What it shows.
    pub kind: LaneKind,
    /// Top edge.
    pub y: f64,
    /// Height.
    pub height: f64,
    /// The room for name and hint.
    pub header: Rect,
    /// The name.
    pub name: Placed,
    /// The hint below it.
    pub hint: Placed,
    /// What stands in the cells.
    pub content: RowContent,
}

/// What stands in the cells of a row.
#[derive(Clone, Debug)]
pub enum RowContent {
    /// Nothing, the lane is collapsed.
    Collapsed,
    /// Touchpoints.
    Cards(Arc<CardRow>),
    /// The emotion curve.
    Curve(Arc<Curve>),
    /// Annotations of one kind.
    Notes(Arc<NoteRow>),
    /// The channels of the steps.
    Channels(Arc<ChannelRow>),
    /// What was measured.
    Metrics(Arc<MetricRow>),
    /// The pictures of the steps.
    Pictures(Arc<PictureRow>),
}

impl RowContent {
    /// Whether it is the same in memory, so that nothing in it can be another.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Collapsed, Self::Collapsed) => true,
            (Self::Cards(a), Self::Cards(b)) => Arc::ptr_eq(a, b),
            (Self::Curve(a), Self::Curve(b)) => Arc::ptr_eq(a, b),
            (Self::Notes(a), Self::Notes(b)) => Arc::ptr_eq(a, b),
            (Self::Channels(a), Self::Channels(b)) => Arc::ptr_eq(a, b),
            (Self::Metrics(a), Self::Metrics(b)) => Arc::ptr_eq(a, b),
            (Self::Pictures(a), Self::Pictures(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }
}

impl Layout {
    /// The index of the column of `step`.
    pub fn column_of(&self, step: &StepId) -> Option<usize> {
        self.column_of.get(step).copied()
    }

    /// Whether a row that customers see nothing of begins below touchpoints of which they do.
    pub fn is_line_of_visibility(&self, row: &Row) -> bool {
        let backstage = |row: &Row| self.map.lane(&row.lane).is_some_and(|lane| lane.backstage);
        // Lanes that only show what stands elsewhere are on neither side.
        let holds = |row: &&Row| row.kind == LaneKind::Touchpoints;
        let above = self.rows.iter().rev().skip_while(|other| other.y >= row.y).find(holds);
        backstage(row) && above.is_some_and(|above| !backstage(above))
    }

    /// The row of `lane`, if it is shown.
    pub fn row_of(&self, lane: &LaneId) -> Option<&Row> {
        self.rows.iter().find(|row| row.lane == *lane)
    }

    /// The room of a cell.
    pub fn cell_rect(&self, row: &Row, column: usize) -> Rect {
        let column = &self.columns[column];
        Rect::new(column.x, row.y, column.x + column.width, row.y + row.height)
    }

    /// The place of a card, on the map.
    pub fn card_rect(&self, row: &Row, cards: &CardRow, placed: &PlacedCard) -> Rect {
        let column = &self.columns[placed.column];
        let slot = &cards.slots[placed.slot];
        let x = column.x + self.theme.sizes.column_pad;
        Rect::new(x, row.y + slot.y, x + placed.card.width, row.y + slot.y + slot.height)
    }

    /// The place of an annotation, on the map.
    pub fn note_rect(&self, row: &Row, notes: &NoteRow, placed: &PlacedNote) -> Rect {
        let column = &self.columns[placed.column];
        let slot = &notes.slots[placed.slot];
        let x = column.x + self.theme.sizes.column_pad;
        Rect::new(x, row.y + slot.y, x + placed.note.width, row.y + slot.y + slot.height)
    }
}
