//! Every system call of a save made to fail, and the saver killed at each: strace does both. The order of the calls is
//! looked at too, as only it tells whether content and name reach the disk before "saved" is said.

#![cfg(target_os = "linux")]

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use rihla::file::to_ron;

use super::fire::{WARM, child_for, generation, on_disk, temporary};

/// The errors that calls are made to give.
const ERRORS: [&str; 4] = ["ENOSPC", "EIO", "EACCES", "EDQUOT"];

/// The calls about files, which may give them; what is about memory and threads does not fail in this way.
const ABOUT_FILES: [&str; 30] = [
    "access",
    "chmod",
    "close",
    "faccessat",
    "faccessat2",
    "fchmod",
    "fchown",
    "fgetxattr",
    "flistxattr",
    "fremovexattr",
    "fsetxattr",
    "fstat",
    "fsync",
    "getdents64",
    "linkat",
    "lseek",
    "mkdir",
    "newfstatat",
    "open",
    "openat",
    "read",
    "readlink",
    "rename",
    "renameat",
    "renameat2",
    "stat",
    "statx",
    "unlink",
    "unlinkat",
    "write",
];

/// A call of the saver between its two words.
#[derive(Clone, Debug)]
struct Call {
    name: String,
    /// The how many-th of its name since the start.
    number: usize,
    /// As strace writes it.
    text: String,
}

/// Runs the saver in `folder` under strace with these options; gives its output and what strace wrote.
fn traced(what: &str, folder: &Path, options: &[String]) -> (Output, String) {
    let log = folder.join("strace");
    let child = child_for(what, folder);
    let mut strace = Command::new("strace");
    strace.args(["-f", "-s", "80", "-o"]).arg(&log).args(options);
    strace.arg(child.get_program()).args(child.get_args());
    strace.envs(child.get_envs().filter_map(|(name, value)| Some((name, value?))));
    // Cargo sets it, and the loader looks into every folder of it.
    strace.env_remove("LD_LIBRARY_PATH");
    let output = strace.output().expect("strace starts");
    let text = fs::read_to_string(&log).unwrap_or_default();
    let _ = fs::remove_file(log);
    (output, text)
}

/// Whether strace is there and may trace.
fn can_trace() -> bool {
    let can = Command::new("strace").args(["-o", "/dev/null", "true"]).output().is_ok_and(|o| o.status.success());
    if !can {
        println!("passed over: strace is not installed or may not trace here");
    }
    can
}

/// Puts generation 1 where the saver will save generation 2.
fn prepare(folder: &Path) {
    for path in temporary(folder) {
        fs::remove_file(path).unwrap();
    }
    let _ = fs::remove_dir_all(folder.join("state"));
    fs::write(folder.join("map.ron"), to_ron(&generation(1))).unwrap();
}

/// The calls of an undisturbed save.
fn calls(what: &str, folder: &Path) -> Vec<Call> {
    prepare(folder);
    let (output, log) = traced(what, folder, &[]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("fire: saved"), "{output:?}");
    let begin = log.lines().find(|line| line.contains("fire: begin")).expect("the saver says that it begins");
    let saver = begin.split_whitespace().next().unwrap();
    let (mut counts, mut found, mut inside) = (HashMap::new(), Vec::new(), false);
    let others = log.lines().filter(|line| line.split_whitespace().next() != Some(saver));
    for name in ABOUT_FILES {
        let count = others
            .clone()
            .filter(|line| line.split_whitespace().nth(1).is_some_and(|w| w.starts_with(&format!("{name}("))))
            .count();
        assert!(count < WARM, "other threads call {name} {count} times");
    }
    for line in log.lines().filter(|line| line.split_whitespace().next() == Some(saver)) {
        let text = line[saver.len()..].trim_start();
        let Some((name, _)) = text.split_once('(').filter(|(name, _)| !name.contains([' ', '<', '+', '-'])) else {
            continue;
        };
        let number: &mut usize = counts.entry(name.to_owned()).or_default();
        *number += 1;
        if inside && text.contains("fire: saved") {
            found.push(Call { name: name.into(), number: *number, text: text.into() });
            return found;
        }
        if inside {
            found.push(Call { name: name.into(), number: *number, text: text.into() });
        }
        inside |= text.contains("fire: begin");
    }
    panic!("the saver says that it has saved");
}

#[test]
fn content_and_name_reach_the_disk_before_saved_is_said() {
    if !can_trace() {
        return;
    }
    let folder = on_disk();
    let calls = calls("saves once", folder.path());
    let at = |what: &str, from: usize, is: &dyn Fn(&Call) -> bool| {
        let found = calls.iter().skip(from).position(is);
        from + found.unwrap_or_else(|| panic!("no {what} behind call {from} of {calls:#?}"))
    };
    let opened = at("temporary file", 0, &|c| c.name == "openat" && c.text.contains(".rihla-"));
    let file = calls[opened].text.rsplit("= ").next().unwrap().trim().to_owned();
    let is_of = |c: &Call, name: &str, file: &str| {
        c.name == name && c.text.starts_with(&format!("{name}({file}")) && !c.text.ends_with("= -1")
    };
    let last_write = calls.iter().rposition(|c| is_of(c, "write", &format!("{file}, "))).expect("it is written");
    let synced = at("fsync of the file", last_write, &|c| is_of(c, "fsync", &format!("{file})")));
    let renamed = at("rename", synced, &|c| c.name.starts_with("rename") && c.text.contains("map.ron"));
    let name = folder.path().to_str().unwrap();
    let folder_opened =
        at("opening of the folder", renamed, &|c| c.name == "openat" && c.text.contains(&format!("{name}\",")));
    let folder_file = calls[folder_opened].text.rsplit("= ").next().unwrap().trim().to_owned();
    let folder_synced = at("fsync of the folder", folder_opened, &|c| is_of(c, "fsync", &format!("{folder_file})")));
    let looked = calls[synced..renamed].iter().any(|c| c.name == "openat" && c.text.contains("map.ron"));
    assert!(looked, "what stands there is looked at once more before it is replaced: {calls:#?}");
    assert!(folder_synced < calls.len() - 1);
}

/// Disturbs each call of a save, or of every `step`-th, with each of `errors` errors, and kills at it.
fn disturb(what: &str, step: usize, errors: usize) {
    let folder = on_disk();
    let (path, old, new) = (folder.path().join("map.ron"), to_ron(&generation(1)), to_ron(&generation(2)));
    let calls = calls(what, folder.path());
    let (mut failures, mut kills, mut left, mut told) = (0, 0, 0, 0);
    for (at, call) in calls.iter().enumerate().filter(|(at, _)| at % step == 0) {
        let only = format!("--trace={}", call.name);
        let inject = |how: String| [only.clone(), format!("--inject={}:{how}:when={}", call.name, call.number)];
        if ABOUT_FILES.contains(&call.name.as_str()) && at + 1 < calls.len() {
            for error in 0..errors {
                let error = ERRORS[(at + error) % ERRORS.len()];
                prepare(folder.path());
                let (output, log) = traced(what, folder.path(), &inject(format!("error={error}")));
                assert!(log.contains("(INJECTED)"), "{call:?} is made to fail: {log}");
                let says = String::from_utf8_lossy(&output.stdout).into_owned();
                let word = says.lines().filter_map(|line| line.strip_prefix("fire: ")).find(|word| *word != "begin");
                let word = word.unwrap_or_else(|| panic!("{error} at {call:?}: {output:?}"));
                let there = fs::read_to_string(&path).unwrap();
                let expected = match word.split(' ').next().unwrap() {
                    "saved" | "unconfirmed" => &new,
                    "failed" | "changed" => &old,
                    word => panic!("{word}"),
                };
                assert!(there == *expected, "{error} at {call:?}: {word}");
                let is_essential = ["fsync", "write", "fchmod"].contains(&call.name.as_str());
                assert!(!(is_essential && word == "saved" && what == "saves once"), "{error} at {call:?}: false saved");
                let is_unlink = call.name.starts_with("unlink");
                assert!(is_unlink || temporary(folder.path()).is_empty(), "{error} at {call:?} leaves a file");
                failures += 1;
                told += usize::from(word == "saved");
            }
        }
        prepare(folder.path());
        let (output, _) = traced(what, folder.path(), &inject("signal=KILL".into()));
        assert!(!output.status.success(), "it is killed at {call:?}");
        let there = fs::read_to_string(&path).unwrap();
        assert!(there == old || there == new, "killed at {call:?}: torn");
        let says = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(!says.contains("fire: saved"), "it was killed before");
        kills += 1;
        left += usize::from(!temporary(folder.path()).is_empty());
    }
    println!(
        "{what}: {} calls, {failures} failures ({told} of them of no account), {kills} kills, 0 corrupt, 0 false \"saved\", \
         {left} temporary files left by kills",
        calls.len()
    );
}

#[test]
fn a_call_that_fails_or_kills_leaves_the_old_or_the_new_file() {
    if can_trace() {
        disturb("saves once", 1, 1);
    }
}

#[test]
#[ignore = "takes minutes: cargo test --test main inject::every_call -- --ignored --nocapture"]
fn every_call_fails_with_every_error_and_kills() {
    if can_trace() {
        disturb("saves once", 1, ERRORS.len());
        disturb("saves once and keeps the previous save", 1, ERRORS.len());
    }
}
