/** Line icons on a 16 px grid, in the colour of the text beside them. */

const paths = {
  play: "M5 3.2v9.6L12.6 8z",
  pause: "M4.5 3v10M11.5 3v10",
  lock: "M4 7.5h8v5.5H4zM5.5 7.5V5.4a2.5 2.5 0 0 1 5 0v2.1",
  link: "M6.8 9.2l2.4-2.4M7.4 4.9l1.3-1.3a2.6 2.6 0 0 1 3.7 3.7l-1.3 1.3M8.6 11.1l-1.3 1.3a2.6 2.6 0 0 1-3.7-3.7l1.3-1.3",
  close: "M4 4l8 8M12 4l-8 8",
  screen: "M2 3h12v8H2zM8 11v2.500M5.500 13.500h5",
  down: "M4 6.5l4 4 4-4",
  theme: "M8 2.5a5.5 5.5 0 1 0 0 11z M8 2.5a5.5 5.5 0 0 1 0 11",
  undo: "M4 6.5h6a3 3 0 0 1 0 6H7M4 6.5L6.8 3.7M4 6.5l2.8 2.8",
} as const;

export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill={name === "play" ? "currentColor" : "none"}
      stroke="currentColor"
      strokeWidth={name === "pause" ? 3 : 1.4}
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} {...(name === "theme" && { fillRule: "evenodd" as const })} />
    </svg>
  );
}

export type Role = "real" | "synthetic" | "holdout" | "source";

/** What a role looks like everywhere: filled circle, hollow diamond, small square, faint ring. */
export function RoleMark({ role }: { readonly role: Role }) {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" style={{ flex: "none" }}>
      {role === "real" && <circle cx="6" cy="6" r="4" fill="var(--real)" />}
      {role === "synthetic" && (
        <path d="M6 1.2L10.8 6 6 10.8 1.2 6z" fill="none" stroke="var(--synthetic)" strokeWidth="1.6" />
      )}
      {role === "source" && (
        <circle cx="6" cy="6" r="4" fill="none" stroke="var(--source)" strokeWidth="1.4" />
      )}
      {role === "holdout" && <rect x="3" y="3" width="6" height="6" fill="var(--holdout)" />}
    </svg>
  );
}
