//! Fonts and paragraph layout: the only place where text is shaped, broken and measured.
//!
//! A text becomes a [`TextBlock`]: glyphs at their places, in points, ready for the screen and for
//! every kind of file. Nothing behind it knows the layout library. Line breaks never depend on zoom.

mod block;
mod edit;
mod engine;
mod fallback;
mod fonts;
pub mod icons;
mod set;
mod typeface;
mod words;

pub use block::{Glyph, GlyphRun, Line, TextBlock};
pub use edit::{EditAction, Motion, Press, TextEditor, measure_of};
pub use engine::{Align, Measure, Shaped, TextDirection, TextEngine, TextStyle};
pub use fonts::{Face, icon_block};
pub use parley::FontData;
pub use typeface::{Family, FontTrouble, Typeface};
