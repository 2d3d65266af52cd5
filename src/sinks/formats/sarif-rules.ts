import type { ControlInfo } from '../../core/control.ts';
import type { Severity } from '../../core/finding.ts';
import { codeBlock } from './markdown-text.ts';
import { printable } from './text.ts';

/** SARIF's levels for what fails. @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html#_Toc141790898 */
export const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note', info: 'note' };

/**
 * Where GitHub sorts a severity: over 9 is critical, from 7 high, from 4 medium, above 0 low.
 * @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning#reportingdescriptor-object
 */
const securitySeverities: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.5', info: '0.1' };

/** GitHub refuses a rule with more tags. @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/troubleshoot-sarif-uploads */
const mostTags = 20;

/** A control as a SARIF rule (`reportingDescriptor`). */
export function ruleOf(control: ControlInfo, severity: Severity): object {
  const { id, title, rationale, references, requirements, maps, scope, procedure } = control;
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: title },
    fullDescription: { text: rationale },
    help: { text: helpText(control), markdown: helpMarkdown(control) },
    helpUri: references[0],
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ['security', severity, ...requirements].slice(0, mostTags),
      precision: 'high',
      'security-severity': securitySeverities[severity],
      severity,
      scope,
      manual: procedure !== undefined,
      requirements,
      ...(maps && { maps }),
    },
  };
}

/** What is left of a rule that this version does not know. */
export function unknownRule(id: string, severity: Severity): object {
  const properties = { tags: ['security', severity], 'security-severity': securitySeverities[severity], severity };
  return { id: printable(id), defaultConfiguration: { level: levels[severity] }, properties };
}

function helpText({ title, rationale, remediation: { text, cli, bicep }, procedure, references, requirements }: ControlInfo): string {
  const parts = [
    title,
    `Why: ${rationale}`,
    ...(procedure ? [`Procedure:\n${procedure.map((step, index) => `${index + 1}. ${step}`).join('\n')}`] : []),
    `Fix: ${text}`,
    ...(cli === undefined ? [] : [`Azure CLI:\n${cli}`]),
    ...(bicep === undefined ? [] : [`Bicep:\n${bicep}`]),
    `Requirements: ${requirements.join(', ')}`,
    `References:\n${references.join('\n')}`,
  ];
  return parts.join('\n\n');
}

function helpMarkdown({ title, rationale, remediation: { text, cli, bicep }, procedure, references, requirements }: ControlInfo): string {
  const parts = [
    `**${title}**`,
    rationale,
    ...(procedure ? [`### Procedure\n\n${procedure.map((step, index) => `${index + 1}. ${step.replaceAll('\n', '\n   ')}`).join('\n')}`] : []),
    `### Fix\n\n${text}`,
    ...(cli === undefined ? [] : [codeBlock('azurecli', cli)]),
    ...(bicep === undefined ? [] : [codeBlock('bicep', bicep)]),
    `Requirements: ${requirements.join(', ')}`,
    references.map(reference => `- <${reference}>`).join('\n'),
  ];
  return parts.join('\n\n');
}

/** SARIF wants names of rules that a developer would use as an identifier. */
function pascalCase(id: string): string {
  return id.replace(/(^|-)([a-z0-9])/g, (_match, _dash, first: string) => first.toUpperCase());
}
