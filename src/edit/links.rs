//! Ways from touchpoint to touchpoint.

use std::sync::Arc;

use super::{EditError, EditResult};
use crate::model::{JourneyMap, Link, LinkKind, TouchpointId};

/// Adds a link; returns its place in the list. Two touchpoints have one link of a kind in a direction.
///
/// # Errors
/// When an end is gone, both are the same, or there is such a link already.
pub fn add_link(map: &mut JourneyMap, from: &TouchpointId, to: &TouchpointId, kind: LinkKind) -> EditResult<usize> {
    if from == to {
        return Err(EditError::LinkToItself);
    }
    if map.touchpoint(from).is_none() || map.touchpoint(to).is_none() {
        return Err(EditError::Gone);
    }
    if map.links.iter().any(|l| l.from == *from && l.to == *to && l.kind == kind) {
        return Err(EditError::LinkThere);
    }
    let (label, trigger) = (String::new(), String::new());
    map.links.push(Arc::new(Link { from: from.clone(), to: to.clone(), kind, label, trigger }));
    Ok(map.links.len() - 1)
}

/// Changes a link.
///
/// # Errors
/// When it is gone.
pub fn update_link(map: &mut JourneyMap, index: usize, change: impl FnOnce(&mut Link)) -> EditResult {
    change(Arc::make_mut(map.links.get_mut(index).ok_or(EditError::Gone)?));
    Ok(())
}

/// The kind that a new link most likely has: back where it leads to an earlier step, past where it leads beyond
/// the next one, one of several ways where others begin at the same place.
pub fn likely_kind(map: &JourneyMap, from: &TouchpointId, to: &TouchpointId) -> LinkKind {
    let column = |id: &TouchpointId| {
        let step = &map.touchpoint(id)?.1.step;
        map.steps().position(|(_, s)| s.id == *step)
    };
    match (column(from), column(to)) {
        (Some(a), Some(b)) if b < a => LinkKind::LoopBack,
        _ if map.links.iter().any(|l| l.from == *from) => LinkKind::Branch,
        (Some(a), Some(b)) if b > a + 1 => LinkKind::Skip,
        _ => LinkKind::Next,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Selection, delete_elements};
    use crate::model::{Element, generate};

    #[test]
    fn a_link_is_added_once_and_goes_with_its_ends() {
        let mut map = generate(1, 4, 1);
        let id = |n: usize| TouchpointId::from(format!("t-1-{n}"));
        assert_eq!(add_link(&mut map, &id(1), &id(2), LinkKind::Next), Ok(0));
        assert_eq!(add_link(&mut map, &id(1), &id(2), LinkKind::Next), Err(EditError::LinkThere));
        assert_eq!(add_link(&mut map, &id(1), &id(1), LinkKind::Next), Err(EditError::LinkToItself));
        add_link(&mut map, &id(3), &id(4), LinkKind::Next).unwrap();
        update_link(&mut map, 1, |l| l.label = "then".into()).unwrap();
        delete_elements(&mut map, &Selection::from([Element::Touchpoint(id(1))])).unwrap();
        assert_eq!(map.links.len(), 1);
        delete_elements(&mut map, &Selection::from([Element::Link(0)])).unwrap();
        assert!(map.links.is_empty());
    }

    #[test]
    fn the_kind_follows_from_where_it_leads() {
        let mut map = generate(1, 4, 1);
        let id = |n: usize| TouchpointId::from(format!("t-1-{n}"));
        assert_eq!(likely_kind(&map, &id(1), &id(2)), LinkKind::Next);
        assert_eq!(likely_kind(&map, &id(3), &id(1)), LinkKind::LoopBack);
        assert_eq!(likely_kind(&map, &id(1), &id(4)), LinkKind::Skip);
        add_link(&mut map, &id(1), &id(2), LinkKind::Next).unwrap();
        assert_eq!(likely_kind(&map, &id(1), &id(4)), LinkKind::Branch);
    }
}
