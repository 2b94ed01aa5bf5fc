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

/// An annotation in its column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Hung {
    pub column: usize,
    pub at: AnnotationRef,
    pub annotation: Annotation,
}

impl Hung {
    /// The annotations of what `host` names.
    pub fn all(column: usize, host: impl Fn() -> Host, annotations: &[Annotation]) -> impl Iterator<Item = Self> {
        annotations.iter().enumerate().map(move |(index, annotation)| Self {
            column,
            at: AnnotationRef { host: host(), index },
            annotation: annotation.clone(),
        })
    }
}

/// The annotations that lanes show.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// By column: a step's own, then lane by lane, from top to bottom.
    pub hung: Vec<Hung>,
    /// The width that each column should have for them.
    pub preferred: Vec<f64>,
}

impl Shown {
    /// What of the map is of these kinds.
    pub fn new(map: &JourneyMap, digests: &[Arc<Digest>], kinds: &[AnnotationKind]) -> Self {
        let mut hung: Vec<Hung> = Vec::new();
        for (column, (_, step)) in map.steps().enumerate() {
            hung.extend(Hung::all(column, || Host::Step(step.id.clone()), &step.annotations));
        }
        hung.extend(digests.iter().flat_map(|digest| digest.hung.iter().cloned()));
        hung.retain(|one| kinds.contains(&one.annotation.kind));
        hung.sort_by_key(|one| one.column);
        Self { hung, preferred: vec![0.0; map.steps().count()] }
    }
}
