//! What can be said of a touchpoint in a word and a text: the columns of a table, the lines of an outline.

use std::str::FromStr as _;

use super::draft::{emotion_of_mark, folded};
use super::loss::Part;
use crate::model::{Annotation, AnnotationKind, Automation, Driver, Emotion, Place, Span, Touchpoint};

/// What parts names in a text.
pub(super) const NAME_ENDS: [char; 5] = [';', ',', '،', '؛', '\n'];

/// The names in a text, which any usual sign parts.
pub(super) fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(NAME_ENDS).map(str::trim).filter(|name| !name.is_empty())
}

/// Whether names come back when they are written one behind the other.
pub(super) fn stay_apart(names: &[String]) -> bool {
    !names.iter().any(|name| name.contains(NAME_ENDS) || name.trim().is_empty())
}

/// Declares the fields: the name that is written, others that are read, and the part of a map that they hold.
macro_rules! fields {
    ($($name:ident: $heading:literal, [$($other:literal),*], $part:expr;)*) => {
        /// A column of the long form, a line of an outline.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Field {
            $(
                #[doc = $heading]
                $name
            ),*
        }

        impl Field {
            /// All of them, in the order in which they are written.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The heading that is written.
            pub fn heading(self) -> &'static str {
                match self { $(Self::$name => $heading),* }
            }

            fn others(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($other),*]),* }
            }

            /// What of a map it holds, where it is a part of its own.
            pub fn part(self) -> Option<Part> {
                match self { $(Self::$name => $part),* }
            }
        }
    };
}

// In the four languages in which there are templates, and as other tables call them.
fields!(
    Phase: "phase", ["fazė", "المرحلة الزمنية", "فاز"], Some(Part::Phases);
    Stage: "stage", ["stages", "etapas", "مرحله", "المرحلة", "مرحلة"], Some(Part::Stages);
    StageWords: "stage in customers' words", [], Some(Part::StageWords);
    Column: "column", ["order", "step number", "no", "nr"], None;
    Step: "step", ["steps", "substage", "žingsnis", "گام", "الخطوة", "خطوة"], Some(Part::StepNames);
    Lane: "lane", ["swimlane", "row", "juosta", "ردیف", "المسار", "مسار"], Some(Part::Lanes);
    Id: "id", ["touchpoint id", "tp id"], None;
    Title: "title", ["touchpoint", "name", "action", "activity", "task", "card", "pavadinimas", "عنوان", "العنوان"],
        Some(Part::Touchpoints);
    Emotion: "emotion", ["emotions", "score", "emocija", "احساس", "الشعور"], Some(Part::Emotions);
    Mark: "emotion from 1 to 5", ["mark", "rating"], None;
    Notes: "notes", ["note", "text", "description", "comment", "comments", "pastabos", "یادداشت", "ملاحظات"],
        Some(Part::Notes);
    Doing: "doing", [], Some(Part::Doing);
    Thinking: "thinking", [], Some(Part::Thinking);
    Feeling: "feeling", ["ux description"], Some(Part::Feeling);
    Channels: "channels", ["channel", "kanalas", "kanalai", "کانال", "القناة"], Some(Part::Channels);
    Owner: "owner", ["department", "responsible", "atsakingas", "مسئول", "المسؤول"], Some(Part::Owners);
    Tags: "tags", ["tag", "labels", "label", "žymos", "برچسب", "الوسوم"], Some(Part::Tags);
    PainPoints: "pain points", ["pain point", "pains", "pain", "barriers"], Some(Part::PainPoints);
    Delights: "delights", ["delight", "gains"], Some(Part::Delights);
    Opportunities: "opportunities", ["opportunity", "ideas"], Some(Part::Opportunities);
    Questions: "questions", ["question"], Some(Part::Questions);
    MomentOfTruth: "moment of truth", [], Some(Part::MomentsOfTruth);
    MomentOfJoy: "moment of joy", [], Some(Part::MomentsOfJoy);
    KeyMoment: "key moment", [], Some(Part::KeyMoments);
    Entry: "entry point", ["entry"], Some(Part::Entries);
    Repeats: "asks again", ["repeats"], Some(Part::Repeats);
    Remembers: "remembers", [], Some(Part::Remembers);
    Duration: "duration", [], Some(Part::Durations);
    Waiting: "waiting", ["waiting time"], Some(Part::Waiting);
    Automation: "automation", [], Some(Part::Automation);
    Place: "place", [], Some(Part::Places);
    Driver: "loyalty driver", ["driver"], Some(Part::Drivers);
);

impl Field {
    /// The field that is called so.
    pub fn called(name: &str) -> Option<Self> {
        let name = folded(&name.replace('_', " "));
        let fits = |field: &&Self| field.heading() == name || field.others().contains(&name.as_str());
        Self::ALL.iter().find(fits).copied()
    }
}

impl Field {
    /// Says this of a touchpoint.
    ///
    /// # Errors
    /// What to write instead, where the text is not what the field holds.
    pub fn put(self, t: &mut Touchpoint, text: &str) -> Result<(), &'static str> {
        let list = |text: &str| names(text).map(str::to_owned).collect();
        match self {
            Self::Id => t.id = text.into(),
            Self::Title => text.clone_into(&mut t.title),
            Self::Notes => text.clone_into(&mut t.notes),
            Self::Doing => text.clone_into(&mut t.doing),
            Self::Thinking => text.clone_into(&mut t.thinking),
            Self::Feeling => text.clone_into(&mut t.feeling),
            Self::Owner => text.clone_into(&mut t.owner),
            Self::Channels => t.channels = list(text),
            Self::Tags => t.tags = list(text),
            Self::Emotion => t.emotion = value(text, emotion, "an emotion is a whole number from -5 to 5")?,
            Self::Mark => {
                if let Some(emotion) = value(text, mark, "a mark is a number from 1 (worst) to 5 (best)")? {
                    t.emotion = Some(emotion);
                }
            }
            Self::MomentOfTruth => t.moment_of_truth = flag(text)?,
            Self::MomentOfJoy => t.moment_of_joy = flag(text)?,
            Self::KeyMoment => t.key_moment = flag(text)?,
            Self::Entry => t.entry = flag(text)?,
            Self::Repeats => t.repeats = flag(text)?,
            Self::Remembers => t.remembers = flag(text)?,
            Self::Duration => t.duration = value(text, span, SPAN)?,
            Self::Waiting => t.waiting = value(text, span, SPAN)?,
            Self::Automation => {
                let read = |text: &str| word(text, Automation::ALL, Automation::name);
                t.automation = value(text, read, "it is Automated, Semi-personal or Human")?;
            }
            Self::Place => {
                t.place = value(text, |text| word(text, Place::ALL, Place::name), "it is Online or Physical")?;
            }
            Self::Driver => {
                let read = |text: &str| word(text, Driver::ALL, Driver::name);
                t.driver = value(text, read, "it is Product, Interaction, Brand or Price")?;
            }
            Self::PainPoints | Self::Delights | Self::Opportunities | Self::Questions => {
                t.annotations.extend(self.annotations(text));
            }
            // Of its place, not of itself.
            Self::Phase | Self::Stage | Self::StageWords | Self::Column | Self::Step | Self::Lane => {}
        }
        Ok(())
    }

    /// What a touchpoint says of this; annotations are told apart.
    pub fn of(self, t: &Touchpoint) -> String {
        let yes = |is_so: bool| if is_so { "yes".to_owned() } else { String::new() };
        let told = |span: Option<Span>| span.map(|span| span.to_string()).unwrap_or_default();
        match self {
            Self::Id => t.id.to_string(),
            Self::Title => t.title.clone(),
            Self::Notes => t.notes.clone(),
            Self::Doing => t.doing.clone(),
            Self::Thinking => t.thinking.clone(),
            Self::Feeling => t.feeling.clone(),
            Self::Owner => t.owner.clone(),
            Self::Channels => t.channels.join("; "),
            Self::Tags => t.tags.join("; "),
            Self::Emotion => t.emotion.map(|emotion| emotion.get().to_string()).unwrap_or_default(),
            Self::MomentOfTruth => yes(t.moment_of_truth),
            Self::MomentOfJoy => yes(t.moment_of_joy),
            Self::KeyMoment => yes(t.key_moment),
            Self::Entry => yes(t.entry),
            Self::Repeats => yes(t.repeats),
            Self::Remembers => yes(t.remembers),
            Self::Duration => told(t.duration),
            Self::Waiting => told(t.waiting),
            Self::Automation => t.automation.map_or("", Automation::name).to_owned(),
            Self::Place => t.place.map_or("", Place::name).to_owned(),
            Self::Driver => t.driver.map_or("", Driver::name).to_owned(),
            _ => String::new(),
        }
    }

    /// Whether it says where a touchpoint stands, and nothing of itself.
    pub fn is_place(self) -> bool {
        matches!(self, Self::Phase | Self::Stage | Self::StageWords | Self::Column | Self::Step | Self::Lane)
    }

    /// The kind of annotation that it holds.
    pub fn annotation(self) -> Option<AnnotationKind> {
        match self {
            Self::PainPoints => Some(AnnotationKind::PainPoint),
            Self::Delights => Some(AnnotationKind::Delight),
            Self::Opportunities => Some(AnnotationKind::Opportunity),
            Self::Questions => Some(AnnotationKind::Question),
            _ => None,
        }
    }

    /// The annotations in a text, one a line.
    pub fn annotations(self, text: &str) -> Vec<Annotation> {
        let Some(kind) = self.annotation() else { return Vec::new() };
        let texts = text.split('\n').map(str::trim).filter(|text| !text.is_empty());
        texts.map(|text| Annotation::new(kind, text)).collect()
    }
}

const SPAN: &str = "write it as `20 min`, `3 h` or `2 d 4 h`";

/// What a text says; nothing where it is empty.
fn value<T>(text: &str, read: impl Fn(&str) -> Option<T>, help: &'static str) -> Result<Option<T>, &'static str> {
    if text.trim().is_empty() { Ok(None) } else { read(text).map(Some).ok_or(help) }
}

fn span(text: &str) -> Option<Span> {
    Span::from_str(text).ok()
}

fn flag(text: &str) -> Result<bool, &'static str> {
    match folded(text).as_str() {
        "yes" | "true" | "1" | "x" | "✓" | "✔" | "taip" | "بله" | "نعم" => Ok(true),
        "" | "no" | "false" | "0" | "-" | "ne" | "خیر" | "لا" => Ok(false),
        _ => Err("write yes, or leave it empty"),
    }
}

/// The one of `all` that is called so.
fn word<T: Copy>(text: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Option<T> {
    all.iter().copied().find(|it| folded(name(*it)) == folded(text))
}

/// A number from −5 to 5 in any digits, with any sign.
pub(super) fn emotion(text: &str) -> Option<Emotion> {
    plain(text).parse::<i64>().ok().and_then(|number| Emotion::try_from(number).ok())
}

/// A mark from 1 to 5, whole or not, as an emotion.
fn mark(text: &str) -> Option<Emotion> {
    let mark: f64 = plain(text).replace([',', '٫'], ".").parse().ok()?;
    (1.0..=5.0).contains(&mark).then(|| emotion_of_mark(mark))
}

/// A number in the digits and with the sign that programs read.
fn plain(text: &str) -> String {
    let digit = |c: char| match c {
        // In range: a digit.
        '\u{660}'..='\u{669}' => char::from(b'0' + (c as u32 - 0x660) as u8),
        '\u{6F0}'..='\u{6F9}' => char::from(b'0' + (c as u32 - 0x6F0) as u8),
        '\u{2212}' | '\u{2013}' => '-',
        c => c,
    };
    text.trim().chars().map(digit).collect()
}
