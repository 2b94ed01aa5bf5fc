//! One touchpoint measured: its title broken into lines, its chips in rows.

use std::sync::Arc;

use kurbo::Rect;

use super::Words;
use super::pictures::{ON_CARD, Slide};
use crate::model::{AnnotationKind, Automation, Confidence, Emotion, Place, Span, Touchpoint};
use crate::picture::{Pictures, Shot};
use crate::text::{Measure, Shaped, TextBlock, TextEngine};
use crate::theme::Theme;

/// A measured touchpoint. Its drawn height is that of its slot, at least its own.
#[derive(Debug)]
pub struct Card {
    /// What it shows.
    pub touchpoint: Arc<Touchpoint>,
    /// The card's width.
    pub width: f64,
    /// The picture on top, if no lane shows it.
    pub picture: Option<Slide>,
    /// The title, to stand at the padding from the card's side and from its top or picture.
    pub title: Arc<TextBlock>,
    /// Chips at the bottom.
    pub chips: Vec<Chip>,
    /// The least height that shows everything.
    pub height: f64,
}

/// A small label on a card.
#[derive(Debug)]
pub struct Chip {
    /// What it says.
    pub kind: ChipKind,
    /// Its place: x from the card's left, y from the card's bottom (negative).
    pub rect: Rect,
    /// The words on it, if any.
    pub label: Option<Arc<TextBlock>>,
}

/// What a chip says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChipKind {
    /// The journey turns here.
    MomentOfTruth,
    /// The emotion, where no lane shows it.
    Emotion(Emotion),
    /// Where it happens.
    Channel(String),
    /// Who answers for it.
    Owner(String),
    /// It has an annotation of this kind that no lane shows.
    Annotation(AnnotationKind),
    /// How long the customer waits.
    Waiting(Span),
    /// Something else that is so.
    Mark(Mark),
}

/// What is said of a touchpoint by an icon alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is a joy.
    Joy,
    /// The journey is told by it.
    Key,
    /// Customers come in here.
    Entry,
    /// It asks again.
    Repeats,
    /// It remembers.
    Remembers,
    /// A machine does it.
    Automated,
    /// A person does it with a machine's help.
    SemiPersonal,
    /// A person does it.
    Human,
    /// It happens on a screen.
    Online,
    /// It happens in the world of things.
    Physical,
    /// Nothing but an assumption speaks for it.
    Assumption,
    /// Something speaks for it.
    PartlyBacked,
    /// It was looked into.
    Researched,
}

/// What the measuring of cards depends on besides the touchpoint and the width.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CardStyle {
    pub theme: Arc<Theme>,
    pub words: Words,
    pub rtl: bool,
    /// Whether the map shows the emotion curve.
    pub curve: bool,
    /// Whether owners, waiting times and most marks of place, work and evidence are left out, where room is dear: of those
    /// only automated, assumption and researched stay.
    pub brief: bool,
    /// Whether the map shows the channels in a lane of their own.
    pub channels: bool,
    /// Whether the map shows the pictures in a lane of their own.
    pub pictures: bool,
    /// The kinds of annotation that have a lane of their own.
    pub lanes: Vec<AnnotationKind>,
}

impl CardStyle {
    /// The path of the picture on top of a touchpoint's card, and what is known of it.
    pub fn picture_of<'t>(&self, touchpoint: &'t Touchpoint, pictures: &Pictures) -> Option<(&'t str, Shot)> {
        let path = touchpoint.pictures.first().filter(|_| !self.pictures)?;
        Some((path, pictures.get(path)))
    }
}

/// Between chips.
const CHIP_GAP: f64 = 4.0;
/// Between the title and the chips.
const CHIPS_TOP: f64 = 8.0;
/// From a chip's edge to its content, and the room of its icon.
const CHIP_PAD: f64 = 7.0;
/// The side of an icon on a chip.
const CHIP_ICON: f64 = 14.0;

/// A text of the map in the style of cards.
pub(super) fn shaped(text: &str, style: &CardStyle, engine: &mut TextEngine) -> Shaped {
    engine.shaped(text, style.theme.text.body.into())
}

/// The width of a column in which a text needs the number of lines that the theme aims at.
pub(super) fn preferred(text: &Shaped, style: &CardStyle) -> f64 {
    let sizes = &style.theme.sizes;
    let (word, line) = text.widths();
    let text_width = f64::from(word).max(f64::from(line) / sizes.card_lines);
    (text_width + 2.0 * (sizes.card_pad + sizes.column_pad)).clamp(sizes.column_min, sizes.column_max)
}

impl Card {
    /// Measures `touchpoint` for a card of `width`, with a picture of this name on top; its title may be shaped already.
    pub(super) fn new(
        touchpoint: &Arc<Touchpoint>,
        (title, picture): (Option<Shaped>, Option<(&str, Shot)>),
        width: f64,
        style: &CardStyle,
        engine: &mut TextEngine,
    ) -> Self {
        let sizes = &style.theme.sizes;
        let inner = width - 2.0 * sizes.card_pad;
        let measure = Measure { width: Some(inner as f32), ..Measure::default() };
        let title = title.unwrap_or_else(|| shaped(&touchpoint.title, style, engine));
        let title = Arc::new(engine.block_of(&touchpoint.title, title, measure));
        let picture = picture.map(|(path, shot)| Slide::new(path, shot, width, &style.theme, engine));
        let top = picture.as_ref().map_or(0.0, |_| picture_height(width));
        let (chips, chips_height) = chips(touchpoint, width, style, engine);
        let chips_room = if chips.is_empty() { 0.0 } else { CHIPS_TOP + chips_height };
        let height = (2.0 * sizes.card_pad + f64::from(title.height) + chips_room).max(sizes.card_min).ceil() + top;
        Self { touchpoint: Arc::clone(touchpoint), width, picture, title, chips, height }
    }

    /// The height of the picture on top; nothing without one.
    pub fn picture_height(&self) -> f64 {
        self.picture.as_ref().map_or(0.0, |_| picture_height(self.width))
    }
}

/// The height of the picture on a card of `width`.
fn picture_height(width: f64) -> f64 {
    (width * ON_CARD).round()
}

/// A chip with its label and its width.
type Measured = (ChipKind, Option<Arc<TextBlock>>, f64);

/// The chips of a card and the height of all their rows.
fn chips(touchpoint: &Touchpoint, width: f64, style: &CardStyle, engine: &mut TextEngine) -> (Vec<Chip>, f64) {
    let kinds = chip_kinds(touchpoint, style);
    if kinds.is_empty() {
        return (Vec::new(), 0.0);
    }
    let sizes = &style.theme.sizes;
    let (pad, room) = (sizes.card_pad - 4.0, width - 2.0 * (sizes.card_pad - 4.0));
    let mut rows: Vec<Vec<Measured>> = vec![Vec::new()];
    let mut used = 0.0;
    for kind in kinds {
        let label = label(&kind, style.words).map(|text| {
            let most = (room - CHIP_ICON - 2.0 * CHIP_PAD - 4.0) as f32;
            let measure = Measure { width: Some(most), max_lines: Some(1), ..Measure::default() };
            let text_style =
                if kind == ChipKind::MomentOfTruth { style.theme.text.label } else { style.theme.text.small };
            let block = engine.block(&text, text_style.into(), measure);
            let tight = Measure { width: Some(block.width.ceil() + 0.5), max_lines: Some(1), ..Measure::default() };
            Arc::new(engine.block(&block.text, text_style.into(), tight))
        });
        let chip_width = match &label {
            Some(block) => CHIP_PAD + CHIP_ICON + 4.0 + f64::from(block.width).ceil() + CHIP_PAD,
            None => sizes.chip,
        };
        if used > 0.0 && used + CHIP_GAP + chip_width > room {
            rows.push(Vec::new());
            used = 0.0;
        }
        used += chip_width + if used > 0.0 { CHIP_GAP } else { 0.0 };
        // There is always a last row.
        if let Some(row) = rows.last_mut() {
            row.push((kind, label, chip_width));
        }
    }
    let height = rows.len() as f64 * (sizes.chip + CHIP_GAP) - CHIP_GAP;
    let mut placed = Vec::new();
    for (i, row) in rows.into_iter().enumerate() {
        let y = -(sizes.card_pad - 2.0) - height + i as f64 * (sizes.chip + CHIP_GAP);
        let mut x = pad;
        for (kind, label, chip_width) in row {
            let left = if style.rtl { width - x - chip_width } else { x };
            placed.push(Chip { kind, rect: Rect::new(left, y, left + chip_width, y + sizes.chip), label });
            x += chip_width + CHIP_GAP;
        }
    }
    (placed, height)
}

fn chip_kinds(touchpoint: &Touchpoint, style: &CardStyle) -> Vec<ChipKind> {
    let mut kinds = Vec::new();
    if touchpoint.moment_of_truth {
        kinds.push(ChipKind::MomentOfTruth);
    }
    if let Some(emotion) = touchpoint.emotion
        && !style.curve
    {
        kinds.push(ChipKind::Emotion(emotion));
    }
    let marks = [
        (Mark::Joy, touchpoint.moment_of_joy),
        (Mark::Key, touchpoint.key_moment),
        (Mark::Entry, touchpoint.entry),
        (Mark::Repeats, touchpoint.repeats),
        (Mark::Remembers, touchpoint.remembers),
    ];
    kinds.extend(marks.into_iter().filter(|(_, is_so)| *is_so).map(|(mark, _)| ChipKind::Mark(mark)));
    let is_told = |mark: &Mark| !style.brief || matches!(mark, Mark::Automated | Mark::Assumption | Mark::Researched);
    let ways = [touchpoint.automation.map(automation), touchpoint.place.map(place), confidence(touchpoint)];
    let ways = ways.map(|mark| mark.filter(is_told));
    kinds.extend(ways.into_iter().flatten().map(ChipKind::Mark));
    kinds.extend(touchpoint.waiting.filter(|_| !style.brief).map(ChipKind::Waiting));
    let channels = if style.channels { &[] } else { touchpoint.channels.as_slice() };
    kinds.extend(channels.iter().map(|channel| ChipKind::Channel(channel.clone())));
    if !touchpoint.owner.is_empty() && !style.brief {
        kinds.push(ChipKind::Owner(touchpoint.owner.clone()));
    }
    let hidden =
        |kind: &AnnotationKind| !style.lanes.contains(kind) && touchpoint.annotations.iter().any(|a| a.kind == *kind);
    kinds.extend(AnnotationKind::ALL.into_iter().filter(hidden).map(ChipKind::Annotation));
    kinds
}

fn automation(automation: Automation) -> Mark {
    match automation {
        Automation::Automated => Mark::Automated,
        Automation::SemiPersonal => Mark::SemiPersonal,
        Automation::Human => Mark::Human,
    }
}

fn place(place: Place) -> Mark {
    match place {
        Place::Online => Mark::Online,
        Place::Physical => Mark::Physical,
    }
}

/// How sure the evidence of a touchpoint makes; nothing where there is none.
fn confidence(touchpoint: &Touchpoint) -> Option<Mark> {
    Some(match touchpoint.evidence.iter().map(|e| e.confidence).max()? {
        Confidence::Assumption => Mark::Assumption,
        Confidence::PartlyBacked => Mark::PartlyBacked,
        Confidence::Researched => Mark::Researched,
    })
}

fn label(kind: &ChipKind, words: Words) -> Option<String> {
    match kind {
        ChipKind::MomentOfTruth => Some(words.moment_of_truth().to_owned()),
        ChipKind::Emotion(emotion) => Some(words.emotion(*emotion)).filter(|text| !text.is_empty()),
        ChipKind::Channel(name) | ChipKind::Owner(name) => Some(name.clone()),
        ChipKind::Waiting(span) => Some(words.number(&span.to_string())),
        ChipKind::Annotation(_) | ChipKind::Mark(_) => None,
    }
}
