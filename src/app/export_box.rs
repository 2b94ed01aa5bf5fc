//! The dialog that asks how a picture will be exported.

use egui::{Rect, RichText, Sense, Ui, vec2};

use super::dialogs::{Reply, Turn, buttons, main_button, plain_button, title};
use super::editor::thumbnail_camera;
use super::ink::Ink;
use super::look;
use super::painter::View;
use super::shapes::color32;
use crate::export::{ExportOptions, Format, PdfOptions, PngOptions, PngSize, SvgOptions};
use crate::scene::Scene;

/// How a picture will be exported.
#[derive(Debug)]
pub struct ExportBox {
    scene: Scene,
    format: Format,
    scale: f64,
    /// The exact width, if that is asked for instead of a scale.
    width: Option<u32>,
    transparent: bool,
    /// Whether the texts of an SVG stay texts.
    text: bool,
}

impl ExportBox {
    /// Options for a picture of `scene`.
    pub fn new(scene: Scene) -> Self {
        Self { scene, format: Format::Png, scale: 2.0, width: None, transparent: false, text: false }
    }

    fn options(&self) -> ExportOptions {
        let transparent = self.transparent;
        match self.format {
            Format::Png => ExportOptions::Png(self.png()),
            Format::Svg => ExportOptions::Svg(SvgOptions { transparent, text: self.text }),
            Format::Pdf => ExportOptions::Pdf(PdfOptions { transparent }),
        }
    }

    fn png(&self) -> PngOptions {
        let size = self.width.map_or(PngSize::Scale(self.scale), PngSize::Width);
        PngOptions { size, transparent: self.transparent }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, ink: &mut Ink) -> Turn {
        ui.set_width(super::dialogs::width(ui, 640.0));
        title(ui, "Export");
        ui.horizontal(|ui| {
            ui.label("Format");
            for format in Format::ALL {
                ui.selectable_value(&mut self.format, format, format.name());
            }
        });
        self.preview(ui, ink);
        match self.format {
            Format::Png => self.sizes(ui),
            Format::Svg => {
                ui.checkbox(&mut self.text, "Texts stay texts, in fonts that the reader must have");
            }
            Format::Pdf => {}
        }
        ui.checkbox(&mut self.transparent, "Transparent ground");
        let size = self.size();
        let fits = size.is_ok();
        ui.label(RichText::new(size.unwrap_or_else(|why| why)).weak());
        buttons(ui, |ui| {
            if main_button(ui, &format!("Export {}…", self.format.name()), fits) {
                return Turn::Reply(Reply::Export(self.options()));
            }
            if plain_button(ui, "Cancel") {
                return Turn::Close;
            }
            Turn::Stay
        })
    }

    fn sizes(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.label("Size");
            let mut exact = self.width.is_some();
            ui.selectable_value(&mut exact, false, "Scale");
            ui.selectable_value(&mut exact, true, "Exact width");
            if exact {
                let width = self.width.get_or_insert(1920);
                ui.add(egui::DragValue::new(width).range(16..=65_535).suffix(" px"));
            } else {
                self.width = None;
                for scale in [1.0, 2.0, 3.0, 4.0, 6.0, 8.0] {
                    ui.selectable_value(&mut self.scale, scale, format!("{scale}×"));
                }
            }
        });
    }

    /// What will be written, in words; an error says why it cannot be.
    fn size(&self) -> Result<String, String> {
        let size = self.scene.size;
        match self.format {
            Format::Png => match self.png().pixels(&self.scene) {
                Ok((_, info)) => Ok(format!("{} × {} pixels", info.width, info.height)),
                Err(err) => Err(err.to_string()),
            },
            Format::Svg => Ok(format!("Shapes that stay sharp at any size, {:.0} × {:.0}", size.width, size.height)),
            Format::Pdf => Ok("One page whose texts can be searched and copied".into()),
        }
    }

    fn preview(&self, ui: &mut Ui, ink: &mut Ink) {
        let (rect, _) = ui
            .allocate_exact_size(vec2(ui.available_width(), super::dialogs::height(ui, 430.0) - 90.0), Sense::hover());
        let camera = thumbnail_camera(self.scene.size, rect.shrink(8.0));
        let shown = camera.rect_to_screen(kurbo::Rect::from_origin_size(kurbo::Point::ORIGIN, self.scene.size));
        let colors = look::colors(ui.ctx());
        ui.painter().rect_filled(rect, 8.0, color32(colors.field));
        if self.transparent {
            checkers(ui, shown, color32(colors.pressed));
        } else {
            ui.painter().rect_filled(shown, 2.0, color32(self.scene.ground));
        }
        let view = View {
            camera,
            clip: rect,
            pixels_per_point: ui.ctx().pixels_per_point(),
            at_rest: true,
            without_text: None,
        };
        ink.painter.scene(&self.scene, &view).paint(ui.painter());
        ui.painter().rect_stroke(shown, 2.0, egui::Stroke::new(1.0, color32(colors.line)), egui::StrokeKind::Outside);
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
