//! Times what the window does in a gesture: `cargo run --release --example gestures -- MAP.ron --gesture pan`.
//!
//! It makes the steps of one gesture on a map in a window of 1600 × 1000 points without a screen, one
//! frame a step, and prints one JSON object: milliseconds of the UI thread a step, and what was laid
//! out, shaped and drawn.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use egui::{Event, Modifiers, MouseWheelUnit, PointerButton, Pos2, TouchPhase, Vec2, vec2};
use rihla::app::headless::{FrameReport, Headless};
use rihla::model::Element;

/// Times a gesture.
#[derive(Debug, Parser)]
struct Args {
    /// The map.
    map: PathBuf,
    /// What the hand does.
    #[arg(long, value_enum, default_value_t = Gesture::Pan)]
    gesture: Gesture,
    /// How much of the map is in sight.
    #[arg(long, value_enum, default_value_t = View::V100)]
    view: View,
    /// How many frames.
    #[arg(long, default_value_t = 120)]
    steps: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Gesture {
    /// 24 points to the left and 12 up a step, back in the second half.
    Pan,
    /// The card nearest to the middle, 3 and 2 points a step.
    Drag,
    /// About the middle, up to 100 % and back.
    Zoom,
    /// One letter typed into a card a step.
    Type,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum View {
    /// 100 %.
    #[value(name = "100")]
    V100,
    /// 0.97 of what fits, at least 10 %.
    Fit,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let map = match rihla::file::load(&args.map) {
        Ok(map) => map,
        Err(err) => {
            eprintln!("{err}");
            return ExitCode::FAILURE;
        }
    };
    let mut window = Headless::new(map, vec2(1600.0, 1000.0));
    look(&mut window, args.view);
    let mut reports = match args.gesture {
        Gesture::Pan => pan(&mut window, args.steps),
        Gesture::Drag => drag(&mut window, args.steps),
        Gesture::Zoom => zoom(&mut window, args.steps),
        Gesture::Type => type_letters(&mut window, args.steps),
    };
    reports.sort_by_key(|report| report.time);
    let at = |part: f64| reports[((reports.len() - 1) as f64 * part) as usize];
    let (median, p95) = (at(0.5), at(0.95));
    println!(
        "{{\"gesture\": \"{:?}\", \"view\": \"{:?}\", \"steps\": {}, \"ui_ms_median\": {:.3}, \"ui_ms_p95\": {:.3}, \
         \"groups\": {}, \"glyphs\": {}, \"vertices\": {}, \"rasters\": {}, \"cards_laid_out\": {}, \"paragraphs_shaped\": {}}}",
        args.gesture,
        args.view,
        reports.len(),
        median.time.as_secs_f64() * 1000.0,
        p95.time.as_secs_f64() * 1000.0,
        median.groups,
        median.glyphs,
        median.vertices,
        median.rasters,
        median.layout.cards,
        median.layout.paragraphs,
    );
    ExitCode::SUCCESS
}

fn look(window: &mut Headless, view: View) {
    match view {
        View::V100 => window.editor_mut().look_at_middle(1.0),
        View::Fit => window.editor_mut().look_at_middle(0.1),
    }
    for _ in 0..20 {
        window.frame(Vec::new());
    }
}

fn pan(window: &mut Headless, steps: usize) -> Vec<FrameReport> {
    let center = window.center();
    let wheel = |delta: Vec2| Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta,
        phase: TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    };
    window.frame(vec![Event::PointerMoved(center)]);
    (0..steps)
        .map(|step| {
            let back = if step < steps / 2 { 1.0 } else { -1.0 };
            window.frame(vec![wheel(vec2(-24.0, -12.0) * back)])
        })
        .collect()
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

fn nearest_card(window: &Headless) -> Option<(Element, Pos2)> {
    let editor = window.editor();
    let (center, map) = (window.center(), editor.document.map());
    let places = map.touchpoints().filter_map(|(_, t)| {
        let element = Element::Touchpoint(t.id.clone());
        let rect = editor.screen_rect(&element)?;
        Some((element, rect.center()))
    });
    places.min_by(|a, b| (a.1 - center).length().total_cmp(&(b.1 - center).length()))
}

fn drag(window: &mut Headless, steps: usize) -> Vec<FrameReport> {
    let Some((_, from)) = nearest_card(window) else { return vec![FrameReport::default()] };
    window.frame(vec![Event::PointerMoved(from)]);
    window.frame(vec![button(from, true)]);
    let reports =
        (1..=steps).map(|step| window.frame(vec![Event::PointerMoved(from + vec2(3.0, 2.0) * step as f32)])).collect();
    window.frame(vec![button(from + vec2(3.0, 2.0) * steps as f32, false)]);
    reports
}

fn zoom(window: &mut Headless, steps: usize) -> Vec<FrameReport> {
    let half = (steps / 2).max(1);
    let factor = (1.0 / window.editor().camera().scale).powf(1.0 / half as f64) as f32;
    window.frame(vec![Event::PointerMoved(window.center())]);
    (0..2 * half).map(|step| window.frame(vec![Event::Zoom(if step < half { factor } else { 1.0 / factor })])).collect()
}

fn type_letters(window: &mut Headless, steps: usize) -> Vec<FrameReport> {
    let Some((_, at)) = nearest_card(window) else { return vec![FrameReport::default()] };
    window.frame(vec![Event::PointerMoved(at)]);
    for pressed in [true, false, true, false] {
        window.frame(vec![button(at, pressed)]);
    }
    (0..steps).map(|step| window.frame(vec![Event::Text(if step % 6 == 5 { " " } else { "a" }.into())])).collect()
}
