//! Touchpoints and what hangs on them.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Automation, Driver, Evidence, PersonaId, Place, Span, Status, StepId, TouchpointId};

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
    /// What the customer does, where the title does not say it.
    pub doing: String,
    /// What goes through the customer's head.
    pub thinking: String,
    /// How it feels, in words.
    pub feeling: String,
    /// How the customer feels, if anyone said; whoever the customer is.
    pub emotion: Option<Emotion>,
    /// How personas feel who feel otherwise.
    pub emotions: BTreeMap<PersonaId, Emotion>,
    /// How much it matters to each persona.
    pub importance: BTreeMap<PersonaId, Level>,
    /// Whether the whole journey turns on this touchpoint.
    pub moment_of_truth: bool,
    /// Whether it is a joy.
    pub moment_of_joy: bool,
    /// Whether it is one of those that the journey is told by.
    pub key_moment: bool,
    /// Whether customers come into the journey here.
    pub entry: bool,
    /// Whether the customer is asked again what was said before.
    pub repeats: bool,
    /// Whether what was said before is known here.
    pub remembers: bool,
    /// Where it happens: `phone`, `web` …
    pub channels: Vec<String>,
    /// The department or person who answers for it; empty if unknown.
    pub owner: String,
    /// Words to find and filter it by.
    pub tags: Vec<String>,
    /// How long it takes.
    pub duration: Option<Span>,
    /// How long the customer waits.
    pub waiting: Option<Span>,
    /// Who does the work.
    pub automation: Option<Automation>,
    /// Whether it happens on a screen.
    pub place: Option<Place>,
    /// What of the offer it is about.
    pub driver: Option<Driver>,
    /// What speaks for it.
    pub evidence: Vec<Evidence>,
    /// Pictures beside the map's file, by their relative paths.
    pub pictures: Vec<String>,
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
            doing: String::new(),
            thinking: String::new(),
            feeling: String::new(),
            emotion: None,
            emotions: BTreeMap::new(),
            importance: BTreeMap::new(),
            moment_of_truth: false,
            moment_of_joy: false,
            key_moment: false,
            entry: false,
            repeats: false,
            remembers: false,
            channels: Vec::new(),
            owner: String::new(),
            tags: Vec::new(),
            duration: None,
            waiting: None,
            automation: None,
            place: None,
            driver: None,
            evidence: Vec::new(),
            pictures: Vec::new(),
            annotations: Vec::new(),
        }
    }

    /// Whether it says something of this persona.
    pub fn names(&self, persona: &PersonaId) -> bool {
        self.emotions.contains_key(persona) || self.importance.contains_key(persona)
    }

    /// Says how `persona` feels here, or everybody; `None` takes it away.
    pub fn set_emotion_of(&mut self, persona: Option<&PersonaId>, emotion: Option<Emotion>) {
        match (persona, emotion) {
            (None, emotion) => self.emotion = emotion,
            (Some(id), Some(emotion)) => drop(self.emotions.insert(id.clone(), emotion)),
            (Some(id), None) => drop(self.emotions.remove(id)),
        }
    }

    /// How `persona` feels here: as was said of that persona, or else of everybody.
    pub fn emotion_of(&self, persona: Option<&PersonaId>) -> Option<Emotion> {
        persona.and_then(|id| self.emotions.get(id).copied()).or(self.emotion)
    }

    /// Whether anyone said how it feels: everybody or a persona.
    pub fn is_felt(&self) -> bool {
        self.emotion.is_some() || !self.emotions.is_empty()
    }

    /// How it feels to all: as was said of everybody, or else the mean of what was said of personas. Beside others
    /// [`JourneyMap::felt`](super::JourneyMap::felt) tells which of them go together.
    pub fn felt(&self) -> Option<Emotion> {
        self.emotion.or_else(|| Emotion::mean(self.emotions.values().copied()))
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

    /// All emotions, from the worst to the best.
    pub const ALL: [Self; 11] =
        [Self(-5), Self(-4), Self(-3), Self(-2), Self(-1), Self(0), Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// The emotion nearest to `value`.
    pub fn clamped(value: i64) -> Self {
        // The clamped value fits.
        Self(value.clamp(-5, 5) as i8)
    }

    /// The emotion nearest to the mean of `all`, halves away from 0; `None` of none.
    pub fn mean(all: impl IntoIterator<Item = Self>) -> Option<Self> {
        let (sum, count) = all.into_iter().fold((0i64, 0i64), |(sum, n), e| (sum + i64::from(e.0), n + 1));
        // Far fewer than a float can count; the mean of emotions is within their range.
        (count > 0).then(|| Self::clamped((sum as f64 / count as f64).round() as i64))
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
    /// Who sees to it; empty if nobody.
    pub owner: String,
    /// How far it was worked on.
    pub status: Status,
    /// How many of the room voted for it.
    pub votes: u16,
    /// How much it would change, 0 to 10; nothing before it was weighed.
    pub impact: Option<Score>,
    /// How much it would cost, 0 to 10.
    pub effort: Option<Score>,
}

/// A whole number from 0 to 10.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "u8")]
pub struct Score(u8);

impl Score {
    /// The score nearest to `value`.
    pub fn clamped(value: i64) -> Self {
        // The clamped value fits.
        Self(value.clamp(0, 10) as u8)
    }

    /// The number, 0 to 10.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<i64> for Score {
    type Error = OutOfRange;

    fn try_from(value: i64) -> Result<Self, OutOfRange> {
        if (0..=10).contains(&value) {
            Ok(Self::clamped(value))
        } else {
            Err(OutOfRange { what: "impact or effort", value, min: 0, max: 10 })
        }
    }
}

impl From<Score> for u8 {
    fn from(score: Score) -> u8 {
        score.0
    }
}

impl Annotation {
    /// An annotation of medium severity and frequency.
    pub fn new(kind: AnnotationKind, text: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
            severity: Level::default(),
            frequency: Level::default(),
            owner: String::new(),
            status: Status::Open,
            votes: 0,
            impact: None,
            effort: None,
        }
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
    fn what_all_feel_is_said_of_everybody_or_else_the_mean_of_personas() {
        let mut t = Touchpoint::new("t", "s", "");
        let felt = |t: &Touchpoint| (t.is_felt(), t.felt().map(Emotion::get));
        assert_eq!(felt(&t), (false, None));
        t.emotions = [("ann", 4), ("ben", -1)].map(|(id, e)| (id.into(), Emotion::clamped(e))).into();
        // (4 − 1) / 2 = 1.5, and halves go away from 0.
        assert_eq!(felt(&t), (true, Some(2)));
        assert_eq!(Emotion::mean([-4, 1].map(Emotion::clamped)), Some(Emotion::clamped(-2)));
        t.emotion = Some(Emotion::MIN);
        assert_eq!(felt(&t), (true, Some(-5)));
    }

    #[test]
    fn emotions_show_their_sign() {
        assert_eq!(Emotion::clamped(3).to_string(), "+3");
        assert_eq!(Emotion::clamped(0).to_string(), "0");
        assert_eq!(Emotion::clamped(-4).to_string(), "\u{2212}4");
    }
}
