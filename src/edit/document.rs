//! The open map with its history and selection.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{EditError, EditResult};
use crate::model::{Element, JourneyMap};

/// The selected elements.
pub type Selection = BTreeSet<Element>;

/// How many steps back are kept. A step costs a few kilobytes: it shares what did not change.
const MAX_UNDO: usize = 2_000;

/// A state to go back or forward to.
#[derive(Clone, Debug)]
struct Entry {
    /// What was done, as after "Undo": `move of 3 touchpoints`.
    label: String,
    map: Arc<JourneyMap>,
    selection: Selection,
}

/// A change under way: from the press of the pointer to its release, or while a text is edited.
#[derive(Clone, Debug)]
struct Gesture {
    base: Arc<JourneyMap>,
    selection: Selection,
}

/// An open map: its present state, the selection, and the way back and forward.
///
/// Undo is a list of snapshots. [`edit`](Self::edit) makes one entry. A gesture
/// ([`begin`](Self::begin), [`preview`](Self::preview) …, then [`commit`](Self::commit) or
/// [`cancel`](Self::cancel)) also makes one: each preview computes the map anew from the snapshot at
/// its start.
#[derive(Clone, Debug)]
pub struct Document {
    map: Arc<JourneyMap>,
    selection: Selection,
    past: Vec<Entry>,
    future: Vec<Entry>,
    gesture: Option<Gesture>,
    saved: Option<Arc<JourneyMap>>,
}

impl Document {
    /// A document that counts as saved in its present state.
    pub fn new(map: JourneyMap) -> Self {
        let map = Arc::new(map);
        Self {
            saved: Some(Arc::clone(&map)),
            map,
            selection: Selection::new(),
            past: Vec::new(),
            future: Vec::new(),
            gesture: None,
        }
    }

    /// The map as it is now, with the gesture under way.
    pub fn map(&self) -> &Arc<JourneyMap> {
        &self.map
    }

    /// What is selected.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// Selects `selection`, as far as it is on the map.
    pub fn select(&mut self, selection: impl IntoIterator<Item = Element>) {
        self.selection = selection.into_iter().filter(|element| self.map.contains(element)).collect();
    }

    /// Adds `element` to the selection, or takes it out.
    pub fn toggle(&mut self, element: Element) {
        if !self.selection.remove(&element) {
            self.selection.insert(element);
        }
    }

    /// Whether there is something to save.
    pub fn is_dirty(&self) -> bool {
        self.saved.as_ref().is_none_or(|saved| !Arc::ptr_eq(saved, &self.map))
    }

    /// Takes `map`, a state of this document, as the one on disk.
    pub fn mark_saved(&mut self, map: &Arc<JourneyMap>) {
        self.saved = Some(Arc::clone(map));
    }

    /// Makes the document count as never saved, for maps that came from a recovery.
    pub fn mark_unsaved(&mut self) {
        self.saved = None;
    }

    /// Makes one change, one entry in the history.
    ///
    /// # Errors
    /// What `change` says; the document is then as before.
    pub fn edit<T>(
        &mut self,
        label: impl Into<String>,
        change: impl FnOnce(&mut JourneyMap) -> EditResult<T>,
    ) -> EditResult<T> {
        self.cancel();
        self.begin();
        match self.preview(change) {
            Ok(value) => {
                self.commit(label);
                Ok(value)
            }
            Err(err) => {
                self.cancel();
                Err(err)
            }
        }
    }

    /// Starts a gesture; one that is under way is cancelled.
    pub fn begin(&mut self) {
        self.cancel();
        self.gesture = Some(Gesture { base: Arc::clone(&self.map), selection: self.selection.clone() });
    }

    /// Whether a gesture is under way.
    pub fn in_gesture(&self) -> bool {
        self.gesture.is_some()
    }

    /// The map at the start of the gesture, or as it is now.
    pub fn base(&self) -> &Arc<JourneyMap> {
        self.gesture.as_ref().map_or(&self.map, |gesture| &gesture.base)
    }

    /// Shows what `change` makes of the map at the start of the gesture.
    ///
    /// # Errors
    /// What `change` says; the map is then as at the start of the gesture. [`EditError::Gone`] without
    /// a gesture.
    pub fn preview<T>(&mut self, change: impl FnOnce(&mut JourneyMap) -> EditResult<T>) -> EditResult<T> {
        let base = Arc::clone(&self.gesture.as_ref().ok_or(EditError::Gone)?.base);
        let mut next = (*base).clone();
        let result = change(&mut next).and_then(|value| match next.problems_since(&base).first() {
            Some(problem) => Err(EditError::Unsound(problem.to_string())),
            None => Ok(value),
        });
        debug_assert!(result.is_err() || next.problems().is_empty(), "{:?}", next.problems());
        debug_assert!(!matches!(result, Err(EditError::Unsound(_))), "{:?}", result.err());
        self.map = if result.is_ok() && next != *base { Arc::new(next) } else { base };
        result
    }

    /// Makes a change below the gesture under way, which goes on above it, or one of its own where there is none. Below a
    /// gesture it makes no entry; the last entry gets it too, as the gesture may become part of that one. What was undone
    /// cannot be done again, as after any change.
    ///
    /// # Errors
    /// What `change` says of either map; the document is then as before.
    pub fn edit_below(
        &mut self,
        label: impl Into<String>,
        change: impl Fn(&mut JourneyMap) -> EditResult,
    ) -> EditResult {
        let Some(base) = self.gesture.as_ref().map(|gesture| Arc::clone(&gesture.base)) else {
            return self.edit(label, change);
        };
        let changed = |map: &Arc<JourneyMap>| {
            let mut next = JourneyMap::clone(map);
            change(&mut next)?;
            match next.problems_since(map).first() {
                Some(problem) => Err(EditError::Unsound(problem.to_string())),
                None => Ok(Arc::new(next)),
            }
        };
        let below = changed(&base)?;
        self.map = if Arc::ptr_eq(&base, &self.map) { Arc::clone(&below) } else { changed(&self.map)? };
        if let Some(gesture) = &mut self.gesture {
            gesture.base = below;
        }
        if let Some(entry) = self.past.last_mut()
            && let Ok(map) = changed(&entry.map)
        {
            if self.saved.as_ref().is_some_and(|saved| Arc::ptr_eq(saved, &entry.map)) {
                self.saved = Some(Arc::clone(&map));
            }
            entry.map = map;
        }
        self.future.clear();
        Ok(())
    }

    /// Ends the gesture and makes it one entry in the history, if it changed anything.
    pub fn commit(&mut self, label: impl Into<String>) {
        let Some(gesture) = self.gesture.take() else { return };
        if !Arc::ptr_eq(&gesture.base, &self.map) {
            self.past.push(Entry { label: label.into(), map: gesture.base, selection: gesture.selection });
            if self.past.len() > MAX_UNDO {
                self.past.remove(0);
            }
            self.future.clear();
        }
        self.drop_lost_selection();
    }

    /// Ends the gesture as [`commit`](Self::commit), but as one entry with the one before: what was made new and
    /// then named is taken back at once.
    pub fn commit_joined(&mut self, label: impl Into<String>) {
        if self.past.is_empty() {
            self.commit(label);
        } else if let Some(gesture) = self.gesture.take() {
            if !Arc::ptr_eq(&gesture.base, &self.map) {
                self.future.clear();
            }
            self.drop_lost_selection();
        }
    }

    /// Takes the last change back as if it had never been made; it cannot be done again.
    pub fn take_back(&mut self) {
        self.cancel();
        if let Some(entry) = self.past.pop() {
            self.map = entry.map;
            self.selection = entry.selection;
        }
    }

    /// Ends the gesture as if it had never begun.
    pub fn cancel(&mut self) {
        if let Some(gesture) = self.gesture.take() {
            self.map = gesture.base;
            self.selection = gesture.selection;
        }
    }

    /// What undo would take back: `move of 3 touchpoints`.
    pub fn undo_label(&self) -> Option<&str> {
        self.past.last().map(|entry| entry.label.as_str())
    }

    /// What redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|entry| entry.label.as_str())
    }

    /// Takes the last change back, with the selection of that time; says what it was.
    pub fn undo(&mut self) -> Option<String> {
        self.cancel();
        let entry = self.past.pop()?;
        let label = entry.label.clone();
        let back = self.swap(entry);
        self.future.push(back);
        Some(label)
    }

    /// Does the change last taken back again; says what it was.
    pub fn redo(&mut self) -> Option<String> {
        self.cancel();
        let entry = self.future.pop()?;
        let label = entry.label.clone();
        let back = self.swap(entry);
        self.past.push(back);
        Some(label)
    }

    /// Makes the state of `entry` the present one; gives the entry for the way back.
    fn swap(&mut self, entry: Entry) -> Entry {
        let map = std::mem::replace(&mut self.map, entry.map);
        let selection = std::mem::replace(&mut self.selection, entry.selection);
        Entry { label: entry.label, map, selection }
    }

    fn drop_lost_selection(&mut self) {
        let map = Arc::clone(&self.map);
        self.selection.retain(|element| map.contains(element));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn retitle(title: &str) -> impl FnOnce(&mut JourneyMap) -> EditResult {
        move |map| {
            map.title = title.into();
            Ok(())
        }
    }

    #[test]
    fn a_gesture_is_one_entry_and_can_be_cancelled() {
        let mut doc = Document::new(JourneyMap::default());
        doc.begin();
        for title in ["a", "ab", "abc"] {
            doc.preview(retitle(title)).unwrap();
        }
        doc.commit("title");
        doc.begin();
        doc.preview(retitle("lost")).unwrap();
        doc.cancel();
        assert_eq!(doc.map().title, "abc");
        assert_eq!(doc.undo().as_deref(), Some("title"));
        assert_eq!(doc.map().title, "");
        assert_eq!(doc.undo(), None);
        assert_eq!(doc.redo().as_deref(), Some("title"));
        assert_eq!(doc.map().title, "abc");
    }

    #[test]
    fn a_change_below_a_gesture_lets_it_go_on() {
        let subtitled = |map: &mut JourneyMap| {
            map.subtitle = "below".into();
            Ok(())
        };
        let texts = |doc: &Document| (doc.map().title.clone(), doc.map().subtitle.clone());
        let mut doc = Document::new(JourneyMap::default());
        doc.begin();
        doc.preview(retitle("a")).unwrap();
        doc.edit_below("subtitle", subtitled).unwrap();
        assert_eq!(texts(&doc), ("a".into(), "below".into()));
        doc.preview(retitle("ab")).unwrap();
        doc.commit("title");
        assert_eq!(texts(&doc), ("ab".into(), "below".into()));
        assert_eq!(doc.undo().as_deref(), Some("title"));
        assert_eq!(texts(&doc), (String::new(), "below".into()));
        assert_eq!(doc.undo(), None);
        // Also where the gesture becomes part of the entry before it; and nothing from before comes back by redo.
        let mut doc = Document::new(JourneyMap::default());
        doc.edit("undone", retitle("undone")).unwrap();
        doc.undo();
        doc.edit("new", retitle("New")).unwrap();
        doc.begin();
        doc.preview(retitle("Named")).unwrap();
        doc.edit_below("subtitle", subtitled).unwrap();
        doc.commit_joined("edit");
        assert_eq!(texts(&doc), ("Named".into(), "below".into()));
        doc.undo();
        assert_eq!(texts(&doc), (String::new(), "below".into()));
        doc.edit("undone", retitle("undone")).unwrap();
        doc.undo();
        doc.begin();
        doc.edit_below("subtitle", |_| Ok(())).unwrap();
        doc.cancel();
        assert_eq!(doc.redo(), None);
    }

    #[test]
    fn what_is_new_and_its_words_are_one_entry() {
        let mut doc = Document::new(JourneyMap::default());
        doc.edit("new", retitle("New")).unwrap();
        doc.begin();
        doc.preview(retitle("Named")).unwrap();
        doc.commit_joined("edit");
        assert_eq!(doc.undo().as_deref(), Some("new"));
        assert_eq!(doc.map().title, "");
        doc.redo();
        assert_eq!(doc.map().title, "Named");
        doc.take_back();
        assert_eq!(doc.redo(), None);
        assert_eq!(doc.map().title, "");
    }

    #[test]
    fn undoing_back_to_the_saved_state_is_clean() {
        let mut doc = Document::new(JourneyMap::default());
        assert!(!doc.is_dirty());
        doc.edit("title", retitle("x")).unwrap();
        assert!(doc.is_dirty());
        doc.undo();
        assert!(!doc.is_dirty());
    }

    #[test]
    fn an_edit_that_changes_nothing_leaves_no_entry() {
        let mut doc = Document::new(JourneyMap::default());
        doc.edit("title", retitle("")).unwrap();
        assert_eq!(doc.undo_label(), None);
        assert!(!doc.is_dirty());
    }
}
