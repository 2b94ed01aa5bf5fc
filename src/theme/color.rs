//! Colours, and how they look: to the eye, to a colour-blind eye, beside each other.

use serde::{Deserialize, Serialize};

/// A colour in sRGB with straight alpha; in files `"#rrggbb"` or `"#rrggbbaa"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity; 255 is opaque.
    pub a: u8,
}

impl Color {
    /// The colour with its opacity multiplied by `factor`, 0 to 1.
    pub fn faded(self, factor: f32) -> Self {
        // In range: the product of a byte and a number from 0 to 1.
        Self { a: (f32::from(self.a) * factor.clamp(0.0, 1.0)).round() as u8, ..self }
    }

    /// The colour between this one (`t` = 0) and `other` (`t` = 1), channel by channel in sRGB.
    pub fn mix(self, other: Self, t: f32) -> Self {
        let t = t.clamp(0.0, 1.0);
        let mix = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * t).round() as u8;
        Self { r: mix(self.r, other.r), g: mix(self.g, other.g), b: mix(self.b, other.b), a: mix(self.a, other.a) }
    }
}

impl TryFrom<String> for Color {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("{text:?} is not a colour; write \"#rrggbb\" or \"#rrggbbaa\"");
        let hex = text.strip_prefix('#').filter(|hex| hex.is_ascii()).ok_or_else(wrong)?;
        let byte = |at: usize| hex.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok()).ok_or_else(wrong);
        match hex.len() {
            6 => Ok(Self { r: byte(0)?, g: byte(2)?, b: byte(4)?, a: 255 }),
            8 => Ok(Self { r: byte(0)?, g: byte(2)?, b: byte(4)?, a: byte(6)? }),
            _ => Err(wrong()),
        }
    }
}

impl From<Color> for String {
    fn from(c: Color) -> Self {
        if c.a == 255 {
            format!("#{:02x}{:02x}{:02x}", c.r, c.g, c.b)
        } else {
            format!("#{:02x}{:02x}{:02x}{:02x}", c.r, c.g, c.b, c.a)
        }
    }
}

/// A way of seeing colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vision {
    /// With all three kinds of cones.
    Full,
    /// Without those for red.
    Protanopia,
    /// Without those for green.
    Deuteranopia,
}

impl Vision {
    /// All.
    pub const ALL: [Self; 3] = [Self::Full, Self::Protanopia, Self::Deuteranopia];

    /// What linear red, green and blue are seen as.
    ///
    /// Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency",
    /// IEEE TVCG 15 (2009), table 1 at severity 1.
    const fn matrix(self) -> [[f64; 3]; 3] {
        match self {
            Self::Full => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Self::Protanopia => {
                [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
            }
            Self::Deuteranopia => {
                [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
            }
        }
    }
}

impl Color {
    /// The colour of this one laid over an opaque `ground`.
    pub fn over(self, ground: Self) -> Self {
        Self { a: 255, ..ground.mix(Self { a: 255, ..self }, f32::from(self.a) / 255.0) }
    }

    /// Red, green and blue in proportion to light, 0 to 1.
    fn linear(self) -> [f64; 3] {
        [self.r, self.g, self.b].map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// The relative luminance of WCAG 2.2: 0 is black, 1 is white; without regard to opacity.
    pub fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// The contrast ratio of WCAG 2.2 with an opaque ground: 1 to 21.
    pub fn contrast(self, ground: Self) -> f64 {
        let (a, b) = (self.over(ground).luminance(), ground.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// How far apart two opaque colours look to such an eye: the distance in Oklab, in which 1 is from black to white
    /// and about 0.02 can just be seen.
    ///
    /// Björn Ottosson, "A perceptual color space for image processing" (2020).
    pub fn difference(self, other: Self, vision: Vision) -> f64 {
        let (a, b) = (self.oklab(vision), other.oklab(vision));
        a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    }

    fn oklab(self, vision: Vision) -> [f64; 3] {
        let seen = times(vision.matrix(), self.linear()).map(|channel| channel.clamp(0.0, 1.0));
        let cones = times(
            [
                [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
                [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
                [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
            ],
            seen,
        );
        times(
            [
                [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
                [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
                [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
            ],
            cones.map(f64::cbrt),
        )
    }
}

fn times(matrix: [[f64; 3]; 3], vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn color(text: &str) -> Color {
        Color::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn colours_read_and_write() {
        let color = color("#9a3d0080");
        assert_eq!((color.r, color.a), (0x9a, 0x80));
        assert_eq!(String::from(color), "#9a3d0080");
        assert!(Color::try_from("red".to_owned()).is_err());
        assert!(Color::try_from("#ąąą".to_owned()).is_err());
    }

    #[test]
    fn contrast_and_difference_are_those_of_the_books() {
        assert!((color("#ffffff").contrast(color("#000000")) - 21.0).abs() < 1e-9);
        assert!((color("#767676").contrast(color("#ffffff")) - 4.54).abs() < 0.01, "the lightest grey for text");
        assert_eq!(color("#00000080").over(color("#ffffff")), color("#7f7f7f"));
        assert!((color("#000000").difference(color("#ffffff"), Vision::Full) - 1.0).abs() < 1e-3);
        // Red and a green of its lightness: far apart, and nearly one for an eye without cones for green.
        let (red, green) = (color("#c00000"), color("#5a7800"));
        assert!(red.difference(green, Vision::Full) > 0.2);
        assert!(red.difference(green, Vision::Deuteranopia) < 0.1);
        // Grey is grey to every eye.
        for vision in Vision::ALL {
            assert!((color("#808080").oklab(vision)[1]).abs() < 1e-3, "{vision:?}");
        }
    }
}
