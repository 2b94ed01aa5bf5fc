//! Saving under fire: killed at any moment, on a full disk, on a drive that is read-only, in folders of others. What is
//! on disk is the old or the new version, whole, and what was told to be saved is there.
//!
//! The savers are this test program once more, as [`child`], in a process that can be killed.

#![cfg(unix)]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use rihla::file::{self, Expect, Fingerprint, Lost, Meta, Outcome, SaveError, Store};
use rihla::model::{JourneyMap, generate};

/// The map of round `n`.
pub fn generation(n: usize) -> JourneyMap {
    JourneyMap { title: n.to_string(), ..generate(1 + n % 9, 2, 2) }
}

/// This program as a child that does `what` in `folder`.
pub fn child_for(what: &str, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "suite::fire::child", "--nocapture", "--test-threads=1"]);
    command.env("RIHLA_FIRE", what).env("RIHLA_FIRE_FOLDER", folder);
    command
}

/// What the children do; by itself nothing.
#[test]
fn child() {
    let Some(what) = std::env::var_os("RIHLA_FIRE") else { return };
    let folder = PathBuf::from(std::env::var_os("RIHLA_FIRE_FOLDER").unwrap());
    match what.to_str().unwrap() {
        "saves for ever" => save_for_ever(&folder),
        "saves once" => save_once(&folder, None),
        "saves once and keeps the previous save" => save_once(&folder, Some(&Store::at(&folder.join("state")))),
        "fills a disk" => fill_a_disk(&folder),
        "is nobody" => be_nobody(&folder),
        what => panic!("nobody does {what}"),
    }
    println!("\nfire: done");
}

/// What stands at `path`.
fn print_of(path: &Path) -> Option<Fingerprint> {
    file::bytes_at(path).unwrap().as_deref().map(Fingerprint::of)
}

/// Saves as the window does, with snapshots before, and says each number once it is told to be saved.
fn save_for_ever(folder: &Path) {
    let (path, store) = (folder.join("map.ron"), Store::at(&folder.join("state")));
    let slot = store.begin().unwrap();
    let first = file::load(&path).map_or(0, |map| map.title.parse().unwrap());
    let mut seen = print_of(&path);
    for n in first + 1.. {
        let map = generation(n);
        slot.write(&map, &Meta::now(None, None)).unwrap();
        match file::save_expecting(&map, &path, Expect::Seen(seen), Some(&store)) {
            Outcome::Saved(print, _) => seen = Some(print),
            outcome => panic!("{outcome:?}"),
        }
        println!("\nsaved {n}");
    }
}

/// How often a saver saves elsewhere first.
pub const WARM: usize = 40;

/// Saves generation 2 over what is there, and says what came of it.
fn save_once(folder: &Path, store: Option<&Store>) {
    let (path, map) = (folder.join("map.ron"), generation(2));
    // What the other threads of this process have called by now are fewer calls of each name than these: so that the
    // one that is disturbed is the one of this save.
    let warm = ram_disk().unwrap_or_else(|| tempfile::tempdir().unwrap());
    for n in 0..WARM {
        let store = store.map(|_| Store::at(warm.path()));
        let outcome =
            file::save_expecting(&generation(n), &warm.path().join("map.ron"), Expect::Anything, store.as_ref());
        assert!(matches!(outcome, Outcome::Saved(..)), "{outcome:?}");
    }
    let seen = print_of(&path);
    println!("\nfire: begin");
    let outcome = file::save_expecting(&map, &path, Expect::Seen(seen), store);
    match outcome {
        Outcome::Saved(..) => println!("\nfire: saved"),
        Outcome::Changed => println!("\nfire: changed"),
        Outcome::Unconfirmed(_, err) => println!("\nfire: unconfirmed {err}"),
        Outcome::Failed(err) => println!("\nfire: failed {err}"),
    }
}

/// The temporary files of saves in `folder`.
pub fn temporary(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    files.filter(|path| path.extension().is_some_and(|ending| ending == "tmp")).collect()
}

/// A number below `below`, another each time.
pub fn random(state: &mut u64, below: u64) -> u64 {
    // The generator of Marsaglia, "Xorshift RNGs", 2003.
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state % below
}

/// A few saves take so long.
const RAM: Duration = Duration::from_millis(4);
const DISK: Duration = Duration::from_millis(40);

/// Kills a saver `kills` times at random moments of its saving; panics if a file is torn or a save is lost.
fn kill_savers(place: &str, folder: &Path, kills: usize, within: Duration) {
    let path = folder.join("map.ron");
    let mut seed = std::time::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64 | 1;
    println!("seed {seed}");
    let (mut last, mut halfway) = (0, 0);
    for kill in 0..kills {
        let mut saver = child_for("saves for ever", folder).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(saver.stdout.take().unwrap()).lines();
        // The first number is waited for, so that the kill falls into the saving.
        let mut numbers = lines.map_while(Result::ok).filter_map(|l| l.strip_prefix("saved ")?.parse::<usize>().ok());
        let first = numbers.next().expect("it saves");
        std::thread::sleep(Duration::from_micros(random(&mut seed, within.as_micros() as u64)));
        saver.kill().unwrap();
        saver.wait().unwrap();
        last = numbers.last().unwrap_or(first).max(last);
        let map = file::load(&path).unwrap_or_else(|err| panic!("torn after {kill} kills: {err}"));
        let found: usize = map.title.parse().unwrap();
        assert!(found >= last, "save {last} was told and {found} is there");
        assert_eq!(map, generation(found));
        let store = Store::at(&folder.join("state"));
        for leftover in store.leftovers() {
            let map = leftover.map().unwrap_or_else(|err| panic!("torn after {kill} kills: {err}"));
            assert_eq!(map, generation(map.title.parse().unwrap()));
            leftover.discard().unwrap();
        }
        let _ = fs::remove_dir_all(store.recovery().join("old"));
        let left = [temporary(folder), temporary(&store.recovery()), temporary(&folder.join("state/backup"))].concat();
        halfway += usize::from(!left.is_empty());
        left.iter().for_each(|path| fs::remove_file(path).unwrap());
    }
    println!("{place}: {kills} kills, {halfway} of them in the middle of a file, {last} saves told, 0 torn, 0 lost");
}

/// A folder in memory, where there is one.
fn ram_disk() -> Option<tempfile::TempDir> {
    let folder = tempfile::tempdir_in("/dev/shm").ok();
    if folder.is_none() {
        println!("passed over: there is no RAM disk at /dev/shm");
    }
    folder
}

/// A folder on the disk on which this was built.
pub fn on_disk() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
}

#[test]
fn a_saver_killed_at_any_moment_leaves_whole_files() {
    if let Some(folder) = ram_disk() {
        kill_savers("RAM disk", folder.path(), 150, RAM);
    }
    kill_savers("disk", on_disk().path(), 50, DISK);
}

#[test]
#[ignore = "takes a quarter of an hour: cargo test --test main fire::ten_thousand -- --ignored --nocapture"]
fn ten_thousand_kills_on_a_ram_disk_and_a_thousand_on_a_real_one() {
    if let Some(folder) = ram_disk() {
        kill_savers("RAM disk", folder.path(), 10_000, RAM);
    }
    kill_savers("disk", on_disk().path(), 1_000, DISK);
}

/// Runs `command` in a mount namespace of its own, with an empty disk of 512 KB at `folder`; `None` where that may not
/// be done.
fn with_small_disk(command: &Command, folder: &Path) -> Option<std::process::Output> {
    let is_root = fs::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0);
    let mut inside = Command::new("unshare");
    inside.arg(if is_root { "-m" } else { "-Urm" });
    inside.args(["sh", "-c", "mount -t tmpfs -o size=512k tmpfs \"$0\" || exit 77; exec \"$@\""]).arg(folder);
    inside.arg(command.get_program()).args(command.get_args());
    inside.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = inside.output().ok().filter(|output| output.status.code() != Some(77));
    let output = output.filter(|output| !String::from_utf8_lossy(&output.stderr).starts_with("unshare:"));
    if output.is_none() {
        println!("passed over: no disk can be mounted here");
    }
    output
}

#[test]
fn a_full_or_read_only_disk_is_told_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let Some(output) = with_small_disk(&child_for("fills a disk", folder.path()), folder.path()) else { return };
    let says = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(says.contains("fire: done"), "{says}");
}

/// Inside a disk of 512 KB.
fn fill_a_disk(folder: &Path) {
    let (path, filler) = (folder.join("map.ron"), folder.join("filler"));
    file::save(&generation(1), &path).unwrap();
    let old = fs::read(&path).unwrap();
    let large = generate(40, 10, 6);
    let save = |map: &JourneyMap| file::save_expecting(map, &path, Expect::Seen(print_of(&path)), None);
    assert!(fs::write(&filler, vec![0; 1 << 20]).is_err(), "the disk is small");
    let outcome = save(&large);
    let Outcome::Failed(err @ SaveError::Full(_)) = outcome else { panic!("{outcome:?}") };
    assert!(err.to_string().contains("make room, or save on another disk"), "{err}");
    assert_eq!((fs::read(&path).unwrap() == old, temporary(folder).len()), (true, 0));
    let store = Store::at(&folder.join("state"));
    let kept =
        store.begin().map_err(|_| ()).and_then(|slot| slot.write(&large, &Meta::now(None, None)).map_err(|_| ()));
    assert!(kept.is_err(), "snapshots say that they fail too");
    fs::remove_file(&filler).unwrap();
    let outcome = save(&generation(2));
    assert!(matches!(outcome, Outcome::Saved(..)), "{outcome:?}");
    let remount = |how: &str| Command::new("mount").args(["-o", how]).arg(folder).status().unwrap();
    assert!(remount("remount,ro").success());
    let outcome = save(&generation(3));
    let Outcome::Failed(err @ SaveError::ReadOnlyDrive(_)) = outcome else { panic!("{outcome:?}") };
    assert!(err.to_string().contains("save on another drive"), "{err}");
    assert_eq!(file::load(&path).unwrap(), generation(2));
    assert!(remount("remount,rw").success());
}

#[test]
fn files_and_folders_of_others_are_left_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    for (name, mode) in [("theirs.ron", 0o644), ("shared.ron", 0o664)] {
        file::save(&generation(1), &folder.path().join(name)).unwrap();
        fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(mode)).unwrap();
    }
    let shut = folder.path().join("shut");
    fs::create_dir(&shut).unwrap();
    file::save(&generation(1), &shut.join("map.ron")).unwrap();
    fs::set_permissions(shut.join("map.ron"), fs::Permissions::from_mode(0o666)).unwrap();
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o755)).unwrap();
    if chown(folder.path().join("shared.ron"), Some(12345), Some(65534)).is_err() {
        println!("passed over: only root can be somebody else");
        return;
    }
    let output = child_for("is nobody", folder.path()).uid(65534).gid(65534).output();
    let Ok(output) = output else {
        println!("passed over: nobody may not start this program");
        return;
    };
    let says = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(says.contains("fire: done"), "{says}");
}

/// As the account nobody, in a folder that everybody may write.
fn be_nobody(folder: &Path) {
    let save = |name: &str| file::save_expecting(&generation(2), &folder.join(name), Expect::Anything, None);
    let outcome = save("theirs.ron");
    assert!(matches!(&outcome, Outcome::Failed(SaveError::ReadOnly(_))), "a rename could, but may not: {outcome:?}");
    let outcome = save("shut/map.ron");
    let Outcome::Failed(err @ SaveError::Folder(..)) = &outcome else { panic!("{outcome:?}") };
    assert!(err.to_string().contains("shut (permission denied"), "{err}");
    for name in ["theirs.ron", "shut/map.ron"] {
        assert_eq!(file::load(&folder.join(name)).unwrap(), generation(1));
    }
    let outcome = save("shared.ron");
    let Outcome::Saved(_, lost) = &outcome else { panic!("{outcome:?}") };
    assert_eq!(*lost, [Lost::Owner], "it is told that it has another owner");
    let meta = fs::metadata(folder.join("shared.ron")).unwrap();
    assert_eq!((meta.uid(), meta.gid(), meta.mode() & 0o777), (65534, 65534, 0o664), "its group can be kept");
    assert!(temporary(folder).is_empty() && temporary(&folder.join("shut")).is_empty());
}
