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
    /// Pixels an inch, for programs that place it by its size.
    pub dpi: Option<f64>,
}

impl Default for PngOptions {
    fn default() -> Self {
        Self { size: PngSize::Scale(1.0), transparent: false, dpi: None }
    }
}

/// The size of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PngSize {
    /// Pixels a point.
    Scale(f64),
    /// Exactly so many pixels across.
    Width(u32),
    /// Exactly so many pixels down.
    Height(u32),
    /// Exactly so many pixels across and down; for scenes of this shape.
    Both(u32, u32),
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
    /// When a side would be 0 or above `MOST_SIDE` pixels.
    pub fn pixels(&self, scene: &Scene) -> Result<(f64, PngInfo), ExportError> {
        let (own_width, own_height) = (scene.size.width, scene.size.height);
        let scale = match self.size {
            PngSize::Scale(scale) => scale,
            PngSize::Width(width) | PngSize::Both(width, _) => f64::from(width) / own_width,
            PngSize::Height(height) => f64::from(height) / own_height,
        };
        let (width, height) = match self.size {
            PngSize::Scale(_) => ((own_width * scale).round(), (own_height * scale).round()),
            PngSize::Width(width) => (f64::from(width), (own_height * scale).round()),
            PngSize::Height(height) => ((own_width * scale).round(), f64::from(height)),
            PngSize::Both(width, height) => (f64::from(width), f64::from(height)),
        };
        let most = f64::from(MOST_SIDE);
        if !(1.0..=most).contains(&width) || !(1.0..=most).contains(&height) {
            let scale = most / own_width.max(own_height);
            // At most as many.
            let largest = [own_width, own_height].map(|side| ((side * scale).floor() as u32).max(1));
            let most = (scale, largest[0], largest[1]);
            return Err(ExportError::Size { width: width as u64, height: height as u64, most });
        }
        Ok((scale, PngInfo { width: width as u32, height: height as u32 }))
    }
}

/// The longest side of a picture, in pixels. The format goes further, but nothing that opens it would.
pub const MOST_SIDE: u32 = 262_144;
/// The most rows in a band.
const BAND: u32 = 128;
/// The fewest rows in a band: each costs a look at all of the scene.
const LEAST_BAND: u32 = 8;
/// The most pixels in a band, as far as it has more than the fewest rows: what is drawn and deflated next should still be
/// near the core.
const BAND_PIXELS: u32 = 1 << 19;

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
    encoder.set_pixel_dims(options.dpi.map(density));
    let mut writer = encoder.write_header().map_err(io_error)?;
    let band = (BAND_PIXELS / info.width).clamp(LEAST_BAND, BAND);
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

/// Pixels an inch as the file says it: pixels a metre.
fn density(dpi: f64) -> png::PixelDimensions {
    const INCH: f64 = 0.0254;
    let per_metre = (dpi / INCH).round() as u32;
    png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter }
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
        if transparent {
            let pixels = line[1..].as_chunks_mut::<4>().0;
            row.iter().zip(pixels).for_each(|(pixel, bytes)| *bytes = straight(&pixel.to_le_bytes()));
        } else {
            opaque(row, &mut line[1..]);
        }
    }
    raw
}

/// Red, green and blue of each pixel; four at a time, as they make twelve bytes, which are three words.
fn opaque(row: &[u32], bytes: &mut [u8]) {
    let (fours, rest) = row.as_chunks::<4>();
    let (twelves, end) = bytes.split_at_mut(12 * fours.len());
    for ([a, b, c, d], twelve) in fours.iter().zip(twelves.as_chunks_mut::<12>().0) {
        let words = [(a & 0xFF_FFFF) | b << 24, (b >> 8 & 0xFFFF) | c << 16, (c >> 16 & 0xFF) | d << 8];
        for (word, bytes) in words.iter().zip(twelve.as_chunks_mut::<4>().0) {
            *bytes = word.to_le_bytes();
        }
    }
    for (pixel, bytes) in rest.iter().zip(end.as_chunks_mut::<3>().0) {
        bytes.copy_from_slice(&pixel.to_le_bytes()[..3]);
    }
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

pub(super) fn io_error(err: png::EncodingError) -> ExportError {
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
    fn opaque_pixels_lose_their_fourth_byte_and_nothing_else() {
        for count in 0..10u32 {
            let row: Vec<u32> = (0..count).map(|n| 0xFF00_0000 | n.wrapping_mul(0x9E_3779)).collect();
            let mut bytes = vec![0; 3 * row.len()];
            opaque(&row, &mut bytes);
            let expected: Vec<u8> = row.iter().flat_map(|pixel| pixel.to_le_bytes()[..3].to_vec()).collect();
            assert_eq!(bytes, expected);
        }
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
        let options = PngOptions::default();
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
        let options = PngOptions { size: PngSize::Width(1234), transparent: true, dpi: Some(300.0) };
        assert_eq!(write_png(&scene, options, &mut bytes).unwrap().width, 1234);
        let picture = image::load_from_memory(&bytes).unwrap().to_rgba8();
        assert_eq!(picture.width(), 1234);
        assert_eq!(picture.get_pixel(2, 2).0[3], 0);
        let at = bytes.windows(4).position(|w| w == b"pHYs").unwrap() + 4;
        assert_eq!(bytes[at..at + 9], [0, 0, 46, 35, 0, 0, 46, 35, 1], "11,811 pixels a metre");
        assert!(picture.pixels().any(|p| p.0[3] == 255));
    }

    #[test]
    fn heights_and_both_sides_are_kept_exactly() {
        let scene = scene();
        let info = |size| PngOptions { size, ..PngOptions::default() }.pixels(&scene).unwrap().1;
        assert_eq!(info(PngSize::Height(777)).height, 777);
        assert_eq!(info(PngSize::Both(640, 360)), PngInfo { width: 640, height: 360 });
    }

    #[test]
    fn too_large_is_an_error_that_tells_the_largest_and_not_a_crash() {
        let scene = scene();
        let options = PngOptions { size: PngSize::Scale(1e6), ..PngOptions::default() };
        let Err(err) = write_png(&scene, options, Vec::new()) else { panic!("too large") };
        let ExportError::Size { most: (scale, width, height), .. } = err else { panic!("{err}") };
        assert!(err.to_string().contains("the largest of this map is"), "{err}");
        let told = (scale * 100.0).floor() / 100.0;
        let fits = PngOptions { size: PngSize::Scale(told), ..PngOptions::default() }.pixels(&scene).unwrap().1;
        assert!(fits.width <= width && fits.height <= height && width.max(height) == MOST_SIDE);
        let more = PngOptions { size: PngSize::Scale(told + 0.02), ..PngOptions::default() };
        assert!(more.pixels(&scene).is_err());
    }
}
