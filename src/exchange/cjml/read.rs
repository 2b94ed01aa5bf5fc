//! CJML to map.

use std::borrow::Cow;
use std::collections::HashMap;

use roxmltree::{Document, Error, Node};

use super::COMPLIANCE;
use crate::exchange::draft::{Draft, emotion_of_mark, folded};
use crate::exchange::format::Import;
use crate::exchange::loss::{Loss, Part, Place};
use crate::file::FileProblem;
use crate::model::{LaneKind, Level, State, StepId, Touchpoint};

/// Reads a journey.
///
/// # Errors
/// When the text is no XML, or no journey.
pub fn read(text: &str) -> Result<Import, Vec<FileProblem>> {
    let text = text.trim_start_matches('\u{FEFF}');
    let mended = mended(text);
    let document = Document::parse(&mended).map_err(|err| vec![no_xml(text, &mended, &err)])?;
    let root = document.root_element();
    let journey =
        root.descendants().find(|node| ["plannedJourney", "actualJourney"].iter().any(|name| is(*node, name)));
    let Some(journey) = journey else {
        let name = root.tag_name().name();
        let help = "CJML 2.0 has a <CJML> with a <plannedJourney> or an <actualJourney> in it; is it the right file?";
        let message = format!("there is no journey in <{name}>");
        let at = unmended(text, &mended, root.range().start);
        return Err(vec![FileProblem::at_offset(text, at, message, Some(help.into()))]);
    };
    let mut reader = Reader {
        document: &document,
        draft: Draft::default(),
        losses: Vec::new(),
        actors: HashMap::new(),
        named: HashMap::new(),
        phases: HashMap::new(),
        unphased: None,
    };
    let others = root
        .descendants()
        .filter(|node| *node != journey && (is(*node, "plannedJourney") || is(*node, "actualJourney")));
    for other in others {
        reader.lose("further journeys in the file", other);
    }
    reader.journey(journey);
    Ok(Import { map: reader.draft.finish(), losses: reader.losses })
}

/// `text` with each `&` that starts no reference made one: some tools do not.
fn mended(text: &str) -> Cow<'_, str> {
    let is_reference = |rest: &str| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(rest.len());
        let name = &rest[..end];
        rest[end..].starts_with(';') && (name.starts_with('#') || ["amp", "lt", "gt", "quot", "apos"].contains(&name))
    };
    if text.match_indices('&').all(|(at, _)| is_reference(&text[at + 1..])) {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(if is_reference(part) { "&" } else { "&amp;" });
        out.push_str(part);
    }
    Cow::Owned(out)
}

/// Where in `text` that stands which is at `place` of the mended one.
fn unmended(text: &str, mended: &str, place: usize) -> usize {
    let (mut here, mut there) = (0, 0);
    while there < place {
        let Some(c) = text[here..].chars().next() else { break };
        let is_mended = c == '&' && mended[there..].starts_with("&amp;") && !text[here..].starts_with("&amp;");
        here += c.len_utf8();
        there += if is_mended { "&amp;".len() } else { c.len_utf8() };
    }
    here
}

fn no_xml(text: &str, mended: &str, err: &Error) -> FileProblem {
    let (row, column) = (err.pos().row as usize, err.pos().col as usize);
    let start: usize = mended.split_inclusive('\n').take(row.saturating_sub(1)).map(str::len).sum();
    let line = &mended[start..];
    let place = start + line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at);
    let told = err.to_string();
    let message = told.split(" at ").next().unwrap_or_default();
    let help = match err {
        Error::DtdDetected => "take the <!DOCTYPE …> out; a journey needs none",
        Error::UnclosedRootNode | Error::NoRootNode => "is the file complete, and is it the right one?",
        _ => "put the XML right; each <name> needs its </name>, attributes need quotes",
    };
    // An abbreviation stays as it is.
    let is_word = message.chars().nth(1).is_some_and(char::is_lowercase);
    let mut chars = message.chars();
    let lower = chars.next().map(|c| c.to_lowercase().chain(chars).collect::<String>()).filter(|_| is_word);
    let lower = lower.unwrap_or_else(|| message.to_owned());
    FileProblem::at_offset(text, unmended(text, mended, place), lower, Some(help.into()))
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name().eq_ignore_ascii_case(name)
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| is(*child, name))
}

/// The words in a node and all below it.
fn words(node: Node<'_, '_>) -> String {
    let text: String = node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.join("\n").trim().to_owned()
}

fn said(node: Node<'_, '_>, name: &str) -> String {
    child(node, name).map(words).unwrap_or_default()
}

/// An attribute in any case.
fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|own| own.name().eq_ignore_ascii_case(name)).map(|own| own.value().trim())
}

/// Who takes part.
#[derive(Clone, Debug)]
struct Actor {
    name: String,
    is_customer: bool,
}

struct Reader<'d, 'i> {
    document: &'d Document<'i>,
    draft: Draft,
    losses: Vec<Loss>,
    /// By id, folded.
    actors: HashMap<String, Actor>,
    /// By name, folded, for those that name no id.
    named: HashMap<String, Actor>,
    phases: HashMap<String, usize>,
    /// The stage of touchpoints without a phase.
    unphased: Option<usize>,
}

impl Reader<'_, '_> {
    fn line(&self, node: Node<'_, '_>) -> usize {
        self.document.text_pos_at(node.range().start).row as usize
    }

    fn lose(&mut self, what: &'static str, node: Node<'_, '_>) {
        self.losses.push(Loss::foreign(what, self.line(node)));
    }

    fn journey(&mut self, journey: Node<'_, '_>) {
        let id = said(journey, "journeyID");
        let title = said(journey, "journeyTitle");
        self.draft.map.title = if title.is_empty() { id } else { title };
        self.draft.map.subtitle = said(journey, "journeyShortSummary");
        self.draft.map.state = Some(if is(journey, "actualJourney") { State::Current } else { State::Future });
        for (name, what) in [
            ("plannedReference", "reference to the planned journey"),
            ("journeyLongSummary", "long summary"),
            ("journeyStatus", "status of the journey"),
        ] {
            if let Some(node) = child(journey, name).filter(|node| !words(*node).is_empty()) {
                if name == "journeyLongSummary" && self.draft.map.subtitle.is_empty() {
                    self.draft.map.subtitle = words(node);
                } else {
                    self.lose(what, node);
                }
            }
        }
        for phase in journey.descendants().filter(|node| is(*node, "journeyPhase")) {
            let id = attribute(phase, "phaseID").unwrap_or_default();
            let name = said(phase, "phaseName");
            let stage = self.draft.stage(if name.is_empty() { id } else { &name });
            self.phases.entry(folded(id)).or_insert(stage);
            if !name.is_empty() {
                self.phases.entry(folded(&name)).or_insert(stage);
            }
            if let Some(node) = child(phase, "phaseDescription").filter(|node| !words(*node).is_empty()) {
                self.lose("descriptions of phases", node);
            }
        }
        for actor in journey.descendants().filter(|node| is(*node, "endUser") || is(*node, "serviceProvider")) {
            self.actor(actor);
        }
        for node in journey.descendants().filter(Node::is_element) {
            match node.tag_name().name().to_ascii_lowercase().as_str() {
                "actualcommunicationpoint" | "plannedcommunicationpoint" => self.touchpoint(node, true),
                "actualaction" | "plannedaction" => self.touchpoint(node, false),
                _ => {}
            }
        }
    }

    fn actor(&mut self, node: Node<'_, '_>) {
        let is_customer = is(node, "endUser");
        let id = attribute(node, "actorID").unwrap_or_default();
        let said = [said(node, "actorName"), said(node, "companyName")];
        let name = said.into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| id.to_owned());
        if name.is_empty() {
            return;
        }
        if is_customer {
            self.draft.persona(&name);
        }
        let actor = Actor { name: name.clone(), is_customer };
        self.actors.entry(folded(id)).or_insert_with(|| actor.clone());
        self.named.entry(folded(&name)).or_insert(actor);
        if let Some(node) = child(node, "providerType").filter(|node| !words(*node).is_empty()) {
            self.lose("types of providers", node);
        }
    }

    /// The one that a part of a touchpoint refers to, by id or name; one that is not declared is a provider.
    fn refers(&self, part: Option<Node<'_, '_>>) -> Option<Actor> {
        let part = part?;
        let node = part.descendants().find(|node| attribute(*node, "actorIDref").is_some())?;
        let id = attribute(node, "actorIDref").filter(|id| !id.is_empty())?;
        let known = self.actors.get(&folded(id)).or_else(|| self.named.get(&folded(id))).cloned();
        Some(known.unwrap_or_else(|| Actor { name: id.to_owned(), is_customer: false }))
    }

    fn stage_of(&mut self, node: Node<'_, '_>) -> usize {
        let named = child(node, "belongsTo").and_then(|place| attribute(place, "phaseIDref").map(str::to_owned));
        if let Some(stage) = named.as_deref().and_then(|id| self.phases.get(&folded(id))) {
            return *stage;
        }
        match named.filter(|id| !id.is_empty()) {
            // A phase that is not declared.
            Some(id) => {
                let stage = self.draft.stage(&id);
                self.phases.insert(folded(&id), stage);
                stage
            }
            None => {
                let stage = self.unphased.unwrap_or_else(|| self.draft.stage(""));
                self.unphased = Some(stage);
                stage
            }
        }
    }

    fn touchpoint(&mut self, node: Node<'_, '_>, communicates: bool) {
        let stage = self.stage_of(node);
        let step = self.draft.step(stage, "");
        let (from, to) = (child(node, "initiator"), child(node, "receiver"));
        let (starts, takes) = (self.refers(from), self.refers(to));
        let by_customer = starts.as_ref().is_none_or(|actor| actor.is_customer);
        let labels = [from.map(|part| said(part, "initiatorLabel")), to.map(|part| said(part, "receiverLabel"))];
        let [first, second] = labels.map(Option::unwrap_or_default);
        // What the customer sees of it is the title.
        let (title, other) = if by_customer || second.is_empty() { (first, second) } else { (second, first) };
        let title = if title.is_empty() { other.clone() } else { title };
        let mut t = self.said_of(node, step, title);
        if !other.is_empty() && other != t.title {
            self.lose("labels of the other side", node);
        }
        if !by_customer && takes.as_ref().is_some_and(|actor| actor.is_customer) {
            self.losses.push(Loss::foreign("who starts, where that is not the customer", self.line(node)));
        }
        let provider = [&starts, &takes].into_iter().flatten().find(|actor| !actor.is_customer);
        t.owner = provider.map(|actor| actor.name.clone()).unwrap_or_default();
        // Where there is one customer alone, who it is says nothing.
        if self.named.values().filter(|actor| actor.is_customer).count() > 1 {
            for customer in [&starts, &takes].into_iter().flatten().filter(|actor| actor.is_customer) {
                t.importance.insert(self.draft.persona(&customer.name), Level::MEDIUM);
            }
        }
        let backstage = !communicates && !by_customer;
        let lane = if backstage { "Backstage" } else { LaneKind::Touchpoints.name() };
        let lane = self.draft.lane(lane, LaneKind::Touchpoints);
        self.draft.touchpoint(lane, t);
    }

    /// What a touchpoint says but for its actors.
    fn said_of(&mut self, node: Node<'_, '_>, step: StepId, title: String) -> Touchpoint {
        let mut t = Touchpoint::new(said(node, "touchpointID"), step, title);
        t.notes = said(node, "comment");
        t.channels = node.children().filter(|n| is(*n, "channel")).map(|n| said(n, "channelName")).collect();
        t.channels.retain(|name| !name.is_empty());
        if t.title.is_empty() {
            t.title = if t.notes.is_empty() { t.channels.join(", ") } else { std::mem::take(&mut t.notes) };
        }
        let compliance = folded(&said(node, "compliance")).replace([' ', '-'], "");
        if let Some((_, tag)) = COMPLIANCE.iter().find(|(word, _)| *word == compliance) {
            t.tags.push((*tag).to_owned());
        }
        if let Some(experience) = child(node, "touchpointExperience") {
            t.feeling = said(experience, "experienceDescription");
            let rating = said(experience, "experienceRating");
            match rating.parse::<f64>() {
                Ok(mark) if mark.is_finite() => {
                    if !(1.0..=5.0).contains(&mark) {
                        let how = "ratings outside of 1 to 5 become the nearest";
                        self.losses.push(Loss::changed(Part::Emotions, how, Place::Line(self.line(experience))));
                    }
                    t.emotion = Some(emotion_of_mark(mark));
                }
                _ if rating.is_empty() => {}
                _ => self.lose("ratings that are no number", experience),
            }
        }
        if let Some(times) = child(node, "timestamps").filter(|times| !words(*times).is_empty()) {
            self.lose("times", times);
        }
        t
    }
}
