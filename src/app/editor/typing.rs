//! Editing a text in place, and the loop of typing one touchpoint after the other.

use egui::{Id, Key, Modifiers, Rect, Ui};

use super::{Editor, Ink};
use crate::app::field::{Field, FieldLook};
use crate::app::look;
use crate::app::shapes::{Brush, color32};
use crate::edit::{
    self, EditResult, Marked, PENDING_ID, add_touchpoint, escape_marks, hang_annotation, name_pending, set_text,
};
use crate::model::{AnnotationKind, AnnotationRef, Element, JourneyMap, LaneId, LaneKind, StepId, Touchpoint};
use crate::theme::Color;

/// The text being edited in place.
#[derive(Debug)]
pub struct Typing {
    what: What,
    element: Element,
    field: Field,
    /// Where it was last shown.
    rect: Rect,
    /// Whether what it belongs to was made for it and shares its entry in the history.
    fresh: bool,
}

/// What the text belongs to.
#[derive(Clone, Debug)]
enum What {
    /// Something that was on the map before.
    Existing,
    /// A touchpoint that comes to be with its text.
    NewTouchpoint { lane: LaneId, step: StepId, index: usize },
    /// An annotation that comes to be with its text.
    NewAnnotation { step: StepId, kind: AnnotationKind },
}

impl Typing {
    /// The element whose text it is.
    pub fn element(&self) -> Element {
        self.element.clone()
    }

    /// Where it is on the screen.
    pub fn rect(&self) -> Rect {
        self.rect
    }

    /// The text so far.
    pub fn text(&self) -> String {
        self.field.text()
    }

    /// The field.
    pub fn field(&mut self) -> &mut Field {
        &mut self.field
    }

    /// Whether it is a touchpoint or annotation that was not there before.
    pub fn is_new(&self) -> bool {
        !matches!(self.what, What::Existing)
    }
}

impl Editor {
    /// Opens `element`: its text for editing, or a new touchpoint or annotation in an empty cell.
    pub(super) fn open(&mut self, element: &Element, ink: &mut Ink) {
        match element {
            Element::Cell { step, lane } => self.open_cell(&step.clone(), &lane.clone(), "", ink),
            Element::EmotionPoint(id) => {
                let touchpoint = Element::Touchpoint(id.clone());
                self.document.select([touchpoint.clone()]);
                self.reveal(&touchpoint);
            }
            _ => self.edit_in_place(element.clone(), ink),
        }
    }

    /// Starts a touchpoint or annotation with `text` in a cell, whatever its lane shows.
    fn open_cell(&mut self, step: &StepId, lane: &LaneId, text: &str, ink: &mut Ink) {
        let map = self.document.map();
        let Some(kind) = map.lane(lane).map(|l| l.kind) else { return };
        match (kind, kind.annotation()) {
            (LaneKind::Touchpoints, _) => {
                let index = map.lane(lane).map_or(0, |l| l.cell(step).count());
                self.begin_new(What::NewTouchpoint { lane: lane.clone(), step: step.clone(), index }, text, ink);
            }
            (_, Some(kind)) => self.begin_new(What::NewAnnotation { step: step.clone(), kind }, text, ink),
            (LaneKind::Emotion, _) => self.open_emotion(step),
            (LaneKind::Channels, _) => self.open_channels(step),
            _ => {}
        }
    }

    /// Selects the touchpoint whose channels a step shows; the inspector has them.
    fn open_channels(&mut self, step: &StepId) {
        let map = self.document.map();
        match map.lanes.iter().find_map(|lane| lane.cell(step).next()).map(|t| t.id.clone()) {
            Some(id) => {
                let touchpoint = Element::Touchpoint(id);
                self.document.select([touchpoint.clone()]);
                self.reveal(&touchpoint);
            }
            None => self.notice = Some("Add a touchpoint in this step first; its channels are shown here".into()),
        }
    }

    /// Gives the first touchpoint of a step an emotion to pull at, of the persona that is shown or of everybody.
    fn open_emotion(&mut self, step: &StepId) {
        let (map, focus) = (self.document.map(), self.focus.as_ref());
        let is_bare = |t: &&std::sync::Arc<Touchpoint>| t.emotion_of(focus).is_none();
        let first = map.lanes.iter().find_map(|lane| lane.cell(step).find(is_bare).map(|t| t.id.clone()));
        let Some(id) = first else {
            self.notice = Some("Add a touchpoint in this step first; its emotion is shown here".into());
            return;
        };
        let result = self.document.edit("new emotion", |map| {
            edit::update_touchpoint(map, &id, |t| t.set_emotion_of(focus, Some(crate::model::Emotion::default())))
        });
        self.report(result);
        self.document.select([Element::EmotionPoint(id)]);
    }

    /// Begins to type with nothing open: in the selected cell, or in the next free step of the lane.
    pub(super) fn start_typing(&mut self, text: &str, ink: &mut Ink) {
        let selected = self.document.selection().iter().next().cloned();
        let cell = match selected {
            Some(Element::Cell { step, lane }) => Some((step, lane)),
            Some(Element::Touchpoint(id) | Element::EmotionPoint(id)) => self.next_free_step(&id),
            Some(Element::Annotation(_)) => None,
            other => self.place_beside(other.as_ref()),
        };
        if let Some((step, lane)) = cell {
            self.open_cell(&step, &lane, text, ink);
        }
    }

    /// The cell that a stage, a step, a lane or nothing at all stands for: a free one, if there is one.
    fn place_beside(&self, element: Option<&Element>) -> Option<(StepId, LaneId)> {
        let map = self.document.map();
        let holds =
            |l: &&std::sync::Arc<crate::model::Lane>| l.kind == LaneKind::Touchpoints && !l.hidden && !l.collapsed;
        let lane = match element {
            Some(Element::Lane(id) | Element::LaneHint(id)) => map.lane(id).filter(holds)?,
            _ => map.lanes.iter().find(holds)?,
        };
        let within: Vec<&StepId> = match element {
            Some(Element::Stage(id)) => map.stage(id)?.steps.iter().map(|s| &s.id).collect(),
            Some(Element::Step(id)) => vec![id],
            _ => map.steps().map(|(_, s)| &s.id).collect(),
        };
        let free = within.iter().find(|step| lane.cell(step).next().is_none()).or(within.first())?;
        Some(((*free).clone(), lane.id.clone()))
    }

    /// The first step behind that of a touchpoint in which its lane is empty; its own when there is none.
    fn next_free_step(&self, id: &crate::model::TouchpointId) -> Option<(StepId, LaneId)> {
        let map = self.document.map();
        let (lane, touchpoint) = map.touchpoint(id)?;
        let steps = map.steps().map(|(_, step)| &step.id);
        let mut behind = steps.skip_while(|step| **step != touchpoint.step).skip(1);
        let free = behind.find(|step| lane.cell(step).next().is_none());
        Some((free.unwrap_or(&touchpoint.step).clone(), lane.id.clone()))
    }

    /// Starts a new touchpoint in the selected cell or beside the selected touchpoint.
    pub(super) fn add_touchpoint_here(&mut self, ink: &mut Ink) {
        let map = self.document.map();
        let first_lane = map.lanes.iter().find(|l| l.kind == LaneKind::Touchpoints).map(|l| l.id.clone());
        let first_step = map.steps().next().map(|(_, s)| s.id.clone());
        let place = match self.document.selection().iter().next() {
            Some(Element::Cell { step, lane }) => Some((step.clone(), lane.clone())),
            Some(Element::Touchpoint(id)) => map.touchpoint(id).map(|(l, t)| (t.step.clone(), l.id.clone())),
            Some(Element::Step(id)) => first_lane.map(|lane| (id.clone(), lane)),
            Some(Element::Stage(id)) => {
                map.stage(id).and_then(|s| s.steps.first()).map(|s| s.id.clone()).zip(first_lane)
            }
            _ => first_step.zip(first_lane),
        };
        match place {
            Some((step, lane)) => self.open_cell(&step, &lane, "", ink),
            None => self.notice = Some("Add a lane of touchpoints first".into()),
        }
    }

    /// Opens the text of a new annotation of `kind` on what is selected.
    pub(super) fn annotate(&mut self, kind: AnnotationKind, ink: &mut Ink) {
        let map = std::sync::Arc::clone(self.document.map());
        let host = self.document.selection().iter().find_map(|element| match element {
            Element::Touchpoint(id) | Element::EmotionPoint(id) => Some(crate::model::Host::Touchpoint(id.clone())),
            Element::Annotation(at) => Some(at.host.clone()),
            Element::Step(id) => Some(crate::model::Host::Step(id.clone())),
            Element::Cell { step, .. } => {
                let first = map.lanes.iter().find_map(|l| l.cell(step).next());
                Some(first.map_or_else(
                    || crate::model::Host::Step(step.clone()),
                    |t| crate::model::Host::Touchpoint(t.id.clone()),
                ))
            }
            _ => None,
        });
        let Some(host) = host else {
            self.notice = Some("Select a touchpoint or a step first".into());
            return;
        };
        let annotation = crate::model::Annotation::new(kind, "");
        let label = format!("new {}", kind.name().to_lowercase());
        let result = self.document.edit(label, |map| edit::add_annotation(map, &host, annotation));
        if let Some(at) = self.report(result) {
            self.relayout();
            let element = Element::Annotation(at);
            self.document.select([element.clone()]);
            if self.layout.rect_of(&element).is_some() {
                self.reveal(&element);
                self.edit_fresh(element, ink);
            }
        }
    }

    /// Edits the text of something that was just made: both are one entry in the history.
    pub(super) fn edit_fresh(&mut self, element: Element, ink: &mut Ink) {
        self.edit_in_place(element, ink);
        if let Some(typing) = &mut self.typing {
            typing.fresh = true;
        }
    }

    /// Edits the text of something that is on the map.
    pub fn edit_in_place(&mut self, element: Element, ink: &mut Ink) {
        self.finish_typing(ink);
        let locked = matches!(element, Element::Stage(_) | Element::Step(_) | Element::Lane(_) | Element::LaneHint(_));
        if locked && self.document.map().locked {
            self.notice = Some(edit::EditError::Locked.to_string());
            return;
        }
        let Some(text) = self.document.map().text_of(&element).map(str::to_owned) else { return };
        let text = if matches!(element, Element::Touchpoint(_)) { escape_marks(&text) } else { text };
        self.document.select([element.clone()]);
        self.document.begin();
        self.begin_field(What::Existing, element, &text, ink);
        if let Some(typing) = &mut self.typing {
            typing.field.select_all(ink);
        }
    }

    fn begin_new(&mut self, what: What, text: &str, ink: &mut Ink) {
        self.finish_typing(ink);
        self.document.begin();
        let element = match self.document.preview(|map| put(map, &what, text)) {
            Ok(element) => element,
            Err(err) => {
                self.document.cancel();
                self.notice = Some(err.to_string());
                return;
            }
        };
        self.relayout();
        self.document.select([element.clone()]);
        if self.layout.rect_of(&element).is_none() {
            self.document.cancel();
            self.notice = Some("This lane is hidden or collapsed; show it first".into());
            return;
        }
        self.reveal(&element);
        self.begin_field(what, element, text, ink);
    }

    fn begin_field(&mut self, what: What, element: Element, text: &str, ink: &mut Ink) {
        let Some(place) = self.layout.text_place(&element) else { return };
        let id = Id::unique(("text on the map", &element));
        let mut field = Field::new(id, text, place.style, Some(place.width as f32), place.align, ink);
        field.editor().set_rtl_when_empty(self.layout.rtl);
        self.typing = Some(Typing { what, element, field, rect: Rect::NOTHING, fresh: false });
    }

    /// Shows the text being edited over its place, and takes what is typed.
    pub(super) fn show_typing(&mut self, ui: &mut Ui, ink: &mut Ink) {
        let completed = self.take_completion_keys(ui, ink);
        let Some(mut typing) = self.typing.take() else { return };
        let (Some(place), Some(card)) = (self.layout.text_place(&typing.element), self.layout.rect_of(&typing.element))
        else {
            self.typing = Some(typing);
            self.cancel_typing();
            return;
        };
        typing.field.editor().set_width(Some(place.width as f32));
        let rect = self.camera.rect_to_screen(card);
        typing.rect = rect.expand(4.0);
        let theme = &self.layout.theme.colors;
        let on_header = matches!(typing.element, Element::Stage(_));
        let text_color = if on_header { theme.on_accent } else { theme.ink };
        self.paint_frame(ui, rect, matches!(typing.element, Element::Touchpoint(_) | Element::Annotation(_)), ink);
        let name = format!("Text of {}", self.describe(&typing.element));
        let colors = look::colors_over(&self.layout.theme);
        let field_look = FieldLook {
            corner: self.camera.to_screen(place.at),
            scale: self.camera.scale as f32,
            rect: typing.rect,
            ink: text_color,
            selection: if on_header { Color { a: 90, ..theme.on_accent } } else { colors.accent_soft },
            name: &name,
        };
        let events = typing.field.show(ui, &field_look, ink);
        let text = typing.field.text();
        let what = typing.what.clone();
        let element = typing.element.clone();
        self.typing = Some(typing);
        if events.changed || completed {
            let result = self.document.preview(|map| match (&what, &element) {
                (What::Existing, Element::Touchpoint(id)) => edit::update_touchpoint(map, id, |t| {
                    Marked::parse(&text).mark(t);
                    // The field shows the marks as they are typed; the card must have room for them.
                    t.title.clone_from(&text);
                }),
                (What::Existing, _) => set_text(map, &element, &text),
                _ => put(map, &what, &text).map(|_| ()),
            });
            self.report(result);
            self.relayout();
            ui.ctx().request_repaint();
        }
        self.complete();
        self.show_completion(ui, rect.left_bottom() + egui::vec2(0.0, 6.0), ink);
        if let Some((key, modifiers)) = events.key {
            self.leave_with(key, modifiers, events.rest, ink);
            ui.ctx().request_repaint();
        } else if events.lost_focus {
            self.finish_typing(ink);
        }
    }

    fn paint_frame(&self, ui: &Ui, rect: Rect, is_card: bool, ink: &mut Ink) {
        let mut mesh = ink.painter.mesh();
        let white = ink.painter.white();
        let scale = self.camera.scale as f32;
        let radius = if is_card { self.layout.theme.sizes.card_radius as f32 * scale } else { 4.0 };
        let grow = if is_card { 0.0 } else { 4.0 };
        let accent = color32(look::colors_over(&self.layout.theme).accent);
        let feather = 1.0 / ui.ctx().pixels_per_point();
        Brush { mesh: &mut mesh, white, feather }.border(rect.expand(grow), (radius, radius), 2.0, accent);
        ui.painter().add(mesh);
    }

    /// Enter, Tab or Escape in the text.
    fn leave_with(&mut self, key: Key, modifiers: Modifiers, rest: Vec<egui::Event>, ink: &mut Ink) {
        if key == Key::Escape {
            // What is new stays as far as it was typed; what was there before is left as it was.
            let has_words = self.typing.as_ref().is_some_and(|t| t.is_new() && !t.text().trim().is_empty());
            if has_words {
                self.finish_typing(ink);
            } else {
                self.cancel_typing();
            }
            return;
        }
        let next = self.next_place(key, modifiers);
        let had_text = self.typing.as_ref().is_some_and(|t| !t.text().trim().is_empty());
        let went_on = self.typing.as_ref().is_some_and(Typing::is_new) && had_text;
        self.finish_typing(ink);
        if key == Key::Enter && modifiers.command && modifiers.shift {
            self.add_step_behind(ink);
        } else if key == Key::Enter && modifiers.command {
            self.add_stage_behind(ink);
        } else if went_on && let Some((step, lane)) = next {
            self.relayout();
            self.open_cell(&step, &lane, "", ink);
        }
        if let Some(typing) = &mut self.typing {
            typing.field.queue_for_next_frame(rest);
        }
    }

    /// The cell in which typing goes on: the next step for Enter, the next or previous lane for Tab.
    fn next_place(&self, key: Key, modifiers: Modifiers) -> Option<(StepId, LaneId)> {
        let map = self.document.map();
        let (lane, step) = match &self.typing.as_ref()?.what {
            What::NewTouchpoint { lane, step, .. } => (lane.clone(), step.clone()),
            What::NewAnnotation { step, kind } => {
                let lane = map.lanes.iter().find(|l| l.kind.annotation() == Some(*kind))?;
                (lane.id.clone(), step.clone())
            }
            What::Existing => return None,
        };
        if key == Key::Enter {
            let mut steps = map.steps().map(|(_, s)| &s.id).skip_while(|s| **s != step).skip(1);
            // Behind the last step the words go on below it, so that none is lost.
            return Some((steps.next().cloned().unwrap_or(step), lane));
        }
        let can_type = |l: &&std::sync::Arc<crate::model::Lane>| {
            !l.hidden && !l.collapsed && (l.kind == LaneKind::Touchpoints || l.kind.annotation().is_some())
        };
        let lanes: Vec<&LaneId> = map.lanes.iter().filter(can_type).map(|l| &l.id).collect();
        let at = lanes.iter().position(|l| **l == lane)?;
        let to = if modifiers.shift { at.checked_sub(1)? } else { at + 1 };
        Some((step, (*lanes.get(to)?).clone()))
    }

    /// Keeps what was typed and closes the text.
    pub fn finish_typing(&mut self, _ink: &mut Ink) {
        let Some(typing) = self.typing.take() else { return };
        let text = typing.text();
        match typing.what {
            What::Existing => {
                if let Element::Touchpoint(id) = &typing.element {
                    let marked = Marked::parse(&text);
                    let result = self.document.preview(|map| {
                        edit::update_touchpoint(map, id, |t| {
                            marked.mark(t);
                            t.title = marked.title;
                        })
                    });
                    self.report(result);
                }
                let label = format!("edit of {}", self.describe_kind(&typing.element));
                let says_nothing = matches!(typing.element, Element::Annotation(_)) && text.trim().is_empty();
                match (typing.fresh, says_nothing) {
                    (true, true) => {
                        self.document.take_back();
                    }
                    (true, false) => self.document.commit_joined(label),
                    (false, _) => self.document.commit(label),
                }
            }
            _ if text.trim().is_empty() => {
                let cell = self.cell_of(&typing.what);
                self.document.cancel();
                self.document.select(cell);
            }
            What::NewTouchpoint { .. } => {
                let what = typing.what;
                let mut id = None;
                let result = self.document.preview(|map| {
                    put(map, &what, &text)?;
                    let title = Marked::parse(&text).title;
                    edit::update_touchpoint(map, &PENDING_ID.into(), |t| t.title = title)?;
                    id = name_pending(map);
                    Ok(())
                });
                self.report(result);
                self.document.commit("new touchpoint");
                self.document.select(id.map(Element::Touchpoint));
            }
            What::NewAnnotation { kind, .. } => {
                self.document.commit(format!("new {}", kind.name().to_lowercase()));
                self.document.select([typing.element]);
            }
        }
        self.relayout();
    }

    fn cell_of(&self, what: &What) -> Option<Element> {
        match what {
            What::NewTouchpoint { lane, step, .. } => Some(Element::Cell { step: step.clone(), lane: lane.clone() }),
            What::NewAnnotation { step, kind } => {
                let map = self.document.map();
                let lane = map.lanes.iter().find(|l| l.kind.annotation() == Some(*kind))?;
                Some(Element::Cell { step: step.clone(), lane: lane.id.clone() })
            }
            What::Existing => None,
        }
    }

    /// Forgets what was typed and closes the text.
    pub fn cancel_typing(&mut self) {
        if let Some(typing) = self.typing.take() {
            let cell = self.cell_of(&typing.what);
            self.document.cancel();
            if typing.fresh && matches!(typing.element, Element::Annotation(_)) {
                self.document.take_back();
                self.relayout();
                return;
            }
            match cell {
                Some(cell) => self.document.select([cell]),
                None => self.document.select([typing.element]),
            }
            self.relayout();
        }
    }
}

/// Puts the new thing with its text on the map; returns what it is there.
fn put(map: &mut JourneyMap, what: &What, text: &str) -> EditResult<Element> {
    match what {
        What::NewTouchpoint { lane, step, index } => {
            let mut touchpoint = Touchpoint::new(PENDING_ID, step.clone(), text);
            Marked::parse(text).mark(&mut touchpoint);
            add_touchpoint(map, lane, *index, touchpoint)?;
            Ok(Element::Touchpoint(PENDING_ID.into()))
        }
        What::NewAnnotation { step, kind } => {
            let at: AnnotationRef = hang_annotation(map, step, *kind, text)?;
            Ok(Element::Annotation(at))
        }
        What::Existing => Err(edit::EditError::Gone),
    }
}
