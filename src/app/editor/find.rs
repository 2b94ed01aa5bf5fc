//! Finding on the open map: what is looked for, the walk through the matches, and replacing them.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use egui::{Id, Rect};

use super::{Editor, Ink};
use crate::app::field::Field;
use crate::app::look::BODY;
use crate::edit::replace_in_texts;
use crate::find::{Found, Match, Position, Query, Section, beside, find, position_of};
use crate::model::{AnnotationKind, Element, Host, JourneyMap, TextPart, TextRef};
use crate::text::Align;

/// What is looked for on the map, and how far one has walked.
#[derive(Debug)]
pub struct Finder {
    /// Whether the bar is shown and the matches are marked.
    pub open: bool,
    /// Whether the row for replacing is unfolded.
    pub replacing: bool,
    /// The words looked for.
    pub query: Field,
    /// The words put in their place.
    pub replacement: Field,
    /// Whether the last thing done here was a replacement: undoing is then about the map, not the field.
    pub replaced: bool,
    /// Where the bar was last shown.
    pub rect: Rect,
    /// The map and the words that `found` is about.
    searched: Option<(Arc<JourneyMap>, String)>,
    needle: Query,
    found: Found,
    /// How often the words stand in what the map knows beside its grid.
    beside: Vec<(Section, usize)>,
    /// Elements that have an annotation with a match which no lane shows.
    hosts: HashSet<Element>,
    /// Whether a match is somewhere else than on the map.
    needs_inspector: bool,
    /// From here one looks for new words.
    from: Position,
    current: Option<usize>,
    /// What the walk selected last.
    chosen: Option<Element>,
    /// The text that the inspector should bring into sight.
    scroll_to: Option<String>,
}

/// A step of the walk through the matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// To the next one.
    Next,
    /// To the one before.
    Previous,
}

impl Finder {
    fn new(ink: &mut Ink) -> Self {
        let mut field = |name| Field::new(Id::unique(name), "", BODY, None, Align::Left, ink).one_line();
        Self {
            open: false,
            replacing: false,
            query: field("find"),
            replacement: field("replace").without_focus(),
            replaced: false,
            rect: Rect::NOTHING,
            searched: None,
            needle: Query::default(),
            found: Found::default(),
            beside: Vec::new(),
            hosts: HashSet::new(),
            needs_inspector: false,
            from: Position::default(),
            current: None,
            chosen: None,
            scroll_to: None,
        }
    }

    /// The number of the match that one has walked to, from 1, and how many there are.
    pub fn place(&self) -> (usize, usize) {
        (self.current.map_or(0, |at| at + 1), self.found.matches().len())
    }

    /// Whether anything is looked for.
    pub fn is_asking(&self) -> bool {
        !self.needle.is_empty()
    }

    /// How often the words stand in what the map knows beside its grid.
    pub fn beside(&self) -> &[(Section, usize)] {
        &self.beside
    }

    /// The match that one has walked to.
    pub fn current(&self) -> Option<&Match> {
        self.found.matches().get(self.current?)
    }

    /// The matches in the texts of `element`, each with whether one has walked to it.
    pub fn of(&self, element: &Element) -> impl Iterator<Item = (&Match, bool)> {
        self.found.of(element).map(|at| (&self.found.matches()[at], self.current == Some(at)))
    }

    /// Whether something with a match hangs on `element` and is not shown itself.
    pub fn hides_one(&self, element: &Element) -> bool {
        self.hosts.contains(element)
    }

    /// Looks again if the words or the map are others; says whether the words are.
    fn refresh(&mut self, map: &Arc<JourneyMap>) -> bool {
        let text = self.query.text();
        let last = self.searched.as_ref();
        let new_words = last.is_none_or(|(_, words)| *words != text);
        if !new_words && last.is_some_and(|(old, _)| Arc::ptr_eq(old, map)) {
            return false;
        }
        let here = self.current().cloned();
        self.needle = Query::new(&text);
        self.found = find(map, &self.needle);
        self.beside = beside(map, &self.needle);
        self.hosts = hosts(map, &self.found);
        let hidden = self.found.matches().iter().any(|m| m.at.part != TextPart::Own);
        self.needs_inspector = hidden || !self.hosts.is_empty();
        self.searched = Some((Arc::clone(map), text));
        self.current = match here.filter(|_| !new_words) {
            None => self.found.first_from(self.from),
            Some(here) => {
                let same = |m: &Match| m.at == here.at && m.range == here.range;
                let still = self.found.matches().iter().position(same);
                still.or_else(|| self.found.first_from(here.position()))
            }
        };
        new_words
    }
}

/// What annotations with a match hang on, where no lane shows them.
fn hosts(map: &JourneyMap, found: &Found) -> HashSet<Element> {
    let shown = |kind: AnnotationKind| {
        map.lanes.iter().any(|lane| !lane.hidden && !lane.collapsed && lane.kind.annotation() == Some(kind))
    };
    let annotations = found.elements().filter_map(|element| match element {
        Element::Annotation(at) => map.annotation(at).filter(|a| !shown(a.kind)).map(|_| &at.host),
        _ => None,
    });
    annotations.map(host_element).collect()
}

fn host_element(host: &Host) -> Element {
    match host {
        Host::Touchpoint(id) => Element::Touchpoint(id.clone()),
        Host::Step(id) => Element::Step(id.clone()),
    }
}

impl Editor {
    /// The find bar, while it is open.
    pub fn finder(&self) -> Option<&Finder> {
        self.find.as_ref().filter(|finder| finder.open)
    }

    /// Hands the open find bar out, to be shown.
    pub fn take_finder(&mut self) -> Option<Finder> {
        self.find.take_if(|finder| finder.open)
    }

    /// Takes the find bar back.
    pub fn put_finder(&mut self, finder: Finder) {
        self.find = Some(finder);
    }

    /// Whether a field of the find bar has the keyboard.
    pub fn is_finding(&self, ctx: &egui::Context) -> bool {
        let focused = ctx.memory(egui::Memory::focused);
        let is_field = |finder: &Finder| [finder.query.id(), finder.replacement.id()].map(Some).contains(&focused);
        self.finder().is_some_and(is_field)
    }

    /// Opens the find bar, or takes the keyboard back to it; the last words are there to be typed over.
    pub(super) fn open_find(&mut self, replacing: bool, ink: &mut Ink) {
        let start = self.selected_by_hand().then(|| position_of_selection(&self.document));
        let finder = self.find.get_or_insert_with(|| Finder::new(ink));
        if let Some(start) = start.filter(|_| !finder.open) {
            // One looks again, from there.
            finder.searched = None;
            finder.from = start;
        }
        finder.open = true;
        finder.replaced = false;
        finder.replacing |= replacing;
        finder.query.focus();
        finder.query.select_all(ink);
    }

    /// Closes the find bar; what was found last stays selected.
    pub fn close_find(&mut self) {
        if let Some(finder) = &mut self.find {
            finder.open = false;
            finder.scroll_to = None;
        }
    }

    /// Looks again if need be; for new words goes to the first match.
    pub(super) fn refresh_find(&mut self) {
        let Some(finder) = self.finder() else { return };
        let new_words = finder.searched.as_ref().is_none_or(|(_, words)| *words != finder.query.text());
        if new_words && self.document.in_gesture() {
            // What is being typed on the map is still to be kept.
            return;
        }
        let start = (new_words && finder.searched.is_some() && self.selected_by_hand())
            .then(|| position_of_selection(&self.document));
        let Some(finder) = &mut self.find else { return };
        finder.from = start.unwrap_or(finder.from);
        if finder.refresh(self.document.map()) {
            finder.replaced = false;
            self.go_to_found();
        }
    }

    /// Whether another selection than that of the walk was made by hand.
    fn selected_by_hand(&self) -> bool {
        let chosen = self.find.as_ref().and_then(|finder| finder.chosen.as_ref());
        let selection = self.document.selection();
        !selection.is_empty() && chosen.is_none_or(|chosen| selection.len() != 1 || !selection.contains(chosen))
    }

    /// Goes to the next or previous match: from the last one, or from what was selected by hand since.
    pub(super) fn walk_found(&mut self, walk: Walk, ink: &mut Ink) {
        let by_hand = self.selected_by_hand();
        let from = position_of_selection(&self.document);
        if self.finder().is_none() {
            self.open_find(false, ink);
            if let Some(finder) = self.find.as_mut().filter(|finder| !finder.query.text().is_empty()) {
                finder.query.leave();
            }
        }
        let Some(finder) = &mut self.find else { return };
        finder.refresh(self.document.map());
        let count = finder.found.matches().len();
        finder.current = match (walk, finder.current) {
            (Walk::Next, _) if by_hand => finder.found.first_from(from),
            (Walk::Previous, _) if by_hand => finder.found.last_before(from),
            (Walk::Next, Some(at)) => Some((at + 1) % count),
            (Walk::Previous, Some(at)) => Some((at + count - 1) % count),
            (_, None) => None,
        };
        self.go_to_found();
    }

    /// Selects and shows the match that is the current one.
    fn go_to_found(&mut self) {
        let Some(finder) = &mut self.find else { return };
        let Some(found) = finder.current().cloned() else { return };
        finder.from = found.position();
        finder.chosen = Some(found.at.element.clone());
        finder.scroll_to = self.document.map().text_at(&found.at).map(str::to_owned);
        self.document.select([found.at.element]);
        self.reveal_found();
    }

    /// Whether what is selected is the match that one has walked to.
    pub fn is_at_found(&self) -> bool {
        self.finder().is_some_and(|finder| finder.current.is_some()) && !self.selected_by_hand()
    }

    /// Brings the current match into sight.
    pub(super) fn reveal_found(&mut self) {
        let Some(found) = self.find.as_ref().and_then(Finder::current).cloned() else { return };
        self.relayout();
        let shown = self.shown_for(&found.at.element);
        if let Some(area) = self.layout.words_rect(&shown, found.range) {
            self.reveal_area(area);
        }
    }

    /// The element itself, or what stands for it where it is not shown.
    fn shown_for(&self, element: &Element) -> Element {
        if self.layout.rect_of(element).is_some() {
            return element.clone();
        }
        let instead = match element {
            Element::Annotation(at) => Some(host_element(&at.host)),
            _ => None,
        };
        let lane_of = |element: &Element| match element {
            Element::Touchpoint(id) => self.document.map().touchpoint(id).map(|(lane, _)| lane.id.clone()),
            _ => None,
        };
        let seen = instead.clone().filter(|element| self.layout.rect_of(element).is_some());
        seen.or_else(|| lane_of(&instead.unwrap_or_else(|| element.clone())).map(Element::Lane))
            .unwrap_or_else(|| element.clone())
    }

    /// Whether the selection was made by the walk, and all that one walks through is seen on the map itself.
    ///
    /// The inspector then stays away; it never comes in the middle of a walk, where the bar would move from
    /// under the pointer.
    pub(super) fn is_found_in_sight(&self) -> bool {
        let Some(finder) = self.finder().filter(|finder| finder.chosen.is_some()) else { return false };
        !self.selected_by_hand() && !finder.needs_inspector
    }

    /// Puts the new words in the place of the current match and goes on to the next.
    pub fn replace_found(&mut self, ink: &mut Ink) {
        self.finish_typing(ink);
        self.refresh_find();
        if self.selected_by_hand() {
            // The match is elsewhere: it is shown first.
            self.walk_found(Walk::Next, ink);
            return;
        }
        let Some(finder) = self.finder() else { return };
        let (Some(found), with) = (finder.current().cloned(), finder.replacement.text()) else { return };
        let ranges = [(found.at.clone(), found.range.clone())];
        let result = self.document.edit("replacement", |map| replace_in_texts(map, &ranges, &with));
        if self.report(result).is_none() {
            return;
        }
        self.relayout();
        if let Some(finder) = &mut self.find {
            finder.current = None;
            finder.from = found.behind(with.len());
            finder.refresh(self.document.map());
            finder.replaced = true;
        }
        self.go_to_found();
    }

    /// Puts the new words in the place of every match, in one step; names of a locked structure stay.
    pub fn replace_all_found(&mut self, ink: &mut Ink) {
        self.finish_typing(ink);
        self.refresh_find();
        let Some(finder) = self.finder() else { return };
        let with = finder.replacement.text();
        let locked = self.document.map().locked;
        let all = finder.found.matches();
        let ranges: Vec<(TextRef, Range<usize>)> = all
            .iter()
            .filter(|m| !(locked && is_structure(&m.at.element)))
            .map(|m| (m.at.clone(), m.range.clone()))
            .collect();
        let left = all.len() - ranges.len();
        if !ranges.is_empty() {
            let label = format!("replacement of {}", places(ranges.len()));
            let result = self.document.edit(label, |map| replace_in_texts(map, &ranges, &with));
            if self.report(result).is_none() {
                return;
            }
        }
        let kept = if left == 0 { String::new() } else { format!("; {} in the locked structure left", places(left)) };
        self.notice = Some(format!("Replaced {}{kept}", places(ranges.len())));
        self.relayout();
        if let Some(finder) = &mut self.find {
            finder.refresh(self.document.map());
            finder.replaced = true;
        }
    }

    /// The bytes of `text` in which the words looked for stand, while the bar is open.
    pub fn marks_in(&self, text: &str) -> Vec<Range<usize>> {
        self.finder().map(|finder| finder.needle.ranges(text)).unwrap_or_default()
    }

    /// Whether the inspector should bring `text` into sight; once.
    pub fn wants_in_sight(&mut self, text: &str) -> bool {
        let Some(finder) = &mut self.find else { return false };
        let wanted = finder.scroll_to.as_ref().is_some_and(|wanted| text.contains(wanted.as_str()));
        if wanted {
            finder.scroll_to = None;
        }
        wanted
    }
}

fn position_of_selection(document: &crate::edit::Document) -> Position {
    document.selection().iter().next().map_or_else(Position::default, |e| position_of(document.map(), e))
}

fn is_structure(element: &Element) -> bool {
    matches!(element, Element::Stage(_) | Element::Step(_) | Element::Lane(_) | Element::LaneHint(_))
}

fn places(count: usize) -> String {
    if count == 1 { "1 place".into() } else { format!("{count} places") }
}
