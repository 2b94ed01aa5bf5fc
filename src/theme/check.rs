//! What cannot be read or told apart in a theme.

use super::tokens::ANNOTATIONS;
use super::{Color, Theme, Tint, Vision};

/// The least contrast of text, and of marks that mean something (WCAG 2.2, success criteria 1.4.3 and 1.4.11).
const TEXT: f64 = 4.5;
const MARK: f64 = 3.0;
/// The least difference, in Oklab, of neighbours on the scale of emotions, and of the kinds of annotations.
const EMOTIONS: f64 = 0.08;
const KINDS: f64 = 0.07;

/// Something that some people will not see.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The tokens that it is about, from `colors` on: the one to change first.
    pub tokens: Vec<Vec<Token>>,
    /// What it is.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// A step on the way to a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// The name of a field.
    Field(&'static str),
    /// A place in a list.
    Item(usize),
}

use Token::{Field, Item};

/// A colour with its place.
#[derive(Clone, Debug)]
struct Named {
    path: Vec<Token>,
    color: Color,
}

impl Named {
    /// The name as a person would look for it in the file.
    fn name(&self) -> String {
        let step = |token: &Token| match token {
            Field(name) => (*name).to_owned(),
            Item(index) => (index + 1).to_string(),
        };
        self.path.iter().map(step).collect::<Vec<_>>().join(" ")
    }
}

/// All that is too weak or too much alike, each pair of colours once.
pub fn findings(theme: &Theme) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut seen: Vec<(Color, Color)> = Vec::new();
    for (needed, ink, ground) in pairs(theme) {
        let ratio = ink.color.contrast(ground.color);
        if ratio < needed && !seen.contains(&(ink.color, ground.color)) {
            seen.push((ink.color, ground.color));
            found.push(weak(needed, ratio, &ink, &ground));
        }
    }
    found.extend(alike(theme));
    found
}

/// A contrast that is too low, and the nearest colour that is enough.
fn weak(needed: f64, ratio: f64, ink: &Named, ground: &Named) -> Finding {
    let what = if needed >= TEXT { "text" } else { "a mark" };
    let (name, below) = (ink.name(), ground.name());
    // Cut, not rounded: 4.49 is not 4.5.
    let ratio = (ratio * 100.0).floor() / 100.0;
    let message = format!("`{name}` on `{below}` has a contrast of {ratio:.2} to 1; {what} needs {needed} to 1");
    let towards = |end: Color| {
        let steps = (1..=64).map(|step| ink.color.mix(end, step as f32 / 64.0));
        steps.enumerate().find(|(_, color)| color.contrast(ground.color) >= needed)
    };
    let black = Color { r: 0, g: 0, b: 0, a: 255 };
    let white = Color { r: 255, g: 255, b: 255, a: 255 };
    let nearest = [(towards(black), "darker"), (towards(white), "lighter")];
    let nearest = nearest.into_iter().filter_map(|(found, way)| found.map(|(step, color)| (step, color, way)));
    let help = match nearest.min_by_key(|(step, ..)| *step) {
        Some((_, color, way)) => {
            format!("write \"{}\" or {way} for `{name}`, or change `{below}`", String::from(color))
        }
        None => format!("change `{below}`"),
    };
    Finding { tokens: vec![ink.path.clone(), ground.path.clone()], message, help }
}

/// What stands on what: the least contrast, the ink and its ground.
fn pairs(theme: &Theme) -> Vec<(f64, Named, Named)> {
    let c = &theme.colors;
    let of = |name: &'static str, color: Color| Named { path: vec![Field(name)], color };
    let list = |name: &'static str, colors: &[Color]| -> Vec<Named> {
        let named = |(i, color): (usize, &Color)| Named { path: vec![Field(name), Item(i)], color: *color };
        colors.iter().enumerate().map(named).collect()
    };
    let ground = of("ground", c.ground);
    let body = of("stage_body", c.stage_body.over(c.ground));
    let card = of("card", c.card);
    let mut pairs = Vec::new();
    for ink in [of("ink", c.ink), of("ink_soft", c.ink_soft)] {
        pairs.extend([&ground, &body, &card].map(|below| (TEXT, ink.clone(), below.clone())));
    }
    pairs.push((TEXT, of("on_pill", c.on_pill), of("pill", c.pill)));
    pairs.push((TEXT, of("on_chip", c.on_chip), of("chip", c.chip)));
    for accent in list("accents", &c.accents) {
        pairs.push((MARK, accent.clone(), body.clone()));
        pairs.push((TEXT, of("on_accent", c.on_accent), accent));
    }
    for link in list("links", &c.links) {
        pairs.push((TEXT, link.clone(), card.clone()));
        pairs.push((MARK, link, body.clone()));
    }
    for emotion in list("emotion", &c.emotion) {
        pairs.push((MARK, emotion.clone(), body.clone()));
        pairs.push((MARK, of("on_emotion", c.on_emotion), emotion));
    }
    for (path, tint) in tints(theme) {
        let part = |name, color| Named { path: path.iter().copied().chain([Field(name)]).collect(), color };
        let fill = part("fill", tint.fill);
        pairs.push((TEXT, part("ink", tint.ink), fill.clone()));
        pairs.push((TEXT, of("ink", c.ink), fill));
    }
    pairs
}

/// The pale surfaces with their paths.
fn tints(theme: &Theme) -> Vec<(Vec<Token>, Tint)> {
    let annotations = theme.colors.annotations.iter().zip(ANNOTATIONS);
    let annotations = annotations.map(|(tint, name)| (vec![Field("annotations"), Field(name)], *tint));
    annotations.chain([(vec![Field("moment")], theme.colors.moment)]).collect()
}

/// Emotions beside each other and kinds of annotations that some eye cannot tell apart.
fn alike(theme: &Theme) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut add = |least: f64, [a, b]: [Named; 2]| {
        let seen = Vision::ALL.map(|vision| (a.color.difference(b.color, vision), vision));
        let Some((difference, vision)) = seen.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)) else { return };
        if difference >= least {
            return;
        }
        let whom = match vision {
            Vision::Full => "everybody",
            Vision::Protanopia => "people who do not see red (protanopia)",
            Vision::Deuteranopia => "people who do not see green (deuteranopia)",
        };
        let (first, second) = (a.name(), b.name());
        let message = format!(
            "`{first}` and `{second}` look alike to {whom}: they differ by {difference:.3}, and need {least} to be told apart"
        );
        let help = "make one of the two lighter and the other darker".into();
        found.push(Finding { tokens: vec![a.path, b.path], message, help });
    };
    for (i, pair) in theme.colors.emotion.windows(2).enumerate() {
        let named = |at: usize| Named { path: vec![Field("emotion"), Item(i + at)], color: pair[at] };
        add(EMOTIONS, [named(0), named(1)]);
    }
    let annotations = &theme.colors.annotations;
    for (i, a) in annotations.iter().enumerate() {
        for (j, b) in annotations.iter().enumerate().skip(i + 1) {
            // Fill and border tell them apart too.
            let same_border = (a.width - b.width).abs() < 0.5 && (a.dash.0 > 0.0) == (b.dash.0 > 0.0);
            if same_border && a.fill.difference(b.fill, Vision::Full) < KINDS {
                let named = |at: usize, tint: &Tint| {
                    let path = vec![Field("annotations"), Field(ANNOTATIONS[at]), Field("ink")];
                    Named { path, color: tint.ink }
                };
                add(KINDS, [named(i, a), named(j, b)]);
            }
        }
    }
    found
}
