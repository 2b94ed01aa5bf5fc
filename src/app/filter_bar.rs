//! The slim bar over the map or the table for the filter: what is shown, and views that were saved.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Align2, Button, Event, FontId, Key, Label, Panel, Popup, PopupCloseBehavior, Response, RichText};
use egui::{Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::bars::{self, icon_button};
use super::editor::{Choice, Editor, Facet};
use super::find_bar;
use super::ink::Ink;
use super::look::{self, BODY};
use super::shapes::color32;
use crate::model::{View, counted};
use crate::text::icons;

/// What the bar has to know of the rest of the window.
#[derive(Clone, Copy, Debug)]
pub struct Around {
    /// Whether the table is shown instead of the canvas.
    pub in_table: bool,
    /// Whether a text of a panel or of the table has the keyboard.
    pub in_text: bool,
}

/// The height of a button of the bar and of a row of a menu, and the width of a menu.
const ROW: f32 = 30.0;
const MENU: f32 = 240.0;
/// The greatest height of the rows of a menu.
const TALL: f32 = 360.0;

/// Keeps the filter up to date and shows its bar, if it is open.
pub fn show(ui: &mut Ui, editor: &mut Editor, around: &Around, ink: &mut Ink) {
    editor.refresh_filter();
    if !editor.filtering().open {
        return;
    }
    take_escape(ui, editor, around);
    let takes_keyboard = std::mem::take(&mut editor.filtering().takes_keyboard);
    let frame = bars::bar_frame(ui);
    let shown = Panel::top("filter bar").frame(frame).resizable(false).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
            choosers(ui, editor, takes_keyboard, ink);
            count(ui, editor);
            actions(ui, editor, around);
            bars::separator(ui);
            views(ui, editor, ink);
            naming(ui, editor, ink);
            close(ui, editor);
        });
    });
    editor.filtering().rect = shown.response.rect;
}

/// Escape closes the bar, and leaves the filter on; whatever else wants the key has it first.
fn take_escape(ui: &Ui, editor: &mut Editor, around: &Around) {
    let popup_is_open = Popup::is_any_open(ui.ctx());
    let popup_was_open = std::mem::replace(&mut editor.filtering().popup_open, popup_is_open);
    let has_dialog = ui.memory(|m| m.top_modal_layer().is_some());
    let in_text = around.in_text || editor.typing.is_some() || editor.filtering().naming.is_some();
    let is_busy = editor.tool.is_busy() || editor.is_linking() || editor.finder().is_some();
    if popup_is_open || popup_was_open || has_dialog || in_text || is_busy {
        return;
    }
    if ui.input(|i| i.key_pressed(Key::Escape)) {
        ui.input_mut(|i| i.events.retain(|event| !matches!(event, Event::Key { key: Key::Escape, .. })));
        editor.filtering().open = false;
        ui.memory_mut(egui::Memory::stop_text_input);
    }
}

/// A menu for each facet, with all that occurs on the map.
fn choosers(ui: &mut Ui, editor: &mut Editor, mut takes_keyboard: bool, ink: &mut Ink) {
    for (at, facet) in Facet::ALL.into_iter().enumerate() {
        let count = facet.count(editor.filter());
        let is_there = !editor.filter_choices()[at].is_empty();
        let button = menu_button(ui, facet.name(), count, is_there);
        let mut toggled = None;
        ui.add_enabled_ui(is_there, |ui| {
            let (response, _) = MenuButton::from_button(button).config(stays_open()).ui(ui, |ui| {
                ui.set_width(MENU);
                ui.spacing_mut().item_spacing.y = 1.0;
                ScrollArea::vertical().max_height(TALL).show(ui, |ui| {
                    for choice in &editor.filter_choices()[at] {
                        if choice_row(ui, facet, choice, ink).clicked() {
                            toggled = Some(choice.clone());
                        }
                    }
                });
            });
            let label = format!("Filter by {}", facet.name().to_lowercase());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, is_there, &label));
            if is_there && std::mem::take(&mut takes_keyboard) {
                response.request_focus();
            }
            response.on_disabled_hover_text(format!("No touchpoint has {} {}", article(facet), facet.singular()));
        });
        if let Some(choice) = toggled {
            let mut filter = editor.filter().clone();
            facet.toggle(&mut filter, &choice);
            editor.set_filter(filter);
        }
    }
}

fn article(facet: Facet) -> &'static str {
    if matches!(facet, Facet::Owners | Facet::Kinds) { "an" } else { "a" }
}

/// Several things are chosen one after the other.
fn stays_open() -> MenuConfig {
    MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside)
}

/// A button that opens a menu; filled while something in it is chosen.
fn menu_button(ui: &Ui, name: &str, count: usize, enabled: bool) -> Button<'static> {
    let colors = look::colors(ui.ctx());
    let text = if count == 0 { name.to_owned() } else { format!("{name} · {count}") };
    let soft = if enabled { colors.ink_soft } else { colors.ink_soft.faded(0.45) };
    let caret = RichText::new(icons::CARET_DOWN).font(FontId::new(12.0, look::icons())).color(color32(soft));
    let button = Button::new((text, caret)).min_size(vec2(0.0, ROW));
    if count == 0 { button.frame_when_inactive(false) } else { button.fill(color32(colors.accent_soft)) }
}

/// A button of the bar.
fn plain(text: &str) -> Button<'_> {
    Button::new(text).frame_when_inactive(false).min_size(vec2(0.0, ROW))
}

/// The ground of a row of a menu, and its place.
fn row(ui: &mut Ui, room: f32, chosen: bool) -> Response {
    let colors = look::colors(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width() - room, ROW), Sense::click());
    if chosen || response.hovered() {
        let fill = if chosen { colors.accent_soft } else { colors.hover };
        ui.painter().rect_filled(rect, 6.0, color32(fill));
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 6.0, Stroke::new(2.0, color32(colors.accent)), StrokeKind::Inside);
    }
    response
}

/// Something to filter by, with the number of touchpoints that have it.
fn choice_row(ui: &mut Ui, facet: Facet, choice: &Choice, ink: &mut Ink) -> Response {
    let colors = look::colors(ui.ctx());
    let response = row(ui, 0.0, choice.chosen);
    let rect = response.rect;
    let label = format!("Show {} {}", facet.singular(), choice.words);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, choice.chosen, &label));
    if choice.chosen {
        let font = FontId::new(15.0, look::icons());
        let place = rect.left_center() + vec2(9.0, 0.0);
        ui.painter().text(place, Align2::LEFT_CENTER, icons::CHECK, font, color32(colors.accent));
    }
    let number = (rect.right_center() - vec2(10.0, 0.0), Align2::RIGHT_CENTER, choice.count.to_string());
    let font = FontId::proportional(12.0);
    ui.painter().text(number.0, number.1, number.2, font, color32(colors.ink_soft));
    let words = rect.with_min_x(rect.left() + 32.0).with_max_x(rect.right() - 44.0);
    ink.in_rect(ui, &choice.words, BODY, words, colors.ink);
    response
}

/// How many touchpoints are shown, told also to those who do not see it.
fn count(ui: &mut Ui, editor: &Editor) {
    let colors = look::colors(ui.ctx());
    let (text, color) = match editor.filtered() {
        None => (counted(editor.document.map().counts().0, "touchpoint"), colors.ink_soft),
        Some((0, all)) => (format!("None of {}", counted(all, "touchpoint")), colors.danger),
        Some((shown, all)) => (format!("{shown} of {}", counted(all, "touchpoint")), colors.ink),
    };
    ui.add_space(6.0);
    let label = Label::new(RichText::new(text).color(color32(color))).selectable(false);
    let response =
        ui.add(label).on_hover_text("The filter is for this window: pictures and files show all touchpoints");
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(egui::accesskit::Live::Polite));
    ui.add_space(6.0);
}

/// What can be done with the filter; the table has a button of its own for its rows.
fn actions(ui: &mut Ui, editor: &mut Editor, around: &Around) {
    let is_on = !editor.filter().is_open();
    if ui.add_enabled(is_on, plain("Clear")).on_hover_text("Show all touchpoints").clicked() {
        editor.set_filter(View::default());
    }
    let some = editor.filtered().is_some_and(|(shown, _)| shown > 0);
    if !around.in_table && ui.add_enabled(some, plain("Select what is shown")).clicked() {
        editor.select_shown();
    }
}

/// The menu of saved views.
fn views(ui: &mut Ui, editor: &mut Editor, ink: &mut Ink) {
    let map = std::sync::Arc::clone(editor.document.map());
    let is_there = !map.views.is_empty();
    let (mut applied, mut deleted) = (None, None);
    let button = menu_button(ui, "Views", 0, is_there);
    ui.add_enabled_ui(is_there, |ui| {
        let (response, _) = MenuButton::from_button(button).config(stays_open()).ui(ui, |ui| {
            ui.set_width(MENU);
            ui.spacing_mut().item_spacing = vec2(2.0, 1.0);
            ScrollArea::vertical().max_height(TALL).show(ui, |ui| {
                for view in &map.views {
                    let (apply, delete) = ui.horizontal(|ui| view_row(ui, view, editor.filter(), ink)).inner;
                    applied = applied.take().or(apply.then(|| (**view).clone()));
                    deleted = deleted.take().or(delete.then(|| view.name.clone()));
                }
            });
            if applied.is_some() {
                ui.close();
            }
        });
        response.widget_info(|| WidgetInfo::labeled(Role::Button, is_there, "Saved views"));
        response.on_hover_text("Views that were saved on this map").on_disabled_hover_text("No view was saved yet");
    });
    if let Some(view) = applied {
        editor.set_filter(view);
    }
    if let Some(name) = deleted {
        editor.delete_saved_view(&name);
    }
}

/// A saved view; says whether it is to be applied, and whether it is to go.
fn view_row(ui: &mut Ui, view: &View, filter: &View, ink: &mut Ink) -> (bool, bool) {
    let colors = look::colors(ui.ctx());
    let is_now = *view == View { name: view.name.clone(), ..filter.clone() };
    let response = row(ui, ROW + 4.0, is_now);
    let label = format!("View {}", view.name);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_now, &label));
    ink.in_rect(ui, &view.name, BODY, response.rect.shrink2(vec2(10.0, 0.0)), colors.ink);
    let delete = icon_button(ui, icons::TRASH, &format!("Delete view {}", view.name), "Delete this view", true);
    (response.clicked(), delete.clicked())
}

/// The name under which the filter is saved, while it is asked for.
fn naming(ui: &mut Ui, editor: &mut Editor, ink: &mut Ink) {
    let Some(mut field) = editor.filtering().naming.take() else {
        let is_on = !editor.filter().is_open();
        let response = ui.add_enabled(is_on, plain("Save view…"));
        if response.on_hover_text("Keep this filter with the map, under a name").clicked() {
            editor.begin_naming(ink);
            ui.ctx().request_repaint();
        }
        return;
    };
    let events = find_bar::input(ui, 180.0, &mut field, "Name of the view", ink);
    let name = field.text().trim().to_owned();
    let folded = name.to_lowercase();
    let is_there = editor.document.map().views.iter().any(|view| view.name.trim().to_lowercase() == folded);
    let word = if is_there { "Replace" } else { "Save" };
    let save = ui.add_enabled(!name.is_empty(), Button::new(word).min_size(vec2(0.0, ROW))).clicked();
    let cancel = ui.add(Button::new("Cancel").min_size(vec2(0.0, ROW))).clicked();
    let key = events.key.map(|(key, _)| key);
    let id = field.id();
    if (save || key == Some(Key::Enter)) && !name.is_empty() {
        editor.save_filter(&name);
    } else if !cancel && key != Some(Key::Escape) {
        editor.filtering().naming = Some(field);
        if key == Some(Key::Tab) {
            // The field kept Tab from egui; the keyboard moves on by hand.
            ui.memory_mut(|memory| {
                memory.surrender_focus(id);
                memory.move_focus(egui::FocusDirection::Next);
            });
        }
        return;
    }
    ui.memory_mut(egui::Memory::stop_text_input);
    // The key that ended it means nothing to the map.
    ui.input_mut(|i| i.events.retain(|event| !matches!(event, Event::Key { key: Key::Escape | Key::Enter, .. })));
    ui.ctx().request_repaint();
}

fn close(ui: &mut Ui, editor: &mut Editor) {
    /// The room of the button.
    const BUTTON: f32 = 40.0;
    let free = |ui: &Ui| ui.available_size_before_wrap().x - BUTTON - 2.0 * ui.spacing().item_spacing.x;
    // Where there is no room for the note, the number of touchpoints has it as its help.
    let note = RichText::new("Pictures and files show everything").small().weak();
    if free(ui) > 240.0 {
        ui.add_space(6.0);
        ui.add(Label::new(note).selectable(false));
    }
    let room = free(ui);
    if room > 0.0 {
        ui.add_space(room);
    }
    let help = "Close  (Escape); the filter stays until it is cleared";
    if icon_button(ui, icons::X, "Close filter", help, true).clicked() {
        editor.filtering().open = false;
    }
}
