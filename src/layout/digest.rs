//! What the layout needs to know of one lane, worked out once for as long as the lane is the same.

use std::ops::Range;
use std::sync::Arc;

use foldhash::HashMap;

use super::note::Hung;
use crate::model::{Host, Lane, StepId, Touchpoint};

/// A lane's touchpoints sorted into columns.
#[derive(Debug)]
pub(super) struct Digest {
    /// The lane it was made from.
    pub lane: Arc<Lane>,
    /// The columns it was made for.
    pub column_of: Arc<HashMap<StepId, usize>>,
    /// The places of the lane's touchpoints by column, from top to bottom.
    ordered: Vec<usize>,
    /// Where each column begins in `ordered`; one more at the end.
    starts: Vec<usize>,
    /// The width that each column should have for this lane; 0 where it is empty.
    pub preferred: Vec<f64>,
    /// The number and the sum of the emotions in each column.
    pub emotions: Vec<(usize, i64)>,
    /// The annotations of its touchpoints; the very list of the digest before if it said the same.
    pub hung: Arc<[Hung]>,
}

impl Digest {
    /// Sorts the touchpoints of `lane`, which had the digest `before`; `preferred` says how wide a column a touchpoint
    /// would like.
    pub fn new(
        lane: &Arc<Lane>,
        column_of: &Arc<HashMap<StepId, usize>>,
        before: Option<&Self>,
        mut preferred: impl FnMut(&Arc<Touchpoint>) -> f64,
    ) -> Self {
        let columns = column_of.len();
        let mut keyed: Vec<(usize, usize)> = Vec::with_capacity(lane.touchpoints.len());
        keyed.extend(lane.touchpoints.iter().enumerate().filter_map(|(i, t)| Some((*column_of.get(&t.step)?, i))));
        keyed.sort_by_key(|(column, _)| *column);
        let mut digest = Self {
            lane: Arc::clone(lane),
            column_of: Arc::clone(column_of),
            ordered: Vec::with_capacity(keyed.len()),
            starts: Vec::with_capacity(columns + 1),
            preferred: vec![0.0; columns],
            emotions: vec![(0, 0); columns],
            hung: Arc::default(),
        };
        let mut hung = Vec::new();
        for (column, index) in keyed {
            let touchpoint = &lane.touchpoints[index];
            while digest.starts.len() <= column {
                digest.starts.push(digest.ordered.len());
            }
            digest.preferred[column] = preferred(touchpoint).max(digest.preferred[column]);
            if let Some(emotion) = touchpoint.emotion {
                digest.emotions[column].0 += 1;
                digest.emotions[column].1 += i64::from(emotion.get());
            }
            let host = || Host::Touchpoint(touchpoint.id.clone());
            hung.extend(Hung::all(column, host, &touchpoint.annotations));
            digest.ordered.push(index);
        }
        digest.starts.resize(columns + 1, digest.ordered.len());
        digest.hung = match before {
            Some(before) if *before.hung == *hung => Arc::clone(&before.hung),
            _ => hung.into(),
        };
        digest
    }

    /// Whether this is the digest of `lane` with these columns.
    pub fn is_of(&self, lane: &Arc<Lane>, column_of: &Arc<HashMap<StepId, usize>>) -> bool {
        Arc::ptr_eq(&self.lane, lane) && Arc::ptr_eq(&self.column_of, column_of)
    }

    /// The touchpoints of a column, from top to bottom.
    pub fn column(&self, column: usize) -> impl ExactSizeIterator<Item = &Arc<Touchpoint>> {
        self.ordered[self.starts[column]..self.starts[column + 1]].iter().map(|index| &self.lane.touchpoints[*index])
    }

    /// Whether both have the very same touchpoints in these columns.
    pub fn is_same_in(&self, other: &Self, columns: &Range<usize>) -> bool {
        other.starts.len() > columns.end
            && columns.clone().all(|column| {
                let (mine, theirs) = (self.column(column), other.column(column));
                mine.len() == theirs.len() && mine.zip(theirs).all(|(a, b)| Arc::ptr_eq(a, b))
            })
    }
}
