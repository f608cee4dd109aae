//! The acceptance report as PDF/A, for signing and keeping.

use sohoa_pdf::archive::About;
use sohoa_pdf::report::{self, Block, Column, Share, Side, Table};

use super::{Facts, Page};

/// The report's bytes.
#[must_use]
pub fn pdf(facts: &Facts<'_>) -> Vec<u8> {
    let page = Page::of(facts);
    let name = format!("Báo cáo nghiệm thu {}", page.title);
    let about = About {
        identifier: page.title.clone(),
        description: format!("{}, quyển số {}/{}", page.register, page.number, page.year),
        title: name.clone(),
        source: String::new(),
        language: "vi",
    };
    report::write(&blocks(&page), &name, &about)
}

fn blocks(page: &Page) -> Vec<Block> {
    let mut blocks = vec![
        Block::Title("BÁO CÁO NGHIỆM THU SỐ HÓA SỔ HỘ TỊCH".to_owned()),
        Block::Subtitle(format!("{} – quyển số {}/{}", page.register, page.number, page.year)),
        Block::Subtitle(format!("Cơ quan đăng ký: {}", page.office)),
        Block::Text(page.confirmation.clone()),
    ];
    states(page, &mut blocks);
    numbers(page, &mut blocks);
    amounts(page, &mut blocks);
    blocks.extend([heading("4. Kiểm tra mẫu"), Block::Text(page.sample.clone())]);
    open(page, &mut blocks);
    files(page, &mut blocks);
    let sign = |who: &str, how: &str| [who.to_owned(), how.to_owned()];
    blocks.push(Block::Signatures(vec![
        sign("Bên giao", "(ký, ghi rõ họ tên, ngày ký)"),
        sign("Công chức tư pháp - hộ tịch", "(ký, ghi rõ họ tên, ngày ký)"),
        sign("Cơ quan đăng ký hộ tịch", "(ký, đóng dấu)"),
    ]));
    blocks
}

fn heading(text: &str) -> Block {
    Block::Heading(text.to_owned())
}

fn text(text: &str) -> Block {
    Block::Text(text.to_owned())
}

/// A table: heads of its columns with their shares of the width and the side that their cells stand on.
fn table<const N: usize>(columns: [(&str, f32, Side); N], rows: Vec<Vec<String>>) -> Block {
    let column = |(name, share, side): (&str, f32, Side)| Column { name: name.to_owned(), share, side };
    Block::Table(Table { columns: columns.map(column).into(), rows })
}

fn states(page: &Page, blocks: &mut Vec<Block>) {
    blocks.push(heading("1. Bản ghi theo trạng thái"));
    blocks.push(Block::Text(format!("Tổng số trường hợp đã quét: {}.", page.entries)));
    let share = |state: &super::State| Share {
        name: format!("{}: {} ({} %)", state.name, state.count, state.percent),
        amount: state.count as f32,
        colour: colour(state.colour),
    };
    blocks.push(Block::Bar(page.states.iter().map(share).collect()));
}

/// `#2e7d32` → shares of red, green and blue.
fn colour(hex: &str) -> [f32; 3] {
    [1, 3, 5]
        .map(|at| hex.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok()).map_or(0.0, f32::from) / 255.0)
}

fn numbers(page: &Page, blocks: &mut Vec<Block>) {
    blocks.push(heading("2. Tính liên tục của số đăng ký"));
    if page.years.is_empty() {
        blocks.push(text("Chưa đọc được số đăng ký nào."));
    } else {
        let columns = [
            ("Năm", 1.0, Side::Right),
            ("Số trường hợp", 1.4, Side::Right),
            ("Từ số", 1.0, Side::Right),
            ("Đến số", 1.0, Side::Right),
            ("Số bị thiếu", 3.0, Side::Left),
            ("Số bị trùng", 2.0, Side::Left),
        ];
        let row = |y: &super::Year| {
            let numbers = [y.count.to_string(), y.first.to_string(), y.last.to_string()];
            std::iter::once(y.year.clone()).chain(numbers).chain([y.gaps.clone(), y.repeats.clone()]).collect()
        };
        blocks.push(table(columns, page.years.iter().map(row).collect()));
        blocks.push(Block::Note("Tính trên số đọc được, kể cả số chưa có người duyệt.".to_owned()));
    }
    match page.closing.as_slice() {
        [] => blocks.push(Block::Note("Chưa nhập số liệu lời khóa sổ để đối chiếu.".to_owned())),
        told => blocks.extend(told.iter().map(|sentence| text(sentence))),
    }
}

fn amounts(page: &Page, blocks: &mut Vec<Block>) {
    blocks.push(heading("3. Khối lượng"));
    let mut rows = vec![
        vec!["Trang của quyển đã xử lý".to_owned(), page.pages.to_string()],
        vec!["Quy đổi trang A4".to_owned(), page.a4.clone()],
    ];
    rows.extend(
        page.lengths
            .iter()
            .map(|(class, count)| vec![format!("Trường thông tin đã duyệt, {class}"), count.to_string()]),
    );
    rows.push(vec!["Cộng trường thông tin đã duyệt".to_owned(), page.cells.to_string()]);
    blocks.push(table([("Nội dung", 4.0, Side::Left), ("Số lượng", 1.0, Side::Right)], rows));
    blocks.push(Block::Note(format!(
        "Chỉ tính trường có nội dung của các bản ghi đã duyệt xong; không tính số thứ tự, số quyển, nơi đăng ký và các mã \
         do phần mềm suy ra. Trong cả đợt quét có {} tệp hoặc trang không xử lý được (xem aside.csv).",
        page.set_aside
    )));
}

fn open(page: &Page, blocks: &mut Vec<Block>) {
    blocks.push(heading("5. Trường hợp chưa giao được"));
    if page.left.is_empty() {
        return blocks.push(text("Không có."));
    }
    let columns = [
        ("Số", 1.0, Side::Right),
        ("Lý do", 1.6, Side::Left),
        ("Diễn giải", 4.0, Side::Left),
        ("Tệp quét : trang", 3.0, Side::Left),
        ("Mã bản ghi", 2.2, Side::Left),
    ];
    blocks.push(table(columns, page.left.iter().map(|left| left.to_vec()).collect()));
}

fn files(page: &Page, blocks: &mut Vec<Block>) {
    blocks.push(heading("6. Tệp bàn giao (SHA-256)"));
    if page.files.is_empty() {
        return blocks.push(text("Chưa chỉ ra thư mục bàn giao."));
    }
    // a hash fits on one line
    let columns = [("Tên tệp", 1.4, Side::Left), ("SHA-256", 3.6, Side::Left)];
    blocks.push(table(columns, page.files.iter().map(|(sum, name)| vec![name.clone(), sum.clone()]).collect()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_the_pages_own() {
        assert_eq!(colour("#ff8000"), [1.0, 128.0 / 255.0, 0.0]);
        assert_eq!(colour("oops"), [0.0; 3]);
    }
}
