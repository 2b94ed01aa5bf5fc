//! What the tabs are made of: cards, choices, check boxes, messages.

use egui::{Button, FontId, Rect, Response, RichText, Sense, Shape, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};

use super::chooser::Chooser;
use crate::app::editor::Editor;
use crate::app::ink::Ink;
use crate::app::look::{self, BODY};
use crate::app::shapes::color32;
use crate::app::text_rows::{Change, Dress, Reading, TextRow, TextRows};
use crate::edit::EditResult;
use crate::model::JourneyMap;
use crate::text::{Align, Measure, TextStyle, icons};
use crate::theme::Color;

/// Around the content of a tab.
pub const MARGIN: f32 = 24.0;
/// Between cards.
pub const GAP: f32 = 16.0;
/// Between a card's edge and what it holds.
pub const CARD_PAD: f32 = 16.0;
/// The corners of a card.
const RADIUS: f32 = 12.0;
/// Small words of the user.
pub const SMALL: TextStyle = TextStyle::new(12.0, 16.0);
/// Words of the user that stand out.
pub const STRONG: TextStyle = TextStyle::new(13.5, 18.0).bold();

/// What the tabs work with.
pub struct Desk<'a> {
    /// The texts.
    pub rows: &'a mut TextRows,
    /// The drop-down.
    pub chooser: &'a mut Chooser,
    /// The open map.
    pub editor: &'a mut Editor,
    /// The user's words.
    pub ink: &'a mut Ink,
}

impl Desk<'_> {
    /// Makes one change, one step of undo, behind what is being typed.
    pub fn edit<T>(&mut self, label: &str, change: impl FnOnce(&mut JourneyMap) -> EditResult<T>) -> Option<T> {
        self.rows.finish(self.editor);
        let result = self.editor.document.edit(label, change);
        self.editor.report(result)
    }

    /// A text, without its label above it.
    pub fn text(&mut self, ui: &mut Ui, row: &TextRow<'_>, dress: Dress, change: Change) {
        self.rows.bare(ui, (row, dress), self.editor, self.ink, change);
    }

    /// A text that has to be read.
    pub fn read(&mut self, ui: &mut Ui, row: &TextRow<'_>, reading: Reading) {
        self.rows.read(ui, row, self.editor, self.ink, reading);
    }

    /// Why the text with this id was not taken, below it.
    pub fn refusal(&mut self, ui: &mut Ui, id: egui::Id) {
        if let Some(message) = self.rows.refusal(id).map(str::to_owned) {
            message_line(ui, self.ink, &message);
        }
    }

    /// Whether the map is read from right to left.
    pub fn rtl(&self) -> bool {
        self.editor.layout().rtl
    }
}

/// Which of a list is shown beside it: by its id, and by its place where the id became another.
#[derive(Debug)]
pub struct Pick<I> {
    id: Option<I>,
    at: usize,
}

impl<I> Default for Pick<I> {
    fn default() -> Self {
        Self { id: None, at: 0 }
    }
}

impl<I: PartialEq + Clone> Pick<I> {
    /// Chooses.
    pub fn choose(&mut self, id: I) {
        self.id = Some(id);
    }

    /// The place of what is chosen among `ids`; nothing for an empty list.
    pub fn place(&mut self, ids: &[I]) -> Option<usize> {
        let last = ids.len().checked_sub(1)?;
        let at = self.id.as_ref().and_then(|id| ids.iter().position(|other| other == id)).unwrap_or(self.at.min(last));
        self.at = at;
        self.id = Some(ids[at].clone());
        Some(at)
    }
}

/// A part of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What it holds.
    Body,
    /// Its buttons: at the bottom, on one line with those of its neighbours.
    Foot,
}

/// Shows cards beside each other, as many as fit and mirrored for maps that read from right to left; those of one
/// row are equally high. `foot` is the height of their buttons.
pub fn cards(
    ui: &mut Ui,
    count: usize,
    (least, most, foot): (f32, f32, f32),
    rtl: bool,
    mut show: impl FnMut(&mut Ui, usize, Part),
) {
    let all = ui.available_width();
    // At least one, and a handful.
    let fit = (((all + GAP) / (least + GAP)) as usize).clamp(1, count.max(1));
    let width = ((all + GAP) / fit as f32 - GAP).clamp(least.min(all), most);
    for first in (0..count).step_by(fit) {
        let corner = ui.cursor().min;
        let mut places = Vec::new();
        let mut height: f32 = 0.0;
        for at in first..count.min(first + fit) {
            let off = (at - first) as f32 * (width + GAP);
            let left = if rtl { corner.x + all - width - off } else { corner.x + off };
            let ground = ui.painter().add(Shape::Noop);
            let room = Rect::from_min_size(pos2(left, corner.y), vec2(width, f32::INFINITY)).shrink(CARD_PAD);
            let mut card = ui.new_child(UiBuilder::new().max_rect(room).id_salt(("card", at)));
            show(&mut card, at, Part::Body);
            height = height.max(card.min_rect().height() + foot + 2.0 * CARD_PAD);
            places.push((at, left, ground));
        }
        for (at, left, ground) in places {
            let rect = Rect::from_min_size(pos2(left, corner.y), vec2(width, height));
            ui.painter().set(ground, card_shape(ui, rect));
            let room = rect.shrink(CARD_PAD);
            let room = Rect::from_min_max(pos2(room.left(), room.bottom() - foot), room.max);
            show(&mut ui.new_child(UiBuilder::new().max_rect(room).id_salt(("foot", at))), at, Part::Foot);
        }
        ui.allocate_rect(Rect::from_min_size(corner, vec2(all, height)), Sense::hover());
        ui.add_space(GAP - ui.spacing().item_spacing.y);
    }
}

/// The ground of a card.
pub fn card_shape(ui: &Ui, rect: Rect) -> Shape {
    let colors = look::colors(ui.ctx());
    let line = Stroke::new(1.0, color32(colors.line));
    egui::epaint::RectShape::new(rect, RADIUS, color32(colors.panel), line, StrokeKind::Inside).into()
}

/// Shows a card as wide as the room, or as `most` on the side where the map begins.
pub fn card(ui: &mut Ui, most: f32, rtl: bool, show: impl FnOnce(&mut Ui)) {
    let width = ui.available_width().min(most);
    let off = if rtl { ui.available_width() - width } else { 0.0 };
    let corner = ui.cursor().min + vec2(off, 0.0);
    let ground = ui.painter().add(Shape::Noop);
    let room = Rect::from_min_size(corner, vec2(width, f32::INFINITY)).shrink(CARD_PAD);
    let mut child = ui.new_child(UiBuilder::new().max_rect(room));
    show(&mut child);
    let rect = Rect::from_min_size(corner, vec2(width, child.min_rect().height() + 2.0 * CARD_PAD));
    ui.painter().set(ground, card_shape(ui, rect));
    ui.allocate_rect(rect, Sense::hover());
}

/// What a tab is for, and the button that adds to it; says whether that was clicked.
pub fn intro(ui: &mut Ui, text: &str, button: &str) -> bool {
    let mut clicked = false;
    ui.horizontal(|ui| {
        ui.set_min_height(32.0);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            clicked = add_button(ui, button).clicked();
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(RichText::new(text).weak()).truncate());
            });
        });
    });
    ui.add_space(8.0);
    clicked
}

/// What a tab is for, where nothing is added.
pub fn line(ui: &mut Ui, text: &str) {
    ui.horizontal(|ui| {
        ui.set_min_height(32.0);
        ui.add(egui::Label::new(RichText::new(text).weak()).truncate());
    });
    ui.add_space(8.0);
}

/// What belongs into a tab that is empty, and the button that begins; says whether that was clicked.
pub fn empty(ui: &mut Ui, icon: char, text: &str, button: &str) -> bool {
    let colors = look::colors(ui.ctx());
    let mut clicked = false;
    ui.vertical_centered(|ui| {
        ui.add_space(88.0);
        ui.label(RichText::new(icon).font(FontId::new(40.0, look::icons())).color(color32(colors.ink_soft.faded(0.6))));
        ui.add_space(8.0);
        ui.label(RichText::new(text).weak());
        ui.add_space(12.0);
        clicked = add_button(ui, button).clicked();
    });
    clicked
}

/// Shows what stands below a list, on the side where the map begins.
pub fn below_list<R>(ui: &mut Ui, rtl: bool, show: impl FnOnce(&mut Ui) -> R) -> R {
    let side = if rtl {
        egui::Layout::right_to_left(egui::Align::Center)
    } else {
        egui::Layout::left_to_right(egui::Align::Center)
    };
    ui.add_space(10.0);
    let size = vec2(ui.available_width() - 6.0, 32.0);
    let shown = ui.allocate_ui_with_layout(size, side, show).inner;
    ui.add_space(MARGIN);
    shown
}

/// A button with a plus.
pub fn add_button(ui: &mut Ui, text: &str) -> Response {
    let plus = RichText::new(icons::PLUS).font(FontId::new(15.0, look::icons()));
    let response = ui.add(Button::new((plus, text)).min_size(vec2(0.0, 32.0)));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, text));
    response
}

/// The user's words, on as many lines as they need.
pub fn words(ui: &mut Ui, ink: &mut Ink, text: &str, style: TextStyle, color: Color) -> Response {
    let width = ui.available_width();
    let measure = Measure { width: Some(width), align: Align::Start, ..Measure::default() };
    let block = ink.text.block(text, style, measure);
    let (rect, response) = ui.allocate_exact_size(vec2(width, block.height), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
    ink.paint(ui, &block, rect.min, color);
    response
}

/// What is wrong with what was typed.
pub fn message_line(ui: &mut Ui, ink: &mut Ink, text: &str) {
    let danger = look::colors(ui.ctx()).danger;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(RichText::new(icons::WARNING).font(FontId::new(15.0, look::icons())).color(color32(danger)));
        // Forms of input stand between backticks in messages for the terminal.
        words(ui, ink, &text.replace('`', ""), SMALL, danger);
    });
}

/// A box to tick, with words of the user behind it; says whether it was clicked.
pub fn tick(ui: &mut Ui, is_on: bool, name: &str, ink: &mut Ink) -> bool {
    const BOX: f32 = 18.0;
    let colors = look::colors(ui.ctx());
    let natural = ink.natural_width(name);
    let width = natural.min(260.0).min(ui.available_width() - BOX - 8.0);
    let (rect, response) = ui.allocate_exact_size(vec2(BOX + 8.0 + width, 28.0), Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, is_on, name));
    let mark = Rect::from_center_size(pos2(rect.left() + BOX / 2.0, rect.center().y), vec2(BOX, BOX));
    let active = response.hovered() || response.has_focus();
    let (fill, line) = match (is_on, active) {
        (true, _) => (colors.accent, colors.accent),
        (false, true) => (colors.hover, colors.accent),
        (false, false) => (colors.field, colors.ink_soft.faded(0.6)),
    };
    ui.painter().rect(mark, 5.0, color32(fill), Stroke::new(1.0, color32(line)), StrokeKind::Inside);
    if response.has_focus() {
        ui.painter().rect_stroke(mark.expand(2.0), 7.0, Stroke::new(2.0, color32(colors.accent)), StrokeKind::Outside);
    }
    if is_on {
        let font = FontId::new(14.0, look::icons());
        ui.painter().text(mark.center(), egui::Align2::CENTER_CENTER, icons::CHECK, font, color32(colors.on_accent));
    }
    let words = Rect::from_min_max(pos2(rect.left() + BOX + 8.0, rect.top()), rect.max);
    ink.in_rect(ui, name, BODY, words, colors.ink);
    response.clicked()
}

/// The room divided into a list and what is chosen in it, the list where the map begins.
pub fn beside(ui: &Ui, rtl: bool) -> (Rect, Rect) {
    let all = ui.available_rect_before_wrap();
    let list = (all.width() * 0.3).clamp(220.0, 360.0);
    let (left, right) = if rtl { (all.width() - list - GAP, list) } else { (list, all.width() - list - GAP) };
    let first = Rect::from_min_size(all.min, vec2(left, all.height()));
    let second = Rect::from_min_size(pos2(all.right() - right, all.top()), vec2(right, all.height()));
    if rtl { (second, first) } else { (first, second) }
}

/// The ground of a row of a list, by whether it is chosen, below the pointer or has the keyboard.
pub fn list_row(ui: &Ui, rect: Rect, response: &Response, is_chosen: bool) {
    let colors = look::colors(ui.ctx());
    if is_chosen || response.hovered() {
        ui.painter().rect_filled(rect, 8.0, color32(if is_chosen { colors.accent_soft } else { colors.hover }));
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 8.0, Stroke::new(2.0, color32(colors.accent)), StrokeKind::Inside);
    }
}
