//! Links as arrows between cards, led around them.
//!
//! Nothing stands in the gaps between columns and on the lines between rows; so an arrow leaves its card at the
//! side, goes along the gap to a line, along the line to the gap before its end, and from there to the card.
//! Arrows that share a gap or a line are set apart in tracks.

use std::collections::HashMap;
use std::sync::Arc;

use kurbo::{BezPath, ParamCurveNearest as _, Point, Rect, Vec2};

use super::header::Blocks;
use super::{Layout, RowContent};
use crate::model::{Link, LinkKind, TouchpointId};
use crate::text::{Measure, TextBlock, TextEngine};

/// An arrow at its place.
#[derive(Clone, Debug)]
pub struct PlacedLink {
    /// The link's place in the map's list.
    pub index: usize,
    /// What kind of way it is.
    pub kind: LinkKind,
    /// The line, from its beginning to the tip.
    pub path: Arc<BezPath>,
    /// The two strokes of the tip.
    pub tip: Arc<BezPath>,
    /// Where it begins.
    pub start: Point,
    /// Where words stand, or would.
    pub middle: Point,
    /// The words on it, and the pill around them.
    pub label: Option<(Rect, Arc<TextBlock>)>,
    /// All that it covers.
    pub bounds: Rect,
}

/// The radius of the corners.
const CORNER: f64 = 6.0;
/// From the tip to the ends of its strokes.
const TIP: f64 = 6.0;
/// Where arrows run beside the middle of a line between rows, in the order in which they are taken. The middle
/// itself is the line that is drawn there.
const LINE_TRACKS: [f64; 5] = [-4.0, 4.0, -7.5, 7.5, 0.0];
/// The same for gaps between columns.
const GAP_TRACKS: [f64; 5] = [0.0, -3.0, 3.0, -5.0, 5.0];
/// Where arrows meet the side of a card, from its middle.
const PORTS: [f64; 5] = [0.0, 9.0, -9.0, 18.0, -18.0];
/// How many pills words that find no place of their own are moved aside at most.
const BESIDE: u8 = 8;
/// The height of the pill around the words, and the room beside them.
pub(super) const PILL: (f64, f64) = (18.0, 8.0);
/// The longest words.
pub(super) const WORDS: f32 = 150.0;

/// A card that an arrow meets.
#[derive(Clone, Copy)]
struct End {
    rect: Rect,
    row: usize,
    column: usize,
    is_first: bool,
    is_last: bool,
}

/// A track and the range in which it is taken.
type Run = (usize, f64, f64);

/// What is taken already.
#[derive(Default)]
struct Traffic {
    /// By gap (or line) and its number: what runs there.
    gaps: HashMap<(bool, usize), Vec<Run>>,
    /// By card and side.
    ports: HashMap<(TouchpointId, bool), usize>,
    /// The pills around words.
    pills: Vec<Rect>,
}

impl Traffic {
    /// The first track on which nothing runs between `a` and `b`; the first of all where all are taken.
    fn track(&mut self, is_gap: bool, index: usize, (a, b): (f64, f64)) -> f64 {
        let tracks = if is_gap { GAP_TRACKS } else { LINE_TRACKS };
        let (low, high) = (a.min(b) - 4.0, a.max(b) + 4.0);
        let taken = self.gaps.entry((is_gap, index)).or_default();
        let is_free = |track: &usize| taken.iter().all(|(t, from, to)| t != track || *to < low || *from > high);
        let track = (0..tracks.len()).find(is_free).unwrap_or(0);
        taken.push((track, low, high));
        tracks[track]
    }

    /// Where the next arrow meets this side of a card, from its middle.
    fn port(&mut self, id: &TouchpointId, at_end: bool, height: f64) -> f64 {
        let count = self.ports.entry((id.clone(), at_end)).or_default();
        let port = PORTS[*count % PORTS.len()];
        *count += 1;
        let most = (height / 2.0 - 10.0).max(0.0);
        port.clamp(-most, most)
    }
}

/// The room above the first row for arrows that run there.
pub(super) fn room(map: &crate::model::JourneyMap) -> f64 {
    if map.links.is_empty() { 0.0 } else { 16.0 }
}

/// Leads every link whose ends are both shown.
pub(super) fn links(layout: &Layout, blocks: &mut Blocks, engine: &mut TextEngine) -> Vec<PlacedLink> {
    if layout.map.links.is_empty() {
        return Vec::new();
    }
    let ends = ends(layout);
    let mut traffic = Traffic::default();
    let mut placed = Vec::with_capacity(layout.map.links.len());
    for (index, link) in layout.map.links.iter().enumerate() {
        let (Some(from), Some(to)) = (ends.get(&link.from), ends.get(&link.to)) else { continue };
        let words = words(link);
        let corners = way(layout, link, (*from, *to), !words.is_empty(), &mut traffic);
        placed.push(place((index, link.kind), &corners, &words, layout, (blocks, engine, &mut traffic)));
    }
    placed
}

/// What stands on an arrow: its label, or else when it is taken.
pub(super) fn words(link: &Link) -> String {
    let words = if link.label.is_empty() { &link.trigger } else { &link.label };
    words.replace('\n', " ")
}

/// The cards that are shown and have a link.
fn ends(layout: &Layout) -> HashMap<TouchpointId, End> {
    let wanted: std::collections::HashSet<&TouchpointId> =
        layout.map.links.iter().flat_map(|l| [&l.from, &l.to]).collect();
    let mut ends = HashMap::new();
    for (row_index, row) in layout.rows.iter().enumerate() {
        let RowContent::Cards(cards) = &row.content else { continue };
        for placed in cards.cards().filter(|p| wanted.contains(&p.card.touchpoint.id)) {
            let rect = layout.card_rect(row, cards, placed);
            let is_last = placed.slot + 1 == cards.column(placed.column).len();
            let end = End { rect, row: row_index, column: placed.column, is_first: placed.slot == 0, is_last };
            ends.insert(placed.card.touchpoint.id.clone(), end);
        }
    }
    ends
}

/// The middle of the gap behind a column, in reading order; behind `None` is before the first column.
fn gap_x(layout: &Layout, behind: Option<usize>) -> f64 {
    let sign = if layout.rtl { -1.0 } else { 1.0 };
    let edge = |column: usize, at_end: bool| {
        let c = &layout.columns[column];
        if at_end == layout.rtl { c.x } else { c.x + c.width }
    };
    match behind {
        None => edge(0, false) - sign * 6.0,
        Some(column) if column + 1 < layout.columns.len() => (edge(column, true) + edge(column + 1, false)) / 2.0,
        Some(column) => edge(column, true) + sign * 6.0,
    }
}

/// The side of a card where the journey goes on, or where it came from.
fn side(end: End, at_end: bool, port: f64, rtl: bool) -> Point {
    let x = if at_end == rtl { end.rect.x0 } else { end.rect.x1 };
    Point::new(x, end.rect.center().y + port)
}

/// The corners of the way from card to card.
fn way(layout: &Layout, link: &Link, (from, to): (End, End), has_words: bool, traffic: &mut Traffic) -> Vec<Point> {
    let forward = to.column > from.column;
    let next = to.column == from.column + 1;
    let beside = from.row == to.row && from.column.abs_diff(to.column) == 1 && has_words;
    if beside && from.is_first && to.is_first {
        return bridge(layout, (from, to), true, traffic);
    }
    if beside && from.is_last && to.is_last {
        return bridge(layout, (from, to), false, traffic);
    }
    // Within a column an arrow leaves and comes back on the side where the journey goes on; back to a neighbour,
    // with words, it goes around both, as there is no room for them between.
    let around = beside && !forward;
    let (leaves_at_end, comes_at_end) = (forward || to.column == from.column || around, !forward && !around);
    let start = side(from, leaves_at_end, traffic.port(&link.from, leaves_at_end, from.rect.height()), layout.rtl);
    let end = side(to, comes_at_end, traffic.port(&link.to, comes_at_end, to.rect.height()), layout.rtl);
    let out = if leaves_at_end { Some(from.column) } else { from.column.checked_sub(1) };
    let back = if comes_at_end { Some(to.column) } else { to.column.checked_sub(1) };
    let index = |gap: Option<usize>| gap.map_or(0, |column| column + 1);
    if out == back {
        if (start.y - end.y).abs() < 1.0 && next {
            return vec![start, end];
        }
        let x = gap_x(layout, out) + traffic.track(true, index(out), (start.y, end.y));
        return vec![start, Point::new(x, start.y), Point::new(x, end.y), end];
    }
    // The line above the row of the end, or below it where the way leads up or back.
    let below = to.row < from.row || (to.row == from.row && !forward);
    let row = &layout.rows[to.row];
    let (line, number) = if below { (row.y + row.height, to.row + 1) } else { (row.y, to.row) };
    let (x0, x1) = (gap_x(layout, out), gap_x(layout, back));
    let y = line + traffic.track(false, number, (x0, x1));
    let x0 = x0 + traffic.track(true, index(out), (start.y, y));
    let x1 = x1 + traffic.track(true, index(back), (y, end.y));
    vec![start, Point::new(x0, start.y), Point::new(x0, y), Point::new(x1, y), Point::new(x1, end.y), end]
}

/// Over the tops of two neighbours, or below them: there is room for words.
fn bridge(layout: &Layout, (from, to): (End, End), over: bool, traffic: &mut Traffic) -> Vec<Point> {
    // Ways there and back do not meet the card at one place.
    let off = if to.column > from.column { 8.0 } else { -8.0 };
    let (a, b) = (from.rect.center().x + off, to.rect.center().x + off);
    let row = &layout.rows[from.row];
    let (line, number) = if over { (row.y, from.row) } else { (row.y + row.height, from.row + 1) };
    let y = line + traffic.track(false, number, (a, b));
    let edge = |end: End| if over { end.rect.y0 } else { end.rect.y1 };
    vec![Point::new(a, edge(from)), Point::new(a, y), Point::new(b, y), Point::new(b, edge(to))]
}

fn place(
    (index, kind): (usize, LinkKind),
    corners: &[Point],
    words: &str,
    layout: &Layout,
    (blocks, engine, traffic): (&mut Blocks, &mut TextEngine, &mut Traffic),
) -> PlacedLink {
    let path = rounded(corners);
    let tip = tip(corners);
    let places = places_for_words(corners, layout);
    let mut middle = places[0];
    let label = (!words.is_empty()).then(|| {
        let measure = Measure { width: Some(WORDS), max_lines: Some(1), ..Measure::default() };
        let style = layout.theme.text.small.into();
        let natural = blocks.widths(words, style, engine).1.ceil() + 0.5;
        let measure = Measure { width: Some(natural.min(WORDS)), ..measure };
        let block = blocks.block(words, style, measure, engine);
        let size = (f64::from(block.width).ceil() + 2.0 * PILL.1, PILL.0);
        let is_free = |at: &Point| {
            let pill = Rect::from_center_size(*at, size);
            traffic.pills.iter().all(|other| !other.overlaps(pill))
        };
        // Where all places are taken, words stand below or above those that took the best one.
        let beside = (1..=BESIDE).flat_map(|k| [1.0, -1.0].map(|way| way * f64::from(k) * (PILL.0 + 2.0)));
        let beside = beside.map(|by| places[0] + Vec2::new(0.0, by));
        middle = places.iter().copied().chain(beside).find(is_free).unwrap_or(middle);
        let pill = Rect::from_center_size(middle, size);
        traffic.pills.push(pill);
        (pill, block)
    });
    let mut bounds = kurbo::Shape::bounding_box(&path).inflate(TIP, TIP);
    if let Some((pill, _)) = &label {
        bounds = bounds.union(*pill);
    }
    PlacedLink { index, kind, path: Arc::new(path), tip: Arc::new(tip), start: corners[0], middle, label, bounds }
}

/// Straight lines with round corners.
fn rounded(corners: &[Point]) -> BezPath {
    let mut path = BezPath::new();
    let Some(first) = corners.first() else { return path };
    path.move_to(*first);
    for three in corners.windows(3) {
        let (into, out) = (three[1] - three[0], three[2] - three[1]);
        let radius = CORNER.min(into.hypot() / 2.0).min(out.hypot() / 2.0);
        if radius > 0.1 {
            path.line_to(three[1] - direction(into) * radius);
            path.quad_to(three[1], three[1] + direction(out) * radius);
        }
    }
    path.line_to(corners[corners.len() - 1]);
    path
}

fn direction(v: Vec2) -> Vec2 {
    if v.hypot() > 0.0 { v / v.hypot() } else { v }
}

/// The strokes of the tip at the last corner.
fn tip(corners: &[Point]) -> BezPath {
    let mut path = BezPath::new();
    let Some([.., before, end]) = corners.windows(2).rfind(|two| two[0] != two[1]) else { return path };
    let back = direction(*before - *end) * TIP;
    let across = Vec2::new(-back.y, back.x) * 0.7;
    path.move_to(*end + back + across);
    path.line_to(*end);
    path.line_to(*end + back - across);
    path
}

/// Where words may stand, the best place first: along the longest level line, or on a line between rows that the
/// way crosses.
fn places_for_words(corners: &[Point], layout: &Layout) -> Vec<Point> {
    let level = |two: &&[Point]| (two[0].y - two[1].y).abs() < 0.5;
    let length = |two: &&[Point]| (two[0].x - two[1].x).abs();
    let longest = corners.windows(2).filter(level).max_by(|a, b| length(a).total_cmp(&length(b)));
    if let Some(two) = longest.filter(|two| length(two) > 40.0) {
        return [0.5, 0.3, 0.7, 0.15, 0.85].iter().map(|part| two[0].lerp(two[1], *part)).collect();
    }
    let (first, last) = (corners[0], corners[corners.len() - 1]);
    let middle = first.midpoint(last);
    let x = corners[corners.len() / 2].x;
    let between = |y: &f64| (*y > first.y.min(last.y)) && (*y < first.y.max(last.y));
    // Between the cards of a stack there is a little room too.
    let slots = |row: &super::Row| match &row.content {
        RowContent::Cards(cards) => {
            let tops = cards.slots.windows(2).map(|two| row.y + (two[0].y + two[0].height + two[1].y) / 2.0);
            tops.collect::<Vec<f64>>()
        }
        _ => Vec::new(),
    };
    let lines = layout.rows.iter().flat_map(|row| slots(row).into_iter().chain([row.y + row.height])).filter(between);
    let mut heights: Vec<f64> = lines.collect();
    heights.sort_by(|a, b| (a - middle.y).abs().total_cmp(&(b - middle.y).abs()));
    heights.push(middle.y);
    heights.into_iter().map(|y| Point::new(x, y)).collect()
}

impl Layout {
    /// The link within `reach` points of `point`, the topmost one.
    pub fn link_at(&self, point: Point, reach: f64) -> Option<usize> {
        let near = |link: &&PlacedLink| {
            let on_words = link.label.as_ref().is_some_and(|(pill, _)| pill.contains(point));
            on_words || link.path.segments().any(|s| s.nearest(point, 0.5).distance_sq <= reach * reach)
        };
        let close = |link: &&PlacedLink| link.bounds.inflate(reach, reach).contains(point);
        self.links.iter().rev().filter(close).find(near).map(|link| link.index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{add_link, update_link};
    use crate::layout::LayoutEngine;
    use crate::model::{Direction, generate};
    use crate::theme::Theme;

    fn layout(pairs: &[(&str, &str)], direction: Direction) -> Arc<Layout> {
        let mut map = crate::model::JourneyMap { direction, ..generate(3, 3, 3) };
        for (from, to) in pairs {
            let index = add_link(&mut map, &(*from).into(), &(*to).into(), LinkKind::Next).unwrap();
            update_link(&mut map, index, |l| l.label = "if not".into()).unwrap();
        }
        LayoutEngine::default().layout(&Arc::new(map), &Theme::light(), false)
    }

    /// No way runs through a card that it does not end at, in either direction of reading.
    #[test]
    fn ways_lead_around_cards() {
        let pairs = [
            ("t-1-1", "t-1-2"),
            ("t-1-1", "t-3-9"),
            ("t-3-9", "t-1-1"),
            ("t-2-5", "t-2-2"),
            ("t-2-2", "t-2-6"),
            ("t-1-4", "t-3-4"),
            ("t-3-4", "t-2-4"),
            ("t-1-9", "t-1-8"),
        ];
        for direction in [Direction::LeftToRight, Direction::RightToLeft] {
            let layout = layout(&pairs, direction);
            assert_eq!(layout.links.len(), pairs.len());
            for link in &layout.links {
                for row in &layout.rows {
                    let RowContent::Cards(cards) = &row.content else { continue };
                    for placed in cards.cards() {
                        let inside = layout.card_rect(row, cards, placed).inset(-1.0);
                        let hit = link.path.segments().any(|segment| {
                            (0..=40).any(|t| inside.contains(kurbo::ParamCurve::eval(&segment, f64::from(t) / 40.0)))
                        });
                        assert!(!hit, "link {} runs through {}", link.index, placed.card.touchpoint.id);
                    }
                }
            }
        }
    }

    #[test]
    fn a_link_is_hit_on_its_line_and_its_words() {
        let layout = layout(&[("t-1-1", "t-1-5")], Direction::LeftToRight);
        let (pill, _) = layout.links[0].label.as_ref().unwrap();
        assert_eq!(layout.link_at(pill.center(), 4.0), Some(0));
        assert_eq!(layout.link_at(layout.links[0].start, 4.0), Some(0));
        assert_eq!(layout.link_at(Point::new(2.0, 2.0), 4.0), None);
    }

    #[test]
    fn ways_along_one_line_are_set_apart() {
        let layout = layout(&[("t-2-1", "t-2-7"), ("t-2-2", "t-2-8")], Direction::LeftToRight);
        let height = |i: usize| layout.links[i].label.as_ref().unwrap().0.center().y;
        assert!((height(0) - height(1)).abs() > 3.0);
    }
    #[test]
    fn words_of_ways_within_one_column_do_not_cover_each_other() {
        let pairs = [("t-1-1", "t-2-1"), ("t-2-1", "t-1-1"), ("t-1-1", "t-3-1"), ("t-3-1", "t-1-1")];
        let layout = layout(&pairs, Direction::LeftToRight);
        let pills: Vec<Rect> = layout.links.iter().map(|link| link.label.as_ref().unwrap().0).collect();
        for (i, pill) in pills.iter().enumerate() {
            assert!(pills[..i].iter().all(|other| !other.overlaps(*pill)), "{pills:?}");
        }
    }
}
