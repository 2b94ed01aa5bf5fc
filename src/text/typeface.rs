//! Font files of one's own, beside the bundled ones.
//!
//! A font that was loaded is known by a small number for as long as the program runs; each font context takes it in
//! when a text asks for it. Letters that it lacks come from the bundled fonts.

use std::sync::{Mutex, PoisonError};

use parley::FontContext;
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, FontWeight};
use swash::StringId;

use super::fonts::{ARABIC, LATIN};

/// The fonts that a text is set in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Typeface(u16);

/// Why a file is no font that texts can be set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FontTrouble {
    /// It is something else, or damaged.
    #[error("this is no TrueType or OpenType font that can be read")]
    NotAFont,
    /// More fonts were loaded than anybody needs.
    #[error("too many fonts were loaded; start Rihla again")]
    TooMany,
}

/// What is told of a typeface to programs that look for fonts by their names.
#[derive(Clone, Debug, PartialEq)]
pub struct Family {
    /// Its name in their menus.
    pub name: String,
    /// Whether it has the letters of Arabic and Persian.
    pub has_arabic: bool,
    /// Whether it has Chinese characters, which Japanese and Korean text uses too.
    pub has_chinese: bool,
    /// From line to line, in ems, unless something else is asked for.
    pub line: f64,
}

/// A font of one's own.
struct Own {
    regular: Blob<u8>,
    bold: Option<Blob<u8>>,
    /// Whether it has the letters of Arabic and Persian.
    has_arabic: bool,
}

/// All that were loaded; the first has the number after those of the bundled ones.
static LOADED: Mutex<Vec<Own>> = Mutex::new(Vec::new());

/// Above this nothing more is loaded.
const MOST: usize = 500;

impl Typeface {
    /// Inter for Latin, Greek and Cyrillic, Vazirmatn for Arabic and Persian.
    pub const INTER: Self = Self(0);
    /// Vazirmatn for everything that it has.
    pub const VAZIRMATN: Self = Self(1);
    /// The bundled ones with their names.
    pub const BUNDLED: [(&'static str, Self); 2] = [(LATIN, Self::INTER), (ARABIC, Self::VAZIRMATN)];

    /// The font in `regular`, with `bold` for bold text; the same files give the same typeface.
    ///
    /// # Errors
    /// When one of them is no font.
    pub fn load(regular: Vec<u8>, bold: Option<Vec<u8>>) -> Result<Self, FontTrouble> {
        let has_arabic = has_arabic(&regular);
        for bytes in std::iter::once(&regular).chain(&bold) {
            check(bytes)?;
        }
        let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same = |own: &Own| own.regular.data() == regular && own.bold.as_ref().map(Blob::data) == bold.as_deref();
        let at = match loaded.iter().position(is_same) {
            Some(at) => at,
            None if loaded.len() >= MOST => return Err(FontTrouble::TooMany),
            None => {
                let blob = |bytes: Vec<u8>| Blob::new(std::sync::Arc::new(bytes));
                loaded.push(Own { regular: blob(regular), bold: bold.map(blob), has_arabic });
                loaded.len() - 1
            }
        };
        // At most MOST.
        Ok(Self((at + Self::BUNDLED.len()) as u16))
    }

    /// What its file says of itself; nothing of one that has no name.
    pub fn family(self) -> Option<Family> {
        let loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = match self.own() {
            Some(at) => loaded.get(at)?.regular.data(),
            None if self == Self::VAZIRMATN => super::fonts::ARABIC_FILE,
            None => super::Face::Interface.bytes(),
        };
        let font = swash::FontRef::from_index(bytes, 0)?;
        let strings = font.localized_strings();
        let name = strings.find_by_id(StringId::Family, Some("en"));
        let name: String = name.or_else(|| strings.find_by_id(StringId::Family, None))?.chars().collect();
        let metrics = font.metrics(&[]);
        let line =
            f64::from(metrics.ascent + metrics.descent + metrics.leading) / f64::from(metrics.units_per_em.max(1));
        let has_arabic = has_arabic(bytes);
        (!name.trim().is_empty()).then_some(Family { name, has_arabic, has_chinese: has(bytes, '的'), line })
    }

    /// The place in the list of those that were loaded.
    fn own(self) -> Option<usize> {
        usize::from(self.0).checked_sub(Self::BUNDLED.len())
    }

    /// The families in the order in which they are asked for a letter, in text that reads as `rtl`.
    ///
    /// A whole paragraph comes from one face, its spaces, digits and brackets included, as far as that has them.
    pub(super) fn families(self, rtl: bool) -> std::borrow::Cow<'static, str> {
        debug_assert!(LATIN == "Inter" && ARABIC == "Vazirmatn");
        let Some(at) = self.own() else {
            let arabic_first = rtl || self == Self::VAZIRMATN;
            return if arabic_first { "Vazirmatn, Inter" } else { "Inter, Vazirmatn" }.into();
        };
        let has_arabic =
            LOADED.lock().unwrap_or_else(PoisonError::into_inner).get(at).is_some_and(|own| own.has_arabic);
        let name = name(at);
        match (rtl, has_arabic) {
            (true, true) => format!("{name}, Vazirmatn, Inter"),
            (true, false) => format!("Vazirmatn, {name}, Inter"),
            (false, _) => format!("{name}, Inter, Vazirmatn"),
        }
        .into()
    }

    /// Makes the typeface known to a font context, once.
    pub(super) fn register(self, fonts: &mut FontContext, known: &mut Vec<Self>) {
        let Some(at) = self.own().filter(|_| !known.contains(&self)) else { return };
        known.push(self);
        let loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(own) = loaded.get(at) else { return };
        let name = name(at);
        // What the files say of themselves does not count: one is the regular face, one the bold.
        for (blob, weight) in [(Some(&own.regular), FontWeight::NORMAL), (own.bold.as_ref(), FontWeight::BOLD)] {
            let Some(blob) = blob else { continue };
            let called = FontInfoOverride { family_name: Some(&name), weight: Some(weight), ..Default::default() };
            fonts.collection.register_fonts(blob.clone(), Some(called));
        }
    }
}

/// The family's name in font contexts; no font file is called so.
fn name(at: usize) -> String {
    format!("RihlaOwn{at}")
}

fn has_arabic(bytes: &[u8]) -> bool {
    ['ا', 'ی', 'ک', 'ه'].iter().all(|letter| has(bytes, *letter))
}

fn has(bytes: &[u8], letter: char) -> bool {
    swash::FontRef::from_index(bytes, 0).is_some_and(|font| font.charmap().map(letter) != 0)
}

/// Whether a font context would take the file.
fn check(bytes: &[u8]) -> Result<(), FontTrouble> {
    let draws = swash::FontRef::from_index(bytes, 0).is_some_and(|font| font.glyph_metrics(&[]).glyph_count() > 1);
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
    let is_taken = draws && !collection.register_fonts(Blob::from(bytes.to_vec()), None).is_empty();
    if is_taken { Ok(()) } else { Err(FontTrouble::NotAFont) }
}

#[cfg(test)]
mod tests {
    use super::super::{Face, Measure, TextEngine, TextStyle};
    use super::*;

    fn fonts_of(text: &str, typeface: Typeface, bold: bool) -> Vec<usize> {
        let style = TextStyle { bold, typeface, ..TextStyle::new(14.0, 19.0) };
        let block = TextEngine::default().block(text, style, Measure::default());
        assert!(block.runs.iter().flat_map(|run| &run.glyphs).all(|glyph| glyph.id != 0), "{text}");
        block.runs.iter().map(|run| run.font.data.data().len()).collect()
    }

    #[test]
    fn letters_that_a_font_of_ones_own_lacks_come_from_the_bundled_ones() {
        let (bold, regular) = (Face::InterfaceBold.bytes(), Face::Interface.bytes());
        let own = Typeface::load(bold.to_vec(), None).unwrap();
        // Inter's bold file as the regular face of a brand: Latin comes from it, Arabic from Vazirmatn.
        assert_eq!(fonts_of("Pays", own, false), [bold.len()]);
        assert_eq!(fonts_of("Pays", own, true), [bold.len()]);
        assert_eq!(fonts_of("پرداخت", own, false), fonts_of("پرداخت", Typeface::INTER, false));
        let both = Typeface::load(bold.to_vec(), Some(regular.to_vec())).unwrap();
        assert_eq!(fonts_of("Pays", both, true), [regular.len()]);
        assert_eq!(Typeface::load(bold.to_vec(), None), Ok(own), "the same file is the same typeface");
        assert_ne!(fonts_of("Pays", Typeface::VAZIRMATN, false), fonts_of("Pays", Typeface::INTER, false));
    }

    #[test]
    fn a_typeface_has_the_name_that_its_file_gives() {
        let family = |typeface: Typeface| typeface.family().map(|f| (f.name, f.has_arabic, f.has_chinese));
        assert_eq!(family(Typeface::INTER), Some(("Inter".into(), false, false)));
        assert_eq!(family(Typeface::VAZIRMATN), Some(("Vazirmatn".into(), true, false)));
        let own = Typeface::load(Face::IconLine.bytes().to_vec(), None).unwrap();
        assert_eq!(own.family().map(|family| family.has_arabic), Some(false));
        let line = Typeface::INTER.family().unwrap().line;
        assert!((1.1..1.4).contains(&line), "{line}");
    }

    #[test]
    fn what_is_no_font_is_refused() {
        for bytes in [&b""[..], b"hello", &Face::Interface.bytes()[..200]] {
            assert_eq!(Typeface::load(bytes.to_vec(), None), Err(FontTrouble::NotAFont));
        }
    }
}
