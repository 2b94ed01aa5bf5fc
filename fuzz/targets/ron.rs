//! Any bytes as a map's file: sound maps come back byte by byte, of broken ones what goes is sound.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use rihla::file::{parse, parse_bytes, parse_what_goes, to_ron};
use rihla::model::JourneyMap;

fuzz_target!(|bytes: &[u8]| {
    match parse_bytes(Path::new("map.ron"), bytes) {
        Ok(map) => comes_back(&map),
        Err(err) => assert!(!err.to_string().is_empty()),
    }
    if let Some(salvage) = parse_what_goes(bytes) {
        comes_back(&salvage.map);
    }
});

/// Asserts that what is written is read, written as the same again, and from then on the same map: the first time the
/// touchpoints of a lane may come into the order of the journey.
fn comes_back(map: &JourneyMap) {
    assert_eq!(map.problems(), []);
    let text = to_ron(map);
    let read = |text: &str| parse(text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"));
    let again = read(&text);
    assert_eq!(again.counts(), map.counts(), "{text}");
    assert_eq!(to_ron(&again), text);
    assert_eq!(read(&to_ron(&again)), again);
}
