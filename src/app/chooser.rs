//! The system's file dialog, in a process of its own where it could take the window with it.
//!
//! On Linux the dialog is another program, reached over the session bus. When that bus ends, its library ends the
//! whole process; when the other program dies, the call never returns; and "nothing was chosen" and "there is no
//! dialog" are one answer. So the window starts itself again as `rihla choose-file`, reads what that prints, and
//! may end it at any time.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use super::files::Purpose;

/// What came of asking for a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// This file.
    Path(PathBuf),
    /// The dialog was closed.
    Cancelled,
    /// The system has no dialog, or it broke.
    NoDialog,
}

/// A dialog that says "nothing chosen" this fast was never shown.
const TOO_FAST: Duration = Duration::from_millis(300);

/// Exit codes of the process; 1 is what it ends with when the bus goes, 101 when it panics.
#[cfg(unix)]
const CANCELLED: u8 = 4;
#[cfg(unix)]
const NO_DIALOG: u8 = 3;

/// Shows the dialog for `purpose`, starting at `start`, and waits for what is chosen.
pub(super) fn ask_here(purpose: Purpose, start: &Path) -> Choice {
    let mut dialog = rfd::FileDialog::new().set_title(purpose.title()).add_filter(purpose.kind(), purpose.endings());
    let folder = Some(start).filter(|start| start.is_dir()).or(start.parent()).filter(|folder| folder.is_dir());
    if let Some(folder) = folder {
        dialog = dialog.set_directory(folder);
    }
    if let Some(name) = start.file_name().filter(|_| purpose != Purpose::Picture && !start.is_dir()) {
        dialog = dialog.set_file_name(name.to_string_lossy());
    } else if let Some(folder) = folder.filter(|_| cfg!(target_os = "linux") && purpose.is_there()) {
        // Zenity is told of no folder, but begins in that of a file; the portal does not look at names to open.
        dialog = dialog.set_file_name(folder.join("").to_string_lossy());
    }
    let since = Instant::now();
    let path = if purpose.is_there() { dialog.pick_file() } else { dialog.save_file() };
    match path {
        Some(path) => Choice::Path(path),
        None if since.elapsed() < TOO_FAST => Choice::NoDialog,
        None => Choice::Cancelled,
    }
}

/// The other side of `Apart`: asks for a path for what `purpose` names and prints it.
pub fn choose(purpose: &str, start: &Path) -> ExitCode {
    #[cfg(unix)]
    if let Some(purpose) = Purpose::of_word(purpose) {
        use std::io::Write as _;
        use std::os::unix::ffi::OsStrExt as _;
        let start = std::path::absolute(start).unwrap_or_else(|_| start.to_owned());
        // Some dialogs begin where their program is, whatever they are told.
        if let Some(folder) = Some(&*start).filter(|start| start.is_dir()).or(start.parent()) {
            let _ = std::env::set_current_dir(folder);
        }
        return match ask_here(purpose, &start) {
            Choice::Path(path) => match std::io::stdout().write_all(path.as_os_str().as_bytes()) {
                Ok(()) => ExitCode::SUCCESS,
                Err(_) => ExitCode::FAILURE,
            },
            Choice::Cancelled => ExitCode::from(CANCELLED),
            Choice::NoDialog => ExitCode::from(NO_DIALOG),
        };
    }
    eprintln!("rihla: choose-file is for the window itself; {purpose} with {} means nothing", start.display());
    ExitCode::FAILURE
}

/// The process with the dialog; it ends with the value.
#[cfg(unix)]
#[derive(Debug)]
pub(super) struct Apart(std::sync::Arc<std::sync::Mutex<Option<std::process::Child>>>);

#[cfg(unix)]
impl Apart {
    /// Starts the process, and gives what waits for its answer.
    pub fn start(purpose: Purpose, start: &Path) -> std::io::Result<(Self, impl FnOnce() -> Choice + Send + 'static)> {
        use std::os::unix::process::CommandExt as _;
        use std::process::{Command, Stdio};
        // On Linux also when the program's file was replaced by a newer one.
        let program = if cfg!(target_os = "linux") { "/proc/self/exe".into() } else { std::env::current_exe()? };
        let mut command = Command::new(program);
        command.arg0("rihla").arg("choose-file").arg(purpose.word());
        if !start.as_os_str().is_empty() {
            command.arg(start);
        }
        // A group of its own, so that a helper which it starts ends with it.
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
        let mut child = command.spawn()?;
        let output = child.stdout.take();
        let child = std::sync::Arc::new(std::sync::Mutex::new(Some(child)));
        let apart = Self(std::sync::Arc::clone(&child));
        Ok((apart, move || answer(&child, output)))
    }
}

/// Waits for what the process says.
#[cfg(unix)]
fn answer(child: &std::sync::Mutex<Option<std::process::Child>>, output: Option<std::process::ChildStdout>) -> Choice {
    use std::ffi::OsString;
    use std::io::Read as _;
    use std::os::unix::ffi::OsStringExt as _;
    let mut bytes = Vec::new();
    let read = output.map(|mut output| output.read_to_end(&mut bytes));
    let mut child = child.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let code = child.take().and_then(|mut child| child.wait().ok()).and_then(|status| status.code());
    match (code, read) {
        (Some(0), Some(Ok(_))) if !bytes.is_empty() => Choice::Path(OsString::from_vec(bytes).into()),
        (Some(code), _) if code == i32::from(CANCELLED) => Choice::Cancelled,
        _ => Choice::NoDialog,
    }
}

#[cfg(unix)]
impl Drop for Apart {
    fn drop(&mut self) {
        let mut child = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(mut child) = child.take() {
            let group = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw);
            if let Some(group) = group {
                // It may have ended by itself.
                let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
            }
            let _ = child.wait();
        }
    }
}
