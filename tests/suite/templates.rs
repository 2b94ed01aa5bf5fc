//! Templates in four languages and of one's own, in the window and on the command line.

use std::path::Path;
use std::process::Command;

use egui::accesskit::{Role, Toggled};
use egui::{Key, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rihla::app::{App, Settings};
use rihla::file::Store;
use rihla::model::{Language, LinkKind, MetricHost, MetricKind, State};
use rihla::template::{Shelf, TEMPLATES, Template};

use super::driver::Window;

/// A window whose settings and templates are kept in `folder`.
fn open(folder: &Path, map: Option<&Path>) -> Window {
    let (settings, map) = (Settings::kept_in(&folder.join("settings.ron")), map.map(Path::to_owned));
    let harness = Harness::builder().with_size(vec2(1600.0, 1000.0)).with_step_dt(1.0 / 60.0).build_eframe(move |cc| {
        let app = App::new(&cc.egui_ctx, map.as_deref()).without_system_dialogs();
        app.with_settings(settings, &cc.egui_ctx)
    });
    let mut window = Window { harness };
    window.rest();
    window
}

/// Chooses a command in the palette.
fn choose(window: &mut Window, name: &str) {
    window.command(Key::K);
    window.write(name);
    window.key(Key::Enter);
}

#[test]
fn templates_are_chosen_in_the_language_that_was_chosen_last() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), None);
    window.harness.get_by_label("Template: A night at a hotel");
    let persian = "Templates in Persian (فارسی)";
    window.harness.get_by_role_and_label(Role::RadioButton, persian).click();
    window.rest();
    let node = window.harness.get_by_role_and_label(Role::RadioButton, persian);
    assert_eq!(node.accesskit_node().toggled(), Some(Toggled::True));
    assert!(window.harness.query_by_label("Template: A night at a hotel").is_none());
    window.harness.get_by_label("Template: یک شب در هتل").click();
    window.rest();
    assert_eq!(window.map(), &Template::find("hotel").unwrap().map_in(Language::Persian));
    assert!(window.map().is_rtl());
    drop(window);
    let mut window = open(folder.path(), None);
    window.harness.get_by_label("Template: نقشهٔ خالی").click();
    window.rest();
    assert_eq!(window.map().language(), Language::Persian);
}

#[test]
fn the_language_is_reached_by_the_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), None);
    window.harness.get_by_label("Templates in Lithuanian (Lietuvių)").focus();
    window.rest();
    window.key(Key::Space);
    window.harness.get_by_label("Template: Tuščias žemėlapis");
    window.harness.get_by_label("Templates in Arabic (العربية)").focus();
    window.rest();
    window.key(Key::Enter);
    window.harness.get_by_label("Template: خريطة فارغة");
    assert!(window.harness.state().editor().is_none(), "Enter chose a language and no template");
}

#[test]
fn a_map_becomes_a_template_and_templates_become_maps() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), Some(&super::driver::example()));
    let map = window.map().clone();
    choose(&mut window, "save as template");
    window.command(Key::A);
    window.write("a/b");
    assert!(window.tells("A name cannot hold '/'"));
    window.key(Key::Enter);
    window.command(Key::A);
    window.write("Our way");
    window.key(Key::Enter);
    assert!(window.tells("Saved the template Our way"));
    assert_eq!(Shelf::at(&folder.path().join("templates")).load("Our way").unwrap(), map);
    assert!(!window.is_dirty(), "the map itself is as it was");

    window.command(Key::N);
    window.harness.get_by_label("Template: Our way").click();
    window.rest();
    assert_eq!(window.map(), &map);
    assert!(window.harness.state().editor().unwrap().path.is_none(), "it is a new map");
    choose(&mut window, "save as template");
    window.command(Key::A);
    window.write("Our way");
    assert!(window.tells("it is replaced"));
    window.key(Key::Escape);

    window.command(Key::N);
    window.harness.get_by_label("Delete template Our way").click();
    window.rest();
    window.answer("Cancel");
    window.harness.get_by_label("Delete template Our way").click();
    window.rest();
    window.answer("Delete");
    assert!(window.harness.query_by_label("Template: Our way").is_none());
    assert_eq!(std::fs::read_dir(folder.path().join("templates")).unwrap().count(), 0);
}

#[test]
fn a_broken_template_is_told_and_the_others_are_there() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::at(&folder.path().join("templates"));
    shelf.save("Whole", &TEMPLATES[0].map()).unwrap();
    std::fs::write(shelf.path_of("Torn"), "(title: \"Torn\",\n  stages: [(id: \"a\")").unwrap();
    let window = open(folder.path(), None);
    window.harness.get_by_label("Template: Whole");
    assert!(window.harness.query_by_label("Template: Torn").is_none());
    assert!(window.tells("A template is left out"));
}

#[cfg(target_os = "linux")]
#[test]
fn the_command_line_has_languages_and_ones_own_templates() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::at(&folder.path().join("rihla/templates"));
    shelf.save("Our way", &TEMPLATES[2].map()).unwrap();
    std::fs::write(shelf.path_of("Torn"), "(").unwrap();
    let out = folder.path().join("map.ron");
    let run = |args: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_rihla"));
        let output = program.arg("new").args(args).env("XDG_CONFIG_HOME", folder.path()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.success(), text(output.stdout), text(output.stderr))
    };
    let to = out.to_str().unwrap();
    assert!(run(&["--template", "hotel", "--language", "fa", "-o", to]).0);
    assert_eq!(rihla::file::load(&out).unwrap(), Template::find("hotel").unwrap().map_in(Language::Persian));
    std::fs::remove_file(&out).unwrap();
    assert!(run(&["--template", "Our way", "-o", to]).0);
    assert_eq!(rihla::file::load(&out).unwrap(), TEMPLATES[2].map());

    let (is_fine, list, err) = run(&["--list"]);
    assert!(is_fine && list.contains("\nOur way ") && list.contains("lt Lithuanian"), "{list}");
    assert!(err.contains("Torn.ron:1:"), "{err}");
    assert!(run(&["--list", "--language", "lt"]).1.contains("Viešnagė"));
    let (is_fine, _, err) = run(&["--template", "hotel", "--language", "de", "-o", to]);
    assert!(!is_fine && err.contains("templates come in en (English), lt"), "{err}");
    let (is_fine, _, err) = run(&["--template", "Our way", "--language", "fa", "-o", to]);
    assert!(!is_fine && err.contains("leave --language out"), "{err}");
    let (is_fine, _, err) = run(&["--template", "Their way", "-o", to]);
    assert!(!is_fine && err.contains("b2b-steel, Our way"), "{err}");
}

/// The hotel stay as it is, and as it is meant to be.
fn hotel() -> [rihla::model::JourneyMap; 2] {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    ["hotel-stay.ron", "hotel-stay-future.ron"].map(|name| rihla::file::load(&folder.join(name)).unwrap())
}

#[test]
fn the_hotel_stay_shows_what_a_map_can_hold() {
    let [now, future] = hotel();
    let stages: Vec<&str> = now.stages.iter().map(|stage| stage.id.as_str()).collect();
    assert_eq!(stages, ["search", "book", "arrive", "stay", "leave"]);
    assert_eq!((now.touchpoints().count(), now.personas.len(), now.links.len()), (60, 3, 12));
    let count = |kind| now.links.iter().filter(|link| link.kind == kind).count();
    assert_eq!([LinkKind::LoopBack, LinkKind::Skip, LinkKind::Escalation].map(count), [2, 1, 1]);
    assert_eq!(now.touchpoints().filter(|(_, t)| t.entry).count(), 3);
    assert!(now.touchpoints().filter(|(_, t)| t.moment_of_truth).count() >= 3);
    for kind in [MetricKind::Nps, MetricKind::Csat, MetricKind::Ces, MetricKind::ResponseTime] {
        assert!(now.metrics.iter().any(|m| m.kind == kind && m.values.len() > 1 && m.target.is_some()), "{kind:?}");
    }
    assert!(now.metrics.iter().any(|m| matches!(m.host, MetricHost::Touchpoint(_))));
    let unclear: Vec<&str> = now.goals.iter().filter(|g| !g.missing().is_empty()).map(|g| g.id.as_str()).collect();
    assert_eq!(unclear, ["warmer"]);
    assert_eq!((now.competitors.len(), now.views.len()), (2, 2));
    for persona in &now.personas {
        let own = now.touchpoints().filter(|(_, t)| t.emotions.contains_key(&persona.id)).count();
        assert!(own >= 8, "{} feels {own} times in a way of their own", persona.name);
    }
    assert_eq!((now.state, future.state), (Some(State::Current), Some(State::Future)));
    assert_eq!((now.counterpart.as_str(), future.counterpart.as_str()), ("hotel-stay-future.ron", "hotel-stay.ron"));
}

#[test]
fn the_hotel_stay_gets_better() {
    let maps = hotel();
    let mean = |map: &rihla::model::JourneyMap| {
        let all: Vec<f64> = map.touchpoints().filter_map(|(_, t)| Some(f64::from(t.emotion?.get()))).collect();
        all.iter().sum::<f64>() / all.len() as f64
    };
    let [now, future] = &maps;
    assert!(mean(future) > mean(now) + 1.5);
    let ids = |map: &rihla::model::JourneyMap| -> std::collections::BTreeSet<String> {
        map.touchpoints().map(|(_, t)| t.id.to_string()).collect()
    };
    let (before, after) = (ids(now), ids(future));
    assert!(before.difference(&after).count() >= 5 && after.difference(&before).count() >= 5);
    let is_moved =
        |t: &rihla::model::Touchpoint| future.touchpoint(&t.id).is_some_and(|(_, other)| other.step != t.step);
    assert!(now.touchpoints().any(|(_, t)| is_moved(t)));
}

#[test]
fn a_new_map_looks_clean_until_something_is_done_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::guarded(None, folder.path());
    window.harness.get_by_label("Template: Empty map").click();
    window.rest();
    assert!(!window.is_dirty());
    assert!(window.tells("Not saved yet") && !window.tells("Unsaved changes"));
    window.command(Key::S);
    assert!(window.tells("Save map as"), "it can be saved all the same");
    window.key(Key::Escape);
    window.retitle("Begun");
    assert!(window.tells("Unsaved changes"));
    window.command(Key::Q);
    assert!(window.tells("Save the changes to Untitled?"));
    window.answer("Cancel");
    window.command(Key::Z);
    assert!(window.tells("Not saved yet"));
    window.command(Key::Q);
    assert!(!window.tells("Save the changes"), "nothing would be lost");
    drop(window);
    assert!(Store::at(folder.path()).leftovers().is_empty());
}

#[test]
fn the_map_stays_open_until_another_one_is_really_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.ron");
    std::fs::copy(super::driver::example(), &path).unwrap();
    let mut window = Window::open(Some(&path));
    window.retitle("Not saved");
    window.command(Key::N);
    assert!(window.tells("Start a journey map"));
    window.key(Key::Delete);
    window.command(Key::A);
    window.command(Key::Z);
    window.key(Key::Escape);
    assert!(!window.tells("Start a journey map"));
    assert_eq!(window.map().title, "Not saved", "what is not seen is not changed");
    window.command(Key::N);
    window.answer("Back to the map");
    assert!(!window.tells("Start a journey map"));

    window.command(Key::N);
    window.harness.get_by_label("Template: Empty map").click();
    window.rest();
    assert!(window.tells("Save the changes to map.ron?"));
    window.answer("Cancel");
    assert!(window.tells("Start a journey map"), "one can choose again");
    window.harness.get_by_label("Template: Empty map").click();
    window.rest();
    window.answer("Save");
    assert_eq!(rihla::file::load(&path).unwrap().title, "Not saved");
    assert!(window.harness.state().editor().unwrap().path.is_none());
    assert!(!window.tells("Back to the map"));

    window.retitle("Another");
    window.command(Key::O);
    assert!(!window.tells("Save the changes"), "first one chooses");
    window.write(&path.to_string_lossy());
    window.key(Key::Enter);
    assert!(window.tells("Save the changes to Untitled?"));
    window.answer("Don't save");
    assert_eq!(window.map().title, "Not saved");
}
