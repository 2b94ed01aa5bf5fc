//! A map to a matrix: what people look at in a spreadsheet.

use std::collections::HashMap;

use super::cells::written;
use super::lines;
use super::matrix::STEP_ROW;
use crate::exchange::draft::{kind_called, lane_names};
use crate::exchange::field::stay_apart;
use crate::exchange::format::Written;
use crate::exchange::holdings::{lost, part_of};
use crate::exchange::loss::{Loss, Part, Place};
use crate::measure::Delimiter;
use crate::model::{AnnotationKind, JourneyMap, Lane, LaneId, LaneKind, Step, Touchpoint};

/// Writes stages across and lanes down; the lines of a cell are its touchpoints.
pub fn write(map: &JourneyMap, delimiter: Delimiter) -> Written {
    let kinds = rows_of(map);
    let holds = |part: &Part, place: &Place| match part {
        Part::Stages
        | Part::StepNames
        | Part::Lanes
        | Part::Touchpoints
        | Part::Emotions
        | Part::Channels
        | Part::PainPoints
        | Part::Delights
        | Part::Opportunities
        | Part::Questions => true,
        Part::Views => matches!(place, Place::Named(_, name) if kind_called(name) != LaneKind::Touchpoints
            && kinds.contains(&kind_called(name))),
        _ => false,
    };
    let mut losses = lost(map, holds);
    let lanes = lane_names(map, &STEP_ROW, &mut losses);
    let mut writer = Writer { map, lanes, losses };
    let mut rows = writer.head();
    for kind in kinds {
        if kind == LaneKind::Touchpoints {
            let lanes = map.lanes.iter().filter(|lane| lane.kind == kind);
            rows.extend(lanes.map(|lane| writer.lane(lane)).collect::<Vec<_>>());
        } else {
            let cells: Vec<String> = map.steps().map(|(_, step)| writer.shown(step, kind)).collect();
            rows.push(std::iter::once(kind.name().to_owned()).chain(cells).collect());
        }
    }
    Written { text: written(&rows, delimiter), losses: writer.losses }
}

/// The kinds of lanes to be written: touchpoints, and what there is on them.
fn rows_of(map: &JourneyMap) -> Vec<LaneKind> {
    let has = |kind: AnnotationKind| {
        let on_touchpoints = map.touchpoints().flat_map(|(_, t)| &t.annotations);
        on_touchpoints.chain(map.steps().flat_map(|(_, s)| &s.annotations)).any(|a| a.kind == kind)
    };
    let is_used = |kind: &LaneKind| match (kind, kind.annotation()) {
        (_, Some(kind)) => has(kind),
        (LaneKind::Touchpoints, _) => true,
        (LaneKind::Emotion, _) => map.touchpoints().any(|(_, t)| t.emotion.is_some()),
        (LaneKind::Channels, _) => map.touchpoints().any(|(_, t)| !t.channels.is_empty()),
        _ => false,
    };
    LaneKind::ALL.into_iter().filter(is_used).collect()
}

struct Writer<'m> {
    map: &'m JourneyMap,
    lanes: HashMap<LaneId, String>,
    losses: Vec<Loss>,
}

impl Writer<'_> {
    /// The row of stages, and that of steps if any of them has a name.
    fn head(&mut self) -> Vec<Vec<String>> {
        let mut stages = vec!["Stage".to_owned()];
        for (at, stage) in self.map.stages.iter().enumerate() {
            let mut name = stage.name.split_whitespace().collect::<Vec<_>>().join(" ");
            if name.is_empty() {
                name = format!("Stage {}", at + 1);
                let place = Place::Named("stage", stage.id.to_string());
                self.losses.push(Loss::changed(Part::Stages, "named by their number, as they have no name", place));
            }
            stages.push(name);
            // The columns behind the first go on with the stage.
            stages.extend((1..stage.steps.len()).map(|_| String::new()));
        }
        let mut rows = vec![stages];
        if self.map.steps().any(|(_, step)| !step.name.trim().is_empty()) {
            let names = self.map.steps().map(|(_, step)| step.name.split_whitespace().collect::<Vec<_>>().join(" "));
            rows.push(std::iter::once("Step".to_owned()).chain(names).collect());
        }
        rows
    }

    fn lane(&mut self, lane: &Lane) -> Vec<String> {
        let mut row = vec![self.lanes[&lane.id].clone()];
        for (_, step) in self.map.steps() {
            let titles: Vec<String> = lane.cell(&step.id).map(|t| self.title(t)).collect();
            row.push(titles.join("\n"));
        }
        row
    }

    fn title(&mut self, touchpoint: &Touchpoint) -> String {
        let place = || Place::touchpoint(&touchpoint.title);
        let words: Vec<&str> = lines(&touchpoint.title).filter(|line| !line.is_empty()).collect();
        if words.is_empty() {
            let place = Place::touchpoint(touchpoint.id.as_str());
            self.losses.push(Loss::changed(Part::TouchpointTitles, "written as …, as they are empty", place));
            return "…".into();
        }
        if words.len() > 1 {
            self.losses.push(Loss::changed(Part::TouchpointTitles, "put on one line", place()));
        }
        words.join(" ")
    }

    /// What a lane of `kind` shows of a step.
    fn shown(&mut self, step: &Step, kind: LaneKind) -> String {
        // In the order in which the rows above name them.
        let touchpoints: Vec<&Touchpoint> =
            self.map.lanes.iter().flat_map(|lane| lane.cell(&step.id)).map(|t| &**t).collect();
        if let Some(kind) = kind.annotation() {
            return self.annotations(step, &touchpoints, kind);
        }
        let cells = touchpoints.iter().map(|t| match kind {
            LaneKind::Emotion => t.emotion.map_or_else(|| "–".to_owned(), |e| e.get().to_string()),
            _ => {
                if !stay_apart(&t.channels) {
                    let how = "those with a comma or semicolon become several";
                    self.losses.push(Loss::changed(Part::Channels, how, Place::touchpoint(&t.title)));
                }
                t.channels.join(", ")
            }
        });
        let cells: Vec<String> = cells.collect();
        if cells.iter().all(|cell| cell.is_empty() || cell == "–") { String::new() } else { cells.join("\n") }
    }

    /// Annotations of a step and its touchpoints; a reader hangs all of them on the first touchpoint.
    fn annotations(&mut self, step: &Step, touchpoints: &[&Touchpoint], kind: AnnotationKind) -> String {
        let mut texts = Vec::new();
        let on_touchpoints = touchpoints
            .iter()
            .enumerate()
            .flat_map(|(at, t)| t.annotations.iter().map(move |annotation| (at == 0, t.title.as_str(), annotation)));
        let on_step =
            step.annotations.iter().map(|annotation| (touchpoints.is_empty(), step.name.as_str(), annotation));
        for (stays, name, annotation) in on_touchpoints.chain(on_step).filter(|(_, _, a)| a.kind == kind) {
            let place = || Place::Named(if name == step.name { "step" } else { "touchpoint" }, name.to_owned());
            let words: Vec<&str> = lines(&annotation.text).filter(|line| !line.is_empty()).collect();
            if !stays {
                let how = "hung on the first touchpoint of their step";
                self.losses.push(Loss::changed(part_of(kind), how, place()));
            }
            match words.len() {
                0 => self.losses.push(Loss::dropped(part_of(kind), place())),
                1 => {}
                _ => self.losses.push(Loss::changed(part_of(kind), "put on one line", place())),
            }
            if !words.is_empty() {
                texts.push(words.join(" "));
            }
        }
        texts.join("\n")
    }
}
