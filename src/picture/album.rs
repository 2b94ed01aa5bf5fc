//! The pictures of an open map, read on a thread of its own.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use super::{Pictures, Shot, name_the_same, paths_in, place, portraits_in, read};
use crate::model::JourneyMap;

/// The longest side of a picture on the screen, in pixels: a card on a screen with two pixels a point.
const SIDE: u32 = 640;
/// How often files are looked at again, at most.
const AGAIN: Duration = Duration::from_secs(2);

/// What tells that a file is another: when it was changed, and its length; nothing without a file.
type Stamp = Option<(SystemTime, u64)>;

/// The pictures of an open map as far as they were read. Nobody ever waits for it.
#[derive(Debug, Default)]
pub struct Album {
    file: Option<PathBuf>,
    /// The map whose pictures were asked for last.
    map: Option<Arc<JourneyMap>>,
    known: HashMap<String, Known>,
    pictures: Pictures,
    reader: Option<Reader>,
    /// Questions that were not answered yet.
    open: usize,
    asked: Option<Instant>,
    /// Told apart by it are answers about another folder.
    round: u64,
}

#[derive(Debug, Default)]
struct Known {
    stamp: Stamp,
    shot: Shot,
}

#[derive(Debug)]
struct Reader {
    questions: Sender<Question>,
    answers: Receiver<Answer>,
}

#[derive(Debug)]
struct Question {
    round: u64,
    path: String,
    place: PathBuf,
    /// What is known; `None` if nothing is.
    known: Option<Stamp>,
}

#[derive(Debug)]
struct Answer {
    round: u64,
    path: String,
    /// Nothing if all is as it was known.
    news: Option<(Stamp, Shot)>,
}

impl Album {
    /// What was read so far.
    pub fn pictures(&self) -> &Pictures {
        &self.pictures
    }

    /// Whether something is being read.
    pub fn is_busy(&self) -> bool {
        self.open > 0
    }

    /// Takes what was read, and asks for what is new in `map`, whose file is at `file`; `wake` is called from the
    /// reading thread when there is more to take.
    pub fn look(&mut self, map: &Arc<JourneyMap>, file: Option<&Path>, wake: impl Fn() + Send + 'static) {
        let mut changed = self.take();
        if self.file.as_deref() != file {
            self.file = file.map(Path::to_owned);
            self.round += 1;
            changed |= !self.known.is_empty();
            self.known.clear();
            self.map = None;
            self.open = 0;
        }
        if let Some(known) = &mut self.map
            && !Arc::ptr_eq(known, map)
            && name_the_same(known, map)
        {
            *known = Arc::clone(map);
        }
        let is_new = self.map.as_ref().is_none_or(|known| !Arc::ptr_eq(known, map));
        let is_due = self.open == 0 && self.asked.is_some_and(|at| at.elapsed() > AGAIN);
        if is_new || is_due {
            self.map = Some(Arc::clone(map));
            changed |= self.ask(map, is_due, wake);
        }
        if changed {
            self.pictures = self.known.iter().map(|(path, known)| (path.clone(), known.shot.clone())).collect();
        }
    }

    /// Asks for the pictures of `map` that are not known, and with `again` for the others too; whether some can be
    /// told about at once.
    fn ask(&mut self, map: &JourneyMap, again: bool, wake: impl Fn() + Send + 'static) -> bool {
        let mut paths = paths_in(map);
        paths.extend(portraits_in(map));
        let before = self.known.len();
        // Undo brings paths back; but what was left long ago need not stay in memory.
        if before > 2 * paths.len() + 32 {
            self.known.retain(|path, _| paths.contains(&path.as_str()));
        }
        let mut changed = self.known.len() != before;
        let mut questions = Vec::new();
        for path in paths {
            let known = self.known.get(path).map(|known| known.stamp);
            if known.is_some() && !again {
                continue;
            }
            match place(path, self.file.as_deref()) {
                Ok(place) => questions.push(Question { round: self.round, path: path.to_owned(), place, known }),
                Err(trouble) => {
                    let shot = Shot::Failed(trouble);
                    changed |= self.known.get(path).is_none_or(|known| known.shot != shot);
                    self.known.insert(path.to_owned(), Known { stamp: None, shot });
                }
            }
        }
        self.asked = (!self.known.is_empty() || !questions.is_empty()).then(Instant::now);
        if questions.is_empty() {
            return changed;
        }
        let reader = self.reader.get_or_insert_with(|| Reader::start(wake));
        for question in questions {
            // It is known now that it was asked for.
            self.known.entry(question.path.clone()).or_default();
            if reader.questions.send(question).is_ok() {
                self.open += 1;
            }
        }
        changed
    }

    /// Takes the answers that are there; whether they brought anything.
    fn take(&mut self) -> bool {
        let Some(reader) = &self.reader else { return false };
        let mut changed = false;
        for answer in reader.answers.try_iter().filter(|answer| answer.round == self.round) {
            self.open = self.open.saturating_sub(1);
            if let Some((stamp, shot)) = answer.news {
                self.known.insert(answer.path, Known { stamp, shot });
                changed = true;
            }
        }
        changed
    }
}

impl Reader {
    /// A thread that answers until nobody asks any more.
    fn start(wake: impl Fn() + Send + 'static) -> Self {
        let (questions, asked) = channel::<Question>();
        let (answer, answers) = channel();
        std::thread::spawn(move || {
            for question in asked {
                let stamp = stamp(&question.place);
                let news = (question.known != Some(stamp)).then(|| {
                    let shot = match read(&question.place, SIDE, false) {
                        Ok(picture) => Shot::Ready(Arc::new(picture)),
                        Err(trouble) => Shot::Failed(trouble),
                    };
                    (stamp, shot)
                });
                let has_news = news.is_some();
                // The window may be gone by now.
                if answer.send(Answer { round: question.round, path: question.path, news }).is_err() {
                    return;
                }
                if has_news {
                    wake();
                }
            }
        });
        Self { questions, answers }
    }
}

fn stamp(path: &Path) -> Stamp {
    let meta = std::fs::metadata(path).ok()?;
    Some((meta.modified().unwrap_or(SystemTime::UNIX_EPOCH), meta.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::generate;
    use crate::picture::Trouble;
    use image::{Rgb, RgbImage};

    fn settle(album: &mut Album, map: &Arc<JourneyMap>, file: Option<&Path>) {
        for _ in 0..2000 {
            album.look(map, file, || {});
            if !album.is_busy() {
                return;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        panic!("nobody answers");
    }

    fn map(paths: &[&str]) -> Arc<JourneyMap> {
        let mut map = generate(1, 1, 1);
        let lane = map.lanes.iter_mut().find(|lane| !lane.touchpoints.is_empty()).unwrap();
        let touchpoint = &mut Arc::make_mut(lane).touchpoints[0];
        Arc::make_mut(touchpoint).pictures = paths.iter().map(|path| (*path).to_owned()).collect();
        Arc::new(map)
    }

    #[test]
    fn pictures_come_in_and_are_read_again_when_their_file_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("map.ron");
        let side = |side: u32| RgbImage::from_pixel(side, side, Rgb([9, 9, 9])).save(folder.path().join("a.png"));
        side(8).unwrap();
        let map = map(&["a.png", "none.png"]);
        let mut album = Album::default();
        album.look(&map, Some(&file), || {});
        assert_eq!(album.pictures().get("a.png"), Shot::Waiting);
        settle(&mut album, &map, Some(&file));
        let Shot::Ready(first) = album.pictures().get("a.png") else { panic!() };
        assert_eq!(album.pictures().get("none.png"), Shot::Failed(Trouble::Missing));
        let before = album.pictures().clone();
        settle(&mut album, &map, Some(&file));
        assert!(album.pictures().is(&before));
        side(16).unwrap();
        album.asked = Some(Instant::now() - 2 * AGAIN);
        settle(&mut album, &map, Some(&file));
        let Shot::Ready(second) = album.pictures().get("a.png") else { panic!() };
        assert_eq!((first.size(), second.size()), ((8, 8), (16, 16)));
    }

    #[test]
    fn a_map_that_gets_a_file_finds_its_pictures_there() {
        let folder = tempfile::tempdir().unwrap();
        RgbImage::new(8, 8).save(folder.path().join("a.png")).unwrap();
        let (map, file) = (map(&["a.png"]), folder.path().join("map.ron"));
        let mut album = Album::default();
        settle(&mut album, &map, None);
        assert_eq!(album.pictures().get("a.png"), Shot::Failed(Trouble::NoFolder));
        settle(&mut album, &map, Some(&file));
        assert!(matches!(album.pictures().get("a.png"), Shot::Ready(_)));
    }
}
