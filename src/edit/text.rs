//! Editing the text of any element.

use std::ops::Range;

use super::{
    EditError, EditResult, set_phase, update_annotation, update_lane, update_stage, update_step, update_touchpoint,
};
use crate::model::{Element, JourneyMap, TextPart, TextRef};

/// Sets the text that a person edits in place on `element`; elements without one are left alone.
///
/// # Errors
/// When the element is gone, or is a name of the structure and that is locked.
pub fn set_text(map: &mut JourneyMap, element: &Element, text: &str) -> EditResult {
    let text = text.to_owned();
    match element {
        Element::Title => map.title = text,
        Element::Subtitle => map.subtitle = text,
        Element::Phase(id) => set_phase(map, id, &text)?,
        Element::Stage(id) => update_stage(map, id, |stage| stage.name = text)?,
        Element::Step(id) => update_step(map, id, |step| step.name = text)?,
        Element::Lane(id) => update_lane(map, id, |lane| lane.name = text)?,
        Element::LaneHint(id) => update_lane(map, id, |lane| lane.hint = text)?,
        Element::Touchpoint(id) => update_touchpoint(map, id, |touchpoint| touchpoint.title = text)?,
        Element::Annotation(at) => update_annotation(map, at, |annotation| annotation.text = text)?,
        Element::Link(index) => super::update_link(map, *index, |link| link.label = text)?,
        Element::Cell { .. } | Element::EmotionPoint(_) => {}
    }
    Ok(())
}

/// Puts `with`, as it stands, in place of each of `ranges`: bytes of the texts as they are now.
///
/// The ranges of one text are in rising order and do not overlap. A channel of which nothing is left goes away.
///
/// # Errors
/// When a text or a place in it is gone, or is a name of the structure and that is locked.
pub fn replace_in_texts(map: &mut JourneyMap, ranges: &[(TextRef, Range<usize>)], with: &str) -> EditResult {
    let mut emptied = Vec::new();
    for same in ranges.chunk_by(|a, b| a.0 == b.0) {
        let at = &same[0].0;
        let mut text = map.text_at(at).ok_or(EditError::Gone)?.to_owned();
        // From the end, so that the ranges before stay where they are.
        for (_, range) in same.iter().rev() {
            text.get(range.clone()).ok_or(EditError::Gone)?;
            text.replace_range(range.clone(), with);
        }
        match (&at.element, at.part) {
            (Element::Touchpoint(id), TextPart::Channel(_) | TextPart::Tag(_)) if text.trim().is_empty() => {
                emptied.push(id);
            }
            _ => {}
        }
        set_text_at(map, at, text)?;
    }
    for id in emptied {
        update_touchpoint(map, id, |t| {
            t.channels.retain(|channel| !channel.trim().is_empty());
            t.tags.retain(|tag| !tag.trim().is_empty());
        })?;
    }
    Ok(())
}

fn set_text_at(map: &mut JourneyMap, at: &TextRef, text: String) -> EditResult {
    match (&at.element, at.part) {
        (element, TextPart::Own) => set_text(map, element, &text),
        (Element::Stage(id), _) => update_stage(map, id, |stage| stage.words = text),
        (Element::Link(index), _) => super::update_link(map, *index, |link| link.trigger = text),
        (Element::Annotation(at), TextPart::Owner) => update_annotation(map, at, |a| a.owner = text),
        (Element::Touchpoint(id), part) => update_touchpoint(map, id, |t| match part {
            TextPart::Channel(index) => t.channels[index] = text,
            TextPart::Tag(index) => t.tags[index] = text,
            TextPart::Source(index) => t.evidence[index].source = text,
            TextPart::Quote(index) => t.evidence[index].quote = text,
            TextPart::Owner => t.owner = text,
            TextPart::Doing => t.doing = text,
            TextPart::Thinking => t.thinking = text,
            TextPart::Feeling => t.feeling = text,
            _ => t.notes = text,
        }),
        _ => Err(EditError::Gone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{TouchpointId, generate};

    fn at(part: TextPart) -> TextRef {
        TextRef { element: Element::Touchpoint("t-1-1".into()), part }
    }

    fn map() -> JourneyMap {
        let mut map = generate(1, 1, 1);
        update_touchpoint(&mut map, &"t-1-1".into(), |t| {
            t.title = "web, then web".into();
            t.notes = "web".into();
            t.channels = vec!["phone".into(), "web".into()];
        })
        .unwrap();
        map
    }

    #[test]
    fn all_places_are_replaced_at_once() {
        let mut map = map();
        let ranges = [
            (at(TextPart::Own), 0..3),
            (at(TextPart::Own), 10..13),
            (at(TextPart::Channel(1)), 0..3),
            (at(TextPart::Notes), 0..3),
        ];
        replace_in_texts(&mut map, &ranges, "$1 site").unwrap();
        let touchpoint = map.touchpoint(&TouchpointId::from("t-1-1")).unwrap().1;
        assert_eq!(touchpoint.title, "$1 site, then $1 site");
        assert_eq!(touchpoint.notes, "$1 site");
        assert_eq!(touchpoint.channels, ["phone", "$1 site"]);
    }

    #[test]
    fn a_channel_replaced_by_nothing_goes_away() {
        let mut map = map();
        replace_in_texts(&mut map, &[(at(TextPart::Channel(0)), 0..5), (at(TextPart::Channel(1)), 1..3)], "").unwrap();
        assert_eq!(map.touchpoint(&"t-1-1".into()).unwrap().1.channels, ["w"]);
    }

    #[test]
    fn places_that_are_gone_and_locked_names_are_refused() {
        let mut map = map();
        assert_eq!(replace_in_texts(&mut map, &[(at(TextPart::Notes), 2..9)], "x"), Err(EditError::Gone));
        map.locked = true;
        let name = TextRef { element: Element::Stage(map.stages[0].id.clone()), part: TextPart::Own };
        assert_eq!(replace_in_texts(&mut map, &[(name, 0..1)], "x"), Err(EditError::Locked));
    }
}
