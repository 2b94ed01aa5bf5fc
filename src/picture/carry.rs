//! The pictures of a map that moves to another folder.

use std::path::{Component, Path};

use super::{paths_in, place, portraits_in};
use crate::model::JourneyMap;

/// Whether a path of a map leads out of the map's folder, so that a copy beside the new file cannot have it.
pub fn leads_out(path: &str) -> bool {
    let mut depth = 0i32;
    for part in Path::new(&path.replace('\\', "/")).components() {
        match part {
            Component::ParentDir => depth -= 1,
            Component::Normal(_) => depth += 1,
            _ => {}
        }
        if depth < 0 {
            return true;
        }
    }
    false
}

/// Copies the pictures of `map` from beside the file `from` to the same places beside the file `to`.
///
/// What is there already stays, what leads out of the folder is where it was, and what is gone cannot be copied.
/// Gives a sentence for each that could not be copied, or whose place has another picture.
pub fn carry(map: &JourneyMap, from: &Path, to: &Path) -> Vec<String> {
    let mut paths: Vec<&str> = paths_in(map);
    paths.extend(portraits_in(map));
    paths.sort_unstable();
    paths.dedup();
    paths.into_iter().filter(|path| !leads_out(path)).filter_map(|path| copy(path, from, to).err()).collect()
}

fn copy(path: &str, from: &Path, to: &Path) -> Result<(), String> {
    let (Ok(source), Ok(target)) = (place(path, Some(from)), place(path, Some(to))) else { return Ok(()) };
    if !source.exists() {
        return Ok(());
    }
    let failed = |err: std::io::Error| format!("the picture {path} was not copied to {}: {err}", target.display());
    if target.exists() {
        let same = std::fs::read(&source).map_err(failed)? == std::fs::read(&target).map_err(failed)?;
        let other = || format!("another picture is at {} already; it was left as it is", target.display());
        return if same { Ok(()) } else { Err(other()) };
    }
    if let Some(folder) = target.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    std::fs::copy(&source, &target).map_err(failed)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_go_along_and_none_is_overwritten() {
        let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mut map = crate::model::generate(1, 1, 1);
        let pictures = ["a.assets/one.png", "a.assets/two.png", "gone.png", "../outside.png"];
        let id = map.touchpoints().next().unwrap().1.id.clone();
        crate::edit::update_touchpoint(&mut map, &id, |t| t.pictures = pictures.map(str::to_owned).into()).unwrap();
        std::fs::create_dir(old.path().join("a.assets")).unwrap();
        std::fs::create_dir(new.path().join("a.assets")).unwrap();
        for name in ["one", "two"] {
            std::fs::write(old.path().join(format!("a.assets/{name}.png")), name).unwrap();
        }
        std::fs::write(new.path().join("a.assets/two.png"), "mine").unwrap();
        let told = carry(&map, &old.path().join("a.ron"), &new.path().join("b.ron"));
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("two.png"), "{told:?}");
        assert_eq!(std::fs::read_to_string(new.path().join("a.assets/one.png")).unwrap(), "one");
        assert_eq!(std::fs::read_to_string(new.path().join("a.assets/two.png")).unwrap(), "mine");
        assert!(!new.path().join("gone.png").exists());
        assert_eq!(["a/../b", "../a", "a/../../b"].map(leads_out), [false, true, true]);
    }
}
