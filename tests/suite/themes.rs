//! Themes of one's own: what a file may say, what is told of its mistakes, and where it shows.

use std::fs;
use std::path::{Path, PathBuf};

use egui::{Key, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use rihla::app::{App, Settings};
use rihla::text::Face;
use rihla::theme::{Bundled, Theme, ThemeShelf, load};

use super::driver::{Window, example};
use super::program::{examples, rihla};

/// A brand with everything that it may have, in its folder.
fn brand(folder: &Path, colors: &str) -> PathBuf {
    fs::write(folder.join("brand.ttf"), Face::InterfaceBold.bytes()).unwrap();
    image::RgbaImage::from_pixel(80, 20, image::Rgba([11, 110, 79, 255])).save(folder.join("logo.png")).unwrap();
    let path = folder.join("brand.ron");
    let text = format!(
        "// A brand.\n(\n  base: \"light\",\n  colors: ({colors}),\n  text: (body: (size: 16)),\n  sizes: (card_radius: 2),\n  \
         font: \"brand.ttf\",\n  logo: \"logo.png\",\n)\n"
    );
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_brand_gives_what_differs_and_the_rest_is_that_of_its_base() {
    let folder = tempfile::tempdir().unwrap();
    let path = brand(folder.path(), "accents: [\"#0b6e4f\", \"#8a1c54\"], annotations: (question: (ink: \"#7f4fd0\"))");
    let loaded = load(&path).unwrap_or_else(|err| panic!("{err}"));
    assert!(loaded.warnings.is_empty(), "{:?}", loaded.warnings);
    let (brand, light) = (loaded.theme, Theme::light());
    let hex = |color| String::from(color);
    // Two colours for eight stages: they come again.
    assert_eq!(brand.colors.accents.map(hex)[..3], ["#0b6e4f", "#8a1c54", "#0b6e4f"]);
    assert_eq!(hex(brand.colors.annotations[3].ink), "#7f4fd0");
    assert_eq!(brand.colors.annotations[3].fill, light.colors.annotations[3].fill);
    assert_eq!((brand.colors.ground, &brand.sizes.chip), (light.colors.ground, &light.sizes.chip));
    assert_eq!(brand.sizes.card_radius, 2.0);
    // Lines grow with the letters.
    assert_eq!((brand.text.body.size, brand.text.body.line, brand.text.title.size), (16.0, 22.0, 32.0));
    assert_eq!(brand.logo.as_ref().map(|logo| logo.0.size()), Some((80, 20)));
    let block = |theme: &Theme, text: &str| {
        let style = theme.text.body.into();
        rihla::text::TextEngine::default().block(text, style, rihla::text::Measure::default())
    };
    let font = |theme: &Theme, text| block(theme, text).runs[0].font.data.data().len();
    assert_eq!(font(&brand, "Pays"), Face::InterfaceBold.bytes().len());
    assert_eq!(font(&brand, "پرداخت"), font(&light, "پرداخت"), "the brand's font has no Arabic");
}

#[test]
fn mistakes_are_told_with_their_place_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("brand.ron");
    let cases = [
        ("(base: \"ligth\")", ":1:8:", "did you mean `light`"),
        ("(\n  colors: (\n    inc: \"#000000\",\n  ),\n)", ":3:5: there is no field `inc` here", "did you mean `ink`"),
        ("(colors: (ink: \"black\"))", ":1:17:", "\"#rrggbb\""),
        ("(colors: (ink: \"#00000080\"))", ":1:17:", "cannot be transparent; write \"#000000\""),
        ("(colors: (accents: []))", "accents are 1 to 8 colours", ""),
        ("(colors: (emotion: [\"#000000\"]))", "these are 5 colours, not 1", ""),
        ("(colors: (annotations: (pain: (ink: \"#000000\"))))", "no field `pain`", "pain_point"),
        ("(sizes: (margin: -4))", "from 0 to 1000", ""),
        ("(sizes: (column_min: 400))", ":1:22:", "`column_max`"),
        ("(text: (body: (size: 1e9)))", "from 6 to 120", ""),
        ("(font: \"Comic Sans\")", "neither a font file nor", "Inter, Vazirmatn"),
        ("(font: \"gone.ttf\")", "gone.ttf", "beside the theme"),
        ("(font: \"brand.ron.ttf\")", "no TrueType or OpenType", ".otf"),
        ("(font_bold: \"bold.ttf\")", "needs a regular one", "font: "),
        ("(logo: \"gone.png\")", "gone.png", "no such file"),
        ("", "the file is empty", "a theme starts with"),
        ("(text: (body: (size: 15", "ends too early", "in line 1 is not closed"),
        ("(format: 1, title: \"x\")", "this is a map, not a theme", "a theme starts with"),
        ("title", "this is not a Rihla theme", "(base: "),
    ];
    fs::write(folder.path().join("brand.ron.ttf"), "no font").unwrap();
    for (text, what, help) in cases {
        fs::write(&path, text).unwrap();
        match load(&path) {
            Ok(_) => panic!("{text} was taken"),
            Err(err) => {
                let told = err.to_string();
                assert!(told.contains(what) && told.contains(help), "{text}\n{told}");
                assert!(told.starts_with(&format!("{}:1:", path.display())) || what.contains(":3:"), "{told}");
            }
        }
    }
}

#[test]
fn what_can_hardly_be_seen_is_told_with_its_line_and_a_colour_that_can() {
    let folder = tempfile::tempdir().unwrap();
    let path = brand(folder.path(), "\n    ink_soft: \"#aaaaaa\",\n    accents: [\"#0b6e4f\", \"#ffd000\"],\n  ");
    let warnings = load(&path).unwrap().warnings;
    let soft = warnings.iter().find(|w| w.message.starts_with("`ink_soft` on `card`")).expect("grey on white");
    assert_eq!(soft.place, Some((5, 15)));
    assert!(soft.message.contains("2.32 to 1; text needs 4.5 to 1"), "{}", soft.message);
    // The colour that is proposed is enough.
    let help = soft.help.as_ref().unwrap();
    let proposed = help.split('"').nth(1).unwrap();
    let proposed = rihla::theme::Color::try_from(proposed.to_owned()).unwrap();
    assert!(proposed.contrast(Theme::light().colors.card) >= 4.5 && help.contains("darker"), "{help}");
    // White on yellow: the yellow is in the file, the white is not.
    let yellow =
        warnings.iter().find(|w| w.message.starts_with("`on_accent` on `accents 2`")).expect("white on yellow");
    assert_eq!(yellow.place, Some((6, 26)));
    let path = brand(folder.path(), "emotion: [\"#9a3d00\", \"#a04400\", \"#8a8f98\", \"#3b8fd9\", \"#0b4f94\"]");
    let warnings = load(&path).unwrap().warnings;
    assert!(warnings.iter().any(|w| w.message.starts_with("`emotion 1` and `emotion 2` look alike")), "{warnings:?}");
}

#[test]
fn pictures_of_the_command_line_wear_a_theme_by_name_or_file() {
    let folder = tempfile::tempdir().unwrap();
    let theme = brand(folder.path(), "ground: \"#ffeedd\", ink_soft: \"#bbaa99\"");
    let map = &examples()[0];
    let export = |theme: &str| {
        let output = folder.path().join("map.png");
        let args = ["export", map.to_str().unwrap(), "--scale", "1", "--theme", theme, "-o", output.to_str().unwrap()];
        let run = rihla(args);
        (run.code, run.err, image::open(&output).map(|picture| picture.to_rgb8().get_pixel(2, 2).0))
    };
    let (code, err, corner) = export(theme.to_str().unwrap());
    // A weak contrast is told, and the picture is there.
    assert_eq!((code, corner.unwrap()), (Some(0), [0xff, 0xee, 0xdd]));
    assert!(err.contains(&format!("{}:4:", theme.display())) && err.contains("needs 4.5 to 1"), "{err}");
    for bundled in Bundled::ALL {
        let (code, err, corner) = export(bundled.name());
        let ground = bundled.theme().colors.ground;
        assert_eq!((code, err.as_str(), corner.unwrap()), (Some(0), "", [ground.r, ground.g, ground.b]));
    }
    let (code, err, _) = export("darc");
    assert_eq!(code, Some(1));
    assert!(err.contains("there is no theme \"darc\"; did you mean `dark`?"), "{err}");
}

#[test]
fn themes_are_listed_checked_and_started_from() {
    let folder = tempfile::tempdir().unwrap();
    let list = rihla(["theme"]);
    assert!(Bundled::ALL.iter().all(|bundled| list.out.contains(bundled.name())), "{}", list.out);
    let new = folder.path().join("new.ron");
    for bundled in Bundled::ALL {
        let run = rihla(["theme", bundled.name(), "-o", new.to_str().unwrap()]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        let check = rihla(["theme", new.to_str().unwrap()]);
        assert_eq!((check.code, check.err.as_str()), (Some(0), ""), "{}", bundled.name());
        assert_eq!(*load(&new).unwrap().theme, *bundled.theme(), "what is written is the theme");
        let again = rihla(["theme", "dark", "-o", new.to_str().unwrap()]);
        assert!(again.code == Some(1) && again.err.contains("exists already"), "{}", again.err);
        fs::remove_file(&new).unwrap();
    }
    let weak = brand(folder.path(), "ink: \"#999999\"");
    let run = rihla(["theme".as_ref(), weak.as_os_str()]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("needs 4.5 to 1") && run.err.contains("help: write"), "{}", run.err);
}

#[test]
fn themes_of_ones_own_are_known_by_their_names() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = ThemeShelf::at(&folder.path().join("themes"));
    assert!(shelf.own().is_empty(), "without the folder there are none");
    fs::create_dir(folder.path().join("themes")).unwrap();
    for name in ["acme v1.2", "light", "Beta"] {
        fs::write(folder.path().join(format!("themes/{name}.ron")), "(colors: (ground: \"#fffafa\"))").unwrap();
    }
    assert_eq!(shelf.own(), ["acme v1.2", "Beta"], "the light theme is that of the program");
    let ground = |name: &str| String::from(shelf.load(name).unwrap().theme.colors.ground);
    assert_eq!((ground("acme v1.2"), ground("light")), ("#fffafa".into(), "#f6f5f2".into()));
    let err = shelf.load("bets").unwrap_err();
    assert!(err.contains("did you mean `Beta`"), "{err}");
}

/// A window on the example that keeps its settings in this file.
fn open(settings: &Path) -> Window {
    let settings = Settings::kept_in(settings);
    let builder = Harness::builder().with_size(vec2(1600.0, 1000.0)).with_step_dt(1.0 / 60.0);
    let harness = builder.with_theme(egui::Theme::Light).build_eframe(move |cc| {
        App::new(&cc.egui_ctx, Some(&example())).without_system_dialogs().with_settings(settings, &cc.egui_ctx)
    });
    let mut window = Window { harness };
    window.rest();
    window
}

/// Runs a command by its name, from the palette.
fn run(window: &mut Window, name: &str) {
    window.command(Key::K);
    window.write(name);
    window.key(Key::Enter);
}

fn choose(window: &mut Window, theme: &str) {
    window.harness.get_by_label(theme).click();
    window.rest();
}

#[test]
fn the_window_offers_all_themes_and_keeps_the_one_that_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("settings.ron");
    fs::create_dir(folder.path().join("themes")).unwrap();
    fs::rename(brand(folder.path(), "ground: \"#ffeedd\""), folder.path().join("themes/brand.ron")).unwrap();
    for file in ["brand.ttf", "logo.png"] {
        fs::rename(folder.path().join(file), folder.path().join("themes").join(file)).unwrap();
    }
    fs::write(folder.path().join("themes/broken.ron"), "(colours: ())").unwrap();
    let mut window = open(&settings);
    run(&mut window, "theme…");
    choose(&mut window, "Theme: High contrast");
    let theme = |window: &Window| window.harness.state().editor().unwrap().layout().theme.clone();
    assert_eq!(*theme(&window), *Bundled::HighContrast.theme());
    let picture = window.harness.state().editor().unwrap().whole_scene();
    assert_eq!(picture.ground, Bundled::HighContrast.theme().colors.ground);
    // A theme that cannot be read says why, and the map keeps the one that it wears.
    run(&mut window, "theme…");
    choose(&mut window, "Theme: broken");
    assert!(window.tells("there is no field `colours` here"));
    window.answer("Close");
    assert_eq!(*theme(&window), *Bundled::HighContrast.theme());
    run(&mut window, "theme…");
    choose(&mut window, "Theme: brand");
    assert_eq!(String::from(theme(&window).colors.ground), "#ffeedd");
    // The window opens with it the next time, and with a dark window too.
    drop(window);
    let mut window = open(&settings);
    assert_eq!(String::from(theme(&window).colors.ground), "#ffeedd");
    run(&mut window, "dark window");
    assert_eq!(window.harness.ctx.theme(), egui::Theme::Dark);
    assert_eq!(String::from(theme(&window).colors.ground), "#ffeedd");
    run(&mut window, "theme…");
    choose(&mut window, "Theme: Like the window");
    assert_eq!(*theme(&window), *Theme::dark());
    let editor = window.harness.state().editor().unwrap();
    assert_eq!(editor.whole_scene().ground, Theme::light().colors.ground, "pictures are light");
}
