//! What is drawn on the pages of a PDF, in the order in which it is read aloud.

use std::collections::HashMap;
use std::num::NonZeroU16;

use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, Tag, TagGroup, TagTree};

use super::svg::words;
use super::{About, Role};
use crate::model::Element;
use crate::scene::Group;

/// What was drawn for each element so far.
pub(super) struct Drawn {
    /// Of those that the order names.
    parts: HashMap<Element, Parts>,
}

/// What was drawn for an element, and what it says. Glyphs of right-to-left words stand as they are seen, which is no
/// order to read them in.
#[derive(Default)]
struct Parts {
    parts: Vec<Identifier>,
    words: String,
}

impl Drawn {
    pub fn new(about: &About) -> Self {
        Self { parts: about.order.iter().map(|mark| (mark.element.clone(), Parts::default())).collect() }
    }

    /// Begins what is drawn for `group`: text for its element, else decoration.
    pub fn start(&mut self, group: &Group, surface: &mut Surface<'_>) {
        match group.element.as_ref().and_then(|element| self.parts.get_mut(element)) {
            Some(drawn) => {
                drawn.parts.push(surface.start_tagged(ContentTag::Other));
                if drawn.words.is_empty() {
                    drawn.words = words(&group.items).replace('\n', " ");
                }
            }
            None => decoration(surface),
        }
    }

    /// The pages as a text: what was drawn in the order of `about`.
    pub fn tree(mut self, about: &About) -> TagTree {
        let mut tree = TagTree::new().with_lang((!about.language.is_empty()).then(|| about.language.to_owned()));
        for mark in &about.order {
            let Some(drawn) = self.parts.remove(&mark.element).filter(|drawn| !drawn.parts.is_empty()) else {
                continue;
            };
            let said = (!drawn.words.is_empty()).then_some(drawn.words);
            let mut group = match mark.role {
                Role::Heading(level) => {
                    // Levels begin at 1.
                    let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
                    TagGroup::new(Tag::Hn(level, said.clone()).with_actual_text(said))
                }
                Role::Text => TagGroup::new(Tag::P.with_actual_text(said)),
                Role::Figure => TagGroup::new(Tag::Figure(Some(mark.words.clone()))),
            };
            drawn.parts.into_iter().for_each(|part| group.push(part));
            tree.push(group);
        }
        tree
    }
}

/// Begins what nobody needs to have read aloud.
pub(super) fn decoration(surface: &mut Surface<'_>) {
    surface.start_tagged(ContentTag::Artifact(Artifact::new(ArtifactType::Other, None)));
}
