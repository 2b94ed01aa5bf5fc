//! Files to pixels, within limits.

use std::fs::File;
use std::io::{Cursor, ErrorKind, Read as _};
use std::path::Path;

use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, RgbaImage, imageops};

use super::{Kind, Picture};

/// Longer files are not read.
pub const MOST_BYTES: u64 = 64 << 20;
/// Pictures with longer sides are not read.
pub const MOST_SIDE: u32 = 12_000;
/// Longer files are not put into exports as they are.
const MOST_KEPT: usize = 4 << 20;

/// Why a picture is not shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The map was never saved.
    #[error("pictures are looked for beside the map's file: save the map first")]
    NoFolder,
    /// The path does not start from the map's folder.
    #[error("a picture is named from the map's folder on, as in map.assets/picture.png: copy it there")]
    Outside,
    /// There is no such file.
    #[error("there is no such file: put it back or take its name off the list")]
    Missing,
    /// The file may not be read.
    #[error("the file cannot be read ({0}): look at its permissions")]
    Unreadable(String),
    /// The file is longer than [`MOST_BYTES`].
    #[error("the file has more than {} MB: make the picture smaller", MOST_BYTES >> 20)]
    Long,
    /// A side is longer than [`MOST_SIDE`].
    #[error("it has {0} × {1} pixels, and a side may have {MOST_SIDE}: make the picture smaller")]
    Wide(u32, u32),
    /// It is no PNG or JPEG, or a damaged one.
    #[error("it is no PNG or JPEG that can be read ({0}): save it anew as one of these")]
    Broken(String),
}

/// Reads the picture at `path`, made smaller if a side is longer than `side` pixels. With `keep_file` a short file
/// that needs no change is kept as it is, for exports.
///
/// # Errors
/// When there is nothing to show.
pub fn read(path: &Path, side: u32, keep_file: bool) -> Result<Picture, Trouble> {
    let bytes = bytes(path)?;
    let broken = |err: &dyn std::fmt::Display| Trouble::Broken(err.to_string());
    let reader = ImageReader::new(Cursor::new(&bytes)).with_guessed_format().map_err(|err| broken(&err))?;
    let kind = match reader.format() {
        Some(ImageFormat::Png) => Kind::Png,
        Some(ImageFormat::Jpeg) => Kind::Jpeg,
        Some(other) => return Err(broken(&format!("it is {}", other.to_mime_type()))),
        None => return Err(broken(&"no picture is in it")),
    };
    let mut decoder = reader.into_decoder().map_err(|err| broken(&err))?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > MOST_SIDE {
        return Err(Trouble::Wide(width, height));
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(u64::from(MOST_SIDE).pow(2) * 8);
    decoder.set_limits(limits).map_err(|err| broken(&err))?;
    // Cameras write how they were held.
    let turned = decoder.orientation().map_err(|err| broken(&err))?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|err| broken(&err))?;
    image.apply_orientation(turned);
    let mut pixels = image.into_rgba8();
    premultiply(&mut pixels);
    let longest = pixels.width().max(pixels.height());
    let is_whole = longest <= side;
    if !is_whole {
        let short = |length: u32| ((f64::from(length) * f64::from(side) / f64::from(longest)).round() as u32).max(1);
        pixels = imageops::thumbnail(&pixels, short(pixels.width()), short(pixels.height()));
    }
    let is_upright = turned == image::metadata::Orientation::NoTransforms;
    let keeps = keep_file && is_whole && is_upright && bytes.len() <= MOST_KEPT;
    Ok(Picture::new(pixels, kind, keeps.then_some(bytes)))
}

fn bytes(path: &Path) -> Result<Vec<u8>, Trouble> {
    let trouble = |err: std::io::Error| match err.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => Trouble::Missing,
        _ => Trouble::Unreadable(err.to_string()),
    };
    let meta = std::fs::metadata(path).map_err(trouble)?;
    if !meta.is_file() {
        return Err(Trouble::Missing);
    }
    if meta.len() > MOST_BYTES {
        return Err(Trouble::Long);
    }
    let mut bytes = Vec::with_capacity(meta.len() as usize + 1);
    // It may have grown since.
    File::open(path).map_err(trouble)?.take(MOST_BYTES).read_to_end(&mut bytes).map_err(trouble)?;
    Ok(bytes)
}

fn premultiply(pixels: &mut RgbaImage) {
    for pixel in pixels.pixels_mut().filter(|pixel| pixel.0[3] < 255) {
        let alpha = u32::from(pixel.0[3]);
        for channel in &mut pixel.0[..3] {
            // At most 255.
            *channel = ((u32::from(*channel) * alpha + 127) / 255) as u8;
        }
    }
}
