//! Everything about a touchpoint: what is always asked first, the rest in sections that open when used.

use egui::{Id, RichText, Ui};

use super::controls::{chip, choice, dots, emotions, section, trouble};
use super::{Inspector, Section};
use crate::app::editor::Editor;
use crate::app::ink::Ink;
use crate::app::look::{self, BODY};
use crate::app::portrait::portrait;
use crate::app::text_rows::{Change, TextRow, caption};
use crate::edit::update_touchpoint;
use crate::model::{Automation, Driver, Host, JourneyMap, Persona, Place, Span, Touchpoint, TouchpointId};
use crate::text::icons;

/// Sets a text of a touchpoint.
type Set = fn(&mut Touchpoint, String);

/// A text of the touchpoint: name, value, whether Enter breaks the line, how it is set.
type Words<'t> = (&'static str, &'t str, bool, Set);

/// A length of time of the touchpoint: name, value, how it is set.
type Time<'t> = (&'t str, Option<Span>, fn(&mut Touchpoint, Option<Span>));

/// Changes each of several touchpoints.
type SetAll = Box<dyn Fn(&mut Touchpoint)>;

/// What can be said of a touchpoint with yes or no.
pub(super) struct Flag {
    name: &'static str,
    icon: char,
    get: fn(&Touchpoint) -> bool,
    set: fn(&mut Touchpoint, bool),
}

const MOMENTS: [Flag; 4] = [
    Flag {
        name: "Moment of truth",
        icon: icons::DIAMOND,
        get: |t| t.moment_of_truth,
        set: |t, on| t.moment_of_truth = on,
    },
    Flag { name: "Moment of joy", icon: icons::SPARKLE, get: |t| t.moment_of_joy, set: |t, on| t.moment_of_joy = on },
    Flag { name: "Key moment", icon: icons::STAR, get: |t| t.key_moment, set: |t, on| t.key_moment = on },
    Flag { name: "Entry point", icon: icons::FLAG_PENNANT, get: |t| t.entry, set: |t, on| t.entry = on },
];

const MEMORY: [Flag; 2] = [
    Flag { name: "Asks again", icon: icons::ARROWS_CLOCKWISE, get: |t| t.repeats, set: |t, on| t.repeats = on },
    Flag { name: "Remembers", icon: icons::BRAIN, get: |t| t.remembers, set: |t, on| t.remembers = on },
];

/// The words of a list that is typed on one line.
pub(in crate::app) fn split_list(text: &str) -> Vec<String> {
    text.split([',', '،', '\n']).map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).collect()
}

impl Inspector {
    pub(super) fn touchpoint(&mut self, ui: &mut Ui, id: &TouchpointId, editor: &mut Editor, ink: &mut Ink) {
        let map = std::sync::Arc::clone(editor.document.map());
        let Some((_, touchpoint)) = map.touchpoint(id) else { return };
        self.words(ui, touchpoint, ("Title", &touchpoint.title, false, |t, text| t.title = text), editor, ink);
        self.emotion(ui, touchpoint, editor, ink);
        ui.add_space(4.0);
        flags(ui, &MOMENTS, touchpoint, editor);
        self.words(ui, touchpoint, ("Notes", &touchpoint.notes, true, |t, text| t.notes = text), editor, ink);
        self.annotations(ui, &Host::Touchpoint(id.clone()), &touchpoint.annotations, editor, ink);
        self.mind(ui, touchpoint, editor, ink);
        self.whereabouts(ui, touchpoint, editor, ink);
        self.time(ui, touchpoint, editor, ink);
        if !map.personas.is_empty() {
            self.personas(ui, &map, touchpoint, editor, ink);
        }
        self.evidence(ui, touchpoint, editor, ink);
        self.pictures(ui, touchpoint, editor, ink);
        self.links(ui, &map, touchpoint, editor, ink);
    }

    /// What can be said of several touchpoints at once.
    pub(super) fn many(&mut self, ui: &mut Ui, editor: &mut Editor, ink: &mut Ink) {
        let ids = editor.selected_touchpoints();
        let map = std::sync::Arc::clone(editor.document.map());
        let chosen: Vec<&Touchpoint> = ids.iter().filter_map(|id| map.touchpoint(id)).map(|(_, t)| &**t).collect();
        let Some(first) = chosen.first() else { return };
        let all = |same: &dyn Fn(&Touchpoint) -> bool| chosen.iter().all(|t| same(t));
        let mut set: Option<(&str, SetAll)> = None;
        let focus = editor.focus().cloned();
        let persona = focus.as_ref().and_then(|id| map.persona(id)).map(|p| p.name.as_str());
        caption(ui, "Emotion of all");
        if let Some(persona) = persona {
            ink.label(ui, persona, BODY, ui.available_width(), look::colors(ui.ctx()).ink);
        }
        let theme = std::sync::Arc::clone(&editor.layout().theme);
        let of = |t: &Touchpoint| t.emotion_of(focus.as_ref());
        let now = of(first).filter(|e| all(&|t| of(t) == Some(*e)));
        if let Some(emotion) = emotions(ui, "Emotion", now, &theme) {
            set = Some(("change of emotion", Box::new(move |t| t.set_emotion_of(focus.as_ref(), emotion))));
        }
        for (name, list) in [("Moments", &MOMENTS[..]), ("Memory", &MEMORY[..])] {
            caption(ui, name);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
                for flag in list {
                    let on = all(&|t| (flag.get)(t));
                    let ink = if on { theme.colors.moment.ink } else { look::colors(ui.ctx()).ink_soft };
                    if chip(ui, flag.name, on, Some((flag.icon, ink))).clicked() {
                        let change = flag.set;
                        set = Some(("marks of touchpoints", Box::new(move |t| change(t, !on))));
                    }
                }
            });
        }
        if let Some((label, change)) = set {
            let result = editor
                .document
                .edit(label, |map| ids.iter().try_for_each(|id| update_touchpoint(map, id, |t| change(t))));
            editor.report(result);
        }
    }

    /// A text of the touchpoint.
    pub(super) fn words(
        &mut self,
        ui: &mut Ui,
        touchpoint: &Touchpoint,
        (name, value, multiline, set): Words<'_>,
        editor: &mut Editor,
        ink: &mut Ink,
    ) {
        let label = match name {
            "Title" => "edit of touchpoint".to_owned(),
            _ => name.to_lowercase(),
        };
        let place = Id::unique(("inspector", &touchpoint.id, name));
        let row = TextRow { id: place, name, value, multiline, label: &label };
        let id = touchpoint.id.clone();
        let change: Change = Box::new(move |map, text| update_touchpoint(map, &id, |t| set(t, text)));
        self.rows.text(ui, &row, editor, ink, change);
    }

    /// The emotion of the persona whose curve is shown, as keys and the curve change it; else of everybody.
    fn emotion(&mut self, ui: &mut Ui, touchpoint: &Touchpoint, editor: &mut Editor, ink: &mut Ink) {
        let theme = std::sync::Arc::clone(&editor.layout().theme);
        let focus = editor.focus().cloned();
        let persona = focus.as_ref().and_then(|id| Some(editor.document.map().persona(id)?.name.clone()));
        caption(ui, if persona.is_some() { "Emotion of" } else { "Emotion" });
        if let Some(persona) = &persona {
            ink.label(ui, persona, BODY, ui.available_width(), look::colors(ui.ctx()).ink);
        }
        let name = persona.map_or("Emotion".into(), |of| format!("Emotion shown, of {of}"));
        let chosen = emotions(ui, &name, touchpoint.emotion_of(focus.as_ref()), &theme);
        ui.horizontal(|ui| {
            ui.label(RichText::new("worst").small().weak());
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(RichText::new("best").small().weak());
            });
        });
        if let Some(emotion) = chosen {
            change(editor, touchpoint, "change of emotion", |t| t.set_emotion_of(focus.as_ref(), emotion));
        }
    }

    fn mind(&mut self, ui: &mut Ui, t: &Touchpoint, editor: &mut Editor, ink: &mut Ink) {
        let used = [&t.doing, &t.thinking, &t.feeling].into_iter().filter(|text| !text.is_empty()).count();
        if !self.section(ui, Section::Mind, used) {
            return;
        }
        self.words(ui, t, ("Doing", &t.doing, true, |t, text| t.doing = text), editor, ink);
        self.words(ui, t, ("Thinking", &t.thinking, true, |t, text| t.thinking = text), editor, ink);
        self.words(ui, t, ("Feeling", &t.feeling, true, |t, text| t.feeling = text), editor, ink);
    }

    fn whereabouts(&mut self, ui: &mut Ui, t: &Touchpoint, editor: &mut Editor, ink: &mut Ink) {
        let used = t.channels.len()
            + t.tags.len()
            + usize::from(!t.owner.is_empty())
            + usize::from(t.place.is_some())
            + usize::from(t.automation.is_some());
        if !self.section(ui, Section::Whereabouts, used) {
            return;
        }
        let (channels, tags) = (t.channels.join(", "), t.tags.join(", "));
        self.words(ui, t, ("Channels", &channels, false, |t, text| t.channels = split_list(&text)), editor, ink);
        self.words(ui, t, ("Owner", &t.owner, false, |t, text| t.owner = text), editor, ink);
        self.words(ui, t, ("Tags", &tags, false, |t, text| t.tags = split_list(&text)), editor, ink);
        caption(ui, "Place");
        if let Some(place) = choice(ui, t.place, Place::ALL, Place::name) {
            change(editor, t, "place", |t| t.place = place);
        }
        caption(ui, "Automation");
        if let Some(automation) = choice(ui, t.automation, Automation::ALL, Automation::name) {
            change(editor, t, "automation", |t| t.automation = automation);
        }
    }

    fn time(&mut self, ui: &mut Ui, t: &Touchpoint, editor: &mut Editor, ink: &mut Ink) {
        let used = [t.duration.is_some(), t.waiting.is_some(), t.driver.is_some(), t.repeats, t.remembers];
        if !self.section(ui, Section::Time, used.iter().filter(|used| **used).count()) {
            return;
        }
        self.span(ui, t, ("Duration", t.duration, |t, span| t.duration = span), editor, ink);
        self.span(ui, t, ("Waiting time", t.waiting, |t, span| t.waiting = span), editor, ink);
        caption(ui, "Loyalty driver");
        if let Some(driver) = choice(ui, t.driver, Driver::ALL, Driver::name) {
            change(editor, t, "loyalty driver", |t| t.driver = driver);
        }
        caption(ui, "Memory");
        flags(ui, &MEMORY, t, editor);
    }

    /// A length of time; what cannot be read is told and leaves it as it was.
    fn span(&mut self, ui: &mut Ui, t: &Touchpoint, (name, now, set): Time<'_>, editor: &mut Editor, ink: &mut Ink) {
        let place = Id::unique(("inspector", &t.id, name));
        let value = now.map(|span| span.to_string()).unwrap_or_default();
        let label = name.to_lowercase();
        let row = TextRow { id: place, name, value: &value, multiline: false, label: &label };
        let id = t.id.clone();
        let change: Change = Box::new(move |map, text| match (text.trim().is_empty(), text.parse()) {
            (true, _) => update_touchpoint(map, &id, |t| set(t, None)),
            (false, Ok(span)) => update_touchpoint(map, &id, |t| set(t, Some(span))),
            (false, Err(_)) => Ok(()),
        });
        self.rows.text(ui, &row, editor, ink, change);
        let typed = self.rows.typed(place).filter(|text| !text.trim().is_empty());
        if let Some(Err(err)) = typed.map(|text| text.parse::<Span>()) {
            trouble(ui, &err.to_string());
        }
    }

    /// How each persona feels, where that is not how everybody feels, and how much it matters.
    fn personas(&mut self, ui: &mut Ui, map: &JourneyMap, t: &Touchpoint, editor: &mut Editor, ink: &mut Ink) {
        let used = map.personas.iter().filter(|p| t.names(&p.id)).count();
        if !self.section(ui, Section::Personas, used) {
            return;
        }
        for persona in &map.personas {
            persona_row(ui, t, persona, editor, ink);
        }
    }
}

fn persona_row(ui: &mut Ui, t: &Touchpoint, persona: &Persona, editor: &mut Editor, ink: &mut Ink) {
    let theme = std::sync::Arc::clone(&editor.layout().theme);
    let colors = look::colors(ui.ctx());
    ui.add_space(4.0);
    let level = ui
        .horizontal(|ui| {
            if !persona.portrait.is_empty() {
                portrait(ui, persona, 22.0, editor, ink);
            }
            let width = (ui.available_width() - 150.0).max(60.0);
            ink.label(ui, &persona.name, BODY, width, colors.ink);
            ui.label(RichText::new("Importance").small().weak());
            let name = format!("Importance for {}", persona.name);
            dots(ui, &name, t.importance.get(&persona.id).copied(), colors.accent)
        })
        .inner;
    if let Some(level) = level {
        // The level that stands already is taken away.
        let gone = t.importance.get(&persona.id) == Some(&level);
        change(editor, t, "importance", |t| {
            if gone {
                t.importance.remove(&persona.id)
            } else {
                t.importance.insert(persona.id.clone(), level)
            };
        });
    }
    let own = t.emotions.get(&persona.id).copied();
    if let Some(emotion) = emotions(ui, &format!("Emotion of {}", persona.name), own, &theme) {
        change(editor, t, "change of emotion", |t| t.set_emotion_of(Some(&persona.id), emotion));
    }
}

/// One change of the touchpoint, one step of the history.
pub(super) fn change(editor: &mut Editor, touchpoint: &Touchpoint, label: &str, set: impl FnOnce(&mut Touchpoint)) {
    let result = editor.document.edit(label, |map| update_touchpoint(map, &touchpoint.id, set));
    editor.report(result);
}

fn flags(ui: &mut Ui, flags: &[Flag], touchpoint: &Touchpoint, editor: &mut Editor) {
    let color = editor.layout().theme.colors.moment.ink;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
        for flag in flags {
            let on = (flag.get)(touchpoint);
            let ink = if on { color } else { look::colors(ui.ctx()).ink_soft };
            if chip(ui, flag.name, on, Some((flag.icon, ink))).clicked() {
                change(editor, touchpoint, &flag.name.to_lowercase(), |t| (flag.set)(t, !on));
            }
        }
    });
}

impl Inspector {
    /// The head of a section; says whether it is open: as a hand left it, or else when it is used.
    pub(super) fn section(&mut self, ui: &mut Ui, which: Section, used: usize) -> bool {
        let open = *self.folds.get(&which).unwrap_or(&(used > 0));
        let note = if used > 0 && !open { used.to_string() } else { String::new() };
        if section(ui, which.name(), &note, open) {
            self.folds.insert(which, !open);
        }
        open
    }
}
