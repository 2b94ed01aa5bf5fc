//! What a map comes to, on one page: figures, the curve, and what weighs most; goals and SWOT where the map has them.

use std::sync::Arc;

use kurbo::{BezPath, Point, Rect, Size};

use super::words::{Words, words};
use super::{DeckError, Request, aims, compose};
use crate::insight::{Curve, Stop, hand_offs, path, rank, signed};
use crate::layout::{LayoutEngine, Words as MapWords, curve_through};
use crate::model::{AnnotationKind, Emotion, JourneyMap, Language};
use crate::picture::Picture;
use crate::scene::{Group, Item, Line, Paint, RoundRect, Scene, Shadow, Text, annotation_icon, face};
use crate::text::{Align, Face, Measure, TextBlock, TextEngine, TextStyle, icon_block, icons};
use crate::theme::{Color, Style, Theme};

/// The page: a slide, on which the smallest text has 9 points.
const PAGE: Size = Size::new(1280.0, 720.0);
pub(super) const MARGIN: f64 = 40.0;
pub(super) const WIDTH: f64 = PAGE.width - 2.0 * MARGIN;
pub(super) const GAP: f64 = 16.0;
pub(super) const PAD: f64 = 16.0;
/// How much of each list is told.
const MOST: usize = 4;

/// Top and bottom of what stands on the page.
struct Rows {
    tiles: (f64, f64),
    curve: (f64, f64),
    /// The stages in the curve's box, from its top.
    bar: (f64, f64),
    /// From the top of the curve's box to the middle of a face at +5, and from one at −5 to its bottom.
    curve_pad: (f64, f64),
    lists: (f64, f64),
    /// Goals and SWOT.
    aims: Option<(f64, f64)>,
}

const PLAIN: Rows = Rows {
    tiles: (128.0, 212.0),
    curve: (228.0, 456.0),
    bar: (12.0, 36.0),
    curve_pad: (84.0, 50.0),
    lists: (472.0, 680.0),
    aims: None,
};
/// The page is no higher with more on it, so that its text can still be read on a slide.
const WITH_AIMS: Rows = Rows {
    tiles: (112.0, 172.0),
    curve: (182.0, 352.0),
    bar: (8.0, 28.0),
    curve_pad: (66.0, 40.0),
    lists: (362.0, 492.0),
    aims: Some((502.0, 680.0)),
};

/// The page of `map`, a part or all of one, and its margin.
pub(super) fn scorecard(
    map: &JourneyMap,
    language: Language,
    request: &Request,
    logo: Option<(&Arc<Picture>, Size)>,
    theme: &Theme,
    engine: &mut LayoutEngine,
) -> Result<(Scene, f64), DeckError> {
    let path = path(map);
    if path.is_empty() {
        return Err(DeckError::NoFigures);
    }
    let map_words = MapWords { language, scale: map.scale };
    let rtl = map.is_rtl();
    // They are about the whole journey.
    let has_aims = request.stages.is_empty() && aims::has(map);
    let mut page = Page {
        map,
        rows: if has_aims { &WITH_AIMS } else { &PLAIN },
        path: &path,
        theme,
        rtl,
        words: words(language),
        map_words,
        text: engine.text(),
        groups: Vec::new(),
    };
    page.head(request, logo);
    page.tiles();
    page.curve();
    page.lists();
    if let Some(room) = page.rows.aims {
        page.aims(room);
    }
    let rows = page.rows;
    let groups = page.groups;
    let mut scene = Scene { size: PAGE, ground: theme.colors.ground, groups };
    if !request.title && logo.is_none() {
        // Without a head the page begins with its tiles.
        let up = rows.tiles.0 - MARGIN;
        for group in &mut scene.groups {
            group.origin.y -= up;
            group.bounds = group.bounds - kurbo::Vec2::new(0.0, up);
        }
        scene.size.height -= up;
    }
    Ok((scene, MARGIN))
}

pub(super) struct Page<'a> {
    pub map: &'a JourneyMap,
    rows: &'static Rows,
    path: &'a [Stop],
    pub theme: &'a Theme,
    pub rtl: bool,
    pub words: &'static Words,
    pub map_words: MapWords,
    pub text: &'a mut TextEngine,
    groups: Vec<Group>,
}

/// One line of a list.
struct Entry {
    figure: String,
    emotion: Option<Emotion>,
    words: String,
}

impl Page<'_> {
    /// A rectangle whose distance from the side where lines begin is `x`.
    pub(super) fn rect(&self, x: f64, (top, bottom): (f64, f64), width: f64) -> Rect {
        let x = if self.rtl { PAGE.width - x - width } else { x };
        Rect::new(x, top, x + width, bottom)
    }

    pub(super) fn add(&mut self, bounds: Rect, items: Vec<Item>) {
        self.groups.push(Group { element: None, origin: Point::ORIGIN, bounds, items: items.into() });
    }

    pub(super) fn block(&mut self, words: &str, style: Style, width: f64, lines: usize) -> Arc<TextBlock> {
        let align = if self.rtl { Align::Right } else { Align::Left };
        let measure = Measure { width: Some(width as f32), max_lines: Some(lines), align, ..Measure::default() };
        Arc::new(self.text.block(words, TextStyle::from(style), measure))
    }

    /// A number whose sign stays on its left.
    pub(super) fn number(&self, text: &str) -> String {
        format!("\u{2066}{}\u{2069}", self.map_words.number(text))
    }

    pub(super) fn surface(&self, rect: Rect) -> Item {
        let colors = &self.theme.colors;
        Item::Rect(RoundRect {
            border: Some((1.0, colors.card_border)),
            shadow: Some(Shadow { down: 1.5, blur: 2.5, color: colors.shadow }),
            ..RoundRect::plain(rect, self.theme.sizes.card_radius, colors.card)
        })
    }

    fn head(&mut self, request: &Request, logo: Option<(&Arc<Picture>, Size)>) {
        let room = logo.map_or(0.0, |(_, size)| size.width + 24.0);
        if request.title {
            let (text, colors) = (&self.theme.text, &self.theme.colors);
            let (title, body, ink, soft) = (text.title, text.body, colors.ink, colors.ink_soft);
            // A part says of what.
            let below = if request.stages.is_empty() {
                self.map.subtitle.clone()
            } else {
                self.map.stages.iter().map(|stage| stage.name.as_str()).collect::<Vec<_>>().join(" · ")
            };
            let title = self.block(&self.map.title.clone(), title, WIDTH - room, 1);
            let below = self.block(&below, body, WIDTH - room, 1);
            let rect = self.rect(MARGIN, (MARGIN, self.rows.tiles.0), WIDTH - room);
            let items = vec![text_at(rect.origin(), &title, ink), text_at(rect.origin() + (0.0, 44.0), &below, soft)];
            self.add(rect, items);
        }
        if let Some((logo, size)) = logo {
            let rect = self.rect(PAGE.width - MARGIN - size.width, (MARGIN, MARGIN + size.height), size.width);
            self.groups.push(compose::logo_group(rect, logo));
        }
    }

    fn tiles(&mut self) {
        let (touchpoints, pains) = self.map.counts();
        let steps = self.map.steps().count();
        let moments = self.path.iter().filter(|stop| stop.touchpoint.moment_of_truth).count();
        let curve = Curve::of(self.path, None);
        let score = |value: Option<f64>| value.map_or("\u{2013}".into(), signed);
        // Between −5 and 5.
        let face_of = |value: Option<f64>| value.map(|value| Emotion::clamped(value.round() as i64));
        let (peak_end, mean) = (curve.as_ref().map(Curve::peak_end), curve.as_ref().map(|curve| curve.mean));
        let words = self.words;
        let steps = format!("{} {}", words.steps, self.number(&steps.to_string()));
        let tiles = [
            (words.peak_end, score(peak_end), face_of(peak_end), String::new()),
            (words.mean, score(mean), face_of(mean), String::new()),
            (words.touchpoints, touchpoints.to_string(), None, steps),
            (words.pains, pains.to_string(), None, String::new()),
            (words.moments, moments.to_string(), None, String::new()),
            (words.hand_offs, hand_offs(self.path).len().to_string(), None, String::new()),
        ];
        let width = (WIDTH - GAP * (tiles.len() - 1) as f64) / tiles.len() as f64;
        for (at, (name, figure, emotion, note)) in tiles.into_iter().enumerate() {
            let rect = self.rect(MARGIN + at as f64 * (width + GAP), self.rows.tiles, width);
            self.tile(rect, name, &figure, emotion, &note);
        }
    }

    fn tile(&mut self, rect: Rect, name: &str, figure: &str, emotion: Option<Emotion>, note: &str) {
        let (text, colors) = (&self.theme.text, &self.theme.colors);
        let (small, title, ink, soft, card) = (text.small, text.title, colors.ink, colors.ink_soft, colors.card);
        let inner = rect.width() - 2.0 * PAD;
        // Tiles are lower where there is more on the page.
        let is_low = self.rows.aims.is_some();
        let share = if is_low { 0.78 } else { 1.0 };
        let title = Style { size: title.size * share, line: title.line * share, ..title };
        let top = if is_low { 6.0 } else { 10.0 };
        let down = f64::from(small.line) + if is_low { 1.0 } else { 6.0 };
        let name = self.block(name, small, inner, 1);
        let figure = self.block(&self.number(figure), title, inner, 1);
        let corner = rect.origin() + (PAD, top);
        let mut items =
            vec![self.surface(rect), text_at(corner, &name, soft), text_at(corner + (0.0, down), &figure, ink)];
        let far = if self.rtl { rect.x0 + PAD } else { rect.x1 - PAD };
        if let Some(emotion) = emotion {
            let radius = self.theme.sizes.face;
            let x = if self.rtl { far + radius } else { far - radius };
            face(&mut items, Point::new(x, rect.center().y + 10.0), radius, emotion, card, self.theme);
        }
        if !note.is_empty() {
            let block = Arc::new(self.text.block(note, small.into(), Measure::default()));
            let x = if self.rtl { far } else { far - f64::from(block.width) };
            items.push(text_at(Point::new(x, rect.center().y + 6.0), &block, soft));
        }
        self.add(rect, items);
    }

    /// The stages with the curve below them; each step has the same width.
    fn curve(&mut self) {
        let curve = self.rows.curve;
        let rect = self.rect(MARGIN, curve, WIDTH);
        let surface = self.surface(rect);
        self.add(rect, vec![surface]);
        let steps = self.map.steps().count().max(1);
        let step = (WIDTH - 2.0 * PAD) / steps as f64;
        let bar = (curve.0 + self.rows.bar.0, curve.0 + self.rows.bar.1);
        let mut along = 0;
        for (index, stage) in self.map.stages.clone().iter().enumerate() {
            let width = stage.steps.len() as f64 * step - 6.0;
            let pill = self.rect(MARGIN + PAD + along as f64 * step + 3.0, bar, width.max(4.0));
            along += stage.steps.len();
            let (label, on) = (self.theme.text.label, self.theme.colors.on_accent);
            let measure = Measure {
                width: Some((pill.width() - 12.0).max(8.0) as f32),
                max_lines: Some(1),
                align: Align::Center,
                ..Measure::default()
            };
            let name = Arc::new(self.text.block(&stage.name, label.into(), measure));
            let fill = self.theme.accent(self.map.accent(index));
            let down = (pill.height() - f64::from(name.height)) / 2.0;
            let items =
                vec![Item::Rect(RoundRect::plain(pill, 7.0, fill)), text_at(pill.origin() + (6.0, down), &name, on)];
            self.add(pill, items);
        }
        self.line(step);
    }

    fn line(&mut self, step: f64) {
        let points = self.points(step);
        let [worst, bad, calm, good, best] = self.theme.colors.emotion;
        let stops = [(5.0, best), (2.5, good), (0.0, calm), (-2.5, bad), (-5.0, worst)];
        let paint = Paint::Vertical(stops.map(|(value, color)| (self.height(value), color)).into());
        let rect = self.rect(MARGIN + PAD, (self.height(5.0), self.height(-5.0)), WIDTH - 2.0 * PAD);
        let mut zero = BezPath::new();
        zero.move_to((rect.x0, self.height(0.0)));
        zero.line_to((rect.x1, self.height(0.0)));
        let faint = Paint::Solid(calm.faded(0.45));
        let mut items =
            vec![Item::Line(Line { path: Arc::new(zero), width: 1.0, paint: faint, dash: Some((3.0, 5.0)) })];
        let places: Vec<Point> = points.iter().map(|(at, _)| *at).collect();
        let width = self.theme.sizes.curve;
        let spans = curve_through(&places).into_iter();
        items.extend(spans.map(|path| Item::Line(Line { path, width, paint: paint.clone(), dash: None })));
        let extreme = |key: fn(Emotion) -> i64| points.iter().min_by_key(|(_, e)| key(*e)).copied();
        let peak = extreme(|e| -i64::from(e.get()));
        let low = extreme(|e| i64::from(e.get())).filter(|low| Some(low.1) != peak.map(|peak| peak.1));
        let end = points.last().copied().filter(|end| Some(*end) != peak && Some(*end) != low);
        let told = [(peak, self.map_words.peak()), (low, self.map_words.low()), (end, self.map_words.end())];
        let is_told = |at: &Point| told.iter().any(|(point, _)| point.is_some_and(|(place, _)| place == *at));
        for (at, emotion) in points.iter().filter(|(at, _)| !is_told(at)) {
            items.push(disc(*at, 6.0, self.theme.colors.card));
            items.push(disc(*at, 4.5, self.theme.emotion(*emotion)));
        }
        for (point, word) in told {
            let Some((at, emotion)) = point else { continue };
            face(&mut items, at, 11.0, emotion, self.theme.colors.card, self.theme);
            let is_above = Some((at, emotion)) == peak || (Some((at, emotion)) != low && emotion.get() > 0);
            self.label(&mut items, (at, is_above), &format!("{word} {}", self.number(&emotion.to_string())), rect);
        }
        self.add(rect, items);
    }

    /// The height of an emotion on the page.
    fn height(&self, value: f64) -> f64 {
        let (curve, pad) = (self.rows.curve, self.rows.curve_pad);
        let (top, bottom) = (curve.0 + pad.0, curve.1 - pad.1);
        top + (5.0 - value) / 10.0 * (bottom - top)
    }

    /// Where the emotions of the path stand.
    fn points(&self, step: f64) -> Vec<(Point, Emotion)> {
        let felt: Vec<(usize, Emotion)> = self.path.iter().filter_map(|stop| Some((stop.step, stop.felt?))).collect();
        let mut points = Vec::with_capacity(felt.len());
        for here in felt.chunk_by(|a, b| a.0 == b.0) {
            for (at, (column, emotion)) in here.iter().enumerate() {
                let x = MARGIN + PAD + (*column as f64 + (at as f64 + 0.5) / here.len() as f64) * step;
                let x = if self.rtl { PAGE.width - x } else { x };
                points.push((Point::new(x, self.height(f64::from(emotion.get()))), *emotion));
            }
        }
        points
    }

    /// A pill with words above or below a point, inside of `within`.
    fn label(&mut self, items: &mut Vec<Item>, (at, is_above): (Point, bool), words: &str, within: Rect) {
        let block = Arc::new(self.text.block(words, self.theme.text.label.into(), Measure::default()));
        let size = Size::new(f64::from(block.width).ceil() + 16.0, 20.0);
        let x = (at.x - size.width / 2.0).clamp(within.x0, within.x1 - size.width);
        let y = if is_above { at.y - 16.0 - size.height } else { at.y + 16.0 };
        let pill = Rect::from_origin_size((x, y), size);
        items.push(Item::Rect(RoundRect::plain(pill, size.height / 2.0, self.theme.colors.pill)));
        let corner = pill.origin() + (8.0, (size.height - f64::from(block.height)) / 2.0);
        items.push(text_at(corner, &block, self.theme.colors.on_pill));
    }

    fn lists(&mut self) {
        let words = self.words;
        let pains = self.ranked(AnnotationKind::PainPoint);
        let ideas = self.ranked(AnnotationKind::Opportunity);
        let moments = self.path.iter().filter(|stop| stop.touchpoint.moment_of_truth);
        let moment = |stop: &Stop| {
            let touchpoint = &stop.touchpoint;
            Entry { figure: String::new(), emotion: touchpoint.felt(), words: touchpoint.title.clone() }
        };
        let moments: Vec<Entry> = moments.map(moment).take(MOST).collect();
        let icon = |kind| annotation_icon(kind);
        let tint = |kind| self.theme.annotation(kind).ink;
        let lists = [
            (words.worst, icon(AnnotationKind::PainPoint), tint(AnnotationKind::PainPoint), pains),
            (words.best, icon(AnnotationKind::Opportunity), tint(AnnotationKind::Opportunity), ideas),
            (words.moments_top, icons::DIAMOND, self.theme.colors.moment.ink, moments),
        ];
        let lists: Vec<_> = lists.into_iter().filter(|(.., entries)| !entries.is_empty()).collect();
        let count = lists.len().max(1) as f64;
        let width = (WIDTH - GAP * (count - 1.0)) / count;
        for (at, (name, icon, color, entries)) in lists.into_iter().enumerate() {
            let rect = self.rect(MARGIN + at as f64 * (width + GAP), self.rows.lists, width);
            self.list(rect, name, (icon, color), &entries);
        }
    }

    fn ranked(&self, kind: AnnotationKind) -> Vec<Entry> {
        let entry = |ranked: crate::insight::Ranked| {
            let words = ranked.annotation.text.clone();
            Entry { figure: ranked.weight.to_string(), emotion: None, words }
        };
        rank(self.map, self.path, kind).into_iter().take(MOST).map(entry).collect()
    }

    fn list(&mut self, rect: Rect, name: &str, (icon, color): (char, Color), entries: &[Entry]) {
        const ICON: f64 = 20.0;
        const FIGURE: f64 = 34.0;
        let (text, colors) = (&self.theme.text, &self.theme.colors);
        let (strong, body, label) = (text.strong, text.body, text.label);
        let (ink, card, chip, on_chip) = (colors.ink, colors.card, colors.chip, colors.on_chip);
        let inner = rect.width() - 2.0 * PAD;
        let start = |x: f64, width: f64| if self.rtl { rect.x1 - PAD - x - width } else { rect.x0 + PAD + x };
        let icon_at = Point::new(start(0.0, ICON), rect.y0 + 12.0);
        let heading_at = Point::new(start(ICON + 8.0, inner - ICON - 8.0), rect.y0 + 12.0);
        let words_x = start(FIGURE + 10.0, inner - FIGURE - 10.0);
        let figure_x = start(0.0, FIGURE);
        let icon = Arc::new(icon_block(Face::IconFill, icon, ICON as f32));
        let heading = self.block(name, strong, inner - ICON - 8.0, 1);
        let mut items = vec![self.surface(rect), text_at(icon_at, &icon, color), text_at(heading_at, &heading, ink)];
        let is_low = self.rows.aims.is_some();
        let (mut y, lines, gap) = if is_low { (rect.y0 + 42.0, 1, 4.0) } else { (rect.y0 + 50.0, 2, 10.0) };
        for entry in entries {
            let words = self.block(&entry.words, body, inner - FIGURE - 10.0, lines);
            let height = f64::from(words.height).max(24.0);
            if y + height > rect.y1 - gap {
                break;
            }
            let pill = Rect::new(figure_x, y, figure_x + FIGURE, y + 24.0);
            if let Some(emotion) = entry.emotion {
                face(&mut items, pill.center(), 11.0, emotion, card, self.theme);
            } else if !entry.figure.is_empty() {
                items.push(Item::Rect(RoundRect::plain(pill, 12.0, chip)));
                let number = self.number(&entry.figure);
                let figure = Arc::new(self.text.block(&number, label.into(), Measure::default()));
                let size = (f64::from(figure.width), f64::from(figure.height));
                items.push(text_at(Rect::from_center_size(pill.center(), size).origin(), &figure, on_chip));
            }
            if entry.emotion.is_none() && entry.figure.is_empty() {
                items.push(disc(pill.center(), 3.0, on_chip));
            }
            let down = (height - f64::from(words.height)) / 2.0;
            items.push(text_at(Point::new(words_x, y + down), &words, ink));
            y += height + gap;
        }
        self.add(rect, items);
    }
}

pub(super) fn disc(center: Point, radius: f64, color: Color) -> Item {
    let rect = Rect::from_center_size(center, (2.0 * radius, 2.0 * radius));
    Item::Rect(RoundRect::plain(rect, radius, color))
}

pub(super) fn text_at(at: Point, block: &Arc<TextBlock>, color: Color) -> Item {
    Item::Text(Text { at, block: Arc::clone(block), color })
}
