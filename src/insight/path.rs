//! The way of the customer over the map.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{JourneyMap, Lane, StepId, Touchpoint};

/// A touchpoint on the path, and where it stands.
#[derive(Clone, Debug)]
pub struct Stop {
    /// The index of its stage.
    pub stage: usize,
    /// The index of its step among all steps.
    pub step: usize,
    /// Its lane.
    pub lane: Arc<Lane>,
    /// The index of that lane.
    pub row: usize,
    /// The touchpoint.
    pub touchpoint: Arc<Touchpoint>,
}

/// All touchpoints in the order of the journey: step by step, lane by lane, from top to bottom.
pub fn path(map: &JourneyMap) -> Vec<Stop> {
    let steps: HashMap<&StepId, (usize, usize)> =
        map.steps().enumerate().map(|(step, (stage, s))| (&s.id, (stage, step))).collect();
    let mut stops: Vec<Stop> = Vec::new();
    for (row, lane) in map.lanes.iter().enumerate() {
        stops.extend(lane.touchpoints.iter().filter_map(|touchpoint| {
            let (stage, step) = *steps.get(&touchpoint.step)?;
            Some(Stop { stage, step, lane: Arc::clone(lane), row, touchpoint: Arc::clone(touchpoint) })
        }));
    }
    // Stable: the order of lanes and stacks stays within a step.
    stops.sort_by_key(|stop| stop.step);
    stops
}

#[cfg(test)]
mod tests {
    use super::super::samples::shop;
    use super::*;

    #[test]
    fn the_path_goes_step_by_step_and_lane_by_lane() {
        let ids: Vec<String> = path(&shop()).iter().map(|s| s.touchpoint.id.to_string()).collect();
        assert_eq!(ids, ["ad", "site", "compare", "talk", "pay", "bank", "parcel"]);
    }
}
