//! The filter on the open map: which touchpoints are shown, which step back, and what there is to choose from.
//!
//! The filter belongs to the window until it is saved as a view; pictures and files never know of it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use egui::{Id, Rect};

use super::{Editor, Ink};
use crate::app::field::Field;
use crate::app::look::BODY;
use crate::app::shapes::{Brush, color32};
use crate::edit::{delete_view, save_view};
use crate::layout::RowContent;
use crate::model::{AnnotationKind, Element, Host, JourneyMap, Touchpoint, TouchpointId, View};
use crate::text::Align;

/// What touchpoints are filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// The personas that a touchpoint matters to.
    Personas,
    /// Where it happens.
    Channels,
    /// Who answers for it.
    Owners,
    /// Its tags.
    Tags,
    /// The kinds of what hangs on it.
    Kinds,
}

impl Facet {
    /// All of them, in the order of the bar.
    pub const ALL: [Self; 5] = [Self::Personas, Self::Channels, Self::Owners, Self::Tags, Self::Kinds];

    /// The word in the bar.
    pub fn name(self) -> &'static str {
        match self {
            Self::Personas => "Personas",
            Self::Channels => "Channels",
            Self::Owners => "Owners",
            Self::Tags => "Tags",
            Self::Kinds => "Annotations",
        }
    }

    /// The word for one of them.
    pub fn singular(self) -> &'static str {
        match self {
            Self::Personas => "persona",
            Self::Channels => "channel",
            Self::Owners => "owner",
            Self::Tags => "tag",
            Self::Kinds => "annotation",
        }
    }

    /// What `touchpoint` has of it, as keys and as words.
    fn of(self, map: &JourneyMap, touchpoint: &Touchpoint) -> Vec<(String, String)> {
        let text = |text: &String| (folded(text), text.trim().to_owned());
        match self {
            Self::Personas => {
                let named = map.personas.iter().filter(|persona| touchpoint.names(&persona.id));
                named.map(|persona| (persona.id.to_string(), persona.name.clone())).collect()
            }
            Self::Channels => touchpoint.channels.iter().map(text).collect(),
            Self::Owners => vec![text(&touchpoint.owner)],
            Self::Tags => touchpoint.tags.iter().map(text).collect(),
            Self::Kinds => {
                touchpoint.annotations.iter().map(|a| (a.kind.name().to_owned(), a.kind.name().to_owned())).collect()
            }
        }
    }

    /// What `view` asks for of it, as keys and as words.
    fn asked(self, map: &JourneyMap, view: &View) -> Vec<(String, String)> {
        let texts = |texts: &[String]| texts.iter().map(|text| (folded(text), text.trim().to_owned())).collect();
        match self {
            Self::Personas => {
                let name = |id| map.persona(id).map(|persona| persona.name.clone()).unwrap_or_default();
                view.personas.iter().map(|id| (id.to_string(), name(id))).collect()
            }
            Self::Channels => texts(&view.channels),
            Self::Owners => texts(&view.owners),
            Self::Tags => texts(&view.tags),
            Self::Kinds => view.kinds.iter().map(|kind| (kind.name().to_owned(), kind.name().to_owned())).collect(),
        }
    }

    /// How many of it `view` asks for.
    pub fn count(self, view: &View) -> usize {
        match self {
            Self::Personas => view.personas.len(),
            Self::Channels => view.channels.len(),
            Self::Owners => view.owners.len(),
            Self::Tags => view.tags.len(),
            Self::Kinds => view.kinds.len(),
        }
    }

    /// Takes `choice` into `view`, or out of it.
    pub fn toggle(self, view: &mut View, choice: &Choice) {
        let (key, words) = (choice.key.as_str(), choice.words.as_str());
        let text = |texts: &mut Vec<String>| flip(texts, |text| folded(text) == key, || Some(words.to_owned()));
        match self {
            Self::Personas => flip(&mut view.personas, |id| id.as_str() == key, || Some(key.into())),
            Self::Channels => text(&mut view.channels),
            Self::Owners => text(&mut view.owners),
            Self::Tags => text(&mut view.tags),
            Self::Kinds => {
                let kind = || AnnotationKind::ALL.into_iter().find(|kind| kind.name() == key);
                flip(&mut view.kinds, |kind| kind.name() == key, kind);
            }
        }
    }
}

/// Takes out what `is_it`, or puts `new` in.
fn flip<T>(list: &mut Vec<T>, is_it: impl Fn(&T) -> bool, new: impl FnOnce() -> Option<T>) {
    let before = list.len();
    list.retain(|one| !is_it(one));
    if list.len() == before {
        list.extend(new());
    }
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Something that touchpoints can be filtered by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    key: String,
    /// The user's words for it, as they are first written.
    pub words: String,
    /// How many touchpoints have it.
    pub count: usize,
    /// Whether the filter asks for it.
    pub chosen: bool,
}

/// The filter, its bar, and what is known of the map for them.
#[derive(Debug)]
pub struct Filtering {
    /// Whether the bar is shown.
    pub open: bool,
    /// Whether the bar takes the keyboard when it is shown next.
    pub takes_keyboard: bool,
    /// The name being typed for a view.
    pub naming: Option<Field>,
    /// Whether a menu was open when the bar was last shown.
    pub popup_open: bool,
    /// Where the bar was last shown.
    pub rect: Rect,
    filter: View,
    known: Option<Known>,
    choices: Option<(Arc<JourneyMap>, View, [Vec<Choice>; 5])>,
}

impl Default for Filtering {
    fn default() -> Self {
        Self {
            open: false,
            takes_keyboard: false,
            naming: None,
            popup_open: false,
            rect: Rect::NOTHING,
            filter: View::default(),
            known: None,
            choices: None,
        }
    }
}

/// What the filter comes to on a map.
#[derive(Debug)]
struct Known {
    map: Arc<JourneyMap>,
    filter: View,
    hidden: HashSet<TouchpointId>,
    all: usize,
}

impl Editor {
    /// Which touchpoints are shown; the others step back.
    pub fn filter(&self) -> &View {
        &self.filtering.filter
    }

    /// Shows the touchpoints that `filter` lets through and lets the others step back.
    pub fn set_filter(&mut self, filter: View) {
        self.filtering.filter = filter;
        self.refresh_filter();
    }

    /// The filter with its bar.
    pub fn filtering(&mut self) -> &mut Filtering {
        &mut self.filtering
    }

    /// Whether the name of a view is being typed.
    pub fn is_naming_view(&self) -> bool {
        self.filtering.open && self.filtering.naming.is_some()
    }

    /// Whether something in the bar of the filter has the keyboard.
    pub fn is_in_filter_bar(&self, ctx: &egui::Context) -> bool {
        let focused = ctx.memory(egui::Memory::focused).filter(|_| self.filtering.open);
        let place = focused.and_then(|id| ctx.read_response(id)).map(|response| response.rect.center());
        place.is_some_and(|place| self.filtering.rect.contains(place))
    }

    /// Opens the bar of the filter, or closes it; the filter stays.
    pub(super) fn toggle_filter_bar(&mut self) {
        self.filtering.open = !self.filtering.open;
        self.filtering.takes_keyboard = self.filtering.open;
        self.filtering.naming = None;
    }

    /// Looks at the map again if it or the filter is another.
    pub fn refresh_filter(&mut self) {
        let (state, map) = (&mut self.filtering, self.document.map());
        if state.filter.is_open() {
            state.known = None;
            return;
        }
        let same = |known: &Known| Arc::ptr_eq(&known.map, map) && known.filter == state.filter;
        if state.known.as_ref().is_some_and(same) {
            return;
        }
        state.filter.personas.retain(|id| map.persona(id).is_some());
        let (mut hidden, mut all) = (HashSet::new(), 0);
        for (_, touchpoint) in map.touchpoints() {
            all += 1;
            if !state.filter.shows(touchpoint) {
                hidden.insert(touchpoint.id.clone());
            }
        }
        state.known = Some(Known { map: Arc::clone(map), filter: state.filter.clone(), hidden, all });
    }

    /// How many touchpoints the filter shows, and how many there are; nothing while it lets all through.
    pub fn filtered(&self) -> Option<(usize, usize)> {
        let known = self.filtering.known.as_ref().filter(|_| !self.filtering.filter.is_open())?;
        Some((known.all - known.hidden.len(), known.all))
    }

    /// Whether `element` steps back: its touchpoint is not shown.
    pub fn is_filtered_out(&self, element: &Element) -> bool {
        let Some(known) = &self.filtering.known else { return false };
        match element {
            Element::Touchpoint(id) | Element::EmotionPoint(id) => known.hidden.contains(id),
            Element::Annotation(at) => matches!(&at.host, Host::Touchpoint(id) if known.hidden.contains(id)),
            _ => false,
        }
    }

    /// What there is to choose from.
    pub fn filter_choices(&mut self) -> &[Vec<Choice>; 5] {
        let (state, map) = (&mut self.filtering, self.document.map());
        let same = |(known, filter, _): &(Arc<JourneyMap>, View, _)| Arc::ptr_eq(known, map) && *filter == state.filter;
        let kept = state.choices.take().filter(same);
        let (_, _, choices) = state.choices.insert(kept.unwrap_or_else(|| {
            let choices = Facet::ALL.map(|facet| choices(map, facet, &state.filter));
            (Arc::clone(map), state.filter.clone(), choices)
        }));
        choices
    }

    /// Selects the touchpoints that are shown.
    pub fn select_shown(&mut self) {
        let map = Arc::clone(self.document.map());
        let filter = &self.filtering.filter;
        let shown = map.touchpoints().filter(|(_, t)| filter.shows(t));
        self.document.select(shown.map(|(_, t)| Element::Touchpoint(t.id.clone())));
    }

    /// Begins to ask for the name under which the filter is saved; that of the view it came from is there.
    pub fn begin_naming(&mut self, ink: &mut Ink) {
        let name = self.filtering.filter.name.clone();
        let mut field = Field::new(Id::unique("name of view"), &name, BODY, None, Align::Left, ink).one_line();
        field.select_all(ink);
        self.filtering.naming = Some(field);
    }

    /// Saves the filter on the map as the view called `name`.
    pub fn save_filter(&mut self, name: &str) {
        let view = View { name: name.trim().to_owned(), ..self.filtering.filter.clone() };
        let saved = view.clone();
        let result = self.document.edit("saving of view", |map| save_view(map, saved));
        if self.report(result).is_some() {
            self.notice = Some(format!("Saved the view {}", view.name));
            self.filtering.filter = view;
            self.filtering.naming = None;
        }
    }

    /// Deletes the view called `name`; a filter that came from it stays.
    pub fn delete_saved_view(&mut self, name: &str) {
        let result = self.document.edit("deletion of view", |map| delete_view(map, name));
        self.report(result);
    }

    /// Lays the ground over what steps back, where it is in sight.
    pub(super) fn paint_veils(&self, brush: &mut Brush<'_>) {
        /// How much of the ground lies over what steps back.
        const VEIL: f32 = 0.7;
        if self.filtering.known.is_none() {
            return;
        }
        let Some(scene) = self.scene_in_sight() else { return };
        let typed_on = self.typing.as_ref().map(super::Typing::element);
        let color = color32(self.layout.theme.colors.ground.faded(VEIL));
        for group in &scene.groups {
            let Some(element) = group.element.as_ref().filter(|element| self.is_filtered_out(element)) else {
                continue;
            };
            if typed_on.as_ref() == Some(element) {
                continue;
            }
            let rect = self.camera.rect_to_screen(group.bounds);
            // Where a card is a plain box, its corners are not seen.
            let radius = if rect.height() < 16.0 { 0.0 } else { self.outline_of(element).0.min(rect.height() / 2.0) };
            brush.rect(rect.expand(0.5), (radius, radius), &[], |_| color);
        }
        self.paint_veils_of_links(brush, color);
        self.paint_veils_of_pictures(brush, color);
    }

    /// The same over the pictures in a storyboard, which are nobody's in the scene.
    fn paint_veils_of_pictures(&self, brush: &mut Brush<'_>, color: egui::Color32) {
        for row in self.layout.rows.iter().filter(|_| self.layout.wheel.is_none()) {
            let RowContent::Pictures(pictures) = &row.content else { continue };
            let all = (0..self.layout.columns.len()).flat_map(|column| pictures.column(column));
            let id = |touchpoint: &Touchpoint| Element::Touchpoint(touchpoint.id.clone());
            for placed in all.filter(|placed| self.is_filtered_out(&id(&placed.touchpoint))) {
                let rect = self.camera.rect_to_screen(placed.rect + kurbo::Vec2::new(0.0, row.y));
                let radius = (self.layout.theme.sizes.card_radius * self.camera.scale) as f32;
                brush.rect(rect.expand(0.5), (radius, radius), &[], |_| color);
            }
        }
    }

    /// The same over links from or to what steps back: over their lines alone, as others may run beside them.
    fn paint_veils_of_links(&self, brush: &mut Brush<'_>, color: egui::Color32) {
        /// The width of the veil over a line, in points of the map.
        const WIDE: f64 = 5.0;
        let map = self.document.map();
        let is_out = |id: &TouchpointId| self.is_filtered_out(&Element::Touchpoint(id.clone()));
        for link in &self.layout.links {
            let ends = map.links.get(link.index).filter(|ends| is_out(&ends.from) || is_out(&ends.to));
            if ends.is_none() {
                continue;
            }
            let mut points = Vec::new();
            kurbo::flatten(link.path.iter(), 0.2 / self.camera.scale, |part| match part {
                kurbo::PathEl::MoveTo(at) | kurbo::PathEl::LineTo(at) => points.push(self.camera.to_screen(at)),
                _ => {}
            });
            brush.line(&points, (WIDE * self.camera.scale) as f32, |_| color);
            let tip = kurbo::Shape::bounding_box(&*link.tip).inflate(1.0, 1.0);
            for part in [Some(tip), link.label.as_ref().map(|(pill, _)| *pill)].into_iter().flatten() {
                let rect = self.camera.rect_to_screen(part);
                let radius = rect.height() / 2.0;
                brush.rect(rect, (radius, radius), &[], |_| color);
            }
        }
    }
}

/// What `map` has of a facet and what `filter` asks for, in an order in which people find it.
fn choices(map: &JourneyMap, facet: Facet, filter: &View) -> Vec<Choice> {
    let mut found: Vec<Choice> = Vec::new();
    let mut places: HashMap<String, (usize, usize)> = HashMap::new();
    for (number, (_, touchpoint)) in map.touchpoints().enumerate() {
        for (key, words) in facet.of(map, touchpoint).into_iter().filter(|(key, _)| !key.is_empty()) {
            let (at, last) = *places.entry(key.clone()).or_insert_with(|| {
                found.push(Choice { key: key.clone(), words, count: 0, chosen: false });
                (found.len() - 1, usize::MAX)
            });
            if last != number {
                found[at].count += 1;
                places.insert(key, (at, number));
            }
        }
    }
    for (key, words) in facet.asked(map, filter) {
        match places.get(&key) {
            Some((at, _)) => found[*at].chosen = true,
            // It was on the map once; now it can be taken out of the filter.
            None => found.push(Choice { key, words, count: 0, chosen: true }),
        }
    }
    match facet {
        Facet::Personas => found.sort_by_key(|c| map.personas.iter().position(|p| p.id.as_str() == c.key)),
        Facet::Kinds => found.sort_by_key(|c| AnnotationKind::ALL.iter().position(|kind| kind.name() == c.key)),
        Facet::Channels | Facet::Owners | Facet::Tags => found.sort_by(|a, b| a.key.cmp(&b.key)),
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::update_touchpoint;
    use crate::model::{Annotation, generate};

    fn map() -> JourneyMap {
        let mut map = generate(1, 3, 1);
        for (at, channels) in [("t-1-1", vec!["Phone", "phone "]), ("t-1-2", vec!["App", " PHONE"]), ("t-1-3", vec![])]
        {
            update_touchpoint(&mut map, &at.into(), |t| {
                t.channels = channels.into_iter().map(str::to_owned).collect();
                t.annotations = vec![Annotation::new(AnnotationKind::Delight, ""); 2];
            })
            .unwrap();
        }
        map
    }

    #[test]
    fn a_touchpoint_counts_once_for_each_thing_it_has() {
        let filter = View { channels: vec!["phone".into(), "Fax".into()], ..View::default() };
        let found = choices(&map(), Facet::Channels, &filter);
        let told: Vec<_> = found.iter().map(|c| (c.words.as_str(), c.count, c.chosen)).collect();
        assert_eq!(told, [("App", 1, false), ("Fax", 0, true), ("Phone", 2, true)]);
        assert_eq!(choices(&map(), Facet::Kinds, &filter)[0].count, 3);
        assert!(choices(&map(), Facet::Personas, &filter).is_empty());
    }

    #[test]
    fn a_choice_goes_into_the_view_and_out_again() {
        let mut view = View::default();
        for facet in [Facet::Channels, Facet::Kinds] {
            let choice = choices(&map(), facet, &view).remove(0);
            facet.toggle(&mut view, &choice);
            assert_eq!(facet.count(&view), 1);
            facet.toggle(&mut view, &choice);
            assert!(view.is_open());
        }
    }

    #[test]
    fn what_hangs_on_a_touchpoint_steps_back_with_it() {
        let mut editor = Editor::new(map(), None);
        editor.set_filter(View { channels: vec!["App".into()], ..View::default() });
        assert_eq!(editor.filtered(), Some((1, 3)));
        let note =
            |id: &str| Element::Annotation(crate::model::AnnotationRef { host: Host::Touchpoint(id.into()), index: 0 });
        assert!(editor.is_filtered_out(&note("t-1-1")) && !editor.is_filtered_out(&note("t-1-2")));
        assert!(editor.is_filtered_out(&Element::EmotionPoint("t-1-3".into())));
        editor.select_shown();
        assert_eq!(editor.document.selection().len(), 1);
        editor.set_filter(View::default());
        assert_eq!(editor.filtered(), None);
    }
}
