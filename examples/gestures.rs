//! Times what the window does in a gesture: `cargo run --release --example gestures -- MAP.ron --gesture pan`.
//!
//! It opens a window of 1600 × 1000 points on a map, or does without one with `--headless`, makes the steps of one
//! gesture, one frame a step, and prints one JSON object as its last line: milliseconds of the UI thread a step (input,
//! edit, layout, scene, shapes and tessellation; neither graphics card nor waiting for the screen), and what was laid
//! out, shaped and drawn in the frame of the median. `cold` ends when the first frame was shown; without a map it is an
//! empty window, to compare with.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use egui::{Context, Event, Modifiers, MouseWheelUnit, PointerButton, Pos2, TouchPhase, Vec2, ViewportCommand, vec2};
use rihla::app::headless::{FrameReport, Headless, Stopwatch, vertices};
use rihla::app::{App, Editor, Opening};
use rihla::model::Element;

/// Times a gesture.
#[derive(Debug, Parser)]
struct Args {
    /// The map.
    map: Option<PathBuf>,
    /// What the hand does.
    #[arg(long, value_enum, default_value_t = Gesture::Pan)]
    gesture: Gesture,
    /// How much of the map is in sight.
    #[arg(long, value_enum, default_value_t = View::V100)]
    view: View,
    /// How many frames.
    #[arg(long, default_value_t = 120)]
    steps: usize,
    /// Make the frames without a window.
    #[arg(long)]
    headless: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Gesture {
    /// 24 points to the left and 12 up a step, back in the second half.
    Pan,
    /// The card nearest to the middle, 3 and 2 points a step.
    Drag,
    /// About the middle, up to 100 % and back.
    Zoom,
    /// One letter typed into a card a step.
    Type,
    /// Nothing: the first frame is all.
    Cold,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum View {
    /// 100 %.
    #[value(name = "100")]
    V100,
    /// 0.97 of what fits, at least 10 %.
    Fit,
}

/// The window, in points.
const SIZE: Vec2 = vec2(1600.0, 1000.0);
/// Frames until everything has settled.
const SETTLED: usize = 20;

fn main() -> ExitCode {
    let start = Instant::now();
    let args = Args::parse();
    if args.map.is_none() && args.gesture != Gesture::Cold {
        eprintln!("name a map; only `--gesture cold` does without one");
        return ExitCode::FAILURE;
    }
    let opening = args.map.as_deref().map(|map| Opening::begin(map, false));
    let view = args.view;
    let open = move |ctx: &Context| {
        let mut app = App::new(ctx, None).with_opening(opening?, ctx);
        if let Some(editor) = app.editor_mut() {
            editor.look_at_middle(view.of(editor));
        }
        Some(app)
    };
    let shown = if args.headless { Ok(headless(&args, start, open)) } else { windowed(&args, start, open) };
    match shown {
        Ok(shown) => {
            print(&args, shown);
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

impl View {
    fn of(self, editor: &Editor) -> f64 {
        match self {
            Self::V100 => 1.0,
            Self::Fit => {
                let size = editor.layout().size;
                let fit = (f64::from(SIZE.x) / size.width).min(f64::from(SIZE.y) / size.height);
                (0.97 * fit).clamp(0.1, 1.0)
            }
        }
    }
}

/// What came out.
#[derive(Clone, Default)]
struct Shown {
    reports: Vec<FrameReport>,
    /// When the first frame was there, since the start of the process.
    first: Duration,
}

fn print(args: &Args, shown: Shown) {
    let mut reports = shown.reports;
    reports.sort_by_key(|report| report.time);
    let at = |part: f64| {
        let last = reports.len().saturating_sub(1) as f64;
        reports.get((last * part) as usize).copied().unwrap_or_default()
    };
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let (median, p95) = (at(0.5), at(0.95));
    let name =
        |value: Option<clap::builder::PossibleValue>| value.map_or_else(String::new, |v| v.get_name().to_owned());
    println!(
        "{{\"gesture\": \"{}\", \"view\": \"{}\", \"window\": {}, \"steps\": {}, \"ui_ms_median\": {:.3}, \
         \"ui_ms_p95\": {:.3}, \"first_frame_ms\": {:.1}, \"groups\": {}, \"glyphs\": {}, \"vertices\": {}, \
         \"rasters\": {}, \"lanes_sorted\": {}, \"rows_laid_out\": {}, \"cards_laid_out\": {}, \
         \"paragraphs_shaped\": {}}}",
        name(args.gesture.to_possible_value()),
        name(args.view.to_possible_value()),
        !args.headless,
        reports.len(),
        ms(median.time),
        ms(p95.time),
        ms(shown.first),
        median.groups,
        median.glyphs,
        median.vertices,
        median.rasters,
        median.layout.lanes,
        median.layout.rows,
        median.layout.cards,
        median.layout.paragraphs,
    );
}

/// What the hand does, frame by frame: frames that are not measured, then one for each step.
struct Script {
    before: Vec<Vec<Event>>,
    steps: Vec<Vec<Event>>,
}

impl Script {
    fn new(args: &Args, editor: &Editor, center: Pos2) -> Self {
        let at = Event::PointerMoved;
        let steps = 0..args.steps;
        match args.gesture {
            Gesture::Cold => Self { before: Vec::new(), steps: Vec::new() },
            Gesture::Pan => {
                let back = |step: usize| if step < args.steps / 2 { 1.0 } else { -1.0 };
                let steps = steps.map(|step| vec![wheel(vec2(-24.0, -12.0) * back(step))]).collect();
                Self { before: vec![vec![at(center)]], steps }
            }
            Gesture::Zoom => {
                let half = (args.steps / 2).max(1);
                let factor = (1.0 / editor.camera().scale).powf(1.0 / half as f64) as f32;
                let zoom = |step: usize| vec![Event::Zoom(if step < half { factor } else { 1.0 / factor })];
                Self { before: vec![vec![at(center)]], steps: (0..2 * half).map(zoom).collect() }
            }
            Gesture::Drag => {
                let from = nearest_card(editor, center).unwrap_or(center);
                let to = |step: usize| vec![at(from + vec2(3.0, 2.0) * (step + 1) as f32)];
                Self { before: vec![vec![at(from)], vec![button(from, true)]], steps: steps.map(to).collect() }
            }
            Gesture::Type => {
                let card = nearest_card(editor, center).unwrap_or(center);
                let clicks = [true, false, true, false].map(|pressed| vec![button(card, pressed)]);
                let letter = |step: usize| vec![Event::Text(if step % 6 == 5 { " " } else { "a" }.into())];
                Self {
                    before: [vec![at(card)]].into_iter().chain(clicks).collect(),
                    steps: steps.map(letter).collect(),
                }
            }
        }
    }
}

fn wheel(delta: Vec2) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta,
        phase: TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    }
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

/// The middle of the card that is nearest to `center`.
fn nearest_card(editor: &Editor, center: Pos2) -> Option<Pos2> {
    let of = |id: &rihla::model::TouchpointId| editor.screen_rect(&Element::Touchpoint(id.clone()));
    let places = editor.document.map().touchpoints().filter_map(|(_, t)| Some(of(&t.id)?.center()));
    places.min_by(|a, b| (*a - center).length().total_cmp(&(*b - center).length()))
}

fn headless(args: &Args, start: Instant, open: impl FnOnce(&Context) -> Option<App>) -> Shown {
    let open = |ctx: &Context| open(ctx).unwrap_or_else(|| App::new(ctx, None));
    let mut window = Headless::opened(SIZE, open);
    let report = window.frame(Vec::new());
    let first = start.elapsed();
    if args.gesture == Gesture::Cold {
        return Shown { reports: vec![report], first };
    }
    for _ in 0..SETTLED {
        window.frame(Vec::new());
    }
    let script = Script::new(args, window.editor(), window.center());
    for events in script.before {
        window.frame(events);
    }
    Shown { reports: script.steps.into_iter().map(|events| window.frame(events)).collect(), first }
}

/// What the other end of a frame tells: when its shapes were there, how long they took to tessellate, the vertices.
type Told = Arc<Mutex<Option<(Instant, Duration, usize)>>>;

/// Looks at the shapes of each frame.
#[derive(Default)]
struct Spy {
    told: Told,
}

impl egui::Plugin for Spy {
    fn debug_name(&self) -> &'static str {
        "gestures"
    }

    fn output_hook(&mut self, ctx: &Context, output: &mut egui::FullOutput) {
        let (at, shapes) = (Instant::now(), output.shapes.clone());
        let start = Instant::now();
        let primitives = ctx.tessellate(shapes, output.pixels_per_point);
        let told = (at, start.elapsed(), vertices(&primitives));
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = Some(told);
    }
}

/// Frames with whether they count.
type Frames = std::vec::IntoIter<(bool, Vec<Event>)>;

/// Makes the script for what is seen around a place.
type MakeScript = Box<dyn Fn(&Editor, Pos2) -> Script>;

/// A window that plays a script.
struct Player {
    /// Nothing for an empty window.
    app: Option<App>,
    gesture: Gesture,
    start: Instant,
    make_script: MakeScript,
    script: Option<Frames>,
    frame: usize,
    told: Told,
    /// The frame under way: when it began, what was done, whether it counts.
    watch: Option<(Stopwatch, Instant, bool)>,
    report: Option<FrameReport>,
    shown: Arc<Mutex<Shown>>,
}

impl Player {
    /// Takes what the frame before came to.
    fn take_report(&mut self) {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner).take();
        let (Some((_, start, counts)), Some(report), Some((at, tessellation, vertices))) =
            (self.watch.take(), self.report.take(), told)
        else {
            return;
        };
        if counts {
            let time = at.saturating_duration_since(start) + tessellation;
            let report = FrameReport { time, vertices, ..report };
            self.shown.lock().unwrap_or_else(PoisonError::into_inner).reports.push(report);
        }
    }
}

impl eframe::App for Player {
    fn raw_input_hook(&mut self, ctx: &Context, input: &mut egui::RawInput) {
        self.take_report();
        let is_cold = self.gesture == Gesture::Cold;
        if self.frame == 1 {
            self.shown.lock().unwrap_or_else(PoisonError::into_inner).first = self.start.elapsed();
        }
        let mut counts = is_cold && self.frame == 0;
        if is_cold && self.frame > 0 {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        } else if self.frame > SETTLED {
            let center = input.screen_rect.map_or(Pos2::ZERO, |rect| rect.center());
            if self.script.is_none()
                && let Some(editor) = self.app.as_ref().and_then(App::editor)
            {
                let script = (self.make_script)(editor, center);
                let before = script.before.into_iter().map(|events| (false, events));
                let all: Vec<_> = before.chain(script.steps.into_iter().map(|events| (true, events))).collect();
                self.script = Some(all.into_iter());
            }
            match self.script.as_mut().and_then(Iterator::next) {
                // The hand of a script is the only one.
                Some((is_step, events)) => (counts, input.events) = (is_step, events),
                None => ctx.send_viewport_cmd(ViewportCommand::Close),
            }
        }
        self.frame += 1;
        self.watch = self.app.as_ref().map(|app| (Stopwatch::start(app), Instant::now(), counts));
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        if let Some(app) = &mut self.app {
            app.frame(ui);
            self.report = self.watch.as_ref().map(|(watch, ..)| watch.stop(app, 0));
        }
        ui.ctx().request_repaint();
    }
}

fn windowed(args: &Args, start: Instant, open: impl FnOnce(&Context) -> Option<App>) -> Result<Shown, String> {
    let viewport = egui::ViewportBuilder::default().with_title("Gestures").with_inner_size(SIZE);
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    let shown: Arc<Mutex<Shown>> = Arc::default();
    let (results, copy) = (Arc::clone(&shown), Args { map: None, ..*args });
    let player = move |cc: &eframe::CreationContext<'_>| {
        let told = Told::default();
        cc.egui_ctx.add_plugin(Spy { told: Arc::clone(&told) });
        Player {
            app: open(&cc.egui_ctx),
            gesture: copy.gesture,
            start,
            make_script: Box::new(move |editor, center| Script::new(&copy, editor, center)),
            script: None,
            frame: 0,
            told,
            watch: None,
            report: None,
            shown: results,
        }
    };
    eframe::run_native("gestures", options, Box::new(move |cc| Ok(Box::new(player(cc)))))
        .map_err(|err| format!("the window could not be opened: {err}; try --headless"))?;
    let shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(shown.clone())
}
