import { Problem } from '../core/problem.ts';

export const cloudNames = ['public', 'usgovernment', 'china', 'custom'] as const;
export type CloudName = (typeof cloudNames)[number];

/** Where an Azure cloud answers and which token it wants. */
export interface Cloud {
  readonly name: CloudName;
  /** Origin of Azure Resource Manager, https, without a trailing slash. */
  readonly armEndpoint: string;
  readonly armScope: string;
  /** Scope of the Logs Ingestion API; null where a custom cloud does not name its audience. */
  readonly logsScope: string | null;
  /** Null where the identity library's own setting (`AZURE_AUTHORITY_HOST`) decides. */
  readonly authorityHost: string | null;
}

/** Environment variables, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** @see https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure#guidance-for-developers */
const clouds: Readonly<Record<Exclude<CloudName, 'custom'>, Cloud>> = {
  public: cloud('public', 'https://management.azure.com', 'https://monitor.azure.com', 'https://login.microsoftonline.com'),
  usgovernment: cloud('usgovernment', 'https://management.usgovcloudapi.net', 'https://monitor.azure.us', 'https://login.microsoftonline.us'),
  china: cloud('china', 'https://management.chinacloudapi.cn', 'https://monitor.azure.cn', 'https://login.chinacloudapi.cn'),
};

function cloud(name: CloudName, armEndpoint: string, logsAudience: string, authorityHost: string): Cloud {
  return { name, armEndpoint, armScope: scopeOf(armEndpoint), logsScope: scopeOf(logsAudience), authorityHost };
}

/** Names by which the Azure CLI and PowerShell know the clouds. */
const aliases: ReadonlyMap<string, CloudName> = new Map([
  ['azurecloud', 'public'],
  ['azurepubliccloud', 'public'],
  ['azureusgovernment', 'usgovernment'],
  ['azurechinacloud', 'china'],
]);

/**
 * Reads `AZURE_CLOUD`, and for a custom cloud `ARM_ENDPOINT`, `ARM_AUDIENCE` (default: the endpoint) and `LOGS_AUDIENCE`.
 * @throws Problem naming the setting that is missing or wrong
 */
export function cloudFrom(environment: Environment): Cloud {
  const { AZURE_CLOUD: asked, ARM_ENDPOINT: endpoint, ARM_AUDIENCE: audience, LOGS_AUDIENCE: logsAudience } = environment;
  const name = nameFrom(asked || (endpoint ? 'custom' : 'public'));
  if (name !== 'custom') {
    const stray = Object.entries({ ARM_ENDPOINT: endpoint, ARM_AUDIENCE: audience }).find(([, value]) => value);
    if (stray) throw new Problem(`${stray[0]} is set, but AZURE_CLOUD is ${name}.`, `Unset ${stray[0]}, or set AZURE_CLOUD=custom.`);
    const known = clouds[name];
    return logsAudience ? { ...known, logsScope: scopeOf(logsAudience) } : known;
  }
  if (!endpoint) throw new Problem('AZURE_CLOUD is custom, but ARM_ENDPOINT is not set.', 'Set ARM_ENDPOINT to the Resource Manager endpoint, for example https://management.local.azurestack.external.');
  const armEndpoint = originOf('ARM_ENDPOINT', endpoint);
  return { name, armEndpoint, armScope: scopeOf(audience || armEndpoint), logsScope: logsAudience ? scopeOf(logsAudience) : null, authorityHost: null };
}

function nameFrom(asked: string): CloudName {
  const lower = asked.trim().toLowerCase();
  const name = cloudNames.find(each => each === lower) ?? aliases.get(lower);
  if (!name) throw new Problem(`AZURE_CLOUD is "${asked}".`, `Set it to one of ${cloudNames.join(', ')}.`);
  return name;
}

/** The origin of an https address. Tokens never leave over plain HTTP. */
export function originOf(setting: string, value: string): string {
  const fix = `Set ${setting} to an address such as https://host or https://host:port.`;
  if (!URL.canParse(value)) throw new Problem(`${setting} is "${value}", which is not an address.`, fix);
  const url = new URL(value);
  if (url.protocol !== 'https:') throw new Problem(`${setting} is "${value}", which is not https.`, fix);
  if (url.href !== `${url.origin}/`) throw new Problem(`${setting} is "${value}", which is more than scheme, host and port.`, fix);
  return url.origin;
}

/** An audience is kept to the letter: a trailing slash is part of it. */
function scopeOf(audience: string): string {
  return audience.endsWith('/.default') ? audience : `${audience}/.default`;
}
