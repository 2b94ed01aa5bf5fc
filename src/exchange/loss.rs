//! What is lost on the way into another format or out of one: which part, how, and where.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// Declares the parts of a map with what they are called.
macro_rules! parts {
    ($($name:ident => $words:literal),* $(,)?) => {
        /// A part of a map, or of a file of another program.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the words below say what each is")]
        pub enum Part {
            $($name,)*
            /// Something that only the other format knows.
            Foreign(Cow<'static, str>),
        }

        impl Part {
            /// What it is called: `owners`.
            pub fn name(&self) -> &str {
                match self {
                    $(Self::$name => $words,)*
                    Self::Foreign(words) => words,
                }
            }
        }
    };
}

parts!(
    Title => "title",
    Subtitle => "subtitle",
    Direction => "reading direction",
    Locked => "lock of the structure",
    State => "state of the map",
    Counterpart => "counterpart of the map",
    Scale => "scale of emotions",
    Personas => "personas",
    PersonaDetails => "details of personas",
    Stages => "stages",
    StageWords => "what customers call stages",
    Phases => "phases",
    Accents => "colours of stages",
    Steps => "steps",
    StepNames => "names of steps",
    StepWidths => "widths of steps",
    Lanes => "lanes",
    Views => "lanes that only show what hangs on touchpoints",
    LaneLooks => "hints, folded, hidden and backstage lanes",
    Touchpoints => "touchpoints",
    TouchpointTitles => "titles of touchpoints",
    Notes => "notes",
    Doing => "what customers do",
    Thinking => "what customers think",
    Feeling => "what customers feel, in words",
    Emotions => "emotions",
    PersonaEmotions => "emotions of personas",
    Importance => "importance for personas",
    MomentsOfTruth => "moments of truth",
    MomentsOfJoy => "moments of joy",
    KeyMoments => "key moments",
    Entries => "entry points",
    Repeats => "\"asks again\" marks",
    Remembers => "\"remembers\" marks",
    Channels => "channels",
    Owners => "owners",
    Tags => "tags",
    Durations => "durations",
    Waiting => "waiting times",
    Automation => "automation",
    Places => "online or physical",
    Drivers => "loyalty drivers",
    Evidence => "evidence",
    Pictures => "pictures",
    PainPoints => "pain points",
    Delights => "delights",
    Opportunities => "opportunities",
    Questions => "questions",
    AnnotationDetails => "severity, owner, status and votes of annotations",
    Links => "links",
    Metrics => "metrics",
    Goals => "goals",
    Swot => "SWOT",
    Competitors => "competitors",
    Weights => "weights of loyalty drivers",
    SavedViews => "saved views",
);

/// Where something was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// On the map as a whole.
    Map,
    /// On something that has a name: `touchpoint`, `Pays`.
    Named(&'static str, String),
    /// In this line of the file that was read, from 1.
    Line(usize),
}

/// How much of a name is told.
const SHOWN: usize = 40;

impl Place {
    /// On the touchpoint with this title.
    pub fn touchpoint(title: &str) -> Self {
        Self::Named("touchpoint", title.to_owned())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Map => f.write_str("the map"),
            Self::Line(line) => write!(f, "line {line}"),
            Self::Named(what, name) => write!(f, "{what} {}", shown(name)),
        }
    }
}

/// `name` in quotes, on one line, shortened, without what would disturb a terminal; in a direction of its own.
fn shown(name: &str) -> String {
    let unseen = |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let short: String = name.trim().chars().take(SHOWN).map(|c| if unseen(c) { ' ' } else { c }).collect();
    let more = if name.trim().chars().nth(SHOWN).is_some() { "…" } else { "" };
    format!("\"\u{2068}{short}{more}\u{2069}\"")
}

/// Something that does not come over as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What.
    pub part: Part,
    /// What became of it, where it is not simply left out.
    pub changed: Option<&'static str>,
    /// Where.
    pub place: Place,
}

impl Loss {
    /// `part` is left out.
    pub fn dropped(part: Part, place: Place) -> Self {
        Self { part, changed: None, place }
    }

    /// `part` is there, but says something else.
    pub fn changed(part: Part, how: &'static str, place: Place) -> Self {
        Self { part, changed: Some(how), place }
    }

    /// Something that only the other format knows is left out.
    pub fn foreign(what: impl Into<Cow<'static, str>>, line: usize) -> Self {
        Self::dropped(Part::Foreign(what.into()), Place::Line(line))
    }
}

/// Losses of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<'l> {
    /// What.
    pub part: &'l Part,
    /// What became of it, where it is not simply left out.
    pub changed: Option<&'static str>,
    /// Where, in the order in which they were met.
    pub places: Vec<&'l Place>,
}

/// Losses of the same kind together, in the order in which the kinds were met.
pub fn grouped(losses: &[Loss]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for loss in losses {
        // There are few kinds.
        match groups.iter_mut().find(|g| *g.part == loss.part && g.changed == loss.changed) {
            Some(group) => group.places.push(&loss.place),
            None => groups.push(Group { part: &loss.part, changed: loss.changed, places: vec![&loss.place] }),
        }
    }
    groups
}

impl Group<'_> {
    /// What is lost, without where: `5 owners`, `title: cut`.
    pub fn what(&self) -> String {
        let name = self.part.name();
        let mut text = match self.places.as_slice() {
            [Place::Map] => name.to_owned(),
            places => format!("{name} ({})", places.len()),
        };
        if let Some(how) = self.changed {
            let _ = write!(text, ": {how}");
        }
        text
    }

    /// Where, at most `most` places; empty for the map as a whole.
    pub fn whereabouts(&self, most: usize) -> String {
        let told = self.places.iter().filter(|place| ***place != Place::Map);
        let mut text = told.clone().take(most).map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let more = told.count().saturating_sub(most);
        if more > 0 {
            let _ = write!(text, " and {more} more");
        }
        text
    }
}

/// The list as text, a line for each kind with at most `most` places, each indented.
pub fn listing(losses: &[Loss], most: usize) -> String {
    let mut text = String::new();
    for group in grouped(losses) {
        let (what, places) = (group.what(), group.whereabouts(most));
        let _ = if places.is_empty() { writeln!(text, "  {what}") } else { writeln!(text, "  {what}; {places}") };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_of_one_kind_are_told_together_with_their_places() {
        let at = |title: &str| Place::touchpoint(title);
        let losses = [
            Loss::dropped(Part::Subtitle, Place::Map),
            Loss::dropped(Part::Owners, at("Pays")),
            Loss::changed(Part::Emotions, "rounded", at("می‌پردازد")),
            Loss::dropped(Part::Owners, at("Waits\nand waits")),
            Loss::dropped(Part::Owners, at(&"x".repeat(50))),
            Loss::foreign("icons", 7),
        ];
        let expected = "  subtitle\n  owners (3); touchpoint \"\u{2068}Pays\u{2069}\", touchpoint \
                        \"\u{2068}Waits and waits\u{2069}\" and 1 more\n  emotions (1): rounded; touchpoint \
                        \"\u{2068}می‌پردازد\u{2069}\"\n  icons (1); line 7\n";
        assert_eq!(listing(&losses, 2), expected);
    }
}
