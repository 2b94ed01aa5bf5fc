//! The fonts of slides: they are named, and the program that shows the slides has to have them.

use crate::text::Typeface;
use crate::theme::Theme;

/// A font that every office program has, or one as wide: for Latin and Arabic letters.
const COMMON: &str = "Arial";
/// From line to line in it, in ems.
const COMMON_LINE: f64 = 1.149;
/// How much wider lines stand than it says, in percent: cards are measured so.
const COMMON_SPACING: f64 = 108.0;

/// The fonts of a deck, by the letters that they are for.
pub(super) struct Fonts {
    pub latin: String,
    /// Chinese, Japanese and Korean; empty where the program chooses.
    pub east_asian: String,
    /// Arabic and Persian among others.
    pub complex: String,
    /// From line to line, in percent of what the font says.
    pub spacing: f64,
}

impl Fonts {
    /// Those of `theme`: the font of a brand by its name, or else the common one, as nobody has Rihla's.
    pub fn of(theme: &Theme) -> Self {
        let typeface = theme.text.body.typeface;
        let Some(family) = (typeface != Typeface::INTER).then(|| typeface.family()).flatten() else {
            return Self::common();
        };
        let common = Self::common();
        // As high as lines of the common font, but not so tight that one of these among them would touch others.
        let spacing = (COMMON_SPACING * COMMON_LINE / family.line.max(0.1)).round().clamp(90.0, 120.0);
        Self {
            complex: if family.has_arabic { family.name.clone() } else { common.complex },
            east_asian: if family.has_chinese { family.name.clone() } else { common.east_asian },
            latin: family.name,
            spacing,
        }
    }

    /// The fonts of a deck without a brand, and of all pages of notes.
    pub fn common() -> Self {
        Self { latin: COMMON.into(), east_asian: String::new(), complex: COMMON.into(), spacing: COMMON_SPACING }
    }
}
