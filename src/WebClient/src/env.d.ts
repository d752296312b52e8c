/// <reference types="vite/client" />

interface Window {
  /** For whoever looks into a page of a lesson by the browser's console. */
  classroom?: { digest: () => string };
}
