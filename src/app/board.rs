//! The board of impact and effort instead of the canvas: opportunities as cards that are dragged to their
//! places, those that nobody weighed in a tray at the side.

use std::sync::Arc;

use egui::{Align2, Event, EventFilter, FontId, Id, Key, Modifiers, Pos2, Rect, Response, RichText, ScrollArea, Sense};
use egui::{Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use super::board_card::{self, CARD, Face};
use super::board_plot::Plot;
use super::commands::Command;
use super::editor::Editor;
use super::ink::Ink;
use super::look;
use super::shapes::color32;
use crate::edit::{Selection, update_annotation};
use crate::insight::{Idea, board};
use crate::model::{AnnotationRef, Element, Host, JourneyMap, Score};

/// The board.
#[derive(Debug, Default)]
pub struct Board {
    known: Option<Known>,
    drag: Option<Drag>,
    /// What was selected in the last frame.
    last: Option<Selection>,
}

/// The opportunities, and what their places were made for.
#[derive(Debug)]
struct Known {
    map: Arc<JourneyMap>,
    plot: Plot,
    ideas: Vec<Idea>,
    /// Where the cards of those that are placed are, by their numbers; nothing where only a dot has room.
    placed: Vec<(usize, Option<Rect>)>,
    /// Those in the tray.
    tray: Vec<usize>,
}

/// A card on its way.
#[derive(Debug)]
struct Drag {
    at: AnnotationRef,
    /// From the pointer to the middle of the card.
    grab: Vec2,
}

/// The impact and effort of an opportunity, or nothing.
type Place = Option<(Score, Score)>;

/// The width of the tray where there is room, and the height of its heading.
const TRAY: (f32, f32) = (232.0, 44.0);
/// Around the plot and the tray.
const PAD: f32 = 20.0;
/// Between cards of the tray.
const GAP: f32 = 8.0;
/// Half the side of a dot, as far as it can be clicked.
const DOT: f32 = 9.0;

/// What the status line says of the board.
pub const HINT: &str = "Drag a card, or Tab to it and use the arrows · Enter: edit its text on the map · Escape: back";

impl Board {
    /// Shows the board in `ui`'s free room; says whether one goes back to the map.
    pub fn show(&mut self, ui: &mut Ui, editor: &mut Editor, ink: &mut Ink) -> bool {
        let area = ui.available_rect_before_wrap();
        ui.painter().rect_filled(area, 0.0, color32(look::colors(ui.ctx()).panel));
        self.carry_on(ui, editor);
        let mut back = self.take_keys(ui, editor);
        ui.add_space(10.0);
        back |= self.top(ui, editor);
        let rtl = editor.layout().rtl;
        let room = area.with_min_y(ui.cursor().top() + 10.0).shrink2(vec2(PAD, 0.0)).with_max_y(area.bottom() - 6.0);
        let wide = TRAY.0.min(room.width() * 0.35);
        let (rest, tray) = if rtl {
            let (tray, rest) = room.split_left_right_at_x(room.left() + wide);
            (rest.with_min_x(rest.left() + PAD), tray)
        } else {
            let (rest, tray) = room.split_left_right_at_x(room.right() - wide);
            (rest.with_max_x(rest.right() - PAD), tray)
        };
        let plot = Plot::new(rest, rtl);
        let tray = Rect::from_x_y_ranges(tray.x_range(), plot.ground().y_range());
        self.refresh(plot, editor);
        let Some(known) = self.known.take() else { return back };
        let target = self.target(ui, &known.plot, tray);
        known.plot.paint(ui, target.flatten());
        self.cards(ui, &known, editor, ink);
        self.tray(ui, (&known, tray), target == Some(None), editor, ink);
        self.dragged(ui, &known, target, editor, ink);
        // Something else was chosen in the panel of insights, or undone: it is on the map.
        let now = editor.document.selection();
        let elsewhere = !now.is_empty() && !known.ideas.iter().any(|idea| is_chosen(idea, editor));
        back |= elsewhere && self.last.as_ref().is_some_and(|last| last != now);
        self.last = Some(now.clone());
        self.known = Some(known);
        back
    }

    /// Ends a drag as if it had never begun.
    pub fn cancel(&mut self, editor: &mut Editor) {
        if self.drag.take().is_some() {
            editor.document.cancel();
        }
    }

    /// The keys of the board; says whether one goes back to the map.
    fn take_keys(&mut self, ui: &Ui, editor: &mut Editor) -> bool {
        if egui::Popup::is_any_open(ui.ctx()) || ui.memory(|m| m.top_modal_layer().is_some()) {
            return false;
        }
        for event in ui.input(|i| i.events.clone()) {
            match event {
                Event::Copy => editor.asked.push(Command::Copy),
                Event::Key { key: Key::Escape, pressed: true, modifiers: Modifiers::NONE, .. } => {
                    if self.drag.is_none() {
                        return true;
                    }
                    self.cancel(editor);
                }
                _ => {}
            }
        }
        false
    }

    /// What it is, how much is on it, and the way back.
    fn top(&self, ui: &mut Ui, editor: &Editor) -> bool {
        let mut back = false;
        ui.horizontal(|ui| {
            ui.add_space(PAD);
            ui.label(RichText::new("Impact and effort").heading());
            if let Some(known) = self.known.as_ref().filter(|known| Arc::ptr_eq(&known.map, editor.document.base())) {
                let noun = if known.ideas.len() == 1 { "opportunity" } else { "opportunities" };
                ui.label(RichText::new(format!("{} {noun}", known.ideas.len())).weak());
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(PAD);
                back = ui.button("Back to the map").on_hover_text("Escape or Ctrl+B").clicked();
            });
        });
        back
    }

    /// Finds places anew if map or room are others; during a drag all other cards stay where they were.
    fn refresh(&mut self, plot: Plot, editor: &Editor) {
        let map = editor.document.base();
        if self.known.as_ref().is_some_and(|known| Arc::ptr_eq(&known.map, map) && known.plot == plot) {
            return;
        }
        let ideas = board(map);
        let (placed, tray): (Vec<usize>, Vec<usize>) = (0..ideas.len()).partition(|at| ideas[*at].place.is_some());
        let point = |at: &usize| ideas[*at].place.map_or(Pos2::ZERO, |(impact, effort)| plot.point(impact, effort));
        let points: Vec<Pos2> = placed.iter().map(point).collect();
        let placed = placed.iter().copied().zip(plot.arrange(&points, plot.card_size(CARD))).collect();
        self.known = Some(Known { map: Arc::clone(map), plot, ideas, placed, tray });
    }

    /// The cards on the plot: first all lines to their points, then the cards, those that are chosen last.
    fn cards(&mut self, ui: &Ui, known: &Known, editor: &mut Editor, ink: &mut Ink) {
        let mut shown: Vec<(usize, Option<Rect>, Rect, Response)> = Vec::new();
        for (at, card) in &known.placed {
            let idea = &known.ideas[*at];
            let Some((impact, effort)) = idea.place else { continue };
            let point = known.plot.point(impact, effort);
            let rect = card.unwrap_or_else(|| Rect::from_center_size(point, Vec2::splat(2.0 * DOT)));
            let response = self.take_hand(ui, idea, rect, editor);
            if card.is_none_or(|card| card.center().distance(point) > 1.0) {
                board_card::dot(ui, point, *card, self.is_dragged(idea));
            }
            shown.push((*at, *card, rect, response));
        }
        shown.sort_by_key(|(at, _, _, response)| (is_chosen(&known.ideas[*at], editor), response.has_focus()));
        for (at, card, rect, response) in shown {
            let idea = &known.ideas[at];
            let chosen = is_chosen(idea, editor);
            let in_focus = response.has_focus();
            // What is only a dot shows its words to those who ask.
            if self.is_dragged(idea) || card.is_none() && !(chosen || in_focus || response.hovered()) {
                continue;
            }
            let middle = card.unwrap_or_else(|| Rect::from_center_size(rect.center(), known.plot.card_size(CARD)));
            let face = Face { chosen, in_focus, hovered: response.hovered(), lifted: false, whole: chosen || in_focus };
            let rect = board_card::place(middle, idea, face, &known.plot, ink);
            board_card::paint(ui, rect, idea, face, known.plot.rtl, ink);
        }
    }

    /// The tray with what nobody weighed.
    fn tray(
        &mut self,
        ui: &mut Ui,
        (known, tray): (&Known, Rect),
        is_target: bool,
        editor: &mut Editor,
        ink: &mut Ink,
    ) {
        let colors = look::colors(ui.ctx());
        let border = if is_target { Stroke::new(2.0, color32(colors.accent)) } else { Stroke::NONE };
        ui.painter().rect(tray, 10.0, color32(colors.canvas), border, StrokeKind::Inside);
        let rtl = known.plot.rtl;
        let (anchor, x) =
            if rtl { (Align2::RIGHT_CENTER, tray.right() - 14.0) } else { (Align2::LEFT_CENTER, tray.left() + 14.0) };
        let y = tray.top() + TRAY.1 / 2.0;
        let bold = FontId::new(13.5, look::bold());
        let name = ui.painter().text(pos2(x, y), anchor, "Not weighed yet", bold, color32(colors.ink_soft));
        let edge = if rtl { name.left() - 8.0 } else { name.right() + 8.0 };
        let small = FontId::proportional(13.0);
        ui.painter().text(pos2(edge, y), anchor, known.tray.len().to_string(), small, color32(colors.ink_soft));
        let inner = tray.with_min_y(tray.top() + TRAY.1).shrink2(vec2(10.0, 0.0));
        if known.ideas.is_empty() {
            let words = "No opportunities yet. Ctrl+8 on the map hangs one on what is selected.";
            ui.put(inner.with_max_y(inner.top() + 60.0), egui::Label::new(RichText::new(words).weak()).wrap());
        }
        let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(inner));
        inside.spacing_mut().item_spacing.y = GAP;
        let area = ScrollArea::vertical().id_salt("board tray").auto_shrink(false);
        area.show_rows(&mut inside, CARD.y, known.tray.len(), |ui, range| {
            for row in range {
                let idea = &known.ideas[known.tray[row]];
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width() - 4.0, CARD.y), Sense::hover());
                let response = self.take_hand(ui, idea, rect, editor);
                let (chosen, in_focus) = (is_chosen(idea, editor), response.has_focus());
                let face = Face { chosen, in_focus, hovered: response.hovered(), lifted: false, whole: false };
                if self.is_dragged(idea) {
                    board_card::ghost(ui, rect);
                } else {
                    board_card::paint(ui, rect, idea, face, rtl, ink);
                }
            }
        });
    }

    /// Takes clicks, drags and keys on a card.
    fn take_hand(&mut self, ui: &Ui, idea: &Idea, rect: Rect, editor: &mut Editor) -> Response {
        let id = Id::unique(("board", &idea.at));
        let response = ui.interact(rect, id, Sense::click_and_drag());
        board_card::tell(&response, idea, is_chosen(idea, editor));
        if response.hovered() && self.drag.is_none() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Grab);
        }
        let annotation = Element::Annotation(idea.at.clone());
        if response.clicked() || response.drag_started() {
            response.request_focus();
        }
        if response.clicked() || response.gained_focus() || response.drag_started() {
            editor.document.select([annotation.clone()]);
        }
        if response.drag_started() {
            let press = ui.input(|i| i.pointer.press_origin()).unwrap_or(rect.center());
            editor.document.begin();
            self.drag = Some(Drag { at: idea.at.clone(), grab: rect.center() - press });
        }
        if response.has_focus() && self.drag.is_none() {
            let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
            let place = keyed(ui, idea.place, editor.layout().rtl);
            if place != idea.place {
                editor.document.select([annotation]);
                let result = editor.document.edit(LABEL, |map| set(map, &idea.at, place));
                editor.report(result);
            }
            if ui.input(|i| i.key_pressed(Key::Enter)) {
                editor.asked.push(Command::EditText);
            }
        }
        if response.double_clicked() {
            editor.asked.push(Command::EditText);
        }
        response
    }

    /// Ends the drag when the button is let go.
    fn carry_on(&mut self, ui: &Ui, editor: &mut Editor) {
        if self.drag.is_some() && !editor.document.in_gesture() {
            // Undone, or the map was loaded anew.
            self.drag = None;
        }
        if self.drag.is_some() && !ui.input(|i| i.pointer.primary_down()) {
            self.drag = None;
            editor.document.commit(LABEL);
        }
    }

    /// Where the card that is dragged would land: in the tray (`Some(None)`) or on the plot.
    fn target(&self, ui: &Ui, plot: &Plot, tray: Rect) -> Option<Place> {
        let drag = self.drag.as_ref()?;
        let pos = ui.input(|i| i.pointer.latest_pos())?;
        Some((!tray.contains(pos)).then(|| plot.place(pos + drag.grab)))
    }

    /// The card that is dragged, below the pointer, over all others.
    fn dragged(&self, ui: &Ui, known: &Known, target: Option<Place>, editor: &mut Editor, ink: &mut Ink) {
        let (Some(drag), Some(place)) = (&self.drag, target) else { return };
        let Some(pos) = ui.input(|i| i.pointer.latest_pos()) else { return };
        let result = editor.document.preview(|map| set(map, &drag.at, place));
        editor.report(result);
        ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
        if let Some(idea) = known.ideas.iter().find(|idea| idea.at == drag.at) {
            let face = Face { chosen: true, in_focus: false, hovered: false, lifted: true, whole: false };
            let rect = Rect::from_center_size(pos + drag.grab, known.plot.card_size(CARD));
            board_card::paint(ui, rect, idea, face, known.plot.rtl, ink);
        }
    }

    fn is_dragged(&self, idea: &Idea) -> bool {
        self.drag.as_ref().is_some_and(|drag| drag.at == idea.at)
    }
}

/// What the history calls it.
const LABEL: &str = "impact and effort";

/// Gives an opportunity its place on the board, or takes it away.
fn set(map: &mut JourneyMap, at: &AnnotationRef, place: Place) -> crate::edit::EditResult {
    update_annotation(map, at, |a| (a.impact, a.effort) = place.unzip())
}

/// Whether an opportunity is selected, or what it hangs on.
fn is_chosen(idea: &Idea, editor: &Editor) -> bool {
    let host = match &idea.at.host {
        Host::Touchpoint(id) => Element::Touchpoint(id.clone()),
        Host::Step(id) => Element::Step(id.clone()),
    };
    let selected = editor.document.selection();
    selected.contains(&host) || selected.contains(&Element::Annotation(idea.at.clone()))
}

/// Where the arrows pressed move a card; one that is not placed goes to the middle first.
fn keyed(ui: &Ui, place: Place, rtl: bool) -> Place {
    let arrows = [
        (Key::ArrowUp, (1, 0)),
        (Key::ArrowDown, (-1, 0)),
        (Key::ArrowRight, (0, if rtl { -1 } else { 1 })),
        (Key::ArrowLeft, (0, if rtl { 1 } else { -1 })),
    ];
    let count = |key: Key| {
        ui.input(|i| {
            let pressed = i.events.iter().filter(|event| {
                matches!(event, Event::Key { key: k, pressed: true, modifiers: Modifiers::NONE, .. } if *k == key)
            });
            pressed.count()
        })
    };
    arrows.into_iter().fold(place, |place, (key, (up, along))| {
        (0..count(key)).fold(place, |place, _| {
            Some(place.map_or((Score::clamped(5), Score::clamped(5)), |(impact, effort): (Score, Score)| {
                let moved = |score: Score, by: i64| Score::clamped(i64::from(score.get()) + by);
                (moved(impact, up), moved(effort, along))
            }))
        })
    })
}
