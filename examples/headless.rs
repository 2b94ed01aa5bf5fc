//! Reads a map, lists its pain points from the worst down, and writes a picture, all without a window.
//!
//! `cargo run --example headless -- examples/online-purchase.ron map.png`

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use rihla::export::{PngOptions, PngSize, write_png};
use rihla::file::{load, write_atomically};
use rihla::layout::LayoutEngine;
use rihla::model::{Annotation, AnnotationKind, JourneyMap};
use rihla::scene;
use rihla::theme::Theme;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let map = args.next().unwrap_or_else(|| "examples/online-purchase.ron".into());
    let output = args.next().unwrap_or_else(|| std::env::temp_dir().join("map.png"));

    let map = Arc::new(load(&map)?);
    println!("{}", map.title);
    for (pain, place) in pain_points(&map) {
        let (severity, frequency) = (pain.severity.get(), pain.frequency.get());
        println!("  severity {severity}, frequency {frequency}: {} ({place})", pain.text);
    }

    let layout = LayoutEngine::default().layout(&map, &Theme::light(), false);
    let options = PngOptions { size: PngSize::Width(1920), ..PngOptions::default() };
    let mut bytes = Vec::new();
    let info = write_png(&scene::build(&layout), options, &mut bytes)?;
    write_atomically(&output, &bytes)?;
    println!("{}: {} × {} pixels", output.display(), info.width, info.height);
    Ok(())
}

/// The pain points of `map` with what they hang on, the worst and most frequent first.
fn pain_points(map: &JourneyMap) -> Vec<(&Annotation, &str)> {
    let on_steps = map.steps().flat_map(|(_, step)| step.annotations.iter().map(|a| (a, step.name.as_str())));
    let on_cards = map.touchpoints().flat_map(|(_, t)| t.annotations.iter().map(|a| (a, t.title.as_str())));
    let mut pains: Vec<_> = on_steps.chain(on_cards).filter(|(a, _)| a.kind == AnnotationKind::PainPoint).collect();
    pains.sort_by_key(|(a, _)| std::cmp::Reverse((a.severity, a.frequency)));
    pains
}
