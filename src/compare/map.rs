//! What there is once in a map: its texts, its SWOT, the weights of loyalty.

use super::fields::{Fields, Thing};
use super::{Difference, Said};
use crate::model::{Direction, Driver, Element, JourneyMap, Scale, State};

/// What differences of the map itself are about.
pub(super) const SUBJECT: &str = "Map";
/// How emotions are shown.
const SCALE: &str = "Emotions shown as";
/// Whether it is the current or the future state.
pub(super) const STATE: &str = "State";
/// Where the map of the other state is.
pub(super) const COUNTERPART: &str = "Counterpart";

/// Title, subtitle, direction, lock, state and counterpart.
pub(super) fn texts(found: &mut Vec<Difference>, a: &JourneyMap, b: &JourneyMap) {
    let thing = |element| Thing::at(SUBJECT, "", element);
    let mut fields = Fields { thing: thing(Element::Title), found };
    fields.text("Title", &a.title, &b.title);
    fields.thing = thing(Element::Subtitle);
    fields.text("Subtitle", &a.subtitle, &b.subtitle);
    fields.thing = thing(Element::Title);
    fields.plain(SCALE, Some(a.scale), Some(b.scale), Scale::name);
    fields.plain(STATE, a.state, b.state, State::name);
    fields.text(COUNTERPART, &a.counterpart, &b.counterpart);
    fields.plain("Direction", Some(a.direction), Some(b.direction), Direction::name);
    fields.flag("Structure locked", a.locked, b.locked);
}

/// The four lists of the SWOT, and the four weights.
pub(super) fn swot_and_weights(found: &mut Vec<Difference>, a: &JourneyMap, b: &JourneyMap) {
    let mut fields = Fields { thing: Thing::only("SWOT"), found };
    fields.list("Strengths", &a.swot.strengths, &b.swot.strengths);
    fields.list("Weaknesses", &a.swot.weaknesses, &b.swot.weaknesses);
    fields.list("Opportunities", &a.swot.opportunities, &b.swot.opportunities);
    fields.list("Threats", &a.swot.threats, &b.swot.threats);
    fields.thing = Thing::only("Weights of loyalty");
    for driver in Driver::ALL {
        let said = |map: &JourneyMap| Said::Plain(map.weights.of(*driver).to_string());
        if a.weights.of(*driver) != b.weights.of(*driver) {
            fields.put(driver.name(), said(a), said(b));
        }
    }
}
