// As much of a Functions worker, and of the durable backend, as loading an app and calling a function takes:
//   node functions-host.cjs <entry> [<function> [<trigger> [<metadata>]]]
// Prints one JSON document: what was registered, what loading or the function threw, what was logged and put out, and
// what became of the orchestrations that were started.
const Module = require('node:module');
const { resolve } = require('node:path');
const { pathToFileURL } = require('node:url');

const registered = [];
const core = {
  version: '3.11.0',
  hostVersion: '4.1043.0',
  setProgrammingModel: () => {},
  registerFunction: (metadata, callback) => registered.push({ metadata, callback }),
  registerHook: () => ({ dispose: () => {} }),
  log: () => {},
};

// The worker provides this module; it is in no registry.
const load = Module._load;
Module._load = (request, ...rest) => (request === '@azure/functions-core' ? core : load(request, ...rest));

const logged = [];
const outputs = {};
const logs = Object.fromEntries(['log', 'info', 'warn', 'error'].map(level => [level, (...args) => logged.push(args)]));

function contextOf({ bindings }, clientData, triggerMetadata) {
  const extraInputs = Object.values(bindings).filter(({ type, direction }) => direction === 'in' && !type.endsWith('Trigger'));
  return {
    ...logs,
    invocationId: 'invocation',
    triggerMetadata,
    options: { extraInputs },
    extraInputs: { get: ({ type }) => (type === 'durableClient' ? clientData : undefined) },
    extraOutputs: { set: ({ queueName }, value) => void (outputs[queueName] = value) },
  };
}

/** The functions with a trigger, by name, as the durable backend calls them. */
function triggeredBy(type, call) {
  const found = registered.filter(({ metadata }) => Object.values(metadata.bindings).some(binding => binding.type === type));
  return Object.fromEntries(found.map(({ metadata, callback }) => [metadata.name, call(callback)]));
}

async function run(called, trigger, metadata) {
  const { durableEngine } = await import('./durable-engine.ts');
  const { serveDurable } = await import('./durable-endpoint.ts');
  const orchestrators = triggeredBy('orchestrationTrigger', callback => callback);
  const activities = triggeredBy('activityTrigger', callback => input => callback(input, { ...logs }));
  const engine = durableEngine({ orchestrators, activities, concurrency: 24, log: (_level, args) => logged.push(args), now: new Date() });
  const endpoint = await serveDurable(engine);
  const found = registered.find(each => each.metadata.name === called);
  try {
    await found.callback(trigger, contextOf(found.metadata, endpoint.clientData, metadata));
    await engine.idle();
  } finally {
    await endpoint.stop();
  }
  return [...engine.instances.values()].map(({ id, name, status, output, failure }) => ({ id, name, status, output, failure }));
}

async function main(entry, called, trigger = '{"isPastDue":true}', metadata = '{}') {
  let error = null;
  let instances = [];
  try {
    await import(pathToFileURL(resolve(entry)).href);
    if (called) instances = await run(called, JSON.parse(trigger), JSON.parse(metadata));
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : String(thrown);
  }
  console.log(JSON.stringify({ functions: registered.map(({ metadata }) => metadata), error, logged, outputs, instances }));
}

void main(...process.argv.slice(2));
