//! What stands in the cells of a row, kept for as long as it serves.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use foldhash::HashMap;

use super::card::{self, Card, preferred};
use super::channels::ChannelRow;
use super::curve::{ColumnEmotions, Curve, CurveLook, points_that_fit};
use super::digest::Digest;
use super::engine::LayoutEngine;
use super::header;
use super::metrics::MetricRow;
use super::note::{Hung, Note, Shown};
use super::pictures::PictureRow;
use super::row::{self, CardRow, CardRun, NoteRow, PlacedCard, PlacedNote, slots};
use super::{Layout, Row, RowContent};
use crate::model::{
    Annotation, AnnotationRef, Competitor, Emotion, JourneyMap, Lane, LaneId, LaneKind, Persona, PersonaId, Touchpoint,
    TouchpointId,
};
use crate::picture::Pictures;
use crate::text::Shaped;
use crate::theme::Theme;

/// What was measured, and the rows that were made of it.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pub cards: HashMap<TouchpointId, CardEntry>,
    notes: HashMap<AnnotationRef, NoteEntry>,
    card_rows: HashMap<LaneId, KeptCards>,
    note_rows: HashMap<LaneId, KeptNotes>,
    /// The annotations that lanes show, and the lists of the digests that they are from.
    shown: Option<(Arc<Shown>, Lists)>,
    curve: Option<KeptCurve>,
}

type Lists = Vec<Arc<[Hung]>>;

/// A measured touchpoint.
#[derive(Debug)]
pub(super) struct CardEntry {
    pub source: Arc<Touchpoint>,
    pub preferred: f64,
    /// Its title, until there is a card.
    pub title: Option<Shaped>,
    pub card: Option<Arc<Card>>,
}

impl CardEntry {
    pub fn new(source: Arc<Touchpoint>, preferred: f64, title: Option<Shaped>) -> Self {
        Self { source, preferred, title, card: None }
    }
}

#[derive(Debug)]
struct NoteEntry {
    source: Annotation,
    preferred: f64,
    note: Option<Arc<Note>>,
}

#[derive(Debug)]
struct KeptCards {
    digest: Arc<Digest>,
    widths: Arc<[f64]>,
    held: bool,
    pictures: Pictures,
    row: Arc<CardRow>,
}

#[derive(Debug)]
struct KeptNotes {
    shown: Arc<Shown>,
    widths: Arc<[f64]>,
    held: bool,
    row: Arc<NoteRow>,
}

/// The curve, and all that it is made from besides the stages.
#[derive(Debug)]
struct KeptCurve {
    emotions: Vec<ColumnEmotions>,
    across: Arc<[(f64, f64)]>,
    personas: Vec<Arc<Persona>>,
    competitors: Vec<Arc<Competitor>>,
    focus: Option<PersonaId>,
    curve: Arc<Curve>,
}

impl Kept {
    /// Drops what belongs to things that are gone, when much of it has gathered: more than a map of `count` touchpoints
    /// has. Whether it did.
    pub fn forget(&mut self, map: &JourneyMap, count: usize) -> bool {
        if self.notes.len() > 4 * count + 256 {
            self.notes.retain(|at, _| map.annotation(at).is_some());
        }
        if self.cards.len() <= 2 * count + 64 {
            return false;
        }
        let here: std::collections::HashSet<&TouchpointId> = map.touchpoints().map(|(_, t)| &t.id).collect();
        self.cards.retain(|id, _| here.contains(id));
        self.card_rows.retain(|id, _| map.lane(id).is_some());
        self.note_rows.retain(|id, _| map.lane(id).is_some());
        true
    }
}

impl LayoutEngine {
    /// The annotations that lanes show, with the widths that they ask for.
    pub(super) fn shown(&mut self, map: &JourneyMap, digests: &[Arc<Digest>], same_stages: bool) -> Arc<Shown> {
        if !same_stages {
            self.kept.curve = None;
        }
        if let Some((shown, lists)) = &self.kept.shown
            && same_stages
            && lists.len() == digests.len()
            && lists.iter().zip(digests).all(|(list, digest)| Arc::ptr_eq(list, &digest.hung))
        {
            return Arc::clone(shown);
        }
        let mut shown = Shown::new(map, digests, &self.style().lanes);
        for hung in &shown.hung {
            let preferred = self.note_entry(&hung.at, &hung.annotation).preferred;
            shown.preferred[hung.column] = preferred.max(shown.preferred[hung.column]);
        }
        let shown = Arc::new(shown);
        let lists = digests.iter().map(|digest| Arc::clone(&digest.hung)).collect();
        self.kept.shown = Some((Arc::clone(&shown), lists));
        shown
    }

    fn note_entry(&mut self, at: &AnnotationRef, annotation: &Annotation) -> &mut NoteEntry {
        let fresh = self.kept.notes.get(at).is_none_or(|entry| entry.source != *annotation);
        if fresh {
            let style = self.style().clone();
            let preferred = preferred(&card::shaped(&annotation.text, &style, &mut self.text), &style);
            self.kept.notes.insert(at.clone(), NoteEntry { source: annotation.clone(), preferred, note: None });
        }
        self.kept.notes.get_mut(at).expect("inserted above")
    }

    /// The row of `lane` at height `y`, no lower than `held`.
    pub(super) fn row(
        &mut self,
        lane: &Arc<Lane>,
        digests: (&Arc<Digest>, &[Arc<Digest>]),
        shown: &Arc<Shown>,
        layout: &Layout,
        (y, held): (f64, Option<&Row>),
    ) -> Row {
        let sizes = &layout.theme.sizes;
        let (digest, digests) = digests;
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
            _ => RowContent::Notes(self.note_row(lane, shown, layout, held)),
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
        let before = self.kept.card_rows.get(&lane.id).filter(|kept| kept.pictures.is(&self.pictures));
        if let Some(kept) = before
            && Arc::ptr_eq(&kept.digest, digest)
            && Arc::ptr_eq(&kept.widths, &self.widths)
            && kept.held == held.is_some()
        {
            return Arc::clone(&kept.row);
        }
        self.counts.rows += 1;
        let before = before.map(|kept| (Arc::clone(&kept.digest), Arc::clone(&kept.widths), Arc::clone(&kept.row)));
        let widths = Arc::clone(&self.widths);
        // Cards that were measured before, but had another place.
        let mut moved = false;
        let mut runs: Vec<Arc<CardRun>> = Vec::with_capacity(widths.len().div_ceil(CardRow::RUN));
        for columns in row::runs(widths.len()) {
            let old =
                before.as_ref().and_then(|(digest, widths, row)| Some((digest, widths, row.runs.get(runs.len())?)));
            // The last run may have lost columns, with what stood in them.
            let same = old.filter(|(old, old_widths, run)| {
                run.columns() == columns.len()
                    && old_widths.get(columns.clone()) == Some(&widths[columns.clone()])
                    && digest.is_same_in(old, &columns)
            });
            runs.push(match same {
                Some((_, _, run)) => Arc::clone(run),
                None => Arc::new(self.run(digest, &columns, theme, old.map(|(_, _, run)| &**run), &mut moved)),
            });
        }
        let held_slots = match held.map(|row| &row.content) {
            Some(RowContent::Cards(row)) => &*row.slots,
            _ => &[],
        };
        let sizes = &theme.sizes;
        let heights = runs.iter().flat_map(|run| run.heights());
        let (slots, height) = slots(heights, held_slots, sizes.lane_pad, sizes.card_gap);
        let mut row = CardRow { height, slots: slots.into(), runs };
        if let Some((_, _, before)) = &before {
            row.keep(before, moved);
        }
        let row = Arc::new(row);
        let pictures = self.pictures.clone();
        let kept =
            KeptCards { digest: Arc::clone(digest), widths, held: held.is_some(), pictures, row: Arc::clone(&row) };
        self.kept.card_rows.insert(lane.id.clone(), kept);
        row
    }

    /// The cards of some columns; those that stand in `old` at the same place are taken from there.
    fn run(
        &mut self,
        digest: &Digest,
        columns: &Range<usize>,
        theme: &Theme,
        old: Option<&CardRun>,
        moved: &mut bool,
    ) -> CardRun {
        let mut cards = Vec::new();
        for column in columns.clone() {
            let width = self.widths[column] - 2.0 * theme.sizes.column_pad;
            for (slot, touchpoint) in digest.column(column).enumerate() {
                let same = old.and_then(|run| run.at(column - columns.start, slot)).filter(|placed| {
                    Arc::ptr_eq(&placed.card.touchpoint, touchpoint) && row::is_as_wide(&placed.card, width)
                });
                let (card, picture) = if let Some(placed) = same {
                    (Arc::clone(&placed.card), placed.picture.clone())
                } else {
                    let measured = self.counts.cards;
                    let card = self.card(touchpoint, width);
                    *moved |= self.counts.cards == measured;
                    (card, OnceLock::new())
                };
                cards.push(PlacedCard { column, slot, card, picture });
            }
        }
        CardRun::new(cards, columns)
    }

    fn card(&mut self, touchpoint: &Arc<Touchpoint>, width: f64) -> Arc<Card> {
        let style = self.style.as_ref().expect("the style is set first");
        let picture = style.picture_of(touchpoint, &self.pictures);
        // The digest of its lane made the entry.
        let entry = self.kept.cards.get_mut(&touchpoint.id).expect("a digest measured it");
        match &entry.card {
            Some(card)
                if row::is_as_wide(card, width)
                    && Arc::ptr_eq(&card.touchpoint, touchpoint)
                    && card.picture.as_ref().map(|slide| &slide.shot) == picture.as_ref().map(|(_, shot)| shot) =>
            {
                Arc::clone(card)
            }
            _ => {
                self.counts.cards += 1;
                let card = Arc::new(Card::new(touchpoint, (entry.title.take(), picture), width, style, &mut self.text));
                entry.card = Some(Arc::clone(&card));
                card
            }
        }
    }

    fn note_row(&mut self, lane: &Lane, shown: &Arc<Shown>, layout: &Layout, held: Option<&Row>) -> Arc<NoteRow> {
        if let Some(kept) = self.kept.note_rows.get(&lane.id)
            && Arc::ptr_eq(&kept.shown, shown)
            && Arc::ptr_eq(&kept.widths, &self.widths)
            && kept.held == held.is_some()
        {
            return Arc::clone(&kept.row);
        }
        let sizes = &layout.theme.sizes;
        let style = self.style().clone();
        let mut notes: Vec<PlacedNote> = Vec::new();
        let mut starts = Vec::with_capacity(layout.columns.len() + 1);
        for hung in shown.hung.iter().filter(|hung| Some(hung.annotation.kind) == lane.kind.annotation()) {
            while starts.len() <= hung.column {
                starts.push(notes.len());
            }
            let width = layout.columns[hung.column].width - 2.0 * sizes.column_pad;
            self.note_entry(&hung.at, &hung.annotation);
            let (entry, text) = (self.kept.notes.get_mut(&hung.at).expect("made above"), &mut self.text);
            let note = match &entry.note {
                Some(note) if (note.width - width).abs() < 0.01 => Arc::clone(note),
                _ => Arc::new(Note::new(hung.at.clone(), &hung.annotation, width, &style, text)),
            };
            entry.note = Some(Arc::clone(&note));
            let slot = notes.len() - starts[hung.column];
            notes.push(PlacedNote { column: hung.column, slot, note, picture: Default::default() });
        }
        starts.resize(layout.columns.len() + 1, notes.len());
        let held_slots = match held.map(|row| &row.content) {
            Some(RowContent::Notes(row)) => row.slots.as_slice(),
            _ => &[],
        };
        let heights = notes.iter().map(|n| (n.slot, n.note.height));
        let (slots, height) = slots(heights, held_slots, sizes.lane_pad, sizes.card_gap);
        let row = Arc::new(NoteRow { height, slots, notes, starts });
        let (shown, widths) = (Arc::clone(shown), Arc::clone(&self.widths));
        let kept = KeptNotes { shown, widths, held: held.is_some(), row: Arc::clone(&row) };
        self.kept.note_rows.insert(lane.id.clone(), kept);
        row
    }

    fn curve(&mut self, digests: &[Arc<Digest>], layout: &Layout) -> Arc<Curve> {
        let map = &layout.map;
        let emotions = emotions(digests, layout);
        if let Some(kept) = &self.kept.curve
            && Arc::ptr_eq(&kept.across, &layout.across)
            && kept.focus == layout.focus
            && kept.personas == map.personas
            && kept.competitors == map.competitors
            && kept.emotions.len() == emotions.len()
            && kept.emotions.iter().zip(&emotions).all(|(a, b)| a.is(b))
        {
            return Arc::clone(&kept.curve);
        }
        let look = CurveLook {
            theme: &layout.theme,
            words: layout.words,
            rtl: layout.rtl,
            focus: layout.focus.as_ref(),
            extremes: layout.around.extremes,
        };
        let curve = Arc::new(Curve::new(map, &emotions, &layout.columns, look, &mut self.text));
        self.kept.curve = Some(KeptCurve {
            emotions,
            across: Arc::clone(&layout.across),
            personas: map.personas.clone(),
            competitors: map.competitors.clone(),
            focus: layout.focus.clone(),
            curve: Arc::clone(&curve),
        });
        curve
    }
}

/// The emotions of each column: those of its touchpoints, or their mean where there are too many to show.
fn emotions(digests: &[Arc<Digest>], layout: &Layout) -> Vec<ColumnEmotions> {
    let has_personas = !layout.map.personas.is_empty();
    let is_told = |t: &&Arc<Touchpoint>| t.emotion.is_some() || (has_personas && !t.emotions.is_empty());
    let of_column = |(i, column): (usize, &super::Column)| {
        let (count, sum) = digests.iter().map(|d| d.emotions[i]).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        if count > points_that_fit(column.width, &layout.theme) {
            let mean = sum as f64 / count as f64;
            return ColumnEmotions::Mean(Emotion::clamped(mean.round() as i64));
        }
        let all = digests.iter().flat_map(|d| d.column(i)).filter(is_told);
        ColumnEmotions::Each(if count == 0 && !has_personas { Vec::new() } else { all.cloned().collect() })
    };
    layout.columns.iter().enumerate().map(of_column).collect()
}
