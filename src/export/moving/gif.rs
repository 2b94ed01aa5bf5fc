//! Frames to GIF.

use std::io::Write;

use gif::{DisposalMethod, Encoder, EncodingError, Frame, Repeat};

use super::super::{ExportError, Pixels};
use super::{Palette, changed, cut};

/// Writes a GIF that plays again and again, frame by frame.
#[derive(Debug)]
pub struct GifWriter<W: Write> {
    encoder: Held<W>,
    palette: Palette,
    width: u16,
    height: u16,
    /// What the picture shows, as places in the palette; nothing before the first frame.
    shown: Vec<u8>,
    /// The frame to be written once it is known how long it stays.
    waiting: Option<Frame<'static>>,
    /// How long it stays so far, in milliseconds, and how much of the time before was rounded away.
    millis: u32,
    rounded: i64,
}

/// The encoder, which has no form for messages.
struct Held<W: Write>(Encoder<W>);

impl<W: Write> std::fmt::Debug for Held<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Encoder")
    }
}

/// No frame of a GIF stays longer, in hundredths of a second.
const LONGEST: i64 = 65_535;

impl<W: Write> GifWriter<W> {
    /// Begins a picture of `width` × `height` pixels in these colours.
    ///
    /// # Errors
    /// When `out` refuses bytes.
    pub fn new(out: W, (width, height): (u16, u16), palette: Palette) -> Result<Self, ExportError> {
        let mut encoder = Encoder::new(out, width, height, &palette.bytes()).map_err(io_error)?;
        encoder.set_repeat(Repeat::Infinite).map_err(io_error)?;
        let encoder = Held(encoder);
        Ok(Self { encoder, palette, width, height, shown: Vec::new(), waiting: None, millis: 0, rounded: 0 })
    }

    /// Adds a frame that stays for so many milliseconds.
    ///
    /// # Errors
    /// When `out` refuses bytes.
    pub fn push(&mut self, pixels: &Pixels, millis: u32) -> Result<(), ExportError> {
        let places = self.palette.places(pixels);
        let width = usize::from(self.width);
        let area = if self.shown.is_empty() {
            Some((0, 0, width, usize::from(self.height)))
        } else {
            changed(&self.shown, &places, width)
        };
        let Some(area) = area else {
            // As before, for longer.
            self.millis += millis;
            return Ok(());
        };
        self.flush()?;
        let (left, top, across, down) = area;
        let whole = cut(&places, width, area);
        let frame = |buffer: Vec<u8>, transparent: Option<u8>| {
            // Sides of the picture, which are 16 bits.
            let (left, top, width, height) = (left as u16, top as u16, across as u16, down as u16);
            let (dispose, buffer) = (DisposalMethod::Keep, buffer.into());
            let mut frame = Frame { left, top, width, height, dispose, buffer, transparent, ..Frame::default() };
            frame.make_lzw_pre_encoded();
            frame
        };
        let mut best = frame(whole.clone(), None);
        if !self.shown.is_empty() {
            // What stays can be left out: shorter where much does, longer where it tears patterns apart.
            let clear = u8::try_from(self.palette.count()).unwrap_or(u8::MAX);
            let before = cut(&self.shown, width, area);
            let torn = whole.iter().zip(before).map(|(now, before)| if *now == before { clear } else { *now });
            let torn = frame(torn.collect(), Some(clear));
            if torn.buffer.len() < best.buffer.len() {
                best = torn;
            }
        }
        self.shown = places;
        self.waiting = Some(best);
        self.millis = millis;
        Ok(())
    }

    /// Writes the frame that waits.
    fn flush(&mut self) -> Result<(), ExportError> {
        let Some(mut frame) = self.waiting.take() else { return Ok(()) };
        // Hundredths of a second; what is rounded here is made up for by the next frame.
        let exact = i64::from(self.millis) + self.rounded;
        let hundredths = ((exact + 5) / 10).clamp(2, LONGEST);
        self.rounded = exact - 10 * hundredths;
        // In range, just clamped.
        frame.delay = hundredths as u16;
        self.encoder.0.write_lzw_pre_encoded_frame(&frame).map_err(io_error)
    }

    /// Ends the picture.
    ///
    /// # Errors
    /// When `out` refuses bytes.
    pub fn finish(mut self) -> Result<(), ExportError> {
        self.flush()?;
        let mut out = self.encoder.0.into_inner().map_err(io_error)?;
        Ok(out.flush()?)
    }
}

fn io_error(err: EncodingError) -> ExportError {
    match err {
        EncodingError::Io(err) => ExportError::Io(err),
        other => ExportError::Io(std::io::Error::other(other.to_string())),
    }
}
