//! The first slide: the whole map, as it is laid out, as large as it fits.

use kurbo::{Affine, Point, Rect, Size};

use super::curve::{self, Plot};
use super::fixed::SLIDE;
use super::links::{self, Cards};
use super::look::{LEAST, Look, height_of};
use super::pages::MARGIN;
use super::shape::{BoxShape, Fill, Geometry, Role, Shape, Side, Slide, Stroke};
use super::{pieces, title_box};
use crate::export::glyphs::GlyphReader;
use crate::layout::{Curve, Layout, PhaseBox, Placed, Row, RowContent, Sample};
use crate::scene::{link_stroke, stroke_of};
use crate::text::TextEngine;
use crate::theme::Style;

/// Draws the slide.
pub(super) fn slide(layout: &Layout, engine: &mut TextEngine, glyphs: &mut GlyphReader) -> Slide {
    let wheel = layout.wheel.as_deref();
    let content = wheel.map_or_else(|| content(layout), |wheel| super::wheel::content(layout, wheel));
    let room = |top: f64| Rect::new(MARGIN.0, MARGIN.1 + top, SLIDE.width - MARGIN.0, SLIDE.height - MARGIN.2);
    let unit =
        |room: Rect| (room.width() / content.width().max(1.0)).min(room.height() / content.height().max(1.0)).min(1.0);
    // The middle of a wheel has room for the subtitle, unless it is long.
    let subtitle = &layout.map.subtitle;
    let hub = wheel.map(|wheel| super::wheel::hub(layout, wheel, unit(room(TITLE))));
    let is_in_hub = hub.is_some_and(|hub| fits_hub(subtitle, hub, layout, engine));
    let room = room(if subtitle.is_empty() || is_in_hub { TITLE } else { TITLES });
    let unit = unit(room);
    let look = Look::overview(layout, unit);
    // In the middle across, at the top.
    let left = room.x0 + (room.width() - content.width() * unit) / 2.0;
    let place =
        Affine::translate((left, room.y0)) * Affine::scale(unit) * Affine::translate(-content.origin().to_vec2());
    let mut overview = Overview { layout, look, place, slide: Slide::default(), engine, glyphs };
    overview.title();
    if !is_in_hub {
        overview.subtitle(room.y0);
    }
    match wheel {
        Some(wheel) => overview.wheel(wheel, is_in_hub),
        None => {
            overview.headings();
            overview.rows();
        }
    }
    overview.legend();
    overview.slide
}

/// Whether a subtitle can be read in a room of this size.
fn fits_hub(subtitle: &str, hub: Size, layout: &Layout, engine: &mut TextEngine) -> bool {
    let height = height_of(subtitle, subtitle_style(layout, LEAST), hub.width, engine);
    let longest = engine.widths(subtitle, subtitle_style(layout, LEAST).into()).0;
    height <= hub.height && f64::from(longest) <= hub.width
}

/// The style of subtitles, of a size that can be read on a slide.
pub(super) fn subtitle_style(layout: &Layout, size: f32) -> Style {
    let small = layout.theme.text.small;
    Style { size, line: small.line / small.size * size, ..small }
}

/// What of the layout the slide shows: all below the titles.
fn content(layout: &Layout) -> Rect {
    let tops = layout.phases.iter().map(|p| p.rect.y0).chain(layout.stages.iter().map(|s| s.header.y0));
    let top = tops.reduce(f64::min).unwrap_or(layout.grid.y0);
    let bottom = layout.stages.iter().map(|s| s.body.y1).fold(layout.grid.y1, f64::max);
    let bottom = layout.legend.iter().map(|item| item.rect.y1).fold(bottom, f64::max);
    Rect::new(layout.grid.x0, top, layout.grid.x1, bottom)
}

/// Room for the title above the map, and for title and subtitle.
const TITLE: f64 = 36.0;
const TITLES: f64 = 54.0;

/// What the slide is drawn with.
pub(super) struct Overview<'a> {
    pub layout: &'a Layout,
    pub look: Look,
    /// From the map to the slide.
    pub place: Affine,
    pub slide: Slide,
    pub engine: &'a mut TextEngine,
    glyphs: &'a mut GlyphReader,
}

impl Overview<'_> {
    pub(super) fn rect(&self, rect: Rect) -> Rect {
        self.place.transform_rect_bbox(rect)
    }

    pub(super) fn add(&mut self, shape: BoxShape) {
        self.slide.shapes.push(Shape::Box(shape));
    }

    /// The title has the size of a slide's.
    fn title(&mut self) {
        let (look, map) = (&self.look, &self.layout.map);
        let mut style = self.layout.theme.text.title;
        style.size = 22.0;
        let run = look.run(&map.title, style, look.theme.colors.ink);
        let title = title_box(look, vec![run], 32.0);
        self.add(title);
    }

    /// The subtitle below it, above `bottom`.
    fn subtitle(&mut self, bottom: f64) {
        let (look, subtitle) = (&self.look, &self.layout.map.subtitle);
        if subtitle.is_empty() {
            return;
        }
        let style = subtitle_style(self.layout, LEAST + 2.0);
        let rect = Rect::new(MARGIN.0, MARGIN.1 + 31.0, SLIDE.width - MARGIN.0, bottom);
        let words = look.paragraphs(subtitle, style, look.theme.colors.ink_soft, Some(look.start()));
        let label = look.label("Subtitle", rect, words, false);
        self.add(label);
    }

    fn headings(&mut self) {
        let layout = self.layout;
        for phase in &layout.phases {
            self.phase(phase);
        }
        for stage in &layout.stages {
            let body = self.rect(stage.body);
            self.add(stage_body(body, &self.look));
            let header = self.rect(stage.header);
            let words = stage.words.as_ref().map(|words| words.block.text.as_str());
            let name = super::pages::full_name(layout, stage);
            self.add(stage_header(header, (&name, words), stage.accent, &self.look));
        }
        for column in &layout.columns {
            if let Some((_, name)) = column.name.as_ref().filter(|_| !column.step.name.is_empty()) {
                self.label("Step", name, Side::Middle, false);
            }
        }
    }

    /// The bracket of a phase as a line with its name over it.
    fn phase(&mut self, phase: &PhaseBox) {
        let rect = phase.rect;
        let y = phase.name.at.y + f64::from(phase.name.block.height) / 2.0;
        let corners = [(rect.x0 + 4.0, y), (rect.x1 - 4.0, y)].map(|p| self.place * Point::new(p.0, p.1));
        let line = Stroke::solid(1.2 * self.look.unit, self.look.theme.colors.ink_soft.faded(0.45));
        let half = f64::from(phase.name.block.width) / 2.0 + 10.0;
        let middle = rect.center().x;
        let gap = [middle - half, middle + half].map(|x| (self.place * Point::new(x, y)).x);
        for (from, to) in [(corners[0].x, gap[0]), (gap[1], corners[1].x)] {
            self.slide.shapes.push(curve::rule("Line", (from, to), corners[0].y, line.clone()));
        }
        self.label("Phase", &phase.name, Side::Middle, false);
    }

    /// A small text at its place.
    pub(super) fn label(&mut self, name: &str, text: &Placed, side: Side, is_name: bool) {
        let look = &self.look;
        let colors = &look.theme.colors;
        let (style, color) =
            if is_name { (look.theme.text.strong, colors.ink) } else { (look.theme.text.small, colors.ink_soft) };
        let rect = self.rect(Rect::from_origin_size(text.at, (text.width, f64::from(text.block.height))));
        let paragraphs = look.paragraphs(&text.block.text, style, color, Some(side));
        let shape = look.label(name, rect, paragraphs, false);
        self.add(shape);
    }

    fn rows(&mut self) {
        let layout = self.layout;
        let mut cards = Cards::new();
        for (index, row) in layout.rows.iter().enumerate() {
            if layout.is_line_of_visibility(row) {
                let ends = [layout.grid.x0, layout.grid.x1].map(|x| self.place * Point::new(x, row.y));
                let line = pieces::line_of_visibility((ends[0].x, ends[1].x), ends[0].y, &self.look, self.engine);
                self.slide.shapes.extend(line);
            } else if index > 0 || row.y > layout.grid.y0 {
                let line = Stroke::solid(self.look.theme.sizes.line.max(0.25), self.look.theme.colors.line);
                let ends = [layout.grid.x0, layout.grid.x1].map(|x| self.place * Point::new(x, row.y));
                self.slide.shapes.push(curve::rule("Line", (ends[0].x, ends[1].x), ends[0].y, line));
            }
            self.label("Lane", &row.name, self.look.start(), true);
            if !matches!(row.content, RowContent::Collapsed) && !row.hint.block.text.is_empty() {
                self.label("Hint", &row.hint, self.look.start(), false);
            }
            self.content(row, &mut cards);
        }
        self.links(&cards);
    }

    fn content(&mut self, row: &Row, cards: &mut Cards) {
        let layout = self.layout;
        let down = kurbo::Vec2::new(0.0, row.y);
        match &row.content {
            RowContent::Collapsed => {}
            RowContent::Cards(all) => {
                for placed in all.cards() {
                    let rect = self.rect(layout.card_rect(row, all, placed));
                    cards.insert(placed.card.touchpoint.id.clone(), self.slide.shapes.len());
                    self.slide.shapes.extend(pieces::card(&placed.card, rect, &self.look, self.engine));
                }
            }
            RowContent::Notes(all) => {
                for placed in &all.notes {
                    let rect = self.rect(layout.note_rect(row, all, placed));
                    self.slide.shapes.push(pieces::note(&placed.note, rect, &self.look, self.engine));
                }
            }
            RowContent::Channels(all) => {
                for channel in &all.channels {
                    let rect = self.rect(channel.rect + down);
                    self.slide.shapes.push(pieces::channel(channel, rect, &self.look, self.glyphs));
                }
            }
            RowContent::Metrics(all) => {
                for tile in &all.tiles {
                    let rect = self.rect(tile.rect + down);
                    self.slide.shapes.push(pieces::metric(tile, rect, &self.look));
                }
            }
            RowContent::Pictures(all) => {
                for placed in &all.pictures {
                    let rect = self.rect(placed.rect + down);
                    self.slide.shapes.push(pieces::slide_shape(&placed.slide, rect, &self.look));
                }
            }
            RowContent::Curve(curve) => self.curve(row, curve),
        }
    }

    fn curve(&mut self, row: &Row, curve: &Curve) {
        let layout = self.layout;
        let place = self.place * Affine::translate((0.0, row.y));
        let sizes = &layout.theme.sizes;
        let columns = layout.columns.iter().map(|c| (c.x, c.x + c.width));
        let (x0, x1) = columns.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or((layout.grid.x0, layout.grid.x1));
        let all: Vec<Point> = curve.points.iter().map(|point| point.at).collect();
        let range = (sizes.emotion_pad, sizes.emotion - sizes.emotion_pad);
        let pill = |label: &crate::layout::CurveLabel| {
            let point = curve.points.get(label.point)?;
            Some((place * point.at, curve::is_above(curve, label), label.text.text.clone()))
        };
        let plot = Plot {
            band: place.transform_rect_bbox(Rect::new(x0, 4.0, x1, row.height - 4.0)),
            range: ((place * Point::new(0.0, range.0)).y, (place * Point::new(0.0, range.1)).y),
            line: place * curve::joined(&all, None),
            faces: curve.points.iter().map(|point| (place * point.at, point.emotion)).collect(),
            others: curve
                .others
                .iter()
                .map(|other| {
                    let line = place * curve::joined(&curve::points_of(&other.spans), None);
                    (other.whose, line, other.marks.iter().map(|mark| place * *mark).collect())
                })
                .collect(),
            pills: curve.labels.iter().filter_map(pill).collect(),
        };
        self.slide.shapes.extend(plot.shapes(&self.look, self.engine));
        self.slide.shapes.extend(curve::axis(curve, &plot, &self.look, self.engine));
    }

    fn links(&mut self, cards: &Cards) {
        let layout = self.layout;
        let mut pills = Vec::new();
        for placed in &layout.links {
            let Some(link) = layout.map.links.get(placed.index) else { continue };
            let (Some(from), Some(to)) = (cards.get(&link.from), cards.get(&link.to)) else { continue };
            let corners = links::corners_of(&placed.path).into_iter().map(|p| self.place * p).collect();
            self.slide.shapes.push(links::connector(link, corners, (*from, *to), &self.look));
            if let Some((rect, _)) = &placed.label {
                pills.push(links::pill(link, self.rect(*rect), &self.look));
            }
        }
        self.slide.shapes.extend(pills);
    }

    fn legend(&mut self) {
        let layout = self.layout;
        for item in &layout.legend {
            let y = item.rect.center().y;
            let ends = [item.rect.x0, item.rect.x1].map(|x| self.place * Point::new(x, y));
            let line = sample_line(item.sample, &self.look);
            self.slide.shapes.push(curve::rule("Line", (ends[0].x, ends[1].x), ends[0].y, line));
            let width = f64::from(item.words.width).ceil() + 2.0;
            let words = Placed { at: item.at, block: std::sync::Arc::clone(&item.words), width };
            self.label("Legend", &words, self.look.start(), false);
        }
    }
}

/// How a line of the legend is drawn.
pub(super) fn sample_line(sample: Sample, look: &Look) -> Stroke {
    let (theme, unit) = (&look.theme, look.unit);
    let dashed = |dash: Option<(f64, f64)>| dash.map(|(dash, gap)| (dash * unit, gap * unit));
    match sample {
        Sample::Main => Stroke::solid(theme.sizes.curve, theme.colors.emotion[3]),
        Sample::Other(whose) => {
            let line = stroke_of(whose, theme);
            Stroke { dash: dashed(line.dash), ..Stroke::solid(line.width * unit, line.paint.at(0.0)) }
        }
        Sample::Link(kind) => {
            let (width, dash) = link_stroke(kind);
            Stroke { dash: dashed(dash), ..Stroke::solid(width * unit, theme.link(kind)) }
        }
    }
}

/// The body of a stage, behind its lanes.
pub(super) fn stage_body(rect: Rect, look: &Look) -> BoxShape {
    let outline = look.theme.colors.stage_border;
    BoxShape {
        name: "Stage body".into(),
        role: Role::Shape,
        rect,
        geometry: Geometry::Round(look.theme.sizes.stage_radius),
        fill: Fill::Solid(look.theme.colors.stage_body),
        line: (outline.a > 0).then(|| Stroke::solid(look.theme.sizes.border.max(0.25), outline)),
        shadow: None,
        text: None,
    }
}

/// The coloured header of a stage: its name and what customers call it.
pub(super) fn stage_header(
    rect: Rect,
    (name, words): (&str, Option<&str>),
    accent: crate::model::Accent,
    look: &Look,
) -> BoxShape {
    let (theme, side) = (&look.theme, Some(look.start()));
    let ink = theme.colors.on_accent;
    let mut paragraphs = look.paragraphs(name, theme.text.heading, ink, side);
    if let Some(words) = words {
        paragraphs.extend(look.paragraphs(words, theme.text.small, ink, side));
    }
    let mut shape = look.label(&super::look::name_of("Stage", name), rect, paragraphs, true);
    if let Some(body) = &mut shape.text {
        (body.insets, body.shrinks) = ([theme.sizes.header_pad, 0.0, theme.sizes.header_pad, 0.0], true);
    }
    shape.role = Role::Shape;
    shape.geometry = Geometry::RoundTop(theme.sizes.stage_radius);
    shape.fill = Fill::Solid(theme.accent(accent));
    shape
}
