//! The panel of insights: what the map says, figures first; a click shows on the map what is meant.

use std::collections::HashSet;
use std::sync::Arc;

use egui::{Align, Align2, Button, FontId, Id, Layout, Pos2, Rect, Response, RichText, Sense, Ui, pos2, vec2};

use super::bars::icon_button;
use super::commands::Command;
use super::coverage;
use super::editor::Editor;
use super::ink::Ink;
use super::look::{self, BODY};
use super::shapes::color32;
use crate::insight::{Coverage, Finding, Group, findings_of, path};
use crate::model::{AnnotationKind, Element, JourneyMap, PersonaId};
use crate::text::{Align as TextAlign, Measure, TextBlock, icons};
use crate::theme::Color;

/// The panel, and what it worked out last.
#[derive(Debug, Default)]
pub struct Insights {
    /// Whether it is shown.
    pub open: bool,
    known: Option<Known>,
    folds: Folds,
}

/// Which groups a person opened, closed or asked to see all of.
#[derive(Debug, Default)]
struct Folds {
    /// Those that are not as they were at first.
    turned: HashSet<Group>,
    /// Those shown with all their findings.
    whole: HashSet<Group>,
}

impl Folds {
    /// Whether the findings of `group` are shown. At first those are that most maps have and most people ask
    /// for; of the others the heading says how many there are.
    fn is_open(&self, group: Group) -> bool {
        let at_first = matches!(
            group,
            Group::Emotion | Group::Pains | Group::Opportunities | Group::QuickWins | Group::Channels | Group::Gaps
        );
        at_first != self.turned.contains(&group)
    }

    fn turn(set: &mut HashSet<Group>, group: Group) {
        if !set.remove(&group) {
            set.insert(group);
        }
    }
}

/// What is known of a map.
#[derive(Debug)]
struct Known {
    map: Arc<JourneyMap>,
    /// The persona whose curve is told; without one it is that of all.
    persona: Option<PersonaId>,
    findings: Vec<Finding>,
    coverage: Coverage,
}

/// How many findings of a group are shown at first.
const FEW: usize = 5;
/// How many are shown at most; the report has them all.
const MANY: usize = 200;
/// The room for a figure.
const FIGURE: f32 = 52.0;
/// The room around the words of a finding.
const PAD: f32 = 6.0;
/// The height of the line with a finding's name and note.
const NAME: f32 = 17.0;
/// The height of a group's heading.
const HEADING: f32 = 32.0;
/// The room for the arrow before the second of two words.
const ARROW: f32 = 18.0;

impl Insights {
    /// Shows the panel; returns commands to run.
    pub fn show(&mut self, ui: &mut Ui, editor: &mut Editor, ink: &mut Ink) -> Vec<Command> {
        let (map, persona) = (editor.document.map(), editor.focus());
        let is_known = |known: &Known| Arc::ptr_eq(&known.map, map) && known.persona.as_ref() == persona;
        if !self.known.as_ref().is_some_and(is_known) {
            let coverage = Coverage::of(&path(map), map.stages.len());
            let (findings, persona) = (findings_of(map, persona), persona.cloned());
            self.known = Some(Known { map: Arc::clone(map), persona, findings, coverage });
        }
        ui.spacing_mut().item_spacing = vec2(8.0, 2.0);
        let asked = header(ui);
        let Some(known) = &self.known else { return asked };
        let mut chosen = None;
        egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            if known.findings.is_empty() {
                let words =
                    "Nothing to tell yet. Emotions, pain points, channels and owners of touchpoints are told here.";
                ui.label(RichText::new(words).weak());
            }
            // The bar for scrolling floats over the rest.
            ui.set_max_width(ui.available_width() - 10.0);
            for &group in Group::ALL {
                chosen = chosen.take().or(show_group(ui, group, known, &mut self.folds, editor, ink));
            }
        });
        if let Some(elements) = chosen {
            editor.choose(&elements);
        }
        asked
    }
}

/// The name of the panel and its two buttons.
fn header(ui: &mut Ui) -> Vec<Command> {
    let mut asked = Vec::new();
    ui.horizontal(|ui| {
        ui.label(RichText::new("Insights").heading());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            if icon_button(ui, icons::X, "Close insights", "Close  (Ctrl+I)", true).clicked() {
                asked.push(Command::Insights);
            }
            let info = Command::CopyReport.info();
            if icon_button(ui, icons::COPY, info.name, info.name, true).clicked() {
                asked.push(Command::CopyReport);
            }
        });
    });
    ui.add_space(4.0);
    asked
}

/// The findings of one group; returns the elements of the one clicked.
fn show_group(
    ui: &mut Ui,
    group: Group,
    known: &Known,
    folds: &mut Folds,
    editor: &Editor,
    ink: &mut Ink,
) -> Option<Vec<Element>> {
    let mut list: Vec<&Finding> = known.findings.iter().filter(|f| f.group == group).collect();
    if list.is_empty() {
        return None;
    }
    if heading(ui, group, list.len(), folds.is_open(group), editor.layout().rtl) {
        Folds::turn(&mut folds.turned, group);
    }
    if !folds.is_open(group) {
        return None;
    }
    let mut chosen = None;
    if group == Group::Emotion {
        if let Some(persona) = known.persona.as_ref().and_then(|id| known.map.persona(id)) {
            let (width, ink_soft) = (ui.available_width(), look::colors(ui.ctx()).ink_soft);
            ink.label(ui, &persona.name, BODY, width, ink_soft);
            ui.add_space(2.0);
        }
        let (scores, points) = list.split_at(2.min(list.len()));
        chosen = tiles(ui, scores, editor);
        list = points.to_vec();
    }
    let most = if folds.whole.contains(&group) || group == Group::Emotion { MANY } else { FEW };
    for finding in list.iter().take(most) {
        if row(ui, finding, editor, ink).clicked() {
            chosen = Some(finding.about.clone());
        }
    }
    if list.len() > FEW && group != Group::Emotion {
        more_button(ui, (group, list.len()), &mut folds.whole, editor.layout().rtl);
    }
    if group == Group::Channels {
        chosen = chosen.or(coverage::show(ui, &known.coverage, editor, ink));
    }
    chosen
}

/// On the side where the map begins.
pub(super) fn start_side(rtl: bool) -> Layout {
    if rtl { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) }
}

/// The heading of a group, which opens and closes it; says whether it was clicked.
fn heading(ui: &mut Ui, group: Group, count: usize, open: bool, rtl: bool) -> bool {
    ui.add_space(4.0);
    let colors = look::colors(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEADING), Sense::hover());
    let response = ui.interact(rect, Id::unique(("insights", group)), Sense::click());
    response.widget_info(|| {
        let label = format!("{}, {count}", group.name());
        egui::WidgetInfo::selected(egui::Role::DisclosureTriangle, true, open, label)
    });
    ground(ui, rect, &response, false, true);
    let (anchor, start, end, on) = if rtl {
        (Align2::RIGHT_CENTER, rect.right() - PAD, rect.left() + PAD, -1.0)
    } else {
        (Align2::LEFT_CENTER, rect.left() + PAD, rect.right() - PAD, 1.0)
    };
    let y = rect.center().y;
    let bold = FontId::new(13.5, look::bold());
    let name = ui.painter().text(pos2(start, y), anchor, group.name(), bold, color32(colors.ink));
    if !matches!(group, Group::Emotion | Group::Channels) || !open {
        let edge = if rtl { name.left() } else { name.right() };
        let font = FontId::proportional(13.0);
        ui.painter().text(pos2(edge + 8.0 * on, y), anchor, count.to_string(), font, color32(colors.ink_soft));
    }
    let closed = if rtl { icons::CARET_LEFT } else { icons::CARET_RIGHT };
    let caret = if open { icons::CARET_DOWN } else { closed };
    let font = FontId::new(13.0, look::icons());
    ui.painter().text(pos2(end - 7.0 * on, y), Align2::CENTER_CENTER, caret, font, color32(colors.ink_soft));
    response.clicked()
}

/// The button below the first few findings that shows all of them, or fewer again.
fn more_button(ui: &mut Ui, (group, count): (Group, usize), whole: &mut HashSet<Group>, rtl: bool) {
    let is_open = whole.contains(&group);
    let text = match (is_open, count > MANY) {
        (true, _) => "Show fewer".to_owned(),
        (false, true) => format!("Show the first {MANY} of {count}"),
        (false, false) => format!("Show all {count}"),
    };
    let color = color32(look::colors(ui.ctx()).accent);
    let button = Button::new(RichText::new(text).small().color(color)).frame_when_inactive(false);
    let size = vec2(ui.available_width(), 30.0);
    let clicked = ui.allocate_ui_with_layout(size, start_side(rtl), |ui| ui.add(button).clicked()).inner;
    if clicked {
        Folds::turn(whole, group);
    }
}

/// The scores, large and side by side.
fn tiles(ui: &mut Ui, scores: &[&Finding], editor: &Editor) -> Option<Vec<Element>> {
    let mut chosen = None;
    let colors = look::colors(ui.ctx());
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 8.0) / 2.0;
        for score in scores {
            let (rect, response) = ui.allocate_exact_size(vec2(width, 62.0), Sense::click());
            let fill = if is_chosen(score, editor) { colors.accent_soft } else { colors.field };
            let fill = if response.hovered() { colors.hover } else { fill };
            ui.painter().rect_filled(rect, 8.0, color32(fill));
            let middle = |y: f32| pos2(rect.center().x, rect.top() + y);
            let figure = FontId::new(22.0, look::bold());
            ui.painter().text(middle(25.0), Align2::CENTER_CENTER, &score.figure, figure, color32(colors.ink));
            let small = FontId::proportional(12.0);
            ui.painter().text(middle(47.0), Align2::CENTER_CENTER, score.name, small, color32(colors.ink_soft));
            if tell(response, score).clicked() {
                chosen = Some(score.about.clone());
            }
        }
    });
    ui.add_space(4.0);
    chosen
}

/// Says what a finding is to those who do not see it, and its rule to those who ask.
fn tell(response: Response, finding: &Finding) -> Response {
    response.widget_info(|| {
        let words = finding.words.join(", ");
        let joint = if words.is_empty() { "" } else { ": " };
        let comma = if finding.note.is_empty() { "" } else { ", " };
        let label = format!("{} {}{comma}{}{joint}{words}", finding.name, finding.figure, finding.note);
        egui::WidgetInfo::labeled(egui::Role::Button, true, label)
    });
    // The caption may have had no room for all of the note.
    let joint = if finding.note.is_empty() { "" } else { "\n" };
    response.on_hover_text(format!("{}{joint}{}", finding.note, finding.rule))
}

/// Whether just what the finding is about is selected.
fn is_chosen(finding: &Finding, editor: &Editor) -> bool {
    let selected = editor.document.selection();
    !finding.about.is_empty()
        && selected.len() == finding.about.len()
        && finding.about.iter().all(|element| selected.contains(element))
}

/// The small line above the user's words: the name where it says more than the heading, and the note.
fn caption(finding: &Finding) -> String {
    let name = if finding.group.is_of_one_kind() { "" } else { finding.name };
    match (name.is_empty(), finding.note.is_empty()) {
        (false, false) => format!("{name} · {}", finding.note),
        _ => format!("{name}{}", finding.note),
    }
}

/// The room that the caption takes.
fn caption_height(finding: &Finding) -> f32 {
    if caption(finding).is_empty() { 0.0 } else { NAME }
}

/// One finding: its figure, and beside it its name and the user's words.
fn row(ui: &mut Ui, finding: &Finding, editor: &Editor, ink: &mut Ink) -> Response {
    let rtl = editor.layout().rtl;
    let width = ui.available_width();
    let room = width - FIGURE - 2.0 * PAD;
    let blocks = blocks(finding, room, rtl, ink);
    let height = 2.0 * PAD + caption_height(finding) + blocks.iter().map(|b| b.height).sum::<f32>();
    let clickable = !finding.about.is_empty();
    let sense = if clickable { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(width, height.max(BODY.line_height + 2.0 * PAD)), sense);
    let response = tell(response, finding);
    if ui.is_rect_visible(rect) {
        ground(ui, rect, &response, is_chosen(finding, editor), clickable);
        paint_figure(ui, finding, rect, rtl);
        let left = if rtl { rect.left() + PAD } else { rect.left() + FIGURE + PAD };
        let place = Rect::from_min_size(pos2(left, rect.top() + PAD), vec2(room, height - 2.0 * PAD));
        paint_words(ui, finding, (&blocks, place, rtl), ink);
    }
    response
}

/// The room before the `at`-th of the words.
fn indent(finding: &Finding, at: usize) -> f32 {
    if at > 0 && finding.is_way() { ARROW } else { 0.0 }
}

/// The user's words, broken into two lines each.
fn blocks(finding: &Finding, room: f32, rtl: bool, ink: &mut Ink) -> Vec<TextBlock> {
    let align = if rtl { TextAlign::Right } else { TextAlign::Left };
    let block = |(at, words): (usize, &String)| {
        let width = Some(room - indent(finding, at));
        let measure = Measure { width, max_lines: Some(2), align, ..Measure::default() };
        ink.text.block(&words.replace('\n', " "), BODY, measure)
    };
    finding.words.iter().enumerate().map(block).collect()
}

/// The caption of the finding, and below it the words.
fn paint_words(ui: &Ui, finding: &Finding, (blocks, place, rtl): (&[TextBlock], Rect, bool), ink: &mut Ink) {
    let colors = look::colors(ui.ctx());
    let mut y = place.top();
    let caption = caption(finding);
    if !caption.is_empty() {
        let text = egui::WidgetText::from(RichText::new(caption).size(12.0));
        let cut = Some(egui::TextWrapMode::Truncate);
        let galley = text.into_galley(ui, cut, place.width(), egui::FontSelection::Default);
        let x = if rtl { place.right() - galley.size().x } else { place.left() };
        ui.painter().galley(pos2(x, y), galley, color32(colors.ink_soft));
        y += NAME;
    }
    for (at, block) in blocks.iter().enumerate() {
        let indent = indent(finding, at);
        if indent > 0.0 {
            let x = if rtl { place.right() } else { place.left() };
            paint_arrow(ui, pos2(x, y + 2.0), rtl, colors.ink_soft);
        }
        ink.paint(ui, block, pos2(place.left() + if rtl { 0.0 } else { indent }, y), colors.ink);
        y += block.height;
    }
}

/// Down is the way on in either reading direction.
fn paint_arrow(ui: &Ui, at: Pos2, rtl: bool, color: Color) {
    let anchor = if rtl { Align2::RIGHT_TOP } else { Align2::LEFT_TOP };
    ui.painter().text(at, anchor, icons::ARROW_DOWN, FontId::new(13.0, look::icons()), color32(color));
}

/// What stands behind a row that can be clicked.
pub(super) fn ground(ui: &Ui, rect: Rect, response: &Response, chosen: bool, clickable: bool) {
    let colors = look::colors(ui.ctx());
    if chosen {
        ui.painter().rect_filled(rect, 7.0, color32(colors.accent_soft));
    } else if clickable && response.hovered() {
        ui.painter().rect_filled(rect, 7.0, color32(colors.hover));
    }
    if response.has_focus() {
        let stroke = egui::Stroke::new(2.0, color32(colors.accent));
        ui.painter().rect_stroke(rect, 7.0, stroke, egui::StrokeKind::Inside);
    }
    if clickable && response.hovered() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
    }
}

/// The figure, in bold; that of an annotation in the colour of its kind.
fn paint_figure(ui: &Ui, finding: &Finding, rect: Rect, rtl: bool) {
    let theme = look::picture_theme(ui.ctx());
    let color = match finding.group {
        Group::Pains => theme.annotation(AnnotationKind::PainPoint).ink,
        Group::Opportunities | Group::QuickWins => theme.annotation(AnnotationKind::Opportunity).ink,
        Group::Delights => theme.annotation(AnnotationKind::Delight).ink,
        Group::Questions => theme.annotation(AnnotationKind::Question).ink,
        _ => look::colors(ui.ctx()).ink,
    };
    let x = if rtl { rect.right() - FIGURE / 2.0 } else { rect.left() + FIGURE / 2.0 };
    let first = rect.top() + PAD + caption_height(finding) + BODY.line_height / 2.0;
    let y = if finding.words.is_empty() { rect.center().y } else { first };
    let size = if finding.figure.chars().count() > 5 { 11.5 } else { 15.0 };
    let font = FontId::new(size, look::bold());
    ui.painter().text(pos2(x, y), Align2::CENTER_CENTER, &finding.figure, font, color32(color));
}
