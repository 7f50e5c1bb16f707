-- What is stored of records for a moment only, until derived.sql puts numbers for it.

CREATE TEMP TABLE stated_blank (
  record TEXT NOT NULL, field TEXT NOT NULL, reason TEXT NOT NULL
);
