//! From a request to a scene.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use kurbo::{Point, Size};

use super::{DeckError, Request, What, excerpt, frame, scorecard};
use crate::export::{self, About, ExportError, Mark, Role};
use crate::file::{SaveError, write_atomically};
use crate::layout::{Around, Layout, LayoutEngine};
use crate::model::{Element, JourneyMap, PersonaId};
use crate::picture::{Picture, Pictures, read};
use crate::scene::{self, Group, Item, PictureBox, Scene};
use crate::theme::{Theme, ThemeShelf};

/// What pictures are made of.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// The map.
    pub map: &'a Arc<JourneyMap>,
    /// The pictures that it names.
    pub pictures: Pictures,
    /// What is selected in the window.
    pub selection: &'a BTreeSet<Element>,
    /// The logo of the request, if it names one: see [`logo_of`].
    pub logo: Option<Arc<Picture>>,
}

/// A picture that is ready to be written.
#[derive(Clone, Debug)]
pub struct Composed {
    /// What is drawn.
    pub scene: Scene,
    /// The layout behind it, where it is a map that is drawn.
    pub layout: Option<Arc<Layout>>,
    /// The logo that is drawn.
    pub logo: Option<Arc<Picture>>,
    /// What the file tells beside it.
    pub about: About,
}

impl Composed {
    /// What exporters are handed.
    pub fn source(&self) -> export::Source<'_> {
        export::Source { layout: self.layout.as_deref(), scene: &self.scene, logo: self.logo.as_ref() }
    }

    /// Writes the picture as `request` says into the file at `path`, whole or not at all; tells its size in words.
    ///
    /// # Errors
    /// When the picture would be too large, or the file cannot be written.
    pub fn write_to(&self, request: &Request, path: &Path) -> Result<String, WriteError> {
        let mut bytes = Vec::new();
        let size = export::write(self.source(), &self.about, request.options(), &mut bytes)?;
        write_atomically(path, &bytes)?;
        Ok(size)
    }
}

/// Why a picture is not in its file.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// It could not be made.
    #[error(transparent)]
    Picture(#[from] ExportError),
    /// The file could not be written; the message names it.
    #[error(transparent)]
    File(#[from] SaveError),
}

/// Makes the scene that `request` asks for.
///
/// # Errors
/// When there is nothing to draw, or the request names what is not on the map.
pub fn compose(
    source: &Source<'_>,
    request: &Request,
    theme: &Arc<Theme>,
    engine: &mut LayoutEngine,
) -> Result<Composed, DeckError> {
    if source.map.stages.is_empty() {
        return Err(DeckError::Empty);
    }
    let persona = request.persona.as_deref().map(|name| excerpt::persona(source.map, name)).transpose()?;
    let cuts_out = request.what == What::Selection && is_of_things(source.selection);
    // What is cut out of a map stands where it stood.
    let plain = Request { what: What::Map, ..request.clone() };
    let part = excerpt::excerpt(source.map, if cuts_out { &plain } else { request }, source.selection)?;
    let rtl = source.map.is_rtl();
    let logo = source.logo.as_ref().filter(|_| !cuts_out);
    let room = logo.map(|logo| logo_size(logo, theme));
    let (scene, own, layout) = if request.what == What::Scorecard {
        let (scene, own) = scorecard::scorecard(&part, source.map.language(), request, logo.zip(room), theme, engine)?;
        (scene, own, None)
    } else {
        engine.round(request.what == What::Wheel);
        engine.focus(persona.clone());
        engine.show_pictures(source.pictures.clone());
        let language = Some(source.map.language());
        let extremes = part.steps().count() == source.map.steps().count();
        engine.surround(Around { title: request.title, legend: request.legend, extremes, logo: room, language });
        let layout = engine.layout(&part, theme, false);
        let mut scene = scene::build(&layout);
        if let Some((rect, logo)) = layout.logo.zip(logo) {
            scene.groups.push(logo_group(rect, logo));
        }
        if cuts_out {
            let (scene, own) = frame::cut_out(scene, &with_links(source))?;
            (scene, own, None)
        } else {
            (scene, theme.sizes.margin, Some(layout))
        }
    };
    let scene = frame::framed(scene, request, theme, own, rtl);
    Ok(Composed { scene, layout, logo: logo.cloned(), about: about(&part, source.map, (request, persona.as_ref())) })
}

/// Whether only things that stand in cells are selected, which are drawn alone.
fn is_of_things(selection: &BTreeSet<Element>) -> bool {
    use Element::{Annotation, EmotionPoint, Link, Touchpoint};
    let is_thing = |e: &Element| matches!(e, Touchpoint(_) | EmotionPoint(_) | Annotation(_) | Link(_));
    !selection.is_empty() && selection.iter().all(is_thing)
}

/// What is selected, and the links between its touchpoints.
fn with_links(source: &Source<'_>) -> BTreeSet<Element> {
    let mut wanted = source.selection.clone();
    let has = |id: &crate::model::TouchpointId| source.selection.contains(&Element::Touchpoint(id.clone()));
    let links = source.map.links.iter().enumerate().filter(|(_, link)| has(&link.from) && has(&link.to));
    wanted.extend(links.map(|(index, _)| Element::Link(index)));
    wanted
}

/// The theme that `request` names; where it names none, `usual`.
///
/// # Errors
/// When there is none of this name, or its file cannot be read.
pub fn theme_of(request: &Request, usual: &Arc<Theme>) -> Result<Arc<Theme>, DeckError> {
    let Some(name) = &request.theme else { return Ok(Arc::clone(usual)) };
    ThemeShelf::of_account().load(name).map(|loaded| loaded.theme).map_err(DeckError::Theme)
}

/// Reads the logo that `request` names; where it names none, the brand's, if the theme has one.
///
/// # Errors
/// When it is not there, or is no PNG or JPEG.
pub fn logo_of(request: &Request, theme: &Theme) -> Result<Option<Arc<Picture>>, DeckError> {
    /// Longer sides are made smaller: logos are small.
    const SIDE: u32 = 2048;
    let Some(path) = &request.logo else { return Ok(theme.logo.as_ref().map(|logo| Arc::clone(&logo.0))) };
    logo(path, SIDE).map(Some)
}

fn logo(path: &Path, side: u32) -> Result<Arc<Picture>, DeckError> {
    read(path, side, true).map(Arc::new).map_err(|trouble| DeckError::Logo(path.to_owned(), trouble))
}

/// The size of a logo: as high as title and subtitle, and no wider than a few words.
fn logo_size(logo: &Picture, theme: &Theme) -> Size {
    const WIDEST: f64 = 240.0;
    let height = f64::from(theme.text.title.line + theme.text.body.line) + 4.0;
    let (width, own_height) = (f64::from(logo.size().0), f64::from(logo.size().1));
    let scale = (height / own_height).min(WIDEST / width);
    Size::new(width * scale, own_height * scale)
}

pub(super) fn logo_group(rect: kurbo::Rect, logo: &Arc<Picture>) -> Group {
    let picture = PictureBox { rect, radii: [0.0; 4], picture: Arc::clone(logo) };
    Group { element: None, origin: Point::ORIGIN, bounds: rect, items: [Item::Picture(picture)].into() }
}

/// The points that the smallest text has where the picture fills a slide, 13.33 × 7.5 inches.
pub fn on_slide(scene: &Scene) -> Option<f64> {
    const SLIDE: (f64, f64) = (960.0, 540.0);
    let scale = (SLIDE.0 / scene.size.width).min(SLIDE.1 / scene.size.height);
    scene.smallest_text().map(|size| size * scale)
}

/// What the file tells: title, author, language, and the order in which it is read.
fn about(part: &JourneyMap, map: &JourneyMap, (request, persona): (&Request, Option<&PersonaId>)) -> About {
    About {
        title: map.title.clone(),
        description: map.subtitle.clone(),
        author: request.author.clone(),
        language: map.language().code(),
        rtl: map.is_rtl(),
        order: order(part, persona),
    }
}

/// The journey's order: title, then stage by stage and step by step what stands there; emotions as `persona` has them.
fn order(map: &JourneyMap, persona: Option<&PersonaId>) -> Vec<Mark> {
    let mark = |element: Element, role: Role| Mark { element, role, words: String::new() };
    let mut order = vec![mark(Element::Title, Role::Heading(1)), mark(Element::Subtitle, Role::Text)];
    for lane in &map.lanes {
        order.push(mark(Element::Lane(lane.id.clone()), Role::Text));
        order.push(mark(Element::LaneHint(lane.id.clone()), Role::Text));
    }
    let mut here: std::collections::HashMap<&str, Vec<_>> = std::collections::HashMap::new();
    for (_, touchpoint) in map.touchpoints() {
        here.entry(touchpoint.step.as_str()).or_default().push(touchpoint);
    }
    for stage in &map.stages {
        order.push(mark(Element::Phase(stage.id.clone()), Role::Text));
        order.push(mark(Element::Stage(stage.id.clone()), Role::Heading(2)));
        for step in &stage.steps {
            order.push(mark(Element::Step(step.id.clone()), Role::Heading(3)));
            for touchpoint in here.remove(step.id.as_str()).unwrap_or_default() {
                order.push(mark(Element::Touchpoint(touchpoint.id.clone()), Role::Text));
                if let Some(emotion) = touchpoint.emotion_of(persona) {
                    let (element, role) = (Element::EmotionPoint(touchpoint.id.clone()), Role::Figure);
                    order.push(Mark { element, role, words: format!("{}: {emotion}", touchpoint.title) });
                }
                order
                    .extend(notes(crate::model::Host::Touchpoint(touchpoint.id.clone()), touchpoint.annotations.len()));
            }
            order.extend(notes(crate::model::Host::Step(step.id.clone()), step.annotations.len()));
        }
    }
    order
}

fn notes(host: crate::model::Host, count: usize) -> impl Iterator<Item = Mark> {
    (0..count).map(move |index| {
        let at = crate::model::AnnotationRef { host: host.clone(), index };
        Mark { element: Element::Annotation(at), role: Role::Text, words: String::new() }
    })
}
