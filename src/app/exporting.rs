//! Pictures from the window: what is asked for, remembered for each map, written and copied on threads.

use std::path::Path;

use egui::Context;

use super::dialogs::Dialog;
use super::export_box::ExportBox;
use super::files::{Picker, Purpose};
use super::shell::App;
use crate::deck::{Request, Size, What};

impl App {
    /// Asks how the picture will be, beginning as this map was exported last.
    pub(super) fn ask_export(&mut self) {
        let Some(editor) = &self.editor else { return };
        let known = editor.path.as_deref().and_then(|path| self.remembered.of(path));
        let request = self.as_shown(known.unwrap_or_default());
        let Some(editor) = &self.editor else { return };
        let asked = ExportBox::new(editor, request, self.settings.presets(), &mut self.ink);
        self.dialog = Dialog::Export(Box::new(asked));
    }

    /// `request` with what the window shows: a wheel or the grid, and whose curve.
    fn as_shown(&self, mut request: Request) -> Request {
        let Some(editor) = &self.editor else { return request };
        request.persona = editor.focus().map(ToString::to_string);
        request.what = match request.what {
            What::Map | What::Wheel | What::Selection if editor.is_round() => What::Wheel,
            What::Map | What::Wheel | What::Selection => What::Map,
            other => other,
        };
        request
    }

    /// Asks where the picture goes.
    pub(super) fn choose_export(&mut self, request: Request, ctx: &Context) {
        let path = self.editor.as_ref().and_then(|editor| editor.path.clone());
        if let Some(path) = path {
            self.remembered.remember(&path, &request);
        }
        let format = request.format;
        self.export = Some(request);
        self.pick(Purpose::Export(format), ctx);
    }

    /// Opens the system's dialog for a logo, where the dialog asks for one.
    pub(super) fn tend_export(&mut self, ctx: &Context) {
        let Dialog::Export(asked) = &mut self.dialog else { return };
        if !asked.takes_logo_wish() {
            return;
        }
        if self.system_dialogs {
            self.picker = Some(Picker::open(Purpose::Logo, &self.start_of(Purpose::Logo), ctx));
        } else {
            self.type_logo();
        }
    }

    /// Lets the path of a logo be typed.
    pub(super) fn type_logo(&mut self) {
        if let Dialog::Export(asked) = &mut self.dialog {
            asked.type_logo(&mut self.ink);
        }
    }

    /// Takes a logo that was chosen, if the dialog is still there.
    pub(super) fn take_logo(&mut self, path: &Path) {
        if let Dialog::Export(asked) = &mut self.dialog {
            asked.take_logo(path);
        }
    }

    /// Writes the picture on a thread of its own and says when it is there.
    pub(super) fn export_to(&mut self, path: &Path, ctx: &Context) {
        let (Some(editor), Some(request)) = (&self.editor, self.export.take()) else { return };
        let (source, path, send, ctx) = (editor.picture_source(), path.to_owned(), self.exports.0.clone(), ctx.clone());
        std::thread::spawn(move || {
            let composed = source.compose(&request).map_err(|err| err.to_string());
            let result =
                composed.and_then(|composed| composed.write_to(&request, &path).map_err(|err| err.to_string()));
            let message = match result {
                Ok(size) => format!("Wrote {} ({size})", path.display()),
                Err(err) => format!("The picture was not written: {err}"),
            };
            // The window may be gone by now.
            let _ = send.send(message);
            ctx.request_repaint();
        });
    }

    /// Copies what is selected, or the map, as pictures were copied last.
    pub(super) fn copy_picture(&mut self, ctx: &Context) {
        let Some(editor) = &self.editor else { return };
        let copies = self.settings.copies;
        let mut request = self.as_shown(Request {
            transparent: copies.transparent,
            size: Size::Scale(copies.scale),
            ..Request::default()
        });
        if !editor.document.selection().is_empty() && !editor.is_round() {
            request.what = What::Selection;
        }
        self.pictures.copy(editor.picture_source(), request, self.exports.0.clone(), ctx);
    }

    /// Copies what was chosen in the dialog, and remembers how.
    pub(super) fn copy_as(&mut self, request: &Request, ctx: &Context) {
        let Some(editor) = &self.editor else { return };
        self.pictures.copy(editor.picture_source(), request.clone(), self.exports.0.clone(), ctx);
        if let Some(path) = editor.path.clone() {
            self.remembered.remember(&path, request);
        }
        self.settings.copies = self.settings.copies.of(request);
        self.settings.save();
    }
}
