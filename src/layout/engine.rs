//! Lays maps out, and keeps what it measured for the next time.

use std::sync::Arc;

use foldhash::HashMap;
use kurbo::{Point, Rect, Size};

use super::card::{self, CardStyle};
use super::contents::{CardEntry, Kept};
use super::crew::is_shown;
use super::digest::Digest;
use super::header::{self, Blocks};
use super::note::Shown;
use super::wheel::{self, WheelCards};
use super::{Around, Column, Layout, StageBox, Words};
use super::{legend, links};
use crate::model::{AnnotationKind, JourneyMap, Lane, LaneId, LaneKind, PersonaId, Stage, Step, StepId};
use crate::picture::Pictures;
use crate::text::TextEngine;
use crate::theme::Theme;

/// Makes layouts. One for each thread; it remembers the last layout and does over what changed.
#[derive(Debug, Default)]
pub struct LayoutEngine {
    pub(super) text: TextEngine,
    /// Those of the other cores.
    pub(super) helpers: Vec<TextEngine>,
    /// Whether titles of many new touchpoints were shaped for this layout.
    pub(super) has_shaped: bool,
    pub(super) style: Option<CardStyle>,
    stages: Vec<Arc<Stage>>,
    column_of: Arc<HashMap<StepId, usize>>,
    digests: HashMap<LaneId, Arc<Digest>>,
    pub(super) kept: Kept,
    pub(super) blocks: Blocks,
    pub(super) widths: Arc<[f64]>,
    across: Arc<[(f64, f64)]>,
    last: Option<Arc<Layout>>,
    pub(super) counts: LayoutCounts,
    focus: Option<PersonaId>,
    round: bool,
    wheel_cards: WheelCards,
    wheel_style: Option<CardStyle>,
    pub(super) pictures: Pictures,
    pub(super) around: Around,
}

/// How much work layouts took since the engine was made; benches and tests compare them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LayoutCounts {
    /// Lanes whose touchpoints were sorted into columns.
    pub lanes: usize,
    /// Rows of touchpoints that were put together.
    pub rows: usize,
    /// Cards that were measured.
    pub cards: usize,
    /// Paragraphs that were shaped.
    pub paragraphs: usize,
}

impl LayoutEngine {
    /// How much work was done so far.
    pub fn counts(&self) -> LayoutCounts {
        let paragraphs = self.helpers.iter().chain([&self.text]).map(TextEngine::shapings).sum();
        LayoutCounts { paragraphs, ..self.counts }
    }

    /// The text engine, for texts that stand beside the map.
    pub fn text(&mut self) -> &mut TextEngine {
        &mut self.text
    }

    /// Shows the curve of this persona in the next layouts, or with `None` those of all.
    pub fn focus(&mut self, persona: Option<PersonaId>) {
        self.focus = persona;
    }

    /// Whether the next layouts are wheels.
    pub fn round(&mut self, round: bool) {
        self.round = round;
    }

    /// Shows these pictures in the next layouts; without them, placeholders.
    pub fn show_pictures(&mut self, pictures: Pictures) {
        self.pictures = pictures;
    }

    /// What stands around the grid in the next layouts.
    pub fn surround(&mut self, around: Around) {
        self.around = around;
    }

    /// Lays `map` out.
    ///
    /// With `hold`, rows and columns that the last layout had do not shrink: during a drag the map
    /// must not slide away under the pointer.
    pub fn layout(&mut self, map: &Arc<JourneyMap>, theme: &Arc<Theme>, hold: bool) -> Arc<Layout> {
        self.use_style(map, theme);
        let same_stages = self.use_columns(map);
        self.shape_ahead(map);
        let digests: Vec<Arc<Digest>> = map.lanes.iter().map(|lane| self.digest(lane)).collect();
        let held = self.last.clone().filter(|_| hold);
        let shown = self.shown(map, &digests, same_stages);
        let mut layout = self.frame(map, theme, &digests, &shown, held.as_deref());
        let before = Arc::clone(&self.widths);
        self.use_widths(&mut layout);
        self.cards_ahead(&layout, &before);
        let mut y = layout.grid.y0;
        for (lane, digest) in map.lanes.iter().zip(&digests).filter(|(lane, _)| !lane.hidden) {
            let held = held.as_deref().and_then(|last| last.row_of(&lane.id));
            let row = self.row(lane, (digest, &digests), &shown, &layout, (y, held));
            y += row.height;
            layout.rows.push(row);
        }
        layout.grid.y1 = y;
        for stage in &mut layout.stages {
            stage.body.y1 = y + theme.sizes.lane_pad;
        }
        layout.size.height = (y + theme.sizes.lane_pad + theme.sizes.margin).ceil();
        if self.around.legend {
            legend::add(&mut layout, &mut self.blocks, &mut self.text);
        }
        if self.round {
            self.bend(&mut layout, &digests);
        } else {
            layout.links = links::links(&layout, &mut self.blocks, &mut self.text);
        }
        self.forget(map);
        let layout = Arc::new(layout);
        self.last = Some(Arc::clone(&layout));
        layout
    }

    /// Drops everything measured when a new look or language would measure it differently.
    fn use_style(&mut self, map: &JourneyMap, theme: &Arc<Theme>) {
        let visible = |lane: &&Arc<Lane>| !lane.hidden && !lane.collapsed;
        let mut lanes: Vec<AnnotationKind> =
            map.lanes.iter().filter(visible).filter_map(|l| l.kind.annotation()).collect();
        lanes.sort_unstable();
        lanes.dedup();
        let style = CardStyle {
            theme: Arc::clone(theme),
            words: Words { language: self.around.language.unwrap_or_else(|| map.language()), scale: map.scale },
            rtl: map.is_rtl(),
            brief: false,
            channels: map.lanes.iter().filter(visible).any(|l| l.kind == LaneKind::Channels),
            pictures: map.lanes.iter().filter(visible).any(|l| l.kind == LaneKind::Pictures),
            curve: map.lanes.iter().filter(visible).any(|l| l.kind == LaneKind::Emotion),
            lanes,
        };
        if self.style.as_ref() != Some(&style) {
            self.kept = Kept::default();
            self.digests.clear();
            self.blocks.clear();
            self.style = Some(style);
        }
    }

    /// Whether the stages are those of the last layout.
    fn use_columns(&mut self, map: &JourneyMap) -> bool {
        let same = self.stages.len() == map.stages.len()
            && self.stages.iter().zip(&map.stages).all(|(a, b)| Arc::ptr_eq(a, b));
        if !same {
            self.stages.clone_from(&map.stages);
            let column_of: HashMap<StepId, usize> =
                map.steps().enumerate().map(|(i, (_, step))| (step.id.clone(), i)).collect();
            if column_of != *self.column_of {
                self.column_of = Arc::new(column_of);
            }
        }
        same
    }

    /// Keeps the lists of where columns stand for as long as they say the same.
    fn use_widths(&mut self, layout: &mut Layout) {
        let widths = layout.columns.iter().map(|c| c.width);
        if !self.widths.iter().copied().eq(widths.clone()) {
            self.widths = widths.collect();
        }
        let across = layout.columns.iter().map(|c| (c.x, c.width));
        if !self.across.iter().copied().eq(across.clone()) {
            self.across = across.collect();
        }
        layout.across = Arc::clone(&self.across);
    }

    pub(super) fn style(&self) -> &CardStyle {
        // `layout` sets it before anything else.
        self.style.as_ref().expect("the style is set first")
    }

    /// What `lane` was in the last layout.
    pub(super) fn lane_before(&self, lane: &Lane) -> Option<&Arc<Lane>> {
        self.digests.get(&lane.id).map(|kept| &kept.lane)
    }

    fn digest(&mut self, lane: &Arc<Lane>) -> Arc<Digest> {
        if let Some(kept) = self.digests.get(&lane.id).filter(|kept| kept.is_of(lane, &self.column_of)) {
            return Arc::clone(kept);
        }
        self.counts.lanes += 1;
        let column_of = Arc::clone(&self.column_of);
        let style = self.style().clone();
        let before = self.digests.get(&lane.id).cloned();
        let (cards, text) = (&mut self.kept.cards, &mut self.text);
        let digest = Arc::new(Digest::new(lane, &column_of, before.as_deref(), |touchpoint| {
            if let Some(entry) = cards.get(&touchpoint.id) {
                if Arc::ptr_eq(&entry.source, touchpoint) {
                    return entry.preferred;
                }
                if entry.source.title == touchpoint.title {
                    let preferred = entry.preferred;
                    let entry = CardEntry::new(Arc::clone(touchpoint), preferred, None);
                    cards.insert(touchpoint.id.clone(), entry);
                    return preferred;
                }
            }
            let title = card::shaped(&touchpoint.title, &style, text);
            let preferred = card::preferred(&title, &style);
            let entry = CardEntry::new(Arc::clone(touchpoint), preferred, is_shown(lane).then_some(title));
            cards.insert(touchpoint.id.clone(), entry);
            preferred
        }));
        self.digests.insert(lane.id.clone(), Arc::clone(&digest));
        digest
    }

    /// Everything but the rows: title, lane names' width, columns, stage headers.
    fn frame(
        &mut self,
        map: &Arc<JourneyMap>,
        theme: &Arc<Theme>,
        digests: &[Arc<Digest>],
        shown: &Shown,
        held: Option<&Layout>,
    ) -> Layout {
        let sizes = &theme.sizes;
        let widths = self.column_widths(map, theme, digests, shown, held);
        let rtl = self.style().rtl;
        let words = self.style().words;
        let names = header::lane_names_width(map, theme, &mut self.blocks, &mut self.text);
        let stages_width: f64 =
            widths.iter().sum::<f64>() + sizes.stage_gap * map.stages.len().saturating_sub(1) as f64;
        let grid_width = names + stages_width;
        let width = grid_width + 2.0 * sizes.margin;
        let (around, place) = (self.around.clone(), (sizes.margin, grid_width));
        let head = header::head(map, theme, rtl, place, &around, &mut self.blocks, &mut self.text);
        let phases_top = head.bottom;
        let top = phases_top + header::phases_height(map, theme);

        let name_lines = |engine: &mut Self, stage: &Stage, width: f64| {
            header::stage_name(&stage.name, width, theme, rtl, &mut engine.blocks, &mut engine.text)
        };
        let mut columns = Vec::with_capacity(widths.len());
        let mut stages: Vec<StageBox> = Vec::with_capacity(map.stages.len());
        let (mut along, mut next) = (names, 0);
        for (index, stage) in map.stages.iter().enumerate() {
            let start = along;
            for step in &stage.steps {
                let x = if rtl { grid_width - along - widths[next] } else { along };
                let x = sizes.margin + x;
                columns.push(Column { step: Arc::clone(step), stage: index, x, width: widths[next], name: None });
                along += widths[next];
                next += 1;
            }
            let stage_width = along - start;
            let x = sizes.margin + if rtl { grid_width - along } else { start };
            let name = name_lines(self, stage, stage_width - 2.0 * sizes.header_pad);
            let header = Rect::new(x, top, x + stage_width, top);
            let inner = stage_width - 2.0 * sizes.header_pad;
            let words =
                header::stage_words(stage, (x + sizes.header_pad, inner), theme, rtl, &mut self.blocks, &mut self.text);
            stages.push(StageBox {
                id: stage.id.clone(),
                header,
                body: header,
                accent: map.accent(index),
                name: super::Placed { at: Point::new(x + sizes.header_pad, top), block: name, width: inner },
                words,
            });
            along += sizes.stage_gap;
        }
        let header_height = header::settle(&mut stages, top, theme);
        let below = top + header_height;
        let phases = header::phases(map, &stages, phases_top, theme, &mut self.blocks, &mut self.text);
        let steps_height = header::step_names(
            &mut columns,
            map,
            below,
            theme,
            self.last.as_deref(),
            (&mut self.blocks, &mut self.text),
        );
        let steps_height = steps_height + links::room(map);
        Layout {
            map: Arc::clone(map),
            theme: Arc::clone(theme),
            rtl,
            words,
            pictures: self.pictures.clone(),
            focus: self.focus.clone().filter(|id| map.persona(id).is_some()),
            legend: Vec::new(),
            size: Size::new(width.ceil(), 0.0),
            logo: around.logo_rect(width.ceil(), sizes.margin, rtl),
            around,
            title: head.title,
            subtitle: head.subtitle,
            phases,
            stages,
            columns,
            across: Arc::default(),
            rows: Vec::with_capacity(map.lanes.len()),
            links: Vec::new(),
            wheel: None,
            grid: Rect::new(sizes.margin, below + steps_height, sizes.margin + grid_width, below + steps_height),
            column_of: Arc::clone(&self.column_of),
        }
    }

    /// The width of each column: as set by a person, or what its fullest card asks for.
    fn column_widths(
        &mut self,
        map: &JourneyMap,
        theme: &Theme,
        digests: &[Arc<Digest>],
        shown: &Shown,
        held: Option<&Layout>,
    ) -> Vec<f64> {
        let sizes = &theme.sizes;
        let mut widths = vec![sizes.column_min; self.column_of.len()];
        for (digest, _) in digests.iter().zip(&map.lanes).filter(|(_, lane)| !lane.hidden && !lane.collapsed) {
            for (width, preferred) in widths.iter_mut().zip(&digest.preferred) {
                *width = preferred.max(*width);
            }
        }
        for (width, preferred) in widths.iter_mut().zip(&shown.preferred) {
            *width = preferred.max(*width);
        }
        let steps: Vec<(usize, &Arc<Step>)> = map.steps().collect();
        let mut column = 0;
        for stage in &map.stages {
            let here = column..column + stage.steps.len();
            column = here.end;
            // The longest word of the name has to fit into the header.
            let style = theme.text.heading.into();
            let (word, _) = self.blocks.widths(&stage.name, style, &mut self.text);
            let lacking = f64::from(word) + 2.0 * sizes.header_pad - widths[here.clone()].iter().sum::<f64>();
            for width in &mut widths[here.clone()] {
                *width += (lacking / here.len() as f64).max(0.0);
            }
        }
        for (i, width) in widths.iter_mut().enumerate() {
            *width = match steps[i].1.width {
                Some(set) => f64::from(set).clamp(96.0, 640.0),
                // To the 4-point grid.
                None => (*width / 4.0).ceil() * 4.0,
            };
            if let Some(held) = held
                && let Some(old) = held.column_of(&steps[i].1.id)
            {
                *width = held.columns[old].width.max(*width);
            }
        }
        widths
    }

    /// Makes a wheel of a layout.
    fn bend(&mut self, layout: &mut Layout, digests: &[Arc<Digest>]) {
        let shown = |lane: &&Arc<Lane>| !lane.hidden && lane.kind == LaneKind::Emotion;
        let curve = layout.map.lanes.iter().any(|lane| shown(&lane));
        // What hangs on touchpoints stands on the cards of a wheel; channels and owners would make them too high.
        let style = CardStyle { curve, channels: true, brief: true, lanes: Vec::new(), ..self.style().clone() };
        if self.wheel_style.as_ref() != Some(&style) {
            self.wheel_cards.clear();
            self.wheel_style = Some(style.clone());
        }
        let (cards, blocks, text) = (&mut self.wheel_cards, &mut self.blocks, &mut self.text);
        let mut source = wheel::Source { layout, digests, style: &style, cards, blocks, text };
        let (wheel, size, [title, subtitle], links) = wheel::wheel(&mut source);
        (layout.title, layout.subtitle, layout.links) = (title, subtitle, links);
        layout.size = size;
        layout.logo = layout.around.logo_rect(size.width, layout.theme.sizes.margin, layout.rtl);
        legend::beside_wheel(layout, &wheel);
        layout.wheel = Some(Arc::new(wheel));
    }

    /// Drops what belongs to things that are gone, when much of it has gathered.
    fn forget(&mut self, map: &JourneyMap) {
        let count = map.lanes.iter().map(|l| l.touchpoints.len()).sum::<usize>();
        if self.kept.forget(map, count) {
            self.digests.retain(|id, _| map.lane(id).is_some());
        }
    }
}
