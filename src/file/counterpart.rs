//! Where the counterpart of a map is: a path that goes from the map's own file.

use std::path::{Component, Path, PathBuf};

use crate::model::JourneyMap;

/// The file that `map`, which stands at `path`, names as its counterpart.
pub fn counterpart_of(path: &Path, map: &JourneyMap) -> PathBuf {
    // An absolute path stays as it is.
    path.parent().unwrap_or(Path::new("")).join(&map.counterpart)
}

/// How the map at `from` names the file `to`: relative where there is a way, with `/` on every system.
pub fn name_of_counterpart(from: &Path, to: &Path) -> String {
    let whole = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path)).ok();
    let relative = || {
        let (from, to) = (whole(from)?, whole(to)?);
        let (from, to): (Vec<_>, Vec<_>) = (from.parent()?.components().collect(), to.components().collect());
        let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        // Another drive.
        if same == 0 || from[same..].iter().any(|part| !matches!(part, Component::Normal(_))) {
            return None;
        }
        let up = std::iter::repeat_n("..".to_owned(), from.len() - same);
        let down = to[same..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
        Some(up.chain(down).collect::<Vec<_>>().join("/"))
    };
    relative().unwrap_or_else(|| to.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counterparts_are_named_from_the_map_and_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path().join("maps");
        let there = folder.path().join("other maps");
        for folder in [&here, &there] {
            std::fs::create_dir(folder).unwrap();
        }
        let map = here.join("now.ron");
        for (file, name) in [(here.join("then.ron"), "then.ron"), (there.join("x.ron"), "../other maps/x.ron")] {
            std::fs::write(&file, "").unwrap();
            std::fs::write(&map, "").unwrap();
            assert_eq!(name_of_counterpart(&map, &file), name);
            let map_of = JourneyMap { counterpart: name.into(), ..JourneyMap::default() };
            let found = counterpart_of(&map, &map_of).canonicalize().unwrap();
            assert_eq!(found, file.canonicalize().unwrap());
        }
    }
}
