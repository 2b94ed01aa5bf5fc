//! What must hold for every layout.

use std::sync::Arc;

use kurbo::Rect;
use rihla::edit::move_touchpoints;
use rihla::layout::{Layout, LayoutEngine, Row, RowContent};
use rihla::model::{Element, LaneKind};
use rihla::scene::{self, Scene};
use rihla::theme::Theme;

use super::edits::elements;

/// Half a pixel is nothing; rounding makes less.
const SLACK: f64 = 0.01;

/// Asserts that everything stands where it belongs and is found there.
pub fn assert_sound(layout: &Layout) {
    let picture = Rect::from_origin_size((0.0, 0.0), layout.size);
    assert!(layout.size.is_finite() && layout.size.width > 0.0 && layout.size.height > 0.0);
    let shown = layout.map.lanes.iter().filter(|lane| !lane.hidden);
    assert_eq!(layout.rows.len(), shown.count());
    for pair in layout.rows.windows(2) {
        assert!((pair[0].y + pair[0].height - pair[1].y).abs() < SLACK, "rows follow each other");
    }
    for column in &layout.columns {
        let body = layout.stages[column.stage].body;
        assert!(column.x >= body.x0 - SLACK && column.x + column.width <= body.x1 + SLACK, "columns are in stages");
    }
    for row in &layout.rows {
        let rects = row_rects(layout, row);
        for (column, rect, element) in &rects {
            let cell = layout.cell_rect(row, *column);
            assert!(contains(cell, *rect), "{element:?}: {rect:?} in the cell {cell:?}");
            assert!(contains(picture, *rect), "{element:?}: {rect:?} in the picture {picture:?}");
            assert!(rect.width() > 20.0 && rect.height() > 10.0, "{element:?} can be seen");
            assert_eq!(layout.hit(rect.center()).as_ref(), Some(element));
            // An annotation stands in every lane of its kind; the first is the one that is named.
            let named = layout.rect_of(element).expect("it is shown");
            // A touchpoint's picture in the storyboard is not its card.
            let is_first = named == *rect || row.kind == LaneKind::Pictures;
            assert!(is_first || (matches!(element, Element::Annotation(_)) && named.y0 < rect.y0), "{element:?}");
        }
        for pair in rects.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            assert!(pair[0].1.y1 <= pair[1].1.y0 + SLACK, "cards of a cell do not overlap");
        }
    }
    assert_counts(layout);
    assert_texts_fit(layout);
}

/// Asserts that titles and chips stay on their cards, and names in their headers.
fn assert_texts_fit(layout: &Layout) {
    let pad = layout.theme.sizes.card_pad;
    for row in &layout.rows {
        assert!(f64::from(row.name.block.width) <= row.name.width + SLACK, "{:?}", row.name.block.text);
        let RowContent::Cards(cards) = &row.content else { continue };
        for placed in cards.cards() {
            let (card, height) = (&placed.card, cards.slots[placed.slot].height);
            let title = &card.title;
            assert!(f64::from(title.width) <= card.width - 2.0 * pad + SLACK, "{:?}", title.text);
            let room = Rect::new(0.0, pad + f64::from(title.height), card.width, height);
            for chip in &card.chips {
                let rect = chip.rect + kurbo::Vec2::new(0.0, height);
                assert!(contains(room, rect), "{:?}: {rect:?} in {room:?}", chip.kind);
            }
        }
    }
    for stage in &layout.stages {
        let name = &stage.name;
        assert!(f64::from(name.block.width) <= name.width + SLACK, "{:?}", name.block.text);
        assert!(f64::from(name.block.height) <= stage.header.height() + SLACK, "{:?}", name.block.text);
    }
}

/// Asserts that whatever is hit anywhere is on the map, and that every drop that is offered can be done.
pub fn assert_points(layout: &Layout) {
    let moving = layout.map.touchpoints().next().map(|(_, touchpoint)| touchpoint.id.clone());
    for (i, j) in (-1..=12).flat_map(|i| (-1..=12).map(move |j| (i, j))) {
        let (x, y) = (f64::from(i) / 11.0 * layout.size.width, f64::from(j) / 11.0 * layout.size.height);
        if let Some(element) = layout.hit((x, y).into()) {
            assert!(layout.map.contains(&element), "{element:?}");
            assert!(layout.rect_of(&element).is_some(), "{element:?} has a place");
        }
        let Some(id) = &moving else { continue };
        if let Some(mark) = layout.drop_at((x, y).into(), std::slice::from_ref(id), 5.0) {
            let mut map = (*layout.map).clone();
            move_touchpoints(&mut map, id, std::slice::from_ref(id), &mark.drop).expect("what is offered can be done");
            assert_eq!(map.problems(), []);
            assert!(mark.rect.is_finite());
        }
    }
}

/// Asserts that every touchpoint of a shown lane has its card.
fn assert_counts(layout: &Layout) {
    for row in &layout.rows {
        let lane = layout.map.lane(&row.lane).expect("the row has its lane");
        if let RowContent::Cards(cards) = &row.content {
            assert_eq!(cards.cards().count(), lane.touchpoints.len());
        }
    }
}

/// The cards or annotations of a row: column, place, element.
fn row_rects(layout: &Layout, row: &Row) -> Vec<(usize, Rect, Element)> {
    match &row.content {
        RowContent::Cards(cards) => {
            let element = |p: &rihla::layout::PlacedCard| Element::Touchpoint(p.card.touchpoint.id.clone());
            cards.cards().map(|p| (p.column, layout.card_rect(row, cards, p), element(p))).collect()
        }
        RowContent::Notes(notes) => {
            let element = |p: &rihla::layout::PlacedNote| Element::Annotation(p.note.at.clone());
            notes.notes.iter().map(|p| (p.column, layout.note_rect(row, notes, p), element(p))).collect()
        }
        RowContent::Pictures(pictures) => {
            let element = |p: &rihla::layout::PlacedPicture| Element::Touchpoint(p.touchpoint.id.clone());
            let on_map = |p: &rihla::layout::PlacedPicture| p.rect + kurbo::Vec2::new(0.0, row.y);
            pictures.pictures.iter().map(|p| (p.column, on_map(p), element(p))).collect()
        }
        RowContent::Curve(_) | RowContent::Channels(_) | RowContent::Metrics(_) | RowContent::Collapsed => Vec::new(),
    }
}

fn contains(outer: Rect, inner: Rect) -> bool {
    outer.inset(SLACK).contains_rect(inner)
}

/// Asserts that two layouts of one map are the same, whatever their engines laid out before.
pub fn assert_same(a: &Layout, b: &Layout) {
    assert_eq!(a.size, b.size);
    assert_eq!(a.rtl, b.rtl);
    for element in elements(&a.map) {
        assert_eq!(a.rect_of(&element), b.rect_of(&element), "{element:?}");
        assert_eq!(a.text_place(&element), b.text_place(&element), "{element:?}");
    }
    let (a, b) = (scene::build(a), scene::build(b));
    assert_eq!(a.groups.len(), b.groups.len());
    for (a, b) in a.groups.iter().zip(&b.groups) {
        assert_eq!((&a.element, a.origin, a.bounds), (&b.element, b.origin, b.bounds));
        assert_eq!(format!("{:?}", texts(a)), format!("{:?}", texts(b)), "{:?}", a.element);
    }
}

/// The texts of a group with their places and the number of their glyphs.
fn texts(group: &scene::Group) -> Vec<(String, kurbo::Point, usize)> {
    let text = |item: &scene::Item| match item {
        scene::Item::Text(text) => {
            let glyphs = text.block.runs.iter().map(|run| run.glyphs.len()).sum();
            Some((text.block.text.clone(), text.at, glyphs))
        }
        scene::Item::Rect(_) | scene::Item::Oval(_) | scene::Item::Line(_) | scene::Item::Picture(_) => None,
    };
    group.items.iter().filter_map(text).collect()
}

/// How many groups of a scene show an element.
pub fn shown(scene: &Scene) -> usize {
    scene.groups.iter().filter(|group| group.element.is_some()).count()
}

#[test]
fn cards_go_with_the_last_stage_when_it_is_deleted() {
    let text = r#"(
      stages: [(id: "a", name: "A"), (id: "b", name: "B"), (id: "c", name: "C")],
      lanes: [(id: "doing", name: "Doing")],
      touchpoints: [(id: "one", step: "a", lane: "doing"), (id: "last", step: "c", lane: "doing")],
    )"#;
    let mut map = rihla::file::parse(text).unwrap();
    let mut engine = LayoutEngine::default();
    let theme = Theme::light();
    engine.layout(&Arc::new(map.clone()), &theme, false);
    map.stages.pop();
    let layout = engine.layout(&Arc::new(map), &theme, false);
    let cards: Vec<usize> = layout
        .rows
        .iter()
        .filter_map(|row| match &row.content {
            RowContent::Cards(cards) => Some(cards.cards().map(|placed| placed.column).collect::<Vec<_>>()),
            _ => None,
        })
        .flatten()
        .collect();
    assert_eq!(cards, [0]);
}
