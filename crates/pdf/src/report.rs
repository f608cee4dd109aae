//! A report on A4 pages: headings, paragraphs, tables whose header comes again on every page, bars, places to sign.

use crate::archive::{self, About};
use crate::font::{Codes, Font};
use crate::writer::{Pack, Writer};

/// One part of a report, from top to bottom.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Large, in the middle.
    Title(String),
    /// In the middle, under a title.
    Subtitle(String),
    /// Begins a section.
    Heading(String),
    /// Plain text.
    Text(String),
    /// Small and grey.
    Note(String),
    /// A table.
    Table(Table),
    /// Shares of a whole, side by side, with what each colour means beneath.
    Bar(Vec<Share>),
    /// Places to sign, side by side: who, and what to do there.
    Signatures(Vec<[String; 2]>),
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Headers with the share of the width that each column takes.
    pub columns: Vec<Column>,
    /// As many cells a row as there are columns.
    pub rows: Vec<Vec<String>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its header.
    pub name: String,
    /// Its share of the width, of the sum of all.
    pub share: f32,
    /// Where its cells stand.
    pub side: Side,
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Texts.
    Left,
    /// Numbers.
    Right,
}

/// One part of a bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// What it is, with its number.
    pub name: String,
    /// How much.
    pub amount: f32,
    /// Red, green, blue, 0 to 1.
    pub colour: [f32; 3],
}

/// Millimetre in points.
const MM: f32 = 72.0 / 25.4;
const PAGE: (f32, f32) = (210.0 * MM, 297.0 * MM);
const LEFT: f32 = 20.0 * MM;
const RIGHT: f32 = 15.0 * MM;
const TOP: f32 = 18.0 * MM;
const BOTTOM: f32 = 18.0 * MM;
const WIDTH: f32 = PAGE.0 - LEFT - RIGHT;
/// Sizes of letters, points.
const TITLE: f32 = 15.0;
const HEADING: f32 = 12.0;
const TEXT: f32 = 10.5;
const CELL: f32 = 9.0;
const NOTE: f32 = 8.5;
/// From line to line, in units of the size.
const LEADING: f32 = 1.35;
/// Around the text of a cell, points.
const PADDING: f32 = 3.0;
const BLACK: [f32; 3] = [0.07, 0.07, 0.07];
const GREY: [f32; 3] = [0.35, 0.35, 0.35];

/// The report's bytes; `foot` stands at the foot of each page before its number.
#[must_use]
pub fn write(blocks: &[Block], foot: &str, about: &About) -> Vec<u8> {
    let mut layout = Layout::default();
    for (at, block) in blocks.iter().enumerate() {
        layout.block(block, blocks.get(at + 1));
    }
    layout.end(foot, about)
}

/// Which face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Face {
    Regular,
    Bold,
}

/// How a line of text looks.
#[derive(Debug, Clone, Copy)]
struct Style {
    face: Face,
    size: f32,
    colour: [f32; 3],
}

impl Style {
    const fn new(face: Face, size: f32, colour: [f32; 3]) -> Self {
        Self { face, size, colour }
    }

    fn line(self) -> f32 {
        self.size * LEADING
    }
}

struct Layout {
    regular: (Font, Codes),
    bold: (Font, Codes),
    pages: Vec<String>,
    /// Top of what comes next, points from the foot of the page.
    y: f32,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            regular: (Font::regular(), Codes::default()),
            bold: (Font::bold(), Codes::default()),
            pages: vec![String::new()],
            y: PAGE.1 - TOP,
        }
    }
}

impl Layout {
    fn block(&mut self, block: &Block, next: Option<&Block>) {
        match block {
            Block::Title(text) => self.centred(text, Style::new(Face::Bold, TITLE, BLACK)),
            Block::Subtitle(text) => self.centred(text, Style::new(Face::Regular, TEXT, BLACK)),
            Block::Heading(text) => self.heading(text, next),
            Block::Text(text) => self.paragraph(text, Style::new(Face::Regular, TEXT, BLACK)),
            Block::Note(text) => self.paragraph(text, Style::new(Face::Regular, NOTE, GREY)),
            Block::Table(table) => self.table(table),
            Block::Bar(shares) => self.bar(shares),
            Block::Signatures(places) => self.signatures(places),
        }
    }

    fn font(&self, face: Face) -> &Font {
        match face {
            Face::Regular => &self.regular.0,
            Face::Bold => &self.bold.0,
        }
    }

    fn draw(&mut self, text: &str) {
        if let Some(page) = self.pages.last_mut() {
            page.push_str(text);
        }
    }

    /// Goes to the next page where less than `height` is left.
    fn room(&mut self, height: f32) {
        if self.y - height < BOTTOM && self.y < PAGE.1 - TOP {
            self.pages.push(String::new());
            self.y = PAGE.1 - TOP;
        }
    }

    /// One line of text with its line at `y`.
    fn words(&mut self, text: &str, (x, y): (f32, f32), style: Style) {
        let (name, codes) = match style.face {
            Face::Regular => ("R", &mut self.regular.1),
            Face::Bold => ("B", &mut self.bold.1),
        };
        let (hex, [r, g, b]) = (codes.encode(text), style.colour);
        self.draw(&format!("BT {r} {g} {b} rg /{name} {:.2} Tf {x:.2} {y:.2} Td {hex} Tj ET\n", style.size));
    }

    fn rectangle(&mut self, (x, y, width, height): (f32, f32, f32, f32), [r, g, b]: [f32; 3]) {
        self.draw(&format!("{r} {g} {b} rg {x:.2} {y:.2} {width:.2} {height:.2} re f\n"));
    }

    fn rule(&mut self, from: (f32, f32), to: (f32, f32)) {
        self.draw(&format!("0.6 0.6 0.6 RG 0.5 w {:.2} {:.2} m {:.2} {:.2} l S\n", from.0, from.1, to.0, to.1));
    }

    fn centred(&mut self, text: &str, style: Style) {
        for line in wrap(self.font(style.face), text, WIDTH / style.size) {
            self.room(style.line());
            let width = self.font(style.face).width(&line) * style.size;
            self.words(&line, (LEFT + (WIDTH - width) / 2.0, self.y - style.size), style);
            self.y -= style.line();
        }
        self.y -= style.size * 0.2;
    }

    /// Never alone at the foot of a page: the first lines of what follows come along.
    fn heading(&mut self, text: &str, next: Option<&Block>) {
        let style = Style::new(Face::Bold, HEADING, BLACK);
        let follows = match next {
            Some(Block::Table(_)) => 3.0 * (CELL * LEADING + 2.0 * PADDING),
            Some(Block::Bar(_)) => 20.0 * MM,
            _ => 2.0 * TEXT * LEADING,
        };
        self.y -= 4.0 * MM;
        self.room(style.line() + 2.0 * MM + follows);
        self.paragraph(text, style);
        self.rule((LEFT, self.y + 0.5 * MM), (LEFT + WIDTH, self.y + 0.5 * MM));
        self.y -= 1.5 * MM;
    }

    fn paragraph(&mut self, text: &str, style: Style) {
        for line in wrap(self.font(style.face), text, WIDTH / style.size) {
            self.room(style.line());
            self.words(&line, (LEFT, self.y - style.size), style);
            self.y -= style.line();
        }
        self.y -= 1.0 * MM;
    }

    fn table(&mut self, table: &Table) {
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

    fn bar(&mut self, shares: &[Share]) {
        let total: f32 = shares.iter().map(|share| share.amount).sum();
        let (height, style) = (7.0 * MM, Style::new(Face::Regular, CELL, BLACK));
        self.room(height + 2.0 * MM + style.line() * shares.len() as f32);
        let mut x = LEFT;
        for share in shares.iter().filter(|share| share.amount > 0.0) {
            let width = share.amount / total * WIDTH;
            self.rectangle((x, self.y - height, width, height), share.colour);
            x += width;
        }
        self.draw(&format!("0.4 0.4 0.4 RG 0.5 w {LEFT:.2} {:.2} {WIDTH:.2} {height:.2} re S\n", self.y - height));
        self.y -= height + 1.5 * MM;
        for share in shares {
            self.rectangle((LEFT, self.y - style.size, style.size, style.size), share.colour);
            self.words(&share.name, (LEFT + style.size * 1.6, self.y - style.size + 1.0), style);
            self.y -= style.line();
        }
        self.y -= 2.0 * MM;
    }

    fn signatures(&mut self, places: &[[String; 2]]) {
        let height = 42.0 * MM;
        self.y -= 8.0 * MM;
        self.room(height);
        let width = WIDTH / places.len().max(1) as f32;
        for (at, [who, how]) in places.iter().enumerate() {
            let (bold, small) = (Style::new(Face::Bold, TEXT, BLACK), Style::new(Face::Regular, NOTE, GREY));
            let mut y = self.y;
            for (text, style) in [(who, bold), (how, small)] {
                for line in wrap(self.font(style.face), text, (width - 4.0 * MM) / style.size) {
                    let own = self.font(style.face).width(&line) * style.size;
                    self.words(&line, (LEFT + width * at as f32 + (width - own) / 2.0, y - style.size), style);
                    y -= style.line();
                }
            }
        }
        self.y -= height;
    }

    fn end(mut self, foot: &str, about: &About) -> Vec<u8> {
        let (count, style) = (self.pages.len(), Style::new(Face::Regular, NOTE, GREY));
        let mut contents = std::mem::take(&mut self.pages);
        for (at, content) in contents.iter_mut().enumerate() {
            self.pages = vec![String::new()];
            let number = format!("{}/{count}", at + 1);
            let own = self.font(style.face).width(&number) * style.size;
            self.words(foot, (LEFT, 10.0 * MM), style);
            self.words(&number, (LEFT + WIDTH - own, 10.0 * MM), style);
            content.push_str(&self.pages.concat());
        }
        let mut pdf = Writer::default();
        let pages = pdf.reserve();
        let fonts = [("R", &self.regular), ("B", &self.bold)]
            .map(|(name, (font, codes))| format!("/{name} {}", codes.write(font, &mut pdf)));
        let fonts = fonts.join(" ");
        let mut kids = Vec::new();
        for content in contents {
            let content = pdf.stream("", content.as_bytes(), Pack::Deflate);
            kids.push(pdf.object(&format!(
                "<< /Type /Page /Parent {pages} /MediaBox [0 0 {:.2} {:.2}] /Contents {content} \
                 /Resources << /Font << {fonts} >> >> >>",
                PAGE.0, PAGE.1
            )));
        }
        archive::end(pdf, pages, &kids, about)
    }
}

fn height(cells: &[Vec<String>], style: Style) -> f32 {
    let lines = cells.iter().map(Vec::len).max().unwrap_or(1).max(1);
    lines as f32 * style.line() + 2.0 * PADDING
}

/// A text in lines no wider than `width`, in units of the size; words that are wider are parted.
fn wrap(font: &Font, text: &str, width: f32) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if font.width(&longer) <= width {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if font.width(&line) > width && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::replace(&mut line, letter.to_string()));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writer::tests::checked;

    fn pages(blocks: &[Block]) -> usize {
        let about = About { title: "Báo cáo".into(), language: "vi", ..About::default() };
        let text = checked(&write(blocks, "Báo cáo", &about));
        text.matches("/Type /Page /Parent").count()
    }

    fn table(rows: usize, cell: &str) -> Block {
        let column = |name: &str, share| Column { name: name.into(), share, side: Side::Left };
        let columns = vec![column("Số", 1.0), column("Diễn giải", 4.0)];
        Block::Table(Table { columns, rows: (0..rows).map(|n| vec![n.to_string(), cell.to_owned()]).collect() })
    }

    #[test]
    fn lines_are_no_wider_than_they_may_be_and_lose_nothing() {
        let font = Font::regular();
        let text = "Ủy ban nhân dân xã Lộc Thuận, huyện Bình Đại, 0277eb97a54f04580277eb97a54f0458 tỉnh Bến Tre";
        let lines = wrap(&font, text, 8.0);
        assert!(lines.len() > 4 && lines.iter().all(|line| font.width(line) <= 8.0), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        assert_eq!(wrap(&font, "  ", 8.0), [""; 0]);
    }

    #[test]
    fn what_does_not_fit_goes_on_on_the_next_page() {
        assert_eq!(pages(&[Block::Title("A".into()), Block::Text("B".into())]), 1);
        assert_eq!(pages(&[table(30, "x")]), 1);
        assert!((3..=5).contains(&pages(&[table(150, "x")])));
    }

    #[test]
    fn a_row_longer_than_a_page_ends() {
        let long = "từ ".repeat(3000);
        assert!((2..=6).contains(&pages(&[table(1, &long)])));
    }

    #[test]
    fn the_same_report_has_the_same_bytes() {
        let bar = Block::Bar(vec![Share { name: "Đã nhập: 3".into(), amount: 3.0, colour: [0.2, 0.5, 0.2] }]);
        let sign = Block::Signatures(vec![["Bên giao".into(), "(ký)".into()]]);
        let make = || write(&[bar.clone(), sign.clone(), table(2, "Đô")], "f", &About::default());
        assert_eq!(make(), make());
    }
}
