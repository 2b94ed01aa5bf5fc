//! The loyalty score: how customers feel about what makes them stay, weighted.

use super::finding::{card, counted};
use super::{Finding, Group, Stop, signed};
use crate::model::{Driver, Element, JourneyMap, Weights};

/// How customers feel where a driver is at work.
#[derive(Clone, Debug)]
pub struct DriverMean {
    /// Which.
    pub driver: Driver,
    /// How much it counts, in percent; never negative.
    pub weight: f64,
    /// The mean of the emotions of its touchpoints; never of none.
    pub mean: f64,
    /// Its touchpoints that have an emotion, in path order.
    pub touchpoints: Vec<Element>,
}

/// The weighted loyalty score of a map.
#[derive(Clone, Debug)]
pub struct Loyalty {
    /// The mean of the drivers' means, each weighted.
    pub score: f64,
    /// Which part of all weight belongs to drivers that have a mean, 0 to 1.
    pub covered: f64,
    /// The drivers that have a touchpoint with an emotion, in the order of [`Driver::ALL`].
    pub drivers: Vec<DriverMean>,
}

impl Loyalty {
    /// The score of the touchpoints along `path`; `None` where no driver that weighs has an emotion.
    pub fn of(path: &[Stop], weights: &Weights) -> Option<Self> {
        // A weight below nothing is nothing.
        let weight = |driver: Driver| weights.of(driver).get().max(0.0);
        let drivers: Vec<DriverMean> =
            Driver::ALL.iter().filter_map(|driver| mean_of(path, *driver, weight(*driver))).collect();
        let covered: f64 = drivers.iter().map(|d| d.weight).sum();
        let all: f64 = Driver::ALL.iter().map(|driver| weight(*driver)).sum();
        (covered > 0.0).then(|| Self {
            score: drivers.iter().map(|d| d.weight * d.mean).sum::<f64>() / covered,
            covered: covered / all,
            drivers,
        })
    }
}

fn mean_of(path: &[Stop], driver: Driver, weight: f64) -> Option<DriverMean> {
    let of_driver = path.iter().filter(|s| s.touchpoint.driver == Some(driver));
    let felt: Vec<(Element, i64)> =
        of_driver.filter_map(|s| Some((card(&s.touchpoint), i64::from(s.felt?.get())))).collect();
    let sum: i64 = felt.iter().map(|(_, emotion)| emotion).sum();
    // Maps have far fewer touchpoints than a float can count.
    let mean = sum as f64 / felt.len() as f64;
    let touchpoints: Vec<Element> = felt.into_iter().map(|(element, _)| element).collect();
    (!touchpoints.is_empty()).then_some(DriverMean { driver, weight, mean, touchpoints })
}

/// The score, and each driver.
pub(super) fn told(map: &JourneyMap, path: &[Stop]) -> Vec<Finding> {
    let Some(loyalty) = Loyalty::of(path, &map.weights) else { return Vec::new() };
    let all = loyalty.drivers.iter().flat_map(|d| d.touchpoints.clone());
    let covered = format!("from {:.0} % of the weight", loyalty.covered * 100.0);
    let mut list =
        vec![Finding::new(Group::Loyalty, "Loyalty score", signed(loyalty.score), SCORE).note(covered).about(all)];
    list.extend(loyalty.drivers.iter().map(|d| {
        let note = format!("weighs {}, {}", map.weights.of(d.driver), counted(d.touchpoints.len(), "touchpoint"));
        Finding::new(Group::Loyalty, d.driver.name(), signed(d.mean), MEAN).note(note).about(d.touchpoints.clone())
    }));
    list
}

const SCORE: &str = "The mean of the drivers' means, weighted as the map says, over the drivers that have one.";
const MEAN: &str = "The mean of the emotions of the touchpoints with this loyalty driver; on a map that tells only of personas, of their means.";

#[cfg(test)]
mod tests {
    use super::super::samples::{change, full_shop, shop, told_by_personas};
    use super::super::{path, signed};
    use super::*;
    use crate::model::Figure;

    #[test]
    fn the_score_is_the_weighted_mean_of_the_drivers_that_have_one() {
        // Product: site −1, parcel +3, compare has no emotion: 2 / 2 = 1. Interaction: talk +1, pay −4: −3 / 2 = −1.5.
        // Brand: ad +2. Price: none.
        // (36 × 1 + 30.4 × −1.5 + 20.4 × 2) / (36 + 30.4 + 20.4) = (36 − 45.6 + 40.8) / 86.8 = 31.2 / 86.8 = 0.3594…
        // Covered: 86.8 / 99.8 = 0.8697…
        let loyalty = Loyalty::of(&path(&full_shop()), &Weights::default()).unwrap();
        let means: Vec<(Driver, f64)> = loyalty.drivers.iter().map(|d| (d.driver, d.mean)).collect();
        assert_eq!(means, [(Driver::Product, 1.0), (Driver::Interaction, -1.5), (Driver::Brand, 2.0)]);
        assert!((loyalty.score - 0.359_447).abs() < 1e-6, "{}", loyalty.score);
        assert!((loyalty.covered - 0.869_739).abs() < 1e-6, "{}", loyalty.covered);
        assert_eq!(signed(loyalty.score), "+0.4");
    }

    #[test]
    fn what_only_personas_feel_counts_as_their_mean() {
        // Brand: ad (4 + 1) / 2 = 2.5, so 3. Product: site (−2 + 3) / 2 = 0.5, so 1. (20.4 × 3 + 36 × 1) / 56.4 = 1.7234…
        let mut map = told_by_personas();
        change(&mut map, "ad", |t| t.driver = Some(Driver::Brand));
        change(&mut map, "site", |t| t.driver = Some(Driver::Product));
        let loyalty = Loyalty::of(&path(&map), &Weights::default()).unwrap();
        assert!((loyalty.score - 97.2 / 56.4).abs() < 1e-6, "{}", loyalty.score);
    }

    #[test]
    fn other_weights_give_another_score_and_none_gives_none() {
        // (10 × 1 + 10 × −1.5 + 0 × 2) / 20 = −5 / 20 = −0.25; covered 20 / 100.
        let of = |value| Figure::whole(value);
        let weights = Weights { product: of(10), interaction: of(10), brand: of(0), price: of(80) };
        let loyalty = Loyalty::of(&path(&full_shop()), &weights).unwrap();
        assert_eq!((loyalty.score, loyalty.covered), (-0.25, 0.2));
        let nothing = Weights { product: of(0), interaction: of(-3), brand: of(0), price: of(80) };
        assert!(Loyalty::of(&path(&full_shop()), &nothing).is_none());
        assert!(Loyalty::of(&path(&shop()), &Weights::default()).is_none(), "no touchpoint names a driver");
    }

    #[test]
    fn the_score_comes_first_and_each_driver_says_what_it_weighs() {
        let mut map = full_shop();
        change(&mut map, "ad", |t| t.driver = None);
        let list = told(&map, &path(&map));
        let rows: Vec<(&str, &str, &str)> = list.iter().map(|f| (f.name, f.figure.as_str(), f.note.as_str())).collect();
        // Without brand: (36 − 45.6) / 66.4 = −0.144…, 66.4 / 99.8 = 0.665…
        let wanted = [
            ("Loyalty score", "\u{2212}0.1", "from 67 % of the weight"),
            ("Product", "+1.0", "weighs 36, 2 touchpoints"),
            ("Interaction", "\u{2212}1.5", "weighs 30.4, 2 touchpoints"),
        ];
        assert_eq!(rows, wanted);
    }
}
