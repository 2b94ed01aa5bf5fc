//! The bundled fonts.

use std::sync::{Arc, OnceLock};

use parley::fontique::{Blob, Collection, CollectionOptions, GenericFamily};
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

/// The file of [`ARABIC`].
pub(super) const ARABIC_FILE: &[u8] = TEXT_FONTS[2];

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

/// An icon as a block of one glyph in a square box with sides of `size` points.
pub fn icon_block(face: Face, icon: char, size: f32) -> TextBlock {
    /// The icons stand in a box from 0.0625 em below the baseline to 0.9375 em above it.
    const ASCENT: f32 = 0.9375;
    let font = icon_font(face);
    let id = swash::FontRef::from_index(font.data.data(), 0).map_or(0, |f| f.charmap().map(icon));
    let glyph = Glyph { id: u32::from(id), x: 0.0, y: size * ASCENT, cluster: 0 };
    let run = GlyphRun { font: font.clone(), size, rtl: false, line: 0, glyphs: vec![glyph] };
    let line = Line { x: 0.0, baseline: glyph.y, width: size, range: 0..0, rtl: false };
    TextBlock { runs: vec![run], lines: vec![line], width: size, height: size, size, ..TextBlock::default() }
}
