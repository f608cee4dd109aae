//! The tables beside a delivery: what a check says of which row, and what stays in the house.

use std::collections::BTreeMap;

use super::checks::Weight;
use super::plan::{Act, Plan};
use crate::domain::PageId;

/// Columns of the table of problems.
pub const PROBLEM_COLUMNS: [&str; 10] =
    ["Dòng Excel", "Mức", "Số", "Cột", "Nội dung cột", "Lỗi", "Quy tắc", "Tệp quét", "Trang", "Mã bản ghi"];

/// Columns of the table of what was left out.
pub const LEFT_COLUMNS: [&str; 6] = ["Số", "Lý do", "Diễn giải", "Tệp quét", "Trang", "Mã bản ghi"];

/// Where pages come from.
pub type Paths = BTreeMap<PageId, String>;

/// One row a problem: stopped acts first, then warnings of the delivered rows.
#[must_use]
pub fn problems(plan: &Plan, paths: &Paths) -> Vec<[String; 10]> {
    let stopped = plan.stopped.iter().map(|act| (None, act));
    let rows = plan.rows.iter().zip(2_usize..).map(|(act, row)| (Some(row), act));
    stopped.chain(rows).flat_map(|(row, act)| of_act(plan, paths, row, act)).collect()
}

fn of_act(plan: &Plan, paths: &Paths, row: Option<usize>, act: &Act) -> Vec<[String; 10]> {
    let so = plan.layout.at("so").map(|at| act.cells[at].clone()).unwrap_or_default();
    let label = |header: &str| plan.layout.at(header).map(|at| plan.layout.columns[at].label).unwrap_or_default();
    let one = |problem: &super::checks::Problem| {
        [
            row.map(|r| r.to_string()).unwrap_or_default(),
            weight(problem.weight).to_owned(),
            so.clone(),
            problem.header.to_owned(),
            label(problem.header).to_owned(),
            problem.sentence.clone(),
            problem.rule.to_owned(),
            paths.get(&act.entry.page).cloned().unwrap_or_default(),
            act.page.to_string(),
            act.entry.to_string(),
        ]
    };
    act.problems.iter().map(one).collect()
}

fn weight(weight: Weight) -> &'static str {
    match weight {
        Weight::Stop => "Lỗi: không giao",
        Weight::Warning => "Nhắc: vẫn giao",
    }
}

/// One row an entry that stays.
#[must_use]
pub fn left_out(plan: &Plan, paths: &Paths) -> Vec<[String; 6]> {
    let one = |left: &super::plan::LeftOut| {
        [
            left.so.clone(),
            reason(left.why).to_owned(),
            left.sentence.clone(),
            paths.get(&left.entry.page).cloned().unwrap_or_default(),
            (left.entry.page.index + 1).to_string(),
            left.entry.to_string(),
        ]
    };
    plan.left_out.iter().map(one).collect()
}

/// The reason in the operator's words.
#[must_use]
pub fn reason(why: &str) -> &'static str {
    match why {
        "waiting" => "Chưa duyệt xong",
        "check" => "Không qua kiểm tra",
        "imported" => "Đã nhập",
        "no-answer" => "Chờ kết quả nhập",
        "refused" => "Bị trả lại",
        _ => "",
    }
}
