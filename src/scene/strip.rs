//! The picture in strips that are drawn each by itself, so that a change draws anew only those that it touched.

use std::sync::Arc;

use kurbo::{Point, Rect};

use super::Scene;
use super::build::{Builder, build_visible};
use crate::layout::{CardRow, CardRun, Layout, Row, RowContent, Slot};
use crate::theme::Theme;

/// A piece of the picture: what stands in a row, or in some of its columns, or what lies below or above all rows.
#[derive(Clone, Debug)]
pub struct Strip {
    what: What,
    /// The room on the map that it is in.
    pub bounds: Rect,
    /// The place on the map with which it moves as a whole.
    pub origin: Point,
}

#[derive(Clone, Debug)]
enum What {
    /// All of a wheel.
    Whole(Arc<Layout>),
    Below(Arc<Layout>),
    Headings(Arc<Layout>),
    Cells(Cells),
    Above(Arc<Layout>),
}

/// Cells of a row, and what their picture is made from, but for the place where they stand.
#[derive(Clone, Debug)]
struct Cells {
    row: usize,
    content: Content,
    across: Arc<[(f64, f64)]>,
    theme: Arc<Theme>,
    rtl: bool,
}

#[derive(Clone, Debug)]
enum Content {
    /// The cards of some columns, in these slots.
    Cards { run: usize, cards: Arc<CardRun>, slots: Arc<[Slot]> },
    /// All that stands in a row.
    Row(RowContent),
}

/// The strips of a picture that touch `view`, on the map, from the back to the front.
pub fn strips(layout: &Arc<Layout>, view: Rect) -> Vec<Strip> {
    let everywhere = Rect::new(f64::NEG_INFINITY, 0.0, f64::INFINITY, f64::INFINITY);
    let all = |what: fn(Arc<Layout>) -> What| Strip {
        what: what(Arc::clone(layout)),
        bounds: everywhere,
        origin: Point::ORIGIN,
    };
    if layout.wheel.is_some() {
        return vec![all(What::Whole)];
    }
    let mut strips = vec![all(What::Below), all(What::Headings)];
    for (index, row) in layout.rows.iter().enumerate() {
        if row.y + row.height >= view.y0 && row.y <= view.y1 {
            push_row(&mut strips, layout, (index, row), view);
        }
    }
    strips.push(all(What::Above));
    strips
}

fn push_row(strips: &mut Vec<Strip>, layout: &Layout, (row, at): (usize, &Row), view: Rect) {
    let mut push = |content: Content, (x0, x1): (f64, f64)| {
        if x1 >= view.x0 && x0 <= view.x1 {
            let (across, theme) = (Arc::clone(&layout.across), Arc::clone(&layout.theme));
            let cells = Cells { row, content, across, theme, rtl: layout.rtl };
            let bounds = Rect::new(x0, at.y, x1, at.y + at.height);
            let origin = Point::new(if x0.is_finite() { x0 } else { 0.0 }, at.y);
            strips.push(Strip { what: What::Cells(cells), bounds, origin });
        }
    };
    match &at.content {
        RowContent::Collapsed => {}
        RowContent::Cards(cards) => {
            for (run, columns) in layout.across.chunks(CardRow::RUN).enumerate() {
                let (first, last) = (columns[0], columns[columns.len() - 1]);
                let content =
                    Content::Cards { run, cards: Arc::clone(&cards.runs[run]), slots: Arc::clone(&cards.slots) };
                push(content, (first.0.min(last.0), (first.0 + first.1).max(last.0 + last.1)));
            }
        }
        content => push(Content::Row(content.clone()), (f64::NEG_INFINITY, f64::INFINITY)),
    }
}

impl Cells {
    fn columns(&self, run: usize) -> &[(f64, f64)] {
        self.across.chunks(CardRow::RUN).nth(run).unwrap_or_default()
    }
}

/// Whether columns are as wide, and as far from each other.
fn stand_alike(a: &[(f64, f64)], b: &[(f64, f64)]) -> bool {
    let from = |columns: &[(f64, f64)]| columns.first().map_or(0.0, |column| column.0);
    let by = from(b) - from(a);
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a.0 + by - b.0).abs() < 0.001 && a.1 == b.1)
}

impl Strip {
    /// Whether both are the same picture, if at another place.
    pub fn looks_like(&self, other: &Self) -> bool {
        match (&self.what, &other.what) {
            (What::Whole(a), What::Whole(b))
            | (What::Below(a), What::Below(b))
            | (What::Headings(a), What::Headings(b))
            | (What::Above(a), What::Above(b)) => Arc::ptr_eq(a, b),
            (What::Cells(a), What::Cells(b)) => {
                let same_columns = Arc::ptr_eq(&a.across, &b.across);
                let same_content = match (&a.content, &b.content) {
                    (Content::Row(one), Content::Row(other)) => same_columns && one.is(other),
                    (
                        Content::Cards { run, cards, slots },
                        Content::Cards { run: other_run, cards: other_cards, slots: other_slots },
                    ) => {
                        Arc::ptr_eq(cards, other_cards)
                            && Arc::ptr_eq(slots, other_slots)
                            && (same_columns || stand_alike(a.columns(*run), b.columns(*other_run)))
                    }
                    _ => false,
                };
                same_content && Arc::ptr_eq(&a.theme, &b.theme) && a.rtl == b.rtl
            }
            _ => false,
        }
    }

    /// Whether it is made in its whole height, whatever the view is.
    pub fn is_whole(&self) -> bool {
        matches!(self.what, What::Cells(_))
    }

    /// What of it touches `view`; cells are made in their whole height, as they may move.
    pub fn build(&self, layout: &Layout, view: Rect) -> Scene {
        let mut builder = Builder::new(layout, view);
        match &self.what {
            What::Whole(_) => return build_visible(layout, view),
            What::Below(_) => builder.below(),
            What::Headings(_) => builder.headings(),
            What::Above(_) => builder.above(),
            What::Cells(cells) => {
                let Some(row) = layout.rows.get(cells.row) else { return builder.scene() };
                builder = Builder::new(layout, Rect::new(view.x0, f64::NEG_INFINITY, view.x1, f64::INFINITY));
                match (&cells.content, &row.content) {
                    (Content::Cards { run, .. }, RowContent::Cards(cards)) => {
                        let first = run * CardRow::RUN;
                        builder.cards(row, cards, first..layout.columns.len().min(first + CardRow::RUN));
                    }
                    _ => builder.row(row),
                }
            }
        }
        builder.scene()
    }
}
