//! One annotation measured.

use std::sync::Arc;

use super::card::CardStyle;
use super::digest::Digest;
use crate::model::{Annotation, AnnotationKind, AnnotationRef, Host, JourneyMap};
use crate::text::{Measure, TextBlock, TextEngine};

/// A measured annotation. Its drawn height is that of its slot, at least its own.
#[derive(Debug)]
pub struct Note {
    /// Where it hangs.
    pub at: AnnotationRef,
    /// What it says.
    pub annotation: Annotation,
    /// The width of its card.
    pub width: f64,
    /// The text, to stand below the row of icon and dots.
    pub text: Arc<TextBlock>,
    /// The least height that shows everything.
    pub height: f64,
}

/// From the edges of an annotation's card to what stands on it.
pub(crate) const NOTE_PAD: f64 = 10.0;
/// The height of the row with the icon and the dots.
pub(crate) const NOTE_TOP: f64 = 20.0;

impl Note {
    pub(super) fn new(
        at: AnnotationRef,
        annotation: &Annotation,
        width: f64,
        style: &CardStyle,
        engine: &mut TextEngine,
    ) -> Self {
        let inner = width - 2.0 * NOTE_PAD;
        let measure = Measure { width: Some(inner as f32), ..Measure::default() };
        let text = Arc::new(engine.block(&annotation.text, style.theme.text.body.into(), measure));
        let height = (2.0 * NOTE_PAD + NOTE_TOP + 2.0 + f64::from(text.height)).ceil();
        Self { at, annotation: annotation.clone(), width, text, height }
    }
}

/// An annotation that a lane shows: its column, where it hangs, what it says.
pub(super) type Shown<'m> = (usize, AnnotationRef, &'m Annotation);

/// Every annotation on the map by column: a step's own, then lane by lane, from top to bottom.
pub(super) fn shown_annotations<'m>(map: &'m JourneyMap, digests: &'m [Arc<Digest>]) -> Vec<Shown<'m>> {
    let kinds: Vec<AnnotationKind> =
        map.lanes.iter().filter(|l| !l.hidden && !l.collapsed).filter_map(|l| l.kind.annotation()).collect();
    let mut shown: Vec<Shown<'m>> = Vec::new();
    let mut add = |column: usize, host: Host, annotations: &'m [Annotation]| {
        for (index, annotation) in annotations.iter().enumerate().filter(|(_, a)| kinds.contains(&a.kind)) {
            shown.push((column, AnnotationRef { host: host.clone(), index }, annotation));
        }
    };
    for (column, (_, step)) in map.steps().enumerate() {
        add(column, Host::Step(step.id.clone()), &step.annotations);
    }
    for digest in digests {
        for (column, index) in &digest.annotated {
            let touchpoint = &digest.ordered[*index];
            add(*column, Host::Touchpoint(touchpoint.id.clone()), &touchpoint.annotations);
        }
    }
    shown.sort_by_key(|(column, _, _)| *column);
    shown
}
