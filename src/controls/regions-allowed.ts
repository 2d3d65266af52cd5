import { control, fail, notApplicable, pass } from '../core/control.ts';
import { regionKey, regionsOf } from './regions.ts';
import { cut, listed } from './support.ts';

export const regionsAllowed = control({
  id: 'regions-allowed',
  scope: 'account',
  title: 'Data is in regions that the organisation allows, and in no other.',
  severity: 'high',
  rationale: 'Adding a region copies all data there within hours, into another country and under its law. Laws, contracts and promises to customers mostly say where data may be.',
  remediation: {
    text: 'Remove the regions that the finding names; move writes away first where one of them is the write region. Allow a region for the whole organisation in the baseline (allowedRegions).',
    cli: "az cosmosdb update --ids <account-id> --locations regionName='<allowed region>' failoverPriority=0",
    bicep: "properties: {\n  locations: [\n    { locationName: '<allowed region>', failoverPriority: 0 }\n  ]\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-manage-database-account'],
  requirements: ['SEC geo-fencing'],
  notApplicableWhen: 'the organisation has not given allowed regions',
  needs: ['account'],
  evaluate({ account }, { organisation: { allowedRegions } }) {
    const regions = regionsOf(account).map(({ name }) => name);
    if (allowedRegions.length === 0) return notApplicable('The organisation has not given allowed regions (allowedRegions).', { regions: cut(regions) });
    const allowed = new Set(allowedRegions.map(regionKey));
    const outside = regions.filter(name => !allowed.has(regionKey(name)));
    const observed = { regions: cut(regions), outside: cut(outside), allowedRegions: cut(allowedRegions) };
    return outside.length > 0 ? fail(`Data is in regions that are not allowed: ${listed(outside)}.`, observed) : pass(observed);
  },
});
