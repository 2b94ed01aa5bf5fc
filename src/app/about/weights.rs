//! How much each driver counts for loyalty: four numbers and their sum.

use std::sync::Arc;

use egui::{Button, FontId, Id, Rect, RichText, Sense, Ui, pos2, vec2};

use super::parts::{Desk, card, line};
use crate::app::look;
use crate::app::shapes::color32;
use crate::app::text_rows::TextRow;
use crate::edit::update_weights;
use crate::model::{Accent, Driver, Figure, Weights};

/// The room for the names, and for the numbers.
const NAMES: f32 = 110.0;
const NUMBERS: f32 = 96.0;

/// Shows the weights.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let map = Arc::clone(desk.editor.document.map());
    let words = "How much each driver counts for loyalty, in percent; touchpoints name their driver";
    line(ui, words);
    card(ui, 640.0, desk.rtl(), |ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 8.0);
        for (at, driver) in Driver::ALL.iter().enumerate() {
            weight(ui, (at, *driver), &map.weights, desk);
        }
        ui.separator();
        sum(ui, &map.weights, desk);
    });
}

/// The sum of the weights.
fn total(weights: &Weights) -> f64 {
    Driver::ALL.iter().map(|driver| weights.of(*driver).get()).sum()
}

/// One driver: its name, the number, and a bar as long as its share.
fn weight(ui: &mut Ui, (at, driver): (usize, Driver), weights: &Weights, desk: &mut Desk<'_>) {
    let id = Id::unique(("weight", driver.name()));
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(NAMES, 32.0), Sense::hover());
        let (font, ink) = (FontId::proportional(13.5), color32(look::colors(ui.ctx()).ink));
        ui.painter().text(rect.left_center(), egui::Align2::LEFT_CENTER, driver.name(), font, ink);
        let value = weights.of(driver).to_string();
        let row = TextRow { id, name: driver.name(), value: &value, multiline: false, label: "loyalty weight" };
        ui.allocate_ui(vec2(NUMBERS, 32.0), |ui| {
            desk.read(
                ui,
                &row,
                Box::new(move |text| {
                    let weight = read_weight(text)?;
                    Ok(Box::new(move |map| update_weights(map, |weights| *weights.of_mut(driver) = weight)))
                }),
            );
        });
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 32.0), Sense::hover());
        let share = (weights.of(driver).get() / total(weights).max(0.001)) as f32;
        let bar = Rect::from_min_size(pos2(rect.left(), rect.center().y - 6.0), vec2(rect.width(), 12.0));
        ui.painter().rect_filled(bar, 6.0, color32(look::colors(ui.ctx()).field));
        let bar = Rect::from_min_size(bar.min, vec2(bar.width() * share.clamp(0.0, 1.0), 12.0));
        let color = look::picture_theme(ui.ctx()).accent(Accent::nth(at));
        ui.painter().rect_filled(bar, 6.0, color32(color));
    });
    desk.refusal(ui, id);
}

fn read_weight(text: &str) -> Result<Figure, String> {
    let figure: Figure = text.parse().map_err(|err| format!("{err}; the old weight stays"))?;
    if figure < Figure::default() {
        return Err(format!("{figure} is below 0; a weight is 0 or more, and the old one stays"));
    }
    Ok(figure)
}

fn sum(ui: &mut Ui, weights: &Weights, desk: &mut Desk<'_>) {
    ui.horizontal(|ui| {
        ui.set_min_height(32.0);
        let (rect, _) = ui.allocate_exact_size(vec2(NAMES, 32.0), Sense::hover());
        let ink = color32(look::colors(ui.ctx()).ink);
        let bold = FontId::new(13.5, look::bold());
        ui.painter().text(rect.left_center(), egui::Align2::LEFT_CENTER, "Sum", bold, ink);
        let sum = Figure::new(total(weights)).unwrap_or_default();
        ui.add_space(10.0);
        ui.label(RichText::new(format!("{sum} %")).family(look::bold()));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let is_usual = *weights == Weights::default();
            let button = Button::new("Defaults").min_size(vec2(96.0, 32.0));
            let help = "36, 30.4, 20.4 and 13: those of Gartner’s study of 2019";
            let response = ui.add_enabled(!is_usual, button).on_hover_text(help).on_disabled_hover_text(help);
            if response.clicked() {
                desk.edit("loyalty weights", |map| update_weights(map, |weights| *weights = Weights::default()));
            }
        });
    });
}
