-- The published database. Each table, view and column has its comment, from which the page that
-- documents the database is made; SQLite keeps the comments in sqlite_schema.

CREATE TABLE meta (
  -- What this database is: title, question, version of the data, licence.
  name TEXT PRIMARY KEY, -- Name of the fact, such as title or version
  value TEXT NOT NULL -- The fact
) STRICT, WITHOUT ROWID;

CREATE TABLE dimension (
  -- The questions that are asked of every record or finding: the codebook's, and the built-in ones.
  id TEXT PRIMARY KEY, -- Name in the files
  label TEXT NOT NULL, -- Name for readers
  definition TEXT NOT NULL, -- The question it answers
  applies_to TEXT NOT NULL CHECK (applies_to IN ('records', 'findings')), -- What is coded with it
  field TEXT NOT NULL, -- Field of the record or finding that holds it
  several INTEGER NOT NULL CHECK (several IN (0, 1)), -- 1 if one record or finding can have several terms
  built_in INTEGER NOT NULL CHECK (built_in IN (0, 1)), -- 1 if it is not the codebook's, but filled from the files' own fields
  source TEXT, -- Where the terms come from, if from elsewhere
  position INTEGER NOT NULL -- Order of display, from 0
) STRICT;

CREATE TABLE term (
  -- The terms of the dimensions; a term with narrower terms is a group.
  dimension TEXT NOT NULL REFERENCES dimension (id), -- Dimension it belongs to
  id TEXT NOT NULL, -- Name in the files, unique in its dimension
  label TEXT NOT NULL, -- Name for readers
  definition TEXT NOT NULL, -- What it covers
  not_for TEXT, -- What looks alike but belongs elsewhere
  parent TEXT, -- Group that it stands in, if any
  depth INTEGER NOT NULL, -- 0 at the top level
  is_group INTEGER NOT NULL CHECK (is_group IN (0, 1)), -- 1 if it has narrower terms
  counts_as_study INTEGER NOT NULL CHECK (counts_as_study IN (0, 1)), -- 0 if reports with it are never counted as studies
  flow TEXT CHECK (flow IN ('duplicate', 'not retrieved')), -- How reports with this reason of exclusion leave the flow, if not as excluded
  position INTEGER NOT NULL, -- Order of display within the dimension, groups before their terms
  PRIMARY KEY (dimension, id),
  FOREIGN KEY (dimension, parent) REFERENCES term (dimension, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE term_example (
  -- Examples of what is coded with a term.
  dimension TEXT NOT NULL, -- Dimension of the term
  term TEXT NOT NULL, -- The term
  position INTEGER NOT NULL, -- Order, from 0
  example TEXT NOT NULL, -- The example
  PRIMARY KEY (dimension, term, position),
  FOREIGN KEY (dimension, term) REFERENCES term (dimension, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE term_path (
  -- Each term with itself and with every group above it.
  dimension TEXT NOT NULL, -- Dimension of both
  term TEXT NOT NULL, -- The term
  ancestor TEXT NOT NULL, -- The term itself or a group above it
  PRIMARY KEY (dimension, term, ancestor),
  FOREIGN KEY (dimension, term) REFERENCES term (dimension, id),
  FOREIGN KEY (dimension, ancestor) REFERENCES term (dimension, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE study (
  -- Pieces of research. One study can have several reports; maps count studies.
  id TEXT PRIMARY KEY, -- Name in the files; the record's key where a report stands alone
  label TEXT NOT NULL, -- Short name for readers
  title TEXT NOT NULL, -- Full name
  registration TEXT, -- Number in a register
  summary TEXT, -- What it is
  note TEXT, -- What is known of its reports and samples
  declared INTEGER NOT NULL CHECK (declared IN (0, 1)) -- 1 if it stands in studies.yml
) STRICT;

CREATE TABLE search (
  -- The search log.
  id TEXT PRIMARY KEY, -- Name in the records
  kind TEXT NOT NULL, -- Database, citation chasing, …
  source TEXT NOT NULL, -- What was searched
  platform TEXT, -- Through which platform
  date TEXT, -- When
  date_missing TEXT, -- Why there is no date, if there is none
  strategy TEXT NOT NULL, -- What was looked for, in words
  query TEXT, -- The search as it was run
  results INTEGER, -- How many results it gave
  results_missing TEXT, -- Why there is no number of results, if there is none
  duplicates_removed INTEGER NOT NULL, -- Duplicates among them that were removed without a record
  screened TEXT NOT NULL CHECK (screened IN ('all', 'in part')), -- Whether all results were screened
  searched_by TEXT, -- Who searched, separated by semicolons
  note TEXT, -- Anything else that is needed to judge it
  position INTEGER NOT NULL -- Order in the log, from 0
) STRICT;

CREATE TABLE search_without_record (
  -- Results of a search that were left out without a record of their own, duplicates apart.
  search TEXT NOT NULL REFERENCES search (id), -- Search
  position INTEGER NOT NULL, -- Order, from 0
  stage TEXT NOT NULL CHECK (stage IN ('before screening', 'title and abstract')), -- When they were left out
  by_automation INTEGER NOT NULL CHECK (by_automation IN (0, 1)), -- 1 if a program decided and no person looked at them
  reason TEXT NOT NULL, -- Why
  number INTEGER NOT NULL, -- How many
  PRIMARY KEY (search, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE record (
  -- Reports: one row for each publication. Where a column is empty, the view absence says why.
  key TEXT PRIMARY KEY, -- Citation key: the file's name
  study TEXT NOT NULL REFERENCES study (id), -- Study that it reports
  study_part TEXT, -- What it is within its study
  study_note TEXT, -- What makes its relations likely or certain
  duplicate_of TEXT REFERENCES record (key) DEFERRABLE INITIALLY DEFERRED, -- Same publication, kept instead
  version_of TEXT REFERENCES record (key) DEFERRABLE INITIALLY DEFERRED, -- Another version of it
  citation TEXT NOT NULL, -- Short citation, such as Lamp et al. 2021
  title TEXT NOT NULL, -- Title as printed
  original_title TEXT, -- Title in the paper's own language
  type TEXT NOT NULL, -- Kind of publication, a CSL type
  authors_complete INTEGER NOT NULL CHECK (authors_complete IN (0, 1)), -- 0 if only the first authors are known
  issued TEXT, -- Date of publication, as exact as the source
  year INTEGER, -- Year of publication
  container_title TEXT, -- Journal, book or series
  volume TEXT, -- Volume
  issue TEXT, -- Issue
  page TEXT, -- Pages
  number TEXT, -- Article or report number
  edition TEXT, -- Edition
  publisher TEXT, -- Publisher
  publisher_place TEXT, -- Place of the publisher
  doi TEXT, -- DOI in lower case, without resolver
  pmid TEXT, -- Number in PubMed
  pmcid TEXT, -- Number in PubMed Central
  issn TEXT, -- ISSN of the journal
  isbn TEXT, -- ISBN of the book, 13 digits
  url TEXT, -- Address where there is no DOI
  language TEXT, -- Language of the full text
  licence TEXT, -- Licence of the paper
  standing TEXT CHECK (standing IN ('retracted', 'withdrawn', 'partly retracted', 'under an expression of concern', 'corrected')), -- Where it stands after the notices about it; empty if there are none
  decision TEXT NOT NULL CHECK (decision IN ('included', 'excluded', 'awaiting', 'ongoing')), -- Result of screening
  screening_stage TEXT, -- What was read to decide
  screening_date TEXT, -- When it was decided
  screening_note TEXT, -- What the decision needs explained
  counted INTEGER NOT NULL CHECK (counted IN (0, 1)), -- 1 if included and counted as a study
  basis TEXT, -- What was read: full text, abstract or title
  extraction_date TEXT, -- When data were extracted
  extraction_note TEXT, -- What could not be read
  aim TEXT, -- What the study set out to learn
  procedure TEXT, -- How it was carried out
  analysis TEXT, -- How data were analysed
  sampling TEXT, -- How participants were chosen
  ethics TEXT, -- Ethics approval and consent
  sample_size INTEGER, -- How many took part
  sample_unit TEXT, -- What is counted
  sample_description TEXT, -- Who they were
  recruitment TEXT, -- How they were recruited
  eligibility TEXT, -- Who could take part
  sites_approached INTEGER, -- Sites asked
  sites_taking_part INTEGER, -- Sites that agreed
  people_invited INTEGER, -- People invited
  people_taking_part INTEGER, -- People who took part
  payment TEXT, -- What participants received
  place TEXT, -- Towns or areas in words
  setting_description TEXT, -- The setting in our words
  collection_start TEXT, -- First date of data collection
  collection_end TEXT, -- Last date of data collection
  funding TEXT, -- What the paper says about funding
  competing_interests TEXT, -- What the authors declare
  notes TEXT, -- Anything else, in Markdown
  yaml TEXT NOT NULL -- The record's file as it stands in the repository
) STRICT;

CREATE INDEX record_study ON record (study);

CREATE TABLE record_name (
  -- Authors and editors in the order of the paper.
  record TEXT NOT NULL REFERENCES record (key), -- Record
  role TEXT NOT NULL CHECK (role IN ('author', 'editor')), -- author or editor
  position INTEGER NOT NULL, -- Order, from 0
  family TEXT, -- Family name
  given TEXT, -- Given names
  particle TEXT, -- Particle before the family name
  suffix TEXT, -- Jr, III
  literal TEXT, -- Whole name of a body
  orcid TEXT, -- ORCID iD
  PRIMARY KEY (record, role, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_list (
  -- Fields of a record that hold several texts: keywords, names with capitals, frameworks, software, limitations, sources.
  record TEXT NOT NULL REFERENCES record (key), -- Record
  field TEXT NOT NULL, -- Which field: keyword, kept_capitals, framework, software, limitation, source, extracted_by, checked_by
  position INTEGER NOT NULL, -- Order, from 0
  value TEXT NOT NULL, -- The text
  PRIMARY KEY (record, field, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_code (
  -- Terms that a record carries as a whole, with the built-in dimensions (country, year, …).
  record TEXT NOT NULL REFERENCES record (key), -- Record
  dimension TEXT NOT NULL, -- Dimension
  term TEXT NOT NULL, -- Term
  PRIMARY KEY (record, dimension, term),
  FOREIGN KEY (dimension, term) REFERENCES term (dimension, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sample_part (
  -- Parts of a sample with their numbers.
  record TEXT NOT NULL REFERENCES record (key), -- Record
  grouping_position INTEGER NOT NULL, -- Order of the grouping, from 0
  grouping TEXT NOT NULL, -- What the sample is divided by
  parts_are TEXT NOT NULL, -- complete, incomplete or overlapping
  position INTEGER NOT NULL, -- Order of the part, from 0
  label TEXT NOT NULL, -- What the members of the part have in common
  size INTEGER NOT NULL, -- How many they are
  PRIMARY KEY (record, grouping_position, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE notice (
  -- Corrections, expressions of concern and retractions that were published about a report.
  record TEXT NOT NULL REFERENCES record (key), -- Report that they are about
  position INTEGER NOT NULL, -- Order, from 0
  kind TEXT NOT NULL CHECK (kind IN ('retraction', 'partial retraction', 'withdrawal', 'removal', 'expression of concern', 'correction', 'reinstatement')), -- What it is
  doi TEXT, -- DOI of the notice
  url TEXT, -- Address of the notice where it has no DOI
  date TEXT, -- When it was published, as exact as the source
  note TEXT, -- What it says, and what that means for what was taken from the report
  PRIMARY KEY (record, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE funder (
  -- Who paid for a study.
  record TEXT NOT NULL REFERENCES record (key), -- Record
  position INTEGER NOT NULL, -- Order, from 0
  name TEXT NOT NULL, -- Funder
  award TEXT, -- Number of the grant
  PRIMARY KEY (record, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_search (
  -- Which searches found a record.
  record TEXT NOT NULL REFERENCES record (key), -- Record
  search TEXT NOT NULL REFERENCES search (id), -- Search
  PRIMARY KEY (record, search)
) STRICT, WITHOUT ROWID;

CREATE TABLE shared_sample (
  -- Records whose participants may be the same people.
  record TEXT NOT NULL REFERENCES record (key), -- Record
  other TEXT NOT NULL REFERENCES record (key), -- Other record
  PRIMARY KEY (record, other)
) STRICT, WITHOUT ROWID;

CREATE TABLE blank (
  -- The fields that are blank in some record, each with the reasons why.
  number INTEGER PRIMARY KEY, -- Number that stands for both in record_blank
  field TEXT NOT NULL, -- Path of the field in the file, such as sample.size
  reason TEXT NOT NULL CHECK (reason IN ('not reported', 'not applicable', 'not yet extracted')), -- Why
  UNIQUE (field, reason)
) STRICT;

CREATE TABLE record_blank (
  -- Which fields of a record are blank, as numbers. The view absence says it in words.
  record TEXT NOT NULL REFERENCES record (key), -- Record
  blank INTEGER NOT NULL REFERENCES blank (number), -- Field and reason
  PRIMARY KEY (record, blank)
) STRICT, WITHOUT ROWID;

CREATE VIEW absence AS
  -- Why a field of a record holds no value.
  -- record: Record
  -- field: Path of the field in the file, such as sample.size
  -- reason: not reported, not applicable or not yet extracted
  SELECT record_blank.record, blank.field, blank.reason
  FROM record_blank JOIN blank ON blank.number = record_blank.blank;

CREATE TABLE finding (
  -- Findings of the papers.
  id TEXT PRIMARY KEY, -- Reference: record, #, name
  record TEXT NOT NULL REFERENCES record (key), -- Record that reports it
  name TEXT NOT NULL, -- Name within the record
  position INTEGER NOT NULL, -- Order in the record, from 0
  statement TEXT NOT NULL, -- What was found, in the review's words
  locator TEXT NOT NULL -- Where the paper says it
) STRICT;

CREATE INDEX finding_record ON finding (record, position);

CREATE TABLE finding_code (
  -- Terms that a finding itself carries, with the confidence in the review findings it contributes to.
  finding TEXT NOT NULL REFERENCES finding (id), -- Finding
  dimension TEXT NOT NULL, -- Dimension
  term TEXT NOT NULL, -- Term
  PRIMARY KEY (finding, dimension, term),
  FOREIGN KEY (dimension, term) REFERENCES term (dimension, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding_quote (
  -- Words of participants that a paper prints.
  finding TEXT NOT NULL REFERENCES finding (id), -- Finding
  position INTEGER NOT NULL, -- Order, from 0
  text TEXT NOT NULL, -- The words
  speaker TEXT, -- How the paper names the speaker
  locator TEXT NOT NULL, -- Where they are printed
  PRIMARY KEY (finding, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
  -- Where findings can stand: under every term or group, and in each dimension under none of them.
  number INTEGER PRIMARY KEY, -- Number that stands for it in finding_place
  dimension TEXT NOT NULL REFERENCES dimension (id), -- Dimension
  term TEXT, -- Term or group; empty for the place of findings that have none in this dimension
  FOREIGN KEY (dimension, term) REFERENCES term (dimension, id)
) STRICT;

CREATE INDEX place_term ON place (dimension, term);

CREATE TABLE counted_finding (
  -- Findings of counted reports: what maps count.
  number INTEGER PRIMARY KEY, -- Number that stands for it in finding_place
  finding TEXT NOT NULL UNIQUE REFERENCES finding (id), -- Finding
  record TEXT NOT NULL REFERENCES record (key), -- Its report
  study TEXT NOT NULL REFERENCES study (id) -- Its study
) STRICT;

CREATE TABLE finding_place (
  -- In which places each counted finding stands, as numbers. The view placement says it in words.
  place INTEGER NOT NULL REFERENCES place (number), -- Place
  finding INTEGER NOT NULL REFERENCES counted_finding (number), -- Finding
  PRIMARY KEY (place, finding)
) STRICT, WITHOUT ROWID;

CREATE VIEW placement AS
  -- Where the findings of counted reports stand in every dimension: their own terms, those of their
  -- report, and the groups above both. What maps count is counted here.
  -- finding: Finding
  -- record: Its report
  -- study: Its study
  -- dimension: Dimension
  -- term: Term or group; empty where the finding has none in this dimension
  SELECT counted_finding.finding, counted_finding.record, counted_finding.study, place.dimension,
    place.term
  FROM finding_place
  JOIN counted_finding ON counted_finding.number = finding_place.finding
  JOIN place ON place.number = finding_place.place;

CREATE TABLE appraisal_tool (
  -- Critical-appraisal tools.
  id TEXT PRIMARY KEY, -- Name in the records
  name TEXT NOT NULL, -- Name for readers
  citation TEXT NOT NULL -- Where it is published
) STRICT;

CREATE TABLE appraisal_choice (
  -- Answers that a tool allows, and how figures show them.
  tool TEXT NOT NULL REFERENCES appraisal_tool (id), -- Tool
  answer TEXT NOT NULL, -- Answer in the words of the tool
  sign TEXT NOT NULL CHECK (sign IN ('+', '?', '-', 'n/a')), -- Sound, not to be told, unsound, not asked
  position INTEGER NOT NULL, -- Order, from 0
  PRIMARY KEY (tool, answer)
) STRICT, WITHOUT ROWID;

CREATE TABLE appraisal_group (
  -- Groups of items that are asked of one kind of study only.
  tool TEXT NOT NULL REFERENCES appraisal_tool (id), -- Tool
  id TEXT NOT NULL, -- Name in the records
  label TEXT NOT NULL, -- Kind of study
  position INTEGER NOT NULL, -- Order, from 0
  PRIMARY KEY (tool, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE appraisal_item (
  -- Items of the tools, in short words.
  tool TEXT NOT NULL REFERENCES appraisal_tool (id), -- Tool
  id TEXT NOT NULL, -- Name in the records
  number TEXT NOT NULL, -- Number in the tool
  item_group TEXT, -- Group that it belongs to; empty if it is asked of every study
  position INTEGER NOT NULL, -- Order, from 0
  question TEXT NOT NULL, -- What it asks
  PRIMARY KEY (tool, id),
  FOREIGN KEY (tool, item_group) REFERENCES appraisal_group (tool, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE appraisal (
  -- Which tool a report was appraised with, or why it was not.
  record TEXT PRIMARY KEY REFERENCES record (key), -- Record
  tool TEXT REFERENCES appraisal_tool (id), -- Tool
  date TEXT, -- When
  appraised_by TEXT, -- By whom, with semicolons between names
  not_appraised TEXT -- Why there is no appraisal
) STRICT;

CREATE TABLE appraisal_scope (
  -- Groups of items that apply to a report's study.
  record TEXT NOT NULL REFERENCES appraisal (record), -- Record
  tool TEXT NOT NULL, -- Tool
  item_group TEXT NOT NULL, -- Group
  PRIMARY KEY (record, item_group),
  FOREIGN KEY (tool, item_group) REFERENCES appraisal_group (tool, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE appraisal_answer (
  -- Answers to the items.
  record TEXT NOT NULL REFERENCES appraisal (record), -- Record
  tool TEXT NOT NULL, -- Tool
  item TEXT NOT NULL, -- Item
  answer TEXT NOT NULL, -- Answer
  support TEXT NOT NULL, -- What in the paper it rests on
  locator TEXT NOT NULL, -- Where the paper says it
  PRIMARY KEY (record, item),
  FOREIGN KEY (tool, item) REFERENCES appraisal_item (tool, id),
  FOREIGN KEY (tool, answer) REFERENCES appraisal_choice (tool, answer)
) STRICT, WITHOUT ROWID;

CREATE TABLE review_finding (
  -- What the studies say together, with the GRADE-CERQual confidence where it is assessed.
  id TEXT PRIMARY KEY, -- Name of its file
  statement TEXT NOT NULL, -- The finding
  text TEXT NOT NULL, -- Narrative, in Markdown
  confidence TEXT CHECK (confidence IN ('high', 'moderate', 'low', 'very low')), -- Overall confidence
  confidence_reason TEXT, -- How the components led to it
  assessed TEXT, -- When it was assessed
  assessed_by TEXT, -- Who assessed it, with semicolons between names
  assessed_evidence TEXT, -- Digest of the evidence as it was when assessed
  evidence TEXT NOT NULL, -- Digest of the evidence as it is
  stale INTEGER CHECK (stale IN (0, 1)), -- 1 if the evidence changed after the assessment; empty if not assessed
  changed TEXT, -- What changed since it was assessed, a line each
  source TEXT NOT NULL, -- The finding's file as it stands in the repository
  position INTEGER NOT NULL -- Order by name of file, from 0
) STRICT;

CREATE TABLE review_finding_code (
  -- Terms that a review finding itself carries.
  review_finding TEXT NOT NULL REFERENCES review_finding (id), -- Review finding
  dimension TEXT NOT NULL, -- Dimension
  term TEXT NOT NULL, -- Term
  PRIMARY KEY (review_finding, dimension, term),
  FOREIGN KEY (dimension, term) REFERENCES term (dimension, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE review_finding_component (
  -- The four components of a GRADE-CERQual assessment.
  review_finding TEXT NOT NULL REFERENCES review_finding (id), -- Review finding
  component TEXT NOT NULL, -- methodological limitations, coherence, adequacy or relevance
  concern TEXT NOT NULL, -- Level of concern
  reason TEXT NOT NULL, -- What it rests on
  PRIMARY KEY (review_finding, component)
) STRICT, WITHOUT ROWID;

CREATE TABLE review_finding_contribution (
  -- The findings of papers that a review finding is built from.
  review_finding TEXT NOT NULL REFERENCES review_finding (id), -- Review finding
  finding TEXT NOT NULL REFERENCES finding (id), -- Finding of a paper
  position INTEGER NOT NULL, -- Order, from 0
  PRIMARY KEY (review_finding, finding)
) STRICT, WITHOUT ROWID;

CREATE TABLE map (
  -- The published maps.
  id TEXT PRIMARY KEY, -- Name in addresses
  title TEXT NOT NULL, -- What it shows
  question TEXT NOT NULL, -- The reader's question that it answers
  row_dimension TEXT NOT NULL REFERENCES dimension (id), -- Dimension of the rows
  column_dimension TEXT NOT NULL REFERENCES dimension (id), -- Dimension of the columns
  segment_dimension TEXT REFERENCES dimension (id), -- Dimension that divides each bubble
  unit TEXT NOT NULL CHECK (unit IN ('study', 'report', 'finding')), -- What is counted
  position INTEGER NOT NULL -- Order in which maps are offered, from 0
) STRICT;

CREATE TABLE map_outside (
  -- Cells that lie outside the frame of a map.
  map TEXT NOT NULL REFERENCES map (id), -- Map
  row_term TEXT NOT NULL, -- Term of the row
  column_term TEXT NOT NULL, -- Term of the column
  reason TEXT NOT NULL, -- Why no study can stand there
  PRIMARY KEY (map, row_term, column_term)
) STRICT, WITHOUT ROWID;

CREATE TABLE checklist_answer (
  -- What reviewers answer to items of reporting checklists; other answers come from the data.
  checklist TEXT NOT NULL, -- Checklist
  item TEXT NOT NULL, -- Number of the item
  answer TEXT NOT NULL, -- What the review says to it
  state TEXT NOT NULL CHECK (state IN ('met', 'partly met', 'not met')), -- How far it is met
  where_shown TEXT NOT NULL, -- Page of the site that shows it; empty if there is none
  PRIMARY KEY (checklist, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE release (
  -- Versions of the review, told from its history in git; none where the history is not at hand.
  position INTEGER PRIMARY KEY, -- Order, the newest 0
  name TEXT NOT NULL, -- Tag, or day where there are no tags; empty for what awaits the next release
  date TEXT NOT NULL, -- Day; empty for what awaits the next release
  is_release INTEGER NOT NULL CHECK (is_release IN (0, 1)), -- 1 for a tag
  note TEXT NOT NULL -- First line of the tag's message
) STRICT;

CREATE TABLE change (
  -- What each version added, changed or removed.
  release INTEGER NOT NULL REFERENCES release (position), -- Version
  subject TEXT NOT NULL CHECK (subject IN ('record', 'review finding')), -- What kind of thing
  name TEXT NOT NULL, -- Key of the record, or name of the review finding; it may exist no longer
  what TEXT NOT NULL CHECK (what IN ('added', 'changed', 'removed')), -- What happened
  title TEXT NOT NULL, -- Title or statement as of that version
  details TEXT NOT NULL, -- What changed in it, separated by semicolons
  PRIMARY KEY (release, subject, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_text (
  -- The words of each record, for full-text search through record_text_fts.
  record TEXT PRIMARY KEY REFERENCES record (key), -- Record
  title TEXT NOT NULL, -- Title, authors and journal
  statements TEXT NOT NULL, -- Statements of its findings
  notes TEXT NOT NULL -- Aim, sample, setting, limitations and notes
) STRICT;

CREATE VIEW counted_report AS
  -- Reports that are counted: included, and not an evidence synthesis or the like.
  -- key: Citation key
  -- citation: Short citation
  -- title: Title
  -- year: Year of publication
  -- study: Study that it reports
  -- basis: What was read
  SELECT key, citation, title, year, study, basis FROM record WHERE counted = 1;

CREATE VIEW counted_study AS
  -- Studies with at least one counted report.
  -- id: Study
  -- label: Short name
  -- title: Full name
  -- reports: Number of its counted reports
  SELECT study.id, study.label, study.title, count(*) AS reports
  FROM study JOIN record ON record.study = study.id
  WHERE record.counted = 1
  GROUP BY study.id;

CREATE VIEW study_by_term AS
  -- Each counted study with each term or group that it stands under.
  -- dimension: Dimension
  -- term: Term or group
  -- term_label: Its name for readers
  -- study: Study
  -- study_label: Its short name
  SELECT DISTINCT placement.dimension, placement.term, term.label AS term_label,
    placement.study, study.label AS study_label
  FROM placement
  JOIN term ON term.dimension = placement.dimension AND term.id = placement.term
  JOIN study ON study.id = placement.study;

CREATE VIEW term_count AS
  -- How many counted studies, reports and findings stand under each term or group.
  -- dimension: Dimension
  -- term: Term or group
  -- label: Its name for readers
  -- studies: Number of studies
  -- reports: Number of reports
  -- findings: Number of findings
  SELECT term.dimension, term.id AS term, term.label,
    count(DISTINCT counted_finding.study) AS studies,
    count(DISTINCT counted_finding.record) AS reports,
    count(counted_finding.finding) AS findings
  FROM term
  LEFT JOIN place ON place.dimension = term.dimension AND place.term = term.id
  LEFT JOIN finding_place ON finding_place.place = place.number
  LEFT JOIN counted_finding ON counted_finding.number = finding_place.finding
  GROUP BY term.dimension, term.id;

CREATE VIEW finding_overview AS
  -- Findings with their report and their codes in words.
  -- finding: Reference of the finding
  -- citation: Short citation of its report
  -- statement: What was found
  -- locator: Where the paper says it
  -- basis: What of the paper was read
  -- codes: Labels of its own terms, separated by semicolons
  SELECT finding.id AS finding, record.citation, finding.statement, finding.locator, record.basis,
    (SELECT group_concat(label, '; ') FROM (
      SELECT term.label FROM finding_code
      JOIN term ON term.dimension = finding_code.dimension AND term.id = finding_code.term
      JOIN dimension ON dimension.id = term.dimension
      WHERE finding_code.finding = finding.id
      ORDER BY dimension.position, term.position)) AS codes
  FROM finding JOIN record ON record.key = finding.record;

CREATE VIEW map_cell AS
  -- The number in each cell of each published map, for groups and for single terms.
  -- map: Map
  -- row_term: Term or group of the row; empty for findings with none
  -- column_term: Term or group of the column; empty for findings with none
  -- studies: Number of studies
  -- reports: Number of reports
  -- findings: Number of findings
  SELECT map.id AS map, in_row.term AS row_term, in_column.term AS column_term,
    count(DISTINCT in_row.study) AS studies,
    count(DISTINCT in_row.record) AS reports,
    count(DISTINCT in_row.finding) AS findings
  FROM map
  JOIN placement AS in_row ON in_row.dimension = map.row_dimension
  JOIN placement AS in_column ON in_column.dimension = map.column_dimension AND in_column.finding = in_row.finding
  GROUP BY map.id, in_row.term, in_column.term;

CREATE VIEW screening_count AS
  -- How many reports have each result of screening, by reason of exclusion.
  -- decision: Result of screening
  -- reason: Reason of exclusion, if excluded
  -- reports: Number of reports
  SELECT record.decision, term.label AS reason, count(*) AS reports
  FROM record
  LEFT JOIN record_code ON record_code.record = record.key AND record.decision = 'excluded'
    AND record_code.dimension = (SELECT value FROM meta WHERE name = 'exclusion_dimension')
  LEFT JOIN term ON term.dimension = record_code.dimension AND term.id = record_code.term
  GROUP BY record.decision, term.label;
