/**
 * Plotly reads part of HTML in every label, links and styles included; a column
 * header must never become either.
 */
export const plainText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
