//! A walk through a journey, stage by stage, as frames: numbered pictures, a GIF or an animated PNG.
//!
//! [`Film::new`] plans the walk: where the camera stops, for how long, and how it gets there. Frames are drawn when they
//! are written, a few at a time, so that memory does not grow with their number.

mod camera;
mod draw;
mod files;
mod panes;
mod plan;
mod stops;

use std::io::Write;
use std::sync::Arc;

use kurbo::Rect;

use crate::export::{ApngWriter, Census, ExportError, GifWriter, Palette, Pixels, Raster, write_still};
use crate::file::SaveError;
use crate::layout::Layout;
use crate::scene::{self, Scene};

use plan::{At, Frame};

pub use files::{write_file, write_numbered};

/// How a film is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilmOptions {
    /// Pixels across and down.
    pub size: (u16, u16),
    /// Frames a second while the camera moves, [`FilmOptions::RATES`].
    pub rate: u16,
    /// How long the camera stays where there is something to read.
    pub pace: Pace,
}

/// How much time people have to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// For a room that reads a foreign language, or listens to somebody at the same time.
    Slow,
    /// For somebody who reads on a screen.
    #[default]
    Normal,
    /// For those who know the map: a glance at each stop.
    Quick,
}

impl Pace {
    /// All, the slowest first.
    pub const ALL: [Self; 3] = [Self::Slow, Self::Normal, Self::Quick];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Slow => "Slow",
            Self::Normal => "Normal",
            Self::Quick => "Quick",
        }
    }

    /// How much longer a stop stays than it does usually.
    pub fn factor(self) -> f64 {
        match self {
            Self::Slow => 1.75,
            Self::Normal => 1.0,
            Self::Quick => 0.5,
        }
    }
}

impl FilmOptions {
    /// The sizes that are offered; any other of at least [`FilmOptions::LEAST`] will do.
    pub const SIZES: [(u16, u16); 3] = [(1280, 720), (1920, 1080), (960, 540)];
    /// The least size: smaller ones cannot be read.
    pub const LEAST: (u16, u16) = (320, 180);
    /// The largest size.
    pub const MOST: (u16, u16) = (3840, 2160);
    /// The rates that are possible.
    pub const RATES: std::ops::RangeInclusive<u16> = 5..=30;
}

impl Default for FilmOptions {
    fn default() -> Self {
        Self { size: Self::SIZES[0], rate: 12, pace: Pace::Normal }
    }
}

/// The kinds of files that films are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilmFormat {
    /// For slides and mail: small, in 255 colours.
    Gif,
    /// For browsers: in full colour.
    Apng,
    /// One PNG for each stop.
    Stills,
}

impl FilmFormat {
    /// All, the most common first.
    pub const ALL: [Self; 3] = [Self::Gif, Self::Apng, Self::Stills];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gif => "GIF",
            Self::Apng => "APNG",
            Self::Stills => "Numbered PNGs",
        }
    }

    /// How its files end, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Gif => "gif",
            Self::Apng => "apng",
            Self::Stills => "png",
        }
    }
}

/// Why a film was not made.
#[derive(Debug, thiserror::Error)]
pub enum FilmError {
    /// Somebody did not want it any more.
    #[error("cancelled")]
    Cancelled,
    /// A map has nothing to walk through.
    #[error("the map has no stages to walk through: add one first")]
    NoStages,
    /// The size cannot be made.
    #[error(
        "a film of {0} × {1} pixels cannot be made: choose from {least_x} × {least_y} to {most_x} × {most_y}",
        least_x = FilmOptions::LEAST.0,
        least_y = FilmOptions::LEAST.1,
        most_x = FilmOptions::MOST.0,
        most_y = FilmOptions::MOST.1
    )]
    Size(u16, u16),
    /// The frames could not be written.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// A file could not be put into its place.
    #[error("{why}{}", done(.written))]
    NotSaved {
        /// Why.
        why: SaveError,
        /// Of numbered pictures, how many were written before, and how many there would be.
        written: Option<(usize, usize)>,
    },
}

fn done(written: &Option<(usize, usize)>) -> String {
    written.map_or_else(String::new, |(done, all)| format!("; {done} of {all} pictures were written before"))
}

/// What a stop shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shot {
    /// Which of the maps, from 0.
    pub map: usize,
    /// Which stage, from 0; nothing for the whole map.
    pub stage: Option<usize>,
    /// What is looked at, on the map.
    pub spot: Rect,
    /// Pixels a point of the map.
    pub scale: f64,
    /// How long it stays, in seconds.
    pub seconds: f64,
}

/// A map of a film.
#[derive(Debug)]
struct Reel {
    layout: Arc<Layout>,
    scene: Scene,
    /// What the map is called beside another; nothing in a film of one.
    label: String,
}

/// A planned film.
#[derive(Debug)]
pub struct Film {
    options: FilmOptions,
    reels: Vec<Reel>,
    panes: panes::Panes,
    stops: Vec<stops::Stop>,
    frames: Vec<Frame>,
}

/// Told how many frames are done and how many there will be; says whether to go on.
pub type Progress<'p> = &'p mut dyn FnMut(usize, usize) -> bool;

impl Film {
    /// Plans a walk through `layout`, or through two states of one journey, stage by stage: each as it is first, then as it
    /// will be.
    ///
    /// # Errors
    /// When there is nothing to show, or the size cannot be made.
    pub fn new(layouts: Vec<Arc<Layout>>, options: FilmOptions) -> Result<Self, FilmError> {
        let (width, height) = options.size;
        let is_in = |side: u16, least: u16, most: u16| (least..=most).contains(&side);
        let (least, most) = (FilmOptions::LEAST, FilmOptions::MOST);
        if !is_in(width, least.0, most.0) || !is_in(height, least.1, most.1) {
            return Err(FilmError::Size(width, height));
        }
        if layouts.iter().any(|layout| layout.stages.is_empty()) || layouts.is_empty() {
            return Err(FilmError::NoStages);
        }
        let labels = panes::labels(&layouts);
        let reel = |(layout, label): (Arc<Layout>, String)| Reel { scene: scene::build(&layout), layout, label };
        let reels: Vec<Reel> = layouts.into_iter().zip(labels).map(reel).collect();
        let panes = panes::Panes::new(&reels, options.size);
        let stops = stops::stops(&reels, &panes, options.pace);
        let frames =
            plan::frames(&stops, &panes, options.rate.clamp(*FilmOptions::RATES.start(), *FilmOptions::RATES.end()));
        Ok(Self { options, reels, panes, stops, frames })
    }

    /// How long it runs, in seconds.
    pub fn seconds(&self) -> f64 {
        self.frames.iter().map(|frame| f64::from(frame.millis)).sum::<f64>() / 1000.0
    }

    /// How long it runs, in words.
    pub fn length(&self) -> String {
        // Positive and small.
        let seconds = self.seconds().round() as u64;
        let (minutes, rest) = (seconds / 60, seconds % 60);
        if minutes == 0 { format!("{seconds} s") } else { format!("{minutes} min {rest} s") }
    }

    /// How many frames it has.
    pub fn frames(&self) -> usize {
        self.frames.len()
    }

    /// How many stops it has.
    pub fn stops(&self) -> usize {
        self.stops.len()
    }

    /// Writes it as a GIF; tells its size and length in words. The same film gives the same bytes.
    ///
    /// # Errors
    /// When `out` refuses bytes, or `progress` says no.
    pub fn write_gif(&self, out: impl Write, progress: Progress<'_>) -> Result<String, FilmError> {
        let stills: Vec<&Frame> = self.frames.iter().filter(|frame| frame.is_still()).collect();
        let all = stills.len() + self.frames.len();
        let mut census = Census::default();
        self.draw(&stills, (0, all), progress, |pixels, _| {
            census.count(pixels);
            Ok(())
        })?;
        let mut writer = GifWriter::new(out, self.options.size, Palette::new(&census))?;
        drop(census);
        let frames: Vec<&Frame> = self.frames.iter().collect();
        self.draw(&frames, (stills.len(), all), progress, |pixels, frame| writer.push(pixels, frame.millis))?;
        writer.finish()?;
        Ok(self.words())
    }

    /// Writes it as an animated PNG; tells its size and length in words. The same film gives the same bytes.
    ///
    /// # Errors
    /// When `out` refuses bytes, or `progress` says no.
    pub fn write_apng(&self, out: impl Write, progress: Progress<'_>) -> Result<String, FilmError> {
        // Some thousand frames at most.
        let mut writer = ApngWriter::new(out, self.options.size, self.frames.len() as u32)?;
        let frames: Vec<&Frame> = self.frames.iter().collect();
        self.draw(&frames, (0, frames.len()), progress, |pixels, frame| writer.push(pixels, frame.millis))?;
        writer.finish()?;
        Ok(self.words())
    }

    /// Hands the picture of each stop to `take` as a PNG, with its number from 1.
    ///
    /// # Errors
    /// When `take` does, or `progress` says no.
    pub fn write_stills(
        &self,
        progress: Progress<'_>,
        mut take: impl FnMut(usize, Vec<u8>) -> std::io::Result<()>,
    ) -> Result<(), FilmError> {
        let stills: Vec<&Frame> = self.frames.iter().filter(|frame| frame.is_still()).collect();
        let mut number = 0;
        self.draw(&stills, (0, stills.len()), progress, |pixels, _| {
            let mut bytes = Vec::new();
            write_still(pixels, &mut bytes)?;
            number += 1;
            Ok(take(number, bytes)?)
        })
    }

    /// The picture of a stop, from 0.
    pub fn still(&self, stop: usize) -> Option<Pixels> {
        let frame = Frame { at: At::Stop(stop), millis: 0 };
        let mut raster = Raster::new(self.options.size.0.into(), self.options.size.1.into(), Arc::default());
        (stop < self.stops.len()).then(|| draw::draw(self, &frame, &mut raster))
    }

    /// What each stop shows, in order.
    pub fn shots(&self) -> impl Iterator<Item = Shot> + '_ {
        self.stops.iter().map(|stop| Shot {
            map: stop.reel,
            stage: stop.stage,
            spot: stop.spot,
            scale: stop.view.scale(self.panes.frame),
            seconds: stop.seconds,
        })
    }

    fn words(&self) -> String {
        let (width, height) = self.options.size;
        format!("{width} × {height} pixels, {}", self.length())
    }

    /// Draws frames on all cores, a few at a time, and hands them over in their order; `done` of `all` were done before.
    fn draw(
        &self,
        frames: &[&Frame],
        (done, all): (usize, usize),
        progress: Progress<'_>,
        mut take: impl FnMut(&Pixels, &Frame) -> Result<(), ExportError>,
    ) -> Result<(), FilmError> {
        let (width, height) = self.options.size;
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        let prints = Arc::default();
        let mut rasters: Vec<Raster> =
            (0..threads).map(|_| Raster::new(width.into(), height.into(), Arc::clone(&prints))).collect();
        for (batch, some) in frames.chunks(threads).enumerate() {
            if !progress(done + batch * threads, all) {
                return Err(FilmError::Cancelled);
            }
            let drawn: Vec<Pixels> = std::thread::scope(|scope| {
                let tasks: Vec<_> = some
                    .iter()
                    .zip(&mut rasters)
                    .map(|(frame, raster)| scope.spawn(move || draw::draw(self, frame, raster)))
                    .collect();
                tasks.into_iter().filter_map(|task| task.join().ok()).collect()
            });
            if drawn.len() < some.len() {
                let lost = std::io::Error::other("a frame could not be drawn");
                return Err(FilmError::Export(ExportError::Io(lost)));
            }
            for (pixels, frame) in drawn.iter().zip(some) {
                take(pixels, frame)?;
            }
        }
        if progress(done + frames.len(), all) { Ok(()) } else { Err(FilmError::Cancelled) }
    }
}
