//! The look of the window: tokens, fonts and egui's style made from them.

use std::sync::{Arc, OnceLock};

use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Stroke, TextStyle, Theme,
    ThemePreference, vec2,
};
use serde::Deserialize;

use super::shapes::color32;
use crate::text::{Face, TextStyle as BlockStyle};
use crate::theme::Color;

/// The colours of the window.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowColors {
    /// The bars at top and bottom.
    pub bar: Color,
    /// The inspector and dialogs.
    pub panel: Color,
    /// Around the map.
    pub canvas: Color,
    /// Text fields.
    pub field: Color,
    /// Lines between parts.
    pub line: Color,
    /// Text.
    pub ink: Color,
    /// Text that steps back.
    pub ink_soft: Color,
    /// Below the pointer.
    pub hover: Color,
    /// While pressed, or chosen.
    pub pressed: Color,
    /// Selection and the main button.
    pub accent: Color,
    /// Behind what is selected.
    pub accent_soft: Color,
    /// On the accent.
    pub on_accent: Color,
    /// The outline of where something was.
    pub ghost: Color,
    /// What cannot be undone.
    pub danger: Color,
    /// Short messages.
    pub toast: Color,
    /// Text on them.
    pub on_toast: Color,
    /// Behind words that were found.
    pub mark: Color,
    /// Behind the one of them that one has walked to.
    pub mark_now: Color,
    /// Those words.
    pub on_mark: Color,
    /// The mark of what was added between two maps.
    pub added: Color,
    /// The mark of what was removed.
    pub removed: Color,
    /// The mark of what moved.
    pub moved: Color,
    /// The mark of what changed.
    pub changed: Color,
    /// The sign on those marks.
    pub on_change: Color,
}

#[derive(Deserialize)]
struct Both {
    light: WindowColors,
    dark: WindowColors,
}

/// The colours of the window in the theme that `ctx` has now.
pub fn colors(ctx: &Context) -> &'static WindowColors {
    colors_of(ctx.theme())
}

fn colors_of(theme: Theme) -> &'static WindowColors {
    static BOTH: OnceLock<Both> = OnceLock::new();
    // Bundled with the program; every window test reads it.
    let both = BOTH.get_or_init(|| {
        ron::from_str(include_str!("../../assets/theme/window.ron")).unwrap_or_else(|err| panic!("window theme: {err}"))
    });
    match theme {
        Theme::Light => &both.light,
        Theme::Dark => &both.dark,
    }
}

/// The theme of pictures whose marks can be read on the window's panels.
pub fn picture_theme(ctx: &Context) -> Arc<crate::theme::Theme> {
    match ctx.theme() {
        Theme::Light => crate::theme::Theme::light(),
        Theme::Dark => crate::theme::Theme::dark(),
    }
}

/// The colours of marks that the window lays over a map of this theme.
pub fn colors_over(theme: &crate::theme::Theme) -> &'static WindowColors {
    colors_of(if theme.is_dark() { Theme::Dark } else { Theme::Light })
}

/// The text of fields and lists in panels.
pub const BODY: BlockStyle = BlockStyle::new(13.5, 18.0);
/// A heading with words of the user, as large as egui's headings.
pub const HEADING: BlockStyle = BlockStyle::new(17.0, 23.0).bold();
/// Side of an icon in a button.
pub const ICON: f32 = 18.0;

/// The font family of icons drawn as lines. Icons stand where other fonts have letters of their own, so
/// they are never mixed with text in one family.
pub fn icons() -> FontFamily {
    FontFamily::Name("icons".into())
}

/// The font family of filled icons.
pub fn filled_icons() -> FontFamily {
    FontFamily::Name("icons-fill".into())
}

/// The bold text of the interface.
pub fn bold() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// Gives `ctx` the bundled fonts and the style of the window.
pub fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::empty();
    let files = [
        ("interface", Face::Interface),
        ("bold", Face::InterfaceBold),
        ("icons", Face::IconLine),
        ("icons-fill", Face::IconFill),
    ];
    for (name, face) in files {
        fonts.font_data.insert(name.into(), Arc::new(FontData::from_static(face.bytes())));
    }
    for (family, font) in [
        (FontFamily::Proportional, "interface"),
        (FontFamily::Monospace, "interface"),
        (bold(), "bold"),
        (icons(), "icons"),
        (filled_icons(), "icons-fill"),
    ] {
        fonts.families.insert(family, vec![font.to_owned()]);
    }
    ctx.set_fonts(fonts);
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
    ctx.set_theme(ThemePreference::Light);
    for theme in [Theme::Light, Theme::Dark] {
        ctx.style_mut_of(theme, |style| {
            style.text_styles = [
                (TextStyle::Heading, FontId::new(17.0, bold())),
                (TextStyle::Body, FontId::new(13.5, FontFamily::Proportional)),
                (TextStyle::Button, FontId::new(13.5, FontFamily::Proportional)),
                (TextStyle::Small, FontId::new(12.0, FontFamily::Proportional)),
                (TextStyle::Monospace, FontId::new(13.0, FontFamily::Monospace)),
            ]
            .into();
            style.spacing.item_spacing = vec2(8.0, 8.0);
            style.spacing.button_padding = vec2(10.0, 6.0);
            style.spacing.interact_size.y = 30.0;
            // Its own room: else a scroll bar lies over the fields at the edge.
            style.spacing.scroll.floating_allocated_width = 8.0;
            style.spacing.menu_margin = Margin::same(6);
            style.animation_time = 0.1;
            visuals(&mut style.visuals, colors_of(theme));
        });
    }
}

fn visuals(visuals: &mut egui::Visuals, colors: &WindowColors) {
    let corner = CornerRadius::same(7);
    visuals.panel_fill = color32(colors.panel);
    visuals.window_fill = color32(colors.panel);
    visuals.window_stroke = Stroke::new(1.0, color32(colors.line));
    visuals.window_corner_radius = CornerRadius::same(12);
    visuals.menu_corner_radius = CornerRadius::same(10);
    visuals.override_text_color = None;
    visuals.selection.bg_fill = color32(colors.accent_soft);
    visuals.selection.stroke = Stroke::new(1.5, color32(colors.accent));
    visuals.hyperlink_color = color32(colors.accent);
    visuals.error_fg_color = color32(colors.danger);
    visuals.extreme_bg_color = color32(colors.field);
    visuals.faint_bg_color = color32(colors.hover);
    visuals.weak_text_color = Some(color32(colors.ink_soft));
    visuals.slider_trailing_fill = true;
    let widgets = &mut visuals.widgets;
    for (widget, fill) in [
        (&mut widgets.noninteractive, colors.panel),
        (&mut widgets.inactive, colors.field),
        (&mut widgets.hovered, colors.hover),
        (&mut widgets.active, colors.pressed),
        (&mut widgets.open, colors.pressed),
    ] {
        widget.bg_fill = color32(fill);
        widget.weak_bg_fill = color32(fill);
        widget.fg_stroke = Stroke::new(1.5, color32(colors.ink));
        widget.bg_stroke = Stroke::NONE;
        widget.corner_radius = corner;
        widget.expansion = 0.0;
    }
    widgets.noninteractive.bg_stroke = Stroke::new(1.0, color32(colors.line));
    // Dark enough that an empty check box is seen.
    widgets.inactive.bg_stroke = Stroke::new(1.0, color32(colors.line.mix(colors.ink_soft, 0.5)));
    widgets.hovered.bg_stroke = Stroke::new(1.0, color32(colors.line));
    // What has the keyboard is drawn as active.
    widgets.active.bg_stroke = Stroke::new(2.0, color32(colors.accent));
    visuals.popup_shadow = egui::Shadow { offset: [0, 6], blur: 24, spread: 0, color: Color32::from_black_alpha(40) };
    visuals.window_shadow = egui::Shadow { offset: [0, 12], blur: 40, spread: 0, color: Color32::from_black_alpha(60) };
}
