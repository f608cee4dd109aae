//! A report on A4 pages: headings, paragraphs, tables whose header comes again on every page, bars, places to sign.

use crate::archive::About;

mod figures;
mod layout;
mod table;
mod wrap;

use layout::Layout;

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

/// The report's bytes; `foot` stands at the foot of each page before its number.
#[must_use]
pub fn write(blocks: &[Block], foot: &str, about: &About) -> Vec<u8> {
    let mut layout = Layout::default();
    for (at, block) in blocks.iter().enumerate() {
        layout.block(block, blocks.get(at + 1));
    }
    layout.end(foot, about)
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
