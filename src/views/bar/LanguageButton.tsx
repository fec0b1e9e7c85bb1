import { languageIn, languages, nameOf, queryIn } from "../../language/choice.ts";
import { t } from "../../language/words.ts";
import { useLab } from "../context.ts";

/** The lab in another language, by its address. The page is loaded anew, and no address brings a person's own table back. */
export function LanguageButton() {
  const own = useLab((state) => state.setup.dataset === "own");
  const here = languageIn(location.search);
  const others = languages.filter((language) => language !== here);
  return others.map((language) => (
    <button
      key={language}
      type="button"
      data-look="quiet"
      lang={language}
      aria-label={nameOf(language)}
      title={nameOf(language)}
      onClick={() => {
        if (own && !confirm(t`The page is loaded anew: your table has to be opened again. Go on?`)) return;
        location.search = queryIn(language, location.search);
      }}
    >
      {language.toUpperCase()}
    </button>
  ));
}
