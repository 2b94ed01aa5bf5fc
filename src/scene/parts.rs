//! Cards and annotations as items.

use std::sync::Arc;

use kurbo::{Point, Rect};

use super::{Group, Item, Line, Paint, PictureBox, RoundRect, Shadow, Text, annotation_icon, channel_icon, links};
use crate::layout::{
    CHANNEL_ICON, CHANNEL_PAD, Card, Chip, ChipKind, CurveLabel, Layout, LegendItem, Mark, MetricTile, NOTE_PAD,
    NOTE_TOP, Note, PlacedChannel, Sample, Slide, TILE_PAD, Whose,
};
use crate::model::{Accent, Level};
use crate::picture::Shot;
use crate::text::{Face, icon_block, icons};
use crate::theme::{Color, Theme, Tint};

/// The room of an icon on a chip, in points.
const CHIP_ICON: f64 = 14.0;

/// The items of a card of `height`, in coordinates of its corner.
pub(super) fn card(card: &Card, height: f64, theme: &Theme) -> Arc<[Item]> {
    let colors = &theme.colors;
    let mut items = Vec::with_capacity(2 + 3 * card.chips.len());
    items.push(surface(card.width, height, (colors.card, colors.card_border), theme));
    let pad = theme.sizes.card_pad;
    let top = card.picture_height();
    items.push(text(Point::new(pad, top + pad), &card.title, colors.ink));
    if let Some(slide) = &card.picture {
        // Inside the border.
        let border = theme.sizes.border;
        let rect = Rect::new(border, border, card.width - border, top);
        let round = (theme.sizes.card_radius - border).max(0.0);
        push_slide(&mut items, slide, rect, [round, round, 0.0, 0.0], theme);
    }
    for chip in &card.chips {
        push_chip(&mut items, chip, height, theme);
    }
    items.into()
}

/// A picture, or a box with the name of its file where there is none.
pub(super) fn push_slide(items: &mut Vec<Item>, slide: &Slide, rect: Rect, radii: [f64; 4], theme: &Theme) {
    /// The side of the icon, and from there to the name.
    const ICON: f64 = 24.0;
    const GAP: f64 = 4.0;
    let colors = &theme.colors;
    if let Shot::Ready(picture) = &slide.shot {
        items.push(Item::Picture(PictureBox { rect, radii, picture: Arc::clone(picture) }));
        return;
    }
    items.push(Item::Rect(RoundRect { radii, ..RoundRect::plain(rect, 0.0, colors.chip) }));
    // A picture that is being read says nothing for the moment that it takes.
    if matches!(slide.shot, Shot::Failed(_)) {
        let (width, height) = (slide.name_width, f64::from(slide.name.height));
        let center = rect.center();
        let top = center.y - (ICON + GAP + height) / 2.0;
        let icon = Arc::new(icon_block(Face::IconLine, icons::IMAGES, ICON as f32));
        let icon_at = Point::new(center.x - ICON / 2.0, top);
        items.push(Item::Text(Text { at: icon_at, block: icon, color: colors.ink_soft }));
        items.push(text(Point::new(center.x - width / 2.0, top + ICON + GAP), &slide.name, colors.on_chip));
    }
}

fn push_chip(items: &mut Vec<Item>, chip: &Chip, card_height: f64, theme: &Theme) {
    let colors = &theme.colors;
    let rect = chip.rect + kurbo::Vec2::new(0.0, card_height);
    let (fill, ink, icon, face) = match &chip.kind {
        ChipKind::MomentOfTruth => (colors.moment.fill, colors.moment.ink, icons::DIAMOND, Face::IconFill),
        ChipKind::Emotion(emotion) => (colors.chip, theme.emotion(*emotion), icons::CIRCLE, Face::IconFill),
        ChipKind::Channel(name) => (colors.chip, colors.on_chip, channel_icon(name), Face::IconLine),
        ChipKind::Owner(_) => (colors.chip, colors.on_chip, icons::USER, Face::IconLine),
        ChipKind::Waiting(_) => (colors.chip, colors.on_chip, icons::CLOCK, Face::IconLine),
        ChipKind::Mark(mark) => {
            let (icon, face) = mark_icon(*mark);
            let tinted = matches!(mark, Mark::Joy | Mark::Key);
            let (fill, ink) =
                if tinted { (colors.moment.fill, colors.moment.ink) } else { (colors.chip, colors.on_chip) };
            (fill, ink, icon, face)
        }
        ChipKind::Annotation(kind) => {
            let tint = theme.annotation(*kind);
            (tint.fill, tint.ink, annotation_icon(*kind), Face::IconFill)
        }
    };
    items.push(Item::Rect(RoundRect::plain(rect, rect.height() / 2.0, fill)));
    let icon_block = Arc::new(icon_block(face, icon, CHIP_ICON as f32));
    let Some(label) = &chip.label else {
        let at = rect.center() - (CHIP_ICON / 2.0, CHIP_ICON / 2.0);
        items.push(Item::Text(Text { at: at.to_vec2().to_point(), block: icon_block, color: ink }));
        return;
    };
    let label_ink = if matches!(chip.kind, ChipKind::Emotion(_)) { colors.on_chip } else { ink };
    let y = rect.center().y;
    let label_width = f64::from(label.width).ceil();
    let rtl = label.lines.first().is_some_and(|line| line.rtl);
    let (icon_x, label_x) =
        if rtl { (rect.x1 - 7.0 - CHIP_ICON, rect.x0 + 7.0) } else { (rect.x0 + 7.0, rect.x1 - 7.0 - label_width) };
    let icon_at = Point::new(icon_x, y - CHIP_ICON / 2.0);
    items.push(Item::Text(Text { at: icon_at, block: icon_block, color: ink }));
    items.push(text(Point::new(label_x, y - f64::from(label.height) / 2.0), label, label_ink));
}

fn mark_icon(mark: Mark) -> (char, Face) {
    match mark {
        Mark::Joy => (icons::SPARKLE, Face::IconFill),
        Mark::Key => (icons::STAR, Face::IconFill),
        Mark::Entry => (icons::FLAG_PENNANT, Face::IconFill),
        Mark::Repeats => (icons::ARROWS_CLOCKWISE, Face::IconLine),
        Mark::Remembers => (icons::BRAIN, Face::IconLine),
        Mark::Automated => (icons::ROBOT, Face::IconLine),
        Mark::SemiPersonal => (icons::HEADSET, Face::IconLine),
        Mark::Human => (icons::HAND, Face::IconLine),
        Mark::Online => (icons::DESKTOP, Face::IconLine),
        Mark::Physical => (icons::MAP_PIN, Face::IconLine),
        Mark::Assumption => (icons::CHAT_TEARDROP_TEXT, Face::IconLine),
        Mark::PartlyBacked => (icons::SEAL_CHECK, Face::IconLine),
        Mark::Researched => (icons::SEAL_CHECK, Face::IconFill),
    }
}

/// The items of an annotation's card of `height`, in coordinates of its corner.
pub(super) fn note(note: &Note, height: f64, rtl: bool, theme: &Theme) -> Arc<[Item]> {
    /// The side of the icon.
    const ICON: f64 = 17.0;
    let tint = theme.annotation(note.annotation.kind);
    let mut items = Vec::with_capacity(6);
    let rect = Rect::new(0.0, 0.0, note.width, height);
    push_tinted(&mut items, rect, tint, theme);
    let icon = Arc::new(icon_block(Face::IconFill, annotation_icon(note.annotation.kind), ICON as f32));
    let icon_x = if rtl { note.width - NOTE_PAD - ICON } else { NOTE_PAD };
    items.push(Item::Text(Text { at: Point::new(icon_x, NOTE_PAD), block: icon, color: tint.ink }));
    for (i, level) in Level::ALL.into_iter().enumerate() {
        let full = note.annotation.severity >= level;
        let along = NOTE_PAD + 4.0 + (2 - i) as f64 * 11.0;
        let x = if rtl { along } else { note.width - along };
        let center = Point::new(x, NOTE_PAD + ICON / 2.0);
        let color = if full { tint.ink } else { tint.ink.faded(0.25) };
        items.push(Item::Rect(RoundRect::plain(Rect::from_center_size(center, (8.0, 8.0)), 4.0, color)));
    }
    items.push(text(Point::new(NOTE_PAD, NOTE_PAD + NOTE_TOP + 2.0), &note.text, theme.colors.ink));
    items.into()
}

/// The surface of an annotation, with its border whole or in dashes.
fn push_tinted(items: &mut Vec<Item>, rect: Rect, tint: Tint, theme: &Theme) {
    let (radius, width) = (theme.sizes.card_radius, theme.sizes.border * tint.width);
    let surface = RoundRect::plain(rect, radius, tint.fill);
    if tint.dash.0 <= 0.0 {
        items.push(Item::Rect(RoundRect { border: Some((width, tint.border)), ..surface }));
        return;
    }
    items.push(Item::Rect(surface));
    let inside = rect.inset(-width / 2.0).to_rounded_rect(radius);
    // Half a pixel at the largest scale cannot be seen.
    let path = Arc::new(kurbo::Shape::to_path(&inside, 0.05));
    items.push(Item::Line(Line { path, width, paint: Paint::Solid(tint.border), dash: Some(tint.dash) }));
}

/// The items of a channel's chip, in coordinates of its row.
pub(super) fn channel(channel: &PlacedChannel, rtl: bool, theme: &Theme) -> Arc<[Item]> {
    let colors = &theme.colors;
    let rect = channel.rect;
    let pill = RoundRect {
        border: Some((theme.sizes.border, colors.card_border)),
        ..RoundRect::plain(rect, rect.height() / 2.0, colors.card)
    };
    let icon = Arc::new(icon_block(Face::IconLine, channel_icon(&channel.name), CHANNEL_ICON as f32));
    let y = rect.center().y;
    let label_width = f64::from(channel.label.width);
    let (icon_x, label_x) = if rtl {
        (rect.x1 - CHANNEL_PAD - CHANNEL_ICON, rect.x0 + CHANNEL_PAD)
    } else {
        (rect.x0 + CHANNEL_PAD, rect.x1 - CHANNEL_PAD - label_width)
    };
    let icon_at = Point::new(icon_x, y - CHANNEL_ICON / 2.0);
    [
        Item::Rect(pill),
        Item::Text(Text { at: icon_at, block: icon, color: colors.ink_soft }),
        text(Point::new(label_x, y - f64::from(channel.label.height) / 2.0), &channel.label, colors.ink),
    ]
    .into()
}

/// How the line of a persona or a competitor is drawn: each has a colour and dashes of its own.
pub(crate) fn stroke_of(whose: Whose, theme: &Theme) -> Line {
    const DASHES: [Option<(f64, f64)>; 3] = [None, Some((8.0, 5.0)), Some((1.0, 5.0))];
    let (width, color, dash) = match whose {
        Whose::Persona(index) => (2.4, theme.accent(Accent::nth(index)), DASHES[index % DASHES.len()]),
        Whose::Competitor(index) => (1.5, theme.colors.ink_soft, Some((5.0 + 3.0 * (index % 3) as f64, 4.0))),
    };
    Line { path: Arc::default(), width, paint: Paint::Solid(color), dash }
}

/// A pill with words on a curve.
pub(super) fn pill(label: &CurveLabel, theme: &Theme) -> Arc<[Item]> {
    let pill = RoundRect::plain(label.rect, label.rect.height() / 2.0, theme.colors.pill);
    let size = (f64::from(label.text.width), f64::from(label.text.height));
    let corner = Rect::from_center_size(label.rect.center(), size).origin();
    [Item::Rect(pill), text(corner, &label.text, theme.colors.on_pill)].into()
}

/// The dot where the line of a persona is not on the main one.
pub(super) fn mark(at: Point, stroke: &Line, theme: &Theme) -> Arc<[Item]> {
    let disc =
        |side: f64, color| Item::Rect(RoundRect::plain(Rect::from_center_size(at, (side, side)), side / 2.0, color));
    [disc(11.0, theme.colors.card), disc(8.0, stroke.paint.at(at.y))].into()
}

/// Adds what of the legend touches `view`.
pub(super) fn push_legend(groups: &mut Vec<Group>, layout: &Layout, view: Rect) {
    for item in &layout.legend {
        let end = item.at + (f64::from(item.words.width), f64::from(item.words.height));
        let bounds = item.rect.union(Rect::from_points(item.at, end));
        if bounds.overlaps(view) {
            let mut items = sample(item, &layout.theme);
            items.push(text(item.at, &item.words, layout.theme.colors.ink_soft));
            groups.push(Group { element: None, origin: Point::ORIGIN, bounds, items: items.into() });
        }
    }
}

/// The sample of a line in the legend.
fn sample(item: &LegendItem, theme: &Theme) -> Vec<Item> {
    let (rect, y) = (item.rect, item.rect.center().y);
    let mut path = kurbo::BezPath::new();
    path.move_to((rect.x0, y));
    path.line_to((rect.x1, y));
    let line = match item.sample {
        Sample::Main => {
            let [_, bad, _, good, _] = theme.colors.emotion;
            let paint = Paint::Vertical([(y - 0.6, good), (y + 0.6, bad)].into());
            Line { path: Arc::default(), width: theme.sizes.curve, paint, dash: None }
        }
        Sample::Other(whose) => stroke_of(whose, theme),
        Sample::Link(kind) => {
            let (width, dash) = links::stroke(kind);
            Line { path: Arc::default(), width, paint: Paint::Solid(theme.link(kind)), dash }
        }
    };
    vec![Item::Line(Line { path: Arc::new(path), ..line })]
}

/// The items of a metric, in coordinates of its row.
pub(super) fn metric(tile: &MetricTile, rtl: bool, theme: &Theme) -> Arc<[Item]> {
    let colors = &theme.colors;
    let rect = tile.rect;
    let surface = RoundRect {
        border: Some((theme.sizes.border, colors.card_border)),
        ..RoundRect::plain(rect, theme.sizes.card_radius, colors.card)
    };
    let x = rect.x0 + TILE_PAD;
    let mut items = vec![
        Item::Rect(surface),
        text(Point::new(x, rect.y0 + 8.0), &tile.name, colors.ink_soft),
        text(
            Point::new(if rtl { rect.x1 - TILE_PAD - block_width(&tile.figure) } else { x }, rect.y0 + 25.0),
            &tile.figure,
            colors.ink,
        ),
        text(Point::new(x, rect.y1 - 23.0), &tile.note, colors.ink_soft),
    ];
    let color = theme.of_target(tile.is_met);
    if let Some(spark) = &tile.spark {
        let line = Line { path: Arc::clone(spark), width: 1.8, paint: Paint::Solid(color), dash: None };
        items.push(Item::Line(line));
    }
    gauge(&mut items, tile, rtl, color, theme);
    items.into()
}

/// The width at which a block was broken, or that of its words.
fn block_width(block: &crate::text::TextBlock) -> f64 {
    f64::from(block.lines.first().map_or(block.width, |line| line.x + line.width))
}

/// A bar as long as the value on its scale, and a stroke at the target.
fn gauge(items: &mut Vec<Item>, tile: &MetricTile, rtl: bool, color: Color, theme: &Theme) {
    let (x0, x1) = (tile.rect.x0 + TILE_PAD, tile.rect.x1 - TILE_PAD);
    let y = tile.rect.y0 + 52.0;
    let at = |part: f64| if rtl { x1 - part * (x1 - x0) } else { x0 + part * (x1 - x0) };
    let bar = |from: f64, to: f64, color: Color| {
        let rect = Rect::new(from.min(to), y, from.max(to), y + 4.0);
        Item::Rect(RoundRect::plain(rect, 2.0, color))
    };
    items.push(bar(x0, x1, theme.colors.chip));
    if let Some(value) = tile.gauge.0 {
        items.push(bar(at(0.0), at(value), color));
    }
    if let Some(target) = tile.gauge.1 {
        let x = at(target);
        let stroke = Rect::new(x - 1.0, y - 3.0, x + 1.0, y + 7.0);
        items.push(Item::Rect(RoundRect::plain(stroke, 1.0, theme.colors.ink)));
    }
}

fn surface(width: f64, height: f64, (fill, border): (Color, Color), theme: &Theme) -> Item {
    Item::Rect(RoundRect {
        rect: Rect::new(0.0, 0.0, width, height),
        radii: [theme.sizes.card_radius; 4],
        fill: Paint::Solid(fill),
        border: Some((theme.sizes.border, border)),
        shadow: Some(Shadow { down: 1.5, blur: 2.5, color: theme.colors.shadow }),
    })
}

pub(super) fn text(at: Point, block: &Arc<crate::text::TextBlock>, color: Color) -> Item {
    Item::Text(Text { at, block: Arc::clone(block), color })
}
