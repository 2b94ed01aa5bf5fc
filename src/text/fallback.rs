//! Fonts of the system for scripts that no bundled font has.
//!
//! A bundled font for each script of the world would be a hundred times the rest of the program. What the system
//! lacks too is shown as the box that stands for a missing letter, never as nothing.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use parley::FontContext;
use parley::fontique::{Blob, FallbackKey, Script};

use super::fonts::LATIN;

/// A script that only a system font can draw: its tags, where its letters are, and one of them.
struct Foreign {
    tags: &'static [&'static [u8; 4]],
    ranges: &'static [(u32, u32)],
    sample: char,
}

const HAN: &[(u32, u32)] = &[
    (0x2E80, 0x2FFF),
    (0x3000, 0x303F),
    (0x31C0, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
    (0x20000, 0x3FFFF),
];

const SCRIPTS: [Foreign; 20] = [
    Foreign { tags: &[b"Hani", b"Bopo"], ranges: HAN, sample: '\u{4E2D}' },
    Foreign { tags: &[b"Hira", b"Kana"], ranges: &[(0x3040, 0x30FF)], sample: '\u{3042}' },
    Foreign { tags: &[b"Hang"], ranges: &[(0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7FF)], sample: '\u{D55C}' },
    Foreign { tags: &[b"Hebr"], ranges: &[(0x0590, 0x05FF), (0xFB1D, 0xFB4F)], sample: '\u{05D0}' },
    Foreign { tags: &[b"Armn"], ranges: &[(0x0530, 0x058F)], sample: '\u{0561}' },
    Foreign { tags: &[b"Geor"], ranges: &[(0x10A0, 0x10FF)], sample: '\u{10D0}' },
    Foreign { tags: &[b"Deva"], ranges: &[(0x0900, 0x097F)], sample: '\u{0905}' },
    Foreign { tags: &[b"Beng"], ranges: &[(0x0980, 0x09FF)], sample: '\u{0985}' },
    Foreign { tags: &[b"Guru"], ranges: &[(0x0A00, 0x0A7F)], sample: '\u{0A05}' },
    Foreign { tags: &[b"Gujr"], ranges: &[(0x0A80, 0x0AFF)], sample: '\u{0A85}' },
    Foreign { tags: &[b"Taml"], ranges: &[(0x0B80, 0x0BFF)], sample: '\u{0B85}' },
    Foreign { tags: &[b"Telu"], ranges: &[(0x0C00, 0x0C7F)], sample: '\u{0C05}' },
    Foreign { tags: &[b"Knda"], ranges: &[(0x0C80, 0x0CFF)], sample: '\u{0C85}' },
    Foreign { tags: &[b"Mlym"], ranges: &[(0x0D00, 0x0D7F)], sample: '\u{0D05}' },
    Foreign { tags: &[b"Sinh"], ranges: &[(0x0D80, 0x0DFF)], sample: '\u{0D85}' },
    Foreign { tags: &[b"Thai"], ranges: &[(0x0E00, 0x0E7F)], sample: '\u{0E01}' },
    Foreign { tags: &[b"Laoo"], ranges: &[(0x0E80, 0x0EFF)], sample: '\u{0E81}' },
    Foreign { tags: &[b"Mymr"], ranges: &[(0x1000, 0x109F)], sample: '\u{1000}' },
    Foreign { tags: &[b"Khmr"], ranges: &[(0x1780, 0x17FF)], sample: '\u{1780}' },
    Foreign { tags: &[b"Ethi"], ranges: &[(0x1200, 0x137F)], sample: '\u{12A0}' },
];

/// The scripts that a font context was asked for, as bits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked(u32);

impl Asked {
    /// Adds fonts for the scripts of `text` that come for the first time.
    pub fn prepare(&mut self, text: &str, fonts: &mut FontContext) {
        for c in text.chars().filter(|c| *c >= '\u{0530}') {
            let code = u32::from(c);
            let is_in = |foreign: &Foreign| foreign.ranges.iter().any(|(from, to)| (*from..=*to).contains(&code));
            if let Some(index) = SCRIPTS.iter().position(is_in)
                && self.0 & (1 << index) == 0
            {
                self.0 |= 1 << index;
                add(&SCRIPTS[index], index, fonts);
            }
        }
    }
}

/// Makes a font of the system the fallback of a script, and behind it the one with the box for missing letters.
fn add(foreign: &Foreign, index: usize, fonts: &mut FontContext) {
    let mut families: Vec<_> = Vec::new();
    if let Some(blob) = font_with(foreign.sample, index) {
        families.extend(fonts.collection.register_fonts(blob, None).into_iter().map(|(id, _)| id));
    }
    families.extend(fonts.collection.family_id(LATIN));
    for tag in foreign.tags {
        let key = FallbackKey::new(Script::from_bytes(**tag), None);
        fonts.collection.append_fallbacks(key, families.iter().copied());
    }
}

/// A font of the system that has `sample`; looked for once for the whole program.
fn font_with(sample: char, index: usize) -> Option<Blob<u8>> {
    static FOUND: OnceLock<Mutex<HashMap<usize, Option<Blob<u8>>>>> = OnceLock::new();
    let found = FOUND.get_or_init(Mutex::default);
    let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
    let look = || {
        let has = |path: &PathBuf| {
            let bytes = std::fs::read(path).ok()?;
            let is_drawn = swash::FontRef::from_index(&bytes, 0).is_some_and(|font| font.charmap().map(sample) != 0);
            is_drawn.then(|| Blob::new(std::sync::Arc::new(bytes)))
        };
        font_files().iter().find_map(has)
    };
    found.entry(index).or_insert_with(look).clone()
}

/// The font files of the system, those first that most likely serve for running text.
fn font_files() -> &'static [PathBuf] {
    static FILES: OnceLock<Vec<PathBuf>> = OnceLock::new();
    FILES.get_or_init(|| {
        let mut files = Vec::new();
        for folder in font_folders() {
            gather(&folder, 4, &mut files);
        }
        files.sort_by_cached_key(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
            let odd = ["bold", "italic", "oblique", "mono", "light", "thin", "black", "condensed"];
            let plain = ["notosans", "dejavusans", "sourcehansans", "arial", "segoeui", "pingfang", "hiragino"];
            let is_odd = odd.iter().any(|word| name.contains(word));
            let is_plain = plain.iter().any(|word| name.starts_with(word));
            (is_odd, !is_plain, name)
        });
        files
    })
}

fn gather(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if ["ttf", "otf", "ttc"].contains(&ending.as_str()) {
            files.push(path);
        } else if depth > 0 && path.is_dir() {
            gather(&path, depth - 1, files);
        }
    }
}

/// Where Linux, macOS and Windows keep their fonts.
fn font_folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts", "C:\\Windows\\Fonts"]
            .iter()
            .map(PathBuf::from)
            .collect();
    if let Some(home) = std::env::home_dir() {
        folders.push(home.join(".local/share/fonts"));
        folders.push(home.join("Library/Fonts"));
    }
    folders
}

#[cfg(test)]
mod tests {
    use super::super::{Measure, TextEngine, TextStyle};
    use super::*;

    #[test]
    fn letters_of_every_script_are_shown_at_least_as_boxes() {
        let mut engine = TextEngine::default();
        for foreign in &SCRIPTS {
            let style = TextStyle::new(14.0, 19.0);
            let block = engine.block(&format!("a {}", foreign.sample), style, Measure::default());
            let glyphs: usize = block.runs.iter().map(|run| run.glyphs.len()).sum();
            assert!(glyphs >= 3, "{:?} is shown as nothing", foreign.sample);
        }
    }
}
