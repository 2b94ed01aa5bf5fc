//! Finding in what a map knows beside its grid.

use super::Query;
use crate::model::JourneyMap;

/// A kind of knowledge that stands beside the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Who makes the journey.
    Personas,
    /// What it is meant to bring about.
    Goals,
    /// What is measured.
    Measures,
    /// Strengths, weaknesses, opportunities, threats.
    Swot,
    /// With whom it is compared.
    Competitors,
}

/// How often the query stands in each kind, those without a match left out.
pub fn beside(map: &JourneyMap, query: &Query) -> Vec<(Section, usize)> {
    if query.is_empty() {
        return Vec::new();
    }
    let count = |(section, texts): (Section, Vec<&str>)| {
        let found: usize = texts.into_iter().map(|text| query.ranges(text).len()).sum();
        (found > 0).then_some((section, found))
    };
    sections(map).into_iter().filter_map(count).collect()
}

/// The texts of each kind.
fn sections(map: &JourneyMap) -> [(Section, Vec<&str>); 5] {
    let personas = map.personas.iter().flat_map(|p| {
        let single = [&p.name, &p.segment, &p.quote, &p.contact, &p.best_time];
        single.into_iter().chain(&p.goals).chain(&p.behaviours).chain(&p.interests).chain(&p.channels)
    });
    let goals = map
        .goals
        .iter()
        .flat_map(|g| [&g.title, &g.specific, &g.measurable, &g.achievable, &g.relevant, &g.time_bound]);
    let metrics = map.metrics.iter().flat_map(|m| [m.shown_name(), &m.unit]);
    let swot = &map.swot;
    let swot = swot.strengths.iter().chain(&swot.weaknesses).chain(&swot.opportunities).chain(&swot.threats);
    [
        (Section::Personas, personas.map(String::as_str).collect()),
        (Section::Goals, goals.map(String::as_str).collect()),
        (Section::Measures, metrics.collect()),
        (Section::Swot, swot.map(String::as_str).collect()),
        (Section::Competitors, map.competitors.iter().map(|c| c.name.as_str()).collect()),
    ]
}
