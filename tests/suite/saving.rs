//! Saving: whole or not at all, and the file stays the file that it was.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;

use rihla::file::{self, Expect, Lost, Outcome, SaveError};
use rihla::model::generate;

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn what_is_saved_is_read_back_and_nothing_else_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.ron");
    for size in [3, 1, 2] {
        let map = generate(size, 2, 2);
        file::save(&map, &path).unwrap();
        assert_eq!(file::load(&path).unwrap(), map);
    }
    assert_eq!(names(folder.path()), ["map.ron"]);
}

#[test]
fn saving_twice_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.ron");
    file::save(&generate(3, 2, 2), &path).unwrap();
    let first = fs::read(&path).unwrap();
    file::save(&file::load(&path).unwrap(), &path).unwrap();
    assert_eq!(fs::read(&path).unwrap(), first);
}

#[test]
fn a_symbolic_link_stays_one_and_its_target_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let real = folder.path().join("real");
    fs::create_dir(&real).unwrap();
    fs::write(real.join("map.ron"), "old").unwrap();
    let (link, chain, loose) =
        (folder.path().join("link.ron"), folder.path().join("chain.ron"), folder.path().join("loose.ron"));
    symlink("real/map.ron", &link).unwrap();
    symlink(&link, &chain).unwrap();
    symlink("real/new.ron", &loose).unwrap();
    let map = generate(2, 1, 1);
    for (path, target) in [(&link, "map.ron"), (&chain, "map.ron"), (&loose, "new.ron")] {
        let _ = fs::remove_file(real.join(target));
        file::save(&map, path).unwrap();
        assert!(fs::symlink_metadata(path).unwrap().is_symlink());
        assert_eq!(file::load(&real.join(target)).unwrap(), map);
    }
    assert_eq!(names(&real), ["map.ron", "new.ron"]);
}

#[test]
fn links_in_a_circle_are_an_error_and_not_a_hang() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
    symlink(&a, &b).unwrap();
    symlink(&b, &a).unwrap();
    assert!(file::load(&a).is_err());
}

#[test]
fn the_mode_of_a_file_is_kept_and_a_new_one_follows_the_umask() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.ron");
    file::save(&generate(1, 1, 1), &path).unwrap();
    let plain = folder.path().join("plain");
    fs::write(&plain, "").unwrap();
    assert_eq!(fs::metadata(&path).unwrap().mode(), fs::metadata(&plain).unwrap().mode());
    for mode in [0o640, 0o600, 0o664] {
        set_mode(&path, mode);
        file::save(&generate(2, 1, 1), &path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, mode);
    }
}

/// Keeps the umask of this process away from a test that needs another.
fn private(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    set_mode(path, 0o600);
}

#[test]
fn a_hard_link_keeps_the_version_before_and_that_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (path, twin) = (folder.path().join("map.ron"), folder.path().join("twin.ron"));
    file::save(&generate(1, 1, 1), &path).unwrap();
    fs::hard_link(&path, &twin).unwrap();
    let save = |n| file::save_expecting(&generate(n, 1, 1), &path, Expect::Anything, None);
    let Outcome::Saved(_, lost) = save(2) else { panic!("it is saved") };
    assert_eq!(lost, [Lost::Twin]);
    assert_eq!(file::load(&path).unwrap(), generate(2, 1, 1));
    assert_eq!(file::load(&twin).unwrap(), generate(1, 1, 1), "whole, and the one before");
    let Outcome::Saved(_, lost) = save(3) else { panic!("it is saved") };
    assert!(lost.is_empty(), "told once");
}

#[test]
fn what_is_no_ordinary_file_is_refused_and_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("map.ron");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let outcome = file::save_expecting(&generate(1, 1, 1), &pipe, Expect::Seen(None), None);
    assert!(matches!(&outcome, Outcome::Failed(SaveError::NoFile(_))), "{outcome:?}");
    let err = file::save(&generate(1, 1, 1), &pipe).unwrap_err();
    assert!(err.to_string().contains("no ordinary file") && err.to_string().contains("another name"), "{err}");
    assert_eq!(names(folder.path()), ["map.ron"]);
}

#[cfg(target_os = "linux")]
#[test]
fn attributes_and_access_lists_of_a_file_are_kept() {
    use rustix::fs::{XattrFlags, getxattr, listxattr, setxattr};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.ron");
    private(&path, "");
    let text: &[u8] = b"from the workshop";
    // Version 2: the owner and the user 12345 may read and write, the group and others nothing.
    let entries: [(u16, u16, u32); 5] =
        [(1, 6, u32::MAX), (2, 6, 12345), (4, 0, u32::MAX), (16, 6, u32::MAX), (32, 0, u32::MAX)];
    let mut list = 2u32.to_le_bytes().to_vec();
    for (tag, rights, id) in entries {
        list.extend([tag.to_le_bytes(), rights.to_le_bytes()].concat());
        list.extend(id.to_le_bytes());
    }
    for (name, value) in [("user.rihla.note", text), ("system.posix_acl_access", &list)] {
        if let Err(err) = setxattr(&path, name, value, XattrFlags::empty()) {
            eprintln!("passed over: this file system has no {name} ({err})");
            return;
        }
    }
    let mode = fs::metadata(&path).unwrap().mode();
    // What the folder gives to new files is not for one that is there already.
    let _ = setxattr(folder.path(), "system.posix_acl_default", &list, XattrFlags::empty());
    let Outcome::Saved(_, lost) = file::save_expecting(&generate(1, 1, 1), &path, Expect::Anything, None) else {
        panic!("it is saved")
    };
    assert!(lost.is_empty(), "{lost:?}");
    let value = |name: &str| {
        let mut value = vec![0; 200];
        let length = getxattr(&path, name, &mut value[..]).unwrap();
        value.truncate(length);
        value
    };
    assert_eq!((value("user.rihla.note"), value("system.posix_acl_access")), (text.to_vec(), list));
    assert_eq!(fs::metadata(&path).unwrap().mode(), mode);
    let plain = folder.path().join("plain.ron");
    private(&plain, "");
    let _ = rustix::fs::removexattr(&plain, "system.posix_acl_access");
    file::save(&generate(1, 1, 1), &plain).unwrap();
    let mut names = vec![0; 500];
    let length = listxattr(&plain, &mut names[..]).unwrap();
    assert!(!String::from_utf8_lossy(&names[..length]).contains("acl_access"), "nobody else may read it");
    assert_eq!(fs::metadata(&plain).unwrap().mode() & 0o777, 0o600);
}

#[test]
fn the_owner_of_a_file_is_kept_where_the_system_allows_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.ron");
    fs::write(&path, "").unwrap();
    if std::os::unix::fs::chown(&path, Some(12345), Some(23456)).is_err() {
        eprintln!("passed over: only root may give files away");
        return;
    }
    set_mode(&path, 0o640);
    file::save(&generate(1, 1, 1), &path).unwrap();
    let meta = fs::metadata(&path).unwrap();
    assert_eq!((meta.uid(), meta.gid(), meta.mode() & 0o7777), (12345, 23456, 0o640));
}

#[test]
fn links_that_lead_in_a_circle_are_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
    symlink(&a, &b).unwrap();
    symlink(&b, &a).unwrap();
    assert!(file::save(&generate(1, 1, 1), &a).is_err());
    assert!(fs::symlink_metadata(&a).unwrap().is_symlink());
}

#[test]
fn a_read_only_file_is_refused_and_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.ron");
    fs::write(&path, "precious").unwrap();
    set_mode(&path, 0o444);
    let err = file::save(&generate(1, 1, 1), &path).unwrap_err();
    assert!(matches!(err, SaveError::ReadOnly(_)));
    assert!(err.to_string().contains("map.ron is read-only"), "{err}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "precious");
    assert_eq!(names(folder.path()), ["map.ron"]);
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("no/such/map.ron");
    let err = file::save(&generate(1, 1, 1), &missing).unwrap_err();
    assert!(matches!(err, SaveError::NoFolder(..)), "{err:?}");
    assert!(err.to_string().contains("no/such") && err.to_string().contains("another folder"), "{err}");

    let shut = folder.path().join("shut");
    fs::create_dir(&shut).unwrap();
    fs::write(shut.join("map.ron"), "precious").unwrap();
    set_mode(&shut, 0o555);
    // Root may write everywhere, so there is nothing to see.
    if fs::write(shut.join("probe"), "").is_err() {
        let err = file::save(&generate(1, 1, 1), &shut.join("map.ron")).unwrap_err();
        assert!(matches!(err, SaveError::Folder(..)), "{err:?}");
        assert_eq!(fs::read_to_string(shut.join("map.ron")).unwrap(), "precious");
    }
    set_mode(&shut, 0o755);
}

#[test]
fn a_folder_in_place_of_the_file_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.ron");
    fs::create_dir(&path).unwrap();
    let err = file::save(&generate(1, 1, 1), &path).unwrap_err();
    assert!(err.to_string().contains("was not saved"), "{err}");
    assert_eq!(names(folder.path()), ["map.ron"]);
}

#[test]
fn moving_one_card_changes_a_few_lines() {
    let mut map = generate(4, 5, 5);
    let before = file::to_ron(&map);
    let id = "t-2-7".into();
    let drop = rihla::edit::Drop::Cell { lane: "lane-3".into(), step: "step-3-4".into(), index: 1 };
    rihla::edit::move_touchpoints(&mut map, &id, std::slice::from_ref(&id), &drop).unwrap();
    let after = file::to_ron(&map);
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    assert_eq!(before.len(), after.len());
    let head = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let tail = before.iter().rev().zip(after.iter().rev()).take_while(|(a, b)| a == b).count();
    // One block is taken out at one place and put in at another; between them everything is as it was.
    let block = 8;
    let (out, into) = (&before[head..before.len() - tail], &after[head..after.len() - tail]);
    let moved = (0..=block).any(|n| out[n..] == into[..into.len() - n]);
    assert!(moved, "the lines between have not changed");
}
