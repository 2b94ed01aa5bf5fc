//! Where one stands: four boxes, one line an item.

use std::sync::Arc;

use egui::{FontId, Id, RichText, Ui};

use super::parts::{Desk, Part, cards, line};
use super::personas::items;
use crate::app::look;
use crate::app::shapes::color32;
use crate::app::text_rows::{Dress, TextRow};
use crate::edit::update_swot;
use crate::model::{Accent, Swot};
use crate::text::icons;

/// A box.
struct Quarter {
    name: &'static str,
    asks: &'static str,
    icon: char,
    accent: Accent,
    get: fn(&Swot) -> &[String],
    set: fn(&mut Swot, Vec<String>),
}

const QUARTERS: [Quarter; 4] = [
    Quarter {
        name: "Strengths",
        asks: "Inside, and it helps",
        icon: icons::SEAL_CHECK,
        accent: Accent::Green,
        get: |swot| &swot.strengths,
        set: |swot, list| swot.strengths = list,
    },
    Quarter {
        name: "Weaknesses",
        asks: "Inside, and it hinders",
        icon: icons::SEAL_WARNING,
        accent: Accent::Rose,
        get: |swot| &swot.weaknesses,
        set: |swot, list| swot.weaknesses = list,
    },
    Quarter {
        name: "Opportunities",
        asks: "Outside, and it helps",
        icon: icons::LIGHTBULB,
        accent: Accent::Blue,
        get: |swot| &swot.opportunities,
        set: |swot, list| swot.opportunities = list,
    },
    Quarter {
        name: "Threats",
        asks: "Outside, and it hinders",
        icon: icons::WARNING,
        accent: Accent::Amber,
        get: |swot| &swot.threats,
        set: |swot, list| swot.threats = list,
    },
];

/// Shows the boxes.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let map = Arc::clone(desk.editor.document.map());
    line(ui, "What helps and what hinders, inside and outside; one line an item");
    // Two beside each other: inside above, outside below.
    let all = ui.available_width();
    let half = if all < 560.0 { all } else { (all - super::parts::GAP) / 2.0 };
    cards(ui, QUARTERS.len(), (half, half, 0.0), desk.rtl(), |ui, at, part| {
        if part == Part::Body {
            quarter(ui, &QUARTERS[at], &map.swot, desk);
        }
    });
}

fn quarter(ui: &mut Ui, quarter: &Quarter, swot: &Swot, desk: &mut Desk<'_>) {
    let color = color32(look::picture_theme(ui.ctx()).accent(quarter.accent));
    ui.horizontal(|ui| {
        ui.label(RichText::new(quarter.icon).font(FontId::new(20.0, look::icons())).color(color));
        ui.label(RichText::new(quarter.name).family(look::bold()));
        ui.label(RichText::new(quarter.asks).small().weak());
    });
    ui.add_space(4.0);
    let value = (quarter.get)(swot).join("\n");
    let id = Id::unique(("swot", quarter.name));
    let row = TextRow { id, name: quarter.name, value: &value, multiline: true, label: "edit of SWOT" };
    let dress = Dress { least: 170.0, items: true, ..Dress::default() };
    let set = quarter.set;
    desk.text(ui, &row, dress, Box::new(move |map, text| update_swot(map, |swot| set(swot, items(&text)))));
}
