//! The meshes of what is in sight, kept strip by strip for as long as nothing in a strip is drawn otherwise.
//!
//! A strip that moved is moved, also by a row or column that grew before it. While the scale changes, meshes are stretched; each
//! strip is drawn anew when the scale has changed by 2^(1/3), and not all of them in the same frame. At rest
//! everything is drawn exactly.

use std::sync::Arc;

use egui::epaint::Mesh;
use egui::{Pos2, Rect, Shape, Vec2, vec2};

use crate::app::camera::Camera;
use crate::app::painter::{Painter, View};
use crate::app::prints::Sheets;
use crate::layout::Layout;
use crate::model::Element;
use crate::scene::{Strip, strips};

/// How much more than what is in sight is drawn on each side, of its size: at rest, and while the scale changes.
const MARGIN: (f64, f64) = (0.25, 0.1);
/// How often a strip is drawn anew while the scale doubles.
const STEPS: f64 = 3.0;

/// The meshes of the last frame.
#[derive(Debug, Default)]
pub struct Kept {
    strips: Vec<KeptStrip>,
    /// The meshes of those in sight where they stand now, and what was in sight of the map.
    stack: Vec<Arc<Mesh>>,
    seen: Option<kurbo::Rect>,
    /// Where strips at rest stand: up to half a pixel from where the map is, as glyphs stand on whole pixels.
    place: Option<Camera>,
    at_rest: bool,
    pixels_per_point: f32,
    without_text: Option<Element>,
    /// The atlas's count of clears: a cleared atlas has other places for its glyphs.
    atlas: usize,
}

#[derive(Debug)]
struct KeptStrip {
    strip: Strip,
    /// The part of the map that was drawn.
    part: kurbo::Rect,
    /// The scale at which it was drawn, and where its origin was on the screen.
    drawn: (f64, Pos2),
    /// The same as it is shown.
    shown: (f64, Pos2),
    /// The same as the vertices are: what comes into sight is moved then, in place, as copies of many vertices are what a
    /// frame costs.
    stands: (f64, Pos2),
    at_rest: bool,
    has_glyphs: bool,
    sheets: Sheets,
}

impl Kept {
    /// Where meshes stand, and whether their glyphs are on whole pixels.
    pub fn place(&self, look: &View<'_>) -> (Camera, bool) {
        (self.place.unwrap_or(look.camera), self.at_rest)
    }

    /// Brings the meshes up to date and paints them.
    pub fn paint(&mut self, layout: &Arc<Layout>, look: &View<'_>, ink: &mut Painter, on: &egui::Painter) {
        self.forget_unless_alike(look);
        // When the atlas is full it is cleared, and what was drawn before is void; the second round has all of it.
        for _ in 0..2 {
            if self.atlas != ink.clears() {
                self.drop_all();
                self.atlas = ink.clears();
            }
            self.settle(look);
            let changed = self.renew(layout, look, ink);
            if changed {
                self.put_together(look);
            }
            if self.atlas == ink.clears() {
                break;
            }
        }
        on.extend(self.stack.iter().map(|mesh| Shape::Mesh(Arc::clone(mesh))));
    }

    fn drop_all(&mut self) {
        self.strips.clear();
        self.stack.clear();
        self.seen = None;
    }

    fn forget_unless_alike(&mut self, look: &View<'_>) {
        let alike = self.pixels_per_point.to_bits() == look.pixels_per_point.to_bits()
            && self.without_text.as_ref() == look.without_text;
        if !alike {
            self.drop_all();
            self.pixels_per_point = look.pixels_per_point;
            self.without_text = look.without_text.cloned();
        }
    }

    /// Says where meshes stand in this frame.
    fn settle(&mut self, look: &View<'_>) {
        let stays = |place: &Camera| {
            look.at_rest
                && self.at_rest
                && !self.strips.is_empty()
                && place.scale.to_bits() == look.camera.scale.to_bits()
        };
        let place = self.place.filter(stays).map_or(look.camera, |place| {
            let by = whole_pixels(look.camera.corner - place.corner, look.pixels_per_point);
            Camera { corner: place.corner + by, ..place }
        });
        self.place = Some(place);
        self.at_rest = look.at_rest;
    }

    /// Puts the strips in sight together.
    fn put_together(&mut self, look: &View<'_>) {
        let Some(place) = self.place else { return };
        let seen = place.rect_to_map(look.clip);
        // Before the strips move: what is shared cannot be moved in place.
        self.stack.clear();
        for kept in self.strips.iter_mut().filter(|kept| kept.strip.bounds.overlaps(seen)) {
            kept.settle();
            self.stack.extend_from_slice(kept.sheets.meshes());
        }
    }

    /// Moves or stretches the strips that serve again, and draws the others; whether anything is another than before.
    fn renew(&mut self, layout: &Arc<Layout>, look: &View<'_>, ink: &mut Painter) -> bool {
        let Some(camera) = self.place else { return false };
        let look = &View { camera, ..*look };
        let seen = camera.rect_to_map(look.clip);
        let margin = if look.at_rest { MARGIN.0 } else { MARGIN.1 };
        let part = seen.inflate(seen.width() * margin, seen.height() * margin);
        let mut old: Vec<Option<KeptStrip>> = std::mem::take(&mut self.strips).into_iter().map(Some).collect();
        let (mut next, before) = (0, old.len());
        let mut changed = false;
        for (index, strip) in strips(layout, part).into_iter().enumerate() {
            let alike = take_alike(&mut old, &mut next, &strip);
            let shown = alike.as_ref().map(|kept| kept.shown);
            match alike.and_then(|kept| kept.served(&strip, index, (look, seen))) {
                Some(kept) => {
                    changed |= shown != Some(kept.shown);
                    self.strips.push(kept);
                }
                None if strip.bounds.overlaps(seen) => {
                    changed = true;
                    self.strips.push(KeptStrip::draw(strip, layout, part, look, ink));
                }
                // Drawn when it comes into sight.
                None => {}
            }
        }
        changed || self.strips.len() != before || self.seen.replace(seen) != Some(seen)
    }
}

/// Takes the strip that looks like `strip` out of the old ones: most often it is the one behind that taken last.
fn take_alike(old: &mut [Option<KeptStrip>], next: &mut usize, strip: &Strip) -> Option<KeptStrip> {
    let is_it = |kept: &Option<KeptStrip>| kept.as_ref().is_some_and(|kept| kept.strip.looks_like(strip));
    let (before, behind) = old.split_at((*next).min(old.len()));
    let at = behind.iter().position(is_it).map(|at| at + before.len()).or_else(|| before.iter().position(is_it))?;
    *next = at + 1;
    old[at].take()
}

impl KeptStrip {
    fn draw(strip: Strip, layout: &Layout, part: kurbo::Rect, look: &View<'_>, ink: &mut Painter) -> Self {
        let scene = strip.build(layout, part);
        let mut clip = look.camera.rect_to_screen(part);
        if strip.is_whole() {
            clip = Rect::from_x_y_ranges(clip.x_range(), f32::NEG_INFINITY..=f32::INFINITY);
        }
        let sheets = ink.scene(&scene, &View { clip, ..*look });
        let place = (look.camera.scale, look.camera.to_screen(strip.origin));
        Self {
            part,
            drawn: place,
            shown: place,
            stands: place,
            at_rest: look.at_rest,
            has_glyphs: ink.has_drawn_glyphs(),
            sheets,
            strip,
        }
    }

    /// Moves the vertices to where they are shown.
    fn settle(&mut self) {
        let ((before, from), (scale, to)) = (self.stands, self.shown);
        if self.stands != self.shown {
            self.sheets.shift((scale / before) as f32, from, to);
            self.stands = self.shown;
        }
    }

    /// The same where `strip` stands now, unless it has to be drawn anew.
    fn served(mut self, strip: &Strip, index: usize, (look, seen): (&View<'_>, kurbo::Rect)) -> Option<Self> {
        let camera = look.camera;
        self.part = self.part + kurbo::Vec2::new(strip.origin.x - self.strip.origin.x, 0.0);
        let needed = seen.intersect(strip.bounds);
        let covers = self.part.x0 <= needed.x0
            && self.part.x1 >= needed.x1
            && (strip.is_whole() || (self.part.y0 <= needed.y0 && self.part.y1 >= needed.y1));
        // What was drawn for a much larger part has too much in it.
        if !covers || self.part.width() > 2.5 * seen.width() {
            return None;
        }
        let to = camera.to_screen(strip.origin);
        let (drawn, from) = self.drawn;
        let mut shown = to;
        if look.at_rest {
            if drawn.to_bits() != camera.scale.to_bits() {
                return None;
            }
            let by = to - from;
            let whole = whole_pixels(by, look.pixels_per_point);
            if self.has_glyphs {
                if !self.at_rest || (whole - by).abs().max_elem() > 0.05 {
                    return None;
                }
                shown = from + whole;
            }
        } else if step(drawn, index) != step(camera.scale, index) {
            return None;
        }
        (self.shown, self.strip) = ((camera.scale, shown), strip.clone());
        Some(self)
    }
}

/// The number of the range of scales in which a strip is not drawn anew; neighbours change it one after the other.
fn step(scale: f64, index: usize) -> i64 {
    (scale.log2() * STEPS + (index % 4) as f64 / 4.0).floor() as i64
}

fn whole_pixels(by: Vec2, pixels_per_point: f32) -> Vec2 {
    vec2((by.x * pixels_per_point).round() / pixels_per_point, (by.y * pixels_per_point).round() / pixels_per_point)
}
