//! Every colour, size, gap and radius of the picture, as tokens.
//!
//! The tokens stand in RON files under `assets/theme`; nothing that lays out or paints the picture
//! has a colour or a size of its own.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::model::{Accent, AnnotationKind, Emotion, LinkKind};
use crate::text::TextStyle;

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

/// The look of a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Colours.
    pub colors: Colors,
    /// Text styles.
    pub text: TextStyles,
    /// Lengths in points.
    pub sizes: Sizes,
}

/// The colours of a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Colors {
    /// Behind everything.
    pub ground: Color,
    /// The body of a stage.
    pub stage_body: Color,
    /// Text.
    pub ink: Color,
    /// Text that steps back.
    pub ink_soft: Color,
    /// Text on a stage header.
    pub on_accent: Color,
    /// Lines between lanes.
    pub line: Color,
    /// A card.
    pub card: Color,
    /// The border of a card.
    pub card_border: Color,
    /// The shadow below a card.
    pub shadow: Color,
    /// A small pill with a label on the curve.
    pub pill: Color,
    /// Text on a pill.
    pub on_pill: Color,
    /// A chip on a card.
    pub chip: Color,
    /// Text on a chip.
    pub on_chip: Color,
    /// The mark of a moment of truth.
    pub moment: Tint,
    /// Emotions from the worst to the best: −5, −2.5, 0, +2.5, +5.
    pub emotion: [Color; 5],
    /// Pain points, delights, opportunities, questions.
    pub annotations: [Tint; 4],
    /// Links, in the order of [`LinkKind::ALL`].
    pub links: [Color; 5],
    /// Stage headers, in the order of [`Accent::ALL`].
    pub accents: [Color; 8],
}

/// A pale surface with its border and what stands on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tint {
    /// The surface.
    pub fill: Color,
    /// Its border.
    pub border: Color,
    /// The icon and what is emphasised.
    pub ink: Color,
}

/// The four text sizes in their two weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextStyles {
    /// The map's title.
    pub title: Style,
    /// Stage names.
    pub heading: Style,
    /// Lane names.
    pub strong: Style,
    /// Cards.
    pub body: Style,
    /// Hints, step names, labels.
    pub small: Style,
    /// Labels on pills.
    pub label: Style,
}

/// A text style, as in a file.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// Points per em.
    pub size: f32,
    /// Points from baseline to baseline.
    pub line: f32,
    /// Bold or regular.
    #[serde(default)]
    pub bold: bool,
}

impl From<Style> for TextStyle {
    fn from(style: Style) -> Self {
        Self { size: style.size, line_height: style.line, bold: style.bold }
    }
}

/// Lengths, in points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    /// Around the whole picture.
    pub margin: f64,
    /// Between stages.
    pub stage_gap: f64,
    /// From the title block to the stage headers.
    pub header_gap: f64,
    /// The least width of a column.
    pub column_min: f64,
    /// The greatest width that a column takes by itself.
    pub column_max: f64,
    /// How many lines a card should need; columns grow to make it so.
    pub card_lines: f64,
    /// Between a column's edge and its cards.
    pub column_pad: f64,
    /// The least height of a stage header.
    pub stage_header: f64,
    /// Between a header's edge and its text.
    pub header_pad: f64,
    /// The corners of a stage.
    pub stage_radius: f64,
    /// The least and greatest width of the lane names.
    pub lane_names: (f64, f64),
    /// Above and below the content of a lane.
    pub lane_pad: f64,
    /// The least height of a lane.
    pub lane_min: f64,
    /// Between cards of a stack.
    pub card_gap: f64,
    /// Between a card's edge and its text.
    pub card_pad: f64,
    /// The least height of a card.
    pub card_min: f64,
    /// The corners of a card.
    pub card_radius: f64,
    /// The height of a chip.
    pub chip: f64,
    /// The height of the emotion lane.
    pub emotion: f64,
    /// From the top of the emotion lane to +5, and from −5 to its bottom.
    pub emotion_pad: f64,
    /// The width of the curve.
    pub curve: f64,
    /// The radius of a face on the curve.
    pub face: f64,
    /// The height of a row that is collapsed.
    pub collapsed: f64,
}

impl Theme {
    /// The theme of pictures unless another is asked for.
    pub fn light() -> Arc<Self> {
        static LIGHT: OnceLock<Arc<Theme>> = OnceLock::new();
        Arc::clone(LIGHT.get_or_init(|| Arc::new(parse(include_str!("../../assets/theme/light.ron")))))
    }

    /// The theme of pictures on a dark ground.
    pub fn dark() -> Arc<Self> {
        static DARK: OnceLock<Arc<Theme>> = OnceLock::new();
        Arc::clone(DARK.get_or_init(|| Arc::new(parse(include_str!("../../assets/theme/dark.ron")))))
    }

    /// The colour of a stage header.
    pub fn accent(&self, accent: Accent) -> Color {
        let place = Accent::ALL.iter().position(|a| *a == accent).unwrap_or(0);
        self.colors.accents[place]
    }

    /// The colours of an annotation.
    pub fn annotation(&self, kind: AnnotationKind) -> Tint {
        let place = AnnotationKind::ALL.iter().position(|k| *k == kind).unwrap_or(0);
        self.colors.annotations[place]
    }

    /// The colour of a link.
    pub fn link(&self, kind: LinkKind) -> Color {
        let place = LinkKind::ALL.iter().position(|k| *k == kind).unwrap_or(0);
        self.colors.links[place]
    }

    /// The colour of an emotion, between the nearest two of the five given.
    pub fn emotion(&self, emotion: Emotion) -> Color {
        let place = (f32::from(emotion.get()) + 5.0) / 2.5;
        let low = (place.floor() as usize).min(3);
        self.colors.emotion[low].mix(self.colors.emotion[low + 1], place - low as f32)
    }
}

fn parse(text: &str) -> Theme {
    // Only for the themes bundled with the program; a test reads each of them.
    ron::from_str(text).unwrap_or_else(|err| panic!("bundled theme: {err}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundled_themes_read() {
        assert_eq!(Theme::light().sizes, Theme::dark().sizes);
        assert_eq!(Theme::light().text, Theme::dark().text);
    }

    #[test]
    fn colours_read_and_write() {
        let color = Color::try_from("#9a3d0080".to_owned()).unwrap();
        assert_eq!((color.r, color.a), (0x9a, 0x80));
        assert_eq!(String::from(color), "#9a3d0080");
        assert!(Color::try_from("red".to_owned()).is_err());
        assert!(Color::try_from("#ąąą".to_owned()).is_err());
    }

    /// The contrast of WCAG 2.2 between two opaque colours.
    fn contrast(a: Color, b: Color) -> f64 {
        let channel = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        let luminance = |c: Color| 0.2126 * channel(c.r) + 0.7152 * channel(c.g) + 0.0722 * channel(c.b);
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_everywhere() {
        for theme in [Theme::light(), Theme::dark()] {
            let c = &theme.colors;
            let mut pairs = vec![
                (c.ink, c.ground),
                (c.ink, c.card),
                (c.ink_soft, c.ground),
                (c.ink_soft, c.card),
                (c.on_pill, c.pill),
                (c.on_chip, c.chip),
                (c.moment.ink, c.moment.fill),
            ];
            pairs.extend(c.links.iter().map(|link| (*link, c.ground)));
            pairs.extend(c.accents.iter().map(|accent| (c.on_accent, *accent)));
            pairs.extend(c.annotations.iter().map(|tint| (c.ink, tint.fill)));
            pairs.extend(c.annotations.iter().map(|tint| (tint.ink, tint.fill)));
            for (ink, fill) in pairs {
                let found = contrast(ink, fill);
                assert!(found >= 4.5, "{} on {}: {found:.2}", String::from(ink), String::from(fill));
            }
        }
    }
}
