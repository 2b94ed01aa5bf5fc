//! The program's window. A frame, in order:
//! 1. take what other threads and the system have for us: chosen files, finished exports, dropped
//!    files, the wish to close;
//! 2. take the keys that are commands;
//! 3. show bars, inspector, canvas or start page, and the dialog, which only ask for commands;
//! 4. run the commands that were asked for;
//! 5. show messages, set the title, and send new glyphs to the graphics card.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};

use egui::{Context, Panel, Ui, ViewportCommand};

use super::about::{self, About};
use super::adding::Adding;
use super::board::{self, Board};
use super::clipboard::{Clipboard, Wish};
use super::commands::{self, Command};
use super::comparison::Comparison;
use super::dialogs::{After, Dialog, Reply};
use super::editor::Editor;
use super::files::Picker;
use super::focus;
use super::ink::Ink;
use super::insights::Insights;
use super::inspector::Inspector;
use super::inventory::{self, Inventory};
use super::painter::Painter;
use super::paste::{PasteBox, Way};
use super::picture::PictureClipboard;
use super::remembered::Remembered;
use super::safety::Safety;
use super::saving::Saver;
use super::settings::Settings;
use super::splitter::Splitter;
use super::start::Start;
use super::toast::Toasts;
use super::{bars, filter_bar, look};
use crate::deck::Request;
use crate::measure::Delimiter;
use crate::template::TEMPLATES;

/// The window and all that is in it.
#[derive(Debug)]
pub struct App {
    pub(super) editor: Option<Editor>,
    pub(super) ink: Ink,
    inspector: Inspector,
    pub(super) insights: Insights,
    pub(super) comparison: Comparison,
    /// The table, while it is shown instead of the canvas.
    pub(super) inventory: Option<Inventory>,
    /// The board of impact and effort, while it is shown instead of the canvas.
    pub(super) board: Option<Board>,
    /// What the map knows beside its grid, while it is shown instead of the canvas.
    pub(super) about: Option<About>,
    pub(super) start: Start,
    pub(super) dialog: Dialog,
    pub(super) picker: Option<Picker>,
    pub(super) clipboard: Clipboard,
    /// What is done once the map is saved.
    pub(super) after: Option<After>,
    /// The theme that the map wears, and films.
    pub(super) looks: super::themes::Looks,
    /// The picture that waits for a path.
    pub(super) export: Option<Request>,
    pub(super) saver: Saver,
    pub(super) safety: Safety,
    /// How many maps were opened one after the other.
    pub(super) serial: u64,
    pub(super) adding: Adding,
    pub(super) exports: (Sender<String>, Receiver<String>),
    /// What parts the cells of a table that is written.
    pub(super) delimiter: Delimiter,
    pub(super) pictures: PictureClipboard,
    pub(super) remembered: Remembered,
    pub(super) toasts: Toasts,
    title: String,
    pub(super) may_close: bool,
    pub(super) settings: Settings,
    /// Whether the map was opened because it was open last.
    pub(super) is_taken_up: bool,
    /// Whether the system's file dialogs are used; without them paths are typed.
    pub(super) system_dialogs: bool,
}

impl App {
    /// The window's content, with the map at `path` if one is named.
    pub fn new(ctx: &Context, path: Option<&Path>) -> Self {
        look::install(ctx);
        ctx.add_plugin(Splitter::default());
        let ink = Ink { text: crate::text::TextEngine::default(), painter: Painter::new(ctx) };
        let mut app = Self {
            editor: None,
            ink,
            inspector: Inspector::default(),
            insights: Insights::default(),
            comparison: Comparison::default(),
            inventory: None,
            board: None,
            about: None,
            start: Start::default(),
            dialog: Dialog::None,
            picker: None,
            clipboard: Clipboard::default(),
            after: None,
            looks: super::themes::Looks::default(),
            export: None,
            saver: Saver::default(),
            safety: Safety::default(),
            serial: 0,
            adding: Adding::default(),
            exports: channel(),
            delimiter: Delimiter::default(),
            pictures: PictureClipboard::default(),
            remembered: Remembered::default(),
            toasts: Toasts::default(),
            title: String::new(),
            may_close: false,
            settings: Settings::default(),
            is_taken_up: false,
            system_dialogs: true,
        };
        if let Some(path) = path {
            app.open_path(path, ctx);
        }
        app
    }

    /// Lets paths be typed instead of asking the system's dialogs.
    pub fn without_system_dialogs(mut self) -> Self {
        self.system_dialogs = false;
        self
    }

    /// Remembers recent files, theme and size of the interface as `settings` say and keeps them there.
    pub fn with_settings(mut self, settings: Settings, ctx: &Context) -> Self {
        ctx.set_theme(if settings.dark { egui::Theme::Dark } else { egui::Theme::Light });
        ctx.set_zoom_factor(settings.interface);
        self.remembered = Remembered::kept_in(settings.beside("pictures.ron"));
        self.settings = settings;
        self.wear_theme_of_settings(ctx);
        if let Some(path) = self.editor.as_ref().and_then(|editor| editor.path.clone()) {
            self.settings.remember(&path);
        }
        if let Some(broken) = self.settings.broken.take() {
            let text =
                format!("The settings could not be read and begin anew; the old ones are in {}", broken.display());
            self.toasts.add(text, ctx);
        }
        self.take_up(ctx);
        self
    }

    /// Opens `map` as one that was never saved.
    pub fn with_map(mut self, map: crate::model::JourneyMap) -> Self {
        self.editor = Some(Editor::new(map, None));
        self
    }

    /// What the last scene took to paint.
    pub(super) fn paint_counts(&self) -> super::painter::PaintCounts {
        self.ink.painter.scene_counts()
    }

    /// How many glyphs were rasterised so far.
    pub(super) fn rasters(&self) -> usize {
        self.ink.painter.rasters()
    }

    /// The open map, if any.
    pub fn editor(&self) -> Option<&Editor> {
        self.editor.as_ref()
    }

    /// The open map, to be changed.
    pub fn editor_mut(&mut self) -> Option<&mut Editor> {
        self.editor.as_mut()
    }

    /// Shows the canvas of a map that was just opened.
    pub(super) fn close_views(&mut self) {
        (self.inventory, self.board, self.about) = (None, None, None);
    }

    /// Asks for the text on the clipboard, to show where it lands.
    pub(super) fn ask_for_list(&mut self, ctx: &Context) {
        self.clipboard.ask(Wish::Preview, ctx);
    }

    /// A whole frame.
    pub fn frame(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.ink.painter.begin_frame();
        self.take_news(&ctx);
        let in_text = self.is_in_text(&ctx);
        let mut asked = if self.dialog.is_open() { Vec::new() } else { commands::pressed(&ctx, in_text) };
        asked.extend(self.panels(ui));
        self.tend_export(&ctx);
        if let Some(reply) = self.show_dialog(&ctx) {
            self.answer(reply, &ctx);
        }
        for command in asked {
            self.run(command, &ctx);
        }
        if let Some(text) = self.editor.as_mut().and_then(|editor| editor.pasted.take()) {
            self.paste(&text, Wish::Paste, &ctx);
        }
        self.tend_comparison(&ctx);
        self.guard(&ctx);
        self.note_place(&ctx);
        self.messages(&ctx);
        self.ink.painter.upload(&ctx);
    }

    /// Whether a text is being edited, which then has the first say about keys.
    fn is_in_text(&self, ctx: &Context) -> bool {
        let typing = self
            .editor
            .as_ref()
            .is_some_and(|editor| editor.typing.is_some() || editor.is_finding(ctx) || editor.is_naming_view());
        let in_table = self.inventory.as_ref().is_some_and(|inventory| inventory.is_typing(ctx));
        let in_about = self.about.as_ref().is_some_and(|about| about.is_typing(ctx));
        typing || in_table || in_about || self.inspector.is_typing() || ctx.text_edit_focused()
    }

    fn panels(&mut self, ui: &mut Ui) -> Vec<Command> {
        let mut asked = Vec::new();
        let frame = bars::bar_frame(ui);
        Panel::top("bar").frame(frame).exact_size(44.0).show(ui, |ui| {
            ui.horizontal_centered(|ui| {
                let editor = self.editor.as_mut().filter(|_| !self.start.over);
                asked.extend(bars::top_bar(ui, editor, &mut self.ink));
            });
        });
        if self.is_starting() {
            asked.extend(self.start_page(ui));
            return asked;
        }
        let Some(editor) = &mut self.editor else { return asked };
        editor.wear(self.looks.theme.clone());
        let in_table = self.inventory.as_ref().map(|inventory| inventory.is_typing(ui.ctx()));
        let in_text = self.inspector.is_typing() || in_table == Some(true);
        if self.about.is_none() && self.board.is_none() {
            filter_bar::show(ui, editor, &filter_bar::Around { in_table: in_table.is_some(), in_text }, &mut self.ink);
        }
        let hint = match (&self.about, &self.inventory, &self.board) {
            (Some(_), ..) => Some(about::HINT),
            (_, Some(_), _) => Some(inventory::HINT),
            (.., Some(_)) => Some(board::HINT),
            _ => None,
        };
        Panel::bottom("status")
            .frame(frame)
            .exact_size(28.0)
            .show(ui, |ui| bars::status_line(ui, editor, &self.saver, hint));
        asked.extend(self.side_panel(ui));
        let Some(editor) = &mut self.editor else { return asked };
        match (&mut self.about, &mut self.inventory, &mut self.board) {
            (Some(about), ..) => asked.extend(about.show(ui, editor, &mut self.ink).then_some(Command::About)),
            (None, Some(inventory), _) => {
                asked.extend(inventory.show(ui, editor, &mut self.ink).then_some(Command::Inventory));
            }
            (None, None, Some(board)) => asked.extend(board.show(ui, editor, &mut self.ink).then_some(Command::Board)),
            (None, None, None) => self.comparison.show_maps(ui, editor, &mut self.ink),
        }
        asked.append(&mut editor.asked);
        self.show_wanted_section();
        asked
    }

    /// The insights, or the inspector when it has something to say.
    fn side_panel(&mut self, ui: &mut Ui) -> Vec<Command> {
        let mut asked = Vec::new();
        let Some(editor) = &mut self.editor else { return asked };
        let frame = egui::Frame::new()
            .fill(super::shapes::color32(look::colors(ui.ctx()).panel))
            .inner_margin(egui::Margin::symmetric(16, 12));
        // Across from the lane names.
        let side = |name| if editor.layout().rtl { Panel::left(name) } else { Panel::right(name) };
        let width = (ui.available_width() * 0.36).clamp(250.0, 320.0);
        let (insights, comparison, inspector) = (side("insights"), side("comparison"), side("inspector"));
        let on_canvas = self.inventory.is_none() && self.board.is_none() && self.about.is_none();
        let has_panel = self.insights.open || self.comparison.open;
        let inspects = !has_panel && on_canvas && !editor.document.selection().is_empty();
        if inspects && editor.wants_inspector(ui.ctx()) {
            inspector.frame(frame).exact_size(width).resizable(false).show(ui, |ui| {
                egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                    focus::with_own_keys(ui, |ui| self.inspector.show(ui, editor, &mut self.ink));
                });
            });
            return asked;
        }
        self.inspector.finish(editor);
        editor.inspector_closed();
        if self.insights.open {
            insights.frame(frame).exact_size(width + 20.0).resizable(false).show(ui, |ui| {
                asked = self.insights.show(ui, editor, &mut self.ink);
            });
        } else if self.comparison.open {
            comparison.frame(frame).exact_size(width + 40.0).resizable(false).show(ui, |ui| {
                self.comparison.show(ui, editor, &mut self.ink);
            });
        }
        asked
    }

    fn show_dialog(&mut self, ctx: &Context) -> Option<Reply> {
        let editor = self.editor.as_ref().filter(|_| !self.start.over);
        self.dialog.show(ctx, &mut self.ink, |command| bars::is_enabled(command, editor))
    }

    /// Takes what other threads and the system have for us.
    fn take_news(&mut self, ctx: &Context) {
        self.take_choice(ctx);
        self.take_saved(ctx);
        while let Ok(message) = self.exports.1.try_recv() {
            self.toasts.add(message, ctx);
        }
        let takes_any = self.editor.is_none() && !self.dialog.is_open();
        match self.clipboard.poll(ctx, takes_any) {
            Some((wish, Ok(text))) => self.paste(&text, wish, ctx),
            Some((_, Err(message))) => self.toasts.add(message.into(), ctx),
            None => {}
        }
        self.take_dropped(ctx);
        self.take_added(ctx);
        if ctx.input(|i| i.viewport().close_requested()) && !self.may_close {
            self.finish_typing();
            if self.is_dirty() || self.saver.is_running() {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                self.ask_unsaved(After::Quit, ctx);
            } else {
                self.keep_session();
                self.may_close = true;
            }
        }
    }

    /// Pastes `text` at once where its place is plain, or asks.
    fn paste(&mut self, text: &str, wish: Wish, ctx: &Context) {
        self.finish_typing();
        if self.paste_map(text, wish == Wish::Preview, ctx) {
            return;
        }
        let new = || std::sync::Arc::new(TEMPLATES[0].map_in(self.settings.language));
        let map = self.editor.as_ref().map_or_else(new, |editor| std::sync::Arc::clone(editor.document.map()));
        let anchor = self.editor.as_ref().map(Editor::anchor).unwrap_or_default();
        let at_once = wish == Wish::Paste && self.editor.as_ref().is_some_and(Editor::has_place);
        match Way::of(text, &map, &anchor, at_once) {
            Way::Clip(clip) => self.editor_or_new().paste_clip(&clip),
            Way::Plan(plan) => self.editor_or_new().paste_plan(&plan),
            Way::Ask => self.dialog = Dialog::Paste(Box::new(PasteBox::new(text, map, anchor))),
            Way::Refuse(message) => self.toasts.add(message, ctx),
        }
    }

    /// The open map, or a new one.
    pub(super) fn editor_or_new(&mut self) -> &mut Editor {
        let language = self.settings.language;
        self.editor.get_or_insert_with(|| Editor::new(TEMPLATES[0].map_in(language), None))
    }

    /// Ends what is being typed, so that it counts.
    pub(super) fn finish_typing(&mut self) {
        self.finish_panels();
        if let Some(editor) = &mut self.editor {
            editor.finish_typing(&mut self.ink);
        }
    }

    /// Ends what is being typed beside or instead of the canvas.
    pub(super) fn finish_panels(&mut self) {
        let Some(editor) = &mut self.editor else { return };
        self.inspector.finish(editor);
        if let Some(inventory) = &mut self.inventory {
            inventory.finish(editor);
        }
        if let Some(about) = &mut self.about {
            about.finish(editor);
        }
    }

    fn messages(&mut self, ctx: &Context) {
        if let Some(notice) = self.editor.as_mut().and_then(|editor| editor.notice.take()) {
            self.toasts.add(notice, ctx);
        }
        self.toasts.show(ctx, &mut self.ink);
        self.show_filming(ctx);
        let title = match &self.editor {
            Some(editor) if editor.document.is_dirty() => format!("● {} — Rihla", editor.name()),
            Some(editor) => format!("{} — Rihla", editor.name()),
            None => "Rihla".into(),
        };
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }
}
