//! The rules of the house: which part may use which, and documents that say what is there.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules of the library with the modules that they may use besides themselves; `*` is all.
const USES: [(&str, &[&str]); 20] = [
    ("model", &[]),
    ("edit", &["model"]),
    ("file", &["model"]),
    ("find", &["model"]),
    ("insight", &["model"]),
    ("compare", &["model"]),
    ("exchange", &["edit", "file", "measure", "model"]),
    ("measure", &["edit", "model"]),
    ("template", &["file", "model"]),
    ("text", &["model"]),
    ("theme", &["file", "model", "picture", "text"]),
    ("picture", &["model"]),
    // `scene` for what a row keeps drawn with its cards.
    ("layout", &["edit", "model", "picture", "scene", "text", "theme"]),
    ("scene", &["layout", "model", "picture", "text", "theme"]),
    // `layout` for slides, whose shapes are not those of a scene.
    ("export", &["layout", "model", "picture", "scene", "text", "theme"]),
    ("deck", &["export", "file", "insight", "layout", "model", "picture", "scene", "text", "theme"]),
    ("film", &["export", "file", "layout", "model", "scene", "text", "theme"]),
    (
        "cli",
        &[
            "compare", "deck", "edit", "exchange", "export", "file", "film", "insight", "layout", "measure", "model",
            "picture", "scene", "template", "text", "theme",
        ],
    ),
    ("app", &["*"]),
    ("main", &["*"]),
];

/// Crates with the places of `src/` that may name them.
const CRATES: [(&str, &[&str]); 23] = [
    ("egui", &["app/"]),
    ("eframe", &["app/", "main.rs"]),
    ("rfd", &["app/"]),
    ("arboard", &["app/"]),
    ("notify", &["app/"]),
    ("directories", &["deck/", "file/", "template/", "theme/", "app/settings.rs"]),
    ("etagere", &["app/"]),
    ("clap", &["cli/"]),
    ("parley", &["text/", "app/text_field"]),
    ("swash", &["text/", "app/", "export/"]),
    ("krilla", &["export/"]),
    ("png", &["export/"]),
    ("image", &["export/raster.rs", "picture/"]),
    ("gif", &["export/"]),
    ("flate2", &["export/"]),
    ("rustix", &["file/", "app/chooser.rs"]),
    ("zip", &["export/"]),
    ("tempfile", &["file/", "app/"]),
    ("roxmltree", &["exchange/"]),
    ("serde_json", &["exchange/"]),
    ("unicode_normalization", &["find/"]),
    ("unicode_segmentation", &["compare/", "find/"]),
    ("strsim", &["file/", "measure/", "app/"]),
];

/// No file in `src/` is longer.
const MOST_LINES: usize = 600;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Everything below `folder`, folders and files.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(below(&path));
        }
        found.push(path);
    }
    found.sort();
    found
}

/// The files of `src/`: path below it, with `/`, and content.
fn sources() -> Vec<(String, String)> {
    let src = root().join("src");
    let files = below(&src).into_iter().filter(|path| path.extension() == Some("rs".as_ref()));
    files.map(|path| (name(path.strip_prefix(&src).unwrap()), fs::read_to_string(&path).unwrap())).collect()
}

fn name(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Lines of code with their numbers: no comments, nothing behind the unit tests.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().take_while(|(_, line)| !line.starts_with("#[cfg(test)]"));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//")).map(|(i, line)| (i + 1, line))
}

/// The words of Rust in a line.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_')
}

/// The top module that a file belongs to.
fn module(file: &str) -> &str {
    file.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

#[test]
fn modules_use_only_what_stands_before_them() {
    let mut wrong = Vec::new();
    for (file, text) in sources().iter().filter(|(file, _)| file != "lib.rs") {
        let here = module(file);
        let allowed = USES.iter().find(|(name, _)| *name == here).map(|(_, uses)| *uses);
        let Some(allowed) = allowed else { panic!("{here} has no line in USES") };
        for (number, line) in code(text) {
            let used = line.split("crate::").skip(1).filter_map(|rest| words(rest).next());
            for used in used.filter(|used| !used.is_empty() && *used != here) {
                if !allowed.contains(&"*") && !allowed.contains(&used) {
                    wrong.push(format!("src/{file}:{number}: {here} must not use {used}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn crates_are_named_only_where_they_belong() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        for (number, line) in code(&text) {
            for (krate, places) in CRATES {
                // `png::` and `use png`, but not the word alone.
                let named = line.contains(&format!("use {krate}"))
                    || line
                        .match_indices(&format!("{krate}::"))
                        .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'));
                if named && !places.iter().any(|place| file.starts_with(place)) {
                    wrong.push(format!("src/{file}:{number}: {krate} belongs into {}", places.join(", ")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_short_and_say_what_they_are() {
    for (file, text) in sources() {
        assert!(text.starts_with("//!"), "src/{file} starts with a line that says what it is");
        let lines = text.lines().count();
        assert!(lines <= MOST_LINES, "src/{file} has {lines} lines; cut it at {MOST_LINES}");
    }
}

#[test]
fn the_architecture_names_every_folder_and_module() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let src = root().join("src");
    let mut missing = Vec::new();
    for path in below(&src) {
        let below = name(path.strip_prefix(&src).unwrap());
        let is_module = path.is_dir() || !below.contains('/');
        let named = if path.is_dir() { format!("`src/{below}/`") } else { format!("`src/{below}`") };
        if is_module && !text.contains(&named) {
            missing.push(named);
        }
    }
    assert!(missing.is_empty(), "ARCHITECTURE.md does not name {}", missing.join(", "));
}

#[test]
fn paths_in_the_documents_exist() {
    const FOLDERS: [&str; 8] = ["src/", "examples/", "assets/", "scripts/", "tests/", "benches/", "docs/", ".ci/"];
    let is_path = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '*' | '{' | '}');
    let mut missing = Vec::new();
    for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        let Ok(text) = fs::read_to_string(root().join(document)) else { continue };
        for word in text.split(|c| !is_path(c)) {
            let path = word.trim_end_matches('.');
            let is_pattern = path.contains(['*', '{']);
            if FOLDERS.iter().any(|f| path.starts_with(f)) && !is_pattern && !root().join(path).exists() {
                missing.push(format!("{document}: {path}"));
            }
        }
    }
    assert!(missing.is_empty(), "not there:\n{}", missing.join("\n"));
}

#[test]
fn the_crate_holds_what_the_licence_asks_for() {
    for file in ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md", "CONTRIBUTING.md"] {
        assert!(root().join(file).is_file(), "{file}");
    }
    for font in ["Inter", "Vazirmatn", "Twemoji", "Icons"] {
        assert!(root().join(format!("assets/fonts/{font}-LICENSE.txt")).is_file(), "the licence of {font}");
    }
}

#[test]
fn examples_and_templates_are_in_canonical_form() {
    for folder in ["examples", "assets/templates"] {
        for path in below(&root().join(folder)).iter().filter(|path| path.extension() == Some("ron".as_ref())) {
            let text = fs::read_to_string(path).unwrap();
            let map = rihla::file::load(path).unwrap_or_else(|err| panic!("{err}"));
            assert_eq!(rihla::file::to_ron(&map), text, "{}", path.display());
        }
    }
}

#[test]
fn the_readme_lists_the_keys_of_the_command_table() {
    const START: &str = "<!-- keys: made from the table of commands; UPDATE_README=1 cargo test writes it anew -->\n";
    const END: &str = "<!-- end of keys -->";
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).expect("README.md");
    let start = readme.find(START).expect("the mark where the keys start") + START.len();
    let end = readme.find(END).expect("the mark where the keys end");
    let table = rihla::app::commands::markdown_table();
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&path, format!("{}{table}{}", &readme[..start], &readme[end..])).expect("README.md is writable");
    } else {
        assert_eq!(&readme[start..end], table, "UPDATE_README=1 cargo test brings it up to date");
    }
}
