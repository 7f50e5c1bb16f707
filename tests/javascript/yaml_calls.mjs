// Calls what the web form reads and writes records with: each line of standard input is a call
// {name, values}; the answer to it is written on a line of its own.

import { createInterface } from "node:readline";
import { entryOf } from "../../site_templates/js/form/yaml_reading.js";
import { changedText, textOf } from "../../site_templates/js/form/yaml_text.js";

const calls = { entryOf, textOf, changedText };

for await (const line of createInterface({ input: process.stdin })) {
  const { name, values } = JSON.parse(line);
  console.log(JSON.stringify(calls[name](...values)));
}
