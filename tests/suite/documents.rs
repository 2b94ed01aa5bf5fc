//! Random maps through random edits, files and layouts, beside a model that is too simple to be wrong.

use std::collections::HashMap;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rihla::edit::Document;
use rihla::file;
use rihla::layout::LayoutEngine;
use rihla::model::{Annotation, JourneyMap};
use rihla::theme::Theme;

use super::edits::{Edit, edit, elements};
use super::layouts::{assert_points, assert_same, assert_sound};
use super::strategies::{clean, map, text};

/// `cases` of each property, or what `PROPTEST_CASES` says.
pub fn cases(cases: u32) -> ProptestConfig {
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    let cases = if asked { ProptestConfig::default().cases } else { cases };
    ProptestConfig { cases, max_shrink_iters: 4000, ..ProptestConfig::default() }
}

/// What a person does to a document.
#[derive(Clone, Debug)]
enum Action {
    Edit(Edit),
    Begin,
    Preview(Edit),
    Commit,
    Cancel,
    Undo,
    Redo,
    Select(Edit),
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        8 => edit().prop_map(Action::Edit),
        2 => Just(Action::Begin),
        6 => edit().prop_map(Action::Preview),
        2 => Just(Action::Commit),
        1 => Just(Action::Cancel),
        4 => Just(Action::Undo),
        3 => Just(Action::Redo),
        1 => edit().prop_map(Action::Select),
    ]
}

/// A document as a list of whole maps.
#[derive(Debug)]
struct Model {
    states: Vec<JourneyMap>,
    now: usize,
    /// What is shown while a gesture is under way.
    shown: Option<JourneyMap>,
}

impl Model {
    fn map(&self) -> &JourneyMap {
        self.shown.as_ref().unwrap_or(&self.states[self.now])
    }

    /// The present state after `edit`; the present state itself where that is refused.
    fn after(&self, edit: &Edit) -> (bool, JourneyMap) {
        let mut next = self.states[self.now].clone();
        match edit.apply(&mut next) {
            Ok(()) => (true, next),
            Err(_) => (false, self.states[self.now].clone()),
        }
    }

    fn push(&mut self, map: JourneyMap) {
        if map != self.states[self.now] {
            self.states.truncate(self.now + 1);
            self.states.push(map);
            self.now += 1;
        }
    }
}

/// Does `action` to both and asserts that they agree.
fn step(document: &mut Document, model: &mut Model, action: &Action) {
    match action {
        Action::Edit(edit) => {
            model.shown = None;
            let (ok, next) = model.after(edit);
            assert_eq!(document.edit("edit", |map| edit.apply(map)).is_ok(), ok);
            model.push(next);
        }
        Action::Begin => {
            document.begin();
            model.shown = Some(model.states[model.now].clone());
        }
        Action::Preview(edit) => {
            let result = document.preview(|map| edit.apply(map));
            if model.shown.is_some() {
                let (ok, next) = model.after(edit);
                assert_eq!(result.is_ok(), ok);
                model.shown = Some(next);
            } else {
                assert!(result.is_err());
            }
        }
        Action::Commit => {
            document.commit("gesture");
            if let Some(shown) = model.shown.take() {
                model.push(shown);
            }
        }
        Action::Cancel => {
            document.cancel();
            model.shown = None;
        }
        Action::Undo => {
            model.shown = None;
            assert_eq!(document.undo().is_some(), model.now > 0);
            model.now = model.now.saturating_sub(1);
        }
        Action::Redo => {
            model.shown = None;
            assert_eq!(document.redo().is_some(), model.now + 1 < model.states.len());
            model.now = (model.now + 1).min(model.states.len() - 1);
        }
        Action::Select(edit) => document.select(edit.selection(document.map())),
    }
    assert_eq!(**document.map(), *model.map());
    assert_eq!(document.map().problems(), []);
    assert_eq!(document.in_gesture(), model.shown.is_some());
    assert_eq!(document.undo_label().is_some(), model.now > 0);
    assert_eq!(document.redo_label().is_some(), model.now + 1 < model.states.len());
    if !document.in_gesture() {
        assert!(document.selection().iter().all(|element| document.map().contains(element)));
    }
}

/// The map as it comes back from a file: LF line ends, touchpoints of a lane in the order of columns.
pub fn as_read(map: &JourneyMap) -> JourneyMap {
    let columns: HashMap<_, _> = map.steps().enumerate().map(|(i, (_, step))| (step.id.clone(), i)).collect();
    let all = |list: &mut Vec<Annotation>| list.iter_mut().for_each(|a| a.text = clean(&a.text));
    let mut map = map.clone();
    map.title = clean(&map.title);
    map.subtitle = clean(&map.subtitle);
    for stage in map.stages.iter_mut().map(Arc::make_mut) {
        stage.name = clean(&stage.name);
        stage.phase = clean(&stage.phase);
        for step in stage.steps.iter_mut().map(Arc::make_mut) {
            step.name = clean(&step.name);
            all(&mut step.annotations);
        }
    }
    for lane in map.lanes.iter_mut().map(Arc::make_mut) {
        lane.name = clean(&lane.name);
        lane.hint = clean(&lane.hint);
        lane.touchpoints.sort_by_key(|t| columns[&t.step]);
        for touchpoint in lane.touchpoints.iter_mut().map(Arc::make_mut) {
            touchpoint.title = clean(&touchpoint.title);
            touchpoint.notes = clean(&touchpoint.notes);
            touchpoint.owner = clean(&touchpoint.owner);
            touchpoint.channels.iter_mut().for_each(|c| *c = clean(c));
            all(&mut touchpoint.annotations);
        }
    }
    map
}

/// Asserts that `map` comes back from a file, and that saving what came back writes the same bytes.
fn assert_saves(map: &JourneyMap) {
    let map = as_read(map);
    let text = file::to_ron(&map);
    let read = file::parse(&text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"));
    assert_eq!(read, map, "\n{text}");
    assert_eq!(file::to_ron(&read), text);
    assert!(!text.contains('\r') && text.ends_with(")\n"));
}

/// Asserts what must hold for any text that someone opens.
fn assert_reads(text: &str) {
    match file::parse(text) {
        Ok(map) => {
            assert_eq!(map.problems(), []);
            assert_saves(&map);
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            for problem in problems {
                assert!(!problem.message.is_empty());
                if let Some((line, column)) = problem.place {
                    let count = text.split('\n').nth(line - 1).expect("the line is there").chars().count();
                    assert!(column <= count + 1, "column {column} of {count}: {problem}");
                }
            }
        }
    }
}

/// Pieces of RON and of broken RON.
const TOKENS: [&str; 30] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "\\",
    "r#\"",
    "\"#",
    "//",
    "/*",
    "*/",
    "\n",
    " ",
    "-",
    "9",
    "1.5",
    "format",
    "id",
    "step",
    "lane",
    "stages",
    "touchpoints",
    "emotion: 9",
    "kind: Emotion",
    "Some(",
    "#![enable(unwrap_newtypes)]",
];

/// A change to a text as a slip of the hand makes it.
#[derive(Clone, Debug)]
pub enum Slip {
    Delete(Index, u8),
    Insert(Index, &'static str),
    Copy(Index, Index, u8),
    Cut(Index),
}

pub fn slip() -> impl Strategy<Value = Slip> {
    let at = any::<Index>;
    prop_oneof![
        (at(), 0u8..40).prop_map(|(at, n)| Slip::Delete(at, n)),
        (at(), select(&TOKENS[..])).prop_map(|(at, token)| Slip::Insert(at, token)),
        (at(), at(), 0u8..90).prop_map(|(from, to, n)| Slip::Copy(from, to, n)),
        at().prop_map(Slip::Cut),
    ]
}

impl Slip {
    pub fn apply(&self, text: &str) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        let place = |at: &Index| at.index(chars.len() + 1);
        match self {
            Self::Delete(at, n) => {
                let from = place(at);
                let to = (from + usize::from(*n)).min(chars.len());
                chars.drain(from..to);
            }
            Self::Insert(at, token) => drop(chars.splice(
                {
                    let at = place(at);
                    at..at
                },
                token.chars(),
            )),
            Self::Copy(from, to, n) => {
                let (from, to) = (place(from), place(to));
                let piece: Vec<char> = chars[from..].iter().take(usize::from(*n)).copied().collect();
                chars.splice(to..to, piece);
            }
            Self::Cut(at) => {
                let at = place(at);
                chars.truncate(at);
            }
        }
        chars.into_iter().collect()
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn any_sequence_of_edits_undo_redo_and_gestures(start in map(), actions in vec(action(), 1..40)) {
        let mut model = Model { states: vec![start.clone()], now: 0, shown: None };
        let mut document = Document::new(start);
        for action in &actions {
            step(&mut document, &mut model, action);
        }
        assert_saves(document.map());
        while document.undo().is_some() {}
        assert_eq!(**document.map(), model.states[0]);
        assert!(!document.is_dirty());
    }

    #[test]
    fn a_map_comes_back_from_its_file(map in map()) {
        assert_eq!(map.problems(), []);
        assert_saves(&map);
    }

    #[test]
    fn every_element_has_its_text_and_is_on_the_map(map in map()) {
        for element in elements(&map) {
            assert!(map.contains(&element), "{element:?}");
        }
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn layouts_stay_sound_and_do_not_depend_on_what_was_laid_out_before(
        start in map(),
        edits in vec(edit(), 1..8),
    ) {
        let mut document = Document::new(start);
        let mut engine = LayoutEngine::default();
        for edit in &edits {
            // Refused edits leave the map as it was.
            let _ = document.edit("edit", |map| edit.apply(map));
            let kept = engine.layout(document.map(), &Theme::light(), false);
            assert_sound(&kept);
            assert_points(&kept);
            let fresh = LayoutEngine::default().layout(document.map(), &Theme::light(), false);
            assert_same(&kept, &fresh);
        }
    }

    #[test]
    fn a_held_layout_is_sound_and_nothing_in_it_shrinks(start in map(), edits in vec(edit(), 1..6)) {
        let mut document = Document::new(start);
        let mut engine = LayoutEngine::default();
        let mut before = engine.layout(document.map(), &Theme::light(), false);
        document.begin();
        for edit in &edits {
            let _ = document.preview(|map| edit.apply(map));
            let held = engine.layout(document.map(), &Theme::light(), true);
            assert_sound(&held);
            for column in &held.columns {
                if let Some(old) = before.column_of(&column.step.id) {
                    assert!(column.width >= before.columns[old].width - 0.01);
                }
            }
            for row in &held.rows {
                if let Some(old) = before.row_of(&row.lane) {
                    assert!(row.height >= old.height - 0.01);
                }
            }
            before = held;
        }
        document.cancel();
        let released = engine.layout(document.map(), &Theme::light(), false);
        let fresh = LayoutEngine::default().layout(document.map(), &Theme::light(), false);
        assert_same(&released, &fresh);
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn reading_never_panics_on_any_text(text in text(), more in vec(any::<char>(), 0..40)) {
        assert_reads(&text);
        assert_reads(&String::from_iter(more));
    }

    #[test]
    fn reading_never_panics_on_pieces_of_ron(tokens in vec(select(&TOKENS[..]), 0..60)) {
        assert_reads(&tokens.concat());
        assert_reads(&tokens.join(" "));
    }

    #[test]
    fn reading_never_panics_on_a_file_with_slips(map in map(), slips in vec(slip(), 1..4)) {
        assert_reads(&slips.iter().fold(file::to_ron(&map), |text, slip| slip.apply(&text)));
    }
}
