//! Why a file was not saved, told so that a person knows what to do next.

use std::io;
use std::path::{Path, PathBuf};

/// Why a file was not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The file, or this account, may not be written.
    #[error("{0} is read-only; save under another name, or allow writing")]
    ReadOnly(PathBuf),
    /// The whole drive is read-only.
    #[error("the drive that holds {0} is read-only; save on another drive")]
    ReadOnlyDrive(PathBuf),
    /// The folder is not there.
    #[error("the folder {0} is not there; connect its drive again or make the folder, or save in another folder")]
    NoFolder(PathBuf),
    /// The folder is not writable.
    #[error("cannot write into {0} ({1}); save in another folder")]
    Folder(PathBuf, io::Error),
    /// A folder, a device or a pipe stands in the place of the file.
    #[error("{0} is no ordinary file, so it was not saved there; save under another name")]
    NoFile(PathBuf),
    /// The drive does not take such a name.
    #[error("the drive does not take the name {0} ({1}); save under a shorter or plainer name")]
    Name(PathBuf, io::Error),
    /// The disk, or what this account may use of it, is full.
    #[error("the disk that holds {0} is full; make room, or save on another disk")]
    Full(PathBuf),
    /// The drive or the network does not answer.
    #[error(
        "the drive or network folder that holds {0} fails ({1}); connect it again and save, or save on another drive"
    )]
    Drive(PathBuf, io::Error),
    /// Anything else; the old file is untouched.
    #[error("{0} was not saved ({1}); the old file is untouched; save under another name or in another folder")]
    Other(PathBuf, io::Error),
    /// The new content is in place, but the system did not confirm that it reached the disk.
    #[error(
        "{0} is written, but the system could not confirm that it reached the disk ({1}); save again, or save a copy \
         on another drive"
    )]
    Unconfirmed(PathBuf, io::Error),
}

impl SaveError {
    /// What `err` means for the file at `path`.
    pub fn of(path: &Path, err: io::Error) -> Self {
        use io::ErrorKind as Kind;
        let path = path.to_owned();
        match err.kind() {
            Kind::StorageFull | Kind::QuotaExceeded => Self::Full(path),
            Kind::ReadOnlyFilesystem => Self::ReadOnlyDrive(path),
            Kind::IsADirectory => Self::NoFile(path),
            // A file stands in the place of its folder.
            Kind::NotADirectory => Self::Folder(path.parent().unwrap_or(&path).to_owned(), err),
            Kind::InvalidFilename => Self::Name(path, err),
            _ if is_of_drive(&err) => Self::Drive(path, err),
            _ => Self::Other(path, err),
        }
    }

    /// What `err` means, which came when a file was to be made in `folder` for `path`.
    pub(super) fn of_folder(path: &Path, folder: &Path, err: io::Error) -> Self {
        match err.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NoFolder(folder.to_owned()),
            // The error itself names a file that nobody has heard of: the one that was to be written first.
            kind @ io::ErrorKind::PermissionDenied => Self::Folder(folder.to_owned(), kind.into()),
            _ => match Self::of(path, err) {
                Self::Other(_, err) => Self::Folder(folder.to_owned(), err),
                known => known,
            },
        }
    }
}

/// Whether `err` is that of a drive that was taken away, of a network that is gone, or of a disk that fails.
fn is_of_drive(err: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    let by_kind = matches!(
        err.kind(),
        Kind::StaleNetworkFileHandle
            | Kind::TimedOut
            | Kind::NotConnected
            | Kind::ConnectionAborted
            | Kind::ConnectionReset
            | Kind::HostUnreachable
            | Kind::NetworkDown
            | Kind::NetworkUnreachable
    );
    by_kind || is_of_device(err)
}

#[cfg(unix)]
fn is_of_device(err: &io::Error) -> bool {
    use rustix::io::Errno;
    // Those that the standard library has no name for.
    let known = [Errno::IO, Errno::NXIO, Errno::NODEV, Errno::HOSTDOWN];
    err.raw_os_error().is_some_and(|code| known.contains(&Errno::from_raw_os_error(code)))
}

#[cfg(not(unix))]
fn is_of_device(_err: &io::Error) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_the_system_say_what_to_do() {
        let says = |kind: io::ErrorKind| SaveError::of(Path::new("/maps/a.ron"), kind.into()).to_string();
        assert!(says(io::ErrorKind::QuotaExceeded).contains("is full; make room"));
        assert!(says(io::ErrorKind::StaleNetworkFileHandle).contains("connect it again"));
        assert!(says(io::ErrorKind::ReadOnlyFilesystem).contains("another drive"));
        assert!(says(io::ErrorKind::InvalidFilename).contains("shorter or plainer name"));
        assert!(says(io::ErrorKind::Unsupported).contains("the old file is untouched"));
    }

    #[cfg(unix)]
    #[test]
    fn a_disk_that_fails_is_told_from_one_that_is_full() {
        let of = |errno: rustix::io::Errno| SaveError::of(Path::new("a.ron"), errno.into());
        assert!(matches!(of(rustix::io::Errno::IO), SaveError::Drive(..)));
        assert!(matches!(of(rustix::io::Errno::DQUOT), SaveError::Full(..)));
        assert!(matches!(of(rustix::io::Errno::NOSPC), SaveError::Full(..)));
    }
}
