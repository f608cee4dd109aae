-- entries that go on with another one, or were found in one: looked up for every entry that is shown or put out
CREATE INDEX audit_of ON audit (body ->> '$.of') WHERE body ->> '$.of' IS NOT NULL;
