//! Maps to start from.

use crate::file;
use crate::model::JourneyMap;

/// A map to start from.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its name in the window.
    pub title: &'static str,
    /// What it is for, in one line.
    pub about: &'static str,
    text: &'static str,
}

macro_rules! template {
    ($name:literal, $title:literal, $about:literal) => {
        Template {
            name: $name,
            title: $title,
            about: $about,
            text: include_str!(concat!("../assets/templates/", $name, ".ron")),
        }
    };
}

/// All templates; the first is the one for a new map.
pub const TEMPLATES: [Template; 8] = [
    template!("empty", "Empty map", "Three stages and the four lanes that most maps have"),
    template!("research-buy-use", "Research, compare, buy, use", "A purchase from the first thought to daily use"),
    template!("before-during-after", "Before, during, after", "Any service, told around the moment it happens"),
    template!("decision-journey", "Decision journey", "Consider, evaluate, buy, enjoy, advocate, bond"),
    template!("service-blueprint", "Service blueprint", "What the customer sees, and what has to happen behind it"),
    template!("banking", "Opening an account", "A bank account, with the first touchpoints filled in"),
    template!("hotel", "A night at a hotel", "A stay, with the first touchpoints filled in"),
    template!("b2b-steel", "Buying steel plate", "An industrial purchase with many people on both sides"),
];

impl Template {
    /// The template called `name`.
    pub fn find(name: &str) -> Option<&'static Self> {
        TEMPLATES.iter().find(|template| template.name == name)
    }

    /// A new map made from it.
    pub fn map(&self) -> JourneyMap {
        // The texts are part of the program; a test reads each of them.
        file::parse(self.text).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_a_sound_map_in_canonical_form() {
        for template in TEMPLATES {
            let map = file::parse(template.text).unwrap_or_else(|problems| panic!("{}: {problems:?}", template.name));
            assert_eq!(map.problems(), [], "{}", template.name);
            assert_eq!(file::to_ron(&map), template.text, "{}", template.name);
            assert!(!map.title.is_empty() && map.stages.len() >= 3 && map.lanes.len() >= 4, "{}", template.name);
        }
    }
}
