//! Exporting from the window: what is chosen is what is written, and is remembered.

use std::path::{Path, PathBuf};

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use rihla::app::{App, Settings};

use super::driver::{Window, example};

/// A map of its own in a folder with settings, and a window on it.
struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(example(), folder.path().join("map.ron")).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn window(&self) -> Window {
        let (map, settings) = (self.path("map.ron"), self.path("settings/settings.ron"));
        let harness =
            Harness::builder().with_size(egui::vec2(1600.0, 1000.0)).with_step_dt(1.0 / 60.0).build_eframe(move |cc| {
                let app = App::new(&cc.egui_ctx, Some(&map)).without_system_dialogs();
                app.with_settings(Settings::kept_in(&settings), &cc.egui_ctx)
            });
        let mut window = Window { harness };
        window.rest();
        window
    }
}

fn press(window: &mut Window, label: &str) {
    window.harness.query_all_by_label(label).last().unwrap_or_else(|| panic!("{label} is not there")).click();
    window.rest();
}

/// Chooses `option` of a list.
fn choose(window: &mut Window, list: &str, option: &str) {
    window.harness.get_by_role_and_label(Role::ComboBox, list).click();
    window.rest();
    window.harness.get_by_role_and_label(Role::ListBoxOption, option).click();
    window.rest();
}

/// Leaves the dialog by its main button and takes the path that is offered.
fn write(window: &mut Window, button: &str, file: &Path) {
    window.answer(button);
    window.answer("Save");
    assert!(window.wait_for(|_| file.exists()), "{}", file.display());
}

#[test]
fn a_shape_and_some_stages_are_exported_and_remembered_for_the_map() {
    let office = Office::new();
    let mut window = office.window();
    let stages: Vec<String> = window.map().stages.iter().map(|stage| stage.name.clone()).collect();
    window.command(Key::E);
    assert!(window.tells("On a slide its smallest text would have"), "a whole map is too much for a slide");
    press(&mut window, "16:9");
    press(&mut window, "Stages: All stages");
    for name in &stages[1..] {
        window.harness.get_by_role_and_label(Role::CheckBox, name).click();
        window.rest();
    }
    // The last one cannot go: a picture of nothing is none.
    window.harness.get_by_role_and_label(Role::CheckBox, &stages[0]).click();
    window.rest();
    window.key(Key::Escape);
    assert!(window.tells("Export PNG…"), "Escape closes the menu, not the dialog");
    press(&mut window, "Title");
    write(&mut window, "Export PNG…", &office.path("map.png"));
    let (width, height) = image::image_dimensions(office.path("map.png")).unwrap();
    assert!((f64::from(width) / f64::from(height) - 16.0 / 9.0).abs() < 0.01, "{width} × {height}");
    // The next window begins with the same.
    let mut window = office.window();
    window.command(Key::E);
    assert!(window.tells(&format!("Stages: 1 of {} stages", stages.len())));
    choose(&mut window, "What is drawn", "Emotion strip");
    press(&mut window, "SVG");
    write(&mut window, "Export SVG…", &office.path("map.svg"));
    let svg = std::fs::read_to_string(office.path("map.svg")).unwrap();
    assert!(svg.contains(&stages[0]) && !svg.contains(&format!("<title>{}", stages[1])));
}

#[test]
fn a_preset_is_chosen_and_ones_own_is_kept() {
    let office = Office::new();
    let mut window = office.window();
    window.command(Key::E);
    choose(&mut window, "Preset", "deck");
    assert!(window.tells("3840 × 2160 pixels"));
    press(&mut window, "Border");
    press(&mut window, "Keep as preset…");
    window.write("board");
    window.key(Key::Enter);
    let text = std::fs::read_to_string(office.path("settings/presets.ron")).unwrap();
    assert!(text.contains("\"board\": (") && text.contains("border: true") && text.contains("Width(3840)"), "{text}");
    assert!(window.tells("Delete preset"));
    // Another window knows it too.
    window = office.window();
    window.command(Key::E);
    choose(&mut window, "Preset", "board");
    assert!(window.tells("3840 × 2160 pixels"));
}

#[test]
fn a_logo_that_is_no_picture_is_told_and_a_good_one_is_drawn() {
    let office = Office::new();
    let mut window = office.window();
    image::RgbImage::from_pixel(40, 40, image::Rgb([255, 0, 0])).save(office.path("logo.png")).unwrap();
    window.command(Key::E);
    for (name, words) in [("none.png", "none.png is not there: check its name and folder"), ("logo.png", "Remove")] {
        press(&mut window, "Choose…");
        window.write(office.path(name).to_str().unwrap());
        window.key(Key::Enter);
        assert!(window.tells(words), "{name}");
    }
    press(&mut window, "1×");
    write(&mut window, "Export PNG…", &office.path("map.png"));
    let picture = image::open(office.path("map.png")).unwrap().to_rgb8();
    assert!(picture.pixels().any(|pixel| pixel.0 == [255, 0, 0]));
}

#[test]
fn a_picture_has_the_theme_that_is_chosen_for_it() {
    let office = Office::new();
    let mut window = office.window();
    window.command(Key::E);
    choose(&mut window, "Theme", "dark");
    press(&mut window, "1×");
    write(&mut window, "Export PNG…", &office.path("map.png"));
    let corner = |name: &str| image::open(office.path(name)).unwrap().to_rgb8().get_pixel(2, 2).0;
    assert!(corner("map.png").iter().all(|c| *c < 60), "{:?}", corner("map.png"));
    // Pictures are light where nothing is chosen, whatever the window is.
    window.command(Key::E);
    let usual = if window.harness.ctx.theme() == egui::Theme::Dark { "Light, as usual" } else { "As on the map" };
    choose(&mut window, "Theme", usual);
    window.answer("Export PNG…");
    window.command(Key::A);
    window.write(office.path("own.png").to_str().unwrap());
    window.answer("Save");
    assert!(window.wait_for(|_| office.path("own.png").exists()));
    assert!(corner("own.png").iter().all(|c| *c > 200), "{:?}", corner("own.png"));
}
