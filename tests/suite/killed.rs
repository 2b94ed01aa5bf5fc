//! The real window under a hand that types, killed at random moments, and what comes back then; and what it asks of the
//! system meanwhile.
//!
//! It needs Xvfb and xdotool, the last test strace too; without them it says so and passes over.

#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use rihla::file::Store;
use rihla::template::TEMPLATES;

use super::fire::random;
use super::screen::{Screen, is_installed, wait_for};

/// What is promised.
const AT_MOST: Duration = Duration::from_secs(2);

/// Opens a new map in the real window, types letters without an end, kills the program, and tells how old the first
/// letter is that does not come back; nothing where no window can be opened.
fn type_until_killed(seed: &mut u64) -> Option<Duration> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.ron");
    rihla::file::save(&TEMPLATES[0].map(), &path).unwrap();
    let mut screen = Screen::open(&path, folder.path())?;
    screen.run(&["windowfocus", &screen.window()]);
    let store = Store::at(&folder.path().join("state/rihla"));
    let has_snapshot = || {
        let files = std::fs::read_dir(store.recovery()).into_iter().flatten().flatten();
        files.map(|file| file.path()).any(|path| path.extension().is_some_and(|ending| ending == "ron"))
    };
    // Until the first frame, keys go nowhere: the letter that brings the first snapshot is the first that counts.
    let ready = wait_for(|| {
        screen.run(&["key", "x"]);
        std::thread::sleep(Duration::from_millis(300));
        has_snapshot().then_some(())
    });
    assert!(ready.is_some(), "keys arrive");
    let end = Instant::now() + Duration::from_millis(200 + random(seed, 5_000));
    let mut typed: Vec<(char, Instant)> = Vec::new();
    while Instant::now() < end {
        let letter = char::from(b'a' + random(seed, 20) as u8);
        typed.push((letter, Instant::now()));
        screen.run(&["key", &letter.to_string()]);
        std::thread::sleep(Duration::from_millis(random(seed, 200)));
    }
    screen.program.0.kill().unwrap();
    let killed = Instant::now();
    screen.program.0.wait().unwrap();
    let leftovers = store.leftovers();
    assert_eq!(leftovers.len(), 1, "the work is there");
    let map = leftovers[0].map().unwrap_or_else(|err| panic!("torn: {err}"));
    let title = map.touchpoints().map(|(_, touchpoint)| touchpoint.title.clone()).collect::<String>();
    let back = title.trim_start_matches('x');
    let all: String = typed.iter().map(|(letter, _)| *letter).collect();
    assert!(all.starts_with(back), "typed {all}, came back {title}");
    Some(typed.get(back.len()).map_or(Duration::ZERO, |(_, at)| killed - *at))
}

/// Kills so many windows; panics if anything older than promised is lost.
fn kill_windows(rounds: usize) {
    let mut seed = std::time::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64 | 1;
    println!("seed {seed}");
    let mut ages = Vec::new();
    for round in 0..rounds {
        let Some(age) = type_until_killed(&mut seed) else {
            assert_eq!(round, 0, "a window that came up before does so again");
            return;
        };
        assert!(age <= AT_MOST, "round {round}: what was typed {age:?} before the kill is lost");
        ages.push(age.as_secs_f64());
    }
    ages.sort_by(f64::total_cmp);
    println!(
        "{rounds} windows killed: the oldest letter lost was typed {:.2} s before at worst, {:.2} s at the median",
        ages[ages.len() - 1],
        ages[ages.len() / 2]
    );
}

#[test]
fn a_killed_window_loses_two_seconds_at_most() {
    kill_windows(3);
}

#[test]
#[ignore = "takes a quarter of an hour: cargo test --test main killed::a_hundred -- --ignored --nocapture"]
fn a_hundred_killed_windows_lose_two_seconds_at_most() {
    kill_windows(100);
}

/// Whether strace is there and may trace; says so if not.
fn can_trace() -> bool {
    let can = is_installed("strace")
        && Command::new("strace").args(["-o", "/dev/null", "true"]).status().is_ok_and(|s| s.success());
    if !can {
        println!("passed over: strace is not installed or may not trace here");
    }
    can
}

#[test]
fn the_commands_ask_for_no_network() {
    if !can_trace() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let example = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    let file = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let map = file("map.ron");
    std::fs::copy(example("online-purchase.ron"), &map).unwrap();
    let (future, answers) = (example("hotel-stay-future.ron"), example("hotel-answers.csv"));
    let (future, answers) = (future.to_str().unwrap(), answers.to_str().unwrap());
    for args in [
        vec!["export", &map, "-o", &file("a.png"), "--scale", "0.2"],
        vec!["export", &map, "-o", &file("a.pdf")],
        vec!["export", &map, "-o", &file("a.svg")],
        vec!["export", &map, "-o", &file("a.pptx")],
        vec!["check", &map],
        vec!["convert", &map, "-o", &file("a.cjml")],
        vec!["convert", &file("a.cjml"), "-o", &file("b.ron")],
        vec!["fmt", &map],
        vec!["new", "--template", "hotel", "-o", &file("new.ron")],
        vec!["report", &map, "-o", &file("a.md")],
        vec!["theme", "light"],
        vec!["diff", &map, future],
        vec!["measure", &map, "--csv", answers, "--kind", "nps", "--answer", "nps", "--stage", "buy"],
    ] {
        let mut strace = Command::new("strace");
        strace.args(["-f", "-e", "trace=socket,execve", "-o"]).arg(&log).arg(env!("CARGO_BIN_EXE_rihla")).args(&args);
        let output = strace.output().expect("strace starts");
        // Two maps that differ are no mistake.
        let told = [Some(0), Some(i32::from(args[0] == "diff"))];
        assert!(told.contains(&output.status.code()), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        let log = std::fs::read_to_string(&log).unwrap();
        assert!(log.contains("execve(") && !log.contains("AF_INET"), "{args:?}: {log}");
    }
}

#[test]
fn the_window_asks_for_no_network() {
    if !can_trace() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (path, log) = (folder.path().join("map.ron"), folder.path().join("log"));
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/online-purchase.ron");
    std::fs::copy(example, &path).unwrap();
    let mut strace = Command::new("strace");
    strace.args(["-f", "-e", "trace=socket,connect,execve", "-o"]).arg(&log).arg(env!("CARGO_BIN_EXE_rihla"));
    let Some(mut screen) = Screen::open_by(strace, &[&path], folder.path()) else { return };
    screen.run(&["windowfocus", &screen.window()]);
    // Until the first frame, keys go nowhere.
    let asked = wait_for(|| {
        screen.run(&["key", "ctrl+o"]);
        std::thread::sleep(Duration::from_millis(500));
        std::fs::read_to_string(&log).unwrap().contains("choose-file").then_some(())
    });
    assert!(asked.is_some(), "the file dialog is asked for");
    for keys in ["Escape", "Escape", "equal", "ctrl+s", "ctrl+i", "ctrl+i"] {
        screen.run(&["key", keys]);
        std::thread::sleep(Duration::from_millis(500));
    }
    let ended = wait_for(|| {
        screen.run(&["key", "Escape"]);
        screen.run(&["key", "ctrl+q"]);
        std::thread::sleep(Duration::from_millis(500));
        // The question about changes: save, then end.
        screen.run(&["key", "Return"]);
        std::thread::sleep(Duration::from_millis(500));
        screen.program.0.try_wait().unwrap()
    });
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("socket(AF_UNIX"), "the display is reached: {log}");
    assert!(!log.contains("AF_INET"), "{log}");
    assert!(ended.is_some(), "Ctrl+Q ends it");
}
