//! Map to CJML.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::COMPLIANCE;
use crate::exchange::draft::{mark_of_emotion, persona_names};
use crate::exchange::format::Written;
use crate::exchange::holdings::{comes_back, is_plain_lane, lost, says};
use crate::exchange::loss::{Loss, Part, Place};
use crate::model::{IdMaker, JourneyMap, LaneKind, Level, Stage, State, Step, Touchpoint};

/// The id of the customer where the map has no persona.
const CUSTOMER: &str = "customer";

/// Writes `map` as a planned journey, or as an actual one where it shows the current state.
pub fn write(map: &JourneyMap) -> Written {
    let holds = |part: &Part, place: &Place| match part {
        // What is kept of tags is told below.
        Part::Title
        | Part::Subtitle
        | Part::State
        | Part::Personas
        | Part::Stages
        | Part::Touchpoints
        | Part::Notes
        | Part::Feeling
        | Part::Emotions
        | Part::Owners
        | Part::Channels
        | Part::Tags => true,
        // What is written of it is told below.
        Part::Importance => map.personas.len() > 1,
        Part::Lanes => is_plain_lane(map, place),
        Part::Views => comes_back(place, |kind| matches!(kind, LaneKind::Emotion | LaneKind::Channels)),
        _ => false,
    };
    let mut writer = Writer {
        map,
        text: String::new(),
        losses: lost(map, holds),
        owners: HashMap::new(),
        owner_ids: IdMaker::default(),
    };
    writer.head();
    for stage in &map.stages {
        for step in &stage.steps {
            writer.step(stage, step);
        }
    }
    let _ = write!(writer.text, "    </touchpoints>\n  </{}>\n</CJML>\n", writer.journey());
    Written { text: writer.text, losses: writer.losses }
}

struct Writer<'m> {
    map: &'m JourneyMap,
    text: String,
    losses: Vec<Loss>,
    /// The ids of owners by their names.
    owners: HashMap<&'m str, String>,
    owner_ids: IdMaker,
}

impl Writer<'_> {
    fn is_actual(&self) -> bool {
        self.map.state == Some(State::Current)
    }

    fn journey(&self) -> &'static str {
        if self.is_actual() { "actualJourney" } else { "plannedJourney" }
    }

    /// Everything above the touchpoints.
    fn head(&mut self) {
        let (map, journey) = (self.map, self.journey());
        if map.state.is_none() {
            self.losses.push(Loss::changed(Part::State, "none; written as a planned journey", Place::Map));
        }
        self.text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CJML version=\"2.0\">\n  <{journey}>\n");
        self.element(4, "journeyID", if self.is_actual() { "AJ1" } else { "PJ1" });
        self.element(4, "journeyTitle", &map.title);
        self.text.push_str("    <journeyPhases>\n");
        for stage in &map.stages {
            let id = attribute(stage.id.as_str());
            let _ = writeln!(self.text, "      <journeyPhase phaseID=\"{id}\">");
            self.element(8, "phaseName", &stage.name);
            self.text.push_str("      </journeyPhase>\n");
            if stage.name.trim().is_empty() {
                let place = Place::Named("stage", stage.id.to_string());
                self.losses.push(Loss::changed(Part::Stages, "named by their ids, as they have no name", place));
            }
        }
        self.text.push_str("    </journeyPhases>\n");
        self.element(4, "journeyShortSummary", &map.subtitle);
        self.text.push_str("    <actors>\n");
        let seen = |name: &str| if escaped(name).trim().is_empty() { String::new() } else { name.trim().to_owned() };
        let names = persona_names(map, seen, |_| true, &mut self.losses);
        for persona in &map.personas {
            self.end_user(persona.id.as_str(), &names[&persona.id]);
        }
        if map.personas.is_empty() {
            self.losses.push(Loss::changed(
                Part::Personas,
                "there is none; one called \"Customer\" is written",
                Place::Map,
            ));
            self.end_user(CUSTOMER, "Customer");
        }
        for (_, t) in map.touchpoints().filter(|(_, t)| says(&t.owner)) {
            let owner = t.owner.trim();
            if self.owners.contains_key(owner) {
                continue;
            }
            let taken = |id: &str| map.personas.iter().any(|persona| persona.id.as_str().eq_ignore_ascii_case(id));
            let id = self.owner_ids.make("provider", "provider", taken);
            let _ = writeln!(self.text, "      <serviceProvider actorID=\"{id}\">");
            self.element(8, "companyName", owner);
            self.text.push_str("      </serviceProvider>\n");
            self.owners.insert(owner, id);
        }
        self.text.push_str("    </actors>\n    <touchpoints>\n");
    }

    fn end_user(&mut self, id: &str, name: &str) {
        let _ = writeln!(self.text, "      <endUser actorID=\"{}\">", attribute(id));
        self.element(8, "actorName", name);
        self.text.push_str("      </endUser>\n");
    }

    /// `<name>text</name>`, unless there is no text.
    fn element(&mut self, indent: usize, name: &str, text: &str) {
        if !text.trim().is_empty() {
            let _ = writeln!(self.text, "{:indent$}<{name}>{}</{name}>", "", escaped(text.trim()));
        }
    }

    fn step(&mut self, stage: &Stage, step: &Step) {
        let touchpoints: Vec<&Touchpoint> =
            self.map.lanes.iter().flat_map(|lane| lane.cell(&step.id)).map(|t| &**t).collect();
        if touchpoints.len() != 1 {
            let name = if step.name.trim().is_empty() { step.id.to_string() } else { step.name.clone() };
            let place = Place::Named("step", name);
            self.losses.push(match touchpoints.len() {
                0 => Loss::dropped(Part::Steps, place),
                _ => Loss::changed(Part::Steps, "each touchpoint becomes a step of its own", place),
            });
        }
        for touchpoint in touchpoints {
            self.touchpoint(stage, touchpoint);
        }
    }

    fn touchpoint(&mut self, stage: &Stage, t: &Touchpoint) {
        // Without a channel or somebody on the other side nothing is communicated.
        let communicates = !t.channels.is_empty() || says(&t.owner);
        let how = if self.is_actual() { "actual" } else { "planned" };
        let name = format!("{how}{}", if communicates { "CommunicationPoint" } else { "Action" });
        let _ = writeln!(self.text, "      <{name}>");
        self.element(8, "touchpointID", t.id.as_str());
        let _ = writeln!(self.text, "        <belongsTo phaseIDref=\"{}\"/>", attribute(stage.id.as_str()));
        self.tags(t);
        let customer = self.customer(t).to_owned();
        self.side("initiator", &customer, &t.title);
        if communicates {
            if let Some(id) = self.owners.get(t.owner.trim()).cloned() {
                self.side("receiver", &id, "");
            }
            for channel in t.channels.iter().filter(|name| !name.trim().is_empty()) {
                self.text.push_str("        <channel>\n");
                self.element(10, "channelName", channel);
                self.text.push_str("        </channel>\n");
            }
        }
        self.element(8, "comment", &t.notes);
        self.experience(t);
        // What XML cannot say is nothing to those who read it.
        if escaped(&t.title).trim().is_empty() {
            let how = "empty; another text may take their place";
            self.losses.push(Loss::changed(Part::TouchpointTitles, how, Place::touchpoint(t.id.as_str())));
            self.losses.push(Loss::changed(Part::Notes, how, Place::touchpoint(t.id.as_str())));
        }
        let _ = writeln!(self.text, "      </{name}>");
    }

    /// The one persona who starts a touchpoint; what that says otherwise than the map is told.
    fn customer(&mut self, t: &Touchpoint) -> &str {
        let personas = &self.map.personas;
        let named = personas.iter().filter(|p| t.names(&p.id)).count();
        if personas.len() > 1 {
            let how = match named {
                0 => Some("of nobody in particular; written for the first persona"),
                1 if t.importance.values().eq([&Level::MEDIUM]) => None,
                1 => Some("says only for whom"),
                _ => Some("only the first persona is written"),
            };
            let place = || Place::touchpoint(&t.title);
            self.losses.extend(how.map(|how| Loss::changed(Part::Importance, how, place())));
        }
        let customer = personas.iter().find(|p| t.names(&p.id)).or(personas.first());
        customer.map_or(CUSTOMER, |persona| persona.id.as_str())
    }

    fn side(&mut self, name: &str, actor: &str, label: &str) {
        let _ = writeln!(self.text, "        <{name}>\n          <refersTo actorIDref=\"{}\"/>", attribute(actor));
        self.element(10, &format!("{name}Label"), label);
        let _ = writeln!(self.text, "        </{name}>");
    }

    /// Tags that say what became of a touchpoint are kept in an actual journey; others are lost.
    fn tags(&mut self, t: &Touchpoint) {
        let word = COMPLIANCE.iter().find(|(_, tag)| self.is_actual() && t.tags.iter().any(|own| own == tag));
        if let Some((word, _)) = word {
            self.element(8, "compliance", word);
        } else if self.is_actual() {
            self.element(8, "compliance", "completed");
        }
        let kept = usize::from(word.is_some());
        if t.tags.len() > kept {
            let place = Place::touchpoint(&t.title);
            self.losses.push(match kept {
                0 => Loss::dropped(Part::Tags, place),
                _ => Loss::changed(Part::Tags, "only what became of the touchpoint is kept", place),
            });
        }
    }

    fn experience(&mut self, t: &Touchpoint) {
        let mark = t.emotion.map(mark_of_emotion);
        if mark.is_none() && t.feeling.trim().is_empty() {
            return;
        }
        self.text.push_str("        <touchpointExperience>\n");
        self.element(10, "experienceDescription", &t.feeling);
        if let Some((mark, is_exact)) = mark {
            self.element(10, "experienceRating", &mark.to_string());
            if !is_exact {
                let how = "rounded to a rating from 1 to 5";
                self.losses.push(Loss::changed(Part::Emotions, how, Place::touchpoint(&t.title)));
            }
        }
        self.text.push_str("        </touchpointExperience>\n");
    }
}

/// `text` as XML says it; characters that XML does not know are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() && u32::from(c) < 0x20 => {}
            '\u{FFFE}' | '\u{FFFF}' => {}
            c => out.push(c),
        }
    }
    out
}

/// `text` between double quotes, where line breaks would become spaces.
fn attribute(text: &str) -> String {
    escaped(text).replace('"', "&quot;").replace('\n', "&#10;").replace('\t', "&#9;")
}
