// What the documentation of Ditto's JavaScript client shows, against a running Ditto: node probe.mjs HOST:PORT TOKEN
import assert from 'node:assert/strict';
import ditto from '@eclipse-ditto/ditto-javascript-client-node';

const {
  DittoNodeClient,
  NodeHttpBearerAuth,
  DefaultTokenSupplier,
  DefaultFieldsOptions,
  DefaultMatchOptions,
  DefaultSearchOptions,
  DefaultCountOptions,
  Feature,
  Thing,
} = ditto;
const [domain, token] = process.argv.slice(2);
const auth = () => NodeHttpBearerAuth.newInstance(new DefaultTokenSupplier(token));
const http = DittoNodeClient.newHttpClient().withoutTls().withDomain(domain).withAuthProvider(auth()).build();
const socket = channel => {
  const built = DittoNodeClient.newWebSocketClient()
    .withoutTls().withDomain(domain).withAuthProvider(auth()).withBuffer(15);
  return (channel === 'live' ? built.liveChannel() : built.twinChannel()).build();
};
const refused = async (call, status) => assert.equal((await call.then(() => ({}), error => error)).status, status);

const id = 'org.test:from-javascript';
const things = http.getThingsHandle();
const created = await things.putThing(new Thing(id, undefined, { maker: 'ACME', level: 1 }));
assert.equal(created.status, 201);
assert.deepEqual((await things.getThing(id)).attributes, { maker: 'ACME', level: 1 });
assert.equal((await things.putAttribute(id, 'level', 2)).status, 204);
assert.equal(await things.getAttribute(id, 'level'), 2);
assert.equal((await things.patchAttributes(id, { maker: null, colour: 'red' })).status, 204);
assert.deepEqual(await things.getAttributes(id), { level: 2, colour: 'red' });
const fields = DefaultFieldsOptions.getInstance().withFields('thingId', '_revision');
assert.deepEqual(Object.keys((await things.getThing(id, fields)).toObject()).sort(), ['_revision', 'thingId']);
await refused(things.putAttribute(id, 'level', 3, DefaultMatchOptions.getInstance().ifMatch('"rev:1"')), 412);
await refused(things.getThing('org.test:nobody'), 404);
assert.equal((await things.getThings([id]))[0].thingId, id);
const posted = await things.postThing({ attributes: { maker: 'posted' } });
assert.equal((await things.deleteThing(posted.thingId)).status, 204);

const features = http.getFeaturesHandle(id);
await refused(features.putProperties('lamp', { on: true }), 404);
assert.equal((await features.putFeature(new Feature('lamp', undefined, { on: true }))).status, 201);
assert.equal(await features.getProperty('lamp', 'on'), true);
assert.equal((await features.putProperty('lamp', 'on', false)).status, 204);
assert.equal((await features.deleteProperty('lamp', 'on')).status, 204);

const search = http.getSearchHandle();
const red = 'eq(attributes/colour,"red")';
assert.equal((await search.search(DefaultSearchOptions.getInstance().withRawFilter(red).withSort('+thingId'))).items.length, 1);
assert.equal((await search.postSearch(DefaultSearchOptions.getInstance().withRawFilter(red))).items.length, 1);
assert.equal(await search.count(DefaultCountOptions.getInstance().withRawFilter(red)), 1);
assert.equal(await search.postCount(DefaultCountOptions.getInstance().withRawFilter(red)), 1);

const policy = await http.getPoliciesHandle().getPolicy(id);
assert.ok(Object.keys(policy.toObject().entries).length > 0);

// Events of the twin, and commands over the WebSocket.
const twin = socket('twin');
const events = twin.getEventsHandle();
await events.requestEvents();
const changed = new Promise(resolve => events.subscribeToAttributes(id, resolve));
assert.equal((await things.putAttribute(id, 'level', 5)).status, 204);
assert.equal((await changed).value, 5);
assert.equal(await twin.getThingsHandle().getAttribute(id, 'level'), 5);
assert.equal((await twin.getThingsHandle().putAttribute(id, 'level', 6)).status, 204);
await events.stopEvents();

// A message without an answer, from HTTP to the WebSocket.
const messages = socket('live').getMessagesHandle();
await messages.requestMessages();
const arrived = new Promise(resolve => messages.subscribeToThing(id, resolve));
void http.getMessagesHandle().messageToThing(id, 'hello', 'world', 'application/json', ditto.DefaultMessagesOptions.getInstance().withTimeout(0)).catch(() => {});
assert.equal((await arrived).value, 'world');

console.log('DONE');
process.exit(0);
