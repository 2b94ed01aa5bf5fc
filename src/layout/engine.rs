//! Lays maps out, and keeps what it measured for the next time.

use std::collections::HashMap;
use std::sync::Arc;

use kurbo::{Point, Rect, Size};

use super::card::{Card, CardStyle, preferred, preferred_width};
use super::channels::ChannelRow;
use super::curve::{ColumnEmotions, Curve, CurveLook, points_that_fit};
use super::digest::Digest;
use super::header::{self, Blocks};
use super::metrics::MetricRow;
use super::note::{Note, Shown, shown_annotations};
use super::pictures::PictureRow;
use super::row::{CardRow, NoteRow, PlacedCard, PlacedNote, keep_pictures, slots};
use super::wheel::{self, WheelCards};
use super::{Column, Layout, Row, RowContent, StageBox, Words};
use super::{legend, links};
use crate::model::{
    Annotation, AnnotationKind, AnnotationRef, Emotion, JourneyMap, Lane, LaneId, LaneKind, PersonaId, Stage, Step,
    StepId, Touchpoint, TouchpointId,
};
use crate::picture::Pictures;
use crate::text::TextEngine;
use crate::theme::Theme;

/// Makes layouts. One for each thread; it remembers the last layout and does over what changed.
#[derive(Debug, Default)]
pub struct LayoutEngine {
    text: TextEngine,
    style: Option<CardStyle>,
    stages: Vec<Arc<Stage>>,
    column_of: Arc<HashMap<StepId, usize>>,
    digests: HashMap<LaneId, Arc<Digest>>,
    cards: HashMap<TouchpointId, CardEntry>,
    notes: HashMap<AnnotationRef, NoteEntry>,
    blocks: Blocks,
    rows: HashMap<LaneId, KeptRow>,
    widths: Arc<[f64]>,
    last: Option<Arc<Layout>>,
    counts: LayoutCounts,
    focus: Option<PersonaId>,
    round: bool,
    wheel_cards: WheelCards,
    wheel_style: Option<CardStyle>,
    pictures: Pictures,
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

#[derive(Debug)]
struct CardEntry {
    source: Arc<Touchpoint>,
    preferred: f64,
    card: Option<Arc<Card>>,
}

#[derive(Debug)]
struct NoteEntry {
    source: Annotation,
    preferred: f64,
    note: Option<Arc<Note>>,
}

#[derive(Debug)]
struct KeptRow {
    digest: Arc<Digest>,
    widths: Arc<[f64]>,
    held: bool,
    pictures: Pictures,
    row: Arc<CardRow>,
}

impl LayoutEngine {
    /// How much work was done so far.
    pub fn counts(&self) -> LayoutCounts {
        LayoutCounts { paragraphs: self.text.shaped(), ..self.counts }
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

    /// Lays `map` out.
    ///
    /// With `hold`, rows and columns that the last layout had do not shrink: during a drag the map
    /// must not slide away under the pointer.
    pub fn layout(&mut self, map: &Arc<JourneyMap>, theme: &Arc<Theme>, hold: bool) -> Arc<Layout> {
        self.use_style(map, theme);
        self.use_columns(map);
        let digests: Vec<Arc<Digest>> = map.lanes.iter().map(|lane| self.digest(lane)).collect();
        let held = self.last.clone().filter(|_| hold);
        let shown = shown_annotations(map, &digests);
        let mut layout = self.frame(map, theme, &digests, &shown, held.as_deref());
        self.use_widths(&layout);
        let mut y = layout.grid.y0;
        for (lane, digest) in map.lanes.iter().zip(&digests).filter(|(lane, _)| !lane.hidden) {
            let held = held.as_deref().and_then(|last| last.row_of(&lane.id));
            let row = self.row(lane, digest, &digests, &shown, &layout, (y, held));
            y += row.height;
            layout.rows.push(row);
        }
        layout.grid.y1 = y;
        for stage in &mut layout.stages {
            stage.body.y1 = y + theme.sizes.lane_pad;
        }
        layout.size.height = (y + theme.sizes.lane_pad + theme.sizes.margin).ceil();
        legend::add(&mut layout, &mut self.blocks, &mut self.text);
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
            words: Words { language: map.language(), scale: map.scale },
            rtl: map.is_rtl(),
            brief: false,
            channels: map.lanes.iter().filter(visible).any(|l| l.kind == LaneKind::Channels),
            pictures: map.lanes.iter().filter(visible).any(|l| l.kind == LaneKind::Pictures),
            curve: map.lanes.iter().filter(visible).any(|l| l.kind == LaneKind::Emotion),
            lanes,
        };
        if self.style.as_ref() != Some(&style) {
            self.cards.clear();
            self.notes.clear();
            self.rows.clear();
            self.digests.clear();
            self.blocks.clear();
            self.style = Some(style);
        }
    }

    fn use_columns(&mut self, map: &JourneyMap) {
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
    }

    fn use_widths(&mut self, layout: &Layout) {
        let widths = layout.columns.iter().map(|c| c.width);
        if self.widths.len() != layout.columns.len() || !self.widths.iter().copied().eq(widths.clone()) {
            self.widths = widths.collect();
        }
    }

    fn style(&self) -> &CardStyle {
        // `layout` sets it before anything else.
        self.style.as_ref().expect("the style is set first")
    }

    fn digest(&mut self, lane: &Arc<Lane>) -> Arc<Digest> {
        if let Some(kept) = self.digests.get(&lane.id)
            && kept.is_of(lane, &self.column_of)
        {
            return Arc::clone(kept);
        }
        self.counts.lanes += 1;
        let column_of = Arc::clone(&self.column_of);
        let style = self.style().clone();
        let (cards, text) = (&mut self.cards, &mut self.text);
        let digest = Arc::new(Digest::new(lane, &column_of, |touchpoint| {
            if let Some(entry) = cards.get(&touchpoint.id) {
                if Arc::ptr_eq(&entry.source, touchpoint) {
                    return entry.preferred;
                }
                if entry.source.title == touchpoint.title {
                    let preferred = entry.preferred;
                    let entry = CardEntry { source: Arc::clone(touchpoint), preferred, card: None };
                    cards.insert(touchpoint.id.clone(), entry);
                    return preferred;
                }
            }
            let preferred = preferred_width(touchpoint, &style, text);
            let entry = CardEntry { source: Arc::clone(touchpoint), preferred, card: None };
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
        shown: &[Shown<'_>],
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
        let head = header::head(map, theme, rtl, (sizes.margin, grid_width), &mut self.blocks, &mut self.text);
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
        let steps_height = header::step_names(&mut columns, map, below, theme, &mut self.blocks, &mut self.text);
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
            title: head.title,
            subtitle: head.subtitle,
            phases,
            stages,
            columns,
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
        shown: &[Shown<'_>],
        held: Option<&Layout>,
    ) -> Vec<f64> {
        let sizes = &theme.sizes;
        let mut widths = vec![sizes.column_min; self.column_of.len()];
        for (digest, _) in digests.iter().zip(&map.lanes).filter(|(_, lane)| !lane.hidden && !lane.collapsed) {
            for (width, preferred) in widths.iter_mut().zip(&digest.preferred) {
                *width = preferred.max(*width);
            }
        }
        for (column, at, annotation) in shown {
            let preferred = self.note_entry(at, annotation).preferred;
            widths[*column] = preferred.max(widths[*column]);
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

    fn note_entry(&mut self, at: &AnnotationRef, annotation: &Annotation) -> &mut NoteEntry {
        let fresh = self.notes.get(at).is_none_or(|entry| entry.source != *annotation);
        if fresh {
            let style = self.style().clone();
            let preferred = preferred(&annotation.text, &style, &mut self.text);
            self.notes.insert(at.clone(), NoteEntry { source: annotation.clone(), preferred, note: None });
        }
        self.notes.get_mut(at).expect("inserted above")
    }

    fn row(
        &mut self,
        lane: &Arc<Lane>,
        digest: &Arc<Digest>,
        digests: &[Arc<Digest>],
        shown: &[Shown<'_>],
        layout: &Layout,
        (y, held): (f64, Option<&Row>),
    ) -> Row {
        let sizes = &layout.theme.sizes;
        let content = match (lane.collapsed, lane.kind) {
            (true, _) => RowContent::Collapsed,
            (_, LaneKind::Touchpoints) => RowContent::Cards(self.card_row(lane, digest, &layout.theme, held)),
            (_, LaneKind::Emotion) => RowContent::Curve(self.curve(digests, layout)),
            (_, LaneKind::Channels) => {
                RowContent::Channels(Arc::new(ChannelRow::new(digests, layout, &mut self.blocks, &mut self.text)))
            }
            (_, LaneKind::Metrics) => {
                RowContent::Metrics(Arc::new(MetricRow::new(layout, &mut self.blocks, &mut self.text)))
            }
            (_, LaneKind::Pictures) => RowContent::Pictures(Arc::new(PictureRow::new(digests, layout, &mut self.text))),
            (_, kind) => RowContent::Notes(self.note_row(kind, shown, layout, held)),
        };
        let content_height = match &content {
            RowContent::Collapsed => sizes.collapsed,
            RowContent::Cards(row) => row.height,
            RowContent::Curve(curve) => curve.height,
            RowContent::Notes(row) => row.height,
            RowContent::Channels(row) => row.height,
            RowContent::Metrics(row) => row.height,
            RowContent::Pictures(row) => row.height,
        };
        let mut row = header::row(lane, layout, y, &mut self.blocks, &mut self.text);
        row.height = row.height.max(content_height).max(if lane.collapsed { 0.0 } else { sizes.lane_min });
        row.height = row.height.max(held.map_or(0.0, |held| held.height)).ceil();
        row.header.y1 = y + row.height;
        row.content = content;
        row
    }

    fn card_row(&mut self, lane: &Lane, digest: &Arc<Digest>, theme: &Theme, held: Option<&Row>) -> Arc<CardRow> {
        if let Some(kept) = self.rows.get(&lane.id)
            && Arc::ptr_eq(&kept.digest, digest)
            && Arc::ptr_eq(&kept.widths, &self.widths)
            && kept.held == held.is_some()
            && kept.pictures.is(&self.pictures)
        {
            return Arc::clone(&kept.row);
        }
        self.counts.rows += 1;
        let widths = Arc::clone(&self.widths);
        let sizes = &theme.sizes;
        let mut cards = Vec::with_capacity(digest.ordered.len());
        for (column, width) in widths.iter().enumerate() {
            for (slot, touchpoint) in digest.column(column).iter().enumerate() {
                let card = self.card(touchpoint, width - 2.0 * sizes.column_pad);
                cards.push(PlacedCard { column, slot, card, picture: Default::default() });
            }
        }
        let held_slots = match held.map(|row| &row.content) {
            Some(RowContent::Cards(row)) => row.slots.as_slice(),
            _ => &[],
        };
        let heights = cards.iter().map(|c| (c.slot, c.card.height));
        let (slots, height) = slots(heights, held_slots, sizes.lane_pad, sizes.card_gap);
        let row = CardRow { height, slots, cards, starts: digest.starts.clone() };
        if let Some(old) = self.rows.get(&lane.id) {
            keep_pictures(&old.row, &row);
        }
        let row = Arc::new(row);
        let pictures = self.pictures.clone();
        let kept =
            KeptRow { digest: Arc::clone(digest), widths, held: held.is_some(), pictures, row: Arc::clone(&row) };
        self.rows.insert(lane.id.clone(), kept);
        row
    }

    fn card(&mut self, touchpoint: &Arc<Touchpoint>, width: f64) -> Arc<Card> {
        let style = self.style.as_ref().expect("the style is set first");
        let picture =
            touchpoint.pictures.first().filter(|_| !style.pictures).map(|path| (path, self.pictures.get(path)));
        // The digest of its lane made the entry.
        let entry = self.cards.get_mut(&touchpoint.id).expect("a digest measured it");
        match &entry.card {
            Some(card)
                if (card.width - width).abs() < 0.01
                    && Arc::ptr_eq(&card.touchpoint, touchpoint)
                    && card.picture.as_ref().map(|slide| &slide.shot) == picture.as_ref().map(|(_, shot)| shot) =>
            {
                Arc::clone(card)
            }
            _ => {
                self.counts.cards += 1;
                let card = Arc::new(Card::new(touchpoint, picture, width, style, &mut self.text));
                entry.card = Some(Arc::clone(&card));
                card
            }
        }
    }

    fn note_row(&mut self, kind: LaneKind, shown: &[Shown<'_>], layout: &Layout, held: Option<&Row>) -> Arc<NoteRow> {
        let sizes = &layout.theme.sizes;
        let style = self.style().clone();
        let mut notes: Vec<PlacedNote> = Vec::new();
        let mut starts = Vec::with_capacity(layout.columns.len() + 1);
        let of_kind = shown.iter().filter(|(_, _, annotation)| Some(annotation.kind) == kind.annotation());
        for (column, at, annotation) in of_kind {
            while starts.len() <= *column {
                starts.push(notes.len());
            }
            let width = layout.columns[*column].width - 2.0 * sizes.column_pad;
            self.note_entry(at, annotation);
            let (entry, text) = (self.notes.get_mut(at).expect("made above"), &mut self.text);
            let note = match &entry.note {
                Some(note) if (note.width - width).abs() < 0.01 => Arc::clone(note),
                _ => Arc::new(Note::new(at.clone(), annotation, width, &style, text)),
            };
            entry.note = Some(Arc::clone(&note));
            let slot = notes.len() - starts[*column];
            notes.push(PlacedNote { column: *column, slot, note, picture: Default::default() });
        }
        starts.resize(layout.columns.len() + 1, notes.len());
        let held_slots = match held.map(|row| &row.content) {
            Some(RowContent::Notes(row)) => row.slots.as_slice(),
            _ => &[],
        };
        let heights = notes.iter().map(|n| (n.slot, n.note.height));
        let (slots, height) = slots(heights, held_slots, sizes.lane_pad, sizes.card_gap);
        Arc::new(NoteRow { height, slots, notes, starts })
    }

    fn curve(&mut self, digests: &[Arc<Digest>], layout: &Layout) -> Arc<Curve> {
        let has_personas = !layout.map.personas.is_empty();
        let is_told = |t: &&Arc<Touchpoint>| t.emotion.is_some() || (has_personas && !t.emotions.is_empty());
        let emotions: Vec<ColumnEmotions> = layout
            .columns
            .iter()
            .enumerate()
            .map(|(i, column)| {
                let (count, sum) = digests.iter().map(|d| d.emotions[i]).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
                if count > points_that_fit(column.width, &layout.theme) {
                    let mean = sum as f64 / count as f64;
                    return ColumnEmotions::Mean(Emotion::clamped(mean.round() as i64));
                }
                let all = digests.iter().flat_map(|d| d.column(i)).filter(is_told);
                ColumnEmotions::Each(if count == 0 && !has_personas { Vec::new() } else { all.cloned().collect() })
            })
            .collect();
        let focus = layout.focus.as_ref();
        let look = CurveLook { theme: &layout.theme, words: layout.words, rtl: layout.rtl, focus };
        Arc::new(Curve::new(&layout.map, &emotions, &layout.columns, look, &mut self.text))
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
        legend::beside_wheel(layout, &wheel);
        layout.wheel = Some(Arc::new(wheel));
    }

    /// Drops what belongs to things that are gone, when much of it has gathered.
    fn forget(&mut self, map: &JourneyMap) {
        let count = map.lanes.iter().map(|l| l.touchpoints.len()).sum::<usize>();
        if self.cards.len() > 2 * count + 64 {
            let here: std::collections::HashSet<&TouchpointId> = map.touchpoints().map(|(_, t)| &t.id).collect();
            self.cards.retain(|id, _| here.contains(id));
            self.digests.retain(|id, _| map.lane(id).is_some());
            self.rows.retain(|id, _| map.lane(id).is_some());
        }
        if self.notes.len() > 4 * count + 256 {
            self.notes.retain(|at, _| map.annotation(at).is_some());
        }
    }
}
