import { control, fail, notApplicable, pass } from '../core/control.ts';

/**
 * Where keys are rejected, the setting protects nothing more. The catalogue calls it info there; a control has one
 * severity, so it does not apply instead, which weighs the same: nothing. Where it is set, it is set, and passes.
 */
export const keyMetadataWritesDisabled = control({
  id: 'key-metadata-writes-disabled',
  scope: 'account',
  title: 'Account keys cannot change databases, containers or throughput.',
  severity: 'medium',
  rationale:
    'A key does not only read and write data: it creates and deletes containers and databases and changes throughput, past roles, locks and the activity log. With the setting on, only Resource Manager does that, where it is authorised and recorded.',
  remediation: {
    text: 'Move what creates databases, containers or throughput with keys (SDKs, shells, old scripts) to Resource Manager, then set disableKeyBasedMetadataWriteAccess.',
    cli: 'az cosmosdb update --ids <account-id> --disable-key-based-metadata-write-access true',
    bicep: 'properties: {\n  disableKeyBasedMetadataWriteAccess: true\n}',
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/role-based-access-control#prevent-sdk-changes'],
  requirements: ['SEC users-and-permissions'],
  notApplicableWhen: 'the setting is off and the account rejects keys',
  needs: ['account'],
  evaluate({ account: { keyMetadataWritesDisabled: off, localAuthDisabled } }) {
    const observed = { disableKeyBasedMetadataWriteAccess: off, disableLocalAuth: localAuthDisabled };
    if (off) return pass(observed);
    if (localAuthDisabled) return notApplicable('The account rejects keys, so no key can change anything.', observed);
    return fail('Account keys can create, change and delete databases and containers.', observed);
  },
});
