//! Simulated power cuts: only what has reached a disk is there afterwards.
//!
//! A file system in a file, mounted by a loop device, is saved into while its image is cloned in one step; what the
//! clone holds is what a disk would hold if the power went at that moment. The image stands on btrfs, which can clone.
//! It needs root, loop devices and mkfs for btrfs and ext4 or xfs; elsewhere it says so and passes over.

#![cfg(target_os = "linux")]

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rihla::file;

use super::fire::{child_for, generation, on_disk};
use super::screen::Running;

/// Runs a program of the system; what it says when it fails.
fn run<S: AsRef<OsStr>>(program: &str, args: impl IntoIterator<Item = S>) -> Result<(), String> {
    let output = Command::new(program).args(args).output().map_err(|err| format!("{program}: {err}"))?;
    let says = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if output.status.success() { Ok(()) } else { Err(format!("{program}: {says}")) }
}

/// A mounted file; unmounted when the value ends.
struct Mounted(PathBuf);

impl Mounted {
    fn new(image: &Path, at: &Path, options: &str) -> Result<Self, String> {
        fs::create_dir_all(at).map_err(|err| err.to_string())?;
        run("mount", [OsStr::new("-o"), OsStr::new(options), image.as_ref(), at.as_ref()])?;
        Ok(Self(at.to_owned()))
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if run("umount", [&self.0]).is_err() {
            let _ = run("umount", [OsStr::new("-l"), self.0.as_ref()]);
        }
    }
}

/// An image of `size` bytes, formatted by `mkfs`.
fn image(path: &Path, size: u64, mkfs: &str) -> Result<(), String> {
    fs::File::create(path).and_then(|file| file.set_len(size)).map_err(|err| err.to_string())?;
    let quiet = if mkfs == "mkfs.ext4" { "-qF" } else { "-q" };
    run(mkfs, [OsStr::new(quiet), path.as_ref()])
}

/// Cuts the power of a saver's disk `cuts` times; gives what was told about it, or why that cannot be done here.
fn cut(mkfs: &str, options: &str, cuts: usize) -> Result<String, String> {
    let folder = on_disk();
    let at = |name: &str| folder.path().join(name);
    image(&at("store.img"), 3 << 30, "mkfs.btrfs")?;
    let _store = Mounted::new(&at("store.img"), &at("store"), "loop")?;
    let (disk, clone) = (at("store/disk.img"), at("store/clone.img"));
    image(&disk, 320 << 20, mkfs)?;
    let mounted = Mounted::new(&disk, &at("disk"), "loop")?;
    let saver = child_for("saves for ever", &mounted.0).stdout(Stdio::piped()).spawn().expect("the saver starts");
    let mut saver = Running(saver);
    let lines = BufReader::new(saver.0.stdout.take().expect("piped")).lines();
    let told = AtomicUsize::new(0);
    let result = std::thread::scope(|scope| {
        // It ends with this block, also when a cut has lost something: only then does the thread end too.
        let (told, mut saver) = (&told, saver);
        scope.spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Some(n) = line.strip_prefix("saved ").and_then(|n| n.parse().ok()) {
                    told.store(n, Ordering::SeqCst);
                }
            }
        });
        while told.load(Ordering::SeqCst) == 0 {
            assert!(matches!(saver.0.try_wait(), Ok(None)), "the saver saves");
            std::thread::sleep(Duration::from_millis(10));
        }
        (0..cuts).try_for_each(|n| {
            std::thread::sleep(Duration::from_micros((n as u64 * 7919) % 40_000));
            let before = told.load(Ordering::SeqCst);
            run("cp", [OsStr::new("--reflink=always"), disk.as_ref(), clone.as_ref()])?;
            let after = Mounted::new(&clone, &at("after"), options)?;
            let map = file::load(&after.0.join("map.ron")).unwrap_or_else(|err| panic!("cut {n}: {err}"));
            let found: usize = map.title.parse().expect("a number");
            assert!(found >= before, "cut {n}: save {before} was told and {found} is there");
            assert_eq!(map, generation(found), "cut {n}");
            drop(after);
            fs::remove_file(&clone).map_err(|err| err.to_string())
        })
    });
    result?;
    Ok(format!("{mkfs}: {cuts} cuts during {} saves, 0 torn, 0 missing, 0 lost", told.load(Ordering::SeqCst)))
}

#[test]
fn a_power_cut_loses_nothing_that_was_told_to_be_saved() {
    match cut("mkfs.ext4", "loop", 12) {
        Ok(told) => println!("{told}"),
        Err(why) => println!("passed over: power cuts cannot be simulated here ({why})"),
    }
}

#[test]
#[ignore = "takes minutes: cargo test --test main power::hundreds -- --ignored --nocapture"]
fn hundreds_of_power_cuts_lose_nothing() {
    for (mkfs, options, cuts) in [("mkfs.ext4", "loop", 200), ("mkfs.xfs", "loop,nouuid", 60)] {
        match cut(mkfs, options, cuts) {
            Ok(told) => println!("{told}"),
            Err(why) => println!("passed over: power cuts cannot be simulated here ({why})"),
        }
    }
}
