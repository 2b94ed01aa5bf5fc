//! Shapes to DrawingML. The order of elements is that of the schemas of ECMA-376, on which PowerPoint insists.

use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape as _};

use super::package::relation_id;
use super::shape::{
    Body, BoxShape, Connector, Fill, Freeform, Geometry, Paragraph, PictureShape, Role, Run, Shape, Side, Slide, Stroke,
};
use super::way::Way;
use super::xml::Xml;
use crate::theme::Color;

/// A length in the unit of the format: 12,700 make a point.
pub(super) fn emu(points: f64) -> i64 {
    // Slides are some hundred points wide; far from the ends of the range.
    (points * 12_700.0).round() as i64
}

/// Writes the shapes of a slide into its tree, and numbers them.
pub(super) struct Drawing<'a> {
    pub xml: &'a mut Xml,
    /// The number of the last shape; 1 is the tree itself.
    last: u32,
    /// The numbers of the shapes of the slide.
    ids: Vec<u32>,
    /// The place of a picture among the relations of the slide.
    picture: &'a mut dyn FnMut(&PictureShape) -> usize,
}

impl<'a> Drawing<'a> {
    pub fn new(xml: &'a mut Xml, picture: &'a mut dyn FnMut(&PictureShape) -> usize) -> Self {
        Self { xml, last: 1, ids: Vec::new(), picture }
    }

    /// Writes all shapes.
    pub fn slide(&mut self, slide: &Slide) {
        self.ids = numbers(&slide.shapes);
        for shape in &slide.shapes {
            self.shape(shape, slide);
        }
    }

    fn shape(&mut self, shape: &Shape, slide: &Slide) {
        self.last += 1;
        match shape {
            Shape::Box(shape) => self.rectangle(shape),
            Shape::Free(shape) => self.freeform(shape),
            Shape::Picture(shape) => self.picture(shape),
            Shape::Connector(shape) => self.connector(shape, slide),
            Shape::Group(name, shapes) => self.group(name, shapes, slide),
        }
    }

    fn named(&mut self, name: &str) {
        self.xml.empty("p:cNvPr", &[("id", &self.last), ("name", &name)]);
    }

    fn rectangle(&mut self, shape: &BoxShape) {
        self.xml.open("p:sp").open("p:nvSpPr");
        self.named(&shape.name);
        self.xml.open("p:cNvSpPr");
        if shape.role == Role::Text {
            self.xml.attr("txBox", 1);
        }
        self.xml.close().open("p:nvPr");
        if shape.role == Role::Title {
            self.xml.empty("p:ph", &[("type", &"title")]);
        }
        self.xml.close().close();
        self.xml.open("p:spPr");
        self.place(shape.rect, &[]);
        self.geometry(shape.geometry, shape.rect);
        self.fill(&shape.fill);
        self.line(shape.line.as_ref(), None);
        if let Some((down, blur, color)) = shape.shadow {
            self.xml.open("a:effectLst").open("a:outerShdw");
            self.xml.attr("blurRad", emu(blur)).attr("dist", emu(down)).attr("dir", 5_400_000);
            self.xml.attr("algn", "t").attr("rotWithShape", 0);
            self.color(color);
            self.xml.close().close();
        }
        self.xml.close();
        if let Some(body) = &shape.text {
            self.body(body);
        }
        self.xml.close();
    }

    fn freeform(&mut self, shape: &Freeform) {
        self.xml.open("p:sp").open("p:nvSpPr");
        self.named(&shape.name);
        self.xml.empty("p:cNvSpPr", &[]).empty("p:nvPr", &[]).close();
        self.xml.open("p:spPr");
        let bounds = shape.path.bounding_box();
        self.place(bounds, &[]);
        custom_geometry(self.xml, &shape.path, bounds, matches!(shape.fill, Fill::None));
        self.fill(&shape.fill);
        self.line(shape.line.as_ref(), None);
        self.xml.close().close();
    }

    fn picture(&mut self, shape: &PictureShape) {
        let relation = relation_id((self.picture)(shape));
        self.xml.open("p:pic").open("p:nvPicPr");
        self.named(&shape.name);
        self.xml.open("p:cNvPicPr").empty("a:picLocks", &[("noChangeAspect", &1)]).close();
        self.xml.empty("p:nvPr", &[]).close();
        self.xml.open("p:blipFill").empty("a:blip", &[("r:embed", &relation)]);
        // What does not fit is cut off evenly.
        let all = shape.picture.cover(shape.rect);
        let share = |part: f64, whole: f64| (part / whole * 100_000.0).round() as i64;
        let across = share((all.width() - shape.rect.width()) / 2.0, all.width());
        let down = share((all.height() - shape.rect.height()) / 2.0, all.height());
        self.xml.empty("a:srcRect", &[("l", &across), ("t", &down), ("r", &across), ("b", &down)]);
        self.xml.open("a:stretch").empty("a:fillRect", &[]).close().close();
        self.xml.open("p:spPr");
        self.place(shape.rect, &[]);
        self.geometry(Geometry::Round(shape.radius), shape.rect);
        self.xml.close().close();
    }

    fn connector(&mut self, shape: &Connector, slide: &Slide) {
        let way = Way::new(&shape.corners);
        self.xml.open("p:cxnSp").open("p:nvCxnSpPr");
        self.named(&shape.name);
        self.xml.open("p:cNvCxnSpPr");
        if let (Some((from, to)), [first, .., last]) = (shape.ends, &shape.corners[..]) {
            for (end, at, point) in [("a:stCxn", from, *first), ("a:endCxn", to, *last)] {
                let rect = slide.shapes.get(at).and_then(Shape::rect);
                if let (Some(id), Some(rect)) = (self.ids.get(at).copied(), rect) {
                    self.xml.empty(end, &[("id", &id), ("idx", &site(rect, point))]);
                }
            }
        }
        self.xml.close().empty("p:nvPr", &[]).close();
        self.xml.open("p:spPr");
        self.place(way.rect, &way.turns);
        self.xml.open("a:prstGeom").attr("prst", way.preset).open("a:avLst");
        for (index, share) in way.bends.iter().enumerate() {
            let (name, formula) = (format!("adj{}", index + 1), format!("val {share}"));
            self.xml.empty("a:gd", &[("name", &name), ("fmla", &formula)]);
        }
        self.xml.close().close();
        self.line(Some(&shape.line), Some(shape));
        self.xml.close().close();
    }

    fn group(&mut self, name: &str, shapes: &[Shape], slide: &Slide) {
        let all = shapes.iter().filter_map(bounds).reduce(|a, b| a.union(b)).unwrap_or_default();
        self.xml.open("p:grpSp").open("p:nvGrpSpPr");
        self.named(name);
        self.xml.empty("p:cNvGrpSpPr", &[]).empty("p:nvPr", &[]).close();
        self.xml.open("p:grpSpPr").open("a:xfrm");
        for (offset, extent) in [("a:off", "a:ext"), ("a:chOff", "a:chExt")] {
            self.corner_and_size(all, offset, extent);
        }
        self.xml.close().close();
        for shape in shapes {
            self.shape(shape, slide);
        }
        self.xml.close();
    }

    fn place(&mut self, rect: Rect, turns: &[(&'static str, i64)]) {
        self.xml.open("a:xfrm");
        for (name, value) in turns {
            self.xml.attr(name, value);
        }
        self.corner_and_size(rect, "a:off", "a:ext");
        self.xml.close();
    }

    fn corner_and_size(&mut self, rect: Rect, offset: &'static str, extent: &'static str) {
        let (x, y) = (emu(rect.x0), emu(rect.y0));
        let (width, height) = ((emu(rect.x1) - x).max(0), (emu(rect.y1) - y).max(0));
        self.xml.empty(offset, &[("x", &x), ("y", &y)]).empty(extent, &[("cx", &width), ("cy", &height)]);
    }

    fn geometry(&mut self, geometry: Geometry, rect: Rect) {
        // The share of the shorter side, up to a half of it.
        let corner = |radius: f64| {
            let side = rect.width().min(rect.height()).max(0.01);
            (radius / side * 100_000.0).round().clamp(0.0, 50_000.0)
        };
        let (preset, values): (_, Vec<(&str, f64)>) = match geometry {
            Geometry::Rect => ("rect", Vec::new()),
            Geometry::Ellipse => ("ellipse", Vec::new()),
            Geometry::Round(radius) => ("roundRect", vec![("adj", corner(radius))]),
            Geometry::RoundTop(radius) => ("round2SameRect", vec![("adj1", corner(radius)), ("adj2", 0.0)]),
            Geometry::RoundBottom(radius) => ("round2SameRect", vec![("adj1", 0.0), ("adj2", corner(radius))]),
            // The range of the mouth in the format.
            Geometry::Face(bend) => ("smileyFace", vec![("adj", (bend * 4653.0).round())]),
        };
        self.xml.open("a:prstGeom").attr("prst", preset).open("a:avLst");
        for (name, value) in values {
            self.xml.empty("a:gd", &[("name", &name), ("fmla", &format!("val {value}"))]);
        }
        self.xml.close().close();
    }

    fn fill(&mut self, fill: &Fill) {
        match fill {
            Fill::None => drop(self.xml.empty("a:noFill", &[])),
            Fill::Solid(color) => self.solid(*color),
            Fill::Vertical(stops) => {
                self.xml.open("a:gradFill").attr("rotWithShape", 1).open("a:gsLst");
                for (share, color) in stops {
                    self.xml.open("a:gs").attr("pos", (share * 100_000.0).round() as i64);
                    self.color(*color);
                    self.xml.close();
                }
                self.xml.close().empty("a:lin", &[("ang", &5_400_000), ("scaled", &0)]).close();
            }
        }
    }

    fn solid(&mut self, color: Color) {
        self.xml.open("a:solidFill");
        self.color(color);
        self.xml.close();
    }

    fn color(&mut self, color: Color) {
        srgb(self.xml, color);
    }

    /// A line, with the ends of a connector if it is one.
    fn line(&mut self, line: Option<&Stroke>, ends: Option<&Connector>) {
        self.xml.open("a:ln");
        let Some(line) = line else {
            self.xml.empty("a:noFill", &[]).close();
            return;
        };
        self.xml.attr("w", emu(line.width));
        if line.dash.is_none() {
            self.xml.attr("cap", "rnd");
        }
        self.fill(&line.paint);
        if let Some((dash, gap)) = line.dash {
            // The kinds that the format names, by what they look like.
            let kind = match (dash > 2.0 * line.width, dash > 2.0 * gap) {
                (false, _) => "sysDot",
                (true, false) => "dash",
                (true, true) => "lgDash",
            };
            self.xml.empty("a:prstDash", &[("val", &kind)]);
        }
        self.xml.empty("a:round", &[]);
        if let Some(ends) = ends {
            let size = if ends.small { "sm" } else { "med" };
            for (name, kind, is_there) in [("a:headEnd", "oval", ends.dot), ("a:tailEnd", "triangle", ends.arrow)] {
                if is_there {
                    self.xml.empty(name, &[("type", &kind), ("w", &size), ("len", &size)]);
                }
            }
        }
        self.xml.close();
    }

    fn body(&mut self, body: &Body) {
        self.xml.open("p:txBody").open("a:bodyPr");
        let [left, top, right, bottom] = body.insets.map(emu);
        self.xml.attr("wrap", if body.wraps { "square" } else { "none" });
        self.xml.attr("lIns", left).attr("tIns", top).attr("rIns", right).attr("bIns", bottom);
        self.xml.attr("rtlCol", u8::from(body.paragraphs.iter().any(|p| p.rtl)));
        self.xml.attr("anchor", if body.in_middle { "ctr" } else { "t" });
        self.xml.empty(if body.shrinks { "a:normAutofit" } else { "a:noAutofit" }, &[]).close();
        self.xml.empty("a:lstStyle", &[]);
        for paragraph in &body.paragraphs {
            write_paragraph(self.xml, paragraph);
        }
        self.xml.close();
    }
}

/// What a shape covers.
fn bounds(shape: &Shape) -> Option<Rect> {
    match shape {
        Shape::Box(shape) => Some(shape.rect),
        Shape::Free(shape) => Some(shape.path.bounding_box()),
        Shape::Picture(shape) => Some(shape.rect),
        Shape::Connector(shape) => {
            let points = shape.corners.iter().map(|p| Rect::from_points(*p, *p));
            points.reduce(|a, b| a.union(b))
        }
        Shape::Group(_, shapes) => shapes.iter().filter_map(bounds).reduce(|a, b| a.union(b)),
    }
}

/// The numbers that the shapes get when they are written.
fn numbers(shapes: &[Shape]) -> Vec<u32> {
    let mut next = 2;
    let number = |shape: &Shape| {
        let own = next;
        next += size(shape);
        own
    };
    shapes.iter().map(number).collect()
}

/// How many numbers a shape takes.
fn size(shape: &Shape) -> u32 {
    match shape {
        Shape::Group(_, shapes) => 1 + shapes.iter().map(size).sum::<u32>(),
        _ => 1,
    }
}

/// The site of a rectangle that is nearest to `point`: top, left, bottom, right.
fn site(rect: Rect, point: Point) -> usize {
    let center = rect.center();
    let sites = [
        Point::new(center.x, rect.y0),
        Point::new(rect.x0, center.y),
        Point::new(center.x, rect.y1),
        Point::new(rect.x1, center.y),
    ];
    let edges =
        [(point.y - rect.y0).abs(), (point.x - rect.x0).abs(), (point.y - rect.y1).abs(), (point.x - rect.x1).abs()];
    // The edge on which it stands, and of two the one whose middle is nearer.
    let far = |i: &usize| (edges[*i], sites[*i].distance(point));
    let less = |a: &usize, b: &usize| {
        let (a, b) = (far(a), far(b));
        if (a.0 - b.0).abs() > 0.5 { a.0.total_cmp(&b.0) } else { a.1.total_cmp(&b.1) }
    };
    (0..4).min_by(less).unwrap_or(0)
}

fn custom_geometry(xml: &mut Xml, path: &BezPath, bounds: Rect, is_open: bool) {
    xml.open("a:custGeom");
    for part in ["a:avLst", "a:gdLst", "a:ahLst", "a:cxnLst"] {
        xml.empty(part, &[]);
    }
    xml.empty("a:rect", &[("l", &"0"), ("t", &"0"), ("r", &"r"), ("b", &"b")]);
    xml.open("a:pathLst").open("a:path");
    xml.attr("w", emu(bounds.x1) - emu(bounds.x0)).attr("h", emu(bounds.y1) - emu(bounds.y0));
    if is_open {
        xml.attr("fill", "none");
    }
    let path = Affine::translate(-bounds.origin().to_vec2()) * path;
    for element in path.elements() {
        let (name, points): (_, &[Point]) = match element {
            PathEl::MoveTo(to) => ("a:moveTo", &[*to]),
            PathEl::LineTo(to) => ("a:lnTo", &[*to]),
            PathEl::QuadTo(by, to) => ("a:quadBezTo", &[*by, *to]),
            PathEl::CurveTo(by, and, to) => ("a:cubicBezTo", &[*by, *and, *to]),
            PathEl::ClosePath => ("a:close", &[]),
        };
        xml.open(name);
        for point in points {
            xml.empty("a:pt", &[("x", &emu(point.x)), ("y", &emu(point.y))]);
        }
        xml.close();
    }
    xml.close().close().close();
}

/// Writes a paragraph of a shape or of the notes.
pub(super) fn write_paragraph(xml: &mut Xml, paragraph: &Paragraph) {
    xml.open("a:p").open("a:pPr");
    if paragraph.indent > 0.0 {
        // The first line begins with the sign.
        let first = if paragraph.mark.is_some() { -emu(paragraph.indent) } else { 0 };
        xml.attr("marL", emu(paragraph.indent)).attr("indent", first);
    }
    let side = match paragraph.side {
        Side::Left => "l",
        Side::Middle => "ctr",
        Side::Right => "r",
    };
    xml.attr("algn", side).attr("rtl", u8::from(paragraph.rtl));
    if paragraph.above > 0.0 {
        let hundredths = (paragraph.above * 100.0).round() as i64;
        xml.open("a:spcBef").empty("a:spcPts", &[("val", &hundredths)]).close();
    }
    match paragraph.mark {
        Some((mark, color)) => {
            xml.open("a:buClr");
            srgb(xml, color);
            xml.close().empty("a:buFont", &[("typeface", &"Arial")]).empty("a:buChar", &[("char", &mark)]);
        }
        None => drop(xml.empty("a:buNone", &[])),
    }
    xml.close();
    for run in paragraph.runs.iter().filter(|run| !run.text.is_empty()) {
        write_run(xml, run);
    }
    if let Some(run) = paragraph.runs.last() {
        xml.open("a:endParaRPr");
        run_attributes(xml, run);
        xml.close();
    }
    xml.close();
}

fn write_run(xml: &mut Xml, run: &Run) {
    xml.open("a:r").open("a:rPr");
    run_attributes(xml, run);
    xml.open("a:solidFill");
    srgb(xml, run.color);
    xml.close().close();
    xml.open("a:t").text(&run.text).close().close();
}

fn run_attributes(xml: &mut Xml, run: &Run) {
    if let Some(language) = run.language {
        xml.attr("lang", language);
    }
    xml.attr("sz", size_of(run.size)).attr("b", u8::from(run.bold)).attr("dirty", 0);
}

/// A size in hundredths of a point.
fn size_of(size: f32) -> i64 {
    // Small and positive; the format takes 1 to 4,000 points.
    ((size * 100.0).round() as i64).clamp(100, 400_000)
}

fn srgb(xml: &mut Xml, Color { r, g, b, a }: Color) {
    xml.open("a:srgbClr").attr("val", format_args!("{r:02X}{g:02X}{b:02X}"));
    if a < 255 {
        let share = (f64::from(a) / 255.0 * 100_000.0).round() as i64;
        xml.empty("a:alpha", &[("val", &share)]);
    }
    xml.close();
}
