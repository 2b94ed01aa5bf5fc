//! Saved views: adding, replacing, deleting.

use std::sync::Arc;

use super::{EditError, EditResult};
use crate::model::{JourneyMap, View};

/// Saves `view` under its name, in the place of the one that has it already; spelling in capitals is no other name.
///
/// Personas that are not on the map are left out.
///
/// # Errors
/// When it has no name.
pub fn save_view(map: &mut JourneyMap, mut view: View) -> EditResult {
    view.name = view.name.trim().to_owned();
    if view.name.is_empty() {
        return Err(EditError::Nameless("view"));
    }
    view.personas.retain(|id| map.persona(id).is_some());
    let view = Arc::new(view);
    match position(map, &view.name) {
        Some(at) => map.views[at] = view,
        None => map.views.push(view),
    }
    Ok(())
}

/// Deletes the view called `name`.
///
/// # Errors
/// When it is gone.
pub fn delete_view(map: &mut JourneyMap, name: &str) -> EditResult {
    let at = position(map, name).ok_or(EditError::Gone)?;
    map.views.remove(at);
    Ok(())
}

fn position(map: &JourneyMap, name: &str) -> Option<usize> {
    let folded = |name: &str| name.trim().to_lowercase();
    map.views.iter().position(|view| folded(&view.name) == folded(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::generate;

    fn view(name: &str, channel: &str) -> View {
        View { name: name.into(), channels: vec![channel.into()], ..View::default() }
    }

    #[test]
    fn a_view_of_the_same_name_is_replaced_where_it_stands() {
        let mut map = generate(1, 1, 1);
        save_view(&mut map, view("Desk", "Phone")).unwrap();
        save_view(&mut map, view("Web", "Website")).unwrap();
        save_view(&mut map, view(" desk ", "Counter")).unwrap();
        let all: Vec<_> = map.views.iter().map(|v| (v.name.as_str(), v.channels[0].as_str())).collect();
        assert_eq!(all, [("desk", "Counter"), ("Web", "Website")]);
    }

    #[test]
    fn a_view_needs_a_name_and_names_nobody_who_is_not_there() {
        let mut map = generate(1, 1, 1);
        assert_eq!(save_view(&mut map, view("  ", "Phone")), Err(EditError::Nameless("view")));
        save_view(&mut map, View { personas: vec!["gone".into()], ..view("a", "Phone") }).unwrap();
        assert_eq!(map.problems(), []);
    }

    #[test]
    fn a_view_is_deleted_once() {
        let mut map = generate(1, 1, 1);
        save_view(&mut map, view("Desk", "Phone")).unwrap();
        delete_view(&mut map, "DESK").unwrap();
        assert_eq!(delete_view(&mut map, "Desk"), Err(EditError::Gone));
    }
}
