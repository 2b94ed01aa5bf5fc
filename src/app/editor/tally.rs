//! How much is on the map, counted again only where it changed.

use std::sync::Arc;

use crate::model::{JourneyMap, Lane};

/// What was counted last, lane by lane.
#[derive(Debug, Default)]
pub(super) struct Tally(Vec<Option<Counted>>);

/// A lane with the number of its touchpoints and of its pain points.
type Counted = (Arc<Lane>, (usize, usize));

impl Tally {
    /// The number of touchpoints and of pain points, as [`JourneyMap::counts`].
    pub fn of(&mut self, map: &JourneyMap) -> (usize, usize) {
        self.0.resize_with(map.lanes.len(), Default::default);
        let (mut touchpoints, mut pains) = (0, map.pains_on_steps());
        for (known, lane) in self.0.iter_mut().zip(&map.lanes) {
            known.take_if(|(of, _)| !Arc::ptr_eq(of, lane));
            let (_, counts) = known.get_or_insert_with(|| (Arc::clone(lane), lane.counts()));
            touchpoints += counts.0;
            pains += counts.1;
        }
        (touchpoints, pains)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{add_touchpoint, update_touchpoint};
    use crate::model::{Annotation, AnnotationKind, Touchpoint, generate};

    #[test]
    fn it_counts_what_the_map_counts() {
        let (mut tally, mut map) = (Tally::default(), generate(2, 3, 3));
        assert_eq!(tally.of(&map), map.counts());
        let pain = Annotation::new(AnnotationKind::PainPoint, "");
        update_touchpoint(&mut map, &"t-2-2".into(), |t| t.annotations.push(pain)).unwrap();
        let lane = map.lanes.iter().find(|lane| !lane.touchpoints.is_empty()).unwrap();
        let (id, step) = (lane.id.clone(), lane.touchpoints[0].step.clone());
        add_touchpoint(&mut map, &id, 0, Touchpoint::new("new", step, "New")).unwrap();
        assert_eq!(tally.of(&map), map.counts());
        map.lanes.remove(0);
        assert_eq!(tally.of(&map), map.counts());
    }
}
