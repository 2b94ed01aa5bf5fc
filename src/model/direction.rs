//! The reading direction and language of a map.

use serde::{Deserialize, Serialize};

use super::JourneyMap;

/// Which way a map is read, as its author set it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Worked out from the map's own texts.
    #[default]
    Auto,
    /// Stages run from left to right.
    LeftToRight,
    /// Stages run from right to left, lane names stand on the right.
    RightToLeft,
}

impl Direction {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Auto, Self::LeftToRight, Self::RightToLeft];

    /// What it is called in English.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "By its texts",
            Self::LeftToRight => "Left to right",
            Self::RightToLeft => "Right to left",
        }
    }
}

/// The language of the few words that Rihla itself adds to a picture (peak, low, moment of truth …).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Lithuanian.
    Lithuanian,
    /// Arabic.
    Arabic,
    /// Persian.
    Persian,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: &'static [Self] = &[Self::English, Self::Lithuanian, Self::Arabic, Self::Persian];

    /// The code of ISO 639: `fa`.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Lithuanian => "lt",
            Self::Arabic => "ar",
            Self::Persian => "fa",
        }
    }

    /// The English name: `Persian`.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Lithuanian => "Lithuanian",
            Self::Arabic => "Arabic",
            Self::Persian => "Persian",
        }
    }

    /// What those who speak it call it: `فارسی`.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Lithuanian => "Lietuvių",
            Self::Arabic => "العربية",
            Self::Persian => "فارسی",
        }
    }
}

/// Whether `c` is a letter of a script that is written from right to left.
///
/// The ranges are the right-to-left blocks of Unicode 16: Hebrew to Arabic Extended-A, the
/// presentation forms, and the historic scripts of the second plane.
pub fn is_rtl_letter(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
        && c.is_alphabetic()
}

/// The mark that makes what follows read from left to right; nobody sees it.
pub const LTR_MARK: char = '\u{200E}';
/// The mark that makes what follows read from right to left.
pub const RTL_MARK: char = '\u{200F}';

/// Whether the first letter of `text` belongs to a right-to-left script, or a mark before it says so; `None`
/// without either.
pub fn first_strong_is_rtl(text: &str) -> Option<bool> {
    let strong = text.chars().find(|c| c.is_alphabetic() || matches!(*c, LTR_MARK | RTL_MARK));
    strong.map(|c| c == RTL_MARK || is_rtl_letter(c))
}

/// `line` made to read from the other side: by a mark at its start, or by leaving out the one that is there.
pub fn flipped(line: &str, rtl: bool) -> String {
    let bare = line.trim_start_matches([LTR_MARK, RTL_MARK]);
    if first_strong_is_rtl(bare) == Some(rtl) {
        return bare.to_owned();
    }
    format!("{}{bare}", if rtl { RTL_MARK } else { LTR_MARK })
}

impl JourneyMap {
    /// Whether the map is mirrored: as set, or because most letters of its headings are right-to-left.
    pub fn is_rtl(&self) -> bool {
        match self.direction {
            Direction::LeftToRight => false,
            Direction::RightToLeft => true,
            Direction::Auto => {
                let (mut rtl, mut all) = (0usize, 0usize);
                for c in self.heading_chars().filter(|c| c.is_alphabetic()) {
                    all += 1;
                    rtl += usize::from(is_rtl_letter(c));
                }
                rtl * 2 > all
            }
        }
    }

    /// The language that the headings are most likely written in; English where nothing tells.
    pub fn language(&self) -> Language {
        let (mut arabic, mut persian, mut lithuanian, mut all) = (0usize, 0usize, 0usize, 0usize);
        for c in self.heading_chars().filter(|c| c.is_alphabetic()) {
            all += 1;
            match c {
                'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی' => persian += 1,
                _ if is_rtl_letter(c) => arabic += 1,
                _ if "ąčęėįšųūžĄČĘĖĮŠŲŪŽ".contains(c) => lithuanian += 1,
                _ => {}
            }
        }
        if (arabic + persian) * 2 > all {
            if persian > 0 { Language::Persian } else { Language::Arabic }
        } else if lithuanian * 50 > all {
            Language::Lithuanian
        } else {
            Language::English
        }
    }

    /// The characters of title, subtitle, stage and lane names.
    fn heading_chars(&self) -> impl Iterator<Item = char> + '_ {
        let names = self.stages.iter().map(|s| s.name.as_str()).chain(self.lanes.iter().map(|l| l.name.as_str()));
        [self.title.as_str(), self.subtitle.as_str()].into_iter().chain(names).flat_map(str::chars)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(title: &str) -> JourneyMap {
        JourneyMap { title: title.into(), ..JourneyMap::default() }
    }

    #[test]
    fn direction_follows_the_headings_unless_set() {
        assert!(titled("رحلة العميل CRM").is_rtl());
        assert!(!titled("Customer رحلة journey").is_rtl());
        assert!(!titled("").is_rtl());
        let map = JourneyMap { direction: Direction::LeftToRight, ..titled("رحلة") };
        assert!(!map.is_rtl());
    }

    #[test]
    fn a_mark_turns_a_line_around_and_goes_when_it_says_nothing() {
        let turned = flipped("CRM رحلة", true);
        assert_eq!(turned, "\u{200F}CRM رحلة");
        assert_eq!(first_strong_is_rtl(&turned), Some(true));
        assert_eq!(flipped(&turned, false), "CRM رحلة");
    }

    #[test]
    fn language_is_told_from_letters() {
        assert_eq!(titled("Marta perka batus internetu, ieško ir užsako").language(), Language::Lithuanian);
        assert_eq!(titled("سفر مشتری در هتل").language(), Language::Persian);
        assert_eq!(titled("رحلة العميل").language(), Language::Arabic);
        assert_eq!(titled("A city break").language(), Language::English);
    }
}
