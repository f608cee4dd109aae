//! The way from millimetres on the nominal form to pixels of the page.

/// x and y as bilinear polynomials of nominal millimetres: affine plus a twist, enough for a cleaned page whose
/// perspective is mostly gone, and stable with few labels because the twist is damped.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fit {
    x: [f64; 4],
    y: [f64; 4],
}

/// That a nominal point lies at a page coordinate; rules know only one of the two.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tie {
    /// Nominal place.
    pub(super) form: (f32, f32),
    /// Page x, if known.
    pub(super) x: Option<f32>,
    /// Page y, if known.
    pub(super) y: Option<f32>,
    /// How much it counts.
    pub(super) weight: f32,
}

/// Twist in pixels over a square decimetre that counts as much as one pixel of misfit at one label.
const TWIST_DAMPING: f64 = 0.5;

impl Fit {
    /// Scale (pixels a millimetre) and turn about one point.
    pub(super) fn similarity(form: (f32, f32), page: (f32, f32), scale: f32, turn: f32) -> Self {
        let (s, c) = (f64::from(scale) * f64::from(turn).sin(), f64::from(scale) * f64::from(turn).cos());
        let (fx, fy) = (f64::from(form.0), f64::from(form.1));
        Self {
            x: [f64::from(page.0) - c * fx + s * fy, c, -s, 0.0],
            y: [f64::from(page.1) - s * fx - c * fy, s, c, 0.0],
        }
    }

    /// Where a nominal point lies.
    pub(super) fn at(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let terms = terms(x, y);
        (dot(&self.x, &terms) as f32, dot(&self.y, &terms) as f32)
    }

    /// Pixels a millimetre, across and down.
    pub(super) fn scale(&self) -> (f32, f32) {
        (self.x[1].hypot(self.y[1]) as f32, self.x[2].hypot(self.y[2]) as f32)
    }

    /// Least squares, bent towards `self` where the ties leave freedom; two rounds that trust far ties less.
    pub(super) fn refined(&self, ties: &[Tie], trust: f32) -> Self {
        let mut fit = *self;
        for _ in 0..3 {
            let pull = |seen: Option<f32>, at: f32, weight: f32| {
                let off = seen.map_or(0.0, |s| (s - at).abs());
                f64::from(weight / (1.0 + (off / trust).powi(2)))
            };
            let xs: Vec<_> =
                ties.iter().filter_map(|t| Some((t, t.x?, pull(t.x, fit.at(t.form).0, t.weight)))).collect();
            let ys: Vec<_> =
                ties.iter().filter_map(|t| Some((t, t.y?, pull(t.y, fit.at(t.form).1, t.weight)))).collect();
            fit = Self { x: solve(&xs, &fit.x), y: solve(&ys, &fit.y) };
        }
        fit
    }
}

fn terms(x: f32, y: f32) -> [f64; 4] {
    let (x, y) = (f64::from(x), f64::from(y));
    // decimetres in the twist keep the four numbers of like size
    [1.0, x, y, x * y / 10_000.0]
}

fn dot(a: &[f64; 4], b: &[f64; 4]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Ridge regression of one coordinate; the prior keeps what the ties do not say.
fn solve(ties: &[(&Tie, f32, f64)], prior: &[f64; 4]) -> [f64; 4] {
    let mut matrix = [[0.0; 5]; 4];
    for (tie, seen, weight) in ties {
        let t = terms(tie.form.0, tie.form.1);
        let off = f64::from(*seen) - dot(prior, &t);
        for i in 0..4 {
            for j in 0..4 {
                matrix[i][j] += weight * t[i] * t[j];
            }
            matrix[i][4] += weight * t[i] * off;
        }
    }
    // scale in both directions is known to a few per cent: 0.3 px/mm is one standard deviation
    for (i, damping) in [1e-6, 11.0, 11.0, TWIST_DAMPING].into_iter().enumerate() {
        matrix[i][i] += damping;
    }
    // the twist is drawn to zero, not to its last value
    matrix[3][4] -= TWIST_DAMPING * prior[3];
    let change = eliminate(matrix);
    std::array::from_fn(|i| prior[i] + change[i])
}

/// Gauss with pivots; the damping makes it solvable always.
fn eliminate(mut m: [[f64; 5]; 4]) -> [f64; 4] {
    for i in 0..4 {
        let pivot = (i..4).max_by(|a, b| m[*a][i].abs().total_cmp(&m[*b][i].abs())).unwrap_or(i);
        m.swap(i, pivot);
        for row in 0..4 {
            if row != i && m[i][i] != 0.0 {
                let factor = m[row][i] / m[i][i];
                for column in i..5 {
                    m[row][column] -= factor * m[i][column];
                }
            }
        }
    }
    std::array::from_fn(|i| if m[i][i] == 0.0 { 0.0 } else { m[i][4] / m[i][i] })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tie(form: (f32, f32), page: (f32, f32)) -> Tie {
        Tie { form, x: Some(page.0), y: Some(page.1), weight: 10.0 }
    }

    #[test]
    fn a_similarity_maps_its_anchor_and_its_scale() {
        let fit = Fit::similarity((10.0, 20.0), (100.0, 300.0), 8.0, 0.0);
        assert_eq!(fit.at((10.0, 20.0)), (100.0, 300.0));
        assert_eq!(fit.at((11.0, 22.0)), (108.0, 316.0));
        assert!((fit.scale().0 - 8.0).abs() < 1e-4);
    }

    #[test]
    fn a_line_pitch_of_its_own_is_learnt() {
        let start = Fit::similarity((0.0, 0.0), (0.0, 0.0), 8.0, 0.0);
        let ties: Vec<Tie> = (0..12)
            .map(|i| {
                tie(
                    (10.0 + 40.0 * (i % 3) as f32, 20.0 * i as f32),
                    (80.0 + 320.0 * (i % 3) as f32, 172.0 * i as f32 + 5.0),
                )
            })
            .collect();
        let fit = start.refined(&ties, 20.0);
        for t in &ties {
            let (x, y) = fit.at(t.form);
            assert!((x - t.x.unwrap()).abs() < 4.0 && (y - t.y.unwrap()).abs() < 4.0, "{t:?} {x} {y}");
        }
    }

    #[test]
    fn one_wrong_label_does_not_drag_the_page() {
        let start = Fit::similarity((0.0, 0.0), (0.0, 0.0), 8.0, 0.0);
        let mut ties: Vec<Tie> = (0..10).map(|i| tie((10.0, 20.0 * i as f32), (80.0, 160.0 * i as f32))).collect();
        ties.push(tie((10.0, 100.0), (80.0, 1000.0)));
        let (_, y) = start.refined(&ties, 8.0).at((10.0, 100.0));
        assert!((y - 800.0).abs() < 4.0, "{y}");
    }

    #[test]
    fn what_no_tie_says_stays() {
        let start = Fit::similarity((0.0, 0.0), (0.0, 0.0), 8.0, 0.0);
        let fit = start.refined(&[tie((10.0, 10.0), (90.0, 80.0))], 20.0);
        assert!((fit.scale().0 - 8.0).abs() < 0.1 && (fit.at((10.0, 10.0)).0 - 90.0).abs() < 1.0);
    }
}
