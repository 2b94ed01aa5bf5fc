//! `rihla convert`, as from a shell.

use std::fs;
use std::path::Path;

use rihla::file;

use super::program::{Run, examples, rihla};

fn convert(args: &[&str], folder: &Path) -> Run {
    let paths = args.iter().map(|arg| {
        let is_file = arg.contains('.') && !arg.contains('=') && !Path::new(arg).is_absolute();
        if is_file { folder.join(arg).to_string_lossy().into_owned() } else { (*arg).to_owned() }
    });
    rihla(std::iter::once("convert".to_owned()).chain(paths))
}

#[test]
fn endings_say_what_becomes_what_and_losses_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let map = examples().into_iter().find(|path| path.ends_with("online-purchase.ron")).unwrap();
    let map = map.to_str().unwrap();
    for (file, start, lost) in [
        ("a.mmd", "journey\n", "\n  pain points ("),
        ("a.csv", "\u{FEFF}", "not in the CSV, a row for each touchpoint:\n  title\n"),
        ("a.md", "# ", "phases (4)"),
        ("a.ojf", "{", "channels ("),
        ("a.cjml", "<?xml", "moments of truth ("),
    ] {
        let run = convert(&[map, "-o", file], folder.path());
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert!(run.out.trim_end().ends_with(file) && run.err.contains(lost), "{}{}", run.out, run.err);
        assert!(fs::read_to_string(folder.path().join(file)).unwrap().starts_with(start));
        let back = convert(&[file, "-o", &format!("{file}.ron")], folder.path());
        assert_eq!(back.code, Some(0), "{}", back.err);
        let again = file::load(&folder.path().join(format!("{file}.ron"))).unwrap();
        assert!(again.touchpoints().count() >= 20 && !again.title.is_empty());
    }
    convert(&[map, "-o", "s.csv", "--out-delimiter", "semicolon"], folder.path());
    convert(&[map, "-o", "t.tsv"], folder.path());
    for (file, head) in [("s.csv", "phase;stage;"), ("t.tsv", "phase\tstage\t")] {
        assert!(fs::read_to_string(folder.path().join(file)).unwrap().trim_start_matches('\u{FEFF}').starts_with(head));
    }
    let few = convert(&[map, "-o", "b.mmd"], folder.path()).err;
    let all = convert(&[map, "-o", "b.mmd", "--losses"], folder.path()).err;
    assert!(few.contains(" more\n") && !all.contains(" more\n"), "{few}{all}");
}

#[test]
fn a_foreign_file_becomes_a_picture_at_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "journey\n section Buy\n  Pays: 5: Me\n").unwrap();
    let run = convert(&["a.txt", "-o", "a.png"], folder.path());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains("pixels)") && image::open(folder.path().join("a.png")).is_ok());
    let long: String = (0..200).map(|n| format!("  Task {n}: 3\n")).collect();
    fs::write(folder.path().join("long.mmd"), format!("journey\n section All\n{long}")).unwrap();
    let run = convert(&["long.mmd", "-o", "long.png"], folder.path());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "as large as it fits");
}

#[test]
fn nothing_is_overwritten_that_somebody_may_want() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.mmd"), "journey\n T: 5\n").unwrap();
    let run = convert(&["a.mmd", "-o", "a.mmd"], folder.path());
    assert!(run.code == Some(1) && run.err.contains("is the file that is read"), "{}", run.err);
    fs::write(folder.path().join("b.ron"), "mine").unwrap();
    let run = convert(&["a.mmd", "-o", "b.ron"], folder.path());
    assert!(run.code == Some(1) && run.err.contains("--force"), "{}", run.err);
    assert_eq!(fs::read_to_string(folder.path().join("b.ron")).unwrap(), "mine");
    assert_eq!(convert(&["a.mmd", "-o", "b.ron", "--force"], folder.path()).code, Some(0));
    assert_eq!(file::load(&folder.path().join("b.ron")).unwrap().title, "a");
}

#[test]
fn mistakes_are_told_with_file_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), "stage,title,emotion\nBuy,Pays,great\n").unwrap();
    let run = convert(&["a.csv", "-o", "a.ron"], folder.path());
    assert_eq!(run.code, Some(1));
    assert!(
        run.err.contains("a.csv:2:10: ") && run.err.contains(" 2 | Buy,Pays,great\n   |          ^\n"),
        "{}",
        run.err
    );
    let run = convert(&["a.csv", "-o", "a.xyz"], folder.path());
    assert!(run.err.contains("name one with --to: ron, mermaid, csv, matrix, outline, ojf, cjml"), "{}", run.err);
    // Old Windows programs write no UTF-8.
    fs::write(folder.path().join("b.csv"), b"Phase;Activity\nKauf;\xDCberlegt\n").unwrap();
    let run = convert(&["b.csv", "-o", "b.ron", "--column", "title=Activity"], folder.path());
    assert!(run.code == Some(0) && run.err.contains("Windows-1252"), "{}", run.err);
    assert_eq!(file::load(&folder.path().join("b.ron")).unwrap().touchpoints().next().unwrap().1.title, "Überlegt");
    let more = ["--encoding", "windows-1257", "--delimiter", "semicolon", "--column", "ignore=Phase", "--force"];
    let run = convert(
        &[&["b.csv", "-o", "b.ron", "--column", "stage=#2", "--column", "notes=#2"], &more[..]].concat(),
        folder.path(),
    );
    assert!(run.code == Some(1) && run.err.contains("no column is read as stage"), "{}", run.err);
    let run = convert(
        &[&["b.csv", "-o", "b.ron", "--column", "title=#2", "--column", "stage=#1"], &more[..4], &["--force"]].concat(),
        folder.path(),
    );
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(
        file::load(&folder.path().join("b.ron")).unwrap().touchpoints().next().unwrap().1.title,
        "Ÿberlegt".replace('Ÿ', "Ü")
    );
}
