//! Every colour, size, gap and radius of the picture, as tokens.
//!
//! The tokens stand in RON files under `assets/theme`; nothing that lays out or paints the picture
//! has a colour or a size of its own. A file of one's own gives what differs from one of them.

mod check;
mod color;
mod own;
mod shelf;
mod tokens;

use std::sync::{Arc, OnceLock};

use crate::model::{Accent, AnnotationKind, Emotion, LinkKind};
use crate::picture::Picture;

pub use check::{Finding, findings};
pub use color::{Color, Vision};
pub use own::{Loaded, load};
pub use shelf::ThemeShelf;
pub use tokens::{Colors, Sizes, Style, TextStyles, Tint};

/// The look of a picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Theme {
    /// Colours.
    pub colors: Colors,
    /// Text styles.
    pub text: TextStyles,
    /// Lengths in points.
    pub sizes: Sizes,
    /// The picture at the end of the title.
    pub logo: Option<Logo>,
}

/// A picture that stands for a brand.
#[derive(Clone, Debug)]
pub struct Logo(pub Arc<Picture>);

impl PartialEq for Logo {
    fn eq(&self, other: &Self) -> bool {
        self.0.id() == other.0.id()
    }
}

/// The themes of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bundled {
    /// For slides and screens.
    Light,
    /// The same on a dark ground.
    Dark,
    /// For a poor projector in a bright room.
    HighContrast,
    /// For a printer without colours.
    Print,
}

impl Bundled {
    /// All, the usual one first.
    pub const ALL: [Self; 4] = [Self::Light, Self::Dark, Self::HighContrast, Self::Print];

    /// What it is called in settings, files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::HighContrast => "high-contrast",
            Self::Print => "print",
        }
    }

    /// What it is called in the window, and what it is for.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Light => ("Light", "For slides and screens"),
            Self::Dark => ("Dark", "The same on a dark ground"),
            Self::HighContrast => {
                ("High contrast", "For a poor projector in a bright room: black outlines, larger text")
            }
            Self::Print => ("Print", "For a printer without colours: greys, outlines and dashes"),
        }
    }

    /// The one called `name`.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bundled| bundled.name().eq_ignore_ascii_case(name))
    }

    /// The tokens; the same `Arc` each time.
    pub fn theme(self) -> Arc<Theme> {
        static THEMES: [OnceLock<Arc<Theme>>; 4] = [const { OnceLock::new() }; 4];
        // In range: the order is that of `ALL`.
        Arc::clone(THEMES[self as usize].get_or_init(|| Arc::new(self.read())))
    }

    /// The text of its file.
    pub fn text(self) -> &'static str {
        match self {
            Self::Light => include_str!("../../assets/theme/light.ron"),
            Self::Dark => include_str!("../../assets/theme/dark.ron"),
            Self::HighContrast => include_str!("../../assets/theme/high-contrast.ron"),
            Self::Print => include_str!("../../assets/theme/print.ron"),
        }
    }

    fn read(self) -> Theme {
        // Only for the themes bundled with the program; a test reads each of them.
        let start = (self == Self::Light).then(Theme::default);
        own::bundled(self.text(), start).unwrap_or_else(|why| panic!("{} theme: {why:?}", self.name()))
    }
}

impl Theme {
    /// The theme of pictures unless another is asked for.
    pub fn light() -> Arc<Self> {
        Bundled::Light.theme()
    }

    /// The theme of pictures on a dark ground.
    pub fn dark() -> Arc<Self> {
        Bundled::Dark.theme()
    }

    /// Whether its ground is dark.
    pub fn is_dark(&self) -> bool {
        // Where black and white stand out equally.
        self.colors.ground.luminance() < 0.18
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

    /// The colour of a figure that has met its target or not; of one without a target where nothing is said.
    pub fn of_target(&self, is_met: Option<bool>) -> Color {
        let [_, bad, _, good, _] = self.colors.emotion;
        match is_met {
            Some(true) => good,
            Some(false) => bad,
            None => self.colors.ink_soft,
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundled_themes_read() {
        let [light, dark, ..] = Bundled::ALL.map(Bundled::theme);
        assert_eq!((&light.sizes, &light.text), (&dark.sizes, &dark.text));
        assert!(dark.is_dark() && !light.is_dark());
        for bundled in Bundled::ALL {
            assert_eq!(Bundled::find(bundled.name()), Some(bundled));
        }
    }

    #[test]
    fn the_light_theme_gives_every_token() {
        // What it does not give is nothing: no colour, no length.
        let tokens = format!("{:?}", Theme::light());
        let nothing = format!("{:?}", Color::default());
        assert_eq!(tokens.matches(&nothing).count(), 1, "only stages have no outline: {tokens}");
        assert!(!tokens.contains(": 0.0,") && !tokens.contains(": 0.0 "), "{tokens}");
    }

    #[test]
    fn everything_can_be_read_and_told_apart_in_every_bundled_theme() {
        for bundled in Bundled::ALL {
            let found: Vec<String> = findings(&bundled.theme()).iter().map(|finding| finding.message.clone()).collect();
            assert!(found.is_empty(), "{}:\n{}", bundled.name(), found.join("\n"));
        }
    }

    #[test]
    fn high_contrast_is_higher() {
        let theme = Bundled::HighContrast.theme();
        let c = &theme.colors;
        for (ink, ground) in [(c.ink, c.ground), (c.ink_soft, c.ground), (c.on_chip, c.chip), (c.card_border, c.card)] {
            assert!(ink.contrast(ground) >= 7.0, "{} on {}", String::from(ink), String::from(ground));
        }
        assert!(c.accents.iter().all(|accent| c.on_accent.contrast(*accent) >= 7.0));
        assert!(c.emotion.iter().all(|emotion| emotion.contrast(c.card) >= 4.5));
        assert!(theme.text.body.size > Theme::light().text.body.size);
    }

    #[test]
    fn print_is_grey_and_its_neighbours_differ_in_lightness() {
        let theme = Bundled::Print.theme();
        let c = &theme.colors;
        let tints = c.annotations.iter().chain([&c.moment]).flat_map(|tint| [tint.fill, tint.border, tint.ink]);
        let all = c.accents.iter().chain(&c.emotion).chain(&c.links).copied().chain(tints);
        for color in all.chain([c.ground, c.stage_body, c.ink, c.ink_soft, c.card, c.chip, c.pill]) {
            assert!(color.r == color.g && color.g == color.b, "{} is not grey", String::from(color));
        }
        for pair in c.accents.windows(2) {
            assert!(pair[0].difference(pair[1], Vision::Full) >= 0.15, "{pair:?} are alike");
        }
        let looks = c.annotations.map(|tint| (String::from(tint.fill), tint.width.to_bits(), tint.dash.0.to_bits()));
        assert!((0..4).all(|i| !looks[..i].contains(&looks[i])), "each kind has a fill and a border of its own");
    }
}
