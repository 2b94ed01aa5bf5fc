//! Scenes to PNG, in bands: each is drawn and deflated on one core, so that memory does not grow with
//! the height and every core has work.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use flate2::{Compress, Compression, FlushCompress};

use super::ExportError;
use super::canvas::Canvas;
use super::raster::Raster;
use crate::scene::Scene;

/// How a PNG is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PngOptions {
    /// How large.
    pub size: PngSize,
    /// Whether the ground is left out.
    pub transparent: bool,
}

/// The size of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PngSize {
    /// Pixels a point.
    Scale(f64),
    /// Exactly so many pixels across.
    Width(u32),
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PngInfo {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl PngOptions {
    /// The scale and the size in pixels of a picture of `scene`.
    ///
    /// # Errors
    /// When a side would be 0 or above [`MOST_SIDE`] pixels.
    pub fn pixels(&self, scene: &Scene) -> Result<(f64, PngInfo), ExportError> {
        let scale = match self.size {
            PngSize::Scale(scale) => scale,
            PngSize::Width(width) => f64::from(width) / scene.size.width,
        };
        let width = match self.size {
            PngSize::Scale(scale) => (scene.size.width * scale).round(),
            PngSize::Width(width) => f64::from(width),
        };
        let height = (scene.size.height * scale).round();
        let most = f64::from(MOST_SIDE);
        if !(1.0..=most).contains(&width) || !(1.0..=most).contains(&height) {
            return Err(ExportError::Size(width as u64, height as u64));
        }
        Ok((scale, PngInfo { width: width as u32, height: height as u32 }))
    }
}

/// The longest side of a picture, in pixels. The format goes further, but nothing that opens it would.
pub const MOST_SIDE: u32 = 262_144;
/// The most rows in a band.
const BAND: u32 = 128;
/// The most pixels in a band, as far as it has more than a few rows: memory for each core.
const BAND_PIXELS: u32 = 4 << 20;

/// A finished band: its bytes in the file, and what the checksum over all bands needs.
struct Band {
    deflated: Vec<u8>,
    adler: u32,
    length: usize,
}

/// Writes a picture of `scene` as PNG; the same scene and options give the same bytes.
///
/// # Errors
/// When the picture would be too large, or `out` refuses bytes.
pub fn write_png(scene: &Scene, options: PngOptions, out: impl Write) -> Result<PngInfo, ExportError> {
    let (scale, info) = options.pixels(scene)?;
    let mut encoder = png::Encoder::new(out, info.width, info.height);
    encoder.set_color(if options.transparent { png::ColorType::Rgba } else { png::ColorType::Rgb });
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    let mut writer = encoder.write_header().map_err(io_error)?;
    let band = (BAND_PIXELS / info.width).clamp(8, BAND);
    let bands = info.height.div_ceil(band) as usize;
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(bands);
    let (send, receive) = mpsc::sync_channel::<(usize, Band)>(2 * threads);
    let prints = std::sync::Arc::default();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (send, next, prints) = (send.clone(), &next, std::sync::Arc::clone(&prints));
            scope.spawn(move || {
                let mut raster = Raster::new(info.width, band, prints);
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= bands {
                        return;
                    }
                    let rows = band.min(info.height - index as u32 * band) as usize;
                    let top = f64::from(index as u32 * band);
                    let canvas = raster.draw(scene, scale, (0.0, top), options.transparent);
                    let raw = scanlines(canvas, rows, options.transparent);
                    // The writer is gone only after an error; then the work is for nothing.
                    if send.send((index, deflate(&raw, index + 1 == bands))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        write_bands(&mut writer, receive)
    })?;
    writer.finish().map_err(io_error)?;
    Ok(info)
}

/// Writes the bands in their order, as they come in, as one zlib stream.
fn write_bands<W: Write>(writer: &mut png::Writer<W>, bands: mpsc::Receiver<(usize, Band)>) -> Result<(), ExportError> {
    /// Deflate with a 32 KB window, fastest level (RFC 1950).
    const ZLIB_HEADER: [u8; 2] = [0x78, 0x01];
    let mut waiting = std::collections::BTreeMap::new();
    let (mut next, mut adler) = (0, 1);
    for (index, band) in bands {
        waiting.insert(index, band);
        while let Some(band) = waiting.remove(&next) {
            let mut bytes = band.deflated;
            if next == 0 {
                bytes.splice(0..0, ZLIB_HEADER);
            }
            adler = combine_adler(adler, band.adler, band.length);
            writer.write_chunk(png::chunk::IDAT, &bytes).map_err(io_error)?;
            next += 1;
        }
    }
    writer.write_chunk(png::chunk::IDAT, &adler.to_be_bytes()).map_err(io_error)
}

/// Pixels as PNG scanlines without a filter: flat pictures deflate best so, and bands stay independent.
fn scanlines(canvas: &Canvas, rows: usize, transparent: bool) -> Vec<u8> {
    let depth = if transparent { 4 } else { 3 };
    let mut raw = vec![0; rows * (1 + canvas.size().0 * depth)];
    let length = 1 + canvas.size().0 * depth;
    // The first byte of a row says that it has no filter.
    for (row, line) in canvas.rows().zip(raw.chunks_exact_mut(length)) {
        for (pixel, bytes) in row.iter().zip(line[1..].chunks_exact_mut(depth)) {
            let rgba = pixel.to_le_bytes();
            if transparent {
                bytes.copy_from_slice(&straight(&rgba));
            } else {
                bytes.copy_from_slice(&rgba[..3]);
            }
        }
    }
    raw
}

/// A premultiplied pixel with straight alpha.
fn straight(pixel: &[u8]) -> [u8; 4] {
    let alpha = u32::from(pixel[3]);
    if alpha == 0 {
        return [0; 4];
    }
    let channel = |c: u8| ((u32::from(c) * 255 + alpha / 2) / alpha).min(255) as u8;
    [channel(pixel[0]), channel(pixel[1]), channel(pixel[2]), pixel[3]]
}

/// Deflates one band so that the next can follow it in the same stream.
fn deflate(raw: &[u8], last: bool) -> Band {
    let mut compress = Compress::new(Compression::new(1), false);
    let mut deflated = Vec::with_capacity(raw.len() / 8 + 1024);
    let flush = if last { FlushCompress::Finish } else { FlushCompress::Sync };
    loop {
        let read = compress.total_in() as usize;
        if deflated.capacity() - deflated.len() < 1024 {
            deflated.reserve(raw.len() / 4 + 1024);
        }
        let before = deflated.len();
        // Memory to memory: it cannot fail.
        let _ = compress.compress_vec(&raw[read..], &mut deflated, flush);
        let done = compress.total_in() as usize == raw.len() && deflated.len() < deflated.capacity();
        if done || (deflated.len() == before && compress.total_in() as usize == read) {
            break;
        }
    }
    Band { deflated, adler: adler2::adler32_slice(raw), length: raw.len() }
}

/// The Adler-32 checksum of two texts joined, from theirs and the length of the second (RFC 1950,
/// section 8.2: sums of bytes, and sums of those sums, modulo 65521).
fn combine_adler(first: u32, second: u32, second_length: usize) -> u32 {
    const MODULUS: u64 = 65_521;
    let (a1, b1) = (u64::from(first & 0xFFFF), u64::from(first >> 16));
    let (a2, b2) = (u64::from(second & 0xFFFF), u64::from(second >> 16));
    let length = second_length as u64 % MODULUS;
    let a = (a1 + a2 + MODULUS - 1) % MODULUS;
    let b = (b1 + b2 + length * (a1 + MODULUS - 1)) % MODULUS;
    // Both are below 65521.
    (b as u32) << 16 | a as u32
}

fn io_error(err: png::EncodingError) -> ExportError {
    match err {
        png::EncodingError::IoError(err) => ExportError::Io(err),
        other => ExportError::Io(std::io::Error::other(other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::LayoutEngine;
    use crate::model::generate;
    use crate::scene::build;
    use crate::theme::Theme;
    use std::sync::Arc;

    fn scene() -> Scene {
        let map = Arc::new(generate(3, 2, 3));
        build(&LayoutEngine::default().layout(&map, &Theme::light(), false))
    }

    #[test]
    fn checksums_of_parts_make_the_checksum_of_the_whole() {
        let text: Vec<u8> = (0..200_000u32).map(|n| (n * 7 % 251) as u8).collect();
        let (a, b) = text.split_at(131_113);
        let joined = combine_adler(adler2::adler32_slice(a), adler2::adler32_slice(b), b.len());
        assert_eq!(joined, adler2::adler32_slice(&text));
        assert_eq!(combine_adler(1, adler2::adler32_slice(a), a.len()), adler2::adler32_slice(a));
    }

    #[test]
    fn bands_join_into_the_picture_that_one_drawing_gives() {
        let scene = scene();
        let options = PngOptions { size: PngSize::Scale(1.0), transparent: false };
        let mut bytes = Vec::new();
        let info = write_png(&scene, options, &mut bytes).unwrap();
        assert!(info.height > 2 * BAND);
        let picture = image::load_from_memory(&bytes).unwrap().to_rgb8();
        assert_eq!((picture.width(), picture.height()), (info.width, info.height));
        let whole = super::super::rasterize(&scene, 1.0, (0.0, 0.0), (info.width, info.height), false);
        let differing = picture.pixels().zip(whole.rgba.chunks_exact(4)).filter(|(a, b)| a.0[..] != b[..3]).count();
        assert!(differing * 1000 < picture.pixels().count(), "{differing} pixels differ");
    }

    #[test]
    fn a_width_is_kept_exactly_and_the_ground_can_be_left_out() {
        let scene = scene();
        let mut bytes = Vec::new();
        let options = PngOptions { size: PngSize::Width(1234), transparent: true };
        assert_eq!(write_png(&scene, options, &mut bytes).unwrap().width, 1234);
        let picture = image::load_from_memory(&bytes).unwrap().to_rgba8();
        assert_eq!(picture.width(), 1234);
        assert_eq!(picture.get_pixel(2, 2).0[3], 0);
        assert!(picture.pixels().any(|p| p.0[3] == 255));
    }

    #[test]
    fn too_large_is_an_error_and_not_a_crash() {
        let options = PngOptions { size: PngSize::Scale(1e6), transparent: false };
        assert!(matches!(write_png(&scene(), options, Vec::new()), Err(ExportError::Size(..))));
    }
}
