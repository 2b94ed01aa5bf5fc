//! The 255 colours of a GIF: counted first over some frames, the same for all.

use std::collections::HashMap;

use super::super::Pixels;

/// How often each colour occurs.
#[derive(Clone, Debug, Default)]
pub struct Census {
    counts: HashMap<[u8; 3], u64>,
}

impl Census {
    /// Counts the pixels of a frame.
    pub fn count(&mut self, pixels: &Pixels) {
        let mut run: Option<([u8; 3], u64)> = None;
        for pixel in pixels.rgba.chunks_exact(4) {
            let color = [pixel[0], pixel[1], pixel[2]];
            match &mut run {
                Some((last, length)) if *last == color => *length += 1,
                _ => {
                    self.end(run);
                    run = Some((color, 1));
                }
            }
        }
        self.end(run);
    }

    fn end(&mut self, run: Option<([u8; 3], u64)>) {
        if let Some((color, length)) = run {
            *self.counts.entry(color).or_default() += length;
        }
    }
}

/// The colours that a picture is drawn in, and which of them stands for any other.
#[derive(Clone, Debug)]
pub struct Palette {
    colors: Vec<[u8; 3]>,
    /// By six bits of each channel; [`UNKNOWN`] where nobody has asked yet.
    nearest: Vec<u16>,
    exact: HashMap<[u8; 3], u8>,
}

const UNKNOWN: u16 = u16::MAX;
/// The most colours; one place of 256 is left for "as before".
const MOST: usize = 255;
/// The most common colours are kept as they are: grounds, cards, headers, text.
const KEPT: usize = 96;

impl Palette {
    /// The colours for the frames that were counted; the same counts give the same palette.
    pub fn new(census: &Census) -> Self {
        let mut counts: Vec<([u8; 3], u64)> = census.counts.iter().map(|(color, count)| (*color, *count)).collect();
        counts.sort_unstable_by_key(|(color, count)| (std::cmp::Reverse(*count), *color));
        let mut colors: Vec<[u8; 3]> = counts.iter().take(KEPT).map(|(color, _)| *color).collect();
        let rest = counts.get(KEPT..).unwrap_or_default().to_vec();
        for color in median_cut(rest, MOST - colors.len()) {
            if !colors.contains(&color) {
                colors.push(color);
            }
        }
        if colors.is_empty() {
            colors.push([0; 3]);
        }
        // At most 255.
        let exact = colors.iter().enumerate().map(|(index, color)| (*color, index as u8)).collect();
        Self { colors, nearest: vec![UNKNOWN; 1 << 18], exact }
    }

    /// Red, green and blue of all, one after the other.
    pub fn bytes(&self) -> Vec<u8> {
        self.colors.concat()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.colors.len()
    }

    /// The frame as places in the palette.
    pub fn places(&mut self, pixels: &Pixels) -> Vec<u8> {
        let mut places = Vec::with_capacity(pixels.rgba.len() / 4);
        let (mut last, mut place) = ([0; 3], None);
        for pixel in pixels.rgba.chunks_exact(4) {
            let color = [pixel[0], pixel[1], pixel[2]];
            if place.is_none() || color != last {
                (last, place) = (color, Some(self.place(color)));
            }
            places.extend(place);
        }
        places
    }

    fn place(&mut self, color: [u8; 3]) -> u8 {
        if let Some(exact) = self.exact.get(&color) {
            return *exact;
        }
        let key = color.iter().fold(0, |key, channel| key << 6 | usize::from(channel >> 2));
        if self.nearest[key] == UNKNOWN {
            // The middle of the colours that share the key, so that it does not matter who asks first.
            let middle = color.map(|channel| channel & !3 | 2);
            let nearest = (0..self.colors.len()).min_by_key(|index| distance(self.colors[*index], middle));
            // At most 255 colours.
            self.nearest[key] = nearest.unwrap_or(0) as u16;
        }
        self.nearest[key] as u8
    }
}

/// How far apart two colours look, roughly: green counts most.
fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    let square = |channel: usize| u32::from(a[channel].abs_diff(b[channel])).pow(2);
    2 * square(0) + 4 * square(1) + 3 * square(2)
}

/// At most `most` colours for those counted: the box with the most to lose is cut in half again and again.
fn median_cut(counts: Vec<([u8; 3], u64)>, most: usize) -> Vec<[u8; 3]> {
    let mut boxes = if counts.is_empty() { Vec::new() } else { vec![counts] };
    while boxes.len() < most {
        let spread = |colors: &Vec<([u8; 3], u64)>| {
            let widest = widest(colors);
            // Rare colours get fewer places, but not none.
            let weight: u64 = colors.iter().map(|(_, count)| *count).sum();
            u64::from(widest.1) * weight.isqrt()
        };
        let Some(at) = (0..boxes.len()).filter(|at| boxes[*at].len() > 1).max_by_key(|at| (spread(&boxes[*at]), *at))
        else {
            break;
        };
        let mut whole = boxes.swap_remove(at);
        let (channel, _) = widest(&whole);
        whole.sort_unstable_by_key(|(color, _)| (color[channel], *color));
        let half = whole.split_off(whole.len() / 2);
        boxes.push(whole);
        boxes.push(half);
    }
    boxes.iter().map(|colors| mean(colors)).collect()
}

/// The channel in which the colours lie farthest apart, and how far.
fn widest(colors: &[([u8; 3], u64)]) -> (usize, u8) {
    let range = |channel: usize| {
        let all = || colors.iter().map(|(color, _)| color[channel]);
        all().max().unwrap_or(0) - all().min().unwrap_or(0)
    };
    (0..3).map(|channel| (channel, range(channel))).max_by_key(|(channel, range)| (*range, *channel)).unwrap_or((0, 0))
}

fn mean(colors: &[([u8; 3], u64)]) -> [u8; 3] {
    let all: u64 = colors.iter().map(|(_, count)| *count).sum();
    let channel = |at: usize| {
        let sum: u64 = colors.iter().map(|(color, count)| u64::from(color[at]) * count).sum();
        // A mean of bytes is one.
        ((sum + all / 2) / all.max(1)) as u8
    };
    [channel(0), channel(1), channel(2)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_colours_are_kept_and_rare_ones_are_near() {
        let mut rgba = [246, 245, 242, 255].repeat(30_000);
        rgba.extend([31, 36, 48, 255].repeat(5_000));
        // A gradient of 4096 colours.
        rgba.extend((0..4096u32).flat_map(|n| [(n >> 4) as u8, (n % 64 * 4) as u8, 128, 255]));
        let pixels = Pixels { width: 1, height: 1, rgba };
        let mut census = Census::default();
        census.count(&pixels);
        let mut palette = Palette::new(&census);
        assert!(palette.count() > 200 && palette.count() <= MOST);
        let places = palette.places(&pixels);
        let colors = palette.bytes();
        let shown = |at: usize| &colors[3 * usize::from(places[at])..][..3];
        assert_eq!((shown(0), shown(30_000)), (&[246, 245, 242][..], &[31, 36, 48][..]));
        let off = (0..4096).map(|n| {
            let given = &pixels.rgba[4 * (35_000 + n)..][..3];
            given.iter().zip(shown(35_000 + n)).map(|(a, b)| a.abs_diff(*b)).max().unwrap()
        });
        assert!(off.max().unwrap() < 40);
        assert_eq!(Palette::new(&census).bytes(), colors, "the same counts, the same palette");
    }
}
