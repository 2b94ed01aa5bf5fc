//! Goals and the metrics that show the way there.

use std::sync::Arc;

use super::{EditError, EditResult};
use crate::model::{Goal, GoalId, JourneyMap, Metric, MetricHost, MetricId, MetricKind, Value, fresh_id};

/// Adds a goal below `parent`, behind the goals that are there already; returns its id.
///
/// # Errors
/// When the parent is gone.
pub fn add_goal(map: &mut JourneyMap, parent: Option<&GoalId>, title: &str) -> EditResult<GoalId> {
    let id = fresh_goal_id(map, title);
    // Behind the whole family, so that the file reads as the tree does.
    let at = match parent {
        None => map.goals.len(),
        Some(parent) => {
            let family = map.goals.iter().rposition(|goal| goal.id == *parent || serves(map, &goal.id, parent));
            family.ok_or(EditError::Gone)? + 1
        }
    };
    let goal = Goal { parent: parent.cloned(), ..Goal::new(id.clone(), title) };
    map.goals.insert(at, Arc::new(goal));
    Ok(id)
}

fn fresh_goal_id(map: &JourneyMap, title: &str) -> GoalId {
    fresh_id(title, "goal", |id| map.goals.iter().any(|goal| goal.id.as_str() == id)).into()
}

/// Whether a goal stands below another, at any depth.
pub fn serves(map: &JourneyMap, goal: &GoalId, above: &GoalId) -> bool {
    let parent = |id: &GoalId| map.goals.iter().find(|goal| goal.id == *id).and_then(|goal| goal.parent.as_ref());
    std::iter::successors(parent(goal), |id| parent(id)).take(map.goals.len()).any(|id| id == above)
}

/// Changes one goal; its parent is the business of [`set_goal_parent`].
///
/// # Errors
/// When it is gone.
pub fn update_goal(map: &mut JourneyMap, id: &GoalId, change: impl FnOnce(&mut Goal)) -> EditResult {
    let goal = map.goals.iter_mut().find(|goal| goal.id == *id).ok_or(EditError::Gone)?;
    change(Arc::make_mut(goal));
    Ok(())
}

/// Names a goal; one without a title that nothing refers to takes its id from it.
///
/// # Errors
/// When it is gone.
pub fn name_goal(map: &mut JourneyMap, id: &GoalId, title: &str) -> EditResult {
    let goal = map.goals.iter().find(|goal| goal.id == *id).ok_or(EditError::Gone)?;
    let is_new = goal.title.trim().is_empty() && !title.trim().is_empty();
    let is_named = map.goals.iter().any(|goal| goal.parent.as_ref() == Some(id));
    let fresh = (is_new && !is_named).then(|| fresh_goal_id(map, title));
    update_goal(map, id, |goal| {
        title.clone_into(&mut goal.title);
        goal.id = fresh.unwrap_or_else(|| goal.id.clone());
    })
}

/// Hangs a goal below another, or on top.
///
/// # Errors
/// When one of them is gone, or the goal would serve itself.
pub fn set_goal_parent(map: &mut JourneyMap, id: &GoalId, parent: Option<&GoalId>) -> EditResult {
    if let Some(parent) = parent {
        map.goals.iter().find(|goal| goal.id == *parent).ok_or(EditError::Gone)?;
        if parent == id || serves(map, parent, id) {
            return Err(EditError::InCircle);
        }
    }
    update_goal(map, id, |goal| goal.parent = parent.cloned())
}

/// Deletes a goal; the goals below it move up to its parent.
///
/// # Errors
/// When it is gone.
pub fn delete_goal(map: &mut JourneyMap, id: &GoalId) -> EditResult {
    let at = map.goals.iter().position(|goal| goal.id == *id).ok_or(EditError::Gone)?;
    let parent = map.goals.remove(at).parent.clone();
    for goal in map.goals.iter_mut().filter(|goal| goal.parent.as_ref() == Some(id)) {
        Arc::make_mut(goal).parent.clone_from(&parent);
    }
    Ok(())
}

/// Adds a metric of `kind` for the whole journey; returns its id.
///
/// # Errors
/// None; it is an edit like others.
pub fn add_metric(map: &mut JourneyMap, kind: MetricKind) -> EditResult<MetricId> {
    // One of one's own gets its id with its name.
    let name = if kind == MetricKind::Own { "" } else { kind.name() };
    let id = fresh_metric_id(map, name);
    map.metrics.push(Arc::new(Metric {
        id: id.clone(),
        name: String::new(),
        kind,
        host: MetricHost::Map,
        unit: String::new(),
        target: None,
        values: Vec::new(),
    }));
    Ok(id)
}

fn fresh_metric_id(map: &JourneyMap, name: &str) -> MetricId {
    fresh_id(name, "metric", |id| map.metrics.iter().any(|metric| metric.id.as_str() == id)).into()
}

/// Changes one metric and puts its values in the order of their dates.
///
/// # Errors
/// When it is gone.
pub fn update_metric(map: &mut JourneyMap, id: &MetricId, change: impl FnOnce(&mut Metric)) -> EditResult {
    let metric = map.metrics.iter_mut().find(|metric| metric.id == *id).ok_or(EditError::Gone)?;
    let metric = Arc::make_mut(metric);
    change(metric);
    metric.values.sort_by_key(|value| value.date);
    Ok(())
}

/// Names a metric; one without a name that no goal refers to takes its id from it.
///
/// # Errors
/// When it is gone.
pub fn name_metric(map: &mut JourneyMap, id: &MetricId, name: &str) -> EditResult {
    let metric = map.metrics.iter().find(|metric| metric.id == *id).ok_or(EditError::Gone)?;
    let is_new = metric.name.trim().is_empty() && !name.trim().is_empty();
    let is_named = map.goals.iter().any(|goal| goal.metrics.contains(id));
    let fresh = (is_new && !is_named).then(|| fresh_metric_id(map, name));
    update_metric(map, id, |metric| {
        name.clone_into(&mut metric.name);
        metric.id = fresh.unwrap_or_else(|| metric.id.clone());
    })
}

/// Deletes a metric; goals forget it.
///
/// # Errors
/// When it is gone.
pub fn delete_metric(map: &mut JourneyMap, id: &MetricId) -> EditResult {
    let at = map.metrics.iter().position(|metric| metric.id == *id).ok_or(EditError::Gone)?;
    map.metrics.remove(at);
    map.drop_lost_references();
    Ok(())
}

/// Adds a value of a metric at its place in time; returns its index.
///
/// # Errors
/// When the metric is gone.
pub fn add_value(map: &mut JourneyMap, id: &MetricId, value: Value) -> EditResult<usize> {
    let mut at = 0;
    update_metric(map, id, |metric| {
        at = metric.values.partition_point(|other| other.date <= value.date);
        metric.values.insert(at, value);
    })?;
    Ok(at)
}

/// Changes the `at`-th value of a metric; with another date it moves to another place.
///
/// # Errors
/// When it is gone.
pub fn update_value(map: &mut JourneyMap, id: &MetricId, at: usize, change: impl FnOnce(&mut Value)) -> EditResult {
    let mut found = false;
    update_metric(map, id, |metric| {
        if let Some(value) = metric.values.get_mut(at) {
            change(value);
            found = true;
        }
    })?;
    if found { Ok(()) } else { Err(EditError::Gone) }
}

/// Deletes the `at`-th value of a metric.
///
/// # Errors
/// When it is gone.
pub fn delete_value(map: &mut JourneyMap, id: &MetricId, at: usize) -> EditResult {
    update_value(map, id, at, |_| ())?;
    update_metric(map, id, |metric| {
        metric.values.remove(at);
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Document;
    use crate::model::{Figure, generate};

    fn value(date: &str, value: i32) -> Value {
        let value = Figure::whole(value);
        Value { date: date.parse().unwrap(), value, sample: None, low: None, high: None }
    }

    fn ids(map: &JourneyMap) -> Vec<(&str, Option<&str>)> {
        map.goals.iter().map(|goal| (goal.id.as_str(), goal.parent.as_ref().map(GoalId::as_str))).collect()
    }

    #[test]
    fn goals_stand_behind_the_family_of_their_parent() {
        let mut map = generate(1, 1, 1);
        let a = add_goal(&mut map, None, "A").unwrap();
        add_goal(&mut map, None, "B").unwrap();
        let c = add_goal(&mut map, Some(&a), "C").unwrap();
        add_goal(&mut map, Some(&c), "D").unwrap();
        add_goal(&mut map, Some(&a), "E").unwrap();
        let tree = [("a", None), ("c", Some("a")), ("d", Some("c")), ("e", Some("a")), ("b", None)];
        assert_eq!(ids(&map), tree);
        assert_eq!(add_goal(&mut map, Some(&"gone".into()), ""), Err(EditError::Gone));
    }

    #[test]
    fn no_goal_serves_itself() {
        let mut map = generate(1, 1, 1);
        let a = add_goal(&mut map, None, "A").unwrap();
        let b = add_goal(&mut map, Some(&a), "B").unwrap();
        let c = add_goal(&mut map, Some(&b), "C").unwrap();
        assert!(serves(&map, &c, &a) && !serves(&map, &a, &c));
        assert_eq!(set_goal_parent(&mut map, &a, Some(&c)), Err(EditError::InCircle));
        assert_eq!(set_goal_parent(&mut map, &a, Some(&a)), Err(EditError::InCircle));
        set_goal_parent(&mut map, &c, None).unwrap();
        set_goal_parent(&mut map, &a, Some(&c)).unwrap();
        assert_eq!(map.problems(), []);
    }

    #[test]
    fn goals_below_a_deleted_one_move_up_and_undo_brings_it_back() {
        let mut doc = Document::new(generate(1, 1, 1));
        let a = doc.edit("", |map| add_goal(map, None, "A")).unwrap();
        let b = doc.edit("", |map| add_goal(map, Some(&a), "B")).unwrap();
        doc.edit("", |map| add_goal(map, Some(&b), "C")).unwrap();
        doc.edit("deletion of goal", |map| delete_goal(map, &b)).unwrap();
        assert_eq!(ids(doc.map()), [("a", None), ("c", Some("a"))]);
        assert_eq!(doc.undo().as_deref(), Some("deletion of goal"));
        assert_eq!(ids(doc.map()), [("a", None), ("b", Some("a")), ("c", Some("b"))]);
    }

    #[test]
    fn new_goals_and_metrics_take_their_ids_from_their_names() {
        let mut map = generate(1, 1, 1);
        let goal = add_goal(&mut map, None, "").unwrap();
        name_goal(&mut map, &goal, "Fewer returns").unwrap();
        let parent = map.goals[0].id.clone();
        assert_eq!(parent.as_str(), "fewer-returns");
        let untitled = add_goal(&mut map, None, "").unwrap();
        add_goal(&mut map, Some(&untitled), "Below").unwrap();
        name_goal(&mut map, &untitled, "Named late").unwrap();
        assert_eq!(map.goals[1].id, untitled, "another goal refers to it");
        let nps = add_metric(&mut map, MetricKind::Nps).unwrap();
        let own = add_metric(&mut map, MetricKind::Own).unwrap();
        assert_eq!((nps.as_str(), own.as_str()), ("nps", "metric"));
        update_goal(&mut map, &parent, |goal| goal.metrics.push(nps.clone())).unwrap();
        name_metric(&mut map, &nps, "Would recommend").unwrap();
        name_metric(&mut map, &own, "Returns").unwrap();
        let names: Vec<&str> = map.metrics.iter().map(|metric| metric.id.as_str()).collect();
        assert_eq!(names, ["nps", "returns"]);
        delete_metric(&mut map, &nps).unwrap();
        assert!(map.goals[0].metrics.is_empty(), "the goal forgot it");
        assert_eq!(map.problems(), []);
    }

    #[test]
    fn values_stand_in_the_order_of_their_dates() {
        let mut map = generate(1, 1, 1);
        let id = add_metric(&mut map, MetricKind::Csat).unwrap();
        assert_eq!(add_value(&mut map, &id, value("2026-03", 70)), Ok(0));
        assert_eq!(add_value(&mut map, &id, value("2026-01", 60)), Ok(0));
        assert_eq!(add_value(&mut map, &id, value("2026-02", 65)), Ok(1));
        update_value(&mut map, &id, 0, |value| value.date = "2026-04".parse().unwrap()).unwrap();
        let values = |map: &JourneyMap| -> Vec<String> {
            map.metrics[0].values.iter().map(|v| format!("{} {}", v.date, v.value)).collect()
        };
        assert_eq!(values(&map), ["2026-02 65", "2026-03 70", "2026-04 60"]);
        delete_value(&mut map, &id, 1).unwrap();
        assert_eq!(values(&map), ["2026-02 65", "2026-04 60"]);
        assert_eq!(delete_value(&mut map, &id, 2), Err(EditError::Gone));
    }
}
