//! XML as it is written: elements that are closed in order, and texts with what XML does not take as it is.

use std::fmt::{Display, Write as _};

use super::super::escaped::Escaped;

/// A document as it grows.
pub(super) struct Xml {
    text: String,
    open: Vec<&'static str>,
    /// Whether the tag of the last element is still to be ended.
    in_tag: bool,
}

impl Xml {
    pub fn new() -> Self {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned();
        Self { text, open: Vec::new(), in_tag: false }
    }

    /// Begins an element; its attributes come next.
    pub fn open(&mut self, name: &'static str) -> &mut Self {
        self.end_tag();
        self.text.push('<');
        self.text.push_str(name);
        self.open.push(name);
        self.in_tag = true;
        self
    }

    /// Adds an attribute to the element that was begun last.
    pub fn attr(&mut self, name: &str, value: impl Display) -> &mut Self {
        debug_assert!(self.in_tag, "{name} comes before what is inside");
        // A string takes everything.
        let _ = write!(self.text, " {name}=\"{}\"", Escaped(&value.to_string()));
        self
    }

    /// Adds a text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.end_tag();
        // As above.
        let _ = write!(self.text, "{}", Escaped(text));
        self
    }

    /// Ends the element that was begun last.
    pub fn close(&mut self) -> &mut Self {
        let name = self.open.pop().unwrap_or_default();
        if self.in_tag {
            self.text.push_str("/>");
            self.in_tag = false;
        } else {
            self.text.push_str("</");
            self.text.push_str(name);
            self.text.push('>');
        }
        self
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &'static str, attributes: &[(&str, &dyn Display)]) -> &mut Self {
        self.open(name);
        for (name, value) in attributes {
            self.attr(name, value);
        }
        self.close()
    }

    /// The whole document, with all elements ended.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }

    fn end_tag(&mut self) {
        if self.in_tag {
            self.text.push('>');
            self.in_tag = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn elements_end_in_order_and_texts_stay_texts() {
        let mut xml = Xml::new();
        xml.open("a").attr("n", 1).open("b").text("x < \"y\" & z\u{1}").close().empty("c", &[("v", &"<")]);
        let text = xml.finish();
        let end = "<a n=\"1\"><b>x &lt; &quot;y&quot; &amp; z\u{FFFD}</b><c v=\"&lt;\"/></a>";
        assert!(text.ends_with(end), "{text}");
    }
}
