//! The table of commands, and the keys of the canvas that are none.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::{Command, CommandInfo, Menu};
use crate::model::AnnotationKind;
use crate::text::icons;

const fn key(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(modifiers, key)
}

const CMD: Modifiers = Modifiers::COMMAND;
const CMD_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const CMD_ALT: Modifiers = Modifiers::COMMAND.plus(Modifiers::ALT);
const ALT: Modifiers = Modifiers::ALT;
const NONE: Modifiers = Modifiers::NONE;

macro_rules! command {
    ($command:expr, $menu:ident, $icon:ident, $name:literal, [$($key:expr),*], $help:literal) => {
        CommandInfo {
            command: $command,
            name: $name,
            help: $help,
            icon: icons::$icon,
            keys: &[$($key),*],
            menu: Menu::$menu,
        }
    };
}

/// The table of commands, in the order of the menus.
pub const COMMANDS: &[CommandInfo] = &[
    command!(Command::New, File, FILE_PLUS, "New map…", [key(CMD, Key::N)], "Choose a template and start a new map"),
    command!(
        Command::Open,
        File,
        FOLDER_OPEN,
        "Open…",
        [key(CMD, Key::O)],
        "Open a map of Rihla, Mermaid, CSV, Markdown, OpenJourney or CJML; dropping a file on the window does the same"
    ),
    command!(
        Command::OpenRecent,
        File,
        CLOCK_COUNTER_CLOCKWISE,
        "Open recent…",
        [key(CMD_SHIFT, Key::O)],
        "Open a map that was open lately"
    ),
    command!(
        Command::Columns,
        File,
        TABLE,
        "Columns…",
        [],
        "See and change which column of the opened CSV is read as what"
    ),
    command!(
        Command::ReopenLast,
        File,
        BOOKMARK_SIMPLE,
        "Reopen last map at start",
        [],
        "Begin with the map that was open last, where it was looked at, or with the templates again"
    ),
    command!(Command::Save, File, FLOPPY_DISK, "Save", [key(CMD, Key::S)], "Save the map in its file"),
    command!(
        Command::SaveAs,
        File,
        FLOPPY_DISK,
        "Save as…",
        [key(CMD_SHIFT, Key::S)],
        "Save the map under another name"
    ),
    command!(
        Command::SaveCopy,
        File,
        COPY,
        "Save a copy…",
        [],
        "Write the map into another file and go on with this one"
    ),
    command!(
        Command::SaveIn,
        File,
        ARROWS_LEFT_RIGHT,
        "Save in another format…",
        [],
        "Write a copy as Mermaid, CSV, Markdown, OpenJourney or CJML, after a look at what is lost"
    ),
    command!(
        Command::SaveTemplate,
        File,
        STACK,
        "Save as template…",
        [],
        "Keep the map with everything on it as a template of your own"
    ),
    command!(
        Command::Export,
        File,
        IMAGE,
        "Export…",
        [key(CMD, Key::E)],
        "Write the map, or a part of it, as a picture or as slides: PNG, SVG, PDF or PowerPoint"
    ),
    command!(
        Command::ExportFilm,
        File,
        PRESENTATION,
        "Export film…",
        [],
        "Make a walk through the journey: a GIF, an animated PNG, or a picture of each stop"
    ),
    command!(
        Command::CopyPicture,
        File,
        IMAGES,
        "Copy as picture",
        [key(CMD_SHIFT, Key::C)],
        "Put a picture of what is selected, or of the map, on the clipboard"
    ),
    command!(
        Command::CopyReport,
        File,
        CLIPBOARD_TEXT,
        "Copy report as Markdown",
        [],
        "Put what the insights say on the clipboard, as text with headings and tables"
    ),
    command!(
        Command::ImportAnswers,
        File,
        CHART_BAR,
        "Import survey answers…",
        [],
        "Make metrics of the answers in a CSV file: NPS, satisfaction, effort, response time"
    ),
    command!(Command::Quit, File, X, "Quit", [key(CMD, Key::Q)], "Close the window; unsaved changes are asked about"),
    command!(Command::Undo, Edit, ARROW_COUNTER_CLOCKWISE, "Undo", [key(CMD, Key::Z)], "Take back the last change"),
    command!(
        Command::Redo,
        Edit,
        ARROW_CLOCKWISE,
        "Redo",
        [key(CMD_SHIFT, Key::Z), key(CMD, Key::Y)],
        "Do the last change again"
    ),
    command!(
        Command::EditText,
        Edit,
        PENCIL_SIMPLE,
        "Edit text",
        [key(NONE, Key::F2)],
        "Edit the selected text in place; a double click or Enter does the same"
    ),
    command!(
        Command::Cut,
        Edit,
        SCISSORS,
        "Cut",
        [key(CMD, Key::X)],
        "Take the selected touchpoints off the map and onto the clipboard"
    ),
    command!(
        Command::Copy,
        Edit,
        COPY,
        "Copy",
        [key(CMD, Key::C)],
        "Copy the selected touchpoints with everything they hold, or the selected text"
    ),
    command!(
        Command::Paste,
        Edit,
        CLIPBOARD_TEXT,
        "Paste",
        [key(CMD, Key::V)],
        "Paste touchpoints, a list or a block from a spreadsheet where the selection is"
    ),
    command!(
        Command::PasteList,
        Edit,
        TABLE,
        "Paste a list…",
        [key(CMD_SHIFT, Key::V)],
        "See first where each line or cell on the clipboard lands"
    ),
    command!(Command::Duplicate, Edit, COPY, "Duplicate", [key(CMD, Key::D)], "Copy the selected touchpoints or stage"),
    command!(
        Command::Delete,
        Edit,
        TRASH,
        "Delete",
        [key(NONE, Key::Delete), key(NONE, Key::Backspace)],
        "Delete what is selected"
    ),
    command!(
        Command::SelectAll,
        Edit,
        SELECTION_ALL,
        "Select all touchpoints",
        [key(CMD, Key::A)],
        "Select every touchpoint"
    ),
    command!(
        Command::Find,
        Edit,
        MAGNIFYING_GLASS,
        "Find…",
        [key(CMD, Key::F)],
        "Find words in all texts of the map, in every spelling"
    ),
    command!(
        Command::Replace,
        Edit,
        ARROWS_CLOCKWISE,
        "Replace…",
        [key(CMD, Key::H)],
        "Find words and put others in their place"
    ),
    command!(
        Command::FindNext,
        Edit,
        ARROW_DOWN,
        "Find next",
        [key(NONE, Key::F3)],
        "Go to the next place with the words looked for"
    ),
    command!(
        Command::FindPrevious,
        Edit,
        ARROW_UP,
        "Find previous",
        [key(Modifiers::SHIFT, Key::F3)],
        "Go to the previous place with the words looked for"
    ),
    command!(
        Command::MoveLeft,
        Edit,
        ARROW_LEFT,
        "Move left",
        [key(ALT, Key::ArrowLeft)],
        "Move what is selected one step, stage or place to the left"
    ),
    command!(
        Command::MoveRight,
        Edit,
        ARROW_RIGHT,
        "Move right",
        [key(ALT, Key::ArrowRight)],
        "Move what is selected one step, stage or place to the right"
    ),
    command!(
        Command::MoveUp,
        Edit,
        ARROW_UP,
        "Move up",
        [key(ALT, Key::ArrowUp)],
        "Move what is selected up in its stack, or one lane up"
    ),
    command!(
        Command::MoveDown,
        Edit,
        ARROW_DOWN,
        "Move down",
        [key(ALT, Key::ArrowDown)],
        "Move what is selected down in its stack, or one lane down"
    ),
    command!(
        Command::FoldLane,
        Edit,
        CARET_DOWN,
        "Fold lane",
        [key(CMD, Key::G)],
        "Show only the name of the selected lane, or all of it again"
    ),
    command!(
        Command::HideLane,
        Edit,
        EYE_SLASH,
        "Hide lane",
        [],
        "Leave the selected lane out of the map and its pictures; nothing of it is lost"
    ),
    command!(Command::ShowLanes, Edit, EYE, "Show hidden lanes", [], "Show all lanes that are hidden"),
    command!(Command::Lock, Edit, LOCK, "Lock structure", [], "Protect stages, steps and lanes from changes"),
    command!(
        Command::AddTouchpoint,
        Insert,
        PLUS,
        "Touchpoint",
        [key(CMD, Key::T)],
        "Add a touchpoint in the selected cell; typing does the same"
    ),
    command!(
        Command::AddStage,
        Insert,
        COLUMNS,
        "Stage",
        [key(CMD, Key::Enter)],
        "Add a stage behind the selected one"
    ),
    command!(
        Command::AddStep,
        Insert,
        STEPS,
        "Step",
        [key(CMD_SHIFT, Key::Enter)],
        "Add a step behind the selected one"
    ),
    command!(Command::AddLane, Insert, ROWS, "Lane…", [key(CMD, Key::L)], "Add a lane below the selected one"),
    command!(
        Command::AddLink,
        Insert,
        LINK,
        "Link…",
        [key(CMD_SHIFT, Key::L)],
        "Lead from the selected touchpoint to another: walk there and press Enter, or click it"
    ),
    command!(
        Command::AddPicture,
        Insert,
        IMAGE,
        "Picture…",
        [],
        "Add a picture to the selected touchpoint; dropping one on its card does the same"
    ),
    command!(
        Command::Annotate(AnnotationKind::PainPoint),
        Insert,
        WARNING,
        "Pain point",
        [key(CMD, Key::Num6)],
        "Hang a pain point on what is selected"
    ),
    command!(
        Command::Annotate(AnnotationKind::Delight),
        Insert,
        HEART,
        "Delight",
        [key(CMD, Key::Num7)],
        "Hang a delight on what is selected"
    ),
    command!(
        Command::Annotate(AnnotationKind::Opportunity),
        Insert,
        PLUS_CIRCLE,
        "Opportunity",
        [key(CMD, Key::Num8)],
        "Hang an opportunity on what is selected"
    ),
    command!(
        Command::Annotate(AnnotationKind::Question),
        Insert,
        QUESTION,
        "Question",
        [key(CMD, Key::Num9)],
        "Hang a question on what is selected"
    ),
    command!(
        Command::MomentOfTruth,
        Insert,
        DIAMOND,
        "Moment of truth",
        [key(CMD, Key::M)],
        "Mark the touchpoint as one on which the journey turns, or unmark it"
    ),
    command!(
        Command::HappierBy1,
        Insert,
        SMILEY,
        "Happier",
        [key(NONE, Key::Plus), key(NONE, Key::Equals)],
        "Raise the emotion of the selected touchpoints by 1"
    ),
    command!(
        Command::SadderBy1,
        Insert,
        SMILEY_SAD,
        "Sadder",
        [key(NONE, Key::Minus)],
        "Lower the emotion of the selected touchpoints by 1"
    ),
    command!(
        Command::Insights,
        View,
        CHART_LINE_UP,
        "Insights",
        [key(CMD, Key::I)],
        "Show or hide what the map says in figures: curve, pain points, channels, hand-offs, gaps"
    ),
    command!(
        Command::Wheel,
        View,
        CIRCLE,
        "Wheel",
        [key(CMD_SHIFT, Key::W)],
        "Show the map as a ring, the last stage beside the first, or as a grid again"
    ),
    command!(
        Command::NextPersona,
        View,
        USERS,
        "Next persona",
        [key(CMD_SHIFT, Key::P)],
        "Show and change the curve of the next persona, and after the last one that of everybody"
    ),
    command!(
        Command::Inventory,
        View,
        TABLE,
        "Inventory",
        [key(CMD, Key::J)],
        "Show all touchpoints as a table to sort, filter and edit, or go back to the map"
    ),
    command!(
        Command::Filter,
        View,
        FUNNEL,
        "Filter…",
        [key(CMD_SHIFT, Key::F)],
        "Let touchpoints step back that are not of the chosen personas, channels, owners, tags or annotations"
    ),
    command!(
        Command::Board,
        View,
        GRID_FOUR,
        "Impact and effort",
        [key(CMD, Key::B)],
        "Weigh opportunities by dragging them on a board with four quadrants, or go back to the map"
    ),
    command!(
        Command::Compare,
        View,
        ARROWS_LEFT_RIGHT,
        "Compare with…",
        [key(CMD_SHIFT, Key::D)],
        "Show in what the map and its counterpart differ, beside the map and on it, or hide that"
    ),
    command!(
        Command::SideBySide,
        View,
        COLUMNS,
        "Side by side",
        [key(CMD_SHIFT, Key::B)],
        "Show the map and its counterpart together, today beside the future, or the map alone again"
    ),
    command!(
        Command::About,
        View,
        IDENTIFICATION_BADGE,
        "About the map",
        [key(CMD_SHIFT, Key::A)],
        "Show what the map knows beside its grid: personas, goals, measures, SWOT, competitors; or go back to the map"
    ),
    command!(Command::Fit, View, FRAME_CORNERS, "Fit map", [key(CMD, Key::Num1)], "Show the whole map"),
    command!(
        Command::ZoomSelection,
        View,
        SELECTION,
        "Zoom to selection",
        [key(CMD, Key::Num2)],
        "Show what is selected as large as it goes"
    ),
    command!(
        Command::Zoom100,
        View,
        MAGNIFYING_GLASS,
        "Zoom to 100 %",
        [key(CMD, Key::Num0)],
        "Show the map at its own size"
    ),
    command!(
        Command::ZoomIn,
        View,
        MAGNIFYING_GLASS_PLUS,
        "Zoom in",
        [key(CMD, Key::Plus), key(CMD, Key::Equals)],
        "Show the map larger; Ctrl and the wheel do the same"
    ),
    command!(
        Command::ZoomOut,
        View,
        MAGNIFYING_GLASS_MINUS,
        "Zoom out",
        [key(CMD, Key::Minus)],
        "Show the map smaller"
    ),
    command!(
        Command::Theme,
        View,
        PALETTE,
        "Theme…",
        [],
        "Choose the look of the map and of its pictures: light, dark, high contrast, print, or one of your own"
    ),
    command!(
        Command::DarkWindow,
        View,
        MOON,
        "Dark window",
        [],
        "Dark or light window; the map follows unless a theme is chosen for it"
    ),
    command!(
        Command::LargerInterface,
        View,
        TEXT_AA,
        "Larger interface",
        [key(CMD_ALT, Key::Plus)],
        "Larger text and buttons, for projectors"
    ),
    command!(
        Command::SmallerInterface,
        View,
        TEXT_AA,
        "Smaller interface",
        [key(CMD_ALT, Key::Minus)],
        "Smaller text and buttons"
    ),
    command!(
        Command::FullScreen,
        View,
        ARROWS_OUT,
        "Full screen",
        [key(NONE, Key::F11)],
        "Fill the screen, or leave it again"
    ),
    command!(Command::Palette, Help, COMMAND, "All commands…", [key(CMD, Key::K)], "Find a command by typing"),
    command!(Command::Shortcuts, Help, KEYBOARD, "Keyboard shortcuts", [key(NONE, Key::F1)], "Show all keys"),
];

/// The commands with which a group of a menu begins.
pub(super) const GROUPS: &[Command] = &[
    Command::New,
    Command::Save,
    Command::Export,
    Command::ImportAnswers,
    Command::Quit,
    Command::Undo,
    Command::EditText,
    Command::Find,
    Command::MoveLeft,
    Command::FoldLane,
    Command::AddTouchpoint,
    Command::Annotate(AnnotationKind::PainPoint),
    Command::MomentOfTruth,
    Command::Insights,
    Command::Fit,
    Command::Theme,
    Command::Palette,
];

/// Keys of the canvas that are not commands: what they do and how they are written.
pub const HAND: &[(&str, &str)] = &[
    ("Type", "Start a touchpoint in the selected cell, or in the next free step of the lane"),
    ("Enter", "Edit what is selected; while typing a new touchpoint, go on with the next step"),
    ("Shift+Enter", "Break the line while typing"),
    ("Tab, Shift+Tab", "While typing a new touchpoint, go on in the next or previous lane"),
    ("Escape", "Leave the text, cancel the drag, clear the selection"),
    ("Arrows", "Walk over the map"),
    ("1 to 5", "Set the emotion of the selected touchpoint: −5, −3, 0, +3, +5"),
    (":-3, :), :(", "While typing a touchpoint: its emotion"),
    ("!, +, ?", "While typing: a pain point, delight or question; the words behind it are its text"),
    ("*, @phone, #sales", "While typing: moment of truth, channel, owner; a backslash makes a mark text"),
    ("Drag", "Move touchpoints, emotions, stages, steps and lanes; on the ground, select"),
    ("Ctrl+drag, Alt+drag", "Copy the touchpoints"),
    ("Space+drag, middle drag, wheel", "Pan"),
    ("Ctrl+wheel, pinch", "Zoom at the pointer"),
    ("Ctrl+Shift+X", "Change the direction of the text being edited"),
];
