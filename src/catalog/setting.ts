/**
 * A setting is data: the same few lines draw its control, check a link that
 * carries it, and give the model its default. Models never see a control and
 * controls never see a model.
 */
import { t } from "../language/words.ts";
import type { DatasetKind } from "./datasets.ts";

interface SettingBase {
  /** Stable: links carry it. */
  readonly key: string;
  readonly label: string;
  /** One sentence: what it does and what turning it up brings. */
  readonly help: string;
  /** The three main settings of a model are shown; the rest stands under "advanced". */
  readonly main?: boolean;
  /** Counts only where another setting, by key, has this value; elsewhere it is not shown. */
  readonly when?: Readonly<Record<string, string>>;
  /** Counts only for data of these kinds; absent for all. */
  readonly kinds?: readonly DatasetKind[];
  /** Stands among others of its group, under that heading. */
  readonly group?: "augmentation";
  /** What it was, in effect, in runs that were saved before there was such a setting; absent where it was its default. */
  readonly formerly?: SettingValue;
  /** True where a running model takes the change at once; all others need a restart. */
  readonly live?: boolean;
}

export interface NumberSetting extends SettingBase {
  readonly kind: "number";
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Integers where true. */
  readonly whole?: boolean;
  readonly scale?: "linear" | "log";
}

export interface ChoiceSetting extends SettingBase {
  readonly kind: "choice";
  readonly default: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** Sizes of hidden layers, input side first. */
export interface SizesSetting extends SettingBase {
  readonly kind: "sizes";
  readonly default: readonly number[];
  readonly maxLayers: number;
  readonly maxSize: number;
}

export interface SwitchSetting extends SettingBase {
  readonly kind: "switch";
  readonly default: boolean;
}

export type Setting = NumberSetting | ChoiceSetting | SizesSetting | SwitchSetting;
export type SettingValue = number | string | boolean | readonly number[];

/** Values by key; a missing key means the default. */
export type Settings = Readonly<Record<string, SettingValue>>;

/** Every setting's value, defaults filled in. */
export function complete(settings: readonly Setting[], chosen: Settings): Settings {
  return Object.fromEntries(
    settings.map((setting) => [
      setting.key,
      Object.hasOwn(chosen, setting.key) ? chosen[setting.key]! : setting.default,
    ]),
  );
}

/** Whether the values of the others leave a setting a meaning, whatever the data. */
export const applies = ({ when = {} }: Setting, values: Settings): boolean =>
  Object.entries(when).every(([key, value]) => values[key] === value);

/** Whether a setting counts, given all values and the kind of data. */
export const counts = (setting: Setting, values: Settings, kind: DatasetKind): boolean =>
  (setting.kinds === undefined || setting.kinds.includes(kind)) && applies(setting, values);

/** What is wrong with a value for this setting, in words, or undefined where it is fine. */
export function faultOf(setting: Setting, value: unknown): string | undefined {
  switch (setting.kind) {
    case "number":
      if (typeof value !== "number" || !Number.isFinite(value)) return t`${setting.label} must be a number.`;
      if (value < setting.min || value > setting.max)
        return t`${setting.label} must lie between ${setting.min} and ${setting.max}.`;
      if (setting.whole && !Number.isInteger(value)) return t`${setting.label} must be a whole number.`;
      return undefined;
    case "choice":
      return setting.options.some((option) => option.value === value)
        ? undefined
        : t`${setting.label} must be one of ${setting.options.map((option) => option.value).join(", ")}.`;
    case "sizes":
      if (!Array.isArray(value) || value.length === 0 || value.length > setting.maxLayers)
        return t`${setting.label} must have between 1 and ${setting.maxLayers} layers.`;
      return value.every((size) => Number.isInteger(size) && size >= 1 && size <= setting.maxSize)
        ? undefined
        : t`${setting.label}: every layer must have between 1 and ${setting.maxSize} units.`;
    case "switch":
      return typeof value === "boolean" ? undefined : t`${setting.label} must be on or off.`;
    default:
      setting satisfies never;
      return t`Unknown kind of setting.`;
  }
}
