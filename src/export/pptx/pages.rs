//! Which slides the stages take: every stage begins one, and goes over to more where it does not fit legibly.

use std::ops::Range;

use kurbo::Rect;

use super::cells::{Band, bands};
use super::fixed::SLIDE;
use super::look::{Look, height_of};
use crate::layout::Layout;
use crate::text::TextEngine;

/// Room beside, above and below what stands on a slide.
pub(super) const MARGIN: (f64, f64, f64) = (28.0, 18.0, 18.0);
/// The height of the title and of the room below it.
pub(super) const TITLE: f64 = 40.0;
/// Points of a slide for one of the map that are tried, the most legible first. The smallest text has twelve points on
/// the map, nine at the least of these.
const UNITS: [f64; 6] = [1.1, 1.0, 0.92, 0.86, 0.8, 0.75];

/// Columns of a stage that stand on a slide together, with all lanes.
pub(super) struct Sheet<'l> {
    pub stage: usize,
    pub columns: Range<usize>,
    pub bands: Vec<Band<'l>>,
    /// The height of the stage's header, and that of the names of its steps.
    pub heads: (f64, f64),
    /// What stands on each of its slides.
    pub pages: Vec<Vec<Part>>,
}

/// Lines of a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub band: usize,
    pub lines: Range<usize>,
}

/// All slides of the stages, and the look that they share.
pub(super) struct Plan<'l> {
    pub look: Look,
    /// The width of the lane names.
    pub names: f64,
    pub sheets: Vec<Sheet<'l>>,
}

impl<'l> Plan<'l> {
    /// The plan with the fewest slides, and of those the one with the largest texts.
    pub fn new(layout: &'l Layout, engine: &mut TextEngine) -> Self {
        let mut best: Option<Self> = None;
        for unit in UNITS {
            let plan = Self::at(layout, unit, engine);
            if best.as_ref().is_none_or(|best| plan.slides() < best.slides()) {
                best = Some(plan);
            }
        }
        // There is at least one unit.
        best.unwrap_or_else(|| Self::at(layout, 1.0, engine))
    }

    fn at(layout: &'l Layout, unit: f64, engine: &mut TextEngine) -> Self {
        let look = Look::readable(layout, unit);
        let names = names_width(layout) * unit;
        let mut plan = Self { look, names, sheets: Vec::new() };
        let room = plan.columns_room();
        // At least one column, and no more than there are.
        let most = ((room.width() / plan.look.theme.sizes.column_min) as usize).max(1);
        for stage in 0..layout.stages.len() {
            let all: Vec<usize> = (0..layout.columns.len()).filter(|i| layout.columns[*i].stage == stage).collect();
            let sheets = all.len().div_ceil(most);
            let mut start = all.first().copied().unwrap_or(0);
            for index in 0..sheets {
                // As many on each as evenly goes.
                let count = (all.len() + sheets - 1 - index) / sheets;
                let columns = start..start + count;
                start = columns.end;
                let sheet = plan.sheet(layout, stage, columns, engine);
                plan.sheets.push(sheet);
            }
        }
        plan
    }

    /// How many slides there are.
    pub fn slides(&self) -> usize {
        self.sheets.iter().map(|sheet| sheet.pages.len()).sum()
    }

    /// From the title to the bottom, between the lane names and the far side.
    pub fn columns_room(&self) -> Rect {
        let (x0, x1) = (MARGIN.0, SLIDE.width - MARGIN.0);
        let (x0, x1) = if self.look.rtl { (x0, x1 - self.names) } else { (x0 + self.names, x1) };
        Rect::new(x0, MARGIN.1 + TITLE, x1, SLIDE.height - MARGIN.2)
    }

    /// The side of a column of a sheet, in reading order.
    pub fn column(&self, sheet: &Sheet<'_>, index: usize) -> (f64, f64) {
        let room = self.columns_room();
        let width = room.width() / sheet.columns.len().max(1) as f64;
        let along = (index - sheet.columns.start) as f64 * width;
        (if self.look.rtl { room.x1 - along - width } else { room.x0 + along }, width)
    }

    /// The room of the lanes of a sheet: below its headers.
    pub fn lanes_room(&self, sheet: &Sheet<'_>) -> Rect {
        let room = self.columns_room();
        let bottom = room.y1 - self.look.theme.sizes.lane_pad * 0.5;
        Rect { y0: room.y0 + sheet.heads.0 + sheet.heads.1, y1: bottom, ..room }
    }

    fn sheet(&self, layout: &'l Layout, stage: usize, columns: Range<usize>, engine: &mut TextEngine) -> Sheet<'l> {
        let look = &self.look;
        let width = self.columns_room().width() / columns.len().max(1) as f64;
        let bands = bands(layout, &columns, (width, self.names - 10.0 * look.unit), look, engine);
        let heads = heads(layout, stage, (&columns, width), self.columns_room().width(), look, engine);
        let mut sheet = Sheet { stage, columns, bands, heads, pages: Vec::new() };
        sheet.pages = pages(&sheet.bands, self.lanes_room(&sheet).height(), look);
        sheet
    }
}

/// The width of the lane names, in points of the map.
fn names_width(layout: &Layout) -> f64 {
    let first = layout.stages.first().map_or(layout.grid, |stage| stage.header);
    if layout.rtl { layout.grid.x1 - first.x1 } else { first.x0 - layout.grid.x0 }
}

/// The heights of the header of a stage and of the names of its steps.
fn heads(
    layout: &Layout,
    stage: usize,
    (columns, width): (&Range<usize>, f64),
    whole: f64,
    look: &Look,
    engine: &mut TextEngine,
) -> (f64, f64) {
    let (sizes, text) = (&look.theme.sizes, &look.theme.text);
    let inner = whole - 2.0 * sizes.header_pad;
    let stage = &layout.stages[stage];
    let mut header = height_of(&full_name(layout, stage), text.heading, inner, engine);
    if let Some(words) = &stage.words {
        header += height_of(&words.block.text, text.small, inner, engine);
    }
    let named = layout.columns[columns.clone()].iter().filter(|column| column.name.is_some());
    let tallest = named.map(|column| height_of(&column.step.name, text.small, width - 12.0 * look.unit, engine));
    let steps = tallest.fold(0.0, f64::max);
    (header + 12.0 * look.unit, if steps > 0.0 { steps + 8.0 * look.unit } else { 0.0 })
}

/// The name of a stage, which the layout may have cut.
pub(super) fn full_name(layout: &Layout, stage: &crate::layout::StageBox) -> String {
    layout.map.stage(&stage.id).map(|stage| stage.name.clone()).unwrap_or_default()
}

/// The lanes on as few slides of this height as they fit on, evenly.
fn pages(bands: &[Band<'_>], height: f64, look: &Look) -> Vec<Vec<Part>> {
    /// How often the height is halved in search of the least that takes no more slides.
    const STEPS: usize = 12;
    let full = filled(bands, height, look);
    let (mut low, mut high) = (0.0, height);
    let mut best = full;
    for _ in 0..STEPS {
        let middle = (low + high) / 2.0;
        let tried = filled(bands, middle, look);
        let fits = tried.iter().all(|page| page.len() == 1 || height_of_page(bands, page, look) <= height);
        if tried.len() <= best.len() && fits {
            (best, high) = (tried, middle);
        } else {
            low = middle;
        }
    }
    best
}

fn height_of_page(bands: &[Band<'_>], page: &[Part], look: &Look) -> f64 {
    page.iter().map(|part| bands[part.band].height(&part.lines, look)).sum()
}

/// The lanes on slides that are filled one after the other. A lane that is higher than a slide is cut between lines.
fn filled(bands: &[Band<'_>], height: f64, look: &Look) -> Vec<Vec<Part>> {
    let mut pages: Vec<Vec<Part>> = vec![Vec::new()];
    let mut used = 0.0;
    let mut add = |part: Part, own: f64| {
        if used > 0.0 && used + own > height {
            pages.push(Vec::new());
            used = 0.0;
        }
        used += own;
        // There is always a last page.
        if let Some(page) = pages.last_mut() {
            page.push(part);
        }
    };
    for (index, band) in bands.iter().enumerate() {
        let mut start = 0;
        while start < band.lines.len() {
            let fits = |end: &usize| band.height(&(start..*end), look) <= height;
            let end = (start + 1..=band.lines.len()).rev().find(fits).unwrap_or(start + 1);
            let lines = start..end;
            let own = band.height(&lines, look);
            add(Part { band: index, lines }, own);
            start = end;
        }
    }
    pages
}
