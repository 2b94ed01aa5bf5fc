//! Small pieces of pictures against those that somebody looked at: `tests/golden/`.
//!
//! `UPDATE_GOLDEN=1` writes them anew; a piece that differs is left in `target/golden/` with a picture
//! of the differences.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ImageEncoder as _, Rgb, RgbImage};
use kurbo::Rect;
use rihla::export::rasterize;
use rihla::file;
use rihla::layout::{Layout, LayoutEngine};
use rihla::model::{Element, LaneKind};
use rihla::scene;
use rihla::theme::Theme;

/// How far a channel may be off; processors round differently in the last bits.
const SLACK: u8 = 8;
/// How many pixels may be further off.
const MOST_OFF: usize = 10;
/// No golden picture is larger.
const MOST_BYTES: u64 = 20 * 1024;

fn layout(text: &str, theme: &Arc<Theme>) -> Arc<Layout> {
    let map = file::parse(text).unwrap_or_else(|problems| panic!("{problems:?}"));
    LayoutEngine::default().layout(&Arc::new(map), theme, false)
}

/// Draws `rect` of a laid-out map with one pixel a point.
fn draw(layout: &Layout, rect: Rect) -> RgbImage {
    const SCALE: f64 = 1.0;
    let corner = ((rect.x0 * SCALE).floor(), (rect.y0 * SCALE).floor());
    let (width, height) = ((rect.width() * SCALE).ceil() as u32, (rect.height() * SCALE).ceil() as u32);
    let pixels = rasterize(&scene::build(layout), SCALE, corner, (width, height), false);
    RgbImage::from_fn(width, height, |x, y| {
        let at = 4 * (y as usize * width as usize + x as usize);
        Rgb([pixels.rgba[at], pixels.rgba[at + 1], pixels.rgba[at + 2]])
    })
}

fn save(picture: &RgbImage, path: &Path) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let file = std::fs::File::create(path).unwrap();
    let encoder = PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::Adaptive);
    encoder.write_image(picture, picture.width(), picture.height(), image::ExtendedColorType::Rgb8).unwrap();
}

/// Whether two pixels look different.
fn differ(a: Rgb<u8>, b: Rgb<u8>) -> bool {
    a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > SLACK)
}

/// Asserts that `picture` is the golden one called `name`.
fn assert_golden(name: &str, picture: &RgbImage) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let path = root.join(format!("tests/golden/{name}.png"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        save(picture, &path);
    }
    let size = std::fs::metadata(&path).map_or(0, |meta| meta.len());
    assert!(size > 0, "{} is missing; make it with UPDATE_GOLDEN=1 and look at it", path.display());
    assert!(size < MOST_BYTES, "{} has {size} bytes; cut it smaller", path.display());
    let golden = image::open(&path).unwrap().to_rgb8();
    let same_size = golden.dimensions() == picture.dimensions();
    let off =
        if same_size { golden.pixels().zip(picture.pixels()).filter(|(a, b)| differ(**a, **b)).count() } else { 0 };
    if !same_size || off > MOST_OFF {
        let left = root.join("target/golden");
        save(picture, &left.join(format!("{name}.actual.png")));
        let difference = RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
            let golden = golden.get_pixel_checked(x, y).copied().unwrap_or(Rgb([0; 3]));
            if differ(golden, *picture.get_pixel(x, y)) {
                Rgb([220, 0, 60])
            } else {
                golden.0.map(|c| 170 + c / 3).into()
            }
        });
        save(&difference, &left.join(format!("{name}.difference.png")));
        let (was, is) = (golden.dimensions(), picture.dimensions());
        panic!("{name}: {off} pixels differ, size {is:?} for {was:?}; see {}", left.display());
    }
}

/// The place of `element` with some room around it.
fn around(layout: &Layout, element: &Element, room: f64) -> Rect {
    layout.rect_of(element).expect("it is on the map").inset(room)
}

#[test]
fn a_card_with_both_directions() {
    let text = r#"(
      stages: [(id: "pay", name: "Pay")],
      lanes: [(id: "doing", name: "Doing")],
      touchpoints: [(
        id: "card", step: "pay", lane: "doing",
        title: "Pays in CRM 2026 · يدفع 45.50 € في (Shop) 🙂\nفتح CRM 2026 في البنك، ثم Checkout",
        channels: ["web"], owner: "مبيعات", moment_of_truth: true,
      )],
    )"#;
    let layout = layout(text, &Theme::light());
    assert_golden("mixed-card", &draw(&layout, around(&layout, &Element::Touchpoint("card".into()), 6.0)));
}

const HOTEL: &str = r#"(
  title: "سفر مهمان",
  stages: [(id: "a", name: "رزرو"), (id: "b", name: "اقامت"), (id: "c", name: "بازگشت")],
  lanes: [(id: "doing", name: "کارها"), (id: "emotion", name: "احساس", kind: Emotion)],
  touchpoints: [
    (id: "t1", step: "a", lane: "doing", title: "هتل را در وب‌سایت می‌بیند", emotion: 3),
    (id: "t2", step: "b", lane: "doing", title: "کلید اتاق کار نمی‌کند", emotion: -4),
    (id: "t3", step: "c", lane: "doing", title: "۵ ستاره می‌دهد", emotion: 1),
  ],
)"#;

#[test]
fn a_curve_from_right_to_left() {
    let layout = layout(HOTEL, &Theme::light());
    assert!(layout.rtl);
    let row = layout.row_of(&"emotion".into()).unwrap();
    let (x0, x1) = (layout.columns[2].x, layout.grid.x1);
    assert_golden("curve-rtl", &draw(&layout, Rect::new(x0 - 8.0, row.y, x1, row.y + row.height)));
}

#[test]
fn the_head_of_a_map_from_right_to_left() {
    let layout = layout(HOTEL, &Theme::dark());
    let (header, title) = (layout.stages[1].header, &layout.title);
    let top = Rect::new(header.x0 - 8.0, title.at.y, layout.grid.x1 + 8.0, header.y1 + 90.0);
    assert_golden("head-rtl-dark", &draw(&layout, top));
}

#[test]
fn annotations_in_their_lanes() {
    let text = r#"(
      stages: [(id: "a", name: "Buy"), (id: "b", name: "Use")],
      lanes: [
        (id: "doing", name: "Doing"),
        (id: "pains", name: "Pain points", kind: PainPoints),
        (id: "delights", name: "Delights", kind: Delights),
      ],
      touchpoints: [
        (id: "t1", step: "a", lane: "doing", title: "Pays", annotations: [
          (kind: PainPoint, text: "Card refused twice", severity: 3),
          (kind: Delight, text: "Saved cart", severity: 1),
        ]),
        (id: "t2", step: "b", lane: "doing", title: "Returns", annotations: [
          (kind: PainPoint, text: "بطاقة مرفوضة", severity: 2),
        ]),
      ],
    )"#;
    let layout = layout(text, &Theme::light());
    let (first, last) = (&layout.rows[1], &layout.rows[2]);
    assert_eq!((first.kind, last.kind), (LaneKind::PainPoints, LaneKind::Delights));
    let rect = Rect::new(layout.grid.x0 - 8.0, first.y, layout.grid.x1, last.y + last.height);
    assert_golden("annotations", &draw(&layout, rect));
}

#[test]
fn a_text_that_is_too_long_ends_with_an_ellipsis() {
    let text = r#"(
      stages: [(id: "a", name: "A stage whose name would not fit into two lines of its header, however hard it tries",
        steps: [(id: "s", name: "A step with a name that is far too long for it and more", width: 180)])],
      lanes: [(id: "doing", name: "Doing")],
    )"#;
    let layout = layout(text, &Theme::light());
    let header = layout.stages[0].header;
    assert_golden(
        "ellipsis",
        &draw(&layout, Rect::new(header.x0 - 4.0, header.y0 - 4.0, header.x1 + 4.0, header.y1 + 60.0)),
    );
}

const LINKED: &str = r#"(
  personas: [(id: "ana", name: "Ana")],
  stages: [(id: "a", name: "Look"), (id: "b", name: "Choose"), (id: "c", name: "Buy")],
  lanes: [(id: "doing", name: "Doing"), (id: "emotion", name: "Emotion", kind: Emotion)],
  touchpoints: [
    (id: "one", step: "a", lane: "doing", title: "Sees it", emotion: 2, emotions: {"ana": 4}),
    (id: "two", step: "b", lane: "doing", title: "Weighs it", emotion: -2, waiting: "2 d"),
    (id: "three", step: "c", lane: "doing", title: "Buys it", emotion: 3, key_moment: true),
  ],
  links: [
    (from: "one", to: "two", label: "likes it"),
    (from: "three", to: "one", kind: LoopBack, label: "again"),
    (from: "two", to: "three"),
  ],
)"#;

#[test]
fn links_lead_around_cards() {
    let layout = layout(LINKED, &Theme::light());
    let cards = around(&layout, &Element::Touchpoint("one".into()), 30.0);
    let last = around(&layout, &Element::Touchpoint("three".into()), 30.0);
    assert_golden("links", &draw(&layout, cards.union(last)));
}

#[test]
fn a_wheel_has_its_curve_around_the_middle() {
    let map = file::parse(LINKED).unwrap();
    let mut engine = LayoutEngine::default();
    engine.round(true);
    let layout = engine.layout(&Arc::new(map), &Theme::light(), false);
    let middle = layout.wheel.as_ref().unwrap().center;
    let piece = Rect::new(middle.x + 150.0, middle.y - 340.0, middle.x + 440.0, middle.y - 80.0);
    assert_golden("wheel", &draw(&layout, piece));
}
