//! Rows of cards: stacks in cells, with slots that line up across the row.

use std::hash::BuildHasher as _;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use foldhash::{HashMap, HashMapExt as _};

use super::card::Card;
use super::note::Note;
use crate::model::TouchpointId;
use crate::scene::Item;

/// The touchpoints of a lane at their places.
///
/// The n-th touchpoints of all cells share a slot: they have one top and one height, so that a row
/// is a grid in itself.
#[derive(Debug)]
pub struct CardRow {
    /// The height of the whole row.
    pub height: f64,
    /// Slots from top to bottom; the very list of the layout before if none changed.
    pub slots: Arc<[Slot]>,
    /// The cards of [`CardRow::RUN`] columns each.
    pub runs: Vec<Arc<CardRun>>,
}

/// The cards of some columns side by side: what is kept as a whole when another part of a row changes.
#[derive(Debug)]
pub struct CardRun {
    /// Cards by column, from top to bottom.
    cards: Vec<PlacedCard>,
    /// Where the cards of each column begin in `cards`; one more at the end.
    starts: Vec<usize>,
    /// The height that each slot needs for them.
    tallest: Vec<f64>,
    /// Hashes of the touchpoints' ids; made when one is looked for.
    ids: OnceLock<Vec<u64>>,
}

impl CardRow {
    /// How many columns a run has.
    pub const RUN: usize = 32;

    /// The cards of a column, from top to bottom.
    pub fn column(&self, column: usize) -> &[PlacedCard] {
        self.runs[column / Self::RUN].column(column % Self::RUN)
    }

    /// All cards by column, from top to bottom.
    pub fn cards(&self) -> impl Iterator<Item = &PlacedCard> {
        self.runs.iter().flat_map(|run| &run.cards)
    }

    /// The card of a touchpoint.
    pub fn card_of(&self, id: &TouchpointId) -> Option<&PlacedCard> {
        let hash = hash(id);
        self.runs.iter().find_map(|run| {
            let ids = run.ids.get_or_init(|| run.cards.iter().map(hash_of).collect());
            let at = ids.iter().position(|other| *other == hash)?;
            run.cards[at..].iter().find(|placed| placed.card.touchpoint.id == *id)
        })
    }
}

fn hash(id: &TouchpointId) -> u64 {
    foldhash::fast::FixedState::default().hash_one(id)
}

fn hash_of(placed: &PlacedCard) -> u64 {
    hash(&placed.card.touchpoint.id)
}

/// Whether a card was measured for this width.
pub(super) fn is_as_wide(card: &Card, width: f64) -> bool {
    (card.width - width).abs() < 0.01
}

/// The columns of each run.
pub(super) fn runs(columns: usize) -> impl Iterator<Item = Range<usize>> {
    (0..columns).step_by(CardRow::RUN).map(move |from| from..columns.min(from + CardRow::RUN))
}

impl CardRun {
    pub(super) fn new(cards: Vec<PlacedCard>, columns: &Range<usize>) -> Self {
        let mut starts = Vec::with_capacity(columns.len() + 1);
        let mut tallest: Vec<f64> = Vec::new();
        for (at, placed) in cards.iter().enumerate() {
            while starts.len() <= placed.column - columns.start {
                starts.push(at);
            }
            if tallest.len() <= placed.slot {
                tallest.resize(placed.slot + 1, 0.0);
            }
            tallest[placed.slot] = placed.card.height.max(tallest[placed.slot]);
        }
        starts.resize(columns.len() + 1, cards.len());
        Self { cards, starts, tallest, ids: OnceLock::new() }
    }

    /// How many columns it has.
    pub(super) fn columns(&self) -> usize {
        self.starts.len() - 1
    }

    /// The cards of the run's n-th column, from top to bottom.
    pub(super) fn column(&self, column: usize) -> &[PlacedCard] {
        &self.cards[self.starts[column]..self.starts[column + 1]]
    }

    /// The card at a place in a stack, if there is one.
    pub(super) fn at(&self, column: usize, slot: usize) -> Option<&PlacedCard> {
        let (from, to) = (*self.starts.get(column)?, *self.starts.get(column + 1)?);
        self.cards[from..to].get(slot)
    }

    /// The heights that its cards need, with their slots.
    pub(super) fn heights(&self) -> impl Iterator<Item = (usize, f64)> {
        self.tallest.iter().copied().enumerate()
    }

    /// Whether all its cards have in `after` the heights that they had in `before`.
    pub(super) fn stands_in(&self, before: &[Slot], after: &[Slot]) -> bool {
        (0..self.tallest.len()).all(|slot| same_height(before, after, slot))
    }

    /// The same cards without the pictures that were made for another height.
    pub(super) fn redrawn(&self, before: &[Slot], after: &[Slot]) -> Self {
        let fresh = |placed: &PlacedCard| PlacedCard {
            card: Arc::clone(&placed.card),
            picture: if same_height(before, after, placed.slot) { placed.picture.clone() } else { OnceLock::new() },
            ..*placed
        };
        let cards = self.cards.iter().map(fresh).collect();
        Self { cards, starts: self.starts.clone(), tallest: self.tallest.clone(), ids: self.ids.clone() }
    }
}

fn same_height(before: &[Slot], after: &[Slot], slot: usize) -> bool {
    before.get(slot).zip(after.get(slot)).is_some_and(|(a, b)| (a.height - b.height).abs() < 0.01)
}

/// The n-th places of all cells of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slot {
    /// The top, from the row's top.
    pub y: f64,
    /// The height of the cards in it.
    pub height: f64,
}

/// A card in its cell.
#[derive(Debug)]
pub struct PlacedCard {
    /// The column.
    pub column: usize,
    /// The place in the stack.
    pub slot: usize,
    /// What stands there.
    pub card: Arc<Card>,
    /// What the scene made of it, in coordinates of the card's corner.
    pub(crate) picture: OnceLock<Arc<[Item]>>,
}

/// The annotations of one kind at their places.
#[derive(Debug)]
pub struct NoteRow {
    /// The height of the whole row.
    pub height: f64,
    /// Slots from top to bottom.
    pub slots: Vec<Slot>,
    /// Annotations by column, from top to bottom.
    pub notes: Vec<PlacedNote>,
    /// Where the annotations of each column begin in `notes`; one more at the end.
    pub starts: Vec<usize>,
}

impl NoteRow {
    /// The annotations of a column, from top to bottom.
    pub fn column(&self, column: usize) -> &[PlacedNote] {
        &self.notes[self.starts[column]..self.starts[column + 1]]
    }
}

/// An annotation in its cell.
#[derive(Debug)]
pub struct PlacedNote {
    /// The column.
    pub column: usize,
    /// The place in the stack.
    pub slot: usize,
    /// What stands there.
    pub note: Arc<Note>,
    /// What the scene made of it, in coordinates of the note's corner.
    pub(crate) picture: OnceLock<Arc<[Item]>>,
}

/// Slots for things with these `(slot, height)`s; and the height of a row with `pad` around them.
///
/// `held` are slots that must not shrink.
pub(super) fn slots(
    heights: impl Iterator<Item = (usize, f64)>,
    held: &[Slot],
    pad: f64,
    gap: f64,
) -> (Vec<Slot>, f64) {
    let mut slots: Vec<Slot> = held.to_vec();
    for (slot, height) in heights {
        if slots.len() <= slot {
            slots.resize(slot + 1, Slot { y: 0.0, height: 0.0 });
        }
        slots[slot].height = slots[slot].height.max(height);
    }
    let mut y = pad;
    for slot in &mut slots {
        slot.y = y;
        y += slot.height + gap;
    }
    let height = if slots.is_empty() { 2.0 * pad } else { y - gap + pad };
    (slots, height)
}

impl CardRow {
    /// Takes from the row `before` what is the same: its list of slots, and pictures of cards whose height did not
    /// change; with `moved` also those of cards that stood somewhere else.
    pub(super) fn keep(&mut self, before: &Self, moved: bool) {
        if *self.slots == *before.slots {
            self.slots = Arc::clone(&before.slots);
        }
        for run in &mut self.runs {
            if !run.stands_in(&before.slots, &self.slots) {
                *run = Arc::new(run.redrawn(&before.slots, &self.slots));
            }
        }
        if moved {
            self.keep_moved(before);
        }
    }

    fn keep_moved(&self, before: &Self) {
        let mut kept: HashMap<*const Card, &PlacedCard> = HashMap::new();
        for placed in before.cards().filter(|p| p.picture.get().is_some()) {
            kept.insert(Arc::as_ptr(&placed.card), placed);
        }
        for placed in self.cards().filter(|placed| placed.picture.get().is_none()) {
            if let Some(old) = kept.get(&Arc::as_ptr(&placed.card))
                && (before.slots[old.slot].height - self.slots[placed.slot].height).abs() < 0.01
                && let Some(picture) = old.picture.get()
            {
                // A fresh cell takes it.
                let _ = placed.picture.set(Arc::clone(picture));
            }
        }
    }
}
