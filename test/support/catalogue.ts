import { z } from 'zod';
import { control, manualControl, pass, type ControlInfo } from '../../src/core/control.ts';

/** Two made-up controls that use everything a control may carry, for renderers. */
export const doorLocked: ControlInfo = {
  ...control({
    id: 'door-locked',
    scope: 'account',
    title: 'The door is locked.',
    severity: 'high',
    rationale: 'An open door lets in *anybody*, a<b>ll of them | really.',
    remediation: { text: 'Turn the <key>, as in `lock <door_id>`.', cli: 'az door lock --ids <door-id>', bicep: 'properties: {\n  locked: true\n}' },
    references: ['https://example.org/doors'],
    requirements: ['ASB NS-1', 'SEC network-security'],
    notApplicableWhen: 'the house has no door',
    optIn: true,
    parameters: z.object({ turns: z.int().positive().default(2).describe('How often the key is turned.') }),
    needs: ['account'],
    evaluate: () => pass({}),
  }),
  maps: {
    azurePolicy: [{ id: '00000000-0000-0000-0000-000000000001', name: 'Doors should be locked' }],
    mcsb: ['NS-1', 'NS-2'],
    cis: [{ benchmark: 'CIS House Benchmark 1.0', id: '4.2' }],
    nist: ['PE-3'],
  },
};

export const guardAwake: ControlInfo = manualControl({
  id: 'guard-awake',
  title: 'The guard is awake.',
  severity: 'medium',
  rationale: 'A guard who sleeps guards nothing.',
  remediation: { text: 'Wake the guard.' },
  references: ['https://example.org/guards'],
  requirements: ['SEC respond-to-attacks'],
  procedure: ['Ask the log who slept:\nGuards\n| where state_s == "asleep"', 'Record what you saw.'],
});
