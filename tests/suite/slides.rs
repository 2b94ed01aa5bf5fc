//! PPTX: a strict reader finds nothing wrong with it, and one card is one shape with its text.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{Cursor, Read};
use std::sync::Arc;

use resvg::usvg::roxmltree::{Document, Node};
use rihla::export::{About, Deck, PptxOptions, write_pptx};
use rihla::layout::{Layout, LayoutEngine, RowContent};
use rihla::model::{Direction, JourneyMap, TouchpointId, first_strong_is_rtl, generate};
use rihla::picture::{self, Picture};
use rihla::text::Typeface;
use rihla::theme::Theme;

use super::program::examples;

/// The slide's size in the format's units, of which 12,700 make a point.
const SLIDE: (i64, i64) = (12_192_000, 6_858_000);

struct File {
    parts: BTreeMap<String, Vec<u8>>,
    deck: Deck,
    layout: Arc<Layout>,
}

fn pptx(map: &JourneyMap) -> File {
    pptx_of(map, &Theme::light(), false)
}

fn pptx_of(map: &JourneyMap, theme: &Arc<Theme>, round: bool) -> File {
    pptx_with(map, None, theme, round)
}

fn pptx_with(map: &JourneyMap, logo: Option<&Arc<Picture>>, theme: &Arc<Theme>, round: bool) -> File {
    let mut engine = LayoutEngine::default();
    engine.round(round);
    let layout = engine.layout(&Arc::new(map.clone()), theme, false);
    let about = About { title: map.title.clone(), description: map.subtitle.clone(), ..About::default() };
    let mut bytes = Vec::new();
    let deck = write_pptx(&layout, logo, &about, PptxOptions::default(), &mut bytes).unwrap();
    let mut again = Vec::new();
    write_pptx(&layout, logo, &about, PptxOptions::default(), &mut again).unwrap();
    assert!(bytes == again, "the same bytes each time");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let stamp = file.last_modified().unwrap();
        assert_eq!((stamp.year(), stamp.month(), stamp.day(), stamp.hour()), (1980, 1, 1, 0));
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        assert!(parts.insert(file.name().to_owned(), content).is_none(), "{} is there once", file.name());
    }
    File { parts, deck, layout }
}

fn example(name: &str) -> JourneyMap {
    let path = examples().into_iter().find(|path| path.file_stem() == Some(name.as_ref())).unwrap();
    rihla::file::load(&path).unwrap()
}

impl File {
    fn text(&self, path: &str) -> &str {
        let bytes = self.parts.get(path).unwrap_or_else(|| panic!("there is no {path}"));
        std::str::from_utf8(bytes).unwrap()
    }

    fn slides(&self) -> impl Iterator<Item = String> + '_ {
        (1..=self.deck.slides).map(|n| format!("ppt/slides/slide{n}.xml"))
    }

    /// What the ids in a part refer to.
    fn relations(&self, path: &str) -> HashMap<String, String> {
        let (folder, name) = path.rsplit_once('/').unwrap();
        let Some(bytes) = self.parts.get(&format!("{folder}/_rels/{name}.rels")) else { return HashMap::new() };
        let document = Document::parse(std::str::from_utf8(bytes).unwrap()).unwrap();
        let all = document.root_element().children().filter(Node::is_element);
        all.map(|r| (r.attribute("Id").unwrap().into(), r.attribute("Target").unwrap().into())).collect()
    }
}

fn named<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |n| n.tag_name().name() == name)
}

fn number(node: Node<'_, '_>, name: &str) -> i64 {
    node.attribute(name).unwrap_or_else(|| panic!("{name} of {:?}", node.tag_name())).parse().unwrap()
}

/// The name and number of a shape.
fn label<'a>(shape: Node<'a, '_>) -> (&'a str, i64) {
    let own = named(shape, "cNvPr").next().unwrap();
    (own.attribute("name").unwrap(), number(own, "id"))
}

/// The shapes of cards.
fn cards<'a, 'i>(document: &'a Document<'i>) -> Vec<Node<'a, 'i>> {
    named(document.root_element(), "sp").filter(|sp| label(*sp).0.starts_with("Card: ")).collect()
}

/// The paragraphs of a shape.
fn paragraphs(shape: Node<'_, '_>) -> Vec<String> {
    named(shape, "p").map(|p| named(p, "t").filter_map(|t| t.text()).collect()).collect()
}

/// Left, top, width, height.
fn frame(shape: Node<'_, '_>) -> [i64; 4] {
    let frame = named(shape, "xfrm").next().unwrap();
    let (off, ext) = (named(frame, "off").next().unwrap(), named(frame, "ext").next().unwrap());
    [number(off, "x"), number(off, "y"), number(ext, "cx"), number(ext, "cy")]
}

/// Elements whose children the schemas of ECMA-376 put into this order.
const ORDER: [(&str, &[&str]); 18] = [
    ("presentation", &["sldMasterIdLst", "notesMasterIdLst", "sldIdLst", "sldSz", "notesSz", "defaultTextStyle"]),
    ("sldMaster", &["cSld", "clrMap", "sldLayoutIdLst", "txStyles"]),
    ("cSld", &["bg", "spTree"]),
    ("sp", &["nvSpPr", "spPr", "txBody"]),
    ("pic", &["nvPicPr", "blipFill", "spPr"]),
    ("cxnSp", &["nvCxnSpPr", "spPr"]),
    ("cNvCxnSpPr", &["stCxn", "endCxn"]),
    ("blipFill", &["blip", "srcRect", "stretch"]),
    ("spPr", &["xfrm", "custGeom", "prstGeom", "noFill", "solidFill", "gradFill", "ln", "effectLst"]),
    ("custGeom", &["avLst", "gdLst", "ahLst", "cxnLst", "rect", "pathLst"]),
    ("ln", &["noFill", "solidFill", "gradFill", "prstDash", "round", "headEnd", "tailEnd"]),
    ("gradFill", &["gsLst", "lin"]),
    ("txBody", &["bodyPr", "lstStyle", "p"]),
    ("p", &["pPr", "r", "endParaRPr"]),
    ("pPr", &["lnSpc", "spcBef", "spcAft", "buClr", "buFont", "buNone", "buChar"]),
    ("lvl1pPr", &["lnSpc", "spcBef", "spcAft", "buClr", "buFont", "buNone", "buChar", "defRPr"]),
    ("rPr", &["ln", "solidFill", "latin", "ea", "cs"]),
    ("defRPr", &["ln", "solidFill", "latin", "ea", "cs"]),
];

fn assert_order(document: &Document<'_>, path: &str) {
    for node in document.descendants().filter(Node::is_element) {
        let Some((_, order)) = ORDER.iter().find(|(name, _)| *name == node.tag_name().name()) else { continue };
        let children = node.children().filter(Node::is_element).map(|child| child.tag_name().name());
        let places: Vec<usize> = children
            .map(|name| {
                let place = order.iter().position(|known| *known == name);
                place.unwrap_or_else(|| panic!("{path}: {name} in {}", node.tag_name().name()))
            })
            .collect();
        assert!(places.is_sorted(), "{path}: the children of {}", node.tag_name().name());
    }
}

fn maps() -> Vec<JourneyMap> {
    let mut maps: Vec<JourneyMap> = examples().iter().map(|path| rihla::file::load(path).unwrap()).collect();
    maps.push(JourneyMap::default());
    maps.push(generate(2, 9, 4));
    maps
}

/// The decks of all maps, and of some as wheels.
fn decks() -> Vec<File> {
    let flat = maps().into_iter().map(|map| pptx(&map));
    let round = ["hotel-stay", "hotel-stay-fa"].map(|name| pptx_of(&example(name), &Theme::dark(), true));
    flat.chain(round).collect()
}

#[test]
fn a_strict_reader_finds_nothing_wrong() {
    for file in decks() {
        let types = Document::parse(file.text("[Content_Types].xml")).unwrap();
        let declared = |path: &str| {
            let ending = path.rsplit('.').next().unwrap();
            types.descendants().any(|n| {
                n.attribute("PartName") == Some(&format!("/{path}"))
                    || (n.attribute("Extension") == Some(ending) && ending != "xml")
            })
        };
        for path in file.parts.keys().filter(|path| *path != "[Content_Types].xml") {
            assert!(declared(path), "{path} has a type");
        }
        for part in types.descendants().filter_map(|n| n.attribute("PartName")) {
            assert!(file.parts.contains_key(&part[1..]), "{part} is there");
        }
        for path in file.parts.keys().filter(|path| path.ends_with(".xml") || path.ends_with(".rels")) {
            let document = Document::parse(file.text(path)).unwrap_or_else(|err| panic!("{path}: {err}"));
            assert_order(&document, path);
            if path.ends_with(".rels") || path.starts_with('[') {
                continue;
            }
            let relations = file.relations(path);
            for target in relations.values() {
                assert!(file.parts.contains_key(&target[1..]), "{path} refers to {target}");
            }
            for node in document.descendants() {
                for id in node.attributes().filter(|a| a.namespace().is_some_and(|n| n.ends_with("relationships"))) {
                    assert!(relations.contains_key(id.value()), "{path}: {} {}", id.name(), id.value());
                }
            }
            let ids: Vec<i64> = named(document.root_element(), "cNvPr").map(|n| number(n, "id")).collect();
            assert_eq!(
                ids.iter().collect::<HashSet<_>>().len(),
                ids.len(),
                "{path}: each shape has a number of its own"
            );
        }
        let presentation = Document::parse(file.text("ppt/presentation.xml")).unwrap();
        assert_eq!(named(presentation.root_element(), "sldId").count(), file.deck.slides);
    }
}

/// The titles of all touchpoints that are shown.
fn shown(layout: &Layout) -> Vec<(TouchpointId, String)> {
    let rows = layout.rows.iter().filter_map(|row| match &row.content {
        RowContent::Cards(cards) => Some(cards),
        _ => None,
    });
    let cards = rows.flat_map(|row| row.cards()).map(|placed| &placed.card.touchpoint);
    cards.map(|touchpoint| (touchpoint.id.clone(), touchpoint.title.clone())).collect()
}

fn titles_of(layout: &Layout) -> Vec<String> {
    let mut titles: Vec<String> = match &layout.wheel {
        Some(wheel) => wheel.cards.iter().map(|placed| placed.card.touchpoint.title.clone()).collect(),
        None => shown(layout).into_iter().map(|(_, title)| title).collect(),
    };
    titles.sort();
    titles
}

#[test]
fn a_card_is_one_shape_with_its_text_on_the_overview_and_on_its_stage() {
    for file in decks() {
        let expected = titles_of(&file.layout);
        let (mut overview, mut stages) = (Vec::new(), Vec::new());
        for (index, path) in file.slides().enumerate() {
            let document = Document::parse(file.text(&path)).unwrap();
            for card in cards(&document) {
                let fills = named(card, "spPr").next().unwrap();
                assert!(fills.children().any(|n| n.has_tag_name((n.tag_name().namespace().unwrap(), "solidFill"))));
                assert!(fills.children().any(|n| n.tag_name().name() == "ln"), "the border is its own");
                let lines = paragraphs(card);
                let own = |title: &&String| {
                    let title: Vec<&str> = title.split('\n').collect();
                    lines.len() >= title.len() && lines[..title.len()] == title[..]
                };
                let title = expected.iter().filter(own).max_by_key(|title| title.len());
                let title = title.unwrap_or_else(|| panic!("{path}: {lines:?} is no card")).clone();
                assert!(lines.len() <= title.split('\n').count() + 1, "{lines:?}");
                if index == 0 { overview.push(title) } else { stages.push(title) }
            }
        }
        overview.sort();
        stages.sort();
        let name = &file.layout.map.title;
        assert!(overview == expected && stages == expected, "{name}: each card once");
    }
}

#[test]
fn texts_on_the_slides_of_stages_can_be_read_and_nothing_leaves_a_slide() {
    for file in decks() {
        for (index, path) in file.slides().enumerate() {
            let document = Document::parse(file.text(&path)).unwrap();
            for run in named(document.root_element(), "rPr") {
                assert!(number(run, "sz") >= if index == 0 { 100 } else { 900 }, "{path}: {}", number(run, "sz"));
            }
            for shape in named(document.root_element(), "sp") {
                let [x, y, width, height] = frame(shape);
                let inside = x >= 0 && y >= 0 && x + width <= SLIDE.0 && y + height <= SLIDE.1;
                assert!(inside, "{path}: {} at {:?}", label(shape).0, frame(shape));
            }
        }
    }
}

#[test]
fn a_stage_that_does_not_fit_goes_over_and_says_so() {
    let map = generate(2, 9, 4);
    let file = pptx(&map);
    assert_eq!(file.deck.continued.len(), 2);
    let titles: Vec<String> = file
        .slides()
        .map(|path| {
            let document = Document::parse(file.text(&path)).unwrap();
            let title = named(document.root_element(), "ph").next().unwrap().ancestors().nth(3).unwrap();
            paragraphs(title).concat()
        })
        .collect();
    assert_eq!(titles.iter().collect::<HashSet<_>>().len(), titles.len(), "each slide has a title of its own");
    let (stage, of) = &file.deck.continued[0];
    for number in 1..=*of {
        assert!(titles[number].starts_with(&format!("{stage} ({number} of {of})")), "{titles:?}");
    }
    assert!(file.deck.to_string().contains(&format!("{stage}\u{2069} takes {of}")), "{}", file.deck);
    let small = pptx(&generate(2, 2, 1));
    assert_eq!((small.deck.slides, small.deck.continued.len()), (3, 0));
    assert_eq!(small.deck.to_string(), "3 slides");
    assert_eq!(pptx(&JourneyMap::default()).deck.to_string(), "1 slide");
}

#[test]
fn links_are_connectors_that_are_glued_to_their_cards() {
    let sides = [Direction::LeftToRight, Direction::RightToLeft];
    for (direction, round) in sides.into_iter().flat_map(|side| [(side, false), (side, true)]) {
        let file = pptx_of(&JourneyMap { direction, ..example("hotel-stay") }, &Theme::light(), round);
        let mut found = 0;
        for (index, path) in file.slides().enumerate() {
            let document = Document::parse(file.text(&path)).unwrap();
            let places: HashMap<i64, [i64; 4]> = cards(&document).iter().map(|c| (label(*c).1, frame(*c))).collect();
            for connector in named(document.root_element(), "cxnSp").filter(|c| label(*c).0.starts_with("Link: ")) {
                let ends = ["stCxn", "endCxn"].map(|end| named(connector, end).next().unwrap());
                let [x, y, width, height] = frame(connector);
                for end in ends {
                    let card = places.get(&number(end, "id"));
                    let [left, top, across, down] = *card.unwrap_or_else(|| panic!("{path}: no card of a link"));
                    assert!((0..4).contains(&number(end, "idx")));
                    // The frame reaches the card; a turned one is as far from its middle as the other way around.
                    let near = (x + width / 2 - left - across / 2).abs() <= (width.max(height) + across) / 2 + 12_700
                        && (y + height / 2 - top - down / 2).abs() <= (width.max(height) + down) / 2 + 12_700;
                    assert!(near, "{path}: {} is at its cards", label(connector).0);
                }
                found += usize::from(index == 0);
            }
        }
        let flat = pptx(&file.layout.map);
        let cards: HashSet<_> = shown(&flat.layout).into_iter().map(|(id, _)| id).collect();
        let links = file.layout.map.links.iter().filter(|l| cards.contains(&l.from) && cards.contains(&l.to));
        assert_eq!(found, links.count());
    }
}

#[test]
fn right_to_left_words_are_marked_as_such_and_the_slides_are_mirrored() {
    let file = pptx(&example("hotel-stay-fa"));
    let presentation = Document::parse(file.text("ppt/presentation.xml")).unwrap();
    assert_eq!(presentation.root_element().attribute("rtl"), Some("1"));
    let mut seen = [0, 0];
    for path in file.slides() {
        let document = Document::parse(file.text(&path)).unwrap();
        for paragraph in named(document.root_element(), "p") {
            let words: String = named(paragraph, "t").filter_map(|t| t.text()).collect();
            let Some(rtl) = first_strong_is_rtl(&words.replace('\u{200E}', "")) else { continue };
            let style = named(paragraph, "pPr").next().unwrap();
            let said = style.attribute("rtl") == Some("1");
            assert_eq!(said, rtl, "{path}: {words}");
            assert!(!rtl || matches!(style.attribute("algn"), Some("r" | "ctr")), "{path}: {words}");
            seen[usize::from(rtl)] += 1;
        }
        let all: Vec<_> = named(document.root_element(), "sp").collect();
        let left = |name: &str| all.iter().filter(|sp| label(**sp).0 == name).map(|sp| frame(*sp)[0]).min().unwrap();
        let header = all.iter().filter(|sp| label(**sp).0.starts_with("Stage: ")).map(|sp| frame(*sp)).next().unwrap();
        assert!(left("Lane") >= header[0] + header[2], "{path}: names stand on the right");
    }
    assert!(seen[1] > 100, "{seen:?}");
}

#[test]
fn notes_of_touchpoints_are_what_the_speaker_reads() {
    let mut map = generate(1, 2, 1);
    let id = TouchpointId::from("t-1-2");
    let lane = Arc::make_mut(&mut map.lanes[0]);
    for touchpoint in lane.touchpoints.iter_mut().filter(|t| t.id == id) {
        Arc::make_mut(touchpoint).notes = "Ask about <this>\nand that".into();
    }
    let file = pptx(&map);
    let notes: Vec<&String> = file.parts.keys().filter(|path| path.starts_with("ppt/notesSlides/notes")).collect();
    assert_eq!(notes.len(), 1);
    let document = Document::parse(file.text(notes[0])).unwrap();
    let body = named(document.root_element(), "sp").nth(1).unwrap();
    let title = &map.touchpoint(&id).unwrap().1.title;
    assert_eq!(paragraphs(body), [title.as_str(), "Ask about <this>", "and that"]);
    assert!(file.relations("ppt/slides/slide2.xml").values().any(|target| target[1..] == **notes[0]));
}

/// The shapes of this name on a slide.
fn called<'a, 'i>(document: &'a Document<'i>, name: &str) -> Vec<Node<'a, 'i>> {
    let all = document.descendants().filter(|node| ["sp", "cxnSp"].contains(&node.tag_name().name()));
    all.filter(|node| label(*node).0 == name).collect()
}

#[test]
fn a_wheel_stands_on_the_first_slide_as_it_is_laid_out() {
    for name in ["hotel-stay", "hotel-stay-fa"] {
        let file = pptx_of(&example(name), &Theme::light(), true);
        let wheel = file.layout.wheel.as_ref().unwrap();
        let document = Document::parse(file.text("ppt/slides/slide1.xml")).unwrap();
        let [x, y, width, height] = frame(called(&document, "Wheel")[0]);
        let disc = wheel.disc(wheel.radius);
        let scale = width as f64 / disc.width();
        assert!((height as f64 / disc.height() - scale).abs() < 1.0, "the oval keeps its shape");
        for placed in &wheel.cards {
            let own = |card: &&Node<'_, '_>| {
                let [left, top, ..] = frame(**card);
                let at = placed.rect.origin() - disc.origin();
                let off = (at.x * scale - (left - x) as f64).abs().max((at.y * scale - (top - y) as f64).abs());
                off < 12_700.0
            };
            assert_eq!(cards(&document).iter().filter(own).count(), 1, "{name}: {}", placed.card.touchpoint.id);
        }
        let free = |kind: &str| {
            let all = named(document.root_element(), "sp").filter(|sp| label(*sp).0.starts_with(kind));
            all.filter(|sp| named(*sp, "custGeom").next().is_some()).count()
        };
        assert_eq!((free("Stage body: "), free("Arc: ")), (wheel.sectors.len(), 2 * wheel.sectors.len()));
        assert!(free("Emotion curve") > 1 && free("Way back") == 1);
        // Few enough for a hand: strokes are joined.
        let nodes = named(document.root_element(), "cubicBezTo").count();
        assert!(nodes < wheel.curve.as_ref().unwrap().strokes.len() * 3, "{nodes}");
        let faces = named(document.root_element(), "prstGeom").filter(|g| g.attribute("prst") == Some("smileyFace"));
        assert_eq!(faces.count(), wheel.curve.as_ref().unwrap().points.len());
    }
}

#[test]
fn a_folded_lane_keeps_its_name_on_every_slide() {
    let mut map = example("hotel-stay");
    let lane = map.lanes.iter_mut().find(|lane| lane.id.as_str() == "thinking").unwrap();
    Arc::make_mut(lane).collapsed = true;
    let name = lane.name.clone();
    let file = pptx(&map);
    let mut stages = HashSet::new();
    for path in file.slides() {
        let document = Document::parse(file.text(&path)).unwrap();
        if called(&document, "Lane").iter().any(|lane| paragraphs(*lane) == [name.as_str()]) {
            let stage = named(document.root_element(), "sp").find(|sp| label(*sp).0.starts_with("Stage: "));
            stages.insert(if path.ends_with("slide1.xml") { "all" } else { label(stage.unwrap()).0 }.to_owned());
        }
        for card in cards(&document) {
            assert!(!paragraphs(card)[0].starts_with('“'), "{path}: nothing of what it holds");
        }
    }
    assert_eq!(stages.len(), 1 + map.stages.len(), "{stages:?}");
}

#[test]
fn the_line_of_visibility_has_its_words_where_lanes_have_names() {
    for (name, words) in [("hotel-stay", "Line of visibility"), ("hotel-stay-fa", "خط دید")] {
        let file = pptx(&example(name));
        assert!(file.layout.rows.iter().filter(|row| file.layout.is_line_of_visibility(row)).count() == 1);
        let mut found = 0;
        for path in file.slides() {
            let document = Document::parse(file.text(&path)).unwrap();
            let (lines, labels) = (called(&document, words), called(&document, &format!("Words: {words}")));
            assert_eq!(lines.len(), labels.len(), "{path}");
            for (line, label) in lines.iter().zip(labels) {
                assert!(named(*line, "prstDash").next().is_some(), "it is dashed");
                let ([x, y, width, _], [left, top, across, down]) = (frame(*line), frame(label));
                assert!(top < y && y < top + down, "the words stand on the line");
                let apart = if name.ends_with("fa") { left - x - width } else { x - left - across };
                assert!(apart > 0, "{path}: {apart}");
                found += 1;
            }
        }
        assert!(found > file.layout.stages.len(), "on the first slide and on one of each stage: {found}");
    }
}

#[test]
fn slides_name_the_font_of_a_brand_and_one_with_arabic_where_it_has_none() {
    let map = example("hotel-stay-fa");
    let fonts = |typeface: Typeface| {
        let mut theme = Theme::clone(&Theme::light());
        let text = &mut theme.text;
        for style in [&mut text.title, &mut text.heading, &mut text.strong, &mut text.body, &mut text.small] {
            style.typeface = typeface;
        }
        let file = pptx_of(&map, &Arc::new(theme), false);
        let document = Document::parse(file.text("ppt/theme/theme1.xml")).unwrap();
        let font = |name: &'static str| named(document.root_element(), name).next().unwrap().attribute("typeface");
        ["latin", "ea", "cs"].map(|name| font(name).unwrap().to_owned())
    };
    let bold = rihla::text::Face::InterfaceBold.bytes().to_vec();
    assert_eq!(fonts(Typeface::INTER), ["Arial", "", "Arial"], "Rihla's own font is nowhere else");
    assert_eq!(fonts(Typeface::load(bold, None).unwrap()), ["Inter", "", "Arial"]);
    assert_eq!(fonts(Typeface::VAZIRMATN), ["Vazirmatn", "", "Vazirmatn"]);
}

#[test]
fn a_logo_stands_on_each_slide_where_the_title_ends() {
    let path = examples()[0].with_file_name("hotel-stay.assets/amara-keller.png");
    let logo = Arc::new(picture::read(&path, 400, true).unwrap());
    for name in ["hotel-stay", "hotel-stay-fa"] {
        let file = pptx_with(&example(name), Some(&logo), &Theme::light(), false);
        for path in file.slides() {
            let document = Document::parse(file.text(&path)).unwrap();
            let logos: Vec<_> =
                named(document.root_element(), "pic").filter(|pic| label(*pic).0 == "Logo").map(frame).collect();
            let [[x, y, width, height]] = logos[..] else { panic!("{path}: one logo") };
            assert!(x >= 0 && y >= 0 && x + width <= SLIDE.0 && height <= 30 * 12_700, "{path}");
            let ratio = f64::from(logo.size().0) / f64::from(logo.size().1);
            assert!((width as f64 / height as f64 - ratio).abs() < 0.01, "it keeps its shape");
            let title = named(document.root_element(), "ph").next().unwrap().ancestors().nth(3).unwrap();
            let [left, _, across, _] = frame(title);
            let apart = if name.ends_with("fa") { left - x - width } else { x - left - across };
            assert!(apart > 0, "{path}: the title makes room");
        }
    }
}
