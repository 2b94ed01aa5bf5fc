//! Measuring many touchpoints at once, on all cores: a map that is opened, a new look.

use std::num::NonZero;
use std::sync::{Arc, Mutex, PoisonError};

use super::card::{Card, preferred, shaped};
use super::contents::CardEntry;
use super::engine::LayoutEngine;
use super::{Layout, row};
use crate::model::{JourneyMap, Lane, LaneKind};
use crate::text::TextEngine;

/// Below this number of touchpoints the work is done sooner than a thread has started.
const MANY: usize = 128;
/// How many touchpoints a core takes at a time.
const PORTION: usize = 64;

impl LayoutEngine {
    /// Shapes the titles of touchpoints that are new, if there are many.
    pub(super) fn shape_ahead(&mut self, map: &JourneyMap) {
        // After an edit only some of one lane are new: that is seen without looking for each.
        let new_in = |lane: &Lane| match self.lane_before(lane) {
            Some(before) if before.touchpoints.len() == lane.touchpoints.len() => {
                let both = before.touchpoints.iter().zip(&lane.touchpoints);
                both.filter(|(a, b)| !Arc::ptr_eq(a, b)).count()
            }
            _ => lane.touchpoints.len(),
        };
        if map.lanes.iter().map(|lane| new_in(lane)).sum::<usize>() < MANY {
            return;
        }
        let lanes = map.lanes.iter().filter(|lane| new_in(lane) > 0);
        let touchpoints = lanes.flat_map(|lane| lane.touchpoints.iter().map(move |t| (lane, t)));
        let known = &self.kept.cards;
        let fresh: Vec<_> = touchpoints
            .filter(|(_, t)| known.get(&t.id).is_none_or(|entry| entry.source.title != t.title))
            .map(|(lane, t)| (is_shown(lane), Arc::clone(t)))
            .collect();
        if fresh.len() < MANY {
            return;
        }
        let style = self.style().clone();
        let made = self.share_out(fresh, |(is_shown, touchpoint), text| {
            let title = shaped(&touchpoint.title, &style, text);
            let preferred = preferred(&title, &style);
            (touchpoint.id.clone(), CardEntry::new(touchpoint, preferred, is_shown.then_some(title)))
        });
        self.kept.cards.extend(made);
        self.has_shaped = true;
    }

    /// Makes the cards that the columns of `layout` ask for and that are not there yet, if there are many; columns had
    /// these widths `before`.
    pub(super) fn cards_ahead(&mut self, layout: &Layout, before: &[f64]) {
        let is_other = |(at, column): &(usize, &super::Column)| before.get(*at) != Some(&column.width);
        let other = layout.columns.iter().enumerate().filter(is_other).count();
        let has_shaped = std::mem::take(&mut self.has_shaped);
        if other * layout.map.lanes.len() < MANY && !has_shaped {
            return;
        }
        let pad = 2.0 * layout.theme.sizes.column_pad;
        let mut jobs = Vec::new();
        for lane in layout.map.lanes.iter().filter(|lane| is_shown(lane)) {
            for touchpoint in &lane.touchpoints {
                let Some(column) = layout.column_of(&touchpoint.step) else { continue };
                let width = layout.columns[column].width - pad;
                let Some(entry) = self.kept.cards.get_mut(&touchpoint.id) else { continue };
                if entry.card.as_ref().is_none_or(|card| !row::is_as_wide(card, width)) {
                    jobs.push((Arc::clone(touchpoint), width, entry.title.take()));
                }
            }
        }
        if jobs.len() < MANY {
            for (touchpoint, _, title) in jobs {
                if let Some(entry) = self.kept.cards.get_mut(&touchpoint.id) {
                    entry.title = title;
                }
            }
            return;
        }
        self.counts.cards += jobs.len();
        let (style, pictures) = (self.style().clone(), self.pictures.clone());
        let made = self.share_out(jobs, |(touchpoint, width, title), text| {
            let picture = style.picture_of(&touchpoint, &pictures);
            Arc::new(Card::new(&touchpoint, (title, picture), width, &style, text))
        });
        for card in made {
            if let Some(entry) = self.kept.cards.get_mut(&card.touchpoint.id) {
                entry.card = Some(card);
            }
        }
    }

    /// Does `work` with each of `jobs`, on all cores; the results are in the order of the jobs.
    fn share_out<T: Send, R: Send>(&mut self, jobs: Vec<T>, work: impl Fn(T, &mut TextEngine) -> R + Sync) -> Vec<R> {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        self.helpers.resize_with(cores - 1, TextEngine::default);
        let mut portions = Vec::with_capacity(jobs.len().div_ceil(PORTION));
        let mut jobs = jobs.into_iter();
        while jobs.len() > 0 {
            portions.push(jobs.by_ref().take(PORTION).collect::<Vec<T>>());
        }
        let queue = Mutex::new(portions.into_iter().enumerate());
        let labour = |text: &mut TextEngine| {
            let mut done: Vec<(usize, Vec<R>)> = Vec::new();
            loop {
                let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
                let Some((place, portion)) = next else { return done };
                done.push((place, portion.into_iter().map(|job| work(job, text)).collect()));
            }
        };
        let labour = &labour;
        let mut done = std::thread::scope(|scope| {
            let others: Vec<_> = self.helpers.iter_mut().map(|text| scope.spawn(move || labour(text))).collect();
            let mut done = labour(&mut self.text);
            for other in others {
                done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            }
            done
        });
        done.sort_unstable_by_key(|(place, _)| *place);
        done.into_iter().flat_map(|(_, portion)| portion).collect()
    }
}

/// Whether the cards of a lane are on the map.
pub(super) fn is_shown(lane: &Lane) -> bool {
    !lane.hidden && !lane.collapsed && lane.kind == LaneKind::Touchpoints
}
