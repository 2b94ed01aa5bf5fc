//! A window and hands: it is driven as a person drives it, by what stands there, with pointer and keys.

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use rihla::app::{App, Settings};
use rihla::file::Store;
use rihla::model::{Element, JourneyMap, TouchpointId};

/// A window on a map, and hands.
pub struct Window {
    pub harness: Harness<'static, App>,
}

impl Window {
    pub fn open(path: Option<&Path>) -> Self {
        let path = path.map(Path::to_owned);
        let harness = Harness::builder()
            .with_size(vec2(1600.0, 1000.0))
            .with_step_dt(1.0 / 60.0)
            .build_eframe(move |cc| App::new(&cc.egui_ctx, path.as_deref()).without_system_dialogs());
        let mut window = Self { harness };
        window.rest();
        window
    }

    /// A window that keeps unsaved work below `state` and watches its file.
    pub fn guarded(path: Option<&Path>, state: &Path) -> Self {
        let (path, store) = (path.map(Path::to_owned), Store::at(state));
        let harness =
            Harness::builder().with_size(vec2(1600.0, 1000.0)).with_step_dt(1.0 / 60.0).build_eframe(move |cc| {
                let app = App::new(&cc.egui_ctx, path.as_deref()).without_system_dialogs();
                app.guarded(Some(store), &cc.egui_ctx)
            });
        let mut window = Self { harness };
        window.rest();
        window
    }

    /// A window that keeps its settings in `settings`.
    pub fn with_settings(path: Option<&Path>, settings: &Path) -> Self {
        let (path, settings) = (path.map(Path::to_owned), settings.to_owned());
        let harness =
            Harness::builder().with_size(vec2(1600.0, 1000.0)).with_step_dt(1.0 / 60.0).build_eframe(move |cc| {
                let app = App::new(&cc.egui_ctx, path.as_deref()).without_system_dialogs();
                app.with_settings(Settings::kept_in(&settings), &cc.egui_ctx)
            });
        let mut window = Self { harness };
        window.rest();
        window
    }

    /// Lets a few frames go by, and waits for a save to end.
    pub fn rest(&mut self) {
        self.harness.run_steps(4);
        for _ in 0..2000 {
            if !self.harness.state().is_saving() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
            self.harness.step();
        }
        // What the save brought, a question maybe, comes to stand.
        self.harness.run_steps(4);
    }

    /// Lets frames go by until something is so, for half a minute at most; says whether it came.
    pub fn wait_for(&mut self, is_so: impl Fn(&Self) -> bool) -> bool {
        self.comes_within(2000, is_so)
    }

    /// Lets up to so many frames go by until something is so; says whether it came.
    pub fn comes_within(&mut self, frames: usize, is_so: impl Fn(&Self) -> bool) -> bool {
        for _ in 0..frames {
            if is_so(self) {
                return true;
            }
            std::thread::sleep(std::time::Duration::from_millis(15));
            self.harness.run_steps(1);
        }
        false
    }

    /// Whether these words stand somewhere in the window.
    pub fn tells(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    pub fn is_dirty(&self) -> bool {
        self.harness.state().editor().unwrap().document.is_dirty()
    }

    /// Changes something, as one step.
    pub fn retitle(&mut self, title: &str) {
        let document = &mut self.harness.state_mut().editor_mut().unwrap().document;
        document
            .edit("title", |map| {
                map.title = title.into();
                Ok(())
            })
            .unwrap();
        self.rest();
    }

    /// Lets half a second go by: the inspector opens, the camera arrives.
    pub fn wait(&mut self) {
        self.harness.run_steps(40);
    }

    pub fn map(&self) -> &JourneyMap {
        self.harness.state().editor().unwrap().document.map()
    }

    pub fn at(&self, element: &Element) -> Pos2 {
        self.harness
            .state()
            .editor()
            .unwrap()
            .screen_rect(element)
            .unwrap_or_else(|| panic!("{element:?} is not shown"))
            .center()
    }

    pub fn touchpoint(&self, id: &str) -> Pos2 {
        self.at(&Element::Touchpoint(id.into()))
    }

    pub fn cell(&self, lane: &str, step: &str) -> Pos2 {
        self.at(&Element::Cell { step: step.into(), lane: lane.into() })
    }

    pub fn button(&self, pos: Pos2, pressed: bool, modifiers: Modifiers) {
        let event = Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers };
        self.harness.event_modifiers(event, modifiers);
    }

    pub fn click(&mut self, pos: Pos2) {
        self.harness.hover_at(pos);
        self.button(pos, true, Modifiers::NONE);
        self.button(pos, false, Modifiers::NONE);
        self.rest();
    }

    pub fn double_click(&mut self, pos: Pos2) {
        self.harness.hover_at(pos);
        for pressed in [true, false, true, false] {
            self.button(pos, pressed, Modifiers::NONE);
        }
        self.rest();
    }

    /// Presses, moves in steps and stays there, the button down.
    pub fn drag(&mut self, from: Pos2, to: Pos2, modifiers: Modifiers) {
        self.harness.hover_at(from);
        self.button(from, true, modifiers);
        for step in 1..=6 {
            self.harness.event_modifiers(Event::PointerMoved(from.lerp(to, step as f32 / 6.0)), modifiers);
        }
        self.harness.run_steps(3);
    }

    pub fn drop(&mut self, at: Pos2, modifiers: Modifiers) {
        self.button(at, false, modifiers);
        self.rest();
    }

    /// Presses a button of the dialog on top.
    pub fn answer(&mut self, label: &str) {
        self.harness.query_all_by_role_and_label(Role::Button, label).last().expect("a button").click();
        self.rest();
    }

    pub fn drag_and_drop(&mut self, from: Pos2, to: Pos2) {
        self.drag(from, to, Modifiers::NONE);
        self.drop(to, Modifiers::NONE);
    }

    pub fn key(&mut self, key: Key) {
        self.harness.key_press(key);
        self.rest();
    }

    pub fn command(&mut self, key: Key) {
        self.harness.key_press_modifiers(Modifiers::COMMAND, key);
        self.rest();
    }

    pub fn write(&mut self, text: &str) {
        self.harness.event(Event::Text(text.into()));
        self.rest();
    }

    /// Presses a key that also writes `text`, as a keyboard does.
    pub fn key_and_text(&mut self, key: Key, text: &str) {
        self.harness.event(Event::Text(text.into()));
        self.harness.key_press(key);
        self.rest();
    }

    /// Lane, step and place in the stack of a touchpoint.
    pub fn place(&self, id: &str) -> (String, String, usize) {
        let id = TouchpointId::from(id);
        let (lane, touchpoint) = self.map().touchpoint(&id).expect("on the map");
        let index = lane.cell(&touchpoint.step).position(|t| t.id == id).expect("in its cell");
        (lane.id.to_string(), touchpoint.step.to_string(), index)
    }
}

pub fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/online-purchase.ron")
}
