//! All texts of a map, in the order in which people read them.

use crate::model::{
    Annotation, AnnotationKind, AnnotationRef, Element, Host, JourneyMap, Lane, LaneKind, Step, TextPart, TextRef,
    Touchpoint,
};

/// A text and where it stands.
#[derive(Clone, Debug)]
pub struct Text<'m> {
    /// What it belongs to.
    pub at: TextRef,
    /// What it says.
    pub text: &'m str,
    /// The numbers of its lane and its column, if it stands in a cell.
    pub(super) cell: Option<(usize, usize)>,
}

/// Title, stages with their steps, then lane by lane what stands in the cells.
///
/// Annotations that no lane shows follow what they hang on. Texts that say nothing are left out.
pub fn texts(map: &JourneyMap) -> Vec<Text<'_>> {
    let shown = |lane: &&std::sync::Arc<Lane>| !lane.hidden && !lane.collapsed;
    let mut list = List {
        texts: Vec::new(),
        shown: map.lanes.iter().filter(shown).filter_map(|lane| lane.kind.annotation()).collect(),
        steps: map.steps().map(|(_, step)| &**step).collect(),
        // Touchpoints by lane, sorted into columns.
        lanes: Vec::new(),
    };
    let columns: std::collections::HashMap<_, usize> =
        list.steps.iter().enumerate().map(|(column, step)| (&step.id, column)).collect();
    for lane in &map.lanes {
        let mut touchpoints: Vec<(usize, &Touchpoint)> =
            lane.touchpoints.iter().filter_map(|t| Some((*columns.get(&t.step)?, &**t))).collect();
        touchpoints.sort_by_key(|(column, _)| *column);
        list.lanes.push(touchpoints);
    }
    list.heads(map);
    let mut listed: Vec<AnnotationKind> = Vec::new();
    for (row, lane) in map.lanes.iter().enumerate() {
        list.add(Element::Lane(lane.id.clone()), TextPart::Own, &lane.name, None);
        list.add(Element::LaneHint(lane.id.clone()), TextPart::Own, &lane.hint, None);
        match lane.kind.annotation() {
            // Two lanes of one kind show the same.
            Some(kind) if list.shown.contains(&kind) && !listed.contains(&kind) => {
                listed.push(kind);
                list.annotations_of(kind, row);
            }
            _ if lane.kind == LaneKind::Touchpoints => list.touchpoints(row),
            _ => {}
        }
    }
    for (index, link) in map.links.iter().enumerate() {
        list.add(Element::Link(index), TextPart::Own, &link.label, None);
        list.add(Element::Link(index), TextPart::Trigger, &link.trigger, None);
    }
    list.texts
}

struct List<'m> {
    texts: Vec<Text<'m>>,
    /// The kinds of annotation that have a lane.
    shown: Vec<AnnotationKind>,
    steps: Vec<&'m Step>,
    lanes: Vec<Vec<(usize, &'m Touchpoint)>>,
}

impl<'m> List<'m> {
    fn add(&mut self, element: Element, part: TextPart, text: &'m str, cell: Option<(usize, usize)>) {
        if !text.is_empty() {
            self.texts.push(Text { at: TextRef { element, part }, text, cell });
        }
    }

    fn heads(&mut self, map: &'m JourneyMap) {
        self.add(Element::Title, TextPart::Own, &map.title, None);
        self.add(Element::Subtitle, TextPart::Own, &map.subtitle, None);
        for (range, phase) in map.phases() {
            self.add(Element::Phase(map.stages[range.start].id.clone()), TextPart::Own, phase, None);
        }
        for stage in &map.stages {
            self.add(Element::Stage(stage.id.clone()), TextPart::Own, &stage.name, None);
            self.add(Element::Stage(stage.id.clone()), TextPart::Words, &stage.words, None);
            for step in &stage.steps {
                self.add(Element::Step(step.id.clone()), TextPart::Own, &step.name, None);
                self.hidden(&Host::Step(step.id.clone()), &step.annotations, None);
            }
        }
    }

    fn touchpoints(&mut self, row: usize) {
        for (column, touchpoint) in self.lanes[row].clone() {
            let cell = Some((row, column));
            let element = || Element::Touchpoint(touchpoint.id.clone());
            self.add(element(), TextPart::Own, &touchpoint.title, cell);
            for (index, channel) in touchpoint.channels.iter().enumerate() {
                self.add(element(), TextPart::Channel(index), channel, cell);
            }
            self.add(element(), TextPart::Owner, &touchpoint.owner, cell);
            self.add(element(), TextPart::Notes, &touchpoint.notes, cell);
            self.add(element(), TextPart::Doing, &touchpoint.doing, cell);
            self.add(element(), TextPart::Thinking, &touchpoint.thinking, cell);
            self.add(element(), TextPart::Feeling, &touchpoint.feeling, cell);
            for (index, tag) in touchpoint.tags.iter().enumerate() {
                self.add(element(), TextPart::Tag(index), tag, cell);
            }
            for (index, evidence) in touchpoint.evidence.iter().enumerate() {
                self.add(element(), TextPart::Source(index), &evidence.source, cell);
                self.add(element(), TextPart::Quote(index), &evidence.quote, cell);
            }
            self.hidden(&Host::Touchpoint(touchpoint.id.clone()), &touchpoint.annotations, cell);
        }
    }

    /// The annotations of a host that no lane shows.
    fn hidden(&mut self, host: &Host, list: &'m [Annotation], cell: Option<(usize, usize)>) {
        for (index, annotation) in list.iter().enumerate() {
            if !self.shown.contains(&annotation.kind) {
                let at = AnnotationRef { host: host.clone(), index };
                self.annotation(at, annotation, cell);
            }
        }
    }

    /// What an annotation says, and who sees to it.
    fn annotation(&mut self, at: AnnotationRef, annotation: &'m Annotation, cell: Option<(usize, usize)>) {
        let element = Element::Annotation(at);
        self.add(element.clone(), TextPart::Own, &annotation.text, cell);
        self.add(element, TextPart::Owner, &annotation.owner, cell);
    }

    /// What the `row`-th lane, one of annotations, shows: column by column, a step's own first.
    fn annotations_of(&mut self, kind: AnnotationKind, row: usize) {
        let mut hosts: Vec<(usize, Host, &'m [Annotation])> = Vec::new();
        for (column, step) in self.steps.iter().enumerate() {
            hosts.push((column, Host::Step(step.id.clone()), &step.annotations));
        }
        for (column, touchpoint) in self.lanes.iter().flatten() {
            hosts.push((*column, Host::Touchpoint(touchpoint.id.clone()), &touchpoint.annotations));
        }
        hosts.retain(|(_, _, list)| !list.is_empty());
        hosts.sort_by_key(|(column, _, _)| *column);
        for (column, host, list) in hosts {
            for (index, annotation) in list.iter().enumerate().filter(|(_, a)| a.kind == kind) {
                let at = AnnotationRef { host: host.clone(), index };
                self.annotation(at, annotation, Some((row, column)));
            }
        }
    }
}
