//! Known channels and owners, offered while a mark for one is typed.

use std::collections::BTreeSet;

use egui::{Align2, Area, Id, Key, Modifiers, Order, Pos2, Rect, Sense, Ui, vec2};

use super::{Editor, Ink};
use crate::app::look::{self, BODY};
use crate::app::shapes::color32;
use crate::model::{Element, JourneyMap};
use crate::text::EditAction;

/// What is offered at the caret.
#[derive(Clone, Debug, Default)]
pub struct Completion {
    /// The names that fit what is typed.
    names: Vec<String>,
    /// The one that the arrows walked to; what was typed counts until then.
    chosen: Option<usize>,
    /// How many characters before the caret the name replaces.
    typed: usize,
}

/// How many names are offered at most.
const OFFERED: usize = 6;

impl Completion {
    /// The names that fit the word before the caret of `text`; none if that is no mark or is whole already.
    fn at(text: &str, caret: usize, map: &JourneyMap) -> Self {
        let before = text.get(..caret).unwrap_or_default();
        let word_start = before
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let word = &before[word_start..];
        let mut chars = word.chars();
        let known: BTreeSet<&str> = match chars.next() {
            Some('@') => map.touchpoints().flat_map(|(_, t)| t.channels.iter().map(String::as_str)).collect(),
            Some('#') => map.touchpoints().map(|(_, t)| t.owner.as_str()).filter(|o| !o.is_empty()).collect(),
            _ => return Self::default(),
        };
        let typed = chars.as_str().to_lowercase().replace('_', " ");
        let fits = |name: &&str| name.to_lowercase().starts_with(&typed) && name.to_lowercase() != typed;
        let names: Vec<String> = known.into_iter().filter(fits).take(OFFERED).map(str::to_owned).collect();
        Self { names, chosen: None, typed: chars.as_str().chars().count() }
    }

    fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

impl Editor {
    /// Takes the keys that walk through the names and accept one, before the text gets them.
    pub(super) fn take_completion_keys(&mut self, ui: &Ui, ink: &mut Ink) -> bool {
        if self.completion.is_empty() {
            return false;
        }
        let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
        let last = self.completion.names.len() - 1;
        if pressed(Key::ArrowDown) {
            self.completion.chosen = Some(self.completion.chosen.map_or(0, |at| (at + 1).min(last)));
        }
        if pressed(Key::ArrowUp) {
            self.completion.chosen = self.completion.chosen.and_then(|at| at.checked_sub(1));
        }
        if pressed(Key::Escape) {
            self.completion = Completion::default();
            return false;
        }
        // Enter keeps what was typed unless the arrows chose a name; Tab takes the first one.
        let accepted = pressed(Key::Tab) || (self.completion.chosen.is_some() && pressed(Key::Enter));
        if accepted {
            self.accept_completion(ink);
        }
        accepted
    }

    fn accept_completion(&mut self, ink: &mut Ink) {
        let Completion { names, chosen, typed } = std::mem::take(&mut self.completion);
        let (Some(name), Some(typing)) = (names.get(chosen.unwrap_or(0)), &mut self.typing) else { return };
        let editor = typing.field().editor();
        for _ in 0..typed {
            editor.apply(EditAction::Backspace, &mut ink.text);
        }
        editor.apply(EditAction::Insert(format!("{} ", name.replace(' ', "_"))), &mut ink.text);
    }

    /// Works out what fits the word at the caret of the touchpoint being typed.
    pub(super) fn complete(&mut self) {
        let Some(typing) = &mut self.typing else {
            self.completion = Completion::default();
            return;
        };
        if !matches!(typing.element(), Element::Touchpoint(_)) {
            return;
        }
        let (text, caret) = (typing.text(), typing.field().editor().selection_bytes().1);
        let chosen = self.completion.chosen;
        self.completion = Completion::at(&text, caret, self.document.base());
        self.completion.chosen = chosen.filter(|at| *at < self.completion.names.len());
    }

    /// Shows the names below the text.
    pub(super) fn show_completion(&mut self, ui: &Ui, below: Pos2, ink: &mut Ink) {
        if self.completion.is_empty() {
            return;
        }
        let colors = look::colors(ui.ctx());
        let names = self.completion.names.clone();
        let mut clicked = None;
        let area = Area::new(Id::unique("completion")).order(Order::Foreground).fixed_pos(below);
        area.show(ui.ctx(), |ui| {
            egui::Frame::popup(ui.style()).inner_margin(4).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for (at, name) in names.iter().enumerate() {
                    let (rect, response) = ui.allocate_exact_size(vec2(190.0, 28.0), Sense::click());
                    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::MenuItem, true, name));
                    if Some(at) == self.completion.chosen || response.hovered() {
                        ui.painter().rect_filled(rect, 6.0, color32(colors.accent_soft));
                    }
                    let inner = Rect::from_min_max(rect.min + vec2(10.0, 0.0), rect.max - vec2(10.0, 0.0));
                    ink.in_rect(
                        ui,
                        name,
                        BODY,
                        Align2::LEFT_CENTER.align_size_within_rect(inner.size(), inner),
                        colors.ink,
                    );
                    if response.clicked() {
                        clicked = Some(at);
                    }
                }
            });
        });
        if let Some(at) = clicked {
            self.completion.chosen = Some(at);
            self.accept_completion(ink);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::generate;

    #[test]
    fn names_that_fit_are_offered_until_one_is_whole() {
        let mut map = generate(1, 2, 1);
        for (id, channel) in [("t-1-1", "phone"), ("t-1-2", "post office")] {
            crate::edit::update_touchpoint(&mut map, &id.into(), |t| t.channels.push(channel.into())).unwrap();
        }
        let names = |text: &str| Completion::at(text, text.len(), &map).names;
        assert_eq!(names("Calls @p"), ["phone", "post office"]);
        assert_eq!(names("Calls @post_"), ["post office"]);
        assert!(names("Calls @phone").is_empty());
        assert!(names("Calls p").is_empty());
        assert!(names("a@p").is_empty());
    }
}
