//! Figures of the emotion curve.

use std::sync::Arc;

use super::Stop;
use crate::model::{Emotion, PersonaId, Touchpoint};

/// A touchpoint with its emotion.
#[derive(Clone, Debug)]
pub struct Point {
    /// The touchpoint.
    pub touchpoint: Arc<Touchpoint>,
    /// How the customer feels there.
    pub emotion: Emotion,
}

/// The way down between two neighbours on the curve.
#[derive(Clone, Debug)]
pub struct Drop {
    /// Where it begins.
    pub from: Point,
    /// Where it ends.
    pub to: Point,
    /// By how much; more than 0.
    pub by: i64,
}

/// What the curve of a map comes to; a map without emotions has none.
#[derive(Clone, Debug)]
pub struct Curve {
    /// The happiest touchpoint, the first of equal ones.
    pub peak: Point,
    /// The saddest touchpoint, the first of equal ones.
    pub low: Point,
    /// The last touchpoint with an emotion.
    pub end: Point,
    /// The steepest way down between neighbours, the first of equal ones; `None` if it never goes down.
    pub drop: Option<Drop>,
    /// The strongest emotion, happy or not; of two equally strong ones the unhappy one.
    pub strongest: Point,
    /// The mean of all emotions.
    pub mean: f64,
    /// How many touchpoints have an emotion.
    pub points: usize,
}

impl Curve {
    /// The figures of the emotions along `path`: of `persona`, or without one of all, as [`Stop::felt_by`] has them.
    pub fn of(path: &[Stop], persona: Option<&PersonaId>) -> Option<Self> {
        let points: Vec<Point> = path
            .iter()
            .filter_map(|stop| {
                let touchpoint = Arc::clone(&stop.touchpoint);
                stop.felt_by(persona).map(|emotion| Point { touchpoint, emotion })
            })
            .collect();
        let value = |p: &Point| i64::from(p.emotion.get());
        // `min_by_key` gives the first of equals.
        let first = |key: &dyn Fn(&Point) -> (i64, i64)| points.iter().min_by_key(|p| key(p)).cloned();
        let sum: i64 = points.iter().map(value).sum();
        Some(Self {
            peak: first(&|p| (-value(p), 0))?,
            low: first(&|p| (value(p), 0))?,
            end: points.last().cloned()?,
            drop: steepest(&points),
            strongest: first(&|p| (-value(p).abs(), value(p)))?,
            // Maps have far fewer touchpoints than a float can count.
            mean: sum as f64 / points.len() as f64,
            points: points.len(),
        })
    }

    /// The peak–end score: what stays in memory of the journey.
    ///
    /// The mean of the strongest emotion and the last one, after Fredrickson and Kahneman, "Duration
    /// neglect in retrospective evaluations of affective episodes", J. Pers. Soc. Psychol. 65 (1993).
    pub fn peak_end(&self) -> f64 {
        (f64::from(self.strongest.emotion.get()) + f64::from(self.end.emotion.get())) / 2.0
    }
}

fn steepest(points: &[Point]) -> Option<Drop> {
    let drops = points.windows(2).map(|pair| {
        let by = i64::from(pair[0].emotion.get()) - i64::from(pair[1].emotion.get());
        Drop { from: pair[0].clone(), to: pair[1].clone(), by }
    });
    drops.filter(|drop| drop.by > 0).min_by_key(|drop| -drop.by)
}

#[cfg(test)]
mod tests {
    use super::super::path;
    use super::super::samples::{change, shop, told_by_personas};
    use super::*;
    use crate::model::JourneyMap;

    /// The curve through these emotions.
    fn curve(emotions: &[i64]) -> Option<Curve> {
        let mut map = shop();
        let steps: Vec<_> = map.steps().map(|(_, s)| s.id.clone()).collect();
        let lane = Arc::make_mut(&mut map.lanes[0]);
        lane.touchpoints = (emotions.iter().zip(&steps).enumerate())
            .map(|(i, (e, step))| {
                let emotion = Some(Emotion::clamped(*e));
                Arc::new(Touchpoint { emotion, ..Touchpoint::new(format!("t{i}"), step.clone(), "") })
            })
            .collect();
        map.lanes.truncate(1);
        Curve::of(&path(&map), None)
    }

    #[test]
    fn the_figures_of_the_shop_are_those_worked_out_by_hand() {
        // +2, −1, +1, −4, +3
        let curve = Curve::of(&path(&shop()), None).unwrap();
        let at = |p: &Point| (p.touchpoint.id.to_string(), p.emotion.get());
        assert_eq!(at(&curve.peak), ("parcel".into(), 3));
        assert_eq!(at(&curve.low), ("pay".into(), -4));
        assert_eq!(at(&curve.end), ("parcel".into(), 3));
        assert_eq!(at(&curve.strongest), ("pay".into(), -4));
        let drop = curve.drop.as_ref().unwrap();
        assert_eq!((at(&drop.from).0.as_str(), at(&drop.to).0.as_str(), drop.by), ("talk", "pay", 5));
        assert_eq!((curve.points, curve.mean, curve.peak_end()), (5, 0.2, -0.5));
    }

    #[test]
    fn personas_alone_are_not_of_the_curve_where_everybody_has_one() {
        let mut map = told_by_personas();
        change(&mut map, "bank", |t| t.emotion = Some(Emotion::clamped(2)));
        change(&mut map, "talk", |t| t.emotion = Some(Emotion::clamped(1)));
        // As in the picture: +1, +2.
        let all = Curve::of(&path(&map), None).unwrap();
        assert_eq!((all.points, all.peak.emotion.get(), all.low.emotion.get(), all.mean), (2, 2, 1, 1.5));
        // A persona goes through her own and those: +4, −2, +1, −5, +2, +1.
        let ann = Curve::of(&path(&map), Some(&"ann".into())).unwrap();
        assert_eq!((ann.points, ann.peak.emotion.get(), ann.low.emotion.get()), (6, 4, -5));
    }

    #[test]
    fn a_map_whose_emotions_are_all_of_personas_has_a_curve_of_all_and_one_of_each() {
        let (map, figures) = (told_by_personas(), |of: Option<&str>| {
            let persona = of.map(PersonaId::from);
            let curve = Curve::of(&path(&told_by_personas()), persona.as_ref()).unwrap();
            let points = [&curve.peak, &curve.low, &curve.end].map(|p| p.emotion.get());
            (points, curve.drop.as_ref().map(|drop| drop.by), curve.mean, curve.peak_end())
        });
        assert!(map.touchpoints().all(|(_, t)| t.emotion.is_none()));
        // Ann: +4, −2, −5, +1: the strongest is −5, so (−5 + 1) / 2 = −2; 4 − −2 = 6 down; mean −2 / 4 = −0.5.
        assert_eq!(figures(Some("ann")), ([4, -5, 1], Some(6), -0.5, -2.0));
        // Ben: +1, +3, −2 and nothing at the parcel: (3 − 2) / 2 = 0.5; 3 − −2 = 5 down; mean 2 / 3.
        assert_eq!(figures(Some("ben")), ([3, -2, -2], Some(5), 2.0 / 3.0, 0.5));
        // All: (4 + 1) / 2 = 2.5, so 3; (−2 + 3) / 2 = 0.5, so 1; (−5 − 2) / 2 = −3.5, so −4; 1.
        // (−4 + 1) / 2 = −1.5; 1 − −4 = 5 down; mean (3 + 1 − 4 + 1) / 4 = 0.25.
        assert_eq!(figures(None), ([3, -4, 1], Some(5), 0.25, -1.5));
    }

    #[test]
    fn equal_emotions_have_an_order() {
        let even = curve(&[4, -4, 4, -4]).unwrap();
        assert_eq!(even.peak.touchpoint.id, "t0".into());
        assert_eq!(even.low.touchpoint.id, "t1".into());
        assert_eq!(even.strongest.touchpoint.id, "t1".into());
        assert_eq!(even.drop.unwrap().from.touchpoint.id, "t0".into());
    }

    #[test]
    fn a_curve_that_only_rises_has_no_drop_and_a_map_without_emotions_no_curve() {
        let rising = curve(&[-2, 0, 0, 5]).unwrap();
        assert!(rising.drop.is_none());
        assert_eq!((rising.mean, rising.peak_end()), (0.75, 5.0));
        assert_eq!(curve(&[-3]).unwrap().peak_end(), -3.0);
        assert!(Curve::of(&path(&JourneyMap::default()), None).is_none());
    }
}
