import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts', 'test/support/azurite-setup.ts'],
    environment: 'node',
    pool: 'threads',
    isolate: false,
    // Vitest leaves one processor free, which is half of a small machine.
    maxWorkers: availableParallelism(),
    // A slow machine is not a failure; only a test that hangs is.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
