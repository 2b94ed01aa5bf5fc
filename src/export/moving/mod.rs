//! Pictures that move: frames, one after the other, to GIF and APNG. Only what changed since the frame before is written.

mod apng;
mod gif;
mod palette;

use std::io::Write;

pub use self::apng::ApngWriter;
pub use self::gif::GifWriter;
pub use palette::{Census, Palette};

use super::{ExportError, Pixels};

/// A rectangle of pixels: left, top, width, height.
type Area = (usize, usize, usize, usize);

/// The pixels that changed, in rows of `width`; nothing if none did.
fn changed<T: PartialEq>(before: &[T], now: &[T], width: usize) -> Option<Area> {
    let differs = |(a, b): &(&[T], &[T])| a != b;
    let rows = || before.chunks_exact(width).zip(now.chunks_exact(width));
    let top = rows().position(|row| differs(&row))?;
    let bottom = rows().enumerate().filter(|(_, row)| differs(row)).last()?.0;
    let (mut left, mut right) = (width, 0);
    for (a, b) in rows().skip(top).take(bottom - top + 1) {
        let from = a.iter().zip(b).position(|(a, b)| a != b);
        let to = a.iter().zip(b).rposition(|(a, b)| a != b);
        if let (Some(from), Some(to)) = (from, to) {
            left = left.min(from);
            right = right.max(to);
        }
    }
    Some((left, top, right - left + 1, bottom - top + 1))
}

/// The rows of `area` out of a picture with rows of `width`.
fn cut<T: Copy>(pixels: &[T], width: usize, (left, top, across, down): Area) -> Vec<T> {
    pixels.chunks_exact(width).skip(top).take(down).flat_map(|row| &row[left..left + across]).copied().collect()
}

/// Writes one frame as a PNG of its own.
///
/// # Errors
/// When `out` refuses bytes.
pub fn write_still(pixels: &Pixels, out: impl Write) -> Result<(), ExportError> {
    let mut encoder = png::Encoder::new(out, pixels.width, pixels.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header().map_err(super::png::io_error)?;
    writer.write_image_data(&rgb(pixels)).map_err(super::png::io_error)?;
    writer.finish().map_err(super::png::io_error)
}

/// The pixels without their opacity, which is full.
fn rgb(pixels: &Pixels) -> Vec<u8> {
    pixels.rgba.chunks_exact(4).flat_map(|pixel| &pixel[..3]).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_the_smallest_rectangle_around_it() {
        let before = [0u8; 20];
        let mut now = before;
        assert_eq!(changed(&before, &now, 5), None);
        (now[7], now[11]) = (1, 1);
        assert_eq!(changed(&before, &now, 5), Some((1, 1, 2, 2)));
        assert_eq!(cut(&now, 5, (1, 1, 2, 2)), [0, 1, 1, 0]);
    }
}
