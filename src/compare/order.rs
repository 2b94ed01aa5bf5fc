//! Which of two lists belong together, and which of them moved.

use std::collections::HashMap;
use std::hash::Hash;

/// Two lists, matched; all are indices.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    /// In both lists, in the order of the second.
    pub both: Vec<(usize, usize)>,
    /// Only in the first.
    pub only_a: Vec<usize>,
    /// Only in the second.
    pub only_b: Vec<usize>,
}

/// Matches the `n`-th of a key in one list with the `n`-th of that key in the other.
pub(super) fn pair<K: Hash + Eq>(a: impl IntoIterator<Item = K>, b: impl IntoIterator<Item = K>) -> Pairs {
    // The last is taken first.
    let mut places: HashMap<K, Vec<usize>> = HashMap::new();
    for (index, key) in a.into_iter().enumerate() {
        places.entry(key).or_default().push(index);
    }
    places.values_mut().for_each(|list| list.reverse());
    let mut pairs = Pairs::default();
    for (index, key) in b.into_iter().enumerate() {
        match places.get_mut(&key).and_then(Vec::pop) {
            Some(at) => pairs.both.push((at, index)),
            None => pairs.only_b.push(index),
        }
    }
    pairs.only_a = places.into_values().flatten().collect();
    pairs.only_a.sort_unstable();
    pairs
}

/// A pair that stands elsewhere among its like.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Moved {
    /// Its place in both lists.
    pub pair: (usize, usize),
    /// Its place in the first list as people count, from 1.
    pub before: usize,
    /// Its place in the second list.
    pub after: usize,
}

/// Those of `both` that moved, as few as explain the new order; `both` is in the order of the second list.
pub(super) fn moved(both: &[(usize, usize)]) -> Vec<Moved> {
    let stay = longest_rise(&both.iter().map(|(a, _)| *a).collect::<Vec<_>>());
    if stay.len() == both.len() {
        return Vec::new();
    }
    let mut of_a: Vec<usize> = both.iter().map(|(a, _)| *a).collect();
    of_a.sort_unstable();
    let rank: HashMap<usize, usize> = of_a.into_iter().enumerate().map(|(rank, a)| (a, rank)).collect();
    let mut stay = stay.into_iter().peekable();
    let mut moved = Vec::new();
    for (at, pair) in both.iter().enumerate() {
        if stay.next_if_eq(&at).is_some() {
            continue;
        }
        let (before, after) = (rank[&pair.0], at);
        // Others went around it.
        if before == after {
            continue;
        }
        // The place among all says more, unless what came and went hides that it moved.
        let (before, after) = if pair.0 == pair.1 { (before, after) } else { *pair };
        moved.push(Moved { pair: *pair, before: before + 1, after: after + 1 });
    }
    moved
}

/// The indices of a longest rising part of `values`, which are all different.
fn longest_rise(values: &[usize]) -> Vec<usize> {
    // Patience sorting: where the best part of each length ends, and what stands before each value in it.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::with_capacity(values.len()));
    for (index, value) in values.iter().enumerate() {
        let length = ends.partition_point(|end| values[*end] < *value);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(index);
        } else {
            ends[length] = index;
        }
    }
    let mut part: Vec<usize> = std::iter::successors(ends.last().copied(), |index| before[*index]).collect();
    part.reverse();
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moves(a: &str, b: &str) -> String {
        let pairs = pair(a.chars(), b.chars());
        let told = moved(&pairs.both).into_iter().map(|m| {
            let name = a.chars().nth(m.pair.0).unwrap();
            format!("{name}{}{}", m.before, m.after)
        });
        told.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn one_that_moved_is_one_move_however_far() {
        assert_eq!(moves("abcdef", "bcdefa"), "a16");
        assert_eq!(moves("abcdef", "fabcde"), "f61");
        assert_eq!(moves("abc", "abc"), "");
        assert_eq!(moves("abcdef", "xbacdfye").split(' ').count(), 2);
    }

    #[test]
    fn what_comes_and_goes_moves_nothing() {
        assert_eq!(moves("abcd", "xacyd"), "");
        // Without the first one they stand at the same place, and yet they changed places.
        assert!(!moves("xab", "ba").is_empty());
    }

    #[test]
    fn equal_keys_are_matched_in_their_order() {
        let pairs = pair("aba".chars(), "aab".chars());
        assert_eq!(pairs.both, [(0, 0), (2, 1), (1, 2)]);
        assert_eq!(pair("ab".chars(), "b".chars()).only_a, [0]);
        assert_eq!(pair("b".chars(), "bb".chars()).only_b, [1]);
    }

    #[test]
    fn another_order_is_never_silent() {
        // All orders of five.
        let mut orders = vec![String::new()];
        for _ in 0..5 {
            orders = orders
                .iter()
                .flat_map(|o| "abcde".chars().filter(|c| !o.contains(*c)).map(move |c| format!("{o}{c}")))
                .collect();
        }
        assert_eq!(orders.len(), 120);
        for order in orders.iter().filter(|o| *o != "abcde") {
            assert!(!moves("abcde", order).is_empty(), "{order}");
        }
    }
}
