//! Nothing is lost: snapshots and what is left behind.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rihla::file::{self, Fingerprint, Keeper, Meta, Standing, Store, to_ron};
use rihla::model::{JourneyMap, generate};

/// Asks again and again for some seconds.
fn wait_for(mut is_so: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + Duration::from_secs(10);
    while Instant::now() < end {
        if is_so() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

/// How many files with this ending are in `folder`.
fn count(folder: &Path, ending: &str) -> usize {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter(|file| file.path().extension().is_some_and(|e| e == ending)).count()
}

#[test]
fn what_a_running_program_holds_is_not_left_behind() {
    let state = tempfile::tempdir().unwrap();
    let store = Store::at(state.path());
    let slot = store.begin().unwrap();
    slot.write(&generate(2, 1, 1), &Meta::now(None, None)).unwrap();
    assert!(store.leftovers().is_empty());
    drop(slot);
    let leftovers = store.leftovers();
    assert_eq!(leftovers.len(), 1);
    assert_eq!(leftovers[0].map().unwrap(), generate(2, 1, 1));
    assert_eq!(leftovers[0].standing, Standing::NeverSaved);
    assert!(store.leftovers().is_empty(), "somebody is looking at it already");
    drop(leftovers);
    assert_eq!(store.leftovers().len(), 1, "what was not answered stays");
}

#[test]
fn discarded_work_is_kept_for_a_week() {
    let state = tempfile::tempdir().unwrap();
    let store = Store::at(state.path());
    let slot = store.begin().unwrap();
    slot.write(&generate(2, 1, 1), &Meta::now(None, None)).unwrap();
    drop(slot);
    store.leftovers()[0].discard().unwrap();
    assert!(store.leftovers().is_empty());
    let old = store.recovery().join("old");
    store.clean();
    assert_eq!((count(&old, "ron"), count(&store.recovery(), "lock")), (1, 0));
    for file in fs::read_dir(&old).unwrap().flatten() {
        let file = fs::OpenOptions::new().append(true).open(file.path()).unwrap();
        file.set_modified(std::time::SystemTime::now() - Duration::from_secs(8 * 24 * 3600)).unwrap();
    }
    store.clean();
    assert_eq!(count(&old, "ron"), 0);
}

#[test]
fn a_leftover_knows_how_it_stands_to_its_file() {
    let state = tempfile::tempdir().unwrap();
    let store = Store::at(state.path());
    let path = state.path().join("map.ron");
    file::save(&generate(2, 1, 1), &path).unwrap();
    let base = Some(Fingerprint::of(&fs::read(&path).unwrap()));
    store.begin().unwrap().write(&generate(3, 1, 1), &Meta::now(Some(path.clone()), base)).unwrap();
    let standing = || store.leftovers()[0].standing;
    assert_eq!(standing(), Standing::Newer);
    file::save(&generate(4, 1, 1), &path).unwrap();
    assert_eq!(standing(), Standing::Older);
    let file = fs::OpenOptions::new().append(true).open(&path).unwrap();
    file.set_modified(std::time::SystemTime::now() - Duration::from_secs(60)).unwrap();
    assert_eq!(standing(), Standing::Parted);
    fs::remove_file(&path).unwrap();
    assert_eq!(standing(), Standing::FileGone);
}

#[test]
fn a_snapshot_without_its_note_is_offered_still() {
    let state = tempfile::tempdir().unwrap();
    let store = Store::at(state.path());
    fs::create_dir_all(store.recovery()).unwrap();
    fs::write(store.recovery().join("x.ron"), to_ron(&generate(2, 1, 1))).unwrap();
    fs::write(store.recovery().join("x.meta"), "(torn").unwrap();
    let leftovers = store.leftovers();
    assert_eq!((leftovers.len(), leftovers[0].meta.path.clone()), (1, None));
}

#[test]
fn the_keeper_is_at_most_two_seconds_behind_while_editing_goes_on() {
    let state = tempfile::tempdir().unwrap();
    let store = Store::at(state.path());
    let mut keeper = Keeper::new(store.clone());
    let start = Instant::now();
    let mut n = 0;
    while count(&store.recovery(), "ron") == 0 {
        n += 1;
        let map = Arc::new(JourneyMap { title: format!("state {n}"), ..generate(2, 1, 1) });
        keeper.keep(&map, || Meta::now(None, None));
        std::thread::sleep(Duration::from_millis(50));
        assert!(start.elapsed() < Duration::from_millis(2500), "it waits for the end of the edits");
    }
    let last = Arc::new(JourneyMap { title: "the last".into(), ..generate(2, 1, 1) });
    keeper.keep(&last, || Meta::now(None, None));
    drop(keeper);
    assert_eq!(store.leftovers()[0].map().unwrap(), *last, "ending writes what was not yet written");
}

#[test]
fn saved_work_leaves_nothing_and_discarded_work_is_put_away() {
    let state = tempfile::tempdir().unwrap();
    let store = Store::at(state.path());
    let mut keeper = Keeper::new(store.clone());
    for (round, kept) in [(0, 0), (1, 1)] {
        keeper.keep(&Arc::new(generate(2, 1, 1)), || Meta::now(None, None));
        assert!(wait_for(|| count(&store.recovery(), "ron") == 1));
        if round == 0 {
            keeper.is_saved();
        } else {
            keeper.discard();
        }
        assert!(wait_for(|| count(&store.recovery(), "ron") == 0));
        assert!(wait_for(|| count(&store.recovery().join("old"), "ron") == kept));
    }
    drop(keeper);
    assert_eq!(count(&store.recovery(), "lock"), 0);
}

#[test]
fn a_panic_writes_a_last_snapshot() {
    let state = tempfile::tempdir().unwrap();
    let store = Store::at(state.path());
    let mut keeper = Keeper::new(store.clone());
    keeper.write_on_panic();
    keeper.keep(&Arc::new(generate(2, 1, 1)), || Meta::now(None, None));
    let result = std::thread::spawn(|| panic!("this panic is part of a test")).join();
    assert!(result.is_err());
    assert_eq!(count(&store.recovery(), "ron"), 1, "before a second had passed");
}

#[test]
fn a_leftover_is_gone_on_with_in_its_place() {
    let state = tempfile::tempdir().unwrap();
    let store = Store::at(state.path());
    store.begin().unwrap().write(&generate(2, 1, 1), &Meta::now(None, None)).unwrap();
    let mut keeper = Keeper::new(store.clone());
    let leftover = store.leftovers().remove(0);
    keeper.adopt(leftover.adopt());
    keeper.keep(&Arc::new(generate(3, 1, 1)), || Meta::now(None, None));
    drop(keeper);
    let leftovers = store.leftovers();
    assert_eq!(leftovers.len(), 1);
    assert_eq!(leftovers[0].map().unwrap(), generate(3, 1, 1));
}

#[test]
fn a_file_is_held_by_one_window() {
    let state = tempfile::tempdir().unwrap();
    let store = Store::at(state.path());
    let path = state.path().join("map.ron");
    fs::write(&path, "").unwrap();
    let held = store.hold(&path).unwrap();
    assert!(held.is_some());
    assert!(store.hold(&state.path().join("./map.ron")).unwrap().is_none());
    drop(held);
    assert!(store.hold(&path).unwrap().is_some());
}
