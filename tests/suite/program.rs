//! Starts the program and catches what it says.

use std::ffi::OsStr;
use std::process::Command;

/// How a run of the program ended.
pub struct Run {
    /// The exit status; `None` if a signal ended it.
    pub code: Option<i32>,
    /// What it printed.
    pub out: String,
    /// What it complained about.
    pub err: String,
}

/// Runs `rihla` with `args`, without a display.
pub fn rihla<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Run {
    rihla_where(args, &[])
}

/// Runs `rihla` with `args` and these variables of the environment, without a display.
pub fn rihla_where<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>, variables: &[(&str, &str)]) -> Run {
    run(Command::new(env!("CARGO_BIN_EXE_rihla")).args(args).envs(variables.iter().copied()))
}

/// Runs `rihla` with `args` as somebody else would: with another language, clock, home and working directory, all in
/// `home`.
pub fn rihla_elsewhere<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>, home: &std::path::Path) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rihla"));
    let language = [("LC_ALL", "fa_IR.UTF-8"), ("LANG", "lt_LT.UTF-8"), ("LANGUAGE", "ar"), ("TZ", "Asia/Tehran")];
    command.args(args).current_dir(home).env("HOME", home).env("USER", "somebody").envs(language);
    for folder in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
        command.env(folder, home.join(folder));
    }
    run(&mut command)
}

fn run(command: &mut Command) -> Run {
    let output = command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").output().expect("the program starts");
    let run = Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("the program prints UTF-8"),
        err: String::from_utf8(output.stderr).expect("the program complains in UTF-8"),
    };
    assert!(!run.err.contains("panicked"), "{}", run.err);
    run
}

/// The maps under `examples/`.
pub fn examples() -> Vec<std::path::PathBuf> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let entries = std::fs::read_dir(folder).expect("there are examples");
    let mut maps: Vec<_> =
        entries.map(|e| e.unwrap().path()).filter(|p| p.extension() == Some("ron".as_ref())).collect();
    maps.sort();
    assert!(maps.len() >= 3);
    maps
}
