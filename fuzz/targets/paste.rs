//! Any text pasted onto a map, wherever the selection stands: what lands is sound, and undo takes it back.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rihla::edit::Document;
use rihla::exchange::{
    Anchor, Clip, ListInto, Options, Overflow, Place, Plan, Split, apply, join, pasted_format, read_text,
};
use rihla::file::parse;
use rihla::model::{JourneyMap, generate};

static MAPS: LazyLock<[JourneyMap; 2]> = LazyLock::new(|| {
    let blank = "(format: 1, stages: [(id: \"a\"), (id: \"b\")], lanes: [(id: \"l\"), (id: \"e\", kind: Emotion)])";
    [parse(blank).unwrap_or_default(), generate(2, 2, 3)]
});

fuzz_target!(|bytes: &[u8]| {
    let [text @ .., second, first] = bytes else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let map = &MAPS[usize::from(first & 1)];
    let steps: Vec<_> = map.steps().map(|(_, step)| step.id.clone()).collect();
    let anchor = Anchor {
        step: steps.get(usize::from(first >> 1) % (steps.len() + 1)).cloned(),
        lane: map.lanes.get(usize::from(first >> 4) % (map.lanes.len() + 1)).map(|lane| lane.id.clone()),
    };
    let mut document = Document::new(map.clone());
    if let Some(clip) = Clip::read(text) {
        if let Ok(clip) = clip {
            let _ = document.edit("paste", |map| clip.paste(map, &anchor));
        }
    } else if let Some(format) = pasted_format(text) {
        if let Ok(import) = read_text(format, text) {
            let _ = document.edit("paste", |map| join(map, &import.map, &anchor));
        }
    } else if let Ok(plan) = Plan::new(text, map, &anchor, options(*second, text, map)) {
        let _ = document.edit("paste", |map| apply(map, &plan));
    }
    assert_eq!(document.map().problems(), []);
    while document.undo().is_some() {}
    assert_eq!(**document.map(), *map);
});

/// How the text is read: as it is guessed, or as the bits say.
fn options(bits: u8, text: &str, map: &JourneyMap) -> Options {
    if bits & 0x80 == 0 {
        return Options::guess(text, map);
    }
    Options {
        split: Split::ALL[usize::from(bits & 3)],
        first_row: bits & 4 != 0,
        first_column: bits & 8 != 0,
        list: if bits & 16 == 0 { ListInto::Steps } else { ListInto::Stack },
        overflow: if bits & 32 == 0 { Overflow::NewSteps } else { Overflow::Stack },
        place: if bits & 64 == 0 { Place::Here } else { Place::NewStages },
    }
}
