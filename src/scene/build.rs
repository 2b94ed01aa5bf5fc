//! Layout to scene.

use std::ops::Range;
use std::sync::Arc;

use kurbo::{BezPath, Point, Rect};

use super::face::face;
use super::parts::{self, card, note, text};
use super::{Group, Item, Line, Paint, RoundRect, Scene, links};
use crate::layout::{
    CardRow, ChannelRow, Curve, Layout, MetricRow, NoteRow, OtherCurve, PhaseBox, PictureRow, Placed, Row, RowContent,
};
use crate::model::Element;
use crate::theme::{Color, Theme};

/// The whole picture.
pub fn build(layout: &Layout) -> Scene {
    build_visible(layout, Rect::from_origin_size(Point::ORIGIN, layout.size))
}

/// The part of the picture that touches `view`, on the map. Its work depends on what is in sight.
pub fn build_visible(layout: &Layout, view: Rect) -> Scene {
    if let Some(wheel) = &layout.wheel {
        return super::wheel::build(layout, wheel, view);
    }
    let mut builder = Builder::new(layout, view);
    builder.below();
    builder.headings();
    for row in builder.rows() {
        builder.row(row);
    }
    builder.above();
    builder.scene()
}

/// Makes groups of what touches `view`.
pub(super) struct Builder<'l> {
    layout: &'l Layout,
    theme: &'l Theme,
    view: Rect,
    groups: Vec<Group>,
}

impl<'l> Builder<'l> {
    pub fn new(layout: &'l Layout, view: Rect) -> Self {
        Self { layout, theme: &layout.theme, view, groups: Vec::new() }
    }

    /// What was made so far.
    pub fn scene(self) -> Scene {
        Scene { size: self.layout.size, ground: self.theme.colors.ground, groups: self.groups }
    }

    /// What stands below the rows: stages, lines between lanes, the band of the curve.
    pub fn below(&mut self) {
        self.stages();
        self.bands();
    }

    /// What stands in the cells of a row.
    pub fn row(&mut self, row: &Row) {
        match &row.content {
            RowContent::Cards(cards) => self.cards(row, cards, 0..self.layout.columns.len()),
            RowContent::Notes(notes) => self.notes(row, notes),
            RowContent::Channels(channels) => self.channels(row, channels),
            RowContent::Pictures(pictures) => self.pictures(row, pictures),
            RowContent::Curve(curve) => self.curve(row, curve),
            RowContent::Metrics(metrics) => self.metrics(row, metrics),
            RowContent::Collapsed => {}
        }
    }

    /// What stands above the rows: links, and the legend.
    pub fn above(&mut self) {
        links::push_lines(&mut self.groups, self.layout, self.view);
        links::push_words(&mut self.groups, self.layout, self.view);
        parts::push_legend(&mut self.groups, self.layout, self.view);
    }

    /// The rows in sight.
    fn rows(&self) -> &'l [Row] {
        let rows = &self.layout.rows;
        let from = rows.partition_point(|row| row.y + row.height < self.view.y0);
        let to = rows.partition_point(|row| row.y <= self.view.y1);
        &rows[from..to.max(from)]
    }

    /// The columns in sight, as a range of indices.
    fn columns(&self) -> Range<usize> {
        let (columns, view) = (&self.layout.columns, self.view);
        let (from, to) = if self.layout.rtl {
            (columns.partition_point(|c| c.x > view.x1), columns.partition_point(|c| c.x + c.width >= view.x0))
        } else {
            (columns.partition_point(|c| c.x + c.width < view.x0), columns.partition_point(|c| c.x <= view.x1))
        };
        from..to.max(from)
    }

    fn in_sight(&self, rect: Rect) -> bool {
        rect.overlaps(self.view)
    }

    /// Adds items that are placed on the map itself.
    fn add(&mut self, element: Option<Element>, bounds: Rect, items: Vec<Item>) {
        self.groups.push(Group { element, origin: Point::ORIGIN, bounds, items: items.into() });
    }

    fn stages(&mut self) {
        let radius = self.theme.sizes.stage_radius;
        for stage in &self.layout.stages {
            if !self.in_sight(stage.body) {
                continue;
            }
            let outline = self.theme.colors.stage_border;
            let border = (outline.a > 0).then_some((self.theme.sizes.border, outline));
            let body = RoundRect { border, ..RoundRect::plain(stage.body, radius, self.theme.colors.stage_body) };
            self.add(None, stage.body, vec![Item::Rect(body)]);
            if !self.in_sight(stage.header) {
                continue;
            }
            let header = RoundRect {
                radii: [radius, radius, 0.0, 0.0],
                ..RoundRect::plain(stage.header, 0.0, self.theme.accent(stage.accent))
            };
            let mut items = vec![Item::Rect(header), placed(&stage.name, self.theme.colors.on_accent)];
            items.extend(stage.words.iter().map(|words| placed(words, self.theme.colors.on_accent)));
            self.add(Some(Element::Stage(stage.id.clone())), stage.header, items);
        }
    }

    /// The lines between lanes and the band behind the curve.
    fn bands(&mut self) {
        let grid = self.layout.grid;
        let (color, width) = (self.theme.colors.line, self.theme.sizes.line);
        for (i, row) in self.rows().iter().enumerate() {
            let first = i == 0 && row.y <= grid.y0;
            if !first {
                let bounds = Rect::new(grid.x0, row.y, grid.x1, row.y);
                // Below the line of visibility the customer sees nothing.
                let (width, color, dash) = if self.layout.is_line_of_visibility(row) {
                    (2.0 * width, self.theme.colors.ink_soft, Some((9.0, 6.0)))
                } else {
                    (width, color, None)
                };
                self.add(None, bounds, vec![straight(bounds.origin(), (grid.x1, row.y).into(), width, color, dash)]);
            }
            if let RowContent::Curve(curve) = &row.content {
                self.band(row, curve);
            }
        }
    }

    fn band(&mut self, row: &Row, curve: &Curve) {
        let (columns, theme) = (&self.layout.columns, self.theme);
        let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return };
        let (x0, x1) = (first.x.min(last.x), (first.x + first.width).max(last.x + last.width));
        let rect = Rect::new(x0, 4.0, x1, row.height - 4.0);
        let [worst, bad, calm, good, best] = theme.colors.emotion;
        let stops = [
            (4.0, best.mix(good, 0.7).faded(0.15)),
            (row.height / 2.0, calm.faded(0.02)),
            (row.height - 4.0, worst.mix(bad, 0.8).faded(0.17)),
        ];
        let fill = Paint::Vertical(stops.into());
        let mut items = vec![Item::Rect(RoundRect { fill, ..RoundRect::plain(rect, 10.0, calm) })];
        for (i, (y, label)) in curve.axis.iter().enumerate() {
            let dash = (i != 1).then_some((3.0, 5.0));
            let line = calm.faded(if i == 1 { 0.45 } else { 0.3 });
            items.push(straight((x0, *y).into(), (x1, *y).into(), 1.0, line, dash));
            let width = f64::from(label.width);
            let x = if self.layout.rtl { x1 + 10.0 } else { x0 - 10.0 - width };
            items.push(text(Point::new(x, y - f64::from(label.height) / 2.0), label, theme.colors.ink_soft));
        }
        let bounds = Rect::new(x0 - 40.0, row.y, x1 + 40.0, row.y + row.height);
        self.groups.push(Group { element: None, origin: Point::new(0.0, row.y), bounds, items: items.into() });
    }

    /// Title, phases, and the names of steps and lanes.
    pub fn headings(&mut self) {
        let (layout, colors) = (self.layout, &self.theme.colors);
        if layout.around.title {
            self.heading(Element::Title, &layout.title, colors.ink);
        }
        if !layout.subtitle.block.text.is_empty() {
            self.heading(Element::Subtitle, &layout.subtitle, colors.ink_soft);
        }
        for phase in &layout.phases {
            self.phase(phase);
        }
        for column in &layout.columns[self.columns()] {
            if let Some((rect, name)) = &column.name
                && self.in_sight(*rect)
            {
                self.heading(Element::Step(column.step.id.clone()), name, colors.ink_soft);
            }
        }
        for row in self.rows() {
            if self.in_sight(row.header) {
                self.heading(Element::Lane(row.lane.clone()), &row.name, colors.ink);
                if !matches!(row.content, RowContent::Collapsed) && !row.hint.block.text.is_empty() {
                    self.heading(Element::LaneHint(row.lane.clone()), &row.hint, colors.ink_soft);
                }
            }
        }
    }

    /// A bracket over the stages of a phase, open around the name in its middle.
    fn phase(&mut self, phase: &PhaseBox) {
        if !self.in_sight(phase.rect) {
            return;
        }
        let (rect, theme) = (phase.rect, self.theme);
        let (left, right, bottom) = (rect.x0 + 4.0, rect.x1 - 4.0, rect.y1 - 4.0);
        let middle = phase.name.at.y + f64::from(phase.name.block.height) / 2.0;
        let half = f64::from(phase.name.block.width) / 2.0 + 10.0;
        let center = rect.center().x;
        let mut items = Vec::with_capacity(3);
        for (end, gap, turn) in [(left, center - half, 4.0), (right, center + half, -4.0)] {
            let mut path = BezPath::new();
            path.move_to((end, bottom));
            path.line_to((end, middle + 4.0));
            path.quad_to((end, middle), (end + turn, middle));
            path.line_to((gap, middle));
            let color = theme.colors.ink_soft.faded(0.45);
            items.push(Item::Line(Line { path: Arc::new(path), width: 1.2, paint: Paint::Solid(color), dash: None }));
        }
        items.push(placed(&phase.name, theme.colors.ink_soft));
        self.add(Some(Element::Phase(phase.first.clone())), rect, items);
    }

    fn heading(&mut self, element: Element, name: &Placed, color: Color) {
        let bounds = Rect::from_origin_size(name.at, (name.width, f64::from(name.block.height)));
        if self.in_sight(bounds) {
            self.add(Some(element), bounds, vec![placed(name, color)]);
        }
    }

    /// The cards of some columns.
    pub fn cards(&mut self, row: &Row, cards: &CardRow, of: Range<usize>) {
        let seen = self.columns();
        for column in of.start.max(seen.start)..of.end.min(seen.end) {
            for at in cards.column(column) {
                let bounds = self.layout.card_rect(row, cards, at);
                if self.in_sight(bounds) {
                    let items = at.picture.get_or_init(|| card(&at.card, bounds.height(), self.theme));
                    self.groups.push(Group {
                        element: Some(Element::Touchpoint(at.card.touchpoint.id.clone())),
                        origin: bounds.origin(),
                        bounds,
                        items: Arc::clone(items),
                    });
                }
            }
        }
    }

    fn notes(&mut self, row: &Row, notes: &NoteRow) {
        for column in self.columns() {
            for at in notes.column(column) {
                let bounds = self.layout.note_rect(row, notes, at);
                if self.in_sight(bounds) {
                    let picture = || note(&at.note, bounds.height(), self.layout.rtl, self.theme);
                    let items = at.picture.get_or_init(picture);
                    self.groups.push(Group {
                        element: Some(Element::Annotation(at.note.at.clone())),
                        origin: bounds.origin(),
                        bounds,
                        items: Arc::clone(items),
                    });
                }
            }
        }
    }

    /// Chips with the channels, and arrow heads where they change.
    fn channels(&mut self, row: &Row, channels: &ChannelRow) {
        let columns = self.columns();
        let origin = Point::new(0.0, row.y);
        for channel in channels.channels.iter().filter(|channel| columns.contains(&channel.column)) {
            let bounds = channel.rect + origin.to_vec2();
            let items = parts::channel(channel, self.layout.rtl, self.theme);
            self.groups.push(Group { element: None, origin, bounds, items });
        }
        for at in &channels.changes {
            let bounds = Rect::from_center_size(*at + origin.to_vec2(), (8.0, 12.0));
            if self.in_sight(bounds) {
                let back = if self.layout.rtl { 2.5 } else { -2.5 };
                let mut path = BezPath::new();
                path.move_to((at.x + back, at.y - 4.5));
                path.line_to((at.x - back, at.y));
                path.line_to((at.x + back, at.y + 4.5));
                let color = self.theme.colors.ink_soft.faded(0.7);
                let line = Line { path: Arc::new(path), width: 1.4, paint: Paint::Solid(color), dash: None };
                self.groups.push(Group { element: None, origin, bounds, items: [Item::Line(line)].into() });
            }
        }
    }

    fn metrics(&mut self, row: &Row, metrics: &MetricRow) {
        let columns = self.columns();
        let origin = Point::new(0.0, row.y);
        for tile in metrics.tiles.iter().filter(|tile| columns.contains(&tile.column)) {
            let bounds = tile.rect + origin.to_vec2();
            let items = parts::metric(tile, self.layout.rtl, self.theme);
            self.groups.push(Group { element: tile.element.clone(), origin, bounds, items });
        }
    }

    /// The storyboard. Its groups are nobody's: a touchpoint's is its card.
    fn pictures(&mut self, row: &Row, pictures: &PictureRow) {
        let origin = Point::new(0.0, row.y);
        let radii = [self.theme.sizes.card_radius; 4];
        for placed in self.columns().flat_map(|column| pictures.column(column)) {
            let bounds = placed.rect + origin.to_vec2();
            if self.in_sight(bounds) {
                let mut items = Vec::with_capacity(3);
                parts::push_slide(&mut items, &placed.slide, placed.rect, radii, self.theme);
                self.groups.push(Group { element: None, origin, bounds, items: items.into() });
            }
        }
    }

    fn curve(&mut self, row: &Row, curve: &Curve) {
        let origin = Point::new(0.0, row.y);
        let theme = self.theme;
        let at = |value: f64| {
            let (pad, height) = (theme.sizes.emotion_pad, theme.sizes.emotion);
            pad + (5.0 - value) / 10.0 * (height - 2.0 * pad)
        };
        let [worst, bad, calm, good, best] = theme.colors.emotion;
        let paint = Paint::Vertical(
            [(at(5.0), best), (at(2.5), good), (at(0.0), calm), (at(-2.5), bad), (at(-5.0), worst)].into(),
        );
        let in_row = |rect: Rect| rect + origin.to_vec2();
        for other in &curve.others {
            self.other_curve(row, other);
        }
        for span in &curve.spans {
            let bounds = in_row(kurbo::Shape::bounding_box(&**span).inset(theme.sizes.curve));
            if self.in_sight(bounds) {
                let line = Line { path: Arc::clone(span), width: theme.sizes.curve, paint: paint.clone(), dash: None };
                self.groups.push(Group { element: None, origin, bounds, items: [Item::Line(line)].into() });
            }
        }
        for point in &curve.points {
            let reach = 2.0 * theme.sizes.face;
            let bounds = in_row(Rect::from_center_size(point.at, (reach, reach)));
            if self.in_sight(bounds) {
                let mut items = Vec::with_capacity(5);
                face(&mut items, point.at, theme.sizes.face, point.emotion, theme.colors.card, theme);
                let element = point.touchpoint.as_ref().map(|t| Element::EmotionPoint(t.id.clone()));
                self.groups.push(Group { element, origin, bounds, items: items.into() });
            }
        }
        for label in &curve.labels {
            let bounds = in_row(label.rect);
            if self.in_sight(bounds) {
                self.groups.push(Group { element: None, origin, bounds, items: parts::pill(label, theme) });
            }
        }
    }
}

impl Builder<'_> {
    /// The line of a persona or a competitor.
    fn other_curve(&mut self, row: &Row, other: &OtherCurve) {
        let origin = Point::new(0.0, row.y);
        let stroke = parts::stroke_of(other.whose, self.theme);
        for span in &other.spans {
            let bounds = kurbo::Shape::bounding_box(&**span).inset(stroke.width) + origin.to_vec2();
            if self.in_sight(bounds) {
                let line = Item::Line(Line { path: Arc::clone(span), ..stroke.clone() });
                self.groups.push(Group { element: None, origin, bounds, items: [line].into() });
            }
        }
        for at in &other.marks {
            let bounds = Rect::from_center_size(*at + origin.to_vec2(), (10.0, 10.0));
            if self.in_sight(bounds) {
                let items = parts::mark(*at, &stroke, self.theme);
                self.groups.push(Group { element: None, origin, bounds, items });
            }
        }
    }
}

fn placed(name: &Placed, color: Color) -> Item {
    text(name.at, &name.block, color)
}

fn straight(from: Point, to: Point, width: f64, color: Color, dash: Option<(f64, f64)>) -> Item {
    let mut path = BezPath::new();
    path.move_to(from);
    path.line_to(to);
    Item::Line(Line { path: Arc::new(path), width, paint: Paint::Solid(color), dash })
}
