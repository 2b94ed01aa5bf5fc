//! The same map as a ring: stages are sectors, lanes are rings, the emotion curve is a line around the middle, and
//! the last stage meets the first.
//!
//! Nothing is turned: cards and words stand upright. A ring is as wide as its cards need so that none touches
//! another, which is tried from the inside outwards.

use std::collections::HashMap;
use std::f64::consts::TAU;
use std::sync::Arc;

use kurbo::{BezPath, Point, Rect, Vec2};

use super::card::{Card, CardStyle};
use super::curve::spans;
use super::digest::Digest;
use super::header::Blocks;
use super::links::PlacedLink;
use super::wheel_links::links;
use super::{Layout, Placed};
use crate::model::{Emotion, JourneyMap, LaneId, LaneKind, Touchpoint, TouchpointId};
use crate::text::{Align, Measure, TextBlock, TextEngine};
use crate::theme::{Color, Theme};

/// A map as a ring; coordinates are points from the picture's top left corner.
#[derive(Debug)]
pub struct Wheel {
    /// The middle.
    pub center: Point,
    /// The radii of −5 and +5 on the emotion ring; nothing where the map does not show emotions.
    pub emotion: Option<(f64, f64)>,
    /// The points of the curve.
    pub points: Vec<WheelPoint>,
    /// The curve in short strokes with their colours, the last of them back to the first point.
    pub strokes: Vec<(Arc<BezPath>, Color, bool)>,
    /// Stages, in reading order.
    pub sectors: Vec<Sector>,
    /// Steps, in reading order: the direction in which each lies.
    pub spokes: Vec<f64>,
    /// The names of the steps.
    pub step_names: Vec<Placed>,
    /// Lanes of touchpoints, from the inside outwards.
    pub rings: Vec<Ring>,
    /// Cards, by lane and step.
    pub cards: Vec<WheelCard>,
    /// The radius of the outermost ring.
    pub radius: f64,
}

/// A stage of a wheel.
#[derive(Debug)]
pub struct Sector {
    /// Where it begins and ends, in radians.
    pub range: (f64, f64),
    /// The pill with its name, outside the rings.
    pub pill: Rect,
    /// The name.
    pub name: Arc<TextBlock>,
    /// The arc in its colour.
    pub arc: Arc<BezPath>,
}

/// A lane of a wheel.
#[derive(Debug)]
pub struct Ring {
    /// Which lane.
    pub lane: LaneId,
    /// The radii between which its cards stand.
    pub range: (f64, f64),
    /// Its name, where the journey begins.
    pub name: Placed,
}

/// A card of a wheel.
#[derive(Clone, Debug)]
pub struct WheelCard {
    /// The place of its lane among the rings.
    pub ring: usize,
    /// The column.
    pub column: usize,
    /// Where it stands.
    pub rect: Rect,
    /// What stands there.
    pub card: Arc<Card>,
}

/// A point of the curve of a wheel.
#[derive(Clone, Debug)]
pub struct WheelPoint {
    /// The column.
    pub column: usize,
    /// Its place.
    pub at: Point,
    /// The emotion.
    pub emotion: Emotion,
    /// The touchpoint whose emotion it is.
    pub touchpoint: Arc<Touchpoint>,
}

/// Cards that were measured for wheels.
#[derive(Debug, Default)]
pub(super) struct WheelCards(HashMap<TouchpointId, Arc<Card>>);

/// The width of a card.
const CARD: f64 = 156.0;
/// Between cards.
const GAP: f64 = 8.0;
/// The part of the circle, in radians, where the journey begins and the lanes have their names.
const SEAM: f64 = 0.30;
/// Between stages, in radians.
const STAGE_GAP: f64 = 0.03;
/// The radius of the middle with the title, and the width of the emotion ring.
const MIDDLE: f64 = 210.0;
const EMOTION: (f64, f64) = (180.0, 420.0);
/// The angle of one stroke of the curve, in radians: so small that it looks round.
const STROKE: f64 = 0.035;

/// What a wheel is made from.
pub(super) struct Source<'a> {
    pub layout: &'a Layout,
    pub digests: &'a [Arc<Digest>],
    pub style: &'a CardStyle,
    pub cards: &'a mut WheelCards,
    pub blocks: &'a mut Blocks,
    pub text: &'a mut TextEngine,
}

/// Turns a laid-out map into a ring: its parts, the size of the picture, the title in the middle, and the links.
pub(super) fn wheel(source: &mut Source<'_>) -> (Wheel, f64, [Placed; 2], Vec<PlacedLink>) {
    let layout = source.layout;
    let (spokes, ranges) = spokes(&layout.map, layout.rtl);
    let has_curve = layout.map.lanes.iter().any(|l| l.kind == LaneKind::Emotion && !l.hidden);
    // The cards of the innermost lane have room side by side where that lane has this radius; up to it the curve,
    // the hero of the picture, takes what is free.
    let wanted = spokes.len() as f64 * (CARD + GAP) / TAU * 1.15;
    let width = (wanted - MIDDLE - 80.0).clamp(EMOTION.0, EMOTION.1);
    let emotion = has_curve.then_some((MIDDLE + 12.0, MIDDLE + 12.0 + width));
    let names = MIDDLE + 12.0 + if has_curve { width + 34.0 } else { 10.0 };
    let mut cards = Vec::new();
    let mut rings = Vec::new();
    let around_origin = step_names(source, &spokes, (Point::ORIGIN, names));
    let mut taken: Vec<Rect> = around_origin.iter().map(super::hit::placed_rect).collect();
    let mut inner = names + 12.0;
    for (lane, digest) in layout.map.lanes.iter().zip(source.digests) {
        if lane.hidden || lane.kind != LaneKind::Touchpoints {
            continue;
        }
        let outer = place_ring(source, digest, (rings.len(), inner), (&spokes, &taken), &mut cards);
        taken.clear();
        rings.push((lane.id.clone(), (inner, outer.max(inner + 40.0))));
        inner = outer.max(inner + 40.0) + 10.0;
    }
    let radius = inner;
    let half = half_size(source, &ranges, radius);
    let center = Point::new(half, half);
    for card in &mut cards {
        card.rect = card.rect + center.to_vec2();
    }
    let sectors = sectors(source, &ranges, (center, radius, names));
    let step_names = step_names(source, &spokes, (center, names));
    let rings = rings.into_iter().map(|(lane, range)| ring(source, lane, range, center)).collect();
    let points = emotion.map(|range| points(source, &spokes, (center, range))).unwrap_or_default();
    let strokes = emotion.map(|range| strokes(&points, (center, range), layout)).unwrap_or_default();
    let titles = titles(source, center);
    let wheel = Wheel { center, emotion, points, strokes, sectors, spokes, step_names, rings, cards, radius };
    let links = links(source, &wheel);
    (wheel, 2.0 * half, titles, links)
}

/// The direction of each column, and the range of each stage, in radians; 0 is up, along the journey.
fn spokes(map: &JourneyMap, rtl: bool) -> (Vec<f64>, Vec<(f64, f64)>) {
    let steps = map.steps().count().max(1) as f64;
    let free = TAU - SEAM - STAGE_GAP * map.stages.len().saturating_sub(1) as f64;
    let each = free / steps;
    let turn = |angle: f64| if rtl { -angle } else { angle };
    let (mut spokes, mut ranges, mut at) = (Vec::new(), Vec::new(), SEAM / 2.0);
    for stage in &map.stages {
        let start = at;
        for _ in &stage.steps {
            spokes.push(turn(at + each / 2.0));
            at += each;
        }
        ranges.push((turn(start), turn(at)));
        at += STAGE_GAP;
    }
    (spokes, ranges)
}

/// A unit vector; 0 is up, and angles grow as a clock's hands go.
fn direction(angle: f64) -> Vec2 {
    Vec2::new(angle.sin(), -angle.cos())
}

/// Places the cards of a lane around the middle, which is at the origin; returns the radius that they reach.
///
/// Each goes out along the direction of its step until it touches nothing.
fn place_ring(
    source: &mut Source<'_>,
    digest: &Digest,
    (ring, inner): (usize, f64),
    (spokes, taken): (&[f64], &[Rect]),
    placed: &mut Vec<WheelCard>,
) -> f64 {
    let first = placed.len();
    let mut reach = inner;
    let most = (0..spokes.len()).map(|column| digest.column(column).len()).max().unwrap_or(0);
    // Slot by slot, so that the first cards of all steps come near the middle.
    for slot in 0..most {
        for (column, spoke) in spokes.iter().enumerate() {
            let Some(touchpoint) = digest.column(column).get(slot) else { continue };
            let card = card(source, touchpoint);
            let own = placed[first..].iter().rev().find(|other| other.column == column);
            let mut radius = own.map_or(inner, |other| other.rect.center().to_vec2().hypot());
            let rect = loop {
                let at = Point::ORIGIN + direction(*spoke) * radius;
                let rect = Rect::from_center_size(at, (card.width, card.height));
                let covers = taken.iter().any(|name| name.width() > 1.0 && name.inflate(4.0, 2.0).overlaps(rect));
                if nearest(rect) >= inner && !covers && is_free(rect, column, spokes.len(), &placed[first..]) {
                    break rect;
                }
                radius += 3.0;
            };
            reach = reach.max(farthest(rect));
            placed.push(WheelCard { ring, column, rect, card });
        }
    }
    reach
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

/// The distance of a rectangle from the origin, and that of its farthest corner.
fn nearest(rect: Rect) -> f64 {
    let x = if rect.x0 > 0.0 { rect.x0 } else { (-rect.x1).max(0.0) };
    let y = if rect.y0 > 0.0 { rect.y0 } else { (-rect.y1).max(0.0) };
    x.hypot(y)
}

fn farthest(rect: Rect) -> f64 {
    rect.x0.abs().max(rect.x1.abs()).hypot(rect.y0.abs().max(rect.y1.abs()))
}

fn card(source: &mut Source<'_>, touchpoint: &Arc<Touchpoint>) -> Arc<Card> {
    if let Some(card) = source.cards.0.get(&touchpoint.id)
        && Arc::ptr_eq(&card.touchpoint, touchpoint)
    {
        return Arc::clone(card);
    }
    let card = Arc::new(Card::new(touchpoint, None, CARD, source.style, source.text));
    source.cards.0.insert(touchpoint.id.clone(), Arc::clone(&card));
    card
}

impl WheelCards {
    /// Forgets all, as they would be measured otherwise now.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// From the middle to the edge of the picture: the rings, the names of the stages, the margin.
fn half_size(source: &mut Source<'_>, ranges: &[(f64, f64)], radius: f64) -> f64 {
    let margin = source.layout.theme.sizes.margin;
    let mut half = radius;
    for (index, range) in ranges.iter().enumerate() {
        let (pill, _) = pill(source, index, *range, radius);
        half = half.max(pill.x0.abs()).max(pill.x1.abs()).max(pill.y0.abs()).max(pill.y1.abs());
    }
    (half + margin).ceil()
}

/// The pill with the name of a stage, around the origin.
fn pill(source: &mut Source<'_>, index: usize, range: (f64, f64), radius: f64) -> (Rect, Arc<TextBlock>) {
    let style = source.layout.theme.text.heading.into();
    let name = &source.layout.map.stages[index].name;
    let natural = source.blocks.widths(name, style, source.text).1.ceil() + 0.5;
    let measure = Measure { width: Some(natural.min(260.0)), max_lines: Some(1), ..Measure::default() };
    let block = source.blocks.block(name, style, measure, source.text);
    let size = kurbo::Size::new(f64::from(block.width).ceil() + 36.0, 40.0);
    let towards = direction((range.0 + range.1) / 2.0);
    // So far out that the pill's nearest side is on the ring.
    let out = radius + 16.0 + (towards.x.abs() * size.width + towards.y.abs() * size.height) / 2.0;
    (Rect::from_center_size(Point::ORIGIN + towards * out, size), block)
}

fn sectors(source: &mut Source<'_>, ranges: &[(f64, f64)], (center, radius, names): (Point, f64, f64)) -> Vec<Sector> {
    let sector = |(index, range): (usize, &(f64, f64))| {
        let (rect, name) = pill(source, index, *range, radius);
        let arc = Arc::new(arc(center, names - 16.0, *range));
        Sector { range: *range, pill: rect + center.to_vec2(), name, arc }
    };
    ranges.iter().enumerate().map(sector).collect()
}

/// An arc around the middle.
pub(crate) fn arc(center: Point, radius: f64, (from, to): (f64, f64)) -> BezPath {
    // kurbo counts from the right, we from the top.
    let start = from - TAU / 4.0;
    kurbo::Shape::to_path(&kurbo::Arc::new(center, (radius, radius), start, to - from, 0.0), 0.02)
}

fn step_names(source: &mut Source<'_>, spokes: &[f64], (center, radius): (Point, f64)) -> Vec<Placed> {
    let room = (2.0 * radius * (TAU / spokes.len().max(1) as f64 / 2.0).sin()).clamp(40.0, 130.0);
    let style = source.layout.theme.text.small.into();
    let mut names = Vec::new();
    for (column, spoke) in source.layout.columns.iter().zip(spokes) {
        let natural = source.blocks.widths(&column.step.name, style, source.text).1.ceil() + 0.5;
        let width = f64::from(natural).min(room);
        let measure =
            Measure { width: Some(width as f32), max_lines: Some(1), align: Align::Center, ..Measure::default() };
        let block = source.blocks.block(&column.step.name, style, measure, source.text);
        let (towards, height) = (direction(*spoke), f64::from(block.height));
        // Its nearest side is on the circle, wherever it lies.
        let middle = center + towards * radius + Vec2::new(towards.x * width / 2.0, towards.y * height / 2.0);
        names.push(Placed { at: Point::new(middle.x - width / 2.0, middle.y - height / 2.0), block, width });
    }
    names
}

fn ring(source: &mut Source<'_>, lane: LaneId, range: (f64, f64), center: Point) -> Ring {
    let middle = f64::midpoint(range.0, range.1);
    let room = (2.0 * middle * (SEAM / 2.0).sin() - 16.0).clamp(60.0, 150.0);
    let name = source.layout.map.lane(&lane).map(|l| l.name.clone()).unwrap_or_default();
    let style = source.layout.theme.text.strong.into();
    let measure = Measure { width: Some(room as f32), max_lines: Some(2), align: Align::Center, ..Measure::default() };
    let block = source.blocks.block(&name, style, measure, source.text);
    let at = Point::new(center.x - room / 2.0, center.y - middle - f64::from(block.height) / 2.0);
    Ring { lane, range, name: Placed { at, block, width: room } }
}

/// Title and subtitle in the middle.
fn titles(source: &mut Source<'_>, center: Point) -> [Placed; 2] {
    let width = 1.62 * MIDDLE;
    let text = &source.layout.theme.text;
    let measure = Measure { width: Some(width as f32), max_lines: Some(4), align: Align::Center, ..Measure::default() };
    let title = source.blocks.block(&source.layout.map.title, text.title.into(), measure, source.text);
    let subtitle = source.blocks.block(&source.layout.map.subtitle, text.body.into(), measure, source.text);
    let (a, b) = (f64::from(title.height), f64::from(subtitle.height));
    let has_subtitle = !source.layout.map.subtitle.is_empty();
    let top = center.y - if has_subtitle { (a + 8.0 + b) / 2.0 } else { a / 2.0 };
    let x = center.x - width / 2.0;
    let placed = |y: f64, block| Placed { at: Point::new(x, y), block, width };
    [placed(top, title), placed(top + a + 8.0, subtitle)]
}

/// The radius of an emotion on its ring.
fn radius_of(value: f64, (low, high): (f64, f64)) -> f64 {
    low + 16.0 + (value + 5.0) / 10.0 * (high - low - 32.0)
}

fn points(source: &Source<'_>, spokes: &[f64], (center, range): (Point, (f64, f64))) -> Vec<WheelPoint> {
    let focus = source.layout.focus.as_ref();
    let each = TAU / spokes.len().max(1) as f64 * 0.8;
    let mut points = Vec::new();
    for (column, spoke) in spokes.iter().enumerate() {
        let told: Vec<(&Arc<Touchpoint>, Emotion)> = source
            .digests
            .iter()
            .flat_map(|digest| digest.column(column))
            .filter_map(|t| Some((t, t.emotion_of(focus)?)))
            .collect();
        // Those of one step fan out around its direction.
        let turn = if source.layout.rtl { -1.0 } else { 1.0 };
        for (i, (touchpoint, emotion)) in told.iter().enumerate() {
            let off = (i as f64 + 0.5) / told.len() as f64 - 0.5;
            let towards = direction(spoke + turn * off * each);
            let at = center + towards * radius_of(f64::from(emotion.get()), range);
            points.push(WheelPoint { column, at, emotion: *emotion, touchpoint: Arc::clone(touchpoint) });
        }
    }
    points
}

/// The smooth line through the points, in strokes; the last ones lead from the end back to the beginning.
fn strokes(
    points: &[WheelPoint],
    (center, range): (Point, (f64, f64)),
    layout: &Layout,
) -> Vec<(Arc<BezPath>, Color, bool)> {
    if points.len() < 2 {
        return Vec::new();
    }
    let turn = if layout.rtl { -1.0 } else { 1.0 };
    let angle = |p: &WheelPoint| {
        let v = p.at - center;
        (turn * v.x).atan2(-v.y).rem_euclid(TAU)
    };
    let mut flat: Vec<Point> = points.iter().map(|p| Point::new(angle(p), (p.at - center).hypot())).collect();
    let first = flat[0];
    flat.push(Point::new(first.x + TAU, first.y));
    let last = flat.len() - 2;
    let mut strokes = Vec::new();
    for (i, span) in spans(&flat).iter().enumerate() {
        let Some(segment) = span.segments().next() else { continue };
        let place = |t: f64| kurbo::ParamCurve::eval(&segment, t);
        // At most some hundred, as the whole circle is little more than six radians.
        let count = (((flat[i + 1].x - flat[i].x).abs() / STROKE).ceil() as usize).max(4);
        for n in 0..count {
            // Each stroke has one colour, and bends a little less than is seen.
            let along = [0.0, 0.25, 0.5, 0.75, 1.0].map(|part| place((n as f64 + part) / count as f64));
            let mut path = BezPath::new();
            for (i, at) in along.iter().enumerate() {
                let point = center + direction(turn * at.x) * at.y;
                if i == 0 { path.move_to(point) } else { path.line_to(point) }
            }
            let (a, b) = (along[0], along[4]);
            let back = i == last;
            // The way back to the beginning is dotted.
            if !back || n / 2 % 2 == 0 {
                strokes.push((Arc::new(path), color_at((a.y + b.y) / 2.0, range, &layout.theme), back));
            }
        }
    }
    strokes
}

fn color_at(radius: f64, (low, high): (f64, f64), theme: &Theme) -> Color {
    let value = ((radius - low - 16.0) / (high - low - 32.0) * 4.0).clamp(0.0, 4.0) as f32;
    let below = (value.floor() as usize).min(3);
    theme.colors.emotion[below].mix(theme.colors.emotion[below + 1], value - below as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::LayoutEngine;
    use crate::model::{Direction, Element, generate};

    fn layout(direction: Direction, (stages, steps, lanes): (usize, usize, usize)) -> Arc<Layout> {
        let map = JourneyMap { direction, ..generate(stages, steps, lanes) };
        let mut engine = LayoutEngine::default();
        engine.round(true);
        engine.layout(&Arc::new(map), &Theme::light(), false)
    }

    #[test]
    fn cards_of_a_wheel_touch_nothing_and_are_found_where_they_stand() {
        for direction in [Direction::LeftToRight, Direction::RightToLeft] {
            let layout = layout(direction, (4, 3, 3));
            let wheel = layout.wheel.as_ref().unwrap();
            assert_eq!(wheel.cards.len(), 36);
            let all = Rect::from_origin_size(Point::ORIGIN, layout.size);
            for (i, a) in wheel.cards.iter().enumerate() {
                assert!(all.contains_rect(a.rect));
                assert!(wheel.cards[..i].iter().all(|b| !a.rect.overlaps(b.rect)), "{}", a.card.touchpoint.id);
                let element = Element::Touchpoint(a.card.touchpoint.id.clone());
                assert_eq!(layout.hit(a.rect.center()), Some(element.clone()));
                assert_eq!(layout.rect_of(&element), Some(a.rect));
            }
        }
    }

    #[test]
    fn a_pulled_point_has_the_emotion_of_its_distance() {
        let layout = layout(Direction::LeftToRight, (3, 2, 1));
        for point in &layout.wheel.as_ref().unwrap().points {
            assert_eq!(layout.emotion_at(point.at), Some(point.emotion));
        }
    }

    #[test]
    fn the_journey_goes_around_as_it_is_read() {
        for (direction, sign) in [(Direction::LeftToRight, 1.0), (Direction::RightToLeft, -1.0)] {
            let layout = layout(direction, (4, 1, 1));
            let wheel = layout.wheel.as_ref().unwrap();
            // The first quarter of the way lies on the side where one goes on reading.
            assert!((wheel.cards[0].rect.center().x - wheel.center.x) * sign > 0.0);
            assert!((wheel.cards[3].rect.center().x - wheel.center.x) * sign < 0.0);
        }
    }

    #[test]
    fn a_map_without_steps_or_emotions_is_a_wheel_too() {
        let mut engine = LayoutEngine::default();
        engine.round(true);
        let layout = engine.layout(&Arc::new(JourneyMap::default()), &Theme::light(), false);
        assert!(layout.size.width > 0.0 && layout.hit(Point::ZERO).is_none());
    }
}
