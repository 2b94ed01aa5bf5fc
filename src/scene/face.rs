//! Faces: a disc in the colour of the emotion, two eyes, and a mouth that bends with it.

use std::sync::Arc;

use kurbo::{BezPath, Circle, Point, Rect};

use super::{Item, Line, Paint, RoundRect};
use crate::model::Emotion;
use crate::theme::{Color, Theme};

/// The items of a face of `radius` around `center`, with a ring in the colour of the ground.
pub fn face(items: &mut Vec<Item>, center: Point, radius: f64, emotion: Emotion, ring: Color, theme: &Theme) {
    let ink = theme.colors.on_emotion;
    items.push(disc(center, radius + 2.0, ring));
    items.push(disc(center, radius, theme.emotion(emotion)));
    for side in [-1.0, 1.0] {
        items.push(disc(center + (side * radius * 0.34, -radius * 0.24), radius * 0.125, ink));
    }
    let bend = f64::from(emotion.get()) / 5.0;
    let (reach, low) = (radius * 0.42, radius * (0.34 - 0.12 * bend.max(0.0)));
    let mut mouth = BezPath::new();
    mouth.move_to(center + (-reach, low));
    // A parabola whose tip is `bend` times a third of the radius away from its ends' line.
    mouth.quad_to(center + (0.0, low + bend * radius * 0.66), center + (reach, low));
    let width = radius * 0.15;
    items.push(Item::Line(Line { path: Arc::new(mouth), width, paint: Paint::Solid(ink), dash: None }));
}

fn disc(center: Point, radius: f64, color: Color) -> Item {
    let rect: Rect = kurbo::Shape::bounding_box(&Circle::new(center, radius));
    Item::Rect(RoundRect::plain(rect, radius, color))
}
