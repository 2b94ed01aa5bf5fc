//! Filters of a map that are kept with it.

use serde::Deserialize;

use super::{AnnotationKind, PersonaId, Touchpoint};

/// Which touchpoints are shown and which step back; lists that are empty ask for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct View {
    /// What it is called; a view that is not saved has no name.
    pub name: String,
    /// Those that matter to one of these personas.
    pub personas: Vec<PersonaId>,
    /// Those that happen in one of these channels.
    pub channels: Vec<String>,
    /// Those of one of these owners.
    pub owners: Vec<String>,
    /// Those with one of these tags.
    pub tags: Vec<String>,
    /// Those with an annotation of one of these kinds.
    pub kinds: Vec<AnnotationKind>,
}

impl View {
    /// Whether it lets everything through.
    pub fn is_open(&self) -> bool {
        self.personas.is_empty()
            && self.channels.is_empty()
            && self.owners.is_empty()
            && self.tags.is_empty()
            && self.kinds.is_empty()
    }

    /// Whether it lets `touchpoint` through: each list that is not empty has to name something of it.
    pub fn shows(&self, touchpoint: &Touchpoint) -> bool {
        let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
        let any = |wanted: &[String], had: &[String]| {
            wanted.is_empty() || wanted.iter().any(|w| had.iter().any(|h| same(w, h)))
        };
        (self.personas.is_empty() || self.personas.iter().any(|id| touchpoint.names(id)))
            && any(&self.channels, &touchpoint.channels)
            && any(&self.tags, &touchpoint.tags)
            && any(&self.owners, std::slice::from_ref(&touchpoint.owner))
            && (self.kinds.is_empty() || touchpoint.annotations.iter().any(|a| self.kinds.contains(&a.kind)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Annotation;

    #[test]
    fn a_view_shows_what_each_of_its_lists_names() {
        let mut touchpoint = Touchpoint::new("t", "s", "");
        touchpoint.channels = vec!["Phone ".into()];
        touchpoint.annotations.push(Annotation::new(AnnotationKind::Delight, ""));
        let view = View { channels: vec!["phone".into()], ..View::default() };
        assert!(view.shows(&touchpoint) && !view.is_open());
        assert!(View::default().shows(&touchpoint));
        assert!(!View { kinds: vec![AnnotationKind::PainPoint], ..view.clone() }.shows(&touchpoint));
        assert!(!View { personas: vec!["p".into()], ..view }.shows(&touchpoint));
    }
}
