// @ts-check

/** Starts the form with which a paper is added or corrected; its parts stand in the folder `form`. */

import { openForm } from "./form/page.js";

await openForm();
