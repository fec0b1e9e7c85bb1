/**
 * The headers that every answer carries, worker scripts included: a worker takes
 * its policy from its own answer. Exceptions to "nothing", and why:
 * `wasm-unsafe-eval` compiles TensorFlow's WebAssembly; `worker-src blob:` is how
 * bridge/ starts workers that the page's policy binds; inline *styles* are how
 * plotly draws (they can load only what img-src allows); `data:` and `blob:`
 * images are plotly's downloads. No script runs from a string anywhere.
 */
const directives = {
  "default-src": "'none'",
  "script-src": "'self' 'wasm-unsafe-eval'",
  "worker-src": "'self' blob:",
  "connect-src": "'self'",
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "'self' data: blob:",
  "font-src": "'self'",
  "manifest-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "object-src": "'none'",
  "frame-ancestors": "'none'",
};

const join = (entries) => entries.map(([name, value]) => `${name} ${value}`).join("; ");

/** For a `<meta>` element, which may not carry frame-ancestors: the second lock, for hosts without headers. */
export const metaPolicy = join(Object.entries(directives).filter(([name]) => name !== "frame-ancestors"));

/**
 * Of the page at `?embed=1`, a stage without a way in for data, which other sites may show in a frame; all else of the
 * lab may stand in none, so that nobody is led to drop a table where it isn't seen whose page that is.
 */
export const framedPolicy = join(
  Object.entries(directives).map(([name, value]) => [name, name === "frame-ancestors" ? "*" : value]),
);
export const isFramed = (url) => /^[^?#]*\?([^#]*&)?embed=1(&|#|$)/.test(url);

export const headers = {
  "Content-Security-Policy": join(Object.entries(directives)),
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
  "Cross-Origin-Opener-Policy": "same-origin",
};
