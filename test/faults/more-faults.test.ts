import { scenarios } from './scenarios.ts';
import { specifyFaults } from './specify-faults.ts';

// The other half, so that two processors share them.
specifyFaults(scenarios.filter((_, place) => place % 2 === 1));
