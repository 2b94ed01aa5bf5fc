//! Where the customer has to say it again, and where it is still known.

use std::sync::Arc;

use super::finding::card;
use super::{Finding, Group, Stop};
use crate::model::Touchpoint;

/// The touchpoints where the customer is asked again what was said before.
pub fn asked_again(path: &[Stop]) -> Vec<Arc<Touchpoint>> {
    path.iter().map(|s| &s.touchpoint).filter(|t| t.repeats).cloned().collect()
}

/// The touchpoints that are followed by one that remembers, each with that one.
pub fn remembered(path: &[Stop]) -> Vec<(Arc<Touchpoint>, Arc<Touchpoint>)> {
    let pairs = path.windows(2).filter(|pair| pair[1].touchpoint.remembers);
    pairs.map(|pair| (Arc::clone(&pair[0].touchpoint), Arc::clone(&pair[1].touchpoint))).collect()
}

/// Repeats first, then where none is needed.
pub(super) fn told(path: &[Stop]) -> Vec<Finding> {
    let again = asked_again(path).into_iter().enumerate().map(|(at, touchpoint)| {
        Finding::new(
            Group::Repeats,
            "Asked again",
            (at + 1).to_string(),
            "Where the customer is asked what was said before.",
        )
        .words([&touchpoint.title])
        .about([card(&touchpoint)])
    });
    let known = remembered(path).into_iter().enumerate().map(|(at, (from, to))| {
        Finding::new(
            Group::Repeats,
            "Remembered",
            (at + 1).to_string(),
            "Where the next touchpoint on the path knows what was said.",
        )
        .words([&from.title, &to.title])
        .about([card(&from), card(&to)])
    });
    again.chain(known).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{path, samples::full_shop, samples::shop};
    use super::*;

    #[test]
    fn repeats_and_what_comes_before_one_that_remembers_are_found() {
        // pay asks again; parcel remembers, and bank comes before it.
        let path = path(&full_shop());
        let again: Vec<String> = asked_again(&path).iter().map(|t| t.id.to_string()).collect();
        assert_eq!(again, ["pay"]);
        let known: Vec<(String, String)> =
            remembered(&path).iter().map(|(a, b)| (a.id.to_string(), b.id.to_string())).collect();
        assert_eq!(known, [("bank".to_owned(), "parcel".to_owned())]);
        assert_eq!(told(&super::super::path(&shop())), []);
    }
}
