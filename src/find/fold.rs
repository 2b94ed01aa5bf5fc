//! Comparing texts as people read them.

use std::ops::Range;

use unicode_normalization::char::decompose_compatible;
use unicode_segmentation::UnicodeSegmentation as _;

/// What is looked for.
///
/// Case does not count, in any script. Nor do vowel signs of Arabic and Hebrew, diacritics (`ą` is `a`),
/// the tatweel, joiners and marks of direction; `ي` is `ی`, `ك` is `ک`, `أ`, `إ` and `آ` are `ا`, `ة` is `ه`, and
/// digits are equal whoever writes them. A line break is a space.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    folded: Vec<char>,
}

impl Query {
    /// A query for `text`.
    pub fn new(text: &str) -> Self {
        let mut folded = Vec::new();
        for c in text.chars() {
            fold(c, &mut folded);
        }
        Self { folded }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// The bytes of `text` where the query stands, in rising order, never overlapping.
    ///
    /// A match begins and ends between characters as people see them: a letter with its signs is never cut.
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        if self.is_empty() {
            return Vec::new();
        }
        if text.is_ascii() {
            return self.ascii_ranges(text);
        }
        if !self.is_in(text) {
            return Vec::new();
        }
        let folded = Folded::new(text);
        let mut ranges = Vec::new();
        let mut at = 0;
        while at + self.folded.len() <= folded.chars.len() {
            let end = at + self.folded.len();
            if folded.chars[at..end] == self.folded[..]
                && let Some(range) = folded.source(at..end, text)
            {
                ranges.push(range);
                at = end;
            } else {
                at += 1;
            }
        }
        ranges
    }

    /// Whether the query stands somewhere in `text`, cut or whole: most texts are done with here.
    fn is_in(&self, text: &str) -> bool {
        let mut chars = Vec::with_capacity(text.len());
        for c in text.chars() {
            fold(c, &mut chars);
        }
        chars.windows(self.folded.len()).any(|window| window == self.folded)
    }

    /// As [`ranges`](Self::ranges), without the work that plain English does not need.
    fn ascii_ranges(&self, text: &str) -> Vec<Range<usize>> {
        let (text, length) = (text.as_bytes(), self.folded.len());
        let is_same = |(byte, c): (&u8, &char)| {
            let byte = if byte.is_ascii_whitespace() { b' ' } else { byte.to_ascii_lowercase() };
            char::from(byte) == *c
        };
        let mut ranges = Vec::new();
        let mut at = 0;
        while at + length <= text.len() {
            if text[at..at + length].iter().zip(&self.folded).all(is_same) {
                ranges.push(at..at + length);
                at += length;
            } else {
                at += 1;
            }
        }
        ranges
    }
}

/// A text without what does not count, and where each character of it came from.
#[derive(Default)]
struct Folded {
    chars: Vec<char>,
    /// For each character the bytes of the cluster it came from.
    clusters: Vec<Range<usize>>,
}

impl Folded {
    fn new(text: &str) -> Self {
        let mut folded = Self::default();
        for (start, cluster) in text.grapheme_indices(true) {
            for c in cluster.chars() {
                fold(c, &mut folded.chars);
            }
            // Joiners belong to the letter by the rules, but stay behind when the letter goes.
            let end = start + cluster.trim_end_matches(is_joiner).len();
            folded.clusters.resize(folded.chars.len(), start..end);
        }
        folded
    }

    /// The bytes of a range of characters; `None` where it cuts a cluster.
    fn source(&self, range: Range<usize>, text: &str) -> Option<Range<usize>> {
        let (first, last) = (self.clusters.get(range.start)?, self.clusters.get(range.end.checked_sub(1)?)?);
        let cut_before = range.start.checked_sub(1).and_then(|at| self.clusters.get(at)) == Some(first);
        let cut_behind = self.clusters.get(range.end) == Some(last);
        let whole = first.start..last.end;
        (!cut_before && !cut_behind && text.get(whole.clone()).is_some()).then_some(whole)
    }
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Adds what `c` counts as to `out`: nothing, one character, or several.
fn fold(c: char, out: &mut Vec<char>) {
    if c.is_ascii() {
        out.push(if c.is_ascii_whitespace() { ' ' } else { c.to_ascii_lowercase() });
        return;
    }
    if does_not_count(c) {
        return;
    }
    decompose_compatible(c, |part| {
        // Through the capital letter: that makes one of `ς` and `σ`, of `ß` and `ss`.
        for lower in part.to_uppercase().flat_map(char::to_lowercase) {
            if !does_not_count(lower) {
                out.push(same_as(lower));
            }
        }
    });
}

/// Signs that change nothing about which word it is.
fn does_not_count(c: char) -> bool {
    matches!(c,
        // Diacritics.
        '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE20}'..='\u{FE2F}'
        // Points of Hebrew.
        | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}' | '\u{05C2}' | '\u{05C4}' | '\u{05C5}' | '\u{05C7}'
        // Vowel signs and other marks of Arabic, and the tatweel.
        | '\u{0610}'..='\u{061A}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}'
        | '\u{06DF}'..='\u{06E4}' | '\u{06E7}' | '\u{06E8}' | '\u{06EA}'..='\u{06ED}' | '\u{08CA}'..='\u{08FF}'
        // Joiners, marks of direction, soft hyphens, selectors of a look.
        | '\u{00AD}' | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// The one of several letters for the same that stands for all.
fn same_as(c: char) -> char {
    match c {
        'ي' | 'ى' => 'ی',
        'ك' | 'ڪ' => 'ک',
        'ٱ' => 'ا',
        'ة' | 'ۃ' | 'ە' | 'ہ' | 'ھ' => 'ه',
        '\u{0660}'..='\u{0669}' => digit(c, '\u{0660}'),
        '\u{06F0}'..='\u{06F9}' => digit(c, '\u{06F0}'),
        // Strokes are no marks that could be taken off.
        'ł' => 'l',
        'ø' => 'o',
        'đ' => 'd',
        'ħ' => 'h',
        'ŧ' => 't',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

fn digit(c: char, zero: char) -> char {
    // At most nine above the zero.
    char::from(b'0' + (u32::from(c) - u32::from(zero)) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(query: &str, text: &'t str) -> Vec<&'t str> {
        Query::new(query).ranges(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn case_does_not_count_in_any_script() {
        assert_eq!(found("PRICE", "Price and prices"), ["Price", "price"]);
        assert_eq!(found("žąsis", "ŽĄSIS, žąsis"), ["ŽĄSIS", "žąsis"]);
        assert_eq!(found("ΟΔΟΣ", "οδός"), ["οδός"]);
        assert_eq!(found("strasse", "Große Straße"), ["Straße"]);
        assert_eq!(found("москва", "МОСКВА"), ["МОСКВА"]);
    }

    #[test]
    fn lithuanian_is_found_with_and_without_its_marks() {
        assert_eq!(found("zasele", "Žąselė"), ["Žąselė"]);
        assert_eq!(found("žąselė", "zasele"), ["zasele"]);
        assert_eq!(found("ą", "a\u{328} b"), ["a\u{328}"]);
        assert_eq!(found("lodz", "Łódź"), ["Łódź"]);
    }

    #[test]
    fn arabic_is_found_without_vowel_signs_tatweel_and_hamza() {
        assert_eq!(found("محمد", "قال مُحَمَّدٌ"), ["مُحَمَّدٌ"]);
        assert_eq!(found("سلام", "ســـلام"), ["ســـلام"]);
        assert_eq!(found("اسعار", "أَسْعار وإسعار وآسعار"), ["أَسْعار", "إسعار", "آسعار"]);
        assert_eq!(found("مدرسه", "مدرسة"), ["مدرسة"]);
        assert_eq!(found("علي", "على علی"), ["على", "علی"]);
        assert_eq!(found("مسؤول", "مسوول"), ["مسوول"]);
        assert_eq!(found("\u{FEE1}\u{FEFC}", "ملا"), ["ملا"], "presentation forms are their letters");
    }

    #[test]
    fn persian_is_found_with_arabic_letters_and_without_joiners() {
        assert_eq!(found("كتابهاي", "کتاب‌های نو"), ["کتاب‌های"]);
        assert_eq!(found("می‌شود", "میشود می‌شود"), ["میشود", "می‌شود"]);
        assert_eq!(found("خانه", "خانهٔ ما، خانۀ ما"), ["خانهٔ", "خانۀ"]);
    }

    #[test]
    fn a_joiner_behind_a_match_is_left_alone() {
        assert_eq!(found("می", "می‌رود"), ["می"]);
        assert_eq!(found("رود", "می‌رود"), ["رود"]);
    }

    #[test]
    fn digits_are_equal_whoever_writes_them() {
        for query in ["12", "۱۲", "١٢", "１２"] {
            assert_eq!(found(query, "12 ۱۲ ١٢"), ["12", "۱۲", "١٢"]);
        }
    }

    #[test]
    fn what_people_see_as_one_is_never_cut() {
        assert_eq!(found("👩", "👩‍👩‍👧 👩"), ["👩"]);
        assert_eq!(found("한", "한국"), ["한"]);
        assert_eq!(found("하", "한국"), Vec::<&str>::new());
        assert_eq!(found("s", "ß"), Vec::<&str>::new());
        assert_eq!(found("か", "が"), Vec::<&str>::new(), "another letter");
    }

    #[test]
    fn lines_are_spaces_and_nothing_is_found_by_nothing() {
        assert_eq!(found("a b", "A\nB, a\u{A0}b"), ["A\nB", "a\u{A0}b"]);
        assert_eq!(found("", "text"), Vec::<&str>::new());
        assert_eq!(found("\u{200C}ـ", "سلام"), Vec::<&str>::new());
        assert_eq!(found("aa", "aaaaa"), ["aa", "aa"]);
    }
}
