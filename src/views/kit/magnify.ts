/** How much larger than usual plots are drawn: on a projector, marks and words must be seen from the last row. */
import { createContext, useContext } from "react";

const Magnified = createContext(1);

export const Magnify = Magnified.Provider;
export const useMagnified = (): number => useContext(Magnified);
