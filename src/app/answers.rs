//! The dialog that makes metrics of survey answers: which column is what, and what that comes to.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::Duration;

use egui::{Context, Id, RichText, Ui};

use super::App;
use super::answers_table::{self, Shown};
use super::choices::{LABEL, encodings, labelled};
use super::dialogs::{Dialog, Reply, Turn, buttons, main_button, plain_button, title};
use super::drop_down::drop_down;
use super::editor::Editor;
use super::field::Field;
use super::find_bar;
use super::ink::Ink;
use super::look::{self, BODY};
use crate::edit::Selection;
use crate::measure::{
    AnswersError, Delimiter, Look, Mapping, Measured, Period, Progress, Reading, Report, guess, guess_answer,
    measure_file, today,
};
use crate::model::{Element, JourneyMap, LaneKind, MetricHost, MetricKind, counted};
use crate::text::Align as TextAlign;

/// No more of what is selected is offered.
const MOST_HOSTS: usize = 9;
/// The name while answers are read; the one that is typed is put in its place.
const SOME_NAME: &str = "metric";

/// Answers on their way onto the map.
#[derive(Debug)]
pub struct AnswersBox {
    path: PathBuf,
    map: Arc<JourneyMap>,
    /// What is selected and what that stands in, with their words in a list.
    hosts: Vec<(String, MetricHost)>,
    reading: Reading,
    look: Option<Look>,
    mapping: Mapping,
    name: Field,
    unit: Field,
    /// What the file came to; of another mapping while `work` goes on.
    found: Option<Result<Report, AnswersError>>,
    work: Option<Work>,
}

/// A thread that reads the file.
#[derive(Debug)]
struct Work {
    news: Receiver<News>,
    progress: Arc<Progress>,
}

/// What it has found out.
#[derive(Debug)]
enum News {
    Looked(Look, Mapping),
    Done(Result<Report, AnswersError>),
}

impl Drop for Work {
    fn drop(&mut self) {
        // Nobody waits for it any more.
        self.progress.stop.store(true, Ordering::Relaxed);
    }
}

impl AnswersBox {
    /// Starts to read the file at `path` for `map`.
    pub fn new(path: &Path, editor: &Editor, ctx: &Context, ink: &mut Ink) -> Self {
        let map = Arc::clone(editor.document.map());
        let hosts = hosts(&map, editor.document.selection());
        let mut field = |name: &'static str| {
            let id = Id::unique(("answers", name));
            Field::new(id, "", BODY, None, TextAlign::Left, ink).one_line().without_focus()
        };
        let mapping = Mapping {
            kind: MetricKind::Nps,
            name: String::new(),
            unit: String::new(),
            answer: None,
            date: None,
            at: None,
            host: MetricHost::Map,
            period: Period::All,
            today: today(),
        };
        let (name, unit) = (field("name"), field("unit"));
        let (path, reading) = (path.to_owned(), Reading::default());
        let mut this = Self { path, map, hosts, reading, look: None, mapping, name, unit, found: None, work: None };
        this.start(ctx);
        this
    }

    /// Reads the file, its head too where that is not known, on a thread of its own.
    fn start(&mut self, ctx: &Context) {
        let (send, news) = channel();
        let progress = Arc::new(Progress::default());
        let (path, map, told) = (self.path.clone(), Arc::clone(&self.map), Arc::clone(&progress));
        let (reading, known, day) = (self.reading, self.look.clone(), self.mapping.today);
        let mut mapping = Mapping { name: SOME_NAME.into(), ..self.mapping.clone() };
        let ctx = ctx.clone();
        std::thread::spawn(move || {
            let look = known.map_or_else(
                || {
                    let look = Look::of_file(&path, reading)?;
                    mapping = Mapping { name: SOME_NAME.into(), ..guess(&look, &map, day) };
                    // The dialog may be gone by now, here and below.
                    let _ = send.send(News::Looked(look.clone(), mapping.clone()));
                    Ok(look)
                },
                Ok,
            );
            let report = look.and_then(|look| measure_file(&path, &look, &mapping, &map, &told));
            let _ = send.send(News::Done(report));
            ctx.request_repaint();
        });
        self.work = Some(Work { news, progress });
    }

    fn take_news(&mut self, ctx: &Context) {
        while let Some(work) = &self.work {
            match work.news.try_recv() {
                Ok(News::Looked(look, mapping)) => {
                    self.look = Some(look);
                    self.mapping = mapping;
                }
                Ok(News::Done(found)) => {
                    self.found = Some(found);
                    self.work = None;
                }
                Err(TryRecvError::Disconnected) => {
                    self.found = Some(Err(AnswersError::whole("the reading ended early", "try again")));
                    self.work = None;
                }
                Err(TryRecvError::Empty) => {
                    ctx.request_repaint_after(Duration::from_millis(50));
                    break;
                }
            }
        }
    }

    /// A frame of the dialog.
    pub fn ui(&mut self, ui: &mut Ui, ink: &mut Ink) -> Turn {
        self.take_news(ui.ctx());
        // Enter in an open list is the list's.
        let in_list = egui::Popup::is_any_open(ui.ctx());
        ui.set_width(super::dialogs::width(ui, 700.0));
        title(ui, "Import survey answers");
        self.about(ui, ink);
        let before = (self.mapping.clone(), self.reading);
        // A low window scrolls; title and buttons stay. The least height lets the dialog grow again with the window.
        let room = ui.ctx().content_rect().height() - 180.0;
        let area = egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room);
        let metrics = area.show(ui, |ui| {
            self.choices(ui, ink);
            let metrics = self.metrics();
            self.preview(ui, &metrics, ink);
            metrics
        });
        let metrics = metrics.inner;
        if self.reading != before.1 {
            self.look = None;
            self.start(ui.ctx());
        } else if self.mapping != before.0 {
            self.start(ui.ctx());
        }
        let needs_name = self.mapping.kind == MetricKind::Own && self.name.text().trim().is_empty();
        let ready = self.work.is_none() && !metrics.is_empty() && !needs_name && !in_list;
        let word = match metrics.len() {
            0 => "Import".into(),
            1 => "Import 1 metric".into(),
            n => format!("Import {n} metrics"),
        };
        buttons(ui, |ui| {
            if main_button(ui, &word, ready) {
                return Turn::Reply(Reply::Measured(metrics));
            }
            if plain_button(ui, "Cancel") {
                return Turn::Close;
            }
            if needs_name {
                ui.label(RichText::new("A metric of your own needs a name").weak());
            }
            Turn::Stay
        })
    }

    /// What was found, under the name that is typed now.
    fn metrics(&self) -> Vec<Measured> {
        let Some(Ok(report)) = &self.found else { return Vec::new() };
        let is_own = self.mapping.kind == MetricKind::Own;
        let (name, unit) = (self.name.text(), if is_own { self.unit.text() } else { String::new() });
        let named = |metric: &Measured| Measured {
            name: name.trim().to_owned(),
            unit: unit.trim().to_owned(),
            ..metric.clone()
        };
        report.metrics.iter().map(named).collect()
    }

    /// The file, in a line.
    fn about(&self, ui: &mut Ui, ink: &mut Ink) {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut text = name;
        if let Some(Ok(report)) = &self.found {
            text += &format!(" · {}", counted(report.rows, "row"));
            if report.empty > 0 {
                text += &format!(" · {} without an answer", report.empty);
            }
        }
        let width = ui.available_width();
        ink.label(ui, &text, BODY, width, look::colors(ui.ctx()).ink_soft);
    }

    /// Which column is what, and what is made of it.
    fn choices(&mut self, ui: &mut Ui, ink: &mut Ink) {
        let before = self.mapping.kind;
        labelled(ui, "Metric", |ui| {
            for kind in MetricKind::ALL.iter().copied() {
                ui.selectable_value(&mut self.mapping.kind, kind, kind.name());
            }
        });
        if let Some(look) = self.look.as_ref().filter(|_| self.mapping.kind != before) {
            self.mapping.answer = guess_answer(look, self.mapping.kind, self.mapping.date, self.mapping.at);
        }
        labelled(ui, "", |ui| {
            ui.label(RichText::new(rule(self.mapping.kind)).small().weak());
        });
        self.columns(ui, ink);
        labelled(ui, "Name", |ui| {
            let is_own = self.mapping.kind == MetricKind::Own;
            let hint = if is_own { "Name" } else { self.mapping.kind.name() };
            let width = half(ui);
            find_bar::input(ui, if is_own { width } else { 2.0 * width + GAP }, &mut self.name, hint, ink);
            if is_own {
                ui.add_space(GAP - ui.spacing().item_spacing.x);
                find_bar::input(ui, width, &mut self.unit, "Unit", ink);
            }
        });
        labelled(ui, "File", |ui| {
            let shown = self.reading.delimiter.or(self.look.as_ref().map(|look| look.delimiter));
            for delimiter in Delimiter::ALL {
                if ui.selectable_label(shown == Some(delimiter), delimiter.name()).clicked() {
                    self.reading.delimiter = Some(delimiter);
                }
            }
            ui.add_space(16.0);
            let shown = self.reading.encoding.or(self.look.as_ref().map(|look| look.encoding)).unwrap_or_default();
            self.reading.encoding = encodings(ui, shown).or(self.reading.encoding);
        });
    }

    /// The columns of answers, dates and places.
    fn columns(&mut self, ui: &mut Ui, ink: &mut Ink) {
        let headings: Vec<&str> = self.look.iter().flat_map(|l| l.headings.iter().map(String::as_str)).collect();
        let mapping = &mut self.mapping;
        labelled(ui, "Answers", |ui| {
            let width = half(ui);
            let options = (headings.as_slice(), mapping.answer, "Choose a column");
            mapping.answer = drop_down(ui, "Column of answers", options, width, ink).or(mapping.answer);
        });
        // The first of these is none of the columns.
        let with =
            |none: &'static str| -> Vec<&str> { std::iter::once(none).chain(headings.iter().copied()).collect() };
        labelled(ui, "About", |ui| {
            // First what all answers may be about, then the columns that tell.
            let mut options: Vec<&str> = self.hosts.iter().map(|(words, _)| words.as_str()).collect();
            options.extend(headings.iter().copied());
            let (fixed, width) = (self.hosts.len(), half(ui));
            let host = self.hosts.iter().position(|(_, host)| *host == mapping.host).unwrap_or(0);
            let chosen = mapping.at.map_or(host, |at| at + fixed);
            if let Some(at) = drop_down(ui, "Column of stages or touchpoints", (&options, Some(chosen), ""), width, ink)
            {
                mapping.at = at.checked_sub(fixed);
                mapping.host = self.hosts.get(at).map_or(MetricHost::Map, |(_, host)| host.clone());
            }
            if mapping.at.is_some() {
                ui.add_space(GAP - ui.spacing().item_spacing.x);
                ui.label(RichText::new("names a stage or touchpoint, by its name or id").small().weak());
            }
        });
        labelled(ui, "Dates", |ui| {
            let (options, width) = (with("No dates: as of today"), half(ui));
            let chosen = mapping.date.map_or(0, |at| at + 1);
            if let Some(at) = drop_down(ui, "Column of dates", (&options, Some(chosen), ""), width, ink) {
                let had = mapping.date.is_some();
                mapping.date = at.checked_sub(1);
                if had != mapping.date.is_some() {
                    mapping.period = if had { Period::All } else { Period::Month };
                }
            }
            if mapping.date.is_some() {
                ui.add_space(GAP - ui.spacing().item_spacing.x);
                for period in Period::ALL {
                    ui.selectable_value(&mut mapping.period, period, period.name());
                }
            }
        });
    }

    fn preview(&self, ui: &mut Ui, metrics: &[Measured], ink: &mut Ink) {
        let shown = match &self.found {
            Some(Ok(report)) => Shown::Metrics(metrics, report.period),
            Some(Err(err)) => Shown::Problem(err),
            None => Shown::Reading(self.work.as_ref().map_or(0, |work| work.progress.rows.load(Ordering::Relaxed))),
        };
        let height = super::dialogs::height(ui, 640.0) - 300.0;
        answers_table::show(ui, &shown, &self.map, height.max(110.0), ink);
    }
}

/// What all answers may be about: the whole journey, what is selected, and the stage that this stands in.
fn hosts(map: &JourneyMap, selection: &Selection) -> Vec<(String, MetricHost)> {
    let mut hosts = vec![MetricHost::Map];
    for element in selection {
        let touchpoint = match element {
            Element::Touchpoint(id) | Element::EmotionPoint(id) => map.touchpoint(id),
            _ => None,
        };
        let step = match element {
            Element::Step(step) | Element::Cell { step, .. } => Some(step),
            _ => touchpoint.map(|(_, touchpoint)| &touchpoint.step),
        };
        let of_step = step.and_then(|step| map.steps().find(|(_, own)| own.id == *step));
        let stage = match element {
            Element::Stage(id) => Some(id.clone()),
            _ => of_step.map(|(at, _)| map.stages[at].id.clone()),
        };
        let touchpoint = touchpoint.map(|(_, touchpoint)| MetricHost::Touchpoint(touchpoint.id.clone()));
        hosts.extend(touchpoint.into_iter().chain(stage.map(MetricHost::Stage)));
    }
    let mut seen = HashSet::new();
    hosts.retain(|host| seen.insert(host.clone()));
    hosts.truncate(MOST_HOSTS);
    let words = |host: &MetricHost| match host {
        MetricHost::Map => "The whole journey".to_owned(),
        MetricHost::Stage(_) => format!("Stage \u{2068}{}\u{2069}", map.host_name(host)),
        MetricHost::Touchpoint(_) => format!("Touchpoint \u{2068}{}\u{2069}", map.host_name(host)),
    };
    hosts.into_iter().map(|host| (words(&host), host)).collect()
}

/// The room between two fields.
const GAP: f32 = 12.0;

/// The width of one of two fields in a row.
fn half(ui: &Ui) -> f32 {
    ((ui.max_rect().width() - LABEL - 8.0 - GAP) / 2.0).floor()
}

/// How a kind is worked out.
fn rule(kind: MetricKind) -> &'static str {
    match kind {
        MetricKind::Nps => "Share of answers 9 and 10 minus share of 0 to 6, on a scale of 0 to 10",
        MetricKind::Csat => "Share of answers 6 and 7 on a scale of 1 to 7, or share of yes",
        MetricKind::Ces => "Mean of answers on a scale of 1 to 7",
        MetricKind::ResponseTime => "Mean of hours to an answer",
        MetricKind::Own => "Mean of any numbers",
    }
}

impl App {
    /// Asks what the answers at `path` are.
    pub(super) fn open_answers(&mut self, path: &Path, ctx: &Context) {
        let Some(editor) = &self.editor else { return };
        self.dialog = Dialog::Answers(Box::new(AnswersBox::new(path, editor, ctx, &mut self.ink)));
    }

    /// Puts metrics onto the map, in one step.
    pub(super) fn import_metrics(&mut self, metrics: &[Measured], ctx: &Context) {
        let Some(editor) = &mut self.editor else { return };
        let result = editor.document.edit("import of survey answers", |map| crate::measure::apply(map, metrics));
        let Some(applied) = editor.report(result) else { return };
        let mut text = crate::measure::summary(&applied);
        if editor.document.map().lanes.iter().all(|lane| lane.kind != LaneKind::Metrics) {
            text += "; a lane of metrics shows them on the map";
        }
        self.toasts.add(text, ctx);
    }
}
