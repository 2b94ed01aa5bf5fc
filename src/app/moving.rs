//! What a map that is saved in another folder takes along.

use std::path::Path;
use std::sync::Arc;

use crate::file;
use crate::model::JourneyMap;
use crate::picture;

/// Whether two files are in different folders; asks the drive where their paths do not say so.
pub(super) fn is_elsewhere(from: &Path, to: &Path) -> bool {
    if from.parent() == to.parent() {
        return false;
    }
    let folder = |path: &Path| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
    };
    folder(from) != folder(to)
}

/// The map at `from` as it is written to `to`: what stands outside of its folder, its counterpart and pictures, is named
/// from there. The very same map where nothing has another name.
pub(super) fn moved(map: &Arc<JourneyMap>, from: &Path, to: &Path) -> Arc<JourneyMap> {
    let mut moved = JourneyMap::clone(map);
    if rename(&mut moved, from, to) { Arc::new(moved) } else { Arc::clone(map) }
}

/// The same for a map itself; says whether anything has another name.
pub(super) fn rename(map: &mut JourneyMap, from: &Path, to: &Path) -> bool {
    let mut changed = false;
    if !map.counterpart.is_empty() {
        let name = file::name_of_counterpart(to, &file::counterpart_of(from, map));
        changed |= name != map.counterpart;
        map.counterpart = name;
    }
    let mut outside = |path: &mut String| {
        if picture::leads_out(path)
            && let Ok(place) = picture::place(path, Some(from))
        {
            *path = file::name_of_counterpart(to, &place);
            changed = true;
        }
    };
    let leads_out = |path: &String| picture::leads_out(path);
    for persona in map.personas.iter_mut().filter(|p| leads_out(&p.portrait)) {
        outside(&mut Arc::make_mut(persona).portrait);
    }
    for lane in map.lanes.iter_mut().filter(|lane| lane.touchpoints.iter().any(|t| t.pictures.iter().any(leads_out))) {
        for touchpoint in &mut Arc::make_mut(lane).touchpoints {
            if touchpoint.pictures.iter().any(leads_out) {
                Arc::make_mut(touchpoint).pictures.iter_mut().for_each(&mut outside);
            }
        }
    }
    changed
}
