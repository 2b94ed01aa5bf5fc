//! The finished picture: shapes and shaped text at their places, in points, for the screen and for files.
//!
//! The painter on the screen and every exporter walk the same [`Scene`] with one `match` on
//! [`Item`]. None of them measures or breaks anything.

mod build;
mod face;
mod icon;
mod links;
mod parts;
mod strip;
mod wheel;

use std::sync::Arc;

use kurbo::{BezPath, Point, Rect, Size};

use crate::model::Element;
use crate::picture::Picture;
use crate::text::TextBlock;
use crate::theme::Color;

pub use build::{build, build_visible};
pub use face::face;
pub use icon::{annotation_icon, channel_icon};
pub(crate) use links::stroke as link_stroke;
pub(crate) use parts::stroke_of;
pub use strip::{Strip, strips};

/// A picture of a map, or of the part of it that is looked at.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The size of the whole picture, in points.
    pub size: Size,
    /// What is behind everything.
    pub ground: Color,
    /// From the back to the front.
    pub groups: Vec<Group>,
}

impl Scene {
    /// The size of the smallest text, in points; nothing without texts. Icons are no texts.
    pub fn smallest_text(&self) -> Option<f64> {
        let items = self.groups.iter().flat_map(|group| group.items.iter());
        let sizes = items.filter_map(|item| match item {
            Item::Text(text) if !text.block.text.trim().is_empty() => text.block.runs.first().map(|run| run.size),
            _ => None,
        });
        sizes.min_by(f32::total_cmp).map(f64::from)
    }
}

/// What is drawn for one element.
#[derive(Clone, Debug)]
pub struct Group {
    /// What it shows; `None` for decoration.
    pub element: Option<Element>,
    /// The origin of its items, on the map.
    pub origin: Point,
    /// All that it covers, on the map, shadows left out.
    pub bounds: Rect,
    /// From the back to the front; shared as long as nothing in them changes.
    pub items: Arc<[Item]>,
}

/// One drawn thing, in the coordinates of its group.
#[derive(Clone, Debug)]
pub enum Item {
    /// A rectangle with round corners; a circle is one whose radius is half its side.
    Rect(RoundRect),
    /// A disc, round or longish.
    Oval(Oval),
    /// A line, straight or curved, with round ends.
    Line(Line),
    /// A laid-out text or icon.
    Text(Text),
    /// A picture from a file.
    Picture(PictureBox),
}

/// A rectangle with round corners.
#[derive(Clone, Debug)]
pub struct RoundRect {
    /// Its sides.
    pub rect: Rect,
    /// Radii of the corners: top left, top right, bottom right, bottom left.
    pub radii: [f64; 4],
    /// The inside.
    pub fill: Paint,
    /// The border, drawn inside the rectangle's sides: width and colour.
    pub border: Option<(f64, Color)>,
    /// The shadow below.
    pub shadow: Option<Shadow>,
}

/// An ellipse with upright axes.
#[derive(Clone, Copy, Debug)]
pub struct Oval {
    /// The rectangle that it touches.
    pub rect: Rect,
    /// Its colour.
    pub fill: Color,
}

impl Oval {
    /// The ellipse, for programs that draw paths.
    pub fn shape(&self) -> kurbo::Ellipse {
        kurbo::Ellipse::from_rect(self.rect)
    }
}

/// A soft shadow of a rectangle.
#[derive(Clone, Copy, Debug)]
pub struct Shadow {
    /// Points down.
    pub down: f64,
    /// The standard deviation of the blur, in points.
    pub blur: f64,
    /// Its colour where it is full.
    pub color: Color,
}

/// A line with round ends and joints.
#[derive(Clone, Debug)]
pub struct Line {
    /// Where it runs; shared, so that caches recognise it.
    pub path: Arc<BezPath>,
    /// Its width in points.
    pub width: f64,
    /// Its colour.
    pub paint: Paint,
    /// Lengths of dash and gap, if it is dashed.
    pub dash: Option<(f64, f64)>,
}

/// A laid-out text.
#[derive(Clone, Debug)]
pub struct Text {
    /// The block's top left corner.
    pub at: Point,
    /// The glyphs.
    pub block: Arc<TextBlock>,
    /// Its colour; emoji have their own.
    pub color: Color,
}

/// A picture that covers a rectangle; what does not fit is cut off evenly.
#[derive(Clone, Debug)]
pub struct PictureBox {
    /// The sides of what is seen.
    pub rect: Rect,
    /// Radii of the corners, as those of a [`RoundRect`].
    pub radii: [f64; 4],
    /// The picture.
    pub picture: Arc<Picture>,
}

/// What a shape is filled with.
#[derive(Clone, Debug, PartialEq)]
pub enum Paint {
    /// One colour.
    Solid(Color),
    /// Colours from top to bottom: their heights in the group's coordinates, in rising order.
    Vertical(Arc<[(f64, Color)]>),
}

impl Paint {
    /// The colour at height `y`, in the group's coordinates.
    pub fn at(&self, y: f64) -> Color {
        match self {
            Self::Solid(color) => *color,
            Self::Vertical(stops) => {
                let after = stops.partition_point(|(height, _)| *height < y);
                match (after.checked_sub(1).and_then(|i| stops.get(i)), stops.get(after)) {
                    (Some((a, low)), Some((b, high))) => low.mix(*high, ((y - a) / (b - a)) as f32),
                    (Some((_, color)), None) | (None, Some((_, color))) => *color,
                    (None, None) => Color::default(),
                }
            }
        }
    }
}

impl RoundRect {
    /// A filled rectangle without border and shadow.
    pub fn plain(rect: Rect, radius: f64, fill: Color) -> Self {
        Self { rect, radii: [radius; 4], fill: Paint::Solid(fill), border: None, shadow: None }
    }
}
