//! Maps to start from: those of the program, in four languages, and one's own.

mod shelf;
mod words;

use crate::file;
use crate::model::{JourneyMap, Language};

pub use shelf::{NameProblem, Own, Shelf, check_name};
use words::Words;

/// A map to start from.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is called and what it is for, in each language.
    words: Words,
    /// The map in each language, with the same ids.
    texts: [&'static str; 4],
}

macro_rules! template {
    ($name:literal, $words:ident) => {
        Template {
            name: $name,
            words: words::$words,
            texts: [
                include_str!(concat!("../../assets/templates/", $name, ".ron")),
                include_str!(concat!("../../assets/templates/lt/", $name, ".ron")),
                include_str!(concat!("../../assets/templates/ar/", $name, ".ron")),
                include_str!(concat!("../../assets/templates/fa/", $name, ".ron")),
            ],
        }
    };
}

/// All templates; the first is the one for a new map.
pub const TEMPLATES: [Template; 8] = [
    template!("empty", EMPTY),
    template!("research-buy-use", RESEARCH_BUY_USE),
    template!("before-during-after", BEFORE_DURING_AFTER),
    template!("decision-journey", DECISION_JOURNEY),
    template!("service-blueprint", SERVICE_BLUEPRINT),
    template!("banking", BANKING),
    template!("hotel", HOTEL),
    template!("b2b-steel", B2B_STEEL),
];

/// The place of a language in lists of four.
fn place(language: Language) -> usize {
    match language {
        Language::English => 0,
        Language::Lithuanian => 1,
        Language::Arabic => 2,
        Language::Persian => 3,
    }
}

impl Template {
    /// The template called `name`.
    pub fn find(name: &str) -> Option<&'static Self> {
        TEMPLATES.iter().find(|template| template.name == name)
    }

    /// What it is called.
    pub fn title(&self, language: Language) -> &'static str {
        self.words[place(language)].0
    }

    /// What it is for, in one line.
    pub fn about(&self, language: Language) -> &'static str {
        self.words[place(language)].1
    }

    /// A new map made from it, in English.
    pub fn map(&self) -> JourneyMap {
        self.map_in(Language::English)
    }

    /// A new map made from it.
    pub fn map_in(&self, language: Language) -> JourneyMap {
        // The texts are part of the program; a test reads each of them.
        file::parse(self.texts[place(language)]).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every template in every language.
    fn all() -> impl Iterator<Item = (Template, Language, JourneyMap)> {
        let languages = |template: Template| Language::ALL.iter().map(move |language| (template, *language));
        TEMPLATES.into_iter().flat_map(languages).map(|(template, language)| {
            let text = template.texts[place(language)];
            let map = file::parse(text).unwrap_or_else(|err| panic!("{} {language:?}: {err:?}", template.name));
            assert_eq!(file::to_ron(&map), text, "{} {language:?} in canonical form", template.name);
            (template, language, map)
        })
    }

    /// Every text of a map that a person reads.
    fn texts(map: &JourneyMap) -> Vec<String> {
        let mut found = vec![map.title.clone(), map.subtitle.clone()];
        for stage in &map.stages {
            found.extend([stage.name.clone(), stage.words.clone(), stage.phase.clone()]);
            found.extend(stage.steps.iter().map(|step| step.name.clone()));
        }
        found.extend(map.lanes.iter().flat_map(|lane| [lane.name.clone(), lane.hint.clone()]));
        for (_, touchpoint) in map.touchpoints() {
            found.extend([touchpoint.title.clone(), touchpoint.owner.clone(), touchpoint.notes.clone()]);
            found.extend(touchpoint.channels.iter().chain(&touchpoint.tags).cloned());
            found.extend(touchpoint.annotations.iter().map(|annotation| annotation.text.clone()));
        }
        found
    }

    /// What has to be the same in every language: the map without its words.
    fn bones(text: &str) -> Vec<String> {
        let is_words = |piece: &str| {
            ["title", "subtitle", "name", "words", "phase", "hint", "text", "owner", "notes"]
                .iter()
                .any(|field| piece.trim_end().ends_with(&format!("{field}:")))
        };
        let mut kept = Vec::new();
        for line in text.lines().filter(|line| !line.trim_start().starts_with("channels:")) {
            let pieces: Vec<&str> = line.split('"').collect();
            let odd = |i: usize| i % 2 == 1 && is_words(pieces[i - 1]);
            kept.push((0..pieces.len()).filter(|i| !odd(*i)).map(|i| pieces[i]).collect());
        }
        kept
    }

    #[test]
    fn every_template_is_a_sound_map_in_every_language() {
        for (template, language, map) in all() {
            assert_eq!(map.problems(), [], "{} {language:?}", template.name);
            assert!(!map.title.is_empty() && map.stages.len() >= 3 && map.lanes.len() >= 4, "{}", template.name);
            assert_eq!(template.map_in(language), map);
            assert!(!template.title(language).is_empty() && !template.about(language).is_empty());
        }
    }

    #[test]
    fn all_languages_have_the_same_ids_and_values() {
        for template in TEMPLATES {
            let english = bones(template.texts[0]);
            for language in Language::ALL {
                assert_eq!(bones(template.texts[place(*language)]), english, "{} {language:?}", template.name);
            }
        }
    }

    #[test]
    fn direction_and_language_come_from_the_words() {
        for (template, language, map) in all() {
            let is_rtl = matches!(language, Language::Arabic | Language::Persian);
            assert_eq!(map.is_rtl(), is_rtl, "{} {language:?}", template.name);
            assert_eq!(map.language(), language, "{}", template.name);
        }
    }

    #[test]
    fn no_word_is_left_in_english() {
        for (template, language, map) in all().filter(|(_, language, _)| *language != Language::English) {
            for (english, text) in texts(&template.map()).iter().zip(texts(&map)) {
                assert!(text.is_empty() || text != *english, "{} {language:?}: {text}", template.name);
                assert_eq!(text.is_empty(), english.is_empty(), "{} {language:?}: {english}", template.name);
            }
            assert_ne!(template.title(language), template.title(Language::English));
            assert_ne!(template.about(language), template.about(Language::English));
        }
    }

    #[test]
    fn arabic_and_persian_have_their_own_letters() {
        let words = |template: Template, language, map: &JourneyMap| {
            [template.title(language), template.about(language)].map(str::to_owned).into_iter().chain(texts(map))
        };
        for (template, language, map) in all() {
            for text in words(template, language, &map).collect::<Vec<_>>() {
                match language {
                    Language::Arabic => assert!(!text.contains(['ی', 'ک', 'گ', 'پ', 'چ', 'ژ', '\u{200C}']), "{text}"),
                    Language::Persian => {
                        assert!(!text.contains(['ي', 'ك', 'ة', 'ى']), "{text}");
                        assert!(!text.contains(['٠', '١', '٢', '٣', '٤', '٥', '٦', '٧', '٨', '٩']), "{text}");
                    }
                    Language::English | Language::Lithuanian => {
                        assert!(!text.chars().any(crate::model::is_rtl_letter), "{text}");
                    }
                }
            }
        }
    }
}
