//! Lines of text and rectangles, one under the other, on as many pages as they need.

use super::Block;
use super::wrap::wrap;
use crate::archive::{self, About};
use crate::font::{Codes, Font};
use crate::writer::{Pack, Writer};

/// Millimetre in points.
pub(super) const MM: f32 = 72.0 / 25.4;
const PAGE: (f32, f32) = (210.0 * MM, 297.0 * MM);
pub(super) const LEFT: f32 = 20.0 * MM;
const RIGHT: f32 = 15.0 * MM;
const TOP: f32 = 18.0 * MM;
pub(super) const BOTTOM: f32 = 18.0 * MM;
pub(super) const WIDTH: f32 = PAGE.0 - LEFT - RIGHT;
/// Sizes of letters, points.
const TITLE: f32 = 15.0;
const HEADING: f32 = 12.0;
pub(super) const TEXT: f32 = 10.5;
pub(super) const CELL: f32 = 9.0;
pub(super) const NOTE: f32 = 8.5;
/// From line to line, in units of the size.
const LEADING: f32 = 1.35;
/// Around the text of a cell, points.
pub(super) const PADDING: f32 = 3.0;
pub(super) const BLACK: [f32; 3] = [0.07, 0.07, 0.07];
pub(super) const GREY: [f32; 3] = [0.35, 0.35, 0.35];

/// Which face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Regular,
    Bold,
}

/// How a line of text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) face: Face,
    pub(super) size: f32,
    pub(super) colour: [f32; 3],
}

impl Style {
    pub(super) const fn new(face: Face, size: f32, colour: [f32; 3]) -> Self {
        Self { face, size, colour }
    }

    pub(super) fn line(self) -> f32 {
        self.size * LEADING
    }
}

/// Pages in the making.
pub(super) struct Layout {
    regular: (Font, Codes),
    bold: (Font, Codes),
    pub(super) pages: Vec<String>,
    /// Top of what comes next, points from the foot of the page.
    pub(super) y: f32,
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
    pub(super) fn block(&mut self, block: &Block, next: Option<&Block>) {
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

    pub(super) fn font(&self, face: Face) -> &Font {
        match face {
            Face::Regular => &self.regular.0,
            Face::Bold => &self.bold.0,
        }
    }

    pub(super) fn draw(&mut self, text: &str) {
        if let Some(page) = self.pages.last_mut() {
            page.push_str(text);
        }
    }

    /// Goes to the next page where less than `height` is left.
    pub(super) fn room(&mut self, height: f32) {
        if self.y - height < BOTTOM && self.y < PAGE.1 - TOP {
            self.pages.push(String::new());
            self.y = PAGE.1 - TOP;
        }
    }

    /// One line of text with its line at `y`.
    pub(super) fn words(&mut self, text: &str, (x, y): (f32, f32), style: Style) {
        let (name, codes) = match style.face {
            Face::Regular => ("R", &mut self.regular.1),
            Face::Bold => ("B", &mut self.bold.1),
        };
        let (hex, [r, g, b]) = (codes.encode(text), style.colour);
        self.draw(&format!("BT {r} {g} {b} rg /{name} {:.2} Tf {x:.2} {y:.2} Td {hex} Tj ET\n", style.size));
    }

    pub(super) fn rectangle(&mut self, (x, y, width, height): (f32, f32, f32, f32), [r, g, b]: [f32; 3]) {
        self.draw(&format!("{r} {g} {b} rg {x:.2} {y:.2} {width:.2} {height:.2} re f\n"));
    }

    pub(super) fn rule(&mut self, from: (f32, f32), to: (f32, f32)) {
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

    pub(super) fn end(mut self, foot: &str, about: &About) -> Vec<u8> {
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
