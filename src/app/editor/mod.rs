//! One open map under the hands: document, layout, camera, tool, and the text being edited.
//!
//! [`Editor::show`] is a frame of the canvas:
//! 1. lay out the map if it changed;
//! 2. place the camera the first time;
//! 3. show the find bar, if it is open, and look again if need be;
//! 4. take the pointer, wheel and keys;
//! 5. lay out again if they changed the map;
//! 6. paint the scene, then what was found, selection, handles and guides over it;
//! 7. show the text being edited;
//! 8. tell screen readers what is in sight.

mod beside;
mod clipboard;
mod completion;
mod facing;
mod filtering;
mod find;
mod gestures;
mod kept;
mod keyboard;
mod linking;
mod looking;
mod marks;
mod nodes;
mod overlay;
mod plus;
mod pointer;
mod run;
mod sight;
mod tally;
mod typing;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Pos2, Rect, Ui};

use super::camera::Camera;
use super::ink::Ink;
use super::painter::View;
use super::picture::PictureSource;
use super::shapes::color32;
use crate::edit::Document;
use crate::exchange::Reading;
use crate::file::Fingerprint;
use crate::layout::{Layout, LayoutEngine};
use crate::model::{Element, JourneyMap};
use crate::picture::{self, Album};
use crate::scene::{self, Scene};
use crate::theme::Theme;

pub use beside::{Beside, DASH, LINE};
pub use facing::Facing;
pub use filtering::{Choice, Facet, Filtering};
pub use find::{Finder, Walk};
pub use gestures::Tool;
pub use marks::{Shown, mark};
pub use overlay::thumbnail_camera;
pub use sight::Sight;
pub use typing::Typing;

/// One open map.
#[derive(Debug)]
pub struct Editor {
    /// The map with its history and selection.
    pub document: Document,
    /// The file it came from or was saved to.
    pub path: Option<PathBuf>,
    /// What this window last saw in that file.
    pub seen: Option<Fingerprint>,
    /// The file that recovered work belonged to, and its content at that time; only a suggestion.
    pub origin: Option<(PathBuf, Option<Fingerprint>)>,
    /// How many comments in its file are lost when it is saved there.
    pub remarks: usize,
    /// Where a map is suggested to be saved that came from elsewhere; nothing that stands there was seen.
    pub suggested: Option<PathBuf>,
    /// The table of which the map was made, and how it was read.
    pub table: Option<(PathBuf, Reading)>,
    /// What the pointer is doing.
    pub tool: Tool,
    /// The text being edited in place.
    pub typing: Option<Typing>,
    /// A message for the person at the window, once.
    pub notice: Option<String>,
    /// Commands from the context menu and of the clipboard's keys, to be run at the end of the frame.
    pub asked: Vec<super::commands::Command>,
    /// What the map knows beside its grid and somebody asked for.
    pub wanted_section: Option<crate::find::Section>,
    /// Text that was pasted on the canvas, for the window to look at.
    pub pasted: Option<String>,
    /// What of another map is shown over this one; never in pictures.
    pub beside: Option<Beside>,
    completion: completion::Completion,
    engine: LayoutEngine,
    album: Album,
    layout: Arc<Layout>,
    theme: Arc<Theme>,
    /// The theme that the map wears; without one it follows the window.
    pub(super) chosen_theme: Option<Arc<Theme>>,
    /// Whether the layout was made during a drag, when nothing may shrink.
    held: bool,
    camera: Camera,
    /// Whether pointer or keys were used on the map.
    touched: bool,
    /// The canvas on the screen; nothing before the first frame.
    view: Option<Rect>,
    scene: sight::InSight,
    kept: kept::Kept,
    hover: Option<Element>,
    /// The persona whose curve is shown and pulled; without one it is everybody's.
    focus: Option<crate::model::PersonaId>,
    /// Whether the node of what is selected takes the keyboard when it is shown next.
    focus_node: bool,
    /// The nodes of the last frame.
    nodes: std::collections::HashSet<egui::Id>,
    /// Whether a menu was open in the last frame.
    popup_open: bool,
    /// Whether the map is shown as a wheel.
    round: bool,
    /// Where a link begins that waits for its end.
    link_from: Option<crate::model::TouchpointId>,
    /// Where the pointer may bring out a handle of the structure.
    handle_pos: Option<Pos2>,
    /// The last click: when, where, on what.
    last_click: Option<(f64, Pos2, Option<Element>)>,
    /// When the scale was last changed, in seconds since the start.
    scaled_at: f64,
    /// Whether the inspector is open, and whether what is selected has to be brought out from below it.
    inspector_open: bool,
    /// The same in the last frame.
    had_inspector: bool,
    reveal_selection: bool,
    /// The scale that the camera is on its way to, and the place that stays fixed.
    target: Option<Camera>,
    /// What is to be in sight once there is a canvas.
    wanted: Option<Sight>,
    /// The scale at which the middle of the map is shown first, if it was asked for.
    first_scale: Option<f64>,
    /// What is looked for; kept when the bar closes.
    find: Option<Finder>,
    /// Which touchpoints are shown and which step back.
    filtering: Filtering,
    tally: tally::Tally,
}

/// How long after a click the inspector opens, in seconds: a second click comes before.
const OPENS_AFTER: f64 = 0.4;
/// How long after the last change of scale glyphs are drawn exactly, in seconds.
const REST: f64 = 0.15;

impl Editor {
    /// An editor on `map`, which counts as saved.
    pub fn new(map: JourneyMap, path: Option<PathBuf>) -> Self {
        Self::with_theme(map, path, Theme::light())
    }

    /// The same, laid out for a window with the look of `theme`.
    pub fn with_theme(map: JourneyMap, path: Option<PathBuf>, theme: Arc<Theme>) -> Self {
        let document = Document::new(map);
        let mut engine = LayoutEngine::default();
        let layout = engine.layout(document.map(), &theme, false);
        let mut editor = Self {
            document,
            path,
            seen: None,
            origin: None,
            remarks: 0,
            suggested: None,
            table: None,
            tool: Tool::Idle,
            typing: None,
            notice: None,
            asked: Vec::new(),
            wanted_section: None,
            pasted: None,
            beside: None,
            completion: completion::Completion::default(),
            engine,
            album: Album::default(),
            layout,
            theme,
            chosen_theme: None,
            held: false,
            camera: Camera { scale: 1.0, corner: Pos2::ZERO },
            touched: false,
            view: None,
            scene: sight::InSight::default(),
            kept: kept::Kept::default(),
            hover: None,
            focus: None,
            focus_node: false,
            nodes: Default::default(),
            popup_open: false,
            round: false,
            link_from: None,
            handle_pos: None,
            last_click: None,
            scaled_at: f64::NEG_INFINITY,
            inspector_open: false,
            had_inspector: false,
            reveal_selection: false,
            target: None,
            wanted: None,
            first_scale: None,
            find: None,
            filtering: Filtering::default(),
            tally: Default::default(),
        };
        editor.select_first_free_cell();
        editor
    }

    /// The layout of the map as it is shown.
    pub fn layout(&self) -> &Arc<Layout> {
        &self.layout
    }

    /// Where the map is on the screen.
    pub fn camera(&self) -> Camera {
        self.camera
    }

    /// The place of `element` on the screen, if it is shown.
    pub fn screen_rect(&self, element: &Element) -> Option<Rect> {
        Some(self.camera.rect_to_screen(self.layout.rect_of(element)?))
    }

    /// Whether `pos` of the screen is on the canvas.
    pub fn is_in_sight(&self, pos: Pos2) -> bool {
        self.view.is_some_and(|view| view.contains(pos))
    }

    /// The number of touchpoints and of pain points on the map.
    pub fn counted(&mut self) -> (usize, usize) {
        self.tally.of(self.document.map())
    }

    /// The pictures of the map, as far as they were read.
    pub fn pictures(&self) -> &picture::Pictures {
        self.album.pictures()
    }

    /// What the engine did so far.
    pub fn counts(&self) -> crate::layout::LayoutCounts {
        self.engine.counts()
    }

    /// The persona whose curve is shown; without one it is everybody's.
    pub fn focus(&self) -> Option<&crate::model::PersonaId> {
        self.focus.as_ref()
    }

    /// Shows the curve of `persona` and lets hands and keys change it, or with `None` everybody's.
    pub fn set_focus(&mut self, persona: Option<crate::model::PersonaId>) {
        self.focus = persona;
        // Points of the curve that is no longer shown are not selected unseen.
        let is_shown = |element: &&Element| match element {
            Element::EmotionPoint(id) => {
                let touchpoint = self.document.map().touchpoint(id);
                touchpoint.is_some_and(|(_, t)| t.emotion_of(self.focus.as_ref()).is_some())
            }
            _ => true,
        };
        let shown: Vec<Element> = self.document.selection().iter().filter(is_shown).cloned().collect();
        if shown.len() < self.document.selection().len() {
            self.document.select(shown);
        }
    }

    /// Whether the map is shown as a wheel.
    pub fn is_round(&self) -> bool {
        self.round
    }

    /// Shows the map as a wheel, or as a grid again, and all of it.
    pub(super) fn toggle_wheel(&mut self) {
        self.round = !self.round;
        self.relayout();
        if let Some(view) = self.view {
            self.camera = Camera::fit(self.layout.size, view);
            self.target = None;
        }
    }

    /// Goes on to the next persona, and after the last one back to everybody.
    pub(super) fn next_persona(&mut self) {
        let personas = &self.document.map().personas;
        let next = match &self.focus {
            None => 0,
            Some(id) => personas.iter().position(|p| p.id == *id).map_or(0, |at| at + 1),
        };
        self.set_focus(personas.get(next).map(|p| p.id.clone()));
    }

    /// The layout of the whole map as it is exported.
    pub fn whole_layout(&self) -> Arc<Layout> {
        let theme = self.picture_theme();
        if Arc::ptr_eq(&self.layout.theme, &theme) && !self.held {
            return Arc::clone(&self.layout);
        }
        let mut engine = LayoutEngine::default();
        engine.focus(self.focus.clone());
        engine.round(self.round);
        engine.show_pictures(self.album.pictures().clone());
        engine.layout(self.document.map(), &theme, false)
    }

    /// What pictures of the map are made of.
    pub fn picture_source(&self) -> PictureSource {
        PictureSource {
            map: Arc::clone(self.document.map()),
            file: self.home().map(Path::to_owned),
            selection: self.document.selection().clone(),
            theme: self.picture_theme(),
        }
    }

    /// The scene of the whole map as it is exported.
    pub fn whole_scene(&self) -> Scene {
        scene::build(&self.whole_layout())
    }

    /// Whether the inspector is open: it has something to say about the selection, and no second click is
    /// to be expected where it would open. An empty cell is left alone.
    pub fn wants_inspector(&mut self, ctx: &egui::Context) -> bool {
        let only_cells = self.document.selection().iter().all(|e| matches!(e, Element::Cell { .. }));
        let typing_new = self.typing.as_ref().is_some_and(Typing::is_new);
        let mut wanted = !only_cells && !typing_new && !matches!(self.tool, Tool::Brushing { .. });
        // Walking through matches on the map leaves it alone.
        wanted &= self.inspector_open || !self.is_found_in_sight();
        let since_click = self.last_click.as_ref().map_or(f64::MAX, |(time, ..)| ctx.input(|i| i.time) - time);
        if wanted && !self.inspector_open && (since_click < OPENS_AFTER || self.tool.is_busy()) {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(OPENS_AFTER));
            return false;
        }
        if wanted && !self.inspector_open {
            self.reveal_selection = true;
        }
        self.inspector_open = wanted;
        wanted
    }

    /// Notes that the inspector is not shown.
    pub fn inspector_closed(&mut self) {
        self.inspector_open = false;
    }

    /// The file's name, or what stands for it.
    pub fn name(&self) -> String {
        let name = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned());
        let recovered =
            || self.origin.as_ref().and_then(|(path, _)| name(path)).map(|name| format!("{name} (recovered)"));
        let suggested = || self.suggested.as_ref().and_then(name);
        self.path.as_ref().and_then(name).or_else(recovered).or_else(suggested).unwrap_or_else(|| "Untitled".into())
    }

    /// The file beside which the map's pictures are: its own, or that which recovered work belonged to.
    fn home(&self) -> Option<&Path> {
        self.path.as_deref().or_else(|| self.origin.as_ref().map(|(path, _)| path.as_path()))
    }

    /// What this window knows to stand at `path`.
    pub fn seen_at(&self, path: &Path) -> Option<Fingerprint> {
        match (&self.path, &self.origin) {
            (Some(here), _) if here == path => self.seen,
            (None, Some((origin, base))) if origin == path => *base,
            _ => None,
        }
    }

    /// From now on the map belongs to the file at `path`, whose content is `seen`.
    pub fn belongs_to(&mut self, path: &Path, seen: Option<Fingerprint>) {
        self.path = Some(path.to_owned());
        self.seen = seen;
        self.origin = None;
        (self.suggested, self.remarks) = (None, 0);
    }

    /// Selects the first empty cell of the first touchpoint lane, so that typing can begin.
    fn select_first_free_cell(&mut self) {
        let map = self.document.map();
        let Some(lane) = map.lanes.iter().find(|l| l.kind == crate::model::LaneKind::Touchpoints) else { return };
        let free = map.steps().find(|(_, step)| lane.cell(&step.id).next().is_none());
        if let Some((_, step)) = free {
            let cell = Element::Cell { step: step.id.clone(), lane: lane.id.clone() };
            self.document.select([cell]);
        }
    }

    /// Lays the map out if it is another, or if a drag began or ended.
    pub(super) fn relayout(&mut self) {
        let hold = self.tool.holds();
        self.focus = self.focus.take().filter(|id| self.document.map().persona(id).is_some());
        let same = Arc::ptr_eq(&self.layout.map, self.document.map())
            && Arc::ptr_eq(&self.layout.theme, &self.theme)
            && self.layout.focus == self.focus
            && self.layout.wheel.is_some() == self.round
            && self.layout.pictures.is(self.album.pictures());
        if !same || hold != self.held {
            self.engine.focus(self.focus.clone());
            self.engine.round(self.round);
            self.engine.show_pictures(self.album.pictures().clone());
            self.layout = self.engine.layout(self.document.map(), &self.theme, hold);
            self.held = hold;
        }
    }

    /// A frame of the canvas in `ui`'s free room.
    pub fn show(&mut self, ui: &mut Ui, ink: &mut Ink) {
        // In a dark window the map is dark too, unless a theme was chosen for it.
        self.theme = self.chosen_theme.clone().unwrap_or_else(|| super::look::picture_theme(ui.ctx()));
        let ctx = ui.ctx().clone();
        let file = self.home().map(Path::to_owned);
        self.album.look(self.document.map(), file.as_deref(), move || ctx.request_repaint());
        self.relayout();
        let view = ui.available_rect_before_wrap();
        self.place_camera(view);
        if std::mem::take(&mut self.reveal_selection)
            && let Some(element) = self.document.selection().iter().next().cloned()
        {
            if self.is_at_found() {
                self.reveal_found();
            } else {
                self.reveal(&element);
            }
        }
        self.animate(ui);
        let mut asked = super::find_bar::show(ui, view, self, ink);
        self.asked.append(&mut asked);
        self.refresh_find();
        self.take_pointer(ui, view, ink);
        self.take_keys(ui, ink);
        self.relayout();
        self.paint(ui, view, ink);
        // A card that reaches out of sight is typed on below the panels, not over them.
        let clip = ui.clip_rect();
        ui.shrink_clip_rect(view);
        self.show_typing(ui, ink);
        ui.set_clip_rect(clip);
        self.tell_screen_readers(ui, view);
    }

    /// The scene of what is in sight and a little around it; made when it is asked for.
    fn scene_in_sight(&self) -> Option<&Scene> {
        self.scene.scene()
    }

    /// Whether the scale has not changed for a while, at `time`.
    fn is_at_rest(&self, time: f64) -> bool {
        time - self.scaled_at > REST
    }

    fn paint(&mut self, ui: &Ui, view: Rect, ink: &mut Ink) {
        let painter = ui.painter_at(view);
        painter.rect_filled(view, 0.0, color32(self.layout.theme.colors.ground));
        self.scene.look(&self.layout, self.camera.rect_to_map(view));
        let at_rest = self.is_at_rest(ui.input(|i| i.time));
        if !at_rest {
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(REST));
        }
        let typed_on = self.typing.as_ref().map(Typing::element);
        let look = View {
            camera: self.camera,
            clip: view,
            pixels_per_point: ui.ctx().pixels_per_point(),
            at_rest,
            without_text: typed_on.as_ref(),
        };
        self.kept.paint(&self.layout, &look, &mut ink.painter, &painter);
        self.paint_overlay(&painter, &look, ink);
    }
}

/// The widget id of the canvas.
fn canvas_id() -> egui::Id {
    egui::Id::unique("canvas")
}
