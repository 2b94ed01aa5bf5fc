//! What a file says beside the grid: personas, links, metrics, goals, rivals and views.

use std::collections::HashMap;
use std::sync::Arc;

use super::build::{Builder, Ids, clean, cleaned, first_places};
use super::locate::Key;
use super::v1;
use crate::model::{Competitor, Goal, GoalId, JourneyMap, Link, Metric, MetricHost, Persona, PersonaId, Swot, View};

/// The way to a field of the `i`-th item of a list.
fn place<'k>(list: &'k str, i: usize, field: &'k str) -> [Key<'k>; 3] {
    [Key::Field(list), Key::Item(i), Key::Field(field)]
}

/// The four lists with LF line ends.
pub(super) fn swot(swot: Swot) -> Swot {
    Swot {
        strengths: cleaned(swot.strengths),
        weaknesses: cleaned(swot.weaknesses),
        opportunities: cleaned(swot.opportunities),
        threats: cleaned(swot.threats),
    }
}

impl Builder<'_> {
    pub(super) fn personas(&mut self, personas: Vec<v1::Persona>) -> Vec<Arc<Persona>> {
        let mut ids = Ids::written(personas.iter().map(|p| &p.id));
        let mut built = Vec::with_capacity(personas.len());
        for (i, persona) in personas.into_iter().enumerate() {
            let id = self.id(persona.id, &persona.name, "persona", &mut ids, &place("personas", i, "id"));
            built.push(Arc::new(Persona {
                segment: clean(persona.segment),
                portrait: clean(persona.portrait),
                quote: clean(persona.quote),
                goals: cleaned(persona.goals),
                behaviours: cleaned(persona.behaviours),
                interests: cleaned(persona.interests),
                channels: cleaned(persona.channels),
                contact: clean(persona.contact),
                best_time: clean(persona.best_time),
                ..Persona::new(id, clean(persona.name))
            }));
        }
        built
    }

    pub(super) fn links(&mut self, links: Vec<v1::Link>, map: &JourneyMap) -> Vec<Arc<Link>> {
        if links.is_empty() {
            return Vec::new();
        }
        let touchpoints = first_places(map.touchpoints().map(|(_, t)| t.id.as_str()));
        let mut built = Vec::with_capacity(links.len());
        for (i, link) in links.into_iter().enumerate() {
            let from = self.named("touchpoint", &link.from, "this link", &place("links", i, "from"), &touchpoints);
            let to = self.named("touchpoint", &link.to, "this link", &place("links", i, "to"), &touchpoints);
            if from && to && link.from == link.to {
                let message = format!("this link leads from touchpoint {:?} to itself", link.from);
                self.report(&place("links", i, "to"), message, "name another touchpoint, or take the link out");
            }
            built.push(Arc::new(Link {
                from: link.from.into(),
                to: link.to.into(),
                kind: link.kind,
                label: clean(link.label),
                trigger: clean(link.trigger),
            }));
        }
        built
    }

    pub(super) fn metrics(&mut self, metrics: Vec<v1::Metric>, map: &JourneyMap) -> Vec<Arc<Metric>> {
        let mut ids = Ids::written(metrics.iter().map(|m| &m.id));
        let stages = first_places(map.stages.iter().map(|s| s.id.as_str()));
        let needed = metrics.iter().any(|m| m.touchpoint.is_some());
        let touchpoints = first_places(map.touchpoints().filter(|_| needed).map(|(_, t)| t.id.as_str()));
        let mut built = Vec::with_capacity(metrics.len());
        for (i, metric) in metrics.into_iter().enumerate() {
            let shown = if metric.name.is_empty() { metric.kind.name() } else { &metric.name };
            let id = self.id(metric.id, shown, "metric", &mut ids, &place("metrics", i, "id"));
            let who = format!("metric {id:?}");
            let host = match (metric.stage, metric.touchpoint) {
                (None, None) => MetricHost::Map,
                (Some(stage), None) => {
                    self.named("stage", &stage, &who, &place("metrics", i, "stage"), &stages);
                    MetricHost::Stage(stage.into())
                }
                (stage, Some(touchpoint)) => {
                    let at = place("metrics", i, "touchpoint");
                    self.named("touchpoint", &touchpoint, &who, &at, &touchpoints);
                    if stage.is_some() {
                        let message = format!("{who} names both a stage and a touchpoint");
                        self.report(&place("metrics", i, "stage"), message, "keep one of the two");
                    }
                    MetricHost::Touchpoint(touchpoint.into())
                }
            };
            let mut values = metric.values;
            // Stable: two values of one day keep their order.
            values.sort_by_key(|value| value.date);
            built.push(Arc::new(Metric {
                id: id.into(),
                name: clean(metric.name),
                kind: metric.kind,
                host,
                unit: clean(metric.unit),
                target: metric.target,
                values,
            }));
        }
        built
    }

    pub(super) fn goals(&mut self, goals: Vec<v1::Goal>, map: &JourneyMap) -> Vec<Arc<Goal>> {
        let mut ids = Ids::written(goals.iter().map(|g| &g.id));
        let metrics = first_places(map.metrics.iter().map(|m| m.id.as_str()));
        let mut built: Vec<Arc<Goal>> = Vec::with_capacity(goals.len());
        for (i, goal) in goals.into_iter().enumerate() {
            let id = self.id(goal.id, &goal.title, "goal", &mut ids, &place("goals", i, "id"));
            for metric in &goal.metrics {
                self.named("metric", metric, &format!("goal {id:?}"), &place("goals", i, "metrics"), &metrics);
            }
            built.push(Arc::new(Goal {
                parent: goal.parent.map(GoalId::from),
                specific: clean(goal.specific),
                measurable: clean(goal.measurable),
                achievable: clean(goal.achievable),
                relevant: clean(goal.relevant),
                time_bound: clean(goal.time_bound),
                metrics: goal.metrics.into_iter().map(Into::into).collect(),
                ..Goal::new(id, clean(goal.title))
            }));
        }
        self.parents(&built);
        built
    }

    /// That every parent is there and none is above itself.
    fn parents(&mut self, goals: &[Arc<Goal>]) {
        let known = first_places(goals.iter().map(|g| g.id.as_str()));
        for (i, goal) in goals.iter().enumerate() {
            let Some(parent) = &goal.parent else { continue };
            let who = format!("goal {:?}", goal.id.as_str());
            self.named("goal", parent.as_str(), &who, &place("goals", i, "parent"), &known);
            let mut above = Some(parent);
            for _ in 0..goals.len() {
                if above == Some(&goal.id) {
                    let help = "name another parent, or leave it out";
                    self.report(
                        &place("goals", i, "parent"),
                        format!("{who} serves itself, by way of its parents"),
                        help,
                    );
                    break;
                }
                above = above.and_then(|id| goals.get(*known.get(id.as_str())?)).and_then(|g| g.parent.as_ref());
            }
        }
    }

    pub(super) fn competitors(&mut self, all: Vec<v1::Competitor>, map: &JourneyMap) -> Vec<Arc<Competitor>> {
        let steps = first_places(map.steps().map(|(_, s)| s.id.as_str()));
        let mut built = Vec::with_capacity(all.len());
        for (i, competitor) in all.into_iter().enumerate() {
            let who = format!("competitor {:?}", competitor.name);
            for step in competitor.emotions.keys() {
                self.named("step", step, &who, &place("competitors", i, "emotions"), &steps);
            }
            let emotions = competitor.emotions.into_iter().map(|(id, emotion)| (id.into(), emotion)).collect();
            built.push(Arc::new(Competitor { name: clean(competitor.name), emotions }));
        }
        built
    }

    pub(super) fn views(&mut self, views: Vec<View>, personas: &HashMap<String, usize>) -> Vec<Arc<View>> {
        let mut built = Vec::with_capacity(views.len());
        for (i, view) in views.into_iter().enumerate() {
            let who = format!("view {:?}", view.name);
            for id in view.personas.iter().map(PersonaId::as_str) {
                self.named("persona", id, &who, &place("views", i, "personas"), personas);
            }
            built.push(Arc::new(View {
                name: clean(view.name),
                channels: cleaned(view.channels),
                owners: cleaned(view.owners),
                tags: cleaned(view.tags),
                ..view
            }));
        }
        built
    }
}
