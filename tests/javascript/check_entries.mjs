// Checks records as the web form does: reads {frame, recorded, places, cases: [{entry, key, recorded?}]}
// from standard input and writes the problems of each case.

import { readFileSync, writeFileSync } from "node:fs";
import { problemsOf } from "../../site_templates/js/form/checks.js";

const { frame, recorded, places, cases } = JSON.parse(readFileSync(0, "utf-8"));
const today = "2020-12-31";
const told = cases.map(({ entry, key, recorded: own }) =>
  problemsOf(entry, key, { frame, recorded: own ?? recorded, places, today }),
);
writeFileSync(1, JSON.stringify(told));
