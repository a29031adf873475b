// What JupyterLab expects of a browser and jsdom lacks.

import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

class Nothing {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

Object.assign(globalThis, {
  DragEvent: class DragEvent {},
  ResizeObserver: Nothing,
  IntersectionObserver: Nothing,
  requestIdleCallback: (call: () => void) => setTimeout(call, 0),
  matchMedia: () => ({ matches: false, addEventListener: () => {}, addListener: () => {} })
});

afterEach(cleanup);
