//! How what was found is marked on the map.

use egui::{Pos2, vec2};

use super::{Editor, Ink};
use crate::app::look::WindowColors;
use crate::app::painter::View;
use crate::app::shapes::{Brush, color32};
use crate::model::{Element, TextPart};
use crate::scene::{Group, Item, Text};
use crate::text::TextBlock;

/// A text on the screen: its block, its corner, and points for one of its own.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'b> {
    /// The glyphs.
    pub block: &'b TextBlock,
    /// The block's top left corner.
    pub corner: Pos2,
    /// Screen points for a point of the block.
    pub scale: f32,
}

/// Marks `range` of a text; says whether there was anything to mark.
pub fn mark(
    mesh: &mut egui::Mesh,
    shown: Shown<'_>,
    range: &std::ops::Range<usize>,
    (fill, ink_color): (crate::theme::Color, crate::theme::Color),
    view: &View<'_>,
    ink: &mut Ink,
) -> bool {
    let boxes = shown.block.boxes(range.clone());
    let white = ink.painter.white();
    let mut brush = Brush { mesh, white, feather: 1.0 / view.pixels_per_point };
    for area in &boxes {
        let at = |x: f64, y: f64| shown.corner + vec2(x as f32, y as f32) * shown.scale;
        let rect = egui::Rect::from_min_max(at(area.x0 - 1.0, area.y0 + 0.5), at(area.x1 + 1.0, area.y1 - 0.5));
        let radius = 3.0 * shown.scale;
        brush.rect(rect, (radius, radius), &[], |_| color32(fill));
    }
    // The letters again, on what now covers them.
    ink.painter.block(mesh, &shown.block.part(range), shown.corner, shown.scale, ink_color, view);
    !boxes.is_empty()
}

impl Editor {
    /// Marks the matches in sight: their letters, and the cards on which they stand or hang.
    pub(super) fn paint_found(&self, painter: &egui::Painter, view: &View<'_>, ink: &mut Ink, colors: &WindowColors) {
        let Some(finder) = self.finder().filter(|finder| finder.is_asking()) else { return };
        let Some(scene) = self.scene_in_sight() else { return };
        // The letters stand again exactly where they do in the scene.
        let (camera, at_rest) = self.kept.place(view);
        let view = &View { camera, at_rest, ..*view };
        let mut mesh = ink.painter.mesh();
        for group in &scene.groups {
            let Some(element) = &group.element else { continue };
            if view.without_text == Some(element) {
                continue;
            }
            let (mut count, mut marked) = (0, 0);
            for (found, is_current) in finder.of(element) {
                count += 1;
                let Some(value) = self.document.map().text_at(&found.at) else { continue };
                let Some(text) = text_of(group, found.at.part, value) else { continue };
                let fill = if is_current { colors.mark_now } else { colors.mark };
                let corner = camera.to_screen(text.at + group.origin.to_vec2());
                let shown = Shown { block: &text.block, corner, scale: camera.scale as f32 };
                marked += usize::from(mark(&mut mesh, shown, &found.range, (fill, colors.on_mark), view, ink));
            }
            let is_card = matches!(element, Element::Touchpoint(_) | Element::Annotation(_));
            if marked < count || finder.hides_one(element) || (is_card && count > 0) {
                self.outline_found(&mut mesh, element, view, ink, colors);
            }
        }
        painter.add(mesh);
    }

    fn outline_found(
        &self,
        mesh: &mut egui::Mesh,
        element: &Element,
        view: &View<'_>,
        ink: &Ink,
        colors: &WindowColors,
    ) {
        let Some(rect) = self.screen_rect(element) else { return };
        let (radius, off) = self.outline_of(element);
        let mut brush = Brush { mesh, white: ink.painter.white(), feather: 1.0 / view.pixels_per_point };
        let color = color32(colors.mark_now.faded(0.75));
        brush.border(rect.expand(off + 1.0), (radius + 1.0, radius + 1.0), 2.0, color);
    }
}

/// The drawn text of a part of an element: the first one is its own, those behind it are on chips.
fn text_of<'g>(group: &'g Group, part: TextPart, value: &str) -> Option<&'g Text> {
    let mut texts = group.items.iter().filter_map(|item| match item {
        // Icons have no text.
        Item::Text(text) if !text.block.text.is_empty() => Some(text),
        _ => None,
    });
    match part {
        TextPart::Own => texts.next(),
        TextPart::Channel(_) | TextPart::Owner | TextPart::Words => texts.skip(1).find(|text| {
            let shown = text.block.text.as_str();
            shown == value || shown.strip_suffix('…').is_some_and(|start| value.starts_with(start))
        }),
        // The others stand beside the map.
        _ => None,
    }
}
