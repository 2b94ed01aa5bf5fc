//! A frame as pixels.

use kurbo::Rect;

use super::Film;
use super::camera::View;
use super::plan::{At, Frame};
use crate::export::{Pixels, Raster};

/// What a frame shows, between two stops or at one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Which map.
    pub reel: usize,
    /// What fills the frame.
    pub view: View,
    /// What is looked at.
    pub spot: Rect,
    /// How far the panes are in, from 0 to 1.
    pub panes: f64,
    /// The stop whose stage is named, and how far its words are in.
    pub named: (usize, f64),
}

/// Draws `frame` of `film`.
pub(super) fn draw(film: &Film, frame: &Frame, raster: &mut Raster) -> Pixels {
    match frame.at {
        At::Stop(index) => shot(film, &at_stop(film, index), raster),
        At::Way { from, t, view } => shot(film, &between(film, from, t, view), raster),
        At::Wipe { from, t } => {
            let mut before = shot(film, &at_stop(film, from), raster);
            let after = shot(film, &at_stop(film, from + 1), raster);
            wipe(&mut before, &after, t, film.reels[film.stops[from + 1].reel].layout.rtl);
            before
        }
    }
}

fn shot(film: &Film, look: &Look, raster: &mut Raster) -> Pixels {
    let reel = &film.reels[look.reel];
    let corner = look.view.corner(film.panes.frame);
    raster.begin(Some(reel.scene.ground));
    raster.put(&reel.scene, look.view.scale(film.panes.frame), (corner.x, corner.y));
    raster.put(&film.panes.over(reel, look, &film.stops), 1.0, (0.0, 0.0));
    raster.pixels()
}

fn at_stop(film: &Film, index: usize) -> Look {
    let stop = &film.stops[index];
    let panes = f64::from(u8::from(stop.stage.is_some()));
    Look { reel: stop.reel, view: stop.view, spot: stop.spot, panes, named: (index, 1.0) }
}

fn between(film: &Film, from: usize, t: f64, view: View) -> Look {
    let (a, b) = (at_stop(film, from), at_stop(film, from + 1));
    let mix = |a: f64, b: f64| a + (b - a) * t;
    let spot = Rect::new(
        mix(a.spot.x0, b.spot.x0),
        mix(a.spot.y0, b.spot.y0),
        mix(a.spot.x1, b.spot.x1),
        mix(a.spot.y1, b.spot.y1),
    );
    let (left, right) = (&film.stops[from], &film.stops[from + 1]);
    // While the panes slide their words stay; from stage to stage one name goes before the other comes.
    let named = match (left.stage, right.stage) {
        (None, _) => (from + 1, 1.0),
        (_, None) => (from, 1.0),
        (a, b) if a == b => (from + 1, 1.0),
        _ if t < 0.5 => (from, 1.0 - 2.0 * t),
        _ => (from + 1, 2.0 * t - 1.0),
    };
    Look { reel: a.reel, view, spot, panes: mix(a.panes, b.panes), named }
}

/// Lays the columns of `after` over `before` in reading direction, as far as `t`.
fn wipe(before: &mut Pixels, after: &Pixels, t: f64, rtl: bool) {
    let width = before.width as usize;
    // In range: `t` is from 0 to 1.
    let across = (width as f64 * t).round() as usize;
    let range = if rtl { 4 * (width - across)..4 * width } else { 0..4 * across };
    for (old, new) in before.rgba.chunks_exact_mut(4 * width).zip(after.rgba.chunks_exact(4 * width)) {
        old[range.clone()].copy_from_slice(&new[range.clone()]);
    }
}
