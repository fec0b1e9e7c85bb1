/** What a graphics adapter says of itself. */

/** True for adapters that compute on the CPU: about a hundred times slower than WASM here. */
export function isSoftware(adapter: GPUAdapter): boolean {
  const { info } = adapter;
  const flagged =
    info.isFallbackAdapter ?? (adapter as { isFallbackAdapter?: boolean }).isFallbackAdapter ?? false;
  return (
    flagged ||
    /swiftshader|llvmpipe|lavapipe|basic render/i.test(
      `${info.vendor} ${info.architecture} ${info.description}`,
    )
  );
}
