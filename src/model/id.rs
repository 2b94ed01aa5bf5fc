//! Ids: short words such as `compare-prices`, kept stable by the program and unique by check.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// Declares a newtype over a shared string, one for each kind of thing that has an id.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as it stands in a file.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    };
}

id!(
    /// The id of a stage.
    StageId
);
id!(
    /// The id of a step; unique in the whole map, not only in its stage.
    StepId
);
id!(
    /// The id of a lane.
    LaneId
);
id!(
    /// The id of a touchpoint; unique in the whole map.
    TouchpointId
);

id!(
    /// The id of a persona.
    PersonaId
);
id!(
    /// The id of a metric.
    MetricId
);
id!(
    /// The id of a goal.
    GoalId
);

/// The number of words of a text that go into an id made from it.
const WORDS_IN_ID: usize = 4;

/// Makes an id out of `text` that `taken` does not know.
///
/// Words are kept in their own script, in lower case, joined by `-`; a text without letters or digits
/// gives `fallback`; a number is appended where the id is taken: `pay`, `pay-2`, `pay-3`.
pub fn fresh_id(text: &str, fallback: &str, taken: impl Fn(&str) -> bool) -> String {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(WORDS_IN_ID)
        .map(str::to_lowercase)
        .collect();
    let base = if words.is_empty() { fallback.to_owned() } else { words.join("-") };
    if !taken(&base) {
        return base;
    }
    (2u32..).map(|n| format!("{base}-{n}")).find(|id| !taken(id)).unwrap_or(base)
}

/// Makes many ids: it goes on where it stopped, so that thousands of equal texts take no longer than others.
#[derive(Clone, Debug, Default)]
pub struct IdMaker {
    /// The number that comes next, for each text.
    next: HashMap<String, u32>,
}

impl IdMaker {
    /// Makes an id as [`fresh_id`] does.
    pub fn make(&mut self, text: &str, fallback: &str, taken: impl Fn(&str) -> bool) -> String {
        let base = fresh_id(text, fallback, |_| false);
        let next = self.next.entry(base.clone()).or_insert(1);
        loop {
            let id = if *next == 1 { base.clone() } else { format!("{base}-{next}") };
            *next += 1;
            if !taken(&id) {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_equal_texts_get_ids_as_fast_as_others() {
        let (mut maker, mut taken) = (IdMaker::default(), std::collections::HashSet::from(["pay-2".to_owned()]));
        for n in [1, 3, 4] {
            let id = maker.make("Pay", "tp", |id| taken.contains(id));
            assert_eq!(id, if n == 1 { "pay".to_owned() } else { format!("pay-{n}") });
            taken.insert(id);
        }
        // Searching from the start each time would take minutes.
        let all: std::collections::HashSet<String> =
            (0..200_000).map(|_| maker.make("Wait", "tp", |_| false)).collect();
        assert_eq!(all.len(), 200_000);
    }

    #[test]
    fn ids_are_words_of_the_text() {
        assert_eq!(fresh_id("Compares  prices, twice!", "tp", |_| false), "compares-prices-twice");
        assert_eq!(fresh_id("قیمت‌ها را می‌سنجد", "tp", |_| false), "قیمت-ها-را-می");
        assert_eq!(fresh_id("…", "tp", |_| false), "tp");
    }

    #[test]
    fn taken_ids_get_a_number() {
        let taken = ["pay", "pay-2"];
        assert_eq!(fresh_id("Pay", "tp", |id| taken.contains(&id)), "pay-3");
    }
}
