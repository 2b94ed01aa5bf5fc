//! What tells one content of a file from another: never its time, always its bytes.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::MOST_BYTES;

/// Length and hash of some bytes; the same in every version of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    length: u64,
    hash: u64,
}

impl Fingerprint {
    /// That of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        // FNV-1a: written down here, so that what one version noted another can compare.
        let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        Self { length: bytes.len() as u64, hash: bytes.iter().fold(0xcbf2_9ce4_8422_2325, step) }
    }

    /// The hash alone, as part of a file name.
    pub fn hex(self) -> String {
        format!("{:016x}", self.hash)
    }
}

/// The bytes at `path`, or nothing where there is no file.
///
/// # Errors
/// When there is something that cannot be read, or that is too large for a map.
pub fn bytes_at(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match std::fs::metadata(path) {
        Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(None),
        // Opening a pipe would wait for ever.
        Ok(meta) if !meta.is_file() => return Err(io::ErrorKind::IsADirectory.into()),
        meta => meta?,
    };
    let file = match File::open(path) {
        Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_the_same_for_ever() {
        assert_eq!(Fingerprint::of(b"a").hex(), "af63dc4c8601ec8c");
        assert_ne!(Fingerprint::of(b"a"), Fingerprint::of(b"b"));
    }
}
