/** Hands a file to the browser's own "save". */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  // The download has its own reference by then; a minute later nobody needs this one.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
