/** Settings that show a model its training rows in more forms than there are: small changes that leave a row plausible. */
import { t } from "../../language/words.ts";
import type { Setting } from "../setting.ts";

const base = { group: "augmentation" } as const;

/** None of them is on by default: what a small change is, only the person knows. A mirrored sign is another sign. */
export const augmentation: readonly Setting[] = [
  {
    ...base,
    key: "jitter",
    label: t`Jitter of numbers`,
    help: t`Gaussian noise on every number whenever a row is learned from, as a share of its column's standard deviation. Hides single values and blurs what is sharp; 0 for none.`,
    kind: "number",
    default: 0,
    min: 0,
    max: 1,
    kinds: ["table", "shape", "vectors"],
  },
  {
    ...base,
    key: "shift",
    label: t`Shifts`,
    help: t`Images are also learned moved by up to so many pixels in any direction.`,
    kind: "number",
    default: 0,
    min: 0,
    max: 8,
    whole: true,
    kinds: ["images"],
  },
  {
    ...base,
    key: "turn",
    label: t`Rotations`,
    help: t`Images are also learned turned by up to so many degrees to either side.`,
    kind: "number",
    default: 0,
    min: 0,
    max: 180,
    kinds: ["images"],
  },
  {
    ...base,
    key: "flip",
    label: t`Flips`,
    help: t`Half of the images are learned mirrored. Only for images that mean the same in a mirror: letters do not.`,
    kind: "choice",
    default: "none",
    options: [
      { value: "none", label: t`none` },
      { value: "horizontal", label: t`left and right` },
      { value: "vertical", label: t`top and bottom` },
      { value: "both", label: t`both ways` },
    ],
    kinds: ["images"],
  },
];
