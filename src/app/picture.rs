//! The map as a picture on the clipboard.

use std::sync::mpsc::Sender;

use arboard::{Clipboard, ImageData};
use egui::Context;

use crate::export::{PngOptions, PngSize, rasterize};
use crate::scene::Scene;

/// Copies pictures on a thread of its own: the window goes on, and the clipboard's owner stays alive,
/// because the picture is handed out only when another program asks for it.
#[derive(Debug, Default)]
pub struct PictureClipboard {
    jobs: Option<Sender<Job>>,
}

/// What makes the picture, who hears what came of it, and the window to wake.
type Job = (Box<dyn FnOnce() -> Scene + Send>, Sender<String>, Context);

/// Pixels a point of the map.
const SCALE: f64 = 2.0;

impl PictureClipboard {
    /// Copies what `scene` makes; what came of it is sent to `done`.
    pub fn copy(&mut self, scene: Box<dyn FnOnce() -> Scene + Send>, done: Sender<String>, ctx: &Context) {
        let jobs = self.jobs.get_or_insert_with(|| {
            let (send, receive) = std::sync::mpsc::channel::<Job>();
            std::thread::spawn(move || {
                let mut clipboard = None;
                for (scene, done, ctx) in receive {
                    // The window may be gone by now.
                    let _ = done.send(put(&scene(), &mut clipboard));
                    ctx.request_repaint();
                }
            });
            send
        });
        // The thread ends only with the sender.
        let _ = jobs.send((scene, done, ctx.clone()));
    }
}

/// Puts a picture of `scene` on the clipboard; says truthfully what came of it.
fn put(scene: &Scene, clipboard: &mut Option<Clipboard>) -> String {
    // As large as a clipboard picture can be, at most twice the map's size.
    let most = 16_000.0 / scene.size.width.max(scene.size.height);
    let options = PngOptions { size: PngSize::Scale(SCALE.min(most)), transparent: false };
    let (scale, info) = match options.pixels(scene) {
        Ok(size) => size,
        Err(err) => return format!("The picture was not copied: {err}"),
    };
    // Sides of at most 16,000 pixels fit.
    let pixels = rasterize(scene, scale, (0.0, 0.0), (info.width, info.height), false);
    let image = ImageData { width: info.width as usize, height: info.height as usize, bytes: pixels.rgba.into() };
    let result = match clipboard {
        Some(clipboard) => clipboard.set_image(image),
        None => Clipboard::new().and_then(|new| clipboard.insert(new).set_image(image)),
    };
    match result {
        Ok(()) => format!("Copied the map as a picture ({} × {} pixels)", info.width, info.height),
        Err(err) => format!("The picture was not copied: the clipboard does not take it ({err})"),
    }
}
