//! The lines between stages, steps and lanes, where one more can be put.

use kurbo::Point;

use super::Layout;
use crate::model::{LaneId, StageId};

/// A place between parts of the structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Before the `at`-th stage.
    Stage {
        /// Its place among the stages.
        at: usize,
    },
    /// Before the `at`-th step of a stage.
    Step {
        /// Which stage.
        stage: StageId,
        /// Its place in the stage.
        at: usize,
    },
    /// Below a lane.
    Lane {
        /// Which lane.
        below: LaneId,
    },
}

impl Layout {
    /// The gap whose line is within `reach` points of `point`, in the stage headers or beside the lane names;
    /// and the middle of its line there.
    pub fn gap_at(&self, point: Point, reach: f64) -> Option<(Gap, Point)> {
        if self.map.locked || self.wheel.is_some() {
            return None;
        }
        self.gap_in_header(point, reach).or_else(|| self.gap_in_names(point, reach))
    }

    fn gap_in_header(&self, point: Point, reach: f64) -> Option<(Gap, Point)> {
        let first = self.stages.first()?.header;
        if point.y < first.y0 - reach || point.y > first.y1 {
            return None;
        }
        let near = |x: f64| (x - point.x).abs() <= reach;
        // On the upper edge: the middle of a header is the stage's own, its lower edge is pulled.
        let place = |x: f64| Point::new(x, first.y0);
        let half = self.theme.sizes.stage_gap / 2.0;
        for (at, stage) in self.stages.iter().enumerate() {
            let (start, end) = if self.rtl {
                (stage.header.x1 + half, stage.header.x0 - half)
            } else {
                (stage.header.x0 - half, stage.header.x1 + half)
            };
            if near(start) {
                return Some((Gap::Stage { at }, place(start)));
            }
            if near(end) {
                return Some((Gap::Stage { at: at + 1 }, place(end)));
            }
        }
        let column = self.columns.iter().position(|c| near(if self.rtl { c.x } else { c.x + c.width }))?;
        let here = &self.columns[column];
        let start = self.columns.iter().position(|c| c.stage == here.stage)?;
        let x = if self.rtl { here.x } else { here.x + here.width };
        let stage = self.stages[here.stage].id.clone();
        Some((Gap::Step { stage, at: column - start + 1 }, place(x)))
    }

    fn gap_in_names(&self, point: Point, reach: f64) -> Option<(Gap, Point)> {
        let row = self.rows.iter().find(|row| (row.y + row.height - point.y).abs() <= reach)?;
        let (x0, x1) = (row.header.x0, row.header.x1);
        // Half way into the margin still counts.
        let margin = self.theme.sizes.margin / 2.0;
        if point.x < x0 - margin || point.x > x1 + margin {
            return None;
        }
        let inset = 14.0;
        let x = if self.rtl { x0 + inset } else { x1 - inset };
        Some((Gap::Lane { below: row.lane.clone() }, Point::new(x, row.y + row.height)))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::layout::LayoutEngine;
    use crate::model::{Direction, generate};
    use crate::theme::Theme;

    fn layout(direction: Direction, locked: bool) -> Arc<Layout> {
        let map = crate::model::JourneyMap { direction, locked, ..generate(2, 2, 1) };
        LayoutEngine::default().layout(&Arc::new(map), &Theme::light(), false)
    }

    #[test]
    fn gaps_are_found_in_either_direction() {
        for direction in [Direction::LeftToRight, Direction::RightToLeft] {
            let layout = layout(direction, false);
            let header = layout.stages[0].header;
            let (start, end) = if layout.rtl { (header.x1, header.x0) } else { (header.x0, header.x1) };
            let gap = |x: f64| layout.gap_at(Point::new(x, header.center().y), 8.0).map(|(gap, _)| gap);
            assert_eq!(gap(start), Some(Gap::Stage { at: 0 }));
            assert_eq!(gap(end), Some(Gap::Stage { at: 1 }));
            assert_eq!(gap(header.center().x), Some(Gap::Step { stage: "stage-1".into(), at: 1 }));
            assert_eq!(gap(header.center().x + 40.0), None);
        }
    }

    #[test]
    fn a_lane_goes_below_another_and_a_locked_structure_has_no_gaps() {
        let open = layout(Direction::LeftToRight, false);
        let row = &open.rows[1];
        let at = Point::new(row.header.center().x, row.y + row.height - 3.0);
        assert_eq!(open.gap_at(at, 8.0).map(|(gap, _)| gap), Some(Gap::Lane { below: row.lane.clone() }));
        assert_eq!(layout(Direction::LeftToRight, true).gap_at(at, 8.0), None);
    }
}
