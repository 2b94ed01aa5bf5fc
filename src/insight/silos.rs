//! The silo report: between which owners the journey is cut, and who hands it over most.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::finding::{card, counted};
use super::{Finding, Group, HandOff, Stop, folded, hand_offs};
use crate::model::Element;

/// Two owners, and the hand-offs between them in both directions.
#[derive(Clone, Debug)]
pub struct Border {
    /// The owners, as they are first written, the one that handed over first before the other.
    pub owners: [String; 2],
    /// The hand-offs, in path order.
    pub offs: Vec<HandOff>,
}

/// An owner's part in the hand-offs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The owner, as it is first written.
    pub owner: String,
    /// How many hand-offs come from it.
    pub from: usize,
    /// How many come to it.
    pub to: usize,
    /// The touchpoints at its hand-offs, in path order.
    pub touchpoints: Vec<Element>,
}

/// The hand-offs by pair of owners, most first; equal ones in path order.
pub fn borders(offs: &[HandOff]) -> Vec<Border> {
    let mut known: HashMap<[String; 2], usize> = HashMap::new();
    let mut list: Vec<Border> = Vec::new();
    for off in offs {
        let owners = [&off.from.owner, &off.to.owner];
        let mut key = owners.map(|owner| folded(owner));
        key.sort();
        let at = *known.entry(key).or_insert_with(|| {
            list.push(Border { owners: owners.map(|owner| owner.trim().to_owned()), offs: Vec::new() });
            list.len() - 1
        });
        list[at].offs.push(off.clone());
    }
    list.sort_by_key(|border| Reverse(border.offs.len()));
    list
}

/// The owners by how many hand-offs they have a part in, most first; equal ones in path order.
pub fn shares(offs: &[HandOff]) -> Vec<Share> {
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut list: Vec<Share> = Vec::new();
    for off in offs {
        for (touchpoint, gives) in [(&off.from, true), (&off.to, false)] {
            let at = *known.entry(folded(&touchpoint.owner)).or_insert_with(|| {
                let owner = touchpoint.owner.trim().to_owned();
                list.push(Share { owner, from: 0, to: 0, touchpoints: Vec::new() });
                list.len() - 1
            });
            let share = &mut list[at];
            *(if gives { &mut share.from } else { &mut share.to }) += 1;
            share.touchpoints.push(card(touchpoint));
        }
    }
    list.sort_by_key(|share| Reverse(share.from + share.to));
    list
}

/// The pairs of owners, then the owners.
pub(super) fn told(path: &[Stop]) -> Vec<Finding> {
    let offs = hand_offs(path);
    let between = borders(&offs).into_iter().map(|border| {
        let about: Vec<Element> = border.offs.iter().flat_map(|off| [card(&off.from), card(&off.to)]).collect();
        Finding::new(Group::Silos, "Between", border.offs.len().to_string(), BETWEEN).words(border.owners).about(about)
    });
    let owners = shares(&offs).into_iter().map(|share| {
        let note = format!("{} given, {} taken", share.from, share.to);
        let about = share.touchpoints;
        Finding::new(Group::Silos, "Owner", (share.from + share.to).to_string(), OWNER)
            .note(note)
            .words([share.owner])
            .about(about)
    });
    let all = Finding::new(
        Group::Silos,
        "Owners",
        shares(&offs).len().to_string(),
        "The owners that have a part in a hand-off.",
    )
    .note(counted(offs.len(), "hand-off"));
    std::iter::once(all).filter(|_| !offs.is_empty()).chain(between).chain(owners).collect()
}

const BETWEEN: &str = "Hand-offs between two owners, in both directions, the most first.";
const OWNER: &str = "Hand-offs that an owner has a part in, the most first.";

#[cfg(test)]
mod tests {
    use super::super::{path, samples::change, samples::shop};
    use super::*;

    /// The shop with these owners along its path.
    fn offs(owners: [&str; 7]) -> Vec<HandOff> {
        let mut map = shop();
        let ids: Vec<String> = path(&map).iter().map(|s| s.touchpoint.id.to_string()).collect();
        for (id, owner) in ids.iter().zip(owners) {
            change(&mut map, id, |t| t.owner = owner.into());
        }
        hand_offs(&path(&map))
    }

    #[test]
    fn hand_offs_are_counted_by_pair_in_both_directions() {
        // a→b, b→a, a→c, c→A, A→B: a and b three times, a and c twice.
        let offs = offs(["a", " b", "a", "c", "", "A", "B "]);
        assert_eq!(offs.len(), 5);
        let list: Vec<([String; 2], usize)> = borders(&offs).into_iter().map(|b| (b.owners, b.offs.len())).collect();
        assert_eq!(list, [(["a".into(), "b".into()], 3), (["a".into(), "c".into()], 2)]);
        // a gives at 1, 3 and 5, takes at 2 and 4; b gives at 2, takes at 1 and 5; c gives at 4, takes at 3.
        let list: Vec<(String, usize, usize)> = shares(&offs).into_iter().map(|s| (s.owner, s.from, s.to)).collect();
        assert_eq!(list, [("a".into(), 3, 2), ("b".into(), 1, 2), ("c".into(), 1, 1)]);
    }

    #[test]
    fn one_owner_alone_has_no_silos() {
        assert!(borders(&offs(["a"; 7])).is_empty() && shares(&offs(["a"; 7])).is_empty());
        let list = told(&path(&shop()));
        // sales→Payments, Payments→Bank, Bank→Logistics: three pairs, four owners.
        let rows: Vec<(&str, &str)> = list.iter().map(|f| (f.name, f.figure.as_str())).collect();
        assert_eq!(rows[..4], [("Owners", "4"), ("Between", "1"), ("Between", "1"), ("Between", "1")]);
        assert_eq!((list[4].words[0].as_str(), list[4].figure.as_str()), ("Payments", "2"));
        assert_eq!((list[4].note.as_str(), list[4].about.len()), ("1 given, 1 taken", 1));
    }
}
