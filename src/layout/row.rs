//! Rows of cards: stacks in cells, with slots that line up across the row.

use std::sync::{Arc, OnceLock};

use super::card::Card;
use super::note::Note;
use crate::scene::Item;

/// The touchpoints of a lane at their places.
///
/// The n-th touchpoints of all cells share a slot: they have one top and one height, so that a row
/// is a grid in itself.
#[derive(Debug)]
pub struct CardRow {
    /// The height of the whole row.
    pub height: f64,
    /// Slots from top to bottom.
    pub slots: Vec<Slot>,
    /// Cards by column, from top to bottom.
    pub cards: Vec<PlacedCard>,
    /// Where the cards of each column begin in `cards`; one more at the end.
    pub starts: Vec<usize>,
}

impl CardRow {
    /// The cards of a column, from top to bottom.
    pub fn column(&self, column: usize) -> &[PlacedCard] {
        &self.cards[self.starts[column]..self.starts[column + 1]]
    }
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

/// Hands pictures of cards that look the same from the old row to the new one.
pub(super) fn keep_pictures(old: &CardRow, new: &CardRow) {
    let mut kept: std::collections::HashMap<*const Card, &PlacedCard> =
        std::collections::HashMap::with_capacity(old.cards.len());
    for placed in old.cards.iter().filter(|p| p.picture.get().is_some()) {
        kept.insert(Arc::as_ptr(&placed.card), placed);
    }
    for placed in &new.cards {
        if let Some(before) = kept.get(&Arc::as_ptr(&placed.card))
            && (old.slots[before.slot].height - new.slots[placed.slot].height).abs() < 0.01
            && let Some(picture) = before.picture.get()
        {
            // A fresh cell takes it.
            let _ = placed.picture.set(Arc::clone(picture));
        }
    }
}
