//! SVG and PDF: the same picture as the PNG, with texts that can be found.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use rihla::deck::{Request, Source, compose};
use rihla::export::{About, PdfOptions, SvgOptions, rasterize, write_pdf, write_svg};
use rihla::layout::LayoutEngine;
use rihla::model::JourneyMap;
use rihla::picture::Pictures;
use rihla::scene::{Scene, build};
use rihla::theme::Theme;

use super::program::examples;

/// A spot differs when a channel is further off than this.
const OFF: u32 = 32;
/// Fewer than one spot in so many may differ in an SVG, and in a PDF: letters of a PNG stand at eighths of a pixel.
const RARE: (usize, usize) = (1500, 400);

fn scenes() -> Vec<(JourneyMap, Scene)> {
    let scene = |map: &JourneyMap| {
        let map = Arc::new(map.clone());
        build(&LayoutEngine::default().layout(&map, &Theme::light(), false))
    };
    let maps = examples().into_iter().map(|path| rihla::file::load(&path).unwrap());
    maps.map(|map| (map.clone(), scene(&map))).collect()
}

fn about(map: &JourneyMap) -> About {
    About { title: map.title.clone(), description: map.subtitle.clone(), ..About::default() }
}

fn svg(map: &JourneyMap, scene: &Scene, options: SvgOptions) -> String {
    let mut bytes = Vec::new();
    write_svg(scene, &about(map), options, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn pdf(map: &JourneyMap, scene: &Scene) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_pdf(scene, &about(map), PdfOptions::default(), &mut bytes).unwrap();
    bytes
}

/// Asks that `other` shows what the PNG at scale 1 does, as means of spots of `side` × `side` pixels: poppler moves
/// letters to whole pixels, which spots of 4 do not mind.
fn assert_same_picture(map: &JourneyMap, scene: &Scene, other: &image::RgbImage, side: usize, rare: usize) {
    let (width, height) = (scene.size.width.round() as usize, scene.size.height.round() as usize);
    assert!(width.abs_diff(other.width() as usize) <= 1 && height.abs_diff(other.height() as usize) <= 1);
    let ours = rasterize(scene, 1.0, (0.0, 0.0), (width as u32, height as u32), false);
    let theirs = means(other.as_raw(), other.width() as usize, 3, side);
    let ours = means(&ours.rgba, width, 4, side);
    let (mut spots, mut differing) = (0, 0);
    for (ours, theirs) in ours.iter().zip(&theirs) {
        for (ours, theirs) in ours.iter().zip(theirs) {
            spots += 1;
            differing += usize::from(ours.iter().zip(theirs).any(|(a, b)| a.abs_diff(*b) > OFF));
        }
    }
    println!("{}: {differing} of {spots} spots differ", map.title);
    assert!(differing * rare < spots, "{}: {differing} of {spots} spots differ", map.title);
}

/// The mean colours of whole spots, row by row.
fn means(pixels: &[u8], width: usize, depth: usize, side: usize) -> Vec<Vec<[u32; 3]>> {
    let rows: Vec<&[u8]> = pixels.chunks_exact(width * depth).collect();
    let spot = |band: &[&[u8]], at: usize| {
        let spot = band.iter().flat_map(|row| row[at * side * depth..(at + 1) * side * depth].chunks_exact(depth));
        let sum = spot.fold([0; 3], |sum, p| [0, 1, 2].map(|channel| sum[channel] + u32::from(p[channel])));
        sum.map(|sum| sum / (side * side) as u32)
    };
    rows.chunks_exact(side).map(|band| (0..width / side).map(|at| spot(band, at)).collect()).collect()
}

#[test]
fn an_svg_shows_what_the_png_shows() {
    for (map, scene) in scenes() {
        let text = svg(&map, &scene, SvgOptions::default());
        let tree = resvg::usvg::Tree::from_str(&text, &resvg::usvg::Options::default()).unwrap();
        let (width, height) = (scene.size.width.round() as u32, scene.size.height.round() as u32);
        let mut pixmap = resvg::tiny_skia::Pixmap::new(width, height).unwrap();
        resvg::render(&tree, resvg::tiny_skia::Transform::identity(), &mut pixmap.as_mut());
        let rgb = pixmap.data().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
        assert_same_picture(&map, &scene, &image::RgbImage::from_raw(width, height, rgb).unwrap(), 1, RARE.0);
        assert_eq!(text, svg(&map, &scene, SvgOptions::default()), "the same bytes each time");
    }
}

#[test]
fn an_svg_can_be_searched_and_its_ground_left_out() {
    let (map, scene) = scenes().remove(0);
    let text = svg(&map, &scene, SvgOptions { transparent: true, text: false });
    let tree = roxmltree::Document::parse(&text).unwrap();
    let title = tree.descendants().find(|node| node.has_tag_name("title")).unwrap();
    assert_eq!(title.text(), Some(map.title.as_str()));
    let titles: Vec<_> = tree.descendants().filter(|n| n.has_tag_name("title")).filter_map(|n| n.text()).collect();
    for stage in &map.stages {
        assert!(titles.contains(&stage.name.as_str()), "{}", stage.name);
    }
    let unseen = |node: &roxmltree::Node<'_, '_>| {
        node.parent().is_some_and(|parent| parent.attribute("fill-opacity") == Some("0"))
    };
    assert!(tree.descendants().filter(|node| node.has_tag_name("text")).all(|node| unseen(&node)));
    assert!(tree.root_element().children().filter(roxmltree::Node::is_element).all(|n| !n.has_tag_name("rect")));

    let kept = svg(&map, &scene, SvgOptions { transparent: false, text: true });
    assert!(kept.contains("<text ") && !kept.contains("fill-opacity=\"0\""));
    assert!(kept.len() < text.len());
}

#[test]
fn what_means_something_in_xml_is_only_text() {
    let mut map = rihla::model::generate(1, 1, 2);
    map.title = "<a href=\"x\">R&D</a> \u{1}".into();
    let scene = build(&LayoutEngine::default().layout(&Arc::new(map.clone()), &Theme::light(), false));
    let text = svg(&map, &scene, SvgOptions { transparent: false, text: true });
    let tree = roxmltree::Document::parse(&text).unwrap();
    let title = tree.descendants().find(|node| node.has_tag_name("title")).unwrap();
    assert_eq!(title.text(), Some("<a href=\"x\">R&D</a> \u{FFFD}"));
}

#[test]
fn a_pdf_has_one_page_of_the_maps_size_and_no_date() {
    for (map, scene) in scenes() {
        let bytes = pdf(&map, &scene);
        assert!(bytes.starts_with(b"%PDF-") && bytes == pdf(&map, &scene), "the same bytes each time");
        assert!(!bytes.windows(12).any(|part| part == b"CreationDate"));
    }
}

/// What `tool` of poppler prints; `None`, with the reason printed, where it is not installed.
fn poppler(tool: &str, args: &[&str], paths: &[&Path]) -> Option<Vec<u8>> {
    match Command::new(tool).args(args).args(paths).output() {
        Ok(output) => Some(output.stdout),
        Err(err) => {
            println!("passed over: {tool} (poppler-utils): {err}");
            None
        }
    }
}

#[test]
fn a_pdf_shows_what_the_png_shows() {
    let folder = tempfile::tempdir().unwrap();
    for (map, scene) in scenes() {
        let path = folder.path().join("map.pdf");
        std::fs::write(&path, pdf(&map, &scene)).unwrap();
        let Some(output) = poppler("pdftoppm", &["-r", "72"], &[&path]) else { return };
        assert_same_picture(&map, &scene, &ppm(&output), 4, RARE.1);
    }
}

/// Reads the plainest of all pictures: `P6 WIDTH HEIGHT 255`, then the pixels.
fn ppm(bytes: &[u8]) -> image::RgbImage {
    let mut parts = bytes.splitn(4, u8::is_ascii_whitespace);
    let mut number = || std::str::from_utf8(parts.next().unwrap()).unwrap().parse().unwrap_or(0);
    let (_, width, height) = (number(), number(), number());
    let pixels = parts.next().unwrap().strip_prefix(b"255\n").unwrap();
    image::RgbImage::from_raw(width, height, pixels.to_vec()).unwrap()
}

#[test]
fn words_of_every_direction_are_found_in_a_pdf() {
    let folder = tempfile::tempdir().unwrap();
    for (map, scene) in scenes() {
        let path = folder.path().join("map.pdf");
        std::fs::write(&path, pdf(&map, &scene)).unwrap();
        let Some(output) = poppler("pdftotext", &[], &[&path, Path::new("-")]) else { return };
        let found = String::from_utf8(output).unwrap();
        // Readers put marks of direction around words and numbers.
        let plain = |text: &str| text.chars().filter(|c| !is_mark(*c)).collect::<String>();
        let found = plain(&found);
        let titles = map.touchpoints().flat_map(|(_, touchpoint)| touchpoint.title.split_whitespace());
        // Poppler puts vowel signs where their glyphs stand, which is before their letter.
        let whole = |word: &String| word.chars().all(|c| c.is_alphabetic() && !is_vowel_sign(c));
        let words: Vec<String> = titles.map(plain).filter(whole).collect();
        assert!(words.len() > 40);
        for word in words {
            assert!(found.contains(&word), "{word} of {} is not found", map.title);
        }
        // Poppler moves commas, not the words between them.
        for part in map.title.split(['،', ',']).map(str::trim) {
            assert!(found.contains(&plain(part)), "{part} is not found whole, in the order of the text");
        }
        if map.title.contains("اصفهان") {
            assert!(found.contains("می\u{200C}دهد"), "the joiner stays in its word");
        }
    }
}

#[test]
fn a_pdf_says_in_which_order_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.pdf");
    for (example, _) in scenes() {
        let map = Arc::new(example);
        let source = Source { map: &map, pictures: Pictures::default(), selection: &BTreeSet::new(), logo: None };
        let made = compose(&source, &Request::default(), &Theme::light(), &mut LayoutEngine::default()).unwrap();
        let mut bytes = Vec::new();
        write_pdf(&made.scene, &made.about, PdfOptions::default(), &mut bytes).unwrap();
        std::fs::write(&path, bytes).unwrap();
        let Some(output) = poppler("pdfinfo", &["-struct"], &[&path]) else { return };
        let tags = String::from_utf8_lossy(&output).into_owned();
        let count = |tag: &str| tags.lines().filter(|line| line.trim().starts_with(tag)).count();
        assert_eq!((count("H1"), count("H2")), (1, map.stages.len()), "{tags}");
        let felt = map.touchpoints().filter(|(_, touchpoint)| touchpoint.emotion.is_some()).count();
        assert!(count("Figure") > 0 && count("Figure") <= felt);
        assert!(count("P") > map.touchpoints().count(), "each card is a paragraph");
    }
}

fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{064B}'..='\u{0652}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
