import { useEffect, useState } from "react";
import { modelCard } from "../../catalog/models.ts";
import { t } from "../../language/words.ts";
import type { InsideLook, InsideSeen } from "../../protocol/inside.ts";
import { useActions, useLab } from "../context.ts";
import { Adversary } from "./Adversary.tsx";
import { Formulas } from "./Formulas.tsx";
import css from "./InsideView.module.css";
import { Latent } from "./Latent.tsx";
import { Layers } from "./Layers.tsx";
import { Noise } from "./Noise.tsx";
import { Steps } from "./Steps.tsx";

/** The model's networks as they stand, looked into while they learn. */
export function InsideView() {
  const seen = useLab((state) => state.training.inside);
  const { lookInside } = useActions();
  const [look, setLook] = useState<InsideLook>({ level: 0.45, steps: 12, back: 3 });
  useEffect(() => lookInside(look), [lookInside, look]);
  useEffect(() => () => lookInside(undefined), [lookInside]);
  // An instant model has been looked at too; there was nothing.
  if (seen === undefined || (seen.model === undefined && seen.nets.length === 0)) return <Nothing />;
  return (
    // What overflows is scrolled, and so must be reached by keys.
    <section className={css.inside} tabIndex={0} aria-label={t`Inside the model`}>
      <Pictures seen={seen} look={look} onLook={setLook} />
      {seen.model && <Formulas seen={seen.model} />}
      {seen.nets.length > 0 && <Layers nets={seen.nets} />}
    </section>
  );
}

function Nothing() {
  const instant = useLab(({ setup }) => modelCard(setup.model).instant);
  return (
    <div className={css.nothing}>
      <p>
        {instant
          ? t`This model is fitted at once and has no networks to look into. Choose one that learns.`
          : t`Press Train: here the networks are seen at work while they learn.`}
      </p>
    </div>
  );
}

function Pictures({
  seen: { model, plane },
  look,
  onLook,
}: {
  readonly seen: InsideSeen;
  readonly look: InsideLook;
  readonly onLook: (look: InsideLook) => void;
}) {
  if (model?.kind === "latent")
    return (
      <div className={css.pictures}>
        <Latent seen={model} plane={plane} look={look} onLook={onLook} />
      </div>
    );
  if (model === undefined || plane === undefined)
    return (
      <p className={css.words}>
        {plane === undefined
          ? t`Pictures of the networks need rows that are points of a plane: pick a shape to see them. Of a VAE the latents are shown for any table.`
          : t`This model’s networks work on codes of the rows, not on the plane, so there is no picture of them there. GAN, VAE, diffusion with Gaussian noise and DDGAN have one.`}
      </p>
    );
  return (
    <div className={css.pictures}>
      {model.kind === "adversary" && <Adversary seen={model} plane={plane} />}
      {model.kind === "noise" && <Noise seen={model} plane={plane} look={look} onLook={onLook} />}
      {model.kind === "steps" && <Steps seen={model} plane={plane} look={look} onLook={onLook} />}
    </div>
  );
}
