//! What the layout needs to know of one lane, worked out once for as long as the lane is the same.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{Lane, StepId, Touchpoint};

/// A lane's touchpoints sorted into columns.
#[derive(Debug)]
pub(super) struct Digest {
    /// The lane it was made from.
    pub lane: Arc<Lane>,
    /// The columns it was made for.
    pub column_of: Arc<HashMap<StepId, usize>>,
    /// Touchpoints by column, from top to bottom.
    pub ordered: Vec<Arc<Touchpoint>>,
    /// Where each column begins in `ordered`; one more at the end.
    pub starts: Vec<usize>,
    /// The width that each column should have for this lane; 0 where it is empty.
    pub preferred: Vec<f64>,
    /// The number and the sum of the emotions in each column.
    pub emotions: Vec<(usize, i64)>,
    /// The indices in `ordered` of touchpoints with annotations, with their columns.
    pub annotated: Vec<(usize, usize)>,
}

impl Digest {
    /// Sorts the touchpoints of `lane`; `preferred` says how wide a column a touchpoint would like.
    pub fn new(
        lane: &Arc<Lane>,
        column_of: &Arc<HashMap<StepId, usize>>,
        mut preferred: impl FnMut(&Arc<Touchpoint>) -> f64,
    ) -> Self {
        let columns = column_of.len();
        let mut keyed: Vec<(usize, &Arc<Touchpoint>)> =
            lane.touchpoints.iter().filter_map(|t| Some((*column_of.get(&t.step)?, t))).collect();
        keyed.sort_by_key(|(column, _)| *column);
        let mut digest = Self {
            lane: Arc::clone(lane),
            column_of: Arc::clone(column_of),
            ordered: Vec::with_capacity(keyed.len()),
            starts: Vec::with_capacity(columns + 1),
            preferred: vec![0.0; columns],
            emotions: vec![(0, 0); columns],
            annotated: Vec::new(),
        };
        for (column, touchpoint) in keyed {
            while digest.starts.len() <= column {
                digest.starts.push(digest.ordered.len());
            }
            digest.preferred[column] = preferred(touchpoint).max(digest.preferred[column]);
            if let Some(emotion) = touchpoint.emotion {
                digest.emotions[column].0 += 1;
                digest.emotions[column].1 += i64::from(emotion.get());
            }
            if !touchpoint.annotations.is_empty() {
                digest.annotated.push((column, digest.ordered.len()));
            }
            digest.ordered.push(Arc::clone(touchpoint));
        }
        digest.starts.resize(columns + 1, digest.ordered.len());
        digest
    }

    /// Whether this is the digest of `lane` with these columns.
    pub fn is_of(&self, lane: &Arc<Lane>, column_of: &Arc<HashMap<StepId, usize>>) -> bool {
        Arc::ptr_eq(&self.lane, lane) && Arc::ptr_eq(&self.column_of, column_of)
    }

    /// The touchpoints of a column, from top to bottom.
    pub fn column(&self, column: usize) -> &[Arc<Touchpoint>] {
        &self.ordered[self.starts[column]..self.starts[column + 1]]
    }
}
