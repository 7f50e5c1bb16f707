-- What is made of what is stored already, when everything else is: the fields that are blank, and where
-- counted findings stand, which is what the views absence and placement tell.

INSERT INTO blank (number, field, reason)
SELECT row_number() OVER (ORDER BY field, reason) - 1, field, reason
FROM (SELECT DISTINCT field, reason FROM stated_blank);

INSERT INTO record_blank (record, blank)
SELECT stated_blank.record, blank.number
FROM stated_blank
JOIN blank ON blank.field = stated_blank.field AND blank.reason = stated_blank.reason
ORDER BY 1, 2;

DROP TABLE stated_blank;

-- In each dimension the place of none of its terms comes first, then the terms in their order.
INSERT INTO place (number, dimension, term)
SELECT row_number() OVER (ORDER BY dimension_position, position) - 1, dimension, term
FROM (
  SELECT position AS dimension_position, -1 AS position, id AS dimension, NULL AS term FROM dimension
  UNION ALL
  SELECT dimension.position, term.position, dimension.id, term.id
  FROM term JOIN dimension ON dimension.id = term.dimension
);

INSERT INTO counted_finding (number, finding, record, study)
SELECT row_number() OVER (ORDER BY finding.record, finding.position) - 1, finding.id, record.key, record.study
FROM finding JOIN record ON record.key = finding.record
WHERE record.counted = 1;

-- Who carries a term stands in its place and in those of the groups above it.
CREATE TEMP TABLE reached (
  dimension TEXT, term TEXT, place INTEGER, PRIMARY KEY (dimension, term, place)
) WITHOUT ROWID;

INSERT INTO reached
SELECT term_path.dimension, term_path.term, place.number
FROM term_path JOIN place ON place.dimension = term_path.dimension AND place.term = term_path.ancestor;

-- CROSS JOIN keeps the order of the tables, which is the fast one here.
CREATE TEMP TABLE record_place (
  record TEXT, place INTEGER, PRIMARY KEY (record, place)
) WITHOUT ROWID;

INSERT OR IGNORE INTO record_place
SELECT record_code.record, reached.place
FROM record_code
CROSS JOIN reached ON reached.dimension = record_code.dimension AND reached.term = record_code.term
UNION ALL
SELECT record.key, place.number
FROM record
CROSS JOIN dimension ON dimension.applies_to = 'records'
CROSS JOIN place ON place.dimension = dimension.id AND place.term IS NULL
WHERE NOT EXISTS (SELECT 1 FROM record_code
  WHERE record_code.record = record.key AND record_code.dimension = dimension.id);

INSERT INTO finding_place (place, finding)
SELECT record_place.place, counted_finding.number
FROM counted_finding CROSS JOIN record_place ON record_place.record = counted_finding.record
UNION
SELECT reached.place, counted_finding.number
FROM counted_finding
CROSS JOIN finding_code ON finding_code.finding = counted_finding.finding
CROSS JOIN reached ON reached.dimension = finding_code.dimension AND reached.term = finding_code.term
UNION
SELECT place.number, counted_finding.number
FROM counted_finding
CROSS JOIN dimension ON dimension.applies_to = 'findings'
CROSS JOIN place ON place.dimension = dimension.id AND place.term IS NULL
WHERE NOT EXISTS (SELECT 1 FROM finding_code
  WHERE finding_code.finding = counted_finding.finding AND finding_code.dimension = dimension.id)
ORDER BY 1, 2;

DROP TABLE reached;
DROP TABLE record_place;
