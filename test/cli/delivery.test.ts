import { expect, test } from 'vitest';
import { renderDelivery } from '../../src/cli/table.ts';
import type { Delivery } from '../../src/sinks/log-analytics/sink.ts';

const delivery = (differences: Partial<Delivery> = {}): Delivery => ({ delivered: new Map([['A_CL', 2], ['B_CL', 3]]), kept: 0, setAside: 0, dropped: new Map(), problem: null, ...differences });

test.each([
  ['what was taken', delivery(), null, 'Rows taken by Log Analytics: A_CL 2, B_CL 3\n'],
  ['what arrived, in the sandbox', delivery(), new Map([['A_CL', [{}]]]), 'Rows that arrived at the ingestion endpoint: A_CL 1, B_CL 0\n'],
  ['what is kept, and why', delivery({ kept: 7, problem: 'No answer' }), null, 'Rows taken by Log Analytics: A_CL 2, B_CL 3\n7 rows are kept and will be sent by the next scan (No answer).\n'],
  ['what is kept', delivery({ kept: 7 }), null, 'Rows taken by Log Analytics: A_CL 2, B_CL 3\n7 rows are kept and will be sent by the next scan.\n'],
  ['what cannot be read any more', delivery({ setAside: 4 }), null, 'Rows taken by Log Analytics: A_CL 2, B_CL 3\n4 rows kept by an earlier scan are set aside for somebody to look at, where the state is kept.\n'],
  ['that nobody knows what is kept, and why', delivery({ kept: null, problem: 'No answer' }), null, 'Rows taken by Log Analytics: A_CL 2, B_CL 3\nHow many rows are kept for the next scan is not known (No answer).\n'],
  ['what was given up, by table', delivery({ dropped: new Map([['A_CL', 9], ['B_CL', 1]]) }), null, 'Rows taken by Log Analytics: A_CL 2, B_CL 3\nRows given up because too many were kept: A_CL 9, B_CL 1.\n'],
])('says %s', (_, each, arrived, text) => {
  expect(renderDelivery(each, arrived)).toBe(text);
});
