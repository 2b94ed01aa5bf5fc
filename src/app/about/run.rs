//! Which commands mean something while the panel is shown, and which go back to the map first.

use super::{About, Nudge};
use crate::app::App;
use crate::app::commands::Command;
use crate::app::editor::Editor;

impl App {
    /// Shows what the map knows beside its grid instead of the canvas, or the canvas again.
    pub(in crate::app) fn toggle_about(&mut self) {
        self.close_board();
        let Some(editor) = &mut self.editor else { return };
        if self.about.take().is_none() {
            self.inventory = None;
            editor.document.select([]);
            self.about = Some(About::default());
        }
    }

    /// Shows what somebody asked for on the canvas, such as where words were found.
    pub(in crate::app) fn show_wanted_section(&mut self) {
        let Some(editor) = &mut self.editor else { return };
        if let Some(section) = editor.wanted_section.take() {
            editor.close_find();
            editor.document.select([]);
            self.about = Some(About::at(section));
        }
    }

    /// Runs a command that means something else while the canvas is not seen; one about the canvas goes back to it.
    pub(in crate::app) fn run_in_about(&mut self, command: Command) -> bool {
        let (Some(editor), Some(about)) = (&mut self.editor, &mut self.about) else { return false };
        if about.takes(command, editor) {
            return true;
        }
        if !stays(command) {
            self.about = None;
        }
        false
    }
}

impl About {
    /// Takes a command that means something else here than on the canvas; says whether it is dealt with.
    fn takes(&mut self, command: Command, editor: &Editor) -> bool {
        use Command::{MoveDown, MoveLeft, MoveRight, MoveUp};
        self.nudge = match command {
            Command::HappierBy1 => Some(Nudge::Up),
            Command::SadderBy1 => Some(Nudge::Down),
            Command::Delete => Some(Nudge::Clear),
            _ => None,
        };
        // Nothing is selected while the canvas is not seen.
        let idle = matches!(command, MoveLeft | MoveRight | MoveUp | MoveDown) || !editor.is_enabled(command);
        self.nudge.is_some() || idle
    }
}

/// Whether a command leaves the panel open: it is not about the canvas.
fn stays(command: Command) -> bool {
    use Command::{
        About, CopyPicture, CopyReport, DarkWindow, Export, FullScreen, Insights, LargerInterface, Lock, New, Open,
        OpenRecent, Palette, Quit, Redo, ReopenLast, Save, SaveAs, SaveCopy, SaveIn, Shortcuts, SmallerInterface, Undo,
    };
    matches!(
        command,
        About
            | CopyPicture
            | CopyReport
            | DarkWindow
            | Export
            | FullScreen
            | Insights
            | LargerInterface
            | Lock
            | New
            | Open
            | OpenRecent
            | Palette
            | Quit
            | Redo
            | ReopenLast
            | Save
            | SaveAs
            | SaveCopy
            | SaveIn
            | Shortcuts
            | SmallerInterface
            | Undo
    )
}
