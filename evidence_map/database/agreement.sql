-- Papers that two people extracted independently, and how far they agree.

CREATE TABLE second_extraction (
  -- Second extractions. They are compared with the record and never counted.
  record TEXT PRIMARY KEY REFERENCES record (key), -- Record
  basis TEXT NOT NULL, -- What was read: full text, abstract or title
  date TEXT NOT NULL, -- When the data were extracted
  extracted_by TEXT NOT NULL, -- Who extracted them, separated by semicolons
  note TEXT, -- What could not be read
  yaml TEXT NOT NULL -- The file as it stands in the repository
) STRICT;

CREATE TABLE comparison (
  -- Fields that both people extracted, and what each said.
  record TEXT NOT NULL REFERENCES second_extraction (record), -- Record
  path TEXT NOT NULL, -- Field in this record, such as sample.size or findings.company.codes.topic
  field TEXT NOT NULL, -- The same field over all records, such as finding.codes.topic
  kind TEXT NOT NULL CHECK (kind IN ('one term', 'several terms', 'value', 'statement')), -- How it is compared; a statement by whether there is one
  dimension TEXT REFERENCES dimension (id), -- Dimension of its terms, if it is coded
  first_said TEXT NOT NULL, -- What the first extraction said, separated by semicolons
  second_said TEXT NOT NULL, -- What the second extraction said
  record_says TEXT NOT NULL, -- What the record says now
  differs INTEGER NOT NULL CHECK (differs IN (0, 1)), -- 1 if the two extractions differ
  decision TEXT CHECK (decision IN ('first', 'second', 'other')), -- Which is right, if that is settled
  settled_by TEXT, -- Who settled it
  settled_on TEXT, -- When it was settled
  settled_note TEXT, -- What settled it
  position INTEGER NOT NULL, -- Order within the record, from 0
  PRIMARY KEY (record, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE field_agreement (
  -- How far two people agree on each field, over all records that were extracted twice.
  field TEXT PRIMARY KEY, -- Field over all records
  kind TEXT NOT NULL, -- How it is compared
  dimension TEXT REFERENCES dimension (id), -- Dimension of its terms, if it is coded
  compared INTEGER NOT NULL, -- How often it was extracted twice
  alike INTEGER NOT NULL, -- How often both said exactly the same
  both_yes INTEGER, -- Sets of terms: how often both chose a term
  only_first INTEGER, -- Sets of terms: how often only the first chose it
  only_second INTEGER, -- Sets of terms: how often only the second chose it
  both_no INTEGER, -- Sets of terms: how often neither chose it
  observed REAL, -- Share of decisions that agree, if the field is coded
  expected REAL, -- Share that would agree by chance
  kappa REAL, -- Cohen's kappa; empty where the field is not coded or nothing varies
  position INTEGER NOT NULL -- Order, from 0
) STRICT;

CREATE VIEW disagreement AS
  -- Fields in which two extractions differ.
  -- record: Record
  -- path: Field in this record
  -- first_said: What the first extraction said
  -- second_said: What the second extraction said
  -- decision: Which is right; empty while it is disputed
  SELECT record, path, first_said, second_said, decision FROM comparison WHERE differs = 1;
