//! What is put around a finished scene: margin, shape, border.

use std::collections::BTreeSet;
use std::sync::Arc;

use kurbo::{Rect, Shape as _, Size, Vec2};

use super::{DeckError, Request};
use crate::model::Element;
use crate::scene::{Group, Item, Line, Paint, Scene};
use crate::theme::Theme;

/// The room that shadows take around cards, in points.
const SHADOW: f64 = 8.0;
/// Between what was cut out of a map and the edge of its picture, in points.
const AROUND: f64 = 16.0;

/// The scene with the margin, shape and border of `request`; `own` is the margin that it has, and `rtl` says where
/// its lines begin.
pub(super) fn framed(mut scene: Scene, request: &Request, theme: &Theme, own: f64, rtl: bool) -> Scene {
    if let Some(margin) = request.margin {
        let by = margin.max(0.0) - own;
        let size = Size::new((scene.size.width + 2.0 * by).max(1.0), (scene.size.height + 2.0 * by).max(1.0));
        move_by(&mut scene, Vec2::new(by, by), size);
    }
    if let Some(ratio) = request.ratio() {
        shape(&mut scene, ratio, request.crop, rtl);
    }
    if request.border {
        border(&mut scene, theme);
    }
    scene
}

/// Gives the picture a shape: ground is added evenly, or what is too much cut off behind the start.
fn shape(scene: &mut Scene, ratio: f64, crop: bool, rtl: bool) {
    let Size { width, height } = scene.size;
    let is_wide = width / height > ratio;
    let size = if is_wide == crop { Size::new(height * ratio, height) } else { Size::new(width, width / ratio) };
    let by = match (crop, rtl) {
        (true, false) => Vec2::ZERO,
        (true, true) => Vec2::new(size.width - width, 0.0),
        (false, _) => Vec2::new((size.width - width) / 2.0, (size.height - height) / 2.0),
    };
    move_by(scene, by, size);
    if crop {
        let page = Rect::from_origin_size((0.0, 0.0), size);
        scene.groups.retain(|group| group.bounds.inflate(SHADOW, SHADOW).overlaps(page));
    }
}

/// Moves all that is drawn.
fn move_by(scene: &mut Scene, by: Vec2, size: Size) {
    for group in &mut scene.groups {
        group.origin += by;
        group.bounds = group.bounds + by;
    }
    scene.size = size;
}

/// A thin line just inside the edges.
fn border(scene: &mut Scene, theme: &Theme) {
    const WIDTH: f64 = 1.0;
    let page = Rect::from_origin_size((0.0, 0.0), scene.size);
    let path = Arc::new(page.inset(-WIDTH / 2.0).to_path(0.1));
    let line = Line { path, width: WIDTH, paint: Paint::Solid(theme.colors.line), dash: None };
    let origin = kurbo::Point::ORIGIN;
    scene.groups.push(Group { element: None, origin, bounds: page, items: [Item::Line(line)].into() });
}

/// Only what is drawn of `wanted`, closely cut.
pub(super) fn cut_out(mut scene: Scene, wanted: &BTreeSet<Element>) -> Result<(Scene, f64), DeckError> {
    scene.groups.retain(|group| group.element.as_ref().is_some_and(|element| wanted.contains(element)));
    let bounds = scene.groups.iter().map(|group| group.bounds).reduce(|a, b| a.union(b));
    let bounds = bounds.ok_or(DeckError::NothingSelected)?.inflate(AROUND, AROUND).expand();
    move_by(&mut scene, -bounds.origin().to_vec2(), bounds.size());
    Ok((scene, AROUND))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::{Aspect, Size as PictureSize};

    fn scene(width: f64, height: f64) -> Scene {
        let items = [Item::Rect(crate::scene::RoundRect::plain(
            Rect::new(0.0, 0.0, width - 80.0, height - 80.0),
            0.0,
            crate::theme::Color::default(),
        ))];
        let (origin, size) = ((40.0, 40.0).into(), Size::new(width, height));
        let bounds = Rect::new(40.0, 40.0, width - 40.0, height - 40.0);
        Scene {
            size,
            ground: Default::default(),
            groups: vec![Group { element: None, origin, bounds, items: items.into() }],
        }
    }

    #[test]
    fn a_margin_replaces_that_of_the_theme() {
        let request = Request { margin: Some(10.0), ..Request::default() };
        let framed = framed(scene(500.0, 300.0), &request, &Theme::light(), 40.0, false);
        assert_eq!((framed.size.width, framed.size.height), (440.0, 240.0));
        assert_eq!(framed.groups[0].bounds, Rect::new(10.0, 10.0, 430.0, 230.0));
        assert_eq!(framed.groups[0].origin, (10.0, 10.0).into());
    }

    #[test]
    fn a_shape_adds_ground_evenly_or_cuts_behind_the_start() {
        let theme = Theme::light();
        let wide = Request { aspect: Some(Aspect::Wide), ..Request::default() };
        let fit = framed(scene(1600.0, 500.0), &wide, &theme, 40.0, false);
        assert_eq!((fit.size.width, fit.size.height), (1600.0, 900.0));
        assert_eq!(fit.groups[0].origin.y, 240.0);
        let fit = framed(scene(900.0, 900.0), &wide, &theme, 40.0, false);
        assert_eq!((fit.size.width, fit.size.height, fit.groups[0].origin.x), (1600.0, 900.0, 390.0));
        let crop = Request { crop: true, ..wide };
        let cut = framed(scene(3200.0, 900.0), &crop, &theme, 40.0, false);
        assert_eq!((cut.size.width, cut.size.height, cut.groups[0].origin.x), (1600.0, 900.0, 40.0));
        let cut = framed(scene(3200.0, 900.0), &crop, &theme, 40.0, true);
        assert_eq!((cut.size.width, cut.groups[0].bounds.x1), (1600.0, 1560.0), "the right side is the start");
        let both = Request { size: PictureSize::Both(1000, 1000), border: true, ..Request::default() };
        let square = framed(scene(800.0, 300.0), &both, &theme, 40.0, false);
        assert_eq!((square.size.width, square.size.height, square.groups.len()), (800.0, 800.0, 2));
    }
}
