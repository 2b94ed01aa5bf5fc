//! The look of the map in the units of a slide.

use crate::theme::{Sizes, Style, TextStyles, Theme};

/// `theme` with all lengths and texts `by` times as large.
pub(super) fn scaled(theme: &Theme, by: f64) -> Theme {
    let mut scaled = theme.clone();
    for style in styles(&mut scaled.text) {
        (style.size, style.line) = (style.size * by as f32, style.line * by as f32);
    }
    for length in lengths(&mut scaled.sizes) {
        *length *= by;
    }
    scaled
}

/// All styles of a theme.
pub(super) fn styles(text: &mut TextStyles) -> [&mut Style; 6] {
    [&mut text.title, &mut text.heading, &mut text.strong, &mut text.body, &mut text.small, &mut text.label]
}

/// All lengths of a theme; `card_lines` is a number of lines.
fn lengths(sizes: &mut Sizes) -> [&mut f64; 27] {
    let (least_names, most_names) = (&mut sizes.lane_names.0, &mut sizes.lane_names.1);
    [
        &mut sizes.margin,
        &mut sizes.stage_gap,
        &mut sizes.header_gap,
        &mut sizes.column_min,
        &mut sizes.column_max,
        &mut sizes.column_pad,
        &mut sizes.stage_header,
        &mut sizes.header_pad,
        &mut sizes.stage_radius,
        least_names,
        most_names,
        &mut sizes.lane_pad,
        &mut sizes.lane_min,
        &mut sizes.card_gap,
        &mut sizes.card_pad,
        &mut sizes.card_min,
        &mut sizes.card_radius,
        &mut sizes.chip,
        &mut sizes.emotion,
        &mut sizes.emotion_pad,
        &mut sizes.curve,
        &mut sizes.face,
        &mut sizes.collapsed,
        &mut sizes.border,
        &mut sizes.line,
        &mut sizes.logo.0,
        &mut sizes.logo.1,
    ]
}
