//! Any text in each of the other formats, and what was read written in all of them. The last byte says which format, so that
//! any file can be a seed.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use rihla::exchange::{MapFormat, Reading, listing, look_at_table, read_map};

fuzz_target!(|bytes: &[u8]| {
    let Some((last, bytes)) = bytes.split_last() else { return };
    let formats = &MapFormat::ALL[1..];
    let format = formats[usize::from(*last) % formats.len()];
    let reading = Reading { format: Some(format), ..Reading::default() };
    // As far as possible the columns of a table are guessed, as in the window.
    let guessed = if last & 0x80 == 0 { reading } else { Reading::default() };
    if let Ok(look) = look_at_table(bytes, &guessed) {
        let _ = look.suggestion();
    }
    let name = format!("map.{}", format.endings()[0]);
    let Ok((_, import)) = read_map(Path::new(&name), bytes, &guessed) else { return };
    assert_eq!(import.map.problems(), []);
    let _ = listing(&import.losses, 3);
    for format in MapFormat::ALL {
        let text = format.write(&import.map).text;
        let reading = Reading { format: Some(format), ..Reading::default() };
        let again = read_map(Path::new(&name), text.as_bytes(), &reading);
        let (_, again) = again.unwrap_or_else(|err| panic!("{format:?}: {err}\n{text}"));
        assert_eq!(again.map.problems(), []);
    }
});
