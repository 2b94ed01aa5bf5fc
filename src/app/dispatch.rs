//! What commands and the answers of dialogs do.

use egui::{Context, ViewportCommand};

use super::board::Board;
use super::clipboard::Wish;
use super::commands::Command;
use super::dialogs::{After, Dialog, Palette, Reply};
use super::files::Purpose;
use super::inventory::{self, Inventory};
use super::shell::App;

impl App {
    /// Does what `command` stands for.
    pub(super) fn run(&mut self, command: Command, ctx: &Context) {
        // Redo of a text belongs to the text; everything else sees what was typed.
        if matches!(command, Command::Undo | Command::Redo) {
            self.finish_panels();
        } else {
            self.finish_typing();
        }
        if self.run_for_looks(command, ctx) || self.run_over_map(command, ctx) || self.run_in_about(command) {
            return;
        }
        if self.run_in_table(command) {
            return;
        }
        match command {
            Command::New => self.choose_new(),
            Command::Open => self.pick(Purpose::Open, ctx),
            Command::OpenRecent => self.dialog = Dialog::Recent(self.settings.recent.clone()),
            Command::ReopenLast => self.toggle_reopen(ctx),
            Command::Save | Command::SaveAs => {
                self.after = None;
                if command == Command::Save { self.save(ctx) } else { self.pick(Purpose::Save, ctx) }
            }
            Command::SaveCopy | Command::SaveIn => self.ask_copy(command, ctx),
            Command::SaveTemplate => self.ask_template(ctx),
            Command::Export => self.ask_export(),
            Command::Columns => self.ask_columns(),
            Command::ImportAnswers => self.pick(Purpose::Answers, ctx),
            Command::CopyReport => {
                if let Some(editor) = &self.editor {
                    ctx.copy_text(crate::insight::markdown(editor.document.map()));
                    self.toasts.add("Copied the report".into(), ctx);
                }
            }
            Command::Insights => {
                self.insights.open = self.editor.is_some() && !self.insights.open;
                self.close_comparison();
            }
            Command::Compare => self.toggle_comparison(ctx),
            Command::SideBySide => self.toggle_side_by_side(ctx),
            Command::Inventory => self.toggle_inventory(),
            Command::Board => self.toggle_board(),
            Command::About => self.toggle_about(),
            Command::CopyPicture => self.copy_picture(ctx),
            Command::AddPicture => self.choose_picture(ctx),
            Command::Quit => self.ask_unsaved(After::Quit, ctx),
            Command::Copy | Command::Cut => {
                let text = self.editor.as_mut().and_then(|editor| editor.copy(command == Command::Cut));
                if let Some(text) = text {
                    ctx.copy_text(text);
                }
            }
            Command::Paste => self.clipboard.ask(Wish::Paste, ctx),
            Command::PasteList => self.ask_for_list(ctx),
            Command::AddLane => self.dialog = Dialog::Lane,
            Command::Palette => self.dialog = Dialog::Palette(Palette::new(&mut self.ink)),
            Command::Shortcuts => self.dialog = Dialog::Shortcuts,
            Command::DarkWindow => {
                let dark = ctx.theme() == egui::Theme::Light;
                ctx.set_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light });
                self.settings.dark = dark;
                self.settings.save();
            }
            Command::LargerInterface => self.size_interface(0.25, ctx),
            Command::SmallerInterface => self.size_interface(-0.25, ctx),
            Command::FullScreen => {
                let full = ctx.input(|i| i.viewport().fullscreen.unwrap_or(false));
                ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!full));
            }
            _ => {
                if let Some(editor) = &mut self.editor
                    && editor.is_enabled(command)
                {
                    editor.run(command, &mut self.ink);
                }
            }
        }
    }

    /// Shows the table instead of the canvas, or the canvas again with what is selected.
    fn toggle_inventory(&mut self) {
        let Some(editor) = &mut self.editor else { return };
        if self.inventory.take().is_some() {
            editor.reveal_selected();
        } else {
            self.close_board();
            self.about = None;
            self.inventory = Some(Inventory::new(&mut self.ink));
        }
    }

    /// Shows the board instead of the canvas, or the canvas again with what is selected.
    fn toggle_board(&mut self) {
        if !self.close_board() && self.editor.is_some() {
            self.inventory = None;
            self.about = None;
            self.board = Some(Board::default());
        }
    }

    /// Shows the canvas instead of the board; says whether the board was open.
    pub(super) fn close_board(&mut self) -> bool {
        let Some(mut board) = self.board.take() else { return false };
        if let Some(editor) = &mut self.editor {
            board.cancel(editor);
            editor.reveal_selected();
        }
        true
    }

    /// Runs a command that means something else in the table; one about the canvas closes it first.
    fn run_in_table(&mut self, command: Command) -> bool {
        if matches!(command, Command::Find | Command::EditText | Command::Filter) || inventory::needs_canvas(command) {
            self.close_board();
        }
        let (Some(editor), Some(inventory)) = (&mut self.editor, &mut self.inventory) else { return false };
        match command {
            Command::Find => inventory.focus_filter(&mut self.ink),
            Command::EditText => inventory.edit_selected(editor, &mut self.ink),
            _ if inventory::needs_canvas(command) => {
                self.toggle_inventory();
                return false;
            }
            _ => return false,
        }
        true
    }

    fn size_interface(&mut self, by: f32, ctx: &Context) {
        self.settings.interface = (self.settings.interface + by).clamp(1.0, 2.0);
        ctx.set_zoom_factor(self.settings.interface);
        self.settings.save();
    }

    /// Does what was answered in a dialog.
    pub(super) fn answer(&mut self, reply: Reply, ctx: &Context) {
        match reply {
            Reply::SaveFirst(after) => {
                self.after = Some(after);
                self.save(ctx);
            }
            Reply::Discard(after) => self.go_on(after, ctx),
            Reply::OpenRecent(path) => self.ask_unsaved(After::OpenPath(path), ctx),
            Reply::Path(purpose, path) => self.use_path(purpose, &path, false, ctx),
            Reply::SaveAs => self.pick(Purpose::Save, ctx),
            Reply::OpenLarge(path) => self.open_anyway(&path, ctx),
            Reply::OpenRest(map, path) => self.open_rest(*map, &path, ctx),
            Reply::DropRemarks => self.save_without_remarks(ctx),
            Reply::Overwrite(path) => self.save_to(&path, true, ctx),
            Reply::LoadTheirs(path) => self.load_theirs(&path, ctx),
            Reply::KeepMine(print) => self.keep_mine(print),
            Reply::CompareParted(parted) => self.compare_parted(parted),
            Reply::SaveElsewhere => {
                self.after = None;
                self.give_up_save(ctx);
                self.pick(Purpose::Save, ctx);
            }
            Reply::GiveUpSave => self.give_up_save(ctx),
            Reply::TypePath(purpose) => {
                self.picker = None;
                self.type_path(purpose);
            }
            Reply::OpenLeftover(at, compare) => self.choose_leftover(at, compare, ctx),
            Reply::DiscardLeftover(at) => self.discard_leftover(at, ctx),
            Reply::Export(request) => self.choose_export(*request, ctx),
            Reply::CopyPicture(request) => self.copy_as(&request, ctx),
            Reply::Film(order) => self.choose_film(order, ctx),
            Reply::Replace(Purpose::Film(_), path) => self.film_to(&path, ctx),
            Reply::Theme(name) => self.choose_theme(&name, ctx),
            Reply::Replace(Purpose::Copy, path) => self.save_copy(&path, ctx),
            Reply::Replace(Purpose::Convert(format), path) => self.convert_to(format, &path, ctx),
            Reply::Replace(_, path) => self.export_to(&path, ctx),
            Reply::SaveIn(format, delimiter) => {
                self.delimiter = delimiter;
                self.pick(Purpose::Convert(format), ctx);
            }
            Reply::Lane(ready) => {
                if let Some(editor) = &mut self.editor {
                    editor.add_lane_below(ready, &mut self.ink);
                }
            }
            Reply::Paste(plan) => self.editor_or_new().paste_plan(&plan),
            Reply::PasteTable(text) => self.ask_table(&text),
            Reply::Table(taken) => self.take_table(*taken, ctx),
            Reply::SaveTemplate(name) => self.save_template(&name, ctx),
            Reply::DeleteTemplate(name) => self.delete_template(&name, ctx),
            Reply::Measured(metrics) => self.import_metrics(&metrics, ctx),
            Reply::Run(command) => self.run(command, ctx),
        }
    }
}
