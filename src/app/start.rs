//! The window without a map: templates, and a way to open one.

use std::path::{Path, PathBuf};

use egui::{Align, Button, Layout, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::commands::Command;
use super::ink::Ink;
use super::look;
use super::painter::View;
use super::shapes::color32;
use crate::layout::LayoutEngine;
use crate::scene::{self, Scene};
use crate::template::{TEMPLATES, Template};
use crate::theme::Theme;

/// The templates with their pictures, made once.
#[derive(Default)]
pub struct Start {
    pictures: Vec<Scene>,
}

impl std::fmt::Debug for Start {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Start").field("pictures", &self.pictures.len()).finish()
    }
}

/// What was chosen.
#[derive(Clone, Debug)]
pub enum Choice {
    /// Start from a template.
    Template(&'static Template),
    /// A command.
    Run(Command),
    /// A map that was open lately.
    Recent(PathBuf),
}

/// The size of a template's card.
const CARD: egui::Vec2 = vec2(252.0, 196.0);

impl Start {
    /// Shows the page; returns what was chosen.
    pub fn show(&mut self, ui: &mut Ui, recent: &[PathBuf], ink: &mut Ink) -> Option<Choice> {
        if self.pictures.is_empty() {
            let mut engine = LayoutEngine::default();
            let picture = |template: &Template| {
                scene::build(&engine.layout(&std::sync::Arc::new(template.map()), &Theme::light(), false))
            };
            self.pictures = TEMPLATES.iter().map(picture).collect();
        }
        let mut choice = None;
        let colors = look::colors(ui.ctx());
        ui.painter().rect_filled(ui.available_rect_before_wrap(), 0.0, color32(colors.canvas));
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let across = (((ui.available_width() - 40.0) / (CARD.x + 16.0)).floor()).clamp(1.0, 4.0);
            let width = across * (CARD.x + 16.0) - 16.0;
            let margin = ((ui.available_width() - width) / 2.0).max(0.0);
            ui.add_space((ui.available_height() * 0.06).max(16.0));
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.horizontal(|ui| {
                ui.add_space(margin);
                ui.label(RichText::new("Start a journey map").font(egui::FontId::new(26.0, look::bold())));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.add_space(margin);
                    choice = choice.take().or(button(ui, Command::Open, "Open a map…"));
                    ui.add_space(8.0);
                    choice = choice.take().or(button(ui, Command::PasteList, "Paste a list…"));
                });
            });
            ui.horizontal(|ui| {
                ui.add_space(margin);
                ui.label(
                    RichText::new(
                        "Choose a template, paste a list or a block from a spreadsheet, or drop a file on the window.",
                    )
                    .weak(),
                );
            });
            ui.add_space(16.0);
            for row in TEMPLATES.iter().zip(&self.pictures).collect::<Vec<_>>().chunks(across as usize) {
                ui.horizontal(|ui| {
                    ui.add_space(margin);
                    for (template, picture) in row {
                        if card(ui, template, picture, ink) {
                            choice = Some(Choice::Template(template));
                        }
                        ui.add_space(16.0);
                    }
                });
                ui.add_space(8.0);
            }
            if !recent.is_empty() {
                ui.add_space(16.0);
                ui.horizontal(|ui| {
                    ui.add_space(margin);
                    ui.label(RichText::new("Open again").font(egui::FontId::new(17.0, look::bold())));
                });
                ui.add_space(4.0);
                for path in recent {
                    ui.horizontal(|ui| {
                        ui.add_space(margin);
                        if recent_row(ui, path, width, ink) {
                            choice = Some(Choice::Recent(path.clone()));
                        }
                    });
                }
                ui.add_space(24.0);
            }
        });
        choice
    }
}

/// A map that was open lately: its name and its folder; says whether it was clicked.
fn recent_row(ui: &mut Ui, path: &Path, width: f32, ink: &mut Ink) -> bool {
    let colors = look::colors(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(width, 34.0), Sense::click());
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let folder = path.parent().unwrap_or(path).to_string_lossy().into_owned();
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Open {name} again")));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 8.0, color32(colors.pressed));
    }
    let inner = rect.shrink2(vec2(10.0, 0.0));
    let split = inner.left() + (inner.width() * 0.34).max(180.0);
    let (left, right) = (inner.with_max_x(split - 8.0), inner.with_min_x(split));
    ink.in_rect(ui, &name, look::BODY, left, colors.ink);
    ink.in_rect(ui, &folder, look::BODY, right, colors.ink_soft);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

fn button(ui: &mut Ui, command: Command, text: &str) -> Option<Choice> {
    let icon = RichText::new(command.info().icon).font(egui::FontId::new(18.0, look::icons()));
    let button = Button::new((icon, text)).min_size(vec2(140.0, 36.0));
    let response = ui.add(button).on_hover_text(command.info().help);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, text));
    response.clicked().then_some(Choice::Run(command))
}

fn card(ui: &mut Ui, template: &Template, picture: &Scene, ink: &mut Ink) -> bool {
    let colors = look::colors(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(CARD, Sense::click());
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Template: {}", template.title)));
    // The first template has the keyboard when nothing else has: Enter starts a map.
    if template.name == TEMPLATES[0].name && ui.memory(|m| m.focused().is_none() && m.top_modal_layer().is_none()) {
        response.request_focus();
    }
    let active = response.hovered() || response.has_focus();
    let border =
        egui::Stroke::new(if active { 2.0 } else { 1.0 }, color32(if active { colors.accent } else { colors.line }));
    ui.painter().rect(rect, 12.0, color32(colors.panel), border, egui::StrokeKind::Inside);
    let top = Rect::from_min_size(rect.min + vec2(2.0, 2.0), vec2(CARD.x - 4.0, 118.0));
    ui.painter().rect_filled(top, egui::CornerRadius { nw: 10, ne: 10, sw: 0, se: 0 }, color32(picture.ground));
    // From the map's own corner, as large as its width asks for.
    let scale = f64::from(top.width()) / picture.size.width.min(1500.0);
    let camera = super::camera::Camera { scale, corner: top.min };
    let clip = top.intersect(ui.clip_rect());
    let view = View { camera, clip, pixels_per_point: ui.ctx().pixels_per_point(), at_rest: true, without_text: None };
    ui.painter().with_clip_rect(clip).add(ink.painter.scene(picture, &view));
    let text = Rect::from_min_max(rect.min + vec2(14.0, 128.0), rect.max - vec2(14.0, 8.0));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(text).layout(Layout::top_down(Align::Min)));
    inner.spacing_mut().item_spacing.y = 2.0;
    inner.label(RichText::new(template.title).family(look::bold()));
    inner.label(RichText::new(template.about).small().weak());
    response.clicked()
}
