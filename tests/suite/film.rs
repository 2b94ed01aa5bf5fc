//! Films: what the camera shows and for how long, and the files, as a viewer takes them apart.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use egui::Key;
use rihla::file;
use rihla::film::{Film, FilmError, FilmFormat, FilmOptions, Pace, write_file};
use rihla::layout::{Layout, LayoutEngine, RowContent};
use rihla::model::JourneyMap;
use rihla::theme::Theme;

use super::driver::{Window, example};
use super::program::{Run, rihla, rihla_elsewhere};

const SMALL: FilmOptions = FilmOptions { size: (320, 180), rate: 6, pace: Pace::Normal };

fn layout(name: &str) -> Arc<Layout> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    LayoutEngine::default().layout(&Arc::new(file::load(&path).unwrap()), &Theme::light(), false)
}

fn film(names: &[&str]) -> Film {
    Film::new(names.iter().map(|name| layout(name)).collect(), SMALL).unwrap()
}

fn make(map: &Path, output: &Path, more: &[&str]) -> Run {
    let args = ["film", map.to_str().unwrap(), "-o", output.to_str().unwrap(), "--size", "320x180", "--rate", "6"];
    rihla([&args[..], more].concat())
}

#[test]
fn every_card_of_a_stage_is_shown_as_large_as_can_be_read() {
    for name in ["online-purchase.ron", "hotel-stay-fa.ron", "groceries-lt.ron", "hotel-stay.ron"] {
        let (layout, film) = (layout(name), film(&[name]));
        let shots: Vec<_> = film.shots().collect();
        let (first, last) = (shots[0], shots[shots.len() - 1]);
        assert!(first.stage.is_none() && last.stage.is_none(), "{name} begins and ends with the whole map");
        let stages: Vec<usize> = shots.iter().filter_map(|shot| shot.stage).collect();
        assert!(stages.is_sorted(), "stage after stage");
        for row in &layout.rows {
            let RowContent::Cards(cards) = &row.content else { continue };
            for card in cards.cards() {
                let (rect, stage) = (layout.card_rect(row, cards, card), layout.columns[card.column].stage);
                let seen = shots.iter().filter(|shot| shot.stage == Some(stage));
                let seen = seen.filter(|shot| shot.spot.contains_rect(rect)).count();
                assert!(seen >= 1, "{name}: {} is never shown whole", card.card.touchpoint.id);
            }
        }
        for shot in shots.iter().filter(|shot| shot.stage.is_some()) {
            let text = shot.scale * f64::from(layout.theme.text.body.size);
            assert!(text / f64::from(SMALL.size.1) >= 0.0219, "{name}: text of {text:.1} pixels");
            assert!((2.0..=8.0).contains(&shot.seconds));
        }
        let seconds = |stage: usize| shots.iter().filter(|s| s.stage == Some(stage)).map(|s| s.seconds).sum::<f64>();
        assert!((0..layout.stages.len()).all(|stage| seconds(stage) >= 2.0));
    }
}

#[test]
fn the_pace_is_how_long_the_camera_stays() {
    let at = |pace: Pace| Film::new(vec![layout("hotel-stay.ron")], FilmOptions { pace, ..SMALL }).unwrap();
    let [slow, normal, quick] = Pace::ALL.map(at);
    assert!(slow.seconds() > normal.seconds() && normal.seconds() > quick.seconds());
    assert_eq!((slow.stops(), quick.stops()), (normal.stops(), normal.stops()), "the same stops");
    for ((slow, normal), quick) in slow.shots().zip(normal.shots()).zip(quick.shots()) {
        assert!(slow.seconds >= 1.5 * normal.seconds && quick.seconds >= 1.0, "{slow:?} {quick:?}");
    }
}

#[test]
fn of_two_maps_each_stage_is_shown_as_it_is_and_then_as_it_will_be() {
    let film = film(&["hotel-stay.ron", "hotel-stay-future.ron"]);
    let (now, future) = (layout("hotel-stay.ron"), layout("hotel-stay-future.ron"));
    let shots: Vec<_> = film.shots().filter_map(|shot| Some((shot.map, shot.stage?))).collect();
    for (index, stage) in now.stages.iter().enumerate() {
        let Some(later) = future.stages.iter().position(|s| s.id == stage.id) else { continue };
        let last_now = shots.iter().rposition(|shot| *shot == (0, index)).unwrap();
        assert_eq!(shots[last_now + 1], (1, later), "behind {}", stage.name.block.text);
    }
    assert!((0..future.stages.len()).all(|stage| shots.contains(&(1, stage))), "nothing of the future is left out");
    assert_eq!(film.shots().last().unwrap().map, 1, "the film ends with what comes of it");
}

/// The pictures of a GIF as a viewer shows them, with their delays in milliseconds.
fn play_gif(bytes: &[u8]) -> Vec<(Vec<[u8; 3]>, u32)> {
    let mut decoder = gif::DecodeOptions::new();
    decoder.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = decoder.read_info(bytes).unwrap();
    let (width, height) = (usize::from(decoder.width()), usize::from(decoder.height()));
    let mut shown = vec![[0; 3]; width * height];
    let mut played = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        let (left, top, across) = (usize::from(frame.left), usize::from(frame.top), usize::from(frame.width));
        for (at, pixel) in frame.buffer.chunks_exact(4).enumerate().filter(|(_, pixel)| pixel[3] > 0) {
            shown[(top + at / across) * width + left + at % across] = [pixel[0], pixel[1], pixel[2]];
        }
        played.push((shown.clone(), u32::from(frame.delay) * 10));
    }
    assert_eq!((width, height), (320, 180));
    played
}

/// The pictures of an animated PNG.
fn play_apng(bytes: &[u8]) -> Vec<Vec<[u8; 3]>> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let frames = reader.info().animation_control().expect("it is animated").num_frames;
    let mut shown = vec![[0; 3]; 320 * 180];
    let mut played = Vec::new();
    for _ in 0..frames {
        let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut buffer).unwrap();
        let control = *reader.info().frame_control().unwrap();
        for (at, pixel) in buffer[..info.buffer_size()].chunks_exact(3).enumerate() {
            let (x, y) = (at % control.width as usize, at / control.width as usize);
            let place = (control.y_offset as usize + y) * 320 + control.x_offset as usize + x;
            shown[place] = [pixel[0], pixel[1], pixel[2]];
        }
        played.push(shown.clone());
    }
    played
}

/// How far two pictures are apart: the mean over all channels.
fn off(a: &[[u8; 3]], b: &[[u8; 3]]) -> f64 {
    let sum: u64 = a.iter().zip(b).flat_map(|(a, b)| a.iter().zip(b)).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / (3 * a.len()) as f64
}

#[test]
fn gif_and_apng_show_the_stops_for_as_long_as_they_should() {
    let film = film(&["online-purchase.ron"]);
    let stops: Vec<Vec<[u8; 3]>> = (0..film.stops())
        .map(|stop| film.still(stop).unwrap().rgba.chunks_exact(4).map(|p| [p[0], p[1], p[2]]).collect())
        .collect();
    let (mut gif, mut apng) = (Vec::new(), Vec::new());
    let mut calls = Vec::new();
    film.write_gif(&mut gif, &mut |done, all| {
        calls.push((done, all));
        true
    })
    .unwrap();
    assert!(calls.is_sorted() && calls.last().is_some_and(|(done, all)| done == all), "{calls:?}");
    film.write_apng(&mut apng, &mut |_, _| true).unwrap();
    let played = play_gif(&gif);
    let all: u32 = played.iter().map(|(_, millis)| millis).sum();
    assert!((f64::from(all) / 1000.0 - film.seconds()).abs() < 0.05, "{all} ms for {} s", film.seconds());
    let shots: Vec<_> = film.shots().collect();
    let mut from = 0;
    for (stop, shot) in stops.iter().zip(&shots) {
        // Each stop comes behind the one before, and stays.
        let found = played.iter().skip(from).position(|(picture, millis)| {
            off(picture, stop) < 1.5 && (f64::from(*millis) / 1000.0 - shot.seconds).abs() < 0.3
        });
        from += found.unwrap_or_else(|| panic!("stop {:?} is not in the film", shot.stage)) + 1;
    }
    let full = play_apng(&apng);
    assert_eq!(full.len(), film.frames());
    let mut from = 0;
    for stop in &stops {
        from += full.iter().skip(from).position(|picture| picture == stop).expect("the very same pixels") + 1;
    }
    let mut again = Vec::new();
    film.write_gif(&mut again, &mut |_, _| true).unwrap();
    assert!(gif == again, "the same film, the same bytes");
}

#[test]
fn a_film_that_is_cancelled_or_cannot_be_made_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("walk.gif");
    fs::write(&path, "what was there").unwrap();
    let film = film(&["online-purchase.ron"]);
    let result = write_file(&film, FilmFormat::Gif, &path, &mut |done, _| done < 20);
    assert!(matches!(result, Err(FilmError::Cancelled)), "{result:?}");
    assert_eq!(fs::read(&path).unwrap(), b"what was there");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no half file");
    let empty = LayoutEngine::default().layout(&Arc::new(JourneyMap::default()), &Theme::light(), false);
    assert!(matches!(Film::new(vec![empty], SMALL), Err(FilmError::NoStages)));
    let huge = FilmOptions { size: (9000, 180), ..SMALL };
    assert!(matches!(Film::new(vec![layout("online-purchase.ron")], huge), Err(FilmError::Size(9000, 180))));
}

#[test]
fn the_command_line_makes_films_and_numbered_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let run = make(&example(), &at("{name}.gif"), &[]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains("online-purchase.gif (320 × 180 pixels, "), "{}", run.out);
    assert!(play_gif(&fs::read(at("online-purchase.gif")).unwrap()).len() > 20);
    let run = make(&example(), &at("walk-{number}.png"), &["--theme", "dark"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let stops = film(&["online-purchase.ron"]).stops();
    assert!(run.out.contains(&format!("walk-01.png to walk-{stops:02}.png")), "{}", run.out);
    let ground = Theme::dark().colors.ground;
    for number in 1..=stops {
        let picture = image::open(at(&format!("walk-{number:02}.png"))).unwrap().to_rgb8();
        assert_eq!(picture.dimensions(), (320, 180));
        assert_eq!(picture.get_pixel(1, 1).0, [ground.r, ground.g, ground.b]);
    }
    // What is written of a set that cannot be finished is told.
    fs::create_dir(at("halt-02.png")).unwrap();
    let run = make(&example(), &at("halt-{number}.png"), &[]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
    let told =
        format!("halt-02.png is no ordinary file, so it was not saved there; save under another name; 1 of {stops}");
    assert!(run.err.contains(&told) && run.err.lines().count() == 1, "{}", run.err);
    for (name, more, code, words) in [
        ("walk.mp4", &[][..], 1, ".gif, .apng"),
        ("walk.png", &[], 1, "walk-{number}.png"),
        ("no/folder/walk.gif", &[], 1, "is not there"),
        ("walk2.gif", &["--size", "12x9"], 1, "320 × 180 to 3840 × 2160"),
        ("walk2.gif", &["--size", "big"], 2, "1280x720"),
        ("walk2.gif", &["--rate", "90"], 2, "5..=30"),
        ("walk2.gif", &["--pace", "fast"], 2, "a pace is slow, normal or quick"),
    ] {
        let args = ["film", example().to_str().unwrap(), "-o", at(name).to_str().unwrap()].map(str::to_owned);
        let run = rihla(args.iter().map(String::as_str).chain(more.iter().copied()));
        assert_eq!(run.code, Some(code), "{name}: {}", run.err);
        assert!(run.err.contains(words), "{name}: {}", run.err);
        assert!(!at(name).exists());
    }
}

#[test]
fn films_have_the_same_bytes_whatever_the_language_and_the_clock() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    fs::create_dir(&home).unwrap();
    for name in ["walk.gif", "walk.apng", "walk-{number}.png"] {
        let out = folder.path().join(name);
        let map = example();
        let fixed = ["film", map.to_str().unwrap(), "-o", out.to_str().unwrap()];
        let args = [&fixed[..], &["--size", "320x180", "--rate", "6", "--pace", "quick"]].concat();
        let bytes = |run: Run| {
            assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
            let mut files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
            files.retain(|path| path.is_file());
            files.sort();
            assert!(!files.is_empty());
            let all: Vec<_> = files.iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect();
            files.iter().for_each(|path| fs::remove_file(path).unwrap());
            all
        };
        let first = bytes(rihla(&args));
        assert!(first == bytes(rihla_elsewhere(&args, &home)), "{name} elsewhere");
    }
}

#[test]
fn one_film_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.gif");
    let mut window = Window::open(Some(&example()));
    let ask = |window: &mut Window| {
        window.command(Key::K);
        window.write("export film");
        window.key(Key::Enter);
    };
    ask(&mut window);
    window.answer("1920 × 1080");
    window.answer("Make GIF…");
    window.command(Key::A);
    window.write(path.to_str().unwrap());
    window.answer("Save");
    assert!(window.tells("Making \u{2068}long.gif"));
    ask(&mut window);
    assert!(window.tells("long.gif\u{2069} is being made") && !window.tells("Film of the journey"));
    assert!(window.tells("Making \u{2068}long.gif"), "the first one goes on");
}

#[test]
fn the_window_makes_a_film_and_shows_how_far_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("walk.png");
    let mut window = Window::open(Some(&example()));
    window.command(Key::K);
    window.write("export film");
    window.key(Key::Enter);
    assert!(window.tells("stops, "), "it says how long the film is");
    window.answer("Cancel");
    // Who looks for a GIF looks where pictures are exported.
    window.command(Key::E);
    window.answer("GIF…");
    let length = |pace: Pace| {
        let options = FilmOptions { size: (640, 360), pace, ..FilmOptions::default() };
        format!("stops, {}", Film::new(vec![layout("online-purchase.ron")], options).unwrap().length())
    };
    assert!(window.tells(&length(Pace::Normal)) && !window.tells(&length(Pace::Slow)));
    window.answer("Slow");
    assert!(window.tells(&length(Pace::Slow)), "a slow film is longer");
    window.answer("Normal");
    window.answer("Numbered PNGs");
    window.answer("960 × 540");
    window.answer("Make Numbered PNGs…");
    window.command(Key::A);
    window.write(path.to_str().unwrap());
    window.answer("Save");
    let done = window.wait_for(|window| window.tells("Wrote "));
    assert!(done, "the film is there");
    assert_eq!(image::open(folder.path().join("walk-01.png")).unwrap().to_rgb8().dimensions(), (960, 540));
    assert!(!path.exists());
}
