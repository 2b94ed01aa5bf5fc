//! One thing in two maps, its fields compared and told in a few words.

use unicode_segmentation::UnicodeSegmentation as _;

use super::{Change, Difference, Said};
use crate::model::{Element, is_rtl_letter};

/// How much of a value is told, in characters as people see them.
const SHOWN: usize = 80;
/// How much of what is the same is told before the first difference.
const LEAD: usize = 20;

/// Something that is in one map or in both.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    subject: &'static str,
    name: String,
    in_a: Option<Element>,
    in_b: Option<Element>,
}

impl Thing {
    /// Something that the user calls `name`, with its places on the maps.
    pub fn new(subject: &'static str, name: &str, in_a: Option<Element>, in_b: Option<Element>) -> Self {
        Self { subject, name: clean(name), in_a, in_b }
    }

    /// Something of which a map has one.
    pub fn only(subject: &'static str) -> Self {
        Self::new(subject, "", None, None)
    }

    /// Something that is the same element on both maps.
    pub fn at(subject: &'static str, name: &str, element: Element) -> Self {
        Self::new(subject, name, Some(element.clone()), Some(element))
    }

    /// The same thing with its place on the first map, which `old` has.
    pub fn was(mut self, old: Self) -> Self {
        self.in_a = old.in_a;
        self
    }

    /// Something whose name is ready to be told.
    pub fn named(subject: &'static str, name: String, in_a: Option<Element>, in_b: Option<Element>) -> Self {
        Self { subject, name, in_a, in_b }
    }

    fn tell(self, change: Change, field: &'static str, before: Said, after: Said) -> Difference {
        let Self { subject, name, in_a, in_b } = self;
        Difference { change, subject, name, field, before, after, in_a, in_b }
    }

    /// It is new, and stands at `place`.
    pub fn added(mut self, place: Said) -> Difference {
        self.in_a = None;
        self.tell(Change::Added, "", Said::Nothing, place)
    }

    /// It is gone from `place`.
    pub fn removed(mut self, place: Said) -> Difference {
        self.in_b = None;
        self.tell(Change::Removed, "", place, Said::Nothing)
    }

    /// It went elsewhere.
    pub fn moved(self, field: &'static str, before: Said, after: Said) -> Difference {
        self.tell(Change::Moved, field, before, after)
    }
}

/// Collects the fields in which a thing differs.
pub(super) struct Fields<'f> {
    pub thing: Thing,
    pub found: &'f mut Vec<Difference>,
}

impl Fields<'_> {
    /// A field that differs.
    pub fn put(&mut self, field: &'static str, before: Said, after: Said) {
        self.found.push(self.thing.clone().tell(Change::Changed, field, before, after));
    }

    /// Words of the user.
    pub fn text(&mut self, field: &'static str, a: &str, b: &str) {
        if a != b {
            let (before, after) = excerpts(a, b);
            self.put(field, before, after);
        }
    }

    /// Something that is so or not.
    pub fn flag(&mut self, field: &'static str, a: bool, b: bool) {
        self.plain(field, Some(a), Some(b), |so| if so { "yes" } else { "no" });
    }

    /// A number or a word of ours.
    pub fn plain<T: PartialEq + Copy, S: ToString>(
        &mut self,
        field: &'static str,
        a: Option<T>,
        b: Option<T>,
        tell: impl Fn(T) -> S,
    ) {
        if a != b {
            let said = |value: Option<T>| value.map_or(Said::Nothing, |value| Said::Plain(tell(value).to_string()));
            self.put(field, said(a), said(b));
        }
    }

    /// Several texts: those that the other map has not, or all where only their order differs.
    pub fn list(&mut self, field: &'static str, a: &[String], b: &[String]) {
        if a != b {
            self.lists(field, a, b);
        }
    }

    /// Two lists that differ, as [`list`](Self::list) tells them, though they may read the same.
    pub fn lists(&mut self, field: &'static str, a: &[String], b: &[String]) {
        let pairs = super::order::pair(a, b);
        if pairs.only_a.is_empty() && pairs.only_b.is_empty() {
            self.put(field, joined(a.iter()), joined(b.iter()));
        } else {
            let (before, after) = (pairs.only_a.iter().map(|i| &a[*i]), pairs.only_b.iter().map(|i| &b[*i]));
            self.put(field, joined(before), joined(after));
        }
    }
}

/// Several texts on one line.
pub(super) fn joined<S: AsRef<str>>(texts: impl Iterator<Item = S>) -> Said {
    let parts: Vec<String> = texts.map(|text| isolate(&clean(text.as_ref()))).collect();
    if parts.is_empty() { Said::Nothing } else { Said::Text(cut(&parts.join(" · "))) }
}

/// A name of the user, `nothing` where it is empty.
pub(super) fn text(name: &str) -> Said {
    if name.is_empty() { Said::Nothing } else { Said::Text(cut(&isolate(&clean(name)))) }
}

/// A place, as people count.
pub(super) fn place(number: usize) -> Said {
    Said::Plain(number.to_string())
}

/// `text` on one line and without characters that would disturb the words around it.
pub(super) fn clean(text: &str) -> String {
    let visible = |c: char| match c {
        '\n' | '\t' => ' ',
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => '\u{FFFD}',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    };
    text.chars().map(visible).collect()
}

/// `text`, so that its direction does not turn around what stands beside it.
pub(super) fn isolate(text: &str) -> String {
    if text.chars().any(is_rtl_letter) { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
}

/// The first part of `text`; an isolate that is open at the cut is closed.
pub(super) fn cut(text: &str) -> String {
    let Some((end, _)) = text.grapheme_indices(true).nth(SHOWN) else { return text.to_owned() };
    let part = text[..end].trim_end();
    let open = part.matches('\u{2068}').count() - part.matches('\u{2069}').count();
    format!("{part}…{}", "\u{2069}".repeat(open))
}

/// The parts of two texts around the first place where they differ.
fn excerpts(a: &str, b: &str) -> (Said, Said) {
    // A line break is shown where the texts may differ only in that.
    let whole = |text: &str| clean(&text.replace('\n', " ↵ "));
    let (a, b) = (whole(a), whole(b));
    let same = a.graphemes(true).zip(b.graphemes(true)).take_while(|(a, b)| a == b).count();
    let is_long = |text: &str| text.graphemes(true).nth(SHOWN).is_some();
    let skip = if is_long(&a) || is_long(&b) { same.saturating_sub(LEAD) } else { 0 };
    let part = |text: &str| {
        if text.is_empty() {
            return Said::Nothing;
        }
        let from = text.grapheme_indices(true).nth(skip).map_or(text.len(), |(at, _)| at);
        // From the start of a word, if one begins before the difference.
        let lead = &text[from..];
        let word = lead.char_indices().take(LEAD).find(|(_, c)| c.is_whitespace()).map_or(0, |(at, _)| at);
        let rest = if skip == 0 { lead.to_owned() } else { format!("…{}", lead[word..].trim_start()) };
        Said::Text(cut(&isolate(&rest)))
    };
    (part(&a), part(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_told_where_they_differ() {
        let long = "one two three four five six seven eight nine ten ".repeat(6);
        let (a, b) = excerpts(&format!("{long}Monday, and so on"), &format!("{long}Tuesday, and so on"));
        assert_eq!(a, Said::Text("…seven eight nine ten Monday, and so on".replace("seven ", "")));
        assert_eq!(b, Said::Text("…eight nine ten Tuesday, and so on".into()));
        assert_eq!(excerpts("", "short").0, Said::Nothing);
        let Said::Text(cut) = excerpts("", &long).1 else { panic!("a text") };
        assert!(cut.ends_with('…') && cut.chars().count() <= SHOWN + 1, "{cut}");
    }

    #[test]
    fn texts_cannot_disturb_their_neighbours() {
        assert_eq!(clean("a\nb\u{1b}[31m\u{202e}"), "a b\u{fffd}[31m\u{fffd}");
        assert_eq!(isolate("plain"), "plain");
        assert_eq!(isolate("قیمت"), "\u{2068}قیمت\u{2069}");
        let cut = cut(&isolate(&"قیمت ".repeat(40)));
        assert!(cut.starts_with('\u{2068}') && cut.ends_with("…\u{2069}"), "{cut}");
    }

    #[test]
    fn lists_tell_what_only_one_of_them_has() {
        let list = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let mut found = Vec::new();
        let mut fields = Fields { thing: Thing::only("Map"), found: &mut found };
        fields.list("Tags", &list("a b c"), &list("a c d e"));
        fields.list("Tags", &list("a b"), &list("b a"));
        fields.list("Tags", &list("a b"), &list("a b"));
        let told: Vec<_> = found.iter().map(|d| (d.before.words(), d.after.words())).collect();
        assert_eq!(told, [("b", "d · e"), ("a · b", "b · a")]);
    }
}
