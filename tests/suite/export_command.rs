//! `rihla export` and `rihla new`, as from a shell.

use std::fs;
use std::path::Path;

use super::program::{Run, examples, rihla};

fn export(args: &[&str], maps: &[&Path]) -> Run {
    rihla(
        std::iter::once("export".as_ref())
            .chain(args.iter().map(AsRef::as_ref))
            .chain(maps.iter().map(|m| m.as_os_str())),
    )
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn every_example_becomes_a_picture_twice_its_size() {
    let folder = tempfile::tempdir().unwrap();
    for map in examples() {
        let (once, twice) = (folder.path().join("1.png"), folder.path().join("2.png"));
        assert_eq!(export(&["-o", text(&once), "--scale", "1"], &[&map]).code, Some(0));
        let run = export(&["-o", text(&twice), "--scale", "2"], &[&map]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        let (once, picture) = (image::open(&once).unwrap(), image::open(&twice).unwrap());
        assert_eq!((picture.width(), picture.height()), (2 * once.width(), 2 * once.height()));
        assert!(run.out.contains(&format!("({} × {} pixels)", picture.width(), picture.height())), "{}", run.out);
        assert_eq!(picture.color(), image::ColorType::Rgb8);
        assert!(picture.width() > 2000 && picture.height() > 1000, "the whole map is there");
    }
}

#[test]
fn the_same_map_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = [1, 2].map(|n| {
        let path = folder.path().join(format!("{n}.png"));
        assert_eq!(export(&["-o", text(&path)], &[&examples()[0]]).code, Some(0));
        fs::read(path).unwrap()
    });
    assert!(bytes[0] == bytes[1]);
}

#[test]
fn the_ending_chooses_the_format_and_options_must_fit_it() {
    let folder = tempfile::tempdir().unwrap();
    let map = &examples()[0];
    for (ending, start, unit) in
        [("svg", "<svg", "units)"), ("pdf", "%PDF-", "points)"), ("SVG", "<svg", "units)"), ("pptx", "PK", " slides")]
    {
        let path = folder.path().join("map").with_extension(ending);
        let run = export(&["-o", text(&path), "--transparent", "--theme", "dark"], &[map]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert!(fs::read(&path).unwrap().starts_with(start.as_bytes()) && run.out.contains(unit), "{}", run.out);
        fs::remove_file(path).unwrap();
    }
    let unfit = [
        ("svg", "--scale=2", "SVG"),
        ("pdf", "--width=99", "PDF"),
        ("pdf", "--text", "PDF"),
        ("pptx", "--width=99", "PowerPoint"),
        ("pptx", "--no-title", "PowerPoint"),
        ("pptx", "--aspect=4:3", "PowerPoint"),
    ];
    for (ending, option, format) in unfit.into_iter().chain([("png", "--text", "PNG")]) {
        let path = folder.path().join("map").with_extension(ending);
        let run = export(&["-o", text(&path), option], &[map]);
        let option = option.split('=').next().unwrap();
        assert_eq!(run.code, Some(1));
        assert!(run.err.contains(option) && run.err.contains(format), "{}", run.err);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn several_maps_at_an_exact_width_without_ground() {
    let folder = tempfile::tempdir().unwrap();
    let maps = examples();
    let maps: Vec<&Path> = maps.iter().map(AsRef::as_ref).collect();
    let pattern = folder.path().join("{name}.png");
    let run = export(&["--width", "1600", "--transparent", "-o", text(&pattern)], &maps);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(run.out.lines().count(), maps.len());
    for map in &maps {
        let path = folder.path().join(map.file_name().unwrap()).with_extension("png");
        let picture = image::open(path).unwrap();
        assert_eq!((picture.width(), picture.color()), (1600, image::ColorType::Rgba8));
        let picture = picture.to_rgba8();
        assert_eq!(picture.get_pixel(1, 1).0[3], 0);
        assert!(picture.pixels().any(|p| p.0[3] == 255));
    }
    // A folder does as well as a pattern.
    let run = export(&["--width", "400", "-o", text(folder.path())], &maps[..2]);
    assert_eq!(run.code, Some(0), "{}", run.err);
}

#[test]
fn what_cannot_be_written_is_said_and_nothing_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let map = &examples()[0];
    for (output, words) in [
        ("map.gif", "made by `rihla film`"),
        ("map.jpg", ".png"),
        ("map", ".png"),
        ("no/such/folder/map.png", "is not there"),
    ] {
        let path = folder.path().join(output);
        let run = export(&["-o", text(&path)], &[map]);
        assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{output}");
        assert!(run.err.contains(words) && run.err.lines().count() == 1, "{output}: {}", run.err);
    }
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let run = export(&["-o", text(&file.join("map.png"))], &[map]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("cannot write into"), "{}", run.err);
    let run = export(&["-o", text(&folder.path().join("one.png"))], &[map, map]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("{name}.png"), "{}", run.err);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "only the file from above");
}

#[test]
fn sizes_out_of_range_are_refused_before_any_work() {
    let map = &examples()[0];
    for args in [["--scale", "0"], ["--scale", "9"], ["--scale", "two"], ["--width", "0"], ["--width", "262145"]] {
        let run = export(&[&args[..], &["-o", "/nowhere/map.png"]].concat(), &[map]);
        assert_eq!(run.code, Some(2), "{args:?}");
        assert!(run.err.contains("--help"), "{}", run.err);
    }
}

#[test]
fn a_file_of_another_format_is_told_how_it_becomes_a_map() {
    let folder = tempfile::tempdir().unwrap();
    let told = |name: &str, content: &str| {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        let run = export(&["-o", text(&folder.path().join("x.png"))], &[&path]);
        assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
        run.err
    };
    let journey = "journey\n  section Morning\n    Wakes: 2: Me\n";
    let (from, to) = (folder.path().join("my day.mmd"), folder.path().join("my day.ron"));
    let command = format!("`rihla convert '{}' -o '{}'`", from.display(), to.display());
    let err = told("my day.mmd", journey);
    assert!(err.contains("no Rihla map yet (Mermaid journey)") && err.contains(&command), "{err}");
    assert!(told("day.txt", journey).contains("convert"), "the content says it");
    let err = told("day.json", "{}");
    assert!(!err.contains("convert") && err.contains("is it the right file?"), "{err}");
}

#[test]
fn a_bad_map_is_told_and_the_good_one_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("bad.ron");
    fs::write(&bad, "(titel: \"x\")").unwrap();
    let out = folder.path().join("{name}.png");
    let run = export(&["--scale", "1", "-o", text(&out)], &[&bad, &examples()[0]]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("bad.ron:1:2: there is no field `titel` here"), "{}", run.err);
    assert_eq!(run.out.lines().count(), 1);
}

#[test]
fn templates_become_maps_and_nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let list = rihla(["new", "--list"]);
    assert!(list.out.lines().count() >= 5);
    for name in list.out.lines().take_while(|line| !line.is_empty()).filter_map(|line| line.split_whitespace().next()) {
        let path = folder.path().join(format!("{name}.ron"));
        assert_eq!(rihla(["new", "--template", name, "-o", text(&path)]).code, Some(0));
        assert_eq!(rihla(["check", text(&path)]).code, Some(0));
        let again = rihla(["new", "-o", text(&path)]);
        assert_eq!(again.code, Some(1));
        assert!(again.err.contains("exists already"), "{}", again.err);
    }
    let run = rihla(["new", "--template", "emty", "-o", text(&folder.path().join("x.ron"))]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("there is no template \"emty\"") && run.err.contains("empty"), "{}", run.err);
}
