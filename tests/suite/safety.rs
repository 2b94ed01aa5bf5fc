//! The window when things go wrong: a crash, somebody else at the same file, a disk that refuses.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use egui::Key;
use rihla::file::{self, Fingerprint, Meta, Store, to_ron};
use rihla::model::{JourneyMap, generate};

use super::driver::{Window, example};

/// A folder with a copy of the example and room for the state.
fn desk() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (path, state) = (folder.path().join("map.ron"), folder.path().join("state"));
    fs::copy(example(), &path).unwrap();
    (folder, path, state)
}

fn titled(title: &str) -> JourneyMap {
    JourneyMap { title: title.into(), ..file::load(&example()).unwrap() }
}

/// Changes the file as another program would: by another file under its name, or in place.
fn change(path: &Path, title: &str, replace: bool) {
    if replace {
        file::save(&titled(title), path).unwrap();
    } else {
        fs::write(path, to_ron(&titled(title))).unwrap();
    }
}

fn file_title(path: &Path) -> String {
    file::load(path).unwrap().title
}

#[test]
fn a_window_without_changes_follows_the_file_in_one_step() {
    for replace in [true, false] {
        let (_folder, path, state) = desk();
        let mut window = Window::guarded(Some(&path), &state);
        let before = window.map().title.clone();
        for title in ["theirs", "theirs again"] {
            change(&path, title, replace);
            assert!(window.wait_for(|w| w.map().title == title), "replaced: {replace}");
            assert!(!window.is_dirty());
        }
        window.rest();
        assert!(window.tells("was changed on disk and is loaded again"));
        window.command(Key::Z);
        window.command(Key::Z);
        assert_eq!(window.map().title, before);
        assert!(window.is_dirty(), "undo went back to what is not on disk");
    }
}

#[test]
fn a_window_with_changes_asks_and_loses_neither_side() {
    for replace in [true, false] {
        let (_folder, path, state) = desk();
        let mut window = Window::guarded(Some(&path), &state);
        window.retitle("mine");
        change(&path, "theirs", replace);
        assert!(window.wait_for(|w| w.tells("The file was changed by someone else")), "replaced: {replace}");
        assert_eq!((window.map().title.as_str(), file_title(&path).as_str()), ("mine", "theirs"));
        window.answer("Load theirs");
        assert_eq!(window.map().title, "theirs");
        assert!(!window.is_dirty());
        window.command(Key::Z);
        assert_eq!(window.map().title, "mine");
        window.command(Key::S);
        assert_eq!(file_title(&path), "mine", "theirs was seen");
    }
}

#[test]
fn what_differs_can_be_looked_at_before_answering() {
    let (_folder, path, state) = desk();
    let mut window = Window::guarded(Some(&path), &state);
    window.retitle("mine");
    change(&path, "theirs", true);
    assert!(window.wait_for(|w| w.tells("The file was changed by someone else")));
    window.answer("Compare");
    assert!(window.tells("The file on disk") && window.tells("theirs"), "the panel says what differs");
    window.answer("Close comparison");
    assert!(window.tells("The file was changed by someone else"), "looking is no answer");
    window.answer("Compare");
    assert_eq!((window.map().title.as_str(), file_title(&path).as_str()), ("mine", "theirs"));
    assert!(window.map().counterpart.is_empty(), "nothing is written into the map for it");
    window.answer("Load theirs");
    assert_eq!(window.map().title, "theirs");
    assert!(!window.tells("The file on disk") && !window.tells("someone else"));
}

#[test]
fn keeping_mine_is_asked_once() {
    let (_folder, path, state) = desk();
    let mut window = Window::guarded(Some(&path), &state);
    window.retitle("mine");
    change(&path, "theirs", true);
    assert!(window.wait_for(|w| w.tells("The file was changed by someone else")));
    window.answer("Keep mine");
    window.command(Key::S);
    assert!(!window.is_dirty());
    assert_eq!(file_title(&path), "mine");
}

#[test]
fn own_saves_are_not_taken_for_those_of_others() {
    let (_folder, path, state) = desk();
    let mut window = Window::guarded(Some(&path), &state);
    for title in ["one", "two", "three"] {
        window.retitle(title);
        window.command(Key::S);
        window.retitle(&format!("{title} and more"));
    }
    assert!(!window.comes_within(400, |w| w.tells("someone else") || w.tells("on disk")));
    assert_eq!(window.map().title, "three and more");
    assert_eq!(file_title(&path), "three");
}

#[test]
fn a_save_over_what_was_not_seen_asks_first() {
    let (_folder, path, _) = desk();
    // Not watched: only the look before the save finds it.
    let mut window = Window::open(Some(&path));
    window.retitle("mine");
    change(&path, "theirs", true);
    window.command(Key::S);
    assert!(window.tells("The file was changed by someone else"));
    window.answer("Cancel");
    assert!(window.is_dirty());
    assert_eq!(file_title(&path), "theirs");
    window.command(Key::S);
    window.answer("Overwrite");
    assert!(!window.is_dirty());
    assert_eq!(file_title(&path), "mine");
}

#[test]
fn a_new_name_that_is_taken_is_asked_about() {
    let (folder, path, _) = desk();
    let taken = folder.path().join("untitled.ron");
    let mut window = Window::open(None);
    window.key(Key::Enter);
    window.write("Waits");
    window.key(Key::Enter);
    fs::copy(&path, &taken).unwrap();
    window.harness.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, Key::S);
    window.rest();
    window.command(Key::A);
    window.write(&taken.to_string_lossy());
    window.answer("Save");
    assert!(window.tells("There is a file of this name"));
    assert_eq!(to_ron(&file::load(&taken).unwrap()), to_ron(&file::load(&path).unwrap()));
    window.answer("Overwrite");
    assert_eq!(to_ron(&file::load(&taken).unwrap()), to_ron(window.map()));
}

#[test]
fn a_failed_save_says_so_and_keeps_the_changes() {
    let (folder, path, _) = desk();
    let mut window = Window::open(Some(&path));
    window.retitle("mine");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    window.command(Key::S);
    assert!(window.tells("read-only"));
    window.answer("Close");
    assert!(window.tells("Could not save"));
    assert!(window.is_dirty());
    window.command(Key::S);
    window.answer("Save as…");
    window.command(Key::A);
    window.write(&folder.path().join("other.ron").to_string_lossy());
    window.answer("Save");
    assert!(!window.is_dirty());
    assert_eq!(file_title(&folder.path().join("other.ron")), "mine");
}

#[test]
fn the_previous_save_is_kept() {
    let (_folder, path, state) = desk();
    let before = fs::read(&path).unwrap();
    let mut window = Window::guarded(Some(&path), &state);
    window.retitle("mine");
    window.command(Key::S);
    assert_eq!(fs::read(Store::at(&state).backup_of(&path)).unwrap(), before);
}

#[test]
fn a_second_window_on_the_same_file_is_told() {
    let (_folder, path, state) = desk();
    let first = Window::guarded(Some(&path), &state);
    let second = Window::guarded(Some(&path), &state);
    assert!(second.tells("open in another window"));
    assert!(!first.tells("open in another window"));
}

/// Leaves work behind that began from a file at `path` with these bytes, as a crash does.
fn leave_behind(path: &Path, state: &Path, base: &[u8]) -> Store {
    let store = Store::at(state);
    let meta = Meta::now(Some(path.to_owned()), Some(Fingerprint::of(base)));
    store.begin().unwrap().write(&titled("recovered"), &meta).unwrap();
    store
}

#[test]
fn work_left_behind_is_offered_and_opened_as_a_copy() {
    let (_folder, path, state) = desk();
    let store = leave_behind(&path, &state, &fs::read(&path).unwrap());
    let mut window = Window::guarded(None, &state);
    assert!(window.wait_for(|w| w.tells("newer than the file")));
    window.answer("Later");
    drop(window);
    let mut window = Window::guarded(None, &state);
    assert!(window.wait_for(|w| w.tells("Work that was not saved")), "it was not answered");
    window.answer("Open");
    assert_eq!(window.map().title, "recovered");
    assert!(window.is_dirty());
    assert_ne!(file_title(&path), "recovered", "never by force");
    window.command(Key::S);
    assert_eq!(file_title(&path), "recovered", "the file is still the one that the work began from");
    assert!(!window.is_dirty());
    drop(window);
    assert!(store.leftovers().is_empty());
}

#[test]
fn recovered_work_is_shown_beside_its_file() {
    let (_folder, path, state) = desk();
    leave_behind(&path, &state, &fs::read(&path).unwrap());
    let mut window = Window::guarded(None, &state);
    assert!(window.wait_for(|w| w.tells("newer than the file")));
    window.answer("Compare");
    assert_eq!(window.map().title, "recovered");
    assert!(window.tells("The file on disk") && window.tells(&file_title(&path)));
    assert!(window.is_dirty());
}

#[test]
fn work_that_is_in_its_file_is_not_offered() {
    let (_folder, path, state) = desk();
    let store = Store::at(&state);
    let map = titled("saved");
    // Ended between the save and the clearing away of the snapshot.
    store.begin().unwrap().write(&map, &Meta::now(Some(path.clone()), None)).unwrap();
    file::save(&map, &path).unwrap();
    assert!(store.leftovers().is_empty());
    assert!(fs::read_dir(store.recovery()).unwrap().flatten().all(|f| f.path().extension() != Some("ron".as_ref())));
}

#[test]
fn a_copy_is_written_without_changing_what_the_window_is_about() {
    let (folder, path, _) = desk();
    let mut window = Window::open(Some(&path));
    window.retitle("mine");
    window.command(Key::K);
    window.write("save a copy");
    window.key(Key::Enter);
    assert!(window.tells("Save a copy as"));
    window.answer("Save");
    let copy = folder.path().join("map copy.ron");
    assert!(window.wait_for(|_| copy.exists()));
    assert_eq!(file_title(&copy), "mine");
    assert!(window.is_dirty(), "the map itself is not saved");
    assert_ne!(file_title(&path), "mine");
}

#[test]
fn a_map_is_found_in_the_list_where_the_system_has_no_dialogs() {
    let (folder, path, _) = desk();
    fs::create_dir(folder.path().join("deep")).unwrap();
    fs::rename(&path, folder.path().join("deep/found.ron")).unwrap();
    fs::write(folder.path().join("deep/notes.log"), "").unwrap();
    let mut window = Window::open(None);
    window.command(Key::O);
    window.command(Key::A);
    window.write(&format!("{}/", folder.path().display()));
    assert!(window.wait_for(|w| w.tells("Folder deep")));
    window.answer("Folder deep");
    assert!(window.wait_for(|w| w.tells("File found.ron")));
    assert!(!window.tells("notes.log"));
    window.answer("File found.ron");
    window.answer("Open");
    assert_eq!(window.map().title, file_title(&example()));
}

#[test]
fn recovered_work_does_not_overwrite_a_file_that_went_on() {
    let (_folder, path, state) = desk();
    let store = leave_behind(&path, &state, b"long ago");
    let before = fs::read(&path).unwrap();
    let mut window = Window::guarded(None, &state);
    assert!(window.wait_for(|w| w.tells("Work that was not saved")));
    window.answer("Open");
    window.command(Key::S);
    assert!(window.tells("Save map as"), "it asks where");
    assert_eq!(fs::read(&path).unwrap(), before);
    drop(window);
    assert_eq!(store.leftovers()[0].map().unwrap().title, "recovered", "it is still kept");
}

#[test]
fn discarded_work_is_put_away() {
    let state = tempfile::tempdir().unwrap();
    let store = Store::at(state.path());
    store.begin().unwrap().write(&generate(2, 1, 1), &Meta::now(None, None)).unwrap();
    let mut window = Window::guarded(None, state.path());
    assert!(window.wait_for(|w| w.tells("never saved")));
    window.answer("Discard");
    assert!(!window.tells("Work that was not saved"));
    drop(window);
    assert!(store.leftovers().is_empty());
    assert!(fs::read_dir(store.recovery().join("old")).unwrap().count() >= 1);
}

#[test]
fn text_that_is_being_typed_is_kept_in_a_map_never_saved() {
    let state = tempfile::tempdir().unwrap();
    let mut window = Window::guarded(None, state.path());
    window.key(Key::Enter);
    window.write("Half a thou");
    std::thread::sleep(Duration::from_millis(1500));
    // The window is not closed in order: as after a crash, only the files speak.
    let folder = Store::at(state.path()).recovery();
    let snapshot = fs::read_dir(&folder).unwrap().flatten().find(|f| f.path().extension().is_some_and(|e| e == "ron"));
    let map = file::load(&snapshot.unwrap().path()).unwrap();
    assert_eq!(map.touchpoints().next().unwrap().1.title, "Half a thou");
}

#[test]
fn a_file_that_disappears_is_told_and_can_be_saved_again() {
    let (_folder, path, state) = desk();
    let mut window = Window::guarded(Some(&path), &state);
    fs::remove_file(&path).unwrap();
    assert!(window.wait_for(|w| w.tells("is not there any more")));
    assert!(window.is_dirty());
    window.command(Key::S);
    assert!(!window.is_dirty());
    assert_eq!(to_ron(&file::load(&path).unwrap()), to_ron(window.map()));
}

#[test]
fn closing_while_a_save_is_under_way_waits_for_it() {
    let (_folder, path, state) = desk();
    let mut window = Window::guarded(Some(&path), &state);
    window.retitle("mine");
    window.harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::S);
    window.harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Q);
    window.rest();
    assert!(!window.tells("Save the changes to"));
    assert_eq!(file_title(&path), "mine");
    drop(window);
    assert!(Store::at(&state).leftovers().is_empty());
}

#[test]
fn giving_changes_up_puts_them_away_for_a_week() {
    let (_folder, path, state) = desk();
    let store = Store::at(&state);
    let mut window = Window::guarded(Some(&path), &state);
    window.retitle("given up");
    let has_snapshot = |_: &Window| {
        let files = fs::read_dir(store.recovery()).into_iter().flatten().flatten();
        files.map(|file| file.path()).any(|path| path.extension().is_some_and(|e| e == "ron"))
    };
    assert!(window.wait_for(has_snapshot));
    window.command(Key::Q);
    window.answer("Don't save");
    drop(window);
    assert!(store.leftovers().is_empty());
    assert_eq!(fs::read_dir(store.recovery().join("old")).unwrap().count(), 2, "the map and its note");
    assert_ne!(file_title(&path), "given up");
}

#[test]
fn the_last_map_is_taken_up_again_where_it_was_looked_at_if_that_is_wanted() {
    let (folder, path, _) = desk();
    let settings = folder.path().join("settings.ron");
    let mut window = Window::with_settings(Some(&path), &settings);
    window.command(Key::Equals);
    window.command(Key::Equals);
    window.wait();
    let camera = window.harness.state().editor().unwrap().camera();
    window.command(Key::Q);
    drop(window);
    let mut window = Window::with_settings(None, &settings);
    assert!(window.harness.state().editor().is_none(), "nobody wanted it");
    window.command(Key::K);
    window.write("reopen last");
    window.key(Key::Enter);
    window.command(Key::Q);
    drop(window);
    let mut window = Window::with_settings(None, &settings);
    assert_eq!(window.map().title, file_title(&path));
    assert_eq!(window.harness.state().editor().unwrap().camera(), camera);
    window.command(Key::Q);
    drop(window);
    fs::remove_file(&path).unwrap();
    let window = Window::with_settings(None, &settings);
    assert!(window.tells("is not there any more") && window.harness.state().editor().is_none());
}

#[test]
fn a_map_that_was_open_lately_is_opened_from_the_list() {
    let (folder, path, _) = desk();
    let settings = folder.path().join("settings.ron");
    drop(Window::with_settings(Some(&path), &settings));
    let mut window = Window::with_settings(None, &settings);
    window.harness.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, Key::O);
    window.rest();
    assert!(window.tells("Open recent"));
    window.answer("Open map.ron again");
    assert_eq!(window.map().title, file_title(&path));
    drop(window);
    fs::remove_file(&path).unwrap();
    let mut window = Window::with_settings(None, &settings);
    window.answer("Open map.ron again");
    assert!(window.tells("there is no such file"));
    window.answer("Close");
    assert!(!window.tells("Open map.ron again"), "what is gone is not offered again");
}

#[test]
fn a_window_that_is_not_guarded_writes_nothing_but_what_it_is_told() {
    let (folder, path, _) = desk();
    let mut window = Window::open(Some(&path));
    window.retitle("mine");
    window.command(Key::S);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
