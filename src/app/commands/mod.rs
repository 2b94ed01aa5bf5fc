//! Every command, once: name, help, icon, keys and place in the menus.
//!
//! Menus, the bar, tooltips, context menus, the palette, the shortcut sheet and the README's table of
//! keys are made from this table. A command is sent as a value and run in one place, at the end of the
//! frame.

mod table;

use egui::{Key, KeyboardShortcut};

use crate::model::AnnotationKind;

pub use table::{COMMANDS, HAND};

/// Something a person can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the table below says what each does")]
pub enum Command {
    New,
    Open,
    OpenRecent,
    Columns,
    ReopenLast,
    Save,
    SaveAs,
    SaveCopy,
    SaveIn,
    SaveTemplate,
    Export,
    ExportFilm,
    CopyPicture,
    CopyReport,
    ImportAnswers,
    Quit,
    Undo,
    Redo,
    Cut,
    Copy,
    Paste,
    PasteList,
    Duplicate,
    Delete,
    SelectAll,
    Find,
    Replace,
    FindNext,
    FindPrevious,
    EditText,
    AddTouchpoint,
    AddStage,
    AddStep,
    AddLane,
    AddLink,
    AddPicture,
    Annotate(AnnotationKind),
    MomentOfTruth,
    HappierBy1,
    SadderBy1,
    MoveLeft,
    MoveRight,
    MoveUp,
    MoveDown,
    FoldLane,
    HideLane,
    ShowLanes,
    Lock,
    NextPersona,
    Wheel,
    Insights,
    Inventory,
    Filter,
    Board,
    Compare,
    SideBySide,
    About,
    ZoomIn,
    ZoomOut,
    Zoom100,
    Fit,
    ZoomSelection,
    Theme,
    DarkWindow,
    LargerInterface,
    SmallerInterface,
    FullScreen,
    Palette,
    Shortcuts,
}

/// The menu that a command stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Files.
    File,
    /// The selection and the history.
    Edit,
    /// What can be put on the map.
    Insert,
    /// How the map is looked at.
    View,
    /// Help.
    Help,
}

impl Menu {
    /// All menus, from left to right.
    pub const ALL: [Self; 5] = [Self::File, Self::Edit, Self::Insert, Self::View, Self::Help];

    /// The word in the bar.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Insert => "Insert",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

/// What is known of a command.
#[derive(Clone, Copy, Debug)]
pub struct CommandInfo {
    /// Which.
    pub command: Command,
    /// In menus and the palette; with an ellipsis when more is asked.
    pub name: &'static str,
    /// One line more, for tooltips.
    pub help: &'static str,
    /// An icon.
    pub icon: char,
    /// The keys; the first is shown.
    pub keys: &'static [KeyboardShortcut],
    /// Where it stands.
    pub menu: Menu,
}

impl Command {
    /// What is known of it.
    pub fn info(self) -> &'static CommandInfo {
        // A test looks every command up.
        COMMANDS.iter().find(|info| info.command == self).unwrap_or(&COMMANDS[0])
    }
}

impl CommandInfo {
    /// The number of its group: between two groups of a menu stands a line.
    pub fn group(&self) -> usize {
        let before = COMMANDS.iter().take_while(|info| info.command != self.command);
        let starts = |command| usize::from(table::GROUPS.contains(&command));
        before.map(|info| starts(info.command)).sum::<usize>() + starts(self.command)
    }

    /// The first key as text, such as `Ctrl+S`; empty without one.
    pub fn key_text(&self) -> String {
        self.keys.first().map(|key| format_key(*key)).unwrap_or_default()
    }
}

/// A key as it is written in this system's menus.
pub fn format_key(key: KeyboardShortcut) -> String {
    let names = if cfg!(target_os = "macos") { &egui::ModifierNames::SYMBOLS } else { &egui::ModifierNames::NAMES };
    key.format(names, cfg!(target_os = "macos"))
}

/// Takes the command whose keys were pressed out of the input; longer keys win.
///
/// While a text field has the keyboard, keys that mean something in a text are left to it. The keys of the
/// clipboard are no keys here: egui makes events of their own out of them, which the canvas takes.
pub fn pressed(ctx: &egui::Context, in_text: bool) -> Vec<Command> {
    let mut keyed: Vec<(KeyboardShortcut, Command)> =
        COMMANDS.iter().flat_map(|info| info.keys.iter().map(|key| (*key, info.command))).collect();
    keyed.sort_by_key(|(key, _)| {
        let m = key.modifiers;
        std::cmp::Reverse(u8::from(m.shift) + u8::from(m.alt) + u8::from(m.command))
    });
    ctx.input_mut(|input| {
        keyed
            .into_iter()
            .filter(|(_, command)| !matches!(command, Command::Cut | Command::Copy | Command::Paste))
            .filter(|(key, _)| !in_text || !belongs_to_text(*key))
            .filter(|(key, _)| input.consume_shortcut(key))
            .map(|(_, command)| command)
            .collect()
    })
}

/// Whether a text field needs the key for itself.
fn belongs_to_text(shortcut: KeyboardShortcut) -> bool {
    use Key::{
        A, ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Backspace, C, Delete, End, Enter, F1, F3, F5, F11, Home, V, X, Y,
        Z,
    };
    let m = shortcut.modifiers;
    let plain = !m.command && !m.ctrl && !m.alt;
    match shortcut.logical_key {
        F1 | F3 | F5 | F11 => false,
        A | C | V | X | Y | Z | Enter | Backspace | Delete | Home | End | ArrowLeft | ArrowRight | ArrowUp
        | ArrowDown => true,
        _ => plain,
    }
}

/// The README's table of keys, in Markdown, as they are on Linux and Windows.
pub fn markdown_table() -> String {
    let mut table = String::from("| keys | what they do |\n|---|---|\n");
    for (keys, what) in HAND {
        table.push_str(&format!("| {keys} | {what} |\n"));
    }
    for info in COMMANDS.iter().filter(|info| !info.keys.is_empty()) {
        let keys: Vec<String> = info.keys.iter().map(|key| key.format(&egui::ModifierNames::NAMES, false)).collect();
        table.push_str(&format!("| {} | {}: {} |\n", keys.join(", "), info.name, lower_first(info.help)));
    }
    table
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    // A key's name keeps its capital.
    if text.starts_with("Ctrl") { text.to_owned() } else { first + chars.as_str() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::Modifiers;
    use std::collections::HashMap;

    #[test]
    fn no_two_commands_share_a_key() {
        let mut seen: HashMap<String, Command> = HashMap::new();
        for info in COMMANDS {
            for key in info.keys {
                let text = format!("{:?} {:?}", key.modifiers, key.logical_key);
                if let Some(other) = seen.insert(text.clone(), info.command) {
                    panic!("{text} belongs to {other:?} and {:?}", info.command);
                }
            }
        }
    }

    #[test]
    fn every_command_stands_in_the_table_once() {
        for info in COMMANDS {
            assert_eq!(info.command.info().name, info.name);
            assert!(!info.help.is_empty() && !info.help.ends_with('.'), "{}", info.name);
        }
    }

    #[test]
    fn every_menu_begins_with_a_group_and_no_group_is_in_two() {
        for menu in Menu::ALL {
            let first = COMMANDS.iter().find(|info| info.menu == menu).map(|info| info.command);
            assert!(table::GROUPS.contains(&first.unwrap()), "{menu:?}");
        }
        assert_eq!(Command::Copy.info().group(), Command::Delete.info().group());
        assert_ne!(Command::Copy.info().group(), Command::Undo.info().group());
    }

    #[test]
    fn no_plain_letter_is_a_shortcut() {
        for key in COMMANDS.iter().flat_map(|info| info.keys).filter(|key| key.modifiers == Modifiers::NONE) {
            let name = key.logical_key.name();
            let is_sign = matches!(key.logical_key, Key::Plus | Key::Minus | Key::Equals);
            assert!(name.chars().count() > 1 || is_sign, "{name} could start a touchpoint");
        }
    }
}
