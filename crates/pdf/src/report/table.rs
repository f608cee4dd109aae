//! Tables: the header comes again on every page, and a row that is longer than a page goes on on the next.

use super::layout::{BLACK, BOTTOM, CELL, Face, LEFT, Layout, MM, PADDING, Style, WIDTH};
use super::wrap::wrap;
use super::{Side, Table};

impl Layout {
    pub(super) fn table(&mut self, table: &Table) {
        let total: f32 = table.columns.iter().map(|column| column.share).sum();
        let widths: Vec<f32> = table.columns.iter().map(|column| column.share / total * WIDTH).collect();
        let sides: Vec<Side> = table.columns.iter().map(|column| column.side).collect();
        let names: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
        let (head, body) = (Style::new(Face::Bold, CELL, BLACK), Style::new(Face::Regular, CELL, BLACK));
        let header = self.cells(&names, &widths, head);
        for (at, row) in table.rows.iter().enumerate() {
            let cells = self.cells(row, &widths, body);
            let before = self.pages.len();
            // the header is never alone
            self.room(height(&cells, body) + if at == 0 { height(&header, head) } else { 0.0 });
            if at == 0 || self.pages.len() > before {
                self.row(&header, &widths, &vec![Side::Left; widths.len()], head);
            }
            self.long_row(cells, &widths, &sides, body);
        }
        if table.rows.is_empty() {
            self.room(height(&header, head));
            self.row(&header, &widths, &vec![Side::Left; widths.len()], head);
        }
        self.y -= 2.0 * MM;
    }

    fn cells(&self, row: &[String], widths: &[f32], style: Style) -> Vec<Vec<String>> {
        let font = self.font(style.face);
        row.iter().zip(widths).map(|(text, width)| wrap(font, text, (width - 2.0 * PADDING) / style.size)).collect()
    }

    /// A row that is longer than a page goes on on the next.
    fn long_row(&mut self, mut cells: Vec<Vec<String>>, widths: &[f32], sides: &[Side], style: Style) {
        loop {
            let fit = (((self.y - BOTTOM - 2.0 * PADDING) / style.line()).floor() as usize).max(1);
            if cells.iter().all(|lines| lines.len() <= fit) {
                return self.row(&cells, widths, sides, style);
            }
            let rest = cells.iter_mut().map(|lines| lines.split_off(lines.len().min(fit))).collect();
            self.row(&cells, widths, sides, style);
            cells = rest;
            self.room(f32::INFINITY);
        }
    }

    fn row(&mut self, cells: &[Vec<String>], widths: &[f32], sides: &[Side], style: Style) {
        let (height, top) = (height(cells, style), self.y);
        if style.face == Face::Bold {
            self.rectangle((LEFT, top - height, WIDTH, height), [0.94, 0.94, 0.94]);
        }
        let mut x = LEFT;
        for ((lines, width), side) in cells.iter().zip(widths).zip(sides) {
            for (at, line) in lines.iter().enumerate() {
                let own = self.font(style.face).width(line) * style.size;
                let from = match side {
                    Side::Left => x + PADDING,
                    Side::Right => x + width - PADDING - own,
                };
                self.words(line, (from, top - PADDING - style.size - at as f32 * style.line()), style);
            }
            self.rule((x, top), (x, top - height));
            x += width;
        }
        self.rule((x, top), (x, top - height));
        self.rule((LEFT, top), (x, top));
        self.rule((LEFT, top - height), (x, top - height));
        self.y -= height;
    }
}

fn height(cells: &[Vec<String>], style: Style) -> f32 {
    let lines = cells.iter().map(Vec::len).max().unwrap_or(1).max(1);
    lines as f32 * style.line() + 2.0 * PADDING
}
