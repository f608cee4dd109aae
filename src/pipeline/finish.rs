//! The end of a run: book-wide rules, duplicates, verdicts, and the files for people. All of it derived from the store.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use super::Basis;
use crate::domain::{BookId, BookReading, CheckedEntry, EntryId, Fate, Field, Finding, SheetFacts, Verdict};
use crate::outputs::aside::AsideRow;
use crate::outputs::duplicates::{self, group_name};
use crate::outputs::findings::Findings;
use crate::outputs::queue::{Queue, queued};
use crate::outputs::records::Records;
use crate::outputs::report::{Counts, Report};
use crate::outputs::{Judged, aside, pictures};
use crate::stages::dedupe::{self, Group, Mark, Place};
use crate::stages::validate;
use crate::standing::standing;
use crate::store::{Load, PageRow, ResultRef, Store, StoreError, StoredEntry, StoredPage, book_of};

/// Writes all outputs of a run; `against` are earlier runs that duplicates are looked for in.
pub fn finish(basis: &Basis, store: &Store, against: &[(String, Store)]) -> Result<Counts, StoreError> {
    check_books(basis, store)?;
    let rows = store.page_rows()?;
    let groups = find_duplicates(basis, store, &rows, against)?;
    let mut report = Report::default();
    write_entries(basis, store, &rows, &Membership::new(&groups), &mut report)?;
    let aside = aside_rows(store, &rows)?;
    aside::write(store.folder(), &aside)?;
    duplicates::write(store.folder(), &groups)?;
    report.add_rest(&aside, &groups);
    report.write(store.folder(), &aside, &basis.config.outputs)?;
    store.keep_summary(&serde_json::to_value(report.counts())?)?;
    Ok(report.counts().clone())
}

/// One book in memory at a time.
fn check_books(basis: &Basis, store: &Store) -> Result<(), StoreError> {
    // what pages say to each other counts once: they are asked what they read alone
    store.replace_book_readings(&[], &[])?;
    let books = store.books()?;
    let (mut fields, mut findings) = (Vec::new(), Vec::new());
    for book in &books {
        let (more_fields, more_findings) = read_together(basis, store, book)?;
        fields.extend(more_fields);
        findings.extend(more_findings);
    }
    store.replace_book_readings(&fields, &findings)?;
    let mut of_books = Vec::new();
    for book in &books {
        let entries = store.book_entries(book, Load::Values)?;
        let settled = acts(basis, store, &entries)?;
        let rows = rows(&entries);
        let checked: Vec<&CheckedEntry> = settled.iter().collect();
        for (id, finding) in validate::check_book(book, &checked, &basis.config.validate) {
            of_books.extend(rows.get(&id).map(|row| (*row, finding)));
        }
    }
    store.replace_book_findings(&of_books)
}

/// The acts of a book as they stand after people's decisions; a part is no act of its own, its blank number is no gap.
fn acts(basis: &Basis, store: &Store, entries: &[StoredEntry]) -> Result<Vec<CheckedEntry>, StoreError> {
    let mut acts = Vec::new();
    for entry in entries {
        let settled = standing(store, entry.checked.clone(), &basis.config)?;
        if !matches!(settled.fate, Fate::PartOf { .. } | Fate::Void) {
            acts.push(settled.checked);
        }
    }
    Ok(acts)
}

fn rows(entries: &[StoredEntry]) -> BTreeMap<EntryId, i64> {
    entries.iter().map(|entry| (entry.checked.entry.id, entry.row)).collect()
}

/// What the pages of a book make of each other's readings, and the findings of entries whose values change by that.
type ReadTogether = (Vec<(i64, BookReading)>, Vec<(i64, Vec<Finding>)>);

fn read_together(basis: &Basis, store: &Store, book: &BookId) -> Result<ReadTogether, StoreError> {
    let entries = store.book_entries(book, Load::ReadingsOf(&validate::READ_TOGETHER))?;
    let settled = acts(basis, store, &entries)?;
    let mut by_entry: BTreeMap<EntryId, Vec<BookReading>> = BTreeMap::new();
    let checked: Vec<&CheckedEntry> = settled.iter().collect();
    for (id, field) in validate::read_together(book, &checked, &basis.config.validate) {
        by_entry.entry(id).or_default().push(field);
    }
    let (mut fields, mut findings) = (Vec::new(), Vec::new());
    for StoredEntry { row, checked } in entries {
        let Some(read) = by_entry.remove(&checked.entry.id) else { continue };
        let mut after = checked.entry.clone();
        let mut changed = false;
        for new in read {
            if let Some(field) = after.fields.iter_mut().find(|field| field.key == new.key) {
                changed |= field.value != new.value;
                new.clone().apply(field);
                fields.push((row, new));
            }
        }
        if changed {
            findings.push((row, validate::validate(after, &basis.config.validate).findings));
        }
    }
    Ok((fields, findings))
}

fn find_duplicates(
    basis: &Basis,
    store: &Store,
    rows: &[PageRow],
    against: &[(String, Store)],
) -> Result<Vec<Group>, StoreError> {
    let mut found = marks("", store, rows)?;
    for (name, other) in against {
        found.extend(marks(name, other, &other.page_rows()?)?);
    }
    let whole = |path: String| Place { run: String::new(), path, page: None, entry: None };
    let same = store.same_files()?.into_iter().map(|(_, paths)| paths.into_iter().map(whole).collect()).collect();
    Ok(dedupe::groups(same, &found, &basis.config.dedupe))
}

fn marks(run: &str, store: &Store, rows: &[PageRow]) -> Result<Vec<Mark>, StoreError> {
    let mut marks = Vec::new();
    for row in rows {
        let ResultRef::Read(result) = row.result else { continue };
        let page = store.page(row.id, result, Load::Values)?;
        marks.extend(page.entries.iter().map(|stored| {
            let checked = &stored.checked;
            dedupe::mark(place(run, row, checked.entry.id), book_of(&checked.entry), checked, &page.facts)
        }));
    }
    Ok(marks)
}

fn place(run: &str, row: &PageRow, entry: EntryId) -> Place {
    Place { run: run.to_owned(), path: row.path.clone(), page: Some(row.id.index + 1), entry: Some(entry) }
}

/// Which groups an entry or a file is in.
struct Membership {
    entries: BTreeMap<EntryId, Vec<String>>,
    files: BTreeMap<String, Vec<String>>,
}

impl Membership {
    fn new(groups: &[Group]) -> Self {
        let mut all = Self { entries: BTreeMap::new(), files: BTreeMap::new() };
        for (at, group) in groups.iter().enumerate() {
            for member in group.members.iter().filter(|member| member.run.is_empty()) {
                let names = match member.entry {
                    Some(entry) => all.entries.entry(entry).or_default(),
                    None => all.files.entry(member.path.clone()).or_default(),
                };
                names.push(group_name(at));
            }
        }
        all
    }

    fn of(&self, path: &str, entry: EntryId) -> Vec<String> {
        let (file, own) = (self.files.get(path), self.entries.get(&entry));
        file.into_iter().chain(own).flatten().cloned().collect()
    }
}

/// A page with its verdicts, its review pictures cut already.
struct JudgedPage {
    page: StoredPage,
    verdicts: Vec<(Verdict, BookId, Vec<String>)>,
    crops: Vec<String>,
}

/// Pages judged at once: enough to keep all workers busy, few enough to be nothing in memory.
const AT_ONCE: usize = 32;

fn write_entries(
    basis: &Basis,
    store: &Store,
    rows: &[PageRow],
    membership: &Membership,
    report: &mut Report,
) -> Result<(), StoreError> {
    let folder = store.folder();
    let mut records = Records::create(folder, import_keys(basis))?;
    let mut queue = Queue::create(folder)?;
    let mut findings = Findings::create(folder)?;
    let mut crops = BTreeSet::new();
    for some in rows.chunks(AT_ONCE) {
        let judge = |row: &PageRow| judge_page(basis, store, row, membership);
        let pages: Vec<Option<JudgedPage>> = some.par_iter().map(judge).collect::<Result<_, _>>()?;
        for (row, page) in some.iter().zip(&pages).filter_map(|(row, page)| Some((row, page.as_ref()?))) {
            let judged = page.judged(row);
            for entry in &judged {
                if entry.verdict.is_record {
                    records.add(entry)?;
                }
                queue.add(entry, |field| format!("crops/{}", crop_name(entry.checked.entry.id, &field.slot)))?;
                findings.add(entry)?;
            }
            crops.extend(page.crops.iter().cloned());
            report.add_page(row.id, &row.path, &page.page.facts, &judged, &basis.config.outputs);
        }
    }
    records.keep()?;
    queue.keep()?;
    findings.keep()?;
    folder.keep_only_crops(&crops)
}

fn judge_page(
    basis: &Basis,
    store: &Store,
    row: &PageRow,
    membership: &Membership,
) -> Result<Option<JudgedPage>, StoreError> {
    let ResultRef::Read(result) = row.result else { return Ok(None) };
    let mut page = store.page(row.id, result, Load::Readings)?;
    let mut verdicts = Vec::new();
    for stored in &mut page.entries {
        let after = standing(store, stored.checked.clone(), &basis.config)?;
        stored.checked = after.checked;
        let entry = &stored.checked.entry;
        verdicts.push((after.verdict, book_of(entry), membership.of(&row.path, entry.id)));
    }
    let mut judged = JudgedPage { page, verdicts, crops: Vec::new() };
    judged.crops = cut_crops(basis, store, row, &judged)?;
    Ok(Some(judged))
}

impl JudgedPage {
    fn judged<'a>(&'a self, row: &'a PageRow) -> Vec<Judged<'a>> {
        let pairs = self.page.entries.iter().zip(&self.verdicts);
        pairs
            .map(|(stored, (verdict, book, groups))| Judged {
                path: &row.path,
                page: row.id.index + 1,
                book,
                checked: &stored.checked,
                verdict,
                groups,
            })
            .collect()
    }
}

/// Import keys of all layouts, in the order of layouts and slots: the columns do not depend on the data.
fn import_keys(basis: &Basis) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let keys = basis.layouts.iter().flat_map(|layout| layout.slots.iter().flat_map(|slot| &slot.fields));
    keys.filter(|key| seen.insert(key.as_str())).cloned().collect()
}

fn crop_name(entry: EntryId, slot: &str) -> String {
    format!("{entry}-{slot}.jpg")
}

/// Cuts the pictures of the queued fields of one page; a page whose picture is gone has none, and the rest goes on.
fn cut_crops(basis: &Basis, store: &Store, row: &PageRow, page: &JudgedPage) -> Result<Vec<String>, StoreError> {
    let (config, mut cut) = (&basis.config.outputs, Vec::new());
    let judged = page.judged(row);
    for sheet in &page.page.facts.sheets {
        let wanted = wanted(sheet, &judged);
        if wanted.is_empty() {
            continue;
        }
        let Some(picture) = pictures::load_sheet(&store.folder().page(row.id, sheet.part)) else {
            tracing::warn!(page = %row.id, "the cleaned page is gone: no review pictures");
            continue;
        };
        for (name, at) in wanted {
            if let Some(crop) = pictures::crop(&picture, &sheet.slots[at].crop, config) {
                pictures::keep_crop(&store.folder().crops().join(&name), &crop, config.crop_quality)?;
                cut.push(name);
            }
        }
    }
    Ok(cut)
}

/// Names of the pictures wanted from a sheet, with the slot each is cut from.
fn wanted(sheet: &SheetFacts, judged: &[Judged<'_>]) -> BTreeMap<String, usize> {
    let mut wanted = BTreeMap::new();
    for entry in judged {
        let id = entry.checked.entry.id;
        let slot_of =
            |field: &Field| sheet.slots.iter().position(|slot| slot.ordinal == id.ordinal && slot.key == field.slot);
        for (field, _) in queued(entry).into_iter().filter(|_| id.part == sheet.part) {
            if let Some(at) = slot_of(field) {
                wanted.insert(crop_name(id, &field.slot), at);
            }
        }
    }
    wanted
}

fn aside_rows(store: &Store, rows: &[PageRow]) -> Result<Vec<AsideRow>, StoreError> {
    let mut all: Vec<AsideRow> =
        store.files_aside()?.iter().map(|(path, aside)| AsideRow::new(path, None, aside)).collect();
    for row in rows {
        if let ResultRef::Aside(aside) = &row.result {
            all.push(AsideRow::new(&row.path, Some(row.id.index + 1), aside));
        }
    }
    all.sort();
    Ok(all)
}

/// The runs that `--against` names: run folders, or folders that hold some; never the run itself.
pub fn earlier_runs(folders: &[std::path::PathBuf], own: &Path) -> Result<Vec<(String, Store)>, StoreError> {
    let mut found = BTreeMap::new();
    for folder in folders {
        let mut candidates = vec![folder.clone()];
        if !folder.join("run.sqlite").is_file() {
            let listed = std::fs::read_dir(folder).map_err(|_| StoreError::NoRun(folder.clone()))?;
            candidates =
                listed.flatten().map(|entry| entry.path()).filter(|path| path.join("run.sqlite").is_file()).collect();
        }
        for path in candidates {
            // the same folder under two names is one run
            let real = path.canonicalize().unwrap_or(path);
            if own.canonicalize().is_ok_and(|own| own == real) {
                continue;
            }
            let name = real.file_name().unwrap_or(real.as_os_str()).to_string_lossy().into_owned();
            found.insert((name, real.clone()), Store::read_only(&real)?);
        }
    }
    Ok(found.into_iter().map(|((name, _), store)| (name, store)).collect())
}
