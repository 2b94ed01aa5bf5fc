//! Puts what was measured onto a map, as one edit.

use std::sync::Arc;

use super::mapping::Measured;
use crate::edit::{EditError, EditResult};
use crate::model::{JourneyMap, Metric, MetricHost, MetricId, counted, fresh_id};

/// What became of measured metrics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Metrics that are new.
    pub added: Vec<MetricId>,
    /// Metrics that were there and have more or other values now.
    pub updated: Vec<MetricId>,
}

/// The metric of `map` that `measured` belongs to: of the same kind, place and name.
pub fn known<'m>(map: &'m JourneyMap, measured: &Measured) -> Option<&'m Arc<Metric>> {
    map.metrics.iter().find(|metric| is_same(metric, measured))
}

fn is_same(metric: &Metric, measured: &Measured) -> bool {
    let name = if measured.name.is_empty() { measured.kind.name() } else { &measured.name };
    metric.kind == measured.kind
        && metric.host == measured.host
        && metric.shown_name().trim().to_lowercase() == name.trim().to_lowercase()
}

/// Gives the metrics of `map` the values that were measured, and adds those that it does not have.
///
/// Target and id of a metric stay, and so do its values of other dates: the answers of May join those of April.
///
/// # Errors
/// When a stage or touchpoint is gone; the map is then as before where a document runs the edit.
pub fn apply(map: &mut JourneyMap, measured: &[Measured]) -> EditResult<Applied> {
    let mut applied = Applied::default();
    for new in measured {
        let is_there = match &new.host {
            MetricHost::Map => true,
            MetricHost::Stage(id) => map.stage(id).is_some(),
            MetricHost::Touchpoint(id) => map.touchpoint(id).is_some(),
        };
        if !is_there {
            return Err(EditError::Gone);
        }
        if let Some(metric) = map.metrics.iter_mut().find(|metric| is_same(metric, new)) {
            let metric = Arc::make_mut(metric);
            metric.values.retain(|old| new.values.iter().all(|new| new.date != old.date));
            metric.values.extend(&new.values);
            metric.values.sort_by_key(|value| value.date);
            if !new.unit.is_empty() {
                metric.unit.clone_from(&new.unit);
            }
            applied.updated.push(metric.id.clone());
            continue;
        }
        let name = if new.name.is_empty() { new.kind.name() } else { &new.name };
        let text = match new.host {
            MetricHost::Map => name.to_owned(),
            _ => format!("{name} {}", map.host_name(&new.host)),
        };
        let id: MetricId = fresh_id(&text, "metric", |id| map.metrics.iter().any(|m| m.id.as_str() == id)).into();
        map.metrics.push(Arc::new(Metric {
            id: id.clone(),
            name: new.name.clone(),
            kind: new.kind,
            host: new.host.clone(),
            unit: new.unit.clone(),
            target: None,
            values: new.values.clone(),
        }));
        applied.added.push(id);
    }
    Ok(applied)
}

/// What became of them, in words: `5 metrics added, 1 updated`.
pub fn summary(applied: &Applied) -> String {
    let counted = |n: usize| counted(n, "metric");
    match (applied.added.len(), applied.updated.len()) {
        (added, 0) => format!("{} added", counted(added)),
        (0, updated) => format!("{} updated", counted(updated)),
        (added, updated) => format!("{} added, {updated} updated", counted(added)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Document;
    use crate::model::{Figure, MetricKind, Value, generate};

    fn measured(host: MetricHost, name: &str, value: i32) -> Measured {
        let date = "2026-03".parse().unwrap();
        let value = Value { date, value: Figure::whole(value), sample: Some(9), low: None, high: None };
        Measured { host, kind: MetricKind::Nps, name: name.into(), unit: String::new(), values: vec![value] }
    }

    #[test]
    fn metrics_are_added_or_get_new_values_in_one_step() {
        let map = generate(2, 1, 1);
        let stage = MetricHost::Stage(map.stages[0].id.clone());
        let mut document = Document::new(map);
        let both = [measured(stage.clone(), "", 30), measured(MetricHost::Map, "", 10)];
        let applied = document.edit("import", |map| apply(map, &both)).unwrap();
        assert_eq!((applied.added.len(), summary(&applied).as_str()), (2, "2 metrics added"));
        assert_eq!(document.map().problems(), []);
        // The same again under the name that an empty one has, and beside it one with another name.
        let again = [measured(stage.clone(), "nps ", 40), measured(stage, "Guests", 5)];
        assert!(known(document.map(), &again[0]).is_some() && known(document.map(), &again[1]).is_none());
        let second = document.edit("import", |map| apply(map, &again)).unwrap();
        assert_eq!(second.updated, [applied.added[0].clone()]);
        assert_eq!(summary(&second), "1 metric added, 1 updated");
        let values: Vec<f64> = document.map().metrics.iter().map(|m| m.values[0].value.get()).collect();
        assert_eq!(values, [40.0, 10.0, 5.0]);
        // Another month joins; the month before stays.
        let mut later = again[0].clone();
        later.values[0].date = "2026-04".parse().unwrap();
        later.values[0].value = Figure::whole(50);
        document.edit("import", |map| apply(map, &[later])).unwrap();
        let values: Vec<String> =
            document.map().metrics[0].values.iter().map(|v| format!("{} {}", v.date, v.value)).collect();
        assert_eq!(values, ["2026-03 40", "2026-04 50"]);
        document.undo();
        document.undo();
        document.undo();
        assert!(document.map().metrics.is_empty());
    }

    #[test]
    fn a_place_that_is_gone_stops_all_of_it() {
        let mut document = Document::new(generate(1, 1, 1));
        let list = [measured(MetricHost::Map, "", 1), measured(MetricHost::Touchpoint("gone".into()), "", 1)];
        assert_eq!(document.edit("import", |map| apply(map, &list)), Err(EditError::Gone));
        assert!(document.map().metrics.is_empty());
    }
}
