/**
 * Before each file of unit tests: properties draw the same cases every time, so that `npm test` says the same of the
 * same code. PROPERTY_SEED takes another seed, and "fresh" a new one a property; a failure names its own.
 */
import fc from "fast-check";

const asked = process.env.PROPERTY_SEED ?? "1";
if (asked !== "fresh") {
  const seed = Number(asked);
  if (!Number.isInteger(seed) || seed !== (seed | 0))
    throw new Error(`PROPERTY_SEED is a whole number of 32 bits or “fresh”, not “${asked}”.`);
  fc.configureGlobal({ seed });
}
