//! What a journey is meant to bring about, and where one stands: the last row of a scorecard.

use std::sync::Arc;

use kurbo::{Point, Rect};

use super::scorecard::{GAP, MARGIN, PAD, Page, WIDTH, disc, text_at};
use crate::layout::{metric_figure, metric_target};
use crate::model::{AnnotationKind, Goal, JourneyMap, Metric};
use crate::scene::{Item, RoundRect};
use crate::text::{Align, Face, Measure, TextBlock, icon_block, icons};

/// The height of a goal: its title, and below it what is said of it.
const GOAL: f64 = 43.0;
/// From the top of the goals to the first.
const BELOW_HEADING: f64 = 42.0;
/// The discs of the letters of SMART: how wide, and how far one is from the next.
const LETTER: (f64, f64) = (15.0, 17.0);
/// The letters, and what a goal says of each, as [`Goal::missing`] calls it.
const SMART: [(&str, &str); 5] =
    [("S", "Specific"), ("M", "Measurable"), ("A", "Achievable"), ("R", "Relevant"), ("T", "Time-bound")];

/// Whether there is anything to tell.
pub(super) fn has(map: &JourneyMap) -> bool {
    !map.goals.is_empty() || has_swot(map)
}

fn has_swot(map: &JourneyMap) -> bool {
    quarters(map).iter().any(|entries| !entries.is_empty())
}

/// Strengths, weaknesses, opportunities, threats.
fn quarters(map: &JourneyMap) -> [&[String]; 4] {
    let swot = &map.swot;
    [&swot.strengths, &swot.weaknesses, &swot.opportunities, &swot.threats]
}

impl Page<'_> {
    /// Goals and SWOT beside each other; one alone has the whole width.
    pub(super) fn aims(&mut self, room: (f64, f64)) {
        let both = !self.map.goals.is_empty() && has_swot(self.map);
        let width = if both { (WIDTH - GAP) / 2.0 } else { WIDTH };
        if !self.map.goals.is_empty() {
            self.goals(self.rect(MARGIN, room, width));
        }
        if has_swot(self.map) {
            let x = if both { MARGIN + width + GAP } else { MARGIN };
            self.swot(self.rect(x, room, width));
        }
    }

    /// A place in `rect` as far from the side where lines begin as `x` says, for something `width` wide.
    fn along(&self, rect: Rect, x: f64, width: f64) -> f64 {
        if self.rtl { rect.x1 - x - width } else { rect.x0 + x }
    }

    /// A text as wide as it is.
    fn natural(&mut self, words: &str, style: crate::theme::Style) -> Arc<TextBlock> {
        Arc::new(self.text.block(words, style.into(), Measure::default()))
    }

    fn goals(&mut self, rect: Rect) {
        const ICON: f64 = 20.0;
        let (strong, small) = (self.theme.text.strong, self.theme.text.small);
        let (ink, soft) = (self.theme.colors.ink, self.theme.colors.ink_soft);
        let goals = self.map.goals.clone();
        let rows = (((rect.height() - BELOW_HEADING - 4.0) / GOAL) as usize).max(1);
        // As many columns as are needed, none narrower than a title with some words.
        let columns = goals.len().div_ceil(rows).min(((rect.width() / 280.0) as usize).max(1));
        let shown = goals.len().min(rows * columns);
        let inner = rect.width() - 2.0 * PAD;
        let icon = Arc::new(icon_block(Face::IconFill, icons::FLAG, ICON as f32));
        let heading = self.block(self.words.goals, strong, inner - ICON - 60.0, 1);
        let (icon_x, heading_x) =
            (self.along(rect, PAD, ICON), self.along(rect, PAD + ICON + 8.0, inner - ICON - 60.0));
        let top = rect.y0 + 12.0;
        let color = self.theme.annotation(AnnotationKind::Opportunity).ink;
        let mut items = vec![
            self.surface(rect),
            text_at(Point::new(icon_x, top), &icon, color),
            text_at(Point::new(heading_x, top), &heading, ink),
        ];
        if shown < goals.len() {
            let more = self.natural(&self.number(&format!("+{}", goals.len() - shown)), small);
            let width = f64::from(more.width);
            let x = self.along(rect, rect.width() - PAD - width, width);
            items.push(text_at(Point::new(x, top + 2.0), &more, soft));
        }
        let width = (inner - 1.5 * PAD * (columns as f64 - 1.0)) / columns as f64;
        let each = shown.div_ceil(columns);
        for (at, goal) in goals.iter().take(shown).enumerate() {
            let x = self.along(rect, PAD + (at / each) as f64 * (width + 1.5 * PAD), width);
            let y = rect.y0 + BELOW_HEADING + (at % each) as f64 * GOAL;
            self.goal(&mut items, goal, Rect::new(x, y, x + width, y + GOAL));
        }
        self.add(rect, items);
    }

    /// A goal: its title, which of the letters of SMART it says something of, and the first of its metrics.
    fn goal(&mut self, items: &mut Vec<Item>, goal: &Goal, rect: Rect) {
        let (text, colors) = (&self.theme.text, &self.theme.colors);
        let (body, small, label) = (text.body, text.small, text.label);
        let (ink, soft) = (colors.ink, colors.ink_soft);
        let (on, off) = ((colors.pill, colors.on_pill), (colors.chip, colors.on_chip));
        let title = self.block(&goal.title, body, rect.width(), 1);
        items.push(text_at(rect.origin(), &title, ink));
        let middle = rect.y0 + 31.0;
        let missing = goal.missing();
        let letters = (SMART.len() - 1) as f64 * LETTER.1 + LETTER.0;
        // The word is Latin, and stands as such where the rest is mirrored.
        let left = self.along(rect, 0.0, letters);
        for (at, (letter, name)) in SMART.into_iter().enumerate() {
            let center = Point::new(left + at as f64 * LETTER.1 + LETTER.0 / 2.0, middle);
            let (fill, color) = if missing.contains(&name) { off } else { on };
            items.push(disc(center, LETTER.0 / 2.0, fill));
            let letter = self.natural(letter, label);
            let size = (f64::from(letter.width), f64::from(letter.height));
            items.push(text_at(Rect::from_center_size(center, size).origin(), &letter, color));
        }
        let beside = letters + 12.0;
        let width = (rect.width() - beside).max(1.0);
        let room = Rect::new(0.0, middle - 8.0, width, middle + 8.0);
        let room = room + kurbo::Vec2::new(self.along(rect, beside, width), 0.0);
        let metrics: Vec<Arc<Metric>> =
            self.map.metrics.iter().filter(|m| goal.metrics.contains(&m.id)).cloned().collect();
        match metrics.split_first() {
            Some((metric, others)) => self.metric(items, metric, others.len(), room),
            None => {
                let words = self.block(self.words.no_metric, small, room.width(), 1);
                items.push(text_at(room.origin(), &words, soft));
            }
        }
    }

    /// A metric in a line: whether its target is met, its name, its figure, and `/` its target. `others` are counted.
    fn metric(&mut self, items: &mut Vec<Item>, metric: &Metric, others: usize, rect: Rect) {
        const DOT: f64 = 8.0;
        const BETWEEN: f64 = 6.0;
        let (small, label) = (self.theme.text.small, self.theme.text.label);
        let (ink, soft) = (self.theme.colors.ink, self.theme.colors.ink_soft);
        let number = |text: &str| format!("\u{2066}{text}\u{2069}");
        let figure = self.natural(&number(&metric_figure(metric, self.map_words, true)), label);
        let target = metric_target(metric, self.map_words).map(|target| number(&format!("/ {target}")));
        let target = self.natural(&target.unwrap_or_default(), small);
        let more = if others > 0 { self.number(&format!("+{others}")) } else { String::new() };
        let more = self.natural(&more, small);
        let wide = |block: &TextBlock| f64::from(block.width).ceil();
        let room = rect.width() - DOT - wide(&figure) - wide(&target) - wide(&more) - 4.0 * BETWEEN;
        let align = if self.rtl { Align::Right } else { Align::Left };
        let measure = Measure { width: Some(room.max(24.0) as f32), max_lines: Some(1), align, ..Measure::default() };
        let name = Arc::new(self.text.block(metric.shown_name(), small.into(), measure));
        let told = name.lines.first().map_or(0.0, |line| f64::from(line.width)).ceil();
        let dot = self.along(rect, 0.0, DOT) + DOT / 2.0;
        items.push(disc(Point::new(dot, rect.center().y), DOT / 2.0, self.theme.of_target(metric.is_met())));
        let name_at = Point::new(self.along(rect, DOT + BETWEEN, room.max(24.0)), rect.y0);
        items.push(text_at(name_at, &name, soft));
        // `20 / 40` reads from left to right everywhere.
        let mut numbers = [(figure, ink), (target, soft)];
        if self.rtl {
            numbers.reverse();
        }
        let mut x = DOT + 2.0 * BETWEEN + told;
        for (block, color) in numbers.into_iter().chain([(more, soft)]) {
            let width = wide(&block);
            items.push(text_at(Point::new(self.along(rect, x, width), rect.y0), &block, color));
            x += width + if width > 0.0 { BETWEEN } else { 0.0 };
        }
    }

    /// Four fields: inside above, outside below; good where lines begin, bad where they end.
    fn swot(&mut self, rect: Rect) {
        const BETWEEN: f64 = 8.0;
        use AnnotationKind::{Delight, Opportunity, PainPoint, Question};
        let size = ((rect.width() - BETWEEN) / 2.0, (rect.height() - BETWEEN) / 2.0);
        let kinds = [Delight, PainPoint, Opportunity, Question];
        let (map, names) = (self.map, self.words.swot);
        for (at, ((kind, name), entries)) in kinds.into_iter().zip(names).zip(quarters(map)).enumerate() {
            let x = self.along(rect, (at % 2) as f64 * (size.0 + BETWEEN), size.0);
            let y = rect.y0 + (at / 2) as f64 * (size.1 + BETWEEN);
            self.quarter(Rect::new(x, y, x + size.0, y + size.1), (kind, name), entries);
        }
    }

    fn quarter(&mut self, rect: Rect, (kind, name): (AnnotationKind, &str), entries: &[String]) {
        const LINE: f64 = 17.0;
        const BULLET: f64 = 12.0;
        let tint = self.theme.annotation(kind);
        let (small, label, ink) = (self.theme.text.small, self.theme.text.label, self.theme.colors.ink);
        let radius = self.theme.sizes.card_radius;
        let mut items = vec![Item::Rect(RoundRect {
            border: Some((self.theme.sizes.border, tint.border)),
            ..RoundRect::plain(rect, radius, tint.fill)
        })];
        let inner = rect.width() - 1.5 * PAD;
        let start = 0.75 * PAD;
        let heading = self.block(name, label, inner, 1);
        items.push(text_at(Point::new(self.along(rect, start, inner), rect.y0 + 8.0), &heading, tint.ink));
        let mut y = rect.y0 + 27.0;
        // Few entries may go on in a second line.
        let fit = (((rect.y1 - 4.0 - y) / LINE) as usize).max(1);
        let shown = if entries.len() > fit { fit - 1 } else { entries.len() };
        let lines = (fit / shown.max(1)).clamp(1, 2);
        let width = inner - BULLET;
        for entry in &entries[..shown] {
            let words = self.block(entry, small, width, lines);
            items.push(disc(Point::new(self.along(rect, start, 4.0) + 2.0, y + 8.0), 2.0, tint.ink));
            items.push(text_at(Point::new(self.along(rect, start + BULLET, width), y), &words, ink));
            y += words.lines.len() as f64 * f64::from(small.line) + (LINE - f64::from(small.line));
        }
        if shown < entries.len() {
            let more = self.block(&self.number(&format!("+{}", entries.len() - shown)), small, width, 1);
            items.push(text_at(Point::new(self.along(rect, start + BULLET, width), y), &more, tint.ink));
        }
        self.add(rect, items);
    }
}
