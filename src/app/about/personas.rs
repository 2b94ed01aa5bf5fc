//! Those who make the journey, as cards beside each other.

use std::sync::Arc;

use egui::{Id, Rect, Ui, pos2, vec2};

use super::parts::{CARD_PAD, Desk, Part, cards, empty, intro};
use crate::app::bars::icon_button;
use crate::app::look;
use crate::app::portrait;
use crate::app::shapes::color32;
use crate::app::text_rows::{Dress, TextRow, caption};
use crate::edit::{add_persona, delete_persona, move_persona, name_persona, update_persona};
use crate::model::{Accent, Persona, PersonaId, first_strong_is_rtl};
use crate::picture::Shot;
use crate::text::{Measure, TextStyle, icons};

/// The least and greatest width of a card.
const WIDTH: (f32, f32) = (300.0, 440.0);
/// The height of its buttons.
const FOOT: f32 = 34.0;
/// The side of a portrait.
const DISC: f32 = 64.0;
/// The initials on it.
const INITIALS: TextStyle = TextStyle::new(23.0, 28.0).bold();
/// What the cards are for.
const INTRO: &str = "Those who make the journey: each may have emotions of her own on every touchpoint";

/// A text of a persona: its label, what it is called, and the way to it.
struct Text {
    name: &'static str,
    get: fn(&Persona) -> &str,
    set: fn(&mut Persona, String),
}

/// A list of a persona.
struct List {
    name: &'static str,
    get: fn(&Persona) -> &[String],
    set: fn(&mut Persona, Vec<String>),
}

const SEGMENT: Text = Text { name: "Segment", get: |p| &p.segment, set: |p, text| p.segment = text };
const QUOTE: Text = Text { name: "Quote", get: |p| &p.quote, set: |p, text| p.quote = text };
const CONTACT: Text = Text { name: "Contact frequency", get: |p| &p.contact, set: |p, text| p.contact = text };
const BEST_TIME: Text = Text { name: "Best time", get: |p| &p.best_time, set: |p, text| p.best_time = text };
const PORTRAIT: Text = Text { name: "Portrait file", get: |p| &p.portrait, set: |p, text| p.portrait = text };
const GOALS: List = List { name: "Goals", get: |p| &p.goals, set: |p, list| p.goals = list };
const BEHAVIOURS: List = List { name: "Behaviours", get: |p| &p.behaviours, set: |p, list| p.behaviours = list };
const INTERESTS: List = List { name: "Interests", get: |p| &p.interests, set: |p, list| p.interests = list };
const CHANNELS: List = List { name: "Channels", get: |p| &p.channels, set: |p, list| p.channels = list };

/// Shows the cards.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let map = Arc::clone(desk.editor.document.map());
    // A name being typed may change the id; edits start from the map as it was before.
    let ids: Vec<PersonaId> = desk.editor.document.base().personas.iter().map(|p| p.id.clone()).collect();
    let add = if map.personas.is_empty() {
        empty(ui, icons::IDENTIFICATION_BADGE, "Who makes the journey, and what she wants from it", "Add persona")
    } else {
        let add = intro(ui, INTRO, "Add persona");
        let rtl = desk.rtl();
        cards(ui, map.personas.len().min(ids.len()), (WIDTH.0, WIDTH.1, FOOT), rtl, |ui, at, part| {
            let card = Card { id: &ids[at], persona: &map.personas[at], at, count: ids.len() };
            match part {
                Part::Body => card.show(ui, desk),
                Part::Foot => card.buttons(ui, rtl, desk),
            }
        });
        add
    };
    if add && desk.edit("new persona", |map| add_persona(map, "")).is_some() {
        desk.rows.want(place(map.personas.len(), "Name"));
    }
}

/// The id of a text in the window: by the place, as a name may change the persona's id.
fn place(at: usize, name: &str) -> Id {
    Id::unique(("persona", at, name))
}

/// One card.
struct Card<'a> {
    id: &'a PersonaId,
    persona: &'a Persona,
    at: usize,
    count: usize,
}

impl Card<'_> {
    fn show(&self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let all = ui.available_rect_before_wrap();
        let rtl = desk.rtl();
        let top = ui.cursor().top();
        let (disc, texts) = if rtl {
            (all.right() - DISC, all.left()..=all.right() - DISC - CARD_PAD)
        } else {
            (all.left(), all.left() + DISC + CARD_PAD..=all.right())
        };
        self.portrait(ui, Rect::from_min_size(pos2(disc, top + 10.0), vec2(DISC, DISC)), desk);
        let room = Rect::from_x_y_ranges(*texts.start()..=*texts.end(), top..=f32::INFINITY);
        let head = ui.scope_builder(egui::UiBuilder::new().max_rect(room), |ui| {
            self.name(ui, desk);
            self.text(ui, &SEGMENT, false, desk);
        });
        ui.advance_cursor_after_rect(head.response.rect);
        self.text(ui, &QUOTE, true, desk);
        self.list(ui, &GOALS, desk);
        self.list(ui, &BEHAVIOURS, desk);
        self.list(ui, &INTERESTS, desk);
        self.list(ui, &CHANNELS, desk);
        ui.columns(2, |columns| {
            self.text(&mut columns[0], &CONTACT, false, desk);
            self.text(&mut columns[1], &BEST_TIME, false, desk);
        });
        self.text(ui, &PORTRAIT, false, desk);
        ui.add_space(6.0);
    }

    /// What the text is called by those who do not see whose it is.
    fn called(&self, name: &str) -> String {
        format!("{name} of persona {}", self.at + 1)
    }

    fn name(&self, ui: &mut Ui, desk: &mut Desk<'_>) {
        caption(ui, "Name");
        let name = self.called("Name");
        let (id, value) = (place(self.at, "Name"), self.persona.name.as_str());
        let row = TextRow { id, name: &name, value, multiline: false, label: "name of persona" };
        let id = self.id.clone();
        let dress = Dress { strong: true, ..Dress::default() };
        desk.text(ui, &row, dress, Box::new(move |map, text| name_persona(map, &id, &text)));
    }

    fn text(&self, ui: &mut Ui, text: &Text, multiline: bool, desk: &mut Desk<'_>) {
        caption(ui, text.name);
        let name = self.called(text.name);
        let (id, value) = (place(self.at, text.name), (text.get)(self.persona));
        let row = TextRow { id, name: &name, value, multiline, label: "edit of persona" };
        let (id, set) = (self.id.clone(), text.set);
        let dress = Dress { least: if multiline { 50.0 } else { 0.0 }, ..Dress::default() };
        desk.text(ui, &row, dress, Box::new(move |map, text| update_persona(map, &id, |p| set(p, text))));
    }

    fn list(&self, ui: &mut Ui, list: &List, desk: &mut Desk<'_>) {
        caption(ui, list.name);
        let name = self.called(list.name);
        let value = (list.get)(self.persona).join("\n");
        let id = place(self.at, list.name);
        let row = TextRow { id, name: &name, value: &value, multiline: true, label: "edit of persona" };
        let (id, set) = (self.id.clone(), list.set);
        let dress = Dress { least: 50.0, items: true, ..Dress::default() };
        desk.text(ui, &row, dress, Box::new(move |map, text| update_persona(map, &id, |p| set(p, items(&text)))));
    }

    /// The picture as a disc, or one in a colour by the place among the personas, with the initials.
    fn portrait(&self, ui: &mut Ui, rect: Rect, desk: &mut Desk<'_>) {
        let shot = desk.editor.pictures().get(&self.persona.portrait);
        if matches!(shot, Shot::Ready(_)) {
            portrait::paint(ui, Rect::from_center_size(rect.center(), vec2(DISC, DISC)), &shot, desk.ink);
            return;
        }
        let theme = look::picture_theme(ui.ctx());
        ui.painter().circle_filled(rect.center(), DISC / 2.0, color32(theme.accent(Accent::nth(self.at))));
        let block = desk.ink.text.block(&initials(&self.persona.name), INITIALS, Measure::default());
        let corner = rect.center() - vec2(block.width, block.height) / 2.0;
        desk.ink.paint(ui, &block, corner, theme.colors.on_accent);
    }

    fn buttons(&self, ui: &mut Ui, rtl: bool, desk: &mut Desk<'_>) {
        let is_last = self.at + 1 == self.count;
        // The icon says where the card goes on the screen.
        let (to_left, to_right) = if rtl { (1, -1) } else { (-1, 1) };
        let can = |by: isize| if by < 0 { self.at > 0 } else { !is_last };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            for (icon, side, by) in [(icons::ARROW_LEFT, "left", to_left), (icons::ARROW_RIGHT, "right", to_right)] {
                let name = format!("Move persona {} to the {side}", self.at + 1);
                if icon_button(ui, icon, &name, &format!("Move to the {side}"), can(by)).clicked() {
                    let to = self.at.saturating_add_signed(by);
                    desk.edit("move of persona", |map| move_persona(map, self.id, to));
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let name = format!("Delete persona {}", self.at + 1);
                let help = "Delete this persona, and her emotions on touchpoints";
                if icon_button(ui, icons::TRASH, &name, help, true).clicked() {
                    desk.edit("deletion of persona", |map| delete_persona(map, self.id));
                }
            });
        });
    }
}

/// The lines of a text that say something.
pub fn items(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The first letters of the first two words; where letters join, only one.
fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first: String = letters.next().map_or_else(|| "?".into(), |c| c.to_uppercase().collect());
    match letters.next() {
        Some(second) if first_strong_is_rtl(name) != Some(true) => first + &second.to_uppercase().to_string(),
        _ => first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_two_letters_or_one_where_they_join() {
        assert_eq!(initials("marta van Ilves"), "MV");
        assert_eq!(initials("(Ana)"), "A");
        assert_eq!(initials("سارا محمدی"), "س");
        assert_eq!(initials(" "), "?");
    }

    #[test]
    fn items_are_lines_that_say_something() {
        assert_eq!(items(" a \n\n b\r\n "), ["a", "b"]);
        assert!(items("").is_empty());
    }
}
