/** A circle and its likeness: the two marks of the stage, one over the other. */
export function Mark() {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="9.5" cy="12" r="6" fill="var(--real)" />
      <path d="M15.5 5.2L22.3 12l-6.8 6.8L8.7 12z" fill="none" stroke="var(--synthetic)" strokeWidth="2" />
    </svg>
  );
}
