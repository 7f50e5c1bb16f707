// Calls what the web form reads and writes records with: each line of standard input is a call
// {name, values}; the answer to it is written on a line of its own.

import { createInterface } from "node:readline";
import { Rewriting } from "../../site_templates/js/form/yaml_changes.js";
import { Part } from "../../site_templates/js/form/yaml_layout.js";
import { nodesOf } from "../../site_templates/js/form/yaml_nodes.js";
import { entryOf } from "../../site_templates/js/form/yaml_reading.js";
import { changedText, textOf } from "../../site_templates/js/form/yaml_text.js";

// The way out where a change of single lines would not say what is wanted.
const sectionsAnew = (text, after, schema) =>
  new Rewriting(text, true).file(nodesOf(text), after, new Part(schema));

const calls = { entryOf, textOf, changedText, sectionsAnew };

for await (const line of createInterface({ input: process.stdin })) {
  const { name, values } = JSON.parse(line);
  console.log(JSON.stringify(calls[name](...values)));
}
