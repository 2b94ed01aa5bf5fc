//! The real program on a virtual display, with real pointer and key events from outside.
//!
//! It needs Xvfb and xdotool, which `.ci/run` installs; without them it says so and passes over.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rihla::app::headless::Headless;
use rihla::model::{Element, JourneyMap};

/// A display and the program on it; both end with the value, the program first.
pub struct Screen {
    display: String,
    pub program: Running,
    _server: Running,
}

/// A process that ends with the value.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn is_installed(tool: &str) -> bool {
    Command::new("which").arg(tool).stdout(Stdio::null()).status().is_ok_and(|status| status.success())
}

impl Screen {
    /// Starts a display and the program on `map`; `None` where that cannot be done here.
    pub fn open(map: &Path, folder: &Path) -> Option<Self> {
        Self::open_with(&[map], folder)
    }

    fn open_with(maps: &[&Path], folder: &Path) -> Option<Self> {
        let mut program = Command::new(env!("CARGO_BIN_EXE_rihla"));
        // No program that shows dialogs for others is found: paths are typed into a box of the window's own.
        program.env("PATH", folder);
        Self::open_by(program, maps, folder)
    }

    /// Starts a display; its name, and what ends it.
    pub fn display(folder: &Path) -> Option<(String, Running)> {
        if let Some(missing) = ["Xvfb", "xdotool"].iter().find(|tool| !is_installed(tool)) {
            eprintln!("passed over: {missing} is not installed");
            return None;
        }
        // Two that start at once may both want the same number.
        for attempt in 0..4 {
            let number = folder.join(format!("display{attempt}"));
            let out = std::fs::File::create(&number).expect("a file in a temporary folder");
            let mut server = Running(
                Command::new("Xvfb")
                    // Without "-noreset" it begins anew when the last program goes, which may be xdotool, and turns away
                    // whoever comes just then.
                    .args(["-noreset", "-displayfd", "1", "-screen", "0", "1600x1000x24", "+extension", "GLX"])
                    .stdout(out)
                    .stderr(Stdio::null())
                    .spawn()
                    .expect("Xvfb starts"),
            );
            let display = wait_for(|| {
                let text = std::fs::read_to_string(&number).unwrap_or_default();
                let display = text.ends_with('\n').then(|| format!(":{}", text.trim()));
                let has_ended = server.0.try_wait().expect("it is ours").is_some();
                if has_ended { Some(None) } else { display.map(Some) }
            });
            if let Some(Some(display)) = display {
                return Some((display, server));
            }
        }
        None
    }

    /// Starts a display, and the program by `command`, which names it.
    pub fn open_by(mut command: Command, maps: &[&Path], folder: &Path) -> Option<Self> {
        let (display, server) = Self::display(folder)?;
        let program = Running(
            command
                .args(maps)
                .env("DISPLAY", &display)
                .env("XDG_RUNTIME_DIR", folder)
                .env("XDG_CONFIG_HOME", folder)
                .env("XDG_STATE_HOME", folder.join("state"))
                .env("LIBGL_ALWAYS_SOFTWARE", "1")
                // Without one, a bus would be started for this display and outlive it.
                .env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", folder.join("no-bus").display()))
                .env_remove("WAYLAND_DISPLAY")
                .stderr(Stdio::null())
                .spawn()
                .expect("the program starts"),
        );
        let screen = Self { display, program, _server: server };
        wait_for(|| screen.run(&["search", "--onlyvisible", "--name", "Rihla"]).filter(|id| !id.is_empty()))?;
        Some(screen)
    }

    pub fn run(&self, args: &[&str]) -> Option<String> {
        let output = Command::new("xdotool").args(args).env("DISPLAY", &self.display).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    pub fn window(&self) -> String {
        let ids = self.run(&["search", "--onlyvisible", "--name", "Rihla"]).expect("the window is there");
        ids.lines().last().expect("a window").to_owned()
    }
}

/// Asks again and again for half a minute.
pub fn wait_for<T>(mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + Duration::from_secs(30);
    loop {
        match ask() {
            None if Instant::now() < end => std::thread::sleep(Duration::from_millis(50)),
            answer => return answer,
        }
    }
}

/// Where a window of this size shows the middle of the cards and cells asked for.
fn places(map: &JourneyMap, (width, height): (f32, f32), elements: &[Element]) -> Vec<(i32, i32)> {
    let mut window = Headless::new(map.clone(), egui::vec2(width, height));
    window.frame(Vec::new());
    let middle = |element: &Element| {
        let center = window.editor().screen_rect(element).expect("it is shown").center();
        (center.x as i32, center.y as i32)
    };
    elements.iter().map(middle).collect()
}

/// Opens the example in a window of a known size; `None` where that cannot be done here.
fn open_example(folder: &Path) -> Option<(Screen, std::path::PathBuf, JourneyMap)> {
    let path = folder.join("map.ron");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/online-purchase.ron");
    std::fs::copy(example, &path).expect("the example is copied");
    let map = rihla::file::load(&path).expect("the example is sound");
    let screen = Screen::open(&path, folder)?;
    let window = screen.window();
    screen.run(&["windowsize", "--sync", &window, "1440", "900"]);
    screen.run(&["windowmove", &window, "0", "0"]);
    screen.run(&["windowfocus", &window]);
    Some((screen, path, map))
}

/// Presses, moves and releases without a pause, then saves; gives what is on disk then.
fn fast_drag(screen: &Screen, path: &Path, from: (i32, i32), to: (i32, i32)) -> JourneyMap {
    let [x0, y0, x1, y1] = [from.0, from.1, to.0, to.1].map(|n| n.to_string());
    screen.run(&["mousemove", &x0, &y0, "mousedown", "1", "mousemove", &x1, &y1, "mouseup", "1"]);
    std::thread::sleep(Duration::from_millis(150));
    save(screen, path)
}

fn save(screen: &Screen, path: &Path) -> JourneyMap {
    screen.run(&["key", "ctrl+s"]);
    std::thread::sleep(Duration::from_millis(250));
    rihla::file::load(path).expect("what is on disk is sound at any time")
}

#[test]
fn thirty_fast_drags_in_the_real_window_move_what_was_under_the_press() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let Some((screen, path, before)) = open_example(folder.path()) else { return };
    let original = rihla::file::to_ron(&before);
    let cards: Vec<_> = before.lanes[0].touchpoints.iter().take(5).map(|t| t.id.clone()).collect();
    let elements: Vec<Element> = cards.iter().map(|id| Element::Touchpoint(id.clone())).collect();
    let at = places(&before, (1440.0, 900.0), &elements);
    // The program answers once it has drawn its first frame.
    let ready = wait_for(|| {
        let map = fast_drag(&screen, &path, at[0], (at[0].0 + 110, at[0].1));
        (rihla::file::to_ron(&map) != original).then_some(())
    });
    assert!(ready.is_some(), "a drag changes the map and Ctrl+S writes it");
    // The first attempts may have come in late, and more than one.
    std::thread::sleep(Duration::from_millis(700));
    screen.run(&["key", "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z"]);
    assert_eq!(rihla::file::to_ron(&save(&screen, &path)), original);
    for round in 0..30 {
        let (card, from) = (&cards[round % cards.len()], at[round % cards.len()]);
        let mut map = fast_drag(&screen, &path, from, (from.0 + 110, from.1 + 3));
        if rihla::file::to_ron(&map) == original {
            // A busy machine draws late; a drag that is lost stays lost.
            std::thread::sleep(Duration::from_secs(2));
            map = save(&screen, &path);
        }
        for (lane, touchpoint) in map.touchpoints() {
            let (old_lane, old) = before.touchpoint(&touchpoint.id).expect("nothing is added");
            let moved = (&old_lane.id, &old.step) != (&lane.id, &touchpoint.step);
            assert_eq!(moved, touchpoint.id == *card, "round {round}: {}", touchpoint.id);
        }
        screen.run(&["key", "ctrl+z"]);
        let undone = wait_for(|| (rihla::file::to_ron(&save(&screen, &path)) == original).then_some(()));
        assert!(undone.is_some(), "round {round} is undone");
    }
    assert_eq!(rihla::file::to_ron(&save(&screen, &path)), original, "thirty times undone");
}

#[test]
fn a_map_is_written_with_the_keyboard_alone_in_the_real_window() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("typed.ron");
    let Some(screen) = Screen::open_with(&[], folder.path()) else { return };
    screen.run(&["windowfocus", &screen.window()]);
    let write = |text: &str| screen.run(&["type", "--delay", "8", text]);
    let key = |name: &str| {
        screen.run(&["key", name]);
        std::thread::sleep(Duration::from_millis(60));
    };
    std::thread::sleep(Duration::from_millis(1500));
    // The first template has the keyboard; the first cell is selected.
    key("Return");
    std::thread::sleep(Duration::from_millis(400));
    for (title, then) in
        [("Sees a poster :1", "Return"), ("Asks at work :2", "Return"), ("Signs up online :-3 !form is long", "Escape")]
    {
        write(title);
        key(if then == "Escape" { "Return" } else { then });
    }
    key("ctrl+s");
    std::thread::sleep(Duration::from_millis(900));
    key("ctrl+a");
    write(path.to_str().expect("a plain path"));
    key("Return");
    let map = wait_for(|| rihla::file::load(&path).ok()).expect("the map was saved");
    let titles: Vec<&str> = map.touchpoints().map(|(_, t)| t.title.as_str()).collect();
    assert_eq!(titles, ["Sees a poster", "Asks at work", "Signs up online"]);
    assert_eq!(map.counts().1, 1);
}

#[test]
fn the_window_comes_up_where_it_was() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let place = |screen: &Screen| screen.run(&["getwindowgeometry", "--shell", &screen.window()]).expect("a window");
    let what = |place: &str| -> Vec<String> {
        let is_place = |line: &&str| ["X=", "Y=", "WIDTH=", "HEIGHT="].iter().any(|name| line.starts_with(name));
        place.lines().filter(is_place).map(str::to_owned).collect()
    };
    let Some(mut screen) = Screen::open_with(&[], folder.path()) else { return };
    let window = screen.window();
    // The first frames may set a size of their own.
    std::thread::sleep(Duration::from_secs(1));
    screen.run(&["windowsize", "--sync", &window, "1011", "707"]);
    screen.run(&["windowmove", "--sync", &window, "123", "45"]);
    screen.run(&["windowfocus", &window]);
    std::thread::sleep(Duration::from_secs(1));
    let before = what(&place(&screen));
    screen.run(&["key", "ctrl+q"]);
    assert!(wait_for(|| screen.program.0.try_wait().expect("it is ours")).is_some(), "it ends");
    drop(screen);
    let screen = Screen::open_with(&[], folder.path()).expect("it was there before");
    let same = wait_for(|| (what(&place(&screen)) == before).then_some(()));
    assert!(same.is_some(), "{before:?} and then {:?}", what(&place(&screen)));
}

#[test]
fn what_was_typed_is_found_after_the_program_was_killed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("map.ron");
    rihla::file::save(&rihla::template::TEMPLATES[0].map(), &path).expect("a template is saved");
    let Some(mut screen) = Screen::open(&path, folder.path()) else { return };
    screen.run(&["windowfocus", &screen.window()]);
    let store = rihla::file::Store::at(&folder.path().join("state/rihla"));
    // The window may need a moment before it takes keys.
    std::thread::sleep(Duration::from_secs(1));
    screen.run(&["type", "--delay", "40", "Waits"]);
    screen.run(&["key", "Return"]);
    screen.run(&["type", "--delay", "40", "half typed"]);
    std::thread::sleep(Duration::from_secs(3));
    screen.program.0.kill().expect("it runs");
    screen.program.0.wait().expect("it ends");
    let leftovers = store.leftovers();
    assert_eq!(leftovers.len(), 1, "the work is there");
    let map = leftovers[0].map().expect("and it is whole");
    let titles: Vec<&str> = map.touchpoints().map(|(_, t)| t.title.as_str()).collect();
    assert_eq!(titles, ["Waits", "half typed"], "also what was not yet entered");
    assert_eq!(leftovers[0].meta.path.as_deref(), Some(path.as_path()));
    assert_eq!(leftovers[0].standing, rihla::file::Standing::Newer);
}
