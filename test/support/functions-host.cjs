// As much of a Functions worker as loading an app and calling a function takes:
//   node functions-host.cjs <entry> [<function>]
// Prints one JSON document: what was registered, what loading threw, and what the called function logged.
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

async function main(entry, called) {
  const logged = [];
  let error = null;
  try {
    await import(pathToFileURL(resolve(entry)).href);
    const found = registered.find(({ metadata }) => metadata.name === called);
    if (found) await found.callback({ isPastDue: true }, { log: (...args) => logged.push(args) });
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : String(thrown);
  }
  console.log(JSON.stringify({ functions: registered.map(({ metadata }) => metadata), error, logged }));
}

void main(...process.argv.slice(2));
