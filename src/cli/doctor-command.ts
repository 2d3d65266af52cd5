import { connect } from '../azure/arm.ts';
import { cloudFrom, type Environment } from '../azure/clouds.ts';
import { credentialFor } from '../azure/credential.ts';
import { diagnose, type Diagnosis, type MissingAction } from '../scan/doctor.ts';
import { columns } from './columns.ts';
import { standardOutput } from './output.ts';
import { inSandbox } from './sandbox.ts';

export interface DoctorOptions {
  readonly subscription: string[];
  readonly managementGroup?: string;
  readonly sandbox?: boolean;
}

/**
 * `cosmos-compliance doctor`: what the current identity can read, what it lacks where, and what stays unknown.
 * @returns 0 where nothing is missing, 2 otherwise
 */
export async function doctorCommand(options: DoctorOptions): Promise<0 | 2> {
  return options.sandbox ? inSandbox(({ environment }) => doctor(options, environment)) : doctor(options, process.env);
}

async function doctor({ subscription, managementGroup }: DoctorOptions, environment: Environment): Promise<0 | 2> {
  const cloud = cloudFrom(environment);
  const arm = connect({ cloud, credential: credentialFor(cloud, environment), signal: new AbortController().signal, concurrency: 16 });
  const diagnosis = await diagnose(arm, { include: subscription, exclude: [], managementGroup: managementGroup ?? null });
  const output = standardOutput();
  await output.write(renderDiagnosis(diagnosis, cloud.armEndpoint, output.width));
  await output.close();
  return diagnosis.gaps.length === 0 && diagnosis.subscriptions.length > 0 && diagnosis.subscriptions.every(({ missing }) => missing.known && missing.value.length === 0) ? 0 : 2;
}

/** Subscriptions that lack the same are told together: in most tenants that is all of them. */
export function renderDiagnosis({ subscriptions, gaps, collectors }: Diagnosis, endpoint: string, width: number): string {
  const lines = [`${endpoint} answers, and the identity sees ${subscriptions.length} subscription${subscriptions.length === 1 ? '' : 's'}.`];
  lines.push(...gaps.map(({ detail }) => detail));
  const groups = new Map<string, { readonly names: string[]; readonly missing: readonly MissingAction[] }>();
  for (const { name, subscriptionId, missing } of subscriptions) {
    if (!missing.known) continue;
    const key = missing.value.map(({ action }) => action).join();
    const group = groups.get(key) ?? { names: [], missing: missing.value };
    group.names.push(name || subscriptionId);
    groups.set(key, group);
  }
  for (const { names, missing } of groups.values()) {
    const where = `${names.length} of ${subscriptions.length} subscriptions (${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''})`;
    if (missing.length === 0) lines.push('', `Everything that the ${collectors} collectors need can be read in ${where}.`);
    else lines.push('', `Missing in ${where}; the role in infra/reader-role.json has it:`, columns(missing.map(({ action, reads, controls }) => [action, `${reads.join(', ')}. Unknown without it: ${controls.join(', ') || 'nothing'}.`]), width));
  }
  const unread = subscriptions.flatMap(({ name, subscriptionId, missing }) => (missing.known ? [] : [[name || subscriptionId, missing.reason, missing.detail]]));
  if (unread.length > 0) lines.push('', 'Permissions that could not be read; a scan reports these subscriptions as not read:', columns(unread, width));
  return `${lines.join('\n')}\n`;
}
