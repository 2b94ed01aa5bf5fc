//! A text under the hands: caret, selection and input methods in every script.

use kurbo::{Point, Rect};
use parley::{Alignment, BaseDirection, PlainEditor};

use super::block::TextBlock;
use super::engine::{Align, Measure, TextEngine, TextStyle};
use super::set::flatten_lines;
use crate::model::{first_strong_is_rtl, flipped};

/// A text that is being edited. Coordinates are points from the top left corner of its box.
pub struct TextEditor {
    editor: PlainEditor<()>,
    style: TextStyle,
    /// Where lines break.
    width: Option<f32>,
    align: Align,
    /// Whether a text without a letter reads from right to left.
    rtl_when_empty: bool,
    /// The direction and text that the styles were last set for.
    rtl: Option<bool>,
    undo: Vec<Snapshot>,
    redo: Vec<Snapshot>,
    /// What the last change was: one of the same kind joins it in one undo step.
    last: Option<ChangeKind>,
}

#[derive(Clone, Debug)]
struct Snapshot {
    text: String,
    /// Anchor and focus, in bytes.
    selection: (usize, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ChangeKind {
    Typing,
    Deleting,
    Other,
}

/// Where the caret goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// One character to the left, on the screen.
    Left,
    /// One character to the right, on the screen.
    Right,
    /// One word to the left.
    WordLeft,
    /// One word to the right.
    WordRight,
    /// One line up.
    Up,
    /// One line down.
    Down,
    /// The start of the line.
    LineStart,
    /// The end of the line.
    LineEnd,
    /// The start of the text.
    TextStart,
    /// The end of the text.
    TextEnd,
}

/// What a hand does to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditAction {
    /// Puts text in place of the selection.
    Insert(String),
    /// Deletes the selection, or the character before the caret.
    Backspace,
    /// Deletes the selection, or the character after the caret.
    Delete,
    /// Deletes the selection, or the word before the caret.
    BackspaceWord,
    /// Deletes the selection, or the word after the caret.
    DeleteWord,
    /// Moves the caret; with `true` the selection grows along.
    Move(Motion, bool),
    /// Selects everything.
    SelectAll,
    /// Shows what an input method has so far, with its cursor in bytes; an empty text ends it.
    Compose(String, Option<(usize, usize)>),
    /// Takes back the last change of this text.
    Undo,
    /// Does it again.
    Redo,
    /// Reads the text from the other side, whatever its letters say: by a mark at its start, which nobody sees
    /// and which stays with the text in files and pictures.
    FlipDirection,
}

/// How a pointer presses on a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// Puts the caret there.
    Caret,
    /// Moves the free end of the selection there.
    Extend,
    /// Selects the word there.
    Word,
    /// Selects the line there.
    Line,
}

impl std::fmt::Debug for TextEditor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TextEditor").field("text", &self.editor.raw_text()).finish_non_exhaustive()
    }
}

impl TextEditor {
    /// An editor on `text` that breaks lines at `width` points, or nowhere; the caret is at the end.
    pub fn new(text: &str, style: TextStyle, width: Option<f32>, align: Align, engine: &mut TextEngine) -> Self {
        let mut editor = PlainEditor::new(style.size);
        editor.set_quantize(false);
        editor.set_text(text);
        editor.set_width(width);
        let mut this = Self {
            editor,
            style,
            width,
            align,
            rtl_when_empty: align == Align::Right,
            rtl: None,
            undo: Vec::new(),
            redo: Vec::new(),
            last: None,
        };
        this.refresh(engine);
        let (fonts, layouts) = engine.contexts();
        this.editor.driver(fonts, layouts).move_to_text_end();
        this
    }

    /// The text, without what an input method has not committed.
    pub fn text(&self) -> String {
        self.editor.text().to_string()
    }

    /// Whether an input method is at work.
    pub fn is_composing(&self) -> bool {
        self.editor.is_composing()
    }

    /// Says on which side the caret of an empty text stands.
    pub fn set_rtl_when_empty(&mut self, rtl: bool) {
        self.rtl_when_empty |= rtl;
    }

    /// Breaks lines at another width.
    pub fn set_width(&mut self, width: Option<f32>) {
        // The library lays everything out anew, whatever the width was.
        if self.width != width {
            self.width = width;
            self.editor.set_width(width);
        }
    }

    /// The selected text, if any.
    pub fn selected_text(&self) -> Option<&str> {
        self.editor.selected_text()
    }

    /// The caret; `None` while it is hidden.
    pub fn caret(&self) -> Option<Rect> {
        let caret = self.editor.cursor_geometry(1.5)?;
        Some(Rect::new(caret.x0, caret.y0, caret.x1, caret.y1))
    }

    /// The rectangles of the selection.
    pub fn selection(&self) -> Vec<Rect> {
        let to_rect = |(b, _): (parley::BoundingBox, usize)| Rect::new(b.x0, b.y0, b.x1, b.y1);
        self.editor.selection_geometry().into_iter().map(to_rect).collect()
    }

    /// The ends of the selection in bytes of the text: where it began and where the caret is.
    pub fn selection_bytes(&self) -> (usize, usize) {
        let selection = self.editor.raw_selection();
        (selection.anchor().index(), selection.focus().index())
    }

    /// The place where an input method should show its candidates.
    pub fn input_method_area(&self) -> Rect {
        let area = self.editor.ime_cursor_area();
        Rect::new(area.x0, area.y0, area.x1, area.y1)
    }

    /// The text as glyphs, with what an input method has so far.
    pub fn block(&mut self, engine: &mut TextEngine) -> TextBlock {
        self.refresh(engine);
        let rtl = self.is_rtl();
        let text = self.editor.raw_text().to_owned();
        let mut block = match self.editor.try_layout() {
            Some(layout) => flatten_lines(layout, &text, self.style, rtl),
            None => TextBlock::default(),
        };
        block.text = text;
        block
    }

    /// Puts the caret or the selection where a pointer presses.
    pub fn press(&mut self, at: Point, press: Press, engine: &mut TextEngine) {
        self.last = None;
        self.refresh(engine);
        let (fonts, layouts) = engine.contexts();
        let mut driver = self.editor.driver(fonts, layouts);
        let (x, y) = (at.x as f32, at.y as f32);
        match press {
            Press::Caret => driver.move_to_point(x, y),
            Press::Extend => driver.extend_selection_to_point(x, y),
            Press::Word => driver.select_word_at_point(x, y),
            Press::Line => driver.select_hard_line_at_point(x, y),
        }
    }

    /// Does what a hand did; says whether the text changed.
    pub fn apply(&mut self, action: EditAction, engine: &mut TextEngine) -> bool {
        self.refresh(engine);
        let before = self.snapshot();
        match action {
            EditAction::Undo => return self.step_back(engine),
            EditAction::Redo => return self.step_forward(engine),
            EditAction::Move(motion, extend) => {
                self.last = None;
                self.go(motion, extend, engine);
                return false;
            }
            EditAction::SelectAll => {
                self.last = None;
                let (fonts, layouts) = engine.contexts();
                self.editor.driver(fonts, layouts).select_all();
                return false;
            }
            action => self.change(action, &before, engine),
        }
        self.refresh(engine);
        before.text != self.text()
    }

    fn change(&mut self, action: EditAction, before: &Snapshot, engine: &mut TextEngine) {
        let composing = matches!(action, EditAction::Compose(..));
        let kind = match &action {
            EditAction::Insert(text) if text.chars().count() == 1 && !text.contains(char::is_whitespace) => {
                ChangeKind::Typing
            }
            EditAction::Backspace | EditAction::Delete => ChangeKind::Deleting,
            _ => ChangeKind::Other,
        };
        let (fonts, layouts) = engine.contexts();
        let mut driver = self.editor.driver(fonts, layouts);
        match action {
            EditAction::Insert(text) => {
                driver.clear_compose();
                driver.insert_or_replace_selection(&text);
            }
            EditAction::FlipDirection => {
                let rtl = !self.rtl.unwrap_or_default();
                let text: Vec<String> = before.text.split('\n').map(|line| flipped(line, rtl)).collect();
                driver.select_all();
                driver.insert_or_replace_selection(&text.join("\n"));
            }
            EditAction::Backspace => driver.backdelete(),
            EditAction::Delete => driver.delete(),
            EditAction::BackspaceWord => driver.backdelete_word(),
            EditAction::DeleteWord => driver.delete_word(),
            EditAction::Compose(text, _) if text.is_empty() => driver.clear_compose(),
            EditAction::Compose(text, cursor) => driver.set_compose(&text, cursor),
            _ => {}
        }
        if !composing && before.text != self.text() {
            if self.last != Some(kind) || kind == ChangeKind::Other {
                self.undo.push(before.clone());
            }
            self.redo.clear();
            self.last = Some(kind);
        }
    }

    /// Moves the caret; in right-to-left text also over the ends of lines.
    ///
    /// The layout library takes the left end of a line for its start. Where that leads nowhere, or up instead
    /// of down, the caret goes to the line that follows in reading order.
    fn go(&mut self, motion: Motion, extend: bool, engine: &mut TextEngine) {
        let forward = matches!(motion, Motion::Left | Motion::WordLeft);
        let sideways = forward || matches!(motion, Motion::Right | Motion::WordRight);
        let before = self.selection_bytes();
        let line_before = self.caret_line();
        self.go_as_laid_out(motion, extend, engine);
        let collapsed = before.0 != before.1 && !extend;
        if !sideways || collapsed || !self.is_rtl() {
            return;
        }
        let (after, line_after) = (self.selection_bytes().1, self.caret_line());
        let stuck = after == before.1 && line_after == line_before;
        let astray = if forward { line_after < line_before } else { line_after > line_before };
        if stuck || astray {
            let target = self.over_the_end(line_before, forward).unwrap_or(before.1);
            let (fonts, layouts) = engine.contexts();
            let mut driver = self.editor.driver(fonts, layouts);
            if extend {
                driver.move_to_byte(before.0);
                driver.extend_selection_to_byte(target);
            } else {
                driver.move_to_byte(target);
            }
        }
    }

    /// The number of the line that the caret is on.
    fn caret_line(&self) -> usize {
        let middle = self.caret().map_or(0.0, |caret| caret.center().y);
        // Small and not negative.
        (middle / f64::from(self.style.line_height)).max(0.0) as usize
    }

    /// The start of the line behind `line`, or the end of the one before it.
    fn over_the_end(&self, line: usize, forward: bool) -> Option<usize> {
        let layout = self.editor.try_layout()?;
        if forward {
            return Some(layout.get(line + 1)?.text_range().start);
        }
        let range = layout.get(line.checked_sub(1)?)?.text_range();
        let text = self.editor.raw_text().get(range.clone())?;
        Some(range.start + text.trim_end().len())
    }

    fn go_as_laid_out(&mut self, motion: Motion, extend: bool, engine: &mut TextEngine) {
        let (fonts, layouts) = engine.contexts();
        let mut driver = self.editor.driver(fonts, layouts);
        match (motion, extend) {
            (Motion::Left, false) => driver.move_left(),
            (Motion::Left, true) => driver.select_left(),
            (Motion::Right, false) => driver.move_right(),
            (Motion::Right, true) => driver.select_right(),
            (Motion::WordLeft, false) => driver.move_word_left(),
            (Motion::WordLeft, true) => driver.select_word_left(),
            (Motion::WordRight, false) => driver.move_word_right(),
            (Motion::WordRight, true) => driver.select_word_right(),
            (Motion::Up, false) => driver.move_up(),
            (Motion::Up, true) => driver.select_up(),
            (Motion::Down, false) => driver.move_down(),
            (Motion::Down, true) => driver.select_down(),
            (Motion::LineStart, false) => driver.move_to_line_start(),
            (Motion::LineStart, true) => driver.select_to_line_start(),
            (Motion::LineEnd, false) => driver.move_to_line_end(),
            (Motion::LineEnd, true) => driver.select_to_line_end(),
            (Motion::TextStart, false) => driver.move_to_text_start(),
            (Motion::TextStart, true) => driver.select_to_text_start(),
            (Motion::TextEnd, false) => driver.move_to_text_end(),
            (Motion::TextEnd, true) => driver.select_to_text_end(),
        }
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot { text: self.text(), selection: self.selection_bytes() }
    }

    fn step_back(&mut self, engine: &mut TextEngine) -> bool {
        let Some(snapshot) = self.undo.pop() else { return false };
        self.redo.push(self.snapshot());
        self.restore(&snapshot, engine);
        true
    }

    fn step_forward(&mut self, engine: &mut TextEngine) -> bool {
        let Some(snapshot) = self.redo.pop() else { return false };
        self.undo.push(self.snapshot());
        self.restore(&snapshot, engine);
        true
    }

    fn restore(&mut self, snapshot: &Snapshot, engine: &mut TextEngine) {
        self.last = None;
        self.editor.set_text(&snapshot.text);
        self.refresh(engine);
        let (fonts, layouts) = engine.contexts();
        let (anchor, focus) = snapshot.selection;
        let mut driver = self.editor.driver(fonts, layouts);
        driver.move_to_byte(anchor);
        driver.extend_selection_to_byte(focus);
    }

    fn is_rtl(&self) -> bool {
        first_strong_is_rtl(self.editor.raw_text()).unwrap_or(self.rtl_when_empty)
    }

    /// Brings styles, direction and layout up to date with the text.
    fn refresh(&mut self, engine: &mut TextEngine) {
        engine.prepare(self.editor.raw_text(), self.style);
        let rtl = self.is_rtl();
        if self.rtl != Some(rtl) {
            self.rtl = Some(rtl);
            let styles = self.editor.edit_styles();
            for property in TextEngine::properties(self.style, rtl) {
                styles.insert(property);
            }
            self.editor.set_base_direction(if rtl { BaseDirection::Rtl } else { BaseDirection::Ltr });
            self.editor.set_alignment(match self.align {
                Align::Start => Alignment::Start,
                Align::Left => Alignment::Left,
                Align::Center => Alignment::Center,
                Align::Right => Alignment::Right,
            });
        }
        let (fonts, layouts) = engine.contexts();
        self.editor.refresh_layout(fonts, layouts);
    }
}

/// How a text is measured that stands where an editor of the same style and width would.
pub fn measure_of(width: Option<f32>, align: Align) -> Measure {
    Measure { width, align, ..Measure::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: TextStyle = TextStyle::new(14.0, 19.0);

    fn typed(text: &str) -> (TextEditor, TextEngine) {
        let mut engine = TextEngine::default();
        let mut editor = TextEditor::new("", STYLE, Some(300.0), Align::Start, &mut engine);
        for c in text.chars() {
            editor.apply(EditAction::Insert(c.to_string()), &mut engine);
        }
        (editor, engine)
    }

    #[test]
    fn the_caret_moves_on_the_screen_not_in_the_text() {
        let (mut editor, mut engine) = typed("قیمت CRM را");
        editor.apply(EditAction::Move(Motion::TextStart, false), &mut engine);
        let start = editor.caret().unwrap();
        editor.apply(EditAction::Move(Motion::Left, false), &mut engine);
        assert!(editor.caret().unwrap().x0 < start.x0, "left is left in a right-to-left text");
        assert!(editor.selection_bytes().1 > 0, "and forward in it");
    }

    #[test]
    fn mixed_text_is_selected_across_the_border_and_deleted() {
        let (mut editor, mut engine) = typed("قیمت CRM را");
        editor.apply(EditAction::Move(Motion::TextStart, false), &mut engine);
        for _ in 0..6 {
            editor.apply(EditAction::Move(Motion::Left, true), &mut engine);
        }
        assert!(!editor.selection().is_empty());
        assert!(editor.apply(EditAction::Delete, &mut engine));
        assert!(editor.text().chars().count() < 11);
        assert!(editor.apply(EditAction::Undo, &mut engine));
        assert_eq!(editor.text(), "قیمت CRM را");
    }

    #[test]
    fn arrows_walk_through_wrapped_right_to_left_text_and_back() {
        let mut engine = TextEngine::default();
        let text = "اتاق را ۲۴ ساعت نگه داریم و لینک تازه SMS کنیم";
        for (step, back) in [(Motion::Left, Motion::Right), (Motion::WordLeft, Motion::WordRight)] {
            let mut editor = TextEditor::new(text, STYLE, Some(110.0), Align::Start, &mut engine);
            assert!(editor.block(&mut engine).lines.len() >= 3);
            editor.apply(EditAction::Move(Motion::TextStart, false), &mut engine);
            let mut line = 0;
            for _ in 0..text.chars().count() + 6 {
                editor.apply(EditAction::Move(step, false), &mut engine);
                assert!(editor.caret_line() >= line, "{step:?} never goes up");
                line = editor.caret_line();
            }
            assert_eq!(line + 1, editor.block(&mut engine).lines.len(), "{step:?} comes to the last line");
            for _ in 0..text.chars().count() + 6 {
                editor.apply(EditAction::Move(back, false), &mut engine);
                assert!(editor.caret_line() <= line, "{back:?} never goes down");
                line = editor.caret_line();
            }
            assert_eq!(editor.selection_bytes().1, 0, "{back:?} comes back to the start");
        }
    }

    #[test]
    fn typing_is_undone_word_by_word() {
        let (mut editor, mut engine) = typed("one two");
        editor.apply(EditAction::Undo, &mut engine);
        assert_eq!(editor.text(), "one ");
        editor.apply(EditAction::Redo, &mut engine);
        assert_eq!(editor.text(), "one two");
    }

    #[test]
    fn what_an_input_method_has_so_far_is_shown_but_not_kept() {
        let (mut editor, mut engine) = typed("Ais");
        editor.apply(EditAction::Compose("に".into(), None), &mut engine);
        assert!(editor.is_composing());
        assert_eq!(editor.block(&mut engine).text, "Aisに");
        assert_eq!(editor.text(), "Ais");
        editor.apply(EditAction::Insert("日本".into()), &mut engine);
        assert_eq!(editor.text(), "Ais日本");
    }

    #[test]
    fn the_editor_breaks_lines_as_the_block_does() {
        let mut engine = TextEngine::default();
        for text in ["Compares three shops and asks a friend", "قیمت‌ها را با دوستش مقایسه می‌کند و می‌پرسد"]
        {
            let mut editor = TextEditor::new(text, STYLE, Some(120.0), Align::Start, &mut engine);
            let edited = editor.block(&mut engine);
            let block = engine.block(text, STYLE, measure_of(Some(120.0), Align::Start));
            assert_eq!(edited.lines.len(), block.lines.len());
            for (a, b) in edited.lines.iter().zip(&block.lines) {
                assert_eq!(a.range, b.range);
                assert!((a.baseline - b.baseline).abs() < 0.01);
            }
            let left = |block: &TextBlock| block.runs.iter().map(|r| r.glyphs[0].x).collect::<Vec<_>>();
            for (a, b) in left(&edited).iter().zip(left(&block)) {
                assert!((a - b).abs() < 0.5, "{a} and {b}");
            }
        }
    }
}
