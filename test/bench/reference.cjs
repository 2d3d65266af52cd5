// Always the same work, of the kind a scan does: JSON, small objects, maps, collections. Prints the processor seconds it took.
const account = {
  id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.DocumentDB/databaseAccounts/orders',
  rules: Array.from({ length: 40 }, (_, index) => ({ name: `rule-${index}`, value: index * 7, tags: { owner: `team-${index}`, of: ['1', '2', { index }] } })),
};
const text = JSON.stringify(account);
const kept = [];
let bytes = 0;
for (let round = 0; round < 4000; round += 1) {
  const read = JSON.parse(text);
  const byName = new Map(read.rules.map(rule => [rule.name, rule]));
  bytes += JSON.stringify({ ...read, round, rules: byName.size }).length + JSON.stringify(read.rules).length;
  if (round % 20 === 0) kept.push(read);
}
const { user, system } = process.cpuUsage();
console.log(bytes > 0 ? (user + system) / 1e6 : NaN);
