-- The flow of reports through the review, after the flow diagram of PRISMA 2020 (Page et al. 2021,
-- doi 10.1136/bmj.n71). What each box holds stands in the table flow_box.

CREATE TABLE flow_box (
  -- The boxes of the flow diagram in order, each with what it counts.
  id TEXT PRIMARY KEY, -- Name of the box
  title TEXT NOT NULL, -- Name for readers
  definition TEXT NOT NULL, -- What it counts
  position INTEGER NOT NULL -- Order, from 0
) STRICT;

CREATE TABLE flow_step (
  -- Through which boxes a record with some outcome has gone, the box of the outcome included.
  outcome TEXT NOT NULL REFERENCES flow_box (id), -- Outcome: the box in which the record ends
  box TEXT NOT NULL REFERENCES flow_box (id), -- Box that it has gone through
  PRIMARY KEY (outcome, box)
) STRICT, WITHOUT ROWID;

CREATE VIEW search_method AS
  -- In which of the two columns of the flow diagram a search stands.
  -- search: Search
  -- method: databases and registers, or other methods
  SELECT id AS search,
    CASE WHEN kind IN ('database', 'register') THEN 'databases and registers'
      ELSE 'other methods' END AS method
  FROM search;

CREATE VIEW flow_record AS
  -- Where each record of the database stands in the flow of reports. A record that was found in both
  -- columns stands in that of databases and registers; one without a search, in the other.
  -- record: Record
  -- method: databases and registers, or other methods
  -- read: What was read to decide: full text only where the record says so
  -- outcome: Box in which it ends
  -- reason: Reason of exclusion in words, if it is excluded
  SELECT read_record.key AS record, read_record.method, read_record.read,
    CASE
      WHEN read_record.duplicate_of IS NOT NULL OR reason.flow = 'duplicate' THEN 'duplicates'
      WHEN read_record.decision <> 'excluded' THEN read_record.decision || ' on ' || read_record.read
      WHEN reason.flow = 'not retrieved' THEN 'not retrieved'
      ELSE 'excluded on ' || read_record.read
    END AS outcome,
    CASE WHEN read_record.decision = 'excluded' THEN reason.label END AS reason
  FROM (
    SELECT key, duplicate_of, decision,
      CASE WHEN screening_stage = 'full text' OR basis = 'full text' THEN 'full text'
        ELSE 'title or abstract' END AS read,
      CASE WHEN EXISTS (
          SELECT 1 FROM record_search
          JOIN search_method ON search_method.search = record_search.search
          WHERE record_search.record = record.key AND search_method.method = 'databases and registers'
        ) THEN 'databases and registers' ELSE 'other methods' END AS method
    FROM record
  ) AS read_record
  LEFT JOIN record_code ON record_code.record = read_record.key
    AND record_code.dimension = (SELECT value FROM meta WHERE name = 'exclusion_dimension')
  LEFT JOIN term AS reason ON reason.dimension = record_code.dimension AND reason.id = record_code.term;

CREATE VIEW search_flow AS
  -- What became of the results of each search. The four numbers behind the results add up to them.
  -- search: Search
  -- method: databases and registers, or other methods
  -- results: How many results it gave; where that is not told, as many as are accounted for
  -- records: Records that name it
  -- duplicates_removed: Duplicates removed without a record
  -- without_record: Results left out without a record for another reason
  -- not_yet_screened: Results that nobody has looked at yet
  SELECT search, method, coalesce(results, accounted) AS results, records, duplicates_removed,
    without_record, coalesce(results, accounted) - accounted AS not_yet_screened
  FROM (
    SELECT *, records + duplicates_removed + without_record AS accounted
    FROM (
      SELECT search.id AS search, search_method.method, search.results, search.duplicates_removed,
        (SELECT count(*) FROM record_search WHERE record_search.search = search.id) AS records,
        (SELECT coalesce(sum(number), 0) FROM search_without_record
          WHERE search_without_record.search = search.id) AS without_record
      FROM search JOIN search_method ON search_method.search = search.id
    )
  );

CREATE VIEW flow_found AS
  -- How often a record was found in each of the two columns; once in the other one if it names no search.
  -- record: Record
  -- method: databases and registers, or other methods
  -- times: How many searches found it
  SELECT record_search.record, search_method.method, count(*) AS times
  FROM record_search JOIN search_method ON search_method.search = record_search.search
  GROUP BY record_search.record, search_method.method
  UNION ALL
  SELECT key, 'other methods', 1 FROM record WHERE key NOT IN (SELECT record FROM record_search);

CREATE VIEW flow_number AS
  -- The numbers of the flow diagram: what each box holds in each column, by source or reason.
  -- method: databases and registers, other methods, or both: what was included at the end
  -- box: Box
  -- detail: Kind of source, reason of exclusion or what was read; empty where the box has no parts
  -- number: How many
  -- without_record: How many of them have no record of their own
  SELECT method, box, detail, sum(number) AS number, sum(without_record) AS without_record
  FROM (
    SELECT search_flow.method, 'identified' AS box, search.kind AS detail, search_flow.results AS number,
      search_flow.results - records AS without_record
    FROM search_flow JOIN search ON search.id = search_flow.search
    UNION ALL
    SELECT 'other methods', 'identified', 'no search named', 1, 0
    FROM record WHERE key NOT IN (SELECT record FROM record_search)
    UNION ALL
    SELECT method, 'duplicates', NULL, duplicates_removed, duplicates_removed FROM search_flow
    UNION ALL
    SELECT flow_found.method, 'duplicates', NULL,
      flow_found.times
        - (flow_record.method = flow_found.method AND flow_record.outcome <> 'duplicates'), 0
    FROM flow_found JOIN flow_record ON flow_record.record = flow_found.record
    UNION ALL
    SELECT search_method.method,
      CASE WHEN stage = 'title and abstract' THEN 'excluded on title or abstract'
        WHEN by_automation THEN 'removed by automation'
        ELSE 'removed for other reasons' END,
      reason || CASE WHEN by_automation AND stage = 'title and abstract' THEN ' (by automation)'
        ELSE '' END, number, number
    FROM search_without_record
    JOIN search_method ON search_method.search = search_without_record.search
    UNION ALL
    SELECT search_method.method, 'screened', NULL, number, number
    FROM search_without_record
    JOIN search_method ON search_method.search = search_without_record.search
    WHERE stage = 'title and abstract'
    UNION ALL
    SELECT method, 'not yet screened', NULL, not_yet_screened, not_yet_screened FROM search_flow
    UNION ALL
    SELECT flow_record.method, flow_step.box,
      CASE WHEN flow_step.box = flow_record.outcome THEN flow_record.reason END, 1, 0
    FROM flow_record JOIN flow_step ON flow_step.outcome = flow_record.outcome
    WHERE flow_step.box NOT IN ('identified', 'duplicates')
    UNION ALL
    SELECT 'both', 'studies included', NULL, count(DISTINCT study), 0 FROM record WHERE counted = 1
    UNION ALL
    SELECT 'both', 'reports included', basis, 1, 0 FROM record WHERE counted = 1
    UNION ALL
    SELECT 'both', 'reports apart', (
        SELECT min(term.label) FROM record_code
        JOIN term ON term.dimension = record_code.dimension AND term.id = record_code.term
        WHERE record_code.record = record.key AND term.counts_as_study = 0), 1, 0
    FROM record WHERE decision = 'included' AND counted = 0
  )
  GROUP BY method, box, detail
  HAVING sum(number) > 0;
