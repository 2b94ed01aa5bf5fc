//! The stages and touchpoints that answers may name, by id or by name.

use std::collections::HashMap;

use super::error::{AnswersError, quoted};
use crate::model::{JourneyMap, MetricHost};

/// What a map has, to be found by what a cell says.
#[derive(Debug)]
pub(super) struct Places {
    /// The whole journey, then stages, then touchpoints, as they stand on the map.
    pub hosts: Vec<MetricHost>,
    /// By ids and names of stages, then by those of touchpoints: what is found first counts.
    tables: [HashMap<String, Vec<usize>>; 4],
    /// What may be named, for messages: one of them, and several; and what `names` are names of.
    words: Words,
    /// Names that are offered in messages.
    names: Vec<String>,
    /// What cells said before.
    known: HashMap<String, usize>,
}

/// The words of messages for what may be named.
#[derive(Clone, Copy, Debug)]
struct Words {
    one: &'static str,
    several: &'static str,
    offered: &'static str,
}

const PLACES: Words = Words { one: "stage or touchpoint", several: "stages or touchpoints", offered: "stages" };
const STAGES: Words = Words { one: "stage", several: "stages", offered: "stages" };
const TOUCHPOINTS: Words = Words { one: "touchpoint", several: "touchpoints", offered: "touchpoints" };

/// How many spellings are kept; a file may have as many as rows.
const MOST_KNOWN: usize = 10_000;

/// `text` without what does not make it another name.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The stage of `map` with this id or name, in any case.
///
/// # Errors
/// When there is none, or more than one.
pub fn stage_called(map: &JourneyMap, name: &str) -> Result<MetricHost, AnswersError> {
    let mut places = Places::of(map);
    places.tables[2..].iter_mut().for_each(HashMap::clear);
    places.words = STAGES;
    places.called(name)
}

/// The touchpoint of `map` with this id or title, in any case.
///
/// # Errors
/// When there is none, or more than one.
pub fn touchpoint_called(map: &JourneyMap, name: &str) -> Result<MetricHost, AnswersError> {
    let mut places = Places::of(map);
    places.tables[..2].iter_mut().for_each(HashMap::clear);
    places.words = TOUCHPOINTS;
    places.names = map.touchpoints().map(|(_, t)| t.title.clone()).collect();
    places.called(name)
}

impl Places {
    /// The place that `name` names.
    fn called(&mut self, name: &str) -> Result<MetricHost, AnswersError> {
        let found = self.find(name).map(|at| self.hosts[at].clone());
        found.map_err(|(message, help)| AnswersError::whole(message, help))
    }

    /// The places of `map`.
    pub fn of(map: &JourneyMap) -> Self {
        let mut this = Self {
            hosts: vec![MetricHost::Map],
            tables: Default::default(),
            words: PLACES,
            names: map.stages.iter().map(|stage| stage.name.clone()).collect(),
            known: HashMap::new(),
        };
        for stage in &map.stages {
            this.add(MetricHost::Stage(stage.id.clone()), 0, stage.id.as_str(), &[&stage.name, &stage.words]);
        }
        for (_, touchpoint) in map.touchpoints() {
            let host = MetricHost::Touchpoint(touchpoint.id.clone());
            this.add(host, 2, touchpoint.id.as_str(), &[&touchpoint.title]);
        }
        this
    }

    fn add(&mut self, host: MetricHost, table: usize, id: &str, names: &[&str]) {
        let at = self.hosts.len();
        self.hosts.push(host);
        self.tables[table].entry(folded(id)).or_default().push(at);
        for name in names.iter().filter(|name| !name.trim().is_empty()) {
            let same = self.tables[table + 1].entry(folded(name)).or_default();
            if same.last() != Some(&at) {
                same.push(at);
            }
        }
    }

    /// Whether a cell names a place.
    pub fn names(&mut self, cell: &str) -> bool {
        self.find(cell).is_ok()
    }

    /// The place that a cell names; an error says what is wrong and what to do.
    pub fn find(&mut self, cell: &str) -> Result<usize, (String, String)> {
        if let Some(at) = self.known.get(cell) {
            return Ok(*at);
        }
        let name = folded(cell);
        match self.tables.iter().find_map(|table| table.get(&name)).map(Vec::as_slice) {
            Some([at]) => {
                let at = *at;
                if self.known.len() < MOST_KNOWN {
                    self.known.insert(cell.to_owned(), at);
                }
                Ok(at)
            }
            Some(several) => {
                let message = format!("{} is the name of {} {}", quoted(cell), several.len(), self.words.several);
                Err((message, "write the id of the one that is meant".into()))
            }
            None => Err((format!("the map has no {} {}", self.words.one, quoted(cell)), self.help(&name))),
        }
    }

    fn help(&self, name: &str) -> String {
        let near = self.names.iter().map(|own| (strsim::jaro_winkler(&folded(own), name), own));
        if let Some((_, own)) = near.filter(|(near, _)| *near > 0.85).max_by(|a, b| a.0.total_cmp(&b.0)) {
            return format!("did you mean {}?", quoted(own));
        }
        let shown: Vec<String> = self.names.iter().take(8).map(|own| quoted(own)).collect();
        let more = if self.names.len() > 8 { " …" } else { "" };
        format!("name one by its id or its name; the {} are {}{more}", self.words.offered, shown.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::generate;

    #[test]
    fn places_are_found_by_id_or_name_in_any_case() {
        let mut map = generate(2, 1, 1);
        Arc::make_mut(&mut map.stages[1]).name = "Check  in".into();
        Arc::make_mut(&mut map.stages[1]).words = "Getting my key".into();
        let mut places = Places::of(&map);
        let mut host = |cell: &str| places.find(cell).map(|at| places.hosts[at].clone());
        let second = MetricHost::Stage(map.stages[1].id.clone());
        for cell in ["check in", "CHECK IN", map.stages[1].id.as_str(), "getting my key"] {
            assert_eq!(host(cell), Ok(second.clone()), "{cell}");
        }
        assert_eq!(host("T-1-1"), Ok(MetricHost::Touchpoint("t-1-1".into())));
        let (message, help) = host("chek in").unwrap_err();
        assert_eq!(message, "the map has no stage or touchpoint \"chek in\"");
        assert_eq!(help, "did you mean \"Check in\"?".replace("Check in", "Check  in"));
        assert!(host("elsewhere").unwrap_err().1.contains("the stages are "));
    }

    #[test]
    fn names_stand_in_messages_as_they_were_written() {
        let map = generate(2, 1, 1);
        let err = touchpoint_called(&map, "a stage or touchpoint").unwrap_err();
        assert_eq!(err.message, "the map has no touchpoint \"a stage or touchpoint\"");
        assert!(err.help.contains("; the touchpoints are "), "{}", err.help);
        assert_eq!(stage_called(&map, "a touchpoint").unwrap_err().message, "the map has no stage \"a touchpoint\"");
    }

    #[test]
    fn a_name_that_several_have_names_none() {
        let mut map = generate(2, 1, 1);
        for stage in &mut map.stages {
            Arc::make_mut(stage).name = "Wait".into();
        }
        let (message, help) = Places::of(&map).find("wait").unwrap_err();
        assert_eq!(message, "\"wait\" is the name of 2 stages or touchpoints");
        assert_eq!(help, "write the id of the one that is meant");
    }
}
