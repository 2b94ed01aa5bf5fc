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
    let host = host_in(map, step);
    add_annotation(map, &host, Annotation::new(kind, text))
}

/// Hangs an annotation on another host; returns where it is now.
///
/// # Errors
/// When it or the host is gone.
pub fn move_annotation(map: &mut JourneyMap, at: &AnnotationRef, to: &Host) -> EditResult<AnnotationRef> {
    let annotation = map.annotation(at).ok_or(EditError::Gone)?.clone();
    if at.host == *to {
        return Ok(at.clone());
    }
    match &at.host {
        Host::Touchpoint(id) => update_touchpoint(map, id, |t| drop(t.annotations.remove(at.index)))?,
        Host::Step(id) => drop(step_mut(map, id)?.annotations.remove(at.index)),
    }
    add_annotation(map, to, annotation)
}

/// What an annotation of `step` hangs on: its first touchpoint, or the step where it has none.
pub fn host_in(map: &JourneyMap, step: &StepId) -> Host {
    let lanes = map.lanes.iter().filter(|lane| lane.kind == LaneKind::Touchpoints);
    let first = lanes.filter_map(|lane| lane.cell(step).next().map(|t| t.id.clone())).next();
    first.map_or_else(|| Host::Step(step.clone()), Host::Touchpoint)
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
    fn an_annotation_moves_to_another_step_whole() {
        let mut map = generate(1, 2, 1);
        let at = hang_annotation(&mut map, &"step-1-1".into(), AnnotationKind::Delight, "Warm").unwrap();
        update_annotation(&mut map, &at, |a| a.votes = 3).unwrap();
        let to = host_in(&map, &"step-1-2".into());
        let now = move_annotation(&mut map, &at, &to).unwrap();
        assert_eq!(now.host, Host::Touchpoint("t-1-2".into()));
        assert_eq!((map.annotation(&now).unwrap().text.as_str(), map.annotation(&now).unwrap().votes), ("Warm", 3));
        assert_eq!(move_annotation(&mut map, &now, &to).unwrap(), now);
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
