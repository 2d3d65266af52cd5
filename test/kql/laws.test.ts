import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kqlFiles } from '../../src/tools/docs/kql-files.ts';
import { deployed } from '../support/kql/workspace.ts';
import { laws } from './laws.ts';
import { story } from './simulation.ts';

const alerts = new Map(kqlFiles('alerts').map(({ name, text }) => [name, text]));

describe('over any history of scans', () => {
  test.each(laws(alerts).map(law => [law.name, law] as const))('%s', (_, law) => {
    fc.assert(
      fc.property(story, each => {
        const { given, true: expected } = law.hold(deployed(), each);
        expect(given).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
