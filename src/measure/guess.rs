//! What the columns of a file most likely hold.

use super::cells;
use super::look::Look;
use super::mapping::{Mapping, Period};
use super::places::Places;
use crate::model::{Date, JourneyMap, MetricHost, MetricKind};

/// Words in headings, the surest first.
const NPS: [&str; 4] = ["nps", "recommend", "promoter", "likel"];
const CSAT: [&str; 2] = ["csat", "satisf"];
const CES: [&str; 3] = ["ces", "effort", "easy"];
const HOURS: [&str; 4] = ["hours", "response", "wait", "duration"];
const DATE: [&str; 6] = ["date", "day", "time", "submitted", "created", "when"];
const AT: [&str; 4] = ["stage", "touchpoint", "step", "phase"];

/// The kinds whose headings say what they are.
const KINDS: [MetricKind; 4] = [MetricKind::Nps, MetricKind::Csat, MetricKind::Ces, MetricKind::ResponseTime];

fn hints(kind: MetricKind) -> &'static [&'static str] {
    match kind {
        MetricKind::Nps => &NPS,
        MetricKind::Csat => &CSAT,
        MetricKind::Ces => &CES,
        MetricKind::ResponseTime => &HOURS,
        MetricKind::Own => &[],
    }
}

/// How well a heading fits: more for a word of its own than for a part of one.
fn hint(heading: &str, words: &[&str]) -> usize {
    let heading = heading.to_lowercase();
    let is_word = |word: &str| heading.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
    let found = words.iter().position(|word| is_word(word) || (word.len() > 3 && heading.contains(word)));
    found.map_or(0, |at| 2 * (words.len() - at) + usize::from(is_word(words[at])))
}

/// Whether nearly all cells of a column that hold something pass; never of an empty column.
///
/// Some may be wrong: these are to be told, not to make the column another one.
fn fits(look: &Look, column: usize, mut passes: impl FnMut(&str) -> bool) -> bool {
    let cells = || look.sample.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.is_empty());
    let good = cells().filter(|cell| passes(cell)).count();
    good > 0 && good * 10 >= cells().count() * 9
}

/// The column among those not in `taken` that fits best.
fn best(look: &Look, taken: &[Option<usize>], words: &[&str], mut passes: impl FnMut(&str) -> bool) -> Option<usize> {
    let mut found: Option<(usize, usize)> = None;
    for (at, heading) in look.headings.iter().enumerate().filter(|(at, _)| !taken.contains(&Some(*at))) {
        let worth = hint(heading, words);
        if fits(look, at, &mut passes) && found.is_none_or(|(most, _)| worth > most) {
            found = Some((worth, at));
        }
    }
    found.map(|(_, at)| at)
}

/// The column that most likely holds answers of `kind`, beside those for dates and places.
pub fn guess_answer(look: &Look, kind: MetricKind, date: Option<usize>, at: Option<usize>) -> Option<usize> {
    let fitting = best(look, &[date, at], hints(kind), |cell| cells::answer(kind, cell).is_ok());
    // A column of that name is meant even where its cells are not right: they are to be told.
    let named = |(_, heading): &(usize, &String)| hint(heading, hints(kind)) > 0;
    let is_sure = fitting.is_some_and(|at| hint(&look.headings[at], hints(kind)) > 0);
    let free = look.headings.iter().enumerate().filter(|(column, _)| ![date, at].contains(&Some(*column)));
    if is_sure { fitting } else { free.into_iter().find(named).map(|(at, _)| at).or(fitting) }
}

/// The most likely mapping of the columns of a file for `map`.
pub fn guess(look: &Look, map: &JourneyMap, today: Date) -> Mapping {
    let mut places = Places::of(map);
    let is_date = |cell: &str| cell.len() > 4 && cells::day(cell).is_ok();
    let date = best(look, &[], &DATE, is_date);
    let at = best(look, &[date], &AT, |cell| places.names(cell)).or_else(|| {
        // One that is called so, but does not fit the map, is to be told.
        let named = |heading: &String| hint(heading, &AT) > 0;
        look.headings.iter().position(named).filter(|at| Some(*at) != date)
    });
    let named = KINDS.iter().find(|kind| {
        let answer = guess_answer(look, **kind, date, at);
        answer.is_some_and(|at| hint(&look.headings[at], hints(**kind)) > 0)
    });
    let free = |kind: &&MetricKind| guess_answer(look, **kind, date, at).is_some();
    let kind = named.or_else(|| KINDS.iter().find(free)).copied().unwrap_or(MetricKind::Nps);
    let answer = guess_answer(look, kind, date, at);
    let period = if date.is_some() { Period::Month } else { Period::All };
    Mapping { kind, name: String::new(), unit: String::new(), answer, date, at, host: MetricHost::Map, period, today }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Reading;
    use crate::model::generate;

    fn guessed(text: &str) -> Mapping {
        let look = Look::of(text.as_bytes(), Reading::default()).unwrap();
        guess(&look, &generate(2, 1, 1), "2026-05-01".parse().unwrap())
    }

    #[test]
    fn headings_and_cells_say_what_columns_hold() {
        let stage = generate(2, 1, 1).stages[0].name.clone();
        let text = format!("Submitted at,Where,How likely are you to recommend us?\n2026-01-03,{stage},9\n");
        let found = guessed(&text);
        assert_eq!((found.date, found.at, found.answer), (Some(0), Some(1), Some(2)));
        assert_eq!((found.kind, found.period), (MetricKind::Nps, Period::Month));
        let found = guessed("id,CSAT score,comment\n1,yes,ok\n2,no,bad\n");
        assert_eq!((found.kind, found.answer, found.date), (MetricKind::Csat, Some(1), None));
        assert_eq!((found.at, found.period), (None, Period::All));
        // 3.5 is no answer on a scale, and the heading says hours.
        let found = guessed("answer_hours,rating\n3.5,8\n0.25,10\n");
        assert_eq!((found.kind, found.answer), (MetricKind::ResponseTime, Some(0)));
        let found = guessed("x,y\na,b\n");
        assert_eq!((found.kind, found.answer), (MetricKind::Nps, None));
    }

    #[test]
    fn another_kind_is_another_column() {
        let text = "stage,date,nps,satisfaction,effort,answer_hours,comment\nstage-1,2026-01-01,9,6,2,3.5,fine\n";
        let look = Look::of(text.as_bytes(), Reading::default()).unwrap();
        let column = |kind| guess_answer(&look, kind, Some(1), Some(0));
        assert_eq!(KINDS.map(column), [Some(2), Some(3), Some(4), Some(5)]);
    }
}
