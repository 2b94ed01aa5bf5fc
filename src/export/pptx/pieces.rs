//! What stands on a map as shapes: a card is one shape with its border, fill and text, and so is an annotation.

use std::sync::Arc;

use kurbo::{Affine, Point, Rect};

use super::curve::rule;
use super::look::{Look, height_of, name_of};
use super::shape::{Body, BoxShape, Fill, Freeform, Geometry, Paragraph, PictureShape, Role, Run, Shape, Side, Stroke};
use crate::export::glyphs::GlyphReader;
use crate::layout::{
    CHANNEL_ICON, CHANNEL_PAD, Card, Chip, ChipKind, MetricTile, Note, PlacedChannel, Slide, TILE_PAD,
};
use crate::model::{AnnotationKind, Level};
use crate::picture::Shot;
use crate::scene::channel_icon;
use crate::text::{Face, TextEngine, Typeface, icon_block};
use crate::theme::{Color, Style};

/// Between the title of a card and what else is said, in points of the map.
const BELOW_TITLE: f64 = 4.0;
/// The least width of a border.
const THIN: f64 = 0.25;
/// Between the words of a card's chips.
const BETWEEN: &str = " · ";
/// How much wider a Latin text is in Inter than in Arial, at the least.
const NARROWER: f64 = 1.04;
/// The share of the room beside a text that is above it: lines have room of their own.
const TOP: f64 = 0.75;
/// From the sign of an annotation to its text, in points of the map.
const MARK: f64 = 17.0;

/// The sign of an annotation: letters of the fonts that office programs have, each like the icon on the map.
fn sign(kind: AnnotationKind) -> char {
    match kind {
        AnnotationKind::PainPoint => '▲',
        AnnotationKind::Delight => '♥',
        AnnotationKind::Opportunity => '+',
        AnnotationKind::Question => '?',
    }
}

/// A rectangle with round corners and a text that begins at its top.
fn surface(name: String, rect: Rect, (fill, border): (Color, Color), body: Body, look: &Look) -> BoxShape {
    BoxShape {
        name,
        role: Role::Shape,
        rect,
        geometry: Geometry::Round(look.theme.sizes.card_radius),
        fill: Fill::Solid(fill),
        line: Some(Stroke::solid(look.theme.sizes.border.max(THIN), border)),
        shadow: None,
        text: Some(body),
    }
}

fn body(insets: [f64; 4], paragraphs: Vec<Paragraph>) -> Body {
    Body { insets, in_middle: false, shrinks: true, wraps: true, paragraphs }
}

/// What a chip says, in words, and in which colours: that of its sign and that of the words.
fn chip(chip: &Chip, look: &Look) -> Vec<Run> {
    let (theme, colors) = (&look.theme, &look.theme.colors);
    let (small, label) = (theme.text.small, theme.text.label);
    let words = |text: &str| vec![look.run(text, small, colors.on_chip)];
    match &chip.kind {
        ChipKind::MomentOfTruth => {
            vec![look.run(format!("♦ {}", look.words.moment_of_truth()), label, colors.moment.ink)]
        }
        ChipKind::Emotion(emotion) => {
            let figure = look.words.emotion(*emotion);
            vec![
                look.run("● ", small, theme.emotion(*emotion)),
                look.run(format!("\u{200E}{figure}\u{200E}"), small, colors.on_chip),
            ]
        }
        ChipKind::Channel(name) | ChipKind::Owner(name) => words(name),
        ChipKind::Waiting(span) => words(&look.words.number(&span.to_string())),
        ChipKind::Mark(mark) => words(look.words.mark(*mark)),
        ChipKind::Annotation(kind) => {
            let ink = theme.annotation(*kind).ink;
            vec![look.run(format!("{} {}", sign(*kind), look.words.annotation(*kind)), label, ink)]
        }
    }
}

/// The paragraphs of a card: its title, and in one more what its chips say.
fn card_paragraphs(card: &Card, look: &Look) -> Vec<Paragraph> {
    let (text, colors) = (&look.theme.text, &look.theme.colors);
    let mut paragraphs = look.paragraphs(&card.touchpoint.title, text.body, colors.ink, None);
    if !card.chips.is_empty() {
        let mut runs = Vec::new();
        for (index, one) in card.chips.iter().enumerate() {
            if index > 0 {
                runs.push(look.run(BETWEEN, text.small, colors.ink_soft.faded(0.6)));
            }
            runs.extend(chip(one, look));
        }
        let side = paragraphs.first().map(|p| p.side);
        paragraphs.push(Paragraph { above: BELOW_TITLE * look.unit, ..look.paragraph(runs, side) });
    }
    paragraphs
}

/// The height that paragraphs need where they have `width`, in the lines of the map.
fn text_height(paragraphs: &[Paragraph], width: f64, (body, small): (Style, Style), engine: &mut TextEngine) -> f64 {
    let height = |paragraph: &Paragraph| {
        let text: String = paragraph.runs.iter().map(|run| run.text.as_str()).collect();
        let first = paragraph.runs.first();
        let style = if first.is_some_and(|run| run.size < body.size) { small } else { body };
        let is_brand = style.typeface != Typeface::INTER;
        let wider = if paragraph.rtl || is_brand { 1.0 } else { NARROWER };
        paragraph.above + height_of(&text, style, (width - paragraph.indent) * wider, engine)
    };
    paragraphs.iter().map(height).sum()
}

fn styles(look: &Look) -> (Style, Style) {
    (look.theme.text.body, look.theme.text.small)
}

/// The least height of a card of `width`.
pub(super) fn card_height(card: &Card, width: f64, look: &Look, engine: &mut TextEngine) -> f64 {
    let pad = look.theme.sizes.card_pad;
    let text = text_height(&card_paragraphs(card, look), width - 2.0 * pad, styles(look), engine);
    let picture = if card.picture.is_some() { on_card(width, look) } else { 0.0 };
    (2.0 * pad + text).max(look.theme.sizes.card_min * 0.75) + picture
}

/// The height of the picture on a card of `width`: less than on the map where the card is wide.
fn on_card(width: f64, look: &Look) -> f64 {
    (width * 9.0 / 16.0).min(110.0 * look.unit)
}

/// A touchpoint: one shape, and over it the picture on top if it has one.
pub(super) fn card(card: &Card, rect: Rect, look: &Look, engine: &mut TextEngine) -> Vec<Shape> {
    let theme = &look.theme;
    let pad = theme.sizes.card_pad;
    let on_map = card.picture_height() * look.unit;
    let picture = if card.picture.is_some() { on_map.min(on_card(rect.width(), look)) } else { 0.0 };
    let mut paragraphs = card_paragraphs(card, look);
    let (width, room) = (rect.width() - 2.0 * pad, rect.height() - 2.0 * pad - picture);
    fit(&mut paragraphs, (width, room), look, engine);
    let name = name_of("Card", &card.touchpoint.title);
    let text = body([pad, picture + pad * TOP, pad, 0.0], paragraphs);
    let mut shape = surface(name, rect, (theme.colors.card, theme.colors.card_border), text, look);
    shape.shadow = Some((1.5 * look.unit, 5.0 * look.unit, theme.colors.shadow));
    let mut shapes = vec![Shape::Box(shape)];
    if let Some(slide) = &card.picture {
        let frame = Rect::new(rect.x0, rect.y0, rect.x1, rect.y0 + picture).inset(-look.unit);
        shapes.push(slide_shape(slide, frame, look));
    }
    shapes
}

/// Makes texts smaller that do not fit: on the picture of the whole map, where words stand in place of icons.
///
/// They are measured in the points of the map; letters of a few points are not broken into the same lines.
fn fit(paragraphs: &mut [Paragraph], (width, room): (f64, f64), look: &Look, engine: &mut TextEngine) {
    /// Smaller sizes are tried from the top.
    const SHARES: [f32; 4] = [1.0, 0.9, 0.8, 0.7];
    let (body, small) = styles(look);
    if body.size >= super::look::LEAST {
        return;
    }
    let scaled = |by: f64| {
        let mut scaled = paragraphs.to_vec();
        for paragraph in &mut scaled {
            (paragraph.above, paragraph.indent) = (paragraph.above * by, paragraph.indent * by);
            paragraph.runs.iter_mut().for_each(|run| run.size *= by as f32);
        }
        scaled
    };
    let on_map = 1.0 / look.unit;
    let fits = |share: &f32| {
        let by = on_map * f64::from(*share);
        let style = |style: Style| Style { size: style.size * by as f32, line: style.line * by as f32, ..style };
        text_height(&scaled(by), width * on_map, (style(body), style(small)), engine) <= room * on_map + 1.0
    };
    let share = SHARES.into_iter().find(fits).unwrap_or(0.6);
    for run in paragraphs.iter_mut().flat_map(|p| &mut p.runs) {
        run.size = (run.size * share).max(1.0);
    }
}

/// The paragraph of an annotation: its sign, its text, and how much it matters.
fn note_paragraphs(note: &Note, look: &Look) -> Vec<Paragraph> {
    let (theme, annotation) = (&look.theme, &note.annotation);
    let tint = theme.annotation(annotation.kind);
    let mut paragraphs = look.paragraphs(&annotation.text, theme.text.body, theme.colors.ink, None);
    for paragraph in &mut paragraphs {
        paragraph.indent = MARK * look.unit;
    }
    if let Some(first) = paragraphs.first_mut() {
        first.mark = Some((sign(annotation.kind), tint.ink));
    }
    if let Some(last) = paragraphs.last_mut() {
        let dots: String =
            Level::ALL.iter().map(|level| if annotation.severity >= *level { '●' } else { '○' }).collect();
        // Unbroken, so that the dots stand behind a word.
        let mut run = look.run(format!("\u{A0}\u{A0}{dots}"), theme.text.small, tint.ink);
        run.language = None;
        last.runs.push(run);
    }
    paragraphs
}

/// The least height of an annotation of `width`.
pub(super) fn note_height(note: &Note, width: f64, look: &Look, engine: &mut TextEngine) -> f64 {
    let pad = note_pad(look);
    text_height(&note_paragraphs(note, look), width - 2.0 * pad, styles(look), engine) + 2.0 * pad
}

fn note_pad(look: &Look) -> f64 {
    crate::layout::NOTE_PAD * look.unit
}

/// An annotation.
pub(super) fn note(note: &Note, rect: Rect, look: &Look, engine: &mut TextEngine) -> Shape {
    let pad = note_pad(look);
    let kind = note.annotation.kind;
    let tint = look.theme.annotation(kind);
    let mut paragraphs = note_paragraphs(note, look);
    fit(&mut paragraphs, (rect.width() - 2.0 * pad, rect.height() - 2.0 * pad), look, engine);
    let name = name_of(look.words.annotation(kind), &note.annotation.text);
    let text = body([pad, pad * TOP, pad, 0.0], paragraphs);
    let mut shape = surface(name, rect, (tint.fill, tint.border), text, look);
    // Each kind may have a border of its own, so that it is known without its colour.
    let dash = (tint.dash.0 > 0.0).then_some((tint.dash.0 * look.unit, tint.dash.1 * look.unit));
    let width = (look.theme.sizes.border * tint.width).max(THIN);
    shape.line = Some(Stroke { dash, ..Stroke::solid(width, tint.border) });
    Shape::Box(shape)
}

/// The width of the pill of a channel.
pub(super) fn channel_width(channel: &PlacedChannel, look: &Look, engine: &mut TextEngine) -> f64 {
    let words = engine.widths(&channel.name, look.theme.text.small.into()).1;
    f64::from(words).ceil() + (2.0 * CHANNEL_PAD + CHANNEL_ICON + 5.0) * look.unit
}

/// A channel: a pill with its name, and its icon.
pub(super) fn channel(channel: &PlacedChannel, rect: Rect, look: &Look, glyphs: &mut GlyphReader) -> Shape {
    let (colors, unit) = (&look.theme.colors, look.unit);
    let (pad, icon) = (CHANNEL_PAD * unit, CHANNEL_ICON * unit);
    let run = look.run(&channel.name, look.theme.text.small, colors.ink);
    let (near, far) = (pad * 0.6, pad * 0.7 + icon);
    let insets = if look.rtl { [near, 0.0, far, 0.0] } else { [far, 0.0, near, 0.0] };
    let text = Body { in_middle: true, ..body(insets, vec![look.paragraph(vec![run], Some(Side::Middle))]) };
    let name = name_of("Channel", &channel.name);
    let mut pill = surface(name.clone(), rect, (colors.card, colors.card_border), text, look);
    pill.geometry = Geometry::Round(rect.height() / 2.0);
    let x = if look.rtl { rect.x1 - pad - icon } else { rect.x0 + pad };
    let at = Point::new(x, rect.center().y - icon / 2.0);
    let mut shapes = vec![Shape::Box(pill)];
    shapes.extend(icon_shape(channel_icon(&channel.name), at, icon, colors.ink_soft, glyphs));
    Shape::Group(name, shapes)
}

/// An icon as a path, at its upper left corner.
fn icon_shape(icon: char, at: Point, side: f64, color: Color, glyphs: &mut GlyphReader) -> Option<Shape> {
    let block = icon_block(Face::IconLine, icon, side as f32);
    let run = block.runs.first()?;
    let glyph = run.glyphs.first()?;
    let layer = glyphs.layers(&run.font, glyph.id, run.size).into_iter().next()?;
    let pen = at + (f64::from(glyph.x), f64::from(glyph.y));
    let path = Affine::translate(pen.to_vec2()) * layer.path;
    Some(Shape::Free(Freeform { name: "Icon".into(), path, fill: Fill::Solid(color), line: None }))
}

/// A metric: a tile with its texts, the bar of its scale and its way through time.
pub(super) fn metric(tile: &MetricTile, rect: Rect, look: &Look) -> Shape {
    let (theme, unit) = (&look.theme, look.unit);
    let (colors, text) = (&theme.colors, &theme.text);
    let pad = TILE_PAD * unit;
    let side = Some(look.start());
    let mut figure = look.paragraph(vec![look.run(&tile.figure.text, text.heading, colors.ink)], side);
    figure.rtl = false;
    let mut note = look.paragraph(vec![look.run(&tile.note.text, text.small, colors.ink_soft)], side);
    note.above = 12.0 * unit;
    let paragraphs =
        vec![look.paragraph(vec![look.run(&tile.name.text, text.small, colors.ink_soft)], side), figure, note];
    let insets = [pad, 6.0 * unit, pad, 0.0];
    let name = name_of("Metric", &tile.name.text);
    let box_shape = surface(name.clone(), rect, (colors.card, colors.card_border), body(insets, paragraphs), look);
    let mut shapes = vec![Shape::Box(box_shape)];
    let color = look.theme.of_target(tile.is_met);
    if let Some(spark) = &tile.spark {
        // It keeps its place at the end of the tile.
        let (from, to) = if look.rtl { (tile.rect.x0, rect.x0) } else { (tile.rect.x1, rect.x1) };
        let place = Affine::translate((to, rect.y0)) * Affine::scale(unit) * Affine::translate((-from, -tile.rect.y0));
        let line = Some(Stroke::solid(1.8 * unit, color));
        shapes.push(Shape::Free(Freeform { name: "Trend".into(), path: place * &**spark, fill: Fill::None, line }));
    }
    shapes.extend(gauge(tile, rect, color, look));
    Shape::Group(name, shapes)
}

/// A bar as long as the value on its scale, and a stroke at the target.
fn gauge(tile: &MetricTile, rect: Rect, color: Color, look: &Look) -> Vec<Shape> {
    let (unit, colors) = (look.unit, &look.theme.colors);
    let (x0, x1, y) = (rect.x0 + TILE_PAD * unit, rect.x1 - TILE_PAD * unit, rect.y0 + 52.0 * unit);
    let at = |part: f64| if look.rtl { x1 - part * (x1 - x0) } else { x0 + part * (x1 - x0) };
    let bar = |name: &str, rect: Rect, color: Color| {
        Shape::Box(BoxShape {
            name: name.into(),
            role: Role::Shape,
            rect,
            geometry: Geometry::Round(2.0 * unit),
            fill: Fill::Solid(color),
            line: None,
            shadow: None,
            text: None,
        })
    };
    let level = |from: f64, to: f64| Rect::new(from.min(to), y, from.max(to), y + 4.0 * unit);
    let mut shapes = vec![bar("Scale", level(x0, x1), colors.chip)];
    shapes.extend(tile.gauge.0.map(|value| bar("Value", level(at(0.0), at(value)), color)));
    shapes.extend(tile.gauge.1.map(|target| {
        let x = at(target);
        bar("Target", Rect::new(x - unit, y - 3.0 * unit, x + unit, y + 7.0 * unit), colors.ink)
    }));
    shapes
}

/// The line below which the customer sees nothing: its words where the lanes have their names, and the line behind
/// them.
pub(super) fn line_of_visibility((x0, x1): (f64, f64), y: f64, look: &Look, engine: &mut TextEngine) -> [Shape; 2] {
    let (style, color) = (look.theme.text.small, look.theme.colors.ink_soft);
    let words = look.words.line_of_visibility();
    let width = f64::from(engine.widths(words, style.into()).1).ceil() + 2.0 * look.unit;
    let half = height_of(words, style, 2.0 * width, engine) / 2.0;
    let behind = width + 6.0 * look.unit;
    let (from, to) = if look.rtl { (x0, x1 - behind) } else { (x0 + behind, x1) };
    let left = if look.rtl { x1 - width } else { x0 };
    let rect = Rect::new(left, y - half, left + width, y + half);
    let mut label =
        look.label(&name_of("Words", words), rect, look.paragraphs(words, style, color, Some(look.start())), true);
    if let Some(body) = &mut label.text {
        body.wraps = false;
    }
    let dash = Some((9.0 * look.unit, 6.0 * look.unit));
    let line = Stroke { dash, ..Stroke::solid((2.0 * look.theme.sizes.line).max(0.5), color) };
    [rule(words, (from, to), y, line), Shape::Box(label)]
}

/// A picture, or a box with the name of its file where there is none.
pub(super) fn slide_shape(slide: &Slide, rect: Rect, look: &Look) -> Shape {
    let radius = look.theme.sizes.card_radius;
    let file = &slide.name.text;
    if let Shot::Ready(picture) = &slide.shot {
        let name = name_of("Picture", file);
        return Shape::Picture(PictureShape { name, rect, radius, picture: Arc::clone(picture) });
    }
    let colors = &look.theme.colors;
    let run = look.run(file, look.theme.text.small, colors.on_chip);
    let text = Body { in_middle: true, ..body([4.0; 4], vec![look.paragraph(vec![run], Some(Side::Middle))]) };
    let mut shape = surface(name_of("Picture", file), rect, (colors.chip, colors.chip), text, look);
    shape.line = None;
    Shape::Box(shape)
}
