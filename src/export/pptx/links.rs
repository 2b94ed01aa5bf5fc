//! Links as connectors that are glued to their cards, and the words on them.

use std::collections::HashMap;

use kurbo::{BezPath, PathEl, Point, Rect};

use super::look::{Look, name_of};
use super::shape::{Body, BoxShape, Connector, Fill, Geometry, Role, Shape, Side, Stroke};
use crate::layout::Layout;
use crate::model::{Link, LinkKind, TouchpointId};
use crate::scene::link_stroke;
use crate::text::{Measure, TextEngine};

/// The cards of a slide: their places in its list of shapes.
pub(super) type Cards = HashMap<TouchpointId, usize>;

/// The corners of a way that the layout drew with round ones.
pub(super) fn corners_of(path: &BezPath) -> Vec<Point> {
    let mut corners = Vec::new();
    let mut last = None;
    for element in path.elements() {
        match element {
            PathEl::MoveTo(at) => corners.push(*at),
            PathEl::QuadTo(by, _) => corners.push(*by),
            PathEl::LineTo(at) => last = Some(*at),
            PathEl::CurveTo(..) | PathEl::ClosePath => {}
        }
    }
    corners.extend(last);
    corners
}

/// The connector of a link.
pub(super) fn connector(link: &Link, corners: Vec<Point>, ends: (usize, usize), look: &Look) -> Shape {
    let (width, dash) = link_stroke(link.kind);
    let unit = look.unit;
    let line = Stroke {
        dash: dash.map(|(dash, gap)| (dash * unit, gap * unit)),
        ..Stroke::solid(width * unit, look.theme.link(link.kind))
    };
    let name = name_of("Link", &words(link, look));
    let dot = link.kind == LinkKind::Branch;
    Shape::Connector(Connector { name, corners, ends: Some(ends), line, arrow: true, dot, small: unit < 0.6 })
}

/// What stands on a link, or else what kind it is.
fn words(link: &Link, look: &Look) -> String {
    let words = label(link);
    if words.is_empty() { look.words.link(link.kind).to_owned() } else { words }
}

/// What stands on a link: its label, or else when it is taken.
fn label(link: &Link) -> String {
    let words = if link.label.is_empty() { &link.trigger } else { &link.label };
    words.replace('\n', " ")
}

/// The words of a link on a pill.
pub(super) fn pill(link: &Link, rect: Rect, look: &Look) -> Shape {
    let theme = &look.theme;
    let color = theme.link(link.kind);
    let run = look.run(label(link), theme.text.small, color);
    let paragraphs = vec![look.paragraph(vec![run], Some(Side::Middle))];
    Shape::Box(BoxShape {
        name: name_of("Words", &label(link)),
        role: Role::Shape,
        rect,
        geometry: Geometry::Round(rect.height() / 2.0),
        fill: Fill::Solid(theme.colors.card),
        line: Some(Stroke::solid(look.unit.max(0.25), color.faded(0.5))),
        shadow: None,
        text: Some(Body { insets: [0.0; 4], in_middle: true, shrinks: false, wraps: false, paragraphs }),
    })
}

/// The links between cards that stand on a slide, led through the gaps between them; words come last.
pub(super) fn on_slide(
    layout: &Layout,
    cards: &Cards,
    (shapes, room): (&[Shape], Rect),
    look: &Look,
    engine: &mut TextEngine,
) -> Vec<Shape> {
    let mut lines = Vec::new();
    let mut pills: Vec<(Rect, Shape)> = Vec::new();
    for link in &layout.map.links {
        let (Some(from), Some(to)) = (cards.get(&link.from), cards.get(&link.to)) else { continue };
        let (Some(a), Some(b)) = (shapes[*from].rect(), shapes[*to].rect()) else { continue };
        let corners = way((a, b), lines.len(), look);
        if !label(link).is_empty() {
            let style = look.theme.text.small;
            let width = f64::from(engine.block(&label(link), style.into(), Measure::default()).width).ceil();
            let size = (width + 14.0 * look.unit, f64::from(style.line) + 2.0);
            let rect = free_place((&corners, a.y1.min(b.y1)), size, &pills, room);
            pills.push((rect, pill(link, rect, look)));
        }
        lines.push(connector(link, corners, (*from, *to), look));
    }
    lines.extend(pills.into_iter().map(|(_, pill)| pill));
    lines
}

/// The corners of a way from card to card. It leaves at the side where the journey goes on, or for a card that stands
/// before it at the other one; ways of one slide are set a little apart.
fn way((a, b): (Rect, Rect), number: usize, look: &Look) -> Vec<Point> {
    let sign = if look.rtl { -1.0 } else { 1.0 };
    let gap = look.theme.sizes.card_gap / 2.0;
    let apart = [0.0, -1.5, 1.5][number % 3] * look.unit;
    let end_of = |rect: Rect| if look.rtl { rect.x0 } else { rect.x1 };
    let start_of = |rect: Rect| if look.rtl { rect.x1 } else { rect.x0 };
    let at = |x: f64, rect: Rect| Point::new(x, rect.center().y);
    let is_ahead = (start_of(b) - end_of(a)) * sign > -0.5;
    let is_behind = (start_of(a) - end_of(b)) * sign > -0.5;
    if !is_ahead && !is_behind {
        // Above or below: out and back on the side where the journey goes on.
        let x = if look.rtl { a.x0.min(b.x0) } else { a.x1.max(b.x1) } + sign * gap + apart;
        let (from, to) = (at(end_of(a), a), at(end_of(b), b));
        return vec![from, Point::new(x, from.y), Point::new(x, to.y), to];
    }
    let way = if is_ahead { sign } else { -sign };
    let (from, to) =
        if is_ahead { (at(end_of(a), a), at(start_of(b), b)) } else { (at(start_of(a), a), at(end_of(b), b)) };
    let is_next = (to.x - from.x).abs() < 6.0 * gap;
    if is_next {
        if (from.y - to.y).abs() < 0.5 {
            return vec![from, to];
        }
        let x = (from.x + to.x) / 2.0 + apart;
        return vec![from, Point::new(x, from.y), Point::new(x, to.y), to];
    }
    // Along the line above the card, or below it on the way back.
    let y = if is_ahead { b.y0 - gap } else { b.y1 + gap } + apart;
    let (x0, x1) = (from.x + way * gap + apart, to.x - way * gap + apart);
    vec![from, Point::new(x0, from.y), Point::new(x0, y), Point::new(x1, y), Point::new(x1, to.y), to]
}

/// A place for words on a way: in the middle of its longest part, moved aside while others stand there.
///
/// Between neighbours there is no room: there they stand on the lower edge of the cards, below the texts.
fn free_place((corners, edge): (&[Point], f64), size: (f64, f64), pills: &[(Rect, Shape)], room: Rect) -> Rect {
    let longest = corners.windows(2).max_by(|a, b| a[0].distance(a[1]).total_cmp(&b[0].distance(b[1])));
    let mut middle = longest.map_or(room.center(), |two| two[0].midpoint(two[1]));
    if corners.len() == 2 {
        middle.y = edge;
    }
    let place = |by: f64| {
        let rect = Rect::from_center_size((middle.x, middle.y + by), size);
        let dx = (room.x0 - rect.x0).max(0.0) + (room.x1 - rect.x1).min(0.0);
        rect + kurbo::Vec2::new(dx, 0.0)
    };
    let is_free = |rect: &Rect| pills.iter().all(|(other, _)| !other.overlaps(*rect));
    let steps = (0..8).flat_map(|step| [f64::from(step), -f64::from(step)]);
    steps.map(|step| place(step * (size.1 + 2.0))).find(is_free).unwrap_or_else(|| place(0.0))
}
