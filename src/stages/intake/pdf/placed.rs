//! Which pictures a page draws, and where.

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Dict, Name, Number, Stream};
use hayro_syntax::page::{Page, Resources};
use image::metadata::Orientation;

/// A picture on a page.
#[derive(Clone)]
pub(super) struct Placed<'a> {
    pub(super) stream: Stream<'a>,
    /// Where the names of colour spaces are looked up.
    pub(super) resources: Resources<'a>,
    /// From the unit square of the picture to points on the page, `[a b c d e f]`.
    pub(super) matrix: [f64; 6],
}

/// Forms within forms deeper than this are an attack, not a scan.
const DEEPEST: u8 = 4;
/// A scan's content is a few operators; this many stop a hostile one.
const MOST_OPERATORS: usize = 200_000;

/// All pictures of a page in drawing order.
pub(super) fn pictures<'a>(page: &Page<'a>) -> Vec<Placed<'a>> {
    let mut found = Found { placed: Vec::new(), operators: 0 };
    if let Some(content) = page.page_stream() {
        found.walk(content, page.resources(), IDENTITY, 0);
    }
    found.placed
}

const IDENTITY: [f64; 6] = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

struct Found<'a> {
    placed: Vec<Placed<'a>>,
    operators: usize,
}

impl<'a> Found<'a> {
    fn walk(&mut self, content: &[u8], resources: &Resources<'a>, outer: [f64; 6], depth: u8) {
        let (mut now, mut saved) = (outer, Vec::new());
        let mut operators = TypedIter::new(content);
        while let Some(operator) = operators.next() {
            self.operators += 1;
            if self.operators > MOST_OPERATORS {
                return;
            }
            match operator {
                TypedInstruction::SaveState(_) => saved.push(now),
                TypedInstruction::RestoreState(_) => now = saved.pop().unwrap_or(outer),
                TypedInstruction::Transform(t) => {
                    now = times([&t.0, &t.1, &t.2, &t.3, &t.4, &t.5].map(Number::as_f64), now)
                }
                TypedInstruction::XObject(name) => {
                    if let Some(stream) = resources.get_x_object(name.0) {
                        self.object(stream, resources, now, depth);
                    }
                }
                _ => {}
            }
        }
    }

    fn object(&mut self, stream: Stream<'a>, resources: &Resources<'a>, now: [f64; 6], depth: u8) {
        let kind = stream.dict().get::<Name<'_>>("Subtype");
        match kind.as_ref().map(Name::as_str) {
            Some("Image") => self.placed.push(Placed { stream, resources: resources.clone(), matrix: now }),
            Some("Form") if depth < DEEPEST => {
                let inner =
                    stream.dict().get::<Dict<'a>>("Resources").map_or_else(|| resources.clone(), Resources::new);
                let matrix = form_matrix(stream.dict()).map_or(now, |m| times(m, now));
                if let Ok(content) = stream.decoded_data() {
                    self.walk(&content, &inner, matrix, depth + 1);
                }
            }
            _ => {}
        }
    }
}

fn form_matrix(dict: &Dict<'_>) -> Option<[f64; 6]> {
    let numbers = dict.get::<hayro_syntax::object::Array<'_>>("Matrix")?;
    let numbers: Vec<f64> = numbers.iter::<Number>().map(|n| n.as_f64()).collect();
    numbers.try_into().ok()
}

/// First `a`, then `b`.
fn times(a: [f64; 6], b: [f64; 6]) -> [f64; 6] {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

impl Placed<'_> {
    /// Width and height in pixels.
    pub(super) fn size(&self) -> (u32, u32) {
        let side = |long: &str, short: &str| {
            let dict = self.stream.dict();
            dict.get::<u32>(long).or_else(|| dict.get::<u32>(short)).unwrap_or(0)
        };
        (side("Width", "W"), side("Height", "H"))
    }

    pub(super) fn pixels(&self) -> u64 {
        let (width, height) = self.size();
        u64::from(width) * u64::from(height)
    }

    /// Left, bottom, right, top on the page, points.
    pub(super) fn bounds(&self) -> [f64; 4] {
        let [a, b, c, d, e, f] = self.matrix;
        let (xs, ys) = ([e, e + a, e + c, e + a + c], [f, f + b, f + d, f + b + d]);
        let least = |v: [f64; 4]| v.into_iter().fold(f64::INFINITY, f64::min);
        let most = |v: [f64; 4]| v.into_iter().fold(f64::NEG_INFINITY, f64::max);
        [least(xs), least(ys), most(xs), most(ys)]
    }

    /// Square points on the page.
    pub(super) fn area(&self) -> f64 {
        let [a, b, c, d, ..] = self.matrix;
        (a * d - b * c).abs()
    }

    /// Whether most of it lies within the other: a stamp or layer over the scan, or the scan itself.
    pub(super) fn lies_over(&self, other: &Self) -> bool {
        let (m, o) = (self.bounds(), other.bounds());
        let common = (m[2].min(o[2]) - m[0].max(o[0])).max(0.0) * (m[3].min(o[3]) - m[1].max(o[1])).max(0.0);
        common >= 0.8 * (m[2] - m[0]) * (m[3] - m[1])
    }

    /// Whether it is large enough to be a part of the scan rather than a mark beside it.
    pub(super) fn counts_beside(&self, largest: &Self) -> bool {
        self.area() >= 0.02 * largest.area()
    }

    /// Dots an inch along the picture's rows.
    pub(super) fn dpi(&self) -> Option<f32> {
        let [a, b, ..] = self.matrix;
        let inches = a.hypot(b) / 72.0;
        (inches > 0.0).then(|| (f64::from(self.size().0) / inches) as f32)
    }

    /// How the stored picture is to be turned to stand as the page shows it after `turn` quarter turns clockwise.
    pub(super) fn orientation(&self, turn: u8) -> Orientation {
        let [a, b, c, d, ..] = self.matrix;
        // on the screen y runs downwards: where the picture's rows and columns run there
        let (mut right, mut down) = ((a, -b), (-c, d));
        for _ in 0..turn {
            (right, down) = ((-right.1, right.0), (-down.1, down.0));
        }
        let along = right.0.abs() >= right.1.abs();
        match (along, if along { right.0 } else { right.1 } >= 0.0, if along { down.1 } else { down.0 } >= 0.0) {
            (true, true, true) => Orientation::NoTransforms,
            (true, false, true) => Orientation::FlipHorizontal,
            (true, false, false) => Orientation::Rotate180,
            (true, true, false) => Orientation::FlipVertical,
            (false, true, true) => Orientation::Rotate90FlipH,
            (false, true, false) => Orientation::Rotate90,
            (false, false, false) => Orientation::Rotate270FlipH,
            (false, false, true) => Orientation::Rotate270,
        }
    }
}
