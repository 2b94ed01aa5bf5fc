//! Names for everything on a map that can be pointed at, selected or edited.

use super::{Annotation, JourneyMap, LaneId, StageId, StepId, TouchpointId};

/// One thing on the map.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Element {
    /// The map's title.
    Title,
    /// The line below the title.
    Subtitle,
    /// A phase, by the first of the stages that share it.
    Phase(StageId),
    /// A stage, by its header.
    Stage(StageId),
    /// A step, by its header.
    Step(StepId),
    /// A lane, by its header.
    Lane(LaneId),
    /// The small line below a lane's name.
    LaneHint(LaneId),
    /// The place where a step and a lane meet.
    Cell {
        /// The column.
        step: StepId,
        /// The row.
        lane: LaneId,
    },
    /// A touchpoint, by its card.
    Touchpoint(TouchpointId),
    /// The point of a touchpoint on the emotion curve.
    EmotionPoint(TouchpointId),
    /// A pain point, delight, opportunity or question.
    Annotation(AnnotationRef),
    /// A link, by its place in the map's list.
    Link(usize),
}

/// What an annotation hangs on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Host {
    /// A touchpoint.
    Touchpoint(TouchpointId),
    /// A step.
    Step(StepId),
}

/// The `index`-th annotation of a host.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnnotationRef {
    /// What it hangs on.
    pub host: Host,
    /// Its place in the host's list.
    pub index: usize,
}

/// Which of the texts of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextPart {
    /// The one that stands for it: title, name, hint, what an annotation says.
    Own,
    /// A channel of a touchpoint, by its place in the list.
    Channel(usize),
    /// The owner of a touchpoint or an annotation.
    Owner,
    /// The notes of a touchpoint.
    Notes,
    /// What the customer does, thinks and feels at a touchpoint.
    Doing,
    /// See `Doing`.
    Thinking,
    /// See `Doing`.
    Feeling,
    /// A tag of a touchpoint, by its place in the list.
    Tag(usize),
    /// The source of a piece of evidence, by its place in the list.
    Source(usize),
    /// What was said, in a piece of evidence.
    Quote(usize),
    /// What customers call a stage.
    Words,
    /// When a link is taken.
    Trigger,
}

/// One text of the map.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextRef {
    /// What it belongs to.
    pub element: Element,
    /// Which of its texts.
    pub part: TextPart,
}

impl JourneyMap {
    /// The text that `at` names; `None` where there is none.
    pub fn text_at(&self, at: &TextRef) -> Option<&str> {
        let touchpoint = || match &at.element {
            Element::Touchpoint(id) => self.touchpoint(id).map(|(_, touchpoint)| touchpoint),
            _ => None,
        };
        match at.part {
            TextPart::Own => self.text_of(&at.element),
            TextPart::Channel(index) => touchpoint()?.channels.get(index).map(String::as_str),
            TextPart::Owner => match &at.element {
                Element::Annotation(at) => self.annotation(at).map(|a| a.owner.as_str()),
                _ => Some(&touchpoint()?.owner),
            },
            TextPart::Notes => Some(&touchpoint()?.notes),
            TextPart::Doing => Some(&touchpoint()?.doing),
            TextPart::Thinking => Some(&touchpoint()?.thinking),
            TextPart::Feeling => Some(&touchpoint()?.feeling),
            TextPart::Tag(index) => touchpoint()?.tags.get(index).map(String::as_str),
            TextPart::Source(index) => touchpoint()?.evidence.get(index).map(|e| e.source.as_str()),
            TextPart::Quote(index) => touchpoint()?.evidence.get(index).map(|e| e.quote.as_str()),
            TextPart::Words => match &at.element {
                Element::Stage(id) => self.stage(id).map(|s| s.words.as_str()),
                _ => None,
            },
            TextPart::Trigger => match &at.element {
                Element::Link(index) => self.links.get(*index).map(|l| l.trigger.as_str()),
                _ => None,
            },
        }
    }

    /// The annotation that `at` names.
    pub fn annotation(&self, at: &AnnotationRef) -> Option<&Annotation> {
        match &at.host {
            Host::Touchpoint(id) => self.touchpoint(id)?.1.annotations.get(at.index),
            Host::Step(id) => self.step(id)?.annotations.get(at.index),
        }
    }

    /// Whether the map still holds `element`.
    pub fn contains(&self, element: &Element) -> bool {
        match element {
            Element::Title | Element::Subtitle => true,
            Element::Phase(id) => self.stage(id).is_some_and(|stage| !stage.phase.is_empty()),
            Element::Stage(id) => self.stage(id).is_some(),
            Element::Step(id) => self.step(id).is_some(),
            Element::Lane(id) | Element::LaneHint(id) => self.lane(id).is_some(),
            Element::Cell { step, lane } => self.step(step).is_some() && self.lane(lane).is_some(),
            Element::Touchpoint(id) => self.touchpoint(id).is_some(),
            Element::EmotionPoint(id) => self.touchpoint(id).is_some_and(|(_, t)| t.is_felt()),
            Element::Annotation(at) => self.annotation(at).is_some(),
            Element::Link(index) => *index < self.links.len(),
        }
    }

    /// The text that a person edits in place on `element`; `None` where there is none.
    pub fn text_of(&self, element: &Element) -> Option<&str> {
        Some(match element {
            Element::Title => &self.title,
            Element::Subtitle => &self.subtitle,
            Element::Phase(id) => &self.stage(id)?.phase,
            Element::Stage(id) => &self.stage(id)?.name,
            Element::Step(id) => &self.step(id)?.name,
            Element::Lane(id) => &self.lane(id)?.name,
            Element::LaneHint(id) => &self.lane(id)?.hint,
            Element::Touchpoint(id) => &self.touchpoint(id)?.1.title,
            Element::Annotation(at) => &self.annotation(at)?.text,
            Element::Link(index) => &self.links.get(*index)?.label,
            Element::Cell { .. } | Element::EmotionPoint(_) => return None,
        })
    }
}
