//! Bytes of a file as text: UTF-8 and UTF-16 by their marks, older encodings of Windows where somebody says so.

use std::io::{ErrorKind, Read};

use super::error::AnswersError;

/// Larger files are refused.
pub const MAX_BYTES: u64 = 256 << 20;

/// How a file writes its characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// What nearly all programs write now; with or without a mark.
    #[default]
    Utf8,
    /// Two bytes a letter, the small one first; known by its mark.
    Utf16Le,
    /// Two bytes a letter, the large one first; known by its mark.
    Utf16Be,
    /// One byte a letter, from Western European Windows; nothing in a file says so, here and below.
    Windows1252,
    /// From Arabic and Persian Windows.
    Windows1256,
    /// From Lithuanian, Latvian and Estonian Windows.
    Windows1257,
}

impl Encoding {
    /// Those that no mark tells and somebody has to.
    pub const WINDOWS: [Self; 3] = [Self::Windows1252, Self::Windows1256, Self::Windows1257];

    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Windows1252 => "Windows-1252",
            Self::Windows1256 => "Windows-1256",
            Self::Windows1257 => "Windows-1257",
        }
    }

    /// Whose letters it has.
    pub fn whose(self) -> &'static str {
        match self {
            Self::Utf8 | Self::Utf16Le | Self::Utf16Be => "All letters",
            Self::Windows1252 => "Western European",
            Self::Windows1256 => "Arabic, Persian",
            Self::Windows1257 => "Lithuanian, Latvian, Estonian",
        }
    }
}

/// How much is read at once.
pub(super) const CHUNK: usize = 64 << 10;

/// A stream of bytes as a stream of text.
#[derive(Debug)]
pub(super) struct Text<R> {
    source: R,
    encoding: Encoding,
    /// Bytes that are read and not yet text.
    raw: Vec<u8>,
    /// The place of the first of them in the file.
    offset: u64,
    ended: bool,
    /// What comes after the text that was given out.
    trouble: Option<AnswersError>,
}

impl<R: Read> Text<R> {
    /// Starts to read; a mark at the start counts more than what is `asked` for.
    pub fn new(source: R, asked: Option<Encoding>) -> Result<Self, AnswersError> {
        let encoding = asked.unwrap_or_default();
        let mut text = Self { source, encoding, raw: Vec::new(), offset: 0, ended: false, trouble: None };
        while text.raw.len() < 5 && !text.ended {
            text.read()?;
        }
        const SAVE: &str = "open it in the program that made it and save the sheet as \"CSV UTF-8\"";
        const OTHER: &str = "choose another file";
        for (start, what, help) in [
            (&b"PK\x03\x04"[..], "a spreadsheet or an archive", SAVE),
            (b"\xD0\xCF\x11\xE0", "a spreadsheet", SAVE),
            (b"\x89PNG", "a picture", OTHER),
            (b"\xFF\xD8\xFF", "a picture", OTHER),
            (b"GIF8", "a picture", OTHER),
            (b"%PDF-", "a PDF", OTHER),
        ] {
            if text.raw.starts_with(start) {
                return Err(AnswersError::whole(format!("the file is {what}, not text"), help));
            }
        }
        let marks: [(&[u8], Encoding); 3] =
            [(b"\xEF\xBB\xBF", Encoding::Utf8), (b"\xFF\xFE", Encoding::Utf16Le), (b"\xFE\xFF", Encoding::Utf16Be)];
        if let Some((mark, encoding)) = marks.iter().find(|(mark, _)| text.raw.starts_with(mark)) {
            text.raw.drain(..mark.len());
            text.offset = mark.len() as u64;
            text.encoding = *encoding;
        }
        Ok(text)
    }

    /// How the characters are written.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Puts the next piece of text into `out`; false at the end.
    pub fn fill(&mut self, out: &mut String) -> Result<bool, AnswersError> {
        out.clear();
        loop {
            if let Some(trouble) = self.trouble.take() {
                return Err(trouble);
            }
            let used = self.decode(out);
            self.raw.drain(..used);
            self.offset += used as u64;
            if !out.is_empty() {
                return Ok(true);
            }
            if self.trouble.is_none() {
                if self.ended {
                    return Ok(false);
                }
                self.read()?;
            }
        }
    }

    fn read(&mut self) -> Result<(), AnswersError> {
        let before = self.raw.len();
        self.raw.resize(before + CHUNK, 0);
        let read = loop {
            match self.source.read(&mut self.raw[before..]) {
                Err(err) if err.kind() == ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        let read = read.map_err(|err| AnswersError::whole(format!("the file cannot be read ({err})"), "try again"))?;
        self.raw.truncate(before + read);
        self.ended = read == 0;
        if self.offset + self.raw.len() as u64 > MAX_BYTES {
            return Err(too_large());
        }
        Ok(())
    }

    /// Makes text of what is there; says how many bytes that took.
    fn decode(&mut self, out: &mut String) -> usize {
        let used = match self.encoding {
            Encoding::Utf8 => self.utf8(out),
            Encoding::Utf16Le => self.utf16(out, u16::from_le_bytes),
            Encoding::Utf16Be => self.utf16(out, u16::from_be_bytes),
            encoding => self.windows(out, encoding.upper_half()),
        };
        if let Some(at) = out.find('\0') {
            let help = "it may be UTF-16 without a mark at its start, or no text; save it as \"CSV UTF-8\"";
            self.trouble = Some(AnswersError::whole(format!("a zero byte stands near byte {}", self.offset), help));
            out.truncate(at);
        }
        used
    }

    fn utf8(&mut self, out: &mut String) -> usize {
        let (valid, is_cut) = match std::str::from_utf8(&self.raw) {
            Ok(text) => {
                out.push_str(text);
                return text.len();
            }
            Err(err) => (err.valid_up_to(), err.error_len().is_none()),
        };
        // Valid by what was said just now.
        out.push_str(std::str::from_utf8(&self.raw[..valid]).unwrap_or_default());
        if !is_cut || self.ended {
            self.wrong(
                valid,
                "save the file as \"CSV UTF-8\", or read it as Windows-1252, 1256 (Arabic) or 1257 (Baltic) if it comes \
                 from older Windows programs",
            );
        }
        valid
    }

    fn utf16(&mut self, out: &mut String, unit: fn([u8; 2]) -> u16) -> usize {
        let at = |at: usize| Some(unit([*self.raw.get(at)?, *self.raw.get(at + 1)?]));
        let mut used = 0;
        while let Some(first) = at(used) {
            let second = if (0xD800..0xDC00).contains(&first) { at(used + 2) } else { None };
            if (0xD800..0xDC00).contains(&first) && second.is_none() {
                break;
            }
            match char::decode_utf16([first].into_iter().chain(second)).next() {
                Some(Ok(c)) => out.push(c),
                _ => {
                    self.wrong(used, "save the file as \"CSV UTF-8\"");
                    return used;
                }
            }
            used += if second.is_some() { 4 } else { 2 };
        }
        if self.ended && used < self.raw.len() {
            self.wrong(used, "the file is cut off; save it again as \"CSV UTF-8\"");
        }
        used
    }

    fn windows(&mut self, out: &mut String, upper: Option<&[char; 128]>) -> usize {
        for at in 0..self.raw.len() {
            let byte = self.raw[at];
            let c = match (byte, upper) {
                (0x80.., Some(upper)) => upper[usize::from(byte - 0x80)],
                _ => char::from(byte),
            };
            if c == '\0' && byte != 0 {
                self.wrong(at, "save the file as \"CSV UTF-8\"");
                return at;
            }
            out.push(c);
        }
        self.raw.len()
    }

    /// Notes that the byte at `at` of what is there does not belong into the encoding.
    fn wrong(&mut self, at: usize, help: &str) {
        let (byte, place, name) = (self.raw[at], self.offset + at as u64 + 1, self.encoding.name());
        let message = format!("byte {place} (0x{byte:02X}) is no {name} text");
        self.trouble = Some(AnswersError { is_encoding: true, ..AnswersError::whole(message, help) });
    }
}

/// The text that `bytes` are, and how they write it: UTF-8, UTF-16 with a mark at the start, or what is `asked` for.
///
/// # Errors
/// When they are none of that.
pub fn decode(bytes: &[u8], asked: Option<Encoding>) -> Result<(String, Encoding), AnswersError> {
    let mut source = Text::new(bytes, asked)?;
    let (mut whole, mut piece) = (String::with_capacity(bytes.len()), String::new());
    while source.fill(&mut piece)? {
        whole.push_str(&piece);
    }
    Ok((whole, source.encoding()))
}

/// The error for a file beyond [`MAX_BYTES`].
pub(super) fn too_large() -> AnswersError {
    AnswersError::whole(
        format!("the file is larger than {} MB", MAX_BYTES >> 20),
        "leave out columns that are not needed, or cut it into parts",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time, as the slowest of disks.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            buffer[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn all(bytes: &[u8], asked: Option<Encoding>) -> Result<(String, Encoding), String> {
        let mut results = [None, None];
        for (at, result) in results.iter_mut().enumerate() {
            let source: Box<dyn Read> = if at == 0 { Box::new(bytes) } else { Box::new(Drops(bytes)) };
            let read = || {
                let mut text = Text::new(source, asked)?;
                let (mut whole, mut piece) = (String::new(), String::new());
                while text.fill(&mut piece)? {
                    whole.push_str(&piece);
                }
                Ok((whole, text.encoding()))
            };
            *result = Some(read().map_err(|err: AnswersError| err.to_string()));
        }
        let [whole, drops] = results;
        assert_eq!(whole, drops, "however it is cut");
        whole.unwrap()
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(bytes).collect()
    }

    #[test]
    fn marks_say_how_a_file_is_written() {
        let text = "naïve, نمره, 😀";
        let with_mark = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            (with_mark, Encoding::Utf8),
            (utf16(text, u16::to_le_bytes), Encoding::Utf16Le),
            (utf16(text, u16::to_be_bytes), Encoding::Utf16Be),
        ] {
            assert_eq!(all(&bytes, None), Ok((text.to_owned(), encoding)));
        }
        assert_eq!(all(b"", None), Ok((String::new(), Encoding::Utf8)));
    }

    #[test]
    fn encodings_of_windows_are_read_where_they_are_asked_for() {
        let bytes = b"caf\xE9 \x80 5 \x93so\x94";
        assert_eq!(all(bytes, Some(Encoding::Windows1252)).unwrap().0, "café € 5 “so”");
        let err = all(bytes, None).unwrap_err();
        assert!(err.starts_with("byte 4 (0xE9) is no UTF-8 text; ") && err.contains("Windows-1252"), "{err}");
        assert_eq!(all(b"\xC7\xE1\xC8\xCD\xCB \x80", Some(Encoding::Windows1256)).unwrap().0, "البحث €");
        assert_eq!(all(b"\xDEod\xFEiai \xE0\xE8", Some(Encoding::Windows1257)).unwrap().0, "Žodžiai ąč");
        let err = all(b"ab\x81", Some(Encoding::Windows1252)).unwrap_err();
        assert!(err.contains("byte 3 (0x81) is no Windows-1252 text"), "{err}");
    }

    #[test]
    fn what_is_no_text_is_told() {
        assert!(all(b"PK\x03\x04rest", None).unwrap_err().contains("a spreadsheet or an archive, not text"));
        assert!(all(b"%PDF-1.7", None).unwrap_err().contains("is a PDF, not text; choose another file"));
        assert!(all(b"a\0b\0", None).unwrap_err().contains("zero byte"));
        assert!(
            all(b"\xFF\xFEa\0b", None).unwrap_err().contains("byte 5 (0x62) is no UTF-16 text; the file is cut off")
        );
        assert!(all(b"\xFF\xFE\x00\xDC", None).unwrap_err().contains("byte 3 (0x00) is no UTF-16 text"));
        assert!(all(b"ab\xE2\x82", None).unwrap_err().contains("byte 3 (0xE2)"));
    }

    #[test]
    fn a_file_without_end_is_refused() {
        let mut text = Text::new(std::io::repeat(b'a'), None).unwrap();
        let mut piece = String::new();
        let err = loop {
            if let Err(err) = text.fill(&mut piece) {
                break err;
            }
        };
        assert!(err.to_string().contains("larger than 256 MB"), "{err}");
    }
}
