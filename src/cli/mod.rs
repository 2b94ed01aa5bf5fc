//! The command line: `rihla [MAP.ron]` opens the window, the subcommands work without one.

mod check;
mod convert;
mod diff;
mod export;
mod export_args;
mod film;
mod fmt;
mod load;
mod measure;
mod new;
mod report;
mod theme;
mod values;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use self::export_args::ExportArgs;
use self::values::{
    DelimiterName, EncodingName, Grid, MetricName, PeriodName, parse_column, parse_format, parse_grid, parse_language,
    parse_pace, parse_size,
};
use crate::exchange::MapFormat;
use crate::film::{FilmOptions, Pace};
use crate::model::Language;

/// Rihla, an editor for customer-journey maps.
///
/// Without a subcommand it opens the window, on MAP.ron if one is named.
/// The subcommands need no display.
#[derive(Debug, Parser)]
#[command(name = "rihla", version, max_term_width = 100, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// The map to open in the window.
    #[arg(value_name = "MAP.ron")]
    map: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Export(ExportArgs),
    Check(CheckArgs),
    Convert(ConvertArgs),
    Fmt(FmtArgs),
    New(NewArgs),
    Report(ReportArgs),
    Theme(ThemeArgs),
    Film(FilmArgs),
    Diff(DiffArgs),
    Measure(MeasureArgs),
    ChooseFile(ChooseFileArgs),
}

/// Make a film: a walk through a journey, stage by stage, as GIF or APNG, or as numbered pictures of its stops.
///
/// The camera stays at each stop for as long as its texts take to read. Of two maps, such as today's and the future's, each
/// stage is shown in the first and then in the second.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  rihla film map.ron -o walk.gif\n  \
    rihla film current.ron future.ron -o walk.gif --size 1920x1080 --pace slow\n  rihla film map.ron -o stops/{name}-{number}.png")]
struct FilmArgs {
    /// The map, or two states of one journey.
    #[arg(value_name = "MAP.ron", required = true, num_args = 1..=2)]
    maps: Vec<PathBuf>,
    /// The file to write: `walk.gif`, `walk.apng`, or `walk-{number}.png` for a picture of each stop.
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// Pixels across and down.
    #[arg(long, value_name = "WxH", default_value = "1280x720", value_parser = parse_size)]
    size: (u16, u16),
    /// Pictures a second while the camera moves, 5 to 30.
    #[arg(long, value_name = "N", default_value_t = FilmOptions::default().rate,
        value_parser = clap::value_parser!(u16).range(5..=30))]
    rate: u16,
    /// How long the camera stays at each stop: normal is what reading takes, slow nearly twice, quick half of that.
    #[arg(long, value_name = "PACE", default_value = "normal", value_parser = parse_pace)]
    pace: Pace,
    /// The look: light, dark, high-contrast, print, one of your own by its name, or a file, as brand.ron.
    #[arg(long, value_name = "THEME", default_value = "light")]
    theme: String,
}

/// List themes, check those of your own, or write one to start from.
///
/// A theme of your own gives what differs from one of Rihla's: `(base: "light", colors: (accents: ["#0b6e4f"]),
/// font: "brand.ttf", logo: "logo.png")`. Mistakes are told with file, line and column; so is text without enough contrast,
/// and what looks alike to colour-blind eyes. Themes in the folder `themes` beside the settings are known by their names.
///
/// The exit status is 0 when nothing is wrong, 1 when a theme could not be read, and 2 when something can hardly be seen.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  rihla theme                       # list\n  \
    rihla theme brand.ron             # check\n  rihla theme light -o brand.ron    # all that can be changed")]
struct ThemeArgs {
    /// Themes to check, by name or file; without any they are listed.
    #[arg(value_name = "THEME")]
    themes: Vec<String>,
    /// Write the theme's file here, to change it; an existing one is not overwritten.
    #[arg(short, long, value_name = "FILE.ron", requires = "themes")]
    output: Option<PathBuf>,
}

/// Tell whether maps are sound; prints what is wrong with file, line and column.
///
/// The exit status is 0 when all maps are sound and 1 when one is not.
#[derive(Debug, Args)]
struct CheckArgs {
    /// The maps.
    #[arg(value_name = "MAP.ron", required = true)]
    maps: Vec<PathBuf>,
}

/// Write maps in canonical form, as the window saves them; prints the names of those that were not in it.
///
/// Comments above the map are kept. Where others would be lost, the file is left alone unless --drop-comments is said.
/// The exit status is 0, or 1 when a file could not be read or written; with --check, when one is not in this form.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  rihla fmt maps/*.ron\n  rihla fmt --check maps/*.ron      # for a hook or a build"
)]
struct FmtArgs {
    /// The maps.
    #[arg(value_name = "MAP.ron", required = true)]
    maps: Vec<PathBuf>,
    /// Write nothing, only say which files are not in this form.
    #[arg(long)]
    check: bool,
    /// Write also files whose comments are lost by it.
    #[arg(long, conflicts_with = "check")]
    drop_comments: bool,
}

/// Turn a map into another format, or a file of another program into a map or a picture.
///
/// The endings of IN and OUT say what they are: .ron, .mmd, .csv, .md, .ojf, .cjml; .png, .svg, .pdf and
/// .pptx for a picture or slides. What the other format cannot hold is listed on stderr, with its place; the exit status
/// is 0 all the same.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  rihla convert journey.mmd -o map.ron\n  rihla convert map.ron -o journey.mmd\n  \
    rihla convert journey.mmd -o journey.png\n  \
    rihla convert map.ron -o map.csv --to matrix\n  \
    rihla convert sheet.csv -o map.ron --column title=Activity --column stage=Phase")]
struct ConvertArgs {
    /// The file to read.
    #[arg(value_name = "IN")]
    input: PathBuf,
    /// The file to write; a map that is there already is not overwritten without --force.
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// What IN is, where its ending does not say so.
    #[arg(long, value_name = "FORMAT", value_parser = parse_format)]
    from: Option<MapFormat>,
    /// What OUT becomes, where its ending does not say so.
    #[arg(long, value_name = "FORMAT", value_parser = parse_format)]
    to: Option<MapFormat>,
    /// CSV: which column holds a field of touchpoints, where its heading does not say so; #3 is the third, and ignore=Mood
    /// leaves one out.
    #[arg(long, value_name = "FIELD=HEADING", value_parser = parse_column)]
    column: Vec<(String, String)>,
    /// CSV: what parts the cells, if not what fits its first rows best.
    #[arg(long, value_enum)]
    delimiter: Option<DelimiterName>,
    /// How the file writes its letters, where that is neither UTF-8 nor UTF-16 with a mark.
    #[arg(long, value_enum)]
    encoding: Option<EncodingName>,
    /// What parts the cells of a CSV that is written; a semicolon for spreadsheets where the comma is in numbers.
    #[arg(long, value_enum)]
    out_delimiter: Option<DelimiterName>,
    /// List every place of each loss, not only the first few.
    #[arg(long)]
    losses: bool,
    /// Overwrite a map that is there.
    #[arg(long)]
    force: bool,
}

/// Make a new map from a template.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  rihla new --template hotel -o map.ron\n  \
    rihla new --template hotel --language fa -o map.ron\n  rihla new --list")]
struct NewArgs {
    /// The template; `--list` shows them.
    #[arg(long, value_name = "NAME", default_value = "empty")]
    template: String,
    /// The language of its words: en, lt, ar or fa; English if nothing is said.
    #[arg(long, value_name = "CODE", conflicts_with = "generate", value_parser = parse_language)]
    language: Option<Language>,
    /// Make a large map for tests instead: every cell filled, the same bytes each time.
    #[arg(long, value_name = "STAGESxSTEPSxLANES", conflicts_with = "template", value_parser = parse_grid)]
    generate: Option<Grid>,
    /// The file to write; an existing one is not overwritten.
    #[arg(short, long, value_name = "MAP.ron", required_unless_present = "list")]
    output: Option<PathBuf>,
    /// List the templates, those you saved too, and the languages.
    #[arg(long)]
    list: bool,
}

/// Tell what a map says in figures, as Markdown: the curve, ranked pain points, channels, hand-offs, gaps.
#[derive(Debug, Args)]
struct ReportArgs {
    /// The map.
    #[arg(value_name = "MAP.ron")]
    map: PathBuf,
    /// The file to write; without it the report is printed.
    #[arg(short, long, value_name = "FILE.md")]
    output: Option<PathBuf>,
}

/// Tell in what two maps differ: what was added, removed, moved and changed on the way from A to B.
///
/// Stages, steps, lanes and touchpoints are the same when their ids are, wherever they stand and whatever they say;
/// annotations when they say the same, links when they join the same touchpoints. One line a difference, with the
/// field, before and after. Where a map names its counterpart, A alone is enough.
///
/// The exit status is 0 when the maps say the same, 1 when they differ, and 2 when one could not be read.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  rihla diff current.ron future.ron\n  \
    rihla diff current.ron                      # with the counterpart that it names\n  \
    rihla diff --quiet a.ron b.ron && echo same")]
struct DiffArgs {
    /// The map before.
    #[arg(value_name = "A.ron")]
    before: PathBuf,
    /// The map after; without it the counterpart that A names.
    #[arg(value_name = "B.ron")]
    after: Option<PathBuf>,
    /// Print nothing, only set the exit status.
    #[arg(short, long)]
    quiet: bool,
}

/// Work out a metric from survey answers in a CSV file and put it onto a map.
///
/// The first row of the file names its columns. Each stage or touchpoint that the answers name gets a metric; one of
/// the same kind, place and name gets new values. NPS is the share of answers 9 and 10 minus the share of 0 to 6, CSAT
/// the share of 6 and 7 (of 1 to 7) or of yes, the others are means. Any mistake in the file is told with its row,
/// and then nothing is written.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    rihla measure map.ron --csv answers.csv --kind nps --answer score --date date --at stage\n  \
    rihla measure map.ron --csv answers.csv --kind own --name Nights --answer nights -o new.ron")]
struct MeasureArgs {
    /// The map.
    #[arg(value_name = "MAP.ron")]
    map: PathBuf,
    /// The answers.
    #[arg(long, value_name = "FILE.csv")]
    csv: PathBuf,
    /// What is measured.
    #[arg(long, value_enum)]
    kind: MetricName,
    /// The column with the answers.
    #[arg(long, value_name = "COLUMN")]
    answer: String,
    /// The column with their dates; without one they count as of today.
    #[arg(long, value_name = "COLUMN")]
    date: Option<String>,
    /// The column that names a stage or touchpoint, by id or name; without one they are about the whole journey.
    #[arg(long, value_name = "COLUMN")]
    at: Option<String>,
    /// The stage that all answers are about, by id or name.
    #[arg(long, value_name = "STAGE", conflicts_with = "at")]
    stage: Option<String>,
    /// The touchpoint that all answers are about, by id or title.
    #[arg(long, value_name = "TOUCHPOINT", conflicts_with_all = ["at", "stage"])]
    touchpoint: Option<String>,
    /// Over what time answers are put together; with dates month if nothing is said.
    #[arg(long, value_enum, requires = "date")]
    period: Option<PeriodName>,
    /// What the metric is called, if not as its kind.
    #[arg(long, value_name = "NAME", required_if_eq("kind", "own"))]
    name: Option<String>,
    /// The unit of a metric of your own.
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    /// How the file writes its letters, where that is neither UTF-8 nor UTF-16 with a mark.
    #[arg(long, value_enum)]
    encoding: Option<EncodingName>,
    /// The file to write; without it the map itself.
    #[arg(short, long, value_name = "OUT.ron")]
    output: Option<PathBuf>,
}

/// Show the system's file dialog and print the path that is chosen; the window starts this for itself.
#[derive(Debug, Args)]
#[command(hide = true)]
struct ChooseFileArgs {
    /// What the path is for.
    purpose: String,
    /// Where to start.
    start: Option<PathBuf>,
}

/// What the command line asks for beyond the subcommands, which `run` has done already.
#[derive(Debug)]
pub enum Outcome {
    /// Open the window, on this map if one is named.
    OpenWindow(Option<PathBuf>),
    /// Show the system's file dialog for this purpose, starting there.
    ChooseFile(String, PathBuf),
    /// Exit.
    Exit(ExitCode),
}

/// Reads the command line and does what it says, up to opening the window.
pub fn run() -> Outcome {
    let cli = Cli::parse();
    match cli.command {
        None => Outcome::OpenWindow(cli.map),
        Some(Command::Export(args)) => Outcome::Exit(export::run(&args)),
        Some(Command::Check(args)) => Outcome::Exit(check::run(&args)),
        Some(Command::Convert(args)) => Outcome::Exit(convert::run(&args)),
        Some(Command::Fmt(args)) => Outcome::Exit(fmt::run(&args)),
        Some(Command::New(args)) => Outcome::Exit(new::run(&args)),
        Some(Command::Report(args)) => Outcome::Exit(report::run(&args)),
        Some(Command::Film(args)) => Outcome::Exit(film::run(&args)),
        Some(Command::Theme(args)) => Outcome::Exit(theme::run(&args)),
        Some(Command::Diff(args)) => Outcome::Exit(diff::run(&args)),
        Some(Command::Measure(args)) => Outcome::Exit(measure::run(&args)),
        Some(Command::ChooseFile(args)) => Outcome::ChooseFile(args.purpose, args.start.unwrap_or_default()),
    }
}

/// Prints what came of a command: a line of its result, or on the other stream what went wrong.
fn told(result: Result<String, String>) -> ExitCode {
    match result {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
