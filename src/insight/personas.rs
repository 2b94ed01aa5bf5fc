//! How the personas of a map differ: each one's curve in short, and where they part most.

use std::cmp::Reverse;
use std::sync::Arc;

use super::finding::card;
use super::findings::{peak_end, points};
use super::{Curve, Finding, Group, Stop, signed};
use crate::model::{Emotion, JourneyMap, Persona, Touchpoint};

/// A touchpoint at which personas feel apart.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Where.
    pub touchpoint: Arc<Touchpoint>,
    /// The happiest persona there, the first of equal ones, and how it feels.
    pub happiest: (Arc<Persona>, Emotion),
    /// The saddest persona there, the first of equal ones, and how it feels.
    pub saddest: (Arc<Persona>, Emotion),
    /// How far they are apart.
    pub by: i64,
}

/// From how far apart a difference is told.
const APART: i64 = 2;

/// The touchpoints at which personas of `map` are apart by 2 or more, the widest first.
pub fn differences(map: &JourneyMap, path: &[Stop]) -> Vec<Difference> {
    let difference = |stop: &Stop| {
        let felt = |p: &Arc<Persona>| Some((Arc::clone(p), stop.touchpoint.emotion_of(Some(&p.id))?));
        let felt: Vec<(Arc<Persona>, Emotion)> = map.personas.iter().filter_map(felt).collect();
        // `min_by_key` gives the first of equals.
        let happiest = felt.iter().min_by_key(|(_, emotion)| Reverse(*emotion))?.clone();
        let saddest = felt.iter().min_by_key(|(_, emotion)| *emotion)?.clone();
        let by = i64::from(happiest.1.get()) - i64::from(saddest.1.get());
        (by >= APART).then(|| Difference { touchpoint: Arc::clone(&stop.touchpoint), happiest, saddest, by })
    };
    let mut list: Vec<Difference> = path.iter().filter_map(difference).collect();
    list.sort_by_key(|difference| Reverse(difference.by));
    list
}

/// The score of each persona's curve, its points, then where they differ; nothing where no emotion is a persona's own.
pub(super) fn told(map: &JourneyMap, path: &[Stop]) -> Vec<Finding> {
    if path.iter().all(|stop| stop.touchpoint.emotions.is_empty()) {
        return Vec::new();
    }
    let curves = map.personas.iter().filter_map(|persona| Some((persona, Curve::of(path, Some(&persona.id))?)));
    let curves: Vec<(&Arc<Persona>, Curve)> = curves.collect();
    let of = |finding: Finding, persona: &Persona| Finding {
        words: std::iter::once(persona.name.clone()).chain(finding.words).collect(),
        ..finding
    };
    let scores = curves.iter().map(|(persona, curve)| {
        let score = peak_end(Group::Personas, curve).note(format!("mean {}", signed(curve.mean)));
        Finding { rule: SCORE, ..of(score, persona) }
    });
    let points = curves.iter().flat_map(|(p, c)| points(Group::Personas, c).into_iter().map(|point| of(point, p)));
    let apart = differences(map, path).into_iter().map(|d| {
        Finding::new(Group::Personas, "Apart", d.by.to_string(), DIFFERENCE)
            .note(format!("{} to {}", d.saddest.1, d.happiest.1))
            .words([&d.touchpoint.title, &d.saddest.0.name, &d.happiest.0.name])
            .about([card(&d.touchpoint)])
    });
    scores.chain(points).chain(apart).collect()
}

const SCORE: &str = "The mean of the strongest emotion of a persona, its own or else everybody's, and the last one, beside \
     the mean of all of them.";
const DIFFERENCE: &str = "Touchpoints at which the happiest and the saddest persona are apart by 2 or more.";

#[cfg(test)]
mod tests {
    use super::super::{path, samples::full_shop, samples::shop};
    use super::*;

    #[test]
    fn each_persona_has_a_curve_and_differences_come_widest_first() {
        let map = full_shop();
        let list = told(&map, &path(&map));
        let rows: Vec<(&str, &str, &str, &str)> =
            list.iter().map(|f| (f.name, f.words[0].as_str(), f.figure.as_str(), f.note.as_str())).collect();
        // Ann: ad +4, site −1, talk +1, pay −5, parcel +3: 2 / 5 = 0.4.
        // Ben: ad +2, site −1, talk +1, pay +1, parcel +2: 5 / 5 = 1.
        // Peak–end: Ann (−5 + 3) / 2 = −1; Ben, whose strongest is the first of +2 and +2, (2 + 2) / 2 = 2.
        // Drops: Ann talk +1 to pay −5, 6; Ben ad +2 to site −1, 3.
        // Apart: ad 4 − 2 = 2, pay 1 − −5 = 6, parcel 3 − 2 = 1, which is too little.
        let wanted = [
            ("Peak\u{2013}end", "Ann", "\u{2212}1.0", "mean +0.4"),
            ("Peak\u{2013}end", "Ben", "+2.0", "mean +1.0"),
            ("Peak", "Ann", "+4", ""),
            ("Low", "Ann", "\u{2212}5", ""),
            ("End", "Ann", "+3", ""),
            ("Steepest drop", "Ann", "\u{2212}6", ""),
            ("Peak", "Ben", "+2", ""),
            ("Low", "Ben", "\u{2212}1", ""),
            ("End", "Ben", "+2", ""),
            ("Steepest drop", "Ben", "\u{2212}3", ""),
            ("Apart", "T pay", "6", "\u{2212}5 to +1"),
            ("Apart", "T ad", "2", "+2 to +4"),
        ];
        assert_eq!(rows, wanted);
        assert_eq!(list[5].words, ["Ann", "T talk", "T pay"]);
        assert_eq!(list[10].words, ["T pay", "Ann", "Ben"]);
        // Of ad and parcel, both +2, the first is Ben's peak.
        assert_eq!((id(&list[6].about[0]), id(&list[7].about[0])), ("ad", "site"));
    }

    fn id(element: &crate::model::Element) -> &str {
        match element {
            crate::model::Element::Touchpoint(id) => id.as_str(),
            _ => "",
        }
    }

    #[test]
    fn personas_who_feel_like_everybody_are_not_told() {
        let map = JourneyMap { personas: full_shop().personas, ..shop() };
        assert_eq!(told(&map, &path(&map)), []);
    }
}
