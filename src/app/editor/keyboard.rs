//! The keyboard on the canvas: walking over the map, setting emotions, starting to type.

use egui::{Event, EventFilter, Key, Modifiers, Ui};

use super::{Editor, Ink};
use crate::app::commands::Command;
use crate::edit::update_touchpoint;
use crate::layout::{Layout, RowContent};
use crate::model::{Element, Emotion, LaneId, TouchpointId};

/// The emotions that the keys 1 to 5 set.
const BY_KEY: [i64; 5] = [-5, -3, 0, 3, 5];

impl Editor {
    /// Whether the canvas has the keyboard: no text field and no control of a panel has it.
    fn has_keyboard(&self, ui: &Ui) -> bool {
        let focused = ui.memory(egui::Memory::focused);
        let own = focused.is_none_or(|id| id == super::canvas_id() || self.is_node(id));
        own && self.typing.is_none()
            && !egui::Popup::is_any_open(ui.ctx())
            && ui.memory(|m| m.top_modal_layer().is_none())
    }

    pub(super) fn take_keys(&mut self, ui: &Ui, ink: &mut Ink) {
        // The key that closes a menu is the menu's.
        let popup_was_open = std::mem::replace(&mut self.popup_open, egui::Popup::is_any_open(ui.ctx()));
        if popup_was_open || !self.has_keyboard(ui) {
            return;
        }
        if let Some(focused) = ui.memory(egui::Memory::focused) {
            let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, tab: false };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(focused, filter));
        }
        let events = ui.input(|i| i.events.clone());
        for (at, event) in events.iter().enumerate() {
            self.touched |= matches!(event, Event::Key { .. } | Event::Text(_));
            match event {
                Event::Key { key, pressed: true, modifiers, .. } => self.key(*key, *modifiers, ink),
                Event::Copy => self.asked.push(Command::Copy),
                Event::Cut => self.asked.push(Command::Cut),
                Event::Paste(text) => self.pasted = Some(text.clone()),
                Event::PasteImage(_) => self.notice = Some("The clipboard holds a picture, not text".into()),
                Event::Text(text) | Event::Ime(egui::ImeEvent::Commit(text)) => self.typed(text, ink),
                _ => {}
            }
            if let Some(typing) = &mut self.typing {
                // What was typed behind the key that opened the text goes into it.
                typing.field().queue(events[at + 1..].to_vec());
                return;
            }
        }
    }

    fn key(&mut self, key: Key, modifiers: Modifiers, ink: &mut Ink) {
        if self.typing.is_some() || modifiers.command || modifiers.alt {
            return;
        }
        match key {
            Key::Escape if self.tool.is_busy() => self.cancel_gesture(),
            Key::Escape if self.link_from.is_some() => {
                self.cancel_link();
            }
            Key::Enter if self.link_from.is_some() => {
                let to = self.selected_touchpoints().into_iter().find(|id| self.link_from.as_ref() != Some(id));
                match to {
                    Some(to) => self.link_to(&to),
                    None => self.notice = Some("Walk to the touchpoint to which the link leads".into()),
                }
            }
            Key::Escape if self.finder().is_some() => self.close_find(),
            Key::Escape => self.document.select([]),
            Key::Enter => {
                if let Some(element) = self.document.selection().iter().next().cloned() {
                    self.open(&element, ink);
                }
            }
            Key::ArrowLeft => self.walk(if self.layout.rtl { 1 } else { -1 }, 0),
            Key::ArrowRight => self.walk(if self.layout.rtl { -1 } else { 1 }, 0),
            Key::ArrowUp => self.walk(0, -1),
            Key::ArrowDown => self.walk(0, 1),
            _ => {}
        }
    }

    /// A character typed with nothing open: an emotion on selected touchpoints, or the start of a new one.
    fn typed(&mut self, text: &str, ink: &mut Ink) {
        if self.link_from.is_some() {
            // Words belong to no touchpoint while a link waits for its end.
            return;
        }
        if self.feel_by_key(text) {
            return;
        }
        let feels = !self.with_emotions().is_empty();
        if matches!(text, "+" | "-" | "=") && feels {
            // Commands of the table: happier and sadder.
            return;
        }
        if !text.trim().is_empty() && !text.chars().any(char::is_control) {
            self.start_typing(text, ink);
        }
    }

    /// Gives the selected touchpoints the emotion that a number key stands for; says whether `text` is one, and any is.
    pub(in crate::app) fn feel_by_key(&mut self, text: &str) -> bool {
        let Ok(number @ 1..=5) = text.parse::<usize>() else { return false };
        let feels = !self.with_emotions().is_empty();
        if feels {
            self.change_emotions("change of emotion", |_| Emotion::clamped(BY_KEY[number - 1]));
        }
        feels
    }

    /// The touchpoints that are selected, by their cards or by their points of the curve.
    fn with_emotions(&self) -> Vec<TouchpointId> {
        let mut ids = self.selected_touchpoints();
        ids.extend(self.document.selection().iter().filter_map(|element| match element {
            Element::EmotionPoint(id) => Some(id.clone()),
            _ => None,
        }));
        ids
    }

    /// Changes the emotion of the selected touchpoints, also where a point of the curve is selected.
    pub(super) fn change_emotions(&mut self, label: &str, change: impl Fn(Option<Emotion>) -> Emotion) {
        let ids = self.with_emotions();
        let focus = self.focus.as_ref();
        let result = self.document.edit(label, |map| {
            for id in &ids {
                update_touchpoint(map, id, |t| t.set_emotion_of(focus, Some(change(t.emotion_of(focus)))))?;
            }
            Ok(())
        });
        self.report(result);
    }

    /// Moves the selection by columns or rows of the map; up and down also go through a stack.
    fn walk(&mut self, columns: isize, rows: isize) {
        let layout = std::sync::Arc::clone(&self.layout);
        let next = match self.document.selection().iter().next() {
            Some(element) => step_from(&layout, element, columns, rows),
            None => first_cell(&layout),
        };
        if let Some(next) = next {
            self.document.select([next.clone()]);
            self.reveal(&next);
            // Screen readers follow the hand.
            self.focus_node = true;
        }
    }
}

/// The first cell of the first lane.
fn first_cell(layout: &Layout) -> Option<Element> {
    place(layout, 0, 0, Some(0))
}

/// What stands in a cell: the `stack`-th card or annotation, the last one for `None`, or the empty cell.
fn place(layout: &Layout, row: usize, column: usize, stack: Option<usize>) -> Option<Element> {
    let row = layout.rows.get(row)?;
    let step = layout.columns.get(column)?.step.id.clone();
    let cell = Element::Cell { step, lane: row.lane.clone() };
    let pick = |len: usize| stack.map_or(len.checked_sub(1), |n| (n < len).then_some(n).or(len.checked_sub(1)));
    Some(match &row.content {
        RowContent::Cards(cards) => {
            let here = cards.column(column);
            pick(here.len()).map_or(cell, |n| Element::Touchpoint(here[n].card.touchpoint.id.clone()))
        }
        RowContent::Notes(notes) => {
            let here = notes.column(column);
            pick(here.len()).map_or(cell, |n| Element::Annotation(here[n].note.at.clone()))
        }
        RowContent::Curve(curve) => {
            let here = curve.points.iter().find(|p| p.column == column).and_then(|p| p.touchpoint.as_ref());
            here.map_or(cell, |t| Element::EmotionPoint(t.id.clone()))
        }
        RowContent::Channels(_) | RowContent::Metrics(_) | RowContent::Pictures(_) | RowContent::Collapsed => cell,
    })
}

/// Row, column, place in the stack and size of the stack of an element in a cell.
fn where_is(layout: &Layout, element: &Element) -> Option<(usize, usize, usize, usize)> {
    let row_of = |lane: &LaneId| layout.rows.iter().position(|r| r.lane == *lane);
    match element {
        Element::Cell { step, lane } => Some((row_of(lane)?, layout.column_of(step)?, 0, 1)),
        Element::Touchpoint(id) => {
            let (lane, touchpoint) = layout.map.touchpoint(id)?;
            let (row, column) = (row_of(&lane.id)?, layout.column_of(&touchpoint.step)?);
            let RowContent::Cards(cards) = &layout.rows[row].content else { return Some((row, column, 0, 1)) };
            let here = cards.column(column);
            Some((row, column, here.iter().position(|p| p.card.touchpoint.id == *id)?, here.len()))
        }
        Element::EmotionPoint(id) => {
            let (_, touchpoint) = layout.map.touchpoint(id)?;
            let row = layout.rows.iter().position(|r| matches!(r.content, RowContent::Curve(_)))?;
            Some((row, layout.column_of(&touchpoint.step)?, 0, 1))
        }
        Element::Annotation(at) => layout.rows.iter().enumerate().find_map(|(row, r)| {
            let RowContent::Notes(notes) = &r.content else { return None };
            let column = notes.notes.iter().find(|p| p.note.at == *at)?.column;
            let here = notes.column(column);
            Some((row, column, here.iter().position(|p| p.note.at == *at)?, here.len()))
        }),
        _ => None,
    }
}

fn step_from(layout: &Layout, element: &Element, columns: isize, rows: isize) -> Option<Element> {
    let Some((row, column, index, len)) = where_is(layout, element) else {
        return beside_the_grid(layout, element, columns, rows);
    };
    if rows != 0 {
        let next = index as isize + rows;
        if (0..len as isize).contains(&next) {
            return place(layout, row, column, Some(next as usize));
        }
        let Some(to) = row.checked_add_signed(rows) else {
            let column = &layout.columns[column];
            let named = column.name.is_some();
            let stage = Element::Stage(layout.stages[column.stage].id.clone());
            return Some(if named { Element::Step(column.step.id.clone()) } else { stage });
        };
        return place(layout, to, column, if rows > 0 { Some(0) } else { None });
    }
    match column.checked_add_signed(columns) {
        Some(to) if to < layout.columns.len() => place(layout, row, to, Some(index)),
        Some(_) => None,
        None => Some(Element::Lane(layout.rows[row].lane.clone())),
    }
}

/// What stands between the title and the stages.
fn below_title(layout: &Layout) -> Element {
    let has_subtitle = !layout.map.subtitle.is_empty();
    let next = || first_phase_or_stage(layout).unwrap_or(Element::Title);
    if has_subtitle { Element::Subtitle } else { next() }
}

fn above_stages(layout: &Layout) -> Element {
    if layout.map.subtitle.is_empty() { Element::Title } else { Element::Subtitle }
}

fn first_phase_or_stage(layout: &Layout) -> Option<Element> {
    let phase = layout.phases.first().map(|p| Element::Phase(p.first.clone()));
    phase.or_else(|| layout.stages.first().map(|s| Element::Stage(s.id.clone())))
}

/// Walking among stage headers, step names and lane names.
fn beside_the_grid(layout: &Layout, element: &Element, columns: isize, rows: isize) -> Option<Element> {
    match element {
        Element::Title if rows > 0 => Some(below_title(layout)),
        Element::Subtitle if rows < 0 => Some(Element::Title),
        Element::Subtitle if rows > 0 => first_phase_or_stage(layout),
        Element::Title | Element::Subtitle => None,
        Element::Phase(id) => {
            let at = layout.phases.iter().position(|p| p.first == *id)?;
            match rows {
                1 => Some(Element::Stage(id.clone())),
                -1 => Some(above_stages(layout)),
                _ => Some(Element::Phase(layout.phases.get(at.checked_add_signed(columns)?)?.first.clone())),
            }
        }
        Element::Stage(id) => {
            let index = layout.stages.iter().position(|s| s.id == *id)?;
            if rows < 0 {
                let center = layout.stages[index].header.center().x;
                let above = layout.phases.iter().find(|p| p.rect.x0 <= center && center <= p.rect.x1);
                return Some(above.map_or_else(|| above_stages(layout), |p| Element::Phase(p.first.clone())));
            }
            if rows > 0 {
                let column = layout.columns.iter().position(|c| c.stage == index)?;
                return place(layout, 0, column, Some(0));
            }
            let to = index.checked_add_signed(columns)?;
            Some(Element::Stage(layout.stages.get(to)?.id.clone()))
        }
        Element::Step(id) => {
            let index = layout.column_of(id)?;
            match rows {
                1 => place(layout, 0, index, Some(0)),
                -1 => Some(Element::Stage(layout.stages[layout.columns[index].stage].id.clone())),
                _ => Some(Element::Step(layout.columns.get(index.checked_add_signed(columns)?)?.step.id.clone())),
            }
        }
        Element::Lane(id) | Element::LaneHint(id) => {
            let index = layout.rows.iter().position(|r| r.lane == *id)?;
            if columns > 0 {
                return place(layout, index, 0, Some(0));
            }
            Some(Element::Lane(layout.rows.get(index.checked_add_signed(rows)?)?.lane.clone()))
        }
        _ => first_cell(layout),
    }
}
