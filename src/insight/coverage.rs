//! Channels and owners along the path: coverage of stages, changes and hand-offs.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Stop, folded, ways};
use crate::model::{Touchpoint, TouchpointId};

/// Which channel serves which stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The channels as they are first written, in path order.
    pub channels: Vec<String>,
    /// By channel, then by stage: the touchpoints there.
    pub cells: Vec<Vec<Vec<TouchpointId>>>,
    /// How many stages there are.
    pub stages: usize,
}

impl Coverage {
    /// The coverage of `stages` stages by the channels along `path`; spelling in capitals is no other channel.
    pub fn of(path: &[Stop], stages: usize) -> Self {
        let mut coverage = Self { stages, ..Self::default() };
        let mut known: HashMap<String, usize> = HashMap::new();
        for stop in path {
            for channel in stop.touchpoint.channels.iter().filter(|c| !c.trim().is_empty()) {
                let at = *known.entry(folded(channel)).or_insert_with(|| {
                    coverage.channels.push(channel.trim().to_owned());
                    coverage.cells.push(vec![Vec::new(); stages]);
                    coverage.channels.len() - 1
                });
                let cell = &mut coverage.cells[at][stop.stage];
                if cell.last() != Some(&stop.touchpoint.id) {
                    cell.push(stop.touchpoint.id.clone());
                }
            }
        }
        coverage
    }

    /// How many pairs of channel and stage have no touchpoint.
    pub fn empty_cells(&self) -> usize {
        self.cells.iter().flatten().filter(|cell| cell.is_empty()).count()
    }

    /// How many pairs of channel and stage there are.
    pub fn all_cells(&self) -> usize {
        self.channels.len() * self.stages
    }

    /// The channels that serve `stage`, by their numbers.
    pub fn channels_of(&self, stage: usize) -> Vec<usize> {
        (0..self.channels.len()).filter(|at| !self.cells[*at][stage].is_empty()).collect()
    }

    /// The stages that one channel alone serves, each with that channel.
    pub fn single_channel_stages(&self) -> Vec<(usize, usize)> {
        let only = |stage| match self.channels_of(stage).as_slice() {
            [channel] => Some((stage, *channel)),
            _ => None,
        };
        (0..self.stages).filter_map(only).collect()
    }
}

/// The touchpoints where the customer has to change the channel, each with the one before.
///
/// A change is a touchpoint that shares no channel with the last one before it that names any.
pub fn channel_changes(path: &[Stop]) -> Vec<(Arc<Touchpoint>, Arc<Touchpoint>)> {
    let channels =
        |t: &Touchpoint| -> Vec<String> { t.channels.iter().map(|c| folded(c)).filter(|c| !c.is_empty()).collect() };
    let named: Vec<Vec<String>> = path.iter().map(|s| channels(&s.touchpoint)).collect();
    let touchpoint = |at: usize| Arc::clone(&path[at].touchpoint);
    ways(path, |stop| stop.is_seen() && !channels(&stop.touchpoint).is_empty())
        .into_iter()
        .filter(|(from, to)| named[*from].iter().all(|c| !named[*to].contains(c)))
        .map(|(from, to)| (touchpoint(from), touchpoint(to)))
        .collect()
}

/// A place where the journey goes from one owner to another.
#[derive(Clone, Debug)]
pub struct HandOff {
    /// The last touchpoint of the one.
    pub from: Arc<Touchpoint>,
    /// The first touchpoint of the other.
    pub to: Arc<Touchpoint>,
}

/// The hand-offs along `path`; touchpoints without an owner are passed over.
pub fn hand_offs(path: &[Stop]) -> Vec<HandOff> {
    let touchpoint = |at: usize| &path[at].touchpoint;
    ways(path, |stop| !stop.touchpoint.owner.trim().is_empty())
        .into_iter()
        .map(|(from, to)| (touchpoint(from), touchpoint(to)))
        .filter(|(from, to)| folded(&from.owner) != folded(&to.owner))
        .map(|(from, to)| HandOff { from: Arc::clone(from), to: Arc::clone(to) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{path, samples::shop};
    use super::*;

    #[test]
    fn coverage_counts_touchpoints_of_each_channel_in_each_stage() {
        let coverage = Coverage::of(&path(&shop()), 2);
        assert_eq!(coverage.channels, ["web", "shop", "app", "post"]);
        let counts: Vec<Vec<usize>> = coverage.cells.iter().map(|row| row.iter().map(Vec::len).collect()).collect();
        assert_eq!(counts, [[2, 1], [1, 0], [0, 2], [0, 1]]);
        assert_eq!((coverage.empty_cells(), coverage.all_cells()), (3, 8));
        assert_eq!(coverage.single_channel_stages(), []);
    }

    #[test]
    fn a_stage_with_one_channel_is_told() {
        let path: Vec<Stop> = path(&shop()).into_iter().filter(|s| s.touchpoint.id != "talk".into()).collect();
        assert_eq!(Coverage::of(&path, 2).single_channel_stages(), [(0, 0)]);
    }

    #[test]
    fn channels_change_where_none_is_shared() {
        // web, Web, (none), shop, web+app, app, post: at shop, at pay and at the parcel.
        let changes = channel_changes(&path(&shop()));
        let to: Vec<String> = changes.iter().map(|(_, to)| to.id.to_string()).collect();
        assert_eq!(to, ["talk", "pay", "parcel"]);
    }

    #[test]
    fn hand_offs_are_counted_between_owners() {
        // Sales, "sales ", Payments, Bank, Logistics.
        let offs = hand_offs(&path(&shop()));
        let pairs: Vec<(&str, &str)> = offs.iter().map(|h| (h.from.owner.trim(), h.to.owner.as_str())).collect();
        assert_eq!(pairs, [("sales", "Payments"), ("Payments", "Bank"), ("Bank", "Logistics")]);
    }
}
