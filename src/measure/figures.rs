//! The figures themselves: sums in, an estimate with its interval out.

/// How many standard errors to each side hold the real figure 95 times out of 100.
pub const Z: f64 = 1.96;

/// A figure worked out from a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// What it comes to.
    pub value: f64,
    /// The ends of the 95 % interval; nothing where the sample cannot say how much its answers differ.
    pub interval: Option<(f64, f64)>,
    /// Out of how many answers.
    pub sample: u32,
}

/// The net promoter score: the share of answers 9 and 10 minus the share of 0 to 6, from −100 to 100.
///
/// After F. F. Reichheld, "The One Number You Need to Grow", Harvard Business Review, December 2003. For the interval
/// each answer counts +1, 0 or −1; with the shares p and d of promoters and detractors the variance of that is
/// p + d − (p − d)², and the standard error √(variance ÷ n): the Wald interval of B. Rocks, "Interval Estimation for
/// the 'Net Promoter Score'", The American Statistician 70 (2016). Where all answers are of one group the variance is
/// zero, which would claim a certainty that no sample has; then there is no interval. `None` without answers.
pub fn nps(promoters: u32, passives: u32, detractors: u32) -> Option<Estimate> {
    let sample = promoters.checked_add(passives)?.checked_add(detractors)?;
    let n = f64::from(sample);
    let (p, d) = (f64::from(promoters) / n, f64::from(detractors) / n);
    let score = p - d;
    let groups = [promoters, passives, detractors].iter().filter(|count| **count > 0).count();
    let error = ((p + d - score * score) / n).sqrt();
    let interval = (groups > 1).then(|| around(score, error, (-1.0, 1.0)));
    let percent = |(low, high): (f64, f64)| (low * 100.0, high * 100.0);
    (sample > 0).then_some(Estimate { value: score * 100.0, interval: interval.map(percent), sample })
}

/// The share of `yes` among `sample` answers, in percent.
///
/// With the score interval of E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference",
/// Journal of the American Statistical Association 22 (1927), which also holds for few answers and for shares near 0
/// and 100. `None` without answers.
pub fn share(yes: u32, sample: u32) -> Option<Estimate> {
    let n = f64::from(sample);
    let p = f64::from(yes) / n;
    let z2 = Z * Z;
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
    let ends = ((middle - half).max(0.0) * 100.0, (middle + half).min(1.0) * 100.0);
    (sample > 0).then_some(Estimate { value: p * 100.0, interval: Some(ends), sample })
}

/// A mean from the number of answers, their mean, and the sum of the squares of their distances from it.
///
/// The interval is the normal one, 1.96 · s ÷ √n with s² = squares ÷ (n − 1), cut off at the ends of the scale; there
/// is none for a single answer or where all are the same. `None` without answers.
pub fn mean(sample: u32, mean: f64, squares: f64, scale: (f64, f64)) -> Option<Estimate> {
    let n = f64::from(sample);
    let error = (squares / (n - 1.0) / n).sqrt();
    let interval = (sample > 1 && squares > 0.0).then(|| around(mean, error, scale));
    (sample > 0).then_some(Estimate { value: mean, interval, sample })
}

fn around(value: f64, error: f64, (least, most): (f64, f64)) -> (f64, f64) {
    ((value - Z * error).max(least), (value + Z * error).min(most))
}

/// Numbers as they come, without keeping them: count, mean and squares.
///
/// After B. P. Welford, "Note on a Method for Calculating Corrected Sums of Squares and Products", Technometrics 4
/// (1962): it does not lose the small differences of large numbers, as sums of squares do.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Running {
    pub count: u32,
    pub mean: f64,
    pub squares: f64,
}

impl Running {
    /// Takes a number in.
    pub fn add(&mut self, value: f64) {
        self.count += 1;
        let before = value - self.mean;
        self.mean += before / f64::from(self.count);
        self.squares += before * (value - self.mean);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(found: Option<Estimate>, value: f64, interval: Option<(f64, f64)>, sample: u32) {
        let found = found.unwrap();
        let near = |a: f64, b: f64| (a - b).abs() < 5e-6;
        let same = match (found.interval, interval) {
            (Some(a), Some(b)) => near(a.0, b.0) && near(a.1, b.1),
            (None, None) => true,
            _ => false,
        };
        assert!(near(found.value, value) && same && found.sample == sample, "{found:?}");
    }

    // The ends of the intervals below were worked out apart from this code, with 40 digits.

    #[test]
    fn net_promoter_scores() {
        // 50 of 100 are promoters, 20 detractors: 50 % − 20 % = 30. The variance is 0.7 − 0.3² = 0.61, the error
        // √(0.61 ÷ 100) = 0.0781025, times 1.96 = 0.1530809.
        is(nps(50, 30, 20), 30.0, Some((14.691_911, 45.308_089)), 100);
        // 3, 1 and 6 of 10: 30 % − 60 % = −30; 0.9 − 0.09 = 0.81, √0.081 = 0.2846050, times 1.96 = 0.5578258.
        is(nps(3, 1, 6), -30.0, Some((-85.782_578, 25.782_578)), 10);
        // Five of six are promoters, one is passive: 83.3; 0.833333 − 0.694444 = 0.138889, √(0.138889 ÷ 6)
        // = 0.1521452, times 1.96 = 0.2982045: the upper end would be 113.2 and is cut off at 100.
        is(nps(5, 1, 0), 83.333_333, Some((53.512_883, 100.0)), 6);
    }

    #[test]
    fn a_sample_of_one_group_claims_no_certainty() {
        is(nps(7, 0, 0), 100.0, None, 7);
        is(nps(0, 1, 0), 0.0, None, 1);
        is(nps(1, 0, 1), 0.0, Some((-100.0, 100.0)), 2);
        assert_eq!(nps(0, 0, 0), None);
        assert_eq!(nps(u32::MAX, 1, 0), None);
    }

    #[test]
    fn shares() {
        // 81 of 263: the example of R. G. Newcombe, Statistics in Medicine 17 (1998), table I, gives 0.2553 to 0.3662
        // with z = 1.959964, the same to four places.
        is(share(81, 263), 30.798_479, Some((25.528_761, 36.621_068)), 263);
        // 15 of 148, 0 of 20 and 1 of 29, from the same table: 0.0624 to 0.1605, 0 to 0.1611, 0.0061 to 0.1718.
        is(share(15, 148), 10.135_135, Some((6.238_585, 16.048_852)), 148);
        is(share(0, 20), 0.0, Some((0.0, 16.113_013)), 20);
        is(share(1, 29), 3.448_276, Some((0.611_306, 17.175_891)), 29);
        is(share(8, 8), 100.0, Some((67.558_438, 100.0)), 8);
        assert_eq!(share(0, 0), None);
    }

    #[test]
    fn means() {
        let of = |values: &[f64], scale| {
            let mut running = Running::default();
            values.iter().for_each(|value| running.add(*value));
            mean(running.count, running.mean, running.squares, scale)
        };
        // 2, 4, 4, 4, 5, 5, 7, 9 come to 40 ÷ 8 = 5; the squares are 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, so
        // s² = 32 ÷ 7, the error √(32 ÷ 56) = 0.7559289, times 1.96 = 1.4816207.
        is(of(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0], (0.0, f64::MAX)), 5.0, Some((3.518_379, 6.481_621)), 8);
        // 7 and 6: 6.5; s² = 0.5, the error 0.5, times 1.96 = 0.98: the upper end is that of the scale.
        is(of(&[7.0, 6.0], (1.0, 7.0)), 6.5, Some((5.52, 7.0)), 2);
        is(of(&[3.0], (1.0, 7.0)), 3.0, None, 1);
        is(of(&[3.0, 3.0], (1.0, 7.0)), 3.0, None, 2);
        assert_eq!(mean(0, 0.0, 0.0, (1.0, 7.0)), None);
        // Small differences of large numbers: s² = 1, √(1 ÷ 3) = 0.5773503, times 1.96 = 1.1316065.
        let large = of(&[1e9, 1e9 + 1.0, 1e9 + 2.0], (f64::MIN, f64::MAX));
        is(large, 1e9 + 1.0, Some((1e9 - 0.131_607, 1e9 + 2.131_607)), 3);
    }
}
