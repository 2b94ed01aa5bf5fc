//! How long a map takes on its way: `cargo bench`. The figures in ARCHITECTURE.md come from here.
//!
//! Times depend on the machine; the counts that are printed first do not.

use std::fmt;
use std::sync::Arc;

use divan::Bencher;
use egui::{Event, Pos2, vec2};
use kurbo::{Point, Rect};
use rihla::app::headless::Headless;
use rihla::edit::{Document, set_text};
use rihla::export::{PngOptions, write_png};
use rihla::file;
use rihla::layout::{Layout, LayoutEngine};
use rihla::model::{Element, JourneyMap, generate};
use rihla::scene::{build, build_visible};
use rihla::theme::Theme;

/// A generated map: stages, steps in each, lanes.
#[derive(Clone, Copy)]
struct Size(usize, usize, usize);

const SIZES: [Size; 3] = [Size(10, 4, 5), Size(20, 10, 10), Size(40, 10, 25)];

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} touchpoints", self.0 * self.1 * self.2)
    }
}

impl Size {
    fn map(self) -> JourneyMap {
        generate(self.0, self.1, self.2)
    }

    fn layout(self, engine: &mut LayoutEngine) -> Arc<Layout> {
        engine.layout(&Arc::new(self.map()), &Theme::light(), false)
    }

    /// A card in the middle.
    fn card(self) -> Element {
        Element::Touchpoint(format!("t-{}-{}", self.2.div_ceil(2), self.0 * self.1 / 2).as_str().into())
    }
}

/// A window of 1600 × 1000 in the middle of the map.
fn view(layout: &Layout) -> Rect {
    let (width, height) = (1600.0, 1000.0);
    let corner = Point::new((layout.size.width - width) / 2.0, (layout.size.height - height) / 2.0);
    Rect::from_origin_size(corner, (width, height))
}

/// Changes the title of one card, to and fro.
struct Retitle {
    document: Document,
    card: Element,
    turn: usize,
}

impl Retitle {
    fn new(size: Size) -> Self {
        Self { document: Document::new(size.map()), card: size.card(), turn: 0 }
    }

    fn next(&mut self) {
        self.turn += 1;
        let text = ["Waits for the confirmation", "Asks a friend about it"][self.turn % 2];
        self.document.edit("text", |map| set_text(map, &self.card, text)).expect("the card is there");
    }
}

fn main() {
    println!("work, counted:");
    for size in SIZES {
        let mut retitle = Retitle::new(size);
        let mut engine = LayoutEngine::default();
        let layout = engine.layout(retitle.document.map(), &Theme::light(), false);
        let full = engine.counts();
        let (all, seen) = (build(&layout).groups.len(), build_visible(&layout, view(&layout)).groups.len());
        retitle.next();
        engine.layout(retitle.document.map(), &Theme::light(), false);
        let edited = engine.counts();
        println!(
            "  {size}: cards measured {}, after one edit {}; lanes sorted {}, after one edit {}; groups {all}, in sight {seen}",
            full.cards,
            edited.cards - full.cards,
            full.lanes,
            edited.lanes - full.lanes,
        );
    }
    divan::main();
}

#[divan::bench(args = SIZES, max_time = 3)]
fn load(bencher: Bencher, size: Size) {
    let text = file::to_ron(&size.map());
    bencher.bench(|| file::parse(&text).expect("it is sound"));
}

#[divan::bench(args = SIZES, max_time = 3)]
fn save(bencher: Bencher, size: Size) {
    let map = size.map();
    bencher.bench(|| file::to_ron(&map));
}

#[divan::bench(args = SIZES, max_time = 3)]
fn edit(bencher: Bencher, size: Size) {
    let mut retitle = Retitle::new(size);
    bencher.bench_local(|| retitle.next());
}

#[divan::bench(args = SIZES, max_time = 5, sample_count = 20, sample_size = 1)]
fn layout_full(bencher: Bencher, size: Size) {
    let map = Arc::new(size.map());
    bencher.with_inputs(LayoutEngine::default).bench_values(|mut engine| engine.layout(&map, &Theme::light(), false));
}

#[divan::bench(args = SIZES, max_time = 3)]
fn layout_after_one_edit(bencher: Bencher, size: Size) {
    let (mut retitle, mut engine) = (Retitle::new(size), LayoutEngine::default());
    engine.layout(retitle.document.map(), &Theme::light(), false);
    bencher.bench_local(|| {
        retitle.next();
        engine.layout(retitle.document.map(), &Theme::light(), false)
    });
}

#[divan::bench(args = SIZES, max_time = 5, sample_count = 20, sample_size = 1)]
fn scene_first(bencher: Bencher, size: Size) {
    bencher.with_inputs(|| size.layout(&mut LayoutEngine::default())).bench_values(|layout| build(&layout));
}

#[divan::bench(args = SIZES, max_time = 3)]
fn scene_again(bencher: Bencher, size: Size) {
    let layout = size.layout(&mut LayoutEngine::default());
    bencher.bench(|| build(&layout));
}

#[divan::bench(args = SIZES, max_time = 3)]
fn scene_in_sight(bencher: Bencher, size: Size) {
    let layout = size.layout(&mut LayoutEngine::default());
    let view = view(&layout);
    bencher.bench(|| build_visible(&layout, view));
}

#[divan::bench(args = &SIZES[..2], max_time = 10, sample_count = 10, sample_size = 1)]
fn png(bencher: Bencher, size: &Size) {
    let scene = build(&size.layout(&mut LayoutEngine::default()));
    let options = PngOptions::default();
    bencher.bench(|| {
        let mut bytes = Vec::new();
        write_png(&scene, options, &mut bytes).expect("it fits");
        bytes
    });
}

/// A window of 1600 × 1000 on the middle of a map, at 100 %, and a card near its middle.
fn window(size: Size) -> (Headless, Pos2) {
    let mut window = Headless::new(size.map(), vec2(1600.0, 1000.0));
    window.editor_mut().look_at_middle(1.0);
    for _ in 0..20 {
        window.frame(Vec::new());
    }
    let card = window.editor().screen_rect(&size.card()).map_or(window.center(), |rect| rect.center());
    (window, card)
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: egui::PointerButton::Primary, pressed, modifiers: egui::Modifiers::NONE }
}

#[divan::bench(args = SIZES, max_time = 3)]
fn frame_pan(bencher: Bencher, size: Size) {
    let (mut window, _) = window(size);
    let mut to = 1.0;
    bencher.bench_local(|| {
        to = -to;
        let delta = vec2(24.0, 12.0) * to;
        window.frame(vec![Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: egui::Modifiers::NONE,
        }])
    });
}

#[divan::bench(args = SIZES, max_time = 3)]
fn frame_drag(bencher: Bencher, size: Size) {
    let (mut window, card) = window(size);
    window.frame(vec![Event::PointerMoved(card)]);
    window.frame(vec![button(card, true)]);
    let mut step = 0.0;
    bencher.bench_local(|| {
        step += 1.0;
        window.frame(vec![Event::PointerMoved(card + vec2(200.0 + step % 150.0, 20.0))])
    });
}

#[divan::bench(args = SIZES, max_time = 3)]
fn frame_zoom(bencher: Bencher, size: Size) {
    let (mut window, _) = window(size);
    window.frame(vec![Event::PointerMoved(window.center())]);
    let mut step = 0u32;
    bencher.bench_local(|| {
        step += 1;
        window.frame(vec![Event::Zoom(if step % 40 < 20 { 0.97 } else { 1.0 / 0.97 })])
    });
}
