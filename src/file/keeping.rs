//! What a new file takes over from the one it replaces: owner, group, mode, access lists and other attributes.

use std::fmt;
use std::fs::{File, Metadata};
use std::io;

/// What could not be taken over; the content is whole in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The file has another name, a hard link, under which the version before stays.
    Twin,
    /// The file belongs to whoever saved it.
    Owner,
    /// The file has another group; what the group might do only those may who are named.
    Group,
    /// An access list.
    Access,
}

impl fmt::Display for Lost {
    /// A clause that stands behind "Saved map.ron; ".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Twin => "its other name (a hard link) keeps the version before",
            Self::Owner => "the file belongs to your account now",
            Self::Group => "its group could not be kept, so others may have lost access",
            Self::Access => "its access list could not be kept, so others may have lost access",
        })
    }
}

/// Gives `new` what `old`, which it will replace, has; tells what could not be given.
///
/// # Errors
/// When the mode cannot be set: a file that others can read more of than before is worse than none.
#[cfg(unix)]
pub(super) fn take_over(new: &File, old: &File, meta: &Metadata) -> io::Result<Vec<Lost>> {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let mut lost = Vec::new();
    if meta.nlink() > 1 {
        lost.push(Lost::Twin);
    }
    let mut mode = meta.mode() & 0o7777;
    let here = new.metadata()?;
    let is_other = (here.uid(), here.gid()) != (meta.uid(), meta.gid());
    // Only root may give files away, but everybody to a group of their own.
    if is_other && fchown(new, Some(meta.uid()), Some(meta.gid())).is_err() {
        if here.uid() != meta.uid() {
            lost.push(Lost::Owner);
        }
        if here.gid() != meta.gid() && fchown(new, None, Some(meta.gid())).is_err() {
            lost.push(Lost::Group);
            // The rights of a group are not for another one.
            mode = mode & 0o7707 & !0o2000 | (mode & 0o7) << 3;
        }
    }
    if attributes::take_over(new, old).is_err() {
        lost.push(Lost::Access);
    }
    new.set_permissions(Permissions::from_mode(mode))?;
    Ok(lost)
}

/// As on Unix; elsewhere there is only the mark for reading alone.
#[cfg(not(unix))]
pub(super) fn take_over(new: &File, _old: &File, meta: &Metadata) -> io::Result<Vec<Lost>> {
    new.set_permissions(meta.permissions())?;
    Ok(Vec::new())
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
mod attributes {
    use std::ffi::{CStr, CString};
    use std::fs::File;
    use std::io;

    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fremovexattr, fsetxattr};
    use rustix::io::Errno;

    /// The access lists.
    const ACCESS: [&str; 2] = ["system.posix_acl_access", "system.nfs4_acl"];

    /// Gives `new` the attributes of `old`.
    ///
    /// # Errors
    /// When an access list is not as it was. Other attributes are a help at most; without them the file is as good.
    pub fn take_over(new: &File, old: &File) -> io::Result<()> {
        let here = names(old)?;
        let mut result = Ok(());
        for name in here.iter().filter(|name| is_kept(name)) {
            let set = value(old, name).and_then(|value| fsetxattr(new, name, &value, XattrFlags::empty()));
            if let (Err(err), true) = (set, is_access(name)) {
                result = Err(err.into());
            }
        }
        // What the folder gives to every new file in it.
        for name in names(new)?.iter().filter(|name| is_access(name) && !here.contains(name)) {
            fremovexattr(new, name)?;
        }
        result
    }

    fn is_access(name: &CStr) -> bool {
        ACCESS.iter().any(|access| access.as_bytes() == name.to_bytes())
    }

    /// Labels that are made from the content must not be copied.
    fn is_kept(name: &CStr) -> bool {
        let bytes = name.to_bytes();
        let is_plain = bytes.starts_with(b"user.") || bytes == b"security.selinux" || is_access(name);
        is_plain || cfg!(target_os = "macos")
    }

    /// The names of all attributes of `file`; none where the file system has no attributes.
    fn names(file: &File) -> io::Result<Vec<CString>> {
        let mut list = Vec::with_capacity(64 * 1024);
        match flistxattr(file, rustix::buffer::spare_capacity(&mut list)) {
            Err(Errno::NOTSUP | Errno::NOSYS) => return Ok(Vec::new()),
            listed => listed?,
        };
        Ok(list
            .split(|byte| *byte == 0)
            .filter(|name| !name.is_empty())
            .filter_map(|name| CString::new(name).ok())
            .collect())
    }

    fn value(file: &File, name: &CStr) -> rustix::io::Result<Vec<u8>> {
        // No system allows more.
        let mut value = Vec::with_capacity(64 * 1024);
        fgetxattr(file, name, rustix::buffer::spare_capacity(&mut value))?;
        Ok(value)
    }
}

#[cfg(all(unix, not(any(target_os = "linux", target_os = "macos"))))]
mod attributes {
    /// There are none, or none that are known.
    pub fn take_over(_new: &std::fs::File, _old: &std::fs::File) -> std::io::Result<()> {
        Ok(())
    }
}
