//! What a map knows beside its grid, read and written in place of the canvas: one tab for each kind.

mod chooser;
mod competitors;
mod goals;
mod measures;
mod parts;
mod personas;
mod run;
mod spark;
mod swot;
mod values;
mod weights;

use std::sync::Arc;

use egui::{Event, FontId, Key, Modifiers, Rect, Response, RichText, ScrollArea, Sense, Stroke, Ui, UiBuilder, vec2};

use self::chooser::Chooser;
use self::parts::{Desk, MARGIN, Pick};
use super::editor::Editor;
use super::ink::Ink;
use super::look;
use super::shapes::color32;
use super::text_rows::TextRows;
use crate::find::Section;
use crate::model::{GoalId, JourneyMap, MetricId, Swot, Weights};

/// What the status line says while the panel is shown.
pub const HINT: &str = "Click a text, or Tab to it, to edit it · Enter or Tab: keep · Ctrl+Z: undo · Escape: back";

/// The panel.
#[derive(Debug, Default)]
pub struct About {
    tab: Tab,
    rows: TextRows,
    chooser: Chooser,
    goal: Pick<GoalId>,
    metric: Pick<MetricId>,
    /// A key that means something else on the canvas, for the stepper that has the keyboard.
    nudge: Option<Nudge>,
}

/// A kind of knowledge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tab {
    #[default]
    Personas,
    Goals,
    Measures,
    Swot,
    Competitors,
    Weights,
}

/// What a key does to a stepper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nudge {
    Up,
    Down,
    Clear,
}

impl Tab {
    const ALL: [Self; 6] = [Self::Personas, Self::Goals, Self::Measures, Self::Swot, Self::Competitors, Self::Weights];

    fn of(section: Section) -> Self {
        match section {
            Section::Personas => Self::Personas,
            Section::Goals => Self::Goals,
            Section::Measures => Self::Measures,
            Section::Swot => Self::Swot,
            Section::Competitors => Self::Competitors,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Personas => "Personas",
            Self::Goals => "Goals",
            Self::Measures => "Measures",
            Self::Swot => "SWOT",
            Self::Competitors => "Competitors",
            Self::Weights => "Loyalty weights",
        }
    }

    /// How much of it the map holds.
    fn count(self, map: &JourneyMap) -> usize {
        let Swot { strengths, weaknesses, opportunities, threats } = &*map.swot;
        match self {
            Self::Personas => map.personas.len(),
            Self::Goals => map.goals.len(),
            Self::Measures => map.metrics.len(),
            Self::Swot => strengths.len() + weaknesses.len() + opportunities.len() + threats.len(),
            Self::Competitors => map.competitors.len(),
            Self::Weights => usize::from(map.weights != Weights::default()),
        }
    }
}

/// What people call a kind of knowledge.
pub fn name_of(section: Section) -> &'static str {
    Tab::of(section).name()
}

impl About {
    /// The panel with this kind of knowledge in front.
    pub fn at(section: Section) -> Self {
        Self { tab: Tab::of(section), ..Self::default() }
    }

    /// Whether a field of the panel has the keyboard.
    pub fn is_typing(&self, ctx: &egui::Context) -> bool {
        self.rows.is_typing() || self.chooser.is_typing(ctx)
    }

    /// Keeps what was typed and closes the field.
    pub fn finish(&mut self, editor: &mut Editor) {
        self.rows.finish(editor);
    }

    /// Shows the panel in `ui`'s free room; says whether one goes back to the map.
    pub fn show(&mut self, ui: &mut Ui, editor: &mut Editor, ink: &mut Ink) -> bool {
        let colors = look::colors(ui.ctx());
        let area = ui.available_rect_before_wrap();
        ui.painter().rect_filled(area, 0.0, color32(colors.canvas));
        let mut back = self.takes_escape(ui);
        let map = Arc::clone(editor.document.map());
        back |= self.top(ui, area, &map, editor);
        let body = Rect::from_min_max(area.min + vec2(0.0, TOP), area.max);
        let mut ui = ui.new_child(UiBuilder::new().max_rect(body.shrink2(vec2(MARGIN, 0.0))));
        ui.set_clip_rect(body.intersect(ui.clip_rect()));
        ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
        let mut desk = Desk { rows: &mut self.rows, chooser: &mut self.chooser, editor, ink };
        match self.tab {
            Tab::Personas => scrolled(&mut ui, "personas", |ui| personas::show(ui, &mut desk)),
            Tab::Goals => goals::show(&mut ui, &mut self.goal, &mut desk),
            Tab::Measures => measures::show(&mut ui, &mut self.metric, &mut desk),
            Tab::Swot => scrolled(&mut ui, "swot", |ui| swot::show(ui, &mut desk)),
            Tab::Competitors => {
                scrolled(&mut ui, "competitors", |ui| competitors::show(ui, self.nudge.take(), &mut desk));
            }
            Tab::Weights => scrolled(&mut ui, "weights", |ui| weights::show(ui, &mut desk)),
        }
        self.nudge = None;
        // What somebody chose, in the insights or by undo, is on the map.
        back || !editor.document.selection().is_empty()
    }

    /// Whether Escape was pressed and nothing else here wants it.
    fn takes_escape(&self, ui: &Ui) -> bool {
        let over = egui::Popup::is_any_open(ui.ctx()) || ui.memory(|m| m.top_modal_layer().is_some());
        let is_escape = |event: &Event| {
            matches!(event, Event::Key { key: Key::Escape, pressed: true, modifiers: Modifiers::NONE, .. })
        };
        !over && !self.is_typing(ui.ctx()) && ui.input(|i| i.events.iter().any(is_escape))
    }

    /// The tabs and the way back.
    fn top(&mut self, ui: &mut Ui, area: Rect, map: &JourneyMap, editor: &mut Editor) -> bool {
        let colors = look::colors(ui.ctx());
        let strip = Rect::from_min_size(area.min, vec2(area.width(), TOP));
        ui.painter().rect_filled(strip, 0.0, color32(colors.panel));
        ui.painter().hline(strip.x_range(), strip.bottom() - 0.5, Stroke::new(1.0, color32(colors.line)));
        let place = strip.shrink2(vec2(MARGIN, 0.0));
        let mut back = false;
        let layout = egui::Layout::left_to_right(egui::Align::Center);
        ui.scope_builder(UiBuilder::new().max_rect(place).layout(layout), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            if place.width() > 1080.0 {
                ui.label(RichText::new("About the map").heading());
                ui.add_space(20.0);
            }
            for tab in Tab::ALL {
                if tab_button(ui, tab, tab.count(map), self.tab == tab).clicked() && self.tab != tab {
                    self.rows.leave(editor);
                    self.tab = tab;
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let text = if place.width() > 800.0 { "Back to the map" } else { "Back" };
                back = ui.button(text).on_hover_text("Escape or Ctrl+Shift+A").clicked();
            });
        });
        back
    }
}

/// The height of the strip with the tabs.
const TOP: f32 = 46.0;

/// Shows a tab that scrolls as a whole.
fn scrolled(ui: &mut Ui, name: &str, show: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().id_salt(name).auto_shrink(false).show(ui, |ui| {
        // The bar for scrolling floats over the rest.
        ui.set_max_width(ui.available_width() - 10.0);
        ui.add_space(16.0);
        show(ui);
        ui.add_space(MARGIN);
    });
}

/// A tab: its name, and how much there is.
fn tab_button(ui: &mut Ui, tab: Tab, count: usize, is_open: bool) -> Response {
    let colors = look::colors(ui.ctx());
    let font = FontId::new(13.5, if is_open { look::bold() } else { egui::FontFamily::Proportional });
    let (ink, soft) = (color32(if is_open { colors.ink } else { colors.ink_soft }), color32(colors.ink_soft));
    let has_count = count > 0 && tab != Tab::Weights;
    let number = if has_count { count.to_string() } else { String::new() };
    let name = ui.painter().layout_no_wrap(tab.name().into(), font, ink);
    let number = ui.painter().layout_no_wrap(number, FontId::proportional(12.0), soft);
    let gap = if has_count { 6.0 } else { 0.0 };
    let width = name.size().x + gap + number.size().x + 20.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, TOP), Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Tab, true, is_open, tab.name()));
    let inner = rect.shrink2(vec2(0.0, 8.0));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(inner, 7.0, color32(colors.hover));
    }
    if response.has_focus() {
        ui.painter().rect_stroke(inner, 7.0, Stroke::new(2.0, color32(colors.accent)), egui::StrokeKind::Inside);
    }
    let left = rect.left_center() + vec2(10.0, 0.0);
    ui.painter().galley(left - vec2(0.0, name.size().y / 2.0), name.clone(), ink);
    let at = left + vec2(name.size().x + gap, -number.size().y / 2.0);
    ui.painter().galley(at, number, soft);
    if is_open {
        let line = Rect::from_min_max(rect.left_bottom() + vec2(10.0, -3.0), rect.right_bottom() - vec2(10.0, 0.0));
        ui.painter().rect_filled(line, 1.5, color32(colors.accent));
    }
    response
}
