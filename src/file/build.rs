//! The file's structs to the model: ids that nobody wrote, names that lead nowhere, and what is put right of them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::error::FileProblem;
use super::explain::suggest;
use super::locate::{Key, comments, locate};
use super::read_about::swot;
use super::v1;
use super::write::HEAD;
use crate::model::{Annotation, Evidence, IdMaker, JourneyMap, Lane, LaneKind, Stage, Step, Touchpoint, fresh_id};

/// How many problems are told at once; finding a place takes time, and nobody reads more.
const MOST_PROBLEMS: usize = 40;

/// Builds the model from the file's structs and collects what is not sound.
pub(super) struct Builder<'a> {
    text: &'a str,
    problems: Vec<FileProblem>,
    /// How many more there are than `problems` holds.
    unsaid: usize,
    /// Which items of the file's lists are left, where some were taken out.
    kept: Kept,
    /// Whether what is not sound is put right instead of refused.
    is_forgiving: bool,
}

/// For lists of a file the numbers of the items that are left.
pub(super) type Kept = HashMap<&'static str, Vec<usize>>;

/// The name of stage and lane for touchpoints that name none of the map.
const NOT_PLACED: &str = "Not placed";

impl<'a> Builder<'a> {
    /// A builder that refuses what is not sound.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, problems: Vec::new(), unsaid: 0, kept: Kept::new(), is_forgiving: false }
    }

    /// A builder that puts right what is not sound, of what is left of the lists of `text`.
    pub(super) fn forgiving(text: &'a str, kept: Kept) -> Self {
        Self { text, problems: Vec::new(), unsaid: 0, kept, is_forgiving: true }
    }

    pub(super) fn build(self, file: v1::JourneyMap) -> Result<JourneyMap, Vec<FileProblem>> {
        let (map, problems) = self.build_anyhow(file);
        debug_assert!(!problems.is_empty() || map.problems().is_empty());
        if problems.is_empty() { Ok(map) } else { Err(problems) }
    }

    /// The map, and what is wrong with it or was put right.
    pub(super) fn build_anyhow(mut self, file: v1::JourneyMap) -> (JourneyMap, Vec<FileProblem>) {
        let mut map = JourneyMap {
            remark: remark(self.text),
            title: clean(file.title),
            subtitle: clean(file.subtitle),
            direction: file.direction,
            locked: file.locked,
            state: file.state,
            counterpart: clean(file.counterpart),
            scale: file.scale,
            weights: file.weights,
            ..JourneyMap::default()
        };
        map.stages = self.stages(file.stages);
        let mut lanes = self.lanes(file.lanes);
        map.personas = self.personas(file.personas);
        let personas = first_places(map.personas.iter().map(|p| p.id.as_str()));
        if self.is_forgiving {
            add_spare(&mut map, &mut lanes);
        }
        self.touchpoints(file.touchpoints, &map, &mut lanes, &personas);
        map.lanes = lanes.into_iter().map(Arc::new).collect();
        map.links = self.links(file.links, &map);
        map.metrics = self.metrics(file.metrics, &map);
        map.goals = self.goals(file.goals, &map);
        map.swot = Arc::new(swot(file.swot));
        map.competitors = self.competitors(file.competitors, &map);
        map.views = self.views(file.views, &personas);
        if self.unsaid > 0 {
            let message = format!("there are {} more problems of this kind", self.unsaid);
            self.problems.push(FileProblem::whole(message, "put these right first"));
        }
        if self.is_forgiving {
            put_right(&mut map);
        }
        (map, self.problems)
    }

    pub(super) fn report(&mut self, path: &[Key<'_>], message: String, help: impl Into<String>) {
        if self.problems.len() >= MOST_PROBLEMS {
            self.unsaid += 1;
            return;
        }
        let mut path = path.to_vec();
        if let [Key::Field(list), Key::Item(item), ..] = &mut path[..]
            && let Some(place) = self.kept.get(list).and_then(|kept| kept.get(*item))
        {
            *item = *place;
        }
        let offset = locate(self.text, &path).unwrap_or(0);
        self.problems.push(FileProblem::at_offset(self.text, offset, message, Some(help.into())));
    }

    /// The id as written, checked, or a fresh one.
    pub(super) fn id(
        &mut self,
        written: Option<String>,
        name: &str,
        what: &str,
        ids: &mut Ids,
        path: &[Key<'_>],
    ) -> String {
        let Some(id) = written else { return ids.make(name, what) };
        if id.is_empty() {
            self.report(path, format!("this {what} has an empty id"), "give it a word, or leave the field out");
            return ids.make(name, what);
        } else if !ids.seen.insert(id.clone()) {
            self.report(path, format!("another {what} has the id {id:?} already"), "give one of the two another id");
            return ids.make(name, what);
        }
        id
    }

    fn stages(&mut self, stages: Vec<v1::Stage>) -> Vec<Arc<Stage>> {
        let mut ids = Ids::written(stages.iter().map(|s| &s.id));
        let mut step_ids = Ids::written(stages.iter().flat_map(|s| s.steps.iter().map(|step| &step.id)));
        let mut built = Vec::with_capacity(stages.len());
        for (i, stage) in stages.into_iter().enumerate() {
            let path = [Key::Field("stages"), Key::Item(i), Key::Field("id")];
            let id = self.id(stage.id, &stage.name, "stage", &mut ids, &path);
            let mut steps = stage.steps;
            if steps.is_empty() {
                // The step's id is the stage's; where another step has it already, one like it.
                let free = !step_ids.written.contains(&id) && !step_ids.seen.contains(&id);
                let id = if free { id.clone() } else { step_ids.make(&id, "step") };
                step_ids.seen.remove(&id);
                steps.push(v1::Step { id: Some(id), ..v1::Step::default() });
            }
            let mut built_steps = Vec::with_capacity(steps.len());
            for (j, step) in steps.into_iter().enumerate() {
                let path = [Key::Field("stages"), Key::Item(i), Key::Field("steps"), Key::Item(j), Key::Field("id")];
                let name = if step.name.is_empty() { &stage.name } else { &step.name };
                let step_id = self.id(step.id, name, "step", &mut step_ids, &path);
                built_steps.push(Arc::new(Step {
                    id: step_id.into(),
                    name: clean(step.name),
                    width: step.width,
                    annotations: step.annotations.into_iter().map(annotation).collect(),
                }));
            }
            built.push(Arc::new(Stage {
                id: id.into(),
                name: clean(stage.name),
                words: clean(stage.words),
                phase: clean(stage.phase),
                accent: stage.accent,
                steps: built_steps,
            }));
        }
        built
    }

    fn lanes(&mut self, lanes: Vec<v1::Lane>) -> Vec<Lane> {
        let mut ids = Ids::written(lanes.iter().map(|l| &l.id));
        let mut built = Vec::with_capacity(lanes.len());
        for (i, lane) in lanes.into_iter().enumerate() {
            let path = [Key::Field("lanes"), Key::Item(i), Key::Field("id")];
            let id = self.id(lane.id, &lane.name, "lane", &mut ids, &path);
            built.push(Lane {
                hint: clean(lane.hint),
                collapsed: lane.collapsed,
                hidden: lane.hidden,
                backstage: lane.backstage,
                ..Lane::new(id, clean(lane.name), lane.kind)
            });
        }
        built
    }

    fn touchpoints(
        &mut self,
        touchpoints: Vec<v1::Touchpoint>,
        map: &JourneyMap,
        lanes: &mut [Lane],
        personas: &HashMap<String, usize>,
    ) {
        let mut ids = Ids::written(touchpoints.iter().map(|t| &t.id));
        let steps = first_places(map.steps().map(|(_, s)| s.id.as_str()));
        let lane_of = first_places(lanes.iter().map(|l| l.id.as_str()));
        for (i, touchpoint) in touchpoints.into_iter().enumerate() {
            let place = |field| [Key::Field("touchpoints"), Key::Item(i), Key::Field(field)];
            let id = self.id(touchpoint.id, &touchpoint.title, "touchpoint", &mut ids, &place("id"));
            let step = self.reference("step", touchpoint.step, &id, &place("step"), &steps);
            let lane = self.reference("lane", touchpoint.lane, &id, &place("lane"), &lane_of);
            // What has no place goes into the spare ones, if there are such.
            let spare = self.is_forgiving.then(|| lanes.len() - 1);
            let Some(mut lane) = lane.map(|lane| lane_of[&lane]).or(spare) else { continue };
            if lanes[lane].kind != LaneKind::Touchpoints {
                let lane_is = &lanes[lane];
                let message = format!(
                    "the lane {:?} does not hold touchpoints, it shows {}",
                    lane_is.id.as_str(),
                    lane_is.kind.name()
                );
                self.report(&place("lane"), message, "name a lane of touchpoints");
                let Some(spare) = spare else { continue };
                lane = spare;
            }
            let spare =
                || self.is_forgiving.then(|| map.stages.last()?.steps.last().map(|s| s.id.to_string())).flatten();
            let Some(step) = step.or_else(spare) else { continue };
            for persona in touchpoint.emotions.keys() {
                self.named("persona", persona, &format!("touchpoint {id:?}"), &place("emotions"), personas);
            }
            for persona in touchpoint.importance.keys() {
                self.named("persona", persona, &format!("touchpoint {id:?}"), &place("importance"), personas);
            }
            lanes[lane].touchpoints.push(Arc::new(Touchpoint {
                notes: clean(touchpoint.notes),
                doing: clean(touchpoint.doing),
                thinking: clean(touchpoint.thinking),
                feeling: clean(touchpoint.feeling),
                emotion: touchpoint.emotion,
                emotions: touchpoint.emotions.into_iter().map(|(id, emotion)| (id.into(), emotion)).collect(),
                importance: touchpoint.importance.into_iter().map(|(id, level)| (id.into(), level)).collect(),
                moment_of_truth: touchpoint.moment_of_truth,
                moment_of_joy: touchpoint.moment_of_joy,
                key_moment: touchpoint.key_moment,
                entry: touchpoint.entry,
                repeats: touchpoint.repeats,
                remembers: touchpoint.remembers,
                channels: cleaned(touchpoint.channels),
                owner: clean(touchpoint.owner),
                tags: cleaned(touchpoint.tags),
                duration: touchpoint.duration,
                waiting: touchpoint.waiting,
                automation: touchpoint.automation,
                place: touchpoint.place,
                driver: touchpoint.driver,
                evidence: touchpoint.evidence.into_iter().map(evidence).collect(),
                pictures: cleaned(touchpoint.pictures),
                annotations: touchpoint.annotations.into_iter().map(annotation).collect(),
                ..Touchpoint::new(id, step, clean(touchpoint.title))
            }));
        }
    }

    /// Reports an id that is not one of `known`; `who` names it.
    pub(super) fn named(
        &mut self,
        what: &str,
        id: &str,
        who: &str,
        path: &[Key<'_>],
        known: &HashMap<String, usize>,
    ) -> bool {
        if known.contains_key(id) {
            return true;
        }
        let mut names: Vec<&str> = known.keys().map(String::as_str).collect();
        names.sort_unstable();
        let help = if names.is_empty() { format!("the map has no {what}s yet") } else { suggest(id, &names) };
        self.report(path, format!("{who} names the {what} {id:?}, which is not on the map"), help);
        false
    }

    /// The id that `field` names, if it is one of `known`.
    fn reference(
        &mut self,
        field: &str,
        named: Option<String>,
        touchpoint: &str,
        path: &[Key<'_>],
        known: &HashMap<String, usize>,
    ) -> Option<String> {
        match named {
            Some(id) => self.named(field, &id, &format!("touchpoint {touchpoint:?}"), path, known).then_some(id),
            None => {
                let help = format!("add `{field}: \"…\"` with the id of a {field}");
                self.report(path, format!("touchpoint {touchpoint:?} names no {field}"), help);
                None
            }
        }
    }
}

/// Adds a stage and a lane for touchpoints that name none of the map.
fn add_spare(map: &mut JourneyMap, lanes: &mut Vec<Lane>) {
    let stage = fresh_id(NOT_PLACED, "stage", |id| map.stages.iter().any(|s| s.id.as_str() == id));
    let step = fresh_id(NOT_PLACED, "step", |id| map.steps().any(|(_, s)| s.id.as_str() == id));
    let lane = fresh_id(NOT_PLACED, "lane", |id| lanes.iter().any(|l| l.id.as_str() == id));
    let step = Step { id: step.into(), name: String::new(), width: None, annotations: Vec::new() };
    map.stages.push(Arc::new(Stage {
        id: stage.into(),
        name: NOT_PLACED.into(),
        words: String::new(),
        phase: String::new(),
        accent: None,
        steps: vec![Arc::new(step)],
    }));
    lanes.push(Lane::new(lane, NOT_PLACED, LaneKind::Touchpoints));
}

/// Drops the spare stage and lane where nothing stands in them, and names of what is not there.
fn put_right(map: &mut JourneyMap) {
    if map.lanes.last().is_some_and(|lane| lane.touchpoints.is_empty()) {
        map.lanes.pop();
    }
    let spare = map.stages.last().and_then(|stage| stage.steps.last()).map(|step| step.id.clone());
    if !map.touchpoints().any(|(_, t)| Some(&t.step) == spare.as_ref()) {
        map.stages.pop();
    }
    map.drop_lost_references();
    map.links.retain(|link| link.from != link.to);
    let is_above_itself = |problem: &crate::model::Problem| matches!(problem, crate::model::Problem::GoalInCircle(_));
    if map.problems().iter().any(is_above_itself) {
        for goal in &mut map.goals {
            Arc::make_mut(goal).parent = None;
        }
    }
}

/// What the comments above the map say, without the line that the writer puts there.
fn remark(text: &str) -> String {
    let head = comments(text).head;
    let own: Vec<&str> = head.iter().map(String::as_str).filter(|line| !line.starts_with(HEAD)).collect();
    own.join("\n").trim_end().to_owned()
}

/// The number of each id in its list; the first one where an id stands there twice.
pub(super) fn first_places<'a>(ids: impl Iterator<Item = &'a str>) -> HashMap<String, usize> {
    let mut places = HashMap::new();
    for (i, id) in ids.enumerate() {
        places.entry(id.to_owned()).or_insert(i);
    }
    places
}

/// The ids of one kind of thing in a file.
pub(super) struct Ids {
    /// All that stand in the file; made-up ones avoid them.
    written: HashSet<String>,
    /// Those met so far, written or made up.
    seen: HashSet<String>,
    maker: IdMaker,
}

impl Ids {
    pub(super) fn written<'a>(ids: impl Iterator<Item = &'a Option<String>>) -> Self {
        Self { written: ids.flatten().cloned().collect(), seen: HashSet::new(), maker: IdMaker::default() }
    }

    /// A new id for a thing called `name`.
    fn make(&mut self, name: &str, fallback: &str) -> String {
        let (written, seen) = (&self.written, &self.seen);
        let id = self.maker.make(name, fallback, |id| written.contains(id) || seen.contains(id));
        self.seen.insert(id.clone());
        id
    }
}

fn evidence(evidence: Evidence) -> Evidence {
    Evidence { source: clean(evidence.source), quote: clean(evidence.quote), ..evidence }
}

fn annotation(annotation: v1::Annotation) -> Annotation {
    Annotation {
        kind: annotation.kind,
        text: clean(annotation.text),
        severity: annotation.severity,
        frequency: annotation.frequency,
        owner: clean(annotation.owner),
        status: annotation.status,
        votes: annotation.votes,
        impact: annotation.impact,
        effort: annotation.effort,
    }
}

/// Texts keep only LF line ends, whatever an editor or git made of them.
pub(super) fn clean(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// The same for each text of a list.
pub(super) fn cleaned(texts: Vec<String>) -> Vec<String> {
    texts.into_iter().map(clean).collect()
}
