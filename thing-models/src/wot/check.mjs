// Holds the Thing Models against @thingweb/thing-model: node check.mjs FOLDER-WITH-NODE_MODULES
// Set up once, anywhere: npm install @thingweb/thing-model@1.0.5
// Its schema is a draft of February 2022 that knows the context of WoT 1.0 only, so the context is exchanged for the check.
import { createRequire } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(pathToFileURL(join(resolve(process.argv[2] ?? '.'), 'x.cjs')));
const { ThingModelHelpers } = require('@thingweb/thing-model');
const folder = new URL('../main/resources/wot/', import.meta.url);
const files = readdirSync(folder).filter(file => file.endsWith('.tm.jsonld'));
const read = file => {
  const model = JSON.parse(readFileSync(new URL(file, folder)));
  model['@context'][0] = 'https://www.w3.org/2019/wot/td/v1';
  return model;
};
// Links are file names here; nothing is fetched.
const models = new ThingModelHelpers({ fetch: async uri => read(uri.replace(/^.*\//, '')) });

let faults = 0;
for (const file of files) {
  const model = read(file);
  const { valid, errors } = ThingModelHelpers.validateThingModel(model);
  if (!valid) {
    faults++;
    console.error(`${file}: ${errors}`);
    continue;
  }
  try {
    const things = await models.getPartialTDs(model);
    console.log(`${file}: valid, ${things.length} description(s)`);
  } catch (error) {
    faults++;
    console.error(`${file}: ${error.message}`);
  }
}
process.exit(faults ? 1 : 0);
