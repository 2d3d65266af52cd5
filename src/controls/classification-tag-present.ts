import { control, fail, notApplicable, pass } from '../core/control.ts';
import { sameId } from '../core/resource-id.ts';
import { cut, listed } from './support.ts';

export const classificationTagPresent = control({
  id: 'classification-tag-present',
  scope: 'account',
  title: 'The account carries the tags that the organisation requires.',
  severity: 'low',
  rationale: 'A tag says what kind of data is in the account and whose it is. Without, nobody can tell which rules apply to it, or whom to call when it leaks.',
  remediation: {
    text: 'Add the tags that the finding names. Merge them: an update that sets tags replaces the ones that are there.',
    cli: 'az tag update --resource-id <account-id> --operation Merge --tags classification=<class>',
    bicep: "tags: {\n  classification: '<class>'\n}",
  },
  references: ['https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources'],
  requirements: ['SEC protect-and-isolate-sensitive-data'],
  notApplicableWhen: 'the organisation requires no tags',
  needs: ['account'],
  evaluate({ account: { tags } }, { organisation: { requiredTags } }) {
    const names = Object.keys(tags);
    if (requiredTags.length === 0) return notApplicable('The organisation requires no tags (requiredTags).', { tags: cut(names) });
    // Azure compares names of tags without case.
    const missing = requiredTags.filter(required => !names.some(name => sameId(name, required)));
    const observed = { tags: cut(names), missing: cut(missing) };
    return missing.length > 0 ? fail(`Required tags are missing: ${listed(missing)}.`, observed) : pass(observed);
  },
});
