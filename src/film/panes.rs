//! What stands still while the camera moves: on top the stage and the whole curve, beside it the names of the lanes.

use std::sync::Arc;

use kurbo::{Affine, BezPath, Circle, Point, Rect, Shape as _, Size};

use super::Reel;
use super::draw::Look;
use super::stops::Stop;
use crate::layout::{Layout, RowContent};
use crate::model::{Language, State};
use crate::scene::{Group, Item, Line, Paint, RoundRect, Scene, Text, face};
use crate::text::{Align, Measure, TextBlock, TextEngine, TextStyle};
use crate::theme::Color;

/// The panes of a film: their places in pixels, and their words.
#[derive(Debug)]
pub(super) struct Panes {
    /// The size of a frame.
    pub frame: Size,
    /// One pixel of a frame that is 720 pixels high.
    pub unit: f64,
    reels: Vec<Words>,
}

/// The words of a map.
#[derive(Debug)]
struct Words {
    /// The stages with their numbers.
    stages: Vec<Arc<TextBlock>>,
    /// The lanes that are shown.
    lanes: Vec<Arc<TextBlock>>,
    /// What the map is called beside another.
    label: Option<Arc<TextBlock>>,
    /// The curve in the strip: each span and where it is, for a strip of one by one.
    strip: Vec<BezPath>,
}

/// The height of the band and the width of the lane names, in units.
const BAND: f64 = 76.0;
const NAMES: f64 = 176.0;
/// From the edges of a pane to what stands on it.
const PAD: f64 = 24.0;
/// The size of the strip with the whole curve.
const STRIP: Size = Size::new(400.0, 52.0);

/// What maps are called beside each other: by their states, where those tell them apart, or else by their titles.
pub(super) fn labels(layouts: &[Arc<Layout>]) -> Vec<String> {
    if layouts.len() < 2 {
        return vec![String::new(); layouts.len()];
    }
    let states: Vec<Option<State>> = layouts.iter().map(|layout| layout.map.state).collect();
    let differ = states.iter().enumerate().all(|(i, state)| state.is_some() && !states[..i].contains(state));
    let label = |layout: &Arc<Layout>| match layout.map.state.filter(|_| differ) {
        Some(state) => {
            let words = match state {
                State::Current => ["Today", "Šiandien", "اليوم", "امروز"],
                State::Future => ["Future", "Ateityje", "المستقبل", "آینده"],
            };
            let language = Language::ALL.iter().position(|it| *it == layout.map.language()).unwrap_or(0);
            words[language].to_owned()
        }
        None => layout.map.title.clone(),
    };
    layouts.iter().map(label).collect()
}

impl Panes {
    pub fn new(reels: &[Reel], (width, height): (u16, u16)) -> Self {
        let frame = Size::new(f64::from(width), f64::from(height));
        let unit = frame.height / 720.0;
        let mut engine = TextEngine::default();
        let words = reels.iter().map(|reel| Words::new(reel, unit, frame, &mut engine)).collect();
        Self { frame, unit, reels: words }
    }

    /// Where a stage is shown: below the band, beside the names.
    pub fn room(&self, rtl: bool) -> Rect {
        let (names, around) = (NAMES * self.unit, 16.0 * self.unit);
        let (x0, x1) = if rtl { (0.0, self.frame.width - names) } else { (names, self.frame.width) };
        Rect::new(x0 + around, BAND * self.unit + around, x1 - around, self.frame.height - around)
    }

    /// All that lies over the map.
    pub fn over(&self, reel: &Reel, look: &Look, stops: &[Stop]) -> Scene {
        let mut items = Vec::new();
        if look.panes > 0.001 {
            let stop = &stops[look.named.0];
            self.veil(&mut items, reel, look);
            self.cover(&mut items, reel, look);
            self.ring(&mut items, reel, look, stop);
            self.names(&mut items, reel, look);
            self.band(&mut items, reel, look, stop);
        }
        if look.panes < 0.999 {
            self.label(&mut items, reel, look);
        }
        let bounds = self.frame.to_rect();
        let group = Group { element: None, origin: Point::ORIGIN, bounds, items: items.into() };
        Scene { size: self.frame, ground: reel.scene.ground, groups: vec![group] }
    }

    /// Lets step back what is not looked at.
    fn veil(&self, items: &mut Vec<Item>, reel: &Reel, look: &Look) {
        /// How much of the rest is covered.
        const STRENGTH: f64 = 0.85;
        let frame = self.frame.to_rect();
        let spot = look.view.to_frame(look.spot, self.frame).intersect(frame);
        let color = reel.scene.ground.faded((STRENGTH * look.panes) as f32);
        for part in [
            Rect::new(frame.x0, frame.y0, frame.x1, spot.y0),
            Rect::new(frame.x0, spot.y1, frame.x1, frame.y1),
            Rect::new(frame.x0, spot.y0, spot.x0, spot.y1),
            Rect::new(spot.x1, spot.y0, frame.x1, spot.y1),
        ] {
            if part.width() > 0.0 && part.height() > 0.0 {
                items.push(Item::Rect(RoundRect::plain(part, 0.0, color)));
            }
        }
    }

    /// Covers the names of the lanes on the map: they stand in their pane.
    fn cover(&self, items: &mut Vec<Item>, reel: &Reel, look: &Look) {
        let (layout, frame) = (&*reel.layout, self.frame.to_rect());
        let (from, to) = columns_range(layout);
        let (top, size) = (layout.stages[0].header.y0, layout.size);
        let names = if layout.rtl { (to, size.width) } else { (0.0, from) };
        let part = look.view.to_frame(Rect::new(names.0, top, names.1, size.height), self.frame).intersect(frame);
        if part.width() > 0.0 && part.height() > 0.0 {
            let color = reel.scene.ground.faded(look.panes as f32);
            items.push(Item::Rect(RoundRect::plain(part, 0.0, color)));
        }
    }

    /// Marks the point of the curve that stands for the stage.
    fn ring(&self, items: &mut Vec<Item>, reel: &Reel, look: &Look, stop: &Stop) {
        let Some((point, _)) = stop.mark.filter(|(point, _)| look.spot.contains(*point)) else { return };
        let sizes = &reel.layout.theme.sizes;
        let at = look.view.to_frame(Rect::from_center_size(point, (0.0, 0.0)), self.frame).center();
        let radius = (sizes.face + 7.0) * look.view.scale(self.frame);
        let color = reel.layout.theme.colors.ink.faded((look.panes * look.named.1) as f32);
        let path = Arc::new(Circle::new(at, radius).to_path(0.05));
        items.push(Item::Line(Line { path, width: 3.0 * self.unit, paint: Paint::Solid(color), dash: None }));
    }

    /// The names of the lanes that are looked at, beside them.
    fn names(&self, items: &mut Vec<Item>, reel: &Reel, look: &Look) {
        let (layout, colors) = (&*reel.layout, &reel.layout.theme.colors);
        let width = NAMES * self.unit;
        let out = (1.0 - look.panes) * width;
        let (x0, edge) = if layout.rtl { (self.frame.width - width + out, 0.0) } else { (-out, width - self.unit) };
        items.push(Item::Rect(RoundRect::plain(
            Rect::new(x0, 0.0, x0 + width, self.frame.height),
            0.0,
            reel.scene.ground,
        )));
        let line = Rect::new(x0 + edge, 0.0, x0 + edge + self.unit, self.frame.height);
        items.push(Item::Rect(RoundRect::plain(line, 0.0, colors.line)));
        let spot = look.view.to_frame(look.spot, self.frame);
        for (row, name) in layout.rows.iter().zip(&self.reels[look.reel].lanes) {
            let row = look.view.to_frame(Rect::new(0.0, row.y, 1.0, row.y + row.height), self.frame);
            let (top, bottom) = (row.y0.max(spot.y0).max(BAND * self.unit), row.y1.min(spot.y1).min(self.frame.height));
            let pad = 10.0 * self.unit;
            if bottom - top >= f64::from(name.height) + pad {
                items.push(text(Point::new(x0 + 16.0 * self.unit, top + pad), name, colors.ink));
            }
        }
    }

    /// The band on top: the stage, and the whole curve with the place of the stage on it.
    fn band(&self, items: &mut Vec<Item>, reel: &Reel, look: &Look, stop: &Stop) {
        let (layout, theme) = (&*reel.layout, &reel.layout.theme);
        let words = &self.reels[look.reel];
        let (height, pad) = (BAND * self.unit, PAD * self.unit);
        let top = (look.panes - 1.0) * height;
        items.push(Item::Rect(RoundRect::plain(
            Rect::new(0.0, top, self.frame.width, top + height),
            0.0,
            theme.colors.ground,
        )));
        let line = Rect::new(0.0, top + height - self.unit, self.frame.width, top + height);
        items.push(Item::Rect(RoundRect::plain(line, 0.0, theme.colors.line)));
        let Some(stage) = stop.stage else { return };
        let shown = look.named.1 as f32;
        let name = &words.stages[stage];
        let pill = Size::new(f64::from(name.width) + 2.0 * 18.0 * self.unit, f64::from(name.height) + 12.0 * self.unit);
        let x = if layout.rtl { self.frame.width - pad - pill.width } else { pad };
        let pill = Rect::from_origin_size((x, top + (height - pill.height) / 2.0), pill);
        let accent = theme.accent(layout.stages[stage].accent);
        items.push(Item::Rect(RoundRect::plain(pill, pill.height() / 2.0, accent.faded(shown))));
        items.push(centered(pill, name, theme.colors.on_accent.faded(shown)));
        if let Some(label) = &words.label {
            let gap = 16.0 * self.unit;
            let x = if layout.rtl { pill.x0 - gap - f64::from(label.width) } else { pill.x1 + gap };
            let y = pill.center().y - f64::from(label.height) / 2.0;
            items.push(text(Point::new(x, y), label, theme.colors.ink));
        }
        let size = STRIP * self.unit;
        let x = if layout.rtl { pad } else { self.frame.width - pad - size.width };
        let strip = Rect::from_origin_size((x, top + (height - size.height) / 2.0), size);
        self.strip(items, reel, look, (strip, stop, stage));
    }

    /// The whole curve, small, over a line with the stages.
    fn strip(&self, items: &mut Vec<Item>, reel: &Reel, look: &Look, (strip, stop, stage): (Rect, &Stop, usize)) {
        let (layout, theme) = (&*reel.layout, &reel.layout.theme);
        let (from, to) = columns_range(layout);
        let x_of = |x: f64| strip.x0 + (x - from) / (to - from) * strip.width();
        let bar = 5.0 * self.unit;
        for (index, part) in layout.stages.iter().enumerate() {
            let (x0, x1) = (x_of(part.body.x0), x_of(part.body.x1));
            let accent = theme.accent(part.accent);
            let color = if index == stage { accent } else { accent.mix(theme.colors.ground, 0.65) };
            let rect = Rect::new(x0, strip.y1 - bar, x1, strip.y1);
            items.push(Item::Rect(RoundRect::plain(rect, bar / 2.0, color)));
            if index == stage {
                let rect = Rect::new(x0, strip.y0 - 4.0 * self.unit, x1, strip.y1 - bar - 3.0 * self.unit);
                items.push(Item::Rect(RoundRect::plain(rect, 6.0 * self.unit, accent.faded(0.14))));
            }
        }
        // The curve has the room above the stages, less what a face needs.
        let radius = 9.0 * self.unit;
        let area = Rect::new(strip.x0, strip.y0 + 4.0 * self.unit, strip.x1, strip.y1 - bar - 8.0 * self.unit);
        let place = Affine::translate(area.origin().to_vec2()) * Affine::scale_non_uniform(area.width(), area.height());
        let paint = emotions(theme.colors.emotion, area);
        for span in &self.reels[look.reel].strip {
            let path = Arc::new(place * span.clone());
            items.push(Item::Line(Line { path, width: 2.6 * self.unit, paint: paint.clone(), dash: None }));
        }
        if let Some((point, emotion)) = stop.mark {
            let height = (5.0 - f64::from(emotion.get())) / 10.0;
            let at = Point::new(x_of(point.x), area.y0 + height * area.height());
            face(items, at, radius, emotion, theme.colors.ground, theme);
        }
    }

    /// What the map is called, in the corner of an overview.
    fn label(&self, items: &mut Vec<Item>, reel: &Reel, look: &Look) {
        let Some(label) = &self.reels[look.reel].label else { return };
        let colors = &reel.layout.theme.colors;
        let shown = (1.0 - look.panes) as f32;
        let size = Size::new(f64::from(label.width) + 36.0 * self.unit, f64::from(label.height) + 14.0 * self.unit);
        let y = self.frame.height - PAD * self.unit - size.height;
        let pill = Rect::from_origin_size(((self.frame.width - size.width) / 2.0, y), size);
        items.push(Item::Rect(RoundRect::plain(pill, size.height / 2.0, colors.pill.faded(shown))));
        items.push(centered(pill, label, colors.on_pill.faded(shown)));
    }
}

impl Words {
    fn new(reel: &Reel, unit: f64, frame: Size, engine: &mut TextEngine) -> Self {
        let layout = &*reel.layout;
        let text = &layout.theme.text;
        let sized = |style: crate::theme::Style, size: f64| {
            let size = (size * unit) as f32;
            TextStyle { size, line_height: (size * 1.35).round(), ..TextStyle::from(style) }
        };
        let align = if layout.rtl { Align::Right } else { Align::Left };
        let mut block = |words: &str, style: TextStyle, width: f64, lines: usize| {
            let measure = Measure { max_lines: Some(lines), align, ..Measure::default() };
            let natural = f64::from(engine.widths(words, style).1).ceil() + 1.0;
            let width = if lines == 1 { natural.min(width) } else { width };
            Arc::new(engine.block(words, style, Measure { width: Some(width as f32), ..measure }))
        };
        let stage_width = frame.width - (STRIP.width + 6.0 * PAD + 180.0) * unit;
        let number = |index: usize| layout.words.number(&(index + 1).to_string());
        let stages = layout.map.stages.iter().enumerate();
        let stages = stages.map(|(index, stage)| {
            let words = format!("{}  {}", number(index), stage.name);
            block(&words, sized(text.heading, 24.0), stage_width.max(120.0 * unit), 1)
        });
        let stages = stages.collect();
        let names_width = (NAMES - 32.0) * unit;
        let lane = |name: &str| name.to_owned();
        let lanes: Vec<String> = layout.rows.iter().map(|row| lane(&row.name.block.text)).collect();
        let lanes = lanes.iter().map(|name| block(name, sized(text.strong, 17.0), names_width, 3)).collect();
        let label = (!reel.label.is_empty()).then(|| block(&reel.label, sized(text.strong, 21.0), 220.0 * unit, 1));
        Self { stages, lanes, label, strip: strip_of(layout) }
    }
}

/// The curve of a map in a strip of one by one.
fn strip_of(layout: &Layout) -> Vec<BezPath> {
    let curve = layout.rows.iter().find_map(|row| match &row.content {
        RowContent::Curve(curve) => Some(curve),
        _ => None,
    });
    let (from, to) = columns_range(layout);
    let sizes = &layout.theme.sizes;
    let scale = Affine::scale_non_uniform(1.0 / (to - from), 1.0 / (sizes.emotion - 2.0 * sizes.emotion_pad));
    let place = scale * Affine::translate((-from, -sizes.emotion_pad));
    curve.map(|curve| curve.spans.iter().map(|span| place * BezPath::clone(span)).collect()).unwrap_or_default()
}

/// Where the stages begin and end.
fn columns_range(layout: &Layout) -> (f64, f64) {
    let range =
        |(from, to): (f64, f64), stage: &crate::layout::StageBox| (from.min(stage.body.x0), to.max(stage.body.x1));
    layout.stages.iter().fold((f64::MAX, f64::MIN), range)
}

/// The colours of the emotions over the height of `area`.
fn emotions([worst, bad, calm, good, best]: [Color; 5], area: Rect) -> Paint {
    let at = |part: f64| area.y0 + part * area.height();
    Paint::Vertical([(at(0.0), best), (at(0.25), good), (at(0.5), calm), (at(0.75), bad), (at(1.0), worst)].into())
}

fn text(at: Point, block: &Arc<TextBlock>, color: Color) -> Item {
    Item::Text(Text { at, block: Arc::clone(block), color })
}

fn centered(rect: Rect, block: &Arc<TextBlock>, color: Color) -> Item {
    let size = (f64::from(block.width), f64::from(block.height));
    text(Rect::from_center_size(rect.center(), size).origin(), block, color)
}
