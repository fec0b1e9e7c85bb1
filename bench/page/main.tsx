/** The benchmark's own page: `/bench.html`. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../../src/views/theme.css";
import { BenchPage } from "./BenchPage.tsx";

const asked = new URLSearchParams(location.search);

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <BenchPage brief={asked.has("brief")} software={asked.has("software")} />
  </StrictMode>,
);
