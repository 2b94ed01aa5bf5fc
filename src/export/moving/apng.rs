//! Frames to an animated PNG, in full colour.

use std::io::Write;

use super::super::png::io_error;
use super::super::{ExportError, Pixels};
use super::{changed, cut, rgb};

/// Writes an animated PNG that plays again and again, frame by frame; viewers that know no animation show the first.
pub struct ApngWriter<W: Write> {
    writer: png::Writer<W>,
    width: usize,
    /// What the picture shows; nothing before the first frame.
    shown: Vec<[u8; 3]>,
}

impl<W: Write> std::fmt::Debug for ApngWriter<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ApngWriter").field("width", &self.width).finish_non_exhaustive()
    }
}

impl<W: Write> ApngWriter<W> {
    /// Begins a picture of `width` × `height` pixels that will have so many frames.
    ///
    /// # Errors
    /// When `out` refuses bytes.
    pub fn new(out: W, (width, height): (u16, u16), frames: u32) -> Result<Self, ExportError> {
        let mut encoder = png::Encoder::new(out, width.into(), height.into());
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
        encoder.set_compression(png::Compression::Balanced);
        encoder.set_animated(frames.max(1), 0).map_err(io_error)?;
        let writer = encoder.write_header().map_err(io_error)?;
        Ok(Self { writer, width: width.into(), shown: Vec::new() })
    }

    /// Adds a frame that stays for so many milliseconds.
    ///
    /// # Errors
    /// When `out` refuses bytes, or there are more frames than were said.
    pub fn push(&mut self, pixels: &Pixels, millis: u32) -> Result<(), ExportError> {
        let now: Vec<[u8; 3]> = pixels.rgba.chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        let delay = u16::try_from(millis).unwrap_or(u16::MAX);
        self.writer.set_frame_delay(delay, 1000).map_err(io_error)?;
        if self.shown.is_empty() {
            self.writer.write_image_data(&rgb(pixels)).map_err(io_error)?;
        } else {
            // A frame without changes must be there all the same: the number of frames was written first.
            let area = changed(&self.shown, &now, self.width).unwrap_or((0, 0, 1, 1));
            let (left, top, across, down) = area;
            // Sides of the picture, which are 16 bits.
            self.writer.reset_frame_position().map_err(io_error)?;
            self.writer.set_frame_dimension(across as u32, down as u32).map_err(io_error)?;
            self.writer.set_frame_position(left as u32, top as u32).map_err(io_error)?;
            self.writer.write_image_data(&cut(&now, self.width, area).concat()).map_err(io_error)?;
        }
        self.shown = now;
        Ok(())
    }

    /// Ends the picture.
    ///
    /// # Errors
    /// When `out` refuses bytes, or there were fewer frames than were said.
    pub fn finish(self) -> Result<(), ExportError> {
        self.writer.finish().map_err(io_error)
    }
}
