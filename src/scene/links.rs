//! Links as items: lines with tips, and the words on them.

use std::sync::Arc;

use kurbo::{Point, Rect};

use super::parts::text;
use super::{Group, Item, Line, Paint, RoundRect};
use crate::layout::{Layout, PlacedLink};
use crate::model::{Element, LinkKind};
use crate::theme::Theme;

/// Adds the lines of the links that touch `view`: each kind has a colour and a line of its own.
pub(super) fn push_lines(groups: &mut Vec<Group>, layout: &Layout, view: Rect) {
    push_each(groups, layout, view, lines);
}

/// Adds the words on the links that touch `view`; after all lines, so that no line runs through words.
pub(super) fn push_words(groups: &mut Vec<Group>, layout: &Layout, view: Rect) {
    push_each(groups, layout, view, words_of);
}

fn push_each(groups: &mut Vec<Group>, layout: &Layout, view: Rect, part: fn(&PlacedLink, &Theme) -> Vec<Item>) {
    for link in layout.links.iter().filter(|link| link.bounds.overlaps(view)) {
        let items = part(link, &layout.theme);
        if !items.is_empty() {
            let element = Some(Element::Link(link.index));
            groups.push(Group { element, origin: Point::ORIGIN, bounds: link.bounds, items: items.into() });
        }
    }
}

fn lines(link: &PlacedLink, theme: &Theme) -> Vec<Item> {
    let color = theme.link(link.kind);
    let (width, dash) = stroke(link.kind);
    let line = |path: &Arc<kurbo::BezPath>, dash| {
        Item::Line(Line { path: Arc::clone(path), width, paint: Paint::Solid(color), dash })
    };
    let mut items = vec![line(&link.path, dash), line(&link.tip, None)];
    if link.kind == LinkKind::Branch {
        let disc = Rect::from_center_size(link.start, (7.0, 7.0));
        items.push(Item::Rect(RoundRect::plain(disc, 3.5, color)));
    }
    items
}

fn words_of(link: &PlacedLink, theme: &Theme) -> Vec<Item> {
    let Some((pill, words)) = &link.label else { return Vec::new() };
    let color = theme.link(link.kind);
    let ground = RoundRect {
        border: Some((1.0, color.faded(0.5))),
        ..RoundRect::plain(*pill, pill.height() / 2.0, theme.colors.card)
    };
    let size = (f64::from(words.width), f64::from(words.height));
    let words = text(Rect::from_center_size(pill.center(), size).origin(), words, color);
    vec![Item::Rect(ground), words]
}

/// Width and dashes of a link.
pub(crate) fn stroke(kind: LinkKind) -> (f64, Option<(f64, f64)>) {
    match kind {
        LinkKind::Next | LinkKind::Branch => (1.6, None),
        LinkKind::LoopBack => (1.6, Some((7.0, 4.0))),
        LinkKind::Skip => (1.8, Some((1.0, 4.0))),
        LinkKind::Escalation => (2.6, None),
    }
}
