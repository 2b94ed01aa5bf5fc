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
        let before = self.work();
        let start = Instant::now();
        let mut output = self.ctx.run_ui(input, |ui| self.app.frame(ui));
        // There is no graphics card to take them.
        output.textures_delta.clear();
        let primitives = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let time = start.elapsed();
        let vertices = primitives
            .iter()
            .map(|p| match &p.primitive {
                egui::epaint::Primitive::Mesh(mesh) => mesh.vertices.len(),
                egui::epaint::Primitive::Callback(_) => 0,
            })
            .sum();
        let after = self.work();
        let paint = self.app.paint_counts();
        FrameReport {
            time,
            groups: paint.groups,
            glyphs: paint.glyphs,
            vertices,
            rasters: after.0 - before.0,
            layout: LayoutCounts {
                lanes: after.1.lanes - before.1.lanes,
                rows: after.1.rows - before.1.rows,
                cards: after.1.cards - before.1.cards,
                paragraphs: after.1.paragraphs - before.1.paragraphs,
            },
        }
    }

    fn work(&self) -> (usize, LayoutCounts) {
        (self.app.rasters(), self.app.editor().map(Editor::counts).unwrap_or_default())
    }
}
