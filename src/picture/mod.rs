//! Pictures beside a map's file: read within limits, scaled down, kept for as long as their files stay the same.
//!
//! A picture that is gone, broken or too large is never an error of the map: it is a [`Shot`] that says why, and a
//! placeholder stands where it would.

mod album;
mod carry;
mod read;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use image::{ImageBuffer, ImageFormat, Rgba, RgbaImage, imageops};
use kurbo::Rect;

use crate::model::{JourneyMap, Lane, Touchpoint};

pub use album::Album;
pub use carry::{carry, leads_out};
pub use read::{MOST_BYTES, MOST_SIDE, Trouble, read};

/// A picture in memory.
#[derive(Debug)]
pub struct Picture {
    /// Unlike that of any other picture of this process; for caches.
    id: u64,
    /// Red, green, blue and opacity, premultiplied.
    pixels: RgbaImage,
    kind: Kind,
    /// The file, if the pixels are all of it.
    file: Option<Vec<u8>>,
}

/// The kinds of files that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// For drawings.
    Png,
    /// For photographs.
    Jpeg,
}

impl Kind {
    /// The name that mail and the web have for it.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }
}

impl Picture {
    fn new(pixels: RgbaImage, kind: Kind, file: Option<Vec<u8>>) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self { id: NEXT.fetch_add(1, Ordering::Relaxed), pixels, kind, file }
    }

    /// A number that no other picture of this process has.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Pixels across and down.
    pub fn size(&self) -> (u32, u32) {
        self.pixels.dimensions()
    }

    /// Rows from top to bottom: red, green, blue, opacity, premultiplied.
    pub fn rgba(&self) -> &[u8] {
        self.pixels.as_raw()
    }

    /// Where all of it stands so that it covers `rect` with its middle in the middle.
    pub fn cover(&self, rect: Rect) -> Rect {
        let (width, height) = (f64::from(self.pixels.width()), f64::from(self.pixels.height()));
        let scale = (rect.width() / width).max(rect.height() / height);
        Rect::from_center_size(rect.center(), (width * scale, height * scale))
    }

    /// The part that is seen where it covers a rectangle of `width` × `height`, in about that many pixels and never
    /// in more than it has; premultiplied.
    pub fn covering(&self, width: f64, height: f64) -> RgbaImage {
        let (own_width, own_height) = (f64::from(self.pixels.width()), f64::from(self.pixels.height()));
        let scale = (width / own_width).max(height / own_height).max(f64::EPSILON);
        let (seen_width, seen_height) = ((width / scale).min(own_width), (height / scale).min(own_height));
        let pixels = |length: f64| (length.round() as u32).max(1);
        let (across, down) = (pixels(seen_width), pixels(seen_height));
        let left = (self.pixels.width() - across.min(self.pixels.width())) / 2;
        let top = (self.pixels.height() - down.min(self.pixels.height())) / 2;
        let seen = imageops::crop_imm(&self.pixels, left, top, across, down);
        let (wanted_across, wanted_down) = (pixels(width.ceil()).min(across), pixels(height.ceil()).min(down));
        if (wanted_across, wanted_down) == (across, down) {
            return seen.to_image();
        }
        imageops::resize(&*seen, wanted_across, wanted_down, imageops::FilterType::Triangle)
    }

    /// It as a file: its own where that is whole, else made from the pixels.
    pub fn encoded(&self) -> (Kind, Cow<'_, [u8]>) {
        if let Some(file) = &self.file {
            return (self.kind, Cow::Borrowed(file));
        }
        let mut bytes = std::io::Cursor::new(Vec::new());
        let straight = straight(&self.pixels);
        let result = match self.kind {
            Kind::Png => straight.write_to(&mut bytes, ImageFormat::Png),
            Kind::Jpeg => {
                /// Differences from the original cannot be seen at this quality.
                const QUALITY: u8 = 90;
                let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, QUALITY);
                image::DynamicImage::ImageRgba8(straight).to_rgb8().write_with_encoder(encoder)
            }
        };
        // Memory takes everything; without bytes the place stays empty.
        debug_assert!(result.is_ok(), "{result:?}");
        (self.kind, Cow::Owned(bytes.into_inner()))
    }
}

/// Pixels with straight alpha.
fn straight(pixels: &RgbaImage) -> RgbaImage {
    ImageBuffer::from_fn(pixels.width(), pixels.height(), |x, y| {
        let Rgba([r, g, b, a]) = *pixels.get_pixel(x, y);
        let channel = |c: u8| match a {
            0 => 0,
            a => ((u32::from(c) * 255 + u32::from(a) / 2) / u32::from(a)).min(255) as u8,
        };
        Rgba([channel(r), channel(g), channel(b), a])
    })
}

/// What there is of a picture that a map names.
#[derive(Clone, Debug, Default)]
pub enum Shot {
    /// Nobody has looked yet.
    #[default]
    Waiting,
    /// The picture.
    Ready(Arc<Picture>),
    /// There is none to show, and why.
    Failed(Trouble),
}

impl PartialEq for Shot {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Waiting, Self::Waiting) => true,
            (Self::Ready(a), Self::Ready(b)) => Arc::ptr_eq(a, b),
            (Self::Failed(a), Self::Failed(b)) => a == b,
            _ => false,
        }
    }
}

/// The pictures of a map, by the paths that stand in it.
#[derive(Clone, Debug, Default)]
pub struct Pictures(Arc<HashMap<String, Shot>>);

impl Pictures {
    /// What there is under `path`, as it stands in the map.
    pub fn get(&self, path: &str) -> Shot {
        self.0.get(path).cloned().unwrap_or_default()
    }

    /// Whether these are the same, not only alike.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Reads the pictures of `map`, whose file is at `file`, as sharp as exports want them.
    pub fn load(map: &JourneyMap, file: Option<&Path>) -> Self {
        /// Pixels of all pictures together, and the longest side of each.
        const MOST_PIXELS: f64 = 1e8;
        const SIDES: (f64, f64) = (640.0, 4096.0);
        let paths = paths_in(map);
        let side = (MOST_PIXELS / paths.len().max(1) as f64).sqrt().clamp(SIDES.0, SIDES.1);
        let shot = |path: &str| match place(path, file).and_then(|place| read(&place, side as u32, true)) {
            Ok(picture) => Shot::Ready(Arc::new(picture)),
            Err(trouble) => Shot::Failed(trouble),
        };
        Self(Arc::new(paths.into_iter().map(|path| (path.to_owned(), shot(path))).collect()))
    }
}

impl FromIterator<(String, Shot)> for Pictures {
    fn from_iter<T: IntoIterator<Item = (String, Shot)>>(shots: T) -> Self {
        Self(Arc::new(shots.into_iter().collect()))
    }
}

/// The pictures that touchpoints of `map` name, each once, in the map's order.
pub fn paths_in(map: &JourneyMap) -> Vec<&str> {
    let mut seen = HashSet::new();
    let all = map.touchpoints().flat_map(|(_, touchpoint)| &touchpoint.pictures);
    all.map(String::as_str).filter(|path| seen.insert(*path)).collect()
}

/// Whether both maps name the same pictures in the same places; what they share is not looked at.
pub fn name_the_same(a: &JourneyMap, b: &JourneyMap) -> bool {
    let same_lane = |(a, b): (&Arc<Lane>, &Arc<Lane>)| {
        let same = |(a, b): (&Arc<Touchpoint>, &Arc<Touchpoint>)| Arc::ptr_eq(a, b) || a.pictures == b.pictures;
        Arc::ptr_eq(a, b)
            || (a.touchpoints.len() == b.touchpoints.len() && a.touchpoints.iter().zip(&b.touchpoints).all(same))
    };
    a.lanes.len() == b.lanes.len() && a.lanes.iter().zip(&b.lanes).all(same_lane) && a.personas == b.personas
}

/// The portraits that personas of `map` name.
pub fn portraits_in(map: &JourneyMap) -> impl Iterator<Item = &str> {
    map.personas.iter().map(|persona| persona.portrait.as_str()).filter(|path| !path.is_empty())
}

/// Where the picture that a map calls `path` is, beside the map's `file`.
///
/// # Errors
/// When the map has no file yet, or `path` does not start from its folder.
pub fn place(path: &str, file: Option<&Path>) -> Result<PathBuf, Trouble> {
    let folder = file.ok_or(Trouble::NoFolder)?.parent().unwrap_or(Path::new(""));
    // Maps travel between systems.
    let relative = PathBuf::from(path.replace('\\', "/"));
    let is_plain =
        |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir | Component::ParentDir);
    // A drive is no part of a relative path, also where the system knows no drives.
    if path.trim().is_empty() || path.contains(':') || !relative.components().all(is_plain) {
        return Err(Trouble::Outside);
    }
    Ok(folder.join(relative))
}

/// The folder for the pictures of the map at `file`, as its name stands in the map: `NAME.assets`.
pub fn assets(file: &Path) -> String {
    format!("{}.assets", file.file_stem().unwrap_or_default().to_string_lossy())
}

/// Copies the picture at `from` into the assets of the map at `file`; gives its path for the map.
///
/// # Errors
/// When it is no picture that can be shown, or the copy fails; a sentence with what to do.
pub fn adopt(from: &Path, file: &Path) -> Result<String, String> {
    let shown = from.display();
    let kind = read(from, 16, false).map_err(|trouble| format!("{shown} was not added: {trouble}"))?.kind;
    let folder_name = assets(file);
    let folder = file.parent().unwrap_or(Path::new("")).join(&folder_name);
    // A picture that lies there already is not copied beside itself.
    let is_there = from.parent().and_then(|parent| parent.canonicalize().ok()) == folder.canonicalize().ok();
    let name = from.file_name().unwrap_or_default().to_string_lossy().replace(':', "-");
    if is_there && folder.is_dir() {
        return Ok(format!("{folder_name}/{name}"));
    }
    let failed = |err: std::io::Error| {
        format!("{shown} was not copied to {}: {err}; look whether the folder can be written to", folder.display())
    };
    std::fs::create_dir_all(&folder).map_err(failed)?;
    let path = Path::new(&name);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = path.extension().map_or_else(
        || if kind == Kind::Png { "png".into() } else { "jpg".into() },
        |ending| ending.to_string_lossy().into_owned(),
    );
    let mut source = std::fs::File::open(from).map_err(failed)?;
    for number in 1u32.. {
        let name = if number == 1 { format!("{stem}.{ending}") } else { format!("{stem}-{number}.{ending}") };
        match std::fs::File::create_new(folder.join(&name)) {
            Ok(mut target) => {
                std::io::copy(&mut source, &mut target).and_then(|_| target.sync_all()).map_err(failed)?;
                return Ok(format!("{folder_name}/{name}"));
            }
            Err(err) if err.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(err) => return Err(failed(err)),
        }
    }
    Err(format!("{shown} was not copied: all names in {} are taken", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gradient(width: u32, height: u32) -> RgbaImage {
        RgbaImage::from_fn(width, height, |x, y| Rgba([(x * 255 / width) as u8, (y * 255 / height) as u8, 90, 255]))
    }

    #[test]
    fn a_picture_covers_its_rectangle_from_the_middle() {
        let picture = Picture::new(gradient(400, 100), Kind::Png, None);
        let all = picture.cover(Rect::new(10.0, 10.0, 40.0, 30.0));
        assert_eq!((all.width(), all.height()), (80.0, 20.0));
        assert_eq!(all.center().x, 25.0);
        let seen = picture.covering(30.0, 20.0);
        assert_eq!(seen.dimensions(), (30, 20));
        // Of 400 columns 150 are seen, from 125 on.
        assert!((75..90).contains(&seen.get_pixel(0, 0).0[0]), "{:?}", seen.get_pixel(0, 0));
        assert_eq!(picture.covering(3000.0, 2000.0).dimensions(), (150, 100));
    }

    #[test]
    fn paths_start_from_the_folder_of_the_map() {
        let file = Path::new("maps/hotel.ron");
        assert_eq!(place("hotel.assets/a.png", Some(file)).unwrap(), Path::new("maps/hotel.assets/a.png"));
        assert_eq!(place("hotel.assets\\a.png", Some(file)).unwrap(), Path::new("maps/hotel.assets/a.png"));
        for wrong in ["/etc/a.png", "C:\\a.png", "C:/a.png", "\\\\server\\a.png", " "] {
            assert_eq!(place(wrong, Some(file)), Err(Trouble::Outside), "{wrong}");
        }
        assert_eq!(place("a.png", None), Err(Trouble::NoFolder));
        assert_eq!(assets(file), "hotel.assets");
    }

    #[test]
    fn broken_missing_and_huge_pictures_say_so() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        assert_eq!(read(&at("none.png"), 100, false).unwrap_err(), Trouble::Missing);
        std::fs::write(at("text.png"), "no picture").unwrap();
        assert!(matches!(read(&at("text.png"), 100, false).unwrap_err(), Trouble::Broken(_)));
        std::fs::write(at("empty.png"), "").unwrap();
        assert!(matches!(read(&at("empty.png"), 100, false).unwrap_err(), Trouble::Broken(_)));
        let file = std::fs::File::create(at("long.png")).unwrap();
        file.set_len(MOST_BYTES + 1).unwrap();
        assert_eq!(read(&at("long.png"), 100, false).unwrap_err(), Trouble::Long);
        gradient(MOST_SIDE + 1, 1).save(at("wide.png")).unwrap();
        assert_eq!(read(&at("wide.png"), 100, false).unwrap_err(), Trouble::Wide(MOST_SIDE + 1, 1));
        let mut bytes = Vec::new();
        gradient(40, 40).write_to(&mut std::io::Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        std::fs::write(at("cut.png"), &bytes[..bytes.len() / 2]).unwrap();
        assert!(matches!(read(&at("cut.png"), 100, false).unwrap_err(), Trouble::Broken(_)));
        assert_eq!(read(folder.path(), 100, false).unwrap_err(), Trouble::Missing);
    }

    #[test]
    fn a_large_picture_is_made_smaller_and_a_small_one_keeps_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.png");
        gradient(900, 300).save(&path).unwrap();
        let small = read(&path, 90, true).unwrap();
        assert_eq!(small.size(), (90, 30));
        assert!(image::load_from_memory(&small.encoded().1).unwrap().to_rgba8().dimensions() == (90, 30));
        let whole = read(&path, 900, true).unwrap();
        assert_eq!(whole.encoded(), (Kind::Png, Cow::Borrowed(&std::fs::read(&path).unwrap()[..])));
    }

    #[test]
    fn a_photograph_stays_one_when_it_is_made_smaller() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jpg");
        image::DynamicImage::ImageRgba8(gradient(300, 200)).to_rgb8().save(&path).unwrap();
        let small = read(&path, 150, true).unwrap();
        let (kind, bytes) = small.encoded();
        assert_eq!((kind, small.size()), (Kind::Jpeg, (150, 100)));
        assert_eq!(image::guess_format(&bytes).unwrap(), ImageFormat::Jpeg);
        assert_eq!(read(&path, 300, true).unwrap().encoded().1, std::fs::read(&path).unwrap());
    }

    #[test]
    fn see_through_pixels_keep_their_colour() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.png");
        RgbaImage::from_pixel(40, 40, Rgba([200, 100, 50, 128])).save(&path).unwrap();
        let small = read(&path, 20, true).unwrap();
        assert_eq!(&small.rgba()[..4], [100, 50, 25, 128]);
        let again = image::load_from_memory(&small.encoded().1).unwrap().to_rgba8();
        let Rgba([r, g, b, a]) = *again.get_pixel(3, 3);
        assert!(r.abs_diff(200) < 3 && g.abs_diff(100) < 3 && b.abs_diff(50) < 3 && a == 128, "{r} {g} {b} {a}");
    }

    #[test]
    fn a_picture_is_copied_beside_the_map_under_a_free_name() {
        let folder = tempfile::tempdir().unwrap();
        let (from, file) = (folder.path().join("shot.png"), folder.path().join("hotel stay.ron"));
        gradient(4, 4).save(&from).unwrap();
        assert_eq!(adopt(&from, &file).unwrap(), "hotel stay.assets/shot.png");
        assert_eq!(adopt(&from, &file).unwrap(), "hotel stay.assets/shot-2.png");
        let there = folder.path().join("hotel stay.assets/shot.png");
        assert_eq!(adopt(&there, &file).unwrap(), "hotel stay.assets/shot.png");
        std::fs::write(&from, "no picture").unwrap();
        assert!(adopt(&from, &file).unwrap_err().contains("shot.png was not added"));
    }
}
