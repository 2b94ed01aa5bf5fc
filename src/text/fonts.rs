//! The bundled fonts, and the system's font for Chinese, Japanese and Korean.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use parley::fontique::{Blob, Collection, CollectionOptions, FallbackKey, GenericFamily, Script};
use parley::{FontContext, FontData};

use super::block::{Glyph, GlyphRun, Line, TextBlock};

/// The family for Latin, Greek and Cyrillic.
pub(super) const LATIN: &str = "Inter";
/// The family for Arabic and Persian.
pub(super) const ARABIC: &str = "Vazirmatn";
/// The family for emoji: vector glyphs in colour layers.
pub(super) const EMOJI: &str = "Twemoji Mozilla";

const TEXT_FONTS: [&[u8]; 5] = [
    include_bytes!("../../assets/fonts/Inter-Regular.ttf"),
    include_bytes!("../../assets/fonts/Inter-Bold.ttf"),
    include_bytes!("../../assets/fonts/Vazirmatn-Regular.ttf"),
    include_bytes!("../../assets/fonts/Vazirmatn-Bold.ttf"),
    include_bytes!("../../assets/fonts/Twemoji-COLR.ttf"),
];

/// A bundled font that is used by itself, not through a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Face {
    /// Icons drawn as lines.
    IconLine,
    /// Icons drawn as filled shapes.
    IconFill,
    /// The interface's own text.
    Interface,
    /// The interface's own text, bold.
    InterfaceBold,
}

impl Face {
    /// The font file.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::IconLine => include_bytes!("../../assets/fonts/Icons-Regular.ttf"),
            Self::IconFill => include_bytes!("../../assets/fonts/Icons-Fill.ttf"),
            Self::Interface => TEXT_FONTS[0],
            Self::InterfaceBold => TEXT_FONTS[1],
        }
    }
}

/// The icon font of `face`; one value for the whole program, so that glyph caches recognise it.
pub fn icon_font(face: Face) -> &'static FontData {
    static FONTS: [OnceLock<FontData>; 2] = [OnceLock::new(), OnceLock::new()];
    let cell = &FONTS[usize::from(face == Face::IconFill)];
    cell.get_or_init(|| FontData::new(blob(face.bytes()), 0))
}

fn blob(bytes: &'static [u8]) -> Blob<u8> {
    Blob::new(Arc::new(bytes))
}

/// A font context that knows the bundled fonts and no others.
///
/// The blobs are made once for the program: contexts on several threads share them.
pub(super) fn context() -> FontContext {
    static BLOBS: OnceLock<[Blob<u8>; 5]> = OnceLock::new();
    let blobs = BLOBS.get_or_init(|| TEXT_FONTS.map(blob));
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
    for blob in blobs {
        collection.register_fonts(blob.clone(), None);
    }
    if let Some(emoji) = collection.family_id(EMOJI) {
        collection.set_generic_families(GenericFamily::Emoji, [emoji].into_iter());
    }
    FontContext { collection, ..FontContext::default() }
}

/// Whether `c` belongs to a script that only a system font can draw.
pub(super) fn needs_cjk(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Looks for a font for Chinese, Japanese and Korean on this machine and makes it the fallback of
/// those scripts; says whether there was one.
pub(super) fn add_system_cjk(context: &mut FontContext) -> bool {
    static FOUND: OnceLock<Option<Blob<u8>>> = OnceLock::new();
    let found = FOUND.get_or_init(|| {
        let path = font_folders().iter().find_map(|folder| find_cjk(folder, 4))?;
        Some(Blob::new(Arc::new(std::fs::read(path).ok()?)))
    });
    let Some(blob) = found else { return false };
    let families: Vec<_> =
        context.collection.register_fonts(blob.clone(), None).into_iter().map(|(id, _)| id).collect();
    for script in [*b"Hani", *b"Hira", *b"Kana", *b"Hang", *b"Bopo"] {
        let key = FallbackKey::new(Script::from_bytes(script), None);
        context.collection.append_fallbacks(key, families.iter().copied());
    }
    !families.is_empty()
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

/// A font file below `folder` whose name says that it covers Han characters.
fn find_cjk(folder: &Path, depth: usize) -> Option<PathBuf> {
    const NAMES: [&str; 9] = [
        "notosanscjk",
        "notosanssc",
        "notosansjp",
        "sourcehansans",
        "wqy",
        "droidsansfallback",
        "pingfang",
        "msyh",
        "hiragino",
    ];
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).ok()?.filter_map(|e| Some(e.ok()?.path())).collect();
    entries.sort();
    let is_cjk = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let is_font = [".ttf", ".otf", ".ttc"].iter().any(|ending| name.ends_with(ending));
        is_font && NAMES.iter().any(|known| name.contains(known)) && !name.contains("bold")
    };
    if let Some(found) = entries.iter().find(|path| is_cjk(path)) {
        return Some(found.clone());
    }
    if depth == 0 {
        return None;
    }
    entries.iter().filter(|path| path.is_dir()).find_map(|path| find_cjk(path, depth - 1))
}

/// An icon as a block of one glyph in a square box with sides of `size` points.
pub fn icon_block(face: Face, icon: char, size: f32) -> TextBlock {
    /// The icons stand in a box from 0.0625 em below the baseline to 0.9375 em above it.
    const ASCENT: f32 = 0.9375;
    let font = icon_font(face);
    let id = swash::FontRef::from_index(font.data.data(), 0).map_or(0, |f| f.charmap().map(icon));
    let glyph = Glyph { id: u32::from(id), x: 0.0, y: size * ASCENT, cluster: 0 };
    let run = GlyphRun { font: font.clone(), size, rtl: false, line: 0, glyphs: vec![glyph] };
    let line = Line { x: 0.0, baseline: glyph.y, width: size, range: 0..0, rtl: false };
    TextBlock { text: String::new(), runs: vec![run], lines: vec![line], width: size, height: size, truncated: false }
}
