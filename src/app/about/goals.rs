//! The goals as a tree, and beside it everything about the one that is chosen.

use std::sync::Arc;

use egui::{Align2, FontId, Id, Rect, RichText, ScrollArea, Sense, Stroke, Ui, UiBuilder, pos2, vec2};

use super::chooser::{Ask, Entry};
use super::parts::{Desk, MARGIN, Pick, STRONG, add_button, below_list, beside, card, empty, list_row, tick};
use crate::app::bars::icon_button;
use crate::app::look::{self, BODY};
use crate::app::shapes::color32;
use crate::app::text_rows::{Dress, TextRow, caption};
use crate::edit::{add_goal, delete_goal, name_goal, serves, set_goal_parent, update_goal};
use crate::model::{Accent, Goal, GoalId, JourneyMap};
use crate::text::icons;
use crate::theme::Color;

/// The height of a row of the tree.
const ROW: f32 = 40.0;
/// The room before each level.
const INDENT: f32 = 20.0;
/// How many letters SMART has.
const LETTERS: usize = 5;

/// A field of a goal.
struct Letter {
    name: &'static str,
    asks: &'static str,
    get: fn(&Goal) -> &str,
    set: fn(&mut Goal, String),
}

/// The five letters, in their order.
const SMART: [Letter; LETTERS] = [
    Letter {
        name: "Specific",
        asks: "What exactly is to be reached",
        get: |g| &g.specific,
        set: |g, text| g.specific = text,
    },
    Letter {
        name: "Measurable",
        asks: "How one will know; a metric below does it too",
        get: |g| &g.measurable,
        set: |g, text| g.measurable = text,
    },
    Letter {
        name: "Achievable",
        asks: "Why it can be done",
        get: |g| &g.achievable,
        set: |g, text| g.achievable = text,
    },
    Letter { name: "Relevant", asks: "Why it matters", get: |g| &g.relevant, set: |g, text| g.relevant = text },
    Letter { name: "Time-bound", asks: "By when", get: |g| &g.time_bound, set: |g, text| g.time_bound = text },
];

/// Shows the tree and the goal that is chosen.
pub fn show(ui: &mut Ui, pick: &mut Pick<GoalId>, desk: &mut Desk<'_>) {
    let map = Arc::clone(desk.editor.document.map());
    let tree = tree(&map);
    if tree.is_empty() {
        if empty(ui, icons::FLAG, "What the journey is meant to bring about", "Add goal") {
            add(None, pick, desk);
        }
        return;
    }
    // A title being typed may change the id; edits start from the map as it was before.
    let base = Arc::clone(desk.editor.document.base());
    let ids: Vec<GoalId> = tree.iter().filter_map(|(_, at)| Some(base.goals.get(*at)?.id.clone())).collect();
    let Some(chosen) = pick.place(&ids) else { return };
    let (list, detail) = beside(ui, desk.rtl());
    ui.scope_builder(UiBuilder::new().max_rect(list), |ui| {
        ScrollArea::vertical().id_salt("goals").auto_shrink(false).show(ui, |ui| {
            ui.add_space(16.0);
            ui.spacing_mut().item_spacing.y = 2.0;
            for (n, (depth, at)) in tree.iter().enumerate() {
                if row(ui, &map.goals[*at], *depth, n == chosen, desk) {
                    desk.rows.leave(desk.editor);
                    pick.choose(ids[n].clone());
                }
            }
            if below_list(ui, desk.rtl(), |ui| add_button(ui, "Add goal").clicked()) {
                add(None, pick, desk);
            }
        });
    });
    ui.scope_builder(UiBuilder::new().max_rect(detail), |ui| {
        ScrollArea::vertical().id_salt("goal").auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - 10.0);
            ui.add_space(16.0);
            let at = tree[chosen].1;
            let goal = One { at, id: &ids[chosen], goal: &map.goals[at] };
            card(ui, 820.0, desk.rtl(), |ui| one(ui, goal, &map, pick, desk));
            ui.add_space(MARGIN);
        });
    });
}

/// The goals as they stand below each other: how deep, and their places in the map.
fn tree(map: &JourneyMap) -> Vec<(usize, usize)> {
    fn below(map: &JourneyMap, parent: Option<&GoalId>, depth: usize, found: &mut Vec<(usize, usize)>) {
        for (at, goal) in map.goals.iter().enumerate().filter(|(_, goal)| goal.parent.as_ref() == parent) {
            found.push((depth, at));
            below(map, Some(&goal.id), depth + 1, found);
        }
    }
    let mut found = Vec::new();
    below(map, None, 0, &mut found);
    found
}

/// The goal that is chosen.
#[derive(Clone, Copy)]
struct One<'a> {
    at: usize,
    id: &'a GoalId,
    goal: &'a Goal,
}

/// The id of a text in the window: by the place, as a title may change the goal's id.
fn place(at: usize, name: &str) -> Id {
    Id::unique(("goal", at, name))
}

fn add(parent: Option<&GoalId>, pick: &mut Pick<GoalId>, desk: &mut Desk<'_>) {
    if let Some(id) = desk.edit("new goal", |map| add_goal(map, parent, "")) {
        let at = desk.editor.document.map().goals.iter().position(|goal| goal.id == id);
        desk.rows.want(place(at.unwrap_or_default(), "Title"));
        pick.choose(id);
    }
}

/// What a goal says: an icon, words and a colour.
fn completeness(goal: &Goal, ui: &Ui) -> (char, String, Color) {
    let missing = goal.missing();
    if missing.is_empty() {
        let green = look::picture_theme(ui.ctx()).accent(Accent::Green);
        return (icons::CHECK_CIRCLE, "Complete".into(), green);
    }
    (icons::CIRCLE, format!("{} of {LETTERS}", LETTERS - missing.len()), look::colors(ui.ctx()).ink_soft)
}

/// A row of the tree; says whether it was clicked.
fn row(ui: &mut Ui, goal: &Goal, depth: usize, is_chosen: bool, desk: &mut Desk<'_>) -> bool {
    let rtl = desk.rtl();
    let colors = look::colors(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width() - 6.0, ROW), Sense::click());
    let (icon, words, color) = completeness(goal, ui);
    let title = if goal.title.trim().is_empty() { "Untitled goal" } else { &goal.title };
    let label = format!("Goal: {title}, SMART {}", words.to_lowercase());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::TreeItem, true, is_chosen, &label));
    list_row(ui, rect, &response, is_chosen);
    let indent = 10.0 + depth as f32 * INDENT;
    // From the side where the map begins: icon, title, how complete.
    let at = |x: f32| if rtl { rect.right() - x } else { rect.left() + x };
    if depth > 0 {
        let (x, line) = (at(indent - 9.0), Stroke::new(1.0, color32(colors.line)));
        ui.painter().vline(x, rect.top() - 2.0..=rect.center().y, line);
        let end = at(indent - 1.0);
        ui.painter().hline(x.min(end)..=x.max(end), rect.center().y, line);
    }
    let font = FontId::new(18.0, if goal.missing().is_empty() { look::filled_icons() } else { look::icons() });
    ui.painter().text(pos2(at(indent + 9.0), rect.center().y), Align2::CENTER_CENTER, icon, font, color32(color));
    let (anchor, end) =
        if rtl { (Align2::LEFT_CENTER, rect.left() + 10.0) } else { (Align2::RIGHT_CENTER, rect.right() - 10.0) };
    let soft = color32(colors.ink_soft);
    let words = ui.painter().text(pos2(end, rect.center().y), anchor, words, FontId::proportional(12.0), soft);
    let (a, b) = (at(indent + 24.0), if rtl { words.right() + 8.0 } else { words.left() - 8.0 });
    let room = Rect::from_x_y_ranges(a.min(b)..=a.max(b), rect.y_range());
    let color = if goal.title.trim().is_empty() { colors.ink_soft } else { colors.ink };
    desk.ink.in_rect(ui, title, if depth == 0 { STRONG } else { BODY }, room, color);
    response.clicked()
}

/// Everything about one goal.
fn one(ui: &mut Ui, one: One<'_>, map: &JourneyMap, pick: &mut Pick<GoalId>, desk: &mut Desk<'_>) {
    let One { at, id, goal } = one;
    caption(ui, "Title");
    let row =
        TextRow { id: place(at, "Title"), name: "Title", value: &goal.title, multiline: false, label: "title of goal" };
    let named = id.clone();
    let dress = Dress { strong: true, ..Dress::default() };
    desk.text(ui, &row, dress, Box::new(move |map, text| name_goal(map, &named, &text)));
    ui.add_space(6.0);
    missing_line(ui, goal);
    for letter in &SMART {
        letter_text(ui, one, letter, desk);
    }
    parent(ui, one, map, desk);
    metrics(ui, one, map, desk);
    ui.add_space(14.0);
    ui.horizontal(|ui| {
        if add_button(ui, "Add goal below").clicked() {
            add(Some(id), pick, desk);
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let help = "Delete this goal; the goals below it move up";
            if icon_button(ui, icons::TRASH, "Delete goal", help, true).clicked() {
                desk.edit("deletion of goal", |map| delete_goal(map, id));
            }
        });
    });
}

/// Which letters are said, in words and icons.
fn missing_line(ui: &mut Ui, goal: &Goal) {
    let (_, _, color) = completeness(goal, ui);
    let missing = goal.missing();
    let (icon, words) = if missing.is_empty() {
        (icons::CHECK_CIRCLE, "SMART: nothing is missing".to_owned())
    } else {
        (icons::WARNING, format!("Not SMART yet; missing: {}", missing.join(", ")))
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(RichText::new(icon).font(FontId::new(17.0, look::icons())).color(color32(color)));
        ui.add(egui::Label::new(RichText::new(words).color(color32(color))).wrap());
    });
}

fn letter_text(ui: &mut Ui, one: One<'_>, letter: &Letter, desk: &mut Desk<'_>) {
    let One { at, id, goal } = one;
    let is_missing = goal.missing().contains(&letter.name);
    let colors = look::colors(ui.ctx());
    ui.add_space(6.0);
    // As high as any other label.
    ui.spacing_mut().interact_size.y = 18.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let green = look::picture_theme(ui.ctx()).accent(Accent::Green);
        let (icon, font, color) = if is_missing {
            (icons::CIRCLE, look::icons(), colors.ink_soft)
        } else {
            (icons::CHECK_CIRCLE, look::filled_icons(), green)
        };
        ui.label(RichText::new(icon).font(FontId::new(15.0, font)).color(color32(color)));
        ui.label(RichText::new(letter.name).small().family(look::bold()));
        ui.add(egui::Label::new(RichText::new(letter.asks).small().weak()).truncate());
    });
    let row = TextRow {
        id: place(at, letter.name),
        name: letter.name,
        value: (letter.get)(goal),
        multiline: true,
        label: "edit of goal",
    };
    let (id, set) = (id.clone(), letter.set);
    let dress = Dress { least: 32.0, ..Dress::default() };
    desk.text(ui, &row, dress, Box::new(move |map, text| update_goal(map, &id, |goal| set(goal, text))));
}

/// The goal that it serves.
fn parent(ui: &mut Ui, one: One<'_>, map: &JourneyMap, desk: &mut Desk<'_>) {
    let One { at, id, goal } = one;
    const TOP: &str = "None; it stands on top";
    ui.add_space(4.0);
    caption(ui, "Serves the goal");
    let title = |id: &GoalId| map.goals.iter().find(|goal| goal.id == *id).map_or("", |goal| title_of(goal));
    let now = goal.parent.as_ref().map_or(TOP, title);
    // No goal serves itself, also not by way of others.
    let others: Vec<&GoalId> =
        map.goals.iter().map(|g| &g.id).filter(|other| *other != &goal.id && !serves(map, other, &goal.id)).collect();
    let ask = Ask { id: place(at, "parent"), name: "Serves the goal", now };
    let entries = || {
        let top = Entry { text: TOP.into(), hint: "" };
        std::iter::once(top).chain(others.iter().map(|id| Entry { text: title(id).into(), hint: "" })).collect()
    };
    if let Some(chosen) = desk.chooser.show(ui, &ask, desk.ink, entries) {
        let parent = chosen.checked_sub(1).and_then(|at| others.get(at)).copied();
        desk.edit("parent of goal", |map| set_goal_parent(map, id, parent));
    }
}

fn title_of(goal: &Goal) -> &str {
    if goal.title.trim().is_empty() { "Untitled goal" } else { &goal.title }
}

/// The metrics that show the way there.
fn metrics(ui: &mut Ui, one: One<'_>, map: &JourneyMap, desk: &mut Desk<'_>) {
    let One { id, goal, .. } = one;
    ui.add_space(4.0);
    caption(ui, "Shown by the metrics");
    if map.metrics.is_empty() {
        ui.label(RichText::new("None yet; add one under Measures").weak());
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(20.0, 0.0);
        for metric in &map.metrics {
            let is_on = goal.metrics.contains(&metric.id);
            let name = format!("{}, {}", metric.shown_name(), map.host_name(&metric.host));
            if tick(ui, is_on, &name, desk.ink) {
                desk.edit("metrics of goal", |map| {
                    update_goal(map, id, |goal| {
                        goal.metrics.retain(|other| *other != metric.id);
                        if !is_on {
                            goal.metrics.push(metric.id.clone());
                        }
                    })
                });
            }
        }
    });
}
