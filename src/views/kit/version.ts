/** The version of Likeness that this page was built from, for citations. */
export const version: string = import.meta.env["VITE_VERSION"] as string;
