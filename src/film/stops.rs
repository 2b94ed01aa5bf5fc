//! Where the camera stops: the whole map, then the parts of each stage that can be read at once, and the whole map again.

use kurbo::{Point, Rect};

use super::camera::View;
use super::panes::Panes;
use super::{Pace, Reel};
use crate::layout::{Layout, Row, RowContent, Slot};
use crate::model::Emotion;
use crate::scene::{Item, Scene};

/// A place where the camera stops.
#[derive(Clone, Debug)]
pub(super) struct Stop {
    /// Which map.
    pub reel: usize,
    /// Which stage; nothing for the whole map.
    pub stage: Option<usize>,
    /// What fills the frame.
    pub view: View,
    /// What is looked at, on the map; the rest steps back.
    pub spot: Rect,
    /// The point of the emotion curve that is marked, on the map.
    pub mark: Option<(Point, Emotion)>,
    /// How long it takes to read, in seconds.
    pub seconds: f64,
}

/// Text is at least so high, in parts of the frame's height: 16 pixels of 720.
const LEAST_TEXT: f64 = 0.022;
/// And at most so: larger looks like a poster for children.
const MOST_TEXT: f64 = 0.034;

/// All stops of a film. Of two maps each stage is shown in the first and then in the second.
pub(super) fn stops(reels: &[Reel], panes: &Panes, pace: Pace) -> Vec<Stop> {
    let overview = |reel: usize, seconds: f64| {
        let size = reels[reel].layout.size;
        let whole = Rect::from_origin_size(Point::ORIGIN, size);
        let view = View::onto(whole, panes.frame.to_rect().inset(-12.0 * panes.unit), panes.frame);
        Stop { reel, stage: None, view, spot: whole, mark: None, seconds }
    };
    let mut stops = vec![overview(0, 3.0)];
    for (reel, stage) in order(reels) {
        stops.extend(of_stage(&reels[reel], (reel, stage), panes));
    }
    // The film ends where it says what comes of it.
    stops.push(overview(reels.len() - 1, 4.0));
    for stop in &mut stops {
        stop.seconds *= pace.factor();
    }
    stops
}

/// The stages in the order in which they are walked through: map and stage. What only a later map has comes behind the
/// stage that it follows there.
fn order(reels: &[Reel]) -> Vec<(usize, usize)> {
    let mut order: Vec<(usize, usize)> = (0..reels[0].layout.stages.len()).map(|stage| (0, stage)).collect();
    for (reel, later) in reels.iter().enumerate().skip(1) {
        let id_at = |(reel, stage): (usize, usize)| &reels[reel].layout.stages[stage].id;
        let mut behind = 0;
        for (stage, shown) in later.layout.stages.iter().enumerate() {
            let same = order.iter().rposition(|at| at.0 < reel && id_at(*at) == &shown.id);
            let place = same.map_or(behind, |same| same + 1);
            order.insert(place, (reel, stage));
            behind = place + 1;
        }
    }
    order
}

/// The stops of one stage: all of it where that can be read, else its parts from top to bottom.
fn of_stage(reel: &Reel, (index, stage): (usize, usize), panes: &Panes) -> Vec<Stop> {
    let layout = &*reel.layout;
    let body_text = f64::from(layout.theme.text.body.size);
    let (least, most) = (LEAST_TEXT * panes.frame.height / body_text, MOST_TEXT * panes.frame.height / body_text);
    let room = panes.room(layout.rtl);
    let mut stops = Vec::new();
    for (x0, x1) in column_groups(layout, stage, room.width() / least) {
        let across = (room.width() / (x1 - x0)).clamp(least, most);
        let pieces = |scale: f64| row_groups(layout, stage, room.height() / scale);
        // As large as goes without another stop.
        let fewest = pieces(least).len();
        let steps = (0..=20).rev().map(|step| least + (across - least) * f64::from(step) / 20.0);
        let scale = steps.into_iter().find(|scale| pieces(*scale).len() == fewest).unwrap_or(least);
        for (y0, y1) in pieces(scale) {
            let spot = Rect::new(x0, y0, x1, y1);
            // From the top, as one reads; what is short stands in the middle.
            let free = (room.height() - spot.height() * scale).max(0.0);
            let top = room.y0 + (free / 2.0).min(40.0 * panes.unit);
            let place = Point::new(spot.center().x, spot.y0);
            let view = View::at(place, Point::new(room.center().x, top), scale, panes.frame);
            let seconds = reading_time(&reel.scene, spot);
            stops.push(Stop { reel: index, stage: Some(stage), view, spot, mark: mark(layout, stage), seconds });
        }
    }
    stops
}

/// The columns of a stage in groups that are at most `most` points wide, as ranges of x in reading order.
fn column_groups(layout: &Layout, stage: usize, most: f64) -> Vec<(f64, f64)> {
    let mut groups: Vec<(f64, f64)> = Vec::new();
    for column in layout.columns.iter().filter(|column| column.stage == stage) {
        let (x0, x1) = (column.x, column.x + column.width);
        match groups.last_mut() {
            Some(group) if group.1.max(x1) - group.0.min(x0) <= most => *group = (group.0.min(x0), group.1.max(x1)),
            _ => groups.push((x0, x1)),
        }
    }
    groups
}

/// The rows in groups that are at most `most` points high; a higher row is cut between its cards.
fn row_groups(layout: &Layout, stage: usize, most: f64) -> Vec<(f64, f64)> {
    let top = layout.stages[stage].header.y1;
    let mut groups: Vec<(f64, f64)> = Vec::new();
    for (index, row) in layout.rows.iter().enumerate() {
        // The names of steps belong to the first row.
        let (from, to) = (if index == 0 { top } else { row.y }, row.y + row.height);
        match groups.last_mut() {
            Some(group) if to - group.0 <= most => group.1 = to,
            _ if to - from <= most => groups.push((from, to)),
            _ => {
                let mut own: Vec<(f64, f64)> = Vec::new();
                for part in cut(row, from).into_iter().flat_map(|part| halved(part, most)) {
                    match own.last_mut() {
                        Some(group) if part.1 - group.0 <= most => group.1 = part.1,
                        _ => own.push(part),
                    }
                }
                groups.extend(own);
            }
        }
    }
    if groups.is_empty() {
        groups.push((top, layout.stages[stage].body.y1));
    }
    groups
}

/// A row, which begins at `from`, cut between its cards.
fn cut(row: &Row, from: f64) -> Vec<(f64, f64)> {
    let slots: &[Slot] = match &row.content {
        RowContent::Cards(cards) => &cards.slots,
        RowContent::Notes(notes) => &notes.slots,
        _ => &[],
    };
    let between = |pair: &[Slot]| row.y + (pair[0].y + pair[0].height + pair[1].y) / 2.0;
    let ends: Vec<f64> = slots.windows(2).map(between).chain([row.y + row.height]).collect();
    std::iter::once(from).chain(ends.iter().copied()).zip(ends.iter().copied()).collect()
}

/// What is higher than `most` in parts that overlap a little: a card that no frame holds.
fn halved((from, to): (f64, f64), most: f64) -> Vec<(f64, f64)> {
    const OVERLAP: f64 = 24.0;
    if to - from <= most {
        return vec![(from, to)];
    }
    let parts = ((to - from - OVERLAP) / (most - OVERLAP).max(1.0)).ceil().max(2.0);
    let step = (to - from - most) / (parts - 1.0);
    // A handful: cards are not higher than some screens.
    (0..parts as usize).map(|part| from + step * part as f64).map(|start| (start, start + most)).collect()
}

/// The strongest emotion of a stage, the unhappy one of two; with its place on the map.
fn mark(layout: &Layout, stage: usize) -> Option<(Point, Emotion)> {
    let (row, curve) = layout.rows.iter().find_map(|row| match &row.content {
        RowContent::Curve(curve) => Some((row, curve)),
        _ => None,
    })?;
    let own = curve.points.iter().filter(|point| layout.columns[point.column].stage == stage);
    let point = own.max_by_key(|point| (point.emotion.get().unsigned_abs(), point.emotion.get() < 0))?;
    Some((Point::new(point.at.x, point.at.y + row.y), point.emotion))
}

/// How long the texts in `spot` take to read.
fn reading_time(scene: &Scene, spot: Rect) -> f64 {
    /// Words a second of somebody who reads on a screen while somebody else talks.
    const PACE: f64 = 4.5;
    const BOUNDS: (f64, f64) = (2.0, 8.0);
    let inside = scene.groups.iter().filter(|group| spot.contains(group.bounds.center()));
    let words: f64 = inside.flat_map(|group| group.items.iter()).map(words).sum();
    (0.8 + words / PACE).clamp(BOUNDS.0, BOUNDS.1)
}

fn words(item: &Item) -> f64 {
    let Item::Text(text) = item else { return 0.0 };
    // Chinese and Japanese have no spaces.
    let of = |word: &str| (word.chars().count() as f64 / 12.0).max(1.0);
    text.block.text.split_whitespace().map(of).sum()
}
