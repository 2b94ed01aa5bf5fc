//! What a map knows beside its grid: personas, links, metrics, goals, rivals, saved views.

use std::hash::Hash;
use std::sync::Arc;

use super::fields::{Fields, Thing, clean, isolate, place, text};
use super::grid::{ends, step_label};
use super::order::{moved, pair};
use super::touchpoints::of;
use super::{Difference, Said};
use crate::model::{
    AnnotationKind, Competitor, Element, Goal, GoalId, JourneyMap, Link, LinkKind, Metric, MetricHost, MetricId,
    MetricKind, Persona, PersonaId, StepId, TouchpointId, Value, View,
};

/// What differences of links are about.
pub(super) const LINK: &str = "Link";
/// What differences of metrics are about.
pub(super) const METRIC: &str = "Metric";

/// Compares two lists whose elements are matched by `key`; `thing` names one, `fields` compares two.
fn lists<'m, T, K: Hash + Eq>(
    found: &mut Vec<Difference>,
    (a, b): (&'m [Arc<T>], &'m [Arc<T>]),
    key: impl Fn(&'m T) -> K,
    thing: impl Fn(&'m T) -> Thing,
    fields: impl Fn(&mut Fields<'_>, &'m T, &'m T),
) {
    let pairs = pair(a.iter().map(|t| key(t)), b.iter().map(|t| key(t)));
    ends(found, &pairs, |i| thing(&a[i]), |i| thing(&b[i]));
    let moves = moved(&pairs.both);
    for (i, j) in &pairs.both {
        let (old, new) = (&a[*i], &b[*j]);
        let thing = thing(new).was(thing(old));
        if let Some(m) = moves.iter().find(|m| m.pair == (*i, *j)) {
            found.push(thing.clone().moved("Place", place(m.before), place(m.after)));
        }
        fields(&mut Fields { thing, found }, old, new);
    }
}

pub(super) fn personas(found: &mut Vec<Difference>, a: &JourneyMap, b: &JourneyMap) {
    let thing = |p: &Persona| Thing::new("Persona", &p.name, None, None);
    lists(
        found,
        (&a.personas, &b.personas),
        |p| &p.id,
        thing,
        |fields, a, b| {
            fields.text("Name", &a.name, &b.name);
            fields.text("Segment", &a.segment, &b.segment);
            fields.text("Portrait", &a.portrait, &b.portrait);
            fields.text("Quote", &a.quote, &b.quote);
            fields.list("Goals", &a.goals, &b.goals);
            fields.list("Behaviours", &a.behaviours, &b.behaviours);
            fields.list("Interests", &a.interests, &b.interests);
            fields.list("Channels", &a.channels, &b.channels);
            fields.text("Contact", &a.contact, &b.contact);
            fields.text("Best time", &a.best_time, &b.best_time);
        },
    );
}

/// What touchpoints, metrics, goals, personas and steps are called.
struct Names<'m>(&'m JourneyMap);

impl Names<'_> {
    fn touchpoint(&self, id: &TouchpointId) -> String {
        let title = self.0.touchpoint(id).map(|(_, t)| t.title.as_str());
        title.filter(|title| !title.is_empty()).map_or_else(|| id.to_string(), str::to_owned)
    }

    fn metric(&self, id: &MetricId) -> String {
        let metric = self.0.metrics.iter().find(|metric| metric.id == *id);
        metric.map_or_else(|| id.to_string(), |metric| metric.shown_name().to_owned())
    }

    /// The name of the stage or touchpoint that a metric was measured on.
    fn place(&self, metric: &Metric) -> Option<String> {
        (metric.host != MetricHost::Map).then(|| self.0.host_name(&metric.host))
    }

    fn goal(&self, id: &GoalId) -> String {
        let goal = self.0.goals.iter().find(|goal| goal.id == *id);
        goal.map_or_else(|| id.to_string(), |goal| goal.title.clone())
    }

    fn persona(&self, id: &PersonaId) -> String {
        self.0.persona(id).map_or_else(|| id.to_string(), |persona| persona.name.clone())
    }

    fn step(&self, id: &StepId) -> String {
        let found = self.0.stages.iter().find_map(|stage| {
            let index = stage.steps.iter().position(|step| step.id == *id)?;
            Some(step_label(stage, index))
        });
        found.unwrap_or_else(|| id.to_string())
    }

    fn host(&self, host: &MetricHost) -> Said {
        match host {
            MetricHost::Map => Said::Plain("the whole journey".into()),
            MetricHost::Stage(id) => text(self.0.stage(id).map_or(id.as_str(), |stage| &stage.name)),
            MetricHost::Touchpoint(id) => text(&self.touchpoint(id)),
        }
    }
}

/// Links from and to the same touchpoints are the same; their order says nothing.
pub(super) fn links(found: &mut Vec<Difference>, a: &JourneyMap, b: &JourneyMap) {
    let thing = |map: &JourneyMap, link: &Link| {
        let end = |id| isolate(&clean(&Names(map).touchpoint(id)));
        let from = Some(Element::Touchpoint(link.from.clone()));
        Thing::named(LINK, format!("{} → {}", end(&link.from), end(&link.to)), from.clone(), from)
    };
    // Several may join the same two: first those that are alike in everything.
    let whole =
        |link: &Arc<Link>| (link.from.clone(), link.to.clone(), link.kind, link.label.clone(), link.trigger.clone());
    let rest = pair(a.links.iter().map(whole), b.links.iter().map(whole));
    let ends_of = |links: &[Arc<Link>], rest: &[usize]| -> Vec<_> {
        rest.iter().map(|i| (links[*i].from.clone(), links[*i].to.clone())).collect()
    };
    let mut pairs = pair(ends_of(&a.links, &rest.only_a), ends_of(&b.links, &rest.only_b));
    pairs.both.iter_mut().for_each(|(i, j)| (*i, *j) = (rest.only_a[*i], rest.only_b[*j]));
    pairs.only_a.iter_mut().for_each(|i| *i = rest.only_a[*i]);
    pairs.only_b.iter_mut().for_each(|i| *i = rest.only_b[*i]);
    ends(found, &pairs, |i| thing(a, &a.links[i]), |i| thing(b, &b.links[i]));
    for (i, j) in pairs.both {
        let (old, new) = (&a.links[i], &b.links[j]);
        let mut fields = Fields { thing: thing(b, new), found };
        fields.plain("Kind", Some(old.kind), Some(new.kind), LinkKind::name);
        fields.text("Label", &old.label, &new.label);
        fields.text("Trigger", &old.trigger, &new.trigger);
    }
}

/// A value of a metric in one line.
fn value(value: &Value) -> String {
    let mut told = format!("{} {}", value.date, value.value);
    if let Some(sample) = value.sample {
        told.push_str(&format!(" (n = {sample})"));
    }
    if value.low.is_some() || value.high.is_some() {
        let end = |figure: Option<crate::model::Figure>| figure.map_or("…".into(), |figure| figure.to_string());
        told.push_str(&format!(" [{}, {}]", end(value.low), end(value.high)));
    }
    told
}

pub(super) fn metrics(found: &mut Vec<Difference>, a: &JourneyMap, b: &JourneyMap) {
    let (before, after) = (Names(a), Names(b));
    let thing = |m: &Metric| {
        let element = match &m.host {
            MetricHost::Map => Element::Title,
            MetricHost::Stage(id) => Element::Stage(id.clone()),
            MetricHost::Touchpoint(id) => Element::Touchpoint(id.clone()),
        };
        let host = if b.metrics.iter().any(|other| other.id == m.id) { after.place(m) } else { before.place(m) };
        let name = host.map_or_else(|| m.shown_name().to_owned(), |host| format!("{}, {host}", m.shown_name()));
        Thing::at(METRIC, &name, element)
    };
    lists(
        found,
        (&a.metrics, &b.metrics),
        |m| &m.id,
        thing,
        |fields, a, b| {
            fields.text("Name", &a.name, &b.name);
            fields.plain("Kind", Some(a.kind), Some(b.kind), MetricKind::name);
            if a.host != b.host {
                fields.put("Measured on", before.host(&a.host), after.host(&b.host));
            }
            fields.text("Unit", &a.unit, &b.unit);
            fields.plain("Target", a.target, b.target, |target| target);
            if a.values != b.values {
                let values = |metric: &Metric| metric.values.iter().map(value).collect::<Vec<_>>();
                fields.lists("Values", &values(a), &values(b));
            }
        },
    );
}

pub(super) fn goals(found: &mut Vec<Difference>, a: &JourneyMap, b: &JourneyMap) {
    let thing = |g: &Goal| Thing::new("Goal", &g.title, None, None);
    let (before, after) = (Names(a), Names(b));
    lists(
        found,
        (&a.goals, &b.goals),
        |g| &g.id,
        thing,
        |fields, a, b| {
            fields.text("Title", &a.title, &b.title);
            if a.parent != b.parent {
                let parent = |names: &Names<'_>, goal: &Goal| {
                    goal.parent.as_ref().map_or(Said::Nothing, |parent| text(&names.goal(parent)))
                };
                fields.put("Serves", parent(&before, a), parent(&after, b));
            }
            fields.text("Specific", &a.specific, &b.specific);
            fields.text("Measurable", &a.measurable, &b.measurable);
            fields.text("Achievable", &a.achievable, &b.achievable);
            fields.text("Relevant", &a.relevant, &b.relevant);
            fields.text("Time-bound", &a.time_bound, &b.time_bound);
            if a.metrics != b.metrics {
                let metrics = |names: &Names<'_>, goal: &Goal| -> Vec<String> {
                    goal.metrics.iter().map(|id| names.metric(id)).collect()
                };
                fields.lists("Metrics", &metrics(&before, a), &metrics(&after, b));
            }
        },
    );
}

pub(super) fn competitors(found: &mut Vec<Difference>, a: &JourneyMap, b: &JourneyMap) {
    let thing = |c: &Competitor| Thing::new("Competitor", &c.name, None, None);
    let (before, after) = (Names(a), Names(b));
    lists(
        found,
        (&a.competitors, &b.competitors),
        |c| &c.name,
        thing,
        |fields, a, b| {
            let emotions = |names: &Names<'_>, rival: &Competitor| -> Vec<String> {
                rival.emotions.iter().map(|(id, emotion)| of(&names.step(id), emotion)).collect()
            };
            if a.emotions != b.emotions {
                fields.lists("Emotions", &emotions(&before, a), &emotions(&after, b));
            }
        },
    );
}

pub(super) fn views(found: &mut Vec<Difference>, a: &JourneyMap, b: &JourneyMap) {
    let thing = |v: &View| Thing::new("View", &v.name, None, None);
    let (before, after) = (Names(a), Names(b));
    lists(
        found,
        (&a.views, &b.views),
        |v| &v.name,
        thing,
        |fields, a, b| {
            let personas = |names: &Names<'_>, view: &View| -> Vec<String> {
                view.personas.iter().map(|id| names.persona(id)).collect()
            };
            let kinds = |view: &View| -> Vec<String> {
                view.kinds.iter().map(|kind: &AnnotationKind| kind.name().to_owned()).collect()
            };
            if a.personas != b.personas {
                fields.lists("Personas", &personas(&before, a), &personas(&after, b));
            }
            fields.list("Channels", &a.channels, &b.channels);
            fields.list("Owners", &a.owners, &b.owners);
            fields.list("Tags", &a.tags, &b.tags);
            fields.list("Annotations", &kinds(a), &kinds(b));
        },
    );
}
