//! Files that people edit by hand: comments, several mistakes at once, what can be read of a broken file, `rihla fmt`.

use std::fs;
use std::path::Path;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use proptest::collection::vec;
use proptest::prelude::*;
use rihla::file::{self, comments, parse, salvage, to_ron};
use rihla::model::JourneyMap;

use super::documents::{Slip, cases, slip};
use super::driver::Window;
use super::program::{Run, rihla};
use super::strategies::{map, text};

const MAP: &str = r#"// Rihla journey map, format 1
// Kept by the service team.
(
  format: 1,
  title: "Shoes",
  stages: [
    (id: "look", name: "Look"),
    (id: "buy", name: "Buy"),
  ],
  lanes: [
    (id: "doing", name: "Doing"),
  ],
  touchpoints: [
    (
      id: "tries-on",
      step: "look",
      lane: "doing",
      title: "Tries them on",
    ),
    (
      id: "pays",
      step: "buy",
      lane: "doing",
      title: "Pays",
      emotion: 2,
    ),
  ],
)
"#;

fn fmt(args: &[&str], paths: &[&Path]) -> Run {
    let args = args.iter().map(|arg| (*arg).into()).chain(paths.iter().map(|path| path.as_os_str().to_owned()));
    rihla(std::iter::once("fmt".into()).chain(args))
}

#[test]
fn comments_above_the_map_stay() {
    let map = parse(MAP).unwrap();
    assert_eq!(map.remark, "Kept by the service team.");
    assert_eq!(to_ron(&map), MAP);
    let text = MAP.replace("// Kept by the service team.", "/* Kept by\n * the team */\n//\n//  and more ");
    let map = parse(&text.replace('\n', "\r\n")).unwrap();
    assert_eq!(map.remark, "Kept by\nthe team\n\n and more");
    assert_eq!(parse(&to_ron(&map)).unwrap(), map);
}

#[test]
fn fmt_brings_files_into_canonical_form_and_loses_no_comment_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let good = at("good.ron", MAP);
    let loose = at(
        "loose.ron",
        &MAP.replace("  title", "\t   title").replace("emotion: 2", "emotion: +2").replace('\n', "\r\n"),
    );
    let run = fmt(&["--check"], &[&good, &loose]);
    assert_eq!((run.code, run.out.trim_end()), (Some(1), loose.to_str().unwrap()), "{}", run.err);
    let run = fmt(&[], &[&good, &loose]);
    assert_eq!((run.code, run.out.trim_end()), (Some(0), loose.to_str().unwrap()), "{}", run.err);
    assert_eq!(fs::read_to_string(&loose).unwrap(), MAP);
    assert_eq!(fmt(&["--check"], &[&good, &loose]).code, Some(0));

    let text =
        MAP.replace("      emotion", "      // asked twice\n      emotion").replace("stages: [", "stages: [ /* two */");
    let noted = at("noted.ron", &text);
    let run = fmt(&[], &[&noted, &good]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.err.contains("noted.ron: 2 comments would be lost (lines 6, 25)") && run.err.contains("--drop-comments"),
        "{}",
        run.err
    );
    assert_eq!(fs::read_to_string(&noted).unwrap(), text);
    assert_eq!(fmt(&["--drop-comments"], &[&noted]).code, Some(0));
    assert_eq!(fs::read_to_string(&noted).unwrap(), MAP);
    let broken = at("broken.ron", "(title: 5)");
    let run = fmt(&[], &[&broken]);
    assert!(run.code == Some(1) && run.err.contains("broken.ron:1:9: "), "{}", run.err);
}

#[test]
fn mistakes_in_several_places_are_told_at_once() {
    let text =
        MAP.replace("titel", "title").replace("title: \"Tries", "titel: \"Tries").replace("emotion: 2", "emotion: 9");
    let text = text.replace("lanes: [", "lines: [], lanes: [");
    let problems = parse(&text).unwrap_err();
    let told: Vec<String> = problems.iter().map(|p| format!("{}: {}", p.place.unwrap().0, p.message)).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    for words in ["10: there is no field `lines`", "18: there is no field `titel`", "25: an emotion is 9"] {
        assert!(told.iter().any(|line| line.starts_with(words)), "{words} in {told:?}");
    }
}

/// A file with a mistake of every kind in it.
fn broken() -> String {
    let lost =
        "    (\n      id: \"waits\",\n      step: \"gone\",\n      lane: \"gone\",\n      title: \"Waits\",\n    ),\n";
    let twin = "    (id: \"pays\", step: \"buy\", lane: \"doing\", title: \"Pays again\", annotations: [(text: \"no kind\"), \
                (kind: PainPoint, text: \"dear\")]),\n";
    MAP.replace("emotion: 2", "emotion: 9")
        .replace("title: \"Tries", "colour: Red, title: \"Tries")
        .replace("  touchpoints: [\n", &format!("  links: [(from: \"pays\")],\n  touchpoints: [\n{lost}{twin}"))
}

#[test]
fn what_can_be_read_is_read_and_the_rest_is_told() {
    let found = salvage(&broken()).unwrap();
    let titles: Vec<&str> = found.map.touchpoints().map(|(_, t)| t.title.as_str()).collect();
    assert_eq!(titles, ["Pays again", "Tries them on", "Pays", "Waits"]);
    let waits = found.map.touchpoints().find(|(_, t)| t.title == "Waits").unwrap();
    assert_eq!((waits.0.name.as_str(), found.map.stages.last().unwrap().name.as_str()), ("Not placed", "Not placed"));
    let again = found.map.touchpoints().next().unwrap().1;
    assert_eq!(again.annotations.len(), 1, "the one with a kind");
    assert_eq!(found.map.title, "Shoes");
    let told: Vec<String> = found.problems.iter().map(|p| format!("{}: {}", p.place.unwrap().0, p.message)).collect();
    for words in [
        "12: the field `to` is missing",
        "21: the field `kind` is missing",
        "26: there is no field `colour`",
        "33: an emotion is 9",
        "16: touchpoint \"waits\" names the step",
        "17: touchpoint \"waits\" names the lane",
        "29: another touchpoint has the id \"pays\"",
    ] {
        let (line, words) = words.split_once(": ").unwrap();
        assert!(told.iter().any(|told| told.contains(words)), "{line} {words} in {told:#?}");
    }
    assert!(salvage("Dear team").is_none() && salvage("(titel: 5)").is_none());
}

/// A window on a file with this text, and its folder.
fn desk(text: &str) -> (tempfile::TempDir, std::path::PathBuf, Window) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shoes.ron");
    fs::write(&path, text).unwrap();
    let window = Window::open(Some(&path));
    (folder, path, window)
}

#[test]
fn a_broken_file_opens_as_far_as_it_goes_and_only_as_a_copy() {
    let (folder, path, mut window) = desk(&broken());
    assert!(window.tells("The map could not be opened") && window.tells("4 touchpoints can be read"));
    window.answer("Open what can be read");
    assert_eq!(window.map().touchpoints().count(), 4);
    assert!(window.is_dirty());
    window.command(Key::S);
    let field = window.harness.get_by_role_and_label(Role::TextInput, "Path of the file");
    let copy = folder.path().join("shoes repaired.ron");
    assert_eq!(field.accesskit_node().value().unwrap(), copy.to_string_lossy());
    window.answer("Save");
    assert_eq!(fs::read_to_string(&path).unwrap(), broken());
    assert_eq!(file::load(&copy).unwrap().touchpoints().count(), 4);
}

#[test]
fn before_comments_are_lost_it_is_asked_once() {
    let text = MAP.replace("      emotion", "      // asked twice\n      emotion");
    let (_folder, path, mut window) = desk(&text);
    window.retitle("Boots");
    window.command(Key::S);
    assert!(window.tells("Saving loses comments in the file"));
    window.answer("Cancel");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    window.command(Key::S);
    window.answer("Save without them");
    let saved = fs::read_to_string(&path).unwrap();
    assert!(
        saved.contains("Boots")
            && saved.contains("// Kept by the service team.")
            && comments(&saved).elsewhere.is_empty()
    );
    window.retitle("Sandals");
    window.command(Key::S);
    assert!(fs::read_to_string(&path).unwrap().contains("Sandals"), "not asked again");
}

#[test]
fn a_very_large_file_is_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.ron");
    let mut text = MAP.to_owned();
    text.push_str(&" ".repeat(file::MAX_BYTES as usize));
    fs::write(&path, text).unwrap();
    let mut window = Window::open(Some(&path));
    assert!(window.tells("Open such a large file?") && window.tells("It has 64 MB"));
    window.answer("Open anyway");
    assert_eq!(window.map().title, "Shoes");
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn whatever_stands_above_a_map_stays_there(remark in text()) {
        let map = parse(&to_ron(&JourneyMap { remark, ..JourneyMap::default() })).unwrap();
        assert_eq!(parse(&to_ron(&map)), Ok(map.clone()));
        assert!(comments(&to_ron(&map)).elsewhere.is_empty());
    }

    #[test]
    fn what_is_salvaged_is_sound_and_of_a_good_file_nothing_is_lost(map in map(), slips in vec(slip(), 1..5)) {
        let text = to_ron(&map);
        let broken = slips.iter().fold(text, |text, slip: &Slip| slip.apply(&text));
        if let Some(found) = salvage(&broken) {
            assert_eq!(found.map.problems(), []);
            assert!(!found.problems.is_empty());
            assert_eq!(parse(&to_ron(&found.map)).map(|map| map.problems()), Ok(vec![]));
        }
    }
}
