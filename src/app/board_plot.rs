//! The ground of the board of impact and effort: its axes, its quadrants, and where cards find room.

use egui::epaint::TextShape;
use egui::{Align2, FontId, Pos2, Rect, Ui, Vec2, pos2, vec2};

use super::look;
use super::shapes::color32;
use crate::insight::Quadrant;
use crate::model::{AnnotationKind, Score};

/// How many values an axis has, 0 to 10.
const VALUES: f32 = 11.0;
/// The room for the numbers and names of the axes.
const AXIS: f32 = 44.0;
/// Between a quadrant's edge and its cards.
const EDGE: f32 = 4.0;
/// The least width of a card.
const LEAST: f32 = 90.0;
/// More cards than this are not given room; the board is full long before.
const MOST: usize = 200;
/// Half the gap between quadrants.
const GAP: f32 = 3.0;
/// The corners of a quadrant.
const RADIUS: f32 = 10.0;
/// The place of a quadrant's name in its corner, and the room it takes.
const NAME: (Vec2, Vec2) = (vec2(14.0, 12.0), vec2(100.0, 18.0));

/// Where values are on the screen: effort from the side where the map begins, impact from the bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plot {
    /// The quadrants' ground.
    pub rect: Rect,
    /// Whether effort grows to the left.
    pub rtl: bool,
}

impl Plot {
    /// The plot in `area`, with its axes.
    pub fn new(area: Rect, rtl: bool) -> Self {
        let mut rect = area.with_max_y(area.bottom() - AXIS);
        if rtl {
            rect.max.x -= AXIS;
        } else {
            rect.min.x += AXIS;
        }
        // A window may be too small for any of it.
        Self { rect: Rect::from_min_size(rect.min, rect.size().max(Vec2::splat(VALUES))), rtl }
    }

    /// From the first quadrant's corner to the last one's.
    pub fn ground(&self) -> Rect {
        self.rect.shrink(GAP)
    }

    /// The room of one value of effort and one of impact.
    fn cell_size(&self) -> Vec2 {
        self.rect.size() / VALUES
    }

    /// The middle of an impact and an effort.
    pub fn point(&self, impact: Score, effort: Score) -> Pos2 {
        let cell = self.cell_size();
        let along = (f32::from(effort.get()) + 0.5) * cell.x;
        let x = if self.rtl { self.rect.right() - along } else { self.rect.left() + along };
        pos2(x, self.rect.bottom() - (f32::from(impact.get()) + 0.5) * cell.y)
    }

    /// The impact and effort nearest to `pos`.
    pub fn place(&self, pos: Pos2) -> (Score, Score) {
        let cell = self.cell_size();
        let along = if self.rtl { self.rect.right() - pos.x } else { pos.x - self.rect.left() };
        let score = |part: f32| Score::clamped(part.floor() as i64);
        (score((self.rect.bottom() - pos.y) / cell.y), score(along / cell.x))
    }

    /// The ground of a quadrant: all values that belong to it.
    fn quadrant(&self, quadrant: Quadrant) -> Rect {
        let ((low, high), (little, much)) = quadrant.span();
        let corner = |impact: u8, effort: u8| self.point(Score::clamped(impact.into()), Score::clamped(effort.into()));
        let middles = Rect::from_two_pos(corner(low, little), corner(high, much));
        middles.expand2(self.cell_size() / 2.0 - vec2(GAP, GAP))
    }

    /// Where the name of a quadrant stands: in its upper corner on the side where the map begins.
    fn name_rect(&self, quadrant: Quadrant) -> Rect {
        let ground = self.quadrant(quadrant);
        let (inset, size) = NAME;
        let x = if self.rtl { ground.right() - inset.x - size.x } else { ground.left() + inset.x };
        Rect::from_min_size(pos2(x, ground.top() + inset.y), size)
    }

    /// The quadrants with their names, the axes, and `target`, where a card would land.
    pub fn paint(&self, ui: &Ui, target: Option<(Score, Score)>) {
        let colors = look::colors(ui.ctx());
        let wins = look::picture_theme(ui.ctx()).annotation(AnnotationKind::Opportunity);
        for quadrant in Quadrant::ALL {
            let is_win = quadrant == Quadrant::QuickWins;
            let fill = if is_win { wins.fill } else { colors.canvas };
            ui.painter().rect_filled(self.quadrant(quadrant), RADIUS, color32(fill));
            let name = self.name_rect(quadrant);
            let (anchor, at) = if self.rtl {
                (Align2::RIGHT_CENTER, name.right_center())
            } else {
                (Align2::LEFT_CENTER, name.left_center())
            };
            let ink = if is_win { wins.ink } else { colors.ink_soft };
            ui.painter().text(at, anchor, quadrant.name(), FontId::new(13.5, look::bold()), color32(ink));
        }
        if let Some((impact, effort)) = target {
            let cell = Rect::from_center_size(self.point(impact, effort), self.cell_size()).shrink(1.0);
            ui.painter().rect_filled(cell, 6.0, color32(colors.accent_soft));
        }
        self.paint_axes(ui, target);
    }

    fn paint_axes(&self, ui: &Ui, target: Option<(Score, Score)>) {
        let colors = look::colors(ui.ctx());
        let side = if self.rtl { self.rect.right() } else { self.rect.left() };
        let out = if self.rtl { 1.0 } else { -1.0 };
        for value in 0..=10 {
            let score = Score::clamped(value);
            let at = self.point(score, score);
            let places = [
                (pos2(side + 12.0 * out, at.y), target.map(|(impact, _)| impact)),
                (pos2(at.x, self.rect.bottom() + 12.0), target.map(|(_, effort)| effort)),
            ];
            for (pos, now) in places {
                let is_now = now == Some(score);
                let font = FontId::new(11.5, if is_now { look::bold() } else { egui::FontFamily::Proportional });
                let ink = if is_now { colors.accent } else { colors.ink_soft };
                ui.painter().text(pos, Align2::CENTER_CENTER, value.to_string(), font, color32(ink));
            }
        }
        let (bold, ink) = (FontId::new(13.0, look::bold()), color32(colors.ink));
        let below = pos2(self.rect.center().x, self.rect.bottom() + 33.0);
        ui.painter().text(below, Align2::CENTER_CENTER, "Effort", bold.clone(), ink);
        let galley = ui.painter().layout_no_wrap("Impact".into(), bold, ink);
        let middle = pos2(side + 33.0 * out, self.rect.center().y);
        let corner = Align2::CENTER_CENTER.anchor_size(middle, galley.size()).min;
        let turned = TextShape::new(corner, galley, ink)
            .with_angle_and_anchor(-std::f32::consts::FRAC_PI_2, Align2::CENTER_CENTER);
        ui.painter().add(turned);
    }

    /// The size of cards that are `wanted` so large: narrower where a quadrant is.
    pub fn card_size(&self, wanted: Vec2) -> Vec2 {
        let room = self.quadrant(Quadrant::QuickWins).width() - 2.0 * EDGE;
        vec2(wanted.x.min(room.max(LEAST)), wanted.y)
    }

    /// Room for cards of one size as near as can be to their points, one after the other; `None` for one that
    /// finds none, so that it has to do with its point. Cards stay in the quadrants of their points.
    pub fn arrange(&self, points: &[Pos2], size: Vec2) -> Vec<Option<Rect>> {
        let shifts = shifts(size);
        let names = Quadrant::ALL.map(|quadrant| self.name_rect(quadrant));
        let mut taken: Vec<Rect> = Vec::new();
        let mut room = |point: &Pos2| {
            let (impact, effort) = self.place(*point);
            let ground = self.quadrant(Quadrant::of(impact, effort));
            let mut tries = shifts.iter().map(|shift| keep_in(Rect::from_center_size(*point + *shift, size), ground));
            let free = |rect: &Rect| {
                let apart = |other: &Rect| !other.expand(2.0).intersects(*rect);
                taken.iter().all(apart) && names.iter().all(apart)
            };
            let found = tries.find(free)?;
            taken.push(found);
            Some(found)
        };
        points.iter().enumerate().map(|(at, point)| if at < MOST { room(point) } else { None }).collect()
    }

    /// The rectangle moved into the plot.
    pub fn keep_in(&self, rect: Rect) -> Rect {
        keep_in(rect, self.ground())
    }
}

/// The rectangle moved into `ground`, a little off its edge; where there is no room, off the upper left one.
fn keep_in(rect: Rect, ground: Rect) -> Rect {
    let ground = ground.shrink(EDGE);
    let rect = rect.translate((ground.max - rect.max).min(Vec2::ZERO));
    rect.translate((ground.min - rect.min).max(Vec2::ZERO))
}

/// The shifts from a point that are tried for a card, the least first.
fn shifts(size: Vec2) -> Vec<Vec2> {
    /// How far, in thirds of a card.
    const THIRDS: i32 = 7;
    let steps = -THIRDS..=THIRDS;
    let mut shifts: Vec<Vec2> = steps
        .clone()
        .flat_map(|x| steps.clone().map(move |y| vec2(x as f32, y as f32) / 3.0 * (size + vec2(6.0, 6.0))))
        .collect();
    shifts.sort_by(|a, b| a.length_sq().total_cmp(&b.length_sq()));
    shifts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plot(rtl: bool) -> Plot {
        Plot::new(Rect::from_min_size(Pos2::ZERO, vec2(1100.0 + AXIS, 660.0 + AXIS)), rtl)
    }

    #[test]
    fn every_place_is_found_again_on_the_board_in_either_direction() {
        for plot in [plot(false), plot(true)] {
            for (impact, effort) in (0..=10).flat_map(|i| (0..=10).map(move |e| (Score::clamped(i), Score::clamped(e))))
            {
                let point = plot.point(impact, effort);
                assert_eq!(plot.place(point), (impact, effort));
                assert!(plot.quadrant(Quadrant::of(impact, effort)).contains(point), "{impact:?} {effort:?}");
            }
            assert_eq!(plot.place(pos2(-1e6, 1e6)).0, Score::clamped(0));
        }
        // Much effort is where the map ends.
        let far = |plot: Plot| plot.point(Score::clamped(0), Score::clamped(10)).x;
        assert!(far(plot(false)) > 1000.0 && far(plot(true)) < 100.0);
    }

    #[test]
    fn cards_at_one_point_stand_beside_each_other_until_there_is_no_room() {
        let plot = plot(false);
        let size = vec2(168.0, 62.0);
        let point = plot.point(Score::clamped(2), Score::clamped(7));
        let rects = plot.arrange(&[point; 80], size);
        let found: Vec<Rect> = rects.iter().flatten().copied().collect();
        assert!((6..40).contains(&found.len()), "{}", found.len());
        assert_eq!(rects[0].unwrap().center(), point);
        for (at, rect) in found.iter().enumerate() {
            assert!(plot.quadrant(Quadrant::Later).contains_rect(*rect));
            assert!(found[..at].iter().all(|other| !other.intersects(*rect)));
        }
    }
}
