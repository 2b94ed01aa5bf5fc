//! The panel of the comparison: in what the map and its counterpart differ; a click shows it on the map.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use egui::{Align, Button, Layout, RichText, Sense, Stroke, Ui, pos2, vec2};

use super::bars::icon_button;
use super::change_mark;
use super::commands::Command;
use super::comparison_rows::{Entry, GUTTER, Laid, entries};
use super::counterpart::Counterpart;
use super::dialogs::Reply;
use super::editor::{Beside, DASH, Editor, LINE};
use super::error_text;
use super::ink::Ink;
use super::insights::{ground, start_side};
use super::look::{self, BODY};
use super::questions::Parted;
use super::shapes::color32;
use super::side_by_side::SideBySide;
use crate::compare::{Change, compare};
use crate::model::{JourneyMap, State};
use crate::text::icons;

/// The panel, and what it worked out last.
#[derive(Debug, Default)]
pub struct Comparison {
    /// Whether it is shown.
    pub open: bool,
    /// What was asked for in the panel.
    pub(super) asked: Option<Ask>,
    /// The file that was left for its counterpart, and the file of that.
    pub(super) came_from: Option<(PathBuf, PathBuf)>,
    /// For which of the maps opened one after the other, and for which name in it, the counterpart was read.
    of: Option<(u64, String)>,
    other: Option<Counterpart>,
    known: Option<Known>,
    /// The question that the comparison helps to answer.
    pub(super) parted: Option<Parted>,
    /// The counterpart in sight beside the open map, once it is wanted there.
    pub(super) side_by_side: SideBySide,
    /// Whether both maps are to be shown once another one is chosen.
    pub(super) wants_both: bool,
    unfolded: HashSet<Change>,
}

/// Something that the panel cannot do itself.
#[derive(Debug)]
pub(super) enum Ask {
    /// Choose another map.
    Choose,
    /// Close the panel.
    Close,
    /// Show both maps, or one of them again.
    SideBySide,
    /// Open this map in the place of the one that is open.
    Open(PathBuf),
    /// Do what the question was answered with.
    Answer(Box<Reply>),
}

/// What is known of two maps.
#[derive(Debug)]
struct Known {
    here: Arc<JourneyMap>,
    other: Arc<JourneyMap>,
    /// Whether the way goes from the other map to this one.
    is_second: bool,
    entries: Vec<Entry>,
    /// The rows as they were last laid out, for which width.
    laid: (f32, Vec<Option<Laid>>),
}

/// How many of a group are shown at first.
const FEW: usize = 8;
/// How many are shown at most; `rihla diff` has them all.
const MANY: usize = 200;
/// The room for the line that stands for a curve.
const SWATCH: f32 = 34.0;

impl Comparison {
    /// Closes the panel and forgets what it knew.
    pub(super) fn close(&mut self) {
        let came_from = self.came_from.take();
        *self = Self { came_from, unfolded: std::mem::take(&mut self.unfolded), ..Self::default() };
    }

    /// Whether the counterpart is the one that map `serial` names as `named`; one that is not named stays.
    pub(super) fn is_of(&self, serial: u64, named: &str) -> bool {
        self.of.as_ref().is_some_and(|(of, name)| *of == serial && (named.is_empty() || name == named))
    }

    /// Takes what is compared with.
    pub(super) fn take(&mut self, serial: u64, named: String, other: Option<Counterpart>) {
        if self.of.as_ref().is_none_or(|(of, _)| *of != serial) {
            self.side_by_side.begin_anew();
        }
        (self.of, self.other, self.known) = (Some((serial, named)), other, None);
        self.parted = None;
    }

    /// Works everything out anew with the next frame.
    pub(super) fn forget(&mut self) {
        self.known = None;
    }

    /// Whether the way goes from the other map to the open one; nothing before they were compared.
    pub(super) fn is_second(&self) -> Option<bool> {
        self.known.as_ref().map(|known| known.is_second)
    }

    /// What is compared with.
    pub(super) fn other(&self) -> Option<&Counterpart> {
        self.other.as_ref()
    }

    /// Shows the panel.
    pub fn show(&mut self, ui: &mut Ui, editor: &mut Editor, ink: &mut Ink) {
        ui.spacing_mut().item_spacing = vec2(8.0, 2.0);
        self.header(ui);
        self.question(ui);
        let Some(other) = self.other.clone() else { return };
        let map = match &other.map {
            Ok(map) => map,
            Err(why) => {
                editor.beside = None;
                self.side_by_side.pause(editor);
                self.trouble(ui, why, ink);
                return;
            }
        };
        self.work_out(editor, map, &other);
        let Some(known) = &mut self.known else { return };
        sides(ui, known, (&other, self.side_by_side.is_wanted), editor.layout().rtl, ink);
        let mut chosen = None;
        egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            // The bar for scrolling floats over the rest.
            ui.set_max_width(ui.available_width() - 10.0);
            if known.entries.is_empty() {
                ui.add_space(10.0);
                ui.label(RichText::new("The maps say the same").weak());
            }
            for change in Change::ALL {
                chosen = chosen.take().or(group(ui, change, known, &mut self.unfolded, editor, ink));
            }
        });
        if let Some(about) = chosen {
            editor.choose(&[about]);
        }
    }

    /// The name of the panel and its buttons.
    fn header(&mut self, ui: &mut Ui) {
        let mut closed = false;
        ui.horizontal(|ui| {
            ui.label(RichText::new("Comparison").heading());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                closed = icon_button(ui, icons::X, "Close comparison", "Close  (Ctrl+Shift+D)", true).clicked();
                let info = Command::SideBySide.info();
                let help = format!("{}  ({})", info.name, info.key_text());
                let readable = self.other.as_ref().is_some_and(|other| other.map.is_ok());
                if icon_button(ui, info.icon, info.name, &help, readable).clicked() {
                    self.asked = Some(Ask::SideBySide);
                }
                let name = "Compare with another map…";
                if icon_button(ui, icons::ARROWS_CLOCKWISE, name, name, true).clicked() {
                    self.asked = Some(Ask::Choose);
                }
                let name = "Open the counterpart";
                let readable = self.other.as_ref().filter(|other| other.map.is_ok() && !other.is_own_file);
                if icon_button(ui, icons::FOLDER_OPEN, name, name, readable.is_some()).clicked() {
                    self.asked = readable.map(|other| Ask::Open(other.path.clone()));
                }
            });
        });
        if closed {
            self.asked = Some(Ask::Close);
        }
        ui.add_space(4.0);
    }

    /// The question that is to be answered, and its answers.
    fn question(&mut self, ui: &mut Ui) {
        let Some(parted) = &self.parted else { return };
        let words = "Someone else changed the file. Look at what differs, then choose; loading theirs can be undone.";
        ui.add(egui::Label::new(words).wrap());
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            for (label, reply) in parted.ways_out() {
                if ui.add(Button::new(label).min_size(vec2(96.0, 34.0))).clicked() {
                    self.asked = Some(Ask::Answer(Box::new(reply)));
                }
            }
        });
        ui.add_space(10.0);
    }

    /// Why there is nothing to compare with, and what to do.
    fn trouble(&mut self, ui: &mut Ui, why: &str, ink: &mut Ink) {
        ui.label(RichText::new("The counterpart could not be read").family(look::bold()));
        ui.add_space(4.0);
        error_text::show(ui, why, ink);
        ui.add_space(8.0);
        let words = "Choose another map, or select the title of this one and correct the path of its counterpart.";
        ui.add(egui::Label::new(RichText::new(words).weak()).wrap());
        ui.add_space(8.0);
        if ui.add(Button::new("Choose a map…").min_size(vec2(96.0, 34.0))).clicked() {
            self.asked = Some(Ask::Choose);
        }
    }

    /// Compares anew if one of the maps is another.
    fn work_out(&mut self, editor: &mut Editor, other: &Arc<JourneyMap>, counterpart: &Counterpart) {
        let here = editor.document.map();
        let is_known = |known: &Known| Arc::ptr_eq(&known.here, here) && Arc::ptr_eq(&known.other, other);
        if self.known.as_ref().is_some_and(is_known) && editor.beside.is_some() {
            return;
        }
        // What the file of somebody else would bring, or what recovered work has beyond its file.
        let is_second =
            if counterpart.is_own_file { self.parted.is_none() } else { is_second(here.state, other.state) };
        let (a, b) = if is_second { (other, here) } else { (here, other) };
        let differences = compare(a, b);
        let entries = entries(&differences, is_second, here, other);
        let told = || differences.iter().filter(|d| !d.is_pairing());
        let beside = Beside::new(told(), is_second);
        let beside = if self.side_by_side.is_wanted { beside } else { beside.with_curve_of(other) };
        self.side_by_side.take(other, &counterpart.path, Beside::new(told(), !is_second));
        self.known = Some(Known {
            here: Arc::clone(here),
            other: Arc::clone(other),
            is_second,
            entries,
            laid: (0.0, Vec::new()),
        });
        editor.beside = Some(beside);
    }
}

/// Whether the way goes from the other map to this one: from what is to what is meant to be.
pub(super) fn is_second(here: Option<State>, other: Option<State>) -> bool {
    match (here, other) {
        (Some(State::Future), other) => other != Some(State::Future),
        (None, other) => other == Some(State::Current),
        (Some(State::Current), _) => false,
    }
}

/// Which of the two maps is before and which after, with the lines of their curves.
fn sides(ui: &mut Ui, known: &Known, (counterpart, both): (&Counterpart, bool), rtl: bool, ink: &mut Ink) {
    let name = &*counterpart.name();
    let this = (known.here.state, "This map", false);
    let other = (known.other.state, name, true);
    let (first, second) = if known.is_second { (other, this) } else { (this, other) };
    for (word, (state, name, dashed)) in [("Before", first), ("After", second)] {
        ui.allocate_ui_with_layout(vec2(ui.available_width(), 22.0), start_side(rtl), |ui| {
            let colors = look::colors(ui.ctx());
            ui.allocate_ui_with_layout(vec2(44.0, 22.0), start_side(rtl), |ui| {
                ui.set_min_width(44.0);
                ui.label(RichText::new(word).weak());
            });
            if !both {
                swatch(ui, dashed);
            }
            if counterpart.is_own_file {
                ink.label(ui, name, BODY, ui.available_width(), colors.ink);
                return;
            }
            let state = state.map_or("state not said", State::name);
            let room = ui.available_width() - 118.0;
            let natural = ink.natural_width(name);
            ink.label(ui, name, BODY, natural.min(room), colors.ink);
            ui.label(RichText::new("·").weak());
            ui.label(RichText::new(state).weak());
        });
    }
    if counterpart.is_own_file {
        return;
    }
    let hint = match (known.here.state, known.other.state) {
        (Some(a), Some(b)) if a == b => "Both say that they are the same state.",
        (None, None) => "Neither map says which state it shows.",
        _ => return,
    };
    ui.add_space(4.0);
    let hint = format!("{hint} Select the title of a map to say it.");
    ui.add(egui::Label::new(RichText::new(hint).small().weak()).wrap());
}

/// The line of a curve on the map, in small.
fn swatch(ui: &mut Ui, dashed: bool) {
    let (rect, _) = ui.allocate_exact_size(vec2(SWATCH, 16.0), Sense::hover());
    let colors = look::colors(ui.ctx());
    let ends = [rect.left_center(), rect.right_center()];
    if dashed {
        let stroke = Stroke::new(LINE, color32(colors.ink.faded(0.75)));
        ui.painter().extend(egui::Shape::dashed_line(&ends, stroke, DASH[0] as f32, DASH[1] as f32));
    } else {
        let theme = look::picture_theme(ui.ctx());
        let width = theme.sizes.curve as f32;
        let color = |at: usize| color32(theme.colors.emotion[at]);
        for (at, pair) in [(3, 0.0), (4, 0.5)] {
            let x = |part: f32| rect.left() + rect.width() * part;
            let ends = [pos2(x(pair), rect.center().y), pos2(x(pair + 0.5), rect.center().y)];
            ui.painter().line_segment(ends, Stroke::new(width, color(at)));
        }
    }
}

/// The entries of one group; returns what the one clicked is about.
fn group(
    ui: &mut Ui,
    change: Change,
    known: &mut Known,
    unfolded: &mut HashSet<Change>,
    editor: &Editor,
    ink: &mut Ink,
) -> Option<crate::model::Element> {
    let list: Vec<usize> =
        known.entries.iter().enumerate().filter(|(_, entry)| entry.change == change).map(|(at, _)| at).collect();
    if list.is_empty() {
        return None;
    }
    let rtl = editor.layout().rtl;
    heading(ui, change, list.len(), rtl);
    let mut chosen = None;
    let most = if unfolded.contains(&change) { MANY } else { FEW };
    for at in list.iter().take(most) {
        if row(ui, known, *at, editor, ink) {
            chosen.clone_from(&known.entries[*at].about);
        }
    }
    if list.len() > FEW {
        let text = match (unfolded.contains(&change), list.len() > MANY) {
            (true, _) => "Show fewer".to_owned(),
            (false, true) => format!("Show the first {MANY} of {}", list.len()),
            (false, false) => format!("Show all {}", list.len()),
        };
        let text = RichText::new(text).small().color(color32(look::colors(ui.ctx()).accent));
        let size = vec2(ui.available_width(), 30.0);
        let button = Button::new(text).frame_when_inactive(false);
        let clicked = ui.allocate_ui_with_layout(size, start_side(rtl), |ui| ui.add(button).clicked()).inner;
        if clicked && !unfolded.remove(&change) {
            unfolded.insert(change);
        }
    }
    chosen
}

/// The mark of a group as on the map, its name, and how many it has.
fn heading(ui: &mut Ui, change: Change, count: usize, rtl: bool) {
    ui.add_space(12.0);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), 22.0), start_side(rtl), |ui| {
        let colors = look::colors(ui.ctx());
        let (rect, _) = ui.allocate_exact_size(vec2(GUTTER - 8.0, 20.0), Sense::hover());
        change_mark::paint(ui.painter(), change, (rect.center(), 8.0), (colors.panel, rtl), colors);
        ui.label(RichText::new(change.name()).family(look::bold()));
        ui.label(RichText::new(count.to_string()).weak());
    });
    ui.add_space(2.0);
}

/// One entry; says whether it was clicked.
fn row(ui: &mut Ui, known: &mut Known, at: usize, editor: &Editor, ink: &mut Ink) -> bool {
    let (width, rtl) = (ui.available_width(), editor.layout().rtl);
    if (known.laid.0 - width).abs() > 0.5 || known.laid.1.len() != known.entries.len() {
        known.laid = (width, Vec::new());
        known.laid.1.resize_with(known.entries.len(), || None);
    }
    let entry = &known.entries[at];
    let laid = known.laid.1[at].get_or_insert_with(|| Laid::new(entry, width, rtl, ink));
    let sense = if entry.about.is_some() { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(width, laid.height), sense);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, entry.about.is_some(), &entry.label));
    if ui.is_rect_visible(rect) {
        let selected = editor.document.selection();
        let is_chosen = selected.len() == 1 && selected.first() == entry.about.as_ref();
        ground(ui, rect, &response, is_chosen, entry.about.is_some());
        laid.paint(ui, rect, ink);
    }
    response.clicked()
}

#[cfg(test)]
mod tests {
    use super::is_second;
    use crate::model::State::{Current, Future};

    #[test]
    fn the_way_goes_from_what_is_to_what_is_meant_to_be() {
        assert!(is_second(Some(Future), Some(Current)) && is_second(Some(Future), None));
        assert!(is_second(None, Some(Current)));
        assert!(!is_second(Some(Current), Some(Future)) && !is_second(None, Some(Future)));
        assert!(!is_second(None, None) && !is_second(Some(Future), Some(Future)));
    }
}
