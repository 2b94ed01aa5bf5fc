//! The same map as a ring: stages are sectors, lanes are rings, the emotion curve is a line around the middle, and
//! the last stage meets the first.
//!
//! Nothing is turned: cards and words stand upright. As they are wider than high, the rings are wider than high by the
//! same share: so they need as much of a ring at the sides of the wheel as above and below, and the picture has about
//! the shape of a screen. A ring is as wide as its cards need so that none touches another, which is tried from the
//! inside outwards.
//!
//! Radii and angles are those of a round wheel, of which [`spot`] makes the oval one.

use std::collections::HashMap;
use std::f64::consts::TAU;
use std::sync::Arc;

use kurbo::{BezPath, Point, Rect, Size, Vec2};

use super::card::{Card, CardStyle};
use super::digest::Digest;
use super::header::Blocks;
use super::links::PlacedLink;
use super::wheel_curve::{self, WheelCurve};
use super::wheel_links::links;
use super::wheel_ring::{GAP, card_width, nearest, place_ring};
use super::{Layout, Placed};
use crate::model::{JourneyMap, LaneId, LaneKind, TouchpointId};
use crate::text::{Align, Measure, TextBlock, TextEngine};
#[cfg(test)]
use crate::theme::Theme;

/// A map as a ring; coordinates are points from the picture's top left corner.
#[derive(Debug)]
pub struct Wheel {
    /// The middle.
    pub center: Point,
    /// The ring of emotions; nothing where the map does not show them.
    pub curve: Option<WheelCurve>,
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
    /// The radius of the outermost ring, upwards; sidewards it is longer.
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
    /// Below the name: the phase, and what customers call the stage.
    pub caption: Option<Arc<TextBlock>>,
    /// The arc in its colour.
    pub arc: Arc<BezPath>,
}

impl Sector {
    /// The corners of the name and of what stands below it.
    pub fn places(&self) -> (Point, Point) {
        let center = self.pill.center();
        let below = self.caption.as_ref().map_or(0.0, |caption| f64::from(caption.height));
        let top = center.y - (f64::from(self.name.height) + below) / 2.0;
        let left = |block: &TextBlock| center.x - f64::from(block.width) / 2.0;
        let caption = self.caption.as_ref().map_or(center.x, |caption| left(caption));
        (Point::new(left(&self.name), top), Point::new(caption, top + f64::from(self.name.height)))
    }
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

impl Wheel {
    /// The rectangle around everything within a radius.
    pub fn disc(&self, radius: f64) -> Rect {
        Rect::from_center_size(self.center, (2.0 * STRETCH * radius, 2.0 * radius))
    }
}

/// Cards that were measured for wheels.
#[derive(Debug, Default)]
pub(super) struct WheelCards(pub(super) HashMap<TouchpointId, Arc<Card>>);

/// The part of the circle, in radians, where the journey begins and the lanes have their names.
const SEAM: f64 = 0.30;
/// Between stages, in radians.
const STAGE_GAP: f64 = 0.03;
/// How much wider than high the wheel is.
pub(super) const STRETCH: f64 = 1.4;
/// The radius of the middle with the title, with few steps and with many.
const MIDDLE: (f64, f64) = (130.0, 160.0);
/// The width of the emotion ring.
const EMOTION: (f64, f64) = (150.0, 320.0);
/// The height of a card with a few lines.
const HIGH: f64 = 110.0;

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
pub(super) fn wheel(source: &mut Source<'_>) -> (Wheel, Size, [Placed; 2], Vec<PlacedLink>) {
    let layout = source.layout;
    let (spokes, ranges) = spokes(&layout.map, layout.rtl);
    let has_curve = layout.map.lanes.iter().any(|l| l.kind == LaneKind::Emotion && !l.hidden);
    // The cards of the innermost lane have room side by side where that lane has this radius; up to it the curve,
    // the hero of the picture, takes what is free.
    let wide = ((card_width(spokes.len()) + GAP) / STRETCH).max(HIGH + GAP);
    let wanted = spokes.len() as f64 * wide / TAU * 1.15;
    let middle = (110.0 + 6.0 * spokes.len() as f64).clamp(MIDDLE.0, MIDDLE.1);
    let width = (wanted - middle - 80.0).clamp(EMOTION.0, EMOTION.1);
    let emotion = has_curve.then_some((middle + 12.0, middle + 12.0 + width));
    let names = middle + 12.0 + if has_curve { width + 34.0 } else { 10.0 };
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
    let center = half.to_vec2().to_point();
    for card in &mut cards {
        card.rect = card.rect + center.to_vec2();
    }
    let sectors = sectors(source, &ranges, (center, radius, names));
    let step_names = step_names(source, &spokes, (center, names));
    let rings = rings.into_iter().map(|(lane, range)| ring(source, lane, range, center)).collect();
    let titles = titles(source, center, middle);
    let names: Vec<Placed> = titles.iter().chain(&step_names).cloned().collect();
    let curve = emotion.map(|range| wheel_curve::curve(source, &spokes, (center, range), &names));
    let wheel = Wheel { center, curve, sectors, spokes, step_names, rings, cards, radius };
    let links = links(source, &wheel);
    (wheel, half * 2.0, titles, links)
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

/// The way from the middle to a place of the wheel; 0 is up, and angles grow as a clock's hands go.
pub(super) fn spot(angle: f64, radius: f64) -> Vec2 {
    Vec2::new(STRETCH * radius * angle.sin(), -radius * angle.cos())
}

/// The angle and the radius of a place, seen from the middle; the inverse of [`spot`].
pub(super) fn polar(from_middle: Vec2) -> (f64, f64) {
    let round = Vec2::new(from_middle.x / STRETCH, from_middle.y);
    (round.x.atan2(-round.y), round.hypot())
}

/// Where a rectangle of `size` lies in the direction of `angle` when its nearest corner or side is at `radius`; the
/// middle of the wheel is at the origin.
fn outside(angle: f64, radius: f64, size: Size) -> Rect {
    let at = |radius: f64| Rect::from_center_size(spot(angle, radius).to_point(), size);
    let mut out = radius;
    // Its own size at most, as the distance of the nearest side grows with that of its middle.
    while nearest(at(out)) < radius && out < radius + size.width + size.height {
        out += 1.0;
    }
    at(out)
}

impl WheelCards {
    /// Forgets all, as they would be measured otherwise now.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// From the middle to the edges of the picture: the rings, the names of the stages, the margin.
fn half_size(source: &mut Source<'_>, ranges: &[(f64, f64)], radius: f64) -> Size {
    let margin = source.layout.theme.sizes.margin;
    let mut half = Size::new(STRETCH * radius, radius);
    for (index, range) in ranges.iter().enumerate() {
        let pill = pill(source, index, *range, radius).0;
        half.width = half.width.max(pill.x0.abs()).max(pill.x1.abs());
        half.height = half.height.max(pill.y0.abs()).max(pill.y1.abs());
    }
    Size::new((half.width + margin).ceil(), (half.height + margin).ceil())
}

/// The words in a pill: the name of its stage, and what stands below it.
type PillWords = (Arc<TextBlock>, Option<Arc<TextBlock>>);

/// The pill with the name of a stage, around the origin.
fn pill(source: &mut Source<'_>, index: usize, range: (f64, f64), radius: f64) -> (Rect, PillWords) {
    let text = &source.layout.theme.text;
    let (heading, small) = (text.heading, text.small);
    let stage = Arc::clone(&source.layout.map.stages[index]);
    let mut line = |words: &str, style: crate::theme::Style| {
        let natural = source.blocks.widths(words, style.into(), source.text).1.ceil() + 0.5;
        let measure = Measure { width: Some(natural.min(260.0)), max_lines: Some(1), ..Measure::default() };
        source.blocks.block(words, style.into(), measure, source.text)
    };
    let name = line(&stage.name, heading);
    let told = [&stage.phase, &stage.words].map(|words| words.replace('\n', " "));
    let told: Vec<String> = told.into_iter().filter(|words| !words.trim().is_empty()).collect();
    let caption = (!told.is_empty()).then(|| line(&told.join(" · "), small));
    let width = caption.as_ref().map_or(name.width, |caption| name.width.max(caption.width));
    let height = if caption.is_some() { 52.0 } else { 40.0 };
    let size = Size::new(f64::from(width).ceil() + 36.0, height);
    (outside(f64::midpoint(range.0, range.1), radius + 14.0, size), (name, caption))
}

fn sectors(source: &mut Source<'_>, ranges: &[(f64, f64)], (center, radius, names): (Point, f64, f64)) -> Vec<Sector> {
    let sector = |(index, range): (usize, &(f64, f64))| {
        let (rect, (name, caption)) = pill(source, index, *range, radius);
        let arc = Arc::new(arc(center, names - 16.0, *range));
        Sector { range: *range, pill: rect + center.to_vec2(), name, caption, arc }
    };
    ranges.iter().enumerate().map(sector).collect()
}

/// An arc around the middle.
pub(crate) fn arc(center: Point, radius: f64, (from, to): (f64, f64)) -> BezPath {
    // kurbo counts from the right, we from the top.
    let start = from - TAU / 4.0;
    kurbo::Shape::to_path(&kurbo::Arc::new(center, (STRETCH * radius, radius), start, to - from, 0.0), 0.02)
}

fn step_names(source: &mut Source<'_>, spokes: &[f64], (center, radius): (Point, f64)) -> Vec<Placed> {
    let room = (2.0 * STRETCH * radius * (TAU / spokes.len().max(1) as f64 / 2.0).sin()).clamp(40.0, 130.0);
    let style = source.layout.theme.text.small.into();
    let mut names = Vec::new();
    for (column, spoke) in source.layout.columns.iter().zip(spokes) {
        let natural = source.blocks.widths(&column.step.name, style, source.text).1.ceil() + 0.5;
        let width = f64::from(natural).min(room);
        let measure =
            Measure { width: Some(width as f32), max_lines: Some(1), align: Align::Center, ..Measure::default() };
        let block = source.blocks.block(&column.step.name, style, measure, source.text);
        let room = outside(*spoke, radius, Size::new(width, f64::from(block.height)));
        names.push(Placed { at: room.origin() + center.to_vec2(), block, width });
    }
    names
}

fn ring(source: &mut Source<'_>, lane: LaneId, range: (f64, f64), center: Point) -> Ring {
    let middle = f64::midpoint(range.0, range.1);
    let room = (2.0 * STRETCH * middle * (SEAM / 2.0).sin() - 16.0).clamp(60.0, 150.0);
    let name = source.layout.map.lane(&lane).map(|l| l.name.clone()).unwrap_or_default();
    let style = source.layout.theme.text.strong.into();
    let measure = Measure { width: Some(room as f32), max_lines: Some(2), align: Align::Center, ..Measure::default() };
    let block = source.blocks.block(&name, style, measure, source.text);
    let at = Point::new(center.x - room / 2.0, center.y - middle - f64::from(block.height) / 2.0);
    Ring { lane, range, name: Placed { at, block, width: room } }
}

/// Title and subtitle in the middle.
fn titles(source: &mut Source<'_>, center: Point, middle: f64) -> [Placed; 2] {
    let width = 1.5 * STRETCH * middle;
    let text = &source.layout.theme.text;
    let measure = Measure { width: Some(width as f32), max_lines: Some(4), align: Align::Center, ..Measure::default() };
    let map = &source.layout.map;
    let words = if source.layout.around.title { (map.title.as_str(), map.subtitle.as_str()) } else { ("", "") };
    let title = source.blocks.block(words.0, text.title.into(), measure, source.text);
    let subtitle = source.blocks.block(words.1, text.body.into(), measure, source.text);
    let (a, b) = (f64::from(title.height), f64::from(subtitle.height));
    let has_subtitle = !words.1.is_empty();
    let top = center.y - if has_subtitle { (a + 8.0 + b) / 2.0 } else { a / 2.0 };
    let x = center.x - width / 2.0;
    let placed = |y: f64, block| Placed { at: Point::new(x, y), block, width };
    [placed(top, title), placed(top + a + 8.0, subtitle)]
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
    fn phases_and_what_customers_call_a_stage_stand_below_its_name() {
        let mut map = generate(3, 1, 1);
        let stage = Arc::make_mut(&mut map.stages[1]);
        (stage.phase, stage.words) = ("Before".into(), "Where shall\nwe stay?".into());
        let mut engine = LayoutEngine::default();
        engine.round(true);
        let layout = engine.layout(&Arc::new(map), &Theme::light(), false);
        let sectors = &layout.wheel.as_ref().unwrap().sectors;
        assert!(sectors[0].caption.is_none() && sectors[2].caption.is_none());
        let caption = sectors[1].caption.as_ref().unwrap();
        assert_eq!(caption.text, "Before · Where shall we stay?");
        let (name, below) = sectors[1].places();
        let end = below + (f64::from(caption.width), f64::from(caption.height));
        assert!(sectors[1].pill.contains(name) && sectors[1].pill.contains(end));
        assert!(below.y >= name.y + f64::from(sectors[1].name.height));
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
        for point in &layout.wheel.as_ref().unwrap().curve.as_ref().unwrap().points {
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
