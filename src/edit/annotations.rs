//! Pain points, delights, opportunities and questions.

use super::structure::step_mut;
use super::{EditError, EditResult, update_touchpoint};
use crate::model::{Annotation, AnnotationKind, AnnotationRef, Host, JourneyMap, LaneKind, StepId};

/// Hangs `annotation` on `host`; returns where it is now.
///
/// # Errors
/// When the host is gone.
pub fn add_annotation(map: &mut JourneyMap, host: &Host, annotation: Annotation) -> EditResult<AnnotationRef> {
    let mut index = 0;
    match host {
        Host::Touchpoint(id) => update_touchpoint(map, id, |t| {
            index = t.annotations.len();
            t.annotations.push(annotation);
        })?,
        Host::Step(id) => {
            let step = step_mut(map, id)?;
            index = step.annotations.len();
            step.annotations.push(annotation);
        }
    }
    Ok(AnnotationRef { host: host.clone(), index })
}

/// Hangs an annotation of `kind` on the first touchpoint of `step`, or on the step where it has none.
///
/// # Errors
/// When the step is gone.
pub fn hang_annotation(
    map: &mut JourneyMap,
    step: &StepId,
    kind: AnnotationKind,
    text: &str,
) -> EditResult<AnnotationRef> {
    let first = map
        .lanes
        .iter()
        .filter(|lane| lane.kind == LaneKind::Touchpoints)
        .find_map(|lane| lane.cell(step).next().map(|t| t.id.clone()));
    let host = first.map_or_else(|| Host::Step(step.clone()), Host::Touchpoint);
    add_annotation(map, &host, Annotation::new(kind, text))
}

/// Changes one annotation.
///
/// # Errors
/// When it is gone.
pub fn update_annotation(map: &mut JourneyMap, at: &AnnotationRef, change: impl FnOnce(&mut Annotation)) -> EditResult {
    map.annotation(at).ok_or(EditError::Gone)?;
    match &at.host {
        Host::Touchpoint(id) => update_touchpoint(map, id, |t| change(&mut t.annotations[at.index])),
        Host::Step(id) => {
            change(&mut step_mut(map, id)?.annotations[at.index]);
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Selection, delete_elements};
    use crate::model::{Element, generate};

    #[test]
    fn an_annotation_goes_to_the_touchpoint_or_to_the_empty_step() {
        let mut map = generate(1, 2, 1);
        let on_card = hang_annotation(&mut map, &"step-1-1".into(), AnnotationKind::Delight, "Warm").unwrap();
        assert_eq!(on_card.host, Host::Touchpoint("t-1-1".into()));
        delete_elements(&mut map, &Selection::from([Element::Touchpoint("t-1-2".into())])).unwrap();
        let on_step = hang_annotation(&mut map, &"step-1-2".into(), AnnotationKind::PainPoint, "Cold").unwrap();
        assert_eq!(on_step.host, Host::Step("step-1-2".into()));
        assert_eq!(map.annotation(&on_step).unwrap().text, "Cold");
    }

    #[test]
    fn several_annotations_of_one_host_are_deleted_together() {
        let mut map = generate(1, 1, 1);
        let host = Host::Touchpoint("t-1-1".into());
        let refs: Vec<_> = ["a", "b", "c"]
            .iter()
            .map(|text| add_annotation(&mut map, &host, Annotation::new(AnnotationKind::Question, *text)).unwrap())
            .collect();
        let doomed: Selection = [0, 2].iter().map(|i| Element::Annotation(refs[*i].clone())).collect();
        delete_elements(&mut map, &doomed).unwrap();
        let left = &map.touchpoint(&"t-1-1".into()).unwrap().1.annotations;
        assert_eq!(left.iter().filter(|a| a.kind == AnnotationKind::Question).count(), 1);
        assert_eq!(left.last().unwrap().text, "b");
    }
}
