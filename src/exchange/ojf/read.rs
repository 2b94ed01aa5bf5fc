//! OpenJourney to map.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::exchange::draft::{Draft, folded, kind_called};
use crate::exchange::format::Import;
use crate::exchange::loss::Loss;
use crate::file::FileProblem;
use crate::model::{Annotation, Emotion, LaneKind, Level, StepId, Touchpoint};

/// The fields of an object.
type Object = BTreeMap<String, Value>;

/// More problems are not told.
const MOST_PROBLEMS: usize = 20;

/// Reads a journey.
///
/// # Errors
/// When the text is no JSON, no journey, or names what is not there.
pub fn read(text: &str) -> Result<Import, Vec<FileProblem>> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let root: BTreeMap<String, &RawValue> = serde_json::from_str(text).map_err(|err| vec![no_json(text, &err)])?;
    if !root.contains_key("stages") {
        let help = "an OpenJourney file has lists `stages`, `swimlanes` and `nodes`; is it the right file?";
        return Err(vec![FileProblem::at(text, 1, 1, "this JSON holds no stages", Some(help.into()))]);
    }
    let mut reader = Reader {
        text,
        ends: text.match_indices('\n').map(|(at, _)| at).collect(),
        draft: Draft::default(),
        losses: Vec::new(),
        problems: Vec::new(),
        stages: Named::default(),
        lanes: Named::default(),
        steps: Vec::new(),
    };
    reader.head(&root);
    reader.stages(root.get("stages").copied());
    reader.lanes(root.get("swimlanes").copied());
    for raw in reader.list(root.get("nodes").copied()) {
        reader.node(raw);
    }
    if reader.problems.is_empty() {
        Ok(Import { map: reader.draft.finish(), losses: reader.losses })
    } else {
        Err(reader.problems)
    }
}

fn no_json(text: &str, err: &serde_json::Error) -> FileProblem {
    let start: usize = text.split_inclusive('\n').take(err.line().saturating_sub(1)).map(str::len).sum();
    let line = text[start..].lines().next().unwrap_or_default();
    // Columns are counted in bytes there.
    let column = line.char_indices().take_while(|(at, _)| *at + 1 < err.column()).count() + 1;
    let told = err.to_string();
    let message = told.split(" at line ").next().unwrap_or_default();
    let message = message.replace("EOF while parsing", "the file ends in the middle of");
    FileProblem::at(
        text,
        err.line().max(1),
        column,
        message,
        Some("put the JSON right; a comma or a quote may be missing".into()),
    )
}

/// Things by their ids, or else by their names.
#[derive(Default)]
struct Named {
    ids: HashMap<String, usize>,
    names: HashMap<String, usize>,
}

impl Named {
    fn add(&mut self, id: String, name: &str, at: usize) {
        self.ids.entry(id).or_insert(at);
        self.names.entry(folded(name)).or_insert(at);
    }

    fn find(&self, word: &str) -> Option<usize> {
        self.ids.get(word).or_else(|| self.names.get(&folded(word))).copied()
    }
}

struct Reader<'t> {
    text: &'t str,
    /// Where lines end.
    ends: Vec<usize>,
    draft: Draft,
    losses: Vec<Loss>,
    problems: Vec<FileProblem>,
    stages: Named,
    /// The name and kind of each swimlane is its place in `lane_names`.
    lanes: Named,
    steps: Vec<StepId>,
}

impl<'t> Reader<'t> {
    /// Where a value stands in the text, in bytes.
    fn offset(&self, raw: &RawValue) -> usize {
        (raw.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len())
    }

    fn line(&self, raw: &RawValue) -> usize {
        self.ends.partition_point(|end| *end < self.offset(raw)) + 1
    }

    fn wrong(&mut self, raw: &RawValue, message: String, help: &str) {
        if self.problems.len() < MOST_PROBLEMS {
            let place = self.offset(raw);
            self.problems.push(FileProblem::at_offset(self.text, place, message, Some(help.into())));
        }
    }

    /// The items of a list, or of none.
    fn list(&mut self, raw: Option<&'t RawValue>) -> Vec<&'t RawValue> {
        let Some(raw) = raw else { return Vec::new() };
        Vec::<&RawValue>::deserialize(&mut serde_json::Deserializer::from_str(raw.get())).unwrap_or_else(|_| {
            self.wrong(raw, "a list in [ ] is expected".into(), "write it as [{ … }, { … }]");
            Vec::new()
        })
    }

    fn object(&mut self, raw: &'t RawValue) -> Option<Object> {
        let object = serde_json::from_str(raw.get()).ok();
        if object.is_none() {
            self.wrong(raw, "an object in { } is expected".into(), "write it as { \"id\": …, \"name\": … }");
        }
        object
    }

    /// Title, persona and what else is said of the whole, in either shape.
    fn head(&mut self, root: &BTreeMap<String, &'t RawValue>) {
        let inner = root.get("metadata").and_then(|raw| self.object(raw)).unwrap_or_default();
        let outer: Object = root
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "stages" | "swimlanes" | "nodes" | "metadata"))
            .filter_map(|(name, raw)| Some((name.clone(), serde_json::from_str(raw.get()).ok()?)))
            .collect();
        let line = root.get("metadata").map_or(1, |raw| self.line(raw));
        for (object, line) in [(&inner, line), (&outer, 1)] {
            self.draft.map.title = first(&self.draft.map.title, object, &["title", "name"]);
            self.draft.map.subtitle = first(&self.draft.map.subtitle, object, &["pointOfView", "pov", "description"]);
            let persona = object.get("persona").map(|persona| match persona {
                Value::Object(fields) => fields.get("name").map(words).unwrap_or_default(),
                other => words(other),
            });
            if let Some(persona) = persona.filter(|persona| !persona.trim().is_empty()) {
                self.draft.persona(&persona);
            }
            for name in object.keys() {
                let known = ["version", "title", "name", "pointOfView", "pov", "description", "persona", "id"];
                if !known.contains(&name.as_str()) {
                    self.losses.push(Loss::foreign(format!("{name:?} of the journey"), line));
                }
            }
        }
    }

    fn stages(&mut self, raw: Option<&'t RawValue>) {
        for raw in self.list(raw) {
            let Some(object) = self.object(raw) else { continue };
            let name = first("", &object, &["name", "title", "label"]);
            let stage = self.draft.stage(&name);
            self.steps.push(self.draft.last_step(stage));
            self.stages.add(first("", &object, &["id"]), &name, stage);
            if object.contains_key("overrideEmotion") {
                self.losses.push(Loss::foreign("emotions of whole stages", self.line(raw)));
            }
        }
    }

    fn lanes(&mut self, raw: Option<&'t RawValue>) {
        for raw in self.list(raw) {
            let Some(object) = self.object(raw) else { continue };
            let name = first("", &object, &["name", "title", "label"]);
            // Lanes of nodes hold touchpoints, whatever they are called; those of annotations come by themselves.
            let lane = match kind_called(&name).annotation() {
                Some(_) => self.draft.lane(&name, kind_called(&name)),
                None => self
                    .draft
                    .lane(if name.is_empty() { LaneKind::Touchpoints.name() } else { &name }, LaneKind::Touchpoints),
            };
            self.lanes.add(first("", &object, &["id"]), &name, lane);
        }
    }

    fn node(&mut self, raw: &'t RawValue) {
        let Some(object) = self.object(raw) else { return };
        let named = first("", &object, &["stageId", "stage"]);
        let Some(stage) = self.stages.find(&named) else {
            let what = if named.is_empty() {
                "names no stage".into()
            } else {
                format!("names the stage {named:?}, which is not there")
            };
            self.wrong(raw, format!("this node {what}"), "give it a `stageId` that stands in the list of stages");
            return;
        };
        let named = first("", &object, &["swimlaneId", "swimlane", "laneId"]);
        let lane = match self.lanes.find(&named) {
            Some(lane) => lane,
            None if named.is_empty() => self.draft.plain_lane(),
            None => {
                let message = format!("this node names the swimlane {named:?}, which is not there");
                self.wrong(raw, message, "give it a `swimlaneId` that stands in the list of swimlanes");
                return;
            }
        };
        let step = self.steps[stage].clone();
        let line = self.line(raw);
        for (name, what) in LOST {
            if object.get(name).is_some_and(|value| !value.is_null()) {
                self.losses.push(Loss::foreign(what, line));
            }
        }
        if let Some(kind) = self.draft.kind_of(lane).annotation() {
            let title = first("", &object, &["title", "name"]);
            let more = first("", &object, &["description"]);
            let text = [title, more].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
            let severity = severity(&object).unwrap_or_default();
            if let Some(step) = self.draft.step_mut(stage, &step) {
                step.annotations.push(Annotation { severity, ..Annotation::new(kind, text) });
            }
            return;
        }
        if severity(&object).is_some_and(|level| level > Level::LOW) {
            self.losses.push(Loss::foreign("severity of nodes that are no pain points", line));
        }
        let touchpoint = touchpoint(&object, step);
        self.draft.touchpoint(lane, touchpoint);
    }
}

/// Fields of nodes that a touchpoint does not have.
const LOST: [(&str, &str); 2] = [("icon", "icons"), ("iconColor", "colours of icons")];

fn severity(object: &Object) -> Option<Level> {
    match folded(&first("", object, &["severity"])).as_str() {
        "low" => Some(Level::LOW),
        "medium" => Some(Level::MEDIUM),
        "high" => Some(Level::HIGH),
        _ => None,
    }
}

fn touchpoint(object: &Object, step: StepId) -> Touchpoint {
    let mut t = Touchpoint::new("", step, first("", object, &["title", "name"]));
    t.notes = first("", object, &["description"]);
    t.feeling = first("", object, &["sentiment"]);
    // A score is a number from −5 to 5; some write halves.
    t.emotion = object.get("score").and_then(Value::as_f64).map(|score| Emotion::clamped(score.round() as i64));
    t.moment_of_truth = object.get("isMomentOfTruth").and_then(Value::as_bool).unwrap_or(false);
    if let Some(Value::Array(tags)) = object.get("tags") {
        t.tags = tags.iter().map(words).filter(|tag| !tag.is_empty()).collect();
    }
    let purpose = first("", object, &["purpose"]);
    let more = std::iter::once(("Purpose", purpose)).filter(|(_, text)| !text.is_empty());
    for (name, text) in more.chain(blueprint(object.get("blueprint"))) {
        let gap = if t.notes.is_empty() { "" } else { "\n" };
        t.notes += &format!("{gap}{name}: {text}");
    }
    t
}

/// What a blueprint says, as notes: who does what on the stage and behind it.
fn blueprint(value: Option<&Value>) -> Vec<(&'static str, String)> {
    let parts = [
        ("evidence", "Evidence", ["item", "type"]),
        ("onstage", "On stage", ["actor", "action"]),
        ("backstage", "Backstage", ["actor", "action"]),
        ("support", "Support", ["system", "description"]),
    ];
    let mut notes = Vec::new();
    for (name, told, fields) in parts {
        let Some(Value::Array(items)) = value.and_then(|value| value.get(name)) else { continue };
        for item in items {
            let said = fields.iter().filter_map(|field| item.get(field)).map(words).filter(|text| !text.is_empty());
            let text = said.collect::<Vec<_>>().join(" – ");
            if !text.is_empty() {
                notes.push((told, text));
            }
        }
    }
    notes
}

/// `text`, or the first of `names` that says something.
fn first(text: &str, object: &Object, names: &[&str]) -> String {
    if !text.is_empty() {
        return text.to_owned();
    }
    names.iter().filter_map(|name| object.get(*name)).map(words).find(|words| !words.is_empty()).unwrap_or_default()
}

/// A text or a number as words.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
