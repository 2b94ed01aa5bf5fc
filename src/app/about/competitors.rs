//! How customers feel elsewhere, step by step beside one's own map.

use std::sync::Arc;

use egui::{
    Align2, EventFilter, FontId, Id, Key, Rect, Response, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder,
};
use egui::{pos2, vec2};

use super::Nudge;
use super::parts::{CARD_PAD, Desk, SMALL, STRONG, card_shape, empty, intro};
use crate::app::bars::icon_button;
use crate::app::look;
use crate::app::shapes::color32;
use crate::app::text_rows::{Dress, TextRow};
use crate::edit::{add_competitor, delete_competitor, name_competitor, set_competitor_emotion};
use crate::model::{Competitor, Emotion, JourneyMap, StepId};
use crate::text::{Align, Measure, icons};
use crate::theme::{Color, Theme};

/// The room for the names, with the button behind them.
const NAMES: f32 = 220.0;
/// The least and the most room for a step.
const CELL: (f32, f32) = (72.0, 96.0);
/// The height of the stages' names and of the steps' names above the rows.
const HEAD: (f32, f32) = (26.0, 36.0);
/// The height of a row.
const ROW: f32 = 46.0;
/// The disc behind an emotion.
const DISC: f32 = 30.0;
/// What the table is for.
const INTRO: &str =
    "How customers feel elsewhere, from \u{2212}5 to +5: click beside a number, or use the arrow keys on it";

/// Shows the table.
pub fn show(ui: &mut Ui, nudge: Option<Nudge>, desk: &mut Desk<'_>) {
    let map = Arc::clone(desk.editor.document.map());
    let add = if map.competitors.is_empty() {
        empty(ui, icons::BUILDINGS, "With whom the journey is compared, step by step", "Add competitor")
    } else {
        let add = intro(ui, INTRO, "Add competitor");
        table(ui, &map, nudge, desk);
        add
    };
    if add && let Some(at) = desk.edit("new competitor", |map| add_competitor(map, "")) {
        desk.rows.want(name_place(at));
    }
}

fn name_place(at: usize) -> Id {
    Id::unique(("competitor", at))
}

fn table(ui: &mut Ui, map: &JourneyMap, nudge: Option<Nudge>, desk: &mut Desk<'_>) {
    let rtl = desk.rtl();
    let count = map.competitors.len();
    let height = HEAD.0 + HEAD.1 + ROW * (count + 1) as f32 + 2.0 * CARD_PAD + 10.0;
    let count_steps = map.steps().count().max(1) as f32;
    let cell = ((ui.available_width() - NAMES - 2.0 * CARD_PAD) / count_steps).clamp(CELL.0, CELL.1);
    let steps = count_steps * cell;
    let width = ui.available_width().min(NAMES + steps + 2.0 * CARD_PAD);
    let left = if rtl { ui.max_rect().right() - width } else { ui.cursor().left() };
    let rect = Rect::from_min_size(pos2(left, ui.cursor().top()), vec2(width, height));
    let ground = card_shape(ui, rect);
    ui.painter().add(ground);
    let inner = rect.shrink(CARD_PAD);
    // The names keep their distance from the numbers on either side.
    let aside = vec2(if rtl { 10.0 } else { 0.0 }, 0.0);
    let (names, cells) = if rtl {
        inner.split_left_right_at_x(inner.right() - NAMES)
    } else {
        inner.split_left_right_at_x(inner.left() + NAMES)
    };
    let (names, cells) = if rtl { (cells, names) } else { (names, cells) };
    for at in 0..=count {
        let line = Stroke::new(1.0, color32(look::colors(ui.ctx()).line));
        ui.painter().hline(inner.x_range(), row_of(inner, at).top(), line);
    }
    for at in 0..count {
        name(ui, row_of(names, at + 1).translate(aside), at, &map.competitors[at], desk);
    }
    let own = row_of(names, 0).shrink2(vec2(10.0, 0.0)).translate(aside);
    desk.ink.in_rect(ui, "This map", STRONG, own, look::colors(ui.ctx()).ink);
    ui.scope_builder(UiBuilder::new().max_rect(cells), |ui| {
        ScrollArea::horizontal().id_salt("steps").auto_shrink(false).stick_to_right(rtl).show(ui, |ui| {
            let (all, _) =
                ui.allocate_exact_size(vec2(steps.max(cells.width()), cells.height() - 10.0), Sense::hover());
            grid(ui, (all, cell), map, nudge, desk);
        });
    });
    ui.allocate_rect(rect, Sense::hover());
}

/// The place of the `at`-th row; the first is that of the map itself.
fn row_of(area: Rect, at: usize) -> Rect {
    let top = area.top() + HEAD.0 + HEAD.1 + at as f32 * ROW;
    Rect::from_x_y_ranges(area.x_range(), top..=top + ROW)
}

/// The name of a competitor, and the button that deletes it.
fn name(ui: &mut Ui, rect: Rect, at: usize, competitor: &Competitor, desk: &mut Desk<'_>) {
    let name = format!("Name of competitor {}", at + 1);
    let row = TextRow {
        id: name_place(at),
        name: &name,
        value: &competitor.name,
        multiline: false,
        label: "name of competitor",
    };
    let place = Rect::from_min_max(rect.min + vec2(0.0, 7.0), rect.max - vec2(48.0, 0.0));
    ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
        let dress = Dress { strong: true, ..Dress::default() };
        desk.text(ui, &row, dress, Box::new(move |map, text| name_competitor(map, at, &text)));
    });
    let place = Rect::from_min_size(pos2(rect.right() - 44.0, rect.top() + 7.0), vec2(34.0, 32.0));
    ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
        let name = format!("Delete competitor {}", at + 1);
        if icon_button(ui, icons::TRASH, &name, "Delete this competitor", true).clicked() {
            desk.edit("deletion of competitor", |map| delete_competitor(map, at));
        }
    });
}

/// The steps of the map across, and an emotion for each.
fn grid(ui: &mut Ui, (all, cell): (Rect, f32), map: &JourneyMap, nudge: Option<Nudge>, desk: &mut Desk<'_>) {
    let rtl = desk.rtl();
    let theme = look::picture_theme(ui.ctx());
    let column = |n: usize, count: usize| {
        let (from, width) = (n as f32 * cell, count as f32 * cell);
        let left = if rtl { all.right() - from - width } else { all.left() + from };
        Rect::from_min_size(pos2(left, all.top()), vec2(width, all.height()))
    };
    let mut n = 0;
    for (at, stage) in map.stages.iter().enumerate() {
        let place = column(n, stage.steps.len());
        let line = Rect::from_min_size(place.min + vec2(4.0, HEAD.0 - 4.0), vec2(place.width() - 8.0, 3.0));
        ui.painter().rect_filled(line, 1.5, color32(theme.accent(map.accent(at))));
        middle(ui, &stage.name, Rect::from_min_size(place.min, vec2(place.width(), HEAD.0 - 6.0)), 1, desk);
        n += stage.steps.len();
    }
    for (n, (_, step)) in map.steps().enumerate() {
        let place = column(n, 1);
        let head = Rect::from_min_size(place.min + vec2(0.0, HEAD.0), vec2(cell, HEAD.1)).shrink2(vec2(1.0, 1.0));
        middle(ui, &step.name, head, 2, desk);
        if let Some(mean) = own_emotion(map, &step.id) {
            let text = if mean.fract() == 0.0 { format!("{mean:+}") } else { format!("{mean:+.1}") };
            let text = if mean == 0.0 { "0".into() } else { text.replace('-', "\u{2212}") };
            let color = theme.emotion(Emotion::clamped(mean.round() as i64));
            disc(ui, row_of(place, 0), &text, Some(color));
        }
        for at in 0..map.competitors.len() {
            stepper(ui, row_of(place, at + 1), (at, map), &step.id, nudge, desk);
        }
    }
}

/// Small words of the user in the middle of `rect`, on so many lines.
fn middle(ui: &Ui, text: &str, rect: Rect, lines: usize, desk: &mut Desk<'_>) {
    let measure =
        Measure { width: Some(rect.width()), max_lines: Some(lines), align: Align::Center, ..Measure::default() };
    let block = desk.ink.text.block(&text.replace('\n', " "), SMALL, measure);
    let corner = pos2(rect.left(), rect.center().y - block.height / 2.0);
    desk.ink.paint(ui, &block, corner, look::colors(ui.ctx()).ink_soft);
}

/// The mean of the emotions at a step of the map itself.
fn own_emotion(map: &JourneyMap, step: &StepId) -> Option<f64> {
    let felt = map.felt();
    let all = map.touchpoints().filter(|(_, t)| t.step == *step).filter_map(|(_, t)| felt(t));
    let (sum, count) = all.fold((0.0, 0.0), |(sum, count), emotion| (sum + f64::from(emotion.get()), count + 1.0));
    (count > 0.0).then_some(sum / count)
}

/// A number on a disc in the colour of its emotion.
fn disc(ui: &Ui, rect: Rect, text: &str, fill: Option<Color>) {
    let colors = look::colors(ui.ctx());
    let ink = match fill {
        Some(fill) => {
            ui.painter().circle_filled(rect.center(), DISC / 2.0, color32(fill));
            readable_on(fill)
        }
        None => {
            ui.painter().circle(
                rect.center(),
                DISC / 2.0,
                color32(colors.field),
                Stroke::new(1.0, color32(colors.line)),
            );
            colors.ink_soft
        }
    };
    let font = FontId::new(12.5, look::bold());
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, text, font, color32(ink));
}

/// White or the colour of text, whichever is read better on `fill`.
fn readable_on(fill: Color) -> Color {
    let linear = |c: u8| (f64::from(c) / 255.0).powf(2.2);
    let light = |c: Color| 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b) + 0.05;
    let colors = &Theme::light().colors;
    let (dark, white) = (colors.ink, colors.on_accent);
    if light(white) / light(fill) >= light(fill) / light(dark) { white } else { dark }
}

/// An emotion that goes up and down, or is empty.
fn stepper(
    ui: &Ui,
    rect: Rect,
    (at, map): (usize, &JourneyMap),
    step: &StepId,
    nudge: Option<Nudge>,
    desk: &mut Desk<'_>,
) {
    let competitor = &map.competitors[at];
    let now = competitor.emotions.get(step).copied();
    let id = Id::unique(("competitor emotion", at, step));
    let response = ui.interact(rect, id, Sense::click());
    if response.gained_focus() {
        ui.scroll_to_rect(rect, None);
    }
    let text = now.map_or_else(|| "\u{2013}".into(), |emotion| emotion.to_string());
    let name = format!("Emotion of competitor {} at {}", at + 1, step_name(map, step));
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::Role::SpinButton, true, &name);
        info.current_text_value = Some(now.map_or_else(String::new, |emotion| emotion.to_string()));
        info
    });
    let colors = look::colors(ui.ctx());
    if response.has_focus() || response.hovered() {
        let border = if response.has_focus() { 2.0 } else { 0.0 };
        let stroke = Stroke::new(border, color32(colors.accent));
        ui.painter().rect(rect.shrink2(vec2(1.0, 5.0)), 8.0, color32(colors.hover), stroke, StrokeKind::Inside);
    }
    disc(ui, rect, &text, now.map(|emotion| look::picture_theme(ui.ctx()).emotion(emotion)));
    let signs = if response.hovered() { colors.ink } else { colors.ink_soft.faded(0.7) };
    for (x, sign) in [(rect.left() + 11.0, icons::MINUS), (rect.right() - 11.0, icons::PLUS)] {
        let font = FontId::new(12.0, look::icons());
        ui.painter().text(pos2(x, rect.center().y), Align2::CENTER_CENTER, sign, font, color32(signs));
    }
    if let Some(wish) = wish(ui, &response, rect, nudge) {
        let new = stepped(now, wish);
        if new != now {
            desk.edit("emotion of competitor", |map| set_competitor_emotion(map, at, step, new));
        }
    }
    response.on_hover_text("− and + change it; a click on the number takes it away");
}

/// What a click or a key asks of the stepper.
fn wish(ui: &Ui, response: &Response, rect: Rect, nudge: Option<Nudge>) -> Option<Nudge> {
    use egui::accesskit::Action;
    if response.clicked() {
        response.request_focus();
        let at = response.interact_pointer_pos().map_or(0.5, |pos| (pos.x - rect.left()) / rect.width());
        return Some(if at < 0.32 {
            Nudge::Down
        } else if at > 0.68 {
            Nudge::Up
        } else {
            Nudge::Clear
        });
    }
    if ui.input(|i| i.has_accesskit_action_request(response.id, Action::Increment)) {
        return Some(Nudge::Up);
    }
    if ui.input(|i| i.has_accesskit_action_request(response.id, Action::Decrement)) {
        return Some(Nudge::Down);
    }
    if !response.has_focus() {
        return None;
    }
    // Up and down change the number; left and right go on to the next step.
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key| ui.input(|i| i.key_pressed(key));
    if pressed(Key::ArrowUp) {
        return Some(Nudge::Up);
    }
    if pressed(Key::ArrowDown) {
        return Some(Nudge::Down);
    }
    nudge
}

/// The emotion behind a wish: from nothing to the first on that side.
fn stepped(now: Option<Emotion>, wish: Nudge) -> Option<Emotion> {
    let by = match wish {
        Nudge::Up => 1,
        Nudge::Down => -1,
        Nudge::Clear => return None,
    };
    Some(Emotion::clamped(now.map_or(0, |emotion| i64::from(emotion.get())) + by))
}

/// The stage and the step, for those who do not see them.
fn step_name(map: &JourneyMap, id: &StepId) -> String {
    let Some((stage, step)) = map.steps().find(|(_, step)| step.id == *id) else { return String::new() };
    let stage = &map.stages[stage];
    match (step.name.is_empty(), stage.steps.len()) {
        (false, _) => format!("{}, {}", stage.name, step.name),
        (true, 1) => stage.name.clone(),
        (true, _) => {
            let place = stage.steps.iter().position(|other| other.id == *id).unwrap_or_default();
            format!("{}, step {}", stage.name, place + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_emotion_starts_beside_nothing_and_stops_at_the_ends() {
        let of = Emotion::clamped;
        assert_eq!(stepped(None, Nudge::Up), Some(of(1)));
        assert_eq!(stepped(None, Nudge::Down), Some(of(-1)));
        assert_eq!(stepped(Some(of(1)), Nudge::Down), Some(of(0)));
        assert_eq!(stepped(Some(of(5)), Nudge::Up), Some(of(5)));
        assert_eq!(stepped(Some(of(3)), Nudge::Clear), None);
    }
}
