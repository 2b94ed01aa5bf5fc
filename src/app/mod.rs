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
mod choices;
mod chooser;
mod clipboard;
pub mod commands;
mod comparison;
mod comparison_rows;
mod counterpart;
mod coverage;
mod dialogs;
mod dispatch;
mod drop_down;
mod editor;
mod error_text;
mod export_box;
mod exporting;
mod field;
mod files;
mod film_box;
mod filming;
mod filter_bar;
mod find_bar;
mod focus;
pub mod headless;
mod importing;
mod ink;
mod insights;
mod inspector;
mod inventory;
mod inventory_columns;
mod inventory_rows;
mod languages;
mod look;
mod moving;
mod opening;
mod painter;
mod paste;
mod path_box;
mod picture;
mod portrait;
mod prints;
mod questions;
mod remembered;
mod safety;
mod saving;
mod session;
mod settings;
mod shapes;
mod shell;
mod side_by_side;
mod splitter;
mod start;
mod table_box;
mod table_rows;
mod templates;
mod text_rows;
mod themes;
mod toast;
mod watch;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub use chooser::choose;
pub use editor::Editor;
pub use opening::Opening;
pub use settings::Settings;
pub use shell::App;

use crate::file::Store;

/// What the system knows the program by: the name of its entry in menus and of its icon.
const APP_ID: &str = "org.rihla.Rihla";

/// Opens the window, on the map at `path` if one is named, and returns when it is closed.
///
/// # Errors
/// One plain sentence, when there is no display or no graphics.
pub fn run(path: Option<&Path>) -> Result<(), String> {
    let settings = Settings::of_this_account();
    let place = settings.window;
    let viewport = egui::ViewportBuilder::default()
        .with_title("Rihla")
        .with_app_id(APP_ID)
        .with_icon(icon())
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([720.0, 480.0])
        .with_drag_and_drop(true);
    let viewport = place.map_or_else(|| viewport.clone(), |place| place.prepare(viewport.clone()));
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    let opening = path.map(|path| Opening::begin(path, settings.dark));
    let open = move |cc: &eframe::CreationContext<'_>| {
        if let Some(place) = place {
            place.bring_back(&screens(cc), &cc.egui_ctx);
        }
        let app = App::new(&cc.egui_ctx, None);
        let app = match opening {
            Some(opening) => app.with_opening(opening, &cc.egui_ctx),
            None => app,
        };
        let app = app.with_settings(settings, &cc.egui_ctx);
        app.guarded(Store::of_account(), &cc.egui_ctx).kept_on_panic()
    };
    let is_open = Arc::new(AtomicBool::new(false));
    let opened = Arc::clone(&is_open);
    let open = move |cc: &eframe::CreationContext<'_>| {
        opened.store(true, Ordering::SeqCst);
        open(cc)
    };
    told_before(&is_open, || eframe::run_native("rihla", options, Box::new(move |cc| Ok(Box::new(open(cc))))))
}

/// Runs the window and makes one sentence of what keeps it from opening; that may be a panic, where a library of the
/// system is missing.
fn told_before(is_open: &Arc<AtomicBool>, run: impl FnOnce() -> eframe::Result) -> Result<(), String> {
    let next = std::panic::take_hook();
    let quiet = Arc::clone(is_open);
    std::panic::set_hook(Box::new(move |info| {
        if quiet.load(Ordering::SeqCst) {
            next(info);
        }
    }));
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)) {
        Ok(result) => result.map_err(|err| why_no_window(&err)),
        Err(panic) if is_open.load(Ordering::SeqCst) => std::panic::resume_unwind(panic),
        Err(panic) => {
            let words = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
            let words = words.unwrap_or("no reason was given").trim_end_matches('.');
            Err(format!("the window could not be opened ({words}); {WITHOUT}"))
        }
    }
}

/// What can be done where no window can be opened.
const WITHOUT: &str = "`rihla export`, `check`, `new`, `report` and the other commands work without a window";

/// The screens, the main one first, in points of the system.
fn screens(cc: &eframe::CreationContext<'_>) -> Vec<egui::Rect> {
    let Some(window) = cc.winit_window() else { return Vec::new() };
    let main = window.primary_monitor();
    let mut screens: Vec<_> = window.available_monitors().collect();
    screens.sort_by_key(|screen| Some(screen) != main.as_ref());
    let rects = screens.iter().map(|screen| {
        let (corner, size, scale) = (screen.position(), screen.size(), screen.scale_factor() as f32);
        let (corner, size) = ([corner.x, corner.y].map(|n| n as f32), [size.width, size.height].map(|n| n as f32));
        egui::Rect::from_min_size(egui::Pos2::from(corner) / scale, egui::Vec2::from(size) / scale)
    });
    rects.collect()
}

/// The picture of the program; without one it has that of egui.
fn icon() -> egui::IconData {
    let png = include_bytes!("../../assets/desktop/icons/128.png");
    eframe::icon_data::from_png_bytes(png).unwrap_or_default()
}

/// One sentence about a window that cannot be opened.
fn why_no_window(err: &eframe::Error) -> String {
    let why = match err {
        eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => {
            "there is no display to show the window on (is DISPLAY or WAYLAND_DISPLAY set?)"
        }
        _ => "the display has no OpenGL to draw the window with (is a driver such as Mesa installed?)",
    };
    format!("{why}; {WITHOUT}")
}
