-- A delivery as it was written, and when a person said that it left the house: from then on it is never rewritten.
CREATE TABLE delivery (
    office      TEXT NOT NULL,
    register    TEXT NOT NULL,
    year        TEXT NOT NULL,
    book        TEXT NOT NULL,
    number      INTEGER NOT NULL,
    -- SHA-256 of its SHA256SUMS: by this a folder is known again
    sums        TEXT NOT NULL,
    -- UTC
    handed_over TEXT,
    PRIMARY KEY (office, register, year, book, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER handed_over_rows_stay BEFORE DELETE ON delivered
WHEN EXISTS (SELECT 1 FROM delivery WHERE office = OLD.office AND register = OLD.register AND year = OLD.year
             AND book = OLD.book AND number = OLD.number AND handed_over IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'a delivery that was handed over is never rewritten'); END;
CREATE TRIGGER handed_over_stays BEFORE UPDATE ON delivery WHEN OLD.handed_over IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a delivery that was handed over is never rewritten'); END;
CREATE TRIGGER handed_over_is_kept BEFORE DELETE ON delivery WHEN OLD.handed_over IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a delivery that was handed over is never rewritten'); END;

-- number of the last audit line when the importer's answer was noted: decisions after it answer the importer
ALTER TABLE delivered ADD COLUMN answered_after INTEGER NOT NULL DEFAULT 0;
