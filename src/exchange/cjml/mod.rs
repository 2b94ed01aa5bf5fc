//! CJML 2.0, the Customer Journey Modelling Language of SINTEF: journeys as sequences of touchpoints between actors.
//!
//! A planned journey is the map of how it is meant to be, an actual one how it went. Phases are stages, each touchpoint
//! gets a step of its own, the end user is a persona and the other actor the owner. There is no schema; elements are
//! those of the sample of cjml.no and of the tools that write the format, whose order differs.

mod read;
mod write;

pub(super) use read::read;
pub(super) use write::write;

/// What may have become of a touchpoint of an actual journey, with the tag that stands for it.
const COMPLIANCE: [(&str, &str); 3] = [("missing", "missing"), ("failing", "failing"), ("adhoc", "ad hoc")];
