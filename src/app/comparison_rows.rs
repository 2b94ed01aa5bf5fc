//! The rows of the comparison: what differs, in the user's words, laid out once and painted often.

use egui::{Rect, Ui, Vec2, vec2};

use super::ink::Ink;
use super::look::{self, BODY};
use crate::compare::{Change, Difference, Said};
use crate::model::{Element, Host, JourneyMap};
use crate::text::{Align, Face, Measure, TextBlock, TextStyle, icon_block, icons};

/// The room before the words of a row, as wide as the mark of its group.
pub const GUTTER: f32 = 28.0;
/// The room around the words.
const PAD: f32 = 6.0;
/// Between words on one line.
const GAP: f32 = 8.0;
/// The side of an arrow.
const ARROW: f32 = 14.0;
/// Kinds and fields.
const SMALL: TextStyle = TextStyle::new(12.0, 17.0);

/// One thing with all that differs in it.
#[derive(Debug)]
pub struct Entry {
    /// What became of it.
    pub change: Change,
    /// Where a click goes, on the open map.
    pub about: Option<Element>,
    /// All of it in words, for those who do not see it.
    pub label: String,
    subject: &'static str,
    name: String,
    /// Fields with what they said before and say after.
    lines: Vec<(&'static str, Said, Said)>,
}

/// The differences, those of one thing in one entry, and where each is on the map that is `here`.
pub fn entries(found: &[Difference], is_second: bool, here: &JourneyMap, other: &JourneyMap) -> Vec<Entry> {
    let same = |a: &Difference, b: &Difference| {
        let key = |d: &Difference| (d.change, d.subject, d.in_a.clone(), d.in_b.clone(), d.name.clone());
        a.change == Change::Changed && key(a) == key(b)
    };
    let told: Vec<Difference> = found.iter().filter(|difference| !difference.is_pairing()).cloned().collect();
    let entry = |one: &[Difference]| {
        let first = &one[0];
        let (mine, theirs) = if is_second { (&first.in_b, &first.in_a) } else { (&first.in_a, &first.in_b) };
        let about = mine.clone().filter(|element| here.contains(element));
        let more: Vec<String> = one[1..].iter().map(|d| format!(", {} {} → {}", d.field, d.before, d.after)).collect();
        Entry {
            change: first.change,
            about: about.or_else(|| theirs.as_ref().and_then(|element| near(element, here, other))),
            label: format!("{}: {first}{}", first.change.name(), more.concat()),
            subject: first.subject,
            name: first.name.clone(),
            lines: one.iter().map(|d| (d.field, d.before.clone(), d.after.clone())).collect(),
        }
    };
    told.chunk_by(same).map(entry).collect()
}

/// Where on the map that is `here` something of the `other` map would stand.
fn near(element: &Element, here: &JourneyMap, other: &JourneyMap) -> Option<Element> {
    let place = match element {
        Element::Touchpoint(id) => {
            let (lane, touchpoint) = other.touchpoint(id)?;
            Element::Cell { step: touchpoint.step.clone(), lane: lane.id.clone() }
        }
        Element::Annotation(at) => match &at.host {
            Host::Touchpoint(id) => Element::Touchpoint(id.clone()),
            Host::Step(id) => Element::Step(id.clone()),
        },
        _ => return None,
    };
    here.contains(&place).then_some(place)
}

/// How strong words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tone {
    Plain,
    Soft,
}

/// An entry broken into lines.
#[derive(Debug)]
pub struct Laid {
    /// The height of the row.
    pub height: f32,
    pieces: Vec<(TextBlock, Vec2, Tone)>,
}

/// The pen with which a row is written, from its top.
struct Pen<'i> {
    ink: &'i mut Ink,
    width: f32,
    rtl: bool,
    y: f32,
    pieces: Vec<(TextBlock, Vec2, Tone)>,
}

impl Pen<'_> {
    fn room(&self) -> f32 {
        self.width - GUTTER - PAD
    }

    /// Puts a block so far from where the words begin.
    fn put(&mut self, block: TextBlock, (from, width): (f32, f32), tone: Tone) {
        let x = if self.rtl { self.width - GUTTER - from - width } else { GUTTER + from };
        self.pieces.push((block, vec2(x, self.y), tone));
    }

    /// Words on up to two lines of their own.
    fn words(&mut self, text: &str, indent: f32, (style, tone): (TextStyle, Tone)) {
        let align = if self.rtl { Align::Right } else { Align::Left };
        let width = self.room() - indent;
        let measure = Measure { width: Some(width), max_lines: Some(2), align, ..Measure::default() };
        let block = self.ink.text.block(text, style, measure);
        let height = block.height;
        self.put(block, (indent, width), tone);
        self.y += height;
    }

    /// A field with both its values: on one line where there is room.
    fn line(&mut self, field: &str, before: &Said, after: &Said) {
        let mut block = |text: &str, style| {
            let block = self.ink.text.block(text, style, Measure::default());
            let width = block.width.ceil() + 1.0;
            (block, width)
        };
        let (name, old, new) = (block(field, SMALL), block(before.words(), BODY), block(after.words(), BODY));
        let new_tone = if *after == Said::Nothing { Tone::Soft } else { Tone::Plain };
        if name.1 + GAP + old.1 + GAP + ARROW + GAP + new.1 <= self.room() && old.0.lines.len() < 2 {
            let at = name.1 + GAP;
            let arrow =
                icon_block(Face::IconLine, if self.rtl { icons::ARROW_LEFT } else { icons::ARROW_RIGHT }, ARROW);
            let (height, next) = (old.0.height, at + old.1 + GAP);
            // The small words stand on the same ground.
            self.y += 1.0;
            self.put(name.0, (0.0, name.1), Tone::Soft);
            self.y -= 1.0;
            self.put(old.0, (at, old.1), Tone::Soft);
            self.y += 2.0;
            self.put(arrow, (next, ARROW), Tone::Soft);
            self.y -= 2.0;
            self.put(new.0, (next + ARROW + GAP, new.1), new_tone);
            self.y += height;
            return;
        }
        self.words(field, 0.0, (SMALL, Tone::Soft));
        self.words(before.words(), ARROW + GAP, (BODY, Tone::Soft));
        let arrow = icon_block(Face::IconLine, icons::ARROW_DOWN, ARROW);
        self.y += 2.0;
        self.put(arrow, (0.0, ARROW), Tone::Soft);
        self.y -= 2.0;
        self.words(after.words(), ARROW + GAP, (BODY, new_tone));
    }
}

impl Laid {
    /// Lays `entry` out in `width`.
    pub fn new(entry: &Entry, width: f32, rtl: bool, ink: &mut Ink) -> Self {
        let mut pen = Pen { ink, width, rtl, y: PAD, pieces: Vec::new() };
        pen.words(entry.subject, 0.0, (SMALL, Tone::Soft));
        if !entry.name.is_empty() {
            pen.words(&entry.name, 0.0, (BODY, Tone::Plain));
        }
        for (field, before, after) in &entry.lines {
            match (entry.change, before, after) {
                (Change::Added | Change::Removed, Said::Nothing, Said::Nothing) => {}
                (Change::Added, _, place) | (Change::Removed, place, _) => {
                    pen.words(place.words(), 0.0, (SMALL, Tone::Soft));
                }
                // What it is called now stands above.
                _ if after.words().trim_matches(['\u{2068}', '\u{2069}']) == entry.name && *before != Said::Nothing => {
                    pen.words(&format!("{field} was"), 0.0, (SMALL, Tone::Soft));
                    pen.words(before.words(), 0.0, (BODY, Tone::Soft));
                }
                _ => pen.line(field, before, after),
            }
        }
        Self { height: pen.y + PAD, pieces: pen.pieces }
    }

    /// Paints the row.
    pub fn paint(&self, ui: &Ui, rect: Rect, ink: &mut Ink) {
        let colors = look::colors(ui.ctx());
        for (block, at, tone) in &self.pieces {
            let color = if *tone == Tone::Soft { colors.ink_soft } else { colors.ink };
            ink.paint(ui, block, rect.min + *at, color);
        }
    }
}
