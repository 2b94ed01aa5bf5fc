//! The slim bar on top with its menus, the status line, and the context menu: all from the command table.

use egui::containers::menu::MenuButton;
use egui::{Align, Button, Color32, FontId, Frame, Layout, Margin, Response, RichText, Ui, vec2};

use super::commands::{COMMANDS, Command, CommandInfo, Menu};
use super::editor::Editor;
use super::focus;
use super::ink::Ink;
use super::look::{self, BODY};
use super::saving::Saver;
use super::shapes::color32;
use crate::model::{AnnotationKind, Element, LaneKind, Language, ReadyLane, counted};
use crate::text::icons;

/// Commands that have a button in the bar, in groups.
const BUTTONS: [&[Command]; 3] = [
    &[Command::Undo, Command::Redo],
    &[
        Command::AddTouchpoint,
        Command::AddStage,
        Command::AddLane,
        Command::Annotate(AnnotationKind::PainPoint),
        Command::Annotate(AnnotationKind::Opportunity),
        Command::MomentOfTruth,
    ],
    &[Command::Fit],
];

/// A button that shows only an icon; its name is for screen readers and the tooltip.
pub fn icon_button(ui: &mut Ui, icon: char, name: &str, help: &str, enabled: bool) -> Response {
    let colors = look::colors(ui.ctx());
    let ink = if enabled { colors.ink } else { colors.ink_soft.faded(0.45) };
    let text = RichText::new(icon).font(FontId::new(look::ICON, look::icons())).color(color32(ink));
    let button = Button::new(text).frame_when_inactive(false).min_size(vec2(32.0, 32.0));
    let response = ui.add_enabled(enabled, button);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, name));
    response.on_hover_text(help).on_disabled_hover_text(help)
}

fn command_button(ui: &mut Ui, info: &CommandInfo, editor: &Editor) -> Option<Command> {
    let key = info.key_text();
    let name = label_of(info, Some(editor));
    let help = if key.is_empty() { name } else { format!("{name}  ({key})") };
    let clicked = icon_button(ui, info.icon, info.name, &help, editor.is_enabled(info.command)).clicked();
    clicked.then_some(info.command)
}

/// The menus; returns what was chosen.
pub fn menus(ui: &mut Ui, editor: Option<&Editor>) -> Vec<Command> {
    let mut chosen = Vec::new();
    ui.spacing_mut().item_spacing.x = 2.0;
    for menu in Menu::ALL {
        let button = Button::new(menu.name()).frame_when_inactive(false).min_size(vec2(0.0, 30.0));
        MenuButton::from_button(button).ui(ui, |ui| {
            ui.set_width(260.0);
            ui.spacing_mut().item_spacing.y = 1.0;
            let mut group = None;
            for info in COMMANDS.iter().filter(|info| info.menu == menu) {
                between_groups(ui, &mut group, info);
                let enabled = is_enabled(info.command, editor);
                chosen.extend(menu_row(ui, info, label_of(info, editor), enabled));
            }
        });
    }
    chosen
}

/// Whether a command can be chosen, also when no map is open.
pub fn is_enabled(command: Command, editor: Option<&Editor>) -> bool {
    let without_map = matches!(
        command,
        Command::New
            | Command::Open
            | Command::OpenRecent
            | Command::ReopenLast
            | Command::Quit
            | Command::Paste
            | Command::PasteList
            | Command::DarkWindow
            | Command::LargerInterface
            | Command::SmallerInterface
            | Command::FullScreen
            | Command::Palette
            | Command::Shortcuts
    );
    without_map || editor.is_some_and(|editor| editor.is_enabled(command))
}

/// The name in the menu: undo and redo say what they would do.
fn label_of(info: &CommandInfo, editor: Option<&Editor>) -> String {
    let document = editor.map(|editor| &editor.document);
    let what = match info.command {
        Command::Undo => document.and_then(|d| d.undo_label()),
        Command::Redo => document.and_then(|d| d.redo_label()),
        Command::Lock if document.is_some_and(|d| d.map().locked) => return "Unlock structure".into(),
        _ => None,
    };
    what.map_or_else(|| info.name.to_owned(), |what| format!("{} {what}", info.name))
}

/// A line in a menu where `info` is of another group than the command before it.
fn between_groups(ui: &mut Ui, last: &mut Option<usize>, info: &CommandInfo) {
    if last.replace(info.group()).is_some_and(|last| last != info.group()) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 9.0), egui::Sense::hover());
        let line = color32(look::colors(ui.ctx()).line);
        ui.painter().hline(rect.x_range().shrink(8.0), rect.center().y, egui::Stroke::new(1.0, line));
    }
}

fn menu_row(ui: &mut Ui, info: &CommandInfo, label: String, enabled: bool) -> Option<Command> {
    let mut button = Button::new((RichText::new(info.icon).font(FontId::new(16.0, look::icons())), label))
        .frame_when_inactive(false)
        .min_size(vec2(ui.available_width(), 28.0));
    let key = info.key_text();
    if !key.is_empty() {
        button = button.shortcut_text(RichText::new(key).small());
    }
    let clicked = ui.add_enabled(enabled, button).on_hover_text(info.help).clicked();
    if clicked {
        ui.close();
    }
    clicked.then_some(info.command)
}

/// The bar: menus, buttons, the map's name, the zoom.
pub fn top_bar(ui: &mut Ui, editor: Option<&mut Editor>, ink: &mut Ink) -> Vec<Command> {
    let mut chosen = menus(ui, editor.as_deref());
    let Some(editor) = editor else { return chosen };
    /// The room that the right end of the bar needs.
    const RIGHT: f32 = 224.0;
    for group in BUTTONS {
        // A narrow window has the menus for them.
        if ui.available_width() < group.len() as f32 * 34.0 + RIGHT {
            continue;
        }
        ui.add_space(4.0);
        separator(ui);
        for command in group {
            chosen.extend(command_button(ui, command.info(), editor));
        }
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let zoom = format!("{:.0} %", editor.camera().scale * 100.0);
        let zoom = ui.add(Button::new(zoom).frame_when_inactive(false).min_size(vec2(58.0, 30.0)));
        zoom.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Zoom to 100 %"));
        if zoom.on_hover_text("Zoom to 100 %  (Ctrl+0)").clicked() {
            chosen.push(Command::Zoom100);
        }
        persona_choice(ui, editor, ink);
        if filter_button(ui, editor) {
            chosen.push(Command::Filter);
        }
        if editor.document.map().locked {
            let help = "The structure is locked; click to unlock it";
            if icon_button(ui, icons::LOCK, "Unlock structure", help, true).clicked() {
                chosen.push(Command::Lock);
            }
        }
        chosen.extend(command_button(ui, Command::Export.info(), editor));
        chosen.extend(command_button(ui, Command::Save.info(), editor));
        let colors = look::colors(ui.ctx());
        let room = ui.available_width() - 16.0;
        if room > 60.0 {
            let name = if editor.document.is_dirty() { format!("● {}", editor.name()) } else { editor.name() };
            let natural = ink.natural_width(&name);
            ink.label(ui, &name, BODY, natural.min(room), colors.ink_soft);
        }
    });
    chosen
}

/// Opens the bar of the filter; filled while touchpoints step back.
fn filter_button(ui: &mut Ui, editor: &Editor) -> bool {
    let colors = look::colors(ui.ctx());
    let info = Command::Filter.info();
    let icon = RichText::new(info.icon).font(FontId::new(look::ICON, look::icons())).color(color32(colors.ink));
    let mut button = Button::new(icon).frame_when_inactive(false).min_size(vec2(32.0, 32.0));
    let key = info.key_text();
    let (name, help) = match editor.filtered() {
        Some((shown, all)) => {
            button = button.fill(color32(colors.accent_soft)).frame_when_inactive(true);
            let text = format!("Filtered: {shown} of {} are shown", counted(all, "touchpoint"));
            (text.clone(), format!("{text}  ({key})"))
        }
        None => (info.name.to_owned(), format!("{}  ({key})", info.name)),
    };
    let response = ui.add(button);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    response.on_hover_text(help).clicked()
}

/// Whose curve is shown, on a map with personas.
fn persona_choice(ui: &mut Ui, editor: &mut Editor, ink: &mut Ink) {
    let map = std::sync::Arc::clone(editor.document.map());
    if map.personas.is_empty() {
        return;
    }
    let colors = look::colors(ui.ctx());
    let icon = RichText::new(icons::USERS).font(FontId::new(look::ICON, look::icons())).color(color32(colors.ink));
    let shown = editor.focus().and_then(|id| map.persona(id));
    let mut button = Button::new(icon).frame_when_inactive(false).min_size(vec2(32.0, 32.0));
    if shown.is_some() {
        button = button.fill(color32(colors.accent_soft));
    }
    let (response, _) = MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_width(220.0);
        let mut row = |ui: &mut Ui, name: &str, chosen: bool| {
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), egui::Sense::click());
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, chosen, name));
            let fill = if chosen { colors.accent_soft } else { colors.hover };
            if chosen || response.hovered() || response.has_focus() {
                ui.painter().rect_filled(rect, 6.0, color32(fill));
            }
            ink.in_rect(ui, name, BODY, rect.shrink2(vec2(10.0, 0.0)), colors.ink);
            response.clicked()
        };
        if row(ui, "Everybody", shown.is_none()) {
            editor.set_focus(None);
            ui.close();
        }
        for persona in &map.personas {
            if row(ui, &persona.name, shown.is_some_and(|s| s.id == persona.id)) {
                editor.set_focus(Some(persona.id.clone()));
                ui.close();
            }
        }
    });
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Whose curve"));
    response.on_hover_text("Whose curve is shown  (Ctrl+Shift+P: next)");
}

/// A line between groups of buttons.
pub(super) fn separator(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(9.0, 20.0), egui::Sense::hover());
    let line = color32(look::colors(ui.ctx()).line);
    ui.painter().vline(rect.center().x, rect.y_range(), egui::Stroke::new(1.0, line));
}

/// The frame of the bars.
pub fn bar_frame(ui: &Ui) -> Frame {
    Frame::new().fill(color32(look::colors(ui.ctx()).bar)).inner_margin(Margin::symmetric(10, 5))
}

/// The status line: what the hand can do now, on the canvas unless `instead` says it.
pub(super) fn status_line(ui: &mut Ui, editor: &mut Editor, saver: &Saver, instead: Option<&str>) {
    let colors = look::colors(ui.ctx());
    let hint = instead.map_or_else(|| hint(editor), str::to_owned);
    let small = |text: String, color: Color32| RichText::new(text).small().color(color);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let (touchpoints, pains) = editor.counted();
        let state = saver.words(editor.document.is_dirty(), editor.path.is_some());
        let touchpoints = match editor.filtered() {
            Some((shown, all)) => format!("Filtered: {shown} of {}", counted(all, "touchpoint")),
            None => counted(touchpoints, "touchpoint"),
        };
        let text = format!("{touchpoints} · {} · {state}", counted(pains, "pain point"));
        ui.label(small(text, color32(colors.ink_soft)));
        ui.add_space(12.0);
        // The hint gives way where the window is narrow.
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(egui::Label::new(small(hint, color32(colors.ink_soft))).truncate());
        });
    });
}

fn hint(editor: &Editor) -> String {
    if let Some(typing) = &editor.typing {
        return if typing.is_new() {
            "Enter: next step · Tab: next lane · Ctrl+Enter: new stage · Shift+Enter: new line · Escape: stop here"
                .into()
        } else {
            "Enter: keep · Shift+Enter: new line · Escape: leave as it was".into()
        };
    }
    if editor.is_linking() && editor.tool.hint().is_empty() {
        return "Arrows or a click choose where the link leads · Enter: link · Escape: cancel".into();
    }
    if editor.is_at_found() {
        return "Enter or F3: next · Shift+Enter or Shift+F3: previous · Ctrl+H: replace · Escape: close".into();
    }
    let tool = editor.tool.hint();
    if !tool.is_empty() {
        return tool.into();
    }
    let selected = editor.document.selection();
    match selected.iter().next() {
        Some(Element::Stage(_) | Element::Step(_) | Element::Lane(_) | Element::LaneHint(_))
            if editor.document.map().locked =>
        {
            "The structure is locked · unlock it in the Edit menu or with the lock in the bar to change it".into()
        }
        None => {
            "Click to select · double click to edit · drag on the ground to select several · Ctrl+K for all commands"
                .into()
        }
        Some(_) if selected.len() > 1 => format!("{} selected · drag or Alt+arrows to move · Delete", selected.len()),
        Some(Element::Cell { lane, .. }) => {
            let kind = editor.document.map().lane(lane).map(|lane| lane.kind);
            match kind {
                Some(LaneKind::Emotion) => "Enter: give the step's touchpoint an emotion · arrows to walk".into(),
                Some(LaneKind::Channels) => "Enter: the touchpoint whose channels these are · arrows to walk".into(),
                _ => "Type to add here · arrows to walk".into(),
            }
        }
        Some(Element::Annotation(_)) => "Enter: edit the text · Delete · severity and frequency beside the map".into(),
        Some(Element::Link(_)) => "Enter: the words on the link · kind beside the map · Delete".into(),
        Some(Element::Touchpoint(_)) => {
            "Enter: edit · type: next touchpoint · 1–5, + and −: emotion · Alt+arrows: move · Ctrl+M: moment of truth"
                .into()
        }
        Some(Element::EmotionPoint(_)) => "Drag up or down, or + and −, to change the emotion".into(),
        Some(_) => "Enter: edit the text · drag or Alt+arrows: move · Delete".into(),
    }
}

/// The menu at the pointer: what fits the selection.
pub fn context_menu(ui: &mut Ui, editor: &Editor) -> Vec<Command> {
    ui.set_width(250.0);
    ui.spacing_mut().item_spacing.y = 1.0;
    let selected = editor.document.selection().iter().next();
    let mut commands = vec![];
    let annotations = AnnotationKind::ALL.map(Command::Annotate);
    match selected {
        Some(Element::Touchpoint(_)) => {
            commands.extend([Command::EditText, Command::MomentOfTruth, Command::HappierBy1, Command::SadderBy1]);
            commands.extend(annotations);
            commands.extend([Command::AddLink, Command::AddPicture]);
            commands.extend([Command::Cut, Command::Copy, Command::Paste, Command::Duplicate, Command::Delete]);
        }
        Some(Element::Cell { .. }) => {
            commands.extend([Command::AddTouchpoint, Command::Paste]);
            commands.extend(annotations);
            commands.extend([Command::AddStep, Command::AddStage, Command::AddLane]);
        }
        Some(Element::Stage(_)) => commands.extend([
            Command::EditText,
            Command::AddStep,
            Command::AddStage,
            Command::MoveLeft,
            Command::MoveRight,
            Command::Duplicate,
            Command::Delete,
        ]),
        Some(Element::Step(_)) => commands.extend([
            Command::EditText,
            Command::AddStep,
            Command::MoveLeft,
            Command::MoveRight,
            Command::Delete,
        ]),
        Some(Element::Lane(_) | Element::LaneHint(_)) => {
            commands.extend([Command::EditText, Command::AddLane, Command::FoldLane, Command::HideLane]);
            commands.extend([Command::MoveUp, Command::MoveDown, Command::Delete]);
        }
        Some(Element::EmotionPoint(_)) => {
            commands.extend([Command::HappierBy1, Command::SadderBy1, Command::MomentOfTruth, Command::Delete]);
        }
        Some(_) => commands.extend([Command::EditText, Command::Delete]),
        None => commands.extend([Command::AddStage, Command::AddLane, Command::Fit, Command::Zoom100]),
    }
    let mut chosen = Vec::new();
    let mut group = None;
    for command in commands {
        let info = command.info();
        between_groups(ui, &mut group, info);
        chosen.extend(menu_row(ui, info, label_of(info, Some(editor)), editor.is_enabled(command)));
    }
    chosen
}

/// The lanes to choose from; returns the one chosen.
pub fn ready_lanes(ui: &mut Ui) -> Option<ReadyLane> {
    let mut chosen = None;
    for ready in ReadyLane::ALL {
        let (icon, about) = match ready {
            ReadyLane::Touchpoints => (icons::ROWS, "Cards of its own"),
            ReadyLane::Doing => (icons::ROWS, "What the customer does"),
            ReadyLane::Thinking => (icons::ROWS, "What goes through the customer's mind"),
            ReadyLane::Feeling => (icons::ROWS, "How it feels, in words"),
            ReadyLane::Emotion => (icons::CHART_LINE, "The emotion curve of all touchpoints"),
            ReadyLane::Channels => (icons::PATH, "Where each step happens, and where that changes"),
            ReadyLane::PainPoints => (icons::WARNING, "The pain points of each step"),
            ReadyLane::Delights => (icons::HEART, "The delights of each step"),
            ReadyLane::Opportunities => (icons::PLUS_CIRCLE, "The opportunities of each step"),
            ReadyLane::Questions => (icons::QUESTION, "The open questions of each step"),
            ReadyLane::Backstage => (icons::ROWS, "What staff does out of sight"),
            ReadyLane::Systems => (icons::ROWS, "What systems and partners do out of sight"),
            ReadyLane::Pictures => (icons::IMAGES, "A storyboard: the pictures of each step"),
            ReadyLane::Metrics => (icons::GAUGE, "What was measured on each stage and touchpoint"),
        };
        let text = (
            RichText::new(icon).font(FontId::new(18.0, look::icons())),
            ready.name(Language::English),
            RichText::new(about).small().weak(),
        );
        let button = ui.add(Button::new(text).min_size(vec2(ui.available_width(), 36.0)));
        // The first one has the keyboard, and the arrows walk on from it.
        if ready == ReadyLane::ALL[0] && ui.memory(|m| m.focused().is_none()) {
            button.request_focus();
        }
        if focus::arrived(&button) {
            button.scroll_to_me(None);
        }
        if button.clicked() {
            chosen = Some(ready);
        }
    }
    chosen
}
