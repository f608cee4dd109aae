//! Connected parts of the ink: runs joined into 8-connected components.

use image::GrayImage;

use super::ink::{InkMap, Pixel};

/// One connected part of the ink; right and bottom are outside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    /// Left edge.
    pub(super) left: i32,
    /// Top edge.
    pub(super) top: i32,
    /// Right edge.
    pub(super) right: i32,
    /// Bottom edge.
    pub(super) bottom: i32,
    /// Pixels.
    pub(super) area: u32,
    /// Centre of mass.
    pub(super) centre: (f32, f32),
    /// Mean darkness, 0 paper to 255 black.
    pub(super) darkness: f32,
}

impl Part {
    /// Columns.
    pub(super) fn width(&self) -> i32 {
        self.right - self.left
    }

    /// Rows.
    pub(super) fn height(&self) -> i32 {
        self.bottom - self.top
    }

    /// Empty columns and rows between two boxes, 0 where they overlap.
    pub(super) fn gaps(&self, other: &Self) -> (i32, i32) {
        let dx = (self.left - other.right).max(other.left - self.right).max(0);
        let dy = (self.top - other.bottom).max(other.top - self.bottom).max(0);
        (dx, dy)
    }
}

/// All parts of a page, and which pixel is whose.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    width: usize,
    owners: Vec<u32>,
    list: Vec<Part>,
}

struct Run {
    y: usize,
    from: usize,
    to: usize,
    root: usize,
}

fn find(runs: &mut [Run], mut i: usize) -> usize {
    while runs[i].root != i {
        runs[i].root = runs[runs[i].root].root;
        i = runs[i].root;
    }
    i
}

impl Parts {
    /// Labels the ink of a page.
    pub(super) fn of(map: &InkMap, grey: &GrayImage) -> Self {
        let mut runs: Vec<Run> = Vec::new();
        let mut above = 0..0;
        for y in 0..map.height {
            let start = runs.len();
            add_runs(map.row(y), y, &mut runs);
            join(&mut runs, above, start);
            above = start..runs.len();
        }
        collect(runs, map, grey)
    }

    /// All of them.
    pub(super) fn list(&self) -> &[Part] {
        &self.list
    }

    /// The part at a pixel, if ink lies there.
    pub(super) fn at(&self, x: usize, y: usize) -> Option<usize> {
        (self.owners[y * self.width + x] as usize).checked_sub(1)
    }

    /// How many pixels of a part lie in each of its rows, from its top.
    pub(super) fn row_masses(&self, index: usize) -> Vec<u32> {
        let p = self.list[index];
        let row = |y: i32| {
            let start = y as usize * self.width;
            let owners = &self.owners[start + p.left as usize..start + p.right as usize];
            owners.iter().filter(|&&o| o as usize == index + 1).count() as u32
        };
        (p.top..p.bottom).map(row).collect()
    }

    /// How many pixels of a part lie left of a column.
    pub(super) fn mass_left_of(&self, index: usize, x: i32) -> u32 {
        let p = self.list[index];
        let end = x.clamp(p.left, p.right) as usize;
        let row = |y: i32| {
            let start = y as usize * self.width;
            self.owners[start + p.left as usize..start + end].iter().filter(|&&o| o as usize == index + 1).count()
                as u32
        };
        (p.top..p.bottom).map(row).sum()
    }
}

fn add_runs(row: &[Pixel], y: usize, runs: &mut Vec<Run>) {
    let mut x = 0;
    while x < row.len() {
        if row[x] != Pixel::Ink {
            x += 1;
            continue;
        }
        let from = x;
        while x < row.len() && row[x] == Pixel::Ink {
            x += 1;
        }
        runs.push(Run { y, from, to: x, root: runs.len() });
    }
}

fn join(runs: &mut [Run], above: std::ops::Range<usize>, start: usize) {
    let mut a = above.start;
    for i in start..runs.len() {
        while a < above.end && runs[a].to < runs[i].from {
            a += 1;
        }
        let mut b = a;
        while b < above.end && runs[b].from <= runs[i].to {
            let (r, s) = (find(runs, b), find(runs, i));
            runs[r.max(s)].root = r.min(s);
            b += 1;
        }
    }
}

fn collect(mut runs: Vec<Run>, map: &InkMap, grey: &GrayImage) -> Parts {
    let mut owners = vec![0_u32; map.width * map.height];
    let mut numbers = vec![0_u32; runs.len()];
    let mut list: Vec<Part> = Vec::new();
    for i in 0..runs.len() {
        let root = find(&mut runs, i);
        let Run { y, from, to, .. } = runs[i];
        if numbers[root] == 0 {
            list.push(Part {
                left: from as i32,
                top: y as i32,
                right: to as i32,
                bottom: y as i32 + 1,
                area: 0,
                centre: (0.0, 0.0),
                darkness: 0.0,
            });
            numbers[root] = list.len() as u32;
        }
        let part = &mut list[numbers[root] as usize - 1];
        owners[y * map.width + from..y * map.width + to].fill(numbers[root]);
        part.left = part.left.min(from as i32);
        part.right = part.right.max(to as i32);
        part.bottom = part.bottom.max(y as i32 + 1);
        part.area += (to - from) as u32;
        part.centre.0 += (to - from) as f32 * (from + to - 1) as f32 / 2.0;
        part.centre.1 += (to - from) as f32 * y as f32;
        let shades = &grey.as_raw()[y * map.width + from..y * map.width + to];
        part.darkness += shades.iter().map(|&g| 255.0 - f32::from(g)).sum::<f32>();
    }
    for part in &mut list {
        let n = part.area as f32;
        part.centre = (part.centre.0 / n, part.centre.1 / n);
        part.darkness /= n;
    }
    Parts { width: map.width, owners, list }
}

#[cfg(test)]
mod tests {
    use super::super::drawing::Sheet;
    use super::*;

    fn parts(sheet: &Sheet) -> Parts {
        Parts::of(&InkMap::new(&sheet.grey, 200), &sheet.grey)
    }

    #[test]
    fn corners_join_and_gaps_part() {
        let mut sheet = Sheet::new(20, 20);
        sheet.bar(2, 2, 5, 5);
        sheet.bar(5, 5, 8, 8);
        sheet.bar(10, 2, 12, 4);
        let parts = parts(&sheet);
        assert_eq!(parts.list().len(), 2);
        assert_eq!(parts.at(3, 3), parts.at(6, 6));
        assert_eq!(parts.at(0, 0), None);
    }

    #[test]
    fn a_u_shape_is_one_part_with_its_measures() {
        let mut sheet = Sheet::new(20, 20);
        sheet.bar(2, 2, 4, 10);
        sheet.bar(8, 2, 10, 10);
        sheet.bar(2, 10, 10, 12);
        let parts = parts(&sheet);
        assert_eq!(parts.list().len(), 1);
        let u = parts.list()[0];
        assert_eq!((u.left, u.top, u.right, u.bottom, u.area), (2, 2, 10, 12, 48));
        assert!((u.centre.0 - 5.5).abs() < 0.01 && (u.darkness - 215.0).abs() < 0.01, "{u:?}");
        assert_eq!(parts.row_masses(0), [4, 4, 4, 4, 4, 4, 4, 4, 8, 8]);
        assert_eq!(parts.mass_left_of(0, 4), 20);
    }
}
