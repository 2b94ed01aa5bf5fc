//! `rihla export` as the consultant uses it: parts, sizes, presets, many files, and what goes wrong.

use std::fs;
use std::path::{Path, PathBuf};

use super::program::{Run, examples, rihla_elsewhere, rihla_where};

/// A folder to write into, and a home without settings.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("home/rihla")).unwrap();
        fs::create_dir(folder.path().join("out")).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `rihla export map -o out/NAME …`
    fn export(&self, map: &Path, name: &str, args: &[&str]) -> Run {
        self.export_where(map, name, args, &[])
    }

    fn export_where(&self, map: &Path, name: &str, args: &[&str], variables: &[(&str, &str)]) -> Run {
        let (home, out) = (self.path("home"), self.path("out").join(name));
        let fixed = ["export", map.to_str().unwrap(), "-o", out.to_str().unwrap()];
        let all = [&[("XDG_CONFIG_HOME", home.to_str().unwrap())], variables].concat();
        rihla_where(fixed.iter().chain(args), &all)
    }

    fn svg(&self, map: &Path, args: &[&str]) -> String {
        let run = self.export(map, "map.svg", args);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        fs::read_to_string(self.path("out/map.svg")).unwrap()
    }

    fn size(&self, map: &Path, args: &[&str]) -> (u32, u32) {
        let run = self.export(map, "map.png", args);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        image::image_dimensions(self.path("out/map.png")).unwrap()
    }

    fn written(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("out")).unwrap();
        let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn hotel() -> PathBuf {
    examples().into_iter().find(|path| path.ends_with("hotel-stay.ron")).unwrap()
}

fn persian() -> PathBuf {
    examples().into_iter().find(|path| path.ends_with("hotel-stay-fa.ron")).unwrap()
}

#[test]
fn parts_of_a_map_are_drawn_as_they_stand_on_it() {
    let desk = Desk::new();
    let whole = desk.svg(&hotel(), &[]);
    assert!(whole.contains("<title>Arrive") && whole.contains("<title>Leave"));
    // By name in any case and by id; lanes whatever their order.
    let part = desk.svg(&hotel(), &["--stage", "ARRIVE,leave", "--lanes", "Pain points,doing", "--no-legend"]);
    for (words, stays) in
        [("Arrive", true), ("Leave", true), ("Book · ", false), ("Pain points", true), ("Delights", false)]
    {
        assert_eq!(part.contains(&format!("<title>{words}")), stays, "{words}");
    }
    // Its colour is that of its place on the whole map.
    let header = |svg: &str| {
        let group = svg.split("<title>Arrive").nth(1).unwrap();
        group.split("fill=\"#").nth(1).unwrap()[..6].to_owned()
    };
    assert_eq!(header(&part), header(&whole));
    assert!(
        whole.contains("<title>Two nights by the harbour</title>\n<path") || whole.matches("Two nights").count() > 1
    );
    let bare = desk.svg(&hotel(), &["--no-title", "--stage", "book"]);
    assert_eq!(bare.matches("Two nights by the harbour").count(), 1, "only as the name of the file");
    // A strip is the curve without cards.
    let strip = desk.svg(&hotel(), &["--what", "emotions"]);
    assert!(strip.contains("<title>Arrive") && strip.contains("Peak") && !strip.contains("Doing"));
    // A part has a peak of its own, which is not that of the journey.
    assert!(!desk.svg(&hotel(), &["--what", "emotions", "--stage", "book"]).contains("Peak"));
    let page = desk.svg(&hotel(), &["--what", "scorecard"]);
    assert!(page.contains("Heaviest pain points") && page.contains("Two floors hear the bar"));
    // Goals and SWOT are about the whole journey.
    let aims = ["Goals", "A third of our guests come back", "Strengths", "Wages rise faster than rates"];
    let stage = desk.svg(&hotel(), &["--what", "scorecard", "--stage", "book"]);
    for words in aims {
        assert!(page.contains(&format!(">{words}</text>")), "{words}");
        assert!(!stage.contains(words), "{words} of a stage");
    }
    let counted = |letter: char| page.matches(&format!(">{letter}</text>")).count();
    assert_eq!("SMART".chars().map(counted).collect::<Vec<_>>(), [6; 5], "the letters of each goal");
    assert!(page.contains("no metric") && page.contains("/ 45"));
    // A right-to-left map stays one, also where what is left has other letters.
    let persian = desk.svg(&persian(), &["--what", "scorecard"]);
    assert!(persian.contains("سنگین‌ترین نقطه‌های درد"));
}

#[test]
fn only_the_curves_that_are_asked_for_are_drawn() {
    let desk = Desk::new();
    let names = |args: &[&str]| {
        let svg = desk.svg(&hotel(), args);
        ["Amara Keller", "David Osei", "Lina and Marc Vidal"].map(|name| svg.contains(&format!(">{name}<")))
    };
    assert_eq!(names(&["--what", "emotions"]), [true, true, true]);
    assert_eq!(names(&["--what", "emotions", "--personas", "David Osei"]), [false, true, false]);
    assert_eq!(names(&["--what", "emotions", "--personas", "none"]), [false, false, false]);
}

#[test]
fn sizes_are_exact() {
    let desk = Desk::new();
    let map = hotel();
    assert_eq!(desk.size(&map, &["--width", "1234"]).0, 1234);
    assert_eq!(desk.size(&map, &["--height", "600"]).1, 600);
    assert_eq!(desk.size(&map, &["--width", "1000", "--height", "1000"]), (1000, 1000));
    assert_eq!(desk.size(&map, &["--width", "1920", "--aspect", "16:9"]), (1920, 1080));
    assert_eq!(desk.size(&map, &["--width", "1600", "--aspect", "4:3", "--crop"]), (1600, 1200));
    assert_eq!(desk.size(&map, &["--inches", "4", "--dpi", "150"]).0, 600);
    let bytes = fs::read(desk.path("out/map.png")).unwrap();
    let at = bytes.windows(4).position(|part| part == b"pHYs").unwrap() + 4;
    assert_eq!(u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()), 5906, "150 dots an inch in dots a metre");
    let (plain, narrow) = (desk.size(&map, &["--scale", "1"]), desk.size(&map, &["--scale", "1", "--margin", "0"]));
    assert_eq!((plain.0 - narrow.0, plain.1 - narrow.1), (80, 80));
}

#[test]
fn a_logo_and_a_border_stand_around_the_map() {
    let desk = Desk::new();
    let logo = desk.path("logo.png");
    image::RgbImage::from_pixel(60, 60, image::Rgb([255, 0, 0])).save(&logo).unwrap();
    let args = ["--logo", logo.to_str().unwrap(), "--border", "--scale", "1"];
    for (map, is_right) in [(hotel(), true), (persian(), false)] {
        let (width, _) = desk.size(&map, &args);
        let picture = image::open(desk.path("out/map.png")).unwrap().to_rgb8();
        let x = if is_right { width - 60 } else { 60 };
        assert_eq!(picture.get_pixel(x, 60).0, [255, 0, 0], "where the lines of the title end");
        assert_ne!(picture.get_pixel(0, 5), picture.get_pixel(5, 5), "a line at the edge");
    }
}

#[test]
fn each_stage_gets_a_file_of_its_own_in_order() {
    let desk = Desk::new();
    let run = desk.export(&hotel(), "{name}-{number}-{stage}.png", &["--preset", "deck", "--scale", "0.5"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let names: Vec<String> =
        ["1-search", "2-book", "3-arrive", "4-stay", "5-leave"].map(|n| format!("hotel-stay-0{n}.png")).into();
    assert_eq!(desk.written(), names);
    let told: Vec<bool> = run.out.lines().zip(&names).map(|(line, name)| line.contains(name.as_str())).collect();
    assert_eq!(told, [true; 5], "{}", run.out);
    assert!(run.out.contains("on a slide its smallest text has"), "{}", run.out);
    let run = desk.export(&hotel(), "x-{stage}.svg", &["--stage", "Stay"]);
    assert_eq!((run.code, desk.written().len()), (Some(0), 6));
    let run = desk.export(&hotel(), "y-{stage}.svg", &["--stage", "Sty"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("no stage \"Sty\"; it has Search, Book, Arrive, Stay, Leave"), "{}", run.err);
}

#[test]
fn a_stage_is_found_by_its_name_in_any_script_and_an_unknown_one_is_told() {
    let desk = Desk::new();
    let mut map = rihla::file::load(&hotel()).unwrap();
    std::sync::Arc::make_mut(&mut map.stages[2]).name = "Žiūri".into();
    let path = desk.path("map.ron");
    rihla::file::save(&map, &path).unwrap();
    let run = desk.export(&path, "{number}-{stage}.svg", &["--stage", "leave, žiūri"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(desk.written(), ["03-arrive.svg", "05-leave.svg"]);
    let shows = |name: &str, words: &str| {
        fs::read_to_string(desk.path("out").join(name)).unwrap().contains(&format!("<title>{words}"))
    };
    assert!(shows("03-arrive.svg", "Žiūri") && !shows("03-arrive.svg", "Leave") && shows("05-leave.svg", "Leave"));
    // One that is known does not hide one that is not.
    let run = desk.export(&path, "x-{stage}.svg", &["--stage", "leave,žiuri"]);
    assert_eq!((run.code, desk.written().len()), (Some(1), 2));
    assert!(run.err.contains("map.ron: the map has no stage \"žiuri\"; it has Search, Book, Žiūri"), "{}", run.err);
}

#[test]
fn presets_are_those_of_the_program_and_ones_own() {
    let desk = Desk::new();
    assert_eq!(desk.size(&hotel(), &["--preset", "deck"]), (3840, 2160));
    assert_eq!(desk.size(&hotel(), &["--preset", "deck", "--width", "960"]), (960, 540), "what is said goes before");
    fs::write(desk.path("home/rihla/presets.ron"), "{ \"board\": (what: Scorecard, size: Width(640), title: false) }")
        .unwrap();
    assert_eq!(desk.size(&hotel(), &["--preset", "board"]).0, 640);
    let run = desk.export(&hotel(), "map.png", &["--preset", "bord"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("no preset \"bord\"; there are deck, print, web, report, board"), "{}", run.err);
    let themed = |args: &[&str]| {
        assert_eq!(desk.export(&hotel(), "themed.png", args).code, Some(0), "{args:?}");
        image::open(desk.path("out/themed.png")).unwrap().to_rgb8().get_pixel(1, 1).0
    };
    fs::write(desk.path("home/rihla/presets.ron"), "{ \"night\": (theme: \"dark\", size: Width(400)) }").unwrap();
    assert!(themed(&["--preset", "night"])[0] < 60);
    assert!(themed(&["--preset", "night", "--theme", "light"])[0] > 200, "what is said goes before");
    fs::write(desk.path("home/rihla/presets.ron"), "{ \"board\": (hat: Scorecard) }").unwrap();
    let run = desk.export(&hotel(), "map.png", &["--preset", "board"]);
    assert!(run.err.contains("presets.ron:1:13: ") && run.err.contains("hat"), "{}", run.err);
}

#[test]
fn the_same_map_gives_the_same_bytes_whatever_the_language_and_the_clock() {
    let desk = Desk::new();
    for map in [hotel(), persian()] {
        for (name, args) in [
            ("a.png", &["--dpi", "144", "--scale", "1"][..]),
            ("b.png", &["--what", "scorecard"]),
            ("a.svg", &[]),
            ("a.pdf", &["--author", "Us"]),
            ("b.pdf", &["--sheets", "2"]),
            ("a.pptx", &[]),
            ("b.pptx", &["--wheel", "--theme", "dark"]),
        ] {
            let out = desk.path("out").join(name);
            let args = [&["export", map.to_str().unwrap(), "-o", out.to_str().unwrap()][..], args].concat();
            let bytes = |run: Run| {
                assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
                fs::read(&out).unwrap()
            };
            let home = desk.path("home");
            let first = bytes(rihla_where(&args, &[("XDG_CONFIG_HOME", home.to_str().unwrap())]));
            assert!(first == bytes(rihla_elsewhere(&args, &home)), "{name} elsewhere");
        }
    }
}

#[test]
fn what_goes_wrong_is_said_and_leaves_nothing_behind() {
    let desk = Desk::new();
    let empty = desk.path("empty.ron");
    fs::write(&empty, "(format: 1, title: \"Nothing yet\")").unwrap();
    let broken = desk.path("broken.png");
    fs::write(&broken, "no picture").unwrap();
    let (missing, broken) = (desk.path("missing.png"), broken.to_str().unwrap().to_owned());
    let long = desk.path("long.ron");
    let made = rihla_where(["new", "--generate", "400x4x1", "-o", long.to_str().unwrap()], &[]);
    assert_eq!(made.code, Some(0));
    let cases: [(&Path, &[&str], &str); 8] = [
        (&empty, &[], "the map is empty: it has no stage to draw; add one"),
        (&empty, &["--what", "scorecard"], "the map is empty"),
        (&hotel(), &["--logo", missing.to_str().unwrap()], "missing.png is not there: check its name"),
        (&hotel(), &["--logo", &broken], "it is no PNG or JPEG"),
        (&hotel(), &["--lanes", "Doin"], "no lane \"Doin\"; it has Storyboard, Doing,"),
        (&hotel(), &["--personas", "Bob"], "no persona \"Bob\"; it has"),
        (&hotel(), &["--preset", "slides"], "there are deck, print"),
        (&long, &["--scale", "1"], "the largest of this map is 262144 × "),
    ];
    for (map, args, words) in cases {
        let run = desk.export(map, "map.png", args);
        assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{args:?}");
        assert!(run.err.contains(words) && run.err.lines().count() == 1, "{args:?}: {}", run.err);
    }
    for scale in ["0", "1000", "-1", "NaN"] {
        let run = desk.export(&hotel(), "map.png", &[&format!("--scale={scale}")]);
        assert_eq!(run.code, Some(2));
        assert!(run.err.contains("a scale is a number from 0.1 to 8"), "{}", run.err);
    }
    for size in [["--width", "0"], ["--height", "262145"], ["--width", "wide"]] {
        let run = desk.export(&hotel(), "map.png", &size);
        assert_eq!(run.code, Some(2));
        assert!(run.err.contains("a picture has from 1 to 262144 pixels a side"), "{}", run.err);
    }
    let twice = rihla_where(
        [
            "export".as_ref(),
            hotel().as_os_str(),
            hotel().as_os_str(),
            "-o".as_ref(),
            desk.path("out/{name}.svg").as_os_str(),
        ],
        &[],
    );
    assert_eq!((twice.code, twice.out.lines().count()), (Some(1), 1));
    assert!(twice.err.contains("is written for another map already"), "{}", twice.err);
    assert_eq!(desk.written(), ["hotel-stay.svg"]);
}

#[test]
#[cfg(target_os = "linux")]
fn devices_and_folders_that_take_nothing_are_told() {
    use std::os::unix::fs::FileTypeExt as _;
    let desk = Desk::new();
    std::os::unix::fs::symlink("/dev/null", desk.path("out/null.png")).unwrap();
    let run = desk.export(&hotel(), "null.png", &["--scale", "1"]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
    assert!(run.err.contains("is no ordinary file"), "{}", run.err);
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device(), "it is still there");
    let run = desk.export(&hotel(), "/proc/map.pdf", &[]);
    assert_eq!((run.code, run.err.lines().count()), (Some(1), 1), "{}", run.err);
    assert!(run.err.contains("/proc"), "{}", run.err);
    assert_eq!(desk.written(), ["null.png"]);
}
