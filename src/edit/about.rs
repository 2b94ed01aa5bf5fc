//! What a map knows beside its grid: personas, SWOT, competitors, weights. Goals and metrics are in `goals.rs`.

use std::sync::Arc;

use super::{EditError, EditResult};
use crate::model::{Competitor, Emotion, JourneyMap, Persona, PersonaId, StepId, Swot, Weights, fresh_id};

/// Adds a persona behind the others; returns her id.
///
/// # Errors
/// None; it is an edit like others.
pub fn add_persona(map: &mut JourneyMap, name: &str) -> EditResult<PersonaId> {
    let id = fresh_persona_id(map, name);
    map.personas.push(Arc::new(Persona::new(id.clone(), name)));
    Ok(id)
}

fn fresh_persona_id(map: &JourneyMap, name: &str) -> PersonaId {
    fresh_id(name, "persona", |id| map.persona(&id.into()).is_some()).into()
}

/// Changes one persona.
///
/// # Errors
/// When she is gone.
pub fn update_persona(map: &mut JourneyMap, id: &PersonaId, change: impl FnOnce(&mut Persona)) -> EditResult {
    change(Arc::make_mut(persona_mut(map, id)?));
    Ok(())
}

fn persona_mut<'m>(map: &'m mut JourneyMap, id: &PersonaId) -> EditResult<&'m mut Arc<Persona>> {
    map.personas.iter_mut().find(|persona| persona.id == *id).ok_or(EditError::Gone)
}

/// Names a persona; one without a name that nothing refers to takes her id from it.
///
/// # Errors
/// When she is gone.
pub fn name_persona(map: &mut JourneyMap, id: &PersonaId, name: &str) -> EditResult {
    let is_new = map.persona(id).ok_or(EditError::Gone)?.name.trim().is_empty();
    let is_named =
        map.touchpoints().any(|(_, t)| t.names(id)) || map.views.iter().any(|view| view.personas.contains(id));
    let fresh = (is_new && !is_named && !name.trim().is_empty()).then(|| fresh_persona_id(map, name));
    update_persona(map, id, |persona| {
        name.clone_into(&mut persona.name);
        persona.id = fresh.unwrap_or_else(|| persona.id.clone());
    })
}

/// Moves a persona so that she becomes the `to`-th.
///
/// # Errors
/// When she is gone.
pub fn move_persona(map: &mut JourneyMap, id: &PersonaId, to: usize) -> EditResult {
    let from = map.personas.iter().position(|persona| persona.id == *id).ok_or(EditError::Gone)?;
    let persona = map.personas.remove(from);
    map.personas.insert(to.min(map.personas.len()), persona);
    Ok(())
}

/// Deletes a persona, and with her what touchpoints and views say of her.
///
/// # Errors
/// When she is gone.
pub fn delete_persona(map: &mut JourneyMap, id: &PersonaId) -> EditResult {
    map.persona(id).ok_or(EditError::Gone)?;
    map.personas.retain(|persona| persona.id != *id);
    map.drop_lost_references();
    Ok(())
}

/// Changes where one stands.
///
/// # Errors
/// None; it is an edit like others.
pub fn update_swot(map: &mut JourneyMap, change: impl FnOnce(&mut Swot)) -> EditResult {
    change(Arc::make_mut(&mut map.swot));
    Ok(())
}

/// Adds a competitor behind the others; returns its place.
///
/// # Errors
/// None; it is an edit like others.
pub fn add_competitor(map: &mut JourneyMap, name: &str) -> EditResult<usize> {
    map.competitors.push(Arc::new(Competitor { name: name.to_owned(), ..Competitor::default() }));
    Ok(map.competitors.len() - 1)
}

/// Names the `at`-th competitor.
///
/// # Errors
/// When it is gone.
pub fn name_competitor(map: &mut JourneyMap, at: usize, name: &str) -> EditResult {
    name.clone_into(&mut competitor_mut(map, at)?.name);
    Ok(())
}

/// Sets how a customer feels at a step of the `at`-th competitor; `None` takes it away.
///
/// # Errors
/// When the competitor or the step is gone.
pub fn set_competitor_emotion(map: &mut JourneyMap, at: usize, step: &StepId, emotion: Option<Emotion>) -> EditResult {
    map.step(step).ok_or(EditError::Gone)?;
    let emotions = &mut competitor_mut(map, at)?.emotions;
    match emotion {
        Some(emotion) => emotions.insert(step.clone(), emotion),
        None => emotions.remove(step),
    };
    Ok(())
}

fn competitor_mut(map: &mut JourneyMap, at: usize) -> EditResult<&mut Competitor> {
    map.competitors.get_mut(at).map(Arc::make_mut).ok_or(EditError::Gone)
}

/// Deletes the `at`-th competitor.
///
/// # Errors
/// When it is gone.
pub fn delete_competitor(map: &mut JourneyMap, at: usize) -> EditResult {
    map.competitors.get(at).ok_or(EditError::Gone)?;
    map.competitors.remove(at);
    Ok(())
}

/// Changes how much the drivers count for loyalty.
///
/// # Errors
/// None; it is an edit like others.
pub fn update_weights(map: &mut JourneyMap, change: impl FnOnce(&mut Weights)) -> EditResult {
    change(&mut map.weights);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Document, update_touchpoint};
    use crate::model::{Driver, Figure, Level, View, generate};

    #[test]
    fn a_new_persona_takes_her_id_from_her_first_name() {
        let mut map = generate(1, 1, 1);
        let id = add_persona(&mut map, "").unwrap();
        assert_eq!(id.as_str(), "persona");
        name_persona(&mut map, &id, "Marta Ilves").unwrap();
        let id = map.personas[0].id.clone();
        assert_eq!((id.as_str(), map.personas[0].name.as_str()), ("marta-ilves", "Marta Ilves"));
        name_persona(&mut map, &id, "Somebody else").unwrap();
        assert_eq!(map.personas[0].id, id, "an id that was given stays");
        let twin = add_persona(&mut map, "Marta Ilves").unwrap();
        assert_eq!(twin.as_str(), "marta-ilves-2");
        assert_eq!(name_persona(&mut map, &"gone".into(), "x"), Err(EditError::Gone));
    }

    #[test]
    fn a_persona_that_is_referred_to_keeps_her_id() {
        let mut map = generate(1, 1, 1);
        let id = add_persona(&mut map, "").unwrap();
        update_touchpoint(&mut map, &"t-1-1".into(), |t| {
            t.emotions.insert(id.clone(), Emotion::MAX);
        })
        .unwrap();
        name_persona(&mut map, &id, "Marta").unwrap();
        assert_eq!(map.personas[0].id, id);
        assert_eq!(map.problems(), []);
    }

    #[test]
    fn what_is_said_of_a_persona_goes_with_her_and_comes_back() {
        let mut doc = Document::new(generate(1, 1, 1));
        let id = doc.edit("new persona", |map| add_persona(map, "Marta")).unwrap();
        doc.edit("what is said of her", |map| {
            map.views.push(Arc::new(View { personas: vec![id.clone()], ..View::default() }));
            update_touchpoint(map, &"t-1-1".into(), |t| {
                t.emotions.insert(id.clone(), Emotion::MAX);
                t.importance.insert(id.clone(), Level::HIGH);
            })
        })
        .unwrap();
        doc.edit("deletion of persona", |map| delete_persona(map, &id)).unwrap();
        let said = |doc: &Document| {
            let touchpoint = doc.map().touchpoint(&"t-1-1".into()).unwrap().1.clone();
            (touchpoint.emotions.len(), touchpoint.importance.len(), doc.map().views[0].personas.len())
        };
        assert_eq!((doc.map().personas.len(), said(&doc)), (0, (0, 0, 0)));
        doc.undo();
        assert_eq!((doc.map().personas.len(), said(&doc)), (1, (1, 1, 1)));
    }

    #[test]
    fn personas_change_places() {
        let mut map = generate(1, 1, 1);
        let ids: Vec<PersonaId> = ["A", "B", "C"].map(|name| add_persona(&mut map, name).unwrap()).into();
        move_persona(&mut map, &ids[2], 0).unwrap();
        move_persona(&mut map, &ids[0], 99).unwrap();
        let names: Vec<&str> = map.personas.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names, ["C", "B", "A"]);
    }

    #[test]
    fn competitors_have_a_name_and_feelings_at_steps() {
        let mut map = generate(1, 2, 1);
        let at = add_competitor(&mut map, "").unwrap();
        name_competitor(&mut map, at, "Other shop").unwrap();
        let step = StepId::from("step-1-2");
        set_competitor_emotion(&mut map, at, &step, Some(Emotion::MIN)).unwrap();
        assert_eq!(map.competitors[at].emotions.get(&step), Some(&Emotion::MIN));
        assert_eq!(set_competitor_emotion(&mut map, at, &"gone".into(), None), Err(EditError::Gone));
        set_competitor_emotion(&mut map, at, &step, None).unwrap();
        assert!(map.competitors[at].emotions.is_empty());
        delete_competitor(&mut map, at).unwrap();
        assert_eq!(delete_competitor(&mut map, at), Err(EditError::Gone));
    }

    #[test]
    fn swot_and_weights_are_one_step_each() {
        let mut doc = Document::new(generate(1, 1, 1));
        doc.edit("SWOT", |map| update_swot(map, |swot| swot.threats.push("A new rival".into()))).unwrap();
        doc.edit("weight", |map| update_weights(map, |w| *w.of_mut(Driver::Price) = Figure::whole(20))).unwrap();
        assert_eq!(doc.map().weights.price, Figure::whole(20));
        doc.undo();
        assert_eq!((doc.map().weights, doc.map().swot.threats.len()), (Weights::default(), 1));
        doc.undo();
        assert_eq!(*doc.map().swot, Swot::default());
    }
}
