//! Where competitors do better.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use super::findings::step_name;
use super::{Finding, Group, Stop, signed};
use crate::model::{Competitor, Element, Emotion, JourneyMap, StepId};

/// A step in which a competitor's curve is above one's own.
#[derive(Clone, Debug)]
pub struct Lead {
    /// Who.
    pub competitor: Arc<Competitor>,
    /// The index of the step among all steps.
    pub step: usize,
    /// How a customer feels there.
    pub theirs: Emotion,
    /// The mean of one's own emotions in that step.
    pub ours: f64,
    /// How far above.
    pub by: f64,
}

/// From how far above a step is told.
const ABOVE: f64 = 2.0;

/// The steps in which a competitor is above one's own mean by 2 or more, the farthest first.
pub fn leads(map: &JourneyMap, path: &[Stop]) -> Vec<Lead> {
    let steps: HashMap<&StepId, usize> = map.steps().enumerate().map(|(at, (_, step))| (&step.id, at)).collect();
    let mut own: HashMap<usize, (i64, i64)> = HashMap::new();
    for stop in path {
        if let Some(emotion) = stop.felt {
            let (sum, count) = own.entry(stop.step).or_default();
            (*sum, *count) = (*sum + i64::from(emotion.get()), *count + 1);
        }
    }
    let lead = |competitor: &Arc<Competitor>, id: &StepId, theirs: Emotion| {
        let step = *steps.get(id)?;
        let (sum, count) = own.get(&step)?;
        let ours = *sum as f64 / *count as f64;
        let by = f64::from(theirs.get()) - ours;
        (by >= ABOVE).then(|| Lead { competitor: Arc::clone(competitor), step, theirs, ours, by })
    };
    let all = map.competitors.iter().flat_map(|c| c.emotions.iter().map(move |(step, emotion)| (c, step, *emotion)));
    let mut list: Vec<Lead> = all.filter_map(|(c, step, emotion)| lead(c, step, emotion)).collect();
    // Steps in order where the lead is the same.
    list.sort_by_key(|lead| lead.step);
    list.sort_by(|a, b| b.by.total_cmp(&a.by));
    list
}

/// The leads, the farthest first, and a word on each competitor's number of them.
pub(super) fn told(map: &JourneyMap, path: &[Stop]) -> Vec<Finding> {
    let steps: Vec<_> = map.steps().collect();
    let leads = leads(map, path);
    let mut all: Vec<Finding> = Vec::new();
    for competitor in &map.competitors {
        let theirs: Vec<&Lead> = leads.iter().filter(|lead| Arc::ptr_eq(&lead.competitor, competitor)).collect();
        let about = theirs.iter().map(|lead| Element::Step(steps[lead.step].1.id.clone()));
        all.extend((!theirs.is_empty()).then(|| {
            Finding::new(Group::Competitors, "Steps ahead", theirs.len().to_string(), COUNT)
                .words([&competitor.name])
                .about(about)
        }));
    }
    all.sort_by_key(|finding| Reverse(finding.about.len()));
    all.extend(leads.iter().map(|lead| {
        let (stage, step) = steps[lead.step];
        Finding::new(Group::Competitors, "Ahead", signed(lead.by), AHEAD)
            .note(format!("{} against {}", lead.theirs, signed(lead.ours)))
            .words([lead.competitor.name.clone(), step_name(map, (stage, step))])
            .about([Element::Step(step.id.clone())])
    }));
    all
}

const COUNT: &str = "The steps in which a competitor is above one's own mean emotion by 2 or more.";
const AHEAD: &str =
    "A competitor's emotion in a step less the mean of one's own emotions in it, where that is 2 or more.";

#[cfg(test)]
mod tests {
    use super::super::{path, samples::full_shop, samples::shop, samples::told_by_personas};
    use super::*;

    #[test]
    fn steps_in_which_a_rival_is_well_ahead_are_told() {
        let map = full_shop();
        let list = told(&map, &path(&map));
        let rows: Vec<(&str, &str, &str)> = list.iter().map(|f| (f.name, f.figure.as_str(), f.note.as_str())).collect();
        // look: +3 against (2 − 1) / 2 = 0.5: 2.5. pay: −2 against −4: 2. get: +4 against +3: 1, too little.
        // wait: +5 against nothing.
        let wanted = [
            ("Steps ahead", "2", ""),
            ("Ahead", "+2.5", "+3 against +0.5"),
            ("Ahead", "+2.0", "\u{2212}2 against \u{2212}4.0"),
        ];
        assert_eq!(rows, wanted);
        assert_eq!(list[1].words, ["Rival", "LOOK"]);
        assert_eq!(list[1].about, [Element::Step("look".into())]);
        assert_eq!(told(&shop(), &path(&shop())), []);
        // Where only personas feel, it is their mean: get +4 against +1, pay −2 against −4; look +3 against (3 + 1) / 2.
        let map = JourneyMap { competitors: map.competitors, ..told_by_personas() };
        let ahead = leads(&map, &path(&map)).into_iter().map(|lead| (lead.ours, lead.by)).collect::<Vec<_>>();
        assert_eq!(ahead, [(1.0, 3.0), (-4.0, 2.0)]);
    }
}
