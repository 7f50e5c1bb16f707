// @ts-check

/**
 * The sections and fields of a record as the form asks for them, made from the schema of records,
 * the codebook and the wording that the site publishes.
 */

/** @typedef {import("./entry.js").Entry} Entry */

/**
 * @typedef {object} Term
 * @property {string} id
 * @property {string} label
 * @property {string} definition
 * @property {string} [not_for]
 * @property {string[]} [examples]
 * @property {string[]} groups Ids of the groups above it, the widest first.
 * @property {boolean} is_group
 */

/**
 * @typedef {object} Dimension
 * @property {string} id
 * @property {string} label
 * @property {string} definition
 * @property {"records" | "findings"} applies_to
 * @property {string} field
 * @property {boolean} several
 * @property {boolean} groups_can_be_coded
 * @property {Term[]} terms
 */

/**
 * @typedef {object} Tool
 * @property {string} id
 * @property {string} name
 * @property {string} citation
 * @property {string[]} answers
 * @property {{id: string, label: string}[]} [groups]
 * @property {{id: string, number?: string, group?: string, question: string}[]} items
 */

/**
 * @typedef {object} Frame What the site publishes for the form (`contribute/form.json`).
 * @property {string} review
 * @property {string | null} contact
 * @property {string | null} repository
 * @property {string} branch
 * @property {Schema} schema
 * @property {Dimension[]} dimensions
 * @property {Record<string, {title: string, why: string, cure: string, severity: "error" | "warning"}>} rules
 * @property {import("./checks.js").Frame["model"]} model What the checks know of the fields.
 * @property {import("./pasted.js").PublicationTypes} types
 * @property {Record<string, string[]>} accepted Warnings that are accepted, by file.
 * @property {{id: string, title: string}[]} studies
 * @property {{id: string, source: string}[]} searches
 * @property {Tool[]} tools
 * @property {Record<string, {label: string, example?: string, is_further?: boolean, help?: string}>} words
 * @property {Record<string, Record<string, string>>} choices
 * @property {string[]} coded Fields that hold terms, for which the codebook may have no dimension.
 */

/** @typedef {{[name: string]: any}} Schema */

/**
 * @typedef {"line" | "long" | "prose" | "number" | "date" | "flag" | "choice" | "term" | "terms"
 *   | "texts" | "list" | "names" | "section" | "codes" | "pick" | "searches" | "appraisal" | "answers"} Kind
 */

/**
 * @typedef {object} Spec A field as it is asked for.
 * @property {string} name
 * @property {string} path Without the numbers of list entries, such as `reference.authors.family`.
 * @property {Kind} kind
 * @property {string} label
 * @property {string} description
 * @property {string} example
 * @property {boolean} required Whether its section cannot do without it.
 * @property {boolean} canBeAbsent Whether one of the three words for a missing value may stand here.
 * @property {boolean} isFurther Whether it stands folded away.
 * @property {Kind} entryKind What each entry is, if it is a list.
 * @property {Spec[]} fields What it consists of: the fields of a section, or of each entry of a list.
 * @property {{value: string, label: string}[]} choices
 * @property {string} initial What counts if nothing is said; empty if that is just nothing.
 * @property {Dimension} [dimension]
 * @property {"countries" | "subdivisions" | "records" | "studies"} [source] What can be picked.
 * @property {boolean} [several] Whether several can be picked.
 */

/**
 * @typedef {object} Section
 * @property {string} id
 * @property {string} label
 * @property {Spec[]} fields The fields at the top of a record that it asks for.
 */

const WHOLE_DAY = /^\d{4}-\d\d-\d\d$/;

export const ABSENCES = ["not reported", "not applicable", "not yet extracted"];

/** Fields that are asked for in their own way. */
const KINDS = /** @type {Record<string, Partial<Spec>>} */ ({
  "reference.authors": { kind: "names" },
  "reference.editors": { kind: "names" },
  "reference.issued": { kind: "date" },
  "reference.authors_complete": { kind: "flag" },
  "study.report_of": { kind: "pick", source: "studies" },
  "study.duplicate_of": { kind: "pick", source: "records" },
  "study.version_of": { kind: "pick", source: "records" },
  "study.may_share_sample_with": { kind: "pick", source: "records", several: true },
  "screening.reason": { canBeAbsent: false },
  "screening.found_by": { kind: "searches" },
  "setting.countries": { kind: "pick", source: "countries", several: true },
  "setting.subdivisions": { kind: "pick", source: "subdivisions", several: true },
  "setting.data_collected.start": { kind: "date" },
  "setting.data_collected.end": { kind: "date" },
  appraisal: { kind: "appraisal" },
  codes: { kind: "codes" },
  "findings.codes": { kind: "codes" },
});

/** Sections that are asked for together, under the name of the first. */
const TOGETHER = [
  {
    id: "funding",
    label: "Funding, interests and limitations",
    names: ["funding", "competing_interests", "limitations"],
  },
  { id: "notes", label: "Notes", names: ["codes", "notes"] },
];

/**
 * Returns the sections of a record in the order in which they are asked for.
 *
 * @param {Frame} frame
 * @returns {Section[]}
 */
export function sectionsOf(frame) {
  const sections = /** @type {Section[]} */ ([]);
  const order = Object.keys(frame.words);
  const names = Object.keys(frame.schema.properties);
  for (const name of names.sort((a, b) => order.indexOf(a) - order.indexOf(b))) {
    const spec = specOf(frame, name, name, frame.schema.properties[name], true);
    if (spec.kind === "codes" && !spec.fields.length) continue;
    const shared = TOGETHER.find((each) => each.names.includes(name));
    const id = shared?.id ?? name;
    const earlier = sections.find((section) => section.id === id);
    if (earlier) earlier.fields.push(spec);
    else sections.push({ id, label: shared?.label ?? spec.label, fields: [spec] });
  }
  return sections;
}

/**
 * @param {Frame} frame
 * @param {string} name
 * @param {string} path
 * @param {Schema} written
 * @param {boolean} required
 * @returns {Spec}
 */
function specOf(frame, name, path, written, required) {
  const options = optionsOf(frame.schema, written);
  const value = options.find((option) => !isAbsence(option)) ?? {};
  const words = frame.words[path] ?? { label: name };
  const dimension = dimensionOf(frame, path);
  const base = {
    name,
    path,
    label: dimension && path.includes("codes.") ? dimension.label : words.label,
    description: (words.help ?? written.description ?? "").replace(/(?<=\p{L})'(?=\p{L})/gu, "’"),
    example: words.example ?? "",
    required,
    canBeAbsent: options.some(isAbsence),
    isFurther: words.is_further ?? false,
    fields: innerFields(frame, path, value),
    choices: choicesOf(frame, path, value),
    initial:
      typeof written.default === "string" && !ABSENCES.includes(written.default) ? written.default : "",
    entryKind: value.type === "array" ? kindOf(resolved(frame.schema, value.items), undefined) : "line",
    ...(dimension && { dimension }),
  };
  return { ...base, kind: kindOf(value, dimension), ...KINDS[path] };
}

/**
 * @param {Frame} frame
 * @param {string} path
 * @param {Schema} value
 */
function innerFields(frame, path, value) {
  const holder = value.type === "array" ? resolved(frame.schema, value.items) : value;
  const needed = new Set(holder.required ?? []);
  const order = Object.keys(frame.words);
  const specs = Object.entries(holder.properties ?? {}).map(([name, inner]) =>
    specOf(frame, name, `${path}.${name}`, inner, needed.has(name)),
  );
  return specs
    .filter((spec) => spec.dimension || !frame.coded.includes(spec.path))
    .sort((a, b) => order.indexOf(a.path) - order.indexOf(b.path));
}

/**
 * @param {Frame} frame
 * @param {string} path
 * @param {Schema} value
 */
function choicesOf(frame, path, value) {
  const words = frame.choices[path] ?? {};
  const allowed = /** @type {string[]} */ (value.enum ?? []);
  const known = Object.keys(words).filter((each) => allowed.includes(each));
  const others = allowed.filter((each) => !(each in words));
  return [...known, ...others].map((each) => ({ value: each, label: words[each] ?? spoken(each) }));
}

/** @param {string} name */
function spoken(name) {
  const text = name.replace(/[-_]/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * @param {Schema} value
 * @param {Dimension | undefined} dimension
 * @returns {Kind}
 */
function kindOf(value, dimension) {
  if (value.type === "array") {
    if (dimension) return "terms";
    return value.items.$ref || value.items.allOf ? "list" : "texts";
  }
  if (dimension) return "term";
  if (value.properties) return "section";
  if (value.type === "boolean") return "flag";
  if (value.type === "integer") return "number";
  if (value.enum) return "choice";
  if (WHOLE_DAY.test(value.examples?.[0] ?? "")) return "date";
  if ((value.maxLength ?? 0) > 5000) return "prose";
  return value.maxLength === 5000 ? "long" : "line";
}

/**
 * Returns the dimension whose terms a field holds.
 *
 * @param {Frame} frame
 * @param {string} path
 */
function dimensionOf(frame, path) {
  const [, inFindings, place] = /** @type {RegExpExecArray} */ (/^(findings\.)?(.*)$/.exec(path));
  const codes = /^codes\.(.+)$/.exec(place ?? "");
  return frame.dimensions.find(
    (each) =>
      (each.applies_to === "findings") === Boolean(inFindings) &&
      (codes ? each.field === "codes" && each.id === codes[1] : each.field === place && place !== "codes"),
  );
}

/**
 * @param {Schema} schema
 * @param {Schema} part
 */
function optionsOf(schema, part) {
  const whole = resolved(schema, part);
  const options = /** @type {Schema[]} */ (whole.anyOf ?? [whole]);
  // A choice by word is an option of its own, with its values beside the reference.
  return options.map((option) => resolved(schema, option));
}

/**
 * @param {Schema} schema
 * @param {Schema} part
 * @returns {Schema}
 */
export function resolved(schema, part) {
  const reference = part.$ref ?? part.allOf?.[0]?.$ref;
  return reference ? { ...schema.definitions[reference.split("/").pop()] } : part;
}

/** @param {Schema} option */
function isAbsence(option) {
  return Array.isArray(option.enum) && option.enum.length === 3 && option.enum.includes(ABSENCES[0]);
}
