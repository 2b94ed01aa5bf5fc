//! The work that an edit and a view cost, counted: it depends on what is touched and on what is in sight.

use std::sync::Arc;

use egui::{Event, vec2};
use kurbo::{Point, Rect};
use rihla::app::headless::{FrameReport, Headless};
use rihla::edit::{Document, Drop, EditResult, move_touchpoints, set_text};
use rihla::layout::{Layout, LayoutCounts, LayoutEngine};
use rihla::model::{Element, JourneyMap, generate};
use rihla::scene::{build, build_visible};
use rihla::theme::Theme;

use super::layouts::{assert_same, shown};

/// An open map of 10,000 touchpoints, laid out once.
struct Large {
    document: Document,
    engine: LayoutEngine,
}

impl Large {
    fn new() -> Self {
        let mut large = Self { document: Document::new(generate(40, 10, 25)), engine: LayoutEngine::default() };
        assert_eq!(large.document.map().touchpoints().count(), 10_000);
        let first = large.engine.counts();
        assert_eq!(first, LayoutCounts::default());
        large.layout();
        large
    }

    fn layout(&mut self) -> Arc<Layout> {
        self.engine.layout(self.document.map(), &Theme::light(), false)
    }

    /// The work of the layout after `change`.
    fn work_of(&mut self, change: impl FnOnce(&mut JourneyMap) -> EditResult) -> LayoutCounts {
        let before = self.engine.counts();
        self.document.edit("change", change).unwrap();
        self.layout();
        let after = self.engine.counts();
        LayoutCounts {
            lanes: after.lanes - before.lanes,
            rows: after.rows - before.rows,
            cards: after.cards - before.cards,
            paragraphs: after.paragraphs - before.paragraphs,
        }
    }
}

fn retitle(id: &str, text: &str) -> impl FnOnce(&mut JourneyMap) -> EditResult {
    move |map| set_text(map, &Element::Touchpoint(id.into()), text)
}

#[test]
fn layout_after_an_edit_works_on_what_the_edit_touched() {
    let mut large = Large::new();
    let work = large.work_of(|map| {
        map.locked = true;
        map.locked = false;
        Ok(())
    });
    assert!(work.cards == 0 && work.lanes == 0 && work.rows == 0, "nothing: {work:?}");

    let work = large.work_of(retitle("t-12-200", "Now it says something else"));
    assert!(work.cards <= 2 && work.lanes == 1 && work.rows == 1, "one card: {work:?}");
    assert!(work.paragraphs <= 20, "one card: {work:?}");
    println!("after one edit: {work:?}");

    let work = large.work_of(|map| {
        let id = "t-12-200".into();
        let step = map.touchpoint(&id).unwrap().1.step.clone();
        move_touchpoints(map, &id, std::slice::from_ref(&id), &Drop::Cell { lane: "lane-20".into(), step, index: 0 })
    });
    assert!(work.cards <= 2 && work.lanes == 2 && work.rows == 2, "to another lane: {work:?}");

    let work = large.work_of(|map| {
        let id = "t-12-201".into();
        let drop = Drop::Cell { lane: "lane-12".into(), step: "step-3-3".into(), index: 0 };
        move_touchpoints(map, &id, std::slice::from_ref(&id), &drop)
    });
    // A column may become wider or narrower, then its 25 cards and those of the other are measured anew.
    assert!(work.cards <= 2 + 2 * 26 && work.lanes == 1, "to another column: {work:?}");

    let before = large.engine.counts();
    large.document.undo();
    large.document.undo();
    let kept = large.layout();
    let work = large.engine.counts().lanes - before.lanes;
    assert!(work <= 3, "undo sorts the lanes that it changes: {work}");
    let fresh = LayoutEngine::default().layout(large.document.map(), &Theme::light(), false);
    assert_eq!(kept.size, fresh.size);
}

#[test]
fn a_wider_column_measures_its_own_cards_only() {
    let mut large = Large::new();
    let long = "Incomprehensibilities-and-uncharacteristically ".repeat(3);
    let work = large.work_of(retitle("t-12-200", &long));
    assert!(work.cards > 2 && work.cards <= 26 && work.lanes == 1, "{work:?}");
}

#[test]
fn a_view_draws_what_is_in_sight() {
    let mut large = Large::new();
    let layout = large.layout();
    let all = build(&layout);
    assert!(shown(&all) > 10_000);
    let (width, height) = (layout.size.width, layout.size.height);
    let mut most = 0;
    for (x, y) in [(0.0, 0.0), (0.5, 0.5), (0.3, 0.9), (1.0, 1.0), (0.0, 1.0)] {
        let corner = Point::new(x * (width - 1600.0), y * (height - 1000.0));
        let view = Rect::from_origin_size(corner, (1600.0, 1000.0));
        let scene = build_visible(&layout, view);
        let near = view.inset(1.0);
        let stray = scene.groups.iter().find(|g| g.element.is_some() && !g.bounds.overlaps(near));
        assert!(stray.is_none(), "only what is in sight: {stray:?} in {view:?}");
        let in_sight = all.groups.iter().filter(|group| group.element.is_some() && group.bounds.overlaps(view));
        assert_eq!(in_sight.count(), shown(&scene), "all that is in sight");
        most = most.max(scene.groups.len());
    }
    assert!(most < 200, "{most} groups");
    println!("at most {most} groups of {} in sight", all.groups.len());
    let nothing = build_visible(&layout, Rect::new(-5000.0, -5000.0, -4000.0, -4000.0));
    assert_eq!(shown(&nothing), 0);
}

#[test]
fn pictures_of_cards_are_kept_over_an_edit() {
    let mut document = Document::new(generate(4, 5, 4));
    let mut engine = LayoutEngine::default();
    let before = build(&engine.layout(document.map(), &Theme::light(), false));
    document.edit("change", retitle("t-2-3", "Short")).unwrap();
    let layout = engine.layout(document.map(), &Theme::light(), false);
    let after = build(&layout);
    let kept = before.groups.iter().zip(&after.groups).filter(|(a, b)| Arc::ptr_eq(&a.items, &b.items)).count();
    assert!(kept >= 79 - 20, "{kept} of 80 cards");
    assert_same(&layout, &LayoutEngine::default().layout(document.map(), &Theme::light(), false));
}

/// The frames of a window on the middle of a map at 100 %: the first whole one, and one after a pan.
fn frames(stages: usize, steps: usize, lanes: usize) -> (FrameReport, FrameReport) {
    let mut window = Headless::new(generate(stages, steps, lanes), vec2(1600.0, 1000.0));
    for _ in 0..20 {
        window.frame(Vec::new());
    }
    window.editor_mut().look_at_middle(1.0);
    let first = (0..4).map(|_| window.frame(Vec::new())).max_by_key(|report| report.groups).expect("four frames");
    for _ in 0..20 {
        window.frame(Vec::new());
    }
    window.frame(vec![Event::PointerMoved(window.center())]);
    let wheel = Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(12.0, 8.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: egui::Modifiers::NONE,
    };
    (first, window.frame(vec![wheel]))
}

#[test]
fn a_frame_draws_what_is_in_sight_however_large_the_map() {
    let ((small, _), (large, panned)) = (frames(10, 4, 5), frames(40, 10, 25));
    assert!(small.groups > 20 && large.groups > 20, "{small:?} {large:?}");
    assert!(large.groups < 4 * small.groups, "{} groups of 200 touchpoints, {} of 10,000", small.groups, large.groups);
    assert!(large.vertices < 3 * small.vertices, "{} and {}", small.vertices, large.vertices);
    assert_eq!(panned.groups, 0, "a small pan moves the mesh of the frame before");
    assert_eq!((panned.rasters, panned.layout), (0, LayoutCounts::default()));
}

#[test]
fn nothing_is_laid_out_or_drawn_anew_while_nothing_happens() {
    let mut window = Headless::new(generate(10, 4, 5), vec2(1600.0, 1000.0));
    for _ in 0..60 {
        window.frame(Vec::new());
    }
    let idle = window.frame(Vec::new());
    assert_eq!((idle.groups, idle.rasters, idle.layout), (0, 0, LayoutCounts::default()));
}
