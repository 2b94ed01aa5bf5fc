//! The package: a ZIP archive of parts, with what they are and how they refer to each other.
//!
//! After ECMA-376 part 2. Parts come in the order in which they were added, without dates, so that the same deck gives
//! the same bytes.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::super::ExportError;
use super::xml::Xml;

/// What the types of relationships between office documents start with.
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
/// What the types of XML parts start with.
const DOCUMENT: &str = "application/vnd.openxmlformats-officedocument.";

/// How a part refers to another one.
pub(super) struct Relation {
    /// The last word of its type: `slide`, `image` …
    pub kind: &'static str,
    /// The path of the other part, from the root of the package, without a slash at its start.
    pub target: String,
}

impl Relation {
    pub fn new(kind: &'static str, target: impl Into<String>) -> Self {
        Self { kind, target: target.into() }
    }

    fn full_kind(&self) -> String {
        match self.kind {
            "core-properties" => {
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties".into()
            }
            kind => format!("{RELATIONSHIPS}{kind}"),
        }
    }
}

/// The name under which the `index`-th relation of a part is known in it.
pub(super) fn relation_id(index: usize) -> String {
    format!("rId{}", index + 1)
}

/// A package as it grows.
pub(super) struct Package {
    parts: Vec<(String, Vec<u8>)>,
    /// The types of parts that are not known by their ending.
    types: Vec<(String, String)>,
}

impl Package {
    pub fn new() -> Self {
        Self { parts: Vec::new(), types: Vec::new() }
    }

    /// Adds an XML part with what it refers to. `kind` is the end of its type, such as `presentationml.slide+xml`.
    pub fn add(&mut self, path: &str, kind: &str, xml: Xml, relations: &[Relation]) {
        let kind = match kind {
            "core-properties" => "application/vnd.openxmlformats-package.core-properties+xml".into(),
            kind => format!("{DOCUMENT}{kind}"),
        };
        self.types.push((format!("/{path}"), kind));
        self.parts.push((path.to_owned(), xml.finish().into_bytes()));
        if !relations.is_empty() {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            self.parts.push((format!("{folder}/_rels/{name}.rels"), relations_xml(relations)));
        }
    }

    /// Adds a picture; it is known by its ending.
    pub fn add_media(&mut self, path: String, bytes: Vec<u8>) {
        self.parts.push((path, bytes));
    }

    /// The bytes of the archive; `roots` are the parts from which all others are reached.
    pub fn finish(self, roots: &[Relation]) -> Result<Vec<u8>, ExportError> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .system(System::Dos);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let failed = |err: zip::result::ZipError| ExportError::Pptx(err.to_string());
        let head =
            [("[Content_Types].xml".to_owned(), self.types_xml()), ("_rels/.rels".to_owned(), relations_xml(roots))];
        for (path, bytes) in head.iter().chain(&self.parts) {
            zip.start_file(path.as_str(), options).map_err(failed)?;
            zip.write_all(bytes)?;
        }
        Ok(zip.finish().map_err(failed)?.into_inner())
    }

    fn types_xml(&self) -> Vec<u8> {
        let mut xml = Xml::new();
        xml.open("Types").attr("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types");
        let relations = "application/vnd.openxmlformats-package.relationships+xml";
        let endings = [("jpeg", "image/jpeg"), ("png", "image/png"), ("rels", relations), ("xml", "application/xml")];
        for (ending, kind) in endings {
            xml.empty("Default", &[("Extension", &ending), ("ContentType", &kind)]);
        }
        for (path, kind) in &self.types {
            xml.empty("Override", &[("PartName", path), ("ContentType", kind)]);
        }
        xml.finish().into_bytes()
    }
}

fn relations_xml(relations: &[Relation]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("Relationships").attr("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships");
    for (index, relation) in relations.iter().enumerate() {
        let (id, kind, target) = (relation_id(index), relation.full_kind(), format!("/{}", relation.target));
        xml.empty("Relationship", &[("Id", &id), ("Type", &kind), ("Target", &target)]);
    }
    xml.finish().into_bytes()
}
