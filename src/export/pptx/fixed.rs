//! The parts that every deck has: theme, master, layout, the master of the notes, properties.

use super::draw::emu;
use super::fonts::Fonts;
use super::xml::Xml;
use crate::export::About;
use crate::theme::{Color, Theme};
use kurbo::{Rect, Size};

/// A wide slide, 16:9, in points.
pub(super) const SLIDE: Size = Size::new(960.0, 540.0);
/// A page of notes, in points.
pub(super) const PAGE: Size = Size::new(540.0, 720.0);

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SLIDES: &str = "http://schemas.openxmlformats.org/presentationml/2006/main";

/// The master has this number, and the layout the next one; both are at least 2³¹.
const MASTER: u32 = 1 << 31;

/// Begins a document of the presentation.
pub(super) fn document(root: &'static str) -> Xml {
    let mut xml = Xml::new();
    xml.open(root).attr("xmlns:a", DRAWING).attr("xmlns:r", RELATIONS).attr("xmlns:p", SLIDES);
    xml
}

/// Begins the tree of shapes of a slide.
pub(super) fn open_tree(xml: &mut Xml) {
    xml.open("p:spTree").open("p:nvGrpSpPr").empty("p:cNvPr", &[("id", &1), ("name", &"")]);
    xml.empty("p:cNvGrpSpPr", &[]).empty("p:nvPr", &[]).close();
    xml.open("p:grpSpPr").open("a:xfrm");
    for (offset, extent) in [("a:off", "a:ext"), ("a:chOff", "a:chExt")] {
        xml.empty(offset, &[("x", &0), ("y", &0)]).empty(extent, &[("cx", &0), ("cy", &0)]);
    }
    xml.close().close();
}

/// A solid ground.
pub(super) fn ground(xml: &mut Xml, color: Color) {
    xml.open("p:bg").open("p:bgPr").open("a:solidFill");
    rgb(xml, color);
    xml.close().empty("a:effectLst", &[]).close().close();
}

fn rgb(xml: &mut Xml, Color { r, g, b, .. }: Color) {
    xml.empty("a:srgbClr", &[("val", &format_args!("{r:02X}{g:02X}{b:02X}"))]);
}

/// The colours and fonts that people choose from when they go on with the deck.
pub(super) fn theme(theme: &Theme, fonts: &Fonts) -> Xml {
    let colors = &theme.colors;
    let mut xml = Xml::new();
    xml.open("a:theme").attr("xmlns:a", DRAWING).attr("name", "Rihla").open("a:themeElements");
    xml.open("a:clrScheme").attr("name", "Rihla");
    let [a, b, c, d, e, f, ..] = colors.accents;
    let named: [(&'static str, Color); 12] = [
        ("a:dk1", colors.ink),
        ("a:lt1", colors.card),
        ("a:dk2", colors.ink_soft),
        ("a:lt2", colors.ground),
        ("a:accent1", a),
        ("a:accent2", b),
        ("a:accent3", c),
        ("a:accent4", d),
        ("a:accent5", e),
        ("a:accent6", f),
        ("a:hlink", colors.links[2]),
        ("a:folHlink", colors.links[3]),
    ];
    for (name, color) in named {
        xml.open(name);
        rgb(&mut xml, color);
        xml.close();
    }
    xml.close();
    xml.open("a:fontScheme").attr("name", "Rihla");
    for name in ["a:majorFont", "a:minorFont"] {
        xml.open(name);
        for (script, font) in [("a:latin", &fonts.latin), ("a:ea", &fonts.east_asian), ("a:cs", &fonts.complex)] {
            xml.empty(script, &[("typeface", font)]);
        }
        xml.close();
    }
    xml.close();
    format_scheme(&mut xml);
    xml
}

/// Three fills, lines, effects and grounds, as the schema asks for; none of them is used.
fn format_scheme(xml: &mut Xml) {
    xml.open("a:fmtScheme").attr("name", "Rihla");
    let fill = |xml: &mut Xml| {
        xml.open("a:solidFill").empty("a:schemeClr", &[("val", &"phClr")]).close();
    };
    for list in ["a:fillStyleLst", "a:lnStyleLst", "a:effectStyleLst", "a:bgFillStyleLst"] {
        xml.open(list);
        for width in [6350, 12_700, 19_050] {
            match list {
                "a:lnStyleLst" => {
                    xml.open("a:ln").attr("w", width);
                    fill(xml);
                    xml.close();
                }
                "a:effectStyleLst" => {
                    xml.open("a:effectStyle").empty("a:effectLst", &[]).close();
                }
                _ => fill(xml),
            }
        }
        xml.close();
    }
    xml.close();
}

/// The master of all slides.
pub(super) fn master(theme: &Theme, fonts: &Fonts, rtl: bool, transparent: bool) -> Xml {
    let mut xml = document("p:sldMaster");
    xml.open("p:cSld");
    ground(&mut xml, if transparent { theme.colors.card } else { theme.colors.ground });
    open_tree(&mut xml);
    let (title, body) = (Rect::new(28.0, 18.0, 932.0, 58.0), Rect::new(28.0, 70.0, 932.0, 512.0));
    placeholder(&mut xml, (2, "Title"), "title", title);
    placeholder(&mut xml, (3, "Text"), "body", body);
    xml.close().close();
    color_map(&mut xml);
    xml.open("p:sldLayoutIdLst").empty("p:sldLayoutId", &[("id", &(MASTER + 1)), ("r:id", &"rId1")]).close();
    xml.open("p:txStyles");
    for (style, size, bold) in [("p:titleStyle", 20, true), ("p:bodyStyle", 14, false), ("p:otherStyle", 14, false)] {
        xml.open(style);
        level(&mut xml, (size, bold), fonts, rtl);
        xml.close();
    }
    xml
}

/// The first level of a list of text styles, in the fonts of the theme.
fn level(xml: &mut Xml, (size, bold): (u32, bool), fonts: &Fonts, rtl: bool) {
    xml.open("a:lvl1pPr").attr("marL", 0).attr("indent", 0).attr("algn", if rtl { "r" } else { "l" });
    xml.attr("rtl", u8::from(rtl));
    // In 1/1,000 of a percent.
    let spacing = (fonts.spacing * 1000.0).round();
    xml.open("a:lnSpc").empty("a:spcPct", &[("val", &spacing)]).close().empty("a:buNone", &[]);
    xml.open("a:defRPr").attr("sz", size * 100).attr("b", u8::from(bold)).attr("kern", 1200);
    xml.open("a:solidFill").empty("a:schemeClr", &[("val", &"tx1")]).close();
    for (script, font) in [("a:latin", "+mn-lt"), ("a:ea", "+mn-ea"), ("a:cs", "+mn-cs")] {
        xml.empty(script, &[("typeface", &font)]);
    }
    xml.close().close();
}

fn placeholder(xml: &mut Xml, (id, name): (u32, &str), kind: &str, rect: Rect) {
    xml.open("p:sp").open("p:nvSpPr").empty("p:cNvPr", &[("id", &id), ("name", &name)]);
    xml.open("p:cNvSpPr").empty("a:spLocks", &[("noGrp", &1)]).close();
    xml.open("p:nvPr").open("p:ph").attr("type", kind);
    if kind == "body" {
        xml.attr("idx", 1);
    }
    xml.close().close().close();
    xml.open("p:spPr").open("a:xfrm");
    xml.empty("a:off", &[("x", &emu(rect.x0)), ("y", &emu(rect.y0))]);
    xml.empty("a:ext", &[("cx", &emu(rect.width())), ("cy", &emu(rect.height()))]);
    xml.close().open("a:prstGeom").attr("prst", "rect").empty("a:avLst", &[]).close().close();
    if kind != "sldImg" {
        xml.open("p:txBody").open("a:bodyPr").attr("lIns", 0).attr("tIns", 0).attr("rIns", 0).attr("bIns", 0);
        xml.attr("anchor", "t").empty("a:normAutofit", &[]).close().empty("a:lstStyle", &[]);
        xml.open("a:p").open("a:r").empty("a:rPr", &[]).open("a:t").text(name).close().close().close().close();
    }
    xml.close();
}

fn color_map(xml: &mut Xml) {
    let same = ["accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink"];
    xml.open("p:clrMap").attr("bg1", "lt1").attr("tx1", "dk1").attr("bg2", "lt2").attr("tx2", "dk2");
    for name in same {
        xml.attr(name, name);
    }
    xml.close();
}

/// The one layout: a title, and room.
pub(super) fn layout() -> Xml {
    let mut xml = document("p:sldLayout");
    xml.attr("type", "titleOnly").attr("preserve", 1);
    xml.open("p:cSld").attr("name", "Journey map");
    open_tree(&mut xml);
    xml.open("p:sp").open("p:nvSpPr").empty("p:cNvPr", &[("id", &2), ("name", &"Title")]);
    xml.open("p:cNvSpPr").empty("a:spLocks", &[("noGrp", &1)]).close();
    xml.open("p:nvPr").empty("p:ph", &[("type", &"title")]).close().close();
    xml.empty("p:spPr", &[]);
    xml.open("p:txBody").empty("a:bodyPr", &[]).empty("a:lstStyle", &[]);
    xml.open("a:p").open("a:r").empty("a:rPr", &[]).open("a:t").text("Title").close().close().close();
    xml.close().close().close().close();
    master_colors(&mut xml);
    xml
}

/// Says that the colours are those of the master.
pub(super) fn master_colors(xml: &mut Xml) {
    xml.open("p:clrMapOvr").empty("a:masterClrMapping", &[]).close();
}

/// The master of the pages of notes.
pub(super) fn notes_master(rtl: bool) -> Xml {
    let mut xml = document("p:notesMaster");
    xml.open("p:cSld").open("p:bg").open("p:bgRef").attr("idx", 1001).empty("a:schemeClr", &[("val", &"bg1")]);
    xml.close().close();
    open_tree(&mut xml);
    placeholder(&mut xml, (2, "Slide"), "sldImg", NOTES_SLIDE);
    placeholder(&mut xml, (3, "Notes"), "body", Rect::new(54.0, 350.0, 486.0, 666.0));
    xml.close().close();
    color_map(&mut xml);
    xml.open("p:notesStyle");
    level(&mut xml, (12, false), &Fonts::common(), rtl);
    xml
}

/// The place of the slide on a page of notes.
const NOTES_SLIDE: Rect = Rect::new(54.0, 57.0, 486.0, 300.0);

/// The presentation: its slides are the relations behind that of the master and, if there is one, of the notes.
pub(super) fn presentation(slides: usize, has_notes: bool, fonts: &Fonts, rtl: bool) -> Xml {
    let mut xml = document("p:presentation");
    if rtl {
        xml.attr("rtl", 1);
    }
    xml.attr("saveSubsetFonts", 1);
    xml.open("p:sldMasterIdLst").empty("p:sldMasterId", &[("id", &MASTER), ("r:id", &"rId1")]).close();
    if has_notes {
        xml.open("p:notesMasterIdLst").empty("p:notesMasterId", &[("r:id", &"rId2")]).close();
    }
    let before = if has_notes { 2 } else { 1 };
    xml.open("p:sldIdLst");
    for index in 0..slides {
        let (id, relation) = (256 + index, super::package::relation_id(before + index));
        xml.empty("p:sldId", &[("id", &id), ("r:id", &relation)]);
    }
    xml.close();
    xml.empty("p:sldSz", &[("cx", &emu(SLIDE.width)), ("cy", &emu(SLIDE.height))]);
    xml.empty("p:notesSz", &[("cx", &emu(PAGE.width)), ("cy", &emu(PAGE.height))]);
    xml.open("p:defaultTextStyle");
    level(&mut xml, (14, false), fonts, rtl);
    xml
}

/// What the file is about; without dates, so that the same map gives the same bytes.
pub(super) fn core_properties(about: &About) -> Xml {
    let mut xml = Xml::new();
    xml.open("cp:coreProperties");
    xml.attr("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties");
    xml.attr("xmlns:dc", "http://purl.org/dc/elements/1.1/");
    xml.open("dc:title").text(&about.title).close();
    if !about.description.is_empty() {
        xml.open("dc:description").text(&about.description).close();
    }
    xml.open("dc:creator").text("Rihla");
    xml
}

/// By which program it was made.
pub(super) fn app_properties() -> Xml {
    let mut xml = Xml::new();
    xml.open("Properties").attr("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties");
    xml.open("Application").text("Rihla");
    xml
}
