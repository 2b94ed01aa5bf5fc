//! Text from other programs cut into rows and cells.
//!
//! Written by hand and not with a library for CSV, because most of what is pasted is no CSV: a cell counts as
//! quoted only where its quote is closed before the next delimiter, so that a chat line that starts with a
//! quote neither loses it nor swallows the rest of the text.

/// What stands between the cells of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// Nothing: each line is one text, its bullet or number left out.
    Lines,
    /// A tab, as spreadsheets copy.
    Tab,
    /// A comma.
    Comma,
    /// A semicolon, as CSV is written where the comma is in numbers.
    Semicolon,
}

impl Split {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Lines, Self::Tab, Self::Comma, Self::Semicolon];

    /// The word in the window.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lines => "Lines",
            Self::Tab => "Tabs",
            Self::Comma => "Commas",
            Self::Semicolon => "Semicolons",
        }
    }

    fn delimiter(self) -> Option<char> {
        match self {
            Self::Lines => None,
            Self::Tab => Some('\t'),
            Self::Comma => Some(','),
            Self::Semicolon => Some(';'),
        }
    }
}

/// Rows of cells. Rows may differ in length; cells are trimmed and have LF line ends; no row or column at the
/// edges is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// From top to bottom.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Cuts `text`.
    pub fn parse(text: &str, split: Split) -> Self {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
        let mut rows = match split.delimiter() {
            Some(delimiter) => cells(&text, delimiter),
            None => lines(&text),
        };
        rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        let first = rows.iter().filter_map(|row| row.iter().position(|cell| !cell.is_empty())).min().unwrap_or(0);
        for row in &mut rows {
            row.drain(..first.min(row.len()));
            let filled = row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
            row.truncate(filled);
        }
        Self { rows }
    }

    /// The most likely split of `text`.
    pub fn detect(text: &str) -> Split {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        // A tab behind a bullet is how word processors copy a list.
        if text.lines().any(|line| strip_bullet(line).trim().contains('\t')) {
            return Split::Tab;
        }
        let fits = |split: &Split| split.delimiter().is_some_and(|delimiter| looks_like_rows(&text, delimiter));
        [Split::Semicolon, Split::Comma].into_iter().find(fits).unwrap_or(Split::Lines)
    }

    /// The number of cells in the longest row.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The text of a cell; empty where the row is shorter.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|row| row.get(column)).map_or("", String::as_str)
    }

    /// Whether the first row seems to name the columns, and the first column the rows.
    pub fn headings(&self) -> (bool, bool) {
        let (height, width) = (self.rows.len(), self.width());
        if height < 2 || width < 2 {
            return (false, false);
        }
        if self.cell(0, 0).is_empty() {
            return (true, true);
        }
        let head = (0..width).map(|column| self.cell(0, column));
        let body: Vec<usize> = self.rows[1..]
            .iter()
            .flat_map(|row| row.iter().skip(1))
            .filter(|c| !c.is_empty())
            .map(|c| length(c))
            .collect();
        let longest = head.clone().map(length).max().unwrap_or(0);
        let names = head.clone().all(|cell| !cell.is_empty() && !cell.contains('\n') && cell.parse::<f64>().is_err());
        // Names of stages are short, what happens in them is told at some length.
        let mean = body.iter().sum::<usize>() as f64 / body.len().max(1) as f64;
        let row = names && longest <= 40 && !body.is_empty() && mean > 1.6 * mean_length(head);
        let first = || (1..height).map(|row| self.cell(row, 0));
        let column =
            row && first().all(|cell| !cell.is_empty() && length(cell) <= 32) && mean > 1.6 * mean_length(first());
        (row, column)
    }
}

fn length(cell: &str) -> usize {
    cell.chars().count()
}

fn mean_length<'a>(cells: impl Iterator<Item = &'a str>) -> f64 {
    let (count, sum) = cells.fold((0usize, 0usize), |(n, sum), cell| (n + 1, sum + length(cell)));
    sum as f64 / count.max(1) as f64
}

/// Whether most lines of `text` have the same number of cells, and the delimiter is not that of a sentence.
fn looks_like_rows(text: &str, delimiter: char) -> bool {
    let mut rows = cells(text, delimiter);
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    let widths: Vec<usize> = rows.iter().map(Vec::len).collect();
    let usual = |width: usize| widths.iter().filter(|w| **w == width).count();
    let Some(width) = widths.iter().copied().max_by_key(|width| (usual(*width), *width)) else { return false };
    let in_sentences = text.matches(&format!("{delimiter} ")).count();
    let all = text.matches(delimiter).count();
    rows.len() >= 2 && width >= 2 && usual(width) * 4 >= rows.len() * 3 && in_sentences * 2 <= all
}

/// The rows of `text`, cells trimmed.
fn cells(text: &str, delimiter: char) -> Vec<Vec<String>> {
    let mut rows = vec![Vec::new()];
    let mut rest = text;
    loop {
        let (cell, after) = match quoted(rest, Some(delimiter)) {
            Some((cell, after)) => (cell, after),
            None => {
                let end = rest.find([delimiter, '\n']).unwrap_or(rest.len());
                (rest[..end].trim().to_owned(), &rest[end..])
            }
        };
        if let Some(row) = rows.last_mut() {
            row.push(cell);
        }
        let mut chars = after.chars();
        match chars.next() {
            None => return rows,
            Some('\n') => rows.push(Vec::new()),
            Some(_) => {}
        }
        rest = chars.as_str();
    }
}

/// The lines of `text` without bullets, one cell each. A quoted text with line breaks is one line: that is how
/// a spreadsheet copies such a cell.
fn lines(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut rest = text;
    loop {
        let (line, after) = match quoted(rest, None).filter(|(cell, _)| cell.contains('\n')) {
            Some((cell, after)) => (cell, after),
            None => {
                let end = rest.find('\n').unwrap_or(rest.len());
                (strip_bullet(&rest[..end]).trim().to_owned(), &rest[end..])
            }
        };
        rows.push(vec![line]);
        match after.strip_prefix('\n') {
            Some(next) => rest = next,
            None => return rows,
        }
    }
}

/// The quoted cell that `text` starts with, trimmed, and what follows it; `None` if there is none, or none that
/// is closed in front of a delimiter or line end.
fn quoted(text: &str, delimiter: Option<char>) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut cell = String::new();
    loop {
        let end = rest.find('"')?;
        cell.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(more) => {
                cell.push('"');
                rest = more;
            }
            None => break,
        }
    }
    let ends = rest.chars().next().is_none_or(|c| c == '\n' || Some(c) == delimiter);
    ends.then(|| (cell.trim().to_owned(), rest))
}

/// The most digits of a number in front of a line; longer ones are part of the text.
const MOST_DIGITS: usize = 3;

/// `line` without the bullet, tick box or number in front of it.
fn strip_bullet(line: &str) -> &str {
    without_bullet(line).unwrap_or(line.trim_start())
}

/// The same; nothing where there is none.
pub(super) fn without_bullet(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let rest = bullet(line).or_else(|| number(line))?.trim_start();
    let boxes = ["[ ] ", "[x] ", "[X] ", "☐ ", "☑ ", "☒ ", "✓ ", "✔ "];
    Some(boxes.iter().find_map(|tick| rest.strip_prefix(tick)).unwrap_or(rest).trim_start())
}

fn bullet(line: &str) -> Option<&str> {
    let mut chars = line.chars();
    let rest = match chars.next()? {
        '•' | '◦' | '▪' | '▫' | '‣' | '●' | '○' | '■' | '□' | '⁃' | '∙' | '\u{f0b7}' | '☐' | '☑' | '☒' =>
        {
            return Some(chars.as_str());
        }
        '-' | '*' | '–' | '—' | '·' | '+' | '>' | '→' | '✓' | '✔' => chars.as_str(),
        _ => return None,
    };
    rest.starts_with(char::is_whitespace).then_some(rest)
}

/// What follows `1.`, `1)`, `(1)`, `۱-` and the like.
fn number(line: &str) -> Option<&str> {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}');
    let open = line.strip_prefix('(');
    let digits = open.unwrap_or(line);
    let rest = digits.trim_start_matches(is_digit);
    let count = digits[..digits.len() - rest.len()].chars().count();
    if !(1..=MOST_DIGITS).contains(&count) {
        return None;
    }
    let ends: &[char] = if open.is_some() { &[')'] } else { &['.', ')', '-'] };
    let rest = rest.strip_prefix(ends)?;
    rest.starts_with(char::is_whitespace).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, split: Split) -> Vec<Vec<String>> {
        Table::parse(text, split).rows
    }

    #[test]
    fn quoted_cells_hold_line_breaks_quotes_and_delimiters() {
        let text = "a\t\"b\r\nb\"\t\"say \"\"hi\"\"\"\r\n\"c\td\"\te\t\r\n";
        assert_eq!(rows(text, Split::Tab), [vec!["a", "b\nb", "say \"hi\""], vec!["c\td", "e"]]);
        assert_eq!(rows("\"a,b\",c", Split::Comma), [["a,b", "c"]]);
        assert_eq!(rows("\"a;b\";c;\"\"", Split::Semicolon), [["a;b", "c"]]);
    }

    #[test]
    fn a_quote_that_is_no_cell_stays() {
        assert_eq!(rows("\"Where is it?\" she asks\tb\nc\td", Split::Tab)[0], ["\"Where is it?\" she asks", "b"]);
        assert_eq!(rows("\"never closed\tb\nc\td", Split::Tab), [["\"never closed", "b"], ["c", "d"]]);
        assert_eq!(rows("12\" screen\tb", Split::Tab), [["12\" screen", "b"]]);
        assert_eq!(rows("\"Where is it?\"\n\"Lost\"", Split::Lines), [["\"Where is it?\""], ["\"Lost\""]]);
    }

    #[test]
    fn lists_lose_bullets_and_numbers_but_not_words() {
        let text = "- one\n* two\n•three\n 4. four\n5) five\n(6) six\n- [ ] seven\n\n۸. هشت\n٩- تسعة\n-10 points\n\
                    24/7 help\n2024. gada\n3 shops\n☐ nine\n1.\tten";
        let found: Vec<String> = rows(text, Split::Lines).into_iter().flatten().collect();
        let plain = ["one", "two", "three", "four", "five", "six", "seven", "هشت", "تسعة"];
        assert_eq!(found[..9], plain);
        assert_eq!(found[9..], ["-10 points", "24/7 help", "2024. gada", "3 shops", "nine", "ten"]);
    }

    #[test]
    fn a_list_item_may_be_a_cell_with_line_breaks() {
        assert_eq!(rows("\"a\nb\"\nc", Split::Lines), [["a\nb"], ["c"]]);
    }

    #[test]
    fn the_split_is_found() {
        let cases = [
            ("a\tb\nc\td", Split::Tab),
            ("\tResearch\tBuy\nDoing\tReads\tPays", Split::Tab),
            ("•\tone\n•\ttwo", Split::Lines),
            ("\t- one\n\t- two", Split::Lines),
            ("a,b,c\nd,e,f\ng,h,i", Split::Comma),
            ("a;1,5;c\nd;2,5;f", Split::Semicolon),
            ("Sees an advert, likes it\nAsks a friend, waits\nPays, swears", Split::Lines),
            ("one line, only,one", Split::Lines),
            ("", Split::Lines),
            ("ببیند،بخرد\nبپرسد،بخواند", Split::Lines),
        ];
        for (text, split) in cases {
            assert_eq!(Table::detect(text), split, "{text:?}");
        }
    }

    #[test]
    fn empty_edges_and_ragged_rows() {
        let table = Table::parse("\t\t\n\ta\tb\tc\n\td\n\n\t\te", Split::Tab);
        assert_eq!(table.rows, [vec!["a", "b", "c"], vec!["d"], vec!["", "e"]]);
        assert_eq!((table.width(), table.cell(1, 2)), (3, ""));
    }

    #[test]
    fn headings_show_in_an_empty_corner_or_in_short_names() {
        let parse = |text| Table::parse(text, Split::Tab).headings();
        assert_eq!(parse("\tResearch\tBuy\nDoing\tReads reviews\tPays"), (true, true));
        assert_eq!(parse("Lane\tResearch\tBuy\nDoing\tReads a lot of reviews\tPays at the counter"), (true, true));
        assert_eq!(parse("Reads reviews\tPays\nAsks a friend\tWaits"), (false, false));
        assert_eq!(parse("Research"), (false, false));
    }
}
