/** A holdout of fewer rows tells chance from progress too badly: the distance to it is not looked at. */
export const fewestHeldOut = 20;
