//! Templates of one's own in the window: saving the open map as one, deleting one, starting from one.

use egui::{Context, Id, Key, RichText, Ui};

use super::bars;
use super::commands::Command;
use super::dialogs::{After, Dialog, Reply, Turn, buttons, line, main_button, plain_button, title, width};
use super::editor::Editor;
use super::field::Field;
use super::ink::Ink;
use super::look::{self, BODY};
use super::shell::App;
use super::start::Choice;
use crate::model::JourneyMap;
use crate::template::{Shelf, check_name};
use crate::text::Align;

/// Asks for the name of a template.
#[derive(Debug)]
pub struct TemplateBox {
    field: Field,
    shelf: Shelf,
}

impl TemplateBox {
    /// A box with `name` in it, selected.
    fn new(name: &str, shelf: Shelf, ink: &mut Ink) -> Self {
        let mut field = Field::new(Id::unique("template"), name, BODY, None, Align::Start, ink).one_line();
        field.select_all(ink);
        Self { field, shelf }
    }

    /// Shows it.
    pub(super) fn ui(&mut self, ui: &mut Ui, ink: &mut Ink) -> Turn {
        ui.set_width(width(ui, 460.0));
        title(ui, "Save as template");
        ui.add(egui::Label::new("New maps can start with all that is on this one.").wrap());
        ui.label(RichText::new("Name of the template").small().weak());
        let events = line(ui, &mut self.field, "Name of the template", ink);
        let text = self.field.text();
        let name = check_name(&text);
        let is_there = name.is_ok_and(|name| self.shelf.has(name));
        let note = match &name {
            Err(_) if text.trim().is_empty() => String::new(),
            Err(problem) => problem.to_string(),
            Ok(_) if is_there => "There is a template of this name; it is replaced".into(),
            Ok(_) => String::new(),
        };
        // A line of its own also while there is nothing to say, so that the buttons stay where they are.
        ui.label(RichText::new(if note.is_empty() { " " } else { &note }).small().weak());
        let key = events.key.map(|(key, _)| key);
        buttons(ui, |ui| {
            let is_asked = main_button(ui, if is_there { "Replace" } else { "Save" }, name.is_ok());
            if let Ok(name) = name
                && (is_asked || key == Some(Key::Enter))
            {
                return Turn::Reply(Reply::SaveTemplate(name.to_owned()));
            }
            if plain_button(ui, "Cancel") || key == Some(Key::Escape) { Turn::Close } else { Turn::Stay }
        })
    }
}

/// Asks whether a template is to go.
pub(super) fn delete(ui: &mut Ui, name: &str, ink: &mut Ink) -> Turn {
    ui.set_width(width(ui, 440.0));
    title(ui, "Delete this template?");
    let color = look::colors(ui.ctx()).ink;
    let room = ui.available_width();
    ink.label(ui, name, BODY, room, color);
    ui.add(egui::Label::new("This cannot be undone. Maps made from it stay as they are.").wrap());
    buttons(ui, |ui| {
        if main_button(ui, "Delete", true) {
            return Turn::Reply(Reply::DeleteTemplate(name.to_owned()));
        }
        if plain_button(ui, "Cancel") { Turn::Close } else { Turn::Stay }
    })
}

/// The map's title as a name that can be taken, or nothing.
fn suggestion(map: &JourneyMap) -> String {
    let line = map.title.lines().next().unwrap_or_default();
    let plain: String = line.chars().filter(|c| check_name(&format!("a{c}a")).is_ok()).take(60).collect();
    let plain = plain.trim_matches([' ', '.']);
    if check_name(plain).is_ok() { plain.to_owned() } else { String::new() }
}

impl App {
    /// Shows the page that the window has without a map; gives the commands that were asked for.
    pub(super) fn start_page(&mut self, ui: &mut Ui) -> Vec<Command> {
        let ctx = ui.ctx().clone();
        for message in self.start.read(self.settings.shelf().as_ref()) {
            self.toasts.add(message, &ctx);
        }
        let (recent, language) = (&self.settings.recent, self.settings.language);
        match self.start.show(ui, recent, language, &mut self.ink) {
            None => {}
            Some(Choice::Map(map)) => self.ask_unsaved(After::Map(map), &ctx),
            Some(Choice::Back) => self.start.over = false,
            Some(Choice::Language(language)) => {
                self.settings.language = language;
                self.settings.save();
                ctx.request_repaint();
            }
            Some(Choice::Delete(name)) => self.dialog = Dialog::DeleteTemplate(name),
            Some(Choice::Run(command)) => return vec![command],
            Some(Choice::Recent(path)) => self.ask_unsaved(After::OpenPath(path), &ctx),
        }
        if !self.is_starting() {
            ctx.request_repaint();
            // Another window may keep templates while this one shows a map.
            self.start.forget();
        }
        Vec::new()
    }

    /// Whether the start page is shown: without a map, or over one.
    pub(super) fn is_starting(&self) -> bool {
        self.editor.is_none() || self.start.over
    }

    /// Shows the start page; an open map stays until something is chosen.
    pub(super) fn choose_new(&mut self) {
        self.start.over = self.editor.is_some();
        self.start.forget();
    }

    /// Runs a command that means something else while the start page is over a map; says whether it was one.
    pub(super) fn run_over_map(&mut self, command: Command, ctx: &Context) -> bool {
        if !self.start.over {
            return false;
        }
        match command {
            // A list becomes a map of its own.
            Command::Paste | Command::PasteList => self.ask_unsaved(After::PasteList, ctx),
            Command::Save | Command::SaveAs => return false,
            // What is not seen is not changed.
            _ => return !bars::is_enabled(command, None),
        }
        true
    }

    /// Starts with `map` in place of the one that is open.
    pub(super) fn start_with(&mut self, map: JourneyMap, ctx: &Context) {
        // Nothing was done in it yet: it looks like what it is, and nobody is asked about it.
        self.replace(Some(Editor::new(map, None)), ctx);
        self.close_views();
    }

    /// Asks for the name under which the open map becomes a template.
    pub(super) fn ask_template(&mut self, ctx: &Context) {
        let Some(editor) = &self.editor else { return };
        let Some(shelf) = self.settings.shelf() else {
            self.toasts.add("This account has no folder for templates; save the map as a file".into(), ctx);
            return;
        };
        let name = suggestion(editor.document.map());
        self.dialog = Dialog::Template(Box::new(TemplateBox::new(&name, shelf, &mut self.ink)));
    }

    /// Keeps the open map as the template called `name`.
    pub(super) fn save_template(&mut self, name: &str, ctx: &Context) {
        let (Some(editor), Some(shelf)) = (&self.editor, self.settings.shelf()) else { return };
        match shelf.save(name, editor.document.map()) {
            Ok(()) => {
                self.start.forget();
                self.toasts.add(format!("Saved the template {name}"), ctx);
            }
            Err(text) => self.dialog = Dialog::Problem { title: "The template was not saved".into(), text },
        }
    }

    /// Deletes the template called `name`.
    pub(super) fn delete_template(&mut self, name: &str, ctx: &Context) {
        let Some(shelf) = self.settings.shelf() else { return };
        match shelf.delete(name) {
            Ok(()) => self.toasts.add(format!("Deleted the template {name}"), ctx),
            Err(text) => self.dialog = Dialog::Problem { title: "The template was not deleted".into(), text },
        }
        self.start.forget();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name_that_can_be_taken() {
        let titled = |title: &str| suggestion(&JourneyMap { title: title.into(), ..JourneyMap::default() });
        assert_eq!(titled("Hotel: a stay / two nights…"), "Hotel a stay  two nights…");
        assert_eq!(titled("سفر مهمان"), "سفر مهمان");
        assert_eq!(titled("..."), "");
        assert_eq!(titled("Hotel"), "", "the program has one of this name");
    }
}
