//! The slides of a stage: its header, its lanes, what stands in them, and the part of the curve that runs through it.

use kurbo::{BezPath, Point, Rect};

use super::cells::{self, AXIS, Band, Thing};
use super::curve::{self, Plot};
use super::links::{self, Cards};
use super::look::Look;
use super::overview::{sample_line, stage_body, stage_header};
use super::pages::{Part, Plan, Sheet, full_name};
use super::shape::{Paragraph, Shape, Side, Slide, Stroke};
use super::{pieces, title_box};
use crate::export::glyphs::GlyphReader;
use crate::layout::{Curve, Layout, Sample};
use crate::model::Emotion;
use crate::text::{Measure, TextEngine};

/// What slides are drawn with.
pub(super) struct Pen<'a> {
    pub layout: &'a Layout,
    pub plan: &'a Plan<'a>,
    pub engine: &'a mut TextEngine,
    pub glyphs: &'a mut GlyphReader,
}

impl Pen<'_> {
    /// Draws a page of a sheet; `number` of the slides of its stage, if there are several.
    pub fn slide(&mut self, sheet: &Sheet<'_>, page: &[Part], number: Option<(usize, usize)>) -> Slide {
        let (plan, look) = (self.plan, &self.plan.look);
        let mut slide = Slide::default();
        let room = plan.columns_room();
        slide.shapes.push(Shape::Box(self.title(sheet, number)));
        slide.shapes.push(Shape::Box(stage_body(room, look)));
        let stage = &self.layout.stages[sheet.stage];
        let header = Rect { y1: room.y0 + sheet.heads.0, ..room };
        let words = stage.words.as_ref().map(|words| words.block.text.as_str());
        let name = full_name(self.layout, stage);
        slide.shapes.push(Shape::Box(stage_header(header, (&name, words), stage.accent, look)));
        self.steps(sheet, header.y1, &mut slide);
        let mut cards = Cards::new();
        for (index, (part, rect)) in self.places(sheet, page).into_iter().enumerate() {
            let band = &sheet.bands[part.band];
            // A lane that goes over from the slide before is below its line already.
            if self.layout.is_line_of_visibility(band.row) && part.lines.start == 0 {
                slide.shapes.extend(pieces::line_of_visibility((rect.x0, rect.x1), rect.y0, look, self.engine));
            } else if index > 0 {
                let line = Stroke::solid(look.theme.sizes.line.max(0.5), look.theme.colors.line);
                slide.shapes.push(curve::rule("Line", (rect.x0, rect.x1), rect.y0, line));
            }
            slide.shapes.extend(self.names(band, rect).map(Shape::Box));
            match band.curve {
                Some(curve) => {
                    self.legend(band, rect, &mut slide);
                    self.curve(sheet, curve, rect, &mut slide);
                }
                None => self.lines(sheet, band, (part, rect), (&mut slide, &mut cards)),
            }
        }
        let links = links::on_slide(self.layout, &cards, (&slide.shapes, room), look, self.engine);
        slide.shapes.extend(links);
        slide
    }

    /// The stage and where it belongs; which part of it this is, if there are several.
    fn title(&self, sheet: &Sheet<'_>, number: Option<(usize, usize)>) -> super::shape::BoxShape {
        let (look, map) = (&self.plan.look, &self.layout.map);
        let (strong, soft) = (map.stages.get(sheet.stage), look.theme.colors.ink_soft);
        let mut style = look.theme.text.title;
        style.size = 20.0;
        let mut small = look.theme.text.body;
        small.size = 12.0;
        let name = strong.map(|stage| stage.name.replace('\n', " ")).unwrap_or_default();
        let mut runs = vec![look.run(name, style, look.theme.colors.ink)];
        runs.extend(number.map(|(n, of)| look.run(format!(" ({})", look.words.part(n, of)), style, soft)));
        let phase = strong.map(|stage| stage.phase.as_str()).filter(|phase| !phase.is_empty());
        for words in [Some(map.title.as_str()).filter(|title| !title.is_empty()), phase].into_iter().flatten() {
            runs.push(look.run(format!("   ·   {words}"), small, soft));
        }
        title_box(look, runs, 30.0)
    }

    fn steps(&self, sheet: &Sheet<'_>, top: f64, slide: &mut Slide) {
        let look = &self.plan.look;
        for index in sheet.columns.clone() {
            let column = &self.layout.columns[index];
            if sheet.heads.1 == 0.0 || column.step.name.is_empty() {
                continue;
            }
            let (x, width) = self.plan.column(sheet, index);
            let rect = Rect::new(x, top + 6.0 * look.unit, x + width, top + sheet.heads.1);
            let (style, color) = (look.theme.text.small, look.theme.colors.ink_soft);
            let words = look.paragraphs(&column.step.name, style, color, Some(Side::Middle));
            slide.shapes.push(Shape::Box(look.label("Step", rect, words, false)));
        }
    }

    /// The rooms of the lanes of a page, across the whole slide. What height is left makes the curve and the gaps
    /// between lanes larger.
    fn places<'p>(&self, sheet: &Sheet<'_>, page: &'p [Part]) -> Vec<(&'p Part, Rect)> {
        let (plan, look) = (self.plan, &self.plan.look);
        let room = plan.lanes_room(sheet);
        let heights: Vec<f64> = page.iter().map(|part| sheet.bands[part.band].height(&part.lines, look)).collect();
        let mut left = (room.height() - heights.iter().sum::<f64>()).max(0.0);
        let is_curve = |part: &Part| sheet.bands[part.band].curve.is_some();
        let taller = (look.theme.sizes.emotion - cells::CURVE * look.unit).clamp(0.0, left);
        let curves = page.iter().filter(|part| is_curve(part)).count();
        left -= taller * if curves > 0 { 1.0 } else { 0.0 };
        let more = (left / page.len().max(1) as f64).min(16.0 * look.unit);
        let mut y = room.y0;
        let (x0, x1) = if look.rtl { (room.x0, room.x1 + plan.names) } else { (room.x0 - plan.names, room.x1) };
        let place = |(part, height): (&'p Part, f64)| {
            let own = if is_curve(part) { taller / curves as f64 } else { 0.0 };
            let top = y;
            y += height + own + more;
            (part, Rect::new(x0, top, x1, y))
        };
        page.iter().zip(heights).map(place).collect()
    }

    /// Name and hint of a lane.
    fn names(&self, band: &Band<'_>, rect: Rect) -> Option<super::shape::BoxShape> {
        let look = &self.plan.look;
        let (text, colors, side) = (&look.theme.text, &look.theme.colors, Some(look.start()));
        let axis = if band.curve.is_some() { AXIS * look.unit } else { 0.0 };
        let width = self.plan.names - 10.0 * look.unit - axis;
        let x0 = if look.rtl { rect.x1 - width } else { rect.x0 };
        let pad = look.theme.sizes.lane_pad - if cells::is_folded(band.row) { 2.0 * look.unit } else { 0.0 };
        let room = Rect::new(x0, rect.y0 + pad, x0 + width, rect.y1);
        let mut words = look.paragraphs(&band.row.name.block.text, text.strong, colors.ink, side);
        let hint = cells::hint_of(band.row);
        if !hint.is_empty() {
            words.extend(look.paragraphs(hint, text.small, colors.ink_soft, side));
        }
        let is_empty = words.iter().flat_map(|p| &p.runs).all(|run| run.text.is_empty());
        (!is_empty).then(|| look.label("Lane", room, words, false))
    }

    /// Whose curves there are, below the name of their lane; those for which there is no room are told on the first
    /// slide.
    fn legend(&mut self, band: &Band<'_>, rect: Rect, slide: &mut Slide) {
        let look = &self.plan.look;
        let (style, color, unit) = (look.theme.text.small, look.theme.colors.ink_soft, look.unit);
        let (sample, gap) = (18.0 * unit, 6.0 * unit);
        let width = self.plan.names - 10.0 * unit - AXIS * unit;
        let mut y = rect.y0 + look.theme.sizes.lane_pad + band.names + 4.0 * unit;
        for item in self.layout.legend.iter().filter(|item| !matches!(item.sample, Sample::Link(_))) {
            let line = f64::from(style.line);
            if y + line > rect.y1 {
                break;
            }
            let (start, words) = if look.rtl {
                (rect.x1 - sample, Rect::new(rect.x1 - width, y, rect.x1 - sample - gap, y + line))
            } else {
                (rect.x0, Rect::new(rect.x0 + sample + gap, y, rect.x0 + width, y + line))
            };
            let stroke = sample_line(item.sample, look);
            slide.shapes.push(curve::rule("Line", (start, start + sample), y + line / 2.0, stroke));
            let room = Measure { width: Some(words.width() as f32), max_lines: Some(1), ..Measure::default() };
            let name = self.engine.block(&item.words.text, style.into(), room).text;
            let words_shape =
                look.label("Legend", words, look.paragraphs(&name, style, color, Some(look.start())), true);
            slide.shapes.push(Shape::Box(words_shape));
            y += line;
        }
    }

    /// Lines of a lane, in the middle of its room.
    fn lines(
        &mut self,
        sheet: &Sheet<'_>,
        band: &Band<'_>,
        (part, rect): (&Part, Rect),
        (slide, cards): (&mut Slide, &mut Cards),
    ) {
        let plan = self.plan;
        let sizes = &plan.look.theme.sizes;
        let lines = &band.lines[part.lines.clone()];
        let all: f64 = lines.iter().map(|line| line.height).sum::<f64>() + sizes.card_gap * (lines.len() - 1) as f64;
        // Channels stand in the middle as on the map; the rest at the top, beside the name.
        let is_channels = lines.iter().flat_map(|l| l.things.iter().flatten()).any(|t| matches!(t, Thing::Channel(_)));
        let mut y = rect.y0 + if is_channels { (rect.height() - all) / 2.0 } else { sizes.lane_pad };
        // A text longer than a slide is made smaller by whoever edits it.
        let bottom = plan.lanes_room(sheet).y1;
        for line in lines {
            for (index, things) in sheet.columns.clone().zip(&line.things) {
                let (x, width) = plan.column(sheet, index);
                let (x, width) = (x + sizes.column_pad, width - 2.0 * sizes.column_pad);
                let own = (width - sizes.card_gap * (band.across as f64 - 1.0)) / band.across as f64;
                for (number, thing) in things.iter().enumerate() {
                    let along = number as f64 * (own + sizes.card_gap);
                    let left = if plan.look.rtl { x + width - along - own } else { x + along };
                    let rect = Rect::new(left, y, left + own, (y + line.height).min(bottom));
                    self.thing(*thing, rect, (slide, cards));
                }
            }
            y += line.height + sizes.card_gap;
        }
    }

    fn thing(&mut self, thing: Thing<'_>, rect: Rect, (slide, cards): (&mut Slide, &mut Cards)) {
        let look = &self.plan.look;
        match thing {
            Thing::Card(card) => {
                cards.insert(card.touchpoint.id.clone(), slide.shapes.len());
                slide.shapes.extend(pieces::card(card, rect, look, self.engine));
                slide.notes.extend(speech(&card.touchpoint, look));
            }
            Thing::Note(note) => slide.shapes.push(pieces::note(note, rect, look, self.engine)),
            Thing::Channel(channel) => {
                let width = pieces::channel_width(channel, look, self.engine).min(rect.width());
                let rect = Rect::from_center_size(rect.center(), (width, rect.height()));
                slide.shapes.push(pieces::channel(channel, rect, look, self.glyphs));
            }
            Thing::Metric(tile) => slide.shapes.push(pieces::metric(tile, rect, look)),
            Thing::Picture(placed) => {
                let width = rect.width().min(rect.height() * 1.5);
                let x0 = if look.rtl { rect.x1 - width } else { rect.x0 };
                let rect = Rect { x0, x1: x0 + width, ..rect };
                slide.shapes.push(pieces::slide_shape(&placed.slide, rect, look));
            }
        }
    }

    /// The part of the curve that runs through the columns, with its ways in and out.
    fn curve(&mut self, sheet: &Sheet<'_>, curve: &Curve, rect: Rect, slide: &mut Slide) {
        let look = &self.plan.look;
        let sizes = &look.theme.sizes;
        let room = self.plan.columns_room();
        let band = Rect::new(room.x0, rect.y0 + 3.0 * look.unit, room.x1, rect.y1 - 3.0 * look.unit);
        // Room for a pill above the best and below the worst.
        let pad = sizes.face + (22.0 + 8.0) * look.unit;
        let range = (band.y0 + pad, band.y1 - pad);
        let mut plot =
            Plot { band, range, line: BezPath::new(), faces: Vec::new(), others: Vec::new(), pills: Vec::new() };
        let all: Vec<Point> = curve.points.iter().map(|point| point.at).collect();
        plot.line = self.through(sheet, &all, &plot);
        let here = |column: &usize| sheet.columns.contains(column);
        let placed: Vec<(usize, Point, Emotion)> = curve
            .points
            .iter()
            .enumerate()
            .filter(|(_, point)| here(&point.column))
            .map(|(index, point)| (index, self.place(sheet, point.at, &plot), point.emotion))
            .collect();
        plot.faces = placed.iter().map(|(_, at, emotion)| (*at, *emotion)).collect();
        for label in &curve.labels {
            if let Some((_, at, _)) = placed.iter().find(|(index, ..)| *index == label.point) {
                plot.pills.push((*at, curve::is_above(curve, label), label.text.text.clone()));
            }
        }
        for other in &curve.others {
            let line = self.through(sheet, &curve::points_of(&other.spans), &plot);
            let marks = other.marks.iter().filter(|mark| self.column_at(mark.x).is_some_and(|c| here(&c)));
            let marks = marks.map(|mark| self.place(sheet, *mark, &plot)).collect();
            plot.others.push((other.whose, line, marks));
        }
        slide.shapes.extend(plot.shapes(look, self.engine));
        slide.shapes.extend(curve::axis(curve, &plot, look, self.engine));
    }

    /// The column that a place of the layout is in.
    fn column_at(&self, x: f64) -> Option<usize> {
        let nearest = |column: &crate::layout::Column| (x - column.x - column.width / 2.0).abs() - column.width / 2.0;
        let columns = self.layout.columns.iter().enumerate();
        columns.min_by(|a, b| nearest(a.1).total_cmp(&nearest(b.1))).map(|(index, _)| index)
    }

    /// Where a point of the layout's curve stands on the slide; those of other columns stand beside it.
    fn place(&self, sheet: &Sheet<'_>, at: Point, plot: &Plot) -> Point {
        let y = plot.height_of(curve::value_at(at.y, &self.layout.theme));
        let Some(index) = self.column_at(at.x) else { return Point::new(plot.band.x0, y) };
        let column = &self.layout.columns[index];
        let (first, last) = (sheet.columns.start, sheet.columns.end.saturating_sub(1));
        let along = ((at.x - column.x) / column.width).clamp(0.0, 1.0);
        let (x, width) = self.plan.column(sheet, index.clamp(first, last));
        let aside = if index < first {
            -1.0
        } else if index > last {
            1.0
        } else {
            0.0
        };
        let sign = if self.plan.look.rtl { -1.0 } else { 1.0 };
        Point::new(x + (along + sign * aside) * width, y)
    }

    /// A line of the layout through the columns of a sheet, from the last point before them to the first behind them.
    fn through(&self, sheet: &Sheet<'_>, points: &[Point], plot: &Plot) -> BezPath {
        let column = |point: &Point| self.column_at(point.x).unwrap_or(0);
        let first = points.iter().position(|p| column(p) >= sheet.columns.start).unwrap_or(points.len());
        let last = points.iter().rposition(|p| column(p) < sheet.columns.end).map_or(0, |at| at + 1);
        let shown = first.saturating_sub(1)..(last + 1).min(points.len());
        if shown.len() < 2 {
            return BezPath::new();
        }
        let placed: Vec<Point> = points[shown].iter().map(|point| self.place(sheet, *point, plot)).collect();
        curve::joined(&placed, Some((plot.band.x0, plot.band.x1)))
    }
}

/// What is to be said about a touchpoint: its notes, below its title.
fn speech(touchpoint: &crate::model::Touchpoint, look: &Look) -> Vec<Paragraph> {
    if touchpoint.notes.trim().is_empty() {
        return Vec::new();
    }
    let ink = crate::theme::Color { r: 0, g: 0, b: 0, a: 255 };
    let (mut strong, mut plain) = (look.theme.text.strong, look.theme.text.body);
    (strong.size, plain.size) = (12.0, 12.0);
    let mut said = look.paragraphs(&touchpoint.title.replace('\n', " "), strong, ink, None);
    said[0].above = 6.0;
    said.extend(look.paragraphs(touchpoint.notes.trim(), plain, ink, None));
    said
}
