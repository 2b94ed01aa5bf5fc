//! The window: the only part that knows egui.

mod about;
mod adding;
mod answers;
mod answers_table;
mod atlas;
mod bars;
mod board;
mod board_card;
mod board_plot;
mod camera;
mod change_mark;
mod clipboard;
pub mod commands;
mod comparison;
mod comparison_rows;
mod counterpart;
mod coverage;
mod dialogs;
mod drop_down;
mod editor;
mod error_text;
mod export_box;
mod field;
mod files;
mod filter_bar;
mod find_bar;
pub mod headless;
mod ink;
mod insights;
mod inspector;
mod inventory;
mod inventory_columns;
mod inventory_rows;
mod languages;
mod look;
mod painter;
mod paste;
mod picture;
mod portrait;
mod prints;
mod questions;
mod safety;
mod saving;
mod settings;
mod shapes;
mod shell;
mod splitter;
mod start;
mod templates;
mod text_rows;
mod toast;
mod watch;

use std::path::Path;

pub use editor::Editor;
pub use settings::Settings;
pub use shell::App;

use crate::file::Store;

/// Opens the window, on the map at `path` if one is named, and returns when it is closed.
///
/// # Errors
/// One plain sentence, when there is no display or no graphics.
pub fn run(path: Option<&Path>) -> Result<(), String> {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Rihla")
        .with_app_id("rihla")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([720.0, 480.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    let path = path.map(Path::to_owned);
    let open = move |cc: &eframe::CreationContext<'_>| {
        let app = App::new(&cc.egui_ctx, path.as_deref()).with_settings(Settings::of_this_account(), &cc.egui_ctx);
        app.guarded(Store::of_account(), &cc.egui_ctx).kept_on_panic()
    };
    eframe::run_native("rihla", options, Box::new(move |cc| Ok(Box::new(open(cc))))).map_err(|err| {
        format!(
            "the window could not be opened: no display, or no graphics on it ({err}); \
                 `rihla export`, `check`, `new`, `report` and `measure` work without one"
        )
    })
}
