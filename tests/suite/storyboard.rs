//! Pictures of touchpoints: in their lane, on cards, in exports; and what stands there when there are none.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use image::{Rgb, RgbImage};
use kurbo::{Point, Rect};
use rihla::export::{About, PdfOptions, PngOptions, SvgOptions, rasterize, write_pdf, write_png, write_svg};
use rihla::file;
use rihla::layout::{Layout, LayoutEngine, RowContent};
use rihla::model::{Element, JourneyMap};
use rihla::picture::{Pictures, Shot, Trouble};
use rihla::scene::{Item, Scene, build};
use rihla::theme::Theme;

const RED: [u8; 3] = [200, 30, 40];

/// A map with a good picture, one that is gone and one that is broken.
fn map(lane: bool) -> JourneyMap {
    let lane = if lane { r#"(id: "story", name: "Story", kind: Pictures),"# } else { "" };
    let text = format!(
        r#"(
          stages: [(id: "buy", name: "Buy", steps: [(id: "a"), (id: "b"), (id: "c")])],
          lanes: [{lane} (id: "doing", name: "Doing"), (id: "more", name: "More")],
          touchpoints: [
            (id: "t1", step: "a", lane: "doing", title: "Looks", pictures: ["m.assets/red.png"]),
            (id: "t2", step: "a", lane: "more", title: "Asks", pictures: ["m.assets/gone.png", "m.assets/red.png"]),
            (id: "t3", step: "b", lane: "doing", title: "Pays", pictures: ["m.assets/broken.jpg"]),
            (id: "t4", step: "c", lane: "doing", title: "Leaves"),
          ],
        )"#
    );
    file::parse(&text).unwrap()
}

/// A folder with the map and what it has of its pictures.
fn folder(map: &JourneyMap) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("m.assets")).unwrap();
    RgbImage::from_pixel(90, 60, Rgb(RED)).save(folder.path().join("m.assets/red.png")).unwrap();
    std::fs::write(folder.path().join("m.assets/broken.jpg"), [0xFF, 0xD8, 0xFF, 0, 1, 2]).unwrap();
    file::save(map, &folder.path().join("m.ron")).unwrap();
    folder
}

fn layout(map: JourneyMap) -> Arc<Layout> {
    let folder = folder(&map);
    let pictures = Pictures::load(&map, Some(&folder.path().join("m.ron")));
    let mut engine = LayoutEngine::default();
    engine.show_pictures(pictures);
    engine.layout(&Arc::new(map), &Theme::light(), false)
}

/// The places of the pictures of a scene, on the map.
fn places(scene: &Scene) -> Vec<Rect> {
    let of = |group: &rihla::scene::Group| -> Vec<Rect> {
        let rects = group.items.iter().filter_map(|item| match item {
            Item::Picture(picture) => Some(picture.rect + group.origin.to_vec2()),
            _ => None,
        });
        rects.collect()
    };
    scene.groups.iter().flat_map(of).collect()
}

/// The texts of a scene.
fn texts(scene: &Scene) -> String {
    let items = scene.groups.iter().flat_map(|group| group.items.iter());
    let texts = items.filter_map(|item| match item {
        Item::Text(text) => Some(text.block.text.clone()),
        _ => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_storyboard_stacks_the_pictures_of_each_step() {
    let layout = layout(map(true));
    let row = layout.row_of(&"story".into()).unwrap();
    let RowContent::Pictures(pictures) = &row.content else { panic!("{:?}", row.kind) };
    let names: Vec<(usize, &str, &str)> =
        pictures.pictures.iter().map(|p| (p.column, p.touchpoint.id.as_str(), &*p.slide.name.text)).collect();
    assert_eq!(names, [(0, "t1", "red.png"), (0, "t2", "gone.png"), (0, "t2", "red.png"), (1, "t3", "broken.jpg")]);
    for placed in &pictures.pictures {
        let column = &layout.columns[placed.column];
        assert!(placed.rect.x0 > column.x && placed.rect.x1 < column.x + column.width);
        assert!((placed.rect.width() / placed.rect.height() - 1.5).abs() < 0.02, "{:?}", placed.rect);
        assert!(placed.rect.y1 < row.height);
        let at = placed.rect.center() + (0.0, row.y);
        assert_eq!(layout.hit(at), Some(Element::Touchpoint(placed.touchpoint.id.clone())));
    }
    assert_eq!(pictures.pictures[0].rect.y0, pictures.pictures[3].rect.y0);
    let empty = Point::new(layout.columns[2].x + 20.0, row.y + 20.0);
    assert_eq!(layout.hit(empty), Some(Element::Cell { step: "c".into(), lane: "story".into() }));
    // The lane shows them; the cards need not.
    let RowContent::Cards(cards) = &layout.row_of(&"doing".into()).unwrap().content else { panic!() };
    assert!(cards.cards().all(|placed| placed.card.picture.is_none()));
}

#[test]
fn a_touchpoint_of_a_hidden_lane_is_found_at_its_picture() {
    let mut map = map(true);
    Arc::make_mut(&mut map.lanes[2]).hidden = true;
    let layout = layout(map);
    let RowContent::Pictures(pictures) = &layout.rows[0].content else { panic!() };
    assert_eq!(pictures.column(0).len(), 3);
    let place = layout.rect_of(&Element::Touchpoint("t2".into())).unwrap();
    assert_eq!(place.origin(), pictures.pictures[1].rect.origin() + (0.0, layout.rows[0].y));
    assert_eq!(layout.hit(place.center()), Some(Element::Touchpoint("t2".into())));
}

#[test]
fn a_storyboard_runs_from_right_to_left_with_its_map() {
    let mut map = map(true);
    map.direction = rihla::model::Direction::RightToLeft;
    let layout = layout(map);
    let row = layout.row_of(&"story".into()).unwrap();
    let RowContent::Pictures(pictures) = &row.content else { panic!() };
    assert!(layout.rtl && pictures.pictures[0].rect.x0 > pictures.pictures[3].rect.x1);
    assert!(layout.columns[0].x < pictures.pictures[0].rect.x0);
}

#[test]
fn without_a_lane_the_first_picture_is_on_top_of_its_card() {
    let layout = layout(map(false));
    let row = layout.row_of(&"doing".into()).unwrap();
    let RowContent::Cards(cards) = &row.content else { panic!() };
    let all: Vec<_> = cards.cards().collect();
    let (with, without) = (all[0], all[2]);
    assert!(matches!(with.card.picture.as_ref().unwrap().shot, Shot::Ready(_)) && without.card.picture.is_none());
    let rect = layout.card_rect(row, cards, with);
    let top = with.card.picture_height();
    assert!((rect.width() / top - 16.0 / 9.0).abs() < 0.03);
    assert!((with.card.height - without.card.height - top).abs() < 0.01);
    assert_eq!(layout.card_rect(row, cards, without).height(), rect.height());
    let place = layout.text_place(&Element::Touchpoint("t1".into())).unwrap();
    assert!(place.at.y >= rect.y0 + top, "the title is edited below the picture");
    let scene = build(&layout);
    assert_eq!(places(&scene).len(), 1, "of more pictures the first is shown");
    let said = texts(&scene);
    assert!(said.contains("gone.png") && said.contains("broken.jpg"), "{said}");
}

#[test]
fn pictures_that_cannot_be_shown_say_why_and_stop_nothing() {
    let map = map(true);
    let folder = folder(&map);
    let pictures = Pictures::load(&map, Some(&folder.path().join("m.ron")));
    assert!(matches!(pictures.get("m.assets/red.png"), Shot::Ready(_)));
    assert_eq!(pictures.get("m.assets/gone.png"), Shot::Failed(Trouble::Missing));
    assert!(matches!(pictures.get("m.assets/broken.jpg"), Shot::Failed(Trouble::Broken(_))));
    assert_eq!(Pictures::load(&map, None).get("m.assets/red.png"), Shot::Failed(Trouble::NoFolder));
    let to = folder.path().join("m.pdf");
    let from = folder.path().join("m.ron");
    let output = Command::new(env!("CARGO_BIN_EXE_rihla")).arg("export").arg(from).arg("-o").arg(&to).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(to.exists());
}

#[test]
fn exports_show_the_pictures() {
    for lane in [true, false] {
        let scene = build(&layout(map(lane)));
        let places = places(&scene);
        assert_eq!(places.len(), if lane { 2 } else { 1 });
        let (width, height) = (scene.size.width as u16, scene.size.height as u16);
        let mut png = Vec::new();
        write_png(&scene, PngOptions::default(), &mut png).unwrap();
        let shown = image::load_from_memory(&png).unwrap().to_rgb8();
        let mut svg = Vec::new();
        write_svg(&scene, &About::default(), SvgOptions::default(), &mut svg).unwrap();
        let text = String::from_utf8(svg).unwrap();
        // One file, however often it is seen.
        assert_eq!(text.matches("data:image/png;base64,iVBORw0KGgo").count(), 1);
        let tree = resvg::usvg::Tree::from_str(&text, &resvg::usvg::Options::default()).unwrap();
        let mut pixmap = resvg::tiny_skia::Pixmap::new(width.into(), height.into()).unwrap();
        resvg::render(&tree, resvg::tiny_skia::Transform::identity(), &mut pixmap.as_mut());
        for rect in &places {
            let inside = [rect.center(), rect.inset(-8.0).origin(), (rect.x1 - 8.0, rect.y1 - 4.0).into()];
            for at in inside {
                assert_eq!(shown.get_pixel(at.x as u32, at.y as u32).0, RED, "{at:?}");
                let pixel = pixmap.pixel(at.x as u32, at.y as u32).unwrap();
                assert_eq!([pixel.red(), pixel.green(), pixel.blue()], RED, "{at:?}");
            }
            // The corners are round.
            let corner = Point::new(rect.x0 + 1.0, rect.y0 + 1.0);
            assert_ne!(shown.get_pixel(corner.x as u32, corner.y as u32).0, RED);
        }
        let whole = rasterize(&scene, 1.0, (0.0, 0.0), (width.into(), height.into()), false);
        assert_eq!(whole.rgba.len(), shown.as_raw().len() / 3 * 4);
        let mut again = Vec::new();
        write_png(&scene, PngOptions::default(), &mut again).unwrap();
        assert!(png == again, "the same scene gives the same bytes");
    }
}

#[test]
fn a_pdf_carries_the_pictures() {
    let scene = build(&layout(map(true)));
    let mut pdf = Vec::new();
    write_pdf(&scene, &About::default(), PdfOptions::default(), &mut pdf).unwrap();
    let mut again = Vec::new();
    write_pdf(&build(&layout(map(true))), &About::default(), PdfOptions::default(), &mut again).unwrap();
    assert!(pdf == again, "the same map gives the same bytes");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.pdf");
    std::fs::write(&path, pdf).unwrap();
    // Poppler is not everywhere.
    let Ok(output) = Command::new("pdfimages").arg("-list").arg(&path).output() else { return };
    let list = String::from_utf8_lossy(&output.stdout);
    assert!(list.lines().any(|line| line.contains(" 90 ") && line.contains(" 60 ")), "{list}");
}

#[test]
fn pictures_that_come_in_change_only_their_cards() {
    let (map, theme) = (Arc::new(map(false)), Theme::light());
    let folder = folder(&map);
    let mut engine = LayoutEngine::default();
    let before = engine.layout(&map, &theme, false);
    let cards = engine.counts().cards;
    engine.show_pictures(Pictures::load(&map, Some(&folder.path().join("m.ron"))));
    let after = engine.layout(&map, &theme, false);
    assert_eq!(engine.counts().cards - cards, 3, "three of four touchpoints have pictures");
    assert_eq!(before.size, after.size, "nothing moves when a picture comes in");
    let again = engine.layout(&map, &theme, false);
    assert_eq!(engine.counts().cards - cards, 3);
    assert_eq!(places(&build(&again)), places(&build(&after)));
}

#[test]
fn the_hotel_stay_has_its_pictures() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hotel-stay.ron");
    let map = file::load(&path).unwrap();
    let pictures = Pictures::load(&map, Some(&path));
    let paths: Vec<&String> = map.touchpoints().flat_map(|(_, t)| &t.pictures).collect();
    assert!(paths.len() >= 4);
    for name in paths {
        assert!(matches!(pictures.get(name), Shot::Ready(_)), "{name}");
        assert!(std::fs::metadata(path.with_file_name(name)).unwrap().len() < 20 * 1024, "{name}");
    }
}

#[test]
fn saving_in_another_folder_takes_pictures_and_the_way_to_the_counterpart_along() {
    let mut map = map(true);
    map.counterpart = "future.ron".into();
    let (old, new) = (folder(&map), tempfile::tempdir().unwrap());
    std::fs::write(old.path().join("future.ron"), "()").unwrap();
    let mut window = super::driver::Window::open(Some(&old.path().join("m.ron")));
    window.harness.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::S);
    window.rest();
    window.command(egui::Key::A);
    let target = new.path().join("copy.ron");
    // A name that is taken is asked about: the map is written twice, but its names change once.
    std::fs::write(&target, "()").unwrap();
    window.write(&target.to_string_lossy());
    window.answer("Save");
    window.answer("Overwrite");
    window.wait();
    assert_eq!(file::to_ron(window.map()), std::fs::read_to_string(&target).unwrap(), "the window has what was saved");
    let saved = file::load(&target).unwrap();
    assert_eq!(image::open(new.path().join("m.assets/red.png")).unwrap().to_rgb8().get_pixel(0, 0).0, RED);
    let counterpart = file::counterpart_of(&target, &saved).canonicalize().unwrap();
    assert_eq!(counterpart, old.path().join("future.ron").canonicalize().unwrap());
    assert_eq!(file::load(&old.path().join("m.ron")).unwrap().counterpart, "future.ron");
}
