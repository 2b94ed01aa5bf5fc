//! What is in sight, for screen readers and tests: a node with a name for every element.

use egui::accesskit::{Action, ActionData};
use egui::{Id, Rect, Role, Sense, Ui, WidgetInfo};

use super::Editor;
use crate::model::{Element, LaneKind, capitalized};

/// Above this number of elements in sight only the structure has nodes, and a summary.
const MOST_NODES: usize = 1200;

impl Editor {
    /// Whether a widget id is that of an element of the map.
    pub(super) fn is_node(&self, id: Id) -> bool {
        self.nodes.contains(&id) || self.document.selection().iter().any(|element| node_id(element) == id)
    }

    /// Makes a node for each element in sight; a click through it selects the element.
    pub(super) fn tell_screen_readers(&mut self, ui: &Ui, view: Rect) {
        // Without a screen reader or a test nobody asks for nodes.
        self.nodes.clear();
        if ui.ctx().accesskit_node_builder(super::canvas_id(), |_| ()).is_none() {
            return;
        }
        let Some(scene) = self.scene_in_sight() else { return };
        let mut elements: Vec<Element> = scene.groups.iter().filter_map(|g| g.element.clone()).collect();
        let takes_keyboard = std::mem::take(&mut self.focus_node) && self.typing.is_none();
        let (mut clicked, mut pulled) = (None, 0i64);
        elements.extend(self.empty_cells_in_sight(view));
        elements.sort_by_cached_key(|element| self.reading_place(element));
        let many = elements.len() > MOST_NODES;
        let is_structure = |e: &Element| {
            matches!(e, Element::Title | Element::Phase(_) | Element::Stage(_) | Element::Step(_) | Element::Lane(_))
        };
        for element in elements.iter().filter(|e| !many || is_structure(e)) {
            let Some(rect) = self.screen_rect(element).filter(|rect| rect.intersects(view)) else { continue };
            let response = ui.interact(rect.intersect(view), node_id(element), Sense::click());
            self.nodes.insert(response.id);
            let selected = self.document.selection().contains(element);
            let name = self.describe(element);
            response.widget_info(|| WidgetInfo::labeled(role(element), true, &name));
            let value = self.value_of(element);
            let emotion = self.emotion_value(element);
            let is_back = self.is_filtered_out(element);
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_selected(selected);
                if is_back {
                    node.set_description("filtered out");
                }
                if let Some(value) = value {
                    node.set_value(value);
                }
                if let Some(emotion) = emotion {
                    node.set_min_numeric_value(-5.0);
                    node.set_max_numeric_value(5.0);
                    node.set_numeric_value_step(1.0);
                    node.set_numeric_value(f64::from(emotion));
                    node.add_action(Action::Increment);
                    node.add_action(Action::Decrement);
                    node.add_action(Action::SetValue);
                }
            });
            if let Some(emotion) = emotion {
                let set = ui.input(|i| asked_value(i, response.id));
                pulled += set.map_or(0, |value| value.clamp(-5, 5) - i64::from(emotion));
                let count = |action| ui.input(|i| i.num_accesskit_action_requests(response.id, action)) as i64;
                pulled += count(Action::Increment) - count(Action::Decrement);
                if pulled != 0 {
                    clicked = Some(element.clone());
                }
            }
            if selected && takes_keyboard {
                response.request_focus();
            }
            // Pointer and keys are the canvas's: egui takes Enter on a node for a click.
            if ui.input(|i| i.has_accesskit_action_request(response.id, Action::Click)) {
                clicked = Some(element.clone());
            }
        }
        if many {
            let id = Id::unique("summary of the map");
            let summary = ui.interact(Rect::from_min_size(view.min, egui::vec2(1.0, 1.0)), id, Sense::hover());
            let count = elements.len();
            summary.widget_info(|| {
                WidgetInfo::labeled(Role::Label, true, format!("{count} elements in sight; zoom in to reach each"))
            });
        }
        if let Some(element) = clicked {
            self.document.select([element]);
            self.focus_node = true;
        }
        if pulled != 0 {
            self.change_emotions("change of emotion", |e| {
                crate::model::Emotion::clamped(e.map_or(0, |e| i64::from(e.get())) + pulled)
            });
        }
    }

    /// Where an element comes when the map is read out: heads first, then row by row in reading direction.
    fn reading_place(&self, element: &Element) -> (u8, usize, i64, i64) {
        let rank = match element {
            Element::Title => 0,
            Element::Subtitle => 1,
            Element::Phase(_) => 2,
            Element::Stage(_) => 3,
            Element::Step(_) => 4,
            Element::Link(_) => 6,
            _ => 5,
        };
        let rect = self.layout.rect_of(element).unwrap_or_default();
        let row = self.layout.rows.iter().position(|r| rect.center().y < r.y + r.height).unwrap_or(usize::MAX);
        let along = if self.layout.rtl { -rect.x1 } else { rect.x0 };
        // Whole points are enough to tell places apart.
        (rank, if rank == 5 { row } else { 0 }, along as i64, rect.y0 as i64)
    }

    /// The emotion that a point of the curve stands for.
    fn emotion_value(&self, element: &Element) -> Option<i8> {
        let Element::EmotionPoint(id) = element else { return None };
        let (_, touchpoint) = self.document.map().touchpoint(id)?;
        touchpoint.emotion_of(self.focus()).map(crate::model::Emotion::get)
    }

    /// Cells of lanes with touchpoints or annotations in which nothing stands.
    fn empty_cells_in_sight(&self, view: Rect) -> Vec<Element> {
        if self.layout.wheel.is_some() {
            return Vec::new();
        }
        let seen = self.camera.rect_to_map(view);
        let rows = self.layout.rows.iter().filter(|r| r.y < seen.y1 && r.y + r.height > seen.y0);
        let mut cells = Vec::new();
        for row in rows.filter(|row| row.kind != LaneKind::Emotion) {
            for (index, column) in self.layout.columns.iter().enumerate() {
                let in_sight = column.x < seen.x1 && column.x + column.width > seen.x0;
                let empty = match &row.content {
                    crate::layout::RowContent::Cards(cards) => cards.column(index).is_empty(),
                    crate::layout::RowContent::Notes(notes) => notes.column(index).is_empty(),
                    _ => false,
                };
                if in_sight && empty {
                    cells.push(Element::Cell { step: column.step.id.clone(), lane: row.lane.clone() });
                }
            }
        }
        cells
    }

    /// The name of an element for people who do not see it: `Touchpoint: Compares prices`.
    pub fn describe(&self, element: &Element) -> String {
        let map = self.document.map();
        let kind = capitalized(&self.describe_kind(element));
        let text = map.text_of(element).unwrap_or_default();
        match element {
            Element::Cell { step, lane } => {
                let lane = map.lane(lane).map(|l| l.name.as_str()).unwrap_or_default();
                format!("Empty cell: {lane}, {}", self.step_name(step))
            }
            Element::EmotionPoint(id) => {
                let title = map.touchpoint(id).map(|(_, t)| t.title.as_str()).unwrap_or_default();
                format!("Emotion: {title}")
            }
            Element::Link(index) => {
                let title = |id| map.touchpoint(id).map(|(_, t)| t.title.as_str()).unwrap_or_default();
                map.links.get(*index).map_or(kind, |link| {
                    format!("{} link: {} to {}", link.kind.name(), title(&link.from), title(&link.to))
                })
            }
            _ => format!("{kind}: {text}"),
        }
    }

    /// The name of a step, or of its stage where it has none.
    fn step_name(&self, id: &crate::model::StepId) -> String {
        let map = self.document.map();
        let Some((stage, step)) = map.steps().find(|(_, s)| s.id == *id) else { return String::new() };
        if step.name.is_empty() { map.stages[stage].name.clone() } else { step.name.clone() }
    }

    /// What kind of thing an element is: `touchpoint`, `pain point`.
    pub fn describe_kind(&self, element: &Element) -> String {
        match element {
            Element::Title => "title".into(),
            Element::Subtitle => "subtitle".into(),
            Element::Phase(_) => "phase".into(),
            Element::Stage(_) => "stage".into(),
            Element::Step(_) => "step".into(),
            Element::Lane(_) => "lane".into(),
            Element::LaneHint(_) => "hint of lane".into(),
            Element::Cell { .. } => "cell".into(),
            Element::Touchpoint(_) => "touchpoint".into(),
            Element::EmotionPoint(_) => "emotion".into(),
            Element::Link(_) => "link".into(),
            Element::Annotation(at) => {
                self.document.map().annotation(at).map_or("annotation".into(), |a| a.kind.name().to_lowercase())
            }
        }
    }

    fn value_of(&self, element: &Element) -> Option<String> {
        let map = self.document.map();
        match element {
            Element::Touchpoint(id) | Element::EmotionPoint(id) => {
                let (_, touchpoint) = map.touchpoint(id)?;
                touchpoint.emotion_of(self.focus()).map(|e| e.to_string())
            }
            Element::Annotation(at) => map.annotation(at).map(|a| format!("severity {}", a.severity.get())),
            _ => None,
        }
    }
}

fn node_id(element: &Element) -> Id {
    Id::unique(("element", element))
}

fn role(element: &Element) -> Role {
    match element {
        Element::Title => Role::Heading,
        Element::Phase(_) | Element::Stage(_) | Element::Step(_) => Role::ColumnHeader,
        Element::Lane(_) => Role::RowHeader,
        Element::Cell { .. } => Role::Cell,
        Element::Touchpoint(_) | Element::Annotation(_) | Element::Link(_) => Role::ListBoxOption,
        Element::EmotionPoint(_) => Role::Slider,
        Element::Subtitle | Element::LaneHint(_) => Role::Label,
    }
}

/// The number that a screen reader wants the node `id` to have.
fn asked_value(input: &egui::InputState, id: Id) -> Option<i64> {
    let asked = input.accesskit_action_requests(id, Action::SetValue).last()?;
    match &asked.data {
        // An emotion is a whole number; what is too large is brought into its range.
        Some(ActionData::NumericValue(value)) => Some(value.round() as i64),
        Some(ActionData::Value(text)) => text.trim().replace('\u{2212}', "-").parse().ok(),
        _ => None,
    }
}
