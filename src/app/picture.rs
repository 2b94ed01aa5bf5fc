//! Pictures of the open map, made on threads: for files, and for the clipboard.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use arboard::{Clipboard, ImageData};
use egui::Context;

use crate::deck::{Composed, DeckError, Request, Size, Source, What, compose, logo_of, theme_of};
use crate::edit::Selection;
use crate::export::{PngOptions, PngSize, rasterize};
use crate::layout::LayoutEngine;
use crate::model::JourneyMap;
use crate::picture::Pictures;
use crate::scene::Scene;
use crate::theme::Theme;

/// What pictures are made of; it can go to another thread, because the map's own pictures are read anew.
#[derive(Clone, Debug)]
pub struct PictureSource {
    /// The map.
    pub map: Arc<JourneyMap>,
    /// Its file, beside which its pictures are.
    pub file: Option<PathBuf>,
    /// What is selected.
    pub selection: Selection,
    /// The look.
    pub theme: Arc<Theme>,
}

impl PictureSource {
    /// The picture that `request` asks for, with the map's pictures in full.
    ///
    /// # Errors
    /// As [`compose`].
    pub fn compose(&self, request: &Request) -> Result<Composed, DeckError> {
        let pictures = Pictures::load(&self.map, self.file.as_deref());
        let theme = theme_of(request, &self.theme)?;
        let logo = logo_of(request, &theme)?;
        let source = Source { map: &self.map, pictures, selection: &self.selection, logo };
        compose(&source, request, &theme, &mut LayoutEngine::default())
    }
}

/// Copies pictures on a thread of its own: the window goes on, and the clipboard's owner stays alive,
/// because the picture is handed out only when another program asks for it.
#[derive(Debug, Default)]
pub struct PictureClipboard {
    jobs: Option<Sender<Job>>,
}

/// What is copied, who hears what came of it, and the window to wake.
type Job = (PictureSource, Request, Sender<String>, Context);

impl PictureClipboard {
    /// Copies what `request` asks for of `source`; what came of it is sent to `done`.
    pub fn copy(&mut self, source: PictureSource, request: Request, done: Sender<String>, ctx: &Context) {
        let jobs = self.jobs.get_or_insert_with(|| {
            let (send, receive) = std::sync::mpsc::channel::<Job>();
            std::thread::spawn(move || {
                let mut clipboard = None;
                for (source, request, done, ctx) in receive {
                    // The window may be gone by now.
                    let _ = done.send(copied(&source, request, &mut clipboard));
                    ctx.request_repaint();
                }
            });
            send
        });
        // The thread ends only with the sender.
        let _ = jobs.send((source, request, done, ctx.clone()));
    }
}

/// Puts the picture on the clipboard; says truthfully what came of it.
fn copied(source: &PictureSource, mut request: Request, clipboard: &mut Option<Clipboard>) -> String {
    let failed = |why: &dyn std::fmt::Display| format!("The picture was not copied: {why}");
    let mut composed = source.compose(&request);
    if matches!(composed, Err(DeckError::NothingSelected)) {
        // A title or a metric is selected: then the map is meant.
        request.what = What::Map;
        composed = source.compose(&request);
    }
    let composed = match composed {
        Ok(composed) => composed,
        Err(err) => return failed(&err),
    };
    match put(&composed.scene, &request, clipboard) {
        Ok(words) => {
            let what = match request.what {
                What::Map => "the map",
                What::Wheel => "the wheel",
                What::Emotions => "the emotion strip",
                What::Scorecard => "the scorecard",
                What::Selection => "the selection",
            };
            format!("Copied {what} as a picture ({words})")
        }
        Err(why) => failed(&why),
    }
}

/// The size that can be put on a clipboard: the sides of pictures that programs take, and what memory takes.
fn limited(scene: &Scene, request: &Request) -> (PngOptions, bool) {
    const LONGEST: f64 = 16_000.0;
    const MOST: f64 = 64e6;
    let wanted = request.png();
    let (width, height) = (scene.size.width, scene.size.height);
    let most = (LONGEST / width.max(height)).min((MOST / (width * height)).sqrt());
    let scale = match wanted.pixels(scene) {
        Ok((scale, _)) => scale,
        Err(_) => f64::INFINITY,
    };
    let is_less = scale > most;
    let size = if is_less { PngSize::Scale(most) } else { wanted.size };
    (PngOptions { size, ..wanted }, is_less)
}

/// Puts a picture of `scene` on the clipboard; tells its size.
fn put(scene: &Scene, request: &Request, clipboard: &mut Option<Clipboard>) -> Result<String, String> {
    let (options, is_less) = limited(scene, request);
    let (scale, info) = options.pixels(scene).map_err(|err| err.to_string())?;
    // Sides of at most 16,000 pixels fit.
    let size = (info.width, info.height);
    let pixels = rasterize(scene, scale, (0.0, 0.0), size, request.transparent).into_straight();
    let image = ImageData { width: info.width as usize, height: info.height as usize, bytes: pixels.rgba.into() };
    let result = match clipboard {
        Some(clipboard) => clipboard.set_image(image),
        None => Clipboard::new().and_then(|new| clipboard.insert(new).set_image(image)),
    };
    result.map_err(|err| format!("the clipboard does not take it ({err})"))?;
    let ground = if request.transparent { ", transparent" } else { "" };
    let note = if is_less { ", the largest that fits there" } else { "" };
    Ok(format!("{} × {} pixels{ground}{note}", info.width, info.height))
}

/// How pictures are copied that nobody asks about: as the last one that was.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Copies {
    /// Whether the ground is left out.
    pub transparent: bool,
    /// Pixels a point.
    pub scale: f64,
}

impl Default for Copies {
    fn default() -> Self {
        Self { transparent: false, scale: 2.0 }
    }
}

impl Copies {
    /// The same as `request`, as far as it goes.
    pub fn of(self, request: &Request) -> Self {
        let scale = match request.size {
            Size::Scale(scale) => scale,
            _ => self.scale,
        };
        Self { transparent: request.transparent, scale }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_for_a_clipboard_is_made_as_large_as_fits() {
        let map = Arc::new(crate::model::generate(40, 4, 3));
        let (selection, theme) = (Selection::default(), Theme::light());
        let source = PictureSource { map, file: None, selection, theme };
        let request = |scale| Request { size: Size::Scale(scale), ..Request::default() };
        let scene = source.compose(&request(1.0)).unwrap().scene;
        let (options, is_less) = limited(&scene, &request(8.0));
        let info = options.pixels(&scene).unwrap().1;
        assert!(
            is_less && info.width <= 16_000 && f64::from(info.width) * f64::from(info.height) <= 64.1e6,
            "{info:?}"
        );
        assert!(!limited(&scene, &request(0.2)).1);
    }
}
