//! Any map laid out as a grid and as a wheel, drawn whole and in part, changed and laid out again: the picture is that of a
//! fresh layout, and all of it has a place.
//!
//! The maps are read from the bytes as from a file, broken ones as far as they go. The last byte says what is changed.

#![no_main]

use std::path::Path;
use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use rihla::file::{parse_bytes, parse_what_goes};
use rihla::layout::LayoutEngine;
use rihla::model::JourneyMap;
use rihla::scene::{self, Scene};
use rihla::theme::Theme;

/// One for all inputs: a font is read once.
static THEME: LazyLock<Arc<Theme>> = LazyLock::new(Theme::light);

fuzz_target!(|bytes: &[u8]| {
    let Some((last, _)) = bytes.split_last() else { return };
    let read = parse_bytes(Path::new("map.ron"), bytes).ok();
    let Some(map) = read.or_else(|| parse_what_goes(bytes).map(|salvage| salvage.map)) else { return };
    let (mut engine, map) = (LayoutEngine::default(), Arc::new(map));
    engine.round(last & 1 == 1);
    drawn(&mut engine, &map, false);
    let other = Arc::new(changed(&map, last >> 1));
    // What was taken out may have been named by something.
    if other.problems().is_empty() {
        let again = drawn(&mut engine, &other, false);
        let mut fresh = LayoutEngine::default();
        fresh.round(last & 1 == 1);
        let fresh = drawn(&mut fresh, &other, false);
        assert_eq!(format!("{:?}", again.groups), format!("{:?}", fresh.groups));
    }
    engine.round(last & 1 == 0);
    drawn(&mut engine, &map, last & 8 != 0);
});

/// The map with something else on it.
fn changed(map: &JourneyMap, how: u8) -> JourneyMap {
    let mut map = map.clone();
    match how & 3 {
        0 => map.lanes.reverse(),
        1 => map.stages.reverse(),
        2 => {
            for lane in &mut map.lanes {
                Arc::make_mut(lane).touchpoints.pop();
            }
            map.links.clear();
        }
        _ => map.title.push_str("\u{202e}عنوان"),
    }
    map
}

/// Lays the map out and draws it.
fn drawn(engine: &mut LayoutEngine, map: &Arc<JourneyMap>, hold: bool) -> Scene {
    let layout = engine.layout(map, &THEME, hold);
    assert!(layout.size.width.is_finite() && layout.size.height.is_finite());
    let half = kurbo::Rect::new(0.0, 0.0, layout.size.width / 2.0, layout.size.height / 2.0);
    let part = scene::build_visible(&layout, half);
    let whole = scene::build(&layout);
    assert!(part.groups.len() <= whole.groups.len());
    whole
}
