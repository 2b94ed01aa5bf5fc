//! Pictures come to their touchpoints: dropped on the window or chosen, copied beside the map, in one step of undo.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Pos2;
use image::{Rgb, RgbImage};
use rihla::app::commands::Command;
use rihla::model::Element;
use rihla::picture::Shot;

use super::driver::Window;

const MAP: &str = r#"(
  format: 1,
  title: "Shop",
  stages: [(id: "buy", name: "Buy", steps: [(id: "a"), (id: "b")])],
  lanes: [(id: "story", name: "Story", kind: Pictures), (id: "doing", name: "Doing")],
  touchpoints: [
    (id: "t1", step: "a", lane: "doing", title: "Looks"),
    (id: "t2", step: "b", lane: "doing", title: "Pays"),
  ],
)"#;

/// A file that is let go over the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|err| err.to_string())
    }
}

/// A folder with a map and, elsewhere in it, a picture; and a window on the map.
fn open() -> (tempfile::TempDir, Window) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("shop.ron"), MAP).unwrap();
    std::fs::create_dir(folder.path().join("desk")).unwrap();
    RgbImage::from_pixel(60, 40, Rgb([20, 120, 60])).save(folder.path().join("desk/Shop front.png")).unwrap();
    let window = Window::open(Some(&folder.path().join("shop.ron")));
    (folder, window)
}

fn let_go(window: &mut Window, path: PathBuf) {
    window.harness.input_mut().dropped_files.push(Arc::new(Dropped(path)));
    window.harness.step();
    assert!(window.comes_within(400, |window| !window.harness.state().is_adding()));
    window.rest();
}

fn pictures(window: &Window, id: &str) -> Vec<String> {
    window.map().touchpoint(&id.into()).unwrap().1.pictures.clone()
}

#[test]
fn a_picture_dropped_on_a_card_is_copied_beside_the_map() {
    let (folder, mut window) = open();
    let at = window.touchpoint("t2");
    window.harness.hover_at(at);
    window.harness.step();
    let_go(&mut window, folder.path().join("desk/Shop front.png"));
    assert_eq!(pictures(&window, "t2"), ["shop.assets/Shop front.png"]);
    assert!(folder.path().join("shop.assets/Shop front.png").exists() && window.is_dirty());
    let shown = |window: &Window| {
        let pictures = window.harness.state().editor().unwrap().pictures();
        matches!(pictures.get("shop.assets/Shop front.png"), Shot::Ready(_))
    };
    assert!(window.wait_for(shown), "it is shown without anybody doing more");
    window.command(egui::Key::Z);
    assert_eq!(pictures(&window, "t2"), [""; 0]);
}

#[test]
fn a_picture_dropped_elsewhere_goes_to_what_is_selected_and_takes_a_free_name() {
    let (folder, mut window) = open();
    let picture = folder.path().join("desk/Shop front.png");
    let_go(&mut window, picture.clone());
    assert!(window.tells("Whose picture is it?") && pictures(&window, "t1").is_empty());
    let at = window.touchpoint("t1");
    window.click(at);
    window.harness.hover_at(Pos2::new(800.0, 800.0));
    let_go(&mut window, picture.clone());
    let_go(&mut window, picture);
    assert_eq!(pictures(&window, "t1"), ["shop.assets/Shop front.png", "shop.assets/Shop front-2.png"]);
}

#[test]
fn a_picture_dropped_into_the_storyboard_goes_to_that_step() {
    let (folder, mut window) = open();
    let at = window.cell("story", "b");
    window.harness.hover_at(at);
    let_go(&mut window, folder.path().join("desk/Shop front.png"));
    assert_eq!(pictures(&window, "t2"), ["shop.assets/Shop front.png"]);
}

#[test]
fn what_is_no_picture_is_refused_with_the_reason() {
    let (folder, mut window) = open();
    let broken = folder.path().join("desk/broken.png");
    std::fs::write(&broken, "no picture").unwrap();
    let at = window.touchpoint("t2");
    window.harness.hover_at(at);
    let_go(&mut window, broken);
    assert!(window.tells("Not every picture was added") && window.tells("no PNG or JPEG that can be read"));
    assert!(pictures(&window, "t2").is_empty() && !folder.path().join("shop.assets").exists());
}

#[test]
fn a_map_without_a_file_is_saved_first() {
    let (folder, mut window) = open();
    let editor = window.harness.state_mut().editor_mut().unwrap();
    editor.path = None;
    editor.seen = None;
    editor.document.select([Element::Touchpoint("t1".into())]);
    window.rest();
    window.harness.hover_at(Pos2::new(800.0, 900.0));
    let_go(&mut window, folder.path().join("desk/Shop front.png"));
    assert!(window.tells("Save map as"));
    window.command(egui::Key::A);
    window.write(&folder.path().join("new.ron").to_string_lossy());
    window.key(egui::Key::Enter);
    assert!(window.comes_within(400, |window| !pictures(window, "t1").is_empty()));
    assert_eq!(pictures(&window, "t1"), ["new.assets/Shop front.png"]);
    assert!(folder.path().join("new.assets/Shop front.png").exists());
}

#[test]
fn portraits_of_personas_are_read_too() {
    let mut window = Window::open(Some(&super::driver::example().with_file_name("hotel-stay.ron")));
    let shown = |window: &Window| {
        let pictures = window.harness.state().editor().unwrap().pictures();
        let is_read = |path: &str| matches!(pictures.get(path), Shot::Ready(_));
        window.map().personas.iter().all(|persona| is_read(&persona.portrait))
    };
    assert!(window.wait_for(shown));
    let at = window.touchpoint("friends-story");
    window.click(at);
    window.wait();
    assert!(window.tells("Portrait of Amara Keller"));
}

#[test]
fn a_picture_is_chosen_from_the_inspector_or_the_menu() {
    let (folder, mut window) = open();
    let at = window.touchpoint("t1");
    window.click(at);
    window.harness.state_mut().editor_mut().unwrap().asked.push(Command::AddPicture);
    window.rest();
    assert!(window.tells("Add picture"));
    window.command(egui::Key::A);
    window.write(&folder.path().join("desk/Shop front.png").to_string_lossy());
    window.key(egui::Key::Enter);
    assert!(window.comes_within(400, |window| !pictures(window, "t1").is_empty()));
    assert_eq!(pictures(&window, "t1"), ["shop.assets/Shop front.png"]);
}
