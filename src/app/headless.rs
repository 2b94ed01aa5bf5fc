//! The window without a screen: frames made one by one, their work timed and counted.

use std::time::{Duration, Instant};

use egui::{Context, Event, Pos2, RawInput, Rect, Vec2};

use super::{App, Editor};
use crate::layout::LayoutCounts;
use crate::model::JourneyMap;

/// An [`App`] that is driven by events, for benches and examples.
#[derive(Debug)]
pub struct Headless {
    ctx: Context,
    app: App,
    size: Vec2,
    time: f64,
}

/// A frame that is measured, whoever shows it.
#[derive(Debug)]
pub struct Stopwatch {
    start: Instant,
    rasters: usize,
    layout: LayoutCounts,
}

impl Stopwatch {
    /// Begins with the input of a frame.
    pub fn start(app: &App) -> Self {
        let layout = app.editor().map(Editor::counts).unwrap_or_default();
        Self { start: Instant::now(), rasters: app.rasters(), layout }
    }

    /// What was done since; `vertices` were handed to the graphics card.
    pub fn stop(&self, app: &App, vertices: usize) -> FrameReport {
        let time = self.start.elapsed();
        let (paint, after) = (app.paint_counts(), app.editor().map(Editor::counts).unwrap_or_default());
        FrameReport {
            time,
            groups: paint.groups,
            glyphs: paint.glyphs,
            vertices,
            rasters: app.rasters() - self.rasters,
            layout: LayoutCounts {
                lanes: after.lanes - self.layout.lanes,
                rows: after.rows - self.layout.rows,
                cards: after.cards - self.layout.cards,
                paragraphs: after.paragraphs - self.layout.paragraphs,
            },
        }
    }
}

/// Corners of triangles.
pub fn vertices(primitives: &[egui::ClippedPrimitive]) -> usize {
    let of = |primitive: &egui::ClippedPrimitive| match &primitive.primitive {
        egui::epaint::Primitive::Mesh(mesh) => mesh.vertices.len(),
        egui::epaint::Primitive::Callback(_) => 0,
    };
    primitives.iter().map(of).sum()
}

/// What one frame took.
#[derive(Clone, Copy, Debug, Default)]
pub struct FrameReport {
    /// Input, edit, layout, scene, shapes and tessellation; not the graphics card.
    pub time: Duration,
    /// Elements drawn.
    pub groups: usize,
    /// Glyphs drawn.
    pub glyphs: usize,
    /// Corners of triangles handed to the graphics card.
    pub vertices: usize,
    /// Glyphs rasterised anew.
    pub rasters: usize,
    /// What was laid out anew.
    pub layout: LayoutCounts,
}

impl Headless {
    /// A window of `size` points on `map`.
    pub fn new(map: JourneyMap, size: Vec2) -> Self {
        let ctx = Context::default();
        let app = App::new(&ctx, None).with_map(map);
        let mut this = Self { ctx, app, size, time: 0.0 };
        // The first frames lay out panels and load fonts.
        for _ in 0..3 {
            this.frame(Vec::new());
        }
        this
    }

    /// A window of `size` points on what `open` makes for it; it has shown no frame yet.
    pub fn opened(size: Vec2, open: impl FnOnce(&Context) -> App) -> Self {
        let ctx = Context::default();
        Self { app: open(&ctx), ctx, size, time: 0.0 }
    }

    /// The open map.
    ///
    /// # Panics
    /// Never: the window is made with a map, and nothing closes it.
    pub fn editor(&self) -> &Editor {
        self.app.editor().expect("made with a map")
    }

    /// The open map, to be changed.
    ///
    /// # Panics
    /// Never, as [`editor`](Self::editor).
    pub fn editor_mut(&mut self) -> &mut Editor {
        self.app.editor_mut().expect("made with a map")
    }

    /// The middle of the window.
    pub fn center(&self) -> Pos2 {
        (self.size / 2.0).to_pos2()
    }

    /// Makes a frame with `events`, a sixtieth of a second after the last.
    pub fn frame(&mut self, events: Vec<Event>) -> FrameReport {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.size)),
            time: Some(self.time),
            predicted_dt: 1.0 / 60.0,
            events,
            focused: true,
            ..RawInput::default()
        };
        let watch = Stopwatch::start(&self.app);
        let mut output = self.ctx.run_ui(input, |ui| self.app.frame(ui));
        // There is no graphics card to take them.
        output.textures_delta.clear();
        let primitives = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        watch.stop(&self.app, vertices(&primitives))
    }
}
