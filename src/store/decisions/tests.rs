use super::*;
use crate::domain::{Act, Sha256, Shown, Step, Value};
use crate::store::Claim;

fn entry(n: u8) -> EntryId {
    EntryId { page: PageId { file: Sha256([n; 32]), index: 0 }, part: 0, ordinal: 0 }
}

fn draft(n: u8) -> DraftEntry {
    let hint = crate::domain::BookHint::default();
    DraftEntry {
        id: entry(n),
        layout: "ks-2006".to_owned(),
        register: crate::domain::Register::Ks,
        hint,
        fields: Vec::new(),
    }
}

fn typed(n: u8, key: &str, text: &str) -> AuditLine {
    AuditLine::Decision(Decision {
        at: "2008-01-01T00:00:00Z".to_owned(),
        who: "lan".to_owned(),
        step: Step::First,
        entry: entry(n),
        key: key.to_owned(),
        act: Act::Type { value: Value::Text { text: text.to_owned() } },
        from: "?".to_owned(),
        to: text.to_owned(),
        note: String::new(),
        seconds: 1.5,
        shown: Shown::default(),
    })
}

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("folder");
    let store = Store::open(folder.path()).expect("store");
    (folder, store)
}

fn broken(store: &Store) -> u64 {
    store.verify_audit().expect("read").expect_err("broken").number
}

/// As somebody would who has the file and knows SQL.
fn forge(store: &Store, sql: &str) {
    let db = store.db();
    db.execute_batch(&format!("DROP TRIGGER audit_stays; DROP TRIGGER audit_is_kept; {sql}")).expect("forged");
}

#[test]
fn decisions_come_back_in_order_and_by_entry() {
    let (_folder, store) = store();
    for line in [typed(1, "so", "5"), typed(2, "so", "6"), typed(1, "so", "7")] {
        store.add_line(&line).expect("kept");
    }
    let texts = |n| store.said_of(&draft(n)).expect("read").0.into_iter().map(|d| d.to).collect::<Vec<_>>();
    assert_eq!((texts(1), texts(2), texts(3)), (vec!["5".into(), "7".into()], vec!["6".into()], vec![]));
    assert_eq!(store.audit_after(2).expect("read").len(), 1);
    assert_eq!(store.history(entry(1)).expect("read").len(), 2);
    assert_eq!(store.verify_audit().expect("read").expect("whole").number, 3);
}

#[test]
fn the_database_refuses_to_change_or_delete_a_line() {
    let (_folder, store) = store();
    store.add_line(&typed(1, "so", "5")).expect("kept");
    let refused = [
        "UPDATE audit SET body = '{}'",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit (number, previous, body, hash) VALUES (1, '', '{}', '')",
        "INSERT INTO audit (number, previous, body, hash) VALUES (5, '', '{}', '')",
    ];
    for sql in refused {
        assert!(store.db().execute(sql, []).is_err(), "{sql}");
    }
    assert_eq!(store.verify_audit().expect("read").expect("whole").number, 1);
}

#[test]
fn a_forged_line_is_named() {
    let (_folder, store) = store();
    (0..5).for_each(|n| {
        store.add_line(&typed(n, "so", "5")).expect("kept");
    });
    forge(&store, "UPDATE audit SET body = replace(body, '\"to\":\"5\"', '\"to\":\"6\"') WHERE number = 3");
    assert_eq!(broken(&store), 3);
}

#[test]
fn a_line_taken_out_is_named() {
    let (_folder, store) = store();
    (0..5).for_each(|n| {
        store.add_line(&typed(n, "so", "5")).expect("kept");
    });
    forge(&store, "DELETE FROM audit WHERE number = 2");
    assert_eq!(broken(&store), 2);
}

#[test]
fn who_was_overtaken_overwrites_nothing() {
    let (_folder, store) = store();
    let add = |line: &AuditLine, seen| store.add_lines(&[(line, Expected::Last(seen))]).expect("asked")[0];
    assert_eq!(add(&typed(1, "so", "5"), 0), Added::Line(1));
    assert_eq!(add(&typed(1, "so", "6"), 0), Added::Overtaken(1));
    assert_eq!(add(&typed(1, "quyenSo", "6"), 0), Added::Line(2), "another field is not concerned");
    assert_eq!(add(&typed(2, "so", "6"), 0), Added::Line(3), "nor is another entry");
    assert_eq!(add(&typed(1, "so", "6"), 1), Added::Line(4));
}

#[test]
fn two_processes_add_to_one_chain() {
    let (folder, store) = store();
    let other = Store::for_people(folder.path(), Claim::Shared).expect("beside");
    for n in 0..10 {
        let to = if n % 2 == 0 { &store } else { &other };
        to.add_line(&typed(n, "so", "5")).expect("kept");
    }
    assert_eq!(store.verify_audit().expect("read").expect("whole").number, 10);
}

#[test]
fn a_run_has_one_station() {
    let (folder, _store) = store();
    let station = Store::for_people(folder.path(), Claim::Station).expect("first, beside a running run");
    assert!(matches!(Store::for_people(folder.path(), Claim::Station), Err(StoreError::Busy(_))));
    drop(station);
    Store::for_people(folder.path(), Claim::Station).expect("free again");
}
