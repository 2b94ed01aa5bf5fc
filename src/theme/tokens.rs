//! The tokens of a theme: what they are called, and what of them a theme of one's own may give.

use serde::{Deserialize, Deserializer};

use super::Color;
use crate::text::{TextStyle, Typeface};

/// Something that a file of one's own gives in place of a token of its base.
pub(super) trait Put<T> {
    /// Puts it there.
    fn put(self, to: &mut T);
}

impl<T> Put<T> for T {
    fn put(self, to: &mut T) {
        *to = self;
    }
}

/// Makes a group of tokens, and beside it one in which each may be left out.
///
/// `token: Kind as Given` says that a file gives a `Given`, which is put in the place of a `Kind`.
macro_rules! tokens {
    (@given $kind:ty) => { $kind };
    (@given $kind:ty, $given:ty) => { $given };
    ($(#[$about:meta])* $name:ident, $part:ident {
        $($(#[$doc:meta])* $token:ident: $kind:ty $(=> $given:ty)?,)*
    }) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            $($(#[$doc])* pub $token: $kind,)*
        }

        /// The same with nothing that has to be there.
        #[derive(Clone, Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub(super) struct $part {
            $($token: Option<tokens!(@given $kind $(, $given)?)>,)*
        }

        impl Put<$name> for $part {
            fn put(self, to: &mut $name) {
                $(if let Some(given) = self.$token {
                    given.put(&mut to.$token);
                })*
            }
        }
    };
}

tokens! {
    /// The colours of a picture.
    Colors, ColorsPart {
        /// Behind everything.
        ground: Color => Opaque,
        /// The body of a stage.
        stage_body: Color,
        /// The outline of a stage.
        stage_border: Color,
        /// Text.
        ink: Color => Opaque,
        /// Text that steps back.
        ink_soft: Color => Opaque,
        /// Text on a stage header.
        on_accent: Color => Opaque,
        /// Lines between lanes.
        line: Color,
        /// A card.
        card: Color => Opaque,
        /// The border of a card.
        card_border: Color,
        /// The shadow below a card.
        shadow: Color,
        /// A small pill with a label on the curve.
        pill: Color => Opaque,
        /// Text on a pill.
        on_pill: Color => Opaque,
        /// A chip on a card.
        chip: Color => Opaque,
        /// Text on a chip.
        on_chip: Color => Opaque,
        /// Eyes and mouth of a face.
        on_emotion: Color => Opaque,
        /// The mark of a moment of truth.
        moment: Tint => TintPart,
        /// Emotions from the worst to the best: −5, −2.5, 0, +2.5, +5.
        emotion: [Color; 5] => Five,
        /// Pain points, delights, opportunities, questions.
        annotations: [Tint; 4] => Annotations,
        /// Links, in the order of [`crate::model::LinkKind::ALL`].
        links: [Color; 5] => Five,
        /// Stage headers, in the order of [`crate::model::Accent::ALL`].
        accents: [Color; 8] => Accents,
    }
}

tokens! {
    /// A surface with its border and what stands on it.
    #[derive(Copy)]
    Tint, TintPart {
        /// The surface.
        fill: Color => Opaque,
        /// Its border.
        border: Color,
        /// The icon and what is emphasised.
        ink: Color => Opaque,
        /// How many times as wide the border is as that of a card.
        width: f64 => Times,
        /// Lengths of dash and gap of the border, in points; without dashes (0, 0).
        dash: (f64, f64) => (Length, Length),
    }
}

tokens! {
    /// The four text sizes in their two weights.
    TextStyles, TextPart {
        /// The map's title.
        title: Style => StylePart,
        /// Stage names.
        heading: Style => StylePart,
        /// Lane names.
        strong: Style => StylePart,
        /// Cards.
        body: Style => StylePart,
        /// Hints, step names, labels.
        small: Style => StylePart,
        /// Labels on pills.
        label: Style => StylePart,
    }
}

/// A text style, as in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Style {
    /// Points per em.
    pub size: f32,
    /// Points from baseline to baseline.
    pub line: f32,
    /// Bold or regular.
    pub bold: bool,
    /// The fonts, the same in all styles of a theme; a file names them elsewhere.
    pub typeface: Typeface,
}

/// The same with nothing that has to be there.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct StylePart {
    size: Option<TextSize>,
    line: Option<TextSize>,
    bold: Option<bool>,
}

impl Put<Style> for StylePart {
    fn put(self, to: &mut Style) {
        let before = to.size;
        if let Some(size) = self.size {
            size.put(&mut to.size);
            // Lines keep their distance to each other where none is given.
            to.line = if before > 0.0 { (to.line * to.size / before).round() } else { to.size };
        }
        if let Some(line) = self.line {
            line.put(&mut to.line);
        }
        to.bold = self.bold.unwrap_or(to.bold);
    }
}

tokens! {
    /// Lengths, in points.
    Sizes, SizesPart {
        /// Around the whole picture.
        margin: f64 => Length,
        /// Between stages.
        stage_gap: f64 => Length,
        /// From the title block to the stage headers.
        header_gap: f64 => Length,
        /// The least width of a column.
        column_min: f64 => Length,
        /// The greatest width that a column takes by itself.
        column_max: f64 => Length,
        /// How many lines a card should need; columns grow to make it so.
        card_lines: f64 => Times,
        /// Between a column's edge and its cards.
        column_pad: f64 => Length,
        /// The least height of a stage header.
        stage_header: f64 => Length,
        /// Between a header's edge and its text.
        header_pad: f64 => Length,
        /// The corners of a stage.
        stage_radius: f64 => Length,
        /// The least and greatest width of the lane names.
        lane_names: (f64, f64) => (Length, Length),
        /// Above and below the content of a lane.
        lane_pad: f64 => Length,
        /// The least height of a lane.
        lane_min: f64 => Length,
        /// Between cards of a stack.
        card_gap: f64 => Length,
        /// Between a card's edge and its text.
        card_pad: f64 => Length,
        /// The least height of a card.
        card_min: f64 => Length,
        /// The corners of a card.
        card_radius: f64 => Length,
        /// The height of a chip.
        chip: f64 => Length,
        /// The height of the emotion lane.
        emotion: f64 => Length,
        /// From the top of the emotion lane to +5, and from −5 to its bottom.
        emotion_pad: f64 => Length,
        /// The width of the curve.
        curve: f64 => Length,
        /// The radius of a face on the curve.
        face: f64 => Length,
        /// The height of a row that is collapsed.
        collapsed: f64 => Length,
        /// The width of a card's border and of a stage's outline.
        border: f64 => Length,
        /// The width of the lines between lanes.
        line: f64 => Length,
        /// The greatest width and height of the logo.
        logo: (f64, f64) => (Length, Length),
    }
}

impl TextStyles {
    /// All of them.
    pub(super) fn all_mut(&mut self) -> [&mut Style; 6] {
        [&mut self.title, &mut self.heading, &mut self.strong, &mut self.body, &mut self.small, &mut self.label]
    }
}

impl From<Style> for TextStyle {
    fn from(style: Style) -> Self {
        Self { size: style.size, line_height: style.line, bold: style.bold, typeface: style.typeface }
    }
}

/// Makes a kind of number that a file may give within bounds.
macro_rules! bounded {
    ($(#[$doc:meta])* $name:ident($number:ty), $range:expr, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Deserialize)]
        #[serde(try_from = "f64")]
        pub(super) struct $name($number);

        impl TryFrom<f64> for $name {
            type Error = &'static str;

            fn try_from(number: f64) -> Result<Self, Self::Error> {
                // Nothing that is no number is in a range.
                if $range.contains(&number) { Ok(Self(number as $number)) } else { Err($what) }
            }
        }

        impl Put<$number> for $name {
            fn put(self, to: &mut $number) {
                *to = self.0;
            }
        }
    };
}

bounded! {
    /// A length in points.
    Length(f64), (0.0..=1000.0), "a length is a number of points from 0 to 1000"
}
bounded! {
    /// How many times.
    Times(f64), (0.5..=12.0), "this is a number from 0.5 to 12"
}
bounded! {
    /// A size of text in points.
    TextSize(f32), (6.0..=120.0), "a text size is a number of points from 6 to 120"
}

impl Put<(f64, f64)> for (Length, Length) {
    fn put(self, to: &mut (f64, f64)) {
        *to = (self.0.0, self.1.0);
    }
}

/// A colour that nothing shines through.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "Color")]
pub(super) struct Opaque(Color);

impl TryFrom<Color> for Opaque {
    type Error = String;

    fn try_from(color: Color) -> Result<Self, String> {
        let whole = String::from(Color { a: 255, ..color });
        let message = || format!("this colour cannot be transparent; write \"{whole}\"");
        if color.a == 255 { Ok(Self(color)) } else { Err(message()) }
    }
}

impl Put<Color> for Opaque {
    fn put(self, to: &mut Color) {
        *to = self.0;
    }
}

/// The colours of stage headers: one to eight, which come again where there are more stages.
#[derive(Clone, Debug)]
pub(super) struct Accents(Vec<Color>);

impl<'de> Deserialize<'de> for Accents {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let colors: Vec<Opaque> = Vec::deserialize(deserializer)?;
        match colors.len() {
            1..=8 => Ok(Self(colors.iter().map(|color| color.0).collect())),
            n => Err(serde::de::Error::custom(format!("accents are 1 to 8 colours, not {n}"))),
        }
    }
}

impl Put<[Color; 8]> for Accents {
    fn put(self, to: &mut [Color; 8]) {
        for (accent, given) in to.iter_mut().zip(self.0.iter().cycle()) {
            *accent = *given;
        }
    }
}

/// Five colours, no more and no less.
#[derive(Clone, Copy, Debug)]
pub(super) struct Five([Color; 5]);

impl<'de> Deserialize<'de> for Five {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let colors: Vec<Opaque> = Vec::deserialize(deserializer)?;
        let five: Result<[Opaque; 5], _> = colors.try_into();
        let five =
            five.map_err(|given| serde::de::Error::custom(format!("these are 5 colours, not {}", given.len())))?;
        Ok(Self(five.map(|color| color.0)))
    }
}

impl Put<[Color; 5]> for Five {
    fn put(self, to: &mut [Color; 5]) {
        *to = self.0;
    }
}

/// The annotations by their names.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Annotations {
    pain_point: Option<TintPart>,
    delight: Option<TintPart>,
    opportunity: Option<TintPart>,
    question: Option<TintPart>,
}

/// The names in a file, in the order of [`crate::model::AnnotationKind::ALL`].
pub(super) const ANNOTATIONS: [&str; 4] = ["pain_point", "delight", "opportunity", "question"];

impl Put<[Tint; 4]> for Annotations {
    fn put(self, to: &mut [Tint; 4]) {
        let given = [self.pain_point, self.delight, self.opportunity, self.question];
        for (tint, given) in to.iter_mut().zip(given) {
            if let Some(given) = given {
                given.put(tint);
            }
        }
    }
}
