//! Questions and small windows over the map.

use egui::{Align, Button, Context, Id, Key, Layout, Margin, Modal, RichText, ScrollArea, Sense, Ui, vec2};

use super::answers::AnswersBox;
use super::commands::{COMMANDS, Command, HAND, Menu};
use super::error_text;
use super::export_box::ExportBox;
use super::field::{Field, FieldLook};
use super::files::Purpose;
use super::film_box::{FilmBox, FilmOrder};
use super::importing::{self, CopyBox, Unreadable};
use super::ink::Ink;
use super::look::{self, BODY};
use super::paste::PasteBox;
use super::path_box::PathBox;
use super::questions::{self, LeftoverRow, Parted};
use super::shapes::color32;
use super::table_box::{TableBox, TableTaken};
use super::templates::TemplateBox;
use super::themes::ThemeBox;
use crate::deck::Request;
use crate::exchange::{Loss, MapFormat, Plan};
use crate::file::Fingerprint;
use crate::measure::{Delimiter, Measured};
use crate::model::{JourneyMap, ReadyLane};
use crate::text::Align as TextAlign;

/// What is done once unsaved changes are dealt with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// Start with this map.
    Map(Box<JourneyMap>),
    /// Start with the list on the clipboard.
    PasteList,
    /// Open this file.
    OpenPath(std::path::PathBuf),
    /// Open the recovered work that was chosen, and compare it with its file if this is true.
    Recovered(bool),
    /// Close the window.
    Quit,
}

/// A window over the map.
#[derive(Debug, Default)]
pub enum Dialog {
    /// None.
    #[default]
    None,
    /// Save the changes of the map of this name first?
    Unsaved(After, String),
    /// A path, typed.
    Path(PathBox),
    /// What of the map is exported, and how.
    Export(Box<ExportBox>),
    /// The format of a copy, and what it loses.
    Copy(Box<CopyBox>),
    /// What of a file is not on the map.
    Losses(Vec<Loss>),
    /// A file of so many bytes: open it all the same?
    Large(std::path::PathBuf, u64),
    /// Why a file could not be opened, and what of it can be read.
    Unreadable(Box<Unreadable>),
    /// So many comments are lost by saving: save all the same?
    Remarks(usize),
    /// How a film is made.
    Film(Box<FilmBox>),
    /// The themes of the map.
    Theme(Box<ThemeBox>),
    /// The kind of a new lane.
    Lane,
    /// What lands where.
    Paste(Box<PasteBox>),
    /// The name of a template.
    Template(Box<TemplateBox>),
    /// Delete this template of one's own?
    DeleteTemplate(String),
    /// What the columns of a table are read as.
    Table(Box<TableBox>),
    /// Which column is what.
    Answers(Box<AnswersBox>),
    /// All commands, found by typing.
    Palette(Palette),
    /// All keys.
    Shortcuts,
    /// The window or the file?
    Parted(Parted),
    /// What to do with work that was left behind?
    Leftovers(Vec<LeftoverRow>),
    /// Why the map was not saved.
    SaveFailed(String),
    /// Something stands where a picture or a copy would go: write over it?
    Replace(Purpose, std::path::PathBuf),
    /// A save to this path takes so long that it may never end.
    SlowSave(std::path::PathBuf),
    /// The system's dialog for this is open.
    Choosing(Purpose),
    /// Another window has the file open.
    OpenElsewhere,
    /// One of the maps that were open lately.
    Recent(Vec<std::path::PathBuf>),
    /// Why something did not work.
    Problem {
        /// In a few words.
        title: String,
        /// All of it.
        text: String,
    },
}

/// What a dialog was answered with.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// Save, then go on.
    SaveFirst(After),
    /// Go on without saving.
    Discard(After),
    /// Use this path.
    Path(Purpose, std::path::PathBuf),
    /// Open this map, which was open lately.
    OpenRecent(std::path::PathBuf),
    /// Save under another name.
    SaveAs,
    /// Save over what stands there.
    Overwrite(std::path::PathBuf),
    /// Take what stands there.
    LoadTheirs(std::path::PathBuf),
    /// Go on with what is here; that content of the file may be lost.
    KeepMine(Fingerprint),
    /// Show in what the window and the file differ.
    CompareParted(Parted),
    /// Save elsewhere, as the drive does not answer.
    SaveElsewhere,
    /// Do not wait for the save any longer.
    GiveUpSave,
    /// Type the path instead of choosing it.
    TypePath(Purpose),
    /// Open work that was left behind, beside its file if this is true.
    OpenLeftover(usize, bool),
    /// Put it away.
    DiscardLeftover(usize),
    /// Make this film.
    Film(FilmOrder),
    /// Let the map wear this theme.
    Theme(String),
    /// Write the picture.
    Export(Box<Request>),
    /// Put the picture on the clipboard.
    CopyPicture(Box<Request>),
    /// Write the picture or the copy over what stands there.
    Replace(Purpose, std::path::PathBuf),
    /// Save a copy in this format, a table with this between its cells.
    SaveIn(MapFormat, Delimiter),
    /// Open this file, though it is large.
    OpenLarge(std::path::PathBuf),
    /// Open what could be read of this file.
    OpenRest(Box<JourneyMap>, std::path::PathBuf),
    /// Save, though comments are lost.
    DropRemarks,
    /// Add a lane.
    Lane(ReadyLane),
    /// Paste what was planned.
    Paste(Box<Plan>),
    /// Show what the columns of this pasted table are read as.
    PasteTable(String),
    /// Take what was made of a table.
    Table(Box<TableTaken>),
    /// Keep the map as the template of this name.
    SaveTemplate(String),
    /// Delete the template of this name.
    DeleteTemplate(String),
    /// Put what was measured onto the map.
    Measured(Vec<Measured>),
    /// Run a command.
    Run(Command),
}

/// The command palette.
#[derive(Debug)]
pub struct Palette {
    field: Field,
    chosen: usize,
}

impl Palette {
    /// An empty palette.
    pub fn new(ink: &mut Ink) -> Self {
        Self { field: Field::new(Id::unique("palette"), "", BODY, None, TextAlign::Left, ink), chosen: 0 }
    }
}

impl Dialog {
    /// Whether one is open.
    pub fn is_open(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// Shows the dialog; gives the reply, after which it is closed.
    pub fn show(&mut self, ctx: &Context, ink: &mut Ink, enabled: impl Fn(Command) -> bool) -> Option<Reply> {
        if !self.is_open() {
            return None;
        }
        let frame = egui::Frame::popup(&ctx.style_of(ctx.theme())).inner_margin(Margin::same(20));
        let modal = Modal::new(Id::unique("dialog")).frame(frame).show(ctx, |ui| {
            ui.spacing_mut().item_spacing.y = 10.0;
            match self {
                Self::None => Turn::Stay,
                Self::Unsaved(after, name) => questions::unsaved(ui, after, name, ink),
                Self::Path(path) => path.ui(ui, ink),
                Self::Export(export) => export.ui(ui, ink),
                Self::Copy(copy) => copy.ui(ui, ink),
                Self::Losses(losses) => importing::told(ui, losses, ink),
                Self::Large(path, size) => questions::large(ui, path, *size, ink),
                Self::Unreadable(unreadable) => unreadable.ui(ui, ink),
                Self::Remarks(count) => questions::remarks(ui, *count),
                Self::Film(film) => film.ui(ui, ink),
                Self::Theme(themes) => themes.ui(ui, ink),
                Self::Lane => lane(ui),
                Self::Paste(paste) => paste.ui(ui, ink),
                Self::Template(template) => template.ui(ui, ink),
                Self::DeleteTemplate(name) => super::templates::delete(ui, name, ink),
                Self::Table(table) => table.ui(ui, ink),
                Self::Answers(answers) => answers.ui(ui, ink),
                Self::Palette(palette) => palette.ui(ui, ink, &enabled),
                Self::Shortcuts => shortcuts(ui),
                Self::Parted(parted) => questions::parted(ui, parted, ink),
                Self::Leftovers(rows) => questions::leftovers(ui, rows, ink),
                Self::SaveFailed(text) => questions::save_failed(ui, text, ink),
                Self::Replace(purpose, path) => questions::replace(ui, *purpose, path, ink),
                Self::SlowSave(path) => questions::slow_save(ui, path, ink),
                Self::Choosing(purpose) => questions::choosing(ui, *purpose),
                Self::OpenElsewhere => questions::open_elsewhere(ui),
                Self::Recent(paths) => super::start::recent_dialog(ui, paths, ink),
                Self::Problem { title, text } => problem(ui, title, text, ink),
            }
        });
        let closed = modal.should_close();
        match modal.inner {
            Turn::Reply(reply) => {
                *self = Self::None;
                Some(reply)
            }
            Turn::Close => {
                *self = Self::None;
                None
            }
            Turn::Stay => {
                if closed {
                    *self = Self::None;
                }
                None
            }
        }
    }
}

/// The width of a dialog that would like to be `want` wide: the window is the limit.
pub(super) fn width(ui: &Ui, want: f32) -> f32 {
    want.min(ui.ctx().content_rect().width() - 72.0)
}

/// The height of the part of a dialog that scrolls or gives way: title and buttons stay in the window.
pub(super) fn height(ui: &Ui, want: f32) -> f32 {
    want.min(ui.ctx().content_rect().height() - 210.0).max(90.0)
}

/// A scrolled part of a dialog that takes up to `height` at once: a new dialog has no size to go by.
///
/// All dialogs stand in one place of egui's: `name` keeps each from opening where another was scrolled to.
pub(super) fn tall_scroll(name: &str, height: f32) -> ScrollArea {
    ScrollArea::vertical().id_salt(name).max_height(height).min_scrolled_height(height)
}

/// What a frame of a dialog came to.
pub(super) enum Turn {
    Stay,
    Close,
    Reply(Reply),
}

pub(super) fn title(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).heading());
}

/// The button that Enter presses.
pub(super) fn main_button(ui: &mut Ui, text: &str, enabled: bool) -> bool {
    let colors = look::colors(ui.ctx());
    let text = RichText::new(text).color(color32(colors.on_accent)).family(look::bold());
    let button = Button::new(text).fill(color32(colors.accent)).min_size(vec2(96.0, 34.0));
    let clicked = ui.add_enabled(enabled, button).clicked();
    // Enter belongs to whatever of the dialog has the keyboard; without that it is this button's.
    let in_dialog = |id| ui.ctx().read_response(id).is_some_and(|response| response.layer_id == ui.layer_id());
    let is_free = !ui.memory(egui::Memory::focused).is_some_and(in_dialog);
    clicked || (enabled && is_free && ui.input(|i| i.key_pressed(Key::Enter)))
}

pub(super) fn plain_button(ui: &mut Ui, text: &str) -> bool {
    ui.add(Button::new(text).min_size(vec2(96.0, 34.0))).clicked()
}

pub(super) fn buttons<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(6.0);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), 36.0), Layout::right_to_left(Align::Center), add).inner
}

/// A one-line field with a frame; returns the key that left it.
pub(super) fn line(ui: &mut Ui, field: &mut Field, name: &str, ink: &mut Ink) -> super::field::FieldEvents {
    let colors = look::colors(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 36.0), Sense::hover());
    let border = egui::Stroke::new(2.0, color32(colors.accent));
    ui.painter().rect(rect, 8.0, color32(colors.field), border, egui::StrokeKind::Inside);
    let field_look = FieldLook {
        corner: rect.min + vec2(12.0, 9.0),
        scale: 1.0,
        rect,
        ink: colors.ink,
        selection: colors.accent_soft,
        name,
    };
    // A long text stays in its frame.
    ui.scope(|ui| {
        ui.set_clip_rect(ui.clip_rect().intersect(rect.shrink(3.0)));
        field.show(ui, &field_look, ink)
    })
    .inner
}

fn lane(ui: &mut Ui) -> Turn {
    ui.set_width(width(ui, 440.0));
    title(ui, "What does the new lane show?");
    let chosen = tall_scroll("lane", height(ui, 460.0)).show(ui, super::bars::ready_lanes).inner;
    let cancelled = buttons(ui, |ui| plain_button(ui, "Cancel"));
    match chosen {
        Some(ready) => Turn::Reply(Reply::Lane(ready)),
        None if cancelled => Turn::Close,
        None => Turn::Stay,
    }
}

impl Palette {
    fn ui(&mut self, ui: &mut Ui, ink: &mut Ink, enabled: &impl Fn(Command) -> bool) -> Turn {
        ui.set_width(width(ui, 520.0));
        let (up, down) = ui.input_mut(|i| {
            (i.consume_key(egui::Modifiers::NONE, Key::ArrowUp), i.consume_key(egui::Modifiers::NONE, Key::ArrowDown))
        });
        let events = line(ui, &mut self.field, "Find a command", ink);
        let query = self.field.text();
        let mut found: Vec<_> = COMMANDS
            .iter()
            .filter(|info| info.command != Command::Palette && enabled(info.command))
            .filter_map(|info| Some((score(info.name, &query).or_else(|| told(info.help, &query))?, info)))
            .collect();
        found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        if events.changed {
            self.chosen = 0;
        }
        self.chosen = match (up, down) {
            (true, _) => self.chosen.saturating_sub(1),
            (_, true) => self.chosen + 1,
            _ => self.chosen,
        }
        .min(found.len().saturating_sub(1));
        match events.key {
            Some((Key::Escape, _)) => return Turn::Close,
            Some((Key::Enter, _)) => {
                return found.get(self.chosen).map_or(Turn::Stay, |(_, info)| Turn::Reply(Reply::Run(info.command)));
            }
            _ => {}
        }
        let mut turn = Turn::Stay;
        if found.is_empty() {
            ui.label(RichText::new("No command with these letters").weak());
        }
        tall_scroll("palette", height(ui, 380.0)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.set_min_width(500.0);
            for (at, (_, info)) in found.iter().enumerate() {
                let text = (RichText::new(info.icon).font(egui::FontId::new(17.0, look::icons())), info.name);
                let button = Button::new(text)
                    .selected(at == self.chosen)
                    .frame_when_inactive(at == self.chosen)
                    .shortcut_text(RichText::new(info.key_text()).small())
                    .min_size(vec2(500.0, 32.0));
                let response = ui.add(button).on_hover_text(info.help);
                if at == self.chosen && (up || down) {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    turn = Turn::Reply(Reply::Run(info.command));
                }
            }
        });
        turn
    }
}

/// How well `query` fits `name`: its letters in order, better at the starts of words; `None` if not.
fn score(name: &str, query: &str) -> Option<i32> {
    if query.trim().is_empty() {
        // The order of the table.
        return Some(0);
    }
    let name: Vec<char> = name.to_lowercase().chars().collect();
    let (mut at, mut score) = (0, 0);
    for c in query.to_lowercase().chars().filter(|c| !c.is_whitespace()) {
        let found = name[at..].iter().position(|n| *n == c)? + at;
        let starts_word = found == 0 || !name[found - 1].is_alphanumeric();
        score += if starts_word { 8 } else { 0 } + if found == at { 4 } else { 0 } - (found - at) as i32;
        at = found + 1;
    }
    Some(score - name.len() as i32 / 8)
}

/// How well `query` fits what a command does: worse than any name, and only if all its words begin words there.
fn told(help: &str, query: &str) -> Option<i32> {
    const BEHIND_NAMES: i32 = -1000;
    let help = help.to_lowercase();
    let begins = |word: &str| help.split(|c: char| !c.is_alphanumeric()).any(|other| other.starts_with(word));
    query.to_lowercase().split_whitespace().all(begins).then_some(BEHIND_NAMES)
}

fn shortcuts(ui: &mut Ui) -> Turn {
    ui.set_width(width(ui, 760.0));
    title(ui, "Keyboard shortcuts");
    tall_scroll("shortcuts", height(ui, 520.0)).show(ui, |ui| {
        scroll_by_keys(ui);
        ui.columns(2, |columns| {
            columns[0].add_space(8.0);
            columns[0].label(RichText::new("On the map").family(look::bold()));
            for (keys, what) in HAND {
                shortcut_row(&mut columns[0], keys, what);
            }
            for menu in Menu::ALL {
                let column = &mut columns[usize::from(matches!(menu, Menu::Edit | Menu::Insert))];
                column.add_space(8.0);
                column.label(RichText::new(menu.name()).family(look::bold()));
                for info in COMMANDS.iter().filter(|info| info.menu == menu && !info.keys.is_empty()) {
                    let keys: Vec<String> = info.keys.iter().map(|key| super::commands::format_key(*key)).collect();
                    shortcut_row(column, &keys.join(", "), info.name);
                }
            }
        });
    });
    buttons(ui, |ui| if main_button(ui, "Close", true) { Turn::Close } else { Turn::Stay })
}

/// Lets the arrows and the page keys scroll, where nothing else wants them.
fn scroll_by_keys(ui: &Ui) {
    let page = ui.clip_rect().height() * 0.9;
    let steps = [(Key::ArrowDown, -60.0), (Key::ArrowUp, 60.0), (Key::PageDown, -page), (Key::PageUp, page)];
    for (key, by) in steps {
        if ui.input(|i| i.key_pressed(key)) {
            ui.scroll_with_delta(vec2(0.0, by));
        }
    }
}

fn shortcut_row(ui: &mut Ui, keys: &str, what: &str) {
    ui.horizontal_top(|ui| {
        let column = |ui: &mut Ui, width: f32, text: RichText| {
            ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::LEFT), |ui| {
                ui.set_width(width);
                ui.add(egui::Label::new(text).wrap());
            });
        };
        column(ui, 132.0, RichText::new(keys).small().weak());
        column(ui, ui.available_width(), RichText::new(what).small());
    });
}

fn problem(ui: &mut Ui, heading: &str, text: &str, ink: &mut Ink) -> Turn {
    ui.set_width(width(ui, 560.0));
    title(ui, heading);
    error_text::show(ui, text, ink);
    buttons(ui, |ui| if main_button(ui, "Close", true) { Turn::Close } else { Turn::Stay })
}

#[cfg(test)]
mod tests {
    use super::{score, told};

    #[test]
    fn the_palette_finds_by_letters_in_order() {
        assert!(score("Export…", "ept").is_some());
        assert!(score("Export…", "tpe").is_none());
        assert!(score("Zoom in", "zi") > score("Redo resizing", "zi"));
    }

    #[test]
    fn the_palette_finds_by_words_of_what_a_command_does() {
        let help = "Add a picture to the selected touchpoint; dropping one on its card does the same";
        assert!(told(help, "Add pict").is_some() && told(help, "add icture").is_none());
        assert!(told(help, "picture") < score("Copy as picture", "picture"));
    }
}
