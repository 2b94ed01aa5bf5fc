//! The picture as it will be, in small.

use egui::{Rect, RichText, Sense, Stroke, StrokeKind, Ui, Vec2, vec2};

use crate::app::editor::thumbnail_camera;
use crate::app::ink::Ink;
use crate::app::look;
use crate::app::painter::View;
use crate::app::shapes::color32;
use crate::deck::{Composed, Request};
use crate::export::{Format, Sheets};

/// Shows what will be written in a field of `size`, or why nothing will.
pub(super) fn show(ui: &mut Ui, composed: Result<&Composed, String>, request: &Request, size: Vec2, ink: &mut Ink) {
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, "Preview"));
    let colors = look::colors(ui.ctx());
    ui.painter().rect_filled(rect, 8.0, color32(colors.field));
    let composed = match composed {
        Ok(composed) => composed,
        Err(why) => {
            let inner = Rect::from_center_size(rect.center(), vec2(rect.width() - 48.0, 48.0));
            ui.put(inner, egui::Label::new(RichText::new(why).weak()).wrap());
            return;
        }
    };
    let scene = &composed.scene;
    let camera = thumbnail_camera(scene.size, rect.shrink(14.0));
    let page = kurbo::Rect::from_origin_size(kurbo::Point::ORIGIN, scene.size);
    let shown = camera.rect_to_screen(page);
    if request.transparent {
        checkers(ui, shown, color32(colors.pressed));
    } else {
        ui.painter().rect_filled(shown, 0.0, color32(scene.ground));
    }
    let view = View {
        camera,
        // What is cut off is not seen.
        clip: shown,
        pixels_per_point: ui.ctx().pixels_per_point(),
        at_rest: true,
        without_text: None,
    };
    let painter = ui.painter().with_clip_rect(shown.intersect(ui.clip_rect()));
    ink.painter.scene(scene, &view).paint(&painter);
    let edge = Stroke::new(1.0, color32(colors.line));
    ui.painter().rect_stroke(shown, 0.0, edge, StrokeKind::Outside);
    if let Some(paper) = request.paper.filter(|_| request.format == Format::Pdf) {
        let sheets = Sheets { paper, across: request.sheets };
        let parts = sheets.parts(scene.size, composed.about.rtl);
        let line = Stroke::new(1.0, color32(colors.accent));
        for part in parts.iter().filter(|_| parts.len() > 1) {
            let sheet = camera.rect_to_screen(*part).intersect(rect);
            ui.painter().rect_stroke(sheet, 0.0, line, StrokeKind::Inside);
        }
    }
}

/// The pattern that stands for "nothing here".
fn checkers(ui: &Ui, rect: Rect, color: egui::Color32) {
    const SIDE: f32 = 10.0;
    let (across, down) = ((rect.width() / SIDE) as usize, (rect.height() / SIDE) as usize);
    for row in 0..=down {
        for column in (row % 2..=across).step_by(2) {
            let min = rect.min + vec2(column as f32, row as f32) * SIDE;
            let tile = Rect::from_min_size(min, vec2(SIDE, SIDE)).intersect(rect);
            ui.painter().rect_filled(tile, 0.0, color);
        }
    }
}
