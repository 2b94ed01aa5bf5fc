//! Touchpoints on the clipboard: text that other programs show and that Rihla reads back whole.
//!
//! The clipboard takes one text. Its first lines are the titles, which is what another program is wanted to
//! show; then comes a line that marks it as Rihla's, and behind it a small map in the form of a file, with
//! the lanes and the columns between the first and the last touchpoint. So nothing is lost between maps and
//! windows, format numbers work as in files, and what stands below the mark may be saved as a map.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::edit::{self, EditError, EditResult};
use crate::file;
use crate::model::{JourneyMap, LaneId, LaneKind, Link, Stage, StepId, Touchpoint, TouchpointId};

use super::Anchor;

/// The line above the map.
const MARK: &str = "// Copied from Rihla: paste into a map to keep everything";

/// Copied touchpoints: a map with nothing else on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clip {
    map: JourneyMap,
}

/// Why copied touchpoints cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the copied touchpoints cannot be read: {0}")]
pub struct ClipError(String);

impl Clip {
    /// Takes the touchpoints `ids` of `map`, with everything they hold; `None` if there are none.
    pub fn take(map: &JourneyMap, ids: &[TouchpointId]) -> Option<Self> {
        let ids: HashSet<&TouchpointId> = ids.iter().collect();
        let mut lanes = Vec::new();
        for lane in &map.lanes {
            let touchpoints: Vec<_> = lane.touchpoints.iter().filter(|t| ids.contains(&t.id)).cloned().collect();
            if !touchpoints.is_empty() {
                let mut lane = (**lane).clone();
                lane.touchpoints = touchpoints;
                lanes.push(Arc::new(lane));
            }
        }
        let holds = |step: &StepId| lanes.iter().any(|lane| lane.cell(step).next().is_some());
        let columns: Vec<&StepId> = map.steps().map(|(_, step)| &step.id).collect();
        let first = columns.iter().position(|step| holds(step))?;
        let last = columns.iter().rposition(|step| holds(step))?;
        let between: HashSet<&StepId> = columns[first..=last].iter().copied().collect();
        let stages = map.stages.iter().filter_map(|stage| part_of(stage, &between)).map(Arc::new).collect();
        let named = |id| lanes.iter().flat_map(|l| &l.touchpoints).any(|t| t.names(id));
        let personas = map.personas.iter().filter(|p| named(&p.id)).cloned().collect();
        let links = map.links.iter().filter(|l| ids.contains(&l.from) && ids.contains(&l.to)).cloned().collect();
        Some(Self { map: JourneyMap { stages, personas, links, lanes, ..JourneyMap::default() } })
    }

    /// The text for the clipboard.
    pub fn to_text(&self) -> String {
        let titles: Vec<String> = self.in_order().iter().map(|t| t.title.replace('\n', " ")).collect();
        format!("{}\n\n{MARK}\n{}", titles.join("\n"), file::to_ron(&self.map))
    }

    /// Reads what [`to_text`](Self::to_text) wrote; `None` if `text` is not that.
    ///
    /// # Errors
    /// When it is, but from a newer Rihla or damaged.
    pub fn read(text: &str) -> Option<Result<Self, ClipError>> {
        // A title may look like the mark.
        let mut read = marks(text).map(|at| file::parse(&text[at + MARK.len()..]));
        let first = read.next()?;
        let parsed = if first.is_ok() { first } else { read.find(Result::is_ok).unwrap_or(first) };
        Some(match parsed {
            Ok(map) if map.touchpoints().next().is_some() => Ok(Self { map }),
            Ok(_) => Err(ClipError("there are none".into())),
            Err(problems) => Err(ClipError(problems.first().map_or_else(String::new, |p| p.message.clone()))),
        })
    }

    /// How many touchpoints there are.
    pub fn len(&self) -> usize {
        self.map.touchpoints().count()
    }

    /// Whether there are none, which is never so.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts the touchpoints on `map`, the first column at the selected one; returns their ids.
    ///
    /// Touchpoints of one lane go into the selected lane. Those of several go into the lanes with their ids, or
    /// else their names, or else into the selected one. Where columns run out, steps are added, or in a locked
    /// structure the last one takes the rest.
    ///
    /// # Errors
    /// When the map has no lane or no step for them and the structure is locked.
    pub fn paste(&self, map: &mut JourneyMap, anchor: &Anchor) -> EditResult<Vec<TouchpointId>> {
        let columns = self.columns(map, anchor)?;
        let lanes = self.lanes(map, anchor)?;
        let (mut new, mut copied) = (Vec::with_capacity(self.len()), Vec::with_capacity(self.len()));
        for (lane, touchpoint) in self.map.touchpoints() {
            let (Some(lane), Some(step)) = (lanes.get(&lane.id), columns.get(&touchpoint.step)) else { continue };
            new.push((lane.clone(), Touchpoint { step: step.clone(), ..(**touchpoint).clone() }));
            copied.push(&touchpoint.id);
        }
        // Personas that the map does not know come along.
        let unknown: Vec<_> = self.map.personas.iter().filter(|p| map.persona(&p.id).is_none()).cloned().collect();
        map.personas.extend(unknown);
        let pasted = edit::add_touchpoints(map, new)?;
        let now: HashMap<&TouchpointId, &TouchpointId> = copied.into_iter().zip(&pasted).collect();
        for link in &self.map.links {
            if let (Some(from), Some(to)) = (now.get(&link.from), now.get(&link.to)) {
                map.links.push(Arc::new(Link { from: (*from).clone(), to: (*to).clone(), ..(**link).clone() }));
            }
        }
        Ok(pasted)
    }

    /// Titles in the order in which one reads them.
    fn in_order(&self) -> Vec<&Touchpoint> {
        let cells = self.map.steps().flat_map(|(_, step)| self.map.lanes.iter().flat_map(|lane| lane.cell(&step.id)));
        cells.map(|t| &**t).collect()
    }

    /// The step of the map for each copied step.
    fn columns(&self, map: &mut JourneyMap, anchor: &Anchor) -> EditResult<HashMap<StepId, StepId>> {
        let steps: Vec<StepId> = map.steps().map(|(_, step)| step.id.clone()).collect();
        let start = steps.iter().position(|step| Some(step) == anchor.step.as_ref()).unwrap_or(0);
        let mut columns = HashMap::new();
        for (offset, (_, copied)) in self.map.steps().enumerate() {
            let step = match steps.get(start + offset) {
                Some(step) => step.clone(),
                None if map.locked => steps.last().cloned().ok_or(EditError::Locked)?,
                None => one_more_step(map)?,
            };
            columns.insert(copied.id.clone(), step);
        }
        Ok(columns)
    }

    /// The lane of the map for each copied lane.
    fn lanes(&self, map: &mut JourneyMap, anchor: &Anchor) -> EditResult<HashMap<LaneId, LaneId>> {
        let open = |map: &JourneyMap, fits: &dyn Fn(&crate::model::Lane) -> bool| {
            map.lanes.iter().find(|l| l.kind == LaneKind::Touchpoints && fits(l)).map(|l| l.id.clone())
        };
        let selected = anchor.lane.as_ref().and_then(|id| open(map, &|lane| lane.id == *id));
        let alone = self.map.lanes.iter().filter(|lane| !lane.touchpoints.is_empty()).count() == 1;
        let mut lanes = HashMap::new();
        for copied in &self.map.lanes {
            let own = || {
                open(map, &|lane| lane.id == copied.id)
                    .or_else(|| open(map, &|lane| lane.name.trim() == copied.name.trim()))
            };
            let found = if alone { selected.clone().or_else(own) } else { own().or_else(|| selected.clone()) };
            let lane = match found.or_else(|| open(map, &|_| true)) {
                Some(lane) => lane,
                None => edit::add_lane(map, 0, &copied.name, LaneKind::Touchpoints)?,
            };
            lanes.insert(copied.id.clone(), lane);
        }
        Ok(lanes)
    }
}

/// What a text field takes of `text`: of copied touchpoints only the titles.
pub fn plain_words(text: &str) -> &str {
    marks(text).next().map_or(text, |at| text[..at].trim_end())
}

/// Where the mark stands, on a line of its own.
fn marks(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(MARK).map(|(at, _)| at).filter(|at| *at == 0 || text[..*at].ends_with('\n'))
}

/// `stage` with only the steps of `between`, without what hangs on them; `None` if none is left.
fn part_of(stage: &Stage, between: &HashSet<&StepId>) -> Option<Stage> {
    let mut stage = stage.clone();
    stage.steps.retain(|step| between.contains(&step.id));
    for step in &mut stage.steps {
        if !step.annotations.is_empty() {
            Arc::make_mut(step).annotations.clear();
        }
    }
    (!stage.steps.is_empty()).then_some(stage)
}

/// Adds a step to the last stage, or a stage where there is none.
fn one_more_step(map: &mut JourneyMap) -> EditResult<StepId> {
    match map.stages.last().map(|stage| stage.id.clone()) {
        Some(stage) => edit::add_step(map, &stage, usize::MAX, ""),
        None => {
            edit::add_stage(map, 0, &edit::StageDraft { name: "New stage".into(), steps: 1 })?;
            map.steps().next().map(|(_, step)| step.id.clone()).ok_or(EditError::Gone)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::generate;

    fn ids(ids: &[&str]) -> Vec<TouchpointId> {
        ids.iter().map(|id| TouchpointId::from(*id)).collect()
    }

    fn anchor(lane: &str, step: &str) -> Anchor {
        Anchor { step: Some(step.into()), lane: Some(lane.into()) }
    }

    #[test]
    fn titles_stand_first_and_a_text_field_takes_nothing_else() {
        let map = generate(2, 2, 1);
        let text = Clip::take(&map, &ids(&["t-1-2", "t-1-1"])).unwrap().to_text();
        let titles: Vec<&str> = map.lanes[0].touchpoints[..2].iter().map(|t| t.title.as_str()).collect();
        assert_eq!(plain_words(&text), titles.join("\n"));
        assert_eq!(plain_words("no mark"), "no mark");
    }

    #[test]
    fn touchpoints_of_one_lane_go_into_the_selected_one_with_new_ids_where_taken() {
        let mut map = generate(2, 2, 2);
        let clip = Clip::take(&map, &ids(&["t-1-1", "t-1-2"])).unwrap();
        let pasted = clip.paste(&mut map, &anchor("lane-2", "step-2-1")).unwrap();
        assert!(!pasted.contains(&"t-1-1".into()));
        let places: Vec<_> = pasted.iter().map(|id| map.touchpoint(id).unwrap()).collect();
        assert!(places.iter().all(|(lane, _)| lane.id == "lane-2".into()));
        assert_eq!(places[0].1.step, "step-2-1".into());
        assert_eq!(places[1].1.step, "step-2-2".into());
    }

    #[test]
    fn several_lanes_are_found_by_id_or_name_and_missing_steps_are_added() {
        let map = generate(2, 1, 2);
        let clip = Clip::take(&map, &ids(&["t-1-1", "t-2-2"])).unwrap();
        let mut other = generate(1, 1, 2);
        for lane in &mut other.lanes {
            let lane = Arc::make_mut(lane);
            lane.touchpoints.clear();
            if lane.id == "lane-2".into() {
                lane.id = "another".into();
            }
        }
        let pasted = clip.paste(&mut other, &Anchor::default()).unwrap();
        assert_eq!(pasted, ids(&["t-1-1", "t-2-2"]), "free ids are kept");
        assert_eq!(other.steps().count(), 2);
        let lane = |id: &str| other.touchpoint(&id.into()).unwrap().0.id.clone();
        assert_eq!((lane("t-1-1"), lane("t-2-2")), ("lane-1".into(), "another".into()));
    }

    #[test]
    fn a_newer_format_is_refused_and_other_text_is_not_ours() {
        let map = generate(1, 1, 1);
        let text = Clip::take(&map, &ids(&["t-1-1"])).unwrap().to_text();
        let newer = text.replace("format: 1,", "format: 99,");
        assert!(Clip::read(&newer).unwrap().unwrap_err().to_string().contains("format 99"));
        assert!(Clip::read("- a list\n- of two").is_none());
        assert!(Clip::take(&map, &[]).is_none());
    }
}
