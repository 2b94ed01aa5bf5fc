//! Touchpoints and what hangs on them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{StepId, TouchpointId};

/// A thing that happens to the customer, in one step of one lane. Its drawn shape is a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touchpoint {
    /// Unique in the map.
    pub id: TouchpointId,
    /// The step (column) it stands in; its lane is the one that holds it.
    pub step: StepId,
    /// What happens, in a few words; may hold line breaks.
    pub title: String,
    /// Longer remarks, shown in the inspector.
    pub notes: String,
    /// How the customer feels, if anyone said.
    pub emotion: Option<Emotion>,
    /// Whether the whole journey turns on this touchpoint.
    pub moment_of_truth: bool,
    /// Where it happens: `phone`, `web` …
    pub channels: Vec<String>,
    /// The department or person who answers for it; empty if unknown.
    pub owner: String,
    /// Pain points, delights, opportunities and questions.
    pub annotations: Vec<Annotation>,
}

impl Touchpoint {
    /// A touchpoint with a title and nothing else.
    pub fn new(id: impl Into<TouchpointId>, step: impl Into<StepId>, title: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            step: step.into(),
            title: title.into(),
            notes: String::new(),
            emotion: None,
            moment_of_truth: false,
            channels: Vec::new(),
            owner: String::new(),
            annotations: Vec::new(),
        }
    }
}

/// How the customer feels: a whole number from −5 (worst) to +5 (best).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i8")]
pub struct Emotion(i8);

impl Emotion {
    /// The worst.
    pub const MIN: Self = Self(-5);
    /// The best.
    pub const MAX: Self = Self(5);

    /// The emotion nearest to `value`.
    pub fn clamped(value: i64) -> Self {
        // The clamped value fits.
        Self(value.clamp(-5, 5) as i8)
    }

    /// The number, −5 to 5.
    pub fn get(self) -> i8 {
        self.0
    }
}

impl fmt::Display for Emotion {
    /// `+3`, `0`, `−4`, with a real minus sign.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => f.write_str("0"),
            n if n > 0 => write!(f, "+{n}"),
            n => write!(f, "\u{2212}{}", -n),
        }
    }
}

/// A number outside the range that its field allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} is {value}; it goes from {min} to {max}")]
pub struct OutOfRange {
    what: &'static str,
    value: i64,
    min: i64,
    max: i64,
}

impl TryFrom<i64> for Emotion {
    type Error = OutOfRange;

    fn try_from(value: i64) -> Result<Self, OutOfRange> {
        if (-5..=5).contains(&value) {
            Ok(Self::clamped(value))
        } else {
            Err(OutOfRange { what: "an emotion", value, min: -5, max: 5 })
        }
    }
}

impl From<Emotion> for i8 {
    fn from(emotion: Emotion) -> i8 {
        emotion.0
    }
}

/// A level from 1 (low) to 3 (high), for severity and frequency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "u8")]
pub struct Level(u8);

impl Level {
    /// Low.
    pub const LOW: Self = Self(1);
    /// Medium, the default.
    pub const MEDIUM: Self = Self(2);
    /// High.
    pub const HIGH: Self = Self(3);
    /// All levels, from low to high.
    pub const ALL: [Self; 3] = [Self::LOW, Self::MEDIUM, Self::HIGH];

    /// The number, 1 to 3.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl Default for Level {
    fn default() -> Self {
        Self::MEDIUM
    }
}

impl TryFrom<i64> for Level {
    type Error = OutOfRange;

    fn try_from(value: i64) -> Result<Self, OutOfRange> {
        match value {
            1 => Ok(Self::LOW),
            2 => Ok(Self::MEDIUM),
            3 => Ok(Self::HIGH),
            _ => Err(OutOfRange { what: "severity or frequency", value, min: 1, max: 3 }),
        }
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> u8 {
        level.0
    }
}

/// What an annotation says about the place it hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AnnotationKind {
    /// Something that hurts the customer.
    PainPoint,
    /// Something that pleases beyond what was expected.
    Delight,
    /// An idea for something better.
    Opportunity,
    /// Something the team does not know yet.
    Question,
}

impl AnnotationKind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::PainPoint, Self::Delight, Self::Opportunity, Self::Question];

    /// The English name: `Pain point`.
    pub fn name(self) -> &'static str {
        match self {
            Self::PainPoint => "Pain point",
            Self::Delight => "Delight",
            Self::Opportunity => "Opportunity",
            Self::Question => "Question",
        }
    }
}

/// A pain point, delight, opportunity or question on a touchpoint or a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// What it is.
    pub kind: AnnotationKind,
    /// What it says.
    pub text: String,
    /// How much it matters where it strikes.
    pub severity: Level,
    /// How often it strikes.
    pub frequency: Level,
}

impl Annotation {
    /// An annotation of medium severity and frequency.
    pub fn new(kind: AnnotationKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), severity: Level::default(), frequency: Level::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emotions_outside_the_range_are_refused() {
        assert_eq!(Emotion::try_from(5).unwrap(), Emotion::MAX);
        assert_eq!(Emotion::try_from(9).unwrap_err().to_string(), "an emotion is 9; it goes from -5 to 5");
        assert_eq!(Emotion::clamped(-77), Emotion::MIN);
    }

    #[test]
    fn emotions_show_their_sign() {
        assert_eq!(Emotion::clamped(3).to_string(), "+3");
        assert_eq!(Emotion::clamped(0).to_string(), "0");
        assert_eq!(Emotion::clamped(-4).to_string(), "\u{2212}4");
    }
}
