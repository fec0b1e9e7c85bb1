/**
 * What there is to translate, read from the sources: every pattern of t`…`, every plural, and the names that code says by
 * variable. `node scripts/words.mjs de` says what src/language/de.json lacks and what it has too much of;
 * scripts/words.test.mjs fails for it.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseSync } from "oxc-parser";
import { root } from "./node.mjs";
