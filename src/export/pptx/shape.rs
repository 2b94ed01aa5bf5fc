//! What stands on a slide: shapes with their text, in points from the slide's top left corner.

use std::sync::Arc;

use kurbo::{BezPath, Point, Rect};

use crate::picture::Picture;
use crate::theme::Color;

/// A slide before it is written.
#[derive(Default)]
pub(super) struct Slide {
    /// From the back to the front.
    pub shapes: Vec<Shape>,
    /// What the speaker reads, paragraph by paragraph.
    pub notes: Vec<Paragraph>,
}

/// A thing that can be selected on a slide.
pub(super) enum Shape {
    Box(BoxShape),
    Free(Freeform),
    Picture(PictureShape),
    Connector(Connector),
    /// Shapes that move together.
    Group(String, Vec<Self>),
}

/// A rectangle or the like, with its text.
#[derive(Clone)]
pub(super) struct BoxShape {
    /// What it is called in lists of shapes.
    pub name: String,
    pub role: Role,
    pub rect: Rect,
    pub geometry: Geometry,
    pub fill: Fill,
    pub line: Option<Stroke>,
    /// Points down, blur and colour.
    pub shadow: Option<(f64, f64, Color)>,
    pub text: Option<Body>,
}

/// What a shape is to the slide.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The slide's title.
    Title,
    /// A shape that is filled or framed.
    Shape,
    /// A text that stands on the ground.
    Text,
}

/// The outline of a shape.
#[derive(Clone, Copy)]
pub(super) enum Geometry {
    Rect,
    Ellipse,
    /// All corners round, with this radius.
    Round(f64),
    /// The upper corners round.
    RoundTop(f64),
    /// The lower corners round.
    RoundBottom(f64),
    /// A face whose mouth bends by −1 (sad) to 1 (happy).
    Face(f64),
}

#[derive(Clone)]
pub(super) enum Fill {
    None,
    Solid(Color),
    /// Colours from top to bottom, each with its share of the height, in rising order.
    Vertical(Vec<(f64, Color)>),
}

#[derive(Clone)]
pub(super) struct Stroke {
    pub width: f64,
    pub paint: Fill,
    /// Lengths of dash and gap.
    pub dash: Option<(f64, f64)>,
}

impl Stroke {
    pub fn solid(width: f64, color: Color) -> Self {
        Self { width, paint: Fill::Solid(color), dash: None }
    }
}

/// A text in a shape.
#[derive(Clone)]
pub(super) struct Body {
    /// From the sides of the shape: left, top, right, bottom.
    pub insets: [f64; 4],
    pub in_middle: bool,
    /// Whether the text is made smaller when it is edited and no longer fits.
    pub shrinks: bool,
    /// Whether lines break at the sides of the shape.
    pub wraps: bool,
    pub paragraphs: Vec<Paragraph>,
}

#[derive(Clone)]
pub(super) struct Paragraph {
    pub rtl: bool,
    pub side: Side,
    /// Room above, in points.
    pub above: f64,
    /// Room before the text, in points.
    pub indent: f64,
    /// A sign in that room, and its colour.
    pub mark: Option<(char, Color)>,
    pub runs: Vec<Run>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Middle,
    Right,
}

#[derive(Clone)]
pub(super) struct Run {
    pub text: String,
    /// Points per em.
    pub size: f32,
    pub bold: bool,
    pub color: Color,
    /// The code of its language, where it is known.
    pub language: Option<&'static str>,
}

/// A path of its own.
pub(super) struct Freeform {
    pub name: String,
    pub path: BezPath,
    pub fill: Fill,
    pub line: Option<Stroke>,
}

/// A picture that covers a rectangle.
pub(super) struct PictureShape {
    pub name: String,
    pub rect: Rect,
    pub radius: f64,
    pub picture: Arc<Picture>,
}

/// A line, glued to shapes if it leads from one to the other.
pub(super) struct Connector {
    pub name: String,
    /// The corners of its way.
    pub corners: Vec<Point>,
    /// The places in [`Slide::shapes`] of the shapes that it joins.
    pub ends: Option<(usize, usize)>,
    pub line: Stroke,
    pub arrow: bool,
    /// Whether it begins with a dot.
    pub dot: bool,
    /// Whether dot and arrow are small.
    pub small: bool,
}

impl Shape {
    /// The sides of a box; nothing for other shapes.
    pub fn rect(&self) -> Option<Rect> {
        match self {
            Self::Box(shape) => Some(shape.rect),
            _ => None,
        }
    }
}
