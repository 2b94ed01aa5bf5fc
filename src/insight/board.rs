//! Opportunities by impact and effort, and the quick wins among them.

use std::cmp::Reverse;

use super::findings::host;
use super::{Finding, Group, Stop, path, rank};
use crate::model::{Annotation, AnnotationKind, AnnotationRef, JourneyMap, Score, Status};

/// An opportunity on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idea {
    /// Where it is.
    pub at: AnnotationRef,
    /// What it says, and how far it was worked on.
    pub annotation: Annotation,
    /// Its impact and effort; nothing before both were weighed.
    pub place: Option<(Score, Score)>,
}

impl Idea {
    /// The quadrant that it stands in, if it is placed.
    pub fn quadrant(&self) -> Option<Quadrant> {
        self.place.map(|(impact, effort)| Quadrant::of(impact, effort))
    }
}

/// A quarter of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quadrant {
    /// Much for little.
    QuickWins,
    /// Much for much.
    BigBets,
    /// Little for little.
    FillIns,
    /// Little for much.
    Later,
}

/// The least impact that is much, and the greatest effort that is little.
const MUCH: u8 = 6;
const LITTLE: u8 = 4;

impl Quadrant {
    /// All of them, row by row from the top, the little effort first.
    pub const ALL: [Self; 4] = [Self::QuickWins, Self::BigBets, Self::FillIns, Self::Later];

    /// The quadrant of an impact and an effort.
    pub fn of(impact: Score, effort: Score) -> Self {
        match (impact.get() >= MUCH, effort.get() <= LITTLE) {
            (true, true) => Self::QuickWins,
            (true, false) => Self::BigBets,
            (false, true) => Self::FillIns,
            (false, false) => Self::Later,
        }
    }

    /// The English name.
    pub fn name(self) -> &'static str {
        match self {
            Self::QuickWins => "Quick wins",
            Self::BigBets => "Big bets",
            Self::FillIns => "Fill-ins",
            Self::Later => "Later",
        }
    }

    /// Its impacts and its efforts, both from the least to the greatest.
    pub fn span(self) -> ((u8, u8), (u8, u8)) {
        let (low, high) = ((0, MUCH - 1), (MUCH, 10));
        let (little, much) = ((0, LITTLE), (LITTLE + 1, 10));
        match self {
            Self::QuickWins => (high, little),
            Self::BigBets => (high, much),
            Self::FillIns => (low, little),
            Self::Later => (low, much),
        }
    }
}

/// All opportunities of `map` with their places on the board, by weight as in their ranking.
pub fn board(map: &JourneyMap) -> Vec<Idea> {
    ideas(map, &path(map))
}

fn ideas(map: &JourneyMap, path: &[Stop]) -> Vec<Idea> {
    let idea = |at, annotation: Annotation| {
        let place = annotation.impact.zip(annotation.effort);
        Idea { at, annotation, place }
    };
    rank(map, path, AnnotationKind::Opportunity).into_iter().map(|r| idea(r.at, r.annotation)).collect()
}

/// The quick wins that are not done, those with most impact for their effort first.
pub(super) fn told(map: &JourneyMap, path: &[Stop]) -> Vec<Finding> {
    let gain = |idea: &Idea| idea.place.map(|(impact, effort)| i16::from(impact.get()) - i16::from(effort.get()));
    let mut wins = ideas(map, path);
    wins.retain(|idea| idea.quadrant() == Some(Quadrant::QuickWins) && idea.annotation.status != Status::Done);
    wins.sort_by_key(|idea| Reverse(gain(idea)));
    let finding = |idea: &Idea| {
        let (impact, effort) = idea.place.unwrap_or_default();
        let figure = format!("+{}", gain(idea).unwrap_or_default());
        Finding::new(Group::QuickWins, "Quick win", figure, WINS)
            .note(format!("impact {}, effort {}", impact.get(), effort.get()))
            .words([&idea.annotation.text])
            .about([host(&idea.at)])
    };
    wins.iter().map(finding).collect()
}

const WINS: &str =
    "Opportunities with an impact of 6 or more and an effort of 4 or less, not done yet, by impact less effort.";

#[cfg(test)]
mod tests {
    use super::super::samples::full_shop;
    use super::*;

    fn score(n: i64) -> Score {
        Score::clamped(n)
    }

    #[test]
    fn opportunities_are_placed_where_both_were_weighed() {
        // keep the basket: 3×3 = 9, impact 8, effort 2. text before: 2×2 = 4, 7 and 5. call: 2×1 = 2, 6 and 4.
        // later: 1×2 = 2, impact 3 alone. sample: 1×1 = 1, impact 9, effort 1, but done.
        let list = board(&full_shop());
        let rows: Vec<(&str, Option<Quadrant>)> =
            list.iter().map(|i| (i.annotation.text.as_str(), i.quadrant())).collect();
        let wanted = [
            ("keep the basket", Some(Quadrant::QuickWins)),
            ("text before", Some(Quadrant::BigBets)),
            ("call", Some(Quadrant::QuickWins)),
            ("later", None),
            ("sample", Some(Quadrant::QuickWins)),
        ];
        assert_eq!(rows, wanted);
    }

    #[test]
    fn quick_wins_begin_at_an_impact_of_6_and_end_at_an_effort_of_4() {
        let at = |impact, effort| Quadrant::of(score(impact), score(effort));
        assert_eq!([at(6, 4), at(6, 5), at(5, 4), at(5, 5)], Quadrant::ALL);
        for quadrant in Quadrant::ALL {
            let ((low, high), (little, much)) = quadrant.span();
            let corners = [(low, little), (low, much), (high, little), (high, much)];
            assert!(corners.iter().all(|(i, e)| at((*i).into(), (*e).into()) == quadrant), "{quadrant:?}");
        }
    }

    #[test]
    fn quick_wins_are_told_by_what_they_gain_and_without_those_done() {
        let map = full_shop();
        let list = told(&map, &path(&map));
        let rows: Vec<(&str, &str, &str)> =
            list.iter().map(|f| (f.words[0].as_str(), f.figure.as_str(), f.note.as_str())).collect();
        // 8 − 2 = 6, 6 − 4 = 2.
        let wanted = [("keep the basket", "+6", "impact 8, effort 2"), ("call", "+2", "impact 6, effort 4")];
        assert_eq!(rows, wanted);
    }
}
