//! The slim bar over the map for finding and replacing.

use egui::{Align2, Area, Event, FocusDirection, Frame, Id, Key, Margin, Order, Rect, RichText, Sense, Ui};
use egui::{Button, Response, Stroke, pos2, vec2};

use super::about;
use super::bars::icon_button;
use super::commands::Command;
use super::editor::{Editor, Finder};
use super::field::{Field, FieldEvents, FieldLook};
use super::ink::Ink;
use super::look;
use super::shapes::color32;
use crate::find::Section;
use crate::model::first_strong_is_rtl;
use crate::text::icons;

/// What was asked for in the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ask {
    Run(Command),
    Fold,
    Replace,
    ReplaceAll,
    Open(Section),
    Close,
}

/// The least and greatest width of a field.
const FIELD: (f32, f32) = (96.0, 232.0);
/// The room for the number of matches.
const COUNT: f32 = 84.0;
/// All of the bar's width but its field.
const REST: f32 = 276.0;
/// The height of a row.
const ROW: f32 = 32.0;
/// From the edges of the canvas.
const OFF: f32 = 12.0;

/// Shows the bar in a corner of the canvas, if it is open; returns commands to run.
pub fn show(ui: &Ui, view: Rect, editor: &mut Editor, ink: &mut Ink) -> Vec<Command> {
    let rtl = editor.layout().rtl;
    let Some(mut finder) = editor.take_finder() else { return Vec::new() };
    let mut asked = undo_of_replacement(ui, &finder);
    // Where the map ends, across from the lane names and the title.
    let (pivot, corner) = if rtl { (Align2::LEFT_TOP, view.left_top()) } else { (Align2::RIGHT_TOP, view.right_top()) };
    let corner = corner + vec2(if rtl { OFF } else { -OFF }, OFF);
    let width = (view.width() - 2.0 * OFF - REST).clamp(FIELD.0, FIELD.1);
    let style = ui.ctx().style_of(ui.ctx().theme());
    let frame = Frame::popup(&style).inner_margin(Margin::same(8)).corner_radius(11);
    let area = Area::new(Id::unique("find bar")).order(Order::Middle).pivot(pivot).fixed_pos(corner).fade_in(false);
    let shown = area.show(ui.ctx(), |ui| frame.show(ui, |ui| rows(ui, width, &mut finder, ink)).inner);
    finder.rect = shown.response.rect;
    let ask = shown.inner;
    if ask == Some(Ask::Fold) {
        finder.replacing = !finder.replacing;
    }
    editor.put_finder(finder);
    match ask {
        Some(Ask::Run(command)) => asked.push(command),
        Some(Ask::Replace) => editor.replace_found(ink),
        Some(Ask::ReplaceAll) => editor.replace_all_found(ink),
        Some(Ask::Open(section)) => editor.wanted_section = Some(section),
        Some(Ask::Close) => close(ui, editor),
        Some(Ask::Fold) | None => {}
    }
    if ask.is_some() {
        ui.ctx().request_repaint();
    }
    asked
}

/// Right after a replacement, undo and redo in the bar are those of the map.
fn undo_of_replacement(ui: &Ui, finder: &Finder) -> Vec<Command> {
    let focused = ui.memory(egui::Memory::focused);
    if !finder.replaced || ![finder.query.id(), finder.replacement.id()].map(Some).contains(&focused) {
        return Vec::new();
    }
    let mut asked = Vec::new();
    for command in [Command::Redo, Command::Undo] {
        for key in command.info().keys {
            if ui.input_mut(|i| i.consume_shortcut(key)) {
                asked.push(command);
            }
        }
    }
    asked
}

fn close(ui: &Ui, editor: &mut Editor) {
    editor.close_find();
    // The map has the keyboard again, but not the key that closed the bar.
    ui.memory_mut(egui::Memory::stop_text_input);
    ui.input_mut(|i| i.events.retain(|event| !matches!(event, Event::Key { key: Key::Escape | Key::Enter, .. })));
}

fn rows(ui: &mut Ui, width: f32, finder: &mut Finder, ink: &mut Ink) -> Option<Ask> {
    ui.spacing_mut().item_spacing = vec2(4.0, 6.0);
    let mut seen = Seen { width, ask: None, left: false };
    let start = ui.horizontal(|ui| find_row(ui, finder, ink, &mut seen)).inner;
    if finder.replacing {
        ui.horizontal(|ui| replace_row(ui, start, finder, ink, &mut seen));
    }
    if !finder.beside().is_empty() {
        ui.horizontal_wrapped(|ui| {
            ui.add_space(start - ui.cursor().left());
            beside_row(ui, finder, &mut seen);
        });
    }
    if seen.left && ui.input(|i| i.key_pressed(Key::Escape)) {
        seen.ask = Some(Ask::Close);
    }
    seen.ask
}

/// The bar during a frame: the width of its fields, and what its buttons saw.
struct Seen {
    width: f32,
    ask: Option<Ask>,
    /// The keyboard left one of them: egui takes Escape for that.
    left: bool,
}

impl Seen {
    fn button(&mut self, response: &Response, ask: Ask) {
        self.left |= response.lost_focus();
        if response.clicked() {
            self.ask = Some(ask);
        }
    }
}

/// Gives the place where the field begins.
fn find_row(ui: &mut Ui, finder: &mut Finder, ink: &mut Ink, seen: &mut Seen) -> f32 {
    let (icon, name) =
        if finder.replacing { (icons::CARET_DOWN, "Hide replacing") } else { (icons::CARET_RIGHT, "Show replacing") };
    let fold = icon_button(ui, icon, name, name, true);
    seen.button(&fold, Ask::Fold);
    let start = ui.cursor().left();
    let events = input(ui, seen.width, &mut finder.query, "Find", ink);
    if events.changed {
        finder.replaced = false;
    }
    match events.key {
        Some((Key::Enter, modifiers)) => {
            let command = if modifiers.shift { Command::FindPrevious } else { Command::FindNext };
            seen.ask = Some(Ask::Run(command));
        }
        Some((Key::Escape, _)) => seen.ask = Some(Ask::Close),
        Some((Key::Tab, modifiers)) if modifiers.shift => fold.request_focus(),
        Some((Key::Tab, _)) if finder.replacing => finder.replacement.focus(),
        Some((Key::Tab, _)) => tab(ui, &finder.query),
        _ => {}
    }
    count(ui, finder);
    let some = finder.place().1 > 0;
    for (command, icon) in [(Command::FindPrevious, icons::ARROW_UP), (Command::FindNext, icons::ARROW_DOWN)] {
        let info = command.info();
        let help = format!("{}  ({})", info.name, info.key_text());
        seen.button(&icon_button(ui, icon, info.name, &help, some), Ask::Run(command));
    }
    seen.button(&icon_button(ui, icons::X, "Close find", "Close  (Escape)", true), Ask::Close);
    start
}

fn replace_row(ui: &mut Ui, start: f32, finder: &mut Finder, ink: &mut Ink, seen: &mut Seen) {
    ui.add_space(start - ui.cursor().left());
    let events = input(ui, seen.width, &mut finder.replacement, "Replace with", ink);
    if events.changed {
        finder.replaced = false;
    }
    match events.key {
        Some((Key::Enter, modifiers)) if modifiers.command => seen.ask = Some(Ask::ReplaceAll),
        Some((Key::Enter, _)) => seen.ask = Some(Ask::Replace),
        Some((Key::Escape, _)) => seen.ask = Some(Ask::Close),
        Some((Key::Tab, modifiers)) if modifiers.shift => finder.query.focus(),
        Some((Key::Tab, _)) => tab(ui, &finder.replacement),
        _ => {}
    }
    let some = finder.place().1 > 0;
    let one = ui.add_enabled(some, Button::new("Replace").min_size(vec2(COUNT, ROW)));
    seen.button(&one.on_hover_text("Replace this one and go on  (Enter)"), Ask::Replace);
    let all = ui.add_enabled(some, Button::new("Replace all").min_size(vec2(3.0 * ROW + 8.0, ROW)));
    seen.button(&all.on_hover_text("Replace all, in one step  (Ctrl+Enter)"), Ask::ReplaceAll);
}

/// Where else the words stand: a click goes there.
fn beside_row(ui: &mut Ui, finder: &Finder, seen: &mut Seen) {
    ui.label(RichText::new("Also in").small().weak());
    for (section, count) in finder.beside() {
        let name = about::name_of(*section);
        let button = ui.small_button(format!("{name}: {count}"));
        seen.button(&button.on_hover_text(format!("Show {name} of About the map")), Ask::Open(*section));
    }
}

/// The field kept Tab from egui; the keyboard moves on to the next button by hand.
fn tab(ui: &Ui, field: &Field) {
    ui.memory_mut(|memory| {
        memory.surrender_focus(field.id());
        memory.move_focus(FocusDirection::Next);
    });
}

/// `3 of 12`, told also to those who do not see it.
fn count(ui: &mut Ui, finder: &Finder) {
    let colors = look::colors(ui.ctx());
    let (at, all) = finder.place();
    let (text, color) = match (finder.is_asking(), all) {
        (false, _) => (String::new(), colors.ink_soft),
        (true, 0) => ("No match".into(), colors.danger),
        (true, _) => (format!("{at} of {all}"), colors.ink_soft),
    };
    let (rect, _) = ui.allocate_exact_size(vec2(COUNT, ROW), Sense::hover());
    let label = egui::Label::new(RichText::new(&text).small().color(color32(color))).selectable(false);
    let response = ui.put(rect, label);
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(egui::accesskit::Live::Polite));
}

/// A framed field of one line that scrolls with its caret.
pub(super) fn input(ui: &mut Ui, width: f32, field: &mut Field, name: &str, ink: &mut Ink) -> FieldEvents {
    let (rect, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
    // The first frame only measures.
    if !ui.is_enabled() {
        return FieldEvents::default();
    }
    let colors = look::colors(ui.ctx());
    let focused = ui.memory(|memory| memory.has_focus(field.id()));
    let border =
        if focused { Stroke::new(2.0, color32(colors.accent)) } else { Stroke::new(1.0, color32(colors.line)) };
    ui.painter().rect(rect, 7.0, color32(colors.field), border, egui::StrokeKind::Inside);
    let inner = rect.shrink2(vec2(10.0, 0.0));
    let text = field.text();
    if text.is_empty() {
        let font = egui::FontId::proportional(look::BODY.size);
        ui.painter().text(inner.left_center(), Align2::LEFT_CENTER, name, font, color32(colors.ink_soft));
    }
    let block = field.editor().block(&mut ink.text);
    let caret = field.editor().caret().map_or(0.0, |caret| caret.x0 as f32);
    let free = inner.width() - block.width - 2.0;
    let rtl = first_strong_is_rtl(&text).unwrap_or(false);
    // Short texts stand at their side; long ones are moved until the caret is in sight.
    let start = match (free >= 0.0, rtl) {
        (true, true) => free,
        (true, false) => 0.0,
        (false, true) => (inner.width() * 0.2 - caret).clamp(free, 0.0),
        (false, false) => (inner.width() - 2.0 - caret).clamp(free, 0.0),
    };
    let look = FieldLook {
        corner: pos2(inner.left() + start, rect.center().y - block.height / 2.0),
        scale: 1.0,
        rect,
        ink: colors.ink,
        selection: colors.accent_soft,
        name,
    };
    let clip = ui.clip_rect();
    ui.set_clip_rect(inner.expand2(vec2(2.0, 0.0)).intersect(clip));
    let events = field.show(ui, &look, ink);
    ui.set_clip_rect(clip);
    events
}
