//! The cards of one lane around the middle of a wheel, packed so that none touches another.

use std::f64::consts::TAU;
use std::sync::Arc;

use kurbo::{Rect, Vec2};

use super::card::Card;
use super::digest::Digest;
use super::wheel::{STRETCH, Source, WheelCard, polar, spot};
use crate::model::Touchpoint;

/// Between cards.
pub(super) const GAP: f64 = 8.0;
/// How far a card goes out at once while it looks for its place.
const STEP: f64 = 3.0;

/// The width of a card of a wheel with so many steps: where there are few, each has much room.
pub(super) fn card_width(steps: usize) -> f64 {
    156.0 + 5.0 * 12_usize.saturating_sub(steps).min(8) as f64
}

/// A step while its cards are placed.
#[derive(Clone, Copy, Default)]
struct Sector {
    /// How many cards stand side by side in its present row, and how many of them are placed.
    row: (usize, usize),
    /// The radius of the present row.
    radius: f64,
}

/// Places the cards of a lane around the middle, which is at the origin; returns the radius that they reach.
///
/// Cards of a step stand side by side across its direction where its sector has room for that, as it has for upright
/// cards at the sides of a wheel, and else one behind the other. Each goes out along its direction until it touches
/// nothing.
pub(super) fn place_ring(
    source: &mut Source<'_>,
    digest: &Digest,
    (ring, inner): (usize, f64),
    (spokes, taken): (&[f64], &[Rect]),
    placed: &mut Vec<WheelCard>,
) -> f64 {
    let first = placed.len();
    let mut reach = inner;
    let most = (0..spokes.len()).map(|column| digest.column(column).len()).max().unwrap_or(0);
    let mut sectors = vec![Sector { radius: inner, ..Sector::default() }; spokes.len()];
    // Slot by slot, so that the first cards of all steps come near the middle.
    for slot in 0..most {
        for (column, spoke) in spokes.iter().enumerate() {
            let Some(touchpoint) = digest.column(column).nth(slot) else { continue };
            let card = card(source, touchpoint, spokes.len());
            let sector = &mut sectors[column];
            if sector.row.0 == sector.row.1 {
                let left = digest.column(column).len() - slot;
                sector.row = (side_by_side(&card, *spoke, sector.radius, spokes.len()).min(left), 0);
            }
            let across = sector.row.1 as f64 + 0.5 - sector.row.0 as f64 / 2.0;
            let turn = if source.layout.rtl { -1.0 } else { 1.0 };
            let mut radius = sector.radius;
            let rect = loop {
                let angle = spoke + turn * across * breadth(&card, *spoke) / radius;
                let rect = Rect::from_center_size(spot(angle, radius).to_point(), (card.width, card.height));
                let covers = taken.iter().any(|name| name.width() > 1.0 && name.inflate(4.0, 2.0).overlaps(rect));
                if nearest(rect) >= inner && !covers && is_free(rect, column, spokes.len(), &placed[first..]) {
                    break rect;
                }
                radius += STEP;
            };
            sector.row.1 += 1;
            sector.radius = sector.radius.max(radius - if sector.row.1 < sector.row.0 { card.height } else { 0.0 });
            reach = reach.max(farthest(rect));
            placed.push(WheelCard { ring, column, rect, card });
        }
    }
    reach
}

/// How far apart two cards stand side by side in a direction: by their width or by their height, whichever is nearer.
fn breadth(card: &Card, spoke: f64) -> f64 {
    let (sin, cos) = (spoke.sin().abs(), spoke.cos().abs());
    // A step along the ring goes so far to the side and so far down.
    ((card.width + GAP) / (STRETCH * cos)).min((card.height + GAP) / sin)
}

/// How many cards like this one stand side by side in the sector of a step.
fn side_by_side(card: &Card, spoke: f64, radius: f64, steps: usize) -> usize {
    // They may lean a little over the border, where the next step mostly has less.
    let arc = TAU / steps as f64 * 1.08 * (radius + card.height / 2.0);
    // A positive number of at most some tens.
    ((arc / breadth(card, spoke)) as usize).max(1)
}

/// Whether a card of `column` keeps its distance from those of the steps around it.
fn is_free(rect: Rect, column: usize, columns: usize, others: &[WheelCard]) -> bool {
    /// Who is further away around the ring is never touched.
    const NEAR: usize = 4;
    let wide = rect.inflate(GAP, GAP);
    let is_near = |other: &&WheelCard| {
        let apart = other.column.abs_diff(column);
        apart.min(columns - apart) <= NEAR
    };
    others.iter().filter(is_near).all(|other| !other.rect.overlaps(wide))
}

/// The radius of the point of a rectangle that is nearest to the origin.
pub(super) fn nearest(rect: Rect) -> f64 {
    let x = if rect.x0 > 0.0 { rect.x0 } else { (-rect.x1).max(0.0) };
    let y = if rect.y0 > 0.0 { rect.y0 } else { (-rect.y1).max(0.0) };
    polar(Vec2::new(x, y)).1
}

/// The radius of the farthest corner of a rectangle.
fn farthest(rect: Rect) -> f64 {
    polar(Vec2::new(rect.x0.abs().max(rect.x1.abs()), rect.y0.abs().max(rect.y1.abs()))).1
}

fn card(source: &mut Source<'_>, touchpoint: &Arc<Touchpoint>, steps: usize) -> Arc<Card> {
    let width = card_width(steps);
    if let Some(card) = source.cards.0.get(&touchpoint.id)
        && Arc::ptr_eq(&card.touchpoint, touchpoint)
        && card.width == width
    {
        return Arc::clone(card);
    }
    let card = Arc::new(Card::new(touchpoint, (None, None), width, source.style, source.text));
    source.cards.0.insert(touchpoint.id.clone(), Arc::clone(&card));
    card
}
