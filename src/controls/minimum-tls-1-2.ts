import { control, fail, pass } from '../core/control.ts';
import { shortened } from '../exposure/firewall.ts';

const floor = 'TLS 1.2, the floor of the service since 2025-08-31';

export const minimumTls12 = control({
  id: 'minimum-tls-1-2',
  scope: 'account',
  title: 'The account accepts TLS 1.2 or newer only.',
  severity: 'high',
  rationale:
    'TLS 1.0 and 1.1 have known weaknesses and are no longer maintained. The service has refused them since 2025-08-31; a setting below 1.2 says that somebody once needed the old versions, and asks for them again wherever the floor is lifted or a template is deployed elsewhere.',
  remediation: {
    text: 'Set the minimum to TLS 1.2, in templates too: one that leaves it out resets it to the default.',
    cli: 'az cosmosdb update --ids <account-id> --minimal-tls-version Tls12',
    bicep: "properties: {\n  minimalTlsVersion: 'Tls12'\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/self-serve-minimum-tls-enforcement'],
  requirements: ['SEC https-tls'],
  needs: ['account'],
  evaluate({ account: { minimumTls } }) {
    if (minimumTls === null) return pass({ minimalTlsVersion: null, inForce: floor });
    const observed = { minimalTlsVersion: shortened(minimumTls) };
    return versionOf(minimumTls) < 12 ? fail(`The account's minimum is ${nameOfVersion(minimumTls)}. In force is ${floor}.`, observed) : pass(observed);
  },
});

/** `Tls` is 10, `Tls11` is 11 and so on. */
function versionOf(setting: string): number {
  const digits = /^tls(\d{2})?$/i.exec(setting);
  if (!digits) throw new Error(`The minimum TLS version "${shortened(setting)}" is not known to this version.`);
  return Number(digits[1] ?? '10');
}

function nameOfVersion(setting: string): string {
  const version = versionOf(setting);
  return `TLS ${Math.floor(version / 10)}.${version % 10}`;
}
