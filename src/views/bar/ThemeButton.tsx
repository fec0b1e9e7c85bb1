import { useState } from "react";
import { t } from "../../language/words.ts";
import { setTheme, type Theme } from "../kit/colours.ts";
import { Icon } from "../kit/Icon.tsx";

const order: readonly Theme[] = ["system", "light", "dark"];

export function ThemeButton() {
  const [theme, choose] = useState<Theme>("system");
  const next = order[(order.indexOf(theme) + 1) % order.length]!;
  return (
    <button
      type="button"
      data-look="quiet"
      aria-label={t`Colours: ${t(theme)}`}
      title={t`Colours: ${t(theme)}. Press for ${t(next)}.`}
      onClick={() => {
        choose(next);
        setTheme(next);
      }}
    >
      <Icon name="theme" />
    </button>
  );
}
