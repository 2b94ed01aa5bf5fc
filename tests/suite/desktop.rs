//! The program among others on a desktop: icons, menus, file types, and what it says where there is no display.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::program::rihla;

const ID: &str = "org.rihla.Rihla";

fn desktop() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/desktop")
}

fn text(name: &str) -> String {
    fs::read_to_string(desktop().join(name)).unwrap()
}

/// An icon of `size` pixels, drawn from its SVG.
fn drawn(size: u32) -> image::RgbaImage {
    let svg = text(if size <= 32 { "rihla-small.svg" } else { "rihla.svg" });
    let tree = resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default()).unwrap();
    let mut pixmap = resvg::tiny_skia::Pixmap::new(size, size).unwrap();
    let scale = size as f32 / tree.size().width();
    resvg::render(&tree, resvg::tiny_skia::Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let rgba = pixmap.pixels().iter().flat_map(|pixel| {
        let color = pixel.demultiply();
        [color.red(), color.green(), color.blue(), color.alpha()]
    });
    image::RgbaImage::from_raw(size, size, rgba.collect()).unwrap()
}

#[test]
fn icons_are_drawn_from_their_svg() {
    for size in [16, 24, 32, 48, 64, 128, 256, 512] {
        let path = desktop().join(format!("icons/{size}.png"));
        let drawn = drawn(size);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            drawn.save(&path).unwrap();
        }
        let kept = image::open(&path).unwrap().into_rgba8();
        let is_far = |(a, b): (&u8, &u8)| a.abs_diff(*b) > 8;
        let far = kept.as_raw().iter().zip(drawn.as_raw()).filter(|pair| is_far(*pair)).count();
        assert!(kept.dimensions() == (size, size) && far * 500 < kept.as_raw().len(), "{size}: {far} differ");
    }
}

#[test]
fn menu_file_type_and_description_speak_of_the_same_program() {
    let [entry, file_type, description] = ["desktop", "xml", "metainfo.xml"].map(|end| text(&format!("{ID}.{end}")));
    let mime = "application/x-rihla-journey";
    assert!(entry.contains(&format!("MimeType={mime};")) && entry.contains("Exec=rihla %f"));
    assert!(entry.contains(&format!("Icon={ID}\n")) && entry.contains(&format!("StartupWMClass={ID}\n")));
    assert!(file_type.contains(&format!("<mime-type type=\"{mime}\">")));
    assert!(description.contains(&format!("<id>{ID}</id>")) && description.contains(&format!("<mediatype>{mime}<")));
    assert!(description.contains(&format!("<release version=\"{}\"", env!("CARGO_PKG_VERSION"))));
    // The first line of a map is what tells it from other files of its ending.
    let magic = file_type.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(rihla::file::to_ron(&rihla::model::generate(1, 1, 1)).starts_with(magic));
    let checks: [(&str, &[&str], &str); 3] = [
        ("desktop-file-validate", &[], "desktop"),
        ("appstreamcli", &["validate", "--no-net"], "metainfo.xml"),
        ("xmllint", &["--noout"], "xml"),
    ];
    for (tool, args, end) in checks {
        match Command::new(tool).args(args).arg(desktop().join(format!("{ID}.{end}"))).output() {
            Ok(output) => assert!(output.status.success(), "{tool}: {output:?}"),
            Err(_) => println!("passed over: {tool} is not installed"),
        }
    }
}

#[cfg(unix)]
#[test]
fn the_desktop_files_are_put_where_a_desktop_looks_for_them() {
    let share = tempfile::tempdir().unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/install-desktop.sh");
    // The package names a folder from where it stands.
    let status = Command::new(script).arg("share").current_dir(share.path()).status();
    assert!(status.unwrap().success());
    let share = share.path().join("share");
    for file in [
        format!("applications/{ID}.desktop"),
        format!("mime/packages/{ID}.xml"),
        format!("metainfo/{ID}.metainfo.xml"),
        format!("icons/hicolor/scalable/apps/{ID}.svg"),
        format!("icons/hicolor/16x16/apps/{ID}.png"),
        format!("icons/hicolor/512x512/apps/{ID}.png"),
    ] {
        assert!(share.join(&file).is_file(), "{file}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_display_one_sentence_says_so() {
    let run = rihla::<&str>([]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
    assert!(run.err.contains("no display") && run.err.contains("rihla export"), "{}", run.err);
    assert_eq!(run.err.trim().lines().count(), 1, "{}", run.err);
}

#[cfg(target_os = "linux")]
#[test]
fn a_library_of_the_system_that_is_missing_is_told_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let Some((display, _server)) = super::screen::Screen::display(folder.path()) else { return };
    for name in ["libxkbcommon-x11.so.0", "libxkbcommon-x11.so"] {
        fs::write(folder.path().join(name), "no library").unwrap();
    }
    let run = Command::new(env!("CARGO_BIN_EXE_rihla"))
        .env("DISPLAY", display)
        .env("LD_LIBRARY_PATH", folder.path())
        .env("XDG_CONFIG_HOME", folder.path())
        .env("XDG_STATE_HOME", folder.path())
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    let says = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(1), "{says}");
    assert!(says.contains("libxkbcommon-x11.so could not be loaded") && says.trim().lines().count() == 1, "{says}");
}

#[cfg(target_os = "linux")]
#[test]
fn where_there_is_no_file_dialog_that_is_told_from_one_that_was_closed() {
    let nowhere = tempfile::tempdir().unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_rihla"))
        .args(["choose-file", "open"])
        .env_clear()
        .env("PATH", nowhere.path())
        .env("XDG_RUNTIME_DIR", nowhere.path())
        .env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", nowhere.path().join("bus").display()))
        .output()
        .unwrap();
    assert_eq!((run.status.code(), run.stdout.len()), (Some(3), 0), "{run:?}");
    assert_eq!(rihla(["choose-file", "dance"]).code, Some(1));
}
