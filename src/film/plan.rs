//! The frames of a film: what each shows and how long it stays.

use super::camera::{View, Way, eased};
use super::panes::Panes;
use super::stops::Stop;

/// One frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// What it shows.
    pub at: At,
    /// How long it stays, in milliseconds.
    pub millis: u32,
}

/// What a frame shows; stops by their places in the list.
#[derive(Clone, Copy, Debug)]
pub(super) enum At {
    /// A stop.
    Stop(usize),
    /// The way from a stop to the next, in the same map.
    Way {
        /// The stop that was left.
        from: usize,
        /// How far, from 0 to 1.
        t: f64,
        /// What fills the frame.
        view: View,
    },
    /// The next stop, in another map, moves over this one.
    Wipe {
        /// The stop that was left.
        from: usize,
        /// How far, from 0 to 1.
        t: f64,
    },
}

impl Frame {
    /// Whether the camera stands still.
    pub fn is_still(&self) -> bool {
        matches!(self.at, At::Stop(_))
    }
}

/// The frames for these stops, with `rate` of them a second while something moves. A stop is one frame that stays.
pub(super) fn frames(stops: &[Stop], panes: &Panes, rate: u16) -> Vec<Frame> {
    /// How long a way takes: some time, and more for a longer one; and how long it takes to wipe.
    const START: f64 = 0.4;
    const PER_LENGTH: f64 = 0.3;
    const LONGEST: f64 = 1.5;
    const WIPE: f64 = 0.7;
    let rate = f64::from(rate);
    // Positive and small.
    let millis = |seconds: f64| (seconds * 1000.0).round() as u32;
    let mut frames = Vec::new();
    for (from, stop) in stops.iter().enumerate() {
        frames.push(Frame { at: At::Stop(from), millis: millis(stop.seconds) });
        let Some(next) = stops.get(from + 1) else { break };
        let way = Way::new(stop.view, next.view);
        let is_wipe = next.reel != stop.reel;
        let seconds = if is_wipe { WIPE } else { (START + PER_LENGTH * way.length()).min(LONGEST) };
        let count = (seconds * rate).round().max(2.0);
        // At most some dozens.
        for step in 1..count as u32 {
            let t = eased(f64::from(step) / count);
            let at = if is_wipe { At::Wipe { from, t } } else { At::Way { from, t, view: way.at(t).whole(panes) } };
            frames.push(Frame { at, millis: millis(1.0 / rate) });
        }
    }
    frames
}

impl View {
    /// The view moved to whole pixels: what only moves keeps the same pixels, which makes files smaller.
    fn whole(self, panes: &Panes) -> Self {
        let scale = self.scale(panes.frame);
        let corner = self.corner(panes.frame);
        let shift = (corner.round() - corner) / scale;
        Self { center: self.center + shift, ..self }
    }
}
