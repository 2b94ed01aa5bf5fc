//! One annotation measured.

use std::sync::Arc;

use super::card::CardStyle;
use crate::model::{Annotation, AnnotationRef};
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
