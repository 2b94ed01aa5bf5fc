//! What stands in a file beside the grid: personas, links, metrics, goals, rivals and views.

use super::fields::Fields;
use super::write::word;
use crate::model::{
    Competitor, Goal, JourneyMap, Link, LinkKind, Metric, MetricHost, MetricId, MetricKind, Persona, PersonaId, Swot,
    Value, View, Weights,
};

fn texts<'f, 'o>(fields: &'f mut Fields<'o>, name: &str, texts: &[String]) -> &'f mut Fields<'o> {
    fields.texts(name, texts.iter().map(String::as_str))
}

pub(super) fn persona(out: &mut String, p: &Persona) {
    out.push_str("(\n");
    let mut fields = Fields::lines(out, "      ");
    fields.text("id", p.id.as_str()).text("name", &p.name).text("segment", &p.segment);
    fields.text("portrait", &p.portrait).text("quote", &p.quote);
    texts(&mut fields, "goals", &p.goals);
    texts(&mut fields, "behaviours", &p.behaviours);
    texts(&mut fields, "interests", &p.interests);
    texts(&mut fields, "channels", &p.channels);
    fields.text("contact", &p.contact).text("best_time", &p.best_time);
    out.push_str("    )");
}

pub(super) fn link(out: &mut String, link: &Link) {
    let mut fields = Fields::inline(out);
    fields.id("from", link.from.as_str()).id("to", link.to.as_str());
    fields.plain("kind", (link.kind != LinkKind::Next).then(|| word(link.kind)));
    fields.text("label", &link.label).text("trigger", &link.trigger);
    fields.close();
}

pub(super) fn metric(out: &mut String, metric: &Metric) {
    let mut fields = Fields::inline(out);
    fields.id("id", metric.id.as_str()).text("name", &metric.name);
    fields.plain("kind", (metric.kind != MetricKind::Own).then(|| word(metric.kind)));
    match &metric.host {
        MetricHost::Map => {}
        MetricHost::Stage(id) => drop(fields.id("stage", id.as_str())),
        MetricHost::Touchpoint(id) => drop(fields.id("touchpoint", id.as_str())),
    }
    fields.text("unit", &metric.unit).plain("target", metric.target);
    fields.list("values", "      ", &metric.values, value);
    fields.close();
}

fn value(out: &mut String, value: &Value) {
    let mut fields = Fields::inline(out);
    fields.quoted("date", Some(value.date)).plain("value", Some(value.value)).plain("sample", value.sample);
    fields.plain("low", value.low).plain("high", value.high);
    fields.close();
}

pub(super) fn goal(out: &mut String, goal: &Goal) {
    out.push_str("(\n");
    let mut fields = Fields::lines(out, "      ");
    fields.text("id", goal.id.as_str()).text("title", &goal.title);
    if let Some(parent) = &goal.parent {
        fields.id("parent", parent.as_str());
    }
    fields.text("specific", &goal.specific).text("measurable", &goal.measurable);
    fields.text("achievable", &goal.achievable).text("relevant", &goal.relevant);
    fields.text("time_bound", &goal.time_bound).texts("metrics", goal.metrics.iter().map(MetricId::as_str));
    out.push_str("    )");
}

/// SWOT, competitors, weights and views.
pub(super) fn rest(fields: &mut Fields<'_>, map: &JourneyMap) {
    if *map.swot != Swot::default() {
        fields.with("swot", |out| swot(out, &map.swot));
    }
    fields.list("competitors", "    ", &map.competitors, |out, it| competitor(out, it));
    if map.weights != Weights::default() {
        fields.with("weights", |out| {
            let (weights, usual) = (&map.weights, Weights::default());
            let mut fields = Fields::inline(out);
            fields.plain("product", (weights.product != usual.product).then_some(weights.product));
            fields.plain("interaction", (weights.interaction != usual.interaction).then_some(weights.interaction));
            fields.plain("brand", (weights.brand != usual.brand).then_some(weights.brand));
            fields.plain("price", (weights.price != usual.price).then_some(weights.price));
            fields.close();
        });
    }
    fields.list("views", "    ", &map.views, |out, it| view(out, it));
}

fn swot(out: &mut String, swot: &Swot) {
    out.push_str("(\n");
    let mut fields = Fields::lines(out, "    ");
    texts(&mut fields, "strengths", &swot.strengths);
    texts(&mut fields, "weaknesses", &swot.weaknesses);
    texts(&mut fields, "opportunities", &swot.opportunities);
    texts(&mut fields, "threats", &swot.threats);
    out.push_str("  )");
}

fn competitor(out: &mut String, competitor: &Competitor) {
    let mut fields = Fields::inline(out);
    fields.id("name", &competitor.name);
    fields.numbers("emotions", competitor.emotions.iter().map(|(id, e)| (id.as_str(), i64::from(e.get()))));
    fields.close();
}

fn view(out: &mut String, view: &View) {
    let mut fields = Fields::inline(out);
    fields.id("name", &view.name).texts("personas", view.personas.iter().map(PersonaId::as_str));
    texts(&mut fields, "channels", &view.channels);
    texts(&mut fields, "owners", &view.owners);
    texts(&mut fields, "tags", &view.tags);
    if !view.kinds.is_empty() {
        let kinds: Vec<String> = view.kinds.iter().map(word).collect();
        fields.plain("kinds", Some(format!("[{}]", kinds.join(", "))));
    }
    fields.close();
}
