//! The links of a wheel: bows from card to card below the cards, with their words where nothing else stands.

use std::collections::HashMap;
use std::sync::Arc;

use kurbo::{BezPath, ParamCurve, ParamCurveDeriv, Point, QuadBez, Rect, Size, Vec2};

use super::links::{PILL, PlacedLink, WORDS, words};
use super::wheel::{Source, Wheel};
use crate::model::TouchpointId;
use crate::text::{Measure, TextBlock};

/// From the tip to the ends of its strokes, along the bow.
const TIP: f64 = 7.0;
/// Where along a bow words may stand, the best place first.
const ALONG: [f64; 9] = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9];
/// How far beside their bow words may stand, the best place first.
const BESIDE: [f64; 11] = [0.0, 24.0, -24.0, 48.0, -48.0, 76.0, -76.0, 104.0, -104.0, 136.0, -136.0];

/// Links as bows from card to card, bent towards the middle.
pub(super) fn links(source: &mut Source<'_>, wheel: &Wheel) -> Vec<PlacedLink> {
    let rects: HashMap<&TouchpointId, Rect> =
        wheel.cards.iter().map(|placed| (&placed.card.touchpoint.id, placed.rect)).collect();
    let names = wheel
        .step_names
        .iter()
        .map(|name| Rect::from_origin_size(name.at, (f64::from(name.block.width), f64::from(name.block.height))));
    let mut taken: Vec<Rect> = rects.values().copied().chain(names).collect();
    let mut placed = Vec::new();
    for (index, link) in source.layout.map.links.iter().enumerate() {
        let (Some(a), Some(b)) = (rects.get(&link.from), rects.get(&link.to)) else { continue };
        let bend = wheel.center.lerp(a.center().midpoint(b.center()), 0.86);
        let bow = QuadBez::new(edge_towards(*a, bend), bend, edge_towards(*b, bend));
        let label = block(&words(link), source).map(|block| {
            let size = Size::new(f64::from(block.width).ceil() + 2.0 * PILL.1, PILL.0);
            let pill = Rect::from_center_size(free_place(bow, size, &taken), size);
            taken.push(pill);
            (pill, block)
        });
        let mut path = BezPath::new();
        path.move_to(bow.p0);
        path.quad_to(bow.p1, bow.p2);
        let mut bounds = kurbo::Shape::bounding_box(&path).inflate(8.0, 8.0);
        if let Some((pill, _)) = &label {
            bounds = bounds.union(*pill);
        }
        let middle = label.as_ref().map_or(bow.eval(0.5), |(pill, _)| pill.center());
        let (path, tip) = (Arc::new(path), Arc::new(tip(bow)));
        placed.push(PlacedLink { index, kind: link.kind, path, tip, start: bow.p0, middle, label, bounds });
    }
    placed
}

/// Where a pill of `size` covers nothing that is `taken`: on the bow, else beside it; the middle where no place is free.
fn free_place(bow: QuadBez, size: Size, taken: &[Rect]) -> Point {
    let mut places = BESIDE.iter().flat_map(|beside| ALONG.iter().map(move |t| (*beside, *t)));
    let point = |(beside, t): (f64, f64)| {
        let way = bow.deriv().eval(t).to_vec2();
        let across = if way.hypot() > 0.0 { Vec2::new(-way.y, way.x) / way.hypot() } else { Vec2::new(0.0, 1.0) };
        bow.eval(t) + across * beside
    };
    let is_free = |at: &Point| taken.iter().all(|other| !other.overlaps(Rect::from_center_size(*at, size)));
    places.by_ref().map(point).find(is_free).unwrap_or_else(|| bow.eval(0.5))
}

fn block(words: &str, source: &mut Source<'_>) -> Option<Arc<TextBlock>> {
    if words.is_empty() {
        return None;
    }
    let style = source.layout.theme.text.small.into();
    let natural = source.blocks.widths(words, style, source.text).1.ceil() + 0.5;
    let measure = Measure { width: Some(natural.min(WORDS)), max_lines: Some(1), ..Measure::default() };
    Some(source.blocks.block(words, style, measure, source.text))
}

/// The strokes of the tip at the end of a bow.
fn tip(bow: QuadBez) -> BezPath {
    let back = (bow.p1 - bow.p2).normalize() * TIP;
    let across = Vec2::new(-back.y, back.x) * 0.7;
    let mut tip = BezPath::new();
    tip.move_to(bow.p2 + back + across);
    tip.line_to(bow.p2);
    tip.line_to(bow.p2 + back - across);
    tip
}

/// Where the line from the middle of a card to `towards` leaves the card.
fn edge_towards(rect: Rect, towards: Point) -> Point {
    let (center, v) = (rect.center(), towards - rect.center());
    let across = if v.x.abs() > 1e-6 { rect.width() / 2.0 / v.x.abs() } else { f64::MAX };
    let down = if v.y.abs() > 1e-6 { rect.height() / 2.0 / v.y.abs() } else { f64::MAX };
    center + v * across.min(down).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{add_link, update_link};
    use crate::layout::LayoutEngine;
    use crate::model::{LinkKind, generate};
    use crate::theme::Theme;

    #[test]
    fn words_on_links_cover_neither_cards_nor_each_other() {
        let mut map = generate(4, 3, 2);
        let ids: Vec<TouchpointId> = map.touchpoints().map(|(_, t)| t.id.clone()).collect();
        for (from, to) in [(0, 1), (1, 0), (0, 2), (3, 7), (5, 4)] {
            let index = add_link(&mut map, &ids[from], &ids[to], LinkKind::Next).unwrap();
            update_link(&mut map, index, |link| link.label = "all over again".into()).unwrap();
        }
        let mut engine = LayoutEngine::default();
        engine.round(true);
        let layout = engine.layout(&Arc::new(map), &Theme::light(), false);
        let pills: Vec<Rect> = layout.links.iter().map(|link| link.label.as_ref().unwrap().0).collect();
        assert_eq!(pills.len(), 5);
        for (i, pill) in pills.iter().enumerate() {
            assert!(pills[..i].iter().all(|other| !other.overlaps(*pill)));
            assert!(layout.wheel.as_ref().unwrap().cards.iter().all(|card| !card.rect.overlaps(*pill)));
        }
    }
}
