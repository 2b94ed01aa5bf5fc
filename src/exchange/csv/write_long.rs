//! A map to the long form.

use std::collections::{HashMap, HashSet};

use super::cells::written;
use super::lines;
use crate::exchange::draft::{folded, lane_names};
use crate::exchange::field::{Field, stay_apart};
use crate::exchange::format::Written;
use crate::exchange::holdings::{comes_back, lost, part_of};
use crate::exchange::loss::{Loss, Part, Place};
use crate::measure::Delimiter;
use crate::model::{Annotation, JourneyMap, LaneId, LaneKind, Stage, Step, Touchpoint};

/// Writes a row for each touchpoint, and for each step and lane without one.
pub fn write(map: &JourneyMap, delimiter: Delimiter) -> Written {
    let holds = |part: &Part, place: &Place| match part {
        Part::Views => comes_back(place, |_| true),
        part => Field::ALL.iter().any(|field| field.part().as_ref() == Some(part)),
    };
    let mut losses = lost(map, holds);
    let names = lane_names(map, &[], &mut losses);
    let mut writer = Writer { rows: Vec::new(), losses };
    let mut seen = HashSet::new();
    let mut column = 0;
    for (at, stage) in map.stages.iter().enumerate() {
        let name = writer.stage_name(stage, at, &mut seen);
        for step in &stage.steps {
            column += 1;
            writer.step(map, &names, (stage, &name), (step, column));
        }
    }
    for lane in map.lanes.iter().filter(|lane| lane.kind == LaneKind::Touchpoints && lane.touchpoints.is_empty()) {
        writer.rows.push(vec![(Field::Lane, names[&lane.id].clone())]);
    }
    Written { text: written(&writer.table(), delimiter), losses: writer.losses }
}

/// The cells of a row by their fields.
type Cells = Vec<(Field, String)>;

struct Writer {
    rows: Vec<Cells>,
    losses: Vec<Loss>,
}

impl Writer {
    /// The name by which rows find their stage.
    fn stage_name(&mut self, stage: &Stage, at: usize, seen: &mut HashSet<String>) -> String {
        let place = || Place::Named("stage", stage.name.clone());
        let mut name = stage.name.trim().to_owned();
        if name.is_empty() {
            name = format!("Stage {}", at + 1);
            let place = Place::Named("stage", stage.id.to_string());
            self.losses.push(Loss::changed(Part::Stages, "named by their number, as they have no name", place));
        }
        if !seen.insert(folded(&name)) {
            self.losses.push(Loss::changed(Part::Stages, "those of one name become one", place()));
        }
        name
    }

    fn step(
        &mut self,
        map: &JourneyMap,
        lanes: &HashMap<LaneId, String>,
        (stage, name): (&Stage, &str),
        (step, column): (&Step, usize),
    ) {
        let place = || {
            vec![
                (Field::Phase, stage.phase.clone()),
                (Field::Stage, name.to_owned()),
                (Field::StageWords, stage.words.clone()),
                (Field::Column, column.to_string()),
                (Field::Step, step.name.clone()),
            ]
        };
        let before = self.rows.len();
        for lane in &map.lanes {
            for touchpoint in lane.cell(&step.id) {
                let mut row = place();
                row.push((Field::Lane, lanes[&lane.id].clone()));
                self.touchpoint(touchpoint, &mut row);
                self.rows.push(row);
            }
        }
        if self.rows.len() == before || !step.annotations.is_empty() {
            let mut row = place();
            self.annotations(&step.annotations, &Place::Named("step", step.name.clone()), &mut row);
            self.rows.push(row);
        }
    }

    fn touchpoint(&mut self, t: &Touchpoint, row: &mut Cells) {
        let place = Place::touchpoint(&t.title);
        for (names, part) in [(&t.channels, Part::Channels), (&t.tags, Part::Tags)] {
            if !stay_apart(names) {
                let how = "those with a comma or semicolon become several";
                self.losses.push(Loss::changed(part, how, place.clone()));
            }
        }
        let own = Field::ALL.iter().filter(|field| !field.is_place() && field.annotation().is_none());
        row.extend(own.map(|field| (*field, field.of(t))));
        self.annotations(&t.annotations, &place, row);
    }

    /// Annotations, a line each.
    fn annotations(&mut self, annotations: &[Annotation], place: &Place, row: &mut Cells) {
        for (field, kind) in Field::ALL.iter().filter_map(|field| Some((*field, field.annotation()?))) {
            let texts: Vec<String> = annotations
                .iter()
                .filter(|annotation| annotation.kind == kind)
                .filter_map(|annotation| self.line(&annotation.text, part_of(kind), place))
                .collect();
            row.push((field, texts.join("\n")));
        }
    }

    /// A text on one line; nothing, which is told, where there are no words.
    fn line(&mut self, text: &str, part: Part, place: &Place) -> Option<String> {
        let words: Vec<&str> = lines(text).filter(|line| !line.is_empty()).collect();
        if words.is_empty() {
            self.losses.push(Loss::dropped(part, place.clone()));
            return None;
        }
        if words.len() > 1 {
            self.losses.push(Loss::changed(part, "put on one line", place.clone()));
        }
        Some(words.join(" "))
    }

    /// Headings and rows; columns in which nothing stands are left out.
    fn table(&self) -> Vec<Vec<String>> {
        const ALWAYS: [Field; 5] = [Field::Stage, Field::Step, Field::Lane, Field::Title, Field::Emotion];
        let is_used = |field: &Field| {
            let says = |row: &Cells| row.iter().any(|(own, text)| own == field && !text.trim().is_empty());
            ALWAYS.contains(field) || self.rows.iter().any(says)
        };
        let fields: Vec<Field> = Field::ALL.iter().copied().filter(|field| is_used(field)).collect();
        let head = fields.iter().map(|field| field.heading().to_owned()).collect();
        let cells = |row: &Cells| {
            let text = |field: &Field| row.iter().find(|(own, _)| own == field).map_or("", |(_, text)| text);
            fields.iter().map(|field| text(field).to_owned()).collect()
        };
        std::iter::once(head).chain(self.rows.iter().map(cells)).collect()
    }
}
