//! Annotations of a touchpoint or a step, which have no ids.

use super::Difference;
use super::fields::{Fields, Thing, place, text};
use super::order::{Pairs, moved, pair};
use crate::model::{Annotation, AnnotationKind, AnnotationRef, Element, Host, Level, Score, Status};

/// Compares the annotations of a host, which is called `label`.
pub(super) fn annotations(
    found: &mut Vec<Difference>,
    (host, label): (&Host, &str),
    a: &[Annotation],
    b: &[Annotation],
) {
    if a == b {
        return;
    }
    let element = |index| Element::Annotation(AnnotationRef { host: host.clone(), index });
    let pairs = matched(a, b);
    for i in &pairs.only_b {
        found.push(Thing::new(b[*i].kind.name(), &b[*i].text, None, Some(element(*i))).added(text(label)));
    }
    for i in &pairs.only_a {
        found.push(Thing::new(a[*i].kind.name(), &a[*i].text, Some(element(*i)), None).removed(text(label)));
    }
    let moves = moved(&pairs.both);
    for (i, j) in &pairs.both {
        let (old, new) = (&a[*i], &b[*j]);
        let thing = Thing::new(new.kind.name(), &new.text, Some(element(*i)), Some(element(*j)));
        if let Some(m) = moves.iter().find(|m| m.pair == (*i, *j)) {
            found.push(thing.clone().moved("Place", place(m.before), place(m.after)));
        }
        fields(Fields { thing, found }, old, new);
    }
}

fn fields(mut fields: Fields<'_>, a: &Annotation, b: &Annotation) {
    fields.text("Text", &a.text, &b.text);
    fields.plain("Kind", Some(a.kind), Some(b.kind), AnnotationKind::name);
    fields.plain("Severity", Some(a.severity), Some(b.severity), Level::get);
    fields.plain("Frequency", Some(a.frequency), Some(b.frequency), Level::get);
    fields.text("Owner", &a.owner, &b.owner);
    fields.plain("Status", Some(a.status), Some(b.status), Status::name);
    fields.plain("Votes", Some(a.votes), Some(b.votes), |votes| votes);
    fields.plain("Impact", a.impact, b.impact, Score::get);
    fields.plain("Effort", a.effort, b.effort, Score::get);
}

/// The same by kind and text; of the rest, those at the same place that are of one kind or say the same.
fn matched(a: &[Annotation], b: &[Annotation]) -> Pairs {
    let key = |annotation: &Annotation| (annotation.kind, annotation.text.clone());
    let mut pairs = pair(a.iter().map(key), b.iter().map(key));
    let alike = |i: usize| a[i].kind == b[i].kind || a[i].text == b[i].text;
    let places: Vec<usize> = pairs.only_a.iter().copied().filter(|i| pairs.only_b.contains(i) && alike(*i)).collect();
    pairs.only_a.retain(|i| !places.contains(i));
    pairs.only_b.retain(|i| !places.contains(i));
    pairs.both.extend(places.into_iter().map(|i| (i, i)));
    pairs.both.sort_unstable_by_key(|(_, j)| *j);
    pairs
}
