import type { SettingValue } from "../../catalog/setting.ts";

/** Settings are numbers, texts, switches or lists of sizes: two are the same where they read the same. */
export const same = (a: SettingValue | undefined, b: SettingValue | undefined): boolean =>
  String(a) === String(b);
