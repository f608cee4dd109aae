//! Writes a report and a scan to look at and to try on other programs: `samples FOLDER PICTURE.jpg WIDTH HEIGHT`.

use std::path::Path;

use sohoa_pdf::archive::About;
use sohoa_pdf::report::{self, Block, Column, Share, Side, Table};
use sohoa_pdf::scan::{self, Colours, Leaf, Line, Pixels, Scan, Turn};

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, picture, width, height] = arguments.as_slice() else {
        return Err(std::io::Error::other("FOLDER PICTURE.jpg WIDTH HEIGHT"));
    };
    let number = |text: &str| text.parse().map_err(std::io::Error::other);
    let size: (u32, u32) = (number(width)?, number(height)?);
    let jpeg = std::fs::read(picture)?;
    let corners = |y: f32| [(200.0, y), (900.0, y), (900.0, y + 50.0), (200.0, y + 50.0)];
    let lines = [
        Line { text: "Nguyễn Văn Đô".into(), corners: corners(300.0) },
        Line { text: "Ngày hai mươi bảy tháng tám".into(), corners: corners(400.0) },
    ];
    let about = About {
        title: "KS.2008.01.2008-01-15.001".into(),
        identifier: "KS.2008.01.2008-01-15.001".into(),
        description: "Sổ đăng ký khai sinh".into(),
        source: "sha256:0".into(),
        language: "vi",
    };
    let scanned = Scan { pixels: Pixels::Jpeg(&jpeg, Colours::Rgb), size, dpi: 200.0, turn: Turn::None };
    std::fs::write(Path::new(folder).join("scan.pdf"), scan::write(&[Leaf { scan: scanned, lines: lines.into() }], &about))?;
    std::fs::write(
        Path::new(folder).join("report.pdf"),
        report::write(&blocks(), "Báo cáo nghiệm thu KS/2008/01", &about),
    )
}

fn blocks() -> Vec<Block> {
    let column = |name: &str, share, side| Column { name: name.into(), share, side };
    let share = |name: &str, amount, colour| Share { name: format!("{name}: {amount}"), amount, colour };
    let rows = (1..=70).map(|n| {
        let text = if n % 7 == 0 {
            "Chờ người duyệt 2 trường: nksNgaySinh, meHoTen; trang bị mờ, cần quét lại."
        } else {
            "Thiếu Ngày đăng ký."
        };
        vec![format!("{n:02}/2008"), text.to_owned(), "0277eb97a54f0458-0-0-0".to_owned()]
    });
    vec![
        Block::Title("BÁO CÁO NGHIỆM THU SỐ HÓA SỔ HỘ TỊCH".into()),
        Block::Subtitle("Sổ đăng ký khai sinh – quyển số 01/2008".into()),
        Block::Heading("1. Bản ghi theo trạng thái".into()),
        Block::Text("Tổng số trường hợp đã quét: 120. Các trường hợp dưới đây được đếm theo lần giao cuối cùng của chúng, mỗi trường hợp đúng một lần.".into()),
        Block::Bar(vec![share("Đã nhập vào Cơ sở dữ liệu", 80.0, [0.18, 0.49, 0.2]), share("Chờ người duyệt", 40.0, [0.98, 0.66, 0.15])]),
        Block::Heading("2. Trường hợp chưa giao được".into()),
        Block::Table(Table {
            columns: vec![column("Số", 1.0, Side::Right), column("Diễn giải", 4.0, Side::Left), column("Mã bản ghi", 2.4, Side::Left)],
            rows: rows.collect(),
        }),
        Block::Note("Tính trên số đọc được, kể cả số chưa có người duyệt.".into()),
        Block::Signatures(vec![
            ["Bên giao".into(), "(ký, ghi rõ họ tên)".into()],
            ["Công chức tư pháp - hộ tịch".into(), "(ký, ghi rõ họ tên)".into()],
            ["Cơ quan đăng ký hộ tịch".into(), "(ký, đóng dấu)".into()],
        ]),
    ]
}
