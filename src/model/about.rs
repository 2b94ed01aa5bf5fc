//! What a map knows beside its grid: personas, links, measures, goals, rivals, and saved views.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::detail::words;
use super::{Date, Driver, Emotion, Figure, GoalId, MetricId, PersonaId, StageId, StepId, TouchpointId};

words!(
    /// Whether a map shows the journey as it is or as it is meant to be.
    State {
        /// As it is today.
        Current => "Current state",
        /// As it is meant to be.
        Future => "Future state",
    }
);

words!(
    /// How emotions are shown; inside they are whole numbers from −5 to +5.
    Scale {
        /// −5 to +5, as they are.
        Eleven => "−5 to +5",
        /// −2 to +2.
        Five => "−2 to +2",
        /// 1 to 5, as in stars.
        OneToFive => "1 to 5",
        /// 1 to 7, as in questionnaires.
        OneToSeven => "1 to 7",
        /// 0 to 10.
        ZeroToTen => "0 to 10",
        /// Faces alone, no numbers.
        Faces => "Faces only",
    }
);

#[expect(clippy::derivable_impls, reason = "the macro that declares it marks no default")]
impl Default for Scale {
    fn default() -> Self {
        Self::Eleven
    }
}

impl Scale {
    /// An emotion on this scale, with one decimal where it falls between; with a sign where the scale has both.
    ///
    /// Empty where faces alone are shown.
    pub fn show(self, emotion: Emotion) -> String {
        // In tenths, so that nothing is rounded twice.
        let tenths = i32::from(emotion.get()) * 10;
        let (tenths, signed) = match self {
            Self::Eleven => (tenths, true),
            Self::Five => (tenths * 2 / 5, true),
            Self::OneToFive => (30 + tenths * 2 / 5, false),
            Self::OneToSeven => (40 + tenths * 3 / 5, false),
            Self::ZeroToTen => (50 + tenths, false),
            Self::Faces => return String::new(),
        };
        let sign = match (signed, tenths) {
            (true, n) if n > 0 => "+",
            (true, n) if n < 0 => "\u{2212}",
            _ => "",
        };
        let (whole, part) = (tenths.abs() / 10, tenths.abs() % 10);
        if part == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
    }
}

/// Somebody who makes the journey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Persona {
    /// Unique among personas.
    pub id: PersonaId,
    /// What she is called.
    pub name: String,
    /// The group she stands for.
    pub segment: String,
    /// A picture beside the map's file, by its relative path.
    pub portrait: String,
    /// What she would say.
    pub quote: String,
    /// What she wants.
    pub goals: Vec<String>,
    /// How she goes about it.
    pub behaviours: Vec<String>,
    /// What she cares about.
    pub interests: Vec<String>,
    /// The channels that she likes.
    pub channels: Vec<String>,
    /// How often she wants to hear from us.
    pub contact: String,
    /// When she is best reached.
    pub best_time: String,
}

impl Persona {
    /// A persona with a name and nothing else.
    pub fn new(id: impl Into<PersonaId>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            segment: String::new(),
            portrait: String::new(),
            quote: String::new(),
            goals: Vec::new(),
            behaviours: Vec::new(),
            interests: Vec::new(),
            channels: Vec::new(),
            contact: String::new(),
            best_time: String::new(),
        }
    }
}

words!(
    /// How one touchpoint leads to another.
    LinkKind {
        /// What comes next.
        Next => "Next",
        /// Back to something that was there before.
        LoopBack => "Loop back",
        /// Past what would come between.
        Skip => "Skip",
        /// One of several ways on.
        Branch => "Branch",
        /// To somebody higher up.
        Escalation => "Escalation",
    }
);

/// A way from one touchpoint to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it begins.
    pub from: TouchpointId,
    /// Where it leads; never where it began.
    pub to: TouchpointId,
    /// What kind of way it is.
    pub kind: LinkKind,
    /// A word or two on the arrow.
    pub label: String,
    /// When it is taken.
    pub trigger: String,
}

words!(
    /// What a metric measures, and on which scale.
    MetricKind {
        /// Net promoter score, −100 to 100, from answers of 0 to 10.
        Nps => "NPS",
        /// Satisfaction, the share of satisfied answers in percent.
        Csat => "CSAT",
        /// Effort, the mean of answers from 1 to 7.
        Ces => "CES",
        /// Time to an answer, in hours.
        ResponseTime => "Response time",
        /// Anything else, on a scale of its own.
        Own => "Own",
    }
);

/// Where a metric was measured.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MetricHost {
    /// The whole journey.
    Map,
    /// A stage.
    Stage(StageId),
    /// A touchpoint.
    Touchpoint(TouchpointId),
}

/// Something that is measured again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metric {
    /// Unique among metrics.
    pub id: MetricId,
    /// What it is called; where empty, the name of its kind.
    pub name: String,
    /// What it measures.
    pub kind: MetricKind,
    /// Where.
    pub host: MetricHost,
    /// Behind the figure, for metrics of one's own: `%`, `days`.
    pub unit: String,
    /// What it is meant to come to.
    pub target: Option<Figure>,
    /// What it came to, in the order of the dates.
    pub values: Vec<Value>,
}

impl Metric {
    /// The name, or that of the kind.
    pub fn shown_name(&self) -> &str {
        if self.name.is_empty() { self.kind.name() } else { &self.name }
    }

    /// The newest value.
    pub fn latest(&self) -> Option<&Value> {
        self.values.last()
    }

    /// Whether the newest value is where it was meant to be; nothing without a value or a target.
    pub fn is_met(&self) -> Option<bool> {
        let (value, target) = (self.latest()?.value, self.target?);
        Some(if self.falls() { value <= target } else { value >= target })
    }

    /// The ends of its scale; for metrics without one those of its values and its target.
    pub fn scale(&self) -> (f64, f64) {
        match self.kind {
            MetricKind::Nps => (-100.0, 100.0),
            MetricKind::Csat => (0.0, 100.0),
            MetricKind::Ces => (1.0, 7.0),
            MetricKind::ResponseTime | MetricKind::Own => {
                let all = self.values.iter().map(|v| v.value.get()).chain(self.target.map(Figure::get));
                let (low, high) = all.fold((0.0f64, 0.0f64), |(low, high), v| (low.min(v), high.max(v)));
                (low, if high > low { high } else { low + 1.0 })
            }
        }
    }

    /// A figure of it as people say it: `+31`, `82 %`, `5.4`, `40 min`, with or without the unit of one's own.
    pub fn say(&self, figure: Figure, with_unit: bool) -> String {
        let plain = figure.to_string().replace('-', "\u{2212}");
        match self.kind {
            MetricKind::Nps if figure.get() > 0.0 => format!("+{plain}"),
            MetricKind::Nps | MetricKind::Ces => plain,
            MetricKind::Csat => format!("{plain} %"),
            MetricKind::ResponseTime => figure.hours(),
            MetricKind::Own if self.unit.is_empty() || !with_unit => plain,
            MetricKind::Own => format!("{plain} {}", self.unit),
        }
    }

    /// Whether less is better: of times, and of metrics of one's own whose target lies below where they began.
    pub fn falls(&self) -> bool {
        let began = self.values.first().map(|v| v.value);
        let aims_lower = self.target.zip(began).is_some_and(|(target, began)| target < began);
        self.kind == MetricKind::ResponseTime || (self.kind == MetricKind::Own && aims_lower)
    }
}

/// What a metric came to at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// When.
    pub date: Date,
    /// How much.
    pub value: Figure,
    /// Out of how many answers.
    #[serde(default)]
    pub sample: Option<u32>,
    /// The ends of the interval in which the real figure lies 95 times out of 100.
    #[serde(default)]
    pub low: Option<Figure>,
    /// See `low`.
    #[serde(default)]
    pub high: Option<Figure>,
}

/// What the journey is meant to bring about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Unique among goals.
    pub id: GoalId,
    /// In a few words.
    pub title: String,
    /// The goal that it serves.
    pub parent: Option<GoalId>,
    /// What exactly is to be reached.
    pub specific: String,
    /// How one will know.
    pub measurable: String,
    /// Why it can be done.
    pub achievable: String,
    /// Why it matters.
    pub relevant: String,
    /// By when.
    pub time_bound: String,
    /// What shows the way there.
    pub metrics: Vec<MetricId>,
}

impl Goal {
    /// A goal with a title and nothing else.
    pub fn new(id: impl Into<GoalId>, title: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            parent: None,
            specific: String::new(),
            measurable: String::new(),
            achievable: String::new(),
            relevant: String::new(),
            time_bound: String::new(),
            metrics: Vec::new(),
        }
    }

    /// Which of the five SMART letters nothing is said of.
    ///
    /// A linked metric makes a goal measurable too. After Doran, "There's a S.M.A.R.T. way to write management's
    /// goals and objectives", Management Review 70 (1981).
    pub fn missing(&self) -> Vec<&'static str> {
        let said = |text: &str| !text.trim().is_empty();
        [
            ("Specific", said(&self.specific)),
            ("Measurable", said(&self.measurable) || !self.metrics.is_empty()),
            ("Achievable", said(&self.achievable)),
            ("Relevant", said(&self.relevant)),
            ("Time-bound", said(&self.time_bound)),
        ]
        .into_iter()
        .filter_map(|(name, said)| (!said).then_some(name))
        .collect()
    }
}

/// Where one stands: inside and outside, good and bad.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Swot {
    /// Inside, good.
    pub strengths: Vec<String>,
    /// Inside, bad.
    pub weaknesses: Vec<String>,
    /// Outside, good.
    pub opportunities: Vec<String>,
    /// Outside, bad.
    pub threats: Vec<String>,
}

/// Somebody with whom the journey is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Competitor {
    /// Who.
    pub name: String,
    /// How a customer feels there, step by step.
    pub emotions: BTreeMap<StepId, Emotion>,
}

/// How much each driver counts for loyalty, in percent.
///
/// The defaults are those of Gartner's study of 2019 as the product's owner gave them: 36, 30.4, 20.4 and 13.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// The product.
    pub product: Figure,
    /// Dealing with the company.
    pub interaction: Figure,
    /// The brand.
    pub brand: Figure,
    /// The price.
    pub price: Figure,
}

impl Default for Weights {
    fn default() -> Self {
        let of = |value: f64| Figure::new(value).unwrap_or_default();
        Self { product: of(36.0), interaction: of(30.4), brand: of(20.4), price: of(13.0) }
    }
}

impl Weights {
    /// The weight of a driver.
    pub fn of(&self, driver: Driver) -> Figure {
        match driver {
            Driver::Product => self.product,
            Driver::Interaction => self.interaction,
            Driver::Brand => self.brand,
            Driver::Price => self.price,
        }
    }

    /// The weight of a driver, to be changed.
    pub fn of_mut(&mut self, driver: Driver) -> &mut Figure {
        match driver {
            Driver::Product => &mut self.product,
            Driver::Interaction => &mut self.interaction,
            Driver::Brand => &mut self.brand,
            Driver::Price => &mut self.price,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emotions_are_shown_on_the_scale_of_the_map() {
        let shown = |scale: Scale, n: i64| scale.show(Emotion::clamped(n));
        assert_eq!([-5, 0, 3].map(|n| shown(Scale::Eleven, n)), ["\u{2212}5", "0", "+3"]);
        assert_eq!([-5, -1, 5].map(|n| shown(Scale::Five, n)), ["\u{2212}2", "\u{2212}0.4", "+2"]);
        assert_eq!([-5, 0, 4, 5].map(|n| shown(Scale::OneToFive, n)), ["1", "3", "4.6", "5"]);
        assert_eq!([-5, 2, 5].map(|n| shown(Scale::OneToSeven, n)), ["1", "5.2", "7"]);
        assert_eq!([-5, 1, 5].map(|n| shown(Scale::ZeroToTen, n)), ["0", "6", "10"]);
        assert_eq!(shown(Scale::Faces, 4), "");
        assert!(Emotion::ALL.iter().all(|e| Scale::Eleven.show(*e) == e.to_string()));
    }

    #[test]
    fn a_goal_says_which_letters_it_lacks() {
        let mut goal = Goal::new("g", "Fewer returns");
        assert_eq!(goal.missing().len(), 5);
        goal.metrics.push("returns".into());
        goal.specific = "Returns of shoes fall by a fifth".into();
        assert_eq!(goal.missing(), ["Achievable", "Relevant", "Time-bound"]);
    }
}
