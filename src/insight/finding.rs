//! What a finding is, and the groups in which findings are told.

pub(super) use crate::model::counted;
use crate::model::{Element, Touchpoint};

/// Declares the groups with their headings.
macro_rules! groups {
    ($($(#[$doc:meta])* $group:ident => $name:literal),* $(,)?) => {
        /// What findings are about, in the order in which they are told.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Group { $($(#[$doc])* $group),* }

        impl Group {
            /// All groups, in order.
            pub const ALL: &'static [Self] = &[$(Self::$group),*];

            /// The heading.
            pub fn name(self) -> &'static str {
                match self { $(Self::$group => $name),* }
            }
        }
    };
}

groups!(
    /// The emotion curve.
    Emotion => "Emotion",
    /// Pain points by weight.
    Pains => "Pain points",
    /// Opportunities by weight.
    Opportunities => "Opportunities",
    /// What pleases, by weight.
    Delights => "Delights",
    /// Opportunities that bring much for little.
    QuickWins => "Quick wins",
    /// What makes customers stay.
    Loyalty => "Loyalty",
    /// How personas differ.
    Personas => "Personas",
    /// Where others do better.
    Competitors => "Competitors",
    /// Channels along the path.
    Channels => "Channels",
    /// Owners along the path.
    HandOffs => "Hand-offs",
    /// Between which owners the journey is cut.
    Silos => "Silos",
    /// What the customer has to say again.
    Repeats => "Repeats",
    /// Waiting and how long things take.
    Time => "Time",
    /// Figures against their targets.
    Metrics => "Metrics",
    /// What the journey is meant to bring about.
    Goals => "Goals",
    /// Moments of truth, of joy and key moments, and where customers come in.
    Moments => "Moments",
    /// Open questions.
    Questions => "Open questions",
    /// What nothing speaks for.
    Assumptions => "Assumptions",
    /// What the map does not say yet.
    Gaps => "Gaps",
);

impl Group {
    /// Whether its findings are all of one kind, so that their names say no more than the heading.
    pub fn is_of_one_kind(self) -> bool {
        use Group::{Delights, HandOffs, Opportunities, Pains, Questions, QuickWins};
        matches!(self, Pains | Delights | Opportunities | QuickWins | HandOffs | Questions)
    }
}

/// Something worked out from a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub group: Group,
    /// What it is, in our words.
    pub name: &'static str,
    /// How much; never words of the user.
    pub figure: String,
    /// What else one has to know, in our words: out of how many, against what. May be empty.
    pub note: String,
    /// The user's words for it: titles, names, what an annotation says. May be empty.
    pub words: Vec<String>,
    /// The elements it is about, in path order.
    pub about: Vec<Element>,
    /// The rule that it follows, in one sentence.
    pub rule: &'static str,
}

impl Finding {
    /// A finding that is about nothing yet.
    pub(super) fn new(group: Group, name: &'static str, figure: impl Into<String>, rule: &'static str) -> Self {
        let (figure, note) = (figure.into(), String::new());
        Self { group, name, figure, note, words: Vec::new(), about: Vec::new(), rule }
    }

    /// The same with the user's words for it.
    pub(super) fn words(self, words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { words: words.into_iter().map(Into::into).collect(), ..self }
    }

    /// The same with what else one has to know.
    pub(super) fn note(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }

    /// The same about `elements`, each once.
    pub(super) fn about(mut self, elements: impl IntoIterator<Item = Element>) -> Self {
        let mut seen = std::collections::HashSet::new();
        self.about = elements.into_iter().filter(|element| seen.insert(element.clone())).collect();
        self
    }

    /// Whether its two words are where something begins and where it ends.
    pub fn is_way(&self) -> bool {
        let along = matches!(self.group, Group::Emotion | Group::HandOffs | Group::Repeats);
        along && self.words.len() == 2 && self.about.len() == 2
    }
}

/// The element of a touchpoint.
pub(super) fn card(touchpoint: &Touchpoint) -> Element {
    Element::Touchpoint(touchpoint.id.clone())
}
